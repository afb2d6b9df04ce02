"""Every exercise: its stub is unattempted, its solution passes, its hints and reasons are there."""

import numpy as np
import pytest

from mlp_core import MLP
from mlp_core.exercises import check, desk, hint, solution
from mlp_core.exercises.chain import CHAIN, KNOWN, names_in
from mlp_core.exercises.registry import exercises
from mlp_core.exercises.slips_known import CATALOGUE
from mlp_core.exercises.slips_known.of_shape import OF_SHAPE

ALL = list(exercises().values())
NAMES = [exercise.number for exercise in ALL]


@pytest.fixture(autouse=True)
def _a_desk_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "_wrong", {})
    monkeypatch.setattr(desk, "_passed", {})


def answers_in(exercise, text):
    space = {"np": np, "MLP": MLP}
    exec(text, space)
    return [space[name] for name in exercise.names]


@pytest.mark.parametrize("exercise", ALL, ids=NAMES)
def test_the_stub_is_unattempted_and_writes_nothing(exercise, tmp_path):
    feedback = check(exercise.number, *answers_in(exercise, exercise.cell))
    assert feedback.verdict == "unattempted"
    assert not list(tmp_path.iterdir())
    again = check(exercise.number, *answers_in(exercise, exercise.cell))
    assert again._repr_mimebundle_() == feedback._repr_mimebundle_()


@pytest.mark.parametrize("exercise", ALL, ids=NAMES)
def test_the_solution_passes_its_own_check(exercise):
    feedback = check(exercise.number, *answers_in(exercise, solution(exercise.number).text))
    assert feedback.verdict == "right", feedback
    assert exercise.notice in feedback.message


@pytest.mark.parametrize("exercise", ALL, ids=NAMES)
def test_an_exercise_says_all_that_it_should(exercise):
    assert exercise.minutes in (5, 15, 30)
    assert all((exercise.title, exercise.notice, exercise.reasons))
    assert [hint(exercise.number, n + 1) for n in range(len(exercise.hints))]
    with pytest.raises(ValueError, match="n: got 0"):
        hint(exercise.number, 0)
    chapter = exercise.number.split(".")[0]
    assert exercises()[exercise.number] is exercise
    assert int(chapter) < 8 or chapter == "90"


def test_an_exercise_that_is_not_there_is_named():
    with pytest.raises(ValueError, match=r"number: got '9.9'; expected one from '0.1' to"):
        check("9.9", 1)


def test_the_cited_equations_exist():
    from chapter_checks import all_tags

    steps = {*CHAIN, *(step for e in ALL if e.derivation for step in e.derivation.steps)}
    assert {step.number for step in steps if step.number} <= all_tags()


def test_a_line_of_the_catalogue_uses_only_what_there_is():
    known = KNOWN | {step.name for step in CHAIN} | {"x", "r", "V", "W", "activation", "g"}
    for slip in (*CATALOGUE, *OF_SHAPE):
        for name, line in slip.edits:
            assert names_in(line) <= known - {name}, line


def test_no_slip_of_the_catalogue_is_the_step_itself():
    lines = {step.line for step in CHAIN}
    for slip in CATALOGUE:
        assert slip.edits[0][1] not in lines
        assert slip.says
        assert slip.see.endswith((".", "?"))
        assert not slip.says.endswith(".")
