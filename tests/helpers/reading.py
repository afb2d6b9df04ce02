"""Reading numbers back from a picture's pixels: where a bar ends, a mark's middle, a cell's color."""

import numpy as np
from matplotlib.colors import to_rgb

ALIKE = 40  # grey levels: a pixel at an edge is a mixture


def levels(color):
    """Return a color in grey levels, 0 to 255, of red, green and blue."""
    return np.rint(255 * np.array(to_rgb(color[:3] if not isinstance(color, str) else color))).astype(int)


def unlike(picture, place, color):
    """Return by how many grey levels the pixel at (column, row) differs from a color, at most."""
    column, row = place
    return int(np.abs(picture[row, column, :3] - levels(color)).max())


def run(picture, place, step, color):
    """Return how many pixels of a color lie one after the other from a place on, in the direction `step`."""
    column, row = place
    length = 0
    while unlike(picture, (column, row), color) <= ALIKE:
        length, column, row = length + 1, column + step[0], row + step[1]
    return length


def bar_end(picture, place, color):
    """Return the column after the last of a level bar that begins at a place; its own column without one."""
    return place[0] + run(picture, place, (1, 0), color)


def middle(picture, place, color):
    """Return the middle of the spot of a color around a place, along its column and along its row."""
    column, row = place
    left, right = (run(picture, place, (way, 0), color) for way in (-1, 1))
    up, down = (run(picture, place, (0, way), color) for way in (-1, 1))
    assert min(left, right, up, down) > 0, f"no spot at {place}"
    return column + (right - left) / 2, row + (down - up) / 2


def near(place, wanted, pixels=2):
    """Is a place at most so many pixels from another, across and up?"""
    return all(abs(a - b) <= pixels for a, b in zip(place, wanted, strict=True))
