"""Small made-up data sets of points in a plane: a network's regions can be drawn, and seen to be right."""

import numpy as np

from . import values
from .data import Examples, one_hot

MOST = 1_000_000  # points; more are no picture
REACH = 3.0  # every point lies within -REACH .. REACH, in both directions


def toy(name: str, n: int = 240, seed: int = 0) -> Examples:
    """Return points of a plane in two or three classes, centered at about 0.

    Parameters
    ----------
    name : str
        "moons", "spirals", "rings", "xor", two classes each, or "three clusters".
    n : int
        How many points, 6 to a million; the classes have as many each, or one more.
    seed : int
        Decides where each point falls.

    Returns
    -------
    Examples
        `.x` (n, 2), each coordinate in -3 .. 3; `.labels` (n,); `.r` (n, K) one-hot.

    Raises
    ------
    ValueError
        The name is not known, n is not a whole number from 6 to a million, or seed not one from 0.

    Examples
    --------
    >>> from mlp_core import toy
    >>> points = toy("moons", n=100)
    >>> points.x.shape, points.labels[:4], points.r[:2].tolist()
    ((100, 2), array([0, 1, 0, 1]), [[1.0, 0.0], [0.0, 1.0]])
    """
    if not isinstance(name, str) or name not in TOYS:
        raise ValueError(f"name: got {name!r}; expected one of {', '.join(repr(known) for known in TOYS)}")
    n_classes, points = TOYS[name]
    labels = np.arange(values.whole_number("n", n, least=6, most=MOST)) % n_classes
    rng = np.random.default_rng(values.whole_number("seed", seed, least=0))
    x = np.clip(points(labels, rng), -REACH, REACH)
    arrays = (x, labels, one_hot(labels, n_classes))
    for array in arrays:
        array.setflags(write=False)
    return Examples(*arrays)


def _moons(labels, rng):
    angle = np.pi * rng.random(len(labels))
    side = 1 - 2 * labels  # the second moon hangs upside down, half a width to the right
    x = np.stack([side * (np.cos(angle) - 0.5), side * (np.sin(angle) - 0.25)], axis=1)
    return 1.4 * (x + 0.12 * rng.standard_normal(x.shape))


def _spirals(labels, rng):
    along = np.sqrt(rng.random(len(labels)))  # as many points on every piece of an arm
    angle = 3 * np.pi * along + np.pi * labels
    x = 2.5 * along[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return x + 0.06 * rng.standard_normal(x.shape)


def _rings(labels, rng):
    angle = 2 * np.pi * rng.random(len(labels))
    radius = np.where(labels == 0, 2.1, 0.9) + 0.18 * rng.standard_normal(len(labels))
    return radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def _xor(labels, rng):
    right = 1 - 2 * rng.integers(0, 2, len(labels))
    above = np.where(labels == 0, right, -right)  # the first class has both signs alike
    return 1.4 * np.stack([right, above], axis=1) + 0.38 * rng.standard_normal((len(labels), 2))


def _three_clusters(labels, rng):
    angle = np.pi / 2 + 2 * np.pi * labels / 3
    middle = 1.5 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return middle + 0.5 * rng.standard_normal(middle.shape)


# A name: (how many classes, the points of given labels).
TOYS = {
    "moons": (2, _moons),
    "spirals": (2, _spirals),
    "rings": (2, _rings),
    "xor": (2, _xor),
    "three clusters": (3, _three_clusters),
}
