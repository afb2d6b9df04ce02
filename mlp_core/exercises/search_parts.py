"""What a search for slips works with: a reader's numbers, what each slip makes of them, an explanation."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np

from . import letters
from .chain import Derivation, Slip, names_in, run
from .edits_of_a_line import one_token_slips
from .search_pairs import RAISED, Continued, Pairs, Ways
from .trials import Trial

EXACT, NAMED = 1e-6, 1e-3
MATRICES = (*letters.MATRICES, "move")


@dataclass(frozen=True)
class Scale:
    """A constant on some numbers: of which output, which part of it ("", "bias", "rest"), and which."""

    output: str
    part: str
    name: str


class Part(NamedTuple):
    """An output, or its bias column, or the rest of it."""

    index: int
    output: str
    part: str


@dataclass(frozen=True)
class Explanation:
    """What gives the reader's numbers: slips, constants on top of them, and in which parts each slip is."""

    slips: tuple[Slip, ...]
    scales: tuple[Scale, ...] = ()
    where: tuple[tuple[Part, ...], ...] = ()

    @property
    def rank(self) -> tuple[int, ...]:
        """Return what explanations are sorted by: the commonest first."""
        return (len(self.scales), -sum(slip.common for slip in self.slips), len(self.slips))


@dataclass(frozen=True)
class Answers:
    """A reader's numbers in batch form: one list of outputs for each trial that can be compared.

    Parameters
    ----------
    trials : tuple of Trial
    values : tuple of tuples of arrays
    slack : tuple of float
        By how much each output may differ anyhow, because the numbers are rounded.
    """

    trials: tuple[Trial, ...]
    values: tuple[tuple[np.ndarray, ...], ...]
    slack: tuple[float, ...]

    def near(self, k: int, outputs: Sequence[np.ndarray], limit: float) -> bool:
        """Return whether the answer to trial k is these outputs."""
        return all(
            is_near(value, output, limit, slack)
            for value, output, slack in zip(self.values[k], outputs, self.slack, strict=True)
        )


def is_near(value: np.ndarray, output: np.ndarray, limit: float, slack: float = 0.0) -> bool:
    """Return whether no entry is further off than a share of the largest; NaN and inf are never near."""
    with np.errstate(all="ignore"):
        scale = max(np.abs(output).max(initial=0.0), 1e-12)
        if not np.isfinite(scale):
            return False
        return bool((np.abs(value - output) <= max(limit * scale, slack)).all())


class Bank:
    """What each slip of a derivation makes of the trials; computed once."""

    def __init__(self, derivation: Derivation, trials: tuple[Trial, ...]):
        self.derivation, self.trials = derivation, trials
        self._known: dict[Any, Any] = {}
        self._lines: dict[Any, Any] = {}
        self._ways = Ways(derivation)
        self._bits = {step.name: 1 << k for k, step in enumerate(derivation.steps)}

    def outputs(self, slips: tuple[Slip, ...], trial: Trial, c: float = 1.0) -> tuple[np.ndarray, ...] | None:
        """Return the outputs with these slips, in batch form; None where they cannot be computed."""
        key = (slips, trial, c)
        if key not in self._known:
            self._known[key] = self._computed(slips, trial, c)
        return self._known[key]

    def right(self, trial: Trial) -> tuple[np.ndarray, ...]:
        """Return the right outputs."""
        return self.outputs((), trial)

    def as_it_comes(self, slip: Slip, trial: Trial) -> tuple[np.ndarray, ...] | None:
        """Return the outputs with a slip in the shapes that come; None where they cannot be computed."""
        if self.lines((slip,)) is None:
            return None
        known = self.continued(trial).state(slip)
        outputs = self.derivation.outputs
        return tuple(map(np.asarray, map(known.get, outputs))) if set(outputs) <= set(known) else None

    def pairs(self, trial: Trial) -> Pairs:
        """Return the pairs of single slips on this trial; made once."""
        if ("pairs", trial) not in self._known:
            self._known["pairs", trial] = Pairs(self.continued(trial), self.singles, self.own, self.needed)
        return self._known["pairs", trial]

    def rows(self, trial: Trial) -> list[np.ndarray]:
        """Return for each output a table: of every single slip the numbers in a row, NaN where none come."""
        if ("rows", trial) not in self._known:
            right = self.right(trial)
            made = [self.outputs((slip,), trial) for slip in self.singles]
            self._known["rows", trial] = [
                np.array([np.full(r.size, np.nan) if m is None else m[o].ravel() for m in made]).reshape(
                    -1, r.size
                )
                for o, r in enumerate(right)
            ]
        return self._known["rows", trial]

    def continued(self, trial: Trial) -> Continued:
        """Return what runs slips of this trial on from their first edit; made once."""
        if ("continued", trial) not in self._known:
            self._known["continued", trial] = Continued(self._ways, trial)
        return self._known["continued", trial]

    def lines(self, slips: tuple[Slip, ...]) -> tuple[str, ...] | None:
        """Return the lines with these slips, None where they do not fit; looked up once."""
        if slips not in self._lines:
            self._lines[slips] = self.derivation.lines(slips)
        return self._lines[slips]

    def _computed(self, slips, trial, c):
        lines = self.lines(slips)
        if lines is None:
            return None
        try:
            with np.errstate(all="ignore"):
                known = (
                    self.continued(trial).state(slips[0], c)
                    if len(slips) == 1
                    else run(lines, {**trial.given, **trial.sizes, "c": c})
                )
            outputs = tuple(np.asarray(known[name], dtype=float) for name in self.derivation.outputs)
            if slips:
                right = self.right(trial)
                outputs = tuple(
                    o if o.shape == r.shape else np.broadcast_to(o, r.shape)
                    for o, r in zip(outputs, right, strict=True)
                )
            return outputs
        except RAISED:
            return None

    @cached_property
    def is_free(self) -> np.ndarray:
        """Return of each single slip whether it has a constant that is to be fitted."""
        return np.array([slip.is_free for slip in self.singles], dtype=bool)

    @cached_property
    def singles(self) -> list[Slip]:
        """Return the slips that count; of those that are made from others only such as give new numbers."""
        return self._told_apart[0]

    @cached_property
    def _told_apart(self):
        """Return the slips that count, and a key for the numbers of each."""
        plain = [slip for slip in self.derivation.slips if slip.common and self._counts(slip)]
        seen = {self._print_of(slip) for slip in plain if not slip.is_free}
        found = list(plain)
        for slip in () if self.derivation.by_hand else self.derivation.slips:
            if not slip.common and self._counts(slip):
                key = self._print_of(slip)
                if key not in seen and np.isfinite(key).all():
                    seen.add(key)
                    found.append(slip)
        return found, seen

    def _counts(self, slip):
        """Return whether the slip fits here and changes a number in an ordinary batch."""
        alone = slip.of_batch and all(trial.sizes.get("B") == 1 for trial in self.trials)
        if alone or self.lines((slip,)) is None:
            return False
        for trial in self.trials:
            outputs = self.outputs((slip,), trial)
            if outputs is None:
                return False
            if not all(map(is_near, outputs, self.right(trial), [1e-7] * len(outputs))):
                return True
        return False

    @cached_property
    def tokens(self):
        """Return the slips of one token that give numbers which no slip of the catalogue gives."""
        if self.derivation.by_hand:
            return []
        seen, found = set(self._told_apart[1]), []
        for slip in one_token_slips(self.derivation.steps, self.derivation.inputs):
            if self._counts(slip) and (key := self._print_of(slip)) not in seen:
                seen.add(key)
                found.append(slip)
        return found

    def _print_of(self, slip):
        """Return one number for each output and trial that a slip makes, rounded, as one key."""
        with np.errstate(all="ignore"):
            return tuple(
                round(float(_weights(output.size) @ output.ravel()), 9) + 0.0
                for trial in self.trials
                for output in self.outputs((slip,), trial) or ()
            )

    @cached_property
    def own(self) -> list[int]:
        """Return for each single slip the steps that it edits: bits of a number."""
        return [sum({self._bits[name] for name, _ in slip.edits}) for slip in self.singles]

    @cached_property
    def needed(self) -> list[list[int]]:
        """Return for each single slip the steps that lie on the way to each output: bits of a number."""
        return [
            [
                sum(self._bits[name] for name in _names_on_the_way(self.derivation, slip, output))
                for output in self.derivation.outputs
            ]
            for slip in self.singles
        ]


@lru_cache
def _weights(size):
    return np.cos(np.arange(size))


def _names_on_the_way(derivation, slip, output):
    edited, needed, found = dict(slip.edits), {output}, []
    for step in reversed(derivation.steps):
        if step.name in needed and step.name not in derivation.inputs:
            found.append(step.name)
            needed |= names_in(edited.get(step.name, step.line))
    return found


@lru_cache(maxsize=32)
def bank_of(derivation: Derivation, trials: tuple) -> Bank:
    """Return the bank of a derivation, made once."""
    return Bank(derivation, trials)
