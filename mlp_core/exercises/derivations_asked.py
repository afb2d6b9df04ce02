"""A judge of chains of equations: they are measured, by the rules of `mlp_core.equations`."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from types import MappingProxyType

from .exercise import Exercise
from .feedback import Feedback
from .judging import UNTRIED
from .sides import of_one_side, split

LONGEST_LEFT = 90  # signs of LaTeX: what is left over and longer tells a reader nothing
TOO_DEAR = "too many sums"  # so the equations' message begins where a chain is too long to be measured
LONG_STEP = "A step of it takes too long to measure: leave out the routes along which nothing comes."
TWO_CHAINS = "Line {} begins without =, so it is multiplied with the line before it. Write one chain."
NO_R = re.compile(
    r"[\a\b\f\v]|\t(?=anh|ext|imes|o\b)|\r(?=ight|m\b)|\n(?=abla|eq?\b)"
)  # of \\tanh, \\frac, ...
WRITE_R = (
    'Write r in front of the quotation mark, `r"..."`: without it Python makes another sign of a backslash '
    "and the letter behind it."
)
IN_BRACKETS = re.compile(r"([A-Za-z][\w.^]*)\[ *([i-n](?: *(?:,|\] *\[) *[i-n])*) *\]")  # as in code
WRITE_BELOW = "An index stands below its letter: write `{}` for `{}`."
BY_DEFINITION = "Sides 1 and 2 are the same by definition, which is no step. "
NEEDS = re.compile(r"condition: it holds only if (.*), which is neither printed nor assumed")
MORE_IS_ASKED = {
    "sum": "Here any target is allowed.",
    "sigma": "Here σ is any activation.",
    "size": "Here there are any number of classes.",
}
TARGETS = r"\text{assume } \sum_l r_l = 1"  # which another book's own line takes for granted
ANY_CASE = "Here it should hold in every case."
NO_TERMS = (
    "Every side is 0, and 0 = 0 shows nothing. Put the pull in for its derivative first: one side should "
    "be the sum of what each term of the first is."
)


def judge_derivation(
    start: str,
    pieces: Sequence[str],
    sides: int,
    after: Sequence[str] = (),
    habits: Mapping[str, str] = MappingProxyType({}),
    end: str = "",
    closed: bool = False,
    lacking: Mapping[str, str] = MappingProxyType({}),
    notation: str | Mapping[str, str] | None = None,
    weight: str = "",
) -> Callable[[Exercise, tuple, int], Feedback]:
    """Return a judge of a chain of equations, which is measured; it needs the package `lark`.

    It must hold as it is asked for: of conditions only those are let pass that say where an index begins.
    Where the first side is a sum, other sums over one index are compared with it term by term, for the sums
    may be equal where the terms are not.

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
        The last side, but for the order of terms and factors; "" where it may be any.
    closed : bool
        Whether no derivative may be left in the last side.
    lacking : mapping of a piece to what is said where it is not there
    notation : str, mapping or None
        Whose letters all of these, and the reader's chain, are in; None for the book's.
    weight : str
        What some side must sum over, as a factor of every sum in it; said of its lack as of a piece's.
    """

    asked = _Asked(start, tuple(pieces), sides, list(after), habits, end, closed, lacking, notation, weight)

    def judge(exercise, answers, attempt):
        if len(answers) != 1 or answers[0] in (None, ..., "", "..."):
            return Feedback(exercise.number, "unattempted", UNTRIED)
        if not isinstance(answers[0], str):
            return Feedback(exercise.number, "unread", 'A derivation is a text: `lines = r"..."`.')
        return _judged(asked, exercise, answers[0], attempt)

    return judge


@dataclass(frozen=True)
class _Asked:
    """What is asked for, as `judge_derivation` takes it."""

    start: str
    pieces: tuple[str, ...]
    sides: int
    after: list[str]
    habits: Mapping[str, str]
    end: str
    closed: bool
    lacking: Mapping[str, str]
    notation: str | Mapping[str, str] | None
    weight: str

    def in_the_book(self, piece):
        """Return a side, or a piece of one, in the book's letters."""
        from ..equations.chain_form import in_the_book

        return in_the_book(piece, self.notation)


def _judged(asked, exercise, text, attempt):
    from ..equations.chain_form import chain_of

    if NO_R.search(text):
        return Feedback(exercise.number, "unread", WRITE_R)
    try:
        verdict = _measured(text, asked)
    except ValueError as error:
        return Feedback(exercise.number, "unread", _write_below(text) or of_one_side(str(error)))
    if TOO_DEAR in verdict.message:
        return Feedback(exercise.number, "near", LONG_STEP)
    if not verdict.holds and verdict.slip != "value" and _write_below(text):
        return Feedback(exercise.number, "unread", _write_below(text))
    if not verdict.holds:
        return _said(exercise, text, verdict, _habit(asked, text, verdict), attempt)
    is_ours = asked.notation is None
    chain = chain_of(verdict.read_as or text) if is_ours else chain_of(text, asked.notation)
    said = _leaning(chain) or _of_terms(chain, asked.after if is_ours else [TARGETS])
    if said:
        return Feedback(exercise.number, "wrong", said, (said.split(":")[0],))
    said = _unfinished(chain, asked, text)
    return Feedback(exercise.number, "near" if said else "right", said or exercise.notice)


def _write_below(text):
    """Return how an entry is written of which the indices stand in brackets, "" where none does."""
    found = IN_BRACKETS.search(text)
    if not found:
        return ""
    letters = "".join(re.findall(r"[i-n]", found[2]))
    below = f"{found[1]}_{letters}" if len(letters) == 1 else f"{found[1]}_{{{letters}}}"
    return WRITE_BELOW.format(below, found[0])


# ---------------------------------------------------------------- what does not hold


def _said(exercise, text, verdict, belief, attempt):
    """Return what is said of a chain that does not hold, and of the belief that its false side comes from."""
    said = _without_equals(text) or _needed(verdict)
    if not said:
        said = _with_mend(verdict) if attempt > 1 else _without_mend(verdict)
    slips = (belief or said.split(":")[0],)
    return Feedback(exercise.number, "wrong", of_one_side(f"{said}\n{belief}".strip()), slips)


def _without_equals(text):
    """Return that a line is read as multiplied with the one before, where it looks like a chain itself."""
    lines = text.replace(r"\\", "\n").strip().splitlines()
    for k, line in enumerate(lines[1:], start=2):
        goes_on = re.match(r"\s*(&|=|\+|-|\\quad|$)", line)
        left_open = re.search(r"(=|\+|-)\s*$", lines[k - 2])
        if len(split(line)) > 1 and not goes_on and not left_open:
            return TWO_CHAINS.format(k)
    return ""


def _needed(verdict):
    """Return that a step needs what the exercise does not grant, "" where it lacks no condition."""
    lacks = NEEDS.match(verdict.message)
    if not lacks:
        return ""
    where = f"Equals sign {verdict.equals_sign}" if verdict.equals_sign else "It"
    kind = "sum" if "targets" in lacks[1] else "sigma" if "σ" in lacks[1] else ""
    if not kind and "≥" in lacks[1]:
        letter = lacks[1].split()[0]
        return rf"{where} holds only if {lacks[1]}: write `\quad {letter} \ge 1` at the end."
    left = _left(verdict)
    more = f" {left}, which is 0 only then." if left else ""
    return f"{where} holds only if {lacks[1]}.{more} {MORE_IS_ASKED.get(kind, ANY_CASE)}"


def _left(verdict):
    """Return what the first false equals sign leaves over, "" where it is not known, or too long to help."""
    left = verdict.left_over
    return f"Left minus right is `{left}`" if left and len(left) <= LONGEST_LEFT else ""


def _habit(asked, text, verdict):
    """Return what the first false side comes from, where it is a known wrong one; else "".

    Where a side does not say alone how far its letters run, the first side, taken off both, does.
    """
    from ..equations import check_equation

    chain, *condition = text.partition(r"\quad")
    sides = split(chain)
    side, behind = sides[min(verdict.equals_sign or 1, len(sides) - 1)], " ".join(["", *condition])
    for wrong, belief in asked.habits.items():
        both = rf"{side} - \left({asked.start}\right) = {wrong} - \left({asked.start}\right)"
        try:
            pairs = (f"{side} = {wrong}", both + behind)
            if any(check_equation(pair, asked.after, asked.notation).holds for pair in pairs):
                return belief
        except ValueError:  # the side cannot be read alone
            return ""
    return ""


def _measured(text, asked):
    """Return the verdict on a chain; of one that is too dear at once, side by side against its first."""
    from ..equations import check_derivation

    verdict = check_derivation(text, asked.after, asked.notation)
    if TOO_DEAR not in verdict.message:
        return verdict if verdict.mended != 1 else replace(verdict, mend=None)
    chain, *condition = text.partition(r"\quad")
    first, *others = split(chain)
    for k, side in enumerate(others, start=1):
        pair = f"{first} = {side} {''.join(condition)}"
        verdict = check_derivation(pair, asked.after, asked.notation)
        if not verdict.holds:
            return _of_a_chain(verdict, k, len(others))
    return verdict


def _of_a_chain(verdict, k, count):
    """Return the verdict on the first side and another as one on the chain; a mend of the first is none."""
    message = verdict.message.replace("the equals sign is", f"equals sign {k} of {count} is")
    mend = f"{verdict.mend}, in side {k + 1} of {count + 1}" if verdict.mended == 2 else None
    return replace(verdict, equals_sign=k, message=message, mend=mend)


def _with_mend(verdict):
    return f"It does not hold: {str(verdict).partition(': ')[2] or verdict}"


def _without_mend(verdict):
    if verdict.slip != "value":
        said = verdict.message.splitlines()[0].partition(": ")[2]
        return f"It does not hold: {said}."
    where = f"Equals sign {verdict.equals_sign}" if verdict.equals_sign else "The equals sign"
    left = _left(verdict)
    left = f" {left}." if left else ""
    return f"{where} is false: the numbers on its two sides differ.{left} Try that step with numbers."


# ---------------------------------------------------------------- what holds, and is not what was asked for


def _leaning(chain):
    """Return on what a chain leans that the exercise does not grant, "" if on nothing."""
    extra = [each for each in chain.conditions if each[0] != "least"]
    if not extra:
        return ""
    kind, words = extra[0]
    return f"It holds only if {words}. {MORE_IS_ASKED.get(kind, ANY_CASE)}"


def _of_terms(chain, after):
    """Return which sum of a chain has other terms than the first, where the first side is a sum."""
    from ..equations import check_equation

    for k, first, term, _ in chain.terms:
        verdict = check_equation(f"{first} = {term}", after)
        if not verdict.holds:
            where = verdict.message.partition(" is false")[2].partition("\n")[0]
            left = _left(verdict)
            left = f" Term by term, l{left[1:]}." if left else ""
            return f"Side {k} is as large as side 1, but its terms are others: they differ{where}.{left}"
    return ""


def _is_definition(text, asked):
    """Return whether the first two sides, which are one in this book, are written as two in another."""
    first, second = (re.sub(r"\\begin\{\w+\}|[\s&{}\\]", "", side) for side in split(text)[:2])
    return asked.notation is not None and first != second


def _unfinished(chain, asked, text):
    """Return what a derivation that holds still lacks, "" if nothing."""
    from ..equations.chain_form import form_of, plain, side_of

    given = chain.sides
    if given[0] != side_of(asked.in_the_book(asked.start)):
        return f"It begins elsewhere. Begin with `{asked.start}`."
    twins = [k for k, pair in enumerate(pairwise(given), start=1) if pair[0] == pair[1]]
    is_defined = twins[:1] == [1] and _is_definition(text, asked)
    if twins[is_defined:]:
        twins = twins[is_defined:]
        return f"All of it holds. Sides {twins[0]} and {twins[0] + 1} are the same: leave one out."
    if given[0].startswith(r"\sum") and not any(is_closed for *_, is_closed in chain.terms):
        return NO_TERMS
    for piece in asked.pieces:
        one = asked.in_the_book(piece)
        if plain(one) not in " = ".join(given) and form_of(one) not in chain.parts:
            return f"All of it holds. {asked.lacking.get(piece) or f'It does not come by `{piece}` yet.'}"
    if asked.end and chain.forms[-1] != form_of(asked.in_the_book(asked.end)):
        return f"All of it holds. End with `{asked.end}`."
    if asked.closed and not chain.is_closed[-1]:
        return "All of it holds. Go on: there is still a derivative in its last side."
    if len(given) - is_defined < asked.sides:
        uncounted = BY_DEFINITION if is_defined else ""
        more = f"Take smaller steps: at least {asked.sides} sides, so that each step has one reason."
        return f"It holds. {uncounted}{more}"
    if asked.weight and not any(asked.in_the_book(asked.weight)[0] in each for each in chain.weights):
        return f"All of it holds. {asked.lacking[asked.weight]}"
    return ""
