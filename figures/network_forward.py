"""Draw network_forward.svg: the 2-3-2 network with every symbol at its place, and the way the signals go."""

from pathlib import Path

from mlp_core.pictures.ground import networks
from mlp_core.pictures.ground.card import blank_card, finished
from mlp_core.pictures.ground.marks import symbol, words
from mlp_core.pictures.ground.style import SIGNAL, SLATE, house_style


@house_style()
def network_forward():
    """Return the picture."""
    message = "Signals run from left to right, each multiplied by a weight"
    card = blank_card(4.2, message)
    networks.network_of_symbols(card, networks.geometry((2, 3, 2)))
    for x, y, text, color in (
        (0.82, 3.2, "inputs", SLATE),
        (4.86, 3.24, "softmax", SIGNAL),
        (5.93, 3.2, "targets", SLATE),
    ):
        words(card, x, y, text, color=color, ha="center")
    words(card, 2.63, 3.62, "before", ha="right")
    symbol(card, 2.72, 3.62, r"\sigma", color=SIGNAL)
    words(card, 2.82, 3.62, "after")
    symbol(card, 1.6, 3.2, r"\mathbf{V}")
    symbol(card, 3.79, 3.2, r"\mathbf{W}")
    description = (
        "Network drawing, 2-3-2: inputs x, hidden units y hat and y, outputs z hat and z, joined by softmax, "
        "then targets r, then E. V and W are the edges; a bias node says 1."
    )
    return finished(card, description)


if __name__ == "__main__":
    network_forward().save(Path(__file__).with_suffix(".svg"))
