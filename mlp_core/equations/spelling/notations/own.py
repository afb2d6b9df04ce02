"""A reader's own table of letters: {"p": "z", "o": r"\\hat z", "L": "E"}."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ...language.notation import NOTATION
from ..letters import Letters
from .table import Meaning, Table

WRITTEN = re.compile(r"(\\hat\s*\{?\s*)?(?:\\mathbf\s*)?\{?([A-Za-z])\}?\}?")
NODE_OF = {(name, row.hat): row.node for row in NOTATION if row.mode in ("any", "single")
           for name in (row.plain, row.bold) if name}  # fmt: skip


@dataclass(frozen=True)
class OwnTable(Table):
    """The letters that a reader names, and for all others the book's."""

    from_1 = False
    assumes = False

    def meaning(self, r, name):
        """Return what a name stands for: by the reader's table, or else in the book."""
        if (name.letter, name.hat, "") in self.rows:
            return super().meaning(r, name)
        return Letters.meaning(self, r, name)


def own_table(letters: Mapping[str, str]) -> OwnTable:
    r"""Return the notation that a reader's table says.

    Parameters
    ----------
    letters : mapping
        A letter, with \hat or without, -> the book's letter for the same.

    Raises
    ------
    ValueError
        A letter is none, or what it is to be is no letter of the book's table.
    """
    rows = {}
    for theirs, ours in letters.items():
        key, value = WRITTEN.fullmatch(theirs), WRITTEN.fullmatch(ours)
        node = value and NODE_OF.get((value[2], bool(value[1])))
        if not key or not node:
            message = (
                f"notation: got {theirs!r} for {ours!r}; expected a letter for one of the book's letters"
            )
            raise ValueError(message)
        rows[key[2], bool(key[1]), ""] = Meaning(node)
    return OwnTable("own", "", rows)
