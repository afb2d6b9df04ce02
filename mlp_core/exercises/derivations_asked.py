"""A judge of chains of equations: they are measured, by the rules of `mlp_core.equations`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from .exercise import Exercise
from .feedback import Feedback
from .judging import UNTRIED

TOO_DEAR = "too many sums"  # so the equations' message begins where a chain is too long to be measured
LONG_STEP = "A step of it takes too long to measure: leave out the routes along which nothing comes."


def judge_derivation(
    start: str,
    pieces: Sequence[str],
    sides: int,
    after: Sequence[str] = (),
    habits: Mapping[str, str] = MappingProxyType({}),
) -> Callable[[Exercise, tuple, int], Feedback]:
    """Return a judge of a chain of equations, which is measured; it needs the package `lark`.

    Parameters
    ----------
    start : str
        The first side.
    pieces : sequence of str
        What must stand in it somewhere.
    sides : int
        How many sides it needs at least.
    after : sequence of str
        What is in force.
    habits : mapping of a wrong side to what it comes from
        Said where a side of the reader's, which need not look alike, is measured to be equal to it.
    """

    def judge(exercise, answers, attempt):
        if len(answers) != 1 or answers[0] in (None, ..., "", "..."):
            return Feedback(exercise.number, "unattempted", UNTRIED)
        text = answers[0]
        if not isinstance(text, str):
            return Feedback(exercise.number, "error", 'A derivation is a text: `lines = r"..."`.')
        try:
            verdict = _measured(text, list(after))
        except ValueError as error:
            return Feedback(exercise.number, "error", f"This cannot be read.\n{error}")
        if TOO_DEAR in verdict.message:
            return Feedback(exercise.number, "near", LONG_STEP)
        if not verdict.holds:
            belief = _habit(text, verdict, start, habits, list(after))
            return _said(exercise, verdict, belief, attempt)
        said = _unfinished(_squeezed(text), start, pieces, sides)
        if said:
            return Feedback(exercise.number, "near", said)
        return Feedback(exercise.number, "right", exercise.notice)

    return judge


def _said(exercise, verdict, belief, attempt):
    """Return what is said of a chain that does not hold, and of the belief that its false side comes from."""
    said = _with_mend(verdict) if attempt > 1 else _without_mend(verdict)
    slips = (belief or said.split(":")[0],)
    return Feedback(exercise.number, "wrong", f"{said}\n{belief}".strip(), slips)


def _habit(text, verdict, start, habits, after):
    """Return what the first false side comes from, where it is a known wrong one; else "".

    The first side is taken off both, because it says how far its letters run.
    """
    from ..equations import check_equation

    side = text.split("=")[verdict.equals_sign or 1].split(r"\quad")[0]
    for wrong, belief in habits.items():
        try:
            if check_equation(f"{side} - {start} = {wrong} - {start}", after).holds:
                return belief
        except ValueError:  # the side cannot be read alone
            return ""
    return ""


def _unfinished(given, start, pieces, sides):
    """Return what a derivation that holds still lacks, "" if nothing."""
    if not given.startswith(_squeezed(start)):
        return f"It holds, and begins elsewhere. Begin with `{start}`."
    lacking = [piece for piece in pieces if _squeezed(piece) not in given]
    if lacking:
        return f"All of it holds. It does not come by `{lacking[0]}` yet."
    if given.count("=") + 1 < sides:
        return f"It holds. Take smaller steps: at least {sides} sides, so that each step has one reason."
    return ""


def _measured(text, after):
    """Return the verdict on a chain; of one that is too dear at once, on its steps one by one."""
    from ..equations import check_derivation

    verdict = check_derivation(text, after)
    if TOO_DEAR not in verdict.message:
        return verdict
    chain, *condition = text.partition(r"\quad")
    sides = _sides(chain)
    for k in range(len(sides) - 1):
        step = f"{sides[k]} = {sides[k + 1]} {''.join(condition)}"
        verdict = check_derivation(step, after)
        if not verdict.holds:
            return replace(verdict, equals_sign=k + 1)
    return verdict


def _sides(chain):
    """Return the sides of a chain of equations: what stands between equals signs outside of braces."""
    sides, depth = [""], 0
    for letter in chain:
        depth += (letter == "{") - (letter == "}")
        if letter == "=" and depth == 0:
            sides.append("")
        else:
            sides[-1] += letter
    return sides


def _with_mend(verdict):
    return f"It does not hold: {str(verdict).partition(': ')[2] or verdict}"


def _without_mend(verdict):
    if verdict.slip != "value":
        said = verdict.message.splitlines()[0].partition(": ")[2]
        return f"It does not hold: {said}."
    where = f"Equals sign {verdict.equals_sign}" if verdict.equals_sign else "The equals sign"
    left = f" Left minus right is `{verdict.left_over}`." if verdict.left_over else ""
    return f"{where} is false: the numbers on its two sides differ.{left} Try that step with numbers."


def _squeezed(text):
    for layout in (r"\Big", r"\big", r"\left", r"\right", r"\,", " ", "{", "}"):
        text = text.replace(layout, "")
    return text
