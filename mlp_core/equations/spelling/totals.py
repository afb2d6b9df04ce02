"""\\sum and \\max over an index: where the limits stand, what is left out, and how far it reaches."""

import re

from ..language import tree
from .indices import indices_of, other_than
from .reader import text_of
from .sums import read_product, read_sum

BEHIND_0 = "behind 0"


def read_total(r):
    """Return a sum over one index or more, to the end of its product."""
    start = r.position()
    is_product = r.take("\\sum", "\\prod").text == "\\prod"
    below, above = [], None
    for _ in range(2):
        if not below and r.take("_"):
            below = r.argument()
        elif above is None and r.take("^"):
            above = text_of(r.argument()).strip("{}")
    letters, first, left_out = _over(r, below, start)
    limits = _limits(r, letters, first, above, start)
    minus = r.take("-")
    if minus:
        r.use("minus under a sum")
    body, _ = read_product(r)
    if r.peek() == "\\odot":
        r.refuse("write brackets round the sum before \\odot")
    body = tree.Negative(body, span=body.span) if minus else body
    if left_out:
        r.use("all but one")
        same = tree.Kronecker(left_out, span=(start, body.span[0]))
        body = tree.Product((other_than(same), body), span=body.span)
    if is_product:
        r.use("product over an index")
        body = tree.Apply("log", (body,), span=body.span)
    for letter in reversed(letters):
        body = r.placed(tree.Total(letter, body, limits), start)
    if is_product:
        body = r.placed(tree.Apply("exp", (body,)), start)
    r.open_end, r.loose = True, False
    return body


def _over(r, tokens, start):
    """Return (letters, first or None, the pair of which one is left out or None) of what stands below."""
    tokens = [t for t in tokens if t.text not in ("\\substack", "{", "}", "\\\\")]
    text = text_of(tokens)
    if not text:
        r.refuse(r"what is it summed over? write \sum_i, or \sum_{j=0}^{H}", start)
    whole = re.fullmatch(r"([a-z])(?:=([01]))?,?(?:([a-z])\\ne([a-z]))?", text)
    other = re.fullmatch(r"([a-z])\\ne([a-z])", text)
    behind_0 = re.fullmatch(r"([a-z])(?:>0|\\ge1|\\ne0)", text)
    if behind_0:
        r.use("sum behind 0")
        return [behind_0[1]], BEHIND_0, None
    if other:
        return [other[1]], None, (other[1], other[2])
    if whole:
        left_out = (whole[3], whole[4]) if whole[3] else None
        if left_out and whole[1] not in left_out:
            r.refuse(f"{text} does not say what {whole[1]} leaves out", start)
        return [whole[1]], None if whole[2] is None else int(whole[2]), left_out
    if re.fullmatch(r"[a-z](,?[a-z])+", text):
        r.use("sum over two")
        return list(indices_of(r, tokens)), None, None
    return r.refuse(rf"{text} below \sum is not read: write \sum_{{j=0}}^{{H}}, or \sum_{{k \ne i}}", start)


def _limits(r, letters, first, above, start):
    """Return (first, size), or None for the whole range of the index."""
    if first == BEHIND_0:
        return (1, "?") if not above else r.refuse(r"write \sum_{j=1}^{H}", start)
    if not above:
        if above == "":
            r.use("limits")
        if first in (0, 1):
            size = f"{letters[0]}={first}"
            r.refuse(rf"where does the sum end? write \sum_{{{size}}}^{{K}}, or ^{{H}}, or ^{{D}}", start)
        return None
    if first is not None and len(letters) == 1 and re.fullmatch("[A-Za-z]", above):
        return (first, above)
    r.use("limits")
    if above in ("K", "B"):
        return (1, above)
    if re.fullmatch("[A-Za-z]", above) and above not in ("H", "D"):
        return ("?", above)
    if above in ("H", "D"):
        letter = letters[0]
        choice = rf"\sum_{{{letter}=0}}^{{{above}}} (with the bias) or \sum_{{{letter}=1}}^{{{above}}}"
        r.refuse(rf"\sum_{letter}^{above} does not say where it begins: write {choice}", start)
    return r.refuse(rf"\sum_{letters[0]}^{above}: write \sum_{{{letters[0]}=1}}^{{K}}", start)


def read_largest(r, start):
    """Return \\max over an index: \\max_l z_l, also with brackets."""
    r.take("_")
    letters, first, left_out = _over(r, r.argument(), start)
    if first is not None or left_out or len(letters) != 1:
        r.refuse(r"write \max_l z_l", start)
    if r.peek() in ("(", "[", "\\{", "{"):
        r.use("brackets of max")
        part = r.inside(r.bracketed())
        body = read_sum(part)
        if not part.finished():
            part.refuse()
    else:
        body = r.factor()
        if not isinstance(body, tree.Symbol):
            r.refuse(r"write brackets round what \max is taken of: \max_l (…)", body.span[0])
    return r.placed(tree.Total(letters[0], body, largest=True), start)
