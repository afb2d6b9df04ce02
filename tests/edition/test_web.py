"""The pages for the web: made without a network and a warning, and what is planted in a copy is found."""

import json
import re
import shutil
from collections import Counter

import pytest

pytest.importorskip("sphinx", reason="`make web` installs Sphinx")
from chapter_checks import ROOT

from tools.edition.web import __main__ as web

pytestmark = pytest.mark.slow

NOWHERE = "http://127.0.0.1:9"  # nothing answers there
CHAPTER = "02_output_layer_gradients"


@pytest.fixture
def no_network(monkeypatch):
    web.install_katex()
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, NOWHERE)
        monkeypatch.setenv(name.upper(), NOWHERE)


@pytest.fixture
def book(tmp_path):
    """A copy of what the pages are made of, and link to."""
    for folder in (".github", "chapters", "docs", "figures", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / "book" / folder)
    for page in (*ROOT.glob("*.md"), *ROOT.glob("LICENSE*")):
        shutil.copy(page, tmp_path / "book")
    return tmp_path / "book"


def change(book, cell, old, new):
    """Put `new` in the place of `old` in a text cell of chapter 02."""
    path = book / "chapters" / f"{CHAPTER}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    (changed,) = (each for each in notebook["cells"] if each["id"] == cell)
    source = "".join(changed["source"])
    assert old in source
    changed["source"] = source.replace(old, new, 1)
    path.write_text(json.dumps(notebook), encoding="utf-8")


PLANTED = {  # cell, what stands there, what is planted in its place, what is said
    "a citation of no equation": ("section-3", "Multiply out", "[(2.99)](#eq-2-99) Multiply", "'eq-2-99'"),
    "a dead link to a section": (
        "section-2",
        "Go back",
        "[x](#cell-id=section-77) Go back",
        "'02-section-77'",
    ),
    "a dead link to a heading": (
        "section-1",
        "Softmax made",
        "[x](91_find_the_slip.ipynb#No-one) S",
        "'no-one'",
    ),
    "a dead link to a file": ("cell-07", "Nobody said", "[x](nobody.md) said", "'nobody.md'"),
    "a missing picture": ("cell-09", "It does.", "![None](../figures/none.svg)", "none.svg"),
    "LaTeX that does not parse": ("section-4", "\n\n", "\n\n$\\farc{1}{2}$ ", "\\farc"),
    "raw LaTeX": ("section-5", "\n\n", "\n\nA \\hat stands here. ", "raw LaTeX: "),
    "a raw table": ("section-6", "\n\n", "\n\n| a | b |\n\n", "a raw table: "),
    "raw Markdown": ("section-7", "\n\n", "\n\nSay **that ** there. ", "raw Markdown"),
    "a silent picture": ("section-8", "\n\n", "\n\n![](../figures/card.svg)\n\n", "without alternative text"),
}


def test_the_book_is_made_without_a_network_and_without_a_warning(no_network, tmp_path):
    assert web.make(tmp_path) == ""
    assert (tmp_path / "html" / "chapters" / f"{CHAPTER}.html").is_file()
    pages = list((tmp_path / "html").rglob("*.html"))
    assert f"makes them, {len(pages)} pages of" in (ROOT / "README.md").read_text(encoding="utf-8")
    for page in pages:
        names = Counter(re.findall(r'<[^>]* id="([^"]+)"', page.read_text(encoding="utf-8")))
        assert [name for name, count in names.items() if count > 1] == [], page.name


def test_what_is_planted_is_found_where_it_stands(no_network, tmp_path, book):
    for cell, old, new, _ in PLANTED.values():
        change(book, cell, old, new)
    said = web.make(tmp_path / "made", book).splitlines()
    unseen = [
        name
        for name, (cell, _, _, words) in PLANTED.items()
        if not any(f"{CHAPTER}.ipynb, cell {cell}, line" in line and words in line for line in said)
    ]
    assert unseen == []
    assert [
        line for line in said if not any(f"cell {cell}, line" in line for cell, *_ in PLANTED.values())
    ] == []


def test_a_second_run_makes_what_changed_and_says_again_what_is_wrong(tmp_path, book):
    def made():
        return {page: page.stat().st_mtime_ns for page in (tmp_path / "made").rglob("chapters/*.html")}

    assert web.make(tmp_path / "made", book) == ""
    before = made()
    change(book, "section-3", "Multiply out", "Multiply it out")
    assert web.make(tmp_path / "made", book) == ""
    assert [page.stem for page, time in made().items() if time != before[page]] == [CHAPTER]
    change(book, "section-3", "Multiply it out", "[(2.99)](#eq-2-99) Multiply out")
    said = web.make(tmp_path / "made", book)
    assert "'eq-2-99'" in said
    assert web.make(tmp_path / "made", book) == said


def test_a_number_used_twice_is_refused(tmp_path, book):
    change(book, "section-3", "\\tag{2.4}", "\\tag{2.3}")
    said = f"{CHAPTER}.ipynb, cells section-3 and section-3: equation 2.3 stands twice; expected once\n"
    assert web.make(tmp_path, book) == said


def test_a_second_chapter_s_number_is_refused(tmp_path, book):
    change(book, "section-3", "\\tag{2.4}", "\\tag{1.4}")
    assert f"{CHAPTER}.ipynb: equation 1.4 stands in another chapter" in web.make(tmp_path, book)
