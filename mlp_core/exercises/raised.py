"""What is said when a reader's code raises: the line, the shapes in letters, and one likely cause."""

import ast
import linecache
import re
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from .letters import in_letters, letter_of

SHAPE = re.compile(r"\((?:\d+,)+\d*\)")
PACKAGE = str(Path(__file__).resolve().parents[1])
COUNTED = {"D": "inputs", "H": "hidden units", "K": "classes", "B": "examples"}
_SAFE = (
    ast.Name,
    ast.Attribute,
    ast.Subscript,
    ast.Slice,
    ast.Constant,
    ast.UnaryOp,
    ast.BinOp,
    ast.Tuple,
    ast.operator,
    ast.unaryop,
    ast.expr_context,
)


def explain(error: BaseException, sizes: Mapping[str, int], source: str | None = None) -> str:
    """Return the sentences: where it was raised, what it says, which shapes met, and one likely cause."""
    frame, number, piece = _own_frame(error)
    said = f"{type(error).__name__}: {' '.join(str(error).split())[:160]}".removesuffix(": ")
    if frame is None:
        return f"It raises {said}\nNo line of yours was found to be the cause."
    line = _line(frame, number, source)
    parts = [f"Line {number} raises: {line}" if line else f"Line {number} of your code raises."]
    parts.append(_in_letters(said, sizes))
    shapes = _shapes(piece or line, frame, sizes)
    if shapes:
        parts.append("There " + ", ".join(f"`{name}` is {shape}" for name, shape in shapes) + ".")
    parts.append(_cause(error, piece or line, frame, sizes))
    return "\n".join(parts)


def _own_frame(error):
    """Return the innermost frame of the reader's, its line number, and the piece of the line that failed."""
    steps = list(traceback.walk_tb(error.__traceback__))
    summaries = traceback.extract_tb(error.__traceback__)
    order = list(zip(steps, summaries, strict=True))
    # Of a call without an end the outermost line is the one that calls.
    for (frame, number), summary in order if isinstance(error, RecursionError) else reversed(order):
        file = frame.f_code.co_filename
        if file.startswith(PACKAGE) or "site-packages" in file or "/lib/python3" in file:
            continue
        return frame, number, _piece(summary)
    return None, None, None


def _piece(summary):
    line = linecache.getline(summary.filename, summary.lineno)
    ends_here = summary.end_lineno == summary.lineno
    if not line or summary.colno is None or not ends_here:
        return None
    whole = line.encode()
    return whole[summary.colno : summary.end_colno].decode(errors="replace")


def _line(frame, number, source):
    line = linecache.getline(frame.f_code.co_filename, number, frame.f_globals).strip()
    if not line and source:
        lines = source.splitlines()
        line = lines[number - 1].strip() if number <= len(lines) else ""
    return line


def _in_letters(said, sizes):
    """Put NumPy's own shapes, such as (5,4), into letters."""

    def letters(found):
        shape = tuple(int(n) for n in re.findall(r"\d+", found.group()))
        return in_letters(shape, sizes)

    said = re.sub(r", with gufunc signature \S+ ", " ", said)
    said = SHAPE.sub(letters, said)
    return re.sub(r"(?<=size )\d+|(?<=from )\d+", lambda n: letter_of(int(n.group()), sizes), said)


def _parsed(text):
    for attempt in (text, (text or "").strip().rstrip(":")):
        try:
            return ast.parse((attempt or "").strip())
        except SyntaxError:
            continue
    return None


def _value(node, frame):
    """Return what an expression of names, indices and arithmetic is in the frame; None for anything else."""
    if not all(isinstance(part, _SAFE) for part in ast.walk(node)):
        return None
    try:
        code = compile(ast.Expression(ast.fix_missing_locations(node)), "<piece>", "eval")
        with np.errstate(all="ignore"):
            return eval(code, {"__builtins__": {}, **frame.f_globals}, dict(frame.f_locals))
    except Exception:
        return None


def _operands(text, frame):
    """Return (text, value) of the two sides, or the arguments, of what failed."""
    tree = _parsed(text)
    if tree is None:
        return []
    for node in ast.walk(tree):
        parts: list[ast.expr] = []
        if isinstance(node, ast.BinOp):
            parts = [node.left, node.right]
        elif isinstance(node, ast.Call):
            parts = [part for part in node.args if not isinstance(part, ast.Starred)]
            parts = [e for p in parts for e in (p.elts if isinstance(p, (ast.Tuple, ast.List)) else [p])]
        pairs = [(ast.unparse(part), _value(part, frame)) for part in parts]
        pairs = [(name, value) for name, value in pairs if isinstance(value, np.ndarray)]
        if pairs:
            return pairs
    return []


def _shapes(text, frame, sizes):
    found = _operands(text, frame)
    if not found and (tree := _parsed(text)):
        names = dict.fromkeys(n.id for n in ast.walk(tree) if isinstance(n, ast.Name))
        found = [(name, frame.f_locals.get(name)) for name in names]
    return [(name, in_letters(v.shape, sizes)) for name, v in found if isinstance(v, np.ndarray)][:4]


def _cause(error: BaseException, text: str, frame: Any, sizes: Mapping[str, int]) -> str:
    said = str(error)
    if isinstance(error, UnboundLocalError):
        return "A name is used there before it is set: does it want a first value, before the loop?"
    if isinstance(error, NameError):
        return (
            f"The name {getattr(error, 'name', None) or ''!s} is not known there: misspelled, or not yet set?"
        )
    if isinstance(error, AssertionError):
        return "An `assert` of yours does not hold, and stops it there."
    if isinstance(error, TypeError) and re.search(r"(length-1|0-dimensional) arrays", said):
        return "What takes one number alone, such as `math.exp`, was given an array; `np.exp` takes both."
    if isinstance(error, RecursionError):
        return "The function calls itself without an end."
    if isinstance(error, AttributeError) and "derivative" in said:
        return "The slope of the activation is `activation.derivative(t)`, and it is a function."
    if isinstance(error, TypeError) and "not callable" in said:
        return "Something that is no function is called: a bracket where a `[` or a `*` belongs?"
    if isinstance(error, TypeError) and re.search(r"'(list|tuple)'", said):
        return "A list is no array, and does no arithmetic: make one of it with `np.array(...)`."
    if isinstance(error, IndexError) and said.startswith("list"):
        return "The list ends before that place: what stands at its place 0, and how many are there?"
    if isinstance(error, IndexError) and said.startswith("tuple"):
        return "There is no such place: a shape with an axis less, or a network with fewer layers?"
    if isinstance(error, (np.exceptions.AxisError, IndexError)):
        return "There is no such axis or place: a single example has one axis less than a batch."
    pairs = [value.shape for _, value in _operands(text, frame)]
    if len(pairs) < 2 or not isinstance(error, ValueError):
        pairs = [tuple(int(n) for n in re.findall(r"\d+", shape)) for shape in SHAPE.findall(said)]
    if len(pairs) >= 2:
        product = "matmul" in said or "aligned" in said
        return _cause_of_shapes(pairs[0], pairs[1], product, sizes)
    return "No likely cause is known."


def _cause_of_shapes(a, b, product, sizes):
    """Return a likely cause of two shapes that do not meet."""
    meet = f"{in_letters(a, sizes)} meets {in_letters(b, sizes)}"
    if product and a and b:
        inner, outer = a[-1], b[-2 if len(b) > 1 else 0]
        if _is_with_bias(inner, outer, sizes):
            return f"{meet}: one of the two has the bias, or the constant 1, and the other has not."
        if a == b:
            return (
                f"{meet}: two of one shape meet entry by entry, with `*` and not `@`. What is to be added up "
                "along each row then takes `.sum(axis=-1, keepdims=True)`."
            )
        if len(b) == 2 and a[-1] == b[1]:
            return f"{meet}: it would fit if the second were transposed, `.T`."
        if len(a) == 2 and a[0] == outer:
            return f"{meet}: it would fit if the first were transposed, `.T`."
        return f"{meet}: of a product, the last axis of the first is the first axis of the second."
    if len(a) == len(b) == 2 and a == b[::-1]:
        return f"{meet}: one of the two is the other's transpose."
    if a[-1:] == b[-1:] and len(a) != len(b):
        return f"{meet}: one has an axis more."
    if len(a) != len(b) and (a[:1] == b[-1:] or b[:1] == a[-1:]):
        return f"{meet} entry by entry: an axis has been lost, which `keepdims=True` would keep."
    if a and b and _is_with_bias(a[-1], b[-1], sizes):
        return f"{meet}: one of the two has the bias, or the constant 1, and the other has not."
    counted = [COUNTED.get(letter_of(shape[-1], sizes), "") for shape in (a, b) if shape]
    if len(a) == len(b) and all(counted) and counted[0] != counted[1]:
        return f"{meet} entry by entry: the first counts {counted[0]}, the second {counted[1]}."
    return f"{meet} entry by entry, and they do not fit."


def _is_with_bias(m, n, sizes):
    """Return whether one of two sizes is the other and the 1 of a bias, and not a size of its own."""
    return abs(m - n) == 1 and letter_of(max(m, n), sizes) not in COUNTED
