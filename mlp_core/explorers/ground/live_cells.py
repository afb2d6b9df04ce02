"""A matrix as cells whose numbers and colors change: one artist for all cells, stamped text on them."""

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.patches import BoxStyle

from ...pictures.ground.marks import Cells
from ...pictures.ground.numbers import number
from ...pictures.ground.style import CARD, CELLS, HAIR, HAIRLINE, NUMBER, symmetric
from .stamped_text import stamped_value


class LiveCells(Cells):
    """Cells on the card of a live figure.

    Parameters
    ----------
    live : LiveFigure
    left, top : float
        Inches.
    shape : (rows, columns)
    size : (width, height) of a cell, inches
    gap : float
    text_size : float
        Points.
    """

    def __init__(self, live, left, top, shape, size, gap=0.06, text_size=NUMBER):
        super().__init__(left, top, shape, size, gap)
        rounded = BoxStyle("round", pad=0, rounding_size=0.05)
        places = list(np.ndindex(shape))
        boxes = [rounded(*self.corner(i, j), *size, 0) for i, j in places]
        self.boxes = PathCollection(
            boxes, facecolors=[CARD] * len(boxes), edgecolors=HAIRLINE, linewidths=HAIR, zorder=2
        )
        self.boxes.set_transform(live.canvas.transData)
        live.animate(live.canvas.add_collection(self.boxes, autolim=False))
        self.texts = [
            live.animate(stamped_value(live.canvas, *self.center(i, j), size=text_size, zorder=3))
            for i, j in places
        ]

    def place(self, values, limit, printed=number):
        """Color and write every cell; `limit` is what the strongest colors stand for."""
        values = np.asarray(values, float).ravel()
        self.boxes.set_facecolor(CELLS(symmetric(limit)(values)))
        for text, entry in zip(self.texts, values, strict=True):
            text.set_text(printed(entry))

    def set_visible(self, visible):
        """Show or hide all cells."""
        for artist in (self.boxes, *self.texts):
            artist.set_visible(visible)
