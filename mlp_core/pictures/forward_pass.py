"""Pictures of the forward pass: the network with its numbers, the bend of a hidden unit."""

import numpy as np

from .. import cross_entropy, forward
from .ground import networks
from .ground.card import blank_card, finished, panel
from .ground.marks import dot, line, note, plain_matrix, symbol, words
from .ground.numbers import fixed, number, series
from .ground.style import CURVE, HAIR, HAIRLINE, INK, NUMBER, SIGNAL, SLATE, house_style

PRINTED_NAMES = {"relu": "ReLU"}


def _printed_name(activation):
    return PRINTED_NAMES.get(activation.name, activation.name)


@house_style()
def network_with_numbers(
    weights, activation, x, r, message=r"Forward: every number on its way from $\mathbf{x}$ to $E$"
):
    """Draw one forward pass of a network with one hidden layer, every number at its place.

    Parameters
    ----------
    weights : V, shape (H, D+1), and W, shape (K, H+1).
    activation : of the hidden units.
    x, r : shapes (D,) and (K,).

    Raises ValueError for another number of weight matrices.
    """
    if len(weights) != 2:
        raise ValueError(f"weights: expected two matrices, V and W, got {len(weights)}")
    V, W = (np.asarray(matrix, float) for matrix in weights)
    x, r = np.asarray(x, float), np.asarray(r, float)
    passed = forward((V, W), activation, x)
    loss = float(cross_entropy(r, passed.z_hat))
    sizes = (len(x), len(V), len(W))
    tall, below = 0.94 * (max(sizes) - 1), 0.24 * max(len(V), len(W))
    figure, canvas = blank_card(3.35 + tall + below, message)
    places = networks.geometry(sizes, middle=2.0 + below + tall / 2, bias_y=1.27 + below)
    for layer, matrix in enumerate((V, W)):
        networks.edges(canvas, places, layer, matrix)
    networks.comparison(canvas, places)
    units(canvas, places, x, passed, r)
    networks.loss_square(canvas, places.loss, fixed(loss))
    letters(canvas, places)
    _weights_below(canvas, V, W, 0.67 + below)
    description = (
        f"Network drawing, {'-'.join(map(str, sizes))}, forward with {_printed_name(activation)}. "
        f"Inputs {series(x)} give hidden values {series(passed.y[0])}, then probabilities "
        f"{series(passed.z, 4)}; with target {series(r)} E is {fixed(loss, 4)}."
    )
    return finished(figure, message, description)


def units(canvas, places, x, passed, r):
    """Draw every unit with its numbers."""
    for i, (center, entry) in enumerate(zip(places.inputs, x, strict=True), start=1):
        networks.disc(canvas, center, number(entry), gid=f"x-{i}")
    for i, (center, entry) in enumerate(zip(places.targets, r, strict=True), start=1):
        networks.disc(canvas, center, number(entry), networks.TARGET, tinted=False, gid=f"r-{i}")
    for letter, centers, before, after in (
        ("y", places.hidden, passed.y_hat[0], passed.y[0]),
        ("z", places.outputs, passed.z_hat, passed.z),
    ):
        for i, center in enumerate(centers):
            networks.capsule(canvas, center, number(before[i]), number(after[i]), gid=f"{letter}-{i + 1}")
    networks.softmax_bar(canvas, places.outputs)
    networks.bias_node(canvas, places.input_bias, "x")
    networks.bias_node(canvas, places.hidden_bias, "y")


def letters(canvas, places):
    """Name the columns above them, and the inputs on their left."""
    for i, (x, y) in enumerate(places.inputs, start=1):
        symbol(canvas, x - 0.4, y, f"x_{i}", color=SLATE)
    for letter, column in (("y", places.hidden), ("z", places.outputs)):
        x, y = column[0]
        symbol(canvas, x - 0.29, y + 0.4, rf"\hat{{{letter}}}_i", color=SLATE)
        symbol(canvas, x + 0.29, y + 0.4, f"{letter}_i", color=SLATE)
    symbol(canvas, places.targets[0][0], places.targets[0][1] + 0.4, "r_i", color=SLATE)
    symbol(canvas, places.loss[0], places.loss[1] + 0.4, "E", color=SLATE)


def _weights_below(canvas, V, W, top):
    """Write both weight matrices under a hairline, their bias column first."""
    line(canvas, [0.32, 6.68], [top, top], color=HAIRLINE, linewidth=HAIR)
    middle = top - 0.22 - 0.12 * max(len(V), len(W))
    for left, name, matrix in ((0.9, "V", V), (3.8, "W", W)):
        symbol(canvas, left - 0.32, middle, rf"\mathbf{{{name}}} =", color=INK)
        plain_matrix(canvas, left, middle, matrix, pitch=(0.5, 0.24))
    words(canvas, 6.68, 0.28, "thick: large |w|; dashed: negative; column 0: the biases", ha="right")


@house_style()
def activation_curves(activations, message="The bend: without it two layers are one"):
    """Draw each activation over t from -4 to 4, with its values at -2 and 2.

    Parameters
    ----------
    activations : objects with `.name`, callable on arrays.
    """
    figure, canvas = blank_card(3.7, message)
    t, at = np.linspace(-4, 4, 321), np.array([-2.0, 2.0])
    span = 6.36 / len(activations)
    told = []
    for position, activation in enumerate(activations):
        left = 0.52 + position * span
        axes = panel(figure, left, 0.75, span - 0.42, 2.1, xlim=(-4, 4), ylim=(-1.3, 2.3))
        axes.set(xticks=[-4, -2, 0, 2, 4], yticks=[-1, 0, 1, 2])
        line(axes, [-4, 4], [0, 0], zorder=0)
        curve = np.asarray(activation(t), float)
        axes.plot(t, curve, color=SIGNAL, linewidth=CURVE, gid=f"curve-{activation.name}")
        heights = np.asarray(activation(at), float)
        for place, height in zip(at, heights, strict=True):
            dot(axes, place, height, SIGNAL, size=6)
            note(axes, (place, height), (-4, 10), number(height), ha="right" if place > 0 else "center")
        name = _printed_name(activation)
        words(canvas, left + (span - 0.42) / 2, 3.03, name, ha="center", size=NUMBER, color=SIGNAL)
        told.append(f"{name} {series(heights)}")
    symbol(canvas, 3.0, 0.36, r"t")
    words(canvas, 3.1, 0.36, "before the function")
    return finished(figure, message, f"Curves side by side over t. At −2 and 2: {'; '.join(told)}.")
