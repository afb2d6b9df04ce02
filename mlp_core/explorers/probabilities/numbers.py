"""Softmax (chapter 01), the arithmetic: probabilities, their Jacobian, and one entry derived and measured."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ...formulas.probabilities import softmax, softmax_jacobian
from ...measured import numerical_gradient
from ...worked_examples import Z_HAT
from ..ground.fields import Choice, Entries, Number, State, Whole, setting

CLASSES = range(3, 7)  # how many there can be
MOST = CLASSES[-1]
LARGEST = 1000.0  # logit, and shift: the naive form overflows long before
LOGITS = Entries(
    Number("logit", -LARGEST, LARGEST, 0.05, "Move the logit of class {}.", slider=(-5, 5)), MOST
)


def _classes(state):
    return state.classes


@dataclass(frozen=True)
class SoftmaxState(State):
    """Six logits of which the first `classes` count, temperature, common shift, and the entry spoken of."""

    classes: int = setting(3, Choice("classes", CLASSES, "How many logits there are."))
    z_hat: tuple = setting((*Z_HAT, 0.5, -0.5, 1.0), LOGITS)
    temperature: float = setting(
        1.0,
        Number("temperature", 0.1, 10, 0.05, "Divide every logit by this before softmax.", slider=(0.25, 5)),
    )
    shift: float = setting(
        0.0, Number("shift all", -LARGEST, LARGEST, 0.1, "Add this to every logit.", slider=(-10, 10))
    )
    i: int = setting(2, Whole("row i", 1, _classes, "Whose probability moves."))
    k: int = setting(3, Whole("column k", 1, _classes, "Whose logit moves."))


def naive_softmax(z_hat: np.ndarray) -> np.ndarray:
    """Return softmax typed in as equation 1.2 stands; it overflows where the book's own does not."""
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        e = np.exp(z_hat)
        return e / e.sum()


def numbers_of(state: SoftmaxState) -> dict[str, Any]:
    """Return logits, probabilities, Jacobian, and one entry of it derived and measured, for a state."""
    tau, i, k = state.temperature, state.i - 1, state.k - 1
    z_hat = np.array(state.z_hat[: state.classes]) + state.shift
    alone = np.arange(state.classes) == k

    def p_i(logit):
        return softmax(np.where(alone, logit, z_hat) / tau)[i]

    p, naive = softmax(z_hat / tau), naive_softmax(z_hat / tau)
    jacobian = softmax_jacobian(z_hat / tau) / tau  # equation 1.20
    return {
        "z_hat": z_hat,
        "z": softmax(z_hat),
        "temperature": tau,
        "p": p,
        "naive": naive,
        "agrees": bool(np.allclose(naive, p, rtol=0, atol=1e-6)),
        "jacobian": jacobian,
        "i": state.i,
        "k": state.k,
        "entry": float(jacobian[i, k]),
        "measured": float(numerical_gradient(p_i, z_hat[k])),
    }
