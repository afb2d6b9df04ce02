"""The sentences on an answer that was recognized: another convention, a slip, or several that are equal."""

import numpy as np

from .attempts import times
from .constants import CONVENTIONS
from .exercise import Exercise
from .feedback import Feedback
from .letters import MATRICES
from .reading import Read
from .search import find
from .search_parts import EXACT, NAMED, Answers, Bank, Explanation, is_near
from .words import first_word, said_of, the_edit, the_factors

HARDLY_ANY = 0.5  # digits: one number of one place has fewer if it is 0.1, or 0.01 of two places
MOST = 3  # equal explanations that are spelled out
PULLS = {"delta", "dW", "dV", "pull_y", "dx", "row", *MATRICES}
OPENING = "Right, in another convention: "
AS_PULLS = "The book states all pulls that way; turn yours, or keep this in mind."
AS_MEAN = "Divide by B, once, or keep this in mind."
AS_HERE = "The book does it the other way; keep this in mind."
VIEWS = {"transposed": "the matrices are transposed", "exchanged": "they stand in the other order"}
LACKING = {
    "bias": "All but the missing column of the bias is right: its signal is 1, so its pull is the head's.",
    "more": "All but the column too many is right: nothing leads into the constant 1, so it stays behind.",
}


def in_convention(exercise: Exercise, bank: Bank, answers: Answers, first: Read, attempt: int) -> Feedback:
    """Return what is said of an answer that fits only when turned, exchanged, or mended in one column."""
    right = all(answers.near(k, bank.right(trial), NAMED) for k, trial in enumerate(answers.trials))
    if right and first.view:
        said = VIEWS[first.view]
        message = f"{OPENING}{said}.\n{first.fault}" if first.view == "transposed" else f"{OPENING}{said}."
        return Feedback(exercise.number, "near", message, (said,))
    if right:
        lines = dict.fromkeys(LACKING[lack] for lack in first.lacking if lack)
        return Feedback(exercise.number, "wrong", "\n".join([first.fault, *lines]), (first.fault,))
    found = recognized(exercise, bank, answers, first, attempt)
    if found is None:
        return Feedback(exercise.number, "wrong", first.fault)
    if first.view and found.verdict == "near":
        return Feedback(exercise.number, "near", f"{found.message}\nAnd {VIEWS[first.view]}.", found.slips)
    return Feedback(
        exercise.number, "wrong", f"{first.fault}\nBeside that: {found.message}", found.slips, found.equals
    )


def recognized(
    exercise: Exercise, bank: Bank, answers: Answers, first: Read, attempt: int
) -> Feedback | None:
    """Return what is said of numbers of the right shape that are not right; None if nothing explains them."""
    if not bank.derivation.by_hand and _nearly(bank, answers):
        message = (
            "The numbers agree to three digits and not to six: are they measured by a nudge, or rounded on "
            "the way? Derived ones are exact."
        )
        return Feedback(exercise.number, "near", message, ("measured, not derived",))
    found = [
        explanation
        for explanation in find(bank, answers)
        if not _is_chance(exercise, explanation, bank, answers)
    ]
    if not found:
        return None
    convention = _as_convention(found, exercise.derivation.outputs)
    if convention:
        pulls = PULLS & set(exercise.derivation.outputs)
        here = AS_MEAN if "sum" in convention else AS_PULLS if pulls else AS_HERE
        message = f"{OPENING}{convention}.\n{here}"
        return Feedback(exercise.number, "near", message, (convention,))
    return _slips(exercise, found, attempt)


def _is_chance(exercise, explanation, bank, answers):
    """Return whether numbers that were typed may well agree with this by chance.

    Three parts do; of rounded numbers two parts, a slip of a token, and whatever fits where there is hardly
    a digit to be fitted.
    """
    parts = len(explanation.slips) + len({scale.name for scale in explanation.scales})
    if not any(answers.slack):
        return exercise.example is not None and parts > 2
    return (
        parts > 1
        or any(slip.common == 0 for slip in explanation.slips)
        or _digits(bank, answers) < HARDLY_ANY
    )


def _digits(bank, answers):
    """Return how many digits there are, all together, in the rounded outputs that are not right."""
    count = 0.0
    right = bank.right(answers.trials[0])
    for value, output, slack in zip(answers.values[0], right, answers.slack, strict=True):
        if is_near(value, output, EXACT, slack):
            continue
        if not slack or value.size > 2:
            return np.inf
        count += np.log10(np.maximum(np.abs(value) / slack, 1)).sum()
    return count


def _nearly(bank, answers):
    return all(answers.near(k, bank.right(trial), NAMED) for k, trial in enumerate(answers.trials))


def _as_convention(found: list[Explanation], outputs: tuple[str, ...]) -> str:
    """Return the convention in which the answer is right, "" where it is in none."""
    for explanation in found:
        if not explanation.slips and len({s.name for s in explanation.scales}) == 1:
            pulls = [(output, "") for output in outputs if output in PULLS]
            whole = [(scale.output, scale.part) for scale in explanation.scales]
            if whole == pulls and explanation.scales[0].name in CONVENTIONS:
                return CONVENTIONS[explanation.scales[0].name]
        if len(explanation.slips) == 1 and explanation.slips[0].convention and not explanation.scales:
            return explanation.slips[0].says
    return ""


def _slips(exercise, found, attempt):
    derivation = exercise.derivation
    best = found[0]
    lines = [first_word(best, derivation)]
    again = times(attempt, said_of(best))
    if again > 1:
        typed = exercise.example is not None  # by hand: there is no line of code to be shown
        lead_on = [f'`hint("{exercise.number}")` leads on.'] if exercise.hints else []
        lines += (the_factors(best) or lead_on) if typed else [the_edit(best, derivation, again)]
    if best.slips and exercise.example is not None:  # of few numbers a constant may be the same by chance
        found = [explanation for explanation in found if not explanation.scales]
    said = list(dict.fromkeys(map(said_of, found)))
    if len(said) > 1:
        others = "; or if ".join(said[1:MOST])
        more = f" ({len(said) - MOST} more do.)" if len(said) > MOST else ""
        lines.append(f"The same numbers come out if {others}.{more}")
    return Feedback(exercise.number, "wrong", "\n".join(lines), tuple(said[:1]), tuple(said[1:]))
