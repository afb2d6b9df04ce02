"""A column or a matrix that is written out with dots: what its entries have in common, by their indices."""

from dataclasses import dataclass, replace

from ..language import tree
from ..language.notation import INDEX_LETTERS

LAST = ("K", "H", "D", "n", "N", "C", "M", "m")  # the letters that an author may have for the last place
ROW, COLUMN = "i", "j"


@dataclass(frozen=True)
class Listed(tree.Node):
    """A column or a matrix by its general entry; it stands in a reader's tree until entries are compared.

    Parameters
    ----------
    body : Node
        The entry, with the letters of `indices`.
    indices : tuple of str
        One for a column, two for a matrix.
    """

    body: tree.Node
    indices: tuple


class NotAlikeError(ValueError):
    """Two entries are not one expression of their places."""


def listed(rows: list[list]) -> tree.Node | None:
    """Return what is written out in rows of entries, None standing for dots; or None if it says no rule.

    Parameters
    ----------
    rows : list of list of Node or None
    """
    rows = [row for row in rows if any(row)]
    taken = {i for row in rows for cell in row if cell for part in cell.walk() for i in _letters(part)}
    spare = [letter for letter in INDEX_LETTERS if letter not in taken]
    is_column = all(len(row) == 1 for row in rows)
    try:
        if is_column:
            return _column([row[0] for row in rows], spare[0])
        if len(rows) == 1:
            return tree.Transpose(_column(rows[0], spare[0]))
        return _matrix(rows, *spare[:2])
    except (NotAlikeError, IndexError):
        return None


def _letters(node):
    own = {i for i in getattr(node, "indices", ()) if isinstance(i, str)}
    return own | ({node.index} if isinstance(node, tree.Total | tree.Entry) else set())


def _places(cells):
    """Return [(place, whether it is the last), …] of the cells that are no dots: 1, 2, … and the last."""
    return [k for k, cell in enumerate(cells) if cell is not None]


def _column(cells, letter):
    cells = [cell for cell in cells if cell is not None]
    last = _last(cells[0], cells[-1])
    places = [*range(1, len(cells)), last]
    body = _general(cells[0], cells[1], {(places[0], places[1]): letter})
    for place, cell in zip(places, cells, strict=True):
        _agree(_put(body, {letter: place}), cell)
    return Listed(body, (letter,))


def _matrix(rows, row, column):
    width = max(map(len, rows))
    full = [line for line in rows if len(line) == width and sum(cell is not None for cell in line) > 1]
    kept = [k for k in range(width) if any(line[k] is not None for line in full)]
    last = _last(full[0][kept[0]], full[-1][kept[-1]])
    places = [*range(1, len(kept)), last]
    if len(full) > len(kept):
        raise NotAlikeError
    down = [*range(1, len(full)), last]
    a, b = places[0], places[1]
    at = {
        (p, q): line[k] for p, line in zip(down, full, strict=True) for q, k in zip(places, kept, strict=True)
    }
    off = _general(at[a, b], at[b, a], {(a, b): row, (b, a): column})
    second = at[b, b] if at.get((b, b)) is not None else at[last, last]
    same = _general(at[a, a], second, {(a, b if at.get((b, b)) is not None else last): row})
    for (p, q), cell in at.items():
        if cell is not None:
            _agree(_put(same, {row: p}) if p == q else _put(off, {row: p, column: q}), cell)
    delta = tree.Kronecker((row, column))
    others = tree.Sum((tree.Number("1"), tree.Negative(delta)))
    body = tree.Sum((tree.Product((delta, same)), tree.Product((others, off))))
    return Listed(body, (row, column))


def _last(first, last):
    """Return the letter of the last place."""
    before = {i for part in first.walk() for i in _letters(part)}
    found = {i for part in last.walk() for i in _letters(part)} - before
    return next(letter for letter in (*LAST, None) if letter in found or letter is None) or _refused()


def _refused():
    raise NotAlikeError


def _general(one, other, names):
    """Return a node with a letter wherever two alike have different places."""
    if type(one) is not type(other):
        raise NotAlikeError
    if isinstance(one, tree.Leaf) and not hasattr(one, "indices"):
        return one if one == other else _refused()
    if hasattr(one, "indices"):
        if replace(one, indices=()) != replace(other, indices=()) or len(one.indices) != len(other.indices):
            raise NotAlikeError
        pairs = zip(one.indices, other.indices, strict=True)
        return replace(one, indices=tuple(p if p == q else names.get((p, q)) or _refused() for p, q in pairs))
    below = one.children(), other.children()
    if len(below[0]) != len(below[1]):
        raise NotAlikeError
    made = one
    for (name, place, mine), (_, _, theirs) in zip(*below, strict=True):
        made = made.with_child(name, place, _general(mine, theirs, names))
    return made


def _put(node, places):
    def change(part):
        if hasattr(part, "indices"):
            return replace(part, indices=tuple(places.get(i, i) for i in part.indices))
        return part

    return tree.changed_below(node, change)


def _agree(made, cell):
    if made != cell and not _is_swapped(made, cell):
        raise NotAlikeError


def _is_swapped(made, cell):
    """Return whether two products are one but for the order of their factors: z_1 z_K and z_K z_1."""
    while isinstance(made, tree.Negative) and isinstance(cell, tree.Negative):
        made, cell = made.body, cell.body
    both = isinstance(made, tree.Product) and isinstance(cell, tree.Product)
    return both and sorted(map(repr, made.factors)) == sorted(map(repr, cell.factors))
