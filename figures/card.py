"""Draw card.svg: back-propagation in four lines, each with what it implies, to print."""

from pathlib import Path

from mlp_core.pictures.ground.card import blank_card, finished
from mlp_core.pictures.ground.marks import hairline, symbol, value, words
from mlp_core.pictures.ground.style import INK, NUMBER, PULL_UP, SIGNAL, house_style

SUM_J = r"\hat{y}_j = {\sum}_m\,v_{jm}\,x_m\qquad y_j = \sigma(\hat{y}_j)"
SUM_I = r"\hat{z}_i = {\sum}_j\,w_{ij}\,y_j\qquad \mathbf{z} = \mathrm{softmax}(\hat{\mathbf{z}})"
ROWS = (
    ("forward", SIGNAL, (SUM_J, SUM_I), "Keep every number: the way back needs them."),
    ("the pull at the output", PULL_UP, (r"r_i - z_i",), "Sure and right: nothing left to learn."),
    (
        "down the columns, through the gate",
        PULL_UP,
        (r"q_j = \sigma^{\,\prime}(\hat{y}_j)\,{\sum}_l\,w_{lj}\,(r_l - z_l)",),
        "A large weight is a loud wish. A shut gate is silence.",
    ),
    (
        "pull times signal",
        PULL_UP,
        (r"q_j\,x_m\ \mathrm{on}\ v_{jm}\qquad (r_i - z_i)\,y_j\ \mathrm{on}\ w_{ij}",),
        "A silent signal teaches nothing.",
    ),
)
TALL = (1.22, 0.86, 0.86, 0.86)  # inches: of each row


@house_style()
def card_of_four_lines():
    """Return the picture."""
    card = blank_card(0.72 + sum(TALL) + 0.25, "Back-propagation in four lines")
    top = card.below(0.72)
    for number, ((name, color, lines, implied), tall) in enumerate(zip(ROWS, TALL, strict=True), start=1):
        hairline(card, top)
        value(card, 0.5, top - 0.24, str(number), weight="bold", color=color)
        words(card, 0.75, top - 0.24, name, color=color, size=NUMBER)
        for row, formula in enumerate(lines):
            symbol(card, 0.75, top - 0.6 - 0.37 * row, formula, color=INK, ha="left")
        words(card, card.right, top - 0.6, implied, ha="right", color=INK)
        top -= tall
    description = (
        "Four lines. Forward: weighted sums, the function, softmax; keep every number. The pull at the "
        "output is r minus z. Down the columns of W, through the gate, it becomes q. Pull times signal is "
        "what pulls at each weight."
    )
    return finished(card, description)


if __name__ == "__main__":
    card_of_four_lines().save(Path(__file__).with_suffix(".svg"))
