"""A reader's text as the equations that it states: one, or one for each layer that a letter may name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from ..language import tree
from ..language.errors import EquationMeaningError, EquationSyntaxError
from ..language.parser import bounded, parse
from ..language.writer import write
from ..reading.equation import defines, read
from .assumed import PUT_IN, with_one_hot
from .components import by_entries, has_units
from .defined import definitions_among
from .examples import of_one_example, without_mean
from .lenient import error_of_an_example, read_otherwise
from .letters import Letters
from .lines import BOOK, read_all
from .listed import Listed
from .reader import NoSuchLayerError
from .settled import from_1, of_any_number, settled

# What a text may say although a line does not need it, and the condition that it is where it does.
NAMED = {"declared": "least", "targets": "sum"}
GUESSED = {
    "largest of one number",
    "a batch by its examples",
}  # forms that replace what the dialect answers only where the line holds


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
    if any(condition.kind == tree.ELEMENTWISE for condition in said):
        letters = letters.of_an_elementwise_layer()
    for one in letters.each(latex):
        try:
            found += _all_stated(latex, definitions, one, said)
        except NoSuchLayerError as refusal:
            missing = refusal
    if not found:
        raise missing
    return found


def _all_stated(latex, definitions, letters, said):
    """Return what each equation of a text states."""
    found = _strictly(latex, definitions) if letters is BOOK else None
    if found is not None and _has_a_meaning(found[0], definitions):
        return [_stated(*found, definitions, letters, said)]
    try:
        equations, used = read_all(latex, letters)
        equations = [_of_one(without_mean(one) if letters.from_1 else one, said, used) for one in equations]
        equations, given = definitions_among(equations, definitions, used)
        settled_ones = [settled(one, definitions, used, letters.from_1) for one in equations]
        settled_ones = [_entries_of_listed(one) for one in settled_ones]
    except (EquationSyntaxError, EquationMeaningError):
        if found is None:
            raise
        return [_stated(*found, definitions, letters, said)]
    said = (*said, *(c for c in settled_ones[-1].conditions if c.kind == tree.ONE_HOT))
    stated = [_stated(given(one), used, definitions, letters, said) for one in settled_ones]
    stated = _with_what_stands_last(stated)
    if found is not None and len(stated) == 1 and GUESSED & stated[0].used:
        otherwise = (stated[0].equation, *stated[0].otherwise)
        first = _stated(*found, definitions, letters, said)
        return [replace(first, used=stated[0].used, otherwise=(*first.otherwise, *otherwise))]
    return stated


def _with_what_stands_last(stated):
    """Return several equations, each of which may need the size or the activation that is said last."""
    last = tuple(c for c in stated[-1].equation.conditions if c.kind in ("size", "sigma"))
    if not last or len(stated) == 1:
        return stated
    found = []
    for one in stated:
        own = tuple(c for c in one.equation.conditions if c not in last)
        ways = [(*own, *some) for count in range(len(last) + 1) for some in combinations(last, count)]
        needed = tuple(replace(one.equation, conditions=way) for way in ways)
        found.append(replace(one, otherwise=(*one.otherwise, *needed)))
    return found


def _of_one(equation, said, used):
    """Return a line of a batch by its examples as that of one of them, and any other as it is."""
    is_summed = any(c.kind == tree.SUMMED for c in (*said, *equation.conditions))
    found = of_one_example(equation, is_summed, with_bold="entry of a bold letter" in used)
    if found:
        used.add("a batch by its examples")
    return found or equation


def _entries_of_listed(equation):
    """Return a line in which something is written out with dots as that of one entry."""
    if not any(isinstance(node, Listed) for side in equation.sides for node in side.walk()):
        return equation
    if found := by_entries(equation):
        return found
    message = "what is written out with dots stands in a line of columns, or of matrices, entry by entry"
    raise EquationMeaningError("use", message, equation.sides[0].span)


def _stated(equation, used, definitions, letters, said):
    """Return what one equation states, with what else it may be meant to."""
    equation = _with_what_is_said(equation, said)
    if not _has_a_meaning(_without_space(equation), definitions):
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
    plain, narrower = _of_their_space(plain, definitions), narrower and _without_space(narrower)
    is_clear = _has_a_meaning(plain, definitions)
    lenient = () if is_clear else read_otherwise(narrower or plain, definitions, used)
    if letters is BOOK and narrower and not is_clear:
        lenient = (*read_otherwise(plain, definitions, used), *lenient)
    others = (narrower, of_any_number(plain, definitions), *lenient, _of_the_softmax(plain))
    if letters.from_1:
        others = (*others, _without(plain, "least"))
    is_respelled = used or said or letters is not BOOK
    read_as = write(plain) if is_respelled else None
    return Stated(plain, frozenset(used), read_as, tuple(filter(None, others)))


def _with_what_is_said(equation, said):
    """Return an equation into which is put what stands in or before it of the targets and of E."""
    if equation.assumed:
        return equation
    if any(c.kind == tree.ONE_HOT for c in (*said, *equation.conditions)):
        equation = error_of_an_example(equation) or equation
        equation = (by_entries(equation) if has_units(equation) else None) or equation
    for condition in (*said, *(c for c in equation.conditions if c.kind in tree.OF_READERS)):
        kept = tuple(c for c in equation.conditions if c != condition)
        equation = replace(equation, conditions=kept)
        is_one_hot = condition.kind == tree.ONE_HOT
        equation = with_one_hot(equation, *condition.of) if is_one_hot else PUT_IN[condition.kind](equation)
    return equation


def _of_their_space(equation, definitions):
    """Return an equation without what is said of its space, or refuse what is said wrongly."""
    for condition in (c for c in equation.conditions if c.kind == "space"):
        shape = tuple(size or "1" for size in read(_without_space(equation), definitions).shape)
        if shape != condition.of:
            message = f"the line is not of {' × '.join(condition.of)} numbers, as it says"
            raise EquationMeaningError("shape", message, condition.span)
    return _without_space(equation)


def _without_space(equation):
    return _without(equation, "space")


def _without(equation, kind):
    return replace(equation, conditions=tuple(c for c in equation.conditions if c.kind != kind))


def _of_the_softmax(equation):
    """Return an equation with the softmax for \\sigma of the logits, which no other is of, or None."""
    logits = tree.Symbol("z", hat=True, bold=True)
    of_logits = tree.Apply("sigma", (logits,))
    nodes = [node for side in equation.sides for node in side.walk()]
    if of_logits not in nodes or any(c.kind == "sigma" for c in equation.conditions):
        return None

    def change(node):
        return replace(node, function="softmax") if node == of_logits else node

    return replace(equation, sides=tuple(tree.changed_below(side, change) for side in equation.sides))


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
