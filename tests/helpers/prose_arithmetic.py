r"""Arithmetic in a text, `0.5 \cdot 2 + 1 = 2` or "24 % of 1,797 = 431": found, evaluated, compared.

A chain is sides between signs of equality, at least two of which are numbers: what has a letter in it is left
out. A side that is written as a number, or as a tuple of numbers, is compared at the precision printed.
"""

import ast
import math
import operator
import re
from itertools import pairwise
from typing import NamedTuple

import numpy as np

# One number as the book writes it: thousands are set off by commas.
DIGITS = r"(?:[1-9]\d{0,2}(?:(?:,|\{,\})\d{3})+(?!\d)|\d+)(?:\.\d+)?"
TIMES_TEN = r"(?:\\cdot|\\times|·|×)\s*10\^"
BREAK = "\0"  # what is masked: no arithmetic goes across it

EQUALS = re.compile(r"=|≈|\\approx(?![a-zA-Z])")
WORDLESS = (  # what may stand in arithmetic outside of a formula
    rf"{DIGITS}|[-−+*/·×÷^()√=≈%²³]|[ \n](?!\n)|\bof\b(?= \d)|\b(?:log|exp|sqrt|tanh)\b(?=\()|\be\b(?=\^)"
)
RUN = re.compile(rf"(?:{WORDLESS})+")
ENDS_OF_A_SIDE = re.compile(
    r"\\(?:text|quad|qquad|dots|ldots|cdots|to|le|ge|leq|geq|ne|neq|Rightarrow|ll|gg|pm|sim)(?![a-zA-Z])"
    r"|[<>≤≥;:…|]"
)
FUNCTIONS = {"log": math.log, "exp": math.exp, "sqrt": math.sqrt, "tanh": math.tanh}
CONSTANTS = {"e": math.e, "pi": math.pi}
OPERATIONS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}
REWRITTEN = [  # LaTeX and typographic signs to Python, in this order
    (r"(?<=\d)(?:,|\{,\})(?=\d{3}(?!\d))", ""),
    (r"\\(?:left|right|[bB]igg?[lr]?|displaystyle)(?![a-zA-Z])|\\[,;:! ]|~|\$", " "),
    (r"\\(?:frac|tfrac|dfrac)\s*(\d)\s*(\d)", r"((\1)/(\2))"),
    (r"\\(?:frac|tfrac|dfrac)\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"((\1)/(\2))"),
    (r"\^\{\s*([^{}]*)\}", r"**(\1)"),
    (r"\^", "**"),
    ("²", "**2"),
    ("³", "**3"),
    (r"(?:\\sqrt|√)\s*\{([^{}]*)\}", r"sqrt(\1)"),
    (r"(?:\\sqrt|√)\s*([\d.]+)", r"sqrt(\1)"),
    (r"\\(log|ln|exp|tanh)(?![a-zA-Z])", r" \1 "),
    (r"\bln\b", "log"),
    (r"\b(log|exp|tanh)\s+([\d.]+)", r"\1(\2)"),
    (r"\\(?:cdot|times)(?![a-zA-Z])|[·×]|\bof\b", "*"),
    ("÷", "/"),
    ("−", "-"),
    (r"\\?%", "*0.01"),
    (r"\\pi(?![a-zA-Z])", "pi"),
    (r"(?<=[\d)])\s*(?=(?:log|exp|sqrt|tanh)?\()|(?<=\))\s*(?=\d)", "*"),
]


class Chain(NamedTuple):
    """Sides that a text sets equal: where it stands, as it is written, whether it is true and calculates."""

    start: int
    end: int
    text: str
    true: bool
    calculates: bool  # a number that is only written twice is no arithmetic


def chains(text, formulas):
    """Every `Chain` of a text in which `BREAK` masks the rest; `formulas` are the spans of its formulas."""
    plain, spans = list(text), []
    for start, end in formulas:
        for first, last in _pieces(text, start, end):
            spans.append((first, last))
        plain[start:end] = BREAK * (end - start)
    plain = "".join(plain)
    for run in RUN.finditer(plain):
        if EQUALS.search(run[0]) and _stands_alone(plain, run):
            spans.append(run.span())
    found = (chain_between(text, *span) for span in spans)
    return sorted(chain for chain in found if chain)


def _pieces(text, start, end):
    """Yield (start, end) of a formula's parts between commas, words and signs of inequality."""
    depth, first, place = 0, start, start
    while place < end:
        number = re.compile(DIGITS).match(text, place)
        stop = ENDS_OF_A_SIDE.match(text, place)
        if number:
            place = min(number.end(), end)
        elif depth == 0 and (text[place] == "," or stop or text[place] == BREAK):
            yield first, place
            place = first = stop.end() if stop else place + 1
        elif text[place] == "\\":  # `\,` is no comma
            place += 2
        else:
            depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(text[place], 0)
            place += 1
    yield first, end


def _stands_alone(text, run):
    """Whether arithmetic in plain words is whole: no letter, formula or sign belongs to its ends."""
    before, after = text[: run.start()].rstrip(), text[run.end() :].lstrip(" ")
    starts_whole = not re.match(r"\s*(?:[+*/·×÷^=≈]|[-−]\s)", run[0]) and not before.endswith(BREAK)
    return starts_whole and not re.match(rf"[\\_\[{BREAK}]|\w(?!\w)", after)


def chain_between(text, start, end):
    """The `Chain` between two places, or None."""
    known, first, about = [], start, False
    for sign in [*EQUALS.finditer(text, start, end), None]:
        side = text[first : sign.start() if sign else end]
        number = value(side)
        if number is not None:
            known.append((number, decimals(side), about))
            about = False
        if sign:
            first, about = sign.end(), about or sign[0] != "="
    alike = [_agree(*pair) for pair in pairwise(known)]
    if not alike or None in alike:
        return None
    calculates = any(places is None for _, places, _ in known)
    return Chain(start, end, " ".join(text[start:end].split()), all(alike), calculates)


def _agree(one, other):
    """Whether two sides are equal as they are printed; None where nothing says what that would be."""
    (a, a_places, _), (b, b_places, about) = one, other
    if a.shape != b.shape:
        return None
    printed = [places for places in (a_places, b_places) if places is not None]
    if not printed:
        return bool(np.allclose(a, b, rtol=1e-2 if about else 1e-9, atol=1e-15))
    apart = np.max([_half_a_unit(places, a, about) for places in printed], axis=0)
    return bool((abs(a - b) <= apart * (1 + 1e-9)).all())


def _half_a_unit(places, number, about):
    """How far a printed number may be from what it rounds: "=" rounds to two digits at least."""
    unit = 10.0 ** -np.asarray(places, float)
    exact = (abs(number) < 9.5 * unit) | ((unit >= 1) & (abs(number) <= 10.5))
    return np.where(exact & (not about), 1e-9, 0.5 * unit)


# One side


def python(side):
    """A side as Python writes it."""
    for pattern, written in REWRITTEN:
        side = re.sub(pattern, written, side)
    return side.replace("{", "(").replace("}", ")").strip()


def value(side):
    """The value of a side as an array, or None if it is not all numbers."""
    if BREAK in side or not re.search(r"\d", side):
        return None
    try:
        found = np.asarray(_evaluated(ast.parse(python(side), mode="eval").body), float)
    except (SyntaxError, ValueError, TypeError, ArithmeticError):
        return None
    return found if np.isfinite(found).all() else None


def _evaluated(node):
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return float(node.value)
    if isinstance(node, ast.BinOp | ast.UnaryOp) and type(node.op) in OPERATIONS:
        parts = [node.operand] if isinstance(node, ast.UnaryOp) else [node.left, node.right]
        return OPERATIONS[type(node.op)](*map(_evaluated, parts))
    if isinstance(node, ast.Tuple):
        return np.array([_evaluated(entry) for entry in node.elts])
    if isinstance(node, ast.Call) and len(node.args) == 1 and ast.unparse(node.func) in FUNCTIONS:
        return FUNCTIONS[ast.unparse(node.func)](_evaluated(node.args[0]))
    if isinstance(node, ast.Name) and node.id in CONSTANTS:
        return CONSTANTS[node.id]
    raise ValueError(f"side: got {ast.unparse(node)}; expected numbers")


def decimals(side):
    """How many decimals a side is printed with, or a list of them for a tuple; None for an expression."""
    plain = re.sub(r"\\left|\\right|\\[,;:! ]|[~$\s]", "", side)
    if re.fullmatch(r"\(.*\)", plain):
        entries = [decimals(entry) for entry in re.split(r"[,;](?!\d{3}(?!\d))", plain[1:-1])]
        return None if None in entries else entries
    found = re.fullmatch(rf"[-−+]?({DIGITS})(\\?%)?(?:{TIMES_TEN}(?:\{{([-−]?\d+)\}}|(\d)))?", plain)
    if not found:
        return None
    exponent = int((found[3] or found[4] or "0").replace("−", "-"))
    return len(found[1].partition(".")[2]) + (2 if found[2] else 0) - exponent
