"""Pictures of depth: what is left of signal and gradient after many layers, and what a pass costs."""

import numpy as np

from .card import blank_card, finished, panel
from .digit_pictures import _apart
from .logarithmic import log_panel, magnitude
from .marks import dot, line, note, symbol, words
from .printed import listed, number
from .style import INK, PULL_UP, SIGNAL, SLATE, house_style

LEFT, ACROSS, UP = 1.95, 3.1, 1.5  # inches: where both panels begin, and how large they are
STYLES = ("-", (0, (5, 1.5)), (0, (1, 1.2)), (0, (5, 1.5, 1, 1.5)), (0, (2.5, 1)), (0, (8, 2, 1, 2, 1, 2)))


@house_style()
def depth_curves(
    layers, signals, gradients, names=None, message="Weights and gates decide together what survives"
):
    """Draw the size of the signal and of the gradient in each layer, on axes of powers of ten.

    Parameters
    ----------
    layers : shape (n,): the numbers of the layers, rising.
    signals, gradients : lists of arrays of shape (n,), or dicts of them by name: root mean squares.
    names : one a curve, at most 6; the keys where dicts are given.

    Raises ValueError for another number of names, and for a size that is not positive.
    """
    names = list(signals if names is None else names)
    layers = np.asarray(layers, float)
    curves = {"signals": signals, "gradients": gradients}
    for kind, given in curves.items():
        values = given.values() if isinstance(given, dict) else given
        curves[kind] = [np.asarray(curve, float) for curve in values]
        if not len(curves[kind]) == len(names) <= len(STYLES):
            raise ValueError(f"names: expected one a curve, at most {len(STYLES)}, got {len(names)}")
        if not all(np.all(curve > 0) for curve in curves[kind]):
            raise ValueError(f"{kind}: expected positive numbers, which a logarithmic axis can show")
    figure, canvas = blank_card(5.1, message)
    ends = []
    for kind, bottom, color, last in (("signals", 2.75, SIGNAL, -1), ("gradients", 0.75, PULL_UP, 0)):
        _sizes(figure, canvas, bottom, layers, curves[kind], names, color, last, kind)
        ends.append([curve[last] for curve in curves[kind]])
    words(canvas, LEFT + ACROSS / 2, 0.38, "layer", ha="center")
    words(canvas, 5.3, 1.1, "")
    told = listed(f"{magnitude(ends[1][k])} with {names[k]}" for k in _extremes(ends[1]))
    description = (
        f"Two panels of curves over layers {number(layers[0])} to {number(layers[-1])}. In layer "
        f"{number(layers[0])} the gradient is {told}; in layer {number(layers[-1])} the signal runs "
        f"from {magnitude(min(ends[0]))} to {magnitude(max(ends[0]))}."
    )
    return finished(figure, message, description)


def _extremes(ends):
    """Return where the smallest and the largest end are, once where there is only one curve."""
    return sorted({int(np.argmin(ends)), int(np.argmax(ends))}, key=lambda k: ends[k])


def _sizes(figure, canvas, bottom, layers, curves, names, color, last, kind):
    """Draw one panel; names and values stand where the curves arrive: right forward, left backward."""
    low, high = min(curve.min() for curve in curves), max(curve.max() for curve in curves)
    room = max(1.3, (high / low) ** 0.06)
    limits = (low / room, high * room)
    axes = log_panel(figure, LEFT, bottom, ACROSS, UP, (layers[0], layers[-1]), limits)
    axes.locator_params(axis="x", nbins=5, integer=True)
    forward = last == -1
    if not forward:
        axes.yaxis.tick_right()
        axes.spines["left"].set_visible(False)
        axes.spines["right"].set_visible(True)
    levels = [bottom + UP * np.log(c[last] / limits[0]) / np.log(limits[1] / limits[0]) for c in curves]
    spread = _apart(levels, 0.19)
    edge, side = (LEFT + ACROSS, 1) if forward else (LEFT, -1)
    for k, (curve, name) in enumerate(zip(curves, names, strict=True)):
        axes.plot(layers, curve, color=color, linestyle=STYLES[k], gid=f"{kind}-{k + 1}", clip_on=False)
        line(canvas, [edge + 0.04 * side, edge + 0.2 * side], [levels[k], spread[k]])
        text = f"{name}  {magnitude(curve[last])}"
        words(canvas, edge + 0.24 * side, spread[k], text, color=INK, ha="left" if forward else "right")
    words(canvas, LEFT, bottom + UP + 0.13, kind, color=color)


@house_style()
def cost_of_depth(depths, passes, message="Backward costs less than two forward passes"):
    """Draw the counted cost of a backward pass, in forward passes, over the number of layers.

    Parameters
    ----------
    depths : shape (n,): numbers of layers.
    passes : shape (n,): multiplications backward over multiplications forward.
    """
    depths, passes = np.asarray(depths, float), np.asarray(passes, float)
    figure, canvas = blank_card(3.9, message)
    reach = (0, 1.04 * depths.max())
    axes = panel(figure, 0.75, 0.85, 4.9, 2.2, xlim=reach, ylim=(0, 2.3))
    axes.set(yticks=[0, 1, 2])
    axes.locator_params(axis="x", nbins=6, integer=True)
    axes.plot(reach, [2, 2], color=SLATE, linewidth=1.4, gid="limit")
    words(canvas, 5.75, 0.85 + 2.2 * 2 / 2.3, "the limit: 2")
    for depth, cost in zip(depths, passes, strict=True):
        dot(axes, depth, cost, PULL_UP, size=6).set_gid(f"cost-{number(depth)}")
    for k in _told(len(depths)):
        note(axes, (depths[k], passes[k]), (2, -12), number(passes[k]), ha="left")
    words(canvas, 0.4, 3.22, "multiplications backward / forward, counted")
    words(canvas, 3.2, 0.38, "layers of weights", ha="center")
    told = listed(f"{number(passes[k], 3)} with {number(depths[k])}" for k in _told(len(depths)))
    description = f"Dots over the number of layers. A backward pass costs {told} layers; the limit is 2."
    return finished(figure, message, description)


def _told(n):
    """Return which dots carry a number: the first three and the last."""
    return sorted({*range(min(3, n)), n - 1})
