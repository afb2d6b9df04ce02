"""What the README counts, links to and prints is so."""

import contextlib
import io
import re

import pytest
from chapter_checks import ROOT, chapter_paths, codes, read
from planted import all_mutants

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
