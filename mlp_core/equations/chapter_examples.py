"""The chapters' worked examples, as sample networks: what a worked number is a number of."""

from functools import cache

import numpy as np

from .. import worked_examples as worked
from ..formulas.activations import ACTIVATIONS
from .measuring.samples import SampleNetwork, single

HIDDEN = {"x": np.array(worked.X), "V": np.array(worked.V)}
ONES = np.ones(10)

# What is given in each: with it, the sizes follow.
NETWORK_A = HIDDEN | {
    "W": np.array(worked.W),
    "r": np.array(worked.R),
    "u": np.array([1.0, 2.0]),
    "g": np.array([1.0, 2.0]),
}
# Its biases are the logits, and the other weights times y add up to 0.
NETWORK_B = HIDDEN | {
    "y": np.array(worked.Y),
    "W": np.column_stack([worked.Z_HAT, [[2, 1, -0.5], [-4, -1, 1], [1, 3, -0.25]]]),
    "r": np.array([0.0, 1.0, 0.0]),
    "u": np.array([1.0, 2.0, 3.0]),
    "g": np.array([1.0, 2.0, 3.0]),
}
UNTRAINED = {
    "x": np.ones(64),
    "V": np.zeros((32, 65)),
    "W": np.zeros((10, 33)),
    "r": np.eye(10)[3],
    "u": ONES,
    "g": ONES,
}
GIVEN = {"a": NETWORK_A, "b": NETWORK_B, "untrained": UNTRAINED}


def network_a(sigma=None):
    """Return the 2-3-2 network of chapters 00, 04 and 05, once for each activation that is meant."""
    return _samples("a", sigma)


def network_b(sigma=None):
    """Return the three classes of chapters 01 to 03, whose logits are 0, log 2 and log 7."""
    return _samples("b", sigma)


def untrained(sigma=None):
    """Return a network of chapter 06 that gives each of the ten digits the probability 0.1."""
    return _samples("untrained", sigma)


def _samples(example, sigma):
    names = [sigma] if sigma else ACTIVATIONS
    return tuple(_sample(example, ACTIVATIONS[name]) for name in names)


@cache
def _sample(example, activation):
    given = GIVEN[example]
    (h, d), k = given["V"].shape, len(given["W"])
    return SampleNetwork(single(activation), given, activation, {"D": d - 1, "H": h, "K": k, "B": 1})


OF_CHAPTER = {
    "00": network_a,
    "01": network_b,
    "02": network_b,
    "03": network_b,
    "04": network_a,
    "05": network_a,
    "06": untrained,
    "07": untrained,
}
