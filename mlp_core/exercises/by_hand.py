"""The steps and the slips of what chapter 05 asks for by hand: one row, and the sheet."""

from dataclasses import replace

from .chain import Slip, Step
from .slips_known import CATALOGUE
from .slips_known.wording import SEE_DOWN, SEE_TAIL

_NOT_ON_PAPER = ("batch", "example", "handed in", "mean", "averaged")
_SEE_UNITS = "Which function do these units have, and what is its slope?"


def _on_paper(slip: Slip) -> bool:
    return not any(word in f"{slip.says} {slip.see}" for word in _NOT_ON_PAPER)


# The slips that can be made, and seen, with one example and one activation.
BY_PENCIL = tuple(
    replace(slip, see=_SEE_UNITS) if "Try it with" in slip.see else slip
    for slip in CATALOGUE
    if _on_paper(slip)
)

ROW = (
    Step("wish", "3.11", "wish = delta @ w", "the pull on y_2, down its column of W"),
    Step("slope", "4.6", "slope = 1 - y[:, 0] ** 2", "the gate of a tanh unit"),
    Step("q_2", "5.5", "q_2 = wish * slope", "what arrives at the unit's sum"),
    Step("row", "5.5", "row = q_2 * np.r_[1, x[0]]", "pull at the head times signal at the tail"),
)
_SEE_OPEN = "A tanh unit that puts out 0 is wide open, its gate 1; one that puts out almost 1 is almost shut."
_SEE_ONE = "The bias has column 0, and its signal is the constant 1."
_SEE_LOUD = "Let one pull be 1 and the others 0: the wish is then the weight that leads there, with its sign."


def _row_slip(step, expression, says, see, common=2):
    return Slip(((step, f"{step} = {expression}"),), says, see, common)


ROW_SLIPS = (
    _row_slip(
        "slope",
        "1 - np.tanh(y[:, 0]) ** 2",
        "the unit's output is sent through tanh once more before the gate is taken",
        "The unit's output is tanh of its sum already, and (4.6) wants that number.",
        3,
    ),
    _row_slip("slope", "1 + 0 * y[:, 0]", "the gate is left out", _SEE_OPEN, 3),
    _row_slip("slope", "y[:, 0] * (1 - y[:, 0])", "the gate is that of the sigmoid", _SEE_OPEN, 3),
    _row_slip("slope", "1 - y[:, 0]", "the square in the gate is forgotten", _SEE_OPEN),
    _row_slip("slope", "1 + y[:, 0] ** 2", "the minus in the gate is a plus", _SEE_OPEN),
    _row_slip("slope", "y[:, 0] ** 2", "the 1 of the gate is forgotten", _SEE_OPEN),
    _row_slip("wish", "delta @ np.abs(w)", "the minus of a weight is lost", _SEE_LOUD, 3),
    _row_slip("wish", "np.abs(delta) @ w", "the minus of a pull is lost", _SEE_LOUD, 3),
    _row_slip("wish", "np.abs(delta) @ np.abs(w)", "all signs are lost", _SEE_LOUD),
    _row_slip("wish", "delta @ w / K", "the wishes are averaged", "Wishes are added: each happens in full."),
    _row_slip("wish", "delta[:, :1] @ w[:1]", "only the first class is heard", SEE_DOWN),
    _row_slip("wish", "delta[:, 1:2] @ w[1:2]", "only the second class is heard", SEE_DOWN),
    _row_slip("wish", "delta[:, 2:] @ w[2:]", "only the third class is heard", SEE_DOWN),
    _row_slip("wish", "0 * delta[:, 0] + w.sum()", "the weights alone are added up", SEE_DOWN),
    _row_slip("row", "q_2 * np.r_[x[0], 1]", "the bias stands last", _SEE_ONE, 3),
    _row_slip("row", "q_2 * np.r_[0, x[0]]", "the bias is left at 0", _SEE_ONE),
    _row_slip("row", "np.r_[1, q_2 * x[0]]", "the bias is 1, the signal without the pull", _SEE_ONE),
    _row_slip("row", "np.r_[wish, q_2 * x[0]]", "the bias is pulled without the gate", _SEE_ONE),
    _row_slip(
        "row", "q_2 * y[0, 0] * np.r_[1, x[0]]", "the unit's own signal is a factor too many", SEE_TAIL
    ),
    _row_slip("row", "q_2 * np.r_[1, np.abs(x[0])]", "the minus of a signal is lost", SEE_TAIL),
    _row_slip("row", "q_2 + np.r_[1, x[0]]", "pull and signal are added", SEE_TAIL),
)

_SEE_INPUT = "Write the input and the target of this exercise on top of the sheet."
SHEET_SLIPS = (
    Slip((("x1", "x1 = np.c_[np.ones(B), x + [[0, 1]]]"),), "the input of section 3 is used", _SEE_INPUT, 3),
    Slip(
        (("dV", "dV = q.T @ np.c_[np.ones(B), x + [[0, 1]]]"),),
        "the signals are those of section 3",
        _SEE_INPUT,
        3,
    ),
    Slip((("delta", "delta = r[:, ::-1] - z"),), "the target of section 3 is used", _SEE_INPUT, 3),
    Slip(
        (("z_hat", "z_hat = np.exp(y1 @ W.T) / np.exp(y1 @ W.T).sum(axis=1, keepdims=True)"),),
        "these are the probabilities already",
        "The logits are sums, and need not add up to 1.",
        3,
    ),
    *BY_PENCIL,
)
