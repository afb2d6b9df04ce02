"""The step that learning repeats (chapters 00, 03 and 06)."""

from .types import Arrays


def gradient_step(
    weights: Arrays,
    velocity: Arrays | None,
    negative_gradient: Arrays,
    learning_rate: float,
    momentum: float = 0.0,
) -> tuple[Arrays, Arrays]:
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
        The learning rate in units of weight squared per nat, finite (below 0 it leads uphill); the momentum
        in [0, 1).

    Returns
    -------
    (weights, velocity) : two tuples of arrays, shapes and dtype of the weights

    Raises
    ------
    ValueError
        (Public form) the tuples do not fit each other; a rate is out of its range, if it is not traced.

    Examples
    --------
    >>> weights, velocity = gradient_step(([[1, 2]],), None, ([[10, -20]],), learning_rate=0.1)
    >>> weights
    (array([[2., 0.]]),)
    """
    if velocity is None:
        velocity = negative_gradient
    else:
        velocity = tuple(momentum * u + g for u, g in zip(velocity, negative_gradient, strict=True))
    weights = tuple(w + learning_rate * u for w, u in zip(weights, velocity, strict=True))
    return weights, velocity
