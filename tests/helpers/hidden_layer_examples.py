"""One call or more of every picture of chapters 04 and 05, with the book's own numbers."""

import numpy as np

from mlp_core import (
    RELU,
    SIGMOID,
    TANH,
    Activation,
    affine_input_gradient,
    cross_entropy,
    forward,
    negative_gradient,
    output_delta,
    pictures,
)
from mlp_core import worked_examples as book

X, R, V, W = (np.array(part) for part in (book.X, book.R, book.V, book.W))
PASSED = forward((V, W), SIGMOID, X)
PULL_Y = affine_input_gradient(output_delta(R, PASSED.z_hat), W)
SLOPES = SIGMOID.derivative(PASSED.y_hat[0])
SHUT = np.array([1.0, 0.0, 1.0])
V_4, W_4 = np.ones((4, 3)) * [[1], [-1], [0.5], [2]], np.ones((3, 5)) * [[1], [-1.5], [0.5]]
LAYERS = np.arange(1, 21)
SIGNALS = {
    "sigmoid, 1/√n": 0.5 + 0.02 / LAYERS,
    "tanh, 0.5/√n": 0.5**LAYERS,
    "tanh, 1/√n": 0.6 / LAYERS**0.5,
    "tanh, 2/√n": 0.85 + 0 * LAYERS,
    "ReLU, 1/√n": 0.7071**LAYERS,
    "ReLU, √(2/n)": 1.0 + 0.01 * LAYERS,
}
BACK = 20 - LAYERS
GRADIENTS = dict(
    zip(
        SIGNALS,
        [0.235**BACK, 0.495**BACK, 0.92**BACK, 1.157**BACK, 0.705**BACK, 0.996**BACK],
        strict=True,
    )
)
SOFTPLUS = Activation(
    "softplus", lambda t: np.logaddexp(0, t), lambda t: 1 / (1 + np.exp(-t)), lambda y: 1 - np.exp(-y)
)
STEPS = 10.0 ** np.arange(-12.5, 0, 0.5)


def _loss(v_11):
    changed = V.copy()
    changed[0, 1] = v_11
    return cross_entropy(R, forward((changed, W), SIGMOID, X).z_hat)


PULL_V, PULL_W = negative_gradient((V, W), SIGMOID, PASSED, R)
ERRORS = np.array([abs((_loss(1 + h) - _loss(1 - h)) / (2 * h) / -PULL_V[0, 1] - 1) for h in STEPS])
EARLY = affine_input_gradient(output_delta(R, PASSED.z_hat), W + 0.5 * PULL_W) * SLOPES
WRONG = {
    "σ′ at y": np.outer(PULL_Y * SIGMOID.derivative(PASSED.y[0]), [1, *X]),
    "σ′ left out": np.outer(PULL_Y, [1, *X]),
    "sign lost": -PULL_V,
    "bias forgotten": PULL_V * [0, 1, 1],
    "W updated first": np.outer(EARLY, [1, *X]),
}
DEPTHS = np.arange(1, 21)

EXAMPLES = {
    "slope_curves": lambda: pictures.slope_curves(SIGMOID, 2),
    "slope_curves, tanh": lambda: pictures.slope_curves(TANH, -0.5),
    "slope_curves, ReLU": lambda: pictures.slope_curves(RELU, 2),
    "slope_curves, shut": lambda: pictures.slope_curves(RELU, -1),
    "slope_curves, saturated": lambda: pictures.slope_curves(SIGMOID, 10),
    "slope_curves, softplus": lambda: pictures.slope_curves(SOFTPLUS, -1),
    "bell_and_parabola": lambda: pictures.bell_and_parabola(SIGMOID, 2),
    "bell_and_parabola, tanh": lambda: pictures.bell_and_parabola(TANH, -0.5),
    "depth_curves": lambda: pictures.depth_curves(LAYERS, SIGNALS, GRADIENTS),
    "depth_curves, two": lambda: pictures.depth_curves(
        LAYERS, [SIGNALS["tanh, 1/√n"]] * 2, [0.25**BACK, 0.9**BACK], ["sigmoid", "tanh"]
    ),
    "network_backwards": lambda: pictures.network_backwards((V, W), SIGMOID, X, R),
    "network_backwards, ReLU": lambda: pictures.network_backwards((V, W), RELU, X, R),
    "network_backwards, 2-4-3": lambda: pictures.network_backwards((V_4, W_4), TANH, X, [0.2, 0.3, 0.5]),
    "network_backwards, another weight": lambda: pictures.network_backwards(
        (V, W), SIGMOID, X, R, j=2, m=2, message="Another road"
    ),
    "slip_fingerprints": lambda: pictures.slip_fingerprints(list(WRONG), list(WRONG.values()), PULL_V),
    "slip_fingerprints, one": lambda: pictures.slip_fingerprints(["sign lost"], [-PULL_V], PULL_V, "Once"),
    "slip_fingerprints, six of 5 by 5": lambda: pictures.slip_fingerprints(
        list("abcdef"), [np.outer(np.arange(1, 6), np.arange(k, k + 5)) for k in range(6)], np.ones((5, 5))
    ),
    "accuracy_beside_check": lambda: pictures.accuracy_beside_check(
        ["right", "bias column kept", "sigma' left out", "sign lost"],
        [0.97, 0.9704, 0.952, 0.1],
        [1, 0, 0, 0],
    ),
    "accuracy_beside_check, all": lambda: pictures.accuracy_beside_check(["one", "two"], [0.8, 1.0], [1, 1]),
    "accuracy_beside_check, none": lambda: pictures.accuracy_beside_check(
        ["a name as long as it may", "two"][1:], [0.9], [0], "None"
    ),
    "several_wishes": lambda: pictures.several_wishes(R - PASSED.z, W[:, 1], SLOPES[0]),
    "several_wishes, shut": lambda: pictures.several_wishes([0.5, -0.5], [3, 3], 0.0, 2, "A shut gate"),
    "several_wishes, five": lambda: pictures.several_wishes(
        [0.3, -0.1, 0.0, -0.15, -0.05], [2, -1, 0.5, 0, 1.25], 1, 3
    ),
    "shared_endings": lambda: pictures.shared_endings([1, *X], SLOPES[0], PULL_Y[0]),
    "shared_endings, five": lambda: pictures.shared_endings([1, 0.5, -0.25, 0, 3], 1, 0.4343, 3),
    "chain_of_units": lambda: pictures.chain_of_units([-2, 1], [-1.5, 3], SIGMOID, 2),
    "chain_of_units, tanh": lambda: pictures.chain_of_units([0.25, -1.5], [0.5, -2.25], TANH, -0.75, 0),
    "rows_and_columns": lambda: pictures.rows_and_columns(W),
    "rows_and_columns, 3 by 5": lambda: pictures.rows_and_columns(W_4, row=3, column=4),
    "column_gate_outer": lambda: pictures.column_gate_outer(PULL_Y, SLOPES, [1, *X]),
    "column_gate_outer, ReLU": lambda: pictures.column_gate_outer(PULL_Y, SHUT, [1, *X]),
    "column_gate_outer, 5 by 5": lambda: pictures.column_gate_outer(
        [*PULL_Y, -1, 2], [*SLOPES, 0.25, 0.1], [1, 1, -2, 0, 3]
    ),
    "gradient_check_v": lambda: pictures.gradient_check_v(STEPS, ERRORS, 1e-5),
}
