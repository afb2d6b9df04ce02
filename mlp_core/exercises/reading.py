"""What a function returned, or a reader typed, as arrays in batch form; or why it cannot be read."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from .letters import MATRICES, fault_of_count, fault_of_shape, opening, spoken
from .trials import Trial


@dataclass(frozen=True)
class Read:
    """An answer to one trial.

    Parameters
    ----------
    values : tuple of arrays, or None
        In batch form, where all shapes fit.
    fault : str
        What does not fit, "" if nothing.
    view : str
        "" as asked, "transposed" or "exchanged" where it fits after that.
    lacking : tuple of str
        "" for each output as asked, "bias" where its column 0 is missing, "more" where one is too many.
    is_short : bool
        Whether it is in single precision.
    arrays : tuple of arrays
        What was read, where its shapes do not fit.
    """

    values: tuple[np.ndarray, ...] | None
    fault: str = ""
    view: str = ""
    lacking: tuple[str, ...] = ()
    is_short: bool = False
    arrays: tuple[np.ndarray, ...] = ()


def read(
    value: Any, names: tuple[str, ...], trial: Trial, right: tuple[np.ndarray, ...], typed: bool = False
) -> Read:
    """Return the outputs in a value, compared in shape with the right ones (batch form).

    Of numbers that were typed the shapes are said in numbers, and a column does for a row.
    """
    if value is None:
        return Read(None, "It returns nothing (None): is there a `return` at its end?")
    parts = _parts(value, names)
    if isinstance(parts, str):
        return Read(None, parts)
    arrays = []
    for name, part in zip(names, parts, strict=True):
        array = as_array(part)
        if array is None:
            return Read(None, _no_numbers(name, part))
        arrays.append(array.ravel() if typed and max(array.shape, default=1) == array.size else array)
    short = any(getattr(part, "dtype", None) in (np.float32, np.float16) for part in parts)
    asked = [trial.as_asked(name, output).shape for name, output in zip(names, right, strict=True)]
    said = fault_of_count if typed else partial(fault_of_shape, sizes=trial.sizes, single=trial.single)
    return _fitted(arrays, names, right, asked, short, said)


def _no_numbers(name, part):
    """Return the sentence on what is no array of real numbers."""
    inside = part if isinstance(part, (list, tuple)) else [part]
    texts = [text for row in inside for text in (row if isinstance(row, (list, tuple)) else [row])]
    texts = [text for text in texts if isinstance(text, str)]
    if texts:
        kind = "is a text" if isinstance(part, str) else "holds a text"
        return f'{opening(name)} {kind}, "{texts[0]:.20}": write numbers without quotation marks.'
    if isinstance(part, (list, tuple)):
        return f"{opening(name)}: the rows are of different lengths, or something in it is no number."
    return f"{opening(name)} comes as a {type(part).__name__}; expected an array of numbers."


def _parts(value, names):
    if len(names) == 1:
        if isinstance(value, (tuple, list)) and len(value) == 1 and np.ndim(value[0]) > 0:
            return [value[0]] if isinstance(value, tuple) else [value]
        return [value]
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, np.ndarray) and value.ndim == 3 and len(value) == len(names):
        value = tuple(value)
    if not isinstance(value, (tuple, list)):
        wanted = " and ".join(map(spoken, names))
        return f"It returns a {type(value).__name__}; expected {len(names)} arrays, {wanted}."
    if len(value) != len(names):
        wanted = " and ".join(map(spoken, names))
        return f"It returns {len(value)} things; expected {len(names)}, {wanted}."
    return list(value)


def as_array(part: Any) -> np.ndarray | None:
    """Return a part as an array of float64, None where it holds anything but real numbers."""
    try:
        array = np.asarray(part)
    except ValueError:
        return None
    if array.dtype == object:
        try:
            array = np.asarray(array.tolist(), dtype=float)
        except (TypeError, ValueError):
            return None
    return array.astype(float) if array.dtype.kind in "fiub" else None


def _fitted(arrays, names, right, asked, short, said):
    for view, tried in _views(arrays, asked):
        values = [_in_shape(array, shape) for array, shape in zip(tried, asked, strict=True)]
        if all(value is not None for value in values):
            return Read(
                tuple(v.reshape(r.shape) for v, r in zip(values, right, strict=True)),
                _fault(arrays, names, asked, said) if view else "",
                view,
                is_short=short,
            )
    filled = [_filled(*each) for each in zip(arrays, names, asked, right, strict=True)]
    fault = _fault(arrays, names, asked, said)
    if all(pair is not None for pair in filled):
        values = tuple(v.reshape(r.shape) for (v, _), r in zip(filled, right, strict=True))
        return Read(values, fault, "", tuple(lack for _, lack in filled), short)
    return Read(None, fault, is_short=short, arrays=tuple(arrays))


def _views(arrays, asked):
    yield "", arrays
    turned = [
        a.swapaxes(-1, -2) if a.ndim > 1 and a.shape != s else a for a, s in zip(arrays, asked, strict=True)
    ]
    yield "transposed", turned
    if len(arrays) > 1:
        yield "exchanged", arrays[::-1]


def _in_shape(array, shape):
    if array.shape == shape:
        return array
    if array.shape == (1, *shape):  # a single example with the axis of a batch of one
        return array[0]
    return None


def _filled(array, name, shape, right):
    """Return the array with the right column 0 put in where it lacks it, or without a column too many."""
    if array.shape == shape:
        return array, ""
    if name in MATRICES and array.shape == (shape[0], shape[1] - 1):
        return np.c_[right[:, 0], array], "bias"
    if name in ("pull_y", "dx") and array.shape == (*shape[:-1], shape[-1] + 1):
        return array[..., 1:], "more"
    return None


def _fault(arrays, names, asked, said):
    for array, name, shape in zip(arrays, names, asked, strict=True):
        if array.shape != shape:
            return said(name, array.shape, shape)
    return ""
