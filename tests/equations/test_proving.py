"""The book is proved: identities for every size, bounds by a lemma, numbers from derived expressions."""

import time
import tomllib
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from book_equations import CHAPTER_OF, equation, equations
from printed_steps import false_steps
from proving_twins import SUM

from mlp_core.equations import check_derivation, check_equation, proof_of
from mlp_core.equations.checking import check
from mlp_core.equations.context import Context, in_force_after
from mlp_core.equations.language.parser import parse
from mlp_core.equations.proving import judging
from mlp_core.equations.proving.judging import with_proof
from mlp_core.equations.proving.lemmas import NEED_THE_SUM, SLOPES, number
from mlp_core.equations.proving.proof import prove
from mlp_core.equations.proving.story import Step, Way, about, steps_of
from mlp_core.equations.proving.terms import UnprovedError
from mlp_core.equations.proving.worked import worked
from mlp_core.equations.proving.writing import SLOPE
from mlp_core.equations.reading.equation import defines, read
from mlp_core.equations.spelling.notations import notation_called
from mlp_core.equations.spelling.readings import stated_by

PULL = r"-\frac{\partial E}{\partial \hat z_i} = r_i - z_i"
HERE = Path(__file__).parent
BY_READERS = tomllib.loads((HERE / "lines_of_readers.toml").read_text("utf-8"))
BY_BOOKS = tomllib.loads((HERE / "lines_of_other_books.toml").read_text("utf-8"))
SECONDS = 5.0  # of this process, for the proofs of the whole book; 0.6 when it was written


@cache
def verdict_of(tag):
    """Return the `Verdict` on a line of the book."""
    return equation(tag).check()


def claims(found):
    """Return whether an equation says something of every network."""
    says = found.kind in ("identity", "inequality") or (
        found.kind == "definition" and not defines(found.tree)
    )
    return says and not found.tree.assumed


PROVED = [found.tag for found in equations() if claims(found)]
WORKED = [found.tag for found in equations() if found.kind == "worked number"]


@pytest.mark.parametrize("tag", PROVED)
def test_a_line_of_the_book_is_proved_for_every_size(tag):
    verdict = verdict_of(tag)
    assert verdict.proved, f"({tag}): {verdict.unproved}; left over: {verdict.left_over}"
    assert (verdict.unproved, verdict.left_over) == ("", "")


def test_what_is_not_proved_claims_nothing_or_is_a_number():
    rest = Counter(found.kind for found in equations() if found.tag not in PROVED)
    assert set(rest) == {"definition", "worked number", "assumption"}
    assert len(PROVED) == len(CHAPTER_OF) - rest.total() >= 70
    for found in equations():
        if found.tag not in PROVED:
            verdict = verdict_of(found.tag)
            assert verdict.holds
            assert not verdict.proved
            assert verdict.unproved


def test_what_must_hold_for_a_proof_is_said():
    provided = {found.tag: verdict_of(found.tag).provided for found in equations()}
    assert {tag: said for tag, said in provided.items() if said} == {
        "2.14": ("r_l > 0",),
    }
    assert check_equation(r"\frac{u_i y_j}{y_j} = u_i \quad \sigma = \operatorname{sigmoid}").provided == ()
    assert check_equation(r"\frac{u_i g_k}{g_k} = u_i").provided == (r"g_k \ne 0",)
    assert check_equation(
        r"\frac{\partial \operatorname{ReLU}(t)}{\partial t} = \operatorname{ReLU}'(t)"
    ).provided == (r"t \ne 0",)
    dots = r"\hat z_i = w_{i0} + w_{i1} y_1 + w_{i2} y_2 + \dots + w_{iH} y_H"
    assert check_equation(dots).provided == (r"H \ge 2",)


@pytest.mark.parametrize("tag", WORKED)
def test_a_worked_number_comes_from_the_derived_expression(tag):
    found = equation(tag)
    numbers = worked(found.tree, found.context)
    assert numbers
    assert all(one.agrees for one in numbers)
    assert verdict_of(found.tag).unproved == "worked: the derived expression comes to it"


def test_a_worked_number_that_is_wrong_in_its_last_digit_does_not_come():
    found = equation("0.8")
    changed = parse(found.latex.replace("0.5407", "0.5408"))
    assert not all(one.agrees for one in worked(changed, found.context))


def test_a_number_of_no_known_network_is_not_worked():
    with pytest.raises(UnprovedError):
        worked(parse(r"E \approx 0.5407"), Context())


# ---------------------------------------------------------------- lemmas


LEMMAS = [(slope, tag, latex) for slope, lines in SLOPES.items() for tag, latex in lines.items()]


@pytest.mark.parametrize(("slope", "tag", "latex"), LEMMAS, ids=[tag for _, tag, _ in LEMMAS])
def test_a_lemma_is_a_display_of_the_book_and_proved_by_the_definitions_alone(slope, tag, latex):
    found = equation(tag)
    said = " ".join(found.latex.split(r"\tag")[0].split())
    assert " ".join(latex.split()) == said
    assert about(found.tree.sides[0]) == slope
    assert prove(found.tree, found.context).status == "proved"
    assert ("the targets add up to 1" in verdict_of(found.tag).needs) == (tag in NEED_THE_SUM)


def test_a_line_cites_only_what_stands_above_it():
    cited = 0
    for found in equations():
        for step in verdict_of(found.tag).steps:
            for tag in (part.strip("(),;") for part in step.words.split() if part.startswith("(")):
                assert number(tag) < number(found.tag), f"({found.tag}) cites ({tag})"
                cited += 1
    assert cited > 20


# ---------------------------------------------------------------- steps


@pytest.mark.parametrize("tag", PROVED)
def test_each_stage_of_a_side_has_the_side_s_value(tag):
    """The steps are told by other rules than the proof: each of them must come to the same canonical form."""
    found = equation(tag)
    proof, reading = prove(found.tree, found.context), read(found.tree, found.context.definitions)
    case = proof.cases[0]
    for place, value in enumerate(case.values):
        way = Way(reading, case, {about(found.tree.sides[0])}, tag, place)
        assert way.stages[-1][1] == value
    signs = len(found.tree.relations)
    assert len(steps_of(reading, proof.cases, tag)) <= 12 * signs


# Whose entries the dialect cannot write; the test above holds their stages.
NOT_IN_THE_DIALECT = {"3.8", "3.13", "5.9", "5.10", "5.11"}


@pytest.mark.parametrize("tag", PROVED)
def test_each_printed_step_of_a_display_is_true_as_it_stands(tag):
    found = equation(tag)
    said = false_steps(found.tree, verdict_of(tag), found.context)
    assert said == []
    assert (read(found.tree, found.context.definitions).mode != "single") == (tag in NOT_IN_THE_DIALECT)


def _steps_held(lines):
    """Return how many steps are printed of lines, (text, notation), after each was found true."""
    context, steps = Context(assumed=True), 0
    for latex, letters in lines:
        for stated in stated_by(latex, {}, notation_called(letters)):
            verdict = check(stated.equation, context)
            if verdict.holds:
                verdict = with_proof(verdict, stated.equation, context, steps=True)
                assert false_steps(stated.equation, verdict, context) == [], latex
                steps += len(verdict.steps)
    return steps


@pytest.mark.slow
def test_each_printed_step_of_other_books_true_lines_is_true_as_it_stands():
    assert _steps_held((line["true"], name) for name, lines in BY_BOOKS.items() for line in lines) > 50


def test_a_false_step_would_be_seen():
    """A sum over the inputs from 1 leaves out x_0, the constant 1: so it was printed once."""
    found = equation("3.3")
    step = Step("differentiate", r"\sum_{n=1}^{H} \delta_{nj}\, \delta_{ik}\, y_n")
    said = false_steps(found.tree, replace(verdict_of("3.3"), steps=(step,)), found.context)
    assert [why.partition(":")[0] for *_, why in said] == ["value"]


def test_the_steps_of_the_line_the_book_turns_on():
    verdict = check_derivation(PULL, [SUM])
    assert [step.words for step in verdict.steps] == [
        "chain rule, through $z$",
        "insert (2.10) and (1.10)",
        "the delta picks $l = i$",
        "the targets add up to 1",
    ]
    assert [step.latex for step in verdict.steps] == [
        r"-\sum_l \frac{\partial E}{\partial z_l}\, \frac{\partial z_l}{\partial \hat z_i}",
        r"\sum_l r_l\, \left(\delta_{li} - z_i\right)",
        r"r_i - \sum_l r_l\, z_i",
        "r_i - z_i",
    ]
    assert str(verdict) == "holds (proved for every size)"
    assert verdict._repr_markdown_().count(r"$\displaystyle") == 4
    assert str(proof_of(PULL, [SUM])).splitlines() == [
        "proved for every size, in 4 steps:",
        *(f"{n}. {s.words.replace('$', '')} → {s.latex}" for n, s in enumerate(verdict.steps, start=1)),
    ]


def test_the_steps_of_the_softmax_derivative():
    assert [step.words for step in verdict_of("1.10").steps] == [
        "differentiate $z$",
        "the delta picks $l = k$",
        r"$e^{\hat z_i} / \sum_l e^{\hat z_l} = z_i$",
    ]


OF_BATCHES = [
    r"-\nabla_{\hat{\mathbf Z}} E = \frac{1}{B} (\mathbf R - \mathbf Z)",
    r"-\nabla_{\mathbf W} E = \frac{1}{B} (\mathbf R - \mathbf Z)^T [\mathbf 1, \mathbf Y]",
    r"-\nabla_{\mathbf Y} E = \frac{1}{B} (\mathbf R - \mathbf Z)\, \mathbf W_{:,1:}",
    r"-\nabla_{\hat{\mathbf Y}} E = (-\nabla_{\mathbf Y} E) \odot \sigma'(\hat{\mathbf Y})",
    r"-\nabla_{\mathbf V} E = (-\nabla_{\hat{\mathbf Y}} E)^T [\mathbf 1, \mathbf X]",
    r"-\nabla_{\mathbf X} E = (-\nabla_{\hat{\mathbf Y}} E)\, \mathbf V_{:,1:}",
]


@pytest.mark.parametrize("before", [None, "9.9"])
@pytest.mark.parametrize("latex", OF_BATCHES)
def test_the_steps_of_a_batch_are_in_the_book_s_letters_and_each_has_its_side_s_value(latex, before):
    """The dialect has no entries of a batch, so that their canonical form is asked."""
    tree, context = parse(latex), Context(assumed=True)
    proof, reading = prove(tree, context), read(tree, {})
    assert proof.status == "proved"
    told = 0
    for case in proof.cases:
        for place, value in enumerate(case.values):
            stages = Way(reading, case, {about(tree.sides[0])}, before, place).stages
            for _, poly in stages[1:]:
                if not any(one.name.startswith(SLOPE) for term in poly for one, _ in term.factors):
                    assert case.network.value(case.network.renamed(poly, {})) == value
                    told += 1
    assert told >= len(proof.cases)
    assert not any("e^" in step.latex for step in steps_of(reading, proof.cases, "9.9"))


def test_a_line_on_a_batch_inserts_that_of_each_example():
    assert [step.words for step in verdict_of("5.9").steps] == [
        "chain rule, through $y$",
        "insert (3.11) and (5.2) of each example",
        "the delta picks $n = j$",
    ]
    (step,) = verdict_of("3.8").steps
    assert step.latex == r"\frac{1}{B}\, \sum_b Y_{bj}\, \left(R_{bi} - Z_{bi}\right)"


def test_a_bound_is_told_with_its_lemma():
    assert verdict_of("2.13").steps[-1].words == "a variance is a sum of squares"
    assert verdict_of("2.14").steps[-1].words == r"$\log t \le t - 1$"


def test_cases_of_signs_are_told_apart():
    steps = verdict_of("4.8").steps
    assert [step.given for step in steps] == [("t > 0",), (r"t \le 0",)]
    assert str(proof_of(equation("4.8").latex.split(r"\tag")[0])).endswith(
        r"2. by the definitions → 0 \quad t \le 0"
    )


def test_a_step_of_a_case_is_false_without_its_case():
    found, verdict = equation("4.14"), verdict_of("4.14")
    assert {step.given for step in verdict.steps} == {(r"\hat y_j > 0",), (r"\hat y_j \le 0",)}
    for given in ((), (r"\hat y_j > 0",)):
        step = replace(verdict.steps[-1], given=given)
        said = false_steps(found.tree, replace(verdict, steps=(step,)), found.context)
        assert [why.partition(":")[0] for *_, why in said] == ["value"]


def test_cases_of_two_classes_are_told_apart():
    verdict = check_derivation(
        r"\frac{\partial z_i}{\partial \hat z_1} = z_i (\delta_{i1} - 1 + z_2) \quad K = 2"
    )
    assert verdict.proved
    assert {step.given for step in verdict.steps} == {("i = 1",), ("i = 2",)}


# ---------------------------------------------------------------- what is left over

LEFT_OVER = {  # a false line: (what is left over, what that means)
    r"\frac{\partial z_i}{\partial \hat z_k} = \delta_{ik} z_i + z_i z_k": (r"-2 z_i\, z_k", ""),
    r"\frac{\partial z_i}{\partial \hat z_k} = -z_i z_k": (
        r"\delta_{ik}\, z_i",
        "the case i = k was forgotten",
    ),
    r"\frac{\partial z_i}{\partial \hat z_k} = 2 \delta_{ik} z_i - z_i z_k": (
        r"-\delta_{ik}\, z_i",
        "only the case i = k is wrong",
    ),
    r"-\frac{\partial E}{\partial \hat z_j} = r_j - z_j": (
        r"z_j\, \left(1 - \sum_l r_l\right)",
        "the targets must add up to 1",
    ),
    r"-\frac{\partial E}{\partial v_{jm}} = x_m \sum_l (r_l - z_l \sum_i r_i)\, w_{lj}": (
        r"x_m\, \left(\sigma'\left(\hat y_j\right) - 1\right)\, "
        r"\left(\sum_l r_l\, w_{lj} - \sum_l \sum_k r_k\, z_l\, w_{lj}\right)",
        r"the factor $\sigma'\left(\hat y_j\right)$ is missing",
    ),
    r"E = \sum_l r_l \log z_l": (r"-2 \sum_l r_l\, \log\left(z_l\right)", "the sign is the other way round"),
    r"\hat z_i = \sum_{j=1}^{H} w_{ij} y_j": ("w_{i0}", "the bias $w_{i0}$ stands on one side only"),
    r"\frac{\partial \hat z_i}{\partial w_{ij}} = 2 y_j": ("-y_j", "the factor $2$ is too much"),
    r"z_i - r_i = (z_i - r_i) z_i (1 - z_i)": (
        r"\left(1 + z_i^2 - z_i\right)\, \left(z_i - r_i\right)",
        r"the factor $z_i\, \left(1 - z_i\right)$ is too much",
    ),
    r"(z_i - r_i) z_i (1 - z_i) = z_i - r_i": (
        r"\left(z_i - 1 - z_i^2\right)\, \left(z_i - r_i\right)",
        r"the factor $z_i\, \left(1 - z_i\right)$ is missing",
    ),
    r"\sum_l (z_l y_n + r_l - r_l y_n - z_l) w_{lj} = 0": (
        r"\left(y_n - 1\right)\, \sum_l w_{lj}\, \left(z_l - r_l\right)",
        "",
    ),
    r"z_i = \max_l z_l": (r"z_i - \max_l z_l", ""),
    r"\frac{1}{1 + \frac{1}{2} z_i} = 1": (r"\frac{2}{2 + z_i} - 1", ""),
}


@pytest.mark.parametrize(("latex", "expected"), LEFT_OVER.items())
def test_what_is_left_over_of_a_false_line(latex, expected):
    verdict = check_equation(latex)
    assert not verdict.holds
    assert (verdict.left_over, verdict.left_over_means) == expected
    assert f"left over: {expected[0]}" in str(verdict)


def test_what_is_left_over_is_factored_under_its_sums():
    line = r"-\nabla_{\mathbf x} E = \mathbf V_{:,1:}^T (-\nabla_{\mathbf y} E)"
    left = (
        r"\sum_{n=1}^{H} \sum_l w_{ln}\, v_{nm}\, \left(\sigma'\left(\hat y_n\right) - 1\right)\, "
        r"\left(r_l - z_l\right)"
    )
    assert check_equation(line, [SUM]).left_over == left
    by_x, by_y = r"\frac{\partial E}{\partial x_m}", r"\frac{\partial E}{\partial y_j}"
    of_one = rf"-{by_x} + \sum_{{j=1}}^{{H}} v_{{jm}} {by_y} = {left} \quad m \ge 1"
    assert check_equation(of_one, [SUM]).holds


def test_a_mean_that_is_forgotten_is_left_over():
    verdict = check_equation(
        r"-\nabla_{\mathbf W} E = (\mathbf R - \mathbf Z)^T [\mathbf 1, \mathbf Y]", [SUM]
    )
    assert verdict.left_over == (
        r"\left(\frac{1}{B} - 1\right)\, \sum_b Y_{bj}\, \left(R_{bi} - Z_{bi}\right)"
    )
    assert verdict.left_over_means == r"the factor $\frac{1}{B}$ is missing"


@pytest.mark.parametrize("latex", LEFT_OVER)
def test_what_is_left_over_is_true_of_the_line(latex):
    """The left side minus the right one is what is left over, as the numbers say."""
    verdict = check_equation(latex)
    left, right = latex.split("=", 1)
    assert check_equation(f"{left} - ({right}) = {verdict.left_over}").holds


# ---------------------------------------------------------------- what is not proved

UNPROVED = {
    r"\frac{\partial \frac{\partial E}{\partial z_i}}{\partial z_j} = 0": "derivative of a derivative",
    r"z_i^{12} z_i = z_i^{13}": "a power is too high",
    r"\max(u_i, g_i) = \max(g_i, u_i)": "the larger of two",
}


@pytest.mark.parametrize(("latex", "why"), UNPROVED.items())
def test_what_no_rule_covers_is_not_proved_and_says_why(latex, why):
    proof = prove(parse(latex), Context())
    assert (proof.status, why in proof.why) == ("not proved", True)
    verdict = check_equation(latex)
    assert not verdict.proved
    assert not verdict.holds or str(verdict) == "holds (measured only)"


def test_what_has_no_rule_is_named_as_it_is_written():
    verdict = check_equation(r"\mathbf W_{:,0} = \mathbf W_{:,0} + \mathbf W_{:,0} - \mathbf W_{:,0}")
    assert (verdict.holds, verdict.unproved) == (True, r"no rule reads \mathbf W_{:,0}")


def test_where_proof_and_numbers_disagree_nothing_is_proved(monkeypatch):
    false = r"z_i = 2 z_i"
    monkeypatch.setattr(judging, "prove", lambda tree, known: prove(parse(r"z_i = z_i"), known))
    verdict = check_equation(false)
    assert (verdict.holds, verdict.proved, verdict.unproved) == (False, False, judging.DISAGREES)


def test_of_a_book_s_line_no_proof_disagrees():
    assert judging.DISAGREES not in {verdict_of(found.tag).unproved for found in equations()}


def test_a_variance_needs_weights_that_add_up():
    """With targets that add up to 3 and all u equal to 1 it says 3 >= 9."""
    line = r"\sum_l r_l u_l^2 \ge (\sum_l r_l u_l)^2"
    assert prove(parse(line), Context()).status == "not proved"
    assert prove(parse(line + r" \quad \sum_l r_l = 1"), Context()).status == "proved"


def test_the_sum_of_the_targets_is_used_only_where_it_is_granted():
    line = parse(r"-\frac{\partial E}{\partial \hat z_i} = r_i - z_i")
    assert prove(line, Context()).status == "left over"
    assert prove(line, in_force_after(parse(SUM), Context())).status == "proved"
    assert verdict_of("2.5").steps[-1].words != "the targets add up to 1"


# ---------------------------------------------------------------- the price


def test_the_book_is_proved_in_seconds():
    started = time.process_time()
    for found in equations():
        prove(found.tree, found.context)
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(
    ("latex", "status"),
    [
        (r"(\sum_l u_l)^8 = (\sum_l u_l)^8", "not proved"),
        (r"(u_i + g_i + z_i + r_i + t)^9 (u_i + g_i + z_i + r_i + t)^9 = t^{18}", "not proved"),
        (r"(u_i + g_i + z_i + r_i)^{12} = u_i^{12}", "left over"),
        ("z_i = " + " ".join(f"(u_i + g_i + z_i + {k})" for k in range(25)), "not proved"),
        ("z_i = " + "z_i " * 400, "left over"),
    ],
)
def test_what_is_dear_is_given_up_soon(latex, status):
    started = time.process_time()
    assert prove(parse(latex), Context()).status == status
    verdict = check_equation(latex)
    assert len(verdict.left_over) <= judging.LONGEST
    assert time.process_time() - started < SECONDS


# The longest one is the last: a slip in the prover is seen by a short one above, where it is seen.
def test_each_printed_step_of_readers_true_lines_is_true_as_it_stands():
    assert _steps_held((latex, None) for latex in BY_READERS["true"]) > 100
