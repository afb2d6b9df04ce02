"""Nudge (chapter 00), the arithmetic: E over one weight, its measured slope, and a step down."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from ...formulas.activations import SIGMOID
from ...formulas.layers import forward
from ...formulas.loss import cross_entropy
from ...measured import numerical_gradient
from ...worked_examples import R, V, W, X
from ..ground.fields import Menu, Number, State, setting

FARTHEST = 3.0  # how far a weight can be moved to either side of 0
# The weights that can be moved: (which matrix, row, column), by their names in the book.
WEIGHTS = {f"w_{i + 1}{j}": (1, i, j) for i in range(2) for j in range(4)}
WEIGHTS |= {f"v_{i + 1}{j}": (0, i, j) for i in range(3) for j in range(3)}


@dataclass(frozen=True)
class NudgeState(State):
    """Which weight is moved, where it is, and how long a step is."""

    weight: str = setting("w_11", Menu("weight", WEIGHTS, "Which weight is moved."))
    at: float = setting(2.0, Number("its value", -FARTHEST, FARTHEST, 0.05, "Move the weight."))
    learning_rate: float = setting(
        1.0,
        Number("learning rate", 0, 5, 0.1, "How long a step is.", slider=(0.1, 5), above_least=True),
    )


def given(weight: str) -> float:
    """Return the weight's value in chapter 00's example."""
    layer, i, j = WEIGHTS[weight]
    return float((V, W)[layer][i][j])


def loss_at(weight: str, at: float) -> float:
    """Return E of the 2-3-2 example with one weight put to `at`, in nats."""
    weights = [np.array(V), np.array(W)]
    layer, i, j = WEIGHTS[weight]
    weights[layer][i, j] = at
    return float(cross_entropy(np.array(R), forward(weights, SIGMOID, np.array(X)).z_hat))


@lru_cache(maxsize=len(WEIGHTS))
def curve(weight: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the weight's values and E at each of them."""
    at = np.linspace(-FARTHEST, FARTHEST, 121)
    return at, np.array([loss_at(weight, t) for t in at])


def numbers_of(state: NudgeState) -> dict[str, Any]:
    """Return E, its measured slope, the pull, and where a step along it lands, for a state."""
    slope = float(numerical_gradient(lambda t: loss_at(state.weight, t), np.array(state.at)))
    lands_at = float(np.clip(state.at - state.learning_rate * slope, -FARTHEST, FARTHEST))
    return {
        "weight": state.weight,
        "at": state.at,
        "E": loss_at(state.weight, state.at),
        "slope": slope,
        "pull": -slope,
        "lands_at": lands_at,
        "E_after": loss_at(state.weight, lands_at),
    }


def step(state: NudgeState, numbers: Mapping[str, Any]) -> dict[str, float]:
    """Return where a step along the pull leads, no farther than the slider."""
    return {"at": numbers["lands_at"]}
