"""Derivatives measured, not derived, and the check of the derived ones (chapters 00 and 05)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from . import checks, values
from .formulas.arrays import as_rows
from .formulas.layers import forward, negative_gradient
from .formulas.loss import cross_entropy
from .network import MLP, a_network


def numerical_gradient(
    f: Callable[[Any], float], theta: ArrayLike | tuple, h: float = 1e-5
) -> np.ndarray | tuple[np.ndarray, ...]:
    """Return +df/dtheta, measured by central differences: (f(theta + h) - f(theta - h)) / 2h, entry by entry.

    Parameters
    ----------
    f : callable
        Takes what theta is (an array, or a tuple of arrays) and returns one number.
    theta : array or tuple of arrays
        Where to measure; it is not changed.
    h : float
        The nudge, positive. All is computed in float64.

    Returns
    -------
    array, or tuple of arrays, of theta's shapes, float64

    Raises
    ------
    ValueError
        f is no function or returns more than one number, theta does not hold finite real numbers, h is not
        positive, or so small beside an entry of theta that the sum of the two is rounded.

    Examples
    --------
    >>> numerical_gradient(lambda t: t[0] ** 2 * t[1], [3.0, 2.0]).round(4)
    array([12.,  9.])
    """
    if not callable(f):
        raise ValueError(f"f: got a {type(f).__name__}; expected a function of theta")
    h = values.positive_number("h", h)
    if not isinstance(theta, tuple):
        return numerical_gradient(lambda thetas: f(thetas[0]), (theta,), h)[0]
    thetas = tuple(_float64(f"theta[{k}]", part) for k, part in enumerate(theta))
    for k, part in enumerate(thetas):
        _checked_nudge(h, f"theta[{k}]", part)
    return tuple(_central_differences(f, thetas, k, h) for k in range(len(thetas)))


def _central_differences(f, thetas, k, h):
    gradient = np.zeros_like(thetas[k])
    for index in np.ndindex(gradient.shape):
        after, before = (_number(f(_nudged(thetas, k, index, step))) for step in (+h, -h))
        gradient[index] = (after - before) / (2 * h)
    return gradient


def _float64(name, part):
    array = np.asarray(checks.real_arrays(**{name: part})[name], dtype=np.float64)
    return values.finite(name, array)


def _checked_nudge(h, name, part):
    # An entry that is far larger than h rounds it away, in part or whole: the quotient would be of another h.
    with np.errstate(over="ignore"):
        moved = ((part + h) - (part - h)) / 2
    lost = ~(abs(moved - h) <= h / 1000)
    if lost.any():
        entry = part[lost][0]
        raise ValueError(
            f"h: got {h!r}, which float64 cannot add to the {entry:g} in {name} and take from it; "
            "expected a nudge of its size"
        )


def _nudged(thetas, k, index, step):
    nudged = tuple(part.copy() for part in thetas)  # all: f may write into what it is given
    nudged[k][index] += step
    return nudged


def _number(value):
    value = np.asarray(value)
    if value.shape != () or value.dtype.kind not in "fiu":
        raise ValueError(f"f: got a value of shape {value.shape}, dtype {value.dtype}; expected one number")
    return float(value)


CHECK_LIMIT = 1e-7


@dataclass(frozen=True)
class MatrixCheck:
    """How far one weight matrix's derived gradient is from the measured one.

    Parameters
    ----------
    shape : tuple of int
    error : float
        The largest difference, relative to the largest entry (or to a ten-thousandth of the largest
        gradient that the layer's inputs allow, where that is more).
    where : tuple of int
        Row and column, from 0, of the largest difference; column 0 is the bias.
    difference : array of that shape
        Derived minus measured, entry by entry.
    """

    shape: tuple[int, int]
    error: float
    where: tuple[int, int]
    difference: np.ndarray = field(repr=False, compare=False)

    @property
    def ok(self) -> bool:
        """Whether the error is below 1e-7."""
        return bool(self.error < CHECK_LIMIT)


@dataclass(frozen=True)
class GradientReport:
    """What `check_gradient` found: one `MatrixCheck` a weight matrix; printed, a short table.

    Parameters
    ----------
    checks : tuple of MatrixCheck
    """

    checks: tuple[MatrixCheck, ...]

    @property
    def ok(self) -> bool:
        """Whether every matrix is."""
        return all(check.ok for check in self.checks)

    def __getitem__(self, k: int) -> MatrixCheck:
        """Return the check of weights[k]."""
        return self.checks[k]

    def __len__(self) -> int:
        """Return the number of weight matrices."""
        return len(self.checks)

    def __str__(self) -> str:
        lines = [f"{'matrix':10s}  {'shape':>10s}  {'error':>7s}  {'at':>9s}"]
        for k, check in enumerate(self.checks):
            shape, where = " x ".join(map(str, check.shape)), "[{}, {}]".format(*check.where)
            verdict = "ok" if check.ok else "WRONG"
            lines.append(f"weights[{k}]  {shape:>10s}  {check.error:7.0e}  {where:>9s}  {verdict}")
        return "\n".join(lines)


def check_gradient(
    mlp: MLP, x: ArrayLike, r: ArrayLike, derived: Sequence[ArrayLike] | None = None
) -> GradientReport:
    """Return how well the derived gradient of a network agrees with the measured one, matrix by matrix.

    Parameters
    ----------
    mlp : MLP
    x : array, shape (D,) or (B, D)
    r : array, shape (K,) or (B, K)
    derived : tuple of arrays or None
        A negative gradient of your own to check; None checks `MLP.negative_gradient`.

    Returns
    -------
    GradientReport
        Computed in float64, measured by central differences at two nudges, extrapolated. A nudge across a
        ReLU's kink measures neither of its slopes: right code can then be marked WRONG.

    Raises
    ------
    ValueError
        x, r or derived does not fit the network; a weight is too large for a nudge to move.

    Examples
    --------
    >>> network = MLP((V, W), "sigmoid")
    >>> wrong_V, right_W = network.negative_gradient(network.forward(X), R)
    >>> print(check_gradient(network, X, R, derived=(wrong_V[::-1], right_W)))
    matrix           shape    error         at
    weights[0]       3 x 3    1e+00     [2, 1]  WRONG
    weights[1]       2 x 4    ...  ok
    """
    a_network("mlp", mlp)
    mlp = MLP(tuple(np.asarray(W, dtype=np.float64) for W in mlp.weights), mlp.activation)
    mlp.loss(x, r)  # refuses what does not fit
    record, r = mlp.forward(x), np.asarray(r, dtype=np.float64)
    if derived is None:
        derived = negative_gradient(mlp.weights, mlp.activation, record, r)
    parts = zip(_like_weights(mlp, derived), _measured(mlp, record.x, r), (record.x, *record.y), strict=True)
    return GradientReport(tuple(_matrix_check(*part) for part in parts))


def _like_weights(mlp, derived):
    if not isinstance(derived, (tuple, list)):
        raise ValueError(f"derived: got a {type(derived).__name__}; expected a tuple of arrays")
    derived = [
        np.asarray(checks.real_arrays(**{f"derived[{k}]": part})[f"derived[{k}]"], dtype=np.float64)
        for k, part in enumerate(derived)
    ]
    came, expected = [part.shape for part in derived], [W.shape for W in mlp.weights]
    if came != expected:
        raise ValueError(f"derived: got shapes {came}; expected {expected}, like the weights")
    return derived


def _measured(mlp, x, r):
    def loss(weights):
        return cross_entropy(r, forward(weights, mlp.activation, x).z_hat)

    wide, narrow = (numerical_gradient(loss, mlp.weights, h) for h in (2e-4, 1e-4))
    return [-(4 * n - w) / 3 for n, w in zip(narrow, wide, strict=True)]


def _matrix_check(derived, measured, signal):
    B = as_rows(signal).shape[0]
    difference = abs(derived - measured)
    where = tuple(int(i) for i in np.unravel_index(np.argmax(difference), difference.shape))
    scale = max(abs(measured).max(), max(1.0, abs(signal).max()) / B / 10_000)
    return MatrixCheck(derived.shape, float(difference[where] / scale), where, derived - measured)
