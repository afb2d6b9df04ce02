"""What is made of a reader's tree before it is judged: its shorthands are written out."""

import re
from dataclasses import replace

from ..language import tree
from ..language.errors import EquationMeaningError
from ..language.notation import INDEX_LETTERS, ROWS, SIZES, find

WHOLE = {"w": "W", "v": "V"}
SIZE_SYMBOLS = {tree.Symbol(size) for size in SIZES} | {tree.Symbol("1", bold=True)}


def settled(equation, definitions, used, from_1=False):
    """Return an equation in which the shorthands of readers are written out; `used` collects their names.

    Parameters
    ----------
    equation : Equation
    definitions : mapping
        The author's own letters, which keep their meaning.
    used : set of str
    from_1 : bool
        Whether the notation knows no y_0, so that the variable y_j of a derivative needs no range.

    Raises
    ------
    EquationMeaningError
        The layers that it names are not two that follow each other.
    """
    if equation.assumed:
        return equation
    known = _Shorthands(definitions, used, from_1)
    steps = (
        known.same_index,
        known.argument,
        known.layers,
        known.each,
        known.apart,
        known.sums,
        known.starts,
    )
    for step in steps:
        equation = step(equation)
    _of_t_alone(equation)
    return equation


def _of_t_alone(equation):
    """Refuse what is said of the sign of another letter than t, once every letter has its meaning."""
    nodes = [node for side in equation.sides for node in side.walk()]
    for condition in (*nodes, *equation.conditions):
        if isinstance(condition, tree.Condition) and condition.kind in tree.OF_T and condition.of != ("t",):
            message = f"of {condition.of[0]} no sign can be said here: a case is one of t, i = j or i ≠ j"
            raise EquationMeaningError("condition", message, condition.span)


def of_any_number(equation, definitions):
    """Return an equation with t, any number, for the one letter in it that nobody knows, or None."""
    return _Shorthands(definitions, set(), False).of_any_number(equation)


def from_1(equation):
    """Return the conditions that the free indices of hidden units and of inputs start at 1."""
    free = set().union(*(free_indices(side) for side in equation.sides))
    said = {condition.of[0] for condition in equation.conditions if condition.kind == "least"}
    sizes = {
        letter: [size_of(letter, side) for side in equation.sides] for letter in free - said - set(SIZES)
    }
    return tuple(tree.Condition("least", (i,)) for i in sorted(sizes) if {"H", "D"} & set(sizes[i]))


class _Shorthands:
    def __init__(self, definitions, used, from_1):
        self.definitions, self.used, self.from_1 = definitions, used, from_1

    def _changed(self, equation, change):
        sides = tuple(tree.changed_below(side, change) for side in equation.sides)
        return replace(equation, sides=sides)

    # i = j

    def same_index(self, equation):
        """Put i in place of j where a condition says that they are the same."""
        pairs = [condition.of for condition in equation.conditions if condition.kind == "same"]
        for kept, gone in pairs:
            self.used.add("i = j")
            equation = self._changed(equation, lambda node, a=kept, b=gone: _renamed(node, b, a))
            conditions = (
                replace(c, of=(kept,)) if (c.kind, c.of) == ("one-hot", (gone,)) else c
                for c in equation.conditions
            )
            equation = replace(equation, conditions=tuple(conditions))
        least = {condition.of for condition in equation.conditions if condition.kind == "positive"}
        equation = self._index_bounds(equation, least)
        others = tuple(condition for condition in equation.conditions if condition.kind != "same")
        return replace(equation, conditions=others)

    def _index_bounds(self, equation, least):
        """Read j > 0 of an index as j >= 1."""
        free = set().union(*(free_indices(side) for side in equation.sides))
        conditions = tuple(
            replace(c, kind="least") if c.of in least and c.kind == "positive" and c.of[0] in free else c
            for c in equation.conditions
        )
        return replace(equation, conditions=conditions)

    # A function's argument

    def argument(self, equation):
        """Read as t the one plain letter without an index that a line of functions alone has."""
        symbols = {node for side in equation.sides for node in side.walk() if isinstance(node, tree.Symbol)}
        symbols = {node for node in symbols if node.letter not in SIZES}
        functions = any(isinstance(n, tree.Apply) for side in equation.sides for n in side.walk())
        if len(symbols) != 1 or not functions:
            return equation
        (one,) = symbols
        is_plain = not (one.indices or one.bold or one.hat or one.layer) and one.letter not in ("E", "t")
        if not is_plain or self._own(one):
            return equation
        if any(getattr(n, "function", "") in ("softmax", "diag") for s in equation.sides for n in s.walk()):
            return equation
        self.used.add("another argument")
        return self.with_t(equation, one.letter)

    def with_t(self, equation, letter):
        """Write t for a plain letter, in the sides and in what is said of its sign."""
        old = tree.Symbol(letter)

        def change(node):
            if isinstance(node, tree.Condition) and node.kind in tree.OF_T and node.of == (letter,):
                return replace(node, of=("t",))
            return replace(node, letter="t") if node == old else node

        equation = self._changed(equation, change)
        return replace(equation, conditions=tuple(change(c) for c in equation.conditions))

    def of_any_number(self, equation):
        """Return an equation with t for the one letter in it that nobody knows, or None."""
        symbols = {node for side in equation.sides for node in side.walk() if isinstance(node, tree.Symbol)}
        unknown = {node for node in symbols if not self._own(node) and find(node) is None} - SIZE_SYMBOLS
        if len(unknown) != 1 or any(node.letter == "t" for node in symbols):
            return None
        (one,) = unknown
        if one.indices or one.bold or one.hat or one.layer or one in equation.sides:
            return None
        return self.with_t(equation, one.letter)

    def apart(self, equation):
        """Give the index of a \\max a letter of its own where a sum around it has the same."""
        taken = {i for s in equation.sides for part in s.walk() for i in getattr(part, "indices", ())}
        spare = next((letter for letter in INDEX_LETTERS if letter not in taken), None)
        return self._changed(equation, lambda node: self._apart(node, spare)) if spare else equation

    def _apart(self, node, other):
        if not isinstance(node, tree.Total):
            return node

        def change(part):
            if not (isinstance(part, tree.Total) and part.largest and part.index == node.index):
                return part
            self.used.add("max inside a sum")
            body = tree.changed_below(part.body, lambda n: _renamed(n, part.index, other))
            return replace(part, index=other, body=body)

        return replace(node, body=tree.changed_below(node.body, change))

    # Layers

    def layers(self, equation):
        """Name the layers k and k-1, whatever they are called."""
        symbols = [n for side in equation.sides for n in side.walk() if isinstance(n, tree.Symbol)]
        layered = [n for n in symbols if n.layer]
        if all(n.layer in ("k", "k-1") for n in layered):
            return equation
        letters = {n.layer[0] for n in layered}
        shifts = {int(n.layer[1:] or 0) for n in layered}
        if len(letters) > 1 or len(shifts) > 2 or max(shifts) - min(shifts) > 1:
            message = "layers are two that follow each other: write ^{(k)} and ^{(k-1)}"
            raise EquationMeaningError("use", message, layered[0].span)
        top = 0 if shifts == {-1} else max(shifts)
        names = {top: "k", top - 1: "k-1"}
        return self._changed(
            equation,
            lambda n: (
                replace(n, layer=names[int(n.layer[1:] or 0)])
                if isinstance(n, tree.Symbol) and n.layer
                else n
            ),
        )

    # Letters and slopes

    def each(self, equation):
        """Read W_{ij} as w_{ij}, a plain z without an index as the whole, a slope by that as a gradient."""
        first = equation.sides[0] if ":=" in equation.relations else None
        is_new = isinstance(first, tree.Symbol) and not first.bold and not first.indices
        changed = self._changed(equation, self._one)
        return replace(changed, sides=(first, *changed.sides[1:])) if is_new else changed

    def _own(self, symbol):
        return (symbol.letter, symbol.hat, symbol.bold) in self.definitions

    def _one(self, node):
        if isinstance(node, tree.Symbol):
            return self._letter(node)
        if isinstance(node, tree.Partial) and isinstance(node.bottom, tree.Symbol) and node.bottom.bold:
            if node.top == tree.Symbol("E"):
                self.used.add("gradient as a fraction")
                return tree.Gradient(node.bottom, span=node.span)
            self.used.add("Jacobian")
            return tree.Jacobian(node.top, node.bottom, span=node.span)
        return node

    def _letter(self, node):
        if self._own(node) or node.bold or node.letter in SIZES:
            return node
        row = find(node)
        if node.indices and row is None and node.letter in "VW" and len(node.indices) == 2:
            self.used.add("capital with indices")
            return replace(node, letter=node.letter.lower())
        if node.indices or node.letter in ("t", "E"):
            return node
        letter = node.letter if row is None or node.letter not in WHOLE else WHOLE[node.letter]
        if (letter, True, node.hat, bool(node.layer)) not in ROWS:
            return node
        self.used.add("plain letter for the whole")
        return replace(node, letter=letter, bold=True)

    # Ranges

    def sums(self, equation):
        """Let a sum end where its index does, if another letter is written for that; start it behind y_0."""
        ends = {}
        return self._changed(equation, lambda node: self._sum(node, ends))

    def _sum(self, node, ends):
        if not isinstance(node, tree.Total):
            return node
        size = size_of(node.index, node.body)
        end = node.limits[1] if node.limits else "K"
        is_new = end not in SIZES and size and _is_free_letter(end, self)
        if node.limits and node.limits[0] == "?":
            if size in ("H", "D"):
                how = rf"write \sum_{{{node.index}=0}}^{{{size}}} or \sum_{{{node.index}=1}}^{{{size}}}"
                message = f"the sum over {node.index} does not say where it begins: {how}"
                raise EquationMeaningError("range", message, node.span)
            node = replace(node, limits=(1, end))
        if is_new and (end == "?" or ends.setdefault(end, size) == size):
            if end != "?":
                self.used.add("another letter for a size")
            return replace(node, limits=(node.limits[0], size))
        if self.from_1 and node.limits is None and size in ("H", "D"):
            return replace(node, limits=(1, size))
        return node

    def starts(self, equation):
        """Say j >= 1 of the variable y_j of a derivative where there is no y_0; keep a named range."""
        free = set().union(*(free_indices(side) for side in equation.sides))
        variables = variables_of(equation) & free
        said = {condition.of[0] for condition in equation.conditions if condition.kind == "least"}
        kept = [condition for condition in equation.conditions if condition.kind != "declared"]
        for letter in sorted(variables - said) if self.from_1 else ():
            kept.append(tree.Condition("least", (letter,)))
        for condition in (c for c in equation.conditions if c.kind == "declared"):
            letter, size = condition.of
            sizes = {size_of(letter, side) for side in equation.sides} - {None}
            if sizes - {size}:
                message = f"{letter} does not run to {size} here, it counts {SIZES[min(sizes - {size})]}"
                raise EquationMeaningError("range", message, condition.span)
            kept += [condition] if size in "HD" and letter in free - said else []
        return replace(equation, conditions=tuple(kept))


def _renamed(node, old, new):
    if isinstance(node, tree.Total) and node.index == old:
        return node
    if hasattr(node, "indices"):
        return replace(node, indices=tuple(new if index == old else index for index in node.indices))
    if isinstance(node, tree.Entry) and node.index == old:
        return replace(node, index=new)
    return node


def variables_of(equation):
    """Return the indices of y_j and x_m where a derivative is by them."""
    found = set()
    for part in (node for side in equation.sides for node in side.walk()):
        if isinstance(part, tree.Partial) and part.bottom.letter in "xy" and not part.bottom.hat:
            found |= {index for index in part.bottom.indices if isinstance(index, str)}
    return found - set(SIZES)


def free_indices(node):
    """Return the index letters of a node that no sum in it binds."""
    if isinstance(node, tree.Total):
        return free_indices(node.body) - {node.index}
    own = {index for index in getattr(node, "indices", ()) if isinstance(index, str)}
    return own.union(*(free_indices(child) for _, _, child in node.children()))


def size_of(index, body):
    """Return the size over which an index runs where it stands first, or None."""
    for part in body.walk():
        row = find(part) if isinstance(part, tree.Symbol) and index in part.indices else None
        if row and len(row.slots) == len(part.indices):
            return row.slots[part.indices.index(index)][0]
    return None


def _is_free_letter(letter, known):
    return (
        re.fullmatch("[A-Zcdmnpq?]", letter) is not None and (letter, False, False) not in known.definitions
    )
