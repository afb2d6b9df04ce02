"""Operating an explorer by keys in the browser, and a twin of it in this process by its controls."""

import re
import time

import ipywidgets
import numpy as np
from explorer_moves import same

from mlp_core import explorers

# What is typed into a field, by the beginning of its label; other fields get a number a quarter larger.
TYPED = {"target r": "0.1, 0.6, 0.3", "signals y": "1, 0.5, 0.25"}
# These begin or end what goes on by itself.
BY_THEMSELVES = {"run", "pause"}
AGAINST = {"ArrowRight": "ArrowLeft", "ArrowDown": "ArrowUp"}


def twin_of(name):
    """An explorer of this process that draws for the same screen."""
    twin = getattr(explorers, name)()
    twin.live.set_ratio(1)
    return twin


def elements(widget, slider=None):
    """Return what Tab leads to, in its order: (control, part); a slider's field comes with its slider."""
    if widget.layout.display == "none" or getattr(widget, "disabled", False):
        return []
    if isinstance(widget, ipywidgets.ToggleButtons):
        return [(widget, k) for k in range(len(widget.options))]
    if isinstance(widget, ipywidgets.IntSlider):
        return [(widget, "handle"), (widget, "readout")] if widget.readout else [(widget, "handle")]
    if isinstance(widget, ipywidgets.Box):
        inner = widget if hasattr(widget, "track") else None
        return [found for child in widget.children for found in elements(child, inner)]
    if not getattr(widget, "tooltip", None):
        return []
    return [(widget, slider)]


def operate(keyboard, twin, control, part):
    """Move one control by keys, and the twin's likewise; say whether anything was moved."""
    name = next((name for name, known in twin.controls.items() if known is control), None)
    if name in BY_THEMSELVES or part == "readout" or not control.__module__.startswith("ipywidgets"):
        return False
    if isinstance(control, ipywidgets.Button):
        keyboard.press("Enter")
        control.click()
    elif isinstance(control, ipywidgets.Checkbox):
        keyboard.press("Space")
        control.value = not control.value
    elif isinstance(control, ipywidgets.ToggleButtons):
        keyboard.press("Space")
        control.index = part
    elif isinstance(control, ipywidgets.Dropdown):
        control.index += moved_by(keyboard, "ArrowDown", control.index < len(control.options) - 1)
    elif isinstance(control, ipywidgets.IntSlider):
        control.value += moved_by(keyboard, "ArrowRight", control.value < control.max)
    else:
        text = typed_into(control, part)
        type_over(keyboard, text)
        control.value = text
    return True


def moved_by(keyboard, key, forward):
    """Press an arrow key, or the opposite one at the end, and return the change."""
    keyboard.press(key if forward else AGAINST[key])
    return 1 if forward else -1


def type_over(keyboard, text):
    """Type in the place of a field's text."""
    keyboard.press("Control+a")
    keyboard.type(text)
    keyboard.press("Enter")


def typed_into(field, slider):
    """Return another text that the field takes."""
    if slider is not None:
        track = slider.track
        place = track.value + (3 if track.value + 3 <= track.max else -3)
        return f"{slider._least + place * slider._step:.4f}"
    for label, text in TYPED.items():
        if field.description.startswith(label):
            return text
    return re.sub(r"^[−\d.]+", lambda first: f"{float(first[0].replace('−', '-')) + 0.25:g}", field.value)


def wait_until(holds, seconds=4.0):
    """Ask again and again; return whether it came to hold."""
    deadline = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return held


def state_arrives(notebook, variable, twin):
    """Does the kernel's explorer come to the twin's state?"""
    return wait_until(lambda: same(notebook.ask(f"{variable}.state"), twin.state))


def picture_arrives(shown, twin):
    """Does the picture on the page become the twin's, to 2 grey levels?"""
    from browser_lab import pixels

    wanted = pixels(twin.live.image.value)

    def holds():
        seen = shown.png()
        return seen.shape == wanted.shape and np.abs(seen - wanted).max() <= 2

    return wait_until(holds)
