"""Axes of powers of ten, and how very large and very small numbers are printed."""

import numpy as np

from .card import panel
from .numbers import MINUS, fixed, number

SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def ten_to(exponent):
    """Return a power of ten, `10⁻³`, and `1` for the exponent 0."""
    return "1" if exponent == 0 else f"10{str(int(exponent)).translate(SUPERSCRIPTS)}"


def magnitude(value):
    """Return a number of any size short: `0.93`, `16`, `512`, and `2.3 × 10⁻¹¹` below 0.01 or from 1000."""
    if value == 0:
        return "0"
    digits, exponent = f"{abs(value):.1e}".split("e")
    exponent = int(exponent)
    sign = MINUS if value < 0 else ""
    if -2 <= exponent <= 2:
        return number(value, max(0, 1 - exponent)) if exponent < 2 else fixed(value, 0)
    return f"{sign}{digits} × {ten_to(exponent)}"


def power(value):
    """Return an exact power of ten bare, `10⁻⁵`, any other number like `magnitude`."""
    exponent = round(float(np.log10(value)))
    return ten_to(exponent) if np.isclose(value, 10.0**exponent, rtol=1e-9, atol=0) else magnitude(value)


def _decades(low, high, most):
    """Return the exponents of at most `most` evenly spaced powers of ten from `low` to `high`."""
    first, last = int(np.ceil(np.log10(low) - 1e-9)), int(np.floor(np.log10(high) + 1e-9))
    stride = max(1, -(-(last - first + 1) // most))
    return [exponent for exponent in range(first, last + 1) if exponent % stride == 0]


def log_panel(figure, left, bottom, width, height, xlim, ylim, log_x=False):
    """Return axes without a box, the vertical one in powers of ten, the horizontal one if asked."""
    axes = panel(figure, left, bottom, width, height)
    scales = [(axes.yaxis, axes.set_yscale, ylim, 5)] + ([(axes.xaxis, axes.set_xscale, xlim, 7)] * log_x)
    for axis, set_scale, limits, most in scales:
        set_scale("log")
        exponents = _decades(*limits, most)
        axis.set_ticks([10.0**exponent for exponent in exponents], [ten_to(e) for e in exponents])
        axis.set_ticks([], minor=True)
    axes.set(xlim=xlim, ylim=ylim)
    return axes
