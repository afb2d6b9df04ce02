"""An equation read once: what it is about, its ranges and shapes and what it costs, in one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ..language import tree
from ..language.errors import EquationMeaningError
from ..language.notation import find
from .contents import Contents, contents_of
from .scope import free_ranges, is_plain_number, mode_of, scoped
from .shapes import shaped


@dataclass(frozen=True, eq=False)
class Reading:
    """All that is to be known of an equation before a number is computed.

    Parameters
    ----------
    equation : Equation
        Its sums know how far they run, its columns of ones how long they are.
    definitions : mapping
        The author's own letters that were in force.
    slots : mapping
        Free index -> the slots that it stands in.
    ranges : mapping
        Free index -> its `Range` under the equation's conditions.
    shape : tuple of str
        The sides' common shape: () for a number, else rows and columns in letters.
    mode : str
        "single", "batch" or "layers".
    contents : Contents
        What stands in it, and what it costs.
    """

    equation: tree.Equation
    definitions: Mapping
    slots: Mapping
    ranges: Mapping
    shape: tuple
    mode: str
    contents: Contents

    def under(self, conditions):
        """Return the reading of the same sides under other conditions; refuse those that do not fit."""
        equation = replace(self.equation, conditions=tuple(conditions))
        return replace(self, equation=equation, ranges=_ranges(self.slots, equation))

    @property
    def kinds(self):
        """Return the conditions, kind -> what it is of."""
        return {condition.kind: condition.of for condition in self.equation.conditions}


def read(equation, definitions):
    """Return the `Reading` of an equation.

    Parameters
    ----------
    equation : Equation
        No assumption, and no definition of a new letter.
    definitions : mapping
        The author's own letters.

    Raises
    ------
    EquationMeaningError
        The first thing in it that has no one meaning.
    """
    contents = contents_of(equation.sides, definitions)
    mode = mode_of(contents.symbols)
    sides, slots = scoped(equation.sides, definitions)
    ranges = _ranges(slots, equation)
    sides, shape = shaped(sides, definitions, "columns" in contents.traits)
    equation = replace(equation, sides=sides)
    return Reading(equation, definitions, MappingProxyType(slots), ranges, shape, mode, contents)


def _ranges(slots, equation):
    return MappingProxyType(free_ranges(slots, equation.conditions))


# The author's own letters


@dataclass(frozen=True, eq=False)
class Definition:
    """A letter of the author's own, `s := …`.

    Parameters
    ----------
    symbol : Symbol
    body : Node
        What it stands for, read.
    slots : tuple of (str, int)
        For each index, the size it runs to and where it starts, as in a `Letter`.
    shape : tuple of str
    contents : Contents
        What stands in the body.
    """

    symbol: tree.Symbol
    body: tree.Node
    slots: tuple
    shape: tuple
    contents: Contents


def defines(equation):
    """Return whether `:=` gives a meaning to a letter that is not in the table."""
    first = equation.sides[0]
    is_new = isinstance(first, tree.Symbol) and find(first) is None and not is_plain_number(first)
    return ":=" in equation.relations and is_new


def definition_of(equation, definitions):
    """Return (key, `Definition`) of a letter that an equation defines.

    Raises
    ------
    EquationMeaningError
        What it stands for has no one meaning, or other indices or another shape than the letter.
    """
    if len(equation.sides) != 2 or equation.conditions:
        message = "a letter is defined by one expression without a condition"
        raise EquationMeaningError("use", message, equation.sides[-1].span)
    symbol, body = equation.sides
    found = read(tree.Equation((body,), ()), definitions)
    slots = tuple((found.ranges[i].size, found.ranges[i].first) for i in symbol.indices if i in found.ranges)
    if sorted(map(str, symbol.indices)) != sorted(found.ranges) or bool(found.shape) != symbol.bold:
        message = "the two sides of a definition have the same indices and the same shape"
        raise EquationMeaningError("use", message, symbol.span)
    if None in found.shape:
        raise EquationMeaningError("shape", "nothing says how long this column is", body.span)
    own = Definition(symbol, found.equation.sides[0], slots, found.shape, found.contents)
    return (symbol.letter, symbol.hat, symbol.bold), own
