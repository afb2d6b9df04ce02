"""Slips in the pull on the logits and on W."""

from .wording import SEE_LOGIT, SEE_ROWS, SEE_TAIL, of_matrix, slip

LOGITS = (
    slip(
        "delta",
        "(r - z_hat) / B",
        "the logits are taken off the target, and not the probabilities",
        SEE_LOGIT,
    ),
    slip(
        "delta",
        "(r - z) * z * (1 - z) / B",
        "this is the squared error behind a sigmoid: a factor z(1 - z) too many",
        "Where the network is sure and wrong the pull must be almost 1; yours is almost 0.",
        3,
    ),
    slip(
        "delta",
        "z * ((r - z) - (z * (r - z)).sum(axis=1, keepdims=True)) / B",
        "r - z is sent through softmax once more: the squared error",
        "Where the network is sure and wrong the pull must be almost 1; yours is almost 0.",
    ),
    slip("delta", "r / z / B", "this is the pull on z, and softmax is not passed", SEE_LOGIT),
    slip(
        "delta",
        "r * (1 - z) / B",
        "only each class's own route is counted, the diagonal of the Jacobian",
        "In one-hot examples the other classes are pulled as well, by -z.",
    ),
    slip("delta", "(r - z * z) / B", "z is squared", SEE_LOGIT, 1),
    slip("delta", "(r - np.log(z)) / B", "log z stands for z", SEE_LOGIT, 1),
    slip("delta", "r * (np.log(r) - np.log(z)) / B", "this is a part of E and no derivative", SEE_LOGIT, 1),
    slip("delta", "(r - 1) * z / B", "the factors of the Jacobian are mixed up", SEE_LOGIT, 1),
    slip("delta", "-z / B", "the gain r is left out", SEE_LOGIT),
    slip("delta", "r / B", "the price z is left out", SEE_LOGIT),
    slip("delta", "(r + z) / B", "r and z are added", SEE_LOGIT),
    slip("delta", "(1 - z) / B", "1 stands in place of the target", SEE_LOGIT, 1),
    slip("delta", "np.abs(r - z) / B", "the sign of r - z is lost", SEE_LOGIT, 1),
    slip("delta", "(r - z) ** 2 / B", "r - z is squared", SEE_LOGIT, 1),
    slip("delta", "r * (r - z) / B", "only the wanted classes are pulled", SEE_LOGIT),
    slip(
        "delta",
        "(np.eye(K)[r.argmax(axis=1)] - z) / B",
        "a soft target is taken for a hard one",
        "Try the target (0.2, 0.5, 0.3): what is pulled at z = r?",
    ),
    slip("delta", "(r - np.eye(K)[z.argmax(axis=1)]) / B", "z is made hard first", SEE_LOGIT, 1),
    slip("delta", "(r - z).mean(axis=0) / B + 0 * z", "the pulls are averaged over the examples", SEE_ROWS),
    slip("delta", "(r - z).sum(axis=0) / B + 0 * z", "the pulls are added up over the examples", SEE_ROWS),
    slip("delta", "(r - z)[:, ::-1] / B", "the classes stand in reversed order", SEE_LOGIT, 1),
    slip("delta", "(r - z - (r - z).mean(axis=0)) / B", "the batch's mean pull is taken off", SEE_ROWS, 1),
    slip(
        "delta",
        "(r - z) * activation.derivative(z_hat) / B",
        "a gate stands on the straight output",
        SEE_LOGIT,
    ),
)

INTO_W = (
    *of_matrix("dW", "delta", "y", "y1", "W"),
    slip(
        "dW",
        "delta.T @ np.c_[np.ones(B), y_hat]",
        "the signal in the pull on W is y_hat, before the function",
        SEE_TAIL,
        3,
    ),
    slip(
        "dW",
        "delta.T @ np.c_[np.ones(B), activation.derivative(y_hat)]",
        "the gate stands for the signal in the pull on W",
        SEE_TAIL,
        1,
    ),
    slip(
        "dW",
        "delta.T @ np.c_[np.ones(B), activation(y)]",
        "the activation is applied to y once more",
        SEE_TAIL,
        1,
    ),
    slip("dW", "z.T @ y1 / B", "z stands for r - z in the pull on W", SEE_TAIL, 1),
    slip("dW", "r.T @ y1 / B", "r stands for r - z in the pull on W", SEE_TAIL, 1),
    slip(
        "dW",
        "(r - z_hat).T @ y1 / B",
        "the logits stand for the probabilities in the pull on W",
        SEE_TAIL,
        1,
    ),
    slip("dW", "(delta * z * (1 - z)).T @ y1", "a factor z(1 - z) stands in the pull on W", SEE_LOGIT, 1),
    slip(
        "dW",
        "np.c_[delta.sum(axis=0), delta.T @ (y * activation.derivative(y_hat))]",
        "a gate stands in the pull on W",
        SEE_TAIL,
    ),
    slip(
        "dW",
        "delta.T @ (y1 * np.c_[np.ones(B), activation.derivative(y_hat)]) * B",
        "a gate stands in the pull on W, and 1/B is missing",
        SEE_TAIL,
        1,
    ),
)
