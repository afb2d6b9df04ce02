"""Targets, and the handwritten digits that come with the book."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from . import values

SIDE = 8  # a digit is SIDE x SIDE pixels
INK = 16  # of a pixel that is all black, in the file
N_CLASSES = 10
FILE = Path(__file__).with_name("handwritten_digits.npz")  # made by tools/store_digits.py
LARGEST_SEED = 2**32 - 1  # that NumPy's RandomState takes


def one_hot(labels: ArrayLike, n_classes: int) -> np.ndarray:
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

    Examples
    --------
    >>> from mlp_core import one_hot
    >>> one_hot([2, 0], 3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    n_classes = values.whole_number("n_classes", n_classes, least=1)
    labels = values.class_labels("labels", labels, n_classes)
    r = np.zeros((*labels.shape, n_classes))
    np.put_along_axis(r, labels[..., None], 1.0, axis=-1)
    return r


@dataclass(frozen=True, eq=False)
class Examples:
    """One part of a data set: inputs `.x` (n, D) in 0..1, `.labels` (n,), targets `.r` (n, 10) one-hot."""

    x: np.ndarray
    labels: np.ndarray
    r: np.ndarray


@dataclass(frozen=True, eq=False)
class Split:
    """Three parts of a data set: `.train` to learn from, `.validation` to choose by, `.test` to read once."""

    train: Examples
    validation: Examples
    test: Examples


def digits(seed: int = 0) -> Split:
    """Return the 1,797 handwritten digits of 8 x 8 pixels, in three parts of 60, 15 and 25 percent.

    Each part holds the ten classes in the same proportions.

    Parameters
    ----------
    seed : int
        Decides which digit falls in which part; below 2**32.

    Returns
    -------
    Split
        `.train`, `.validation`, `.test`; pixels are ink, 0 (none) to 1.

    Raises
    ------
    ValueError
        The seed is not a whole number from 0, or too large.

    Examples
    --------
    >>> from mlp_core import digits
    >>> data = digits()
    >>> data.train.x.shape, data.validation.x.shape, data.test.x.shape
    ((1077, 64), (270, 64), (450, 64))

    Notes
    -----
    Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning
    Repository, 1998, doi:10.24432/C50P49, CC BY 4.0; the part that scikit-learn ships.
    """
    return Split(*(_examples(x, labels) for x, labels in _split(seed)))


def moved_digits(seed: int = 0, pixels: int = 2, copies: int = 4) -> Split:
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
    Split

    Raises
    ------
    ValueError
        seed or pixels is not a whole number from 0, copies not one from 1.

    Examples
    --------
    >>> from mlp_core import moved_digits
    >>> moved_digits(pixels=1, copies=2).train.x.shape  # 1,077 digits, twice each, on 10 x 10 pixels
    (2154, 100)
    """
    pixels = values.whole_number("pixels", pixels, least=0)
    copies = values.whole_number("copies", copies, least=1)
    parts = _split(seed)
    rng = np.random.default_rng(seed)
    moved = []
    for (x, labels), times in zip(parts, (copies, 1, 1), strict=True):
        x, labels = np.tile(x, (times, 1)), np.tile(labels, times)
        moved.append(_examples(_at_random_places(x, pixels, rng), labels))
    return Split(*moved)


def _split(seed):
    """Return (x, labels) of the training, the validation and the test digits."""
    seed = values.whole_number("seed", seed, least=0, most=LARGEST_SEED)
    with np.load(FILE) as stored:
        x, labels = stored["ink"] / INK, stored["labels"].astype(np.int64)
    rest, test = _cut(labels, 0.25, seed)
    train, validation = _cut(labels[rest], 0.2, seed)
    return tuple((x[rows], labels[rows]) for rows in (rest[train], rest[validation], test))


def _cut(labels, part, seed):
    """Return two arrays of rows, the second a part of them all; each holds the classes in proportion.

    The draws are those of scikit-learn's train_test_split(test_size=part, stratify=labels), so that a seed
    deals the digits as it always did; `RandomState` gives the same ones with every version of NumPy.
    """
    rng = np.random.RandomState(seed)
    counts = np.bincount(labels)
    n_second = int(np.ceil(part * len(labels)))
    in_first = _shared_out(counts, len(labels) - n_second, rng)
    in_second = _shared_out(counts - in_first, n_second, rng)
    first, second = [], []
    for k, n in enumerate(counts):
        rows = np.flatnonzero(labels == k)[rng.permutation(n)]
        first.append(rows[: in_first[k]])
        second.append(rows[in_first[k] : in_first[k] + in_second[k]])
    return rng.permutation(np.concatenate(first)), rng.permutation(np.concatenate(second))


def _shared_out(counts, total, rng):
    """Return how many of each class make up ``total``, in proportion to ``counts``; ties are drawn."""
    exact = counts / counts.sum() * total
    shares = np.floor(exact)
    missing, remainder = int(total - shares.sum()), exact - shares
    for value in np.unique(remainder)[::-1]:
        if missing == 0:
            break
        tied = np.flatnonzero(remainder == value)
        chosen = rng.choice(tied, size=min(len(tied), missing), replace=False)
        shares[chosen] += 1
        missing -= len(chosen)
    return shares.astype(int)


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
