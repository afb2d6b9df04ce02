"""What only the page can do: tell the kernel its screen, and give every part its name, text and tooltip."""

from pathlib import Path

import anywidget
import traitlets


class PageSide(anywidget.AnyWidget):
    """A widget without a face, beside an explorer's picture.

    It sets `ratio`, how many device pixels a pixel has, when it is shown and when the window moves to another
    screen. It puts in place what ipywidgets leaves out, and a screen reader needs: `alt`, the text of the
    picture; the names of the sliders' handles, and the numbers they stand for instead of places on a grid;
    and that what is refused and what is said are read out, the latter unless `hushed`. `tooltips`, by label,
    are for menus and buttons to choose from. It keeps JupyterLab from taking the keys that move a control: an
    arrow in a menu would go to the next cell.
    """

    # As text: anywidget watches a path, and its watcher would keep every explorer that is closed.
    _esm = (Path(__file__).parent / "page_side.js").read_text(encoding="utf-8")
    ratio = traitlets.Float(0.0).tag(sync=True)
    tooltips = traitlets.Dict().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    # By a slider's label: its place, the number it stands for, the number at place 0, the step, decimals.
    spoken = traitlets.Dict().tag(sync=True)
    hushed = traitlets.Bool(False).tag(sync=True)
