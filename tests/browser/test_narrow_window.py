"""A window of 600 px: what is wider scrolls in its own box; no printed table is broken inside a number."""

import re

import pytest
from chapter_checks import chapter_paths

pytestmark = [pytest.mark.slow, pytest.mark.browser]

DISPLAY = re.compile(r"\$\$.+?\$\$")
FORMULA = 'mjx-container[display="true"]'
KINDS = {
    "table": ".jp-RenderedMarkdown table",
    "print": '.jp-RenderedText[data-mime-type$="stdout"] pre',
    "formula": FORMULA,
}
SIZES = """selector => [...document.querySelectorAll(`.jp-Notebook ${selector}`)]
    .filter(part => part.getClientRects().length)
    .map(part => {
        const cell = part.closest('.jp-Cell').getBoundingClientRect(), box = part.getBoundingClientRect();
        return {said: part.textContent.slice(0, 60), outside: box.right - cell.right,
                wider: part.scrollWidth - part.clientWidth, style: getComputedStyle(part)};
    })
    .map(({style, ...rest}) => ({...rest, scrolls: style.overflowX === 'auto', wraps: style.whiteSpace}))"""


@pytest.fixture(scope="module", params=["02", "05"])
def narrow(window, request):
    """A chapter with printed lines, formulas and (05) a table that are wider than the window."""
    (path,) = (path for path in chapter_paths() if path.name.startswith(request.param))
    page = window.open(path).page
    # JupyterLab draws cell after cell; what is not there yet is not wider.
    drawn = "([formula, count]) => document.querySelectorAll(formula).length >= count"
    page.wait_for_function(drawn, arg=[FORMULA, len(DISPLAY.findall(path.read_text(encoding="utf-8")))])
    page.evaluate("() => window.jupyterapp.commands.execute('application:toggle-left-area')")
    with window.screen(width=600):
        page.wait_for_function("() => document.querySelector('.jp-Notebook').clientWidth < 600")
        yield page
    page.evaluate("() => window.jupyterapp.commands.execute('application:toggle-left-area')")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_wider_scrolls_in_its_own_box(narrow, kind):
    parts = narrow.evaluate(SIZES, KINDS[kind])
    assert [
        part for part in parts if part["outside"] > 1 or (part["wider"] > 1 and not part["scrolls"])
    ] == []
    if kind == "print":
        assert {part["wraps"] for part in parts} == {"pre"}


def test_something_is_wider(narrow):
    assert any(part["wider"] > 1 for kind in KINDS.values() for part in narrow.evaluate(SIZES, kind))
