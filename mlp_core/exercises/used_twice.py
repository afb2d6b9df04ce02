"""The steps, the slips and the trials of residual units whose one matrix is used twice."""

from functools import lru_cache

import numpy as np

from ..formulas.activations import ACTIVATIONS
from .chain import Slip, Step
from .slips_known.wording import SEE_COLUMN, SEE_GATE, SEE_MEAN, SEE_TAIL
from .trials import CORNER, Trial, for_scalars

TWICE = (
    Step("x1", "0.2", "x1 = np.c_[np.ones(B), x]", "the constant 1 in front of x"),
    Step("a_hat", "0.1", "a_hat = x1 @ V.T", "the sums of the lower use"),
    Step("a", "0.3", "a = x + activation(a_hat)", "the signals between the two uses"),
    Step("a1", "0.5", "a1 = np.c_[np.ones(B), a]", "the constant 1 in front of a"),
    Step("y_hat", "0.1", "y_hat = a1 @ V.T", "the sums of the upper use"),
    Step("gate", "4.11", "gate = activation.derivative(y_hat)", "the upper gate"),
    Step("q", "4.11", "q = pull_y * gate", "the pull on the upper sums"),
    Step("pull_a", "5.12", "pull_a = pull_y + q @ V[:, 1:]", "the pull on a, by two roads"),
    Step("gate_a", "4.11", "gate_a = activation.derivative(a_hat)", "the lower gate"),
    Step("q_a", "4.11", "q_a = pull_a * gate_a", "the pull on the lower sums"),
    Step("dV", "5.10", "dV = q.T @ a1 + q_a.T @ x1", "the pull on V, which is used twice"),
    Step("dx", "5.12", "dx = pull_a + q_a @ V[:, 1:]", "the pull on x, by two roads"),
)
_SEE_ROADS = "Put V at 0: then y is x, moved by a constant at most, and the pull on x is the pull on y."
_SEE_USES = "Nudge one entry of V: it moves what both uses compute."


def _twice_slip(says, see, common=2, **lines):
    return Slip(tuple((name, f"{name} = {line}") for name, line in lines.items()), says, see, common)


_BACK_UP, _BACK_DOWN = "q @ V[:, 1:]", "q_a @ V[:, 1:]"
TWICE_SLIPS = (
    _twice_slip("both direct roads are left out", _SEE_ROADS, 3, pull_a=_BACK_UP, dx=_BACK_DOWN),
    _twice_slip("the direct road past the upper use is left out", _SEE_ROADS, 3, pull_a=_BACK_UP),
    _twice_slip("the direct road past the lower use is left out", _SEE_ROADS, 3, dx=_BACK_DOWN),
    _twice_slip("on the way to V the direct road is left out", _SEE_ROADS, q_a="q @ V[:, 1:] * gate_a"),
    _twice_slip(
        "the direct road from y to x is counted once more", _SEE_ROADS, dx="pull_y + pull_a + q_a @ V[:, 1:]"
    ),
    _twice_slip("the pull on y itself comes to x, past a", _SEE_ROADS, dx="pull_y + q_a @ V[:, 1:]"),
    _twice_slip(
        "the direct roads pass the gates too", _SEE_ROADS, pull_a=f"q + {_BACK_UP}", dx=f"q_a + {_BACK_DOWN}"
    ),
    _twice_slip("the upper direct road passes the gate too", _SEE_ROADS, pull_a=f"q + {_BACK_UP}"),
    _twice_slip("the lower direct road passes the gate too", _SEE_ROADS, dx=f"q_a + {_BACK_DOWN}"),
    _twice_slip("only the last use of V is counted", _SEE_USES, 3, dV="q.T @ a1"),
    _twice_slip("only the first use of V is counted", _SEE_USES, 3, dV="q_a.T @ x1"),
    _twice_slip("1/B is put in, though the pull on y holds it already", SEE_MEAN, q="pull_y * gate / B"),
    _twice_slip("the pull on y, not that on a, passes the lower gate", _SEE_ROADS, q_a="pull_y * gate_a"),
    _twice_slip("both uses of V meet the signal x", SEE_TAIL, dV="(q + q_a).T @ x1"),
    _twice_slip("both uses of V meet the signal a", SEE_TAIL, dV="(q + q_a).T @ a1"),
    _twice_slip("the pull on the upper sums is used for both uses of V", SEE_TAIL, dV="q.T @ (a1 + x1)"),
    _twice_slip("pulls and signals of the two uses are exchanged", SEE_TAIL, dV="q.T @ x1 + q_a.T @ a1"),
    _twice_slip("the two uses are subtracted", _SEE_USES, 1, dV="q.T @ a1 - q_a.T @ x1"),
    _twice_slip(
        "`V[:, :-1]` is carried back: the bias column stays, and the last unit's column is gone",
        "Raise only column 0 of V: no signal below may notice.",
        3,
        pull_a="pull_y + q @ V[:, :-1]",
        dx="pull_a + q_a @ V[:, :-1]",
    ),
    _twice_slip("a is made without its direct road", "Print a at V = 0: it is x.", 3, a="activation(a_hat)"),
    _twice_slip(
        "no direct road is there at all, forward or back",
        "Print a at V = 0: it is x.",
        3,
        a="activation(a_hat)",
        pull_a=_BACK_UP,
        dx=_BACK_DOWN,
    ),
    _twice_slip(
        "the gates are taken at the signals, a and x, and not at the sums",
        SEE_GATE,
        3,
        gate="activation.derivative(a)",
        gate_a="activation.derivative(x)",
    ),
    _twice_slip(
        "V is carried back transposed, which its being square lets pass",
        "Along the rows of V on the way forward, down its columns on the way back.",
        3,
        pull_a="pull_y + q @ V[:, 1:].T",
        dx="pull_a + q_a @ V[:, 1:].T",
    ),
    _twice_slip("the lower gate is taken at a", SEE_GATE, 3, gate_a="activation.derivative(a)"),
    _twice_slip(
        "both gates are taken behind the function",
        SEE_GATE,
        3,
        gate="activation.derivative(activation(y_hat))",
        gate_a="activation.derivative(activation(a_hat))",
    ),
    _twice_slip(
        "the upper gate is taken behind the function",
        SEE_GATE,
        gate="activation.derivative(activation(y_hat))",
    ),
    _twice_slip(
        "the lower gate is taken behind the function",
        SEE_GATE,
        gate_a="activation.derivative(activation(a_hat))",
    ),
    _twice_slip(
        "both gates are left out", SEE_GATE, gate="np.ones_like(y_hat)", gate_a="np.ones_like(a_hat)"
    ),
    _twice_slip("the upper gate is left out", SEE_GATE, gate="np.ones_like(y_hat)"),
    _twice_slip("the lower gate is left out", SEE_GATE, gate_a="np.ones_like(a_hat)"),
    _twice_slip("the upper gate is used twice", SEE_GATE, gate_a="gate"),
    _twice_slip(
        "the gate is 1 - y², right for tanh only, and only without a direct road",
        SEE_GATE,
        gate="1 - (a + activation(y_hat)) ** 2",
        gate_a="1 - a ** 2",
    ),
    _twice_slip(
        "the bias column of the pull on V is left at 0",
        SEE_COLUMN,
        dV="q.T @ np.c_[np.zeros(B), a] + q_a.T @ np.c_[np.zeros(B), x]",
    ),
    _twice_slip(
        "the bias column of the pull on V stands last",
        SEE_COLUMN,
        3,
        dV="q.T @ np.c_[a, np.ones(B)] + q_a.T @ np.c_[x, np.ones(B)]",
    ),
)


@lru_cache(maxsize=1)
def twice_trials() -> tuple[Trial, ...]:
    """Return three batches and three single examples in which V leads from D numbers to D numbers."""
    rng = np.random.default_rng(0)
    sizes = ({"B": 7, "D": 3, "K": 5}, {"B": 4, "D": 6, "K": 9}, {"B": 9, "D": 2, "K": 6})
    names = ("tanh", "sigmoid", "relu")
    return tuple(
        _twice_trial(rng, one, name, single)
        for single in (False, True)
        for one, name in zip(sizes, names, strict=True)
    )


def _twice_trial(rng, sizes, name, single):
    B, D = 1 if single else sizes["B"], sizes["D"]
    activation = for_scalars(ACTIVATIONS[name])
    while True:
        x, matrix = rng.normal(size=(B, D)), rng.normal(size=(D, D + 1)) / np.sqrt(D)
        a_hat = matrix[:, 0] + x @ matrix[:, 1:].T
        y_hat = matrix[:, 0] + (x + activation(a_hat)) @ matrix[:, 1:].T
        away = min(abs(a_hat).min(), abs(y_hat).min()) > CORNER
        if name != "relu" or (away and all((t > 0).any() and (t < 0).any() for t in (a_hat, y_hat))):
            break
    given = {"x": x, "V": matrix, "pull_y": rng.normal(size=(B, D)), "activation": activation}
    return Trial({**sizes, "H": D, "B": B}, single, name, given)
