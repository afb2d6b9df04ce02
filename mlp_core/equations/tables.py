"""The book as its equations: tables that a notebook renders, and the lines of the notes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from .chapters import ChapterEquation, displays, read_chapter
from .derivations import check_derivation
from .proving.judging import DISAGREES, STANDINGS, standing
from .verdict import numbered

LONG = 60  # characters of LaTeX from which a chain is broken at its equals signs
# A row of notes/lines.md: line, equations, verdict, letters. A verdict begins with one of these.
NOTES_ROW = re.compile(r"^\| *(S\d+) *\| *([^|]+?) *\| *([^|]+?) *\| *([^|]+?) *\|$", re.M)
VERDICTS = ("right", "mended", "completed", "struck out")
# Why a display bears no number, by what stands in it; the first that fits.
UNTAGGED = {
    "\\leftarrow": "an update, not an equality",
    "mean of": "true in the mean only",
    "\\approx": "an approximation, to no stated digit",
}


@dataclass(frozen=True)
class Page:
    """Markdown that a notebook renders, and one plain line in its place elsewhere."""

    markdown: str
    plain: str

    def _repr_markdown_(self):
        return self.markdown

    def __repr__(self):
        return self.plain

    def folded(self, summary: str) -> "Page":
        """Return the same page folded away under a line of text."""
        inside = f"<details><summary>{summary}</summary>\n\n{self.markdown}\n\n</details>"
        return Page(inside, self.plain)


def chapter_files(folder="."):
    """Return the paths of the chapters with equations, in order; refuse a folder without one."""
    paths = sorted(Path(folder).glob("[0-8][0-9]_*.ipynb"))
    chapters = [path for path in paths if ".yours-" not in path.name]
    if not chapters:
        message = f"folder: got {str(folder)!r}, and no chapter lies in {Path(folder).resolve()}"
        raise ValueError(f"{message}; expected the folder of the chapters")
    return chapters


def read_book(folder: str | Path = ".") -> dict[str, ChapterEquation]:
    r"""Return every tagged display of the book, {"2.7": ChapterEquation}.

    Parameters
    ----------
    folder : str or path
        Where the chapters lie.

    Raises
    ------
    ValueError
        No chapter lies there.

    Examples
    --------
    >>> from mlp_core.equations import read_book
    >>> read_book()["2.7"].latex
    '-\\frac{\\partial E}{\\partial \\hat z_i} = r_i - z_i \\tag{2.7}'
    """
    return {equation.tag: equation for path in chapter_files(folder) for equation in read_chapter(path)}


def lines_of_the_notes(path: str | Path = "notes/lines.md") -> dict[str, tuple[str, ...]]:
    """Return where the notes' lines live, {"S10": ("2.7",)}.

    Parameters
    ----------
    path : str or path
        The page with the table.

    Examples
    --------
    >>> from mlp_core.equations import lines_of_the_notes
    >>> lines_of_the_notes()["S4"]
    ('1.10', '1.11')
    """
    rows = re.findall(r"^\|\s*(S\d+)\s*\|([^|]+)\|", Path(path).read_text(encoding="utf-8"), re.M)
    return {line: tuple(re.findall(r"\d+\.\d+", tags)) for line, tags in rows}


# Tables


def equation_table(path: str | Path, lines: dict[str, tuple[str, ...]]) -> Page:
    """Return a `Page`: the tagged displays of a chapter, checked, one a row, and how each of them stands.

    Parameters
    ----------
    path : str or path
        The chapter.
    lines : dict
        What `lines_of_the_notes` returned.

    Raises
    ------
    ValueError
        An equation does not hold, or proof and numbers disagree about it.

    Examples
    --------
    >>> from mlp_core.equations import equation_table, lines_of_the_notes
    >>> equation_table("00_the_network.ipynb", lines_of_the_notes())
    8 equations of 00_the_network.ipynb, all of them hold: 2 proved for every size, 1 worked, 5 defined.
    """
    chapter = read_chapter(path)
    rows = ["| number | equation | notes | standing; needs | compared | within |", "| --- |" + " --- |" * 5]
    standings = []
    for equation in chapter:
        verdict = equation.check()
        if not verdict.holds or verdict.unproved == DISAGREES:
            raise ValueError(f"({equation.tag}) does not hold: {verdict} {verdict.unproved}")
        standings.append(standing(equation.kind, verdict))
        place = f"{Path(path).name}#cell-id={equation.cell}"
        cells = [f"[{equation.tag}]({place})", f"$\\displaystyle {_formula(equation)}$"]
        cells += [", ".join(line for line, tags in lines.items() if equation.tag in tags)]
        provided = [f"provided ${condition}$" for condition in verdict.provided]
        cells += ["; ".join([standings[-1], *map(_unbroken, verdict.needs), *provided])]
        rows.append("| " + " | ".join(cells + _measured(verdict, equation.tree.relations)) + " |")
    counts = ", ".join(f"{standings.count(word)} {word}" for word in STANDINGS if word in standings)
    plain = f"{len(chapter)} equations of {Path(path).name}, all of them hold{': ' * bool(counts)}{counts}."
    return Page("\n".join(rows), plain)


def untagged_table(folder: str | Path = ".") -> Page:
    """Return a `Page`: the displays that bear no number, each with the reason why.

    Parameters
    ----------
    folder : str or path
        Where the chapters lie.

    Raises
    ------
    ValueError
        A display has none of the known reasons, or no chapter lies there.

    Examples
    --------
    >>> from mlp_core.equations import untagged_table
    >>> print(untagged_table().markdown.splitlines()[0])
    | chapter | display | why it is not checked |
    """
    rows = ["| chapter | display | why it is not checked |", "| --- | --- | --- |"]
    for path in chapter_files(folder):
        for _, latex in displays(path):
            if "\\tag" in latex:
                continue
            reason = next((why for sign, why in UNTAGGED.items() if sign in latex), None)
            if reason is None:
                raise ValueError(f"{path.name}: no reason is known why this display bears no number: {latex}")
            rows.append(f"| [{path.name[:2]}]({path.name}) | ${' '.join(latex.split())}$ | {reason} |")
    return Page("\n".join(rows), f"{len(rows) - 2} displays without a number.")


def notes_table(book: dict[str, ChapterEquation], path: str | Path = "notes/lines.md") -> Page:
    """Return a `Page`: each line of the notes as it stands in the book, with its verdict and its letters.

    Parameters
    ----------
    book : dict
        What `read_book` returned.
    path : str or path
        The page with the table.

    Raises
    ------
    ValueError
        A line names an equation that is not in the book, or its verdict has none of the four words.

    Examples
    --------
    >>> from mlp_core.equations import notes_table, read_book
    >>> notes_table(read_book())
    30 lines of the notes: 13 right, 13 mended, 3 completed, 1 struck out.
    """
    rows = [
        "| line | as it stands in the book | in the notes it was | letters there → here |",
        "| --- " * 4 + "|",
    ]
    counts = dict.fromkeys(VERDICTS, 0)
    for line, tags, verdict, letters in NOTES_ROW.findall(Path(path).read_text(encoding="utf-8")):
        tags = re.findall(r"\d+\.\d+", tags)
        if missing := [tag for tag in tags if tag not in book]:
            raise ValueError(f"{line}: the book does not hold ({missing[0]})")
        if not (said := [word for word in VERDICTS if verdict.startswith(word)]):
            raise ValueError(f"{line}: {verdict!r} begins with none of {', '.join(VERDICTS)}")
        counts[said[0]] += 1
        formulas = [f"$\\displaystyle {_formula(book[tag])}$ ({tag})" for tag in tags]
        rows.append(f"| {line} | {' <br> '.join(formulas)} | {verdict} | {letters} |")
    found = ", ".join(f"{count} {word}" for word, count in counts.items())
    return Page("\n".join(rows), f"{len(rows) - 2} lines of the notes: {found}.")


def shown(*equations: ChapterEquation) -> Page:
    """Return a `Page`: displays of the book, each with what its check says.

    Parameters
    ----------
    equations : ChapterEquation
        One or more.

    Examples
    --------
    >>> from mlp_core.equations import read_book, shown
    >>> shown(read_book()["2.7"])
    (2.7) holds; it needs: the targets add up to 1.
    """
    said = []
    for equation in equations:
        verdict = equation.check()
        needs = f"; it needs: {', '.join(verdict.needs)}" if verdict.needs else ""
        said.append(f"({equation.tag}) {verdict.message}{needs}.")
    pairs = zip(equations, said, strict=True)
    return Page("\n\n".join(f"$${one.latex}$$\n\n{words}" for one, words in pairs), "\n".join(said))


def proof_of(equation: ChapterEquation | str, after: Sequence[str] = ()) -> Page:
    r"""Return a `Page`: the proof of an equation for every size, step by step, or what is left over of it.

    Parameters
    ----------
    equation : ChapterEquation or str
        A line of the book, whose proof cites lines above it, or the inside of a display.
    after : sequence of str
        Definitions (s := ...) and assumptions that are in force at a text.

    Raises
    ------
    EquationSyntaxError
        The text is not of the dialect.

    Examples
    --------
    >>> from mlp_core.equations import proof_of
    >>> proof_of(r"\sum_l r_l \delta_{li} = r_i")
    proved for every size, in 1 step:
    1. the delta picks l = i → r_i
    """
    verdict = check_derivation(equation, after) if isinstance(equation, str) else equation.check()
    if not verdict.proved:
        return Page(verdict._repr_markdown_(), str(verdict))
    head = f"proved for every size, in {len(verdict.steps)} step{'s' * (len(verdict.steps) != 1)}"
    shown = [head.capitalize() + ".", *numbered(verdict.steps, "$")]
    return Page("\n\n".join(shown), "\n".join([head + ":", *numbered(verdict.steps)]))


def _unbroken(condition):
    """Return a condition that is a formula with spaces at which no line ends; a sentence may break."""
    return condition.replace(" ", "\N{NO-BREAK SPACE}") if len(condition.split()) == 3 else condition


def _measured(verdict, relations):
    """Return how many pairs were compared, and the bound; beside a rounded number that is its last digit."""
    if not verdict.compared:
        return ["–", "–"]
    if "\\approx" in relations:
        return [str(verdict.compared), "the digits printed"]
    power = f"{verdict.limit:.0e}".partition("e")[2]
    return [str(verdict.compared), f"$10^{{{int(power)}}}$"]


def _formula(equation):
    """Return the inside of a display for one cell of a table; a long chain stands line under line."""
    text = " ".join(re.sub(r"\\tag\{[^}]*\}", "", equation.latex).split())
    ends = [side.span for side in equation.tree.sides]
    if len(ends) < 3 or len(text) < LONG or "aligned" in text:
        return text
    source = equation.latex
    pieces = [source[: ends[0][1]] + "&" + source[ends[0][1] : ends[1][1]]]
    pieces += ["&" + source[before[1] : after[1]] for before, after in pairwise(ends[1:])]
    rest = re.sub(r"\\tag\{[^}]*\}", "", source[ends[-1][1] :])
    return r"\begin{aligned}" + r" \\ ".join(" ".join(p.split()) for p in pieces) + rest + r"\end{aligned}"
