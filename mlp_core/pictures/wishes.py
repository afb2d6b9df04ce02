"""Pictures of what a hidden unit is told: several wishes at once, and why one begins at the end."""

import numpy as np
from numpy.typing import ArrayLike

from .ground import networks
from .ground.arguments import Numbers, Whole, drawing
from .ground.card import Picture, blank_card, finished
from .ground.marks import line, pull_arrow, pull_value, ribbon, rounded_box, run, symbol, value, words
from .ground.numbers import counted, fixed, number, series
from .ground.style import CARD, CELLS, GREY, INK, PULL_UP, SIGNAL, SIGNAL_TINT, SLATE, pull_color

OUTPUTS, UNIT, GATE, SUM = 4.3, 2.35, 1.5, 0.75  # inches: the outputs, the unit, its gate, its sum
PULLS, WEIGHTS, WISHES = 5.25, 5.8, 6.65  # inches: where the columns of the bill end
PITCH, WIDEST = 0.72, 0.3


@drawing(
    {"K": (1, 5)}, pulls=Numbers("K"), weights=Numbers("K"), gate=Numbers(), j=Whole(1, 9)
)  # fmt: skip
def several_wishes(
    pulls: ArrayLike,
    weights: ArrayLike,
    gate: float,
    j: int = 1,
    message: str = "Wishes are added, each as loud as its weight",
) -> Picture:
    """Draw one hidden unit with what every output wishes of it, their sum, and what passes its gate.

    Parameters
    ----------
    pulls : shape (K,): r - z, at most five outputs.
    weights : shape (K,): the weights from the unit to the outputs.
    gate : the slope of the activation at the unit's sum.
    j : the number of the unit, from 1.
    """
    wishes = pulls * weights
    total = float(wishes.sum())
    card = blank_card(2.15 + PITCH * len(pulls), message)
    levels = card.below(1.4) - PITCH * np.arange(len(pulls))
    _outputs(card, levels, pulls, weights, wishes)
    _ribbons(card, levels, wishes)
    _through_the_gate(card, float(np.mean(levels)), total, gate, j)
    pieces = (
        (rf"$q_{j}$", INK), ("=", INK), (fixed(total, 4, sign=True), pull_color(total)), ("×", SLATE),
        (number(gate, 4), PULL_UP), ("=", INK), (fixed(total * gate, 4, sign=True), pull_color(total * gate)),
    )  # fmt: skip
    run(card, 0.45, 0.42, *pieces, space=0.1)
    description = (
        f"Flow drawing. {counted(len(pulls), 'output')} with pulls {series(pulls, 4, True)} wish "
        f"{series(wishes, 4, True)} of y {j}, together {number(total, 4, True)}; through the gate "
        f"{number(gate, 4)} that is {number(total * gate, 4, True)}."
    )
    look = "Nothing is shared out: every ribbon arrives whole, and they may pull against each other."
    return finished(card, description, look)


def _outputs(card, levels, pulls, weights, wishes):
    """Draw the outputs, and beside each its bill: the pull on its logit times the weight is its wish."""
    head = levels[0] + 0.42
    for x, name in ((PULLS, "pull"), (WEIGHTS, "weight"), (WISHES, "wish")):
        words(card, x, head, name, ha="right")
    for i, (level, pull, weight, wish) in enumerate(
        zip(levels, pulls, weights, wishes, strict=True), start=1
    ):
        networks.hatted_disc(card, (OUTPUTS, level), rf"$\hat{{z}}_{i}$", 0.25)
        pull_value(card, PULLS, level, pull)
        value(card, WEIGHTS, level, number(weight), ha="right")
        pull_value(card, WISHES, level, wish)
    bottom = levels[-1] - 0.22
    line(card, [WISHES - 0.75, WISHES + 0.03], [bottom, bottom], color=INK)
    pull_value(card, WISHES, bottom - 0.2, float(wishes.sum()), weight="bold")


def _ribbons(card, levels, wishes):
    """Draw each wish as a ribbon from its output to the unit, as wide as it is loud."""
    widths = np.maximum(WIDEST * np.abs(wishes) / (np.abs(wishes).max() or 1.0), 0.011)
    port = float(np.mean(levels)) + (widths.sum() + 0.03 * (len(widths) - 1)) / 2
    for i, (level, width, wish) in enumerate(zip(levels, widths, wishes, strict=True), start=1):
        color = pull_color(wish) if wish else GREY
        ribbon(card, (OUTPUTS - 0.25, level), (UNIT, port - width / 2), width, color, gid=f"wish-{i}")
        port -= width + 0.03


def _through_the_gate(card, middle, total, gate, j):
    """Draw the unit, its gate and its sum, and what arrives at each."""
    networks.disc(card, (UNIT, middle), f"$y_{j}$", 0.3)
    value(card, UNIT, middle - 0.48, fixed(total, 4, sign=True), color=pull_color(total))
    words(card, UNIT, middle - 0.68, "all wishes", ha="center")
    arrow = pull_color(total)
    line(card, [GATE, GATE], [middle - 0.3, middle + 0.3], color=SIGNAL, linewidth=4, gid="gate")
    value(card, GATE, middle + 0.45, number(gate, 4), color=PULL_UP)
    words(card, GATE, middle + 0.65, "the gate", ha="center")
    if total:
        pull_arrow(card, (UNIT - 0.34, middle), (GATE + 0.06, middle), arrow, width=2.4)
    if total * gate:
        pull_arrow(card, (GATE - 0.06, middle), (SUM + 0.32, middle), arrow, width=1.4)
    networks.hatted_disc(card, (SUM, middle), rf"$\hat{{y}}_{j}$", 0.3)
    value(card, SUM, middle - 0.48, fixed(total * gate, 4, sign=True), color=pull_color(total * gate))
    words(card, SUM, middle - 0.68, "what is left", ha="center")


TILES = ((0.4, 0.62), (1.26, 0.72), (2.22, 1.0))  # inches: where the signal, the gate and the ending begin


@drawing({"D": (1, 4)}, signal=Numbers("D+1"), gate=Numbers(), ending=Numbers(), j=Whole(1, 9))
def shared_endings(
    signal: ArrayLike,
    gate: float,
    ending: float,
    j: int = 1,
    message: str = "All roads from one unit end alike",
) -> Picture:
    """Draw the roads from the weights of one unit to E, walked forwards one by one, and backwards at once.

    Parameters
    ----------
    signal : shape (D+1,), at most 5: [1, x], a signal for each weight that enters the unit.
    gate : the slope of the activation at its sum.
    ending : the pull on what it says: what all these roads have in common behind the gate.
    j : the number of the unit, from 1.
    """
    count, pitch = len(signal), 0.62
    card = blank_card(1.95 + pitch * count, message)
    levels = card.below(1.25) - pitch * np.arange(count) - 0.2
    q = gate * ending
    _forwards(card, levels, signal, gate, ending, j)
    _backwards(card, levels, signal, gate, ending, q)
    words(card, 0.4, card.below(0.78), f"forwards: {counted(count, 'trip')}", color=INK)
    words(card, 4.02, card.below(0.78), "backwards: one", color=INK)
    words(card, 0.4, 0.4, f"the same ending, worked out {count} times")
    words(card, 4.02, 0.4, "worked out once, then handed on")
    description = (
        f"Two drawings of {counted(count, 'road')} from weights of unit {j} to E. Forwards each is signal "
        f"times gate {number(gate, 4)} times {number(ending, 4, True)}; backwards these two are "
        f"multiplied once, to {number(q, 4, True)}, and meet the signals {series(signal)}."
    )
    look = "Count the boxes on the right of each road, and then the one that replaces them."
    return finished(card, description, look)


def _tile(card, left, middle, width, text, face, color=INK, gid=None):
    """Draw one factor as a tile."""
    rounded_box(card, left, middle - 0.18, width, 0.36, facecolor=face, gid=gid)
    value(card, left + width / 2, middle, text, color=color, zorder=3)


def _forwards(card, levels, signal, gate, ending, j):
    """Draw a row a weight: its signal, the gate, and the ending, which is the same in every row."""
    shade = CELLS(0.9 if ending > 0 else 0.1 if ending < 0 else 0.5)
    for m, (level, one) in enumerate(zip(levels, signal, strict=True)):
        for (left, width), text, face, name in zip(
            TILES,
            (number(one), number(gate, 4), fixed(ending, 4, sign=True)),
            (SIGNAL_TINT, CARD, shade),
            ("signal", "gate", "ending"),
            strict=True,
        ):
            _tile(card, left, level, width, text, face, gid=f"{name}-{m}")
        for x in (1.14, 2.1):
            value(card, x, level, "×", color=SLATE)
        symbol(card, 0.71, level + 0.3, f"v_{{{j}{m}}}", color=SLATE)


def _backwards(card, levels, signal, gate, ending, q):
    """Draw the ending and the gate once, and the fan of what they meet."""
    middle = float(np.mean(levels))
    shade = CELLS(0.9 if ending > 0 else 0.1 if ending < 0 else 0.5)
    _tile(card, 5.75, middle, 0.95, fixed(ending, 4, sign=True), shade, gid="ending-once")
    value(card, 6.22, middle + 0.32, f"× {number(gate, 4)}", color=PULL_UP)
    line(card, [5.0, 5.72], [middle, middle], color=pull_color(q), linewidth=1.6)
    for level, one in zip(levels, signal, strict=True):
        pull_arrow(card, (5.1, middle), (4.68, level), pull_color(q), width=1.6)
        _tile(card, 4.02, level, 0.62, number(one), SIGNAL_TINT)
    rounded_box(card, 4.86, middle - 0.13, 0.74, 0.26, edgecolor=CARD, zorder=4)
    value(card, 5.23, middle, fixed(q, 4, sign=True), color=pull_color(q), zorder=5)
