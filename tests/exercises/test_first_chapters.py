"""Typical wrong answers to the exercises of chapters 00 and 01, and what each is told."""

import numpy as np
import pytest
from wrong_answers import function_of

from mlp_core import MLP, gradient_step, numerical_gradient
from mlp_core.exercises import check, desk, nudging
from mlp_core.exercises.registry import exercises


@pytest.fixture(autouse=True)
def _a_desk_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "_wrong", {})


PASS = 128 * 144 + 10 * 128
SHIFTED = r"\frac{e^{\hat z_i + t}}{\sum_l e^{\hat z_l + t}}"
SLOPE = r"\frac{\partial p_i}{\partial \hat z_k}"
QUOTIENT = r" = \frac{2 \hat z_i \delta_{ik} s - (\hat z_i^2 + 1) 2 \hat z_k}{s^2}"
DERIVED = SLOPE + QUOTIENT + r" = \frac{2 \hat z_k}{s} (\delta_{ik} - p_i)"
TYPED = [
    ("0.1", ([2, -0.5], [0.9241, 0.0759], 0.0789), "wrong", "that of the wrong class"),
    ("0.1", ([2, -0.5], [0.9241, 0.0759], -2.5789), "wrong", "the minus of E is lost"),
    ("0.1", ([2, -0.5], [0.8, 0.2], 1.6094), "wrong", "of the logits themselves"),
    ("0.1", ([0, -3.5], [0.9707, 0.0293], 3.5298), "wrong", "the activation is left out"),
    ("0.1", ([2, -0.5], [0.92, 0.07], 2.58), "wrong", "The logits are right"),
    ("0.2", (-0.1511,), "near", "round once"),
    ("0.2", (0.1512,), "wrong", "the signs are left out"),
    ("0.2", (-1,), "wrong", "the sizes stay"),
    ("0.2", (-6.613,), "wrong", "old is divided by new"),
    ("0.2", (0.1313,), "wrong", "no ratio"),
    ("0.3", ("a1",), "wrong", "what W adds of its own"),
    ("0.3", ("b3",), "near", "not its reason"),
    ("0.4", (2.3026, 2.3026), "wrong", "the probabilities are averaged"),
    ("0.4", (2.3026, 1.677), "wrong", "what was bet on it"),
    ("0.4", (2.3026, 27.56), "wrong", "the ten are added up"),
    ("0.4", (-2.3026, 2.7559), "wrong", "the minus is lost"),
    ("0.5", (PASS, PASS, 2), "wrong", "nothing is carried on"),
    ("0.5", (19_850, 21_130, 2.0645), "wrong", "the biases are counted"),
    ("0.5", (PASS, 2 * PASS, 3), "wrong", "to the inputs as well"),
    ("0.5", (PASS, PASS + 1280, 1.0649), "wrong", "the way forward is not counted"),
    ("0.6", (SHIFTED + " = z_i",), "near", "does not come by `e^t`"),
    ("0.6", (SHIFTED + r" = e^{t} z_i = z_i",), "wrong", "and below?"),
    ("0.6", (SHIFTED + r" = z_i + t = z_i",), "wrong", "added to the probability"),
    ("1.1", ([0.1875, 0, 0, 0],), "wrong", "only the diagonal"),
    ("1.1", ([-0.0625, -0.025, -0.1125, -0.05],), "wrong", "the delta is left out"),
    ("1.1", ([0.75, -0.1, -0.45, -0.2],), "wrong", "a product of two shares"),
    ("1.1", ([-0.1875, 0.025, 0.1125, 0.05],), "wrong", "the sign is turned"),
    ("1.5", ("a1",), "wrong", "add them"),
    ("1.8", (DERIVED, "..."), "near", "Answer 2 of 2"),
    ("1.8", (DERIVED, "d4"), "wrong", "in its row"),
    ("1.8", (DERIVED,), "unread", "1 answer came; expected 2"),
    ("1.8", (SLOPE + r" = p_i (\delta_{ik} - p_k)", "b2"), "wrong", "from habit"),
    ("1.8", (SLOPE + QUOTIENT + r" = \frac{2 \hat z_k}{s} (\delta_{ik} - p_k)", "b2"), "wrong", "Who pays"),
    ("1.8", (SLOPE + r" = \frac{2 \hat z_i}{s} \delta_{ik} = 0", "b2"), "wrong", "held still"),
]


@pytest.mark.parametrize(("number", "answers", "verdict", "said"), TYPED)
def test_what_was_typed_is_told_its_slip(number, answers, verdict, said):
    feedback = check(number, *answers)
    assert feedback.verdict == verdict, feedback
    assert said in feedback.message, feedback


NUDGED = [
    ("-(E(up)", "(E(up)", "wrong", "the slope is returned"),
    ("(2 * h)", "h", "wrong", "twice as far"),
    ("E(down)) / (2 * h)", "E(W)) / h", "near", "nudged up and not down"),
    ("up, down = W.copy(), W.copy()", "up = down = W.copy()", "wrong", "under two names"),
    ("np.ndindex(W.shape)", "range(len(W))", "wrong", "whole rows"),
    ("(2 * h)", "(2e-5)", "wrong", "100 times the right one"),
    ("return pull", "return pull.ravel()", "wrong", "expected the same"),
    ("return pull", "return", "wrong", "None"),
    ("return pull", "return 1 / (pull - pull)", "wrong", "NaN or infinity"),
    ("up, down = W.copy(), W.copy()", "W += h; up, down = W, W - 2 * h", "wrong", "work on a copy"),
    ("return pull", "return pul", "error", "pul"),
]


@pytest.mark.parametrize(("before", "after", "verdict", "said"), NUDGED)
def test_nudging_gone_wrong_is_named(before, after, verdict, said):
    text = exercises()["0.7"].solution
    assert before in text
    feedback = check("0.7", function_of(text.replace(before, after)))
    assert feedback.verdict == verdict, feedback
    assert said in feedback.message, feedback


def test_two_slips_of_nudging_and_then_the_line():
    text = exercises()["0.7"].solution.replace("-(E(up)", "(E(up)").replace("(2 * h)", "h")
    first, second = check("0.7", function_of(text)), check("0.7", function_of(text))
    assert "; and " in first.slips[0]
    assert "You have computed" not in first.message
    assert "You have computed `pull[k] = (E(up) - E(down)) / h`" in second.message
    assert check("0.7", 3).verdict == "unread"


def moved(steps, rate, sign=-1):
    weights = nudging.START
    for _ in range(steps):
        slopes = numerical_gradient(nudging.error, weights)
        weights, _ = gradient_step(weights, None, tuple(sign * slope for slope in slopes), rate)
    return weights


MOVES = [
    ((60, 0.3), "right", "looked again"),
    ((1, 0.7), "wrong", "straight along"),
    ((1, 2.0), "wrong", "You began at 1.0704"),
    ((1, 0.5, 1), "wrong", "You began at 1.0704"),
    ((50, 0.7), "wrong", "too far"),
    ((10, 0.7), "wrong", "Go on"),
    ((3, 0.1), "wrong", "belong to where you stand"),
    ((0, 1.0), "wrong", "that you began with"),
]


@pytest.mark.parametrize(("steps", "verdict", "said"), MOVES)
def test_a_move_is_judged_by_where_it_ends(steps, verdict, said):
    feedback = check("0.8", *moved(*steps))
    assert feedback.verdict == verdict, feedback
    assert said in feedback.message, feedback


def test_moved_weights_have_their_shapes():
    V, W = nudging.START
    assert "the new V" in check("0.8", W, V).message.replace("The", "the")
    assert check("0.8", V, ...).verdict == "unattempted"


def test_the_straight_line_goes_no_lower():
    pulls = np.concatenate([-s.ravel() for s in numerical_gradient(nudging.error, nudging.START)])
    line = [nudging.error(nudging.along(pulls, rate)) for rate in np.linspace(0, 2.2, 221)]
    assert 0.57 < min(line) < 0.575
    assert MLP(nudging.along(pulls, 2.0), "sigmoid").loss(nudging.TWO_X, nudging.TWO_R) == pytest.approx(
        1.6753, abs=5e-5
    )


CODE = [
    ("1.2", "z", "np.diag(z * (1 - z))", "only the diagonal"),
    ("1.2", "z", "np.diag(z) - z @ z.T", "a number, is taken off"),
    ("1.2", "z", "np.diag(z) - np.outer(z, z)", "For a single example it is right"),
    ("1.3", "z, g", "z * (g - (z * g).sum())", "over the whole batch"),
    ("1.3", "z, g", "z * g", "the average wish is not taken off"),
    ("1.4", "z", "np.eye(z.shape[-1]) - z[..., :, None]", "in the transpose"),
    ("1.6", "t", "np.exp(t) / np.exp(t).sum()", "the pot of the whole batch"),
    ("1.6", "t", "np.exp(t) / np.exp(t).sum(axis=0)", "added up over the batch"),
    (
        "1.6",
        "t",
        "np.exp(t - t.min(axis=-1, keepdims=True)) / np.exp(t - t.min(axis=-1, keepdims=True))"
        ".sum(axis=-1, keepdims=True)",
        "the smallest is taken off",
    ),
]


@pytest.mark.parametrize(("number", "given", "line", "said"), CODE)
def test_code_of_one_line_is_told_its_slip(number, given, line, said):
    feedback = check(number, function_of(f"def written({given}):\n    return {line}\n"))
    assert feedback.verdict in ("wrong", "near", "error")
    assert said in feedback.message, feedback
