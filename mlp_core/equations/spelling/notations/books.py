"""The letters of three textbooks, of a network with one hidden layer and a softmax."""

from .table import Meaning, Table

D2L = Table(
    "d2l",
    'A. Zhang, Z. Lipton, M. Li, A. Smola, "Dive into Deep Learning", chapters 4 and 5',
    {
        ("x", False, ""): Meaning("x"),
        ("z", False, ""): Meaning("y_hat"),
        ("h", False, ""): Meaning("y"),
        ("o", False, ""): Meaning("z_hat"),
        ("y", True, ""): Meaning("z"),
        ("y", False, ""): Meaning("r"),
        ("l", False, ""): Meaning("E"),
        ("J", False, ""): Meaning("E"),
        ("L", False, ""): Meaning("E"),
        ("\\ell", False, ""): Meaning("E"),
        ("W", False, "1"): Meaning("V", "weights"),
        ("W", False, "2"): Meaning("W", "weights"),
        ("w", False, "1"): Meaning("V", "weights"),
        ("w", False, "2"): Meaning("W", "weights"),
        ("b", False, "1"): Meaning("V", "bias"),
        ("b", False, "2"): Meaning("W", "bias"),
    },
    functions={"\\phi": "sigma"},
)
GOODFELLOW = Table(
    "goodfellow",
    'I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", chapter 6',
    {
        ("x", False, ""): Meaning("x"),
        ("a", False, "1"): Meaning("y_hat"),
        ("h", False, ""): Meaning("y"),
        ("h", False, "1"): Meaning("y"),
        ("z", False, ""): Meaning("z_hat"),
        ("a", False, "2"): Meaning("z_hat"),
        ("y", True, ""): Meaning("z"),
        ("q", False, ""): Meaning("z"),
        ("y", False, ""): Meaning("r"),
        ("p", False, ""): Meaning("r"),
        ("J", False, ""): Meaning("E"),
        ("L", False, ""): Meaning("E"),
        ("W", False, ""): Meaning("W", "weights", turned=True),
        ("b", False, ""): Meaning("W", "bias"),
        ("W", False, "1"): Meaning("V", "weights"),
        ("W", False, "2"): Meaning("W", "weights"),
        ("b", False, "1"): Meaning("V", "bias"),
        ("b", False, "2"): Meaning("W", "bias"),
    },
    functions={"g": "sigma", "f": "sigma"},
)
