"""Which array library do these arrays come from? The one question the formulas ask of their arguments."""


def namespace(array):
    """Return the array API namespace of ``array``: its own, or array-api-compat's where it carries none.

    NumPy's and JAX's arrays name their namespace themselves. PyTorch's tensors do not; for them the
    package array-api-compat is imported, and only then.
    """
    if hasattr(array, "__array_namespace__"):
        return array.__array_namespace__()
    if type(array).__module__ == "numpy":  # a scalar of NumPy 2.0 does not say it; the array of it does
        return array[...].__array_namespace__()
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
