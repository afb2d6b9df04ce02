"""What a line says that its own letters are: `…, where m = \\max_k \\hat z_k`, and \\delta_j = a = b."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ..language import tree
from ..language.notation import SIZES, find
from .rewritten import changed_by, renamed, spare_letters
from .settled import free_indices

Put = Callable[[tree.Equation], tree.Equation]
AS_ERROR = ("L", "J", "C", "E", "H")  # which authors have for E, and this book has not: they say something


def definitions_among(
    equations: Sequence[tree.Equation], definitions: Mapping, used: set
) -> tuple[list[tree.Equation], Put]:
    """Return the equations that say something, and what puts into one what the others define.

    Parameters
    ----------
    equations : sequence of Equation
        As they stand behind each other in one line, not settled.
    definitions : mapping
        The author's letters that are in force, which are not defined anew.
    used : set of str
        Takes the names of the forms that are met.
    """
    if any(one.assumed for one in equations):
        return [*equations], lambda equation: equation
    equations = [one for one in equations if not _says_what_delta_is(one)] or [*equations]
    new = {}
    for one in equations if len(equations) > 1 else ():
        if _defines_a_number(one, definitions, new):
            new[one.sides[0]] = one.sides[1]
    kept = [one for one in equations if one.sides[0] not in new or len(one.sides) > 2]
    if not new or not kept:
        kept, new = [*equations], {}
    if new:
        used.add("letter that is said behind")
        used.discard("several equations")
    kept = [_without_its_name(one, definitions, used) for one in kept]
    return kept, lambda equation: _put(equation, new)


def _says_what_delta_is(equation):
    """Return whether a line says of Kronecker's delta what it is, and no more."""
    if len(equation.sides) != 2 or not isinstance(equation.sides[0], tree.Kronecker):
        return False
    (delta, said) = equation.sides
    one, zero = tree.Number("1"), tree.Number("0")
    other = tree.Sum((one, tree.Negative(delta)))
    terms = [tree.Product((delta, one)), tree.Product((other, zero))]
    return isinstance(said, tree.Sum) and sorted(map(repr, said.terms)) == sorted(map(repr, terms))


def _is_new(node, definitions):
    if not isinstance(node, tree.Symbol) or node.letter in SIZES or node.letter in ("t", "1", "e"):
        return False
    is_known = (node.letter, node.hat, node.bold) in definitions or find(node) is not None
    return not (is_known or node.layer or node.sliced)


def _defines_a_number(equation, definitions, new):
    """Return whether an equation is `m = …` of a letter that nobody knows, without free indices."""
    if len(equation.sides) != 2 or equation.relations not in ((("="),), (":=",)) or equation.conditions:
        return False
    first, body = equation.sides
    if not _is_new(first, definitions) or first.indices or first.bold or first in new:
        return False
    return not free_indices(body) and first not in body.walk() and _is_of_totals(body)


def _is_of_totals(body):
    symbols = [node for node in body.walk() if isinstance(node, tree.Symbol)]
    return bool(symbols) and all(node.indices for node in symbols)


def _put(equation, new):
    """Return an equation with the letters of `new` written out, their bound indices renamed."""
    bodies = {symbol: _apart(body, iter(spare_letters(equation))) for symbol, body in new.items()}

    def change(node):
        found = bodies.get(node) if isinstance(node, tree.Symbol) else None
        return replace(found, span=node.span) if found else node

    return changed_by(equation, change)


def _apart(body, spare):
    names = {}
    for node in body.walk():
        if isinstance(node, tree.Total) and node.index not in names:
            names[node.index] = next(spare, node.index)

    return tree.changed_below(body, lambda node: renamed(node, names))


def _without_its_name(equation, definitions, used):
    """Return \\delta_j = a = b without the letter that it gives a name to: what it says is a = b."""
    if len(equation.sides) < 3 or equation.relations[0] not in ("=", ":="):
        return equation
    first, *others = equation.sides
    is_new = (
        _is_new(first, definitions)
        and (first.letter not in AS_ERROR or len(first.indices) == 2)
        and not first.letter.startswith("\\bar")
    )
    if not is_new or any(first == node for side in others for node in side.walk()):
        return equation
    if set(first.indices) - set().union(*(free_indices(side) for side in others)):
        return equation
    used.add("name of a line")
    return replace(equation, sides=tuple(others), relations=equation.relations[1:])
