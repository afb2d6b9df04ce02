"""Slips that run through several steps."""

from ..chain import Slip
from .way_forward import SEE_SUM
from .wording import ONES, SEE_BIAS, SEE_COLUMN, SIGMOID

THROUGHOUT = (
    Slip(
        (("dW", "dW = delta.T @ y1 + c * W"), ("dV", "dV = q.T @ x1 + c * V")),
        "something times the weights is added to both pulls, as in weight decay",
        "The pull of E alone was asked for.",
    ),
    Slip(
        (("dW", "dW = W + c * (delta.T @ y1)"), ("dV", "dV = V + c * (q.T @ x1)")),
        "the weights after a step are returned, and not the pulls",
        "Where nothing is wrong the pulls are 0; what do you return there?",
    ),
    Slip(
        (
            ("y_hat", "y_hat = x @ V[:, :-1].T + V[:, -1]"),
            ("z_hat", "z_hat = y @ W[:, :-1].T + W[:, -1]"),
            ("dW", "dW = delta.T @ np.c_[y, np.ones(B)]"),
            ("pull_y", "pull_y = delta @ W[:, :-1]"),
            ("dV", "dV = q.T @ np.c_[x, np.ones(B)]"),
        ),
        "the last column of each matrix is read, and returned, as its bias",
        "In this book column 0 is the bias.",
        convention=True,
    ),
    Slip(
        (("y_hat", "y_hat = x @ V[:, 1:].T"), ("z_hat", "z_hat = y @ W[:, 1:].T")),
        "no bias is used on the way forward",
        SEE_BIAS,
    ),
    Slip(
        (
            ("dW", "dW = delta.T @ y1 + c * np.c_[0 * W[:, 0], W[:, 1:]]"),
            ("dV", "dV = q.T @ x1 + c * np.c_[0 * V[:, 0], V[:, 1:]]"),
        ),
        "something times the weights, but for the biases, is added to both pulls, as in weight decay",
        "The pull of E alone was asked for.",
    ),
    Slip(
        (("y_hat", "y_hat = x @ V[:, :-1].T + V[:, -1]"), ("dV", "dV = q.T @ np.c_[x, np.ones(B)]")),
        "the last column of V is read, and returned, as its bias",
        "In this book column 0 is the bias.",
    ),
    Slip(
        (
            ("z_hat", "z_hat = y @ W[:, :-1].T + W[:, -1]"),
            ("dW", "dW = delta.T @ np.c_[y, np.ones(B)]"),
            ("pull_y", "pull_y = delta @ W[:, :-1]"),
        ),
        "the last column of W is read, and returned, as its bias",
        "In this book column 0 is the bias.",
    ),
    Slip(
        (
            ("y_hat", "y_hat = x @ V[:, :-1].T + V[:, -1]"),
            ("z_hat", "z_hat = y @ W[:, :-1].T + W[:, -1]"),
        ),
        "the last column of each matrix is read as its bias, on the way forward alone",
        "In this book column 0 is the bias.",
    ),
    Slip(
        (("y_hat", "y_hat = x @ V[:, 1:].T"), ("y", "y = activation(y_hat) + V[:, 0]")),
        "the hidden biases are added behind the activation",
        "The bias belongs to the sum: it decides where the bend is.",
    ),
    Slip(
        (("y", "y = activation(x @ V[:, 1:].T) + V[:, 0]"),),
        "the hidden biases are added behind the activation, and the gate is taken with them",
        "The bias belongs to the sum: it decides where the bend is.",
        1,
    ),
    Slip(
        (
            ("shifted", "shifted = y @ W[:, 1:].T"),
            ("z", "z = e / e.sum(axis=1, keepdims=True) + W[:, 0]"),
        ),
        "the output's biases are added behind the softmax",
        SEE_SUM,
        1,
    ),
    *(
        Slip(
            (
                ("dW", f"dW = by_nudges(x1, r, V, W, activation, {h})[1]"),
                ("dV", f"dV = by_nudges(x1, r, V, W, activation, {h})[0]"),
            ),
            f"the pulls are measured by a nudge of {h}, to one side, which is too large",
            "Halve the nudge: does the number stay?",
            1,
        )
        for h in (1.0, 0.1, 0.01)
    ),
    Slip(
        (("y", "y = y_hat"), ("gate", "gate = np.ones_like(y_hat)")),
        "activation and gate are left out: the network is linear",
        "Compare y with tanh(y_hat) for one unit.",
        3,
    ),
    Slip(
        (
            ("z_hat", "z_hat = activation(y1 @ W.T)"),
            ("delta", "delta = (r - z) * activation.derivative(y1 @ W.T) / B"),
        ),
        "the output goes through the activation and its gate as well",
        "Softmax is the activation of the output: nothing else stands between the sums and it.",
    ),
    Slip(
        (
            ("y_hat", "y_hat = x @ V[:, 1:].T"),
            ("z_hat", "z_hat = y @ W[:, 1:].T"),
            ("dW", "dW = delta.T @ np.c_[np.zeros(B), y]"),
            ("dV", "dV = q.T @ np.c_[np.zeros(B), x]"),
        ),
        "the biases are left out, on the way forward and of both pulls",
        SEE_BIAS,
    ),
    Slip(
        (
            ("dW", "dW = np.c_[delta.mean(axis=0), delta.T @ y]"),
            ("dV", "dV = np.c_[q.mean(axis=0), q.T @ x]"),
        ),
        "the bias columns of both pulls are means where the 1/B is already in",
        SEE_COLUMN,
    ),
    Slip(
        (
            ("y_hat", "y_hat = x1 @ np.trunc(V).T"),
            ("z_hat", "z_hat = y1 @ np.trunc(W).T"),
            ("pull_y", "pull_y = delta @ np.trunc(W)[:, 1:]"),
        ),
        "the weights are cut to whole numbers",
        "Print the dtype of your copies of V and W.",
        1,
    ),
    Slip(
        (("y", "y = np.tanh(y_hat)"), ("gate", "gate = 1 - np.tanh(y_hat) ** 2")),
        "the activation and its slope are always those of tanh, whatever is handed in",
        "Try it with ReLU.",
    ),
    Slip(
        (("y", f"y = {SIGMOID.format('y_hat')}"), ("gate", "gate = y * (1 - y)")),
        "the activation and its slope are always those of the sigmoid, whatever is handed in",
        "Try it with ReLU.",
    ),
    Slip(
        (("y", "y = np.maximum(y_hat, 0)"), ("gate", "gate = (y_hat > 0) * 1.0")),
        "the activation and its slope are always those of ReLU, whatever is handed in",
        "Try it with tanh.",
    ),
    Slip(
        (
            ("dW", "dW = delta.T @ np.c_[np.zeros(B), y]"),
            ("dV", "dV = q.T @ np.c_[np.zeros(B), x]"),
        ),
        "the bias columns of both pulls are left at 0",
        SEE_COLUMN,
    ),
    Slip(
        (("dW", f"dW = delta.T @ np.c_[y, {ONES}]"), ("dV", f"dV = q.T @ np.c_[x, {ONES}]")),
        "the bias columns of both pulls stand last",
        SEE_COLUMN,
        convention=True,
    ),
    Slip(
        (("z", "z = e / e.sum()"), ("shifted", "shifted = z_hat")),
        "each row is divided by the pot of the whole batch",
        SEE_SUM,
        3,
    ),
    Slip(
        (("z", "z = e / e.sum(axis=0)"), ("shifted", "shifted = z_hat")),
        "the pot is added up over the batch, not over the classes",
        SEE_SUM,
        3,
    ),
)
