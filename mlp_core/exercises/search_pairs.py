"""Which two slips may give a reader's numbers: each pair is run from its second slip on, on one trial."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .chain import Derivation, Slip, names_in, run, run_on
from .trials import Trial

RAISED = (ValueError, IndexError, TypeError, AttributeError, ArithmeticError, KeyError, NameError)


class Ways:
    """Which lines are run again for a slip, and in which order; the same for every trial.

    Parameters
    ----------
    derivation : Derivation
    """

    def __init__(self, derivation: Derivation):
        self.steps = [step for step in derivation.steps if step.name not in derivation.inputs]
        self.place = {step.name: k for k, step in enumerate(self.steps)}
        self.outputs = derivation.outputs
        self._lines: dict[Any, Any] = {}
        self._leading: dict[Any, Any] = {}
        self._firsts: dict[Slip, int] = {}

    def first(self, slip: Slip) -> int:
        """Return the place of the slip's first edit."""
        if slip not in self._firsts:
            self._firsts[slip] = min(self.place[name] for name, _ in slip.edits)
        return self._firsts[slip]

    def lines(self, slip: Slip, later: tuple[tuple[str, str], ...] = ()) -> list[tuple[str, str]]:
        """Return (name, line) of all that changes with the slip, in its order.

        ``later`` are edits of another slip behind the first of this one.
        """
        key = (slip, later)
        if key not in self._lines:
            edited = dict(later) | dict(slip.edits)
            lines, touched = [], {name for name, _ in slip.edits}
            for step in self.steps[self.first(slip) :]:
                line = edited.get(step.name, step.line)
                if step.name in touched or not touched.isdisjoint(names_in(line)):
                    touched.add(step.name)
                    lines.append((step.name, line))
            self._lines[key] = lines
        return self._lines[key]

    def leading_to(self, o: int, slip: Slip, later: tuple[tuple[str, str], ...] = ()) -> list[str]:
        """Return those of the lines that an output needs, in their order."""
        key = (o, slip, later)
        if key not in self._leading:
            needed, kept = {self.outputs[o]}, []
            for name, line in reversed(self.lines(slip, later)):
                if name in needed:
                    kept.append(line)
                    needed |= names_in(line)
            self._leading[key] = kept[::-1]
        return self._leading[key]


class Continued:
    """What slips make of one trial, each run on from where its first edit is.

    Parameters
    ----------
    ways : Ways
    trial : Trial
    """

    def __init__(self, ways: Ways, trial: Trial):
        self.ways, self.outputs = ways, ways.outputs
        self._states: dict[Any, Any] = {}
        self.right = run((), {**trial.given, **trial.sizes, "c": 1.0})
        for step in ways.steps:
            if names_in(step.line) <= set(self.right):
                run_on((step.line,), self.right)

    def state(self, slip: Slip, c: float = 1.0) -> Mapping[str, Any]:
        """Return every name with one slip, but for those whose line raises."""
        key = (slip, c)
        if key not in self._states:
            known = {**self.right, "c": c}
            for name, line in self.ways.lines(slip):
                try:
                    run_on((line,), known)
                except RAISED:  # what needs it raises too, and what does not is there
                    known.pop(name, None)
            self._states[key] = known
        return self._states[key]

    def of_pair(self, a: Slip, b: Slip, only: int, c: float = 1.0) -> Any:
        """Return one output with both slips, which both touch; None where it cannot be computed."""
        first, place = self.ways.first, self.ways.place
        if first(b) < first(a):
            a, b = b, a
        begin = first(b)
        later = tuple(e for e in a.edits if place[e[0]] > begin) if len(a.edits) > 1 else ()
        try:
            return run_on(self.ways.leading_to(only, b, later), dict(self.state(a, c)))[self.outputs[only]]
        except RAISED:
            return None


def projections(rows: np.ndarray) -> np.ndarray:
    """Return three numbers for each row, the same for rows that are a positive constant times each other.

    Of a row of zeros they are 0, of one that holds NaN or infinity NaN.
    """
    with np.errstate(all="ignore"):
        sizes = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
        sizes = np.where(np.isfinite(sizes), np.where(sizes == 0, 1, sizes), np.nan)
        axes = np.random.default_rng(0).normal(size=(rows.shape[1], 3))
        return (rows / sizes) @ (axes / np.sqrt((axes * axes).sum(axis=0)))


def as_row(output: Any, shape: tuple[int, ...]) -> np.ndarray:
    """Return an output's numbers in one row, NaN where they do not fit."""
    try:
        output = np.asarray(output, dtype=float)
        return (output if output.shape == shape else np.broadcast_to(output, shape)).ravel()
    except (ValueError, TypeError):
        return np.full(int(np.prod(shape)), np.nan)


class Pairs:
    """All pairs of some slips on one trial: of each output that both touch its projections, once asked for.

    Parameters
    ----------
    continued : Continued
    slips : sequence of Slip
    own : list of int
        For each slip the steps that it edits, as bits.
    needed : list of lists of int
        For each slip and output the steps on the way to it, with the slip.
    """

    def __init__(self, continued: Continued, slips: Sequence[Slip], own: list[int], needed: list[list[int]]):
        self.continued, self.slips = continued, slips
        bits = np.array(own, dtype=object if max(own, default=0) >= 2**62 else np.int64)
        # What is made from a table is looked for beside what is met most, and beside nothing else.
        made = np.array([not slip.common for slip in slips], dtype=bool)
        often = np.array([slip.common > 2 for slip in slips], dtype=bool)
        likely = ~made[:, None] & ~made[None, :] | often[:, None] | often[None, :]
        self.is_free = free = np.array([slip.is_free for slip in slips], dtype=bool)
        seldom = np.array([slip.common < 2 for slip in slips], dtype=bool)
        alone = free & seldom  # a constant beside it is looked for in single slips alone
        likely &= ~(free[:, None] & made[None, :] | made[:, None] & free[None, :])
        likely &= ~(alone[:, None] | alone[None, :])
        apart = ((bits[:, None] & bits[None, :]) == 0) & likely
        self.apart = np.tril(apart.astype(bool), -1)
        count = len(continued.outputs)
        ways = [np.array([each[o] for each in needed], dtype=bits.dtype) for o in range(count)]
        self.touches = [((bits[:, None] & way[None, :]) != 0).astype(bool) for way in ways]
        self.shapes = [np.shape(continued.right[output]) for output in continued.outputs]
        self.order = sorted(range(count), key=lambda o: int(ways[o].sum() if len(slips) else 0))
        self.marks = [np.full((len(slips), len(slips), 3), np.nan, dtype=np.float32) for _ in ways]
        self.known = [np.zeros((len(slips), len(slips)), dtype=bool) for _ in ways]

    def may_be(self, alone: np.ndarray, right: Sequence[bool]) -> np.ndarray:
        """Return the pairs of which what only one slip touches is explained by that one, as a table.

        Parameters
        ----------
        alone : array of bool
            For each slip and output whether the slip alone explains the numbers, up to a constant.
        right : sequence of bool
            For each output whether it is right, up to a constant.
        """
        can = self.apart.copy()
        for o, is_right in enumerate(right):
            by_i, fits = self.touches[o], alone[:, o]
            can &= np.where(by_i, by_i.T | fits[:, None], np.where(by_i.T, fits[None, :], is_right))
        return can

    def fitting(self, can: np.ndarray, values: Sequence[np.ndarray], tolerances: Sequence[float]):
        """Return the places of those pairs whose outputs are a constant times the values; none free."""
        can = can & ~(self.is_free[:, None] | self.is_free[None, :])
        for o in self.order:
            both = can & self.touches[o] & self.touches[o].T
            self._note(o, both & ~self.known[o])
            wanted = projections(values[o].reshape(1, -1))[0]
            limit = 2 * tolerances[o] * max(values[o].size, 1) ** 0.5
            made = self.marks[o][both]
            with np.errstate(invalid="ignore"):
                off = np.minimum(abs(made - wanted).max(axis=1), abs(made + wanted).max(axis=1))
                near = (off <= limit) & (abs(made).max(axis=1, initial=0) > 0)
            can[both] = near if values[o].any() else (made == 0).all(axis=1)
        return np.argwhere(can)

    def _note(self, o, asked):
        """Compute an output of the pairs asked for."""
        places = np.argwhere(asked)
        rows = []
        with np.errstate(all="ignore"):
            for i, j in places:
                rows.append(as_row(self.continued.of_pair(self.slips[j], self.slips[i], o), self.shapes[o]))
            if rows:
                self.marks[o][asked] = projections(np.array(rows))
        self.known[o] |= asked


def is_on_a_line(at_0: np.ndarray, at_1: np.ndarray, value: np.ndarray, tolerance: float) -> bool:
    """Return whether the value may lie on the line through two points."""
    slope, rest = at_1 - at_0, value.ravel() - at_0
    square = float(slope @ slope)
    left = float(rest @ rest) - (float(slope @ rest) ** 2 / square if square else 0.0)
    size = max(float(at_0 @ at_0), float(value.ravel() @ value.ravel()))
    return left <= 4 * max(value.size, 1) * tolerance**2 * size


def are_along(value: np.ndarray, rows: np.ndarray, tolerance: float) -> np.ndarray:
    """Return which rows are a constant, not 0, times the value; NaN and infinity are not."""
    with np.errstate(all="ignore"):
        squares, size = (rows * rows).sum(axis=1), float(value @ value)
        if size == 0:
            return squares == 0
        across = rows @ value
        return (squares > 0) & (across * across >= (1 - max(value.size, 1) * tolerance**2) * squares * size)
