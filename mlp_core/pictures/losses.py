"""Pictures of E along one line: over a weight, along a step, over a probability."""

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Numbers, drawing
from .ground.card import Picture, blank_card, finished, panel
from .ground.marks import dot, line, note, symbol, words
from .ground.numbers import fixed, listed, number
from .ground.style import CURVE, INK


def _index_of(learning_rates, wanted):
    """Return where `wanted` stands in the array; E between two samples is never guessed."""
    nearest = int(np.argmin(np.abs(learning_rates - wanted)))
    if abs(learning_rates[nearest] - wanted) > 1e-9:
        near = learning_rates[nearest]
        raise ValueError(
            f"learning_rates: got {near:g} nearest to {wanted:g}; expected {wanted:g} among them"
        )
    return nearest


def _name_axes(card, x):
    """Name E above the vertical axis and the learning rate below the horizontal one."""
    symbol(card, 0.75, 3.2, "E")
    symbol(card, x, 0.4, r"\eta")
    words(card, x + 0.12, 0.4, "learning rate")


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
    look = "Below the thin line a step has paid; look where the curve comes back to it."
    return finished(card, description, look)
