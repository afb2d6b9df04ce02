"""The functions sigma between a hidden unit's y_hat and its y, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from .arrays import namespace


def _sigmoid(t):
    # e is exp(-|t|), which cannot overflow; where() instead of abs() keeps the slope right at t = 0
    # when JAX differentiates this line.
    xp = namespace(t)
    e = xp.exp(xp.where(t >= 0, -t, t))
    return xp.where(t >= 0, xp.ones_like(e), e) / (1 + e)


def _tanh(t):
    return namespace(t).tanh(t)


def _relu(t):
    # "t <= 0 gives 0" rather than "t > 0 gives t": NaN passes through instead of becoming 0.
    xp = namespace(t)
    return xp.where(t <= 0, xp.zeros_like(t), t)


@dataclass(frozen=True)
class Activation:
    """An elementwise function sigma, called on y_hat (equation 0.3).

    Parameters
    ----------
    name : str
        The word that `MLP` and `ACTIVATIONS` know it by.
    function : callable
        y = function(y_hat), the same shape and dtype.
    weight_variance : float
        The n * Var(w) that `MLP.initialize` gives a layer of n inputs in front of this function.
    """

    name: str
    function: Callable
    weight_variance: float = 1.0

    def __call__(self, y_hat):
        """Return y = sigma(y_hat), elementwise (equation 0.3)."""
        return self.function(y_hat)


SIGMOID = Activation("sigmoid", _sigmoid)
TANH = Activation("tanh", _tanh)
RELU = Activation("relu", _relu, weight_variance=2.0)

ACTIVATIONS = MappingProxyType({activation.name: activation for activation in (SIGMOID, TANH, RELU)})
