"""The digit pad (chapter 06): draw a digit, see it read as you draw, and what would make that surer."""

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
    AS_READ,
    SHEET,
    SURE,
    SURER,
    PadState,
    drawn_strokes,
    numbers_of,
    read_in_the_middle,
    shown_example,
    trained_reader,
    unseen_digits,
)
from .picture import HEIGHT, PadPicture

HOW_TO_DRAW = (
    "Draw with mouse, pen or finger. Or by keys: arrows move the pen, space puts it down and lifts it, "
    "delete clears."
)


class DigitPad(Explorer):
    """Draw a digit and see it read, by the network of chapter 06 that learned from moved digits.

    Parameters
    ----------
    network : MLP, optional
        Another one: 144 inputs, the 12 x 12 sheet row by row, and ten classes.

    Raises
    ------
    ValueError
        The network has other inputs or classes.

    Examples
    --------
    >>> pad = DigitPad()
    >>> pad.draw_strokes([[(0.3, 0.2), (0.7, 0.2), (0.45, 0.9)]], meant=7)
    >>> pad.values()["read"]
    7
    """

    question = "Draw a digit and say what it is meant to be. How will it be read?"
    guesses = ("sure and right", "in doubt", "sure and wrong")
    message = "Sure and right means r − z is nearly 0: nothing left to learn"
    say = "sure and right means r − z is nearly 0: nothing left to learn."
    height = HEIGHT
    main_control = "example"

    def __init__(self, network: MLP | None = None):
        self.network = trained_reader() if network is None else _reader_of_sheets(network)
        self.hard, self.limit = read_in_the_middle(self.network)
        super().__init__(PadState(**shown_example(0)))

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
        """Return pixels, x, z_hat, z, r, E, read, surer, pull and shown."""
        return numbers_of(state, self.network)

    def answer(self, numbers):
        """Say whether it was read surely, and right; where what was meant is not known, only the first."""
        if numbers["z"].max() < SURE:
            return "in doubt"
        if self.state.meant == AS_READ:
            return "sure" if self._guess.value == "in doubt" else None
        return "sure and right" if numbers["read"] == int(self.state.meant) else "sure and wrong"

    def make_controls(self):
        """Make the pad and, beside it where there is room, the buttons and the menus."""
        pad = PadCanvas(description="drawing pad", tooltip=HOW_TO_DRAW)
        drawn = self.bound("strokes", pad, lambda value: drawn_strokes(self.state, value), _as_lists)
        beside = ipywidgets.VBox(
            [controls.row(*self._buttons()), *map(self.bound, ("meant", "place", "asked"))],
            layout={"flex": "1 1 190px"},
        )
        return [controls.row(drawn, beside)]

    def _buttons(self):
        clear = controls.button("Clear", "Wipe the pad.")
        example = controls.button("Example", "Show the next test digit.")
        hard = controls.button("Hard one", "Show the next test digit that is read wrong or in doubt.")
        reset = controls.button("Reset", "Go back to the first test digit.")
        wiped = {"strokes": (), "drawn": True, "meant": AS_READ}
        return (
            self.acting("clear", clear, lambda state, numbers: wiped),
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
        """Draw the sheet, the bars and the map."""
        self.picture = PadPicture(self.live, self.limit)

    def place(self, numbers):
        """Put ink, bars and map where they are now."""
        self.picture.place(numbers, self.state, self._source())

    def _source(self):
        if self.state.drawn:
            return "drawn by hand" if self.state.strokes else "an empty sheet"
        return f"test digit {self.state.example}, label {unseen_digits().labels[self.state.example]}"

    def sentence(self, numbers):
        """Say what was read and how surely, E, and where ink would change it most."""
        z, read = numbers["z"], numbers["read"]
        second = int(np.argsort(z)[-2])
        row, column = divmod(int(numbers["shown"].argmax()), SHEET)
        gain = f"raise the logit of {read}" if self.state.asked == SURER else "lower E"
        meant = "" if self.state.meant == AS_READ else f" (meant: {self.state.meant})"
        return (
            f"Digit pad, {self._source()}{meant}: read as {read} at {fixed(z[read])}, next {second} at "
            f"{fixed(z[second])}. E is {magnitude(numbers['E'])}, r − z at most "
            f"{magnitude(float(np.abs(numbers['r'] - z).max()))}. Ink in row {row + 1}, column {column + 1} "
            f"would {gain} most."
        )


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
