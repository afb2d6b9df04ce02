"""All exercises, collected from the modules of the chapters."""

import importlib
import pkgutil
from functools import lru_cache

from . import chapters
from .exercise import Exercise


@lru_cache(maxsize=1)
def exercises() -> dict[str, Exercise]:
    """Return every exercise by its number, in the order of the book.

    Raises
    ------
    ValueError
        Two have one number.
    """
    found: dict[str, Exercise] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(chapters.__path__)):
        for exercise in importlib.import_module(f"{chapters.__name__}.{module}").EXERCISES:
            if exercise.number in found:
                raise ValueError(f"EXERCISES: got {exercise.number} twice; expected each number once")
            found[exercise.number] = exercise
    return found


def exercise_of(number: str) -> Exercise:
    """Return the exercise of this number; ValueError says which there are."""
    known = exercises()
    if number not in known:
        chapter = [other for other in known if other.split(".")[0] == str(number).split(".")[0]]
        first, *_, last = chapter or known
        raise ValueError(f"number: got {number!r}; expected one from {first!r} to {last!r}")
    return known[number]


def of_role(role: str) -> Exercise:
    """Return the exercise in which the reader writes this function; ValueError says which there are."""
    known = {exercise.role: exercise for exercise in exercises().values() if exercise.role}
    if role not in known:
        raise ValueError(f"name: got {role!r}; expected one of {', '.join(sorted(known))}")
    return known[role]
