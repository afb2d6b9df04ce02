"""Pictures of the network with its numbers: forward, all of them, and the way back to one weight."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..formulas.activations import Activation
from ..formulas.layers import forward, layer_deltas
from ..formulas.loss import cross_entropy
from ..formulas.weighted_sums import affine_input_gradient
from .ground import networks
from .ground.arguments import Numbers, OneActivation, Weights, Whole, drawing, probabilities
from .ground.card import Picture, blank_card, finished
from .ground.marks import hairline, plain_matrix, rounded_box, run, symbol, value, words
from .ground.numbers import fixed, fixed_with_sign, number, series
from .ground.style import CARD, INK, PULL_UP, SIGNAL, SLATE, SPOKEN_OF, pull_color

GIVEN = {
    "weights": Weights(),
    "activation": OneActivation(),
    "x": Numbers("D", -1e3, 1e3),
    "r": probabilities("K"),
}
SIZES = dict.fromkeys("DHK", (1, 6))
COLUMNS = (0.82, 3.1, 5.0, 5.95, 6.5)  # inches: of the network backwards, whose edges carry products


@drawing(SIZES, **GIVEN)
def network_with_numbers(
    weights: tuple[ArrayLike, ArrayLike],
    activation: Activation | str,
    x: ArrayLike,
    r: ArrayLike,
    message: str = r"Forward: every number on its way from $\mathbf{x}$ to $E$",
) -> Picture:
    """Draw one forward pass of a network with one hidden layer, every number at its place.

    Parameters
    ----------
    weights : V, shape (H, D+1), and W, shape (K, H+1).
    activation : of the hidden units, an Activation or its name.
    x, r : shapes (D,) and (K,).

    Examples
    --------
    >>> from mlp_core import worked_examples as book
    >>> picture = network_with_numbers((book.V, book.W), "sigmoid", book.X, book.R)
    >>> picture.description[:91]
    'Network drawing, 2-3-2, forward with sigmoid. Inputs 2 and −1 give hidden values 0.62, 0.27'
    """
    passed = forward(weights, activation, x)
    loss = float(cross_entropy(r, passed.z_hat))
    card, places, below = _laid_out(weights, message, 3.35, 2.0, 1.27)
    for layer, matrix in enumerate(weights):
        networks.edges(card, places, layer, matrix)
    networks.comparison(card, places)
    networks.units(card, places, x, passed, r)
    networks.loss_square(card, places.loss, fixed(loss))
    networks.letters(card, places)
    for tail, weight, share in zip(
        places.tails(0), weights[0][0], (0.32, 0.4, 0.3, *[0.3] * 4), strict=False
    ):
        networks.chip(card, tail, places.heads(0)[0], share, number(weight))
    _weights_below(card, *weights, 0.67 + below)
    description = (
        f"Network drawing, {_in_sizes(weights)}, forward with {activation.label}. "
        f"Inputs {series(x)} give hidden values {series(passed.y[0])}, then probabilities "
        f"{series(passed.z, 4)}; with target {series(r)} E is {fixed(loss, 4)}."
    )
    look = "Check the upper hidden unit: three weights stand on their edges, and its sum on its left."
    return finished(card, description, look)


def _sizes(weights):
    """Return how many inputs, hidden units and classes there are."""
    V, W = weights
    return V.shape[1] - 1, len(V), len(W)


def _in_sizes(weights):
    return "-".join(map(str, _sizes(weights)))


def _laid_out(weights, message, height, middle, bias_y):
    """Return the card, the places of the units on it, and how much room the matrices below them take."""
    sizes = _sizes(weights)
    tall, below = 0.94 * (max(sizes) - 1), 0.24 * max(sizes[1:])
    card = blank_card(height + tall + below, message)
    return card, networks.geometry(sizes, middle=middle + below + tall / 2, bias_y=bias_y + below), below


def _weights_below(card, V, W, top):
    """Write both weight matrices under a hairline, their bias column first."""
    hairline(card, top)
    middle = top - 0.22 - 0.12 * max(len(V), len(W))
    for left, name, matrix in ((0.9, "V", V), (3.8, "W", W)):
        symbol(card, left - 0.32, middle, rf"\mathbf{{{name}}} =", color=INK)
        plain_matrix(card, left, middle, matrix, pitch=(0.5, 0.24))
    words(card, card.right, 0.28, "thick: large |w|; dashed: negative; column 0: the biases", ha="right")


@drawing(SIZES, **GIVEN, j=Whole(1, "H"), m=Whole(1, "D"))
def network_backwards(
    weights: tuple[ArrayLike, ArrayLike],
    activation: Activation | str,
    x: ArrayLike,
    r: ArrayLike,
    j: int = 1,
    m: int = 1,
    message: str = "Backward: pull at the head times signal at the tail",
) -> Picture:
    """Draw the way back from E to one weight of V, with its numbers; all else is faded.

    Parameters
    ----------
    weights : V, shape (H, D+1), and W, shape (K, H+1).
    activation : of the hidden units, an Activation or its name.
    x, r : shapes (D,) and (K,).
    j, m : the hidden unit at the head of the weight and the input at its tail, from 1.

    Examples
    --------
    >>> from mlp_core import worked_examples as book
    >>> picture = network_backwards((book.V, book.W), "sigmoid", book.X, book.R)
    >>> picture.description[:91]
    'Network drawing, 2-3-2, backward with sigmoid. The pulls on the logits, −0.8687 and +0.8687'
    """
    passed = forward(weights, activation, x)
    on_y_hat, on_z_hat = (np.asarray(part) for part in layer_deltas(weights, activation, passed, r))
    on_y = float(affine_input_gradient(on_z_hat, weights[1])[j - 1])
    gate = float(activation.derivative(passed.y_hat[0])[j - 1])
    way = Way(j, m, on_z_hat, on_y, gate, float(on_y_hat[j - 1]), float(x[m - 1]))
    sizes, tall = _sizes(weights), 0.94 * (max(_sizes(weights)) - 1)
    card = blank_card(3.3 + tall, message)
    places = networks.geometry(sizes, middle=2.1 + tall / 2, columns=COLUMNS, bias_y=1.2)
    _all_else(card, places, way, x, passed, r)
    _way_back(card, places, weights, way)
    _as_one_product(card, way)
    description = (
        f"Network drawing, {_in_sizes(weights)}, backward with {activation.label}. The pulls on the logits, "
        f"{series(on_z_hat, 4, True)}, give {number(way.on_y, 4, True)} on y {j} and through its gate "
        f"{number(way.q, 4, True)} on y hat {j}; times the signal {number(way.signal)} that is "
        f"{number(way.q * way.signal, 4, True)}."
    )
    look = "Go along the path from the right: every factor stands where it is met."
    return finished(card, description, look)


@dataclass(frozen=True)
class Way:
    """The numbers met on the way from E back to weight v_jm."""

    j: int
    m: int
    on_z_hat: np.ndarray
    on_y: float
    gate: float
    q: float
    signal: float


def _all_else(card, places, way, x, passed, r):
    """Draw the network with every number, and a veil over what the way does not pass."""
    for layer in (0, 1):
        networks.edges(card, places, layer)
    for edge in card.lines:
        edge.set_alpha(0.45)
    networks.comparison(card, places)
    networks.units(card, places, x, passed, r)
    networks.loss_square(card, places.loss, fixed(float(cross_entropy(r, passed.z_hat))))
    networks.letters(card, places)
    veil = {"facecolor": CARD, "edgecolor": CARD, "alpha": 0.72, "zorder": 4.5}
    for unit, (x_at, y_at) in enumerate(places.hidden, start=1):
        if unit != way.j:
            rounded_box(card, x_at - 0.6, y_at - 0.25, 1.2, 0.5, gid=f"veil-y-{unit}", **veil)
    for unit, (x_at, y_at) in enumerate(places.inputs, start=1):
        if unit != way.m:
            rounded_box(card, x_at - 0.25, y_at - 0.25, 0.5, 0.5, gid=f"veil-x-{unit}", **veil)


def _way_back(card, places, weights, way):
    """Draw the edges that are passed, each with what it multiplies by, and the pulls below the units."""
    unit, tail = places.hidden[way.j - 1], places.tails(0)[way.m]
    for k, (head, pull) in enumerate(zip(places.heads(1), way.on_z_hat, strict=True)):
        weight = float(weights[1][k, way.j])
        color = pull_color(pull * weight)
        ends = zip(places.tails(1)[way.j], head, strict=True)
        card.plot(*ends, color=color, linewidth=2.4, zorder=3, gid=f"way-W-{k + 1}")
        networks.chip(card, places.tails(1)[way.j], head, 0.34 + 0.16 * (k % 3), f"× {_in_brackets(weight)}")
        _pull_below(card, places.outputs[k], -1, pull, f"pull-z_hat-{k + 1}")
    _pull_below(card, unit, +1, way.on_y, f"pull-y-{way.j}")
    _pull_below(card, unit, -1, way.q, f"pull-y_hat-{way.j}")
    head, product = places.heads(0)[way.j - 1], way.q * way.signal
    ends = zip(tail, head, strict=True)
    card.plot(*ends, color=pull_color(product), linewidth=SPOKEN_OF, zorder=3, gid="way-V")
    text = f"{fixed(way.q, sign=True)} × {_in_brackets(way.signal)} = {fixed(product, sign=True)}"
    x, y = (np.asarray(tail) + np.asarray(head)) / 2
    value(card, x - 0.12, y + 0.34, text, color=pull_color(product))


def _pull_below(card, center, half, pull, gid):
    """Write a pull under the half of its unit that it belongs to: -1 left, +1 right."""
    place = (center[0] + half * networks.CAPSULE[0] / 4, center[1] - networks.CAPSULE[1] / 2 - 0.13)
    value(card, *place, fixed_with_sign(pull, 2), color=pull_color(pull), gid=gid)


def _as_one_product(card, way):
    """Write the whole way as one product, and below each factor what it is."""
    pull = rf"$-\partial E/\partial v_{{{way.j}{way.m}}}$"
    product = way.q * way.signal
    factors = (
        (2.0, _in_brackets(way.on_y), "all wishes", pull_color(way.on_y)),
        (3.3, number(way.gate, 4), "the gate", PULL_UP),
        (4.4, _in_brackets(way.signal), "the signal", SIGNAL),
        (5.6, fixed(product, 4, sign=True), "the pull", pull_color(product)),
    )
    hairline(card, 0.77)
    run(card, 0.4, 0.47, (pull, INK), ("=", INK))
    for x, text, name, color in factors:
        value(card, x, 0.51, text, color=color)
        words(card, x, 0.3, name, ha="center")
    for x, sign in ((2.72, "×"), (3.86, "×"), (4.96, "=")):
        value(card, x, 0.51, sign, color=SLATE)


def _in_brackets(factor):
    """Write a factor so that its minus does not follow a times sign bare."""
    text = number(factor, 4)
    return f"({text})" if factor < 0 else text
