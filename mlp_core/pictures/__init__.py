"""The book's static pictures: the public list. Each function takes arrays and returns a `Picture`.

What an argument may be stands above each function and is checked before anything is drawn: a ValueError names
it, what came and what was expected. `message` is the line at the top of the card; `look`, which all of them
take, is the sentence below it that says what to look at. A `Picture` shows itself in a notebook with its
alternative text, and saves itself as PNG or SVG.
`import mlp_core` never imports this module.
"""

from ..libraries import needed_by

with needed_by("mlp_core.pictures"):
    import matplotlib  # noqa: F401

from .accuracy import accuracy_over_width
from .activations import activation_curves, bell_and_parabola, slope_curves
from .chains import chain_of_units
from .depth import depth_curves
from .fingerprints import slip_fingerprints
from .forward_and_back import network_backwards, network_with_numbers
from .gradient_check import gradient_check_v
from .ground.card import Picture
from .handwriting import digit_and_probabilities, digit_gallery
from .hidden_layer import column_gate_outer, rows_and_columns
from .learned_weights import units_beside_their_start, weight_pictures
from .losses import overshoot
from .output_layer import (
    batch_of_outer_products,
    columns_backwards,
    logit_blocks,
    pulls_and_outer_product,
    routes_to_loss,
)
from .plane import straight_and_bent
from .probabilities import jacobian_terms, probabilities_before_after, two_class_sigmoid
from .sliding_digit import answers_as_it_slides
from .surfaces import loss_surface
from .training_runs import loss_curves, training_curves
from .verdicts import accuracy_beside_check
from .wishes import several_wishes, shared_endings

__all__ = [
    "Picture",
    "accuracy_beside_check",
    "accuracy_over_width",
    "activation_curves",
    "answers_as_it_slides",
    "batch_of_outer_products",
    "bell_and_parabola",
    "chain_of_units",
    "column_gate_outer",
    "columns_backwards",
    "depth_curves",
    "digit_and_probabilities",
    "digit_gallery",
    "gradient_check_v",
    "jacobian_terms",
    "logit_blocks",
    "loss_curves",
    "loss_surface",
    "network_backwards",
    "network_with_numbers",
    "overshoot",
    "probabilities_before_after",
    "pulls_and_outer_product",
    "routes_to_loss",
    "rows_and_columns",
    "several_wishes",
    "shared_endings",
    "slip_fingerprints",
    "slope_curves",
    "straight_and_bent",
    "training_curves",
    "two_class_sigmoid",
    "units_beside_their_start",
    "weight_pictures",
]
