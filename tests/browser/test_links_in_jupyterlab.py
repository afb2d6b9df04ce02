"""A reader opens a chapter, which is unchanged, and clicks a number, which leads to its equation at once."""

import pytest
from browser_lab import PANEL

pytestmark = [pytest.mark.slow, pytest.mark.browser]

OPENED = "window.jupyterapp.shell.currentWidget.context"
IN_SIGHT = """anchor => [...document.querySelectorAll(`[data-jupyter-id="${anchor}"]`)].some(element => {
    const { top } = element.getBoundingClientRect();
    return element.offsetParent !== null && top >= 0 && top < window.innerHeight;
})"""


@pytest.mark.parametrize(
    ("chapter", "link", "leads_to", "anchor"),
    [
        ("02_output_layer_gradients.ipynb", "(2.7)", "02_output_layer_gradients.ipynb", "eq-2-7"),
        ("05_hidden_layer_backprop.ipynb", "(4.10)", "04_activations.ipynb", "eq-4-10"),
    ],
)
def test_the_first_click_leads_to_the_equation(lab, browser, chapter, link, leads_to, anchor):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{lab.url}/lab/tree/chapters/{chapter}?token={lab.token}&reset")
    first = page.locator(f'a:text-is("{link}"):visible').first
    first.wait_for(timeout=60_000)
    first.click()
    page.wait_for_function(f"name => {OPENED}.path === `chapters/${{name}}`", arg=leads_to, timeout=30_000)
    page.wait_for_function(IN_SIGHT, arg=anchor, timeout=30_000)
    assert page.evaluate(IN_SIGHT, anchor)
    page.close()


def test_a_chapter_that_is_opened_is_not_called_unsaved(window):
    window.open("92_letters_and_lookups.ipynb")
    window.page.wait_for_function(f"() => {PANEL}.sessionContext.session?.kernel?.status === 'idle'")
    window.page.evaluate(f"async () => {{ await {PANEL}.sessionContext.session.kernel.info; }}")
    assert window.page.evaluate(f"() => {PANEL}.context.model.dirty") is False
