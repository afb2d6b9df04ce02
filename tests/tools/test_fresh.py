"""`make fresh` puts the chapters back as printed and loses nothing that a reader wrote."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"
NAME = "00_the_network.ipynb"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def notebook(*sources, count=None):
    cells = [
        {"cell_type": "code", "source": source, "execution_count": count, "metadata": {}, "outputs": []}
        for source in sources
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


PRINTED = notebook("1 + 1", "2 + 2")


def git(book, *arguments):
    subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments], cwd=book, check=True)


@pytest.fixture
def book(tmp_path):
    """A book of one chapter, committed, in a folder whose name has a space."""
    book = tmp_path / "a book"
    (book / "tools").mkdir(parents=True)
    (book / "chapters").mkdir()
    for name in ("__init__.py", "fresh.py", "whole_files.py"):
        shutil.copy(TOOLS / name, book / "tools")
    (book / "chapters" / NAME).write_text(PRINTED)
    git(book, "init", "--quiet")
    git(book, "add", ".")
    git(book, "commit", "--quiet", "--message", "Print the book")
    return book


def fresh(book, **environment):
    command = [sys.executable, "-m", "tools.fresh"]
    return subprocess.run(command, cwd=book, capture_output=True, text=True, env=environment or None)


def files(book):
    return {path.name: path.read_text() for path in (book / "chapters").iterdir()}


def test_an_untouched_chapter_stays(book):
    done = fresh(book)
    assert (done.returncode, done.stdout) == (0, f"chapters/{NAME}: as printed already\n")
    assert files(book) == {NAME: PRINTED}


def test_outputs_and_counts_alone_are_not_kept(book):
    (book / "chapters" / NAME).write_text(notebook("1 + 1", "2 + 2", count=7))
    assert fresh(book).returncode == 0
    assert files(book) == {NAME: PRINTED}


def test_a_changed_source_is_kept_beside_the_printed_chapter(book):
    own = notebook("1 + 1", "my own try")
    (book / "chapters" / NAME).write_text(own)
    assert "your changes are in 00_the_network.yours-1.ipynb" in fresh(book).stdout
    assert files(book) == {NAME: PRINTED, "00_the_network.yours-1.ipynb": own}


def test_what_was_kept_before_is_never_overwritten(book):
    tries = [notebook("first"), notebook("second"), notebook("third")]
    for own in tries:
        (book / "chapters" / NAME).write_text(own)
        fresh(book)
    kept = {f"00_the_network.yours-{number}.ipynb": own for number, own in enumerate(tries, start=1)}
    assert files(book) == {NAME: PRINTED, **kept}


def test_a_source_in_lines_equals_the_same_in_one_string(book):
    lines = PRINTED.replace('"1 + 1"', '["1 ", "+ 1"]')
    assert lines != PRINTED
    (book / "chapters" / NAME).write_text(lines)
    fresh(book)
    assert files(book) == {NAME: PRINTED}


@pytest.mark.parametrize("own", ["{ torn", "[]", '{"cells": 3}', ""])
def test_an_unreadable_file_is_kept(book, own):
    (book / "chapters" / NAME).write_text(own)
    fresh(book)
    assert files(book) == {NAME: PRINTED, "00_the_network.yours-1.ipynb": own}


def test_an_attachment_is_kept(book):
    own = json.loads(PRINTED)
    own["cells"][0]["attachments"] = {"my.png": {"image/png": "AAAA"}}
    (book / "chapters" / NAME).write_text(json.dumps(own))
    fresh(book)
    assert files(book)["00_the_network.yours-1.ipynb"] == json.dumps(own)


def test_a_deleted_chapter_returns_and_a_notebook_of_the_readers_own_stays(book):
    (book / "chapters" / NAME).unlink()
    (book / "chapters" / "mine.ipynb").write_text(notebook("mine"))
    assert "put back" in fresh(book).stdout
    assert files(book) == {NAME: PRINTED, "mine.ipynb": notebook("mine")}


@pytest.mark.skipif(os.name == "nt", reason="Windows lets few users make links")
def test_no_file_of_the_readers_is_lost(book, tmp_path):
    """Names that the command itself might use are taken: by files, by links, by links that lead nowhere."""
    chapters, elsewhere = book / "chapters", tmp_path / "elsewhere.ipynb"
    elsewhere.write_text("mine, elsewhere")
    mine = {
        f"{NAME}.unfinished": "mine, with an ending that the command used",
        "00_the_network.yours-1.ipynb": "mine, kept before",
        "00_the_network.yours-3.ipynb": "mine, too",
    }
    for name, text in mine.items():
        (chapters / name).write_text(text)
    (chapters / "00_the_network.yours-2.ipynb").symlink_to(tmp_path / "nowhere")
    (chapters / NAME).unlink()
    (chapters / NAME).symlink_to(elsewhere)  # a chapter that is a link to a file of the reader's
    assert "your changes are in 00_the_network.yours-4.ipynb" in fresh(book).stdout
    assert elsewhere.read_text() == "mine, elsewhere"
    assert not (tmp_path / "nowhere").exists()
    (chapters / "00_the_network.yours-2.ipynb").unlink()
    mine["00_the_network.yours-4.ipynb"] = "mine, elsewhere"
    assert files(book) == {NAME: PRINTED, **mine}


def without_history(book):
    """As a ZIP is unpacked; the folders above are none of git's."""
    shutil.rmtree(book / ".git")
    return {"GIT_CEILING_DIRECTORIES": str(book.parent)}


def in_somebodys_repository(book):
    """As a ZIP is unpacked inside of a repository that does not know it."""
    shutil.rmtree(book / ".git")
    git(book.parent, "init", "--quiet")
    git(book.parent, "commit", "--quiet", "--allow-empty", "--message", "Begin")
    return {}


@pytest.mark.parametrize("unpack", [without_history, in_somebodys_repository])
def test_from_a_zip_it_says_so_in_one_line_and_changes_nothing(book, unpack):
    environment = unpack(book)
    own = notebook("my own")
    (book / "chapters" / NAME).write_text(own)
    done = fresh(book, **environment, PATH=str(Path(shutil.which("git")).parent))
    assert done.returncode == 1
    assert done.stderr.startswith("This folder is no clone: a ZIP brings the chapters without their history")
    assert len(done.stderr.splitlines()) == 1
    assert files(book) == {NAME: own}


def test_another_complaint_of_git_is_passed_on(book):
    (book / ".git" / "HEAD").write_text("ref: refs/heads/nothing\n")
    done = fresh(book)
    assert done.returncode == 1
    assert done.stderr.startswith("The printed chapters come from git, which says: ")
    assert len(done.stderr.splitlines()) == 1


def test_without_git_it_ends_in_one_line(book, tmp_path):
    done = fresh(book, PATH=str(tmp_path))
    assert (done.returncode, done.stderr) == (
        1,
        "The printed chapters come from git, and git is not installed.\n",
    )
