"""Lines of the book that later steps may cite: what moves, and by what, to the numbers and texts of displays.

Each text stands in its chapter as it stands here, and is proved there without the lines below it.
"""

from dataclasses import dataclass
from functools import cache

from ..language import tree
from ..language.parser import parse
from ..reading.equation import read

SLOPES = {
    ("z", "z_hat"): {
        "1.10": r"\frac{\partial z_i}{\partial \hat z_k} = -z_i z_k + \delta_{ik}\, z_i"
        r" = z_i(\delta_{ik} - z_k)"
    },
    ("E", "z"): {"2.10": r"-\frac{\partial E}{\partial z_i} = \frac{r_i}{z_i}"},
    ("E", "z_hat"): {
        "2.5": r"-\frac{\partial E}{\partial \hat z_i} = r_i - z_i \sum_l r_l",
        "2.7": r"-\frac{\partial E}{\partial \hat z_i} = r_i - z_i",
    },
    ("z_hat", "W"): {"3.3": r"\frac{\partial \hat z_k}{\partial w_{ij}} = \delta_{ik}\, y_j"},
    ("E", "W"): {"3.6": r"-\frac{\partial E}{\partial w_{ij}} = (r_i - z_i)\, y_j"},
    ("z_hat", "y"): {"3.9": r"\frac{\partial \hat z_i}{\partial y_j} = w_{ij} \quad j \ge 1"},
    ("E", "y"): {"3.11": r"-\frac{\partial E}{\partial y_j} = \sum_l (r_l - z_l)\, w_{lj} \quad j \ge 1"},
    ("y", "y_hat"): {"4.9": r"\frac{\partial y_j}{\partial \hat y_n} = \sigma'(\hat y_j)\, \delta_{jn}"},
    ("y", "V"): {"5.2": r"\frac{\partial y_n}{\partial v_{jm}} = \delta_{jn}\, \sigma'(\hat y_j)\, x_m"},
}
NEED_THE_SUM = ("2.7", "3.6", "3.11")  # that the targets add up to 1


@dataclass(frozen=True)
class Lemma:
    """A derivative that a line of the book gives.

    Parameters
    ----------
    tag : str
    top, bottom : Symbol
        What moves, and by what.
    is_negative : bool
        Whether the line has a minus before the derivative.
    side : Node
        What it is, read.
    """

    tag: str
    top: tree.Symbol
    bottom: tree.Symbol
    is_negative: bool
    side: tree.Node


@cache
def _lemma(tag, latex):
    sides = read(parse(latex), {}).equation.sides
    first = sides[0]
    is_negative = isinstance(first, tree.Negative)
    slope = first.body if is_negative else first
    return Lemma(tag, slope.top, slope.bottom, is_negative, sides[-1])


def number(tag):
    """Return a line's number, to be compared."""
    return tuple(map(int, tag.split(".")))


def lemma_for(top, name, assumed, before):
    """Return the last `Lemma` on a derivative that stands before a line, or None.

    Parameters
    ----------
    top, name : str
        What moves, and by what.
    assumed : bool
        Whether the targets add up to 1.
    before : str or None
        The number of the line; None for a reader's own, which stands behind the book.
    """
    found = None
    for tag, latex in SLOPES.get((top, name), {}).items():
        is_early = before is None or number(tag) < number(before)
        if is_early and (assumed or tag not in NEED_THE_SUM):
            found = _lemma(tag, latex)
    return found
