"""Activations (chapter 03), the arithmetic: one unit's gate, and a pull's way back through many layers."""

from dataclasses import dataclass
from numbers import Integral

import numpy as np

from ...formulas.activations import ACTIVATIONS
from ...measured import numerical_gradient
from .depth import MOST_LAYERS, through_layers

REACH = 6.0  # y_hat goes so far to either side of 0
LEAST_SCALE, MOST_SCALE = 0.1, 10.0
KEPT = 0.1  # a layer that changes the pull by no more than a tenth keeps it
GUESSES = ("weaker", "kept", "stronger")


@dataclass(frozen=True)
class ActivationState:
    """Which sigma, where its tangent touches, the scale of the weights, and how many layers."""

    activation: str = "sigmoid"
    y_hat: float = 2.0
    scale: float = 1.0
    layers: int = MOST_LAYERS


def refuse_what_cannot_be(state):
    """Raise ValueError for a state that cannot be drawn."""
    if state.activation not in ACTIVATIONS:
        raise ValueError(f"activation: got {state.activation!r}; expected one of {', '.join(ACTIVATIONS)}")
    if not -REACH <= state.y_hat <= REACH:
        raise ValueError(f"y_hat: got {state.y_hat:g}; expected a number from -{REACH:g} to {REACH:g}")
    if not LEAST_SCALE <= state.scale <= MOST_SCALE:
        raise ValueError(
            f"scale: got {state.scale:g}; expected a number from {LEAST_SCALE:g} to {MOST_SCALE:g}"
        )
    if not (isinstance(state.layers, Integral) and 1 <= state.layers <= MOST_LAYERS):
        raise ValueError(f"layers: got {state.layers!r}; expected a whole number from 1 to {MOST_LAYERS}")


def numbers_of(state):
    """Return what is drawn.

    One unit: activation, y_hat, y, and its slope four times, `derivative` (at y_hat),
    `derivative_from_output` (at y), `measured`, and the slip `derivative_at_y`. Many layers: scale, layers,
    the sizes `signals`, `gates` and `pulls`, `nine_in_ten`, and what a layer multiplies the pull by on its
    way back, `expected_factor` (scale times gates) and `factor`.
    """
    refuse_what_cannot_be(state)
    sigma, y_hat = ACTIVATIONS[state.activation], np.asarray(float(state.y_hat))
    y = sigma(y_hat)
    signals, gates, pulls, nine_in_ten = through_layers(state.activation, state.scale, state.layers)
    return {
        "activation": state.activation,
        "y_hat": float(y_hat),
        "y": float(y),
        "derivative": float(sigma.derivative(y_hat)),
        "derivative_from_output": float(sigma.derivative_from_output(y)),
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


def geometric_mean(factors):
    """Return the number that, so many times over, makes the same product; 1 where there is no factor."""
    return float(np.prod(factors) ** (1 / max(1, len(factors))))


def what_a_layer_does(factor):
    """Return which of GUESSES is right."""
    weaker, kept, stronger = GUESSES
    return weaker if factor < 1 - KEPT else stronger if factor > 1 + KEPT else kept


def scale_of_initialize(state, numbers=None):
    """Return the scale that `MLP.initialize` takes for the state's activation."""
    return {"scale": float(np.sqrt(ACTIVATIONS[state.activation].weight_variance))}
