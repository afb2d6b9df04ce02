"""The gates of chapter 04: four ways through a bend, or past it, as steps, and the slips in them."""

from ..chain import Derivation, Slip, Step

_FOUR_STEPS = (
    Step("sigmoid", "4.12", "sigmoid = y[:, 0] * (1 - y[:, 0])", "the gate of the sigmoid"),
    Step("tanh", "4.13", "tanh = 1 - y[:, 1] ** 2", "the gate of tanh"),
    Step("relu", "4.14", "relu = y[:, 2:] > 0", "the gates of the two ReLUs"),
    Step("q", "4.10", "q = pull_y * np.c_[sigmoid, tanh, relu]", "the pull on y_hat"),
)
_SEE_GATE = (
    "Take the sum that this output comes from, move it by 0.001, and see by how much the output moves."
)
_SEE_THROUGH = "A gate at 1 hands the pull on as it came, and a gate at 0 hands on nothing."


_SEE_SQUARE = "No square is negative, and neither is any gate of tanh."
_SEE_RELU = "How steep is a ReLU where it puts out 2.5, and how steep where it puts out 0?"
_AT_Y = "1 / (1 + np.exp(-y[:, 0]))"
_AT_OUTPUT = f"{_AT_Y} * (1 - {_AT_Y})"


def _of_a_gate(step, expression, says, common=2, see=_SEE_GATE):
    return Slip(((step, f"{step} = {expression}"),), says, see, common)


_SEE_CORNER = "A half is what a nudge measures on the corner. On which slope has the book agreed there?"
_SEE_OWN = "Three kinds of units have three gates: read (4.12), (4.13) and (4.14) once more."
_OF_SIGMOID, _OF_TANH = "y[:, {}] * (1 - y[:, {}])".format, "1 - y[:, {}] ** 2".format

_FOUR_SLIPS = (
    _of_a_gate("sigmoid", _AT_OUTPUT, "the sigmoid's slope is taken at the output, the slip of section 6", 3),
    _of_a_gate("sigmoid", "y[:, 0]", "the sigmoid's gate is taken to be its output"),
    _of_a_gate("sigmoid", "1 - y[:, 0]", "the sigmoid's gate is 1 - y, and the factor y is missing"),
    _of_a_gate("sigmoid", "1 - y[:, 0] ** 2", "the sigmoid gets the gate of tanh", 3),
    _of_a_gate(
        "tanh", "1 - np.tanh(y[:, 1]) ** 2", "tanh's slope is taken at the output, the slip of section 6", 3
    ),
    _of_a_gate("tanh", "y[:, 1] * (1 - y[:, 1])", "tanh gets the gate of the sigmoid", 3),
    _of_a_gate("tanh", "1 + y[:, 1] ** 2", "the square of the negative output is negative", 3, _SEE_SQUARE),
    _of_a_gate("tanh", "y[:, 1] ** 2 - 1", "the gate of tanh is turned round, to y² - 1", 2, _SEE_SQUARE),
    _of_a_gate("tanh", "1 - y[:, 1]", "tanh's gate is 1 - y, and the output is not squared"),
    _of_a_gate("tanh", "y[:, 1] ** 2", "tanh's gate is y², and not what that lacks to 1"),
    _of_a_gate("relu", "y[:, 2:]", "the ReLUs' signals stand in place of their gates", 3, _SEE_RELU),
    _of_a_gate("relu", "np.ones_like(y[:, 2:])", "the shut ReLU lets the pull through", 3, _SEE_RELU),
    _of_a_gate("relu", "(y[:, 2:] > 0) + 0.5 * (y[:, 2:] == 0)", "the ReLU's gate at 0 is ½", 3, _SEE_CORNER),
    _of_a_gate("relu", _OF_SIGMOID("2:", "2:"), "the ReLUs get the gate of the sigmoid", 2, _SEE_RELU),
    _of_a_gate("relu", _OF_TANH("2:"), "the ReLUs get the gate of tanh", 2, _SEE_RELU),
    Slip(
        tuple((step, f"{step} = {_OF_SIGMOID(k, k)}") for step, k in (("tanh", "1"), ("relu", "2:"))),
        "all four units get the gate of the sigmoid, y(1 - y)",
        _SEE_OWN,
        3,
    ),
    Slip(
        tuple((step, f"{step} = {_OF_TANH(k)}") for step, k in (("sigmoid", "0"), ("relu", "2:"))),
        "all four units get the gate of tanh, 1 - y²",
        _SEE_OWN,
        3,
    ),
    _of_a_gate("relu", "y[:, 2:] <= 0", "the ReLUs' gates are exchanged: the shut one is open", 1, _SEE_RELU),
    _of_a_gate(
        "relu",
        "(y[:, 2:] > 0) & (pull_y[:, 2:] > 0)",
        "a ReLU is taken of the pull too, and shuts out one that is negative",
        3,
        "The gate is a matter of the way forward: what has the pull to do with the slope?",
    ),
    Slip(
        (
            ("sigmoid", f"sigmoid = {_AT_OUTPUT}"),
            ("tanh", "tanh = 1 - np.tanh(y[:, 1]) ** 2"),
        ),
        "the slopes are taken at the outputs, the slip of section 6",
        _SEE_GATE,
        3,
    ),
    Slip((("q", "q = pull_y"),), "no gate is passed", _SEE_THROUGH),
    Slip((("q", "q = np.c_[sigmoid, tanh, relu]"),), "these are the gates, without the pulls", _SEE_THROUGH),
    Slip(
        (("q", "q = np.abs(pull_y) * np.c_[sigmoid, tanh, relu]"),), "the pulls' signs are lost", _SEE_THROUGH
    ),
    Slip((("q", "q = pull_y * y"),), "the pulls are multiplied with the signals", _SEE_THROUGH),
    Slip((("q", "q = pull_y + np.c_[sigmoid, tanh, relu]"),), "pulls and gates are added", _SEE_THROUGH, 1),
    Slip(
        (("q", "q = np.c_[pull_y[:, :2] / np.c_[sigmoid, tanh], pull_y[:, 2:] * relu]"),),
        "the pulls are divided by the gates",
        _SEE_THROUGH,
        1,
    ),
)

_HELD_STEPS = (
    Step("q", "4.10", "q = pull_y * gate", "the pull on y_hat"),
    Step("dV", "3.6", "dV = q.T * np.c_[np.ones(H), x]", "pull times signal"),
)
_SEE_BIAS = "What is the signal at the tail of a bias, whatever the inputs are?"
_SEE_LOCKS = (
    "Take one unit by itself: what arrives at its output, what its gate leaves of that, then each signal."
)
_HELD_SLIPS = (
    Slip(
        (("dV", "dV = q.T * np.c_[np.zeros(H), x]"),),
        "a bias counts as a weight without a signal",
        _SEE_BIAS,
        3,
    ),
    Slip(
        (("dV", "dV = q.T * np.c_[x.any(axis=1), x]"),),
        "the bias of the unit whose inputs are silent is taken to be silent too",
        _SEE_BIAS,
        3,
    ),
    Slip(
        (("dV", "dV = q.T * np.c_[x, np.ones(H)]"),), "the bias stands last, and not in front", _SEE_BIAS, 3
    ),
    Slip((("dV", "dV = np.c_[pull_y.T, q.T * x]"),), "the bias is pulled past the gate", _SEE_LOCKS),
    Slip((("dV", "dV = q.T + np.c_[np.zeros(H), x]"),), "pull and signal are added", _SEE_LOCKS, 1),
    Slip(
        (("dV", "dV = np.c_[np.ones(H), q.T * x]"),),
        "the column of the bias is 1, which is its signal: its pull is the pull on the sum times 1",
        _SEE_BIAS,
        3,
    ),
    Slip(
        (("q", "q = pull_y * gate * (1 - gate)"),),
        "of each gate a gate is made once more, g(1 - g)",
        _SEE_LOCKS,
        1,
    ),
    Slip((("dV", "dV = q.T * np.ones((H, 3))"),), "no weight is asked for its signal", _SEE_LOCKS),
    Slip(
        (("dV", "dV = q.T * np.c_[np.ones(H), x > 0]"),), "the sizes of the signals are lost", _SEE_LOCKS, 1
    ),
    Slip(
        (("dV", "dV = q.T * np.where(x.any(axis=1, keepdims=True), np.c_[np.ones(H), x], 1)"),),
        "the silent inputs are passed over, and their weights pulled as the bias is",
        _SEE_LOCKS,
    ),
    Slip(
        (("q", "q = np.where(pull_y == 0, gate, pull_y * gate)"),),
        "the first unit is pulled by its open gate, though no wish arrives",
        _SEE_LOCKS,
    ),
    Slip((("q", "q = pull_y"),), "the gates are left out", _SEE_LOCKS, 3),
    Slip((("q", "q = gate"),), "the gates stand in place of the pulls", _SEE_LOCKS),
    Slip((("q", "q = pull_y + gate"),), "pull and gate are added", _SEE_LOCKS, 1),
    Slip(
        (("q", "q = pull_y * np.where(gate > 0.1, gate, 0)"),),
        "the gate that is nearly shut is taken to be shut",
        _SEE_LOCKS,
    ),
)

_LONG_STEPS = (
    Step("longer", "4.3", "longer = np.exp(far - near)", "the ratio of the two counts"),
    Step("height", "4.3", "height = np.log(pull * steps)", "the place from which it takes a million steps"),
)
_SEE_LONGER = "Every step lowers exp(y_hat) by about the same amount: how high is it at 10, and at 12?"
_SEE_HEIGHT = "Put 5,617 in place of the million: the answer must be about 10."
_LONG_SLIPS = (
    Slip((("longer", "longer = far / near"),), "the steps are taken to grow as the distance", _SEE_LONGER, 3),
    Slip((("longer", "longer = far - near"),), "the factor is taken to be the distance", _SEE_LONGER),
    Slip((("longer", "longer = (far / near) ** 2"),), "they grow as the distance squared", _SEE_LONGER),
    Slip((("longer", "longer = 2 ** (far - near)"),), "each 1 further out doubles the time", _SEE_LONGER),
    Slip((("longer", "longer = np.exp(near - far)"),), "the two starts are exchanged", _SEE_LONGER),
    Slip(
        (("longer", "longer = 41446 / 5617"),),
        "the steps are counted, from 12 and from 10",
        "It is nearly that. Now without counting: by how much does each step lower exp(y_hat)?",
        3,
    ),
    Slip(
        (("longer", "longer = np.exp(far / near)"),), "the starts are divided, not exp of each", _SEE_LONGER
    ),
    Slip((("longer", "longer = np.exp(2 * (far - near))"),), "the ratio is squared", _SEE_LONGER, 1),
    Slip(
        (("longer", "longer = np.exp(far) - np.exp(near)"),),
        "it is asked how many more, and not how many times as many",
        _SEE_LONGER,
    ),
    Slip(
        (("longer", "longer = np.exp(far) / pull"),),
        "the number of steps stands there, and not how many times as many",
        _SEE_LONGER,
        3,
    ),
    Slip(
        (("longer", "longer = (np.exp(far) - np.exp(near)) / pull"),),
        "the number of further steps stands there",
        _SEE_LONGER,
    ),
    Slip(
        (("longer", "longer = pull * (far - near)"),),
        "the gate is taken to be the same all the way",
        _SEE_LONGER,
    ),
    Slip((("height", "height = np.log(steps)"),), "the pull of 3.93 is left out", _SEE_HEIGHT, 3),
    Slip((("height", "height = np.log(steps / pull)"),), "one divides by the pull", _SEE_HEIGHT, 3),
    Slip((("height", "height = np.log(steps) / pull"),), "the pull divides the logarithm", _SEE_HEIGHT, 1),
    Slip((("height", "height = pull * steps"),), "exp(y_hat) stands there, and not y_hat", _SEE_HEIGHT),
    Slip((("height", "height = np.log10(pull * steps)"),), "the logarithm has base 10", _SEE_HEIGHT),
    Slip((("height", "height = np.log2(pull * steps)"),), "the logarithm has base 2", _SEE_HEIGHT),
    Slip(
        (("height", "height = near * steps / (np.exp(near) / pull)"),),
        "the distance is taken to grow as the steps",
        _SEE_HEIGHT,
    ),
)

_S = "1 / (1 + np.exp(-y_hat))"
_AT_S = "(1 / (1 + np.exp(-s)))"
_S_AT_Y = "1 / (1 + np.exp(-s * y_hat))"
_SWISH_STEPS = (
    Step("s", "4.1", f"s = {_S}", "the sigmoid"),
    Step("gate", "4.3", "gate = s + y_hat * s * (1 - s)", "the slope of swish"),
    Step("q", "4.10", "q = pull_y * gate", "the pull on y_hat"),
)
_SEE_SWISH = "Swish is a product of two factors, and both move with y_hat: measure its slope at 0, then at 2."
_SWISH_SLIPS = (
    Slip((("gate", "gate = s"),), "only the factor in front is moved, and the sigmoid held", _SEE_SWISH, 3),
    Slip(
        (("gate", "gate = y_hat * s * (1 - s)"),),
        "only the sigmoid is moved, and the factor in front held",
        _SEE_SWISH,
        3,
    ),
    Slip(
        (("gate", "gate = s * (1 - s)"),),
        "the two slopes are multiplied: this is the sigmoid's own gate",
        _SEE_SWISH,
        3,
    ),
    Slip((("gate", "gate = s + s * (1 - s)"),), "the factor in front is lost in the second term", _SEE_SWISH),
    Slip((("gate", "gate = s + y_hat * s"),), "the slope of the sigmoid lacks its 1 - s", _SEE_SWISH),
    Slip((("gate", "gate = s + y_hat * (1 - s)"),), "the slope of the sigmoid lacks its s", _SEE_SWISH),
    Slip(
        (("gate", "gate = s + y_hat * s * (1 - s * y_hat)"),),
        "in the sigmoid's slope the output of swish stands for that of the sigmoid",
        _SEE_SWISH,
    ),
    Slip(
        (("gate", f"gate = s + y_hat * {_AT_S} * (1 - {_AT_S})"),),
        "the sigmoid's slope is taken at its output, the slip of section 6",
        _SEE_SWISH,
        3,
    ),
    Slip((("gate", "gate = 1 + y_hat * (1 - s)"),), "the sigmoid has been divided away", _SEE_SWISH),
    Slip(
        (
            ("s", "s = 1 / (1 + np.exp(-pull_y))"),
            ("gate", "gate = s + pull_y * s * (1 - s)"),
            ("q", "q = y_hat * gate"),
        ),
        "the two arguments are exchanged: the pull comes first",
        "Swish is bent where the sum is: which of the two does it not depend on?",
    ),
    Slip((("gate", "gate = s - y_hat * s * (1 - s)"),), "the two terms are subtracted", _SEE_SWISH, 1),
    Slip((("gate", "gate = s * y_hat"),), "the signal stands in place of the gate", _SEE_SWISH),
    Slip(
        (("gate", "gate = s * y_hat * (1 - s * y_hat)"),),
        "the sigmoid's gate is taken from the output of swish: y(1 - y)",
        _SEE_SWISH,
    ),
    Slip(
        (("gate", f"gate = {_S_AT_Y} + s * y_hat * {_S_AT_Y} * (1 - {_S_AT_Y})"),),
        "the gate is taken at the output: the slip of section 6",
        _SEE_SWISH,
        3,
    ),
    Slip((("s", "s = 1 / (1 + np.exp(y_hat))"),), "the minus of the exponent is lost", _SEE_SWISH),
    Slip((("s", "s = np.tanh(y_hat)"),), "tanh stands in place of the sigmoid", _SEE_SWISH, 1),
    Slip((("q", "q = gate"),), "this is the gate, without the pull", _SEE_THROUGH),
    Slip((("q", "q = pull_y * np.maximum(gate, 0)"),), "a negative gate is taken to be shut", _SEE_SWISH),
    Slip((("q", "q = pull_y * np.clip(gate, 0, 1)"),), "the gate is held between 0 and 1", _SEE_SWISH),
    Slip((("q", "q = pull_y + gate"),), "pull and gate are added", _SEE_THROUGH, 1),
    Slip((("q", "q = pull_y / gate"),), "one divides by the gate", _SEE_THROUGH, 1),
)

FOUR_UNITS = Derivation(("y", "pull_y"), ("q",), _FOUR_STEPS, _FOUR_SLIPS)

THREE_HELD = Derivation(("x", "pull_y", "gate"), ("dV",), _HELD_STEPS, _HELD_SLIPS)

FROM_FAR_OUT = Derivation(("near", "far", "pull", "steps"), ("longer", "height"), _LONG_STEPS, _LONG_SLIPS)

SWISH = Derivation(("pull_y", "y_hat"), ("q",), _SWISH_STEPS, _SWISH_SLIPS)
