"""The mathematics of "Backpropagation, line by line", as functions.

Every public formula is the bare one of `mlp_core.formulas`, which the chapters show, behind checks that turn
lists into arrays. They raise ValueError, naming the argument, what came and what was expected, where an array
is empty or holds no real numbers, where shapes do not fit each other and the docstring, and where arrays
differ in dtype or library. They look at no value. What else a function refuses, its docstring says.

All this costs NumPy alone. Beside it, imported only by name, are `mlp_core.pictures`, `mlp_core.explorers`
and `mlp_core.equations`; `pip install "mlp-core[book]"` brings what they need.

The examples in the docstrings take these names, NumPy's np, and the worked network: V, W, X and R of
`mlp_core.worked_examples`.
"""

from .checks import checked as _checked
from .checks import checked_backward as _checked_backward
from .checks import checked_forward as _checked_forward
from .data import digits, moved_digits, one_hot
from .formulas import layers as _layers
from .formulas import loss as _loss
from .formulas import probabilities as _probabilities
from .formulas import weighted_sums as _weighted_sums
from .formulas.activations import ACTIVATIONS, RELU, SIGMOID, TANH, Activation
from .formulas.layers import Forward
from .measured import GradientReport, check_gradient, numerical_gradient
from .network import MLP
from .toys import toy
from .training import TrainingResult, gradient_step, train, training_steps

softmax = _checked(_probabilities.softmax, z_hat="... K")
log_softmax = _checked(_probabilities.log_softmax, z_hat="... K")
softmax_jacobian = _checked(_probabilities.softmax_jacobian, z_hat="... K")

cross_entropy = _checked(_loss.cross_entropy, r="[B] K", z_hat="[B] K")
output_delta = _checked(_loss.output_delta, r="[B] K", z_hat="[B] K")

prepend_one = _checked(_weighted_sums.prepend_one, y="... H")
affine = _checked(_weighted_sums.affine, W="K H+1", y="... H")
affine_weight_gradient = _checked(_weighted_sums.affine_weight_gradient, delta="[B] K", y="[B] H")
affine_input_gradient = _checked(_weighted_sums.affine_input_gradient, delta="... K", W="K H+1")

forward = _checked_forward(_layers.forward)
negative_gradient = _checked_backward(_layers.negative_gradient)
input_negative_gradient = _checked_backward(_layers.input_negative_gradient)

__all__ = [
    "ACTIVATIONS",
    "MLP",
    "RELU",
    "SIGMOID",
    "TANH",
    "Activation",
    "Forward",
    "GradientReport",
    "TrainingResult",
    "affine",
    "affine_input_gradient",
    "affine_weight_gradient",
    "check_gradient",
    "cross_entropy",
    "digits",
    "forward",
    "gradient_step",
    "input_negative_gradient",
    "log_softmax",
    "moved_digits",
    "negative_gradient",
    "numerical_gradient",
    "one_hot",
    "output_delta",
    "prepend_one",
    "softmax",
    "softmax_jacobian",
    "toy",
    "train",
    "training_steps",
]
