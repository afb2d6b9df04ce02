"""The letters of Michael Nielsen, "Neural Networks and Deep Learning", with a softmax (chapter 3).

Hats are not written: z is before the function, a after it; L is the last layer. Gradients are positive.
"""

import re
from dataclasses import dataclass, replace

from ..reader import NoSuchLayerError, text_of
from .table import Meaning, Table

LAYERS = {"1": "L-2", "2": "L-1", "3": "L"}
NEAR = re.compile(r"([lL])(?:([+-])([12]))?")
ORDER = ("L-2", "L-1", "L")


def _of_layers(letter, quantities, part="whole"):
    return {
        (letter, False, layer): Meaning(quantity, part)
        for layer, quantity in zip(ORDER, quantities, strict=True)
        if quantity
    }


ROWS = {
    **_of_layers("a", ("x", "y", "z")),
    **_of_layers("z", (None, "y_hat", "z_hat")),
    **_of_layers("\\delta", (None, "y_hat", "z_hat"), "slope"),
    **_of_layers("w", (None, "V", "W"), "weights"),
    **_of_layers("b", (None, "V", "W"), "bias"),
    ("a", False, ""): Meaning("z"),  # \\nabla_a C
    ("x", False, ""): Meaning("x"),
    ("y", False, ""): Meaning("r"),
    ("C", False, ""): Meaning("E"),
}
SOFTMAX = (
    r"the output layer here is a softmax, whose numbers depend on each other, and C the cross-entropy: "
    r"there is no \sigma' of it. Write \delta^L = a^L - y, or take layer "
    r"L-1, or say after=[r'\text{assume the last layer is elementwise}']"
)
OTHER_COST = (
    r"C is the cross-entropy of softmax outputs here, C = -\sum_j y_j \ln a^L_j; the quadratic cost and that "
    r"of sigmoid outputs are of other networks"
)
ANY_COST = (
    r"with an elementwise last layer C is any cost here, and y is of none: write \nabla_a C for its slope; "
    r"the quadratic cost and that of sigmoid outputs are of other networks"
)
OUTSIDE = (
    (r"\\sigma'?\\left\(\\hat ?(\{\\mathbf z\}|z_)", SOFTMAX),
    (r"\\sigma'?\\left\([^()]*(\\mathbf W|w_)", SOFTMAX),
    (r"\\mathbf r - \\mathbf z\\right\)\^T|\\left\((r_\w - z_\w|z_\w - r_\w)\\right\)\^\{2\}", OTHER_COST),
    (r"\\mathbf z - \\mathbf r\\right\)\^T", OTHER_COST),
    (r"\\log\\left\(1 - z_", OTHER_COST),
    (r"E = \\frac\{.*\\mathbf z\\, \\left\(1 - \\mathbf z|\{1 - r_", OTHER_COST),
)


# Where the last layer is elementwise, too, what is said of it is said of any such layer: of the hidden one.
ORDER_AT_HIDDEN = ("L-1", "L")
AT_HIDDEN = {
    ("a", False, "L"): Meaning("y"),
    ("a", False, "L-1"): Meaning("x"),
    ("z", False, "L"): Meaning("y_hat"),
    ("\\delta", False, "L"): Meaning("y_hat", "slope"),
    ("w", False, "L"): Meaning("V", "weights"),
    ("b", False, "L"): Meaning("V", "bias"),
    ("a", False, ""): Meaning("y"),
    ("C", False, ""): Meaning("E"),
}


@dataclass(frozen=True)
class Nielsen(Table):
    """Nielsen's letters; a layer l is each layer of this book's network for which the line says something."""

    def each(self, latex):
        """Return the notation once for each layer that l may be: L and L-1, or with a function L-1."""
        if not re.search(r"\^\s*(\{[^{}]*)?(?<![A-Za-z\\])l(?![A-Za-z])", latex):
            return (self,)
        if self.rows is AT_HIDDEN:
            return (replace(self, layer="L"),)
        both = (replace(self, layer="L-1"), replace(self, layer="L"))
        has_function = re.search(r"\\sigma(?![a-z])", latex)
        has_next = re.search(r"l\s*\+\s*1", latex)
        return both[:1] if has_function or has_next else both

    def of_an_elementwise_layer(self):
        """Return the notation for an elementwise last layer, which is the hidden one here."""
        return replace(self, rows=AT_HIDDEN, outside=())

    def meaning(self, r, name):
        """Return the node that a name stands for; of an elementwise last layer no target is known."""
        if self.rows is AT_HIDDEN and name.letter == "y":
            r.refuse(ANY_COST, name.start)
        return super().meaning(r, name)

    def _is_a_letter(self, r):
        if r.peek(1) == "^":
            return True
        length = 4 if r.peek(2) == "{" else 3
        return r.peek(1) == "_" and "^" in [r.peek(k) for k in range(3, length + 4)][: length + 1]

    def is_layer(self, text):
        """Return whether a superscript names a layer."""
        return NEAR.fullmatch(text) is not None or text in LAYERS or super().is_layer(text)

    def layer_of(self, r, name):
        """Return the layer of a name, "L", "L-1" or "L-2", and what else stands above it."""
        if name.letter in "xyC" and not name.letter.startswith("\\"):
            return "", name.above
        text = text_of(name.above)
        inner = text.strip("{}()")
        number, near = LAYERS.get(inner), NEAR.match(inner)
        if number and self.rows is not AT_HIDDEN:
            return number, ()
        if not near:
            if name.below or text:
                here = name.letter
                r.refuse(f"which layer? write {here}^L, {here}^{{L-1}}, or {here}^l", name.start)
            return "", ()
        if near[1] == "l" and not self.layer:
            r.refuse("write a layer as ^l, ^{l+1} or ^{l-1}", name.start)
        order = ORDER if self.rows is not AT_HIDDEN else ORDER_AT_HIDDEN
        base = order.index(self.layer if near[1] == "l" else "L")
        place = base + int(f"{near[2]}{near[3]}" if near[3] else 0)
        if not 0 <= place < len(order):
            raise NoSuchLayerError(
                "there are the layers L, L-1 and L-2 here, which is the input", r.latex, name.start
            )
        return order[place], _behind(name.above, near.end())

    def superscript(self, layer):
        """Return a layer as it is set above a letter."""
        return layer if len(layer) == 1 else f"{{{layer}}}"

    def _below(self, name):
        """Return the indices of a name; C_x is C of one example, which it is here in any case."""
        return () if name.letter == "C" and text_of(name.below).strip("{}") == "x" else name.below


def _behind(tokens, length):
    """Return the tokens behind so many characters, braces left out."""
    kept, seen = [], 0
    for token in tokens:
        if token.text in "{}()":
            continue
        seen += len(token.text)
        if seen > length:
            kept.append(token)
    return tuple(kept)


NIELSEN = Nielsen(
    "nielsen",
    'M. Nielsen, "Neural Networks and Deep Learning", 2015',
    ROWS,
    {"\\Sigma": "slopes"},
    OUTSIDE,
)
