"""Pictures that answer when touched, one for each result; `import mlp_core` never imports them."""

from .activation_explorer import ActivationExplorer
from .digit_pad import DigitPad
from .nudge import NudgeExplorer
from .output_layer_explorer import OutputLayerExplorer
from .playground import Playground
from .softmax_explorer import SoftmaxExplorer
from .stepper import BackpropStepper

__all__ = [
    "ActivationExplorer",
    "BackpropStepper",
    "DigitPad",
    "NudgeExplorer",
    "OutputLayerExplorer",
    "Playground",
    "SoftmaxExplorer",
]
