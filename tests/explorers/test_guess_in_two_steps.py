"""A guess that asks for a verdict first and for its reason then, and the board that counts first choices."""

import re

import ipywidgets
import pytest

from mlp_core.explorers import guess, score
from mlp_core.explorers.ground import rerun


class Spoken:
    """Something with Markdown of its own."""

    def _repr_markdown_(self):
        return "*of its own*"

    def __str__(self):
        return "in plain"


def asked(**given):
    where = guess("Where?", {"left": "Not there.", "right": "There."}, "right")
    given = {"then": where, "last": ("The end.", Spoken(), 7)} | given
    return guess("Verdict?", {"holds": "It does not.", "slips": "It does."}, "slips", **given)


def hidden(widget):
    return widget.layout.display == "none"


def test_the_second_question_waits_for_the_right_verdict():
    first = asked()
    assert hidden(first.then.box)
    first.choose("holds")
    assert hidden(first.then.box)
    first.choose("slips")
    assert not hidden(first.then.box)


def test_it_comes_as_well_when_the_right_answer_is_opened():
    first = asked()
    first.choose("holds")
    first.open.click()
    assert not hidden(first.then.box)


def test_what_is_shown_last_waits_for_the_last_question():
    first = asked()
    first.choose("slips")
    assert hidden(first.closing)
    first.then.choose("left")
    assert hidden(first.closing)
    first.then.choose("right")
    assert not hidden(first.closing)
    assert "<p>The end.</p>" in first.closing.value
    assert "<em>of its own</em>" in first.closing.value
    assert re.search(r"<pre><code[^>]*>7\n</code></pre>", first.closing.value)


@pytest.mark.parametrize("last", ["The end.", Spoken(), 7])
def test_one_thing_may_be_shown_last(last):
    first = asked(then=None, last=last)
    first.choose("slips")
    assert not hidden(first.closing)


def test_nothing_is_shown_last_unless_there_is_something():
    first = asked(then=None, last=())
    first.choose("slips")
    assert hidden(first.closing)


def test_the_record_folds_the_second_question_within_the_answers_to_the_first():
    record = asked()._repr_mimebundle_()["text/markdown"]
    before, folded = record.split("<details>", 1)
    assert "Where?" not in before
    assert folded.index("Right:** slips") < folded.index("**And then:** Where?") < folded.index("The end.")
    assert record.count("<details>") == record.count("</details>") == 2


def test_the_text_beside_it_holds_every_word():
    text = repr(asked())
    assert text.splitlines()[3:] == [
        "Then: Where?",
        "- left (wrong): Not there.",
        "- right (right): There.",
        "The end.",
        "in plain",
        "7",
    ]


def test_closing_closes_the_second_question_too():
    before = set(ipywidgets.widgets.widget._instances)
    asked().close()
    assert set(ipywidgets.widgets.widget._instances) - before == set()


# The board


def test_the_board_counts_first_choices_alone():
    board = score()
    one, two = asked(score=board["S1"]), asked(score=board["S2"])
    assert repr(board) == "Nothing is judged yet, of 2."
    one.choose("holds")
    one.choose("slips")
    assert repr(board) == "Verdicts: 0 of 1 right, and 1 not judged.\nS1 ✗· | S2 ··"
    two.choose("slips")
    two.then.choose("right")
    two.then.choose("left")
    said = "Verdicts: 1 of 2 right. Where and why: 1 of 1 right.\nS1 ✗· | S2 ✓✓"
    assert repr(board) == said
    assert board.box.value == "<br>".join(said.splitlines())


def test_a_cell_that_is_run_again_begins_its_own_line_anew():
    board = score()
    asked(score=board["S1"]).choose("slips")
    asked(score=board["S1"])
    assert repr(board) == "Nothing is judged yet, of 1."
    assert board.told == {"S1": [None, None]}


def test_one_question_has_one_mark():
    board = score()
    asked(then=None, score=board["S1"]).choose("slips")
    assert repr(board) == "Verdicts: 1 of 1 right.\nS1 ✓"


def test_the_board_is_shown_live_and_stored_as_text():
    board = score()
    asked(score=board["S1"])
    bundle = board._repr_mimebundle_()
    assert bundle["application/vnd.jupyter.widget-view+json"]["model_id"] == board.box.model_id
    assert bundle["text/markdown"] == bundle["text/plain"] == "Nothing is judged yet, of 1."


def test_run_all_closes_the_board_of_the_run_before(monkeypatch):
    monkeypatch.setattr(rerun, "CELLS", type(rerun.CELLS)())
    before = set(ipywidgets.widgets.widget._instances)
    counts = []
    for run in ("1", "2"):
        monkeypatch.setattr(rerun, "_running", lambda run=run: ("a cell", run))
        board = score()
        counts.append(len(set(ipywidgets.widgets.widget._instances) - before))
    assert counts[0] == counts[1]
    board.close()
