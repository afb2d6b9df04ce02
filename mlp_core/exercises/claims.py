"""What an honest claim about a network on data of one's own rests on, and what of it is missing."""

from dataclasses import dataclass

import numpy as np

from ..formulas.layers import forward, negative_gradient
from ..measured import check_gradient
from ..network import MLP
from .exercise import Exercise
from .feedback import Feedback
from .judging import LONG, UNTRIED
from .raised import explain
from .reader_code import TIME_LIMIT, call_all, is_unwritten
from .trials import for_scalars

FEWEST_ROWS, FEWEST_STARTS = 30, 5
MORE_STEPS = 500  # by which the baseline is trained on, to see whether it had come to its end
SAYS = ("better", "worse", "cannot tell")
PARTS = {
    "x": "the table, a row an example and a column a number that is known.",
    "labels": "what you would like to know of each row: whole numbers from 0.",
    "kept": "the numbers of the rows that nothing was trained on. Without them you measure memory.",
    "networks": f"the trained networks, from at least {FEWEST_STARTS} starts. One alone may be a lucky one.",
    "baseline": "an `MLP` without a hidden layer, trained on the same rows. Better than what?",
    "backward": "the function that gave the pulls. Nobody has checked it yet.",
    "says": f"your claim: one of {', '.join(map(repr, SAYS))}.",
}


@dataclass(frozen=True)
class Score:
    """How many of the rows kept aside are read, and what that allows one to say.

    Parameters
    ----------
    reads : tuple of int
        By each network.
    baseline : int
    commonest : int
        Where the commonest class of the other rows is always said.
    rows : int
    apart : float
        On how many rows network and baseline are of one mind less, on average: one right, the other wrong.
    """

    reads: tuple[int, ...]
    baseline: int
    commonest: int
    rows: int
    apart: float

    @property
    def gain(self) -> float:
        """Return by how many rows the networks lead, on average."""
        return float(np.mean(self.reads)) - self.baseline

    @property
    def luck(self) -> float:
        """Return how large a lead chance alone gives now and then: two deviations of so many tosses."""
        return 2 * np.sqrt(self.apart)

    @property
    def supports(self) -> str:
        """Return the claim that these numbers bear."""
        if min(self.reads) > self.baseline and self.gain > self.luck:
            return "better"
        if max(self.reads) < self.baseline and -self.gain > self.luck:
            return "worse"
        return "cannot tell"

    def __str__(self) -> str:
        spread = f"{min(self.reads)} to {max(self.reads)}, on average {np.mean(self.reads):.1f}"
        return (
            f"Of the {self.rows} rows kept aside your networks read {spread}, the baseline {self.baseline}, "
            f"and always saying the class that is commonest among the other rows reads {self.commonest}."
        )


def judge_claim(exercise: Exercise, answers: tuple, attempt: int) -> Feedback:
    """Return what an honest claim lacks: the parts, the check, the opponent, the spread, or modesty."""
    claim = answers[0] if len(answers) == 1 else None
    if claim is None or claim is ... or (isinstance(claim, dict) and not claim):
        return Feedback(exercise.number, "unattempted", UNTRIED)
    if not isinstance(claim, dict):
        kind = type(claim).__name__
        return Feedback(
            exercise.number, "unread", f"This is a {kind}; expected a dictionary: `claim = {{...}}`."
        )
    lacking = [f"`{name}`: {what}" for name, what in PARTS.items() if _is_open(claim.get(name))]
    if lacking:
        return _lacks(exercise, "It lacks:", lacking)
    fault = _fault_of_table(claim) or _fault_of_networks(claim)
    if fault:
        return Feedback(exercise.number, "unread", fault)
    outcome = call_all(_looked_at, [(claim,)])
    if outcome.stopped:
        return Feedback(exercise.number, "error", LONG.format(TIME_LIMIT))
    if outcome.runs[0].error is not None:
        return Feedback(exercise.number, "error", explain(outcome.runs[0].error, {}))
    objections, score = outcome.runs[0].value
    if objections:
        return _lacks(exercise, f"{score}\nBefore this can be believed:", objections)
    return _of_the_claim(exercise, claim["says"], score)


def _is_open(value):
    return value is None or value is ... or (callable(value) and is_unwritten(value))


def _lacks(exercise, head, lines):
    return Feedback(exercise.number, "wrong", "\n".join([head, *lines]), tuple(lines))


def _of_the_claim(exercise, says, score):
    supports = score.supports
    lead = f"On average your networks lead by {score.gain:+.1f} rows"
    luck = (
        f"where two differ on {score.apart:.0f} rows, chance alone now and then gives one of them a lead of "
        f"{score.luck:.0f}"
    )
    if says == supports:
        return Feedback(exercise.number, "right", f"{score}\n{exercise.notice}")
    if says == "cannot tell":
        said = f"You are too modest. {lead}, which is more than luck: {luck}."
        return Feedback(exercise.number, "near", f"{score}\n{said}")
    if supports != "cannot tell":
        said = f"You say {says!r}. {lead}."
    elif min(score.reads) <= score.baseline <= max(score.reads):
        said = "That says more than the numbers do: the baseline lies within the spread of the starts."
    else:
        said = f"That says more than the numbers do. {lead}, and {luck}."
    return Feedback(exercise.number, "wrong", f"{score}\n{said}", (said,))


# ---------------------------------------------------------------- its form


def _fault_of_table(claim):
    """Return what cannot be read of the table, the labels and the rows kept aside; "" if nothing."""
    try:
        x, labels, kept = (np.asarray(claim[name]) for name in ("x", "labels", "kept"))
    except ValueError:
        return "`x`, `labels` or `kept` has rows of different lengths."
    if x.ndim != 2 or x.dtype.kind not in "fiu":
        return f"`x` has the shape {x.shape} and the type {x.dtype}; expected a table of numbers."
    if not np.isfinite(x).all():
        return "`x` holds NaN or infinity: what do you know of a row in which something is missing?"
    if labels.shape != (len(x),) or labels.dtype.kind not in "iu" or labels.min() < 0:
        return "`labels` should hold one whole number from 0 for each row of `x`."
    if kept.ndim != 1 or kept.dtype.kind not in "iu" or len(set(kept.tolist())) < len(kept):
        return "`kept` should hold numbers of rows, each once."
    if len(kept) and not 0 <= kept.min() <= kept.max() < len(x):
        return f"`kept` names a row that is not there; there are {len(x)}, from 0."
    if not 0 < len(kept) < len(x):
        return "`kept` must leave rows to train on, and hold some."
    return "" if claim["says"] in SAYS else f"`says` should be one of {', '.join(map(repr, SAYS))}."


def _fault_of_networks(claim):
    """Return what cannot be read of the networks, the baseline and the function; "" if nothing."""
    if not callable(claim["backward"]):
        return "`backward` should be the function itself, of (x, r, V, W, activation)."
    networks = claim["networks"]
    if not isinstance(networks, (list, tuple)) or not all(isinstance(each, MLP) for each in networks):
        return "`networks` should be a list of networks, each `MLP((V, W), activation)`."
    D, K = np.shape(claim["x"])[1], int(np.max(claim["labels"])) + 1
    for network in networks:
        weights = network.weights
        if len(weights) != 2 or weights[0].shape[1] != D + 1 or len(weights[1]) != K:
            return f"One of `networks` does not fit: expected {D} inputs, a hidden layer, {K} classes from 0."
    baseline = claim["baseline"]
    if not isinstance(baseline, MLP) or [W.shape for W in baseline.weights] != [(K, D + 1)]:
        return f"`baseline` should be `MLP((W,))`, without a hidden layer, W of the shape ({K}, {D + 1})."
    return ""


# ---------------------------------------------------------------- its substance


def _looked_at(claim):
    """Return (what stands against it, the score)."""
    x, labels = np.asarray(claim["x"], dtype=float), np.asarray(claim["labels"])
    kept = np.zeros(len(x), dtype=bool)
    kept[np.asarray(claim["kept"])] = True
    score = _score(claim, x, labels, kept)
    objections = [
        _of_rows(x, labels, kept),
        _of_starts(claim["networks"]),
        _of_check(claim["backward"], claim["networks"]),
        _of_baseline(claim["baseline"], x, labels, kept, score),
    ]
    return [said for said in objections if said], score


def _score(claim, x, labels, kept):
    right = [network.predict(x[kept]) == labels[kept] for network in claim["networks"]]
    line = claim["baseline"].predict(x[kept]) == labels[kept]
    commonest = np.bincount(labels[~kept]).argmax()
    apart = float(np.mean([(each != line).sum() for each in right])) if right else 0.0
    reads = tuple(int(each.sum()) for each in right) or (0,)
    return Score(reads, int(line.sum()), int((labels[kept] == commonest).sum()), int(kept.sum()), apart)


def _of_rows(x, labels, kept):
    if kept.sum() < FEWEST_ROWS:
        return f"Rows: {kept.sum()} are too few to tell anything; keep at least {FEWEST_ROWS}."
    strange = set(labels[kept].tolist()) - set(labels[~kept].tolist())
    if strange:
        return f"Rows: class {min(strange)} is among the kept ones alone, so nothing could learn it."
    known = {row.tobytes() for row in x[~kept]}
    twins = sum(row.tobytes() in known for row in x[kept])
    if twins > len(x[kept]) / 20:
        return f"Rows: {twins} of the kept ones stand among the others as well, number for number."
    return ""


def _of_starts(networks):
    if len(networks) < FEWEST_STARTS:
        return f"Starts: {len(networks)}. At least {FEWEST_STARTS} show how far luck alone carries."
    prints = {network.weights[0].tobytes() for network in networks}
    if len(prints) < len(networks):
        return f"Starts: {len(networks) - len(prints)} of the networks are copies. Where does the seed go in?"
    return ""


def _of_check(backward, networks):
    """Return what the gradient check finds, at random weights of the same sizes, on random rows."""
    if not networks:
        return ""
    first = networks[0]
    shapes = [W.shape for W in first.weights]
    for seed in range(2):  # a second time: a nudge may cross a corner of ReLU
        rng = np.random.default_rng(seed)
        V, W = (rng.standard_normal(shape) / np.sqrt(shape[1]) for shape in shapes)
        x, r = rng.standard_normal((6, shapes[0][1] - 1)), rng.dirichlet(np.ones(shapes[1][0]), 6)
        derived = backward(x.copy(), r.copy(), V.copy(), W.copy(), for_scalars(first.activation))
        try:
            report = check_gradient(MLP((V, W), first.activation), x, r, derived=derived)
        except ValueError as error:
            return f"Check: what `backward` returns cannot be checked. {error}"
        if report.ok:
            return ""
    wrong = " and ".join(letter for letter, part in zip("VW", report.checks, strict=True) if not part.ok)
    return f"Check: the pull on {wrong} is not what is measured. `diagnose(backward)` may say why."


def _of_baseline(baseline, x, labels, kept, score):
    """Return whether the baseline, trained on, reads more: one that was stopped early is no opponent."""
    (W,), r = baseline.weights, np.eye(len(baseline.weights[0]))[labels[~kept]]
    rows = x[~kept]
    rate = 2 / (1 + (rows**2).sum(axis=1)).mean()  # small enough that E falls with every step
    for _ in range(MORE_STEPS):
        (pull,) = negative_gradient((W,), baseline.activation, forward((W,), baseline.activation, rows), r)
        W = W + rate * pull
    read = int((MLP((W,)).predict(x[kept]) == labels[kept]).sum())
    if read - score.baseline <= max(1, score.rows / 50):
        return ""
    return (
        f"Opponent: {MORE_STEPS} steps more, and the baseline reads {read} in place of {score.baseline}. "
        "Train it to its end, too."
    )
