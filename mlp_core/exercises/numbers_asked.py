"""Judging numbers that a reader typed or computed at an example, to as many places as they have."""

from dataclasses import replace
from functools import lru_cache
from itertools import permutations
from typing import Any

import numpy as np

from .exercise import Exercise
from .feedback import Feedback, came
from .judging import UNTRIED
from .letters import AXES, is_or_are, opening, spoken
from .reader_code import is_unwritten
from .reading import read
from .search_parts import EXACT, NAMED, Answers, bank_of, is_near
from .trials import Trial
from .verdicts import in_convention, recognized

FEWEST, MOST = 2, 7  # places to which numbers must be given; those with more are not rounded

LAST_DIGITS = "Right, but for the last digits: round once, at the end."


@lru_cache(maxsize=64)
def example_of(exercise: Exercise) -> Trial:
    """Return the exercise's example as a trial."""
    given = dict(exercise.example)
    sizes = {}
    for name, value in given.items():
        if name in AXES and isinstance(value, np.ndarray):
            for axis, size in zip(AXES[name], value.shape, strict=True):
                letter = axis.removesuffix("+1")
                sizes[letter] = size - (letter != axis)
    return Trial(sizes, exercise.single, "", given)


def places(array: np.ndarray) -> int:
    """Return to how many places numbers are rounded: 0 to 7, and 8 where they are not."""
    for count in range(MOST + 1):
        if np.abs(array - array.round(count)).max(initial=0.0) < 1e-12:
            return count
    return MOST + 1


def judge_numbers(exercise: Exercise, answers: tuple, attempt: int = 1) -> Feedback:
    """Return what is said of numbers at the exercise's example."""
    names = exercise.derivation.outputs
    answer = Feedback(exercise.number, "unattempted", UNTRIED)
    if any(is_open(value) for value in answers):
        return answer
    if len(answers) != len(names):
        wanted = ", then ".join(map(spoken, names))
        said = came(len(answers), f"{len(names)}: {wanted}")
        return replace(answer, verdict="unread", message=said)
    trial = example_of(exercise)
    bank = bank_of(replace(exercise.derivation, by_hand=True), (trial,))
    right = bank.right(trial)
    got = read(answers if len(names) > 1 else answers[0], names, trial, right, typed=True)
    if got.values is None:
        return replace(answer, verdict="wrong", message=got.fault)
    if not all(np.isfinite(value).all() for value in got.values):
        return replace(answer, verdict="wrong", message="There is NaN or infinity among your numbers.")
    return _compared(exercise, bank, trial, got, attempt)


def batch_form(exercise: Exercise, answer: Any) -> np.ndarray | None:
    """Return a number that was typed, as the derivation computes it; None where its shape does not fit."""
    trial = example_of(exercise)
    right = bank_of(exercise.derivation, (trial,)).right(trial)
    got = read(answer, exercise.derivation.outputs, trial, right, typed=True)
    return None if got.values is None else got.values[0]


def is_open(value: Any) -> bool:
    """Return whether there is still a `...` in what was handed in."""
    if isinstance(value, (list, tuple)):
        return any(map(is_open, value))
    return value is None or value is Ellipsis or (callable(value) and is_unwritten(value))


def _compared(exercise, bank, trial, got, attempt):
    slack = tuple(_slack(value, output) for value, output in zip(got.values, bank.right(trial), strict=True))
    numbers = Answers((trial,), (got.values,), slack)
    if not got.fault and _is_coarse(numbers, bank.right(trial)):
        return Feedback(exercise.number, "near", f"Right, as far as it goes: give {FEWEST} places, please.")
    if not got.fault and numbers.near(0, bank.right(trial), EXACT):
        return Feedback(exercise.number, "right", exercise.notice)
    if got.view or any(got.lacking):
        return in_convention(exercise, bank, numbers, got, attempt)
    near = numbers.near(0, bank.right(trial), NAMED) or _in_the_last_digit(numbers, bank.right(trial))
    if near and not _is_miscounted(numbers, bank.right(trial)):
        return Feedback(exercise.number, "near", LAST_DIGITS)
    if _is_transposed(numbers, bank.right(trial)):
        said = "Rows and columns are exchanged: a row for each head of an arrow, a column for each tail."
        return Feedback(exercise.number, "wrong", said, ("rows and columns are exchanged",))
    order = _in_another_order(exercise, numbers, bank.right(trial))
    if order:
        return Feedback(exercise.number, "wrong", order, ("the numbers stand in another order",))
    found = recognized(exercise, bank, numbers, got, attempt)
    return found or Feedback(exercise.number, "wrong", _which(exercise, numbers, bank, trial))


def _in_the_last_digit(numbers, right):
    """Return whether no number is further off than 1 in its last place, which is little beside the largest.

    So it is where something was rounded on the way to several numbers; one alone may be a slip's.
    """
    (values,) = numbers.values
    return all(
        is_near(value, output, EXACT, slack if value.size < 3 else 2 * slack)
        and 2 * slack <= 0.02 * np.abs(output).max(initial=0)
        for value, output, slack in zip(values, right, numbers.slack, strict=True)
    )


def _is_transposed(numbers, right):
    """Return whether all is right once a square table is transposed."""
    values = numbers.values[0]
    turned = [v.T if v.ndim == 2 and v.shape[0] == v.shape[1] > 1 else v for v in values]
    return all(map(is_near, turned, right, [EXACT] * len(right), numbers.slack))


def _is_coarse(numbers, right):
    """Return whether numbers are right to the places that they have, and these are fewer than asked for.

    Whole numbers are so if none is 0 where another number was to come.
    """
    coarse = 0.5 * 0.1**FEWEST * 1.01
    if numbers.near(0, right, EXACT):
        return max(numbers.slack) > coarse
    (values,) = numbers.values
    slack = [0.5005 if not places(v) else s for v, s in zip(values, numbers.slack, strict=True)]
    lost = any(((v == 0) & (abs(r) > EXACT)).any() for v, r in zip(values, right, strict=True))
    return max(slack) > coarse and not lost and all(map(is_near, values, right, [EXACT] * len(slack), slack))


def _is_miscounted(numbers, right):
    """Return whether a count of whole things is another whole number: it has no last digits."""
    pairs = zip(numbers.values[0], right, strict=True)
    return any(not places(v) and not places(r) and not np.array_equal(v, r) for v, r in pairs)


def _in_another_order(exercise, numbers, right):
    """Return that the numbers are right and stand in another order, "" where they are not or do not."""
    names, values, slack = exercise.derivation.outputs, numbers.values[0], numbers.slack
    for order in permutations(range(len(names))) if 1 < len(names) < 5 else ():
        turned = [(values[k], right[o], slack[k]) for o, k in enumerate(order)]
        if all(v.shape == r.shape and is_near(v, r, EXACT, s) for v, r, s in turned):
            o, k = next((o, k) for o, k in enumerate(order) if o != k)
            what = f"{spoken(names[o])} stands where {spoken(names[k])} belongs"
            return f"These are the right numbers in another order: {what}."
    each = zip(names, values, right, slack, strict=True)
    wrong = [one for one in each if not is_near(*one[1:3], EXACT, one[3])]
    if wrong and all(_is_turned(*one) for one in wrong):
        what = " and ".join(spoken(name) for name, *_ in wrong)
        return f"The numbers are right, but stand in another order: {what}."
    return ""


def _is_turned(name, value, right, slack):
    """Return whether a row of numbers, in which no place is a bias's, is right but for its order."""
    in_a_row = value.size == max(value.shape, default=0) > 1 and not any(
        "+1" in axis for axis in AXES.get(name, ())
    )
    return in_a_row and is_near(np.sort(value.ravel()), np.sort(right.ravel()), EXACT, slack)


def _slack(value, right):
    """Return by how much numbers may differ because they are rounded; 0 where they are not, or are whole."""
    count = places(value)
    if not 0 < count <= MOST or is_near(value, right, EXACT):
        return 0.0
    return 0.5 * 0.1**count * 1.001


def _which(exercise, numbers, bank, trial):
    """Return the sentence that says which outputs are right, and of the others how many numbers."""
    said = ["No slip that is known gives these numbers."]
    pairs = zip(numbers.values[0], bank.right(trial), strict=True)
    if any(0 < places(v) < min(FEWEST, places(r)) for v, r in pairs):
        said = [f"No slip that is known gives these numbers; with {FEWEST} places more could be said."]
    for name, value, output, slack in zip(
        exercise.derivation.outputs, numbers.values[0], bank.right(trial), numbers.slack, strict=True
    ):
        what = opening(name)
        if is_near(value, output, EXACT, slack):
            said.append(f"{what} {is_or_are(name)} right.")
            continue
        if not output.ndim:
            said.append(f"{what} {is_or_are(name)} not right.")
            continue
        good = np.abs(value - output) <= max(NAMED * np.abs(output).max(), slack)
        said.append(f"{what}: {good.sum()} of {good.size} numbers are right" + _rows(good) + ".")
        if np.abs(value).size > 1 and (np.sign(value) == np.sign(output)).all():
            said.append("All signs are right.")
    return "\n".join(said)


def _rows(good):
    if np.ndim(good) < 2 or len(good) == 1:
        numbers = [f"{k + 1}" for k in np.flatnonzero(good)]
        return f", number {', '.join(numbers)}" if numbers and np.size(good) > 1 else ""
    rows = [f"{k + 1}" for k, row in enumerate(good) if row.all()]
    return f", those of row {', '.join(rows)}" if rows and len(good) > 1 else ""
