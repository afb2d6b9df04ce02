"""Judges for what is neither a function nor plain numbers: predicates, choices, a cheat, one's own run."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from .exercise import Exercise
from .feedback import Feedback, came
from .judging import LONG, UNTRIED, all_trials, bank_for
from .numbers_asked import is_open, judge_numbers
from .raised import explain
from .reader_code import TIME_LIMIT, call_all, is_unwritten
from .reading import read
from .search_parts import EXACT, is_near


def _stopped(exercise, outcome):
    """Return the `Feedback` on code that did not come to an end or raised, None if it did neither."""
    if outcome.stopped:
        return Feedback(exercise.number, "error", LONG.format(TIME_LIMIT))
    failed = [run.error for run in outcome.runs if run.error is not None]
    return Feedback(exercise.number, "error", explain(failed[0], {})) if failed else None


def judge_predicate(
    candidates: Mapping[str, tuple[Callable, bool]], misses: Mapping[str, str], plainest: str = ""
) -> Callable[[Exercise, tuple, int], Feedback]:
    """Return a judge of a function that must accept what is right and reject the rest.

    Parameters
    ----------
    candidates : mapping of name to (function, whether it is right)
    misses : mapping of name to what was not looked at by whoever misjudges it
    plainest : str
        The candidate that, misjudged, is told alone, for what is said of the others presupposes it.
    """

    def judge(exercise, answers, attempt):
        if len(answers) != 1 or is_unwritten(answers[0]):
            return Feedback(exercise.number, "unattempted", UNTRIED)
        if not callable(answers[0]):
            return Feedback(exercise.number, "unread", "Hand in the function itself, without brackets.")
        outcome = call_all(answers[0], [(function,) for function, _ in candidates.values()])
        stopped = _stopped(exercise, outcome)
        if stopped:
            return stopped
        if any(not isinstance(run.value, (bool, np.bool_)) for run in outcome.runs):
            kind = type(outcome.runs[0].value).__name__
            return Feedback(exercise.number, "wrong", f"It returns a {kind}; expected True or False.")
        wrong = [
            name
            for (name, (_, right)), run in zip(candidates.items(), outcome.runs, strict=True)
            if bool(run.value) is not right
        ]
        if not wrong:
            return Feedback(exercise.number, "right", exercise.notice)
        none = "" if any(run.value for run in outcome.runs) else ", for all are rejected"
        lines = [f"{len(candidates) - len(wrong)} of {len(candidates)} are judged as they should be{none}."]
        told = [plainest] if plainest in wrong else wrong[: 1 if attempt == 1 else None]
        lines += [misses[name] for name in told]
        return Feedback(exercise.number, "wrong", "\n".join(lines), tuple(wrong))

    return judge


def judge_choice(right: str, beliefs: Mapping[str, str]) -> Callable[[Exercise, tuple, int], Feedback]:
    """Return a judge of a choice together with its reason: a letter and a number, in one text.

    The reader writes `choice = "b2"`, answer b because of reason 2; spaces, a stop between the two and
    capitals are passed over. The stub is `choice = "..."  # a letter and a number`. The exercise's cell of
    text lists the answers as (a), (b), ... and the reasons as (1), (2), ...

    Parameters
    ----------
    right : str
        The right choice, such as "b2".
    beliefs : mapping of letter, number or both to text
        For each other letter and each other number a sentence or two on the belief that it comes from and
        how to test it, which never say which is right. A whole choice, such as "a2", may have its own: it
        is said in place of the others.
    """
    letter, number = right
    letters = sorted({letter, *(key for key in beliefs if key.isalpha())})
    numbers = sorted({number, *(key for key in beliefs if key.isdigit())})
    if {letter, number, right} & set(beliefs):
        raise ValueError(f"beliefs: got one for {right!r}, the right choice; expected those of the others")

    def judge(exercise, answers, attempt):
        if len(answers) != 1 or answers[0] in (None, ..., "", "..."):
            return Feedback(exercise.number, "unattempted", UNTRIED)
        chosen = "".join(re.findall(r"[a-z0-9]", answers[0].lower())) if isinstance(answers[0], str) else ""
        if len(chosen) != 2 or chosen[0] not in letters or chosen[1] not in numbers:
            said = f"A choice is a letter from {letters[0]} to {letters[-1]}, the answer, and a number from "
            said += f"{numbers[0]} to {numbers[-1]}, its reason, in one text between quotation marks."
            return Feedback(exercise.number, "unread", said)
        if chosen == right:
            return Feedback(exercise.number, "right", exercise.notice)
        return _of_a_wrong_choice(exercise, chosen, right, beliefs, attempt)

    return judge


def _of_a_wrong_choice(exercise, chosen, right, beliefs, attempt):
    """Return what is said of the beliefs behind a wrong choice."""
    if chosen in beliefs:
        return Feedback(exercise.number, "wrong", beliefs[chosen], (chosen,))
    wrong = [key for key in chosen if key in beliefs]
    lines = [beliefs[key] for key in (wrong if attempt > 1 else wrong[:1])]
    if wrong == [chosen[1]]:
        said = f"The answer is right, and this is not its reason.\n{lines[0]}"
        return Feedback(exercise.number, "near", said, (chosen,))
    if wrong == [chosen[0]] and attempt > 1:
        lines.append(f"({right[1]}) is true and matters here. Does it lead to your answer?")
    return Feedback(exercise.number, "wrong", "\n".join(lines), (chosen,))


def judge_each(*judges: Callable) -> Callable[[Exercise, tuple, int], Feedback]:
    """Return a judge of several answers, each with a judge of its own; it says what the first one lacks."""

    def judge(exercise, answers, attempt):
        if len(answers) != len(judges):
            return Feedback(exercise.number, "unread", came(len(answers), str(len(judges))))
        for k, (one, answer) in enumerate(zip(judges, answers, strict=True)):
            feedback = one(exercise, (answer,), attempt)
            if feedback.verdict == "unattempted" and k > 0:
                said = f"So far it is right. Answer {k + 1} of {len(judges)} is still to be written."
                return Feedback(exercise.number, "near", said)
            if feedback.verdict != "right":
                return feedback
        return feedback

    return judge


def judge_cheat(exercise: Exercise, answers: tuple, attempt: int) -> Feedback:
    """Return what is said of a wrong backward that passes a check, and of a network that catches it.

    The answers are the cheat, the network on which it passes, and the one on which it is caught.
    """
    if len(answers) != 3 or is_unwritten(answers[0]) or any(a is None or a is ... for a in answers):
        return Feedback(exercise.number, "unattempted", UNTRIED)
    cheat, blind, honest = answers
    batch = [trial for trial in all_trials() if not trial.single and not trial.extreme]
    calls = [tuple(trial.argument(name) for name in exercise.derivation.inputs) for trial in batch]
    places = [_place_of(network) for network in (blind, honest)]
    if any(place is None for place in places):
        said = "The second and the third answer are networks of one hidden layer: `MLP((V, W), name)`."
        return Feedback(exercise.number, "unread", said)
    outcome = call_all(cheat, calls + [(x, r, *net.weights, net.activation) for x, r, net in places])
    stopped = _stopped(exercise, outcome)
    if stopped:
        return stopped
    got = read(
        outcome.runs[0].value, exercise.derivation.outputs, batch[0], bank_for(exercise).right(batch[0])
    )
    if got.values is None:
        return Feedback(exercise.number, "wrong", got.fault)
    passed = [
        _passes(net, x, r, run.value) for (x, r, net), run in zip(places, outcome.runs[-2:], strict=True)
    ]
    if not passed[0]:
        said = "The check notices the slip on the first network. Which numbers there could hide it?"
        return Feedback(exercise.number, "wrong", said)
    if passed[1] and _is_right_everywhere(exercise, batch, outcome.runs):
        said = "Your function is right on all that was tried. Put a slip into it."
        return Feedback(exercise.number, "wrong", said)
    if passed[1]:
        return Feedback(
            exercise.number, "wrong", "On the second network it passes as well: let nothing be 0."
        )
    if not places[0][2].weights[1][:, 1:].any():
        said = "It passes as section 13's does: W is 0, and hands nothing back. Now find a W that is not."
        return Feedback(exercise.number, "near", said)
    return Feedback(exercise.number, "right", exercise.notice)


def _place_of(network):
    """Return (x, r, network) with a batch that fits the network, None where it is none of one layer."""
    weights = getattr(network, "weights", ())
    if len(weights) != 2:
        return None
    rng = np.random.default_rng(5)
    x = rng.normal(size=(4, weights[0].shape[1] - 1))
    return x, rng.dirichlet(np.ones(len(weights[1])), size=4), network


def _is_right_everywhere(exercise, batch, runs):
    bank = bank_for(exercise)
    for trial, run in zip(batch, runs, strict=False):
        got = read(run.value, exercise.derivation.outputs, trial, bank.right(trial))
        if got.fault or not all(map(is_near, got.values, bank.right(trial), [EXACT] * len(got.values))):
            return False
    return True


def _passes(network, x, r, value):
    from ..measured import check_gradient

    try:
        return check_gradient(network, x, r, derived=tuple(value)).ok
    except (ValueError, TypeError):
        return False


def judge_own_run(
    given_by: Callable[[tuple], str | tuple[Mapping, tuple, str]],
) -> Callable[[Exercise, tuple, int], Feedback]:
    """Return a judge of numbers that readers take from a run of their own, by what they hand in beside them.

    Parameters
    ----------
    given_by : callable
        Takes the answers. Returns what the derivation is given, which of the answers are its numbers, and
        what is added where they are right; or a sentence, where something is not as it was asked for.
    """

    def judge(exercise, answers, attempt):
        if any(map(is_open, answers)):
            return Feedback(exercise.number, "unattempted", UNTRIED)
        if len(answers) != len(exercise.answers):
            wanted = ", ".join(f"`{name}`" for name in exercise.answers)
            return Feedback(exercise.number, "unread", came(len(answers), wanted))
        found = given_by(answers)
        if isinstance(found, str):
            return Feedback(exercise.number, "wrong", found)
        given, numbers, more = found
        notice = f"{exercise.notice}\n{more}" if more else exercise.notice
        return judge_numbers(replace(exercise, example=given, notice=notice), numbers, attempt)

    return judge
