"""The exercises of chapter 05, through the hidden layer."""

import numpy as np

from ...formulas.activations import SIGMOID
from ...worked_examples import V, W
from ..chain import Derivation
from ..exercise import Exercise
from ..judges import judge_cheat, judge_derivation
from ..slips_known import CATALOGUE
from ..trials import for_scalars

_BACKWARD = Derivation(("x", "r", "V", "W", "activation"), ("dV", "dW"), slips=CATALOGUE)
_STATIONS = ("z_hat", "dW", "pull_y", "gate", "q", "dV")
_ARGUMENTS = "(x, r, V, W, activation)"
_DOC = '''    """Return (-dE/dV, -dE/dW) of the mean E; x is (D,) or (B, D), r (K,) or (B, K).

    V is (H, D+1) and W (K, H+1), with the bias in column 0; activation(t) is sigma, and
    activation.derivative(t) its slope.
    """
'''
_LINES = """    x, r = np.atleast_2d(x), np.atleast_2d(r)
    x_1 = np.c_[np.ones(len(x)), x]
    y_hat = x_1 @ V.T
    y_1 = np.c_[np.ones(len(x)), activation(y_hat)]
    z_hat = y_1 @ W.T
    e = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
    delta = (r - e / e.sum(axis=1, keepdims=True)) / len(x)
    q = delta @ W[:, 1:] * activation.derivative(y_hat)
"""
_CHEAT = f'''def cheat{_ARGUMENTS}:
    """Return a wrong (-dE/dV, -dE/dW) that a check lets pass."""
{_LINES}    return -(q.T @ x_1), delta.T @ y_1


rng = np.random.default_rng(0)
blind = MLP((rng.normal(size=(4, 3)), np.zeros((3, 5))), "tanh")
honest = MLP((rng.normal(size=(4, 3)), rng.normal(size=(3, 5))), "tanh")'''

EXERCISES = (
    Exercise(
        number="5.1",
        title="The sheet, with another input",
        minutes=15,
        stub="z_hat = ...\npull_W = ...\npull_y = ...\ngates = ...\npull_y_hat = ...\npull_V = ...",
        hints=(
            "Forward to the logits, then back: W, y, the gate, y_hat, V.",
            "The pull on y goes down columns 1 to 3 of W; the gate of the sigmoid is y(1 - y).",
        ),
        solution="""x_1, r = np.array([1.0, -2, 1]), np.array([1.0, 0])
V = np.array([[0.5, 1, 2], [1, -1.5, -1], [-1, 2, 1]])
W = np.array([[0.5, 2, -1, 1], [-0.5, -1, 1, 1.5]])
y = 1 / (1 + np.exp(-V @ x_1))
y_1 = np.r_[1, y]
z_hat = W @ y_1
p = r - np.exp(z_hat) / np.exp(z_hat).sum()
pull_W = np.outer(p, y_1)
pull_y = p @ W[:, 1:]
gates = y * (1 - y)
pull_y_hat = pull_y * gates
pull_V = np.outer(pull_y_hat, x_1)""",
        reasons="Each pull on a weight is the pull at its head times the signal at its tail (3.6), (5.5).\n"
        "Between the layers: down the columns (3.11), then through the gate (4.10).",
        notice="You have gone through a network by pencil, there and back.",
        derivation=Derivation(("x", "r", "V", "W", "activation"), _STATIONS, slips=CATALOGUE),
        example={
            "x": np.array([[-2.0, 1.0]]),
            "r": np.array([[1.0, 0.0]]),
            "V": np.array(V),
            "W": np.array(W),
            "activation": for_scalars(SIGMOID),
        },
        answers=("z_hat", "pull_W", "pull_y", "gates", "pull_y_hat", "pull_V"),
    ),
    Exercise(
        number="5.2",
        title="Your own backward",
        minutes=30,
        hints=(
            "Go forward first and keep every number: 1 and x, y_hat, 1 and y, z.",
            "The pull on the logits is (r - z)/B (2.7). Each pull on a matrix is pull.T @ [1, signal].",
            "Between the two: `delta @ W[:, 1:]`, then times `activation.derivative(y_hat)`.",
        ),
        solution=f"def backward{_ARGUMENTS}:\n{_DOC}{_LINES}    return q.T @ x_1, delta.T @ y_1",
        reasons="Four lines of it are derivatives: (2.7), (3.8), (4.11) with (3.13), and (5.9).\n"
        "All pulls are computed before any weight moves.",
        notice='The lines are yours now: `keep("backward")` takes them along.',
        derivation=_BACKWARD,
        role="backward",
    ),
    Exercise(
        number="5.3",
        title="The pull on the input",
        minutes=15,
        stub='lines = r"..."  # -\\frac{\\partial E}{\\partial x_m} = ... , by way of the sums \\hat y_j',
        hints=("Which sums does x_m move, and how fast? Multiply along, add across.",),
        solution='lines = r"-\\frac{\\partial E}{\\partial x_m} = \\sum_{j=1}^{H} '
        "\\Big(-\\frac{\\partial E}{\\partial \\hat y_j}\\Big) \\frac{\\partial \\hat y_j}{\\partial x_m}"
        ' = \\sum_{j=1}^{H} \\Big(-\\frac{\\partial E}{\\partial \\hat y_j}\\Big) v_{jm} \\quad m \\ge 1"',
        reasons="The input moves every sum of the hidden layer, each by its own weight: (5.12) with indices.",
        notice="An image that is moved along this pull makes the network surer.",
        judge=judge_derivation(
            r"-\frac{\partial E}{\partial x_m}", (r"\frac{\partial E}{\partial \hat y_j}", "v_{jm}"), 3
        ),
        answers=("lines",),
    ),
    Exercise(
        number="5.4",
        title="A wrong backward that passes",
        minutes=30,
        stub=f'def cheat{_ARGUMENTS}:\n    """Return a wrong (-dE/dV, -dE/dW) that a check lets pass."""'
        "\n    ...\n"
        "\n\n"
        "blind = ...  # an MLP on which it passes\nhonest = ...  # an MLP on which it is caught",
        hints=(
            "What must be 0, so that nothing is handed back?",
            "Or: which activation cannot tell a gate at y from a gate at y_hat?",
        ),
        solution=_CHEAT,
        reasons="With W at zero the pull on V is 0, and minus 0 is 0.\nWith no weight at zero it is caught.",
        notice="Believe a check that you have seen fail.",
        derivation=_BACKWARD,
        judge=judge_cheat,
        answers=("cheat", "blind", "honest"),
    ),
)
