"""What is left over of a false line, written short, and named where its form tells the slip."""

from fractions import Fraction

from .network import AFFINE
from .terms import Atom, Term, accumulate, as_number, atom, free_indices, minus, plus, powered
from .writing import factored, latex, shared

MOST_TERMS_DIVIDED = 12  # of a quotient: a slip of the pen is shorter


def left_over(proof):
    """Return what is left over at the first sign that is not proved, left side minus right side, as LaTeX."""
    case, number = proof.cases[-1], proof.sign - 1
    network = case.network
    raw = minus(*case.raw[number : number + 2])
    opened = network.added_up(network.substituted(raw, lambda one: _opened(network, one)))
    bias = _bias(network, proof.apart)
    choices = [factored(poly) for poly in (proof.apart, opened, bias) if poly]
    products = _as_product(network, *case.values[number : number + 2])
    if len(proof.apart) > 3 and not any(term.bounds for term in proof.apart):
        choices = products or choices  # of many terms only a product says what is wrong
    return min(choices + products, key=len)


def _opened(network, one):
    return network.definition(one) if one.name in ("E", "q") and network.setting.mode != "layers" else None


def _bias(network, poly):
    """Return the bias, times a number, that a polynomial of values is; else nothing."""
    indices = {i for term in poly for one, _ in term.factors for i in one.indices}
    for matrix, (sums, *_) in AFFINE.items():
        for i in sorted(indices) if network.setting.mode != "batch" else ():
            term = Term(factors=((Atom(sums, (i,)), 1),))
            bias = atom(matrix, i, "0")
            if term in poly and network.value(bias) == {t: c / poly[term] for t, c in poly.items()}:
                return {t: c * poly[term] for t, c in bias.items()}
    return {}


def named(proof, holds_if_assumed):
    """Return in words what slip a left-over tells of, or nothing.

    Parameters
    ----------
    proof : Proof
        With something left over.
    holds_if_assumed : callable
        Returns whether the line is proved where the targets add up to 1.
    """
    case, number = proof.cases[-1], proof.sign - 1
    left, right = case.values[number : number + 2]
    if not case.network.setting.assumed and holds_if_assumed():
        return "the targets must add up to 1"
    if left and right and not plus(left, right):
        return "the sign is the other way round"
    return (
        _case_named(proof.apart, left, right) or _bias_named(proof, case) or _factor_named(case, left, right)
    )


def _case_named(apart, left, right):
    pairs = set.intersection(*(set(term.deltas) for term in apart))
    if len(pairs) != 1:
        return ""
    (pair,) = pairs
    a, b = (index.partition(":")[0] for index in pair)
    there = [any(pair in term.deltas for term in side) for side in (left, right)]
    if there == [True, False]:
        return f"the case {a} = {b} was forgotten"
    return f"only the case {a} = {b} is wrong"


def _bias_named(proof, case):
    bias = _bias(case.network, proof.apart)
    return f"the bias ${latex(bias)}$ stands on one side only" if bias else ""


def _factor_named(case, left, right):
    """Return in words by what factor the right side is wrong, if that is one number or one atom."""
    factor, is_missing = _factor(case.network, left, right)
    return f"the factor ${factored(factor)}$ is {'missing' if is_missing else 'too much'}" if factor else ""


def _as_product(network, left, right):
    """Return what is left over as (1 - a) b, in a list, if that can be."""
    factor, is_missing = _factor(network, left, right)
    if not factor:
        return []
    one = {Term(): Fraction(1)}
    apart, side = (minus(factor, one), right) if is_missing else (minus(one, factor), left)
    written = factored(side)
    is_product = len(side) == 1 or shared(side)[0] != one
    return [rf"\left({latex(apart)}\right)\, " + (written if is_product else rf"\left({written}\right)")]


def _factor(network, left, right):
    """Return (a, True) where left is a * right, (a, False) where right is a * left; else (None, _)."""
    for first, second, is_missing in ((left, right, True), (right, left, False)):
        for factor in _factors(first, second) if as_number(second) is None else ():
            if network.added_up(network.times(second, factor)) == first:
                return factor, is_missing
    return None, False


def _factors(whole, part):
    """Yield what may make one polynomial of the other: a number, and atoms that no sum binds."""
    if whole and part:
        ratio = whole[min(whole)] / part[min(part)]
        if abs(ratio) > 1 and ratio.denominator == 1:
            yield {Term(): ratio}
    found = {}
    for term in whole:
        for one, power in term.factors:
            if free_indices(one).isdisjoint(term.bounds):
                found[one] = power
    for one, power in sorted(found.items()):
        yield powered(one, 1 if power > 0 else -1)
    yield from filter(None, [_quotient(whole, part)])


def _quotient(whole, part):
    """Return the polynomial by which another was multiplied, where neither has sums or deltas; else {}."""
    if len(part) < 2 or any(term.bounds or term.deltas for poly in (whole, part) for term in poly):
        return {}
    every = sorted({one for poly in (whole, part) for term in poly for one, _ in term.factors})

    def rank(term):
        powers = dict(term.factors)
        return [powers.get(one, 0) for one in every]

    lead, found, rest = max(part, key=rank), {}, dict(whole)
    for _ in range(MOST_TERMS_DIVIDED):
        if not rest:
            return found
        top = max(rest, key=rank)
        powers = [a - b for a, b in zip(rank(top), rank(lead), strict=True)]
        if min(powers, default=0) < 0:
            return {}
        ratio = Term(factors=tuple((one, n) for one, n in zip(every, powers, strict=True) if n))
        found[ratio] = rest[top] / part[lead]
        for term, coefficient in part.items():
            both = [a + b for a, b in zip(rank(ratio), rank(term), strict=True)]
            made = Term(factors=tuple((one, n) for one, n in zip(every, both, strict=True) if n))
            accumulate(rest, {made: -coefficient * found[ratio]})
    return {}
