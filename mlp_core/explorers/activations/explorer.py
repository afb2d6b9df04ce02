"""Activations (chapter 03): the gate at one unit, and what scale and gates leave of a pull in 20 layers."""

from ...formulas.activations import ACTIVATIONS
from ...pictures.ground.numbers import fixed, magnitude, number, number_or_power
from ..ground import controls
from ..ground.explorer import Explorer
from .depth import MOST_LAYERS
from .numbers import (
    GUESSES,
    LEAST_SCALE,
    MOST_SCALE,
    REACH,
    ActivationState,
    numbers_of,
    scale_of_initialize,
    what_a_layer_does,
)
from .picture import ManyLayers, OneUnit


def printed(activation):
    """Return the activation's name as the text writes it."""
    return ACTIVATIONS[activation].label


class ActivationExplorer(Explorer):
    """Slide along an activation and its slope; send a signal through 1 to 20 layers of it.

    Parameters
    ----------
    activation : str
        "sigmoid", "tanh" or "relu".
    """

    question = (
        "A pull goes back from the last layer to the first. Does each layer leave it weaker, "
        "kept (to a tenth) or stronger?"
    )
    guesses = GUESSES
    message = "Scale and gates together decide whether the gradient lives"
    say = "the gate is σ′ at the hatted value; scale and gates together decide whether the gradient lives."
    height = 6.1

    def __init__(self, activation="sigmoid"):
        super().__init__(ActivationState(activation))

    def numbers(self, state):
        """Return the numbers of one unit and of many layers."""
        return numbers_of(state)

    def answer(self, numbers):
        """Say what a layer does to the pull on its way back."""
        return what_a_layer_does(numbers["factor"])

    def make_controls(self):
        """Make activation, y_hat, scale, layers, the scale of MLP.initialize and reset."""
        start = self.state
        options = [(printed(name), name) for name in ACTIVATIONS]
        act = controls.button("Scale of MLP.initialize", "Take 1, and √2 in front of a ReLU.", act=True)
        back = controls.button("Reset", "Go back to the start.")
        return [
            self.bound(
                "activation",
                controls.choice("σ", options, start.activation, "Which function stands between ŷ and y."),
            ),
            self.bound(
                "y_hat",
                controls.slider("ŷ", start.y_hat, -REACH, REACH, 0.1, "Move the unit along its curve."),
            ),
            self.bound(
                "scale",
                controls.slider(
                    "scale", start.scale, LEAST_SCALE, MOST_SCALE, 0.1,
                    "The weights' deviation is this over √n, n = 100.",
                ),
            ),
            self.bound(
                "layers",
                controls.whole_slider("layers", start.layers, 1, MOST_LAYERS, "How many hidden layers."),
            ),
            controls.row(
                self.acting("initialize", act, scale_of_initialize),
                self.acting("reset", back, lambda state, numbers: vars(self.start)),
            ),
        ]  # fmt: skip

    def draw(self):
        """Draw the panels of one unit and of many layers."""
        self.unit = OneUnit(self.live)
        self.depth = ManyLayers(self.live)

    def place(self, numbers):
        """Put both halves where the numbers say."""
        self.unit.place(numbers)
        self.depth.place(numbers)

    def sentence(self, numbers):
        """Say where the unit is, its gate, and what is left of the pull."""
        name = printed(numbers["activation"])
        return (
            f"Curves of {name}, its slope twice, and the sizes of signal and pull in every layer. "
            f"At y hat {number(numbers['y_hat'])} the gate is {number_or_power(numbers['derivative'])}. "
            f"At scale {number(numbers['scale'])} a layer back multiplies the pull by "
            f"{fixed(numbers['factor'])}: {magnitude(numbers['pulls'][0])} is left in layer 1."
        )
