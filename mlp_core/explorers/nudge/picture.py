"""Nudge (chapter 00), the drawing: the curve of E with its tangent, and the numbers beside it."""

import numpy as np

from ...pictures.ground.card import panel
from ...pictures.ground.marks import arrow_corners, dot, line, pull_arrow, ring, value, words
from ...pictures.ground.numbers import fixed, number
from ...pictures.ground.style import CURVE, INK, PULL_UP, SLATE, SYMBOL, pull_color
from .numbers import FARTHEST, curve

# Inches: the panel of E (left, bottom, width, height), and the column of numbers beside it.
LEFT, LOW, ACROSS, UP = 0.75, 0.75, 3.9, 2.3
NUMBERS, HIGHEST_ROW, PITCH, BELOW = 4.95, 2.75, 0.55, 0.22


class NudgePicture:
    """Everything on the card of the nudge explorer.

    Parameters
    ----------
    live : LiveFigure
    """

    def __init__(self, live):
        self.live, canvas, animate = live, live.canvas, live.animate
        limits = {"xlim": (-FARTHEST, FARTHEST), "ylim": (0, 4.5)}
        self.axes = panel(live.figure, LEFT, LOW, ACROSS, UP, **limits)
        self.curve = self.axes.plot([], [], color=INK, linewidth=CURVE, gid="curve-E")[0]
        tangent = self.axes.plot([], [], color=PULL_UP, linewidth=1.8, gid="tangent", zorder=3)[0]
        self.tangent = animate(tangent)
        self.guide = animate(line(self.axes, [0, 0], [0, 1], color=SLATE))
        self.drop = animate(line(self.axes, [0, 0], [0, 1], color=SLATE))
        self.landing = animate(dot(self.axes, 0, 0, INK))
        self.point = animate(ring(self.axes, 0, 0, size=7))
        self.arrow = animate(pull_arrow(canvas, (1, 1), (2, 1), INK, gid="negative-slope"))
        words(canvas, LEFT, 3.2, "E, nats")
        self.name = value(canvas, LEFT + ACROSS / 2, 0.33, "", size=SYMBOL)
        self.printed = {}
        for row, name in enumerate(("its value", "E", "slope, measured", "negative slope")):
            level = HIGHEST_ROW - PITCH * row
            words(canvas, NUMBERS, level, name)
            self.printed[name] = animate(value(canvas, NUMBERS, level - BELOW, "", ha="left"))
        self.way = animate(value(canvas, 5.75, level - BELOW, "", ha="left"))
        words(canvas, NUMBERS, level - PITCH, "E after a step")
        self.E_after = animate(value(canvas, NUMBERS, level - PITCH - BELOW, "", ha="left"))

    def place(self, numbers, way):
        """Put tangent, point, arrow, landing and numbers where they are now."""
        at, E, slope = numbers["at"], numbers["E"], numbers["slope"]
        self._name(numbers["weight"])
        ends = np.array([at - 1.2, at + 1.2])
        self.tangent.set_data(ends, E + slope * (ends - at))
        self.guide.set_data([at, at], [0, E])
        self.point.set_data([at], [E])
        x = LEFT + ACROSS * (at + FARTHEST) / (2 * FARTHEST)
        y = LOW + UP * E / self.axes.get_ylim()[1] + 0.24
        self.arrow.set_xy(arrow_corners((x, y), (x + 0.7 * np.sign(-slope), y)))
        self.arrow.set_facecolor(pull_color(-slope))
        self.printed["its value"].set_text(number(at, 4))
        self.printed["E"].set_text(fixed(E, 4))
        self.printed["slope, measured"].set_text(fixed(slope, 4, sign=True))
        self.printed["negative slope"].set_text(fixed(-slope, 4, sign=True))
        self.printed["negative slope"].set_color(pull_color(-slope))
        self.way.set_text(way)
        self._land(numbers)

    def _land(self, numbers):
        """Show where a step leads: along the axis first, then to the curve."""
        lands_at, E, after = numbers["lands_at"], numbers["E"], numbers["E_after"]
        self.drop.set_data([numbers["at"], lands_at, lands_at], [E, E, after])
        self.landing.set_data([lands_at], [after])
        self.E_after.set_text(fixed(after, 4))

    def _name(self, weight):
        """Write the weight's name and draw its curve, where it is another one than before."""
        letter, index = weight.split("_")
        if self.name.get_text() != f"${letter}_{{{index}}}$":
            self.name.set_text(f"${letter}_{{{index}}}$")
            at, losses = curve(weight)
            self.curve.set_data(at, losses)
            self.axes.set_ylim(0, 1.15 * losses.max())
            self.live.redraw()
