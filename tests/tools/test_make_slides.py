"""The slides of the lecture are the chapters' own words, code and pictures, by the rows of the table."""

import copy
import re

import nbformat
import pytest

from tools import make_slides
from tools.chapter_text import CHAPTERS, chapter_paths, joined, read
from tools.lecture import SLIDES

SHOWN = make_slides.notebook()
TEXTS = [cell.source for cell in SHOWN.cells if cell.cell_type == "markdown"]
CODES = [cell for cell in SHOWN.cells if cell.cell_type == "code"]
BOOK = [cell for path in chapter_paths() for cell in read(path)["cells"]]


def without_addresses(text):
    return re.sub(r"(!?\[[^\]]*\])\([^)]*\)", r"\1", text)


def words_of_the_book():
    whole = "\n\n".join(joined(cell["source"]) for cell in BOOK if cell["cell_type"] == "markdown")
    return re.sub(r"(?<!!)\[([^\]]*)\]", r"\1", without_addresses(whole))


def blocks():
    """Every paragraph of the slides but the titles, which are rows of the table, and the headings."""
    for text in TEXTS[1:]:
        if not text.startswith("## "):
            yield from text.split("\n\n")[text.startswith("### ") :]


def test_every_word_is_a_chapter_s():
    book = words_of_the_book()
    assert len([*blocks()]) > 60
    assert [block for block in blocks() if without_addresses(block) not in book] == []


def test_every_heading_is_a_chapter_s():
    headings = {joined(cell["source"]).partition("\n")[0] for cell in BOOK if cell["cell_type"] == "markdown"}
    there = {re.sub(r"^## \d+ ", "", heading) for heading in headings}
    named = {text[4:].partition("\n")[0] for text in TEXTS if text.startswith("### ")}
    assert named <= there
    assert len(named) >= 17


def test_every_code_cell_has_what_a_chapter_has_stored():
    stored = [(joined(c["source"]), len(c["outputs"])) for c in BOOK if c["cell_type"] == "code"]
    assert len(CODES) > 20
    for cell in CODES:
        assert (cell.source, len(cell.outputs)) in stored
        assert cell.outputs or "guess" not in cell.source


def test_a_guess_keeps_its_answers_and_shows_no_code():
    asked = [cell for cell in CODES if re.search(r"^guess\(", cell.source, re.M)]
    assert len(asked) >= 6
    assert all(cell.metadata.tags == [make_slides.HIDDEN] for cell in asked)
    assert all("<details>" in cell.outputs[0].data["text/markdown"] for cell in asked)


def test_the_rows_are_those_of_the_table():
    rows = make_slides.plan()
    assert sum(minutes for minutes, *_ in rows) == 90
    titles = [text for text in TEXTS if text.startswith("## ")]
    assert [title.partition("\n")[0][3:] for title in titles] == [what for _, what, *_ in rows]
    assert all(f"{minutes} minutes" in title for title, (minutes, *_) in zip(titles, rows, strict=True))
    linked = [place for *_, where in rows for place in where]
    chosen = [(chapter, name) for chapter, names in SLIDES.items() for name in names]
    assert sorted(linked, key=lambda place: place[0]) == chosen  # within a chapter in the lecture's order


def with_headings(monkeypatch, change):
    """Let the headings of chapter 00 be others."""
    file, notebook = make_slides.chapter("00")
    other = copy.deepcopy(notebook)
    for cell in other.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(
                r"^## (\d+)", lambda found: f"## {change(int(found[1]))}", cell.source, flags=re.M
            )
    monkeypatch.setattr(make_slides, "chapter", lambda number: (file, other))


def test_a_section_with_another_number_is_named(monkeypatch):
    """The link says 00, section 5; what has that number now is not what the lecture shows."""
    assert make_slides.title("00", "5") == "How wrong is it, in one number?"
    with_headings(monkeypatch, lambda number: number + 1)
    shown = make_slides.title("00", "5")
    assert shown == "Why the bend?"
    monkeypatch.setattr(make_slides, "plan", lambda: [(90, "all", "", [("00", shown)])])
    with pytest.raises(LookupError, match=r"teaching\.md links 00, 'Why the bend\?'; expected one of"):
        make_slides.notebook()
    with pytest.raises(LookupError, match=r"00_the_network\.ipynb: got a link to section 1; expected one of"):
        make_slides.title("00", "1")


def test_the_equations_that_a_row_names_are_on_its_slides_or_in_its_words():
    """The row says which equations it shows; its slides display at least one of them."""
    rows, here = [], None
    for text in TEXTS[1:]:
        if text.startswith("## "):
            here = {"named": set(re.findall(r"\((\d\.\d+)\)", text)), "shown": set()}
            rows.append(here)
        here["shown"] |= set(re.findall(r"\\tag\{([\d.]+)\}", text))
    for row in rows:
        assert not row["named"] or row["named"] & row["shown"], row


def test_drawings_travel_with_the_notebook():
    carried = [cell for cell in SHOWN.cells if cell.get("attachments")]
    assert carried
    assert not any("../" in text or ".ipynb" in text for text in TEXTS)
    nbformat.validate(SHOWN)


@pytest.mark.parametrize(
    ("heading", "part", "words"),
    [
        ("The lane", "(5.4)", "got the heading 'The lane'; expected one of"),
        ("The line", "(5.99)", r"got '\(5.99\)'; expected how a part of it begins"),
        ("The line", "**Nobody wrote", "expected how a part of it begins"),
    ],
)
def test_what_a_chapter_has_no_longer_is_named(heading, part, words):
    with pytest.raises(LookupError, match=f"05_hidden_layer_backprop.ipynb.*{words}"):
        make_slides.find("05", heading, part)


def test_a_part_is_looked_for_in_its_own_section_first():
    one, other = (make_slides.find("00", heading, "guess(") for heading in list(SLIDES["00"])[1:4:2])
    assert one.source != other.source


def test_the_command_writes_a_notebook_and_a_page(tmp_path, capsys):
    make_slides.main(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lecture.ipynb", "lecture.slides.html"]
    assert nbformat.read(tmp_path / "lecture.ipynb", as_version=4) == SHOWN
    html = (tmp_path / "lecture.slides.html").read_text(encoding="utf-8")
    kinds = [cell.metadata.slideshow.slide_type for cell in SHOWN.cells]
    stacks, slides = kinds.count("slide"), len(kinds) - kinds.count("-")
    assert html.count("<section>") == stacks + slides
    assert f"{slides} slides" in capsys.readouterr().out
    assert "DigitPad()" not in re.sub(r"<[^>]+>", "", html)  # hidden code, as every guess's
    assert str(CHAPTERS.parent) not in html
