"""Holds, or slips? (chapter 91), the words: a line in plain characters, the reply, and the score."""

import re
from collections.abc import Mapping
from typing import Any

from .numbers import CANNOT_SAY, NOT_ASKED

SIGNS = {
    "partial": "∂", "nabla": "∇", "sum": "Σ", "delta": "δ", "sigma": "σ", "odot": "⊙", "dots": "…",
    "ge": "≥", "le": "≤", "ne": "≠", "quad": ", ", "left": "", "right": "", "&": "", ",": " ",
    "\\": "; ", "begin": "", "end": "",
}  # fmt: skip
PIECE = re.compile(r"\\([a-zA-Z]+|.)|([{}^_])|([^\\{}^_]+)", re.S)
WHOLE = re.compile(r"[ŷẑ]_?\w*|\([^()]*\)")  # an exponent or an index that needs no brackets
HAT = "\N{COMBINING CIRCUMFLEX ACCENT}"
SIDES = {2: ("left", "right")}  # names of the sides, where they have some


def plain(latex: str) -> str:
    """Return a line of the book's LaTeX in plain characters: `−∂E/∂w_ij = (r_i − z_i) y_j`.

    Examples
    --------
    >>> plain(r"-\\frac{\\partial E}{\\partial \\hat z_i} = r_i - z_i")
    '−∂E/∂ẑ_i = r_i − z_i'
    """
    text = _Reader(latex.replace("&", " for ")).all().replace("∂ ", "∂")
    return re.sub(r" +", " ", text).replace(" ,", ",").replace(" ;", ";").replace("-", "−").strip()


class _Reader:
    """Reads LaTeX piece by piece."""

    def __init__(self, latex):
        self.pieces, self.at = [found.groups() for found in PIECE.finditer(latex)], 0

    def all(self):
        text = ""
        while self.at < len(self.pieces):
            macro, mark, letters = self.pieces[self.at]
            if mark == "}":
                break
            self.at += 1
            if mark == "{":
                text += self._group()
            elif mark:
                text += self._raised(mark)
            else:
                text += letters if letters else self._macro(macro)
        return text

    def _group(self):
        """Read on to the closing brace."""
        text = self.all()
        self.at += 1
        return text

    def _argument(self):
        """Read what a macro acts on: a group, a macro with its own, or one letter."""
        macro, mark, letters = self.pieces[self.at]
        self.at += 1
        if mark == "{":
            return self._group()
        if macro:
            return self._macro(macro)
        letters = letters.lstrip()
        if letters[1:]:
            self.at -= 1
            self.pieces[self.at] = (None, None, letters[1:])
        return letters[:1]

    def _raised(self, mark):
        inside = self._argument().strip()
        whole = inside.isalnum() or WHOLE.fullmatch(inside)
        return f"{mark}{inside}" if whole else f"{mark}({inside})"

    def _macro(self, macro):
        if macro == "frac":
            top, bottom = self._argument(), self._argument()
            return f"{_held(top)}/{_held(bottom)}"
        if macro == "hat":
            return _hatted(self._argument())
        if macro in ("mathbf", "operatorname", "text"):
            return self._argument()
        if macro in ("begin", "end"):
            self._argument()
            return "[" if macro == "begin" else "]"
        return SIGNS.get(macro, macro)


def _held(part):
    """Return a part of a fraction, in brackets where it would fall apart: at a space outside of brackets."""
    part = part.strip().replace("∂ ", "∂")
    outside = part
    while (inner := re.sub(r"\([^()]*\)", "", outside)) != outside:
        outside = inner
    return f"({part})" if " " in outside else part


def _hatted(letter):
    return {"y": "ŷ", "z": "ẑ"}.get(letter, letter[:1] + HAT + letter[1:])


def side_names(sides: int) -> tuple[str, ...]:
    """Return what the sides of a line are called."""
    return SIDES.get(sides, tuple(f"side {k}" for k in range(1, sides + 1)))


def reply(numbers: Mapping[str, Any]) -> str:
    """Return what the machine answers, Markdown; nothing while something is asked."""
    line = numbers["line"]
    if numbers["asked"] == "verdict":
        return ""
    if numbers["asked"] == "side":
        return "**Right: it slips.** On which side would you mend it?"
    return f"{_verdict(numbers)}\n\n{told(line)}"


def _verdict(numbers):
    """Return whether the reader is right, and about the side as well."""
    line, name = numbers["line"], side_names(numbers["line"].sides)
    if not numbers["right"]:
        return f"**Not so.** It {'slips' if line.slips else 'holds'}."
    if not line.slips:
        return "**Right: it holds.**"
    if numbers["side"] in (NOT_ASKED, CANNOT_SAY):
        return "**Right: it slips.**"
    chosen = name[numbers["side"] - 1]
    if numbers["mends"]:
        return f"**Right: it slips, and a stroke of the pen on that side ({chosen}) mends it.**"
    return f"**Right: it slips, though no single stroke on that side ({chosen}) mends it.**"


def told(line: Any) -> str:
    """Return all that the machine knows about a line, Markdown."""
    said = f"`{line.said}`"
    if not line.slips:
        return f"The machine: {said} It is ({line.tag})."
    name = side_names(line.sides)[line.side - 1]
    planted = f"Planted in ({line.tag}), {name} side: `{line.planted}`."
    return f"The machine: {said}\n\n{planted} The book has $\\displaystyle {line.book}$."


def score(numbers: Mapping[str, Any]) -> str:
    """Return the score in one sentence."""
    if not numbers["answered"]:
        return f"Game {numbers['seed']}, line 1."
    return (
        f"Game {numbers['seed']}, line {numbers['number'] + 1}. Right: {numbers['rights']} of "
        f"{numbers['answered']}, and {numbers['sides']} with the side. In a row: {numbers['streak']}; "
        f"the longest: {numbers['longest']}."
    )


def record(numbers: Mapping[str, Any]) -> str:
    """Return what a page without a kernel shows: the first line, plain, and its answer folded."""
    line = numbers["line"]
    given = f"\n\n*{line.given}*" if line.given else ""
    return (
        f"**Holds, or slips?** {score(numbers)}\n\n> `{plain(line.latex)}`{given}\n\n"
        f"<details><summary>Said? Then open the answer.</summary>\n\n{told(line)}\n\n</details>"
    )
