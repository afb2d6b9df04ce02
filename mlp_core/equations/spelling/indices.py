"""What stands below a letter and what it may mean: indices, an entry, Kronecker's delta, the indicator."""

import re

from ..language import tree
from .reader import SIGNS, text_of
from .sums import read_sum

RELATION = (*SIGNS, "\\ne", ">", "<")
OWN = ("\\delta",)  # a sign of its own, and with one index a letter that an author may define
STEPS_READ = "only i = j, i \\ne j and a > 0 are read here"
ONE, ZERO = tree.Number("1"), tree.Number("0")
STEPS = {">": ("positive", "not positive"), "\\ge": ("not negative", "negative"),
         "<": ("negative", "not negative"), "\\le": ("not positive", "positive")}  # fmt: skip
TRANSPOSED = re.compile(r"\{*(T|\\top|\\intercal|\\mathsfT|\\mathrmT)\}*")


def is_transpose(tokens):
    """Return whether a superscript says that something is transposed."""
    return bool(TRANSPOSED.fullmatch(text_of(tokens)))


def indices_of(r, tokens):
    """Return the indices that a subscript holds, as in w_{ij}, w_{i,j} and w_{i0}, or refuse."""
    found = []
    tokens = _with_a_condition(r, tokens)
    for token in tokens:
        if token.text in (",", "{", "}"):
            continue
        if token.word and not (len(token.text) == 1 or token.text.isdigit()):
            r.refuse(f"{token.text} is no index: write a letter such as i", token.start)
        if token.text.isdigit():
            found += [int(digit) for digit in token.text]
        elif re.fullmatch("[A-Za-z]", token.text):
            found.append(token.text)
        else:
            r.refuse(f"{token.text} cannot stand below a letter: write indices, as in w_{{ij}}", token.start)
    return tuple(found)


def _with_a_condition(r, tokens):
    """Return the tokens of z_{k \\ne i} without their condition, which is noted as one of the line."""
    inner = [token for token in tokens if token.text not in ("{", "}")]
    if [token.text for token in inner[1:2]] != ["\\ne"] or len(inner) != 3:
        return tokens
    letters = inner[0].text, inner[2].text
    if not all(re.fullmatch("[a-z]", letter) for letter in letters):
        return tokens
    r.use("condition below a letter")
    condition = tree.Condition("distinct", letters, span=(inner[0].start, inner[2].end))
    if condition not in r.said:
        r.said.append(condition)
    return inner[:1]


def entry_index(r, tokens, position):
    """Return the one index of an entry of a column."""
    found = indices_of(r, tokens)
    if len(found) != 1:
        r.refuse("an entry of a column has one index", position)
    return found[0]


def read_kronecker(r):
    """Return \\delta_{ij}, also written with one index above, in brackets, or with an equals sign."""
    start = r.position()
    r.take()
    if r.peek() == "(":
        r.use("delta")
        tokens = r.bracketed()
    else:
        tokens = []
        while r.peek() in ("_", "^"):
            if r.take().text == "^":
                r.use("delta")
            tokens += r.argument()
    if any(token.text == "=" for token in tokens):
        r.use("delta")
        tokens = [token for token in tokens if token.text != "="]
    if any(token.text in ("(", "[") for token in tokens):
        how = r"\delta_k := \frac{\partial E}{\partial \hat z_k}, in after=[…]"
        r.refuse(f"a slope of a layer has no letter here: define one with an index, {how}", start)
    found = indices_of(r, tokens)
    if len(found) == 1 and "\\delta" in OWN:
        return r.placed(tree.Symbol("\\delta", indices=found), start)
    if len(found) != 2:
        hint = (
            r"\delta has two indices, and is Kronecker's here: for a slope write \nabla_{\hat{\mathbf z}} E"
        )
        r.refuse(hint, start)
    return r.placed(tree.Kronecker(found), start)


def read_indicator(r, tokens=None):
    """Return 1_{i = j}, \\mathbb 1\\{i = j\\} or [i = j], Kronecker's delta; of t it is two cases."""
    start = r.position() if tokens is None else tokens[0].start
    if r.peek() == "\\mathbb" and "".join(r.peek(k) for k in (1, 2)).strip("{")[:1] not in ("1", "I"):
        r.refuse(r"expectations and sets are not read: write the sum out, \sum_l r_l …", start)
    if tokens is None:
        tokens = _indicated(r)
    inner = [token for token in tokens if token.text not in ("(", ")", "{", "}", "[", "]", "\\{", "\\}")]
    place = next((k for k, token in enumerate(inner) if token.text in RELATION), None)
    if place is None:
        r.refuse("an indicator needs a condition: write \\delta_{ij}, or 1_{i = j}", start)
    left, sign, right = inner[:place], inner[place].text, inner[place + 1 :]
    r.use("indicator")
    if re.fullmatch("[a-z]", text_of(left)) and text_of(right) == "0" and sign in STEPS:
        kinds = STEPS[sign]
        conditions = tuple(tree.Condition(kind, (text_of(left),)) for kind in kinds)
        return r.placed(tree.Cases((ONE, ZERO), conditions), start)
    if (sign, text_of(right)) == (">", "0"):
        end = next(k for k, token in enumerate(tokens) if token.text == ">")
        return _step_function(r, [t for t in tokens[:end] if t.text not in ("\\{",)], start)
    if any(token.text == "_" for token in inner):
        how = r"1_{k = c} \quad r_c = 1"
        r.refuse(f"the number of a class is an index here, not a letter: write {how}", start)
    found = indices_of(r, left) + indices_of(r, right)
    if (len(left), len(right), len(found)) != (1, 1, 2) or sign not in ("=", "\\ne"):
        r.refuse("only i = j, i \\ne j, t > 0 and t \\le 0 are read in an indicator", start)
    same = tree.Kronecker(found, span=(start, tokens[-1].end))
    return same if sign == "=" else other_than(same)


def read_step(r):
    """Return what is 1 where a > 0, or i = j, and 0 elsewhere, from a condition as it stands in a line."""
    start, first = r.position(), r.place
    left = read_sum(r) if not re.fullmatch("[a-z]", r.peek()) or r.peek(1) == "_" else r.take()
    sign = r.take("=", "\\ne", ">") or r.refuse(STEPS_READ)
    if sign.text == ">":
        tokens = r.tokens[first : r.place - 1]
        return _step_function(r, tokens, start) if r.take("0") else r.refuse(STEPS_READ)
    right = r.take() or r.refuse(STEPS_READ)
    if isinstance(left, tree.Node) or not re.fullmatch("[a-z]", right.text):
        r.refuse(STEPS_READ, start)
    same = tree.Kronecker((left.text, right.text), span=(start, right.end))
    return same if sign.text == "=" else other_than(same)


def _step_function(r, tokens, start):
    """Return the slope of ReLU, which is 1 where its argument is positive, and 0 elsewhere."""
    part = r.inside(tokens)
    argument = read_sum(part)
    if not part.finished():
        part.refuse()
    return r.placed(tree.Apply("ReLU", (argument,), primed=True), start)


def _indicated(r):
    """Return the tokens of an indicator's condition, behind its 1."""
    while r.peek() not in ("_", "(", "[", "\\{", ""):
        if r.take("\\mathbb", "\\mathbbm", "\\mathds"):
            text_of(r.argument()).strip("{}") in ("1", "I") or r.refuse()
        elif not r.take("\\mathbb1"):
            break
    r.take("_")
    return r.bracketed() if r.peek() in ("(", "[", "\\{", "{") else r.argument() if r.peek() else []


def other_than(same):
    """Return 1 - \\delta_{ij}."""
    return tree.Sum((ONE, tree.Negative(same)), span=same.span)
