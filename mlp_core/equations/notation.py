"""The book's letters as one table: what each is called, what its indices run over, and its shape."""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Letter:
    """One row: a quantity of the forward pass.

    Parameters
    ----------
    plain, bold : str
        How one number of it and the whole of it are written, without hat.
    hat : bool
    node : str
        Its name in the code.
    slots : tuple of (str, int)
        For each index, the size it runs to and where it starts.
    shape : tuple of str
        Rows and columns of the whole; () for a number.
    meaning : str
    mode : str
        "any", "single", "batch" or "layers": the equations that may use it.
    """

    plain: str
    bold: str
    hat: bool
    node: str
    slots: tuple
    shape: tuple
    meaning: str
    mode: str = "single"


NOTATION = (
    Letter("x", "x", False, "x", (("D", 0),), ("D", "1"), "input, x_0 = 1"),
    Letter("v", "V", False, "V", (("H", 1), ("D", 0)), ("H", "D+1"), "hidden weights, column 0 the bias"),
    Letter("y", "y", True, "y_hat", (("H", 1),), ("H", "1"), "hidden sums, before the function"),
    Letter("y", "y", False, "y", (("H", 0),), ("H", "1"), "hidden signals, y_0 = 1"),
    Letter("w", "W", False, "W", (("K", 1), ("H", 0)), ("K", "H+1"), "output weights, column 0 the bias"),
    Letter("z", "z", True, "z_hat", (("K", 1),), ("K", "1"), "logits, before the softmax"),
    Letter("z", "z", False, "z", (("K", 1),), ("K", "1"), "probabilities of the classes"),
    Letter("r", "r", False, "r", (("K", 1),), ("K", "1"), "target"),
    Letter("E", "", False, "E", (), (), "how wrong, in nats", "any"),
    Letter("u", "u", False, "u", (("K", 1),), ("K", "1"), "any K numbers"),
    Letter("g", "g", False, "g", (("K", 1),), ("K", "1"), "any K numbers"),
    Letter("t", "", False, "t", (), (), "the argument of a function", "any"),
    # A batch: one example a row.
    Letter("", "X", False, "X", (), ("B", "D"), "inputs of a batch", "batch"),
    Letter("", "Y", True, "Y_hat", (), ("B", "H"), "hidden sums of a batch", "batch"),
    Letter("", "Y", False, "Y", (), ("B", "H"), "hidden signals of a batch", "batch"),
    Letter("", "Z", True, "Z_hat", (), ("B", "K"), "logits of a batch", "batch"),
    Letter("", "Z", False, "Z", (), ("B", "K"), "probabilities of a batch", "batch"),
    Letter("", "R", False, "R", (), ("B", "K"), "targets of a batch", "batch"),
    # Layers: written with ^{(k)} or ^{(k-1)}.
    Letter("", "W", False, "W", (), ("N_k", "N_{k-1}+1"), "weights of layer k", "layers"),
    Letter("", "y", True, "y_hat", (), ("N_k", "1"), "sums of layer k", "layers"),
    Letter("", "y", False, "y", (), ("N_k", "1"), "signals of layer k, the input for k = 0", "layers"),
)
SIZES = MappingProxyType(
    {
        "K": "classes",
        "H": "hidden units",
        "D": "inputs",
        "B": "examples of the batch",
        "N_k": "units of layer k",
        "N_{k-1}": "units of layer k-1",
    }
)
INDEX_LETTERS = "ijklmnpqabc"  # the chapters use the first four
# What each quantity is computed from, in the order of the forward pass.
FLOW = MappingProxyType(
    {"y_hat": ("V", "x"), "y": ("y_hat",), "z_hat": ("W", "y"), "z": ("z_hat",), "E": ("r", "z")}
)
ALSO_IN_A_BATCH = ("V", "W")
ALSO_WITH_LAYERS = ("x", "z_hat", "z", "r", "u", "g")


def find(symbol):
    """Return the row that a symbol names, or None."""
    for row in NOTATION:
        written = row.bold if symbol.bold else row.plain
        if (
            written == symbol.letter
            and row.hat == symbol.hat
            and (row.mode == "layers") == bool(symbol.layer)
        ):
            return row
    return None


def moved_by(name, flow=FLOW):
    """Return the names of all that moves when a quantity does, itself included."""
    moved = {name}
    for other, arguments in flow.items():
        if moved & set(arguments):
            moved.add(other)
    return moved


def notation_table():
    """Return the table as text: how a quantity is written, in code, its shape, and what it is."""
    lines = []
    for row in NOTATION:
        hat, letter = "^" * row.hat, row.bold or row.plain
        shape = " x ".join(part for part in row.shape if part != "1") or "number"
        lines.append(f"{letter + hat + '(k)' * (row.mode == 'layers'):8}{row.node:8}{shape:14}{row.meaning}")
    return "\n".join(lines)
