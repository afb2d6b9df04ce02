"""Softmax (chapter 01): probabilities, their Jacobian, one entry of it derived and measured, and a shift."""

from dataclasses import dataclass, replace

import numpy as np

from ...formulas.probabilities import softmax, softmax_jacobian
from ...measured import numerical_gradient
from ...pictures.ground.numbers import fixed, number
from ...worked_examples import Z_HAT
from ..ground import controls
from ..ground.explorer import Explorer
from .picture import SoftmaxPicture

FEWEST, MOST = 3, 6  # classes
REACH = 1000.0  # of a logit, and of the shift
COLDEST, HOTTEST = 0.1, 10.0


@dataclass(frozen=True)
class SoftmaxState:
    """Six logits of which the first `classes` count, temperature, common shift, and the entry spoken of."""

    classes: int = 3
    z_hat: tuple = (*Z_HAT, 0.5, -0.5, 1.0)
    temperature: float = 1.0
    shift: float = 0.0
    i: int = 2
    j: int = 3


def naive_softmax(z_hat):
    """Return softmax typed in as equation 1.2 stands; it overflows where the book's own does not."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        e = np.exp(z_hat)
        return e / e.sum()


def numbers_of(state):
    """Return logits, probabilities, Jacobian, and one entry of it derived and measured, for a state."""
    _check(state)
    tau, i, j = state.temperature, state.i - 1, state.j - 1
    z_hat = np.array(state.z_hat[: state.classes]) + state.shift
    alone = np.arange(state.classes) == j

    def p_i(logit):
        return softmax(np.where(alone, logit, z_hat) / tau)[i]

    p, naive = softmax(z_hat / tau), naive_softmax(z_hat / tau)
    jacobian = softmax_jacobian(z_hat / tau) / tau  # equation 1.25
    return {
        "z_hat": z_hat,
        "z": softmax(z_hat),
        "temperature": tau,
        "p": p,
        "naive": naive,
        "agrees": bool(np.allclose(naive, p, rtol=0, atol=1e-6)),
        "jacobian": jacobian,
        "i": state.i,
        "j": state.j,
        "entry": float(jacobian[i, j]),
        "measured": float(numerical_gradient(p_i, z_hat[j])),
    }


def _check(state):
    if not FEWEST <= state.classes <= MOST:
        raise ValueError(f"classes: got {state.classes}; expected {FEWEST} to {MOST}")
    for k, logit in enumerate(state.z_hat[: state.classes]):
        _within(f"logit {k + 1}", logit, -REACH, REACH)
    _within("shift all", state.shift, -REACH, REACH)
    _within("temperature", state.temperature, COLDEST, HOTTEST)
    for name in ("i", "j"):
        if not 1 <= getattr(state, name) <= state.classes:
            raise ValueError(f"{name}: got {getattr(state, name)}; expected a class, 1 to {state.classes}")


def _within(name, value, least, most):
    if not least <= value <= most:
        raise ValueError(f"{name}: got {value:g}; expected a number from {least:g} to {most:g}")


class SoftmaxExplorer(Explorer):
    """Move logits, temperature and a common shift; read any entry of softmax's Jacobian.

    Parameters
    ----------
    z_hat : sequence of 3 to 6 numbers, optional
        The logits to start with; chapter 01's example unless given.
    """

    question = "The logit of column j rises a little. Which way does the probability of row i go?"
    guesses = ("up", "down", "nowhere")
    message = "What one class gains, the others lose"
    say = "what one class gains the others lose; a common shift changes nothing."
    height = 5.1

    def __init__(self, z_hat=None):
        state = SoftmaxState()
        if z_hat is not None:
            logits = tuple(float(logit) for logit in z_hat)
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
        start, bound = self.state, self.bound
        several = controls.choice(
            "classes", range(FEWEST, MOST + 1), start.classes, "How many logits there are."
        )
        shift = controls.slider("shift all", start.shift, -10.0, 10.0, 0.1, "Add this to every logit.")
        tau = controls.slider(
            "temperature", start.temperature, 0.25, 5.0, 0.05, "Divide every logit by this before softmax."
        )
        stress = controls.button("Stress: + 1,000", "Shift all logits by 1,000, at temperature 1.", act=True)
        return [
            bound("classes", several, changes=self._with_classes),
            *(self._logit(k) for k in range(MOST)),
            bound("temperature", tau),
            bound("shift", shift),
            bound("i", controls.whole_slider("row i", start.i, 1, start.classes, "Whose probability moves.")),
            bound("j", controls.whole_slider("column j", start.j, 1, start.classes, "Whose logit moves.")),
            controls.row(
                self.acting("stress", stress, lambda *_: {"shift": 1000.0, "temperature": 1.0}),
                self.acting(
                    "reset", controls.button("Reset", "Go back to the start."), lambda *_: vars(self.start)
                ),
            ),
        ]

    def _logit(self, k):
        def changes(logit):
            return {"z_hat": (*self.state.z_hat[:k], logit, *self.state.z_hat[k + 1 :])}

        here = self.state.z_hat[k]
        made = controls.slider(f"logit {k + 1}", here, -5.0, 5.0, 0.05, f"Move the logit of class {k + 1}.")
        return self.bound(f"z_hat_{k + 1}", made, changes, lambda z_hat: z_hat[k], field="z_hat")

    def _with_classes(self, classes):
        return {
            "classes": classes,
            "i": min(self.state.i, classes),
            "j": min(self.state.j, classes),
        }

    def arrange(self, state):
        """Show one slider for each logit that counts; rows and columns end with the last class."""
        for k in range(MOST):
            self.controls[f"z_hat_{k + 1}"].layout.display = None if k < state.classes else "none"
        for name in ("i", "j"):
            self.controls[name].max = state.classes

    def draw(self):
        """Draw the picture for every number of classes; one of them is seen."""
        self.picture = SoftmaxPicture(self.live, range(FEWEST, MOST + 1))

    def place(self, numbers):
        """Put bars, cells, ring and numbers where they are now."""
        self.picture.place(numbers)

    def sentence(self, numbers):
        """Say the largest probability, the entry derived and measured, and what the naive form does."""
        i, j, p = numbers["i"], numbers["j"], numbers["p"]
        naive = "agrees" if numbers["agrees"] else "breaks, this one does not"
        return (
            f"Bars of {len(p)} probabilities, the largest {fixed(p.max(), 4)}; their Jacobian as a heat map. "
            f"Raise logit {j}: class {i} answers with {number(numbers['entry'], 4, sign=True)}, measured "
            f"{number(numbers['measured'], 4, sign=True)}. The naive form {naive}."
        )
