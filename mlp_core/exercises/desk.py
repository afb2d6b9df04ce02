"""What a reader calls: check, hint, solution, keep, mine, diagnose, progress."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from . import own_functions, record
from .attempts import Attempt
from .chain import Derivation
from .exercise import Exercise
from .feedback import Feedback, came
from .judging import judge_function
from .leaning import IN_OTHER_CELLS, alone, from_other_cells, listed
from .numbers_asked import judge_numbers
from .registry import exercise_of, exercises, of_role
from .slips_known import CATALOGUE

NO_TEXT = "The text of your function was not found, so nothing is kept."
NOT_ALONE = (
    "Your function leans on other cells of the notebook{}, so it would not run elsewhere. Put all it needs, "
    "but `np`, inside it, check it again, and then keep it."
)
_wrong: dict[str, Counter] = {}  # which slips an exercise was told in this kernel, "" where none is known
_passed: dict[str, Callable] = {}  # the function that passed last, by role
DIAGNOSED = {"backward": Derivation(("x", "r", "V", "W", "activation"), ("dV", "dW"), slips=CATALOGUE)}


def check(number: str, *answers: Any) -> Feedback:
    """Return what the book says of an answer: the last expression of a cell, which shows it as a box.

    Parameters
    ----------
    number : str
        The exercise, such as "2.4".
    answers : objects
        What it asks for: a function, or numbers.

    Returns
    -------
    Feedback
        A slip is told with its step and how to see it; made again, with the line as it came out, and the
        third time as it should be. Nothing is written for an exercise that was not tried.

    Raises
    ------
    ValueError
        There is no such exercise.
    """
    exercise = exercise_of(number)
    feedback = _judged(exercise, answers, Attempt(_wrong.get(number, Counter())))
    if exercise.role:
        feedback = _to_be_kept(feedback, answers)
    if feedback.verdict == "unattempted":
        return feedback
    if feedback.verdict == "wrong":
        _wrong.setdefault(number, Counter())["".join(feedback.slips[:1])] += 1
    if feedback.verdict == "right":
        _wrong.pop(number, None)
        if exercise.role:
            _passed[exercise.role] = answers[0]
    record.note(number, feedback.verdict)
    return feedback


def _to_be_kept(feedback: Feedback, answers: tuple) -> Feedback:
    """Return what is said of a function that can be kept, with that on what it leans."""
    feedback = alone(feedback, answers[0] if answers else None)
    names = from_other_cells(answers[0]) if feedback.verdict == "right" else []
    if not names:
        return feedback
    return replace(feedback, message=f"{feedback.message}\n{IN_OTHER_CELLS.format(listed(names))}".strip())


def _judged(exercise: Exercise, answers: tuple, attempt: int) -> Feedback:
    if exercise.judge is not None:
        return exercise.judge(exercise, answers, attempt)
    if exercise.example is not None:
        return judge_numbers(exercise, answers, attempt)
    if len(answers) != 1:
        return Feedback(exercise.number, "unread", came(len(answers), "one, the function"))
    return judge_function(exercise, answers[0], attempt)


def hint(number: str, n: int = 1) -> Feedback:
    """Return the n-th hint of an exercise, counted from 1.

    Parameters
    ----------
    number : str
    n : int

    Returns
    -------
    Feedback

    Raises
    ------
    ValueError
        There is no such exercise, or n is no number from 1.
    """
    exercise = exercise_of(number)
    count = len(exercise.hints)
    if isinstance(n, int) and n > count:
        said = f'There are {count} hints. `solution("{number}")` shows one way, and why.'
        return Feedback(number, "info", said)
    if not isinstance(n, int) or n < 1:
        raise ValueError(f"n: got {n!r}; expected a number from 1")
    more = f' There is another: `hint("{number}", {n + 1})`.' if n < count else ""
    return Feedback(number, "info", f"Hint {n} of {count}. {exercise.hints[n - 1]}{more}")


def solution(number: str) -> "Solution":
    """Return a solution of an exercise, with its reasons, open to all.

    Parameters
    ----------
    number : str

    Returns
    -------
    Solution

    Raises
    ------
    ValueError
        There is no such exercise.
    """
    return Solution(exercise_of(number))


class Solution:
    """A solution as text: what passes the check, and why.

    Parameters
    ----------
    exercise : Exercise
    """

    def __init__(self, exercise: Exercise):
        self.number, self.text, self.reasons = exercise.number, exercise.solution.strip(), exercise.reasons

    def __repr__(self):
        return f"{self.text}\n\n{self.reasons}"

    def _repr_mimebundle_(self, **_):
        return {"text/markdown": f"```python\n{self.text}\n```\n\n{self.reasons}", "text/plain": repr(self)}


def keep(name: str) -> Feedback:
    """Write your function, once it is said to be right, to `my_functions.py` beside the notebook.

    Parameters
    ----------
    name : str
        Such as "backward".

    Returns
    -------
    Feedback

    Raises
    ------
    ValueError
        No exercise has a function of this name.
    """
    exercise = of_role(name)
    function = _passed.get(name)
    if function is None:
        said = f"Nothing to keep yet: first let `check` say that your `{name}` is right."
        return Feedback(exercise.number, "unattempted", said)
    source = own_functions.source_of(function)
    alone = source and own_functions.compiled(source, function.__name__, "<kept>")
    if not alone:
        return Feedback(
            exercise.number, "error", "The text of your function was not found, so nothing is kept."
        )
    if judge_function(exercise, alone).verdict != "right":
        names = from_other_cells(function)
        said = NOT_ALONE.format(f", by {listed(names)}" if names else "")
        return Feedback(exercise.number, "error", said)
    if not own_functions.write(name, function, source):
        return Feedback(exercise.number, "error", f"`{own_functions.NAME}` cannot be written here.")
    return Feedback(exercise.number, "info", f"Kept: `mine({name!r})` loads it from `{own_functions.NAME}`.")


def mine(name: str) -> Callable:
    """Return your own function that you kept, or the book's own where there is none.

    Parameters
    ----------
    name : str
        Such as "backward".

    Returns
    -------
    callable

    Raises
    ------
    ValueError
        No exercise has a function of this name.
    """
    exercise = of_role(name)
    return own_functions.load(name) or own_functions.books_own(exercise)


def diagnose(function: Callable, name: str = "backward") -> Feedback:
    """Return what the book says of code that you bring along.

    Parameters
    ----------
    function : callable
        Of (x, r, V, W, activation), which returns (dV, dW): negative gradients of the mean, bias in column 0.
    name : str
        What it should be: "backward".

    Returns
    -------
    Feedback

    Raises
    ------
    ValueError
        Nothing of this name can be diagnosed.
    """
    if name not in DIAGNOSED:
        raise ValueError(f"name: got {name!r}; expected one of {', '.join(map(repr, DIAGNOSED))}")
    asked = Exercise("", name, 0, "", (), "", "", "Both pulls are right.", DIAGNOSED[name])
    feedback = judge_function(asked, function, attempt=3)
    if feedback.verdict == "unattempted":
        feedback = replace(feedback, message="The function holds nothing but `...`.")
    return feedback


def progress() -> Feedback:
    """Return what you have done so far, chapter by chapter.

    Returns
    -------
    Feedback
    """
    states, lines = record.load(), []
    for chapter in dict.fromkeys(number.split(".")[0] for number in exercises()):
        numbers = [number for number in exercises() if number.split(".")[0] == chapter]
        right = [number for number in numbers if states.get(number) == "right"]
        tried = [number for number in numbers if number in states and number not in right]
        line = f"Chapter {int(chapter):02}: {len(right)} of {len(numbers)} right"
        lines.append(line + (f", tried {', '.join(tried)}" if tried else "") + ".")
    return Feedback("", "info", "\n".join(lines) or "There are no exercises yet.")
