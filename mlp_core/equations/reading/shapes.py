"""Shapes as a reader checks them, in letters: K x (H+1) times H+1 is K; what does not fit is refused."""

from dataclasses import dataclass, replace

from ..language import tree
from ..language.errors import EquationMeaningError
from ..language.rules import Rules
from .contents import is_ones
from .scope import is_plain_number, look_up

NUMBER = ()
RULES = Rules("shapes")  # (node, `Shapes`) -> () for a number, else (rows, columns)


@dataclass
class Length:
    """How long a \\mathbf 1 or a printed tuple is; found out from what stands beside it."""

    size: str | None = None
    like: "Length | None" = None  # another one that is as long, as long as nothing is known of both


def shaped(sides, definitions, has_columns):
    """Return the sides, each \\mathbf 1 and tuple in them with its length, and their common shape.

    Parameters
    ----------
    sides : tuple of Node
        As `scoped` returns them.
    definitions : mapping
    has_columns : bool
        Whether there is a \\mathbf 1 or a tuple at all.

    Raises
    ------
    EquationMeaningError
        Something does not fit, or nothing says how long a column of ones is.
    """
    sides = tuple(tree.changed_below(side, _opened) for side in sides) if has_columns else sides
    shapes = Shapes(definitions)
    first, *others = sides
    shape = shapes.of(first)
    for side in others:
        shape = shapes.same(shape, shapes.of(side), side, "the two sides")
    sides = tuple(tree.changed_below(side, _settled) for side in sides) if has_columns else sides
    return sides, tuple(map(known, shape))


def known(size):
    """Return a size in letters, or None where nothing said yet how long something is."""
    size = _last(size)
    return size.size if isinstance(size, Length) else size


def _last(size):
    while isinstance(size, Length) and size.like:
        size = size.like
    return size


def _opened(node):
    return replace(node, length=Length()) if is_ones(node) or isinstance(node, tree.Tuple) else node


def _settled(node):
    if is_ones(node) and known(node.length) is None:
        message = "nothing says how long this column of ones is"
        raise EquationMeaningError("shape", message, node.span)
    if is_ones(node) or isinstance(node, tree.Tuple):
        return replace(node, length=known(node.length))
    return node


class Shapes:
    """Finds the shape of every node of one equation; what a column's length is, it enters in the node's."""

    def __init__(self, definitions):
        self.definitions = definitions

    def of(self, node):
        """Return () for a number, else (rows, columns)."""
        shape = RULES[type(node)](node, self)
        return NUMBER if tuple(map(known, shape)) == ("1", "1") else shape

    def agree(self, a, b):
        """Return whether two sizes are one; a length that is not known becomes the other."""
        a, b = _last(a), _last(b)
        if a is b:
            return True
        sizes = known(a), known(b)
        for size, other in ((a, sizes[1]), (b, sizes[0])):
            if isinstance(size, Length) and size.size is None:
                size.size = other
        if sizes == (None, None):
            a.like = b
        return known(a) == known(b)

    def same(self, a, b, node, what):
        """Return the one shape of two things, or refuse."""
        if len(a) != len(b) or not all(self.agree(p, q) for p, q in zip(a, b, strict=True)):
            message = f"{what} have different shapes: {say(a)} and {say(b)}"
            raise EquationMeaningError("shape", message, node.span)
        return a

    def numbers(self, *nodes):
        """Return the shape of a number where all nodes are numbers, or refuse."""
        for node in nodes:
            shape = self.of(node)
            if shape != NUMBER:
                raise EquationMeaningError("shape", f"a number is wanted here, not {say(shape)}", node.span)
        return NUMBER

    def array(self, node, what):
        """Return the shape of what is no number, or refuse."""
        shape = self.of(node)
        if shape == NUMBER:
            raise EquationMeaningError("shape", f"{what} is for arrays, and this is a number", node.span)
        return shape


def say(shape):
    """Return a shape in words."""
    if not shape:
        return "a number"
    rows, columns = (known(size) or "?" for size in shape)
    if columns == "1":
        return f"a column of {rows}"
    if rows == "1":
        return f"a row of {columns}"
    return " × ".join(f"({size})" if "+" in size else size for size in (rows, columns))


# One rule a construction


@RULES.of(tree.Number, tree.Kronecker)
def _number(node, shapes):
    return NUMBER


@RULES.of(tree.Dots)
def _dots(node, shapes):
    raise EquationMeaningError("use", "dots stand between the terms of a sum that is written out", node.span)


@RULES.of(tree.Symbol)
def _symbol(symbol, shapes):
    if is_ones(symbol):
        return (symbol.length, "1")
    if is_plain_number(symbol) or not symbol.bold:
        return NUMBER
    rows, columns = look_up(symbol, shapes.definitions).shape
    if symbol.layer == "k-1":
        rows, columns = (size.replace("N_k", "N_{k-1}") for size in (rows, columns))
    return (rows, columns.removesuffix("+1") if symbol.sliced else columns)


@RULES.of(tree.Negative)
def _negative(node, shapes):
    return shapes.of(node.body)


@RULES.of(tree.Sum)
def _sum(node, shapes):
    first, *others = [term for term in node.terms if not isinstance(term, tree.Dots)] or node.terms
    shape = shapes.of(first)
    for term in others:
        shape = shapes.same(shape, shapes.of(term), term, "the terms of the sum")
    return shape


@RULES.of(tree.Product)
def _product(node, shapes):
    shape = NUMBER
    for factor in node.factors:
        after = shapes.of(factor)
        if shape and after:
            if not shapes.agree(shape[1], after[0]):
                message = f"{say(shape)} times {say(after)} does not fit"
                raise EquationMeaningError("shape", message, factor.span)
            after = (shape[0], after[1])
        shape = after or shape
        if tuple(map(known, shape)) == ("1", "1"):
            shape = NUMBER
    return shape


@RULES.of(tree.Elementwise)
def _elementwise(node, shapes):
    left, right = shapes.array(node.left, "\\odot"), shapes.array(node.right, "\\odot")
    return shapes.same(left, right, node.right, "the two sides of \\odot")


@RULES.of(tree.Quotient)
def _quotient(node, shapes):
    shapes.numbers(node.bottom)
    return shapes.of(node.top)


@RULES.of(tree.Power)
def _power(node, shapes):
    return shapes.numbers(node.base, node.exponent)


@RULES.of(tree.Transpose)
def _transpose(node, shapes):
    return shapes.array(node.body, "a transpose")[::-1]


@RULES.of(tree.Apply)
def _apply(node, shapes):
    if len(node.arguments) != (2 if node.function == "max" else 1):
        raise EquationMeaningError(
            "use", f"{node.function} has not {len(node.arguments)} arguments", node.span
        )
    if node.function == "max":
        return shapes.numbers(*node.arguments)
    (argument,) = node.arguments
    if node.function in ("softmax", "diag"):
        shape = shapes.array(argument, node.function)
        shapes.same((shape[0], "1"), shape, argument, f"a column and the argument of {node.function}")
        return shape if node.function == "softmax" else (shape[0], shape[0])
    return shapes.of(argument)


@RULES.of(tree.Total)
def _total(node, shapes):
    return shapes.numbers(node.body) if node.largest else shapes.of(node.body)


@RULES.of(tree.Partial)
def _partial(node, shapes):
    return shapes.numbers(node.top, node.bottom)


@RULES.of(tree.Gradient)
def _gradient(node, shapes):
    if node.of.sliced or node.of.letter == "1" or not node.of.bold:
        raise EquationMeaningError("use", "a gradient is taken by a quantity of the table", node.span)
    return shapes.of(node.of)


@RULES.of(tree.Jacobian)
def _jacobian(node, shapes):
    rows = [_column_length(part, shapes) for part in (node.top, node.bottom)]
    return tuple(rows)


def _column_length(node, shapes):
    shape = shapes.array(node, "a slope by a whole column")
    shapes.same((shape[0], "1"), shape, node, "a column and what a Jacobian is of")
    return shape[0]


@RULES.of(tree.Columns)
def _columns(node, shapes):
    rows, columns = shapes.array(node.body, "a column 0")
    if not str(known(columns)).endswith("+1"):
        raise EquationMeaningError("shape", "only V and W have a column 0 of biases", node.span)
    return (rows, "1" if node.which == "0" else columns.removesuffix("+1"))


@RULES.of(tree.Beside)
def _beside(node, shapes):
    left, right = shapes.of(node.left), shapes.array(node.right, "[1, ...]")
    wanted = ("1", "1") if left == NUMBER else left
    if left == NUMBER and node.left != tree.Number("1"):
        raise EquationMeaningError("shape", "only a 1 stands in front of a row", node.left.span)
    shapes.same(wanted, (right[0], "1"), node, "a column of ones and what it stands beside")
    return (right[0], _longer(right[1], node.right))


@RULES.of(tree.Stacked)
def _stacked(node, shapes):
    lower = shapes.array(node.lower, "a column")
    shapes.numbers(node.upper)
    shapes.same((lower[0], "1"), lower, node.lower, "a column and what stands in it")
    return (_longer(lower[0], node.lower), "1")


def _longer(size, node):
    if known(size) is None:
        raise EquationMeaningError("shape", "nothing says how long this column is", node.span)
    return f"{known(size)}+1"


@RULES.of(tree.Entry)
def _entry(node, shapes):
    shape = shapes.array(node.body, "an entry")
    shapes.same((shape[0], "1"), shape, node.body, "a column and what an entry is taken of")
    return NUMBER


@RULES.of(tree.Cases)
def _cases(node, shapes):
    return shapes.numbers(*node.values)


@RULES.of(tree.Tuple)
def _tuple(node, shapes):
    shapes.numbers(*node.entries)
    return (node.length, "1")
