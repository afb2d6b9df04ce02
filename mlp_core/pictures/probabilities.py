"""Pictures of softmax: what one logit does to every probability."""

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Numbers, Whole, drawing, probabilities
from .ground.card import Picture, blank_card, finished, panel
from .ground.marks import (
    Cells,
    color_key,
    dot,
    filled_bar,
    line,
    pull_arrow,
    pull_value,
    run,
    slope_triangle,
    symbol,
    value,
    words,
)
from .ground.numbers import fixed, number, series
from .ground.style import (
    CELLS,
    CURVE,
    HAIR,
    INK,
    PULL_UP,
    SIGNAL,
    SIGNAL_TINT,
    SLATE,
    SYMBOL,
    pull_color,
)


@drawing({"K": (2, 10)}, z_before=probabilities("K"), z_after=probabilities("K"), moved=Whole(1, "K"))
def probabilities_before_after(
    z_before: ArrayLike,
    z_after: ArrayLike,
    moved: int,
    message: str = "One class gains, every other one loses",
) -> Picture:
    """Draw each probability before and after one logit moved, and the differences as arrows.

    Parameters
    ----------
    z_before, z_after : shape (K,): probabilities.
    moved : the number, 1 to K, of the class whose logit moved.
    """
    before, after = z_before, z_after
    change = after - before
    way = "raised" if change[moved - 1] >= 0 else "lowered"
    card = blank_card(1.85 + 0.66 * len(before), message)
    top = card.below(1.1)
    levels = top - 0.66 * (np.arange(len(before)) + 0.5)
    for x in (BEFORE_ZERO, CHANGE_ZERO):
        line(card, [x, x], [top - 0.66 * len(before), top], color=SLATE, zorder=0)
    _before_and_after(card, levels, before, after, top + 0.2)
    words(card, 6.5, top + 0.2, "after − before", ha="right")
    reach = 0.6 / max(np.abs(change).max(), 1e-12)
    for k, (level, amount) in enumerate(zip(levels, change, strict=True)):
        head = (CHANGE_ZERO + reach * amount, level)
        pull_arrow(card, (CHANGE_ZERO, level), head, pull_color(amount), gid=f"change-{k + 1}")
        pull_value(card, 6.5, level, amount)
    words(card, card.left, 0.38, f"the logit of class {moved} was {way}; the arrows have their own scale")
    description = (
        f"Bars of {len(before)} probabilities before and after logit {moved} is {way}. "
        f"They change by {series(change, 4, sign=True, printed=fixed)}."
    )
    look = "Lay the arrows end to end: those to the right and those to the left come to the same length."
    return finished(card, description, look)


BEFORE_ZERO, CHANGE_ZERO = 1.1, 5.1  # inches: where the bars and the arrows begin


def _before_and_after(card, levels, before, after, key):
    """Draw two bars a class with their numbers, and what they are at the height `key`."""
    zero, longest = BEFORE_ZERO, 2.1
    words(card, zero, key, "before")
    _outlined(filled_bar(card, zero + 0.52, key - 0.06, 0.3, 0.12, SIGNAL_TINT))
    words(card, zero + 1.1, key, "after")
    filled_bar(card, zero + 1.5, key - 0.06, 0.3, 0.12)
    for k, level in enumerate(levels):
        symbol(card, 0.62, level, rf"z_{k + 1}")
        size = (longest * before[k], 0.19)
        _outlined(filled_bar(card, zero, level + 0.02, *size, SIGNAL_TINT, gid=f"before-{k + 1}"))
        filled_bar(card, zero, level - 0.21, longest * after[k], 0.19, gid=f"after-{k + 1}")
        for share, y in ((before[k], level + 0.115), (after[k], level - 0.115)):
            value(card, zero + longest * share + 0.08, y, fixed(share, 4), ha="left")


def _outlined(bar):
    bar.set(edgecolor=SIGNAL, linewidth=HAIR)


@drawing({"K": (2, 6)}, z=probabilities("K"))
def jacobian_terms(
    z: ArrayLike, message: str = "The Jacobian is a diagonal minus an outer product"
) -> Picture:
    """Draw diag(z), z z^T and their difference, the softmax Jacobian, as matrices with numbers.

    Parameters
    ----------
    z : shape (K,): probabilities.
    """
    terms = (np.diag(z), np.outer(z, z), np.diag(z) - np.outer(z, z))
    names = (r"\mathrm{diag}(\mathbf{z})", r"\mathbf{z}\,\mathbf{z}^T", r"\mathbf{J}")
    n_classes = len(z)
    side = min(0.56, 1.8 / n_classes - 0.05)
    block = n_classes * (side + 0.05) - 0.05
    card = blank_card(2.1 + block, message)
    top = card.below(1.15)
    limit = max(np.abs(term).max() for term in terms)
    gap = (6.36 - 3 * block) / 2
    for place, (name, term) in enumerate(zip(names, terms, strict=True)):
        left = card.left + place * (block + gap)
        Cells(left, top, term.shape, (side, side), 0.05).draw(card, term, limit, gid=f"term{place + 1}")
        symbol(card, left + block / 2, top + 0.27, name)
        if place:
            value(card, left - gap / 2, top - block / 2, "−="[place - 1], size=SYMBOL)
    color_key(card, 4.9, 0.34, 1.5, CELLS, limit)
    words(card, card.left, 0.4, "row i: the probability; column k: the logit")
    beside = terms[2][~np.eye(n_classes, dtype=bool)]
    description = (
        f"Three {n_classes} by {n_classes} matrices with numbers. The difference has "
        f"{series(np.diag(terms[2]))} on its diagonal; beside it no entry is positive, "
        f"from {number(beside.min())} to {number(beside.max())}."
    )
    look = "Follow the diagonal: it is the only place where the first table has anything to give."
    return finished(card, description, look)


@drawing({"n": (2, np.inf)}, differences=Numbers("n", rising=True), z_1=probabilities("n"))
def two_class_sigmoid(
    differences: ArrayLike,
    z_1: ArrayLike,
    message: str = "Two classes: softmax is the sigmoid of the difference",
) -> Picture:
    """Draw z_1 over the difference of two logits, with the tangent at 0.

    Parameters
    ----------
    differences, z_1 : shape (n,), the differences rising through 0.
    """
    if not differences[0] <= 0 <= differences[-1]:
        raise ValueError(
            f"differences: got {differences[0]:g} to {differences[-1]:g}; expected some on both sides of 0"
        )
    middle = float(np.interp(0.0, differences, z_1))
    slope = middle * (1 - middle)
    card = blank_card(3.9, message)
    axes = panel(card.figure, 0.75, 0.8, 4.2, 2.3, xlim=(differences[0], differences[-1]), ylim=(0, 1.12))
    axes.set(yticks=[0, 0.5, 1])
    axes.locator_params(axis="x", nbins=5, steps=[1, 2, 3, 5, 10])
    axes.plot(differences, z_1, color=SIGNAL, linewidth=CURVE, gid="curve-z")
    ends = np.array([-2.2, 2.2])
    axes.plot(ends, middle + slope * ends, color=PULL_UP, linewidth=1.8, zorder=3, gid="tangent")
    slope_triangle(axes, 0, middle, 2, 2 * slope)
    dot(axes, 0, middle, SIGNAL)
    symbol(card, 0.75, 3.24, "z_1")
    symbol(card, 2.85, 0.4, r"\hat{z}_1 - \hat{z}_2")
    _alike_at_0(card, 5.15, middle, slope)
    told = " to ".join(f"{number(z_1[k], 4)} at {number(differences[k])}" for k in (0, -1))
    description = (
        f"Curve of z 1 over the difference of two logits, from {told}. "
        f"At 0 it is {number(middle)} with slope {number(slope)}."
    )
    look = "Look at the triangle: nowhere is the curve steeper than in its middle, and even there not steep."
    return finished(card, description, look)


def _alike_at_0(card, left, middle, slope):
    """Write the formula, and the height and the slope at 0."""
    symbol(card, left, 2.85, r"z_1 = \dfrac{1}{1 + e^{-t}}", color=SIGNAL, ha="left")
    symbol(card, left, 2.4, r"t = \hat{z}_1 - \hat{z}_2", color=SIGNAL, ha="left")
    words(card, left, 1.98, "at 0: both classes alike")
    run(card, left, 1.58, ("$z_1$", INK), (f"= {number(middle)}", SIGNAL))
    run(card, left, 1.21, (r"$z_1\,z_2$", INK), (f"= {number(slope)}", PULL_UP))
    words(card, left, 0.97, "the slope", color=PULL_UP)
