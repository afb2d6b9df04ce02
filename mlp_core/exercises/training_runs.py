"""What readers take from runs of their own: the luckiest of twenty, and narrow layers."""

from collections.abc import Sequence

import numpy as np

from ..data import digits
from ..network import MLP
from .chain import Slip, Step

_SEE_LUCK = "One network is chosen, by the test digits; every number after that is about this one."
LUCK = (
    Step("best", "", "best = test.argmax()", "the choice, by the test digits"),
    Step("lead", "", "lead = test[best] - test.mean()", "the lead of the chosen one over the average"),
    Step("kept", "", "kept = validation[best] - validation.mean()", "its lead on the validation digits"),
)
LUCK_SLIPS = (
    Slip(
        (("kept", "kept = validation.max() - validation.mean()"),),
        "a new best is chosen on the validation digits, and not the one that the test digits chose",
        _SEE_LUCK,
        3,
    ),
    Slip((("best", "best = validation.argmax()"),), "the validation digits choose", _SEE_LUCK),
    Slip(
        (("lead", "lead = test.max() - test.min()"),),
        "the lead is that over the last, and not over the average",
        "An average network is what you would have got without choosing.",
    ),
    Slip(
        (
            ("lead", "lead = (test[best] - test.mean()) * 20 / 19"),
            ("kept", "kept = (validation[best] - validation.mean()) * 20 / 19"),
        ),
        "the average is that of the nineteen others",
        "The average of the twenty was asked for.",
    ),
    Slip(
        (("lead", "lead = np.sort(test)[-1] - np.sort(test)[-2]"),),
        "the lead is that over the second",
        "An average network is what you would have got without choosing.",
    ),
    Slip(
        (
            ("lead", "lead = test.max() - np.median(test)"),
            ("kept", "kept = validation[best] - np.median(validation)"),
        ),
        "the median stands for the average",
        "Use `.mean()`.",
        1,
    ),
    Slip(
        (
            ("lead", "lead = (test[best] - test.mean()) / 450"),
            ("kept", "kept = (validation[best] - validation.mean()) / 270"),
        ),
        "the leads are shares, and not digits",
        "Count digits: 1 is one digit more.",
    ),
    Slip(
        (
            ("lead", "lead = 100 * (test[best] - test.mean()) / 450"),
            ("kept", "kept = 100 * (validation[best] - validation.mean()) / 270"),
        ),
        "the leads are percent, and not digits",
        "Count digits: 1 is one digit more.",
    ),
    Slip((("kept", "kept = validation[best] - test.mean()"),), "the two sets are mixed", _SEE_LUCK),
    Slip(
        (("kept", "kept = validation[best] - validation.max()"),),
        "it is compared with the best there",
        _SEE_LUCK,
    ),
    Slip(
        (("kept", "kept = validation.mean() - validation[best]"),), "the average stands first", _SEE_LUCK, 1
    ),
    Slip(
        (
            ("lead", "lead = test.mean() - test[best]"),
            ("kept", "kept = validation.mean() - validation[best]"),
        ),
        "the average stands first in both",
        "A lead of the best is positive.",
    ),
    Slip(
        (("lead", "lead = test[best]"), ("kept", "kept = validation[best]")),
        "these are the counts of the chosen network, and not by how much it leads",
        "An average network leads by 0.",
    ),
)


def luck(answers: tuple) -> str | tuple[dict, tuple, str]:
    """Return the counts of twenty networks, the leads, and what is added; or what is wrong."""
    test, validation, lead, kept = answers
    counts = []
    for name, value, most in (("test", test, 450), ("validation", validation, 270)):
        try:
            found = np.asarray(value, dtype=float)
        except (TypeError, ValueError):
            return f"`{name}` holds {type(value).__name__}; expected twenty numbers."
        if found.shape != (20,):
            return f"`{name}` has the shape {found.shape}; expected twenty numbers, one for each start."
        if found.max() <= 1:
            return f"`{name}` holds shares; expected how many of {most} digits are read, a whole number."
        if (found % 1).any() or not 0 <= found.min() <= found.max() <= most:
            return f"`{name}` holds what is no count of {most} digits; expected whole numbers up to {most}."
        counts.append(found)
    if np.ptp(counts[0]) == 0:
        return "All twenty of `test` are one number: has each network a start of its own?"
    ahead = [counts[0].max() - counts[0].mean(), counts[1][counts[0].argmax()] - counts[1].mean()]
    if _is_rounded((lead, kept), ahead):
        return "Rounded to whole digits it agrees. Give two places: the average is no whole number."
    said = f"Yours led by {ahead[0]:.1f} of 450 digits, and then by {ahead[1]:.1f} of 270."
    return dict(zip(("test", "validation"), counts, strict=True)), (lead, kept), said


def _is_rounded(typed, right):
    """Return whether whole numbers were typed, the nearest to those that are right."""
    values = [value for value in typed if isinstance(value, (int, float, np.number))]
    return len(values) == 2 and all(
        value % 1 == 0 and 0 < abs(value - exact) <= 0.5 for value, exact in zip(values, right, strict=True)
    )


_WIDTHS = (2, 2, 8, 8, 16, 16)
_SEE_SHUT = "A unit is shut if no digit at all opens it: look down its column of signals."
NARROW = (
    Step(
        "shut",
        "0.3",
        "shut = np.array([(y == 0).all(axis=0).sum() for y in signals])",
        "the count of the units that say 0 to every digit",
    ),
)
NARROW_SLIPS = tuple(
    Slip((("shut", f"shut = np.array([{line}])"),), says, see, common)
    for line, says, see, common in (
        (
            "(y == 0).any(axis=0).sum() for y in signals",
            "units are counted that one digit or more leaves shut",
            _SEE_SHUT,
            3,
        ),
        ("(y == 0).all(axis=1).sum() for y in signals", "digits are counted, not units", _SEE_SHUT, 3),
        ("(y == 0).any(axis=1).sum() for y in signals", "digits are counted, not units", _SEE_SHUT, 1),
        (
            "(y == 0).sum() for y in signals",
            "each silence is counted, every unit once a digit",
            "You have more of them than there are units.",
            2,
        ),
        ("(y == 0).mean() for y in signals", "this is the part of all answers that are 0", _SEE_SHUT, 2),
        ("(y == 0).all(axis=0).mean() for y in signals", "this is the part of the units", _SEE_SHUT, 2),
        (
            "(y > 0).any(axis=0).sum() for y in signals",
            "the units are counted that are not shut",
            _SEE_SHUT,
            2,
        ),
        (
            "0 * y.size for y in signals",
            "no unit is found shut in any of the six",
            "A ReLU says exactly 0. Print the largest signal of each unit, over all training digits.",
            3,
        ),
        (
            "(y == 0).all(axis=0).sum() for y in others",
            "the validation digits are asked, and not those that were trained on",
            "What no training digit opens gets no pull; other digits decide nothing.",
            3,
        ),
        (
            "(y.mean(axis=0) < 0.01).sum() for y in signals",
            "units are counted that say little",
            _SEE_SHUT,
            1,
        ),
    )
)


def narrow(answers: tuple) -> str | tuple[dict, tuple, str]:
    """Return what six networks say, the counts, and what is added; or what is wrong with the six."""
    networks, shut = answers
    if not isinstance(networks, Sequence) or not all(isinstance(each, MLP) for each in networks):
        return "`networks` is to be a list of six networks, each the `.mlp` of what `train` returns."
    shapes = [tuple(weight.shape for weight in each.weights) for each in networks]
    if shapes != [((width, 65), (10, width + 1)) for width in _WIDTHS]:
        widths = [len(each.weights[0]) for each in networks]
        return (
            f"`networks` has hidden layers of {widths} units; expected {list(_WIDTHS)}, and one of them "
            "each, between 64 pixels and 10 classes."
        )
    if any(each.activation.name != "relu" for each in networks):
        return "All six are to be ReLU networks: of others no unit is ever quite shut."
    data = digits(seed=0)
    given = {
        "signals": [each.forward(data.train.x).y[0] for each in networks],
        "others": [each.forward(data.validation.x).y[0] for each in networks],
        "y": None,
    }
    read = [each.accuracy(data.validation.x, data.validation.labels) for each in networks]
    if max(read) < 0.5:
        return (
            "None of the six reads half of the validation digits: are they those that came out of training?"
        )
    return given, (shut,), f"Yours read {', '.join(f'{part:.0%}' for part in read)} of the validation digits."
