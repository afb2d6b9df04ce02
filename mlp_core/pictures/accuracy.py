"""Pictures of how many answers are right: by the number of hidden units, by model, by kind of digit."""

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Numbers, drawing, probabilities
from .ground.card import Picture, blank_card, finished, panel
from .ground.marks import line, ring, value, words
from .ground.numbers import fixed, listed, number
from .ground.style import CARD, CURVE, INK, SLATE

LEFT, BOTTOM, ACROSS, UP = 0.95, 1.02, 4.5, 2.2  # inches: the panel over the widths


@drawing(
    {"n": (1, 10)},
    widths=Numbers("n", 1, 1e6, whole=True, rising=True), accuracies=probabilities("[B] n"),
    linear=probabilities("[B]"),
)  # fmt: skip
def accuracy_over_width(widths: ArrayLike, accuracies: ArrayLike, linear: ArrayLike, message: str) -> Picture:
    """Draw the share of right answers over the number of hidden units, beside a linear model's.

    Parameters
    ----------
    widths : shape (n,): numbers of hidden units, rising.
    accuracies : shape (n,), or (seeds, n): shares of 0..1. Seeds are dots, their mean is a bar.
    linear : the share without a hidden layer, or one a seed, of which the mean is drawn.
    """
    seeds = 100 * np.atleast_2d(accuracies)
    means, base = seeds.mean(axis=0), 100 * float(np.mean(linear))
    card = blank_card(4.15, message)
    places = np.log2(widths)
    axes = panel(card.figure, LEFT, BOTTOM, ACROSS, UP, xlim=(places[0] - 0.4, places[-1] + 0.4))
    axes.set_xticks(places, [number(width) for width in widths])
    _end_at_100(axes, min(seeds.min(), base))
    line(axes, axes.get_xlim(), [base, base], color=SLATE, linewidth=1.4).set_gid("linear")
    for k, place in enumerate(places):
        _one_width(axes, place, seeds[:, k], f"-{number(widths[k])}")
    _in_numbers(card, axes, places, means, base)
    drawn = "Rings" if len(seeds) == 1 else f"Bars at the mean of {len(seeds)} seeds"
    told = listed(f"{fixed(means[k], 1)} % with {number(widths[k])}" for k in (0, -1))
    told += f"; {fixed(base, 1)} % without a hidden layer"
    description = f"{drawn} over the number of hidden units. Right are {told}."
    look = "Read it from the right: how few units can it do with before it falls below the line?"
    return finished(card, description, look)


def _end_at_100(axes, least):
    """Let an axis of percentages begin at a round number below the least and end at 100."""
    stride = next((step for step in (1, 2, 5, 10, 20) if 100 - least <= 4.9 * step), 25)
    low = max(0, stride * np.ceil(least / stride - 1.1))
    axes.set(ylim=(low, 100), yticks=np.arange(low, 101, stride))


def _one_width(axes, place, shares, name):
    """Draw the seeds of one width as dots with a bar at their mean, a single seed as a ring."""
    if len(shares) == 1:
        ring(axes, place, shares[0], size=7).set_gid(f"mean{name}")
        return
    dots = {"color": SLATE, "markersize": 5, "markeredgecolor": CARD, "zorder": 5, "clip_on": False}
    axes.plot(np.full(len(shares), place), shares, "o", gid=f"seeds{name}", **dots)
    reach, mean = [place - 0.22, place + 0.22], shares.mean()
    line(axes, reach, [mean, mean], color=INK, linewidth=CURVE, zorder=4).set_gid(f"mean{name}")


def _in_numbers(card, axes, places, means, base):
    """Name the axes and the line, and write the means in a row below the widths."""
    low, high = axes.get_ylim()
    left, right = axes.get_xlim()
    edge = LEFT + ACROSS + 0.1
    level = max(BOTTOM + UP * (base - low) / (high - low), BOTTOM + 0.16)
    words(card, edge, level, f"no hidden layer\n{fixed(base, 1)}", color=INK)
    words(card, 0.4, BOTTOM + UP + 0.2, "right, %")
    words(card, edge, BOTTOM - 0.16, "hidden units")
    words(card, edge, 0.5, "right, %")
    for place, mean in zip(places, means, strict=True):
        value(card, LEFT + ACROSS * (place - left) / (right - left), 0.5, fixed(mean, 1))
