"""What every stored chapter must keep to: each check takes a notebook and yields its faults as sentences.

A notebook is the plain dictionary of its JSON. `test_chapters.py` asks the checks about the book's chapters;
`test_validation_can_fail.py` asks them about spoiled copies.
"""

import html
import re
from pathlib import Path
from statistics import median

import nbformat

from mlp_core.exercises.registry import exercise_of
from tools.chapter_text import (
    CHAPTERS,
    CODE_SPAN,
    DISPLAY,
    EXERCISE,
    FENCE,
    INLINE,
    TAG,
    beside_exercises,
    chapter_paths,
    codes,
    exercise_numbers,
    joined,
    outside_of,
    read,
    section,
    texts,
)
from tools.links import cell_id
from tools.printed_exercises import CHECK, is_exercise, pairs
from tools.reading_times import EXERCISE_MINUTES, MARKED

ROOT = Path(__file__).resolve().parents[2]

LONGEST_CELL, MEDIAN_CELL = 25, 6
LONGEST_ALTERNATIVE = 60  # words
MOST_GUESSES = 5
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}

CITED_IN_TEXT = re.compile(r"\((\d+\.\d+)\)")
CITED_BY_NAME = re.compile(r"\bequations?\s+(\d+\.\d+(?:\s*(?:,|to|and|or)\s*(?:and\s+)?\d+\.\d+)*)")
NUMBER = re.compile(r"\d+\.\d+")
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
HTML_PICTURE = re.compile(r"<img\b[^>]*>")
ALTERNATIVE = re.compile(r'<img alt="([^"]*)"')
EXCUSE = re.compile(
    r"nbval[-_](?:skip|ignore[-_]output)|raises[-_]exception|validate[-_]ignore[-_]output", re.I
)
HEAD = ("**The question.**", "**Time.**", "**Afterwards you can**")
LISTED = re.compile(rf"{EXERCISE.pattern}|^Exercise (\d+\.\d+) stands in section (\d+),", re.M)
GUESS = re.compile(r"^guess\(", re.M)


# Reading a notebook


def guesses(notebook):
    """The code cells that ask for a guess."""
    return [cell for cell in codes(notebook) if GUESS.search(joined(cell["source"]))]


def markdown(notebook):
    """The whole text, code taken out: in it every `$` is mathematics."""
    whole = "\n\n".join(source for _, source in texts(notebook))
    return CODE_SPAN.sub(" ", FENCE.sub(" ", whole))


def prose(notebook):
    """The text without code and without mathematics."""
    return INLINE.sub(" ", DISPLAY.sub(" ", markdown(notebook)))


def tags(notebook):
    return TAG.findall(markdown(notebook))


def all_tags():
    """Every equation number of the book."""
    return {tag for path in chapter_paths() for tag in tags(read(path))}


def is_appendix(notebook):
    """An appendix has a number from 90 on: it derives nothing, so it has no equation, and few exercises."""
    return re.match(r"# 9\d ", texts(notebook)[0][1]) is not None


# One clean run, stored


def counts(notebook):
    """Execution counts are 1, 2, 3, … without a gap."""
    found = [cell.get("execution_count") for cell in codes(notebook)]
    if found != list(range(1, len(found) + 1)):
        yield f"execution counts are not 1, 2, 3, …: {found}"


def ids(notebook):
    """Cell ids are those of tools/links.py: section-3, eq-2-10, exercise-2-4, else cell-07, the seventh."""
    for number, cell in enumerate(nbformat.from_dict(notebook).cells, start=1):
        if cell.get("id") != cell_id(cell, number):
            yield f"cell {number} has the id {cell.get('id')!r}"
    if (notebook.get("nbformat"), notebook.get("nbformat_minor")) != (4, 5):
        yield "the format is not 4.5"


def metadata(notebook):
    """Metadata is what `make execute` stores: no widget state, no version of Python, no front end's notes.

    A cell that asks for a guess hides its source, in which the answers stand.
    """
    if notebook["metadata"] != METADATA:
        yield f"the notebook's metadata is {notebook['metadata']}"
    asking = [id(cell) for cell in guesses(notebook)]
    for cell in notebook["cells"]:
        beside_tags = {key: value for key, value in cell["metadata"].items() if key != "tags"}
        if beside_tags != ({"jupyter": {"source_hidden": True}} if id(cell) in asking else {}):
            yield f"{cell.get('id')} has the metadata {cell['metadata']}"


def outputs(notebook):
    """No error, no warning, no widget's view among the outputs."""
    for cell in codes(notebook):
        for output in cell["outputs"]:
            if output["output_type"] == "error" or output.get("name") == "stderr":
                yield f"{cell.get('id')} stores an error or a warning: {output}"
            if any("widget" in kind for kind in output.get("data", {})):
                yield f"{cell.get('id')} stores a widget's view"


def picture_outputs(notebook):
    """Beside every stored picture stand a sentence, and a number in text that nbval compares."""
    for cell in codes(notebook):
        said = "".join(joined(output.get("text", "")) for output in cell["outputs"])
        for output in cell["outputs"]:
            if "<img" not in joined(output.get("data", {}).get("text/html", "")):
                continue
            alternative = joined(output["data"].get("text/plain", "")).strip()
            if ALTERNATIVE.findall(joined(output["data"]["text/html"])) != [html.escape(alternative)]:
                yield f"{cell.get('id')} stores a picture whose alternative text is not: {alternative!r}"
            if not alternative or alternative.startswith("<"):
                yield f"{cell.get('id')} stores a picture without alternative text: {alternative!r}"
            if len(alternative.split()) > LONGEST_ALTERNATIVE:
                yield f"{cell.get('id')} stores a picture with {len(alternative.split())} words of text"
            if not re.search(r"\d", alternative + said):
                yield f"{cell.get('id')} draws numbers and states none in text"


def excuses(notebook):
    """A cell that nbval skips or does not compare says in a comment why (with the word "because")."""
    for cell in codes(notebook):
        source = joined(cell["source"])
        marked = source + " ".join(cell["metadata"].get("tags", []))
        if EXCUSE.search(marked) and not re.search(r"^\s*#.*\bbecause\b", source, re.M):
            yield f"{cell.get('id')} is excused from validation and does not say why"


# The code


def imports_the_package(notebook):
    """The chapter imports mlp_core."""
    if not any(re.search(r"^(from|import) mlp_core\b", joined(c["source"]), re.M) for c in codes(notebook)):
        yield "mlp_core is not imported"


def code_lengths(notebook):
    """Code cells are short: half of them at most 6 lines, none over 25.

    A guess is text in a hidden cell, and is not counted.
    """
    asking = [id(cell) for cell in guesses(notebook)]
    cells = [cell for cell in codes(notebook) if id(cell) not in asking]
    lengths = {cell.get("id"): len(joined(cell["source"]).splitlines()) for cell in cells}
    for name, length in lengths.items():
        if length > LONGEST_CELL:
            yield f"{name} has {length} lines"
    if lengths and median(lengths.values()) > MEDIAN_CELL:
        yield f"the median code cell has {median(lengths.values())} lines"


def definitions(notebook):
    """No function or class is defined in a chapter but by the reader: they live in the package, tested."""
    for cell in codes(notebook):
        if not is_exercise(cell) and re.search(
            r"^\s*(async\s+def|def|class)\s", joined(cell["source"]), re.M
        ):
            yield f"{cell.get('id')} defines a function or a class"


def quotations(notebook):
    """A block that names a file of mlp_core in its first line quotes that file: its lines, in their order."""
    for name, source in texts(notebook):
        for block in re.findall(r"```python\n# (mlp_core/\S+\.py)\n(.*?)```", source, re.S):
            file, lines = ROOT / block[0], iter([])
            if file.is_file():
                lines = iter([line.strip() for line in file.read_text(encoding="utf-8").splitlines()])
            for line in block[1].splitlines():
                if line.strip() and line.strip() not in lines:  # the iterator goes on: order counts
                    yield f"{name} quotes from {block[0]} what is not there: {line.strip()}"
                    break


# The text


def more_text_than_code(notebook):
    """Text outweighs code, in cells and in words, beside the exercises, which are there to be coded.

    A guess is text in a hidden cell, and is not counted.
    """
    notebook = beside_exercises(notebook)
    sources = [source for _, source in texts(notebook)]
    asking = [id(cell) for cell in guesses(notebook)]
    code = [joined(cell["source"]) for cell in codes(notebook) if id(cell) not in asking]
    words, code_words = (sum(len(source.split()) for source in group) for group in (sources, code))
    if len(sources) < len(code):
        yield f"{len(sources)} text cells stand against {len(code)} code cells"
    if words <= code_words:
        yield f"{words} words of text stand against {code_words} of code"


def linked(notebook):
    """(cell id, is a picture, text, target) of every link and picture in the text."""
    for name, source in texts(notebook):
        plain = CODE_SPAN.sub(" ", FENCE.sub(" ", source))
        for mark, text, target in LINK.findall(plain):
            yield name, mark == "!", text, target
        for element in HTML_PICTURE.findall(plain):
            given = dict(re.findall(r'(\w+)="([^"]*)"', element))
            yield name, True, given.get("alt", ""), given.get("src", "")


def embedded_pictures(notebook):
    """Every picture in the text has alternative text, and its file is there."""
    for name, is_picture, text, target in linked(notebook):
        if is_picture and not text.strip():
            yield f"{name} embeds {target} without alternative text"
        if is_picture and not target.startswith("attachment:") and not (CHAPTERS / target).is_file():
            yield f"{name} embeds {target}, which is not there"


def anchors(notebook):
    """The places inside a notebook that a link can name: headings as JupyterLab writes them, and HTML ids."""
    whole = "\n".join(source for _, source in texts(notebook))
    headings = re.findall(r"^#+ (.+?)\s*$", whole, re.M)
    return {heading.replace(" ", "-") for heading in headings} | set(re.findall(r'\bid="([^"]+)"', whole))


def links(notebook):
    """Every link to a file, or to a place in a chapter, leads there."""
    for name, is_picture, _, target in linked(notebook):
        file, _, place = target.partition("#")
        if is_picture or re.match(r"[a-z]+:", target):
            continue
        path = CHAPTERS / file
        if file and not path.exists():
            yield f"{name} links to {file}, which is not there"
        elif (
            place and path.suffix in ("", ".ipynb") and place not in anchors(read(path) if file else notebook)
        ):
            yield f"{name} links to {target}, and there is no such place"


def listed(text):
    """The equation numbers in a text; `(1.23) to (1.25)` lists those between as well."""
    numbers = set(CITED_IN_TEXT.findall(text))
    for chapter, first, last in re.findall(r"\((\d+)\.(\d+)\) to \(\1\.(\d+)\)", text):
        numbers |= {f"{chapter}.{number}" for number in range(int(first), int(last) + 1)}
    return numbers


def head_and_foot(notebook):
    """The head says question, time and aim; the foot asks the next question.

    An appendix says what it is for. Both ends of either link to a neighbor.
    """
    cells = [source for _, source in texts(notebook)]
    first, last = cells[0], cells[-1]
    appendix = is_appendix(notebook)
    for wanted in ("**What it is for.**",) if appendix else HEAD:
        if wanted not in first:
            yield f"the head lacks {wanted}"
    if not appendix and "**The next question.**" not in last:
        yield "the foot lacks **The next question.**"
    for place, source in (("head", first), ("foot", last)):
        if not re.search(r"\]\(\d\d_\w+\.ipynb\)", source):
            yield f"the {place} links to no other chapter"


def exercises(notebook):
    """Five to eight, numbered by chapter from 1 on, each with its cell and check; in an appendix up to three.

    One may stand where its line is derived, with the book's line in a fold below; its place is told here.
    """
    found, part = exercise_numbers(notebook), section(notebook, "Exercises")
    least, most = (0, 3) if is_appendix(notebook) else (5, 8)
    listed_here = [(number or told, place) for number, told, place in LISTED.findall(part)]
    chapter = found[0].partition(".")[0] if found else "?"
    numbers = [f"{chapter}.{number}" for number in range(1, len(found) + 1)]
    if [number for number, _ in listed_here] != numbers:
        yield f"the exercises are {found}, and those under Exercises {listed_here}"
    for number, place in listed_here:
        if place and number not in EXERCISE.findall(section(notebook, place)):
            yield f"{number} does not stand in section {place}"
    if not least <= len(found) <= most:
        yield f"{len(found)} exercises; expected {least} to {most}"
    if [number for number, *_ in pairs(notebook)] != found:
        yield f"the cells to be written are those of {[number for number, *_ in pairs(notebook)]}"
    yield from unfolded(notebook)
    whole = "\n\n".join(source for _, source in texts(notebook))
    marked = {number: EXERCISE_MINUTES[mark] for number, mark in MARKED.findall(whole)}
    if marked != {number: exercise_of(number).minutes for number in found}:
        yield f"the marks say {marked} minutes"
    for _, _, checking in pairs(notebook):
        if not checking["outputs"]:
            yield f"{checking['id']} stores no answer"


def unfolded(notebook):
    """Below the check of an exercise that stands outside of "Exercises" the book's own line is folded."""
    cells = outside_of(notebook, "Exercises")["cells"]
    for k, cell in enumerate(cells):
        if cell["cell_type"] == "code" and CHECK.search(joined(cell["source"])):
            below = cells[k + 1] if k + 1 < len(cells) else {"source": ""}
            if not joined(below["source"]).startswith("<details>"):
                yield f"{cell['id']} has no fold below it with the book's own line"


def few_guesses(notebook):
    """At most five guesses, each shown; the first line, which stays in sight, has none of the answers.

    An appendix may be a game, and ask for more.
    """
    found = guesses(notebook)
    if len(found) > MOST_GUESSES and not is_appendix(notebook):
        yield f"{len(found)} guesses are asked for"
    for cell in found:
        first = joined(cell["source"]).partition("\n")[0]
        if first.startswith("guess(") and ("{" in first or "right=" in first):
            yield f"{cell.get('id')} tells an answer in its first line, which stays in sight: {first}"
        if not any("text/markdown" in output.get("data", {}) for output in cell["outputs"]):
            yield f"{cell.get('id')} asks for a guess and does not show it"


# The equations


def tag_order(notebook):
    """The equations of chapter 2 are 2.1, 2.2 and so on, none twice or left out; an appendix has none."""
    found = tags(notebook)
    if found and is_appendix(notebook):
        yield f"an appendix has the tags {found}"
    title = re.match(r"# (\d+)", texts(notebook)[0][1])
    for place, tag in enumerate(found, 1):
        expected = f"{int(title.group(1))}.{place}" if title else "none: the chapter's title has no number"
        if tag != expected:
            yield f"the tag {tag} stands where {expected} is expected"
            return


def displays(notebook):
    """A display holds one tag at most, does not begin with an equals sign, and stands in its own lines."""
    source = markdown(notebook)
    for display in DISPLAY.findall(source):
        if len(TAG.findall(display)) > 1:
            yield f"a display holds two tags: {display}"
        if display.lstrip().startswith("=") or re.match(r"\s*\\begin\{aligned\}\s*&?\s*=", display):
            yield f"a display begins with an equals sign: {display}"
    if source.count("$$") % 2:
        yield "a $$ is not closed"
    if TAG.search(DISPLAY.sub(" ", source)):
        yield "a tag stands outside a display"


def inline_equations(notebook):
    """An inline formula that states a derivative or a sum is followed by the number that it repeats."""
    source = DISPLAY.sub(" ", markdown(notebook))
    for formula in INLINE.finditer(source):
        states = "=" in formula[1] and re.search(r"\\(partial|nabla|sum)(?![a-zA-Z])", formula[1])
        if states and not CITED_IN_TEXT.search(source[formula.end() : formula.end() + 24]):
            yield f"the inline formula {formula[0]} is not followed by its number"


def numbers_named(text):
    """The numbers that a text cites as `equation 1.4` or `equations 1.4 and 1.5`."""
    return [number for found in CITED_BY_NAME.findall(text) for number in NUMBER.findall(found)]


def citations(notebook):
    """Every equation number that the chapter cites, in text or in code, exists."""
    cited = set(CITED_IN_TEXT.findall(prose(notebook))) | set(numbers_named(prose(notebook)))
    cited |= {number for cell in codes(notebook) for number in numbers_named(joined(cell["source"]))}
    own = set(tags(notebook))
    for number in sorted(cited - own - all_tags()):
        yield f"({number}) is cited and does not exist"


CHECKS = (
    counts,
    ids,
    metadata,
    outputs,
    picture_outputs,
    excuses,
    imports_the_package,
    code_lengths,
    definitions,
    quotations,
    more_text_than_code,
    embedded_pictures,
    links,
    head_and_foot,
    exercises,
    few_guesses,
    tag_order,
    displays,
    inline_equations,
    citations,
)


def faults(notebook):
    """Every fault of a notebook, each with the name of the check that found it."""
    return [f"{check.__name__}: {fault}" for check in CHECKS for fault in check(notebook)]
