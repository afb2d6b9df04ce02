"""Pictures of training runs: how E falls and accuracy rises, step by step or epoch by epoch."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Numbers, Several, Text, Texts, drawing, probabilities
from .ground.card import Picture, blank_card, finished, panel
from .ground.labels import APART, spread_out, width_of
from .ground.marks import line, words
from .ground.numbers import counted, fixed, listed, magnitude, number, ten_to
from .ground.style import CURVE, INK, SLATE

STYLES = (
    (INK, "-"),
    (SLATE, (0, (5, 1.5))),
    (INK, (0, (1, 1.2))),
    (SLATE, "-"),
    (INK, (0, (6, 1.5, 1, 1.5))),
)
SET_STYLES = ((INK, "-"), (SLATE, (0, (4, 1.5))), (INK, ":"))  # training, validation, test
LOOK = "Where a curve begins, and where it lies flat, says more than where it ends."
LEFT, BOTTOM, UP = 0.95, 0.8, 2.35  # inches: where the panel of `loss_curves` begins, and how high it is
RIGHT = 6.75  # inches: where its widest label ends


@drawing(
    {"n": (2, np.inf), "m": (1, len(SET_STYLES))},
    steps=Numbers("n", rising=True), losses=Several(Numbers("n", 0), "m"),
    accuracies=Several(probabilities("n"), "m"), names=Texts("m", 20), over=Text(20),
)  # fmt: skip
def training_curves(
    steps: ArrayLike,
    losses: Sequence[ArrayLike],
    accuracies: Sequence[ArrayLike],
    names: Sequence[str],
    message: str = "E falls, accuracy rises",
    over: str = "steps",
) -> Picture:
    """Draw E and accuracy over the steps, one curve a set, labelled at its end.

    Parameters
    ----------
    steps : shape (n,).
    losses, accuracies : a list of arrays of shape (n,), one a set; nats, and shares of 0..1.
    names : the sets, in the same order.
    over : what is counted along the axis.
    """
    card = blank_card(3.9, message)
    accuracies = [100 * curve for curve in accuracies]
    low = max(0, 10 * np.floor(min(curve.min() for curve in accuracies) / 10))
    highest = 1.06 * (max(curve.max() for curve in losses) or 1)
    for left in (0.7, 3.95):
        words(card, left + 0.8, 0.4, over, ha="center")
    _set_curves(card, 0.7, steps, losses, names, (0, highest), "E, nats", _loss)
    _set_curves(card, 3.95, steps, accuracies, names, (low, 100.5), "right, %", lambda v: fixed(v, 1))
    told = "; ".join(
        f"{name}: E {_loss(loss[-1])}, {fixed(right[-1], 1)} % right"
        for name, loss, right in zip(names, losses, accuracies, strict=True)
    )
    description = f"Two panels of curves over {number(steps[-1])} {over}. At the end {told}."
    look = "Look for the place where the curves part."
    return finished(card, description, look if len(names) > 1 else "Look where the curve turns flat.")


def _loss(loss):
    """Return E with two decimals, a small one with two digits."""
    return fixed(loss) if loss >= 0.01 else _short_loss(loss)


def _set_curves(card, left, steps, curves, names, limits, title, printed):
    """Draw one panel; each set has its own line style and its name and last value at the end."""
    axes = panel(card.figure, left, 0.8, 1.6, 2.2, xlim=(steps[0], steps[-1]), ylim=limits)
    axes.locator_params(nbins=4)
    for curve, name, (color, style) in zip(curves, names, SET_STYLES[: len(names)], strict=True):
        axes.plot(steps, curve, color=color, linestyle=style, linewidth=CURVE, gid=f"{title[0]}-{name}")
    bottom, top = limits
    ends = [0.8 + 2.2 * (curve[-1] - bottom) / (top - bottom) for curve in curves]
    ends = spread_out(ends, APART, 0.8, 3.05, upward=True)
    for curve, name, level in zip(curves, names, ends, strict=True):
        words(card, left + 1.67, level, f"{name} {printed(curve[-1])}", color=INK)
    words(card, left - 0.35, 3.2, title)


@drawing(
    {"m": (1, len(STYLES))},
    curves=Several(Numbers("any", 0, 1e100), "m"),
    names=Texts("m", 60),
    over=Text(20),
    up_to=Numbers("", positive=True),
    levels=Numbers("p", 0),
    level_names=Texts("p", 8),
)
def loss_curves(
    curves: Sequence[ArrayLike],
    names: Sequence[str],
    message: str,
    over: str = "epochs",
    up_to: float | None = None,
    levels: ArrayLike | None = None,
    level_names: Sequence[str] | None = None,
) -> Picture:
    """Draw E of several runs, each with its name and last value at its end.

    Values that span more than a factor of 10 get a logarithmic axis, unless `up_to` ends it. A run shorter
    than the longest one has diverged: it ends in a cross, and its label says after how many epochs.

    Parameters
    ----------
    curves : a list of at most 5 arrays: E in nats, index 0 before the first step. Lengths may differ.
    names, over : one a curve, in the same order; and what is counted along the axis.
    up_to, levels, level_names : where the axis of E ends (what rises above is cut); values of E that a
        thin line marks, and what stands beside them.

    Raises ValueError for names that leave no room for the curves.

    Examples
    --------
    >>> loss_curves([[2.3, 0.9, 0.5], [2.3, 1.2, 1.1]], ["tanh", "ReLU"], "Two runs").description
    'Curves of E, 2 runs over 2 epochs. At the end: tanh 0.5 and ReLU 1.1.'
    """
    last = max(len(curve) for curve in curves) - 1
    ends = [_end(curve, last, over) for curve in curves]
    labels = [
        f"{name}  {end}" if len(curve) > last else f"{name}\n{end}"
        for curve, name, end in zip(curves, names, ends, strict=True)
    ]
    card = blank_card(4.05, message)
    across = min(4.2, RIGHT - LEFT - 0.2 - width_of(card, labels))
    if across < 2:
        raise ValueError(f"names: got {max(names, key=len)!r}; expected shorter ones")
    axes = _panel(card, across, curves, last, up_to)
    marked = _mark_levels(axes, levels, level_names, last)
    for k, curve in enumerate(curves):
        _curve(axes, k, curve, last)
    _labels(card, axes, across, curves, labels)
    words(card, 0.4, 3.34, "E, nats")
    words(card, LEFT + across / 2, 0.4, over, ha="center")
    told = listed(f"{name} {end}" for name, end in zip(names, ends, strict=True))
    said = f"Curves of E, {counted(len(curves), 'run')} over {last} {over}. At the end: {told}."
    return finished(card, said + _said_of_the_axis(curves, up_to, marked), LOOK)


def _mark_levels(axes, levels, level_names, last):
    """Draw a thin line at each of some values of E, named at the axis; return them with their names."""
    marked = [] if levels is None else list(zip(levels, level_names or map(number, levels), strict=True))
    if marked:
        axes.set_yticks([0, *(level for level, _ in marked)], ["0", *(name for _, name in marked)])
    for level, _ in marked:
        line(axes, [0, max(last, 1)], [level, level]).set_gid("level")
    return marked


def _said_of_the_axis(curves, up_to, marked):
    said = ""
    if up_to is not None and max(curve.max() for curve in curves) > up_to:
        said += f" What rises above {number(up_to)} is cut."
    if marked:
        said += f" Thin lines at {listed(f'{name} ({fixed(level)})' for level, name in marked)}."
    return said


def _short_loss(loss):
    """Return E with two digits or two decimals: `2.3`, `0.12`, `0.0031`, and `3.1 × 10⁻⁴` below 0.001."""
    return fixed(loss, 4) if 0.001 <= loss < 0.01 else magnitude(loss)


def _end(curve, last, over):
    """Tell the last value; of a run that diverged, tell when, since its last value says little."""
    if len(curve) > last:
        return _short_loss(curve[-1])
    return f"diverged after {counted(len(curve) - 1, over.removesuffix('s'))}"


def _panel(card, across, curves, last, up_to):
    """Return the axes, logarithmic if E spans over a factor of 10, cut at `up_to` or far above the start."""
    low, high = min(curve.min() for curve in curves), max(curve.max() for curve in curves)
    high = min(high, 100 * max(curve[0] for curve in curves)) or 1.0
    axes = panel(card.figure, LEFT, BOTTOM, across, UP, xlim=(0, max(last, 1)))
    axes.locator_params(axis="x", nbins=5, integer=True)
    if up_to is not None:
        axes.set(ylim=(0, up_to))
        axes.locator_params(axis="y", nbins=5)
        return axes
    if low < 1e-100 or high <= 10 * low:
        axes.set(ylim=(0, 1.06 * high))
        axes.locator_params(axis="y", nbins=5)
        return axes
    low, high = low / 1.15, high * 1.15
    axes.set(yscale="log", ylim=(low, high))
    powers = 10.0 ** np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)))
    inside = [tick for tick in powers if low <= tick <= high]
    if len(inside) < 3:
        inside = [tick for power in powers for tick in (power, 2 * power, 5 * power) if low <= tick <= high]
    ticks = inside[:: -(-len(inside) // 6)]
    plain = ticks[0] > 5e-4 and ticks[-1] < 5e3
    axes.set_yticks(ticks, [number(tick, 4) if plain else ten_to(round(np.log10(tick))) for tick in ticks])
    axes.set_yticks([], minor=True)
    return axes


def _curve(axes, k, curve, last):
    """Draw one run; one that diverged ends in a cross, with a guide to its label."""
    color, style = STYLES[k]
    epochs, end = np.arange(len(curve)), len(curve) - 1
    axes.plot(epochs, curve, color=color, linestyle=style, linewidth=CURVE, gid=f"curve-{k + 1}")
    if end < last:
        level = min(curve[-1], axes.get_ylim()[1])
        cross = {"color": INK, "markersize": 8, "markeredgewidth": 2, "zorder": 6, "clip_on": False}
        axes.plot([end], [level], "x", gid=f"diverged-{k + 1}", **cross)
        line(axes, [end, last], [level, level])


def _labels(card, axes, across, curves, labels):
    """Write the labels beside the ends of their curves, moved apart, each with a short leader."""
    top = axes.get_ylim()[1]
    ends = axes.transData.transform([(0, min(curve[-1], top)) for curve in curves])
    levels = card.transData.inverted().transform(ends)[:, 1]
    least = 0.36 if any("\n" in label for label in labels) else APART
    spread = spread_out(levels.tolist(), least, BOTTOM + 0.05, BOTTOM + UP + 0.05)
    edge = LEFT + across
    for k, label in enumerate(labels):
        line(card, [edge + 0.03, edge + 0.15], [levels[k], spread[k]]).set_gid(f"leader-{k + 1}")
        words(card, edge + 0.18, spread[k], label, color=INK)
