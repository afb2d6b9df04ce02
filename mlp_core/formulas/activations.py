"""The functions sigma between a hidden unit's y_hat and its y, with their slopes (chapter 04)."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from .arrays import namespace
from .types import Array


def _sigmoid(t):
    # e is exp(-|t|), which cannot overflow; where() instead of abs() keeps the slope right at t = 0
    # when JAX differentiates this line.
    xp = namespace(t)
    e = xp.exp(xp.where(t >= 0, -t, t))
    return xp.where(t >= 0, xp.ones_like(e), e) / (1 + e)


def _sigmoid_derivative(t):
    # 1 - sigmoid(t) is sigmoid(-t), which keeps the digits that the subtraction would lose.
    return _sigmoid(t) * _sigmoid(-t)


def _sigmoid_derivative_from_output(y):
    return y * (1 - y)


def _tanh(t):
    return namespace(t).tanh(t)


def _tanh_derivative(t):
    return 1 - _tanh(t) ** 2


def _tanh_derivative_from_output(y):
    return 1 - y**2


def _relu(t):
    # maximum(), not where(): five to ten times faster on random signs, and NaN passes through.
    xp = namespace(t)
    return xp.maximum(t, xp.zeros_like(t))


def _relu_derivative(t):
    # 1 above 0, and 0 at 0 by the convention of equation 4.8; NaN stays NaN.
    return namespace(t).sign(_relu(t))


@dataclass(frozen=True)
class Activation:
    """An elementwise function sigma, called on y_hat (equation 0.3), its slope, twice, and its facts.

    Whatever prints, draws, reads or trains with an activation takes what it needs from here, so that a new
    one is one object in `ACTIVATIONS`.

    Parameters
    ----------
    name : str
        The word that `MLP` and `ACTIVATIONS` know it by.
    function : callable
        y = function(y_hat), the same shape and dtype.
    derivative : callable
        sigma'(y_hat), a function of what comes before (equations 4.3, 4.6 and 4.8).
    derivative_from_output : callable or None
        The same slope as a function of y = sigma(y_hat) (equations 4.12 to 4.14): another function, of
        another argument. None where the output does not tell.
    weight_variance : float
        The n * Var(w) that `MLP.initialize` gives a layer of n inputs in front of this function.
    label : str or None
        How it is written in pictures, sentences and equations; the name itself unless given.
    slope_equation : str or None
        The number of the equation that derives sigma'(y_hat).
    output_form : str or None
        sigma' in terms of y, as pictures print it.
    bounds : pair of floats
        Between which values y lies.
    span : float
        How far from 0 on either side the axis of y_hat must reach to show its bend.

    Examples
    --------
    >>> TANH(np.array([0.0, 1.0])).round(4)
    array([0.    , 0.7616])
    >>> cube = Activation("cube", lambda t: t**3, lambda t: 3 * t**2)
    >>> MLP((V, W), cube).forward(X).y[0].tolist()
    [0.125, -1.0, 8.0]
    """

    name: str
    function: Callable[[Array], Array]
    derivative: Callable[[Array], Array]
    derivative_from_output: Callable[[Array], Array] | None = None
    weight_variance: float = 1.0
    label: str | None = None
    slope_equation: str | None = None
    output_form: str | None = None
    bounds: tuple[float, float] = (-math.inf, math.inf)
    span: float = 4.0

    def __post_init__(self):
        if self.label is None:
            object.__setattr__(self, "label", self.name)

    def __call__(self, y_hat: Array) -> Array:
        """Return y = sigma(y_hat), elementwise (equation 0.3)."""
        return self.function(y_hat)


SIGMOID = Activation(
    "sigmoid",
    _sigmoid,
    _sigmoid_derivative,
    _sigmoid_derivative_from_output,
    slope_equation="4.3",
    output_form="y(1 - y)",
    bounds=(0.0, 1.0),
    span=6.0,
)
TANH = Activation(
    "tanh",
    _tanh,
    _tanh_derivative,
    _tanh_derivative_from_output,
    slope_equation="4.6",
    output_form="1 - y^2",
    bounds=(-1.0, 1.0),
)
RELU = Activation(
    "relu",
    _relu,
    _relu_derivative,
    _relu_derivative,
    weight_variance=2.0,
    label="ReLU",
    slope_equation="4.8",
    output_form="[y > 0]",
    bounds=(0.0, math.inf),
)

_KNOWN = {activation.name: activation for activation in (SIGMOID, TANH, RELU)}
ACTIVATIONS = MappingProxyType(_KNOWN)
