"""Make every reference of the chapters a link (`make links`): to an equation, a section, an exercise.

Within a chapter an equation or an exercise is led to by an anchor above it. Into another chapter a link leads
to a cell, by its id: JupyterLab opens a notebook at a cell at the first click, at an anchor at the second.
"""

import re
import sys
from typing import NamedTuple

import nbformat

from .chapter_text import CHAPTERS, EXERCISE, TAG, chapter_paths, joined, unlinked
from .whole_files import write_whole

HEADING = re.compile(r"^## (\d+) ", re.M)
TAGGED = re.compile(r"^((?:> )?)(\$\$(?:(?!\$\$).)+?\\tag\{([\d.]+)\}\s*\$\$)", re.S | re.M)

# Code, formulas, links, HTML and headings stay as they are; then the references.
KEPT = (
    r"^```.*?^```|`[^`]+`|\$\$.+?\$\$|\$[^$]+\$|!?\[[^\]]*\]\([^)]*\)|</?\w[^>]*>|^\#[^\n]*|^\*\*\d+\.\d+\*\*"
)
SECTION, NUMBER = r"[1-9]\d?(?!\.?\d)", r"\d+\.\d+"
AND = r"(?:,| and|, and| to| or) "
REFERENCE = re.compile(
    rf"(?P<kept>{KEPT})"
    r"|\((?P<equation>\d+\.\d+)\)"
    rf"|\b[Ee]xercises? (?P<exercises>{NUMBER}(?:{AND}{NUMBER})*)"
    rf"|(?:\b(?:chapter )?(?P<chapter>\d\d), )?\b[Ss]ections? (?P<sections>{SECTION}(?:{AND}{SECTION})*)",
    re.S | re.M,
)


class Place(NamedTuple):
    """Where something stands: the notebook's name, the cell's id, the anchor in the cell or ""."""

    notebook: str
    cell: str
    anchor: str = ""

    def link(self, here):
        """Return what a link in the notebook or page `here` leads to."""
        if self.notebook != here.name:
            folder = "../" if here.parent.name == "notes" else ""
            return f"{folder}{self.notebook}#cell-id={self.cell}"
        return f"#{self.anchor or 'cell-id=' + self.cell}"


def anchor(kind, number):
    return f"{kind}-{number.replace('.', '-')}"


def cell_id(cell, number):
    """Return the id of a cell: its section, else its first equation or exercise, else its place."""
    text = unlinked(joined(cell.source)) if cell.cell_type == "markdown" else ""
    for kind, pattern in (("section", HEADING), ("eq", TAG), ("exercise", EXERCISE)):
        if found := pattern.search(text):
            return anchor(kind, found[1])
    return f"cell-{number:02}"


def places(paths):
    """Return the `Place` of every ("section", "02", "3"), ("eq", "2.10") and ("exercise", "2.4")."""
    found = {}
    for path in paths:
        for number, cell in enumerate(nbformat.read(path, as_version=4).cells, start=1):
            if cell.cell_type != "markdown":
                continue
            text, here = unlinked(cell.source), cell_id(cell, number)
            for title in HEADING.findall(text):
                found["section", path.name[:2], title] = Place(path.name, here)
            for kind, pattern in (("eq", TAG), ("exercise", EXERCISE)):
                for one in pattern.findall(text):
                    found[kind, one] = Place(path.name, here, anchor(kind, one))
    return found


def linked(text, here, where):
    """Return the text of a cell of the notebook `here`, or of a page, with its anchors and links.

    A `ValueError` names a reference that leads nowhere.
    """

    def one(key, words):
        if key not in where:
            raise ValueError(f"{here.name}: {words!r} leads nowhere; expected one of the chapters' {key[0]}s")
        return f"[{words}]({where[key].link(here)})"

    def reference(match):
        if match["kept"]:
            return match["kept"]
        if match["equation"]:
            # A number in brackets that is no equation's is a number.
            key = ("eq", match["equation"])
            return one(key, match[0]) if key in where else match[0]
        chapter = match["chapter"] or (here.name[:2] if here.suffix == ".ipynb" else None)
        if match["sections"] and not chapter:  # a page that speaks of several chapters
            return match[0]
        kind = ("exercise",) if match["exercises"] else ("section", chapter)
        numbers = match["exercises"] or match["sections"]
        opening = match[0].removesuffix(numbers)
        said = re.sub(r"\d+(?:\.\d+)?", lambda n: one((*kind, n[0]), n[0]), numbers)
        return "[" + opening + said[1:]  # the first link begins with the words before its number

    text = REFERENCE.sub(reference, unlinked(text))
    if here.suffix == ".ipynb":
        text = TAGGED.sub(lambda m: f'{m[1]}<a id="{anchor("eq", m[3])}"></a>\n{m[1]}{m[2]}', text)
        text = EXERCISE.sub(lambda m: f'<a id="{anchor("exercise", m[1])}"></a>{m[0]}', text)
    return text


def relinked(path, where):
    """Return the whole text of a notebook or page, linked."""
    if path.suffix != ".ipynb":
        return linked(path.read_text(encoding="utf-8"), path, where)
    notebook = nbformat.read(path, as_version=4)
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "markdown":
            cell.source = linked(cell.source, path, where)
        cell.id = cell_id(cell, number)
    return nbformat.writes(notebook) + "\n"


def pages():
    """Return the pages beside the chapters that cite them."""
    return [*sorted(CHAPTERS.glob("*.md")), CHAPTERS / "notes" / "lines.md"]


def main():
    where = places(chapter_paths())
    for path in (*chapter_paths(), *pages()):
        text = relinked(path, where)
        changed = text != path.read_text(encoding="utf-8")
        if changed:
            write_whole(path, text.encode())
        print(f"{path.name}: {'linked' if changed else 'unchanged'}")


if __name__ == "__main__":
    try:
        main()
    except ValueError as error:
        sys.exit(str(error))
