"""A guess in JupyterLab: opened cold, run, chosen by keys and by mouse, saved and opened again."""

import json

import pytest
from browser_lab import copy_of, run_alone
from keyboard_moves import wait_until

from tools import execute

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("quiet_console")]

LONG = "neither: each of them minds nothing but its own logit, however far its neighbor is pushed up or down"
SOURCE = rf"""guess(r"Which probability falls most when $\hat z_2$ is pushed up?",
      {{"the largest": f"It falls by {{0.25**2}}, which is $z_1 z_2$.", "both alike": r"But $z_1 < z_3$.",
       {LONG!r}: "One sum is shared by all."}},
      right="the largest")"""
RIGHT, WRONG = "Right: the largest", "Wrong: both alike"


@pytest.fixture(scope="module")
def asking(lab):
    path = lab.write("94_guess.ipynb", "from mlp_core.explorers import guess", SOURCE)
    execute.run(path)
    return path


@pytest.fixture(scope="module")
def run(browser, lab, asking):
    """The guess after Run All, in a window of its own: `live_window` goes on showing the book's explorers."""
    with run_alone(browser, lab, copy_of(asking, "95_guess_live.ipynb"), ".mlp-guess") as notebook:
        yield notebook


def anew(notebook):
    """Run the cell again: nothing is chosen."""
    notebook.run_all()
    output = notebook.output(1)
    assert wait_until(lambda: RIGHT not in said(output) and "Wrong" not in said(output))
    output.locator("mjx-container").first.wait_for()
    output.scroll_into_view_if_needed()
    return output


def said(output):
    return output.inner_text().replace("\xa0", " ")


@pytest.mark.parametrize("trusted", [False, True], ids=["untrusted", "trusted"])
def test_opened_cold_it_folds_the_answers_and_shows_no_source(window, asking, trusted):
    path = copy_of(asking, f"94_cold_{trusted}.ipynb")
    if trusted:
        window.lab.trust(path)
    notebook = window.open(path)
    output = notebook.output(1)
    assert output.locator("li").count() == 3
    assert output.locator("mjx-container").first.is_visible()
    assert "0.0625" not in said(output)
    cell = notebook.page.locator(".jp-Notebook:visible .jp-CodeCell").nth(1)
    assert "0.25" not in cell.inner_text()
    assert notebook.page.locator(".mlp-guess").count() == 0
    output.locator("summary").click()
    assert "It falls by 0.0625, which is" in said(output)
    assert output.locator("mjx-container").count() == 3
    assert "$" not in said(output)


def test_the_keyboard_chooses_and_opens_the_right_answer(run):
    output, keyboard = anew(run), run.page.keyboard
    assert "0.0625" not in said(output)
    output.locator("button").first.focus()
    keyboard.press("Tab")
    keyboard.press("Enter")
    assert wait_until(lambda: WRONG in said(output))
    assert wait_until(lambda: output.locator("mjx-container").count() == 2)
    assert "0.0625" not in said(output)
    for _ in ("the long choice", "the right answer"):
        keyboard.press("Tab")
    width = run.page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
    assert width >= 2
    keyboard.press("Space")
    assert wait_until(lambda: RIGHT in said(output) and WRONG in said(output))
    assert run.page.evaluate("document.activeElement.textContent") == "Open the right answer"
    keyboard.press("Shift+Tab")
    keyboard.press("Space")
    assert wait_until(lambda: f"Wrong: {LONG}" in said(output) and RIGHT not in said(output))


def test_a_click_on_the_right_choice_says_so_to_a_screen_reader_too(run):
    output = anew(run)
    output.locator("button", has_text="the largest").click()
    assert wait_until(lambda: RIGHT in said(output))
    assert not output.locator("button", has_text="Open the right answer").is_visible()
    assert output.locator(".mlp-said [aria-live=polite]").inner_text().startswith(RIGHT)
    assert wait_until(lambda: "$" not in said(output))


def test_a_narrow_window_wraps_it_and_cuts_nothing(run):
    output = anew(run)
    with run.window.screen(width=600):
        assert wait_until(lambda: output.bounding_box()["width"] < 300)
        room = output.bounding_box()
        for button in output.locator("button:visible").all():
            box = button.bounding_box()
            assert box["x"] + box["width"] <= room["x"] + room["width"] + 1
            assert button.evaluate("it => it.scrollWidth - it.clientWidth") <= 1
            assert button.evaluate("it => it.scrollHeight - it.clientHeight") <= 1
        assert output.evaluate("area => area.scrollWidth - area.clientWidth") <= 1


def test_what_a_reader_saved_opens_with_the_record(window, asking):
    path = copy_of(asking, "96_guess_saved.ipynb")
    notebook = window.open(path)
    notebook.run_all()
    notebook.output(1).locator(".mlp-guess button").nth(1).click()
    notebook.save()
    stored = json.loads(path.read_text(encoding="utf-8"))
    assert "widget" not in json.dumps(stored["cells"][2]["outputs"])
    notebook = window.open(path)
    assert notebook.output(1).locator("summary").is_visible()
    assert "model not found" not in notebook.page.content().lower()
