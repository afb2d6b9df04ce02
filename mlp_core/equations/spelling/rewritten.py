"""The nodes of an equation, and the equation with each of them rewritten."""

from dataclasses import replace

from ..language import tree


def nodes_of(equation):
    """Return the nodes of all sides."""
    return [node for side in equation.sides for node in side.walk()]


def changed_by(equation, change):
    """Return an equation with a change made at each node, from below."""
    return replace(equation, sides=tuple(tree.changed_below(side, change) for side in equation.sides))
