"""Nudge (chapter 00): E over one weight, its measured slope, and a step along the negative of it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from ...formulas.activations import ACTIVATIONS
from ...formulas.layers import forward
from ...formulas.loss import cross_entropy
from ...measured import numerical_gradient
from ...pictures.ground.card import panel
from ...pictures.ground.marks import arrow_corners, line, pull_arrow, ring, value, words
from ...pictures.ground.numbers import fixed, number
from ...pictures.ground.style import CURVE, INK, PULL_UP, SLATE, SYMBOL, pull_color
from ...worked_examples import R, V, W, X
from ..ground import controls
from ..ground.explorer import Explorer

REACH = 3.0  # how far the slider goes to either side of 0
# The weights that can be moved: (which matrix, row, column), by their names in the book.
WEIGHTS = {f"w_{i + 1}{j}": (1, i, j) for i in range(2) for j in range(4)}
WEIGHTS |= {f"v_{i + 1}{j}": (0, i, j) for i in range(3) for j in range(3)}


@dataclass(frozen=True)
class NudgeState:
    """Which weight is moved, where it is, and how long a step is."""

    weight: str = "w_11"
    at: float = 2.0
    learning_rate: float = 1.0


def given(weight):
    """Return the weight's value in chapter 00's example."""
    layer, i, j = WEIGHTS[weight]
    return float((V, W)[layer][i][j])


def loss_at(weight, at):
    """Return E of the 2-3-2 example with one weight put to `at`, in nats."""
    weights = [np.array(V), np.array(W)]
    layer, i, j = WEIGHTS[weight]
    weights[layer][i, j] = at
    record = forward(weights, ACTIVATIONS["sigmoid"], np.array(X))
    return float(cross_entropy(np.array(R), record.z_hat))


@lru_cache(maxsize=len(WEIGHTS))
def curve(weight):
    """Return the weight's values and E at each of them."""
    at = np.linspace(-REACH, REACH, 121)
    return at, np.array([loss_at(weight, t) for t in at])


def numbers_of(state):
    """Return E, its measured slope and the pull, for a state."""
    if not -REACH <= state.at <= REACH:
        raise ValueError(f"{state.weight}: got {state.at:g}; expected a number from -{REACH:g} to {REACH:g}")
    if not 0 < state.learning_rate <= 5:
        raise ValueError(f"learning rate: got {state.learning_rate:g}; expected more than 0 and at most 5")
    slope = float(numerical_gradient(lambda t: loss_at(state.weight, t), np.array(state.at)))
    return {
        "weight": state.weight,
        "at": state.at,
        "E": loss_at(state.weight, state.at),
        "slope": slope,
        "pull": -slope,
    }


def step(state, numbers):
    """Return where a step along the pull leads, inside the slider's reach."""
    return {"at": float(np.clip(state.at + state.learning_rate * numbers["pull"], -REACH, REACH))}


class NudgeExplorer(Explorer):
    """Move one weight of chapter 00's network, see which way is down, and step.

    Parameters
    ----------
    weight : str
        "w_10" to "w_23" or "v_10" to "v_32": row, then column; column 0 is the bias.
    """

    question = "E is measured at this weight, and a little to both sides. Which way should the weight go?"
    guesses = ("larger", "smaller")
    message = "The negative slope points downhill, so I add it"
    say = "the negative slope points downhill, so I add it."

    def __init__(self, weight="w_11"):
        if weight not in WEIGHTS:
            raise ValueError(f"weight: got {weight!r}; expected one of {', '.join(WEIGHTS)}")
        super().__init__(NudgeState(weight, given(weight)))

    def numbers(self, state):
        """Return weight, at, E, slope and pull."""
        return numbers_of(state)

    def answer(self, numbers):
        """Say which way is downhill."""
        return "larger" if numbers["pull"] > 0 else "smaller"

    def make_controls(self):
        """Make weight, value, learning rate, step and reset."""
        start = self.state
        act = controls.button("Step", "Add the learning rate times the pull to the weight.", act=True)
        back = controls.button("Reset", "Go back to the weight of chapter 00.")
        return [
            self.bound(
                "weight",
                controls.menu("weight", list(WEIGHTS), start.weight, "Which weight is moved."),
                changes=lambda weight: {"weight": weight, "at": given(weight)},
            ),
            self.bound("at", controls.slider("its value", start.at, -REACH, REACH, 0.05, "Move the weight.")),
            self.bound(
                "learning_rate",
                controls.slider("learning rate", start.learning_rate, 0.1, 5.0, 0.1, "How long a step is."),
            ),
            controls.row(
                self.acting("step", act, step),
                self.acting("reset", back, lambda state, numbers: vars(self.start)),
            ),
        ]

    def draw(self):
        """Draw the axes; make curve, tangent, point, arrow and numbers."""
        canvas, move = self.live.canvas, self.live.move
        self.axes = panel(self.live.figure, 0.75, 0.75, 3.9, 2.3, xlim=(-REACH, REACH), ylim=(0, 4.5))
        self.curve = self.axes.plot([], [], color=INK, linewidth=CURVE, gid="curve-E")[0]
        self.tangent = move(self.axes.plot([], [], color=PULL_UP, linewidth=1.8, gid="tangent", zorder=3)[0])
        self.guide = move(line(self.axes, [0, 0], [0, 1], color=SLATE))
        self.point = move(ring(self.axes, 0, 0, size=7))
        self.arrow = move(pull_arrow(canvas, (1, 1), (2, 1), INK, gid="negative-slope"))
        words(canvas, 0.75, 3.2, "E, nats")
        self.name = value(canvas, 2.7, 0.33, "", size=SYMBOL)
        names = ("its value", "E", "slope, measured", "negative slope")
        self.printed = {}
        for row, name in enumerate(names):
            words(canvas, 4.95, 2.75 - 0.55 * row, name)
            self.printed[name] = move(value(canvas, 4.95, 2.53 - 0.55 * row, "", ha="left"))
        self.way = move(value(canvas, 5.75, 2.53 - 0.55 * 3, "", ha="left"))

    def place(self, numbers):
        """Put tangent, point, arrow and numbers where they are now."""
        at, E, slope = numbers["at"], numbers["E"], numbers["slope"]
        letter, index = numbers["weight"].split("_")
        if self.name.get_text() != f"${letter}_{{{index}}}$":
            self.name.set_text(f"${letter}_{{{index}}}$")
            self._new_curve(numbers["weight"])
        ends = np.array([at - 1.2, at + 1.2])
        self.tangent.set_data(ends, E + slope * (ends - at))
        self.guide.set_data([at, at], [0, E])
        self.point.set_data([at], [E])
        x, y = 0.75 + 3.9 * (at + REACH) / (2 * REACH), 0.75 + 2.3 * E / self.axes.get_ylim()[1] + 0.24
        self.arrow.set_xy(arrow_corners((x, y), (x + 0.7 * np.sign(-slope), y)))
        self.arrow.set_facecolor(pull_color(-slope))
        self.printed["its value"].set_text(number(at, 4))
        self.printed["E"].set_text(fixed(E, 4))
        self.printed["slope, measured"].set_text(fixed(slope, 4, sign=True))
        self.printed["negative slope"].set_text(fixed(-slope, 4, sign=True))
        self.printed["negative slope"].set_color(pull_color(-slope))
        self.way.set_text(self.answer(numbers))

    def sentence(self, numbers):
        """Say where the weight is, E and the slope."""
        return (
            f"Curve of E over {numbers['weight'].replace('_', ' ')} with its measured tangent. At "
            f"{number(numbers['at'], 4)} E is {fixed(numbers['E'], 4)} and the negative slope "
            f"{fixed(numbers['pull'], 4, sign=True)}: make it {self.answer(numbers)}."
        )

    def _new_curve(self, weight):
        at, losses = curve(weight)
        self.curve.set_data(at, losses)
        self.axes.set_ylim(0, 1.15 * losses.max())
        self.live.changed()
