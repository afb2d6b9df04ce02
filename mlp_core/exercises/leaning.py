"""On what a reader's function leans that it does not hold itself."""

import dis
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np

from .feedback import Feedback

READY_MADE = {"mlp_core", "scipy", "sklearn", "torch", "jax", "tensorflow"}
LEANS = "Right, but it leans on {}: write out what that does, with `np` alone."
IN_OTHER_CELLS = "To keep it, put {} inside it: what stands in other cells is not kept."


def ready_made(function: Any) -> list[str]:
    """Return the names in a function, and in those of the reader's that it calls, of what others wrote."""
    found = _outside(function, set())
    return sorted({name for name, value in found if _root(value) in READY_MADE})


def from_other_cells(function: Any) -> list[str]:
    """Return the names that a function takes from other cells of the notebook, `np` apart."""
    found = [(name, value) for name, value in _outside(function, set()) if not isinstance(value, _Import)]
    return sorted({name for name, value in found if value is not np and value is not function})


def alone(feedback: Feedback, function: Any) -> Feedback:
    """Return what is said of a function that is right: not yet its writer's own, if it leans on a package."""
    names = ready_made(function) if feedback.verdict == "right" else []
    return Feedback(feedback.number, "near", LEANS.format(listed(names))) if names else feedback


def listed(names: list[str]) -> str:
    """Return names as they stand in a sentence."""
    return " and ".join(f"`{name}`" for name in names)


class _Import(str):
    """The name of what is imported inside a function."""


def _outside(function: Any, met: set) -> Iterator[tuple[str, Any]]:
    """Yield (name, value) of what a function, and those that it calls, read from outside or import."""
    if not isinstance(function, FunctionType) or function in met or _root(function) in READY_MADE:
        return
    met.add(function)
    for name in _read(function.__code__):
        if isinstance(name, _Import):
            yield str(name), name
        elif name in function.__globals__:
            yield name, function.__globals__[name]
            yield from _outside(function.__globals__[name], met)


def _read(code: CodeType) -> Iterator[str]:
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield step.argval
        elif step.opname == "IMPORT_NAME":
            yield _Import(step.argval)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _read(constant)


def _root(value: Any) -> str:
    """Return the package that a value comes from."""
    if isinstance(value, _Import):
        return value.split(".")[0]
    name = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
    return str(name or type(value).__module__).split(".")[0]
