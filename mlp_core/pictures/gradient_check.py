"""Pictures of the gradient check: how long a step to take, and what planted slips leave behind."""

import numpy as np

from .ground.card import blank_card, finished
from .ground.logarithmic import log_panel, magnitude, power
from .ground.marks import Cells, color_key, dot, line, ring, symbol, value, words
from .ground.numbers import counted, fixed, listed, number
from .ground.style import CELLS, INK, LABEL, SLATE, house_style


@house_style()
def gradient_check_v(
    steps, errors, best, message="A long step sees the bend, a short one drowns in rounding"
):
    """Draw the relative error of a measured derivative over the step, between its two derived slopes.

    The slopes 2 and -1 are derived; how high the two lines lie is fitted to the rings beside them.

    Parameters
    ----------
    steps, errors : shape (n,): h, and the relative error; an error of 0 has no place and is left out.
    best : the step that is marked, one of `steps`.

    Raises ValueError if `best` is not among the steps that are drawn, or none is 30 times as long.
    """
    steps, errors = np.asarray(steps, float), np.asarray(errors, float)
    steps, errors = steps[errors > 0], errors[errors > 0]
    chosen = np.flatnonzero(np.isclose(steps, best, rtol=1e-6, atol=0))
    if len(chosen) != 1:
        raise ValueError(f"best: expected one of the steps, got {best:g}")
    at, error_at = steps[chosen[0]], errors[chosen[0]]
    if steps[-1] <= 30 * at:
        raise ValueError(f"steps: got at most {steps[-1]:g}; expected some that are 30 times as long as best")
    figure, canvas = blank_card(4.05, message)
    xlim = (steps.min() / 4, steps.max() * 4)
    ylim = (min(errors.min() / 20, 1e-12), max(1.0, 3 * errors.max()))
    axes = log_panel(figure, 1.0, 0.7, 5.55, 2.48, xlim, ylim, log_x=True)
    sides = ((2, steps > 3 * at, (at / 4, 2 * steps.max())), (-1, steps < at / 3, (steps.min() / 2, 6 * at)))
    for slope, beside, reach in sides:
        _derived(axes, steps[beside], errors[beside], slope, np.array(reach))
    for step, error in zip(steps, errors, strict=True):
        ring(axes, step, error).set_gid(f"error-{step:.3g}")
    dot(axes, at, error_at, size=8).set_gid("best")
    _best(canvas, axes, at, error_at)
    _names_and_key(canvas)
    return finished(figure, message, _in_numbers(steps, errors, at))


def _in_numbers(steps, errors, at):
    """Tell only the side where the curve bends: rounding is shared by no two machines."""
    bends = np.flatnonzero(steps > 30 * at)
    told = (f"{magnitude(errors[k])} at {power(steps[k])}" for k in (bends[-1], bends[0]))
    return (
        f"Rings over the step h, both axes in powers of ten. The relative error falls from "
        f"{' to '.join(told)}, is least near {power(at)}, and grows again for shorter steps."
    )


def _derived(axes, steps, errors, slope, reach):
    """Draw the line of a derived slope through the middle of the rings beside it, with its name."""
    if not len(steps):
        return
    height = np.exp(np.median(np.log(errors) - slope * np.log(steps)))
    axes.plot(reach, height * reach**slope, color=SLATE, linewidth=1.6, gid=f"curve-slope{slope:+d}")
    middle = np.exp(np.log(reach).mean())
    text, side = ("the curve bends:\nslope 2", 1) if slope > 0 else ("rounding:\nslope −1", -1)
    place = (middle, height * middle**slope)
    axes.annotate(
        text, place, (14 * side, -14), textcoords="offset points", size=LABEL, color=SLATE,
        ha="left" if side > 0 else "right", va="top",
    )  # fmt: skip


def _names_and_key(canvas):
    """Name both axes, and say what is measured and what derived."""
    words(canvas, 0.36, 3.34, "relative error")
    words(canvas, 3.6, 0.34, "step", ha="right")
    symbol(canvas, 3.72, 0.35, "h")
    ring(canvas, 4.55, 3.34)
    words(canvas, 4.66, 3.34, "measured")
    line(canvas, [5.42, 5.67], [3.34, 3.34], color=SLATE, linewidth=1.6)
    words(canvas, 5.74, 3.34, "derived slope")


def _best(canvas, axes, at, error):
    """Name the marked step above its dot."""
    x, y = canvas.transData.inverted().transform(axes.transData.transform((at, error)))
    line(canvas, [x, x], [y + 0.1, y + 0.82], color=SLATE)
    value(canvas, x, y + 1.12, f"best near {power(at)}:")
    value(canvas, x, y + 0.94, magnitude(error))


@house_style()
def slip_fingerprints(names, differences, errors=None, message="Every slip leaves a mark of its own"):
    """Draw derived minus measured for each planted slip, all on one scale.

    Parameters
    ----------
    names : what was planted, one a slip, at most 6.
    differences : arrays of shape (H, D+1), at most (5, 5): derived minus measured.
    errors : the largest relative error of each; without them the largest difference is printed.

    Raises ValueError for another number of names or errors, or for larger matrices.
    """
    differences = [np.asarray(difference, float) for difference in differences]
    most = [np.abs(difference).max() for difference in differences]
    shown = most if errors is None else [float(error) for error in errors]
    if not len(names) == len(differences) == len(shown) <= 6:
        raise ValueError(
            f"names: expected one a matrix, at most 6, got {len(names)} names, {len(differences)} matrices "
            f"and {len(shown)} errors"
        )
    rows, columns = differences[0].shape
    if max(rows, columns) > 5:
        raise ValueError(f"differences: expected at most 5 by 5 numbers, got {rows} by {columns}")
    size, gap = (min(0.56, 1.98 / columns - 0.04), 0.3), 0.04
    block = rows * (size[1] + gap)
    lines = -(-len(names) // 3)
    figure, canvas = blank_card(1.3 + lines * (block + 0.66), message)
    top = figure.get_size_inches()[1] - 0.98
    said = "largest difference" if errors is None else "relative error"
    for k, (name, difference) in enumerate(zip(names, differences, strict=True)):
        left = 0.4 + (k % 3) * 2.15
        cells = Cells(left, top - (k // 3) * (block + 0.66), difference.shape, size, gap)
        cells.draw(canvas, difference, max(most) or 1.0, _signed, LABEL, gid=f"slip{k + 1}")
        words(canvas, left, cells.top + 0.14, name, color=INK)
        words(canvas, left, cells.bottom - 0.14, f"{said} {fixed(shown[k], 4)}")
    color_key(canvas, 4.9, 0.3, 1.5, CELLS, max(most) or 1.0)
    words(canvas, 0.4, 0.36, "derived − measured; column 0 is the bias")
    told = listed(f"{name} {fixed(error, 4)}" for name, error in zip(names, shown, strict=True))
    tables = counted(len(names), "small table")
    description = f"{tables} of derived minus measured. {said.capitalize()}: {told}."
    return finished(figure, message, description)


def _signed(entry):
    return number(entry, sign=True)
