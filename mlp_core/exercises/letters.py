"""Shapes in the book's letters, and what is wrong with a shape."""

from collections.abc import Mapping

# Pulls on a matrix of weights, of whatever layer.
MATRICES = ("dW", "dV", "dW1", "dW2", "dW3")

# What each quantity's axes are; a batch's B comes first and falls away for a single example.
AXES = {
    "x": ("B", "D"),
    "dx": ("B", "D"),
    "V": ("H", "D+1"),
    "dV": ("H", "D+1"),
    "V_new": ("H", "D+1"),
    "W": ("K", "H+1"),
    "dW": ("K", "H+1"),
    "W_new": ("K", "H+1"),
    "move": ("K", "H+1"),
    "dW1": ("N1", "D+1"),
    "dW2": ("N2", "N1+1"),
    "dW3": ("K", "N2+1"),
    "row": ("D+1",),
    "y_hat": ("B", "H"),
    "y": ("B", "H"),
    "pull_y": ("B", "H"),
    "gate": ("B", "H"),
    "q": ("B", "H"),
    "x1": ("B", "D+1"),
    "y1": ("B", "H+1"),
    "z_hat": ("B", "K"),
    "z": ("B", "K"),
    "r": ("B", "K"),
    "g": ("B", "K"),
    "delta": ("B", "K"),
    "through": ("B", "K"),
    "J": ("B", "K", "K"),
    "dlog": ("B", "K", "K"),
    "column": ("B", "K"),
    "factor": (),
    "even": (),
    "uneven": (),
    "ahead": (),
    "back": (),
    "passes": (),
    "E": (),
    "floor": (),
    "longer": (),
    "height": (),
    "first": (),
    "over_batch": (),
    "lowest": (),
    "surer": (),
    "pull_1": (),
    "pull_2": (),
    "worth": ("H",),
    "velocities": ("3",),
    "weights": ("3",),
    "new_bias": (),
    "new_weight": (),
    "least_rate": (),
    "lead": (),
    "kept": (),
    "shut": ("6",),
}
SPOKEN = {
    "dV": "the pull on V",
    "dW": "the pull on W",
    "dx": "the pull on x",
    "dW1": "the pull on weights[0]",
    "dW2": "the pull on weights[1]",
    "dW3": "the pull on weights[2]",
    "row": "the row of the pull on V",
    "pull_y": "the pull on y",
    "delta": "the pull on the logits",
    "J": "the Jacobian",
    "through": "the pull on the logits",
    "dlog": "the slopes of log z",
    "column": "the column of slopes",
    "factor": "the factor",
    "even": "the E of the even bet",
    "uneven": "the mean E of the uneven bet",
    "ahead": "the count forward",
    "back": "the count back",
    "passes": "the number of passes",
    "E": "the error E",
    "z": "the probabilities",
    "W_new": "the new W",
    "move": "the step of W",
    "gate": "the gate",
    "z_hat": "the logits",
    "floor": "the floor of E",
    "V_new": "the new V",
    "q": "the pull on y_hat",
    "longer": "the first number",
    "height": "the second number",
    "y": "the signals y",
    "first": "the first E",
    "over_batch": "the first E of a softmax over the batch",
    "lowest": "the lowest E of softmax twice",
    "surer": "the slope of z_1",
    "pull_1": "the pull where class 1 is right",
    "pull_2": "the pull where class 2 is right",
    "worth": "what each unit is worth",
    "velocities": "the row of velocities",
    "weights": "the row of weights",
    "new_bias": "the new bias",
    "new_weight": "the new weight",
    "least_rate": "the least rate",
    "lead": "the lead on the test digits",
    "kept": "the lead on the validation digits",
    "shut": "the count of shut units",
}


def spoken(name: str) -> str:
    """Return a quantity in words."""
    return SPOKEN.get(name, name)


def opening(name: str) -> str:
    """Return a quantity in words, as a sentence begins."""
    return spoken(name)[0].upper() + spoken(name)[1:]


def is_or_are(name: str) -> str:
    """Return the verb that goes with a quantity in words."""
    head = spoken(name).split(" of ")[0].split(" on ")[0].split(" y")[0]
    return "are" if head.endswith("s") and not head.endswith("bias") else "is"


def letter_of(size: int, sizes: Mapping[str, int]) -> str:
    """Return a size as a letter, such as D+1; the number itself where it is none."""
    if size == 1:
        return "1"
    for letter in (*"BDHK", "N1", "N2"):
        if sizes.get(letter) == size:
            return letter
    for letter in (*"DHK", "N1", "N2"):
        if letter in sizes and sizes[letter] + 1 == size:
            return f"{letter}+1"
    return str(size)


def in_letters(shape: tuple[int, ...], sizes: Mapping[str, int]) -> str:
    """Return a shape in letters: "(K, D+1)"."""
    inside = ", ".join(letter_of(size, sizes) for size in shape)
    return f"({inside},)" if len(shape) == 1 else f"({inside})"


def expected_shape(name: str, single: bool) -> str:
    """Return the shape that a quantity should have, in letters."""
    axes = AXES[name][1:] if single and AXES[name][:1] == ("B",) else AXES[name]
    return f"({', '.join(axes)},)" if len(axes) == 1 else f"({', '.join(axes)})"


def fault_of_shape(name: str, shape: tuple, expected: tuple, sizes: Mapping[str, int], single: bool) -> str:
    """Return what a wrong shape looks like, in a sentence with letters."""
    came, asked = in_letters(shape, sizes), expected_shape(name, single)
    verb = {"is": "has", "are": "have"}[is_or_are(name)]
    what = f"{opening(name)} {verb} the shape {came}; expected {asked}."
    likely = _likely(name, tuple(shape), tuple(expected), sizes)
    return what + (likely or " No likely cause is known: print the shape of each factor.")


def fault_of_count(name: str, shape: tuple, expected: tuple) -> str:
    """Return what a wrong shape of typed numbers looks like, in a sentence without letters."""
    what = f"{opening(name)}: {_counted(shape)} {'came' if shape else 'came alone'}; "
    what += f"{_counted(expected)} {'is' if expected in ((), (1,)) else 'are'} asked for."
    return what + ("" if len(expected) < 2 else _likely(name, tuple(shape), tuple(expected), {}))


def _counted(shape):
    """Return a shape as a count: "3 numbers", "2 rows of 4"."""
    *rows, last = shape or (1,)
    if not rows:
        return "one number" if last == 1 else f"{last} numbers"
    return f"{' times '.join(map(str, rows))} {'row' if rows == [1] else 'rows'} of {last}"


def _likely(name, shape, expected, sizes):
    if expected == ():
        return " One number was asked for."
    if shape == expected[::-1] and len(shape) > 1:
        return " This is the transpose: rows are where an arrow ends, columns where it begins."
    if name in (*MATRICES, "row") and shape == (*expected[:-1], expected[-1] - 1):
        return " The column of the bias is missing: its signal is the constant 1."
    if name in MATRICES and len(shape) == 2 and shape[0] + 1 == shape[1]:
        return (
            " Pull and signal are of one layer: the pull at an arrow's head meets the signal at its tail, "
            "one layer below. Is a pull handed on before it has met its signal?"
        )
    if name in ("pull_y", "dx") and shape[-1:] == (expected[-1] + 1,) and len(shape) == len(expected):
        return " The bias column is carried back too: nothing leads into the constant 1, so leave it out."
    if len(shape) == len(expected) + 1 and shape[1:] == expected and shape[0] == sizes.get("B"):
        return " The examples are not added up: one matrix an example is left."
    if len(shape) == len(expected) - 1 and shape == expected[1:] and expected[0] == sizes.get("B"):
        return " The examples are added up: each should keep a row of its own."
    if shape == (2, *expected):
        return " Two of them are left where one was asked for: are they to be added?"
    if shape == (1, *expected):
        return " One axis too many: a single example has no axis of the batch."
    if shape == ():
        return " This is one number: something was added up over everything, or a product of vectors was `@`."
    if len(shape) == len(expected) == 2 and shape[0] == sizes.get("B", 1) * expected[0] > expected[0]:
        return " `np.outer` makes one long row of a batch: it is for single examples."
    if len(shape) == 2 and shape[0] == shape[1] != 1:
        return " This is square: a vector has been multiplied with itself."
    if shape == (*expected, 1):
        return " Each number is a row of its own: they should stand in one row."
    return ""
