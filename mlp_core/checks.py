"""What stands between a reader and a bare formula: lists become arrays, shapes and dtypes are checked.

Shapes are written as the book writes them: ``"K H+1"`` is a matrix, ``"... K"`` any batch of rows, and
``"[B] K"`` one example or a batch, the same for all arguments. A letter has one size in a call. Nothing
here looks at a value, so a public formula still runs under ``jax.jit``; the checks of values are in
`mlp_core.values`, for the places where data enters.

A public formula first asks `plain_arguments` whether its arguments are what all checks would return
unchanged. Only where they are not, the checks convert them, or refuse them by name.
"""

import functools
import inspect

import numpy as np

from . import plain_arguments
from .formulas.activations import ACTIVATIONS, Activation
from .formulas.arrays import namespace
from .formulas.layers import Forward


def checked(formula, **shapes):
    """Return ``formula`` with its array arguments converted and checked against ``shapes``."""
    signature = inspect.signature(formula)
    fit = (
        plain_arguments.arrays_of(shapes)
        if list(shapes) == list(signature.parameters)
        else plain_arguments.nothing
    )

    @functools.wraps(formula)
    def public(*args, **kwargs):
        if not kwargs and fit(args):
            return formula(*args)
        arguments = signature.bind(*args, **kwargs).arguments
        arrays = real_arrays(**{name: arguments[name] for name in shapes})
        check_shapes(arrays, shapes)
        return formula(**{**arguments, **arrays})

    return public


def checked_forward(forward):
    """Return the bare ``forward`` behind the same checks, for a whole tuple of weights."""

    @functools.wraps(forward)
    def public(weights, activation, x):
        fit = plain_arguments.weights_and_input(weights, x)
        weights = weights if fit else checked_weights(weights)
        if not callable(activation):
            activation = known_activation(activation)
        if fit:
            return forward(weights, activation, x)
        arrays = real_arrays(**{"weights[0]": weights[0], "x": x})
        check_shapes(arrays, {"weights[0]": "H D+1", "x": "[B] D"})
        return forward(weights, activation, arrays["x"])

    return public


def checked_backward(backward):
    """Return the bare ``backward`` behind the same checks, for weights, the record they made, and targets."""

    @functools.wraps(backward)
    def public(weights, activation, record, r):
        fit = plain_arguments.weights_and_record(weights, record, r)
        weights = weights if fit else checked_weights(weights)
        activation = known_activation(activation)
        if not fit:
            record, r = checked_record(weights, record, r)
        return backward(weights, activation, record, r)

    return public


# ---------------------------------------------------------------- arrays and dtypes


def real_arrays(**values):
    """Return the values as real arrays of one library and one dtype; lists and integers become float64."""
    arrays = {name: as_array(name, value) for name, value in values.items()}
    foreign = {name: a for name, a in arrays.items() if not isinstance(a, np.ndarray)}
    if foreign:
        xp = _one_namespace(foreign)
        arrays = {name: a if name in foreign else xp.asarray(a) for name, a in arrays.items()}
    arrays = {name: _floating(name, a) for name, a in arrays.items()}
    first, *others = arrays
    for name in others:
        if arrays[name].dtype != arrays[first].dtype:
            raise ValueError(
                f"{name}: got dtype {arrays[name].dtype}, but {first} has {arrays[first].dtype}; "
                "expected one floating dtype for all"
            )
    return arrays


def as_array(name, value):
    """Return the value as it is where it is an array of a known library, else as an array of NumPy."""
    if isinstance(value, np.ma.MaskedArray):
        raise ValueError(f"{name}: got a masked array; expected an array without a mask")
    if hasattr(value, "dtype") and hasattr(value, "shape"):
        if isinstance(value, (np.ndarray, np.generic)):
            return np.asarray(value)
        _named_namespace(name, value)
        return value
    try:
        return np.asarray(value)
    except ValueError:
        raise ValueError(f"{name}: got rows of different lengths; expected a rectangular array") from None


def _named_namespace(name, array):
    try:
        return namespace(array)
    except ValueError as error:
        raise ValueError(str(error).replace("array:", f"{name}:", 1)) from None


def _one_namespace(arrays):
    spaces = {name: namespace(a) for name, a in arrays.items()}
    first, *others = spaces
    for name in others:
        if spaces[name] is not spaces[first]:
            raise ValueError(
                f"{name}: got an array of {spaces[name].__name__}, but {first} is one of "
                f"{spaces[first].__name__}; expected one library for all"
            )
    return spaces[first]


def _floating(name, array):
    if isinstance(array, np.ndarray) and array.dtype.kind not in "fiu":
        raise ValueError(f"{name}: got dtype {array.dtype}; expected real numbers")
    xp = namespace(array)
    if xp.isdtype(array.dtype, "integral"):
        return xp.astype(array, xp.float64)
    if not xp.isdtype(array.dtype, "real floating"):
        raise ValueError(f"{name}: got dtype {array.dtype}; expected real numbers")
    return array


# ---------------------------------------------------------------- shapes


def check_shapes(arrays, shapes, sizes=None):
    """Raise ValueError unless every array fits its shape, each letter having one size throughout."""
    sizes = dict(sizes or {})  # letter -> (size, the argument that fixed it)
    for name, spec in shapes.items():
        shape = tuple(arrays[name].shape)
        if 0 in shape:
            raise ValueError(f"{name}: got shape {shape}, which is empty; expected {_in_words(spec, sizes)}")
        known = dict(sizes)
        if not _fits(name, shape, spec.split(), sizes):
            raise ValueError(f"{name}: got shape {shape}; expected {_in_words(spec, known)}")


def _fits(name, shape, letters, sizes):
    if letters[0] == "...":
        letters = letters[1:]
        shape = shape[-len(letters) :] if len(shape) > len(letters) else shape
    elif letters[0] == "[B]":
        batch = len(shape) == len(letters)
        if sizes.setdefault("[B]", (batch, name))[0] != batch:
            return False
        letters = letters if batch else letters[1:]
    if len(shape) != len(letters):
        return False
    for letter, size in zip(letters, shape, strict=True):
        letter, size = (letter[:-2], size - 1) if letter.endswith("+1") else (letter, size)
        if size < 1 or sizes.setdefault(letter.strip("[]"), (size, name))[0] != size:
            return False
    return True


def _in_words(spec, sizes):
    letters = spec.split()
    forms = [letters]
    if letters[0] == "[B]":
        one, batch = letters[1:], ["B", *letters[1:]]
        is_batch, _ = sizes.get("[B]", (None, None))
        forms = [one, batch] if is_batch is None else [batch] if is_batch else [one]
    words = " or ".join(f"({', '.join(form)}{',' * (len(form) == 1)})" for form in forms)
    known = sorted({letter.removesuffix("+1") for form in forms for letter in form} & set(sizes))
    fixed = [f"{letter} = {sizes[letter][0]} as in {sizes[letter][1]}" for letter in known]
    return words + (" with " + ", ".join(fixed) if fixed else "")


# ---------------------------------------------------------------- weights and records


def checked_weights(weights):
    """Return the weight matrices as a tuple of arrays of one dtype, each chained to the one before it."""
    if not isinstance(weights, (tuple, list)) or not weights:
        raise ValueError(
            f"weights: got {_kind(weights)}; expected a tuple of weight matrices, first hidden layer first"
        )
    names = [f"weights[{k}]" for k in range(len(weights))]
    arrays = real_arrays(**dict(zip(names, weights, strict=True)))
    inputs = None
    for name, W in arrays.items():
        shape = tuple(W.shape)
        if len(shape) != 2 or shape[0] < 1 or shape[1] < 2:
            raise ValueError(f"{name}: got shape {shape}; expected (outputs, inputs + 1), column 0 the bias")
        if inputs is not None and shape[1] != inputs + 1:
            raise ValueError(
                f"{name}: got shape {shape}; expected {inputs + 1} columns, "
                f"a bias and one for each of the {inputs} units before it"
            )
        inputs = shape[0]
    return tuple(arrays.values())


def checked_record(weights, record, r):
    """Return the `Forward` record and r as arrays; raise ValueError unless both fit the weights."""
    depth = len(weights) - 1
    if not isinstance(record, Forward):
        raise ValueError(f"record: got a {type(record).__name__}; expected what forward returned")
    for name, layers in (("record.y_hat", record.y_hat), ("record.y", record.y)):
        if not isinstance(layers, (tuple, list)):
            raise ValueError(f"{name}: got a {type(layers).__name__}; expected a tuple, one array a layer")
    if not len(record.y_hat) == len(record.y) == depth:
        raise ValueError(
            f"record: got {len(record.y_hat)} hidden layers before and {len(record.y)} after the activation; "
            f"expected {depth} as in weights"
        )
    names = [f"record.{letter}[{k}]" for letter in ("y_hat", "y") for k in range(depth)]
    named = dict(zip(names, (*record.y_hat, *record.y), strict=True))
    given = {"record.x": record.x, **named, "record.z_hat": record.z_hat, "record.z": record.z, "r": r}
    arrays = real_arrays(**{"weights[0]": weights[0]}, **given)
    del arrays["weights[0]"]
    sizes = {f"H{k}": (W.shape[0], f"weights[{k}]") for k, W in enumerate(weights[:-1])}
    sizes |= {"D": (weights[0].shape[1] - 1, "weights[0]"), "K": (weights[-1].shape[0], f"weights[{depth}]")}
    shapes = {name: "[B] H" + name[name.index("[") + 1 : -1] for name in names}
    check_shapes(
        arrays,
        {"record.x": "[B] D", **shapes, "record.z_hat": "[B] K", "record.z": "[B] K", "r": "[B] K"},
        sizes,
    )
    x, *hidden, z_hat, z, r = arrays.values()
    return Forward(x, tuple(hidden[:depth]), tuple(hidden[depth:]), z_hat, z), r


def known_activation(activation):
    """Return the `Activation` that ``activation`` is or names."""
    if isinstance(activation, Activation):
        return activation
    if not isinstance(activation, str) or activation not in ACTIVATIONS:
        known = ", ".join(repr(name) for name in ACTIVATIONS)
        raise ValueError(f"activation: got {activation!r}; expected one of {known}, or an Activation")
    return ACTIVATIONS[activation]


def checked_alike(weights, name, other):
    """Return both as tuples of arrays; raise ValueError unless they are alike one by one."""
    for label, value in (("weights", weights), (name, other)):
        if not isinstance(value, (tuple, list)):
            raise ValueError(f"{label}: got a {type(value).__name__}; expected a tuple of arrays")
    if len(other) != len(weights):
        raise ValueError(
            f"{name}: got {len(other)} arrays; expected {len(weights)}, one for each weight matrix"
        )
    pairs = []
    for k, (w, o) in enumerate(zip(weights, other, strict=True)):
        w, o = real_arrays(**{f"weights[{k}]": w, f"{name}[{k}]": o}).values()
        if w.shape != o.shape:
            raise ValueError(
                f"{name}[{k}]: got shape {tuple(o.shape)}; expected {tuple(w.shape)}, as in weights[{k}]"
            )
        pairs.append((w, o))
    return tuple(w for w, _ in pairs), tuple(o for _, o in pairs)


def _kind(value):
    return "nothing" if isinstance(value, (tuple, list)) else f"a {type(value).__name__}"
