"""Random examples on which an answer is tried: sizes that all differ, a batch and a single example."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..formulas.activations import ACTIVATIONS, Activation
from ..formulas.probabilities import softmax
from .chain import PER_EXAMPLE, ROWS

# B, D, D+1, H, H+1, K and K+1 differ within each line, so that a size is read as one letter.
SIZES = (
    {"B": 9, "D": 2, "H": 4, "K": 6},
    {"B": 5, "D": 6, "H": 8, "K": 3},
    {"B": 6, "D": 4, "H": 2, "K": 7},
)
CORNER = 0.05  # no sum of a hidden unit is nearer to 0


@dataclass(frozen=True, eq=False)
class Trial:
    """One example, or batch, with every quantity that an exercise may hand in.

    Parameters
    ----------
    sizes : mapping of B, D, H, K
    single : bool
        Whether one example is handed in, without the axis of the batch.
    activation : str
    given : mapping
        Batch form of every input.
    extreme : bool
        Whether the logits are of a thousand.
    """

    sizes: Mapping[str, int]
    single: bool
    activation: str
    given: Mapping[str, Any]
    extreme: bool = False

    def argument(self, name: str) -> Any:
        """Return a fresh copy of one input as the reader gets it."""
        value = self.given[name]
        if isinstance(value, np.ndarray):
            return value[0].copy() if self.single and name in ROWS else value.copy()
        if isinstance(value, tuple):
            return tuple(part.copy() for part in value)
        return value

    def as_asked(self, name: str, value: Any) -> np.ndarray:
        """Return an output of a derivation as the reader should return it."""
        value = np.asarray(value, dtype=float)
        return value[0] if self.single and name in PER_EXAMPLE else value


def for_scalars(activation: Activation) -> Activation:
    """Return the activation with a function and a slope that take plain numbers as well."""

    def wrap(function):
        return lambda t: function(np.asarray(t, dtype=float))[()]

    return replace(activation, function=wrap(activation.function), derivative=wrap(activation.derivative))


def trials(seed: int = 0) -> tuple[Trial, ...]:
    """Return three batches, three single examples, and one batch and one example of logits of ±1,000."""
    rng = np.random.default_rng(seed)
    names = [name for name in ("tanh", "sigmoid", "relu") if name in ACTIVATIONS]
    made = [
        _trial(rng, sizes, name, single)
        for single in (False, True)
        for sizes, name in zip(SIZES, names, strict=True)
    ]
    return (*made, _extreme(rng, False), _extreme(rng, True))


def _trial(rng, sizes, name, single):
    sizes = {**sizes, "B": 1 if single else sizes["B"]}
    B, D, H, K = (sizes[letter] for letter in "BDHK")
    while True:
        x, V = rng.normal(size=(B, D)), rng.normal(size=(H, D + 1))
        y_hat = V[:, 0] + x @ V[:, 1:].T
        if _on_and_off(y_hat, single) and abs(y_hat).min() > CORNER:
            break
    z_hat = 1.5 * rng.normal(size=(B, K))
    W = rng.normal(size=(K, H + 1))
    given = {
        "x": x,
        "V": V,
        "W": W,
        "y_hat": y_hat,
        "r": rng.dirichlet(np.ones(K), size=B),
        "y": rng.normal(size=(B, H)),
        "z_hat": z_hat,
        "z": softmax(z_hat),
        "delta": rng.normal(size=(B, K)),
        "g": rng.normal(size=(B, K)),
        "activation": for_scalars(ACTIVATIONS[name]),
        "rate": 0.3,
        **sizes,
    }
    given["pull_y"] = given["delta"] @ W[:, 1:]
    return Trial(sizes, single, name, given)


def _on_and_off(y_hat, single):
    """Return whether there are units on and units off: in a batch each is both, once."""
    on = y_hat > 0
    axis = None if single else 0
    return on.any(axis=axis).all() and not on.all(axis=axis).any()


def _extreme(rng, single):
    trial = _trial(rng, SIZES[0], "tanh", single)
    B, K = trial.sizes["B"], trial.sizes["K"]
    z_hat = rng.normal(size=(B, K))
    z_hat[0, 0] = 1000
    if B > 1:
        z_hat[1] -= 1000
        z_hat[2, :3] = 1000, 998.5, -1000
    return replace(trial, given={**trial.given, "z_hat": z_hat, "z": softmax(z_hat)}, extreme=True)
