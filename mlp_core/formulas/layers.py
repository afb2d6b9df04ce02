"""The forward pass through any number of layers (chapter 00)."""

from typing import Any, NamedTuple

from .probabilities import softmax
from .weighted_sums import affine


class Forward(NamedTuple):
    """What a forward pass computed, in the book's letters; no entry holds the constant 1.

    Parameters
    ----------
    x : array, shape (D,) or (B, D)
        The input.
    y_hat, y : tuple of arrays
        One array a hidden layer, before and after the activation; empty where there is no hidden layer.
    z_hat, z : array, shape (K,) or (B, K)
        Logits, and class probabilities.
    """

    x: Any
    y_hat: tuple
    y: tuple
    z_hat: Any
    z: Any


def forward(weights, activation, x):
    """Return every quantity of the forward pass (equations 0.1 to 0.6; notes S1, S11, S25).

    Parameters
    ----------
    weights : tuple of arrays
        From the first hidden layer to the output, (V, W) in the book; column 0 is the bias.
    activation : callable
        The hidden layers' sigma.
    x : array, shape (D,) or (B, D), dtype of the weights

    Returns
    -------
    Forward

    Raises
    ------
    ValueError
        (Public form) the weights do not chain, x does not fit the first of them, or the dtypes differ.
    """
    *hidden_weights, W = weights
    y_hat, y = [], [x]
    for V in hidden_weights:
        y_hat.append(affine(V, y[-1]))
        y.append(activation(y_hat[-1]))
    z_hat = affine(W, y[-1])
    return Forward(x, tuple(y_hat), tuple(y[1:]), z_hat, softmax(z_hat))
