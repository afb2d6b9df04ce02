"""A cell that is run again closes the explorers that its last run left."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class _Cells:
    """By a cell's id: the message that ran it last, and the explorers that it made."""

    made: dict[str, tuple[str, list]] = field(default_factory=dict)

    def take(self, cell: str, message: str, explorer: Any) -> list:
        """Remember an explorer of a cell's run; return those of an earlier run, which are forgotten."""
        of_message, explorers = self.made.get(cell, (message, []))
        earlier = [] if of_message == message else explorers
        self.made[cell] = (message, [explorer] if earlier else [*explorers, explorer])
        return earlier


CELLS = _Cells()  # those of this kernel


def close_those_of_an_earlier_run(explorer: Any) -> None:
    """Remember `explorer` under the cell that runs now, and close those of the same cell's earlier run."""
    cell, message = _running()
    if cell is not None:
        for old in CELLS.take(cell, message, explorer):
            old.close()


def _running():
    """Return the id of the cell that runs now and of the message that runs it; None without a notebook."""
    try:
        from IPython import get_ipython

        parent = get_ipython().kernel.get_parent()
        return parent["metadata"].get("cellId"), parent["header"]["msg_id"]
    except (ImportError, AttributeError, KeyError):
        return None, None
