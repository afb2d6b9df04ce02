"""The exercises of a chapter as they are printed, whatever a reader has written into them.

A cell tagged `exercise` holds what the exercise begins with, and the cell after it, `check("4.3", ...)`, is
stored with the answer that it was not tried. Tests look at the chapters so: who solves an exercise in place
turns none of them red.
"""

import re
from collections.abc import Iterator
from typing import Any

from mlp_core.exercises import Feedback
from mlp_core.exercises.judging import UNTRIED
from mlp_core.exercises.registry import exercise_of

CHECK = re.compile(r'^check\("(\d+\.\d+)"', re.M)


def is_exercise(cell: Any) -> bool:
    """Whether a cell is one that the reader writes."""
    return "exercise" in cell.get("metadata", {}).get("tags", [])


def pairs(notebook: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield (number, the reader's cell, the cell that checks it); ValueError where the latter is missing."""
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for k, cell in enumerate(cells):
        if not is_exercise(cell):
            continue
        following = cells[k + 1] if k + 1 < len(cells) else {"source": ""}
        found = CHECK.search("".join(following["source"]))
        if not found:
            raise ValueError(f"cells: got {cell['id']}, an exercise; expected check(...) in the next one")
        yield found[1], cell, following


def as_printed(notebook: Any) -> Any:
    """Put the exercises of a notebook back, in place, and return it."""
    for number, cell, following in pairs(notebook):
        cell["source"], cell["outputs"] = exercise_of(number).cell, []
        answer = Feedback(number, "unattempted", UNTRIED)
        for output in following["outputs"]:
            output["data"] = answer._repr_mimebundle_()
    return notebook
