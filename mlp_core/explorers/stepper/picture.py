"""The stepper's picture: a network, and below it the line, the beads of the pass, the table and its check."""

import numpy as np

from ...pictures.ground.marks import frame, line, symbol, words
from ...pictures.ground.numbers import fixed, number
from ...pictures.ground.style import CARD, GREY, HAIR, HAIRLINE, LABEL, OUTLINE, PULL_UP, SIGNAL, SLATE
from ..ground.live_cells import LiveCells
from ..ground.live_figure import LiveFigure
from ..ground.stamped_text import stamped_value, stamped_words
from .line import EDGES, LEFT, MEASURED, RIGHT, WrittenLine
from .network import NetworkDrawing
from .numbers import BACKWARD, FORWARD, NETWORKS, QUANTITIES

HEIGHT = 7.0  # inches
BEADS, NAMES, RULE, TITLE, TOP = MEASURED, 1.66, 1.46, 1.3, 1.16  # inches from below
CELL, GAP = (0.46, 0.19), 0.03
SMALL, LARGE = 45, 120  # the beads' areas in square points
LOWERED = {ord("_"): None} | {ord(digit): chr(0x2080 + int(digit)) for digit in "0123456789"}
BEAD_NAMES = {"y_hat": r"\hat{\mathbf{y}}", "z_hat": r"\hat{\mathbf{z}}", "E": "E"}


class StepperPicture:
    """Both networks with their tables, of which one pair is shown, and what stands below either.

    Parameters
    ----------
    live : LiveFigure
    """

    def __init__(self, live: LiveFigure):
        self.live, self.shown = live, None
        self.networks, self.tables = {}, {}
        for name in NETWORKS:
            sizes = tuple(map(int, name.split("-")))
            self.networks[name], self.tables[name] = NetworkDrawing(live, sizes), Table(live, sizes)
        self.line, self.beads, self.check = WrittenLine(live), Beads(live), CheckPanel(live)

    def place(self, numbers):
        """Fill in the network that is shown, and everything below it."""
        if self.shown != numbers["network"]:
            self.shown = numbers["network"]
            for boards in (self.networks, self.tables):
                for name, board in boards.items():
                    board.set_visible(name == self.shown)
            self.live.redraw()
        for part in (self.networks[self.shown], self.tables[self.shown], self.line, self.beads, self.check):
            part.place(numbers)


class Beads:
    """The chain of quantities: those passed are filled, the present one is larger."""

    def __init__(self, live: LiveFigure):
        canvas = live.canvas
        xs = [0.5 + 0.34 * k for k in range(len(FORWARD))]
        xs += [xs[-1] + 0.46 + 0.34 * k for k in range(len(BACKWARD))]
        ys = [BEADS] * len(xs)
        self.beads = live.animate(canvas.scatter(xs, ys, s=SMALL, linewidths=OUTLINE, zorder=3, gid="beads"))
        for x, name in zip(xs, QUANTITIES, strict=True):
            letter = name.removeprefix("pull_")
            symbol(canvas, x, NAMES, BEAD_NAMES.get(letter, rf"\mathbf{{{letter}}}"), size=11, color=SLATE)

    def place(self, numbers):
        """Fill the beads up to the present one."""
        step, count = numbers["step"], len(QUANTITIES)
        kinds = [SIGNAL] * len(FORWARD) + [PULL_UP] * len(BACKWARD)
        self.beads.set_facecolor([kinds[k] if k < step else CARD for k in range(count)])
        self.beads.set_edgecolor([kinds[k] if k < step else GREY for k in range(count)])
        self.beads.set_sizes([LARGE if k == step - 1 else SMALL for k in range(count)])


class Table:
    """Both matrices, bias first: the pulls as far as they are known, or what the check finds."""

    def __init__(self, live: LiveFigure, sizes: tuple[int, int, int]):
        n_inputs, n_hidden, n_classes = sizes
        canvas = live.canvas
        before = set(canvas.get_children())
        letters = [
            symbol(canvas, x, TOP - 0.1, rf"\mathbf{{{letter}}}", size=11)
            for x, letter in ((LEFT + 0.08, "V"), (2.5, "W"))
        ]
        self.cells = {
            "V": LiveCells(live, 0.65, TOP, (n_hidden, n_inputs + 1), CELL, GAP, LABEL),
            "W": LiveCells(live, 2.68, TOP, (n_classes, n_hidden + 1), CELL, GAP, LABEL),
        }
        self.rings = {name: live.animate(frame(canvas, 0, 0, *CELL, gid=f"ring-{name}")) for name in "VW"}
        self.artists = [*letters, *(a for a in canvas.get_children() if a not in before)]

    def set_visible(self, visible):
        """Show or hide the table."""
        for artist in self.artists:
            artist.set_visible(visible)

    def place(self, numbers):
        """Write the pulls or the differences; ring what is spoken of, or the largest difference of each."""
        check = numbers["table"] == "check"
        shown = {name: numbers[f"{'difference' if check else 'pull'}_{name}"] for name in "VW"}
        known = [name for name in "VW" if shown_in_table(numbers, name)]
        found = [name for name in "VW" if not numbers[f"ok_{name}"]]
        counts = found if check else known  # rounding is no finding: without one every cell is the card's
        limit = max((np.abs(shown[name]).max() for name in counts), default=1.0) or 1.0
        for name, cells in self.cells.items():
            cells.place(
                shown[name] if name in known else 0 * shown[name], limit, signed if name in known else _blank
            )
            place = self._ringed(name, numbers, check)
            self.rings[name].set_visible(place is not None)
            if place is not None:
                x, y = cells.corner(*place)
                self.rings[name].set_bounds(x - 0.02, y - 0.02, CELL[0] + 0.04, CELL[1] + 0.04)

    def _ringed(self, name, numbers, check):
        if check:
            return None if numbers[f"ok_{name}"] else numbers[f"where_{name}"]
        return numbers["place"] if numbers["quantity"] == f"pull_{name}" else None


class CheckPanel:
    """What the table shows, and what the gradient check says of each matrix."""

    def __init__(self, live: LiveFigure):
        canvas = live.canvas
        line(canvas, EDGES, [RULE, RULE], color=HAIRLINE, linewidth=HAIR)
        self.title = live.animate(stamped_words(canvas, LEFT, TITLE))
        words(canvas, RIGHT, TITLE, "gradient check: relative error", ha="right")
        self.said = {
            name: live.animate(stamped_value(canvas, RIGHT, TOP - 0.1 - 0.21 * k, ha="right"))
            for k, name in enumerate("VW")
        }
        self.of = live.animate(stamped_words(canvas, RIGHT, TOP - 0.54, ha="right"))
        self.slip = live.animate(stamped_words(canvas, RIGHT, TOP - 0.74, ha="right"))

    def place(self, numbers):
        """Write the title and the two findings."""
        titles = {"pulls": "pulls on the weights, biases first", "check": "derived − measured, biases first"}
        self.title.set_text(titles[numbers["table"]])
        for name, text in self.said.items():
            said, at, where = finding(numbers, name).partition(" at ")
            text.set_text(f"{name}: {said}{at}{where.translate(LOWERED)}")
        self.slip.set_text("" if numbers["slip"] == "none" else f"slip: {numbers['slip']}")
        self.of.set_text("on two examples" if numbers["two_examples"] else "on one example")


def shown_in_table(numbers, name):
    """Return whether the table has numbers of a matrix: its pulls are computed, or the check is asked for."""
    return numbers["table"] == "check" or f"pull_{name}" in QUANTITIES[: numbers["step"]]


def finding(numbers, name):
    """Return what the check says of a matrix: "right", "0.1388 at v_22", or "not yet" before its pulls."""
    if not shown_in_table(numbers, name):
        return "not yet"
    if numbers[f"ok_{name}"]:
        return "right"
    i, j = numbers[f"where_{name}"]
    return f"{fixed(numbers[f'error_{name}'], 4)} at {name.lower()}_{i + 1}{j}"


def signed(entry):
    """Return a table's number, with its sign."""
    return number(entry, sign=True)


def _blank(entry):
    return ""
