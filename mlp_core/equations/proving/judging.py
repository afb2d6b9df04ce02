"""What a proof adds to a verdict; the numbers remain the judge."""

from dataclasses import replace
from functools import partial

from ..language.errors import EquationMeaningError
from ..language.tree import TARGETS_ADD_UP, kind_of
from ..reading.equation import read
from .naming import left_over, named
from .proof import prove
from .story import steps_of
from .terms import UnprovedError
from .worked import worked
from .writing import condition

STANDINGS = ("proved for every size", "measured", "worked", "defined", "assumed")
DISAGREES = "proof and numbers disagree, which is a fault of this machine"
MOST_TERMS_SHOWN, LONGEST = 40, 500  # a left-over that is longer, in letters, says nothing to anyone
WITH_LEFT_OVER = ("value", "condition")  # slips of which something may be left over


def with_proof(verdict, equation, context, *, before=None, steps=False):
    """Return a verdict with what a proof has to say.

    Parameters
    ----------
    verdict : Verdict
        What the numbers said.
    equation : Equation
    context : Context
    before : str or None
        The number of the line, if it is one of the book: its steps cite lines above it.
    steps : bool
        Whether the steps are wanted.
    """
    if not verdict.holds and verdict.slip not in WITH_LEFT_OVER:
        return replace(verdict, unproved="it does not hold")
    if kind_of(equation) == "worked number":
        return replace(
            verdict, unproved=_of_worked(equation, context) if verdict.holds else "it does not hold"
        )
    if TARGETS_ADD_UP not in equation.conditions and verdict.holds and not _needs_sum(verdict):
        context = replace(context, assumed=False)
    proof = prove(equation, context)
    if not verdict.holds:
        return _of_false(verdict, proof, equation, context)
    if proof.status != "proved":
        return replace(verdict, unproved=proof.why or proof.status)
    told = steps_of(read(equation, context.definitions), proof.cases, before) if steps else ()
    provided = tuple(dict.fromkeys(map(condition, proof.provided)))
    return replace(verdict, proved=True, unproved="", steps=told, provided=provided)


def standing(kind, verdict):
    """Return how an equation of the book that holds is known, one of `STANDINGS`."""
    by_kind = {"assumption": "assumed", "definition": "defined", "worked number": "worked"}
    return by_kind.get(kind) or ("proved for every size" if verdict.proved else "measured")


def _needs_sum(verdict):
    return any("targets" in need for need in verdict.needs)


def _of_false(verdict, proof, equation, context):
    if proof.status == "proved" and verdict.slip == "value":
        return replace(verdict, unproved=DISAGREES)
    if proof.status != "left over":
        return replace(verdict, unproved="it does not hold")
    verdict = replace(verdict, unproved="it does not hold")
    try:
        left = left_over(proof) if len(proof.apart) <= MOST_TERMS_SHOWN else ""
        means = named(proof, partial(_holds_if_assumed, equation, context))
    except UnprovedError:  # what a proof may cost is used up: the numbers have said enough
        return verdict
    return replace(verdict, left_over=left, left_over_means=means) if len(left) <= LONGEST else verdict


def _holds_if_assumed(equation, context):
    return prove(equation, replace(context, assumed=True)).status == "proved"


def _of_worked(equation, context):
    """Return why a worked number is not proved: it is one of a network, where it is derived and comes out."""
    try:
        found = worked(equation, context)
    except (UnprovedError, EquationMeaningError) as reason:
        return str(reason)
    return "worked: the derived expression comes to it" if all(w.agrees for w in found) else DISAGREES
