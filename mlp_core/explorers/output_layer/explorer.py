"""The output layer (chapters 02 and 03): the pull on each logit, on every weight, and a step."""

import numpy as np

from ...formulas.weighted_sums import affine
from ...pictures.ground.numbers import fixed, series
from ..ground import controls
from ..ground.explorer import Explorer
from .numbers import (
    CLASSES,
    LOGIT_OF,
    OutputLayerState,
    as_tuples,
    name_of_target,
    numbers_in,
    numbers_of,
    target_of,
    typed,
    with_logits,
)
from .picture import OutputLayerPicture

OF_THE_WEIGHTS = ("W", "y", "negative_gradient", "W_after", "E_after")
SOFT = (0.2, 0.5, 0.3)  # the target on the button of that name


class OutputLayerExplorer(Explorer):
    """Move logits and target of chapter 02's output layer; see every pull, and step.

    Parameters
    ----------
    weights : bool
        False leaves the logits alone, without signals, the table of the weights, and the step.

    Examples
    --------
    >>> explorer = OutputLayerExplorer()
    >>> explorer.values()["delta"].round(4)
    array([-0.1,  0.8, -0.7])
    """

    question = "One logit is marked in the picture. Which way is it pulled?"
    guesses = ("up", "down", "neither")
    message = "The pull on each logit is gain minus price"
    say = "the pull on each logit is gain minus price; a weight gets that pull times its signal."
    height = 5.7
    main_control = "z_hat_1"

    def __init__(self, weights: bool = True):
        self.has_weights = bool(weights)
        if not weights:
            self.say = "the pull on each logit is gain minus price."
        super().__init__(OutputLayerState())

    def numbers(self, state):
        """Return z_hat, z, r, delta, E and, where there are weights, negative_gradient and the step."""
        found = numbers_of(state)
        return {name: found[name] for name in found if self.has_weights or name not in OF_THE_WEIGHTS}

    def answer(self, numbers):
        """Say which way the logit spoken of is pulled."""
        pull = numbers["delta"][numbers["logit"] - 1]
        return "up" if pull > 1e-12 else "down" if pull < -1e-12 else "neither"

    def make_controls(self):
        """Make logits, target, sum of r, signals, the logit of the curve, learning rate, step and reset."""
        back = controls.button("Reset", "Go back to the example of chapter 02.")
        of_logits = [
            *(self._logit(k) for k in range(CLASSES)),
            *self._targets(),
            self.bound("total"),
        ]
        if not self.has_weights:
            reset = self.acting("reset", back, lambda *_: vars(self.start))
            return [*of_logits, self.bound("logit"), controls.row(reset)]
        act = controls.button("Step", "Add the learning rate times the pull to every weight.", act=True)
        return [
            *of_logits,
            self._signals(),
            self.bound("logit"),
            self.bound("learning_rate"),
            controls.row(
                self.acting("step", act, lambda _, numbers: {"W": as_tuples(numbers["W_after"])}),
                self.acting("reset", back, lambda *_: vars(self.start)),
            ),
        ]

    def _logit(self, k):
        """Return a slider that moves logit k + 1 by way of its bias."""

        def shows(state):
            return float(affine(np.array(state.W), np.array(state.y))[k])

        def changes(logit):
            LOGIT_OF.named(k).checked(logit, self.state)
            z_hat = affine(np.array(self.state.W), np.array(self.state.y))
            z_hat[k] = logit
            return {"W": with_logits(self.state.W, self.state.y, z_hat)}

        made = LOGIT_OF.named(k).control(shows(self.state), self.state)
        if not self.has_weights:
            made.track.tooltip = f"Move logit {k + 1}."
        return self.bound(f"z_hat_{k + 1}", made, changes, shows)

    def _targets(self):
        """Return the buttons of a target, and the field of any other."""
        names = ("1", "2", "3", "soft")
        target = controls.choice(
            "target", names, name_of_target(self.state.share), "Which class is right, or a soft target."
        )
        r = controls.field(
            "target r", _typed_target(self.state), "Three targets, commas between; then Enter."
        )
        return [
            self.bound("target", target, _with_target, lambda state: name_of_target(state.share)),
            self.bound("r", r, target_of, _typed_target),
        ]

    def _signals(self):
        tooltip = "Three signals, 0 to 2, commas between; the biases hold the logits."
        y = controls.field("signals y", typed(self.state.y), tooltip)
        return self.bound("y", y, self._with_signals, lambda state: typed(state.y))

    def _with_signals(self, text):
        """Return the changes that typed signals ask for: the pulls stay, the products change."""
        y = numbers_in("signals y", text, len(self.state.y))
        z_hat = affine(np.array(self.state.W), np.array(self.state.y))
        return {"y": y, "W": with_logits(self.state.W, y, z_hat)}

    def draw(self):
        """Draw axes, rows and heads; make bars, arrows, cells, curve and numbers."""
        self.picture = OutputLayerPicture(self.live, CLASSES, len(self.state.y), self.has_weights)

    def place(self, numbers):
        """Put bars, arrows, cells, curve and numbers where they are now."""
        self.picture.place(numbers)

    def sentence(self, numbers):
        """Say the pulls, E, and, where there are weights, what a step would make of it."""
        pulls, E = series(numbers["delta"], 2, True, fixed), fixed(numbers["E"], 4)
        seen = f"Bars of target and probability, and arrows. The pulls on the three logits are {pulls}"
        if not self.has_weights:
            return f"{seen}. E is {E}; its slope along logit {numbers['logit']} is drawn below."
        return (
            f"{seen}; times the signals they fill the table of the weights. "
            f"E is {E}, after one step {fixed(numbers['E_after'], 4)}."
        )


def _with_target(name):
    """Return the shares of a target on the buttons."""
    share = SOFT if name == "soft" else tuple(float(k + 1 == int(name)) for k in range(CLASSES))
    return {"share": share}


def _typed_target(state):
    return typed(state.total * part for part in state.share)
