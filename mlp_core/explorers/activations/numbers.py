"""Activations (chapter 04), the arithmetic: one unit's gate, and a pull's way back through many layers."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ...formulas.activations import ACTIVATIONS
from ...measured import numerical_gradient
from ..ground.fields import Number, State, Whole, activation_choice, setting
from .many_layers import MOST_LAYERS, through_layers

FARTHEST = 6.0  # y_hat goes so far to either side of 0
KEPT = 0.1  # a layer that changes the pull by no more than a tenth keeps it
GUESSES = ("weaker", "kept", "stronger")


@dataclass(frozen=True)
class ActivationState(State):
    """Which sigma, where its tangent touches, the scale of the weights, and how many layers."""

    activation: str = setting(
        "sigmoid",
        activation_choice("σ", "Which function stands between ŷ and y."),
    )
    y_hat: float = setting(
        2.0,
        Number("ŷ", -FARTHEST, FARTHEST, 0.1, "Move the unit along its curve.", called="y_hat"),
    )
    scale: float = setting(
        1.0, Number("scale", 0.1, 10, 0.1, "The weights' deviation is this over √n, n = 100.")
    )
    layers: int = setting(MOST_LAYERS, Whole("layers", 1, MOST_LAYERS, "How many hidden layers."))


def numbers_of(state: ActivationState) -> dict[str, Any]:
    """Return what is drawn.

    One unit: activation, y_hat, y, and its slope four times, `derivative` (at y_hat),
    `derivative_from_output` (at y; None where the output does not tell), `measured`, and the slip
    `derivative_at_y`. Many layers: scale, layers, the sizes `signals`, `gates` and `pulls`, `nine_in_ten`,
    and what a layer multiplies the pull by on its way back, `expected_factor` (scale times gates) and
    `factor`.
    """
    sigma, y_hat = ACTIVATIONS[state.activation], np.asarray(float(state.y_hat))
    y = sigma(y_hat)
    from_output = sigma.derivative_from_output
    signals, gates, pulls, nine_in_ten = through_layers(sigma, state.scale, state.layers)
    return {
        "activation": state.activation,
        "y_hat": float(y_hat),
        "y": float(y),
        "derivative": float(sigma.derivative(y_hat)),
        "derivative_from_output": None if from_output is None else float(from_output(y)),
        "measured": float(numerical_gradient(sigma, y_hat)),
        "derivative_at_y": float(sigma.derivative(y)),
        "scale": state.scale,
        "layers": state.layers,
        "signals": signals,
        "gates": gates,
        "pulls": pulls,
        "nine_in_ten": nine_in_ten,
        "expected_factor": geometric_mean(state.scale * gates[:-1]),
        "factor": geometric_mean(pulls[:-1] / pulls[1:]),
    }


def geometric_mean(factors: np.ndarray) -> float:
    """Return the number that, so many times over, makes the same product; 1 where there is no factor."""
    return float(np.prod(factors) ** (1 / max(1, len(factors))))


def what_a_layer_does(factor: float) -> str:
    """Return which of GUESSES is right."""
    weaker, kept, stronger = GUESSES
    return weaker if factor < 1 - KEPT else stronger if factor > 1 + KEPT else kept


def scale_of_initialize(state: ActivationState, numbers: Any = None) -> dict[str, float]:
    """Return the scale that `MLP.initialize` takes for the state's activation."""
    return {"scale": float(np.sqrt(ACTIVATIONS[state.activation].weight_variance))}
