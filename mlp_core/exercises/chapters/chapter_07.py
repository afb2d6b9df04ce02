"""The exercises of chapter 07, what can go wrong."""

import numpy as np

from ..chain import CHAIN, Derivation, Slip, Step
from ..claims import judge_claim
from ..exercise import Exercise
from ..judges import judge_choice, judge_derivation
from ..judges_that_train import SIZE, Plan, in_order, judge_loop, judge_way_back
from ..slips_known import CATALOGUE

# ---------------------------------------------------------------- 7.1

_SEE_FIRST = "Where all are given the same, each is given 1 divided by their number."
_SEE_SUREST = "Write down the row that the second softmax is given: one 1, and 0 for every other class."
_FIRST = (
    Step("first", "7.1", "first = np.log(K)", "the first E"),
    Step("over_batch", "7.1", "over_batch = np.log(B)", "the first E of a softmax over the batch"),
    Step("surest", "1.16", "surest = np.e / (np.e + K - 1)", "the most that a second softmax can give"),
    Step("lowest", "2.1", "lowest = -np.log(surest)", "the E that softmax twice cannot get below"),
)
_FIRST_SLIPS = (
    Slip((("first", "first = np.log(10)"),), "ten classes are counted, as with the digits", _SEE_FIRST, 3),
    Slip((("first", "first = np.log(B)"),), "the examples are counted, and not the classes", _SEE_FIRST),
    Slip((("first", "first = np.log10(K)"),), "the logarithm has base 10", "E is in nats."),
    Slip((("first", "first = np.log2(K)"),), "the logarithm has base 2", "E is in nats."),
    Slip((("first", "first = -np.log(K)"),), "the minus is lost", "E is never negative."),
    Slip((("first", "first = 1 / K"),), "the probability is given, and not its logarithm", _SEE_FIRST),
    Slip(
        (("over_batch", "over_batch = np.log(K)"),),
        "the classes still share the 1",
        "Down which axis does a softmax over the batch add up to 1?",
        3,
    ),
    Slip((("over_batch", "over_batch = np.log(32)"),), "the batch of section 2 is counted", _SEE_FIRST, 3),
    Slip(
        (("over_batch", "over_batch = np.log(B * K)"),),
        "all numbers of the batch share one 1",
        "Down which axis does a softmax over the batch add up to 1?",
    ),
    Slip((("over_batch", "over_batch = np.log10(B)"),), "the logarithm has base 10", "E is in nats."),
    Slip((("surest", "surest = np.e / (np.e + 9)"),), "nine other classes are counted", _SEE_SUREST, 3),
    Slip((("surest", "surest = np.e / (np.e + K)"),), "one class too many is counted", _SEE_SUREST, 3),
    Slip(
        (("surest", "surest = 1.0"),),
        "the second softmax can be as sure as one alone",
        "Its logits lie between 0 and 1, whatever the weights are.",
        3,
    ),
    Slip(
        (("surest", "surest = 1 / K"),),
        "the second softmax cannot tell classes apart at all",
        _SEE_SUREST,
    ),
    Slip(
        (("surest", "surest = np.e / (K - 1)"),),
        "the wanted class is left out of the pot",
        _SEE_SUREST,
    ),
    Slip((("lowest", "lowest = surest"),), "the probability is given, and not its logarithm", _SEE_SUREST),
    Slip((("lowest", "lowest = np.log(surest)"),), "the minus is lost", "E is never negative."),
)

# ---------------------------------------------------------------- 7.2

_SEE_INK = "Raise all slopes by 1: then only all logits rise alike, and neither z nor E may notice."
_INK = (
    Step("average", "7.3", "average = (z * s).sum()", "the average slope, each class counting with its z"),
    Step("surer", "1.13", "surer = z[0, 0] * (s[0] - average)", "the slope of z_1"),
    Step("pull_1", "7.3", "pull_1 = s[0] - average", "the pull on the ink where class 1 is right"),
    Step("pull_2", "7.3", "pull_2 = s[1] - average", "the pull on the ink where class 2 is right"),
)
_INK_SLIPS = (
    Slip((("average", "average = 0 * s.sum()"),), "each class speaks for its own logit alone", _SEE_INK, 3),
    Slip(
        (("average", "average = s.mean()"),),
        "all classes count alike in the average",
        "A class that holds nothing has nothing to lose.",
        3,
    ),
    Slip((("average", "average = -(z * s).sum()"),), "what the classes hold is added", _SEE_INK),
    Slip(
        (("surer", "surer = s[0] - average"),),
        "the factor in front, z_1 itself, is left out",
        "A class that holds nothing cannot win or lose much by a little ink.",
        3,
    ),
    Slip((("surer", "surer = s[0]"),), "the slope of the logit stands in place of that of z", _SEE_INK, 3),
    Slip(
        (("surer", "surer = z[0, 0] * (1 - z[0, 0]) * s[0]"),),
        "only the class's own logit is counted",
        _SEE_INK,
        3,
    ),
    Slip((("surer", "surer = z[0, 0] * s[0]"),), "the price is left out", _SEE_INK),
    Slip(
        (("pull_1", "pull_1 = (1 - z[0, 0]) * s[0]"), ("pull_2", "pull_2 = (1 - z[0, 1]) * s[1]")),
        "only the right class's own logit is counted",
        _SEE_INK,
        3,
    ),
    Slip(
        (("pull_1", "pull_1 = average - s[0]"), ("pull_2", "pull_2 = average - s[1]")),
        "the sign is that of the slope of E",
        "The pull says what lowers E.",
        3,
    ),
    Slip(
        (
            ("pull_1", "pull_1 = z[0, 0] * (s[0] - average)"),
            ("pull_2", "pull_2 = z[0, 1] * (s[1] - average)"),
        ),
        "a factor z is too many, as in a slope of z and not of its logarithm",
        "Where a network is sure and wrong it must be pulled hardest.",
        3,
    ),
    Slip(
        (("pull_2", "pull_2 = s[0] - average"),),
        "class 1 is still taken for the right one",
        "Who is wanted now?",
    ),
)

# ---------------------------------------------------------------- 7.7

_OWN_STEPS = (
    *(step for step in CHAIN if step.name not in ("E", "dx", "J", "through", "dlog")),
    Step("U_V_new", "5.9", "U_V_new = 0.9 * U_V + dV", "the velocity of V"),
    Step("U_W_new", "3.8", "U_W_new = 0.9 * U_W + dW", "the velocity of W"),
    Step("V_new", "5.9", "V_new = V + 0.1 * U_V_new", "the step of V"),
    Step("W_new", "3.8", "W_new = W + 0.1 * U_W_new", "the step of W"),
)
_SEE_VELOCITY = "Let the same pull come three times: the steps must grow from one to the next."
_SEE_UP = "Print E before and after one step: it should fall."
_SEE_RATE = "At a rate of 0 nothing may move."
_STEP_SLIPS = (
    Slip(
        (("U_V_new", "U_V_new = dV"), ("U_W_new", "U_W_new = dW")),
        "the velocity is left out",
        _SEE_VELOCITY,
        3,
    ),
    Slip((("U_V_new", "U_V_new = dV"),), "V has no velocity", _SEE_VELOCITY),
    Slip((("U_W_new", "U_W_new = dW"),), "W has no velocity", _SEE_VELOCITY),
    Slip(
        (("U_V_new", "U_V_new = U_V + dV"), ("U_W_new", "U_W_new = U_W + dW")),
        "the old velocity is kept whole",
        _SEE_VELOCITY,
    ),
    Slip(
        (("U_V_new", "U_V_new = 0.9 * U_V + 0.1 * dV"), ("U_W_new", "U_W_new = 0.9 * U_W + 0.1 * dW")),
        "the new pull enters the velocity with a tenth",
        "Let the same pull come for ever: by how much does the velocity outgrow it?",
        3,
    ),
    Slip(
        (("U_V_new", "U_V_new = 0.9 * (U_V + dV)"), ("U_W_new", "U_W_new = 0.9 * (U_W + dW)")),
        "the new pull is damped as well",
        _SEE_VELOCITY,
    ),
    Slip(
        (("V_new", "V_new = V - 0.1 * U_V_new"), ("W_new", "W_new = W - 0.1 * U_W_new")),
        "the step has a minus",
        _SEE_UP,
        3,
    ),
    Slip((("V_new", "V_new = V - 0.1 * U_V_new"),), "the step of V has a minus", _SEE_UP),
    Slip((("W_new", "W_new = W - 0.1 * U_W_new"),), "the step of W has a minus", _SEE_UP),
    Slip(
        (("V_new", "V_new = V + U_V_new"), ("W_new", "W_new = W + U_W_new")),
        "the rate is left out",
        _SEE_RATE,
        3,
    ),
    Slip(
        (("V_new", "V_new = V + 0.1 * dV"), ("W_new", "W_new = W + 0.1 * dW")),
        "the step is taken along the pull, and not along the velocity",
        _SEE_VELOCITY,
    ),
    Slip((("V_new", "V_new = V"),), "V is never moved", "Print V before and after."),
    Slip((("W_new", "W_new = W"),), "W is never moved", "Print W before and after."),
    Slip(
        (("delta", "delta = r - z"),), "the 1/B is missing", "Hand in every example twice: a mean stays.", 3
    ),
    Slip((("delta", "delta = (z - r) / B"),), "the pull on the logits has the other sign", _SEE_UP, 3),
    Slip(
        (("delta", f"delta = (r - z) / {SIZE}"),),
        "the last, shorter batch is divided by the size of the others",
        "How many rows does the last batch have?",
        3,
    ),
    Slip(
        (("pull_y", "pull_y = delta @ (W + 0.1 * (0.9 * U_W + dW))[:, 1:]"),),
        "W has moved before it is used: the step of W comes too early",
        "Compute all pulls first, and only then take the steps.",
        3,
    ),
)


def _anew_each_epoch(n, orders):
    for of_x, of_r, first in _with_place(n, orders):
        yield of_x, of_r, first == 0


def _anew_each_batch(n, orders):
    for of_x, of_r, _ in in_order(n, orders):
        yield of_x, of_r, True


def _with_place(n, orders):
    for order in orders:
        for first in range(0, n, SIZE):
            rows = order[first : first + SIZE]
            yield rows, rows, first


def _without_the_rest(n, orders):
    return ((x, r, anew) for x, r, anew in in_order(n, orders) if len(x) == SIZE)


def _first_order_only(n, orders):
    return in_order(n, [orders[0]] * len(orders))


def _unshuffled(n, orders):
    return in_order(n, [np.arange(n)] * len(orders))


def _torn_apart(n, orders):
    plain = _unshuffled(n, orders)
    return ((x, r, anew) for (x, _, anew), (_, r, _) in zip(in_order(n, orders), plain, strict=True))


def _one_epoch(n, orders):
    return in_order(n, orders[:1])


def _first_batch_only(n, orders):
    return in_order(SIZE, orders)


_PLANS = (
    Plan(_anew_each_epoch, "the velocity begins anew in every epoch", "Where do you set it to 0?"),
    Plan(_without_the_rest, "the last, shorter batch is left out", "How many rows do you see in an epoch?"),
    Plan(_first_order_only, "every epoch takes the order of the first", "How often do you look at `orders`?"),
    Plan(_unshuffled, "the rows are taken as they stand", "What do the numbers in `orders` say?"),
    Plan(
        _torn_apart,
        "x is shuffled and r is not: each picture gets the target of another",
        "Print a row of each batch beside its target.",
    ),
    Plan(_one_epoch, "only the first epoch is taken", "Where does `return` stand?"),
    Plan(_first_batch_only, "only the first batch of each epoch is taken", "How far does your loop go?"),
    Plan(_anew_each_batch, "the velocity begins anew in every batch", "Where do you set it to 0?"),
)
_LOOP = Derivation(
    ("x", "r", "V", "W", "U_V", "U_W", "activation"),
    ("V_new", "W_new", "U_V_new", "U_W_new"),
    _OWN_STEPS,
    (*_STEP_SLIPS, *CATALOGUE),
)

# ---------------------------------------------------------------- the exercises

_LOG_Z = r"\frac{\partial \log z_i}{\partial x_m}"
_SLOPE = r"\frac{{\partial \hat z_{0}}}{{\partial x_m}}".format
_AVERAGE = r"\sum_k z_k " + _SLOPE("k")

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
        "tell.",
        derivation=Derivation(("z_hat",), ("first", "over_batch", "lowest"), _FIRST, _FIRST_SLIPS),
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
        derivation=Derivation(("z", "s"), ("surer", "pull_1", "pull_2"), _INK, _INK_SLIPS),
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
        notice="If class i is right, this is the pull on the pixel (7.3), and -E is log z_i. The map is pale "
        "where one class holds nearly all: the average slope is then nearly its own.",
        judge=judge_derivation(_LOG_Z, (_SLOPE("i") + r" - \sum",), 4),
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
        "The other three have a slope somewhere: a tenth, one that is small and not 0, or open units.",
        notice="A tanh from the beginning would not have saved you from the rate of 2: it does not die, it "
        "saturates, and then reads fewer than half of the digits.",
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
            "The suspect of section 1 handed each unit the wishes meant for its neighbor, and W learned "
            "to make "
            "that right. How wrong may the numbers be that carry the pull back?",
            "Draw a (10, 32) of random numbers once, outside of the function, about as large as W's.",
        ),
        solution='''feedback = np.random.default_rng(1).standard_normal((10, 32)) / np.sqrt(32)


def hand_back(p, W, y):
    """Return something of the shape of y, to stand for q; it must not depend on W."""
    return (p @ feedback) * (1 - y**2)''',
        reasons="The numbers never change, so W has time to grow to look like them.\n"
        "From then on what is handed back leans the way that the right pull would.",
        notice="It is wrong, every check says so, and it reads. Measure the cosine as section 1 does, before "
        "training and after it: from nearly 0 it rises to well over a half, for W has come to look like your "
        "numbers.",
        judge=judge_way_back(250),
        stub='def hand_back(p, W, y):\n    """Return something of the shape of y, to stand for q; it '
        "must not "
        'depend on W."""\n    ...',
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
        judge=judge_loop(_LOOP, _PLANS),
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
