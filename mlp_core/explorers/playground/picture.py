"""The playground's picture: regions, points, the hidden units' lines with their pulls, and two curves."""

import numpy as np
from contourpy import contour_generator
from matplotlib.artist import Artist
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgb
from PIL import Image

from ...pictures.ground.card import panel
from ...pictures.ground.marks import arrow_corners, dot, symbol, words
from ...pictures.ground.numbers import fixed, magnitude, percent
from ...pictures.ground.style import CARD, CLASSES, CURVE, INK, OUTLINE, PULL_UP, SLATE
from ...toys import REACH
from ..ground.stamped_text import stamped_value, stamped_words
from .numbers import RESOLUTION, along_a_side, points_of, unit_lines

HEIGHT = 5.0  # inches
LEFT, BOTTOM, FIELD = 0.4, 0.42, 3.95
LONGEST_ARROW = 0.75  # inches
PANEL = {"left": 5.2, "width": 1.35, "height": 1.3}
FEWEST, LEAST = 200, 0.8  # where the axes of steps and of E end, at the least


def region_colors(z):
    """Return the color of each place, uint8: a mixture of the classes' by z, the paler the less sure it is.

    Parameters
    ----------
    z : array, shape (..., K)
        Probabilities: 1/K each is the card's own color, 1 for one class that class's color.
    """
    K = z.shape[-1]
    of_classes, card = np.array([to_rgb(color) for *_, color in CLASSES[:K]]), np.array(to_rgb(CARD))
    sure = (z.max(axis=-1, keepdims=True) - 1 / K) / (1 - 1 / K)
    return np.rint(255 * (card + sure * (z @ of_classes - card))).astype(np.uint8)


def boundaries(z_hat):
    """Return the lines where the two largest logits are equal, as x and y with NaN between the pieces."""
    along, pieces = along_a_side(), []
    for k in range(1 if z_hat.shape[-1] == 2 else z_hat.shape[-1]):
        lead = z_hat[..., k] - np.delete(z_hat, k, axis=-1).max(axis=-1)
        pieces += contour_generator(along, along, lead).lines(0.0)
    gap = np.full((1, 2), np.nan)
    return np.concatenate([part for piece in pieces for part in (piece, gap)] or [gap]).T


class Regions(Artist):
    """The small picture of the regions, enlarged to the field: `AxesImage` takes seven times as long."""

    def __init__(self, axes):
        super().__init__()
        self.axes, self.colors = axes, None
        self.set_figure(axes.figure)

    def draw(self, renderer):
        """Enlarge, so that the outer places stand at the field's edges, and stamp."""
        x0, y0, x1, y1 = (round(edge) for edge in self.axes.bbox.extents)
        small = Image.fromarray(self.colors)
        box = (0.5, 0.5, RESOLUTION - 0.5, RESOLUTION - 0.5)
        large = small.resize((x1 - x0, y1 - y0), Image.Resampling.BILINEAR, box=box)
        context = renderer.new_gc()
        renderer.draw_image(context, x0, y0, np.array(large.convert("RGBA")))
        context.restore()


class PlaygroundPicture:
    """The artists of one playground.

    Parameters
    ----------
    live : LiveFigure
    """

    def __init__(self, live):
        self.live = live
        figure, canvas = live.figure, live.canvas
        whole = {"xlim": (-REACH, REACH), "ylim": (-REACH, REACH), "xticks": [], "yticks": []}
        self.field = panel(figure, LEFT, BOTTOM, FIELD, FIELD, **whole)
        self.field.axis("off")
        self.regions = self.field.add_artist(Regions(self.field))
        self.regions.set(zorder=0, gid="regions")
        live.animate(self.regions)
        self.boundary = self._line(INK, 2.0, 2, "boundary")
        self.lines = self._line(SLATE, OUTLINE, 1, "unit-lines")
        self.points = [
            self._marks(marker, color, 5.5, 3, f"class-{k}") for k, (marker, color, _) in enumerate(CLASSES)
        ]
        self.tails = self._marks("o", PULL_UP, 4.5, 4, "tails")
        arrows = PolyCollection([], facecolor=PULL_UP, edgecolor="none", zorder=5, gid="pulls")
        self.arrows = live.animate(canvas.add_collection(arrows))
        arrows.set_clip_box(self.field.bbox)
        self.E, self.E_now = self._curve(2.85, "E")
        self.right, self.right_now = self._curve(0.75, "accuracy")
        self._names(canvas)

    def place(self, numbers):
        """Put everything where the numbers say."""
        self.regions.colors = region_colors(numbers["z"])
        self.boundary.set_data(*boundaries(numbers["z_hat"]))
        points = points_of(numbers["data"])
        for k, marks in enumerate(self.points):
            marks.set_data(*points.x[points.labels == k].T)
        self._place_units(numbers["V"], numbers["pull"])
        self._place_curves(np.array(numbers["history"]))
        E = numbers["E"]
        self.texts["E"].set_text(fixed(E, 4) if E < 1000 else magnitude(E))
        self.texts["right"].set_text(percent(numbers["accuracy"]))
        self.texts["step"].set_text(f"step {numbers['step']:,}")

    def _place_units(self, V, pull):
        if V is None:
            ends, middle, pull = np.empty((0, 2, 2)), np.empty((0, 2)), np.empty((0, 3))
        else:
            ends, middle = unit_lines(V)
        gap = np.full((len(ends), 1, 2), np.nan)
        self.lines.set_data(*np.concatenate([ends, gap], axis=1).reshape(-1, 2).T)
        self.tails.set_data(*middle.T)
        pull = pull[:, 1:]
        length = np.hypot(*pull.T)
        longest = length.max(initial=0.0)
        self.texts["pull"].set_text(f"longest {magnitude(longest)}" if len(length) else "no hidden unit")
        tails = np.array([LEFT, BOTTOM]) + FIELD * (middle + REACH) / (2 * REACH)
        heads = tails + LONGEST_ARROW * pull / (longest or 1.0)
        seen = np.isfinite(tails).all(axis=1) & (length > 0)
        self.arrows.set_verts([arrow_corners(*ends) for ends in zip(tails[seen], heads[seen], strict=True)])

    def _place_curves(self, history):
        steps, E, right = history.T
        last, top = doubled(FEWEST, steps[-1]), doubled(LEAST, min(E.max(), 1000.0))
        if (last, top) != (self.E.axes.get_xlim()[1], self.E.axes.get_ylim()[1]):
            self.E.axes.set(xlim=(0, last), ylim=(0, top), xticks=[0, last], yticks=[0, top])
            self.right.axes.set(xlim=(0, last), ylim=(0, 1), xticks=[0, last], yticks=[0, 0.5, 1])
            self.right.axes.set_yticklabels(["0 %", "50 %", "100 %"])
            self.live.redraw()
        for curve, now, values in ((self.E, self.E_now, E), (self.right, self.right_now, right)):
            curve.set_data(steps, values)
            now.set_data(steps[-1:], np.minimum(values[-1:], top if curve is self.E else 1.0))

    def _line(self, color, width, zorder, gid):
        made = self.field.plot([], [], color=color, linewidth=width, zorder=zorder, gid=gid)[0]
        return self.live.animate(made)

    def _marks(self, marker, color, size, zorder, gid):
        look = {"markersize": size, "color": color, "markeredgecolor": CARD, "markeredgewidth": 0.8}
        return self.live.animate(self.field.plot([], [], marker, zorder=zorder, gid=gid, **look)[0])

    def _curve(self, bottom, gid):
        axes = panel(self.live.figure, PANEL["left"], bottom, PANEL["width"], PANEL["height"])
        curve = axes.plot([], [], color=INK, linewidth=CURVE, gid=f"curve-{gid}")[0]
        return self.live.animate(curve), self.live.animate(dot(axes, 0, 0))

    def _names(self, canvas):
        left = PANEL["left"]
        symbol(canvas, left, 4.36, "E", ha="left")
        words(canvas, left + PANEL["width"], 4.36, "nats", ha="right")
        words(canvas, left + 0.65, 2.26, "right")
        words(canvas, LEFT, 0.28, "arrows: the pull on each unit's weights")
        self.texts = {
            "E": stamped_value(canvas, left + 0.2, 4.36, ha="left"),
            "right": stamped_value(canvas, left, 2.26, ha="left"),
            "step": stamped_words(canvas, left + PANEL["width"] / 2, 0.42, ha="center"),
            "pull": stamped_words(canvas, LEFT + FIELD, 0.28, ha="right"),
        }
        self.live.animate(*self.texts.values())


def doubled(first, least):
    """Return the smallest of first, 2 first, 4 first, ... that is not below `least`."""
    return first * 2 ** max(0, int(np.ceil(np.log2(max(least, first) / first))))
