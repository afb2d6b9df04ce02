"""What a line without one meaning is read as where its author left out what a reader of books puts in.

A line that has a meaning is never read so; and what is read so has to hold, or the first reading is answered.
"""

from dataclasses import replace

from ..language import tree
from ..language.errors import EquationMeaningError
from ..language.notation import ANY_INDEX_LETTERS, INDEX_LETTERS, SIZES, find
from ..reading.equation import read
from ..reading.shapes import Length, Shapes
from .assumed import with_biases_apart, with_gradient_rows, with_rows
from .components import by_entries
from .settled import free_indices, from_1, of_any_number, size_of, variables_of

WHOLE_LINES = (tree.Transpose, tree.Total, tree.Stacked, tree.Beside, tree.Columns, tree.Tuple, tree.Entry)
OF_COLUMNS = ("softmax", "diag")
ONES = tree.Symbol("1", bold=True)


def read_otherwise(equation, definitions, used):
    """Yield the equations that may be meant by one without a meaning.

    Parameters
    ----------
    equation : Equation
        Settled, and refused by `read`.
    definitions : mapping
        The author's own letters.
    used : set of str
        The forms of the table of spellings that were met in it.
    """
    is_plain = "plain letter for the whole" in used
    if not is_plain and _has_columns_side_by_side(equation, definitions):
        return  # of bold letters, a product without its sign is a slip
    steps = (
        _letters_of_indices,
        error_of_an_example,
        _behind_0,
        _softmax_by_its_letter,
        _inner_sums_apart,
        _of_one_number,
        _as_components,
        of_any_number,
    )
    if not used:  # in the dialect itself a range that is not said is the slip that it is
        steps = tuple(step for step in steps if step is not _behind_0)
    for step in steps:
        changed = step(equation, definitions)
        if changed is None or changed == equation:
            continue
        if step is _as_components and not has_a_meaning(changed, definitions):
            changed = replace(changed, conditions=changed.conditions + from_1(changed))
        if has_a_meaning(changed, definitions):
            yield changed
            return
        if step in (
            _letters_of_indices,
            error_of_an_example,
            _behind_0,
            _inner_sums_apart,
            _softmax_by_its_letter,
        ):
            equation = changed
    of_any = of_any_number(equation, definitions)
    for arranged in (*_arrangements(equation, used), *([of_any] if of_any else [])):
        for letters in ("", "W", "V", "WV"):
            changed = _without_bias(arranged, letters, is_apart=bool(used)) if letters else arranged
            changed = _squares_entry_by_entry(changed, definitions)
            changed = _numbers_beside_columns(changed, definitions)
            if changed != equation and has_a_meaning(changed, definitions):
                yield changed
                break
    for changed in (by_entries(equation) if used else None, _with_biases(equation)):
        if changed is None or changed == equation:
            continue
        if not has_a_meaning(changed, definitions):
            changed = replace(changed, conditions=changed.conditions + from_1(changed))
        if has_a_meaning(changed, definitions):
            yield changed


def _arrangements(equation, used):
    """Yield an equation as it is, with gradients that are rows, and with vectors that are rows.

    Rows are tried where nothing is turned, and one stands before a matrix: nothing else fits there.
    """
    yield equation
    nodes = _nodes(equation)
    if any(isinstance(node, tree.Transpose) for node in nodes):
        return
    if {"plain letter for the whole", "gradient as a fraction", "Jacobian"} & set(used):
        yield with_gradient_rows(equation)
    if "plain letter for the whole" in used:
        yield with_rows(equation)


def _softmax_by_its_letter(equation, definitions):
    """Write z_i for an entry of the softmax of the logits, which is what it is; \\sigma(\\hat z) is not."""
    logits = tree.Apply("softmax", (tree.Symbol("z", hat=True, bold=True),))

    def change(node):
        if isinstance(node, tree.Entry) and node.body == logits:
            return tree.Symbol("z", indices=(node.index,), span=node.span)
        return node

    return _changed(equation, change)


def error_of_an_example(equation, definitions=None):
    """Write E for E_n where nothing else has that index: the line is of that example."""
    nodes = _nodes(equation)
    errors = {node for node in nodes if isinstance(node, tree.Symbol) and node.letter == "E"}
    if len(errors) != 1:
        return None
    (error,) = errors
    others = {i for node in nodes if node != error for i in getattr(node, "indices", ())}
    others |= {node.index for node in nodes if isinstance(node, tree.Total | tree.Entry)}
    if len(error.indices) != 1 or error.indices[0] in others or not isinstance(error.indices[0], str):
        return None
    return _changed(equation, lambda node: replace(node, indices=()) if node == error else node)


def _behind_0(equation, definitions):
    """Say j >= 1 of each y_j and x_m that a derivative is by, for y_0 and x_0 are 1 and do not move."""
    variables = variables_of(equation)
    free = set().union(*(free_indices(side) for side in equation.sides))
    said = {condition.of[0] for condition in equation.conditions if condition.kind == "least"}
    more = tuple(tree.Condition("least", (letter,)) for letter in sorted(variables & free - said))

    def change(node):
        is_open = isinstance(node, tree.Total) and node.limits is None and node.index in variables
        sizes = {size_of(node.index, part) for part in node.body.walk()} if is_open else set()
        if not is_open or len(sizes & {"H", "D"}) != 1:
            return node
        return replace(node, limits=(1, *(sizes & {"H", "D"})))

    changed = _changed(equation, change)
    return replace(changed, conditions=changed.conditions + more)


def _with_biases(equation):
    """Return an equation in which b stands for the biases of W or of V, by what it stands beside, or None."""
    nodes = _nodes(equation)
    symbols = [node for node in nodes if isinstance(node, tree.Symbol)]
    if not any(symbol.letter == "b" for symbol in symbols):
        return None
    if any(isinstance(node, tree.Jacobian) and node.bottom.letter == "b" for node in nodes):
        return None
    letters = {symbol.letter.upper() for symbol in symbols if symbol.letter in "wWvV"}
    if len(letters) > 1:
        return None
    is_of_v = letters == {"V"} or any(symbol.letter == "y" and symbol.hat for symbol in symbols)
    whole = tree.Symbol("V" if is_of_v else "W", bold=True)

    def change(node):
        if _is_slope_by_b(node):
            return tree.Columns(tree.Gradient(whole), "0", span=node.span)
        if isinstance(node, tree.Symbol) and node.letter == "b" and not node.hat:
            if node.indices:
                return replace(node, letter=whole.letter.lower(), bold=False, indices=(*node.indices, 0))
            return tree.Columns(whole, "0", span=node.span)
        for name, place, child in node.children():
            node = node.with_child(name, place, change(child))
        return node

    changed = replace(equation, sides=tuple(map(change, equation.sides)))
    return with_biases_apart(changed)


def _has_columns_side_by_side(equation, definitions):
    """Return whether two columns stand beside each other as if each were one number."""
    for node in _nodes(equation):
        if isinstance(node, tree.Product):
            shapes = [_shape(factor, definitions) for factor in node.factors]
            if sum(shape is None or shape[1:] == ("1",) for shape in shapes) > 1:
                return True
    return False


def has_a_meaning(equation, definitions):
    """Return whether an equation can be judged."""
    try:
        read(equation, definitions)
    except EquationMeaningError:
        return False
    return True


def _nodes(equation):
    return [node for side in equation.sides for node in side.walk()]


def _changed(equation, change):
    return replace(equation, sides=tuple(tree.changed_below(side, change) for side in equation.sides))


def _spare_letters(equation):
    taken = {i for node in _nodes(equation) for i in getattr(node, "indices", ())}
    taken |= {node.index for node in _nodes(equation) if isinstance(node, tree.Total | tree.Entry)}
    return [letter for letter in dict.fromkeys(INDEX_LETTERS + ANY_INDEX_LETTERS) if letter not in taken]


# Letters


def _letters_of_indices(equation, definitions):
    """Write an index letter in place of one that the table has for a quantity, where it is only an index."""
    nodes = _nodes(equation)
    quantities = {node.letter for node in nodes if isinstance(node, tree.Symbol)}
    below = {i for node in nodes for i in getattr(node, "indices", ()) if isinstance(i, str)}
    below |= {node.index for node in nodes if isinstance(node, tree.Total)}
    foreign = sorted(below - set(ANY_INDEX_LETTERS) - set(SIZES) - quantities)
    names = dict(zip(foreign, _spare_letters(equation), strict=False))

    def change(node):
        if hasattr(node, "indices"):
            node = replace(node, indices=tuple(names.get(i, i) for i in node.indices))
        if isinstance(node, tree.Total | tree.Entry):
            node = replace(node, index=names.get(node.index, node.index))
        return node

    conditions = tuple(
        replace(c, of=tuple(names.get(i, i) for i in c.of)) if c.kind in ("distinct", "least") else c
        for c in equation.conditions
    )
    return replace(_changed(equation, change), conditions=conditions)


def _inner_sums_apart(equation, definitions):
    """Give a sum inside a sum over the same letter a letter of its own, which hides the outer one."""
    spare = iter(_spare_letters(equation))

    def apart(node, around, names):
        if isinstance(node, tree.Total):
            new = next(spare, node.index) if node.index in around else node.index
            around, names = around | {node.index}, names | {node.index: new}
            node = replace(node, index=new)
        if hasattr(node, "indices"):
            node = replace(node, indices=tuple(names.get(i, i) for i in node.indices))
        if isinstance(node, tree.Entry):
            node = replace(node, index=names.get(node.index, node.index))
        for name, place, child in node.children():
            node = node.with_child(name, place, apart(child, around, names))
        return node

    return replace(equation, sides=tuple(apart(side, frozenset(), {}) for side in equation.sides))


# One number of a whole


def _of_one_number(equation, definitions):
    """Write t for the one letter that a line of functions alone has, whatever it is: such a line is of t."""
    nodes = _nodes(equation)
    symbols = {node for node in nodes if isinstance(node, tree.Symbol) and node.letter not in SIZES}
    functions = {node.function for node in nodes if isinstance(node, tree.Apply)}
    if len(symbols) != 1 or not functions or functions & set(OF_COLUMNS):
        return None
    (one,) = symbols
    is_column = find(one) is not None and one.letter.islower() and len(one.indices) < 2
    if not is_column or _is_of_wholes(nodes) or equation.conditions not in ((), _of_sigma(equation)):
        return None

    def change(node):
        if isinstance(node, tree.Jacobian):
            return tree.Partial(node.top, node.bottom, span=node.span)
        if isinstance(node, tree.Elementwise):
            return tree.Product((node.left, node.right), span=node.span)
        return tree.Symbol("t", span=node.span) if node == one else node

    return _changed(equation, change)


def _of_sigma(equation):
    return tuple(condition for condition in equation.conditions if condition.kind == "sigma")


def _is_of_wholes(nodes):
    """Return whether something stands in a line that is of a whole, and of no number of it."""
    return any(isinstance(node, (*WHOLE_LINES, tree.Gradient)) for node in nodes)


def _as_components(equation, definitions):
    """Write an index at each column of a line that says the same of each of their numbers."""
    nodes = _nodes(equation)
    wholes = {node for node in nodes if isinstance(node, tree.Symbol) and node.bold}
    rows = {find(node) for node in wholes}
    if not wholes or None in rows or any(isinstance(node, WHOLE_LINES) for node in nodes):
        return None
    sizes = {row.shape[0] for row in rows if row.shape[1:] == ("1",) and row.mode == "single"}
    has_others = any(row.shape[1:] != ("1",) or row.mode != "single" for row in rows)
    functions = {node.function for node in nodes if isinstance(node, tree.Apply)}
    by_columns = any(isinstance(node, tree.Jacobian) for node in nodes)
    if has_others or len(sizes) != 1 or functions & set(OF_COLUMNS) or (by_columns and sizes != {"H"}):
        return None
    index = _spare_letters(equation)[0]

    def change(node):
        if isinstance(node, tree.Gradient):
            one = replace(node.of, bold=False, indices=(index,))
            return tree.Partial(tree.Symbol("E"), one, span=node.span)
        if isinstance(node, tree.Jacobian):
            return tree.Partial(node.top, node.bottom, span=node.span)
        if isinstance(node, tree.Elementwise):
            return tree.Product((node.left, node.right), span=node.span)
        is_whole = isinstance(node, tree.Symbol) and node.bold
        return replace(node, bold=False, indices=(index,)) if is_whole else node

    return _changed(equation, change)


# Wholes


def _shape(node, definitions):
    """Return the shape of a node, or None where it has none."""

    def opened(part):
        is_open = part == ONES or isinstance(part, tree.Tuple)
        return replace(part, length=Length()) if is_open else part

    try:
        return Shapes(definitions).of(tree.changed_below(node, opened))
    except EquationMeaningError:
        return None


def _squares_entry_by_entry(equation, definitions):
    """Read the square of a column as that of each of its numbers."""

    def change(node):
        is_square = isinstance(node, tree.Power) and node.exponent == tree.Number("2")
        if is_square and _shape(node.base, definitions):
            return tree.Elementwise(node.base, node.base, span=node.span)
        return node

    return _changed(equation, change)


def _numbers_beside_columns(equation, definitions):
    """Read a number that is added to a column as added to each of its numbers."""

    def change(node):
        if not isinstance(node, tree.Sum):
            return node
        shapes = [shape for term in node.terms if (shape := _shape(term, definitions))]
        if not shapes or "1" not in shapes[0]:
            return node
        ones = ONES if shapes[0][1] == "1" else tree.Transpose(ONES)
        return replace(node, terms=tuple(_as_a_column(term, ones, definitions) for term in node.terms))

    return _changed(equation, change)


def _as_a_column(term, ones, definitions):
    if _shape(term, definitions) != ():
        return term
    if term == tree.Number("1"):
        return replace(ones, span=term.span)
    if isinstance(term, tree.Negative):
        return replace(term, body=_as_a_column(term.body, ones, definitions))
    return tree.Product((term, ones), span=term.span)


def _is_slope_by_b(node):
    if isinstance(node, tree.Partial):
        return node.top == tree.Symbol("E") and node.bottom.letter == "b" and not node.bottom.indices
    return isinstance(node, tree.Gradient) and node.of.letter == "b"


def _without_bias(equation, letters, is_apart):
    """Read W as the weights without column 0, and so the slope by it where the biases may be apart.

    In the dialect itself they are not: there, a slope by W without its bias is the slip that it is.
    """
    by_it = any(isinstance(node, tree.Gradient) and node.of.letter in letters for node in _nodes(equation))
    return equation if by_it and not is_apart else with_biases_apart(equation, letters)
