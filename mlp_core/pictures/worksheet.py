"""A page to be filled in by pencil: the 2-3-2 network forward and back, empty or solved."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..formulas.activations import Activation
from ..formulas.layers import forward, layer_deltas, negative_gradient
from ..formulas.weighted_sums import affine_input_gradient
from .ground import networks
from .ground.arguments import Flag, Numbers, OneActivation, Weights, drawing
from .ground.card import Card, Picture, blank_card, finished
from .ground.marks import PRIME, Cells, hairline, line, plain_matrix, rounded_box, run, symbol, value, words
from .ground.numbers import fixed, number, series
from .ground.style import (
    CARD,
    GREY,
    GUIDE,
    HAIR,
    INK,
    LABEL,
    OUTLINE,
    SIGNAL,
    SIGNAL_TINT,
    SLATE,
    pull_color,
)

HEIGHT = 10.1  # with a width of 7 inches: A4 and letter paper with the margins that browsers leave
SIZES = (2, 3, 2)
HIDDEN, OUTPUT = 1.9, 1.6  # widths of the units, wide enough for a number written by hand
UNIT, BOX = 0.46, 0.34  # heights
LOSS = 0.7
COLUMNS, MIDDLE, PITCH = (0.55, 2.35, 4.8, 6.22, 6.22), 4.6, 1.42

# The steps in their order: what is computed, and the number of its equation.
FORWARD = (
    (r"\hat{y}_j = {\sum}_m\,v_{jm}\,x_m", "0.1"),
    (r"y_j = \sigma(\hat{y}_j)", "0.3"),
    (r"\hat{z}_i = {\sum}_j\,w_{ij}\,y_j", "0.4"),
    (r"z_i = 1\,/\,(1 + \exp(\hat{z}_k - \hat{z}_i))", "1.14"),
    (r"E = -{\sum}_l\,r_l \log z_l", "0.7"),
)
BACK = (
    (r"-\partial E/\partial \hat{z}_i = r_i - z_i", "2.7"),
    (r"-\partial E/\partial w_{ij} = (-\partial E/\partial \hat{z}_i)\,y_j", "3.6"),
    (r"-\partial E/\partial y_j = {\sum}_l\,(-\partial E/\partial \hat{z}_l)\,w_{lj}", "3.11"),
    (rf"{PRIME}(\hat{{y}}_j)", "4.9"),
    (rf"q_j = (-\partial E/\partial y_j)\,{PRIME}(\hat{{y}}_j)", "4.10"),
    (r"-\partial E/\partial v_{jm} = q_j\,x_m", "5.5"),
)
SLOPE = 9  # the step whose equation depends on the activation


@dataclass(frozen=True)
class Sheet:
    """What is drawn on, the number of each step's equation, and the numbers of the boxes if solved."""

    card: Card
    equations: tuple
    answers: dict | None

    def label(self, x, y, step):
        """Write the number of a step and that of its equation."""
        words(self.card, x - 0.04, y, f"{step}", weight="bold", color=INK, ha="right")
        words(self.card, x + 0.02, y, f"({self.equations[step - 1]})")

    def box(self, left, bottom, width, name, i):
        """Draw one box with square corners, empty or with its number."""
        look = {"edgecolor": SLATE, "linewidth": GUIDE, "zorder": 3}
        rounded_box(self.card, left, bottom, width, BOX, 0.02, gid=f"box-{name}-{i + 1}", **look)
        self.answer(left + width / 2, bottom + BOX / 2, name, i)

    def answer(self, x, y, name, index):
        """Write the number of a box, if the page is solved; a pull with its sign and its color."""
        if self.answers is None:
            return
        entry, pull = self.answers[name][index], name.startswith("pull")
        gid = "-".join(["answer", name, *(str(k) for k in np.atleast_1d(index) + 1)])
        look = {"color": pull_color(entry) if pull else INK, "size": LABEL + 0.5, "zorder": 5}
        value(self.card, x, y, number(entry, 4, sign=pull), gid=gid, **look)


def _equations(activation):
    """Return the number of the equation of each step, the first step first."""
    found = [equation for _, equation in FORWARD + BACK]
    found[SLOPE - 1] = activation.slope_equation or found[SLOPE - 1]
    return tuple(found)


@drawing(
    dict(zip("DHK", ((n, n) for n in SIZES), strict=True)),
    weights=Weights(), activation=OneActivation(), x=Numbers("D", -1e3, 1e3), r=Numbers("K", 0, 1),
    solved=Flag(),
)  # fmt: skip
def worksheet(
    weights: tuple[ArrayLike, ArrayLike],
    activation: Activation | str,
    x: ArrayLike,
    r: ArrayLike,
    solved: bool = False,
) -> Picture:
    """Draw the page for one pass forward and back through a 2-3-2 network.

    Parameters
    ----------
    weights : V, shape (3, 3), and W, shape (2, 4).
    activation : an Activation or its name.
    x, r : shapes (2,) and (2,); the target is one-hot.
    solved : whether the boxes hold their numbers or stand empty.

    Raises ValueError for a soft target.
    """
    V, W = weights
    if sorted(r) != [0.0, 1.0]:
        raise ValueError(f"r: got {series(r)}; expected a one-hot target")
    message = "Solved: forward, then back, by pencil" if solved else "By pencil: forward, then back"
    card = blank_card(HEIGHT, message)
    answers = _answers((V, W), activation, x, r)
    _given(card, activation, V, W, x, r, answers)
    sheet = Sheet(card, _equations(activation), answers if solved else None)
    _steps(sheet)
    places = _places()
    for layer, matrix in enumerate((V, W)):
        networks.edges(card, places, layer, matrix)
    _fixed_marks(card, places, x, r)
    _boxes(sheet, places)
    _tables(sheet)
    return finished(card, _described(activation, x, r, answers, solved))


def _answers(weights, activation, x, r):
    """Return every number that belongs into a box, by the letter of its box."""
    passed = forward(weights, activation, x)
    delta_y, delta_z = layer_deltas(weights, activation, passed, r)
    on_V, on_W = negative_gradient(weights, activation, passed, r)
    right = float(passed.z @ r)
    return {
        "y_hat": passed.y_hat[0],
        "y": passed.y[0],
        "z_hat": passed.z_hat,
        "z": passed.z,
        "E": [-np.log(right)],
        "pull-z_hat": delta_z,
        "pull-W": on_W,
        "pull-y": affine_input_gradient(delta_z, weights[1]),
        "slope": activation.derivative(passed.y_hat[0]),
        "pull-y_hat": delta_y,
        "pull-V": on_V,
        "odds": (1 - right) / right,
    }


def _places():
    """Return where every unit stands."""

    def column(x, n):
        return tuple((x, MIDDLE + (n - 1) * PITCH / 2 - i * PITCH) for i in range(n))

    inputs, hidden, outputs, targets, loss = COLUMNS
    bias_y = MIDDLE - PITCH - 0.5
    return networks.Geometry(
        inputs=column(inputs, SIZES[0]),
        hidden=column(hidden, SIZES[1]),
        outputs=column(outputs, SIZES[2]),
        targets=column(targets, SIZES[2]),
        input_bias=(inputs, bias_y),
        hidden_bias=(hidden + HIDDEN / 2 + 0.26, bias_y),
        loss=(loss, MIDDLE),
        widths=(HIDDEN, OUTPUT),
    )


def _given(card, activation, V, W, x, r, answers):
    """Write what is given: inputs, target, weights, and the two numbers that a pencil cannot make."""
    words(card, 4.2, HEIGHT - 0.36, "name")
    line(card, [4.62, card.right], [HEIGHT - 0.43] * 2, color=SLATE, linewidth=HAIR)
    top = HEIGHT - 1.13
    for left, name, matrix in ((0.86, "V", V), (2.98, "W", W)):
        symbol(card, left - 0.3, top, rf"\mathbf{{{name}}} =", color=INK)
        plain_matrix(card, left, top, matrix, pitch=(0.46, 0.26))
    words(card, 1.09, top + 0.52, "bias", ha="center")
    words(card, 3.21, top + 0.38, "bias", ha="center")
    words(card, 2.32, top - 0.55, "four decimals; the last may differ by 2")
    odds = answers["odds"]
    facts = (
        (r"$\sigma$", f"is {activation.label}"),
        (r"$\mathbf{x}$", f"= ({', '.join(number(entry) for entry in x)})"),
        (r"$\mathbf{r}$", f"= ({', '.join(number(entry) for entry in r)})"),
        (f"$e^{{{number(np.log(odds), 4).replace('−', '-')}}}$", f"≈ {number(odds, 4)}"),
        (f"log {number(1 + odds, 4)}", f"≈ {number(np.log1p(odds), 4)}"),
    )
    for k, fact in enumerate(facts):
        run(card, 5.2, top + 0.44 - 0.25 * k, *((piece, INK) for piece in fact))


def _steps(sheet):
    """Write the recipe: the steps with the numbers of their equations."""
    card, top = sheet.card, HEIGHT - 1.95
    hairline(card, top + 0.14)
    for left, right, first, steps in (
        (card.left, 3.22, 1, FORWARD),
        (3.5, card.right, 1 + len(FORWARD), BACK),
    ):
        for k, (formula, _) in enumerate(steps):
            y = top - 0.1 - 0.27 * k
            words(card, left + 0.16, y, f"{first + k}", weight="bold", color=INK, ha="right")
            symbol(card, left + 0.27, y, formula, ha="left")
            words(card, right, y, f"({sheet.equations[first + k - 1]})", ha="right")
    bottom = top - 0.1 - 0.27 * 5
    note = words(card, 0.59, bottom, "k in 4: the other class; q in 10: the pull on")
    symbol(card, 3.27, bottom, r"\hat{y}", ha="left", size=note.get_fontsize(), color=note.get_color())
    hairline(card, bottom - 0.16)


def _fixed_marks(card, places, x, r):
    """Draw what is printed on both versions: inputs, targets, bias nodes, and the heads of the columns."""
    for i, (center, entry) in enumerate(zip(places.inputs, x, strict=True), start=1):
        networks.disc(card, center, number(entry), gid=f"x-{i}")
        symbol(card, center[0], center[1] + 0.36, f"x_{i}", color=SLATE)
    for i, (center, entry) in enumerate(zip(places.targets, r, strict=True), start=1):
        networks.disc(card, center, number(entry), networks.TARGET, tinted=False, gid=f"r-{i}")
        symbol(card, center[0] + 0.34, center[1], f"r_{i}", color=SLATE)
        line(card, [places.outputs[i - 1][0] + OUTPUT / 2, center[0]], [center[1]] * 2, linewidth=1.0)
        line(card, [center[0], places.loss[0]], [center[1], places.loss[1]], linewidth=1.0)
    networks.bias_node(card, places.input_bias, "x")
    networks.bias_node(card, places.hidden_bias, "y")


def _boxes(sheet, places):
    """Draw the units, the boxes of the pulls below them, softmax as one bar, and E."""
    card = sheet.card
    for letter, centers, width, steps in (
        ("y", places.hidden, HIDDEN, (1, 2)),
        ("z", places.outputs, OUTPUT, (3, 4)),
    ):
        for i, (x, y) in enumerate(centers, start=1):
            _unit(sheet, (x, y), width, letter, i)
            names = (rf"\hat{{{letter}}}_{i}", f"{letter}_{i}")
            for side, step, name in zip((-1, 1), steps, names, strict=True):
                middle = x + side * width / 4
                symbol(card, middle - 0.27, y + UNIT / 2 + 0.17, name, color=SLATE)
                sheet.label(middle + 0.03, y + UNIT / 2 + 0.14, step)
    for i, (x, y) in enumerate(places.hidden):
        _pull_row(sheet, x, y - UNIT / 2 - 0.07 - BOX, i)
    for i, (x, y) in enumerate(places.outputs):
        left, bottom = x - OUTPUT / 2, y - UNIT / 2 - 0.07 - BOX
        sheet.box(left, bottom, OUTPUT / 2 - 0.06, "pull-z_hat", i)
        sheet.label(left + 0.29, bottom - 0.13, 6)
    bar = (places.outputs[0][0] - 0.03, places.outputs[1][1] - UNIT / 2 - 0.1)
    height = places.outputs[0][1] - places.outputs[1][1] + UNIT + 0.2
    rounded_box(card, *bar, 0.06, height, 0.03, facecolor=SIGNAL, edgecolor="none", zorder=4)
    x, y = places.loss
    box = (x - LOSS / 2, y - LOSS / 3, LOSS, LOSS / 1.5)
    rounded_box(card, *box, 0.06, edgecolor=INK, linewidth=1.3, zorder=3, gid="box-E-1")
    symbol(card, x - 0.17, y + LOSS / 3 + 0.17, "E", color=SLATE)
    sheet.label(x + 0.18, y + LOSS / 3 + 0.15, 5)
    sheet.answer(x, y, "E", 0)


def _unit(sheet, place, width, letter, i):
    """Draw a unit whose two halves are boxes: before the function, and after it."""
    card, (x, y), radius = sheet.card, place, UNIT / 2 - 0.001
    box = (x - width / 2, y - UNIT / 2, width, UNIT)
    rounded_box(card, *box, radius, facecolor=CARD, edgecolor="none", zorder=3)
    tint = rounded_box(card, *box, radius, facecolor=SIGNAL_TINT, edgecolor="none", zorder=3)
    clip = rounded_box(card, x, y - UNIT, width, 2 * UNIT, 0.001, facecolor="none", edgecolor="none")
    tint.set_clip_path(clip)
    outline = {"facecolor": "none", "edgecolor": SIGNAL, "linewidth": OUTLINE, "zorder": 3}
    rounded_box(card, *box, radius, gid=f"box-{letter}-{i}", **outline)
    line(card, [x, x], [y - UNIT / 2, y + UNIT / 2], color=SIGNAL, linewidth=OUTLINE, zorder=3)
    for side, name in ((-1, f"{letter}_hat"), (1, letter)):
        sheet.answer(x + side * width / 4, y, name, i - 1)


def _pull_row(sheet, x, bottom, i):
    """Draw, under a hidden unit, its pull before the bend = its pull after it, times the slope."""
    wide, narrow, gap = 0.64, 0.34, 0.14
    left = x - HIDDEN / 2
    for name, step, start, width in (
        ("pull-y_hat", 10, left, wide),
        ("slope", 9, left + wide + gap, narrow),
        ("pull-y", 8, left + wide + narrow + 2 * gap, wide),
    ):
        sheet.box(start, bottom, width, name, i)
        sheet.label(start + width / 2 - 0.11, bottom - 0.13, step)
    value(sheet.card, left + wide + gap / 2, bottom + BOX / 2, "=", color=SLATE)
    value(sheet.card, left + wide + narrow + 1.5 * gap, bottom + BOX / 2, "×", color=SLATE)


def _tables(sheet):
    """Draw the pulls on the weights: a pull for each row, a signal for each column."""
    card, top = sheet.card, 1.47
    words(card, 0.98, 0.52, "What does each column add up to?")
    hairline(card, top + 0.66)
    logits = [f"r_{i} - z_{i}" for i in (1, 2)]
    units = [f"q_{j}" for j in (1, 2, 3)]
    for name, left, step, rows, columns in (
        ("W", 0.98, 7, logits, ("1", "y_1", "y_2", "y_3")),
        ("V", 4.68, 11, units, ("1", "x_1", "x_2")),
    ):
        sheet.label(left + 0.16, top + 0.42, step)
        words(card, left + 0.64, top + 0.42, "pull on", color=INK)
        symbol(card, left + 1.26, top + 0.43, rf"\mathbf{{{name}}}")
        cells = Cells(left, top, (len(rows), len(columns)), (0.64, 0.36), gap=0.05)
        for i, row in enumerate(rows):
            symbol(card, left - 0.08, cells.center(i, 0)[1], row, ha="right")
        for j, column in enumerate(columns):
            symbol(card, cells.center(0, j)[0], top + 0.16, column)
        for i, j in np.ndindex(*cells.shape):
            look = {"edgecolor": GREY, "linewidth": GUIDE, "facecolor": CARD}
            gid = f"box-pull-{name}-{i + 1}-{j + 1}"
            rounded_box(card, *cells.corner(i, j), *cells.size, 0.02, gid=gid, **look)
            sheet.answer(*cells.center(i, j), f"pull-{name}", (i, j))


def _described(activation, x, r, answers, solved):
    """Return what the page shows, in words."""
    asked = f"Page with the 2-3-2 network, {activation.label}, inputs {series(x)}, target {series(r)}, "
    if not solved:
        return asked + (
            "V and W printed, a recipe of 11 steps with equation numbers, and empty boxes for every "
            "signal, E, every pull and slope, and the pulls on W and V."
        )
    pulls = answers["pull-V"]
    largest = pulls.flat[np.abs(pulls).argmax()]
    return asked + (
        f"every box filled: probabilities {series(answers['z'], 4)}, E {fixed(answers['E'][0], 4)}, pulls on "
        f"the logits {series(answers['pull-z_hat'], 4, True)}, largest pull on V {number(largest, 4, True)}."
    )
