"""One letter, one role: what an index letter counts in a display is what the table of chapter 00 says."""

import re

import pytest
from book_equations import CHAPTER_OF, equation, written
from letter_roles import MAIN_ROAD, ROLES, SUMMED, WORDS, of_text, out_of_role, roles_in, text_of

from mlp_core.equations.chapters import CODE, displays, read_chapter
from mlp_core.equations.language import tree
from mlp_core.equations.language.notation import INDEX_LETTERS
from mlp_core.equations.reading import equation as reading

# ---------------------------------------------------------------- the table


def test_the_table_gives_each_thing_that_is_counted_its_letters():
    assert {size for size, _ in ROLES.values()} == set(WORDS.values())
    assert set(ROLES) <= set(INDEX_LETTERS)


@pytest.mark.parametrize(
    ("row", "roles"),
    [
        ("| $i$, $k$, and $l$ where summed | classes |", {"i": "K", "k": "K", "l": SUMMED}),
        ("| $i$, $k$; $l$ in a sum | classes | 1 | $K$ |", {"i": "K", "k": "K", "l": SUMMED}),
        ("| $l$ | classes, wherever it is summed | 1 to $K$ |", {"l": SUMMED}),
        ("| $j$, a second one $n$ | hidden units |", {"j": "H", "n": "H"}),
        ("| $^{(k)}$ | layers |\n| $h$ | the step of a difference |", {}),
    ],
)
def test_a_row_of_the_table_is_read(row, roles):
    other = "| letter | what it is |\n| --- | --- |\n| $x$ | inputs |\n\n"
    found = roles_in(f"{other}| index | what it counts |\n| --- | :---: |\n{row}\n\n| $q$ | inputs |")
    assert {letter: role or size for letter, (size, role) in found.items()} == roles


# ---------------------------------------------------------------- what a letter counts


def of_display(found):
    """Return {(letter, size, "summed" or "")} of a tagged display, as the checker infers it."""
    if found.tree.assumed:
        return of_text(found.latex)
    equation_, own = found.tree, found.context.definitions
    if reading.defines(equation_):
        equation_ = tree.Equation(equation_.sides[1:], ())
    read_ = reading.read(equation_, own)
    totals = [n for side in read_.equation.sides for n in side.walk() if isinstance(n, tree.Total)]
    free = {(letter, there.size, "") for letter, there in read_.ranges.items()}
    return free | {(total.index, total.range.size, SUMMED) for total in totals}


@pytest.mark.parametrize("tag", [tag for tag, name in CHAPTER_OF.items() if "00" <= name[:2] <= "07"])
def test_each_index_letter_of_a_display_has_the_role_of_the_table(tag):
    found = equation(tag)
    assert not list(out_of_role(of_display(found))), f"({tag}) in {found.cell}: {found.latex}"


def unparsed(path):
    """Return (formula, whether in a sentence) of all that bears no number: displays and inline formulas."""
    alone = [(latex, False) for _, latex in displays(path) if r"\tag" not in latex]
    text = re.sub(r"\$\$.+?\$\$", " ", CODE.sub(" ", text_of(path)), flags=re.S)
    return alone + [(latex, True) for latex in re.findall(r"\$([^$]+)\$", text)]


@pytest.mark.parametrize("path", MAIN_ROAD, ids=lambda path: path.name[:2])
def test_each_index_letter_of_a_sentence_has_the_role_of_the_table(path):
    wrong = [
        f"{latex}: {words}"
        for latex, in_a_sentence in unparsed(path)
        for words in out_of_role(of_text(latex), in_a_sentence=in_a_sentence)
    ]
    assert not wrong


# ---------------------------------------------------------------- that it can fail

DISPLAYS = {  # what keeps the roles -> (a slip of one letter, what is said of it)
    r"\hat y_j := \sum_{m=0}^{D} v_{jm}\, x_m": (
        ("j", "i"),
        "i counts hidden units, and classes in the table",
    ),
    r"z_i := \frac{e^{\hat z_i}}{\sum_l e^{\hat z_l}}": (("i", "j"), "j counts classes, and hidden units in"),
    r"\frac{\partial z_i}{\partial \hat z_k} = z_i(\delta_{ik} - z_k)": (
        ("k", "l"),
        "l is not summed, and is",
    ),
    r"\mathbf u^T \mathbf z = \sum_l u_l z_l": (("_l", "_p"), "p counts classes, and is not in the table"),
    r"p_k := e^{\hat z_k}": (("k", "m"), "m counts classes, and inputs in the table"),
    r"c := \max_l \hat z_l": (("_l", "_b"), "b counts classes, and examples of the batch in the table"),
    r"-\frac{\partial E}{\partial v_{jm}} = \Big(\sum_l (r_l - z_l) w_{lj}\Big) \sigma'(\hat y_j) x_m": (
        ("jm", "jb"),
        "b counts inputs, and examples of the batch in the table",
    ),
    r"\text{assume } \sum_l r_l = 1": (("_l", "_n"), "n counts classes, and hidden units in the table"),
}


@pytest.mark.parametrize(("latex", "slip"), DISPLAYS.items(), ids=DISPLAYS)
def test_a_letter_out_of_its_role_is_seen(latex, slip, tmp_path):
    (old, new), said = slip
    right, wrong = (rf"$${text} \tag{{5.1}}$$" for text in (latex, latex.replace(old, new)))
    assert not list(out_of_role(of_display(read_chapter(written(tmp_path, a=[right]))[0])))
    (first, *_) = out_of_role(of_display(read_chapter(written(tmp_path, a=[wrong]))[0]))
    assert first.startswith(said)


def test_a_letter_of_the_author_s_own_keeps_the_role_of_what_it_stands_for(tmp_path):
    path = written(
        tmp_path, a=[r"$$p_i := e^{\hat z_i} \tag{1.1}$$", r"$$\sum_l p_l = e^{\hat z_j} \tag{1.2}$$"]
    )
    first, second = read_chapter(path)
    assert of_display(first) == {("i", "K", "")}
    assert list(out_of_role(of_display(second))) == ["j counts classes, and hidden units in the table"]


def test_what_bears_no_number_is_read_too(tmp_path):
    text = (
        r"Of $w_{lj}$, $\hat{z}_k$ and $x_m$. $$\text{mean of } \hat y_j^2 = N \cdot \text{mean of } y_n^2$$"
    )
    for old, new, said in (
        ("", "", []),
        (r"\hat{z}_k", r"\hat{z}_j", ["j counts classes, and hidden units in the table"]),
        (r"\hat{z}_k", r"z_{bk}", []),
        (r"\hat{z}_k", r"z_{mk}", ["m counts examples of the batch, and inputs in the table"]),
        ("x_m", "x_j", ["j counts inputs, and hidden units in the table"]),
        ("y_n", "y_i", ["i counts hidden units, and classes in the table"]),
        (r"\hat y_j^2", r"\sum_l r_l w_{ij}", []),
        (r"\hat y_j^2", r"r_l w_{ij}", ["l is not summed, and is for sums alone in the table"]),
    ):
        path = written(tmp_path, a=[text.replace(old, new)])
        formulas = unparsed(path)
        assert len(formulas) == 4
        assert [
            words for latex, inline in formulas for words in out_of_role(of_text(latex), in_a_sentence=inline)
        ] == said
