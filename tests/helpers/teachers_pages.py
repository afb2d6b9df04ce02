"""What both pages for teachers can be wrong in: each check takes a page and yields faults as sentences."""

import re

from chapter_checks import (
    CHAPTERS,
    CODE_SPAN,
    EXERCISE,
    FENCE,
    LINK,
    ROOT,
    all_tags,
    anchors,
    chapter_paths,
    joined,
    listed,
    read,
    texts,
)

from tools.printed_exercises import CHECK


def chapters():
    """{'00': notebook, ...}, the appendices as well."""
    return {path.name[:2]: read(path) for path in chapter_paths()}


def cells_by_section():
    """{('05', '14'): [cell, ...]}: a chapter's numbered sections, and each of its exercises by its number.

    An exercise ends with its check: below one that stands where its line is derived the section goes on.
    """
    found = {}
    for name, notebook in chapters().items():
        place = around = "head"
        for cell in notebook["cells"]:
            for source in re.split(r"^(?=## )", joined(cell["source"]), flags=re.M):
                if cell["cell_type"] == "markdown":
                    heading = re.match(r"## (\d+|\w+)", source)
                    exercise = re.search(r"^\*\*(\d+\.\d)\*\*", source, re.M)
                    if heading:
                        place = around = heading.group(1)
                    place = exercise.group(1) if exercise else place
                found.setdefault((name, place), []).append({**cell, "source": source})
            if CHECK.search(joined(cell["source"])):
                place = around
    return found


SECTION_CELLS = cells_by_section()


def text_of(place):
    """What a section says, its code as well."""
    return "\n\n".join(joined(cell["source"]) for cell in SECTION_CELLS.get(place, []))


def parts(page):
    """{'00': the page's text under that chapter's heading, ..., '': all the rest}."""
    pieces = re.split(r"^(?=##+ )", page, flags=re.M)
    found = {"": ""}
    for piece in pieces:
        heading = re.match(r"##+ (\d\d) ", piece)
        chapter = heading.group(1) if heading else ""
        found[chapter] = found.get(chapter, "") + piece
    return found


def numbers_in(words):
    """[8, 9, 10] for '8 to 10' and [3, 6] for '3 and 6'."""
    found = []
    for first, last in re.findall(r"(\d+)(?: to (\d+))?", words):
        found += range(int(first), int(last or first) + 1)
    return found


SECTIONS = re.compile(
    r"(?:\b(\d\d), )?\bsections? (\d+(?: to \d+)?(?:(?:, | and )\d+(?: to \d+)?)*)", re.IGNORECASE
)


def cited_sections(page):
    """(chapter, section) of every section that the page names.

    One without a chapter belongs to the chapter whose part it stands in, or to the page itself.
    """
    for chapter, text in parts(page).items():
        for named, those in SECTIONS.findall(FENCE.sub(" ", text)):
            yield from ((named or chapter, section) for section in numbers_in(those))


def equations(page):
    """Every equation number exists."""
    for tag in sorted(listed(page) - all_tags()):
        yield f"({tag}) is cited and does not exist"


def exercises(page):
    """Every exercise exists."""
    there = {
        n for notebook in chapters().values() for _, text in texts(notebook) for n in EXERCISE.findall(text)
    }
    for cited in re.findall(r"exercises? (\d\.\d(?:(?:, | and )\d\.\d)*)", page):
        for exercise in re.findall(r"\d\.\d", cited):
            if exercise not in there:
                yield f"exercise {exercise} does not exist"


def sections(page):
    """Every section exists in its chapter."""
    own = {("", section) for section in re.findall(r"^## (\d) ", page, re.M)}
    for chapter, section in cited_sections(page):
        if (chapter, str(section)) not in SECTION_CELLS.keys() | own:
            yield f"section {section} of chapter {chapter} does not exist"


def places(path):
    """What a link can name in a chapter: its headings, and its cells by their ids."""
    notebook = read(path)
    return anchors(notebook) | {f"cell-id={cell['id']}" for cell in notebook["cells"]}


def links(page):
    """Every link leads to a file, and to a place in it."""
    for _, _, target in LINK.findall(CODE_SPAN.sub(" ", FENCE.sub(" ", page))):
        file, _, place = target.partition("#")
        path = CHAPTERS / file
        if not re.match(r"[a-z]+:", target) and not path.is_file():
            yield f"{target} is not there"
        elif place and path.suffix == ".ipynb" and place not in places(path):
            yield f"{target} names no place"


def files(page):
    """Every file and every make target that the page names exists."""
    for span in re.findall(r"`([^`\n]+)`", FENCE.sub(" ", page)):
        for path in re.findall(r"(?<![\w.-])(?:tests|chapters|figures|mlp_core|tools|docs)/[\w./-]+", span):
            if not (ROOT / path).exists():
                yield f"{path} is not there"
        for target in re.findall(r"^make ([a-z-]+)", span):
            if not re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M):
                yield f"make {target} is no command"


SHARED = (equations, exercises, sections, links, files)
