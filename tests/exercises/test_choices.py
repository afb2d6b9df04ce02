"""A choice with its reason: how it is read, and what a wrong one is told."""

import pytest

from mlp_core.exercises.exercise import Exercise
from mlp_core.exercises.judges import judge_choice

BELIEFS = {"a": "Of a.", "c": "Of c.", "1": "Of one.", "3": "Of three.", "a3": "Of both."}
JUDGE = judge_choice("b2", BELIEFS)
EXERCISE = Exercise("9.9", "", 5, (), 'choice = "b2"', "", "Well seen.", judge=JUDGE)


@pytest.mark.parametrize("text", ["b2", " B 2", "b.2", "(b), (2)"])
def test_the_right_choice_in_any_dress(text):
    feedback = JUDGE(EXERCISE, (text,), 1)
    assert (feedback.verdict, feedback.message) == ("right", "Well seen.")


@pytest.mark.parametrize("text", ["...", "", None, ...])
def test_nothing_chosen(text):
    assert JUDGE(EXERCISE, (text,), 1).verdict == "unattempted"


@pytest.mark.parametrize("text", ["b", "2b", "d1", "b4", "b22", 2, ["b", 2]])
def test_what_is_no_choice_is_told_how_one_looks(text):
    feedback = JUDGE(EXERCISE, (text,), 1)
    assert feedback.verdict == "unread"
    assert "a letter from a to c" in feedback.message
    assert "a number from 1 to 3" in feedback.message


WRONG = [
    ("b1", 1, "near", "The answer is right, and this is not its reason.\nOf one."),
    ("a1", 1, "wrong", "Of a."),
    ("a1", 2, "wrong", "Of a.\nOf one."),
    ("a3", 1, "wrong", "Of both."),
    ("c2", 1, "wrong", "Of c."),
    ("c2", 2, "wrong", "Of c.\n(2) is true and matters here. Does it lead to your answer?"),
]


@pytest.mark.parametrize(("text", "attempt", "verdict", "said"), WRONG)
def test_a_wrong_choice_is_told_its_belief(text, attempt, verdict, said):
    feedback = JUDGE(EXERCISE, (text,), attempt)
    assert (feedback.verdict, feedback.message) == (verdict, said)


def test_the_right_choice_has_no_belief():
    with pytest.raises(ValueError, match="beliefs: got one for 'b2'"):
        judge_choice("b2", {"b": "Of b."})
