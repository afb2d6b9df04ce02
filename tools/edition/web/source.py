"""The pages of the web edition as Markdown that Sphinx reads: the chapters' parts, and the pages beside them.

Every cell of text, every equation and every exercise becomes a target of its own name, so that each link of
the book is one that Sphinx checks. Which line of a page comes from which cell is kept, for its warnings.
"""

import filecmp
import json
import re
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ...chapter_text import CHAPTERS, CODE_SPAN, TAG, chapter_paths
from ..answers import ANSWERED, answer
from ..parts import EXERCISES, MARKS, Code, Part, Picture, Printed, Solution, Text, parts
from ..plain_formulas import set_formulas
from .launch import address, launch, project

BOOK = CHAPTERS.parent
HERE = Path(__file__).parent
PAGES = (
    "chapters/*.md",
    "chapters/notes/*.md",
    "docs/*.md",
    "CONTRIBUTING.md",
    "NOTICE.md",
    "CODE_OF_CONDUCT.md",
)
EQUATION = re.compile(r'^((?:> )?)<a id="(eq-\d+-\d+)"></a>\n', re.M)
EXERCISE = re.compile(r'^<a id="(exercise-\d+-\d+)"></a>', re.M)
CELL_LINK = re.compile(r"\[([^\[\]]+)\]\(([\w./]*\.ipynb)?#(?:cell-id=)?([\w-]+)\)")
FILE_LINK = re.compile(r"(\]\([\w./]+)\.ipynb\)")
NO_SOURCES = shutil.ignore_patterns("*.py")
README = re.compile(r"(\]\((?:\.\./)*)README\.md(?=[)#])")
CELL = re.compile(r"(?:section|eq|exercise|cell)-[\d-]+$")
NUMBERED = re.compile(r"(\()?([Ee]xercises? )?(\d+)\.(\d+)\)?")
DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.S)
STRUCK = re.compile(r"~~\$\$(.+?)\$\$~~")
ROW = re.compile(r"^\[Backpropagation, line by line\]\(.*$", re.M)
CHECKED = (
    "*These pages check nothing: write on paper, and open the hints below; or run the chapter (`make read`) "
    f"to have what you write checked. {MARKS}*"
)
RUN = "[run the chapter](../index.md#install)"
STILL = (
    "*Nothing runs on this page: its code has been run, and what came out stands below it. Where the text "
    f"says press, touch, draw or write, {RUN} (`make read`).*"
)
TOUCH = f"*A still: {RUN}, touch it there, and it answers.*"
WALK = (
    "*Here it does not walk at your pace: say the signs, then open the last step below, or see it "
    f'<a href="../backprop_stepper.gif">walk there and back</a> in a film; or {RUN} and press Next.*'
)
LAST_STEP = "The last step, with every number: open it when you have said the signs"
CITED = re.compile(
    r"(\$\$.*?\$\$|\$[^$\n]+\$|`[^`\n]*`|\[[^\[\]]*\]\([^()]*\))|(?<![\w\[])\((\d)\.(\d+)\)", re.S
)
DRAWS = re.compile(
    r"(?:from mlp_core\S* import \w+\n\s*)?"
    r"(?:(?:pictures\.\w+|[A-Z]\w+)\([^\n]*\)|(\w+) = [A-Z]\w+\([^\n]*\)\n\1)\s*"
)


@dataclass
class Page:
    """A page as it grows; `cells` says at which of its lines a cell begins."""

    lines: list[str]
    cells: list[tuple[int, str]]

    def add(self, cell, text):
        self.cells.append((len(self.lines) + 1, cell))
        self.lines += [*text.strip("\n").split("\n"), ""]


def target(chapter, cell):
    """Return the name under which a cell is linked; those of equations and exercises are the book's."""
    return cell if cell.startswith(("eq-", "exercise-")) else f"{chapter}-{cell}"


def retargeted(text, chapter):
    """Return Markdown whose links to cells lead to targets: an equation's to the equation itself."""

    def link(match):
        words, notebook, cell = match.groups()
        if not CELL.match(cell):  # a heading, by its words
            return f"[{words}]({(notebook or '').replace('.ipynb', '.md')}#{cell.lower()})"
        if number := NUMBERED.fullmatch(words):  # it may stand in a cell of another name
            kind = "eq" if number[1] or (chapter == "90" and not number[2]) else "exercise"
            return f"[{words}](#{kind}-{number[3]}-{number[4]})"
        where = Path(notebook).name[:2] if notebook else chapter
        return f"[{words}](#{target(where, cell)})"

    code = iter([span[0] for span in CODE_SPAN.finditer(text)])  # what stands there is no link
    text = CODE_SPAN.sub("\0", text)
    text = CELL_LINK.sub(link, text)
    text = FILE_LINK.sub(r"\1.md)", text)
    text = README.sub(r"\1index.md", text)
    return re.sub("\0", lambda _: next(code), text)


def as_page(found, chapter, pictures, numbers, offer=""):
    """Return the page of a chapter's parts, and write its pictures into a folder.

    `offer` comes after its head; `numbers` are those of the equations that a text in brackets may cite.
    """
    page = Page([], [])
    early = _early_exercise(found)
    for number, part in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        text = _written(part, chapter, pictures, numbers)
        if isinstance(part, Code) and not part.hidden and isinstance(following, Picture):
            text = _drawing(part, following, text)
        if number == 0:
            text = "\n\n".join(filter(None, [text, STILL, offer]))
        if part is early:
            text = f"{CHECKED}\n\n{text}"
        page.add(part.cell, text)
    return page


def _early_exercise(found):
    """The text of the first exercise, if it stands before the place of the exercises."""
    for part in (part for part in found if isinstance(part, Text)):
        if EXERCISES.search(part.markdown):
            return None
        if EXERCISE.search(part.markdown):
            return part
    return None


def cited(text, numbers):
    """Return Markdown in which the number of an equation in brackets, bare so far, is a link to it."""

    def link(match):
        if match[1] or f"{match[2]}.{match[3]}" not in numbers:
            return match[0]
        return f"[({match[2]}.{match[3]})](#eq-{match[2]}-{match[3]})"

    return CITED.sub(link, text)


def _drawing(code, picture, text):
    """Return the code of a picture, folded if it only draws; before an explorer's, a word on its still."""
    folded = _folded("The line that draws it", text) if DRAWS.fullmatch(code.source) else text
    still = WALK if picture.explorer == "BackpropStepper" else TOUCH
    return f"{still}\n\n{folded}" if picture.explorer else folded


def _written(part: Part, chapter, pictures, numbers) -> str:
    match part:
        case Text(cell, markdown, printed):
            return _text(cell, markdown, printed, chapter, numbers)
        case Code(hidden=True):  # of a guess: its output says it all, and its source gives the answer away
            return ""
        case Code(_, source, _, exercise):
            return _block("code-block", "python", source, ":class: exercise" if exercise else "")
        case Printed(_, lines):
            return _block("code-block", "none", lines.rstrip("\n"), ":class: printed")
        case Picture():
            return _figure(part, pictures)
        case Solution(_, number, source, reasons):
            return _answer(
                number, source, cited(retargeted(set_formulas(reasons), chapter), numbers), numbers
            )


def _folded(summary, text):
    return f"<details><summary>{summary}</summary>\n\n{text}\n\n</details>"


def _answer(number, source, reasons, numbers):
    """Return the hints of an exercise, each a fold, and its solution: code, what it comes to, reasons."""
    found = answer(number)
    count = len(found.hints)
    hints = [
        _folded(f"Hint {k} of {count}" if count > 1 else "Hint", cited(text, numbers))
        for k, text in enumerate(found.hints, start=1)
    ]
    code = _block("code-block", "python", source)
    if found.formula:
        code = f"$$\n{found.formula}\n$$\n\n{_folded('As it is typed', code)}"
    numbers_told = _block("code-block", "none", found.numbers, ":class: printed") if found.numbers else ""
    solution = "\n\n".join(filter(None, [code, numbers_told, reasons]))
    return "\n\n".join([*hints, _folded(f"Solution of {number}", solution)])


def _block(kind, argument, text, option=""):
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    options = f"{option}\n\n" if option else ""
    return f"{fence}{{{kind}}} {argument}\n{options}{text}\n{fence}"


def _text(cell, markdown, printed, chapter, numbers):
    if printed:
        told = set_formulas(markdown) if ANSWERED in markdown else markdown
        return cited(retargeted(told, chapter), numbers)
    text = retargeted(markdown, chapter)
    text = ROW.sub("", text)  # the page has its own links to the next and the one before
    text = EQUATION.sub(r"\1(\2)=\n", text)
    text = EXERCISE.sub(r"(\1)=\n", text)
    text = EXERCISES.sub(rf"\1\n\n{CHECKED}", text)
    if cell.startswith(("eq-", "exercise-")):
        return text
    return f"({target(chapter, cell)})=\n{text}"


def _figure(picture, folder):
    name = sha256(picture.png).hexdigest()[:16] + ".png"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(picture.png)
    drawn = f"explorer explorer-{picture.explorer}" if picture.explorer else "drawing"
    options = [f":alt: {picture.alternative}", f":width: {picture.width}px", f":figclass: {drawn}"]
    figure = "\n".join([f":::{{figure}} ../pictures/{name}", *options, "", picture.caption, ":::"])
    return _folded(LAST_STEP, figure) if picture.explorer == "BackpropStepper" else figure


def displays(chapter_parts, where):
    """Return {number: (LaTeX, cell)} of a chapter's tagged displays; a `ValueError` names one used twice."""
    found = {}
    for part in chapter_parts:
        if not isinstance(part, Text) or part.printed:
            continue
        for tex in DISPLAY.findall(part.markdown):
            for number in TAG.findall(tex):
                if number in found:
                    both = f"cells {found[number][1]} and {part.cell}"
                    raise ValueError(f"{where}, {both}: equation {number} stands twice; expected once")
                found[number] = (re.sub(r"^> ?", "", TAG.sub("", tex), flags=re.M).strip(), part.cell)
    return found


def write(folder, book=BOOK):
    """Write the pages, what they show, and which line comes from where, into a folder.

    What would be written as it stands there keeps its time, so that Sphinx makes again only what changed;
    what is no more of the book goes.
    """
    fresh = folder.with_name(f"{folder.name}-fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    _write(fresh, book)
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        made = fresh / path.relative_to(folder)
        if made.is_file() and filecmp.cmp(made, path, shallow=False):
            shutil.copystat(path, made)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


def _write(folder, book):
    cells, equations = {}, {}
    chapters = {path: parts(path) for path in chapter_paths(book / "chapters")}
    for path, found in chapters.items():
        own = displays(found, path.name)
        if again := sorted(own.keys() & equations.keys()):
            raise ValueError(f"{path.name}: equation {again[0]} stands in another chapter too; expected once")
        equations |= {number: tex for number, (tex, _) in own.items()}
    for path, found in chapters.items():
        offer = launch(path.stem, address())
        page = as_page(found, path.name[:2], folder / "pictures", equations, offer)
        _put(folder / "chapters" / f"{path.stem}.md", "\n".join(page.lines) + "\n")
        cells[f"chapters/{path.stem}"] = page.cells
    for path in (path for pattern in PAGES for path in sorted(book.glob(pattern))):
        text = retargeted(path.read_text(encoding="utf-8"), "")
        text = STRUCK.sub(r"<s>$\1$</s>", text)
        text = text if text.startswith("# ") else f"# The handwritten notes\n\n{text}"  # a transcript, kept
        _put(folder / path.relative_to(book), text)
        _copy_linked(text, path.parent, folder, book)
    shutil.copytree(book / "figures", folder / "figures", ignore=NO_SOURCES, dirs_exist_ok=True)
    landing = (HERE / "index.md").read_text(encoding="utf-8")
    landing = landing.replace("CONTENTS", contents(book)).replace("EDITION", project()["version"])
    _put(folder / "index.md", landing)
    _put(folder / "cells.json", json.dumps(cells))
    _put(folder / "equations.json", json.dumps(equations))


def contents(book):
    """Return the table of the README's contents, with the minutes that each chapter's head tells."""
    readme = (book / "README.md").read_text(encoding="utf-8")
    table = re.search(r"^## Contents\n+((?:\|.*\n)+)", readme, re.M)[1]

    def timed(match):
        text = "\n".join(part.markdown for part in parts(book / match[2]) if isinstance(part, Text))
        told = re.search(r"^\*\*Time\.\*\* about (\d+) minutes to read and run, (\d+) for", text, re.M)
        return f"[{match[1]}]({match[2]})" + (
            f"<br>{told[1]} minutes to read, {told[2]} for exercises" if told else ""
        )

    return retargeted(re.sub(r"\[([^\]]+)\]\((chapters/\w+\.ipynb)\)", timed, table), "")


def _put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _copy_linked(text, here, folder, book):
    """Copy a file that a page links and that is no page itself: a link to it is a download."""
    for linked in re.findall(r"\]\(((?!http)[\w./-]+)\)", text):
        path = (here / linked).resolve()
        if path.is_file() and path.suffix not in (".md", ".ipynb") and path.is_relative_to(book):
            made = folder / path.relative_to(book)
            made.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, made)
