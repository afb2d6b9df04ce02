"""A picture of E over two weights, seen from above, with the path of some steps."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from .ground.arguments import Numbers, Texts, drawing
from .ground.card import Picture, blank_card, finished, panel
from .ground.marks import line, symbol, value, words
from .ground.numbers import counted, fixed, in_words
from .ground.style import CARD, HAIR, HAIRLINE, INK, PAPER_TO_INK, PULL_UP, SLATE

SIDE, LEFT, BOTTOM = 3.5, 0.75, 0.72  # inches: the field
BANDS, DARKEST = 12, 0.42  # how many heights are told apart, and how dark the highest is


@drawing(
    {"n": (2, 400), "m": (2, 400), "s": (2, 400), "two": (2, 2), "p": (1, 2)},
    first=Numbers("n", rising=True), second=Numbers("m", rising=True), losses=Numbers("m n", 0),
    path=Numbers("s two"), path_losses=Numbers("s", 0), names=Texts("two", 12),
    other_path=Numbers("t two"), other_losses=Numbers("t", 0), path_names=Texts("p", 24),
)  # fmt: skip
def loss_surface(
    first: ArrayLike,
    second: ArrayLike,
    losses: ArrayLike,
    path: ArrayLike,
    path_losses: ArrayLike,
    names: Sequence[str],
    other_path: ArrayLike | None = None,
    other_losses: ArrayLike | None = None,
    path_names: Sequence[str] = ("short steps", "long steps"),
    message: str = "Each step goes straight downhill, and no step knows the way",
) -> Picture:
    """Draw E over two weights as a map, darker where E is larger, and the path of some steps on it.

    Parameters
    ----------
    first, second : shapes (n,) and (m,): the two weights along the axes.
    losses : shape (m, n): E in nats, a row a value of the second.
    path, path_losses : shapes (s, 2) and (s,): the two weights before the first step and after each, and E.
    names : the two weights in mathtext, such as ``r"$w_{11}$"``.
    other_path, other_losses : of a second run, shapes (t, 2) and (t,), if there is one.
    path_names : one a path.
    """
    card = blank_card(BOTTOM + SIDE + 0.95, message)
    axes = panel(
        card.figure, LEFT, BOTTOM, SIDE, SIDE, xlim=(first[0], first[-1]), ylim=(second[0], second[-1])
    )
    axes.locator_params(nbins=4)
    for spine in axes.spines.values():
        spine.set(visible=True, color=HAIRLINE, linewidth=HAIR)
    _heights(axes, first, second, losses)
    runs = [(path, path_losses, PULL_UP, "o")]
    if other_path is not None and other_losses is not None:
        runs.append((other_path, other_losses, INK, "s"))
    for k, (places, heights, color, marker) in enumerate(runs):
        _path(axes, places, color, marker, f"path-{k + 1}")
        _told_beside(card, k, path_names[min(k, len(path_names) - 1)], heights, color, marker)
    for x, y, name in ((LEFT + SIDE / 2, 0.32, names[0]), (0.32, BOTTOM + SIDE / 2, names[1])):
        symbol(card, x, y, name.strip("$"))
    words(card, 4.6, BOTTOM + 0.32, "darker: higher E")
    words(card, 4.6, BOTTOM + 0.12, "a line: the same E")
    description = (
        f"Map of E over {in_words(names[0])} and {in_words(names[1])}, from {fixed(losses.min())} to "
        f"{fixed(losses.max())}. A path of {counted(len(path) - 1, 'step')} leads from E "
        f"{fixed(path_losses[0], 4)} to {fixed(path_losses[-1], 4)}{_other(runs)}."
    )
    look = "See how the path meets the lines: never along one, always across."
    return finished(card, description, look)


def _other(runs):
    """Tell where a second path ends."""
    if len(runs) == 1:
        return ""
    _, heights, *_ = runs[1]
    return f", another one of {len(heights) - 1} to {fixed(heights[-1], 4)}"


def _heights(axes, first, second, losses):
    """Draw bands of E and the lines between them."""
    low, high = losses.min(), losses.max()
    levels = np.linspace(low, high if high > low else low + 1, BANDS + 1)
    shades = [PAPER_TO_INK(DARKEST * (k / (BANDS - 1)) ** 1.2) for k in range(BANDS)]
    axes.contourf(first, second, losses, levels, colors=shades, zorder=0, antialiased=False)
    axes.contour(first, second, losses, levels[1:-1], colors=SLATE, linewidths=0.6, zorder=1)


def _path(axes, places, color, marker, gid):
    """Draw the steps of a run: a line through its places, each marked, the first one open."""
    axes.plot(*places.T, color=CARD, linewidth=3.4, zorder=3)
    axes.plot(*places.T, color=color, linewidth=1.6, zorder=4, gid=gid)
    look = {"markersize": 5, "markeredgecolor": CARD, "markeredgewidth": 0.7, "zorder": 5}
    axes.plot(*places[1:].T, marker, color=color, clip_on=True, **look)
    axes.plot(
        *places[0], marker, color=CARD, markersize=7, markeredgecolor=INK, markeredgewidth=1.5, zorder=6
    )


def _told_beside(card, k, name, heights, color, marker):
    """Write beside the field what a run is, and E at its two ends."""
    y = BOTTOM + SIDE - 0.25 - 1.3 * k
    line(card, [4.6, 4.95], [y, y], color=color, linewidth=1.6)
    card.plot([4.78], [y], marker, color=color, markersize=5, markeredgecolor=CARD, zorder=5)
    words(card, 5.05, y, name, color=color)
    for row, (what, height) in enumerate((("E at the start", heights[0]), ("E at its end", heights[-1]))):
        words(card, 4.6, y - 0.27 * (row + 1), what)
        value(card, card.right, y - 0.27 * (row + 1), fixed(height, 4), ha="right")
    words(card, 4.6, y - 0.81, counted(len(heights) - 1, "step"))
