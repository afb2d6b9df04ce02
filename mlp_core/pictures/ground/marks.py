"""Single marks: words, numbers, bars, pull arrows, cells, ribbons. Places and lengths are inches."""

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.patches import FancyBboxPatch, PathPatch, Polygon, Rectangle
from matplotlib.path import Path

from .numbers import fixed, number
from .style import (
    CARD,
    CELLS,
    GREY,
    GUIDE,
    HAIR,
    HAIRLINE,
    INK,
    LABEL,
    NUMBER,
    OUTLINE,
    PULL,
    PULL_UP,
    SIGNAL,
    SLATE,
    SYMBOL,
    pull_color,
    symmetric,
)

POINT = 1 / 72  # inch
PRIME = r"\sigma^{\,\prime}"  # a thin space keeps the prime off its letter


def words(axes, x, y, text, **properties):
    """Write a label: 9 points, second voice."""
    return axes.text(x, y, text, **{"size": LABEL, "color": SLATE, "va": "center", **properties})


def value(axes, x, y, text, **properties):
    """Write a number: 10 points, ink, centered."""
    return axes.text(x, y, text, **{"size": NUMBER, "va": "center", "ha": "center", **properties})


def pull_value(axes, x, y, pull, text=None, **properties):
    """Write a pull in its color, aligned right, with its sign and four decimals unless told how."""
    text = fixed(pull, 4, sign=True) if text is None else text
    return value(axes, x, y, text, **{"ha": "right", "color": pull_color(pull), **properties})


def symbol(axes, x, y, mathtext, **properties):
    """Write a symbol of the formulas: 13 points, centered."""
    return axes.text(x, y, f"${mathtext}$", **{"size": SYMBOL, "va": "center", "ha": "center", **properties})


def note(axes, point, offset, text, **properties):
    """Write beside a point of a curve; `point` in the units of the axes, `offset` in points."""
    style = {"size": NUMBER, "color": INK, "va": "center", "textcoords": "offset points"}
    return axes.annotate(text, point, offset, **{**style, **properties})


def run(axes, x, y, *pieces, space=0.06):
    """Write pieces of text on one baseline, each (text, color); a closing parenthesis joins the last one."""
    renderer = axes.figure.canvas.get_renderer()
    for text, color in pieces:
        x -= space if text == ")" else 0
        size = SYMBOL if text.startswith("$") else NUMBER
        piece = axes.text(x, y, text, size=size, color=color, va="baseline")
        x += piece.get_window_extent(renderer).width / axes.figure.dpi + space


def line(axes, xs, ys, **properties):
    """Draw a thin line: a guide unless told otherwise."""
    return axes.plot(xs, ys, **{"color": GREY, "linewidth": GUIDE, "zorder": 1, **properties})[0]


def hairline(card, y):
    """Draw the hairline across the card that parts what stands above it from what stands below."""
    return line(card, [card.left, card.right], [y, y], color=HAIRLINE, linewidth=HAIR)


def ring(axes, x, y, size=6):
    """Draw an open ring: something measured."""
    look = {"markersize": size, "markerfacecolor": CARD, "markeredgecolor": INK, "markeredgewidth": 1.5}
    return axes.plot([x], [y], "o", zorder=6, clip_on=False, **look)[0]


def dot(axes, x, y, color=INK, size=7):
    """Draw a filled dot: something derived or computed."""
    return axes.plot([x], [y], "o", markersize=size, color=color, zorder=6, clip_on=False)[0]


def measured_number(axes, x, y, text):
    """Write `○ measured` and the number."""
    ring(axes, x + 0.06, y)
    renderer = axes.figure.canvas.get_renderer()
    piece = words(axes, x + 0.18, y, "measured")
    width = piece.get_window_extent(renderer).width / axes.figure.dpi
    value(axes, x + 0.28 + width, y, text, ha="left")


def filled_bar(axes, left, bottom, width, height, color=SIGNAL, gid=None):
    """Draw a filled bar."""
    bar = Rectangle((left, bottom), width, height, facecolor=color, edgecolor="none", gid=gid, zorder=2)
    return axes.add_patch(bar)


def open_bar(axes, left, bottom, width, height, gid=None):
    """Draw a target: an open bar, a thick stroke where it has no length."""
    bar = Rectangle(
        (left, bottom), width, height, facecolor="none", edgecolor=INK, linewidth=1.4, gid=gid, zorder=3
    )
    return axes.add_patch(bar)


def pull_arrow(axes, tail, head, color, gid=None, width=PULL):
    """Draw an arrow that is exactly as long as its number; the head is shorter than the arrow."""
    if np.array_equal(tail, head):
        return None
    corners = arrow_corners(tail, head, width)
    arrow = Polygon(corners, closed=True, facecolor=color, edgecolor="none", gid=gid, zorder=4)
    return axes.add_patch(arrow)


def arrow_corners(tail, head, width=PULL):
    """Return the outline of a `pull_arrow`, shape (7, 2): no area where it has no length."""
    tail, head = np.asarray(tail, float), np.asarray(head, float)
    along = head - tail
    length = np.hypot(*along)
    if length == 0:
        return np.tile(tail, (7, 1))
    along = along / length
    across = np.array([-along[1], along[0]])
    neck = head - min(7 * POINT, 0.6 * length) * along
    shaft, wing = width * POINT / 2 * across, 3.4 * POINT * across
    corners = [tail + shaft, neck + shaft, neck + wing, head, neck - wing, neck - shaft, tail - shaft]
    return np.array(corners)


def rounded_box(axes, left, bottom, width, height, radius=0.05, **properties):
    """Draw a box with rounded corners."""
    box = FancyBboxPatch((left, bottom), width, height)
    box.set_boxstyle("round", pad=0, rounding_size=radius)
    box.set(**{"facecolor": CARD, "edgecolor": HAIRLINE, "linewidth": HAIR, "zorder": 2, **properties})
    return axes.add_patch(box)


def frame(axes, left, bottom, width, height, outset=0.03, gid=None):
    """Draw the ink ring around what is spoken of."""
    return rounded_box(
        axes, left - outset, bottom - outset, width + 2 * outset, height + 2 * outset,
        radius=0.07, facecolor="none", edgecolor=INK, linewidth=1.8, zorder=5, gid=gid,
    )  # fmt: skip


def bracket(axes, x, bottom, top, side, color=INK):
    """Draw one square bracket of a matrix; `side` is +1 for a left one, -1 for a right one."""
    hook = 0.06 * side
    line(axes, [x + hook, x, x, x + hook], [bottom, bottom, top, top], color=color, linewidth=1.1)


def plain_matrix(axes, left, middle, matrix, pitch=(0.5, 0.22), size=NUMBER, printed=number):
    """Write a matrix in brackets, columns aligned right; return its right edge."""
    matrix = np.asarray(matrix, float)
    rows, columns = matrix.shape
    width, height = columns * pitch[0], rows * pitch[1]
    for (i, j), entry in np.ndenumerate(matrix):
        right = left + (j + 1) * pitch[0] - 0.02
        value(axes, right, middle + height / 2 - (i + 0.5) * pitch[1], printed(entry), ha="right", size=size)
    for x, side in ((left, 1), (left + width + 0.08, -1)):
        bracket(axes, x, middle - height / 2, middle + height / 2, side, SLATE)
    return left + width + 0.08


class Cells:
    """A matrix drawn as cells with their numbers; knows where each cell is."""

    def __init__(self, left, top, shape, size, gap=0.06):
        self.left, self.top, self.shape, self.size, self.gap = left, top, shape, size, gap

    def corner(self, i, j):
        """Return the lower left corner of cell (i, j), counted from 0."""
        width, height = self.size
        return self.left + j * (width + self.gap), self.top - height - i * (height + self.gap)

    def center(self, i, j):
        """Return the middle of cell (i, j)."""
        x, y = self.corner(i, j)
        return x + self.size[0] / 2, y + self.size[1] / 2

    @property
    def right(self):
        """The right edge of the last column."""
        return self.corner(0, self.shape[1] - 1)[0] + self.size[0]

    @property
    def bottom(self):
        """The lower edge of the last row."""
        return self.corner(self.shape[0] - 1, 0)[1]

    def draw(self, axes, values, limit=None, printed=number, size=NUMBER, colors=None, gid="cell"):
        """Draw every cell; `limit` colors it by its sign and size, `colors` names the colors."""
        scale = symmetric(limit) if limit else None
        for (i, j), entry in np.ndenumerate(np.asarray(values, float)):
            color = CELLS(scale(entry)) if limit else CARD if colors is None else colors[i][j]
            name = f"{gid}-{i + 1}-{j}"
            rounded_box(axes, *self.corner(i, j), *self.size, facecolor=to_rgba(color), gid=name)
            value(axes, *self.center(i, j), printed(entry), size=size, zorder=3)

    def frame(self, axes, i, j, rows=1, gid=None):
        """Draw the ink ring around a cell, or around a column of `rows` cells from (i, j) down."""
        left, bottom = self.corner(i + rows - 1, j)
        top = self.corner(i, j)[1] + self.size[1]
        return frame(axes, left, bottom, self.size[0], top - bottom, gid=gid)


def color_key(axes, left, bottom, width, colormap, limit, printed=number):
    """Draw a map once with its two limits and zero."""
    shades = np.linspace(0, 1, 128)[None, :]
    axes.pcolormesh(
        np.linspace(left, left + width, 129), [bottom, bottom + 0.11], shades, cmap=colormap, zorder=2
    )
    border = Rectangle(
        (left, bottom), width, 0.11, facecolor="none", edgecolor=HAIRLINE, linewidth=HAIR, zorder=3
    )
    axes.add_patch(border)
    for x, entry in ((left, -limit), (left + width / 2, 0), (left + width, limit)):
        words(axes, x, bottom + 0.23, printed(entry, sign=True), ha="center")


def ribbon(axes, start, end, width, color, gid=None):
    """Draw a ribbon between two points that leaves and arrives level, as wide everywhere."""
    bend = (start[0] + end[0]) / 2
    path = Path([start, (bend, start[1]), (bend, end[1]), end], [Path.MOVETO, *[Path.CURVE4] * 3])
    patch = PathPatch(path, facecolor="none", edgecolor=color, linewidth=width / POINT, gid=gid, zorder=1)
    patch.set_capstyle("butt")
    return axes.add_patch(patch)


def slope_triangle(axes, x, y, across, up):
    """Draw the two sides under a rising (over a falling) tangent with their numbers; data units."""
    corners = ([x, x, x + across], [y, y + up, y + up])
    axes.plot(*corners, color=PULL_UP, linewidth=OUTLINE, zorder=3, gid="triangle")
    side = {"color": PULL_UP, "size": LABEL}
    note(axes, (x + across / 2, y + up), (0, 8 if up > 0 else -8), number(across), ha="center", **side)
    note(axes, (x, y + up / 2), (-4, 0), number(up), ha="right", **side)
