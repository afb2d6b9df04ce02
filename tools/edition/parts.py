"""A chapter taken apart into what a page is made of: text, code, printed lines, pictures, exercises."""

import base64
import json
import re
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

from mlp_core.exercises import solution

from ..chapter_text import joined
from ..printed_exercises import CHECK, as_printed, is_exercise

PICTURE = re.compile(r'<img alt="([^"]*)" width="(\d+)" src="data:image/png;base64,([^"]+)">')
# Where the exercises begin, and how they are answered in a running chapter: no page runs.
EXERCISES = re.compile(r"^(## Exercises)$(?:\n\n[^\n]+)?", re.M)
MARKS = "● stands for about five minutes, ●● for fifteen, ●●● for thirty."
CHECKED = 'class="mlp-check"'  # what a check says, in lines beside it
CAPTION = re.compile(r"\*([^*].*)\*", re.S)


@dataclass(frozen=True)
class Text:
    """Markdown of a text cell, with its links and anchors, or one that code has printed."""

    cell: str
    markdown: str
    printed: bool = False


@dataclass(frozen=True)
class Code:
    """Code as it stands; hidden where its output says it all, or a cell that the reader is to fill."""

    cell: str
    source: str
    hidden: bool = False
    exercise: bool = False


@dataclass(frozen=True)
class Printed:
    """Lines that code has printed."""

    cell: str
    lines: str


@dataclass(frozen=True)
class Picture:
    """A PNG with its alternative text, its width in pixels and its caption (`""`: none)."""

    cell: str
    png: bytes
    alternative: str
    width: int
    caption: str = ""
    explorer: str = ""


@dataclass(frozen=True)
class Solution:
    """The solution of an exercise: code, and two lines of reasons."""

    cell: str
    number: str
    source: str
    reasons: str


Part = Text | Code | Printed | Picture | Solution


def parts(path: Path) -> list[Part]:
    """Return what a chapter consists of, in order, its exercises as printed, each with its solution.

    A `ValueError` names an output of a kind that no page shows, and a picture without alternative text.
    """
    notebook = as_printed(json.loads(path.read_text(encoding="utf-8")))
    found: list[Part] = []
    for cell in notebook["cells"]:
        name, source = cell["id"], joined(cell["source"])
        if cell["cell_type"] == "markdown":
            found.append(Text(name, source))
        elif number := _checks(cell):
            answer = solution(number)
            found.append(Solution(name, number, answer.text, answer.reasons))
        else:
            found.append(_code(cell, name, source))
            found += _outputs(cell, f"{path.name}, cell {name}")
    return _captioned(found)


def _checks(cell):
    found = CHECK.match(joined(cell["source"]))
    return found[1] if found else ""


def _code(cell, name, source):
    hidden = cell["metadata"].get("jupyter", {}).get("source_hidden", False)
    return Code(name, source, hidden, is_exercise(cell))


def _outputs(cell, where):
    for output in cell["outputs"]:
        data = output.get("data", {})
        if output["output_type"] == "stream":
            yield Printed(cell["id"], joined(output["text"]))
        elif "text/markdown" in data:
            yield Text(cell["id"], joined(data["text/markdown"]), printed=True)
        elif CHECKED in joined(data.get("text/html", "")):
            yield Printed(cell["id"], joined(data["text/plain"]))
        elif drawn := PICTURE.fullmatch(joined(data.get("text/html", ""))):
            alternative, width, encoded = drawn.groups()
            if not alternative.strip():
                raise ValueError(f"{where}: a picture without alternative text")
            explorer = _explorer(joined(cell["source"])) if output["output_type"] == "execute_result" else ""
            yield Picture(
                cell["id"],
                base64.b64decode(encoded),
                unescape(alternative),
                int(width),
                explorer=explorer,
            )
        else:
            raise ValueError(
                f"{where}: got an output of {sorted(data)}; expected text, Markdown or a picture"
            )


def _explorer(source):
    """The name of the explorer whose picture a cell shows."""
    made = re.search(r"^(?:\w+ = )?([A-Z]\w+)\(", source, re.M)
    return made[1] if made else ""


def _captioned(found):
    """Let the line of Markdown after a picture be its caption."""
    kept = []
    for part in found:
        before = kept[-1] if kept else None
        caption = CAPTION.fullmatch(part.markdown) if isinstance(part, Text) and part.printed else None
        if caption and isinstance(before, Picture) and not before.caption:
            kept[-1] = replace(before, caption=caption[1])
        else:
            kept.append(part)
    return kept
