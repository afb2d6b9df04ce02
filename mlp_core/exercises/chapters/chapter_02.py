"""The exercises of chapter 02, the output layer."""

import numpy as np

from ...formulas.loss import output_delta
from ...formulas.probabilities import softmax
from ...worked_examples import Z_HAT
from ..by_hand import BY_PENCIL
from ..chain import Derivation
from ..derivations_asked import judge_derivation
from ..exercise import Exercise
from ..judges import judge_choice, judge_predicate
from ..output_layer import (
    LACK_SLIPS,
    SMOOTH,
    SMOOTH_SLIPS,
    TWO_SOFTMAXES,
    TWO_SOFTMAXES_SLIPS,
    WARM,
    WARM_SLIPS,
)
from ..slips_known import CATALOGUE

_RUNNING = {"z_hat": np.array([Z_HAT]), "r": np.array([[0.0, 1.0, 0.0]])}


def _right(r, z_hat):
    return output_delta(np.asarray(r, dtype=float), np.asarray(z_hat, dtype=float))


def _signs_turned(r, z_hat):
    return -_right(r, z_hat)


def _one_route(r, z_hat):
    z = softmax(np.asarray(z_hat, dtype=float))
    return _right(r, z_hat) * z * (1 - z)


def _summed(r, z_hat):
    return np.asarray(r) - softmax(np.asarray(z_hat, dtype=float))


def _hardened(r, z_hat):
    return _right(np.eye(np.shape(r)[-1])[np.argmax(r, axis=-1)], z_hat)


def _one_pot(r, z_hat):
    e = np.exp(z_hat - np.max(z_hat))
    return (np.asarray(r) - e / e.sum()) / (len(r) if np.ndim(r) == 2 else 1)


_PULLS = {
    "right": (_right, True),
    "sign": (_signs_turned, False),
    "one route": (_one_route, False),
    "sum": (_summed, False),
    "hard targets": (_hardened, False),
    "one pot": (_one_pot, False),
}
_MISSES = {
    "right": "The right one is rejected: allow for the last digits of a measured slope, and E is a mean.",
    "sign": "One with every sign turned is accepted: whatever adds up to 0 does so with any sign.",
    "one route": "One with a factor z(1 - z) too many is accepted: all its signs are right, so compare "
    "sizes.",
    "sum": "One that forgets the 1/B is accepted: on one example it is right, so try a batch.",
    "hard targets": "One that makes a hard target of a soft one is accepted: which targets did you try?",
    "one pot": "One in which all examples share one pot is accepted: on one example it is right.",
}
_BELIEFS = {
    "a": "You may take target minus output for the logarithm's doing. Let a straight output t alone have the "
    "error (r - t)²/2, and differentiate by t.",
    "c": "In C the squared error pulls that way on the probabilities. Is that where the last sums are? A "
    "sure and wrong network tells the two apart (section 8).",
    "d": "Each of the three pulls that way on something. In C on what (section 8)?",
    "1": "This is how the squared error pulls on what it compares. Whether that is a last sum depends on "
    "what stands between them.",
    "3": "The logarithm does cancel it, and so it is needed where there is a softmax. Is there one in all "
    "of those that you chose?",
    "4": "Many bowls have other slopes: (r - t)⁴ is one, and pulls with its third power.",
}

EXERCISES = (
    Exercise(
        number="2.1",
        title="Three pulls by hand",
        minutes=5,
        stub="pulls = ...  # three numbers",
        hints=(
            "First the shares: what does each class put into the pot, and how much is in it?",
            "Each logit is pulled by what its class lacks (2.7).",
        ),
        solution="pulls = [-0.125, -0.25, 0.375]",
        reasons="The classes put in 1, 2 and 5, together 8.\n"
        "By (2.7) the pulls are 0 - 1/8, 0 - 2/8 and 1 - 5/8.",
        notice="The network is right already, and is pulled all the same, because it is not sure.",
        derivation=Derivation(("r", "z_hat"), ("delta",), slips=(*LACK_SLIPS, *BY_PENCIL)),
        example={"z_hat": np.log([[1.0, 2.0, 5.0]]), "r": np.array([[0.0, 0.0, 1.0]])},
        answers=("pulls",),
    ),
    Exercise(
        number="2.2",
        title="Label smoothing",
        minutes=5,
        stub="pulls = ...  # three numbers\nfloor = ...  # how low a perfect network could bring E",
        hints=(
            "The new target is 0.9 times the old one, plus 0.1/3 for each class. What does it add up to?",
            "E is lowest where z is the target; put the target into (2.14).",
        ),
        solution="soft = 0.9 * np.array([0, 1, 0]) + 0.1 / 3\npulls = soft - np.array([0.1, 0.2, 0.7])\n"
        "floor = -(soft * np.log(soft)).sum()",
        reasons="The target (0.0333, 0.9333, 0.0333) adds up to 1 again, so (2.7) holds with it.\n"
        "The floor is its entropy (2.14), which is reached where z is the target.",
        notice="The floor is reached at finite logits, so a network that is too sure is pulled back.",
        derivation=Derivation(("r", "z_hat"), ("delta", "floor"), SMOOTH, SMOOTH_SLIPS),
        example=_RUNNING,
        answers=("pulls", "floor"),
    ),
    Exercise(
        number="2.3",
        title="The pull on the logits, for a batch",
        minutes=15,
        hints=(
            "Softmax first (1.16), then what each class lacks (2.7), then the mean.",
            "Sums and maxima run along the last axis, `axis=-1, keepdims=True`.",
        ),
        solution='''def pull_on_logits(r, z_hat):
    """Return -dE/dz_hat of the mean E; r and z_hat have the shape (K,) or (B, K)."""
    e = np.exp(z_hat - z_hat.max(axis=-1, keepdims=True))
    z = e / e.sum(axis=-1, keepdims=True)
    return (r - z) / (len(z_hat) if z_hat.ndim == 2 else 1)''',
        reasons="The maximum is taken off each row, so that nothing overflows (1.16).\n"
        "E is a mean over B examples, and the 1/B enters here, once.",
        notice="Not one derivative is computed: the target and the probabilities are all it takes.",
        derivation=Derivation(("r", "z_hat"), ("delta",), slips=CATALOGUE),
        role="pull_on_logits",
    ),
    Exercise(
        number="2.4",
        title="At temperature 2",
        minutes=15,
        stub="pulls = ...  # three numbers",
        hints=(
            "On z_hat/2 the pull is r - p, with p the new probabilities.",
            "From z_hat/2 to z_hat leads one more factor.",
        ),
        solution="p = np.sqrt([1, 2, 7])\npulls = (np.array([0, 1, 0]) - p / p.sum()) / 2",
        reasons="The classes put the square roots of 1, 2 and 7 into the pot, together 5.06.\n"
        "The chain rule gives one factor more, 1/2.",
        notice="Softmax hears the logits at half their size, so each pull is half of what the class lacks. "
        "At tau = 1000 E hardly hears of them.",
        derivation=Derivation(("r", "z_hat", "tau"), ("delta",), WARM, WARM_SLIPS),
        example={**_RUNNING, "tau": 2.0},
        answers=("pulls",),
    ),
    Exercise(
        number="2.5",
        title="The pulls add up to 0, whatever the target",
        minutes=15,
        stub='lines = r"..."  # \\sum_i \\Big(-\\frac{\\partial E}{\\partial \\hat z_i}\\Big) = ... = 0',
        hints=(
            "Without (2.6) the pull is (2.5). Put it in, and take the sum apart.",
            "In the second sum `\\sum_l r_l` is one number, and the z_i, added up over i, are 1.",
        ),
        solution='lines = r"\\sum_i \\Big(-\\frac{\\partial E}{\\partial \\hat z_i}\\Big)'
        " = \\sum_i \\Big(r_i - z_i \\sum_l r_l\\Big)"
        ' = \\sum_i r_i - \\Big(\\sum_l r_l\\Big) \\sum_i z_i = 0"',
        reasons="By (2.5), for any target; the z add up to 1 because softmax makes them so.\n"
        "And without a line of algebra: raise all logits alike, and no probability moves, so no error that "
        "is computed from them does.",
        notice="So somebody who writes (0, 2, 0), for class 2 to count double, doubles all three pulls, as "
        "(2.5) says. r - z would change that of class 2 alone, and not add up to 0.",
        judge=judge_derivation(r"\sum_i \Big(-\frac{\partial E}{\partial \hat z_i}\Big)", (), 4, end="0"),
        answers=("lines",),
    ),
    Exercise(
        number="2.6",
        title="Two softmaxes",
        minutes=15,
        stub="floor = ...  # one number",
        hints=(
            "What does the first softmax hand on where it is as sure and right as can be?",
            "Those ten numbers are the logits of the second one. Take its E apart as in (2.2).",
        ),
        solution="floor = np.log(np.e + 9) - 1",
        reasons="At best the right class is handed 1 and the nine others 0, so the pot is e + 9.\n"
        "E is the logarithm of the pot minus the right logit (2.2), which is 1.",
        notice="The program trains, slowly, and never gets below that: with ten classes, a floor near 1.46 "
        "is how you know this slip.",
        derivation=Derivation(("r",), ("floor",), TWO_SOFTMAXES, TWO_SOFTMAXES_SLIPS),
        example={"r": np.eye(10)[:1]},
        answers=("floor",),
    ),
    Exercise(
        number="2.7",
        title="Is it the squared error?",
        minutes=15,
        stub='choice = "..."  # a letter and a number',
        hints=(
            "Expand (r - t)²/2. Which of the three terms are a cost and a credit?",
            "In C multiply by the Jacobian before you compare (1.13).",
        ),
        solution='choice = "b2"',
        reasons="Expanded, half the squared error of a straight output is a cost t²/2, a credit r t, and a "
        "number that no output moves; the slope of the cost is t.\n"
        "In A the cost is the logarithm of the pot, whose slope is the share (2.2). In C softmax stands "
        "between.",
        notice="One sigmoid for each class does it as well, with a cost of log(1 + exp(t)) for each logit "
        "t. Its pulls need not add up to 0: nobody shares a pot, so several labels can be right at once.",
        judge=judge_choice("b2", _BELIEFS),
        answers=("choice",),
    ),
    Exercise(
        number="2.8",
        title="A test that rejects five of six pulls",
        minutes=30,
        hints=(
            "A law, such as that they add up to 0, lets many wrong ones pass. What can you measure?",
            "Nudge one logit both ways, compute the mean E yourself, and compare with the pull.",
            "On which examples do a sum and a mean, or a soft and a hard target, differ?",
        ),
        solution='''def accepts(pull_fn):
    """Return True for a right pull_on_logits, as in exercise 2.3, and False for a wrong one."""
    r = np.array([[0.2, 0.5, 0.3], [0.6, 0.0, 0.4]])
    z_hat = np.array([[1.0, -0.5, 0.3], [0.2, 2.0, -1.0]])

    def E(t):
        return -(r * (t - np.log(np.exp(t).sum(axis=1, keepdims=True)))).sum() / len(t)

    measured = np.zeros_like(z_hat)
    for place in np.ndindex(z_hat.shape):
        nudge = np.zeros_like(z_hat)
        nudge[place] = 1e-5
        measured[place] = (E(z_hat - nudge) - E(z_hat + nudge)) / 2e-5
    return np.allclose(pull_fn(r, z_hat), measured, atol=1e-6)''',
        reasons="A measured slope knows nothing of anybody's derivation, so no slip can be in both.\n"
        "A batch shows a missing 1/B and a shared pot, a soft target shows a hardened one.",
        notice="You have written a gradient check. It is worth what it is tried on: on one example with a "
        "hard target it lets three of the five pass.",
        judge=judge_predicate(_PULLS, _MISSES, "right"),
    ),
)
