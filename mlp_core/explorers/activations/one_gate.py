"""Activations (chapter 04), one unit alone: a curve, its slope below it, and nothing else."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ...formulas.activations import ACTIVATIONS
from ...pictures.activations import SAMPLES, broken_at_jumps
from ...pictures.ground.card import panel
from ...pictures.ground.marks import PRIME, dot, line, symbol, words
from ...pictures.ground.numbers import number_or_power, short_tick
from ...pictures.ground.style import PULL_UP, SIGNAL
from ..ground.fields import Number, State, activation_choice, setting
from ..ground.stamped_text import stamped_value

FARTHEST = 12.0  # y_hat goes so far to either side of 0: the deaf unit of chapter 04 begins at 10
LEFT, UPPER, LOWER = (0.8, 3.9), (1.92, 1.1), (0.8, 0.92)  # inches: (left edge, width), (bottom, height)
TANGENT = 2.4  # its half length; in y_hat


@dataclass(frozen=True)
class GateState(State):
    """Which sigma, and where the unit is on it."""

    activation: str = setting(
        "sigmoid",
        activation_choice("σ", "Which function stands between ŷ and y."),
    )
    y_hat: float = setting(
        10.0,
        Number("ŷ", -FARTHEST, FARTHEST, 0.1, "Move the unit along its curve.", called="y_hat"),
    )


def numbers_of_gate(state: GateState) -> dict[str, Any]:
    """Return what is drawn: activation, y_hat, y, and the slope there, `derivative`."""
    sigma, y_hat = ACTIVATIONS[state.activation], np.asarray(float(state.y_hat))
    return {
        "activation": state.activation,
        "y_hat": float(y_hat),
        "y": float(sigma(y_hat)),
        "derivative": float(sigma.derivative(y_hat)),
    }


class OneGate:
    """Sigma with a piece of its tangent, its slope below, and the two numbers beside them."""

    def __init__(self, live):
        self.live, self.activation = live, None
        figure, canvas, move = live.figure, live.canvas, live.animate
        self.sigma = panel(figure, LEFT[0], UPPER[0], LEFT[1], UPPER[1], xlim=(-FARTHEST, FARTHEST))
        self.bell = panel(figure, LEFT[0], LOWER[0], LEFT[1], LOWER[1], xlim=(-FARTHEST, FARTHEST))
        for axes in (self.sigma, self.bell):
            axes.set_xticks(np.arange(-12, 13, 4))
        self.sigma.tick_params(labelbottom=False)
        self.curves = [
            axes.plot([], [], color=color, linewidth=2.2, gid=gid, clip_on=False)[0]
            for axes, color, gid in (
                (self.sigma, SIGNAL, "curve-sigma"),
                (self.bell, PULL_UP, "curve-slope"),
            )
        ]
        live.animate_rarely(*self.curves, self.sigma.yaxis, self.bell.yaxis)
        self.guide = move(line(canvas, [1, 1], [LOWER[0], sum(UPPER)]))
        self.tangent = move(self.sigma.plot([], [], color=PULL_UP, linewidth=1.8, zorder=3, gid="tangent")[0])
        self.dots = [move(dot(axes, 0, 0, c)) for axes, c in ((self.sigma, SIGNAL), (self.bell, PULL_UP))]
        symbol(canvas, LEFT[0] + 0.1, 0.36, r"\hat{y}")
        words(canvas, LEFT[0] + 0.22, 0.36, "before the function")
        self.printed = {}
        for name, label, level, color in (
            ("y", r"y=\sigma(\hat{y})", sum(UPPER) - 0.2, SIGNAL),
            ("derivative", rf"{PRIME}(\hat{{y}})", sum(LOWER) - 0.2, PULL_UP),
        ):
            symbol(canvas, sum(LEFT) + 0.25, level, label, ha="left", color=color)
            self.printed[name] = move(stamped_value(canvas, 6.6, level, ha="right", color=color))

    def place(self, numbers):
        """Put everything where the numbers say."""
        if numbers["activation"] != self.activation:
            self._new_activation(numbers["activation"])
        y_hat, y, slope = numbers["y_hat"], numbers["y"], numbers["derivative"]
        ends = np.array([-TANGENT, TANGENT])
        self.tangent.set_data(y_hat + ends, y + slope * ends)
        self.guide.set_xdata([LEFT[0] + LEFT[1] * (y_hat + FARTHEST) / (2 * FARTHEST)] * 2)
        for mark, height in zip(self.dots, (y, slope), strict=True):
            mark.set_data([y_hat], [height])
        for name, mark in self.printed.items():
            mark.set_text(number_or_power(numbers[name]))

    def _new_activation(self, name):
        """Draw the two curves of another activation, on its own axes."""
        self.activation, sigma = name, ACTIVATIONS[name]
        t = np.linspace(-FARTHEST, FARTHEST, SAMPLES)
        y, slopes = np.asarray(sigma(t), float), np.asarray(sigma.derivative(t), float)
        for curve, heights in zip(self.curves, (y, slopes), strict=True):
            curve.set_data(*broken_at_jumps(t, heights))
        low, high = float(y.min()), float(y.max())
        room = 0.14 * (high - low)
        self.sigma.set_ylim(low - room, high + room)
        self.sigma.set_yticks([round(low), round(high)])
        self.bell.set_ylim(0, 1.14 * float(slopes.max()))
        self.bell.set_yticks([0, short_tick(float(slopes.max()))])
        self.live.redraw_rarely()
