"""A picture of the marks that slips leave: wrong over right, entry by entry."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Numbers, Several, Texts, drawing
from .ground.card import Picture, blank_card, finished
from .ground.marks import rounded_box, value, words
from .ground.numbers import number
from .ground.style import CARD, CELLS, INK

ACROSS, ROW, GAP, LEFT, PITCH = 1.86, 0.32, 0.05, 0.4, 2.17  # inches: a table, its rows, from table to table
TOLD = 4  # slips in words
SAME = 1e-6  # ratios nearer than this are one factor


@drawing(
    {"m": (1, 6), "H": (1, 5), "D": (1, 4)},
    names=Texts("m", 24), wrong=Several(Numbers("H D+1"), "m"), right=Numbers("H D+1"),
)  # fmt: skip
def slip_fingerprints(
    names: Sequence[str],
    wrong: Sequence[ArrayLike],
    right: ArrayLike,
    message: str = "Wrong over right: most slips multiply a whole row",
) -> Picture:
    """Draw wrong divided by right for each slip; a row with one factor is one bar.

    Parameters
    ----------
    names : what was planted, one a slip, at most 6.
    wrong : arrays of shape (H, D+1), at most (5, 5): the pulls on V with the slip.
    right : shape (H, D+1): those without it, none of them 0.

    Raises ValueError where an entry of `right` is 0.
    """
    if np.any(right == 0):
        raise ValueError("right: got 0 among them; expected pulls that can be divided by")
    ratios = [part / right for part in wrong]
    block = len(right) * (ROW + GAP)
    card = blank_card(1.06 + -(-len(names) // 3) * (block + 0.42), message)
    for k, (name, table) in enumerate(zip(names, ratios, strict=True)):
        left, top = LEFT + PITCH * (k % 3), card.below(1.0) - (k // 3) * (block + 0.42)
        words(card, left, top + 0.14, name, color=INK)
        for row, entries in enumerate(table):
            _row(card, left, top - row * (ROW + GAP) - ROW, entries, f"slip{k + 1}-{row + 1}")
    words(card, LEFT, 0.3, "one bar: the same factor for every weight of the unit; 1: as it should be")
    told = [f"{name} {_told(table)}" for name, table in zip(names, ratios, strict=True)]
    beyond = [f"{len(told) - TOLD} more"] if len(told) > TOLD else []
    description = f"Small tables of wrong over right, a row a unit. {'; '.join(told[:TOLD] + beyond)}."
    look = "Where a row is one bar, the signals are in order, and what multiplies them is not."
    return finished(card, description, look)


def one_factor(entries):
    """Return whether all entries of a row are the same number."""
    return bool(np.ptp(entries) <= SAME * max(1.0, np.abs(entries).max()))


def _row(card, left, bottom, entries, gid):
    """Draw a row as one bar where it has one factor, else as a cell an entry."""
    entries = entries[:1] if one_factor(entries) else entries
    width = (ACROSS + GAP) / len(entries) - GAP
    for k, ratio in enumerate(entries):
        x = left + k * (width + GAP)
        face = CARD if abs(ratio - 1) <= SAME else CELLS(_shade(ratio))
        rounded_box(card, x, bottom, width, ROW, facecolor=face, gid=f"{gid}-{k}")
        value(card, x + width / 2, bottom + ROW / 2, number(ratio), zorder=3)


def _shade(ratio):
    """Return where a ratio lies on the map of signed numbers: 1 in its middle, 0 and less far down."""
    far = np.log(ratio) / np.log(4) if ratio > 0 else -1.0
    return 0.5 + 0.5 * float(np.clip(far, -1, 1))


def _told(table):
    """Tell a table by the factors of its first and last row, or by its first row where that has several."""
    if not all(one_factor(row) for row in table):
        return ", ".join(number(entry) for entry in table[0, :3]) + " along row 1"
    first, last = number(table[0, 0]), number(table[-1, 0])
    return first if first == last else f"{first} to {last}"
