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
    x1: np.ndarray, r: np.ndarray, V: np.ndarray, W: np.ndarray, activation: Callable, h: float, letter: str
) -> np.ndarray:
    """Return the pull on V or W as the fall of E, divided by h, when one weight after another gains h."""

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

    return fall(V, lambda moved: error(moved, W)) if letter == "V" else fall(W, lambda moved: error(V, moved))


def pulls_at(
    x1: np.ndarray, r: np.ndarray, V: np.ndarray, W: np.ndarray, activation: Callable
) -> tuple[np.ndarray, np.ndarray]:
    """Return the right pulls on V and W, at these weights."""
    y_hat = x1 @ V.T
    y1 = np.c_[np.ones(len(x1)), activation(y_hat)]
    z_hat = y1 @ W.T
    e = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
    delta = (r - e / e.sum(axis=1, keepdims=True)) / len(x1)
    q = (delta @ W[:, 1:]) * activation.derivative(y_hat)
    return q.T @ x1, delta.T @ y1


def halved(count: int) -> np.ndarray:
    """Return, in a column, each example's share if halves of halves count alike, the smaller half first."""
    if count < 2:
        return np.ones((count, 1))
    return np.r_[halved(count // 2), halved(count - count // 2)] / 2


def of_parts(count: int, size: int) -> np.ndarray:
    """Return, in a column, each example's share if parts of this size, and what is left over, count alike."""
    part = np.arange(count) // size
    return (1 / np.bincount(part)[part] / (part[-1] + 1))[:, None]


class _Columns:
    """What `np.c_` does with arrays of one or two dimensions, in a tenth of the time."""

    def __getitem__(self, parts):
        plain = isinstance(parts, tuple) and all(isinstance(part, np.ndarray) for part in parts)
        if not plain or any(part.ndim not in (1, 2) for part in parts):
            return np.c_[parts]
        return np.concatenate([part[:, None] if part.ndim == 1 else part for part in parts], axis=1)


LINE_HELPERS = {
    "columns": _Columns(),
    "halved": halved,
    "of_parts": of_parts,
    "pulls_at": pulls_at,
    "by_nudges": by_nudges,
    "in_turn": in_turn,
    "cut_one_by_one": cut_one_by_one,
}
