"""A reader's text as the equations that it states: one, or one for each layer that a letter may name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..language import tree
from ..language.errors import EquationMeaningError, EquationSyntaxError
from ..language.parser import bounded, parse
from ..language.writer import write
from ..reading.equation import defines, read
from .assumed import with_one_hot, with_summed
from .lenient import read_otherwise
from .letters import Letters
from .lines import BOOK, read_widely
from .reader import NoSuchLayerError
from .settled import from_1, of_any_number, settled

# What a text may say although a line does not need it, and the condition that it is where it does.
NAMED = {"declared": "least", "targets": "sum"}


@dataclass(frozen=True)
class Stated:
    """One equation that a text states.

    Parameters
    ----------
    equation : Equation
        In the book's letters, each node with its place in the reader's own text.
    used : frozenset of str
        The forms of the table of spellings that were met.
    read_as : str or None
        The equation as the chapters would write it, where that is not how it was written.
    otherwise : tuple of Equation
        In what other way it may be meant, and what holds only so is true as well: for j >= 1 alone, where the
        text names that range; for targets that add up to 1, where it says that they are one-hot; with any
        number for a letter that nobody knows.
    """

    equation: tree.Equation
    used: frozenset = frozenset()
    read_as: str | None = None
    otherwise: tuple[tree.Equation, ...] = ()


def stated_by(
    latex: str, definitions: Mapping, letters: Letters = BOOK, said: Sequence[tree.Condition] = ()
) -> Sequence[Stated]:
    """Return what a text states.

    Parameters
    ----------
    latex : str
        The inside of a display.
    definitions : mapping
        The author's own letters that are in force.
    letters : Letters
        The notation.
    said : sequence of Condition
        What the author said before: that the targets are one-hot, that E is summed over the batch.

    Raises
    ------
    EquationSyntaxError
        What stands there is not read; the message says where, and what to write.
    EquationMeaningError
        It is read, and has no one meaning.
    """
    found, missing = [], None
    for one in letters.each(latex):
        try:
            found.append(_stated(latex, definitions, one, said))
        except NoSuchLayerError as refusal:
            missing = refusal
    if not found:
        raise missing
    return found


def _stated(latex, definitions, letters, said):
    found = _strictly(latex, definitions) if letters is BOOK else None
    if found is None or not _has_a_meaning(found[0], definitions):
        try:
            wide = _widely(latex, definitions, letters)
        except (EquationSyntaxError, EquationMeaningError):
            if found is None:
                raise
        else:
            found = wide
    equation, used = found
    equation = _with_what_is_said(equation, said)
    if not _has_a_meaning(equation, definitions):
        equation = _with_a_column(equation, used, definitions)
    declared = [c for c in equation.conditions if c.kind in NAMED]
    kept = tuple(c for c in equation.conditions if c.kind not in NAMED)
    named = tuple(tree.Condition(NAMED[c.kind], c.of[:1], span=c.span) for c in declared)
    plain = replace(equation, conditions=kept)
    narrower = replace(equation, conditions=kept + named) if declared else None
    if letters.from_1:
        narrower = replace(equation, conditions=kept + from_1(plain))
    for pattern, sentence in letters.outside:
        if re.search(pattern, write(plain)):
            raise EquationMeaningError("use", sentence, (0, 0))
    lenient = None if _has_a_meaning(plain, definitions) else read_otherwise(narrower or plain, definitions)
    others = (narrower, of_any_number(plain, definitions), lenient)
    is_respelled = used or said or letters is not BOOK
    read_as = write(plain) if is_respelled else None
    return Stated(plain, frozenset(used), read_as, tuple(filter(None, others)))


def _with_what_is_said(equation, said):
    """Return an equation into which is put what stands in or before it of the targets and of E."""
    if equation.assumed:
        return equation
    for condition in (*said, *(c for c in equation.conditions if c.kind in tree.OF_READERS)):
        kept = tuple(c for c in equation.conditions if c != condition)
        equation = replace(equation, conditions=kept)
        is_one_hot = condition.kind == tree.ONE_HOT
        equation = with_one_hot(equation, *condition.of) if is_one_hot else with_summed(equation)
    return equation


def _strictly(latex, definitions):
    """Return (equation, names of forms) as the dialect reads a text, or None where it refuses."""
    used = set()
    try:
        return settled(parse(latex), definitions, used), used
    except EquationSyntaxError:
        bounded(latex)
        return None
    except EquationMeaningError:
        return None


def _widely(latex, definitions, letters):
    equation, used = read_widely(latex, letters)
    return settled(equation, definitions, used, letters.from_1), used


def _with_a_column(equation, used, definitions):
    """Return an equation whose side 0 is a column of zeros, where that alone has a meaning."""
    zero = tree.Number("0")
    if zero not in equation.sides:
        return equation
    column = tree.Product((zero, tree.Symbol("1", bold=True)))
    sides = (replace(column, span=side.span) if side == zero else side for side in equation.sides)
    changed = replace(equation, sides=tuple(sides))
    if not _has_a_meaning(changed, definitions):
        return equation
    used.add("zero for a column")
    return changed


def _has_a_meaning(equation, definitions):
    """Return whether an equation can be judged; what the dialect gives a meaning is not read otherwise."""
    if equation.assumed or defines(equation):
        return True
    try:
        read(equation, definitions)
    except EquationMeaningError:
        return False
    return True
