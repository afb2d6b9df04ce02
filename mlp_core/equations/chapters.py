"""The displays of a chapter, in order, each with what stands above it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from .chapter_examples import OF_CHAPTER
from .checking import check
from .context import Context, in_force_after
from .language.parser import parse
from .language.tree import Equation, kind_of
from .verdict import Verdict

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

    Examples
    --------
    >>> from mlp_core.equations import read_chapter
    >>> first = read_chapter("00_the_network.ipynb")[0]
    >>> first.tag, first.kind, first.check().holds
    ('0.1', 'definition', True)
    """

    tag: str
    latex: str
    kind: str
    cell: str
    tree: Equation
    context: Context

    def check(self) -> Verdict:
        """Return the `Verdict`; it looks at no clock, and is the same on the slowest machine."""
        return check(self.tree, self.context, self.latex)


def displays(path):
    """Return (cell id, latex) of every display of a notebook, tagged or not."""
    cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    found = []
    for cell in (cell for cell in cells if cell["cell_type"] == "markdown"):
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        found += [(cell.get("id"), latex.strip()) for latex in DISPLAY.findall(CODE.sub(" ", source))]
    return found


def read_chapter(path: str | Path) -> list[ChapterEquation]:
    """Return the tagged displays of a chapter in order, as `ChapterEquation`s.

    Parameters
    ----------
    path : str or path
        A notebook whose name begins with the chapter's number.

    Raises
    ------
    EquationSyntaxError
        A tagged display is not of the dialect.

    Examples
    --------
    >>> from mlp_core.equations import read_chapter
    >>> [equation.tag for equation in read_chapter("00_the_network.ipynb")][:3]
    ['0.1', '0.2', '0.3']
    """
    context, found = Context(example=OF_CHAPTER.get(Path(path).name[:2])), []
    for cell, latex in displays(path):
        if "\\tag" not in latex:
            continue
        equation = parse(latex)
        found.append(ChapterEquation(equation.tag, latex, kind_of(equation), cell, equation, context))
        context = in_force_after(equation, context)
    return found
