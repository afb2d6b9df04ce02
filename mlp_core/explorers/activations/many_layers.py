"""The same signal through 1 to 20 layers of 100 units: how large it is in each, and its pull on the way back.

The networks are those of chapter 93, section 1: five of them, so that one lucky draw decides nothing.
"""

from functools import lru_cache

import numpy as np

from ...formulas.activations import Activation
from ...formulas.layers import forward, layer_deltas

UNITS, CLASSES = 100, 10
MOST_LAYERS, NETWORKS = 20, 5
NINE_IN_TEN = (0.05, 0.95)


@lru_cache(maxsize=1)
def drawn_networks() -> tuple:
    """Return (input, weights of scale 1, output weights) of each network; biases 0."""
    drawn = []
    for seed in range(NETWORKS):
        rng = np.random.default_rng(seed)
        x = rng.standard_normal(UNITS)
        hidden = tuple(_with_bias(rng.standard_normal((UNITS, UNITS))) for _ in range(MOST_LAYERS))
        drawn.append((x, hidden, _with_bias(rng.standard_normal((CLASSES, UNITS)))))
    return tuple(drawn)


def _with_bias(w):
    return np.column_stack([np.zeros(len(w)), w / np.sqrt(UNITS)])


def root_mean_square(values: np.ndarray) -> np.ndarray:
    """Return the root of the mean square along the last axis."""
    return np.sqrt(np.mean(np.square(values), axis=-1))


@lru_cache(maxsize=64)
def through_layers(
    sigma: Activation, scale: float, layers: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, tuple[float, float]]:
    """Return the sizes in every layer, each a mean over the five networks.

    Parameters
    ----------
    sigma : Activation
    scale : float
        The deviation of the hidden weights is scale / sqrt(100).
    layers : int, 1 to 20

    Returns
    -------
    signals, gates, pulls : arrays, shape (layers,)
        Root mean squares of y, of sigma' at y_hat, and of -dE/dy_hat (nats per unit of it).
    nine_in_ten : tuple of two numbers
        Between them lie the middle nine tenths of all y_hat.
    """
    target, sizes, sums = np.eye(CLASSES)[0], np.zeros((3, layers)), []
    for x, hidden, W in drawn_networks():
        weights = (*(scale * V for V in hidden[:layers]), W)
        record = forward(weights, sigma, x)
        y_hat = np.stack(record.y_hat)
        pulls = layer_deltas(weights, sigma, record, target)[:-1]
        sizes += [
            root_mean_square(part) for part in (np.stack(record.y), sigma.derivative(y_hat), np.stack(pulls))
        ]
        sums.append(y_hat)
    nine_in_ten = tuple(np.quantile(sums, NINE_IN_TEN).tolist())
    sizes /= NETWORKS
    sizes.setflags(write=False)
    return *sizes, nine_in_ten
