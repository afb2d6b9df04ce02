"""A picture of networks that were trained with a slip: what each reads, and what the gradient check says."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Texts, Truths, drawing, probabilities
from .ground.card import Picture, blank_card, finished
from .ground.marks import dot, line, words
from .ground.numbers import listed, number, percent
from .ground.style import HAIRLINE, INK, PULL_UP, SIGNAL, SLATE

LEAST = 0.8  # where the axis begins
ZERO, LENGTH, VERDICT, ROW = 2.1, 3.1, 6.05, 0.34  # inches


@drawing({"n": (1, 12)}, names=Texts("n", 22), accuracies=probabilities("n"), passed=Truths("n"))
def accuracy_beside_check(
    names: Sequence[str],
    accuracies: ArrayLike,
    passed: ArrayLike,
    message: str = "The accuracy hides what the check sees",
) -> Picture:
    """Draw the share of right answers as a dot from 80 to 100 %, and beside it the check's verdict.

    Parameters
    ----------
    names : one a network.
    accuracies : shape (n,), shares of 0..1; one below 80 % is an arrow out of the picture.
    passed : shape (n,): whether the gradient check passed.
    """
    card = blank_card(1.62 + ROW * len(names), message)
    top = card.below(1.02)
    words(card, ZERO, top + 0.2, "read right")
    words(card, VERDICT, top + 0.2, "gradient check", ha="center")
    for k, (name, share, fine) in enumerate(zip(names, accuracies, passed, strict=True)):
        level = top - ROW * (k + 0.5)
        line(card, [ZERO, ZERO + LENGTH], [level, level], color=HAIRLINE)
        words(card, ZERO - 0.2, level, name, ha="right", color=INK)
        _dot(card, level, share, name, f"read-{k + 1}")
        _verdict(card, level, fine, f"check-{k + 1}")
    bottom = top - ROW * len(names)
    for share in (LEAST, 0.85, 0.9, 0.95, 1.0):
        x = ZERO + LENGTH * (share - LEAST) / (1 - LEAST)
        line(card, [x, x], [bottom - 0.06, bottom], color=SLATE)
        words(card, x, bottom - 0.18, percent(share, 0), ha="center")
    told = listed(f"{name} {percent(share)}" for name, share in zip(names, accuracies, strict=True))
    description = f"Dots of right answers: {told}. {_in_words(names, passed)}"
    look = "Cover the right half: from the dots alone, which of them would you have sent home?"
    return finished(card, description, look)


def _dot(card, level, share, name, gid):
    """Draw the share as a dot, or as an arrow where it lies below the axis."""
    if share >= LEAST:
        dot(card, ZERO + LENGTH * (share - LEAST) / (1 - LEAST), level, INK).set_gid(gid)
        return
    card.plot([ZERO - 0.02], [level], "<", color=INK, markersize=7, zorder=6, gid=gid)
    words(card, ZERO + 0.12, level, percent(share), color=INK)


def _verdict(card, level, fine, gid):
    """Draw the verdict of the check: a tick or a cross, and the word."""
    x, color = VERDICT - 0.26, SIGNAL if fine else PULL_UP
    tick = {"color": color, "linewidth": 2.2, "solid_capstyle": "round", "zorder": 4}
    if fine:
        card.plot([x - 0.06, x - 0.01, x + 0.08], [level, level - 0.06, level + 0.08], gid=gid, **tick)
    else:
        reach = np.array([-0.06, 0.06])
        card.plot(x + reach, level + reach, gid=gid, **tick)
        card.plot(x + reach, level - reach, **tick)
    words(card, x + 0.18, level, "passes" if fine else "fails", color=color)


def _in_words(names, passed):
    """Tell which networks the check passes."""
    fine = [name for name, one in zip(names, passed, strict=True) if one]
    if len(fine) == len(names):
        return "The check passes them all."
    return f"The check passes {listed(fine) if fine else 'none'} and fails {number(len(names) - len(fine))}."
