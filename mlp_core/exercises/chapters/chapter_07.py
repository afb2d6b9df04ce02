"""The exercises of chapter 07, what can go wrong."""

import numpy as np

from ..claims import judge_claim
from ..derivations_asked import judge_derivation
from ..exercise import Exercise
from ..judges import judge_choice
from ..judges_that_train import judge_loop, judge_way_back
from ..slips_known.first_errors import FIRST_E, MORE_INK
from ..slips_known.training_loop import LOOP, PLANS

_LOG_Z = r"\frac{\partial \log z_i}{\partial x_m}"
_SLOPE = r"\frac{{\partial \hat z_{0}}}{{\partial x_m}}".format
_AVERAGE = r"\sum_k z_k " + _SLOPE("k")
_HABITS = {
    r"\sum_k z_i (\delta_{ik} - z_k) " + _SLOPE("k"): "That is the slope of z_i. Its logarithm's lacks the "
    "factor z_i (1.18).",
    r"\sum_k (\delta_{ik} - z_i) " + _SLOPE("k"): "Whose share is the price, where logit k is moved? Look at "
    "(1.18) once more.",
    r"\sum_k (1 - z_k) " + _SLOPE("k"): "The delta is gone: logit k raises itself in full, and no other one.",
    r"\sum_k (z_k - \delta_{ik}) " + _SLOPE("k"): "That is the slope of -log z_i.",
    rf"{_SLOPE('i')} - \frac{{1}}{{K}} \sum_k {_SLOPE('k')}": "All classes count alike in your average. A "
    "class that holds nothing has nothing to lose: each counts with its z.",
    rf"(1 - z_i) {_SLOPE('i')}": "Only the class's own logit is moved. Which others hear of the pixel?",
    _SLOPE("i"): "That is what the logit does. To be surer, it must outrun the others.",
    rf"{_SLOPE('i')} + {_AVERAGE}": "A sign: what the classes hold is taken off.",
    "0": "These slopes add up to 0. And how far does each logit move with the pixel?",
}
_END = _SLOPE("i") + r" - \sum"

EXERCISES = (
    Exercise(
        number="7.1",
        title="What E should be, and what it cannot be",
        minutes=5,
        stub="first = ...  # E at the start, nothing wrong\n"
        "over_batch = ...  # E at the start, softmax over the batch\n"
        "lowest = ...  # what E with softmax twice cannot get below",
        hints=(
            "Who shares the 1 at the start, and how many are they (7.1)?",
            "At best the first softmax gives one class 1 and the others 0. What does a second make of "
            "that row?",
        ),
        solution="first = np.log(26)\nover_batch = np.log(64)\nlowest = -np.log(np.e / (np.e + 25))",
        reasons="Where nothing is known, all that share a 1 get as much: 26 classes, or 64 examples (7.1).\n"
        "A second softmax is given at best one 1 and 25 zeros, and e stands against 25 times 1.",
        notice="In batches of 26 the first two would be one number, and only the sums of the rows could "
        "tell. "
        "No gradient check complains of either fault: it compares the pull with the slope of the same "
        "wrong E.",
        derivation=FIRST_E,
        example={"z_hat": np.zeros((64, 26))},  # at the start all logits are about alike
        answers=("first", "over_batch", "lowest"),
    ),
    Exercise(
        number="7.2",
        title="More ink, and less sure",
        minutes=5,
        stub="surer = ...  # the slope of z_1 with the ink\n"
        "pull_1 = ...  # the pull on the ink, if class 1 is right\n"
        "pull_2 = ...  # the pull on the ink, if class 2 is right",
        hints=(
            "Each class says how much it lacks, times its own slope (7.3).",
            "The slope of z_1 is z_1 times what the slope of its logit exceeds the average slope by (1.13).",
        ),
        solution="z, slopes = np.array([0.6, 0.3, 0.1]), np.array([3, 6, -2])\n"
        "pull_1 = (np.array([1, 0, 0]) - z) @ slopes\n"
        "pull_2 = (np.array([0, 1, 0]) - z) @ slopes\nsurer = z[0] * pull_1",
        reasons="The pull adds up r - z times the slopes (7.3), and that is one slope minus the average.\n"
        "z_1 moves by z_1 times the same difference (1.13).",
        notice="The logit of class 1 rises with the ink, and yet class 1 loses: that of class 2 rises "
        "faster.",
        derivation=MORE_INK,
        example={"z": np.array([[0.6, 0.3, 0.1]]), "s": np.array([3.0, 6.0, -2.0])},
        answers=("surer", "pull_1", "pull_2"),
    ),
    Exercise(
        number="7.3",
        title="A log that is not on the wall",
        minutes=5,
        stub='choice = "..."  # a letter and a number',
        hints=("What can be learned by heart if a picture comes with another label whenever it comes?",),
        solution='choice = "c2"',
        reasons="Labels that are dealt once are at least always the same, so 32 of them can be learned "
        "by heart.\n"
        "Labels that are dealt anew cannot, and the best that is left is to give all classes the same.",
        notice="It happens: `x` and `r` are shuffled by two calls of one generator. No check of a gradient "
        "can see it.",
        judge=judge_choice(
            "c2",
            {
                "a": "That is what a flat E suggests first. Which row of the table on the wall tests a "
                "rate, and "
                "what did that test say here?",
                "b": "So it looks, but for one line of the log. Section 2 shuffled the labels in this way: "
                "what could its network still do?",
                "d": "Then the first E would be log 10 to the last decimal, and all units would be shut. Are "
                "they?",
                "1": "The check passes for seven of the nine faults of section 2, among them some that "
                "no rate "
                "mends. It compares a pull with its own E, whatever that is.",
                "3": "Open gates let pulls through. They do not know whether the pulls are worth anything.",
                "4": "Near log 10 begins every network that knows nothing, the right one too. What counts is "
                "how it goes on.",
            },
        ),
        answers=("choice",),
    ),
    Exercise(
        number="7.4",
        title="What makes it surer",
        minutes=15,
        stub='lines = r"..."  # \\frac{\\partial \\log z_i}{\\partial x_m} = ... = ... = ... \\quad m \\ge 1',
        hints=(
            "Which numbers stand between a pixel and log z_i? All logits: multiply along, add across.",
            "The slopes of log z are (1.18). Put them in, and take the sum apart.",
        ),
        solution=f'lines = (\n    r"{_LOG_Z}"\n'
        r'    r" = \sum_k \frac{\partial \log z_i}{\partial \hat z_k} ' + _SLOPE("k") + '"\n'
        r'    r" = \sum_k (\delta_{ik} - z_k) ' + _SLOPE("k") + '"\n'
        rf'    r" = {_SLOPE("i")} - {_AVERAGE} \quad m \ge 1"' + "\n)",
        reasons="The chain rule leads over all logits, and (1.18) says how log z_i moves with each.\n"
        "The delta picks the class's own slope, and what is left is the average, each class counting "
        "with its z.",
        notice="If class i is right, this is the pull on the pixel (7.3), for -E is log z_i. The map is "
        "pale where "
        "z_i is nearly 1, because the average slope is then nearly its own; and if one runner-up holds "
        "nearly "
        "all of the rest, what is left is its slope's difference from the winner's, times what it holds.",
        judge=judge_derivation(
            _LOG_Z,
            (_END,),
            4,
            habits=_HABITS,
            lacking={
                _END: f"Let the delta pick, and end with `{_END} ...`: the class's own slope, minus ..."
            },
        ),
        answers=("lines",),
    ),
    Exercise(
        number="7.5",
        title="Back from the dead",
        minutes=15,
        stub='choice = "..."  # a letter and a number',
        hints=(
            "Follow one pull on its way back to V. What does each of the four do to it at the gate (5.4)?",
        ),
        solution='choice = "b1"',
        reasons="A shut ReLU multiplies the pull by 0, at any rate and for ever, however near it is to "
        "opening.\n"
        "The other three have a slope: a tenth, one that is small and not 0, or that of open units (3 opens "
        "more than half).",
        notice="A tanh network from the beginning, such as section 1's, would not have saved you from the "
        "rate of 2: it does not die, it saturates, and then reads fewer than half of the digits.",
        judge=judge_choice(
            "b1",
            {
                "a": "You mend the cause, and expect the effect to go. What does a lower rate multiply, in a "
                "network whose units are all shut?",
                "c": "You trust the mended shape alone. Does a tanh unit, or one whose bias was raised, "
                "have a "
                "slope where it stands?",
                "d": "You take the weights for lost. Nothing is wrong with them but that no pull "
                "arrives: for "
                "which of the four is that still so?",
                "2": "The nearest unit of `ruined` is a hair's breadth from opening, which you can measure. "
                "Does the gate know how near it is?",
                "3": "Weights that are far too large would be a saturated network's trouble. Count "
                "instead how "
                "many gates pass anything.",
                "4": "The output biases do move, in all four. How many digits can they tell apart, without a "
                "signal?",
            },
        ),
        answers=("choice",),
    ),
    Exercise(
        number="7.6",
        title="A way back without W",
        minutes=15,
        hints=(
            "The suspect of section 1 handed each unit the wishes meant for its neighbor, and W learned to "
            "make that right. How wrong may the numbers be that carry the pull back?",
            "Draw a (10, 32) of random numbers once, outside of the function, about as large as W's.",
        ),
        solution='''feedback = np.random.default_rng(1).standard_normal((10, 32)) / np.sqrt(32)


def hand_back(p, W, y):
    """Return something of the shape of y, to stand for q; it must not depend on W."""
    return (p @ feedback) * (1 - y**2)''',
        reasons="The numbers never change, so W has time to grow to look like them.\nFrom then on what is "
        "handed back leans the way of the right pull. In five starts it was never more than four digits "
        "behind. (Its "
        "finders call it feedback alignment: https://doi.org/10.1038/ncomms13276.)",
        notice="It is wrong, every check says so, and it reads. Measure the cosine as section 1 does, before "
        "training and after it: from nearly 0 it rises to well over a half, for W has come to look like your "
        "numbers.",
        judge=judge_way_back(250),
        stub="def hand_back(p, W, y):\n"
        '    """Return something of the shape of y, to stand for q; it must not depend on W."""\n    ...',
        answers=("hand_back",),
    ),
    Exercise(
        number="7.7",
        title="Every line, from an empty cell",
        minutes=30,
        hints=(
            "Set both velocities to 0 once. Then two loops: over the orders, and over the batches of each.",
            "In a batch: forward, `p = (R - z) / len(R)`, `q`, both velocities, and only then both steps.",
        ),
        solution='''def train_by_hand(x, r, V, W, orders):
    """Return (V, W) after training: ReLU, batches of 32, rate 0.1, momentum 0.9.

    Each epoch takes the rows as one of `orders` says, and its last batch may be short.
    """
    U_V, U_W = 0 * V, 0 * W
    for order in orders:
        for first in range(0, len(order), 32):
            X, R = x[order[first : first + 32]], r[order[first : first + 32]]
            ones_X = np.insert(X, 0, 1, axis=1)
            y = np.maximum(ones_X @ V.T, 0)
            ones_y = np.insert(y, 0, 1, axis=1)
            z_hat = ones_y @ W.T
            z = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
            z = z / z.sum(axis=1, keepdims=True)
            p = (R - z) / len(R)
            q = (p @ W[:, 1:]) * (y > 0)
            U_V, U_W = 0.9 * U_V + q.T @ ones_X, 0.9 * U_W + p.T @ ones_y
            V, W = V + 0.1 * U_V, W + 0.1 * U_W
    return V, W''',
        reasons="Forward (0.1) to (0.6), then the pulls (2.7), (3.8), (5.4), (5.9), and a step along "
        "both velocities.\n"
        "q is computed from W before W moves, and the velocities outlive the epoch.",
        notice="Nothing in it was imported but NumPy. Now hide one slip of section 1 in it, and give it to a "
        "friend.",
        judge=judge_loop(LOOP, PLANS),
    ),
    Exercise(
        number="7.8",
        title="A table of your own",
        minutes=30,
        stub="claim = {}  # what it rests on",
        hints=(
            "Begin with the rows: `kept = np.arange(0, len(x), 5)`, and train on the others.",
            "The baseline is section 6's loop without a hidden layer: `p.T @ np.insert(X, 0, 1, "
            "axis=1)` is all.",
            "If the baseline lies between your worst start and your best, there is one honest thing to say.",
        ),
        solution="""from mlp_core import toy, train
from mlp_core.exercises import mine

points, backward = toy("rings", n=300), mine("backward")
x, r = points.x / abs(points.x).max(axis=0), points.r
kept = np.arange(0, 300, 5)
seen = np.delete(np.arange(300), kept)
networks = []
for seed in range(5):
    (V, W), rng = MLP.initialize((2, 8, 2), "tanh", seed).weights, np.random.default_rng(seed)
    activation = MLP((V, W), "tanh").activation
    for epoch in range(60):
        for rows in rng.permutation(seen).reshape(-1, 24):
            pull_V, pull_W = backward(x[rows], r[rows], V, W, activation)
            V, W = V + pull_V, W + pull_W
    networks.append(MLP((V, W), "tanh"))
line = MLP((np.zeros((2, 3)),))
line = train(line, x[seen], r[seen], epochs=100, batch_size=24, learning_rate=0.5, progress=False).mlp
claim = {"x": x, "labels": points.labels, "kept": kept, "networks": networks, "baseline": line,
         "backward": backward, "says": "better"}""",
        reasons="The rows kept aside answer for the data, the check for the pulls, the baseline for the "
        "hidden "
        "layer,\nand the starts for luck. The claim says what all four allow, and no more.",
        notice="This can be believed, if nothing was trained on those rows or chosen by them, which no "
        "judge can "
        "see.",
        judge=judge_claim,
        answers=("claim",),
    ),
)
