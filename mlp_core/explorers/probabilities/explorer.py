"""Softmax (chapter 01): probabilities, their Jacobian, one entry of it derived and measured, and a shift."""

from collections.abc import Sequence
from dataclasses import replace

from ...pictures.ground.numbers import fixed, number
from ..ground import controls
from ..ground.explorer import Explorer
from .numbers import CLASSES, LOGITS, MOST, SoftmaxState, numbers_of
from .picture import SoftmaxPicture


class SoftmaxExplorer(Explorer):
    """Move logits, temperature and a common shift; read any entry of softmax's Jacobian.

    Parameters
    ----------
    z_hat : sequence of 3 to 6 numbers, optional
        The logits to start with; chapter 01's example unless given.

    Raises
    ------
    ValueError
        There are fewer or more logits, or one is not from -1000 to 1000.

    Examples
    --------
    >>> explorer = SoftmaxExplorer([0.0, 0.0, 0.0])
    >>> explorer.set(i=1, k=1)
    >>> round(explorer.values()["entry"], 4)
    0.2222
    """

    question = "The logit of column k rises a little. Which way does the probability of row i go?"
    guesses = ("up", "down", "nowhere")
    message = "What one class gains, the others lose"
    say = "what one class gains the others lose; a common shift changes nothing."
    height = 5.1
    main_control = "z_hat_1"

    def __init__(self, z_hat: Sequence[float] | None = None):
        state = SoftmaxState()
        if z_hat is not None:
            logits = tuple(z_hat)
            state = replace(state, classes=len(logits), z_hat=logits + state.z_hat[len(logits) :])
        super().__init__(state)

    def numbers(self, state):
        """Return z_hat, z, p, jacobian, entry, measured, naive and what they were computed from."""
        return numbers_of(state)

    def answer(self, numbers):
        """Say which way p_i goes."""
        return "up" if numbers["entry"] > 0 else "down" if numbers["entry"] < 0 else "nowhere"

    def make_controls(self):
        """Make classes, logits, temperature, shift, row and column, stress and reset."""
        stress = controls.button("Stress: + 1,000", "Shift all logits by 1,000, at temperature 1.", act=True)
        back = controls.button("Reset", "Go back to the start.")
        return [
            self.bound("classes", changes=self._with_classes),
            controls.row(
                self.acting("stress", stress, lambda *_: {"shift": 1000.0, "temperature": 1.0}),
                self.acting("reset", back, lambda *_: vars(self.start)),
            ),
            *(self._logit(k) for k in range(MOST)),
            *map(self.bound, ("temperature", "shift", "i", "k")),
        ]

    def _logit(self, k):
        def changes(logit):
            return {"z_hat": (*self.state.z_hat[:k], logit, *self.state.z_hat[k + 1 :])}

        made = LOGITS.named(k).control(self.state.z_hat[k], self.state)
        return self.bound(f"z_hat_{k + 1}", made, changes, lambda state: state.z_hat[k])

    def _with_classes(self, classes):
        return {
            "classes": classes,
            "i": min(self.state.i, classes),
            "k": min(self.state.k, classes),
        }

    def arrange(self, state):
        """Leave the sliders of the logits that do not count where they are, but out of reach."""
        for k in range(MOST):
            self.controls[f"z_hat_{k + 1}"].disabled = k >= state.classes

    def draw(self):
        """Draw the picture for every number of classes; one of them is seen."""
        self.picture = SoftmaxPicture(self.live, CLASSES)

    def place(self, numbers):
        """Put bars, cells, ring and numbers where they are now."""
        self.picture.place(numbers)

    def sentence(self, numbers):
        """Say the largest probability, the entry derived and measured, and what the naive form does."""
        i, k, p = numbers["i"], numbers["k"], numbers["p"]
        naive = "agrees" if numbers["agrees"] else "breaks, this one does not"
        return (
            f"Bars of {len(p)} probabilities, the largest {fixed(p.max(), 4)}; their Jacobian as a heat map. "
            f"Raise logit {k}: class {i} answers with {number(numbers['entry'], 4, sign=True)}, measured "
            f"{number(numbers['measured'], 4, sign=True)}. The naive form {naive}."
        )
