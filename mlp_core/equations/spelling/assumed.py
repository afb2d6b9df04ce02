"""What an author says in words of the targets and of E, put into the line: one-hot targets, a summed E."""

from dataclasses import replace

from ..language import tree
from ..language.notation import ANY_INDEX_LETTERS, INDEX_LETTERS, find

ERROR = tree.Symbol("E")


def with_one_hot(equation, k):
    """Return an equation for the target that is 1 at k and 0 elsewhere: r_i is δ_ik, and E is −log z_k.

    Where the target stands as a whole, what is said of it is that it adds up to 1.
    """
    nodes = [node for side in equation.sides for node in side.walk()]
    is_whole = any(isinstance(n, tree.Gradient) or n == tree.Symbol("r", bold=True) for n in nodes)
    if is_whole or ":=" in equation.relations or not (set(nodes) & {ERROR} or _has_targets(nodes)):
        return replace(equation, conditions=(*equation.conditions, tree.Condition("targets")))
    taken = {i for node in nodes for i in getattr(node, "indices", ())} | {k}
    taken |= {node.index for node in nodes if isinstance(node, tree.Total)}
    spare = next((letter for letter in INDEX_LETTERS + ANY_INDEX_LETTERS if letter not in taken), k)

    def change(node):
        if isinstance(node, tree.Total) and node.index == k:
            body = tree.changed_below(node.body, lambda part: _renamed(part, k, spare))
            return replace(node, index=spare, body=body)
        return node

    def put_in(node):
        if node == ERROR:
            right = tree.Symbol("z", indices=(k,), span=node.span)
            return tree.Negative(tree.Apply("log", (right,), span=node.span), span=node.span)
        if isinstance(node, tree.Symbol) and node.letter == "r" and len(node.indices) == 1:
            if node.indices == (k,):
                return tree.Number("1", span=node.span)
            return tree.Kronecker((*node.indices, k), span=node.span)
        return node

    apart = [tree.changed_below(side, change) for side in equation.sides]
    return replace(equation, sides=tuple(tree.changed_below(side, put_in) for side in apart))


def _has_targets(nodes):
    return any(isinstance(node, tree.Symbol) and node.letter == "r" for node in nodes)


def _renamed(node, old, new):
    if hasattr(node, "indices"):
        return replace(node, indices=tuple(new if i == old else i for i in node.indices))
    return replace(node, index=new) if isinstance(node, tree.Entry) and node.index == old else node


def with_summed(equation):
    """Return an equation of a batch in which E is the sum over its examples, B times the book's mean."""
    symbols = [n for side in equation.sides for n in side.walk() if isinstance(n, tree.Symbol)]
    if not any(row and row.mode == "batch" for row in map(find, symbols)):
        return equation
    count = tree.Symbol("B")

    def change(node):
        if node == ERROR or isinstance(node, tree.Gradient):
            return tree.Product((count, node), span=node.span)
        return node

    return replace(equation, sides=tuple(tree.changed_below(side, change) for side in equation.sides))
