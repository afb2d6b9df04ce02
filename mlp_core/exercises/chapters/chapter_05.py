"""The exercises of chapter 05, through the hidden layer."""

from functools import lru_cache

import numpy as np

from ...formulas.activations import ACTIVATIONS, SIGMOID
from ...worked_examples import V, W
from ..chain import Derivation, Slip, Step
from ..deep_network import DEEP, deep_trials, judge_deep
from ..exercise import Exercise
from ..judges import judge_cheat, judge_choice, judge_derivation, judge_stations
from ..slips_known import CATALOGUE
from ..slips_known.wording import SEE_COLUMN, SEE_DOWN, SEE_GATE, SEE_MEAN, SEE_TAIL
from ..trials import CORNER, Trial, for_scalars

_BACKWARD = Derivation(("x", "r", "V", "W", "activation"), ("dV", "dW"), slips=CATALOGUE)
_STATIONS = ("z_hat", "dW", "pull_y", "gate", "q", "dV")
_ARGUMENTS = "(x, r, V, W, activation)"
_DOC = """    \"\"\"Return (-dE/dV, -dE/dW) of the mean E; x is (D,) or (B, D), r (K,) or (B, K).

    V is (H, D+1) and W (K, H+1), with the bias in column 0; activation(t) is sigma, and
    activation.derivative(t) its slope.
    \"\"\"
"""
_LINES = """    x, r = np.atleast_2d(x), np.atleast_2d(r)
    x_1 = np.c_[np.ones(len(x)), x]
    y_hat = x_1 @ V.T
    y_1 = np.c_[np.ones(len(x)), activation(y_hat)]
    z_hat = y_1 @ W.T
    e = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
    delta = (r - e / e.sum(axis=1, keepdims=True)) / len(x)
    q = delta @ W[:, 1:] * activation.derivative(y_hat)
"""
_CHEAT = f"""def cheat{_ARGUMENTS}:
    \"\"\"Return a wrong (-dE/dV, -dE/dW) that a check lets pass.\"\"\"
{_LINES}    return -(q.T @ x_1), delta.T @ y_1


rng = np.random.default_rng(0)
blind = MLP((rng.normal(size=(4, 3)), np.zeros((3, 5))), "tanh")
honest = MLP((rng.normal(size=(4, 3)), rng.normal(size=(3, 5))), "tanh")"""
_DEEP = """def backward_deep(x, r, weights, activation):
    \"\"\"Return the pulls on all matrices of weights, from the first layer to the last, as a list.

    There are as many as there are weights, one or more; x is (D,) or (B, D), r (K,) or (B, K).
    \"\"\"
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    one = np.ones((len(x), 1))
    sums, signals = [], [np.hstack([one, x])]
    for matrix in weights[:-1]:
        sums.append(signals[-1] @ matrix.T)
        signals.append(np.hstack([one, activation(sums[-1])]))
    z_hat = signals[-1] @ weights[-1].T
    e = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
    q = (r - e / e.sum(axis=1, keepdims=True)) / len(x)
    pulls = [q.T @ signals[-1]]
    for k in range(len(weights) - 1, 0, -1):
        q = q @ weights[k][:, 1:] * activation.derivative(sums[k - 1])
        pulls.insert(0, q.T @ signals[k - 1])
    return pulls"""

# ---------------------------------------------------------------- one row, by hand

_ROW = (
    Step("wish", "3.11", "wish = delta @ w", "the pull on y_2, down its column of W"),
    Step("slope", "4.6", "slope = 1 - y[:, 0] ** 2", "the gate of a tanh unit"),
    Step("q_2", "5.5", "q_2 = wish * slope", "what arrives at the unit's sum"),
    Step("row", "5.5", "row = q_2 * np.r_[1, x[0]]", "pull at the head times signal at the tail"),
)
_SEE_OPEN = "A tanh unit that puts out 0 is wide open, its gate 1; one that puts out almost 1 is almost shut."
_SEE_ONE = "The bias has column 0, and its signal is the constant 1."
_SEE_LOUD = "Let one pull be 1 and the others 0: the wish is then the weight that leads there, with its sign."


def _row_slip(step, expression, says, see, common=2):
    return Slip(((step, f"{step} = {expression}"),), says, see, common)


_ROW_SLIPS = (
    _row_slip(
        "slope",
        "1 - np.tanh(y[:, 0]) ** 2",
        "the unit's output is sent through tanh once more before the gate is taken",
        "The unit's output is tanh of its sum already, and (4.6) wants that number.",
        3,
    ),
    _row_slip("slope", "1 + 0 * y[:, 0]", "the gate is left out", _SEE_OPEN, 3),
    _row_slip("slope", "y[:, 0] * (1 - y[:, 0])", "the gate is that of the sigmoid", _SEE_OPEN, 3),
    _row_slip("slope", "1 - y[:, 0]", "the square in the gate is forgotten", _SEE_OPEN),
    _row_slip("slope", "1 + y[:, 0] ** 2", "the minus in the gate is a plus", _SEE_OPEN),
    _row_slip("slope", "y[:, 0] ** 2", "the 1 of the gate is forgotten", _SEE_OPEN),
    _row_slip("wish", "delta @ np.abs(w)", "the minus of a weight is lost", _SEE_LOUD, 3),
    _row_slip("wish", "np.abs(delta) @ w", "the minus of a pull is lost", _SEE_LOUD, 3),
    _row_slip("wish", "np.abs(delta) @ np.abs(w)", "all signs are lost", _SEE_LOUD),
    _row_slip("wish", "delta @ w / K", "the wishes are averaged", "Wishes are added: each happens in full."),
    _row_slip("wish", "delta[:, :1] @ w[:1]", "only the first class is heard", SEE_DOWN),
    _row_slip("wish", "delta[:, 1:2] @ w[1:2]", "only the second class is heard", SEE_DOWN),
    _row_slip("wish", "delta[:, 2:] @ w[2:]", "only the third class is heard", SEE_DOWN),
    _row_slip("wish", "0 * delta[:, 0] + w.sum()", "the weights alone are added up", SEE_DOWN),
    _row_slip("row", "q_2 * np.r_[x[0], 1]", "the bias stands last", _SEE_ONE, 3),
    _row_slip("row", "q_2 * np.r_[0, x[0]]", "the bias is left at 0", _SEE_ONE),
    _row_slip("row", "np.r_[1, q_2 * x[0]]", "the bias is 1, the signal without the pull", _SEE_ONE),
    _row_slip("row", "np.r_[wish, q_2 * x[0]]", "the bias is pulled without the gate", _SEE_ONE),
    _row_slip(
        "row", "q_2 * y[0, 0] * np.r_[1, x[0]]", "the unit's own signal is a factor too many", SEE_TAIL
    ),
    _row_slip("row", "q_2 * np.r_[1, np.abs(x[0])]", "the minus of a signal is lost", SEE_TAIL),
    _row_slip("row", "q_2 + np.r_[1, x[0]]", "pull and signal are added", SEE_TAIL),
)

# ---------------------------------------------------------------- the sheet

_SEE_INPUT = "Write the input and the target of this exercise on top of the sheet."
_SHEET_SLIPS = (
    Slip((("x1", "x1 = np.c_[np.ones(B), x + [[0, 1]]]"),), "the input of section 3 is used", _SEE_INPUT, 3),
    Slip(
        (("dV", "dV = q.T @ np.c_[np.ones(B), x + [[0, 1]]]"),),
        "the signals are those of section 3",
        _SEE_INPUT,
        3,
    ),
    Slip((("delta", "delta = r[:, ::-1] - z"),), "the target of section 3 is used", _SEE_INPUT, 3),
    *CATALOGUE,
)

# ---------------------------------------------------------------- one matrix, used twice

_TWICE = (
    Step("x1", "0.2", "x1 = np.c_[np.ones(B), x]", "the constant 1 in front of x"),
    Step("a_hat", "0.1", "a_hat = x1 @ V.T", "the sums of the lower use"),
    Step("a", "0.3", "a = x + activation(a_hat)", "the signals between the two uses"),
    Step("a1", "0.5", "a1 = np.c_[np.ones(B), a]", "the constant 1 in front of a"),
    Step("y_hat", "0.1", "y_hat = a1 @ V.T", "the sums of the upper use"),
    Step("gate", "4.11", "gate = activation.derivative(y_hat)", "the upper gate"),
    Step("q", "4.11", "q = pull_y * gate", "the pull on the upper sums"),
    Step("pull_a", "5.12", "pull_a = pull_y + q @ V[:, 1:]", "the pull on a, by two roads"),
    Step("gate_a", "4.11", "gate_a = activation.derivative(a_hat)", "the lower gate"),
    Step("q_a", "4.11", "q_a = pull_a * gate_a", "the pull on the lower sums"),
    Step("dV", "5.10", "dV = q.T @ a1 + q_a.T @ x1", "the pull on V, which is used twice"),
    Step("dx", "5.12", "dx = pull_a + q_a @ V[:, 1:]", "the pull on x, by two roads"),
)
_SEE_ROADS = "Put V at 0: then y is x, moved by a constant at most, and the pull on x is the pull on y."
_SEE_USES = "Nudge one entry of V: it moves what both uses compute."


def _twice_slip(says, see, common=2, **lines):
    return Slip(tuple((name, f"{name} = {line}") for name, line in lines.items()), says, see, common)


_BACK_UP, _BACK_DOWN = "q @ V[:, 1:]", "q_a @ V[:, 1:]"
_TWICE_SLIPS = (
    _twice_slip("both direct roads are left out", _SEE_ROADS, 3, pull_a=_BACK_UP, dx=_BACK_DOWN),
    _twice_slip("the direct road past the upper use is left out", _SEE_ROADS, 3, pull_a=_BACK_UP),
    _twice_slip("the direct road past the lower use is left out", _SEE_ROADS, 3, dx=_BACK_DOWN),
    _twice_slip("on the way to V the direct road is left out", _SEE_ROADS, q_a="q @ V[:, 1:] * gate_a"),
    _twice_slip(
        "the direct road from y to x is counted once more", _SEE_ROADS, dx="pull_y + pull_a + q_a @ V[:, 1:]"
    ),
    _twice_slip("the pull on y itself comes to x, past a", _SEE_ROADS, dx="pull_y + q_a @ V[:, 1:]"),
    _twice_slip(
        "the direct roads pass the gates too", _SEE_ROADS, pull_a=f"q + {_BACK_UP}", dx=f"q_a + {_BACK_DOWN}"
    ),
    _twice_slip("the upper direct road passes the gate too", _SEE_ROADS, pull_a=f"q + {_BACK_UP}"),
    _twice_slip("the lower direct road passes the gate too", _SEE_ROADS, dx=f"q_a + {_BACK_DOWN}"),
    _twice_slip("only the last use of V is counted", _SEE_USES, 3, dV="q.T @ a1"),
    _twice_slip("only the first use of V is counted", _SEE_USES, 3, dV="q_a.T @ x1"),
    _twice_slip("1/B is put in, though the pull on y holds it already", SEE_MEAN, q="pull_y * gate / B"),
    _twice_slip("the pull on y, not that on a, passes the lower gate", _SEE_ROADS, q_a="pull_y * gate_a"),
    _twice_slip("both uses of V meet the signal x", SEE_TAIL, dV="(q + q_a).T @ x1"),
    _twice_slip("both uses of V meet the signal a", SEE_TAIL, dV="(q + q_a).T @ a1"),
    _twice_slip("the pull on the upper sums is used for both uses of V", SEE_TAIL, dV="q.T @ (a1 + x1)"),
    _twice_slip("pulls and signals of the two uses are exchanged", SEE_TAIL, dV="q.T @ x1 + q_a.T @ a1"),
    _twice_slip("the two uses are subtracted", _SEE_USES, 1, dV="q.T @ a1 - q_a.T @ x1"),
    _twice_slip(
        "`V[:, :-1]` is carried back: the bias column stays, and the last unit's column is gone",
        "Raise only column 0 of V: no signal below may notice.",
        3,
        pull_a="pull_y + q @ V[:, :-1]",
        dx="pull_a + q_a @ V[:, :-1]",
    ),
    _twice_slip("a is made without its direct road", "Print a at V = 0: it is x.", 3, a="activation(a_hat)"),
    _twice_slip(
        "no direct road is there at all, forward or back",
        "Print a at V = 0: it is x.",
        3,
        a="activation(a_hat)",
        pull_a=_BACK_UP,
        dx=_BACK_DOWN,
    ),
    _twice_slip("the lower gate is taken at a", SEE_GATE, 3, gate_a="activation.derivative(a)"),
    _twice_slip(
        "both gates are taken behind the function",
        SEE_GATE,
        3,
        gate="activation.derivative(activation(y_hat))",
        gate_a="activation.derivative(activation(a_hat))",
    ),
    _twice_slip(
        "the upper gate is taken behind the function",
        SEE_GATE,
        gate="activation.derivative(activation(y_hat))",
    ),
    _twice_slip(
        "the lower gate is taken behind the function",
        SEE_GATE,
        gate_a="activation.derivative(activation(a_hat))",
    ),
    _twice_slip(
        "both gates are left out", SEE_GATE, gate="np.ones_like(y_hat)", gate_a="np.ones_like(a_hat)"
    ),
    _twice_slip("the upper gate is left out", SEE_GATE, gate="np.ones_like(y_hat)"),
    _twice_slip("the lower gate is left out", SEE_GATE, gate_a="np.ones_like(a_hat)"),
    _twice_slip("the upper gate is used twice", SEE_GATE, gate_a="gate"),
    _twice_slip(
        "the gate is 1 - y², right for tanh only, and only without a direct road",
        SEE_GATE,
        gate="1 - (a + activation(y_hat)) ** 2",
        gate_a="1 - a ** 2",
    ),
    _twice_slip(
        "the bias column of the pull on V is left at 0",
        SEE_COLUMN,
        dV="q.T @ np.c_[np.zeros(B), a] + q_a.T @ np.c_[np.zeros(B), x]",
    ),
    _twice_slip(
        "the bias column of the pull on V stands last",
        SEE_COLUMN,
        3,
        dV="q.T @ np.c_[a, np.ones(B)] + q_a.T @ np.c_[x, np.ones(B)]",
    ),
)


@lru_cache(maxsize=1)
def _twice_trials():
    """Return three batches and three single examples in which V leads from D numbers to D numbers."""
    rng = np.random.default_rng(0)
    sizes = ({"B": 7, "D": 3, "K": 5}, {"B": 4, "D": 6, "K": 9}, {"B": 9, "D": 2, "K": 6})
    names = ("tanh", "sigmoid", "relu")
    return tuple(
        _twice_trial(rng, one, name, single)
        for single in (False, True)
        for one, name in zip(sizes, names, strict=True)
    )


def _twice_trial(rng, sizes, name, single):
    B, D = 1 if single else sizes["B"], sizes["D"]
    activation = for_scalars(ACTIVATIONS[name])
    while True:
        x, matrix = rng.normal(size=(B, D)), rng.normal(size=(D, D + 1)) / np.sqrt(D)
        a_hat = matrix[:, 0] + x @ matrix[:, 1:].T
        y_hat = matrix[:, 0] + (x + activation(a_hat)) @ matrix[:, 1:].T
        away = min(abs(a_hat).min(), abs(y_hat).min()) > CORNER
        if name != "relu" or (away and all((t > 0).any() and (t < 0).any() for t in (a_hat, y_hat))):
            break
    given = {"x": x, "V": matrix, "pull_y": rng.normal(size=(B, D)), "activation": activation}
    return Trial({**sizes, "H": D, "B": B}, single, name, given)


EXERCISES = (
    Exercise(
        number="5.1",
        title="One row by hand",
        minutes=5,
        stub="row = ...  # three numbers, the bias first",
        hints=(
            "What do the three classes together wish of the unit? A wish is a pull times the weight that "
            "leads there.",
            "The gate of tanh from its output alone is (4.6). What passes it meets (1, 2, -4).",
        ),
        solution="""wish = 0.3 * 2 + (-0.5) * (-1.5) + 0.2 * (-2)
q_2 = wish * (1 - 0.6**2)
row = [q_2, q_2 * 2, q_2 * (-4)]""",
        reasons="The wishes are added (3.11), and pass the gate: tanh' is 1 minus the output squared (4.6).\n"
        "Each entry of the row is q_2 times the signal at its own tail (5.5).",
        notice="The second class is to fall, and its weight is negative: so it wishes for more of the unit. "
        "And you never needed the unit's sum: its output tells the gate.",
        derivation=Derivation(("delta", "w", "y", "x"), ("row",), _ROW, _ROW_SLIPS),
        example={
            "delta": np.array([[0.3, -0.5, 0.2]]),
            "w": np.array([2.0, -1.5, -2.0]),
            "y": np.array([[0.6]]),
            "x": np.array([[2.0, -4.0]]),
        },
        answers=("row",),
    ),
    Exercise(
        number="5.2",
        title="One knob, ten slopes",
        minutes=5,
        stub='choice = "..."  # a letter and a number',
        hints=(
            "How many things are turned here, and how many are asked about?",
            "Draw the roads: where do they part, at their beginning or at their end?",
        ),
        solution='choice = "b2"',
        reasons="One knob is turned and ten things are asked about: one sweep from the knob passes every "
        "station "
        "once.\nBackwards each probability needs a sweep of its own, since none of the ten knows the "
        "others' pulls.",
        notice="Training is the other way round, thousands of weights and one E, which is why one goes "
        "backwards "
        "there. It is the count that decides, and not the network.",
        judge=judge_choice(
            "b2",
            {
                "a": "Backwards is the habit of training, where everything ends in one number. Count the "
                "sweeps "
                "each way: how many different ends do the roads have here?",
                "c": "The ten products are the same numbers either way, but the work is not: count how "
                "often each "
                "slope is multiplied, as section 3 did for the weights of one unit.",
                "1": "In section 3 the roads had their endings in common. Draw these ten: which part have "
                "they "
                "in common?",
                "3": "The slopes on each road are the same, that is true. Yet section 3 counted 17 times as "
                "many "
                "factors one way as the other: what else did it count but slopes?",
                "4": "Exactness decides nothing: section 3 went forwards, and its nine pulls were the "
                "measured "
                "ones to the ninth place.",
            },
        ),
        answers=("choice",),
    ),
    Exercise(
        number="5.3",
        title="The pull on the input",
        minutes=15,
        stub='lines = r"..."',
        hints=(
            "Which sums does x_m move, and how fast? Multiply along, add across.",
            "Sum over the hidden units: the pull on each sum, times how fast x_m moves it. Then (5.4) says "
            "what "
            "the pull on a sum is.",
        ),
        solution=r"""lines = (
    r"-\frac{\partial E}{\partial x_m} = \sum_{j=1}^{H} \Big(-\frac{\partial E}{\partial \hat y_j}\Big)"
    r" \frac{\partial \hat y_j}{\partial x_m}"
    r" = \sum_{j=1}^{H} \Big(-\frac{\partial E}{\partial \hat y_j}\Big) v_{jm}"
    r" = \sum_{j=1}^{H} \Big(\sum_l (r_l - z_l) w_{lj}\Big) \sigma'(\hat y_j) v_{jm} \quad m \ge 1"
)""",
        reasons="The input moves every sum of the hidden layer, each by its own weight: a sum over j, and "
        "(5.12) with indices.\nIt runs down column m of V, which is row m of its transpose. One layer deeper "
        "(5.11) is derived the same way, with a gate in front.",
        notice="Nothing but routes, and a transpose has come out of them: the sum runs down column m of V.",
        judge=judge_derivation(
            r"-\frac{\partial E}{\partial x_m}",
            (r"\frac{\partial E}{\partial \hat y_j}", "v_{jm}", r"\sigma'(\hat y_j)"),
            4,
            (r"\text{assume } \sum_l r_l = 1",),
        ),
        answers=("lines",),
    ),
    Exercise(
        number="5.4",
        title="The sheet, with another input",
        minutes=15,
        stub="z_hat = ...\npull_W = ...\npull_y = ...\ngates = ...\npull_y_hat = ...\npull_V = ...",
        hints=(
            "Forward to the logits, then back: W, y, the gate, y_hat, V.",
            "The pull on y goes down columns 1 to 3 of W; the gate of the sigmoid is y(1 - y).",
        ),
        solution="""x_1, r = np.array([1.0, 2, -2]), np.array([1.0, 0])
V = np.array([[0.5, 1, 2], [1, -1.5, -1], [-1, 2, 1]])
W = np.array([[0.5, 2, -1, 1], [-0.5, -1, 1, 1.5]])
y = 1 / (1 + np.exp(-V @ x_1))
y_1 = np.r_[1, y]
z_hat = W @ y_1
p = r - np.exp(z_hat) / np.exp(z_hat).sum()
pull_W = np.outer(p, y_1)
pull_y = p @ W[:, 1:]
gates = y * (1 - y)
pull_y_hat = pull_y * gates
pull_V = np.outer(pull_y_hat, x_1)""",
        reasons="Each pull on a weight is the pull at its head times the signal at its tail (3.6), (5.5).\n"
        "Between the layers: down the columns (3.11), then through the gate (4.10).",
        notice="You have gone through a network by pencil, there and back. The rows of the pull on W are "
        "each "
        "other's negatives: what one of two classes is to gain, the other is to give.",
        derivation=Derivation(("x", "r", "V", "W", "activation"), _STATIONS, slips=_SHEET_SLIPS),
        example={
            "x": np.array([[2.0, -2.0]]),
            "r": np.array([[1.0, 0.0]]),
            "V": np.array(V),
            "W": np.array(W),
            "activation": for_scalars(SIGMOID),
        },
        judge=judge_stations,
        answers=("z_hat", "pull_W", "pull_y", "gates", "pull_y_hat", "pull_V"),
    ),
    Exercise(
        number="5.5",
        title="Your own backward",
        minutes=15,
        hints=(
            "Go forward first and keep every number: 1 and x, y_hat, 1 and y, z.",
            "The pull on the logits is (r - z)/B (2.7). Each pull on a matrix is pull.T @ [1, signal].",
            "Between the two: `delta @ W[:, 1:]`, then times `activation.derivative(y_hat)`.",
        ),
        solution=f"def backward{_ARGUMENTS}:\n{_DOC}{_LINES}    return q.T @ x_1, delta.T @ y_1",
        reasons="Four lines of it are derivatives: (2.7), (3.8), (4.11) with (3.13), and (5.9).\n"
        "All pulls are computed before any weight moves.",
        notice='The lines are yours now: `keep("backward")` takes them along to chapter 06.',
        derivation=_BACKWARD,
        role="backward",
    ),
    Exercise(
        number="5.6",
        title="A wrong backward that passes",
        minutes=30,
        stub=f'def cheat{_ARGUMENTS}:\n    """Return a wrong (-dE/dV, -dE/dW) that a check lets pass."""'
        "\n    ...\n"
        "\n\n"
        "blind = ...  # an MLP on which it passes\nhonest = ...  # an MLP on which it is caught",
        hints=(
            "Take a right backward and put one slip of section 12 into it. What must be 0, so that nothing "
            "is "
            "handed back?",
            "Or: which activation cannot tell a gate at y from a gate at y_hat (4.14)?",
        ),
        solution=_CHEAT,
        reasons="With W at zero the pull on V is 0, and minus 0 is 0. With no weight at zero it is caught.\n"
        "Of section 12's slips W at zero hides all but `W updated first`, which hands back through the new "
        "W. "
        "ReLU hides a gate at y, and with every unit open a gate left out.",
        notice="Believe a check that you have seen fail. (Precision hides slips too: in single precision "
        "the best "
        "nudge is some 0.005, and a nudge of a billionth measures exactly 0.)",
        derivation=_BACKWARD,
        judge=judge_cheat,
        answers=("cheat", "blind", "honest"),
    ),
    Exercise(
        number="5.7",
        title="Any depth",
        minutes=30,
        hints=(
            "Forward: two lists, the sums of each hidden layer, and its signals with the 1 in front. The "
            "last "
            "matrix makes the logits, and has no activation.",
            "Back: q starts as (r - z)/B. Take the pull on a matrix (5.10), and only then hand q on (5.11).",
            "`for k in range(len(weights) - 1, 0, -1)` goes from the last matrix down to the second.",
        ),
        solution=_DEEP,
        reasons="(5.10) and (5.11) in a loop that runs from the last layer to the second.\n"
        "With one matrix the loop never runs, and softmax regression comes out.",
        notice='This is back-propagation, all of it. `keep("backward_deep")` takes it along.',
        derivation=DEEP,
        judge=judge_deep,
        role="backward_deep",
        trials=deep_trials,
    ),
    Exercise(
        number="5.8",
        title="One matrix, used twice",
        minutes=30,
        hints=(
            "Pretend that there are two matrices, upper and lower. What is the pull on each?",
            "The pull on a comes by two roads: past the upper use, directly, and through it. They add.",
            "One V moves both uses, so its two pulls add.",
        ),
        solution="""def backward_twice(pull_y, x, V, activation):
    \"\"\"Return (-dE/dV, -dE/dx); y = a + activation(V [1, a]) with a = x + activation(V [1, x]).

    V is (H, D+1) with H = D, x and pull_y = -dE/dy are (D,) or (B, D); pull_y holds the 1/B already.
    \"\"\"
    x_2, g = np.atleast_2d(x), np.atleast_2d(pull_y)
    one = np.ones((len(x_2), 1))
    x_1 = np.hstack([one, x_2])
    a_hat = x_1 @ V.T
    a_1 = np.hstack([one, x_2 + activation(a_hat)])
    q = g * activation.derivative(a_1 @ V.T)
    pull_a = g + q @ V[:, 1:]
    q_a = pull_a * activation.derivative(a_hat)
    return q.T @ a_1 + q_a.T @ x_1, (pull_a + q_a @ V[:, 1:]).reshape(x.shape)""",
        reasons="The pull on each use is (5.10), as if it had a matrix of its own; one V moves both, so "
        "they add.\n"
        "The pull on a, and on x, comes by two roads: through the unit, and past it with neither weight nor "
        "gate.",
        notice="The direct road has neither weight nor gate, so the pull comes down it undiminished, "
        "however many "
        "layers there are: deep networks are built of such residual units. And a matrix used once for "
        "every word of a sentence has the pulls of a recurrent network.",
        derivation=Derivation(("pull_y", "x", "V", "activation"), ("dV", "dx"), _TWICE, _TWICE_SLIPS),
        role=None,
        trials=_twice_trials,
    ),
)
