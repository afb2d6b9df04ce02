"""What an exercise is made of: data, of which each chapter has a module."""

import ast
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
    hints : tuple of str
    solution : str
        Source text that passes the check.
    reasons : str
        Two lines of reasoning.
    notice : str
        What to notice when it is right.
    stub : str
        What the cell holds, `name = ...`; of a function "", see `cell`.
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
    trials : callable or None
        Returns the trials that a function is tried on, where they are not the ordinary ones.
    """

    number: str
    title: str
    minutes: int
    hints: tuple[str, ...]
    solution: str
    reasons: str
    notice: str
    stub: str = ""
    derivation: Derivation | None = None
    example: Mapping[str, Any] | None = None
    single: bool = True
    judge: Callable | None = None
    role: str | None = None
    answers: tuple[str, ...] = ()
    undo: Callable | None = None
    trials: Callable | None = None

    @property
    def cell(self) -> str:
        """Return what the reader's cell holds: the stub, or the solution down to its docstring, and `...`."""
        if self.stub:
            return self.stub
        function = ast.parse(self.solution).body[0]
        last = function.body[0].end_lineno  # the docstring
        return "\n".join([*self.solution.splitlines()[:last], "    ..."])

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names in the solution that are handed to the check."""
        if self.answers:
            return self.answers
        first = self.solution.split("def ", 1)
        return (first[1].split("(", 1)[0],) if len(first) > 1 else ()
