"""The book's tagged displays, for the tests of what checks them: each read with what stands above it."""

import json
import shutil
from functools import cache
from pathlib import Path

from chapter_checks import CHAPTERS, chapter_paths, read, tags

from mlp_core.equations import read_chapter
from mlp_core.equations.chapters import built_on

# Number -> the file it stands in. Found without the parser, so that one bad display does not hide the others.
CHAPTER_OF = {tag: path.name for path in chapter_paths() for tag in tags(read(path))}
NAMES = sorted(set(CHAPTER_OF.values()))


@cache
def chapter(name):
    """Return the `ChapterEquation`s of a chapter of the book."""
    return read_chapter(CHAPTERS / name)


def equation(tag):
    """Return the `ChapterEquation` of a number."""
    return next(found for found in chapter(CHAPTER_OF[tag]) if found.tag == tag)


def equations():
    """Return every `ChapterEquation` of the book."""
    return [found for name in NAMES for found in chapter(name)]


def copy_with(name, old, new, folder):
    """Copy a chapter to `folder` with one passage of its text changed, which occurs once; return its path."""
    notebook = read(CHAPTERS / name)
    changed = 0
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and old in source:
            changed += source.count(old)
            cell["source"] = source.replace(old, new)
    assert changed == 1, f"{old!r} stands {changed} times in {name}"
    path = folder / name
    path.write_text(json.dumps(notebook), encoding="utf-8")
    _copy_what_it_builds_on(path)
    return path


def _copy_what_it_builds_on(path):
    for name in built_on(path):
        if not path.with_name(name).exists():
            _copy_what_it_builds_on(Path(shutil.copy(CHAPTERS / name, path.parent)))


def written(folder, **chapters):
    """Write notebooks of text cells, a=[...], b=[...]; return the path of the last."""
    for name, sources in chapters.items():
        cells = [{"cell_type": "markdown", "id": f"cell-{n}", "source": s} for n, s in enumerate(sources)]
        path = folder / f"{name}.ipynb"
        path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path
