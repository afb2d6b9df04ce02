"""A notation as a table: what each letter of another book is in this one, and how a letter is found there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ...language import tree
from ...language.notation import NOTATION
from ...language.tree import Symbol
from ..indices import indices_of, is_transpose
from ..letters import Letters
from ..reader import whole
from ..sums import read_sum

FREE = ("1", "t", "K", "H", "D")  # which mean the same in every notation
SYMBOLS = {row.node: (row.plain, row.bold, row.hat) for row in NOTATION if row.mode in ("any", "single")}


@dataclass(frozen=True)
class Meaning:
    """What a letter of another book is here.

    Parameters
    ----------
    quantity : str
        Its name in the code: "z_hat", "W", "E".
    part : str
        "whole"; of W and V also "weights" and "bias"; "slope" for the gradient of E by it, and
        "weights slope" and "bias slope" for those of the parts.
    turned : bool
        Whether the other book writes the matrix transposed.
    """

    quantity: str
    part: str = "whole"
    turned: bool = False


@dataclass(frozen=True)
class Table(Letters):
    """Another book's letters and signs.

    Parameters
    ----------
    name : str
    source : str
        The book, and where in it.
    rows : mapping
        (letter, hat, layer) -> its `Meaning`.
    functions : mapping
        The names of its functions: "\\\\phi" -> "sigma".
    outside : tuple of (pattern, sentence)
        What is said there of another network than this book's: a pattern of the line in this book's letters.
    layer : str
        The layer that its letter for any layer stands for.
    """

    name: str
    source: str
    rows: Mapping
    functions: Mapping = field(default_factory=dict)
    outside: tuple = ()
    layer: str = ""
    from_1 = True
    assumes = True

    @property
    def words(self):
        """Return the letters that are words."""
        return tuple(sorted({key[0] for key in self.rows if len(key[0]) > 1 and key[0][0] != "\\"}))

    def stands_here(self, r):
        """Return whether a letter of the notation begins here."""
        text = r.peek()
        if text in self.functions:
            return False
        if text == "\\delta":
            return self._is_a_letter(r)
        if text in self.words or any(key[0] == text for key in self.rows):
            return True
        return not r.is_word() and super().stands_here(r)

    def is_letter(self, text):
        """Return whether a token is a letter."""
        return super().is_letter(text) or any(key[0] == text for key in self.rows)

    def _is_a_letter(self, r):
        """Return whether \\delta here is a letter of the table, and not Kronecker's."""
        return False

    def meaning(self, r, name):
        """Return the node that a name stands for in this book."""
        if name.primes:
            r.refuse("a prime is for a function's slope here: write ^T for the transpose", name.start)
        if name.letter in FREE and not name.hat and (name.letter, False, "") not in self.rows:
            return super().meaning(r, name)
        layer, rest = self.layer_of(r, name)
        row = self.rows.get((name.letter, name.hat, layer))
        if row is None and not layer and not name.below and not name.hat:
            own = name.letter if name.letter.startswith("\\") else f"\\{name.letter}"
            return Symbol(own)  # an argument, or a letter of the author's own
        if row is None:
            r.refuse(
                f"{self._written(name, layer)} is no letter of this notation: {self._known()} are", name.start
            )
        indices = indices_of(r, self._below(name))
        is_whole = name.bold or bool(layer) or row.part != "whole"
        node = r.placed(_built(row, indices, r, name.start), name.start)
        if not is_whole and not indices and row.quantity != "E":  # settled later, as a plain letter is
            node = replace(node, letter=SYMBOLS[row.quantity][0], bold=False)
        if not rest:
            return node
        if is_transpose(rest):
            return tree.Transpose(node)
        return tree.Power(node, whole(r.inside(list(rest)), read_sum))

    def layer_of(self, r, name):
        """Return (the layer that a name's superscript says or "", the tokens that say something else)."""
        text = "".join(token.text for token in name.above)
        found = re.match(r"[{(\[]*([12])[)\]}]+", text) if "(" in text or "[" in text else None
        if not found:
            return "", name.above
        kept, seen = [], 0
        for token in name.above:
            seen += len(token.text)
            kept += [token] if seen > found.end() else []
        return found[1], tuple(kept)

    def spelled(self, key):
        """Return how a letter of the table is written, to which an index may be set."""
        letter, hat, layer = key
        if letter in self.words:
            return rf"\text{{{letter}}}"
        letter = rf"\hat {letter}" if hat else letter
        return f"{letter}^{self.superscript(layer)}" if layer else letter

    def superscript(self, layer):
        """Return a layer as it is set above a letter."""
        return f"{{({layer})}}"

    def _below(self, name):
        return name.below

    def _written(self, name, layer):
        return f"{name.letter}{'^' + layer if layer else ''}"

    def _known(self):
        return ", ".join(dict.fromkeys(f"{k[0]}{'^' + k[2] if k[2] else ''}" for k in self.rows))


def _built(row, indices, r, start):
    """Return the node of a `Meaning` with indices."""
    part, by = row.part.removesuffix(" slope"), row.part.endswith("slope")
    part = "whole" if part == "slope" else part
    plain, _, hat = SYMBOLS[row.quantity]
    if row.quantity == "E" and indices:
        r.refuse("how wrong it is is one number", start)
    wanted = {"weights": 2, "bias": 1}.get(part, 2 if row.quantity in "VW" else 1)
    if not indices:
        return whole_of(row)
    if len(indices) != wanted:
        r.refuse(f"it has {wanted} {'index' if wanted == 1 else 'indices'}, here {len(indices)}", start)
    indices = indices[::-1] if row.turned and part == "weights" else indices
    one = Symbol(plain, hat, indices=(*indices, 0) if part == "bias" else indices)
    return tree.Partial(Symbol("E"), one) if by else one


def whole_of(row):
    """Return the node of a `Meaning` without indices."""
    _, bold, hat = SYMBOLS[row.quantity]
    if row.quantity == "E":
        return Symbol("E")
    part, by = row.part.removesuffix(" slope"), row.part.endswith("slope")
    return _of_whole(Symbol(bold, hat, bold=True), part, by, row.turned)


def _of_whole(symbol, part, by, turned):
    if part == "weights" and not by:
        symbol = replace(symbol, sliced=True)
    node = tree.Gradient(symbol) if by else symbol
    if part == "bias" or (part == "weights" and by):
        node = tree.Columns(node, "0" if part == "bias" else "1:")
    return tree.Transpose(node) if turned and part == "weights" else node
