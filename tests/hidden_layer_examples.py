"""One call or more of every picture of chapters 03 and 04, with the book's own numbers."""

import numpy as np

from mlp_core import RELU, SIGMOID, TANH, Activation, cross_entropy, forward, negative_gradient, plotting

X, R = np.array([2.0, -1.0]), np.array([0.0, 1.0])
V = np.array([[0.5, 1, 2], [1, -1.5, -1], [-1, 2, 1]])
W = np.array([[0.5, 2, -1, 1], [-0.5, -1, 1, 1.5]])
PULL_Y = np.array([-2.6060, 1.7373, 0.4343])
SLOPES = np.array([0.2350, 0.1966, 0.1050])
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


PULL_V, _ = negative_gradient((V, W), SIGMOID, forward((V, W), SIGMOID, X), R)
ERRORS = np.array([abs((_loss(1 + h) - _loss(1 - h)) / (2 * h) / -PULL_V[0, 1] - 1) for h in STEPS])
DELTA = PULL_Y * SLOPES
TRUE = np.outer(DELTA, [1, *X])
SLIPS = {
    "σ′ at y": np.outer(PULL_Y * [0.2275, 0.2455, 0.2072], [1, *X]) - TRUE,
    "σ′ left out": np.outer(PULL_Y, [1, *X]) - TRUE,
    "sign": -2 * TRUE,
    "x₀ taken as 0": np.outer(DELTA, [-1, 0, 0]),
    "W stepped too early": np.outer([0.11, 0.04, 0.07], [1, *X]),
}
DEPTHS = np.arange(1, 21)

EXAMPLES = {
    "slope_curves": lambda: plotting.slope_curves(SIGMOID, 2),
    "slope_curves, tanh": lambda: plotting.slope_curves(TANH, -0.5),
    "slope_curves, ReLU": lambda: plotting.slope_curves(RELU, 2),
    "slope_curves, shut": lambda: plotting.slope_curves(RELU, -1),
    "slope_curves, saturated": lambda: plotting.slope_curves(SIGMOID, 10),
    "slope_curves, softplus": lambda: plotting.slope_curves(SOFTPLUS, -1),
    "bell_and_parabola": lambda: plotting.bell_and_parabola(SIGMOID, 2),
    "bell_and_parabola, tanh": lambda: plotting.bell_and_parabola(TANH, -0.5),
    "diagonal_jacobian": lambda: plotting.diagonal_jacobian(SLOPES),
    "diagonal_jacobian, six": lambda: plotting.diagonal_jacobian([0.25, 0.2, 0.1, 0.0, 0.24, 0.15]),
    "subgradient_fan": lambda: plotting.subgradient_fan(),
    "subgradient_fan, five": lambda: plotting.subgradient_fan((0, 0.25, 0.5, 0.75, 1)),
    "depth_curves": lambda: plotting.depth_curves(LAYERS, SIGNALS, GRADIENTS),
    "depth_curves, two": lambda: plotting.depth_curves(
        LAYERS, [SIGNALS["tanh, 1/√n"]] * 2, [0.25**BACK, 0.9**BACK], ["sigmoid", "tanh"]
    ),
    "network_backwards": lambda: plotting.network_backwards((V, W), SIGMOID, X, R),
    "network_backwards, ReLU": lambda: plotting.network_backwards((V, W), RELU, X, R),
    "network_backwards, 2-4-3": lambda: plotting.network_backwards((V_4, W_4), TANH, X, [0.2, 0.3, 0.5]),
    "rows_and_columns": lambda: plotting.rows_and_columns(W),
    "rows_and_columns, 3 by 5": lambda: plotting.rows_and_columns(W_4, row=3, column=4),
    "column_gate_outer": lambda: plotting.column_gate_outer(PULL_Y, SLOPES, X),
    "column_gate_outer, ReLU": lambda: plotting.column_gate_outer(PULL_Y, SHUT, X),
    "column_gate_outer, 5 by 5": lambda: plotting.column_gate_outer(
        [*PULL_Y, -1, 2], [*SLOPES, 0.25, 0.1], [1, -2, 0, 3]
    ),
    "gradient_check_v": lambda: plotting.gradient_check_v(STEPS, ERRORS, 1e-5),
    "slip_fingerprints": lambda: plotting.slip_fingerprints(
        list(SLIPS), list(SLIPS.values()), [0.1388, 3.2553, 2.0, 0.5, 0.1802]
    ),
    "slip_fingerprints, one": lambda: plotting.slip_fingerprints(["sign"], [-2 * TRUE]),
    "cost_of_depth": lambda: plotting.cost_of_depth(DEPTHS, 2 - 1 / DEPTHS),
    "one_edge": lambda: plotting.one_edge(r"$v_{11}$", -0.61242, 2.0, -1.22484),
    "one_edge, positive": lambda: plotting.one_edge(r"$w_{23}$", 0.8687, 0.8808, 0.76515),
}
