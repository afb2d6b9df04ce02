"""Judging weights that read sheets of two pixels, a proof that none read all four, and a unit that helps."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from .exercise import Exercise
from .feedback import Feedback
from .judging import LONG, UNTRIED
from .raised import explain
from .reader_code import TIME_LIMIT, call_all, is_unwritten
from .reading import as_array

SHEETS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
SIGNS = np.array([-1.0, 1.0, 1.0, -1.0])  # of the lead of class 1: it is to win where one pixel is inked
NAMES = ("W_three", "proof", "unit", "W_four")


def judge_two_pixels(exercise: Exercise, answers: tuple, attempt: int) -> Feedback:
    """Return what is said of the four answers, of which the later ones may still be open."""
    if len(answers) != len(NAMES):
        return Feedback(exercise.number, "unread", f"Hand in {', '.join(NAMES)}, in this order.")
    open_ones = [name for name, answer in zip(NAMES, answers, strict=True) if _is_open(answer)]
    if len(open_ones) == len(NAMES):
        return Feedback(exercise.number, "unattempted", UNTRIED)
    right = []
    for name, said in zip(NAMES, _faults(answers), strict=True):
        if name in open_ones:
            continue
        if said:
            lines = [f"Right so far: {_listed(right)}."] if right else []
            return Feedback(exercise.number, "wrong", "\n".join([*lines, said]), (said,))
        right.append(name)
    if open_ones:
        said = f"Right so far: {_listed(right)}. Still to be written: {_listed(open_ones)}."
        return Feedback(exercise.number, "near", said)
    return Feedback(exercise.number, "right", exercise.notice)


def _is_open(answer):
    return answer is None or answer is ... or (callable(answer) and is_unwritten(answer))


def _listed(names):
    return ", ".join(f"`{name}`" for name in names)


def _faults(answers):
    """Yield for each answer what is wrong with it, "" if nothing; an open one is passed over."""
    W_three, proof, unit, W_four = answers
    yield "" if _is_open(W_three) else _of_weights("W_three", W_three, SHEETS, 3)
    yield "" if _is_open(proof) else _of_proof(proof)
    said, signals = ("", None) if _is_open(unit) else _of_unit(unit)
    yield said
    if _is_open(W_four):
        yield ""
    elif signals is None:
        yield "`W_four` hears the unit's answer, so write `unit` first."
    else:
        yield _of_weights("W_four", W_four, np.c_[SHEETS, signals], 4)


def _of_weights(name: str, weights: Any, signals: np.ndarray, wanted: int) -> str:
    W = as_array(weights)
    shape = (2, signals.shape[1] + 1)
    if W is None or W.shape != shape:
        came = "is no table of numbers" if W is None else f"has the shape {W.shape}"
        return f"`{name}` {came}; expected {shape}: a row for each class, and the bias first."
    logits = np.c_[np.ones(4), signals] @ W.T
    leads = (logits[:, 0] - logits[:, 1]) * SIGNS
    lost = [_sheet(k) + (" (a tie)" if leads[k] == 0 else "") for k in range(4) if not leads[k] > 0]
    if 4 - len(lost) >= wanted:
        return ""
    return f"`{name}` reads {4 - len(lost)} of the four sheets; not read: {', '.join(lost)}."


def _sheet(k):
    return f"({SHEETS[k, 0]:.0f}, {SHEETS[k, 1]:.0f})"


def _of_proof(proof: Any) -> str:
    numbers = as_array(proof)
    if numbers is None or numbers.shape != (4,):
        return "`proof` is not four numbers, one for each sheet."
    if not numbers.any():
        return "Four zeros make everything 0, and prove nothing."
    sums = {letter: numbers @ column for letter, column in zip("abc", (np.ones(4), *SHEETS.T), strict=True)}
    left = {letter: value for letter, value in sums.items() if abs(value) > 1e-9}
    if left:
        said = " + ".join(f"{value:g}{letter}" for letter, value in left.items())
        said = re.sub(r"(?<![\d.])1(?=[abc])", "", said).replace("+ -", "- ")
        return (
            f"With your four numbers the leads add up to {said}. It has to be 0, whatever a, b and c are: "
            "then no weights get round it."
        )
    if (numbers * SIGNS < 0).any():
        return (
            "The leads cancel, and yet nothing follows from these signs. If all four were read, which sign "
            "would each of the four products have?"
        )
    return ""


def _of_unit(unit: Callable) -> tuple[str, np.ndarray | None]:
    """Return what is wrong with the unit, "" if nothing, and its answers to the four sheets."""
    if not callable(unit):
        return "`unit` is a function of one sheet: hand in the function itself.", None
    outcome = call_all(unit, [(sheet,) for sheet in SHEETS])
    if outcome.stopped:
        return LONG.format(TIME_LIMIT), None
    failed = [run.error for run in outcome.runs if run.error is not None]
    if failed:
        return explain(failed[0], {}), None
    signals = [as_array(run.value) for run in outcome.runs]
    if any(signal is None or signal.size != 1 or not np.isfinite(signal).all() for signal in signals):
        return "`unit` does not return one number for each sheet.", None
    signals = np.array([signal.item() for signal in signals])
    if abs(SIGNS @ signals) < 1e-9:
        return (
            "Multiplied with the numbers of the proof, this unit's four answers add up to 0 as well. So its "
            "signal may be added, with any weight, and the proof still holds: it is no more than a weighted "
            "sum of what was there."
        ), signals
    return "", signals
