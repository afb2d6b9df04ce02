"""What the letters mean: definitions, derivatives that are cut where the equation cuts, and values.

The definitions are those of the forward pass in chapter 00; that they are the package's is measured.
Independent of each other are x, the weights but for the biases, the sums y_hat and z_hat, and s; the rest is
written by these:

- a bias is its sum without the weighted inputs, w_i0 = z_hat_i - SUM w_ij y_j; in a batch, where there are
  many sums, they are written out instead;
- e^z_hat_i = z_i s and log z_i = z_hat_i - log s, where s = SUM e^z_hat_l;
- SUM_l z_l = 1, and SUM_l r_l = 1 where that is assumed or printed.
"""

from dataclasses import dataclass, field

from ..language.notation import moved_by
from .algebra import Algebra
from .functions import Functions
from .terms import (
    Atom,
    Term,
    UnprovedError,
    accumulate,
    atom,
    constant,
    free_indices,
    fresh,
    is_summed,
    minus,
    negative,
    plus,
    size_of,
)

MOST_DIVISORS = 8  # that are taken away from one difference
# matrix: (the sums that it makes, of what, how many there are, how many enter)
AFFINE = {
    "V": ("y_hat", "x", "H", "D"),
    "W": ("z_hat", "y", "K", "H"),
    "W^k": ("y_hat^k", "y^k-1", "N_k", "N_{k-1}"),
}
MADE_BY = {sums: matrix for matrix, (sums, *_) in AFFINE.items()}
# What of two layers moves with each quantity of them; the rest of these does not.
OF_LAYERS = {
    "y_hat^k-1": ("y_hat^k-1", "y^k-1", "y_hat^k", "y^k"),
    "y^k-1": ("y^k-1", "y_hat^k", "y^k"),
    "W^k": ("W^k", "y_hat^k", "y^k"),
    "y_hat^k": ("y_hat^k", "y^k"),
    "y^k": ("y^k",),
}


@dataclass(frozen=True)
class Setting:
    """Under what an equation is proved.

    Parameters
    ----------
    mode : str
        "single", "batch" or "layers".
    assumed : bool
        Whether the targets add up to 1.
    sigma : str or None
        The activation's name; None is any function with a slope.
    two_classes : bool
    signs : dict
        Frozen polynomial -> whether it is above 0; False says that it is not.
    apart : tuple of (str, str)
        Indices that are not equal.
    """

    mode: str = "single"
    assumed: bool = False
    sigma: str | None = None
    two_classes: bool = False
    signs: dict = field(default_factory=dict)
    apart: tuple = ()


class Network(Functions, Algebra):
    """Polynomials about one network, with what its letters mean.

    Parameters
    ----------
    setting : Setting
    lazy : bool
        As of an `Algebra`.
    """

    def __init__(self, setting: Setting, lazy: bool = False):
        super().__init__(lazy)
        self.setting = setting
        self.provided = {}  # what must hold, ("not 0", of what); a dict for its order

    # Definitions

    def total(self, size, body):
        """Return SUM body(n) over n = 1, …, the size."""
        if size == "K" and self.setting.two_classes:
            return plus(body("1"), body("2"))
        letter = fresh(size)
        return self.summed(body(letter), letter)

    def weighted(self, sums, indices):
        """Return a sum of weighted inputs with its bias, as it is defined."""
        *lead, i = indices
        matrix = MADE_BY[sums]
        return plus(atom(matrix, i, "0"), self._without_bias(matrix, lead, i))

    def _without_bias(self, matrix, lead, i):
        _, of, _, size = AFFINE[matrix]
        return self.total(size, lambda n: self.times(atom(matrix, i, n), atom(of, *lead, n)))

    def definition(self, one):
        """Return what an atom stands for, or None for what is given."""
        name, indices, _ = one
        if name in MADE_BY:
            return self.weighted(name, indices) if self._is_made(name) else None
        if name in ("y", "y^k", "y^k-1"):
            return self.function("sigma", atom(name.replace("y", "y_hat"), *indices))
        if name == "z":
            return self.softmax(lambda n: atom("z_hat", *indices[:-1], n), indices[-1], "K")
        if name == "E":
            return self._energy()
        if name in ("q", "q^k-1"):
            return negative(self.slope("E", (), name.replace("q", "y_hat"), indices))
        return None

    def _is_made(self, sums):
        return (sums == "y_hat^k") == (self.setting.mode == "layers")

    def _energy(self):
        def of_one(*b):
            logs = self.total("K", lambda n: self.times(atom("r", *b, n), self.logarithm(atom("z", *b, n))))
            return negative(logs)

        if self.setting.mode != "batch":
            return of_one()
        return self.times(self.total("B", of_one), atom("size", "B", power=-1))

    def softmax(self, entry, i, size):
        """Return e^entry(i) / SUM e^entry(n)."""
        below = self.total(size, lambda n: self.exponential(entry(n)))
        return self.times(self.exponential(entry(i)), self.inverse(below))

    # Derivatives

    def derivative(self, poly, name, indices):
        """Return a polynomial's derivative by one number; what lies behind that moves, and nothing else."""
        return self.differentiated(poly, lambda one: self.slope(*one[:2], name, indices, one.inside))

    def slope(self, top, places, name, indices, inside=()):
        """Return the derivative of an atom by one number."""
        if top == name:
            return self.term((), list(zip(places, indices, strict=True)), {})
        one = Atom(top, places, inside)
        if inside:
            inner = self.derivative(dict(inside[0]), name, indices)
            return self.times(self.outer_slope(one), inner) if inner else {}
        if self.setting.mode == "layers":
            return self._slope_in_layers(one, name, indices)
        if top in moved_by(name):
            return self.derivative(self.definition(one), name, indices)
        return {}

    def _slope_in_layers(self, one, name, indices):
        """Return a slope where the layers behind layer k are known by their pull q^(k) alone."""
        if one.name == "E" and name == "y_hat^k":
            return negative(atom("q^k", *indices))
        if one.name == "E" and name in ("y_hat^k-1", "y^k-1", "W^k"):
            return self.total("N_k", lambda n: self._through(("y_hat^k", (n,)), name, indices))
        of_layers = name in OF_LAYERS and one.name in OF_LAYERS
        at_the_end = name in ("z", "r", "z_hat") and one.name in ("E", "z", "r", "z_hat")
        if of_layers or at_the_end:
            moves = one.name in (OF_LAYERS[name] if of_layers else moved_by(name))
            return self.derivative(self.definition(one), name, indices) if moves else {}
        if one.name in ("size", "t", "u", "g"):
            return {}
        raise UnprovedError(f"no rule takes {one.name} by {name} in an equation of layers")

    def _through(self, sums, name, indices):
        return self.times(negative(atom("q^k", *sums[1])), self.slope(*sums, name, indices))

    # Values

    def value(self, poly):
        """Return a polynomial written by what is independent."""
        return self.added_up(self.substituted(poly, self.value_of))

    def value_of(self, one):
        """Return an atom written by what is independent, or None where it is that."""
        name, indices, inside = one
        if name in AFFINE and indices[1] == "0" and self.setting.mode != "batch":
            sums = AFFINE[name][0]
            if self._is_made(sums):
                return self.value(minus(atom(sums, indices[0]), self._without_bias(name, (), indices[0])))
        if name in ("E", "q", "q^k-1") and not (name == "E" and self.setting.mode == "layers"):
            return self.value(self.definition(one))
        if name in ("y", "y^k", "y^k-1") and self.setting.sigma:
            return self.value(self.definition(one))
        adds_up = name == "z" or (name == "r" and self.setting.assumed)
        if adds_up and self.setting.two_classes and indices[-1] == "2":
            return minus(constant(1), atom(name, *indices[:-1], "1"))
        if inside:
            return self.value_of_function(one)
        return None

    def written_out(self, poly):
        """Return a polynomial with the sums of a batch written out, outside of functions."""

        def definition(one):
            if self.setting.mode == "batch" and one.name in MADE_BY:
                return self.weighted(one.name, one.indices)
            return None

        return self.added_up(self.substituted(poly, definition))

    def added_up(self, poly):
        """Return a polynomial with 1 in place of SUM_l z_l, and of SUM_l r_l where that is assumed."""
        total, changed = {}, False
        for term, coefficient in poly.items():
            found = next(filter(None, (self._adds_up(bound, term) for bound in term.bounds)), None)
            if found is None:
                accumulate(total, {term: coefficient})
                continue
            changed = True
            accumulate(total, found, coefficient)
        return self.added_up(total) if changed else total

    def _adds_up(self, bound, term):
        """Return a term without its SUM over a letter, if that is of z_l or r_l alone; else None."""
        if size_of(bound) != "K" or any(bound in pair for pair in term.deltas):
            return None
        holds = [(one, power) for one, power in term.factors if bound in free_indices(one)]
        (one, power), *more = holds
        of_one = one.name == "z" or (one.name == "r" and self.setting.assumed)
        if more or power != 1 or not of_one or one.indices[-1] != bound or bound in one.indices[:-1]:
            return None
        rest = {other: n for other, n in term.factors if other != one}
        return self.term([b for b in term.bounds if b != bound], term.deltas, rest)

    def cleared(self, poly):
        """Return a polynomial times what its terms are divided by: 0 exactly where it is."""
        for _ in range(MOST_DIVISORS):
            powers = [(one, power) for term in poly for one, power in term.factors if one.name == "1/"]
            found = [one for one, power in powers if not any(map(is_summed, free_indices(one)))]
            if not found:
                break
            one = found[0]
            most = max(power for other, power in powers if other == one)
            poly = self.added_up(self._times_divisor(poly, one, max(most, 0)))
        return poly

    def _times_divisor(self, poly, one, most):
        """Return a polynomial times the `most`-th power of what an atom is 1 over."""
        total = {}
        for term, coefficient in poly.items():
            factors = dict(term.factors)
            power = most - factors.pop(one, 0)
            rest = {Term(term.bounds, term.deltas, tuple(factors.items())): coefficient}
            accumulate(total, self.times(rest, self.power(dict(one.inside[0]), power)))
        return total
