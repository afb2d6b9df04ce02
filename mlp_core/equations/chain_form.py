"""What a chain of equations looks like, whoever typed it: its sides, their terms, and its conditions."""

import re
from dataclasses import dataclass, replace

from .language import tree
from .language.parser import parse
from .language.writer import write_node
from .slips.normal_form import Form
from .spelling.notations import Notation, notation_called
from .spelling.readings import stated_by
from .verdict import say

LAYOUT = re.compile(r"\\(?:Big|big|left|right)(?![A-Za-z])|\\,|[ {}]")


@dataclass(frozen=True)
class Chain:
    """The form of a chain.

    Parameters
    ----------
    sides, forms : tuple of str
        In the one way of writing; and in that in which the order of terms and factors makes no difference.
    parts : frozenset of str
        The form of everything that stands in it.
    conditions : tuple of (kind, words)
    is_closed : tuple of bool
        Of each side, whether no derivative is left in it.
    terms : tuple of (side, first, term, is closed)
        Where the first side is a sum over one index, of every further one: its number, counted from 1, the
        term of the first side with its index, its own term, and whether no derivative is left in that.
    weights : tuple of frozenset of str
        Of each side, the letters that every sum in it has as a factor, with the index that it is summed over.
    """

    sides: tuple[str, ...]
    forms: tuple[str, ...]
    parts: frozenset[str]
    conditions: tuple[tuple[str, str], ...]
    is_closed: tuple[bool, ...]
    terms: tuple[tuple[int, str, str, bool], ...]
    weights: tuple[frozenset[str], ...]


def chain_of(latex: str, notation: Notation = None) -> Chain:
    """Return the `Chain` that a reader's text is, in the book's letters whatever its own are."""
    (stated, *_) = stated_by(latex, {}, notation_called(notation))
    equation = stated.equation
    conditions = tuple((condition.kind, say(condition)) for condition in equation.conditions)
    sides = tuple(plain(write_node(side)) for side in equation.sides)
    forms = tuple(map(Form({}).text, equation.sides))
    parts = frozenset(Form({}).text(node) for side in equation.sides for node in side.walk())
    is_closed = tuple(map(_is_closed, equation.sides))
    weights = tuple(map(_weights, equation.sides))
    return Chain(sides, forms, parts, conditions, is_closed, tuple(_terms(*equation.sides)), weights)


def plain(latex: str) -> str:
    """Return a text without what is layout alone."""
    return LAYOUT.sub("", latex)


def in_the_book(latex: str, notation: Notation) -> str:
    """Return one side, or a piece of one, of another notation in the book's letters."""
    if notation is None:
        return latex
    (stated, *_) = stated_by(f"{latex} = 0", {}, notation_called(notation))
    return write_node(stated.equation.sides[0])


def side_of(latex: str) -> str:
    """Return one side, or a piece of one, in the one way of writing."""
    try:
        return plain(write_node(parse(f"{latex} = 0").sides[0]))
    except ValueError:  # a piece that cannot be read alone
        return plain(latex)


def form_of(latex: str) -> str:
    """Return one side in the form in which order makes no difference, "" of what is no side."""
    try:
        return Form({}).text(parse(f"{latex} = 0").sides[0])
    except ValueError:
        return ""


def _is_closed(node):
    return not any(isinstance(part, (tree.Partial, tree.Gradient)) for part in node.walk())


def _is_sum(node):
    return isinstance(node, tree.Total) and not node.largest


def _weights(side):
    found = [_factors(node.body, node.index) for node in side.walk() if _is_sum(node)]
    return frozenset.intersection(*found) if found else frozenset()


def _factors(node, index):
    """Return the letters with an index that all of a node is multiplied with."""
    match node:
        case tree.Symbol():
            return frozenset([node.letter] if node.indices == (index,) and not node.hat else [])
        case tree.Negative():
            return _factors(node.body, index)
        case tree.Quotient():
            return _factors(node.top, index)
        case tree.Product():
            return frozenset().union(*(_factors(factor, index) for factor in node.factors))
        case tree.Sum():
            return frozenset.intersection(*(_factors(term, index) for term in node.terms))
        case _:
            return frozenset()


def _terms(first, *others):
    for k, side in enumerate(others, start=2):
        if _is_sum(first) and _is_sum(side):
            term = tree.changed_below(first.body, _with_index(first.index, side.index))
            yield k, write_node(term), write_node(side.body), _is_closed(side.body)


def _with_index(old, new):
    def change(node):
        if not hasattr(node, "indices"):
            return node
        return replace(node, indices=tuple(new if index == old else index for index in node.indices))

    return change
