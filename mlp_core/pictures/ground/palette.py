"""A drawing as a PNG of at most 256 colors: a third of the bytes, and no eye tells the difference.

A drawing has a few flat colors and, along its edges, some thousand mixtures of them. The flat ones are kept
as they are. The others are replaced by the nearest of a palette that leaves none far away.
"""

import io

import numpy as np
from PIL import Image

MOST = 256  # colors of a palette
FLAT = 32  # the most frequent ones, which stay exact
FARTHEST = 16.0  # of 441 from black to white: a drawing with a color farther from its palette keeps all


def small_png(pixels: np.ndarray, dpi: int) -> bytes:
    """Return a drawing as PNG bytes, without a version or a date, with a palette unless it would be seen.

    Parameters
    ----------
    pixels : array, shape (rows, columns, 4), uint8
        Red, green, blue and how opaque; the first row is the top one.
    dpi : int
        Pixels an inch.
    """
    colors, index = _palette(pixels)
    options = {"format": "PNG", "optimize": True, "dpi": (dpi, dpi)}
    file = io.BytesIO()
    if colors is None:
        Image.fromarray(pixels).save(file, **options)
    else:
        drawn = Image.fromarray(index.astype(np.uint8))
        drawn.putpalette(colors[:, :3].tobytes())
        drawn.save(file, transparency=colors[:, 3].tobytes(), **options)
    return file.getvalue()


def _palette(pixels):
    """Return a palette, shape (n, 4), and the color of each pixel; None where 256 colors are too few."""
    found, index, counts = _colors_of(pixels)
    if len(found) <= MOST:
        return found, index
    seen = found * np.where([True, True, True, False], found[:, 3:] / 255.0, 1.0)  # as a dark page shows them
    chosen, nearest, distances = [], np.zeros(len(found), int), np.full(len(found), np.inf)
    frequent = np.argsort(-counts, kind="stable")[:FLAT]
    weight = counts**0.25  # of two colors equally far the more frequent one is wanted more
    while len(chosen) < MOST:
        another = frequent[len(chosen)] if len(chosen) < FLAT else np.argmax(distances * weight)
        squares = ((seen - seen[another]) ** 2).sum(axis=1)
        nearest[squares < distances] = len(chosen)
        distances = np.minimum(distances, squares)
        chosen.append(int(another))
    if distances.max() > FARTHEST**2:
        return None, None
    return found[chosen], nearest[index]


def _colors_of(pixels):
    """Return the different colors, shape (n, 4), which of them each pixel has, and how often it has it."""
    packed = np.ascontiguousarray(pixels).view(np.uint32).ravel()
    starts = np.flatnonzero(
        np.r_[True, packed[1:] != packed[:-1]]
    )  # most of a drawing is even: count by runs
    lengths = np.diff(np.r_[starts, packed.size])
    found, which = np.unique(packed[starts], return_inverse=True)
    index = np.repeat(which, lengths).reshape(pixels.shape[:2])
    return found.view(np.uint8).reshape(-1, 4), index, np.bincount(which, lengths)
