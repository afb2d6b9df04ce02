"""The network as the book draws it: where each unit is, and how units and edges look."""

from dataclasses import dataclass

import numpy as np
from matplotlib.patches import Circle, Rectangle

from .marks import rounded_box, symbol, value, words
from .numbers import number
from .style import CARD, GREY, INK, OUTLINE, SIGNAL, SIGNAL_TINT, SLATE, SPOKEN_OF, SYMBOL

CAPSULE = (1.16, 0.46)
DISC, TARGET, BIAS = 0.23, 0.19, 0.15
SQUARE = 0.42


@dataclass(frozen=True)
class Geometry:
    """The middle of every unit, in inches: tuples of (x, y), the first unit on top."""

    inputs: tuple
    hidden: tuple
    outputs: tuple
    targets: tuple
    input_bias: tuple
    hidden_bias: tuple
    loss: tuple
    widths: tuple = (CAPSULE[0], CAPSULE[0])  # of a hidden and of an output unit

    def tails(self, layer):
        """Return where the edges of layer 0 (V) or 1 (W) begin, the bias first."""
        bias, units = (self.input_bias, self.inputs) if layer == 0 else (self.hidden_bias, self.hidden)
        reach = DISC if layer == 0 else self.widths[0] / 2
        return ((bias[0] + BIAS, bias[1]), *((x + reach, y) for x, y in units))

    def heads(self, layer):
        """Return where the edges of layer 0 (V) or 1 (W) end."""
        return tuple((x - self.widths[layer] / 2, y) for x, y in (self.hidden, self.outputs)[layer])


def geometry(sizes, middle=2.3, pitch=0.94, columns=(0.82, 2.72, 4.86, 5.93, 6.5), bias_y=0.62):
    """Return the places of the units of a network of `sizes` (inputs, hidden units, classes)."""
    n_inputs, n_hidden, n_classes = sizes
    inputs, hidden, outputs, targets, loss = columns

    def column(x, n):
        return tuple((x, middle + (n - 1) * pitch / 2 - i * pitch) for i in range(n))

    return Geometry(
        inputs=column(inputs, n_inputs),
        hidden=column(hidden, n_hidden),
        outputs=column(outputs, n_classes),
        targets=column(targets, n_classes),
        input_bias=(inputs, bias_y),
        hidden_bias=(hidden + CAPSULE[0] / 2 - 0.16, bias_y),
        loss=(loss, middle),
    )


def disc(axes, place, text, radius=DISC, tinted=True, gid=None):
    """Draw an input (tinted) or a target (open) with its text."""
    color = SIGNAL if tinted else INK
    face = SIGNAL_TINT if tinted else CARD
    axes.add_patch(
        Circle(place, radius, facecolor=face, edgecolor=color, linewidth=OUTLINE, zorder=3, gid=gid)
    )
    _text(axes, place, text)


def hatted_disc(axes, place, text, radius=DISC):
    """Draw a value before its function: an open disc in the color of signals."""
    axes.add_patch(Circle(place, radius, facecolor=CARD, edgecolor=SIGNAL, linewidth=OUTLINE, zorder=3))
    _text(axes, place, text)


def bias_node(axes, place, letter, name_at=(0, -0.29)):
    """Draw the small grey disc that always says 1, its name below it; nothing leads into it."""
    axes.add_patch(Circle(place, BIAS, facecolor=CARD, edgecolor=GREY, linewidth=OUTLINE, zorder=3))
    value(axes, *place, "1", zorder=4)
    symbol(axes, place[0] + name_at[0], place[1] + name_at[1], rf"{letter}_0 = 1", color=INK)


def capsule(axes, place, before, after, gid=None):
    """Draw a unit: the hatted value left of the cut, the value after the function right of it."""
    (x, y), (width, height) = place, CAPSULE
    box, radius = (x - width / 2, y - height / 2, width, height), height / 2 - 0.001
    rounded_box(axes, *box, radius, edgecolor="none", zorder=3)
    tint = rounded_box(axes, *box, radius, facecolor=SIGNAL_TINT, edgecolor="none", zorder=3)
    tint.set_clip_path(Rectangle((x, y - height), width, 2 * height, transform=axes.transData))
    outline = {"facecolor": "none", "edgecolor": SIGNAL, "linewidth": OUTLINE, "zorder": 3}
    rounded_box(axes, *box, radius, gid=gid, **outline)
    axes.plot([x, x], [y - height / 2, y + height / 2], color=SIGNAL, linewidth=OUTLINE, zorder=3)
    _text(axes, (x - width / 4, y), before)
    _text(axes, (x + width / 4, y), after)


def softmax_bar(axes, outputs):
    """Draw softmax: one thick bar through all output units, since it joins them."""
    x, highest, lowest = outputs[0][0], outputs[0][1], outputs[-1][1]
    reach = CAPSULE[1] / 2 + 0.1
    box = (x - 0.035, lowest - reach, 0.07, highest - lowest + 2 * reach)
    rounded_box(axes, *box, 0.03, facecolor=SIGNAL, edgecolor="none", zorder=4, gid="softmax")


def loss_square(axes, place, text):
    """Draw E: an open square."""
    x, y = place
    box = (x - SQUARE / 2, y - SQUARE / 2, SQUARE, SQUARE)
    rounded_box(axes, *box, 0.06, edgecolor=INK, linewidth=1.3, zorder=3, gid="loss")
    _text(axes, place, text)


def edges(axes, places, layer, weights=None, spoken_of=None):
    """Draw a layer's edges; with weights, width follows |w| and a negative weight is dashed.

    `spoken_of` is (i, j) of the one edge drawn in ink, i from 1, j from 0.
    """
    heads, tails = places.heads(layer), places.tails(layer)
    largest = 1.0 if weights is None else np.abs(weights).max() or 1.0
    for i, head in enumerate(heads, start=1):
        for j, tail in enumerate(tails):
            w = 0.12 if weights is None else weights[i - 1][j] / largest
            chosen = spoken_of == (i, j)
            axes.plot(
                *zip(tail, head, strict=True),
                color=INK if chosen else GREY,
                linewidth=SPOKEN_OF if chosen else 0.7 + 2.5 * abs(w),
                linestyle="--" if w < 0 else "-",
                solid_capstyle="butt",
                zorder=2 if chosen else 1,
                gid=f"edge-{'VW'[layer]}-{i}-{j}",
            )


def chip(axes, tail, head, share, text, color=INK):
    """Write on a light chip on the edge from tail to head, at a share of its length."""
    (x, y), size = np.array(tail) + share * (np.array(head) - tail), 0.085 * len(text) + 0.1
    rounded_box(axes, x - size / 2, y - 0.1, size, 0.2, edgecolor=CARD, zorder=4)
    value(axes, x, y, text, color=color, zorder=5)


def comparison(axes, places):
    """Draw the grey lines from z to r and from r to E."""
    for (x, y), (target, _) in zip(places.outputs, places.targets, strict=True):
        axes.plot([x + CAPSULE[0] / 2, target - TARGET], [y, y], color=GREY, linewidth=1.0, zorder=1)
        start, end = np.array([target, y]), np.array(places.loss)
        start = start + (TARGET * np.array([1, 0]))
        axes.plot(*zip(start, end, strict=True), color=GREY, linewidth=1.0, zorder=1)


def network_of_symbols(axes, places, spoken_of=None):
    """Draw the whole network with a symbol in every unit; `spoken_of` is one edge (i, j) of W."""
    edges(axes, places, 0)
    edges(axes, places, 1, spoken_of=spoken_of)
    comparison(axes, places)
    for i, place in enumerate(places.inputs, start=1):
        disc(axes, place, f"$x_{i}$", gid=f"x-{i}")
    for letter, column in (("y", places.hidden), ("z", places.outputs)):
        for i, place in enumerate(column, start=1):
            capsule(axes, place, rf"$\hat{{{letter}}}_{i}$", f"${letter}_{i}$", gid=f"{letter}-{i}")
    for i, place in enumerate(places.targets, start=1):
        disc(axes, place, f"$r_{i}$", TARGET, tinted=False, gid=f"r-{i}")
    softmax_bar(axes, places.outputs)
    bias_node(axes, places.input_bias, "x")
    bias_node(axes, places.hidden_bias, "y")
    loss_square(axes, places.loss, "$E$")


def names_of_the_parts(axes):
    """Write the names of the parts of the 2-3-2 network of symbols: layers, weights, what a hat means."""
    for x, y, text, color in (
        (0.82, 3.2, "inputs", SLATE),
        (4.86, 3.24, "softmax", SIGNAL),
        (5.93, 3.2, "targets", SLATE),
    ):
        words(axes, x, y, text, color=color, ha="center")
    words(axes, 2.63, 3.62, "before", ha="right")
    symbol(axes, 2.72, 3.62, r"\sigma", color=SIGNAL)
    words(axes, 2.82, 3.62, "after")
    symbol(axes, 1.6, 3.2, r"\mathbf{V}")
    symbol(axes, 3.79, 3.2, r"\mathbf{W}")


def units(axes, places, x, passed, r):
    """Draw every unit with its numbers."""
    for i, (center, entry) in enumerate(zip(places.inputs, x, strict=True), start=1):
        disc(axes, center, number(entry), gid=f"x-{i}")
    for i, (center, entry) in enumerate(zip(places.targets, r, strict=True), start=1):
        disc(axes, center, number(entry), TARGET, tinted=False, gid=f"r-{i}")
    for letter, centers, before, after in (
        ("y", places.hidden, passed.y_hat[0], passed.y[0]),
        ("z", places.outputs, passed.z_hat, passed.z),
    ):
        for i, center in enumerate(centers):
            capsule(axes, center, number(before[i]), number(after[i]), gid=f"{letter}-{i + 1}")
    softmax_bar(axes, places.outputs)
    bias_node(axes, places.input_bias, "x")
    bias_node(axes, places.hidden_bias, "y")


def letters(axes, places):
    """Name the columns above them, and the inputs on their left."""
    for i, (x, y) in enumerate(places.inputs, start=1):
        symbol(axes, x - 0.4, y, f"x_{i}", color=SLATE)
    for letter, index, column in (("y", "j", places.hidden), ("z", "i", places.outputs)):
        x, y = column[0]
        symbol(axes, x - 0.29, y + 0.4, rf"\hat{{{letter}}}_{index}", color=SLATE)
        symbol(axes, x + 0.29, y + 0.4, f"{letter}_{index}", color=SLATE)
    symbol(axes, places.targets[0][0], places.targets[0][1] + 0.4, "r_i", color=SLATE)
    symbol(axes, places.loss[0], places.loss[1] + 0.4, "E", color=SLATE)


def _text(axes, place, text):
    """Write a number as it is, a symbol larger."""
    math = text.startswith("$")
    value(axes, *place, text, size=SYMBOL if math else 10, zorder=4)
