"""Derivatives measured, not derived: nudge a number both ways and look (chapter 00)."""

from numbers import Real

import numpy as np

from . import border


def numerical_gradient(f, theta, h=1e-5):
    """Return +df/dtheta, measured by central differences: (f(theta + h) - f(theta - h)) / 2h, entry by entry.

    Parameters
    ----------
    f : callable
        Takes what theta is (an array, or a tuple of arrays) and returns one number.
    theta : array or tuple of arrays
        Where to measure; it is not changed. Computed in float64.
    h : float
        The nudge, positive.

    Returns
    -------
    array, or tuple of arrays, of theta's shapes, float64
        In units of f per unit of theta.

    Raises
    ------
    ValueError
        f returns more than one number, theta does not hold finite real numbers, h is not positive.
    """
    if not (isinstance(h, Real) and np.isfinite(h) and h > 0):
        raise ValueError(f"h: got {h!r}; expected a positive number")
    if not isinstance(theta, tuple):
        return numerical_gradient(lambda thetas: f(thetas[0]), (theta,), h)[0]
    thetas = tuple(_float64(f"theta[{k}]", part) for k, part in enumerate(theta))
    gradients = tuple(np.zeros_like(part) for part in thetas)
    for k, part in enumerate(thetas):
        for index in np.ndindex(part.shape):
            after, before = (_number(f(_nudged(thetas, k, index, step))) for step in (+h, -h))
            gradients[k][index] = (after - before) / (2 * h)
    return gradients


def _float64(name, part):
    array = np.asarray(border.real_arrays(**{name: part})[name], dtype=np.float64)
    return border.finite(name, array)


def _nudged(thetas, k, index, step):
    nudged = thetas[k].copy()
    nudged[index] += step
    return (*thetas[:k], nudged, *thetas[k + 1 :])


def _number(value):
    value = np.asarray(value)
    if value.shape != () or value.dtype.kind not in "fiu":
        raise ValueError(f"f: got a value of shape {value.shape}, dtype {value.dtype}; expected one number")
    return float(value)
