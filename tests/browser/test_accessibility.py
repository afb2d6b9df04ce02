"""Chapters that a reader has run, whole: no error on the page, and what axe-core says of one."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_lab import run_alone
from chapter_checks import chapter_paths

pytestmark = [pytest.mark.slow, pytest.mark.browser]

GRAVE = ("critical", "serious")


@pytest.fixture(scope="module")
def softmax_chapter(browser, lab):
    """Chapter 01 with its explorer and its guesses, after Run All."""
    (path,) = (path for path in chapter_paths() if path.name.startswith("01"))
    with run_alone(browser, lab, lab.folder / "chapters" / path.name, "table, pre") as notebook:
        notebook.page.locator(".mlp-explorer img").first.wait_for()
        yield notebook


@pytest.mark.parametrize("theme", ["Light", "Dark"])
def test_nothing_grave_is_found_in_the_notebook_s_own_area(softmax_chapter, theme):
    page = softmax_chapter.page
    change = "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})"
    page.evaluate(f"async theme => {{ await ({change})(theme); }}", f"JupyterLab {theme}")
    page.wait_for_function(f"() => document.body.dataset.jpThemeName === 'JupyterLab {theme}'")
    found = Axe().run(page, context=".jp-Notebook .jp-RenderedMarkdown, .jp-Notebook .jp-OutputArea-output")
    grave = [
        (fault["id"], [part["html"][:200] for part in fault["nodes"]])
        for fault in found.response["violations"]
        if fault["impact"] in GRAVE
    ]
    assert found.response["passes"]
    assert grave == []


@pytest.mark.parametrize("number", ["02", "04"])
def test_a_chapter_runs_without_an_error_on_the_page(browser, lab, number):
    """Its explorers have arguments, and so controls that those of the other tests have not."""
    (path,) = (path for path in chapter_paths() if path.name.startswith(number))
    with run_alone(browser, lab, lab.folder / "chapters" / path.name, "pre") as notebook:
        explorers = notebook.page.locator(".mlp-explorer:not(.mlp-guess)")
        explorers.first.wait_for()
        explorers.first.scroll_into_view_if_needed()
        assert explorers.first.locator(".noUi-handle, canvas").count() > 0
        assert notebook.page.locator(".jupyter-widgets-error-widget, .jp-mod-error").count() == 0
