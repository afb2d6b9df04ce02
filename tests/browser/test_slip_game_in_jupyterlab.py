"""The game of slips in JupyterLab: opened cold, played by keys, narrow, in the dark, and saved."""

import json

import pytest
from browser_lab import copy_of, run_alone
from keyboard_moves import wait_until

from tools import execute

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("quiet_console")]

# Of one equation, so that its first line is the same whatever else the book holds.
SOURCES = (
    "from mlp_core.equations import deck, read_book\nfrom mlp_core.explorers import holds_or_slips",
    "book = read_book().items()\n"
    "holds_or_slips(deck({tag: one for tag, one in book if r'sigmoid}(2t)' in one.latex}))",
)


@pytest.fixture(scope="module")
def stored(lab):
    path = lab.write("97_game.ipynb", *SOURCES)
    execute.run(path)
    return path


@pytest.fixture(scope="module")
def run(browser, lab, stored):
    """The game after Run All, in a window of its own."""
    path = copy_of(stored, "98_game_live.ipynb")
    with run_alone(browser, lab, path, ".mlp-game mjx-container") as notebook:
        yield notebook


def anew(notebook):
    """Run the cell again: the first line of game 0, which slips in its right side."""
    notebook.run_all()
    output = notebook.output(1)
    assert wait_until(lambda: "line 1." in said(output) and "machine" not in said(output))
    output.scroll_into_view_if_needed()
    return output


def said(output):
    return output.inner_text().replace("\xa0", " ")


def test_opened_cold_the_line_is_plain_and_its_answer_folded(window, stored):
    notebook = window.open(stored)
    output = notebook.output(1)
    assert output.locator("code").first.inner_text() == "tanh(t) = 2 sigmoid(t) − 1"
    assert "without the factor" not in said(output)
    assert notebook.page.locator(".mlp-game").count() == 0
    output.locator("summary").click()
    assert "without the factor 2" in said(output)
    assert output.locator("mjx-container").first.is_visible()


def test_a_whole_line_is_played_by_keys(run):
    output, keyboard = anew(run), run.page.keyboard
    output.locator("button", has_text="It holds").focus()
    keyboard.press("Tab")
    keyboard.press("Space")
    assert wait_until(lambda: "On which side would you mend it?" in said(output))
    assert "without the factor" not in said(output)
    for _ in ("left", "right"):
        keyboard.press("Tab")
    keyboard.press("Space")
    assert wait_until(lambda: "mends it" in said(output))
    assert "without the factor 2" in said(output)
    assert "Right: 1 of 1, and 1 with the side" in said(output)
    assert output.locator(".mlp-said [aria-live=polite]").inner_text().startswith("Right: it slips")
    output.locator("button", has_text="Next line").focus()
    keyboard.press("Enter")
    assert wait_until(lambda: "line 2." in said(output))
    assert wait_until(lambda: "$" not in said(output))


def test_a_number_that_is_typed_begins_its_game_and_leaves_the_notebook_alone(run):
    output = anew(run)
    field = output.locator("input")
    field.fill("20260731")
    field.press("Enter")
    assert wait_until(lambda: "Game 20260731, line 1." in said(output))
    field.fill("x")
    field.press("Enter")
    assert wait_until(lambda: "expected a whole number" in said(output))
    assert wait_until(lambda: field.input_value() == "20260731")


def test_a_narrow_window_cuts_nothing(run):
    output = anew(run)
    with run.window.screen(width=480):
        assert wait_until(lambda: output.evaluate("area => area.scrollWidth - area.clientWidth") <= 1)
        for button in output.locator("button:visible").all():
            assert button.evaluate("it => it.scrollWidth - it.clientWidth") <= 1


def test_what_a_reader_saved_opens_with_the_line(window, stored):
    path = copy_of(stored, "99_game_saved.ipynb")
    notebook = window.open(path)
    notebook.run_all()
    notebook.output(1).locator("button", has_text="It slips").click()
    notebook.save()
    assert "widget" not in json.dumps(json.loads(path.read_text(encoding="utf-8"))["cells"][2]["outputs"])
    notebook = window.open(path)
    assert notebook.output(1).locator("summary").is_visible()
    assert "model not found" not in notebook.page.content().lower()
