"""Pictures of the gradient check: how long a step to take, and what planted slips leave behind."""

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Numbers, drawing
from .ground.card import Picture, blank_card, finished, log_panel
from .ground.marks import dot, line, ring, symbol, value, words
from .ground.numbers import bare_power, magnitude
from .ground.style import LABEL, SLATE

LEAST = 1e-30  # no error of doubles is smaller but 0


@drawing(
    {"n": (3, np.inf)},
    steps=Numbers("n", 1e-30, 1e6, rising=True),
    errors=Numbers("n", 0, 1e6),
    best=Numbers("", 1e-30, 1e6),
)
def gradient_check_v(
    steps: ArrayLike,
    errors: ArrayLike,
    best: float,
    message: str = "A long step sees the bend, a short one drowns in rounding",
) -> Picture:
    """Draw the relative error of a measured derivative over the step, between the two lines expected.

    That they rise as h² and as 1/h is derived; how high they lie is fitted to the rings beside them.

    Parameters
    ----------
    steps, errors : shape (n,): h, and the relative error; an error below 1e-30 has no place and is left out.
    best : the step that is marked, one of `steps`.

    Raises ValueError if `best` is not among the steps that are drawn, or none is 30 times as long.
    """
    steps, errors = steps[errors > LEAST], errors[errors > LEAST]
    chosen = np.flatnonzero(np.isclose(steps, best, rtol=1e-6, atol=0))
    if len(chosen) != 1:
        raise ValueError(f"best: got {best:g}; expected one of the steps whose error is drawn")
    at, error_at = steps[chosen[0]], errors[chosen[0]]
    if steps[-1] <= 30 * at:
        raise ValueError(f"steps: got at most {steps[-1]:g}; expected some that are 30 times as long as best")
    card = blank_card(4.05, message)
    xlim = (steps.min() / 4, steps.max() * 4)
    ylim = (min(errors.min() / 20, 1e-12), max(1.0, 3 * errors.max()))
    axes = log_panel(card.figure, 1.0, 0.7, 5.55, 2.48, xlim, ylim, log_x=True)
    sides = ((2, steps > 3 * at, (at / 4, 2 * steps.max())), (-1, steps < at / 3, (steps.min() / 2, 6 * at)))
    for slope, beside, reach in sides:
        _expected(axes, steps[beside], errors[beside], slope, np.array(reach))
    for step, error in zip(steps, errors, strict=True):
        ring(axes, step, error).set_gid(f"error-{step:.3g}")
    dot(axes, at, error_at, size=8).set_gid("best")
    _best(card, axes, at, error_at)
    _names_and_key(card)
    look = "Walk down either side: at the bottom the two errors are about alike."
    return finished(card, _in_numbers(steps, errors, at), look)


def _in_numbers(steps, errors, at):
    """Tell only the side where the curve bends: rounding is shared by no two machines."""
    bends = np.flatnonzero(steps > 30 * at)
    told = (f"{magnitude(errors[k])} at {bare_power(steps[k])}" for k in (bends[-1], bends[0]))
    return (
        f"Rings over the step h, both axes in powers of ten. The relative error falls from "
        f"{' to '.join(told)}, is least near {bare_power(at)}, and grows again for shorter steps."
    )


def _expected(axes, steps, errors, slope, reach):
    """Draw the line expected, of a power of h, through the middle of the rings beside it, with its name."""
    if not len(steps):
        return
    height = np.exp(np.median(np.log(errors) - slope * np.log(steps)))
    axes.plot(reach, height * reach**slope, color=SLATE, linewidth=1.6, gid=f"curve-slope{slope:+d}")
    middle = np.exp(np.log(reach).mean())
    text, side = ("the curve bends:\nas h²", 1) if slope > 0 else ("rounding:\nas 1/h", -1)
    place = (middle, height * middle**slope)
    axes.annotate(
        text, place, (14 * side, -14), textcoords="offset points", size=LABEL, color=SLATE,
        ha="left" if side > 0 else "right", va="top",
    )  # fmt: skip


def _names_and_key(card):
    """Name both axes, and say what is measured and what expected."""
    words(card, 0.36, 3.34, "relative error")
    words(card, 3.6, 0.34, "step", ha="right")
    symbol(card, 3.72, 0.35, "h")
    ring(card, 4.55, 3.34)
    words(card, 4.66, 3.34, "measured")
    line(card, [5.42, 5.67], [3.34, 3.34], color=SLATE, linewidth=1.6)
    words(card, 5.74, 3.34, "expected")


def _best(card, axes, at, error):
    """Name the marked step above its dot."""
    x, y = card.transData.inverted().transform(axes.transData.transform((at, error)))
    line(card, [x, x], [y + 0.1, y + 0.82], color=SLATE)
    value(card, x, y + 1.12, f"best near {bare_power(at)}:")
    value(card, x, y + 0.94, magnitude(error))
