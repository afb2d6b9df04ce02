"""Digits to pick: four of the data, and five that a hand drew; four of the nine are misread, and surely.

Their names do not tell which: that is for the reader to guess, and for `tests/explorers` to hold.
"""

import numpy as np

REAL = {"a real 2": 0, "a real 4": 31, "a real 0": 20, "a real 5": 390}  # places among the test digits
CLEARLY_WRITTEN = (132, 168, 86, 154, 100, 214, 73, 77, 416, 223)  # one of each class, for comparison
# What it is meant to be, and its strokes: the corners "x y" that a curve is drawn along, in hundredths.
CORNERS = {
    "an upright 5": (
        5,
        [
            "38 20  36 34  34 46  34 46  52 43  66 54  64 72  50 82  32 78",
            "38 20  52 20  68 19",
        ],
    ),
    "a leaning 5": (  # the upright one turned back by 23 degrees
        5,
        [
            "27 27  31 41  34 53  34 53  49 43  66 47  71 65  63 79  44 83",
            "27 27  40 22  54 14",
        ],
    ),
    "a leaning 3": (
        3,
        ["19 45  25 30  41 23  51 34  46 52  46 52  63 43  75 49  77 66  66 78  53 80"],
    ),
    "a narrow 8": (
        8,
        ["56 24  50 18  44 26  48 44  54 56  56 70  50 82  44 70  48 54  54 42  56 26"],
    ),
    "a slashed 0": (
        0,
        [
            "52 18  34 30  32 50  36 72  52 82  68 70  70 48  66 28  50 18",
            "70 22  30 80",
        ],
    ),
}


def curve(points, rounds=3):
    """Return points along a smooth curve from the first corner to the last, cutting the others off."""
    for _ in range(rounds):
        first, second = points[:-1], points[1:]
        cut = np.stack([0.75 * first + 0.25 * second, 0.25 * first + 0.75 * second], axis=1)
        points = np.concatenate([points[:1], cut.reshape(-1, 2), points[-1:]])
    return points


def _drawn(corners):
    """Return the strokes as the pad would hold them."""
    curves = (curve(np.array(stroke.split(), float).reshape(-1, 2) / 100).round(3) for stroke in corners)
    return tuple(tuple((float(x), float(y)) for x, y in points) for points in curves)


DRAWN = {name: (_drawn(corners), meant) for name, (meant, corners) in CORNERS.items()}
PICKS = (*REAL, *DRAWN)


def name_of(state):
    """Return which of the picks a state of the pad shows; None for another digit."""
    if state.drawn:
        return next((name for name, (strokes, _) in DRAWN.items() if strokes == state.strokes), None)
    return next((name for name, example in REAL.items() if example == state.example), None)
