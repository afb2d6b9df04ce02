"""The tables of chapter 90: every equation of a chapter, rendered and linked; one equation taken apart."""

import json
import re
import shutil

import pytest
from chapter_checks import CHAPTERS, all_tags, joined, read, tags

from mlp_core import equations
from mlp_core.equations import tables
from mlp_core.equations.language.parser import parse
from mlp_core.equations.measuring.samples import samples

CHAPTER_02 = CHAPTERS / "02_output_layer_gradients.ipynb"
LINES = equations.lines_of_the_notes(CHAPTERS / "notes" / "lines.md")


def cells(row):
    return [cell.strip() for cell in row.strip("|").split(" | ")]


def table(name):
    """{number: cells of its row} of a chapter's table."""
    page = equations.equation_table(CHAPTERS / name, LINES)
    rows = [cells(row) for row in page.markdown.splitlines()[2:]]
    return {row[0].partition("]")[0].strip("[ "): row for row in rows}


@pytest.fixture(scope="module")
def rows():
    return table(CHAPTER_02.name)


def edited(tmp_path, old, new):
    """A copy of chapter 02 with one replacement in its text, in a folder of its own."""
    path = shutil.copy(CHAPTER_02, tmp_path)
    notebook = read(CHAPTER_02)
    assert sum("".join(cell["source"]).count(old) for cell in notebook["cells"]) >= 1
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).replace(old, new)
    (tmp_path / CHAPTER_02.name).write_text(json.dumps(notebook), encoding="utf-8")
    return path


# Those of all networks that a line about one class is compared on.
CLASSES = sum(sample.sizes["K"] for sample in samples("single"))


def test_the_book_holds_every_number():
    assert set(equations.read_book(CHAPTERS)) == all_tags()


def test_every_line_of_the_notes_is_found_once():
    assert list(LINES) == [f"S{number}" for number in range(1, 31)]
    assert LINES["S10"] == ("2.7",)
    assert LINES["S4"] == ("1.10", "1.11")


def test_a_row_says_what_the_check_found(rows):
    assert rows["2.7"][2:] == [
        "S10",
        "proved for every size; the targets add up to 1",
        str(CLASSES),
        "$10^{-6}$",
    ]
    assert rows["2.6"][2:] == ["", "assumed", "–", "–"]
    assert rows["2.4"][3:] == ["proved for every size", str(CLASSES), "$10^{-12}$"]
    assert rows["2.9"][3:] == ["worked", "9", "$10^{-6}$"]


def test_a_rounded_number_is_compared_to_the_digits_printed():
    last = table("07_what_can_go_wrong.ipynb")["7.1"]
    assert (last[3], last[-1]) == ("worked", "the digits printed")


def test_every_row_leads_to_the_cell_of_its_equation(rows):
    chapter = read(CHAPTER_02)
    text = {cell["id"]: joined(cell["source"]) for cell in chapter["cells"]}
    assert list(rows) == tags(chapter)
    for tag, row in rows.items():
        place = row[0].partition("#cell-id=")[2].removesuffix(")")
        assert rf"\tag{{{tag}}}" in text[place]


def test_a_long_chain_is_broken_at_its_equals_signs_and_still_says_the_same(rows):
    assert rows["2.11"][1].count(r"\\") == 1
    assert rows["2.7"][1] == r"$\displaystyle -\frac{\partial E}{\partial \hat z_i} = r_i - z_i$"
    for tag, equation in equations.read_book(CHAPTERS).items():
        formula = tables._formula(equation)
        assert "\n" not in formula
        assert "|" not in formula, f"({tag}) would be cut by its table"
        if equation.kind != "assumption":
            again = parse(formula)
            assert (again.sides, again.conditions) == (equation.tree.sides, equation.tree.conditions), tag


def test_a_chapter_with_a_false_line_has_no_table(tmp_path):
    path = edited(tmp_path, r"= r_i - z_i \tag{2.7}", r"= r_i + z_i \tag{2.7}")
    with pytest.raises(ValueError, match=r"\(2\.7\) does not hold: value"):
        equations.equation_table(path, LINES)


def test_displays_without_a_number_have_a_reason(tmp_path):
    page = equations.untagged_table(CHAPTERS)
    assert page.plain == f"{len(page.markdown.splitlines()) - 2} displays without a number."
    edited(tmp_path, r"\tag{2.4}", "")
    with pytest.raises(ValueError, match="no reason is known"):
        equations.untagged_table(tmp_path)


def test_a_reader_s_own_copies_are_no_chapters(tmp_path):
    shutil.copy(CHAPTER_02, tmp_path / "02_output_layer_gradients.yours-1.ipynb")
    with pytest.raises(ValueError, match=f"no chapter lies in {tmp_path}"):
        equations.read_book(tmp_path)


def test_a_folder_without_chapters_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for reader in (equations.read_book, equations.untagged_table):
        with pytest.raises(ValueError, match=f"folder: got '.', and no chapter lies in {tmp_path}"):
            reader()


def test_one_equation_taken_apart():
    latex = r"-\frac{\partial E}{\partial y_j} = \sum_l (r_l - z_l)\, w_{lj} \quad j \ge 1"
    assert equations.outline(latex).splitlines()[:6] == [
        "side 1",
        "  minus",
        "    the slope of E, y_j moved",
        "side 2",
        "  added up over l:",
        "    the product of",
    ]
    assert "sigma prime of" in equations.outline(r"y_i = \sigma'(\hat y_i)")
    assert "sigma of" in equations.outline(r"y_i = \sigma(\hat y_i)")
    assert equations.ranges(latex).splitlines() == [
        "j: free, over hidden units, 1 to H",
        "l: summed, over classes, 1 to K",
    ]


def test_the_sides_at_one_index_are_numbers_of_one_network():
    left, right = equations.values_at(r"-\frac{\partial E}{\partial \hat z_j} = r_j - z_j", {"j": 2})
    assert left == pytest.approx(right, rel=1e-6)
    assert left != right, "the left side is measured, so it has noise"
    left, right = equations.values_at(r"-\frac{\partial E}{\partial \hat z_j} = r_j + z_j", {"j": 2})
    assert abs(left - right) > 1e-3


@pytest.mark.parametrize(
    ("latex", "indices", "message"),
    [
        (r"z_i w_{ij} = 1", {"i": 1}, r"indices: got {'i': 1}; expected a value for i, j"),
        (r"z_i = 1", {}, "indices: got {}; expected a value for i"),
        (r"z_i = 1", {"i": 1, "j": 2}, "expected a value for i"),
        (r"E = 1", {"i": 1}, "expected a value for no letter"),
        (r"\tanh(t) = 1", {}, "expected a value for t"),
        (r"z_i = 1", {"i": 0}, "indices: got i = 0; expected a whole number from 1 to 4"),
        (r"z_i = 1", {"i": -1}, "indices: got i = -1; expected"),
        (r"z_i = 1", {"i": 5}, "indices: got i = 5; expected"),
        (r"z_i = 1", {"i": 1.0}, "indices: got i = 1.0; expected a whole number"),
        (r"\mathbf z = \mathbf r", {}, r"expected an equation between numbers of one example"),
        (r"E = \frac{1}{B} E", {}, r"expected an equation between numbers of one example"),
        (r"z_i = p_i", {"i": 1}, "use: p_i is not in the table of letters"),
        (r"\text{assume } \sum_l r_l = 1", {}, "use: an assumption has no sides"),
    ],
)
def test_what_has_no_values_is_refused_in_words(latex, indices, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        equations.values_at(latex, indices)


def test_an_equation_in_t_has_values_where_t_has_one():
    assert equations.values_at(r"\tanh(t) = t", {"t": 0.5}) == (pytest.approx(0.46211715726), 0.5)


@pytest.mark.parametrize("function", [equations.ranges, lambda latex: equations.values_at(latex, {"i": 1})])
def test_what_has_no_one_meaning_is_a_value_error_that_is_public(function):
    with pytest.raises(equations.EquationMeaningError, match=r"^use: p_i is not in the table") as refusal:
        function(r"z_i = p_i")
    assert isinstance(refusal.value, ValueError)
    assert (refusal.value.kind, refusal.value.span) == ("use", (6, 9))


def test_of_entries_that_are_equally_false_the_first_is_named():
    slip = (
        r"-\nabla_{\mathbf V} E = "
        r"\big((\nabla_{\mathbf y} E) \odot \sigma'(\hat{\mathbf y})\big)\, [1, \mathbf x^T]"
    )
    verdict = equations.check_equation(slip)
    assert "in row 1, column 0" in verdict.message
    assert verdict.deviation == pytest.approx(2, abs=1e-6)


def test_a_display_is_shown_with_its_verdict():
    page = equations.shown(equations.read_book(CHAPTERS)["2.7"])
    assert page._repr_markdown_().startswith(
        r"$$-\frac{\partial E}{\partial \hat z_i} = r_i - z_i \tag{2.7}$$"
    )
    assert repr(page) == "(2.7) holds; it needs: the targets add up to 1."


def test_two_displays_are_shown_one_below_the_other():
    one, other = equations.read_chapter(CHAPTER_02)[4:6]
    page = equations.shown(one, other)
    assert page.markdown == f"{equations.shown(one).markdown}\n\n{equations.shown(other).markdown}"
    assert page.plain.splitlines() == [equations.shown(one).plain, equations.shown(other).plain]


def test_a_page_is_folded_away_and_is_the_same_in_plain_words():
    page = equations.shown(equations.read_book(CHAPTERS)["2.7"])
    folded = page.folded("Open it.")
    assert folded.markdown == f"<details><summary>Open it.</summary>\n\n{page.markdown}\n\n</details>"
    assert repr(folded) == repr(page)


def test_lines_that_are_played_stand_one_below_the_other_and_are_no_displays():
    shown = equations.as_played("a = b", "b = c")
    assert [line for line in shown.splitlines() if line.startswith("> ")] == [
        r"> $\displaystyle a = b$",
        r"> $\displaystyle b = c$",
    ]
    assert "$$" not in shown


# ---------------------------------------------------------------- the table of the notes

NOTES = CHAPTERS / "notes" / "lines.md"


def test_the_table_of_the_notes_says_what_the_book_and_the_list_say():
    book = equations.read_book(CHAPTERS)
    page = equations.notes_table(book, NOTES)
    found = {line: rest for line, *rest in map(cells, page.markdown.splitlines()[2:])}
    assert list(found) == list(LINES)
    for line, (formulas, verdict, letters) in found.items():
        assert re.findall(r"\((\d+\.\d+)\)", re.sub(r"\$[^$]*\$", "", formulas)) == list(LINES[line])
        assert f"| {verdict} | {letters} |" in NOTES.read_text(encoding="utf-8")
        for tag in LINES[line]:
            assert f"{tables._formula(book[tag])}$ ({tag})" in formulas
    assert page.plain == "30 lines of the notes: 13 right, 13 mended, 3 completed, 1 struck out."


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("| S1 | 1.1 |", "| S1 | 8.8 |", "S1: the book does not hold (8.8)"),
        ("| completed: the range |", "| the range |", "S14: 'the range' begins with none of right, mended"),
    ],
)
def test_a_table_of_the_notes_that_is_not_one_is_refused(tmp_path, old, new, message):
    text = NOTES.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "lines.md"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(message)):
        equations.notes_table(equations.read_book(CHAPTERS), path)


def test_what_is_too_dear_for_values_is_refused_as_any_other_value_is():
    letters = "abcijklmn"
    product = " ".join(rf"\sum_{letter} z_{letter}" for letter in letters)
    with pytest.raises(ValueError, match="evaluations"):
        equations.values_at(f"E = {product}", {})
