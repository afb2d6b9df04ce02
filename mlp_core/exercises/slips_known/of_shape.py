"""Slips that give arrays of another shape, which tells them at once: named only if the numbers agree too."""

from ..chain import Slip
from .wording import SEE_BATCH, SEE_BIAS, SEE_DOWN, SEE_ROWS, SEE_TAIL, slip

_SEE_J = "Each logit moves each probability: one row for every class, and one column."
_SEE_OUTER = "`np.outer` lays a batch out in one long row: it is for single examples."
_FACTORS = (("delta", "y1", "dW", "W"), ("q", "x1", "dV", "V"))


def _of_a_matrix(head, ones, step, letter):
    """Return the slips that give the pull on a matrix another shape."""
    made = f"({head}.T @ {ones})"
    lines = (
        (f"np.outer({head}, {ones})", "`np.outer` takes the whole batch as one long row", _SEE_OUTER),
        (f"{head}[:, :, None] * {ones}[:, None, :]", "the examples are not added up", SEE_BATCH),
        (f"B * {head}[:, :, None] * {ones}[:, None, :]", "the examples are not added up", SEE_BATCH),
        (f"{head}.T @ np.c_[np.ones(B), {ones}]", "the constant 1 is put in front twice", SEE_BIAS),
        (f"{made}.ravel()", "it is laid out in one row", "Print its shape."),
        (f"{made}.sum()", "everything is added up to one number", "Print its shape."),
        (f"{made}.sum(axis=0)", "its rows are added up", "Print its shape."),
        (f"{made}.sum(axis=1)", "its columns are added up", "Print its shape."),
        (f"{made}.mean(axis=0)", "the mean of its rows is taken", "Print its shape."),
        (f"{made}.mean(axis=1)", "the mean of its columns is taken", "Print its shape."),
        (f"{head} @ {head}.T", "the pulls are multiplied with themselves", SEE_TAIL),
        (f"{head}.T @ {head}", "the pulls are multiplied with themselves", SEE_TAIL),
        (f"{ones}.T @ {ones}", "the signals are multiplied with themselves", SEE_TAIL),
        (f"{head}.sum(axis=0)", "the signals are left out, and only the bias is pulled", SEE_TAIL),
        (f"{head}", "this is the pull at the heads alone", SEE_TAIL),
    )
    return tuple(slip(step, line, f"in the pull on {letter}, {says}", see) for line, says, see in lines)


_SEE_OWN = "A matrix leads from one layer to the next: what is at the tails of its arrows, what at the heads?"
OF_SHAPE = (
    *(each for factors in _FACTORS for each in _of_a_matrix(*factors)),
    Slip(
        (("dW", "dW = np.outer(delta, y1)"), ("dV", "dV = np.outer(q, x1)")),
        "`np.outer` takes the whole batch as one long row, in both pulls",
        _SEE_OUTER,
    ),
    Slip(
        (
            ("dW", "dW = delta[:, :, None] * y1[:, None, :]"),
            ("dV", "dV = q[:, :, None] * x1[:, None, :]"),
        ),
        "the examples are not added up, in both pulls",
        SEE_BATCH,
    ),
    Slip(
        (
            ("dW", "dW = B * delta[:, :, None] * y1[:, None, :]"),
            ("dV", "dV = B * q[:, :, None] * x1[:, None, :]"),
        ),
        "the examples are not added up, in both pulls",
        SEE_BATCH,
    ),
    slip("dV", "q.T @ y1", "y, the unit's own signal, stands for x in the pull on V", _SEE_OWN, 3),
    slip("dV", "pull_y.T @ y1", "y stands for x in the pull on V, and no gate is passed", _SEE_OWN),
    slip(
        "dV", "delta.T @ x1", "the pull on the logits stands for that on y_hat in the pull on V", _SEE_OWN, 3
    ),
    slip("dV", "delta.T @ y1", "the pull on W stands for that on V", _SEE_OWN),
    slip("dW", "delta.T @ x1", "x stands for y in the pull on W", _SEE_OWN, 3),
    slip("dW", "q.T @ y1", "the pull on y_hat stands for that on the logits in the pull on W", _SEE_OWN),
    slip("dW", "q.T @ x1", "the pull on V stands for that on W", _SEE_OWN),
    slip(
        "dV",
        "(np.c_[np.zeros(B), q] + np.outer(delta @ W[:, 0], np.eye(H + 1)[0])).T @ x1",
        "the bias column of W is carried back too, past the gate",
        SEE_DOWN,
    ),
    slip(
        "dV",
        "((delta @ W) * y1 * (1 - y1)).T @ x1",
        "the bias column of W is carried back too, and the gate is y(1 - y)",
        SEE_DOWN,
    ),
    slip(
        "dV",
        "((delta @ W) * (1 - y1**2)).T @ x1",
        "the bias column of W is carried back too, and the gate is 1 - y²",
        SEE_DOWN,
    ),
    slip(
        "dV",
        "((delta @ W) * activation.derivative(np.c_[np.ones(B), y_hat])).T @ x1",
        "the bias column of W is carried back too, with a gate of its own",
        SEE_DOWN,
    ),
    slip("delta", "(r - z).mean(axis=0)", "the pulls are averaged over the examples", SEE_ROWS, 3),
    slip("delta", "(r - z).sum(axis=0)", "the pulls are added up over the examples", SEE_ROWS),
    slip("delta", "(r - z).sum(axis=0) / B**2", "the pulls are averaged over the examples", SEE_ROWS),
    slip("delta", "(r - z).sum(axis=1) / B", "the pulls of an example are added up", SEE_ROWS),
    slip("delta", "(r - z).sum() / B", "everything is added up to one number", "Print its shape."),
    slip(
        "delta", "((r - z) ** 2).sum() / B", "this is an error, one number, and no pull", "Print its shape."
    ),
    slip("delta", "-(r * np.log(z)).sum() / B", "this is E and not its pull", "Print its shape.", 3),
    slip(
        "delta",
        "-(r * np.log(z)).sum(axis=1)",
        "this is the E of each example and no pull",
        "Print its shape.",
    ),
    slip("J", "z * (1 - z)", "only the diagonal is there, as a row", _SEE_J, 3),
    slip("J", "(z * (1 - z)).sum(axis=1)", "the diagonal is added up", _SEE_J),
    slip("J", "np.diag(z.ravel()) - np.outer(z, z)", "the batch is taken as one long example", _SEE_J),
    slip("J", "-np.outer(z, z)", "the batch is taken as one long example, without its delta", _SEE_J),
    slip("z", "e / e.sum()", "everything shares one pot", SEE_ROWS),
    slip("pull_y", "(delta @ W[:, 1:]).sum(axis=0)", "the examples are added up", SEE_ROWS),
    slip("pull_y", "(delta @ W[:, 1:]).mean(axis=0)", "the examples are averaged", SEE_ROWS),
    slip("pull_y", "delta[:, :, None] * W[:, 1:]", "the classes are not added up", SEE_DOWN),
)
