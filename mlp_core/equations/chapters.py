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
from .proving.judging import with_proof
from .verdict import Verdict

DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.S)
BUILDS_ON = re.compile(r"\*\*Builds on\*\*(.*?)(?:\n\s*\n|\*\*|\Z)", re.S)
NOTEBOOK = re.compile(r"\]\(([^)\s]+?\.ipynb)")  # what a link leads to
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
        verdict = check(self.tree, self.context, self.latex)
        return with_proof(verdict, self.tree, self.context, before=self.tag, steps=True)


def displays(path):
    """Return (cell id, latex) of every display of a notebook, tagged or not."""
    found = []
    for cell in _markdown(path):
        found += [(cell.get("id"), latex.strip()) for latex in DISPLAY.findall(CODE.sub(" ", _text(cell)))]
    return found


def built_on(path):
    """Return the names of the notebooks that the head of a chapter, its first cell, says it builds on."""
    said = BUILDS_ON.search(_text(next(_markdown(path), {"source": ""})))
    names = NOTEBOOK.findall(said[1]) if said else []
    if said and not names:
        raise ValueError(f"builds on: got {said[0].strip()!r} in {path.name}; expected a link to a notebook")
    return names


def read_chapter(path: str | Path) -> list[ChapterEquation]:
    """Return the tagged displays of a chapter in order, as `ChapterEquation`s.

    Where its first cell says `**Builds on** [chapter 02](02_output_layer_gradients.ipynb)`, what is assumed
    at the end of that chapter is in force from the beginning. A letter that a chapter defines stays its own.

    Parameters
    ----------
    path : str or path
        A notebook whose name begins with the chapter's number, beside those that it builds on.

    Raises
    ------
    EquationSyntaxError
        A tagged display is not of the dialect.
    ValueError
        What a chapter builds on is not there, or builds on the chapter itself.

    Examples
    --------
    >>> from mlp_core.equations import read_chapter
    >>> [equation.tag for equation in read_chapter("00_the_network.ipynb")][:3]
    ['0.1', '0.2', '0.3']
    """
    return _read(Path(path), ())[0]


def _read(path, above):
    """Return the `ChapterEquation`s of a chapter, and the `Context` at its end.

    `above` names the chapters that build on this one.
    """
    context = Context(example=OF_CHAPTER.get(path.name[:2]), assumed=_assumed_before(path, above))
    found = []
    for cell, latex in displays(path):
        if "\\tag" not in latex:
            continue
        equation = parse(latex)
        found.append(ChapterEquation(equation.tag, latex, kind_of(equation), cell, equation, context))
        context = in_force_after(equation, context)
    return found, context


def _assumed_before(path, above):
    """Return whether the sum of the targets is assumed where a chapter that this one builds on ends."""
    above = (*above, path.name)
    assumed = False
    for name in built_on(path):
        if name in above:
            raise ValueError(f"builds on: got {name!r} in {path.name}; expected no chapter that builds on it")
        if not (path.parent / name).is_file():
            raise ValueError(f"builds on: got {name!r} in {path.name}; expected a notebook beside it")
        assumed |= _read(path.parent / name, above)[1].assumed
    return assumed


def _markdown(path):
    cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    return (cell for cell in cells if cell["cell_type"] == "markdown")


def _text(cell):
    return "".join(cell["source"])
