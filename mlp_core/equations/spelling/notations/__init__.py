"""The notations in which a line may be given, by name."""

from collections.abc import Mapping

from ..letters import Letters
from ..lines import BOOK
from .books import D2L, GOODFELLOW
from .nielsen import NIELSEN
from .own import own_table
from .prince import PRINCE
from .pytorch import PYTORCH

Notation = str | Mapping[str, str] | None
NOTATIONS = {one.name: one for one in (NIELSEN, PYTORCH, D2L, GOODFELLOW, PRINCE)}


def notation_called(name: Notation) -> Letters:
    """Return the notation of a name, or of a reader's own table; None is the book's own."""
    if name is None:
        return BOOK
    if isinstance(name, Mapping):
        return own_table(name)
    if name not in NOTATIONS:
        known = ", ".join(NOTATIONS)
        raise ValueError(f"notation: got {name!r}; expected None, a table of letters, or one of {known}")
    return NOTATIONS[name]
