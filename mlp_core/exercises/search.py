"""Which slip, which constant or which two slips give the very numbers that a reader's code gave."""

import itertools
from dataclasses import replace

import numpy as np

from .chain import run
from .constants import ANY, any_constant, constants, value_of
from .patches import patched
from .search_pairs import are_along, as_row, is_on_a_line
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
            plain = plain or found
            plain = [e for e in plain if not _is_any(e)] or plain
            return sorted(dict.fromkeys(plain), key=lambda explanation: explanation.rank)
    return []


class _Search:
    """One search, at one limit."""

    def __init__(self, bank, answers, limit):
        self.bank, self.answers, self.limit = bank, answers, limit
        self.names = bank.derivation.outputs
        self.tolerances = [
            max(limit, slack / max(abs(value).max(initial=0), 1e-12))
            for value, slack in zip(answers.values[0], answers.slack, strict=True)
        ]
        self._patched, self._paired, self._explained = None, None, {}

    def one_part(self):
        found = [e for e in self._scaled((), parts=True) if _places(e.scales) == 1]
        for slip in itertools.compress(self.bank.singles, self._alone().all(axis=1)):
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
        for slip in itertools.compress(self.bank.singles, self._alone(1).all(axis=1)):
            if not slip.is_free:
                found += [e for e in self._scaled((slip,), parts=True) if _places(e.scales) == 1]
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
        """Fit the one constant to the first trial, and demand it of all; one trial alone fits anything."""
        if len(self.answers.trials) == 1:
            return []
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
        close = [n for n in known if abs(known[n] - c) <= max(2e-3 * abs(c), 1e-6) or slack]
        if names is not None:
            close = [n for n in names if n in close or n.startswith(ANY)]
        elif len(self.answers.trials) > 1 and not slack and abs(c) > 1e-6:
            close.append(any_constant(c))  # a number that fits in every trial, whatever the sizes
        return [
            n
            for n in close
            if (
                is_near(value, value_of(n, known) * output, self.limit, slack)
                if n != "0"
                else not value.any()
            )
        ]

    # ---- two slips

    def _pairs(self):
        """Return the pairs whose outputs are, on the first trial, constants times the numbers; once."""
        if self._paired is None:
            with np.errstate(all="ignore"):
                self._paired = self._fitting_pairs()
        return self._paired

    def _fitting_pairs(self):
        values, pairs = self.answers.values[0], self.bank.pairs(self.answers.trials[0])
        right = self._along([np.reshape(o, (1, -1)) for o in self.bank.right(self.answers.trials[0])])[0]
        can = pairs.may_be(self._alone(), right)
        found = [(i, j) for i, j in pairs.fitting(can, values, self.tolerances)]
        for i, j in np.argwhere(can & (pairs.is_free[:, None] | pairs.is_free[None, :])):
            if self._on_a_line(pairs, i, j):
                found.append((i, j))
        return [(pairs.slips[j], pairs.slips[i]) for i, j in found]

    def _alone(self, first=0):
        """Return for each slip and output whether the slip alone explains it, up to a constant; once.

        Of the pull on a matrix the columns from the first on are looked at.
        """
        if first not in self._explained:
            found = self._along(self.bank.rows(self.answers.trials[0]), first)
            found[self.bank.is_free] = True
            self._explained[first] = found
        return self._explained[first]

    def _along(self, rows, first=0):
        """Return of the rows of each output which are constants, not 0, times the first trial's numbers."""
        found = []
        values = self.answers.values[0]
        for name, value, made, tolerance in zip(self.names, values, rows, self.tolerances, strict=True):
            if first and name in MATRICES and value.ndim == 2:
                made = made.reshape(-1, *value.shape)[:, :, first:].reshape(len(made), -1)
                value = value[:, first:]
            found.append(are_along(value.ravel(), made, tolerance))
        return np.array(found, dtype=bool).T.reshape(-1, len(self.names))

    def _on_a_line(self, pairs, i, j):
        """Return whether some constant of the free one of two slips may give what both touch."""
        for o, value in enumerate(self.answers.values[0]):
            if pairs.touches[o][i, j] and pairs.touches[o][j, i]:
                slips = pairs.slips[j], pairs.slips[i]
                ends = (pairs.continued.of_pair(*slips, o, c) for c in (0.0, 1.0))
                at_0, at_1 = (as_row(end, value.shape) for end in ends)
                if not is_on_a_line(at_0, at_1, value, self.tolerances[o]):
                    return False
        return True


def _is_any(explanation):
    """Return whether a constant of it is in no list."""
    return any(scale.name.startswith(ANY) for scale in explanation.scales)


def _places(scales):
    """Return in how many places constants must be wrong: one constant on all outputs is one place."""
    if len(scales) > 1 and all(s.part == "" for s in scales) and len({s.name for s in scales}) == 1:
        return 1
    return len(scales)
