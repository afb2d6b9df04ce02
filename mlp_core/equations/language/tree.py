"""What an equation says, as a tree: one small class a construction, each with its place in the source."""

from dataclasses import dataclass, field, fields, replace


@dataclass(frozen=True)
class Node:
    """Anything that can stand in an equation; `at` is where, (first, last + 1), and plays no part in `==`."""

    at: tuple = field(default=(0, 0), compare=False, kw_only=True, repr=False)

    def children(self):
        """Return (field, place in the field or None, node) of every node directly below."""
        for name in (f.name for f in fields(self) if f.name != "at"):
            value = getattr(self, name)
            if isinstance(value, Node):
                yield name, None, value
            elif isinstance(value, tuple):
                yield from ((name, k, part) for k, part in enumerate(value) if isinstance(part, Node))

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


@dataclass(frozen=True)
class Number(Node):
    """0.25: the digits as they are written, because a worked number is checked to the last of them."""

    digits: str


@dataclass(frozen=True)
class Symbol(Node):
    """A letter of the notation: z_i, w_{ij}, \\hat{\\mathbf y}, \\mathbf W^{(k)}_{:,1:}, E."""

    letter: str
    hat: bool = False
    bold: bool = False
    indices: tuple = ()  # letters, or whole numbers
    layer: str | None = None  # "k" or "k-1"
    sliced: bool = False  # without column 0


@dataclass(frozen=True)
class Kronecker(Node):
    """\\delta_{ij}."""

    indices: tuple


@dataclass(frozen=True)
class Dots(Node):
    """The \\dots of a sum that is written out."""


@dataclass(frozen=True)
class Negative(Node):
    """-a, alone or as a term of a sum."""

    body: Node


@dataclass(frozen=True)
class Sum(Node):
    """a + b - c, a subtracted term being a `Negative`."""

    terms: tuple


@dataclass(frozen=True)
class Product(Node):
    """Factors side by side."""

    factors: tuple


@dataclass(frozen=True)
class Elementwise(Node):
    """a \\odot b."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Quotient(Node):
    """\\frac{a}{b}, or a / b."""

    top: Node
    bottom: Node


@dataclass(frozen=True)
class Power(Node):
    """a^n."""

    base: Node
    exponent: Node


@dataclass(frozen=True)
class Transpose(Node):
    """a^T."""

    body: Node


@dataclass(frozen=True)
class Apply(Node):
    """A function of the closed list, primed or not, and its arguments; e^{a} is Apply("exp", a)."""

    function: str
    arguments: tuple
    primed: bool = False


@dataclass(frozen=True)
class Total(Node):
    """\\sum over an index, from and to where its limits are printed; \\max over an index likewise."""

    index: str
    body: Node
    limits: tuple | None = None  # (0 or 1, the size's letter)
    largest: bool = False


@dataclass(frozen=True)
class Partial(Node):
    """\\partial a / \\partial b: b is free, and what lies between b and a moves."""

    top: Node
    bottom: Symbol


@dataclass(frozen=True)
class Gradient(Node):
    """\\nabla_{b} E, of the shape of b."""

    of: Symbol


@dataclass(frozen=True)
class Beside(Node):
    """[a, b]: b with a in front of it."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Stacked(Node):
    """The column of a over b."""

    upper: Node
    lower: Node


@dataclass(frozen=True)
class Entry(Node):
    """[a]_i: one number of a column."""

    body: Node
    index: str | int


@dataclass(frozen=True)
class Cases(Node):
    """A value for each of several conditions."""

    values: tuple
    conditions: tuple


@dataclass(frozen=True)
class Tuple(Node):
    """(a, b, c): the numbers of a column, as a worked number prints them."""

    entries: tuple


@dataclass(frozen=True)
class Condition(Node):
    """One of the closed list: kind "sum" (of r), "least" (j, 1), "distinct" (i, j), "size" (K, 2), ...

    "positive" and "not positive" are of t, "sigma" names the activation.
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
