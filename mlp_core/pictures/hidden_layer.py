"""Pictures of the way back through the hidden layer: columns, gates, outer products, and one edge."""

from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Numbers, Whole, drawing
from .ground.card import Picture, blank_card, finished
from .ground.marks import (
    PRIME,
    Cells,
    color_key,
    frame,
    pull_arrow,
    run,
    symbol,
    words,
)
from .ground.numbers import number, series, signed
from .ground.style import CELLS, INK, PULL_UP, SIGNAL, SIGNAL_TINT, SLATE


@drawing({"K": (1, 8), "H": (1, 6)}, W=Numbers("K H+1"), row=Whole(1, "K"), column=Whole(1, "H"))
def rows_and_columns(
    W: ArrayLike,
    row: int = 1,
    column: int = 1,
    message: str = "Forward along the rows, backward down the columns",
) -> Picture:
    """Draw W twice: a row framed as the signal uses it, a column framed as the pull does.

    Parameters
    ----------
    W : shape (K, H+1): column 0 is the bias.
    row : the logit whose row is framed, from 1.
    column : the hidden unit whose column is framed, from 1; column 0 has none.
    """
    size = (min(0.56, 2.3 / W.shape[1] - 0.06), 0.44)
    card = blank_card(2.75 + 0.5 * len(W), message)
    top = card.below(1.4)
    _along_a_row(card, W, row, top, size)
    _down_a_column(card, W, column, top, size)
    description = (
        f"The same table of W twice. Forward, row {row} is framed: {series(W[row - 1])}. Backward, column "
        f"{column} is framed: {series(W[:, column])}; the bias column stands apart."
    )
    look = "It is one table drawn twice: look for the weight that stands in both frames."
    return finished(card, description, look)


def _along_a_row(card, W, row, top, size):
    """Draw the table with one row framed, the signals above it and the logit at its end."""
    cells = Cells(0.4, top, W.shape, size)
    cells.draw(card, W, gid="forward")
    words(card, 0.4, top + 0.6, "forward", color=SIGNAL)
    for j in range(W.shape[1]):
        symbol(card, cells.center(0, j)[0], top + 0.22, "1" if j == 0 else f"y_{j}", color=SIGNAL)
    left, bottom = cells.corner(row - 1, 0)
    frame(card, left, bottom, cells.right - left, size[1], gid="row")
    level = cells.center(row - 1, 0)[1]
    pull_arrow(card, (cells.right + 0.08, level), (cells.right + 0.36, level), SIGNAL)
    symbol(card, cells.right + 0.52, level, rf"\hat{{z}}_{row}", color=SIGNAL)
    equation = rf"$\hat{{z}}_{row} = {{\sum}}_j\,w_{{{row}j}}\,y_j$"
    run(card, 0.4, 0.4, (equation, INK), ("with", SLATE), ("$y_0 = 1$", INK), space=0.1)


def _down_a_column(card, W, column, top, size):
    """Draw the table with one column framed, the pulls beside it and the sum below; the bias apart."""
    n_classes = len(W)
    bias = Cells(4.05, top, (n_classes, 1), size)
    rest = Cells(4.05 + size[0] + 0.2, top, (n_classes, W.shape[1] - 1), size)
    bias.draw(card, W[:, :1], gid="bias")
    rest.draw(card, W[:, 1:], gid="backward")
    words(card, 4.05, top + 0.6, "backward", color=PULL_UP)
    middle = bias.center(0, 0)[0]
    symbol(card, middle, top + 0.22, "w_{l0}", color=SLATE)
    words(card, middle, rest.bottom - 0.15, "the bias:", ha="center")
    words(card, middle, rest.bottom - 0.32, "nothing behind it", ha="center")
    for j in range(1, W.shape[1]):
        shade = INK if j == column else SLATE
        symbol(card, rest.center(0, j - 1)[0], top + 0.22, f"w_{{l{j}}}", color=shade)
    for k in range(n_classes):
        symbol(card, 3.95, rest.center(k, 0)[1], f"r_{k + 1} - z_{k + 1}", color=PULL_UP, ha="right")
    rest.frame(card, 0, column - 1, rows=n_classes, gid="column")
    x = rest.center(0, column - 1)[0]
    pull_arrow(card, (x, rest.bottom - 0.08), (x, rest.bottom - 0.36), PULL_UP)
    pull = rf"-\partial E/\partial y_{column}"
    symbol(card, x, rest.bottom - 0.56, pull, color=PULL_UP)
    symbol(card, 4.05, 0.45, rf"{pull} = {{\sum}}_l\,(r_l - z_l)\,w_{{l{column}}}", ha="left")


@drawing({"H": (1, 5), "D": (1, 4)}, pull_y=Numbers("H"), slope=Numbers("H"), signal=Numbers("D+1"))
def column_gate_outer(
    pull_y: ArrayLike,
    slope: ArrayLike,
    signal: ArrayLike,
    message: str = "A column of pulls, through the gate, times a row",
) -> Picture:
    """Draw -dE/dV in three steps: the column -dE/dy, the gate sigma', and the row [1, x].

    Pull times gate is q, the pull on y_hat.

    Parameters
    ----------
    pull_y, slope : shape (H,), H at most 5: -dE/dy, and sigma'(y_hat).
    signal : shape (D+1,), at most 5: [1, x].

    Raises ValueError for a signal that does not begin with 1.
    """
    if signal[0] != 1:
        raise ValueError(f"signal: got {number(signal[0], 4)} first; expected [1, x], the constant first")
    gated = pull_y * slope
    products = np.outer(gated, signal)
    card = blank_card(2.63 + 0.5 * len(pull_y), message)
    top = card.below(1.6)
    limit = max(np.abs(part).max() for part in (pull_y, gated, products)) or 1.0
    _three_columns(card, top, pull_y, slope, gated, limit)
    _row_and_products(card, 3.82, top, signal, products, limit)
    color_key(card, 5.1, 0.32, 1.5, CELLS, limit)
    pulls = rf"\mathbf{{q}} = (-\nabla_{{\mathbf{{y}}}}E)\odot {PRIME}(\hat{{\mathbf{{y}}}})"
    result = r"-\nabla_{\mathbf{V}}E = \mathbf{q}\,[1, \mathbf{x}^T]"
    run(card, 0.4, 0.45, (f"${result}$", INK), ("with", SLATE), (f"${pulls}$", INK), space=0.1)
    j, m = np.unravel_index(np.abs(products).argmax(), products.shape)
    description = (
        f"Two columns, their product and a table of {products.shape[0]} by {products.shape[1]} numbers. "
        f"The largest, {number(products[j, m], 4, True)}, is the pull {number(pull_y[j], 4, True)} times the "
        f"gate {number(slope[j], 4)} times the signal {number(signal[m], 4)}."
    )
    look = "Look at the third column: each of its entries meets every signal above the table."
    return finished(card, description, look)


def _three_columns(card, top, pull_y, slope, gated, limit):
    """Draw the column of pulls, the gate and their product, entry by entry, with the signs between."""
    for left, column, name, gid in (
        (0.4, pull_y, r"-\nabla_{\mathbf{y}}E", "pull"),
        (1.54, slope, rf"{PRIME}(\hat{{\mathbf{{y}}}})", "gate"),
        (2.68, gated, r"\mathbf{q}", "gated"),
    ):
        gate = gid == "gate"
        cells = Cells(left, top, (len(column), 1), (0.8, 0.44))
        printed = partial(number, decimals=4, sign=not gate)
        cells.draw(card, column[:, None], None if gate else limit, printed, gid=gid)
        symbol(card, left + 0.4, top + 0.28, name)
    for x, sign in ((1.37, r"\odot"), (2.51, "="), (3.65, r"\times")):
        symbol(card, x, (top + cells.bottom) / 2, sign, color=SLATE)


def _row_and_products(card, left, top, signal, products, limit):
    """Draw the row [1, x] and, below it, the table that the column on its left makes with it."""
    width = min(0.8, 2.86 / len(signal) - 0.06)
    cells = Cells(left, top, products.shape, (width, 0.44))
    decimals = 4 if len(signal) <= 3 else 2
    cells.draw(card, products, limit, partial(signed, decimals=decimals), gid="product")
    row = Cells(left, top + 0.48, (1, len(signal)), (width, 0.36))
    row.draw(card, signal[None, :], colors=[[SIGNAL_TINT] * len(signal)], gid="signal")
    for m in range(len(signal)):
        symbol(card, row.center(0, m)[0], top + 0.67, "1" if m == 0 else f"x_{m}", color=SIGNAL)
