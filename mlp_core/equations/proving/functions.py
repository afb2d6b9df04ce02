"""Functions of the closed list: their definitions, their slopes, and their values by the rules of each."""

from .terms import (
    ONE,
    Atom,
    UnprovedError,
    accumulate,
    as_number,
    atom,
    constant,
    free_indices,
    frozen,
    is_summed,
    minus,
    negative,
    plus,
    powered,
    single,
)

SLOPED = ("sigma", "ReLU")  # whose slope is an atom of its own
ABOVE_0 = ("z", "s", "exp", "size")


class NeedsSignError(Exception):
    """A function with a corner must know whether its argument is above 0; `poly` is it, frozen."""

    def __init__(self, poly):
        super().__init__(poly)
        self.poly = poly


class Functions:
    """The part of a `Network` that knows functions; it needs an `Algebra` beside it, and a setting."""

    def function(self, name, poly, primed=False):
        """Return a function of a polynomial, by its definition where it has one."""
        if name == "sigma" and self.setting.sigma:
            name = {"relu": "ReLU"}.get(self.setting.sigma, self.setting.sigma)
        if name == "exp" and not primed:
            return self.exponential(poly)
        if name == "log" and not primed:
            return self.logarithm(poly)
        if name in ("sigmoid", "tanh"):
            return self._of_exponentials(name, poly, primed)
        if name in SLOPED:
            return atom(name + "'" * primed, inside=(poly,))
        raise UnprovedError(f"no rule knows {name}{chr(39) * primed}")

    def _of_exponentials(self, name, poly, primed):
        up, down = self.exponential(poly), self.exponential(negative(poly))
        if name == "sigmoid":
            below = self.inverse(plus(constant(1), down))
            return self.times(down, below, below) if primed else below
        below = self.inverse(plus(up, down))
        if primed:
            return self.times(constant(4), below, below)
        return self.times(minus(up, down), below)

    def logarithm(self, poly):
        """Return log of what is above 0; refuse what is not known to be."""
        if not self.is_above_0(poly) and not self.is_above_0(self.value(poly)):
            raise UnprovedError("it takes the logarithm of what is not known to be above 0")
        return atom("log", inside=(poly,))

    def outer_slope(self, one):
        """Return the derivative of a function by its argument."""
        name, _, inside = one
        if name == "exp":
            return powered(one, 1)
        if name == "1/":
            return {term: -ONE for term in powered(one, 2)}
        if name == "log":
            return self.inverse(dict(inside[0]))
        if name in SLOPED:
            if name == "ReLU":
                self.provided["not 0", inside[0]] = None
            return atom(name + "'", inside=tuple(map(dict, inside)))
        raise UnprovedError(f"no rule has the slope of {name}")

    # Values

    def value_of_function(self, one):
        """Return the value of a function of polynomials."""
        name, _, inside = one
        poly = self.value(dict(inside[0]))
        if name == "exp":
            return self._value_of_exponential(poly)
        if name == "1/":
            return self.inverse(poly)
        if name == "log":
            return self._value_of_logarithm(poly)
        if name in ("ReLU", "ReLU'"):
            return self._value_at_a_corner(poly, primed=name == "ReLU'")
        inner = single(poly)
        if name == "sigma" and inner and inner.name.startswith("y_hat"):
            return atom(inner.name.replace("y_hat", "y"), *inner.indices)
        return atom(name, inside=(poly,))

    def _value_of_exponential(self, poly):
        """Return e^poly, with z_i s for e^z_hat_i."""
        sums = {}
        rest = dict(poly)
        for term, coefficient in poly.items():
            inner = single({term: ONE})
            if inner and inner.name == "z_hat" and coefficient.denominator == 1:
                sums[inner] = coefficient.numerator
                del rest[term]
        made = self.exponential(rest)
        for inner, power in sums.items():
            of_class, s = Atom("z", inner.indices), Atom("s", inner.indices[:-1])
            made = self.times(made, self.power(self.value(powered(of_class, 1)), power), powered(s, power))
        return made

    def _value_of_logarithm(self, poly):
        """Return log poly, a sum where it is one product of what is above 0."""
        if len(poly) != 1:
            return atom("log", inside=(poly,))
        ((term, coefficient),) = poly.items()
        if term.bounds or term.deltas or not all(one.name in (*ABOVE_0, "r") for one, _ in term.factors):
            return atom("log", inside=(poly,))
        made = atom("log", inside=(constant(coefficient),)) if coefficient != 1 else {}
        for one, power in term.factors:
            accumulate(made, self._logarithm_of(one), power)
        return made

    def _logarithm_of(self, one):
        if one.name == "z":
            return minus(atom("z_hat", *one.indices), atom("log", inside=(atom("s", *one.indices[:-1]),)))
        if one.name == "exp":
            return dict(one.inside[0])
        if one.name == "r":
            self.provided["above 0", frozen(powered(one, 1))] = None
        return atom("log", inside=(powered(one, 1),))

    def _value_at_a_corner(self, poly, primed):
        """Return ReLU or its slope; on which side of 0 its argument lies is a case of its own."""
        number = as_number(poly)
        if number is not None:
            return constant(int(number > 0) if primed else max(number, 0))
        inner = single(poly)
        if inner and inner.name in ("ReLU", "y") and self.setting.sigma == "relu":
            raise UnprovedError("a ReLU stands in a ReLU under a sum")
        sign = self._sign_of(poly, primed)
        if sign is None:
            return atom("ReLU" + "'" * primed, inside=(poly,))
        if not sign:
            return {}
        return constant(1) if primed else poly

    def _sign_of(self, poly, strictly):
        """Return whether a polynomial is above 0; None under a sum, where it is both."""
        signs = self.setting.signs
        if frozen(poly) in signs:
            return signs[frozen(poly)]
        opposite = signs.get(frozen(negative(poly)))
        if opposite or (opposite is False and not strictly):
            return not opposite
        if any(map(is_summed, _all_free(poly))):
            return None
        raise NeedsSignError(frozen(poly))

    # Signs

    def is_above_0(self, poly):
        """Return whether a polynomial is a sum of what is never below 0, of which something is above."""
        if not self.is_not_below_0(poly):
            return False
        without_deltas = [term for term in poly if not term.deltas]
        return any(all(self._is_above(one) for one, _ in term.factors) for term in without_deltas)

    def is_not_below_0(self, poly):
        """Return whether every term of a polynomial is a product of what is never below 0."""
        return all(self._is_not_below(term, coefficient) for term, coefficient in poly.items())

    def _is_not_below(self, term, coefficient):
        for sign in (1, -1):
            known = self.setting.signs.get(frozen({term: ONE * sign}))
            if known is not None:
                return known == (sign * coefficient > 0)
        return coefficient > 0 and all(
            power % 2 == 0 or one.name in ("r", "ReLU") or self._is_above(one) for one, power in term.factors
        )

    def _is_above(self, one):
        if one.name == "1/":
            return self.is_above_0(dict(one.inside[0]))
        if one.name == "r":
            self.provided["above 0", frozen(powered(one, 1))] = None
            return True
        return one.name in ABOVE_0 or self.setting.signs.get(frozen(powered(one, 1)), False)


def _all_free(poly):
    found = set()
    for term in poly:
        for one, _ in term.factors:
            found |= free_indices(one) - set(term.bounds)
    return found
