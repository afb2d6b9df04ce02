"""What polynomials are made of: indices, atoms, and terms with sums over indices and Kronecker deltas.

A polynomial is a dict {`Term`: coefficient}. An index is a text: "i:K" is a letter that runs over 1, …, K;
"$7:K" and "#1.0:K" are letters that are summed, "*1:K" is that of a maximum; "K:K" is the last one, "2" a
number, "0" the place of a bias. No letter is ever 0: a sum from 0 is its term 0 and the rest.
"""

from fractions import Fraction
from itertools import count
from typing import NamedTuple

ONE = Fraction(1)
_numbers = count()


class UnprovedError(ValueError):
    """No rule covers this; the message says why nothing is proved."""


class Atom(NamedTuple):
    """A letter with its indices, or a function of polynomials: ("z", ("i:K",)), ("exp", (), (inside,))."""

    name: str
    indices: tuple = ()
    inside: tuple = ()  # polynomials, frozen


class Term(NamedTuple):
    """Sums over letters, of deltas and powers of atoms; the coefficient stands beside it."""

    bounds: tuple = ()
    deltas: tuple = ()  # pairs of indices
    factors: tuple = ()  # pairs of an atom and its power


# Indices


def size_of(index):
    """Return the size that an index runs to, or None of a number."""
    return index.partition(":")[2] or None


def fresh(size):
    """Return a summed letter that stands nowhere else."""
    return f"${next(_numbers)}:{size}"


def last(size):
    """Return a size as an index: the K of w_Kj."""
    return f"{size}:{size}"


def is_last(index):
    """Return whether an index is a size."""
    name, _, size = index.partition(":")
    return name == size


def is_summed(index):
    """Return whether an index is a summed letter, or the letter of a maximum."""
    return index[0] in "#$*"


# Making


def constant(number):
    """Return a number as a polynomial."""
    return {Term(): Fraction(number)} if number else {}


def atom(name, *indices, inside=(), power=1):
    """Return one atom as a polynomial; `inside` are polynomials."""
    return {Term(factors=((Atom(name, indices, tuple(map(frozen, inside))), power),)): ONE}


def powered(one, power):
    """Return a power of an atom as a polynomial."""
    return {Term(factors=((one, power),)): ONE} if power else constant(1)


def frozen(poly):
    """Return a polynomial as it stands inside an atom."""
    return tuple(sorted(poly.items()))


def accumulate(total, poly, factor=1):
    """Add a polynomial, times a number, to another one."""
    for term, coefficient in poly.items():
        found = total.get(term, 0) + coefficient * factor
        if found:
            total[term] = found
        else:
            total.pop(term, None)


def plus(*polys):
    """Return a sum."""
    total = {}
    for poly in polys:
        accumulate(total, poly)
    return total


def negative(poly):
    """Return a polynomial with the other sign."""
    return {term: -coefficient for term, coefficient in poly.items()}


def minus(poly, other):
    """Return a difference."""
    return plus(poly, negative(other))


# Looking


def free_indices(one):
    """Return the indices of an atom that are not summed inside of it."""
    found = set(one.indices)
    for poly in one.inside:
        for term, _ in poly:
            inner = {index for pair in term.deltas for index in pair}
            found |= inner.union(*(free_indices(each) for each, _ in term.factors)) - set(term.bounds)
    return found


def single(poly):
    """Return the atom that a polynomial is, or None."""
    if len(poly) == 1:
        ((term, coefficient),) = poly.items()
        if not term.bounds and not term.deltas and coefficient == 1 and len(term.factors) == 1:
            one, power = term.factors[0]
            return one if power == 1 else None
    return None


def as_number(poly):
    """Return the number that a polynomial is, or None."""
    return poly.get(Term(), Fraction(0)) if set(poly) <= {Term()} else None


def atoms(poly):
    """Yield every atom of a polynomial, and those inside of them."""
    for term in poly:
        for one, _ in term.factors:
            yield one
            for inner in one.inside:
                yield from atoms(dict(inner))


def height(one):
    """Return how deep functions stand in each other in an atom."""
    inner = [height(each) for poly in one.inside for term, _ in poly for each, _ in term.factors]
    return 1 + max(inner, default=0) if one.inside else 0
