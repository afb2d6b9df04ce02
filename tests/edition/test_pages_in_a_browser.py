"""The pages for the web in Chromium: wide and narrow, light and dark, served and as files."""

import gzip

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
# What stands beyond the right edge of the window, and in no box that scrolls; the whole text is none, though
# the theme lets it scroll and hides what the window would have to.
CUT = """() => [...document.querySelectorAll('.content :is(p, li, td, img, pre, code, .formula, .equation)')]
  .filter(part => part.getBoundingClientRect().right > innerWidth + 1)
  .filter(part => {
    for (let box = part.parentElement; !box.matches('.content'); box = box.parentElement)
      if (['auto', 'scroll'].includes(getComputedStyle(box).overflowX)) return false;
    return true;
  }).map(part => part.outerHTML.slice(0, 200))"""
SIDEWAYS = """() => Math.max(0, ...[document.documentElement, ...document.querySelectorAll('.content')].map(
  part => part.scrollWidth - part.clientWidth))"""
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
        page.complaints, page.asked = [], set()
        root = served if over == "http" else f"file://{site}"
        page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("request", lambda asked: page.asked.add(asked.url.removeprefix(root).partition("?")[0]))
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
    assert page.evaluate(CUT) == []
    assert page.evaluate(SIDEWAYS) == 0
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
    assert len(gzip.compress((site / f"{name}.html").read_bytes())) <= 120_000
    page = opened(name)
    page.evaluate(
        "() => Promise.all([...document.images].map(i => { i.loading = 'eager'; return i.decode(); }))"
    )
    page.evaluate("() => document.fonts.ready")
    asked = {url.removeprefix("/") for url in page.asked if url.startswith("/")}
    assert {f"{name}.html", "_static/book.css"} <= asked
    assert sum((site / file).stat().st_size for file in asked) <= 1_200_000


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
    assert page.evaluate(SIDEWAYS) == 0
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


SCROLLS = """() => [...document.querySelectorAll(".equation, .printed pre, .table-wrapper")]
    .map(e => e.querySelector(":scope > .box") || e)
    .filter(box => box.scrollWidth > box.clientWidth + 1)
    .map(box => [box.closest(".equation")?.id || "", getComputedStyle(box).backgroundAttachment])"""


@pytest.mark.parametrize("name", [page for page in PAGES if page.startswith("chapters/")])
def test_on_a_phone_a_numbered_display_is_whole_and_what_scrolls_has_a_shadow(opened, name):
    page = opened(name, "narrow")
    page.evaluate("() => document.fonts.ready")
    cut = page.evaluate(SCROLLS)
    assert [display for display, _ in cut if display] == []
    assert {attached for _, attached in cut} <= {"local, local, scroll, scroll"}


def test_a_long_line_is_wrapped_below_its_own_indentation(opened):
    page = opened("chapters/05_hidden_layer_backprop", "narrow")
    lefts = page.locator(".highlight-python .line.in-8").evaluate_all(
        "lines => lines.map(line => { const text = document.createRange(); text.selectNodeContents(line);"
        " const at = line.getBoundingClientRect().left; const boxes = [...text.getClientRects()];"
        " const second = boxes.filter(b => b.top > boxes[0].bottom - 4 && b.width > 1);"
        " return second.length ? Math.min(...second.map(b => b.left)) - at : null; })"
    )
    hanging = [left for left in lefts if left is not None]
    assert hanging
    assert min(hanging) > 60  # eight letters and more, where without an indentation it is 0


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("5.9", "chapters/05_hidden_layer_backprop.html#eq-5-9"),
        ("Can one get stuck", "chapters/02_output_layer_gradients.html#section-9"),
        ("All at once", "chapters/05_hidden_layer_backprop.html#section-8"),
    ],
)
def test_a_search_leads_to_the_section(opened, words, first):
    page = opened("index")
    page.goto(page.url.replace("index.html", f"search.html?q={words.replace(' ', '+')}"))
    page.wait_for_selector("#search-results li a")
    assert first in page.locator("#search-results li a").first.get_attribute("href")
    assert page.complaints == []


def test_a_search_is_blind_to_hyphens_and_finds_no_word_that_is_not_there(opened):
    page = opened("index")
    found = {}
    for words in ("back-propagation", "backpropagation", "hinge"):
        page.goto(f"{page.url.rpartition('/')[0]}/search.html?q={words}")
        found[words] = page.locator("#search-results li").count()
    assert found["back-propagation"] == found["backpropagation"] > 5
    assert found["hinge"] == 0


def test_the_bar_says_where_one_is_and_the_drawer_goes(opened):
    page = opened("chapters/05_hidden_layer_backprop", "narrow")
    page.locator("label.toc-header-icon").click()
    page.locator(".toc-drawer a", has_text="8 All at once").click()
    page.wait_for_function("() => document.querySelector('.mobile-header .brand').textContent.includes('8')")
    assert page.locator(".mobile-header .brand").inner_text() == "05 · 8 All at once"
    assert not page.locator("#__toc").is_checked()
    assert page.get_by_role("heading", name="8 All at once").bounding_box()["y"] >= 50


def test_a_picture_opens_larger_than_the_screen_and_a_touch_closes_it(opened):
    page = opened("chapters/05_hidden_layer_backprop", "narrow", touch=True)
    page.locator("article a.image-reference").first.tap()
    assert page.locator("dialog.large img").bounding_box()["width"] >= 850
    page.locator("dialog.large").tap(position={"x": 30, "y": 30})
    assert page.locator("dialog.large").count() == 0
    assert page.complaints == []


def test_a_table_too_wide_for_a_phone_is_a_list(opened):
    page = opened("chapters/05_hidden_layer_backprop", "narrow")
    page.evaluate("() => document.fonts.ready")
    table = page.locator("table.stacked")
    assert table.count() > 0
    assert table.first.locator("td").nth(1).get_attribute("data-column") == "factors forwards"


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
