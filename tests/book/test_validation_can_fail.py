"""The validation of the chapters is itself tested: each thing that it must catch is planted and caught.

A check that cannot fail proves nothing. nbval runs on an excerpt of chapter 01, as it is and spoiled. Each
check of `chapter_checks.py` is shown copies of the chapter in which it must find a fault.
"""

import copy
import html
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree

import pytest
from chapter_checks import (
    CHECKS,
    MOST_GUESSES,
    ROOT,
    chapter_paths,
    codes,
    exercises,
    faults,
    few_guesses,
    guesses,
    joined,
    metadata,
    outputs,
    read,
)

CHAPTER = next(path for path in chapter_paths() if path.name.startswith("01"))
EXCERPT = 24  # cells: up to the Jacobian and its comparison with measured slopes
GUESS = 'guess("Is it 1?",\n      {"yes": "It is.", "no": "It is."}, right="yes")'
NOWHERE = "1.99"  # a number that no equation bears; put together below, since this file too is searched


def next_digit(text):
    """The text with its last digit replaced by the next one."""
    spoiled, changed = re.subn(r"\d(?=\D*\Z)", lambda digit: str((int(digit[0]) + 1) % 10), text)
    assert changed == 1, f"no digit in {text!r}"
    return spoiled


def printed(notebook):
    """The first printed output of a notebook."""
    outputs = (output for cell in codes(notebook) for output in cell["outputs"])
    return next(output for output in outputs if output["output_type"] == "stream")


def picture(notebook):
    """The data of the first picture of a notebook."""
    outputs = (output for cell in codes(notebook) for output in cell["outputs"])
    return next(output["data"] for output in outputs if "text/html" in output.get("data", {}))


# Planted in an excerpt, for nbval


def as_stored(notebook):
    pass


def a_printed_digit(notebook):
    output = printed(notebook)
    output["text"] = next_digit(joined(output["text"]))


def a_digit_beside_a_picture(notebook):
    data = picture(notebook)
    data["text/plain"] = next_digit(joined(data["text/plain"]))


def a_digit_in_an_alternative_text(notebook):
    data = picture(notebook)
    words, rest = joined(data["text/html"]).split('" width=')
    data["text/html"] = f'{next_digit(words)}" width={rest}'


def the_pixels_of_a_picture(notebook):
    data = picture(notebook)
    data["text/html"] = joined(data["text/html"]).replace(";base64,iVBOR", ";base64,iVBO0")


def a_cell_that_later_ones_need(notebook):
    needed = next(cell for cell in codes(notebook) if "z_hat =" in joined(cell["source"]))
    notebook["cells"].remove(needed)


FLIPPED = "a_sign_flipped_in_the_package"
DIGITS = (a_printed_digit, a_digit_beside_a_picture, a_digit_in_an_alternative_text)
PLANTED = (as_stored, *DIGITS, the_pixels_of_a_picture, a_cell_that_later_ones_need)
ANOTHER_COPY = """%reset -f
import sys
for name in [name for name in sys.modules if name.partition(".")[0] == "mlp_core"]:
    del sys.modules[name]
sys.path.insert(0, {folder!r})"""


def spoiled_copy(notebook, spoil):
    spoiled = copy.deepcopy(notebook)
    spoil(spoiled)
    return spoiled


def part(name, notebook, opening="%reset -f"):
    """The cells of a notebook after one that runs `opening`; ids that no other part has."""
    first = {"cell_type": "code", "id": "opening", "metadata": {}, "source": opening}
    cells = [{**first, "execution_count": 1, "outputs": []}, *copy.deepcopy(notebook["cells"])]
    return [cell | {"id": f"{name}-{cell['id']}"} for cell in cells]


def flipped_copy(folder):
    """Copy the package to `folder` with one sign flipped."""
    package = shutil.copytree(
        ROOT / "mlp_core", folder / "mlp_core", ignore=shutil.ignore_patterns("__pycache__")
    )
    formulas = package / "formulas" / "probabilities.py"
    source = formulas.read_text(encoding="utf-8")
    assert source.count("(identity - z") == 1
    formulas.write_text(source.replace("(identity - z", "(identity + z"), encoding="utf-8")


def failures(folder, parts, notebook):
    """{part: failed cells} of `pytest --nbval` on the parts, one after another on one kernel."""
    cells = [cell for part_cells in parts.values() for cell in part_cells]
    (folder / "parts.ipynb").write_text(json.dumps({**notebook, "cells": cells}))
    report = folder / "report.xml"
    config = ["-c", ROOT / "pyproject.toml", "--rootdir", folder, "-p", "no:cacheprovider"]
    pixels = f"--nbval-sanitize-with={ROOT / 'tests' / 'pixels_left_out.cfg'}"  # as in the book's own folder
    command = [sys.executable, "-m", "pytest", *config, "--nbval", pixels, folder / "parts.ipynb"]
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        [*command, f"--junit-xml={report}"], cwd=folder, env=variables, capture_output=True, text=True
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    ran = xml.etree.ElementTree.parse(report).getroot().iter("testcase")
    failed = [case.find("failure") is not None for case in ran]
    owners = [name for name, some in parts.items() for cell in some if cell["cell_type"] == "code"]
    assert len(failed) == len(owners), "nbval did not run every cell"
    return {name: sum(f for f, owner in zip(failed, owners, strict=True) if owner == name) for name in parts}


@pytest.fixture(scope="module")
def failed_cells(tmp_path_factory):
    folder = tmp_path_factory.mktemp("excerpts")
    notebook = read(CHAPTER)
    excerpt = {**notebook, "cells": notebook["cells"][:EXCERPT]}
    parts = {spoil.__name__: part(spoil.__name__, spoiled_copy(excerpt, spoil)) for spoil in PLANTED}
    flipped = folder / "flipped"  # not beside the notebook, where a kernel may look first
    flipped_copy(flipped)
    parts[FLIPPED] = part(FLIPPED, excerpt, ANOTHER_COPY.format(folder=str(flipped)))
    return failures(folder, parts, notebook)


def test_the_excerpt_passes_as_it_is(failed_cells):
    assert failed_cells["as_stored"] == 0


@pytest.mark.parametrize("spoil", DIGITS)
def test_one_stored_digit_altered_fails_one_cell(failed_cells, spoil):
    assert failed_cells[spoil.__name__] == 1


def test_pixels_are_not_compared_for_no_two_machines_share_them(failed_cells):
    assert failed_cells["the_pixels_of_a_picture"] == 0


def test_a_deleted_cell_fails_those_that_need_it(failed_cells):
    assert failed_cells["a_cell_that_later_ones_need"] > 1


def test_a_sign_flipped_in_the_package_fails(failed_cells):
    assert failed_cells[FLIPPED] >= 1


# Planted in a whole chapter, for the checks


def text_cell(notebook, position=1):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"][position]


def add_text(notebook, text, position=1):
    cell = text_cell(notebook, position)
    cell["source"] = joined(cell["source"]) + "\n\n" + text


def replace_text(notebook, old, new):
    """Replace the first occurrence in the text cells."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown" and old in joined(cell["source"]):
            cell["source"] = joined(cell["source"]).replace(old, new, 1)
            return
    raise AssertionError(f"{old!r} is not in the chapter")


def cell_with(notebook, begins):
    """Return the code cell that begins so."""
    return next(cell for cell in codes(notebook) if joined(cell["source"]).startswith(begins))


def set_code(notebook, source, position=1):
    codes(notebook)[position]["source"] = source


def set_output(notebook, **output):
    codes(notebook)[1]["outputs"] = [output]


def set_picture(notebook, text):
    data = picture(notebook)
    data["text/html"] = joined(data["text/html"]).replace(html.escape(joined(data["text/plain"])), text)
    data["text/plain"] = text


def drop_printed_numbers(notebook):
    cell = next(c for c in codes(notebook) if any("text/html" in o.get("data", {}) for o in c["outputs"]))
    cell["outputs"] = [output for output in cell["outputs"] if "text/html" in output.get("data", {})]
    set_picture(notebook, "Bars.")


def set_count(notebook, position, count):
    codes(notebook)[position]["execution_count"] = count


def shift_counts(notebook):
    for number, cell in enumerate(codes(notebook), start=2):
        cell["execution_count"] = number


def remove_text(notebook):
    """Leave two text cells, so that code outweighs them."""
    texts = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    for cell in texts[1:-1]:
        notebook["cells"].remove(cell)


def widgets_without_state(notebook):
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"version_major": 2}}


def ask(notebook, *positions, source=GUESS):
    """Ask for a guess in some of the code cells, as `make execute` stores it."""
    for position in positions:
        set_code(notebook, source, position)
        data = {"text/markdown": "**Guess.** Is it 1?"}
        output = {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}
        codes(notebook)[position].update(outputs=[output], metadata={"jupyter": {"source_hidden": True}})


def swap_first_tags(notebook):
    replace_text(notebook, r"\tag{1.1}", r"\tag{1.x}")
    replace_text(notebook, r"\tag{1.2}", r"\tag{1.1}")
    replace_text(notebook, r"\tag{1.x}", r"\tag{1.2}")


SPOILED = {
    "counts": [
        lambda n: set_count(n, 2, None),
        lambda n: set_count(n, 2, 9),
        lambda n: codes(n)[3].pop("execution_count"),
        shift_counts,
    ],
    "ids": [
        lambda n: n["cells"][3].pop("id"),
        lambda n: n["cells"][3].update(id="cell-03"),
        lambda n: n["cells"].insert(2, n["cells"].pop(3)),
        lambda n: n.update(nbformat_minor=4),
    ],
    "metadata": [
        widgets_without_state,
        lambda n: n["metadata"]["language_info"].update(version="3.11.7"),
        lambda n: n["metadata"]["kernelspec"].update(display_name="Python 3 (ipykernel)"),
        lambda n: n["cells"][2]["metadata"].update(execution={"iopub.status.busy": "2026-01-01"}),
        lambda n: n["cells"][2]["metadata"].update(jupyter={"source_hidden": True}),
        lambda n: (ask(n, 1), codes(n)[1].update(metadata={})),
    ],
    "outputs": [
        lambda n: set_output(n, output_type="stream", name="stderr", text="UserWarning"),
        lambda n: set_output(n, output_type="error", ename="E", evalue="", traceback=[]),
        lambda n: picture(n).update({"application/vnd.jupyter.widget-view+json": {}}),
    ],
    "picture_outputs": [
        lambda n: picture(n).pop("text/plain"),
        lambda n: picture(n).update({"text/html": '<img src="data:image/png;base64,">'}),
        a_digit_in_an_alternative_text,
        lambda n: set_picture(n, "<Figure size 640x480 with 1 Axes>"),
        lambda n: set_picture(n, "1 bar and " * 21),
        drop_printed_numbers,
    ],
    "excuses": [
        lambda n: set_code(n, "# NBVAL_SKIP\nz = 1"),
        lambda n: set_code(n, "# NBVAL_IGNORE_OUTPUT\nz = 1"),
        lambda n: codes(n)[1]["metadata"].update(tags=["nbval-skip"]),
        lambda n: codes(n)[1]["metadata"].update(tags=["nbval-ignore-output"]),
        lambda n: codes(n)[1]["metadata"].update(tags=["raises-exception"]),
    ],
    "imports_the_package": [
        lambda n: [set_code(n, "import numpy as np", position) for position in range(len(codes(n)))]
    ],
    "code_lengths": [
        lambda n: set_code(n, "z = 1\n" * 26),
        lambda n: [set_code(n, "z = 1\n" * 7, position) for position in range(len(codes(n)))],
    ],
    "definitions": [
        lambda n: set_code(n, "def f(x):\n    return x"),
        lambda n: set_code(n, "for i in (1,):\n    def f(x):\n        return x"),
        lambda n: set_code(n, "async def f(x):\n    return x"),
        lambda n: set_code(n, "class A:\n    pass"),
    ],
    "quotations": [
        lambda n: add_text(n, "```python\n# mlp_core/network.py\nx = 1 + 1  # not there\n```"),
        lambda n: add_text(n, "```python\n# mlp_core/nowhere.py\nx = 1\n```"),
        lambda n: add_text(n, "```python\n# mlp_core/network.py\nclass MLP:\nimport numpy as np\n```"),
    ],
    "more_text_than_code": [remove_text, lambda n: set_code(n, "z = 1 + 1 # " + "word " * 9999)],
    "embedded_pictures": [
        lambda n: add_text(n, "![](../figures/network.svg)"),
        lambda n: add_text(n, "![a picture](../figures/nowhere.svg)"),
        lambda n: add_text(n, '<img src="../figures/network.svg">'),
        lambda n: add_text(n, '<img alt="a picture" src="../figures/nowhere.svg">'),
    ],
    "links": [
        lambda n: add_text(n, "[there](03_nowhere.ipynb)"),
        lambda n: add_text(n, "[there](00_the_network.ipynb#No-such-place)"),
        lambda n: add_text(n, "[there](#No-such-place)"),
    ],
    "head_and_foot": [
        lambda n: replace_text(n, "**The question.**", "The question."),
        lambda n: replace_text(n, "**Time.**", "Time."),
        lambda n: replace_text(n, "**Afterwards you can**", "You can"),
        lambda n: replace_text(n, "**The next question.**", "Next."),
        lambda n: n["cells"][-1].update(source=joined(n["cells"][-1]["source"]).replace(".ipynb)", ".html)")),
    ],
    "exercises": [
        lambda n: replace_text(n, "**1.3**", "**1.7**"),
        lambda n: replace_text(n, "**1.3**", "1.3"),
        lambda n: replace_text(n, "## Exercises", "## Work"),
        lambda n: replace_text(n, "**1.3** ●●", "**1.3** ●"),
        lambda n: cell_with(n, 'check("1.3"').update(outputs=[]),
        lambda n: cell_with(n, 'check("1.3"').update(source='check("1.4", through)'),
        lambda n: n["cells"].remove(cell_with(n, "def jacobian_of")),
    ],
    "few_guesses": [
        lambda n: ask(n, 1, 2, 3, 4, 5, 6),
        lambda n: ask(n, 1, source=GUESS.replace("\n", " ")),
        lambda n: ask(n, 1, source="guess(question, choices, right=answer)"),
        lambda n: (ask(n, 1), codes(n)[1].update(outputs=[])),
    ],
    "tag_order": [
        swap_first_tags,
        lambda n: replace_text(n, r"\tag{1.2}", r"\tag{1.1}"),
        lambda n: replace_text(n, r"\tag{1.1}", r"\tag{0.1}"),
        lambda n: replace_text(n, r"\tag{1.1}", r"\tag{S1}"),
        lambda n: replace_text(n, r"\tag{1.20}", r"\tag{1.22}"),  # one is left out
    ],
    "displays": [
        lambda n: add_text(n, "$$= 1$$"),
        lambda n: add_text(n, "$$\n= 1\n$$"),
        lambda n: add_text(n, r"$$\begin{aligned} &= 1 \end{aligned}$$"),
        lambda n: replace_text(n, r"\tag{1.1}", r"\tag{1.1} \tag{1.2}"),
        lambda n: add_text(n, "$$ 1 = 1"),
        lambda n: add_text(n, r"\tag{1.99}"),
    ],
    "inline_equations": [
        lambda n: add_text(
            n, r"We see $\partial z_i/\partial \hat z_j = 1$, and no number follows it anywhere."
        ),
        lambda n: add_text(n, r"We see $\sum_l z_l = 1$ here."),
        lambda n: add_text(n, r"We see $\nabla E = 0$ at last, at the bottom of the bowl, by (1.1)."),
    ],
    "citations": [
        lambda n: add_text(n, f"This is ({NOWHERE})."),
        lambda n: add_text(n, "This is (8.1)."),
        lambda n: add_text(n, f"This is what equations 1.1 and {NOWHERE} say."),
        lambda n: set_code(n, f"z = 1  # equation {NOWHERE}"),
    ],
}
CASES = [(name, spoil) for name, spoils in SPOILED.items() for spoil in spoils]


@pytest.fixture(scope="module")
def chapter():
    return read(CHAPTER)


def test_the_chapter_has_no_fault_as_it_is(chapter):
    assert faults(chapter) == []


def test_five_guesses_are_let_through(chapter):
    plain = [place for place, cell in enumerate(codes(chapter)) if cell not in guesses(chapter)]
    added = plain[1 : 1 + MOST_GUESSES - len(guesses(chapter))]
    asking = spoiled_copy(chapter, lambda n: ask(n, *added))
    assert len(guesses(asking)) == MOST_GUESSES
    assert [*few_guesses(asking), *metadata(asking), *outputs(asking)] == []


def test_an_appendix_may_ask_more(appendix):
    asking = spoiled_copy(appendix, lambda n: ask(n, 1, 2, 3, 4, 5, 6))
    assert [*few_guesses(asking), *metadata(asking), *outputs(asking)] == []
    assert list(few_guesses(spoiled_copy(appendix, lambda n: ask(n, 1, source=GUESS.replace("\n", " ")))))


def test_every_check_is_shown_to_fail():
    assert set(SPOILED) == {check.__name__ for check in CHECKS}


@pytest.mark.parametrize(("name", "spoil"), CASES, ids=[f"{name}-{n}" for n, (name, _) in enumerate(CASES)])
def test_a_spoiled_chapter_is_caught(chapter, name, spoil):
    spoiled = spoiled_copy(chapter, spoil)
    assert spoiled != chapter
    check = next(check for check in CHECKS if check.__name__ == name)
    assert list(check(spoiled))


# Planted in chapter 02, where an exercise stands below the line that it asks for

DERIVED = "Exercise 2.3 stands in section 3,"
SPOILED_BLANK = {
    "its place is not told": lambda n: replace_text(n, DERIVED, "It stands elsewhere,"),
    "another place is told": lambda n: replace_text(n, DERIVED, "Exercise 2.3 stands in section 4,"),
    "another exercise is told": lambda n: replace_text(n, DERIVED, "Exercise 2.4 stands in section 3,"),
    "it stands twice": lambda n: replace_text(n, DERIVED, "**2.3** ●● Once more.\n\n" + DERIVED),
    "the book's line is not folded": lambda n: replace_text(n, "<details><summary>Our line", "Our line"),
    "its minutes are others": lambda n: replace_text(n, "**2.3** ●●", "**2.3** ●●●"),
}


@pytest.fixture(scope="module")
def with_a_blank():
    return read(next(path for path in chapter_paths() if path.name.startswith("02")))


def test_an_exercise_may_stand_where_its_line_is_derived(with_a_blank):
    assert list(exercises(with_a_blank)) == []


@pytest.mark.parametrize("spoil", SPOILED_BLANK.values(), ids=SPOILED_BLANK)
def test_a_spoiled_blank_is_caught(with_a_blank, spoil):
    assert list(exercises(spoiled_copy(with_a_blank, spoil)))


# Planted in an appendix, which keeps to the same rules but for its head, its foot, its exercises and its tags

SPOILED_APPENDIX = {
    "counts": lambda n: set_count(n, 2, None),
    "outputs": lambda n: set_output(n, output_type="stream", name="stderr", text="UserWarning"),
    "definitions": lambda n: set_code(n, "def f(x):\n    return x"),
    "more_text_than_code": remove_text,
    "links": lambda n: add_text(n, "[there](03_nowhere.ipynb)"),
    "head_and_foot": lambda n: replace_text(n, "**What it is for.**", "It is for nothing."),
    "exercises": lambda n: replace_text(n, "**90.2** ●●", "**90.2** ●"),
    "tag_order": lambda n: add_text(n, r"$$1 = 1 \tag{90.1}$$"),
    "citations": lambda n: add_text(n, f"This is ({NOWHERE})."),
}


@pytest.fixture(scope="module")
def appendix():
    return read(next(path for path in chapter_paths() if path.name.startswith("90")))


def test_the_appendix_has_no_fault_as_it_is(appendix):
    assert faults(appendix) == []


@pytest.mark.parametrize("name", SPOILED_APPENDIX)
def test_a_spoiled_appendix_is_caught(appendix, name):
    spoiled = spoiled_copy(appendix, SPOILED_APPENDIX[name])
    check = next(check for check in CHECKS if check.__name__ == name)
    assert list(check(spoiled))


def test_a_fourth_exercise_of_an_appendix_is_caught(appendix):
    spoiled = spoiled_copy(appendix, lambda n: add_text(n, "**90.4** ● One more."))
    assert any(fault == "4 exercises; expected 0 to 3" for fault in exercises(spoiled))


@pytest.mark.parametrize("cell", [0, -1])
def test_an_appendix_without_a_link_at_an_end_is_caught(appendix, cell):
    spoiled = copy.deepcopy(appendix)
    spoiled["cells"][cell]["source"] = joined(spoiled["cells"][cell]["source"]).replace(".ipynb)", ".html)")
    check = next(check for check in CHECKS if check.__name__ == "head_and_foot")
    assert list(check(spoiled))


def test_an_excuse_that_says_why_is_let_through(chapter):
    excused = spoiled_copy(
        chapter, lambda n: set_code(n, "# NBVAL_SKIP\n# because its output is the clock\nz = 1")
    )
    check = next(check for check in CHECKS if check.__name__ == "excuses")
    assert list(check(excused)) == []
