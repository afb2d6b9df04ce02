"""The exercises of chapter 00, the network."""

import numpy as np

from ...formulas.activations import RELU
from ...network import MLP
from ...worked_examples import R, V, W, X
from ..chain import Derivation
from ..derivations_asked import judge_derivation
from ..edited import judge_edited
from ..exercise import Exercise
from ..judges import judge_choice
from ..nudging import NUDGED, NUDGED_EDITS, judge_move, nudges
from ..slips_known.network import (
    BETS,
    BETS_SLIPS,
    COUNT,
    COUNT_SLIPS,
    PENCIL,
    PENCIL_SLIPS,
    TURNED,
    TURNED_SLIPS,
)
from ..trials import for_scalars


def _shares(name):
    return MLP((np.array(V), np.array(W)), name).forward(np.array([X])).z


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
        derivation=Derivation(("x", "r", "V", "W", "activation"), ("z_hat", "z", "E"), PENCIL, PENCIL_SLIPS),
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
        derivation=Derivation(("r", "z", "relu"), ("factor",), TURNED, TURNED_SLIPS),
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
        derivation=Derivation(("z",), ("even", "uneven"), BETS, BETS_SLIPS),
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
        derivation=Derivation(("x", "V", "W"), ("ahead", "back", "passes"), COUNT, COUNT_SLIPS),
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
            ("e^t",),
            4,
            end="z_i",
            habits={
                r"\frac{e^{t} + e^{\hat z_i}}{\sum_l (e^{t} + e^{\hat z_l})}": "What comes out is what e to "
                "a sum "
                "would give if it were a sum. It is a product.",
                r"\frac{e^{t} e^{\hat z_i}}{e^{t} + \sum_l e^{\hat z_l}}": "In which terms of the sum does e "
                "to t stand? Below the line it is a factor of each.",
                r"\frac{e^{t \hat z_i}}{\sum_l e^{t \hat z_l}}": "e to a product. And to a sum?",
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
        judge=judge_edited(NUDGED, NUDGED_EDITS, tuple(nudges())),
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
        judge=judge_move,
        answers=("new_V", "new_W"),
    ),
)
