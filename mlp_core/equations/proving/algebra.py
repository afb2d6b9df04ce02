"""Polynomials in indexed letters, each in one canonical form: equal forms are a proof of equality.

The rules, and no others; of the network nothing is known here:

- a commutative ring, a * 1/a = 1 for one factor, and e^(a + b) = e^a e^b;
- SUM_l delta_il f(l) = f(i), delta_ii = 1, delta_ik f(k) = delta_ik f(i), and delta_12 = 0;
- SUM_l over what does not hold l is the factor K, and y_0 = x_0 = 1;
- summed letters are named by their part in the term; of the orders that this leaves the least is taken;
- the product rule.
"""

from collections import Counter
from itertools import groupby, permutations, product

from .terms import (
    ONE,
    Atom,
    Term,
    UnprovedError,
    accumulate,
    atom,
    constant,
    free_indices,
    fresh,
    frozen,
    height,
    is_last,
    is_summed,
    powered,
    size_of,
)

MOST_TERMS = 15_000  # that one proof may make; the book's dearest makes a twentieth of them
MOST_ORDERS = 720  # of summed letters with one part
HIGHEST = 12  # power
BEGIN_WITH_1 = ("x", "y", "y^k", "y^k-1")  # whose entry 0 is the constant 1


class Algebra:
    """Makes terms and polynomials, and counts what it makes.

    Parameters
    ----------
    lazy : bool
        Whether a delta with a summed letter is left standing, to be shown. Canonical is only what is not.
    """

    def __init__(self, lazy: bool = False):
        self.lazy, self.left = lazy, MOST_TERMS

    # Terms

    def term(self, bounds, deltas, factors):
        """Return the polynomial of one term; of none where a delta in it is 0.

        Parameters
        ----------
        bounds : iterable of str
            Summed letters.
        deltas : iterable of (str, str)
        factors : Counter
            Atom to power.
        """
        self._spend()
        bounds, kept = list(bounds), []
        if deltas:
            contracted = self._contracted(bounds, list(deltas), factors)
            if contracted is None:
                return {}
            bounds, kept, factors = contracted
        factors = {one: power for one, power in factors.items() if power and not _is_one(one)}
        seen = {index for one in factors for index in free_indices(one)} if bounds else set()
        seen.update(index for pair in kept for index in pair)
        for bound in [bound for bound in bounds if bound not in seen]:
            bounds.remove(bound)
            size = Atom("size", (size_of(bound),))
            factors[size] = factors.get(size, 0) + 1
        return {self._canonical(bounds, kept, factors): ONE}

    def _spend(self):
        self.left -= 1
        if self.left < 0:
            raise UnprovedError("it takes too many terms")

    def _contracted(self, bounds, deltas, factors):
        """Return (summed letters, deltas, factors) with one letter in place of two; None where one is 0."""
        kept = []
        while deltas:
            a, b = deltas.pop()
            if a == b:
                continue
            if "0" in (a, b) or (a.isdigit() and b.isdigit()):
                return None
            stays, gone = _chosen(a, b, bounds)
            if self.lazy and (is_summed(stays) or is_summed(gone)):  # it is left standing
                kept.append((stays, gone))
                continue
            if gone in bounds:
                bounds.remove(gone)
            else:
                kept.append((stays, gone))
            names = {gone: stays}
            deltas = [tuple(names.get(i, i) for i in pair) for pair in deltas]
            kept = [tuple(names.get(i, i) for i in pair) for pair in kept[:-1]] + kept[-1:]
            factors = self._renamed_factors(factors, names)
        return bounds, sorted({tuple(sorted(pair)) for pair in kept}), factors

    def _canonical(self, bounds, deltas, factors):
        if not bounds:
            return Term((), tuple(deltas), tuple(sorted(factors.items())))
        level = 1 + max(map(height, factors), default=0)  # above that of all inside, so that none is caught
        parts = {bound: _part(bound, deltas, factors) for bound in bounds}
        ordered = sorted(bounds, key=parts.get)
        groups = [tuple(group) for _, group in groupby(ordered, key=parts.get)]
        best = None
        for tried, way in enumerate(product(*map(permutations, groups))):
            self._spend()
            if tried >= MOST_ORDERS:
                raise UnprovedError("there are too many sums alike")
            names = {b: f"#{level}.{k}:{size_of(b)}" for k, b in enumerate(b for group in way for b in group)}
            pairs = sorted(tuple(sorted(names.get(i, i) for i in pair)) for pair in deltas)
            powers = sorted((self.renamed_atom(one, names), power) for one, power in factors.items())
            term = Term(tuple(sorted(names.values())), tuple(pairs), tuple(powers))
            best = term if best is None or term < best else best
        return best

    def renamed_atom(self, one, names):
        """Return an atom with other names for some of its free indices."""
        if not one.inside:
            return Atom(one.name, tuple(names.get(index, index) for index in one.indices))
        if names.keys().isdisjoint(free_indices(one)):
            return one
        inside = tuple(frozen(self.renamed(dict(poly), names)) for poly in one.inside)
        return Atom(one.name, tuple(names.get(index, index) for index in one.indices), inside)

    def renamed(self, poly, names):
        """Return a polynomial with other names for some of its free indices."""
        total = {}
        for term, coefficient in poly.items():
            bounds, deltas, factors = self.opened(term)
            deltas = [tuple(names.get(i, i) for i in pair) for pair in deltas]
            made = self.term(bounds, deltas, self._renamed_factors(factors, names))
            accumulate(total, made, coefficient)
        return total

    def _renamed_factors(self, factors, names):
        found = Counter()
        for one, power in factors.items():
            found[self.renamed_atom(one, names)] += power
        return found

    def opened(self, term):
        """Return (summed letters, deltas, factors) of a term, the letters used nowhere else."""
        if not term.bounds:
            return (), term.deltas, Counter(dict(term.factors))
        names = {bound: fresh(size_of(bound)) for bound in term.bounds}
        deltas = [tuple(names.get(i, i) for i in pair) for pair in term.deltas]
        return tuple(names.values()), deltas, self._renamed_factors(dict(term.factors), names)

    # Polynomials

    def times(self, *polys):
        """Return a product."""
        total = constant(1)
        for poly in polys:
            total = self._product(total, poly)
        return total

    def _product(self, poly, other):
        total = {}
        for left, a in poly.items():
            for right, b in other.items():
                (bounds, deltas, factors), (more, others, powers) = self.opened(left), self.opened(right)
                for one, power in powers.items():
                    factors[one] += power
                accumulate(total, self.term((*bounds, *more), (*deltas, *others), factors), a * b)
        return total

    def power(self, poly, number):
        """Return a power with a whole exponent."""
        if abs(number) > HIGHEST:
            raise UnprovedError("a power is too high")
        return self.times(*[self.inverse(poly) if number < 0 else poly] * abs(number))

    def summed(self, poly, letter):
        """Return the sum over a letter that is free in a polynomial."""
        total = {}
        for term, coefficient in poly.items():
            bounds, deltas, factors = self.opened(term)
            accumulate(total, self.term((*bounds, letter), deltas, factors), coefficient)
        return total

    def inverse(self, poly):
        """Return 1/poly: of one product the opposite powers, of a sum what its terms share, and an atom."""
        if not poly:
            raise UnprovedError("it divides by 0")
        if any(term.deltas for term in poly):
            raise UnprovedError("it divides by what a delta makes 0")
        shared = _shared_factors(poly)
        content = {Term((), (), tuple(sorted((one, -power) for one, power in shared.items()))): ONE}
        rest = self.times(poly, content)
        lead = rest[min(rest)]
        content = {term: ONE / lead for term in content}
        rest = {term: coefficient / lead for term, coefficient in rest.items()}
        return content if rest == constant(1) else self.times(content, atom("1/", inside=(rest,)))

    def exponential(self, poly):
        """Return e^poly, a product with a factor for each term."""
        parts = []
        for term, coefficient in poly.items():
            root = Atom("exp", (), (frozen({term: ONE / coefficient.denominator}),))
            parts.append(powered(root, coefficient.numerator))
        return self.times(*parts)

    def substituted(self, poly, other):
        """Return a polynomial with `other(atom)` in place of each atom; None leaves it as it is."""
        total = {}
        for term, coefficient in poly.items():
            bounds, deltas, factors = self.opened(term)
            new = {one: other(one) for one in factors}
            kept = Counter({one: power for one, power in factors.items() if new[one] is None})
            made = self.term((), deltas, kept)
            for one, power in factors.items():
                if new[one] is not None:
                    made = self.times(made, self.power(new[one], power))
            for bound in bounds:
                made = self.summed(made, bound)
            accumulate(total, made, coefficient)
        return total

    def differentiated(self, poly, slope):
        """Return a derivative by the product rule; `slope(atom)` is that of an atom."""
        total = {}
        for term, coefficient in poly.items():
            bounds, deltas, factors = self.opened(term)
            for one, power in factors.items():
                of_one = slope(one)
                if not of_one:
                    continue
                rest = Counter(factors)
                rest[one] -= 1
                made = self.times(self.term((), deltas, rest), of_one)
                for bound in bounds:
                    made = self.summed(made, bound)
                accumulate(total, made, coefficient * power)
        return total


def _is_one(one):
    return bool(one.indices) and one.indices[-1] == "0" and one.name in BEGIN_WITH_1


def _chosen(a, b, bounds):
    """Return (the index that stays, the one that goes) where a delta ties two together."""
    sizes = {
        size.removesuffix("+1") for size in (size_of(a), size_of(b)) if size
    }  # "H+1" is one that is told
    if len(sizes) > 1:
        raise UnprovedError(f"a delta ties {' to '.join(sorted(sizes))}")
    if b in bounds or a in bounds:
        return (a, b) if b in bounds else (b, a)
    if (is_last(a) and b.isdigit()) or (is_last(b) and a.isdigit()):
        raise UnprovedError("a delta ties a size to a number")
    return (b, a) if b.isdigit() or (b < a and not a.isdigit()) else (a, b)


def _part(bound, deltas, factors):
    """Return what a summed letter does in a term, whatever it is called."""
    places = [
        (one.name, power, tuple(index == bound for index in one.indices), len(one.inside))
        for one, power in factors.items()
        if bound in free_indices(one)
    ]
    return repr((size_of(bound), sorted(places), sum(bound in pair for pair in deltas)))


def _shared_factors(poly):
    """Return the powers of atoms that every term has, of those that no sum of its own binds."""
    shared = Counter()
    powers = [Counter({one: n for one, n in t.factors if t.bounds == () or _is_free(one, t)}) for t in poly]
    for one in {one for found in powers for one in found}:
        shared[one] = min(found[one] for found in powers)
    return Counter({one: power for one, power in shared.items() if power})


def _is_free(one, term):
    return free_indices(one).isdisjoint(term.bounds)
