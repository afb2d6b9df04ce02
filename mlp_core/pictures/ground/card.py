"""The light card on which every picture is drawn, and the finished picture."""

import io
import re
from dataclasses import dataclass
from pathlib import Path

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from .numbers import in_words, number
from .style import CARD, DPI, HAIR, HAIRLINE, INK, MESSAGE, WIDTH, house_style

LONGEST_MESSAGE = 62  # characters
LONGEST_TEXT = 60  # words


@dataclass(frozen=True)
class Picture:
    """A finished drawing and what it says in words.

    `description` tells what is drawn, with the numbers that carry the message; `message` is
    the line at the top of the card, symbols in words.
    """

    figure: Figure
    description: str
    message: str

    def __post_init__(self):
        words = len(self.alternative_text.split())
        if words > LONGEST_TEXT:
            raise ValueError(f"alternative_text: expected at most {LONGEST_TEXT} words, got {words}")

    @property
    def alternative_text(self):
        """What a reader who cannot see the picture is told."""
        end = "" if self.message.endswith(("?", "!", ".")) else "."
        return f"{self.description} {self.message}{end}"

    def png(self):
        """Return the picture as PNG bytes, 200 dots an inch, without a version or a date."""
        buffer = io.BytesIO()
        with house_style():
            self.figure.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
        return buffer.getvalue()

    def svg(self):
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

    def save(self, path):
        """Write the picture to a .png or .svg file."""
        path = Path(path)
        if path.suffix == ".png":
            path.write_bytes(self.png())
        elif path.suffix == ".svg":
            path.write_text(self.svg(), encoding="utf-8", newline="\n")
        else:
            raise ValueError(f"path: expected a name that ends in .png or .svg, got {path.name!r}")

    def __repr__(self):
        return self.alternative_text

    def _ipython_display_(self):
        """Show one PNG and, below it, its words for everyone."""
        from IPython.display import publish_display_data

        width, height = (round(100 * inches) for inches in self.figure.get_size_inches())
        text = self.alternative_text
        publish_display_data(
            {"image/png": self.png(), "text/plain": text},
            # JupyterLab 4 ignores alt; nbconvert's classic template honours it.
            {"image/png": {"width": width, "height": height, "alt": text}},
        )
        publish_display_data({"text/markdown": f"*{_without_marks(text)}*"})


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _without_marks(text):
    """Return `text` so that Markdown shows every character of it."""
    return re.sub(r"([\\`*_$|<>\[\]])", r"\\\1", text)


def blank_card(height, message):
    """Return a figure with an empty card and the axes to draw on it, both measured in inches.

    The axes cover the whole figure: (0, 0) is its lower left corner, (7, height) the upper right.
    """
    length = len(re.sub(r"\$[^$]+\$", "zz", message))
    if length > LONGEST_MESSAGE:
        raise ValueError(f"message: expected at most {LONGEST_MESSAGE} characters, got {length}")
    figure = Figure(figsize=(WIDTH, height))
    FigureCanvasAgg(figure)
    canvas = figure.add_axes((0, 0, 1, 1), label="card")
    canvas.set(xlim=(0, WIDTH), ylim=(0, height), xticks=[], yticks=[])
    canvas.axis("off")
    sheet = FancyBboxPatch((0.02, 0.02), WIDTH - 0.04, height - 0.04, zorder=-10, gid="card")
    sheet.set_boxstyle("round", pad=0, rounding_size=0.13)
    sheet.set(facecolor=CARD, edgecolor=HAIRLINE, linewidth=HAIR)
    canvas.add_patch(sheet)
    canvas.text(0.32, height - 0.36, message, size=MESSAGE, weight="bold", color=INK, va="center")
    return figure, canvas


def finished(figure, message, description):
    """Return the picture: the message's symbols are put into words."""
    return Picture(figure, description, in_words(message))


def panel(figure, left, bottom, width, height, **properties):
    """Return axes without a box at a place of the card given in inches."""
    across, up = figure.get_size_inches()
    axes = figure.add_axes((left / across, bottom / up, width / across, height / up))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda tick, _: number(tick, 4))
    axes.set(**properties)
    return axes
