"""Pictures of the way back through the hidden layer: pulls, columns, gates and outer products."""

import numpy as np

from .. import cross_entropy, forward, negative_gradient
from ..formulas.layers import layer_deltas
from ..formulas.weighted_sums import affine_input_gradient
from .activations import PRIME, printed_name
from .forward_pass import letters, units
from .ground import networks
from .ground.card import blank_card, finished
from .ground.marks import (
    Cells,
    color_key,
    frame,
    line,
    plain_matrix,
    pull_arrow,
    rounded_box,
    run,
    symbol,
    value,
    words,
)
from .ground.numbers import fixed, in_words, number, series
from .ground.style import (
    CELLS,
    HAIR,
    HAIRLINE,
    INK,
    LINES,
    PULL_UP,
    SIGNAL,
    SIGNAL_TINT,
    SLATE,
    SPOKEN_OF,
    house_style,
    pull_color,
    symmetric,
)


def _plain(entry):
    return number(entry, 4)


def _signed(entry):
    return number(entry, sign=True)


def _signed_4(entry):
    return number(entry, 4, sign=True)


@house_style()
def network_backwards(
    weights, activation, x, r, message="Backward: pull at the head times signal at the tail"
):
    """Draw one backward pass of a network with one hidden layer: every pull at its place.

    Parameters
    ----------
    weights : V, shape (H, D+1), and W, shape (K, H+1).
    activation : an Activation.
    x, r : shapes (D,) and (K,).

    Raises ValueError for another number of weight matrices.
    """
    if len(weights) != 2:
        raise ValueError(f"weights: expected two matrices, V and W, got {len(weights)}")
    V, W = (np.asarray(matrix, float) for matrix in weights)
    x, r = np.asarray(x, float), np.asarray(r, float)
    passed = forward((V, W), activation, x)
    delta_y, delta_z = layer_deltas((V, W), activation, passed, r)
    pull_y = affine_input_gradient(delta_z, W)
    sizes = (len(x), len(V), len(W))
    tall, below = 0.94 * (max(sizes) - 1), 0.24 * max(len(V), len(W))
    figure, canvas = blank_card(2.95 + tall + below, message)
    places = networks.geometry(sizes, middle=1.75 + below + tall / 2, bias_y=1.02 + below)
    _edges_by_pull(canvas, places, (V, W), negative_gradient((V, W), activation, passed, r), 0.52 + below)
    networks.comparison(canvas, places)
    units(canvas, places, x, passed, r)
    networks.loss_square(canvas, places.loss, fixed(float(cross_entropy(r, passed.z_hat))))
    letters(canvas, places)
    _pulls_below(canvas, places.hidden, +1, pull_y, 2, "y")
    _pulls_below(canvas, places.hidden, -1, delta_y, 2, "y_hat")
    _pulls_below(canvas, places.outputs, -1, delta_z, 4, "z_hat")
    description = (
        f"Network drawing, {'-'.join(map(str, sizes))}, backward with {printed_name(activation)}. The pulls "
        f"on the logits, {series(delta_z, 4, True)}, give {number(pull_y[0], 4, True)} on y 1 and through "
        f"its gate {number(delta_y[0], 4, True)} on y hat 1."
    )
    return finished(figure, message, description)


def _edges_by_pull(canvas, places, weights, pulls, top):
    """Draw the edges of both layers, each in the color of its pull; the pulls as numbers below `top`."""
    limit = max(np.abs(part).max() for part in pulls) or 1.0
    for layer in (0, 1):
        networks.edges(canvas, places, layer, weights[layer])
        _color_edges(canvas, layer, pulls[layer], limit)
    _pulls_on_weights(canvas, *pulls, top)
    x, y = 5.65, places.hidden_bias[1]
    color_key(canvas, x - 0.75, y - 0.3, 1.5, LINES, limit)
    words(canvas, x, y + 0.14, "pull on an edge", ha="center")
    words(canvas, x, y + 0.34, "thick: large |w|; dashed: w < 0", ha="center")


def _color_edges(canvas, layer, pulls, limit):
    """Give each edge of a layer the color of its pull."""
    scale = symmetric(limit)
    colors = {f"edge-{'VW'[layer]}-{i + 1}-{j}": LINES(scale(pull)) for (i, j), pull in np.ndenumerate(pulls)}
    for edge in canvas.lines:
        if edge.get_gid() in colors:
            edge.set_color(colors[edge.get_gid()])


def _pulls_below(canvas, centers, half, pulls, decimals, gid):
    """Write each pull under the half of its unit that it belongs to: -1 left, +1 right."""
    for i, ((x, y), pull) in enumerate(zip(centers, pulls, strict=True), start=1):
        # A small pull keeps its sign by one decimal more.
        digits = decimals + int(0 < abs(pull) < 0.5 * 10**-decimals)
        place = (x + half * networks.CAPSULE[0] / 4, y - networks.CAPSULE[1] / 2 - 0.13)
        if decimals == 4:  # ends before the bar of softmax
            place = (place[0] - 0.08, place[1])
        text = fixed(pull, digits, sign=True)
        value(canvas, *place, text, color=pull_color(pull), gid=f"pull-{gid}-{i}")


def _pulls_on_weights(canvas, on_V, on_W, top):
    """Write the pulls on both weight matrices under a hairline, those on the biases first."""
    line(canvas, [0.32, 6.68], [top, top], color=HAIRLINE, linewidth=HAIR)
    middle = top - 0.12 - 0.12 * max(len(on_V), len(on_W))
    for left, name, pulls in ((1.16, "V", on_V), (4.06, "W", on_W)):
        symbol(canvas, left - 0.08, middle, rf"-\nabla_{{\mathbf{{{name}}}}}E =", ha="right")
        plain_matrix(canvas, left, middle, pulls, pitch=(0.5, 0.24), printed=lambda p: fixed(p, sign=True))


@house_style()
def rows_and_columns(W, row=1, column=1, message="Forward along the rows, backward down the columns"):
    """Draw W twice: a row framed as the signal uses it, a column framed as the pull does.

    Parameters
    ----------
    W : shape (K, H+1): column 0 is the bias.
    row : the logit whose row is framed, from 1.
    column : the hidden unit whose column is framed, from 1.

    Raises ValueError for a row or a column that is not there; column 0 has no hidden unit.
    """
    W = np.asarray(W, float)
    for name, given, most in (("row", row, len(W)), ("column", column, W.shape[1] - 1)):
        if not 1 <= given <= most:
            raise ValueError(f"{name}: expected a number from 1 to {most}, got {given}")
    size = (min(0.56, 2.3 / W.shape[1] - 0.06), 0.44)
    figure, canvas = blank_card(2.75 + 0.5 * len(W), message)
    top = figure.get_size_inches()[1] - 1.4
    _along_a_row(canvas, W, row, top, size)
    _down_a_column(canvas, W, column, top, size)
    description = (
        f"The same table of W twice. Forward, row {row} is framed: {series(W[row - 1])}. Backward, column "
        f"{column} is framed: {series(W[:, column])}; the bias column stands apart."
    )
    return finished(figure, message, description)


def _along_a_row(canvas, W, row, top, size):
    """Draw the table with one row framed, the signals above it and the logit at its end."""
    cells = Cells(0.4, top, W.shape, size)
    cells.draw(canvas, W, gid="forward")
    words(canvas, 0.4, top + 0.6, "forward", color=SIGNAL)
    for j in range(W.shape[1]):
        symbol(canvas, cells.center(0, j)[0], top + 0.22, "1" if j == 0 else f"y_{j}", color=SIGNAL)
    left, bottom = cells.corner(row - 1, 0)
    frame(canvas, left, bottom, cells.right - left, size[1], gid="row")
    level = cells.center(row - 1, 0)[1]
    pull_arrow(canvas, (cells.right + 0.08, level), (cells.right + 0.36, level), SIGNAL)
    symbol(canvas, cells.right + 0.52, level, rf"\hat{{z}}_{row}", color=SIGNAL)
    equation = rf"$\hat{{z}}_{row} = {{\sum}}_j\,w_{{{row}j}}\,y_j$"
    run(canvas, 0.4, 0.4, (equation, INK), ("with", SLATE), ("$y_0 = 1$", INK), space=0.1)


def _down_a_column(canvas, W, column, top, size):
    """Draw the table with one column framed, the pulls beside it and the sum below; the bias apart."""
    n_classes = len(W)
    bias = Cells(4.05, top, (n_classes, 1), size)
    rest = Cells(4.05 + size[0] + 0.2, top, (n_classes, W.shape[1] - 1), size)
    bias.draw(canvas, W[:, :1], gid="bias")
    rest.draw(canvas, W[:, 1:], gid="backward")
    words(canvas, 4.05, top + 0.6, "backward", color=PULL_UP)
    middle = bias.center(0, 0)[0]
    symbol(canvas, middle, top + 0.22, "w_{l0}", color=SLATE)
    words(canvas, middle, rest.bottom - 0.15, "the bias:", ha="center")
    words(canvas, middle, rest.bottom - 0.32, "leads nowhere", ha="center")
    for j in range(1, W.shape[1]):
        shade = INK if j == column else SLATE
        symbol(canvas, rest.center(0, j - 1)[0], top + 0.22, f"w_{{l{j}}}", color=shade)
    for k in range(n_classes):
        symbol(canvas, 3.95, rest.center(k, 0)[1], f"r_{k + 1} - z_{k + 1}", color=PULL_UP, ha="right")
    rest.frame(canvas, 0, column - 1, rows=n_classes, gid="column")
    x = rest.center(0, column - 1)[0]
    pull_arrow(canvas, (x, rest.bottom - 0.08), (x, rest.bottom - 0.36), PULL_UP)
    pull = rf"-\partial E/\partial y_{column}"
    symbol(canvas, x, rest.bottom - 0.56, pull, color=PULL_UP)
    symbol(canvas, 4.05, 0.45, rf"{pull} = {{\sum}}_l\,(r_l - z_l)\,w_{{l{column}}}", ha="left")


@house_style()
def column_gate_outer(pull_y, slope, signal, message="A column of pulls, through the gate, times a row"):
    """Draw -dE/dV in three steps: the column -dE/dy, the gate sigma', and the row [1, x].

    Parameters
    ----------
    pull_y, slope : shape (H,), H at most 5: -dE/dy, and sigma'(y_hat).
    signal : shape (D+1,), at most 5: [1, x].

    Raises ValueError for more, and for a signal that does not begin with 1.
    """
    pull_y, slope, signal = (np.asarray(part, float) for part in (pull_y, slope, signal))
    for name, part in (("pull_y", pull_y), ("signal", signal)):
        if len(part) > 5:
            raise ValueError(f"{name}: expected at most 5 numbers, got {len(part)}")
    if signal[0] != 1:
        raise ValueError(f"signal: expected [1, x], the constant first, got {number(signal[0], 4)} first")
    gated = pull_y * slope
    products = np.outer(gated, signal)
    figure, canvas = blank_card(2.63 + 0.5 * len(pull_y), message)
    top = figure.get_size_inches()[1] - 1.6
    limit = max(np.abs(part).max() for part in (pull_y, gated, products)) or 1.0
    _three_columns(canvas, top, pull_y, slope, gated, limit)
    _row_and_products(canvas, 3.82, top, signal, products, limit)
    color_key(canvas, 5.1, 0.32, 1.5, CELLS, limit)
    pulls = rf"((-\nabla_{{\mathbf{{y}}}}E)\odot {PRIME}(\hat{{\mathbf{{y}}}}))"
    symbol(canvas, 0.4, 0.45, rf"-\nabla_{{\mathbf{{V}}}}E = {pulls}\,[1, \mathbf{{x}}^T]", ha="left")
    i, j = np.unravel_index(np.abs(products).argmax(), products.shape)
    description = (
        f"Two columns, their product and a table of {products.shape[0]} by {products.shape[1]} numbers. "
        f"The largest, {number(products[i, j], 4, True)}, is the pull {number(pull_y[i], 4, True)} times the "
        f"gate {number(slope[i], 4)} times the signal {number(signal[j], 4)}."
    )
    return finished(figure, message, description)


def _three_columns(canvas, top, pull_y, slope, gated, limit):
    """Draw the column of pulls, the gate and their product, entry by entry, with the signs between."""
    for left, column, name, gid in (
        (0.4, pull_y, r"-\nabla_{\mathbf{y}}E", "pull"),
        (1.54, slope, rf"{PRIME}(\hat{{\mathbf{{y}}}})", "gate"),
        (2.68, gated, r"-\nabla_{\hat{\mathbf{y}}}E", "gated"),
    ):
        gate = gid == "gate"
        cells = Cells(left, top, (len(column), 1), (0.8, 0.44))
        cells.draw(canvas, column[:, None], None if gate else limit, _plain if gate else _signed_4, gid=gid)
        symbol(canvas, left + 0.4, top + 0.28, name)
    for x, sign in ((1.37, r"\odot"), (2.51, "="), (3.65, r"\times")):
        symbol(canvas, x, (top + cells.bottom) / 2, sign, color=SLATE)


def _row_and_products(canvas, left, top, signal, products, limit):
    """Draw the row [1, x] and, below it, the table that the column on its left makes with it."""
    width = min(0.8, 2.86 / len(signal) - 0.06)
    cells = Cells(left, top, products.shape, (width, 0.44))
    cells.draw(canvas, products, limit, _signed_4 if len(signal) <= 3 else _signed, gid="product")
    row = Cells(left, top + 0.48, (1, len(signal)), (width, 0.36))
    row.draw(canvas, signal[None, :], colors=[[SIGNAL_TINT] * len(signal)], gid="signal")
    for j in range(len(signal)):
        symbol(canvas, row.center(0, j)[0], top + 0.67, "1" if j == 0 else f"x_{j}", color=SIGNAL)


@house_style()
def one_edge(
    weight_name, pull_at_head, signal_at_tail, product,
    message="A weight joins the signal at its tail to the pull at its head",
):  # fmt: skip
    """Draw one edge with the signal at its tail, the pull at its head and their product.

    Parameters
    ----------
    weight_name : in mathtext, such as ``r"$v_{11}$"``.
    pull_at_head, signal_at_tail, product : numbers.
    """
    figure, canvas = blank_card(3.7, message)
    tail, head = (1.5, 2.25), (5.5, 2.25)
    canvas.plot([tail[0], head[0]], [tail[1], head[1]], color=INK, linewidth=SPOKEN_OF, zorder=2, gid="edge")
    networks.disc(canvas, tail, number(signal_at_tail, 4), 0.34)
    networks.hatted_disc(canvas, head, "", 0.34)
    color = pull_color(pull_at_head)
    reach = 0.2 * np.sign(pull_at_head)
    pull_arrow(canvas, (head[0], head[1] - reach), (head[0], head[1] + reach), color, gid="pull")
    value(canvas, head[0], 1.74, number(pull_at_head, 4, sign=True), color=color)
    words(canvas, tail[0], 1.74, "signal at the tail", ha="center", color=SIGNAL)
    words(canvas, head[0], 1.52, "pull at the head", ha="center", color=PULL_UP)
    rounded_box(canvas, 3.15, 2.06, 0.7, 0.38, zorder=3)
    symbol(canvas, 3.5, 2.25, weight_name.strip("$"), zorder=4)
    pieces = (
        (rf"$-\partial E/\partial {weight_name.strip('$')}$", INK), ("=", INK),
        (fixed(pull_at_head, 4, sign=True), color), ("×", SLATE), (_in_brackets(signal_at_tail), SIGNAL),
        ("=", INK), (fixed(product, 4, sign=True), pull_color(product)),
    )  # fmt: skip
    run(canvas, 1.5, 0.8, *pieces, space=0.14)
    description = (
        f"One edge, {in_words(weight_name)}. The pull at its head, {number(pull_at_head, 4, True)}, times "
        f"the signal at its tail, {number(signal_at_tail, 4)}, is {number(product, 4, True)}."
    )
    return finished(figure, message, description)


def _in_brackets(signal):
    """Write a factor so that its minus does not follow a times sign bare."""
    text = number(signal, 4)
    return f"({text})" if signal < 0 else text
