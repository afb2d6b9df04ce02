"""A line in the letters of another book is judged in that book's terms, and answered in both."""

import tomllib
from pathlib import Path

import pytest

from mlp_core.equations import EquationSyntaxError, check_derivation, check_equation
from mlp_core.equations.language.notation import NOTATION
from mlp_core.equations.spelling.notations import NOTATIONS, notation_called
from mlp_core.equations.spelling.notations.answers import in_letters_of

LINES = tomllib.loads((Path(__file__).parent / "lines_of_other_books.toml").read_text(encoding="utf-8"))
PAIRS = [(name, line["true"], line["false"]) for name, lines in LINES.items() for line in lines]


@pytest.mark.parametrize(("name", "true", "false"), PAIRS, ids=[f"{p[0]} {p[1]}" for p in PAIRS])
def test_a_line_of_another_book_is_judged_in_its_terms(name, true, false):
    verdict = check_equation(true, notation=name)
    assert verdict.holds, verdict
    assert verdict.read_as
    verdict = check_equation(false, notation=name)
    assert not verdict.holds
    assert verdict.slip in ("value", "shape", "range")
    assert verdict.read_as


def test_each_notation_is_tried():
    assert set(LINES) == set(NOTATIONS)
    for one in NOTATIONS.values():
        assert one.source
        assert {meaning.quantity for meaning in one.rows.values()} <= {row.node for row in NOTATION}


def test_a_layer_l_is_every_layer_that_this_book_s_network_has():
    both = check_equation(r"z^l = w^l a^{l-1} + b^l", notation="nielsen").read_as
    assert both == (
        r"\hat{\mathbf y} = \mathbf V_{:,1:}\, \mathbf x + \mathbf V_{:,0}"
        r" and \hat{\mathbf z} = \mathbf W_{:,1:}\, \mathbf y + \mathbf W_{:,0}"
    )
    hidden = check_equation(r"a^l = \sigma(z^l)", notation="nielsen").read_as
    assert hidden == r"\mathbf y = \sigma\left(\hat{\mathbf y}\right)"
    # Of the hidden layer it is true, of the last one false.
    verdict = check_equation(r"\frac{\partial C}{\partial a^l_j} = (w^L_{1j} - w^L_{1j})", notation="nielsen")
    assert not verdict.holds


@pytest.mark.parametrize(
    ("latex", "said"),
    {
        r"\delta^L = \nabla_a C \odot \sigma'(z^L)": "of it. Write",
        r"\delta^L_j = \frac{\partial C}{\partial a^L_j} \sigma'(z^L_j)": "the output layer here is",
        r"C = \frac{1}{2} \sum_j (y_j - a^L_j)^2": "the quadratic cost and that of sigmoid outputs",
        r"C = \frac{1}{2} \|y - a^L\|^2": "the quadratic cost and that of sigmoid outputs",
        r"C = -\sum_j [y_j \ln a^L_j + (1 - y_j) \ln (1 - a^L_j)]": "the quadratic cost and that of sigmoid",
    }.items(),
)
def test_what_is_said_of_another_network_is_refused_with_a_sentence(latex, said):
    verdict = check_equation(latex, notation="nielsen")
    assert (verdict.holds, verdict.slip) == (False, "use")
    assert said in verdict.message


@pytest.mark.parametrize(
    ("name", "latex", "said"),
    [
        ("nielsen", r"z_j = 1", r"which layer? write z^L, z^{L-1}, or z^l"),
        ("nielsen", r"a^{L+1} = y", "there are the layers L, L-1 and L-2 here"),
        ("nielsen", r"r^L = y", "r^L is no letter of this notation: a^L-2"),
        ("prince", r"\mathbf f_3 = \mathbf y", "there is no f_3 in this network"),
        ("d2l", r"q_i = o_i", "q is no letter of this notation: x, z, h, o"),
        ("goodfellow", r"J_i = 1", "how wrong it is is one number"),
        ("pytorch", r"weight_i = 1", "it has 2 indices, here 1"),
    ],
)
def test_what_is_no_letter_there_is_named(name, latex, said):
    with pytest.raises(EquationSyntaxError) as refusal:
        check_equation(latex, notation=name)
    assert said in str(refusal.value)


def test_the_mend_is_told_in_the_letters_that_were_asked_in_and_the_reading_in_the_book_s():
    verdict = check_derivation(r"\delta^L = y - a^L", notation="nielsen")
    assert verdict.mend == "true with a minus before y - a^L"
    assert verdict.read_as == r"\nabla_{\hat{\mathbf z}} E = \mathbf r - \mathbf z"
    verdict = check_derivation(r"\text{logits.grad} = \text{target} - \text{probs}", notation="pytorch")
    assert verdict.mend == r"true with a minus before \text{target} - \text{probs}"
    latex = r"\frac{\partial C}{\partial w^l_{jk}} = a^{l-1}_j \delta^l_k"
    mend = check_derivation(latex, notation="nielsen").mend
    assert mend == r"true with the indices of w^{L-1}_{jk} exchanged"


OWN = {"p": "z", "o": r"\hat z", "y": "r", "L": "E"}


@pytest.mark.parametrize(
    ("latex", "holds"),
    [
        (r"\frac{\partial L}{\partial o_i} = p_i - y_i", True),
        (r"\frac{\partial L}{\partial o_i} = y_i - p_i", False),
        (r"\mathbf p = \operatorname{softmax}(\mathbf o)", True),
        (r"\mathbf y = \operatorname{softmax}(\mathbf o)", False),
        (r"L = -\sum_i y_i \log p_i", True),
        (r"o_i = \sum_{j=0}^{H} w_{ij} y_j", False),
    ],
)
def test_a_reader_s_own_table_renames_letters_and_leaves_the_others(latex, holds):
    assumed = [r"\text{assume } \sum_l y_l = 1"]
    assert check_equation(latex, after=assumed, notation=OWN).holds is holds


# Printed, and false: (the table of letters, the line, what mends it, where it stands).
PRINTED = [
    (
        {"\\hat y": "z", "o": r"\hat z", "y": "r"},
        r"\frac{\partial \hat y_j}{\partial o_i}=\hat y_i(\delta_{ij}-\hat y_i)",
        r"true with \hat y_j in place of \hat y_i",
        "miaokee.com/1024721.html",
    ),
    (
        {"\\hat y": "z", "z": r"\hat z", "y": "r", "C": "E"},
        r"\frac{\partial C}{\partial z} = y - \hat y",
        r"true with a minus before y - \hat y",
        "stats.stackexchange.com/questions/201914",
    ),
    (
        None,
        r"tanh(z) = \frac{e^z-e^{-z}}{e^z-e^{-z}}",
        "true with a plus in place of the minus before e^{-t}",
        "github.com/weiliu2k/CITS4012, _build/jupyter_execute/notebooks.py",
    ),
]


@pytest.mark.parametrize(("table", "latex", "mend", "source"), PRINTED, ids=[line[3] for line in PRINTED])
def test_a_false_line_that_was_printed_is_found_and_mended_as_it_stands(table, latex, mend, source):
    assumed = rf"\text{{assume }} \sum_l {'y' if table else 'r'}_l = 1"
    verdict = check_derivation(latex, after=[assumed], notation=table)
    assert (verdict.holds, verdict.slip, verdict.mend) == (False, "value", mend)


@pytest.mark.parametrize("table", [{"p": "o"}, {"pp": "z"}, {"p": r"\hat E"}, {"p": ""}])
def test_a_table_that_names_no_letter_is_refused(table):
    with pytest.raises(ValueError, match=r"^notation: got .*; expected a letter for one of the book's"):
        check_equation("E = 1", notation=table)


def test_an_unknown_notation_is_refused():
    known = "nielsen, pytorch, d2l, goodfellow, prince"
    with pytest.raises(
        ValueError, match=f"^notation: got 'bishop'; expected None, a table of letters, or .*{known}"
    ):
        check_equation("E = 1", notation="bishop")


def test_what_is_left_over_is_told_in_the_letters_that_were_asked_in():
    verdict = check_derivation(r"\delta^L = y - a^L", notation="nielsen")
    assert verdict.left_over == r"2\, \left(a^L_i - y_i\right)"
    assert check_equation(r"\delta^L = y - a^L", notation="nielsen").left_over == verdict.left_over


def test_a_hat_in_a_mend_is_another_letter_where_there_are_no_hats():
    line = r"\delta^{L-1} = ((w^L)^T \delta^L) \odot \sigma'(%s)"
    assert check_derivation(line % "z^{L-1}", notation="nielsen").holds
    verdict = check_derivation(line % "a^{L-1}", notation="nielsen")
    assert verdict.mend == "true with z^{L-1} in place of a^{L-1}"
    gone = in_letters_of(notation_called("nielsen"), r"without the hat of \hat y_j; with a hat on y_j")
    assert gone == "with a^{L-1}_j in place of z^{L-1}_j; with z^{L-1}_j in place of a^{L-1}_j"


def test_an_entry_of_what_has_its_layer_below_it_is_bracketed():
    said = in_letters_of(notation_called("prince"), r"w_{lj}\, \hat y_j - z_l")
    assert said == r"[\Omega_1]_{lj}\, [f_0]_j - z_l"


def test_of_an_elementwise_last_layer_its_author_has_to_say_so():
    said = [r"\text{assume the last layer is elementwise}"]
    for true, false in (
        (r"\delta^L = \nabla_a C \odot \sigma'(z^L)", r"\delta^L = \nabla_a C \odot \sigma(z^L)"),
        (r"\delta^L = \Sigma'(z^L) \nabla_a C", r"\delta^L = -\Sigma'(z^L) \nabla_a C"),
        (
            r"\delta^L_j = \frac{\partial C}{\partial a^L_j} \sigma'(z^L_j)",
            r"\delta^L_j = \frac{\partial C}{\partial z^L_j} \sigma'(z^L_j)",
        ),
    ):
        assert check_equation(true, after=said, notation="nielsen").holds
        assert not check_equation(false, after=said, notation="nielsen").holds
        assert not check_equation(true, notation="nielsen").holds
    with pytest.raises(EquationSyntaxError, match="any cost here"):
        check_equation(r"\delta^L = a^L - y", after=said, notation="nielsen")


def test_a_mean_over_the_examples_is_that_of_one():
    line = r"\frac{\partial C}{\partial w^L_{jk}} = \frac{1}{n} \sum_x a^{L-1}_k (a^L_j - y_j)"
    assert check_equation(line, notation="nielsen").holds
    assert not check_equation(line.replace("- y", "+ y"), notation="nielsen").holds
