"""What a careless rule would prove is not proved, and its true twin is; canonical sides are measured."""

import pytest
from book_equations import equations
from proving_numbers import measured
from proving_twins import TWINS

from mlp_core.equations import check_equation
from mlp_core.equations.context import Context, in_force_after
from mlp_core.equations.language.parser import parse
from mlp_core.equations.proving.proof import prove
from mlp_core.equations.reading.equation import defines

LINES = [
    (latex, is_true, given[0] if given else [])
    for false, true, *given in TWINS
    for latex, is_true in ((false, False), (true, True))
]
FAR = 1e-8  # two numbers of one side, of which one may be measured


def proof_of(latex, after):
    context = Context()
    for line in after:
        context = in_force_after(parse(line), context)
    return prove(parse(latex), context)


def test_there_are_many_twins():
    assert len(TWINS) >= 60
    assert len({latex for latex, _, _ in LINES}) > 1.9 * len(TWINS)


@pytest.mark.parametrize(("latex", "is_true", "after"), LINES)
def test_a_small_line_is_proved_where_it_is_true(latex, is_true, after):
    proof = proof_of(latex, after)
    assert (proof.status == "proved") == is_true, (proof.why, proof.apart)
    assert check_equation(latex, after).holds == is_true


# ---------------------------------------------------------------- the translation is measured


def assert_near(pairs):
    compared = 0
    for by_evaluator, by_form in pairs:
        assert abs(by_evaluator - by_form) <= FAR * max(abs(by_evaluator), abs(by_form), 0.01)
        compared += 1
    return compared


IN_POLYNOMIALS = [
    found
    for found in equations()
    if not (found.tree.assumed or defines(found.tree) or found.kind == "worked number")
]


@pytest.mark.parametrize("found", IN_POLYNOMIALS, ids=lambda found: found.tag)
def test_a_canonical_side_has_the_number_of_the_side_as_it_is_printed(found):
    assert assert_near(measured(found.tree, found.context, on=1))


@pytest.mark.slow
@pytest.mark.parametrize("found", IN_POLYNOMIALS, ids=lambda found: found.tag)
def test_it_has_that_number_on_every_network(found):
    assert assert_near(measured(found.tree, found.context, on=6)) >= 3
