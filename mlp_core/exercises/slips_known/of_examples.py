"""Slips in how the examples are added up: weights that are not all 1/B."""

from ..chain import Slip
from .wording import SEE_BATCH, SEE_MEAN, slip

_SEE_LOOP = "Which lines stand in the loop, and which behind it? Run it on two equal examples."
_K = "np.arange(B)[:, None]"
# The weight of example k, counted from 0, in place of 1/B; what it says; how to see it.
_SHARES = (
    (
        "(1.0 * B) ** ({k} - B)",
        "the division by B stands in the loop, so the first are divided often",
        _SEE_LOOP,
    ),
    ("(1.0 * B) ** ({k} - B - 1)", "the sum is divided by B again in each round of the loop", _SEE_LOOP),
    ("0.5 ** (B - {k})", "in each round of the loop the sum is halved", _SEE_LOOP),
    (
        "0.5 ** np.minimum({k} + 1, B - 1)",
        "the first example counts as much as the mean of all that follow it",
        SEE_BATCH,
    ),
    (
        "0.5 ** np.minimum(B - {k}, B - 1)",
        "the last example counts as much as the mean of all before it",
        SEE_BATCH,
    ),
    ("1 / np.cumprod(B - {k}, axis=0)[::-1]", "in each round the sum is divided by the round", _SEE_LOOP),
    ("1 / ({k} + 1)", "each example is divided by its own number", _SEE_LOOP),
    ("1 / (B * ({k} + 1))", "each example is divided by its own number as well", _SEE_LOOP),
    ("(B - {k}) / B", "the sum so far is added in each round: the first examples count often", _SEE_LOOP),
    ("({k} + 1) / B", "each example counts as often as its number says", _SEE_LOOP),
    ("{k} / B", "each example counts as often as its number, from 0, says", _SEE_LOOP),
    ("(1 + ({k} == 0)) / B", "the first example counts twice", SEE_BATCH),
    ("(1 + ({k} == B - 1)) / B", "the last example counts twice", SEE_BATCH),
    ("({k} % 2 == 0) / B", "every other example is left out", SEE_BATCH),
    ("({k} % 2 == 1) / B", "every other example is left out, the first among them", SEE_BATCH),
    ("({k} < B // 2) / B", "only the first half of the examples is used", SEE_BATCH),
    ("({k} >= B // 2) / B", "only the second half of the examples is used", SEE_BATCH),
    ("({k} < 2) / B", "only the first two examples are used", SEE_BATCH),
    ("0.1 * 0.9 ** (B - 1 - {k})", "a running mean with the weights 0.9 and 0.1 is taken", SEE_MEAN),
    (
        "0.9 ** (B - 1 - {k}) / B",
        "the sum so far is multiplied by 0.9 in each round, as a velocity",
        SEE_MEAN,
    ),
    ("({k} < x.shape[1]) / B", "the loop over the examples ends at D", SEE_BATCH),
    ("({k} < len(V)) / B", "the loop over the examples ends at H", SEE_BATCH),
    ("({k} < K) / B", "the loop over the examples ends at K", SEE_BATCH),
)


def _in_one(step, line, what):
    """Return the same slips in the pull on one matrix alone."""
    return tuple(
        Slip(
            ((step, f"{step} = {line.format(share.format(k=_K))}"),), f"{says}, {what}", see, 0, of_batch=True
        )
        for share, says, see in _SHARES
    )


SHARES = (
    *(
        slip("delta", f"(r - z) * {share.format(k=_K)}", says, see, 1, of_batch=True)
        for share, says, see in _SHARES
    ),
    *_in_one("dW", "(delta * B * {}).T @ y1", "in the pull on W alone"),
    *_in_one("dV", "(q * B * {}).T @ x1", "in the pull on V alone"),
)
_RATES = (1.0, 0.5, 0.1, 0.01)
_SEE_FIXED = "All pulls of a batch belong to the same weights: none moves before all are computed."
_ONE_BY_ONE = "cut_one_by_one(({head}{more})[:, :, None] * {ones}[:, None, :]){less}"
_SEE_CUT = "Print the dtype of the array that you add to: whole numbers lose what stands behind the point."
_WHOLE = tuple(
    (f"dW = {_ONE_BY_ONE}".format(head="delta", ones="y1", more=more, less=less),
     f"dV = {_ONE_BY_ONE}".format(head="q", ones="x1", more=more, less=less))
    for more, less in (("", ""), (" * B", " / B"))
)  # fmt: skip
IN_TURN = (
    *(
        Slip(
            (
                ("dW", f"dW = in_turn(x1, r, V, W, activation, {rate}{over})[1]"),
                ("dV", f"dV = in_turn(x1, r, V, W, activation, {rate}{over})[0]"),
            ),
            "the weights move after each example, so that the later ones meet other weights",
            _SEE_FIXED,
            of_batch=True,
        )
        for rate in _RATES
        for over in ("", " / B")
    ),
    *(
        Slip(
            (("dW", of_w), ("dV", of_v)),
            "what is added up goes into whole numbers, example by example",
            _SEE_CUT,
        )
        for of_w, of_v in _WHOLE
    ),
    *(Slip((("dW", w),), "the pull on W is added up in whole numbers", _SEE_CUT, 1) for w, _ in _WHOLE),
    *(Slip((("dV", v),), "the pull on V is added up in whole numbers", _SEE_CUT, 1) for _, v in _WHOLE),
)
