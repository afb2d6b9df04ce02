"""From the tree of a display to a term of Coq: one rule a construction, and entry by entry in arrays."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from mlp_core.equations.language import tree
from mlp_core.equations.language.notation import NOTATION, find, moved_by
from mlp_core.equations.language.rules import Rules
from mlp_core.equations.reading.scope import Range, own_letter
from mlp_core.equations.reading.shapes import Shapes, known

ROWS = {row.node: row for row in NOTATION if row.mode in ("any", "single")}
FUNCTIONS = {"exp": "exp", "log": "ln", "sigma": "sigma"}
LOOSE, TERM, CALL, WORD = range(4)  # what may stand here without brackets: a sum, a product, a call, a word
RULES = Rules("coq_printer")  # (node, `Printer`) -> (its text, how tightly it holds together)


@dataclass(frozen=True)
class Slope:
    """A slope that was met: its letter, the summed letters that it depends on, and what is said of it."""

    letter: str
    on: tuple
    said: str


@dataclass(frozen=True)
class Printer:
    """Prints nodes, and collects the slopes that it met.

    Parameters
    ----------
    definitions : mapping
        The author's own letters.
    computed : callable
        (name, a function of a name that returns a text) -> a letter of the table, computed from such texts.
    row, column : str or None
        Which entry of an array is printed; None where there is no row or column to choose.
    bound : dict
        Summed letter -> its `Range`, around the node.
    moving : tuple or None
        (name, text of it with one number moved), inside of a slope.
    slopes : list of Slope
        All that were met, also inside of sums.
    """

    definitions: dict
    computed: Callable
    row: str | None = None
    column: str | None = None
    bound: dict = field(default_factory=dict)
    moving: tuple | None = None
    slopes: list = field(default_factory=list)

    def text(self, node, room=LOOSE):
        """Return a node, in brackets where it would be read otherwise without them."""
        text, tightness = RULES[type(node)](node, self)
        return f"({text})" if tightness < room else text

    def value(self, name):
        """Return a letter of the table as it is here: itself, moved, or computed from what moves."""
        if self.moving and name == self.moving[0]:
            return self.moving[1]
        if self.moving and name in moved_by(self.moving[0]):
            return f"({self.computed(name, self.value)})"
        return name

    def at(self, row=None, column=None):
        """Return the same printer at another entry."""
        return replace(self, row=row, column=column)

    def within(self, index, there):
        """Return the same printer inside of a sum."""
        return replace(self, bound={**self.bound, index: there})

    def shape(self, node):
        """Return (rows, columns) of a node, each None where it is 1; () for a number."""
        return tuple(None if size == "1" else size for size in map(known, Shapes(self.definitions).of(node)))

    def total(self, size, body):
        """Return the sum over a size in letters, of body(index, printer inside of the sum)."""
        there = range_of(size)
        index = next(i for i in "lnpabc" if i not in (self.row, self.column, *self.bound))
        text = body(index, self.within(index, there))
        return f"sum_from_{there.first} {there.size} (fun {index} => {text})", CALL


def range_of(size):
    """Return the `Range` of an index over a size in letters; that of "H+1" begins at 0."""
    return Range(size.removesuffix("+1"), 0 if size.endswith("+1") else 1)


def inside(there, index):
    """Return that an index is in its range."""
    return f"({there.first} <= {index} <= {there.size})%nat"


# What a node is in Coq


@RULES.of(tree.Number)
def _number(node, printer):
    if "." in node.digits:
        raise ValueError(f"number: got {node.digits}; expected a whole one")
    return node.digits, WORD


@RULES.of(tree.Symbol)
def _symbol(node, printer):
    own = own_letter(node, printer.definitions)
    if own:
        return f"({printer.text(_renamed(own, node))})", WORD
    row = find(node)
    if row is None or row.mode not in ("any", "single") or row.measured or row.node == "t":
        raise ValueError(f"letter: got {node}; expected one of the network")
    indices = _entry_of(printer) if node.bold else node.indices
    if len(indices) != len(row.slots):
        raise ValueError(f"letter: got {node}; expected one number of it")
    return _call(printer.value(row.node), indices)


def _entry_of(printer):
    return tuple(index for index in (printer.row, printer.column) if index is not None)


def _renamed(own, node):
    """Return what a letter of the author's own stands for, with the indices that it bears here."""
    if {part.index for part in own.body.walk() if isinstance(part, tree.Total)} & set(node.indices):
        raise ValueError(f"letter: got {node}; expected an index that is not summed in what it stands for")
    to = dict(zip(own.symbol.indices, node.indices, strict=True))

    def change(part):
        indices = getattr(part, "indices", ())
        return replace(part, indices=tuple(to.get(i, i) for i in indices)) if indices else part

    return tree.changed_below(own.body, change)


def _call(name, arguments):
    texts = [f"{a}%nat" if isinstance(a, int) else a for a in arguments]
    return " ".join((name, *texts)), CALL if texts else WORD


@RULES.of(tree.Kronecker)
def _kronecker(node, printer):
    return _call("delta", node.indices)


@RULES.of(tree.Negative)
def _negative(node, printer):
    return f"- {printer.text(node.body, CALL)}", LOOSE


@RULES.of(tree.Sum)
def _sum(node, printer):
    text = printer.text(node.terms[0], LOOSE if isinstance(node.terms[0], tree.Negative) else TERM)
    for term in node.terms[1:]:
        negative = isinstance(term, tree.Negative)
        text += (" - " if negative else " + ") + printer.text(term.body if negative else term, TERM)
    return text, LOOSE


@RULES.of(tree.Product)
def _product(node, printer):
    *first, last = node.factors
    if all(printer.shape(factor) == () for factor in node.factors):
        return " * ".join(printer.at().text(factor, CALL) for factor in node.factors), TERM
    head = tree.Product(tuple(first)) if len(first) > 1 else first[0]
    before, after = printer.shape(head), printer.shape(last)
    if not before or not after:
        entry = (printer.row, printer.column)
        return _times(
            printer.at(*(entry if before else ())), head, printer.at(*(entry if after else ())), last
        )
    inner = before[1] or after[0]

    def through(index, there):
        return _times(
            there.at(before[0] and printer.row, index), head, there.at(index, printer.column), last
        )[0]

    if inner is None:
        return through(None, printer), TERM
    return printer.total(inner, through)


def _times(printer, left, other_printer, right):
    return f"{printer.text(left, CALL)} * {other_printer.text(right, CALL)}", TERM


@RULES.of(tree.Elementwise)
def _elementwise(node, printer):
    return _times(printer, node.left, printer, node.right)


@RULES.of(tree.Transpose)
def _transpose(node, printer):
    return printer.at(printer.column, printer.row).text(node.body, CALL), CALL


@RULES.of(tree.Beside)
def _beside(node, printer):
    if printer.column is None:
        raise ValueError(f"column: got {node}; expected an index of its columns")
    left = printer.at(printer.row if printer.shape(node.left) else None).text(node.left)
    return f"match {printer.column} with O => {left} | _ => {printer.text(node.right)} end", CALL


@RULES.of(tree.Quotient)
def _quotient(node, printer):
    return f"{printer.text(node.top, CALL)} / {printer.text(node.bottom, CALL)}", TERM


@RULES.of(tree.Power)
def _power(node, printer):
    if not isinstance(node.exponent, tree.Number):
        raise ValueError(f"exponent: got {node.exponent}; expected a whole number")
    return f"{printer.text(node.base, WORD)} ^ {node.exponent.digits}", TERM


@RULES.of(tree.Apply)
def _apply(node, printer):
    if node.function not in FUNCTIONS or (node.primed and node.function != "sigma"):
        raise ValueError(f"function: got {node.function}; expected one of {', '.join(FUNCTIONS)}")
    return f"{FUNCTIONS[node.function]}{chr(39) * node.primed} {printer.text(node.arguments[0], WORD)}", CALL


@RULES.of(tree.Total)
def _total(node, printer):
    there = node.range
    name = "largest" if node.largest else f"sum_from_{there.first}"
    if node.largest and there.first != 1:
        raise ValueError(f"maximum: got one from {there.first}; expected one from 1")
    body = printer.within(node.index, there).text(node.body)
    return f"{name} {there.size} (fun {node.index} => {body})", CALL


@RULES.of(tree.Partial)
def _partial(node, printer):
    if printer.moving:
        raise ValueError("slope: got one inside of a slope; expected none")
    name, indices = find(node.bottom).node, node.bottom.indices
    how = {1: "moved", 2: "moved_entry"}[len(indices)]
    moved = _call(f"{how} {name}", (*indices, "t"))[0]
    top = replace(printer, moving=(name, f"({moved})")).text(node.top)
    on = tuple(i for i in printer.bound if re.search(rf"\b{i}\b", f"{moved} {top}"))
    slope, tightness = _call(f"d{len(printer.slopes) + 1}", on)
    point = f"({_call(name, indices)[0]}) {f'({slope})' if on else slope}"
    said = f"derivable_pt_lim\n  (fun t => {top})\n  {point}"
    if on:
        ranges = " -> ".join(inside(printer.bound[i], i) for i in on)
        said = f"(forall {' '.join(on)}, {ranges} -> {said})"
    printer.slopes.append(Slope(f"d{len(printer.slopes) + 1}", on, said))
    return slope, tightness


@RULES.of(tree.Gradient)
def _gradient(node, printer):
    variable = replace(node.of, letter=find(node.of).plain, bold=False, indices=_entry_of(printer))
    return RULES[tree.Partial](tree.Partial(tree.Symbol("E"), variable), printer.at())
