"""Networks on which a false bound shows itself: at the edge of what its letters may be, and near equality.

Random numbers are seldom there: of targets that add up to 2 and a column of equal numbers none is drawn.
"""

from functools import cache
from itertools import cycle, product

import numpy as np

from .samples import SampleNetwork, samples

BASES = 3  # networks that are brought to the edge, each of other sizes
NEAR, FAR = 0.05, 30.0
T_AT_EDGES = (-20.0, -6.0, -3.0, -1.0, -0.2, -0.05, 0.0, 0.05, 0.2, 0.6, 1.0, 3.0, 6.0, 20.0)
# Biases of the logits, all else being 0: as they are drawn, all classes alike, two alike, one nearly sure.
LOGITS = (None, (), (0.0, 0.0, -8.0), (6.0, 0.0))
TARGETS = ("z", "near z", "first", "last")
TOTALS = (1.0, 0.3, 3.0)  # of the targets, where nothing says that it is 1


@cache
def edges(mode: str, sigma: str | None = None, *, two_classes: bool = False, add_up: bool = False):
    """Return networks that a bound is tried on when it held on random ones.

    Parameters
    ----------
    mode : str
        "single", "batch" or "layers".
    sigma : str or None
        The one activation; None is each of several.
    two_classes : bool
    add_up : bool
        Whether the targets add up to 1; otherwise they may, and are less or more.

    Returns
    -------
    tuple of SampleNetwork
    """
    rng, found = np.random.default_rng(20), []
    bases = samples(mode, sigma, two_classes=two_classes, add_up=add_up)[:BASES]
    columns = cycle(_columns(rng, bases[0].sizes["K"]))
    for base, logits in product(bases, LOGITS):
        sample = _with_logits(base, logits)
        for kind, total in product(TARGETS, TOTALS[:1] if add_up else TOTALS):
            u, g = (column[: base.sizes["K"]] for column in next(columns))
            found.append(
                _changed(sample, {_name(sample, "r"): total * _targets(sample, kind), "u": u, "g": g})
            )
    return tuple(found)


def _columns(rng, most):
    """Return pairs of u and g: equal numbers and nearly so, of either sign, one alone, large ones."""
    most = max(most, 10)
    ones, alone = np.ones(most), np.full(most, 1e-3)
    alone[0] = 1.0
    large = FAR * rng.standard_normal(most)
    close = ones + NEAR * rng.standard_normal(most)
    return [
        (ones, ones),
        (large, large),
        (-ones, ones),
        (close, ones),
        (alone, close),
        (ones / 2, -ones),
        (close, large),
        (-alone, -alone),
        (large, -large / 2),
        (close, close**2),
        (3 * ones, ones / 2),
    ]


def _name(sample, name):
    return name if name in sample.given else name.upper()


def _changed(sample, given):
    return SampleNetwork(sample.rules, sample.given | given, sample.activation, sample.sizes)


def _with_logits(sample, logits):
    """Return a network whose logits are these for every input, the last of them for the classes behind."""
    if logits is None:
        return sample
    last = f"W{len(sample.sizes['N']) - 1}" if "N" in sample.sizes else "W"
    weights = np.zeros_like(sample.given[last])
    for k in range(len(weights)):
        weights[k, 0] = logits[min(k, len(logits) - 1)] if logits else 0.0
    return _changed(sample, {last: weights})


def _targets(sample, kind):
    """Return targets that add up to 1, for each example: z, nearly z, or nearly one class alone."""
    z = sample.value("Z" if "Z" in sample.rules else "z")
    if kind == "z":
        return z
    found = z.copy()
    if kind == "near z":
        step = NEAR * np.minimum(z[..., 0], z[..., 1])
        found[..., 0] += step
        found[..., 1] -= step
        return found
    found[...] = 1e-4 / z.shape[-1]
    found[..., 0 if kind == "first" else -1] += 1 - 1e-4
    return found
