"""The steps and the slips of what chapter 02 asks for by hand."""

from .chain import CHAIN, Slip, Step

WARM = (
    Step("warm", "1.19", "warm = np.exp(z_hat / tau)", "what each class puts into the pot"),
    Step("p", "1.19", "p = warm / warm.sum(axis=1, keepdims=True)", "the probabilities at temperature tau"),
    Step("delta", "2.7", "delta = (r - p) / tau / B", "the pull on the logits"),
)
_SEE_WARM = (
    "Put tau = 1000: all classes are alike then, whatever the logits, so the pull on these is almost 0."
)
WARM_SLIPS = (
    Slip((("delta", "delta = (r - p) / B"),), "the inner derivative, 1/tau, is left out", _SEE_WARM, 3),
    Slip((("delta", "delta = (r - p) * tau / B"),), "it is multiplied by tau", _SEE_WARM),
    Slip((("warm", "warm = np.exp(z_hat)"),), "softmax is taken at temperature 1", _SEE_WARM, 3),
    Slip((("warm", "warm = np.exp(z_hat * tau)"),), "the logits are multiplied by tau", _SEE_WARM),
    Slip(
        (("warm", "warm = np.exp(z_hat)"), ("delta", "delta = (r - p) / B")),
        "the temperature is forgotten, both times",
        _SEE_WARM,
        3,
    ),
    Slip((("p", "p = warm"),), "nothing is divided by the pot", "The p add up to 1."),
)

SMOOTH = (
    Step("soft", "2.1", "soft = 0.9 * r + 0.1 / K", "the smoothed target"),
    *(step for step in CHAIN if step.name in ("shifted", "e", "z")),
    Step("delta", "2.7", "delta = (soft - z) / B", "the pull on the logits"),
    Step("floor", "2.14", "floor = -(soft * np.log(soft)).sum() / B", "the floor of E"),
)
_SEE_SMOOTH = "The smoothed target adds up to 1, and no entry of it is 0."
SMOOTH_SLIPS = (
    Slip((("delta", "delta = (r - z) / B"),), "the pull still uses the hard target", _SEE_SMOOTH, 3),
    Slip(
        (("soft", "soft = 0.9 * r + 0.1 / (K - 1) * (1 - r)"),),
        "the tenth is given to the others only",
        _SEE_SMOOTH,
    ),
    Slip((("soft", "soft = 0.9 * r + 0.1"),), "each class gets a whole tenth", _SEE_SMOOTH, 3),
    Slip(
        (("soft", "soft = 0.9 * r + 0.1 / K * (1 - r)"),),
        "the right class gets no share of the tenth",
        _SEE_SMOOTH,
        3,
    ),
    Slip((("soft", "soft = r + 0.1 / K"),), "the nine tenths are forgotten", _SEE_SMOOTH),
    Slip((("soft", "soft = 0.9 * r"),), "the tenth is taken and not given back", _SEE_SMOOTH),
    Slip(
        (("floor", "floor = -np.log(z)[0] @ soft[0]"),),
        "this is E as it stands, not its floor",
        "Where z = r no network gets lower.",
    ),
    Slip(
        (("floor", "floor = -np.log(soft.max())"),),
        "only the wanted class is counted in the floor",
        _SEE_SMOOTH,
    ),
    Slip(
        (("floor", "floor = (soft * np.log(soft)).sum() / B"),),
        "the minus of the floor is lost",
        "E is never negative.",
    ),
    Slip(
        (("floor", "floor = 0 * soft.sum()"),),
        "the floor is put at 0",
        "Can z = r be reached, and what is E there?",
        3,
    ),
    Slip(
        (("floor", "floor = -(soft * np.log2(soft)).sum() / B"),), "the logarithm has base 2", "E is in nats."
    ),
)

_SEE_LACK = "Each class is pulled by what it lacks: its target minus its own share."
LACK_SLIPS = (
    Slip(
        (
            (
                "delta",
                "delta = (r - (1 - r) / (K - 1)) * (1 - (r * z).sum(axis=1, keepdims=True)) / B",
            ),
        ),
        "the wrong classes are pulled down alike",
        _SEE_LACK,
        3,
    ),
    Slip(
        (("delta", "delta = (r[:, [0, 2, 1]] - z) / B"),), "class 2 is taken for the right one", _SEE_LACK, 3
    ),
    Slip((("delta", "delta = 100 * (r - z) / B"),), "the pulls are given in percent", _SEE_LACK),
    Slip((("delta", "delta = z / B"),), "these are the probabilities, and not yet the pulls", _SEE_LACK),
)

TWO_SOFTMAXES = (
    Step("inner", "2.1", "inner = r", "what the first softmax says at its best"),
    Step("pot", "2.2", "pot = np.exp(inner).sum(axis=1)", "the pot of the second softmax"),
    Step("floor", "2.2", "floor = (np.log(pot) - (r * inner).sum(axis=1)).sum() / B", "cost minus credit"),
)
_SEE_TWICE = "Write down the ten numbers that the second softmax is handed, and what each puts into the pot."
TWO_SOFTMAXES_SLIPS = (
    Slip((("floor", "floor = 0.0 * pot.sum()"),), "E is thought to come down to 0 as ever", _SEE_TWICE, 3),
    Slip(
        (("inner", "inner = np.ones_like(r) / K"),),
        "all ten classes are still alike: where training begins, not where it can end",
        _SEE_TWICE,
        3,
    ),
    Slip(
        (("pot", "pot = (r * np.exp(inner)).sum(axis=1)"),),
        "only the right class puts something into the pot",
        "The others hand in 0; what is e to the 0?",
        2,
    ),
    Slip(
        (("pot", "pot = np.exp(inner).sum(axis=1) + 1"),),
        "ten others stand beside the right class",
        "Count the terms of the pot: there is one for each class.",
    ),
    Slip(
        (("inner", "inner = 1 - r"),),
        "the right class is handed 0 and the others 1: the highest that E can become, not the lowest",
        _SEE_TWICE,
    ),
    Slip(
        (("floor", "floor = (np.exp((r * inner).sum(axis=1)) / pot).sum() / B"),),
        "this is the probability of the right class, and not yet E",
        "E is minus the logarithm of it.",
        3,
    ),
    Slip(
        (("floor", "floor = ((r * inner).sum(axis=1) - np.log(pot)).sum() / B"),),
        "the minus in front of the logarithm is lost",
        "A probability is at most 1. What is its logarithm at most?",
    ),
    Slip(
        (("floor", "floor = np.log(pot).sum() / B"),),
        "the credit is left out, the logit of the right class",
        "Take E apart into cost and credit (2.2).",
    ),
)
