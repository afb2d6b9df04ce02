"""The exercises of chapter 03, a first classifier."""

import numpy as np

from ..chain import CHAIN, Derivation, Slip, Step
from ..exercise import Exercise
from ..slips_known import CATALOGUE

_SEE_STEP = "At rate 0 nothing may change, and at half the rate the step must halve."
_STEPPING = (*CHAIN, Step("move", "3.8", "move = dW", "the step of W, divided by the rate"))
_STEP_SLIPS = (
    *CATALOGUE,
    Slip((("move", "move = dW / rate"),), "the rate is left out", _SEE_STEP, 3),
    Slip((("move", "move = -dW / rate"),), "the rate is left out, and the step goes uphill", _SEE_STEP),
    Slip((("move", "move = dW - W / rate"),), "the old weights are forgotten", _SEE_STEP, 3),
    Slip((("move", "move = dW * rate"),), "the rate is a factor twice", _SEE_STEP),
    Slip(
        (("move", "move = np.c_[0 * dW[:, :1], dW[:, 1:]]"),), "the biases are left as they are", _SEE_STEP, 3
    ),
    Slip(
        (("move", "move = dW / rate - W / rate"),), "the pull is returned and not the new weights", _SEE_STEP
    ),
)


def _moved(value, trial):
    """Return by how much a returned W has moved, divided by the rate; anything else as it is."""
    W = trial.given["W"]
    if isinstance(value, np.ndarray) and value.shape == W.shape:
        return (value - W) / trial.given["rate"]
    return value


EXERCISES = (
    Exercise(
        number="3.1",
        title="Nine numbers by hand",
        minutes=5,
        stub="pulls = ...  # three numbers\npull_W = ...  # three rows of three",
        hints=(
            "First what each class lacks (2.7), then pull times signal (3.6).",
            "The signal of the bias is 1.",
        ),
        solution="pulls = [-0.25, -0.25, 0.5]\n"
        "pull_W = [[-0.25, -0.5, 0.25], [-0.25, -0.5, 0.25], [0.5, 1.0, -0.5]]",
        reasons="The pulls are r - z (2.7).\nRow i of the pull on W is pull i times (1, 2, -1) (3.6).",
        notice="Each column adds up to 0.",
        derivation=Derivation(("r", "z", "y"), ("delta", "dW"), slips=CATALOGUE),
        example={
            "z": np.array([[0.25, 0.25, 0.5]]),
            "r": np.array([[0.0, 0.0, 1.0]]),
            "y": np.array([[2.0, -1.0]]),
        },
        answers=("pulls", "pull_W"),
    ),
    Exercise(
        number="3.2",
        title="The pull on W",
        minutes=15,
        hints=(
            "An entry is the pull at the head times the signal at the tail (3.6). What is the bias's signal?",
            "Over a batch it is one matrix product (3.8): rows of delta meet rows of [1, y].",
        ),
        solution='''def pull_on_W(delta, y):
    """Return -dE/dW, shape (K, H+1); delta (K,) or (B, K) holds the 1/B already, y is (H,) or (B, H)."""
    delta, y = np.atleast_2d(delta), np.atleast_2d(y)
    return delta.T @ np.c_[np.ones(len(y)), y]''',
        reasons="Pull at the head times signal at the tail, added up over the batch (3.8).\n"
        "The 1 in front is the signal of the bias.",
        notice="Column 0 is the pull on the logits itself, added up.",
        derivation=Derivation(("delta", "y"), ("dW",), slips=CATALOGUE),
        role="pull_on_W",
    ),
    Exercise(
        number="3.3",
        title="The pull on y",
        minutes=15,
        hints=(
            "Unit j is heard by every class: multiply along, add across (3.11).",
            "Does anything lead into the constant 1?",
        ),
        solution='''def pull_on_y(delta, W):
    """Return -dE/dy, shape (H,) or (B, H); delta is (K,) or (B, K), and W (K, H+1)."""
    return delta @ W[:, 1:]''',
        reasons="Down the columns of W (3.11).\n"
        "The bias column stays behind: nothing leads into the constant 1.",
        notice="The same weights, used backwards.",
        derivation=Derivation(("delta", "W"), ("pull_y",), slips=CATALOGUE),
        role="pull_on_y",
    ),
    Exercise(
        number="3.4",
        title="One training step",
        minutes=15,
        hints=(
            "Forward, then the pull on the logits, then the pull on W, then a plus.",
            "`W + rate * pull`: the book's gradients are negative ones.",
        ),
        solution='''def training_step(W, y, r, rate):
    """Return W after one step at this rate; y is (H,) or (B, H), r (K,) or (B, K)."""
    y, r = np.atleast_2d(y), np.atleast_2d(r)
    y_1 = np.c_[np.ones(len(y)), y]
    z_hat = y_1 @ W.T
    e = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
    delta = (r - e / e.sum(axis=1, keepdims=True)) / len(y)
    return W + rate * delta.T @ y_1''',
        reasons="The pull is where to go (3.8), so the step has a plus.\n"
        "W is returned new, and the old one stays as it is.",
        notice="Five lines, and nothing imported: this is all that learns.",
        derivation=Derivation(("W", "y", "r", "rate"), ("move",), _STEPPING, _STEP_SLIPS),
        role="training_step",
        undo=_moved,
    ),
)
