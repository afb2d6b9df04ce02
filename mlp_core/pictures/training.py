"""Pictures of training runs: how E falls, epoch by epoch."""

import numpy as np

from .depth import spread_out
from .ground.card import blank_card, finished, panel
from .ground.logarithmic import magnitude, ten_to
from .ground.marks import line, words
from .ground.numbers import counted, fixed, listed, number
from .ground.style import CURVE, INK, LABEL, SLATE, house_style

STYLES = (
    (INK, "-"),
    (SLATE, (0, (5, 1.5))),
    (INK, (0, (1, 1.2))),
    (SLATE, "-"),
    (INK, (0, (6, 1.5, 1, 1.5))),
)
LEFT, BOTTOM, UP = 0.95, 0.8, 2.35  # inches: where the panel begins, and how high it is
RIGHT = 6.75  # inches: where the widest label ends


def width_of(canvas, texts, size=LABEL):
    """Return how wide the widest of some labels is, in inches."""
    renderer, widest = canvas.figure.canvas.get_renderer(), 0.0
    for text in texts:
        label = words(canvas, 0, 0, text, size=size)
        widest = max(widest, label.get_window_extent(renderer).width / canvas.figure.dpi)
        label.remove()
    return widest


@house_style()
def loss_curves(curves, names, message, over="epochs"):
    """Draw E of several runs, each with its name and last value at its end.

    Values that span more than a factor of 10 get a logarithmic axis. A run shorter than the longest one
    has diverged: it ends in a cross, and its label says after how many epochs.

    Parameters
    ----------
    curves : a list of at most 5 arrays: E in nats, index 0 before the first step. Lengths may differ.
    names : one a curve, in the same order.
    over : what is counted along the axis.

    Raises ValueError for other names, for names too long, and for a value that is negative or not finite.
    """
    curves = [np.asarray(curve, float) for curve in curves]
    _check(curves, names)
    last = max(len(curve) for curve in curves) - 1
    ends = [_end(curve, last, over) for curve in curves]
    labels = [
        f"{name}  {end}" if len(curve) > last else f"{name}\n{end}"
        for curve, name, end in zip(curves, names, ends, strict=True)
    ]
    figure, canvas = blank_card(4.05, message)
    across = min(4.2, RIGHT - LEFT - 0.2 - width_of(canvas, labels))
    if across < 2:
        raise ValueError(f"names: expected shorter ones, got {max(names, key=len)!r}")
    axes = _panel(figure, across, curves, last)
    for k, curve in enumerate(curves):
        _curve(axes, k, curve, last)
    _labels(canvas, axes, across, curves, labels)
    words(canvas, 0.4, 3.34, "E, nats")
    words(canvas, LEFT + across / 2, 0.4, over, ha="center")
    told = listed(f"{name} {end}" for name, end in zip(names, ends, strict=True))
    description = f"Curves of E, {counted(len(curves), 'run')} over {last} {over}. At the end: {told}."
    return finished(figure, message, description)


def _check(curves, names):
    """Raise ValueError where curves and names do not suit each other or the axes."""
    if not 1 <= len(curves) == len(names) <= len(STYLES):
        raise ValueError(
            f"names: expected one for each of 1 to {len(STYLES)} curves, got {len(names)} for {len(curves)}"
        )
    for curve, name in zip(curves, names, strict=True):
        if curve.ndim != 1 or not len(curve) or not np.all(np.isfinite(curve) & (curve >= 0)):
            raise ValueError(f"curves: expected finite numbers from 0 in a row, got other ones with {name}")


def short_loss(loss):
    """Return E with two digits or two decimals: `2.3`, `0.12`, `0.0031`, and `3.1 × 10⁻⁴` below 0.001."""
    return fixed(loss, 4) if 0.001 <= loss < 0.01 else magnitude(loss)


def _end(curve, last, over):
    """Tell the last value; of a run that diverged, tell when, since its last value says little."""
    if len(curve) > last:
        return short_loss(curve[-1])
    return f"diverged after {counted(len(curve) - 1, over.removesuffix('s'))}"


def _panel(figure, across, curves, last):
    """Return the axes, logarithmic if E spans more than a factor of 10, cut far above the start."""
    low, high = min(curve.min() for curve in curves), max(curve.max() for curve in curves)
    high = min(high, 100 * max(curve[0] for curve in curves)) or 1.0
    axes = panel(figure, LEFT, BOTTOM, across, UP, xlim=(0, max(last, 1)))
    axes.locator_params(axis="x", nbins=5, integer=True)
    if low == 0 or high <= 10 * low:
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


def _labels(canvas, axes, across, curves, labels):
    """Write the labels beside the ends of their curves, moved apart, each with a short leader."""
    top = axes.get_ylim()[1]
    ends = axes.transData.transform([(0, min(curve[-1], top)) for curve in curves])
    levels = canvas.transData.inverted().transform(ends)[:, 1]
    least = 0.36 if any("\n" in label for label in labels) else 0.19
    spread = spread_out(levels.tolist(), least, BOTTOM + 0.05, BOTTOM + UP + 0.05)
    edge = LEFT + across
    for k, label in enumerate(labels):
        line(canvas, [edge + 0.03, edge + 0.15], [levels[k], spread[k]]).set_gid(f"leader-{k + 1}")
        words(canvas, edge + 0.18, spread[k], label, color=INK)
