"""Pictures of the way back through the hidden layer: pulls, columns, gates and outer products."""

import numpy as np

from .. import cross_entropy, forward, negative_gradient
from ..formulas.layers import layer_deltas
from ..formulas.weighted_sums import affine_input_gradient
from . import networks
from .card import blank_card, finished
from .marks import (
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
from .network_pictures import PRINTED_NAMES, _letters, _units
from .printed import fixed, in_words, number, series
from .style import (
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


def _signed(entry):
    return number(entry, sign=True)


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
    on_V, on_W = negative_gradient((V, W), activation, passed, r)
    sizes = (len(x), len(V), len(W))
    tall, below = 0.94 * (max(sizes) - 1), 0.24 * max(len(V), len(W))
    figure, canvas = blank_card(2.95 + tall + below, message)
    places = networks.geometry(sizes, middle=1.75 + below + tall / 2, bias_y=1.02 + below)
    limit = max(np.abs(on_V).max(), np.abs(on_W).max()) or 1.0
    for layer, matrix, pulls in ((0, V, on_V), (1, W, on_W)):
        networks.edges(canvas, places, layer, matrix)
        _color_edges(canvas, layer, pulls, limit)
    networks.comparison(canvas, places)
    _units(canvas, places, x, passed, r)
    networks.loss_square(canvas, places.loss, fixed(float(cross_entropy(r, passed.z_hat))))
    _letters(canvas, places)
    for half, centers, pulls, decimals, gid in (
        (1, places.hidden, pull_y, 2, "y"), (-1, places.hidden, delta_y, 2, "y_hat"),
        (-1, places.outputs, delta_z, 4, "z_hat"),
    ):  # fmt: skip
        _pulls_below(canvas, centers, half, pulls, decimals, gid)
    _pulls_on_weights(canvas, on_V, on_W, 0.52 + below)
    color_key(canvas, 4.9, places.hidden_bias[1] - 0.3, 1.5, LINES, limit)
    words(canvas, 5.65, places.hidden_bias[1] + 0.14, "pull on an edge", ha="center")
    description = (
        f"Network drawing, {'-'.join(map(str, sizes))}, backward with "
        f"{PRINTED_NAMES.get(activation.name, activation.name)}. Pulls {series(delta_z, 4, True)} on the "
        f"logits give {series(pull_y, 4, True)} on y, through the gates {series(delta_y, 4, True)} on y hat."
    )
    return finished(figure, message, description)


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
        text = fixed(pull, decimals, sign=True)
        place = (x + half * networks.CAPSULE[0] / 4, y - networks.CAPSULE[1] / 2 - 0.13)
        value(canvas, *place, text, color=pull_color(pull), gid=f"pull-{gid}-{i}")


def _pulls_on_weights(canvas, on_V, on_W, top):
    """Write the pulls on both weight matrices under a hairline, those on the biases first."""
    line(canvas, [0.32, 6.68], [top, top], color=HAIRLINE, linewidth=HAIR)
    middle = top - 0.12 - 0.12 * max(len(on_V), len(on_W))
    for left, name, pulls in ((1.1, "V", on_V), (4.0, "W", on_W)):
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
    symbol(canvas, bias.center(0, 0)[0], top + 0.22, f"w_{{l0}}", color=SLATE)
    for k in range(n_classes):
        symbol(canvas, 3.98, rest.center(k, 0)[1], f"r_{k + 1} - z_{k + 1}", color=PULL_UP, ha="right")
    left, bottom = rest.corner(n_classes - 1, column - 1)
    rest.frame(canvas, 0, column - 1, rows=n_classes, gid="column")
    x = rest.center(0, column - 1)[0]
    pull_arrow(canvas, (x, bottom - 0.08), (x, bottom - 0.36), PULL_UP)
    equation = rf"-\partial E/\partial y_{column} = {{\sum}}_l\,(r_l - z_l)\,w_{{l{column}}}"
    symbol(canvas, 4.05, 0.47, equation, ha="left")


@house_style()
def column_gate_outer(pull_y, slope, signal, message="A column of pulls, through the gate, times a row"):
    """Draw -dE/dV in three steps: the column -dE/dy, the gate sigma', and the row [1, x].

    Parameters
    ----------
    pull_y, slope : shape (H,), H at most 5: -dE/dy, and sigma'(y_hat).
    signal : shape (D,), D at most 4: x, without its constant 1.

    Raises ValueError for more.
    """
    pull_y, slope = np.asarray(pull_y, float), np.asarray(slope, float)
    row = np.concatenate([[1.0], np.asarray(signal, float)])
    for name, given, most in (("pull_y", len(pull_y), 5), ("signal", len(row) - 1, 4)):
        if given > most:
            raise ValueError(f"{name}: expected at most {most} numbers, got {given}")
    pull_y_hat = pull_y * slope
    products = np.outer(pull_y_hat, row)
    limit = max(np.abs(part).max() for part in (pull_y, pull_y_hat, products)) or 1.0
    figure, canvas = blank_card(2.75 + 0.5 * len(pull_y), message)
    top = figure.get_size_inches()[1] - 1.72
    decimals = 4 if len(row) <= 3 else 2
    parts = (
        (0.4, pull_y[:, None], limit, True, r"-\nabla_{\mathbf{y}}E", "pull"),
        (1.5, slope[:, None], None, False, r"\sigma^{\,\prime}(\hat{\mathbf{y}})", "gate"),
        (2.6, pull_y_hat[:, None], limit, True, r"-\nabla_{\hat{\mathbf{y}}}E", "gated"),
        (3.7, products, limit, True, None, "product"),
    )
    for left, matrix, scale, sign, name, gid in parts:
        wide = matrix.shape[1] > 1
        width = min(0.76, 2.95 / len(row) - 0.06) if wide else 0.76
        digits = decimals if wide else 4
        cells = Cells(left, top, matrix.shape, (width, 0.44))
        cells.draw(canvas, matrix, scale, lambda e, d=digits, s=sign: number(e, d, sign=s), gid=gid)
        if name:
            symbol(canvas, left + 0.38, top + 0.28, name)
    middle = (top + cells.bottom) / 2
    for x, sign in ((1.33, r"\odot"), (2.43, "="), (3.53, r"\times")):
        symbol(canvas, x, middle, sign, color=SLATE)
    head = Cells(3.7, top + 0.58, (1, len(row)), (cells.size[0], 0.36))
    head.draw(canvas, row[None, :], colors=[[SIGNAL_TINT] * len(row)], gid="signal")
    for j in range(len(row)):
        symbol(canvas, head.center(0, j)[0], top + 0.8, "1" if j == 0 else f"x_{j}", color=SIGNAL)
    color_key(canvas, 5.1, 0.32, 1.5, CELLS, limit)
    equation = (
        r"-\nabla_{\mathbf{V}}E = \left((-\nabla_{\mathbf{y}}E)\odot\sigma^{\,\prime}(\hat{\mathbf{y}})\right)"
        r"[1, \mathbf{x}^T]"
    )
    symbol(canvas, 0.4, 0.45, equation, ha="left")
    largest = products.flat[np.abs(products).argmax()]
    description = (
        f"Two columns, their product and a table. Pulls {series(pull_y, 4, True)} through gates "
        f"{series(slope, 4)} times signals {series(row)} give {products.shape[0]} by {products.shape[1]} numbers, "
        f"largest {number(largest, 4, True)}."
    )
    return finished(figure, message, description)


@house_style()
def one_edge(
    weight_name, pull_at_head, signal_at_tail, product,
    message="A weight's pull: pull at its head times signal at its tail",
):  # fmt: skip
    """Draw one edge with the signal at its tail, the pull at its head and their product.

    Parameters
    ----------
    weight_name : in mathtext, such as ``r"$v_{11}$"``.
    pull_at_head, signal_at_tail, product : numbers.
    """
    figure, canvas = blank_card(3.7, message)
    tail, head = (1.5, 2.35), (5.5, 2.35)
    canvas.plot([tail[0], head[0]], [2.35, 2.35], color=INK, linewidth=SPOKEN_OF, zorder=2, gid="edge")
    networks.disc(canvas, tail, number(signal_at_tail), 0.34)
    networks.hatted_disc(canvas, head, "", 0.34)
    reach = 0.2 * np.sign(pull_at_head)
    color = pull_color(pull_at_head)
    pull_arrow(canvas, (head[0], 2.35 - reach), (head[0], 2.35 + reach), color, gid="pull")
    rounded_box(canvas, 3.15, 2.16, 0.7, 0.38, zorder=3)
    symbol(canvas, 3.5, 2.35, weight_name.strip("$"), zorder=4)
    for x, name, text, shade in (
        (tail[0], "signal at the tail", number(signal_at_tail, 4), SIGNAL),
        (head[0], "pull at the head", number(pull_at_head, 4, sign=True), color),
    ):
        words(canvas, x, 1.82, name, ha="center")
        value(canvas, x, 1.6, text, color=shade)
    pieces = (
        (rf"$-\partial E/\partial {weight_name.strip('$')}$", INK), ("=", INK),
        (fixed(pull_at_head, 4, sign=True), color), ("×", SLATE), (_in_brackets(signal_at_tail), SIGNAL),
        ("=", INK), (fixed(product, 4, sign=True), pull_color(product)),
    )  # fmt: skip
    run(canvas, 1.5, 0.72, *pieces, space=0.14)
    description = (
        f"One edge, {in_words(weight_name)}. The pull at its head, {number(pull_at_head, 4, True)}, times the "
        f"signal at its tail, {number(signal_at_tail, 4)}, is {number(product, 4, True)}."
    )
    return finished(figure, message, description)


def _in_brackets(signal):
    """Write a factor so that its minus does not follow a times sign bare."""
    text = number(signal, 4)
    return f"({text})" if signal < 0 else text
