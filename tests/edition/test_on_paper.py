"""What a chapter says otherwise on paper: lines that would be missing, calls, our lines, formulas."""

import pytest

from mlp_core.exercises.registry import exercise_of
from tools.chapter_text import chapter_paths
from tools.edition.parts import Code, Picture, Text, parts
from tools.edition.plain_formulas import set_formulas
from tools.edition.print import on_paper, volume
from tools.links import places


@pytest.fixture(scope="module")
def chapters():
    """{number: its parts}."""
    return {path.name[:2]: parts(path) for path in chapter_paths()}


def names_without_a_line(found, kept):
    """The names that code on paper reads, and that only code which is left out has given."""
    given, shown, missing = set(), set(), set()
    for part in found:
        if not isinstance(part, Code) or part.exercise:
            continue
        source = kept.get(part.cell, "") if part.hidden else part.source
        for line in on_paper.ast.parse(source).body:
            read, made = on_paper._names(line)
            missing |= (read & given) - shown
            shown |= made
        for line in on_paper.ast.parse(part.source).body:
            given |= on_paper._names(line)[1]
    return missing


def test_code_on_paper_reads_no_name_that_stands_nowhere(chapters):
    for number, found in chapters.items():
        assert names_without_a_line(found, on_paper.needed(found)) == set(), number
    assert names_without_a_line(chapters["02"], {}) == {"J"}  # without the lines that are kept


def test_of_a_hidden_cell_only_lines_that_others_read_are_kept():
    hidden = Code("a", "n = 2\nJ = n * z\ntold = f'{J}'\nhalf = 1\nguess(told)", hidden=True)
    found = [Code("z", "z = 1"), hidden, Code("b", "half = 3\nprint(half, [n for n in z], J)")]
    assert on_paper.needed(found) == {"a": "n = 2\nJ = n * z"}
    assert on_paper.needed([hidden, Code("b", "J = 2\nprint(J)")]) == {}


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        ("pictures.bars(z)", True),
        ("from mlp_core.explorers import Pad\n\nPad()", True),
        ("import numpy as np\npictures.bars(z)", False),
        ("pad = Pad()\npad", False),
    ],
)
def test_a_call_that_only_draws_is_left_out(source, is_one):
    picture = Picture("a", b"", "bars", 10)
    assert on_paper.is_drawing(Code("a", source), picture) == is_one
    assert not on_paper.is_drawing(Code("a", source), None)


def test_each_explorer_says_what_to_do_on_paper(chapters):
    shown = {
        (number, part.explorer)
        for number, found in chapters.items()
        for part in found
        if isinstance(part, Picture) and part.explorer
    }
    assert shown == set(on_paper.EXPLORERS)


def test_our_own_lines_stand_with_the_solution(tmp_path):
    paths = chapter_paths()
    where = places(paths)
    moved = {}
    for path in paths:
        chapter = volume.chapter_of(path, tmp_path, where)
        moved |= {number: text for number, text in chapter.solutions.items() if "**Our" in text}
        assert "<summary>" not in "".join(chapter.blocks)
        assert chapter.number != "02" or "def output_delta_from_output" not in "".join(chapter.blocks)
    assert list(moved) == ["2.3", "3.2", "3.4", "5.5"]
    assert "def output_delta_from_output" in moved["2.3"]


def test_latex_is_a_formula_and_no_line_of_code():
    source = 'lines = (\n    r"\\frac{a}{b}"\n    r" = c"\n)\nsurvives = "b2"'
    assert on_paper.without_latex(source) == 'survives = "b2"'
    assert volume.typeset(source) == [r"$$\begin{aligned}\frac{a}{b} &= c\end{aligned}$$"]


def test_a_formula_in_code_is_a_formula():
    assert on_paper.as_formulas("`∂E/∂ẑ_i = (δ_li − z_i)`, `a`") == (
        r"$\partial E/\partial \hat z_i = (\delta _{li} - z_i)$, `a`"
    )


def test_a_table_of_very_many_lines_ends_after_a_few():
    long, short = "| a |\n" * 61, "| a |\n" * 60
    assert on_paper.shortened(short) == short
    assert on_paper.shortened(long) == "| a |\n" * 12 + "\n*And 49 more, in the running book.*\n"


@pytest.mark.parametrize(
    ("words", "formulas"),
    [
        ("z_hat_i is z_hat_k", r"$\hat z_{i}$ is $\hat z_{k}$"),
        ("a pull r - z, (r - z)/B", "a pull $r - z$, $(r - z)/B$"),
        ("E = -log z, and E is", r"$E = -\log z$, and $E$ is"),
        ("y(1 - y) and V(1, x)", "$y(1 - y)$ and $V(1, x)$"),
        ("a + b and a cost t²/2", "$a + b$ and a cost $t^2/2$"),
        (r"r − z\_0 for y\_i", "$r - z_{0}$ for $y_{i}$"),
        ("I add A 1 to 2, `z`, $z$ and M.T @ x[i]", "I add A 1 to 2, `z`, $z$ and M.T @ x[i]"),
        ("ReLU's [(2.7)](#eq-2-7) $$z$$", "ReLU's [(2.7)](#eq-2-7) $$z$$"),
    ],
)
def test_formulas_among_words_are_set(words, formulas):
    assert set_formulas(words) == formulas


def test_answers_to_guesses_have_their_formulas_set(chapters):
    told = [part.markdown for found in chapters.values() for part in found if isinstance(part, Text)]
    answers = [text for text in told if volume.ANSWERED in text]
    assert len(answers) > 50
    assert any("r − z is" in text for text in answers)
    assert not any("r − z is" in set_formulas(text) for text in answers)


@pytest.mark.parametrize(
    ("number", "pencil"), [("0.1", True), ("2.5", True), ("5.4", True), ("2.3", False), ("6.3", False)]
)
def test_an_exercise_for_a_pencil_is_marked(number, pencil):
    assert volume.is_for_a_pencil(exercise_of(number).solution) == pencil
