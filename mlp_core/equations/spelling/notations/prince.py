"""The letters of Simon Prince, "Understanding Deep Learning": a subscript is the layer, a[…] the function."""

import re
from dataclasses import dataclass, replace

from ..reader import NoSuchLayerError, text_of
from .table import Meaning, Table

LAST = 1
ROWS = {
    ("x", False, ""): Meaning("x"),
    ("h", False, "0"): Meaning("x"),
    ("f", False, "0"): Meaning("y_hat"),
    ("h", False, "1"): Meaning("y"),
    ("f", False, "1"): Meaning("z_hat"),
    ("\\Omega", False, "0"): Meaning("V", "weights"),
    ("\\Omega", False, "1"): Meaning("W", "weights"),
    ("\\beta", False, "0"): Meaning("V", "bias"),
    ("\\beta", False, "1"): Meaning("W", "bias"),
    ("y", False, ""): Meaning("r"),
    ("\\ell", False, ""): Meaning("E"),
    ("L", False, ""): Meaning("E"),
}
NEAR = re.compile(r"k([+-]1)?|[0-9]")


@dataclass(frozen=True)
class Prince(Table):
    """Prince's letters; a layer k is each of the two for which the line says something."""

    def each(self, latex):
        """Return the notation once for each layer that k may be."""
        if not re.search(r"_\s*(\{[^{}]*)?(?<![A-Za-z\\])k(?![A-Za-z])", latex):
            return (self,)
        return tuple(replace(self, layer=str(k)) for k in range(LAST + 1))

    def layer_of(self, r, name):
        """Return the layer that a name's subscript says, and what stands above it."""
        text = text_of(name.below).strip("{}")
        if name.letter in ("x", "y", "L", "\\ell") or not NEAR.fullmatch(text):
            return "", name.above
        shift = int(text[1:] or 0) if text[0] == "k" else 0
        if text[0] == "k" and not self.layer:
            r.refuse("write a layer as _k, _{k+1} or _{k-1}", name.start)
        layer = int(self.layer or 0) + shift if text[0] == "k" else int(text)
        if (name.letter, False, str(layer)) not in self.rows:
            raise NoSuchLayerError(f"there is no {name.letter}_{layer} in this network", r.latex, name.start)
        return str(layer), name.above

    def spelled(self, key):
        """Return how a letter is written, its layer below it."""
        return f"{key[0]}_{key[2]}" if key[2] else key[0]

    def _below(self, name):
        return name.below if name.letter in "xy" else ()


PRINCE = Prince(
    "prince",
    'S. Prince, "Understanding Deep Learning", 2023, chapter 7, with a softmax behind the last layer',
    ROWS,
    functions={"a": "sigma"},
)
