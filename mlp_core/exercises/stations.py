"""Judging numbers that follow from one another, station by station."""

from dataclasses import replace

from .chain import run
from .exercise import Exercise
from .feedback import Feedback
from .letters import spoken
from .numbers_asked import LAST_DIGITS, example_of, is_open, judge_numbers


def judge_stations(exercise: Exercise, answers: tuple, attempt: int) -> Feedback:
    """Return what is said of numbers that follow from one another: which is the first wrong one, and why.

    The next station is judged only where all before it are right.
    """
    names = exercise.derivation.outputs
    if len(answers) != len(names) or any(map(is_open, answers)):
        return judge_numbers(exercise, answers, attempt)
    given, rounded = dict(exercise.example), []
    for name, answer in zip(names, answers, strict=True):
        alone = replace(exercise.derivation, inputs=tuple(given), outputs=(name,))
        feedback = judge_numbers(replace(exercise, derivation=alone, example=given), (answer,), attempt)
        if feedback.message == LAST_DIGITS:
            rounded.append(spoken(name))
        elif feedback.verdict != "right":
            said = f"The first station to look at: {spoken(name)}.\n{feedback.message}"
            if name != names[-1]:
                said += "\nWhat comes after it has not been looked at yet."
            return replace(feedback, message=said)
        given[name] = run(alone.lines(), {**given, **example_of(exercise).sizes})[name]
    remark = f"\nThe last digits are off in {', '.join(rounded)}: round once, at the end." if rounded else ""
    return Feedback(exercise.number, "right", exercise.notice + remark)
