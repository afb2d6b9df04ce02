"""Which array library do these arrays come from? The one question the formulas ask of their arguments."""

from types import ModuleType
from typing import Any

import numpy as np

SHORT = 32  # entries in a row, up to which a copy that lies column after column is sooner reduced


def _max(x, /, *, axis=None, keepdims=False):
    if axis == -1 and x.ndim == 2 and x.shape[1] <= SHORT:
        x = x.copy("F")
    return np.maximum.reduce(x, axis=axis, keepdims=keepdims)


def _sum(x, /, *, axis=None, dtype=None, keepdims=False):
    return np.add.reduce(x, axis=axis, dtype=dtype, keepdims=keepdims)


def _ones_like(x, /, *, dtype=None):
    ones = np.empty_like(x, dtype=dtype)
    ones.fill(1)
    return ones


def _zeros_like(x, /, *, dtype=None):
    zeros = np.empty_like(x, dtype=dtype)
    zeros.fill(0)
    return zeros


# What `namespace` answers for an array of NumPy: NumPy, but for four functions that lead to the same loops,
# with the arguments of the standard alone. What NumPy does in Python in front of them is a fifth of a step of
# a small network (tools/benchmarks/step.py).
NUMPY = ModuleType("numpy")
vars(NUMPY).update(vars(np), max=_max, sum=_sum, ones_like=_ones_like, zeros_like=_zeros_like)


def namespace(array) -> Any:
    """Return the array API namespace of ``array``: its own, or array-api-compat's where it carries none.

    NumPy's and JAX's arrays name their namespace themselves; for NumPy's it is `NUMPY`. PyTorch's tensors do
    not; for them the package array-api-compat is imported, and only then.

    Raises
    ------
    ValueError
        It is no array, or array-api-compat is needed and missing.
    """
    if type(array) is np.ndarray:
        return NUMPY
    if hasattr(array, "__array_namespace__"):
        return array.__array_namespace__()
    if isinstance(array, np.generic):  # a scalar of NumPy 2.0 does not say it
        return np
    try:
        from array_api_compat import array_namespace

        return array_namespace(array)
    except (ImportError, TypeError):
        kind = f"{type(array).__module__}.{type(array).__name__}"
        raise ValueError(
            f"array: got a {kind}, which names no array API namespace; expected an array of NumPy, JAX, "
            "or (with the package array-api-compat installed) PyTorch"
        ) from None


def as_rows(array):
    """Return ``array`` as a batch of rows: one example ``(n,)`` becomes ``(1, n)``, a batch stays a batch."""
    return array[None, :] if array.ndim == 1 else array
