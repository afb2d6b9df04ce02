"""A letter with all that is set around it, and what it stands for in the book's notation."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import ClassVar

from ..language import tree
from .indices import indices_of, is_transpose, read_indicator
from .reader import text_of, whole
from .sums import read_sum

BOLD = (
    "\\underline",
    "\\mathbf",
    "\\boldsymbol",
    "\\bm",
    "\\pmb",
    "\\vec",
    "\\textbf",
    "\\boldmath",
    "\\mathbfit",
)
PLAIN = ("\\mathcal", "\\mathscr", "\\mathnormal", "\\mathit")
LAYER = re.compile(r"[(\[]([a-zA-Z])([+-]1)?[)\]]")
LETTER = re.compile(
    r"[A-Za-z]|\\(tau|alpha|beta|gamma|epsilon|varepsilon|zeta|theta|kappa|mu|nu|xi|rho|psi|omega|Sigma|Gamma"
    r"|Theta|Omega|ell|mu|nu)"
)
ACCENTS = ("\\bar", "\\tilde", "\\overline")


@dataclass(frozen=True)
class Name:
    """A letter as it is set.

    Parameters
    ----------
    letter : str
    bold, hat : bool
    below, above : tuple of Token
        Its scripts.
    primes : int
    start : int
        Where it begins in the source.
    """

    letter: str
    bold: bool = False
    hat: bool = False
    below: tuple = ()
    above: tuple = ()
    primes: int = 0
    start: int = 0


class Letters:
    """The book's own notation: a hat is before the function, bold is the whole, column 0 is the bias."""

    words = ()  # that are letters
    assumes = False  # whether the targets add up to 1 there
    outside = ()  # what is said there of other networks: (pattern of the line as it is read, a sentence)
    functions: ClassVar[Mapping[str, str]] = MappingProxyType({})  # its names of functions
    from_1 = False  # whether the bias is apart, so that no index starts at 0

    def each(self, latex):
        """Return the notation once for each reading of a text; of the book's own letters there is one."""
        return (self,)

    def of_an_elementwise_layer(self):
        """Return the notation where the author says that the last layer is elementwise: L is a hidden one."""
        return self

    def knows_word(self, r):
        """Return whether a word is a letter of the notation."""
        return r.peek() in self.words or bool(LETTER.fullmatch(r.peek()) and r.peek() not in "de")

    def is_letter(self, text):
        """Return whether a token is a letter."""
        return bool(LETTER.fullmatch(text))

    def is_layer(self, text):
        """Return whether a superscript names a layer."""
        return re.fullmatch(r"[(\[].*[)\]]", text) is not None

    def stands_here(self, r):
        """Return whether a letter of the notation begins here."""
        text = r.peek()
        if text == "{":
            return _is_set_letter(r)
        if text == "e":
            return r.peek(1) != "^"
        if text == "d":
            return not _is_differential(r)
        if text in ACCENTS:
            return _under_accent(r) is not None
        return text in BOLD or text in PLAIN or text == "\\hat" or bool(LETTER.fullmatch(text))

    def read(self, r):
        """Return what a letter and its scripts stand for."""
        start = r.position()
        if r.peek() in BOLD and r.peek(1) in ("1", "{") and _is_indicator(r):
            return read_indicator(_behind_one(r))
        if (by := _jacobian_by(r)) is not None:
            return read_jacobian(r, by, start)
        name = read_name(r)
        node = self.meaning(r, name)
        return r.placed(node, start)

    def meaning(self, r, name):
        """Return the node that a name stands for."""
        if name.primes:
            r.refuse(
                "a prime is for a function's slope, \\sigma'(t); it transposes nothing: write ^T", name.start
            )
        layer, rest = _layer(r, name.above)
        node = _symbol(r, name, layer)
        if not rest:
            return node
        node = r.placed(node, name.start)
        if is_transpose(rest):
            return tree.Transpose(node)
        if text_of(rest).strip("{}") in ("*", "\\ast", "\\star"):
            r.refuse("a star is no power: leave it out, or define a letter of your own with :=", name.start)
        return tree.Power(node, whole(r.inside(list(rest)), read_sum))


def _jacobian_by(r):
    """Return the column below a J, as in J_{\\hat z} \\log z, and step behind it; or None."""
    texts = [r.peek(ahead) for ahead in range(6)]
    if "".join(texts[:4]) == "\\mathbf{J}":
        ahead = 4
    else:
        ahead = 2 if texts[:2] == ["\\mathbf", "J"] else 1 if texts[0] == "J" else 0
    if not ahead or r.peek(ahead) != "_":
        return None
    below = r.peek(ahead + 1) if r.peek(ahead + 1) != "{" else r.peek(ahead + 2)
    if below not in ("\\hat", *BOLD):
        return None
    r.place += ahead + 1
    part = r.inside(r.argument())
    by = part.letters.read(part)
    return by if part.finished() and isinstance(by, tree.Symbol) else part.refuse()


def read_jacobian(r, by, start):
    """Return the slopes by a column of what stands behind a J, in brackets or bare."""
    r.use("Jacobian by its letter")
    body = r.factor()
    return r.placed(tree.Jacobian(body, replace(by, bold=True)), start)


def _under_accent(r):
    """Return (the small letter under an accent, how many tokens both are), or None."""
    texts = [r.peek(ahead) for ahead in range(1, 4)]
    if texts[0] == "{" and texts[2] == "}":
        return (texts[1], 4) if re.fullmatch("[a-z]", texts[1]) else None
    return (texts[0], 2) if re.fullmatch("[a-z]", texts[0]) else None


def _is_differential(r):
    """Return whether the d here is that of a derivative: \\frac{d …}, or d E / d z."""
    return r.peek(1) not in ("", "_", ")", "}", "=", "+", "-", ",")


def _is_set_letter(r):
    """Return whether a group holds one letter and its scripts, to which more are set: {\\hat z}_i."""
    length = r.closing()
    if r.peek(length + 1) not in ("_", "^"):
        return False
    part = r.inside(r.tokens[r.place + 1 : r.place + length])
    if not part.tokens or not part.letters.stands_here(part):
        return False
    read_name(part)
    return part.finished()


def read_name(r):
    """Return a letter with its accents and fonts, in any order, and its scripts."""
    start = r.position()
    with r.deeper():
        return _scripted(r, _accented(r), start)


def _accented(r):
    text = r.peek()
    if text in BOLD or text in PLAIN or text == "\\hat":
        r.take()
        inner = r.inside(r.argument())
        name = read_name(inner)
        if not inner.finished():
            inner.refuse()
        if text == "\\hat":
            if name.hat:
                r.refuse("two hats on one letter", name.start)
            if name.below or name.above:
                r.use("accents")
            return replace(name, hat=True)
        if text in PLAIN or text not in ("\\mathbf",) or name.hat or name.below or name.above:
            r.use("accents")
        return replace(name, bold=name.bold or text in BOLD)
    if text in ACCENTS and (found := _under_accent(r)):
        start = r.position()
        r.place += found[1]
        r.use("letter of one's own")
        return Name(f"\\bar {found[0]}", start=start)
    if text == "{":
        r.use("braces")
        inner = r.inside(r.bracketed())
        name = read_name(inner)
        return name if inner.finished() else inner.refuse()
    token = r.take()
    if token is None or not (
        r.letters.is_letter(token.text) or token.text in ("0", "1", "\\delta") or token.word
    ):
        r.place -= token is not None
        r.refuse()
    if token.text.startswith("\\") and token.text != "\\tau":
        r.use("letter of one's own")
    return Name(token.text, start=token.start)


def _scripted(r, name, start):
    below, above, primes = list(name.below), list(name.above), name.primes
    while r.peek() in ("_", "^", "'"):
        sign = r.take()
        if sign.text == "'":
            primes += 1
        elif sign.text == "_":
            if below:
                r.refuse("two subscripts on one letter: write them in one, w_{ij}", sign.start)
            below += r.argument()
        else:
            tokens = r.argument()
            if above and not r.letters.is_layer(text_of(above)):
                r.refuse("write brackets round what is raised twice", sign.start)
            if text_of(tokens).strip("{}") == "'":
                primes += 1
            else:
                above += tokens
    return replace(name, below=tuple(below), above=tuple(above), primes=primes, start=start)


def _layer(r, tokens):
    """Return (the layer that a superscript names or None, what else stands in it)."""
    text = text_of(tokens)
    match = LAYER.match(text)
    if not match:
        return None, tokens
    kept, length = [], 0
    for token in tokens:
        length += len(token.text)
        if length > match.end():
            kept.append(token)
    if match[1] != "k" or "[" in match[0]:
        r.use("layers")
    return f"{match[1]}{match[2] or ''}", tuple(kept)


def _symbol(r, name, layer):
    below = text_of(name.below).replace("{", "").replace("}", "")
    letter, bold = name.letter, name.bold
    symbol = tree.Symbol(letter, name.hat, bold, layer=layer)
    if letter == "0" and bold and not below:
        r.use("zero for a column")
        return tree.Product((tree.Number("0"), tree.Symbol("1", bold=True)))
    if letter in ("0", "1") and (not bold or below):
        r.refuse("the bold numbers are 1 and 0, without indices", name.start)
    if below in (":,1:", "1:", ":,0", "0:1", ":,0:1") and (bold or letter in "VW"):
        if below == ":,1:":
            return tree.Symbol(letter, name.hat, bold=True, layer=layer, sliced=True)
        if below == ":,0":
            r.use("column 0")
            whole_letter = tree.Symbol(letter, name.hat, bold=True, layer=layer)
            return tree.Columns(r.placed(whole_letter, name.start), "0")
        r.refuse("of W and V, \\mathbf W_{:,1:} is read, and \\mathbf W_{:,0}, its column 0", name.start)
    if letter == "I" and not name.hat:
        return _identity(r, name)
    if not name.below:
        return symbol
    found = indices_of(r, name.below)
    if not bold:
        return tree.Symbol(letter, name.hat, indices=found, layer=layer)
    if letter in "XYZRQ":
        r.refuse(f"one number of a batch has no letter: write the whole, \\mathbf {letter}", name.start)
    if letter == "e":
        r.use("unit column")
    elif letter in "wv" and len(found) == 1:
        r.use("row of a matrix")
    else:
        r.use("entry of a bold letter")
    return tree.Symbol(letter.lower() if letter in "WV" else letter, name.hat, indices=found, layer=layer)


def _identity(r, name):
    """Return the matrix with ones on its diagonal, or one entry of it, which is Kronecker's delta."""
    r.use("identity")
    if not name.below:
        return tree.Apply("diag", (tree.Symbol("1", bold=True),))
    found = indices_of(r, name.below)
    if len(found) != 2:
        r.refuse("an entry of the identity has two indices, I_{ij}", name.start)
    return tree.Kronecker(found)


def _is_indicator(r):
    ahead = 2 if r.peek(1) == "1" else 4
    group = [r.peek(k) for k in range(1, 4)]
    if r.peek(1) != "1" and group != ["{", "1", "}"]:
        return False
    if r.peek(ahead) not in ("_", "(", "[", "\\{"):
        return False
    rest = [r.peek(ahead + k) for k in range(10)]
    end = next((k for k, text in enumerate(rest) if text in ("}", ")", "]", "\\}")), len(rest))
    return any(text in ("=", "\\ne", ">", "\\le") for text in rest[:end])


def _behind_one(r):
    r.take()
    r.argument()
    return r
