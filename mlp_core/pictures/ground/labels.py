"""Labels that stand beside the ends of curves: how wide they are, and how they keep apart."""

import numpy as np

from .marks import words
from .style import LABEL

APART = 0.19  # inches from one line of a label to the next


def width_of(card, texts, size: float = LABEL) -> float:
    """Return how wide the widest of some labels is, in inches."""
    renderer, widest = card.figure.canvas.get_renderer(), 0.0
    for text in texts:
        label = words(card, 0, 0, text, size=size)
        widest = max(widest, label.get_window_extent(renderer).width / card.figure.dpi)
        label.remove()
    return widest


def spread_out(levels, least: float, bottom: float, top: float, upward: bool = False):
    """Return the levels moved at least `least` apart, between bottom and top, their order kept.

    Of two that are too near the lower one gives way, or with `upward` the upper one.
    """
    levels = np.asarray(levels, float)
    if upward:
        return -spread_out(-levels[::-1], least, -top, -bottom)[::-1]
    moved, order = levels.copy(), np.argsort(levels, kind="stable")
    ceiling, floor = top, bottom
    for k in order[::-1]:
        moved[k] = min(moved[k], ceiling)
        ceiling = moved[k] - least
    for k in order:
        moved[k] = max(moved[k], floor)
        floor = moved[k] + least
    return moved
