"""Pictures of the output layer: from r - z to the weights and to the hidden units."""

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from .ground import networks
from .ground.arguments import Numbers, Several, Whole, drawing, probabilities
from .ground.card import Picture, blank_card, finished
from .ground.marks import (
    Cells,
    filled_bar,
    line,
    open_bar,
    pull_arrow,
    pull_value,
    ribbon,
    run,
    symbol,
    value,
    words,
)
from .ground.numbers import fixed, number, series, signed
from .ground.style import CARD, GREY, INK, LABEL, SIGNAL, SIGNAL_TINT, SLATE, pull_color


@drawing({"K": (2, 8)}, r=probabilities("K"), z=Numbers("K", 1e-6, 1), k=Whole(1, "K"))
def routes_to_loss(r: ArrayLike, z: ArrayLike, k: int, message: str | None = None) -> Picture:
    """Draw every route from logit k to E: factors along it, products added up.

    Parameters
    ----------
    r, z : shape (K,): target and probabilities.
    k : class number of the logit, from 1.
    """
    first = z * ((np.arange(len(z)) == k - 1) - z[k - 1])
    second = r / z
    products = first * second
    message = message or rf"$E$ hears of $\hat{{z}}_{k}$ by every route: multiply along, add across"
    pitch = 0.9
    card = blank_card(2.35 + pitch * (len(z) - 1), message)
    middle = 1.2 + pitch * (len(z) - 1) / 2
    levels = middle + pitch * ((len(z) - 1) / 2 - np.arange(len(z)))
    widths = 0.34 * np.abs(products) / max(np.abs(products).sum(), 1e-12)
    _ribbons(card, levels, middle, products, widths)
    for route, level in enumerate(levels):
        _factor(card, -1, level, middle, number(first[route]), widths[route])
        _factor(card, 1, level, middle, number(second[route]), widths[route])
        networks.disc(card, (THROUGH, level), f"$z_{route + 1}$", 0.25)
        pull_value(card, 6.4, level, products[route], fixed(products[route], sign=True))
    networks.hatted_disc(card, (START, middle), rf"$\hat{{z}}_{k}$", 0.25)
    networks.loss_square(card, (END, middle), "$E$")
    heading = levels[0] + 0.4
    symbol(card, (START + THROUGH) / 2, heading, rf"\partial z_l/\partial\hat{{z}}_{k}", color=SLATE)
    symbol(card, (THROUGH + END) / 2, heading, r"r_l/z_l", color=SLATE)
    words(card, 6.4, heading, "product", ha="right")
    total = products.sum()
    _sum_of_routes(card, k, products)
    description = (
        f"Flow drawing. {len(z)} routes from logit {k} to E carry {series(products, 2, True, fixed)}; "
        f"together the pull {fixed(total, 4, sign=True)}."
    )
    look = "A ribbon is as wide as what it carries; read the column at its end like a bill."
    return finished(card, description, look)


START, THROUGH, END = 0.8, 2.9, 5.0  # inches: the logit, the probabilities, E


def _ribbons(card, levels, middle, products, widths):
    """Draw each route in its two halves, as wide as its product, stacked where the routes meet."""
    stacked = middle + (widths.sum() + 0.03 * (len(widths) - 1)) / 2
    for route, (level, width) in enumerate(zip(levels, widths, strict=True)):
        port = stacked - width / 2
        stacked -= width + 0.03
        color = pull_color(products[route]) if products[route] else GREY
        stroke = max(width, 0.011)  # a route that carries nothing is a hairline
        ribbon(card, (START, port), (THROUGH, level), stroke, color, gid=f"route-{route + 1}-in")
        ribbon(card, (THROUGH, level), (END, port), stroke, color, gid=f"route-{route + 1}-out")


def _factor(card, side, level, middle, text, width):
    """Write a factor on its ribbon if that is thick enough, else on its outer side."""
    x = THROUGH + side * (END - THROUGH) / 2
    if level == middle and width > 0.17:
        value(card, x, level, text, color=CARD, zorder=5)
    elif level == middle:
        value(card, x, level + 0.14, text)
    else:
        outward = np.sign(level - middle)
        value(card, x + 0.12 * side, (level + middle) / 2 + outward * (0.22 + width / 2), text)


def _sum_of_routes(card, k, products):
    """Add the products up like a bill, and write the sum of which they are the terms."""
    total = products.sum()
    color = pull_color(total)
    line(card, [5.88, 6.43], [0.84, 0.84], color=INK)
    value(card, 6.4, 0.62, fixed(total, sign=True), ha="right", weight="bold", color=color)
    slope = rf"\dfrac{{\partial z_l}}{{\partial\hat{{z}}_{k}}}"
    left_side = (
        rf"$-\dfrac{{\partial E}}{{\partial\hat{{z}}_{k}}}\,=\,{{\sum}}_l\,\dfrac{{r_l}}{{z_l}}\,{slope}$"
    )
    pieces = ((left_side, INK), ("=", INK), (fixed(total, 4, sign=True), color))
    run(card, 0.45, 0.55, *pieces, space=0.1)


@drawing({"K": (1, 8), "H": (1, 6)}, r=probabilities("K"), z=probabilities("K"), y=Numbers("H"))
def pulls_and_outer_product(
    r: ArrayLike, z: ArrayLike, y: ArrayLike, message: str = "Each logit is pulled by exactly what it lacks"
) -> Picture:
    """Draw r, z, the pulls r - z as arrows, and each pull times [1, y]: the rows of -dE/dW.

    Parameters
    ----------
    r, z : shape (K,).
    y : shape (H,): the signals of the hidden units.
    """
    signals, pulls = np.concatenate([[1.0], y]), r - z
    products = np.outer(pulls, signals)
    across = min(0.6, 2.6 / len(signals) - 0.06)
    scale = 0.38 / np.abs(signals).max()
    depth = scale * max(0.0, -signals.min())
    card = blank_card(2.2 + depth + 0.62 * len(pulls), message)
    top = card.below(1.6) - depth
    cells = Cells(6.66 - len(signals) * (across + 0.06), top, products.shape, (across, 0.56))
    _signals(card, cells, signals, scale, cells.top + 0.39 + depth)
    cells.draw(card, products, np.abs(products).max(), printed=signed)
    _targets_and_probabilities(card, r, z, cells)
    _pulls(card, pulls, cells)
    equation = r"-\nabla_{\mathbf{W}}E = (\mathbf{r} - \mathbf{z})\,[1, \mathbf{y}^T]"
    symbol(card, (cells.left + cells.right) / 2, cells.bottom - 0.26, equation)
    largest = products.flat[np.abs(products).argmax()]
    description = (
        f"Bars, arrows and a table. The pulls {series(pulls, 4, True)} times the signals {series(signals)} "
        f"fill {len(pulls)} rows of weights, largest {number(largest, 4, True)}."
    )
    look = "Take one row from its bars to its arrow and on into the table: the arrow meets every signal."
    return finished(card, description, look)


def _signals(card, cells, signals, scale, base):
    """Draw the signals as bars over their columns, numbers below, letters above."""
    for j, signal in enumerate(signals):
        x = cells.center(0, j)[0]
        filled_bar(card, x - 0.17, base, 0.34, scale * signal, gid=f"y-{j}")
        line(card, [x - 0.21, x + 0.21], [base, base], color=SLATE)
        value(card, x, cells.top + 0.21, number(signal), color=SIGNAL)
        symbol(card, x, base + scale * max(signal, 0) + 0.13, "1" if j == 0 else f"y_{j}")


def _targets_and_probabilities(card, r, z, cells):
    """Draw, row by row, z inside r, and the gap between them as an arrow."""
    zero, scale = 0.72, 1.75
    key = cells.top + 0.17
    words(card, 0.3, key, "class")
    open_bar(card, 0.82, key - 0.07, 0.26, 0.14)
    symbol(card, 1.22, key, r"\mathbf{r}")
    filled_bar(card, 1.5, key - 0.07, 0.26, 0.14)
    symbol(card, 1.9, key, r"\mathbf{z}", color=SIGNAL)
    line(card, [zero, zero], [cells.bottom, cells.top + 0.02], color=SLATE, zorder=2)
    for k, (target, probability) in enumerate(zip(r, z, strict=True)):
        level = cells.center(k, 0)[1]
        value(card, 0.45, level, str(k + 1))
        filled_bar(card, zero, level - 0.06, scale * probability, 0.2, gid=f"z-{k + 1}")
        open_bar(card, zero, level - 0.06, scale * target, 0.2, gid=f"r-{k + 1}")
        tail, head = (zero + scale * share for share in (probability, target))
        color = pull_color(target - probability)
        pull_arrow(card, (tail, level - 0.17), (head, level - 0.17), color, gid=f"pull-{k + 1}")
    for share in (0, 1):
        x = zero + scale * share
        line(card, [x, x], [cells.bottom - 0.1, cells.bottom - 0.05], color=SLATE)
        words(card, x, cells.bottom - 0.2, str(share), ha="center")


def _pulls(card, pulls, cells):
    """Write each pull between its bars and its row of the table."""
    right = 3.35
    head = ((r"$\mathbf{r}$", INK), ("−", SLATE), (r"$\mathbf{z}$", SIGNAL))
    run(card, right - 0.45, cells.top + 0.12, *head, space=0.07)
    for k, pull in enumerate(pulls):
        level = cells.center(k, 0)[1]
        pull_value(card, right, level, pull, number(pull, 4, sign=True))
        value(card, (right + cells.left) / 2 + 0.04, level, "×", color=SLATE)


@drawing({"H": (1, 6)}, y=Numbers("H"), n_classes=Whole(1, 6))
def logit_blocks(
    y: ArrayLike, n_classes: int, message: str = "A weight of row i moves logit i and no other"
) -> Picture:
    """Draw the derivatives of each logit with respect to all weights: one row alive.

    Parameters
    ----------
    y : shape (H,).
    n_classes : K.
    """
    signals = np.concatenate([[1.0], y])
    side = min(0.44, (6.1 / n_classes - 0.3) / len(signals) - 0.04)
    block = len(signals) * (side + 0.04) - 0.04
    gap = (6.1 - n_classes * block) / max(1, n_classes - 1)
    card = blank_card(2.1 + 0.4 * n_classes, message)
    top = card.below(1.28)
    for k in range(n_classes):
        values = np.zeros((n_classes, len(signals)))
        values[k] = signals
        colors = [[SIGNAL_TINT if i == k else CARD for _ in signals] for i in range(n_classes)]
        cells = Cells(0.6 + k * (block + gap), top, values.shape, (side, 0.36), 0.04)
        cells.draw(card, values, colors=colors, size=LABEL, gid=f"block{k + 1}")
        symbol(card, cells.left + block / 2, top + 0.42, rf"\partial\hat{{z}}_{k + 1}/\partial w_{{ij}}")
        for j in range(len(signals)):
            words(card, cells.center(0, j)[0], top + 0.12, str(j), ha="center")
    for i in range(n_classes):
        words(card, 0.45, cells.center(i, 0)[1], str(i + 1), ha="center")
    words(card, 0.38, top + 0.12, "i \\ j", ha="center", style="italic")
    rule = r"$\partial\hat{z}_k/\partial w_{ij} = \delta_{ik}\,y_j$"
    run(card, 0.6, 0.45, (rule, INK), ("with", SLATE), ("$y_0 = 1$", INK), space=0.12)
    description = (
        f"{n_classes} matrices of {n_classes} by {len(signals)} numbers, one for each logit. "
        f"In block k only row k is alive and holds {series(signals)}; every other number is 0."
    )
    look = "Only one row of each table is tinted: the other weights speak to somebody else."
    return finished(card, description, look)


@drawing({"K": (1, 8), "H": (1, 8)}, W=Numbers("K H+1"), pulls=Numbers("K"), j=Whole(1, "H"))
def columns_backwards(
    W: ArrayLike,
    pulls: ArrayLike,
    j: int,
    message: str = "Backwards through a layer is down the columns of W",
) -> Picture:
    """Draw W with column j ringed, and the bill: pull times weight, added up.

    Parameters
    ----------
    W : shape (K, H+1): column 0 is the bias.
    pulls : shape (K,): r - z.
    j : the hidden unit, from 1.
    """
    n_classes, columns = W.shape
    card = blank_card(2.39 + 0.56 * n_classes, message)
    top = card.below(1.2)
    bias = Cells(1.42, top, (n_classes, 1), (0.66, 0.5))
    rest = Cells(2.34, top, (n_classes, columns - 1), (min(0.66, 2.6 / (columns - 1) - 0.06), 0.5))
    bias.draw(card, W[:, :1], gid="bias")
    rest.draw(card, W[:, 1:], gid="weight")
    rest.frame(card, 0, j - 1, rows=n_classes, gid="spoken-of")
    middle = bias.center(0, 0)[0]
    symbol(card, middle, top + 0.22, "w_{l0}", color=SLATE)
    words(card, middle, rest.bottom - 0.17, "the bias:", ha="center")
    words(card, middle, rest.bottom - 0.35, "leads nowhere", ha="center")
    for column in range(1, columns):
        color = INK if column == j else SLATE
        symbol(card, rest.center(0, column - 1)[0], top + 0.22, f"w_{{l{column}}}", color=color)
    products = pulls * W[:, j]
    _bill(card, pulls, products, rest, j)
    description = (
        f"Table of W, column {j} framed, the bias column apart. The pulls "
        f"{series(pulls, 4, True)} times that column give {series(products, 4, True)}, "
        f"together {fixed(products.sum(), 4, sign=True)} on y {j}."
    )
    look = "Go down the frame: each pull meets the weight beside it, and what comes of it stands on the bill."
    return finished(card, description, look)


def _bill(card, pulls, products, cells, j):
    """Write the pulls left of the table, the products right of it, and their sum."""
    right, head = 6.55, cells.top + 0.22
    symbol(card, 0.72, head, r"\mathbf{r} - \mathbf{z}")
    symbol(card, right, head, rf"(r_l - z_l)\,w_{{l{j}}}", ha="right")
    for row, (pull, product) in enumerate(zip(pulls, products, strict=True)):
        level = cells.center(row, 0)[1]
        pull_value(card, 0.98, level, pull, number(pull, 4, sign=True))
        pull_value(card, right, level, product)
    total = products.sum()
    line(card, [right - 0.75, right + 0.03], [cells.bottom - 0.07] * 2, color=INK)
    pull_value(card, right, cells.bottom - 0.28, total, weight="bold")
    equation = rf"$-\partial E/\partial y_{j}\,=\,{{\sum}}_l\,(r_l - z_l)\,w_{{l{j}}}$"
    pieces = ((equation, INK), ("=", INK), (fixed(total, 4, sign=True), pull_color(total)))
    run(card, 2.34, 0.42, *pieces, space=0.12)


@drawing(
    {"B": (2, 3), "K": (1, 6), "H": (1, 6)}, matrices=Several(Numbers("K H+1"), "B"), mean=Numbers("K H+1")
)
def batch_of_outer_products(
    matrices: Sequence[ArrayLike], mean: ArrayLike, message: str = "A batch is the mean of its outer products"
) -> Picture:
    """Draw the outer product of each example, one above the other, and their mean.

    Parameters
    ----------
    matrices : two or three arrays of shape (K, H+1).
    mean : shape (K, H+1).
    """
    n_classes, columns = mean.shape
    size = (min(0.64, 2.75 / columns - 0.04), 0.34 if len(matrices) == 2 else 0.28)
    block = n_classes * (size[1] + 0.04) - 0.04
    card = blank_card(1.0 + len(matrices) * (block + 0.32), message)
    top = card.below(0.92)
    middle = top - (len(matrices) * (block + 0.32) - 0.32) / 2
    limit = max(np.abs(matrix).max() for matrix in matrices)

    def table(left, top, matrix, title, gid):
        cells = Cells(left, top, matrix.shape, size, 0.04)
        cells.draw(card, matrix, limit, partial(signed, decimals=4), LABEL, gid=gid)
        words(card, left, top + 0.13, title)
        return cells

    for b, matrix in enumerate(matrices):
        cells = table(0.45, top - b * (block + 0.32), matrix, f"example {b + 1}", f"example{b + 1}")
        ribbon(card, (cells.right + 0.08, cells.bottom + block / 2), (3.72, middle), 0.02, SLATE)
    left = 6.66 - columns * (size[0] + 0.04)
    cells = table(left, middle + block / 2, mean, f"mean of the {len(matrices)}", "mean")
    equation = r"-\nabla_{\mathbf{W}}E = \frac{1}{B}\,(\mathbf{R} - \mathbf{Z})^T\,[\mathbf{1}, \mathbf{Y}]"
    symbol(card, (left + cells.right) / 2, cells.bottom - 0.32, equation)
    description = (
        f"{len(matrices)} tables of {n_classes} by {columns} signed numbers, one for each example, and their "
        f"mean. The bias column of the mean is {series(mean[:, 0], 4, True)}."
    )
    look = "Pick a cell and find it in every table: on the right stands what they come to together."
    return finished(card, description, look)
