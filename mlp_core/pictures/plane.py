"""A picture of points in a plane, and of a straight boundary between them beside a bent one."""

from collections.abc import Sequence

import numpy as np
from matplotlib.colors import ListedColormap
from numpy.typing import ArrayLike

from ..network import MLP
from .ground.arguments import Networks, Numbers, Texts, drawing
from .ground.card import Picture, blank_card, finished, panel
from .ground.marks import value, words
from .ground.numbers import counted, listed, percent
from .ground.style import CARD, CLASSES, GREY, HAIR, HAIRLINE, INK

SIDE, FIRST, SECOND, BOTTOM = 2.9, 0.42, 3.68, 0.9  # inches: a field, and where the two begin
REACH, GRID = 3.0, 161  # the fields show -REACH to REACH, sampled at GRID places a side


@drawing(
    {"two": (2, 2), "K": (2, len(CLASSES)), "n": (1, 2000)},
    x=Numbers("n two", -REACH, REACH), labels=Numbers("n", 0, len(CLASSES) - 1, whole=True),
    networks=Networks(2, 2), names=Texts("two", 30),
)  # fmt: skip
def straight_and_bent(
    x: ArrayLike,
    labels: ArrayLike,
    networks: Sequence[MLP],
    names: Sequence[str] = ("no hidden layer", "with a hidden layer"),
    message: str = "No straight boundary will do",
) -> Picture:
    """Draw the regions of two networks over the same points, each with its boundary.

    Parameters
    ----------
    x : shape (n, 2), each coordinate in -3 .. 3.
    labels : shape (n,), classes counted from 0, at most 3.
    networks : two MLPs with 2 inputs and as many classes: drawn on the left and on the right.
    names : one a network.
    """
    card = blank_card(BOTTOM + SIDE + 1.0, message)
    read = []
    for left, mlp, name in zip((FIRST, SECOND), networks, names, strict=True):
        _field(card, left, mlp, x, labels, name)
        read.append(float(np.mean(np.asarray(mlp.predict(x)) == labels)))
        words(card, left, BOTTOM + SIDE + 0.16, name, color=INK)
        value(card, left + SIDE / 2, BOTTOM - 0.22, f"{percent(read[-1])} right")
    words(card, FIRST, 0.36, "heavy: the boundary; thin: where the sum of a hidden unit is 0")
    told = listed(f"{name} {percent(share)}" for name, share in zip(names, read, strict=True))
    description = (
        f"Two fields over the same {counted(len(x), 'point')}, with regions and boundaries of two networks. "
        f"Right are {told}."
    )
    look = "Count the points that lie on the wrong side of the heavy line."
    return finished(card, description, look)


def leads(mlp):
    """Return each class's logit less the largest of the others over the field, and the places along it.

    Shapes (K, GRID, GRID) and (GRID,): the boundary is where the two largest logits are equal.
    """
    along = np.linspace(-REACH, REACH, GRID)
    places = np.stack(np.meshgrid(along, along), axis=-1).reshape(-1, 2)
    z_hat = np.asarray(mlp.forward(places).z_hat).T.reshape(-1, GRID, GRID)
    others = [np.delete(z_hat, i, axis=0).max(axis=0) for i in range(len(z_hat))]
    return z_hat - np.array(others), along


def _field(card, left, mlp, x, labels, name):
    """Draw the regions, the boundary, the lines of the hidden units and the points of one network."""
    limits = {"xlim": (-REACH, REACH), "ylim": (-REACH, REACH), "xticks": [], "yticks": []}
    axes = panel(card.figure, left, BOTTOM, SIDE, SIDE, **limits)
    for spine in axes.spines.values():
        spine.set(visible=True, color=HAIRLINE, linewidth=HAIR)
    lead, along = leads(mlp)
    regions = ListedColormap([region for *_, region in CLASSES])
    axes.pcolormesh(along, along, lead.argmax(axis=0), cmap=regions, vmin=0, vmax=2, antialiased=False)
    for of_class in lead[:1] if len(lead) == 2 else lead:
        if of_class.min() < 0 < of_class.max():
            axes.contour(along, along, of_class, [0.0], colors=INK, linewidths=2.2, zorder=4)
    if len(mlp.weights) > 1:
        _lines_of_units(axes, mlp.weights[0], along)
    for label in np.unique(labels):
        marker, color, _ = CLASSES[label]
        look = {"color": color, "markersize": 5.5, "markeredgecolor": CARD, "markeredgewidth": 0.7}
        axes.plot(*x[labels == label].T, marker, zorder=5, gid=f"{name}-points-{label}", **look)


def _lines_of_units(axes, V, along):
    """Draw the line of each hidden unit, where its sum is 0, unless it has none."""
    for j, (bias, across, up) in enumerate(V, start=1):
        steep = abs(across) > abs(up)
        if not (across or up):
            continue
        other = -(bias + (up if steep else across) * along) / (across if steep else up)
        xs, ys = (other, along) if steep else (along, other)
        axes.plot(xs, ys, color=GREY, linewidth=1.1, zorder=3, gid=f"unit-{j}")
