"""The exercises of chapter 04, the activations."""

import numpy as np

from ...formulas.activations import RELU, SIGMOID, TANH, Activation
from ..chain import Derivation, Slip, Step
from ..exercise import Exercise
from ..feedback import Feedback
from ..judges import judge_choice, judge_derivation, judge_predicate
from ..judging import UNTRIED
from ..reading import as_array
from ..trials import for_scalars

_FOUR = (
    Step("sigmoid", "4.12", "sigmoid = y[:, 0] * (1 - y[:, 0])", "the gate of the sigmoid"),
    Step("tanh", "4.13", "tanh = 1 - y[:, 1] ** 2", "the gate of tanh"),
    Step("relu", "4.14", "relu = y[:, 2:] > 0", "the gates of the two ReLUs"),
    Step("q", "4.10", "q = pull_y * np.c_[sigmoid, tanh, relu]", "the pull on y_hat"),
)
_SEE_GATE = (
    "Take the sum that this output comes from, move it by 0.001, and see by how much the output moves."
)
_SEE_THROUGH = "A gate at 1 hands the pull on as it came, and a gate at 0 hands on nothing."
_AT_Y = "1 / (1 + np.exp(-y[:, 0]))"


_SEE_SQUARE = "No square is negative, and neither is any gate of tanh."
_SEE_RELU = "How steep is a ReLU where it puts out 2.5, and how steep where it puts out 0?"
_AT_Y = "1 / (1 + np.exp(-y[:, 0]))"
_AT_OUTPUT = f"{_AT_Y} * (1 - {_AT_Y})"


def _of_a_gate(step, expression, says, common=2, see=_SEE_GATE):
    return Slip(((step, f"{step} = {expression}"),), says, see, common)


_FOUR_SLIPS = (
    _of_a_gate("sigmoid", _AT_OUTPUT, "the sigmoid's slope is taken at the output, the slip of section 6", 3),
    _of_a_gate("sigmoid", "y[:, 0]", "the sigmoid's gate is taken to be its output"),
    _of_a_gate("sigmoid", "1 - y[:, 0]", "the sigmoid's gate is 1 - y, and the factor y is missing"),
    _of_a_gate("sigmoid", "1 - y[:, 0] ** 2", "the sigmoid gets the gate of tanh", 3),
    _of_a_gate(
        "tanh", "1 - np.tanh(y[:, 1]) ** 2", "tanh's slope is taken at the output, the slip of section 6", 3
    ),
    _of_a_gate("tanh", "y[:, 1] * (1 - y[:, 1])", "tanh gets the gate of the sigmoid", 3),
    _of_a_gate("tanh", "1 + y[:, 1] ** 2", "the square of the negative output is negative", 3, _SEE_SQUARE),
    _of_a_gate("tanh", "y[:, 1] ** 2 - 1", "the gate of tanh is turned round, to y² - 1", 2, _SEE_SQUARE),
    _of_a_gate("tanh", "1 - y[:, 1]", "tanh's gate is 1 - y, and the output is not squared"),
    _of_a_gate("tanh", "y[:, 1] ** 2", "tanh's gate is y², and not what that lacks to 1"),
    _of_a_gate("relu", "y[:, 2:]", "the ReLUs' signals stand in place of their gates", 3, _SEE_RELU),
    _of_a_gate("relu", "np.ones_like(y[:, 2:])", "the shut ReLU lets the pull through", 3, _SEE_RELU),
    _of_a_gate("relu", "y[:, 2:] <= 0", "the ReLUs' gates are exchanged: the shut one is open", 1, _SEE_RELU),
    _of_a_gate(
        "relu",
        "(y[:, 2:] > 0) & (pull_y[:, 2:] > 0)",
        "a ReLU is taken of the pull too, and shuts out one that is negative",
        3,
        "The gate is a matter of the way forward: what has the pull to do with the slope?",
    ),
    Slip(
        (
            ("sigmoid", f"sigmoid = {_AT_OUTPUT}"),
            ("tanh", "tanh = 1 - np.tanh(y[:, 1]) ** 2"),
        ),
        "the slopes are taken at the outputs, the slip of section 6",
        _SEE_GATE,
        3,
    ),
    Slip((("q", "q = pull_y"),), "no gate is passed", _SEE_THROUGH),
    Slip((("q", "q = np.c_[sigmoid, tanh, relu]"),), "these are the gates, without the pulls", _SEE_THROUGH),
    Slip(
        (("q", "q = np.abs(pull_y) * np.c_[sigmoid, tanh, relu]"),), "the pulls' signs are lost", _SEE_THROUGH
    ),
    Slip((("q", "q = pull_y * y"),), "the pulls are multiplied with the signals", _SEE_THROUGH),
    Slip((("q", "q = pull_y + np.c_[sigmoid, tanh, relu]"),), "pulls and gates are added", _SEE_THROUGH, 1),
)

_HELD = (
    Step("q", "4.10", "q = pull_y * gate", "the pull on y_hat"),
    Step("dV", "3.6", "dV = q.T * np.c_[np.ones(H), x]", "pull times signal"),
)
_SEE_BIAS = "What is the signal at the tail of a bias, whatever the inputs are?"
_SEE_LOCKS = (
    "Take one unit by itself: what arrives at its output, what its gate leaves of that, then each signal."
)
_HELD_SLIPS = (
    Slip(
        (("dV", "dV = q.T * np.c_[np.zeros(H), x]"),),
        "a bias counts as a weight without a signal",
        _SEE_BIAS,
        3,
    ),
    Slip(
        (("dV", "dV = q.T * np.c_[x.any(axis=1), x]"),),
        "the bias of the unit whose inputs are silent is taken to be silent too",
        _SEE_BIAS,
        3,
    ),
    Slip(
        (("dV", "dV = q.T * np.c_[x, np.ones(H)]"),), "the bias stands last, and not in front", _SEE_BIAS, 3
    ),
    Slip((("dV", "dV = np.c_[pull_y.T, q.T * x]"),), "the bias is pulled past the gate", _SEE_LOCKS),
    Slip((("dV", "dV = q.T + np.c_[np.zeros(H), x]"),), "pull and signal are added", _SEE_LOCKS, 1),
    Slip((("dV", "dV = q.T * np.ones((H, 3))"),), "no weight is asked for its signal", _SEE_LOCKS),
    Slip(
        (("dV", "dV = q.T * np.c_[np.ones(H), x > 0]"),), "the sizes of the signals are lost", _SEE_LOCKS, 1
    ),
    Slip(
        (("dV", "dV = q.T * np.where(x.any(axis=1, keepdims=True), np.c_[np.ones(H), x], 1)"),),
        "the silent inputs are passed over, and their weights pulled as the bias is",
        _SEE_LOCKS,
    ),
    Slip(
        (("q", "q = np.where(pull_y == 0, gate, pull_y * gate)"),),
        "the first unit is pulled by its open gate, though no wish arrives",
        _SEE_LOCKS,
    ),
    Slip((("q", "q = pull_y"),), "the gates are left out", _SEE_LOCKS, 3),
    Slip((("q", "q = gate"),), "the gates stand in place of the pulls", _SEE_LOCKS),
    Slip((("q", "q = pull_y + gate"),), "pull and gate are added", _SEE_LOCKS, 1),
    Slip(
        (("q", "q = pull_y * np.where(gate > 0.1, gate, 0)"),),
        "the gate that is nearly shut is taken to be shut",
        _SEE_LOCKS,
    ),
)

_LONG = (
    Step("longer", "4.3", "longer = np.exp(far - near)", "the ratio of the two counts"),
    Step("height", "4.3", "height = np.log(pull * steps)", "the place from which it takes a million steps"),
)
_SEE_LONGER = "Every step lowers exp(y_hat) by about the same amount: how high is it at 10, and at 12?"
_SEE_HEIGHT = "Put 5,617 in place of the million: the answer must be about 10."
_LONG_SLIPS = (
    Slip((("longer", "longer = far / near"),), "the steps are taken to grow as the distance", _SEE_LONGER, 3),
    Slip((("longer", "longer = far - near"),), "the factor is taken to be the distance", _SEE_LONGER),
    Slip((("longer", "longer = (far / near) ** 2"),), "they grow as the distance squared", _SEE_LONGER),
    Slip((("longer", "longer = 2 ** (far - near)"),), "each 1 further out doubles the time", _SEE_LONGER),
    Slip((("longer", "longer = np.exp(near - far)"),), "the two starts are exchanged", _SEE_LONGER),
    Slip(
        (("longer", "longer = np.exp(far) / pull"),),
        "the number of steps stands there, and not how many times as many",
        _SEE_LONGER,
        3,
    ),
    Slip(
        (("longer", "longer = (np.exp(far) - np.exp(near)) / pull"),),
        "the number of further steps stands there",
        _SEE_LONGER,
    ),
    Slip(
        (("longer", "longer = pull * (far - near)"),),
        "the gate is taken to be the same all the way",
        _SEE_LONGER,
    ),
    Slip((("height", "height = np.log(steps)"),), "the pull of 3.93 is left out", _SEE_HEIGHT, 3),
    Slip((("height", "height = np.log(steps / pull)"),), "one divides by the pull", _SEE_HEIGHT, 3),
    Slip((("height", "height = np.log10(pull * steps)"),), "the logarithm has base 10", _SEE_HEIGHT),
    Slip((("height", "height = np.log2(pull * steps)"),), "the logarithm has base 2", _SEE_HEIGHT),
    Slip(
        (("height", "height = near * steps / (np.exp(near) / pull)"),),
        "the distance is taken to grow as the steps",
        _SEE_HEIGHT,
    ),
)

_S = "1 / (1 + np.exp(-y_hat))"
_S_AT_Y = "1 / (1 + np.exp(-s * y_hat))"
_SWISH = (
    Step("s", "4.1", f"s = {_S}", "the sigmoid"),
    Step("gate", "4.3", "gate = s + y_hat * s * (1 - s)", "the slope of swish"),
    Step("q", "4.10", "q = pull_y * gate", "the pull on y_hat"),
)
_SEE_SWISH = "Swish is a product of two factors, and both move with y_hat: measure its slope at 0, then at 2."
_SWISH_SLIPS = (
    Slip((("gate", "gate = s"),), "only the factor in front is moved, and the sigmoid held", _SEE_SWISH, 3),
    Slip(
        (("gate", "gate = y_hat * s * (1 - s)"),),
        "only the sigmoid is moved, and the factor in front held",
        _SEE_SWISH,
        3,
    ),
    Slip(
        (("gate", "gate = s * (1 - s)"),),
        "the two slopes are multiplied: this is the sigmoid's own gate",
        _SEE_SWISH,
        3,
    ),
    Slip((("gate", "gate = s + s * (1 - s)"),), "the factor in front is lost in the second term", _SEE_SWISH),
    Slip((("gate", "gate = s + y_hat * s"),), "the slope of the sigmoid lacks its 1 - s", _SEE_SWISH),
    Slip((("gate", "gate = s + y_hat * (1 - s)"),), "the slope of the sigmoid lacks its s", _SEE_SWISH),
    Slip(
        (("gate", "gate = s + y_hat * s * (1 - s * y_hat)"),),
        "in the sigmoid's slope the output of swish stands for that of the sigmoid",
        _SEE_SWISH,
    ),
    Slip((("gate", "gate = s - y_hat * s * (1 - s)"),), "the two terms are subtracted", _SEE_SWISH, 1),
    Slip((("gate", "gate = s * y_hat"),), "the signal stands in place of the gate", _SEE_SWISH),
    Slip(
        (("gate", "gate = s * y_hat * (1 - s * y_hat)"),),
        "the sigmoid's gate is taken from the output of swish: y(1 - y)",
        _SEE_SWISH,
    ),
    Slip(
        (("gate", f"gate = {_S_AT_Y} + s * y_hat * {_S_AT_Y} * (1 - {_S_AT_Y})"),),
        "the gate is taken at the output: the slip of section 6",
        _SEE_SWISH,
        3,
    ),
    Slip((("s", "s = 1 / (1 + np.exp(y_hat))"),), "the minus of the exponent is lost", _SEE_SWISH),
    Slip((("s", "s = np.tanh(y_hat)"),), "tanh stands in place of the sigmoid", _SEE_SWISH, 1),
    Slip((("q", "q = gate"),), "this is the gate, without the pull", _SEE_THROUGH),
    Slip((("q", "q = pull_y * np.maximum(gate, 0)"),), "a negative gate is taken to be shut", _SEE_SWISH),
    Slip((("q", "q = pull_y * np.clip(gate, 0, 1)"),), "the gate is held between 0 and 1", _SEE_SWISH),
    Slip((("q", "q = pull_y + gate"),), "pull and gate are added", _SEE_THROUGH, 1),
    Slip((("q", "q = pull_y / gate"),), "one divides by the gate", _SEE_THROUGH, 1),
)


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
    "tanh": "A right tanh is rejected: allow for the last digits, which rounding spoils.",
    "ReLU": "The book's ReLU is rejected. Do you measure on its corner, where there is no slope (section 4)?",
    "softplus": "A right softplus, log(1 + e^t), is rejected: allow for what a nudge loses to rounding.",
    "swish": "A right bend is rejected whose slope does not stay between 0 and 1. Must a slope do that?",
    "at the output": "The slip of section 6 is accepted: a slope that was taken at the output.",
    "x(1 - x)": "`x * (1 - x)` of the sum is accepted. What would the slope be at 10?",
    "all open": "A ReLU whose gate is `y >= 0` is accepted: as its output is never negative, all its gates "
    "are open. As long as every sum is positive nobody notices.",
    "one sign": "A tanh is accepted whose gates are wide open on one whole side: try sums of both signs.",
    "overflow": "A sigmoid that gives NaN a thousand out is accepted: try 1000.",
}

_NOT_NUMBERS = "Hand in two lists of numbers, `outputs` and `pulls`, one of each for each example."
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


def _judge_turned(exercise, answers, attempt):
    """Return what is said of a batch in which the slip of section 6 should pull the bias the other way."""
    if len(answers) != 2 or any(answer is None or answer is ... for answer in answers):
        return Feedback(exercise.number, "unattempted", UNTRIED)
    y, pulls = (None if answer is None else as_array(answer) for answer in answers)
    if y is None or pulls is None or y.ndim != 1 or y.shape != pulls.shape or not y.size:
        return Feedback(exercise.number, "error", _NOT_NUMBERS)
    impossible = y[~((y > 0) & (y < 1))]
    if impossible.size:
        said = _NO_OUTPUT.format(", ".join(f"{value:g}" for value in impossible))
        return Feedback(exercise.number, "wrong", said, ("no output of a sigmoid",))
    right = (pulls * y * (1 - y)).mean()
    slipped = (pulls * SIGMOID.derivative(y)).mean()
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
        derivation=Derivation(("y", "pull_y"), ("q",), _FOUR, _FOUR_SLIPS),
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
        "At the corner the leaky one may have any slope from a to 1; for the same reason, lines below the "
        "curve.",
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
        "pulls = ...  # three rows: the bias, then the two weights",
        hints=(
            "First what comes through the gate (4.10), then pull times signal (3.6).",
            "A bias has a signal too.",
        ),
        solution="pulls = [[0, 0, 0], [0.1, 0.1, 0.2], [0.6, 0, 0]]",
        reasons="The pulls on the sums are 0, 5 times 0.02 and 3 times 0.2 (4.10).\n"
        "Each is multiplied with 1 for the bias, and with the two inputs (3.6).",
        notice="The first is held by the weights above it: no wish arrives, however open its gate. The "
        "second is held by its gate, which makes 0.1 of the strongest wish of the three. The third is held "
        "by neither, so its bias moves; but its inputs are silent, and a silent signal teaches its weights "
        "nothing.",
        derivation=Derivation(("x", "pull_y", "gate"), ("dV",), _HELD, _HELD_SLIPS),
        example={
            "x": np.array([[1.0, 2.0], [1.0, 2.0], [0.0, 0.0]]),
            "pull_y": np.array([[0.0, 5.0, 3.0]]),
            "gate": np.array([[1.0, 0.02, 0.2]]),
        },
        answers=("pulls",),
    ),
    Exercise(
        number="4.4",
        title="A pull that is turned round",
        minutes=15,
        stub="outputs = ...  # of the unit, one for each example\npulls = ...  # on these outputs",
        hints=(
            "The pull on a bias is the mean of the pulls on its sum. No gate is negative, so the pulls must "
            "differ in sign: one up, one down.",
            "By the right gates the one should win, by the wrong gates the other: so the gates must differ "
            "much in their ratio. Where is the right gate almost shut, and what does the slip say there?",
        ),
        solution="outputs = [0.98, 0.1]\npulls = [3, -2]",
        reasons="The right gates are 0.0196 and 0.09, so the second example wins, and the bias goes down.\n"
        "The slip has 0.198 and 0.249, nearly alike, so the first one wins with its stronger wish.",
        notice="Each example alone is pulled the right way; the batch is not. A wrong slope is no longer a "
        "matter of speed alone.",
        judge=_judge_turned,
        answers=("outputs", "pulls"),
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
        derivation=Derivation(("near", "far", "pull", "steps"), ("longer", "height"), _LONG, _LONG_SLIPS),
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
        judge=judge_derivation(r"\tanh'(t)", (r"\operatorname{sigmoid}", r"1 - \tanh(t)^2"), 4),
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
        derivation=Derivation(("pull_y", "y_hat"), ("q",), _SWISH, _SWISH_SLIPS),
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
        notice="Of the nine bends four were right and five wrong. A test is worth what it rejects, and what "
        "it lets live: swish would not have passed one that asks for a slope between 0 and 1.",
        judge=judge_predicate(BENDS, MISSES),
    ),
)
