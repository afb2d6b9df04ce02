"""How wrong, and which way each logit should go (chapter 02)."""

from .arrays import as_rows, namespace
from .probabilities import log_softmax, softmax
from .types import Array


def cross_entropy(r: Array, z_hat: Array) -> Array:
    """Return E = -sum_l r_l log z_l, from logits; the mean over a batch's rows (equation 2.1; notes S5).

    Parameters
    ----------
    r : array, shape (K,) or (B, K)
        Targets, not negative; each row of a distribution sums to 1.
    z_hat : array, same shape and dtype as r
        Logits.

    Returns
    -------
    scalar array, dtype of z_hat
        E in nats. Classes with r = 0 are left out before the product, so E is never NaN; it is inf where
        a class with r > 0 lies further below the largest logit than the dtype can represent.

    Examples
    --------
    >>> float(cross_entropy([0, 1, 0], np.log([1, 2, 7])).round(4))  # -log 0.2
    1.6094
    """
    xp = namespace(z_hat)
    log_z = log_softmax(z_hat)
    log_z = xp.where(r == 0, r, log_z)
    B = as_rows(z_hat).shape[0]
    # 0 - sum, not -sum: a network that is right and sure has E = 0, not -0. And r * (log_z / B): the
    # smallest r of the dtype, divided by B, would be 0 beside a log_z of -inf.
    return 0 - xp.sum(r * (log_z / B))


def output_delta(r: Array, z_hat: Array) -> Array:
    """Return delta = -dE/dz_hat, the direction to step in (equations 2.5 and 2.7; notes S7 to S10).

    Parameters
    ----------
    r : array, shape (K,) or (B, K)
        Targets: any real numbers. Where each row sums to 1, delta is (r - z) / B.
    z_hat : array, same shape and dtype as r
        Logits.

    Returns
    -------
    array, shape and dtype of z_hat
        Nats per unit of logit. The 1/B of the mean over a batch enters here, and nowhere else.

    Examples
    --------
    >>> output_delta([0, 1, 0], np.log([1, 2, 7])).round(4)  # r - z
    array([-0.1,  0.8, -0.7])
    """
    return output_delta_from_output(r, softmax(z_hat))


def output_delta_from_output(r: Array, z: Array) -> Array:
    """Return the same delta where z = softmax(z_hat) is at hand."""
    xp = namespace(z)
    B = as_rows(z).shape[0]
    return (r - z * xp.sum(r, axis=-1, keepdims=True)) / B
