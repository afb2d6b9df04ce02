"""Lines of whole arrays: numbers and columns beside columns, and matrices without their biases."""

from dataclasses import replace

from ..language import tree
from ..language.errors import EquationMeaningError
from ..reading.shapes import Length, Shapes
from .assumed import with_biases_apart
from .rewritten import changed_by, nodes_of

ONES = tree.Symbol("1", bold=True)


def with_a_letter_of_biases(equation):
    """Return an equation in which b stands for the biases of W or of V, by what it stands beside, or None."""
    nodes = nodes_of(equation)
    symbols = [node for node in nodes if isinstance(node, tree.Symbol)]
    if not any(symbol.letter == "b" for symbol in symbols):
        return None
    if any(isinstance(node, tree.Jacobian) and node.bottom.letter == "b" for node in nodes):
        return None
    letters = {symbol.letter.upper() for symbol in symbols if symbol.letter in "wWvV"}
    if len(letters) > 1:
        return None
    is_of_v = letters == {"V"} or any(symbol.letter == "y" and symbol.hat for symbol in symbols)
    whole = tree.Symbol("V" if is_of_v else "W", bold=True)

    def change(node):
        if _is_slope_by_b(node):
            return tree.Columns(tree.Gradient(whole), "0", span=node.span)
        if isinstance(node, tree.Symbol) and node.letter == "b" and not node.hat:
            if node.indices:
                return replace(node, letter=whole.letter.lower(), bold=False, indices=(*node.indices, 0))
            return tree.Columns(whole, "0", span=node.span)
        for name, place, child in node.children():
            node = node.with_child(name, place, change(child))
        return node

    changed = replace(equation, sides=tuple(map(change, equation.sides)))
    return with_biases_apart(changed)


def has_columns_side_by_side(equation, definitions):
    """Return whether two columns stand beside each other as if each were one number."""
    for node in nodes_of(equation):
        if isinstance(node, tree.Product):
            shapes = [shape_of(factor, definitions) for factor in node.factors]
            if sum(shape is None or shape[1:] == ("1",) for shape in shapes) > 1:
                return True
    return False


def shape_of(node, definitions):
    """Return the shape of a node, or None where it has none."""

    def opened(part):
        is_open = part == ONES or isinstance(part, tree.Tuple)
        return replace(part, length=Length()) if is_open else part

    try:
        return Shapes(definitions).of(tree.changed_below(node, opened))
    except EquationMeaningError:
        return None


def with_squares_entry_by_entry(equation, definitions):
    """Read the square of a column as that of each of its numbers."""

    def change(node):
        is_square = isinstance(node, tree.Power) and node.exponent == tree.Number("2")
        if is_square and shape_of(node.base, definitions):
            return tree.Elementwise(node.base, node.base, span=node.span)
        return node

    return changed_by(equation, change)


def with_numbers_beside_columns(equation, definitions):
    """Read a number that is added to a column as added to each of its numbers."""

    def change(node):
        if not isinstance(node, tree.Sum):
            return node
        shapes = [shape for term in node.terms if (shape := shape_of(term, definitions))]
        if not shapes or "1" not in shapes[0]:
            return node
        ones = ONES if shapes[0][1] == "1" else tree.Transpose(ONES)
        return replace(node, terms=tuple(_as_a_column(term, ones, definitions) for term in node.terms))

    return changed_by(equation, change)


def _as_a_column(term, ones, definitions):
    if shape_of(term, definitions) != ():
        return term
    if term == tree.Number("1"):
        return replace(ones, span=term.span)
    if isinstance(term, tree.Negative):
        return replace(term, body=_as_a_column(term.body, ones, definitions))
    return tree.Product((term, ones), span=term.span)


def _is_slope_by_b(node):
    if isinstance(node, tree.Partial):
        return node.top == tree.Symbol("E") and node.bottom.letter == "b" and not node.bottom.indices
    return isinstance(node, tree.Gradient) and node.of.letter == "b"


def without_biases(equation, letters, is_apart):
    """Read W as the weights without column 0, and so the slope by it where the biases may be apart.

    In the dialect itself they are not: there, a slope by W without its bias is the slip that it is.
    """
    by_it = any(isinstance(node, tree.Gradient) and node.of.letter in letters for node in nodes_of(equation))
    return equation if by_it and not is_apart else with_biases_apart(equation, letters)
