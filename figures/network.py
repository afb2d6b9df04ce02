"""Draw network.svg: the 2-3-2 network with every symbol at its place."""

from pathlib import Path

from mlp_core.pictures.ground import networks
from mlp_core.pictures.ground.card import blank_card, finished
from mlp_core.pictures.ground.marks import line, run, symbol, words
from mlp_core.pictures.ground.style import INK, PULL_UP, SIGNAL, house_style


@house_style()
def network():
    """Return the picture."""
    message = "A weight joins the signal at its tail to the pull at its head"
    card = blank_card(4.2, message)
    places = networks.geometry((2, 3, 2))
    networks.network_of_symbols(card, places, spoken_of=(1, 2))
    networks.names_of_the_parts(card)
    words(card, 4.55, 2.43, "pull", color=PULL_UP, ha="center")
    words(card, 3.0, 1.96, "signal", color=SIGNAL, ha="center")
    symbol(card, 3.5, 2.62, "w_{12}")
    run(card, 4.22, 0.75, (r"$-\partial E/\partial w_{12}\ =$", INK))
    run(card, 5.42, 0.75, ("$(r_1 - z_1)$", PULL_UP))
    run(card, 6.21, 0.75, ("$y_2$", SIGNAL))
    line(card, [5.41, 6.11], [0.62, 0.62], color=PULL_UP, linewidth=1.4)
    line(card, [6.2, 6.38], [0.62, 0.62], color=SIGNAL, linewidth=1.4)
    words(card, 5.76, 0.48, "pull", color=PULL_UP, ha="center")
    words(card, 6.29, 0.48, "signal", color=SIGNAL, ha="center")
    description = (
        "Network drawing, 2-3-2: inputs x, hidden units y hat and y, outputs z hat and z, targets r, then E. "
        "V and W are the edges; a bias node says 1. The pull on w one two is r 1 minus z 1, times y 2."
    )
    return finished(card, description)


if __name__ == "__main__":
    network().save(Path(__file__).with_suffix(".svg"))
