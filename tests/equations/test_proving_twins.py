"""What a careless rule would prove is not proved, and its true twin is; canonical sides are measured."""

import itertools

import numpy as np
import pytest
from book_equations import equations
from proving_twins import TWINS

from mlp_core.equations import check_equation
from mlp_core.equations.context import Context, in_force_after
from mlp_core.equations.language.parser import parse
from mlp_core.equations.measuring.budget import Budget
from mlp_core.equations.measuring.compare import assignments
from mlp_core.equations.measuring.evaluator import Measured, Point
from mlp_core.equations.measuring.samples import samples
from mlp_core.equations.proving.on_networks import number_on
from mlp_core.equations.proving.proof import cases_of, prove
from mlp_core.equations.reading.equation import defines, read

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


def measured(found, on):
    """Yield (number of a side by the evaluator, that of its canonical form) on some networks."""
    reading = read(found.tree, found.context.definitions)
    kinds = reading.kinds
    made = samples(
        reading.mode,
        kinds.get("sigma", (None,))[0],
        two_classes="size" in kinds,
        add_up=found.context.assumed or "sum" in kinds,
    )
    cases = list(cases_of(reading, found.context.assumed))
    for sample in made[:on]:
        for assigned in assignments(reading, sample):
            point = Point(sample, assigned, Measured(found.context.definitions, Budget()))
            values = [np.asarray(point.value(side), dtype=float) for side in reading.equation.sides]
            for case in cases:
                signs = case.network.setting.signs.items()
                for here, place in entries(case, reading, point):
                    if all((number_on(dict(p), sample, here) > 0) == is_above for p, is_above in signs):
                        for value, poly in zip(values, case.values, strict=True):
                            yield float(value[place]), number_on(poly, sample, here, reading.mode)


def entries(case, reading, point):
    """Yield (letters to numbers, place in the array) of all entries that a case is about at a point."""
    here, axes = dict(point.assigned), []
    for letter, index in case.letters.items():
        name, _, size = index.partition(":")
        if letter in ("row", "column"):
            axis = ("row", "column").index(letter)
            begins = 0 if reading.shape[axis].endswith("+1") else 1
            numbers = range(1, point.length(size) + 1) if size else [int(name)]
            axes.append((axis, [(name, n, n - begins) for n in numbers]))
        elif (point.assigned[letter] != int(name)) if not size else (point.assigned[letter] < 1):
            return
        elif size:
            here[name] = point.assigned[letter]
    for chosen in itertools.product(*(axis for _, axis in axes)):
        place = [0, 0] if reading.shape else []
        for (axis, _), (_, _, at) in zip(axes, chosen, strict=True):
            place[axis] = at
        yield here | {name: n for name, n, _ in chosen}, tuple(place)


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
    assert assert_near(measured(found, on=1))


@pytest.mark.slow
@pytest.mark.parametrize("found", IN_POLYNOMIALS, ids=lambda found: found.tag)
def test_it_has_that_number_on_every_network(found):
    assert assert_near(measured(found, on=6)) >= 3
