"""Make the slides of the 90-minute lecture (`make slides`): a notebook, and a page that a browser shows.

The rows of the lecture are those of the table in chapters/teaching.md; what a row shows are parts of the
sections that it links, as the chapters have them stored, text, code and outputs: tools/lecture.py chooses
them, and nothing is typed twice. Written to build/slides/.
"""

import base64
import re
from functools import cache
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

from .chapter_text import CHAPTERS, TAG, chapter_paths, texts, unlinked
from .lecture import SLIDES
from .whole_files import write_whole

PAGE = CHAPTERS / "teaching.md"
BUILD = CHAPTERS.parent / "build" / "slides"
HEADING = re.compile(r"^## (\d+) (.+?)\s*$", re.M)
SECTION = re.compile(r"\[(\d\d), section (\d+)\]\(\d\d_\w+\.ipynb#")
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]*\.ipynb[^|]*) \| ?([^|]*)\|$", re.M)
EMBEDDED = re.compile(r"!\[([^\]]*)\]\(\.\./(figures/[\w.]+)\)")
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\((?!attachment:)[^)]*\)")
LINE_BREAKS = re.compile(r"(linebreaks: \{\s*automatic: )true")
STYLE = """<style>
.reveal .slides section { max-height: 700px; overflow-y: auto; }
.reveal img { max-height: 400px; width: auto; }
.reveal pre { white-space: pre-wrap; }
.reveal table { font-size: 0.8em; }
.reveal td, .reveal th { min-width: 7em; white-space: normal; text-align: left; }
</style>
"""
HIDDEN = "remove_input"
NOT_SHOWN = re.compile(r"^(guess|pictures\.\w+)\(|^(pad|nudge) = ", re.M)  # the output says it all


def plan():
    """Return [(minutes, what, steps of the sheet, [(chapter, heading), ...]), ...], one per row."""
    lecture = re.search(r"^## \d+ One lecture.*?(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.S | re.M)
    return [
        (int(minutes), unlinked(what), steps.strip(), [(at[0], title(*at)) for at in SECTION.findall(where)])
        for minutes, what, where, steps in ROW.findall(lecture[0])
    ]


@cache
def chapter(number):
    """Return (file name, notebook) of the chapter of that number, such as "05", without links and anchors."""
    path = next(path for path in chapter_paths() if path.name.startswith(number))
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = unlinked(cell.source)
    return path.name, notebook


def title(number, section):
    """Return the heading of a section: that of "00", "6" is "Which way should one weight go?"."""
    file, notebook = chapter(number)
    there = dict(pair for _, text in texts(notebook) for pair in HEADING.findall(text))
    if section not in there:
        raise LookupError(f"{file}: got a link to section {section}; expected one of {[*there]}")
    return there[section]


def parts_of(cells):
    """Yield (text or code cell, first words may be compared) for each paragraph, display and code cell."""
    for cell in cells:
        if cell.cell_type == "code":
            yield cell, cell.source
            continue
        for block in re.split(r"\n{2,}", cell.source):
            yield block, block


def sections(notebook):
    """Return {heading: [cell, ...]} of a chapter, a cell with two headings cut in two."""
    found, here = {}, ""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            found[here].append(cell)
            continue
        for piece in re.split(r"^(?=## )", cell.source, flags=re.M):
            titled = HEADING.match(piece)
            here = titled[2] if titled else here
            found.setdefault(here, []).append(new_markdown_cell(piece))
    return found


def begins(source, name):
    """Whether a part is the one of that name."""
    if re.fullmatch(r"\(\d+\.\d+\)", name):
        return source.startswith("$$") and name[1:-1] in TAG.findall(source)
    return any(line.startswith(name) for line in source.splitlines())


def find(number, heading, name):
    """Return the first part that begins so, in its section, else in its chapter: a text or a code cell."""
    file, notebook = chapter(number)
    own = sections(notebook).get(heading)
    if own is None:
        raise LookupError(f"{file}: got the heading {heading!r}; expected one of {[*sections(notebook)]}")
    for cells in (own, notebook.cells):
        for part, source in parts_of(cells):
            if begins(source, name):
                return part
    raise LookupError(f"{file}, {heading!r}: got {name!r}; expected how a part of it begins")


def text_cell(text, kind):
    """Return a text cell; drawings of figures/ go with it, links to places in the book do not lead there."""
    attached = {}
    for _, file in EMBEDDED.findall(text):
        drawing = (CHAPTERS.parent / file).read_bytes()
        attached[Path(file).name] = {"image/svg+xml": base64.b64encode(drawing).decode()}
    text = EMBEDDED.sub(lambda found: f"![{found[1]}](attachment:{Path(found[2]).name})", text)
    cell = new_markdown_cell(LINK.sub(r"\1", text), metadata={"slideshow": {"slide_type": kind}})
    if attached:
        cell["attachments"] = attached
    return cell


def slide(number, heading, names, kind="subslide"):
    """Yield the cells of one slide: its heading and the parts of those names."""
    text = [f"### {heading}"]
    for name in names:
        part = find(number, heading, name)
        if isinstance(part, str):
            text.append(part)
            continue
        if text:
            yield text_cell("\n\n".join(text), kind)
            text, kind = [], "-"
        hidden = bool(NOT_SHOWN.search(part.source))
        shown = {"tags": [HIDDEN], "jupyter": {"source_hidden": True}} if hidden else {}
        yield nbformat.from_dict({**part, "metadata": shown | {"slideshow": {"slide_type": "-"}}})
    if text:
        yield text_cell("\n\n".join(text), kind)


def notebook():
    """Return the slides as a notebook."""
    title = "# Backpropagation, line by line\n\n"
    cells = [text_cell(title + "One lecture: from nothing to the pull on a hidden weight", "slide")]
    for minutes, what, steps, where in plan():
        told = f"{minutes} minutes" + (f" · on the sheet: steps {steps}" if steps else "")
        cells.append(text_cell(f"## {what}\n\n{told}", "slide"))
        for number, words in where:
            if words not in SLIDES[number]:
                known = [*SLIDES[number]]
                raise LookupError(f"{PAGE.name} links {number}, {words!r}; expected one of {known}")
            for names in SLIDES[number][words]:
                cells += slide(number, words, names)
    for place, cell in enumerate(cells, 1):
        cell["id"] = f"slide-{place:03}"
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def page(slides):
    """Return the slides as a page of HTML; it fetches reveal.js and MathJax from the network."""
    from nbconvert import SlidesExporter
    from traitlets.config import Config

    settings = Config()
    settings.TagRemovePreprocessor.update(enabled=True, remove_input_tags={HIDDEN})
    settings.SlidesExporter.update(
        reveal_scroll=True, reveal_number="c/t", exclude_input_prompt=True, exclude_output_prompt=True
    )
    html, _ = SlidesExporter(config=settings).from_notebook_node(slides)
    # A formula on a slide that is not shown yet has no width, and is broken after every sign.
    return LINE_BREAKS.sub(r"\1false", html).replace("</head>", STYLE + "</head>", 1)


def main(folder=BUILD):
    slides = notebook()
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / "lecture.ipynb", (nbformat.writes(slides) + "\n").encode())
    write_whole(folder / "lecture.slides.html", page(slides).encode())
    kinds = [cell.metadata.slideshow.slide_type for cell in slides.cells]
    print(f"{folder}: {len(kinds) - kinds.count('-')} slides in lecture.ipynb and lecture.slides.html")


if __name__ == "__main__":
    main()
