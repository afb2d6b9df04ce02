"""What a slip's line may call where one expression is not enough: loops over the examples of a batch."""

from collections.abc import Callable

import numpy as np


def in_turn(
    x1: np.ndarray, r: np.ndarray, V: np.ndarray, W: np.ndarray, activation: Callable, rate: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean pulls on V and W if the weights take a step after each example."""
    V, W = V.copy(), W.copy()
    dV, dW = np.zeros_like(V), np.zeros_like(W)
    for signals, target in zip(x1, r, strict=True):
        y_hat = V @ signals
        y1 = np.r_[1.0, activation(y_hat)]
        z_hat = W @ y1
        e = np.exp(z_hat - z_hat.max())
        delta = target - e / e.sum()
        q = (delta @ W[:, 1:]) * activation.derivative(y_hat)
        of_V, of_W = np.outer(q, signals), np.outer(delta, y1)
        V, W = V + rate * of_V, W + rate * of_W
        dV, dW = dV + of_V / len(x1), dW + of_W / len(x1)
    return dV, dW


def cut_one_by_one(terms: np.ndarray) -> np.ndarray:
    """Return the sum of the terms in an array of whole numbers, to which each is added and cut."""
    total = np.zeros(terms.shape[1:])
    for term in terms:
        total = np.trunc(total + term)
    return total


def by_nudges(
    x1: np.ndarray, r: np.ndarray, V: np.ndarray, W: np.ndarray, activation: Callable, h: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the pulls on V and W as the fall of E, divided by h, when one weight after another gains h."""

    def error(V, W):
        y1 = np.c_[np.ones(len(x1)), activation(x1 @ V.T)]
        z_hat = y1 @ W.T
        top = z_hat.max(axis=1, keepdims=True)
        return -(r * (z_hat - top - np.log(np.exp(z_hat - top).sum(axis=1, keepdims=True)))).sum() / len(x1)

    at_rest = error(V, W)

    def fall(matrix, error_of):
        fallen = np.zeros_like(matrix)
        for place in np.ndindex(*matrix.shape):
            moved = matrix.copy()
            moved[place] += h
            fallen[place] = (at_rest - error_of(moved)) / h
        return fallen

    return fall(V, lambda moved: error(moved, W)), fall(W, lambda moved: error(V, moved))


LINE_HELPERS = {"by_nudges": by_nudges, "in_turn": in_turn, "cut_one_by_one": cut_one_by_one}
