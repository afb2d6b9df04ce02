"""Slips that any quantity can have wherever it stands: what is done to it, and where, as two tables."""

from ..chain import Slip
from .done_to_rows import (
    BEFORE_MEAN,
    OF_FORWARD,
    OF_ROWS,
    SEE_ALL,
    SEE_ORDER,
    SEE_SIZE,
    SEE_TRANSPOSE,
    SEE_WHOLE,
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
    ("q", "({}) * gate", "pull_y", "the pull on y"),
    ("pull_y", "{}", "(delta @ W[:, 1:])", "the pull on y"),
    ("q", "pull_y * ({})", "gate", "the gate"),
    ("dV", "({}).T @ x1", "q", "the pull on y_hat, as it meets x,"),
    ("gate", "activation.derivative({})", "y_hat", "y_hat in the gate alone"),
    ("gate", "{}", "activation.derivative(y_hat)", "the gate"),
    ("q", "{}", "(pull_y * gate)", "the pull on y_hat"),
)

# Of a matrix of weights where it is used: as above.
_OF_WEIGHTS = (
    ("np.roll({e}, 1, axis=0)", "the rows of {what} are one off", SEE_ORDER),
    ("np.roll({e}, -1, axis=0)", "the rows of {what} are one off, the other way", SEE_ORDER),
    ("np.roll({e}, 1, axis=1)", "the columns of {what} are one off", SEE_ORDER),
    ("np.roll({e}, -1, axis=1)", "the columns of {what} are one off, the other way", SEE_ORDER),
    ("({e})[::-1]", "the rows of {what} stand in reversed order", SEE_ORDER),
    ("({e})[:, ::-1]", "the columns of {what} stand in reversed order", SEE_ORDER),
    ("np.reshape(({e}).T, ({e}).shape)", "{what} is reshaped where it should be transposed", SEE_TRANSPOSE),
    (
        "np.reshape({e}, ({e}).shape[::-1]).T",
        "{what} is reshaped, and not transposed, into the product",
        SEE_TRANSPOSE,
    ),
    ("0 * {e} + ({e})[:1]", "the first row of {what} stands for all", SEE_ALL),
    ("0 * {e} + ({e})[-1:]", "the last row of {what} stands for all", SEE_ALL),
    ("0 * {e} + ({e}).mean(axis=0)", "{what} is averaged over its rows", SEE_ALL),
    ("0 * {e} + ({e}).mean(axis=1, keepdims=True)", "{what} is averaged over its columns", SEE_ALL),
    ("({e}) * (np.arange(len({e})) > 0)[:, None]", "the first row of {what} is left out", SEE_ALL),
    ("({e}) * (np.arange(len({e}))[::-1] > 0)[:, None]", "the last row of {what} is left out", SEE_ALL),
    ("np.c_[({e})[:, :-1], 0 * ({e})[:, -1]]", "the last column of {what} is left out", SEE_ALL),
    ("np.c_[0 * ({e})[:, 0], ({e})[:, 1:]]", "the first column of {what} is left out", SEE_ALL),
    ("abs({e})", "the signs of {what} are lost", SEE_SIZE),
    ("np.sign({e})", "only the signs of {what} are left", SEE_SIZE),
    ("({e}) ** 2", "{what} is squared", SEE_SIZE),
    ("np.trunc({e})", "{what} is cut to whole numbers", SEE_WHOLE),
    ("np.round({e})", "{what} is rounded to whole numbers", SEE_WHOLE),
    ("np.linalg.pinv({e}).T", "one divides by {what}, with an inverse, and does not multiply", SEE_SIZE),
    ("1 / ({e})", "one divides by {what}", SEE_SIZE),
    ("{e} / np.linalg.norm({e})", "{what} is divided by its length", SEE_SIZE),
    (
        "{e} / np.linalg.norm({e}, axis=1, keepdims=True)",
        "each row of {what} is divided by its length",
        SEE_SIZE,
    ),
    ("{e} / np.linalg.norm({e}, axis=0)", "each column of {what} is divided by its length", SEE_SIZE),
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
    ("np.reshape(({e}).T, ({e}).shape)", "{what} is reshaped where it should be transposed", SEE_TRANSPOSE),
    ("np.roll({e}, 1, axis=0)", "the rows of {what} are one off", SEE_ORDER),
    ("np.roll({e}, -1, axis=0)", "the rows of {what} are one off, the other way", SEE_ORDER),
    ("({e})[::-1]", "the rows of {what} stand in reversed order", SEE_ORDER),
    ("np.roll({e}, 1, axis=1)", "the columns of {what} are one off", SEE_ORDER),
    (
        "np.c_[({e})[:, 1:], 0 * ({e})[:, 0]]",
        "the columns of {what} are one too far left, over the bias, and the last is left at 0",
        SEE_ORDER,
    ),
    (
        "np.c_[({e})[:, 1:-1], 0 * ({e})[:, 0], 0 * ({e})[:, 0]]",
        "the columns of {what} are one too far left, over the bias, and the last one is lost",
        SEE_ORDER,
    ),
    (
        "np.c_[0 * ({e})[:, 0], ({e})[:, :-1]]",
        "the columns of {what} are one too far right, and column 0 is left at 0",
        SEE_ORDER,
    ),
    (
        "np.c_[({e})[:, 0], ({e})[:, 2:], 0 * ({e})[:, 0]]",
        "the columns of {what} behind the bias are one too far left, and the last is left at 0",
        SEE_ORDER,
    ),
    (
        "np.c_[({e})[:, 0], 0 * ({e})[:, 0], ({e})[:, 1:-1]]",
        "the columns of {what} behind the bias are one too far right, and the first is left at 0",
        SEE_ORDER,
    ),
    (
        "np.cumsum({e}).reshape(({e}).shape)",
        "{what} is nudged without being put back: from weight to weight the pulls add up",
        "Put every weight back before you nudge the next.",
    ),
    (
        "np.c_[({e})[:, 0], 2 * ({e})[:, 1:]]",
        "all of {what} but its bias is doubled",
        SEE_SIZE,
    ),
    (
        "np.c_[({e})[:, 0] * 0 + 1, ({e})[:, 1:]]",
        "the bias column of {what} is 1 everywhere",
        SEE_ORDER,
    ),
    (
        "np.c_[({e})[:, 0], ({e})[:, :0:-1]]",
        "the columns of {what}, but for the bias, stand in reversed order",
        SEE_ORDER,
    ),
    (
        "np.c_[({e})[:, 0], np.roll(({e})[:, 1:], 1, axis=1)]",
        "the columns of {what}, but for the bias, are one off",
        SEE_ORDER,
    ),
    (
        "np.c_[({e})[:, 0], np.roll(({e})[:, 1:], -1, axis=1)]",
        "the columns of {what}, but for the bias, are one off, the other way",
        SEE_ORDER,
    ),
    ("np.c_[({e})[:, 1], ({e})[:, 1:]]", "the bias column of {what} is that of the first signal", SEE_ORDER),
    (
        "np.c_[({e})[:, 1:].sum(axis=1), ({e})[:, 1:]]",
        "the bias column of {what} adds up the other columns",
        SEE_ORDER,
    ),
    (
        "np.c_[({e})[:, 1:].mean(axis=1), ({e})[:, 1:]]",
        "the bias column of {what} is the mean of the other columns",
        SEE_ORDER,
    ),
    (
        "np.c_[np.full(len({e}), ({e})[:, 0].sum()), ({e})[:, 1:]]",
        "the bias column of {what} is one number, the sum over all: an axis is missing",
        SEE_ALL,
    ),
    (
        "np.c_[np.full(len({e}), ({e})[:, 0].mean() / B), ({e})[:, 1:]]",
        "the bias column of {what} is one number, the mean over all: an axis is missing",
        SEE_ALL,
    ),
    (
        "np.c_[np.full(len({e}), ({e})[:, 0].mean()), ({e})[:, 1:]]",
        "the bias column of {what} is one number, the mean of its column",
        SEE_ALL,
    ),
    ("({e}) * (np.arange(len({e})) > 0)[:, None]", "the first row of {what} is left at 0", SEE_ALL),
    ("({e}) * (np.arange(len({e}))[::-1] > 0)[:, None]", "the last row of {what} is left at 0", SEE_ALL),
    ("({e}) * (np.arange(len({e})) < 1)[:, None]", "only the first row of {what} is filled", SEE_ALL),
    ("({e}) * (np.arange(len({e}))[::-1] < 1)[:, None]", "only the last row of {what} is filled", SEE_ALL),
    ("np.c_[({e})[:, :-1], 0 * ({e})[:, -1]]", "the last column of {what} is left at 0", SEE_ALL),
    (
        "np.c_[({e})[:, 0], 0 * ({e})[:, 1], ({e})[:, 2:]]",
        "the first column behind the bias of {what} is left at 0",
        SEE_ALL,
    ),
    ("0 * {e} + ({e})[:1]", "the first row of {what} stands for all", SEE_ALL),
    ("0 * {e} + ({e})[-1:]", "the last row of {what} stands for all", SEE_ALL),
    ("0 * {e} + ({e}).mean(axis=0)", "{what} is averaged over its rows", SEE_ALL),
    ("0 * {e} + ({e}).mean(axis=1, keepdims=True)", "{what} is averaged over its columns", SEE_ALL),
    ("np.cumsum({e}, axis=0)", "{what} is added up from row to row, and never set back", SEE_ALL),
    ("np.cumsum({e}, axis=1)", "{what} is added up from column to column, and never set back", SEE_ALL),
    ("{e} - ({e}).mean()", "the mean is taken off {what}", SEE_SIZE),
    ("{e} - ({e}).mean(axis=0)", "the mean of each column is taken off {what}", SEE_SIZE),
    ("{e} / np.linalg.norm({e})", "{what} is divided by its length", SEE_SIZE),
    (
        "{e} / np.linalg.norm({e}, axis=1, keepdims=True)",
        "each row of {what} is divided by its length",
        SEE_SIZE,
    ),
    ("{e} / abs({e}).max()", "{what} is divided by its largest entry", SEE_SIZE),
    ("{e} / max(1, np.linalg.norm({e}))", "{what} is clipped to the length 1", SEE_SIZE),
    ("np.clip({e}, -1, 1)", "{what} is clipped at 1", SEE_SIZE),
    ("np.clip({e}, -0.1, 0.1)", "{what} is clipped at 0.1", SEE_SIZE),
    ("np.clip({e}, -0.5, 0.5)", "{what} is clipped at 0.5", SEE_SIZE),
    ("np.sign({e})", "only the signs of {what} are left", SEE_SIZE),
    ("abs({e})", "the signs of {what} are lost", SEE_SIZE),
    ("({e}) ** 2", "{what} is squared", SEE_SIZE),
    ("np.trunc({e})", "{what} is cut to whole numbers", SEE_WHOLE),
    ("np.clip({e}, -0.01, 0.01)", "{what} is clipped at 0.01", SEE_SIZE),
    ("np.clip(B * ({e}), -1, 1) / B", "{what} is clipped at 1 before it is divided by B", SEE_SIZE),
    ("np.clip(B * ({e}), -0.1, 0.1) / B", "{what} is clipped at 0.1 before it is divided by B", SEE_SIZE),
    ("np.round(B * ({e})) / B", "{what} is rounded to whole numbers before it is divided by B", SEE_WHOLE),
    ("np.trunc(B * ({e})) / B", "{what} is cut to whole numbers before it is divided by B", SEE_WHOLE),
    ("np.trunc(B * ({e})) // B", "{what} is divided by B without a rest", SEE_WHOLE),
    ("np.round({e})", "{what} is rounded to whole numbers", SEE_WHOLE),
    ("np.round({e}, 1)", "{what} is rounded to one place", SEE_WHOLE),
    ("np.round({e}, 2)", "{what} is rounded to two places", SEE_WHOLE),
)
_PULLS = (
    ((("dW", "{}"),), ("(delta.T @ y1)",), "the pull on W"),
    ((("dV", "{}"),), ("(q.T @ x1)",), "the pull on V"),
    ((("dW", "{}"), ("dV", "{}")), ("(delta.T @ y1)", "(q.T @ x1)"), "each of the two pulls"),
)


_FORWARD = ("x1", "y_hat", "y", "z_hat")


def _done_to(step, what):
    """Return what may be done to a quantity where it stands, beside what may be done to any."""
    if step in _FORWARD:
        return OF_FORWARD
    has_mean = step != "delta" and what.startswith("the pull on")
    return (*OF_FORWARD[-2:], *BEFORE_MEAN) if has_mean else OF_FORWARD[-2:]


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
        for wrong, says, see in (*OF_ROWS, *_done_to(step, what))
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
