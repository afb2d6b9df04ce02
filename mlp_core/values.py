"""Checks of values, for the places where data enters: finite numbers, distributions, labels, settings."""

import math
from numbers import Real

import numpy as np

from .checks import as_array


def finite(name, array):
    """Return ``array``; raise ValueError where it holds NaN or infinity."""
    good = np.isfinite(np.asarray(array))
    if not good.all():
        where = tuple(int(i) for i in np.argwhere(~good)[0])
        raise ValueError(f"{name}: got {np.asarray(array)[where]} at {list(where)}; expected finite numbers")
    return array


def distributions(name, r):
    """Return ``r``; raise ValueError unless no entry is negative and each row sums to 1 within 1e-6."""
    values = np.asarray(finite(name, r), dtype=np.float64)
    if (values < 0).any():
        raise ValueError(f"{name}: got {values.min():g}; expected no negative entry")
    sums = np.atleast_1d(values.sum(axis=-1))
    worst = int(np.argmax(abs(sums - 1)))
    if abs(sums[worst] - 1) > 1e-6:
        raise ValueError(
            f"{name}: got a row (row {worst}) of sum {sums[worst]:.7g}; expected rows that sum to 1"
        )
    return r


def class_labels(name, labels, n_classes):
    """Return ``labels`` as integers; raise ValueError unless they are whole and in 0 .. n_classes - 1."""
    values = np.asarray(as_array(name, labels))
    if values.dtype.kind not in "fiu" or values.ndim > 1 or values.size == 0:
        raise ValueError(
            f"{name}: got dtype {values.dtype}, shape {values.shape}; "
            "expected whole numbers, one for each example"
        )
    wrong = ~((values == np.floor(values)) & (values >= 0) & (values < n_classes))
    if wrong.any():
        came = values[wrong][0] if values.ndim else values
        raise ValueError(f"{name}: got {came}; expected whole numbers from 0 to {n_classes - 1}")
    return values.astype(np.int64)


def whole_number(name, value, least, most=math.inf):
    """Return ``value`` as an int; raise ValueError unless it is a whole number in least .. most."""
    whole = isinstance(value, (int, np.integer)) and not isinstance(value, bool)
    if not whole or not least <= value <= most:
        limit = "" if most == math.inf else f" and at most {most}"
        raise ValueError(f"{name}: got {value!r}; expected a whole number, at least {least}{limit}")
    return int(value)


def finite_number(name, value):
    """Return ``value`` as a float; raise ValueError unless that is finite."""
    number = _real(value)
    if not math.isfinite(number):
        raise ValueError(f"{name}: got {value!r}; expected a finite number")
    return number


def positive_number(name, value):
    """Return ``value`` as a float; raise ValueError unless that is finite and above 0."""
    number = _real(value)
    if not 0 < number < math.inf:
        raise ValueError(f"{name}: got {value!r}; expected a positive number")
    return number


def part_of_one(name, value):
    """Return ``value`` as a float; raise ValueError unless that is at least 0 and less than 1."""
    number = _real(value)
    if not 0 <= number < 1:
        raise ValueError(f"{name}: got {value!r}; expected a number in [0, 1)")
    return number


def _real(value):
    """Return ``value`` as a float, or NaN where it is no real number or too large for a float."""
    try:
        return float(value) if isinstance(value, (float, Real)) else math.nan
    except OverflowError:
        return math.nan
