"""Draw network_forward.svg: the 2-3-2 network with every symbol at its place, and the way the signals go."""

from pathlib import Path

from mlp_core.pictures.ground import networks
from mlp_core.pictures.ground.card import blank_card, finished
from mlp_core.pictures.ground.style import house_style


@house_style()
def network_forward():
    """Return the picture."""
    message = "Signals run from left to right, each multiplied by a weight"
    card = blank_card(4.2, message)
    networks.network_of_symbols(card, networks.geometry((2, 3, 2)))
    networks.names_of_the_parts(card)
    description = (
        "Network drawing, 2-3-2: inputs x, hidden units y hat and y, outputs z hat and z, joined by softmax, "
        "then targets r, then E. V and W are the edges; a bias node says 1."
    )
    return finished(card, description)


if __name__ == "__main__":
    network_forward().save(Path(__file__).with_suffix(".svg"))
