"""The picture of the output-layer explorer: targets and probabilities, pulls, the table, E along a logit."""

from dataclasses import dataclass

import numpy as np

from ...pictures.ground.card import panel
from ...pictures.ground.marks import (
    Cells,
    arrow_corners,
    filled_bar,
    frame,
    line,
    open_bar,
    pull_arrow,
    ring,
    symbol,
    value,
    words,
)
from ...pictures.ground.numbers import fixed, number
from ...pictures.ground.style import CURVE, HAIR, INK, PULL_UP, SIGNAL, SIGNAL_TINT, SLATE, pull_color
from ..ground.live_cells import LiveCells
from ..ground.stamped_text import stamped_value, stamped_words
from .numbers import LOGITS

HIGHEST = 8.0  # nats: the upper end of the axis

# Inches: where things stand.
TOP, ROW = 4.2, 0.58
ZERO, TABLE = 0.68, 4.52  # where the bars and the table begin
LEFT, LOW, ACROSS, UP = 0.75, 0.55, 3.0, 1.25  # the panel of E
TOLD, TOLD_END = 4.2, 6.66


@dataclass(frozen=True)
class Across:
    """How long a bar of 1 is, and where the three numbers of a row end; inches."""

    unit: float
    gap: float
    price: float
    pull: float


BESIDE_A_TABLE, ALONE = Across(0.88, 2.9, 3.6, 4.32), Across(1.7, 4.95, 5.75, 6.6)
EQUATIONS = {
    True: r"$-\nabla_{\mathbf{W}}E = (\mathbf{r} - \mathbf{z})\,[1, \mathbf{y}^T]$",
    False: r"$-\nabla_{\mathbf{W}}E = (\mathbf{r} - \mathbf{z}\,\Sigma_l\,r_l)\,[1, \mathbf{y}^T]$",
}


class OutputLayerPicture:
    """Everything on the card of the output-layer explorer.

    Parameters
    ----------
    live : LiveFigure
    classes, signals : int
    weights : bool
        False leaves out the signals and the table of the weights.
    """

    def __init__(self, live, classes, signals, weights=True):
        self.live, self.canvas, self.weights = live, live.canvas, weights
        self.across = BESIDE_A_TABLE if weights else ALONE
        shape, size = (classes, signals + 1), ((TOLD_END - TABLE) / (signals + 1) - 0.05, ROW - 0.06)
        table = (TABLE, TOP, shape, size, 0.06)
        self.cells = LiveCells(live, *table) if weights else Cells(*table)  # without a table, where rows are
        self.seen = None
        self.lead = live.animate(stamped_words(self.canvas, 0.32, 5.04))
        self._heads()
        self._rows(classes)
        if weights:
            self._signals(signals + 1)
        self._panel()
        self._told()

    def _heads(self):
        canvas, key, head = self.canvas, TOP + 0.5, TOP + 0.14
        open_bar(canvas, 0.72, key - 0.07, 0.26, 0.14)
        symbol(canvas, 1.1, key, r"\mathbf{r}")
        filled_bar(canvas, 1.38, key - 0.07, 0.26, 0.14)
        symbol(canvas, 1.76, key, r"\mathbf{z}", color=SIGNAL)
        _outlined(filled_bar(canvas, 2.06, key - 0.05, 0.26, 0.1, SIGNAL_TINT))
        symbol(canvas, 2.42, key, r"(\Sigma_l\,r_l - 1)\,\mathbf{z}", ha="left", size=11)
        words(canvas, 0.3, head, "class")
        at = self.across
        for x, name in ((at.gap - 0.06, "r − z"), (at.price, "2nd price"), (at.pull, "pull")):
            words(canvas, x, head, name, ha="right")

    def _rows(self, classes):
        canvas, move, at = self.canvas, self.live.animate, self.across
        low = self.cells.bottom
        line(canvas, [ZERO, ZERO], [low, TOP + 0.02], color=SLATE, zorder=2)
        for share in (0, 1, 2):
            x = ZERO + at.unit * share
            line(canvas, [x, x], [low - 0.1, low - 0.05], color=SLATE)
            words(canvas, x, low - 0.2, str(share), ha="center")
        self.probabilities, self.targets, self.arrows, self.second_prices, self.printed = [], [], [], [], []
        for k in range(classes):
            level = self.cells.center(k, 0)[1]
            value(canvas, 0.45, level, str(k + 1))
            self.probabilities.append(move(filled_bar(canvas, ZERO, level + 0.03, 0, 0.17, gid=f"z-{k + 1}")))
            self.targets.append(move(open_bar(canvas, ZERO, level + 0.03, 0, 0.17, gid=f"r-{k + 1}")))
            arrow = pull_arrow(canvas, (1, level - 0.07), (2, level - 0.07), INK, gid=f"pull-{k + 1}")
            self.arrows.append(move(arrow))
            bar = _outlined(
                filled_bar(canvas, ZERO, level - 0.24, 0, 0.09, SIGNAL_TINT, f"second-price-{k + 1}")
            )
            self.second_prices.append(move(bar))
            places = (at.gap, at.price, at.pull)
            self.printed.append([move(stamped_value(canvas, x, level, ha="right")) for x in places])
            value(canvas, at.price + 0.08, level, "=", color=SLATE)
            if self.weights:
                value(canvas, at.pull + 0.1, level, "×", color=SLATE)
        self.mark = move(frame(canvas, 0, 0, 0.2, 0.22))

    def _signals(self, signals):
        """Make a bar over every column of the table, with its number and its letter."""
        canvas, move = self.canvas, self.live.animate
        self.base, self.bars, self.heights, self.letters = TOP + 0.36, [], [], []
        for j in range(signals):
            x = self.cells.center(0, j)[0]
            self.bars.append(move(filled_bar(canvas, x - 0.15, self.base, 0.3, 0, gid=f"y-{j}")))
            self.heights.append(move(stamped_value(canvas, x, TOP + 0.19, color=SIGNAL)))
            self.letters.append(symbol(canvas, x, self.base, "1" if j == 0 else f"y_{j}"))
            line(canvas, [x - 0.19, x + 0.19], [self.base, self.base], color=SLATE)
        middle = (self.cells.left + self.cells.right) / 2
        self.equation = symbol(canvas, middle, self.cells.bottom - 0.25, "z", size=11)

    def _panel(self):
        """Make the axes of E, its curve and its tangent."""
        move = self.live.animate
        span = (float(LOGITS[0]), float(LOGITS[-1]))
        self.axes = panel(self.live.figure, LEFT, LOW, ACROSS, UP, xlim=span, ylim=(0, HIGHEST))
        self.axes.set(xticks=[-6, -3, 0, 3, 6], yticks=[0, 4, 8])
        self.curve = move(self.axes.plot(LOGITS, 0 * LOGITS, color=INK, linewidth=CURVE, gid="curve-E")[0])
        self.tangent = move(self.axes.plot([], [], color=PULL_UP, linewidth=1.8, gid="tangent", zorder=3)[0])
        self.guide = move(line(self.axes, [0, 0], [0, 1], color=SLATE))
        self.point = move(ring(self.axes, 0, 0, size=7))
        self.point.set_clip_on(True)
        self.above = move(self.axes.plot([0], [HIGHEST], "^", color=INK, markersize=7, clip_on=False)[0])
        self.way = move(pull_arrow(self.canvas, (1, 1), (2, 1), INK, gid="pull"))
        words(self.canvas, LEFT - 0.35, LOW + UP + 0.17, "E, nats")
        self.name = move(symbol(self.canvas, LEFT + ACROSS + 0.2, LOW, "z"))

    def _told(self):
        canvas, move = self.canvas, self.live.animate
        at = {"E": 1.8, "E_after": 1.57, "derived": 0.74, "measured": 0.5}
        words(canvas, TOLD, at["E"], "E")
        if self.weights:
            words(canvas, TOLD, at["E_after"], "E after one step")
        else:
            del at["E_after"]
        self.pull_on = move(stamped_words(canvas, TOLD, 1.2))
        words(canvas, TOLD, 0.74, "derived")
        ring(canvas, TOLD + 0.06, 0.5)
        words(canvas, TOLD + 0.18, 0.5, "measured")
        self.told = {
            name: move(stamped_value(canvas, TOLD_END, level, ha="right")) for name, level in at.items()
        }
        self.filled_in = move(stamped_value(canvas, TOLD_END, 0.97, ha="right"))

    def place(self, numbers):
        """Put bars, arrows, cells, curve and numbers where they are now."""
        total, logit = numbers["r"].sum(), numbers["logit"]
        whole = bool(abs(total - 1) < 1e-9)
        if self.weights:
            self._place_table(numbers, whole, total)
        rule = "the pull is r − z (2.7)." if whole else "r − z, less a second price (2.5)."
        self.lead.set_text(f"The targets add up to {number(total)}: {rule}")
        for k in range(len(numbers["z"])):
            self._place_row(
                k, *(numbers[name][k] for name in ("z", "r", "r_minus_z", "second_price", "delta"))
            )
        self._place_curve(numbers, logit - 1)
        self._tell(numbers, logit - 1, total)

    def _place_table(self, numbers, whole, total):
        y = numbers["y"]
        signals = np.concatenate([[1.0], y])
        if self.seen != (whole, tuple(y)):
            self._turn_to(whole, signals)
            self.seen = (whole, tuple(y))
        # No pull is longer than the sum of r, so no cell is stronger than this.
        self.cells.place(numbers["negative_gradient"], max(1.0, total) * signals.max(), _signed)

    def _place_row(self, k, z, r, gap, second_price, delta):
        level = self.cells.center(k, 0)[1]
        unit = self.across.unit
        self.probabilities[k].set_width(unit * z)
        self.targets[k].set_width(unit * r)
        tail, head = ((ZERO + unit * share, level - 0.07) for share in (z + second_price, r))
        self.arrows[k].set_xy(arrow_corners(tail, head))
        self.arrows[k].set_facecolor(pull_color(delta))
        self.second_prices[k].set_x(ZERO + unit * z)
        self.second_prices[k].set_width(unit * second_price)
        self.second_prices[k].set_visible(abs(second_price) > 1e-9)
        lacking, taken, pulled = self.printed[k]
        lacking.set_text(_signed(gap))
        lacking.set_color(pull_color(gap))
        taken.set_text(f"{'−' if second_price > -1e-9 else '+'} {number(abs(second_price))}")
        pulled.set_text(_signed(delta, 4))
        pulled.set_color(pull_color(delta))

    def _place_curve(self, numbers, k):
        at, E, pull = numbers["z_hat"][k], numbers["E"], numbers["delta"][k]
        self.curve.set_ydata(numbers["curve"])
        ends = np.array([at - 2, at + 2])
        self.tangent.set_data(ends, E - pull * (ends - at))
        self.guide.set_data([at, at], [0, E])
        self.point.set_data([at], [E])
        self.above.set_xdata([at])
        self.above.set_visible(E > HIGHEST)
        x, scale = (
            LEFT + ACROSS * (at - LOGITS[0]) / (LOGITS[-1] - LOGITS[0]),
            ACROSS / (LOGITS[-1] - LOGITS[0]),
        )
        self.way.set_xy(arrow_corners((x, LOW + 0.12), (x + scale * pull, LOW + 0.12)))
        self.way.set_facecolor(pull_color(pull))

    def _tell(self, numbers, k, total):
        self.mark.set_x(0.35 - 0.03)
        self.mark.set_y(self.cells.center(k, 0)[1] - 0.11 - 0.03)
        self.name.set_text(rf"$\hat{{z}}_{k + 1}$")
        self.pull_on.set_text(f"pull on logit {k + 1}: gain − price (2.5)")
        for name in {"E", "E_after"} & set(self.told):
            self.told[name].set_text(fixed(numbers[name], 4))
        for name, pull in (("derived", numbers["delta"][k]), ("measured", -numbers["slope"])):
            self.told[name].set_text(fixed(pull, 4, sign=True))
        self.told["derived"].set_color(pull_color(numbers["delta"][k]))
        r, z = number(numbers["r"][k], 4), number(numbers["z"][k], 4)
        self.filled_in.set_pieces((r, INK), (" − ", INK), (z, SIGNAL), (f" · {number(total)}", INK))

    def _turn_to(self, whole, signals):
        """Write another equation, draw other signals: what rarely changes."""
        self.equation.set_text(EQUATIONS[whole])
        scale = 0.38 / signals.max()
        for bar, text, letter, signal in zip(self.bars, self.heights, self.letters, signals, strict=True):
            bar.set_height(scale * signal)
            text.set_text(number(signal))
            letter.set_y(self.base + scale * signal + 0.14)
        self.live.redraw()


def _signed(amount, decimals=2):
    return number(amount, decimals, sign=True)


def _outlined(bar):
    bar.set(edgecolor=SIGNAL, linewidth=HAIR)
    return bar
