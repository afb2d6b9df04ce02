"""Numbers that were typed: which slip gives them, in all their digits; in which order they stand."""

import numpy as np
import pytest
from wrong_answers import function_of

from mlp_core.exercises import check, desk


@pytest.fixture(autouse=True)
def _a_desk_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "_wrong", {})


FIRST, OVER, LOWEST = np.log(26), np.log(64), -np.log(np.e / (np.e + 25))
NAMED = [
    ("4.1", ([0.18, 4.8, 7.5, 0],), "all four units get the gate of the sigmoid"),
    ("4.1", ([0.38, -3.2, 10.5, 4],), "all four units get the gate of tanh"),
    ("4.1", ([0.18, -3.2, -2, 2],), "the ReLU's gate at 0 is ½"),
    ("4.1", ([2 / 0.09, -5 / 0.64, -2, 0],), "divided by the gates"),
    ("4.3", ([[1, 0, 0], [1, 0.1, 0.2], [1, 0, 0]],), "the column of the bias is 1"),
    ("4.5", (7.3787, 15.18), "the steps are counted"),
    ("4.5", (7.38, 15.18), "the steps are counted"),
    ("4.5", (140728.32, 15.18), "how many more"),
    ("7.1", (FIRST, OVER, -np.log(np.e / 26)), "the pot still holds K ones"),
    ("7.1", (1 / 26, 1 / 64, np.e / (np.e + 25)), "the probabilities are given"),
    ("7.1", (0.0385, 0.0156, 0.0981), "the probabilities are given"),
    ("7.2", (-0.48, -0.8, 2.2), "its slope is -2"),
    ("7.2", (-0.24, 0.4, 0.7), "without the slopes"),
    ("0.1", ([2, -0.5], [0.9241, 0.0759], 0.0759), "this is what the right class got"),
    ("0.4", (0.1, 0.1), "the probabilities are taken"),
    ("1.1", ([0.25, 0.1, 0.45, 0.2],), "these are the shares"),
    ("1.1", ([3.75, -0.5, -2.25, -1],), "what each puts into the pot"),
    ("3.1", ([-0.25, 0.75, -0.5], np.outer([-0.25, 0.75, -0.5], [1, 2, -1])), "class 2 is taken"),
    ("3.1", ([-0.25, -0.25, 0.5], np.outer([-0.25, -0.25, 0.5], [1, -1, 2])), "signals are exchanged"),
    ("6.1", ([2, 0.8, 3.72], [0.7, 0.78, 1.152]), "the momentum is 0.9"),
    ("6.4", (-0.3, 0.2, 0.6), "lacks the signal at its tail"),  # and not "nearly half of the right one"
    ("6.4", (-0.3, 0.7, 0.6), "the weight is left as it is"),
    ("6.4", (0.2, 0.45, 0.6), "the bias is left as it is"),
    ("6.4", (-0.3, 0.575, 0.6), "the ink is a factor twice"),
]


@pytest.mark.parametrize(("number", "answers", "said"), NAMED)
def test_what_a_student_types_is_told_its_one_slip(number, answers, said):
    feedback = check(number, *answers)
    assert feedback.verdict == "wrong"
    assert said in feedback.slips[0], feedback


CHANCE = [
    ("7.1", (FIRST, OVER, 1.0005 * 0.5 * np.log(26))),  # not a half in the digits that it has
    ("0.2", (-0.1,)),  # one digit
    ("7.2", (-0.24, -0.4, 2.6 * 2.0009)),
]


@pytest.mark.parametrize(("number", "answers"), CHANCE)
def test_what_fits_by_chance_is_not_told(number, answers):
    feedback = check(number, *answers)
    assert feedback.verdict == "wrong"
    assert feedback.slips == (), feedback


ANOTHER_ORDER = [
    ("4.5", (15.18, 7.39), "The second number"),
    ("7.1", (FIRST, LOWEST, OVER), "over the batch stands where the lowest"),
    ("7.2", (-0.24, 2.6, -0.4), "class 1 is right stands where the pull where class 2"),
    ("0.4", (2.76, 2.30), "the even bet stands where"),
    ("0.1", ([2, -0.5], [0.0759, 0.9241], 2.5789), "in another order: the probabilities"),
]


@pytest.mark.parametrize(("number", "answers", "said"), ANOTHER_ORDER)
def test_right_numbers_in_another_order(number, answers, said):
    feedback = check(number, *answers)
    assert feedback.verdict == "wrong"
    assert "in another order" in feedback.message
    assert said.lower() in feedback.message.lower() or number == "4.5"


def test_a_bias_that_stands_last_is_told_as_one():
    q = (0.3 * 2 + 0.5 * 1.5 - 0.2 * 2) * (1 - 0.6**2)
    assert "another order" not in check("5.1", [2 * q, -4 * q, q]).message
    assert check("5.1", [2 * q, -4 * q, q]).slips == ("the bias stands last",)


COARSE = [
    ("4.5", (7, 15), "near"),
    ("4.5", (7.4, 15.18), "near"),
    ("4.1", ([0.2, -3.2, -2, 0],), "near"),
    ("4.5", (7, 16), "wrong"),
    ("7.2", (0, 0, 3), "wrong"),  # nothing is as good as 0
    ("2.1", ([0, 0, 0],), "wrong"),
    ("4.5", (7.39, 15.18), "right"),
]


@pytest.mark.parametrize(("number", "answers", "verdict"), COARSE)
def test_what_is_right_as_far_as_it_goes(number, answers, verdict):
    feedback = check(number, *answers)
    assert feedback.verdict == verdict, feedback
    assert (verdict == "near") == ("give 2 places" in feedback.message)


def test_a_count_has_no_last_digits():
    assert check("0.5", 19721, 20992, 2.0649).verdict == "wrong"
    assert check("0.5", 19712, 20992, 2.0642).verdict == "near"


def test_which_numbers_are_right():
    assert "3 of 4 numbers are right, number 1, 3, 4." in check("4.1", [0.18, 13, -2, 0]).message
    assert "those of row 1, 3." in check("4.3", [[0, 0, 0], [0.01, 0.01, 0.02], [0.6, 0, 0]]).message


TIES = [([0.5, 0.8], [16, -25]), ([0.2, 0.8, 0.5], [1, -1, 0]), ([0.3, 0.7], [1, -1])]


@pytest.mark.parametrize(("outputs", "pulls"), TIES)
def test_what_rounding_leaves_turns_no_bias(outputs, pulls):
    feedback = check("4.4", outputs, pulls)
    assert feedback.verdict == "wrong"
    assert "pulled by 0, " in feedback.message
    assert "and 0 is neither way" in feedback.message


def test_a_very_small_pull_is_still_one():
    assert check("4.4", [0.98, 0.1], [3e-10, -2e-10]).verdict == "right"


SWISH = """
def through_swish(pull_y, y_hat):
    s = 1 / (1 + np.exp(-y_hat))
    return {}
"""
THROUGH = [
    ("pull_y * (s + y_hat / (1 + np.exp(-s)) * (1 - 1 / (1 + np.exp(-s))))", "taken at its output, the slip"),
    ("pull_y * (1 + y_hat * (1 - s))", "divided away"),
    ("pull_y * (s + y_hat * s * (1 - s)) / max(len(np.atleast_2d(y_hat)), 1)", "once too often"),
    ("pull_y @ (s + y_hat * s * (1 - s))", "entry by entry, with `*` and not `@`"),
]


@pytest.mark.parametrize(("line", "said"), THROUGH)
def test_the_way_back_through_swish(line, said):
    feedback = check("4.7", function_of(SWISH.format(line)))
    assert said in feedback.message, feedback


def test_a_bend_that_is_right_and_rejected_is_told_alone():
    everything = function_of("def accepts(bend):\n    return False")
    for number in ("4.8", "1.7"):
        for _ in range(2):
            assert len(check(number, everything).message.splitlines()) == 2
