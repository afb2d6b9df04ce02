"""Lines of whole columns that say of each number the same, and lines of one number, whatever it is."""

from dataclasses import replace

from ..language import tree
from ..language.notation import SIZES, find
from .rewritten import changed_by, nodes_of, spare_letters

WHOLE_LINES = (tree.Transpose, tree.Total, tree.Stacked, tree.Beside, tree.Columns, tree.Tuple, tree.Entry)
OF_COLUMNS = ("softmax", "diag")


def of_one_number(equation, definitions):
    """Write t for the one letter that a line of functions alone has, whatever it is: such a line is of t."""
    nodes = nodes_of(equation)
    symbols = {node for node in nodes if isinstance(node, tree.Symbol) and node.letter not in SIZES}
    functions = {node.function for node in nodes if isinstance(node, tree.Apply)}
    if len(symbols) != 1 or not functions or functions & set(OF_COLUMNS):
        return None
    (one,) = symbols
    is_column = find(one) is not None and one.letter.islower() and len(one.indices) < 2
    if not is_column or _is_of_wholes(nodes) or equation.conditions not in ((), _of_sigma(equation)):
        return None

    def change(node):
        if isinstance(node, tree.Jacobian):
            return tree.Partial(node.top, node.bottom, span=node.span)
        if isinstance(node, tree.Elementwise):
            return tree.Product((node.left, node.right), span=node.span)
        return tree.Symbol("t", span=node.span) if node == one else node

    return changed_by(equation, change)


def _of_sigma(equation):
    return tuple(condition for condition in equation.conditions if condition.kind == "sigma")


def _is_of_wholes(nodes):
    """Return whether something stands in a line that is of a whole, and of no number of it."""
    return any(isinstance(node, (*WHOLE_LINES, tree.Gradient)) for node in nodes)


def as_components(equation, definitions):
    """Write an index at each column of a line that says the same of each of their numbers."""
    nodes = nodes_of(equation)
    wholes = {node for node in nodes if isinstance(node, tree.Symbol) and node.bold}
    rows = {find(node) for node in wholes}
    if not wholes or None in rows or any(isinstance(node, WHOLE_LINES) for node in nodes):
        return None
    sizes = {row.shape[0] for row in rows if row.shape[1:] == ("1",) and row.mode == "single"}
    has_others = any(row.shape[1:] != ("1",) or row.mode != "single" for row in rows)
    functions = {node.function for node in nodes if isinstance(node, tree.Apply)}
    by_columns = any(isinstance(node, tree.Jacobian) for node in nodes)
    if has_others or len(sizes) != 1 or functions & set(OF_COLUMNS) or (by_columns and sizes != {"H"}):
        return None
    index = spare_letters(equation)[0]

    def change(node):
        if isinstance(node, tree.Gradient):
            one = replace(node.of, bold=False, indices=(index,))
            return tree.Partial(tree.Symbol("E"), one, span=node.span)
        if isinstance(node, tree.Jacobian):
            return tree.Partial(node.top, node.bottom, span=node.span)
        if isinstance(node, tree.Elementwise):
            return tree.Product((node.left, node.right), span=node.span)
        is_whole = isinstance(node, tree.Symbol) and node.bold
        return replace(node, bold=False, indices=(index,)) if is_whole else node

    return changed_by(equation, change)
