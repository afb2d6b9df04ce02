"""Pictures that answer when touched, one for each result; `import mlp_core` never imports them.

Each is a folder with its numbers, its picture and its controls, and one line here. `guess` asks in words,
`score` counts what was guessed first, and `holds_or_slips` asks about the book's own lines.
"""
# ruff: noqa: F401 - what is imported is the public list

from ..libraries import needed_by

with needed_by("mlp_core.explorers"):
    import anywidget

from .activations.explorer import ActivationExplorer
from .digit_pad.explorer import DigitPad
from .nudge.explorer import NudgeExplorer
from .output_layer.explorer import OutputLayerExplorer
from .playground.explorer import Playground
from .probabilities.explorer import SoftmaxExplorer
from .questions import guess
from .scores import score
from .slip_game.explorer import holds_or_slips
from .stepper.explorer import BackpropStepper

EXPLORERS = sorted(name for name, thing in globals().items() if isinstance(thing, type))
__all__ = [*EXPLORERS, "guess", "holds_or_slips", "score"]
