"""What an equation's letters mean and how far its indices run; what has no consistent meaning is refused."""

from dataclasses import dataclass, replace

from ..language import tree
from ..language.errors import EquationMeaningError
from ..language.notation import ALSO_IN_A_BATCH, ALSO_WITH_LAYERS, ANY_INDEX_LETTERS, SIZES, find, moved_by


@dataclass(frozen=True)
class Slot:
    """One place in which an index letter stands."""

    size: str
    first: int
    as_variable: int  # where it starts if it is the variable of a derivative: 1 in place of y_0
    written: str
    span: tuple


@dataclass(frozen=True)
class Range:
    """An index runs over first, …, size."""

    size: str
    first: int


def scoped(sides, definitions):
    """Return the sides with a range in each sum, and for each free index the slots that it stands in.

    Parameters
    ----------
    sides : tuple of Node
    definitions : mapping
        The author's own letters, see `Definition`.

    Raises
    ------
    EquationMeaningError
        A letter is not known, is summed and free, or runs over two things.
    """
    found, free, summed = [], {}, {}
    for side in sides:
        side, slots = _scoped(side, definitions, summed)
        found.append(side)
        _join(free, slots)
    for letter, span in summed.items():
        if letter in free:
            message = f"{letter} is a summed letter, and stands outside of its sum as well"
            raise EquationMeaningError("scope", message, free[letter][0].span if free[letter] else span)
    return tuple(found), free


def free_ranges(free, conditions):
    """Return the `Range` of each free index under the conditions; refuse what these leave open."""
    least = {condition.of[0] for condition in conditions if condition.kind == "least"}
    found = {letter: _free_range(letter, slots, letter in least) for letter, slots in free.items()}
    for condition in conditions:
        for letter in condition.of if condition.kind in ("least", "distinct") else ():
            if letter not in free:
                message = f"the condition names {letter}, which the equation has not"
                raise EquationMeaningError("condition", message, condition.span)
    return found


def written(symbol):
    """Return a symbol as it is named in a sentence: y_i, W, z_hat_j."""
    indices = "".join(map(str, symbol.indices))
    name = symbol.letter.removeprefix("\\") + ("_hat" if symbol.hat else "")
    return f"{name}_{indices}" if indices else name


def mode_of(symbols):
    """Return "single", "batch" or "layers": what an equation with these letters of the table is about."""
    rows = [(symbol, find(symbol)) for symbol in symbols]
    modes = {row.mode for _, row in rows if row} - {"any"}
    modes |= {"batch" for symbol, row in rows if not row and symbol.letter == "B" and not symbol.bold}
    for mode, allowed in (("layers", ALSO_WITH_LAYERS), ("batch", ALSO_IN_A_BATCH)):
        if mode not in modes:
            continue
        for symbol, row in rows:
            is_size = mode == "layers" and is_plain_number(symbol) and symbol.letter in "BH"
            is_foreign = (
                row and row.mode not in ("any", mode) and (row.node not in allowed or not symbol.bold)
            )
            if is_size or is_foreign:
                what = "an equation of layers" if mode == "layers" else "an equation of a batch"
                raise EquationMeaningError("use", f"{written(symbol)} cannot stand in {what}", symbol.span)
        return mode
    return "single"


def is_plain_number(symbol):
    """Return whether a symbol is one of the sizes, or the column of ones."""
    return (
        symbol.letter in ("K", "H", "D", "B", "1")
        and not symbol.indices
        and (symbol.letter == "1") == symbol.bold
    )


def own_letter(symbol, definitions):
    """Return the `Definition` of a letter of the author's own, or None."""
    return definitions.get((symbol.letter, symbol.hat, symbol.bold))


def look_up(symbol, definitions):
    """Return the row or the definition that a symbol names; refuse one that names none, or not so."""
    found = own_letter(symbol, definitions) or find(symbol)
    if found is None:
        message = f"{written(symbol)} is not in the table of letters, and not defined before"
        raise EquationMeaningError("use", message, symbol.span)
    if symbol.sliced and not (symbol.bold and symbol.letter in "VW"):
        message = f"only V and W have a column 0 to leave out, not {written(symbol)}"
        raise EquationMeaningError("shape", message, symbol.span)
    if not symbol.bold and len(symbol.indices) != len(found.slots):
        count = ("no index", "one index", "two indices")[len(found.slots)]
        raise EquationMeaningError("use", f"{symbol.letter} has {count}, here {written(symbol)}", symbol.span)
    return found


def depends(node, name, definitions):
    """Return whether anything in a node moves when the quantity of that name does."""
    moved = moved_by(name)
    for symbol in (part for part in node.walk() if isinstance(part, tree.Symbol)):
        own = own_letter(symbol, definitions)
        rows = map(find, own.contents.symbols if own else (symbol,))
        if any(row and row.node in moved for row in rows):
            return True
    return False


# Indices


def _join(found, others):
    for letter, slots in others.items():
        found.setdefault(letter, []).extend(slots)


def _scoped(node, definitions, summed, variable=False):
    """Return a node in which sums have their ranges, and letter -> slots of its free indices.

    `summed` collects letter -> span of each \\sum and \\max; `variable`: a derivative is by this node.
    """
    if isinstance(node, tree.Total):
        return _total(node, definitions, summed)
    if isinstance(node, tree.Partial | tree.Jacobian):
        _leads_somewhere(node, definitions)
    found = _own_slots(node, definitions, variable)
    for name, place, child in node.children():
        by_it = isinstance(node, tree.Partial | tree.Gradient | tree.Jacobian) and name != "top"
        below, slots = _scoped(child, definitions, summed, by_it)
        node = node if below is child else node.with_child(name, place, below)
        _join(found, slots)
    for letter in found:
        if letter not in ANY_INDEX_LETTERS:
            raise EquationMeaningError("use", f"{letter} is no index letter", node.span)
    if isinstance(node, tree.Partial | tree.Jacobian):
        node = replace(node, letters=tuple(sorted(found)))
    return node, found


def _own_slots(node, definitions, variable):
    """Return letter -> slots of the indices that a node itself bears."""
    if isinstance(node, tree.Symbol):
        row = find(node)
        if variable and (row is None or row.measured or row.node == "E"):
            message = f"{written(node)} is no quantity that can be moved"
            raise EquationMeaningError("use", message, node.span)
        return {} if is_plain_number(node) else _of_symbol(node, look_up(node, definitions), variable)
    if isinstance(node, tree.Condition) and node.kind not in ("distinct", *tree.OF_T):
        message = "cases are told apart by t > 0, t ≤ 0 or i ≠ k"
        raise EquationMeaningError("condition", message, node.span)
    if isinstance(node, tree.Condition):
        return {letter: [] for letter in node.of if node.kind == "distinct"}
    if isinstance(node, tree.Entry):
        return {node.index: []} if isinstance(node.index, str) else {}
    return {letter: [] for letter in getattr(node, "indices", ()) if isinstance(letter, str)}


def _of_symbol(symbol, row, variable):
    found = {}
    for index, (size, first) in zip(symbol.indices, row.slots, strict=False):
        is_one = first == 0 and len(row.slots) == 1  # y_0 and x_0 are the constant 1
        as_variable = 1 if variable and is_one else first
        if isinstance(index, int) and index < as_variable:
            message = f"{written(symbol)} has no such index: it starts at {as_variable}"
            raise EquationMeaningError("range", message, symbol.span)
        if index in SIZES and index != size:
            message = f"{written(symbol)} runs over {SIZES[size]}, and {index} counts {SIZES[index]}"
            raise EquationMeaningError("range", message, symbol.span)
        if isinstance(index, str) and index not in SIZES:
            slot = Slot(size, first, as_variable, written(symbol), symbol.span)
            found.setdefault(index, []).append(slot)
    return found


def _leads_somewhere(node, definitions):
    row = find(node.bottom)
    if row and not depends(node.top, row.node, definitions):
        message = f"nothing leads from {written(node.bottom)} to what is differentiated"
        raise EquationMeaningError("use", message, node.top.span)


def _total(node, definitions, summed):
    body, below = _scoped(node.body, definitions, summed)
    if node.index not in ANY_INDEX_LETTERS:
        raise EquationMeaningError("use", f"{node.index} is no index letter", node.span)
    if any(isinstance(n, tree.Total) and n.index == node.index for n in body.walk()):
        message = f"{node.index} is summed twice, one sum inside the other"
        raise EquationMeaningError("scope", message, node.span)
    if node.index not in below:
        raise EquationMeaningError("scope", f"{node.index} does not occur in its own sum", node.span)
    slots = below.pop(node.index)
    summed.setdefault(node.index, node.span)
    return replace(node, body=body, range=_sum_range(node, slots)), below


# Ranges


def _one_size(letter, slots, span):
    if not slots:
        raise EquationMeaningError("range", f"nothing says how far {letter} runs", span)
    first = slots[0]
    for other in slots[1:]:
        if other.size != first.size:
            message = (
                f"{letter} runs over {SIZES[first.size]} in {first.written} "
                f"and over {SIZES[other.size]} in {other.written}"
            )
            raise EquationMeaningError("range", message, other.span)
    return first.size


def _starts(slots):
    return max(slot.first for slot in slots), max(slot.as_variable for slot in slots)


def _free_range(letter, slots, at_least_one):
    size = _one_size(letter, slots, (0, 0))
    first, as_variable = _starts(slots)
    if as_variable > first and not at_least_one:
        culprit = next(slot for slot in slots if slot.as_variable > slot.first)
        message = f"{culprit.written} is the variable of a derivative, and nothing says {letter} ≥ 1"
        raise EquationMeaningError("range", message, culprit.span)
    return Range(size, max(as_variable, int(at_least_one)))


def _sum_range(node, slots):
    if not slots and node.limits and node.limits[1] in ("K", "H", "D") and node.limits[0] in (0, 1):
        return Range(node.limits[1], node.limits[0])  # it stands at deltas alone, and its sum says how far
    size = _one_size(node.index, slots, node.span)
    first, as_variable = _starts(slots)
    if node.limits is None:
        if as_variable > first:
            message = f"the sum over {node.index} does not say that it starts at 1"
            raise EquationMeaningError("range", message, node.span)
        return Range(size, first)
    start, end = node.limits
    if end != size:
        name = SIZES.get(end, "nothing known")
        message = (
            f"{node.index} runs over {SIZES[size]} in {slots[0].written}, and the sum ends at {end} ({name})"
        )
        raise EquationMeaningError("range", message, node.span)
    if start < as_variable or start > 1:
        message = f"the sum starts at {start}, and {slots[0].written} at {as_variable}"
        raise EquationMeaningError("range", message, node.span)
    return Range(size, start)
