"""Pictures of how many answers are right: by the number of hidden units, and by kind of digit."""

import numpy as np

from .ground.card import blank_card, finished, panel
from .ground.marks import filled_bar, line, ring, value, words
from .ground.numbers import counted, fixed, listed, number, percent
from .ground.style import CARD, CURVE, GREY, INK, SLATE, house_style
from .training import width_of

BARS = (GREY, SLATE, INK)
LEFT, BOTTOM, ACROSS, UP = 0.95, 1.02, 4.5, 2.2  # inches: the panel over the widths
RIGHT = 6.75  # inches: where the longest bar and its number end


@house_style()
def accuracy_over_width(widths, accuracies, linear, message):
    """Draw the share of right answers over the number of hidden units, beside a linear model's.

    Parameters
    ----------
    widths : shape (n,): numbers of hidden units, rising.
    accuracies : shape (n,), or (seeds, n): shares of 0..1. Seeds are dots, their mean is a bar.
    linear : the share without a hidden layer, or one a seed, of which the mean is drawn.

    Raises ValueError if the accuracies do not fit the widths.
    """
    widths, accuracies = np.asarray(widths, float), 100 * np.asarray(accuracies, float)
    if accuracies.ndim not in (1, 2) or accuracies.shape[-1] != len(widths):
        raise ValueError(
            f"accuracies: expected one for each of {len(widths)} widths, got shape {accuracies.shape}"
        )
    seeds = np.atleast_2d(accuracies)
    means, base = seeds.mean(axis=0), 100 * float(np.mean(linear))
    figure, canvas = blank_card(4.15, message)
    places = np.log2(widths)
    axes = panel(figure, LEFT, BOTTOM, ACROSS, UP, xlim=(places[0] - 0.4, places[-1] + 0.4))
    axes.set_xticks(places, [number(width) for width in widths])
    _end_at_100(axes, min(seeds.min(), base))
    line(axes, axes.get_xlim(), [base, base], color=SLATE, linewidth=1.4).set_gid("linear")
    for k, place in enumerate(places):
        _one_width(axes, place, seeds[:, k], f"-{number(widths[k])}")
    _in_numbers(canvas, axes, places, means, base)
    drawn = "Rings" if len(seeds) == 1 else f"Bars at the mean of {len(seeds)} seeds"
    told = listed(f"{fixed(means[k], 1)} % with {number(widths[k])}" for k in (0, -1))
    told += f"; {fixed(base, 1)} % without a hidden layer"
    description = f"{drawn} over the number of hidden units. Right are {told}."
    return finished(figure, message, description)


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


def _in_numbers(canvas, axes, places, means, base):
    """Name the axes and the line, and write the means in a row below the widths."""
    low, high = axes.get_ylim()
    left, right = axes.get_xlim()
    edge = LEFT + ACROSS + 0.1
    level = max(BOTTOM + UP * (base - low) / (high - low), BOTTOM + 0.16)
    words(canvas, edge, level, f"no hidden layer\n{fixed(base, 1)}", color=INK)
    words(canvas, 0.4, BOTTOM + UP + 0.2, "right, %")
    words(canvas, edge, BOTTOM - 0.16, "hidden units")
    words(canvas, edge, 0.5, "right, %")
    for place, mean in zip(places, means, strict=True):
        value(canvas, LEFT + ACROSS * (place - left) / (right - left), 0.5, fixed(mean, 1))


@house_style()
def grouped_accuracy_bars(groups, names, accuracies, message):
    """Draw shares of right answers as horizontal bars, one a model, group by group.

    Parameters
    ----------
    groups : what the models were asked to read, one a group.
    names : the models, at most 3.
    accuracies : shape (groups, names): shares of 0..1.

    Raises ValueError for another shape, and for names that leave no room for the bars.
    """
    accuracies = np.asarray(accuracies, float)
    if accuracies.shape != (len(groups), len(names)) or not 1 <= len(names) <= len(BARS):
        raise ValueError(
            f"accuracies: expected shape ({len(groups)}, {len(names)}), at most {len(BARS)} names, "
            f"got shape {accuracies.shape}"
        )
    block = 0.28 * len(names) + 0.22
    figure, canvas = blank_card(1.22 + block * len(groups), message)
    top = figure.get_size_inches()[1] - 0.72
    zero = 0.4 + width_of(canvas, groups) + 0.3 + width_of(canvas, names) + 0.12
    scale = RIGHT - 0.6 - zero
    if scale < 1.5:
        raise ValueError("names: expected shorter names and groups, these leave no room for the bars")
    for g, group in enumerate(groups):
        start = top - block * g
        words(canvas, 0.4, start - 0.14 * len(names), group, color=INK)
        for k, name in enumerate(names):
            level, share = start - 0.28 * (k + 0.5), accuracies[g, k]
            words(canvas, zero - 0.12, level, name, ha="right", color=INK)
            bar = (zero, level - 0.1, scale * share, 0.2, BARS[k])
            filled_bar(canvas, *bar, gid=f"accuracy-{g + 1}-{k + 1}")
            value(canvas, zero + scale * share + 0.08, level, percent(share), ha="left")
    _scale(canvas, zero, scale, top - block * len(groups) + 0.16, top + 0.03)
    return finished(figure, message, _told(groups, names, accuracies))


def _scale(canvas, zero, scale, bottom, top):
    """Draw the line where the bars begin, and the shares 0, 50 and 100 %."""
    line(canvas, [zero, zero], [bottom, top], color=SLATE, zorder=3)
    for share in (0, 0.5, 1):
        line(canvas, [zero + scale * share] * 2, [bottom - 0.06, bottom], color=SLATE)
        words(canvas, zero + scale * share, bottom - 0.18, f"{100 * share:.0f} %", ha="center")


def _told(groups, names, accuracies):
    """Tell the first and the last group in numbers."""
    told = "; ".join(
        f"{groups[g]}: "
        + listed(f"{name} {percent(share)}" for name, share in zip(names, accuracies[g], strict=True))
        for g in sorted({0, len(groups) - 1})
    )
    return (
        f"Horizontal bars of right answers in {counted(len(groups), 'group')}. {told[0].upper()}{told[1:]}."
    )
