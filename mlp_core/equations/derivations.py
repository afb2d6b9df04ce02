"""A reader's own lines: does the equation hold, where does it go wrong, and what would mend it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from .checking import GIVEN_UP, Check
from .context import Context, in_force_after
from .language.parser import parse
from .measuring.budget import Budget, TooDear
from .proving.judging import with_proof
from .slips.edits import edits
from .verdict import Verdict

SECONDS = 1.5  # that a reader waits at most, of this thread; the book's dearest lines take a tenth of it
MENDING = 10_000  # letters that the search for a mend may read


def check_equation(latex: str, after: Sequence[str] = ()) -> Verdict:
    r"""Return the `Verdict` on one equation in the book's letters.

    Parameters
    ----------
    latex : str
        The inside of a display, such as r"-\frac{\partial E}{\partial z_i} = \frac{r_i}{z_i}".
    after : sequence of str
        Definitions (s := ...) and assumptions that are in force.

    Raises
    ------
    EquationSyntaxError
        A text is not of the dialect; the message shows where.
    ValueError
        `after` is one text, not a list of them.

    Examples
    --------
    >>> from mlp_core.equations import check_equation
    >>> check_equation(r"\sum_l z_l = 1").holds
    True
    >>> print(check_equation(r"z_i = r_i"))
    value: the equals sign is false at i = 1: 0.2334 against 0.2235
    left over: z_i - r_i
    """
    verdict, equation, checking = _judged(latex, after)
    return with_proof(verdict, equation, checking.context) if checking else verdict


def check_derivation(latex: str, after: Sequence[str] = ()) -> Verdict:
    r"""Return the `Verdict` on a chain a = b = c, with the one edit that mends it where there is one.

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
    ValueError
        `after` is one text, not a list of them.

    Examples
    --------
    >>> from mlp_core.equations import check_derivation
    >>> print(check_derivation(r"E = \sum_l r_l \log z_l"))
    value: the equals sign is false: 2.453 against -2.453
    left over: -2 \sum_l r_l\, \log\left(z_l\right) (the sign is the other way round)
    true with a minus before the sum
    """
    verdict, equation, checking = _judged(latex, after)
    verdict = with_proof(verdict, equation, checking.context, steps=True) if checking else verdict
    if checking is None or verdict.holds or verdict.slip == "condition":
        return verdict
    try:
        found = _mend(equation, checking, verdict)
    except TooDear as price:
        given_up = GIVEN_UP.format(price)
        known = given_up in verdict.message or verdict.slip == "use"
        return verdict if known else replace(verdict, message=f"{verdict.message}\n{given_up}")
    return replace(verdict, mend=_said_of(found, equation)) if found else verdict


def _mend(equation, checking, verdict):
    """Return the first single `Edit` that makes an equation hold, or None; the false side is tried first."""
    last = len(equation.sides) - 1
    first = min(verdict.equals_sign or last, last)
    order = [first, *(side for side in range(last + 1) if side != first)]
    nodes = sum(1 for side in equation.sides for _ in side.walk())
    for edit in islice(edits(equation, order), max(MENDING // nodes, 20)):
        checking.budget.spend(nodes)
        if checking.holds(edit.equation):
            return edit
    return None


def _said_of(edit, equation):
    """Return in words what an edit mends, and in which side of a chain."""
    pairs = enumerate(zip(equation.sides, edit.equation.sides, strict=True))
    side = next(k for k, (before, after) in pairs if before != after)
    place = f", in side {side + 1} of {len(equation.sides)}" if len(equation.sides) > 2 else ""
    return f"true {edit.words}{place}"


def _judged(latex, after):
    """Return the `Verdict` on a text, its tree, and the `Check` to go on with, if there is one."""
    if isinstance(after, str):
        raise ValueError(f"after: got the text {after!r}; expected a list of texts")
    budget, context = Budget(SECONDS), Context()
    equation = parse(latex)
    try:
        for line in after:
            stated = parse(line)
            verdict = Check(context, budget).verdict(stated, line)
            if not verdict.holds:
                message = f"what is to be in force does not hold: {verdict.message}"
                return replace(verdict, message=message), equation, None
            context = in_force_after(stated, context)
            budget.look()
    except TooDear as price:
        return (
            Verdict(False, "use", message=f"use: what is to be in force takes more than {price}"),
            equation,
            None,
        )
    checking = Check(context, budget)
    return checking.verdict(equation, latex), equation, checking
