"""A picture of depth: what is left of signal and gradient after many layers."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Numbers, SeveralNamed, Texts, drawing
from .ground.card import Picture, blank_card, finished, log_panel
from .ground.labels import APART, spread_out
from .ground.marks import line, words
from .ground.numbers import listed, magnitude
from .ground.style import CLASSES, GREY, INK, SLATE

LEFT, ACROSS, UP = 1.72, 3.0, 1.62  # inches: where both panels begin, and how large they are
MOST = 6  # networks
GROWS, STAYS, DIES = CLASSES[0][1], INK, CLASSES[2][1]  # ochre and blue: of networks, not of a direction
LONGEST_NAME = 16  # characters
SIZES = Numbers("n", 1e-100, 1e100)
Curves = Sequence[ArrayLike] | Mapping[str, ArrayLike]


@drawing(
    {"n": (2, np.inf), "m": (1, MOST)},
    layers=Numbers("n", rising=True), signals=SeveralNamed(SIZES, "m"), gradients=SeveralNamed(SIZES, "m"),
    names=Texts("m", LONGEST_NAME),
)  # fmt: skip
def depth_curves(
    layers: ArrayLike,
    signals: Curves,
    gradients: Curves,
    names: Sequence[str] | None = None,
    message: str = "Weights and gates decide together what survives",
) -> Picture:
    """Draw the size of the signal and of the pull in each layer, on axes of powers of ten.

    The networks whose pull dies, stays and grows most have a color each, the same in both panels.

    Parameters
    ----------
    layers : shape (n,): the numbers of the layers, rising.
    signals, gradients : lists of arrays of shape (n,), or dicts of them by name: root mean squares.
    names : one a curve, at most 6, at most 16 characters each; the keys where dicts are given.
    """
    if names is None:
        names = _keys("signals", signals)
    signals, gradients = (
        list(curves.values()) if isinstance(curves, dict) else curves for curves in (signals, gradients)
    )
    card = blank_card(5.2, message)
    colors = _colors(gradients)
    _sizes(card, "signals", 2.76, layers, signals, names, colors)
    _sizes(card, "pulls", 0.72, layers, gradients, names, colors)
    words(card, LEFT + ACROSS / 2, 0.36, "layer", ha="center")
    arrived, reached = [curve[0] for curve in gradients], [curve[-1] for curve in signals]
    told = listed(f"{magnitude(arrived[k])} with {names[k]}" for k in _extremes(arrived))
    description = (
        f"Two panels of curves over {len(layers)} layers. In the first layer the pull is {told}; in the last "
        f"the signals run from {magnitude(min(reached))} to {magnitude(max(reached))}."
    )
    look = "A level curve keeps what it carries: signals on their way right, pulls on their way left."
    return finished(card, description, look)


def _keys(kind, curves):
    """Return the names that are the keys of a dict; ValueError where it is none, or a key is too long."""
    if not isinstance(curves, dict):
        raise ValueError(f"names: got None; expected one for each of {len(curves)} {kind}")
    for name in curves:
        if not isinstance(name, str) or not 1 <= len(name) <= LONGEST_NAME:
            raise ValueError(f"{kind}: got the name {name!r}; expected at most {LONGEST_NAME} characters")
    return list(curves)


def _extremes(ends):
    """Return where the smallest and the largest end are, once where there is only one curve."""
    return sorted({int(np.argmin(ends)), int(np.argmax(ends))}, key=lambda k: ends[k])


def _colors(gradients):
    """Return a color for each network: three are spoken of, the others are grey."""
    kept = np.array([np.log(pull[0] / pull[-1]) for pull in gradients])
    colors = [GREY] * len(kept)
    for color, k in (
        (STAYS, np.argmin(np.abs(kept))),
        (GROWS, np.argmax(kept)),
        (DIES, np.argmin(kept)),
    ):
        colors[k] = color
    return colors


def _sizes(card, kind, bottom, layers, curves, names, colors):
    """Draw one panel; names and values stand where the curves arrive: right forward, left backward."""
    axes, limits = _axes(card, kind, bottom, layers, curves)
    forward = kind == "signals"
    last, edge, side = (-1, LEFT + ACROSS, 1) if forward else (0, LEFT, -1)
    levels = [bottom + UP * np.log(c[last] / limits[0]) / np.log(limits[1] / limits[0]) for c in curves]
    spread = spread_out(levels, APART, bottom, bottom + UP)
    for k, (curve, name, color) in enumerate(zip(curves, names, colors, strict=True)):
        spoken_of = color != GREY
        look = {"color": color, "linewidth": 2.2 if spoken_of else 1.2, "zorder": 3 if spoken_of else 2}
        axes.plot(layers, curve, gid=f"{kind}-{k + 1}", clip_on=False, **look)
        line(card, [edge + 0.03 * side, edge + 0.15 * side], [levels[k], spread[k]])
        text = f"{name}  {magnitude(curve[last])}" if forward else magnitude(curve[last])
        label = {"color": color if spoken_of else SLATE, "weight": "bold" if spoken_of else "normal"}
        words(card, edge + 0.18 * side, spread[k], text, ha="left" if forward else "right", **label)
    words(card, LEFT, bottom + UP + 0.13, f"{kind}, root mean square")


def _axes(card, kind, bottom, layers, curves):
    """Return the axes of one panel and its limits; the scale of the pulls is where they start."""
    low, high = min(curve.min() for curve in curves), max(curve.max() for curve in curves)
    room = max(1.3, (high / low) ** 0.06)
    limits = (low / room, high * room)
    axes = log_panel(card.figure, LEFT, bottom, ACROSS, UP, (layers[0], layers[-1]), limits)
    stride = max(1, round(len(layers) / 4))
    axes.set_xticks([layers[0], *layers[stride - 1 :: stride]] if stride > 1 else layers)
    axes.tick_params(labelbottom=kind == "pulls")
    if kind == "pulls":
        axes.yaxis.tick_right()
        axes.spines["left"].set_visible(False)
        axes.spines["right"].set_visible(True)
    return axes, limits
