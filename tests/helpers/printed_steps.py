"""The steps that a proof prints, taken at their word: each is an equation that a reader may check."""

import re
from dataclasses import replace
from itertools import pairwise

from mlp_core.equations.checking import check
from mlp_core.equations.language import tree
from mlp_core.equations.language.errors import EquationMeaningError, EquationSyntaxError
from mlp_core.equations.language.parser import parse
from mlp_core.equations.proving.proof import prove
from mlp_core.equations.proving.writing import letters_for
from mlp_core.equations.reading.equation import read
from mlp_core.equations.spelling.lines import BOOK
from mlp_core.equations.spelling.readings import stated_by

TRUE_AS_WELL = ("both sides are the same expression", "the two sides of ≥ are nowhere equal")
UNREADABLE = "the dialect has no words for it"
TOO_DEAR = "too many sums or definitions"
BOUNDS = (r"\ge 0", r"\le 0")
OF_T = ("t > 0", r"t \le 0")  # the signs that are conditions of the dialect


def false_steps(equation, verdict, context):
    """Return (why a step may be taken, what stands after it, what is said of it) of each step that is false.

    Parameters
    ----------
    equation : Equation
    verdict : Verdict
        With the steps of its proof.
    context : Context
        What the line may take as given; that the targets add up to 1 only where it needs it.
    """
    needs_sum = any("targets" in need for need in verdict.needs)
    context = replace(context, assumed=context.assumed and needs_sum)
    reading = read(equation, context.definitions)
    if reading.mode != "single":  # the dialect has no letters for the entries
        return []
    found = []
    for before, step in _claims(equation, verdict, reading):
        said = _said(before, step, reading, context)
        if said:
            found.append((step.words, step.latex, said))
    return found


def _claims(equation, verdict, reading):
    """Yield (what stands before a step, the step): the side, or another step that must be equal to it."""
    alone = [step for step in verdict.steps if step.latex.endswith(BOUNDS)]
    yield from ((None, step) for step in alone)
    groups = {}
    for step in verdict.steps:
        if step not in alone:
            groups.setdefault((step.given, step.side), []).append(step)
    for (given, side), those in groups.items():
        if not reading.shape and not any("=" in condition for condition in given):
            yield from ((equation.sides[side - 1], step) for step in those)
        else:
            yield from ((_read(one), other) for one, other in pairwise(those))
    lasts = {place: those[-1] for place, those in groups.items()}
    for ((given, _), one), ((there, _), other) in pairwise(lasts.items()):
        if given == there and set(equation.relations) == {"="}:
            yield _read(one), other


def _read(step):
    return _read_of(step.latex)


def _read_of(latex):
    return _parsed(f"t = {latex}").sides[1]


def _parsed(latex):
    """Return what a text says, in the chapters' dialect or, for other index letters, in a reader's."""
    try:
        return parse(latex)
    except EquationSyntaxError:
        return stated_by(latex, {}, BOOK)[0].equation


def _said(before, step, reading, context):
    """Return why a step is false, or cannot be read; nothing where it holds."""
    given = [condition for condition in step.given if condition in OF_T]
    sizes = [size.removesuffix("+1") for size in reading.shape]
    letters = zip(letters_for(sizes, set(reading.ranges)), reading.shape, strict=True)
    given += [rf"{letter} \ge 1" for letter, size in letters if size in ("H", "D")]
    try:
        stated = _parsed(
            " ".join([step.latex if before is None else f"t = {step.latex}", *map(_behind, given)])
        )
        if before is not None:
            stated = replace(stated, sides=_in_its_case(before, stated.sides[1], step.given))
    except (EquationSyntaxError, EquationMeaningError):
        return UNREADABLE
    # A condition that one step does not need is no fault of the step.
    tried = [(), stated.conditions, (*stated.conditions, *reading.equation.conditions)]
    tried = [replace(stated, conditions=conditions) for conditions in dict.fromkeys(tried)]
    verdicts = [check(each, context) for each in tried]
    if any(verdict.holds or any(text in verdict.message for text in TRUE_AS_WELL) for verdict in verdicts):
        return ""
    if any(TOO_DEAR in verdict.message for verdict in verdicts):
        return "" if prove(tried[-1], context).status == "proved" else "is neither measured nor proved"
    return verdicts[-1].message


def _in_its_case(before, after, given):
    """Return two sides, times 0 outside of their case: by ReLU' of what its conditions say the sign of."""
    weights = []
    for condition in given:
        text, sign = re.fullmatch(r"(.*) (>|\\le|=) .*", condition).groups()
        if condition not in OF_T and sign != "=":
            is_above = tree.Apply("ReLU", (_read_of(text),), primed=True)
            weights.append(is_above if sign == ">" else tree.Sum((tree.Number("1"), tree.Negative(is_above))))
    if not weights:
        return before, after
    return tuple(tree.Product((*weights, side)) for side in (before, after))


def _behind(condition):
    return rf"\quad {condition}"
