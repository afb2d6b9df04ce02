"""What chapter 00's last exercises are judged by: nudging and its slips, and a move and where it ends."""

import numpy as np

from ..measured import numerical_gradient
from ..network import MLP
from ..worked_examples import R, V, W, X
from .edited import Edit
from .feedback import Feedback
from .judging import UNTRIED
from .reading import as_array

# ---------------------------------------------------------------- 0.7, nudging

NUDGED = """def nudged(E, W, h):
    pull = np.zeros(W.shape)
    for k in np.ndindex(W.shape):
        up, down = W.copy(), W.copy()
        up[k] += h
        down[k] -= h
        pull[k] = -(E(up) - E(down)) / (2 * h)
    return pull
"""
_SEE_TWO = "Try an E of which you know the slope, such as `lambda W: (W**2).sum()`, whose slope is `2 * W`."
NUDGED_EDITS = (
    Edit("-(E(up)", "(E(up)", "the slope is returned and not the pull", f"{_SEE_TWO} Which way is down?"),
    Edit("/ (2 * h)", "/ h", "one divides by h, and from W - h to W + h it is twice as far", _SEE_TWO),
    Edit("/ (2 * h)", "/ 2 * h", "`/ 2 * h` divides by 2 and then multiplies with h", _SEE_TWO),
    Edit(" / (2 * h)", "", "nothing is divided by the distance", _SEE_TWO),
    Edit(
        "E(down)) / (2 * h)",
        "E(W)) / h",
        "W is nudged up and not down",
        "Where the curve bends, one side gives a little too much (section 6): nudge to both.",
        True,
    ),
    Edit(
        "(E(up) - E(down)) / (2 * h)",
        "(E(W) - E(down)) / h",
        "W is nudged down and not up",
        "Where the curve bends, one side gives a little too little (section 6): nudge to both.",
        True,
    ),
    Edit("E(down)", "E(W)", "one side is nudged, and the distance is that of both", _SEE_TWO),
    Edit(
        "        up[k] += h\n        down[k] -= h\n",
        "        up, down = W + h, W - h\n",
        "all weights are nudged at once",
        "That gives one slope for all of them. Nudge one while the others rest.",
    ),
    Edit(
        "    for k in np.ndindex(W.shape):\n        up, down = W.copy(), W.copy()\n",
        "    up, down = W.copy(), W.copy()\n    for k in np.ndindex(W.shape):\n",
        "the weights are not put back, so that the nudges pile up",
        "Print `up - W` within the loop: only one entry may differ from 0.",
    ),
    Edit(
        "up, down = W.copy(), W.copy()",
        "up = down = W.copy()",
        "`up` and `down` are one array under two names",
        "Print both after the nudges: they must differ by 2 * h in one entry.",
    ),
    Edit(
        "np.ndindex(W.shape)",
        "range(len(W))",
        "whole rows are nudged at once",
        "`range(len(W))` runs through the rows of W, and `np.ndindex(W.shape)` through its entries.",
    ),
    Edit("pull[k] =", "pull[...] =", "each pull is written over all others", "Print `pull` in the loop."),
)


def _coupled(A):
    """Return an error in which every weight meets every other one, so that no slope stands still."""

    def E(W):
        return float((A * np.exp(W)).sum() + np.sin(W.sum()) + W.sum() ** 2)

    return E


def nudges():
    """Yield what a nudging function is tried on: a function of an array, the array, and a step."""
    rng = np.random.default_rng(0)
    for shape in ((2, 3), (4,), (3, 1)):
        yield _coupled(rng.normal(size=shape)), rng.normal(size=shape), 1e-3


# ---------------------------------------------------------------- 0.8, as far, and lower

_LOWER = 0.4  # straight along the first pulls none is below 0.57; of all as near none is below 0.33
TWO_X, TWO_R = np.array([X, (1.5, -0.5)]), np.array([R, (1.0, 0.0)])
START = (np.array(V), np.array(W))


def error(weights):
    """Return E of the two examples of chapter 00, section 9, in nats."""
    return MLP(weights, "sigmoid").loss(TWO_X, TWO_R)


def along(pulls, rate):
    """Return the weights after one step of this rate from the beginning."""
    V, W = START
    return V + rate * pulls[: V.size].reshape(V.shape), W + rate * pulls[V.size :].reshape(W.shape)


def judge_move(exercise, answers, attempt):
    """Say whether moved weights are as near as the long step of section 9, and lower."""
    number = exercise.number
    if len(answers) != 2 or any(answer is None or answer is ... for answer in answers):
        return Feedback(number, "unattempted", UNTRIED)
    new = tuple(as_array(answer) for answer in answers)
    for letter, array, old in zip("VW", new, START, strict=True):
        if array is None or array.shape != old.shape or not np.isfinite(array).all():
            said = f"The new {letter} must be an array of the shape {old.shape}, of finite numbers."
            return Feedback(number, "unread", said)
    pulls = np.concatenate([-slope.ravel() for slope in numerical_gradient(error, START)])
    move = np.concatenate([(array - old).ravel() for array, old in zip(new, START, strict=True)])
    share = np.linalg.norm(move) / np.linalg.norm(2 * pulls)
    E, before = error(new), error(START)
    there = f"E is {E:.4f} there, {share:.2f} of the long step away from where you began."
    if share < 1e-9:
        return Feedback(number, "wrong", "These are the weights that you began with.")
    if share > 1 + 1e-6:
        lines = ["That is too far: no more than 1.00 of the long step, please."]
    elif E < _LOWER:
        return Feedback(number, "right", f"{there}\n{exercise.notice}")
    elif before <= E:
        lines = [f"You began at {before:.4f}. Which of your steps went up, and was it too long, or turned?"]
    elif move @ pulls > (1 - 1e-6) * np.linalg.norm(move) * np.linalg.norm(pulls):
        lines = ["You went straight along the first pulls. Of that line section 9 shows every place."]
    elif min(error(along(pulls, rate)) for rate in np.linspace(0, 2, 101)) > E:
        lines = ["That is lower than any place straight along the first pulls. Go on."]
    else:
        lines = ["Straight along the first pulls it gets as low. Do your pulls belong to where you stand?"]
    return Feedback(number, "wrong", "\n".join([there, *lines]))
