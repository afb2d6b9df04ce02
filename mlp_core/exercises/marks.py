"""What can be said of numbers that no known slip explains: where they are right, and which mark they bear."""

from collections.abc import Iterable

import numpy as np

from .chain import PER_EXAMPLE
from .letters import MATRICES, is_or_are, opening
from .search_parts import Answers, Bank, is_near

LIMIT = 1e-6
LAWS = {
    "delta": "In each example the pulls on the logits add up to 0; yours do not.",
    "through": "In each example what comes through softmax adds up to 0; yours does not.",
    "dW": "Each column of the pull on W adds up to 0; yours do not.",
    "J": "Each column of the Jacobian adds up to 0; yours do not.",
}


def marks(bank: Bank, answers: Answers, singles: Answers) -> list[str]:
    """Return the sentences: which output is right, ratios, invariants, bias or the rest, which examples.

    ``answers`` are those of the trials that were compared, ``singles`` those of single examples, of which
    there may be none: in a batch the factors of its examples are mixed.
    """
    said = []
    for o, name in enumerate(bank.derivation.outputs):
        pairs = _pairs(bank, answers, o)
        if all(is_near(value, right, LIMIT) for value, right in pairs):
            said.append(f"{opening(name)} {is_or_are(name)} right.")
            continue
        said.append(f"{opening(name)} {is_or_are(name)} wrong" + _where(name, pairs, answers.trials) + ".")
        said += _ratios(name, pairs, _pairs(bank, singles, o))
        said += _invariants(name, pairs)
    said += _activations(bank, answers)
    return said


def _pairs(bank, answers, o):
    return [
        (values[o], bank.right(trial)[o])
        for trial, values in zip(answers.trials, answers.values, strict=True)
    ]


def _where(name, pairs, trials):
    """Return the part that is right: the bias column, all but it, or some of the examples."""
    if name in PER_EXAMPLE:
        rows = [[is_near(v, r, LIMIT) for v, r in zip(value, right, strict=True)] for value, right in pairs]
        if all(any(row) for row in rows if len(row) > 1) and any(len(row) > 1 for row in rows):
            if all(row[0] for row in rows):
                return ", but for the first example"
            return ", but for some of the examples"
        if right_signs(pairs):
            return ", though each sign is right"
        return ""
    columns = [(value[:, :1], right[:, :1]) for value, right in pairs if value.ndim == 2]
    others = [(value[:, 1:], right[:, 1:]) for value, right in pairs if value.ndim == 2]
    if columns and all(is_near(v, r, LIMIT) for v, r in columns):
        return ", but for its column 0, the bias"
    if others and all(is_near(v, r, LIMIT) for v, r in others):
        return " in column 0, the bias; the rest is right"
    return ""


def right_signs(pairs: Iterable[tuple[np.ndarray, np.ndarray]]) -> bool:
    """Return whether every entry has the right sign."""
    return all((np.sign(value) == np.sign(right)).all() for value, right in pairs)


def _ratio(value, right):
    with np.errstate(all="ignore"):
        return np.where(np.abs(right) > 1e-9, value / right, np.nan)


def _is_constant(ratios):
    """Return whether all ratios are one number, those to 0 left out."""
    known = ratios[np.isfinite(ratios)]
    return bool(known.size > 1 and np.ptp(known) <= 1e-5 * np.abs(known).max() > 0)


def _ratios(name, pairs, singles):
    """Return what the ratios, wrong by right, say."""
    found = [_ratio(value, right) for value, right in pairs]
    if all(map(_is_constant, found)):
        factors = ", ".join(f"{np.nanmedian(ratio):.4g}" for ratio in found)
        return [f"It is a constant times the right one: {factors} in the trials."]
    if name not in MATRICES:
        return []
    # Of one example, or of none: each entry is a pull times a signal.
    found = [_ratio(value, right) for value, right in singles]
    if found and all(all(map(_is_constant, ratio)) for ratio in found):
        return [
            "For a single example it is wrong by one factor along each row: the signals at the tail are in "
            "order, and the pull at the head is not."
        ]
    if found and all(all(map(_is_constant, ratio.T)) for ratio in found):
        return [
            "For a single example it is wrong by one factor down each column: the pull at the head is in "
            "order, and the signals at the tail are not."
        ]
    return []


def _invariants(name, pairs):
    """Return which law is broken that holds of every right answer."""
    values, right = zip(*pairs, strict=True)
    axis = {"delta": 1, "through": 1, "dW": 0, "J": 1}.get(name)
    if axis is not None and _adds_up(axis, right) and not _adds_up(axis, values):
        return [LAWS[name]]
    if name == "dV" and any((v[~r.any(axis=1)] != 0).any() for v, r in pairs):
        return ["A unit that is shut has a row of zeros in the pull on V; yours has not."]
    return []


def _adds_up(axis, arrays):
    """Return whether every array adds up to 0 along an axis."""
    scales = [1e-6 * max(abs(array).max(initial=0.0), 1e-12) for array in arrays]
    sums = [abs(array.sum(axis=axis)) for array in arrays]
    return all((total <= scale).all() for total, scale in zip(sums, scales, strict=True))


def _activations(bank, answers):
    """Return with which activations alone all is right."""
    if "activation" not in bank.derivation.inputs or len(answers.trials) < 2:
        return []
    good = {
        trial.activation: answers.near(k, bank.right(trial), LIMIT) for k, trial in enumerate(answers.trials)
    }
    right, wrong = ([name for name, is_right in good.items() if is_right is want] for want in (True, False))
    if right and wrong:
        return [f"With {' and '.join(right)} all is right, with {' and '.join(wrong)} not."]
    return []
