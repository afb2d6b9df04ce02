"""Judging a function against a text and its edits, where the way is a loop and not a chain of lines."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .exercise import Exercise
from .feedback import Feedback
from .judging import LONG, UNTRIED
from .raised import explain
from .reader_code import TIME_LIMIT, call_all, is_unwritten
from .reading import as_array
from .search_parts import EXACT, is_near


@dataclass(frozen=True)
class Edit:
    """A slip in a text: what stands in place of what, what that says, and how to see it.

    Parameters
    ----------
    before, after : str
    says : str
        Ends the sentence "This is what comes out if ...".
    see : str
    is_near : bool
        Whether the answer is nearly right with it.
    """

    before: str
    after: str
    says: str
    see: str
    is_near: bool = False


def judge_edited(
    text: str, edits: Sequence[Edit], calls: Sequence[tuple]
) -> Callable[[Exercise, tuple, int], Feedback]:
    """Return a judge of a function that should do what a text does.

    Parameters
    ----------
    text : str
        The right function, which returns an array of its second argument's shape.
    edits : sequence of Edit
        The slips; two at a time are tried as well.
    calls : sequence of tuples of arguments
    """

    def judge(exercise, answers, attempt):
        if len(answers) != 1 or is_unwritten(answers[0]):
            return Feedback(exercise.number, "unattempted", UNTRIED)
        if not callable(answers[0]):
            return Feedback(exercise.number, "unread", "Hand in the function itself, without brackets.")
        outcome = call_all(answers[0], calls)
        failed = [run.error for run in outcome.runs if run.error is not None]
        if outcome.stopped or failed:
            said = explain(failed[0], {}) if failed else LONG.format(TIME_LIMIT)
            return Feedback(exercise.number, "error", said)
        values = [as_array(run.value) for run in outcome.runs]
        fault = _fault(values, outcome.runs, calls)
        if fault:
            return Feedback(exercise.number, "wrong", fault)
        right = _agree(values, _outputs(text, calls))
        if any(run.changed for run in outcome.runs):
            said = "It leaves other numbers in its argument than it found there: work on a copy."
            return Feedback(exercise.number, "near" if right else "wrong", said)
        if right:
            return Feedback(exercise.number, "right", exercise.notice)
        return _recognized(exercise, text, edits, calls, values, attempt)

    return judge


def _outputs(text, calls):
    """Return what a text's function gives for each call; none where it raises."""
    space: dict[str, Any] = {"np": np}
    exec(text, space)
    function = space[text.split("def ", 1)[1].split("(")[0]]
    return [run.value for run in call_all(function, calls).runs if run.error is None]


def _agree(values, outputs):
    if len(values) != len(outputs):
        return False
    return all(map(is_near, values, outputs, [EXACT] * len(values)))


def _fault(values, runs, calls):
    for value, run, call in zip(values, runs, calls, strict=True):
        if run.value is None:
            return "It returns nothing (None): is there a `return` at its end?"
        if value is None:
            return f"It returns a {type(run.value).__name__}; expected an array of numbers."
        if value.shape != call[1].shape:
            return f"It returns the shape {value.shape} for a W of {call[1].shape}; expected the same."
        if not np.isfinite(value).all():
            return "It returns NaN or infinity, on ordinary numbers."
    return ""


def _recognized(exercise, text, edits, calls, values, attempt):
    for many in (1, 2):
        for chosen in itertools.combinations(edits, many):
            edited = _edited(text, chosen)
            if edited and _agree(values, _outputs(edited, calls)):
                return _said(exercise, text, edited, chosen, attempt)
    lines = ["No slip that is known gives these numbers."]
    pairs = zip(values, _outputs(text, calls), strict=True)
    ratios = np.concatenate([(value / right).ravel() for value, right in pairs])
    if np.ptp(ratios) <= 1e-5 * abs(ratios).max():
        lines.append(f"Each is {np.median(ratios):.4g} times the right one: look for a factor.")
    return Feedback(exercise.number, "wrong", "\n".join(lines))


def _edited(text, chosen):
    """Return the text with these edits, "" where one of them no longer finds its place."""
    for edit in chosen:
        if edit.before not in text:
            return ""
        text = text.replace(edit.before, edit.after)
    return text


def _said(exercise, text, edited, chosen, attempt):
    says = "; and ".join(edit.says for edit in chosen)
    lines = [f"This is what comes out if {says}.", *dict.fromkeys(edit.see for edit in chosen)]
    if attempt > 1:
        yours, right = (_lines_only_in(*pair) for pair in ((edited, text), (text, edited)))
        if yours != right:  # they are the same where a line has moved
            lines.append(f"You have computed `{yours}`; the step is `{right}`.")
    verdict = "near" if all(edit.is_near for edit in chosen) else "wrong"
    return Feedback(exercise.number, verdict, "\n".join(lines), (says,))


def _lines_only_in(text, other):
    there = other.splitlines()
    return "; ".join(line.strip() for line in text.splitlines() if line not in there)
