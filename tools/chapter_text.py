"""What the chapters' text is made of: cells, code, formulas, displays; for the tools and for the tests."""

import json
import re
from pathlib import Path

from .printed_exercises import CHECK, as_printed, is_exercise

CHAPTERS = Path(__file__).resolve().parent.parent / "chapters"

FENCE = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.S | re.M)
CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.S)
DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.S)
INLINE = re.compile(r"(?<![\\$])\$(?!\$)((?:\\.|[^$\\])+)\$(?!\$)")
TAG = re.compile(r"\\tag\{([^}]*)\}")
EXERCISE = re.compile(r"^\*\*(\d+\.\d+)\*\*", re.M)
ANCHOR = re.compile(r'<a id="(?:eq|exercise)-\d+-\d+"></a>\n?(?:> (?=\$))?')
LINK = re.compile(r"\[([^\[\]]+)\]\((?:[\w./]+\.ipynb)?#(?:eq|exercise|cell-id=)[\w-]+\)")


def chapter_paths(folder=CHAPTERS):
    """The book's chapters in order; a reader's own copies are none."""
    return sorted(path for path in folder.glob("*.ipynb") if ".yours-" not in path.name)


def read(path):
    """The notebook as plain data, its exercises as printed; its text without what tools/links.py makes."""
    notebook = as_printed(json.loads(path.read_text(encoding="utf-8")))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = unlinked(joined(cell["source"]))
    return notebook


def joined(lines):
    return lines if isinstance(lines, str) else "".join(lines)


def unlinked(text):
    """The text without the anchors and links that tools/links.py makes."""
    return LINK.sub(r"\1", ANCHOR.sub("", text))


def texts(notebook):
    """(cell id, source) of every text cell."""
    return [(c.get("id"), joined(c["source"])) for c in notebook["cells"] if c["cell_type"] == "markdown"]


def codes(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def outside_of(notebook, heading):
    """The notebook's cells without those of a section of level two."""
    kept, within = [], False
    for cell in notebook["cells"]:
        started = cell["cell_type"] == "markdown" and re.match(r"## (.*)", joined(cell["source"]))
        within = started[1].strip() == heading if started else within
        if not within:
            kept.append(cell)
    return {**notebook, "cells": kept}


def beside_exercises(notebook):
    """The notebook's cells without its exercises, under "Exercises" or where a line is derived.

    There an exercise is a text cell that begins with its number, the cell to be written, and its check.
    """
    kept = outside_of(notebook, "Exercises")["cells"]
    return {**notebook, "cells": [cell for cell in kept if not belongs_to_exercise(cell)]}


def belongs_to_exercise(cell):
    source = joined(cell["source"])
    if cell["cell_type"] == "markdown":
        return EXERCISE.match(source) is not None
    return is_exercise(cell) or CHECK.search(source) is not None


def exercise_numbers(notebook):
    """The numbers of a chapter's exercises, in the order in which they stand."""
    return [number for _, source in texts(notebook) for number in EXERCISE.findall(source)]


def section(notebook, heading):
    """The text under a heading of level two, given whole or by its number, up to the next one."""
    whole = "\n\n".join(source for _, source in texts(notebook))
    title = rf"{heading} [^\n]*" if heading.isdigit() else re.escape(heading)
    found = re.search(rf"^## {title}[ \t]*\n(.*?)(?=^## |\Z)", whole, re.S | re.M)
    return found.group(1) if found else ""
