"""An answer in the letters that were asked in: what a mend says, from this book's letters to the other's."""

import re

from ...language.notation import NOTATION

ONE = re.compile(
    r"(?P<hat>\\hat (?P<hatted>[a-z])|(?<![A-Za-z\\])(?P<plain>[a-z]))_(?:\{(?P<many>\w+)\}|(?P<one>\w))"
    r"|\\hat\{\\mathbf (?P<hat_whole>[a-z])\}|\\mathbf (?P<whole>[A-Za-z])(?P<part>_\{:,(?:1:|0)\})?"
    r"|(?<![A-Za-z\\])(?P<error>E)(?![A-Za-z])"
)
NODES = {(name, row.hat): row.node for row in NOTATION if row.mode in ("any", "single")
         for name in (row.plain, row.bold) if name}  # fmt: skip
# Where hats mean nothing, a hat that is set or taken away is another letter.
HAT_SET = re.compile(r"with a hat on (\\mathbf ([a-z])|([a-z])(_(?:\w|\{\w+\})))")
HAT_TAKEN = re.compile(r"without the hat of (\\hat\{(\\mathbf [a-z])\}|\\hat ([a-z]_(?:\w|\{\w+\})))")
PARTS = {"_{:,1:}": "weights", "_{:,0}": "bias", None: "whole"}


def in_letters_of(letters, text):
    """Return a sentence in which this book's letters are written as another notation has them."""
    names = {}
    for key, meaning in letters.rows.items():
        names.setdefault((meaning.quantity, meaning.part), letters.spelled(key))
    text = HAT_SET.sub(lambda f: f"with {_hatted(f)} in place of {f[1]}", text)
    text = HAT_TAKEN.sub(lambda f: f"with {f[2] or f[3]} in place of {f[1]}", text)
    return ONE.sub(lambda found: _other(found, names) or found[0], text)


def _hatted(found):
    return rf"\hat{{\mathbf {found[2]}}}" if found[2] else rf"\hat {found[3]}{found[4]}"


def _other(found, names):
    if found["error"]:
        return names.get(("E", "whole"))
    if found["hat_whole"] or found["whole"]:
        node = NODES.get((found["hat_whole"] or found["whole"], bool(found["hat_whole"])))
        return names.get((node, PARTS[found["part"]]))
    node = NODES.get((found["hatted"] or found["plain"], bool(found["hatted"])))
    indices = found["many"] or found["one"]
    part = "whole" if node not in ("V", "W") else "bias" if indices[1:] == "0" else "weights"
    indices = indices[:1] if part == "bias" else indices
    name = names.get((node, part))
    name = f"[{name}]" if name and "_" in name else name  # which has its layer below it
    return name and f"{name}_{indices if len(indices) == 1 else f'{{{indices}}}'}"
