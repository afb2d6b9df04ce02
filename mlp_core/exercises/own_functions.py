"""The reader's own functions, kept in one file beside the notebooks once they have passed."""

import ast
import inspect
import linecache
import os
import textwrap
from collections.abc import Callable
from pathlib import Path

import numpy as np

from .exercise import Exercise
from .record import replace_text

NAME = "my_functions.py"
AS_PRINTED = (
    "MLP_AS_PRINTED"  # where this variable is set, chapters run as printed, whatever a reader has kept
)
HEAD = '"""Your own functions that have passed their check; `mine` loads them."""\n\nimport numpy as np\n'


def path() -> Path:
    """Return where the file is: in the folder of the notebook."""
    return Path.cwd() / NAME


def source_of(function: Callable) -> str | None:
    """Return the text of a function defined in a cell or a file, None where it cannot be found."""
    try:
        linecache.checkcache()
        text = inspect.getsource(function)
        return ast.unparse(ast.parse(textwrap.dedent(text)))
    except (OSError, TypeError, SyntaxError):
        return None


def write(name: str, function: Callable, source: str) -> bool:
    """Put the function under its name into the file, for an earlier one; return whether it could be."""
    kept = {key: text for key, text in read_all().items() if key != name}
    kept[name] = source if function.__name__ == name else f"{source}\n\n\n{name} = {function.__name__}"
    parts = [f"# ---- {key}\n{text}\n" for key, text in sorted(kept.items())]
    return replace_text(path(), HEAD + "\n\n" + "\n\n".join(parts))


def read_all() -> dict[str, str]:
    """Return the kept texts by name; none where there is no file."""
    try:
        text = path().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    pieces = text.split("# ---- ")[1:]
    return {head.strip(): body.strip() for head, _, body in (piece.partition("\n") for piece in pieces)}


def load(name: str) -> Callable | None:
    """Return the kept function, None where none is kept, its text does not run, or none is wanted."""
    text = None if os.environ.get(AS_PRINTED) else read_all().get(name)
    if text is None:
        return None
    return compiled(text, name, f"{path()}")


def compiled(text: str, name: str, file: str) -> Callable | None:
    """Return the function of this name that a text defines with NumPy; None where it does not run."""
    space: dict = {"np": np, "__name__": "my_functions"}
    linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
    try:
        exec(compile(text, file, "exec"), space)
    except Exception:
        return None
    return space.get(name)


def books_own(exercise: Exercise) -> Callable:
    """Return the book's function: its solution."""
    function = compiled(exercise.solution, exercise.names[0], f"<solution {exercise.number}>")
    if function is None:
        raise ValueError(f"solution: got {exercise.number}, which does not run; expected a function")
    return function
