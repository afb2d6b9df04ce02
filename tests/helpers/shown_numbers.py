"""The numbers that cells show: printed, said of a picture, literals of code, in tagged displays."""

import ast
import re
from decimal import Decimal
from typing import NamedTuple

from prose_numbers import INDICES, WORD, plain, stems

from tools.chapter_text import CODE_SPAN, DISPLAY, FENCE, TAG, joined

SHOWN = re.compile(
    r"(?<![\w.])([-−]?)((?:[1-9]\d{0,2}(?:,\d{3})+(?!\d)|\d+)(?:\.\d*)?)(?:[eE]([-+]?\d+))?(?!\w)(?!\.\d)"
    r"(\s?\\?%|\s(?:percent|of 100)\b)?"
)
COMMAND = re.compile(r"\\[a-zA-Z]+|\\[,;:! ]")  # of LaTeX


class Shown(NamedTuple):
    """A number that the notebook shows."""

    value: Decimal
    places: int | None  # None: exact, as the code or a display has it
    kind: str  # "plain" or "percent"
    beside: frozenset  # the beginnings of the words in its line


def shown_in_text(text, exact=False):
    """Yield every number `Shown` in printed text; equation numbers in brackets are none."""
    text = COMMAND.sub(" ", re.sub(r"\(\d+\.\d+\)", " ", text.replace("{,}", ",")))
    for line in text.splitlines():
        beside = stems(WORD.findall(line))
        for sign, digits, exponent, percent in SHOWN.findall(line):
            value, places = plain(digits)
            shift = int(exponent or 0)
            value = value.scaleb(shift) * (-1 if sign else 1)
            kind = "percent" if percent else "plain"
            yield Shown(value, None if exact else places - shift, kind, beside)


def shown_in_code(source):
    """Yield the literals of a code cell."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:  # a magic
        return
    lines = source.splitlines()
    negated = {id(n.operand) for n in nodes if isinstance(n, ast.UnaryOp) and isinstance(n.op, ast.USub)}
    literals = [n for n in nodes if isinstance(n, ast.Constant) and type(n.value) in (int, float)]
    for node in sorted(literals, key=lambda n: (n.lineno, n.col_offset)):
        value = Decimal(repr(node.value)) * (-1 if id(node) in negated else 1)
        yield Shown(value, None, "plain", stems(WORD.findall(lines[node.lineno - 1])))


def shown(cell):
    """What a cell shows, without what its text claims: a list for each display, code and output."""
    source = joined(cell["source"])
    if cell["cell_type"] == "markdown":
        displays = [found[1] for found in DISPLAY.finditer(CODE_SPAN.sub(" ", FENCE.sub(" ", source)))]
        tagged = [TAG.sub(" ", INDICES.sub(" ", display)) for display in displays if TAG.search(display)]
        return [list(shown_in_text(display, exact=True)) for display in tagged]
    said = [joined(output.get("text", "")) for output in cell["outputs"]]
    said += [joined(output.get("data", {}).get("text/plain", "")) for output in cell["outputs"]]
    return [list(shown_in_code(source)), *(list(shown_in_text(text)) for text in said)]


def shows(found, number):
    """Whether a number that is shown is the number of the text."""
    return any(_equal(found, number, *shift) for shift in _shifts(found.kind, number.kinds))


def _shifts(kind, wanted):
    """By which power of ten what is shown is to be multiplied, so that it is the kind that the text has."""
    for one in wanted:
        if kind == "percent":
            yield (-2,) if one == "plain" else (0,)
        elif one == "percent":
            yield (2,)
        else:
            yield from ((0,), (2,)) if one == "points" else ((0,),)


def _equal(found, number, shift):
    value = found.value.scaleb(shift)
    places = None if found.places is None else found.places - shift
    if (number.negative and value > 0) or (places is not None and places < number.places):
        return False
    unit, size = Decimal(1).scaleb(-number.places), abs(value)
    return {
        "": size == number.value,
        "nearest": 2 * abs(size - number.value) <= unit,
        "down": number.value <= size < number.value + unit,
        "up": number.value - unit < size <= number.value,
    }[number.rounded]
