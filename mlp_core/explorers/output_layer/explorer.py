"""The output layer (chapter 02): what each logit lacks, what that does to every weight, and a step."""

from dataclasses import dataclass

import numpy as np

from ...formulas.descent import gradient_step
from ...formulas.loss import cross_entropy, output_delta
from ...formulas.probabilities import softmax
from ...formulas.weighted_sums import affine, affine_weight_gradient
from ...measured import numerical_gradient
from ...pictures.ground.numbers import MINUS, fixed, number, series
from ...worked_examples import Z_HAT, Y
from ..ground import controls
from ..ground.explorer import Explorer
from .picture import LOGITS, OutputLayerPicture

CLASSES = 3
SOFT = (0.2, 0.5, 0.3)
LARGEST_SUM, LARGEST_SIGNAL, LONGEST_STEP = 2.0, 2.0, 1.0
# Chapter 02, section 10: with the signals Y these weights give the logits Z_HAT.
W = (
    (Z_HAT[0], 2.0, 1.0, -0.5),
    (Z_HAT[1], -4.0, -1.0, 1.0),
    (Z_HAT[2], 1.0, 3.0, -0.25),
)


@dataclass(frozen=True)
class OutputLayerState:
    """Weights and signals, a target as shares and their sum, the logit spoken of, and a learning rate."""

    W: tuple = W
    y: tuple = Y
    share: tuple = (0.0, 1.0, 0.0)
    total: float = 1.0
    logit: int = 1
    learning_rate: float = 0.1


def numbers_of(state):
    """Return the output layer's quantities, E along one logit, and E after a step, for a state."""
    _check(state)
    W, y, r = np.array(state.W), np.array(state.y), state.total * np.array(state.share)
    z_hat = affine(W, y)
    _check_logits(z_hat)
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
        "residue": (r.sum() - 1) * z,
        "delta": delta,
        "negative_gradient": negative_gradient,
        "E": along(z_hat[state.logit - 1]),
        "logit": state.logit,
        "slope": float(numerical_gradient(along, z_hat[state.logit - 1])),
        "curve": np.array([along(logit) for logit in LOGITS]),
        "W_after": stepped,
        "E_after": float(cross_entropy(r, affine(stepped, y))),
    }


def _check(state):
    _within("sum of r", state.total, 0.0, LARGEST_SUM)
    _within("learning rate", state.learning_rate, 0.0, LONGEST_STEP)
    for j, signal in enumerate(state.y):
        _within(f"signal {j + 1}", signal, 0.0, LARGEST_SIGNAL)
    for k, share in enumerate(state.share):
        _within(f"share {k + 1} of r", share, 0.0, 1.0)
    if state.logit not in range(1, CLASSES + 1):
        raise ValueError(f"logit: got {state.logit}; expected a class, 1 to {CLASSES}")


def _check_logits(z_hat):
    for k, logit in enumerate(z_hat):
        _within(f"logit {k + 1}", logit, LOGITS[0], LOGITS[-1])


def _within(name, value, least, most):
    if not least <= value <= most:
        raise ValueError(f"{name}: got {value:g}; expected a number from {least:g} to {most:g}")


def with_logits(W, y, z_hat):
    """Return the weights with other biases, so that the signals y give these logits."""
    W = np.array(W)
    W[:, 0] += z_hat - affine(W, np.array(y))
    return _as_tuples(W)


def target_of(text):
    """Return the state's share and total from typed targets."""
    r = numbers_in("target r", text, CLASSES)
    total = sum(r)
    if min(r) < 0 or total == 0:
        raise ValueError(f"target r: got {text!r}; expected no negative number, and not only zeros")
    return {"share": tuple(target / total for target in r), "total": total}


def numbers_in(name, text, how_many):
    """Return the numbers that a reader typed with commas between them."""
    try:
        found = tuple(float(part) for part in text.replace(MINUS, "-").split(","))
    except ValueError:
        found = ()
    if len(found) != how_many or not np.isfinite(found).all():
        raise ValueError(f"{name}: got {text!r}; expected {how_many} numbers with commas between them")
    return found


def typed(values):
    """Return numbers as they are typed into a field."""
    return ", ".join(number(value, 4) for value in values)


class OutputLayerExplorer(Explorer):
    """Move logits and target of chapter 02's output layer; see every pull, and step."""

    question = "One logit is marked in the picture. Which way is it pulled?"
    guesses = ("up", "down", "neither")
    message = "Each logit is pulled by exactly what it lacks"
    say = "each logit is pulled by exactly what it lacks; a weight gets that pull times its signal."
    height = 5.7

    def __init__(self):
        super().__init__(OutputLayerState())

    def numbers(self, state):
        """Return z_hat, z, r, delta, negative_gradient, E and what belongs to them."""
        return numbers_of(state)

    def answer(self, numbers):
        """Say which way the logit spoken of is pulled."""
        pull = numbers["delta"][numbers["logit"] - 1]
        return "up" if pull > 1e-12 else "down" if pull < -1e-12 else "neither"

    def make_controls(self):
        """Make logits, target, sum of r, signals, the logit of the curve, learning rate, step and reset."""
        start, bound = self.state, self.bound
        target = controls.choice(
            "target", ("1", "2", "3", "soft"), "2", "Which class is right, or a soft target."
        )
        r = controls.field("target r", typed(start.share), "Three targets, commas between; then Enter.")
        total = controls.slider(
            "sum of r", start.total, 0.0, LARGEST_SUM, 0.05, "What the targets add up to."
        )
        y = controls.field(
            "signals y", typed(start.y), "Three signals, 0 to 2, commas between; the biases hold the logits."
        )
        along = controls.choice(
            "E along logit", (1, 2, 3), start.logit, "Which logit is marked, and E drawn along."
        )
        rate = controls.slider(
            "learning rate", start.learning_rate, 0.05, LONGEST_STEP, 0.05, "How long a step is."
        )
        act = controls.button("Step", "Add the learning rate times the pull to every weight.", act=True)
        back = controls.button("Reset", "Go back to the example of chapter 02.")
        return [
            *(self._logit(k) for k in range(CLASSES)),
            bound("target", target, self._with_target, _name_of_target, field="share"),
            bound("r", r, target_of, self._typed_target, field="share"),
            bound("total", total),
            bound("y", y, self._with_signals, typed),
            bound("logit", along),
            bound("learning_rate", rate),
            controls.row(
                self.acting("step", act, lambda _, numbers: {"W": _as_tuples(numbers["W_after"])}),
                self.acting("reset", back, lambda *_: vars(self.start)),
            ),
        ]

    def _logit(self, k):
        """Return a slider that moves logit k + 1 by way of its bias."""

        def now(W):
            return float(affine(np.array(W), np.array(self.state.y))[k])

        def changes(logit):
            z_hat = affine(np.array(self.state.W), np.array(self.state.y))
            z_hat[k] = logit
            return {"W": with_logits(self.state.W, self.state.y, z_hat)}

        low, high = float(LOGITS[0]), float(LOGITS[-1])
        made = controls.slider(
            f"logit {k + 1}", now(self.state.W), low, high, 0.05, f"Move logit {k + 1}, by its bias."
        )
        return self.bound(f"z_hat_{k + 1}", made, changes, now, field="W")

    def _with_signals(self, text):
        """Return the changes that typed signals ask for: the pulls stay, the products change."""
        y = numbers_in("signals y", text, len(self.state.y))
        z_hat = affine(np.array(self.state.W), np.array(self.state.y))
        return {"y": y, "W": with_logits(self.state.W, y, z_hat)}

    def _with_target(self, name):
        share = SOFT if name == "soft" else tuple(float(k + 1 == int(name)) for k in range(CLASSES))
        return {"share": share}

    def _typed_target(self, share):
        return typed(self.state.total * part for part in share)

    def draw(self):
        """Draw axes, rows and heads; make bars, arrows, cells, curve and numbers."""
        self.picture = OutputLayerPicture(self.live, CLASSES, len(self.state.y))

    def place(self, numbers):
        """Put bars, arrows, cells, curve and numbers where they are now."""
        self.picture.place(numbers)

    def sentence(self, numbers):
        """Say the pulls, E, and what a step would make of it."""
        return (
            f"Bars of target and probability, and arrows. The pulls on the three logits are "
            f"{series(numbers['delta'], 2, True, fixed)}; times the signals they fill the table of the "
            f"weights. E is {fixed(numbers['E'], 4)}, after one step {fixed(numbers['E_after'], 4)}."
        )


def _name_of_target(share):
    return str(share.index(1.0) + 1) if 1.0 in share else "soft"


def _as_tuples(matrix):
    return tuple(map(tuple, matrix.tolist()))
