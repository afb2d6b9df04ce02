"""Sums, products and quotients: what a sign, a dot and a slash part, and how far each reaches."""

from ..language import tree
from .comments import ARROWS
from .reader import CLOSING, OPENING, SIGNS, SPACES, negative

RELATIONAL = (*SIGNS, "\\ne", ">", "<", "\\in")


def read_sum(r):
    """Return a sum of products, such as a side is."""
    start, terms = r.position(), []
    sign = r.take("+", "-")
    while True:
        dots = r.take("\\dots")
        node = tree.Dots(span=(dots.start, dots.end)) if dots else read_term(r)
        terms.append(negative(node) if sign and sign.text == "-" else node)
        if not _another_term(r):
            break
        sign = r.take("+", "-")
    return terms[0] if len(terms) == 1 else r.placed(tree.Sum(tuple(terms)), start)


def _another_term(r):
    """Return whether a plus or a minus comes, perhaps on the next line."""
    ahead = 0
    while r.peek(ahead) in ("\\\\", "&", "\\quad", "\\qquad"):
        ahead += 1
    if r.peek(ahead) not in ("+", "-"):
        return False
    r.place += ahead
    return True


def read_term(r):
    """Return a product, or products with \\odot between them, which binds less than side by side."""
    start = r.position()
    node, open_end = read_product(r)
    while r.peek() == "\\odot":
        if open_end:
            r.refuse("write brackets round the sum before \\odot")
        r.take()
        right, open_end = read_product(r)
        if open_end:
            r.refuse("write brackets round the sum behind \\odot", right.span[0])
        node = r.placed(tree.Elementwise(node, right), start)
    return node


def read_product(r):
    """Return (product, whether it ends with a sum or an operator, which has no end of its own)."""
    start, factors, open_end, dot = r.position(), [], False, None
    while not ends(r):
        if factors and r.peek() == "\\cdot":
            dot = r.take()
            if r.peek() == "-" and r.peek(1) != "-":
                r.take()
                r.use("minus behind a dot")
                behind, open_end = read_product(r)
                factors.append(r.placed(negative(behind), dot.end))
                break
            if ends(r):
                r.refuse()
        elif factors and r.peek() == "/":
            factors[-1], open_end = _quotient(r, factors[-1])
        else:
            at_group = r.peek() == "{"
            node = r.factor()
            open_end = r.open_end
            if at_group and isinstance(node, tree.Sum | tree.Negative) and (factors or not ends(r)):
                r.refuse("braces are not printed: write brackets, \\left( … \\right)", node.span[0])
            if dot and _is_column(factors[-1]) and _is_column(node):
                factors[-1] = _turned(r, factors[-1], dot)
            factors.append(node)
            dot = None
            if node == tree.Symbol("E") and r.peek() == "(" and _names_alone(r):
                r.use("E of its arguments")
                r.bracketed()
        if open_end:
            break
    if not factors:
        r.refuse()
    node = factors[0] if len(factors) == 1 else r.placed(tree.Product(tuple(factors)), start)
    return node, open_end


def _turned(r, column, dot):
    """Return a column as the row that stands before a dot and a column; another sign there is not clear."""
    if dot.was not in ("", "@"):
        r.refuse(
            "of two columns: write \\odot for entry by entry, \\mathbf a^T \\mathbf b for one number",
            dot.start,
        )
    r.use("dot of two columns")
    return tree.Transpose(column, span=column.span)


def _names_alone(r):
    """Return whether a bracket holds nothing but whole letters: E(\\mathbf r, \\mathbf z)."""
    part = r.inside(r.tokens[r.place + 1 : r.place + r.closing()])
    while part.letters.stands_here(part):
        node = part.letters.read(part)
        if not isinstance(node, tree.Symbol) or node.indices:
            return False
        if part.finished():
            return True
        if not part.take(",", ";"):
            return False
    return False


def ends(r):
    """Return whether a product is at its end: at a sign, a closing bracket, a condition or a new line."""
    text = r.peek()
    if not text or text in SIGNS or text in SPACES or text in CLOSING:
        return True
    if text in ARROWS:
        return True
    if text in ("+", "-", "\\odot", "\\rangle", "\\tag", "\\forall", "\\over") or text.startswith(
        ("\\end", "\\tag")
    ):
        return True
    if text == ":" or text in RELATIONAL:
        return True
    return at_condition(r)


CONDITION_WORDS = ("if", "for", "when", "where", "with", "whenever", "provided", "otherwise", "else", "and")
REASON_WORDS = ("assuming", "given", "unless", "iff", "since", "because", "using", "otherwise.")


def at_condition(r):
    """Return whether a condition begins here: \\text{if …}, or (i \\ne j) in brackets."""
    if r.is_word():
        words = r.peek().lower().replace(",", " ").split()
        return bool(words) and words[0] in CONDITION_WORDS + REASON_WORDS
    if r.peek() not in ("(", "["):
        return False
    depth = 0
    for ahead in range(len(r.tokens) - r.place):
        text = r.peek(ahead)
        depth += (text in OPENING) - (text in CLOSING)
        if depth == 0:
            follows = r.peek(ahead + 1)
            return False if ahead == 0 else _is_relation_inside(r, ahead) and follows in ("", *SPACES, ")")
    return False


def _is_relation_inside(r, length):
    """Return whether a relation stands between a bracket and its end, in no bracket or brace of its own."""
    depth = 0
    for ahead in range(1, length):
        text = r.peek(ahead)
        depth += (text in OPENING) - (text in CLOSING)
        if depth == 0 and text in RELATIONAL:
            return True
    return False


def _quotient(r, left):
    """Return (quotient, whether it ends with a sum): one factor over one, or over a sum to its end."""
    is_bare = isinstance(left, tree.Apply) and isinstance(left.arguments[0], tree.Symbol | tree.Number)
    if r.loose and not is_bare:
        r.refuse("what is under the slash? write \\frac{…}{…}, or brackets round the function's argument")
    slash = r.take("/")
    if r.peek() == "/":
        r.refuse()
    is_plain = isinstance(left, tree.Number)
    right = r.factor()
    open_end = r.open_end
    is_plain = is_plain and (isinstance(right, tree.Number) or right in (tree.Symbol("K"), tree.Symbol("B")))
    if not open_end and not is_plain and (r.peek() in ("/", "\\cdot") or not ends(r)):
        r.refuse("a / b c can be read in two ways: write \\frac{a}{b} c, or \\frac{a}{b c}", slash.start)
    if open_end and isinstance(right, tree.Total):
        of_sum = right.body.factors if isinstance(right.body, tree.Product) else ()
        if any(right.index not in _letters_in(factor) for factor in of_sum):
            r.refuse("where does the sum under the slash end? write \\frac{…}{\\sum …}", slash.start)
    if not isinstance(right, tree.Number):
        r.use("slash")
    return tree.Quotient(left, right, span=(left.span[0], right.span[1])), open_end


def _letters_in(node):
    """Return the index letters that stand in a node."""
    return {letter for part in node.walk() for letter in getattr(part, "indices", ())}


def _is_column(node):
    """Return whether a factor is a column as it is spelled: \\mathbf z, or \\log \\mathbf z."""
    if isinstance(node, tree.Symbol):
        plain_whole = not node.bold and not node.indices and node.letter in "xyzrqug"
        return (node.bold or plain_whole) and node.letter.islower() and not node.layer
    if isinstance(node, tree.Apply):
        return len(node.arguments) == 1 and _is_column(node.arguments[0])
    return False


def is_differential(r, ahead=0):
    """Return whether \\partial, d or \\mathrm d stands here."""
    return r.peek(ahead) in ("\\partial", "d")
