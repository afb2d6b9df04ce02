"""What the pages add to the solutions of exercises: hints, formulas and numbers."""

import re

import pytest

from mlp_core.exercises import solution
from mlp_core.exercises.registry import exercise_of, exercises
from tools.edition.answers import answer
from tools.edition.plain_formulas import ASIDE


@pytest.mark.parametrize("number", sorted(exercises()))
def test_every_hint_is_shown_and_every_formula_is_the_solution_s(number):
    found = answer(number)
    assert len(found.hints) == len(exercise_of(number).hints) > 0
    around = [ASIDE.sub("", hint) for hint in found.hints]  # what Markdown would take for a sign of its own
    assert [text for text in around if re.search(r"[\\*_^<$|]", text)] == []
    assert bool(found.formula) == ("lines = " in solution(number).text)


def test_a_hint_has_its_formulas_typeset_and_its_code_as_code():
    first, second = answer("5.3").hints
    assert "$x_{m}$" in first
    assert "$a^L_{k}$" in answer("90.2").hints[0]
    assert "`W[k]`" in answer("0.7").hints[0]
    assert "(5.4)" in second


def test_numbers_are_those_that_the_solution_comes_to():
    assert answer("5.1").numbers == "row: [ 0.608  1.216 -2.432]"
    assert answer("2.6").numbers == "floor: 1.4612"
    assert answer("0.8").numbers.startswith("new_V:\n[[ 0.9348")


@pytest.mark.parametrize("number", ["6.3", "5.5", "1.1"])  # it trains, asks for a function, says its numbers
def test_no_numbers_where_none_are_needed(number):
    assert answer(number).numbers == ""
