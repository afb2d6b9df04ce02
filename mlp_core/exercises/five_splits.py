"""Judging the validation E of softmax regression in five splits, trained by the readers' own lines."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from ..data import digits
from ..formulas.loss import cross_entropy, output_delta
from ..formulas.weighted_sums import affine, affine_weight_gradient
from .exercise import Exercise
from .feedback import Feedback
from .judging import UNTRIED
from .numbers_asked import places
from .reading import as_array

RATES, STEPS, BATCH = (3.0, 10.0), 1000, 64
# The validation E, a row for each split, a column for each rate: ten runs take too long while a reader waits.
RIGHT = np.array([[0.1394, 0.1855], [0.1047, 0.1028], [0.1293, 0.1686], [0.1071, 0.1165], [0.1139, 0.1281]])
CLOSE, FEWEST = 0.0006, 3  # how far off a number may be, and to how many places it is wanted


def trained(seed: int, rate: float, start: np.ndarray | None = None, whole: bool = True) -> np.ndarray:
    """Return the weights after the chapter's loop, in which ``whole`` batches reach over the end."""
    x, r = digits(seed).train.x, digits(seed).train.r
    W = np.zeros((r.shape[1], x.shape[1] + 1)) if start is None else start
    starts = range(0, len(x), BATCH)
    for step in range(STEPS):
        if whole:
            rows = np.arange(BATCH * step, BATCH * step + BATCH) % len(x)
        else:
            rows = np.arange(len(x))[starts[step % len(starts)] :][:BATCH]
        W = W + rate * affine_weight_gradient(output_delta(r[rows], affine(W, x[rows])), x[rows])
    return W


def of_part(name: str, weights: Sequence[np.ndarray]) -> list[float]:
    """Return E on a part of split 0, of each of the weights."""
    part = getattr(digits(0), name)
    return [cross_entropy(part.r, affine(W, part.x)) for W in weights]


def judge_five_splits(exercise: Exercise, answers: tuple, attempt: int) -> Feedback:
    """Return what is said of five rows of two: the validation E at either rate."""
    if len(answers) != 1 or answers[0] is None or answers[0] is ...:
        return Feedback(exercise.number, "unattempted", UNTRIED)
    E = as_array(answers[0])
    if E is None or E.shape != RIGHT.shape:
        came = "is no table of numbers" if E is None else f"has the shape {E.shape}"
        said = f"`E` {came}; expected (5, 2): a row for each split, a column for each rate."
        return Feedback(exercise.number, "wrong", said)
    good = _close(E, RIGHT)
    if good.all() and places(E) < FEWEST:
        said = "Right, as far as it goes: with two places two of them look alike, so give four."
        return Feedback(exercise.number, "near", said)
    if good.all():
        return Feedback(exercise.number, "right", exercise.notice)
    said = _of_the_table(E) or _of_a_run(E)
    if said:
        return Feedback(exercise.number, "wrong", f"This is what comes out if {said}.", (said,))
    lines = ["No slip that is known gives these numbers.", f"{good.sum()} of the ten are right."]
    if good.any(axis=1).any():
        lines.append("Split by split: " + ", ".join(f"{row.sum()} of 2" for row in good) + ".")
    lines.append("What the two of the first split should be, section 7 has printed.")
    return Feedback(exercise.number, "wrong", "\n".join(lines))


def _close(E, right):
    count = places(E)
    slack = 0.5 * 0.1**count * 1.001 if 2 <= count < 4 else 0.0
    return np.abs(E - right) <= max(CLOSE, slack)


def _of_the_table(E):
    """Return the slip that can be told without training, "" if none."""
    if _close(E[:, ::-1], RIGHT).all():
        return "the two rates are exchanged"
    if np.abs(E - np.log(10)).max() < 1e-3:
        return "the weights stay at zero: what the step returns is the new W, and wants to be kept"
    if np.abs(E - E[0]).max() < 1e-9:
        return "all five rows come from one split, because the seed does not reach `digits`"
    if np.abs(E[:, 0] - E[:, 1]).max() < 1e-9:
        return "both columns come from one rate"
    if _close(E[:, 1:], RIGHT[:, :1]).all():
        return "the second column is that of the first rate"
    return ""


def _of_a_run(E):
    """Return the slip that makes the first split's numbers what they are, "" if none."""
    for said, numbers in _slipped():
        if np.abs(E[0] - numbers).max() <= CLOSE:
            return said
    return ""


@lru_cache(maxsize=1)
def _slipped():
    """Return (what it says, the two numbers of split 0) of each slip that takes a training to know."""
    W, unseen = [trained(0, rate) for rate in RATES], digits(0).validation
    on = [W[0], trained(0, RATES[1], start=W[0])]
    short = [trained(0, rate, whole=False) for rate in RATES]
    share = [(affine(each, unseen.x).argmax(axis=1) == unseen.labels).mean() for each in W]
    found = (
        ("E is that of the digits it has learned from", of_part("train", W)),
        ("E is that of the test digits, which were to stay closed", of_part("test", W)),
        ("this is the share of digits read, and not E", share),
        ("the second rate goes on from the weights of the first", of_part("validation", on)),
        ("the last batch of each round is short", of_part("validation", short)),
    )
    return [(said, np.array(numbers)) for said, numbers in found]
