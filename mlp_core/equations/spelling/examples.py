"""A line of a batch by the number of an example, z_{ni} or Z_i^{(n)}, read as the line for one example.

Sums over the examples are of one example as often as there are examples: for what is a sum of their parts,
which is all that is read so, an equation of every batch is one of every example. B is 1/t there, any number.
"""

from dataclasses import replace

from ..language import tree
from ..language.notation import ANY_INDEX_LETTERS

OF_ONE = "xyzrXYZR"
B, T, ERROR = tree.Symbol("B"), tree.Symbol("t"), tree.Symbol("E")
ONE = tree.Number("1")


class NotOfOneError(ValueError):
    """A line of a batch is not that of its examples."""


def of_one_example(equation: tree.Equation, is_summed: bool, with_bold: bool) -> tree.Equation | None:
    """Return the line of one example that a line of a batch states, or None where it is of none.

    Parameters
    ----------
    equation : Equation
        As it is read, its shorthands not yet written out.
    is_summed : bool
        Whether E is said to be the sum over the batch; else it is the mean.
    with_bold : bool
        Whether a letter with one index may be bold, and stand for the whole of an example: \\mathbf z_n.
    """
    nodes = [node for side in equation.sides for node in side.walk()]
    numbered = [node for node in nodes if _is_numbered(node)]
    numbers = {_number_of(node) for node in numbered}
    if with_bold:
        limits = ((1, "B"), None) if B in nodes else ((1, "B"),)
        summed = {n.index for n in nodes if isinstance(n, tree.Total) and n.limits in limits}
        numbers |= summed & {
            n.indices[0] for n in nodes if isinstance(n, tree.Symbol) and len(n.indices) == 1
        }
    if len(numbers) != 1 or T in nodes or equation.assumed:
        return None
    (number,) = numbers
    equation = _with_wholes(equation, number) if with_bold else equation
    nodes = [node for side in equation.sides for node in side.walk()]
    others = [n for n in nodes if isinstance(n, tree.Symbol) and n.letter in OF_ONE and not _is_numbered(n)]
    if others or number not in ANY_INDEX_LETTERS:
        return None
    makes = _OfOne(number, is_summed)
    if not makes.says_where(equation):
        return None
    try:
        sides = tuple(makes.made(side) for side in equation.sides)
    except NotOfOneError:
        return None
    if all(isinstance(side, tree.Quotient) and side.bottom == T for side in sides):
        sides = tuple(side.top for side in sides)
    kept = tuple(c for c in equation.conditions if number not in c.of or c.kind not in ("declared", "least"))
    return replace(equation, sides=sides, conditions=kept)


def without_mean(equation: tree.Equation) -> tree.Equation:
    """Return an equation without the mean over n examples x of other books, if x stands nowhere else."""
    mean = tree.Quotient(ONE, tree.Symbol("\\n"))

    def change(node):
        if not isinstance(node, tree.Product) or mean not in node.factors:
            return node
        last = node.factors[-1]
        if not (isinstance(last, tree.Total) and last.index == "x" and last.limits is None):
            return node
        if any("x" in getattr(part, "indices", ()) for part in last.body.walk()):
            return node
        factors = [factor for factor in node.factors[:-1] if factor != mean]
        return replace(node, factors=(*factors, last.body)) if factors else last.body

    sides = tuple(tree.changed_below(side, change) for side in equation.sides)
    is_of_one = [side == old for side, old in zip(sides, equation.sides, strict=True)]
    return replace(equation, sides=sides) if is_of_one.count(False) == 1 else equation


def _with_wholes(equation, number):
    """Return an equation in which \\mathbf z_n is the whole of example n, which is marked by its layer."""

    def change(node):
        is_whole = isinstance(node, tree.Symbol) and node.letter in "xyzr" and node.indices == (number,)
        return replace(node, bold=True, indices=(), layer=number) if is_whole and not node.layer else node

    return replace(equation, sides=tuple(tree.changed_below(side, change) for side in equation.sides))


def _is_numbered(node):
    if not isinstance(node, tree.Symbol):
        return False
    if node.letter == "E":
        return len(node.indices) == 1 and not node.layer
    if node.letter not in OF_ONE:
        return False
    if node.bold:
        return bool(node.layer) and len(node.layer) == 1 and not node.indices and node.letter.islower()
    by_layer = bool(node.layer) and len(node.indices) == 1 and len(node.layer) == 1
    return by_layer or (not node.layer and len(node.indices) == 2)


def _number_of(node):
    return node.layer or node.indices[0]


class _OfOne:
    def __init__(self, number, is_summed):
        self.number, self.is_summed = number, is_summed

    def says_where(self, equation):
        """Return whether the examples are all summed over, as they are where E is, or none of them is."""
        summed, free, is_whole = 0, 0, False
        waiting = [(side, False) for side in equation.sides]
        while waiting:
            node, inside = waiting.pop()
            inside = inside or (isinstance(node, tree.Total) and node.index == self.number)
            summed, free = (
                summed + (inside and _is_numbered(node)),
                free + (_is_numbered(node) and not inside),
            )
            is_slope = isinstance(node, tree.Partial) and node.top == ERROR and _is_numbered(node.bottom)
            is_whole = is_whole or node == ERROR
            waiting += [(c, inside) for name, _, c in node.children() if not (is_slope and name == "top")]
        return not (summed and free) and not (is_whole and free)

    def made(self, node, is_linear=True):
        """Return a node for one example; `is_linear` says whether a sum over the examples may stand there."""
        if isinstance(node, tree.Total) and node.index == self.number:
            if not is_linear or node.limits not in (None, (1, "B"), (1, "N"), (1, "n"), (1, "m")):
                raise NotOfOneError
            return tree.Quotient(self.made(node.body, is_linear=False), T, span=node.span)
        if node == B:
            return tree.Quotient(ONE, T, span=node.span)
        if isinstance(node, tree.Quotient) and node.bottom == B:
            return tree.Product((self.made(node.top, is_linear), T), span=node.span)
        if node == ERROR:
            return tree.Quotient(node, T, span=node.span) if self.is_summed else node
        if _is_numbered(node):
            return _plain(node)
        if isinstance(node, tree.Partial) and _is_numbered(node.top) and node.top.letter == "E":
            bottom = _plain(node.bottom) if _is_numbered(node.bottom) else node.bottom
            return replace(node, top=ERROR, bottom=bottom)
        if isinstance(node, tree.Gradient):
            raise NotOfOneError
        if isinstance(node, tree.Partial):
            return self._slope(node)
        if isinstance(node, tree.Product):
            return self._product(node, is_linear)
        for name, place, child in node.children():
            stays = isinstance(node, tree.Sum | tree.Negative) or (
                name == "top" and not self._sums(node.bottom)
            )
            node = node.with_child(name, place, self.made(child, is_linear and stays))
        return node

    def _sums(self, node):
        return any(isinstance(part, tree.Total) and part.index == self.number for part in node.walk())

    def _product(self, node, is_linear):
        with_sum = [factor for factor in node.factors if self._sums(factor)]
        if len(with_sum) > 1:
            raise NotOfOneError
        factors = node.factors
        mean = tree.Quotient(ONE, B)
        if with_sum and mean in factors and isinstance(with_sum[0], tree.Total) and is_linear:
            kept = [factor for factor in factors if factor not in (mean, with_sum[0])]
            body = self.made(with_sum[0].body, is_linear=False)
            made = [*(self.made(factor, is_linear=False) for factor in kept), body]
            return made[0] if len(made) == 1 else replace(node, factors=tuple(made))
        return replace(node, factors=tuple(self.made(factor, is_linear) for factor in factors))

    def _slope(self, node):
        is_of_one = _is_numbered(node.bottom)
        bottom = _plain(node.bottom) if is_of_one else node.bottom
        if node.top != ERROR:
            return replace(node, top=self.made(node.top, is_linear=not is_of_one), bottom=bottom)
        slope = replace(node, bottom=bottom)
        if is_of_one:
            return slope if self.is_summed else tree.Product((T, slope), span=node.span)
        return tree.Quotient(slope, T, span=node.span) if self.is_summed else slope


def _plain(node):
    if node.letter == "E":
        return replace(node, indices=())
    if node.bold:
        return replace(node, layer=None)
    indices = node.indices if node.layer else node.indices[1:]
    return replace(node, letter=node.letter.lower(), indices=indices, layer=None)
