"""Targets, and the handwritten digits that scikit-learn ships (scikit-learn is imported only when asked)."""

from dataclasses import dataclass

import numpy as np

from . import values

SIDE = 8  # a digit is SIDE x SIDE pixels
N_CLASSES = 10


def one_hot(labels, n_classes):
    """Return one row for each label: 1 at the label's class, 0 elsewhere.

    Parameters
    ----------
    labels : whole numbers in 0 .. n_classes - 1, shape (B,) or one number
    n_classes : int

    Returns
    -------
    array, shape (B, n_classes) or (n_classes,), float64

    Raises
    ------
    ValueError
        A label is not whole or out of range; labels are empty.
    """
    n_classes = values.whole_number("n_classes", n_classes, least=1)
    return np.eye(n_classes)[values.class_labels("labels", labels, n_classes)]


@dataclass(frozen=True, eq=False)
class Examples:
    """One part of a data set: inputs `.x` (n, D) in 0..1, `.labels` (n,), targets `.r` (n, 10) one-hot."""

    x: np.ndarray
    labels: np.ndarray
    r: np.ndarray


@dataclass(frozen=True, eq=False)
class Digits:
    """Three parts of a data set: `.train` to learn from, `.validation` to choose by, `.test` to read once."""

    train: Examples
    validation: Examples
    test: Examples


def digits(seed=0):
    """Return the 1,797 handwritten digits of 8 x 8 pixels, in three parts of 60, 15 and 25 percent.

    Each part holds the ten classes in the same proportions.

    Parameters
    ----------
    seed : int
        Decides which digit falls in which part.

    Returns
    -------
    Digits
        `.train`, `.validation`, `.test`; pixels are ink, 0 (none) to 1.

    Raises
    ------
    ValueError
        The seed is not a whole number from 0.

    Notes
    -----
    Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning
    Repository, 1998, doi:10.24432/C50P49, CC BY 4.0; the part that scikit-learn ships.
    """
    return Digits(*(_examples(x, labels) for x, labels in _split(seed)))


def moved_digits(seed=0, pixels=2, copies=4):
    """Return the same digits, each at a random place on a canvas that is larger by ``pixels`` on every side.

    Parameters
    ----------
    seed : int
        Decides the parts, which are those of `digits(seed)`, and the places.
    pixels : int
        A digit moves by up to this many pixels in each direction; the canvas is 8 + 2 * pixels wide.
    copies : int
        How often each training digit is drawn, each time at a place of its own. The others are drawn once.

    Returns
    -------
    Digits

    Raises
    ------
    ValueError
        seed or pixels is not a whole number from 0, copies not one from 1.
    """
    pixels = values.whole_number("pixels", pixels, least=0)
    copies = values.whole_number("copies", copies, least=1)
    parts = _split(seed)
    rng = np.random.default_rng(seed)
    moved = []
    for (x, labels), times in zip(parts, (copies, 1, 1), strict=True):
        x, labels = np.tile(x, (times, 1)), np.tile(labels, times)
        moved.append(_examples(_at_random_places(x, pixels, rng), labels))
    return Digits(*moved)


def _split(seed):
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    seed = values.whole_number("seed", seed, least=0)
    x, labels = load_digits(return_X_y=True)
    x = x / 16  # the ink of a pixel is counted from 0 to 16
    x, x_test, labels, labels_test = train_test_split(
        x, labels, test_size=0.25, stratify=labels, random_state=seed
    )
    x_train, x_validation, labels_train, labels_validation = train_test_split(
        x, labels, test_size=0.2, stratify=labels, random_state=seed
    )
    return (x_train, labels_train), (x_validation, labels_validation), (x_test, labels_test)


def _examples(x, labels):
    arrays = (x, labels, one_hot(labels, N_CLASSES))
    for array in arrays:
        array.setflags(write=False)
    return Examples(*arrays)


def _at_random_places(x, pixels, rng):
    width = SIDE + 2 * pixels
    canvas = np.zeros((len(x), width, width))
    for i, (top, left) in enumerate(rng.integers(0, 2 * pixels + 1, size=(len(x), 2))):
        canvas[i, top : top + SIDE, left : left + SIDE] = x[i].reshape(SIDE, SIDE)
    return canvas.reshape(len(x), width * width)
