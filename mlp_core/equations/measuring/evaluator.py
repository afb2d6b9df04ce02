"""The value of an expression, by plain loops; a derivative in it is measured, never derived."""

from dataclasses import dataclass

import numpy as np

from ...formulas.probabilities import softmax
from ..language import tree
from ..language.errors import EquationMeaningError
from ..language.notation import activation_labelled, find
from ..language.rules import Rules
from ..reading.scope import own_letter, written
from .budget import Budget
from .samples import SampleNetwork
from .slopes import STEP, extrapolated, moved, step_of
from .written_out import has_dots, without_dots

CUTS = 40  # evaluations that the four forward passes of one slope cost
SLOPES = 5 * CUTS  # that all the slopes of a q cost, which has some five entries
FUNCTIONS = {"exp": np.exp, "log": np.log}  # beside those that have a rule of their own, and activations
RULES = Rules("evaluator")  # (node, `Point`) -> a float, or an array of rows and columns


class Measured:
    """What one check has measured so far, so that nothing is measured twice, and what it still may spend.

    Parameters
    ----------
    definitions : mapping
        The author's own letters.
    budget : Budget
    """

    def __init__(self, definitions, budget: Budget):
        self.definitions, self.budget = definitions, budget
        self._known = {}

    def once(self, key, computed):
        """Return the value that a key has; `computed` gives it the first time."""
        if key not in self._known:
            self._known[key] = computed()
        return self._known[key]


@dataclass(frozen=True, eq=False)
class Point:
    """Where an expression has a value: on one network, with a number for each index letter.

    Parameters
    ----------
    sample : SampleNetwork
    assigned : dict
        Index letters to numbers; "t" to its value; "k" of the layers as "layer".
    measured : Measured
    """

    sample: SampleNetwork
    assigned: dict
    measured: Measured

    def value(self, node):
        """Return the value of a node of an equation that was read: a float, or rows and columns."""
        self.measured.budget.spend()
        return RULES[type(node)](node, self)

    def values(self, nodes):
        """Return the values of several nodes."""
        return [self.value(node) for node in nodes]

    def moved(self, assigned):
        """Return the point at which some letters have other numbers."""
        return Point(self.sample, self.assigned | assigned, self.measured)

    def cut(self, name, array):
        """Return the point at which a quantity is free, and has this value."""
        return Point(self.sample.cut(name, array), self.assigned, self.measured)

    def numbers(self, indices):
        """Return indices as numbers: i as it is assigned, H as the size that it is."""
        known = self.assigned
        return [
            n if isinstance(n, int) else known[n] if n in known else self.sample.sizes[n] for n in indices
        ]

    def length(self, size):
        """Return a size as a number: "H+1" is 6 where H is 5."""
        name, more = size.replace("+1", ""), size.count("+1")
        if name.startswith("N_"):
            return self.sample.sizes["N"][self.assigned["layer"] - (name == "N_{k-1}")] + more
        return (1 if name == "1" else self.sample.sizes[name]) + more

    def node_name(self, symbol):
        """Return the name of a symbol in the sample: "y_hat", or "y_hat2" in layer 2."""
        name = find(symbol).node
        return f"{name}{self.assigned['layer'] - (symbol.layer == 'k-1')}" if symbol.layer else name


# Letters and numbers


@RULES.of(tree.Number)
def _number(node, point):
    return float(node.digits)


@RULES.of(tree.Symbol)
def _symbol(symbol, point):
    if symbol.letter == "1" and symbol.bold:
        return np.ones((point.length(symbol.length), 1))
    own = own_letter(symbol, point.measured.definitions)
    if own:
        inner = dict(zip(own.symbol.indices, point.numbers(symbol.indices), strict=True))
        return point.moved(inner).value(own.body)
    if symbol.letter == "t":
        return point.assigned["t"]
    row = find(symbol)
    if row is None:
        return float(point.sample.sizes[symbol.letter])
    name = point.node_name(symbol)
    if row.measured:
        point.measured.budget.spend(0 if name in point.sample.known else SLOPES)
    array = point.sample.value(name)
    if symbol.bold:
        array = array[:, None] if array.ndim == 1 else array
        return array[:, 1:] if symbol.sliced else array
    if not symbol.indices:
        return float(array)
    place = _place(symbol, row, point)
    return 1.0 if place is None else float(array[place])


def _place(symbol, row, point):
    """Return where an entry lies in its array, or None for y_0 and x_0, the constant 1."""
    numbers = point.numbers(symbol.indices)
    for number, (size, _) in zip(numbers, row.slots, strict=True):
        there = point.sample.sizes[size]
        if number > there:
            message = f"{written(symbol)} has no such index: {size} is {there}"
            raise EquationMeaningError("range", message, symbol.span)
    if len(numbers) == 1:
        return numbers[0] - 1 if numbers[0] else None
    return numbers[0] - 1, numbers[1]


@RULES.of(tree.Kronecker)
def _kronecker(node, point):
    a, b = point.numbers(node.indices)
    return float(a == b)


# Arithmetic


@RULES.of(tree.Negative)
def _negative(node, point):
    return -point.value(node.body)


@RULES.of(tree.Sum)
def _sum(node, point):
    if has_dots(node):
        sample = point.sample
        node = point.measured.once((node, sample), lambda: without_dots(node, sample.sizes))
    first, *others = node.terms
    total = point.value(first)
    for term in others:
        total = total + point.value(term)
    return total


@RULES.of(tree.Product)
def _product(node, point):
    first, *others = node.factors
    total = point.value(first)
    for factor in others:
        value = point.value(factor)
        if isinstance(total, float) or isinstance(value, float):
            total = total * value
        else:
            total = _plain(total @ value)
    return total


@RULES.of(tree.Elementwise)
def _elementwise(node, point):
    return point.value(node.left) * point.value(node.right)


@RULES.of(tree.Quotient)
def _quotient(node, point):
    return np.divide(point.value(node.top), point.value(node.bottom))[()]


@RULES.of(tree.Power)
def _power(node, point):
    return float(np.float64(point.value(node.base)) ** np.float64(point.value(node.exponent)))


@RULES.of(tree.Transpose)
def _transpose(node, point):
    return point.value(node.body).T


@RULES.of(tree.Total)
def _total(node, point):
    steps = range(node.range.first, point.sample.sizes[node.range.size] + 1)
    values = [point.moved({node.index: n}).value(node.body) for n in steps]
    return np.max(values) if node.largest else sum(values[1:], start=values[0])


# Functions


@RULES.of(tree.Apply)
def _apply(node, point):
    values = point.values(node.arguments)
    if node.function == "max":
        return np.max(values)  # the other max loses a NaN
    if node.function == "diag":
        return np.diag(values[0][:, 0])
    if node.function == "softmax":
        return softmax(values[0][:, 0])[:, None]
    own = point.sample.activation if node.function == "sigma" else activation_labelled(node.function)
    if node.primed:
        return _slope(own, np.asarray(values[0]))
    return _plain((own or FUNCTIONS[node.function])(np.asarray(values[0])))


def _slope(function, value):
    slope = extrapolated(lambda step: function(value + step), STEP)
    return _plain(np.where(value == 0, function.derivative(value), slope))  # at a corner the book's choice


# Shapes


@RULES.of(tree.Beside)
def _beside(node, point):
    left, right = point.values((node.left, node.right))
    return np.hstack([np.broadcast_to(left, (right.shape[0], 1)), right])


@RULES.of(tree.Stacked)
def _stacked(node, point):
    upper, lower = point.values((node.upper, node.lower))
    return np.vstack([[[upper]], lower])


@RULES.of(tree.Entry)
def _entry(node, point):
    column, (number,) = point.value(node.body), point.numbers((node.index,))
    if not 1 <= number <= len(column):
        message = f"entry {number} is taken of a column of {len(column)}"
        raise EquationMeaningError("range", message, node.span)
    return float(column[number - 1, 0])


@RULES.of(tree.Cases)
def _cases(node, point):
    held = [v for v, c in zip(node.values, node.conditions, strict=True) if holds(c, point.assigned)]
    if len(held) != 1:
        how_many = f"{len(held)} of the cases hold at once" if held else "none of the cases holds"
        raise EquationMeaningError("condition", how_many + " for some of what is tried", node.span)
    return point.value(held[0])


@RULES.of(tree.Tuple)
def _tuple(node, point):
    wanted = point.length(node.length) if node.length else len(node.entries)
    if wanted != len(node.entries):
        message = f"the column has {len(node.entries)} numbers, and {wanted} are wanted here"
        raise EquationMeaningError("shape", message, node.span)
    return np.array([[value] for value in point.values(node.entries)])


def holds(condition, assigned):
    """Return whether a condition on indices or on t holds at these values."""
    if condition.kind == "distinct":
        return assigned[condition.of[0]] != assigned[condition.of[1]]
    if condition.kind in ("positive", "not positive"):
        return (assigned["t"] > 0) == (condition.kind == "positive")
    if condition.kind in ("negative", "not negative"):
        return (assigned["t"] < 0) == (condition.kind == "negative")
    return True


# Measuring


@RULES.of(tree.Partial, tree.Jacobian)
def _partial(node, point):
    letters = (*node.letters, "t", "layer")
    # Nodes that say the same are one key: the slope is measured once for all the edits of an equation.
    key = (node, point.sample, *(point.assigned.get(letter) for letter in letters))
    measure = _measure if isinstance(node, tree.Partial) else _measured_jacobian
    return point.measured.once(key, lambda: measure(node, point))


def _measure(node, point):
    symbol = node.bottom
    if symbol.letter == "t":
        t = point.assigned["t"]
        return extrapolated(lambda step: point.moved({"t": t + step}).value(node.top), STEP)
    name, place = point.node_name(symbol), _place(symbol, find(symbol), point)
    point.measured.budget.spend(CUTS)
    array = point.sample.value(name)
    step = step_of(name, array[place])
    return extrapolated(lambda h: point.cut(name, moved(array, place, h)).value(node.top), step)


@RULES.of(tree.Gradient)
def _gradient(node, point):
    name = point.node_name(node.of)
    return point.measured.once((name, point.sample), lambda: _measured_gradient(name, point))


def _measured_gradient(name, point):
    array = point.sample.value(name)
    slopes = np.empty(array.shape)
    for place in np.ndindex(array.shape):
        point.measured.budget.spend(CUTS)
        step = step_of(name, array[place])
        slopes[place] = extrapolated(
            lambda h, p=place: float(point.sample.cut(name, moved(array, p, h)).value("E")), step
        )
    return slopes[:, None] if slopes.ndim == 1 else slopes


def _measured_jacobian(node, point):
    name = point.node_name(node.bottom)
    array = point.sample.value(name)
    columns = []
    for place in np.ndindex(array.shape):
        point.measured.budget.spend(CUTS)
        step = step_of(name, array[place])
        columns.append(
            extrapolated(lambda h, p=place: point.cut(name, moved(array, p, h)).value(node.top), step)
        )
    return np.hstack(columns)


@RULES.of(tree.Columns)
def _columns(node, point):
    matrix = point.value(node.body)
    return matrix[:, :1] if node.which == "0" else matrix[:, 1:]


def _plain(value):
    value = np.asarray(value)
    return float(value.reshape(())) if value.size == 1 and value.ndim in (0, 2) else value
