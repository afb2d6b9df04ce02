"""What needs no second look: the arguments that `mlp_core.checks` would return unchanged.

True here only for exact NumPy arrays, in exact tuples, of one floating dtype, whose shapes fit. For anything
else the answer is False, also where the checks would accept it. So a public formula costs hardly more than
the bare one, and every refusal is still written by the checks alone.
"""

import numpy as np
from numpy import ndarray

from .formulas.layers import Forward

FLOATS = frozenset(np.dtype(kind) for kind in (np.float16, np.float32, np.float64, np.longdouble))


def nothing(args):
    """Return False."""
    return False


def arrays_of(shapes):
    """Return a function that tells whether positional arguments have the ``shapes`` of `checks.checked`."""
    specs = [_read(spec) for spec in shapes.values()]

    def fit(args):
        if len(args) != len(specs) or type(args[0]) is not ndarray or args[0].dtype not in FLOATS:
            return False
        dtype, batch, sizes = args[0].dtype, None, {}
        for array, (kind, letters) in zip(args, specs, strict=True):
            if type(array) is not ndarray or array.dtype is not dtype:
                return False
            shape = array.shape
            axes = len(shape) - len(letters)  # those of the batch
            if axes and (axes < 0 or not kind or (axes > 1 and kind == "[B]") or 0 in shape):
                return False
            if kind == "[B]":
                if batch is None:
                    batch = shape[:axes]
                elif batch != shape[:axes]:
                    return False
            for (letter, more), size in zip(letters, shape[axes:], strict=True):
                if size <= more or sizes.setdefault(letter, size - more) != size - more:
                    return False
        return True

    return fit


def _read(spec):
    """Return ("..." or "[B]" or "", the letters, each with the number that is added to it)."""
    letters = spec.split()
    kind = letters.pop(0) if letters[0] in ("...", "[B]") else ""
    return kind, tuple((letter.removesuffix("+1"), int(letter.endswith("+1"))) for letter in letters)


def weights_and_input(weights, x):
    """Return whether ``weights`` chain, and x fits the first of them."""
    if type(weights) is not tuple or not weights or type(x) is not ndarray:
        return False
    dtype, shape = x.dtype, x.shape
    if dtype not in FLOATS or not 1 <= len(shape) <= 2 or not shape[0]:
        return False
    inputs = shape[-1]
    for W in weights:
        if type(W) is not ndarray or W.dtype is not dtype or W.ndim != 2:
            return False
        outputs, columns = W.shape
        if not inputs or columns != inputs + 1:
            return False
        inputs = outputs
    return inputs > 0


def weights_and_record(weights, record, r):
    """Return whether ``weights`` chain, ``record`` has their shapes, and r that of its output."""
    if type(record) is not Forward:
        return False
    x, y_hat, y, z_hat, z = record
    if type(y_hat) is not tuple or type(y) is not tuple or not weights_and_input(weights, x):
        return False
    if not len(y_hat) == len(y) == len(weights) - 1:
        return False
    dtype, batch = x.dtype, x.shape[:-1]
    for W, before, after in zip(weights, (*y_hat, z_hat), (*y, z), strict=True):
        shape = (*batch, len(W))
        if type(before) is not ndarray or before.dtype is not dtype or before.shape != shape:
            return False
        if type(after) is not ndarray or after.dtype is not dtype or after.shape != shape:
            return False
    return type(r) is ndarray and r.dtype is dtype and r.shape == shape


def alike(weights, other):
    """Return whether both are tuples of arrays with the same shapes, each pair of one floating dtype."""
    if type(weights) is not tuple or type(other) is not tuple or len(weights) != len(other):
        return False
    for w, o in zip(weights, other, strict=True):
        if type(w) is not ndarray or type(o) is not ndarray or w.shape != o.shape:
            return False
        if w.dtype is not o.dtype or w.dtype not in FLOATS:
            return False
    return True
