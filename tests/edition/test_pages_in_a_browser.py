"""The pages for the web in Chromium: wide and narrow, light and dark, served and as files."""

import gzip
from pathlib import Path

import pytest
from chapter_checks import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PAGES = [
    "index",
    *sorted(
        f"chapters/{path.stem}"
        for path in (ROOT / "chapters").glob("[0-9]*.ipynb")
        if ".yours-" not in path.name
    ),
    *sorted(f"{path.parent.relative_to(ROOT)}/{path.stem}" for path in (ROOT / "chapters").rglob("*.md")),
    *sorted(f"docs/{path.stem}" for path in (ROOT / "docs").glob("*.md")),
    "CONTRIBUTING",
    "NOTICE",
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
THOROUGH = (
    "index",
    "chapters/02_output_layer_gradients",
    "chapters/05_hidden_layer_backprop",
    "chapters/90_equations",
)
VIEWS = [
    (page, size, scheme, over)
    for number, page in enumerate(PAGES)
    for k, (size, scheme, over) in enumerate(
        (size, scheme, over)
        for size in ("wide", "narrow")
        for scheme in ("light", "dark")
        for over in ("http", "file")
    )
    if page in THOROUGH or k == (3 * number) % 8
]
# What stands beyond the right edge of the window, and in no box that scrolls.
CUT = """() => [...document.querySelectorAll('.content :is(p, li, td, img, pre, code, .formula, .equation)')]
  .filter(part => part.getBoundingClientRect().right > innerWidth + 1)
  .filter(part => {
    for (let box = part.parentElement; box; box = box.parentElement)
      if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX)) return false;
    return true;
  }).map(part => part.outerHTML.slice(0, 200))"""
GRAVE = ("critical", "serious", "moderate", "minor")


@pytest.fixture
def opened(chrome, served, site, request):
    """A page in a window of its own, what the console said of it and what it asked elsewhere."""
    windows = []

    def open_page(name, size="wide", scheme="light", over="file", script=True, touch=False):
        context = chrome.new_context(
            viewport=NARROW if size == "narrow" else WIDE,
            color_scheme=scheme,
            java_script_enabled=script,
            has_touch=touch,
        )
        windows.append(context)
        context.set_default_timeout(120_000)  # a busy machine is slow, and no fault of the page
        page = context.new_page()
        page.complaints = []
        root = served if over == "http" else f"file://{site}"
        page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on(
            "request",
            lambda asked: (
                asked.url.startswith((root, "data:")) or page.complaints.append(f"outside: {asked.url}")
            ),
        )
        page.goto(f"{root}/{name}.html")
        return page

    yield open_page
    for context in windows:
        context.close()


@pytest.mark.parametrize(("name", "size", "scheme", "over"), VIEWS)
def test_a_page_fits_asks_nobody_and_is_open_to_all(opened, name, size, scheme, over):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(name, size, scheme, over)
    page.wait_for_load_state("load")
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(CUT) == []
    broken = "() => [...document.images].filter(i => !i.complete || !i.naturalWidth).map(i => i.src)"
    page.evaluate(
        "() => Promise.all([...document.images].map(i => { i.loading = 'eager'; return i.decode(); }))"
    )
    assert page.evaluate(broken) == []
    assert page.complaints == []
    options = {"resultTypes": ["violations"], "preload": False}
    found = Axe().run(page, options=options).response["violations"]
    assert [
        (fault["id"], fault["nodes"][0]["html"][:200]) for fault in found if fault["impact"] in GRAVE
    ] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light(site, opened, name):
    html = (site / f"{name}.html").read_bytes()
    assert len(gzip.compress(html)) <= 120_000
    page = opened(name, over="file")
    page.evaluate(
        "() => Promise.all([...document.images].map(i => { i.loading = 'eager'; return i.decode(); }))"
    )
    urls = page.evaluate("() => performance.getEntriesByType('resource').map(entry => entry.name)")
    files = {Path(url.removeprefix("file://").partition("?")[0]) for url in urls if url.startswith("file://")}
    assert len(html) + sum(file.stat().st_size for file in files if file.is_file()) <= 1_200_000


def test_an_equation_is_shown_beside_its_link(opened):
    page = opened("chapters/02_output_layer_gradients")
    link = page.locator("a[href*='01_softmax_derivative'][href$='#eq-1-18']").first
    link.hover()
    assert "log" in page.locator(".shown .katex").first.inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".shown").count() == 0
    link.click()
    assert page.url.endswith("01_softmax_derivative.html#eq-1-18")


def test_a_finger_is_shown_the_equation_and_then_led_there(opened):
    page = opened("chapters/02_output_layer_gradients", "narrow", touch=True)
    link = page.locator("a[href*='01_softmax_derivative'][href$='#eq-1-18']").first
    link.tap()
    assert "log" in page.locator(".shown .katex").first.inner_text()
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.url.endswith("02_output_layer_gradients.html")
    link.tap()
    page.wait_for_url("**/01_softmax_derivative.html#eq-1-18")
    assert page.complaints == []


def test_the_picture_of_the_landing_page_moves_on_request(opened):
    page = opened("index")
    picture = page.locator("a.moves img")
    still = picture.get_attribute("src")
    picture.click()
    assert picture.evaluate("i => i.decode().then(() => i.src)").endswith(".gif")
    picture.click()
    assert picture.get_attribute("src").endswith(still.rpartition("/")[2])
    assert page.complaints == []


@pytest.mark.parametrize("words", ["gradient check", "softmax_jacobian"])
def test_a_search_finds_words_and_functions_in_files(opened, words):
    page = opened("index")
    page.goto(page.url.replace("index.html", f"search.html?q={words.replace(' ', '+')}"))
    page.wait_for_selector("#search-results li a")
    assert page.locator("#search-results li a[href*='chapters/']").count() > 0
    assert page.complaints == []


def test_without_scripts_everything_is_there(opened):
    page = opened("chapters/02_output_layer_gradients", script=False)
    assert page.locator(".equation .katex").count() > 10
    page.locator("a[href='#eq-2-7']").first.click()
    assert page.url.endswith("#eq-2-7")
    page.locator("summary").first.click()
    assert page.locator("details[open]").count() == 1


def test_in_print_the_answers_are_open(opened):
    page = opened("chapters/02_output_layer_gradients")
    page.emulate_media(media="print")
    hidden = (
        "() => [...document.querySelectorAll('details p')].filter(p => !p.getClientRects().length).length"
    )
    assert page.locator("details p").count() > 20
    assert page.evaluate(hidden) == 0
    assert not page.locator(".sidebar-drawer").is_visible()
