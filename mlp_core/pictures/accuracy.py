"""Pictures of how many answers are right: by the number of hidden units, by model, by kind of digit."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Numbers, Texts, drawing, probabilities
from .ground.card import Picture, blank_card, finished, panel
from .ground.labels import width_of
from .ground.marks import filled_bar, line, ring, value, words
from .ground.numbers import capitalized, counted, fixed, listed, number, percent
from .ground.style import CARD, CURVE, GREY, INK, SLATE

BARS = (GREY, SLATE, INK)
LEFT, BOTTOM, ACROSS, UP = 0.95, 1.02, 4.5, 2.2  # inches: the panel over the widths
RIGHT = 6.75  # inches: where the longest bar and its number end


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
    return finished(card, description)


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


@drawing(
    {"g": (1, 8), "m": (1, len(BARS))}, groups=Texts("g"), names=Texts("m"), accuracies=probabilities("g m")
)
def grouped_accuracy_bars(
    groups: Sequence[str], names: Sequence[str], accuracies: ArrayLike, message: str
) -> Picture:
    """Draw shares of right answers as horizontal bars, one a model, group by group.

    Parameters
    ----------
    groups : what the models were asked to read, one a group.
    names : the models, at most 3.
    accuracies : shape (groups, names): shares of 0..1.

    Raises ValueError for names that leave no room for the bars.
    """
    block = 0.28 * len(names) + 0.22
    card = blank_card(1.22 + block * len(groups), message)
    top = card.below(0.72)
    zero = 0.4 + width_of(card, groups) + 0.3 + width_of(card, names) + 0.12
    scale = RIGHT - 0.6 - zero
    if scale < 1.5:
        longest = max((*groups, *names), key=len)
        raise ValueError(f"names: got {longest!r}; expected shorter names and groups, with room for the bars")
    for g, group in enumerate(groups):
        start = top - block * g
        words(card, 0.4, start - 0.14 * len(names), group, color=INK)
        for k, name in enumerate(names):
            level, share = start - 0.28 * (k + 0.5), accuracies[g, k]
            words(card, zero - 0.12, level, name, ha="right", color=INK)
            bar = (zero, level - 0.1, scale * share, 0.2, BARS[k])
            filled_bar(card, *bar, gid=f"accuracy-{g + 1}-{k + 1}")
            value(card, zero + scale * share + 0.08, level, percent(share), ha="left")
    _scale(card, zero, scale, top - block * len(groups) + 0.16, top + 0.03)
    return finished(card, _told(groups, names, accuracies))


def _scale(card, zero, scale, bottom, top):
    """Draw the line where the bars begin, and the shares 0, 50 and 100 %."""
    line(card, [zero, zero], [bottom, top], color=SLATE, zorder=3)
    for share in (0, 0.5, 1):
        line(card, [zero + scale * share] * 2, [bottom - 0.06, bottom], color=SLATE)
        words(card, zero + scale * share, bottom - 0.18, f"{100 * share:.0f} %", ha="center")


def _told(groups, names, accuracies):
    """Tell the first and the last group in numbers."""
    told = "; ".join(
        f"{groups[g]}: "
        + listed(f"{name} {percent(share)}" for name, share in zip(names, accuracies[g], strict=True))
        for g in sorted({0, len(groups) - 1})
    )
    return f"Horizontal bars of right answers in {counted(len(groups), 'group')}. {capitalized(told)}."


@drawing({"n": (1, 12)}, names=Texts("n", 28), accuracies=probabilities("n"))
def accuracy_bars(names: Sequence[str], accuracies: ArrayLike, message: str) -> Picture:
    """Draw shares of right answers as horizontal bars with their percentages.

    Parameters
    ----------
    names : one a bar.
    accuracies : shape (n,), shares of 0..1.
    """
    card = blank_card(1.4 + 0.42 * len(names), message)
    top = card.below(0.75)
    zero, scale = 2.45, 3.5
    for k, (name, accuracy) in enumerate(zip(names, accuracies, strict=True)):
        level = top - 0.42 * (k + 0.5)
        words(card, zero - 0.12, level, name, ha="right", color=INK)
        filled_bar(card, zero, level - 0.11, scale * accuracy, 0.22, SLATE, gid=f"accuracy-{k + 1}")
        value(card, zero + scale * accuracy + 0.08, level, percent(accuracy), ha="left")
    bottom = top - 0.42 * len(names)
    line(card, [zero, zero], [bottom - 0.02, top + 0.02], color=SLATE)
    for share in (0, 0.5, 1):
        line(card, [zero + scale * share] * 2, [bottom - 0.08, bottom - 0.02], color=SLATE)
        words(card, zero + scale * share, bottom - 0.2, f"{100 * share:.0f} %", ha="center")
    told = listed(f"{name} {percent(accuracy)}" for name, accuracy in zip(names, accuracies, strict=True))
    return finished(card, f"Horizontal bars of right answers. {capitalized(told)}.")
