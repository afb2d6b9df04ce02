"""Pictures of digits, of what was learned from them, and of how well it reads."""

from itertools import pairwise

import numpy as np

from .ground.card import blank_card, finished, panel
from .ground.marks import color_key, filled_bar, line, open_bar, pull_arrow, ring, symbol, value, words
from .ground.numbers import counted, fixed, listed, number, percent
from .ground.style import (
    CARD,
    CURVE,
    HAIR,
    HAIRLINE,
    INK,
    PAPER_TO_INK,
    PICTURE_COLORS,
    PICTURES,
    SIGNAL,
    SLATE,
    house_style,
    symmetric,
)
from .training import short_loss


def square_of(pixels):
    """Return a flat digit as a square; ValueError if its length is no square number."""
    pixels = np.asarray(pixels, float)
    side = round(pixels.size**0.5)
    if side * side != pixels.size:
        raise ValueError(f"x: expected a square number of pixels, got {pixels.size}")
    return pixels.reshape(side, side)


def draw_digit(figure, left, bottom, size, pixels, gid=None):
    """Draw one digit as grey squares, ink on paper, in a hairline frame."""
    axes = panel(figure, left, bottom, size, size, xticks=[], yticks=[])
    axes.pcolormesh(square_of(pixels)[::-1], cmap=PAPER_TO_INK, vmin=0, vmax=1, gid=gid, antialiased=False)
    for spine in axes.spines.values():
        spine.set(visible=True, color=HAIRLINE, linewidth=HAIR)
    return axes


@house_style()
def digit_and_probabilities(x, z, label=None, message="A digit goes in, ten numbers come out"):
    """Draw a digit and the probability given to each class, inside its target.

    Parameters
    ----------
    x : shape (64,) or (144,), in 0..1.
    z : shape (10,).
    label : the true class, 0 to 9, or None.
    """
    z = np.asarray(z, float)
    figure, canvas = blank_card(3.9, message)
    draw_digit(figure, 0.45, 0.85, 2.2, x, gid="digit")
    words(canvas, 1.55, 0.63, f"{np.size(x)} numbers between 0 and 1", ha="center")
    if label is not None:
        words(canvas, 1.55, 0.42, f"its label: {label}", ha="center", color=INK)
    pull_arrow(canvas, (2.85, 1.95), (3.35, 1.95), SIGNAL)
    _class_bars(canvas, z, label)
    filled_bar(canvas, 6.2, 0.63, 0.22, 0.12)
    symbol(canvas, 6.56, 0.69, "z", color=SIGNAL)
    if label is not None:
        open_bar(canvas, 6.2, 0.38, 0.22, 0.12)
        symbol(canvas, 6.56, 0.44, "r")
    most, least = int(np.argmax(z)), int(np.argmin(z))
    named = "" if label is None else f" labelled {label}"
    given = "" if label in (None, most, least) else f", {fixed(z[label])} to {label}"
    description = (
        f"A digit{named} drawn beside ten bars. The network gives most, {fixed(z[most])}, to {most}{given} "
        f"and least, {fixed(z[least])}, to {least}."
    )
    return finished(figure, message, description)


def _class_bars(canvas, z, label):
    """Draw one bar a class on an axis from 0 to 1, z inside the open bar of the true class."""
    pitch, zero, scale, top = 0.265, 3.85, 2.1, 3.12
    for k, probability in enumerate(z):
        level = top - pitch * (k + 0.5)
        value(canvas, 3.65, level, str(k))
        filled_bar(canvas, zero, level - 0.08, scale * probability, 0.16, gid=f"z-{k}")
        if k == label:
            open_bar(canvas, zero, level - 0.08, scale, 0.16, gid=f"r-{k}")
        end = 1.0 if k == label else probability
        value(canvas, zero + scale * end + 0.07, level, fixed(probability), ha="left")
    bottom = top - pitch * len(z)
    line(canvas, [zero, zero], [bottom, top], color=SLATE, zorder=2)
    for share in (0, 0.5, 1):
        line(canvas, [zero + scale * share] * 2, [bottom - 0.06, bottom], color=SLATE)
        words(canvas, zero + scale * share, bottom - 0.16, number(share), ha="center")


@house_style()
def training_curves(steps, losses, accuracies, names, message="E falls, accuracy rises", over="steps"):
    """Draw E and accuracy over the steps, one curve a set, labelled at its end.

    Parameters
    ----------
    steps : shape (n,).
    losses, accuracies : a list of arrays of shape (n,), one a set; nats, and shares of 0..1.
    names : the sets, in the same order.
    over : what is counted along the axis.
    """
    figure, canvas = blank_card(3.9, message)
    steps = np.asarray(steps, float)
    losses = [np.asarray(curve, float) for curve in losses]
    accuracies = [100 * np.asarray(curve, float) for curve in accuracies]
    low = max(0, 10 * np.floor(min(curve.min() for curve in accuracies) / 10))
    highest = 1.06 * max(curve.max() for curve in losses)
    for left in (0.7, 3.95):
        words(canvas, left + 0.8, 0.4, over, ha="center")
    _curves(figure, canvas, 0.7, steps, losses, names, (0, highest), "E, nats", _loss)
    _curves(figure, canvas, 3.95, steps, accuracies, names, (low, 100.5), "right, %", lambda v: fixed(v, 1))
    told = "; ".join(
        f"{name}: E {_loss(loss[-1])}, {fixed(right[-1], 1)} % right"
        for name, loss, right in zip(names, losses, accuracies, strict=True)
    )
    description = f"Two panels of curves over {number(steps[-1])} {over}. At the end {told}."
    return finished(figure, message, description)


def _loss(loss):
    """Return E with two decimals, a small one with two digits."""
    return fixed(loss) if loss >= 0.01 else short_loss(loss)


def _curves(figure, canvas, left, steps, curves, names, limits, title, printed):
    """Draw one panel; each set has its own line style and its name and last value at the end."""
    axes = panel(figure, left, 0.8, 1.6, 2.2, xlim=(steps[0], steps[-1]), ylim=limits)
    axes.locator_params(nbins=4)
    styles = ((INK, "-"), (SLATE, (0, (4, 1.5))), (INK, ":"))
    for curve, name, (color, style) in zip(curves, names, styles, strict=False):
        axes.plot(steps, curve, color=color, linestyle=style, linewidth=CURVE, gid=f"{title[0]}-{name}")
    bottom, top = limits
    ends = _apart([0.8 + 2.2 * (curve[-1] - bottom) / (top - bottom) for curve in curves], 0.19)
    for curve, name, level in zip(curves, names, ends, strict=True):
        words(canvas, left + 1.67, level, f"{name} {printed(curve[-1])}", color=INK)
    words(canvas, left - 0.35, 3.2, title)


def _apart(levels, least):
    """Return the levels moved apart so that labels on them do not touch, their order kept."""
    order = np.argsort(levels)
    moved = np.asarray(levels, float)
    for lower, upper in pairwise(order):
        moved[upper] = max(moved[upper], moved[lower] + least)
    over = max(0.0, moved.max() - 3.05) if len(moved) else 0.0
    return moved - over


@house_style()
def weight_pictures(
    W, shape=(8, 8), names=None, message="Each class keeps a picture of what speaks for it", ringed=None
):
    """Draw each row of W, without its bias, as a signed picture with a minus in each negative cell.

    Parameters
    ----------
    W : shape (K, 1 + height·width): column 0 is the bias.
    shape : (height, width).
    names : one a row; the classes 0 to K-1 unless given.
    ringed : pixels that no digit inks, counted from 0 row by row; a ring marks them in every picture.

    Raises ValueError if a ringed pixel is none of the picture's.
    """
    weights = np.asarray(W, float)[:, 1:]
    raised = "the class" if names is None else "its sum"
    names = list(range(len(weights))) if names is None else names
    ringed = _pixels(ringed, weights.shape[1])
    limit = np.abs(weights).max()
    figure, canvas, corners, size = _places_for(len(weights), message)
    for k, (row, name, (left, bottom)) in enumerate(zip(weights, names, corners, strict=True)):
        axes = panel(figure, left, bottom, size, size, xticks=[], yticks=[])
        grid = row.reshape(shape)[::-1]
        axes.pcolormesh(grid, cmap=PICTURES, norm=symmetric(limit), gid=f"weights-{k}", antialiased=False)
        for spine in axes.spines.values():
            spine.set(visible=True, color=HAIRLINE, linewidth=HAIR)
        cell = size / max(shape)
        _minus_dashes(axes, grid, limit, min(0.9, 9.9 * cell))
        if len(ringed):
            _rings(axes, ringed, shape, cell)
        words(canvas, left + size / 2, bottom + size + 0.12, str(name), ha="center", color=INK)
    _weights_key(canvas, limit, len(ringed))
    rings = f"; rings mark {counted(len(ringed), 'pixel')} never inked" if len(ringed) else ""
    description = (
        f"{len(weights)} small pictures of {shape[0]} by {shape[1]} weights, orange where ink raises "
        f"{raised}, violet with a dash where it lowers it; from {fixed(weights.min())} to "
        f"{fixed(weights.max(), sign=True)}{rings}."
    )
    return finished(figure, message, description)


def _weights_key(canvas, limit, ringed):
    """Say below the pictures what the marks and the colors mean."""
    words(canvas, 0.4, 0.4, "− in a cell: negative")
    if ringed:
        ring(canvas, 2.3, 0.4)
        words(canvas, 2.42, 0.4, "in a cell: never inked")
    color_key(canvas, 4.7, 0.3, 1.6, PICTURES, limit, printed=lambda v, sign: fixed(v, 2, sign))


def _pixels(ringed, n):
    """Return the ringed pixels as whole numbers; ValueError if one of them is none of the n."""
    ringed = np.asarray([] if ringed is None else ringed, int)
    if np.any((ringed < 0) | (ringed >= n)):
        raise ValueError(f"ringed: expected pixels from 0 to {n - 1}, got {ringed.tolist()}")
    return ringed


def _places_for(n, message):
    """Return a card with room for n squares, 5 a row or 8 if there are many, their corners and their size."""
    columns, size, gap = (min(5, n), 1.1, 0.175) if n <= 10 else (8, 0.7, 0.09)
    rows, pitch = -(-n // columns), size + 0.33
    figure, canvas = blank_card(1.28 + rows * pitch, message)
    top = figure.get_size_inches()[1] - 0.92 - size
    corners = [(0.4 + (k % columns) * (size + gap), top - (k // columns) * pitch) for k in range(n)]
    return figure, canvas, corners, size


def minus_cells(grid, limit):
    """Return rows and columns of the cells below -6 % of the limit, and which of them are dark."""
    rows, columns = np.nonzero(grid < -0.06 * limit)
    return rows, columns, grid[rows, columns] < -0.5 * limit


def _minus_dashes(axes, grid, limit, width):
    """Put a dash in each cell below -6 % of the limit, light on dark cells, dark on light ones."""
    rows, columns, dark = minus_cells(grid, limit)
    for chosen, color in ((dark, CARD), (~dark, PICTURE_COLORS[0])):
        x, y = columns[chosen] + 0.5, rows[chosen] + 0.5
        axes.hlines(y, x - 0.22, x + 0.22, color=color, linewidth=width, gid="minus")


def _rings(axes, ringed, shape, cell):
    """Put a ring in each ringed cell, ink on a light rim; `cell` is as wide as one of them, in inches."""
    rows, columns = np.divmod(ringed, shape[1])
    x, y = columns + 0.5, shape[0] - rows - 0.5
    for color, width in ((CARD, 18 * cell), (INK, 9 * cell)):
        look = {"markerfacecolor": "none", "markeredgecolor": color, "markeredgewidth": width}
        axes.plot(x, y, "o", markersize=72 * 0.74 * cell, gid="ringed", **look)


@house_style()
def digit_gallery(x, labels, predicted=None, sure=None, columns=8, message=None):
    """Draw digits with their labels, and what was read and how sure where it is given.

    Parameters
    ----------
    x : shape (n, 64) or (n, 144), in 0..1.
    labels, predicted : shape (n,).
    sure : shape (n,): the probability given to what was read.
    """
    x, labels = np.asarray(x, float), np.asarray(labels)
    rows = -(-len(x) // columns)
    lines = 1 + (predicted is not None) + (sure is not None)
    pitch = 6.3 / columns
    size, below = min(pitch - 0.12, 0.9), 0.08 + 0.17 * lines
    if message is None:
        message = "Digits as they were written" if predicted is None else "What was written and what was read"
    figure, canvas = blank_card(0.8 + rows * (size + below + 0.06), message)
    top = figure.get_size_inches()[1] - 0.68
    for n, pixels in enumerate(x):
        left = 0.35 + (n % columns) * pitch + (pitch - size) / 2
        bottom = top - size - (n // columns) * (size + below + 0.06)
        draw_digit(figure, left, bottom, size, pixels, gid=f"digit-{n}")
        texts = [str(labels[n])] if predicted is None else [f"is {labels[n]}", f"read {predicted[n]}"]
        texts += [] if sure is None else [f"at {fixed(sure[n])}"]
        for row, text in enumerate(texts):
            words(canvas, left + size / 2, bottom - 0.12 - 0.17 * row, text, ha="center", color=INK)
    if predicted is None:
        told = f"Their labels begin {', '.join(str(label) for label in labels[:columns])}."
    else:
        wrong = np.flatnonzero(np.asarray(predicted) != labels)
        told = f"{len(wrong)} were read wrong"
        told += f"; the first is {labels[wrong[0]]}, read {predicted[wrong[0]]}" if len(wrong) else ""
        told += "" if sure is None or not len(wrong) else f" at {fixed(sure[wrong[0]])}"
        told += "."
    return finished(figure, message, f"Gallery of {counted(len(x), 'grey digit')}. {told}")


@house_style()
def accuracy_bars(names, accuracies, message):
    """Draw shares of right answers as horizontal bars with their percentages.

    Parameters
    ----------
    names : one a bar.
    accuracies : shape (n,), shares of 0..1.
    """
    accuracies = np.asarray(accuracies, float)
    figure, canvas = blank_card(1.4 + 0.42 * len(names), message)
    top = figure.get_size_inches()[1] - 0.75
    zero, scale = 2.45, 3.5
    for k, (name, accuracy) in enumerate(zip(names, accuracies, strict=True)):
        level = top - 0.42 * (k + 0.5)
        words(canvas, zero - 0.12, level, name, ha="right", color=INK)
        filled_bar(canvas, zero, level - 0.11, scale * accuracy, 0.22, SLATE, gid=f"accuracy-{k + 1}")
        value(canvas, zero + scale * accuracy + 0.08, level, percent(accuracy), ha="left")
    bottom = top - 0.42 * len(names)
    line(canvas, [zero, zero], [bottom - 0.02, top + 0.02], color=SLATE)
    for share in (0, 0.5, 1):
        line(canvas, [zero + scale * share] * 2, [bottom - 0.08, bottom - 0.02], color=SLATE)
        words(canvas, zero + scale * share, bottom - 0.2, f"{100 * share:.0f} %", ha="center")
    told = listed(f"{name} {percent(accuracy)}" for name, accuracy in zip(names, accuracies, strict=True))
    return finished(figure, message, f"Horizontal bars of right answers. {told[0].upper()}{told[1:]}.")
