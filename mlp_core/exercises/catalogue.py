"""The slips that are known: what people write in place of a step, what it says, and how to see it."""

from .chain import Slip


def _slip(step, expression, says, see, common=2, **more):
    return Slip(((step, f"{step} = {expression}"),), says, see, common, **more)


_ONES = "np.ones(B)"
_SIGMOID = "1 / (1 + np.exp(-{}))"
_SEE_BIAS = "Column 0 of each weight matrix is its bias: put an input of zeros in, and only column 0 speaks."
_SEE_ROWS = "Give a batch of two examples, and then each of them alone: no row may change."
_SEE_MEAN = "Hand in the same example twice: a mean stays what it was."
_SEE_GATE = "Look at one tanh unit with y_hat = 1: its gate is 1 - tanh(1)², 0.42."
_SEE_NUDGE = "Nudge one logit and measure E: one number decides."

FORWARD = (
    _slip("x1", f"np.c_[x, {_ONES}]", "the constant 1 stands behind x and not in front", _SEE_BIAS),
    _slip("x1", "np.c_[np.zeros(B), x]", "a 0 stands in front of x and not a 1", _SEE_BIAS, 1),
    _slip("x1", "np.c_[-np.ones(B), x]", "a -1 stands in front of x, as with a threshold", _SEE_BIAS, 1),
    _slip("y_hat", "x @ V[:, 1:].T", "the hidden units' biases are left out", _SEE_BIAS),
    _slip("y_hat", "x @ V[:, :-1].T", "the first columns of V, with the bias, meet x", _SEE_BIAS),
    _slip("y_hat", "x @ V[:, :-1].T + V[:, -1]", "the last column of V is taken for the bias", _SEE_BIAS),
    _slip("y_hat", "x1 @ V.T + V[:, 0]", "the hidden biases are added twice", _SEE_BIAS, 1),
    _slip("y_hat", "x @ V[:, 1:].T - V[:, 0]", "the hidden biases are subtracted", _SEE_BIAS, 1),
    _slip("y", "y_hat", "the activation is left out", "Compare y with tanh(y_hat) for one unit."),
    _slip("y", "np.tanh(y_hat)", "the activation is always tanh", "Try it with ReLU.", 2),
    _slip("y", _SIGMOID.format("y_hat"), "the activation is always the sigmoid", "Try it with ReLU.", 2),
    _slip("y", "np.maximum(y_hat, 0)", "the activation is always ReLU", "Try it with tanh.", 2),
    _slip("y", "activation(activation(y_hat))", "the activation is applied twice", "Print one y.", 1),
    _slip("y", "activation.derivative(y_hat)", "the slope stands where the activation should", "Print y.", 1),
    _slip("y1", f"np.c_[y, {_ONES}]", "the constant 1 stands behind y and not in front", _SEE_BIAS),
    _slip("y1", "np.c_[np.zeros(B), y]", "a 0 stands in front of y and not a 1", _SEE_BIAS, 1),
    _slip("y1", "np.c_[-np.ones(B), y]", "a -1 stands in front of y, as with a threshold", _SEE_BIAS, 1),
    _slip(
        "y1",
        f"np.c_[activation({_ONES}), y]",
        "the constant 1 has gone through the activation as well",
        "Print the first column of what W multiplies: it is 1 everywhere.",
    ),
    _slip("y1", "np.c_[np.ones(B), y_hat]", "W gets what comes before the function, y_hat", _SEE_GATE),
    _slip("z_hat", "y @ W[:, 1:].T", "the output's biases are left out", _SEE_BIAS),
    _slip("z_hat", "y @ W[:, :-1].T", "the first columns of W, with the bias, meet y", _SEE_BIAS),
    _slip("z_hat", "y @ W[:, :-1].T + W[:, -1]", "the last column of W is taken for the bias", _SEE_BIAS),
    _slip("z_hat", "np.c_[np.ones(B), y_hat] @ W.T", "the logits are made of y_hat and not of y", _SEE_GATE),
    _slip("z_hat", "y1 @ W.T + W[:, 0]", "the output's biases are added twice", _SEE_BIAS, 1),
    _slip("z_hat", "y @ W[:, 1:].T - W[:, 0]", "the output's biases are subtracted", _SEE_BIAS, 1),
    _slip("z_hat", "activation(y1 @ W.T)", "the logits go through the activation too", "Print one logit.", 2),
    _slip("z_hat", "-(y1 @ W.T)", "the logits have the other sign", "Raise a logit: z must rise.", 1),
)

_SEE_SUM = "Print `z.sum(axis=1)`: each row adds up to 1, whatever the other rows are."
SOFTMAX = (
    _slip(
        "shifted",
        "z_hat",
        "no maximum is taken off before the exponential",
        "Try logits of 1000: e to the 1000 is infinite, and infinite by infinite is no number.",
        3,
    ),
    _slip(
        "shifted",
        "z_hat - z_hat.max()",
        "the maximum of the whole batch is taken off, not that of each row",
        "Put a row of logits near -1000 below one near 1000: the lower row becomes 0 by 0.",
    ),
    _slip(
        "shifted",
        "z_hat - z_hat.mean(axis=1, keepdims=True)",
        "the mean is taken off, and not the maximum",
        "Try logits of 1000, 0 and 0: the first is still far above the mean.",
    ),
    _slip("shifted", "z_hat - z_hat.max(axis=0)", "the maximum is taken over the batch", _SEE_ROWS),
    _slip("shifted", "-z_hat", "softmax is taken of minus the logits", "Raise a logit: z must rise.", 1),
    _slip("shifted", "z_hat / 2", "softmax is taken at temperature 2", "Compare two rows of z.", 1),
    _slip("e", "2.0**shifted", "the base is 2 and not e", "Compare the ratio of two classes with (1.3).", 1),
    _slip("e", "10.0**shifted", "the base is 10 and not e", "Compare the ratio of two classes.", 1),
    _slip("e", "np.exp(np.abs(z_hat))", "the sign of the logits is lost", "Raise a negative logit.", 1),
    _slip("z", "e / e.sum()", "each row is divided by the pot of the whole batch", _SEE_SUM, 3),
    _slip("z", "e / e.sum(axis=0)", "the pot is added up over the batch, not over the classes", _SEE_SUM, 3),
    _slip("z", "z_hat", "softmax is left out", _SEE_SUM, 3),
    _slip("z", _SIGMOID.format("z_hat"), "each logit goes through a sigmoid of its own", _SEE_SUM),
    _slip("z", "np.exp(z_hat)", "nothing is divided by the pot", _SEE_SUM),
    _slip("z", "e", "the largest entry is 1 and nothing is divided by the pot", _SEE_SUM),
    _slip("z", "z_hat / z_hat.sum(axis=1, keepdims=True)", "the exponential is left out", _SEE_SUM, 1),
    _slip(
        "z", "e / e.max(axis=1, keepdims=True)", "each is divided by the largest, not the pot", _SEE_SUM, 1
    ),
    _slip(
        "z",
        "np.exp(e / e.sum(axis=1, keepdims=True)) / np.exp(e / e.sum(axis=1, keepdims=True))"
        ".sum(axis=1, keepdims=True)",
        "softmax is applied twice",
        "Logits of 0, 0 and 12 must give almost 1 to the last class.",
        3,
    ),
    _slip("z", "shifted - np.log(e.sum(axis=1, keepdims=True))", "this is log z and not z", _SEE_SUM),
    _slip("z", "activation(z_hat)", "the logits go through the activation in place of softmax", _SEE_SUM, 1),
    _slip("z", "np.eye(K)[z_hat.argmax(axis=1)]", "the largest class gets all", "Print z.", 1),
)

_SEE_LOGIT = "The pulls on the logits of one example add up to 0, and each is what its class lacks."
LOGITS = (
    _slip(
        "delta",
        "(r - z_hat) / B",
        "the logits are taken off the target, and not the probabilities",
        _SEE_LOGIT,
    ),
    _slip(
        "delta",
        "(r - z) * z * (1 - z) / B",
        "this is the squared error behind a sigmoid: a factor z(1 - z) too many",
        "Where the network is sure and wrong the pull must be almost 1; yours is almost 0.",
        3,
    ),
    _slip(
        "delta",
        "z * ((r - z) - (z * (r - z)).sum(axis=1, keepdims=True)) / B",
        "r - z is sent through softmax once more: the squared error",
        "Where the network is sure and wrong the pull must be almost 1; yours is almost 0.",
    ),
    _slip("delta", "r / z / B", "this is the pull on z, and softmax is not passed", _SEE_LOGIT),
    _slip(
        "delta",
        "r * (1 - z) / B",
        "only each class's own route is counted, the diagonal of the Jacobian",
        "In one-hot examples the other classes are pulled as well, by -z.",
    ),
    _slip("delta", "(r - z * z) / B", "z is squared", _SEE_LOGIT, 1),
    _slip("delta", "(r - np.log(z)) / B", "log z stands for z", _SEE_LOGIT, 1),
    _slip("delta", "r * (np.log(r) - np.log(z)) / B", "this is a part of E and no derivative", _SEE_LOGIT, 1),
    _slip("delta", "(r - 1) * z / B", "the factors of the Jacobian are mixed up", _SEE_LOGIT, 1),
    _slip("delta", "-z / B", "the gain r is left out", _SEE_LOGIT),
    _slip("delta", "r / B", "the price z is left out", _SEE_LOGIT),
    _slip("delta", "(r + z) / B", "r and z are added", _SEE_LOGIT),
    _slip("delta", "(1 - z) / B", "1 stands in place of the target", _SEE_LOGIT, 1),
    _slip("delta", "np.abs(r - z) / B", "the sign of r - z is lost", _SEE_LOGIT, 1),
    _slip("delta", "(r - z) ** 2 / B", "r - z is squared", _SEE_LOGIT, 1),
    _slip("delta", "r * (r - z) / B", "only the wanted classes are pulled", _SEE_LOGIT),
    _slip(
        "delta",
        "(np.eye(K)[r.argmax(axis=1)] - z) / B",
        "a soft target is taken for a hard one",
        "Try the target (0.2, 0.5, 0.3): what is pulled at z = r?",
    ),
    _slip("delta", "(r - np.eye(K)[z.argmax(axis=1)]) / B", "z is made hard first", _SEE_LOGIT, 1),
    _slip("delta", "(r - z).mean(axis=0) / B + 0 * z", "the pulls are averaged over the examples", _SEE_ROWS),
    _slip("delta", "(r - z).sum(axis=0) / B + 0 * z", "the pulls are added up over the examples", _SEE_ROWS),
    _slip("delta", "(r - z)[:, ::-1] / B", "the classes stand in reversed order", _SEE_LOGIT, 1),
    _slip("delta", "(r - z - (r - z).mean(axis=0)) / B", "the batch's mean pull is taken off", _SEE_ROWS, 1),
    _slip(
        "delta",
        "(r - z) * activation.derivative(z_hat) / B",
        "a gate stands on the straight output",
        _SEE_LOGIT,
    ),
)

_SEE_COLUMN = "Column 0 of the pull on W is the sum of the pulls on the logits: its signal is 1."
_SEE_TAIL = "Each entry is the pull at the head times the signal at the tail of its own weight."
_SEE_BATCH = "Do two examples one by one and take the mean: it must be what the batch gives."


def _of_matrix(step, head, tail, ones, letter):
    """Return the slips that any pull on a weight matrix can have."""
    first, last = f"np.c_[{_ONES}, {tail}]", f"np.c_[{tail}, {_ONES}]"
    return (
        _slip(
            step, f"{head}.T @ {last}", f"the bias column of the pull on {letter} stands last", _SEE_COLUMN, 3
        ),
        _slip(
            step,
            f"{head}.T @ np.c_[np.zeros(B), {tail}]",
            f"the bias column of the pull on {letter} is left at 0",
            _SEE_COLUMN,
            3,
        ),
        _slip(
            step,
            f"np.c_[{head}.mean(axis=0), {head}.T @ {tail}]",
            f"the bias column of the pull on {letter} is a mean where the 1/B is already in",
            _SEE_MEAN,
        ),
        _slip(
            step,
            f"np.c_[np.ones({head}.shape[1]), {head}.T @ {tail}]",
            f"the bias column of the pull on {letter} is 1, the signal without the pull",
            _SEE_COLUMN,
        ),
        _slip(
            step,
            f"np.outer({head}.sum(axis=0), {ones}.mean(axis=0))",
            f"for {letter}, pulls and signals are each averaged before they are multiplied",
            _SEE_BATCH,
        ),
        _slip(
            step,
            f"np.outer({head}.sum(axis=0), {ones}.sum(axis=0))",
            f"for {letter}, pulls and signals are each added up before they are multiplied",
            _SEE_BATCH,
        ),
        _slip(
            step,
            f"np.outer({head}[0], {ones}[0])",
            f"for {letter}, only the first example is used",
            _SEE_BATCH,
        ),
        _slip(
            step,
            f"np.outer({head}[-1], {ones}[-1])",
            f"for {letter}, only the last example is used",
            _SEE_BATCH,
        ),
        _slip(
            step,
            f"{head}.T @ {ones} + c * {letter}",
            f"something times {letter} is added, as in weight decay",
            "The pull of E alone was asked for.",
            1,
        ),
        _slip(
            step,
            f"np.c_[{_ONES} @ {head}, {head}.T @ ({tail} ** 2)]",
            f"for {letter}, the signals are squared",
            _SEE_TAIL,
            1,
        ),
        _slip(
            step,
            f"np.c_[{_ONES} @ {head}, {head}.T @ np.abs({tail})]",
            f"for {letter}, the signals' signs are lost",
            _SEE_TAIL,
            1,
        ),
        _slip(step, f"np.abs({head}).T @ {ones}", f"for {letter}, the pulls' signs are lost", _SEE_TAIL, 1),
        _slip(
            step,
            f"{head}.T @ {ones}[:, ::-1]",
            f"for {letter}, the signals stand in reversed order",
            _SEE_TAIL,
            1,
        ),
        _slip(
            step,
            f"{head}[::-1].T @ {ones}",
            f"for {letter}, the examples of pulls and signals do not match",
            _SEE_BATCH,
            1,
        ),
    )


INTO_W = (
    *_of_matrix("dW", "delta", "y", "y1", "W"),
    _slip(
        "dW",
        "delta.T @ np.c_[np.ones(B), y_hat]",
        "the signal in the pull on W is y_hat, before the function",
        _SEE_TAIL,
        3,
    ),
    _slip(
        "dW",
        "delta.T @ np.c_[np.ones(B), activation.derivative(y_hat)]",
        "the gate stands for the signal in the pull on W",
        _SEE_TAIL,
        1,
    ),
    _slip(
        "dW",
        "delta.T @ np.c_[np.ones(B), activation(y)]",
        "the activation is applied to y once more",
        _SEE_TAIL,
        1,
    ),
    _slip("dW", "z.T @ y1 / B", "z stands for r - z in the pull on W", _SEE_TAIL, 1),
    _slip("dW", "r.T @ y1 / B", "r stands for r - z in the pull on W", _SEE_TAIL, 1),
    _slip(
        "dW",
        "(r - z_hat).T @ y1 / B",
        "the logits stand for the probabilities in the pull on W",
        _SEE_TAIL,
        1,
    ),
    _slip("dW", "(delta * z * (1 - z)).T @ y1", "a factor z(1 - z) stands in the pull on W", _SEE_LOGIT, 1),
    _slip(
        "dW",
        "np.c_[delta.sum(axis=0), delta.T @ (y * activation.derivative(y_hat))]",
        "a gate stands in the pull on W",
        _SEE_TAIL,
    ),
    _slip(
        "dW",
        "delta.T @ (y1 * np.c_[np.ones(B), activation.derivative(y_hat)]) * B",
        "a gate stands in the pull on W, and 1/B is missing",
        _SEE_TAIL,
        1,
    ),
)

_SEE_DOWN = "Unit j hears of each class through the weight that leads from it: down its own column of W."
BACK = (
    _slip(
        "pull_y",
        "delta @ W[:, :-1]",
        "`W[:, :-1]` is carried back: the bias column stays, and the last unit's column is gone",
        "Raise only column 0 of W: no hidden unit may notice.",
        3,
    ),
    _slip(
        "pull_y",
        "delta @ (W + c * dW)[:, 1:]",
        "W has moved before it is used: the step of W comes too early",
        "Compute all pulls first, and only then take the steps.",
        3,
    ),
    _slip("pull_y", "z @ W[:, 1:] / B", "z and not the pull r - z is carried back", _SEE_DOWN, 1),
    _slip("pull_y", "r @ W[:, 1:] / B", "r and not the pull r - z is carried back", _SEE_DOWN, 1),
    _slip("pull_y", "(r - z_hat) @ W[:, 1:] / B", "r minus the logits is carried back", _SEE_DOWN, 1),
    _slip("pull_y", "delta @ np.abs(W[:, 1:])", "the signs of the weights are lost", _SEE_DOWN, 1),
    _slip(
        "pull_y",
        "delta.sum(axis=1, keepdims=True) + W[:, 1:].sum(axis=0)",
        "pulls and weights are added up and not multiplied",
        _SEE_DOWN,
        1,
    ),
    _slip(
        "pull_y", "np.sign(delta) @ W[:, 1:]", "only the signs of the pulls are carried back", _SEE_DOWN, 1
    ),
    _slip(
        "pull_y", "(delta * z * (1 - z)) @ W[:, 1:]", "a factor z(1 - z) stands on the way back", _SEE_LOGIT
    ),
    _slip("pull_y", "(r * delta) @ W[:, 1:]", "only the right class's route is counted", _SEE_DOWN),
    _slip(
        "pull_y",
        "(delta * (r == r.max(axis=1, keepdims=True))) @ W[:, 1:]",
        "only the most wanted class's route is counted",
        _SEE_DOWN,
    ),
    _slip("pull_y", "delta[:, :1] @ W[:1, 1:]", "only the first class's route is counted", _SEE_DOWN),
    _slip("pull_y", "delta[:, -1:] @ W[-1:, 1:]", "only the last class's route is counted", _SEE_DOWN),
    _slip("pull_y", "delta @ W[:, :0:-1]", "the columns of W stand in reversed order", _SEE_DOWN, 1),
    _slip("pull_y", "delta[:, ::-1] @ W[:, 1:]", "the rows of W stand in reversed order", _SEE_DOWN, 1),
    _slip(
        "pull_y",
        "np.repeat(W[:, 1:].sum(axis=0)[None], B, axis=0)",
        "the weights alone are added up",
        _SEE_DOWN,
        1,
    ),
    _slip(
        "pull_y",
        "np.repeat(delta.sum(axis=1, keepdims=True), H, axis=1)",
        "the weights are left out",
        _SEE_DOWN,
        1,
    ),
    _slip(
        "pull_y",
        "np.repeat((delta @ W[:, 1:]).mean(axis=0)[None], B, axis=0)",
        "the pulls are averaged over the examples",
        _SEE_ROWS,
        1,
    ),
    _slip(
        "pull_y",
        "np.repeat((delta @ W[:, 1:]).sum(axis=0)[None], B, axis=0)",
        "the pulls are added up over the examples",
        _SEE_ROWS,
        1,
    ),
    _slip(
        "pull_y",
        "delta @ W[:, 1:] - (W[:, 0] * delta).sum(axis=1, keepdims=True)",
        "the bias takes part in the pull on y",
        _SEE_DOWN,
        1,
    ),
    _slip(
        "pull_y",
        "delta @ W[:, 1:] + (W[:, 0] * delta).sum(axis=1, keepdims=True)",
        "the bias takes part in the pull on y",
        _SEE_DOWN,
        1,
    ),
)

GATE = (
    _slip(
        "gate",
        "activation.derivative(y)",
        "the gate is taken at y, behind the function, and not at y_hat",
        _SEE_GATE,
        3,
    ),
    _slip("gate", "np.ones_like(y_hat)", "the gate is left out", _SEE_GATE, 3),
    _slip("gate", "activation(y_hat)", "the signal stands in place of the gate", _SEE_GATE),
    _slip("gate", "y_hat", "y_hat stands in place of the gate", _SEE_GATE, 1),
    _slip("gate", "1 - np.tanh(y_hat) ** 2", "the gate is always that of tanh", "Try it with ReLU.", 2),
    _slip(
        "gate",
        f"{_SIGMOID.format('y_hat')} * (1 - {_SIGMOID.format('y_hat')})",
        "the gate is always that of the sigmoid",
        "Try it with ReLU.",
        2,
    ),
    _slip("gate", "(y_hat > 0) * 1.0", "the gate is always that of ReLU", "Try it with tanh."),
    _slip(
        "gate",
        "1 - y**2",
        "the gate is 1 - y², right for tanh only",
        "Try it with the sigmoid and with ReLU.",
        3,
    ),
    _slip(
        "gate",
        "y * (1 - y)",
        "the gate is y(1 - y), right for the sigmoid only",
        "Try it with tanh and with ReLU.",
        3,
    ),
    _slip("gate", "(y > 0) * 1.0", "the gate is [y > 0], right for ReLU only", "Try it with tanh."),
    _slip(
        "gate",
        "1 - y_hat**2",
        "the gate is 1 - y_hat²: the formula of tanh with y_hat in place of y",
        _SEE_GATE,
    ),
    _slip(
        "gate",
        "y_hat * (1 - y_hat)",
        "the gate is y_hat(1 - y_hat): the sigmoid's formula at y_hat",
        _SEE_GATE,
    ),
    _slip(
        "gate",
        "activation.derivative(activation(y))",
        "the gate is taken at the activation of y",
        _SEE_GATE,
        1,
    ),
    _slip("gate", "activation.derivative(pull_y)", "the gate is taken at the pull on y", _SEE_GATE),
    _slip(
        "gate",
        "activation(pull_y)",
        "the pull goes through the activation in place of the gate",
        _SEE_GATE,
        1,
    ),
    _slip("gate", "activation.derivative(y_hat) ** 2", "the gate is passed twice", _SEE_GATE),
    _slip("gate", "1 / activation.derivative(y_hat)", "one divides by the gate", _SEE_GATE, 1),
    _slip("gate", "1 - activation.derivative(y_hat)", "this is 1 minus the gate", _SEE_GATE, 1),
    _slip("gate", "1 - y", "the gate is 1 - y: a factor is missing", _SEE_GATE, 1),
    _slip("gate", "y", "the signal y stands in place of the gate", _SEE_GATE, 1),
    _slip("gate", "y * (1 + y)", "the gate is y(1 + y)", _SEE_GATE, 1),
    _slip("gate", "1 + y**2", "the gate is 1 + y²", _SEE_GATE, 1),
    _slip("gate", "1 - y", "the gate is 1 - y", _SEE_GATE, 1),
    _slip(
        "gate",
        "np.repeat(activation.derivative(y_hat).mean(axis=0)[None], B, axis=0)",
        "the gates are averaged over the examples",
        _SEE_ROWS,
        1,
    ),
    _slip(
        "gate",
        "np.repeat(activation.derivative(y_hat).mean(axis=1, keepdims=True), H, axis=1)",
        "the gates are averaged over the units",
        _SEE_GATE,
        1,
    ),
    _slip(
        "gate",
        "np.repeat(activation.derivative(y_hat[:1]), B, axis=0)",
        "all examples pass the gates of the first",
        _SEE_ROWS,
        1,
    ),
    _slip(
        "gate",
        "np.repeat(activation.derivative(y_hat[-1:]), B, axis=0)",
        "all examples pass the gates of the last",
        _SEE_ROWS,
        1,
    ),
    _slip("gate", "activation.derivative(x @ V[:, 1:].T)", "the gate is taken without the bias", _SEE_BIAS),
    _slip("gate", "activation.derivative(-y_hat)", "the gate is taken at -y_hat", _SEE_GATE, 1),
    _slip("q", "gate", "the gate alone is left, without the pull on y", _SEE_GATE, 1),
    _slip("q", "pull_y + gate", "gate and pull are added", _SEE_GATE, 1),
    _slip("q", "pull_y - gate", "gate and pull are subtracted", _SEE_GATE, 1),
    _slip("q", "pull_y / gate", "one divides by the gate", _SEE_GATE, 1),
    _slip("q", "pull_y * y * gate", "the signal y is a factor too many", _SEE_GATE, 1),
    _slip(
        "q",
        "np.repeat((pull_y * gate).sum(axis=0)[None], B, axis=0)",
        "the hidden pulls are added up over the examples",
        _SEE_ROWS,
        1,
    ),
    _slip(
        "q",
        "np.repeat((pull_y * gate).mean(axis=0)[None], B, axis=0)",
        "the hidden pulls are averaged over the examples",
        _SEE_ROWS,
        1,
    ),
)

INTO_V = (
    *_of_matrix("dV", "q", "x", "x1", "V"),
    _slip("dV", "q.T @ np.c_[np.ones(B), activation(x)]", "the activation is applied to x", _SEE_TAIL, 1),
    _slip("dV", "q.T @ np.c_[np.ones(B), activation.derivative(x)]", "a gate is applied to x", _SEE_TAIL, 1),
    _slip(
        "dV", "q.T @ np.c_[np.ones(B), x * activation.derivative(x)]", "a gate is applied to x", _SEE_TAIL, 1
    ),
    _slip("dV", "pull_y.T @ x1", "the pull on y meets x, and the gate is passed by", _SEE_GATE, 1),
    _slip("dx", "q @ V[:, :-1]", "`V[:, :-1]` is carried back, with the bias column", _SEE_DOWN, 3),
    _slip("dx", "pull_y @ V[:, 1:]", "the gate is left out on the way to x", _SEE_GATE),
    _slip(
        "dV", "np.c_[pull_y.sum(axis=0), q.T @ x]", "the hidden bias is pulled without the gate", _SEE_GATE
    ),
    _slip("dV", "np.c_[q.sum(axis=0), pull_y.T @ x]", "only the hidden bias passes the gate", _SEE_GATE, 1),
)

_SEE_J = "Change logit k alone and look down column k: what one class gains the others lose."
OTHERS = (
    _slip(
        "J",
        "z[:, :, None] * (np.eye(K) - z[:, :, None])",
        "z_i stands in the bracket where z_k should",
        _SEE_J,
    ),
    _slip("J", "np.eye(K) * z[:, :, None]", "the second term, -z_i z_k, is left out", _SEE_J),
    _slip("J", "np.eye(K) * (z * (1 - z))[:, :, None]", "only the diagonal is there", _SEE_J, 3),
    _slip("J", "-z[:, :, None] * z[:, None, :]", "the delta is left out: the diagonal lacks z_i", _SEE_J, 3),
    _slip(
        "J", "z[:, :, None] * (np.eye(K) + z[:, None, :])", "the second term has the other sign", _SEE_J, 3
    ),
    _slip("J", "np.eye(K) - z[:, :, None] * z[:, None, :]", "1 stands on the diagonal and not z_i", _SEE_J),
    _slip("J", "np.eye(K) - z[:, None, :]", "the factor z_i is left out: this is the slope of log z", _SEE_J),
    _slip(
        "J",
        "np.eye(K) * z[:, :, None] - (z * z).sum(axis=1)[:, None, None]",
        "the scalar product `z @ z`, a number, is taken off",
        _SEE_J,
        3,
    ),
    _slip("J", "(1 - z)[:, :, None] * z[:, None, :] + 0 * np.eye(K)", "1 stands for delta", _SEE_J),
    _slip(
        "J",
        "np.eye(K) * (z * (1 - z))[:, :, None] + (1 - np.eye(K)) * z[:, :, None] * z[:, None, :]",
        "off the diagonal the minus is lost",
        _SEE_J,
        3,
    ),
    _slip(
        "J",
        "np.eye(K) * (z**2)[:, :, None] - (1 - np.eye(K)) * z[:, :, None] * z[:, None, :]",
        "the diagonal is z², without 1 - z",
        _SEE_J,
        1,
    ),
    _slip(
        "J",
        "np.eye(K) * (z * (1 + z))[:, :, None] - (1 - np.eye(K)) * z[:, :, None] * z[:, None, :]",
        "the diagonal is z(1 + z)",
        _SEE_J,
        1,
    ),
    _slip(
        "J",
        "np.eye(K) * (1 - z)[:, :, None] - (1 - np.eye(K)) * z[:, :, None] * z[:, None, :]",
        "the diagonal is 1 - z and lacks z_i",
        _SEE_J,
        1,
    ),
    _slip(
        "through",
        "z * (g - (z * g).sum())",
        "the average wish is added up over the whole batch",
        _SEE_ROWS,
        3,
    ),
    _slip(
        "through", "z * (g - (z * g).sum(axis=0))", "the average wish is taken over the batch", _SEE_ROWS, 3
    ),
    _slip("through", "g - (z * g).sum(axis=1, keepdims=True)", "the z in front is left out", _SEE_J, 3),
    _slip("through", "z * (1 - z) * g", "only the diagonal of the Jacobian is used", _SEE_J, 3),
    _slip("through", "z * g", "the average wish is not taken off", _SEE_J),
    _slip(
        "through",
        "z * (g - g.mean(axis=1, keepdims=True))",
        "the mean of g is taken, not weighted with z",
        _SEE_J,
    ),
    _slip("through", "z * (g - g.sum(axis=1, keepdims=True))", "the sum of g is not weighted with z", _SEE_J),
    _slip("through", "z * (g + (z * g).sum(axis=1, keepdims=True))", "the average wish is added", _SEE_J),
    _slip(
        "dlog", "np.eye(K) - z[:, :, None]", "this is the transpose: z_i stands where z_k should", _SEE_J, 3
    ),
    _slip("dlog", "np.eye(K) + z[:, None, :]", "the second term has the other sign", _SEE_J),
    _slip(
        "dlog",
        "z[:, :, None] * (np.eye(K) - z[:, None, :])",
        "this is the Jacobian of z and not of log z",
        _SEE_J,
    ),
)

THROUGHOUT = (
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
        _SEE_BIAS,
    ),
    Slip(
        (("y", "y = np.tanh(y_hat)"), ("gate", "gate = 1 - np.tanh(y_hat) ** 2")),
        "the activation and its slope are always those of tanh, whatever is handed in",
        "Try it with ReLU.",
    ),
    Slip(
        (("y", f"y = {_SIGMOID.format('y_hat')}"), ("gate", "gate = y * (1 - y)")),
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
        _SEE_COLUMN,
    ),
    Slip(
        (("dW", f"dW = delta.T @ np.c_[y, {_ONES}]"), ("dV", f"dV = q.T @ np.c_[x, {_ONES}]")),
        "the bias columns of both pulls stand last",
        _SEE_COLUMN,
        convention=True,
    ),
)

CATALOGUE = (*FORWARD, *SOFTMAX, *LOGITS, *INTO_W, *BACK, *GATE, *INTO_V, *OTHERS, *THROUGHOUT)
