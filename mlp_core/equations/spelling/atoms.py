"""What a factor may be, by the token that it begins with; and what may be set behind it, above or below."""

from ..language import tree
from .conditions import read_condition
from .functions import function_here, read_function
from .indices import RELATION, entry_index, is_transpose, read_indicator, read_kronecker
from .reader import text_of, whole
from .slopes import read_fraction, read_gradient, read_inline_partial, read_over
from .sums import ends, is_differential, read_sum
from .tables import read_cases, read_matrix
from .totals import read_total

MATRICES = ("matrix", "pmatrix", "bmatrix", "smallmatrix", "array", "Bmatrix")


def read_factor(r):
    """Return one factor, with what is set above and below it."""
    start = r.position()
    r.loose, r.open_end = False, False
    with r.deeper():
        node = _read_atom(r)
        loose, open_end = r.loose, r.open_end
        if not open_end and not loose:
            node = _with_scripts(r, node, start)
        r.loose, r.open_end = loose, open_end
    return node


def _read_atom(r):
    text = r.peek()
    if r.is_word() and not r.letters.knows_word(r) and text not in ("d", "e"):
        return read_function(r) if function_here(r) else r.refuse()
    if r.letters.stands_here(r):
        return r.letters.read(r)
    if text in FRAMES:
        return _framed(r)
    if text in ATOMS:
        return ATOMS[text](r)
    if text.startswith("\\begin"):
        return _environment(r)
    if function_here(r):
        return read_function(r)
    if text[:1].isdigit():
        return _number(r)
    if is_differential(r):
        return read_inline_partial(r)
    return r.refuse()


def _with_scripts(r, node, start):
    """Return a factor raised or transposed, or an entry of it, as its scripts say."""
    for _ in range(3):
        if r.peek() == "|" and r.peek(1) == "_":
            _barred(r)
        elif r.peek() == "'" and isinstance(node, tree.Quotient | tree.Sum | tree.Power):
            node = _slope_of_brackets(r, node, start)
        elif r.peek() == "^" and not isinstance(node, tree.Power):
            r.take()
            node = raised(r, node, r.argument(), start)
        elif r.peek() == "_":
            here = r.position()
            r.take()
            index = entry_index(r, r.argument(), here)
            if isinstance(node, tree.Apply):
                r.use("entry of a function")
            node = r.placed(tree.Entry(node, index), start)
    return node


def _slope_of_brackets(r, node, start):
    """Return the slope that a prime behind brackets says, by the one letter that stands in them."""
    letters = {part for part in node.walk() if isinstance(part, tree.Symbol)}
    if len(letters) != 1 or not any(isinstance(part, tree.Apply) for part in node.walk()):
        r.refuse(r"by what is the slope? write \frac{\partial (…)}{\partial t}; transposed is ^T")
    r.take("'")
    r.use("prime behind brackets")
    (one,) = letters
    return r.placed(tree.Partial(node, one), start)


def _barred(r):
    """Note the condition behind a bar: \\frac{\\partial z_i}{\\partial \\hat z_j} |_{i = j}."""
    r.take("|")
    r.take("_")
    r.use("bar with a condition")
    part = r.inside(r.argument())
    condition = read_condition(part)
    if not part.finished() or condition.kind not in ("same", "distinct"):
        part.refuse("only i = j and i \\ne j are read behind a bar")
    if condition not in r.said:
        r.said.append(condition)


def raised(r, node, tokens, start):
    """Return a node with a superscript: transposed, or to a power."""
    if is_transpose(tokens):
        return r.placed(tree.Transpose(node), start)
    return r.placed(tree.Power(node, whole(r.inside(tokens), read_sum)), start)


def _number(r):
    token = r.take()
    if token.text == "1" and (r.peek() == "_" or _condition_follows(r)):
        return read_indicator(r)
    return tree.Number(token.text, span=(token.start, token.end))


def _condition_follows(r):
    """Return whether brackets with a relation follow a 1, as in 1\\{i = j\\} and 1[t > 0]."""
    if r.peek() not in ("[", "\\{"):
        return False
    inside = r.tokens[r.place + 1 : r.place + r.closing()]
    return any(token.text in RELATION for token in inside)


def _brackets(r):
    """Return what stands in brackets: a sum, the numbers of a column, or two things side by side."""
    start, kind = r.position(), r.peek()
    if kind == "\\{" and r.peek(1).startswith(("\\begin{array", "\\begin{matrix")):
        r.take()
        r.use("cases without their name")
        return read_cases(r)
    if kind == "\\{":
        r.use("curly brackets")
    tokens = r.bracketed()
    if kind == "[" and _holds_relation(tokens):
        return read_indicator(r, tokens)
    part = r.inside(tokens)
    parts, is_column = [read_sum(part)], False
    while separator := part.take(",", ";"):
        is_column = is_column or separator.text == ";"
        parts.append(read_sum(part))
    if not part.finished():
        part.refuse()
    if len(parts) == 1:
        return parts[0]
    if kind == "[" and len(parts) == 2 and is_column:
        r.use("matrix")
        return r.placed(tree.Stacked(*parts), start)
    if kind == "[" and len(parts) == 2:
        return r.placed(tree.Beside(*parts), start)
    return r.placed(tree.Tuple(tuple(parts)), start)


def _holds_relation(tokens):
    """Return whether an equals sign stands between brackets, and in no limits or indices there."""
    depth = 0
    for token in tokens:
        depth += (token.text in ("{", "(")) - (token.text in ("}", ")"))
        if depth == 0 and token.text in ("=", "\\ne"):
            return True
    return False


def _inner_product(r):
    """Return \\langle a, b \\rangle, which is a^T b."""
    start = r.position()
    r.take()
    left = read_sum(r)
    r.take(",", "|", "\\mid") or r.refuse()
    right = read_sum(r)
    r.expect("\\rangle")
    r.use("inner product")
    return r.placed(tree.Product((tree.Transpose(left, span=left.span), right)), start)


def _group(r):
    """Return what stands in braces, which are not printed: {\\hat z}_i, {a \\over b}."""
    r.use("braces")
    start, tokens = r.position(), r.bracketed()
    if (place := _over(tokens)) is not None:
        return read_over(r, r.inside(tokens[:place]), r.inside(tokens[place + 1 :]), start)
    part = r.inside(tokens)
    node = read_sum(part)
    if not part.finished():
        part.refuse()
    return node


def _over(tokens):
    """Return the place of \\over between what stands above and below, or None."""
    depth = 0
    for place, token in enumerate(tokens):
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0 and token.text == "\\over":
            return place
    return None


def _exponential(r):
    start = r.position()
    r.take()
    if r.peek() != "^":
        r.refuse(r"e is no letter of the table: write e^{…}, or \exp(…)", start)
    r.take()
    body = whole(r.inside(r.argument()), read_sum)
    return r.placed(tree.Apply("exp", (body,)), start)


def _root(r):
    start = r.position()
    r.take()
    r.use("root")
    if r.peek() == "[":
        r.refuse("only the square root is read: write a power, a^{1/n}")
    body = whole(r.inside(r.argument()), read_sum)
    return r.placed(tree.Power(body, tree.Quotient(tree.Number("1"), tree.Number("2"))), start)


def _norm(r):
    """Return \\|a\\|^2, which is a^T a; another norm is no construction of the dialect."""
    start = r.position()
    r.take()
    inner = []
    while r.peek() not in ("\\|", ""):
        inner.append(r.take())
    if not r.take("\\|"):
        hint = r"a divergence has no letter here: write \sum_l r_l \log \frac{r_l}{z_l}"
        r.refuse(f"this \\| is not closed; {hint}", start)
    if r.take("_"):
        text_of(r.argument()) == "2" or r.refuse("only the square of the length is read: write a^T a", start)
    if not r.take("^") or text_of(r.argument()) != "2":
        r.refuse("only the square of the length is read: write \\|a\\|^2, or a^T a", start)
    r.use("square of a length")
    body = whole(r.inside(inner), read_sum)
    return r.placed(tree.Product((tree.Transpose(body, span=body.span), body)), start)


def _framed(r):
    """Return what stands in a frame or a color, or over a brace with a word below it."""
    macro = r.take()
    r.use("frames")
    if macro.text == "\\textcolor":
        r.argument()
    inner = r.argument()
    while macro.text.endswith("brace") and r.take("_", "^"):
        r.argument()
    node = whole(r.inside(inner), read_sum)
    if isinstance(node, tree.Sum | tree.Negative) and not ends(r):
        r.refuse("write brackets round it, \\left( … \\right)", node.span[0])
    return node


FRAMES = ("\\underbrace", "\\overbrace", "\\boxed", "\\textcolor", "\\cancel")


def _environment(r):
    name = r.peek().split("{")[1].strip("} *")
    if name == "cases":
        return read_cases(r)
    return read_matrix(r) if name in MATRICES else r.refuse()


ATOMS = {
    "(": _brackets, "[": _brackets, "\\{": _brackets, "{": _group,
    "\\frac": read_fraction, "\\sum": read_total, "\\prod": read_total,
    "\\nabla": read_gradient, "\\partial": read_inline_partial, "\\delta": read_kronecker, "e": _exponential,
    "\\mathbb": read_indicator, "\\mathbb1": read_indicator, "\\mathds": read_indicator, "\\sqrt": _root,
    "\\langle": _inner_product, "\\|": _norm, "\\mathbbm": read_indicator,
}  # fmt: skip
