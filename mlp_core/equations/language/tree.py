"""What an equation says, as a tree: one small class a construction, each with its place in the source.

Fields that play no part in `==` are what was found out about a node: where it stands, and, once it is read
(reading.equation), how far a sum runs and how long a column of ones is.
"""

from dataclasses import dataclass, field, fields, replace
from functools import cache


def _found_out(default):
    return field(default=default, compare=False, kw_only=True, repr=False)


@dataclass(frozen=True)
class Node:
    """Anything that can stand in an equation; `span` is where, (first, last + 1)."""

    span: tuple = _found_out((0, 0))

    def children(self):
        """Return (field, place in the field or None, node) of every node directly below."""
        found = []
        for name in said(type(self)):
            value = getattr(self, name)
            if isinstance(value, Node):
                found.append((name, None, value))
            elif isinstance(value, tuple):
                found += [(name, k, part) for k, part in enumerate(value) if isinstance(part, Node)]
        return found

    def with_child(self, name, place, node):
        """Return a copy in which one of the nodes below is another."""
        if place is not None:
            before = getattr(self, name)
            node = (*before[:place], node, *before[place + 1 :])
        return replace(self, **{name: node})

    def walk(self):
        """Yield this node and every node below it."""
        yield self
        for _, _, child in self.children():
            yield from child.walk()


@cache
def said(kind):
    """Return the names of a class's fields that say something, and not what was found out."""
    return tuple(f.name for f in fields(kind) if f.compare)


@dataclass(frozen=True)
class Expression(Node):
    """What can be a side: it has a shape, a value, and a way to be written, each by a rule of its own."""


@dataclass(frozen=True)
class Leaf(Expression):
    """What has no node below it."""

    def children(self):
        """Return nothing; most nodes of an equation are leaves, and are asked often."""
        return ()


@dataclass(frozen=True)
class Number(Leaf):
    """0.25: the digits as they are written, because a worked number is checked to the last of them."""

    digits: str


@dataclass(frozen=True)
class Symbol(Leaf):
    """A letter of the notation: z_i, w_{ij}, \\hat{\\mathbf y}, \\mathbf W^{(k)}_{:,1:}, E."""

    letter: str
    hat: bool = False
    bold: bool = False
    indices: tuple = ()  # letters, or whole numbers
    layer: str | None = None  # "k" or "k-1"
    sliced: bool = False  # without column 0
    length: object = _found_out(None)  # of \mathbf 1, in letters: "H+1"


@dataclass(frozen=True)
class Kronecker(Leaf):
    """\\delta_{ik}."""

    indices: tuple


@dataclass(frozen=True)
class Dots(Node):
    """The \\dots between the terms of a sum that is written out; it has no value of its own."""


@dataclass(frozen=True)
class Negative(Expression):
    """-a, alone or as a term of a sum."""

    body: Node


@dataclass(frozen=True)
class Sum(Expression):
    """a + b - c, a subtracted term being a `Negative`."""

    terms: tuple


@dataclass(frozen=True)
class Product(Expression):
    """Factors side by side."""

    factors: tuple


@dataclass(frozen=True)
class Elementwise(Expression):
    """a \\odot b."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Quotient(Expression):
    """\\frac{a}{b}, or a / b."""

    top: Node
    bottom: Node


@dataclass(frozen=True)
class Power(Expression):
    """a^n."""

    base: Node
    exponent: Node


@dataclass(frozen=True)
class Transpose(Expression):
    """a^T."""

    body: Node


@dataclass(frozen=True)
class Apply(Expression):
    """A function of the closed list, primed or not, and its arguments; e^{a} is Apply("exp", a)."""

    function: str
    arguments: tuple
    primed: bool = False


@dataclass(frozen=True)
class Total(Expression):
    """\\sum over an index, from and to where its limits are printed; \\max over an index likewise."""

    index: str
    body: Node
    limits: tuple | None = None  # (0 or 1, the size's letter)
    largest: bool = False
    range: object = _found_out(None)  # a `Range`


@dataclass(frozen=True)
class Partial(Expression):
    """\\partial a / \\partial b: b is free, and what lies between b and a moves."""

    top: Node
    bottom: Symbol
    letters: tuple = _found_out(())  # its free indices, on which its value depends


@dataclass(frozen=True)
class Gradient(Expression):
    """\\nabla_{b} E, of the shape of b."""

    of: Symbol


@dataclass(frozen=True)
class Jacobian(Expression):
    """\\partial a / \\partial b of two columns: row i holds the slopes of a_i. Only readers write it."""

    top: Node
    bottom: Symbol
    letters: tuple = _found_out(())  # its free indices, on which its value depends


@dataclass(frozen=True)
class Columns(Expression):
    """Column 0 of a matrix, or the others: "0" or "1:". Only readers write it, of what is no letter."""

    body: Node
    which: str


@dataclass(frozen=True)
class Beside(Expression):
    """[a, b]: b with a in front of it."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Stacked(Expression):
    """The column of a over b."""

    upper: Node
    lower: Node


@dataclass(frozen=True)
class Entry(Expression):
    """[a]_i: one number of a column."""

    body: Node
    index: str | int


@dataclass(frozen=True)
class Cases(Expression):
    """A value for each of several conditions."""

    values: tuple
    conditions: tuple


@dataclass(frozen=True)
class Tuple(Expression):
    """(a, b, c): the numbers of a column, as a worked number prints them."""

    entries: tuple
    length: object = _found_out(None)


@dataclass(frozen=True)
class Condition(Node):
    """One of the closed list: kind "sum" (of r), "least" (j, 1), "distinct" (i, k), "size" (K, 2), ...

    "positive" and "not positive" are of t, and so are "negative" and "not negative", which readers alone
    write; "sigma" names the activation. Those of `OF_READERS` are of readers too: "one-hot" (k: its 1 is at
    k), "summed" (E, over a batch), which way vectors lie, and "repeated" (indices, which are summed).
    """

    kind: str
    of: tuple = ()


@dataclass(frozen=True)
class Equation(Node):
    """Sides, the signs between them ("=", ":=", "\\approx", "\\ge", "\\le"), and conditions."""

    sides: tuple
    relations: tuple
    conditions: tuple = ()
    assumed: tuple = ()  # an assumption has no sides
    tag: str | None = None


OF_T = ("positive", "not positive", "negative", "not negative")
TARGETS_ADD_UP = Condition("sum")
OF_READERS = ONE_HOT, SUMMED, GRADIENT_ROWS, ROWS, REPEATED, APART, ELEMENTWISE = (
    "one-hot",
    "summed",
    "gradients are rows",
    "vectors are rows",
    "repeated",
    "biases are apart",
    "the last layer is elementwise",
)  # what no chapter assumes, and readers may


def changed_below(node, change):
    """Return a node with `change` made to it and to every node below it, the lowest first."""
    for name, place, child in node.children():
        changed = changed_below(child, change)
        node = node if changed is child else node.with_child(name, place, changed)
    return change(node)


def decimals(side):
    """Return how many decimals a printed number or tuple has; None for whole numbers and the rest."""
    if isinstance(side, Tuple):
        return max(decimals(entry) or 0 for entry in side.entries)
    if isinstance(side, Negative):
        return decimals(side.body)
    if isinstance(side, Number) and "." in side.digits:
        return len(side.digits.split(".")[1])
    return None


def kind_of(equation):
    """Return "identity", "definition", "assumption", "worked number" or "inequality"."""
    if equation.assumed:
        return "assumption"
    if ":=" in equation.relations:
        return "definition"
    if {"\\ge", "\\le"} & set(equation.relations):
        return "inequality"
    printed = [side for side in equation.sides[1:] if decimals(side) is not None]
    return "worked number" if printed else "identity"
