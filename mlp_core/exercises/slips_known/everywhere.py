"""Slips that any quantity can have wherever it stands: what is done to it, and where, as two tables."""

from ..chain import Slip
from .wording import SEE_ROWS

_SEE_ORDER = "Print it beside the right one for two examples: which entry stands where?"
_SEE_SIZE = "Double it by hand and follow it to the end: what comes out must double too."
_SEE_TRANSPOSE = "A reshape reads the numbers on in the old order; `.T` is what exchanges rows and columns."
_SEE_ALL = "Print its shape, and what of it is 0: how many units, classes and examples are there?"
_SEE_WHOLE = "Print its dtype: what is put into an array of whole numbers is cut."

# Of what has one row an example: what stands for it, what that says, how to see it.
_OF_ROWS = (
    ("0 * {e} + ({e}).mean(axis=0)", "{what} is averaged over the examples", SEE_ROWS),
    ("0 * {e} + ({e}).sum(axis=0)", "{what} is added up over the examples", SEE_ROWS),
    ("0 * {e} + ({e}).mean()", "{what} is averaged over all its entries: an axis is missing", SEE_ROWS),
    ("0 * {e} + ({e}).sum()", "{what} is added up over all its entries: an axis is missing", SEE_ROWS),
    ("0 * {e} + ({e}).mean(axis=1, keepdims=True)", "{what} is averaged along each row", _SEE_ALL),
    ("0 * {e} + ({e}).sum(axis=1, keepdims=True)", "{what} is added up along each row", _SEE_ALL),
    ("0 * {e} + ({e})[:1]", "{what} is that of the first example for all", SEE_ROWS),
    ("0 * {e} + ({e})[-1:]", "{what} is that of the last example for all", SEE_ROWS),
    ("0 * {e} + ({e})[:, :1]", "the first entry of each row stands for all of {what}", _SEE_ALL),
    ("0 * {e} + ({e})[:, -1:]", "the last entry of each row stands for all of {what}", _SEE_ALL),
    ("np.roll({e}, 1, axis=0)", "{what} is that of the example before", SEE_ROWS),
    ("np.roll({e}, -1, axis=0)", "{what} is that of the example behind", SEE_ROWS),
    ("({e})[::-1]", "{what} comes with the examples in reversed order", SEE_ROWS),
    ("np.roll({e}, 1, axis=1)", "{what} is one place too far on in each row", _SEE_ORDER),
    ("np.roll({e}, -1, axis=1)", "{what} is one place too far back in each row", _SEE_ORDER),
    ("({e})[:, ::-1]", "{what} stands in reversed order", _SEE_ORDER),
    ("np.c_[np.ones(B), {e}][:, :-1]", "{what}, with the 1 in front, is cut at the wrong end", _SEE_ORDER),
    ("np.c_[{e}, np.ones(B)][:, 1:]", "{what}, with the 1 behind, is cut at the wrong end", _SEE_ORDER),
    ("np.reshape(({e}).T, ({e}).shape)", "{what} is reshaped where it should be transposed", _SEE_TRANSPOSE),
    (
        "np.reshape({e}, ({e}).shape[::-1]).T",
        "{what} is reshaped, and not transposed, on its way into the product",
        _SEE_TRANSPOSE,
    ),
    ("np.c_[({e})[:, :-1], np.zeros(B)]", "the last entry of {what} is left out", _SEE_ALL),
    ("np.c_[np.zeros(B), ({e})[:, 1:]]", "the first entry of {what} is left out", _SEE_ALL),
    ("np.r_[({e})[:-1], 0 * ({e})[-1:]]", "{what} is left out for the last example", SEE_ROWS),
    ("np.r_[0 * ({e})[:1], ({e})[1:]]", "{what} is left out for the first example", SEE_ROWS),
    ("np.cumsum({e}, axis=0)", "{what} is added up from example to example, and never set back", SEE_ROWS),
    ("np.cumsum({e}, axis=1)", "{what} is added up along the row, and never set back", _SEE_ALL),
    ("{e} - ({e}).mean(axis=0)", "the batch's mean is taken off {what}", SEE_ROWS),
    ("{e} - ({e}).mean(axis=1, keepdims=True)", "each row's mean is taken off {what}", _SEE_SIZE),
    ("({e} - ({e}).mean(axis=0)) / ({e}).std(axis=0)", "{what} is standardized over the batch", SEE_ROWS),
    (
        "({e} - ({e}).mean(axis=1, keepdims=True)) / ({e}).std(axis=1, keepdims=True)",
        "{what} is standardized along each row",
        _SEE_SIZE,
    ),
    ("{e} / ({e}).std(axis=0)", "{what} is divided by its spread over the batch", SEE_ROWS),
    (
        "{e} / np.linalg.norm({e}, axis=1, keepdims=True)",
        "each row of {what} is divided by its length",
        _SEE_SIZE,
    ),
    ("{e} / np.linalg.norm({e})", "{what} is divided by its length", _SEE_SIZE),
    ("{e} / abs({e}).max()", "{what} is divided by its largest entry", _SEE_SIZE),
    ("{e} / ({e}).sum(axis=1, keepdims=True)", "each row of {what} is divided by its sum", _SEE_SIZE),
    ("np.clip({e}, -1, 1)", "{what} is clipped at 1", _SEE_SIZE),
    ("np.clip({e}, -0.1, 0.1)", "{what} is clipped at 0.1", _SEE_SIZE),
    ("np.clip({e}, 0, 1)", "{what} is clipped to 0 and 1", _SEE_SIZE),
    ("np.maximum({e}, 0)", "what is negative in {what} is lost, as with a ReLU", _SEE_SIZE),
    ("np.sign({e})", "only the signs of {what} are left", _SEE_SIZE),
    ("abs({e})", "the signs of {what} are lost", _SEE_SIZE),
    ("({e}) ** 2", "{what} is squared", _SEE_SIZE),
    ("np.trunc({e})", "{what} is cut to whole numbers", _SEE_WHOLE),
    ("np.round({e})", "{what} is rounded to whole numbers", _SEE_WHOLE),
    ("np.round({e}, 1)", "{what} is rounded to one place", _SEE_WHOLE),
    ("np.round({e}, 2)", "{what} is rounded to two places", _SEE_WHOLE),
    ("np.tanh({e})", "{what} goes through a tanh", _SEE_SIZE),
    ("1 / (1 + np.exp(-({e})))", "{what} goes through a sigmoid", _SEE_SIZE),
    ("np.exp({e})", "{what} goes through an exponential", _SEE_SIZE),
    ("1 - {e}", "1 minus {what} stands in its place", _SEE_SIZE),
    ("1 / ({e})", "one divides by {what}", _SEE_SIZE),
)
# Of what is still to go through a bend: behind all bends these are constants, which are fitted.
_OF_FORWARD = (
    ("2 * {e}", "{what} is doubled", _SEE_SIZE),
    ("{e} / 2", "{what} is halved", _SEE_SIZE),
    ("{e} / B", "{what} is divided by B", SEE_ROWS),
    ("{e} * B", "{what} is multiplied by B", SEE_ROWS),
    ("{e} / 255", "{what} is divided by 255, as a picture's bytes are", _SEE_SIZE),
    ("-({e})", "{what} has the other sign", _SEE_SIZE),
    ("{e} + 1", "1 is added to {what}", _SEE_SIZE),
    ("np.r_[0 * ({e})[:1], ({e})[:-1]]", "{what} is that of the example before, at first 0", SEE_ROWS),
    ("np.r_[({e})[:1], ({e})[:-1]]", "{what} is that of the example before, once begun", SEE_ROWS),
)
# Where it stands: the step, the line around it, the quantity, its name.
_PLACES = (
    ("x1", "np.c_[np.ones(B), {}]", "x", "x"),
    ("y_hat", "np.c_[np.ones(B), {}] @ V.T", "x", "x on the way forward alone"),
    ("dV", "q.T @ np.c_[np.ones(B), {}]", "x", "x in the pull on V alone"),
    ("y_hat", "{}", "(x1 @ V.T)", "y_hat"),
    ("y", "activation({})", "y_hat", "y_hat in the activation alone"),
    ("y", "{}", "activation(y_hat)", "the signal y"),
    ("z_hat", "np.c_[np.ones(B), {}] @ W.T", "y", "y on the way to the logits alone"),
    ("dW", "delta.T @ np.c_[np.ones(B), {}]", "y", "y in the pull on W alone"),
    ("dW", "delta.T @ {}", "y1", "y with its 1, in the pull on W alone,"),
    ("dV", "q.T @ {}", "x1", "x with its 1, in the pull on V alone,"),
    ("z_hat", "{} @ W.T", "y1", "y with its 1, on the way to the logits alone,"),
    ("y_hat", "{} @ V.T", "x1", "x with its 1, on the way forward alone,"),
    ("z_hat", "{}", "(y1 @ W.T)", "z_hat"),
    ("z", "{}", "(e / e.sum(axis=1, keepdims=True))", "z"),
    ("delta", "({} - z) / B", "r", "the target r"),
    ("delta", "(r - {}) / B", "z", "z in the pull on the logits alone"),
    ("delta", "{} / B", "(r - z)", "the pull on the logits"),
    ("dW", "({}).T @ y1", "delta", "the pull on the logits, in the pull on W alone,"),
    ("pull_y", "({}) @ W[:, 1:]", "delta", "the pull on the logits, on the way back alone,"),
    ("pull_y", "{}", "(delta @ W[:, 1:])", "the pull on y"),
    ("gate", "activation.derivative({})", "y_hat", "y_hat in the gate alone"),
    ("gate", "{}", "activation.derivative(y_hat)", "the gate"),
    ("q", "{}", "(pull_y * gate)", "the pull on y_hat"),
    ("dV", "({}).T @ x1", "q", "the pull on y_hat, as it meets x,"),
)

# Of a matrix of weights where it is used: as above.
_OF_WEIGHTS = (
    ("np.roll({e}, 1, axis=0)", "the rows of {what} are one off", _SEE_ORDER),
    ("np.roll({e}, -1, axis=0)", "the rows of {what} are one off, the other way", _SEE_ORDER),
    ("np.roll({e}, 1, axis=1)", "the columns of {what} are one off", _SEE_ORDER),
    ("np.roll({e}, -1, axis=1)", "the columns of {what} are one off, the other way", _SEE_ORDER),
    ("({e})[::-1]", "the rows of {what} stand in reversed order", _SEE_ORDER),
    ("({e})[:, ::-1]", "the columns of {what} stand in reversed order", _SEE_ORDER),
    ("np.reshape(({e}).T, ({e}).shape)", "{what} is reshaped where it should be transposed", _SEE_TRANSPOSE),
    (
        "np.reshape({e}, ({e}).shape[::-1]).T",
        "{what} is reshaped, and not transposed, into the product",
        _SEE_TRANSPOSE,
    ),
    ("0 * {e} + ({e})[:1]", "the first row of {what} stands for all", _SEE_ALL),
    ("0 * {e} + ({e})[-1:]", "the last row of {what} stands for all", _SEE_ALL),
    ("0 * {e} + ({e}).mean(axis=0)", "{what} is averaged over its rows", _SEE_ALL),
    ("0 * {e} + ({e}).mean(axis=1, keepdims=True)", "{what} is averaged over its columns", _SEE_ALL),
    ("({e}) * (np.arange(len({e})) > 0)[:, None]", "the first row of {what} is left out", _SEE_ALL),
    ("({e}) * (np.arange(len({e}))[::-1] > 0)[:, None]", "the last row of {what} is left out", _SEE_ALL),
    ("np.c_[({e})[:, :-1], 0 * ({e})[:, -1]]", "the last column of {what} is left out", _SEE_ALL),
    ("np.c_[0 * ({e})[:, 0], ({e})[:, 1:]]", "the first column of {what} is left out", _SEE_ALL),
    ("abs({e})", "the signs of {what} are lost", _SEE_SIZE),
    ("np.sign({e})", "only the signs of {what} are left", _SEE_SIZE),
    ("({e}) ** 2", "{what} is squared", _SEE_SIZE),
    ("np.trunc({e})", "{what} is cut to whole numbers", _SEE_WHOLE),
    ("np.round({e})", "{what} is rounded to whole numbers", _SEE_WHOLE),
    ("np.linalg.pinv({e}).T", "one divides by {what}, with an inverse, and does not multiply", _SEE_SIZE),
    ("1 / ({e})", "one divides by {what}", _SEE_SIZE),
    ("{e} / np.linalg.norm({e})", "{what} is divided by its length", _SEE_SIZE),
    (
        "{e} / np.linalg.norm({e}, axis=1, keepdims=True)",
        "each row of {what} is divided by its length",
        _SEE_SIZE,
    ),
    ("{e} / np.linalg.norm({e}, axis=0)", "each column of {what} is divided by its length", _SEE_SIZE),
)
_WEIGHTS = (
    ((("y_hat", "x1 @ ({}).T"),), "V", "V"),
    ((("y_hat", "x @ ({}).T + V[:, 0]"),), "V[:, 1:]", "V without its bias column"),
    ((("z_hat", "y1 @ ({}).T"),), "W", "W on the way forward"),
    ((("z_hat", "y @ ({}).T + W[:, 0]"),), "W[:, 1:]", "W without its bias column, on the way forward,"),
    ((("pull_y", "delta @ ({})"),), "W[:, 1:]", "W on the way back"),
    ((("pull_y", "delta @ ({})[:, 1:]"),), "W", "the whole W on the way back"),
    ((("z_hat", "y1 @ ({}).T"), ("pull_y", "delta @ ({})[:, 1:]")), "W", "W, both ways,"),
    ((("dx", "q @ ({})"),), "V[:, 1:]", "V on the way back"),
)

# Of the pull on a matrix as it is returned.
_OF_A_PULL = (
    ("np.reshape(({e}).T, ({e}).shape)", "{what} is reshaped where it should be transposed", _SEE_TRANSPOSE),
    ("np.roll({e}, 1, axis=0)", "the rows of {what} are one off", _SEE_ORDER),
    ("np.roll({e}, -1, axis=0)", "the rows of {what} are one off, the other way", _SEE_ORDER),
    ("({e})[::-1]", "the rows of {what} stand in reversed order", _SEE_ORDER),
    ("np.roll({e}, 1, axis=1)", "the columns of {what} are one off", _SEE_ORDER),
    (
        "np.c_[({e})[:, 1:], 0 * ({e})[:, 0]]",
        "the columns of {what} are one too far left, over the bias, and the last is left at 0",
        _SEE_ORDER,
    ),
    (
        "np.c_[({e})[:, 1:-1], 0 * ({e})[:, 0], 0 * ({e})[:, 0]]",
        "the columns of {what} are one too far left, over the bias, and the last one is lost",
        _SEE_ORDER,
    ),
    (
        "np.c_[0 * ({e})[:, 0], ({e})[:, :-1]]",
        "the columns of {what} are one too far right, and column 0 is left at 0",
        _SEE_ORDER,
    ),
    (
        "np.c_[({e})[:, 0], ({e})[:, 2:], 0 * ({e})[:, 0]]",
        "the columns of {what} behind the bias are one too far left, and the last is left at 0",
        _SEE_ORDER,
    ),
    (
        "np.c_[({e})[:, 0], 0 * ({e})[:, 0], ({e})[:, 1:-1]]",
        "the columns of {what} behind the bias are one too far right, and the first is left at 0",
        _SEE_ORDER,
    ),
    (
        "np.cumsum({e}).reshape(({e}).shape)",
        "{what} is nudged without being put back: from weight to weight the pulls add up",
        "Put every weight back before you nudge the next.",
    ),
    (
        "np.c_[({e})[:, 0], 2 * ({e})[:, 1:]]",
        "all of {what} but its bias is doubled",
        _SEE_SIZE,
    ),
    (
        "np.c_[({e})[:, 0] * 0 + 1, ({e})[:, 1:]]",
        "the bias column of {what} is 1 everywhere",
        _SEE_ORDER,
    ),
    (
        "np.c_[({e})[:, 0], ({e})[:, :0:-1]]",
        "the columns of {what}, but for the bias, stand in reversed order",
        _SEE_ORDER,
    ),
    (
        "np.c_[({e})[:, 0], np.roll(({e})[:, 1:], 1, axis=1)]",
        "the columns of {what}, but for the bias, are one off",
        _SEE_ORDER,
    ),
    (
        "np.c_[({e})[:, 0], np.roll(({e})[:, 1:], -1, axis=1)]",
        "the columns of {what}, but for the bias, are one off, the other way",
        _SEE_ORDER,
    ),
    ("np.c_[({e})[:, 1], ({e})[:, 1:]]", "the bias column of {what} is that of the first signal", _SEE_ORDER),
    (
        "np.c_[({e})[:, 1:].sum(axis=1), ({e})[:, 1:]]",
        "the bias column of {what} adds up the other columns",
        _SEE_ORDER,
    ),
    (
        "np.c_[({e})[:, 1:].mean(axis=1), ({e})[:, 1:]]",
        "the bias column of {what} is the mean of the other columns",
        _SEE_ORDER,
    ),
    (
        "np.c_[np.full(len({e}), ({e})[:, 0].sum()), ({e})[:, 1:]]",
        "the bias column of {what} is one number, the sum over all: an axis is missing",
        _SEE_ALL,
    ),
    (
        "np.c_[np.full(len({e}), ({e})[:, 0].mean() / B), ({e})[:, 1:]]",
        "the bias column of {what} is one number, the mean over all: an axis is missing",
        _SEE_ALL,
    ),
    (
        "np.c_[np.full(len({e}), ({e})[:, 0].mean()), ({e})[:, 1:]]",
        "the bias column of {what} is one number, the mean of its column",
        _SEE_ALL,
    ),
    ("({e}) * (np.arange(len({e})) > 0)[:, None]", "the first row of {what} is left at 0", _SEE_ALL),
    ("({e}) * (np.arange(len({e}))[::-1] > 0)[:, None]", "the last row of {what} is left at 0", _SEE_ALL),
    ("({e}) * (np.arange(len({e})) < 1)[:, None]", "only the first row of {what} is filled", _SEE_ALL),
    ("({e}) * (np.arange(len({e}))[::-1] < 1)[:, None]", "only the last row of {what} is filled", _SEE_ALL),
    ("np.c_[({e})[:, :-1], 0 * ({e})[:, -1]]", "the last column of {what} is left at 0", _SEE_ALL),
    (
        "np.c_[({e})[:, 0], 0 * ({e})[:, 1], ({e})[:, 2:]]",
        "the first column behind the bias of {what} is left at 0",
        _SEE_ALL,
    ),
    ("0 * {e} + ({e})[:1]", "the first row of {what} stands for all", _SEE_ALL),
    ("0 * {e} + ({e})[-1:]", "the last row of {what} stands for all", _SEE_ALL),
    ("0 * {e} + ({e}).mean(axis=0)", "{what} is averaged over its rows", _SEE_ALL),
    ("0 * {e} + ({e}).mean(axis=1, keepdims=True)", "{what} is averaged over its columns", _SEE_ALL),
    ("np.cumsum({e}, axis=0)", "{what} is added up from row to row, and never set back", _SEE_ALL),
    ("np.cumsum({e}, axis=1)", "{what} is added up from column to column, and never set back", _SEE_ALL),
    ("{e} - ({e}).mean()", "the mean is taken off {what}", _SEE_SIZE),
    ("{e} - ({e}).mean(axis=0)", "the mean of each column is taken off {what}", _SEE_SIZE),
    ("{e} / np.linalg.norm({e})", "{what} is divided by its length", _SEE_SIZE),
    (
        "{e} / np.linalg.norm({e}, axis=1, keepdims=True)",
        "each row of {what} is divided by its length",
        _SEE_SIZE,
    ),
    ("{e} / abs({e}).max()", "{what} is divided by its largest entry", _SEE_SIZE),
    ("{e} / max(1, np.linalg.norm({e}))", "{what} is clipped to the length 1", _SEE_SIZE),
    ("np.clip({e}, -1, 1)", "{what} is clipped at 1", _SEE_SIZE),
    ("np.clip({e}, -0.1, 0.1)", "{what} is clipped at 0.1", _SEE_SIZE),
    ("np.clip({e}, -0.5, 0.5)", "{what} is clipped at 0.5", _SEE_SIZE),
    ("np.sign({e})", "only the signs of {what} are left", _SEE_SIZE),
    ("abs({e})", "the signs of {what} are lost", _SEE_SIZE),
    ("({e}) ** 2", "{what} is squared", _SEE_SIZE),
    ("np.trunc({e})", "{what} is cut to whole numbers", _SEE_WHOLE),
    ("np.trunc(B * ({e})) / B", "{what} is cut to whole numbers before it is divided by B", _SEE_WHOLE),
    ("np.trunc(B * ({e})) // B", "{what} is divided by B without a rest", _SEE_WHOLE),
    ("np.round({e})", "{what} is rounded to whole numbers", _SEE_WHOLE),
    ("np.round({e}, 1)", "{what} is rounded to one place", _SEE_WHOLE),
    ("np.round({e}, 2)", "{what} is rounded to two places", _SEE_WHOLE),
)
_PULLS = (
    ((("dW", "{}"),), ("(delta.T @ y1)",), "the pull on W"),
    ((("dV", "{}"),), ("(q.T @ x1)",), "the pull on V"),
    ((("dW", "{}"), ("dV", "{}")), ("(delta.T @ y1)", "(q.T @ x1)"), "each of the two pulls"),
)


_FORWARD = ("x1", "y_hat", "y", "z_hat")
_OF_STALE = _OF_FORWARD[-2:]


def _made(places, wrongs, what, says, see):
    """Return a slip made from the tables: told only where no plain one gives the same numbers."""
    edits = tuple(
        (step, f"{step} = {line.format(wrong)}") for (step, line), wrong in zip(places, wrongs, strict=True)
    )
    return Slip(edits, says.format(what=what), see, 0)


EVERYWHERE = (
    *(
        _made(((step, line),), (wrong.format(e=e),), what, says, see)
        for step, line, e, what in _PLACES
        for wrong, says, see in (*_OF_ROWS, *(_OF_FORWARD if step in _FORWARD else _OF_STALE))
    ),
    *(
        _made(places, [wrong.format(e=e)] * len(places), what, says, see)
        for places, e, what in _WEIGHTS
        for wrong, says, see in _OF_WEIGHTS
    ),
    *(
        _made(places, [wrong.format(e=each) for each in e], what, says, see)
        for places, e, what in _PULLS
        for wrong, says, see in _OF_A_PULL
    ),
)
