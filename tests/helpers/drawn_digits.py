"""Ten digits as a hand draws them, for tests with and without a browser."""

import numpy as np

from mlp_core.explorers.digit_pad.picks import curve

# Digit: its strokes, each the corners "x y" that its curve is drawn along, in hundredths; y runs down.
CORNERS = {
    0: [
        "52 20  36 28  30 50  36 72  52 80  66 70  70 48  64 27  50 20",
    ],
    1: [
        "38 36  53 18  53 82",
    ],
    2: [
        "33 34  38 22  54 18  66 28  64 42  50 60  32 80  32 80  50 79  72 80",
    ],
    3: [
        "33 24  48 18  64 25  63 40  46 48  46 48  64 55  68 68  56 81  40 80  30 72",
    ],
    4: [
        "42 18  36 36  28 56  28 56  50 56  74 56",
        "60 34  58 56  58 84",
    ],
    5: [
        "38 20  36 34  34 46  34 46  52 43  66 54  64 72  50 82  32 78",
        "38 20  52 20  68 19",
    ],
    6: [
        "60 18  46 28  36 46  33 66  43 80  58 80  66 67  58 54  44 55  35 66",
    ],
    7: [
        "32 22  50 20  68 21  68 21  58 42  50 60  46 82",
        "40 52  52 51  66 50",
    ],
    8: [
        "64 27  50 18  36 26  40 42  54 52  66 66  60 79  46 82  35 72  40 58  54 48  66 36  62 25",
    ],
    9: [
        "64 30  52 19  38 27  37 42  50 49  62 42  65 30  65 30  64 50  60 82",
    ],
}


def corners(digit):
    """Return the corners of each stroke, shape (n, 2), in 0..1."""
    return [np.array(stroke.split(), float).reshape(-1, 2) / 100 for stroke in CORNERS[digit]]


def drawn(digit):
    """Return the strokes of a digit, lists of points [x, y]."""
    return [curve(stroke).round(3).tolist() for stroke in corners(digit)]


def drawn_by_another_hand(digit, rng):
    """Return the strokes of a digit, shaken, turned, slanted and stretched a little."""
    turn, slant, size = rng.normal(0, 0.09), rng.normal(0.05, 0.15), rng.uniform(0.75, 1.2, 2)
    turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    change = turned @ np.array([[size[0], -slant], [0, size[1]]])
    shaken = [stroke + rng.normal(0, 0.012, stroke.shape) for stroke in corners(digit)]
    hand = [(curve(stroke) - 0.5) @ change.T + 0.5 for stroke in shaken]
    return [np.clip(stroke, 0, 1).round(3).tolist() for stroke in hand]
