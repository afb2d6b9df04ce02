"""The number that a polynomial is on one network: the translation is measured by it, and never trusted."""

import math
from itertools import product

import numpy as np

from ...formulas.activations import ACTIVATIONS
from .terms import free_indices, size_of

OF_NUMBERS = {"exp": math.exp, "log": math.log, "1/": lambda number: 1 / number}


def number_on(poly, sample, assigned, mode="single"):
    """Return a polynomial's number on a network.

    Parameters
    ----------
    poly : dict
    sample : SampleNetwork
    assigned : dict
        The free letters of the polynomial to numbers, {"i": 2}; "t" to its value; "layer" in layers.
    mode : str
        "single", "batch" or "layers".
    """
    total = 0.0
    for term, coefficient in poly.items():
        ranges = [range(1, _size(size_of(bound), sample, assigned) + 1) for bound in term.bounds]
        for chosen in product(*ranges):
            here = assigned | dict(zip(term.bounds, chosen, strict=True))
            if all(_place(a, sample, here) == _place(b, sample, here) for a, b in term.deltas):
                factors = (_of_atom(one, sample, here, mode) ** power for one, power in term.factors)
                total += float(coefficient) * math.prod(factors)
    return total


def _size(size, sample, assigned):
    if size.startswith("N_"):
        return sample.sizes["N"][assigned["layer"] - (size == "N_{k-1}")]
    return sample.sizes[size]


def _place(index, sample, assigned):
    if index in assigned:
        return assigned[index]
    name, _, size = index.partition(":")
    return int(name) if not size else _size(size, sample, assigned) if name == size else assigned[name]


def _of_atom(one, sample, assigned, mode):
    name, indices, inside = one
    if name == "size":
        return _size(indices[0], sample, assigned)
    if name == "t":
        return assigned["t"]
    if name.startswith("max"):
        size = name.partition(":")[2]
        letter = max((i for i in free_indices(one) if i.startswith("*")), default="")  # the outermost one
        numbers = range(1, _size(size, sample, assigned) + 1)
        return max(number_on(dict(inside[0]), sample, assigned | {letter: n}, mode) for n in numbers)
    if inside:
        return _of_function(name, number_on(dict(inside[0]), sample, assigned, mode), sample)
    return _of_letter(name, [_place(index, sample, assigned) for index in indices], sample, assigned, mode)


def _of_function(name, number, sample):
    if name in OF_NUMBERS:
        return OF_NUMBERS[name](number)
    known = {activation.label: activation for activation in ACTIVATIONS.values()}
    activation = sample.activation if name.startswith("sigma") else known[name.removesuffix("'")]
    function = activation.derivative if name.endswith("'") else activation
    return float(function(np.asarray(number)))


def _of_letter(name, numbers, sample, assigned, mode):
    if name == "s":
        logits = sample.value("Z_hat" if mode == "batch" else "z_hat")
        return float(np.exp(logits[numbers[0] - 1] if numbers else logits).sum())
    is_matrix = name[0] in "VW"
    name, _, layer = name.partition("^")
    if layer:
        name += str(assigned["layer"] - (layer == "k-1"))
    elif mode == "batch" and not is_matrix:
        name = name[0].upper() + name[1:]
    array = sample.value(name)
    if not is_matrix:
        return float(array[tuple(n - 1 for n in numbers)])
    return float(array[numbers[0] - 1, numbers[1]])
