"""What an exercise is made of: data, of which each chapter has a module."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .chain import Derivation


@dataclass(frozen=True, eq=False)
class Exercise:
    """One exercise.

    Parameters
    ----------
    number : str
        Such as "2.4".
    title : str
    minutes : int
        5, 15, 30 or more.
    stub : str
        What the cell holds: a signature, a docstring and `...`, or `name = ...`.
    hints : tuple of str
    solution : str
        Source text that passes the check.
    reasons : str
        Two lines of reasoning.
    notice : str
        What to notice when it is right.
    derivation : Derivation or None
        Whose outputs are asked for: as a function of its inputs, or as numbers where `example` is given.
    example : mapping or None
        The inputs at which numbers are asked for, in batch form.
    single : bool
        Whether the example is one example, whose numbers have no axis of the batch.
    judge : callable or None
        Takes the answers and the attempt and returns a `Feedback`, where no derivation is asked for.
    role : str or None
        The name that `keep` and `mine` know the function by.
    answers : tuple of str
        The names that are handed to the check, where it is not the one function.
    undo : callable or None
        Makes of what a function returned, and the trial, what the derivation asks for.
    """

    number: str
    title: str
    minutes: int
    stub: str
    hints: tuple[str, ...]
    solution: str
    reasons: str
    notice: str
    derivation: Derivation | None = None
    example: Mapping[str, Any] | None = None
    single: bool = True
    judge: Callable | None = None
    role: str | None = None
    answers: tuple[str, ...] = ()
    undo: Callable | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names in the solution that are handed to the check."""
        if self.answers:
            return self.answers
        first = self.solution.split("def ", 1)
        return (first[1].split("(", 1)[0],) if len(first) > 1 else ()
