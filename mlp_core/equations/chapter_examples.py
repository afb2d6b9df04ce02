"""The chapters' worked examples, as passes: what a worked number is a number of."""

from functools import cache

import numpy as np

from ..formulas.activations import ACTIVATIONS
from .measuring.passes import Pass, single

X = np.array([2.0, -1.0])
V = np.array([[0.5, 1, 2], [1, -1.5, -1], [-1, 2, 1]])


@cache
def network_a(sigma=None):
    """Return the 2-3-2 network of chapters 00, 03 and 04, once for each activation that is meant."""
    W = np.array([[0.5, 2, -1, 1], [-0.5, -1, 1, 1.5]])
    given = {
        "x": X,
        "V": V,
        "W": W,
        "r": np.array([0.0, 1.0]),
        "u": np.array([1.0, 2]),
        "g": np.array([1.0, 2]),
    }
    return _passes(given, {"D": 2, "H": 3, "K": 2, "B": 1}, sigma)


@cache
def network_b(sigma=None):
    """Return the three classes of chapters 01 and 02, whose logits are 0, log 2 and log 7."""
    W = np.array([[0, 2, 1, -0.5], [np.log(2), -4, -1, 1], [np.log(7), 1, 3, -0.25]])
    given = {"x": X, "V": V, "y": np.array([0.5, 0, 2]), "W": W, "r": np.array([0.0, 1, 0])}
    given |= {"u": np.array([1.0, 2, 3]), "g": np.array([1.0, 2, 3])}
    return _passes(given, {"D": 2, "H": 3, "K": 3, "B": 1}, sigma)


@cache
def untrained(sigma=None):
    """Return a network of chapter 05 that gives each of the ten digits the probability 0.1."""
    given = {"x": np.ones(64), "V": np.zeros((32, 65)), "W": np.zeros((10, 33)), "r": np.eye(10)[3]}
    given |= {"u": np.ones(10), "g": np.ones(10)}
    return _passes(given, {"D": 64, "H": 32, "K": 10, "B": 1}, sigma)


def _passes(given, sizes, sigma):
    names = [sigma] if sigma else list(ACTIVATIONS)
    return tuple(Pass(single(ACTIVATIONS[name]), given, ACTIVATIONS[name], sizes) for name in names)


OF_CHAPTER = {
    "00": network_a,
    "01": network_b,
    "02": network_b,
    "03": network_a,
    "04": network_a,
    "05": untrained,
}
