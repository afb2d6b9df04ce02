"""The book's lines as statements of the proof assistant Coq, printed from the trees of their displays.

What is printed rests on `witness/ground.v`: what a finite sum is, and what it is to move one number. The
network's definitions are printed from the displays that define it, and a derivative is Coq's own,
`derivable_pt_lim`: of a function of the one number that moves, through all that lies between.

Run as a program, with `tests/helpers` on the path, it writes `witness/book.v` anew.
"""

import re
import textwrap
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from book_equations import equation

from mlp_core.equations.language import tree
from mlp_core.equations.language.notation import FLOW, NOTATION, find, moved_by
from mlp_core.equations.language.parser import parse
from mlp_core.equations.language.rules import Rules
from mlp_core.equations.reading.equation import read
from mlp_core.equations.reading.scope import own_letter

WITNESS = Path(__file__).parents[1] / "equations" / "witness"
DEFINED_BY = {"y_hat": "0.1", "y": "0.3", "z_hat": "0.4", "z": "0.6", "E": "0.7"}
LINES = ("1.10", "1.12", "1.16", "1.18", "2.5", "2.7", "2.10", "3.6", "3.11", "4.10", "5.4")
HEAD = """\
(* Printed from the displays of the chapters by coq_statements.py; whoever changes it is found out. *)

Require Import Reals ground.
Open Scope R_scope."""
# Lines with a slip, (what stands there, what stands in its place), of which Coq proves that they are false.
SLIPS = {"2.7": ("r_i - z_i", "r_i + z_i"), "5.4": (r"\, \sigma'(\hat y_j)", "")}
SIZES = ("K", "H", "D")
TYPES = ("R", "vector", "matrix")
ROWS = {row.node: row for row in NOTATION if row.mode in ("any", "single")}
FUNCTIONS = {"exp": "exp", "log": "ln", "sigma": "sigma"}
RELATIONS = {"=": "=", "\\ge": ">=", "\\le": "<="}
LOOSE, TERM, CALL, WORD = range(4)  # what may stand here without brackets: a sum, a product, a call, a word
RULES = Rules("coq_statements")  # (node, `Printer`) -> (its text, how tightly it holds together)


@dataclass(frozen=True)
class Definition:
    """A letter that a display defines: what it is computed from, and the text of what it is."""

    name: str
    sizes: tuple
    functions: tuple
    arguments: tuple
    text: str

    def call(self, value):
        """Return it computed, each of its arguments being value(name)."""
        return " ".join((f"{self.name}_of", *self.sizes, *self.functions, *map(value, self.arguments)))


@cache
def definition(name):
    """Return the `Definition` of a letter, from its display."""
    return definition_from(equation(DEFINED_BY[name]), name)


def definition_from(found, name):
    """Return the `Definition` of a letter from a display that defines it."""
    reading = read(found.tree, found.context.definitions)
    left, body = reading.equation.sides
    row = find(left) if isinstance(left, tree.Symbol) else None
    if row is None or row.node != name or found.tree.relations != (":=",):
        raise ValueError(f"({found.tag}): got {found.latex}; expected the definition of {name}")
    printer = Printer(found.context.definitions)
    text = printer.text(body)
    sizes = tuple(size for size in SIZES if re.search(rf"\b{size}\b", text))
    functions = ("sigma",) * bool(re.search(r"\bsigma\b", text))
    first = dict(zip(left.indices, row.slots, strict=True))
    for index in reversed(left.indices):
        if first[index][1] < reading.ranges[index].first:  # entry 0 is the 1 of the bias
            text = f"match {index} with O => 1 | _ => {text} end"
        text = f"fun {index} => {text}"
    return Definition(name, sizes, functions, FLOW[name], text)


def definition_text(name):
    """Return the line of Coq that defines a letter."""
    made = definition(name)
    parts = [f"({' '.join(made.sizes)} : nat)"] * bool(made.sizes) + ["(sigma : R -> R)"] * bool(
        made.functions
    )
    parts += [f"({argument} : {_type(argument)})" for argument in made.arguments]
    return f"Definition {name}_of {' '.join(parts)} : {_type(name)} :=\n  {made.text}."


def _type(name):
    return TYPES[len(ROWS[name].slots)]


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
    bound : dict
        Summed letter -> its `Range`, around the node.
    moving : tuple or None
        (name, text of it with one number moved), inside of a slope.
    slopes : list of Slope
        All that were met, also inside of sums.
    """

    definitions: dict
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
            return f"({definition(name).call(self.value)})"
        return name

    def within(self, index, there):
        """Return the same printer inside of a sum."""
        return replace(self, bound={**self.bound, index: there})


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
    if row is None or node.bold or row.mode not in ("any", "single") or row.measured or row.node == "t":
        raise ValueError(f"letter: got {node}; expected one number of the network")
    return _call(printer.value(row.node), node.indices)


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
    return " * ".join(printer.text(factor, CALL) for factor in node.factors), TERM


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


# A whole line


def statement(found):
    """Return what a line of the book claims, as a proposition of Coq.

    Letters that depend on another letter of the line are computed, and so is z, whose numbers are not any
    numbers; all others are any numbers. Of each slope is said that it exists, and what it is.

    Parameters
    ----------
    found : ChapterEquation

    Raises
    ------
    ValueError
        Something in it has no rule here.
    """
    reading = read(found.tree, found.context.definitions)
    computed, needed = _letters(reading)
    printer = Printer(found.context.definitions)
    sides = [printer.text(side) for side in reading.equation.sides]
    signs = [RELATIONS[sign] for sign in reading.equation.relations]
    said = [f"{a} {sign} {b}" for (a, b), sign in zip(pairwise(sides), signs, strict=True)]
    lines = _hypotheses(found, reading, computed) + _indices(reading)
    lines += [f"exists {slope.letter} : {'nat -> ' * len(slope.on)}R," for slope in printer.slopes]
    lines += [f"{line} /\\" for line in (*(slope.said for slope in printer.slopes), *said)]
    text = "\n".join(lines).removesuffix(" /\\")
    for name in reversed(computed):
        if re.search(rf"\b{name}\b", text):
            text = f"let {name} := {definition(name).call(str)} in\n{text}"
    return f"{_quantified(text, needed, computed)}\n{text}"


def _letters(reading):
    """Return the letters of the table that are computed, and all that are needed, in the table's order."""
    named = {find(symbol).node for symbol in reading.contents.symbols if find(symbol)}
    moved = {name for other in named for name in moved_by(other) if name != other}
    computed, needed, left = {"z"} & named, set(), set(named)
    while left:
        name = left.pop()
        needed.add(name)
        if name in DEFINED_BY and (name in moved or name == "z"):
            computed.add(name)
            left |= set(FLOW[name]) - needed
    return tuple(n for n in ROWS if n in computed), tuple(n for n in ROWS if n in needed)


def _quantified(text, needed, computed):
    sizes = " ".join(size for size in SIZES if re.search(rf"\b{size}\b", text))
    parts = [f"({sizes} : nat)"] + ["(sigma sigma' : R -> R)"] * bool(re.search(r"\bsigma\b", text))
    for kind in TYPES:
        free = [name for name in needed if name not in computed and _type(name) == kind]
        parts += [f"({' '.join(free)} : {kind})"] * bool(free)
    return f"forall {' '.join(parts)},"


def _hypotheses(found, reading, computed):
    """Return what is taken for granted: a slope of sigma where one is needed, and the sum of the targets."""
    conditions = {condition.kind for condition in reading.equation.conditions}
    if unknown := conditions - {"sum", "least", "distinct"}:
        raise ValueError(f"condition: got {unknown}; expected sum, least or distinct")
    said = []
    if "y" in computed:
        said.append("(forall j, (1 <= j <= H)%nat -> derivable_pt_lim sigma (y_hat j) (sigma' (y_hat j))) ->")
    named = {find(symbol).node for symbol in reading.contents.symbols if find(symbol)}
    if "sum" in conditions or (found.context.assumed and named & {"r", "E"}):
        said.append("sum_from_1 K (fun l => r l) = 1 ->")
    return said


def _indices(reading):
    if not reading.ranges:
        return []
    ranges = [inside(there, index) for index, there in reading.ranges.items()]
    apart = [" <> ".join(c.of) for c in reading.equation.conditions if c.kind == "distinct"]
    return [f"forall {' '.join(reading.ranges)}, {' -> '.join([*ranges, *apart])} ->"]


# The file


def named(tag, what="line"):
    """Return what a line is called in Coq."""
    return f"{what}_{tag.replace('.', '_')}"


def with_slip(tag):
    """Return a line of the book with its slip of `SLIPS`."""
    found = equation(tag)
    right, wrong = SLIPS[tag]
    if found.latex.count(right) != 1:
        raise ValueError(f"slip: got {right} in {found.latex}; expected it once")
    return replace(found, tree=parse(found.latex.replace(right, wrong)))


def book_file():
    """Return the whole of `witness/book.v`."""
    parts = [f"(* ({tag}) *)\n{definition_text(name)}" for name, tag in DEFINED_BY.items()]
    parts += [f"(* ({tag}) *)\n{claim(named(tag), equation(tag))}" for tag in LINES]
    parts += [f"(* ({tag}), with a slip *)\n{claim(named(tag, 'slip'), with_slip(tag))}" for tag in SLIPS]
    return "\n\n".join([HEAD, *parts]) + "\n"


def claim(name, found):
    """Return the definition of Coq that gives a name to what a line claims."""
    return "\n".join([f"Definition {name} : Prop :=", *map(_wrapped, statement(found).splitlines())]) + "."


def _wrapped(line):
    """Return a line that is not too long; Coq reads any break as a space."""
    return textwrap.fill(line, 110, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


if __name__ == "__main__":
    (WITNESS / "book.v").write_text(book_file(), encoding="utf-8")
