"""The book's static pictures: the public list. Each function takes arrays and returns a `Picture`.

A `Picture` shows itself in a notebook with its alternative text, and saves itself as PNG or SVG.
`import mlp_core` never imports this module.
"""

from .drawing.card import Picture
from .drawing.digit_pictures import (
    accuracy_bars,
    digit_and_probabilities,
    digit_gallery,
    training_curves,
    weight_pictures,
)
from .drawing.loss_pictures import loss_along_step, loss_along_weight, loss_of_probability, overshoot
from .drawing.network_pictures import activation_curves, network_with_numbers
from .drawing.output_layer_pictures import (
    batch_of_outer_products,
    columns_backwards,
    logit_blocks,
    pulls_and_outer_product,
    routes_to_loss,
)
from .drawing.softmax_pictures import (
    jacobian_map,
    jacobian_terms,
    probabilities_before_after,
    temperatures,
    two_class_sigmoid,
)

__all__ = [
    "Picture",
    "accuracy_bars",
    "activation_curves",
    "batch_of_outer_products",
    "columns_backwards",
    "digit_and_probabilities",
    "digit_gallery",
    "jacobian_map",
    "jacobian_terms",
    "logit_blocks",
    "loss_along_step",
    "loss_along_weight",
    "loss_of_probability",
    "network_with_numbers",
    "overshoot",
    "probabilities_before_after",
    "pulls_and_outer_product",
    "routes_to_loss",
    "temperatures",
    "training_curves",
    "two_class_sigmoid",
    "weight_pictures",
]
