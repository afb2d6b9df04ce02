"""Pictures of what was learned: the weights of each unit, laid out as the pixels are."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Numbers, Texts, drawing
from .ground.card import Picture, blank_card, finished, panel
from .ground.marks import color_key, pull_arrow, ring, words
from .ground.numbers import counted, fixed
from .ground.style import CARD, HAIR, HAIRLINE, INK, PICTURES, SLATE, symmetric


@drawing(
    {"K": (1, 64), "P": (1, 4096), "pair": (2, 2)},
    W=Numbers("K P+1"), shape=Numbers("pair", 1, 64, whole=True), names=Texts("K", 16),
    ringed=Numbers("q", 0, "P", whole=True, may_be_empty=True),
)  # fmt: skip
def weight_pictures(
    W: ArrayLike,
    shape: tuple[int, int] = (8, 8),
    names: Sequence[str | int] | None = None,
    message: str = "Each class keeps a picture of what speaks for it",
    ringed: ArrayLike | None = None,
) -> Picture:
    """Draw each row of W, without its bias, as a signed picture.

    Parameters
    ----------
    W : shape (K, 1 + height·width): column 0 is the bias.
    shape : (height, width), as many pixels as W has.
    names : one a row; the classes 0 to K-1 unless given.
    ringed : pixels that no digit inks, counted from 0 row by row; rings mark them in the first picture.
    """
    weights = _without_bias("W", W, shape)
    raised = "the class" if names is None else "its sum"
    names = range(len(weights)) if names is None else names
    ringed = _pixels(ringed, weights.shape[1])
    limit = np.abs(weights).max() or 1.0
    card, corners, size = _places_for(len(weights), message)
    for k, (row, name, (left, bottom)) in enumerate(zip(weights, names, corners, strict=True)):
        axes = _drawn(card, left, bottom, size, row.reshape(shape), limit, f"weights-{k}")
        if len(ringed) and k == 0:  # once is enough: they are the same in every picture
            _rings(axes, ringed, shape, size / max(shape))
        words(card, left + size / 2, bottom + size + 0.12, str(name), ha="center", color=INK)
    _weights_key(card, limit, len(ringed))
    look = "Look for a shape: where it is orange, ink speaks for it, and where violet, against."
    return finished(card, _described(weights, shape, raised, len(ringed)), look)


def _described(weights, shape, raised, ringed):
    """Return what is drawn, with the smallest and the largest weight."""
    rings = f"; rings mark {counted(ringed, 'pixel')} never inked" if ringed else ""
    return (
        f"{len(weights)} small pictures of {shape[0]} by {shape[1]} weights, orange where ink raises "
        f"{raised}, violet where it lowers it; from {fixed(weights.min())} to "
        f"{fixed(weights.max(), sign=True)}{rings}."
    )


def _without_bias(name, W, shape):
    """Return the weights of the pixels; ValueError where their number is not that of the shape."""
    weights = W[:, 1:]
    if np.prod(shape) != weights.shape[1]:
        expected = f"{weights.shape[1]} pixels as in {name}"
        raise ValueError(f"shape: got {shape[0]} by {shape[1]}; expected {expected}")
    return weights


def _drawn(card, left, bottom, size, grid, limit, gid):
    """Draw weights as squares of color in a hairline frame, the first row on top; return the axes."""
    axes = panel(card.figure, left, bottom, size, size, xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set(visible=True, color=HAIRLINE, linewidth=HAIR)
    axes.pcolormesh(grid[::-1], cmap=PICTURES, norm=symmetric(limit), gid=gid, antialiased=False)
    return axes


def _weights_key(card, limit, ringed):
    """Say below the pictures what the marks and the colors mean."""
    if ringed:
        ring(card, 0.48, 0.4)
        words(card, 0.6, 0.4, "never inked, in all of them")
    color_key(card, 4.7, 0.3, 1.6, PICTURES, limit, printed=lambda v, sign: fixed(v, 2, sign))


def _pixels(ringed, n):
    """Return the ringed pixels as whole numbers; ValueError if one of them is none of the n."""
    ringed = np.zeros(0, int) if ringed is None else ringed
    if np.any(ringed >= n):
        raise ValueError(f"ringed: got {ringed.max()}; expected pixels from 0 to {n - 1}")
    return ringed


def _places_for(n, message):
    """Return a card with room for n squares, 5 a row or 8 if there are many, their corners and their size."""
    columns, size, gap = (min(5, n), 1.1, 0.175) if n <= 10 else (8, 0.7, 0.09)
    rows, pitch = -(-n // columns), size + 0.33
    card = blank_card(1.28 + rows * pitch, message)
    top = card.below(0.92) - size
    corners = [(0.4 + (k % columns) * (size + gap), top - (k // columns) * pitch) for k in range(n)]
    return card, corners, size


def minus_cells(grid, limit):
    """Return rows and columns of the cells below -6 % of the limit, and which of them are dark."""
    rows, columns = np.nonzero(grid < -0.06 * limit)
    return rows, columns, grid[rows, columns] < -0.5 * limit


def _rings(axes, ringed, shape, cell):
    """Put a ring in each ringed cell, ink on a light rim; `cell` is as wide as one of them, in inches."""
    rows, columns = np.divmod(ringed, shape[1])
    x, y = columns + 0.5, shape[0] - rows - 0.5
    for color, width in ((CARD, 18 * cell), (INK, 9 * cell)):
        look = {"markerfacecolor": "none", "markeredgecolor": color, "markeredgewidth": width}
        axes.plot(x, y, "o", markersize=72 * 0.74 * cell, gid="ringed", **look)


BESIDE, TILE, PAIR, DOWN = (
    3,
    0.92,
    2.15,
    1.3,
)  # pairs a row; inches: a tile, to the next pair, to the next row


@drawing(
    {"U": (1, 9), "P": (1, 4096), "pair": (2, 2)},
    V=Numbers("U P+1"), V_start=Numbers("U P+1"), shape=Numbers("pair", 1, 64, whole=True),
    names=Texts("U", 16),
)  # fmt: skip
def units_beside_their_start(
    V: ArrayLike,
    V_start: ArrayLike,
    shape: tuple[int, int],
    names: Sequence[str | int],
    message: str = "What training made of a random start",
) -> Picture:
    """Draw the weights of some hidden units as they began and as they are now, on one scale.

    Parameters
    ----------
    V, V_start : shape (U, 1 + height·width), at most 9 units: after training and before, column 0 the bias.
    shape : (height, width), as many pixels as V has.
    names : one a unit.
    """
    now, start = _without_bias("V", V, shape), _without_bias("V_start", V_start, shape)
    limit = max(np.abs(now).max(), np.abs(start).max()) or 1.0
    rows = -(-len(now) // BESIDE)
    card = blank_card(1.28 + DOWN * rows, message)
    for k, name in enumerate(names):
        left = 0.4 + PAIR * (k % BESIDE)
        bottom = card.below(0.92) - TILE - DOWN * (k // BESIDE)
        middle = bottom + TILE / 2
        _drawn(card, left, bottom, TILE, start[k].reshape(shape), limit, f"start-{k}")
        _drawn(card, left + TILE + 0.16, bottom, TILE, now[k].reshape(shape), limit, f"now-{k}")
        pull_arrow(card, (left + TILE + 0.03, middle), (left + TILE + 0.13, middle), SLATE, width=1.2)
        words(card, left, bottom + TILE + 0.12, "start")
        words(card, left + 2 * TILE + 0.16, bottom + TILE + 0.12, name, ha="right", color=INK)
    _weights_key(card, limit, 0)
    moved = np.sqrt(((now - start) ** 2).sum(axis=1))
    description = (
        f"{counted(len(now), 'pair')} of pictures of {shape[0]} by {shape[1]} weights, before and after, "
        f"orange where ink raises the sum, violet where it lowers it; from {fixed(now.min())} to "
        f"{fixed(now.max(), sign=True)}. The first moved by {fixed(moved[0], 1)}, the last by "
        f"{fixed(moved[-1], 1)}."
    )
    look = "Compare each pair: on the left before the first step, on the right after the last."
    return finished(card, description, look)
