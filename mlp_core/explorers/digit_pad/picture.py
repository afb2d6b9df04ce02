"""The digit pad's picture: how the digit is read, and beside it a clear one or a map of a derivative."""

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
from .numbers import CLEAR, PLACES, SHEET, SURER

HEIGHT = 3.8  # inches
SIZE, BOTTOM = 1.75, 1.18  # inches: a side of a sheet, and where it begins
HEAD, BELOW, VERDICT, LEGEND = BOTTOM + SIZE + 0.2, BOTTOM - 0.17, BOTTOM - 0.41, 0.35
LEFT, RIGHT = 0.4, 3.68  # inches: where the digit's half begins, and the one beside it
ZERO, SCALE = 2.06, 0.66  # inches: how far from there the probability 0 stands; how long 0..1 is
PITCH, THICK = SIZE / N_CLASSES, 0.11  # inches: from bar to bar, and of a bar
FACTS = ("slope, at most", "pull, at most", "r − z, at most", "E, nats")
FACTS_FROM = RIGHT + SIZE + 0.22
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


def square(live, left, gid):
    """Draw a sheet of 12 x 12 cells; return its axes and the cells, whose colors are set as RGBA."""
    axes = panel(live.figure, left, BOTTOM, SIZE, SIZE, xticks=[], yticks=[])
    blank = np.zeros((SHEET, SHEET, 4), np.uint8)
    look = {"interpolation": "nearest", "aspect": "auto", "gid": gid}
    cells = axes.imshow(blank, extent=(0, SHEET, SHEET, 0), **look)
    axes.spines[:].set_visible(False)  # the cells, drawn later, would cover half of them
    edge = {"facecolor": "none", "edgecolor": HAIRLINE, "linewidth": HAIR}
    around = (left - 0.015, BOTTOM - 0.015), SIZE + 0.03, SIZE + 0.03
    live.canvas.add_patch(Rectangle(*around, **edge))
    return axes, live.animate(cells)


class ReadDigit:
    """A digit on its sheet, the ten probabilities, and in words what it is and how it is read.

    Parameters
    ----------
    live : LiveFigure
    left : float
        Where it begins, inches.
    gid : str
        A name for its parts.
    """

    def __init__(self, live, left, gid):
        self.live, self.left, self.zero = live, left, left + ZERO
        before = set(live.canvas.get_children())
        self.sheet, self.ink = square(live, left, gid)
        look = {"facecolor": "none", "edgecolor": SLATE, "linewidth": HAIR, "linestyle": (0, (2, 2))}
        frame = Rectangle((0, 0), SIDE, SIDE, zorder=3, **look)
        self.frame = live.animate(self.sheet.add_patch(frame))
        self._bars(gid)
        self.head, self.source = (live.animate(stamped_words(live.canvas, left, y)) for y in (HEAD, BELOW))
        self.verdict = live.animate(stamped_value(live.canvas, left, VERDICT, ha="left"))
        drawn = set(live.canvas.get_children()) - before
        self.parts = [self.sheet, self.ink, self.frame, *drawn]

    def _bars(self, gid):
        """Draw the axis of probabilities; make the bars, their numbers, and the open bar of the target."""
        canvas, animate, zero = self.live.canvas, self.live.animate, self.zero
        self.bars, self.printed = [], []
        for k in range(N_CLASSES):
            value(canvas, zero - 0.14, level_of(k), str(k))
            self.bars.append(
                animate(filled_bar(canvas, zero, level_of(k) - 0.055, 0, 0.11, gid=f"{gid}-z-{k}"))
            )
            self.printed.append(animate(stamped_value(canvas, zero, level_of(k), ha="left")))
        self.target = animate(open_bar(canvas, zero, 0, SCALE, THICK, gid=f"{gid}-r"))
        line(canvas, [zero, zero], [BOTTOM, BOTTOM + SIZE], color=SLATE, zorder=2)
        for share in (0, 0.5, 1):
            line(canvas, [zero + SCALE * share] * 2, [BOTTOM - 0.06, BOTTOM], color=SLATE)
            words(canvas, zero + SCALE * share, BELOW, number(share), ha="center")

    def place(self, x, z, target, place="in the middle"):
        """Put ink, frame and bars where the numbers say."""
        self.ink.set_data(PAPER_TO_INK(x.reshape(SHEET, SHEET), bytes=True))
        top, left = PLACES[place]
        self.frame.set_xy((left, top))
        for k, share in enumerate(z):
            self.bars[k].set_width(SCALE * share)
            self.printed[k].set_text(str(rounded(share, 2)))  # `fixed` would set a bare 0 among 0.00
            self.printed[k].set_x(self.zero + SCALE * (1 if k == target else share) + 0.06)
        self.target.set_y(level_of(target) - THICK / 2)

    def say(self, head, source, verdict):
        """Write the three lines."""
        for written, text in ((self.head, head), (self.source, source), (self.verdict, verdict)):
            written.set_text(text)


class SlopeMap:
    """A derivative by the pixels in colors, its largest entry ringed, and how large others are.

    Parameters
    ----------
    live : LiveFigure
    limit : float
        What the strongest colors stand for.
    """

    def __init__(self, live, limit):
        self.live, self.limit = live, limit
        before = set(live.canvas.get_children())
        self.axes, self.slopes = square(live, RIGHT, "map")
        self._marks()
        canvas, animate = live.canvas, live.animate
        self.head = animate(stamped_words(canvas, RIGHT, HEAD, color=INK))
        self.derivative = animate(stamped_words(canvas, RIGHT, BELOW))
        words(canvas, RIGHT, BELOW - 0.18, "line: the edge of the ink")
        color_key(canvas, RIGHT, LEGEND, SIZE, PICTURES, limit)
        self.facts = []
        for k, name in enumerate(FACTS):
            level = BOTTOM + SIZE - 0.1 - 0.46 * k
            words(canvas, FACTS_FROM, level, name)
            self.facts.append(animate(stamped_value(canvas, FACTS_FROM, level - 0.19, ha="left")))
        self.parts = [self.axes, self.slopes, *self.marks, *set(canvas.get_children()) - before]

    def _marks(self):
        """Make the outline of the digit, the dashes of negative cells, and the ring of the largest."""
        animate, axes = self.live.animate, self.axes
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
        self.marks = [*self.dashes, self.outline, self.most]

    def place(self, numbers, asked):
        """Put the map and its marks where the numbers say, and write how large they are."""
        self.head.set_text(asked)
        slope = f"slope of the logit of {numbers['read']} (7.2)"
        self.derivative.set_text(slope if asked == SURER else "pull on the pixels (7.3)")
        entries = (numbers["surer"], numbers["pull"], numbers["r"] - numbers["z"], numbers["E"])
        for fact, entry in zip(self.facts, entries, strict=True):
            fact.set_text(magnitude(float(np.abs(entry).max())))
        shown, sheet = (numbers[name].reshape(SHEET, SHEET) for name in ("shown", "x"))
        self.slopes.set_data(PICTURES(symmetric(self.limit)(shown), bytes=True))
        rows, columns, dark = minus_cells(shown, self.limit)
        x, y = columns + 0.5, rows + 0.5
        pieces = np.stack([np.stack([x - 0.22, y], -1), np.stack([x + 0.22, y], -1)], 1)
        for dashes, chosen in zip(self.dashes, (dark, ~dark), strict=True):
            dashes.set_segments(pieces[chosen])
        self.outline.set_segments(edges(sheet > INKED))
        row, column = np.unravel_index(shown.argmax(), shown.shape)
        self.most.set_xy((column, row))


class PadPicture:
    """The digit that is shown, and what stands beside it.

    Parameters
    ----------
    live : LiveFigure
    limit : float
        What the map's strongest colors stand for.
    """

    def __init__(self, live, limit):
        self.live, self.beside = live, None
        self.here, self.clear = ReadDigit(live, LEFT, "digit"), ReadDigit(live, RIGHT, "clear")
        self.map = SlopeMap(live, limit)
        canvas = live.canvas
        filled_bar(canvas, LEFT, LEGEND - THICK / 2, 0.22, THICK)
        symbol(canvas, LEFT + 0.34, LEGEND, "z", color=SIGNAL)
        words(canvas, LEFT + 0.46, LEGEND, "how sure")
        open_bar(canvas, LEFT + 1.3, LEGEND - THICK / 2, 0.22, THICK)
        symbol(canvas, LEFT + 1.64, LEGEND, "r")
        words(canvas, LEFT + 1.76, LEGEND, "what is meant")

    def place(self, numbers, state, says):
        """Put everything where the numbers say; `says` has three lines for the digit, three for the other."""
        self._put_beside(state.beside)
        self.here.place(numbers["x"], numbers["z"], int(numbers["r"].argmax()), state.place)
        self.here.say(*says[0])
        if state.beside == CLEAR:
            self.clear.place(numbers["clear_x"], numbers["clear_z"], int(numbers["r"].argmax()))
            self.clear.say(*says[1])
        else:
            self.map.place(numbers, state.beside)

    def _put_beside(self, beside):
        """Let one of the two be seen at the right."""
        if beside == self.beside:
            return
        self.beside = beside
        for half, seen in ((self.clear, beside == CLEAR), (self.map, beside != CLEAR)):
            for part in half.parts:
                part.set_visible(seen)
        self.live.redraw()
