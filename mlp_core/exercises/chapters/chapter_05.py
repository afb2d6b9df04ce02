"""The exercises of chapter 05, through the hidden layer."""

import numpy as np

from ...formulas.activations import SIGMOID
from ...worked_examples import V, W
from ..by_hand import ROW, ROW_SLIPS, SHEET_SLIPS
from ..chain import Derivation
from ..deep_network import DEEP, deep_trials, judge_deep
from ..derivations_asked import judge_derivation
from ..exercise import Exercise
from ..judges import judge_cheat, judge_choice
from ..slips_known import CATALOGUE
from ..stations import judge_stations
from ..trials import for_scalars
from ..used_twice import TWICE, TWICE_SLIPS, twice_trials

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
blind = MLP((rng.normal(size=(4, 3)), np.ones((3, 5))), "tanh")
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

_WISH = r"\Big(\sum_l (r_l - z_l) w_{lj}\Big)"
_HABITS = {
    rf"\sum_{{j=1}}^{{H}} {_WISH} v_{{jm}}": "The gate is left out, which a pull on y_j passes on "
    "its way to the sum.",
    rf"\sum_{{j=1}}^{{H}} {_WISH} \sigma'(y_j) v_{{jm}}": "The gate is taken at the unit's output. "
    "It is the slope at its sum.",
}

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
        derivation=Derivation(("delta", "w", "y", "x"), ("row",), ROW, ROW_SLIPS),
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
            habits=_HABITS,
            closed=True,
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
        derivation=Derivation(("x", "r", "V", "W", "activation"), _STATIONS, slips=SHEET_SLIPS),
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
            "The pulls r - z add up to 0. Which W makes of that a pull of 0 on every hidden unit? Or: which "
            "activation cannot tell a gate at y from a gate at y_hat (4.14)?",
        ),
        solution=_CHEAT,
        reasons="Where the rows of W are alike, all logits want the same of a hidden unit; r - z adds up to "
        "0, so nothing is handed back, and minus 0 is 0. With rows that differ it is caught.\n"
        "Of section 12's slips this W hides all but `W updated first`, which hands back through the new W. "
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
        derivation=Derivation(("pull_y", "x", "V", "activation"), ("dV", "dx"), TWICE, TWICE_SLIPS),
        trials=twice_trials,
    ),
)
