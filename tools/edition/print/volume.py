"""The book as one volume of Markdown for pandoc: the chapters' parts, their solutions at each chapter's end.

What paper needs and Markdown has no sign for stands in fenced divs, named by their class, such as `picture`,
`printed`, `folded` or `solution`.
"""

import ast
import re
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

from ...chapter_text import chapter_paths
from ...links import linked, places
from ..answers import ANSWERED, answer
from ..parts import EXERCISES, MARKS, Code, Part, Picture, Printed, Solution, Text, parts
from ..plain_formulas import set_formulas
from ..web.source import BOOK, ROW, retargeted, target
from .on_paper import EXPLORERS, OURS, as_formulas, is_drawing, is_latex, needed, shortened, without_latex

DETAILS = re.compile(r"<details>\s*<summary>(.*?)</summary>", re.S)
PLAYED = re.compile(r"<div style=[^>]*>")
HEADING = re.compile(r"^(## [^\n]*)", re.M)
SHEETS = {
    "card": "The book on a card: four lines, and what each implies.",
    "worksheet": "A sheet to fill in by pencil: one example through a small network, forward and back.",
    "worksheet_solution": "The same sheet, filled in.",
}
PENCIL = (
    "*On paper.* What is marked *by pencil* needs no computer: write your answer beside it, look at a hint "
    "where you are stuck, and compare with the solution, whose numbers are printed. The others want code; "
    "write it out, compare it line by line, and let the running book check it when you are back at a screen. "
    + MARKS
)
LONG = 900  # characters of a task that may go on overleaf


@dataclass
class Chapter:
    """What becomes of a chapter: its Markdown, block by block, and its solutions."""

    path: Path
    blocks: list[str] = field(default_factory=list)
    solutions: dict[str, str] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)

    @property
    def number(self):
        return self.path.name[:2]


def fenced(kind, text, **attributes):
    """Return Markdown in a fenced div of a class; the attributes hold no quotes."""
    told = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"::: {{.{kind}{told}}}\n{text}\n:::"


def listing(source, kind):
    """Return lines of code as a block that no line of them can close."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", source)), default=0))
    lines = source.strip("\n")
    return f"{fence}{kind}\n{lines}\n{fence}"


def chapter_of(path, pictures, where):
    """Take a chapter apart into Markdown, and write its pictures into a folder; `where` is of tools.links."""
    chapter, found = Chapter(path), parts(path)
    kept = needed(found)
    for part, following in zip_longest(found, found[1:]):
        if isinstance(part, Code) and part.cell in kept:
            chapter.blocks.append(listing(kept[part.cell], "python"))
        elif not is_drawing(part, following):
            _add(chapter, part, pictures, where)
    return chapter


def _add(chapter, part: Part, pictures, where):
    match part:
        case Text(cell, markdown, printed):
            told = set_formulas(markdown) if printed and ANSWERED in markdown else as_formulas(markdown)
            told = shortened(told) if printed else EXERCISES.sub(r"\1", told)
            text = _foldings(_with_ours(chapter, retargeted(ROW.sub("", told), chapter.number)))
            placed = fenced("printed", text) if printed else _named(text, target(chapter.number, cell))
            chapter.blocks.append(placed)
            if EXERCISES.search(markdown):
                chapter.blocks.append(fenced("paper", PENCIL))
        case Code(_, source, hidden, _) if not hidden:
            chapter.blocks.append(listing(source, "python"))
        case Printed(_, lines):
            chapter.blocks.append(fenced("printed", listing(lines, "")))
        case Picture():
            if part.explorer:
                told = EXPLORERS[chapter.number, part.explorer]
                chapter.blocks.append(fenced("paper", f"*On paper.* {told}"))
            chapter.blocks.append(_picture(part, pictures))
        case Solution(_, number, source, reasons):
            _exercise(chapter, number, source)

            def worded(text):
                return retargeted(linked(text, chapter.path, where), chapter.number)

            chapter.solutions[number] = _solution(number, source, worded(set_formulas(reasons)))
            hints = [f"({n}) {worded(hint)}" for n, hint in enumerate(answer(number).hints, start=1)]
            chapter.hints[number] = fenced("hints", " ".join([f"**{number}**", *hints]), number=number)


def _solution(number, source, reasons):
    """A solution on paper: its code, what it writes in LaTeX as a formula, its numbers, its reasons."""
    code, numbers = without_latex(source), answer(number).numbers
    told = [listing(code, "python")] if code else []
    told += typeset(source)
    told += [fenced("printed", listing(numbers, ""))] if numbers else []
    return "\n\n".join([*told, reasons])


def _with_ours(chapter, text):
    """Move our own lines, which a reader is to see after having written theirs, to the solution."""
    number = next(reversed(chapter.solutions), "")

    def moved(found):
        chapter.solutions[number] += f"\n\n**{found[1]}.**\n\n{found[2].strip()}"
        return fenced("ours", found[1], number=number)

    return OURS.sub(moved, text)


def _exercise(chapter, number, source):
    """Keep the task of an exercise, where it is short, with the cell that is to be filled."""
    told = {"number": number, "by": "pencil" if is_for_a_pencil(source) else "computer"}
    task, cell = chapter.blocks[-2:]
    if not task.startswith('<a id="exercise-') or len(task) > LONG:
        chapter.blocks[-1] = fenced("exercise", cell, **told)
    else:
        chapter.blocks[-2:] = [fenced("exercise", f"{task}\n\n{cell}", **told)]


def is_for_a_pencil(source):
    """Whether an exercise needs no program: its solution defines and imports nothing."""
    return all(isinstance(line, ast.Assign) for line in ast.parse(source).body)


def typeset(source):
    """Return a display for each name that a solution gives LaTeX to, one equals sign below the other."""
    texts = [line.value.value for line in ast.parse(source).body if is_latex(line)]
    return [f"$$\\begin{{aligned}}{_chain(text)}\\end{{aligned}}$$" for text in texts]


def _chain(tex):
    """Begin a line at each equals sign after the first that stands in no braces."""
    depth, found = 0, []
    for k, sign in enumerate(tex):
        depth += (sign == "{") - (sign == "}")
        if sign == "=" and not depth:
            found.append(k)
    sides = [tex[first:last] for first, last in zip([0, *found], [*found, len(tex)], strict=True)]
    return sides[0] + "&" + " \\\\ &".join(sides[1:]) if found else tex


def _foldings(text):
    """Turn what HTML folds, or sets on a ground of its own, into fenced divs."""
    text = DETAILS.sub(lambda found: f'\n::: {{.folded summary="{found[1].strip()}"}}\n', text)
    text = PLAYED.sub("\n::: played\n", text)
    return text.replace("</details>", "\n:::\n").replace("</div>", "\n:::\n")


def _named(text, name):
    """Let a section be found by the name of its cell; an equation or an exercise has its own place."""
    if name.startswith(("eq-", "exercise-")):
        return text
    return HEADING.sub(rf"\1 {{#{name}}}", text, count=1)


def _picture(picture, folder):
    name = sha256(picture.png).hexdigest()[:16] + ".png"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(picture.png)
    text = f"{listing(picture.alternative, 'alternative')}\n\n{picture.caption}"
    return fenced("picture", text, file=f"pictures/{name}")


def markdown(folder, book=BOOK):
    """Return the volume: preface, chapters, appendices; their pictures are written below `folder`."""
    paths = chapter_paths()
    where = places(paths)
    found = [chapter_of(path, folder / "pictures", where) for path in paths]
    told = (Path(__file__).parent / "sheets.md").read_text(encoding="utf-8")
    sheets = [
        fenced("sheet", alternative, file=f"figures/{name}.svg", name=name)
        for name, alternative in SHEETS.items()
    ]
    return "\n\n".join([*front(book), *(_whole(chapter) for chapter in found), told, *sheets]) + "\n"


def _whole(chapter):
    told = [*chapter.blocks, fenced("answers", "")]
    if chapter.solutions:
        told += [f"## Hints {{#{chapter.number}-hints}}"]
        told += [chapter.hints[number] for number in sorted(chapter.hints, key=float)]
        told += [fenced("overleaf", "")]  # who looks up a hint sees no solution
        told += [f"## Solutions {{#{chapter.number}-solutions}}"]
        solutions = sorted(chapter.solutions.items(), key=lambda one: float(one[0]))
        told += [fenced("solution", text, number=number) for number, text in solutions]
    return "\n\n".join(told)


def front(book):
    """Return the pages before chapter 00: what the README tells, and how this print is read."""
    readme = (book / "README.md").read_text(encoding="utf-8")
    whom = re.search(r"^\*\*For whom:\*\*.*$", readme, re.M)[0]
    surprises = re.search(r"Two things may surprise you\..*$", readme, re.M)[0]
    table = re.search(r"^## Contents\n+((?:\|.*\n)+)", readme, re.M)[1]
    rights = re.search(r"^## License and citation\n+(.*)", readme, re.M | re.S)[1]
    here = (Path(__file__).parent / "preface.md").read_text(encoding="utf-8")
    told = here.replace("WHOM", whom).replace("SURPRISES", surprises).replace("TABLE", table)
    unlinked = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", rights)
    return [fenced("verso", unlinked), fenced("contents", ""), retargeted(told, "")]


def edition(book=BOOK):
    """Return the title, the version, the date and the authors that CITATION.cff names."""
    text = (book / "CITATION.cff").read_text(encoding="utf-8")
    fields = {"title": "title", "version": "version", "date": "date-released", "authors": "  - name"}
    return {key: re.search(rf'^{name}: "?([^"\n]+)"?$', text, re.M)[1] for key, name in fields.items()}
