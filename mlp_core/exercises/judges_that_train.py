"""Judges that train a small network with the reader's lines: a way back of one's own, and the whole loop."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ..data import digits
from ..formulas.activations import RELU
from ..formulas.probabilities import softmax
from ..formulas.weighted_sums import prepend_one
from ..network import MLP
from .attempts import times
from .chain import Derivation, run
from .exercise import Exercise
from .feedback import Feedback
from .judging import LONG, UNTRIED
from .leaning import alone
from .raised import explain
from .reader_code import TIME_LIMIT, call_all, is_unwritten
from .search_parts import EXACT, Explanation, is_near
from .words import first_word, the_edit

SIZE = 32  # rows of a batch, as in the loops of the chapter
SIZES = {"D": 3, "H": 9, "K": 6}  # of the small network: no two differ by the 1 of a bias


def _halted(exercise, outcome, sizes):
    """Return the `Feedback` on code that did not come to an end or raised, None if it did neither."""
    if outcome.stopped:
        return Feedback(exercise.number, "error", LONG.format(TIME_LIMIT))
    failed = [run.error for run in outcome.runs if run.error is not None]
    return Feedback(exercise.number, "error", explain(failed[0], sizes)) if failed else None


# ---------------------------------------------------------------- a way back without W


def judge_way_back(enough: int, units: int = 32) -> Callable[[Exercise, tuple, int], Feedback]:
    """Return a judge of a function (p, W, y) that hands something back without looking at W.

    Parameters
    ----------
    enough : int
        How many of the unseen digits a network must read that was trained with it.
    units : int
        How many hidden units it has.
    """

    def judge(exercise, answers, attempt):
        if len(answers) != 1 or is_unwritten(answers[0]):
            return Feedback(exercise.number, "unattempted", UNTRIED)
        if not callable(answers[0]):
            return Feedback(exercise.number, "unread", "Hand in the function itself, without brackets.")
        places = _places(units)
        outcome = call_all(answers[0], places)
        if halted := _halted(exercise, outcome, {"B": 7, "H": units, "K": 10}):
            return halted
        fault = _fault_of_way_back([run.value for run in outcome.runs], places)
        if fault:
            return Feedback(exercise.number, "wrong", fault, (fault.split(":")[0],))
        trained = call_all(_reads_with, [(answers[0], units)])
        if halted := _halted(exercise, trained, {}):
            return halted
        read, of = trained.runs[0].value
        measured = f"With yours in place of the right line the network reads {read} of {of}."
        if read >= enough:
            return Feedback(exercise.number, "right", f"{exercise.notice}\n{measured}")
        why = _why_so_few([run.value for run in outcome.runs], places[0])
        return Feedback(exercise.number, "wrong", f"{measured} {enough} are asked for.\n{why}", (why,))

    return judge


def _places(units):
    """Return five calls: the same twice, with another W, with another p, and with another y."""
    rng = np.random.default_rng(7)
    p, other = (rng.dirichlet(np.ones(10), 7) - rng.dirichlet(np.ones(10), 7) for _ in range(2))
    W, other_W = rng.standard_normal((2, 10, units + 1))
    y, other_y = np.tanh(rng.standard_normal((2, 7, units)))
    return [(p / 7, W, y), (p / 7, W, y), (p / 7, other_W, y), (other / 7, W, y), (p / 7, W, other_y)]


def _fault_of_way_back(values, places):
    """Return what keeps it from being tried at all, "" if nothing."""
    (_, _, y), first = places[0], values[0]
    if not isinstance(first, np.ndarray) or first.dtype.kind not in "fiu":
        return f"It returns a {type(first).__name__}: expected an array of numbers."
    if first.shape != y.shape:
        return f"The shape is {first.shape}: expected that of `y`, a row an example and a column a unit."
    if not np.isfinite(first).all():
        return "There is NaN or infinity in what it returns: where is something divided by 0?"
    if not np.array_equal(first, values[1]):
        return (
            "Called twice with the same, it returns different things: W can grow to look like numbers that "
            "stay, and never like numbers that change. Draw them once, outside."
        )
    if not np.array_equal(first, values[2]):
        return "It listens to `W`: with another W, and the same p and y, it returns something else."
    return ""


def _why_so_few(values, place):
    """Return which property of what is handed back keeps V from learning."""
    (q, _, _, with_other_p, with_other_y), (p, _, y) = values, place
    if np.abs(q).max() < 1e-12 * np.abs(p).max():
        return "It hands back 0, so V is left alone. (What `p` says of one example adds up to 0.)"
    if np.array_equal(q, with_other_p):
        return "It does not depend on `p`: the units hear nothing of what the classes lack."
    if np.linalg.matrix_rank(np.where(np.abs(y) < 2, q / (1 - y**2), 0), tol=1e-9 * np.abs(q).max()) == 1 or (
        np.linalg.matrix_rank(q) == 1
    ):
        return "All units hear the same, but for its loudness: which unit is told what?"
    loudness = np.abs(q).mean() / np.abs(p).mean()
    if loudness < 0.1:
        return f"It is too quiet: on average {loudness:.2g} times as loud as `p`."
    if loudness > 10:
        return f"It is too loud: on average {loudness:.2g} times as loud as `p`, which shuts the units."
    if np.array_equal(q, with_other_y):
        return "Each unit hears something of its own, in a fair voice. But a saturated one hears it as well."
    return "Each unit hears something of its own, in a fair voice, so what it lacks is not known."


def _reads_with(hand_back, units):
    """Return how many of how many unseen digits section 1's network reads after training with this line."""
    data = digits(seed=0)
    x, r = data.train.x, data.train.r
    V, W = MLP.initialize((64, units, 10), "tanh", seed=0).weights
    rng = np.random.default_rng(0)
    for _ in range(30):
        order = rng.permutation(len(x))
        for first in range(0, len(order), SIZE):
            rows = order[first : first + SIZE]
            ones_x = prepend_one(x[rows])
            y = np.tanh(ones_x @ V.T)
            p = (r[rows] - softmax(prepend_one(y) @ W.T)) / len(rows)
            V = V + 0.5 * hand_back(p, W, y).T @ ones_x
            W = W + 0.5 * p.T @ prepend_one(y)
    logits = prepend_one(np.tanh(prepend_one(data.validation.x) @ V.T)) @ W.T
    return int((logits.argmax(axis=1) == data.validation.labels).sum()), len(logits)


# ---------------------------------------------------------------- the whole loop


@dataclass(frozen=True)
class Plan:
    """A way of going through the rows.

    Parameters
    ----------
    batches : callable
        Takes n and the orders, yields (rows of x, rows of r, whether the velocity begins anew).
    says, see : str
        As of a `Slip`.
    """

    batches: Callable
    says: str = ""
    see: str = ""


def in_order(n: int, orders: Sequence) -> Iterator[tuple]:
    """Yield the batches as the book takes them."""
    for order in orders:
        for first in range(0, n, SIZE):
            rows = order[first : first + SIZE]
            yield rows, rows, False


# One batch; several, all full; a short one at the end; several epochs.
STAGES = ((SIZE, 1), (3 * SIZE, 1), (2 * SIZE + 11, 1), (2 * SIZE + 11, 3))
SAID = (
    "Already the first step is wrong, of a batch that is all there is: is it one step?",
    "One step is right; the second, which begins where the first ended, is not. Print `len(X)`, and count "
    "the steps in an epoch.",
    "Full batches are right; the last one, which is short, is not.",
    "One epoch is right, several are not: what is carried on from one to the next?",
)


def judge_loop(derivation: Derivation, plans: Sequence[Plan]) -> Callable[[Exercise, tuple, int], Feedback]:
    """Return a judge of a function (x, r, V, W, orders) that trains and returns (V, W).

    Parameters
    ----------
    derivation : Derivation
        One step: of x, r, V, W, U_V, U_W, with the new four as outputs.
    plans : sequence of Plan
        Wrong ways of going through the rows.
    """

    def judge(exercise, answers, attempt):
        if len(answers) != 1 or is_unwritten(answers[0]):
            return Feedback(exercise.number, "unattempted", UNTRIED)
        if not callable(answers[0]):
            return Feedback(exercise.number, "unread", "Hand in the function itself, without brackets.")
        stages = [_stage(*each) for each in STAGES]
        outcome = call_all(answers[0], stages)
        halted = _halted(exercise, outcome, SIZES)
        if halted:
            return halted
        fault = _fault_of_weights(outcome.runs[0].value, stages[0])
        if fault:
            return Feedback(exercise.number, "wrong", fault)
        values = [run.value for run in outcome.runs]
        lines = derivation.lines()
        wrong = [k for k, s in enumerate(stages) if not _same(values[k], _trained(lines, in_order, s))]
        if wrong:
            return _recognized(exercise, derivation, plans, stages, values, wrong[0], attempt)
        right = alone(Feedback(exercise.number, "right", exercise.notice), answers[0])
        return _unless_changed(right, outcome)

    return judge


def _stage(n, epochs):
    """Return (x, r, V, W, orders) of small random numbers: n rows, so many epochs."""
    rng = np.random.default_rng(n + epochs)
    D, H, K = SIZES.values()
    x, r = rng.standard_normal((n, D)), rng.dirichlet(np.ones(K), n)
    V, W = rng.standard_normal((H, D + 1)), rng.standard_normal((K, H + 1))
    return x, r, V, W, [rng.permutation(n) for _ in range(epochs)]


def _trained(lines, batches, stage):
    """Return (V, W) after the lines have been run on every batch."""
    x, r, V, W, orders = stage
    state = {"V": V, "W": W, "U_V": 0 * V, "U_W": 0 * W}
    with np.errstate(all="ignore"):
        for of_x, of_r, anew in batches(len(x), orders):
            if anew:
                state |= {"U_V": 0 * V, "U_W": 0 * W}
            given = {"x": x[of_x], "r": r[of_r], "activation": RELU, "B": len(of_x), "N": len(x), **SIZES}
            known = run(lines, {**state, **given})
            state = {name: known[f"{name}_new"] for name in state}
    return state["V"], state["W"]


def _same(value, expected):
    return all(is_near(np.asarray(v), e, EXACT) for v, e in zip(value, expected, strict=True))


def _fault_of_weights(value, stage):
    """Return what is wrong with the form of what came back, "" if nothing."""
    shapes = [weights.shape for weights in stage[2:4]]
    if value is None:
        return "It returns nothing (None): is there a `return V, W` at its end?"
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        many = isinstance(value, (tuple, list))
        came = f"{len(value)} things" if many else f"a {type(value).__name__}"
        return f"It returns {came}; expected two arrays, V and W."
    found = [np.shape(part) for part in value]
    if found == shapes[::-1]:
        return "W comes first: expected V, then W."
    if found != shapes:
        return "The shapes are not those of V and W: each step must leave them as they were."
    if not all(np.isfinite(part).all() for part in value):
        return "There is NaN or infinity in the weights, after steps that should be small."
    return ""


def _recognized(exercise, derivation, plans, stages, values, first, attempt):
    """Return which slip, in a step or in the going through the rows, leaves these very weights."""
    found = [slip for slip in derivation.slips if _leaves(derivation, (slip,), in_order, stages, values)]
    if found:
        best = max(found, key=lambda slip: slip.common)
        found.sort(key=lambda slip: -slip.common)
        lines = [first_word(Explanation((best,)), derivation)]
        if (again := times(attempt, best.says)) > 1:
            lines.append(the_edit(Explanation((best,)), derivation, again))
        said = tuple(dict.fromkeys(slip.says for slip in found))
        if len(said) > 1:
            lines.append(f"The same weights come out if {'; or if '.join(said[1:3])}.")
        return Feedback(exercise.number, "wrong", "\n".join(lines), said[:1], said[1:])
    for plan in plans:
        if _leaves(derivation, (), plan.batches, stages, values):
            message = f"This is what comes out if {plan.says}.\n{plan.see}"
            return Feedback(exercise.number, "wrong", message, (plan.says,))
    unknown = ["No slip that is known leaves these weights.", SAID[first]]
    if first == 0:
        expected = _trained(derivation.lines(), in_order, stages[0])
        parts = zip("VW", values[0], expected, stages[0][2:4], strict=True)
        unknown += [_of_one_step(letter, np.asarray(v) - was, e - was) for letter, v, e, was in parts]
    return Feedback(exercise.number, "wrong", "\n".join(unknown))


def _of_one_step(letter, step, expected):
    """Return whether the step of a matrix is right, or how many times as long as it should be."""
    if not step.any():
        return f"{letter} has not moved."
    ratio = float((step * expected).sum() / (expected**2).sum())
    if not is_near(step, ratio * expected, EXACT):
        return f"The step of {letter} goes elsewhere."
    if abs(ratio - 1) < EXACT:
        return f"The step of {letter} is right."
    return f"The step of {letter} points the right way, and is {ratio:.4g} times as long as it should be."


def _leaves(derivation, slips, batches, stages, values):
    lines = derivation.lines(slips)
    if lines is None or any(slip.is_free for slip in slips):
        return False
    try:
        return all(_same(v, _trained(lines, batches, s)) for s, v in zip(stages, values, strict=True))
    except (ValueError, IndexError, KeyError, TypeError, AttributeError):
        return False


def _unless_changed(feedback, outcome):
    changed = sorted({k for run in outcome.runs for k in run.changed})
    if not changed:
        return feedback
    names = " and ".join(f"`{('x', 'r', 'V', 'W', 'orders')[k]}`" for k in changed)
    said = f"The weights are right. But it writes into its argument {names}, so that whoever calls it finds "
    return Feedback(feedback.number, "near", f"{said}other numbers there: `V = V + ...` makes a new one.")
