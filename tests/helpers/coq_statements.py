"""The book's lines as statements of the proof assistant Coq, printed from the trees of their displays.

What is printed rests on `witness/ground.v`: what a finite sum is, and what it is to move one number. The
network's definitions are printed from the displays that define it, and a derivative is Coq's own,
`derivable_pt_lim`: of a function of the one number that moves, through all that lies between.

Run as a program, with `tests/helpers` on the path, it writes `witness/book.v` anew.
"""

import re
import textwrap
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from book_equations import equation
from coq_printer import ROWS, Printer, inside, range_of

from mlp_core.equations.language import tree
from mlp_core.equations.language.notation import FLOW, INDEX_OF, find, moved_by
from mlp_core.equations.language.parser import parse
from mlp_core.equations.reading.equation import read

WITNESS = Path(__file__).parents[1] / "equations" / "witness"
DEFINED_BY = {"y_hat": "0.1", "y": "0.3", "z_hat": "0.4", "z": "0.6", "E": "0.7"}
LINES = (
    "1.10",
    "1.12",
    "1.16",
    "1.18",
    "2.5",
    "2.7",
    "2.8",
    "2.10",
    "3.6",
    "3.7",
    "3.11",
    "3.12",
    "4.10",
    "5.4",
    "5.8",
)
HEAD = """\
(* Printed from the displays of the chapters by coq_statements.py; whoever changes it is found out. *)

Require Import Reals ground.
Open Scope R_scope."""
# Lines with a slip, (what stands there, what stands in its place), of which Coq proves that they are false.
SLIPS = {"2.7": ("r_i - z_i", "r_i + z_i"), "5.4": (r"\, \sigma'(\hat y_j)", "")}
REFUSED = 191  # single slips that make a number wrong in one of the lines: no proof fits any of them
SIZES = ("K", "H", "D")
TYPES = ("R", "vector", "matrix")
RELATIONS = {"=": "=", "\\ge": ">=", "\\le": "<="}


@dataclass(frozen=True)
class Definition:
    """A letter that a display defines: what it is computed from, and the text of what it is."""

    name: str
    sizes: tuple
    functions: tuple
    arguments: tuple
    text: str


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
    printer = Printer(found.context.definitions, computed)
    text = printer.text(body)
    sizes = tuple(size for size in SIZES if re.search(rf"\b{size}\b", text))
    functions = ("sigma",) * bool(re.search(r"\bsigma\b", text))
    first = dict(zip(left.indices, row.slots, strict=True))
    for index in reversed(left.indices):
        if first[index][1] < reading.ranges[index].first:  # entry 0 is the 1 of the bias
            text = f"match {index} with O => 1 | _ => {text} end"
        text = f"fun {index} => {text}"
    return Definition(name, sizes, functions, FLOW[name], text)


def computed(name, value=str):
    """Return a letter computed from its definition, each letter that it needs being value(name)."""
    made = definition(name)
    return " ".join((f"{name}_of", *made.sizes, *made.functions, *map(value, made.arguments)))


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
    entry, ranges = _entry(reading)
    printer = Printer(found.context.definitions, computed, *entry)
    sides = [printer.text(side) for side in reading.equation.sides]
    signs = [RELATIONS[sign] for sign in reading.equation.relations]
    said = [f"{a} {sign} {b}" for (a, b), sign in zip(pairwise(sides), signs, strict=True)]
    known, needed = _letters(reading)
    lines = _hypotheses(found, reading, known, needed) + _indices(ranges, reading.equation.conditions)
    lines += [f"exists {slope.letter} : {'nat -> ' * len(slope.on)}R," for slope in printer.slopes]
    lines += [f"{line} /\\" for line in (*(slope.said for slope in printer.slopes), *said)]
    text = "\n".join(lines).removesuffix(" /\\")
    for name in reversed(known):
        if re.search(rf"\b{name}\b", text):
            text = f"let {name} := {computed(name)} in\n{text}"
    return f"{_quantified(text, [name for name in needed if name not in known])}\n{text}"


def _entry(reading):
    """Return the entry that is spoken of, and the `Range` of each index that may be any number."""
    sizes = [None if size == "1" else size for size in reading.shape]
    entry = [size and INDEX_OF[size.removesuffix("+1")] for size in sizes]
    if set(entry) & set(reading.ranges):
        raise ValueError(f"indices: got {entry} of an array and {list(reading.ranges)}; expected one kind")
    ranges = {index: range_of(size) for index, size in zip(entry, sizes, strict=True) if size}
    return entry, {**reading.ranges, **ranges}


def _letters(reading):
    """Return the letters of the table that are computed, and all that are needed, in the table's order."""
    named = {find(symbol).node for symbol in reading.contents.symbols if find(symbol)}
    if any(isinstance(part, tree.Gradient) for side in reading.equation.sides for part in side.walk()):
        named.add("E")
    moved = {name for other in named for name in moved_by(other) if name != other}
    known, needed, left = set(), set(), set(named)
    while left:
        name = left.pop()
        needed.add(name)
        if name in DEFINED_BY and (name in moved or name == "z"):
            known.add(name)
            left |= set(FLOW[name]) - needed
    return tuple(name for name in ROWS if name in known), tuple(name for name in ROWS if name in needed)


def _quantified(text, free):
    sizes = " ".join(size for size in SIZES if re.search(rf"\b{size}\b", text))
    parts = [f"({sizes} : nat)"] + ["(sigma sigma' : R -> R)"] * bool(re.search(r"\bsigma\b", text))
    for kind in TYPES:
        names = " ".join(name for name in free if _type(name) == kind)
        parts += [f"({names} : {kind})"] * bool(names)
    return f"forall {' '.join(parts)},"


def _hypotheses(found, reading, known, needed):
    """Return what is taken for granted: sigma's slope, the targets' sum, and the 1 in front of an array."""
    conditions = {condition.kind for condition in reading.equation.conditions}
    if unknown := conditions - {"sum", "least", "distinct"}:
        raise ValueError(f"condition: got {unknown}; expected sum, least or distinct")
    said = []
    if reading.shape:
        said += [f"{name} 0%nat = 1 ->" for name in ("x", "y") if name in needed and name not in known]
    if "y" in known:
        said.append("(forall j, (1 <= j <= H)%nat -> derivable_pt_lim sigma (y_hat j) (sigma' (y_hat j))) ->")
    if "sum" in conditions or (found.context.assumed and "r" in needed):
        said.append("sum_from_1 K (fun l => r l) = 1 ->")
    return said


def _indices(ranges, conditions):
    if not ranges:
        return []
    said = [inside(there, index) for index, there in ranges.items()]
    said += [" <> ".join(condition.of) for condition in conditions if condition.kind == "distinct"]
    return [f"forall {' '.join(ranges)}, {' -> '.join(said)} ->"]


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
