"""A judge of chains of equations: they are measured, by the rules of `mlp_core.equations`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

from .exercise import Exercise
from .feedback import Feedback
from .judging import UNTRIED

TOO_DEAR = "too many sums"  # so the equations' message begins where a chain is too long to be measured
LONG_STEP = "A step of it takes too long to measure: leave out the routes along which nothing comes."
NO_CHAIN = (
    "A line that begins without `=` is read on from the one before, as a product. Write one chain: each "
    "further line begins with `=`."
)


def judge_derivation(
    start: str,
    pieces: Sequence[str],
    sides: int,
    after: Sequence[str] = (),
    habits: Mapping[str, str] = MappingProxyType({}),
    end: str = "",
    lacking: Mapping[str, str] = MappingProxyType({}),
) -> Callable[[Exercise, tuple, int], Feedback]:
    """Return a judge of a chain of equations, which is measured; it needs the package `lark`.

    Parameters
    ----------
    start : str
        The first side.
    pieces : sequence of str
        What must stand in it somewhere, in whatever order its terms and factors are.
    sides : int
        How many sides it needs at least.
    after : sequence of str
        What is in force.
    habits : mapping of a wrong side to what it comes from
        Said where a side of the reader's, which need not look alike, is measured to be equal to it.
    end : str
        The last side, "" where it may be any.
    lacking : mapping of a piece to what is said where it is not there
    """

    def judge(exercise, answers, attempt):
        if no_text := _no_text(exercise, answers):
            return no_text
        (text,) = answers
        try:
            verdict = _measured(text, list(after))
        except ValueError as error:
            return Feedback(exercise.number, "error", f"This cannot be read.\n{error}")
        if not verdict.holds and _is_no_chain(text):
            return Feedback(exercise.number, "wrong", NO_CHAIN, (NO_CHAIN,))
        if TOO_DEAR in verdict.message:
            return Feedback(exercise.number, "near", LONG_STEP)
        if not verdict.holds:
            return _said(exercise, verdict, _habit(text, verdict, start, habits, list(after)), attempt)
        said = _unfinished(text, start, pieces, sides, end, lacking)
        if said:
            return Feedback(exercise.number, "near", said)
        return Feedback(exercise.number, "right", exercise.notice)

    return judge


def _no_text(exercise, answers):
    """Return the `Feedback` where no text was handed in, None where one was."""
    if len(answers) != 1 or answers[0] in (None, ..., "", "..."):
        return Feedback(exercise.number, "unattempted", UNTRIED)
    if not isinstance(answers[0], str):
        return Feedback(exercise.number, "error", 'A derivation is a text: `lines = r"..."`.')
    return None


def _said(exercise, verdict, belief, attempt):
    """Return what is said of a chain that does not hold, and of the belief that its false side comes from."""
    said = _with_mend(verdict) if attempt > 1 else _without_mend(verdict)
    slips = (belief or said.split(":")[0],)
    return Feedback(exercise.number, "wrong", f"{said}\n{belief}".strip(), slips)


def _is_no_chain(text):
    """Return whether a line begins where a new equation does, without an equals sign at its beginning."""
    lines = [line.strip() for line in text.replace("\\\\", "\n").replace("&", "").split("\n") if line.strip()]
    return any("=" in line[1:] and line[0] != "=" and before[-1] != "=" for before, line in pairwise(lines))


def _habit(text, verdict, start, habits, after):
    """Return what the first false side comes from, where it is a known wrong one; else "".

    The first side is taken off both, because it says how far its letters run.
    """
    from ..equations import check_equation

    chain, *condition = text.partition(r"\quad")
    side = _sides(chain)[verdict.equals_sign or 1]
    for wrong, belief in habits.items():
        try:
            line = f"{side} - {start} = {wrong} - {start} {''.join(condition)}"
            if check_equation(line, after).holds:
                return belief
        except ValueError:  # the side cannot be read alone
            return ""
    return ""


def _unfinished(text, start, pieces, sides, end, lacking):
    """Return what a derivation that holds still lacks, "" if nothing."""
    given = _written(text)
    if not "=".join(given).startswith((_squeezed(start), *_written(f"{start} = 0")[:1])):
        return f"It holds, and begins elsewhere. Begin with `{start}`."
    for piece in pieces:
        if not _has(text, given, piece):
            what = lacking.get(piece) or f"It does not come by `{piece}` yet."
            return f"All of it holds. {what}"
    if end and _forms(_tree(text)[-1:]) != _forms(_tree(f"{end} = 0")[:1]):
        return f"All of it holds. End with `{end}`."
    if len(set(given)) < sides:
        return f"It holds. Take smaller steps: at least {sides} sides, so that each step has one reason."
    return ""


def _has(text, given, piece):
    """Return whether a piece stands in a chain, in whatever order its terms and factors are."""
    if any(_squeezed(piece) in "=".join(sides) for sides in (given, [_squeezed(text)])):
        return True
    return bool(
        set(_forms(_tree(f"{piece} = 0")[:1])) & set(_forms(n for s in _tree(text) for n in s.walk()))
    )


def _tree(text):
    """Return the sides of a chain as trees; none where it cannot be read."""
    from ..equations.language.parser import parse

    try:
        return parse(text).sides
    except ValueError:
        return ()


def _written(text):
    """Return the sides of a chain, squeezed: as the chapters would write them, where they can be read."""
    from ..equations.language.writer import write_node

    sides = [_squeezed(write_node(side)) for side in _tree(text)]
    return sides or [_squeezed(side) for side in _sides(text)]


def _forms(nodes):
    """Return each node in the one way of writing in which the order makes no difference."""
    from ..equations.slips.normal_form import Form

    return [Form({}).of(node) for node in nodes]


def _measured(text, after):
    """Return the verdict on a chain; of one that is too dear at once, on each side against the first.

    The first says how far its letters run, and it is not what an edit may change.
    """
    from ..equations import check_derivation

    verdict = check_derivation(text, after)
    if TOO_DEAR not in verdict.message:
        return verdict if verdict.mended != 1 else replace(verdict, mend=None)
    chain, *condition = text.partition(r"\quad")
    first, *sides = _sides(chain)
    for k, side in enumerate(sides, start=1):
        verdict = check_derivation(f"{first} = {side} {''.join(condition)}", after)
        if not verdict.holds:
            return _in_its_place(verdict, k, len(sides))
    return verdict


def _in_its_place(verdict, sign, signs):
    """Return the verdict on one side against the first as one on the chain that it is a side of."""
    message = verdict.message.replace("the equals sign", f"equals sign {sign} of {signs}")
    mend = verdict.mend if verdict.mended != 1 else None
    mend = mend and f"{mend}, in side {sign + 1} of {signs + 1}"
    return replace(verdict, equals_sign=sign, message=message, mend=mend)


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
    return f"{where} is false: the numbers on its two sides differ. Try that step with numbers."


def _squeezed(text):
    for layout in (r"\Big", r"\big", r"\left", r"\right", r"\,", " ", "{", "}"):
        text = text.replace(layout, "")
    return text
