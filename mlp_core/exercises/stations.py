"""Judging numbers that follow from one another, station by station."""

from dataclasses import replace

from .chain import run
from .exercise import Exercise
from .feedback import Feedback
from .judging import UNTRIED
from .letters import is_or_are, opening, spoken
from .numbers_asked import LAST_DIGITS, batch_form, example_of, is_open, judge_numbers
from .verdicts import PULLS

TURNED = "The sign is turned here: the pulls before it have the sign that it should have."


def judge_stations(exercise: Exercise, answers: tuple, attempt: int) -> Feedback:
    """Return what is said of numbers that follow from one another: which is the first wrong one, and why.

    The next station is judged only where all before it are right, and then by slips made after those.
    """
    names = exercise.derivation.outputs
    still_open = [k for k, answer in enumerate(answers) if is_open(answer)]
    if len(answers) != len(names):
        return judge_numbers(exercise, answers, attempt)
    if still_open[:1] == [0]:
        return Feedback(exercise.number, "unattempted", UNTRIED)
    given, own, rounded = dict(exercise.example), dict(exercise.example), []
    for k, (name, answer) in enumerate(zip(names, answers, strict=True)):
        if k in still_open[:1]:
            said = f"Right as far as {spoken(names[k - 1])}: `{exercise.answers[k]}` is still `...`."
            return Feedback(exercise.number, "near", said)
        alone = replace(exercise.derivation, inputs=tuple(given), outputs=(name,))
        asked = replace(exercise, derivation=alone, example=given)
        feedback = judge_numbers(asked, (answer,), attempt)
        if feedback.verdict != "right" and _follows(asked, own, answer):
            feedback = replace(feedback, verdict="near", message=LAST_DIGITS)
        if feedback.message == LAST_DIGITS:
            rounded.append(spoken(name))
        elif feedback.verdict != "right":
            if PULLS & set(names[:k]) and judge_numbers(asked, (_turned(asked, answer),)).verdict == "right":
                feedback = replace(feedback, verdict="wrong", message=TURNED, slips=(TURNED,))
            return _first_wrong(feedback, names, k)
        sizes = example_of(exercise).sizes
        own[name] = batch_form(asked, answer)
        given = _with_steps(alone, run(alone.lines(), {**given, **sizes}), given)
        own = _with_steps(alone, run(alone.lines(), {**own, **sizes}), own) | {name: own[name]}
    remark = f"\nThe last digits are off in {', '.join(rounded)}: round once, at the end." if rounded else ""
    return Feedback(exercise.number, "right", exercise.notice + remark)


def _with_steps(derivation, known, given):
    """Return what is given with all that lies on the way to a station: whoever has that has these."""
    return given | {name: known[name] for name in derivation.names()}


def _turned(asked, answer):
    """Return a pull with the other sign; of anything else nothing that could be right."""
    value = batch_form(asked, answer)
    return "" if value is None or asked.derivation.outputs[0] not in PULLS else -value


def _follows(asked, own, answer):
    """Return whether a station follows from the reader's own numbers, which were rounded on the way."""
    return judge_numbers(replace(asked, example=own), (answer,)).verdict == "right"


def _first_wrong(feedback, names, k):
    """Return what is said of the first wrong station."""
    said = f"The first station to look at: {spoken(names[k])}.\n{feedback.message}"
    if k and not feedback.slips:
        before = names[k - 1]
        said += f"\n{opening(before)} {is_or_are(before)} right: the slip is on the way from there."
    if k < len(names) - 1:
        said += "\nWhat comes after it has not been looked at yet."
    return replace(feedback, message=said)
