"""The exercises of chapter 06, training on digits."""

import numpy as np

from ..chain import Derivation
from ..derivations_asked import judge_derivation
from ..epochs import EPOCHS, MISSES
from ..exercise import Exercise
from ..judges import judge_choice, judge_own_run, judge_predicate
from ..slips_known import CATALOGUE
from ..slips_known.silenced import WORTH, WORTH_SLIPS
from ..slips_known.training import MOMENTUM, MOMENTUM_SLIPS, SHUT, SHUT_SLIPS
from ..training_runs import LUCK, LUCK_SLIPS, NARROW, NARROW_SLIPS, luck, narrow

_COMMON = tuple(slip for slip in CATALOGUE if slip.common > 1)

_MAPPED = r"\sum_{m=1}^{D} \Big(\sum_{j=1}^{H} w_{ij} v_{jm}\Big) x_m"
_HABITS = {
    rf"w_{{i0}} + {_MAPPED}": "The hidden biases are lost: the sum of (0.1) begins at 0, where x_0 is 1.",
    r"\sum_{j=1}^{H} w_{ij} \hat y_j": "The bias of the logit itself is lost, w_i0.",
    rf"w_{{i0}} + \sum_{{j=1}}^{{H}} v_{{j0}} + {_MAPPED}": "The bias of a hidden unit reaches class i "
    "by way of a weight, as all that the unit says.",
}

EXERCISES = (
    Exercise(
        number="6.1",
        title="Momentum by hand",
        minutes=5,
        stub="pulls, rate, momentum, weight = (2, -1, 3), 0.1, 0.8, 0.5\n"
        "velocities = ...  # three numbers\npositions = ...  # of the weight, three numbers",
        hints=(
            "First the velocity, then the weight: the two arrows of section 2, three times.",
            "The second velocity is what is left of the first, plus the second pull.",
        ),
        solution="velocities = [2, 0.8 * 2 - 1, 0.8 * 0.6 + 3]\n"
        "positions = [0.5 + 0.1 * 2, 0.7 + 0.1 * 0.6, 0.76 + 0.1 * 3.48]",
        reasons="The velocity keeps 0.8 of itself and takes up the new pull.\n"
        "The weight moves by a tenth of the velocity.",
        notice="At the second step the pull points down, and the weight still goes up: that is momentum.",
        derivation=Derivation(
            ("pulls", "w0", "rate", "mu"), ("velocities", "weights"), MOMENTUM, MOMENTUM_SLIPS, by_hand=True
        ),
        example={"pulls": np.array([2.0, -1.0, 3.0]), "w0": 0.5, "rate": 0.1, "mu": 0.8},
        answers=("velocities", "positions"),
    ),
    Exercise(
        number="6.2",
        title="Three corners of four?",
        minutes=5,
        stub='choice = "..."  # a letter and a number',
        hints=(
            "Set `hidden layers` to 0 and let it learn for a while. How many points are right?",
            "It could give one corner up. What would this corner cost?",
        ),
        solution='choice = "b3"',
        reasons="The corner given up would be sure and wrong, and there E = -log z grows without a bound.\n"
        "So E is lowest where every point gets one half of each class, and half of them are right by luck.",
        notice="Low E and many right are two wishes: E is what learning follows. One hidden unit draws one "
        "line and stops at about three quarters. Two can tell all points apart, from a lucky start.",
        judge=judge_choice(
            "b3",
            {
                "a": "You count corners, and learning does not: it follows E. Compare the E of your line "
                "with the E of a network that gives every point one half.",
                "c": "You trust in a lucky start. With a hidden layer there is luck, and without one? Try a "
                "few random starts, and let each learn for a while.",
                "1": "You take it for slow. Let it learn for ten times as long: does E still fall?",
                "2": "That is so, and would allow for three corners. What holds learning back from them?",
                "4": "You expect a standstill from the first step on. Watch E: it falls, and then it stays. "
                "What is so good about the place where it stays?",
            },
        ),
        answers=("choice",),
    ),
    Exercise(
        number="6.3",
        title="The luckiest of twenty",
        minutes=15,
        stub="test = ...  # how many of the 450 test digits each of the twenty reads\n"
        "validation = ...  # how many of the 270 validation digits\n"
        "lead = ...  # of the best of `test`, over the average\n"
        "kept = ...  # of the same network, over the average of `validation`",
        hints=(
            "`(mlp.predict(data.test.x) == data.test.labels).sum()` counts what a network reads.",
            "`test.argmax()` says which is the best. The same place in `validation` says what it keeps.",
        ),
        solution="""from mlp_core import digits, train

data, networks = digits(seed=0), []
for k in range(20):
    start = MLP.initialize((64, 64, 10), "relu", k)
    settings = {"batch_size": 32, "learning_rate": 0.1, "momentum": 0.9, "seed": k, "progress": False}
    networks.append(train(start, data.train.x, data.train.r, epochs=10, **settings).mlp)
test = np.array([(each.predict(data.test.x) == data.test.labels).sum() for each in networks])
v = data.validation
validation = np.array([(each.predict(v.x) == v.labels).sum() for each in networks])
best = test.argmax()
lead = test[best] - test.mean()
kept = validation[best] - validation.mean()""",
        reasons="The best of twenty is good and lucky, and only the good part comes again.\n"
        "New digits, which have chosen nothing, tell the two apart.",
        notice="Most of the lead was luck, and luck does not come again. Whoever tries twenty and reports "
        "the best on the test set reports that luck as well: the set has been used to choose, and no longer "
        "says how unseen digits are read.",
        derivation=Derivation(("test", "validation"), ("lead", "kept"), LUCK, LUCK_SLIPS, by_hand=True),
        judge=judge_own_run(luck),
        answers=("test", "validation", "lead", "kept"),
    ),
    Exercise(
        number="6.4",
        title="The step that shuts a unit",
        minutes=15,
        stub="bias, weight, ink, q = 0.2, 0.7, 0.5, -1\nnew_bias = ...\nnew_weight = ...\n"
        "rate = ...  # from which on no ink opens it",
        hints=(
            "The pull on the bias is q times 1, that on the weight q times the ink (5.5).",
            "Which ink is the last to open the unit? Write the sum there, after a step at any rate.",
        ),
        solution="new_bias = 0.2 - 0.5 * 1\nnew_weight = 0.7 - 0.5 * 0.5\nrate = (0.2 + 0.7) / (1 + 0.5)",
        reasons="The pulls are -1 on the bias and -0.5 on the weight, by (5.5).\n"
        "At full ink the sum is 0.9 before the step, and falls by 1.5 times the rate.",
        notice="At half, the unit is shut for the very digit that moved it, and full ink still opens it. "
        "From your rate on nothing does, no pull will ever come through, and nothing will mend it.",
        derivation=Derivation(
            ("b", "w", "ink", "q", "rate"),
            ("new_bias", "new_weight", "least_rate"),
            SHUT,
            SHUT_SLIPS,
            by_hand=True,
        ),
        example={"b": 0.2, "w": 0.7, "ink": 0.5, "q": -1.0, "rate": 0.5},
        answers=("new_bias", "new_weight", "rate"),
    ),
    Exercise(
        number="6.5",
        title="How narrow may it be?",
        minutes=15,
        stub="networks = ...  # a list of six\nshut = ...  # of each, how many units no training digit opens",
        hints=(
            'Two loops, over the widths and over the seeds: `MLP.initialize((64, width, 10), "relu", k)`.',
            "`mlp.forward(x).y[0]` has a row for each digit and a column for each unit.",
        ),
        solution="""from mlp_core import digits, train

data, networks = digits(seed=0), []
for width in (2, 8, 16):
    for k in range(2):
        start = MLP.initialize((64, width, 10), "relu", k)
        settings = {"batch_size": 32, "learning_rate": 0.1, "momentum": 0.9, "seed": k, "progress": False}
        networks.append(train(start, data.train.x, data.train.r, epochs=30, **settings).mlp)
shut = [(each.forward(data.train.x).y[0] == 0).all(axis=0).sum() for each in networks]""",
        reasons="A column of signals that is 0 for every digit is a unit that is shut for good.\n"
        "`all` along the digits, and then a sum along the units.",
        notice="A narrow hidden layer is worse than none: ten classes have to squeeze through whatever is "
        "left open. Sixteen do about as well as none. Try eight tanh units, which cannot die.",
        derivation=Derivation(("signals", "others", "y"), ("shut",), NARROW, NARROW_SLIPS, by_hand=True),
        judge=judge_own_run(narrow),
        answers=("networks", "shut"),
    ),
    Exercise(
        number="6.6",
        title="With the bend taken out",
        minutes=15,
        stub='lines = r"..."  # w_{i0} + \\sum_{j=1}^{H} w_{ij} \\hat y_j = ...',
        hints=(
            "Put (0.1) in, and do not forget that its sum begins at 0, with the bias and x_0 = 1.",
            "Take the term m = 0 out of the inner sum, then let the sum over m be the outer one.",
        ),
        solution='lines = (r"w_{i0} + \\sum_{j=1}^{H} w_{ij} \\hat y_j"\n'
        '         r" = w_{i0} + \\sum_{j=1}^{H} w_{ij} \\Big(v_{j0} + \\sum_{m=1}^{D} v_{jm} x_m\\Big)"\n'
        '         r" = w_{i0} + \\sum_{j=1}^{H} w_{ij} v_{j0}"\n'
        '         r" + \\sum_{m=1}^{D} \\Big(\\sum_{j=1}^{H} w_{ij} v_{jm}\\Big) x_m")',
        reasons="The weighted sums of (0.1) are put into that of (0.4), with nothing between the two.\n"
        "What stands before x_m does not depend on the example: it is one weight from pixel m to class i.",
        notice="One bias and one weight a pixel, for each class: the network without a hidden layer, which "
        "is why all those weights read no better.",
        judge=judge_derivation(
            r"w_{i0} + \sum_{j=1}^{H} w_{ij} \hat y_j",
            (r"w_{ij} v_{j0}", r"w_{ij} v_{jm}", r"\sum_{m=1}^{D}"),
            3,
            habits=_HABITS,
        ),
        answers=("lines",),
    ),
    Exercise(
        number="6.7",
        title="What a unit is worth",
        minutes=15,
        hints=(
            "A loop over the units: silence one, go on to the probabilities, and take r times z.",
            "Unit j speaks through column j + 1 of W. Set it to 0 in a new copy each time.",
        ),
        solution='''def worth(x, r, V, W, activation):
    """Return how much of r·z, the right class's probability, is lost without each hidden unit, shape (H,).

    It is the mean over the batch; x is (D,) or (B, D), r (K,) or (B, K); biases in column 0 of V and W.
    """
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    y_1 = np.c_[np.ones(len(x)), activation(V[:, 0] + x @ V[:, 1:].T)]
    sure = []
    for j in range(len(V) + 1):
        heard = W.copy()
        if j > 0:
            heard[:, j] = 0
        z_hat = y_1 @ heard.T
        e = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
        sure.append((r * e / e.sum(axis=1, keepdims=True)).sum(axis=1).mean())
    return sure[0] - np.array(sure[1:])''',
        reasons="What a unit says goes out through its own column of W, and column 0 is the bias.\n"
        "The first time nobody is silenced, and each column after that in a new copy.",
        notice="Let the fours slide sideways and ask again: now other units take turns. The two with upright "
        "stripes speak in the middle and fall silent at both edges. Those whose bands lie across care "
        "little, since a bar that slides along a band stays on it. And the checkered one, the last of the "
        "upper row, speaks at the left, falls silent, and speaks again.",
        derivation=Derivation(
            ("x", "r", "V", "W", "activation"), ("worth",), WORTH, (*_COMMON, *WORTH_SLIPS)
        ),
    ),
    Exercise(
        number="6.8",
        title="A test of an epoch",
        minutes=30,
        hints=(
            "On 20 digits an epoch is one step, whatever the order, and you can take that step yourself.",
            "Begin with a velocity that is not zero, or you will not see whether it is handed on.",
            "On 40 digits of which each has a pixel of its own, the column of V of that pixel says whether "
            "the digit was seen.",
        ),
        solution='''def accepts(epoch):
    """Return True for a right epoch(weights, velocity, x, R, rng), and False for a wrong one."""
    from mlp_core import forward, gradient_step, negative_gradient

    start = MLP.initialize((40, 6, 3), "relu", seed=0)
    V, W, relu = start.weights[0] + 0.5, start.weights[1], start.activation
    velocity = (np.full_like(V, 0.1), np.full_like(W, -0.2))
    x, R = np.eye(40), np.eye(3)[np.arange(40) % 3]
    pulls = negative_gradient((V, W), relu, forward((V, W), relu, x[:20]), R[:20])
    expected = gradient_step((V, W), velocity, pulls, learning_rate=0.1, momentum=0.9)
    got = epoch((V, W), velocity, x[:20], R[:20], np.random.default_rng(1))
    step = all(np.allclose(a, b) for mine, book in zip(got, expected) for a, b in zip(mine, book))
    (V_after, _), _ = epoch((V, W), None, x, R, np.random.default_rng(1))
    return bool(step and (V_after != V)[:, 1:].any(axis=0).all())''',
        reasons="20 digits are one batch: the order decides nothing, and one step by hand tells the rest.\n"
        "With a pixel for each of 40 digits, a column of V that stayed is a digit that was never dealt.",
        notice="Most of these learn, and their accuracy tells you next to nothing. The last batch of section "
        "2, 1077 - 33 · 32 = 21 digits, would have pulled by a third too little. One slip your test cannot "
        "see: whoever shuffles once for all epochs shuffles right in each.",
        judge=judge_predicate(EPOCHS, MISSES),
    ),
)
