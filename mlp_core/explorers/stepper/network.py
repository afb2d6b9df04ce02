"""The network of the stepper: units, edges and pulls, each shown once the pass has come to it."""

import numpy as np
from matplotlib.collections import LineCollection

from ...pictures.ground import networks
from ...pictures.ground.marks import frame, rounded_box, words
from ...pictures.ground.numbers import fixed, number
from ...pictures.ground.style import GREY, INK, LINES, pull_color, symmetric
from ..ground.stamped_text import stamped_value
from .numbers import QUANTITIES

MIDDLE, BIAS_Y, TALLEST = 4.72, 3.0, 2.22  # inches: the layers' middle, the bias nodes, first to last unit
CHIPS = 5  # at most as many edges lead into one unit
BELOW = networks.CAPSULE[1] / 2 + 0.13  # from a unit's middle to its pulls
HALF = networks.CAPSULE[0] / 4


class NetworkDrawing:
    """One network on the card: what stays, and what the pass fills in."""

    def __init__(self, live, sizes):
        canvas = live.canvas
        before = set(canvas.get_children())
        pitch = min(0.92, TALLEST / (max(sizes) - 1))
        self.places = networks.geometry(sizes, MIDDLE, pitch, bias_y=BIAS_Y)
        self._stays(canvas)
        self.artists = [artist for artist in canvas.get_children() if artist not in before]
        self.edges = self._edges(canvas)
        self.texts = {name: self._texts(canvas, name) for name in ("x", "r", "y_hat", "y", "z_hat", "z", "E")}
        self.pulls = {name: self._texts(canvas, name, -BELOW) for name in ("z_hat", "y", "y_hat")}
        self.chips = [rounded_box(canvas, 0, 0, 0.4, 0.22, zorder=5) for _ in range(CHIPS)]
        self.on_chips = [stamped_value(canvas, 0, 0, weight="bold", zorder=6) for _ in range(CHIPS)]
        self.frame = frame(canvas, 0, 0, 0.4, 0.22, outset=0, gid="spoken-of")
        moving = [self.edges, *self.chips, *self.on_chips, self.frame]
        moving += [
            text for columns in (self.texts, self.pulls) for column in columns.values() for text in column
        ]
        live.animate(*moving)
        self.moving = moving

    def set_visible(self, visible):
        """Show or hide the whole network."""
        for artist in (*self.artists, *self.moving):
            artist.set_visible(visible)

    def place(self, numbers):
        """Fill in what the pass has come to."""
        reached = QUANTITIES[: numbers["step"]]
        self._place_edges(numbers, reached)
        for name, column in self.texts.items():
            shown = name in reached or name in ("x", "r")
            entries = np.atleast_1d(numbers[name])
            for text, entry in zip(column, entries, strict=True):
                text.set_text(short(entry) if shown else "")
        for name, column in self.pulls.items():
            for i, text in enumerate(column):
                self._place_pull(text, numbers, name, i, "pull_" + name in reached)
        self._place_chips(numbers)
        self._place_frame(numbers)

    def _stays(self, canvas):
        places = self.places
        networks.comparison(canvas, places)
        for i, center in enumerate(places.inputs, start=1):
            networks.disc(canvas, center, "", gid=f"x-{i}")
        for i, center in enumerate(places.targets, start=1):
            networks.disc(canvas, center, "", networks.TARGET, tinted=False, gid=f"r-{i}")
        for letter, column in (("y", places.hidden), ("z", places.outputs)):
            for i, center in enumerate(column, start=1):
                networks.capsule(canvas, center, "", "", gid=f"{letter}-{i}")
        networks.softmax_bar(canvas, places.outputs)
        networks.loss_square(canvas, places.loss, "")
        networks.bias_node(canvas, places.input_bias, "x", name_at=(-0.14, 0.3))
        networks.bias_node(canvas, places.hidden_bias, "y", name_at=(-0.47, 0))
        networks.letters(canvas, places)
        words(canvas, 6.66, BIAS_Y + 0.18, "color of an edge: its pull, once known", ha="right")
        words(canvas, 6.66, BIAS_Y, "thick: large |w|; dashed: w < 0", ha="right")

    def _edges(self, canvas):
        """Make all edges one artist: those of V row by row, then those of W."""
        heads_and_tails = [(self.places.heads(layer), self.places.tails(layer)) for layer in (0, 1)]
        self.segments = [
            np.array([[(tail, head) for tail in tails] for head in heads]) for heads, tails in heads_and_tails
        ]
        lines = [segment for layer in self.segments for row in layer for segment in row]
        edges = LineCollection(lines, colors=GREY, zorder=1, capstyle="butt", gid="edges")
        return canvas.add_collection(edges, autolim=False)

    def center(self, name, i):
        """Return the middle of the place where a number of a unit is printed."""
        column, half = {
            "x": (self.places.inputs, 0), "r": (self.places.targets, 0), "E": ((self.places.loss,), 0),
            "y_hat": (self.places.hidden, -1), "y": (self.places.hidden, 1),
            "z_hat": (self.places.outputs, -1), "z": (self.places.outputs, 1),
        }[name]  # fmt: skip
        x, y = column[i]
        return x + half * HALF, y

    def _texts(self, canvas, name, up=0.0):
        column = {"x": "inputs", "r": "targets", "y": "hidden", "z": "outputs"}.get(name[0])
        count = len(getattr(self.places, column)) if column else 1
        places = (self.center(name, i) for i in range(count))
        # Pulls stand clear of the bar of softmax, and of each other.
        aside = {"z_hat": -0.08, "y_hat": -0.06, "y": 0.06}[name] if up else 0.0
        return [stamped_value(canvas, x + aside, y + up, zorder=6) for x, y in places]

    def _place_edges(self, numbers, reached):
        weights = [numbers["V"], numbers["W"]]
        widths = [0.7 + 2.5 * np.abs(w).ravel() / (np.abs(w).max() or 1.0) for w in weights]
        self.edges.set_linewidth(np.concatenate(widths))
        signs = np.concatenate([w.ravel() for w in weights])
        self.edges.set_linestyle(["--" if w < 0 else "-" for w in signs])
        known = [name for name in ("pull_V", "pull_W") if name in reached]
        limit = max((np.abs(numbers[name]).max() for name in known), default=1.0) or 1.0
        scale = symmetric(limit)
        colors = [
            LINES(scale(numbers[name].ravel())) if name in known else LINES(np.full(numbers[name].size, 0.5))
            for name in ("pull_V", "pull_W")
        ]
        self.edges.set_color(np.concatenate(colors))

    def _place_pull(self, text, numbers, name, i, known):
        if not known:
            text.set_text("")
            return
        pull = numbers["pull_" + name][i]
        spoken = numbers["quantity"] == "pull_" + name and numbers["place"] == (i,)
        text.set_text(pulled(pull, 4 if spoken or name == "z_hat" else 2))
        text.set_color(pull_color(pull))

    def _place_chips(self, numbers):
        """Put what the spoken line multiplies by on the edges it goes along."""
        chips = self._chips(numbers)
        for k, (box, text) in enumerate(zip(self.chips, self.on_chips, strict=True)):
            box.set_visible(k < len(chips))
            text.set_visible(k < len(chips))
            if k < len(chips):
                segment, along, printed, color = chips[k]
                x, y = segment[0] + along * (segment[1] - segment[0])
                wide = 0.088 * len(printed) + 0.1
                box.set_bounds(x - wide / 2, y - 0.11, wide, 0.22)
                text.set_position((x, y))
                text.set_text(printed)
                text.set_color(color)

    def _chips(self, numbers):
        """Return (edge, how far along it, text, color) for each chip."""
        quantity, place = numbers["quantity"], numbers["place"]
        V, W = self.segments
        if quantity in ("y_hat", "z_hat"):
            edges, weights = (V, numbers["V"]) if quantity == "y_hat" else (W, numbers["W"])
            row = zip(edges[place[0]], weights[place[0]], strict=True)
            return [(edge, 0.36, short(w), INK) for edge, w in row]
        if quantity == "pull_y":
            column = zip(W[:, place[0] + 1], numbers["carried"][:, place[0]], strict=True)
            return [(edge, 0.62, short(w), INK) for edge, w in column]
        if quantity in ("pull_W", "pull_V"):
            edges = W if quantity == "pull_W" else V
            pull = numbers["value"]
            return [(edges[place], 0.5, pulled(pull, 4), pull_color(pull))]
        return []

    def _place_frame(self, numbers):
        """Put the ring around the number that is spoken of."""
        quantity, place = numbers["quantity"], numbers["place"]
        name = quantity.removeprefix("pull_")
        if name in ("V", "W"):
            x, y, wide, high = *self.on_chips[0].get_position(), self.chips[0].get_width() + 0.06, 0.28
        elif quantity == name:
            x, y = self.center(name, place[0] if place else 0)
            wide, high = {"x": (0.54, 0.54), "E": (0.5, 0.5)}.get(name, (2 * HALF + 0.06, 0.54))
        else:
            x, y = self.pulls[name][place[0]].get_position()
            wide, high = 0.7, 0.22
        self.frame.set_bounds(x - wide / 2, y - high / 2, wide, high)


def short(value):
    """Return a number that fits half a unit: two decimals, none from 100 on."""
    return number(value, 2 if abs(value) < 99.995 else 0)


def pulled(pull, decimals):
    """Return a pull with its sign; a small one keeps it by one decimal more."""
    return fixed(pull, decimals + int(0 < abs(pull) < 0.5 * 10**-decimals), sign=True)
