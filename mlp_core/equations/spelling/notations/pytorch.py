"""The names of PyTorch, for one example: words are letters, weight and bias apart, .grad positive."""

from .table import Meaning, Table

WORDS = {
    "input": "x",
    "x": "x",
    "hidden": "y",
    "h": "y",
    "preactivation": "y_hat",
    "logits": "z_hat",
    "probs": "z",
    "target": "r",
    "targets": "r",
}
OF_PARTS = {
    "weight": ("W", "weights"),
    "fc2.weight": ("W", "weights"),
    "fc1.weight": ("V", "weights"),
    "bias": ("W", "bias"),
    "fc2.bias": ("W", "bias"),
    "fc1.bias": ("V", "bias"),
}
ROWS = {
    **{(word, False, ""): Meaning(quantity) for word, quantity in WORDS.items()},
    **{(f"{word}.grad", False, ""): Meaning(quantity, "slope") for word, quantity in WORDS.items()},
    **{(word, False, ""): Meaning(*of) for word, of in OF_PARTS.items()},
    **{(f"{word}.grad", False, ""): Meaning(of[0], f"{of[1]} slope") for word, of in OF_PARTS.items()},
    ("loss", False, ""): Meaning("E"),
}
MEAN = (
    "torch divides by the number of examples (reduction='mean') and here is one: leave the 1/N out; "
    "a target is a vector of probabilities"
)
PYTORCH = Table(
    "pytorch", "PyTorch, torch.nn.Linear and CrossEntropyLoss with probabilities as targets", ROWS
)
