"""The output layer (chapter 02), the arithmetic: pulls, E along one logit, and E after a step."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...formulas.descent import gradient_step
from ...formulas.loss import cross_entropy, output_delta
from ...formulas.probabilities import softmax
from ...formulas.weighted_sums import affine, affine_weight_gradient
from ...measured import numerical_gradient
from ...pictures.ground.numbers import MINUS, number
from ...worked_examples import Z_HAT, Y
from ..ground.fields import Choice, Entries, Number, Other, State, refusal, setting

CLASSES = len(Z_HAT)
# Chapter 03, section 1: with the signals Y these weights give the logits Z_HAT.
W = (
    (Z_HAT[0], 2.0, 1.0, -0.5),
    (Z_HAT[1], -4.0, -1.0, 1.0),
    (Z_HAT[2], 1.0, 3.0, -0.25),
)
LOGITS = np.linspace(-6, 6, 49)  # along which E is drawn
LOGIT_OF = Entries(
    Number("logit", float(LOGITS[0]), float(LOGITS[-1]), 0.05, "Move logit {}, by its bias."), CLASSES
)
DIGITS = 9  # a logit of 6 is a bias and products, which add up to 6 but for the last digits
SHARES = Entries(Number("share", 0, 1, 0.05, ""), CLASSES)


def _checked_shares(shares, state):
    shares = SHARES.checked(shares, state)
    if round(sum(shares), DIGITS) != 1:
        raise refusal("shares", shares, "numbers that add up to 1")
    return shares


def _checked_weights(weights, state):
    try:
        matrix = np.array(weights, dtype=float)
    except (TypeError, ValueError):
        matrix = np.empty(0)
    if matrix.shape != np.shape(W) or not np.isfinite(matrix).all():
        raise refusal("W", weights, f"{CLASSES} rows of {len(W[0])} finite numbers")
    return as_tuples(matrix)


@dataclass(frozen=True)
class OutputLayerState(State):
    """Weights and signals, a target as shares and their sum, the logit spoken of, and a learning rate."""

    W: tuple = setting(W, Other(_checked_weights))
    y: tuple = setting(Y, Entries(Number("signal", 0, 2, 0.05, ""), len(Y)))
    share: tuple = setting((0.0, 1.0, 0.0), Other(_checked_shares))
    total: float = setting(1.0, Number("sum of r", 0, 2, 0.05, "What the targets add up to."))
    logit: int = setting(
        1, Choice("E along logit", range(1, CLASSES + 1), "Which logit is marked, and E drawn along.")
    )
    learning_rate: float = setting(
        0.1, Number("learning rate", 0, 1, 0.05, "How long a step is.", slider=(0.05, 1))
    )


def numbers_of(state: OutputLayerState) -> dict[str, Any]:
    """Return the output layer's quantities, E along one logit, and E after a step, for a state."""
    W, y, r = np.array(state.W), np.array(state.y), state.total * np.array(state.share)
    with np.errstate(over="ignore", invalid="ignore"):  # what is not finite is refused
        z_hat = affine(W, y)
    LOGIT_OF.checked(np.round(z_hat, DIGITS), state)
    z, delta = softmax(z_hat), output_delta(r, z_hat)
    negative_gradient = affine_weight_gradient(delta, y)
    alone = np.arange(CLASSES) == state.logit - 1

    def along(logit):
        return float(cross_entropy(r, np.where(alone, logit, z_hat)))

    (stepped,), _ = gradient_step((W,), None, (negative_gradient,), state.learning_rate)
    return {
        "W": W,
        "y": y,
        "z_hat": z_hat,
        "z": z,
        "r": r,
        "r_minus_z": r - z,
        "second_price": (r.sum() - 1) * z,
        "delta": delta,
        "negative_gradient": negative_gradient,
        "E": along(z_hat[state.logit - 1]),
        "logit": state.logit,
        "slope": float(numerical_gradient(along, z_hat[state.logit - 1])),
        "curve": np.array([along(logit) for logit in LOGITS]),
        "W_after": stepped,
        "E_after": float(cross_entropy(r, affine(stepped, y))),
    }


def with_logits(W: tuple, y: tuple, z_hat: np.ndarray) -> tuple:
    """Return the weights with other biases, so that the signals y give these logits."""
    W = np.array(W)
    W[:, 0] += z_hat - affine(W, np.array(y))
    return as_tuples(W)


def target_of(text: str) -> dict[str, Any]:
    """Return the state's share and total from typed targets."""
    r = numbers_in("target r", text, CLASSES)
    total = sum(r)
    if min(r) < 0 or total == 0:
        raise ValueError(f"target r: got {text!r}; expected no negative number, and not only zeros")
    return {"share": tuple(target / total for target in r), "total": total}


def numbers_in(name: str, text: str, how_many: int) -> tuple[float, ...]:
    """Return the numbers that a reader typed with commas between them."""
    try:
        found = tuple(float(part) for part in text.replace(MINUS, "-").split(","))
    except ValueError:
        found = ()
    if len(found) != how_many or not np.isfinite(found).all():
        raise ValueError(f"{name}: got {text!r}; expected {how_many} numbers with commas between them")
    return found


def typed(values: Iterable[float]) -> str:
    """Return numbers as they are typed into a field."""
    return ", ".join(number(value, 4) for value in values)


def name_of_target(share: tuple) -> str:
    """Return which class is right, "1" to "3"; "soft" where none is alone."""
    return str(share.index(1.0) + 1) if 1.0 in share else "soft"


def as_tuples(matrix: np.ndarray) -> tuple:
    """Return the rows of a matrix, each a tuple."""
    return tuple(map(tuple, matrix.tolist()))
