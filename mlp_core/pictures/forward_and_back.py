"""Pictures of the network with its numbers: forward, every signal at its place, and back, every pull."""

import numpy as np
from numpy.typing import ArrayLike

from ..formulas.activations import Activation
from ..formulas.layers import forward, layer_deltas, negative_gradient
from ..formulas.loss import cross_entropy
from ..formulas.weighted_sums import affine_input_gradient
from .ground import networks
from .ground.arguments import Numbers, OneActivation, Weights, drawing, probabilities
from .ground.card import Picture, blank_card, finished
from .ground.marks import color_key, hairline, plain_matrix, symbol, value, words
from .ground.numbers import fixed, fixed_with_sign, number, series
from .ground.style import INK, LINES, pull_color, symmetric

GIVEN = {
    "weights": Weights(),
    "activation": OneActivation(),
    "x": Numbers("D", -1e3, 1e3),
    "r": probabilities("K"),
}
SIZES = dict.fromkeys("DHK", (1, 6))


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
    _weights_below(card, *weights, 0.67 + below)
    description = (
        f"Network drawing, {_in_sizes(weights)}, forward with {activation.label}. "
        f"Inputs {series(x)} give hidden values {series(passed.y[0])}, then probabilities "
        f"{series(passed.z, 4)}; with target {series(r)} E is {fixed(loss, 4)}."
    )
    look = "On the left of each capsule stands the sum, on the right what the function makes of it."
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


@drawing(SIZES, **GIVEN)
def network_backwards(
    weights: tuple[ArrayLike, ArrayLike],
    activation: Activation | str,
    x: ArrayLike,
    r: ArrayLike,
    message: str = "Backward: pull at the head times signal at the tail",
) -> Picture:
    """Draw one backward pass of a network with one hidden layer: every pull at its place.

    Parameters
    ----------
    weights : V, shape (H, D+1), and W, shape (K, H+1).
    activation : of the hidden units, an Activation or its name.
    x, r : shapes (D,) and (K,).

    Examples
    --------
    >>> from mlp_core import worked_examples as book
    >>> picture = network_backwards((book.V, book.W), "sigmoid", book.X, book.R)
    >>> picture.description[:91]
    'Network drawing, 2-3-2, backward with sigmoid. The pulls on the logits, −0.8687 and +0.8687'
    """
    passed = forward(weights, activation, x)
    delta_y, delta_z = layer_deltas(weights, activation, passed, r)
    pull_y = affine_input_gradient(delta_z, weights[1])
    card, places, below = _laid_out(weights, message, 2.95, 1.75, 1.02)
    _edges_by_pull(card, places, weights, negative_gradient(weights, activation, passed, r), 0.52 + below)
    networks.comparison(card, places)
    networks.units(card, places, x, passed, r)
    networks.loss_square(card, places.loss, fixed(float(cross_entropy(r, passed.z_hat))))
    networks.letters(card, places)
    _pulls_below(card, places.hidden, +1, pull_y, "y")
    _pulls_below(card, places.hidden, -1, delta_y, "y_hat")
    _pulls_below(card, places.outputs, -1, delta_z, "z_hat")
    description = (
        f"Network drawing, {_in_sizes(weights)}, backward with {activation.label}. The pulls "
        f"on the logits, {series(delta_z, 4, True)}, give {number(pull_y[0], 4, True)} on y 1 and through "
        f"its gate {number(delta_y[0], 4, True)} on y hat 1."
    )
    look = "Follow the colored path against the signals: what comes back is under the units."
    return finished(card, description, look)


def _edges_by_pull(card, places, weights, pulls, top):
    """Draw the edges of both layers, each in the color of its pull; the pulls as numbers below `top`."""
    limit = max(np.abs(part).max() for part in pulls) or 1.0
    for layer in (0, 1):
        networks.edges(card, places, layer, weights[layer])
        _color_edges(card, layer, pulls[layer], limit)
    _pulls_on_weights(card, *pulls, top)
    x, y = 5.65, places.hidden_bias[1]
    color_key(card, x - 0.75, y - 0.3, 1.5, LINES, limit)
    words(card, x, y + 0.14, "pull on an edge", ha="center")
    words(card, x, y + 0.34, "thick: large |w|; dashed: w < 0", ha="center")


def _color_edges(card, layer, pulls, limit):
    """Give each edge of a layer the color of its pull."""
    scale = symmetric(limit)
    colors = {f"edge-{'VW'[layer]}-{i + 1}-{j}": LINES(scale(pull)) for (i, j), pull in np.ndenumerate(pulls)}
    for edge in card.lines:
        if edge.get_gid() in colors:
            edge.set_color(colors[edge.get_gid()])


def _pulls_below(card, centers, half, pulls, gid):
    """Write each pull under the half of its unit that it belongs to: -1 left, +1 right."""
    for i, ((x, y), pull) in enumerate(zip(centers, pulls, strict=True), start=1):
        place = (x + half * networks.CAPSULE[0] / 4, y - networks.CAPSULE[1] / 2 - 0.13)
        value(card, *place, fixed_with_sign(pull, 2), color=pull_color(pull), gid=f"pull-{gid}-{i}")


def _pulls_on_weights(card, on_V, on_W, top):
    """Write the pulls on both weight matrices under a hairline, those on the biases first."""
    hairline(card, top)
    middle = top - 0.12 - 0.12 * max(len(on_V), len(on_W))
    for left, name, pulls in ((1.16, "V", on_V), (4.06, "W", on_W)):
        symbol(card, left - 0.08, middle, rf"-\nabla_{{\mathbf{{{name}}}}}E =", ha="right")
        plain_matrix(card, left, middle, pulls, pitch=(0.5, 0.24), printed=lambda p: fixed(p, sign=True))
