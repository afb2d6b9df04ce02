"""The book's letters as one table: what each is called, what its indices run over, and its shape."""

from dataclasses import dataclass
from types import MappingProxyType

from ...formulas.activations import ACTIVATIONS


@dataclass(frozen=True)
class Letter:
    """One row: a quantity of the forward pass, or a slope of E that has a letter of its own.

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
    measured : bool
        Whether it is a slope of E, which has some noise, and no step of the forward pass.
    """

    plain: str
    bold: str
    hat: bool
    node: str
    slots: tuple
    shape: tuple
    meaning: str
    mode: str = "single"
    measured: bool = False


NOTATION = (
    Letter("x", "x", False, "x", (("D", 0),), ("D", "1"), "input, x_0 = 1"),
    Letter("v", "V", False, "V", (("H", 1), ("D", 0)), ("H", "D+1"), "hidden weights, column 0 the bias"),
    Letter("y", "y", True, "y_hat", (("H", 1),), ("H", "1"), "hidden units, before the function"),
    Letter("y", "y", False, "y", (("H", 0),), ("H", "1"), "hidden units, after it; y_0 = 1"),
    Letter("w", "W", False, "W", (("K", 1), ("H", 0)), ("K", "H+1"), "output weights, column 0 the bias"),
    Letter("z", "z", True, "z_hat", (("K", 1),), ("K", "1"), "logits, before the softmax"),
    Letter("z", "z", False, "z", (("K", 1),), ("K", "1"), "probabilities of the classes"),
    Letter("r", "r", False, "r", (("K", 1),), ("K", "1"), "target"),
    Letter("E", "", False, "E", (), (), "how wrong: small is good", "any"),
    Letter(
        "q",
        "q",
        False,
        "q",
        (("H", 1),),
        ("H", "1"),
        "pull on the hidden sums, −∂E/∂ŷ_j",
        measured=True,
    ),
    Letter("u", "u", False, "u", (("K", 1),), ("K", "1"), "any K numbers"),
    Letter("g", "g", False, "g", (("K", 1),), ("K", "1"), "any K numbers"),
    Letter("t", "", False, "t", (), (), "what a function is applied to", "any"),
    # A batch: one example a row.
    Letter("", "X", False, "X", (), ("B", "D"), "inputs of a batch", "batch"),
    Letter("", "Y", True, "Y_hat", (), ("B", "H"), "hidden units of a batch, before the function", "batch"),
    Letter("", "Y", False, "Y", (), ("B", "H"), "hidden units of a batch, after it", "batch"),
    Letter("", "Z", True, "Z_hat", (), ("B", "K"), "logits of a batch", "batch"),
    Letter("", "Z", False, "Z", (), ("B", "K"), "probabilities of a batch", "batch"),
    Letter("", "R", False, "R", (), ("B", "K"), "targets of a batch", "batch"),
    Letter(
        "", "Q", False, "Q", (), ("B", "H"), "pulls on the hidden sums of a batch", "batch", measured=True
    ),
    # Layers: written with ^{(k)} or ^{(k-1)}.
    Letter("", "W", False, "W", (), ("N_k", "N_{k-1}+1"), "weights of layer k", "layers"),
    Letter("", "y", True, "y_hat", (), ("N_k", "1"), "sums of layer k", "layers"),
    Letter("", "y", False, "y", (), ("N_k", "1"), "signals of layer k, the input for k = 0", "layers"),
    Letter("", "q", False, "q", (), ("N_k", "1"), "pulls on the sums of layer k", "layers", measured=True),
)
# (as it is written, whether bold, with a hat, with a layer) -> its row
ROWS = MappingProxyType(
    {
        (written, bold, row.hat, row.mode == "layers"): row
        for row in NOTATION
        for written, bold in ((row.plain, False), (row.bold, True))
        if written
    }
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
INDEX_LETTERS = "ijklmnpqabc"  # the chapters use no others
ANY_INDEX_LETTERS = "abcdfghijklmnopqsu"  # a reader's own lines may use any of them
FUNCTIONS = ("log", "exp", "max", "softmax", "diag")  # beside \\sigma and the labels of the activations
INDEX_OF = MappingProxyType({"K": "i", "H": "j", "D": "m"})  # the book's first letter for each size
# What each quantity is computed from, in the order of the forward pass.
FLOW = MappingProxyType(
    {
        "y_hat": ("V", "x"),
        "y": ("y_hat",),
        "z_hat": ("W", "y"),
        "z": ("z_hat",),
        "E": ("r", "z"),
        "q": ("y_hat", "W", "r"),  # -dE/dy_hat, with y_hat free
    }
)
ALSO_IN_A_BATCH = ("V", "W")
ALSO_WITH_LAYERS = ("x", "z_hat", "z", "r", "u", "g")


def find(symbol):
    """Return the row that a symbol names, or None."""
    return ROWS.get((symbol.letter, symbol.bold, symbol.hat, bool(symbol.layer)))


def activation_labelled(label):
    """Return the `Activation` that equations write so (\\tanh, \\operatorname{ReLU}), or None."""
    return next((known for known in ACTIVATIONS.values() if known.label == label), None)


def has_one_slope(activation):
    """Return whether an activation's slope is the same function of y_hat and of y, as that of ReLU is."""
    return activation.derivative is activation.derivative_from_output


def moved_by(name, flow=FLOW):
    """Return the names of all that moves when a quantity does, itself included."""
    moved = {name}
    for other, arguments in flow.items():
        if moved & set(arguments):
            moved.add(other)
    return moved


def notation_table() -> str:
    """Return the table as text, one line a quantity: letters, name in code, shape, indices, meaning.

    The batch's capitals share a line, and so do the layers.

    Examples
    --------
    >>> from mlp_core.equations import notation_table
    >>> print(notation_table().splitlines()[1])
    x_m, x               x      D           m = 0..D            input, x_0 = 1
    """
    rows = [("letters", "code", "shape", "indices", "what it is")]
    for row in NOTATION:
        if row.mode not in ("batch", "layers"):
            rows.append((_letters(row), row.node, _shape(row.shape), _ranges(row.slots), row.meaning))
    for mode, indices, meaning in (
        ("batch", "", "a batch: one example a row"),
        ("layers", "k = 1..L", "any number of layers, one of each for each layer; y(0) is x"),
    ):
        group = [row for row in NOTATION if row.mode == mode]
        letters = " ".join(_letters(row) + "(k)" * (mode == "layers") for row in group)
        rows.append((letters, "", {"batch": "B × …", "layers": "by layer"}[mode], indices, meaning))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join("  ".join((*map(str.ljust, row, widths), row[4])).rstrip() for row in rows)


def _letters(row):
    hat = {"y": "ŷ", "z": "ẑ", "Y": "Ŷ", "Z": "Ẑ"} if row.hat else {}
    indices = "".join(INDEX_OF[size] for size, _ in row.slots)
    names = (row.plain and row.plain + "_" * bool(indices) + indices, row.bold)
    return ", ".join(hat.get(name[0], name[0]) + name[1:] for name in names if name)


def _shape(shape):
    parts = [f"({part})" if "+" in part and shape[1] != "1" else part for part in shape if part != "1"]
    return " × ".join(parts) or "one number"


def _ranges(slots):
    return ", ".join(f"{INDEX_OF[size]} = {first}..{size}" for size, first in slots)
