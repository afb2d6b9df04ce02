"""Slips, constants and conventions are recognized; what is right is never called wrong."""

import numpy as np
import pytest
from wrong_answers import answer_with, function_of

from mlp_core.exercises.judging import bank_for, judge_function
from mlp_core.exercises.registry import exercises, of_role

FUNCTIONS = {
    number: exercise
    for number, exercise in exercises().items()
    if exercise.derivation and exercise.example is None and exercise.judge is None
}
BACKWARD = of_role("backward")
LINES = BACKWARD.solution


def judged(*edits, attempt=1):
    text = LINES
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    return judge_function(BACKWARD, function_of(text), attempt)


@pytest.mark.parametrize("number", FUNCTIONS)
def test_every_slip_is_named(number):
    exercise = FUNCTIONS[number]
    for slip in bank_for(exercise).singles:
        feedback = judge_function(exercise, answer_with(exercise.derivation, (slip,)))
        assert feedback.verdict in ("wrong", "near"), slip
        told = feedback.slips + feedback.equals
        # One made from another slip is told only where no plain one has the same numbers.
        assert slip.says in told if slip.common else told, (slip, feedback)


CONSTANTS = [
    (
        "(r - e / e.sum(axis=1, keepdims=True)) / len(x)",
        "(e / e.sum(axis=1, keepdims=True) - r) / len(x)",
        "pos",
    ),
    ("/ len(x)\n", "\n", "the sum over the batch"),
    ("/ len(x)\n", "/ len(x) ** 2\n", "divided by B, once too often"),
    ("/ len(x)\n", "/ r.size\n", "divided by K as well"),
    ("/ len(x)\n", "/ r.shape[1]\n", "divided by K and not by B"),
    ("/ len(x)\n", "/ len(x) / np.log(2)\n", "logarithm of base 2"),
    ("return q.T", "return -q.T", "in the pull on V, the sign is that of the slope"),
    ("return q.T", "return 2 * q.T", "factor 2 too many"),
    (
        "delta.T @ y_1",
        "delta.T @ y_1 * np.r_[len(x), np.ones(V.shape[0])]",
        "column 0 of the pull on W, the 1/B",
    ),
]


@pytest.mark.parametrize(("before", "after", "said"), CONSTANTS, ids=[c[2] for c in CONSTANTS])
def test_a_constant_is_solved_for(before, after, said):
    feedback = judged((before, after))
    assert said in feedback.message


@pytest.mark.parametrize("rate", [0.1, 0.5, -0.01, 3.0])
def test_w_stepped_too_early_at_any_rate(rate):
    feedback = judged(("W[:, 1:]", f"(W + {rate} * delta.T @ y_1)[:, 1:]"))
    assert "too early" in feedback.slips[0]
    almost = judged(("W[:, 1:]", f"(W + {rate} * delta.T @ y_1 ** 3)[:, 1:]"))
    assert not any("too early" in said for said in almost.slips)


CONVENTIONS = [
    ((("return q.T @ x_1, delta", "return -q.T @ x_1, -delta"),), "the positive gradient"),
    ((("/ len(x)\n", "\n"),), "the sum over the batch"),
    (
        (
            ("q.T @ x_1", "q.T @ np.roll(x_1, -1, axis=1)"),
            ("delta.T @ y_1", "delta.T @ np.roll(y_1, -1, axis=1)"),
        ),
        "stand last",
    ),
    ((("q.T @ x_1", "x_1.T @ q"), ("delta.T @ y_1", "y_1.T @ delta")), "transposed"),
    ((("q.T @ x_1, delta.T @ y_1", "delta.T @ y_1, q.T @ x_1"),), "other order"),
]


@pytest.mark.parametrize(("edits", "said"), CONVENTIONS, ids=[c[1] for c in CONVENTIONS])
def test_another_convention_is_right_in_it(edits, said):
    feedback = judged(*edits)
    assert feedback.verdict == "near"
    assert "Right, in another convention" in feedback.message
    assert said in feedback.message


def test_a_pair_is_named_and_the_second_answer_is_told_the_edit():
    edits = ("W[:, 1:]", "W[:, :-1]"), ("derivative(y_hat)", "derivative(activation(y_hat))")
    first, second = judged(*edits), judged(*edits, attempt=2)
    assert "`W[:, :-1]` is carried back" in first.slips[0]
    assert "the gate is taken at y" in first.slips[0]
    assert "(3.13)" in first.message
    assert "You have computed" not in first.message
    assert "You have computed `gate = activation.derivative(y)`" in second.message


def test_an_unknown_slip_is_not_guessed():
    feedback = judged(("q.T @ x_1", "np.c_[q.sum(axis=0), q.T @ np.sin(x)]"))
    assert feedback.slips == ()
    assert "The pull on V is wrong, but for its column 0" in feedback.message
    assert "The pull on W is right" in feedback.message
    feedback = judged(("delta = (r", "delta = np.cos(r) * (r"))
    assert "one factor along each row" in feedback.message
    assert "adds up to 0; yours do not" in feedback.message


def test_a_slip_in_a_part_of_the_answer_is_named_with_the_part():
    gate = "np.c_[(delta @ W[:, 1:] * activation.derivative(activation(y_hat))).sum(axis=0), q.T @ x]"
    feedback = judged(("q.T @ x_1", gate))
    assert "the gate is taken at y" in feedback.slips[0]
    assert feedback.slips[0].endswith("in column 0 of the pull on V alone")
    feedback = judged(("delta.T @ y_1", "(delta * (1 - delta)).T @ y_1 * 0 + (r * delta).T @ y_1"))
    assert feedback.slips[0].startswith("only the wanted classes are pulled, in the pull on W alone")


def test_one_token_of_a_step_is_named():
    feedback = judged(("q.T @ x_1", "y_hat.T @ x_1"))
    assert feedback.slips == ("`y_hat` stands in place of `q` in the pull on V",)


RIGHT = {
    "loops": """
def backward(x, r, V, W, activation):
    if np.ndim(x) == 2:
        parts = [backward(a, b, V, W, activation) for a, b in zip(x, r)]
        return sum(p[0] for p in parts) / len(x), sum(p[1] for p in parts) / len(x)
    y_hat = [V[j, 0] + sum(V[j, m + 1] * x[m] for m in range(len(x))) for j in range(len(V))]
    y = [float(activation(t)) for t in y_hat]
    z_hat = [W[i, 0] + sum(W[i, j + 1] * y[j] for j in range(len(y))) for i in range(len(W))]
    pot = sum(np.exp(t) for t in z_hat)
    p = [r[i] - np.exp(z_hat[i]) / pot for i in range(len(W))]
    dW = [[p[i] * s for s in [1, *y]] for i in range(len(W))]
    heard = [sum(p[i] * W[i, j + 1] for i in range(len(W))) for j in range(len(V))]
    q = [heard[j] * activation.derivative(y_hat[j]) for j in range(len(V))]
    return np.array([[q[j] * s for s in [1, *x]] for j in range(len(V))]), np.array(dW)
""",
    "einsum": """
def backward(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    a = np.einsum("hd,bd->bh", V[:, 1:], x) + V[:, 0]
    y = activation(a)
    t = np.einsum("kh,bh->bk", W[:, 1:], y) + W[:, 0]
    z = np.exp(t - np.logaddexp.reduce(t, axis=1)[:, None])
    p = (r - z) / x.shape[0]
    q = np.einsum("bk,kh,bh->bh", p, W[:, 1:], activation.derivative(a))
    pad = lambda s: np.pad(s, ((0, 0), (1, 0)), constant_values=1)
    return np.einsum("bh,bd->hd", q, pad(x)), np.einsum("bk,bh->kh", p, pad(y))
""",
    "float32": """
def backward(x, r, V, W, activation):
    x, r = np.atleast_2d(x).astype("f"), np.atleast_2d(r).astype("f")
    one = np.ones((len(x), 1), "f")
    a = np.hstack([one, x]) @ V.T.astype("f")
    s = np.hstack([one, activation(a).astype("f")])
    e = np.exp(s @ W.T.astype("f"))
    p = (r - e / e.sum(1, keepdims=True)) / np.float32(len(x))
    q = p @ W[:, 1:].astype("f") * activation.derivative(a).astype("f")
    return q.T @ np.hstack([one, x]), p.T @ s
""",
}


@pytest.mark.parametrize("style", RIGHT)
def test_a_right_function_in_another_style_is_right(style):
    feedback = judge_function(BACKWARD, function_of(RIGHT[style], "backward"))
    assert feedback.verdict == "right", feedback


def test_measured_numbers_are_near():
    text = LINES.replace("return q.T @ x_1", "return q.T @ x_1 * (1 + 1e-5 * np.cos(np.arange(V.shape[1])))")
    assert judge_function(BACKWARD, function_of(text)).verdict == "near"


def test_only_a_batch_or_only_one_example():
    feedback = judged(("x, r = np.atleast_2d(x), np.atleast_2d(r)\n", "pass\n"))
    assert feedback.verdict == "near"
    assert "For a batch it is right" in feedback.message
    feedback = judged(("x, r = np", "assert x.ndim == 1\n    x, r = np"))
    assert feedback.verdict == "error"
    assert "For a single example it is right" in feedback.message


def test_one_example_is_divided_by_the_number_of_its_classes():
    exercise = exercises()["2.3"]
    text = exercise.solution.replace("(len(z_hat) if z_hat.ndim == 2 else 1)", "len(z_hat)")
    feedback = judge_function(exercise, function_of(text))
    assert feedback.verdict == "near"
    assert "you divide by K, as `len` of one example is" in feedback.message


def test_a_probability_of_0_may_be_the_cause_at_logits_of_a_thousand():
    exercise = exercises()["2.3"]
    through = (
        "np.einsum('...k,...ki->...i', r / z, z[..., :, None] * (np.eye(z.shape[-1]) - z[..., None, :]))"
    )
    feedback = judge_function(exercise, function_of(exercise.solution.replace("(r - z)", through)))
    assert feedback.verdict == "near"
    assert "divided by a probability that has become 0" in feedback.message


def test_what_writes_into_its_argument_is_not_praised():
    exercise = exercises()["2.3"]
    text = exercise.solution.replace("    e = np.exp(z_hat - ", "    z_hat -= 1\n    e = np.exp(z_hat - ")
    feedback = judge_function(exercise, function_of(text))
    assert feedback.message.startswith("The numbers are right. It writes into its argument `z_hat`")
    assert exercise.notice not in feedback.message


SOFTMAXES = {
    "no maximum": ("z_hat.max(axis=-1, keepdims=True)", "0"),
    "the maximum of the whole batch": ("z_hat.max(axis=-1, keepdims=True)", "z_hat.max()"),
    "the mean": ("z_hat.max(", "z_hat.mean("),
}


@pytest.mark.parametrize("said", SOFTMAXES)
def test_logits_of_a_thousand(said):
    exercise = exercises()["2.3"]
    text = exercise.solution.replace(*SOFTMAXES[said])
    feedback = judge_function(exercise, function_of(text))
    assert feedback.verdict == "near"
    assert "Right on ordinary logits" in feedback.message
    assert any(said in slip for slip in feedback.slips), feedback


def test_no_expected_number_is_ever_printed():
    right = bank_for(BACKWARD).right(bank_for(BACKWARD).trials[0])
    known = {f"{abs(n):.4g}" for output in right for n in output.ravel()}
    for edits in ((("W[:, 1:]", "W[:, :-1]"),), (("delta = (r", "delta = np.cos(r) * (r"),)):
        said = judged(*edits, attempt=2).message
        assert not known & set(np.array(said.replace(",", " ").split()).tolist())
