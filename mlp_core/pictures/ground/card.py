"""The light card on which every picture is drawn, the panels on it, and the finished picture."""

import io
import re
from dataclasses import dataclass
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from .html_image import image_in_html
from .numbers import in_words, number, ten_to
from .palette import small_png
from .style import CARD, DPI, EDGE, HAIR, HAIRLINE, INK, MESSAGE, WIDTH, house_style

LONGEST_MESSAGE = 62  # characters
LONGEST_TEXT = 60  # words
LONGEST_LOOK = 25  # words


@dataclass(frozen=True)
class Picture:
    """A finished drawing and what it says in words.

    `description` tells what is drawn, with the numbers that carry the message, to a reader who does not see
    it; `message` is the line at the top of the card, symbols in words; `look` is the sentence below the
    picture, and says what to look at.

    Examples
    --------
    >>> from mlp_core.pictures import rows_and_columns
    >>> picture = rows_and_columns([[0.5, 2, -1], [-0.5, -1, 1]])
    >>> picture.message
    'Forward along the rows, backward down the columns'
    >>> picture.description[:68]
    'The same table of W twice. Forward, row 1 is framed: 0.5, 2 and −1. '
    >>> picture.save("rows_and_columns.svg")  # doctest: +SKIP
    """

    figure: Figure
    description: str
    message: str
    look: str = ""  # a file needs none

    def __post_init__(self):
        for name, most in (("alternative_text", LONGEST_TEXT), ("look", LONGEST_LOOK)):
            words = len(getattr(self, name).split())
            if words > most:
                raise ValueError(f"{name}: got {words} words; expected at most {most}")

    @property
    def alternative_text(self) -> str:
        """What a reader who cannot see the picture is told."""
        end = "" if self.message.endswith(("?", "!", ".")) else "."
        return f"{self.description} {self.message}{end}"

    def png(self) -> bytes:
        """Return the picture as PNG bytes, 200 dots an inch, without a version or a date."""
        buffer = io.BytesIO()
        with house_style():
            self.figure.savefig(buffer, format="rgba", dpi=DPI)
        across = round(DPI * self.figure.get_figwidth())
        return small_png(np.frombuffer(buffer.getvalue(), np.uint8).reshape(-1, across, 4), DPI)

    def svg(self) -> str:
        """Return the picture as SVG text with its title and description for screen readers."""
        buffer = io.StringIO()
        with house_style():
            nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
            self.figure.savefig(buffer, format="svg", metadata=nothing)
        drawing = re.sub(r"\A.*?(?=<svg )", "", buffer.getvalue(), flags=re.DOTALL)
        head, rest = drawing.split(">", 1)
        return (
            f'{head} role="img" aria-labelledby="title desc">\n'
            f" <!-- matplotlib {matplotlib.__version__} -->\n"
            f' <title id="title">{_escaped(self.message)}</title>\n'
            f' <desc id="desc">{_escaped(self.description)}</desc>{rest}'
        )

    def pdf(self) -> bytes:
        """Return the picture as PDF bytes, one page of its own size, without a date."""
        buffer = io.BytesIO()
        with house_style():
            told = {"Title": self.message, "Subject": self.description, "CreationDate": None}
            self.figure.savefig(buffer, format="pdf", metadata=told)
        return buffer.getvalue()

    def save(self, path: str | Path) -> None:
        """Write the picture to a .png, .svg or .pdf file."""
        path = Path(path)
        if path.suffix == ".png":
            path.write_bytes(self.png())
        elif path.suffix == ".svg":
            path.write_text(self.svg(), encoding="utf-8", newline="\n")
        elif path.suffix == ".pdf":
            path.write_bytes(self.pdf())
        else:
            raise ValueError(f"path: got {path.name!r}; expected a name that ends in .png, .svg or .pdf")

    def __repr__(self):
        return self.alternative_text

    def _ipython_display_(self):
        """Show the picture with its alternative text and, below it, what to look at.

        The text stands a second time as text/plain: of the outputs nbval compares this is the one that says
        what was drawn.
        """
        from IPython.display import publish_display_data

        text, width = self.alternative_text, round(100 * self.figure.get_figwidth())
        publish_display_data({"text/html": image_in_html(self.png(), text, width), "text/plain": text})
        publish_display_data({"text/markdown": f"*{self.look}*"})


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Card(Axes):
    """The sheet of a picture: axes of the whole figure, in inches from its lower left corner."""

    left, right = EDGE, WIDTH - EDGE  # between these two the text stands

    def below(self, inches: float) -> float:
        """Return the height of what stands so far below the upper edge."""
        return self.height - inches

    @property
    def height(self) -> float:
        """How high the sheet is."""
        return self.get_ylim()[1]


def blank_card(height: float, message: str) -> Card:
    """Return an empty card of a new figure, with the message on top.

    Raises ValueError for a message that is too long to stand on one line.
    """
    length = len(re.sub(r"\$[^$]+\$", "zz", message))
    if length > LONGEST_MESSAGE:
        raise ValueError(f"message: got {length} characters; expected at most {LONGEST_MESSAGE}")
    figure = Figure(figsize=(WIDTH, height))
    FigureCanvasAgg(figure)
    card = figure.add_axes((0, 0, 1, 1), label="card", axes_class=Card)
    card.message = message
    card.set(xlim=(0, WIDTH), ylim=(0, height), xticks=[], yticks=[])
    card.axis("off")
    sheet = FancyBboxPatch((0.02, 0.02), WIDTH - 0.04, height - 0.04, zorder=-10, gid="card")
    sheet.set_boxstyle("round", pad=0, rounding_size=0.13)
    sheet.set(facecolor=CARD, edgecolor=HAIRLINE, linewidth=HAIR)
    card.add_patch(sheet)
    card.text(card.left, card.below(0.36), message, size=MESSAGE, weight="bold", color=INK, va="center")
    return card


def finished(card: Card, description: str, look: str = "") -> Picture:
    """Return the picture: the message's symbols are put into words."""
    return Picture(card.figure, description, in_words(card.message), look)


def panel(figure: Figure, left: float, bottom: float, width: float, height: float, **properties) -> Axes:
    """Return axes without a box at a place of the card given in inches."""
    across, up = figure.get_size_inches()
    axes = figure.add_axes((left / across, bottom / up, width / across, height / up))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda tick, _: number(tick, 4))
    axes.set(**properties)
    return axes


def log_panel(figure, left, bottom, width, height, xlim, ylim, log_x=False) -> Axes:
    """Return such axes, the vertical one in powers of ten, the horizontal one if asked."""
    axes = panel(figure, left, bottom, width, height)
    scales = [(axes.yaxis, axes.set_yscale, ylim, 5)] + ([(axes.xaxis, axes.set_xscale, xlim, 7)] * log_x)
    for axis, set_scale, limits, most in scales:
        set_scale("log")
        exponents = _decades(*limits, most)
        axis.set_ticks([10.0**exponent for exponent in exponents], [ten_to(e) for e in exponents])
        axis.set_ticks([], minor=True)
    axes.set(xlim=xlim, ylim=ylim)
    return axes


def _decades(low, high, most):
    """Return the exponents of at most `most` evenly spaced powers of ten from `low` to `high`."""
    first, last = int(np.ceil(np.log10(low) - 1e-9)), int(np.floor(np.log10(high) + 1e-9))
    stride = max(1, -(-(last - first + 1) // most))
    return [exponent for exponent in range(first, last + 1) if exponent % stride == 0]
