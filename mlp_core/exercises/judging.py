"""Judging a function: run it on the trials, compare, and say what came out."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np

from .exercise import Exercise
from .feedback import Feedback
from .letters import is_or_are, opening
from .marks import marks
from .raised import explain
from .reader_code import Outcome, call_all, is_unwritten
from .reading import Read, read
from .search_parts import EXACT, NAMED, Answers, Bank, bank_of, is_near
from .slips_known.of_shape import OF_SHAPE
from .trials import Trial, trials
from .verdicts import in_convention, recognized

SHORT = 2e-4  # what is right in single precision
NO_BATCH_OF_ONE = "a single example is not made a batch of one"
WHICH_AXIS = "The numbers differ: which axis do your sums run along?"
UNTRIED = "Write it in the cell above, run that cell, then this one."
LONG = "It was stopped after {:.0f} seconds: does a loop of yours never end?"
GIVEN_UP = " It does not heed the stop, and goes on in the background; restart the kernel if that disturbs."


@lru_cache(maxsize=1)
def all_trials() -> tuple[Trial, ...]:
    """Return the trials, the same for all."""
    return trials()


def trials_for(exercise: Exercise) -> tuple[Trial, ...]:
    """Return the trials that a function of this exercise is tried on."""
    return exercise.trials() if exercise.trials else all_trials()


def bank_for(exercise: Exercise) -> Bank:
    """Return the exercise's bank of slips, over the ordinary batches."""
    ordinary = tuple(t for t in trials_for(exercise) if not t.extreme and not t.single)
    return bank_of(exercise.derivation, ordinary)


def judge_function(
    exercise: Exercise, function: Callable, attempt: int = 1, limit: float | None = None
) -> Feedback:
    """Return what is said of a reader's function; ``attempt`` counts the wrong answers before it, from 1."""
    answer = Feedback(exercise.number, "unattempted", UNTRIED)
    if is_unwritten(function):
        return answer
    if not callable(function):
        kind = type(function).__name__
        message = f"This is a {kind}: hand in the function itself, by its name and without brackets."
        return replace(answer, verdict="unread", message=message)
    asked = _asked(exercise)
    calls = [tuple(trial.argument(name) for name in exercise.derivation.inputs) for trial in asked]
    outcome = call_all(function, calls, limit)
    if outcome.stopped:
        from .reader_code import TIME_LIMIT

        message = LONG.format(TIME_LIMIT if limit is None else limit) + GIVEN_UP * outcome.given_up
        return replace(answer, verdict="error", message=message)
    if isinstance(outcome.runs[0].error, NotImplementedError):
        return answer
    feedback = _judged(exercise, asked, outcome, attempt)
    return _with_changes(feedback, exercise, outcome)


def _asked(exercise):
    """Return the trials that an exercise is tried on: those of huge logits where it takes a softmax."""
    huge = {"z_hat"} & set(exercise.derivation.inputs)
    return [trial for trial in trials_for(exercise) if huge or not trial.extreme]


def _with_changes(feedback, exercise, outcome):
    changed = sorted({k for run in outcome.runs for k in run.changed})
    if not changed:
        return feedback
    names = " and ".join(f"`{exercise.derivation.inputs[k]}`" for k in changed)
    message = (
        f"It writes into its argument {names}: whoever calls it finds other numbers there. Work on a copy."
    )
    if feedback.verdict == "right":
        return replace(feedback, verdict="near", message=f"The numbers are right. {message}")
    return replace(feedback, message=f"{feedback.message}\n{message}")


def _judged(exercise: Exercise, asked: list[Trial], outcome: Outcome, attempt: int) -> Feedback:
    bank = bank_for(exercise)
    names = exercise.derivation.outputs
    undo = exercise.undo or (lambda value, trial: value)
    pairs = list(zip(asked, outcome.runs, strict=True))
    reads = [
        (t, read(undo(run.value, t), names, t, bank.right(t)) if not run.error else None) for t, run in pairs
    ]
    errors = {id(trial): run.error for trial, run in pairs if run.error}
    batch, single, huge = (
        [(t, r) for t, r in reads if want(t)]
        for want in (
            lambda t: not t.single and not t.extreme,
            lambda t: t.single and not t.extreme,
            lambda t: t.extreme,
        )
    )
    if all(r is None for _, r in batch):
        return _raises(exercise, bank, batch, single, errors, attempt)
    unreadable = [r for _, r in batch if r is not None and r.values is None]
    if unreadable:
        return _misshapen(exercise, bank, batch, single, attempt)
    wrong = _numbers(exercise, bank, batch, single, attempt)
    return wrong or _rest(exercise, bank, batch, single, huge, errors)


def _raises(exercise, bank, batch, single, errors, attempt):
    trial = batch[0][0]
    message = explain(errors[id(trial)], trial.sizes)
    ok = [(t, r) for t, r in single if r is not None and r.values is not None]
    if ok and all(_is_right(bank, t, r) for t, r in ok):
        message = f"For a single example it is right; a batch raises.\n{message}"
    alone = _alone(exercise, bank, single, attempt)
    return Feedback(exercise.number, "error", f"{message}{alone.message}", alone.slips, alone.equals)


def _alone(exercise, bank, single, attempt):
    """Return what is said of single examples where batches have no numbers; nothing where none is known."""
    nothing = Feedback(exercise.number, "wrong", "")
    good = [(t, r) for t, r in single if r is not None and r.values is not None and not r.fault]
    if len(good) < len(single) or all(_is_right(bank, t, r) for t, r in good):
        return nothing
    if not all(np.isfinite(value).all() for _, r in good for value in r.values):
        return nothing
    slack = (0.0,) * len(exercise.derivation.outputs)
    ones = Answers(tuple(t for t, _ in good), tuple(r.values for _, r in good), slack)
    found = recognized(exercise, bank, ones, good[0][1], attempt)
    return replace(found, message=f"\nAnd for a single example: {found.message}") if found else nothing


def _is_right(bank: Bank, trial: Trial, answer: Read) -> bool:
    if answer is None or answer.values is None or answer.fault:
        return False
    limit = SHORT if answer.is_short else EXACT
    return all(is_near(v, r, limit) for v, r in zip(answer.values, bank.right(trial), strict=True))


def _misshapen(exercise, bank, batch, single, attempt):
    unreadable = next(r for _, r in batch if r is not None and r.values is None)
    message, right_alone = unreadable.fault, ""
    if single and all(_is_right(bank, t, r) for t, r in single):
        right_alone = "For a single example it is right, for a batch not.\n"
    slip = _of_shape(exercise, batch)
    if slip:
        said = f"These are the numbers that come out if {slip.says}. {slip.see}"
        return Feedback(exercise.number, "wrong", f"{right_alone}{message}\n{said}", (slip.says,))
    alone = _alone(exercise, bank, single, attempt)
    return Feedback(
        exercise.number, "wrong", f"{right_alone}{message}{alone.message}", alone.slips, alone.equals
    )


def _of_shape(exercise, batch):
    """Return the slip that gives arrays of the same shapes, with the same numbers; None if none does."""
    bare = replace(exercise.derivation, slips=())
    ran = [(t, r.arrays) for t, r in batch if r is not None]
    if not all(arrays for _, arrays in ran):
        return None
    banks = bank_of(bare, tuple(t for t, _ in batch))
    return next((s for s in OF_SHAPE if all(_is_made_by(s, banks, t, arrays) for t, arrays in ran)), None)


def _is_made_by(slip, bank, trial, arrays):
    made = bank.as_it_comes(slip, trial)
    return made is not None and all(
        output.shape == array.shape and is_near(array, output, NAMED)
        for output, array in zip(made, arrays, strict=True)
    )


def _numbers(exercise, bank, batch, single, attempt):
    """Return what is said of batches that are wrong, None where all are right."""
    good = [(t, r) for t, r in batch if r is not None]
    if all(_is_right(bank, t, r) for t, r in good):
        return None
    nan = _not_finite(exercise, good)
    good = [(t, r) for t, r in good if all(np.isfinite(value).all() for value in r.values)]
    if nan and not good:
        return nan
    slack = (0.0,) * len(exercise.derivation.outputs)
    answers = Answers(tuple(t for t, _ in good), tuple(r.values for _, r in good), slack)
    first = good[0][1]
    if first.view or any(first.lacking):
        return in_convention(exercise, bank, answers, first, attempt)
    alone = [(t, r) for t, r in single if r is not None and r.values is not None and not r.fault]
    ones = Answers(tuple(t for t, _ in alone), tuple(r.values for _, r in alone), slack)
    feedback = recognized(exercise, bank, answers, first, attempt)
    if nan and (feedback is None or feedback.verdict != "wrong"):
        return nan
    if feedback is None:
        with np.errstate(all="ignore"):
            lines = ["No slip that is known gives these numbers.", *marks(bank, answers, ones)]
        feedback = Feedback(exercise.number, "wrong", "\n".join(lines))
    if alone and len(alone) == len(single) and all(_is_right(bank, t, r) for t, r in alone):
        feedback = replace(
            feedback, message=f"For a single example it is right, for a batch not.\n{feedback.message}"
        )
    return feedback


def _not_finite(exercise, good):
    for _, answer in good:
        for name, value in zip(exercise.derivation.outputs, answer.values, strict=True):
            if not np.isfinite(value).all():
                verb = {"is": "holds", "are": "hold"}[is_or_are(name)]
                message = (
                    f"{opening(name)} {verb} NaN or infinity, on ordinary numbers: "
                    "something is divided by 0, or a logarithm is taken of 0 or less."
                )
                return Feedback(exercise.number, "wrong", message)
    return None


def _rest(exercise, bank, batch, single, huge, errors):
    """Return what is said where every batch that ran is right: single examples and huge logits are left."""
    raised = [t for t, r in batch if r is None]
    if raised:
        said = explain(errors[id(raised[0])], raised[0].sizes)
        return Feedback(exercise.number, "error", f"Some batches are right, others raise.\n{said}")
    for trial, answer in single:
        if not _is_right(bank, trial, answer):
            return _single_fails(exercise, bank, single, trial, answer, errors)
    for trial, answer in huge:
        if not _is_right(bank, trial, answer):
            return _huge_fails(exercise, bank, huge)
    if exercise.derivation.outputs and any(r.is_short for _, r in batch):
        return Feedback(exercise.number, "right", f"{exercise.notice}\n(In single precision.)".strip())
    return Feedback(exercise.number, "right", exercise.notice)


def _single_fails(exercise, bank, single, trial, answer, errors):
    opened = "For a batch it is right; for a single example, without the axis of the batch, not."
    if id(trial) in errors:
        said = explain(errors[id(trial)], trial.sizes)
        said += "\n`np.atleast_2d` makes a batch of one of a single example."
        return Feedback(exercise.number, "near", f"{opened}\n{said}", (NO_BATCH_OF_ONE,))
    alone = _alone(exercise, bank, single, 1)
    if divided := _of_one_example(bank, single):
        return Feedback(exercise.number, "near", f"{opened}\n{divided}", alone.slips, alone.equals)
    said = alone.message or f"\n{answer.fault or WHICH_AXIS}"
    if alone.slips:
        said += "\nIs a size counted, or an axis named, before the single example is made a batch of one?"
    return Feedback(exercise.number, "near", f"{opened}{said}", alone.slips, alone.equals)


def _of_one_example(bank, single):
    """Return that of one example, which has K numbers, `len` is taken for the number of examples."""
    for trial, answer in single:
        pairs = zip(answer.values or (), bank.right(trial), strict=False) if answer else ()
        K = trial.sizes.get("K", 1)
        if not answer or answer.values is None or not all(is_near(v, r / K, EXACT) for v, r in pairs):
            return ""
    return "Yours is the K-th part of it: you divide by K, as `len` of one example is, and not by 1."


def _huge_fails(exercise, bank, huge):
    """Say which way of shifting the logits fails as the answer does, at logits of a thousand."""
    for slip in exercise.derivation.slips:
        if slip.step != "shifted" or exercise.derivation.lines((slip,)) is None:
            continue
        outputs = [(r, bank.outputs((slip,), t)) for t, r in huge if r is not None and r.values is not None]
        if outputs and all(
            np.allclose(v, o, rtol=1e-6, atol=1e-9, equal_nan=True)
            for r, slipped in outputs
            for v, o in zip(r.values, slipped, strict=True)
        ):
            message = (
                f"Right on ordinary logits. With logits of a thousand it fails: {slip.says}.\n{slip.see}"
            )
            return Feedback(exercise.number, "near", message, (slip.says,))
    message = (
        "Right on ordinary logits. With logits of a thousand it fails: either an exponential overflows, and "
        "the row's maximum is to be taken off before (1.16), or something is divided by a probability that "
        "has become 0."
    )
    return Feedback(exercise.number, "near", message)
