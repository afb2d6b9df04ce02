"""Pictures of how a trained network reads: what it takes for what, and how sure it is."""

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Numbers, Truths, drawing, probabilities
from .ground.card import Picture, blank_card, finished
from .ground.labels import width_of
from .ground.marks import dot, filled_bar, line, open_bar, rounded_box, value, words
from .ground.numbers import counted, fixed, listed, number
from .ground.style import HAIRLINE, INK, SLATE

CELL, PITCH, LEFT = (0.4, 0.265), (0.43, 0.295), 1.2  # inches: a count, the way to the next, where they begin
BINS, ZERO, LENGTH = 10, 2.0, 4.6  # tenths; inches: where the probability 0 stands, and how long 0..1 is


@drawing({"K": (2, 10)}, counts=Numbers("K K", 0, 99_999, whole=True))
def confusion_matrix(counts: ArrayLike, message: str | None = None) -> Picture:
    """Draw how often each digit was read as each; the mistakes wear a frame, what never happened is empty.

    Parameters
    ----------
    counts : shape (K, K), K from 2 to 10: rows the true digit, columns the digit read.
    """
    wrong, total = int(counts.sum() - np.trace(counts)), int(counts.sum())
    if message is None:
        message = f"{wrong} of {counted(total, 'digit')} taken for another"
    card = blank_card(1.36 + len(counts) * PITCH[1], message)
    top = card.below(1.08)
    for (i, j), count in np.ndenumerate(counts):
        corner = LEFT + j * PITCH[0], top - i * PITCH[1] - CELL[1]
        _count(card, corner, int(count), i == j, f"count-{i}-{j}")
    _heads(card, top, counts)
    return finished(card, _mistakes_in_words(counts, wrong, total))


def _count(card, corner, count, is_right, gid):
    """Draw one count: calm where the digit was read right, framed where it was not, nothing for 0."""
    if is_right:
        look = {"facecolor": HAIRLINE, "alpha": 0.55}
    elif count:
        look = {"edgecolor": INK, "linewidth": 1.4, "zorder": 3}
    else:
        look = {"alpha": 0.6}
    rounded_box(card, *corner, *CELL, gid=gid, **look)
    if count or is_right:
        middle = corner[0] + CELL[0] / 2, corner[1] + CELL[1] / 2
        value(card, *middle, str(count), color=SLATE if is_right else INK, zorder=4)


def _heads(card, top, counts):
    """Write the digits beside the rows and above the columns, and how many of each row are right."""
    shares = [f"{row[k]} of {row.sum()}" for k, row in enumerate(counts)]
    end = LEFT + len(counts) * PITCH[0] + 0.12 + width_of(card, shares)
    for k, share in enumerate(shares):
        level = top - k * PITCH[1] - CELL[1] / 2
        value(card, LEFT - 0.16, level, str(k))
        value(card, LEFT + k * PITCH[0] + CELL[0] / 2, top + 0.13, str(k))
        words(card, end, level, share, ha="right")
    words(card, 0.4, top - len(counts) * PITCH[1] / 2, "digit")
    words(card, LEFT + len(counts) * PITCH[0] / 2, top + 0.36, "read as", ha="center")
    words(card, end, top + 0.13, "right", ha="right")


def _mistakes_in_words(counts, wrong, total):
    """Tell how many are right, and the one or two mistakes that are made more often than the others."""
    mistakes = counts - np.diag(np.diag(counts))
    order = np.argsort(-mistakes, axis=None, kind="stable")[:2]
    places = [np.unravel_index(place, counts.shape) for place in order]
    most, third = np.sort(mistakes, axis=None)[[-1, -3]]
    told = [
        f"{i} read as {j}, {counted(mistakes[i, j], 'time')}" for i, j in places if mistakes[i, j] > third
    ]
    often = f" No digit is taken for one other more than {counted(most, 'time')}." if wrong else ""
    often = f" Most often {listed(told)}." if told else often
    return (
        f"Table of {len(counts)} by {len(counts)} counts, rows the true digit, columns the digit read. "
        f"On the diagonal stand {total - wrong} of {total}.{often}"
    )


@drawing(sure=probabilities("n"), right=Truths("n"))
def sureness(sure: ArrayLike, right: ArrayLike, message: str) -> Picture:
    """Draw how sure a network was of the digits that it read right, and of those that it read wrong.

    Each bar counts the digits in a tenth of 0..1; each strip has its own scale. A dot marks the median.

    Parameters
    ----------
    sure : shape (n,): the probability given to the digit read.
    right : shape (n,): whether it was read right.
    """
    card = blank_card(4.0, message)
    _strip(card, 2.22, "right", sure[right], filled_bar)
    _strip(card, 0.82, "wrong", sure[~right], open_bar)
    for share in (0, 0.5, 1):
        words(card, ZERO + LENGTH * share, 0.62, number(share), ha="center")
    words(card, ZERO + LENGTH / 2, 0.38, "probability given to the digit read", ha="center")
    told = " and ".join(
        f"{counted(len(part), 'digit')} read {how}" + (f", median {_median(part)}," if len(part) else "")
        for how, part in (("right", sure[right]), ("wrong", sure[~right]))
    )
    description = (
        "Two strips of bars over the probability given to the digit read, a bar for each tenth: "
        f"{told.removesuffix(',')}."
    )
    return finished(card, description)


def _strip(card, bottom, how, sure, draw_bar):
    """Draw one strip: a bar with its count for each tenth, and the median."""
    counts = np.histogram(sure, np.arange(BINS + 1) / BINS)[0]
    line(card, [ZERO, ZERO + LENGTH], [bottom, bottom], color=SLATE, zorder=3)
    for k, count in enumerate(counts):
        if count:
            left, height = ZERO + LENGTH * k / BINS, 0.85 * count / counts.max()
            look = (SLATE,) if draw_bar is filled_bar else ()
            draw_bar(card, left + 0.04, bottom, LENGTH / BINS - 0.08, height, *look, gid=f"{how}-{k}")
            words(card, left + LENGTH / BINS / 2, bottom + height + 0.11, str(count), ha="center", color=INK)
    for share in (0, 0.5, 1):
        line(card, [ZERO + LENGTH * share] * 2, [bottom - 0.06, bottom], color=SLATE)
    words(card, 0.4, bottom + 0.62, f"read {how}", color=INK)
    words(card, 0.4, bottom + 0.4, counted(len(sure), "digit"))
    if len(sure):
        dot(card, ZERO + LENGTH * np.median(sure), bottom).set_gid(f"median-{how}")
        dot(card, 0.45, bottom + 0.18)
        words(card, 0.56, bottom + 0.18, f"median {_median(sure)}")


def _median(sure):
    """Return the median with two decimals; near 1 say above how many nines it is."""
    median = float(np.median(sure))
    return "above 0.999" if median >= 0.9995 else fixed(median, 3 if median >= 0.99 else 2)
