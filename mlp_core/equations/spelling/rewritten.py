"""The nodes of an equation, its letters, and the equation with each of its nodes rewritten."""

from dataclasses import replace

from ..language import tree
from ..language.notation import ANY_INDEX_LETTERS, INDEX_LETTERS


def nodes_of(equation):
    """Return the nodes of all sides."""
    return [node for side in equation.sides for node in side.walk()]


def changed_by(equation, change):
    """Return an equation with a change made at each node, from below."""
    return replace(equation, sides=tuple(tree.changed_below(side, change) for side in equation.sides))


def spare_letters(equation):
    """Return the index letters that an equation does not have."""
    nodes = nodes_of(equation)
    taken = {i for node in nodes for i in getattr(node, "indices", ())}
    taken |= {node.index for node in nodes if isinstance(node, tree.Total | tree.Entry)}
    return [letter for letter in dict.fromkeys(INDEX_LETTERS + ANY_INDEX_LETTERS) if letter not in taken]


def renamed(node, names):
    """Return a node with other index letters at it; what stands below it stays."""
    if hasattr(node, "indices"):
        node = replace(node, indices=tuple(names.get(i, i) for i in node.indices))
    if isinstance(node, tree.Total | tree.Entry):
        node = replace(node, index=names.get(node.index, node.index))
    return node
