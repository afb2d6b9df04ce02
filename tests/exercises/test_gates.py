"""Answers to the exercises of chapter 04: typed numbers, a batch, a chain, a test of bends."""

import numpy as np
import pytest
from wrong_answers import function_of

from mlp_core.exercises import check, desk
from mlp_core.exercises.registry import exercises


@pytest.fixture(autouse=True)
def _a_desk_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "_wrong", {})


BOTH = [[0, 0, 0], [0.1, 0.1, 0.2], [0.6, 0.6, 0.6]]
TYPED = [
    ("4.1", [[0.18, -3.2, -2, 0]], "right", ""),
    ("4.1", [[0.41, -3.56, -2, 0]], "wrong", "the slopes are taken at the outputs"),
    ("4.1", [[0.18, -6.8, -2, 0]], "wrong", "the square of the negative output is negative"),
    ("4.1", [[0.18, -3.2, -5, 0]], "wrong", "signals stand in place of their gates"),
    ("4.1", [[0.18, -3.2, 0, 0]], "wrong", "taken of the pull too"),
    ("4.2", ["c2"], "right", ""),
    ("4.2", ["a4"], "wrong", "take the sum 2"),
    ("4.3", [[[0, 0, 0], [0.1, 0.1, 0.2], [0.6, 0, 0]]], "right", ""),
    ("4.3", [[[0, 0, 0], [0, 0.1, 0.2], [0, 0, 0]]], "wrong", "a bias counts as a weight without a signal"),
    ("4.3", [[[0, 0, 0], [0, 0, 0], [0.6, 0, 0]]], "wrong", "nearly shut"),
    ("4.3", [BOTH], "wrong", "the silent inputs are passed over"),
    ("4.4", [[0.999, 0.5], [2, -1]], "right", "-0.124, by the wrong ones by 0.0792"),
    ("4.4", [[0.98], [3]], "wrong", "one example"),
    ("4.4", [[0.98, 0.1], [3, 2]], "wrong", "None of the pulls has the other sign"),
    ("4.4", [[0.3, 0.3], [3, -2]], "wrong", "all alike"),
    ("4.4", [[0.5, 0.4], [3, -2]], "wrong", "Print both gates"),
    ("4.4", [[0.5, 0.5], [1, -1]], "wrong", "neither way"),
    ("4.4", [[3, -2], [1, -1]], "wrong", "one of these: 3, -2"),
    ("4.4", [[0.5, 0.4], [3]], "unread", "two lists"),
    ("4.4", [..., [3]], "unattempted", ""),
    ("4.5", [7.39, 15.18], "right", ""),
    ("4.5", [1.2, 15.18], "wrong", "grow as the distance"),
    ("4.5", [7.39, 13.82], "wrong", "the pull of 3.93 is left out"),
    ("4.5", [7.39, 16.18], "wrong", "The first number is right"),
]


@pytest.mark.parametrize(("number", "answers", "verdict", "said"), TYPED)
def test_what_is_typed_is_told_its_slip(number, answers, verdict, said):
    feedback = check(number, *answers)
    assert feedback.verdict == verdict, feedback
    assert said in feedback.message, feedback


def test_the_batch_of_which_the_sign_is_turned_is_measured():
    outputs, pulls = np.array([0.98, 0.1]), np.array([3, -2])
    at_output = 1 / (1 + np.exp(-outputs))
    right, wrong = pulls @ (outputs * (1 - outputs)), pulls @ (at_output * (1 - at_output))
    assert right < 0 < wrong
    assert check("4.4", outputs, pulls).message.startswith(
        f"By the right gates your bias is pulled by {right / 2:.3g}, by the wrong ones by {wrong / 2:.3g}"
    )


CHAINS = [
    (r"2 \operatorname{sigmoid}(2t)(1 - \operatorname{sigmoid}(2t))", "One factor 2 is there"),
    (r"\operatorname{sigmoid}'(2t)", "how steep the sigmoid is at 2t"),
    (r"4 \operatorname{sigmoid}'(t)", "taken at t"),
    (r"4 \operatorname{sigmoid}'(2t) - 1", "moves the curve down"),
    (r"4 \operatorname{sigmoid}'(2t) = 1 - \tanh(2t)^2", "and tanh at t"),
]


@pytest.mark.parametrize(("sides", "said"), CHAINS)
def test_a_false_side_of_the_slope_of_tanh_is_told_its_habit(sides, said):
    feedback = check("4.6", rf"\tanh'(t) = {sides} = 1 - \tanh(t)^2")
    assert feedback.verdict == "wrong"
    assert said in feedback.message


TESTS = [
    ("-0.5", 8, "NaN a thousand out"),
    ("0.5", 6, "`y >= 0`"),
    ("np.linspace(-5, 5, 11)", 7, "Do you measure on its corner"),
    ("np.array([-1000, -3, 2, 1000])", 9, ""),
]


@pytest.mark.parametrize(("places", "judged", "said"), TESTS)
def test_a_test_is_told_what_it_lets_pass(places, judged, said):
    text = exercises()["4.8"].solution.replace("np.array([-1000, -3, -0.7, 0.4, 2, 1000])", places)
    feedback = check("4.8", function_of(text))
    assert feedback.verdict == ("right" if judged == 9 else "wrong")
    assert said in feedback.message
    assert f"{judged} of 9" in feedback.message or judged == 9


def test_a_range_is_no_test():
    text = "def accepts(bend):\n    d = bend.derivative(np.array([-3.0, 3.0]))\n"
    feedback = check("4.8", function_of(text + "    return bool(((d >= 0) & (d <= 1)).all())"))
    assert "Must a slope do that?" in feedback.message
