"""The exercises of chapter 04, the activations."""

import numpy as np

from ...formulas.activations import RELU, SIGMOID, TANH, Activation
from ..derivations_asked import judge_derivation
from ..exercise import Exercise
from ..feedback import Feedback
from ..judges import judge_choice, judge_predicate
from ..judging import UNTRIED
from ..reading import as_array
from ..slips_known.gates import FOUR_UNITS, FROM_FAR_OUT, SWISH, THREE_HELD
from ..trials import for_scalars


def _swish(t):
    return t * SIGMOID(t)


def _swish_slope(t):
    return SIGMOID(t) + t * SIGMOID.derivative(t)


def _softplus(t):
    return np.logaddexp(0, t)


def _typed_in(t):
    return np.exp(t) / (1 + np.exp(t))


BENDS = {
    "tanh": (TANH, True),
    "ReLU": (RELU, True),
    "softplus": (Activation("softplus", _softplus, SIGMOID), True),
    "swish": (Activation("swish", _swish, _swish_slope), True),
    "at the output": (Activation("a", SIGMOID, lambda t: SIGMOID.derivative(SIGMOID(t))), False),
    "x(1 - x)": (Activation("b", SIGMOID, lambda t: t * (1 - t)), False),
    "all open": (Activation("c", RELU, lambda t: np.where(RELU(t) >= 0, 1.0, 0.0)), False),
    "one sign": (Activation("d", TANH, lambda t: 1 - np.tanh(np.maximum(t, 0)) ** 2), False),
    "overflow": (Activation("e", _typed_in, lambda t: _typed_in(t) * (1 - _typed_in(t))), False),
}
BENDS = {name: (for_scalars(bend), is_right) for name, (bend, is_right) in BENDS.items()}
MISSES = {
    "tanh": "A right tanh is rejected. Print what you compare: are the last digits allowed to differ, is the "
    "nudge neither too large nor too small, and how far apart are the two places that it leads to?",
    "ReLU": "The book's ReLU is rejected. Do you measure on its corner, where there is no slope (section 4)?",
    "softplus": "A right softplus, log(1 + e^t), is rejected: a thousand out a nudge loses more to rounding.",
    "swish": "A right bend is rejected whose slope does not stay between 0 and 1. Must a slope do that?",
    "at the output": "The slip of section 6 is accepted: a slope that was taken at the output.",
    "x(1 - x)": "`x * (1 - x)` of the sum is accepted. What would the slope be at 10?",
    "all open": "A ReLU whose gate is `y >= 0` is accepted: as its output is never negative, all its gates "
    "are open. As long as every sum is positive nobody notices.",
    "one sign": "A tanh is accepted whose gates are wide open on one whole side: try sums of both signs.",
    "overflow": "A sigmoid that gives NaN a thousand out is accepted: try 1000.",
}

_NOT_NUMBERS = "Hand in two lists of numbers, `outputs` and `on_outputs`, one of each for each example."
_NO_OUTPUT = (
    "A sigmoid puts out what lies between 0 and 1, and never one of these: {}. Were outputs meant, or sums?"
)
_ONE_EXAMPLE = (
    "That is one example. Alone it cannot turn: no gate is negative, neither a right nor a wrong one."
)
_ONE_SIGN = (
    "None of the pulls has the other sign, and neither kind of gate is negative: so nothing can turn. "
)
_ONE_OUTPUT = (
    "The outputs are all alike, so the right gates are, and the wrong ones: in which case could they differ?"
)
_THE_GATES = (
    "Print both gates, `y * (1 - y)` and `SIGMOID.derivative(y)`, for outputs between 0 and 1: where are "
    "the right ones far apart, and the wrong ones not?"
)


_SIGMOID_SLOPE = r"\operatorname{{sigmoid}}({0})(1 - \operatorname{{sigmoid}}({0}))"
_AT_2T = _SIGMOID_SLOPE.format("2t")
_TWO_FACTORS = (
    "But (4.5) has two factors 2, one in front and one inside: what does the chain rule make of each?"
)
_ELSEWHERE = "The slope of the sigmoid is taken at t. Where on its curve is it, in (4.5)?"
_MOVED_DOWN = "The 1 that (4.5) takes off moves the curve down. Does that change how steep it is?"
_HABITS = {
    f"2{_AT_2T}": f"One factor 2 is there. {_TWO_FACTORS}",
    _AT_2T: f"This is how steep the sigmoid is at 2t. {_TWO_FACTORS}",
    f"4{_AT_2T} - 1": _MOVED_DOWN,
    f"2{_AT_2T} - 1": _MOVED_DOWN,
    f"4{_SIGMOID_SLOPE.format('t')}": _ELSEWHERE,
    f"2{_SIGMOID_SLOPE.format('t')}": _ELSEWHERE,
    r"1 + \tanh(t)^2": "A sign: multiply (1 + a)(1 - a) out once more.",
    r"1 - \tanh(2t)^2": "It is the sigmoid that is taken at 2t in (4.5), and tanh at t.",
}


def _mean(terms):
    """Return the mean, 0 where all that is left of the terms is what rounding leaves."""
    mean = terms.mean()
    return 0.0 if abs(mean) <= 1e-12 * abs(terms).max() else mean


def _judge_turned(exercise, answers, attempt):
    """Return what is said of a batch in which the slip of section 6 should pull the bias the other way."""
    if len(answers) != 2 or any(answer is None or answer is ... for answer in answers):
        return Feedback(exercise.number, "unattempted", UNTRIED)
    y, pulls = (None if answer is None else as_array(answer) for answer in answers)
    if y is None or pulls is None or y.ndim != 1 or y.shape != pulls.shape or not y.size:
        return Feedback(exercise.number, "unread", _NOT_NUMBERS)
    impossible = y[~((y > 0) & (y < 1))]
    if impossible.size:
        said = _NO_OUTPUT.format(", ".join(f"{value:g}" for value in impossible))
        return Feedback(exercise.number, "wrong", said, ("no output of a sigmoid",))
    right, slipped = _mean(pulls * y * (1 - y)), _mean(pulls * SIGMOID.derivative(y))
    both = f"By the right gates your bias is pulled by {right:.3g}, by the wrong ones by {slipped:.3g}"
    if right * slipped < 0:
        return Feedback(exercise.number, "right", f"{both}.\n{exercise.notice}")
    if y.size == 1:
        said = _ONE_EXAMPLE
    elif not (pulls > 0).any() or not (pulls < 0).any():
        said = _ONE_SIGN
    elif np.ptp(y) == 0:
        said = _ONE_OUTPUT
    else:
        said = _THE_GATES
    way = "the same way" if right * slipped > 0 else "and 0 is neither way"
    return Feedback(exercise.number, "wrong", f"{both}: {way}.\n{said}".strip(), (said,))


EXERCISES = (
    Exercise(
        number="4.1",
        title="Four units, four gates",
        minutes=5,
        stub="y = [0.9, -0.6, 2.5, 0]  # a sigmoid, a tanh, two ReLUs\npull_y = [2, -5, -2, 4]\n"
        "pulls = ...  # on the four sums",
        hints=(
            "The outputs are given, and not the sums: (4.12), (4.13), (4.14).",
            "Then each pull times its own gate (4.10).",
        ),
        solution="pull_y = np.array([2, -5, -2, 4])\n"
        "gates = np.array([0.9 * 0.1, 1 - 0.6**2, 1, 0])\n"
        "pulls = pull_y * gates",
        reasons="The gates are 0.09, 0.64, 1 and 0, all read off the outputs: that is the saving of section "
        "6.\n"
        "How large a ReLU's signal is, is nothing to its gate. It is open, or shut.",
        notice="No sum was needed. The sigmoid, nine tenths of its way up, passes on less than a tenth of "
        "what it is told; the ReLU, however loud, all of it.",
        derivation=FOUR_UNITS,
        example={"y": np.array([[0.9, -0.6, 2.5, 0.0]]), "pull_y": np.array([[2.0, -5.0, -2.0, 4.0]])},
        answers=("pulls",),
    ),
    Exercise(
        number="4.2",
        title="Which bend hides the slip, and why",
        minutes=5,
        stub='choice = "..."  # a letter and a number',
        hints=(
            "The slip puts the output where the sum should stand. When does that leave the slope as it was?",
            "Write down for each bend what its slope depends on.",
        ),
        solution='choice = "c2"',
        reasons="The leaky slope is 1 for positive sums and a for negative ones. As a is positive, the "
        "output has the sign of the sum, so the slope at the output is the slope at the sum, as in (4.14).\n"
        "At its corner any slope from a to 1 is allowed: no such line rises above the curve.",
        notice="Two bends now on which a test of the slip is worth nothing. And the dead units of section 7 "
        "are alive again with this one: they are called back, with a times the pull.",
        judge=judge_choice(
            "c2",
            {
                "a": "Near 0 tanh hardly changes what it is given, and there you are nearly right. Now take "
                "the sum 2, whose output is 0.96, and compare the slopes at the two.",
                "b": "Seen from far off a softplus looks like a ReLU. But its slope is e^t/(1 + e^t), and "
                "that is the sigmoid, which differs at every sum: compare it at the sum 0 and at the output "
                "there, log 2. (In terms of the output it is 1 - e^(-y).)",
                "d": "What was it in ReLU that hid the slip: its very form, or something that it could "
                "share with others? Look at what (4.14) needs.",
                "1": "That is true of some of them. But the slope must be the same at the output as at the "
                "sum, and an output that is not negative can belong to a sum that is: what is the slope "
                "then?",
                "3": "That speaks of units that are open. A check has shut ones as well.",
                "4": "Wide open in the middle, yes; but the sums are not all in the middle, and a check "
                "looks at every unit.",
            },
        ),
        answers=("choice",),
    ),
    Exercise(
        number="4.3",
        title="What holds them?",
        minutes=5,
        stub="pull_y, gates = [0, 5, 3], [1, 0.02, 0.2]\ninputs = [[1, 2], [1, 2], [0, 0]]\n"
        "rows = ...  # three rows: the bias, then the two weights",
        hints=(
            "First what comes through the gate (4.10), then pull times signal (3.6).",
            "A bias has a signal too.",
        ),
        solution="rows = [[0, 0, 0], [0.1, 0.1, 0.2], [0.6, 0, 0]]",
        reasons="The pulls on the sums are 0, 5 times 0.02 and 3 times 0.2 (4.10).\n"
        "Each is multiplied with 1 for the bias, and with the two inputs (3.6).",
        notice="The first is held by the weights above it: no wish arrives, however open its gate. The "
        "second is held by its gate, which makes 0.1 of the strongest wish of the three. The third is held "
        "by neither, so its bias moves; but its inputs are silent, and a silent signal teaches its weights "
        "nothing.",
        derivation=THREE_HELD,
        example={
            "x": np.array([[1.0, 2.0], [1.0, 2.0], [0.0, 0.0]]),
            "pull_y": np.array([[0.0, 5.0, 3.0]]),
            "gate": np.array([[1.0, 0.02, 0.2]]),
        },
        answers=("rows",),
    ),
    Exercise(
        number="4.4",
        title="A pull that is turned round",
        minutes=15,
        stub="outputs = ...  # of the unit, one for each example\non_outputs = ...  # the pulls on them",
        hints=(
            "The pull on a bias is the mean of the pulls on its sum. No gate is negative, so the pulls must "
            "differ in sign: one up, one down.",
            "By the right gates the one should win, by the wrong gates the other: so the gates must differ "
            "much in their ratio. Where is the right gate almost shut, and what does the slip say there?",
        ),
        solution="outputs = [0.98, 0.1]\non_outputs = [3, -2]",
        reasons="The right gates are 0.0196 and 0.09, so the second example wins, and the bias goes down.\n"
        "The slip has 0.198 and 0.249, nearly alike, so the first one wins with its stronger wish.",
        notice="Each example alone is pulled the right way; the batch is not. A wrong slope is no longer a "
        "matter of speed alone.",
        judge=_judge_turned,
        answers=("outputs", "on_outputs"),
    ),
    Exercise(
        number="4.5",
        title="How long will it sit there, further out?",
        minutes=15,
        stub="pull, near, far = 3.93, 10, 12\nlonger = ...  # how many times as long from 12 as from 10\n"
        "height = ...  # from where it takes a million steps",
        hints=(
            "A step lowers y_hat by 3.93 times the gate. By how much does it lower exp(y_hat), whose slope "
            "is itself?",
            "By about 3.93, at every step. So exp(y_hat)/3.93 steps bring it down.",
        ),
        solution="longer = np.exp(12) / np.exp(10)\nheight = np.log(3.93 * 1_000_000)",
        reasons="From y_hat down it takes about exp(y_hat)/3.93 steps, from 10 about 5,605: hardly fewer "
        "than were counted.\nThe first is a ratio of two of these, the second solves one for y_hat.",
        notice="From 20 it is 120 million steps: twice as far squares exp(10). And in a program that takes "
        "the gate as `y * (1 - y)` it is for ever from 36.7 on, 53 log 2: there y is 1 to the last of its "
        "53 binary digits, and the gate exactly 0. `SIGMOID.derivative` multiplies the sigmoids of t and of "
        "-t, by (4.2), and goes on shrinking: same formula, other digits.",
        derivation=FROM_FAR_OUT,
        example={"near": 10.0, "far": 12.0, "pull": 3.93, "steps": 1e6},
        answers=("longer", "height"),
    ),
    Exercise(
        number="4.6",
        title="The slope of tanh, from the sigmoid",
        minutes=15,
        stub='lines = r"..."  # \\tanh\'(t) = ... = 1 - \\tanh(t)^2',
        hints=(
            "By (4.5) tanh is a sigmoid, twice as fast and twice as high: which factors does its slope get?",
            "Then (4.3), at 2t. What are 2 sigmoid(2t) and 2(1 - sigmoid(2t)) in terms of tanh?",
        ),
        solution="lines = r\"\\tanh'(t) = 4 \\operatorname{sigmoid}(2t)(1 - \\operatorname{sigmoid}(2t))"
        ' = (1 + \\tanh(t))(1 - \\tanh(t)) = 1 - \\tanh(t)^2"',
        reasons="Twice as high and twice as fast: 2 times 2 times the slope (4.3) at 2t.\n"
        "By (4.5) twice the sigmoid is 1 + tanh, so twice what it lacks to 1 is 1 - tanh.",
        notice="Without a quotient rule: tanh's gate is the sigmoid's, four times as high and half as wide.",
        judge=judge_derivation(
            r"\tanh'(t)", (r"\operatorname{sigmoid}",), 4, habits=_HABITS, end=r"1 - \tanh(t)^2"
        ),
        answers=("lines",),
    ),
    Exercise(
        number="4.7",
        title="A bend of another kind",
        minutes=15,
        hints=(
            "Product rule: each factor is moved in turn, while the other is held.",
            "The slope of the sigmoid is (4.3). Then pull times gate, entry by entry (4.11).",
        ),
        solution='''def through_swish(pull_y, y_hat):
    """Return the pull on y_hat, where y = y_hat * sigmoid(y_hat); all have the shape (H,) or (B, H)."""
    s = 1 / (1 + np.exp(-y_hat))
    return pull_y * (s + y_hat * s * (1 - s))''',
        reasons="The first term moves the factor in front, the second the sigmoid (4.3).\n"
        "It is still a gate: y_j is made of y_hat_j alone (4.9).",
        notice="Print its gates for y_hat from -5 to 5: below -1.3 they are negative, and above 1.3 larger "
        "than 1. So this gate turns pulls round and strengthens them. Nor can the output tell it: swish "
        "falls before it rises, and so has one output for two sums.",
        derivation=SWISH,
    ),
    Exercise(
        number="4.8",
        title="A test that finds wrong bends",
        minutes=30,
        hints=(
            "Compare `bend.derivative` with what a nudge measures, at several sums at once.",
            "Where could a slope be wrong and yet right everywhere else? One side, the middle, a thousand "
            "out.",
            "And where must not one measure at all?",
        ),
        solution='''def accepts(bend):
    """Return True where bend.derivative(t) is the slope of bend(t), and False where it is not."""
    t, h = np.array([-1000, -3, -0.7, 0.4, 2, 1000]), 1e-5
    measured = (bend(t + h) - bend(t - h)) / (2 * h)
    return bool(np.allclose(bend.derivative(t), measured, atol=1e-6))''',
        reasons="Sums of both signs, near and far, none of them on a corner; NaN is near to nothing.\n"
        "The last digits are allowed for, but no range, for a slope need not stay between 0 and 1.",
        notice="Of the nine bends four were right: a test is worth what it rejects, and what it lets live. "
        "(4.3) "
        "and (4.4), typed in as they stand, overflow a thousand below 0, as softmax did; the package's "
        "sigmoid "
        "uses e^(-|t|), which is at most 1.",
        judge=judge_predicate(BENDS, MISSES, "tanh"),
    ),
)
