"""Forward through any number of layers, and the pulls back through them (chapters 00 and 05)."""

from collections.abc import Callable
from typing import NamedTuple

from .activations import Activation
from .loss import output_delta_from_output
from .probabilities import softmax
from .types import Array, Arrays
from .weighted_sums import affine, affine_input_gradient, affine_weight_gradient


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

    x: Array
    y_hat: Arrays
    y: Arrays
    z_hat: Array
    z: Array


def forward(weights: Arrays, activation: Callable[[Array], Array], x: Array) -> Forward:
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

    Examples
    --------
    >>> record = forward((V, W), SIGMOID, X)  # the worked example of chapter 00
    >>> record.y_hat[0], record.z.round(4)
    (array([ 0.5, -1. ,  2. ]), array([0.8687, 0.1313]))
    """
    *hidden_weights, W = weights
    y_hat, y = [], [x]
    for V in hidden_weights:
        y_hat.append(affine(V, y[-1]))
        y.append(activation(y_hat[-1]))
    z_hat = affine(W, y[-1])
    return Forward(x, tuple(y_hat), tuple(y[1:]), z_hat, softmax(z_hat))


def layer_deltas(weights: Arrays, activation: Activation, record: Forward, r: Array) -> Arrays:
    """Return q = -dE/dy_hat of every hidden layer, then -dE/dz_hat (equation 5.11; notes S16, S24).

    Each is shaped like its y_hat, the last like z_hat; nats per unit of it. The arguments are those of
    `negative_gradient`.
    """
    deltas = [output_delta_from_output(r, record.z)]
    for W, y_hat in zip(weights[:0:-1], record.y_hat[::-1], strict=True):
        deltas.append(affine_input_gradient(deltas[-1], W) * activation.derivative(y_hat))
    return tuple(deltas[::-1])


def negative_gradient(weights: Arrays, activation: Activation, record: Forward, r: Array) -> Arrays:
    """Return -dE/dW of every layer, the direction to step in (equations 5.10 and 5.11; notes S22, S30).

    Parameters
    ----------
    weights : tuple of arrays
        From the first hidden layer to the output; column 0 is the bias.
    activation : Activation
    record : Forward
        What `forward` returned for these weights.
    r : array, shape and dtype of record.z_hat
        Targets, one-hot or soft.

    Returns
    -------
    tuple of arrays, shaped like the weights
        Nats per unit of weight, the mean over a batch.

    Examples
    --------
    >>> record = forward((V, W), SIGMOID, X)
    >>> negative_gradient((V, W), SIGMOID, record, R)[1].round(4)
    array([[-0.8687, -0.5407, -0.2336, -0.7651],
           [ 0.8687,  0.5407,  0.2336,  0.7651]])
    """
    deltas = layer_deltas(weights, activation, record, r)
    signals = (record.x, *record.y)
    return tuple(affine_weight_gradient(delta, y) for delta, y in zip(deltas, signals, strict=True))


def input_negative_gradient(weights: Arrays, activation: Activation, record: Forward, r: Array) -> Array:
    """Return -dE/dx, the pull on the input itself (equation 5.12).

    Parameters
    ----------
    weights, activation, record, r : as of `negative_gradient`

    Returns
    -------
    array, shape of record.x
        Nats per unit of input. In a batch each row holds its share of the mean.

    Examples
    --------
    >>> record = forward((V, W), SIGMOID, X)
    >>> input_negative_gradient((V, W), SIGMOID, record, R).round(4)
    array([-1.0336, -1.5208])
    """
    return affine_input_gradient(layer_deltas(weights, activation, record, r)[0], weights[0])
