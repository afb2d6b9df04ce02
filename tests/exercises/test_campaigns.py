"""The large campaigns; `python -m tools.exercise_measures` prints them as a table, which the book shows."""

import pytest
from chapter_checks import ROOT

from mlp_core.exercises import desk
from tools import exercise_measures as measures

pytestmark = pytest.mark.slow

SHOWN = (ROOT / "docs" / "verification.md").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _a_desk_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "_wrong", {})


def shown(what):
    """Return what the page says came of it."""
    (line,) = [line for line in SHOWN.splitlines() if line.startswith(f"| {what} |")]
    return line.split(" | ")[1].removesuffix(" |")


def test_the_page_shows_what_is_said_of_strangers():
    for what, came in measures.of_strangers(measures.kept()):
        assert shown(what) == came


def test_no_single_slip_is_misnamed():
    found = measures.of_singles()
    assert set(found) == {"named"}
    assert shown("single slips of the catalogue, in `backward`") == measures.told(found)


def test_pairs_of_the_hidden_layer_are_never_misnamed():
    found = measures.of_pairs()
    assert not found["right"]
    assert not found["error"]
    assert found["named"] + found["named, with more equals"] >= 0.97 * found.total()
    assert found["named"] >= 0.9 * found.total()
    assert found["unnamed"] <= 0.002 * found.total()
    assert shown("pairs of them, drawn") == measures.told(found)


def test_one_token_edits_of_right_solutions():
    found = measures.of_edits()
    assert not found["error without its line"]
    assert found.total() >= 550
    assert found["wrong, named"] >= found["wrong, unnamed"]
    assert shown("right solutions with one token changed") == measures.told(found)


def test_no_verdict_is_wrong_in_a_thousand_trials():
    """Right and wrong functions on fresh random numbers: never one for the other."""
    assert measures.of_trials() == 0
    assert shown("1,000 right and 1,000 wrong ones on fresh numbers") == "0 taken for the other"
