"""Pictures of E along one line: over a weight, along a step, over a probability."""

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Numbers, Symbol, Text, drawing
from .ground.card import Picture, blank_card, finished, panel
from .ground.marks import dot, line, measured_number, note, pull_arrow, ring, run, symbol, value, words
from .ground.numbers import fixed, in_words, listed, number
from .ground.style import CURVE, INK, PULL_UP, SLATE, SYMBOL, pull_color


@drawing(
    {"n": (2, np.inf)},
    values=Numbers("n", rising=True), losses=Numbers("n", 0), at=Numbers(),
    loss_at=Numbers(least=0), slope=Numbers(), name=Symbol(), name_in_words=Text(),
)  # fmt: skip
def loss_along_weight(
    values: ArrayLike,
    losses: ArrayLike,
    at: float,
    loss_at: float,
    slope: float,
    name: str,
    name_in_words: str | None = None,
    message: str = "The negative slope points downhill",
) -> Picture:
    """Draw E over one weight, the measured slope at one point and which way its negative points.

    Parameters
    ----------
    values, losses : shape (n,): the weight and E in nats.
    at, loss_at, slope : the point, E there, and the measured dE/dw there (not its negative).
    name : the weight in mathtext, such as ``r"$w_{11}$"``; `name_in_words` for the alternative text.
    """
    card = blank_card(3.9, message)
    axes = panel(
        card.figure, 0.75, 0.8, 3.9, 2.25, xlim=(values[0], values[-1]), ylim=(0, 1.12 * (losses.max() or 1))
    )
    axes.locator_params(nbins=4)
    axes.plot(values, losses, color=INK, linewidth=CURVE, gid="curve-E")
    reach = 0.22 * (values[-1] - values[0])
    ends = np.array([at - reach, at + reach])
    axes.plot(ends, loss_at + slope * (ends - at), color=PULL_UP, linewidth=1.8, gid="tangent", zorder=3)
    axes.plot([at, at], [0, loss_at], color=SLATE, linewidth=0.9, zorder=1)
    ring(axes, at, loss_at, size=7)
    symbol(card, 0.75, 3.2, "E")
    value(card, 2.7, 0.4, name, size=SYMBOL)
    x = 0.75 + 3.9 * (at - values[0]) / (values[-1] - values[0])
    _downhill(card, x, 0.8 + 2.25 * loss_at / axes.get_ylim()[1], -slope)
    _measured_slope(card, name, at, loss_at, slope)
    description = (
        f"Curve of E over {name_in_words or in_words(name)} with a tangent. At {number(at, 4)} E is "
        f"{fixed(loss_at, 4)}, the measured slope {fixed(slope, 4, sign=True)}, its negative "
        f"{fixed(-slope, 4, sign=True)}: {_way(-slope)}."
    )
    return finished(card, description)


def _downhill(card, x, y, pull):
    """Draw which way the pull points, above the curve: on the downhill side that room is free."""
    y += 0.24
    line(card, [x, x], [y - 0.24, y], color=SLATE)
    pull_arrow(card, (x, y), (x + 0.7 * np.sign(pull), y), pull_color(pull), gid="negative-slope")


def _measured_slope(card, name, at, loss_at, slope):
    """Write the point, the measured slope and its negative beside the curve."""
    left, plain, pull = 4.9, name.strip("$"), -slope
    run(card, left, 2.85, (name, INK), (f"= {number(at, 4)}", INK))
    run(card, left, 2.5, ("$E$", INK), (f"= {fixed(loss_at, 4)}", INK))
    run(card, left, 1.98, (rf"$\partial E/\partial {plain}$", INK))
    measured_number(card, left, 1.72, fixed(slope, 4, sign=True))
    run(card, left, 1.2, (rf"$-\partial E/\partial {plain}$", INK))
    run(card, left, 0.9, (fixed(pull, 4, sign=True), pull_color(pull)), (_way(pull), INK))


def _way(pull):
    return "make it larger" if pull > 0 else "make it smaller" if pull < 0 else "stay"


def _index_of(learning_rates, wanted):
    """Return where `wanted` stands in the array; E between two samples is never guessed."""
    nearest = int(np.argmin(np.abs(learning_rates - wanted)))
    if abs(learning_rates[nearest] - wanted) > 1e-9:
        near = learning_rates[nearest]
        raise ValueError(
            f"learning_rates: got {near:g} nearest to {wanted:g}; expected {wanted:g} among them"
        )
    return nearest


@drawing(
    {"n": (2, np.inf), "m": (1, 4)},
    learning_rates=Numbers("n", rising=True), losses=Numbers("n", 0), squared_norm=Numbers(positive=True),
    marked=Numbers("m"),
)  # fmt: skip
def loss_along_step(
    learning_rates: ArrayLike,
    losses: ArrayLike,
    squared_norm: float,
    marked: ArrayLike = (0.01, 0.1),
    message: str = "Straight at first, and never below 0",
) -> Picture:
    """Draw E after a step of each length, and the tangent E - learning_rate * squared_norm.

    Parameters
    ----------
    learning_rates, losses : shape (n,); the learning rates contain 0 and those of `marked`.
    squared_norm : the squared length of the gradient at 0.
    """
    here = losses[_index_of(learning_rates, 0.0)]
    reached = [losses[_index_of(learning_rates, rate)] for rate in marked]
    promised = [here - rate * squared_norm for rate in marked]
    card = blank_card(3.9, message)
    top = 1.08 * (losses.max() or 1)
    reach = (learning_rates[0], learning_rates[-1])
    axes = panel(card.figure, 0.75, 0.8, 3.6, 2.25, xlim=reach, ylim=(-0.12 * top, top))
    axes.locator_params(nbins=5)
    axes.set_yticks([tick for tick in axes.get_yticks() if 0 <= tick <= top])
    line(axes, reach, [0, 0])
    axes.plot(learning_rates, losses, color=INK, linewidth=CURVE, gid="curve-E")
    on_tangent = here - learning_rates * squared_norm
    axes.plot(learning_rates, on_tangent, color=PULL_UP, linewidth=1.6, gid="tangent", zorder=3)
    dot(axes, 0, here, SLATE, size=5)
    for rate, loss in zip(marked, reached, strict=True):
        dot(axes, rate, loss, size=6)
    _name_axes(card, 2.2)
    crossing = (here + 0.06 * top) / squared_norm
    words(axes, crossing + 0.02 * np.ptp(reach), -0.06 * top, "tangent", color=PULL_UP)
    _table_of_steps(card, marked, reached, promised)
    steps = listed(
        f"{fixed(loss, 4)} after {number(rate, 4)} (tangent {fixed(on_tangent, 4)})"
        for rate, loss, on_tangent in zip(marked, reached, promised, strict=True)
    )
    description = f"Curve of E along the step with its tangent at 0. From {fixed(here, 4)} to {steps}."
    return finished(card, description)


def _name_axes(card, x):
    """Name E above the vertical axis and the learning rate below the horizontal one."""
    symbol(card, 0.75, 3.2, "E")
    symbol(card, x, 0.4, r"\eta")
    words(card, x + 0.12, 0.4, "learning rate")


def _table_of_steps(card, marked, reached, promised):
    """Write E and the tangent for each marked learning rate, columns aligned right."""
    symbol(card, 5.0, 2.75, r"\eta", ha="right")
    symbol(card, 5.78, 2.75, "E", ha="right")
    words(card, card.right, 2.75, "tangent", ha="right", color=PULL_UP)
    for row, (rate, loss, tangent) in enumerate(zip(marked, reached, promised, strict=True)):
        y = 2.4 - 0.32 * row
        value(card, 5.0, y, number(rate, 4), ha="right")
        value(card, 5.78, y, fixed(loss, 4), ha="right")
        value(card, card.right, y, fixed(tangent, 4), ha="right", color=PULL_UP)
    y = 2.4 - 0.32 * len(marked) - 0.15
    words(card, 4.62, y, "tangent:")
    symbol(card, 4.62, y - 0.3, r"E - \eta\,\Vert\nabla E\Vert^2", color=PULL_UP, ha="left")


@drawing(
    {"n": (2, np.inf), "m": (1, 6)},
    learning_rates=Numbers("n", rising=True), losses=Numbers("n", 0), marked=Numbers("m"),
    marked_losses=Numbers("m", 0),
)  # fmt: skip
def overshoot(
    learning_rates: ArrayLike,
    losses: ArrayLike,
    marked: ArrayLike,
    marked_losses: ArrayLike,
    message: str = "Too long a step climbs the other side",
) -> Picture:
    """Draw E after a step of each length, with numbers at the marked lengths.

    Parameters
    ----------
    learning_rates, losses : shape (n,); the learning rates contain 0.
    marked, marked_losses : shape (m,): the steps that carry numbers.
    """
    start = losses[_index_of(learning_rates, 0.0)]
    card = blank_card(3.9, message)
    top = 1.15 * (max(losses.max(), marked_losses.max()) or 1)
    reach = (learning_rates[0], learning_rates[-1])
    axes = panel(card.figure, 0.75, 0.8, 4.7, 2.25, xlim=reach, ylim=(0, top))
    axes.locator_params(nbins=4)
    line(axes, reach, [start, start]).set_gid("before")
    axes.plot(learning_rates, losses, color=INK, linewidth=CURVE, gid="curve-E")
    # Beside a steep fall there is room above the curve, everywhere else below it.
    steep = (marked < learning_rates[np.argmin(losses)]) & (marked_losses > 1.2 * losses.min())
    for rate, loss, falling in zip(marked, marked_losses, steep, strict=True):
        dot(axes, rate, loss, size=6)
        note(axes, (rate, loss), (9, 4) if falling else (5, -13), f"{fixed(loss, 4)} at {number(rate)}")
    words(card, 3.1, 0.8 + 2.25 * start / top + 0.11, f"before the step: {fixed(start, 4)}", ha="center")
    _name_axes(card, 2.65)
    ends = zip(marked, marked_losses, strict=True)
    told = listed(f"{fixed(loss, 4)} at {number(rate)}" for rate, loss in ends)
    description = f"Curve of E over the learning rate of one step. From {fixed(start, 4)} to {told}."
    return finished(card, description)


@drawing({"m": (1, 6)}, marked=Numbers("m", 0.004, 1))
def loss_of_probability(
    marked: ArrayLike = (0.9, 0.5, 0.2, 0.01), message: str = "The less it was given, the more it costs"
) -> Picture:
    """Draw -log z over z with the loss in nats at the marked probabilities.

    Parameters
    ----------
    marked : probabilities in 0.004 .. 1.
    """
    card = blank_card(3.9, message)
    axes = panel(card.figure, 0.75, 0.8, 4.6, 2.15, xlim=(0, 1.0), ylim=(0, 5.5))
    axes.set(xticks=[0, 0.5, 1], yticks=[0, 1, 2, 3, 4, 5])
    z = np.concatenate([np.geomspace(np.exp(-5.5), 0.05, 80), np.linspace(0.05, 1, 120)[1:]])
    axes.plot(z, -np.log(z), color=INK, linewidth=CURVE, gid="curve-E")
    told = [f"{fixed(loss, 4)} at {number(z)}" for loss, z in zip(-np.log(marked), marked, strict=True)]
    for probability, text in zip(marked, told, strict=True):
        dot(axes, probability, -np.log(probability), size=6)
        note(axes, (probability, -np.log(probability)), (8, 8), text)
    symbol(card, 0.6, 3.16, r"-\log z", ha="left")
    words(card, 1.24, 3.16, "nats")
    symbol(card, 2.35, 0.4, "z")
    words(card, 2.45, 0.4, "given to what happened")
    return finished(card, f"Curve of minus log z over z from 0 to 1. It is {listed(told)}.")
