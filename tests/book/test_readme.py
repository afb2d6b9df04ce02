"""What the README counts, links to and prints is so."""

import contextlib
import io
import re

import pytest
from chapter_checks import EXERCISE, ROOT, chapter_paths, codes, joined, read, section, texts
from planted import all_mutants
from test_numbers_in_prose import SEEN_AT_LEAST

from mlp_core.explorers import EXPLORERS

README = (ROOT / "README.md").read_text(encoding="utf-8")


def counted(pattern, text=README):
    """The one number that stands in the README where the pattern has its group."""
    (found,) = re.findall(pattern, text)
    return int(found.replace(",", ""))


def test_it_opens_with_one_sentence_one_picture_and_the_two_commands():
    title, sentence, picture, commands = README.split("\n\n")[:4]
    assert title.startswith("# ")
    assert sentence.count(". ") == 0
    assert sentence.endswith(".")
    assert picture.startswith("![")
    assert [line.split("  ")[0] for line in commands.splitlines()[1:-1]] == ["make read", "make test"]


def test_it_names_every_chapter():
    linked = re.findall(r"^\| \[[^\]]+\]\(chapters/(\d\d_\w+\.ipynb)\)", README, re.M)
    assert linked == [path.name for path in chapter_paths()]


def test_it_counts_the_cells_and_the_planted_slips():
    assert counted(r"all (\d+) code cells") == sum(len(codes(read(path))) for path in chapter_paths())
    assert counted(r"plants (\d+) slips") == len(all_mutants())


ROAD = [path for path in chapter_paths() if path.name < "90"]
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def test_it_asks_the_questions_that_the_chapters_ask():
    asked = dict(re.findall(r"^\| \[[^\]]+\]\(chapters/(\S+)\) \| ([^|]+) \|", README, re.M))
    for path in ROAD:
        (question,) = re.findall(r"^\*\*The question\.\*\* (.+)$", texts(read(path))[0][1], re.M)
        assert asked[path.name] == question


def test_it_counts_the_exercises_and_the_explorers():
    exercises = sum(len(EXERCISE.findall(section(read(path), "Exercises"))) for path in ROAD)
    assert counted(r"There are (\d+) exercises") == exercises
    assert counted(r"\| (\d+); all answered") == exercises
    touched = [
        path
        for path in ROAD
        if any(f"{name}(" in joined(cell["source"]) for cell in codes(read(path)) for name in EXPLORERS)
    ]
    assert f"In {WORDS[len(touched)]} of the {WORDS[len(ROAD)]} chapters stands an explorer" in README
    assert f"the {WORDS[len(EXPLORERS)]} explorers" in README


def test_its_card_is_that_of_the_hidden_layer():
    """Line by line: the names of the lines, and each thing that they imply."""
    path = next(path for path in ROAD if path.name.startswith("05"))
    (table,) = re.findall(
        r"^\| \| the line \| what it implies \|\n\|.+\n((?:\|.+\n?)+)", joined_text(path), re.M
    )
    ours = re.findall(r"^\| (\S[^|]*) \| (?:`[^`]+`(?:, )?)+ \| ([^|]+) \|", README, re.M)
    theirs = [
        (row.split(" | ")[0].strip("| "), row.split(" | ")[-1].strip("| ")) for row in table.splitlines()
    ]
    assert ours == [(name, implied.replace("**", "")) for name, implied in theirs]


def joined_text(path):
    return "\n\n".join(source for _, source in texts(read(path)))


def test_it_says_how_many_altered_numbers_are_seen():
    assert counted(r"at least (\d+) of 100 turn `make test` red") == round(100 * SEEN_AT_LEAST)


def test_every_link_to_a_file_leads_there():
    targets = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", README)
    files = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert len(files) > 10
    for file in files:
        assert (ROOT / file).exists(), file


def test_its_lines_of_python_print_what_stands_beside_them():
    (block,) = re.findall(r"```python\n(.*?)```", README, re.S)
    promised = re.findall(r"print\(.*?\)  # (\[.*?\])", block)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(block, {})
    assert len(promised) == 2
    assert printed.getvalue().splitlines() == promised


def test_the_commands_that_it_names_exist():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.M))
    named = set(re.findall(r"`make ([a-z-]+)", README)) | {"read", "test"}
    assert named <= targets
    for script in re.findall(r"`(?:python )?((?:tests|tools)/\S+?\.py)", README):
        assert (ROOT / script).is_file(), script


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_the_places_that_a_page_names_are_there(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"`((?:mlp_core|chapters|figures|tests|tools)/[\w./]*)`", text)
    assert len(named) > 10
    assert [place for place in named if not (ROOT / place).exists()] == []
