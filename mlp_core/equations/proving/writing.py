"""Polynomials in LaTeX, in the letters of the book."""

from fractions import Fraction
from math import gcd, lcm

from .algebra import Algebra
from .terms import Atom, Term, accumulate, free_indices, is_summed, size_of

# The letters for an index over each size, those first that the book takes; then those for what is summed.
LETTERS = {"K": "ik", "H": "jn", "D": "m", "B": "b", "N_k": "i", "N_{k-1}": "jn"}
SUMMED = {"K": "lki", "H": "nj", "D": "m", "B": "b", "N_k": "l", "N_{k-1}": "nj"}
SPARE = "acbpqnmlkji"
# Names of atoms to letters, in the order in which the factors of a product stand.
NAMES = {"size": "", "r": "r", "z": "z", "u": "u", "g": "g", "q": "q", "z_hat": r"\hat z", "W": "w"}
NAMES |= {"y": "y", "y_hat": r"\hat y", "V": "v", "x": "x", "E": "E", "t": "t"}
ORDER = (*NAMES, "exp", "log", "max", "s", "1/", "sigma", "sigma'")
ONE_AS_POLY = {Term(): Fraction(1)}
SLOPE = "∂"
S = r"\sum_{letter} e^{{\hat z_{letter}}}"


def slope_parts(one):
    """Return (what moves, its indices, by what, its indices) of an atom ∂z/∂z_hat."""
    top, name = (part.removeprefix(SLOPE) for part in one.name.split("/"))
    count = 0 if top == "E" else 1 + (len(one.indices) > 3)  # of a batch each has its example before it
    return top, one.indices[:count], name, one.indices[count:]


def letters_for(sizes, taken):
    """Return a letter for an index over each size, none of those that are taken."""
    found = []
    for size in sizes:
        choice = LETTERS.get(size, "") + SPARE
        found.append(next(letter for letter in choice if letter not in taken and letter not in found))
    return found


def latex(poly, taken=frozenset()):
    """Return a polynomial as LaTeX.

    Parameters
    ----------
    poly : dict
    taken : set of str
        Letters that must not be given to a sum.
    """
    if not poly:
        return "0"
    taken = set(taken) | {i.partition(":")[0] for term in poly for i in _free(term)}
    terms = sorted(poly.items(), key=lambda each: (each[1] < 0, len(each[0].factors), _key(each[0])))
    text = ""
    for term, coefficient in terms:
        sign = "-" if coefficient < 0 else "+"
        text += f" {sign} {_term(term, abs(coefficient), taken)}"
    return text[3:] if text.startswith(" + ") else text[1:].replace("- ", "-", 1)


def names_in(term, taken):
    """Return summed letter -> the letter that it is written by."""
    names = {}
    for bound in term.bounds:
        choice = SUMMED.get(size_of(bound).removesuffix("+1"), "") + SPARE
        names[bound] = next(
            letter for letter in choice if letter not in taken and letter not in names.values()
        )
    return names


def shared(poly):
    """Return (what all terms have as factors, the rest), both polynomials; the first may be 1."""
    common = None
    for term in poly:
        free = {one: n for one, n in term.factors if free_indices(one).isdisjoint(term.bounds)}
        both = free if common is None else {one: n for one, n in common.items() if free.get(one, 0) * n > 0}
        common = {one: min(n, free[one], key=abs) for one, n in both.items()}
    free_of_sums = ({pair for pair in term.deltas if set(pair).isdisjoint(term.bounds)} for term in poly)
    deltas = set.intersection(*free_of_sums) if poly else set()
    number = gcd(*(int(c) for c in poly.values())) if all(c.denominator == 1 for c in poly.values()) else 1
    if len(poly) < 2 or not (common or deltas or number > 1):
        return ONE_AS_POLY, poly
    rest = {}
    for term, coefficient in poly.items():
        factors = ((one, power - common.get(one, 0)) for one, power in term.factors)
        kept = tuple((one, power) for one, power in factors if power)
        rest[Term(term.bounds, tuple(d for d in term.deltas if d not in deltas), kept)] = coefficient / number
    return {Term((), tuple(sorted(deltas)), tuple(sorted(common.items()))): Fraction(number)}, rest


def factored(poly):
    """Return a polynomial as LaTeX, what all of its terms share in front of brackets."""
    taken = {i.partition(":")[0] for term in poly for i in _free(term)}
    common, rest = shared(poly)
    factors = [latex(common, taken)] if common != ONE_AS_POLY else []
    free, bound = _apart(rest)
    if len(free) > 1:
        factors.append(rf"\left({latex(free, taken)}\right)")
        rest = bound
    inside = _under_one_sum(rest, taken)
    if inside is None and len(rest) > 1 and factors:
        inside = rf"\left({latex(rest, taken)}\right)"
    return r"\, ".join([*factors, inside or latex(rest, taken)])


def _apart(poly):
    """Return (a, b) with poly = a * b, no summed letter in a; a is 1 where there is no such product."""
    groups = {}
    for term, coefficient in poly.items():
        of_sums = [not free_indices(one).isdisjoint(term.bounds) for one, _ in term.factors]
        tied = tuple(pair for pair in term.deltas if not set(pair).isdisjoint(term.bounds))
        free = tuple(pair for pair in term.deltas if pair not in tied)
        outer = tuple(each for each, inner in zip(term.factors, of_sums, strict=True) if not inner)
        inner = tuple(each for each, inner in zip(term.factors, of_sums, strict=True) if inner)
        group = groups.setdefault(Term((), free, outer), {})
        accumulate(group, Algebra(lazy=True).renamed({Term(term.bounds, tied, inner): coefficient}, {}))
    first = next(iter(groups.values()), {})
    if not any(term.bounds for term in first):
        return ONE_AS_POLY, poly
    outer = {}
    for factor, group in groups.items():
        number = group.get(next(iter(first)), Fraction(0)) / next(iter(first.values()))
        if {term: number * coefficient for term, coefficient in first.items()} != group:
            return ONE_AS_POLY, poly
        outer[factor] = number
    return outer, first


def _under_one_sum(poly, taken):
    """Return the LaTeX of several terms that stand under the same sums, as one; else None."""
    sizes = {tuple(sorted(map(size_of, term.bounds))) for term in poly}
    if len(poly) < 2 or len(sizes) != 1 or len(set(found := sizes.pop())) != len(found) or not found:
        return None
    letters = tuple(f"@:{size}" for size in found)
    names = names_in(Term(letters), taken)
    opened = {}
    for term, coefficient in poly.items():
        written = {bound: names[f"@:{size_of(bound)}"] for bound in term.bounds}
        opened |= _renamed({term._replace(bounds=()): coefficient}, written)
    common, rest = shared(opened)
    sums = " ".join(_sum_sign(names[letter], size_of(letter)) for letter in letters)
    inner = taken | set(names.values())
    first = latex(common, inner) + r"\, " if common != ONE_AS_POLY else ""
    brackets = (rf"\left({latex(each, inner)}\right)" for each in _as_two(rest))
    return rf"{sums} {first}" + r"\, ".join(brackets)


def _as_two(poly):
    """Return [a, b] with poly = a * b, where a is one letter and a number; else [poly]."""
    for one in sorted({one for term in poly for one, power in term.factors if power == 1}):
        there, rest = {}, {}
        for term, coefficient in poly.items():
            kept = tuple(each for each in term.factors if each != (one, 1))
            accumulate(there if kept != term.factors else rest, {term._replace(factors=kept): coefficient})
        number = next((rest[term] / there[term] for term in there if term in rest), None)
        if len(there) > 1 and number and rest == {term: c * number for term, c in there.items()}:
            return [{Term(factors=((one, 1),)): Fraction(1), Term(): number}, there]
    return [poly]


def condition(key):
    """Return what must hold for a proof, as LaTeX."""
    kind, of, *number = key
    if kind == "at least":
        return rf"{of} \ge {number[0]}"
    summed = sorted(i for term, _ in of for i in _free(term) if is_summed(i))
    names = names_in(Term(tuple(summed)), frozenset())
    text = latex(_renamed(dict(of), names))
    return rf"{text} > 0" if kind == "above 0" else rf"{text} \ne 0"


def _free(term):
    found = {index for pair in term.deltas for index in pair}
    return found.union(*(free_indices(one) for one, _ in term.factors)) - set(term.bounds)


def _key(term):
    return [_rank(one) for one, _ in term.factors], term


def _rank(one):
    name = one.name.partition("^")[0].partition(":")[0]
    if name.startswith(SLOPE):
        return -1 if name[1] == "E" else 0
    return ORDER.index(name) if name in ORDER else len(ORDER)


def _term(term, coefficient, taken):
    names = names_in(term, taken)
    inner = taken | set(names.values())
    sums = "".join(_sum_sign(names[bound], size_of(bound)) + " " for bound in term.bounds)
    above = [rf"\delta_{{{_index(a, names)}{_index(b, names)}}}" for a, b in term.deltas]
    below = []
    for one, power in sorted(term.factors, key=lambda each: (_rank(each[0]), each[0])):
        if one.name == "1/":
            divisor, scale = _whole(_renamed(dict(one.inside[0]), names))
            coefficient *= Fraction(scale) ** power
            bracket = _raised(rf"\left({latex(divisor, inner)}\right)", abs(power))
            (below if power > 0 else above).append(bracket)
        else:
            (above if power > 0 else below).append(_raised(_atom(one, names, inner), abs(power)))
    number, divisor = coefficient.numerator, coefficient.denominator
    below = ([str(divisor)] if divisor != 1 else []) + below
    if not below:
        written = sums + r"\, ".join(above)
        return written if number == 1 and written else f"{number} {written}".strip()
    if len(below) == 1 and below[0].endswith(r"\right)"):
        below = [below[0].removeprefix(r"\left(").removesuffix(r"\right)")]
    above = ([str(number)] if number != 1 or not above else []) + above
    return rf"{sums}\frac{{{' '.join(above)}}}{{{' '.join(below)}}}"


def _whole(poly):
    """Return (a polynomial times a number, the number) so that its coefficients are whole."""
    scale = lcm(*(coefficient.denominator for coefficient in poly.values()))
    return {term: coefficient * scale for term, coefficient in poly.items()}, scale


def _raised(text, power):
    if power == 1:
        return text
    return rf"\left({text}\right)^{power}" if text.startswith((r"\sum", r"\max")) else f"{text}^{power}"


def _sum_sign(letter, size):
    if size in ("K", "B"):
        return rf"\sum_{letter}"
    first = 0 if size.endswith("+1") else 1
    return rf"\sum_{{{letter}={first}}}^{{{size.removesuffix('+1')}}}"


def _index(index, names):
    return names.get(index, index.partition(":")[0])


def _renamed(poly, names):
    """Return a polynomial in which letters that are summed outside of it have their written names."""
    return {
        Term(
            term.bounds,
            tuple(tuple(names.get(i, i) for i in pair) for pair in term.deltas),
            tuple((_renamed_atom(one, names), power) for one, power in term.factors),
        ): coefficient
        for term, coefficient in poly.items()
    }


def _renamed_atom(one, names):
    inside = tuple(tuple(_renamed(dict(poly), names).items()) for poly in one.inside)
    return one._replace(indices=tuple(names.get(i, i) for i in one.indices), inside=inside)


def _atom(one, names, taken):
    name, indices, inside = one
    written = "".join(_index(index, names) for index in indices)
    if name == "size":
        return written
    if name == "s":
        letter = next(letter for letter in SUMMED["K"] + SPARE if letter not in taken)
        return S.format(letter=letter)
    if inside:
        return _function(name, inside, names, taken)
    if name.startswith(SLOPE):
        top, places, bottom, others = slope_parts(one)
        of, by = (_atom(Atom(*part), names, taken) for part in ((top, places), (bottom, others)))
        return rf"\frac{{\partial {of}}}{{\partial {by}}}"
    letter, _, layer = name.partition("^")
    text = NAMES[letter]
    if layer:
        return rf"{text}^{{({layer})}}_{{{written}}}"
    if len(indices) == 2 and letter not in "VW":
        text = text[:-1] + text[-1].upper()  # an entry of a batch's matrix
    return f"{text}_{{{written}}}" if len(written) > 1 else f"{text}_{written}" if written else text


def _function(name, inside, names, taken):
    poly = _renamed(dict(inside[0]), names)
    if name.startswith("max"):
        letter = next(letter for letter in SUMMED["K"] + SPARE if letter not in taken)
        star = next(i for term in poly for i in _free(term) if i.startswith("*"))
        return rf"\max_{letter} {latex(_renamed(poly, {star: letter}), taken | {letter})}"
    text = latex(poly, taken)
    if name == "exp":
        return f"e^{{{text}}}"
    primed = "'" * name.endswith("'")
    label = name.removesuffix("'")
    macro = rf"\{label}" if label in ("sigma", "log") else rf"\operatorname{{{label}}}"
    return rf"{macro}{primed}\left({text}\right)"
