"""The steps and the slips of chapter 00's first exercises: by pencil, the other class, two bets, a count."""

from ..chain import CHAIN, Slip, Step
from . import CATALOGUE
from .wording import slip

# ---------------------------------------------------------------- 0.1, by pencil

_SEE_E = "E asks one question: how much did the right class get?"
PENCIL = (
    *(step for step in CHAIN if step.name in ("x1", "y_hat", "y", "y1", "z_hat")),
    Step("e", "0.6", "e = np.exp(z_hat)", "e to the logits"),
    Step("z", "0.6", "z = e / e.sum(axis=1, keepdims=True)", "the probabilities"),
    Step("E", "0.7", "E = -(r * np.log(z)).sum()", "the error"),
)
PENCIL_SLIPS = (
    *CATALOGUE,
    slip("y", "y_hat", "the activation is left out", "One sum is below 0. What does ReLU make of it?", 3),
    slip("y", "np.abs(y_hat)", "a negative sum loses its minus and is not shut", "ReLU makes it 0."),
    slip(
        "z",
        "np.abs(z_hat) / np.abs(z_hat).sum()",
        "shares are taken of the logits themselves",
        "A logit may be negative, and a share may not.",
        3,
    ),
    slip("z", "z_hat / z_hat.sum()", "shares are taken of the logits", "A share may not be negative.", 3),
    slip("E", "-((1 - r) * np.log(z)).sum()", "E is that of the wrong class", _SEE_E, 3),
    slip("E", "-np.log(z).sum()", "the logarithms of both classes are added", _SEE_E),
    slip("E", "(r * z).sum()", "this is what the right class got: E is minus its logarithm", _SEE_E, 3),
    slip("E", "1 - (r * z).sum()", "1 - z is taken, without a logarithm", _SEE_E, 3),
    slip("E", "-(z * np.log(z)).sum()", "the target is not used", _SEE_E, 1),
    slip("E", "(r * np.log(z)).sum()", "the minus of E is lost", "No E is below 0.", 3),
    slip("E", "-(r * z_hat).sum()", "softmax and logarithm are left out of E", _SEE_E),
)

# ---------------------------------------------------------------- 0.2, the other class

_SEE_FACTOR = "Put the old pulls and the new ones side by side, and divide each new one by the old."


TURNED = (
    Step("factor", "0.8", "factor = ((1 - r - z) / (r - z))[0, 0]", "what turns an old pull into a new one"),
)
TURNED_SLIPS = (
    slip(
        "factor",
        "-((1 - r - z) / (r - z))[0, 0]",
        "the signs are left out, or new slopes are divided by old pulls",
        "A pull is a slope with a minus, at the old target and at the new one.",
        3,
    ),
    slip("factor", "((r - z) / (1 - r - z))[0, 0]", "old is divided by new", _SEE_FACTOR, 3),
    slip(
        "factor",
        "-((r - z) / (1 - r - z))[0, 0]",
        "old is divided by new, and the sign is lost",
        _SEE_FACTOR,
    ),
    slip(
        "factor",
        "-1.0 + 0 * z[0, 0]",
        "the signs turn and the sizes stay",
        "The signs do turn. Now measure the sizes.",
        3,
    ),
    slip("factor", "(1 - r - z)[0, 0]", "the new pull on one weight is taken, and no ratio", _SEE_FACTOR),
    slip(
        "factor",
        "1.0 + 0 * z[0, 0]",
        "nothing has changed",
        "Print both pulls on W. If they agree, the error that you nudge still has the old target.",
    ),
    slip("factor", "-(1 - r - z)[0, 0]", "the new slope on one weight is taken, and no ratio", _SEE_FACTOR),
    slip("factor", "(r - z)[0, 0]", "the old pull on one weight is taken, and no ratio", _SEE_FACTOR),
    slip(
        "factor",
        "((1 - r - relu) / (r - relu))[0, 0]",
        "the activation is ReLU",
        "From section 6 on it is the sigmoid.",
    ),
)

# ---------------------------------------------------------------- 0.4, two who know nothing

_SEE_BETS = "Write down ten errors, one for each digit that may come, and take their mean."
BETS = (
    Step("even", "0.7", "even = np.log(K)", "the error at an even bet"),
    Step("uneven", "0.7", "uneven = -np.log(z).mean()", "the mean error over ten digits"),
)
BETS_SLIPS = (
    slip("even", "1 / K", "the probability is taken and not the error", "E takes a logarithm of it.", 3),
    slip("even", "-np.log(K)", "the minus is lost", "No E is below 0.", 3),
    slip("even", "K * np.log(K)", "the ten are added up", _SEE_BETS),
    slip("even", "np.log(2)", "there are two classes", "Here there are ten.", 1),
    slip("even", "0 * np.log(K)", "the error of knowing nothing is put at 0", "Which z has the error 0?"),
    slip(
        "uneven",
        "-np.log(z.mean())",
        "the probabilities are averaged, and then the logarithm is taken",
        f"{_SEE_BETS} The logarithm of a mean is not the mean of the logarithms.",
        3,
    ),
    Slip(
        (("even", "even = 1 / K"), ("uneven", "uneven = z.mean()")),
        "the probabilities are taken and not the errors",
        "E takes a logarithm of each.",
        3,
    ),
    slip("uneven", "-np.log(z).sum()", "the ten are added up", _SEE_BETS, 3),
    slip("uneven", "-np.log(z[0, 0])", "a 3 comes every time", _SEE_BETS),
    slip("uneven", "-np.log(z[0, 1])", "a 3 never comes", _SEE_BETS),
    slip("uneven", "-np.log(z[0, :2]).mean()", "a 3 comes every other time", _SEE_BETS, 3),
    slip(
        "uneven",
        "-(z * np.log(z)).sum()",
        "each digit counts by what was bet on it, and not by how often it comes",
        _SEE_BETS,
        3,
    ),
    slip("uneven", "np.log(z).mean()", "the minus is lost", "No E is below 0."),
)

# ---------------------------------------------------------------- 0.5, the count

_SEE_COUNT = "Take one weight that is no bias: what is multiplied with it on the way forward, and back?"
COUNT = (
    Step("ahead", "0.5", "ahead = H * D + K * H", "the count forward"),
    Step("back", "0.5", "back = ahead + K * H", "the count back"),
    Step("passes", "0.5", "passes = (ahead + back) / ahead", "both, in forward passes"),
)
COUNT_SLIPS = (
    slip(
        "ahead",
        "H * (D + 1) + K * (H + 1)",
        "the biases are counted",
        "What is a bias multiplied with? With 1, which costs nothing.",
        3,
    ),
    slip("ahead", "H * D", "the second layer is left out", _SEE_COUNT),
    slip("ahead", "D + H + K", "the numbers are counted and not the weights", _SEE_COUNT),
    slip("ahead", "H * D * K", "the layers are multiplied and not added", _SEE_COUNT),
    slip("back", "ahead", "nothing is carried on to the hidden layer", _SEE_COUNT, 3),
    slip(
        "back",
        "2 * ahead",
        "the pull is carried on to the inputs as well",
        "Nobody can turn an input, so who would want to know its pull?",
        3,
    ),
    slip("back", "ahead + H * D", "the pull is carried on through V and not through W", _SEE_COUNT),
    slip("back", "K * H", "the weights' own pulls are not counted", _SEE_COUNT),
    slip("back", "H + K", "only the pulls on the units are counted", _SEE_COUNT),
    slip("passes", "back / ahead", "the way forward is not counted", "Both together were asked for.", 3),
    slip("passes", "ahead + back", "multiplications are counted", "How many forward passes is it?"),
)
