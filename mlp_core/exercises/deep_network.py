"""Back-propagation at any depth: the steps of two hidden layers, its slips, and a judge for other depths."""

import itertools
from functools import lru_cache

import numpy as np

from ..formulas.activations import ACTIVATIONS
from ..network import MLP
from .chain import CHAIN, Derivation, Slip, Step
from .exercise import Exercise
from .feedback import Feedback
from .judging import UNTRIED, judge_function
from .raised import explain
from .reader_code import call_all, is_unwritten
from .search_parts import EXACT, is_near
from .slips_known.output import LOGITS
from .slips_known.way_forward import SOFTMAX
from .slips_known.wording import SEE_BIAS, SEE_COLUMN, SEE_DOWN, SEE_GATE, SEE_MEAN, SEE_TAIL, SIGMOID
from .trials import CORNER, Trial, for_scalars

# N1 and N2 are the widths of the two hidden layers; no size, nor one more than it, is another's.
SIZES = (
    {"B": 9, "D": 2, "N1": 4, "N2": 6, "K": 12},
    {"B": 11, "D": 8, "N1": 4, "N2": 6, "K": 2},
    {"B": 7, "D": 5, "N1": 3, "N2": 8, "K": 11},
)
HIDDEN = {0: "no hidden layer", 1: "one hidden layer", 3: "three hidden layers", 4: "four hidden layers"}
ARGUMENTS = ("x", "r", "weights", "activation")


def _layer(k: int, below: str) -> tuple[Step, ...]:
    """Return the steps forward of hidden layer k."""
    nth = ("first", "second")[k - 1]
    return (
        Step(f"y_hat{k}", "0.1", f"y_hat{k} = {below} @ weights[{k - 1}].T", f"the sums of the {nth} layer"),
        Step(f"y{k}", "0.3", f"y{k} = activation(y_hat{k})", f"the signals of the {nth} layer"),
        Step(f"ones{k}", "0.5", f"ones{k} = np.c_[np.ones(B), y{k}]", f"the constant 1 in front of y{k}"),
    )


def _layer_back(k: int, above: str) -> tuple[Step, ...]:
    """Return the steps back through the gate of hidden layer k."""
    nth = ("first", "second")[k - 1]
    return (
        Step(f"back{k}", "5.11", f"back{k} = {above} @ weights[{k}][:, 1:]", f"the pull on y of layer {k}"),
        Step(
            f"gate{k}", "5.11", f"gate{k} = activation.derivative(y_hat{k})", f"the gate of the {nth} layer"
        ),
        Step(f"q{k}", "5.11", f"q{k} = back{k} * gate{k}", f"the pull on the sums of the {nth} layer"),
    )


STEPS = (
    Step("ones0", "0.2", "ones0 = np.c_[np.ones(B), x]", "the constant 1 in front of x"),
    *_layer(1, "ones0"),
    *_layer(2, "ones1"),
    Step("z_hat", "0.4", "z_hat = ones2 @ weights[2].T", "the logits"),
    *(step for step in CHAIN if step.name in ("shifted", "e", "z", "delta")),
    Step("dW3", "5.10", "dW3 = delta.T @ ones2", "the pull on weights[2]"),
    *_layer_back(2, "delta"),
    Step("dW2", "5.10", "dW2 = q2.T @ ones1", "the pull on weights[1]"),
    *_layer_back(1, "q2"),
    Step("dW1", "5.10", "dW1 = q1.T @ ones0", "the pull on weights[0]"),
)


def _at_each(lines: dict[str, str], says: str, see: str, common: int = 2) -> tuple[Slip, ...]:
    """Return the slip in all hidden layers at once, and in either of them alone; {k} is the layer."""
    by_layer = {
        k: tuple((name.format(k=k), f"{name} = {line}".format(k=k)) for name, line in lines.items())
        for k in (1, 2)
    }
    alone = (Slip(by_layer[k], f"{says}, at hidden layer {k} alone", see, 1) for k in (2, 1))
    return (Slip(by_layer[1] + by_layer[2], says, see, common), *alone)


SEE_STRAIGHT = "Softmax is the activation of the output: nothing else stands between the sums and it."
_GATES = (
    ("activation.derivative(y{k})", "the gate is taken at y, behind the function, and not at y_hat", 3),
    ("np.ones_like(y_hat{k})", "the gate is left out", 3),
    ("y{k}", "the signal stands in place of the gate", 2),
    ("1 - y{k}**2", "the gate is 1 - y², right for tanh only", 3),
    ("y{k} * (1 - y{k})", "the gate is y(1 - y), right for the sigmoid only", 3),
    ("(y{k} > 0) * 1.0", "the gate is [y > 0], right for ReLU only", 2),
    ("1 - np.tanh(y_hat{k}) ** 2", "the gate is always that of tanh", 2),
    ("activation.derivative(y_hat{k}) ** 2", "the gate is passed twice", 2),
    (f"{SIGMOID.format('y_hat{k}')} * (1 - {SIGMOID.format('y_hat{k}')})", "the gate is the sigmoid's", 2),
)
SLIPS = (
    *(s for line, says, common in _GATES for s in _at_each({"gate{k}": line}, says, SEE_GATE, common)),
    *_at_each({"q{k}": "back{k} * gate{k} / B"}, "1/B is put in once more on the way back", SEE_MEAN, 3),
    *_at_each({"y{k}": "y_hat{k}"}, "the activation is left out", "Compare y with tanh(y_hat) for one unit."),
    Slip(
        (("back2", "back2 = delta @ weights[2][:, :-1]"), ("back1", "back1 = q2 @ weights[1][:, :-1]")),
        "`W[:, :-1]` is carried back: the bias column stays, and the last unit's column is gone",
        "Raise only column 0 of a matrix: no unit below may notice.",
        3,
    ),
    Slip(
        (("back2", "back2 = delta @ weights[2][:, :-1]"),),
        "`W[:, :-1]` is carried back, at the top",
        SEE_DOWN,
    ),
    Slip(
        (("back1", "back1 = q2 @ weights[1][:, :-1]"),),
        "`W[:, :-1]` is carried back, below the top",
        SEE_DOWN,
    ),
    Slip(
        (("back1", "back1 = back2 @ weights[1][:, 1:]"),),
        "the pull on y, which has not passed its gate, is handed on",
        "What is handed down is the pull on a layer's sums.",
        3,
    ),
    Slip(
        (("z_hat", "z_hat = activation(ones2 @ weights[2].T)"),),
        "the logits go through the activation too",
        SEE_STRAIGHT,
        3,
    ),
    Slip(
        (("delta", "delta = (r - z) * activation.derivative(z_hat) / B"),),
        "a gate stands on the straight output",
        SEE_STRAIGHT,
        3,
    ),
    Slip(
        (
            ("dW3", "dW3 = delta.T @ np.c_[np.ones(B), y_hat2]"),
            ("dW2", "dW2 = q2.T @ np.c_[np.ones(B), y_hat1]"),
        ),
        "the signals at the tails are the sums, before the function",
        SEE_TAIL,
        3,
    ),
    Slip(
        tuple(
            (f"dW{k}", f"dW{k} = {q}.T @ np.c_[np.zeros(B), {y}]")
            for k, q, y in ((1, "q1", "x"), (2, "q2", "y1"), (3, "delta", "y2"))
        ),
        "the bias columns of all pulls are left at 0",
        SEE_COLUMN,
    ),
    Slip(
        tuple(
            (f"dW{k}", f"dW{k} = {q}.T @ np.c_[{y}, np.ones(B)]")
            for k, q, y in ((1, "q1", "x"), (2, "q2", "y1"), (3, "delta", "y2"))
        ),
        "the bias columns of all pulls stand last",
        SEE_COLUMN,
        convention=True,
    ),
    Slip(
        tuple((f"ones{k}", f"ones{k} = np.c_[{y}, np.ones(B)]") for k, y in enumerate(("x", "y1", "y2"))),
        "the constant 1 stands behind the signals and not in front",
        SEE_BIAS,
        3,
    ),
)
DEEP = Derivation(ARGUMENTS, ("dW1", "dW2", "dW3"), STEPS, (*SLIPS, *SOFTMAX, *LOGITS))


@lru_cache(maxsize=1)
def deep_trials() -> tuple[Trial, ...]:
    """Return three batches and three single examples for networks of two hidden layers."""
    rng = np.random.default_rng(0)
    return tuple(
        _trial(rng, sizes, name, single)
        for single in (False, True)
        for sizes, name in zip(SIZES, ("tanh", "sigmoid", "relu"), strict=True)
    )


def _trial(rng, sizes, name, single):
    B, K = 1 if single else sizes["B"], sizes["K"]
    widths = (sizes["D"], sizes["N1"], sizes["N2"], K)
    while True:
        x, weights = rng.normal(size=(B, widths[0])), _weights(rng, widths)
        record = MLP(weights, name).forward(x)
        if name != "relu" or all(abs(y_hat).min() > CORNER and _on_and_off(y_hat) for y_hat in record.y_hat):
            break
    given = {
        "x": x,
        "r": rng.dirichlet(np.ones(K), size=B),
        "weights": weights,
        "activation": for_scalars(ACTIVATIONS[name]),
    }
    return Trial({**sizes, "B": B}, single, name, given)


def _weights(rng, widths):
    return tuple(rng.normal(size=(n, m + 1)) / np.sqrt(m) for m, n in itertools.pairwise(widths))


def _on_and_off(y_hat):
    return (y_hat > 0).any() and (y_hat <= 0).any()


def judge_deep(exercise: Exercise, answers: tuple, attempt: int) -> Feedback:
    """Return what is said of a backward for any depth: of two hidden layers first, then of others."""
    if len(answers) != 1 or is_unwritten(answers[0]):
        return Feedback(exercise.number, "unattempted", UNTRIED)
    feedback = judge_function(exercise, answers[0], attempt)
    if feedback.verdict == "unattempted" or not callable(answers[0]):
        return feedback
    if feedback.verdict in ("error", "wrong"):
        shallow = "" if _first_fault(answers[0], (1,)) else "With one hidden layer it is right; with two:\n"
        return _put_before(shallow, feedback)
    fault = _first_fault(answers[0], tuple(HIDDEN)) if feedback.verdict == "right" else ""
    if fault:
        return Feedback(exercise.number, "near", f"With two hidden layers it is right. {fault}")
    return feedback


def _put_before(text, feedback):
    return Feedback(
        feedback.number, feedback.verdict, text + feedback.message, feedback.slips, feedback.equals
    )


def _first_fault(function, depths):
    """Return the sentence on the first of these depths at which a function is not right, "" if on none."""
    rng = np.random.default_rng(1)
    for hidden in depths:
        widths = (3, *(5, 7, 4, 6)[:hidden], 2)
        x, r = rng.normal(size=(8, 3)), rng.dirichlet(np.ones(2), size=8)
        network = MLP(_weights(rng, widths), "tanh")
        activation = for_scalars(ACTIVATIONS["tanh"])
        outcome = call_all(function, [(x, r, network.weights, activation)])
        if outcome.stopped:
            return f"With {HIDDEN[hidden]} it does not come to an end."
        (run,) = outcome.runs
        if run.error is not None:
            return f"With {HIDDEN[hidden]} it raises.\n{explain(run.error, {'B': 8, 'D': 3, 'K': 2})}"
        if not _agree(run.value, network.negative_gradient(network.forward(x), r)):
            return f"With {HIDDEN[hidden]} it is not. What does your loop count?"
    return ""


def _agree(value, right):
    try:
        return len(value) == len(right) and all(
            np.shape(mine) == true.shape and is_near(np.asarray(mine, dtype=float), true, EXACT)
            for mine, true in zip(value, right, strict=True)
        )
    except (TypeError, ValueError):
        return False
