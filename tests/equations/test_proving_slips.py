"""Nothing false is proved: every single slip of the book, and thousands of several slips at once."""

import itertools
import math
import random
import time
from collections import Counter

import numpy as np
import pytest
from book_equations import equations
from proving_numbers import measured

from mlp_core.equations.checking import check
from mlp_core.equations.language.writer import write
from mlp_core.equations.proving.naming import left_over, named
from mlp_core.equations.proving.proof import prove
from mlp_core.equations.proving.terms import UnprovedError
from mlp_core.equations.proving.worked import worked
from mlp_core.equations.slips.edits import edits

pytestmark = pytest.mark.slow

WORKED = ("value", "worked number")
SEVERAL = 5_000  # lines with two or three slips, as docs/verification.md says
MEASURED = 1_000  # of them, whose canonical sides are measured
FAR, LARGEST = (
    1e-6,
    1e6,
)  # how far two numbers may be apart, of which one may be measured; how large they may be
SECONDS = 90.0  # of this process, for the proofs of all single slips


def says(equation, context):
    """Return what the numbers say of a line: that it is true, "true and idle", or the kind of its slip.

    True and idle is what says nothing, or claims a condition that it does not need.
    """
    verdict = check(equation, context)
    if verdict.holds:
        return "true"
    idle = "nothing is said", "always equal", "nowhere equal", "and holds without it"
    return "true and idle" if any(words in verdict.message for words in idle) else verdict.slip


@pytest.fixture(scope="module")
def slips():
    """Return (tag, words, what the numbers say, the proof, seconds that it took) of every single slip."""
    found = []
    for each in equations():
        for edit in edits(each.tree):
            started = time.process_time()
            proof = prove(edit.equation, each.context)
            took = time.process_time() - started
            found.append((each, edit, says(edit.equation, each.context), proof, took))
    return found


def test_no_slip_that_makes_a_line_false_is_proved(slips, print_table):
    counts = Counter((said, proof.status) for _, _, said, proof, _ in slips)
    wrong = [
        f"({each.tag}) {edit.words}: {said}"
        for each, edit, said, proof, _ in slips
        if proof.status == "proved" and not said.startswith("true")
    ]
    assert wrong == []
    assert counts["value", "left over"] > 850
    lines = [f"{said:16} {status:16} {n:>6}" for (said, status), n in sorted(counts.items())]
    print_table("every single slip: what the numbers say, what became of the proof", lines)


def test_a_slip_that_keeps_a_line_true_keeps_it_proved(slips):
    lost = [
        f"({each.tag}) {edit.words}: {proof.why}"
        for each, edit, said, proof, _ in slips
        if said == "true" and proof.status in ("left over", "not proved")
    ]
    assert lost == []


def test_a_worked_number_with_a_slip_does_not_come(slips):
    spoiled_numbers = [(each, edit) for each, edit, said, proof, _ in slips if (said, proof.status) == WORKED]
    assert len(spoiled_numbers) > 5
    for each, edit in spoiled_numbers:
        assert not comes_out(edit.equation, each.context), write(edit.equation)


def comes_out(equation, context):
    try:
        return all(one.agrees for one in worked(equation, context))
    except UnprovedError:
        return False


def test_each_left_over_is_written(slips):
    named_ones = Counter()
    for _, _, said, proof, _ in slips:
        if proof.status == "left over" and said in ("value", "condition"):
            assert left_over(proof)
            named_ones[bool(named(proof, lambda: False))] += 1
    assert named_ones[True] > 100


def test_the_proofs_of_the_slips_take_seconds(slips):
    assert sum(took for *_, took in slips) < SECONDS
    assert max(took for *_, took in slips) < 2.0


# ---------------------------------------------------------------- several slips at once


def spoiled(source, each):
    """Return a line of the book after two or three slips; None where one leaves nothing to spoil."""
    tree = each.tree
    for _ in range(source.choice((2, 3))):
        several = list(edits(tree))
        if not several:
            return None
        tree = source.choice(several).equation
    return tree


def test_no_line_with_several_slips_is_proved_unless_it_is_true(print_table):
    source, lines = random.Random(20), [each for each in equations() if each.kind != "assumption"]
    counts, wrong, tried = Counter(), [], 0
    while tried < SEVERAL:
        each = source.choice(lines)
        tree = spoiled(source, each)
        if tree is None:
            continue
        tried += 1
        proof = prove(tree, each.context)
        counts[proof.status] += 1
        if proof.status == "left over":
            assert left_over(proof)
            named(proof, lambda: False)
        if proof.status == "proved":
            said = says(tree, each.context)
            counts["proved, and " + said] += 1
            if not said.startswith("true"):
                wrong.append(f"({each.tag}) {write(tree)}: {said}")
    print_table("lines with two or three slips", [f"{what:40} {n:>6}" for what, n in sorted(counts.items())])
    assert wrong == []
    assert counts["proved"] > 50


def test_the_canonical_sides_of_spoiled_lines_have_the_numbers_of_these_lines(print_table):
    """Each rule is tried on lines that no author would write, false ones for the most part."""
    source, lines = (
        random.Random(30),
        [each for each in equations() if each.kind in ("identity", "inequality")],
    )
    compared = tried = 0
    worst = 0.0
    while tried < MEASURED:
        each = source.choice(lines)
        tree = spoiled(source, each)
        if tree is None or prove(tree, each.context).status not in ("proved", "left over"):
            continue
        tried += 1
        with np.errstate(all="ignore"):
            pairs = list(itertools.islice(measured(tree, each.context, on=1), 12))
        for by_evaluator, by_form in pairs:
            if math.isfinite(by_evaluator) and abs(by_evaluator) < LARGEST:
                apart = abs(by_evaluator - by_form) / max(abs(by_evaluator), abs(by_form), 0.01)
                assert apart < FAR, f"({each.tag}) {write(tree)}"
                worst, compared = max(worst, apart), compared + 1
    print_table(
        "canonical sides of spoiled lines", [f"{compared} numbers of {tried} lines, worst {worst:.1e}"]
    )
    assert compared > 5 * tried
