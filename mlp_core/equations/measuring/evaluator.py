"""The value of an expression, by plain loops; a derivative in it is measured, never derived."""

from dataclasses import replace

import numpy as np

from ...formulas.activations import ACTIVATIONS
from ...formulas.probabilities import softmax
from ..language import tree
from ..language.notation import find
from ..reading.scope import Slip, written

STEP = 2e-3
FUNCTIONS = {"exp": np.exp, "log": np.log, "tanh": ACTIVATIONS["tanh"]}
FUNCTIONS |= {"sigmoid": ACTIVATIONS["sigmoid"], "ReLU": ACTIVATIONS["relu"]}


def extrapolated(f, step):
    """Return f'(0) by central differences at a step and at half of it, the h^2 term taken out."""
    coarse = (f(step) - f(-step)) / (2 * step)
    fine = (f(step / 2) - f(-step / 2)) / step
    return (4 * fine - coarse) / 3


class Evaluator:
    """Evaluates the nodes of one equation in one pass.

    Parameters
    ----------
    scope : Scope
    lengths : dict
        Id of a \\mathbf 1 to its `Length` (see `Shapes`).
    measured : bool
        Set once a derivative was measured: the values then have some 1e-11 of noise.
    """

    def __init__(self, scope, lengths):
        self.scope, self.lengths, self.measured = scope, lengths, False
        self._found, self._letters, self._gradients, self._written = {}, {}, {}, {}

    def value(self, node, made, at):
        """Return a float, or an array of rows and columns.

        Parameters
        ----------
        node : Node
        made : Pass
        at : dict
            Index letters to numbers; "t" to its value; "k" of the layers as "layer".
        """
        return getattr(self, "_" + type(node).__name__.lower())(node, made, at)

    def length(self, size, made, at):
        """Return a size as a number: "H+1" is 6 where H is 5."""
        name, more = size.replace("+1", ""), size.count("+1")
        if name.startswith("N_"):
            return made.sizes["N"][at["layer"] - (name == "N_{k-1}")] + more
        return (1 if name == "1" else made.sizes[name]) + more

    def steps(self, index_range, made):
        """Return the values of an index: first, ..., size."""
        return range(index_range.first, made.sizes[index_range.size] + 1)

    # Letters and numbers

    def _number(self, node, made, at):
        return float(node.digits)

    def _symbol(self, symbol, made, at):
        if symbol.letter == "1" and symbol.bold:
            return np.ones((self._ones(symbol, made, at), 1))
        own = self.scope.definitions.get((symbol.letter, symbol.hat, symbol.bold))
        if own:
            inner = dict(zip(own.symbol.indices, self._numbers(symbol, made, at), strict=True))
            return self.value(own.body, made, at | inner)
        if symbol.letter == "t":
            return at["t"]
        row = find(symbol)
        if row is None:
            return float(made.sizes[symbol.letter])
        array = made.value(self.node_name(symbol, at))
        if symbol.bold:
            array = array[:, None] if array.ndim == 1 else array
            return array[:, 1:] if symbol.sliced else array
        if not symbol.indices:
            return float(array)
        place = self.place(symbol, row, made, at)
        return 1.0 if place is None else float(array[place])

    def _ones(self, symbol, made, at):
        size = self.lengths[id(symbol)].size
        if size is None:
            raise Slip("shape", "nothing says how long this column of ones is", symbol.at)
        return self.length(size, made, at)

    def node_name(self, symbol, at):
        """Return the name of a symbol in a pass: "y_hat", or "y_hat2" in layer 2."""
        name = find(symbol).node
        return f"{name}{at['layer'] - (symbol.layer == 'k-1')}" if symbol.layer else name

    def place(self, symbol, row, made, at):
        """Return where an entry lies in its array, or None for y_0 and x_0, the constant 1."""
        numbers = self._numbers(symbol, made, at)
        for number, (size, _) in zip(numbers, row.slots, strict=True):
            if number > made.sizes[size]:
                raise Slip(
                    "range", f"{written(symbol)} has no such index: {size} is {made.sizes[size]}", symbol.at
                )
        if len(numbers) == 1:
            return numbers[0] - 1 if numbers[0] else None
        return numbers[0] - 1, numbers[1]

    def _numbers(self, symbol, made, at):
        return [n if isinstance(n, int) else at[n] if n in at else made.sizes[n] for n in symbol.indices]

    def _kronecker(self, node, made, at):
        a, b = self._numbers(node, made, at)
        return float(a == b)

    # Arithmetic

    def _negative(self, node, made, at):
        return -self.value(node.body, made, at)

    def _sum(self, node, made, at):
        if any(isinstance(term, tree.Dots) for term in node.terms):
            key = (id(node), *made.sizes.values())
            if key not in self._written:
                self._written[key] = self.written_out(node, made)
            node = self._written[key]
        total = self.value(node.terms[0], made, at)
        for term in node.terms[1:]:
            total = total + self.value(term, made, at)
        return total

    def written_out(self, node, made):
        """Return a sum without its \\dots: after the term of 1 (or 2) come the others up to that of H."""
        place = next(k for k, term in enumerate(node.terms) if isinstance(term, tree.Dots))
        before, after = node.terms[place - 1 : place], node.terms[place + 1 : place + 2]
        size, last = _growing(before[0], after[0]) if before and after else (None, 0)
        if not size:
            raise Slip(
                "use", "the terms before and after the dots do not continue each other", node.terms[place].at
            )
        if any(isinstance(part, tree.Total) for part in after[0].walk()):
            raise Slip("use", "a sum that is written out holds no other", after[0].at)
        rest = [_with_index(after[0], size, n) for n in range(last + 1, made.sizes[size] + 1)]
        return tree.Sum((*node.terms[:place], *rest, *node.terms[place + 2 :]), at=node.at)

    def _product(self, node, made, at):
        total = self.value(node.factors[0], made, at)
        for factor in node.factors[1:]:
            value = self.value(factor, made, at)
            if isinstance(total, float) or isinstance(value, float):
                total = total * value
            else:
                total = _plain(total @ value)
        return total

    def _elementwise(self, node, made, at):
        return self.value(node.left, made, at) * self.value(node.right, made, at)

    def _quotient(self, node, made, at):
        return np.divide(self.value(node.top, made, at), self.value(node.bottom, made, at))[()]

    def _power(self, node, made, at):
        base, exponent = (np.float64(self.value(part, made, at)) for part in (node.base, node.exponent))
        return float(base**exponent)

    def _transpose(self, node, made, at):
        return self.value(node.body, made, at).T

    def _total(self, node, made, at):
        values = [
            self.value(node.body, made, at | {node.index: n})
            for n in self.steps(self.scope.sums[id(node)], made)
        ]
        return np.max(values) if node.largest else sum(values[1:], start=values[0])

    # Functions

    def _apply(self, node, made, at):
        values = [self.value(part, made, at) for part in node.arguments]
        if node.function == "max":
            return np.max(values)  # the other max loses a NaN
        if node.function == "diag":
            return np.diag(values[0][:, 0])
        if node.function == "softmax":
            return softmax(values[0][:, 0])[:, None]
        function = made.activation if node.function == "sigma" else FUNCTIONS[node.function]
        if node.primed:
            return self._slope(function, values[0])
        return _plain(function(np.asarray(values[0])))

    def _slope(self, function, value):
        self.measured = True
        value = np.asarray(value)
        slope = extrapolated(lambda step: function(value + step), STEP)
        return _plain(
            np.where(value == 0, function.derivative(value), slope)
        )  # at a corner the book's choice

    # Shapes

    def _beside(self, node, made, at):
        left, right = self.value(node.left, made, at), self.value(node.right, made, at)
        return np.hstack([np.broadcast_to(left, (right.shape[0], 1)), right])

    def _stacked(self, node, made, at):
        upper, lower = self.value(node.upper, made, at), self.value(node.lower, made, at)
        return np.vstack([[[upper]], lower])

    def _entry(self, node, made, at):
        column, number = self.value(node.body, made, at), at.get(node.index, node.index)
        if not 1 <= number <= len(column):
            raise Slip("range", f"entry {number} is taken of a column of {len(column)}", node.at)
        return float(column[number - 1, 0])

    def _cases(self, node, made, at):
        held = [v for v, c in zip(node.values, node.conditions, strict=True) if holds(c, at)]
        if len(held) != 1:
            how_many = f"{len(held)} of the cases hold at once" if held else "none of the cases holds"
            raise Slip("condition", how_many + " for some of what is tried", node.at)
        return self.value(held[0], made, at)

    def _tuple(self, node, made, at):
        size = self.lengths[id(node)].size
        wanted = self.length(size, made, at) if size else len(node.entries)
        if wanted != len(node.entries):
            message = f"the column has {len(node.entries)} numbers, and {wanted} are wanted here"
            raise Slip("shape", message, node.at)
        return np.array([[self.value(entry, made, at)] for entry in node.entries])

    # Measuring

    def _partial(self, node, made, at):
        letters = self._letters_of(node)
        key = (id(node), id(made), *(at.get(letter) for letter in letters))
        if key not in self._found:
            # The pass is kept beside the value, so that no other gets its id.
            self._found[key] = self._measure(node, made, at), made
        return self._found[key][0]

    def _measure(self, node, made, at):
        self.measured = True
        symbol = node.bottom
        if symbol.letter == "t":
            return extrapolated(lambda step: self.value(node.top, made, at | {"t": at["t"] + step}), STEP)
        name, place = self.node_name(symbol, at), self.place(symbol, find(symbol), made, at)
        array = made.value(name)
        step = STEP * float(array[place]) if name == "z" else STEP
        return extrapolated(lambda h: self.value(node.top, made.cut(name, _moved(array, place, h)), at), step)

    def _gradient(self, node, made, at):
        name = self.node_name(node.of, at)
        if (name, id(made)) not in self._gradients:
            self.measured = True
            array = made.value(name)
            slopes = np.empty(array.shape)
            for place in np.ndindex(array.shape):
                step = STEP * float(array[place]) if name in ("z", "Z") else STEP
                slopes[place] = extrapolated(
                    lambda h, p=place: float(made.cut(name, _moved(array, p, h)).value("E")), step
                )
            self._gradients[name, id(made)] = slopes[:, None] if slopes.ndim == 1 else slopes, made
        return self._gradients[name, id(made)][0]

    def _letters_of(self, node):
        if id(node) not in self._letters:
            found = {"t", "layer"}
            for part in node.walk():
                found |= {i for i in getattr(part, "indices", ()) if isinstance(i, str)}
                found |= {part.index} if isinstance(part, tree.Entry) else set()
                found |= set(part.of) if isinstance(part, tree.Condition) else set()
            own = (d.symbol.indices for d in self.scope.definitions.values())
            self._letters[id(node)] = tuple(sorted(found.union(*own)))
        return self._letters[id(node)]


def holds(condition, at):
    """Return whether a condition on indices or on t holds at these values."""
    if condition.kind == "distinct":
        return at[condition.of[0]] != at[condition.of[1]]
    if condition.kind in ("positive", "not positive"):
        return (at["t"] > 0) == (condition.kind == "positive")
    return True


def _plain(value):
    value = np.asarray(value)
    return float(value.reshape(())) if value.size == 1 and value.ndim in (0, 2) else value


def _moved(array, place, step):
    moved = array.copy()
    moved[place] += step
    return moved


def _growing(before, after):
    """Return (the size that `after` has as an index, the number that `before` has there), if that is all."""
    sizes = {i for part in after.walk() for i in getattr(part, "indices", ()) if i in ("K", "H", "D")}
    fits = [(size, n) for size in sizes for n in (1, 2) if _with_index(after, size, n) == before]
    return fits[0] if len(fits) == 1 else (None, 0)


def _with_index(node, size, number):
    # What has not the index stays the same object: lengths are known by it.
    if size in getattr(node, "indices", ()):
        node = replace(node, indices=tuple(number if i == size else i for i in node.indices))
    for name, place, child in list(node.children()):
        changed = _with_index(child, size, number)
        node = node if changed is child else node.with_child(name, place, changed)
    return node
