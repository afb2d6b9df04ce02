"""What an author says in words, put into the line: one-hot targets, a summed E, rows, repeated indices."""

from dataclasses import replace

from ..language import tree
from ..language.notation import find
from .rewritten import renamed, spare_letters

ERROR = tree.Symbol("E")


def with_one_hot(equation, k):
    """Return an equation for the target that is 1 at k and 0 elsewhere: r_i is δ_ik, and E is −log z_k.

    Where the target stands as a whole, what is said of it is that it adds up to 1.
    """
    nodes = [node for side in equation.sides for node in side.walk()]
    is_whole = any(isinstance(n, tree.Gradient) or n == tree.Symbol("r", bold=True) for n in nodes)
    if is_whole or ":=" in equation.relations or not (set(nodes) & {ERROR} or _has_targets(nodes)):
        return replace(equation, conditions=(*equation.conditions, tree.Condition("targets")))
    spare = next((letter for letter in spare_letters(equation) if letter != k), k)

    def change(node):
        if isinstance(node, tree.Total) and node.index == k:
            body = tree.changed_below(node.body, lambda part: renamed(part, {k: spare}))
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


def with_rows(equation, of_all=True):
    """Return an equation in which vectors are rows, or gradients by columns alone, as columns turned."""

    def turned(node):
        return node.body if isinstance(node, tree.Transpose) else tree.Transpose(node, span=node.span)

    def change(node):
        if isinstance(node, tree.Jacobian | tree.Partial):
            return node
        if isinstance(node, tree.Gradient):
            return turned(node) if node.of.letter.islower() else node
        if of_all and isinstance(node, tree.Entry):
            return replace(node, body=tree.Transpose(change(node.body), span=node.span))
        if of_all and isinstance(node, tree.Apply):
            letters = [part for part in node.walk() if isinstance(part, tree.Symbol) and part.bold]
            return turned(node) if letters and all(one.letter.islower() for one in letters) else node
        if isinstance(node, tree.Symbol):
            return turned(node) if of_all and node.bold and node.letter.islower() else node
        for name, place, child in node.children():
            node = node.with_child(name, place, change(child))
        if isinstance(node, tree.Transpose) and isinstance(node.body, tree.Transpose):
            return node.body.body
        return node

    return replace(equation, sides=tuple(map(change, equation.sides)))


def with_gradient_rows(equation):
    """Return an equation in which the gradients by columns are rows."""
    return with_rows(equation, of_all=False)


def with_repeated(equation):
    """Return an equation with a sum over each index that a product repeats and the first side has not."""
    free = set(_indices(equation.sides[0]))

    def change(node):
        if isinstance(node, tree.Product):
            own = _indices(node)
            bound = {part.index for part in node.walk() if isinstance(part, tree.Total)}
            for letter in sorted({i for i in own if own.count(i) > 1} - free - bound):
                node = tree.Total(letter, node, span=node.span)
            return node
        if isinstance(node, tree.Total):
            return node
        for name, place, child in node.children():
            node = node.with_child(name, place, change(child))
        return node

    first, *others = equation.sides
    return replace(equation, sides=(first, *map(change, others)))


def _indices(node):
    """Return the index letters of a node, each as often as it stands there."""
    found = [i for part in node.walk() for i in getattr(part, "indices", ()) if isinstance(i, str)]
    return found + [part.index for part in node.walk() if isinstance(part, tree.Entry)]


def with_biases_apart(equation, letters="WV"):
    """Return an equation in which W and V are the weights without column 0, and so are the slopes by them."""

    def change(node):
        if isinstance(node, tree.Columns):
            return node
        if isinstance(node, tree.Gradient):
            is_by_weights = node.of.letter in letters and not node.of.layer
            return tree.Columns(node, "1:", span=node.span) if is_by_weights else node
        if isinstance(node, tree.Symbol):
            is_weights = node.bold and node.letter in letters and not (node.layer or node.hat)
            return replace(node, sliced=True) if is_weights else node
        for name, place, child in node.children():
            node = node.with_child(name, place, change(child))
        return node

    return replace(equation, sides=tuple(map(change, equation.sides)))


PUT_IN = {
    tree.APART: with_biases_apart,
    tree.ELEMENTWISE: lambda equation: equation,  # which says what the letters are, before the line is read
    tree.SUMMED: with_summed,
    tree.GRADIENT_ROWS: with_gradient_rows,
    tree.ROWS: with_rows,
    tree.REPEATED: with_repeated,
}
