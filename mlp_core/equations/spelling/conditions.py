"""Conditions behind an equation, in a case and in an indicator: what is meant by each way to write them."""

import re

from ...formulas.activations import ACTIVATIONS
from ..language import tree
from ..language.notation import SIZES
from .functions import function_here
from .reader import text_of
from .sums import read_sum

CLOSED_LIST = (
    r"this condition is not on the list: write \sum_l r_l = 1, j \ge 1, i \ne j, i = j, r_k = 1, K = 2, "
    r"t > 0 or \sigma = \tanh; a second equation is a line of its own, and a definition goes into after=[…]"
)
SKIPPED = ("\\quad", "\\qquad", ",", ";", ".", "\\\\", "&", ":", "\\newline")
WORDS = (
    "if|for all|for each|for every|for any|for|when|whenever|where|with|and|provided that|provided|assuming|"
    "given|dla|jeśli|für|falls|wenn|pour|si|para|per|because|since|using|in case|all|the|that|we assume|as"
)
LEADING = re.compile(rf"({WORDS})\b[ ,:]*", re.IGNORECASE)
ONE_HOT = re.compile(r"(?!.*\bnot\b).*(one[- ]hot|1-of-K)", re.IGNORECASE)
SUMMED = re.compile(r"(is )?(the )?sum(med)? over (the|a) (mini-?)?batch", re.IGNORECASE)
SAID = (
    (
        tree.GRADIENT_ROWS,
        re.compile(r"(the )?gradients( of E)? are rows?( vectors)?|numerator layout"),
    ),
    (tree.ROWS, re.compile(r"(all )?vectors are rows?( vectors)?|row vectors")),
    (
        tree.APART,
        re.compile(
            r"(the )?bias(es)? (is|are) apart|W (is )?without (its|the) bias( column)?"
            r"|without (the )?bias(es)?"
        ),
    ),
    (tree.ELEMENTWISE, re.compile(r"(the )?(last|output) layer is elementwise( \(.*\))?")),
    (tree.REPEATED, re.compile(r"(summed over )?repeated indices( are summed)?|sum over repeated indices")),
)
OF_SIGN = {">": "positive", "\\le": "not positive", "<": "negative", "\\ge": "not negative"}


def read_conditions(r):
    """Return the conditions that stand behind the sides; what names a range alone is left out."""
    found, introduced = [], False
    while True:
        r.skip(*SKIPPED)
        if r.peek() == "\\checkmark":
            r.take()
            continue
        if r.finished() or r.peek().startswith("\\tag"):
            return found
        if not (_activation_in(r) or _said(r)) and _skip_words(r):
            introduced = True
            continue
        if r.peek() == "\\in":
            found.append(_space(r))
            continue
        in_brackets = r.peek() in ("(", "[") and r.use("brackets of a condition") is None
        part = r.inside(r.bracketed()) if in_brackets else r
        if in_brackets:
            while _skip_words(part):
                pass
        named = _ranges(part, introduced)
        found += [read_condition(part)] if named is None else named
        if in_brackets and not part.finished():
            part.refuse()


def _said(r):
    """Return what an author says in words alone, as in \\text{gradients are rows}, or None."""
    return next((kind for kind, said in SAID if r.is_word() and said.fullmatch(r.peek())), None)


def _space(r):
    """Return that the line is of K × H numbers, as \\in \\mathbb R^{K \\times H} says."""
    start = r.position()
    r.take("\\in")
    text = text_of(r.tokens[r.place :]).replace("{", "").replace("}", "")
    one = re.match(r"\\mathbb ?R\^([A-Z])(?:\\(?:times|cdot)([A-Z]))?[.,;]?$", text)
    if not one or {one[1], one[2] or "K"} - set(SIZES):
        r.refuse(r"what the line is of is read as \in \mathbb{R}^{K \times H}, and can be left out", start)
    r.place = len(r.tokens)
    r.use("space of a line")
    return r.placed(tree.Condition("space", (one[1], one[2] or "1")), start)


def _activation_in(r):
    """Return the activation that a word names, as in \\text{for the sigmoid}, or \\tanh alone, or None."""
    words = r.peek().lower().split() if r.is_word() else ()
    if r.peek() == "\\tanh" and r.peek(1) in ("", *SKIPPED):
        words = ("tanh",)
    if {"not", "no", "unless", "except", "any", "or"} & set(words):
        return None
    return next((one.name for one in ACTIVATIONS.values() if one.label.lower() in words), None)


def _skip_words(r):
    """Step over a word that introduces a condition."""
    if r.peek() == "\\forall":
        r.use("words of a condition")
        return r.take()
    if not r.is_word():
        return None
    rest = r.peek()
    if rest.strip() != "if":
        r.use("words of a condition")
    while (match := LEADING.match(rest)) and match[0]:
        rest = rest[match.end() :]
    return r.take() if not rest.strip(" .,:") else None


def _ranges(r, introduced):
    """Return what `i = 1, …, K`, `i \\in \\{1, …, K\\}` and letters behind `for all` say, or None."""
    start = r.position()
    texts = [r.peek(ahead) for ahead in range(14)]
    text = "".join(texts).replace("{", "").replace("}", "").replace("\\,", "")
    text = text.replace("\\", "").replace("dots", "…").replace("...", "…").replace("..", "…")
    one = re.match(r"([a-z])(?:=|in)([01])(?:,2(?:,3)?)?,?…,?([A-Za-z])(?![A-Za-z])", text)
    down = re.match(r"([a-z])in([A-Z]),?(?:\2-1,?)?…,?([01])(?![0-9])", text)
    if down:
        r.use("range of an index")
        r.place += texts.index("\\{") if "\\{" in texts else 0
        r.bracketed()
        return []
    between = re.match(r"1le([a-z])le([A-Za-z])(?![A-Za-z])", text)
    letters = introduced and re.match(r"[a-z](,[a-z])*$", text)
    if not (one or between or letters):
        return None
    r.use("range of an index")
    if letters:
        r.place = len(r.tokens)
        return []
    letter, size = (one[1], one[3]) if one else (between[1], between[2])
    while r.peek() != size:
        r.take()
    r.take()
    r.skip("}", "\\}")
    if size not in SIZES or (one and one[2] == "0"):
        return []
    return [r.placed(tree.Condition("declared", (letter, size)), start)]


def read_condition(r):
    """Return one condition of the closed list; `same` is i = j, which the equation is put into."""
    start = r.position()
    while not (_activation_in(r) or _said(r)) and _skip_words(r):
        pass
    if name := _activation_in(r):
        r.take()
        r.use("words of a condition")
        return r.placed(tree.Condition("sigma", (name,)), start)
    if r.is_word() and ONE_HOT.match(r.peek()):
        return _one_hot(r, start)
    if kind := _said(r):
        r.take()
        r.use("what is said in words")
        return r.placed(tree.Condition(kind), start)
    if r.peek() == "\\sum":
        return _sum_of_targets(r, start)
    if r.peek() == "\\sigma":
        return _activation(r, start)
    if r.peek(1) == "_" and r.letters.stands_here(r):
        return _one_hot_at(r, start)
    if r.peek() == "E" and r.is_word(1) and SUMMED.fullmatch(r.peek(1)):
        r.take()
        r.take()
        r.use("sum over a batch")
        return r.placed(tree.Condition(tree.SUMMED), start)
    left = _small(r)
    if r.is_word() and ONE_HOT.match(r.peek()):
        return _one_hot(r, start)
    sign = r.take("=", "\\ne", "\\ge", "\\le", ">", "<") or r.refuse(CLOSED_LIST, start)
    right = _small(r)
    return r.placed(_compared(r, left, sign.text, right, start), start)


def _small(r):
    """Return a letter, a number or a size as text."""
    minus = "-" if r.take("-") else ""
    if r.peek() == "{":
        return minus + text_of(r.bracketed())
    token = r.take() or r.refuse()
    if token.text in ("\\mathbf", "\\boldsymbol", "\\bm"):
        return text_of(r.argument()).strip("{}")
    return minus + token.text


def _compared(r, left, sign, right, start):
    """Return the condition that two small things and a sign between them say."""
    if re.fullmatch("[0-9]+", left):
        flipped = {"=": "=", "\\ne": "\\ne", "\\ge": "\\le", "\\le": "\\ge", ">": "<", "<": ">"}
        left, sign, right = right, flipped[sign], left
    is_index = re.fullmatch("[a-z]", left) and left != "t"
    if is_index and re.fullmatch("[a-z]", right) and right != "t" and sign in ("=", "\\ne"):
        return tree.Condition("same" if sign == "=" else "distinct", (left, right))
    if is_index and (sign, right) in (("\\ge", "1"), ("\\ne", "0")):
        return tree.Condition("least", (left,))
    if left == "K" and (sign, right) == ("=", "2"):
        return tree.Condition("size", ("K", 2))
    if re.fullmatch("[a-zC]", left) and right == "0" and sign in OF_SIGN:
        if (left, sign) not in (("t", ">"), ("t", "\\le")):
            r.use("sign of an argument")
        return tree.Condition(OF_SIGN[sign], (left,))
    return r.refuse(CLOSED_LIST, start)


def _one_hot(r, start):
    """Return that the targets add up to 1, which is what one-hot targets have in common with any others."""
    r.take()
    r.use("words of a condition")
    return r.placed(tree.Condition("targets"), start)


def _one_hot_at(r, start):
    """Return that the target is one-hot with its 1 at k, as r_k = 1 says."""
    node = r.letters.read(r)
    is_one = isinstance(node, tree.Symbol) and node.letter == "r" and len(node.indices) == 1
    if not is_one or not isinstance(node.indices[0], str) or not r.take("=") or r.peek() != "1":
        r.refuse(CLOSED_LIST, start)
    r.take()
    r.use("one-hot target")
    return r.placed(tree.Condition(tree.ONE_HOT, node.indices), start)


def _sum_of_targets(r, start):
    side = read_sum(r)
    fits = isinstance(side, tree.Total) and side.limits in (None, (1, "K"))
    fits = fits and side.body == tree.Symbol("r", indices=(side.index,))
    if not fits or not r.take("=") or r.peek() != "1":
        r.refuse(r"expected \sum_l r_l = 1", start)
    r.take("1")
    return r.placed(tree.Condition("sum"), start)


def _activation(r, start):
    """Return \\sigma = \\tanh, also with its argument: \\sigma(t) = \\tanh(t)."""
    r.take("\\sigma")
    if r.peek() == "(":
        r.use("words of a condition")
        r.bracketed()
    known = {one.label: one.name for one in ACTIVATIONS.values()}
    by_word = r.is_word() and r.peek().lower().startswith("is")
    name = None
    if by_word:
        r.use("words of a condition")
        name = _activation_in(r)
        r.take()
    elif r.take("=", ":="):
        name = known.get(function_here(r))
    if by_word and not name:
        name = known.get(function_here(r))
        by_word = False
    if name is None:
        *others, last = known
        r.refuse(rf"expected {', '.join(others)} or {last}: write \quad \sigma = \tanh", start)
    if not by_word:
        r.take()
        if r.peek() == "(":
            r.bracketed()
    return r.placed(tree.Condition("sigma", (name,)), start)
