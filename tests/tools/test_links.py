"""Every reference to an equation, a section or an exercise is a link that leads there (`make links`)."""

import json
import re

import pytest
from chapter_checks import CHAPTERS, all_tags, chapter_paths

from tools import links
from tools.chapter_text import LINK, unlinked

HERE = CHAPTERS / "02_output_layer_gradients.ipynb"
WHERE = {
    ("eq", "2.10"): links.Place(HERE.name, "section-7", "eq-2-10"),
    ("eq", "1.4"): links.Place("01_softmax_derivative.ipynb", "eq-1-3", "eq-1-4"),
    ("exercise", "2.4"): links.Place(HERE.name, "exercise-2-1", "exercise-2-4"),
    ("section", "02", "3"): links.Place(HERE.name, "section-3"),
    ("section", "02", "4"): links.Place(HERE.name, "section-4"),
    ("section", "01", "4"): links.Place("01_softmax_derivative.ipynb", "section-4"),
}


@pytest.fixture(scope="module")
def where():
    return links.places(chapter_paths())


def every():
    return [*chapter_paths(), *links.pages()]


@pytest.mark.parametrize("path", every(), ids=lambda path: path.name)
def test_the_links_are_those_of_the_command(path, where):
    assert links.relinked(path, where) == path.read_text(encoding="utf-8"), "run: make links"


def test_every_equation_has_a_place(where):
    assert {number for kind, number, *_ in where if kind == "eq"} == set(all_tags())


@pytest.mark.parametrize("path", chapter_paths(), ids=lambda path: path.stem)
def test_every_link_leads_to_an_anchor_or_a_cell(path):
    text = {one.name: one.read_text(encoding="utf-8") for one in chapter_paths()}
    cells = {name: {cell["id"] for cell in json.loads(whole)["cells"]} for name, whole in text.items()}
    found = json.loads(text[path.name])["cells"]
    source = "\n".join("".join(cell["source"]) for cell in found if cell["cell_type"] == "markdown")
    found = [match[0] for match in LINK.finditer(source)]
    assert found or path.name.startswith("9")
    for link in found:
        name, _, place = re.search(r"\]\((.*)#(.*)\)", link).expand(r"\1#\2").partition("#")
        if place.startswith("cell-id="):
            assert place.removeprefix("cell-id=") in cells[name or path.name], link
        else:
            assert rf"<a id=\"{place}\"></a>" in text[name or path.name], link


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        ("By (2.10) it is.", "By [(2.10)](#eq-2-10) it is."),
        ("By (1.4).", "By [(1.4)](01_softmax_derivative.ipynb#cell-id=eq-1-3)."),
        ("It costs (0.75).", "It costs (0.75)."),
        ("See section 3.", "See [section 3](#cell-id=section-3)."),
        ("Sections 3 and 4.", "[Sections 3](#cell-id=section-3) and [4](#cell-id=section-4)."),
        (
            "In chapter 01, section 4,",
            "In [chapter 01, section 4](01_softmax_derivative.ipynb#cell-id=section-4),",
        ),
        ("As exercise 2.4 says", "As [exercise 2.4](#exercise-2-4) says"),
        ("Calculus 1, section 3.3", "Calculus 1, section 3.3"),
        ("`(2.10)` and $(2.10)$", "`(2.10)` and $(2.10)$"),
        ("```\n(2.10)\n```", "```\n(2.10)\n```"),
        ("## 7 By (2.10)", "## 7 By (2.10)"),
        ("[by (2.10)](https://example.org)", "[by (2.10)](https://example.org)"),
        ("$$a = b \\tag{2.10}$$", '<a id="eq-2-10"></a>\n$$a = b \\tag{2.10}$$'),
        ("> $$a = b \\tag{2.10}$$", '> <a id="eq-2-10"></a>\n> $$a = b \\tag{2.10}$$'),
        ("**2.4** ● Do it.", '<a id="exercise-2-4"></a>**2.4** ● Do it.'),
    ],
)
def test_what_is_linked(plain, expected):
    assert links.linked(plain, HERE, WHERE) == expected
    assert links.linked(expected, HERE, WHERE) == expected
    assert unlinked(expected) == plain


def test_a_page_links_only_what_names_its_chapter():
    page = CHAPTERS / "teaching.md"
    assert links.linked("section 3 and 02, section 3", page, WHERE) == (
        f"section 3 and [02, section 3]({HERE.name}#cell-id=section-3)"
    )


@pytest.mark.parametrize("text", ["See section 12.", "chapter 05, section 3", "exercise 2.9"])
def test_what_leads_nowhere_is_refused(text):
    with pytest.raises(
        ValueError, match=r"02_output_layer_gradients\.ipynb: .* leads nowhere; expected one of"
    ):
        links.linked(text, HERE, WHERE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[(2.7)](#eq-2-7)", "(2.7)"),
        ("[(2.7)](#eq-2-7)", "[(2.7)](#eq-2-8)"),
        ("[(2.7)](#eq-2-7)", "[(2.8)](#eq-2-7)"),
        ('<a id=\\"eq-2-7\\"></a>', ""),
    ],
)
def test_a_missing_or_a_wrong_link_is_seen(old, new, where, tmp_path):
    text = HERE.read_text(encoding="utf-8")
    assert old in text
    copy = tmp_path / HERE.name
    copy.write_text(text, encoding="utf-8")
    assert links.relinked(copy, where) == text
    copy.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert links.relinked(copy, where) != copy.read_text(encoding="utf-8")
