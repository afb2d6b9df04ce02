"""A reader's own line: each spelling of the table is read with one meaning; a guess is refused."""

import html
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from book_equations import equations

from mlp_core.equations import (
    EquationSyntaxError,
    check_derivation,
    check_equation,
    notations_table,
    spelling,
    spellings_table,
)
from mlp_core.equations.checking import check
from mlp_core.equations.context import Context
from mlp_core.equations.language.parser import parse
from mlp_core.equations.language.writer import write
from mlp_core.equations.slips.edits import edits
from mlp_core.equations.spelling.forms import FORMS
from mlp_core.equations.spelling.hints import ADVICE, HINTS, advice_on
from mlp_core.equations.spelling.lines import read_widely
from mlp_core.equations.spelling.notations import NOTATIONS
from mlp_core.equations.spelling.readings import GUESSED, stated_by

READERS = tomllib.loads((Path(__file__).parent / "lines_of_readers.toml").read_text(encoding="utf-8"))
SUM = r"\text{assume } \sum_l r_l = 1"
FALSE_TWINS = {
    "operator": r"\frac{\partial}{\partial \hat z_j} z_i = z_i (\delta_{ij} + z_j)",
    "partial by a subscript": r"\partial_{z_i} E = \frac{r_i}{z_i}",
    "partial on one line": r"\partial E / \partial z_i = \frac{r_i}{z_i}",
    "d for a derivative": r"\frac{dE}{dz_i} = -\frac{z_i}{r_i}",
    "product under a derivative": r"\frac{\partial r_i \log z_i}{\partial z_i} = \frac{1}{z_i}",
    "twice a derivative": r"\frac{\partial^2 E}{\partial z_i^2} = -\frac{r_i}{z_i^2}",
    "gradient as a fraction": r"\frac{\partial E}{\partial \mathbf y} = "
    r"-\mathbf W_{:,1:}^T \nabla_{\hat{\mathbf z}} E",
    "Jacobian": r"\frac{\partial \hat{\mathbf z}}{\partial \mathbf y} = \mathbf W_{:,1:}^T",
    "reach of a function": r"\log z_i = \hat z_i + \log \sum_l e^{\hat z_l}",
    "braces of a function": r"\exp{\hat z_i} = z_i \sum_l \exp{z_l}",
    "power of a function": r"\frac{\partial \tanh t}{\partial t} = 1 + \tanh^2 t",
    "curly brackets": r"\operatorname{ReLU}(t) = \max\{1, t\}",
    "brackets of max": r"\max_l \{z_l\} \le z_i",
    "largest of a column": r"\max(\mathbf z) \le z_i",
    "largest of one number": r"\max(z_i) \le z_i",
    "name of a function": r"\mathbf r = \text{Softmax}(\hat{\mathbf z})",
    "composed functions": r"\log z_i = \hat z_i + \operatorname{logsumexp}(\hat{\mathbf z})",
    "entry of a function": r"z_i = \operatorname{softmax}(\mathbf z)_i",
    "ln": r"E = \sum_l r_l \ln z_l",
    "slash": r"z_i = e^{z_i} / \sum_l e^{\hat z_l}",
    "root": r"z_i = \sqrt{z_i}",
    "square of a length": r"\|\mathbf z\|^2 = \sum_l z_l",
    "product over an index": r"e^{E} = \prod_l z_l^{r_l}",
    "E of its arguments": r"E(\mathbf r, \mathbf z) = \sum_l r_l \log z_l",
    "sign of an argument": r"\operatorname{ReLU}(t) = \begin{cases} t & t \ge 0 \\ 1 & t < 0 \end{cases}",
    "any constant": r"z_i = \frac{c + e^{\hat z_i}}{c + \sum_l e^{\hat z_l}}",
    "max inside a sum": r"z_i = \frac{e^{\hat z_i - \max_l z_l}}{\sum_l e^{\hat z_l - \max_l \hat z_l}}",
    "circle": r"\mathbf z \circ \mathbf r = \mathbf r \odot \mathbf r",
    "second gradient": r"\nabla^2_{\hat{\mathbf z}} E = "
    r"\operatorname{diag}(\mathbf z) + \mathbf z \mathbf z^T",
    "condition below a letter": r"\frac{\partial z_{k \ne i}}{\partial \hat z_i} = z_k z_i",
    "if and else": r"\operatorname{ReLU}(t) = t \text{ if } t > 0 \text{ else } 1",
    "one-hot target": r"\frac{\partial E}{\partial \hat z_k} = z_k + 1 \quad \text{if } r_k = 1",
    "sum over a batch": r"\nabla_{\hat{\mathbf Z}} E = \mathbf R - \mathbf Z "
    r"\quad \text{if } E \text{ is summed over the batch}",
    "word for an index": r"\log z_{\text{true}} = \hat z_{\text{true}} + \log \sum_l e^{\hat z_l}",
    "what is said in words": r"\nabla_{\hat{\mathbf z}} E = (\mathbf r - \mathbf z)^T "
    r"\quad \text{gradients are rows}",
    "minus behind a dot": r"\log z_i = 1 \cdot -\log z_i",
    "prime behind brackets": r"\left(1 + e^{-t}\right)' = e^{-t}",
    "space of a line": r"\mathbf z = \operatorname{softmax}(\hat{\mathbf z}) \in \mathbb{R}^H",
    "several equations": r"E = -\sum_l r_l \log z_l, \quad \frac{\partial E}{\partial z_i} = \frac{r_i}{z_i}",
    "gradient of a number": r"\nabla_{\hat{\mathbf z}} \log z_k = "
    r"\nabla_{\hat{\mathbf z}} \left( \hat z_k + \log\left(\sum_l e^{\hat z_l}\right) \right)",
    "unit column": r"\mathbf z \odot \mathbf e_k = r_k \mathbf e_k",
    "sign of an expression": r"\operatorname{ReLU}(\hat y_j) = "
    r"\begin{cases} \hat y_j & \hat y_j < 0 \\ 0 & \hat y_j \ge 0 \end{cases}",
    "wide space": r"z_i = \frac{1}{\sum_l e^{\hat z_l}} \quad \left[ e^{z_i} \right]",
    "letter that is said behind": r"z_i = \frac{e^{\hat z_i - m}}{\sum_l e^{\hat z_l}}, "
    r"\quad m = \max_k \hat z_k",
    "name of a line": r"\delta_i = \frac{\partial E}{\partial \hat z_i} = r_i - z_i",
    "row of a matrix": r"\nabla_{\mathbf w_i} E = (r_i - z_i) \mathbf y",
    "inner product": r"E = \langle \mathbf r, \log \mathbf z \rangle",
    "letter of one's own": r"\bar z + z_i = \frac{e^{\hat z_i}}{\sum_l e^{\hat z_l}}",
    "written out with dots": r"\mathbf z = \frac{1}{\sum_l e^{\hat z_l}} "
    r"\begin{bmatrix} e^{z_1} \\ \vdots \\ e^{z_K} \end{bmatrix}",
    "Jacobian by its letter": r"J_{\hat{\mathbf z}} \mathbf z = "
    r"\operatorname{diag}(\mathbf z) + \mathbf z \mathbf z^T",
    "a batch by its examples": r"\frac{\partial E}{\partial w_{ij}} = "
    r"\frac{1}{B} \sum_{n=1}^{B} (r_{ni} - z_{ni}) y_{nj}",
    "times": r"z_i \times r_i = z_i * z_i",
    "dot of two columns": r"E = \mathbf r \cdot \log \mathbf z",
    "dots": r"\hat z_i = w_{i1} y_1 + \cdots + w_{iH} y_H",
    "signs": r"z_i \geqslant \max_l z_l",
    "limits": r"\sum_l^K z_l = 2",
    "sum over two": r"\sum_{i,k} z_i r_k = 2",
    "minus under a sum": r"E = \sum_l -z_l \log z_l",
    "all but one": r"\sum_{k \ne i} z_k = 1 + z_i",
    "another letter for a size": r"\sum_{c=1}^{C} z_c = 2",
    "delta": r"\frac{\partial z_i}{\partial \hat z_j} = z_i (\delta_i^j + z_j)",
    "indicator": r"\frac{\partial z_i}{\partial \hat z_j} = z_i (1_{i \ne j} - z_j)",
    "cases of indices": r"\frac{\partial z_i}{\partial \hat z_j} = "
    r"\begin{cases} z_i (1 - z_i) & i = j \\ z_i z_j & i \ne j \end{cases}",
    "otherwise": r"\operatorname{ReLU}(t) = "
    r"\begin{cases} 0 & \text{if } t > 0 \\ t & \text{otherwise} \end{cases}",
    "cases without their name": r"\operatorname{ReLU}(t) = "
    r"\left\{ \begin{array}{ll} 0 & t > 0 \\ t & t \le 0 \end{array} \right.",
    "zero for a column": r"\operatorname{diag}(\mathbf z)\, \mathbf 1 - \mathbf r = 0",
    "primed index": r"z_k = \frac{e^{\hat z_k}}{\sum_{k'} e^{z_{k'}}}",
    "softmax of one number": r"r_i = \operatorname{softmax}(\hat z_i)",
    "frames": r"\frac{\partial E}{\partial z_i} = \boxed{\frac{r_i}{z_i}}",
    "identity": r"\operatorname{diag}(\mathbf z) = \mathbf I \operatorname{diag}(\mathbf r)",
    "sum behind 0": r"\hat z_i = \sum_{j > 0} w_{ij} y_j",
    "bar with a condition": r"\left. \frac{\partial z_i}{\partial \hat z_j} \right|_{i \ne j} = z_i z_j",
    "function of its variable": r"\frac{d \sigma}{dt} = 1 + \sigma(t)^2 \quad \sigma = \tanh",
    "matrix": r"\hat{\mathbf z} = \mathbf W \begin{bmatrix} 2 \\ \mathbf y \end{bmatrix}",
    "column 0": r"\hat{\mathbf z} = \mathbf W_{:,1:} \mathbf y - \mathbf W_{:,0}",
    "i = j": r"\frac{\partial z_i}{\partial \hat z_j} = z_i (1 - z_i) \quad \text{if } i \ne j",
    "words of a condition": r"\frac{\partial z_i}{\partial \hat z_j} = -z_i z_j, \quad \text{for } i = j",
    "brackets of a condition": r"\frac{\partial z_i}{\partial \hat z_j} = z_i z_j \quad (i \ne j)",
    "range of an index": r"\frac{\partial E}{\partial z_i} = \frac{r_i}{z_i}, \quad i = 1, \dots, K",
    "braces": r"\frac{\partial E}{\partial {z_i}} = {r_i \over z_i}",
    "accents": r"\boldsymbol{z} = \mathbf W \begin{pmatrix} 1 \\ \mathbf y \end{pmatrix}",
    "entry of a bold letter": r"E = \sum_l \mathbf r_l \log \mathbf z_l",
    "capital with indices": r"\hat z_i = -\sum_j W_{ij} y_j",
    "plain letter for the whole": r"\hat z = \operatorname{softmax}(z)",
    "another argument": r"\tanh(x) = \frac{e^x + e^{-x}}{e^x + e^{-x}}",
    "layers": r"\mathbf y^{[l]} = \mathbf W^{[l]} \begin{pmatrix} 1 \\ \mathbf y^{[l-1]} \end{pmatrix}",
}  # fmt: skip
FORM = {form.name: form for form in FORMS}
SEEN_ELSEWHERE = {"any constant", "i = j", "space of a line"}  # noticed once the line is read, or gone in it


def used_in(latex):
    return frozenset().union(*(stated.used for stated in stated_by(latex, {})))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_each_form_is_read_and_its_line_is_true(form):
    verdict = check_equation(form.example, after=[SUM])
    assert verdict.holds, verdict
    assert verdict.read_as
    if form.name not in SEEN_ELSEWHERE:
        assert used_in(form.example) == {form.name}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_what_a_form_is_read_as_is_of_the_dialect_or_names_what_only_readers_write(form):
    verdict = check_equation(form.example, after=[SUM])
    only_readers = {"Jacobian", "column 0", "sign of an argument", "second gradient", "several equations"}
    only_readers |= {"Jacobian by its letter"}
    if form.name in only_readers:
        return
    again = check(parse(verdict.read_as), Context(assumed=True), verdict.read_as)
    assert again.holds, again


@pytest.mark.parametrize(("name", "latex"), FALSE_TWINS.items(), ids=FALSE_TWINS)
def test_the_false_twin_of_each_form_is_read_and_false(name, latex):
    verdict = check_equation(latex, after=[SUM])
    assert not verdict.holds
    answered = {"any constant", "letter of one's own", "unit column", "row of a matrix"}
    answered |= GUESSED
    assert verdict.slip in (("use",) if name in answered else ("value", "shape")), verdict
    if name not in SEEN_ELSEWHERE:
        assert name in used_in(latex)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_no_form_passes_in_a_chapter(form):
    try:
        verdict = check(parse(form.example), Context(assumed=True), form.example)
    except EquationSyntaxError:
        return
    assert not verdict.holds


def test_each_form_has_a_twin_and_the_reader_asks_for_it_by_name():
    assert set(FALSE_TWINS) == set(FORM)
    source = "\n".join(p.read_text(encoding="utf-8") for p in Path(spelling.__file__).parent.rglob("*.py"))
    asked = set(re.findall(r'\buse(?:d\.add)?\("([^"]+)"\)', source))
    without_tokens = {form.name for form in FORMS if not form.tokens}
    without_tokens -= {"any constant", "primed index", "word for an index"}
    assert without_tokens <= asked <= set(FORM)


# ---------------------------------------------------------------- what the dialect reads keeps its meaning


def test_what_the_chapters_print_is_read_alike_in_both_ways():
    for found in equations():
        equation, used = read_widely(found.latex)
        assert equation == replace(found.tree, tag=None)
        assert used == set()


@pytest.mark.slow
def test_every_slip_is_read_alike_in_both_ways():
    count = 0
    for found in equations():
        for edit in edits(found.tree):
            text = write(edit.equation)
            try:
                strict = parse(text)
            except EquationSyntaxError:
                continue
            count += 1
            by_a_part = re.search(r"\\nabla_\{\\mathbf [VW](\^\{\(k(-1)?\)\})?_\{:,1:\}\}", text)
            if by_a_part:  # which has no meaning in the dialect
                assert not check(strict, found.context, text).holds
            else:
                assert read_widely(text)[0].sides == strict.sides, text
    assert count > 1400


# ---------------------------------------------------------------- what would be a guess

GUESSES = {  # a line that can be read in two ways -> what is said
    r"E = \sum_j^H w_{ij} y_j": r"write \sum_{j=0}^{H} (with the bias) or \sum_{j=1}^{H}",
    r"E = \sum r_l \log z_l": r"what is it summed over? write \sum_i",
    r"E = \sum_{l=1} r_l": r"where does the sum end? write \sum_{l=1}^{K}",
    r"E = \log z_i^2": r"what is raised? write \log(a^n), or (\log a)^n",
    r"E = \log \frac{z_i}{r_i} z_j": r"where does the argument end? write brackets, \log(…)",
    r"E = \log \frac{z_i}{r_i} / r_i": r"where does the argument end?",
    r"E = \tanh^2 t / r_i": r"what is under the slash? write \frac{…}{…}",
    r"E = \frac{\partial}{\partial z_i} E r_i": r"what is differentiated? write it above",
    r"E = \mathbf r * \mathbf z": r"write \odot for entry by entry, \mathbf a^T \mathbf b for one number",
    r"z_i = e^{\hat z_i} / \sum_l e^{\hat z_l} r_i": r"where does the sum under the slash end?",
    r"y_j = 1 \quad \text{if not tanh}": r"this condition is not on the list",
    r"E = z_i_j": r"two subscripts on one letter: write them in one, w_{ij}",
    r"z_i = \mathbf 1\{= i j\}": r"only i = j, i \ne j, t > 0 and t \le 0 are read in an indicator",
    r"y_j = 1 \quad \text{for } \sigma \tanh": r"expected sigmoid, tanh or ReLU",
    r"E = z_i, k": r"this condition is not on the list",
    r"E = \mathbb{E}[r_i]": r"expectations and sets are not read: write the sum out",
    r"E = z_i / r_i z_j": r"write \frac{a}{b} c, or \frac{a}{b c}",
    r"E = z_i / r_i / z_j": r"write \frac{a}{b} c, or \frac{a}{b c}",
    r"E = \frac{\partial}{\partial z_i} (E) z_j": r"what is differentiated? write it above",
    r"E = \frac{\partial}{\partial z_i} E \cdot z_j": r"what is differentiated? write it above",
    r"E = \frac{\partial}{\partial z_i} E \frac{\partial z_i}{\partial \hat z_j}": r"what is differentiated?",
    r"E = \frac{\partial E + z_i}{\partial z_i}": r"with brackets round a sum",
    r"E = \tanh^{-1}(t)": r"is it the inverse, or 1 over it?",
    r"E = {z_i + r_i} z_j": r"braces are not printed: write brackets",
    r"E = \sum_l r_l \odot z_l": r"write brackets round the sum before \odot",
    r"E = z_i + - r_i": r"write brackets round what begins with a minus",
    r"E = \log_2 z_i": r"only the natural logarithm is read: write \frac{\log …}{\log 2}",
    r"E = \|\mathbf z\|": r"only the square of the length is read: write \|a\|^2",
    r"z_i = \begin{cases} 1 & i = j \\ 2 & i = k \\ 3 & \text{otherwise} \end{cases}": "otherwise than",
    r"z_i = r_i, \quad z_j": r"a second equation is a line of its own",
}


@pytest.mark.parametrize(("latex", "said"), GUESSES.items(), ids=GUESSES)
def test_what_would_be_a_guess_is_refused_and_the_reader_told_what_to_write(latex, said):
    with pytest.raises(EquationSyntaxError) as refusal:
        check_equation(latex)
    assert said in str(refusal.value).split("\n")[0]


@pytest.mark.parametrize(("found", "hint"), HINTS.items(), ids=HINTS)
def test_each_hint_is_given(found, hint):
    refusals = []
    for latex in (f"E = {found} E", f"E {found} E", f"E = E {found}", f"{found} E", f"E = E + {found} E"):
        try:
            check_equation(latex)
        except EquationSyntaxError as refusal:
            refusals.append(str(refusal).split("\n")[0])
    assert any(f"cannot stand here: {hint}" in said for said in refusals), refusals


def test_a_place_is_one_in_the_reader_s_own_text():
    latex = "E = -\\sum_l r_l\n  \\ln z_l + \\foo"
    with pytest.raises(EquationSyntaxError) as refusal:
        check_equation(latex)
    assert (refusal.value.line, refusal.value.column) == (2, 13)
    latex = r"\ln{z_i} = \frac{\partial}{\partial y_i} z_i"
    message = check_equation(latex).message
    _, source, mark = message.split("\n")
    assert source == f"    {latex}"
    assert source[mark.index("^") : mark.rindex("^") + 1] == "y_i"


ADVISED = {  # the part of a message that ADVICE knows -> a line that says it
    "not in the table": r"E = o",
    "a number is wanted": r"E = \log(\mathbf z) + \frac{1}{\mathbf z}",
    "does not fit": r"E = \mathbf z \mathbf r",
    "different shapes": r"E = \mathbf z",
    "is a summed letter": r"z_l = \sum_l z_l",
    "in its own sum": r"E = \sum_l z_i",
    "summed twice": r"E = \sum_l z_l \sum_l r_l",
    "runs over classes": r"z_i = y_i",
    "has one index": r"E = z_{ij}",
    "and nothing says": r"\frac{\partial E}{\partial y_j} = y_j",
    "starts at 1": r"E = \sum_j \frac{\partial E}{\partial y_j}",
    "the sum ends at": r"E = \sum_{l=1}^{H} z_l",
    "claims to need": r"z_i = z_i \quad K = 2",
    "the equation has not": r"z_i = r_i \quad j \ge 1",
    "nothing leads from": r"E = \frac{\partial y_i}{\partial z_j}",
    "quantity that can be moved": r"E = \frac{\partial s}{\partial s}",
    "L is not in": r"L = E",
    "no sign can be said": r"\operatorname{ReLU}(t) = t \, 1_{i > 0}",
    "does not run to": r"z_i = r_i, \quad i = 1, \dots, H",
    "delta_k is not in": r"\frac{\partial E}{\partial \hat z_k} = \delta_k",
    "E has no index": r"E_n = E",
    "K × (H+1) and": r"\nabla_{\mathbf W} E = (\mathbf z - \mathbf r) \mathbf y^T",
    "R_bk is not in": r"E = \sum_b \sum_k R_{bk}",
    "d is not in": r"E = d",
    "what a Jacobian is of": r"\frac{dE}{dW} = \frac{dE}{d\hat z} \frac{d\hat z}{dW}",
    "D_j is not in": r"D_j z_i = z_i (\delta_{ij} - z_j)",
    "written out with dots": r"E = \begin{bmatrix} z_1 \\ \vdots \\ z_K \end{bmatrix}",
    "b_i is not in": r"\hat z_i = b_i",
    "is no index letter": r"E = z_t",
    "stands in front of a row": r"E = [2, \mathbf y^T]",
    "is defined above": r"s := E",
    "cannot be assumed": r"\text{assume } K = 2",
    "cannot stand in an equation of": r"\mathbf Z = \mathbf z",
    "nothing says how far": r"E = \sum_l \delta_{ll}",
    "is for arrays": r"z_i = \operatorname{diag}(\hat z_i)",
    "nowhere equal": r"E \ge 0",
    "the cases": r"\operatorname{ReLU}(t) = \begin{cases} t & t > 0 \\ 0 & t > 0 \end{cases}",
}


@pytest.mark.parametrize(("part", "latex"), ADVISED.items(), ids=ADVISED)
def test_a_line_without_one_meaning_is_answered_with_what_to_write(part, latex):
    verdict = check_equation(latex, after=["s := E"])
    assert not verdict.holds
    assert part in verdict.message
    assert verdict.advice == advice_on(verdict.message)
    assert re.search(r"\b(write|leave|define)", verdict.advice)


def test_all_advice_can_be_asked_for():
    given = {check_equation(latex, after=["s := E"]).advice for latex in ADVISED.values()}
    of_letters = {
        r"write \quad <letter> \ge 1 behind it": "j",
        "write the index at a letter too, z_<letter>": "l",
    }
    assert set(of_letters) < {advice for _, advice in ADVICE}
    assert given == {advice.replace("<letter>", of_letters.get(advice, "")) for _, advice in ADVICE}


@pytest.mark.parametrize(
    ("latex", "cure"),
    [
        (r"\frac{\partial E}{\partial x_m} = \sum_j v_{jm}", r"write \quad m \ge 1 behind it"),
        (
            r"\frac{\partial \hat z_i}{\partial w_{ij}} = y_j \delta_{ik}",
            "write the index at a letter too, z_k",
        ),
    ],
)
def test_advice_names_the_letter_that_lacks_its_range(latex, cure):
    assert check_equation(latex).advice == cure


def test_a_missing_condition_quotes_its_cure():
    latex = r"\frac{\partial E}{\partial \hat z_i} = z_i - r_i"
    verdict = check_equation(latex)
    assert verdict.slip == "condition"
    assert r"\quad \text{if } \sum_l r_l = 1 behind it" in verdict.advice
    assert check_equation(latex + r" \quad \text{if } \sum_l r_l = 1").holds
    assert rf'after=[r"{SUM}"]' in verdict.advice
    assert check_equation(latex, after=[SUM]).holds
    of_tanh = r"\sigma'(t) = 1 - \sigma(t)^2"
    cure = r"\quad \sigma = \tanh"
    assert f"write {cure} behind it" == check_equation(of_tanh).advice
    assert check_equation(f"{of_tanh} {cure}").holds


@pytest.mark.parametrize("letters", ["dh", "ca", "os", "fg"])
def test_index_letters_are_any_that_the_author_uses_consistently(letters):
    a, b = letters
    latex = rf"\frac{{\partial z_{a}}}{{\partial \hat z_{b}}} = z_{a} (\delta_{{{a}{b}}} - z_{b})"
    assert check_equation(latex).holds
    assert not check_equation(latex.replace("-", "+")).holds
    assert check_equation(latex.replace(rf"\hat z_{b}", rf"\hat y_{b}")).slip == "range"


def test_a_letter_of_the_table_is_no_index():
    for letter in "xyzvwrt":
        with pytest.raises(EquationSyntaxError, match=f"{letter} is no index letter"):
            parse(f"E = z_{letter}")
        assert check_equation(f"E = z_{letter}").message.startswith(f"use: {letter} is no index letter")


def test_a_letter_that_the_author_defined_keeps_its_meaning():
    line = r"\frac{d E}{d z_i} = \frac{E}{z_i}"
    assert check_equation(line, after=["d := E"]).holds
    assert not check_equation(line, after=[SUM]).holds


def test_what_is_in_force_may_be_spelled_otherwise_too():
    verdict = check_equation(r"\ln s = \hat z_i - \ln z_i", after=[r"s := \sum_l \exp{\hat z_l}"])
    assert verdict.holds
    assert verdict.read_as == r"\log\left(s\right) = \hat z_i - \log\left(z_i\right)"


def test_a_mend_and_the_reading_are_told_together():
    verdict = check_derivation(r"E = \sum_l r_l \ln z_l")
    assert str(verdict).split("\n")[2:] == [
        "true with a minus before the sum",
        r"read as E = \sum_l r_l\, \log\left(z_l\right)",
    ]


# ---------------------------------------------------------------- what an author leaves to the reader

LENIENT = (  # true; a false twin; what the true one is read as, in part
    (
        r"\frac{\partial E}{\partial W} = (z - r) y^T",
        r"\frac{\partial E}{\partial W} = (r - z) y^T",
        r"\left(\nabla_{\mathbf W} E\right)_{:,1:}",
    ),
    (
        r"\frac{dE}{d\hat z} = \frac{dE}{dz} \frac{dz}{d\hat z}",
        r"\frac{dE}{d\hat z} = -\frac{dE}{dz} \frac{dz}{d\hat z}",
        r"\nabla_{\hat{\mathbf z}} E^T",
    ),
    (
        r"\frac{\partial E}{\partial \hat y} = (z - r) W \odot \sigma'(\hat y)",
        r"\frac{\partial E}{\partial \hat y} = (z - r) W \odot \sigma'(y)",
        r"\mathbf W_{:,1:}",
    ),
    (
        r"\frac{dE}{dy_j} = \sum_i (z_i - r_i) w_{ij}",
        r"\frac{dE}{dy_j} = \sum_i (r_i - z_i) w_{ij}",
        r"j \ge 1",
    ),
    (
        r"\frac{\partial E}{\partial b} = z - r, \quad \hat z = W y + b",
        r"\frac{\partial E}{\partial b} = r - z, \quad \hat z = W y + b",
        r"_{:,0}",
    ),
    (
        r"\partial_{\hat z_j} \text{softmax}(\hat z)_i = \text{softmax}(\hat z)_i (\delta_{ij} - z_j)",
        r"\partial_{\hat z_j} \text{softmax}(\hat z)_i = \text{softmax}(\hat z)_i (\delta_{ij} + z_j)",
        r"\partial z_i",
    ),
    (
        r"\sigma(\hat{\mathbf z})_i = \frac{e^{\hat z_i}}{\sum_j e^{\hat z_j}}",
        r"\sigma(\hat{\mathbf z})_i = \frac{e^{z_i}}{\sum_j e^{z_j}}",
        "softmax",
    ),
    (
        r"\frac{\partial z_w}{\partial \hat z_i} = z_w (1_{w=i} - z_i)",
        r"\frac{\partial z_w}{\partial \hat z_i} = z_w (1_{w=i} + z_i)",
        r"\delta_{",
    ),
    (
        r"E = -\sum_j r_j \log\left(\frac{e^{\hat z_j}}{\sum_j e^{\hat z_j}}\right)",
        r"E = -\sum_j r_j \log\left(\frac{e^{\hat z_j}}{\sum_j e^{z_j}}\right)",
        r"\sum_i e^{\hat z_i}",
    ),
    (r"\tanh'(\hat y) = 1 - \tanh^2(\hat y)", r"\tanh'(\hat y) = 1 + \tanh^2(\hat y)", "t"),
    (
        r"\frac{\partial y}{\partial \hat y} = y (1 - y) \quad \sigma = \operatorname{sigmoid}",
        r"\frac{\partial y}{\partial \hat y} = y (1 + y) \quad \sigma = \operatorname{sigmoid}",
        "y_",
    ),
    (r"\frac{\partial E}{\partial z} = -r / z", r"\frac{\partial E}{\partial z} = r / z", "r_"),
    (
        r"\log z = \hat z - \log \sum_l e^{\hat z_l}",
        r"\log z = \hat z + \log \sum_l e^{\hat z_l}",
        r"\mathbf 1",
    ),
    (
        r"\operatorname{softmax}(\hat z + c) = \operatorname{softmax}(\hat z)",
        r"\operatorname{softmax}(\hat z + c) = \operatorname{softmax}(z)",
        r"\mathbf 1",
    ),
    (
        r"\frac{\partial E}{\partial \hat y} = (W^T (z - r)) \odot \sigma'(\hat y)",
        r"\frac{\partial E}{\partial \hat y} = (W^T (z - r)) \odot \sigma'(y)",
        r"\mathbf W_{:,1:}",
    ),
    (
        r"\operatorname{ReLU}'(\hat y_j) = 1[\hat y_j > 0]",
        r"\operatorname{ReLU}'(\hat y_j) = 1[-\hat y_j > 0]",
        "ReLU",
    ),
)


@pytest.mark.parametrize(("true", "false", "read_as"), LENIENT, ids=[line[0] for line in LENIENT])
def test_what_is_left_to_the_reader_is_put_in_and_said(true, false, read_as):
    verdict = check_equation(true, after=[SUM])
    assert verdict.holds, verdict
    assert read_as in verdict.read_as
    assert not check_equation(false, after=[SUM]).holds


SAID = (  # what is said, a line that is true then, one that is not
    (
        r"\text{biases are apart}",
        r"\nabla_{\mathbf W} E = (\mathbf z - \mathbf r) \mathbf y^T",
        r"\nabla_{\mathbf W} E = (\mathbf r - \mathbf z) \mathbf y^T",
    ),
    (
        r"r_k = 1",
        r"\frac{\partial E}{\partial \hat z_i} = z_i - \delta_{ik}",
        r"\frac{\partial E}{\partial \hat z_i} = z_i - 1",
    ),
    (r"r_k = 1", r"E = -\sum_k r_k \log z_k = -\log z_k", r"E = -\log z_i"),
    (
        r"E \text{ is summed over the batch}",
        r"\nabla_{\hat{\mathbf Z}} E = \mathbf Z - \mathbf R",
        r"\nabla_{\hat{\mathbf Z}} E = \frac{1}{B} (\mathbf Z - \mathbf R)",
    ),
    (
        r"\text{gradients are rows}",
        r"\frac{\partial E}{\partial \hat z} = (z - r)^T",
        r"\frac{\partial E}{\partial \hat z} = z - r",
    ),
    (
        r"\text{vectors are rows}",
        r"z r^T = \sum_l z_l r_l",
        r"z^T r = \sum_l z_l r_l",
    ),
    (
        r"\text{repeated indices are summed}",
        r"\frac{\partial E}{\partial \hat z_i} = "
        r"\frac{\partial E}{\partial z_a} \frac{\partial z_a}{\partial \hat z_i}",
        r"\frac{\partial E}{\partial \hat z_i} = "
        r"-\frac{\partial E}{\partial z_a} \frac{\partial z_a}{\partial \hat z_i}",
    ),
)


@pytest.mark.parametrize(("said", "true", "false"), SAID, ids=[f"{s[0]}: {s[1]}" for s in SAID])
def test_what_an_author_said_before_is_put_into_the_line(said, true, false):
    after = [rf"\text{{assume }} {said}", SUM]
    verdict = check_equation(true, after=after)
    assert verdict.holds, verdict
    assert not check_equation(true, after=[SUM]).holds
    assert not check_equation(false, after=after).holds
    behind = check_equation(rf"{true} \quad {said}", after=[SUM])
    assert behind.holds, behind


ROUND_A_LINE = {  # what stands round z_i - r_i = z_i - r_i for its reader
    "an arrow before it": r"\Rightarrow %s",
    "a number before it": r"(1) \quad %s",
    "a number behind it": r"%s \qquad (3)",
    "a tag and a second line": r"%s \tag{1} \\ \sum_l z_l = 1",
    "a reason": r"%s \quad \text{(chain rule)}",
    "a reason without brackets": r"%s \quad \text{by the product rule}",
    "a frame": r"\boxed{%s}",
    "its end": r"%s \space. \blacksquare",
    "an arrow to a second": r"%s \implies \sum_l z_l = 1",
    "braces round a side": r"\begin{align} %s \\ &\,\,{= z_i - r_i} \end{align}",
}


@pytest.mark.parametrize("around", ROUND_A_LINE.values(), ids=ROUND_A_LINE)
def test_what_stands_round_a_line_for_its_reader_changes_nothing(around):
    line = r"\frac{\partial E}{\partial \hat z_i} = z_i - r_i"
    verdict = check_equation(around.replace("%s", line), after=[SUM])
    assert verdict.holds, verdict
    assert not check_equation(around.replace("%s", line.replace("-", "+")), after=[SUM]).holds


def test_bold_of_several_letters_is_bold_of_each():
    line = r"\frac{\partial E}{\partial \bf{\hat z}} = \mathbf{z - r}"
    assert check_equation(line, after=[SUM]).holds
    assert not check_equation(line.replace("z - r", "r - z"), after=[SUM]).holds


def test_what_is_said_last_is_said_of_all():
    line = r"z_1 = \sigma(\hat z_1 - \hat z_2), \quad z_2 = 1 - z_1 \quad K = 2, \; \sigma = \text{sigmoid}"
    assert check_equation(line).holds
    assert not check_equation(line.replace(r"\quad K = 2", "")).holds


NOT_ALIKE = (
    r"\mathbf z = \begin{bmatrix} z_1 \\ z_2 \\ \vdots \\ r_K \end{bmatrix}",
    r"\mathbf z = \begin{bmatrix} z_1 \\ z_1 \\ \vdots \\ z_K \end{bmatrix}",
    r"\frac{\partial \mathbf z}{\partial \hat{\mathbf z}} = "
    r"\begin{pmatrix} z_1 (1 - z_1) & \cdots & -z_1 z_K \\ "
    r"\vdots & \ddots & \vdots \\ -z_K z_1 & \cdots & z_K (1 - z_1) \end{pmatrix}",
)


@pytest.mark.parametrize("latex", NOT_ALIKE[:2])
def test_entries_that_are_not_alike_are_refused(latex):
    with pytest.raises(EquationSyntaxError, match="not alike: write the line for one entry"):
        check_equation(latex)


def test_a_matrix_that_is_written_out_is_read_by_its_diagonal_and_the_rest():
    line = NOT_ALIKE[2].replace("z_K (1 - z_1)", "z_K (1 - z_K)")
    verdict = check_equation(line)
    assert verdict.holds, verdict
    assert r"\delta_{" in verdict.read_as
    assert not check_equation(line.replace("-z", "z")).holds


OF_A_BATCH = (  # true; and false, for one factor is another
    (
        r"\frac{\partial E}{\partial \hat z_{ni}} = \frac{1}{B} (z_{ni} - r_{ni})",
        r"\frac{\partial E}{\partial \hat z_{ni}} = z_{ni} - r_{ni}",
    ),
    (
        r"E = -\frac{1}{B} \sum_{n=1}^{B} \sum_{k=1}^{K} r_{nk} \log z_{nk}",
        r"E = -\sum_{n=1}^{B} \sum_{k=1}^{K} r_{nk} \log z_{nk}",
    ),
    (
        r"E = -\frac{1}{B} \sum_{n=1}^{B} \mathbf r_n^T \log \mathbf z_n",
        r"E = -\mathbf r_n^T \log \mathbf z_n",
    ),
    (
        r"\frac{\partial E}{\partial \hat Z_j^{(i)}} = "
        r"\sum_k \frac{\partial E}{\partial Z_k^{(i)}} \frac{\partial Z_k^{(i)}}{\partial \hat Z_j^{(i)}}",
        r"E = -\sum_k R_k^{(i)} \log Z_k^{(i)}",
    ),
    (
        r"\frac{\partial E}{\partial w_{ij}} = \frac{1}{B} \sum_{n=1}^{B} (z_{ni} - r_{ni}) y_{nj}",
        r"\frac{\partial E}{\partial w_{ij}} = "
        r"\frac{1}{B} \sum_{n=1}^{B} (z_{ni} - r_{ni}) \sum_{n=1}^{B} y_{nj}",
    ),
)


@pytest.mark.parametrize(("true", "false"), OF_A_BATCH)
def test_a_line_of_a_batch_by_its_examples_counts_them(true, false):
    assert check_equation(true, after=[SUM]).holds
    assert not check_equation(false, after=[SUM]).holds


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{\partial z}{\partial \hat z} = z (1 - z)",  # true of the diagonal alone
        r"\frac{\partial E}{\partial \hat z} = (z - r)^T",  # nobody said that gradients are rows
        r"z_l = \frac{e^{\hat z_l}}{\sum_l e^{\hat z_l}}",  # one letter, two jobs
        r"E = -\log z_k",  # nobody said that the target is 1 there
        r"\frac{\partial E}{\partial \hat z_2} = z_1 - 1 \quad r_1 = 1",
        r"\hat z = W y",
        r"\mathbf z \odot \mathbf r = \mathbf r \mathbf z",
        r"\sigma'(\hat{\mathbf y}) = \sigma(\hat{\mathbf y}) (1 - \sigma(\hat{\mathbf y})) \quad "
        r"\sigma = \operatorname{sigmoid}",
    ],
)
def test_what_would_only_be_true_by_leave_of_the_reader_is_not_accepted(latex):
    assert not answer_to(latex)[0]


def test_prod_is_the_chain_rule_in_the_letters_of_its_book():
    of_h, of_o = (rf"\frac{{\partial J}}{{\partial \mathbf {letter}}}" for letter in "ho")
    line = rf"{of_h} = \text{{prod}}({of_o}, \frac{{\partial \mathbf o}}{{\partial \mathbf h}})"
    turned = rf"{line} = {{\mathbf W^{{(2)}}}}^T {of_o}"
    assert check_equation(turned, notation="d2l").holds
    assert not check_equation(turned.replace("}^T", "}"), notation="d2l").holds


def test_the_log_softmax_of_one_number_is_that_entry():
    line = r"\text{LogSoftmax}(x_{i}) = \log\left(\frac{\exp(x_i)}{\sum_j \exp(x_j)}\right)"
    assert check_equation(line, notation="pytorch").holds
    assert not check_equation(line.replace(r"\log", r"2 \log"), notation="pytorch").holds


def test_a_letter_of_the_author_may_be_a_delta_with_one_index():
    mine = r"\delta_k := \frac{\partial E}{\partial \hat z_k}"
    line = r"\frac{\partial E}{\partial v_{jm}} = \sigma'(\hat y_j) x_m \sum_k w_{kj} \delta_k"
    assert check_equation(line, after=[mine]).holds
    assert not check_equation(line.replace("=", "= -"), after=[mine]).holds


# ---------------------------------------------------------------- as others write


@pytest.mark.parametrize("latex", READERS["true"])
def test_a_true_line_is_accepted_as_others_write_it(latex):
    verdict = check_equation(latex, after=[SUM])
    assert verdict.holds, verdict


def answer_to(latex):
    """Return (whether a line holds, what is said of it)."""
    try:
        verdict = check_equation(latex, after=[SUM])
    except EquationSyntaxError as refusal:
        return False, str(refusal)
    return verdict.holds, str(verdict)


@pytest.mark.parametrize("latex", READERS["false"])
def test_a_false_line_is_not(latex):
    assert not answer_to(latex)[0]


@pytest.mark.parametrize("latex", READERS["told"])
def test_what_is_not_read_is_answered_with_what_to_write(latex):
    holds, said = answer_to(latex)
    assert not holds
    assert re.search(r"\b(write|define|defined|leave|begin)\b", said)


# ---------------------------------------------------------------- the page


def test_the_page_shows_each_spelling_as_it_is_typed():
    rows = spellings_table().markdown.splitlines()[2:]
    assert len(rows) == len(FORMS)
    for form, row in zip(FORMS, rows, strict=True):
        assert html.unescape(row) == f"| <code>{form.example}</code> |"
    assert str(spellings_table()) == f"{len(FORMS)} other spellings are read."


def test_the_page_shows_the_letters_of_each_notation_and_where_they_come_from():
    rows = notations_table().markdown.splitlines()[2:]
    assert [row.split("|")[1].strip(' "') for row in rows] == list(NOTATIONS)
    for row, table in zip(rows, NOTATIONS.values(), strict=True):
        assert row.split("|")[3].strip() == table.source
    assert r"$\delta^L$ is $\nabla_{\hat{\mathbf z}} E$" in rows[0]
    assert r"$\text{logits.grad}$ is $\nabla_{\hat{\mathbf z}} E$" in rows[1]
