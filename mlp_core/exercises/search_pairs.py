"""Which two slips may give a reader's numbers: each pair is run from its second slip on, on one trial."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from .chain import Derivation, Slip, names_in, run
from .trials import Trial

RAISED = (ValueError, IndexError, TypeError, AttributeError, ArithmeticError, KeyError, NameError)


class Continued:
    """What slips make of one trial, each run on from where its first edit is.

    Parameters
    ----------
    derivation : Derivation
    trial : Trial
    """

    def __init__(self, derivation: Derivation, trial: Trial):
        self.steps = [step for step in derivation.steps if step.name not in derivation.inputs]
        self.place = {step.name: k for k, step in enumerate(self.steps)}
        self.outputs = derivation.outputs
        self._states: dict[Any, Any] = {}
        self._ways: dict[Any, Any] = {}
        known = {**trial.given, **trial.sizes, "c": 1.0, "np": np}
        for step in self.steps:
            if names_in(step.line) <= set(known):
                known = run((step.line,), known)
        self.right = known

    def first(self, slip: Slip) -> int:
        """Return the place of the slip's first edit."""
        return min(self.place[name] for name, _ in slip.edits)

    def way(self, slip: Slip, later: tuple[tuple[str, str], ...] = ()) -> list[tuple[int, list[str]]]:
        """Return for each output that a slip touches the lines to run again, the shortest way first.

        ``later`` are edits of another slip behind the first of this one.
        """
        key = (slip, later)
        if key not in self._ways:
            self._ways[key] = self._way(dict(later) | dict(slip.edits), {name for name, _ in slip.edits})
        return self._ways[key]

    def _way(self, edited, touched):
        lines = []
        for step in self.steps:
            line = edited.get(step.name, step.line)
            if step.name in touched or names_in(line) & touched:
                touched = touched | {step.name}
                lines.append((step.name, line))
        needed = {}
        for o, output in enumerate(self.outputs):
            if output in touched:
                needed[o] = _leading_to(output, lines)
        ways, done = [], set()
        for o in sorted(needed, key=lambda o: len(needed[o])):
            ways.append((o, [line for name, line in needed[o] if name not in done]))
            done |= {name for name, _ in needed[o]}
        return ways

    def state(self, slip: Slip, c: float = 1.0) -> Mapping[str, Any] | None:
        """Return every name with one slip; None where a line of it raises."""
        key = (slip, c)
        if key not in self._states:
            lines = [line for _, way in self.way(slip) for line in way]
            try:
                self._states[key] = run(lines, {**self.right, "c": c})
            except RAISED:
                self._states[key] = None
        return self._states[key]

    def of_pair(self, a: Slip, b: Slip, c: float = 1.0) -> Iterator[tuple[int, Any]]:
        """Yield the outputs that both slips touch, one after another: (index, value)."""
        if self.first(b) < self.first(a):
            a, b = b, a
        known = self.state(a, c)
        if known is None:
            return
        known, begin = dict(known), self.first(b)
        later = tuple(edit for edit in a.edits if self.place[edit[0]] > begin)
        try:
            for o, lines in self.way(b, later):
                known = run(lines, known)
                yield o, known[self.outputs[o]]
        except RAISED:
            yield -1, None


def _leading_to(output: str, lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return those of the lines that an output needs, in their order."""
    needed, kept = {output}, []
    for name, line in reversed(lines):
        if name in needed:
            kept.append((name, line))
            needed |= names_in(line)
    return kept[::-1]


class Target:
    """The numbers of one output, and which others are a constant times them.

    Parameters
    ----------
    value : array
    tolerance : float
        The share of the largest number, of any entry, that does not count.
    """

    def __init__(self, value: np.ndarray, tolerance: float):
        self.value, self.flat = value, value.ravel()
        self.size = float(self.flat @ self.flat)
        self.limit = max(value.size, 1) * tolerance**2

    def is_along(self, output: Any) -> bool:
        """Return whether the output is a constant, not 0, times these numbers."""
        output = self.shaped(output)
        if output is None:
            return False
        square = float(output @ output)
        if not np.isfinite(square) or square == 0 or self.size == 0:
            return square == 0 == self.size
        across = float(output @ self.flat)
        return across * across >= (1 - self.limit) * square * self.size

    def shaped(self, output: Any) -> np.ndarray | None:
        """Return the output's numbers in one row, None where they do not fit."""
        try:
            output = np.asarray(output, dtype=float)
            if output.shape != self.value.shape:
                output = np.broadcast_to(output, self.value.shape)
        except ValueError:
            return None
        return output.ravel()


def may_be(own: list[int], needed: list[list[int]], alone: np.ndarray, right: list[bool]) -> np.ndarray:
    """Return which pairs can be, as pairs of indices: what only one touches must be explained by that one.

    Parameters
    ----------
    own : list of int
        For each slip the steps that it edits, as bits.
    needed : list of lists of int
        For each slip and output the steps on the way to it.
    alone : array of bool
        For each slip and output whether the slip alone explains the numbers, up to a constant.
    right : list of bool
        For each output whether it is right, up to a constant.
    """
    bits = np.array(own, dtype=object if max(own, default=0) >= 2**62 else np.int64)
    can = (bits[:, None] & bits[None, :]) == 0
    for o, is_right in enumerate(right):
        ways = np.array([each[o] for each in needed], dtype=bits.dtype)
        by_i = (bits[:, None] & ways[None, :]) != 0
        by_j, fits = by_i.T, alone[:, o]
        can &= np.where(by_i, by_j | fits[:, None], np.where(by_j, fits[None, :], is_right))
    return np.argwhere(np.tril(can, -1))
