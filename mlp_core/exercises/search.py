"""Which slip, which constant or which two slips give the very numbers that a reader's code gave."""

from dataclasses import replace

import numpy as np

from .chain import run
from .constants import constants
from .patches import patched
from .search_parts import EXACT, MATRICES, NAMED, Answers, Bank, Explanation, Scale, is_near

COARSE, FEW = 0.01, 3  # slack of numbers of one place, and how few of them fit anything
ROUGH = 2e-4  # by how much numbers may be off that were rounded on the way


def find(bank: Bank, answers: Answers) -> list[Explanation]:
    """Return all explanations of the fewest parts, the commonest first."""
    return _by_hand(bank, answers) if bank.derivation.by_hand else _found(bank, answers, NAMED)


def _by_hand(bank, answers):
    """Return the explanations of numbers that were asked for, which are few and fit many by chance.

    So they must fit in all the digits that they have. Where the last ones are off, as by rounding on the
    way, only one slip may explain them; and numbers of one digit only where there are several.
    """
    coarse = [slack > COARSE for slack in answers.slack]
    as_typed = replace(
        answers, slack=tuple(0.0 if c else s for s, c in zip(answers.slack, coarse, strict=True))
    )
    found = _found(bank, as_typed, EXACT)
    if found:
        return found
    count = sum(np.size(value) for value in answers.values[0])
    if any(coarse):
        return _found(bank, answers, EXACT) if count > FEW else []
    if max(answers.slack, default=0.0) > 0.001:
        return []
    rough = replace(answers, slack=tuple(3 * slack for slack in answers.slack))
    return [e for e in _found(bank, rough, ROUGH) if len(e.slips) == 1 and not e.scales]


def _found(bank, answers, limit):
    """Return all explanations of the fewest parts at one limit.

    Numbers rounded to few places fit many explanations by chance, so there only those of one part count, or
    of two.
    """
    search = _Search(bank, answers, limit)
    levels = (search.one_part, search.two_parts, search.three_parts)
    rounded = max(answers.slack, default=0.0)
    for level in levels[: 1 if rounded > 0.01 else 2 if rounded > 0.001 else 3]:
        with np.errstate(all="ignore"):  # slips divide by 0, and overflow
            found = level()
        if rounded > 0.01:  # one digit is the logarithm of something or other
            found = [e for e in found if not any("ln" in scale.name for scale in e.scales)]
        if bank.derivation.by_hand:  # a constant beside a slip fits few numbers by chance
            found = [e for e in found if not e.scales] or [e for e in found if not e.slips]
        if found:
            # What is made from other slips, in one use or token, is told only where nothing else explains.
            plain = [e for e in found if all(slip.common for slip in e.slips)]
            return sorted(dict.fromkeys(plain or found), key=lambda explanation: explanation.rank)
    return []


class _Search:
    """One search, at one limit."""

    def __init__(self, bank, answers, limit):
        self.bank, self.answers, self.limit = bank, answers, limit
        self.names = bank.derivation.outputs
        self._patched, self._paired = None, None

    def one_part(self):
        found = [e for e in self._scaled((), parts=True) if _places(e.scales) == 1]
        for slip in self.bank.singles:
            found += self._free((slip,)) if slip.is_free else self._exactly((slip,))
        found = found or [e for slip in self.bank.tokens for e in self._exactly((slip,))]
        return found or [e for e in self.patched() if len(e.slips) == 1]

    def patched(self):
        """Return what explains each part by a slip of its own; looked for once."""
        if self._patched is None:
            self._patched = list(patched(self.bank, self.answers, self.limit))
        return self._patched

    def two_parts(self):
        found = [e for e in self._scaled((), parts=True) if _places(e.scales) == 2]
        for slip in self.bank.singles:
            if not slip.is_free:
                found += [e for e in self._scaled((slip,)) if _places(e.scales) == 1]
        for pair in self._pairs():
            free = any(slip.is_free for slip in pair)
            found += self._free(pair) if free else self._exactly(pair)
        return found or self.patched()

    def three_parts(self):
        found = []
        for pair in self._pairs():
            if not any(slip.is_free for slip in pair):
                found += [e for e in self._scaled(pair) if _places(e.scales) == 1]
        return found

    # ---- one candidate

    def _exactly(self, slips):
        for k, trial in enumerate(self.answers.trials):
            outputs = self.bank.outputs(slips, trial)
            if outputs is None or not self.answers.near(k, outputs, self.limit):
                return []
        return [Explanation(slips)]

    def _free(self, slips):
        """Fit the slips' one constant to the first trial, and demand it of all."""
        first = self.answers.trials[0]
        at_0, at_1 = (self.bank.outputs(slips, first, c) for c in (0.0, 1.0))
        if at_0 is None or at_1 is None:
            return []
        slope = np.concatenate([(b - a).ravel() for a, b in zip(at_0, at_1, strict=True)])
        rest = [(v - a).ravel() for v, a in zip(self.answers.values[0], at_0, strict=True)]
        c = float(slope @ np.concatenate(rest) / max(slope @ slope, 1e-300))
        if abs(c) < 1e-4 or not np.isfinite(c):
            return []
        for k, trial in enumerate(self.answers.trials):
            lines = self.bank.derivation.lines(slips)
            known = run(lines, {**trial.given, **trial.sizes, "c": c})
            if not self.answers.near(k, [known[name] for name in self.names], self.limit):
                return []
        return [Explanation(slips)]

    def _scaled(self, slips, parts=False):
        """Return the explanation by these slips and a constant on each output; some are not 1."""
        scales = []
        for o, name in enumerate(self.names):
            named = self._constant(slips, o, slice(None))
            if named is not None:
                scales += [Scale(name, "", named)] if named != "1" else []
                continue
            if not parts or name not in MATRICES:
                return []
            bias, rest = self._constant(slips, o, slice(0, 1)), self._constant(slips, o, slice(1, None))
            if bias is None or rest is None:
                return []
            pairs = (("bias", bias), ("rest", rest))
            scales += [Scale(name, part, named) for part, named in pairs if named != "1"]
        if slips and any(scale.name == "0" for scale in scales):
            return []
        return [Explanation(slips, tuple(scales))] if scales else []

    def _constant(self, slips, o, columns):
        """Return the name of the one constant that this output is wrong by in every trial, or None."""
        names = None
        for k, trial in enumerate(self.answers.trials):
            outputs = self.bank.outputs(slips, trial)
            if outputs is None:
                return None
            value, output = self.answers.values[k][o], outputs[o]
            if value.ndim == 2:
                value, output = value[:, columns], output[:, columns]
            names = self._fitting(value, output, trial.sizes, names, self.answers.slack[o])
            if not names:
                return None
        return names[0]

    def _fitting(self, value, output, sizes, names, slack):
        size = (output * output).sum()
        if not np.isfinite(size) or size == 0:
            return ["1"] if not value.any() and not output.any() else []
        with np.errstate(all="ignore"):
            c = (value * output).sum() / size
        known = constants(sizes)
        close = [n for n in names or known if abs(known[n] - c) <= max(2e-3 * abs(c), 1e-6) or slack]
        return [
            n
            for n in close
            if (is_near(value, known[n] * output, self.limit, slack) if n != "0" else not value.any())
        ]

    # ---- two slips

    def _pairs(self):
        """Return the pairs that can be; looked for once."""
        if self._paired is None:
            self._paired = list(self._possible_pairs())
        return self._paired

    def _possible_pairs(self):
        """Yield the pairs that can be: what only one of the two touches must be explained by that one."""
        singles = self.bank.singles
        right = [self._alone((), o) for o in range(len(self.names))]
        alone = [[self._alone((slip,), o) for o in range(len(self.names))] for slip in singles]
        for i, a in enumerate(singles):
            for j in range(i):
                if self.bank.own[i] & self.bank.own[j]:
                    continue
                if self._can_be(i, j, right, alone):
                    yield (singles[j], a)

    def _can_be(self, i, j, right, alone):
        own, needed = self.bank.own, self.bank.needed
        for o in range(len(self.names)):
            by_i, by_j = own[i] & needed[j][o], own[j] & needed[i][o]
            if by_i and by_j:
                continue
            if not (alone[i][o] if by_i else alone[j][o] if by_j else right[o]):
                return False
        return True

    def _alone(self, slips, o):
        """Return whether an output of the first trial is what these slips make of it, up to a constant."""
        if any(slip.is_free for slip in slips):
            return True
        outputs = self.bank.outputs(slips, self.answers.trials[0])
        if outputs is None:
            return False
        value, output = self.answers.values[0][o], outputs[o]
        with np.errstate(all="ignore"):
            size = (output * output).sum()
            if not np.isfinite(size) or size == 0:
                return not value.any()
            c = (value * output).sum() / size
            return is_near(value, c * output, self.limit, self.answers.slack[o])


def _places(scales):
    """Return in how many places constants must be wrong: one constant on all outputs is one place."""
    if len(scales) > 1 and all(s.part == "" for s in scales) and len({s.name for s in scales}) == 1:
        return 1
    return len(scales)
