"""A reader's own lines: does the equation hold, where does it go wrong, and what would mend it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from .checking import GIVEN_UP, Check
from .context import Context, in_force_after
from .language.errors import EquationMeaningError
from .language.tree import TARGETS_ADD_UP
from .language.writer import write
from .measuring.budget import Budget, TooDear
from .proving.judging import with_proof
from .slips.edits import edits
from .spelling.hints import advice_on
from .spelling.lines import BOOK
from .spelling.notations import Notation, notation_called
from .spelling.notations.answers import in_letters_of
from .spelling.readings import stated_by
from .verdict import Verdict

SECONDS = 1.5  # that a reader waits at most, of this thread; the book's dearest lines take a tenth of it
MENDING = 10_000  # letters that the search for a mend may read


def check_equation(latex: str, after: Sequence[str] = (), notation: Notation = None) -> Verdict:
    r"""Return the `Verdict` on one equation, in the book's letters or in another notation.

    Parameters
    ----------
    latex : str
        The inside of a display, such as r"-\frac{\partial E}{\partial z_i} = \frac{r_i}{z_i}".
    after : sequence of str
        Definitions (s := ...) and assumptions that are in force.
    notation : str, mapping or None
        Whose letters and signs these are: None for the book's, "nielsen", "pytorch", "d2l", "goodfellow" or
        "prince", or a table of your own, {"p": "z", "o": r"\hat z", "L": "E"}.

    Raises
    ------
    EquationSyntaxError
        A text cannot be read; the message shows where, and says what to write.
    ValueError
        `after` is one text, not a list of them; or there is no such notation.

    Examples
    --------
    >>> from mlp_core.equations import check_equation
    >>> check_equation(r"\sum_l z_l = 1").holds
    True
    >>> print(check_equation(r"z_i = r_i"))
    value: the equals sign is false at i = 1: 0.2334 against 0.2235
    left over: z_i - r_i
    """
    verdict, equation, checking = _judged(latex, after, notation)
    verdict = with_proof(verdict, equation, checking.context) if checking else verdict
    return _left_over_in(notation_called(notation), verdict)


def check_derivation(latex: str, after: Sequence[str] = (), notation: Notation = None) -> Verdict:
    r"""Return the `Verdict` on a chain a = b = c, with the one edit that mends it where there is one.

    Parameters
    ----------
    latex : str
        The inside of a display.
    after : sequence of str
        Definitions (s := ...) and assumptions that are in force.
    notation : str, mapping or None
        Whose letters and signs these are: None for the book's, "nielsen", "pytorch", "d2l", "goodfellow" or
        "prince", or a table of your own, {"p": "z", "o": r"\hat z", "L": "E"}.

    Raises
    ------
    EquationSyntaxError
        A text cannot be read; the message shows where, and says what to write.
    ValueError
        `after` is one text, not a list of them; or there is no such notation.

    Examples
    --------
    >>> from mlp_core.equations import check_derivation
    >>> print(check_derivation(r"E = \sum_l r_l \log z_l"))
    value: the equals sign is false: 2.453 against -2.453
    left over: -2 \sum_l r_l\, \log\left(z_l\right) (the sign is the other way round)
    true with a minus before the sum
    >>> print(check_derivation(r"\delta^L = a^L - y", notation="nielsen"))
    holds (proved for every size)
    read as \nabla_{\hat{\mathbf z}} E = \mathbf z - \mathbf r
    """
    verdict, equation, checking = _judged(latex, after, notation)
    verdict = with_proof(verdict, equation, checking.context, steps=True) if checking else verdict
    verdict = _left_over_in(notation_called(notation), verdict)
    if checking is None or verdict.holds or verdict.slip == "condition":
        return verdict
    return _with_mend(verdict, equation, checking, notation_called(notation))


def _left_over_in(letters, verdict):
    """Return a verdict with what is left over in the letters that were asked in."""
    if letters is BOOK or not verdict.left_over:
        return verdict
    left, means = (in_letters_of(letters, text) for text in (verdict.left_over, verdict.left_over_means))
    return replace(verdict, left_over=left, left_over_means=means)


def _with_mend(verdict, equation, checking, letters):
    """Return a verdict on what is false with the one edit that mends it, where there is one."""
    try:
        found = _mend(equation, checking, verdict)
    except TooDear as price:
        given_up = GIVEN_UP.format(price)
        known = given_up in verdict.message or verdict.slip == "use"
        return verdict if known else replace(verdict, message=f"{verdict.message}\n{given_up}")
    if not found:
        return verdict
    pairs = enumerate(zip(equation.sides, found.equation.sides, strict=True))
    side = next(k for k, (before, after) in pairs if before != after)
    words = found.words if letters is BOOK else in_letters_of(letters, found.words)
    place = f", in side {side + 1} of {len(equation.sides)}" if len(equation.sides) > 2 else ""
    return replace(verdict, mend=f"true {words}{place}", mended=side + 1)


def _mend(equation, checking, verdict):
    """Return the first single `Edit` that makes an equation hold, or None; the false side is tried first.

    Where two sides or more agree before it, no other can mend it: edited, one of them would be false.
    """
    last = len(equation.sides) - 1
    first = min(verdict.equals_sign or last, last)
    others = () if (verdict.equals_sign or 0) > 1 else range(last + 1)
    order = [first, *(side for side in others if side != first)]
    nodes = sum(1 for side in equation.sides for _ in side.walk())
    for edit in islice(edits(equation, order), max(MENDING // nodes, 20)):
        checking.budget.spend(nodes)
        if checking.holds(edit.equation):
            return edit
    return None


def _judged(latex, after, notation):
    """Return the `Verdict` on a text, its tree, and the `Check` to go on with, if there is one."""
    if isinstance(after, str):
        raise ValueError(f"after: got the text {after!r}; expected a list of texts")
    letters = notation_called(notation)
    budget, context = Budget(SECONDS), Context(assumed=letters.assumes)
    try:
        for line in after:
            verdict, stated, _ = _first_false(line, context, budget, letters)
            if not verdict.holds:
                message = f"what is to be in force does not hold: {verdict.message}"
                return replace(verdict, message=message), stated, None
            context = in_force_after(stated, context)
            budget.look()
    except TooDear as price:
        message = f"use: what is to be in force takes more than {price}"
        return Verdict(False, "use", message=message), None, None
    return _first_false(latex, context, budget, letters)


def _first_false(latex, context, budget, letters):
    """Return the verdict on the first false reading of a text, or on its last, with its tree and `Check`."""
    checking = Check(context, budget)
    try:
        readings = stated_by(latex, context.definitions, letters, context.said)
    except EquationMeaningError as error:
        return _advised(checking.refused(None, error, latex)), None, None
    read_as = []
    for stated in readings:
        equation = stated.equation
        verdict = checking.verdict(equation, latex)
        said = stated.read_as
        for other in (
            () if verdict.holds else (*stated.otherwise, *_without_what_is_assumed(equation, context))
        ):
            if (found := checking.verdict(other, latex)).holds:
                verdict, equation, said = found, other, write(other)
                break
        read_as = [*read_as, said] if verdict.holds else [said]
        if not verdict.holds:
            break
    verdict = replace(_advised(verdict), read_as=" and ".join(filter(None, dict.fromkeys(read_as))) or None)
    return verdict, equation, checking


def _without_what_is_assumed(equation, context):
    """Return an equation without its condition that the targets add up to 1, where that is in force."""
    if not context.assumed or TARGETS_ADD_UP not in equation.conditions:
        return ()
    return (replace(equation, conditions=tuple(c for c in equation.conditions if c != TARGETS_ADD_UP)),)


def _advised(verdict):
    """Return a verdict that says what to write, where its message is of a kind that has an answer."""
    if verdict.holds or verdict.advice or verdict.slip == "value":
        return verdict
    advice = advice_on(verdict.message)
    return replace(verdict, advice=advice)
