"""Kinds of slips that no list holds one by one: any constant, other shapes, single examples, loops."""

from dataclasses import replace

import numpy as np
import pytest
from wrong_answers import function_of

from mlp_core.exercises.chain import run
from mlp_core.exercises.judging import bank_for, judge_function
from mlp_core.exercises.registry import exercises, of_role
from mlp_core.exercises.search_parts import bank_of
from mlp_core.exercises.trials import trials

BACKWARD = of_role("backward")
LINES = BACKWARD.solution
LOOP = """
def backward(x, r, V, W, activation):
    x, r = np.atleast_2d(x), np.atleast_2d(r)
    V, W = V.copy(), W.copy()
    dV, dW = np.zeros(V.shape), np.zeros(W.shape)
    for b in range(len(x)):
        ones_x = np.r_[1, x[b]]
        y_hat = V @ ones_x
        ones_y = np.r_[1, activation(y_hat)]
        e = np.exp(W @ ones_y)
        p = r[b] - e / e.sum()
        q = (p @ W[:, 1:]) * activation.derivative(y_hat)
        of_V, of_W = np.outer(q, ones_x), np.outer(p, ones_y)
        dV += of_V
        dW += of_W
    return dV / len(x), dW / len(x)
"""


def judged(text, *edits):
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    return judge_function(BACKWARD, function_of(text, "backward"))


def test_the_loop_is_right():
    assert judged(LOOP).verdict == "right"


SUM = "dW += of_W"
SLIPS = [
    (SUM, f"{SUM}\n        dV /= len(x)\n        dW /= len(x)", "divided by B again in each"),
    (SUM, f"{SUM}\n        V += 0.1 * of_V\n        W += 0.1 * of_W", "weights move after each"),
    (SUM, "dW[...] = np.trunc(dW + of_W)", "added up in whole numbers"),
    ("range(len(x))", "range(len(x) - 1 if len(x) > 1 else 1)", "the last example is left out"),
    ("p @ W[:, 1:]", "p[:-1] @ W[:-1, 1:]", "ends one too early"),
    ("derivative(y_hat)", "derivative(np.r_[1, y_hat][:-1])", "cut at the wrong end"),
    ("return dV", "dV[:, 0] = dV[:, 0].mean()\n    return dV", "one number"),
    ("return dV", "dV = dV / np.linalg.norm(dV) * len(x)\n    return dV", "divided by its length"),
]


@pytest.mark.parametrize(("before", "after", "said"), SLIPS, ids=[s[2] for s in SLIPS])
def test_a_slip_in_a_loop_is_named(before, after, said):
    feedback = judged(LOOP, (before, after))
    assert any(said in told for told in feedback.slips + feedback.equals), feedback
    assert len(feedback.equals) < 3


@pytest.mark.parametrize("rate", [0.1, -0.37, 12.5])
def test_any_constant_is_found_if_it_is_the_same_in_every_trial(rate):
    feedback = judged(LINES, ("return q.T @ x_1, delta.T", f"return {rate} * q.T @ x_1, {rate} * delta.T"))
    assert f"a factor {abs(rate):g} too many" in feedback.slips[0]
    assert ("sign is turned" in feedback.slips[0]) == (rate < 0)
    other = judged(LINES, ("return q.T", f"return (1 + {rate} * x.std()) * q.T"))
    assert not any("factor" in told for told in other.slips)


def test_a_constant_beside_a_slip_is_found_in_a_part():
    edits = ("derivative(y_hat)", "derivative(y_hat) ** 2"), ("return q.T @ x_1", "return q.T @ (x_1 * sign)")
    feedback = judged(
        LINES, *edits, ("    delta = ", "    sign = np.r_[-1, np.ones(V.shape[1] - 1)]\n    delta = ")
    )
    assert "the gate is passed twice" in feedback.slips[0]
    assert "in column 0 of the pull on V, the sign" in feedback.slips[0]


OTHER_SHAPES = [
    ("q.T @ x_1", "q.T @ y_1", "stands for x in the pull on V"),
    ("q.T @ x_1", "(q[:, :, None] * x_1[:, None, :])", "the examples are not added up"),
    ("q.T @ x_1, delta.T @ y_1", "np.outer(q, x_1), np.outer(delta, y_1)", "one long row, in both"),
]


@pytest.mark.parametrize(("before", "after", "said"), OTHER_SHAPES, ids=[o[2] for o in OTHER_SHAPES])
def test_numbers_of_another_shape_are_named_if_they_agree(before, after, said):
    feedback = judged(LINES, (before, after))
    assert said in feedback.slips[0]
    assert said in feedback.message
    assert "expected (H, D+1)" in feedback.message
    almost = judged(LINES, (before, after.replace("x_1", "(x_1**3)").replace("y_1", "(y_1**3)")))
    assert almost.slips == ()


def test_a_single_example_alone_is_named():
    logits = exercises()["2.3"]
    text = """
def pull_on_logits(r, z_hat):
    e = np.exp(z_hat - z_hat.max(axis=-1, keepdims=True))
    return (r - e / e.sum(axis=-1, keepdims=True)) / len(r)
"""
    feedback = judge_function(logits, function_of(text))
    assert feedback.verdict == "near"
    assert "divided by K" in feedback.slips[0]
    assert "you divide by K" in feedback.message
    raises = judged(LINES, ("x, r = np.atleast_2d(x), np.atleast_2d(r)\n", "len(x[0])\n    pass\n"))
    assert raises.slips == ("a single example is not made a batch of one",)


def test_a_pair_run_on_from_its_second_slip_gives_what_all_its_lines_give():
    bank, trial = bank_for(BACKWARD), bank_for(BACKWARD).trials[1]
    pairs = bank.pairs(trial)
    rng, compared = np.random.default_rng(3), 0
    for a, b in rng.choice(len(bank.singles), (600, 2)):
        slips = bank.singles[a], bank.singles[b]
        lines = bank.derivation.lines(slips)
        if lines is None or any(slip.is_free for slip in slips):
            continue
        for o, output in enumerate(bank.derivation.outputs):
            i, j = max(a, b), min(a, b)
            if pairs.touches[o][i, j] and pairs.touches[o][j, i]:
                with np.errstate(all="ignore"):
                    made = pairs.continued.of_pair(*slips, o)
                    try:
                        known = run(lines, {**trial.given, **trial.sizes})[output]
                    except Exception:
                        continue
                np.testing.assert_allclose(made, known, rtol=1e-9, atol=1e-12)
                compared += 1
    assert compared > 100


def test_no_line_of_a_table_is_looked_for_on_paper():
    bank = bank_for(BACKWARD)
    on_paper = bank_of(replace(BACKWARD.derivation, by_hand=True), bank.trials[:1])
    assert all(slip.common for slip in on_paper.singles)
    assert len(on_paper.singles) > 300


def test_no_slip_of_a_loop_over_examples_is_told_of_a_single_example():
    singles = tuple(trial for trial in trials() if trial.single and not trial.extreme)
    assert not any(slip.of_batch for slip in bank_of(BACKWARD.derivation, singles).singles)
    assert any(slip.of_batch for slip in bank_for(BACKWARD).singles)
