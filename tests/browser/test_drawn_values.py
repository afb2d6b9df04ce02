"""What the PNG on the page shows, read from its pixels, is what `mlp_core` computes: 2 pixels, 2 grey levels.

Each explorer is first moved by keys. Where a number stands on the card is asked of a twin in this process.
"""

import numpy as np
import pytest
from keyboard_moves import elements, operate, picture_arrives, state_arrives, twin_of
from reading import bar_end, levels, middle, near, unlike

import mlp_core
from mlp_core import explorers
from mlp_core import worked_examples as examples
from mlp_core.explorers.digit_pad import picture as pad_picture
from mlp_core.explorers.output_layer import picture as output_layer_picture
from mlp_core.explorers.probabilities import picture as softmax_picture
from mlp_core.pictures.ground.style import (
    CARD,
    CELLS,
    CLASSES,
    INK,
    LINES,
    PAPER_TO_INK,
    PICTURES,
    PULL_UP,
    SIGNAL,
    symmetric,
)
from mlp_core.toys import REACH

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("quiet_console")]

NAMES = explorers.EXPLORERS
CELLS_OF = {name: place for place, name in enumerate(NAMES, start=1)}


@pytest.fixture
def moved(live):
    """A function that moves some controls by keys; it returns the picture on the page, and the twin."""

    def move(name, *labels):
        shown, twin = live.explorer(CELLS_OF[name]), twin_of(name)
        live.ask(f"{name.lower()}.reset()")
        at = shown.enter()
        while at is not None:
            if at["label"] in labels:
                assert operate(shown.page.keyboard, twin, *elements(twin.box)[at["place"]])
                assert state_arrives(live, name.lower(), twin)
            at = shown.next()
        assert twin.state != twin.start
        assert picture_arrives(shown, twin)
        return shown.png(), twin

    return move


def test_nudge_draws_E_at_the_weight_and_along_it(moved):
    picture, twin = moved("NudgeExplorer", "weight", "its value")
    layer, i, j = {"w": 1, "v": 0}[twin.state.weight[0]], *(int(k) for k in twin.state.weight[2:])
    weights = [np.array(examples.V), np.array(examples.W)]

    def E(at):
        weights[layer][i - 1, j] = at
        mlp = mlp_core.MLP(tuple(weights), "sigmoid")
        return float(mlp.loss(np.array(examples.X), np.array(examples.R)))

    at = twin.state.at
    place = twin.live.pixel_of(twin.picture.axes, at, E(at))
    assert near(middle(picture, place, CARD), place)
    clear = [t for t in np.linspace(-2.8, 2.8, 15) if abs(t - at) > 1.3]
    for t in clear:
        column, row = twin.live.pixel_of(twin.picture.axes, t, E(t))
        dark = [r for r in range(row - 8, row + 9) if unlike(picture, (column, r), INK) < 60]
        assert abs(np.mean(dark) - row) <= 2
    assert len(clear) >= 6


def test_softmax_draws_probabilities_and_the_jacobian(moved):
    picture, twin = moved("SoftmaxExplorer", "logit 1", "logit 2", "temperature", "shift all")
    state, board = twin.state, twin.picture.boards[twin.state.classes]
    cooled = (np.array(state.z_hat[: state.classes]) + state.shift) / state.temperature
    p, jacobian = mlp_core.softmax(cooled), mlp_core.softmax_jacobian(cooled) / state.temperature
    for k, share in enumerate(p):
        level = board.cells.center(k, 0)[1]
        begin = twin.live.pixel_of(twin.live.canvas, softmax_picture.ZERO + 0.02, level)
        end, _ = twin.live.pixel_of(
            twin.live.canvas, softmax_picture.ZERO + softmax_picture.LONGEST * share, level
        )
        assert abs(bar_end(picture, begin, SIGNAL) - end) <= 2
    scale = symmetric(softmax_picture.LIMIT / state.temperature)
    for i, j in np.ndindex(jacobian.shape):
        assert unlike(picture, in_cell(twin, board.cells, i, j), CELLS(scale(jacobian[i, j]))) <= 2
    assert len(set(np.round(jacobian.ravel(), 3))) >= 5


def in_cell(twin, cells, i, j):
    """The pixel in a cell's upper left, where no number stands."""
    x, y = cells.corner(i, j)
    return twin.live.pixel_of(twin.live.canvas, x + 0.1 * cells.size[0], y + 0.85 * cells.size[1])


def test_the_output_layer_draws_z_the_outer_product_and_E(moved):
    picture, twin = moved("OutputLayerExplorer", "logit 1", "logit 3", "signals y", "Step")
    state, drawn, canvas = twin.state, twin.picture, twin.live.canvas
    y, W, r = (np.array(part) for part in (state.y, state.W, state.share))
    z_hat = mlp_core.affine(W, y)
    z = mlp_core.softmax(z_hat)
    pull = np.outer(r - z, [1, *y])
    limit = max(1.0, *y)
    for k in range(len(z)):
        level = drawn.cells.center(k, 0)[1] + 0.115
        zero, unit = output_layer_picture.ZERO, output_layer_picture.BESIDE_A_TABLE.unit
        begin = twin.live.pixel_of(canvas, zero + 0.03, level)
        end, _ = twin.live.pixel_of(canvas, zero + unit * z[k], level)
        if r[k] == 0:  # a target's outline would stand in the way
            assert abs(bar_end(picture, begin, SIGNAL) - end) <= 2
        for j in range(pull.shape[1]):
            assert unlike(picture, in_cell(twin, drawn.cells, k, j), CELLS(symmetric(limit)(pull[k, j]))) <= 2
    at = z_hat[state.logit - 1]
    place = twin.live.pixel_of(drawn.axes, at, mlp_core.cross_entropy(r, z_hat))
    assert near(middle(picture, place, CARD), place)


def test_activations_are_drawn_where_sigma_its_slope_and_every_layer_s_pull_are(moved):
    picture, twin = moved("ActivationExplorer", "ŷ", "scale")
    sigma, y_hat = mlp_core.ACTIVATIONS[twin.state.activation], np.array(twin.state.y_hat)
    y, slope = float(sigma(y_hat)), float(sigma.derivative(y_hat))
    for axes, at, height, color in (
        (twin.unit.sigma, float(y_hat), y, SIGNAL),
        (twin.unit.bell, float(y_hat), slope, PULL_UP),
        (twin.unit.form, y, slope, PULL_UP),
    ):
        place = twin.live.pixel_of(axes, at, height)
        assert unlike(picture, place, color) <= 2
    axes, sizes = twin.layers.curves["pulls"].axes, twin.values()["pulls"]
    for layer in range(2, twin.state.layers, 3):
        place = twin.live.pixel_of(axes, layer, sizes[layer - 1])
        assert unlike(picture, place, PULL_UP) <= 2
        assert unlike(picture, (place[0], place[1] + 14), PULL_UP) > 40
        assert unlike(picture, (place[0], place[1] - 14), PULL_UP) > 40


def test_the_stepper_colors_every_edge_by_its_weight_s_pull(moved):
    picture, twin = moved("BackpropStepper", "Last")
    state, board = twin.state, twin.picture.networks[twin.state.network]
    mlp = mlp_core.MLP((np.array(state.V), np.array(state.W)), state.activation)
    pulls = mlp.negative_gradient(mlp.forward(np.array(state.x)), np.array(state.r))
    scale = symmetric(max(np.abs(pull).max() for pull in pulls))
    seen = 0
    for segments, weights, pull in zip(board.segments, mlp.weights, pulls, strict=True):
        for i, j in np.ndindex(pull.shape):
            if weights[i, j] > 0:  # the others are dashed
                tail, head = segments[i, j]
                seen += any(
                    unlike(picture, twin.live.pixel_of(twin.live.canvas, *place), LINES(scale(pull[i, j])))
                    <= 2
                    for place in (tail + t * (head - tail) for t in np.linspace(0.3, 0.7, 21))
                )
    assert seen == sum(int((weights > 0).sum()) for weights in mlp.weights)


def test_the_pad_draws_the_sheet_the_probabilities_and_the_slopes(moved):
    picture, twin = moved("DigitPad", "Hard one", "lies", "beside it")
    x, mlp, half, drawn = twin.values()["x"], twin.network, twin.picture.here, twin.picture.map
    record = mlp.forward(x)
    assert record.z.max() < 0.97  # several bars, and all end inside of the target's outline
    bars_are_as_long_as(picture, twin, half, record.z)
    slopes = slopes_of_logit(mlp, x, int(record.z.argmax()))
    scale = symmetric(drawn.limit)
    side = pad_picture.SHEET
    dashed = 0
    for row, column in np.ndindex(side, side):
        ink = twin.live.pixel_of(half.sheet, column + 0.3, row + 0.3)
        assert unlike(picture, ink, PAPER_TO_INK(x[row * side + column])) <= 2
        slope = twin.live.pixel_of(drawn.axes, column + 0.32, row + 0.25)
        dashed += unlike(picture, slope, PICTURES(scale(slopes[row * side + column]))) > 2
    # The outline of the ink and the ring around the largest cover some of the places looked at.
    assert dashed <= 0.1 * side**2


def test_the_pad_draws_a_clear_digit_beside_a_pick(moved):
    picture, twin = moved("DigitPad", "pick")
    half, values = twin.picture.clear, twin.values()
    x = np.pad(mlp_core.digits(seed=0).test.x[values["clear"]].reshape(8, 8), 2)
    bars_are_as_long_as(picture, twin, half, twin.network.forward(x.ravel()).z)
    for row, column in np.ndindex(x.shape):
        ink = twin.live.pixel_of(half.sheet, column + 0.3, row + 0.3)
        assert unlike(picture, ink, PAPER_TO_INK(x[row, column])) <= 2


def bars_are_as_long_as(picture, twin, half, z):
    """Compare ten bars of the pad with probabilities."""
    for k, share in enumerate(z):
        level, zero = pad_picture.level_of(k), half.zero
        begin = twin.live.pixel_of(twin.live.canvas, zero + 0.04, level)
        end, _ = twin.live.pixel_of(twin.live.canvas, zero + pad_picture.SCALE * share, level)
        assert abs(bar_end(picture, begin, SIGNAL) - max(begin[0], end)) <= 2


def slopes_of_logit(mlp, x, k):
    """Return the derivative of one logit by every input, measured."""
    h = 1e-6
    return np.array(
        [
            (mlp.forward(x + h * unit).z_hat[k] - mlp.forward(x - h * unit).z_hat[k]) / (2 * h)
            for unit in np.eye(len(x))
        ]
    )


def test_the_playground_colors_the_plane_by_what_its_network_answers(moved):
    picture, twin = moved("Playground", "points", "Step")
    mlp, drawn = twin.state.mlp, twin.picture
    assert twin.state.step == 1
    K = mlp.weights[-1].shape[0]
    colors = np.array([levels(color) for _, _, color in CLASSES[:K]])
    places = np.random.default_rng(5).uniform(-0.95 * REACH, 0.95 * REACH, (200, 2))
    z = mlp.forward(places).z
    sure = (z.max(axis=1, keepdims=True) - 1 / K) / (1 - 1 / K)
    wanted = levels(CARD) + sure * (z @ colors - levels(CARD))
    columns, rows = np.transpose([twin.live.pixel_of(drawn.field, *place) for place in places])
    alike = np.abs(picture[rows, columns, :3] - wanted).max(axis=1) <= 2
    assert np.ptp(wanted, axis=0).max() > 20
    assert alike.mean() >= 0.6  # points, lines and arrows cover the others
