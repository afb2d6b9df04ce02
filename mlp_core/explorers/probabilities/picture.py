"""The picture of the softmax explorer: logits, bars, Jacobian, the naive form, and one entry's equation."""

import numpy as np

from ...pictures.ground.marks import color_key, filled_bar, frame, line, ring, symbol, words
from ...pictures.ground.numbers import fixed, number
from ...pictures.ground.style import CELLS, HAIR, INK, LABEL, NUMBER, SIGNAL, SIGNAL_TINT, SLATE, pull_color
from ..ground.live_cells import LiveCells
from ..ground.stamped_text import stamped_value, stamped_words

# Inches. The rows of all columns stand between TOP and TOP - TALL, however many classes there are.
TOP, TALL, WIDE = 3.9, 2.28, 2.55
WIDEST = 2.75  # the cells of six classes, so that their numbers find room
LOGITS, ZERO, LONGEST, LETTERS, MATRIX, NAIVE = 0.95, 1.16, 0.98, 2.76, 2.96, 6.17
EQUATION, LAST = 0.95, 0.47
LIMIT = 0.25  # no probability answers faster to a logit (chapter 01, section 10), at temperature 1


class Board:
    """What is drawn for one number of classes."""

    def __init__(self, live, classes):
        canvas, move, n = live.canvas, live.animate, classes
        gap = 0.06 if n < 5 else 0.045
        size = ((WIDE if n < 6 else WIDEST) + gap) / n - gap, (TALL + gap) / n - gap
        text_size = NUMBER if n < 5 else LABEL
        self.cells = LiveCells(live, MATRIX, TOP, (n, n), size, gap, text_size)
        self.ring = move(frame(canvas, 0, 0, *size))
        self.rows = [symbol(canvas, LETTERS, self.cells.center(k, 0)[1], "z") for k in range(n)]
        self.columns = [
            symbol(canvas, self.cells.center(0, k)[0], TOP + 0.22, rf"\hat{{z}}_{k + 1}") for k in range(n)
        ]
        high = min(0.26, 0.62 * size[1])
        self.cases, self.bars, self.texts = [], [], {"z_hat": [], "p": [], "naive": [], "sums": []}
        for k in range(n):
            x, level = self.cells.center(k, k)
            case = move(filled_bar(canvas, ZERO, level - high / 2, 0, high, SIGNAL_TINT, gid=f"z-{k + 1}"))
            case.set(edgecolor=SIGNAL, linewidth=HAIR)
            self.cases.append(case)
            bar = filled_bar(canvas, ZERO, level - high / 3, 0, high / 1.5, gid=f"p-{k + 1}")
            self.bars.append(move(bar))
            text = self.texts
            text["z_hat"].append(move(stamped_value(canvas, LOGITS, level, ha="right", color=SIGNAL)))
            text["p"].append(move(stamped_value(canvas, ZERO, level, ha="left")))
            text["naive"].append(move(stamped_value(canvas, NAIVE, level)))
            text["sums"].append(move(stamped_value(canvas, x, TOP - TALL - 0.2, color=SLATE)))

    def set_visible(self, visible):
        """Show or hide the board."""
        self.cells.set_visible(visible)
        for artists in (self.rows, self.columns, self.cases, self.bars, [self.ring], *self.texts.values()):
            for artist in artists:
                artist.set_visible(visible)

    def place(self, numbers):
        """Put bars, cells and numbers where they are now."""
        cooled = numbers["temperature"] != 1
        self.cells.place(numbers["jacobian"], LIMIT / numbers["temperature"])
        sums = numbers["jacobian"].sum(axis=0)
        for k, (z, p) in enumerate(zip(numbers["z"], numbers["p"], strict=True)):
            self.bars[k].set_width(LONGEST * p)
            self.cases[k].set_width(LONGEST * z)
            self.cases[k].set_visible(cooled)
            self.texts["p"][k].set_text(number(p))
            self.texts["p"][k].set_x(ZERO + LONGEST * (max(p, z) if cooled else p) + 0.07)
            self.texts["z_hat"][k].set_text(number(numbers["z_hat"][k]))
            naive = numbers["naive"][k]
            self.texts["naive"][k].set_text(number(naive) if np.isfinite(naive) else "nan")
            self.texts["sums"][k].set_text(number(sums[k]))


class SoftmaxPicture:
    """Everything on the card of the softmax explorer.

    Parameters
    ----------
    live : LiveFigure
    several : iterable of int
        The numbers of classes that can be asked for.
    """

    def __init__(self, live, several):
        self.live, canvas = live, live.canvas
        self.boards = {n: Board(live, n) for n in several}
        self.seen = None
        line(canvas, [ZERO, ZERO], [TOP - TALL - 0.04, TOP + 0.04], color=SLATE)
        symbol(canvas, LOGITS - 0.13, TOP + 0.22, r"\hat{z}_i", color=SIGNAL)
        self.head = symbol(canvas, ZERO + 0.1, TOP + 0.22, "z_i")
        self.by = words(canvas, ZERO + 0.28, TOP + 0.2, "")
        words(canvas, LETTERS + 0.07, TOP - TALL - 0.2, "column sums", ha="right")
        words(canvas, NAIVE, TOP + 0.37, "typed in as", ha="center")
        self.typed = words(canvas, NAIVE, TOP + 0.2, "", ha="center")
        self.verdict = live.animate(stamped_words(canvas, NAIVE, TOP - TALL - 0.2, ha="center"))
        self.lead = live.animate(stamped_words(canvas, 0.32, 4.45, color=INK))
        self.formula = live.animate(symbol(canvas, 0.32, EQUATION, "z", ha="left"))
        self.source = words(canvas, 0.32, LAST, "")
        self.filled_in = live.animate(stamped_value(canvas, 2.96, EQUATION, ha="left"))
        ring(canvas, 3.02, LAST)
        words(canvas, 3.14, LAST, "measured")
        self.measured = live.animate(stamped_value(canvas, 3.86, LAST, ha="left"))
        self._key(canvas)

    def _key(self, canvas):
        color_key(canvas, 5.1, 0.3, 1.4, CELLS, LIMIT, printed=lambda *_, **__: "")
        words(canvas, 5.8, 0.53, "0", ha="center")
        self.limits = [words(canvas, x, 0.53, "", ha="center") for x in (5.1, 6.5)]

    def place(self, numbers):
        """Put bars, cells, ring and numbers where they are now."""
        i, k, tau = numbers["i"], numbers["k"], numbers["temperature"]
        letter = "z" if tau == 1 else "p"
        board = self.boards[len(numbers["p"])]
        if self.seen != (board, letter):
            self._turn_to(board, letter)
        board.place(numbers)
        self._speak_of(board, letter, i, k)
        column, entry = numbers["jacobian"][:, k - 1], numbers["entry"]
        self.lead.set_text(
            f"Raise logit {k}: class {k} gains {fixed(column[k - 1], 4)} of it, "
            f"the {len(column) - 1} others together lose {fixed(column[k - 1] - column.sum(), 4)}."
        )
        p_i, p_k = (number(numbers["p"][number_of - 1], 4) for number_of in (i, k))
        over = "" if tau == 1 else f" / {number(tau, 4)}"
        self.filled_in.set_pieces(
            ("= ", INK), (p_i, SIGNAL), (f" ({int(i == k)} − ", INK), (p_k, SIGNAL), (f"){over} = ", INK),
            (fixed(entry, 4, sign=True), pull_color(entry)),
        )  # fmt: skip
        self.measured.set_text(fixed(numbers["measured"], 4, sign=True))
        self.verdict.set_text("agrees" if numbers["agrees"] else "breaks")

    def _speak_of(self, board, letter, i, k):
        """Put the ring around an entry, and write its equation."""
        left, bottom = board.cells.corner(i - 1, k - 1)
        board.ring.set_x(left - 0.03)
        board.ring.set_y(bottom - 0.03)
        over = "" if letter == "z" else r"\dfrac{1}{\tau}\,"
        slope = rf"\dfrac{{\partial {letter}_{i}}}{{\partial \hat{{z}}_{k}}}"
        self.formula.set_text(rf"${slope}\,=\,{over}{letter}_{i}\,(\delta_{{{i}{k}}} - {letter}_{k})$")

    def _turn_to(self, board, letter):
        """Show another number of classes, or another letter: what rarely changes."""
        for other in self.boards.values():
            other.set_visible(other is board)
        for k, row in enumerate(board.rows):
            row.set_text(f"${letter}_{k + 1}$")
        self.head.set_text(f"${letter}_i$")
        at_one = letter == "z"
        self.by.set_text("by (1.16)" if at_one else "by (1.19)")
        self.typed.set_text("(1.2) stands" if at_one else "(1.19) stands")
        self.source.set_text("equation (1.10)" if at_one else "equation (1.20)")
        for limit, sign in zip(self.limits, "−+", strict=True):
            limit.set_text(sign + (number(LIMIT) if at_one else "1/(4τ)"))
        self.seen = (board, letter)
        self.live.redraw()
