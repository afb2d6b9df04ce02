"""Index letters that an author takes from the table of quantities, or takes twice."""

from dataclasses import replace

from ..language import tree
from ..language.notation import ANY_INDEX_LETTERS, SIZES
from .rewritten import changed_by, nodes_of, renamed, spare_letters


def with_index_letters(equation, definitions):
    """Write an index letter in place of one that the table has for a quantity, where it is only an index."""
    nodes = nodes_of(equation)
    quantities = {node.letter for node in nodes if isinstance(node, tree.Symbol)}
    below = {i for node in nodes for i in getattr(node, "indices", ()) if isinstance(i, str)}
    below |= {node.index for node in nodes if isinstance(node, tree.Total)}
    foreign = sorted(below - set(ANY_INDEX_LETTERS) - set(SIZES) - quantities)
    names = dict(zip(foreign, spare_letters(equation), strict=False))

    conditions = tuple(
        replace(c, of=tuple(names.get(i, i) for i in c.of)) if c.kind in ("distinct", "least") else c
        for c in equation.conditions
    )
    return replace(changed_by(equation, lambda node: renamed(node, names)), conditions=conditions)


def with_inner_sums_apart(equation, definitions):
    """Give a sum inside a sum over the same letter a letter of its own, which hides the outer one."""
    spare = iter(spare_letters(equation))

    def apart(node, around, names):
        if isinstance(node, tree.Total):
            new = next(spare, node.index) if node.index in around else node.index
            around, names = around | {node.index}, names | {node.index: new}
        node = renamed(node, names)
        for name, place, child in node.children():
            node = node.with_child(name, place, apart(child, around, names))
        return node

    return replace(equation, sides=tuple(apart(side, frozenset(), {}) for side in equation.sides))
