"""Pictures of the activations: their slopes, and what becomes of a gradient in many layers."""

import numpy as np

from .. import numerical_gradient
from .card import blank_card, finished, panel
from .marks import Cells, dot, line, measured_number, note, run, symbol, words
from .network_pictures import PRINTED_NAMES
from .printed import fixed, number, series
from .style import (
    CURVE,
    GREY,
    INK,
    LABEL,
    OUTLINE,
    PULL_UP,
    SIGNAL,
    SLATE,
    house_style,
)

# The slope as a function of y, in the letters of the chapter, by the name of the activation.
OUTPUT_FORMS = {"sigmoid": "y(1 - y)", "tanh": "1 - y^2", "relu": "[y > 0]"}
SAMPLES = 481


def _printed_name(activation):
    return PRINTED_NAMES.get(activation.name, activation.name)


def _span(activation, at):
    """Return how far from 0 the axis of y_hat reaches: 6 for sigmoid, 4 for the others, and past `at`."""
    return max(6.0 if activation.name == "sigmoid" else 4.0, 1.5 * abs(at))


@house_style()
def slope_curves(activation, at, message="The height of the lower curve is the slope of the upper one"):
    """Draw an activation over its slope, with the tangent and the numbers at one point.

    Parameters
    ----------
    activation : an Activation.
    at : y_hat, where the tangent touches.
    """
    at = float(at)
    height, slope = (float(f(np.asarray(at))) for f in (activation, activation.derivative))
    measured = float(numerical_gradient(lambda t: np.sum(activation(t)), at))
    figure, canvas = blank_card(4.75, message)
    upper, lower = _curve_over_slope(figure, activation, _span(activation, at))
    _tangent(upper, at, height, slope)
    line(lower, [lower.get_xlim()[0], at], [slope, slope])
    dot(upper, at, height, SIGNAL)
    dot(lower, at, slope, PULL_UP)
    x = 0.85 + 4.25 * (at - lower.get_xlim()[0]) / np.ptp(lower.get_xlim())
    line(canvas, [x, x], [0.78, 4.15])
    symbol(canvas, 2.32, 0.36, r"\hat{y}")
    words(canvas, 2.44, 0.36, "before the function")
    words(canvas, 5.33, 4.06, _printed_name(activation), color=SIGNAL)
    run(canvas, 5.33, 3.72, (r"$\sigma(\hat{y})$", SIGNAL))
    run(canvas, 5.33, 3.36, ("$y$", INK), ("=", INK), (fixed(height, 4), SIGNAL))
    run(canvas, 5.33, 1.86, (r"$\sigma^{\,\prime}(\hat{y})$", PULL_UP))
    form = OUTPUT_FORMS.get(activation.name)
    form = (f"${form}$", INK) if form else (r"$\sigma^{\,\prime}$", INK)
    run(canvas, 5.33, 1.5, form, ("=", INK), (fixed(slope, 4), PULL_UP))
    measured_number(canvas, 5.33, 1.18, fixed(measured, 4))
    description = (
        f"Two curves, one above the other: {_printed_name(activation)} and its slope over y hat. At "
        f"{number(at, 4)} the height is {fixed(height, 4)}, the slope {fixed(slope, 4)}, "
        f"measured {fixed(measured, 4)}."
    )
    return finished(figure, message, description)


def _curve_over_slope(figure, activation, span):
    """Draw the activation and, below it on the same axis, its slope; return both axes."""
    t = np.linspace(-span, span, SAMPLES)
    curve, slopes = (np.asarray(f(t), float) for f in (activation, activation.derivative))
    low, high = min(0.0, curve.min()), curve.max()
    room = 0.25 * (high - low)
    upper = panel(
        figure, 0.85, 2.42, 4.25, 1.73, xlim=(-span, span), ylim=(low - 0.2 * (low < 0), high + room)
    )
    lower = panel(figure, 0.85, 0.78, 4.25, 1.3, xlim=(-span, span), ylim=(0, 1.14 * slopes.max()))
    upper.locator_params(axis="y", nbins=3, steps=[1, 2, 5, 10])
    upper.set_yticks([tick for tick in upper.get_yticks() if low <= tick <= high + 1e-9])
    lower.set_yticks([0, slopes.max()])
    for axes, heights, color, name in ((upper, curve, SIGNAL, "sigma"), (lower, slopes, PULL_UP, "slope")):
        axes.locator_params(axis="x", nbins=7, steps=[1, 2, 5, 10])
        axes.plot(t, heights, color=color, linewidth=2.2, gid=f"curve-{name}", clip_on=False)
    upper.tick_params(labelbottom=False)
    return upper, lower


def _tangent(axes, at, height, slope):
    """Draw the tangent and, where it is steep enough to be seen, its slope triangle on the free side."""
    across = np.ptp(axes.get_xlim()) / 6
    ends = np.array([-1.2, 1.2]) * across
    axes.plot(at + ends, height + slope * ends, color=PULL_UP, linewidth=1.8, zorder=3, gid="tangent")
    up = slope * across
    if abs(up) < 0.06 * np.ptp(axes.get_ylim()):
        return
    # A rising curve that flattens lies under its tangent: above it there is room.
    side = 1 if at >= 0 else -1
    corner_x, corner_y = at + side * across, height + side * up
    axes.plot([at, at, corner_x], [height, corner_y, corner_y], color=PULL_UP, linewidth=OUTLINE, zorder=3)
    style = {"color": PULL_UP, "size": LABEL}
    note(axes, ((at + corner_x) / 2, corner_y), (0, 8 * side), number(across), ha="center", **style)
    note(
        axes,
        (at, (height + corner_y) / 2),
        (-4 * side, 0),
        number(up),
        ha="right" if side > 0 else "left",
        **style,
    )


@house_style()
def bell_and_parabola(activation, at, message="One height, two functions of two arguments"):
    """Draw the slope over y_hat, a bell, beside the same slope over y, a parabola.

    Parameters
    ----------
    activation : sigmoid or tanh.
    at : y_hat; the parabola is read at y = activation(at).

    Raises ValueError for any other activation.
    """
    if activation.name not in ("sigmoid", "tanh"):
        raise ValueError(f"activation: expected sigmoid or tanh, got {activation.name}")
    at = float(at)
    y, slope = (float(f(np.asarray(at))) for f in (activation, activation.derivative))
    from_output = float(activation.derivative_from_output(np.asarray(y)))
    span, low = _span(activation, at), 0.0 if activation.name == "sigmoid" else -1.0
    figure, canvas = blank_card(3.9, message)
    before, after = np.linspace(-span, span, SAMPLES), np.linspace(low, 1.0, SAMPLES)
    sides = (
        (0.75, before, activation.derivative(before), at, slope, r"\hat{y}", "before the function"),
        (4.1, after, activation.derivative_from_output(after), y, from_output, "y", "after the function"),
    )
    top = 1.14 * np.max(sides[0][2])
    places = []
    for left, arguments, heights, argument, found, letter, name in sides:
        axes = panel(figure, left, 0.85, 2.5, 1.85, xlim=(arguments[0], arguments[-1]), ylim=(0, top))
        axes.locator_params(axis="x", nbins=4, steps=[1, 2, 3, 5, 10])
        axes.set_yticks([0, np.max(heights)])
        axes.plot(arguments, heights, color=PULL_UP, linewidth=2.2, gid=f"curve-{name[:5].strip()}")
        line(axes, [argument, argument], [0, found])
        dot(axes, argument, found, PULL_UP)
        x = left + 2.5 * (argument - arguments[0]) / (arguments[-1] - arguments[0])
        places.append((x, 0.85 + 1.85 * found / top))
        symbol(canvas, left + 0.6, 0.4, letter)
        words(canvas, left + 0.75, 0.4, name)
    line(canvas, *zip(*places, strict=True))
    _two_formulas(canvas, activation, at, y, slope, from_output)
    description = (
        f"Two curves of the slope of {_printed_name(activation)}: a bell over y hat, a parabola over y. "
        f"The bell at y hat {number(at, 4)} and the parabola at y {fixed(y, 4)} are both {fixed(slope, 4)} high."
    )
    return finished(figure, message, description)


def _two_formulas(canvas, activation, at, y, slope, from_output):
    """Write both functions with their own argument above their panels."""
    inside = number(at, 4)
    form = OUTPUT_FORMS[activation.name]
    first = ((r"$\sigma^{\,\prime}(\hat{y})$", PULL_UP), (f"at {inside}:", INK), (fixed(slope, 4), PULL_UP))
    second = ((f"${form}$", PULL_UP), (f"at {fixed(y, 4)}:", INK), (fixed(from_output, 4), PULL_UP))
    run(canvas, 0.75, 2.96, *first, space=0.1)
    run(canvas, 4.1, 2.96, *second, space=0.1)


@house_style()
def diagonal_jacobian(slopes, message="Each unit hears of its own sum and of no other"):
    """Draw the Jacobian of an elementwise function: slopes on the diagonal, 0 everywhere else.

    Parameters
    ----------
    slopes : shape (H,): sigma' at each y_hat, H from 1 to 6.

    Raises ValueError for more.
    """
    slopes = np.asarray(slopes, float)
    n = len(slopes)
    if not 1 <= n <= 6:
        raise ValueError(f"slopes: expected 1 to 6 numbers, got {n}")
    size = (0.72, 0.56) if n <= 4 else (0.5, 0.46)
    figure, canvas = blank_card(max(3.7, 1.5 + (size[1] + 0.06) * n), message)
    top = figure.get_size_inches()[1] - 1.08
    cells = Cells(1.0, top, (n, n), size)
    decimals = 4 if n <= 4 else 2
    limit = np.abs(slopes).max() or 1.0
    cells.draw(canvas, np.diag(slopes), limit, printed=lambda entry: number(entry, decimals))
    for k in range(n):
        x, y = cells.center(k, k)
        symbol(canvas, x, top + 0.22, rf"\hat{{y}}_{k + 1}")
        symbol(canvas, 0.72, y, f"y_{k + 1}")
    left, middle = cells.right + 0.4, (top + cells.bottom) / 2
    rule = r"\dfrac{\partial y_i}{\partial\hat{y}_j}\,=\,\sigma^{\,\prime}(\hat{y}_i)\,\delta_{ij}"
    symbol(canvas, left, middle + 0.5, rule, ha="left")
    words(canvas, left, middle + 0.02, "a pull times this matrix")
    words(canvas, left, middle - 0.18, "is entry times entry:")
    back = r"-\nabla_{\hat{\mathbf{y}}}E"
    symbol(canvas, left, middle - 0.52, back, ha="left")
    description = (
        f"A {n} by {n} table of slopes. On its diagonal {series(slopes, decimals)}; "
        f"all {n * n - n} other entries are 0."
    )
    return finished(figure, message, description)


@house_style()
def subgradient_fan(
    slopes=(0.0, 0.5, 1.0), message="At 0 any slope in 0..1 stays below the curve; the book takes 0"
):
    """Draw ReLU near 0 with lines through 0 that nowhere rise above it, the book's choice heaviest.

    Parameters
    ----------
    slopes : the lines' slopes, in 0..1; one of them is 0.

    Raises ValueError for a slope outside 0..1 or where 0 is missing.
    """
    slopes = np.asarray(slopes, float)
    if not (np.all((slopes >= 0) & (slopes <= 1)) and np.any(slopes == 0)):
        raise ValueError(f"slopes: expected numbers in 0..1, one of them 0, got {slopes.tolist()}")
    figure, canvas = blank_card(4.3, message)
    axes = panel(figure, 0.85, 0.85, 4.2, 2.8, xlim=(-2, 2), ylim=(-2.05, 2.15))
    axes.set(xticks=[-2, -1, 0, 1, 2], yticks=[-2, -1, 0, 1, 2])
    t = np.array([-2.0, 0.0, 2.0])
    axes.plot(t, np.maximum(t, 0), color=SIGNAL, linewidth=CURVE, gid="curve-relu", clip_on=False)
    for slope in slopes:
        chosen = slope == 0
        width, dashes = (2.4, (3, 2)) if chosen else (1.4, (3, 3))
        axes.plot(
            t, slope * t, color=PULL_UP, linewidth=width, linestyle=(0, dashes), zorder=3,
            gid=f"tangent-{number(slope)}", clip_on=False,
        )  # fmt: skip
        text = f"slope {number(slope)}" + (": the book's choice" if chosen else "")
        words(canvas, 5.13, 0.85 + 2.8 * (2 * slope + 2.05) / 4.2, text, color=PULL_UP)
    dot(axes, 0, 0, INK, size=6)
    description = (
        f"ReLU near 0 with lines of slope {series(slopes)} through its corner. "
        f"At −1 ReLU is 0 and the lines are at {series(-slopes)}."
    )
    return finished(figure, message, description)
