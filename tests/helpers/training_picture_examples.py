"""One call or more of every picture of chapter 06, with numbers such as training leaves."""

import numpy as np

from mlp_core import pictures

EPOCHS = np.arange(31)
FALLING = 2.3 * 0.85**EPOCHS  # from 2.3 to 0.018
SLOW = 2.3 - 0.01 * EPOCHS  # from 2.3 to 2.0
BROKEN = np.array([2.3, 5.0, 40.0, 9.0e7])
WIDTHS = np.array([4, 8, 16, 32, 64, 128])
SEEDS = np.array(
    [
        [0.62, 0.88, 0.95, 0.96, 0.97, 0.98],
        [0.70, 0.91, 0.94, 0.97, 0.97, 0.98],
        [0.66, 0.94, 0.96, 0.96, 0.97, 0.98],
    ]
)
COUNTS = np.diag([45, 46, 40, 46, 44, 46, 45, 45, 40, 45])
COUNTS[2, 1], COUNTS[8, 1], COUNTS[8, 9] = 4, 2, 1
RNG = np.random.default_rng(5)
HIDDEN, TWELVE = RNG.normal(size=(32, 65)), RNG.normal(size=(12, 145))
SIXTEEN_DIGITS, THREE_DIGITS = RNG.random((16, 144)), RNG.random((3, 64))
RINGED = (0, 32, 39)
GROUPS = ["in place", "moved by up to 1", "moved by up to 2"]
MODELS = ["no hidden layer", "64 hidden units", "MLPClassifier"]
SHARES = np.array([[0.972, 0.977, 1.0], [0.721, 0.95, 0.953], [0.33, 0.921, 0.01]])
PLACES, SUMS = RNG.random((5, 144)), np.array([[3.6, 2.4, -1.8, -4.7, 0.0], [-5.2, -0.4, 0.4, 2.8, 4.3]])
SURE = np.array([0.31, 0.55, 0.62, 0.7, 0.91, 0.93, 0.97, 0.995, 1.0, 1.0])
RIGHT = np.array([0, 1, 0, 0, 1, 0, 1, 1, 1, 1], bool)

EXAMPLES = {
    "training_curves, epochs": lambda: pictures.training_curves(
        EPOCHS, [FALLING, SLOW], [1 - 0.9 * 0.8**EPOCHS, 0.1 + 0.01 * EPOCHS], ["one", "two"], over="epochs"
    ),
    "loss_curves": lambda: pictures.loss_curves(
        [FALLING, SLOW, BROKEN], ["rate 0.05", "rate 0.001", "rate 5"], "Of three rates one is right"
    ),
    "loss_curves, five": lambda: pictures.loss_curves(
        [FALLING, FALLING, 1.01 * FALLING, BROKEN[:1], [2.3, 2.6]],
        ["right", "missing minus", "missing 1/B", "one that was broken", "no gate"],
        "Five runs",
        over="steps",
    ),
    "loss_curves, small span": lambda: pictures.loss_curves([SLOW], ["rate 0.001"], "A rate too low"),
    "loss_curves, one decade": lambda: pictures.loss_curves(
        [FALLING[:16]], ["a run with a rather long name"], "It falls to a tenth"
    ),
    "loss_curves, down to 0": lambda: pictures.loss_curves(
        [np.array([2.3, 1e-5, 0.0])], ["rate 1"], "Sure of everything"
    ),
    "loss_curves, cut": lambda: pictures.loss_curves(
        [FALLING, 20 * FALLING],
        ["one", "two"],
        "One begins too high",
        up_to=4,
        levels=[1.46, np.log(10)],
        level_names=["1.46", "log 10"],
    ),
    "accuracy_over_width": lambda: pictures.accuracy_over_width(
        WIDTHS, SEEDS, [0.95, 0.96, 0.97], "Above 16 units the width buys little"
    ),
    "accuracy_over_width, one seed": lambda: pictures.accuracy_over_width(
        WIDTHS[2:], SEEDS[0, 2:], 0.9402, "One seed"
    ),
    "weight_pictures, 32 ringed": lambda: pictures.weight_pictures(
        HIDDEN, names=range(1, 33), message="What 32 hidden units look for", ringed=RINGED
    ),
    "weight_pictures, ringed": lambda: pictures.weight_pictures(HIDDEN[:3], ringed=np.array(RINGED)),
    "weight_pictures, 12 of 12 by 12": lambda: pictures.weight_pictures(
        TWELVE, (12, 12), message="Twelve units"
    ),
    "units_beside_their_start": lambda: pictures.units_beside_their_start(
        TWELVE[:6], 0.1 * TWELVE[6:], (12, 12), [f"unit {k}" for k in range(6)]
    ),
    "units_beside_their_start, one": lambda: pictures.units_beside_their_start(
        HIDDEN[:1], HIDDEN[1:2], (8, 8), [7], "One unit"
    ),
    "answers_as_it_slides": lambda: pictures.answers_as_it_slides(
        PLACES, TWELVE[:2], SUMS, ["unit 33", "unit 84"]
    ),
    "answers_as_it_slides, all silent": lambda: pictures.answers_as_it_slides(
        THREE_DIGITS, HIDDEN[:1], -np.ones((1, 3)), ["unit 7"], "Nobody speaks"
    ),
    "answers_as_it_slides, three units": lambda: pictures.answers_as_it_slides(
        PLACES, TWELVE[:3], 900 * np.vstack([SUMS, -SUMS[:1]]), ["unit 0", "unit 10", "the longest name"]
    ),
    "digit_gallery, sixteen wrong": lambda: pictures.digit_gallery(
        SIXTEEN_DIGITS, np.arange(16) % 10, np.arange(1, 17) % 10, np.linspace(1, 0.4, 16)
    ),
    "digit_gallery, ringed": lambda: pictures.digit_gallery(
        SIXTEEN_DIGITS[:2], [1, 2], [1, 2], ringed=np.eye(144)[[27, 140]]
    ),
    "digit_gallery, none wrong": lambda: pictures.digit_gallery(THREE_DIGITS, [1, 2, 3], [1, 2, 3]),
}
