"""The page for teachers: what it cites exists, what it links to is there, its plans are the book's."""

import ast
import re

import pytest
from chapter_checks import CHAPTERS, joined, listed
from teachers_pages import (
    SECTION_CELLS,
    SECTIONS,
    SHARED,
    chapters,
    cited_sections,
    equations,
    exercises,
    files,
    links,
    numbers_in,
    parts,
    sections,
    text_of,
)

from tools.chapter_text import unlinked
from tools.make_slides import SECTION
from tools.reading_times import MINUTES, WORDS_A_MINUTE, count

LINKED = (CHAPTERS / "teaching.md").read_text(encoding="utf-8")
TEXT = unlinked(LINKED)
NOTES_LINES = (CHAPTERS / "notes" / "lines.md").read_text(encoding="utf-8")
DISPLAYED = re.compile(r"\\tag\{(\d+\.\d+)\}")


def minutes_of(chapter, sections):
    """The estimate of tools/reading_times.py for some sections of a chapter, not rounded."""
    cells = [cell for section in sections for cell in SECTION_CELLS[chapter, str(section)]]
    counts = count({"cells": cells})
    return counts.words / WORDS_A_MINUTE + sum(each * getattr(counts, name) for name, each in MINUTES.items())


def test_below_an_exercise_that_stands_where_its_line_is_derived_the_section_goes_on():
    assert "pull_on_logits" in text_of(("02", "2.3"))
    assert "pull_on_logits" not in text_of(("02", "3"))
    assert "Ours is called" in text_of(("02", "3"))


# What this page alone can be wrong in


def lessons(page):
    """(what is done in the room, what at home) of each double lesson."""
    course = page.partition(" A course")[2].partition("\n## ")[0]
    return re.findall(r"^\| \d \| ([^|]+) \| ([^|]+) \|", course, re.M)


def times(page):
    """The lecture fills its time, and lessons and what can be left out take what the chapters' counts say."""
    lecture = page.partition(" One lecture")[2].partition("\n## ")[0]
    minutes = [int(found) for found in re.findall(r"^\| (\d+) \|", lecture, re.M)]
    if sum(minutes) != 90:
        yield f"the one lecture takes {sum(minutes)} minutes"
    for room, _ in lessons(page):
        stated = re.findall(r"(\d\d), sections? ([\d to,and]+) \((\d+)\)", room)
        for chapter, those, told in stated:
            if abs(minutes_of(chapter, numbers_in(those)) - int(told)) > 2:
                yield f"{chapter}, sections {those}: {minutes_of(chapter, numbers_in(those)):.0f} minutes"
        if not 70 <= sum(int(told) for *_, told in stated) <= 90:
            yield f"a double lesson is not filled: {room}"
    for chapter, section, told in re.findall(r"^\| (\d\d), section (\d+)[^|]*\| (\d+) \|", page, re.M):
        if abs(minutes_of(chapter, [section]) - int(told)) > 2:
            yield f"{chapter}, section {section}: {minutes_of(chapter, [section]):.0f} minutes"


def plan(page):
    """The lessons take every section of the road once, in order, and set what has been taught."""
    taught, there = [], [key for key in SECTION_CELLS if key[0] < "90" and key[1].isdigit()]
    for room, home in lessons(page):
        taught += [(chapter, str(section)) for chapter, section in cited_sections(room)]
        for exercise in re.findall(r"\d\.\d", home):
            if f"0{exercise[0]}" not in {chapter for chapter, _ in taught}:
                yield f"exercise {exercise} comes before its chapter"
    if taught != there:
        yield f"the lessons take {sorted(set(taught) ^ set(there))} not at all, or in another order"


def names_of(place, kind):
    """The names that a section's code sets (ast.Store) or takes (ast.Load)."""
    code = [joined(cell["source"]) for cell in SECTION_CELLS[place] if cell["cell_type"] == "code"]
    return {
        n.id
        for n in ast.walk(ast.parse("\n".join(code)))
        if isinstance(n, ast.Name) and isinstance(n.ctx, kind)
    }


def rests_on(chapter, section):
    """{(chapter, section or exercise): why} of what comes later and rests on a section.

    It cites an equation of it, or the section itself, or its code takes a name that the section's code sets.
    """
    displayed, found = set(DISPLAYED.findall(text_of((chapter, section)))), {}
    own = [place for place in SECTION_CELLS if place[0] == chapter]
    later = own[own.index((chapter, section)) + 1 :]
    for place in SECTION_CELLS:
        if place[0] >= "90" or place == (chapter, section) or not (place[1].isdigit() or "." in place[1]):
            continue
        text = text_of(place)
        said = re.findall(r"\b[Cc]hapter (\d\d), section (\d+)", text)
        if place[0] == chapter:
            alone = re.sub(r"\b[Cc]hapter \d\d, sections? \d+", " ", text)
            said += [(chapter, str(n)) for words in SECTIONS.findall(alone) for n in numbers_in(words[1])]
        cited = displayed & listed(text) if place[0] >= chapter else set()
        taken = set()
        if place in later:
            taken = names_of((chapter, section), ast.Store) & names_of(place, ast.Load)
            taken -= names_of(place, ast.Store)
        if cited or taken or (chapter, section) in said:
            found[place] = cited | taken or {"named"}
    return found


def left_out(page):
    """Where a section may be left out stands everything later that rests on it."""
    rows = re.findall(r"^\| (\d\d), section (\d+)[^|]*\| \d+ \| ([^|]+) \|$", page, re.M)
    for chapter, section, named in rows:
        known = {(where, str(number)) for where, number in cited_sections(named)}
        known |= {(f"0{number[0]}", number) for number in re.findall(r"\b\d\.\d\b", named)}
        for place, why in rests_on(chapter, section).items():
            if place not in known:
                yield f"{place[0]}, {place[1]} rests on {chapter}, section {section}: {sorted(why)}"


def rows_of_mistakes(page):
    """(chapter, cells) of every row of the tables of mistakes."""
    for chapter, text in parts(page).items():
        for row in re.findall(r"^\| (?!what they say|---)(.+) \|$", text, re.M) if chapter else []:
            yield chapter, row.split(" | ")


def slips(page):
    """Every line of the notes that is not right stands beside its equation and its place in chapter 91."""
    wrong = dict(re.findall(r"^\| (S\d+) \| ([^|]+) \| (?!right)", NOTES_LINES, re.M))
    named = {}
    for _, cells in rows_of_mistakes(page):
        for line in re.findall(r"\bS\d+\b", cells[0]):
            named[line] = cells
    for line, tags in wrong.items():
        row = " | ".join(named.get(line, []))
        played = [place for place in cited_sections(row) if place[0] == "91"]
        if not listed(row) & set(tags.split(", ")):
            yield f"{line} is not named beside one of {tags}"
        if not any(re.search(rf"\b{line}\b", text_of((name, str(n)))) for name, n in played):
            yield f"{line} is not where chapter 91 has it: {played}"


def places(page):
    """A guess or a common slip stands in the section that is said to have it; no common slip is left out."""
    held = {"guess": re.compile(r"^guess\(", re.M), "common slip": re.compile(r"\*\*A common slip\.\*\*")}
    boxes = {key for key in SECTION_CELLS if key[0] < "90" and held["common slip"].search(text_of(key))}
    for chapter, cells in rows_of_mistakes(page):
        for section, what in re.findall(r"section (\d+), (?:the|a) (guess|common slip)", cells[-1]):
            boxes -= {(chapter, section)} if what == "common slip" else set()
            if not held[what].search(text_of((chapter, section))):
                yield f"chapter {chapter}, section {section} has no {what}"
    yield from (f"the common slip of {chapter}, section {section} is not named" for chapter, section in boxes)


def mistakes(page):
    """Every row names what answers it and where it is seen."""
    rows = list(rows_of_mistakes(page))
    for chapter, cells in rows:
        if len(cells) != 4 or not re.search(r"section|exercise", cells[3]):
            yield f"{chapter}: {cells}"
    for chapter in chapters():
        if chapter < "90" and sum(of == chapter for of, _ in rows) < 8:
            yield f"{chapter} names fewer than eight mistakes"


CHECKS = (*SHARED, times, plan, left_out, slips, places, mistakes)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_page_is_true_to_the_book(check):
    assert list(check(LINKED if check is links else TEXT)) == []


@pytest.mark.parametrize(
    ("check", "before", "after"),
    [
        (equations, "(3.11)", "(3.91)"),
        (equations, "(2.6) to (2.8)", "(2.6) to (2.19)"),
        (exercises, "exercise 0.8", "exercise 0.9"),
        (exercises, "exercises 3.3, 4.1, 4.2 and 4.3", "exercises 3.3, 4.1, 4.2 and 4.9"),
        (sections, "01, sections 5 to 13", "01, sections 5 to 19"),
        (sections, "02, section 3", "02, section 23"),
        (sections, "the estimate in section 3", "the estimate in section 9"),
        (links, "../figures/worksheet.svg", "../figures/sheet.svg"),
        (
            files,
            "`.venv/bin/python -m pytest --nbval chapters/01",
            "`.venv/bin/python -m pytest --nbval chapters/21",
        ),
        (files, "`make fresh`", "`make new`"),
        (times, "| 16 | Forward", "| 17 | Forward"),
        (times, "sections 1 to 8 (54)", "sections 1 to 8 (58)"),
        (times, "03, section 10 (14)", "03, section 10 (18)"),
        (times, "01, sections 5 to 13 (43)", "01, sections 9 to 13 (24)"),
        (times, "| 07, section 5 | 9 |", "| 07, section 5 | 4 |"),
        (plan, "02, sections 4 to 9 (24)", "02, sections 5 to 9 (21)"),
        (plan, "exercises 3.3, 4.1, 4.2 and 4.3", "exercises 3.3, 4.1, 4.2 and 6.1"),
        (left_out, "exercise 7.4 |\n\n", "exercise 7.3 |\n\n"),
        (left_out, "that the weights of 03, section 6,", "that the weights"),
        (left_out, "| 07, section 5 |", "| 07, section 4 |"),
        (left_out, "of the explorer in 01, section 6;", "of the explorer in section 6;"),
        (slips, "(S28, S29)", "(S29)"),
        (slips, "(1.2): the free index", "(1.3): the free index"),
        (slips, "chapter 91, section 4", "chapter 91, section 3"),
        (places, "section 1, the guess", "section 2, the guess"),
        (places, "section 6, a common slip", "section 6"),
        (mistakes, "| section 9, the second example; exercise 0.8 |", "| there |"),
    ],
)
def test_each_check_can_fail(check, before, after):
    assert before in TEXT
    assert list(check(TEXT.replace(before, after)))


def test_the_lecture_links_every_section_that_it_shows():
    lecture = LINKED.partition(" One lecture")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| \d+ \|.+$", lecture, re.M)
    assert len(rows) == 10
    for row in rows:
        where = row.split(" | ")[2]
        assert SECTION.search(where)
        assert not re.search(r"\d\d, sections? \d", SECTION.sub("", where))


def test_the_code_of_the_page_draws_the_two_sheets(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"```python\n(.+?)```", TEXT, re.S)
    exec(block, {})
    drawn = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(drawn) == ["mine.pdf", "mine_solution.pdf"]
    assert "E 3.5298".encode("utf-16-be") in drawn["mine_solution.pdf"]  # question 0a
    assert "3.5298".encode("utf-16-be") not in drawn["mine.pdf"]
