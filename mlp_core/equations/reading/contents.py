"""What an expression holds and what it costs, the author's own letters opened; each letter is opened once."""

from dataclasses import dataclass, replace
from itertools import zip_longest

from ..language import tree
from ..language.notation import find
from .scope import own_letter


@dataclass(frozen=True)
class Contents:
    """What stands in an expression, or behind the letters of the author's own in it.

    Parameters
    ----------
    symbols : tuple of Symbol
        The letters of the table and the sizes, each once, in the order in which they are met.
    traits : frozenset of str
        "t" where t stands in it or tells cases apart, "by t" where a derivative is by t, "measured" where a
        derivative, a slope or a letter for one is in it (the values then have some 1e-11 of noise), and
        "columns" where a \\mathbf 1 or a printed tuple is, whose length is to be found out.
    cost : tuple of int
        How many evaluations it takes, as the coefficients of a polynomial in the largest size.
    """

    symbols: tuple = ()
    traits: frozenset = frozenset()
    cost: tuple = ()

    def cost_at(self, largest: int) -> int:
        """Return how many evaluations it takes where no index runs over more than `largest`."""
        return sum(factor * largest**power for power, factor in enumerate(self.cost))


def contents_of(nodes, definitions):
    """Return the `Contents` of some nodes together."""
    symbols, traits, cost = {}, set(), ()
    for node in (part for above in nodes for part in above.walk()):
        own = own_letter(node, definitions) if isinstance(node, tree.Symbol) else None
        if own:
            traits |= own.contents.traits
            for symbol in own.contents.symbols:
                symbols.setdefault(symbol, node.span)
        elif isinstance(node, tree.Symbol):
            symbols.setdefault(node, node.span)
        traits.update(_traits_of(node))
    placed = tuple(replace(symbol, span=span) for symbol, span in symbols.items())
    for node in nodes:
        cost = _plus(cost, _cost(node, definitions))
    return Contents(placed, frozenset(traits), cost)


def is_ones(node):
    """Return whether a node is \\mathbf 1."""
    return isinstance(node, tree.Symbol) and node.bold and node.letter == "1"


def is_about_t(condition):
    """Return whether a condition is t > 0 or t <= 0, or one of their like."""
    return condition.kind in tree.OF_T


def _traits_of(node):
    if isinstance(node, tree.Symbol):
        row = find(node)
        if row and row.measured:
            return {"measured"}
        return {"t"} if node.letter == "t" and row else {"columns"} if is_ones(node) else ()
    if isinstance(node, tree.Condition):
        return {"t"} if is_about_t(node) else ()
    if isinstance(node, tree.Partial):
        return {"measured", "by t"} if node.bottom.letter == "t" else {"measured"}
    if isinstance(node, tree.Gradient | tree.Jacobian) or getattr(node, "primed", False):
        return {"measured"}
    return {"columns"} if isinstance(node, tree.Tuple) else ()


# The cost


def _plus(a, b):
    return tuple(map(sum, zip_longest(a, b, fillvalue=0)))


def _cost(node, definitions):
    own = own_letter(node, definitions) if isinstance(node, tree.Symbol) else None
    below = _plus((1,), own.contents.cost) if own else (1,)
    for _, _, child in node.children():
        below = _plus(below, _cost(child, definitions))
    is_written_out = isinstance(node, tree.Sum) and any(isinstance(t, tree.Dots) for t in node.terms)
    if isinstance(node, tree.Total) or is_written_out:
        return (0, *below)
    if isinstance(node, tree.Partial):
        return tuple(4 * factor for factor in _plus(below, (10,)))
    if isinstance(node, tree.Jacobian):
        return (0, *(4 * factor for factor in _plus(below, (10,))))
    return below
