"""Draw chapter_map.svg: the network, read backwards, with the chapter that derives each piece."""

from pathlib import Path

from mlp_core.pictures.ground import networks
from mlp_core.pictures.ground.card import blank_card, finished
from mlp_core.pictures.ground.marks import line, pull_arrow, value, words
from mlp_core.pictures.ground.style import INK, PULL_UP, SIGNAL, SLATE, house_style

# Each chapter with the stretch of the drawing that it derives, in inches from the left.
STRETCHES = (
    ("05", "hidden layer", 1.08, 2.11),
    ("04", "activations", 2.17, 3.27),
    ("02, 03", "output layer", 3.33, 4.25),
    ("01", "softmax", 4.31, 5.41),
    ("00", "E, and nudging", 5.47, 6.72),
)


@house_style()
def chapter_map():
    """Return the picture."""
    message = "Computed left to right, derived right to left"
    card = blank_card(5.1, message)
    places = networks.geometry((2, 3, 2), middle=3.0, pitch=0.86, bias_y=1.62)
    networks.network_of_symbols(card, places)
    pull_arrow(card, (0.36, 4.3), (6.68, 4.3), SIGNAL)
    words(card, 6.68, 4.45, "00 computes it", color=SIGNAL, ha="right")
    for chapter, subject, left, right in STRETCHES:
        line(card, [left, left, right, right], [1.02, 0.95, 0.95, 1.02], color=SLATE, linewidth=1.1)
        value(card, (left + right) / 2, 0.8, chapter, weight="bold", color=INK)
        words(card, (left + right) / 2, 0.62, subject, ha="center")
    pull_arrow(card, (6.68, 0.38), (0.36, 0.38), PULL_UP)
    description = (
        "Network drawing, 2-3-2, with a chapter under each stretch. From the right: 00 the loss E, "
        "01 softmax, 02 the output layer, 03 the activations, 04 the hidden layer, 05 the digits."
    )
    return finished(card, description)


if __name__ == "__main__":
    chapter_map().save(Path(__file__).with_suffix(".svg"))
