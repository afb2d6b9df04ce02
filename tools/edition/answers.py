"""What a page shows of an exercise besides the code of its solution: hints, a formula, numbers."""

import ast
import re
from dataclasses import dataclass

import numpy as np

import mlp_core
from mlp_core.exercises.registry import exercise_of

from .plain_formulas import set_formulas

ANSWERED = "<details><summary>Chosen?"  # how a text begins that says which answers are right
LONG = 40  # what an answer of more numbers shows is its beginning and its end


@dataclass(frozen=True)
class Answer:
    """Hints as Markdown; the LaTeX that the answer writes; the numbers that its code comes to, as printed."""

    hints: tuple[str, ...]
    formula: str
    numbers: str


def answer(number: str) -> Answer:
    """Return what belongs to the solution of an exercise.

    A formula is what the solution calls `lines`. Numbers are told where the solution computes them and trains
    no network, which takes longer than a page may.
    """
    exercise = exercise_of(number)
    tree = ast.parse(exercise.solution)
    literal = {name: value for name, value in _assigned(tree) if _is_literal(value)}
    formula = ast.literal_eval(literal["lines"]) if "lines" in literal else ""
    asked = [name for name in _asked(exercise) if name not in literal]
    return Answer(tuple(map(set_formulas, exercise.hints)), formula, _numbers(exercise.solution, asked))


def _assigned(tree):
    for line in tree.body:
        if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
            yield line.targets[0].id, line.value


def _is_literal(value):
    try:
        ast.literal_eval(value)
    except ValueError:
        return False
    return True


def _asked(exercise):
    """The names that the reader's cell sets to `...`."""
    return [name for name, value in _assigned(ast.parse(exercise.cell)) if ast.unparse(value) == "..."]


def _numbers(source, asked):
    if not asked or re.search(r"\btrain\b|\bmine\(", source):
        return ""
    room = {"np": np, "MLP": mlp_core.MLP}
    exec(source, room)
    told = [
        (name, room[name]) for name in asked if isinstance(room.get(name), float | int | list | np.ndarray)
    ]
    with np.printoptions(precision=4, suppress=True, threshold=LONG):
        return "\n".join(f"{name}: {_printed(value)}".replace(": \n", ":\n") for name, value in told)


def _printed(value):
    if isinstance(value, bool | np.bool_):
        return str(value)
    if np.ndim(value) == 0 and float(value) != int(value):
        return f"{float(value):.4f}"
    lead = "\n" * (np.ndim(value) > 1)
    return lead + str(np.array(value)) if np.ndim(value) else str(int(value))
