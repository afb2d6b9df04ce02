"""Every single slip of the pen that an equation can suffer; one of them may also be what mends it."""

from dataclasses import dataclass, replace

from ..language import tree
from ..language.notation import ANY_INDEX_LETTERS, activation_labelled, has_one_slope
from ..language.writer import write_node


@dataclass(frozen=True)
class Edit:
    """One change: its kind, what it does in words, and the equation after it."""

    kind: str
    words: str
    equation: tree.Equation


def edits(equation, sides=None):
    """Yield an `Edit` for every single slip.

    Parameters
    ----------
    equation : Equation
    sides : sequence of int or None
        The sides to change, in this order; None for all.
    """
    letters = sorted({i for side in equation.sides for i in _index_letters(side)})
    for number in range(len(equation.sides)) if sides is None else sides:
        side = equation.sides[number]
        for kind, words, changed in _signed(side):
            yield Edit(kind, words, equation.with_child("sides", number, changed))
        for kind, words, changed in _below(side, letters):
            yield Edit(kind, words, equation.with_child("sides", number, changed))


def _index_letters(node):
    for part in node.walk():
        yield from (i for i in getattr(part, "indices", ()) if i in tuple(ANY_INDEX_LETTERS))
        if isinstance(part, tree.Total):
            yield part.index


def _below(node, letters):
    """Yield (kind, words, node) for every change in a node or below it."""
    yield from _here(node, letters)
    for name, place, child in node.children():
        if isinstance(child, tree.Condition):
            continue
        for kind, words, changed in _below(child, letters):
            is_slope = isinstance(node, tree.Partial | tree.Gradient | tree.Jacobian)
            is_variable = is_slope and name in ("of", "bottom")
            if is_variable and not isinstance(changed, tree.Symbol):
                continue  # the variable of a derivative stays a letter
            if isinstance(node, tree.Transpose) and isinstance(changed, tree.Transpose):
                continue  # twice transposed is not at all
            yield kind, words, node.with_child(name, place, changed)


def _here(node, letters):
    for rule in (_of_symbol, _of_indices, _of_function, _of_product, _of_sum, _of_array):
        yield from rule(node, letters)


def _signed(node):
    if isinstance(node, tree.Negative):
        yield "sign", f"without the minus before {write_node(node.body)}", node.body
    elif not (isinstance(node, tree.Number) and node.digits == "0"):
        yield "sign", f"with a minus before {_what(node)}", tree.Negative(node, span=node.span)


def _what(node):
    """Return in words what a minus is written before: its beginning is enough, and a bracket is a bracket."""
    text = write_node(node)
    if isinstance(node, tree.Total):
        return "the sum"
    return "the bracket" if text.startswith("\\left(") else text


def _of_symbol(node, letters):
    if not isinstance(node, tree.Symbol):
        return
    name = write_node(node)
    if node.letter in "yzYZ":
        verb = "without the hat of" if node.hat else "with a hat on"
        yield "hat", f"{verb} {name}", replace(node, hat=not node.hat)
    if node.letter in "rzRZ" and not node.hat:
        other = {"r": "z", "z": "r", "R": "Z", "Z": "R"}[node.letter]
        changed = replace(node, letter=other)
        yield "r and z", f"with {write_node(changed)} in place of {name}", changed
    if node.bold and node.letter != "1":
        yield (
            "bold",
            f"with {node.letter} in place of {name}",
            replace(node, bold=False, sliced=False, layer=None),
        )
    if node.sliced:
        yield "slice", f"with column 0 left in {name}", replace(node, sliced=False)
    elif node.bold and node.letter in "VW":
        yield "slice", f"without column 0 of {name}", replace(node, sliced=True)
    if node.layer:
        changed = replace(node, layer="k" if node.layer == "k-1" else "k-1")
        yield "layer", f"with {write_node(changed)} in place of {name}", changed


def _of_indices(node, letters):
    indices = getattr(node, "indices", ())
    name = write_node(node) if indices else ""
    if len(indices) == 2 and indices[0] != indices[1]:
        yield "exchange", f"with the indices of {name} exchanged", replace(node, indices=indices[::-1])
    for place, index in enumerate(indices):
        for other in letters if index in tuple(ANY_INDEX_LETTERS) else ():
            if other != index:
                changed = replace(node, indices=(*indices[:place], other, *indices[place + 1 :]))
                yield "index", f"with {write_node(changed)} in place of {name}", changed


def _of_function(node, letters):
    if isinstance(node, tree.Apply) and (node.primed or _may_be_primed(node.function)):
        verb = "without the prime of" if node.primed else "with a prime at"
        yield "prime", f"{verb} {write_node(node)}", replace(node, primed=not node.primed)
    if isinstance(node, tree.Negative):
        return
    inside = node.arguments if isinstance(node, tree.Apply) else ()
    inside += (node.exponent,) if isinstance(node, tree.Power) else ()
    for part in inside:
        for _, words, changed in _signed(part):
            if isinstance(node, tree.Power):
                yield "sign", words, replace(node, exponent=changed)
            elif node.function not in ("softmax", "diag", "sigma"):
                arguments = tuple(changed if other is part else other for other in node.arguments)
                yield "sign", words, replace(node, arguments=arguments)


def _may_be_primed(function):
    """Return whether a prime may slip in: at sigma, and where a slope has no other name, as that of ReLU."""
    own = activation_labelled(function)
    return function == "sigma" or (own is not None and has_one_slope(own))


def _of_product(node, letters):
    if isinstance(node, tree.Product):
        for place, factor in enumerate(node.factors):
            rest = (*node.factors[:place], *node.factors[place + 1 :])
            yield "factor", f"without the factor {write_node(factor)}", _product(rest, node)
            if isinstance(factor, tree.Negative):
                changed = replace(
                    node, factors=(*node.factors[:place], factor.body, *node.factors[place + 1 :])
                )
                yield "sign", f"without the minus before {write_node(factor.body)}", changed
    elif isinstance(node, tree.Elementwise):
        yield "factor", f"without the factor {write_node(node.right)}", node.left
        yield "factor", f"without the factor {write_node(node.left)}", node.right
    elif isinstance(node, tree.Quotient):
        yield "factor", f"without the division by {write_node(node.bottom)}", node.top
    elif isinstance(node, tree.Transpose):
        yield "transpose", f"without the transpose of {write_node(node.body)}", node.body


def _product(factors, node):
    return factors[0] if len(factors) == 1 else tree.Product(factors, span=node.span)


def _of_sum(node, letters):
    if isinstance(node, tree.Sum):
        for place, term in enumerate(node.terms):
            if isinstance(term, tree.Dots):
                continue
            for kind, words, changed in _signed(term):
                words = _other_sign(term) if place else words
                terms = (*node.terms[:place], changed, *node.terms[place + 1 :])
                yield kind, words, replace(node, terms=terms)
    elif isinstance(node, tree.Total):
        name = "max" if node.largest else "sum"
        yield "sum", f"without the {name} over {node.index}", node.body
        if node.limits:
            start, end = node.limits
            yield "limit", f"with the sum from {1 - start}", replace(node, limits=(1 - start, end))


def _other_sign(term):
    """Return in words what happens to the sign between two terms."""
    is_minus = isinstance(term, tree.Negative)
    after = term.body if is_minus else term
    what = "the sum" if isinstance(after, tree.Total) else write_node(after)
    come, gone = ("plus", "minus") if is_minus else ("minus", "plus")
    return f"with a {come} in place of the {gone} before {what}"


def _of_array(node, letters):
    if isinstance(node, tree.Symbol) and node.bold and node.letter != "1":
        yield "transpose", f"with {write_node(node)} transposed", tree.Transpose(node, span=node.span)
