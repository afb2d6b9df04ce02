"""A picture of hidden units while a digit slides: what each looks at, its sum, what the bend lets through."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Numbers, Texts, drawing, probabilities
from .ground.card import Picture, blank_card, finished, panel
from .ground.marks import color_key, filled_bar, line, value, words
from .ground.numbers import counted, fixed
from .ground.style import GREY, HAIR, HAIRLINE, INK, PAPER_TO_INK, PICTURES, SLATE, symmetric

SHEET, UNIT = 0.78, 0.98  # inches: the side of a sheet, and of a picture of weights
FIRST, PITCH, ROW = 2.2, 0.93, 1.42  # inches: the first place, from place to place, from unit to unit
FOOT = 0.78  # inches: below the lowest unit
UP_AND_DOWN = 0.84  # inches: from the end of the lowest bar to that of the highest
WEIGHTS, BAR = 0.6, 0.3  # inches: where the pictures of weights begin, and how wide a bar is
BACK = {"facecolor": "none", "edgecolor": GREY, "linewidth": HAIR, "linestyle": (0, (2.5, 2))}  # kept back


@drawing(
    {"P": (2, 5), "D": (1, 4096), "U": (1, 3)},
    x=probabilities("P D"), W=Numbers("U D+1"), y_hat=Numbers("U P", -1e4, 1e4), names=Texts("U", 16),
)  # fmt: skip
def answers_as_it_slides(
    x: ArrayLike,
    W: ArrayLike,
    y_hat: ArrayLike,
    names: Sequence[str],
    message: str = "As the digit slides, one unit hands over to the next",
) -> Picture:
    """Draw a digit at several places, and below each what ReLU units make of it.

    Parameters
    ----------
    x : shape (P, side²), in 0..1: one sheet a place, at most five.
    W : shape (U, side² + 1): the weights of at most three units, column 0 the bias.
    y_hat : shape (U, P): their sums. A filled bar is what ReLU lets through, an open one what it keeps back.
    names : one a unit.
    """
    side = round(x.shape[1] ** 0.5)
    if side * side != x.shape[1]:
        raise ValueError(f"x: got {x.shape[1]} pixels; expected a square number of them")
    card = blank_card(0.72 + SHEET + ROW * len(W) + FOOT, message)
    lefts = FIRST + PITCH * np.arange(len(x))
    for at, (pixels, left) in enumerate(zip(x, lefts, strict=True)):
        axes = _framed(card, left, card.below(0.62) - SHEET, SHEET)
        grid = pixels.reshape(side, side)[::-1]
        axes.pcolormesh(grid, cmap=PAPER_TO_INK, vmin=0, vmax=1, gid=f"sheet-{at}", antialiased=False)
    limit = np.abs(W[:, 1:]).max() or 1.0
    lowest = min(0.0, y_hat.min())
    scale = UP_AND_DOWN / (max(0.0, y_hat.max()) - lowest or 1.0)
    for unit, (row, sums, name) in enumerate(zip(W, y_hat, names, strict=True)):
        bottom = FOOT + ROW * (len(W) - 1 - unit) + 0.1
        axes = _framed(card, WEIGHTS, bottom, UNIT)
        grid = row[1:].reshape(side, side)[::-1]
        axes.pcolormesh(grid, cmap=PICTURES, norm=symmetric(limit), gid=f"weights-{unit}", antialiased=False)
        words(card, WEIGHTS + UNIT / 2, bottom + UNIT + 0.12, name, ha="center", color=INK)
        zero = bottom + 0.14 - scale * lowest
        line(card, [FIRST - 0.12, lefts[-1] + SHEET], [zero, zero], color=SLATE)
        for at, (y, left) in enumerate(zip(sums, lefts, strict=True)):
            _bar(card, left + SHEET / 2, zero, scale * y, fixed(y, 1), f"{unit}-{at}")
    _key(card, limit)
    look = "Go along one row: an open bar is a sum below 0, which the unit keeps to itself."
    return finished(card, _described(len(x), y_hat, names), look)


def _bar(card, center, zero, length, text, name):
    """Draw one sum from the zero line: filled and in ink upward, open and grey downward."""
    if length > 0:
        filled_bar(card, center - BAR / 2, zero, BAR, length, gid=f"through-{name}")
        value(card, center, zero + length + 0.1, text)
    else:
        kept = filled_bar(card, center - BAR / 2, zero, BAR, length, gid=f"kept-{name}")
        kept.set(**BACK)
        words(card, center, zero + length - 0.1, text, ha="center")


def _framed(card, left, bottom, size):
    """Return square axes in a hairline frame."""
    axes = panel(card.figure, left, bottom, size, size, xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set(visible=True, color=HAIRLINE, linewidth=HAIR)
    return axes


def _key(card, limit):
    """Say below the rows what the bars and the colors mean."""
    color_key(card, 0.5, 0.3, 1.2, PICTURES, limit, printed=lambda v, sign: fixed(v, 2, sign))
    filled_bar(card, FIRST, 0.33, 0.22, 0.13)
    words(card, FIRST + 0.3, 0.4, "the unit says its sum")
    filled_bar(card, 4.3, 0.33, 0.22, 0.13).set(**BACK)
    words(card, 4.6, 0.4, "below 0: it keeps silent")


def _described(places, y_hat, names):
    """Return what is drawn, with every sum."""
    units = zip(names, y_hat, strict=True)
    told = "; ".join(f"{name} {', '.join(fixed(y, 1) for y in sums)}" for name, sums in units)
    return (
        f"A digit at {counted(places, 'place')}; below, the weights of {counted(len(names), 'unit')} "
        f"and their sums: {told}. A sum below 0 is kept back."
    )
