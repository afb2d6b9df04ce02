"""Fractions, and derivatives in all their spellings; where it would be a guess what is differentiated."""

from dataclasses import replace

from ..language import tree
from .functions import function_here
from .reader import text_of, whole
from .sums import ends, is_differential, read_product, read_sum

UNCLEAR = r"what is differentiated? write it above: \frac{\partial (…)}{\partial …}"


def read_fraction(r):
    """Return a fraction, or the derivative that it is written as."""
    start = r.position()
    r.take()
    upper = r.inside(r.argument())
    lower = r.inside(r.argument())
    return read_over(r, upper, lower, start)


def read_over(r, upper, lower, start):
    """Return a fraction, or a derivative, from what stands above and what stands below."""
    if is_differential(upper) and is_differential(lower) and lower.peek(1):
        return _derivative(r, upper, lower, start)
    return r.placed(tree.Quotient(whole(upper, read_sum), whole(lower, read_sum)), start)


def _derivative(r, upper, lower, start):
    """Return \\partial a / \\partial b from what stands above and below; without an a it is an operator."""
    _differential(upper)
    order = 1
    if upper.take("^"):
        order = text_of(upper.argument())
        order = (
            int(order)
            if order in ("1", "2")
            else upper.refuse("only a first and a second derivative are read")
        )
    variables = []
    while not lower.finished():
        if not is_differential(lower):
            lower.refuse()
        _differential(lower)
        variable, times = _variable(lower)
        variables += [variable] * times
    if len(variables) != order:
        r.refuse(f"there are {len(variables)} variables below, and the sign above says {order}", start)
    if order == 2:
        r.use("twice a derivative")
    if upper.finished():
        r.use("operator")
        body, open_end = _operated(r)
        r.open_end = open_end
    else:
        body = _under(upper, variables)
        r.open_end = False
    for variable in reversed(variables):
        if not isinstance(variable, tree.Symbol) and body != tree.Symbol("E"):
            r.refuse("by a part of a matrix only the slope of E is read", start)
        body = r.placed(slope_by(body, variable), start)
    return body


def _differential(r):
    token = r.take()
    if token.text == "d":
        r.use("d for a derivative")


def _variable(r):
    """Return (the letter that a derivative is by, how often)."""
    position = r.position()
    node = r.letters.read(r) if r.letters.stands_here(r) or r.peek() == "{" else r.refuse()
    if isinstance(node, tree.Power) and node.exponent == tree.Number("2"):
        return node.base, 2
    bare = node.body if isinstance(node, tree.Transpose) else node
    if not isinstance(bare, tree.Symbol | tree.Columns):
        r.refuse("a derivative is by one letter, such as z_i", position)
    return node, 1


def slope_by(body, variable):
    """Return the slope of something by a letter; of E by a part of a matrix, that part of its gradient."""
    if isinstance(variable, tree.Symbol) and not (variable.sliced and body == tree.Symbol("E")):
        return tree.Partial(body, variable)
    if isinstance(variable, tree.Transpose):
        return tree.Transpose(slope_by(body, variable.body))
    part, which = (variable, "1:") if isinstance(variable, tree.Symbol) else (variable.body, variable.which)
    return tree.Columns(tree.Gradient(replace(part, sliced=False)), which)


def _under(upper, variables):
    """Return what stands under the upper sign: one factor, or a product without brackets."""
    bracketed = upper.peek() in ("(", "[")
    if len(upper.tokens) - upper.place == 1 and function_here(upper) and len(variables) == 1:
        upper.use("function of its variable")
        name, token = function_here(upper), upper.take()
        return tree.Apply(name, (variables[0],), span=(token.start, token.end))
    node = read_sum(upper)
    if not upper.finished():
        upper.refuse()
    if isinstance(node, tree.Sum) and not bracketed:
        upper.refuse(f"{UNCLEAR}, with brackets round a sum", node.span[0])
    if isinstance(node, tree.Product | tree.Total | tree.Negative | tree.Quotient):
        upper.use("product under a derivative")
    return node


def _operated(r):
    """Return (what an operator stands before, whether that ends with a sum): the rest of its product."""
    bracketed = r.peek() in ("(", "[", "\\{")
    position, first = r.position(), r.place
    if bracketed:
        node = r.factor()
        if not ends(r) or r.peek() == "/":
            r.refuse(UNCLEAR, position)
        return node, False
    minus = r.take("-")
    node, open_end = read_product(r)
    tokens = r.tokens[first : r.place]
    factors = node.factors if isinstance(node, tree.Product) else ()
    is_chain = any(isinstance(factor, tree.Partial | tree.Gradient) for factor in factors)
    is_chain = is_chain or (factors and factors[0] == tree.Symbol("E"))
    if is_chain or (factors and any(token.text == "\\cdot" for token in tokens)) or minus:
        r.refuse(UNCLEAR, position)
    return node, open_end


def read_inline_partial(r):
    """Return \\partial a / \\partial b on one line, or \\partial_b a."""
    start = r.position()
    if r.peek() == "\\partial" and r.peek(1) == "_":
        return _by_subscript(r, start)
    _differential(r)
    if ends(r):
        r.refuse()
    body = r.factor()
    if r.peek() != "/" or not is_differential(r, 1):
        r.refuse(r"write a derivative as \frac{\partial E}{\partial z_i}", start)
    r.take("/")
    _differential(r)
    variable, times = _variable(r)
    if times != 1:
        r.refuse(r"write a derivative as \frac{\partial E}{\partial z_i}", start)
    r.use("partial on one line")
    r.loose, r.open_end = False, False
    return r.placed(slope_by(body, variable), start)


def _by_subscript(r, start):
    r.take("\\partial")
    r.take("_")
    r.use("partial by a subscript")
    part = r.inside(r.argument())
    variable, times = _variable(part)
    if times != 1 or not part.finished():
        part.refuse()
    body, open_end = _operated(r)
    r.open_end = open_end
    return r.placed(slope_by(body, variable), start)


def read_gradient(r):
    """Return \\nabla_b E."""
    start = r.position()
    r.take()
    if r.peek() == "^":
        return _second(r, start)
    if not r.take("_"):
        r.refuse(r"by what is the slope? write \nabla_{\mathbf W} E, with the letter below")
    place = r.place
    below = r.argument()
    if r.peek() == "^" and r.peek(1) in ("2", "{"):
        r.tokens = [*r.tokens[: place - 1], *_squared(r), *r.tokens[place - 1 : r.place], *_behind(r)]
        r.place = place - 1
        return _second(r, start)
    part = r.inside(below)
    variable, _ = _variable(part)
    if not part.finished():
        part.refuse()
    is_row = isinstance(variable, tree.Symbol) and variable.letter in "wv" and len(variable.indices) == 1
    if is_row:
        _only_of_e(r)
        r.use("row of a matrix")
        if r.peek() == "(":
            r.bracketed()  # what E is said to depend on
        return r.placed(tree.Partial(tree.Symbol("E"), variable), start)
    if getattr(variable, "indices", ()):
        slope = r"\frac{\partial E}{\partial z_i}"
        r.refuse(f"a gradient is taken by a whole letter; by one number write {slope}", variable.span[0])
    if _is_of_another(r, variable):
        return _of_a_number(r, variable, start)
    _only_of_e(r)
    if isinstance(variable, tree.Symbol) and not variable.bold:
        r.use("plain letter for the whole")
        letter = variable.letter.upper() if variable.letter in "wv" else variable.letter
        variable = tree.Symbol(letter, variable.hat, bold=True, span=variable.span)
    if isinstance(variable, tree.Symbol) and not variable.sliced:
        return r.placed(tree.Gradient(variable), start)
    return r.placed(slope_by(tree.Symbol("E"), variable), start)


def _squared(r):
    """Return the tokens of the superscript that comes next."""
    length = 1 if r.peek(1) != "{" else 3
    return r.tokens[r.place : r.place + 1 + length]


def _behind(r):
    return r.tokens[r.place + len(_squared(r)) :]


def _second(r, start):
    """Return \\nabla^2_b E of a column b: the slopes of the gradient."""
    how = r"write \frac{\partial^2 E}{\partial \hat z_i \partial \hat z_j}, with indices"
    r.take("^")
    if text_of(r.argument()) != "2" or not r.take("_"):
        r.refuse(how, start)
    part = r.inside(r.argument())
    variable, _ = _variable(part)
    if not part.finished() or not isinstance(variable, tree.Symbol) or variable.indices:
        r.refuse(how, start)
    if variable.letter.isupper() or variable.sliced:
        r.refuse(how, start)
    _only_of_e(r)
    r.use("second gradient")
    variable = replace(variable, bold=True)
    return r.placed(tree.Jacobian(tree.Gradient(variable, span=variable.span), variable), start)


def _is_of_another(r, variable):
    """Return whether a gradient by a column is of something else than E."""
    is_column = isinstance(variable, tree.Symbol) and variable.letter.islower()
    return (
        is_column and r.peek() != "E" and not ends(r) and not (r.letters.stands_here(r) and r.peek(1) != "_")
    )


def _of_a_number(r, variable, start):
    """Return the gradient of a number, such as \\log z_k: its slopes by each entry of a column."""
    r.use("gradient of a number")
    body, open_end = _operated(r)
    r.open_end = open_end
    return r.placed(tree.Jacobian(body, replace(variable, bold=True)), start)


def _only_of_e(r):
    """Step over the E of a gradient, or refuse another letter."""
    position = r.position()
    what = (
        r.letters.read(r)
        if r.letters.stands_here(r)
        else r.refuse("only E has a gradient: write \\nabla_{\\mathbf z} E")
    )
    if what != tree.Symbol("E"):
        r.refuse(
            "only E has a gradient; write another's by one number, \\frac{\\partial …}{\\partial z_i}",
            position,
        )
