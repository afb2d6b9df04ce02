"""A proof in the order in which a reader would write it: chain rule, lines of the book, deltas, sums."""

from dataclasses import dataclass, replace

from ..language import tree
from ..language.notation import find, moved_by
from .functions import NeedsSignError
from .lemmas import lemma_for
from .network import AFFINE, Network
from .reading import Place
from .terms import Atom, UnprovedError, atom, atoms, fresh, negative
from .writing import SLOPE, factored, latex, names_in, slope_parts

NEXT = {"V": "y_hat", "x": "y_hat", "y_hat": "y", "y": "z_hat", "W": "z_hat", "z_hat": "z", "z": "E"}
SIZES = {"y_hat": "H", "y": "H", "z_hat": "K", "z": "K"}
NAMES = {"E": "E", "z": "z", "z_hat": r"\hat z", "y": "y", "y_hat": r"\hat y"}
MOST_STEPS = 12


@dataclass(frozen=True)
class Step:
    """One step: why it may be taken, and what stands there after it.

    Parameters
    ----------
    words : str
        Such as "insert (1.10)"; formulas in it stand in dollars.
    latex : str
    side : int
        Of which side, counted from 1.
    given : tuple of str
        The conditions of its case, where there are several, as LaTeX: without them it is not true.
    """

    words: str
    latex: str
    side: int = 1
    given: tuple = ()

    @property
    def printed(self):
        """Return its LaTeX with the conditions behind it, as a display has them."""
        return self.latex + "".join(rf" \quad {condition}" for condition in self.given)


class Slopes(Network):
    """A network in which the derivative of one quantity by another stays a letter, and deltas stay."""

    def __init__(self, setting):
        super().__init__(setting, lazy=True)

    def slope(self, top, places, name, indices, inside=()):
        """Return a derivative as it is written, where it is one of a quantity of the forward pass."""
        if inside or top == name or self.setting.mode == "layers" or top not in moved_by(name) or top == "q":
            return super().slope(top, places, name, indices, inside)
        return atom(f"{SLOPE}{top}/{SLOPE}{name}", *places, *indices)

    def by_weight(self, places, matrix, indices):
        """Return the slope of a weighted sum by a weight; over its inputs from 0, the constant 1, on."""
        _, of, _, size = AFFINE[matrix]
        *lead, i = places
        n = fresh(f"{size}+1")
        of_one = self.term((), [(i, indices[0]), (n, indices[1])], {Atom(of, (*lead, n)): 1})
        return self.summed(of_one, n)


def steps_of(reading, cases, before=None):
    """Return the `Step`s by which the sides of an equation meet, sign after sign.

    Parameters
    ----------
    reading : Reading
    cases : sequence of Case
    before : str or None
        The number of the line, if it is one of the book.
    """
    told = []
    of_signs = [case for case in cases if _is_general(case)]
    for case in of_signs:
        given = _given(case) if len(of_signs) > 1 else ()
        told += [replace(step, given=given) for step in _told(reading, case, before)]
    return tuple(told)


def _is_general(case):
    """Return whether each letter stands for all of its numbers, where it may."""
    return not any(index == "0" for index in case.letters.values())


def _given(case):
    """Return the conditions of a case: which number a letter is, and which sign something has."""
    conditions = [f"{letter} = {index}" for letter, index in case.letters.items() if index.isdigit()]
    for poly, above in case.network.setting.signs.items():
        conditions.append(rf"{latex(dict(poly))} {'>' if above else chr(92) + 'le'} 0")
    return tuple(conditions)


def _told(reading, case, before):
    slopes = {about(side) for side in reading.equation.sides}
    ways = [Way(reading, case, slopes, before, number) for number in range(len(reading.equation.sides))]
    told, shown = [], [0] * len(ways)
    for k in range(len(ways) - 1):
        meeting = _meeting(ways[k].stages, ways[k + 1].stages)
        for number, last in zip((k, k + 1), meeting, strict=True):
            stages = ways[number].stages[shown[number] + 1 : last + 1]
            told += [Step(words, factored(poly), number + 1) for words, poly in stages]
            shown[number] = max(shown[number], last)
        if k + 1 in case.bounds:
            why, apart = case.bounds[k + 1]
            told.append(Step(why, rf"{factored(apart)} {reading.equation.relations[k]} 0", k + 1))
    return told


def _meeting(left, right):
    """Return how many steps two sides take until they are the same; none where they never are."""
    pairs = ((i + j, i, j) for i, (_, a) in enumerate(left) for j, (_, b) in enumerate(right) if a == b)
    return min(pairs, default=(0, 0, 0))[1:]


def about(side):
    """Return (what moves, by what) where a side is one derivative and nothing else."""
    side = side.body if isinstance(side, tree.Negative) else side
    if isinstance(side, tree.Gradient):
        return "E", find(side.of).node
    if isinstance(side, tree.Partial) and isinstance(side.top, tree.Symbol):
        rows = find(side.top), find(side.bottom)
        return tuple(row.node for row in rows) if all(rows) else None
    return None


class Way:
    """The stages of one side, (why, polynomial), from what is written to its value.

    Parameters
    ----------
    reading : Reading
    case : Case
    slopes : set of (str, str)
        What moves and by what, of the derivatives that the equation is about.
    before : str or None
        The number of the line, if it is one of the book.
    number : int
        Of the side, counted from 0.
    """

    def __init__(self, reading, case, slopes, before, number):
        setting = case.network.setting
        self.about, self.before, self.assumed = slopes, before, setting.assumed
        self.slopes, self.plain = Slopes(setting), Network(setting)
        self.without_sum = Network(replace(setting, assumed=False))
        place = Place(self.slopes, reading.definitions, case.letters)
        entry = case.letters.get("row"), case.letters.get("column")
        try:
            poly = place.of(reading.equation.sides[number], *entry)
            self.stages = [("", poly)]
            self._go(poly)
        except (UnprovedError, NeedsSignError):
            self.stages = [("", None)]  # the proof stands without its story

    def say(self, words, poly):
        """Add a stage, if it differs; return its polynomial."""
        if poly != self.stages[-1][1]:
            self.stages.append((words, poly))
        return poly

    def _go(self, poly):
        pull = self.slopes.substituted(poly, lambda one: self._definition(one, "q"))
        poly = self.say(r"$\mathbf q$ is the pull on $\hat{\mathbf y}$", pull)
        for _ in range(MOST_STEPS):
            slopes = [one for term in poly for one, _ in term.factors if one.name.startswith(SLOPE)]
            if not slopes:
                break
            poly = self._without_slopes(poly, dict.fromkeys(slopes))
        poly = self._contracted(poly)
        if not self.assumed:
            poly = self.say("the z add up to 1", self.plain.added_up(poly))
        opened = self.plain.substituted(poly, lambda one: self._definition(one, "E"))
        poly = self.say("write $E$ out", opened)
        poly = self.say(_why(poly), self.without_sum.substituted(poly, self.without_sum.value_of))
        poly = self.say("the z add up to 1", self.without_sum.added_up(poly))
        poly = self.say("the targets add up to 1", self.plain.added_up(poly))
        self.say("by the definitions", self.plain.value(poly))

    def _definition(self, one, name):
        of_single = one.name == name and self.plain.setting.mode == "single"
        return self.slopes.definition(one) if of_single else None

    def _without_slopes(self, poly, slopes):
        """Return a polynomial one step on: what is known is inserted, and then the chain rule goes on."""
        chained = [one for one in slopes if self._between(one)]
        known = [one for one in slopes if one not in chained]
        if not known:
            through = dict.fromkeys(NAMES[self._between(one)] for one in chained)
            poly = self.slopes.substituted(poly, self._chained)
            return self.say("chain rule, through " + " and ".join(f"${name}$" for name in through), poly)
        tags = dict.fromkeys(f"({lemma.tag})" for one in known if (lemma := self._lemma(one)))
        tops = dict.fromkeys(NAMES[slope_parts(one)[0]] for one in known if not self._lemma(one))
        words = ["insert " + " and ".join(tags) + self._of_each()] if tags else []
        words += ["differentiate " + " and ".join(f"${name}$" for name in tops)] if tops else []
        poly = self.say("; ".join(words), self.slopes.substituted(poly, self._derived))
        return self._contracted(poly) if chained else poly

    def _lemma(self, one):
        top, _, name, _ = slope_parts(one)
        # Of a book's line the lines above it are told; a reader's own line about a slope is derived.
        if self.before is None and (top, name) in self.about:
            return None
        return lemma_for(top, name, self.assumed, self.before)

    def _between(self, one):
        """Return the quantity through which a derivative goes, or None where it is known or next."""
        top, _, name, _ = slope_parts(one)
        if self._lemma(one) or NEXT[name] == top:
            return None
        way = [NEXT[name]]
        while NEXT[way[-1]] != top:
            way.append(NEXT[way[-1]])
        known = [middle for middle in way if lemma_for(middle, name, self.assumed, self.before)]
        return next((m for m in known if lemma_for(top, m, self.assumed, self.before)), (known or way)[0])

    def _chained(self, one):
        """Return a derivative by the chain rule, where it goes through something."""
        if not one.name.startswith(SLOPE) or not self._between(one):
            return None
        top, places, name, indices = slope_parts(one)
        middle = self._between(one)

        def through(*n):
            outer = self.slopes.slope(top, places, middle, n)
            return self.slopes.times(outer, self.slopes.slope(middle, n, name, indices))

        def of_example(*b):
            return self.slopes.total(SIZES[middle], lambda n: through(*b, n))

        return self.slopes.total("B", of_example) if self._is_batch() else of_example()

    def _derived(self, one):
        """Return what a derivative is by a line of the book, or else by the definition of what moves."""
        if not one.name.startswith(SLOPE) or self._between(one):
            return None
        top, places, name, indices = slope_parts(one)
        lemma = self._lemma(one)
        if lemma is None:
            is_told = (top, name) in self.about  # the sum that a delta ends is shown where it is the point
            if is_told and name in AFFINE and "0" not in indices:
                return self.slopes.by_weight(places, name, indices)
            return Network.slope(self.slopes if is_told else self.plain, top, places, name, indices)
        return self._of_batch(lemma, one) if self._is_batch() else self._inserted(lemma, places, indices)

    def _inserted(self, lemma, places, indices):
        letters = dict(zip((*lemma.top.indices, *lemma.bottom.indices), (*places, *indices), strict=True))
        side = Place(self.slopes, {}, letters).of(lemma.side)
        return negative(side) if lemma.is_negative else side

    def _of_batch(self, lemma, one):
        """Return a slope in a batch: each example has its own, of E the mean; no example moves another."""
        top, places, name, indices = slope_parts(one)
        *own, indices = (indices,) if name in AFFINE else (indices[0], indices[1:])
        here = [*places[:-1], *own]  # the examples of what moves, and of what it moves by

        def of_example(b):
            of_one = self._inserted(lemma, places[-1:], indices)
            return self.slopes.substituted(of_one, lambda part: self._in_example(part, b))

        if top != "E":
            return self.slopes.times(of_example(here[0]), self.slopes.term((), [tuple(here)] * bool(own), {}))
        made = of_example(own[0]) if own else self.slopes.total("B", of_example)
        return self.slopes.times(made, atom("size", "B", power=-1))

    def _in_example(self, one, b):
        """Return a letter of one example as that of example b."""
        if one.inside:
            inner = self.slopes.substituted(dict(one.inside[0]), lambda part: self._in_example(part, b))
            return atom(one.name, inside=(inner,))
        return None if one.name in (*AFFINE, "size") else atom(one.name, b, *one.indices)

    def _is_batch(self):
        return self.plain.setting.mode == "batch"

    def _of_each(self):
        return " of each example" if self._is_batch() else ""

    def _contracted(self, poly):
        """Return a polynomial without deltas of summed letters."""
        picked = {}
        for term in poly:
            names = names_in(term, {i.partition(":")[0] for pair in term.deltas for i in pair})
            for a, b in term.deltas:
                a, b = (b, a) if b in names else (a, b)
                if a in names:
                    picked[f"${names[a]} = {names.get(b, b.partition(':')[0])}$"] = None
        words = "the delta picks " + " and ".join(picked) if picked else "by the definitions"
        return self.say(words, self.plain.renamed(poly, {}))


def _why(poly):
    """Return why a polynomial may be written by what is independent."""
    names = {one.name for one in atoms(poly)}
    if "exp" in names:
        return r"$e^{\hat z_i} / \sum_l e^{\hat z_l} = z_i$"
    if "log" in names:
        return r"$\log z_i = \hat z_i - \log \sum_l e^{\hat z_l}$"
    return "by the definitions"
