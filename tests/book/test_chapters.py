"""The chapters keep to the rules of `chapter_checks.py`; a cited equation exists, wherever it is cited."""

import re
from itertools import pairwise

import pytest
from chapter_checks import CHAPTERS, CHECKS, ROOT, all_tags, chapter_paths, numbers_named, read, tags

PATHS = chapter_paths()


def test_the_chapters_are_here_and_numbered_without_a_gap():
    numbers = [path.name[:2] for path in PATHS if path.name < "90"]
    assert len(numbers) >= 3
    assert numbers == [f"{number:02}" for number in range(len(numbers))]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_chapter(path, check):
    assert list(check(read(path))) == []


def test_no_equation_number_stands_in_two_chapters():
    found = [tag for path in PATHS for tag in tags(read(path))]
    assert sorted(set(found)) == sorted(found)


def test_every_chapter_is_linked_from_its_neighbors():
    for before, after in pairwise(PATHS):
        assert f"]({after.name})" in before.read_text(encoding="utf-8"), f"{before.name} has no link onwards"
        assert f"]({before.name})" in after.read_text(encoding="utf-8"), f"{after.name} has no link back"


def sources():
    """Every file outside the chapters that may cite an equation by name."""
    folders = ("mlp_core", "figures", "tests", "tools")
    return [ROOT / "CONTRIBUTING.md", *(path for folder in folders for path in (ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_cited_equations_exist(path):
    cited = numbers_named(path.read_text(encoding="utf-8"))
    assert set(cited) <= all_tags()


def source_lines(page):
    """{'S1': ['1.1'], ...} from a page's table: S-lines in the first cell, equation numbers in the others."""
    rows = re.findall(r"^\|\s*(S\d+[^|]*)\|(.+)\|\s*$", page, re.M)
    return {
        line: re.findall(r"\d+\.\d+", rest) for first, rest in rows for line in re.findall(r"S\d+", first)
    }


def test_every_line_of_the_notes_has_a_home():
    homes = source_lines((CHAPTERS / "notes" / "lines.md").read_text(encoding="utf-8"))
    for number in range(1, 31):
        assert homes.get(f"S{number}"), f"S{number} has no equation in notes/lines.md"
        assert set(homes[f"S{number}"]) <= all_tags(), f"S{number} is mapped to a number that does not exist"
