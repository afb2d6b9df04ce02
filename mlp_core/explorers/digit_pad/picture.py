"""The digit pad's picture: the sheet, ten bars, and a map of what would change the answer."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from ...data import N_CLASSES, SIDE
from ...pictures.ground.card import panel
from ...pictures.ground.marks import color_key, filled_bar, line, open_bar, symbol, value, words
from ...pictures.ground.numbers import magnitude, number, rounded
from ...pictures.ground.style import (
    CARD,
    HAIR,
    HAIRLINE,
    INK,
    OUTLINE,
    PAPER_TO_INK,
    PICTURE_COLORS,
    PICTURES,
    SIGNAL,
    SLATE,
    symmetric,
)
from ...pictures.learned_weights import minus_cells
from ..ground.stamped_text import stamped_value, stamped_words
from .numbers import PLACES, SHEET, SURER

HEIGHT = 4.0  # inches
SIZE, BOTTOM = 1.98, 1.2  # inches: a side of sheet and map, and where both begin
SHEET_LEFT, MAP_LEFT = 0.4, 4.62
ZERO, SCALE = 2.84, 1.05  # inches: where the probability 0 stands, and how long 0..1 is
PITCH = SIZE / N_CLASSES
FACTS = (("slope, at most", 0.4), ("pull, at most", 1.47), ("r − z, at most", 2.54), ("E, nats", 3.62))
INKED = 0.5  # a pixel with more ink is inside of the outline


def edges(mask):
    """Return the line pieces between cells that are in the mask and cells that are not, shape (n, 2, 2)."""
    padded = np.pad(np.asarray(mask, int), 1)
    rows, columns = np.nonzero(np.diff(padded, axis=1)[1:-1])
    upright = [((x, y), (x, y + 1)) for y, x in zip(rows, columns, strict=True)]
    rows, columns = np.nonzero(np.diff(padded, axis=0)[:, 1:-1])
    level = [((x, y), (x + 1, y)) for y, x in zip(rows, columns, strict=True)]
    return np.array(upright + level, float).reshape(-1, 2, 2)


def level_of(k):
    """Return where the middle of class k's bar stands, in inches."""
    return BOTTOM + SIZE - PITCH * (k + 0.5)


class PadPicture:
    """The artists that move, and where the numbers put them.

    Parameters
    ----------
    live : LiveFigure
    limit : float
        What the map's strongest colors stand for.
    """

    def __init__(self, live, limit):
        self.live, self.limit = live, limit
        self.sheet, self.ink = self._square(SHEET_LEFT, "digit")
        self.map, self.slopes = self._square(MAP_LEFT, "map")
        self._on_the_sheet()
        self._on_the_map()
        self._bars()
        self._words()

    def _square(self, left, gid):
        """Draw a sheet of 12 x 12 cells; return its axes and the cells, whose colors are set as RGBA."""
        axes = panel(self.live.figure, left, BOTTOM, SIZE, SIZE, xticks=[], yticks=[])
        blank = np.zeros((SHEET, SHEET, 4), np.uint8)
        look = {"interpolation": "nearest", "aspect": "auto", "gid": gid}
        cells = axes.imshow(blank, extent=(0, SHEET, SHEET, 0), **look)
        axes.spines[:].set_visible(False)  # the cells, drawn later, would cover half of them
        edge = {"facecolor": "none", "edgecolor": HAIRLINE, "linewidth": HAIR}
        around = (left - 0.015, BOTTOM - 0.015), SIZE + 0.03, SIZE + 0.03
        self.live.canvas.add_patch(Rectangle(*around, **edge))
        return axes, self.live.animate(cells)

    def _on_the_sheet(self):
        """Make the frame of the 8 x 8 pixels."""
        look = {"facecolor": "none", "edgecolor": SLATE, "linewidth": HAIR, "linestyle": (0, (2, 2))}
        self.frame = self.live.animate(self.sheet.add_patch(Rectangle((0, 0), SIDE, SIDE, zorder=3, **look)))

    def _on_the_map(self):
        """Make the outline of the digit, the dashes of negative cells, and the ring of the largest."""
        animate, axes = self.live.animate, self.map
        wide = SIZE / SHEET * 9.9
        self.dashes = [
            animate(axes.add_collection(LineCollection([], colors=color, linewidths=wide, zorder=3)))
            for color in (CARD, PICTURE_COLORS[0])
        ]
        self.outline = animate(
            axes.add_collection(LineCollection([], colors=INK, linewidths=OUTLINE, zorder=4))
        )
        ring = Rectangle((0, 0), 1, 1, facecolor="none", edgecolor=INK, linewidth=2.2, zorder=5, gid="most")
        self.most = animate(axes.add_patch(ring))

    def _bars(self):
        """Draw the axis of probabilities; make the bars, their numbers, and the open bar of the target."""
        canvas, animate = self.live.canvas, self.live.animate
        self.bars, self.printed = [], []
        for k in range(N_CLASSES):
            value(canvas, ZERO - 0.18, level_of(k), str(k))
            self.bars.append(animate(filled_bar(canvas, ZERO, level_of(k) - 0.06, 0, 0.12, gid=f"z-{k}")))
            self.printed.append(animate(stamped_value(canvas, ZERO, level_of(k), ha="left")))
        self.target = animate(open_bar(canvas, ZERO, 0, SCALE, 0.12, gid="r"))
        line(canvas, [ZERO, ZERO], [BOTTOM, BOTTOM + SIZE], color=SLATE, zorder=2)
        for share in (0, 0.5, 1):
            line(canvas, [ZERO + SCALE * share] * 2, [BOTTOM - 0.06, BOTTOM], color=SLATE)
            words(canvas, ZERO + SCALE * share, BOTTOM - 0.16, number(share), ha="center")

    def _words(self):
        """Write what stands where; make the lines that change."""
        canvas, animate = self.live.canvas, self.live.animate
        head, below = BOTTOM + SIZE + 0.2, BOTTOM - 0.16
        words(canvas, SHEET_LEFT, head, "what the network is given")
        filled_bar(canvas, ZERO, head - 0.06, 0.22, 0.12)
        symbol(canvas, ZERO + 0.34, head, "z", color=SIGNAL)
        open_bar(canvas, ZERO + 0.6, head - 0.06, 0.22, 0.12)
        symbol(canvas, ZERO + 0.94, head, "r")
        self.head = animate(stamped_words(canvas, MAP_LEFT, head, color=INK))
        self.source = animate(stamped_words(canvas, SHEET_LEFT, below))
        self.derivative = animate(stamped_words(canvas, MAP_LEFT, below))
        words(canvas, MAP_LEFT, below - 0.18, "line: the edge of the ink")
        color_key(canvas, MAP_LEFT, 0.38, SIZE, PICTURES, self.limit)
        self.facts = []
        for name, left in FACTS:
            words(canvas, left, 0.61, name)
            self.facts.append(animate(stamped_value(canvas, left, 0.39, ha="left")))

    def place(self, numbers, state, source):
        """Put everything where the numbers say."""
        sheet = numbers["x"].reshape(SHEET, SHEET)
        self.ink.set_data(PAPER_TO_INK(sheet, bytes=True))
        top, left = PLACES[state.place]
        self.frame.set_xy((left, top))
        self._place_map(numbers["shown"].reshape(SHEET, SHEET), sheet)
        target = int(numbers["r"].argmax())
        for k, z in enumerate(numbers["z"]):
            self.bars[k].set_width(SCALE * z)
            self.printed[k].set_text(str(rounded(z, 2)))  # `fixed` would set a bare 0 among 0.00
            self.printed[k].set_x(ZERO + SCALE * (1 if k == target else z) + 0.07)
        self.target.set_y(level_of(target) - 0.06)
        self.source.set_text(source)
        self.head.set_text(f"what would {state.asked}")
        slope = f"slope of the logit of {numbers['read']} (7.1)"
        self.derivative.set_text(slope if state.asked == SURER else "pull on the pixels (7.2)")
        entries = (numbers["surer"], numbers["pull"], numbers["r"] - numbers["z"], numbers["E"])
        for fact, entry in zip(self.facts, entries, strict=True):
            fact.set_text(magnitude(float(np.abs(entry).max())))

    def _place_map(self, shown, sheet):
        self.slopes.set_data(PICTURES(symmetric(self.limit)(shown), bytes=True))
        rows, columns, dark = minus_cells(shown, self.limit)
        x, y = columns + 0.5, rows + 0.5
        pieces = np.stack([np.stack([x - 0.22, y], -1), np.stack([x + 0.22, y], -1)], 1)
        for dashes, chosen in zip(self.dashes, (dark, ~dark), strict=True):
            dashes.set_segments(pieces[chosen])
        self.outline.set_segments(edges(sheet > INKED))
        row, column = np.unravel_index(shown.argmax(), shown.shape)
        self.most.set_xy((column, row))
