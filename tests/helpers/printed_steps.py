"""The steps that a proof prints, taken at their word: each is an equation that a reader may check."""

from dataclasses import replace
from itertools import pairwise

from mlp_core.equations.checking import check
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
            groups.setdefault((_where(step), step.side), []).append(step)
    for (where, side), those in groups.items():
        if not reading.shape and "i =" not in where:
            yield from ((equation.sides[side - 1], step) for step in those)
        else:
            yield from ((_read(one), other) for one, other in pairwise(those))
    lasts = {place: those[-1] for place, those in groups.items()}
    for ((where, _), one), ((there, _), other) in pairwise(lasts.items()):
        if where == there and set(equation.relations) == {"="}:
            yield _read(one), other


def _read(step):
    return _parsed(f"t = {step.latex}").sides[1]


def _parsed(latex):
    """Return what a text says, in the chapters' dialect or, for other index letters, in a reader's."""
    try:
        return parse(latex)
    except EquationSyntaxError:
        return stated_by(latex, {}, BOOK)[0].equation


def _where(step):
    return step.words.partition(",")[0] if step.words.startswith("where ") else ""


def _said(before, step, reading, context):
    """Return why a step is false, or cannot be read; nothing where it holds."""
    where = _where(step).removeprefix("where ").replace("$", "")
    given = [part for part in where.split(" and ") if part and "=" not in part]
    sizes = [size.removesuffix("+1") for size in reading.shape]
    letters = zip(letters_for(sizes, set(reading.ranges)), reading.shape, strict=True)
    given += [rf"{letter} \ge 1" for letter, size in letters if size in ("H", "D")]
    try:
        stated = _parsed(
            " ".join([step.latex if before is None else f"t = {step.latex}", *map(_behind, given)])
        )
    except (EquationSyntaxError, EquationMeaningError):
        return UNREADABLE
    if before is not None:
        stated = replace(stated, sides=(before, stated.sides[1]))
    # A condition that one step does not need is no fault of the step.
    tried = [(), stated.conditions, (*stated.conditions, *reading.equation.conditions)]
    tried = [replace(stated, conditions=conditions) for conditions in dict.fromkeys(tried)]
    verdicts = [check(each, context) for each in tried]
    if any(verdict.holds or any(text in verdict.message for text in TRUE_AS_WELL) for verdict in verdicts):
        return ""
    if any(TOO_DEAR in verdict.message for verdict in verdicts):
        return "" if prove(tried[-1], context).status == "proved" else "is neither measured nor proved"
    return verdicts[-1].message


def _behind(condition):
    return rf"\quad {condition}"
