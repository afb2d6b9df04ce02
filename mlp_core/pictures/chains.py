"""A picture of a chain of single units, its numbers forwards and the pulls backwards."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..formulas.activations import Activation
from ..formulas.layers import forward, layer_deltas
from .ground import networks
from .ground.arguments import Numbers, OneActivation, drawing, probabilities
from .ground.card import Picture, blank_card, finished
from .ground.marks import pull_arrow, symbol, value, words
from .ground.numbers import number
from .ground.style import GREY, PULL_UP, SIGNAL, SLATE, pull_color

X_AT, UNIT, OUTPUT, LOSS = 0.65, 2.65, 4.95, 6.45  # inches
FORWARD, BACKWARD, RESULT = 2.5, 1.4, 0.62


@dataclass(frozen=True)
class Chain:
    """The numbers of a chain: signals from left to right, pulls from right to left."""

    x: float
    y_hat: float
    y: float
    z_hat: float
    z: float
    r: float
    on_z_hat: float
    on_y: float
    gate: float
    q: float


def chain_of(v, w, activation, x, r):
    """Return the numbers of a chain whose second class has no weights: its logit is always 0."""
    weights = (np.array([v]), np.array([w, [0.0, 0.0]]))
    target = np.array([r, 1.0 - r])
    passed = forward(weights, activation, np.array([x]))
    on_y_hat, on_z_hat = (np.asarray(part) for part in layer_deltas(weights, activation, passed, target))
    gate = float(activation.derivative(passed.y_hat[0])[0])
    y_hat, y, z_hat, z = (float(part[0]) for part in (passed.y_hat[0], passed.y[0], passed.z_hat, passed.z))
    pull = float(on_z_hat[0])
    return Chain(x, y_hat, y, z_hat, z, r, pull, pull * w[1], gate, float(on_y_hat[0]))


@drawing(
    {"two": (2, 2)},
    v=Numbers("two", -1e3, 1e3), w=Numbers("two", -1e3, 1e3), activation=OneActivation(),
    x=Numbers("", -1e3, 1e3), r=probabilities(),
)  # fmt: skip
def chain_of_units(
    v: ArrayLike,
    w: ArrayLike,
    activation: Activation | str,
    x: float,
    r: float = 1.0,
    message: str = "The same product, read from its other end",
) -> Picture:
    """Draw one unit a layer: the signals on their way forward, and below them the pulls on their way back.

    Parameters
    ----------
    v, w : shape (2,): bias and weight of the hidden unit, and those of the logit of class 1.
    activation : of the hidden unit, an Activation or its name.
    x, r : the input, and the target of class 1. The logit of class 2 is 0.
    """
    chain = chain_of(v, w, activation, x, r)
    card = blank_card(3.75, message)
    _signals(card, chain, v, w)
    _pulls(card, chain, v, w)
    description = (
        f"Chain of single units. Forward {number(x, 4)}, {number(chain.y_hat, 4)}, {number(chain.y, 4)}, "
        f"{number(chain.z_hat, 4)}, {number(chain.z, 4)}; back the pulls {number(chain.on_z_hat, 4, True)}, "
        f"{number(chain.on_y, 4, True)}, {number(chain.q, 4, True)}, and {number(chain.q * x, 4, True)} on v."
    )
    look = "Compare the two rows: a pull meets the same slopes as the signal, the last one first."
    return finished(card, description, look)


def _signals(card, chain, v, w):
    """Draw the chain and its signals."""
    networks.disc(card, (X_AT, FORWARD), number(chain.x, 4), 0.3)
    for x, before, after in ((UNIT, chain.y_hat, chain.y), (OUTPUT, chain.z_hat, chain.z)):
        networks.capsule(card, (x, FORWARD), number(before, 3), number(after, 3))
    networks.loss_square(card, (LOSS, FORWARD), "$E$")
    for (tail, head), (bias, weight) in (((X_AT + 0.33, UNIT - 0.61), v), ((UNIT + 0.61, OUTPUT - 0.61), w)):
        pull_arrow(card, (tail, FORWARD), (head, FORWARD), SIGNAL, width=1.6)
        sign = "−" if bias < 0 else "+"
        text = f"× {_in_brackets(weight)} {sign} {number(abs(bias), 4)}"
        words(card, (tail + head) / 2, FORWARD + 0.32, text, ha="center", color=SIGNAL)
    pull_arrow(card, (OUTPUT + 0.61, FORWARD), (LOSS - 0.24, FORWARD), GREY, width=1.4)
    words(card, (OUTPUT + LOSS) / 2 + 0.18, FORWARD + 0.32, f"r = {number(chain.r)}", ha="center")
    for x, name in (
        (X_AT, "x"),
        (UNIT - 0.29, r"\hat{y}"),
        (UNIT + 0.29, "y"),
        (OUTPUT - 0.29, r"\hat{z}_1"),
    ):
        symbol(card, x, FORWARD + 0.47, name, color=SLATE)
    symbol(card, OUTPUT + 0.29, FORWARD + 0.47, "z_1", color=SLATE)


def _pulls(card, chain, v, w):
    """Draw the pulls below what they pull at, and between them what each is multiplied by."""
    for x, pull, name in (
        (OUTPUT - 0.29, chain.on_z_hat, r"r_1 - z_1"),
        (UNIT + 0.8, chain.on_y, r"-\partial E/\partial y"),
        (UNIT - 0.7, chain.q, "q"),
    ):
        value(card, x, BACKWARD, number(pull, 4, sign=True), color=pull_color(pull))
        symbol(card, x, BACKWARD + 0.28, name, color=SLATE)
    for start, end, factor in (
        (OUTPUT - 0.64, UNIT + 1.15, f"× {_in_brackets(w[1])}"),
        (UNIT + 0.42, UNIT - 0.34, f"× {number(chain.gate, 4)}"),
    ):
        pull_arrow(card, (start, BACKWARD), (end, BACKWARD), PULL_UP, width=1.6)
        words(card, (start + end) / 2, BACKWARD - 0.2, factor, ha="center", color=PULL_UP)
    for x, pull, signal, name in (
        (1.45, chain.q, chain.x, "v"),
        (4.2, chain.on_z_hat, chain.y, "w"),
    ):
        product = pull * signal
        text = f"{number(pull, 4, sign=True)} × {_in_brackets(signal)} = {number(product, 4, sign=True)}"
        value(card, x, RESULT, text, color=pull_color(product))
        words(card, x, RESULT - 0.21, f"pull on the weight {name}", ha="center")


def _in_brackets(factor):
    """Write a factor so that its minus does not follow a times sign bare."""
    return f"({number(factor, 4)})" if factor < 0 else number(factor, 4)
