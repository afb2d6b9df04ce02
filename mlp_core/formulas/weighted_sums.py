"""The weighted sum between two layers, forward and back; column 0 of the weights is the bias (chapter 02)."""

from .arrays import as_rows, namespace


def prepend_one(y):
    """Return [1, y]: y_0 = 1 in front, so that a bias is a weight like any other (equation 2.16; notes S11).

    Parameters
    ----------
    y : array, shape (..., H)
        Signals of H units.

    Returns
    -------
    array, shape (..., H+1), dtype of y

    Raises
    ------
    ValueError
        (Public form) y has no axis of units, is empty, or does not hold real numbers.
    """
    xp = namespace(y)
    return xp.concat([xp.ones_like(y[..., :1]), y], axis=-1)


def affine(W, y):
    """Return z_hat_i = sum_j w_ij y_j with y_0 = 1, for one example or a batch (equation 2.17; notes S12).

    Parameters
    ----------
    W : array, shape (K, H+1)
        Weights, one row a unit of the next layer; column 0 is the bias.
    y : array, shape (..., H), dtype of W
        Signals, without the constant 1.

    Returns
    -------
    array, shape (..., K), dtype of W

    Raises
    ------
    ValueError
        (Public form) W has not one column more than y has entries, or the dtypes differ.
    """
    return prepend_one(y) @ W.T


def affine_weight_gradient(delta, y):
    """Return -dE/dW: pull at the head times signal at the tail (equations 2.25 and 2.28; notes S20, S22).

    Parameters
    ----------
    delta : array, shape (K,) or (B, K)
        -dE/dz_hat, one row an example.
    y : array, shape (H,) or (B, H), dtype of delta
        Signals, without the constant 1.

    Returns
    -------
    array, shape (K, H+1), dtype of delta
        Linear in delta, summed over rows (the mean's 1/B is already in delta); column 0 is the bias.

    Raises
    ------
    ValueError
        (Public form) the numbers of rows or the dtypes differ.
    """
    return as_rows(delta).T @ prepend_one(as_rows(y))


def affine_input_gradient(delta, W):
    """Return -dE/dy: from delta back down the columns of W (equations 2.26 and 2.29; notes S17, S21).

    Parameters
    ----------
    delta : array, shape (..., K)
        -dE/dz_hat.
    W : array, shape (K, H+1), dtype of delta
        Weights; the bias column is dropped, since nothing leads into y_0 = 1.

    Returns
    -------
    array, shape (..., H), dtype of delta

    Raises
    ------
    ValueError
        (Public form) W has not one row for each entry of delta, or the dtypes differ.
    """
    return delta @ W[:, 1:]
