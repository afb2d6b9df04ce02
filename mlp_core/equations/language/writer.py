"""From a tree back to the LaTeX of the dialect; reading it again gives the same tree."""

from ...formulas.activations import ACTIVATIONS
from . import tree
from .rules import Rules

LOOSE, TERM, FACTOR = 0, 1, 2  # what may stand here without brackets: a sum, a product, one factor
MACROS = ("sigma", "log", "tanh", "max")  # that the grammar knows; other names stand in \operatorname
RULES = Rules("writer")  # node -> (its text, how tightly it holds together)


def write(equation):
    """Return an equation as a display holds it."""
    if equation.assumed:
        text = rf"\text{{assume }} {write_condition(equation.assumed[0])}"
    else:
        text = _side(equation.sides[0])
        for relation, side in zip(equation.relations, equation.sides[1:], strict=True):
            text += f" {relation} {_side(side)}"
        for condition in equation.conditions:
            text += rf" \quad {write_condition(condition)}"
    return text + (rf" \tag{{{equation.tag}}}" if equation.tag else "")


def write_condition(condition):
    """Return a condition as a display holds it."""
    a, b = (*condition.of, "", "")[:2]
    label = ACTIVATIONS[a].label if condition.kind == "sigma" else ""
    return {
        "sum": r"\sum_l r_l = 1",
        "least": rf"{a} \ge 1",
        "distinct": rf"{a} \ne {b}",
        "size": f"{a} = {b}",
        "one-hot": f"r_{a} = 1",
        "gradients are rows": r"\text{gradients are rows}",
        "vectors are rows": r"\text{vectors are rows}",
        "repeated": r"\text{repeated indices are summed}",
        "biases are apart": r"\text{biases are apart}",
        "the last layer is elementwise": r"\text{the last layer is elementwise}",
        "summed": r"E \text{ is summed over the batch}",
        "positive": f"{a} > 0",
        "not positive": rf"{a} \le 0",
        "negative": f"{a} < 0",
        "not negative": rf"{a} \ge 0",
        "sigma": rf"\sigma = {_function(label)}",
    }[condition.kind]


def _side(node):
    return write_node(node, LOOSE)


def write_node(node, room=LOOSE):
    """Return a node, in brackets where it would be read otherwise without them."""
    text, tightness = RULES[type(node)](node)
    return rf"\left({text}\right)" if tightness < room else text


@RULES.of(tree.Symbol)
def _symbol(node):
    letter = rf"\mathbf {node.letter}" if node.bold else node.letter
    if node.hat:
        letter = rf"\hat{{{letter}}}" if node.bold else rf"\hat {letter}"
    subscript = "_{:,1:}" if node.sliced else _subscript(node.indices)
    return letter + (f"^{{({node.layer})}}" if node.layer else "") + subscript, FACTOR


def _subscript(indices):
    text = "".join(map(str, indices))
    return f"_{{{text}}}" if len(indices) > 1 else f"_{text}" if text else ""


@RULES.of(tree.Sum)
def _sum(node):
    text = (
        write_node(node.terms[0], TERM)
        if not isinstance(node.terms[0], tree.Negative)
        else _of(node.terms[0])
    )
    for term in node.terms[1:]:
        negative = isinstance(term, tree.Negative)
        text += (" - " if negative else " + ") + write_node(term.body if negative else term, TERM)
    return text, LOOSE


def _of(node):
    return RULES[type(node)](node)[0]


@RULES.of(tree.Product)
def _product(node):
    *first, last = node.factors
    parts = [write_node(factor, FACTOR) for factor in first]
    is_total = isinstance(last, tree.Total) and not last.largest
    parts.append(_of(last) if is_total else write_node(last, FACTOR))
    return r"\, ".join(parts), TERM


@RULES.of(tree.Elementwise)
def _elementwise(node):
    def factors(part):
        plain = isinstance(part, tree.Product) and not isinstance(part.factors[-1], tree.Total)
        return _of(part) if plain else write_node(part, FACTOR)

    left = _of(node.left) if isinstance(node.left, tree.Elementwise) else factors(node.left)
    return rf"{left} \odot {factors(node.right)}", TERM


@RULES.of(tree.Apply)
def _apply(node):
    inside = ", ".join(map(_side, node.arguments))
    if node.function == "exp":
        return f"e^{{{inside}}}", FACTOR
    return rf"{_function(node.function)}{chr(39) * node.primed}\left({inside}\right)", FACTOR


def _function(name):
    return rf"\{name}" if name in MACROS else rf"\operatorname{{{name}}}"


@RULES.of(tree.Total)
def _total(node):
    if node.largest:
        return rf"\max_{node.index} {write_node(node.body, FACTOR)}", FACTOR
    over = (
        f"_{node.index}"
        if node.limits is None
        else f"_{{{node.index}={node.limits[0]}}}^{{{node.limits[1]}}}"
    )
    return rf"\sum{over} {write_node(node.body, TERM)}", TERM


@RULES.of(tree.Power)
def _power(node):
    return f"{_raised(node.base)}^{{{_side(node.exponent)}}}", FACTOR


def _raised(node):
    """Return what a superscript is set on: in brackets where it bears one already."""
    text = write_node(node, FACTOR)
    bears_one = isinstance(node, tree.Power | tree.Transpose) or getattr(node, "layer", None)
    bears_one = bears_one or getattr(node, "function", "") == "exp"
    return rf"\left({text}\right)" if bears_one else text


@RULES.of(tree.Cases)
def _cases(node):
    rows = (rf"{_side(v)} & {write_condition(c)}" for v, c in zip(node.values, node.conditions, strict=True))
    inside = r" \\ ".join(rows)
    return rf"\begin{{cases}} {inside} \end{{cases}}", FACTOR


def _set_on(node):
    """Return what a subscript is set on: a letter, or brackets."""
    text = _of(node)
    return text if isinstance(node, tree.Symbol) else rf"\left({text}\right)"


# What is one line

RULES |= {
    tree.Number: lambda n: (n.digits, FACTOR),
    tree.Kronecker: lambda n: (rf"\delta{_subscript(n.indices)}", FACTOR),
    tree.Dots: lambda n: (r"\dots", TERM),
    tree.Negative: lambda n: (f"-{write_node(n.body, TERM)}", LOOSE),
    tree.Quotient: lambda n: (rf"\frac{{{_side(n.top)}}}{{{_side(n.bottom)}}}", FACTOR),
    tree.Transpose: lambda n: (f"{_raised(n.body)}^T", FACTOR),
    tree.Partial: lambda n: (
        rf"\frac{{\partial {write_node(n.top, FACTOR)}}}{{\partial {_of(n.bottom)}}}",
        FACTOR,
    ),
    tree.Gradient: lambda n: (rf"\nabla_{{{_of(n.of)}}} E", FACTOR),
    tree.Jacobian: lambda n: (
        rf"\frac{{\partial {write_node(n.top, FACTOR)}}}{{\partial {_of(n.bottom)}}}",
        FACTOR,
    ),
    tree.Columns: lambda n: (rf"{_set_on(n.body)}_{{:,{n.which}}}", FACTOR),
    tree.Beside: lambda n: (f"[{_side(n.left)}, {_side(n.right)}]", FACTOR),
    tree.Stacked: lambda n: (
        rf"\begin{{pmatrix}}{_side(n.upper)} \\ {_side(n.lower)}\end{{pmatrix}}",
        FACTOR,
    ),
    tree.Entry: lambda n: (rf"[{_side(n.body)}]_{n.index}", FACTOR),
    tree.Tuple: lambda n: (rf"\left({', '.join(map(_side, n.entries))}\right)", FACTOR),
}
