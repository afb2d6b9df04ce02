"""The sides of an equation held against each other, for every index, on every sample network."""

import math
from dataclasses import dataclass
from itertools import product

import numpy as np

from ..language import tree
from ..language.errors import EquationMeaningError
from ..reading.contents import is_about_t
from .evaluator import Point, holds
from .samples import T_VALUES

MEASURED_LIMIT, EXACT_LIMIT = 1e-6, 1e-12
FLOOR = 0.01  # two numbers smaller than this are compared as if one were as large
DEAREST = 80_000  # evaluations of a letter that one equation may cost on one network
LARGEST_TOLD = 10**99


@dataclass(frozen=True)
class Difference:
    """Where a sign is false.

    Parameters
    ----------
    sign : int
        Which, counted from 0.
    assigned : dict
        The index letters there.
    left, right : float
    deviation : float
        How far apart they are.
    place : tuple of int
        Where in a column or matrix, counted from 0; () of numbers.
    """

    sign: int
    assigned: dict
    left: float
    right: float
    deviation: float
    place: tuple


@dataclass(frozen=True)
class Comparison:
    """What came of comparing the sides.

    Parameters
    ----------
    difference : Difference or None
        The first that was found; None where the equation is true of all that was tried.
    compared : int
        How many pairs of numbers.
    limit : float
        The bound under which all of them stay.
    apart, reached : tuple of bool
        For each sign, whether its sides differ somewhere, and whether they are equal somewhere.
    """

    difference: Difference | None
    compared: int
    limit: float
    apart: tuple
    reached: tuple


def compare(reading, samples, measured, ts=T_VALUES, limit=None):
    """Return the `Comparison` of an equation's sides.

    Parameters
    ----------
    reading : Reading
    samples : sequence of SampleNetwork
    measured : Measured
    ts : sequence of float
        The numbers that t is.
    limit : float or None
        The deviation that is allowed; None is that of what stands in it.

    Raises
    ------
    EquationMeaningError
        It would cost too much, or nothing meets its conditions.
    TooDear
        The budget is used up.
    """
    _afford(reading, samples)
    tally = _Tally(reading, limit)
    with np.errstate(all="ignore"):
        differences = (tally.difference_at(point) for point in _points(reading, samples, measured, ts))
        difference = next((found for found in differences if found), None)
    if not tally.compared:
        message = "no index and no t meets the conditions: nothing is compared"
        conditions = reading.equation.conditions
        raise EquationMeaningError("condition", message, conditions[0].span if conditions else (0, 0))
    return Comparison(difference, tally.compared, tally.limit, tuple(tally.apart), tuple(tally.reached))


class _Tally:
    """Counts the pairs that are compared, and notes for each sign whether its sides differ and agree."""

    def __init__(self, reading, limit):
        self.sides, self.relations = reading.equation.sides, reading.equation.relations
        self.limit = limit or (MEASURED_LIMIT if "measured" in reading.contents.traits else EXACT_LIMIT)
        self.compared = 0
        self.apart, self.reached = ([False] * len(self.relations) for _ in range(2))

    def difference_at(self, point):
        """Return the `Difference` at the first sign that is false at a point, or None."""
        values = [_value(side, point) for side in self.sides]
        for k, relation in enumerate(self.relations):
            left, right, side = values[k], values[k + 1], self.sides[k + 1]
            worst, place = _worst(left, right, relation, side)
            self.compared += left.size
            is_equal = np.allclose(left, right, rtol=MEASURED_LIMIT, atol=EXACT_LIMIT)
            self.apart[k], self.reached[k] = self.apart[k] or not is_equal, self.reached[k] or is_equal
            if not worst <= limit_of(relation, side, self.limit):
                return Difference(k, point.assigned, float(left[place]), float(right[place]), worst, place)
        return None


def _points(reading, samples, measured, ts):
    for sample in samples:
        for assigned in assignments(reading, sample, ts):
            yield Point(sample, assigned, measured)


def assignments(reading, sample, ts=T_VALUES):
    """Yield every assignment of the free letters that the conditions allow, t and the layer among them."""
    letters = {i: range(there.first, sample.sizes[there.size] + 1) for i, there in reading.ranges.items()}
    contents, conditions = reading.contents, reading.equation.conditions
    if "t" in contents.traits or any(map(is_about_t, conditions)):
        letters["t"] = [t for t in ts if t != 0 or "by t" not in contents.traits]
    if reading.mode == "layers":
        # Of layer 0 there is y, the input, and nothing else.
        before = any(s.layer == "k-1" and (s.letter != "y" or s.hat) for s in contents.symbols)
        letters["layer"] = range(2 if before else 1, len(sample.sizes["N"]))
    for values in product(*letters.values()):
        assigned = dict(zip(letters, values, strict=True))
        if all(holds(condition, assigned) for condition in conditions):
            yield assigned


def _afford(reading, samples):
    """Refuse what would take seconds, before anything is evaluated."""
    sizes = (n for sample in samples for n in sample.sizes.values())
    largest = max(n if isinstance(n, int) else max(n) for n in sizes)
    free = largest ** len(reading.ranges) * (len(T_VALUES) if "t" in reading.contents.traits else 1)
    cost = free * reading.contents.cost_at(largest)
    if cost > DEAREST:
        told = float(min(cost * len(samples), LARGEST_TOLD))
        message = f"too many sums or definitions in each other: {told:.1e} evaluations"
        raise EquationMeaningError("use", message, reading.equation.sides[0].span)


def _value(side, point):
    try:
        return np.asarray(point.value(side), dtype=float)
    except (OverflowError, ZeroDivisionError):
        return np.asarray(math.nan)


def limit_of(relation, side, limit):
    """Return the deviation that a sign allows: at \\approx half of the last digit that is printed."""
    if relation == "\\approx":
        digits = tree.decimals(side)
        return 0.5 * 10.0**-digits * (1 + 1e-9) if digits is not None else MEASURED_LIMIT
    return limit


def _worst(left, right, relation, side):
    """Return the largest deviation and its place; NaN counts as worst."""
    if left.shape != right.shape:
        raise EquationMeaningError("shape", f"{left.shape} numbers against {right.shape}", side.span)
    apart = np.abs(left - right)
    if relation in ("\\ge", "\\le"):
        apart = np.maximum(right - left if relation == "\\ge" else left - right, 0)
    if not (relation == "\\approx" and tree.decimals(side) is not None):
        apart = apart / np.maximum(np.maximum(np.abs(left), np.abs(right)), FLOOR)
    apart = np.where(np.isfinite(left) & np.isfinite(right), apart, np.inf)
    worst = float(apart.max())
    # Of many that are equally far apart, noise would choose: the first of them is the same on every machine.
    place = np.unravel_index(np.argmax(apart >= worst * (1 - MEASURED_LIMIT)), apart.shape)
    return worst, tuple(int(n) for n in place)
