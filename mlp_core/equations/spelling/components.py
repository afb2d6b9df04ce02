"""A line of whole columns or matrices, read as the same line of each of their entries."""

from dataclasses import replace

from ..language import tree
from ..language.notation import find
from .listed import Listed
from .rewritten import spare_letters

NUMBER, COLUMN, ROW, MATRIX = (False, False), (True, False), (False, True), (True, True)
ONE_BY_ONE = ("log", "exp", "sigma", "tanh", "sigmoid", "ReLU", "relu")
ONES = tree.Symbol("1", bold=True)


class NoEntriesError(ValueError):
    """A line is not the same of each entry."""


def by_entries(equation: tree.Equation) -> tree.Equation | None:
    """Return a line of columns or of matrices as that of an entry, or None where it is none of them.

    No sum is made up: a matrix times a column stays what it is, and such a line is not read so. Unit columns,
    \\mathbf e_k, and rows of a matrix, \\mathbf w_i, have a meaning here alone, and so has what is listed.
    """
    spare = spare_letters(equation)
    try:
        shapes = {shape_of(side) for side in equation.sides if not _is_zero(side)}
        if len(shapes) != 1 or shapes == {NUMBER}:
            return None
        ((down, across),) = shapes
        at = (spare[0] if down else None, spare[1] if across else None)
        sides = tuple(entry(side, *at) for side in equation.sides)
    except (NoEntriesError, IndexError):
        return None
    return replace(equation, sides=sides)


def has_units(equation: tree.Equation) -> bool:
    """Return whether a unit column, \\mathbf e_k, stands in an equation."""
    return any(_is_unit(node) for side in equation.sides for node in side.walk())


def _is_zero(node):
    return node == tree.Number("0")


def _is_unit(node):
    return isinstance(node, tree.Symbol) and node.letter == "e" and len(node.indices) == 1


def _is_row_of_weights(node):
    is_one = isinstance(node, tree.Symbol) and node.letter in "wv" and len(node.indices) == 1
    return is_one and not node.hat


def shape_of(node):
    """Return whether a node has several rows, and whether it has several columns."""
    if isinstance(node, Listed):
        return COLUMN if len(node.indices) == 1 else MATRIX
    if isinstance(node, tree.Symbol):
        return _of_symbol(node)
    if isinstance(node, tree.Gradient):
        return shape_of(node.of)
    if isinstance(node, tree.Partial):
        return shape_of(node.bottom) if shape_of(node.top) == NUMBER else _no()
    if isinstance(node, tree.Jacobian):
        bottom, top = shape_of(node.bottom), shape_of(node.top)
        if bottom == MATRIX and top == NUMBER:
            return MATRIX
        if bottom != COLUMN or top not in (NUMBER, COLUMN):
            raise NoEntriesError
        return MATRIX if top == COLUMN else COLUMN
    if isinstance(node, tree.Transpose):
        return shape_of(node.body)[::-1]
    if isinstance(node, tree.Apply):
        return _of_function(node)
    if isinstance(node, tree.Sum):
        return _one_of({shape_of(term) for term in node.terms})
    if isinstance(node, tree.Negative):
        return shape_of(node.body)
    if isinstance(node, tree.Elementwise):
        return _one_of({shape_of(node.left), shape_of(node.right)})
    if isinstance(node, tree.Quotient):
        return shape_of(node.top) if shape_of(node.bottom) == NUMBER else _no()
    if isinstance(node, tree.Product):
        return _one_of_product([shape_of(factor) for factor in node.factors], node)
    return NUMBER if all(shape_of(child) == NUMBER for _, _, child in node.children()) else _no()


def _no():
    raise NoEntriesError


def _one_of(shapes):
    return shapes.pop() if len(shapes) == 1 else _no()


def _of_symbol(node):
    if _is_unit(node) or _is_row_of_weights(node) or node == ONES:
        return COLUMN
    if not node.bold:
        return NUMBER
    row = find(node)
    if row is None or row.mode != "single" or node.layer or node.sliced:
        raise NoEntriesError
    return (row.shape[0] != "1", row.shape[1] != "1")


def _of_function(node):
    shapes = {shape_of(argument) for argument in node.arguments}
    if node.function == "diag":
        return MATRIX if shapes == {COLUMN} else _no()
    if shapes == {NUMBER} or (node.function == "softmax" and shapes == {COLUMN}):
        return shapes.pop()
    return _one_of(shapes) if node.function in ONE_BY_ONE else _no()


def _one_of_product(shapes, node):
    wholes = [shape for shape in shapes if shape != NUMBER]
    if len(wholes) < 2:
        return wholes[0] if wholes else NUMBER
    return MATRIX if wholes == [COLUMN, ROW] else _no()


def entry(node, down, across):
    """Return the entry of a node in a row and in a column; None is for the direction that it has not."""
    if isinstance(node, Listed):
        names = dict(zip(node.indices, (down, across), strict=False))
        return tree.changed_below(node.body, lambda part: _renamed(part, names))
    if shape_of(node) == NUMBER:
        return node
    if isinstance(node, tree.Symbol):
        return _entry_of_symbol(node, down, across)
    if isinstance(node, tree.Gradient):
        return tree.Partial(tree.Symbol("E"), entry(node.of, down, across), span=node.span)
    if isinstance(node, tree.Partial):
        return replace(node, bottom=entry(node.bottom, down, across))
    if isinstance(node, tree.Jacobian) and shape_of(node.top) == NUMBER:
        return tree.Partial(node.top, entry(node.bottom, down, across), span=node.span)
    if isinstance(node, tree.Jacobian):
        return tree.Partial(entry(node.top, down, None), entry(node.bottom, across, None), span=node.span)
    if isinstance(node, tree.Transpose):
        return entry(node.body, across, down)
    if isinstance(node, tree.Elementwise):
        both = (entry(node.left, down, across), entry(node.right, down, across))
        return tree.Product(both, span=node.span)
    if isinstance(node, tree.Apply):
        return _entry_of_function(node, down, across)
    if isinstance(node, tree.Product):
        return _entry_of_product(node, down, across)
    for name, place, child in node.children():  # sums, minus signs, quotients
        node = node.with_child(name, place, entry(child, down, across))
    return node


def _entry_of_symbol(node, down, across):
    if node == ONES:
        return tree.Number("1", span=node.span)
    if _is_unit(node):
        return tree.Kronecker((down or across, *node.indices), span=node.span)
    if _is_row_of_weights(node):
        return replace(node, indices=(*node.indices, down or across))
    indices = tuple(index for index in (down, across) if index)
    letter = node.letter.lower() if len(indices) == 2 else node.letter
    return replace(node, letter=letter, bold=False, indices=indices)


def _entry_of_function(node, down, across):
    (argument,) = node.arguments
    if node.function == "softmax":
        return tree.Entry(node, down, span=node.span)
    if node.function == "diag":
        delta = tree.Kronecker((down, across), span=node.span)
        return tree.Product((delta, entry(argument, down, None)), span=node.span)
    return replace(node, arguments=(entry(argument, down, across),))


def _entry_of_product(node, down, across):
    factors = []
    for factor in node.factors:
        at = {COLUMN: (down, None), ROW: (None, across), MATRIX: (down, across)}
        factors.append(entry(factor, *at.get(shape_of(factor), (None, None))))
    return replace(node, factors=tuple(factors))


def _renamed(node, names):
    if hasattr(node, "indices"):
        return replace(node, indices=tuple(names.get(i, i) for i in node.indices))
    return node
