"""Functions of the closed list: by which names they go, and how far one reaches that has no brackets."""

from dataclasses import replace

from ...formulas.activations import ACTIVATIONS
from ..language import tree
from ..language.notation import FUNCTIONS, activation_labelled
from .indices import entry_index
from .reader import negative, text_of, whole
from .sums import ends, read_sum
from .totals import read_largest, read_total

MACROS = {"\\log": "log", "\\exp": "exp", "\\tanh": "tanh", "\\max": "max", "\\sigma": "sigma"}
BY_ANOTHER_NAME = {"\\phi": "sigma", "\\varphi": "sigma"}  # the function of the hidden units
ALIASES = {"logistic": "sigmoid", "sigm": "sigmoid", "smax": "softmax", "ln": "log"}
COMPOSED = (
    "logsoftmax",
    "logsumexp",
    "lse",
    "sinh",
    "cosh",
    "sech",
    "prod",
)  # which are functions of functions
ELEMENTWISE = ("log", "exp", "sigma")


def names():
    """Return the names by which functions go, in small letters, and what the dialect calls them."""
    known = [*FUNCTIONS, *(one.label for one in ACTIVATIONS.values())]
    return {name.lower(): name for name in known} | ALIASES | {name: name for name in COMPOSED}


def function_here(r):
    """Return the name of the function that begins here, or None."""
    text = r.peek()
    if text in r.letters.functions:
        return r.letters.functions[text]
    if text in MACROS:
        return MACROS[text]
    if text in BY_ANOTHER_NAME and r.peek(1) in ("(", "'", "[", "^"):
        return BY_ANOTHER_NAME[text]
    if not r.is_word() and not text.startswith("\\"):
        return None
    return names().get(text.replace("\\", "").replace("_", "").replace(" ", "").lower())


def read_function(r):
    """Return a function and its argument, with a power or an index that stands before the argument."""
    start, name = r.position(), function_here(r)
    token = r.take()
    bare_word = token.word and not r.latex[token.start :].startswith("\\")
    if bare_word or (token.text not in MACROS and (token.text != name or not _in_the_dialect(r, token))):
        r.use("name of a function")
    if name == "max" and r.peek() == "_":
        return read_largest(r, start)
    primed, power, index = _scripts(r, name)
    node = _applied(r, name, primed, start)
    if index is not None:
        r.use("entry of a function")
        node = r.placed(tree.Entry(node, index), start)
    if power is not None:
        r.use("power of a function")
        node = r.placed(tree.Power(node, power), start)
    return node


def _in_the_dialect(r, token):
    return r.latex[token.start :].startswith(("\\operatorname", "\\mathrm")) and not r.latex[
        token.start :
    ].startswith("\\operatorname*")


def _scripts(r, name):
    """Return (whether there is a prime, the power or None, the index or None) behind a function's name."""
    primed, power, index = False, None, None
    while r.peek() in ("'", "^", "_"):
        sign = r.take()
        if sign.text == "'":
            primed = _prime(r, name, primed, sign)
            continue
        position, tokens = r.position(), r.argument()
        if sign.text == "_":
            index = _below(r, name, tokens, position)
        elif text_of(tokens).strip("{}") == "'":
            primed = _prime(r, name, primed, sign)
        else:
            power = whole(r.inside(tokens), read_sum)
            if isinstance(power, tree.Negative):
                r.refuse("is it the inverse, or 1 over it? write \\frac{1}{…}", position)
    return primed, power, index


def _prime(r, name, primed, sign):
    if primed:
        r.refuse(
            "a second slope has no sign: write \\frac{\\partial …}{\\partial t} of the first", sign.start
        )
    if name not in ("sigma", "slopes") and activation_labelled(name) is None:
        r.refuse(
            f"{name}' is not on the list: write its slope out, or \\frac{{\\partial …}}{{\\partial t}}",
            sign.start,
        )
    return True


def _below(r, name, tokens, position):
    if name == "log" and text_of(tokens) == "e":
        return None
    if name == "log":
        r.refuse("only the natural logarithm is read: write \\frac{\\log …}{\\log 2}", position)
    return entry_index(r, tokens, position)


def _applied(r, name, primed, start):
    """Return a function of what stands behind it."""
    if r.peek() in ("(", "[", "\\{"):
        if r.peek() == "\\{":
            r.use("curly brackets")
        part = r.inside(r.bracketed())
        arguments = [read_sum(part)]
        while part.take(","):
            arguments.append(read_sum(part))
        if not part.finished():
            part.refuse()
        return _made(r, name, tuple(arguments), primed, start)
    if r.peek() == "{" and not _only_a_letter(r):
        r.use("braces of a function")
        return _made(r, name, (whole(r.inside(r.bracketed()), read_sum),), primed, start)
    return _made(r, name, (_reached(r, name),), primed, start, loose=True)


def _only_a_letter(r):
    return r.closing() == 2


def _reached(r, name):
    """Return what a function without brackets takes: one letter or number; a sum, a fraction, a function."""
    if r.peek() in ("\\sum", "\\prod"):
        r.use("reach of a function")
        return read_total(r)
    if ends(r) or (r.peek() == "\\partial"):
        r.refuse(f"of what is {name} taken? write brackets, \\{name}(t)" if ends(r) else None)
    position, head = r.position(), r.peek()
    node = r.factor()
    loose_inside = r.loose
    r.open_end = r.open_end and head in ("\\sum", "\\prod")
    if isinstance(node, tree.Power) and head not in ("e", "("):
        r.refuse(f"what is raised? write \\{name}(a^n), or (\\{name} a)^n", position)
    if isinstance(node, tree.Symbol | tree.Number):
        return node
    r.use("reach of a function")
    if not (ends(r) or loose_inside) or r.peek() in ("/",):
        r.refuse(f"where does the argument end? write brackets, \\{name}(…)")
    return node


def _made(r, name, arguments, primed, start, loose=False):
    """Return the node of a function; what is composed of several is written out."""
    r.loose = loose and not isinstance(arguments[0], tree.Number | tree.Symbol)
    r.open_end = isinstance(arguments[0], tree.Total) and loose and not arguments[0].largest
    if loose:
        r.loose = True
    if name == "slopes":
        slopes = tree.Apply("sigma", arguments, primed=True, span=arguments[0].span)
        return r.placed(tree.Apply("diag", (slopes,)), start) if primed else r.refuse(position=start)
    if name in COMPOSED:
        return _composed(r, name, arguments, start)
    if (
        name == "max"
        and len(arguments) == 1
        and isinstance(arguments[0], tree.Symbol)
        and not arguments[0].indices
    ):
        r.use("largest of a column")
        return r.placed(
            tree.Total("l", replace(arguments[0], bold=False, indices=("l",)), largest=True), start
        )
    if name == "max" and len(arguments) == 1 and len(getattr(arguments[0], "indices", ())) == 1:
        r.use("largest of one number")
        one = replace(arguments[0], indices=("l",))
        return r.placed(tree.Total("l", one, largest=True), start)
    if name == "softmax" and len(arguments) == 1 and len(getattr(arguments[0], "indices", ())) == 1:
        r.use("softmax of one number")
        one = arguments[0]
        whole_letter = replace(one, bold=True, indices=())
        inner = r.placed(tree.Apply("softmax", (whole_letter,)), start)
        return r.placed(tree.Entry(inner, one.indices[0]), start)
    label = activation_labelled(name)
    name = label.label if label else name
    return r.placed(tree.Apply(name, arguments, primed), start)


def _chained(r, arguments, start):
    """Return prod(∂E/∂b, ∂b/∂a), the chain rule: the turned slopes of b times the gradient by b."""
    both = len(arguments) == 2 and all(isinstance(a, tree.Partial | tree.Gradient) for a in arguments)
    variables = [getattr(a, "bottom", None) or a.of for a in arguments] if both else ()
    is_column = [isinstance(v, tree.Symbol) and not v.indices and v.letter.islower() for v in variables]
    if not variables or not all(is_column):
        how = "\\nabla_{\\hat{\\mathbf z}} E \\, [1, \\mathbf y^T]"
        r.refuse(f"prod is read of slopes by columns: by a matrix write a column times a row, {how}", start)
    gradient, slopes = arguments
    return r.placed(tree.Product((tree.Transpose(slopes, span=slopes.span), gradient)), start)


def _composed(r, name, arguments, start):
    """Return log softmax a, or log sum_l exp a_l of a letter."""
    r.use("composed functions")
    (argument, *more) = arguments
    if name == "sech" and not more:
        cosh = _composed(r, "cosh", arguments, start)
        return r.placed(tree.Quotient(cosh.bottom, cosh.top), start)
    if name in ("sinh", "cosh") and not more:
        growing, falling = (tree.Apply("exp", (a,), span=a.span) for a in (argument, negative(argument)))
        top = tree.Sum((growing, falling if name == "cosh" else negative(falling)), span=argument.span)
        return r.placed(tree.Quotient(top, tree.Number("2")), start)
    if name == "prod":
        return _chained(r, arguments, start)
    if name == "logsoftmax" and not more and len(getattr(argument, "indices", ())) == 1:
        inner = r.placed(tree.Apply("log", (_made(r, "softmax", arguments, False, start),)), start)
        return inner
    if more or not isinstance(argument, tree.Symbol) or argument.indices:
        r.refuse(f"{name} is read of one whole letter, as in {name}(\\hat{{\\mathbf z}})", start)
    if name == "logsoftmax":
        inner = r.placed(tree.Apply("softmax", arguments), start)
        return r.placed(tree.Apply("log", (inner,)), start)
    one = replace(argument, bold=False, indices=("l",))
    total = r.placed(tree.Total("l", tree.Apply("exp", (one,), span=argument.span)), start)
    return r.placed(tree.Apply("log", (total,)), start)
