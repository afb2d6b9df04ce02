"""The step that learning repeats (chapters 00 and 02)."""

from numbers import Real

import numpy as np

from . import border


def gradient_step(weights, velocity, negative_gradient, learning_rate, momentum=0.0):
    """Return the weights one step downhill, and the velocity that took them there.

    velocity becomes momentum * velocity + negative_gradient; weights become weights + learning_rate *
    velocity. The update is a plus because the book's gradients are negative ones.

    Parameters
    ----------
    weights, negative_gradient : tuple of arrays
        Alike in shapes and dtype.
    velocity : tuple of arrays, or None
        What the previous step returned; None starts at zero.
    learning_rate, momentum : float
        The learning rate in units of weight squared per nat.

    Returns
    -------
    (weights, velocity) : two tuples of arrays, shapes and dtype of the weights

    Raises
    ------
    ValueError
        The tuples differ in length, an array in shape or dtype; a rate is not one number.
    """
    weights, negative_gradient = _like(weights, "negative_gradient", negative_gradient)
    learning_rate, momentum = _plain("learning_rate", learning_rate), _plain("momentum", momentum)
    if velocity is None:
        velocity = negative_gradient
    else:
        velocity = _like(weights, "velocity", velocity)[1]
        velocity = tuple(momentum * u + g for u, g in zip(velocity, negative_gradient, strict=True))
    weights = tuple(w + learning_rate * u for w, u in zip(weights, velocity, strict=True))
    return weights, velocity


def _like(weights, name, other):
    for label, value in (("weights", weights), (name, other)):
        if not isinstance(value, (tuple, list)):
            raise ValueError(f"{label}: got a {type(value).__name__}; expected a tuple of arrays")
    if len(other) != len(weights):
        raise ValueError(
            f"{name}: got {len(other)} arrays; expected {len(weights)}, one for each weight matrix"
        )
    pairs = []
    for k, (w, o) in enumerate(zip(weights, other, strict=True)):
        pair = border.real_arrays(**{f"weights[{k}]": w, f"{name}[{k}]": o})
        w, o = pair.values()
        if w.shape != o.shape:
            raise ValueError(
                f"{name}[{k}]: got shape {tuple(o.shape)}; expected {tuple(w.shape)}, as in weights[{k}]"
            )
        pairs.append((w, o))
    return tuple(w for w, _ in pairs), tuple(o for _, o in pairs)


def _plain(name, number):
    # A NumPy float64 would turn a float32 network into a float64 one; a traced number stays as it is.
    shape = getattr(number, "shape", () if isinstance(number, Real) else None)
    if shape != ():
        came = f"a {type(number).__name__}" if shape is None else f"shape {tuple(shape)}"
        raise ValueError(f"{name}: got {came}; expected one number")
    return float(number) if isinstance(number, (Real, np.ndarray)) else number
