"""The weighted sum between two layers, forward and back; column 0 of the weights is the bias (chapter 03)."""

from .arrays import as_rows, namespace
from .types import Array


def prepend_one(y: Array) -> Array:
    """Return [1, y]: y_0 = 1 in front, so that a bias is a weight like any other (equation 3.1; notes S11).

    Parameters
    ----------
    y : array, shape (..., H)
        Signals of H units.

    Returns
    -------
    array, shape (..., H+1), dtype of y

    Examples
    --------
    >>> prepend_one([2, -1])
    array([ 1.,  2., -1.])
    """
    xp = namespace(y)
    return xp.concat([xp.ones_like(y[..., :1]), y], axis=-1)


def affine(W: Array, y: Array) -> Array:
    """Return z_hat_i = sum_j w_ij y_j with y_0 = 1, for one example or a batch (equation 3.2; notes S12).

    Parameters
    ----------
    W : array, shape (K, H+1)
        Weights, one row a unit of the next layer; column 0 is the bias.
    y : array, shape (..., H), dtype of W
        Signals, without the constant 1.

    Returns
    -------
    array, shape (..., K), dtype of W

    Examples
    --------
    >>> affine([[0.5, 1, 2], [1, -1.5, -1]], [2, -1])
    array([ 0.5, -1. ])
    """
    return prepend_one(y) @ W.T


def affine_weight_gradient(delta: Array, y: Array) -> Array:
    """Return -dE/dW: pull at the head times signal at the tail (equations 3.7 and 3.8; notes S20, S22).

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

    Examples
    --------
    >>> affine_weight_gradient([1, -1], [2, 3])
    array([[ 1.,  2.,  3.],
           [-1., -2., -3.]])
    """
    return as_rows(delta).T @ prepend_one(as_rows(y))


def affine_input_gradient(delta: Array, W: Array) -> Array:
    """Return -dE/dy: from delta back down the columns of W (equations 3.12 and 3.13; notes S17, S21).

    Parameters
    ----------
    delta : array, shape (..., K)
        -dE/dz_hat.
    W : array, shape (K, H+1), dtype of delta
        Weights; the bias column is dropped, since nothing leads into y_0 = 1.

    Returns
    -------
    array, shape (..., H), dtype of delta

    Examples
    --------
    >>> affine_input_gradient([1, -1], [[0.5, 1, 2], [1, -1.5, -1]])
    array([2.5, 3. ])
    """
    return delta @ W[:, 1:]
