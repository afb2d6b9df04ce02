"""One call or more of every public picture: those of chapters 00 to 02 here, the others beside it."""

import numpy as np
from hidden_layer_examples import EXAMPLES as HIDDEN_LAYER_EXAMPLES
from training_picture_examples import EXAMPLES as TRAINING_EXAMPLES

from mlp_core import ACTIVATIONS, MLP, RELU, SIGMOID, pictures, toy
from mlp_core import worked_examples as book

X, R, V, W = (np.array(part) for part in (book.X, book.R, book.V, book.W))
Z, Y, R_B = np.array([0.1, 0.2, 0.7]), np.array(book.Y), np.array([0.0, 1.0, 0.0])
SOFT = np.array([0.2, 0.5, 0.3])
W_B = np.array([[0, 2, 1, -0.5], [np.log(2), -4, -1, 1], [np.log(7), 1, 3, -0.25]])
J = np.diag(Z) - np.outer(Z, Z)
RNG = np.random.default_rng(7)
DIGITS = RNG.random((11, 64))
WIDE_DIGIT, WIDE_WEIGHTS = RNG.random(144), RNG.normal(size=(3, 145))
TEN = np.array([0.02, 0.03, 0.05, 0.6, 0.04, 0.06, 0.05, 0.05, 0.04, 0.06])
ETAS = np.round(np.linspace(-0.1, 1, 111), 2)
BOWL = 2 * np.exp(-3 * ETAS)
OVER = np.linspace(0, 2, 81)
CLIMB = 0.6 + (OVER - 0.6) ** 2 * np.where(OVER < 0.6, 2.7, 0.5)
MARKED = np.array([0.1, 0.5, 1.0, 2.0])
BATCH = [np.outer([-0.1, 0.8, -0.7], [1, *Y]), np.outer([0.9, -0.2, -0.7], [1, 0.25, 0, 1])]
STEPS = np.arange(1, 101)
CURVES = [2.3 / STEPS**0.5, 0.1 + 2.2 / STEPS**0.5], [1 - 0.9 / STEPS, 0.97 - 0.87 / STEPS]
WEIGHTS = RNG.normal(size=(10, 65))
TIMES = np.linspace(-6, 6, 121)
ALONG = np.linspace(-2, 2, 41)
BASIN = 0.2 * ALONG[None, :] ** 2 + 0.8 * ALONG[:, None] ** 2
ZIGZAG = np.array([(1.8 * 0.8**k, 1.2 * (-0.6) ** k) for k in range(9)])
ZIGZAG_LOSSES = 0.2 * ZIGZAG[:, 0] ** 2 + 0.8 * ZIGZAG[:, 1] ** 2
POINTS, THREE = toy("xor", n=40), toy("three clusters", n=30)
LINE = MLP((np.array([[0.1, 1.0, 0.5], [0.0, -1.0, -0.5]]),))
LINES = MLP((np.array([[0.0, 0.0, 1.0], [0.0, -1.0, -1.0], [0.0, 1.0, -1.0]]),))
BENT = MLP(([[-3, 2, 2], [-3, -2, -2.0], [0.5, 0.0, 0.0]], [[3, 3, 3, 0], [-3, -3, -3, 0]]), "tanh")

EXAMPLES = {
    "digit_and_probabilities": lambda: pictures.digit_and_probabilities(DIGITS[0], TEN, 3),
    "digit_and_probabilities, sure": lambda: pictures.digit_and_probabilities(WIDE_DIGIT, np.eye(10)[7], 7),
    "digit_and_probabilities, no label": lambda: pictures.digit_and_probabilities(DIGITS[0], TEN),
    "network_with_numbers": lambda: pictures.network_with_numbers((V, W), SIGMOID, X, R),
    "network_with_numbers, ReLU": lambda: pictures.network_with_numbers((V, W), RELU, X, R),
    "network_with_numbers, 2-4-3": lambda: pictures.network_with_numbers(
        (np.ones((4, 3)), np.ones((3, 5))), SIGMOID, X, [0.2, 0.3, 0.5]
    ),
    "activation_curves": lambda: pictures.activation_curves(ACTIVATIONS.values()),
    "loss_surface": lambda: pictures.loss_surface(
        ALONG, ALONG, BASIN, ZIGZAG, ZIGZAG_LOSSES, ["$w_{11}$", "$v_{11}$"]
    ),
    "loss_surface, two paths": lambda: pictures.loss_surface(
        ALONG, ALONG, BASIN, ZIGZAG, ZIGZAG_LOSSES, ["$w_{11}$", "$v_{11}$"], ZIGZAG[::2], ZIGZAG_LOSSES[::2]
    ),
    "straight_and_bent": lambda: pictures.straight_and_bent(POINTS.x, POINTS.labels, [LINE, BENT]),
    "straight_and_bent, three classes": lambda: pictures.straight_and_bent(
        THREE.x, THREE.labels, [LINES, LINES], ["one", "the same"], "Twice the same"
    ),
    "overshoot": lambda: pictures.overshoot(OVER, CLIMB, MARKED, np.interp(MARKED, OVER, CLIMB)),
    "probabilities_before_after": lambda: pictures.probabilities_before_after(Z, [0.15, 0.18, 0.67], 1),
    "probabilities_before_after, lowered": lambda: pictures.probabilities_before_after(
        Z, [0.15, 0.25, 0.6], 3
    ),
    "jacobian_terms": lambda: pictures.jacobian_terms(Z),
    "two_class_sigmoid": lambda: pictures.two_class_sigmoid(TIMES, 1 / (1 + np.exp(-TIMES))),
    "routes_to_loss": lambda: pictures.routes_to_loss(SOFT, Z, 2),
    "routes_to_loss, one-hot": lambda: pictures.routes_to_loss(R_B, Z, 1),
    "routes_to_loss, r sums to 2": lambda: pictures.routes_to_loss([0, 1, 1], Z, 3),
    "pulls_and_outer_product": lambda: pictures.pulls_and_outer_product(R_B, Z, Y),
    "pulls_and_outer_product, negative y": lambda: pictures.pulls_and_outer_product(
        SOFT, Z, [0.46, -0.76, 0.96]
    ),
    "logit_blocks": lambda: pictures.logit_blocks(Y, 3),
    "columns_backwards": lambda: pictures.columns_backwards(W_B, R_B - Z, 1),
    "columns_backwards, two rows": lambda: pictures.columns_backwards(W, [-0.8687, 0.8687], 3),
    "batch_of_outer_products": lambda: pictures.batch_of_outer_products(BATCH, sum(BATCH) / 2),
    "batch_of_outer_products, three": lambda: pictures.batch_of_outer_products([*BATCH, BATCH[0]], BATCH[0]),
    "training_curves": lambda: pictures.training_curves(STEPS, *CURVES, ["training", "validation"]),
    "training_curves, equal ends": lambda: pictures.training_curves(
        STEPS, [CURVES[0][0]] * 2, [CURVES[1][0]] * 2, ["training", "validation"]
    ),
    "weight_pictures": lambda: pictures.weight_pictures(WEIGHTS),
    "weight_pictures, 12 by 12": lambda: pictures.weight_pictures(WIDE_WEIGHTS, (12, 12), ["a", "b", "c"]),
    "digit_gallery": lambda: pictures.digit_gallery(DIGITS, np.arange(11) % 10),
    "digit_gallery, read": lambda: pictures.digit_gallery(
        DIGITS[:5], [1, 2, 3, 4, 5], [1, 2, 8, 4, 9], [0.9, 0.8, 0.7, 0.61, 0.52], columns=5
    ),
}
EXAMPLES |= HIDDEN_LAYER_EXAMPLES
EXAMPLES |= TRAINING_EXAMPLES
