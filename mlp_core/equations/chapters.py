"""The displays of a chapter, in order, each with what stands above it."""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path

from .chapter_examples import OF_CHAPTER
from .language.parser import parse
from .reading.scope import Slip
from .verdict import TARGETS_ADD_UP, Context, check, definition_of, kind_of

DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.S)
CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1|(`+)(?!`).+?(?<!`)\2(?!`)", re.S | re.M)


@dataclass(frozen=True)
class ChapterEquation:
    """A tagged display: where it stands, what it says, and what is in force there.

    Parameters
    ----------
    tag, latex, kind, cell : str
        The number, the inside of the display, one of five kinds, and the cell's id.
    tree : Equation
    context : Context
    """

    tag: str
    latex: str
    kind: str
    cell: str
    tree: object
    context: Context

    def check(self):
        """Return the `Verdict`."""
        return check(self.tree, self.context, self.latex)


def displays(path):
    """Return (cell id, latex) of every display of a notebook, tagged or not."""
    cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    found = []
    for cell in (cell for cell in cells if cell["cell_type"] == "markdown"):
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        found += [(cell.get("id"), latex.strip()) for latex in DISPLAY.findall(CODE.sub(" ", source))]
    return found


def read_chapter(path):
    """Return the tagged displays of a chapter in order, as `ChapterEquation`s.

    Parameters
    ----------
    path : str or path
        A notebook whose name begins with the chapter's number.

    Raises
    ------
    EquationSyntaxError
        A tagged display is not of the dialect.
    """
    context, found = Context(example=OF_CHAPTER.get(Path(path).name[:2])), []
    for cell, latex in displays(path):
        if "\\tag" not in latex:
            continue
        equation = parse(latex)
        found.append(ChapterEquation(equation.tag, latex, kind_of(equation), cell, equation, context))
        context = in_force_after(equation, context)
    return found


def in_force_after(equation, context):
    """Return the context of what follows an equation: its definition or its assumption added."""
    if equation.assumed:
        return replace(context, assumed=context.assumed or equation.assumed == (TARGETS_ADD_UP,))
    try:
        own = definition_of(equation, context)
    except Slip:
        return context  # its own check says what is wrong with it
    if own is None or own[0] in context.definitions:
        return context
    return replace(context, definitions=context.definitions | dict([own]))
