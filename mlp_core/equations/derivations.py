"""A reader's own lines: does the equation hold, where does it go wrong, and what would mend it."""

from dataclasses import replace
from itertools import islice

from .chapters import in_force_after
from .language.parser import parse
from .slips.edits import edits
from .verdict import Context, check

MENDING = 10_000  # letters that the search for a mend may read


def check_equation(latex, after=()):
    """Return the `Verdict` on one equation in the book's letters.

    Parameters
    ----------
    latex : str
        The inside of a display, such as r"-\\\\frac{\\\\partial E}{\\\\partial z_i} = \\\\frac{r_i}{z_i}".
    after : sequence of str
        Definitions (s := ...) and assumptions that are in force.

    Raises
    ------
    EquationSyntaxError
        A text is not of the dialect; the message shows where.
    """
    equation = parse(latex)
    context, refused = _after(after)
    return refused or check(equation, context, latex)


def check_derivation(latex, after=()):
    """Return the `Verdict` on a chain a = b = c, with the one edit that mends it where there is one.

    Parameters
    ----------
    latex : str
        The inside of a display.
    after : sequence of str
        Definitions (s := ...) and assumptions that are in force.

    Raises
    ------
    EquationSyntaxError
        A text is not of the dialect; the message shows where.
    """
    equation = parse(latex)
    context, refused = _after(after)
    verdict = refused or check(equation, context, latex)
    if refused or verdict.holds or verdict.slip == "condition":
        return verdict
    found = mend(equation, context, verdict)
    if not found:
        return verdict
    side = next(
        k
        for k, pair in enumerate(zip(equation.sides, found.equation.sides, strict=True))
        if pair[0] != pair[1]
    )
    place = f", in side {side + 1} of {len(equation.sides)}" if len(equation.sides) > 2 else ""
    return replace(verdict, mend=f"true {found.words}{place}")


def mend(equation, context, verdict):
    """Return the first single `Edit` that makes an equation hold, or None; the false side is tried first."""
    last = len(equation.sides) - 1
    first = min(verdict.equals_sign or last, last)
    order = [first, *(side for side in range(last + 1) if side != first)]
    nodes = sum(1 for side in equation.sides for _ in side.walk())
    tried = islice(edits(equation, order), max(MENDING // nodes, 20))
    return next((edit for edit in tried if check(edit.equation, context).holds), None)


def _after(lines):
    """Return the context after lines, and the verdict on the first that does not hold itself, or None."""
    context = Context()
    for line in lines:
        equation = parse(line)
        verdict = check(equation, context, line)
        if not verdict.holds:
            return context, replace(
                verdict, message=f"what is to be in force does not hold: {verdict.message}"
            )
        context = in_force_after(equation, context)
    return context, None
