"""Whether the sides of an equation are equal for every K, H, D and B: its polynomials are, case by case."""

from dataclasses import dataclass, field, replace
from itertools import combinations, product

from ..language.errors import EquationMeaningError
from ..language.tree import kind_of
from ..reading.equation import defines, read
from .bounds import why_not_below_0
from .functions import NeedsSignError
from .network import Network, Setting
from .reading import Place, readable
from .terms import UnprovedError, atom, frozen, minus, negative
from .writing import letters_for

MOST_CASES = 64


@dataclass(frozen=True)
class Case:
    """One case of an equation, brought to polynomials.

    Parameters
    ----------
    letters : dict
        Index letter, "row" or "column" -> index.
    network : Network
        Under the signs that the case is about.
    raw, values : tuple of dict
        The sides as they are read, and written by what is independent.
    bounds : dict
        Sign of inequality, counted from 1 -> (why it holds, the difference of its sides).
    """

    letters: dict
    network: Network
    raw: tuple
    values: tuple
    bounds: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Proof:
    """What became of an equation.

    Parameters
    ----------
    status : str
        "proved", "left over", "not proved", "worked number", "definition" or "assumption".
    why : str
        Why it is not proved, in words.
    sign : int or None
        The first sign that something is left over at, counted from 1.
    apart : dict
        What is left over there, as a polynomial.
    cases : tuple of Case
        Those that were looked at.
    """

    status: str
    why: str = ""
    sign: int | None = None
    apart: dict = field(default_factory=dict)
    cases: tuple = ()

    @property
    def provided(self):
        """Return what must hold for it, (kind, of what, …), each once and in order."""
        found = (key for case in self.cases for key in case.network.provided)
        return tuple(dict.fromkeys(found))


def prove(equation, context):
    """Return the `Proof` of an equation that stands in a context."""
    if equation.assumed:
        return Proof("assumption")
    if defines(equation):
        return Proof("definition")
    if kind_of(equation) == "worked number":
        return Proof("worked number", "it is about one network")
    if "\\approx" in equation.relations:
        return Proof("not proved", "it is about one network")
    try:
        reading = read(equation, context.definitions)
        return _proved(reading, assumed=context.assumed)
    except EquationMeaningError as error:
        return Proof("not proved", str(error))
    except UnprovedError as reason:
        return Proof("not proved", str(reason))
    except RecursionError:
        return Proof("not proved", "it is nested too deeply")


def _proved(reading, assumed):
    cases = []
    for case in cases_of(reading, assumed):
        cases.append(case)
        found = _first_apart(reading, case)
        if found:
            return Proof("left over", "what is left over is not 0 by any rule", *found, tuple(cases))
    if not cases:
        raise UnprovedError("no case meets its conditions")
    return Proof("proved", cases=tuple(cases))


def cases_of(reading, assumed):
    """Yield the `Case` of each choice of indices and of signs."""
    kinds = reading.kinds
    setting = Setting(
        mode=reading.mode,
        assumed=assumed or "sum" in kinds,
        sigma=kinds.get("sigma", (None,))[0],
        two_classes="size" in kinds,
        signs={frozen(atom("t")): kind == "positive" for kind in kinds if kind.endswith("positive")},
    )
    choices = _choices(reading, setting.two_classes)
    apart = [c.of for c in reading.equation.conditions if c.kind == "distinct"]
    done = 0
    for chosen in product(*choices.values()):
        letters = dict(zip(choices, chosen, strict=True))
        pairs = tuple((letters[a], letters[b]) for a, b in apart)
        if any(a == b for a, b in pairs):
            continue
        waiting = [replace(setting, apart=pairs)]
        while waiting:
            done += 1
            if done > MOST_CASES:
                raise UnprovedError("it has too many cases")
            here = waiting.pop()
            try:
                yield _case(reading, letters, here)
            except NeedsSignError as need:
                waiting += [replace(here, signs=here.signs | {need.poly: sign}) for sign in (False, True)]


def _choices(reading, two_classes):
    """Return letter -> the indices that it may be; the letter itself stands for all from 1 on."""

    def of(letter, size, first):
        if size == "K" and two_classes:
            return ["1", "2"]
        return [f"{letter}:{size}"] + ["0"] * (first == 0)

    found = {letter: of(letter, there.size, there.first) for letter, there in reading.ranges.items()}
    rows_and_columns = letters_for([size.removesuffix("+1") for size in readable(reading.shape)], set(found))
    for name, letter, size in zip(("row", "column"), rows_and_columns, reading.shape, strict=False):
        if size != "1":
            found[name] = of(letter, size.removesuffix("+1"), 0 if size.endswith("+1") else 1)
    return found


def _case(reading, letters, setting):
    network = Network(setting)
    place = Place(network, reading.definitions, letters)
    entry = letters.get("row"), letters.get("column")
    raw = tuple(place.of(side, *entry) for side in reading.equation.sides)
    return Case(letters, network, raw, tuple(map(network.value, raw)))


def _first_apart(reading, case):
    """Return (which sign, what is left over) at the first sign that is not proved, or None."""
    pairs = case.network.setting.apart
    for number, relation in enumerate(reading.equation.relations):
        left, right = case.values[number : number + 2]
        apart = _without_equal(minus(left, right), pairs)
        apart = apart and _without_equal(case.network.written_out(apart), pairs)
        apart = apart and _without_equal(case.network.cleared(apart), pairs)
        if relation in ("\\ge", "\\le"):
            why = why_not_below_0(case.network, apart if relation == "\\ge" else negative(apart))
            if not why:
                raise UnprovedError("no rule shows on which side of 0 the difference lies")
            case.bounds[number + 1] = why, apart
        elif apart:
            return number + 1, _without_equal(minus(left, right), pairs)
    return None


def _without_equal(poly, pairs):
    """Return a polynomial without the terms in which a delta makes two indices one that are not."""
    if not pairs:
        return poly
    found = {}
    for term, coefficient in poly.items():
        groups = {}
        for stays, gone in term.deltas:
            groups.setdefault(stays, {stays}).add(gone)
        ties = [set(pair) for group in groups.values() for pair in combinations(group, 2)]
        if not any(set(pair) in ties for pair in pairs):
            found[term] = coefficient
    return found
