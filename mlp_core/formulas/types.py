"""What the formulas take, for whoever reads their signatures."""

from typing import Any

# An array of the Python array API standard: NumPy's, JAX's, PyTorch's. They have no class in common.
Array = Any
Arrays = tuple[Array, ...]
