"""Softmax, its logarithm and its derivative (chapter 01)."""

from .arrays import namespace
from .types import Array


def softmax(z_hat: Array) -> Array:
    """Return the class probabilities z of the logits z_hat (equation 1.16; notes S1, S2).

    Parameters
    ----------
    z_hat : array, shape (..., K)
        Logits of K classes; the axes before the last are a batch.

    Returns
    -------
    array, shape (..., K), dtype of z_hat
        Probabilities: each row sums to 1.

    Examples
    --------
    >>> softmax(np.log([1, 2, 7])).round(4)
    array([0.1, 0.2, 0.7])
    """
    xp = namespace(z_hat)
    c = xp.max(z_hat, axis=-1, keepdims=True)
    e = xp.exp(z_hat - c)
    return e / xp.sum(e, axis=-1, keepdims=True)


def log_softmax(z_hat: Array) -> Array:
    """Return log z for z = softmax(z_hat), finite where z itself is rounded to 0 (equation 1.17).

    Parameters
    ----------
    z_hat : array, shape (..., K)
        Logits, as of `softmax`.

    Returns
    -------
    array, shape (..., K), dtype of z_hat
        Natural logarithms of the probabilities, in nats, at most 0.

    Examples
    --------
    >>> log_softmax([0, -1000]).tolist()
    [0.0, -1000.0]
    """
    xp = namespace(z_hat)
    below = z_hat - xp.max(z_hat, axis=-1, keepdims=True)
    return below - xp.log(xp.sum(xp.exp(below), axis=-1, keepdims=True))


def softmax_jacobian(z_hat: Array) -> Array:
    """Return every dz_i/dz_hat_k of z = softmax(z_hat) (equations 1.10 and 1.11; notes S3, S4).

    Parameters
    ----------
    z_hat : array, shape (..., K)
        Logits, as of `softmax`.

    Returns
    -------
    array, shape (..., K, K), dtype of z_hat
        Entry [..., i, k] is dz_i/dz_hat_k, a pure number in -1/4 .. 1/4.

    Examples
    --------
    >>> softmax_jacobian(np.log([1, 3])).round(4)
    array([[ 0.1875, -0.1875],
           [-0.1875,  0.1875]])
    """
    xp = namespace(z_hat)
    z = softmax(z_hat)
    identity = xp.eye(z.shape[-1], dtype=z.dtype)
    return z[..., :, None] * (identity - z[..., None, :])
