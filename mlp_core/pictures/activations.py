"""Pictures of the activations: their curves, their slopes, and the Jacobian that these fill."""

from collections.abc import Iterable

import numpy as np

from ..formulas.activations import Activation
from ..measured import numerical_gradient
from .ground.arguments import Activations, Numbers, OneActivation, drawing
from .ground.card import Picture, blank_card, finished, panel
from .ground.marks import PRIME, dot, line, measured_number, note, run, symbol, words
from .ground.numbers import fixed, number, number_or_power, series, short_tick
from .ground.style import CURVE, INK, LABEL, NUMBER, OUTLINE, PULL_UP, SIGNAL

SAMPLES = 481
AT = Numbers("", -100, 100)


def _span(activation, at):
    """Return how far from 0 the axis of y_hat reaches: as far as the bend does, and past `at`."""
    return max(activation.span, 1.5 * abs(at))


@drawing({"a": (1, 4)}, activations=Activations())
def activation_curves(
    activations: Iterable[Activation | str], message: str = "The bend: without it two layers are one"
) -> Picture:
    """Draw each activation over t from -4 to 4, with its values at -2 and 2.

    Parameters
    ----------
    activations : one to four, each an Activation or its name.
    """
    card = blank_card(3.7, message)
    t, at = np.linspace(-4, 4, 321), np.array([-2.0, 2.0])
    span = 6.36 / len(activations)
    told = []
    for position, activation in enumerate(activations):
        left = 0.52 + position * span
        axes = panel(card.figure, left, 0.75, span - 0.42, 2.1, xlim=(-4, 4), ylim=(-1.3, 2.3))
        axes.set(xticks=[-4, -2, 0, 2, 4], yticks=[-1, 0, 1, 2])
        line(axes, [-4, 4], [0, 0], zorder=0)
        curve = np.asarray(activation(t), float)
        axes.plot(t, curve, color=SIGNAL, linewidth=CURVE, gid=f"curve-{activation.name}")
        heights = np.asarray(activation(at), float)
        for place, height in zip(at, heights, strict=True):
            dot(axes, place, height, SIGNAL, size=6)
            note(axes, (place, height), (-4, 10), number(height), ha="right" if place > 0 else "center")
        name = activation.label
        words(card, left + (span - 0.42) / 2, 3.03, name, ha="center", size=NUMBER, color=SIGNAL)
        told.append(f"{name} {series(heights)}")
    symbol(card, 3.0, 0.36, r"t")
    words(card, 3.1, 0.36, "before the function")
    look = "Look at the ends of each curve: where it is flat, moving the sum moves nothing."
    return finished(card, f"Curves side by side over t. At −2 and 2: {'; '.join(told)}.", look)


@drawing(activation=OneActivation(), at=AT)
def slope_curves(
    activation: Activation | str,
    at: float,
    message: str = "The height of the lower curve is the slope of the upper one",
) -> Picture:
    """Draw an activation over its slope, with the tangent and the numbers at one point.

    Parameters
    ----------
    activation : an Activation or its name.
    at : y_hat, where the tangent touches, from -100 to 100.

    Examples
    --------
    >>> slope_curves("tanh", 0).description[64:]
    'At 0 the height is 0, the slope 1, measured 1.'
    """
    height, slope = (float(f(np.asarray(at))) for f in (activation, activation.derivative))
    measured = float(numerical_gradient(activation, at))
    card = blank_card(4.75, message)
    span = _span(activation, at)
    upper, lower = _curve_over_slope(card, activation, span)
    _tangent(upper, at, height, slope)
    line(lower, [-span, at], [slope, slope])
    dot(upper, at, height, SIGNAL).set_gid("height")
    dot(lower, at, slope, PULL_UP).set_gid("slope")
    x = 0.85 + 4.05 * (at + span) / (2 * span)
    line(card, [x, x], [0.78, 4.15])
    symbol(card, 2.32, 0.36, r"\hat{y}")
    words(card, 2.44, 0.36, "before the function")
    _curves_in_numbers(card, activation, height, slope, measured)
    description = (
        f"Two curves, one above the other: {activation.label} and its slope over y hat. At "
        f"{number(at, 4)} the height is {number_or_power(height)}, the slope {number_or_power(slope)}, "
        f"measured {number_or_power(measured)}."
    )
    look = "Lay a ruler along the top: how steep it lies is drawn below, at the same place."
    return finished(card, description, look)


def _curves_in_numbers(card, activation, height, slope, measured):
    """Write at the right of each curve what it is and how high it is at the point."""
    left, form = 5.1, activation.output_form or PRIME
    words(card, left, 4.06, activation.label, color=SIGNAL)
    run(card, left, 3.72, (r"$\sigma(\hat{y})$", SIGNAL))
    run(card, left, 3.36, ("$y$", INK), ("=", INK), (number_or_power(height), SIGNAL))
    run(card, left, 1.86, (rf"${PRIME}(\hat{{y}})$", PULL_UP))
    run(card, left, 1.5, (f"${form}$", INK), ("=", INK), (number_or_power(slope), PULL_UP))
    measured_number(card, left, 1.18, number_or_power(measured))


def _curve_over_slope(card, activation, span):
    """Draw the activation and, below it on the same axis, its slope; return both axes."""
    t = np.linspace(-span, span, SAMPLES)
    curve, slopes = (np.asarray(f(t), float) for f in (activation, activation.derivative))
    low, high = min(0.0, curve.min()), curve.max()
    bottom = low - (0.2 * (high - low) if low < 0 else 0)
    steepest = slopes.max()
    places = {"xlim": (-span, span)}
    upper = panel(card.figure, 0.85, 2.42, 4.05, 1.73, ylim=(bottom, high + 0.25 * (high - low)), **places)
    lower = panel(card.figure, 0.85, 0.78, 4.05, 1.3, ylim=(0, 1.14 * steepest), **places)
    upper.locator_params(axis="y", nbins=3, steps=[1, 2, 5, 10])
    near = 0.02 * (high - low)
    upper.set_yticks([tick for tick in upper.get_yticks() if low - near <= tick <= high + near])
    lower.set_yticks([0, short_tick(steepest)])
    for axes, heights, color, name in ((upper, curve, SIGNAL, "sigma"), (lower, slopes, PULL_UP, "slope")):
        axes.locator_params(axis="x", nbins=7, steps=[1, 2, 5, 10])
        axes.plot(
            *broken_at_jumps(t, heights), color=color, linewidth=2.2, gid=f"curve-{name}", clip_on=False
        )
    upper.tick_params(labelbottom=False)
    return upper, lower


def broken_at_jumps(t, heights):
    """Return the curve with a gap where it jumps, so that no line stands where no value is."""
    jumps = np.flatnonzero(np.abs(np.diff(heights)) > 0.5 * np.ptp(heights)) + 1
    return np.insert(t, jumps, np.nan), np.insert(heights, jumps, np.nan)


def _tangent(axes, at, height, slope):
    """Draw the tangent and, where it is steep enough to be seen, its slope triangle on the free side."""
    bottom, top = axes.get_ylim()
    rise = top - bottom
    across = next((width for width in (2.0, 1.0, 0.5) if abs(slope) * width < 0.24 * rise), 0.25)
    ends = np.array([-1.2, 1.2]) * across
    axes.plot(at + ends, height + slope * ends, color=PULL_UP, linewidth=1.8, zorder=3, gid="tangent")
    if abs(slope) * across < 0.06 * rise:
        return
    # A rising curve that flattens lies under its tangent: above it there is room.
    side = 1 if at >= 0 else -1
    x, y = at + side * across, height + side * slope * across
    axes.set_ylim(min(bottom, y - 0.16 * rise), max(top, y + 0.16 * rise))
    axes.plot([at, at, x], [height, y, y], color=PULL_UP, linewidth=OUTLINE, zorder=3, gid="triangle")
    style = {"color": PULL_UP, "size": LABEL}
    note(axes, ((at + x) / 2, y), (0, 8 * side), number(across), ha="center", **style)
    ends = "right" if side > 0 else "left"
    note(axes, (at, (height + y) / 2), (-4 * side, 0), number(slope * across), ha=ends, **style)


@drawing(activation=OneActivation(), at=AT)
def bell_and_parabola(
    activation: Activation | str,
    at: float,
    message: str = "One height, two functions, each with its own argument",
) -> Picture:
    """Draw the slope over y_hat, a bell, beside the same slope over y, a parabola.

    Parameters
    ----------
    activation : one with two bounds and a slope that y tells, such as sigmoid and tanh; or its name.
    at : y_hat, from -100 to 100; the parabola is read at y = activation(at).
    """
    if not (
        activation.derivative_from_output and activation.output_form and np.isfinite(activation.bounds).all()
    ):
        raise ValueError(
            f"activation: got {activation.name}; expected one with two bounds and a slope that y tells"
        )
    y, slope = (float(f(np.asarray(at))) for f in (activation, activation.derivative))
    from_output = float(activation.derivative_from_output(np.asarray(y)))
    span = _span(activation, at)
    card = blank_card(3.9, message)
    before, after = np.linspace(-span, span, SAMPLES), np.linspace(*activation.bounds, SAMPLES)
    bell, parabola = activation.derivative(before), activation.derivative_from_output(after)
    top = 1.14 * bell.max()
    places = [
        _slope_over(card, 0.75, "bell", before, bell, (at, slope), top, [1, 2, 3, 5, 10]),
        _slope_over(card, 4.1, "parabola", after, parabola, (y, from_output), top, [1, 5, 10]),
    ]
    line(card, *zip(*places, strict=True)).set_gid("level")
    for left, letter, name in ((0.75, r"\hat{y}", "before the function"), (4.1, "y", "after the function")):
        symbol(card, left + 0.6, 0.4, letter)
        words(card, left + 0.75, 0.4, name)
    _two_formulas(card, activation, at, y, slope, from_output)
    description = (
        f"Two curves of the slope of {activation.label}: a bell over y hat, a parabola over y. "
        f"At y hat {number(at, 4)} the bell is {fixed(slope, 4)} high, at y {fixed(y, 4)} the parabola "
        f"{fixed(from_output, 4)}."
    )
    look = "Look at the axes below the two dots: one is marked in sums, the other in what the unit says."
    return finished(card, description, look)


def _slope_over(card, left, shape, arguments, heights, point, top, steps):
    """Draw a slope over one of its arguments with a point on it; return where that is on the card."""
    axes = panel(card.figure, left, 0.85, 2.5, 1.85, xlim=(arguments[0], arguments[-1]), ylim=(0, top))
    axes.locator_params(axis="x", nbins=4, steps=steps)
    axes.set_yticks([0, short_tick(heights.max())])
    axes.plot(arguments, heights, color=PULL_UP, linewidth=2.2, gid=f"curve-{shape}")
    line(axes, [point[0], point[0]], [0, point[1]])
    dot(axes, *point, PULL_UP).set_gid(f"at-{shape}")
    x = left + 2.5 * (point[0] - arguments[0]) / (arguments[-1] - arguments[0])
    return x, 0.85 + 1.85 * point[1] / top


def _two_formulas(card, activation, at, y, slope, from_output):
    """Write both functions with their own argument above their panels."""
    inside = number(at, 4)
    form = activation.output_form
    first = ((rf"${PRIME}(\hat{{y}})$", PULL_UP), (f"at {inside}:", INK), (fixed(slope, 4), PULL_UP))
    second = ((f"${form}$", PULL_UP), (f"at {fixed(y, 4)}:", INK), (fixed(from_output, 4), PULL_UP))
    run(card, 0.75, 2.96, *first, space=0.1)
    run(card, 4.1, 2.96, *second, space=0.1)
