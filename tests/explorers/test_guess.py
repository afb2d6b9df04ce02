"""A guess: buttons in the order given, a reply to each choice, a folded record, and refusals."""

import html
import re
import subprocess
import sys

import ipywidgets
import mistune
import nbconvert
import nbformat
import pytest
from chapter_checks import ROOT
from explorer_kernel import running_kernel
from explorer_moves import everything_in
from nbformat.v4 import new_code_cell, new_notebook
from refusals import assert_refused

from mlp_core.explorers import guess
from mlp_core.explorers.ground import rerun
from tools import execute

QUESTION = r"Which probability falls most when $\hat z_2$ is pushed up?"
CHOICES = {
    "all fall alike": "One sum is shared, but not by equal parts.",
    "the largest of the others": r"It falls by $z_i z_2$, and *that* is 0.0625.",
    "*w* < `x` [y](z)": "A choice that looks like Markdown.",
}
WRONG, RIGHT, ODD = CHOICES


@pytest.fixture
def asked():
    return guess(QUESTION, CHOICES, right=RIGHT)


def seen(asked):
    """Return what the page shows: the texts, and the buttons but those that are hidden."""
    shown = []
    for widget in everything_in(asked.box):
        if isinstance(widget, ipywidgets.HTMLMath):
            shown.append(re.sub(r"<[^>]+>", "", widget.value))
        elif isinstance(widget, ipywidgets.ToggleButtons):
            shown += widget.options
        elif isinstance(widget, ipywidgets.Button) and widget.layout.display != "none":
            shown.append(widget.description)
    return "\n".join(shown)


def offers_the_answer(asked):
    return "Open the right answer" in seen(asked)


def test_at_first_it_shows_the_question_and_the_choices_and_nothing_of_the_answers(asked):
    assert list(asked.buttons.options) == list(CHOICES)
    assert asked.buttons.value is None
    shown = seen(asked)
    assert shown.startswith(r"Which probability falls most when $\hat z_2$ is pushed up?")
    assert not re.search("right|wrong", shown, re.I)
    assert not [reply for reply in CHOICES.values() if reply.split()[0] in shown.split()]
    assert not offers_the_answer(asked)


def test_a_wrong_choice_is_said_to_be_wrong_with_its_reply_and_no_other(asked):
    asked.choose(WRONG)
    assert "Wrong: all fall alike\nOne sum is shared, but not by equal parts." in seen(asked)
    assert "Choose again" in seen(asked)
    assert offers_the_answer(asked)
    assert "0.0625" not in seen(asked)


def test_the_right_answer_may_then_be_opened_and_another_choice_be_made(asked):
    asked.choose(WRONG)
    asked.open.click()
    assert "Right: the largest of the others\nIt falls by" in seen(asked)
    assert "Wrong: all fall alike" in seen(asked)
    asked.choose(ODD)
    assert "Wrong: *w* &lt; `x` [y](z)" in seen(asked)
    assert "0.0625" not in seen(asked)
    assert "all fall alike\nOne sum" not in seen(asked)


def test_the_right_choice_is_said_to_be_right(asked):
    asked.choose(WRONG)
    asked.choose(RIGHT)
    assert seen(asked).count("Right: the largest of the others") == 1
    assert "Wrong" not in seen(asked)
    assert "Choose again" not in seen(asked)
    assert not offers_the_answer(asked)


def test_a_reply_that_begins_with_a_number_is_no_list():
    asked = guess("How many?", {"two": "2. Nearly.", "three": "3. Yes."}, right="three")
    asked.choose("two")
    assert "2. Nearly." in asked.said.value
    assert "<ol" not in asked.said.value


def test_a_reply_is_markdown_and_a_formula_in_it_is_left_alone():
    formula = r"a_1 * b_2 < c_3*"
    asked = guess("Why?", {"a": f"*Because* ${formula}$, `code`\n\nand $$\n{formula}\n$$", "b": "c"}, "a")
    asked.choose("a")
    assert f"<em>Because</em> ${html.escape(formula)}$" in asked.said.value
    assert "<code>code</code>" in asked.said.value
    assert asked.said.value.count(html.escape(formula)) == 2


def test_without_a_kernel_the_answers_are_folded_and_markdown_in_them_is_markdown(asked):
    record = asked._repr_mimebundle_()["text/markdown"]
    before, folded = record.split("<details><summary>Chosen? Then open the answers.</summary>\n\n")
    assert before.startswith(f"**Guess.** {QUESTION}\n\n- all fall alike\n- the largest of the others\n- ")
    assert folded.endswith("\n\n</details>")
    for choice, reply in CHOICES.items():
        assert choice == ODD or choice in before
        assert reply not in before
        assert f"\n\n{reply}\n\n" in folded
    assert re.findall(r"\*\*(\w+):\*\*", folded) == ["Wrong", "Right", "Wrong"]


def test_a_choice_shows_its_very_characters_on_a_page_too(asked):
    page = mistune.html(asked._repr_mimebundle_()["text/markdown"])
    assert page.count("*w* &lt; `x` [y](z)") == 2


def test_the_text_beside_it_holds_every_word_and_says_which_is_right(asked):
    text = asked._repr_mimebundle_()["text/plain"]
    assert text == str(asked) == repr(asked)
    assert text.splitlines() == [
        f"Guess: {QUESTION}",
        *(f"- {choice} ({'right' if choice == RIGHT else 'wrong'}): {CHOICES[choice]}" for choice in CHOICES),
    ]


def test_what_is_shown_live_is_its_box(asked):
    view = asked._repr_mimebundle_()["application/vnd.jupyter.widget-view+json"]
    assert view["model_id"] == asked.box.model_id


@pytest.mark.parametrize(
    ("argument", "came", "expected", "changed"),
    [
        ("question", "''", "a text that is not empty", {"question": ""}),
        ("question", "None", "a text that is not empty", {"question": None}),
        ("choices", "{'a': 'b'}", "2 to 5 choices", {"choices": {"a": "b"}, "right": "a"}),
        ("choices", "{", "2 to 5 choices", {"choices": dict.fromkeys("abcdef", "b"), "right": "a"}),
        ("choices", "['a', 'b']", "2 to 5 choices, each with its reply", {"choices": ["a", "b"]}),
        ("choices", "' '", "a choice in plain words", {"choices": {" ": "b", "c": "d"}}),
        ("choices", "1", "a choice in plain words", {"choices": {1: "b", "c": "d"}}),
        ("choices", "'$r$'", "without dollars", {"choices": {"$r$": "b", "c": "d"}}),
        ("choices", r"'a\nb'", "in one line", {"choices": {"a\nb": "b", "c": "d"}}),
        ("choices['c']", "' '", "a reply that is not empty", {"choices": {"a": "b", "c": " "}}),
        ("choices['c']", "0.5", "a reply that is not empty", {"choices": {"a": "b", "c": 0.5}}),
        ("right", "'none'", f"one of '{WRONG}', '{RIGHT}'", {"right": "none"}),
        ("right", "[]", f"one of '{WRONG}'", {"right": []}),
    ],
)
def test_what_cannot_be_asked_is_refused(argument, came, expected, changed):
    given = {"question": QUESTION, "choices": CHOICES, "right": RIGHT} | changed
    assert_refused(lambda: guess(**given), argument, came, expected)


@pytest.mark.parametrize("number", [2, 5])
def test_two_and_five_choices_are_asked(number):
    choices = {f"choice {k}": "reply" for k in range(number)}
    assert list(guess("Which?", choices, right="choice 1").buttons.options) == list(choices)


def test_what_the_caller_does_to_its_choices_later_changes_nothing():
    choices = dict(CHOICES)
    asked = guess(QUESTION, choices, RIGHT)
    choices.clear()
    asked.choose(WRONG)
    assert "One sum is shared" in seen(asked)


def test_every_button_has_a_tooltip(asked):
    assert len(asked.buttons.tooltips) == len(CHOICES)
    assert all(asked.buttons.tooltips)
    assert asked.open.tooltip != asked.open.description


def test_closing_closes_every_widget_and_a_cell_that_runs_again_does_so(monkeypatch):
    monkeypatch.setattr(rerun, "CELLS", type(rerun.CELLS)())
    before = set(ipywidgets.widgets.widget._instances)
    counts = []
    for run in ("1", "2", "3"):
        monkeypatch.setattr(rerun, "_running", lambda run=run: ("a cell", run))
        asked = guess(QUESTION, CHOICES, RIGHT)
        counts.append(len(set(ipywidgets.widgets.widget._instances) - before))
    assert counts[0] > 5
    assert counts == counts[:1] * 3
    asked.close()
    assert set(ipywidgets.widgets.widget._instances) - before == set()


# In a kernel and in a stored chapter

SOURCE = f"""share = 0.25
guess({QUESTION!r},
      {{{RIGHT!r}: f"It falls by {{share * share}}.", {WRONG!r}: "No.", {ODD!r}: "No."}},
      right={RIGHT!r})"""


def slowly(test):
    return pytest.mark.slow(pytest.mark.explorer(test))


def write(path, *sources):
    cells = [new_code_cell(source) for source in ("from mlp_core.explorers import guess", *sources)]
    path.write_text(nbformat.writes(new_notebook(cells=cells)) + "\n", encoding="utf-8")
    execute.run(path)
    return path


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """The path of a notebook that asks, stored as `make execute` stores it."""
    return write(tmp_path_factory.mktemp("book") / "90_guess.ipynb", SOURCE)


@slowly
def test_it_is_stored_as_text_and_its_source_is_hidden(stored):
    notebook = nbformat.read(stored, as_version=4)
    (output,) = notebook.cells[1].outputs
    assert set(output.data) == {"text/markdown", "text/plain"}
    assert notebook.cells[1].metadata == {"jupyter": {"source_hidden": True}}
    assert notebook.cells[0].metadata == {}
    before = stored.read_bytes()
    execute.run(stored)
    assert stored.read_bytes() == before


def passes(path):
    """Does `make test` pass on a notebook?"""
    config = ["-c", ROOT / "pyproject.toml", "--rootdir", path.parent, "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *config, "--nbval", path]
    return subprocess.run(command, cwd=path.parent, capture_output=True, check=False).returncode == 0


@slowly
@pytest.mark.parametrize(
    ("old", "new", "passed"),
    [
        ("", "", True),
        ("(right): It falls by 0.0625.", "(right): It falls by 0.0624.", False),
        (r"\n\nIt falls by 0.0625.", r"\n\nIt falls by 0.0624.", False),
        ("share = 0.25", "share = 0.24", False),
        (f"right={RIGHT!r}", f"right={WRONG!r}", False),
    ],
    ids=["as stored", "text", "Markdown", "what is computed", "what is right"],
)
def test_one_altered_number_of_a_reply_fails(stored, tmp_path, old, new, passed):
    notebook = nbformat.read(stored, as_version=4)
    copy = tmp_path / stored.name
    text = nbformat.v4.nbjson.JSONWriter().writes(notebook, split_lines=False)
    assert not old or text.count(old) == 1
    copy.write_text(text.replace(old, new) if old else text, encoding="utf-8")
    assert passes(copy) == passed


@slowly
def test_a_page_made_of_it_folds_the_answers(stored):
    page, _ = nbconvert.HTMLExporter().from_filename(str(stored))
    folded = re.search(r"<details><summary>Chosen\?.*?</details>", page, re.S)[0]
    assert "<strong>Right:</strong> the largest of the others" in folded
    assert "<p>It falls by 0.0625.</p>" in folded
    assert "<li>*w* &lt; `x` [y](z)</li>" in page
    assert "widget-view" not in page


@slowly
def test_a_cell_that_is_run_again_leaves_no_model_and_no_comm():
    counts = []
    with running_kernel() as run:
        run("import comm, ipywidgets\nfrom mlp_core.explorers import guess", "start")
        for _ in range(4):
            run(SOURCE, "the cell")
            made = "print(len(ipywidgets.widgets.widget._instances), len(comm.get_comm_manager().comms))"
            counts.append(run(made, "another cell"))
    assert counts == counts[:1] * 4
