"""An explanation in words: what comes out if what, in which step, how to see it, and then the edit."""

from .chain import Derivation
from .constants import in_words
from .letters import spoken
from .search_parts import Explanation

PULLS = {"delta", "through", "dW", "pull_y", "q", "dV", "dx", "move"}
PARTS = {"": "", "bias": "column 0 of ", "rest": "all but column 0 of "}


def said_of(explanation: Explanation) -> str:
    """Return what the explanation says: ends "this is what comes out if ..."."""
    parts = [slip.says for slip in explanation.slips]
    for k, where in enumerate(explanation.where):
        alone = " and ".join(f"{PARTS[part.part]}{spoken(part.output)}" for part in where)
        parts[k] += f", in {alone} alone"
    parts += _scales(explanation.scales)
    return "; and ".join(parts)


def _scales(scales):
    names = {scale.name for scale in scales}
    if len(names) == 1 and all(not scale.part for scale in scales):
        where = " and ".join(spoken(scale.output) for scale in scales)
        return [f"in {where}, {_constant(scales[0])}"]
    return [f"in {PARTS[s.part]}{spoken(s.output)}, {_constant(s)}" for s in scales]


def _constant(scale):
    """Return what a constant says; what is no pull has a sign of its own."""
    is_turned = scale.name == "-1" and scale.output not in PULLS
    return "the sign is turned" if is_turned else in_words(scale.name)


def first_word(explanation: Explanation, derivation: Derivation) -> str:
    """Return the message after the first wrong answer: the step, and how to see it."""
    lines = [f"This is what comes out if {said_of(explanation)}."]
    for slip in explanation.slips:
        step = derivation.step(slip.step)
        number = f" ({step.number})" if step.number else ""
        lines.append(f"The step is {step.says}{number}. {slip.see}")
    if not explanation.slips:
        lines.append(_of_scales(explanation))
    return "\n".join(lines)


def _of_scales(explanation):
    names = {scale.name for scale in explanation.scales}
    if names == {"0"}:
        return "Where does a 0 come in, and what else should stand there?"
    if names & {"-1"} and explanation.scales[0].output not in PULLS:
        return "Look at the first number alone: which sign must it have, and why?"
    if names & {"-1"}:
        return "Raise one number by a little and measure E: if E falls, the pull on it is positive."
    if any("B" in name for name in names):
        return "Hand in the same example twice: a mean stays what it was."
    return "All ratios, yours by the right ones, are this one number: look for the factor, not for the terms."


def the_edit(explanation: Explanation, derivation: Derivation, times: int) -> str:
    """Return what is added where a slip is made again: the line as it came out, then as it should be too."""
    lines = []
    for slip in explanation.slips:
        for name, wrong in slip.edits:
            line = f"; the step is `{derivation.step(name).line}`" if times > 2 else ", in the book's letters"
            lines.append(f"You have computed `{wrong}`{line}.")
    return "\n".join([*lines, *the_factors(explanation)])


def the_factors(explanation: Explanation) -> list[str]:
    """Return a line for each constant that numbers are wrong by; what is 0 is no factor."""
    parts: dict[str, list[str]] = {}
    for scale in explanation.scales:
        if scale.name != "0":
            parts.setdefault(scale.name, []).append(f"{PARTS[scale.part]}{spoken(scale.output)}")
    return [
        f"You have {name} times {' and '.join(what)}: look where this factor comes in, or is missing."
        for name, what in parts.items()
    ]
