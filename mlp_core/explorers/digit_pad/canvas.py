"""A surface to draw on with mouse, pen, finger or arrow keys: ipywidgets has none."""

from pathlib import Path

import anywidget
import traitlets


class PadCanvas(anywidget.AnyWidget):
    """Holds in `value` what was drawn: a list of strokes, each a list of points [x, y] in 0..1, y down.

    While a stroke is drawn the browser sends `value` at most every 50 ms, and once more at its end.

    Parameters
    ----------
    description, tooltip : str
        Its name for a screen reader, and how it is used.
    example : bool
        What is shown is an example, in grey: the reader's first stroke takes its place.
    """

    _esm = (Path(__file__).parent / "canvas.js").read_text(encoding="utf-8")  # see page_side.py
    value = traitlets.List().tag(sync=True)
    example = traitlets.Bool(False).tag(sync=True)
    description = traitlets.Unicode().tag(sync=True)
    tooltip = traitlets.Unicode().tag(sync=True)
