"""Nudge (chapter 00): E over one weight, its measured slope, and a step along the negative of it."""

from ...pictures.ground.numbers import fixed, number
from ..ground import controls
from ..ground.explorer import Explorer
from .numbers import NudgeState, given, numbers_of, step
from .picture import NudgePicture


class NudgeExplorer(Explorer):
    """Move one weight of chapter 00's network, see which way is down, and step.

    Parameters
    ----------
    weight : str
        "w_10" to "w_23" or "v_10" to "v_32": row, then column; column 0 is the bias.

    Raises
    ------
    ValueError
        There is no such weight.

    Examples
    --------
    >>> explorer = NudgeExplorer("w_11")
    >>> explorer.set(at=0.0)
    >>> round(explorer.values()["pull"], 4)
    -0.4081
    """

    question = "E is measured at this weight, and a little to both sides. Which way should the weight go?"
    guesses = ("larger", "smaller")
    message = "The negative slope points downhill, so we add it"
    say = "the negative slope points downhill, so we add it."
    main_control = "at"

    def __init__(self, weight: str = "w_11"):
        state = NudgeState(weight)
        super().__init__(NudgeState(weight, given(state.weight)))

    def numbers(self, state):
        """Return weight, at, E, slope, pull, and where a step lands."""
        return numbers_of(state)

    def answer(self, numbers):
        """Say which way is downhill."""
        return "larger" if numbers["pull"] > 0 else "smaller"

    def make_controls(self):
        """Make weight, value, learning rate, step and reset."""
        act = controls.button("Step", "Add the learning rate times the pull to the weight.", act=True)
        back = controls.button("Reset", "Go back to the weight of chapter 00.")
        return [
            self.bound("weight", changes=lambda weight: {"weight": weight, "at": given(weight)}),
            self.bound("at"),
            self.bound("learning_rate"),
            controls.row(
                self.acting("step", act, step), self.acting("reset", back, lambda *_: vars(self.start))
            ),
        ]

    def draw(self):
        """Draw the axes; make curve, tangent, point, arrow, landing and numbers."""
        self.picture = NudgePicture(self.live)

    def place(self, numbers):
        """Put them where they are now."""
        self.picture.place(numbers, self.answer(numbers))

    def sentence(self, numbers):
        """Say where the weight is, E and the slope, and where a step lands."""
        landing, E = number(numbers["lands_at"], 4), fixed(numbers["E_after"], 4)
        return (
            f"Curve of E over {numbers['weight'].replace('_', ' ')} with its measured tangent. At "
            f"{number(numbers['at'], 4)} E is {fixed(numbers['E'], 4)} and the negative slope "
            f"{fixed(numbers['pull'], 4, sign=True)}: make it {self.answer(numbers)}. A step lands at "
            f"{landing}, where E is {E}."
        )
