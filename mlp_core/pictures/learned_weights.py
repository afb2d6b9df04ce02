"""Pictures of what was learned: the weights of each unit, laid out as the pixels are."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Numbers, Texts, drawing
from .ground.card import Picture, blank_card, finished, panel
from .ground.marks import color_key, ring, words
from .ground.numbers import counted, fixed
from .ground.style import CARD, HAIR, HAIRLINE, INK, PICTURE_COLORS, PICTURES, symmetric


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
    """Draw each row of W, without its bias, as a signed picture with a minus in each negative cell.

    Parameters
    ----------
    W : shape (K, 1 + height·width): column 0 is the bias.
    shape : (height, width), as many pixels as W has.
    names : one a row; the classes 0 to K-1 unless given.
    ringed : pixels that no digit inks, counted from 0 row by row; a ring marks them in every picture.
    """
    weights = W[:, 1:]
    if np.prod(shape) != weights.shape[1]:
        raise ValueError(f"shape: got {shape[0]} by {shape[1]}; expected {weights.shape[1]} pixels as in W")
    raised = "the class" if names is None else "its sum"
    names = range(len(weights)) if names is None else names
    ringed = _pixels(ringed, weights.shape[1])
    limit = np.abs(weights).max() or 1.0
    card, corners, size = _places_for(len(weights), message)
    cell = size / max(shape)
    for k, (row, name, (left, bottom)) in enumerate(zip(weights, names, corners, strict=True)):
        axes = _framed(card, left, bottom, size)
        grid = row.reshape(shape)[::-1]
        axes.pcolormesh(grid, cmap=PICTURES, norm=symmetric(limit), gid=f"weights-{k}", antialiased=False)
        _minus_dashes(axes, grid, limit, min(0.9, 9.9 * cell))
        if len(ringed):
            _rings(axes, ringed, shape, cell)
        words(card, left + size / 2, bottom + size + 0.12, str(name), ha="center", color=INK)
    _weights_key(card, limit, len(ringed))
    look = "Look for a shape: where it is orange, ink speaks for it, and where violet, against."
    return finished(card, _described(weights, shape, raised, len(ringed)), look)


def _described(weights, shape, raised, ringed):
    """Return what is drawn, with the smallest and the largest weight."""
    rings = f"; rings mark {counted(ringed, 'pixel')} never inked" if ringed else ""
    return (
        f"{len(weights)} small pictures of {shape[0]} by {shape[1]} weights, orange where ink raises "
        f"{raised}, violet with a dash where it lowers it; from {fixed(weights.min())} to "
        f"{fixed(weights.max(), sign=True)}{rings}."
    )


def _framed(card, left, bottom, size):
    """Return square axes in a hairline frame."""
    axes = panel(card.figure, left, bottom, size, size, xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set(visible=True, color=HAIRLINE, linewidth=HAIR)
    return axes


def _weights_key(card, limit, ringed):
    """Say below the pictures what the marks and the colors mean."""
    words(card, 0.4, 0.4, "− in a cell: negative")
    if ringed:
        ring(card, 2.3, 0.4)
        words(card, 2.42, 0.4, "in a cell: never inked")
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


def _minus_dashes(axes, grid, limit, width):
    """Put a dash in each cell below -6 % of the limit, light on dark cells, dark on light ones."""
    rows, columns, dark = minus_cells(grid, limit)
    for chosen, color in ((dark, CARD), (~dark, PICTURE_COLORS[0])):
        x, y = columns[chosen] + 0.5, rows[chosen] + 0.5
        axes.hlines(y, x - 0.22, x + 0.22, color=color, linewidth=width, gid="minus")


def _rings(axes, ringed, shape, cell):
    """Put a ring in each ringed cell, ink on a light rim; `cell` is as wide as one of them, in inches."""
    rows, columns = np.divmod(ringed, shape[1])
    x, y = columns + 0.5, shape[0] - rows - 0.5
    for color, width in ((CARD, 18 * cell), (INK, 9 * cell)):
        look = {"markerfacecolor": "none", "markeredgecolor": color, "markeredgewidth": width}
        axes.plot(x, y, "o", markersize=72 * 0.74 * cell, gid="ringed", **look)
