"""The numbers of canonical forms beside those of the sides that they come from."""

import itertools
import math

import numpy as np

from mlp_core.equations.measuring.budget import Budget
from mlp_core.equations.measuring.compare import assignments
from mlp_core.equations.measuring.evaluator import Measured, Point
from mlp_core.equations.measuring.samples import samples
from mlp_core.equations.proving.on_networks import number_on
from mlp_core.equations.proving.proof import cases_of
from mlp_core.equations.reading.equation import read


def measured(tree, context, on):
    """Yield (number of a side by the evaluator, that of its canonical form) on some networks."""
    reading = read(tree, context.definitions)
    kinds = reading.kinds
    made = samples(
        reading.mode,
        kinds.get("sigma", (None,))[0],
        two_classes="size" in kinds,
        add_up=context.assumed or "sum" in kinds,
    )
    cases = list(cases_of(reading, context.assumed))
    for sample in made[:on]:
        for assigned in assignments(reading, sample):
            point = Point(sample, assigned, Measured(context.definitions, Budget()))
            values = [np.asarray(point.value(side), dtype=float) for side in reading.equation.sides]
            for case in cases:
                signs = case.network.setting.signs.items()
                for here, place in entries(case, reading, point):
                    if all(
                        (number_on(dict(p), sample, here, reading.mode) > 0) == is_above
                        for p, is_above in signs
                    ):
                        for value, poly in zip(values, case.values, strict=True):
                            yield float(value[place]), number_or_nan(poly, sample, here, reading.mode)


def number_or_nan(*where):
    """Return the number of a polynomial, NaN where it divides by 0."""
    try:
        return number_on(*where)
    except (ZeroDivisionError, OverflowError):
        return math.nan


def entries(case, reading, point):
    """Yield (letters to numbers, place in the array) of all entries that a case is about at a point."""
    here, axes = dict(point.assigned), []
    for letter, index in case.letters.items():
        name, _, size = index.partition(":")
        if letter in ("row", "column"):
            axis = ("row", "column").index(letter)
            begins = 0 if reading.shape[axis].endswith("+1") else 1
            numbers = range(1, point.length(size) + 1) if size else [int(name)]
            axes.append((axis, [(name, n, n - begins) for n in numbers]))
        elif (point.assigned[letter] != int(name)) if not size else (point.assigned[letter] < 1):
            return
        elif size:
            here[name] = point.assigned[letter]
    for chosen in itertools.product(*(axis for _, axis in axes)):
        place = [0, 0] if reading.shape else []
        for (axis, _), (_, _, at) in zip(axes, chosen, strict=True):
            place[axis] = at
        yield here | {name: n for name, n, _ in chosen}, tuple(place)
