"""The exercises of chapter 00, the network."""

import numpy as np

from ...formulas.activations import RELU
from ...measured import numerical_gradient
from ...network import MLP
from ...worked_examples import R, V, W, X
from ..chain import CHAIN, Derivation, Slip, Step
from ..derivations_asked import judge_derivation
from ..edited import Edit, judge_edited
from ..exercise import Exercise
from ..feedback import Feedback
from ..judges import judge_choice
from ..judging import UNTRIED
from ..reading import as_array
from ..slips_known import CATALOGUE
from ..trials import for_scalars


def _slip(step, expression, says, see, common=2):
    return Slip(((step, f"{step} = {expression}"),), says, see, common)


# ---------------------------------------------------------------- 0.1, by pencil

_SEE_E = "E asks one question: how much did the right class get?"
_FORWARD = (
    *(step for step in CHAIN if step.name in ("x1", "y_hat", "y", "y1", "z_hat")),
    Step("e", "0.6", "e = np.exp(z_hat)", "e to the logits"),
    Step("z", "0.6", "z = e / e.sum(axis=1, keepdims=True)", "the probabilities"),
    Step("E", "0.7", "E = -(r * np.log(z)).sum()", "the error"),
)
_FORWARD_SLIPS = (
    *CATALOGUE,
    _slip("y", "y_hat", "the activation is left out", "One sum is below 0. What does ReLU make of it?", 3),
    _slip("y", "np.abs(y_hat)", "a negative sum loses its minus and is not shut", "ReLU makes it 0."),
    _slip(
        "z",
        "np.abs(z_hat) / np.abs(z_hat).sum()",
        "shares are taken of the logits themselves",
        "A logit may be negative, and a share may not.",
        3,
    ),
    _slip("E", "-((1 - r) * np.log(z)).sum()", "E is that of the wrong class", _SEE_E, 3),
    _slip("E", "-np.log(z).sum()", "the logarithms of both classes are added", _SEE_E),
    _slip("E", "1 - (r * z).sum()", "1 - z is taken, without a logarithm", _SEE_E, 3),
    _slip("E", "-(z * np.log(z)).sum()", "the target is not used", _SEE_E, 1),
    _slip("E", "(r * np.log(z)).sum()", "the minus of E is lost", "No E is below 0.", 3),
    _slip("E", "-(r * z_hat).sum()", "softmax and logarithm are left out of E", _SEE_E),
)

# ---------------------------------------------------------------- 0.2, the other class

_SEE_FACTOR = "Put the old pulls and the new ones side by side, and divide each new one by the old."


def _shares(name):
    return MLP((np.array(V), np.array(W)), name).forward(np.array([X])).z


_TURNED = (
    Step("factor", "0.8", "factor = ((1 - r - z) / (r - z))[0, 0]", "what turns an old pull into a new one"),
)
_TURNED_SLIPS = (
    _slip(
        "factor",
        "-((1 - r - z) / (r - z))[0, 0]",
        "the signs are left out, or new slopes are divided by old pulls",
        "A pull is a slope with a minus, at the old target and at the new one.",
        3,
    ),
    _slip("factor", "((r - z) / (1 - r - z))[0, 0]", "old is divided by new", _SEE_FACTOR, 3),
    _slip(
        "factor",
        "-((r - z) / (1 - r - z))[0, 0]",
        "old is divided by new, and the sign is lost",
        _SEE_FACTOR,
    ),
    _slip(
        "factor",
        "-1.0 + 0 * z[0, 0]",
        "the signs turn and the sizes stay",
        "The signs do turn. Now measure the sizes.",
        3,
    ),
    _slip("factor", "(1 - r - z)[0, 0]", "the new pull on one weight is taken, and no ratio", _SEE_FACTOR),
    _slip(
        "factor",
        "1.0 + 0 * z[0, 0]",
        "nothing has changed",
        "Print both pulls on W. If they agree, the error that you nudge still has the old target.",
    ),
    _slip("factor", "-(1 - r - z)[0, 0]", "the new slope on one weight is taken, and no ratio", _SEE_FACTOR),
    _slip("factor", "(r - z)[0, 0]", "the old pull on one weight is taken, and no ratio", _SEE_FACTOR),
    _slip(
        "factor",
        "((1 - r - relu) / (r - relu))[0, 0]",
        "the activation is ReLU",
        "From section 6 on it is the sigmoid.",
    ),
)

# ---------------------------------------------------------------- 0.4, two who know nothing

_SEE_BETS = "Write down ten errors, one for each digit that may come, and take their mean."
_BETS = (
    Step("even", "0.7", "even = np.log(K)", "the error at an even bet"),
    Step("uneven", "0.7", "uneven = -np.log(z).mean()", "the mean error over ten digits"),
)
_BETS_SLIPS = (
    _slip("even", "1 / K", "the probability is taken and not the error", "E takes a logarithm of it.", 3),
    _slip("even", "-np.log(K)", "the minus is lost", "No E is below 0.", 3),
    _slip("even", "K * np.log(K)", "the ten are added up", _SEE_BETS),
    _slip("even", "np.log(2)", "there are two classes", "Here there are ten.", 1),
    _slip("even", "0 * np.log(K)", "the error of knowing nothing is put at 0", "Which z has the error 0?"),
    _slip(
        "uneven",
        "-np.log(z.mean())",
        "the probabilities are averaged, and then the logarithm is taken",
        f"{_SEE_BETS} The logarithm of a mean is not the mean of the logarithms.",
        3,
    ),
    _slip("uneven", "-np.log(z).sum()", "the ten are added up", _SEE_BETS, 3),
    _slip("uneven", "-np.log(z[0, 0])", "a 3 comes every time", _SEE_BETS),
    _slip("uneven", "-np.log(z[0, 1])", "a 3 never comes", _SEE_BETS),
    _slip("uneven", "-np.log(z[0, :2]).mean()", "a 3 comes every other time", _SEE_BETS, 3),
    _slip(
        "uneven",
        "-(z * np.log(z)).sum()",
        "each digit counts by what was bet on it, and not by how often it comes",
        _SEE_BETS,
        3,
    ),
    _slip("uneven", "np.log(z).mean()", "the minus is lost", "No E is below 0."),
)

# ---------------------------------------------------------------- 0.5, the count

_SEE_COUNT = "Take one weight that is no bias: what is multiplied with it on the way forward, and back?"
_COUNT = (
    Step("ahead", "0.5", "ahead = H * D + K * H", "the count forward"),
    Step("back", "0.5", "back = ahead + K * H", "the count back"),
    Step("passes", "0.5", "passes = (ahead + back) / ahead", "both, in forward passes"),
)
_COUNT_SLIPS = (
    _slip(
        "ahead",
        "H * (D + 1) + K * (H + 1)",
        "the biases are counted",
        "What is a bias multiplied with? With 1, which costs nothing.",
        3,
    ),
    _slip("ahead", "H * D", "the second layer is left out", _SEE_COUNT),
    _slip("ahead", "D + H + K", "the numbers are counted and not the weights", _SEE_COUNT),
    _slip("ahead", "H * D * K", "the layers are multiplied and not added", _SEE_COUNT),
    _slip("back", "ahead", "nothing is carried on to the hidden layer", _SEE_COUNT, 3),
    _slip(
        "back",
        "2 * ahead",
        "the pull is carried on to the inputs as well",
        "Nobody can turn an input, so who would want to know its pull?",
        3,
    ),
    _slip("back", "ahead + H * D", "the pull is carried on through V and not through W", _SEE_COUNT),
    _slip("back", "K * H", "the weights' own pulls are not counted", _SEE_COUNT),
    _slip("back", "H + K", "only the pulls on the units are counted", _SEE_COUNT),
    _slip("passes", "back / ahead", "the way forward is not counted", "Both together were asked for.", 3),
    _slip("passes", "ahead + back", "multiplications are counted", "How many forward passes is it?"),
)

# ---------------------------------------------------------------- 0.7, nudging

_NUDGED = """def nudged(E, W, h):
    pull = np.zeros(W.shape)
    for k in np.ndindex(W.shape):
        up, down = W.copy(), W.copy()
        up[k] += h
        down[k] -= h
        pull[k] = -(E(up) - E(down)) / (2 * h)
    return pull
"""
_SEE_TWO = "Try an E of which you know the slope, such as `lambda W: (W**2).sum()`, whose slope is `2 * W`."
_NUDGED_EDITS = (
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


def _nudges():
    rng = np.random.default_rng(0)
    for shape in ((2, 3), (4,), (3, 1)):
        yield _coupled(rng.normal(size=shape)), rng.normal(size=shape), 1e-3


# ---------------------------------------------------------------- 0.8, as far, and lower

_LOWER = 0.4  # straight along the first pulls none is below 0.57; of all as near none is below 0.33
_TWO_X, _TWO_R = np.array([X, (1.5, -0.5)]), np.array([R, (1.0, 0.0)])
_START = (np.array(V), np.array(W))


def _error(weights):
    return MLP(weights, "sigmoid").loss(_TWO_X, _TWO_R)


def _along(pulls, rate):
    """Return the weights after one step of this rate from the beginning."""
    V, W = _START
    return V + rate * pulls[: V.size].reshape(V.shape), W + rate * pulls[V.size :].reshape(W.shape)


def _judge_move(exercise, answers, attempt):
    """Say whether moved weights are as near as the long step of section 9, and lower."""
    number = exercise.number
    if len(answers) != 2 or any(answer is None or answer is ... for answer in answers):
        return Feedback(number, "unattempted", UNTRIED)
    new = tuple(as_array(answer) for answer in answers)
    for letter, array, old in zip("VW", new, _START, strict=True):
        if array is None or array.shape != old.shape or not np.isfinite(array).all():
            said = f"The new {letter} must be an array of the shape {old.shape}, of finite numbers."
            return Feedback(number, "error", said)
    pulls = np.concatenate([-slope.ravel() for slope in numerical_gradient(_error, _START)])
    move = np.concatenate([(array - old).ravel() for array, old in zip(new, _START, strict=True)])
    share = np.linalg.norm(move) / np.linalg.norm(2 * pulls)
    E, before = _error(new), _error(_START)
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
    elif min(_error(_along(pulls, rate)) for rate in np.linspace(0, 2, 101)) > E:
        lines = ["That is lower than any place straight along the first pulls. Go on."]
    else:
        lines = ["Straight along the first pulls it gets as low. Do your pulls belong to where you stand?"]
    return Feedback(number, "wrong", "\n".join([there, *lines]))


_BEGIN = """from mlp_core import MLP, gradient_step, numerical_gradient

V = np.array([[0.5, 1, 2], [1, -1.5, -1], [-1, 2, 1]])
W = np.array([[0.5, 2, -1, 1], [-0.5, -1, 1, 1.5]])
"""

EXERCISES = (
    Exercise(
        number="0.1",
        title="Another input, by pencil",
        minutes=5,
        stub="logits = ...  # two numbers\nprobabilities = ...  # two numbers\nerror = ...  # one",
        hints=(
            "The sums come first (0.1): each row of V times (1, -1, 1). ReLU shuts what is below 0.",
            "Then W times (1, y). What e has to be raised to is the difference of the two logits.",
        ),
        solution="logits = np.array([2, -0.5])\n"
        "probabilities = np.exp(logits) / np.exp(logits).sum()\n"
        "error = -np.log(probabilities[1])",
        reasons="The sums are 1.5, 1.5 and -2, so unit 3 is shut, and W times (1, 1.5, 1.5, 0) is (2, "
        "-0.5).\n"
        "Class 1 gets e to the 2.5 times as much as class 2, and E is minus the logarithm of what is left.",
        notice="Of unit 3 the outputs hear nothing. With the input (0, 0) nothing but biases would arrive.",
        derivation=Derivation(
            ("x", "r", "V", "W", "activation"), ("z_hat", "z", "E"), _FORWARD, _FORWARD_SLIPS
        ),
        example={
            "x": np.array([[-1.0, 1.0]]),
            "r": np.array([[0.0, 1.0]]),
            "V": np.array(V),
            "W": np.array(W),
            "activation": for_scalars(RELU),
        },
        answers=("logits", "probabilities", "error"),
    ),
    Exercise(
        number="0.2",
        title="The other class is right",
        minutes=5,
        stub="factor = ...  # each new pull is this factor times the old one",
        hints=(
            "Measure as in section 7, with the target (1, 0) in the error, and turn the signs.",
            "Divide the new pulls by the old ones, entry by entry.",
        ),
        solution=_BEGIN + "\n"
        "x = np.array([2.0, -1.0])\n"
        "pull_1, pull_2 = (\n"
        '    -numerical_gradient(lambda weights: MLP(weights, "sigmoid").loss(x, target), (V, W))[1]\n'
        "    for target in (np.array([1.0, 0.0]), np.array([0.0, 1.0]))\n"
        ")\n"
        "factor = (pull_1 / pull_2)[0, 0]",
        reasons="All signs turn, in V too: what was good for class 2 is bad for class 1.\n"
        "And all sizes shrink to the same part.",
        notice="All signs turn, in V too, and all sizes shrink to the same part. Class 1 lacks 0.1313, where "
        "class 2 lacked 0.8687. Divide the one by the other. Chance? Chapter 02 will know.",
        derivation=Derivation(("r", "z", "relu"), ("factor",), _TURNED, _TURNED_SLIPS),
        example={"r": np.array([R]), "z": _shares("sigmoid"), "relu": _shares("relu")},
        answers=("factor",),
    ),
    Exercise(
        number="0.3",
        title="Two layers in one matrix",
        minutes=5,
        stub='choice = "..."  # a letter and a number',
        hints=(
            "Without a bend z_hat is column 0 of W plus the rest of W times V(1, x).",
            "Compute each M, and try it on the input (0, 1): section 4 has printed those logits.",
        ),
        solution='choice = "b4"',
        reasons="The rest of W meets V(1, x), and column 0 of W meets the constant 1, which is also what "
        "column "
        "0 of M meets.\n"
        "So M has the rows (-0.5, 5.5, 6) and (-1.5, 0.5, -1.5), and M times (1, 0, 1) is (5.5, -3), as "
        "section "
        "4 printed.",
        notice="Seventeen weights, and six do the same. What the other eleven are good for is the bend.",
        judge=judge_choice(
            "b4",
            {
                "a": "That forgets what W adds of its own. Take V = 0: what are the logits then, and what "
                "does "
                "your M say?",
                "c": "That adds a bias once for each input, weighted with the input. Try (0, 0) and then "
                "(1, 1): "
                "by how much should a bias have grown?",
                "d": "Section 4 has measured that without the bend the logits halfway are the mean of the "
                "ends. "
                "Which functions do that, whatever they are made of?",
                "1": "That takes the two constants for one. Set V = 0: the hidden units say 0, and what does "
                "W hear in front of them?",
                "2": "Add something to every column, and it counts twice where an input is 2.",
                "3": "Different weights may be the same function: double a row of V, halve the column of W "
                "that "
                "it meets, and compare the logits.",
            },
        ),
        answers=("choice",),
    ),
    Exercise(
        number="0.4",
        title="Two who know nothing",
        minutes=5,
        stub="even = ...  # E of the first\nuneven = ...  # mean E of the second",
        hints=(
            "What does the first one give to the right class, whichever it is (0.7)?",
            "The second one gives 0.55 to the right class in one case of ten, and 0.05 in nine.",
        ),
        solution="even = -np.log(0.1)\nuneven = -(np.log(0.55) + 9 * np.log(0.05)) / 10",
        reasons="The even bet pays log 10 whichever digit comes.\n"
        "The other pays little once and much nine times, and its E is the mean of the ten.",
        notice="Remember log 10: every training on digits should start near it (and on K classes near log "
        "K). "
        "An opinion without a reason costs more than none.",
        derivation=Derivation(("z",), ("even", "uneven"), _BETS, _BETS_SLIPS),
        example={"z": np.array([[0.55] + 9 * [0.05]])},
        answers=("even", "uneven"),
    ),
    Exercise(
        number="0.5",
        title="What a pass costs",
        minutes=5,
        stub="ahead = ...  # multiplications forward\n"
        "back = ...  # multiplications back\n"
        "passes = ...  # both together, in forward passes",
        hints=(
            "Forward: one for each weight that is no bias, in both layers.",
            "Back: as many again, and those of W once more.",
        ),
        solution="ahead = 128 * 144 + 10 * 128\nback = ahead + 10 * 128\npasses = (ahead + back) / ahead",
        reasons="V has 128 times 144 weights and W 10 times 128, if the biases are left out.\n"
        "On the way back those of W are used twice, for their own pulls and to carry the pull on.",
        notice="All pulls for about two forward passes. Nudging takes 39,700, which is 19,225 times as "
        "many, so "
        "that a second becomes more than five hours, if multiplications are what takes the time.",
        derivation=Derivation(("x", "V", "W"), ("ahead", "back", "passes"), _COUNT, _COUNT_SLIPS),
        example={"x": np.zeros((1, 144)), "V": np.zeros((128, 145)), "W": np.zeros((10, 129))},
        answers=("ahead", "back", "passes"),
    ),
    Exercise(
        number="0.6",
        title="The same for all",
        minutes=15,
        stub='lines = r"..."  # \\frac{e^{\\hat z_i + t}}{\\sum_l e^{\\hat z_l + t}} = ... = z_i',
        hints=(
            "What is e to a sum, in terms of e to each?",
            "Which factor do all terms of the sum below the line share?",
        ),
        solution='lines = r"\\frac{e^{\\hat z_i + t}}{\\sum_l e^{\\hat z_l + t}}'
        " = \\frac{e^{t} e^{\\hat z_i}}{\\sum_l e^{t} e^{\\hat z_l}}"
        ' = \\frac{e^{t} e^{\\hat z_i}}{e^{t} \\sum_l e^{\\hat z_l}} = z_i"',
        reasons="e to a sum is a product, and its factor with t stands in every term of the sum below.\n"
        "So it can be taken out there, and cancels (0.6).",
        notice="So softmax knows differences only, and one logit of the K is to spare.",
        judge=judge_derivation(
            r"\frac{e^{\hat z_i + t}}{\sum_l e^{\hat z_l + t}}",
            ("e^t", "= z_i"),
            4,
            habits={
                r"\frac{e^{t} + e^{\hat z_i}}{\sum_l (e^{t} + e^{\hat z_l})}": "What comes out is what e to "
                "a sum "
                "would give if it were a sum. It is a product.",
                r"e^{t} z_i": "Here t is still there. Above the line its factor stands once; and below?",
                r"z_i + t": "Here t is added to the probability. It is added to the logit, before the "
                "function.",
            },
        ),
        answers=("lines",),
    ),
    Exercise(
        number="0.7",
        title="Nudge them yourself",
        minutes=15,
        hints=(
            "`for k in np.ndindex(W.shape)` runs through all places k of W; `W[k]` is the entry there.",
            "Nudge a copy, `W.copy()`: what is nudged in W itself stays nudged.",
        ),
        solution='''def nudged(E, W, h=1e-5):
    """Return -dE/dW as measured, an array of W's shape; E(W) is a number, and W stays as it is."""
    pull = np.zeros(W.shape)
    for k in np.ndindex(W.shape):
        up, down = W.copy(), W.copy()
        up[k] += h
        down[k] -= h
        pull[k] = -(E(up) - E(down)) / (2 * h)
    return pull''',
        reasons="One weight moves to both sides while the others rest, and the pull is minus the slope "
        "(0.8).\n"
        "Each entry costs two calls of E: that is the bill of section 10.",
        notice="With this you can improve anything whose error you can compute, if you can wait.",
        judge=judge_edited(_NUDGED, _NUDGED_EDITS, tuple(_nudges())),
    ),
    Exercise(
        number="0.8",
        title="As far, and lower",
        minutes=30,
        stub="new_V = ...\nnew_W = ...",
        hints=(
            "Take a short step along the pulls, measure them again where you stand, and so on.",
            "The loop of section 7 is nearly all of it. How far may it go?",
        ),
        solution=_BEGIN + "\n"
        "X, R = np.array([[2.0, -1.0], [1.5, -0.5]]), np.array([[0.0, 1.0], [1.0, 0.0]])\n"
        "weights = (V, W)\n"
        "for step in range(25):\n"
        '    slopes = numerical_gradient(lambda theta: MLP(theta, "sigmoid").loss(X, R), weights)\n'
        "    weights, _ = gradient_step(weights, None, tuple(-s for s in slopes), learning_rate=0.7)\n"
        "new_V, new_W = weights",
        reasons="A pull is true where it was measured, so it is measured again after each short step.\n"
        "How long is short depends on E: here a rate of 0.7 still goes down.",
        notice="You looked again on the way, and the pulls had turned: steepest descent is steepest where "
        "you "
        "stand. (And it depends on what you call equally long: if each weight by itself may move so far and "
        "no further, only the signs of the pulls count.)",
        judge=_judge_move,
        answers=("new_V", "new_W"),
    ),
)
