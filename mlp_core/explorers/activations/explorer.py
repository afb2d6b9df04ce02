"""Activations (chapters 04 and 05): one gate, and what scale and gates leave of a pull in 20 layers."""

from ...formulas.activations import ACTIVATIONS
from ...pictures.ground.numbers import fixed, magnitude, number, number_or_power
from ..ground import controls
from ..ground.explorer import Explorer
from .numbers import GUESSES, ActivationState, numbers_of, scale_of_initialize, what_a_layer_does
from .one_gate import GateState, OneGate, numbers_of_gate
from .picture import ManyLayers, OneUnit


class ActivationExplorer(Explorer):
    """Slide along an activation and its slope; send a signal through 1 to 20 layers of it.

    Parameters
    ----------
    activation : str
        "sigmoid", "tanh" or "relu", or another of `ACTIVATIONS`.
    layers : bool
        False leaves one unit alone, its curve and its slope, as far out as 12.

    Raises
    ------
    ValueError
        There is no such activation.

    Examples
    --------
    >>> explorer = ActivationExplorer("tanh")
    >>> explorer.set(y_hat=0.5)
    >>> round(explorer.values()["derivative"], 4)
    0.7864
    """

    question = (
        "A pull goes back from the last layer to the first. Does each layer leave it weaker, "
        "kept (to a tenth) or stronger?"
    )
    guesses = GUESSES
    message = "Scale and gates together decide whether the gradient lives"
    say = "the gate is σ′ at the hatted value; scale and gates together decide whether the gradient lives."
    height = 6.1
    main_control = "y_hat"

    def __init__(self, activation: str = "sigmoid", layers: bool = True):
        self.has_layers = bool(layers)
        if not layers:
            self.question, self.guesses = "Where along the curve does a pull get through?", ()
            self.message, self.height = "The gate is the slope of the curve", 3.75
            self.say = (
                "the gate is σ′ at the hatted value: open where the curve is steep, shut where it is flat."
            )
        super().__init__(ActivationState(activation) if layers else GateState(activation))

    def numbers(self, state):
        """Return the numbers of one unit, and of many layers."""
        return numbers_of(state) if self.has_layers else numbers_of_gate(state)

    def answer(self, numbers):
        """Say what a layer does to the pull on its way back."""
        return what_a_layer_does(numbers["factor"])

    def make_controls(self):
        """Make activation, y_hat, scale, layers, the scale of MLP.initialize and reset; or two and reset."""
        if not self.has_layers:
            back = controls.button("Reset", "Go back to the start.")
            return [
                *map(self.bound, ("activation", "y_hat")),
                controls.row(self.acting("reset", back, lambda *_: vars(self.start))),
            ]
        act = controls.button("Scale of MLP.initialize", "Take 1, and √2 in front of a ReLU.", act=True)
        back = controls.button("Reset", "Go back to the start.")
        return [
            *map(self.bound, ("activation", "y_hat", "scale", "layers")),
            controls.row(
                self.acting("initialize", act, scale_of_initialize),
                self.acting("reset", back, lambda *_: vars(self.start)),
            ),
        ]

    def draw(self):
        """Draw the panels of one unit and of many layers."""
        self.unit = OneUnit(self.live) if self.has_layers else OneGate(self.live)
        self.layers = ManyLayers(self.live) if self.has_layers else None

    def place(self, numbers):
        """Put both halves where the numbers say."""
        self.unit.place(numbers)
        if self.has_layers:
            self.layers.place(numbers)

    def sentence(self, numbers):
        """Say where the unit is, its gate, and what is left of the pull."""
        name = ACTIVATIONS[numbers["activation"]].label
        if not self.has_layers:
            return (
                f"Curve of {name}, and its slope below. At y hat {number(numbers['y_hat'])} "
                f"y is {number_or_power(numbers['y'])}, "
                f"and the gate is {number_or_power(numbers['derivative'])}."
            )
        return (
            f"Curves of {name}, its slope twice, and the sizes of signal and pull in every layer. "
            f"At y hat {number(numbers['y_hat'])} the gate is {number_or_power(numbers['derivative'])}. "
            f"At scale {number(numbers['scale'])} a layer back multiplies the pull by "
            f"{fixed(numbers['factor'])}: {magnitude(numbers['pulls'][0])} is left in layer 1."
        )
