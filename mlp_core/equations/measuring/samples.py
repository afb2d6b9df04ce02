"""Networks to measure on: any quantity can be cut free, and only what follows from it is computed anew."""

from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import numpy as np

from ...formulas.activations import ACTIVATIONS
from ...formulas.arrays import namespace
from ...formulas.probabilities import softmax
from ...formulas.weighted_sums import affine
from ..language.notation import FLOW, moved_by
from .slopes import gradient

T_VALUES = (-2.3, -0.7, 0.0, 0.4, 1.9)  # where an equation in t is tried
FAR_FROM_A_CORNER = 0.05
# (D, H, K, B), all different, and different from D + 1 and H + 1 as well.
SIZES = ((5, 2, 4, 7), (4, 2, 7, 6), (2, 5, 4, 7))
TWO_CLASSES = ((5, 3, 2, 7), (6, 3, 2, 5), (3, 5, 2, 7))
DEPTHS = ((5, 3, 7, 2), (2, 6, 4))


def energy(r, z):
    """Return E = -sum_l r_l log z_l as a function of z, not of the logits; a batch's mean over rows."""
    terms = r * namespace(z).log(z)
    xp = namespace(terms)
    return -xp.mean(xp.sum(terms, axis=-1))


@dataclass(frozen=True, eq=False)
class SampleNetwork:
    """One network with one input: what is given, and a rule for everything that follows from it.

    Parameters
    ----------
    rules : dict
        Name to (function, names of its arguments).
    given : dict
        Name to array.
    activation : Activation
    sizes : dict
        "K", "H", "D", "B" to int; with layers "N", the tuple of all.
    """

    rules: dict
    given: dict
    activation: object
    sizes: dict
    known: dict = field(default_factory=dict)
    downstream: dict = field(default_factory=dict)  # name -> all that moves with it, for every cut

    def value(self, name):
        """Return a quantity, given or computed."""
        if name in self.given:
            return self.given[name]
        if name not in self.known:
            function, arguments = self.rules[name]
            self.known[name] = function(*map(self.value, arguments))
        return self.known[name]

    def cut(self, name, value):
        """Return the network in which a quantity is free, and has this value."""
        if name not in self.downstream:
            flow = {other: arguments for other, (_, arguments) in self.rules.items()}
            self.downstream[name] = moved_by(name, flow)
        moved = self.downstream[name]
        known = {other: there for other, there in self.known.items() if other not in moved}
        given = self.given | {name: value}
        return SampleNetwork(self.rules, given, self.activation, self.sizes, known, self.downstream)


def pull(activation):
    """Return -dE/dy_hat as a function of y_hat, the weights of all later layers, and r: measured slopes."""

    def rule(y_hat, *later):
        *weights, r = later

        def energy_at(sums):
            for matrix in weights:
                sums = affine(matrix, activation(sums))
            return energy(r, softmax(sums))

        return -gradient(energy_at, y_hat)

    return rule


def single(activation):
    """Return the rules of one example."""
    functions = {"y_hat": affine, "y": activation, "z_hat": affine, "z": softmax, "E": energy}
    functions["q"] = pull(activation)
    return {name: (function, FLOW[name]) for name, function in functions.items()}


def batch(activation):
    """Return the same rules in the capital letters of a batch."""
    capital = {name: name[0].upper() + name[1:] for name in ("x", "y_hat", "y", "z_hat", "z", "r", "q")}
    return {
        capital.get(name, name): (function, tuple(capital.get(part, part) for part in arguments))
        for name, (function, arguments) in single(activation).items()
    }


def layers(activation, depth):
    """Return the rules of any number of layers: x is y0, the logits are y_hat of the last layer."""
    rules = {"y0": (lambda x: x, ("x",))}
    for k in range(1, depth + 1):
        rules[f"y_hat{k}"] = (affine, (f"W{k}", f"y{k - 1}"))
        rules[f"y{k}"] = (activation, (f"y_hat{k}",))
    rules["z_hat"] = (lambda y_hat: y_hat, (f"y_hat{depth}",))
    rules["z"] = (softmax, ("z_hat",))
    rules["E"] = (energy, ("r", "z"))
    for k in range(1, depth + 1):
        later = (f"W{n}" for n in range(k + 1, depth + 1))
        rules[f"q{k}"] = (pull(activation), (f"y_hat{k}", *later, "r"))
    return rules


def _targets(rng, shape, add_up, z):
    """Soft targets; if they need not add up to 1, some lie below z and some sum to far more than 1."""
    r = rng.dirichlet(np.full(shape[-1], rng.choice((0.5, 2.0))), shape[:-1])
    if add_up:
        return r
    return z * rng.uniform(0.4, 0.7, shape) if rng.random() < 0.5 else r * rng.uniform(1.5, 2.0)


def _draw(mode, activation, sizes, seed, add_up):
    rng = np.random.default_rng(seed)
    normal = rng.standard_normal
    free = {}
    if mode == "layers":
        weights = {f"W{k}": normal((n, m + 1)) for k, (m, n) in enumerate(pairwise(sizes), 1)}
        free, rules = {"x": normal(sizes[0]), **weights}, layers(activation, len(sizes) - 1)
        counts = {"N": sizes, "D": sizes[0], "K": sizes[-1], "H": sizes[1], "B": 1}
    else:
        d, h, k, b = sizes
        rows = (b,) if mode == "batch" else ()
        free = {("X" if rows else "x"): normal((*rows, d)), "V": normal((h, d + 1)), "W": normal((k, h + 1))}
        rules = batch(activation) if rows else single(activation)
        counts = {"D": d, "H": h, "K": k, "B": b}
    sample = SampleNetwork(rules, free, activation, counts)
    z = sample.value("Z" if mode == "batch" else "z")
    free["R" if mode == "batch" else "r"] = _targets(rng, z.shape, add_up, z)
    free |= {"u": normal(counts["K"]), "g": normal(counts["K"])}
    return SampleNetwork(rules, free, activation, counts)


def _is_far_from_corners(sample):
    sums = [sample.value(name) for name in sample.rules if name.lower().startswith("y_hat")]
    near = min(float(np.abs(part).min()) for part in sums)
    on, off = any((part > 0).any() for part in sums), any((part < 0).any() for part in sums)
    return (
        near > FAR_FROM_A_CORNER
        and on
        and off
        and min(float(sample.value(n).min()) for n in "zZ" if n in sample.rules) > 1e-3
    )


def samples(mode, sigma=None, *, two_classes=False, add_up=False, bound=False):
    """Return the random networks that an equation is tried on.

    Parameters
    ----------
    mode : str
        "single", "batch" or "layers".
    sigma : str or None
        The one activation, three times; None takes each of `ACTIVATIONS`, twice.
    two_classes : bool
    add_up : bool
        Whether the targets add up to 1; otherwise they do not.
    bound : bool
        For an inequality: three times as many, and one network at the edge, with r = z and all u equal.

    Returns
    -------
    tuple of SampleNetwork
        Sizes all different, units on and off, no sum within 0.05 of a corner.
    """
    activations = (ACTIVATIONS[sigma],) * 3 if sigma else tuple(ACTIVATIONS.values()) * 2
    return _samples(mode, activations * (3 if bound else 1), two_classes, add_up, bound)


@cache
def _samples(mode, activations, two_classes, add_up, bound):
    choices = DEPTHS if mode == "layers" else TWO_CLASSES if two_classes else SIZES
    found = []
    for number, activation in enumerate(activations):
        seed, sample = 1000 * number, None
        while sample is None or not _is_far_from_corners(sample):
            sample = _draw(mode, activation, choices[number % len(choices)], seed, add_up)
            seed += 1
        found.append(sample)
    if bound and mode == "single":
        edge = {"r": sample.value("z"), "u": np.ones(sample.sizes["K"]), "g": np.ones(sample.sizes["K"])}
        found.append(SampleNetwork(sample.rules, sample.given | edge, sample.activation, sample.sizes))
    return tuple(found)
