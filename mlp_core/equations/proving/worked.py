"""Worked numbers: what the derived expression is on the network of the chapter, without a measured slope."""

from dataclasses import dataclass

from ..measuring.compare import limit_of
from ..reading.equation import read
from .network import Network, Setting
from .on_networks import number_on
from .reading import Place
from .terms import UnprovedError

NEAR = 1e-9  # the bound where no digit is printed


@dataclass(frozen=True)
class Worked:
    """One worked number: as it is printed, as it is derived, and how far apart the two may be."""

    printed: float
    derived: float
    limit: float

    @property
    def agrees(self):
        """Return whether the derived number is the printed one, to its digits."""
        return abs(self.printed - self.derived) <= self.limit


def worked(equation, context):
    """Return a `Worked` for every sign and entry of a worked number, on each network that it is about."""
    reading = read(equation, context.definitions)
    sigma = reading.kinds.get("sigma", (None,))[0]
    if not context.example or reading.ranges or reading.mode != "single":
        raise UnprovedError("it is about a network that is not known")
    found = []
    for sample in context.example(sigma):
        setting = Setting(assumed=context.assumed, sigma=sample.activation.name)
        rows = range(1, sample.sizes[reading.shape[0]] + 1) if reading.shape else (None,)
        for row in rows:
            found += _at(reading, setting, sample, row and str(row))
    return found


def _at(reading, setting, sample, row):
    place = Place(Network(setting), reading.definitions, {})
    sides = reading.equation.sides
    first, *others = (number_on(place.of(side, row), sample, {}) for side in sides)
    signs = zip(reading.equation.relations, sides[1:], others, strict=True)
    return [Worked(number, first, max(limit_of(sign, side, NEAR), NEAR)) for sign, side, number in signs]
