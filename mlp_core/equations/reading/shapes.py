"""Shapes as a reader checks them, in letters: K x (H+1) times H+1 is K; what does not fit is a `Slip`."""

from dataclasses import dataclass

from ..language import tree
from .scope import Slip, is_plain_number, look_up

NUMBER = ()


@dataclass
class Length:
    """How long a \\mathbf 1 or a printed tuple is; found out from what stands beside it."""

    size: str | None = None


class Shapes:
    """The shape of every node of an equation; `lengths` holds what was found out about each \\mathbf 1."""

    def __init__(self, scope):
        self.scope, self.lengths = scope, {}

    def of_equation(self, equation):
        """Return the sides' common shape."""
        first, *others = equation.sides
        shape = self.of(first)
        for side in others:
            shape = self._same(shape, self.of(side), side, "the two sides")
        return shape

    def of(self, node):
        """Return () for a number, else (rows, columns)."""
        shape = getattr(self, "_" + type(node).__name__.lower())(node)
        return NUMBER if tuple(map(self._known, shape)) == ("1", "1") else shape

    # Comparing

    def _known(self, size):
        return size.size if isinstance(size, Length) else size

    def _agree(self, a, b):
        known = self._known(a), self._known(b)
        for size, other in ((a, known[1]), (b, known[0])):
            if isinstance(size, Length) and size.size is None:
                size.size = other
        return self._known(a) == self._known(b)

    def _same(self, a, b, node, what):
        if len(a) != len(b) or not all(self._agree(p, q) for p, q in zip(a, b, strict=True)):
            raise Slip("shape", f"{what} have different shapes: {self.say(a)} and {self.say(b)}", node.at)
        return a

    def say(self, shape):
        """Return a shape in words."""
        if not shape:
            return "a number"
        rows, columns = (self._known(size) or "?" for size in shape)
        if columns == "1":
            return f"a column of {rows}"
        if rows == "1":
            return f"a row of {columns}"
        return " × ".join(f"({size})" if "+" in size else size for size in (rows, columns))

    def _numbers(self, *nodes):
        for node in nodes:
            if self.of(node) != NUMBER:
                raise Slip("shape", f"a number is wanted here, not {self.say(self.of(node))}", node.at)
        return NUMBER

    def _array(self, node, what):
        shape = self.of(node)
        if shape == NUMBER:
            raise Slip("shape", f"{what} is for arrays, and this is a number", node.at)
        return shape

    # One rule a construction

    def _number(self, node):
        return NUMBER

    _kronecker = _number

    def _dots(self, node):
        raise Slip("use", "dots stand between the terms of a sum that is written out", node.at)

    def _symbol(self, symbol):
        if symbol.bold and symbol.letter == "1":
            return (self.lengths.setdefault(id(symbol), Length()), "1")
        if is_plain_number(symbol) or not symbol.bold:
            return NUMBER
        rows, columns = look_up(symbol, self.scope.definitions).shape
        if symbol.layer == "k-1":
            rows, columns = (size.replace("N_k", "N_{k-1}") for size in (rows, columns))
        return (rows, columns.removesuffix("+1") if symbol.sliced else columns)

    def _negative(self, node):
        return self.of(node.body)

    def _sum(self, node):
        first, *others = [term for term in node.terms if not isinstance(term, tree.Dots)] or node.terms
        shape = self.of(first)
        for term in others:
            shape = self._same(shape, self.of(term), term, "the terms of the sum")
        return shape

    def _product(self, node):
        shape = NUMBER
        for factor in node.factors:
            after = self.of(factor)
            if shape and after:
                if not self._agree(shape[1], after[0]):
                    message = f"{self.say(shape)} times {self.say(after)} does not fit"
                    raise Slip("shape", message, factor.at)
                after = (shape[0], after[1])
            shape = after or shape
            if tuple(map(self._known, shape)) == ("1", "1"):
                shape = NUMBER
        return shape

    def _elementwise(self, node):
        left, right = self._array(node.left, "\\odot"), self._array(node.right, "\\odot")
        return self._same(left, right, node.right, "the two sides of \\odot")

    def _quotient(self, node):
        self._numbers(node.bottom)
        return self.of(node.top)

    def _power(self, node):
        return self._numbers(node.base, node.exponent)

    def _transpose(self, node):
        return self._array(node.body, "a transpose")[::-1]

    def _apply(self, node):
        if len(node.arguments) != (2 if node.function == "max" else 1):
            raise Slip("use", f"{node.function} has not {len(node.arguments)} arguments", node.at)
        if node.function == "max":
            return self._numbers(*node.arguments)
        (argument,) = node.arguments
        if node.function in ("softmax", "diag"):
            shape = self._array(argument, node.function)
            self._same((shape[0], "1"), shape, argument, f"a column and the argument of {node.function}")
            return shape if node.function == "softmax" else (shape[0], shape[0])
        return self.of(argument)

    def _total(self, node):
        return self._numbers(node.body) if node.largest else self.of(node.body)

    def _partial(self, node):
        return self._numbers(node.top, node.bottom)

    def _gradient(self, node):
        if node.of.sliced or node.of.letter == "1" or not node.of.bold:
            raise Slip("use", "a gradient is taken by a quantity of the table", node.at)
        return self.of(node.of)

    def _beside(self, node):
        left, right = self.of(node.left), self._array(node.right, "[1, ...]")
        wanted = ("1", "1") if left == NUMBER else left
        if left == NUMBER and node.left != tree.Number("1"):
            raise Slip("shape", "only a 1 stands in front of a row", node.left.at)
        self._same(wanted, (right[0], "1"), node, "a column of ones and what it stands beside")
        return (right[0], self._longer(right[1], node.right))

    def _stacked(self, node):
        lower = self._array(node.lower, "a column")
        self._numbers(node.upper)
        self._same((lower[0], "1"), lower, node.lower, "a column and what stands in it")
        return (self._longer(lower[0], node.lower), "1")

    def _longer(self, size, node):
        if self._known(size) is None:
            raise Slip("shape", "nothing says how long this column is", node.at)
        return f"{self._known(size)}+1"

    def _entry(self, node):
        shape = self._array(node.body, "an entry")
        self._same((shape[0], "1"), shape, node.body, "a column and what an entry is taken of")
        return NUMBER

    def _cases(self, node):
        return self._numbers(*node.values)

    def _tuple(self, node):
        self._numbers(*node.entries)
        return (self.lengths.setdefault(id(node), Length()), "1")
