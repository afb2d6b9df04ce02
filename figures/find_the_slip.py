"""Draw find_the_slip.svg: the thirty lines of the notes on one sheet, with a box beside each."""

from pathlib import Path

from mlp_core.pictures.ground.card import blank_card, finished
from mlp_core.pictures.ground.marks import PRIME, line, rounded_box, symbol, words
from mlp_core.pictures.ground.style import CARD, GREY, GUIDE, INK, LABEL, house_style

TOP, LOW, TALL = 0.6, 0.31, 0.42  # inches: where the first row is, and how high rows are
COLUMNS, LAST_ON_THE_LEFT = (0.32, 3.86), 17
NUMBER, FORMULA, SIZE = 0.46, 0.56, 10.2  # inches from the left of a column; points
SMALL = LABEL

# The lines as the notes have them; S9 is words, S15 is struck out, and S23 is a list of three.
LINES = (
    (r"z = \mathrm{softmax}(\hat{z})", LOW),
    (
        r"z_l = \dfrac{e^{\hat{z}_l}}{{\sum}_l\, e^{\hat{z}_l}}"
        r" = e^{\hat{z}_l}\,({\sum}_l\, e^{\hat{z}_l})^{-1}",
        TALL,
    ),
    (
        r"\dfrac{\partial z_i}{\partial \hat{z}_j} = -({\sum}_l\, e^{\hat{z}_l})^{-2}"
        r" \cdot e^{\hat{z}_j} e^{\hat{z}_i} + \delta_{ij}\, e^{\hat{z}_i} ({\sum}_l\, e^{\hat{z}_l})^{-1}",
        TALL,
    ),
    (r"= -z_i z_j + \delta_{ij} z_i", LOW),
    (r"E = {\sum}_l\, r_l\, \log z_l", LOW),
    (r"-\dfrac{\partial E}{\partial z_i} = \dfrac{r_i}{z_i}", TALL),
    (
        r"\dfrac{\partial E}{\partial \hat{z}_j} = {\sum}_l\, \dfrac{\partial E}{\partial z_l}\,"
        r"\dfrac{\partial z_l}{\partial \hat{z}_j}"
        r" = {\sum}_l\, \dfrac{r_l}{z_l}\,(\delta_{lj} z_l - z_l z_j)",
        TALL,
    ),
    (r"= {\sum}_l\, r_l\, (\delta_{lj} - z_j) = {\sum}_l\, r_l\, \delta_{lj} - z_j {\sum}_l\, r_l", LOW),
    (None, LOW),
    (r"= r_j - z_j", LOW),
    (r"\hat{z}_i = w_{i0} + w_{i1} y_1 + w_{i2} y_2 + \dots + w_{iN} y_N", LOW),
    (r"= \mathbf{w}_i \cdot (1,\ \mathbf{y})^T", LOW),
    (r"\dfrac{\partial \hat{z}_k}{\partial w_{ij}} = \delta_{ik}\, \delta_{ij}", TALL),
    (r"\dfrac{\partial \hat{z}_i}{\partial y_j} = w_{ij}", TALL),
    (r"\dfrac{\partial \hat{z}_i}{\partial w_{ij}} = y_j\, \delta_{ik}\ \,/\,\ y_0 = 1", TALL),
    (
        r"-\dfrac{\partial E}{\partial y_j} = {\sum}_l\, \dfrac{\partial E}{\partial \hat{z}_l}\,"
        r"\dfrac{\partial \hat{z}_l}{\partial y_j}",
        TALL,
    ),
    (r"= {\sum}_l\, (r_l - z_l)\, w_{lj}", LOW),
    (
        r"-\dfrac{\partial E}{\partial w_{ij}} = {\sum}_l\, \dfrac{\partial E}{\partial \hat{z}_l}\,"
        r"\dfrac{\partial \hat{z}_l}{\partial w_{ij}}",
        TALL,
    ),
    (r"= {\sum}_l\, (r_l - z_l) \cdot y_j\, \delta_{il}", LOW),
    (r"= (r_i - z_i) \cdot y_j", LOW),
    (r"-\nabla_{\mathbf{y}} E = (\mathbf{r} - \mathbf{z})^T\, \mathbf{W}", LOW),
    (r"-\nabla_{\mathbf{W}} E = (\mathbf{r} - \mathbf{z}) \cdot [\mathbf{1},\ \mathbf{y}^T]", LOW),
    (None, 1.95),
    (
        r"\dfrac{\partial y_i}{\partial y_x} = SIGMA'(\hat{y}_i)\, \delta_{ij} = SIGMA'(y_i)\, \delta_{ij}",
        TALL,
    ),
    (r"\hat{y}_i = v_{i0} + v_{i1} x_1 + v_{i2} x_2 + \dots + v_{im} x_m", LOW),
    (
        r"\dfrac{\partial y_i}{\partial v_{ij}} = \dfrac{\partial y_i}{\partial \hat{y}_i} \cdot "
        r"\dfrac{\partial \hat{y}_i}{\partial v_{ij}} = SIGMA'(\hat{y}_i) \cdot x_j",
        TALL,
    ),
    (
        r"= \dfrac{\partial E}{\partial v_{ij}} = \dfrac{\partial E}{\partial y_i}\,"
        r"\dfrac{\partial \hat{y}_i}{\partial v_{ij}} =",
        TALL,
    ),
    (r"= [\,{\sum}_l\, (r_l - z_l)\, w_{li}\,] \cdot SIGMA'(\hat{y}_i) \cdot x_j", LOW),
    (r"= [\nabla_y E]_i \cdot SIGMA'(\hat{y}_i) \cdot x_j", LOW),
    (r"= \nabla E = (\nabla_y E) \otimes SIGMA'(y) \cdot [1,\ X^T]", LOW),
)
SIGMAS = (
    (r"\dfrac{1}{1 + e^{-x}}", "sigmoid", r"\sigma\,(1 - \sigma)"),
    (r"\dfrac{e^{x} - e^{-x}}{e^{x} + e^{-x}} = \dfrac{1 - e^{-2x}}{1 + e^{-2x}}", "tanh", r"1 - \sigma^2"),
    (r"\max(x, 0)", "ReLU", r"1\ \mathrm{if}\ x > 0,\ \ 0\ \mathrm{if}\ x < 0"),
)
HEIGHT = TOP + 6.3


@house_style()
def page():
    """Return the picture."""
    card = blank_card(HEIGHT, "Thirteen of these are right. Mark them.")
    below = TOP
    for number, (formula, high) in enumerate(LINES, start=1):
        column = COLUMNS[number > LAST_ON_THE_LEFT]
        below = TOP if number == LAST_ON_THE_LEFT + 1 else below
        row(card, number, formula, column, HEIGHT - below - high / 2)
        below += high
    description = (
        "Thirty numbered lines of notes, each with an empty box: from S1, z = softmax(z hat), over "
        "S5, E = sum of r log z, to S30, nabla E. The same lines stand, as text, in chapters/notes."
    )
    return finished(card, description)


def row(card, number, formula, left, y):
    """Draw one line with its box and its number."""
    look = {"facecolor": CARD, "edgecolor": GREY, "linewidth": GUIDE}
    rounded_box(card, left, y - 0.07, 0.14, 0.14, 0.02, gid=f"box-{number}", **look)
    words(card, left + NUMBER, y, f"S{number}", ha="right", size=SMALL)
    if number == 9:
        words(card, left + FORMULA, y, "selects one term", size=SIZE - 1, color=INK, style="italic")
    elif number == 23:
        activations(card, left + FORMULA, y)
    else:
        drawn = symbol(card, left + FORMULA, y, formula.replace("SIGMA'", PRIME), ha="left", size=SIZE)
        if number == 15:
            struck_out(card, drawn, y)


def struck_out(card, drawn, y):
    """Draw a stroke through a line."""
    box = drawn.get_window_extent(card.figure.canvas.get_renderer())
    (left, _), (right, _) = card.transData.inverted().transform(box.get_points())
    line(card, [left - 0.03, right + 0.05], [y - 0.03, y + 0.02], color=INK, linewidth=1.2)


def activations(card, left, y):
    """Draw S23: three functions under one brace, and their slopes under another."""
    for name, middle, at, pitch, place in (
        (r"\sigma(x) =", y + 0.4, 0.72, 0.37, 0),
        (rf"{PRIME} =", y - 0.52, 0.55, 0.27, 2),
    ):
        symbol(card, left, middle, name, ha="left", size=SIZE)
        brace(card, left + at - 0.1, middle, 1.4 * pitch)
        for k, of in enumerate(SIGMAS):
            level = middle + pitch * (1 - k)
            drawn = symbol(card, left + at, level, of[place], ha="left", size=SIZE)
            if place == 0:
                beside(card, drawn, level, of[1])


def beside(card, drawn, y, text):
    """Write a word to the right of what is drawn."""
    box = drawn.get_window_extent(card.figure.canvas.get_renderer())
    right = card.transData.inverted().transform(box.get_points())[1][0]
    words(card, right + 0.12, y, text, color=INK, size=SMALL)


def brace(card, x, y, high):
    """Draw a brace that opens to the right."""
    w = 0.05
    ups = [high, high - 0.06, 0.06, 0, -0.06, -high + 0.06, -high]
    line(card, [x + w, x, x, x - w, x, x, x + w], [y + up for up in ups], color=INK, linewidth=1.0)


if __name__ == "__main__":
    page().save(Path(__file__).with_suffix(".svg"))
