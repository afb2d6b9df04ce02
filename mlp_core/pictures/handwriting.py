"""Pictures of digits: one with what the network makes of it, and many with their labels."""

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Numbers, Truths, Whole, drawing, probabilities
from .ground.card import Picture, blank_card, finished, panel
from .ground.marks import filled_bar, line, open_bar, pull_arrow, symbol, value, words
from .ground.numbers import counted, fixed, number
from .ground.style import CARD, HAIR, HAIRLINE, INK, PAPER_TO_INK, SIGNAL, SLATE

LABELS = Numbers("n", 0, 9, whole=True)
TRUE_CLASS = "The open bar is where everything should have gone."


def _square_of(pixels):
    """Return a flat digit as a square; ValueError if its length is no square number."""
    side = round(pixels.size**0.5)
    if side * side != pixels.size:
        raise ValueError(f"x: got {pixels.size} pixels; expected a square number of them")
    return pixels.reshape(side, side)


def _draw_digit(card, left, bottom, size, pixels, gid=None):
    """Draw one digit as grey squares, ink on paper, in a hairline frame."""
    axes = panel(card.figure, left, bottom, size, size, xticks=[], yticks=[])
    axes.pcolormesh(_square_of(pixels)[::-1], cmap=PAPER_TO_INK, vmin=0, vmax=1, gid=gid, antialiased=False)
    for spine in axes.spines.values():
        spine.set(visible=True, color=HAIRLINE, linewidth=HAIR)
    return axes


@drawing({"P": (1, 4096), "K": (10, 10)}, x=probabilities("P"), z=probabilities("K"), label=Whole(0, 9))
def digit_and_probabilities(
    x: ArrayLike,
    z: ArrayLike,
    label: int | None = None,
    message: str = "A digit goes in, ten numbers come out",
) -> Picture:
    """Draw a digit and the probability given to each class, inside its target.

    Parameters
    ----------
    x : shape (64,) or (144,), in 0..1.
    z : shape (10,).
    label : the true class, 0 to 9, or None.
    """
    card = blank_card(3.9, message)
    _draw_digit(card, 0.45, 0.85, 2.2, x, gid="digit")
    words(card, 1.55, 0.63, f"{np.size(x)} numbers between 0 and 1", ha="center")
    if label is not None:
        words(card, 1.55, 0.42, f"its label: {label}", ha="center", color=INK)
    pull_arrow(card, (2.85, 1.95), (3.35, 1.95), SIGNAL)
    _class_bars(card, z, label)
    filled_bar(card, 6.2, 0.63, 0.22, 0.12)
    symbol(card, 6.56, 0.69, "z", color=SIGNAL)
    if label is not None:
        open_bar(card, 6.2, 0.38, 0.22, 0.12)
        symbol(card, 6.56, 0.44, "r")
    most, least = int(np.argmax(z)), int(np.argmin(z))
    named = "" if label is None else f" labelled {label}"
    given = "" if label in (None, most, least) else f", {fixed(z[label])} to {label}"
    description = (
        f"A digit{named} drawn beside ten bars. The network gives most, {fixed(z[most])}, to {most}{given} "
        f"and least, {fixed(z[least])}, to {least}."
    )
    return finished(card, description, "The longest bar is what it reads." if label is None else TRUE_CLASS)


def _class_bars(card, z, label):
    """Draw one bar a class on an axis from 0 to 1, z inside the open bar of the true class."""
    pitch, zero, scale, top = 0.265, 3.85, 2.1, 3.12
    for k, probability in enumerate(z):
        level = top - pitch * (k + 0.5)
        value(card, 3.65, level, str(k))
        filled_bar(card, zero, level - 0.08, scale * probability, 0.16, gid=f"z-{k}")
        if k == label:
            open_bar(card, zero, level - 0.08, scale, 0.16, gid=f"r-{k}")
        end = zero + scale * probability + 0.07
        roomy = (
            k != label or scale * (1 - probability) > 0.5
        )  # beside the filled bar, if that ends early enough
        value(card, end if roomy else zero + scale + 0.07, level, fixed(probability), ha="left", zorder=4)
    bottom = top - pitch * len(z)
    line(card, [zero, zero], [bottom, top], color=SLATE, zorder=2)
    for share in (0, 0.5, 1):
        line(card, [zero + scale * share] * 2, [bottom - 0.06, bottom], color=SLATE)
        words(card, zero + scale * share, bottom - 0.16, number(share), ha="center")


@drawing(
    {"n": (1, 96), "P": (1, 4096)},
    x=probabilities("n P"), labels=LABELS, predicted=LABELS, sure=probabilities("n"), columns=Whole(1, 16),
    ringed=Truths("n P"),
)  # fmt: skip
def digit_gallery(
    x: ArrayLike,
    labels: ArrayLike,
    predicted: ArrayLike | None = None,
    sure: ArrayLike | None = None,
    columns: int = 8,
    message: str | None = None,
    ringed: ArrayLike | None = None,
) -> Picture:
    """Draw digits with their labels, and what was read and how sure where it is given.

    Parameters
    ----------
    x : shape (n, 64) or (n, 144), in 0..1.
    labels, predicted : shape (n,).
    sure : shape (n,): the probability given to what was read.
    ringed : shape of x, true for each pixel that wears a ring.
    """
    rows = -(-len(x) // columns)
    lines = 1 + (predicted is not None) + (sure is not None)
    pitch = 6.3 / columns
    size, below = min(pitch - 0.12, 0.9), 0.08 + 0.17 * lines
    if message is None:
        message = "Digits as they were written" if predicted is None else "What was written and what was read"
    card = blank_card(0.8 + rows * (size + below + 0.06), message)
    top = card.below(0.68)
    for n, pixels in enumerate(x):
        left = 0.35 + (n % columns) * pitch + (pitch - size) / 2
        bottom = top - size - (n // columns) * (size + below + 0.06)
        axes = _draw_digit(card, left, bottom, size, pixels, gid=f"digit-{n}")
        if ringed is not None:
            _rings(axes, _square_of(ringed[n])[::-1], size)
        texts = [str(labels[n])] if predicted is None else [f"is {labels[n]}", f"read {predicted[n]}"]
        texts += [] if sure is None else [f"at {fixed(sure[n])}"]
        for row, text in enumerate(texts):
            words(card, left + size / 2, bottom - 0.12 - 0.17 * row, text, ha="center", color=INK)
    told = _labels_in_words(labels[:columns]) if predicted is None else _mistakes(labels, predicted, sure)
    if ringed is not None:
        told += f". Rings mark {counted(int(ringed.sum()), 'pixel')}"
    look = _what_to_look_at(predicted, ringed)
    return finished(card, f"Gallery of {counted(len(x), 'grey digit')}. {told}.", look)


def _rings(axes, ringed, size):
    """Put a ring around each ringed pixel, ink on a light rim; the digit is `size` inches wide."""
    rows, columns = np.nonzero(ringed)
    across = 72 * 1.5 * size / len(ringed)
    for color, width in ((CARD, 3), (INK, 1.5)):
        look = {"markerfacecolor": "none", "markeredgecolor": color, "markeredgewidth": width}
        axes.plot(columns + 0.5, rows + 0.5, "o", markersize=across, clip_on=False, gid="ringed", **look)


def _what_to_look_at(predicted, ringed):
    """Return what to look at: the ringed pixels, the mistakes, or simply the digits."""
    if ringed is not None:
        return "The rings mark the pixels that make the difference."
    if predicted is not None:
        return "Cover the lines below, and read them yourself first."
    return "Could you read them all?"


def _labels_in_words(labels):
    return f"Their labels begin {', '.join(str(label) for label in labels)}"


def _mistakes(labels, predicted, sure):
    """Tell how many digits were read wrong, and the first of them."""
    wrong = np.flatnonzero(predicted != labels)
    told = f"{len(wrong)} were read wrong"
    if len(wrong):
        first = wrong[0]
        told += f"; the first is {labels[first]}, read {predicted[first]}"
        told += "" if sure is None else f" at {fixed(sure[first])}"
    return told
