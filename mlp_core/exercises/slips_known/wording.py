"""How a slip is written down, the ways of seeing it, and the slips that any weight matrix can have."""

from ..chain import Slip


def slip(step, expression, says, see, common=2, **more):
    """Return the `Slip` that computes a step by another expression."""
    return Slip(((step, f"{step} = {expression}"),), says, see, common, **more)


ONES = "np.ones(B)"
SIGMOID = "1 / (1 + np.exp(-{}))"
SEE_BIAS = "Column 0 of each weight matrix is its bias: put an input of zeros in, and only column 0 speaks."
SEE_ROWS = "Give a batch of two examples, and then each of them alone: no row may change."
SEE_MEAN = "Hand in the same example twice: a mean stays what it was."
SEE_GATE = "Look at one tanh unit with y_hat = 1: its gate is 1 - tanh(1)², 0.42."
_SEE_NUDGE = "Nudge one logit and measure E: one number decides."


SEE_LOGIT = "The pulls on the logits of one example add up to 0, and each is what its class lacks."
SEE_DOWN = "Unit j hears of each class through the weight that leads from it: down its own column of W."
SEE_COLUMN = "Column 0 of the pull on W is the sum of the pulls on the logits: its signal is 1."
SEE_TAIL = "Each entry is the pull at the head times the signal at the tail of its own weight."
SEE_BATCH = "Do two examples one by one and take the mean: it must be what the batch gives."


# The line, with the pull at its head and the signal at its tail; what it says; how to see it; how common.
_INTO_A_MATRIX = (
    (
        "np.outer({head}.sum(axis=0), {ones}[0])",
        "for {letter}, every pull meets the signals of the first example",
        SEE_BATCH,
        1,
    ),
    (
        "np.outer({head}.sum(axis=0), {ones}[-1])",
        "for {letter}, every pull meets the signals of the last example",
        SEE_BATCH,
        1,
    ),
    ("{head}[:-1].T @ {ones}[:-1]", "for {letter}, the last example is left out", SEE_BATCH, 1),
    ("{head}[1:].T @ {ones}[1:]", "for {letter}, the first example is left out", SEE_BATCH, 1),
    (
        "{head}.T @ np.c_[{ones}[:, :-1], np.zeros(B)]",
        "for {letter}, the last signal is left out",
        SEE_TAIL,
        1,
    ),
    ("np.tile({ones}.mean(axis=0), ({head}.shape[1], 1))", "for {letter}, the pull is left out", SEE_TAIL, 1),
    (
        "({head}.T @ {ones}) * {letter}",
        "the pull on {letter} is multiplied with {letter} itself",
        SEE_TAIL,
        1,
    ),
    (
        "np.tile({ones}.sum(axis=0), ({head}.shape[1], 1))",
        "for {letter}, the signals alone are added up, without the pull",
        SEE_TAIL,
        1,
    ),
    (
        "{head}.T @ np.c_[{tail}, np.ones(B)]",
        "the bias column of the pull on {letter} stands last",
        SEE_COLUMN,
        3,
    ),
    (
        "{head}.T @ np.c_[np.zeros(B), {tail}]",
        "the bias column of the pull on {letter} is left at 0",
        SEE_COLUMN,
        3,
    ),
    (
        "np.c_[{head}.mean(axis=0), {head}.T @ {tail}]",
        "the bias column of the pull on {letter} is a mean where the 1/B is already in",
        SEE_MEAN,
        2,
    ),
    (
        "np.c_[np.ones({head}.shape[1]), {head}.T @ {tail}]",
        "the bias column of the pull on {letter} is 1, the signal without the pull",
        SEE_COLUMN,
        2,
    ),
    (
        "np.outer({head}.sum(axis=0), {ones}.mean(axis=0))",
        "for {letter}, pulls and signals are each averaged before they are multiplied",
        SEE_BATCH,
        2,
    ),
    (
        "np.outer({head}.sum(axis=0), {ones}.sum(axis=0))",
        "for {letter}, pulls and signals are each added up before they are multiplied",
        SEE_BATCH,
        2,
    ),
    ("np.outer({head}[0], {ones}[0])", "for {letter}, only the first example is used", SEE_BATCH, 2),
    ("np.outer({head}[-1], {ones}[-1])", "for {letter}, only the last example is used", SEE_BATCH, 2),
    (
        "{head}.T @ {ones} + c * {letter}",
        "something times {letter} is added, as in weight decay",
        "The pull of E alone was asked for.",
        1,
    ),
    (
        "{head}.T @ {ones} + c * np.c_[0 * {letter}[:, 0], {letter}[:, 1:]]",
        "something times {letter}, but for its bias, is added, as in weight decay",
        "The pull of E alone was asked for.",
        1,
    ),
    (
        "{head}.T @ {ones} + c * np.sign({letter})",
        "something times the signs of {letter} is added, as in a decay by |w|",
        "The pull of E alone was asked for.",
        1,
    ),
    (
        "{head}.T @ (1 / {ones})",
        "one divides by the signals in the pull on {letter}",
        SEE_TAIL,
        1,
    ),
    (
        "np.c_[np.ones(B) @ {head}, {head}.T @ ({tail} ** 2)]",
        "for {letter}, the signals are squared",
        SEE_TAIL,
        1,
    ),
    (
        "np.c_[np.ones(B) @ {head}, {head}.T @ np.abs({tail})]",
        "for {letter}, the signals' signs are lost",
        SEE_TAIL,
        1,
    ),
    ("np.abs({head}).T @ {ones}", "for {letter}, the pulls' signs are lost", SEE_TAIL, 1),
    ("{head}.T @ {ones}[:, ::-1]", "for {letter}, the signals stand in reversed order", SEE_TAIL, 1),
    ("{head}[::-1].T @ {ones}", "for {letter}, the examples of pulls and signals do not match", SEE_BATCH, 1),
)


def of_matrix(step: str, head: str, tail: str, ones: str, letter: str) -> tuple[Slip, ...]:
    """Return the slips that the pull on any weight matrix can have."""
    names = {"head": head, "tail": tail, "ones": ones, "letter": letter}
    return tuple(
        slip(step, line.format(**names), says.format(**names), see, common)
        for line, says, see, common in _INTO_A_MATRIX
    )


def of_a_column(step: str, head: str, tail: str, ones: str, letter: str) -> tuple[Slip, ...]:
    """Return those of `of_matrix` that are met in one column alone: an example, or a factor, is forgotten."""
    told = ("only the first example", "only the last example", "multiplied with", "without the pull")
    return tuple(
        each
        for each in of_matrix(step, head, tail, ones, letter)
        if any(words in each.says for words in told)
    )
