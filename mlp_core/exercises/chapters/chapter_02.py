"""The exercises of chapter 02, the output layer."""

import numpy as np

from ...worked_examples import Z_HAT
from ..chain import CHAIN, Derivation, Slip, Step
from ..exercise import Exercise
from ..judges import judge_derivation
from ..slips_known import CATALOGUE

_RUNNING = {"z_hat": np.array([Z_HAT]), "r": np.array([[0.0, 1.0, 0.0]])}

_WARM = (
    Step("warm", "1.19", "warm = np.exp(z_hat / tau)", "what each class puts into the pot"),
    Step("p", "1.19", "p = warm / warm.sum(axis=1, keepdims=True)", "the probabilities at temperature tau"),
    Step("delta", "2.7", "delta = (r - p) / tau / B", "the pull on the logits"),
)
_SEE_WARM = (
    "Put tau = 1000: all classes are alike then, whatever the logits, so the pull on these is almost 0."
)
_WARM_SLIPS = (
    Slip((("delta", "delta = (r - p) / B"),), "the inner derivative, 1/tau, is left out", _SEE_WARM, 3),
    Slip((("delta", "delta = (r - p) * tau / B"),), "it is multiplied by tau", _SEE_WARM),
    Slip((("warm", "warm = np.exp(z_hat)"),), "softmax is taken at temperature 1", _SEE_WARM, 3),
    Slip((("warm", "warm = np.exp(z_hat * tau)"),), "the logits are multiplied by tau", _SEE_WARM),
    Slip((("p", "p = warm"),), "nothing is divided by the pot", "The p add up to 1."),
)

_SMOOTH = (
    Step("soft", "2.1", "soft = 0.9 * r + 0.1 / K", "the smoothed target"),
    *(step for step in CHAIN if step.name in ("shifted", "e", "z")),
    Step("delta", "2.7", "delta = (soft - z) / B", "the pull on the logits"),
    Step("floor", "2.14", "floor = -(soft * np.log(soft)).sum() / B", "the floor of E"),
)
_SEE_SMOOTH = "The smoothed target adds up to 1, and no entry of it is 0."
_SMOOTH_SLIPS = (
    Slip((("delta", "delta = (r - z) / B"),), "the pull still uses the hard target", _SEE_SMOOTH, 3),
    Slip(
        (("soft", "soft = 0.9 * r + 0.1 / (K - 1) * (1 - r)"),),
        "the tenth is given to the others only",
        _SEE_SMOOTH,
    ),
    Slip((("soft", "soft = 0.9 * r + 0.1"),), "each class gets a whole tenth", _SEE_SMOOTH, 3),
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

EXERCISES = (
    Exercise(
        number="2.1",
        title="Three pulls by hand",
        minutes=5,
        stub="pulls = ...  # three numbers",
        hints=(
            "Each logit is pulled by what its class lacks (2.7).",
            "Class 3 has half and should have all.",
        ),
        solution="pulls = [-0.25, -0.25, 0.5]",
        reasons="By (2.7) each is r - z: 0 - 0.25, 0 - 0.25 and 1 - 0.5.",
        notice="They add up to 0: what one class is to gain, the others are to give.",
        derivation=Derivation(("r", "z"), ("delta",), slips=CATALOGUE),
        example={"z": np.array([[0.25, 0.25, 0.5]]), "r": np.array([[0.0, 0.0, 1.0]])},
        answers=("pulls",),
    ),
    Exercise(
        number="2.2",
        title="Label smoothing",
        minutes=5,
        stub="pulls = ...  # three numbers\nfloor = ...  # the lowest that E can become",
        hints=(
            "The new target is 0.9 times the old one, plus 0.1/3 for each class.",
            "E is lowest where z is the target (2.14).",
        ),
        solution="soft = 0.9 * np.array([0, 1, 0]) + 0.1 / 3\npulls = soft - np.array([0.1, 0.2, 0.7])\n"
        "floor = -(soft * np.log(soft)).sum()",
        reasons="The target adds up to 1 again, so (2.7) holds with it.\nThe floor is its entropy (2.14).",
        notice="A network that is too sure is pulled back.",
        derivation=Derivation(("r", "z_hat"), ("delta", "floor"), _SMOOTH, _SMOOTH_SLIPS),
        example=_RUNNING,
        answers=("pulls", "floor"),
    ),
    Exercise(
        number="2.3",
        title="The pull on the logits, for a batch",
        minutes=15,
        hints=(
            "Softmax first (1.16), then what each class lacks (2.7), then the mean.",
            "Sums and maxima run along the last axis, `axis=-1, keepdims=True`.",
        ),
        solution='''def pull_on_logits(r, z_hat):
    """Return -dE/dz_hat of the mean E; r and z_hat have the shape (K,) or (B, K)."""
    e = np.exp(z_hat - z_hat.max(axis=-1, keepdims=True))
    z = e / e.sum(axis=-1, keepdims=True)
    return (r - z) / (len(z_hat) if z_hat.ndim == 2 else 1)''',
        reasons="The maximum is taken off each row, so that nothing overflows (1.16).\n"
        "E is a mean over B examples, and the 1/B enters here, once.",
        notice="Not one derivative is computed: the target and the probabilities are all it takes.",
        derivation=Derivation(("r", "z_hat"), ("delta",), slips=CATALOGUE),
        role="pull_on_logits",
    ),
    Exercise(
        number="2.4",
        title="At temperature 2",
        minutes=15,
        stub="pulls = ...  # three numbers",
        hints=(
            "On z_hat/2 the pull is r - p, with p the new probabilities.",
            "From z_hat/2 to z_hat leads one more factor.",
        ),
        solution="p = np.sqrt([1, 2, 7])\npulls = (np.array([0, 1, 0]) - p / p.sum()) / 2",
        reasons="The classes put the square roots of 1, 2 and 7 into the pot.\n"
        "The chain rule gives one factor more, 1/2.",
        notice="A warm softmax is less sure, and its logits are pulled less.",
        derivation=Derivation(("r", "z_hat", "tau"), ("delta",), _WARM, _WARM_SLIPS),
        example={**_RUNNING, "tau": 2.0},
        answers=("pulls",),
    ),
    Exercise(
        number="2.5",
        title="The pulls add up to 0",
        minutes=15,
        stub='lines = r"..."  # \\sum_i \\Big(-\\frac{\\partial E}{\\partial \\hat z_i}\\Big) = ... = 0',
        hints=("Put (2.7) in, and take the sum apart.",),
        solution='lines = r"\\sum_i \\Big(-\\frac{\\partial E}{\\partial \\hat z_i}\\Big)'
        ' = \\sum_i (r_i - z_i) = \\sum_i r_i - \\sum_i z_i = 0"',
        reasons="The r add up to 1 by assumption (2.6), the z because softmax makes them so.",
        notice="Without (2.6) it holds as well: why?",
        judge=judge_derivation(
            r"\sum_i \Big(-\frac{\partial E}{\partial \hat z_i}\Big)",
            (r"\sum_i z_i",),
            4,
            (r"\text{assume } \sum_l r_l = 1",),
        ),
        answers=("lines",),
    ),
)
