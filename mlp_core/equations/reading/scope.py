"""What an equation's letters mean and how far its indices run; what has no consistent meaning is a `Slip`."""

from dataclasses import dataclass, field, replace

from ..language import tree
from ..language.notation import ALSO_IN_A_BATCH, ALSO_WITH_LAYERS, INDEX_LETTERS, SIZES, find, moved_by


class Slip(Exception):  # noqa: N818 (it is the book's word)
    """A fault that needs no number: its kind, in words, and where it stands."""

    def __init__(self, kind, message, at):
        super().__init__(message)
        self.kind, self.message, self.at = kind, message, at


@dataclass(frozen=True)
class Definition:
    """A letter of the author's own, `s := …`: what it stands for, the slots of its indices, and its shape."""

    symbol: tree.Symbol
    body: tree.Node
    slots: tuple
    shape: tuple
    sums: dict  # what its own scope knows of its sums
    lengths: dict  # and its shapes of each \\mathbf 1


@dataclass(frozen=True)
class Slot:
    """One place in which an index letter stands."""

    size: str
    first: int
    as_variable: int  # where it starts if it is the variable of a derivative: 1 in place of y_0
    written: str
    at: tuple


@dataclass(frozen=True)
class Range:
    """An index runs over first, …, size."""

    size: str
    first: int


@dataclass
class Scope:
    """The indices of one equation: the ranges of the free ones, and of each \\sum and \\max."""

    definitions: dict
    least: frozenset = frozenset()
    free: dict = field(default_factory=dict)
    sums: dict = field(default_factory=dict)  # id of the node -> Range
    summed: dict = field(default_factory=dict)  # letter -> a place
    mode: str = "single"


def scope_of(equation, definitions):
    """Return the `Scope` of an equation; raise the first `Slip`."""
    least = {condition.of[0] for condition in equation.conditions if condition.kind == "least"}
    scope = Scope(definitions, frozenset(least))
    scope.mode = _mode(equation, definitions)
    for own in definitions.values():
        scope.sums.update(own.sums)
    free = {}
    for side in equation.sides:
        for letter, slots in _slots(side, scope).items():
            free.setdefault(letter, []).extend(slots)
    for letter, at in scope.summed.items():
        if letter in free:
            message = f"{letter} is a summed letter, and stands outside of its sum as well"
            raise Slip("scope", message, free[letter][0].at if free[letter] else at)
    for letter, slots in free.items():
        scope.free[letter] = _free_range(letter, slots, letter in least)
    for condition in equation.conditions:
        for letter in condition.of if condition.kind in ("least", "distinct") else ():
            if letter not in free:
                raise Slip(
                    "condition", f"the condition names {letter}, which the equation has not", condition.at
                )
    return scope


def written(symbol):
    """Return a symbol as it is named in a sentence: y_i, W, z_hat_j."""
    indices = "".join(map(str, symbol.indices))
    name = symbol.letter.removeprefix("\\") + ("_hat" if symbol.hat else "")
    return f"{name}_{indices}" if indices else name


def _mode(equation, definitions):
    symbols = (
        node
        for side in equation.sides
        for node in walk_through(side, definitions)
        if type(node) is tree.Symbol
    )
    rows = [(node, find(node)) for node in symbols]
    modes = {row.mode for _, row in rows if row} - {"any"}
    modes |= {"batch" for node, row in rows if not row and node.letter == "B" and not node.bold}
    for mode, allowed in (("layers", ALSO_WITH_LAYERS), ("batch", ALSO_IN_A_BATCH)):
        if mode not in modes:
            continue
        for node, row in rows:
            is_size = mode == "layers" and is_plain_number(node) and node.letter in "BH"
            is_foreign = row and row.mode not in ("any", mode) and (row.node not in allowed or not node.bold)
            if is_size or is_foreign:
                what = "an equation of layers" if mode == "layers" else "an equation of a batch"
                raise Slip("use", f"{written(node)} cannot stand in {what}", node.at)
        return mode
    return "single"


def walk_through(node, definitions):
    """Yield every node below, and below the letters of the author's own, at the place of the letter."""
    for part in node.walk():
        yield part
        own = isinstance(part, tree.Symbol) and definitions.get((part.letter, part.hat, part.bold))
        if own:
            yield from (replace(inner, at=part.at) for inner in walk_through(own.body, definitions))


def look_up(symbol, definitions):
    """Return the row or the definition that a symbol names; raise a slip of use."""
    found = definitions.get((symbol.letter, symbol.hat, symbol.bold)) or find(symbol)
    if found is None:
        raise Slip(
            "use", f"{written(symbol)} is not in the table of letters, and not defined before", symbol.at
        )
    if symbol.sliced and not (symbol.bold and symbol.letter in "VW"):
        raise Slip("shape", f"only V and W have a column 0 to leave out, not {written(symbol)}", symbol.at)
    if not symbol.bold and len(symbol.indices) != len(found.slots):
        count = ("no index", "one index", "two indices")[len(found.slots)]
        raise Slip("use", f"{symbol.letter} has {count}, here {written(symbol)}", symbol.at)
    return found


def _slots(node, scope, variable=False):
    """Return letter -> slots of the indices that are free in a node; note the sums on the way."""
    if isinstance(node, tree.Total):
        return _total(node, scope)
    found = {}
    if isinstance(node, tree.Partial):
        _leads_somewhere(node, scope.definitions)
    if isinstance(node, tree.Symbol) and variable and find(node) is None:
        raise Slip("use", f"{written(node)} is no quantity that can be moved", node.at)
    if isinstance(node, tree.Symbol) and not is_plain_number(node):
        found = _of_symbol(node, look_up(node, scope.definitions), variable)
    elif isinstance(node, tree.Kronecker):
        found = {letter: [] for letter in node.indices if isinstance(letter, str)}
    elif isinstance(node, tree.Entry) and isinstance(node.index, str):
        found = {node.index: []}
    elif isinstance(node, tree.Condition):
        if node.kind not in ("distinct", "positive", "not positive"):
            raise Slip("condition", "cases are told apart by t > 0, t ≤ 0 or i ≠ j", node.at)
        found = {letter: [] for letter in node.of if node.kind == "distinct"}
    for name, _, child in node.children():
        below = _slots(child, scope, isinstance(node, tree.Partial | tree.Gradient) and name != "top")
        for letter, slots in below.items():
            found.setdefault(letter, []).extend(slots)
    for letter in found:
        if letter not in INDEX_LETTERS:
            raise Slip("use", f"{letter} is no index letter", node.at)
    return found


def is_plain_number(symbol):
    """Return whether a symbol is one of the sizes, or the column of ones."""
    return (
        symbol.letter in ("K", "H", "D", "B", "1")
        and not symbol.indices
        and (symbol.letter == "1") == symbol.bold
    )


def _of_symbol(symbol, row, variable):
    found = {}
    for index, (size, first) in zip(symbol.indices, row.slots, strict=False):
        is_one = first == 0 and len(row.slots) == 1  # y_0 and x_0 are the constant 1
        as_variable = 1 if variable and is_one else first
        if isinstance(index, int) and index < as_variable:
            raise Slip("range", f"{written(symbol)} has no such index: it starts at {as_variable}", symbol.at)
        if index in SIZES and index != size:
            message = f"{written(symbol)} runs over {SIZES[size]}, and {index} counts {SIZES[index]}"
            raise Slip("range", message, symbol.at)
        if isinstance(index, str) and index not in SIZES:
            slot = Slot(size, first, as_variable, written(symbol), symbol.at)
            found.setdefault(index, []).append(slot)
    return found


def depends(node, name, definitions):
    """Return whether anything in a node moves when the quantity of that name does."""
    for symbol in (part for part in node.walk() if isinstance(part, tree.Symbol)):
        own = definitions.get((symbol.letter, symbol.hat, symbol.bold))
        if own and depends(own.body, name, definitions):
            return True
        row = None if own else find(symbol)
        if row and row.node in moved_by(name):
            return True
    return False


def _leads_somewhere(node, definitions):
    row = find(node.bottom)
    if row and not depends(node.top, row.node, definitions):
        message = f"nothing leads from {written(node.bottom)} to what is differentiated"
        raise Slip("use", message, node.top.at)


def _total(node, scope):
    below = _slots(node.body, scope)
    if node.index not in INDEX_LETTERS:
        raise Slip("use", f"{node.index} is no index letter", node.at)
    if any(isinstance(n, tree.Total) and n.index == node.index for n in node.body.walk()):
        raise Slip("scope", f"{node.index} is summed twice, one sum inside the other", node.at)
    if node.index not in below:
        raise Slip("scope", f"{node.index} does not occur in its own sum", node.at)
    slots = below.pop(node.index)
    scope.summed.setdefault(node.index, node.at)
    scope.sums[id(node)] = _sum_range(node, slots)
    return below


def _one_size(letter, slots, at):
    if not slots:
        raise Slip("range", f"nothing says how far {letter} runs", at)
    first = slots[0]
    for other in slots[1:]:
        if other.size != first.size:
            message = (
                f"{letter} runs over {SIZES[first.size]} in {first.written} "
                f"and over {SIZES[other.size]} in {other.written}"
            )
            raise Slip("range", message, other.at)
    return first.size


def _starts(slots):
    return max(slot.first for slot in slots), max(slot.as_variable for slot in slots)


def _free_range(letter, slots, at_least_one):
    size = _one_size(letter, slots, (0, 0))
    first, as_variable = _starts(slots)
    if as_variable > first and not at_least_one:
        culprit = next(slot for slot in slots if slot.as_variable > slot.first)
        message = f"{culprit.written} is the variable of a derivative, and nothing says {letter} ≥ 1"
        raise Slip("range", message, culprit.at)
    return Range(size, max(as_variable, int(at_least_one)))


def _sum_range(node, slots):
    size = _one_size(node.index, slots, node.at)
    first, as_variable = _starts(slots)
    if node.limits is None:
        if as_variable > first:
            message = f"the sum over {node.index} does not say that it starts at 1"
            raise Slip("range", message, node.at)
        return Range(size, first)
    start, end = node.limits
    if end != size:
        name = SIZES.get(end, "nothing known")
        message = (
            f"{node.index} runs over {SIZES[size]} in {slots[0].written}, and the sum ends at {end} ({name})"
        )
        raise Slip("range", message, node.at)
    if start < as_variable or start > 1:
        raise Slip("range", f"the sum starts at {start}, and {slots[0].written} at {as_variable}", node.at)
    return Range(size, start)
