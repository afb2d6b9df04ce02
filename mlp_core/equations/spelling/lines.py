"""A whole line: sides, the signs between them, conditions behind; and how a reader's text becomes a tree."""

import re
from dataclasses import replace

from ..language import tree
from ..language.errors import EquationSyntaxError
from ..language.parser import bounded
from .atoms import read_factor
from .comments import ARROWS
from .conditions import SKIPPED, read_condition, read_conditions
from .indices import other_than, read_step
from .letters import Letters
from .reader import Reader, text_of
from .sums import at_condition, read_sum

BOOK = Letters()
SECOND = "a second equation is a line of its own: write one of them"
BETWEEN = ("and", "where", "with", "so", "thus", "hence", "then", "because", "since", "as")
DEFINING = (":=", "\\coloneqq", "\\coloneq", "\\triangleq")
COMPARING = ("=", "\\approx", "\\ge", "\\le")
ASSUME = re.compile(r"(we )?(assume|assuming|suppose)( that)?:?", re.IGNORECASE)
SAYS_DEFINED = re.compile(r"def|\\triangle|\\Delta|:")


def read_widely(latex: str, letters: Letters = BOOK) -> tuple[tree.Equation, set]:
    """Return the one `Equation` that a text states in any spelling that is read, and the names of its forms.

    Parameters
    ----------
    latex : str
        The inside of a display.
    letters : Letters
        The notation.

    Raises
    ------
    EquationSyntaxError
        What stands there is not read; the message says where, and what to write.
    """
    (equation, *more), used = read_all(latex, letters)
    if more:
        raise EquationSyntaxError(SECOND, latex, more[0].sides[0].span[0])
    return equation, used


def read_all(latex: str, letters: Letters = BOOK) -> tuple[list[tree.Equation], set]:
    """Return the equations that stand behind each other in a text, and the names of their forms."""
    bounded(latex)
    reader = Reader(latex, letters, read_factor)
    return [_line(reader), *reader.more], reader.used


def _line(r):
    r.skip("&", *SKIPPED)
    _leading(r)
    begins = ASSUME.match(r.peek()) if r.is_word() else None
    if begins and (rest := r.peek()[begins.end() :].strip()):
        r.tokens = [replace(r.tokens[0], text=rest), *r.tokens[1:]]
    elif begins:
        r.take()
    if begins:
        equation = tree.Equation((), (), assumed=tuple(read_conditions(r)))
        if len(equation.assumed) != 1:
            r.refuse("one thing is assumed in a line")
    else:
        equation = _compared(r)
    if r.take("\\tag"):
        r.argument()
    return equation if r.finished() else r.refuse()


def _compared(r):
    first, more, said, used = r.place, [*r.more], [*r.said], {*r.used}
    try:
        return _compared_to_its_end(r)
    except EquationSyntaxError:
        space = _wide_space(r, first)
        if space is None:
            raise
    r.used.intersection_update(used)
    r.use("wide space")
    r.tokens = [*r.tokens[:space], *r.tokens[space + 1 :]]
    r.place, r.more[:], r.said[:] = first, more, said
    return _compared(r)


def _wide_space(r, first):
    """Return the place of a \\quad between two factors, the second of them a fraction or in brackets."""
    for place in range(first + 1, len(r.tokens) - 1):
        is_space = r.tokens[place].text in ("\\quad", "\\qquad")
        if is_space and r.tokens[place + 1].text in ("\\frac", "[", "\\left") and not _is_equation(r, place):
            return place
    return None


def _is_equation(r, place):
    """Return whether a relation stands behind a place, before the next wide space."""
    for token in r.tokens[place + 1 :]:
        if token.text in COMPARING + DEFINING:
            return True
        if token.text in ("\\quad", "\\qquad"):
            return False
    return False


def _compared_to_its_end(r):
    sides, relations = [_side(r)], []
    while relation := _relation(r):
        relations.append(relation)
        sides.append(_side(r))
    if relations and r.peek() in ("<", ">"):
        r.refuse("a strict sign, < or >, is not judged between two sides: leave this step out")
    if not relations:
        r.refuse(None if r.peek() else "the equation breaks off: two sides with = between them are wanted")
    place, said = r.place, [*r.said]
    try:
        conditions = read_conditions(r)
    except EquationSyntaxError:
        r.place, r.said[:] = place, said
        conditions = []
        if not _another(r):
            r.place, r.said[:] = place, said
            conditions = read_conditions(r)  # which says what is wrong with them
    return tree.Equation(tuple(sides), tuple(relations), (*said, *conditions))


def _another(r):
    """Read one more equation that stands behind a line, and return whether one does."""
    r.skip(*SKIPPED, *ARROWS)
    while r.is_word() and r.peek().lower().strip(" ,:") in BETWEEN:
        r.take()
        r.skip(*SKIPPED, *ARROWS)
    r.said[:] = []
    try:
        _leading(r)
        r.more.insert(0, _compared(r))
    except EquationSyntaxError:
        return False
    r.use("several equations")
    return True


def _side(r):
    """Return a side; also `a if t > 0 else b`."""
    start, node = r.position(), read_sum(r)
    words = [t.text.lower().strip(" ,") for t in r.tokens[r.place :] if t.word]
    if not (r.is_word() and words[:1] == ["if"] and set(words) & {"else", "otherwise"}):
        return node
    r.take()
    r.use("if and else")
    step = read_step(r)
    r.skip(",", ";", "\\quad")
    is_else = r.is_word() and r.take()
    other = read_sum(r)
    if not is_else:
        r.take("otherwise") or r.refuse()
    if node == tree.Number("1") and other == tree.Number("0"):
        return step
    terms = (tree.Product((step, node)), tree.Product((other_than(step), other)))
    return r.placed(tree.Sum(terms), start)


def _leading(r):
    """Read a condition that stands before its line, as in \\text{If } i = j:"""
    if not (r.is_word() and at_condition(r)):
        return
    r.use("words of a condition")
    r.said.append(read_condition(r))
    r.take(":", ",", "\\quad", "\\qquad") or r.refuse()
    r.skip(":", ",", "\\quad", "\\qquad")


def _relation(r):
    """Return the sign that comes next, perhaps on the next line, or None."""
    ahead = 0
    while r.peek(ahead) in ("\\\\", "&", "\\quad", "\\qquad", ","):
        ahead += 1
    text = r.peek(ahead)
    if text in DEFINING or text in COMPARING or text in ("\\stackrel", "\\overset"):
        r.place += ahead + 1
        sign = _set_above(r) if text in ("\\stackrel", "\\overset") else text
        r.skip("&", "\\\\")
        if text in DEFINING[1:]:
            r.use("signs")
        return ":=" if sign in DEFINING else sign
    if text == ":" and r.peek(ahead + 1) == "=":
        r.place += ahead + 2
        return ":="
    return None


def _set_above(r):
    r.use("signs")
    above, sign = text_of(r.argument()), text_of(r.argument())
    if sign != "=":
        r.refuse(f"{sign} with something above is not read: write =")
    return ":=" if SAYS_DEFINED.search(above) else "="
