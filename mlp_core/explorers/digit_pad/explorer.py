"""The digit pad: pick or draw a digit, see it read as you draw, and what would make that surer."""

from collections.abc import Sequence

import ipywidgets
import numpy as np

from ...data import N_CLASSES
from ...network import MLP
from ...pictures.ground.numbers import fixed, magnitude
from ..ground import controls
from ..ground.explorer import Explorer
from ..ground.fields import changed
from .canvas import PadCanvas
from .numbers import (
    ANOTHER,
    AS_READ,
    CLEAR,
    LEANING,
    OWN,
    SHEET,
    SURE,
    SURER,
    PadState,
    drawn_strokes,
    numbers_of,
    pick_of,
    picked,
    read_in_the_middle,
    shown_example,
    trained_reader,
    unseen_digits,
    wiped,
)
from .picks import PICKS, name_of
from .picture import HEIGHT, PadPicture

HOW_TO_DRAW = (
    "Draw with mouse, pen or finger. Or by keys: arrows move the pen, space puts it down and lifts it, "
    "delete clears."
)


class DigitPad(Explorer):
    """Pick or draw a digit and see it read, by a network that learned from moved digits.

    Parameters
    ----------
    network : MLP, optional
        Another one: 144 inputs, the 12 x 12 sheet row by row, and ten classes.
    pick : str
        What it begins with, one of `DigitPad.PICKS`.
    beside : str
        What stands at the right: "a clear one", "what would make it surer" or "what would lower E".

    Raises
    ------
    ValueError
        The network has other inputs or classes; there is no such pick, or nothing such to stand beside it.

    Examples
    --------
    >>> pad = DigitPad()
    >>> pad.pick("a leaning 5")
    >>> pad.values()["read"]
    9
    >>> pad.draw_strokes([[(0.3, 0.2), (0.7, 0.2), (0.45, 0.9)]], meant=7)
    >>> pad.values()["read"]
    7
    """

    PICKS = PICKS
    question = "Pick a digit, or draw one and say what it is meant to be. How will it be read?"
    guesses = ("sure and right", "in doubt", "sure and wrong")
    message = "Sure is not the same as right"
    say = "sure is not the same as right."
    height = HEIGHT
    main_control = "example"

    def __init__(self, network: MLP | None = None, pick: str = LEANING, beside: str = CLEAR):
        self.network = trained_reader() if network is None else _reader_of_sheets(network)
        self.hard, self.limit = read_in_the_middle(self.network)
        super().__init__(PadState(**picked(pick), beside=beside))

    def pick(self, name: str) -> None:
        """Show one of `DigitPad.PICKS` from a cell; ValueError for another name."""
        self.set(**picked(name))

    def draw_strokes(self, strokes: Sequence, meant: str | int = AS_READ) -> None:
        """Draw on the pad from a cell: strokes are lists of points (x, y) in 0..1, y down.

        Raises
        ------
        ValueError
            A point is not two numbers in 0..1, or `meant` is no digit.
        """
        changes = {"strokes": strokes, "drawn": True, "meant": str(meant)}
        changed(self.state, changes)  # refuses in the reader's cell, not beside the controls
        self.set(**changes)

    def numbers(self, state):
        """Return what `numbers_of` does for this network."""
        return numbers_of(state, self.network)

    def answer(self, numbers):
        """Say whether it was read surely, and right; where what was meant is not known, only the first."""
        if numbers["z"].max() < SURE:
            return "in doubt"
        if self.state.meant == AS_READ:
            return "sure" if self._guess.value == "in doubt" else None
        return "sure and right" if numbers["read"] == int(self.state.meant) else "sure and wrong"

    def make_controls(self):
        """Make the pad, its buttons and what is meant; the picks, where it lies, what stands beside it."""
        pick = controls.menu("pick", (*PICKS, ANOTHER, OWN), pick_of(self.state), "Which digit is shown.")
        canvas = PadCanvas(description="drawing pad", tooltip=HOW_TO_DRAW)
        drawn = self.bound("strokes", canvas, lambda value: drawn_strokes(self.state, value), _as_lists)
        beside = ipywidgets.VBox(
            [controls.row(*self._buttons()), self.bound("meant")], layout={"flex": "1 1 190px"}
        )
        lies = ipywidgets.VBox(
            [self.bound("pick", pick, self._picked, pick_of), self.bound("place"), self.bound("beside")],
            layout={"align_self": "flex-start"},
        )
        return [controls.row(drawn, beside), lies]

    def arrange(self, state):
        """Let the pad know whether it shows a pick, which the reader's first stroke replaces."""
        self.controls["strokes"].example = state.drawn and name_of(state) is not None

    def _picked(self, name):
        """Return the changes of the state that an entry of the list asks for."""
        if name == OWN:
            return wiped()
        return self._next(self.state, range(len(unseen_digits().x))) if name == ANOTHER else picked(name)

    def _buttons(self):
        clear = controls.button("Clear", "Wipe the pad.")
        example = controls.button("Example", "Show the next test digit.")
        hard = controls.button("Hard one", "Show the next test digit that is read wrong or in doubt.")
        reset = controls.button("Reset", "Go back to the digit that it began with.")
        return (
            self.acting("clear", clear, lambda state, numbers: wiped()),
            self.acting(
                "example", example, lambda state, numbers: self._next(state, range(len(unseen_digits().x)))
            ),
            self.acting("hard", hard, lambda state, numbers: self._next(state, self.hard)),
            self.acting("reset", reset, lambda state, numbers: vars(self.start)),
        )

    def _next(self, state, among):
        """Show the next of the given test digits, after the last the first; of all if none are given."""
        among = list(among) or range(len(unseen_digits().x))
        return shown_example(next((k for k in among if k > state.example), among[0]))

    def draw(self):
        """Draw the digit's half, and the two that may stand beside it."""
        self.picture = PadPicture(self.live, self.limit)

    def place(self, numbers):
        """Put ink, bars and map where they are now, and say in words how both digits are read."""
        meant = "" if self.state.meant == AS_READ else f", meant: {self.state.meant}"
        here = ("what the network is given", self._source(), f"{_read(numbers['z'])}{meant}")
        label = int(numbers["r"].argmax())
        clear = (f"a clear {label}", _test_digit(numbers["clear"]), _read(numbers["clear_z"]))
        self.picture.place(numbers, self.state, (here, clear))

    def _source(self):
        """Say where the digit comes from."""
        if not self.state.drawn:
            return _test_digit(self.state.example)
        return name_of(self.state) or ("drawn by hand" if self.state.strokes else "an empty sheet")

    def sentence(self, numbers):
        """Say what was read and how surely, and what stands beside it."""
        z = numbers["z"]
        second = int(np.argsort(z)[-2])
        meant = "" if self.state.meant == AS_READ else f" (meant: {self.state.meant})"
        return (
            f"Digit pad, {self._source()}{meant}: {_read(z)}, next {second} at {fixed(z[second])}. "
            f"{self._said_beside(numbers)}"
        )

    def _said_beside(self, numbers):
        """Say how the clear one is read; or E, and where ink would change most."""
        if self.state.beside == CLEAR:
            return f"Beside it {_test_digit(numbers['clear'])}: {_read(numbers['clear_z'])}."
        row, column = divmod(int(numbers["shown"].argmax()), SHEET)
        gain = f"raise the logit of {numbers['read']}" if self.state.beside == SURER else "lower E"
        lacking = float(np.abs(numbers["r"] - numbers["z"]).max())
        return (
            f"E is {magnitude(numbers['E'])}, r − z at most {magnitude(lacking)}. Ink in row {row + 1}, "
            f"column {column + 1} would {gain} most."
        )


def _test_digit(k):
    return f"test digit {k}, label {unseen_digits().labels[k]}"


def _read(z):
    """Say which class a digit is read as, and how surely."""
    return f"read as {int(z.argmax())} at {fixed(z.max())}"


def _as_lists(state):
    """Return the strokes as the browser holds them."""
    return [[list(point) for point in stroke] for stroke in state.strokes]


def _reader_of_sheets(network):
    """Return the network; ValueError if it cannot read a sheet."""
    if not isinstance(network, MLP):
        raise ValueError(f"network: got {type(network).__name__}; expected an MLP")
    inputs, classes = network.weights[0].shape[1] - 1, network.weights[-1].shape[0]
    if (inputs, classes) != (SHEET**2, N_CLASSES):
        raise ValueError(
            f"network: got {inputs} inputs and {classes} classes; expected {SHEET**2} and {N_CLASSES}"
        )
    return network
