"""From an equation's tree to polynomials: one rule a construction, and entry by entry in arrays."""

from dataclasses import dataclass, replace
from fractions import Fraction

from ..language import tree
from ..language.notation import find
from ..language.rules import Rules
from ..language.writer import write_node
from ..reading.contents import contents_of
from ..reading.scope import is_plain_number, own_letter
from ..reading.shapes import Shapes, known
from .divisors import inverse_of
from .functions import NeedsSignError
from .network import Network
from .terms import (
    Atom,
    UnprovedError,
    as_number,
    atom,
    constant,
    frozen,
    last,
    minus,
    negative,
    plus,
)

RULES = Rules("proving/reading")  # (node, `Place`) -> the polynomial of the node, or of one entry of it


@dataclass(frozen=True, eq=False)
class Place:
    """Where a node is read: in which network, what its letters are, and which entry of it is meant.

    Parameters
    ----------
    network : Network
    definitions : mapping
        The author's own letters.
    letters : dict
        Index letter of the equation -> index, as terms.py has them.
    row, column : str or None
        The entry's indices; None where there is no row or column to choose.
    """

    network: Network
    definitions: dict
    letters: dict
    row: str | None = None
    column: str | None = None

    def of(self, node, row=None, column=None):
        """Return the polynomial of a node, or of one entry of it."""
        return _ruled(node, replace(self, row=row, column=column))

    def entry(self, node):
        """Return the polynomial of the same entry of a node."""
        return _ruled(node, self)

    def with_letters(self, letters):
        """Return the place at which some letters are other indices."""
        return replace(self, letters=self.letters | letters)

    def index(self, written, size=None):
        """Return an index as it stands in terms: of a letter, a number or a size."""
        if isinstance(written, int):
            if written > 1 and size and not (size == "K" and self.network.setting.two_classes):
                self.network.provided["at least", size, written] = None
            return str(written)
        return self.letters.get(written) or last(written)

    def shape(self, node):
        """Return (rows, columns) of a node, each None where it is 1; () for a number."""
        sizes = readable(tuple(map(known, Shapes(self.definitions).of(node))))
        return tuple(None if size == "1" else size for size in sizes)


def readable(shape):
    """Return a shape of which each index is a letter, or 0 and a letter; refuse another."""
    if any(size and (size.count("+1") > 1 or size == "1+1") for size in shape):
        raise UnprovedError("no rule makes a column longer twice")
    return shape


def _ruled(node, place):
    rule = RULES.get(type(node))
    if rule is None:
        raise UnprovedError(f"no rule reads {write_node(node)}")
    return rule(node, place)


def _over(network, size, body):
    """Return the sum of body(n) over a size in letters; of "H+1" the first index is 0."""
    made = network.total(size.removesuffix("+1"), body)
    return plus(body("0"), made) if size.endswith("+1") else made


# Letters and numbers


@RULES.of(tree.Number)
def _number(node, place):
    return constant(Fraction(node.digits))


@RULES.of(tree.Kronecker)
def _kronecker(node, place):
    sizes = [place.letters[i].partition(":")[2] for i in node.indices if i in place.letters]
    size = next(filter(None, sizes), None)
    return place.network.term((), [tuple(place.index(i, size) for i in node.indices)], {})


@RULES.of(tree.Symbol)
def _symbol(symbol, place):
    if symbol.letter == "1" and symbol.bold:
        return constant(1)
    own = own_letter(symbol, place.definitions)
    if own:
        sizes = [size for size, _ in own.slots]
        written = zip(symbol.indices, sizes, strict=True)
        inner = dict(zip(own.symbol.indices, (place.index(i, size) for i, size in written), strict=True))
        return replace(place, letters=inner).entry(own.body)
    if is_plain_number(symbol):
        two = symbol.letter == "K" and place.network.setting.two_classes
        return constant(2) if two else atom("size", symbol.letter)
    return place.network.term((), (), {Atom(*_named(symbol, place)): 1})  # which knows that y_0 is 1


def _named(symbol, place):
    """Return (name, indices) of one number of a letter of the table."""
    row = find(symbol)
    if row is None:
        raise UnprovedError("it has a letter without a meaning")
    name = row.node[0].lower() + row.node[1:] if row.mode == "batch" else row.node
    if symbol.layer:
        name += f"^{symbol.layer}"
        if name == "W^k-1":
            raise UnprovedError("it asks for the weights of the layer before")
    if symbol.bold:
        return name, tuple(index for index in (place.row, place.column) if index is not None)
    slots = zip(symbol.indices, row.slots, strict=True)
    return name, tuple(place.index(index, size) for index, (size, _) in slots)


# Arithmetic


@RULES.of(tree.Negative)
def _negative(node, place):
    return negative(place.entry(node.body))


@RULES.of(tree.Sum)
def _sum(node, place):
    dots = next((k for k, term in enumerate(node.terms) if isinstance(term, tree.Dots)), None)
    if dots is None:
        return plus(*map(place.entry, node.terms))
    before, after = node.terms[dots - 1 : dots], node.terms[dots + 1 : dots + 2]
    if not before or not after:
        raise UnprovedError("its dots stand at an end")
    size, number = _continued(before[0], after[0])
    place.index(number, size)
    whole = place.network.total(size, lambda n: place.with_letters({"…": n}).entry(_at(after[0], size, "…")))
    first = [place.entry(_at(after[0], size, n)) for n in range(1, number)]
    others = [place.entry(term) for k, term in enumerate(node.terms) if abs(k - dots) > 1]
    return plus(whole, *map(negative, first), *others)


def _continued(before, after):
    """Return (size, n) where `after` is `before` with the size in place of the index n."""
    found = [(s, n) for s in ("K", "H", "D") for n in (1, 2) if after != before == _at(after, s, n)]
    if len(found) != 1:
        raise UnprovedError("its dots do not continue what stands before them")
    return found[0]


def _at(node, size, index):
    """Return a node with another index in place of a size."""

    def change(part):
        indices = tuple(index if i == size else i for i in getattr(part, "indices", ()))
        return replace(part, indices=indices) if indices and indices != part.indices else part

    return tree.changed_below(node, change)


@RULES.of(tree.Product)
def _product(node, place):
    if all(place.shape(factor) == () for factor in node.factors):
        return place.network.times(*map(place.of, node.factors))
    *first, factor = node.factors
    head = tree.Product(tuple(first)) if len(first) > 1 else first[0]
    before, after = place.shape(head), place.shape(factor)
    times = place.network.times
    if not before or not after:
        here = (place.row, place.column)
        return times(place.of(head, *(here if before else ())), place.of(factor, *(here if after else ())))

    def through(n):
        left = place.of(head, before[0] and place.row, before[1] and n)
        return times(left, place.of(factor, after[0] and n, after[1] and place.column))

    inner = before[1] or after[0]
    return _over(place.network, inner, through) if inner else through(None)


@RULES.of(tree.Elementwise)
def _elementwise(node, place):
    return place.network.times(place.entry(node.left), place.entry(node.right))


@RULES.of(tree.Quotient)
def _quotient(node, place):
    return place.network.times(place.entry(node.top), inverse_of(place.of(node.bottom), place.network))


@RULES.of(tree.Power)
def _power(node, place):
    number = as_number(place.of(node.exponent))
    if number is None or number.denominator != 1:
        raise UnprovedError("an exponent is no whole number")
    base = place.of(node.base)
    if number < 0:
        return place.network.power(inverse_of(base, place.network), -int(number))
    return place.network.power(base, int(number))


@RULES.of(tree.Total)
def _total(node, place):
    there, network = node.range, place.network
    if not node.largest:
        size = there.size + "+1" * (there.first == 0)
        return _over(network, size, lambda n: place.with_letters({node.index: n}).entry(node.body))
    if there.first == 0 or (there.size == "K" and network.setting.two_classes):
        raise UnprovedError("no rule knows this maximum")
    depth = sum(isinstance(part, tree.Total) for part in node.body.walk())
    letter = f"*{depth}:{there.size}"
    return atom(f"max:{there.size}", inside=(place.with_letters({node.index: letter}).of(node.body),))


@RULES.of(tree.Apply)
def _apply(node, place):
    network, argument = place.network, node.arguments[0]
    if node.function == "max":
        several = [poly for poly in map(place.of, node.arguments) if poly]
        if len(several) > 1:
            raise UnprovedError("no rule knows the larger of two, unless one is 0")
        return network.function("ReLU", several[0] if several else {})
    if node.function == "diag":
        return network.times(network.term((), [(place.row, place.column)], {}), place.of(argument, place.row))
    if node.function == "softmax":
        (size, _) = place.shape(argument)
        if size is None or size.endswith("+1"):
            raise UnprovedError("no rule knows this softmax")
        return network.softmax(lambda n: place.of(argument, n), place.row, size)
    return network.function(node.function, place.entry(argument), node.primed)


# Shapes


@RULES.of(tree.Transpose)
def _transpose(node, place):
    rows, columns = place.shape(node.body)
    return place.of(node.body, rows and place.column, columns and place.row)


@RULES.of(tree.Beside)
def _beside(node, place):
    if place.column == "0":
        return place.of(node.left, place.row if place.shape(node.left) else None)
    size = place.shape(node.right)[1]
    return place.of(node.right, place.row, place.column if size else None)


@RULES.of(tree.Stacked)
def _stacked(node, place):
    return place.of(node.upper) if place.row == "0" else place.of(node.lower, place.row)


@RULES.of(tree.Tuple)
def _tuple(node, place):
    if place.row is None or not place.row.isdigit():
        raise UnprovedError("its printed numbers are those of one network")
    return place.of(node.entries[int(place.row) - 1])


@RULES.of(tree.Entry)
def _entry(node, place):
    size = place.shape(node.body)[0]
    if size is None or size.endswith("+1"):
        raise UnprovedError("no rule knows this entry")
    index = place.index(node.index, size)
    if index == "0":
        raise UnprovedError("an entry of a column begins at 1")
    return place.of(node.body, index)


@RULES.of(tree.Cases)
def _cases(node, place):
    network, total, weights = place.network, {}, {}
    for value, condition in zip(node.values, node.conditions, strict=True):
        weight = _weight(condition, place)
        weights = plus(weights, weight)
        if weight:
            total = plus(total, network.times(weight, place.entry(value)))
    if weights != constant(1):
        raise UnprovedError("its cases are not all, or not apart")
    return total


def _weight(condition, place):
    """Return 1 where a condition holds and 0 where it does not."""
    if condition.kind == "distinct":
        pair = tuple(map(place.index, condition.of))
        return minus(constant(1), place.network.term((), [pair], {}))
    if condition.kind not in ("positive", "not positive"):
        raise UnprovedError("no rule knows these cases")
    t = frozen(atom("t"))
    if t not in place.network.setting.signs:
        raise NeedsSignError(t)
    return constant(int(place.network.setting.signs[t] == (condition.kind == "positive")))


# Derivatives


@RULES.of(tree.Partial)
def _partial(node, place):
    if "measured" in contents_of((node.top,), place.definitions).traits:
        raise UnprovedError("no rule takes a derivative of a derivative")
    name, indices = _named(node.bottom, place)
    return place.network.derivative(place.of(node.top), name, indices)


@RULES.of(tree.Gradient)
def _gradient(node, place):
    return place.network.derivative(atom("E"), *_named(node.of, place))
