"""The book's colors, sizes and drawing settings; every picture takes them from here.

Color says which way a number travels. Each color has a second sign that survives grey paper.
"""

from contextlib import contextmanager

import matplotlib
from matplotlib.colors import LinearSegmentedColormap, TwoSlopeNorm

SIGNAL = "#0B7A75"  # forward: x, y, z and the outlines of units
SIGNAL_TINT = "#D3E8E5"
PULL_UP = "#BF4F08"  # a positive pull, a tangent, a slope
PULL_DOWN = "#5A45A8"  # a negative pull
INK = "#1B2430"  # given or measured; the target r and E, drawn hollow
SLATE = "#566070"  # labels and axes
GREY = "#858F9D"  # edges at rest, guides, bias nodes
CARD = "#FCFBF8"
HAIRLINE = "#DAD9D3"  # never carries meaning

# Three maps for signed numbers, from negative to positive. Zero is the card, grey, and the card again.
CELL_COLORS = ("#9C8FD6", "#CBC4EA", CARD, "#F6C9A4", "#E98F4A")
LINE_COLORS = ("#5A45A8", "#7A70AE", GREY, "#B07A55", "#BF4F08")
PICTURE_COLORS = ("#3A2A80", "#8A7BCB", CARD, "#EFA766", "#A94304")
CELLS = LinearSegmentedColormap.from_list("cells with numbers", CELL_COLORS)
LINES = LinearSegmentedColormap.from_list("lines and edges", LINE_COLORS)
PICTURES = LinearSegmentedColormap.from_list("pictures without numbers", PICTURE_COLORS)
PAPER_TO_INK = LinearSegmentedColormap.from_list("paper to ink", (CARD, INK))

# Classes in a plane: the marker, the color of the points, the color of the region.
CLASSES = (("o", "#8F6A0A", "#EBDFC3"), ("^", "#0B7A75", "#B5D8D5"), ("s", "#3F5F8A", "#C9D3E3"))

# Sizes in points.
MESSAGE, NUMBER, LABEL, SYMBOL = 11, 10, 9, 13
HAIR, GUIDE, OUTLINE, CURVE, PULL, SPOKEN_OF = 0.8, 0.9, 1.1, 2.0, 2.1, 3.2

# Sizes in inches.
WIDTH = 7.0
MARGIN = 0.2  # nothing is drawn nearer to the edge of the card
EDGE = 0.32  # where the message begins, and how near to the other edge a text ends
DPI = 200

RC = {
    "font.family": "DejaVu Sans",
    "font.size": NUMBER,
    "mathtext.fontset": "cm",
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": SLATE,
    "axes.linewidth": HAIR,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "none",
    "axes.labelsize": LABEL,
    "figure.facecolor": "none",
    "figure.dpi": 100,
    "savefig.dpi": DPI,
    "savefig.facecolor": "none",
    "xtick.color": SLATE,
    "ytick.color": SLATE,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": LABEL,
    "ytick.labelsize": LABEL,
    "xtick.major.size": 3,
    "ytick.major.size": 3,
    "lines.linewidth": 1.8,
    "lines.solid_capstyle": "round",
    "legend.frameon": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "Backpropagation, line by line",
}


@contextmanager
def house_style():
    """Draw with the book's settings, whatever the reader's own are; also a decorator."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(RC)
        yield


def pull_color(pull):
    """Return the color of one signed number: up, down, or ink for zero."""
    return PULL_UP if pull > 0 else PULL_DOWN if pull < 0 else INK


def symmetric(limit):
    """Return the scale of a signed map: -limit to +limit with zero in the middle."""
    return TwoSlopeNorm(0.0, -limit, limit)
