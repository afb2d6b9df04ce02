"""Draw computation_graph.svg: what is computed from what, and the pulls on their way back."""

from pathlib import Path

from mlp_core.pictures.ground import networks
from mlp_core.pictures.ground.card import blank_card, finished
from mlp_core.pictures.ground.marks import line, pull_arrow, rounded_box, symbol, words
from mlp_core.pictures.ground.style import GREY, INK, OUTLINE, PULL_UP, SIGNAL, SLATE, house_style

LEVEL, BACK, RESULT = 2.55, 1.62, 0.72  # heights of the three rows, in inches
PITCH, FIRST = 1.14, 0.72
NODES = (r"\mathbf{x}", r"\hat{\mathbf{y}}", r"\mathbf{y}", r"\hat{\mathbf{z}}", r"\mathbf{z}")
Y_HAT, Y, Z_HAT, Z, LOSS = (FIRST + PITCH * k for k in range(1, 6))


@house_style()
def computation_graph():
    """Return the picture."""
    message = "Signals run forward; the pulls come back by the same road"
    card = blank_card(4.3, message)
    _forward(card)
    _given(card)
    _backward(card)
    _results(card)
    description = (
        "Graph. Forward, x and V give y hat, sigma gives y, with W z hat, softmax gives z, with the target r "
        "the loss E. Beneath, the pulls run from E back to y hat, where they are called q; pull times signal "
        "gives those on W and V."
    )
    return finished(card, description)


def _forward(card):
    """Draw the row of signals, left to right."""
    for k, name in enumerate(NODES):
        x = FIRST + PITCH * k
        disc = networks.hatted_disc if "hat" in name else networks.disc
        disc(card, (x, LEVEL), f"${name}$")
        reach = networks.SQUARE / 2 if k == 4 else networks.DISC
        start, end = x + networks.DISC + 0.03, x + PITCH - reach - 0.03
        pull_arrow(card, (start, LEVEL), (end, LEVEL), SIGNAL, gid=f"forward-{k}", width=1.6)
    networks.loss_square(card, (LOSS, LEVEL), "$E$")
    symbol(card, (Y_HAT + Y) / 2, LEVEL + 0.18, r"\sigma", color=SIGNAL)
    words(card, (Z_HAT + Z) / 2, LEVEL + 0.17, "softmax", color=SIGNAL, ha="center")


def _given(card):
    """Draw what enters from outside: the weights and the target."""
    for x, name in ((Y_HAT, r"\mathbf{V}"), (Z_HAT, r"\mathbf{W}")):
        rounded_box(card, x - 0.19, LEVEL + 0.62, 0.38, 0.36, edgecolor=INK, linewidth=OUTLINE)
        symbol(card, x, LEVEL + 0.8, name, zorder=4)
        pull_arrow(card, (x, LEVEL + 0.6), (x, LEVEL + networks.DISC + 0.03), GREY, width=1.4)
    networks.disc(card, (LOSS, LEVEL + 0.8), r"$\mathbf{r}$", networks.TARGET, tinted=False)
    pull_arrow(card, (LOSS, LEVEL + 0.59), (LOSS, LEVEL + 0.24), GREY, width=1.4)
    words(card, Y_HAT + 0.28, LEVEL + 0.8, "weights")
    words(card, Z_HAT + 0.28, LEVEL + 0.8, "weights")
    words(card, LOSS - 0.28, LEVEL + 0.8, "target", ha="right")


def _backward(card):
    """Draw the row of pulls, right to left, each under the signal it belongs to."""
    pulls = (
        (Z, r"\mathbf{z}", ""),
        (Z_HAT, r"\hat{\mathbf{z}}", "Jacobian"),
        (Y, r"\mathbf{y}", "columns of W"),
        (Y_HAT, r"\hat{\mathbf{y}}", "the gates"),
    )
    for k, (x, name, factor) in enumerate(pulls):
        _pull_on(card, x, BACK, name)
        start = LOSS if k == 0 else x + PITCH - 0.42
        if factor:
            words(card, (start + x + 0.42) / 2, BACK + 0.2, factor, ha="center")
        line(card, [x, x], [BACK + 0.24, LEVEL - networks.DISC - 0.05], linestyle=":")
        pull_arrow(card, (start, BACK), (x + 0.42, BACK), PULL_UP, gid=f"back-{k}", width=1.6)
    symbol(card, Y_HAT - 0.45, BACK, r"\mathbf{q}\ =", color=PULL_UP, ha="right")  # a letter of its own
    line(card, [LOSS, LOSS], [BACK, LEVEL - 0.24], color=PULL_UP, linewidth=1.6)
    words(card, FIRST - 0.2, LEVEL - 0.32, "given", color=SLATE)


def _results(card):
    """Draw what the pulls are for: those on the weights, each a pull times a signal."""
    for x, weights, signal in ((Y_HAT, "V", "x"), (Z_HAT, "W", "y")):
        pull_arrow(card, (x, BACK - 0.26), (x, RESULT + 0.26), PULL_UP, width=1.6)
        words(card, x + 0.12, (BACK + RESULT) / 2, "times")
        symbol(card, x + 0.62, (BACK + RESULT) / 2, rf"[1, \mathbf{{{signal}}}^T]", color=SIGNAL, ha="left")
        _pull_on(card, x, RESULT, rf"\mathbf{{{weights}}}")


def _pull_on(card, x, y, name):
    """Write "pull on" and the name of what is pulled, centered at x."""
    words(card, x + 0.08, y, "pull on", color=PULL_UP, ha="right")
    symbol(card, x + 0.15, y, name, color=PULL_UP, ha="left")


if __name__ == "__main__":
    computation_graph().save(Path(__file__).with_suffix(".svg"))
