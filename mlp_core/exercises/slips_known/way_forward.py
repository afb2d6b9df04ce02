"""Slips on the way forward, softmax included."""

from .wording import ONES, SEE_BIAS, SEE_GATE, SEE_ROWS, SIGMOID, slip

FORWARD = (
    slip("x1", f"np.c_[x, {ONES}]", "the constant 1 stands behind x and not in front", SEE_BIAS),
    slip("x1", "np.c_[np.zeros(B), x]", "a 0 stands in front of x and not a 1", SEE_BIAS, 1),
    slip("x1", "np.c_[-np.ones(B), x]", "a -1 stands in front of x, as with a threshold", SEE_BIAS, 1),
    slip("y_hat", "x @ V[:, 1:].T", "the hidden units' biases are left out", SEE_BIAS),
    slip("y_hat", "x @ V[:, :-1].T", "the first columns of V, with the bias, meet x", SEE_BIAS),
    slip("y_hat", "x @ V[:, :-1].T + V[:, -1]", "the last column of V is taken for the bias", SEE_BIAS),
    slip("y_hat", "x1 @ V.T + V[:, 0]", "the hidden biases are added twice", SEE_BIAS, 1),
    slip("y_hat", "x @ V[:, 1:].T - V[:, 0]", "the hidden biases are subtracted", SEE_BIAS, 1),
    slip("y", "y_hat", "the activation is left out", "Compare y with tanh(y_hat) for one unit."),
    slip("y", "np.tanh(y_hat)", "the activation is always tanh", "Try it with ReLU.", 2),
    slip("y", SIGMOID.format("y_hat"), "the activation is always the sigmoid", "Try it with ReLU.", 2),
    slip("y", "np.maximum(y_hat, 0)", "the activation is always ReLU", "Try it with tanh.", 2),
    slip("y", "activation(activation(y_hat))", "the activation is applied twice", "Print one y.", 1),
    slip("y", "activation.derivative(y_hat)", "the slope stands where the activation should", "Print y.", 1),
    slip("y1", f"np.c_[y, {ONES}]", "the constant 1 stands behind y and not in front", SEE_BIAS),
    slip("y1", "np.c_[np.zeros(B), y]", "a 0 stands in front of y and not a 1", SEE_BIAS, 1),
    slip("y1", "np.c_[-np.ones(B), y]", "a -1 stands in front of y, as with a threshold", SEE_BIAS, 1),
    slip(
        "y1",
        f"np.c_[activation({ONES}), y]",
        "the constant 1 has gone through the activation as well",
        "Print the first column of what W multiplies: it is 1 everywhere.",
    ),
    slip("y1", "np.c_[np.ones(B), y_hat]", "W gets what comes before the function, y_hat", SEE_GATE),
    slip("z_hat", "y @ W[:, 1:].T", "the output's biases are left out", SEE_BIAS),
    slip("z_hat", "y @ W[:, :-1].T", "the first columns of W, with the bias, meet y", SEE_BIAS),
    slip("z_hat", "y @ W[:, :-1].T + W[:, -1]", "the last column of W is taken for the bias", SEE_BIAS),
    slip("z_hat", "np.c_[np.ones(B), y_hat] @ W.T", "the logits are made of y_hat and not of y", SEE_GATE),
    slip("z_hat", "y1 @ W.T + W[:, 0]", "the output's biases are added twice", SEE_BIAS, 1),
    slip("z_hat", "y @ W[:, 1:].T - W[:, 0]", "the output's biases are subtracted", SEE_BIAS, 1),
    slip("z_hat", "activation(y1 @ W.T)", "the logits go through the activation too", "Print one logit.", 2),
    slip("z_hat", "-(y1 @ W.T)", "the logits have the other sign", "Raise a logit: z must rise.", 1),
)

_SEE_SPREAD = "Print the sums of one example beside a sum done by hand."
# Of the sums of any layer: the line, with the signals {x} at the tails; what it says; how to see it.
_SUMS = (
    ("{x} @ {W}[:, 1:].T + {W}[0, 0]", "every unit gets the bias of the first", SEE_BIAS),
    ("{x} @ {W}[:, 1:].T + {W}[-1, 0]", "every unit gets the bias of the last", SEE_BIAS),
    ("{x} @ {W}[:, 1:].T + {W}[:, 0].sum()", "every unit gets the sum of all biases", SEE_BIAS),
    ("{x} @ {W}[:, 1:].T + {W}[:, 0].mean()", "every unit gets the mean of all biases", SEE_BIAS),
    ("{x} @ {W}[:, 1:].T + B * {W}[:, 0]", "the bias is added once for each example", SEE_BIAS),
    ("{x} @ {W}[:, 1:].T + {W}[:, 0] / B", "the bias is divided by B", SEE_BIAS),
    ("{x} @ {W}[:, 1:].T * {W}[:, 0]", "the bias is multiplied and not added", SEE_BIAS),
    ("{x} @ {W}[:, 1:].T + 1", "1 is added in place of the bias", SEE_BIAS),
    ("{x} @ {W}[:, 1:].T + {W}[:, -1]", "the last column is taken for the bias, and used twice", SEE_BIAS),
    ("{x} @ {W}[:, 1:].T + {W}[:, 1]", "column 1 is taken for the bias, and used twice", SEE_BIAS),
    ("{x} @ {W}[:, :-1].T + {W}[:, 0]", "column 0 is the bias and the first weight as well", SEE_BIAS),
    ("{x}[:, :-1] @ {W}[:, 1:-1].T + {W}[:, 0]", "the loop over the signals ends one too early", _SEE_SPREAD),
    ("{x}[:, 1:] @ {W}[:, 2:].T + {W}[:, 0]", "the loop over the signals begins one too late", _SEE_SPREAD),
    ("{x}[:, ::-1] @ {W}[:, 1:].T + {W}[:, 0]", "the signals stand in reversed order", _SEE_SPREAD),
    ("({x} @ {W}[:, 1:].T + {W}[:, 0]) / {W}.shape[1]", "the mean is taken and not the sum", _SEE_SPREAD),
    (
        "({x} @ {W}[:, 1:].T + {W}[:, 0]) / {x}.shape[1]",
        "the sum is divided by the number of signals",
        _SEE_SPREAD,
    ),
    ("{x} @ {W}[:, 1:].T / {x}.shape[1] + {W}[:, 0]", "the mean of the signals is taken", _SEE_SPREAD),
    ("({x} @ {W}[:, 1:].T + {W}[:, 0]) / np.sqrt({x}.shape[1])", "the sum is divided by a root", _SEE_SPREAD),
)
SUMS = tuple(
    slip(step, line.format(x=x, W=W), f"{says}, in {where}", see, 1)
    for step, x, W, where in (("y_hat", "x", "V", "the hidden sums"), ("z_hat", "y", "W", "the logits"))
    for line, says, see in _SUMS
)
_SEE_SHARES = "Three equal logits must give a third each, and a logit more by 1 a ratio of e."
MORE_SOFTMAX = tuple(
    slip("z", line, says, _SEE_SHARES, 1)
    for line, says in (
        ("np.exp(z_hat) / (1 + np.exp(z_hat).sum(axis=1, keepdims=True))", "1 is added to the pot"),
        ("e / (1 + e.sum(axis=1, keepdims=True))", "1 is added to the pot, behind the shift"),
        ("e / (e.sum(axis=1, keepdims=True) - e)", "a class's own part is left out of the pot: the odds"),
        ("e / e.mean(axis=1, keepdims=True)", "one divides by the mean and not by the sum"),
        ("e / np.sqrt((e * e).sum(axis=1, keepdims=True))", "each row is divided by its length"),
        ("np.exp(z_hat) / np.exp(z_hat.sum(axis=1, keepdims=True))", "the exponential of the sum is the pot"),
        ("e / e[:, ::-1].cumsum(axis=1)[:, ::-1]", "the pot is added up from each class on"),
        ("e / e.cumsum(axis=1)", "the pot is added up to each class, and not to the end"),
        ("e / e[:, :-1].sum(axis=1, keepdims=True)", "the last class is left out of the pot"),
        ("e / e[:, 1:].sum(axis=1, keepdims=True)", "the first class is left out of the pot"),
        ("np.exp(z_hat) / np.exp(z_hat)[:1].sum()", "all rows are divided by the pot of the first"),
        ("np.exp(z_hat) / np.exp(z_hat)[-1:].sum()", "all rows are divided by the pot of the last"),
        (
            "np.abs(z_hat) / np.abs(z_hat).sum(axis=1, keepdims=True)",
            "shares of the sizes of the logits are taken",
        ),
        ("z_hat**2 / (z_hat**2).sum(axis=1, keepdims=True)", "shares of the squares are taken"),
        (
            "np.maximum(z_hat, 0) / np.maximum(np.maximum(z_hat, 0).sum(axis=1, keepdims=True), 1e-12)",
            "shares of what is above 0 are taken",
        ),
        ("np.exp(-(z_hat**2))", "a bell stands in place of the exponential"),
        ("np.tanh(z_hat)", "each logit goes through a tanh"),
        ("np.maximum(z_hat, 0)", "each logit goes through a ReLU"),
        (
            f"({SIGMOID.format('z_hat')}) / ({SIGMOID.format('z_hat')}).sum(axis=1, keepdims=True)",
            "shares of sigmoids are taken",
        ),
        ("np.log(np.exp(z_hat).sum(axis=1, keepdims=True)) - z_hat", "this is -log z and not z"),
        ("(shifted - np.log(e.sum(axis=1, keepdims=True))) / np.log(10)", "this is a logarithm of z"),
    )
) + tuple(
    slip("e", line, says, _SEE_SHARES, 1)
    for line, says in (
        ("np.exp(z_hat / 10)", "softmax is taken at temperature 10"),
        ("np.exp(z_hat * 2)", "the logits are doubled in the exponential"),
        ("np.exp(z_hat / K)", "the logits are divided by K in the exponential"),
        ("np.exp(z_hat / np.sqrt(K))", "the logits are divided by the root of K"),
        ("np.exp(np.clip(z_hat, -1, 1))", "the logits are clipped at 1"),
        ("np.exp(z_hat) + 1", "1 is added to each exponential"),
        ("np.exp(z_hat) - 1", "1 is taken off each exponential"),
        ("np.log1p(np.exp(z_hat))", "softplus stands in place of the exponential"),
        ("1 + z_hat + z_hat**2 / 2", "the exponential is cut off behind the square"),
    )
)

SEE_SUM = "Print `z.sum(axis=1)`: each row adds up to 1, whatever the other rows are."
OF_BATCH = "each row is divided by the pot of the whole batch"
OVER_BATCH = "the pot is added up over the batch, not over the classes"
SOFTMAX = (
    slip(
        "shifted",
        "z_hat",
        "no maximum is taken off before the exponential",
        "Try logits of 1000: e to the 1000 is infinite, and infinite by infinite is no number.",
        3,
    ),
    slip(
        "shifted",
        "z_hat - z_hat.max()",
        "the maximum of the whole batch is taken off, not that of each row",
        "Put a row of logits near -1000 below one near 1000: the lower row becomes 0 by 0.",
    ),
    slip(
        "shifted",
        "z_hat - z_hat.mean(axis=1, keepdims=True)",
        "the mean is taken off, and not the maximum",
        "Try a logit of 1000 beside five of 0: it is still 833 above the mean, and e to the 833 is infinite.",
    ),
    slip(
        "shifted",
        "z_hat - z_hat.min(axis=1, keepdims=True)",
        "the smallest is taken off, and not the largest",
        "Try the logits 0 and 1000: one of them is still 1000 above the smallest.",
    ),
    slip("shifted", "z_hat - z_hat.max(axis=0)", "the maximum is taken over the batch", SEE_ROWS),
    slip("shifted", "-z_hat", "softmax is taken of minus the logits", "Raise a logit: z must rise.", 1),
    slip("shifted", "z_hat / 2", "softmax is taken at temperature 2", "Compare two rows of z.", 1),
    slip("e", "2.0**shifted", "the base is 2 and not e", "Compare the ratio of two classes with (1.3).", 1),
    slip("e", "10.0**shifted", "the base is 10 and not e", "Compare the ratio of two classes.", 1),
    slip("e", "np.exp(np.abs(z_hat))", "the sign of the logits is lost", "Raise a negative logit.", 1),
    slip("z", "e / e.sum()", OF_BATCH, SEE_SUM, 3),
    slip("z", "e / e.sum(axis=0)", OVER_BATCH, SEE_SUM, 3),
    slip(
        "z",
        "z_hat / np.exp(z_hat).sum(axis=1, keepdims=True)",
        "an exponential is left out above",
        SEE_SUM,
        1,
    ),
    slip(
        "z",
        "np.exp(z_hat) / z_hat.sum(axis=1, keepdims=True)",
        "an exponential is left out below",
        SEE_SUM,
        1,
    ),
    slip("z", "np.exp(z_hat) / np.exp(z_hat).sum()", OF_BATCH, SEE_SUM, 3),
    slip("z", "np.exp(z_hat) / np.exp(z_hat).sum(axis=0)", OVER_BATCH, SEE_SUM, 3),
    slip("z", "z_hat", "softmax is left out", SEE_SUM, 3),
    slip("z", SIGMOID.format("z_hat"), "each logit goes through a sigmoid of its own", SEE_SUM),
    slip("z", "np.exp(z_hat)", "nothing is divided by the pot", SEE_SUM),
    slip("z", "e", "the largest entry is 1 and nothing is divided by the pot", SEE_SUM),
    slip("z", "z_hat / z_hat.sum(axis=1, keepdims=True)", "the exponential is left out", SEE_SUM, 1),
    slip("z", "e / e.max(axis=1, keepdims=True)", "each is divided by the largest, not the pot", SEE_SUM, 1),
    slip(
        "z",
        "np.exp(e / e.sum(axis=1, keepdims=True)) / np.exp(e / e.sum(axis=1, keepdims=True))"
        ".sum(axis=1, keepdims=True)",
        "softmax is applied twice",
        "Logits of 0, 0 and 12 must give almost 1 to the last class.",
        3,
    ),
    slip("z", "shifted - np.log(e.sum(axis=1, keepdims=True))", "this is log z and not z", SEE_SUM),
    slip("z", "activation(z_hat)", "the logits go through the activation in place of softmax", SEE_SUM, 1),
    slip("z", "np.eye(K)[z_hat.argmax(axis=1)]", "the largest class gets all", "Print z.", 1),
)
