"""Moving the controls of any explorer, as a reader would, without a browser; and comparing where that led."""

from dataclasses import fields, is_dataclass

import ipywidgets
import numpy as np


def same(ours, theirs):
    """Are two values equal: numbers, texts, arrays, and dictionaries, lists and dataclasses of them?"""
    if is_dataclass(ours):
        names = [field.name for field in fields(ours)]
        return type(ours) is type(theirs) and all(same(getattr(ours, n), getattr(theirs, n)) for n in names)
    if isinstance(ours, dict):
        return ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list | tuple):
        return len(ours) == len(theirs) and all(same(a, b) for a, b in zip(ours, theirs, strict=True))
    if isinstance(ours, np.ndarray) or isinstance(theirs, np.ndarray):
        return np.array_equal(ours, theirs, equal_nan=np.asarray(ours).dtype.kind == "f")
    return bool(ours == theirs)


def everything_in(widget):
    """Yield a widget and all widgets below it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from everything_in(child)


def interactive_in(box):
    """Return (widget, its label) for all that a reader can operate; a slider's field has its slider's."""
    found, label = [], ""
    for widget in everything_in(box):
        if not isinstance(widget, ipywidgets.DOMWidget) or not widget.has_trait("tooltip"):
            continue
        if not widget.has_trait("disabled") or hasattr(widget, "track"):  # a slider's parts are met below it
            continue
        label = widget.description or label
        found.append((widget, label))
    return found


def fields_in(box):
    """Return the fields in which something can be typed."""
    return [widget for widget, _ in interactive_in(box) if isinstance(widget, ipywidgets.Text)]


def moves(explorer, seed):
    """Yield functions that move each control once, in a random order: a place, a choice, a click."""
    rng = np.random.default_rng(seed)
    names = [name for name in explorer.controls if name not in ("reset", "guess")]
    for name in rng.permutation(names):
        control = explorer.controls[name]
        yield lambda control=control: move(control, rng)


def move(control, rng):
    """Move one control somewhere else."""
    if isinstance(control, ipywidgets.Button):
        control.click()
    elif isinstance(control, ipywidgets.Checkbox | ipywidgets.ToggleButton):
        control.value = not control.value
    elif hasattr(control, "options"):
        others = [index for index in range(len(control.options)) if index != control.index]
        control.index = int(rng.choice(others))
    elif isinstance(control, ipywidgets.IntSlider):
        places = [place for place in range(control.min, control.max + 1) if place != control.value]
        control.value = int(rng.choice(places))
    elif hasattr(control, "track"):
        move(control.track, rng)
    elif isinstance(control, ipywidgets.Text):
        control.value = f"{rng.uniform(-1, 1):.2f}"
    elif control.has_trait("value") and isinstance(control.value, list):  # a pad: one more stroke
        control.value = [*control.value, rng.uniform(0.2, 0.8, (6, 2)).round(3).tolist()]
