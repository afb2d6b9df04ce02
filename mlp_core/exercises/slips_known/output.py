"""Slips in the pull on the logits and on W."""

from .wording import SEE_BATCH, SEE_LOGIT, SEE_ROWS, SEE_TAIL, of_matrix, slip

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
    slip("delta", "(r - z) * z / B", "there is a factor z too many", SEE_LOGIT),
    slip("delta", "(r - z) * (1 - z) / B", "there is a factor 1 - z too many", SEE_LOGIT),
    slip("delta", "np.c_[(r - z)[:, :-1], 0 * r[:, -1:]] / B", "the last class is left out", SEE_LOGIT, 1),
    slip("delta", "np.c_[0 * r[:, :1], (r - z)[:, 1:]] / B", "the first class is left out", SEE_LOGIT, 1),
    slip("delta", "np.r_[(r - z)[:-1], 0 * r[-1:]] / B", "the last example is left out", SEE_BATCH, 1),
    slip("delta", "np.r_[0 * r[:1], (r - z)[1:]] / B", "the first example is left out", SEE_BATCH, 1),
    slip("delta", "np.r_[(r - z)[:1], 0 * r[1:]] / B", "only the first example is used", SEE_BATCH, 1),
    slip("delta", "np.r_[0 * r[:-1], (r - z)[-1:]] / B", "only the last example is used", SEE_BATCH, 1),
    slip("delta", "(r - z * r.sum()) / B", "the targets are added up over the whole batch", SEE_ROWS),
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

_SEE_PLUS = "In one-hot examples the right class is pulled by 1 - z and every other one by -z."
_BY_THE_JACOBIAN = (  # r/z sent through a Jacobian that is wrong
    ("r + z - 2 * r * z", "off the diagonal of the Jacobian the minus is lost"),
    ("r / z - z", "1 stands on the diagonal of the Jacobian, and not z_i"),
    ("r * z - z * (1 - r)", "the diagonal of the Jacobian is z², without 1 - z"),
    ("r - z * (1 - r)", "the diagonal of the Jacobian is z, without 1 - z"),
    ("r * (1 + z) - z * (1 - r)", "the diagonal of the Jacobian is z(1 + z)"),
    ("r * (1 - z) / z - z * (1 - r)", "the diagonal of the Jacobian is 1 - z and lacks z_i"),
    ("r - (r * z).sum(axis=1, keepdims=True)", "in the Jacobian z_i stands in the bracket for z_k"),
    ("r - z**2 * (r / z).sum(axis=1, keepdims=True)", "in the Jacobian z_k stands in front for z_i"),
    (
        "r / z - z * (r / z).sum(axis=1, keepdims=True)",
        "the Jacobian is that of log z, and log is passed twice",
    ),
    (
        "r - (z * z).sum(axis=1, keepdims=True) * (r / z).sum(axis=1, keepdims=True)",
        "z @ z is in the Jacobian",
    ),
    ("r * z - z * (r * z).sum(axis=1, keepdims=True)", "E is 1 - z and has no logarithm"),
    ("r + z * r.sum(axis=0)", "the targets are added up over the batch, and the price is added"),
)
_THROUGH = "z * (({g}) - (z * ({g})).sum(axis=1, keepdims=True))"
_BY_AN_ERROR = (  # the pull on z sent through softmax, for an error that is another
    ("r / z - (1 - r) / (1 - z)", "each class is asked yes or no: the error of sigmoids, behind a softmax"),
    ("np.log(r) - np.log(z)", "in E target and probability are exchanged"),
    ("-np.log(z)", "E is the entropy of z, and no target is in it"),
    ("r / (1 + z)", "the logarithm in E is that of 1 + z"),
    ("r / (z + 0.1)", "0.1 is added within the logarithm"),
    ("r / (z + 0.01)", "0.01 is added within the logarithm"),
    ("r / (z + 0.001)", "0.001 is added within the logarithm"),
    ("np.sign(r - z)", "E is the sum of the distances |r - z|"),
    ("(r - z) ** 3", "E is a fourth power"),
)
MORE_LOGITS = (
    *(slip("delta", f"({line}) / B", says, _SEE_PLUS, 1) for line, says in _BY_THE_JACOBIAN),
    *(slip("delta", f"{_THROUGH.format(g=g)} / B", says, _SEE_PLUS, 1) for g, says in _BY_AN_ERROR),
    slip("delta", "r - z / B", "only z is divided by B: a bracket is missing", SEE_BATCH),
    slip("delta", "r / B - z", "only r is divided by B: a bracket is missing", SEE_BATCH),
    slip(
        "delta", "((1 - c) * r + c / K - z) / B", "the targets are smoothed", "Put z = r: who is pulled?", 1
    ),
    slip("delta", "((r > 0) - z) / B", "every class with a share of the target counts whole", SEE_LOGIT, 1),
    slip("delta", "((r >= r.mean()) - z) / B", "the target is made hard at its mean", SEE_LOGIT, 1),
    slip("delta", "(r - z) * (r == r.max(axis=1, keepdims=True)) / B", "only one class is pulled", SEE_LOGIT),
    slip("delta", "(r - z) / z / B", "one divides by z once too often", SEE_LOGIT, 1),
    slip("delta", "(r - z) / (z * (1 - z)) / B", "one divides by z(1 - z): softmax is not passed", SEE_LOGIT),
    slip("delta", "(r / z - 1) * z * (1 - z) / B", "the slope is that of a sigmoid", SEE_LOGIT, 1),
    slip("delta", "np.log(z) * r / B", "this is what E adds up, and no pull", SEE_LOGIT, 1),
    slip("delta", "r * z / B", "r and z are multiplied", SEE_LOGIT, 1),
    slip("delta", "(r * z - z) / B", "r z stands in place of r", SEE_LOGIT, 1),
    slip(
        "delta", "(r - r * z) * 1 / B - z * 0", "the price is paid by the wanted classes alone", SEE_LOGIT, 1
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
