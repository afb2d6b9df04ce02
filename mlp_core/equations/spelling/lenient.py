"""What a line without one meaning is read as where its author left out what a reader of books puts in.

A line that has a meaning is never read so; and what is read so has to hold, or the first reading is answered.
"""

from dataclasses import replace

from ..language import tree
from ..language.errors import EquationMeaningError
from ..reading.equation import read
from .assumed import with_gradient_rows, with_rows
from .components import by_entries
from .one_number import as_components, of_one_number
from .other_letters import with_index_letters, with_inner_sums_apart
from .rewritten import changed_by, nodes_of
from .settled import free_indices, from_1, of_any_number, size_of, variables_of
from .wholes import (
    has_columns_side_by_side,
    with_a_letter_of_biases,
    with_numbers_beside_columns,
    with_squares_entry_by_entry,
    without_biases,
)


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
    if not is_plain and has_columns_side_by_side(equation, definitions):
        return  # of bold letters, a product without its sign is a slip
    equation, has_one = _step_by_step(equation, definitions, used)
    if has_one:
        yield equation
        return
    yield from _as_wholes(equation, definitions, used)
    for changed in (by_entries(equation) if used else None, with_a_letter_of_biases(equation)):
        if changed is None or changed == equation:
            continue
        changed = _from_1_if_needed(changed, definitions)
        if has_a_meaning(changed, definitions):
            yield changed


def _step_by_step(equation, definitions, used):
    """Return an equation after the steps that lead to a meaning, and whether they do."""
    for step in (*KEPT, *TRIED):
        if step is behind_0 and not used:
            continue  # in the dialect itself a range that is not said is the slip that it is
        changed = step(equation, definitions)
        if changed is None or changed == equation:
            continue
        if step is as_components:
            changed = _from_1_if_needed(changed, definitions)
        if has_a_meaning(changed, definitions):
            return changed, True
        if step in KEPT:
            equation = changed
    return equation, False


def _from_1_if_needed(equation, definitions):
    """Say of an equation without a meaning that its letters begin at 1."""
    if has_a_meaning(equation, definitions):
        return equation
    return replace(equation, conditions=equation.conditions + from_1(equation))


def _as_wholes(equation, definitions, used):
    """Yield what an equation of whole arrays may mean."""
    of_any = of_any_number(equation, definitions)
    for arranged in (*_arrangements(equation, used), *([of_any] if of_any else [])):
        for letters in ("", "W", "V", "WV"):
            changed = without_biases(arranged, letters, is_apart=bool(used)) if letters else arranged
            changed = with_squares_entry_by_entry(changed, definitions)
            changed = with_numbers_beside_columns(changed, definitions)
            if changed != equation and has_a_meaning(changed, definitions):
                yield changed
                break


def _arrangements(equation, used):
    """Yield an equation as it is, with gradients that are rows, and with vectors that are rows.

    Rows are tried where nothing is turned, and one stands before a matrix: nothing else fits there.
    """
    yield equation
    nodes = nodes_of(equation)
    if any(isinstance(node, tree.Transpose) for node in nodes):
        return
    if {"plain letter for the whole", "gradient as a fraction", "Jacobian"} & set(used):
        yield with_gradient_rows(equation)
    if "plain letter for the whole" in used:
        yield with_rows(equation)


def with_softmax_by_its_letter(equation, definitions):
    """Write z_i for an entry of the softmax of the logits, which is what it is; \\sigma(\\hat z) is not."""
    logits = tree.Apply("softmax", (tree.Symbol("z", hat=True, bold=True),))

    def change(node):
        if isinstance(node, tree.Entry) and node.body == logits:
            return tree.Symbol("z", indices=(node.index,), span=node.span)
        return node

    return changed_by(equation, change)


def error_of_an_example(equation, definitions=None):
    """Write E for E_n where nothing else has that index: the line is of that example."""
    nodes = nodes_of(equation)
    errors = {node for node in nodes if isinstance(node, tree.Symbol) and node.letter == "E"}
    if len(errors) != 1:
        return None
    (error,) = errors
    others = {i for node in nodes if node != error for i in getattr(node, "indices", ())}
    others |= {node.index for node in nodes if isinstance(node, tree.Total | tree.Entry)}
    if len(error.indices) != 1 or error.indices[0] in others or not isinstance(error.indices[0], str):
        return None
    return changed_by(equation, lambda node: replace(node, indices=()) if node == error else node)


def behind_0(equation, definitions):
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

    changed = changed_by(equation, change)
    return replace(changed, conditions=changed.conditions + more)


def has_a_meaning(equation, definitions):
    """Return whether an equation can be judged."""
    try:
        read(equation, definitions)
    except EquationMeaningError:
        return False
    return True


# What an equation keeps, even if it has no meaning yet, and what is only tried, in this order.
KEPT = (with_index_letters, error_of_an_example, behind_0, with_softmax_by_its_letter, with_inner_sums_apart)
TRIED = (of_one_number, as_components, of_any_number)
