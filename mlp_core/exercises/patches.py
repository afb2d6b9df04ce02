"""Slips in a part of the answer alone: in one output, or in its bias column, or in all but that."""

import itertools
from collections.abc import Iterator

import numpy as np

from .chain import Slip
from .search_parts import MATRICES, Answers, Bank, Explanation, Part, is_near

_COLUMNS = {"": slice(None), "bias": slice(0, 1), "rest": slice(1, None)}


def patched(bank: Bank, answers: Answers, limit: float) -> Iterator[Explanation]:
    """Return the explanations that put one slip, or two, into some parts and leave the others right."""
    wrong = [part for part in _parts(bank) if not _fits(bank, answers, (), part, limit)]
    fitting = {}
    for part in wrong:
        singles = _near_at_first(bank, answers, part, limit)
        fitting[part] = _fitting(bank, answers, singles, part, limit)
    for part, found in fitting.items():
        if not found:  # what is made of one token is told only where nothing else explains
            found += _fitting(bank, answers, bank.tokens, part, limit)
            if not found:
                return
    slips = fitting[wrong[0]] if wrong else []
    common = [slip for slip in slips if all(slip in fitting[part] for part in wrong)]
    if common:
        yield from (Explanation((slip,), where=(_merged(wrong),)) for slip in common)
    elif all(fitting.values()):
        yield from _by_two(fitting)


def _near_at_first(bank, answers, part, limit):
    """Return the single slips that give a part of the answer to the first trial."""
    value, made = answers.values[0][part.index], bank.rows(answers.trials[0])[part.index]
    if part.part:
        columns = _COLUMNS[part.part]
        made = made.reshape(-1, *value.shape)[:, :, columns].reshape(len(made), -1)
        value = value[:, columns]
    with np.errstate(all="ignore"):
        allowed = np.maximum(limit * abs(made).max(axis=1, initial=1e-12), answers.slack[part.index])
        near = (abs(made - value.ravel()) <= allowed[:, None]).all(axis=1)
    return list(itertools.compress(bank.singles, near))


def _fitting(bank, answers, slips, part, limit):
    return [s for s in slips if not s.is_free and _fits(bank, answers, (s,), part, limit)]


def _by_two(fitting: dict[Part, list[Slip]]) -> Iterator[Explanation]:
    best = {part: found[0] for part, found in fitting.items()}
    for part, found in fitting.items():  # one slip for several parts, where it can be
        shared = [slip for slip in best.values() if slip in found]
        best[part] = shared[0] if shared else best[part]
    chosen = list(dict.fromkeys(best.values()))
    if len(chosen) <= 2:
        where = tuple(_merged([part for part in best if best[part] is slip]) for slip in chosen)
        yield Explanation(tuple(chosen), where=where)


def _parts(bank):
    for o, name in enumerate(bank.derivation.outputs):
        for part in ("bias", "rest") if name in MATRICES else ("",):
            yield Part(o, name, part)


def _merged(parts):
    """Return the parts with an output's two halves made one."""
    merged = []
    for part in parts:
        twins = [other for other in parts if other.output == part.output]
        whole = Part(part.index, part.output, "") if len(twins) == 2 else part
        if whole not in merged:
            merged.append(whole)
    return tuple(merged)


def _fits(bank, answers, slips, part, limit):
    columns = _COLUMNS[part.part]
    for trial, values in zip(answers.trials, answers.values, strict=True):
        outputs = bank.outputs(slips, trial)
        if outputs is None:
            return False
        value, output = values[part.index], outputs[part.index]
        if part.part:
            value, output = value[:, columns], output[:, columns]
        if not is_near(np.asarray(value), output, limit, answers.slack[part.index]):
            return False
    return True
