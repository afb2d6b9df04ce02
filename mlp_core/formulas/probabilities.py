"""Softmax, its logarithm and its derivative (chapter 01)."""

from .arrays import namespace


def softmax(z_hat):
    """Return the class probabilities z of the logits z_hat (equation 1.19; notes S1, S2).

    Parameters
    ----------
    z_hat : array, shape (..., K)
        Logits of K classes; the axes before the last are a batch.

    Returns
    -------
    array, shape (..., K), dtype of z_hat
        Probabilities: each row sums to 1.

    Raises
    ------
    ValueError
        (Public form) z_hat has no class axis, is empty, or does not hold real numbers.
    """
    xp = namespace(z_hat)
    m = xp.max(z_hat, axis=-1, keepdims=True)
    e = xp.exp(z_hat - m)
    return e / xp.sum(e, axis=-1, keepdims=True)


def log_softmax(z_hat):
    """Return log z for z = softmax(z_hat), finite where z itself is rounded to 0 (equation 1.20).

    Parameters
    ----------
    z_hat : array, shape (..., K)
        Logits of K classes; the axes before the last are a batch.

    Returns
    -------
    array, shape (..., K), dtype of z_hat
        Natural logarithms of the probabilities, in nats, at most 0.

    Raises
    ------
    ValueError
        (Public form) z_hat has no class axis, is empty, or does not hold real numbers.
    """
    xp = namespace(z_hat)
    below = z_hat - xp.max(z_hat, axis=-1, keepdims=True)
    return below - xp.log(xp.sum(xp.exp(below), axis=-1, keepdims=True))


def softmax_jacobian(z_hat):
    """Return every dz_i/dz_hat_j of z = softmax(z_hat) (equations 1.10 and 1.11; notes S3, S4).

    Parameters
    ----------
    z_hat : array, shape (..., K)
        Logits of K classes; the axes before the last are a batch.

    Returns
    -------
    array, shape (..., K, K), dtype of z_hat
        Entry [..., i, j] is dz_i/dz_hat_j, a pure number in -1/4 .. 1/4.

    Raises
    ------
    ValueError
        (Public form) z_hat has no class axis, is empty, or does not hold real numbers.
    """
    xp = namespace(z_hat)
    z = softmax(z_hat)
    identity = xp.eye(z.shape[-1], dtype=z.dtype)
    return z[..., :, None] * (identity - z[..., None, :])
