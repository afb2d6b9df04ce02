"""The playground: its numbers against plain NumPy, its marks against its numbers, its task against others."""

import asyncio
import io
import math
import threading
import time
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from refusals import assert_refused

from mlp_core import MLP, toy
from mlp_core.explorers import Playground
from mlp_core.explorers.ground.fields import changed
from mlp_core.explorers.ground.turns import TURN
from mlp_core.explorers.playground import numbers as playground_numbers
from mlp_core.explorers.playground.frame_loop import FrameLoop
from mlp_core.explorers.playground.numbers import (
    FRAME,
    POINTS,
    Learner,
    PlaygroundState,
    numbers_of,
    unit_lines,
)
from mlp_core.explorers.playground.picture import LONGEST_ARROW, boundaries, doubled, region_colors
from mlp_core.formulas import activations
from mlp_core.formulas.activations import Activation

# Slow tests of an explorer count in the coverage too.
slow = [pytest.mark.slow, pytest.mark.explorer]


def slowly(*values):
    """Return values of a parametrized test, of whose values others are tried by `make test`."""
    return pytest.param(*values, marks=slow)


NAMES = ("moons", "spirals", "rings", "xor", "three clusters")
SIGMA = {"sigmoid": lambda t: 1 / (1 + np.exp(-t)), "tanh": np.tanh, "relu": lambda t: np.maximum(t, 0)}
SLOPE = {
    "sigmoid": lambda t: SIGMA["sigmoid"](t) * (1 - SIGMA["sigmoid"](t)),
    "tanh": lambda t: 1 - np.tanh(t) ** 2,
    "relu": lambda t: (t > 0) * 1.0,
}


@pytest.fixture(scope="module")
def made():
    """Two playgrounds: making one takes longer than most tests."""
    made = Playground(), Playground()
    for explorer in made:
        explorer.live.set_ratio(1)  # a quarter of the pixels
    return made


def at_its_start(explorer):
    explorer.reset()
    explorer.controls["guess"].value = None
    return explorer


@pytest.fixture
def playground(made):
    return at_its_start(made[0])


@pytest.fixture
def another(made):
    return at_its_start(made[1])


@pytest.fixture
def undrawn(playground, monkeypatch):
    """A playground that draws nothing, where numbers alone are asked for."""
    monkeypatch.setattr(playground.live, "show", lambda: None)
    return playground


# ---------------------------------------------------------------- plain NumPy, written out


def with_one(y):
    return np.hstack([np.ones((len(y), 1)), y])


def plain_forward(weights, activation, x):
    """Return z_hat, z, and the hidden layers' y_hat."""
    y_hats, y = [], x
    for V in weights[:-1]:
        y_hats.append(with_one(y) @ V.T)
        y = SIGMA[activation](y_hats[-1])
    z_hat = with_one(y) @ weights[-1].T
    e = np.exp(z_hat - z_hat.max(axis=1, keepdims=True))
    return z_hat, e / e.sum(axis=1, keepdims=True), y_hats


def plain_pulls(weights, activation, x, r):
    """Return -dE/dW of every matrix, by the chain rule, last layer first."""
    _, z, y_hats = plain_forward(weights, activation, x)
    signals = [x, *(SIGMA[activation](t) for t in y_hats)]
    delta, pulls = (r - z) / len(x), []
    for k in range(len(weights) - 1, -1, -1):
        pulls.insert(0, delta.T @ with_one(signals[k]))
        if k:
            delta = delta @ weights[k][:, 1:] * SLOPE[activation](y_hats[k - 1])
    return pulls


def plain_training(weights, activation, x, r, steps, rate, batch, momentum, seed):
    """Return the weights after so many steps: batches dealt anew each epoch, velocity from 0."""
    rng, order, velocity = np.random.default_rng(seed), np.array([], int), [0.0] * len(weights)
    for _ in range(steps):
        if not len(order):
            order = rng.permutation(len(x))
        rows, order = order[:batch], order[batch:]
        pulls = plain_pulls(weights, activation, x[rows], r[rows])
        velocity = [momentum * u + g for u, g in zip(velocity, pulls, strict=True)]
        weights = [w + rate * u for w, u in zip(weights, velocity, strict=True)]
    return weights


def random_states(n, seed):
    rng = np.random.default_rng(seed)
    for _ in range(n):
        yield PlaygroundState(
            data=NAMES[rng.integers(5)],
            depth=int(rng.integers(0, 4)),
            width=int(rng.integers(1, 17)),
            activation=list(SIGMA)[rng.integers(3)],
            seed=int(rng.integers(10)),
            learning_rate=float(rng.uniform(0.01, 0.2)),
            batch_size=int(rng.choice([1, 4, 16, 64, 200])),
            momentum=float(rng.uniform(0, 0.9)),
        )


def settings_of(state):
    names = ("data", "depth", "width", "activation", "seed", "learning_rate", "batch_size", "momentum")
    return {name: getattr(state, name) for name in names}


def set_by_controls(explorer, state):
    for name, value in settings_of(state).items():
        explorer.controls[name].value = value


@pytest.mark.parametrize(
    "state", list(random_states(8, seed=0)), ids=lambda s: f"{s.data}-{s.depth}-{s.activation}"
)
def test_values_are_those_of_plain_numpy_before_and_after_steps(state, undrawn):
    explorer, points = undrawn, toy(state.data, POINTS)
    set_by_controls(explorer, state)
    first = explorer.values()["weights"]
    assert [w.shape for w in first] == [
        (out, n + 1)
        for n, out in zip(
            [2] + [state.width] * state.depth,
            [state.width] * state.depth + [points.r.shape[1]],
            strict=True,
        )
    ]
    weights = first
    for steps in (0, 13):
        if steps:
            explorer.advance(steps)
            of_run = (state.learning_rate, state.batch_size, state.momentum, 0)
            weights = plain_training(first, state.activation, points.x, points.r, steps, *of_run)
        values = explorer.values()
        for ours, theirs in zip(values["weights"], weights, strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)
        z_hat, z, _ = plain_forward(weights, state.activation, points.x)
        assert values["step"] == steps
        assert values["E"] == pytest.approx(-np.log((z * points.r).sum(axis=1)).mean(), rel=1e-9)
        assert values["accuracy"] == np.mean(z_hat.argmax(axis=1) == points.labels)
        pulls = plain_pulls(weights, state.activation, points.x, points.r)
        if state.depth:
            np.testing.assert_allclose(values["pull"], pulls[0], rtol=1e-7, atol=1e-12)
            assert np.array_equal(values["V"], values["weights"][0])
        else:
            assert values["pull"] is values["V"] is None
        assert np.array_equal(values["W"], values["weights"][-1])
        for row, column in ((0, 0), (0, 59), (59, 0), (17, 42)):
            place = np.array([[-3 + 6 * column / 59, -3 + 6 * row / 59]])
            z_hat, z, _ = plain_forward(weights, state.activation, place)
            np.testing.assert_allclose(values["z_hat"][row, column], z_hat[0], rtol=1e-9, atol=1e-12)
            np.testing.assert_allclose(values["z"][row, column], z[0], rtol=1e-9, atol=1e-12)


def test_an_activation_added_to_the_table_is_offered_and_learns(monkeypatch):
    softplus = Activation("softplus", lambda t: np.log1p(np.exp(t)), lambda t: 1 / (1 + np.exp(-t)))
    monkeypatch.setitem(activations._KNOWN, softplus.name, softplus)
    monkeypatch.setitem(SIGMA, softplus.name, lambda t: np.log(1 + np.exp(t)))
    monkeypatch.setitem(SLOPE, softplus.name, lambda t: 1 / (1 + np.exp(-t)))
    explorer, points = Playground(), toy("xor", POINTS)
    explorer.controls["activation"].value = softplus.name
    first = explorer.values()["weights"]
    explorer.advance(13)
    state = explorer.state
    of_run = (state.learning_rate, state.batch_size, state.momentum, 0)
    expected = plain_training(first, softplus.name, points.x, points.r, 13, *of_run)
    for ours, theirs in zip(explorer.values()["weights"], expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)
    assert "4 softplus units" in repr(explorer)


def test_a_new_rate_batch_or_momentum_acts_at_once_and_keeps_what_is_learned(undrawn):
    explorer, points = undrawn, toy("moons", POINTS)
    explorer.set(data="moons")
    explorer.advance(20)
    weights, learned = explorer.values()["weights"], explorer.state.mlp
    explorer.controls["learning_rate"].value = 0.2
    explorer.controls["batch_size"].value = 4
    explorer.controls["momentum"].value = 0.5
    assert explorer.state.mlp is learned
    assert explorer.values()["step"] == 20
    explorer.advance(7)
    expected = plain_training(weights, "tanh", points.x, points.r, 7, 0.2, 4, 0.5, seed=20)
    for ours, theirs in zip(explorer.values()["weights"], expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("name", "value"), [("data", "rings"), ("depth", 0), ("width", 9), ("activation", "relu"), ("seed", 2)]
)
def test_another_data_set_or_network_begins_again(name, value, undrawn):
    explorer = undrawn
    explorer.advance(15)
    explorer.controls[name].value = value
    assert explorer.values()["step"] == 0
    assert len(explorer.values()["history"]) == 1
    learned = Learner().after(PlaygroundState(**{name: value}), 5)
    explorer.advance(5)
    for ours, theirs in zip(explorer.values()["weights"], learned["mlp"].weights, strict=True):
        assert np.array_equal(ours, theirs)
    assert getattr(explorer.state, name) == value


def test_frames_and_one_long_advance_lead_to_the_same_place(playground, another):
    by_frames, at_once = playground, another
    for _ in range(5):
        by_frames.advance(10)
    at_once.advance(50)
    assert by_frames.values()["history"] == at_once.values()["history"]
    assert [step for step, *_ in at_once.values()["history"]] == [0, 10, 20, 30, 40, 50]
    for ours, theirs in zip(by_frames.values()["weights"], at_once.values()["weights"], strict=True):
        assert np.array_equal(ours, theirs)


def test_a_long_history_is_thinned_and_keeps_its_beginning(monkeypatch):
    longest = 40
    assert longest < playground_numbers.LONGEST_HISTORY
    monkeypatch.setattr(playground_numbers, "LONGEST_HISTORY", longest)
    learner, state = Learner(), PlaygroundState(width=1)
    start, last = numbers_of(state)["E"], longest * (FRAME + 1)
    state = replace(state, **learner.after(state, last))
    assert len(state.history) < longest
    assert state.history[0][:2] == (0, start)
    steps = [step for step, *_ in state.history]
    assert steps == sorted(set(steps))
    assert numbers_of(state)["history"][-1][0] == last


def best_on_xor(depth, width, seeds=(0, 2, 5)):
    """Return the best accuracy that 400 steps lead to."""
    states = [PlaygroundState("xor", depth, width, seed=seed, learning_rate=0.1) for seed in seeds]
    return max(Learner().after(state, 400)["history"][-1][2] for state in states)


def test_two_units_can_part_xor_and_one_cannot(undrawn):
    assert best_on_xor(0, 1, seeds=(0,)) < 0.7  # one line, wherever it begins
    assert best_on_xor(1, 1) < 0.8
    assert best_on_xor(1, 2) > 0.98
    explorer = undrawn
    assert explorer.state.data == "xor"  # what the question asks about is what is shown first
    explorer.controls["guess"].value = "1"
    assert "and you guessed 1" in explorer.said
    explorer.controls["guess"].value = "2"
    assert "as you guessed" in explorer.said
    explorer.controls["data"].value = "moons"  # about which nothing was asked
    assert "guess" not in explorer.said


# ---------------------------------------------------------------- refusals

OTHERS = [  # networks that the first settings do not describe
    MLP.initialize((2, 5, 2), "tanh"),
    MLP.initialize((2, 4, 2), "relu"),
    MLP.initialize((3, 4, 2), "tanh"),
]


@pytest.mark.parametrize(
    ("changes", "argument", "came", "expected"),
    [
        ({"data": "suns"}, "data", "'suns'", "one of moons, spirals"),
        ({"data": 3}, "data", "3", "one of moons, spirals"),
        ({"depth": 4}, "depth", "4", "from 0 to 3"),
        ({"width": 0}, "width", "0", "from 1 to 16"),
        ({"width": 2.0}, "width", "2", "a whole number"),
        ({"width": "4"}, "width", "'4'", "a whole number"),
        ({"batch_size": 201}, "batch_size", "201", "one of 1, 4, 16, 64, 200"),
        ({"batch_size": 32}, "batch_size", "32", "one of 1, 4, 16, 64, 200"),  # no button shows it
        ({"seed": 50}, "seed", "50", "from 0 to 9"),  # the slider would show 9
        ({"activation": "sine"}, "activation", "'sine'", "sigmoid, tanh, relu"),
        ({"learning_rate": 0.0}, "learning rate", "0", "more than 0 and at most 5"),
        ({"learning_rate": 6.0}, "learning rate", "6", "more than 0 and at most 5"),
        ({"learning_rate": "fast"}, "learning rate", "'fast'", "more than 0 and at most 5"),
        ({"momentum": 1.0}, "momentum", "1", "from 0 to less than 1"),
        ({"momentum": -0.1}, "momentum", "-0.1", "from 0 to less than 1"),
        ({"momentum": math.nan}, "momentum", "nan", "from 0 to less than 1"),
        ({"step": -1}, "step", "-1", "a whole number"),
        ({"step": 10**30}, "step", "10000", "a whole number"),  # no axis reaches that far
        ({"history": ((1, 2),)}, "history", "((1, 2),)", "(step, E, accuracy)"),
        ({"history": 3}, "history", "3", "(step, E, accuracy)"),
        ({"mlp": "mine"}, "mlp", "str", "an MLP"),
        ({"mlp": OTHERS[0]}, "mlp", "sizes (2, 5, 2)", "(2, 4, 2)"),
        ({"mlp": OTHERS[1]}, "mlp", "relu", "tanh"),
        ({"mlp": OTHERS[2]}, "mlp", "sizes (3, 4, 2)", "(2, 4, 2)"),
        ({"rate": 1}, "rate", "1", "one of the fields data, depth"),
    ],
)
def test_a_setting_outside_its_range_is_refused_beside_the_controls(
    changes, argument, came, expected, playground
):
    assert_refused(lambda: changed(PlaygroundState(), changes), argument, came, expected)
    explorer = playground
    explorer.advance(10)
    before, picture = explorer.state, explorer.live.image.value
    explorer.set(**changes)
    assert expected in explorer.refusal
    assert (explorer.state, explorer.live.image.value) == (before, picture)
    explorer.advance(10)  # it goes on as if nothing had been asked
    assert (explorer.refusal, explorer.values()["step"]) == ("", 20)


def test_what_is_typed_is_read_or_refused(playground):
    explorer = playground
    explorer.controls["learning_rate"].typed.value = "2.5"
    assert explorer.state.learning_rate == 2.5
    explorer.controls["learning_rate"].typed.value = "50"
    assert "at most 5" in explorer.refusal
    assert explorer.state.learning_rate == explorer.controls["learning_rate"].value == 2.5


@pytest.fixture
def diverging(playground):
    """A playground whose next steps leave the finite numbers."""
    rng = np.random.default_rng(0)
    weights = (rng.normal(size=(4, 3)), 1e160 * rng.normal(size=(2, 5)))
    explorer = playground
    explorer.set(activation="relu", mlp=MLP(weights, "relu"), step=10)
    assert np.isfinite(explorer.values()["E"])
    assert "× 10¹⁶⁰" in repr(explorer)
    return explorer


def test_weights_that_leave_the_finite_numbers_are_refused_and_the_last_good_ones_stay(diverging):
    explorer = diverging
    for _ in range(3):  # again: the steps that failed are not asked for more
        before, picture = explorer.state, explorer.live.image.value
        explorer.advance(100)
        assert "Stopped after step 10: weights[" in explorer.refusal
        assert "Lower the rate" in explorer.refusal
        assert (explorer.state, explorer.live.image.value) == (before, picture)
    explorer.controls["restart"].click()
    assert explorer.refusal == ""
    explorer.advance(10)
    assert explorer.values()["step"] == 10


def test_steps_that_failed_are_not_asked_for_more():
    def failing():
        raise ValueError("weights[0]: got nan")
        yield

    learner, state = Learner(), PlaygroundState()
    state = replace(state, **learner.after(state, 1))
    learner._steps = failing()
    with pytest.raises(ValueError, match="Stopped after step 1: weights"):
        learner.after(state, 1)
    assert learner.after(state, 1)["step"] == 2


def test_a_loss_that_is_not_finite_is_refused(playground):
    explorer = playground
    before = explorer.state
    mlp = MLP((np.full((4, 3), 1e200), np.full((2, 5), 1e200) * [[1], [-1]]), "relu")
    explorer.set(activation="relu", mlp=mlp)
    assert "expected a finite number" in explorer.refusal
    assert explorer.state == before


def test_steps_are_a_whole_number(playground):
    explorer = playground
    for steps in (0, 1.5):
        assert_refused(lambda steps=steps: explorer.advance(steps), "steps", str(steps), "a whole number")


# ---------------------------------------------------------------- what is drawn


def drawn(explorer, data="moons", steps=60, **settings):
    """Return an explorer after so many steps with these settings."""
    explorer.set(data=data, **settings)
    explorer.advance(steps)
    return explorer


def test_unit_lines_are_where_a_unit_s_sum_is_0_and_end_at_the_edges():
    rng = np.random.default_rng(0)
    V = np.vstack([rng.normal(size=(200, 3)), [[1, 2, 0], [-1, 0, 0.5], [0, 1, 1]]])
    ends, between = unit_lines(V)
    on_axes = np.abs(V[:, 0]) / np.abs(V[:, 1:]).sum(axis=1) < 3  # the corner is reached: the line crosses
    assert np.array_equal(np.isfinite(ends).all(axis=(1, 2)), on_axes)
    assert np.array_equal(np.isfinite(between).all(axis=1), on_axes)
    assert 100 < on_axes.sum() < 200
    for v, (a, b), m in zip(V[on_axes], ends[on_axes], between[on_axes], strict=True):
        for point in (a, b, m):
            assert v[0] + v[1:] @ point == pytest.approx(0, abs=1e-9)
            assert abs(point).max() < 3 + 1e-9
        for point in (a, b):
            assert abs(point).max() == pytest.approx(3)
        for t in np.linspace(0, 1, 21):
            assert np.hypot(*m) <= np.hypot(*(a + t * (b - a))) + 1e-9


def test_a_unit_without_a_line_has_none():
    ends, between = unit_lines(np.array([[1.0, 0, 0], [0, 0, 0], [10, 1, 1]]))
    assert np.isnan(ends).all()
    assert np.isnan(between).all()


def test_the_lines_and_the_arrows_are_those_of_v_and_its_pull(undrawn):
    explorer = drawn(undrawn, width=7)
    picture, values = explorer.picture, explorer.values()
    x, y = picture.lines.get_data()
    points = np.stack([x, y], axis=1).reshape(7, 3, 2)
    assert np.isnan(points[:, 2]).all()
    V, pull = values["V"], values["pull"][:, 1:]
    for v, (a, b, _) in zip(V, points, strict=True):
        assert v[0] + v[1:] @ a == pytest.approx(0, abs=1e-9)
        assert v[0] + v[1:] @ b == pytest.approx(0, abs=1e-9)
    arrows = [path.vertices for path in picture.arrows.get_paths()]
    assert len(arrows) == 7
    lengths = np.hypot(*pull.T)
    tails = np.stack(picture.tails.get_data(), axis=1)
    for corners, p, length, tail, v in zip(arrows, pull, lengths, tails, V, strict=True):
        begin, head = (corners[0] + corners[6]) / 2, corners[3]
        assert v[0] + v[1:] @ tail == pytest.approx(0, abs=1e-9)
        np.testing.assert_allclose(begin, 0.4 + 3.95 * (tail + 3) / 6 + [0, 0.02], atol=1e-9)
        np.testing.assert_allclose(head - begin, LONGEST_ARROW * p / lengths.max(), atol=1e-9)
        assert np.hypot(*(head - begin)) == pytest.approx(LONGEST_ARROW * length / lengths.max())
    assert float(picture.texts["pull"].get_text().split()[1]) == pytest.approx(lengths.max(), rel=0.1)


def test_without_a_hidden_layer_there_are_no_lines_and_no_arrows(undrawn):
    explorer = drawn(undrawn, depth=0)
    assert explorer.picture.lines.get_xdata().size == explorer.picture.tails.get_xdata().size == 0
    assert explorer.picture.arrows.get_paths() == []
    assert explorer.picture.texts["pull"].get_text() == "no hidden unit"
    assert "no hidden layer" in repr(explorer)


@pytest.fixture
def only_regions(playground):
    """A playground of whose moving parts the regions alone are drawn, at any size."""
    seen = {artist: artist.get_visible() for artist in playground.live.moving}
    for artist in seen:
        artist.set_visible(artist is playground.picture.regions)
    yield playground
    playground.live.set_ratio(1)
    for artist, visible in seen.items():
        artist.set_visible(visible)


def test_colors_mix_the_classes_and_fade_to_the_card_where_nothing_is_sure():
    assert region_colors(np.array([[0.5, 0.5], [1, 0], [0, 1]])).tolist() == [
        [252, 251, 248],
        [235, 223, 195],
        [181, 216, 213],
    ]
    three = region_colors(np.vstack([np.full(3, 1 / 3), np.eye(3)]))
    assert three.tolist() == [[252, 251, 248], [235, 223, 195], [181, 216, 213], [201, 211, 227]]
    halfway = region_colors(np.array([0.75, 0.25]))
    halves = 0.375 * np.array([235, 223, 195]) + 0.125 * np.array([181, 216, 213])
    assert abs(halfway - halves - np.array([126, 125.5, 124])).max() <= 0.5 + 1e-9


@pytest.mark.parametrize(
    ("data", "ratio"),
    [("three clusters", 1), slowly("three clusters", 2), slowly("moons", 1), slowly("moons", 2)],
)
def test_each_place_of_the_field_has_its_color_in_the_picture(data, ratio, only_regions):
    explorer = drawn(only_regions, data, steps=100, learning_rate=0.2)
    explorer.live.set_ratio(ratio)
    picture = np.asarray(Image.open(io.BytesIO(explorer.live.image.value)).convert("RGB")).astype(int)
    colors = region_colors(explorer.values()["z"]).astype(int)
    assert np.ptp(colors.reshape(-1, 3), axis=0).max() > 50
    for row, column in np.argwhere(np.ones((60, 60)))[::3]:
        if not (0 < row < 59 and 0 < column < 59):
            continue
        x, y = -3 + 6 * column / 59, -3 + 6 * row / 59
        across, down = explorer.live.pixel_of(explorer.picture.field, x, y)
        around = colors[row - 1 : row + 2, column - 1 : column + 2].reshape(-1, 3)
        steepest = abs(around - colors[row, column]).max()  # over 5.6 pixels, or 11.3
        assert abs(picture[down, across] - colors[row, column]).max() <= 2 + 0.18 * steepest
    for row in (0, 59):  # the outer places stand at the edges: the field is full, not a row short
        for column in (0, 59):
            x, y = -3 + 6 * column / 59, -3 + 6 * row / 59
            inward = 6 / 332 * np.array([1 if column == 0 else -1, 1 if row == 0 else -1])
            across, down = explorer.live.pixel_of(explorer.picture.field, *(np.array([x, y]) + inward))
            assert abs(picture[down, across] - colors[row, column]).max() <= 3


@pytest.mark.parametrize(("data", "depth"), [("moons", 0), ("rings", 2), ("three clusters", 1)])
def test_on_the_boundary_the_two_largest_logits_are_equal(data, depth, undrawn):
    explorer = drawn(undrawn, data, steps=200, depth=depth, width=8, learning_rate=0.15)
    x, y = explorer.picture.boundary.get_data()
    points = np.stack([x, y], axis=1)
    points = points[np.isfinite(points).all(axis=1)]
    assert len(points) > 50
    z_hat, _, _ = plain_forward(explorer.values()["weights"], "tanh", points)
    two = np.sort(z_hat, axis=1)[:, -2:]
    everywhere = np.sort(explorer.values()["z_hat"], axis=-1)[..., -2:]
    spread = np.ptp(everywhere, axis=-1).max()
    assert np.median(two[:, 1] - two[:, 0]) < 0.01 * spread
    assert (two[:, 1] - two[:, 0]).max() < 0.1 * spread


def test_there_may_be_no_boundary():
    assert np.isnan(boundaries(np.tile([1.0, 0.0], (60, 60, 1)))).all()


def test_points_curves_and_numbers_are_where_they_belong(undrawn):
    explorer = drawn(undrawn, "three clusters", steps=250)
    picture, points, values = explorer.picture, toy("three clusters", POINTS), explorer.values()
    for k, marks in enumerate(picture.points):
        assert np.array_equal(np.stack(marks.get_data(), axis=1), points.x[points.labels == k])
    assert [marks.get_marker() for marks in picture.points] == ["o", "^", "s"]
    history = np.array(values["history"])
    assert history[-1].tolist() == [250, values["E"], values["accuracy"]]
    for curve, now, column in ((picture.E, picture.E_now, 1), (picture.right, picture.right_now, 2)):
        assert np.array_equal(np.stack(curve.get_data(), axis=1), history[:, [0, column]])
        assert [float(t[0]) for t in now.get_data()] == history[-1, [0, column]].tolist()
        assert curve.axes.get_xlim() == (0, 400)
    assert picture.E.axes.get_ylim()[1] >= history[:, 1].max()
    assert picture.texts["E"].get_text() == f"{values['E']:.4f}"
    assert picture.texts["right"].get_text() == f"{100 * values['accuracy']:.1f} %"
    assert picture.texts["step"].get_text() == "step 250"
    explorer.set(data="moons")
    assert picture.points[2].get_xdata().size == 0
    assert picture.E.axes.get_xlim() == (0, 200)


def test_an_axis_ends_at_the_first_doubling_that_holds_everything():
    assert [doubled(200, t) for t in (0, 200, 201, 400, 4000)] == [200, 200, 400, 400, 6400]


# ---------------------------------------------------------------- buttons, and the task


def test_step_restart_and_reset(playground):
    explorer = playground
    first = explorer.values()
    explorer.controls["step"].click()
    explorer.controls["step"].click()
    assert explorer.values()["step"] == 2
    explorer.controls["learning_rate"].value = 0.5
    explorer.controls["restart"].click()
    assert explorer.values()["step"] == 0
    assert explorer.values()["E"] == first["E"]
    assert explorer.state.learning_rate == 0.5
    explorer.controls["width"].value = 9
    explorer.controls["reset"].click()
    assert (explorer.state.learning_rate, explorer.state.width) == (0.03, 4)
    assert explorer.controls["width"].value == 4
    assert explorer.values()["E"] == first["E"]


def test_without_an_event_loop_run_says_what_to_do(playground):
    explorer = playground
    with pytest.raises(RuntimeError, match="call advance"):
        explorer.run()
    assert not explorer.running
    explorer.controls["run"].click()
    assert "call advance" in explorer.refusal


async def until(condition):
    given_up = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < given_up
        await asyncio.sleep(0.005)


def frame_tasks():
    return [task for task in asyncio.all_tasks() if task.get_coro().__name__ == "_frames"]


def test_it_learns_while_others_run_and_answers(playground):
    async def use():
        explorer, beats = playground, 0
        explorer.controls["run"].click()
        explorer.run()  # a second time changes nothing
        assert len(frame_tasks()) == 1
        assert "Running" in explorer.said
        while explorer.values()["step"] < 50:
            beats += 1
            await asyncio.sleep(0.001)
        assert beats > 5  # the test's own task was served between the frames
        learned = explorer.state.mlp
        explorer.controls["learning_rate"].value = 0.5
        assert explorer.state.mlp is learned
        step = explorer.values()["step"]
        await until(lambda: explorer.values()["step"] > step)
        explorer.controls["depth"].value = 2
        assert explorer.values()["step"] == 0
        await until(lambda: explorer.values()["step"] > 20)
        assert len(explorer.values()["weights"]) == 3
        explorer.controls["pause"].click()
        state, picture = explorer.state, explorer.live.image.value
        assert "Paused" in explorer.said
        assert f"After {state.step} steps" in explorer.said
        await asyncio.sleep(0.1)
        assert (explorer.state, explorer.live.image.value) == (state, picture)
        assert frame_tasks() == []

    asyncio.run(use())


def test_pausing_and_running_again_at_once_leaves_one_task(playground):
    async def use():
        explorer = playground
        for _ in range(3):
            explorer.run()
            await asyncio.sleep(0)
            explorer.pause()
        explorer.run()
        await asyncio.sleep(0.1)
        assert len(frame_tasks()) == 1
        explorer.pause()

    asyncio.run(use())


def test_running_and_advancing_lead_to_the_same_place(playground, another):
    async def use():
        playground.run()
        await until(lambda: playground.values()["step"] >= 50)
        playground.pause()

    asyncio.run(use())
    ran, advanced = playground, another
    advanced.advance(ran.values()["step"])
    assert advanced.values()["history"] == ran.values()["history"]


def test_two_do_not_disturb_each_other_and_closing_ends_only_its_own(playground):
    async def use():
        one, two = Playground(), playground
        two.controls["data"].value = "rings"
        one.run()
        two.run()
        await until(lambda: min(e.values()["step"] for e in (one, two)) >= 30)
        one.close()
        assert not one.running
        step = two.values()["step"]
        closed_at = one.values()["step"]
        await until(lambda: two.values()["step"] >= step + 20)
        assert one.values()["step"] == closed_at
        two.controls["reset"].click()
        assert not two.running
        await asyncio.sleep(0.05)
        assert frame_tasks() == []
        assert two.values()["step"] == 0
        return closed_at, one.values()

    step, values = asyncio.run(use())
    playground.advance(step)
    assert playground.values()["history"] == values["history"]


def test_a_control_moved_in_another_thread_takes_its_turn(playground, monkeypatch):
    """JupyterLab runs what a control does in a thread of its own, in the middle of the main one's frame."""
    learn, threads = playground._learner.after, []
    wider = playground.state.width + 5

    def moved_meanwhile(state, steps):
        if not threads and state.step >= 2 * FRAME:
            threads.append(
                threading.Thread(target=setattr, args=(playground.controls["width"], "value", wider))
            )
            threads[0].start()
            threads[0].join(timeout=0.2)  # longer than it takes by itself
        return learn(state, steps)

    async def use():
        playground.run()
        await until(lambda: threads and not threads[0].is_alive())
        assert playground.running
        assert playground.values()["step"] <= FRAME
        await until(lambda: not playground.running or playground.values()["step"] >= 2 * FRAME)
        assert playground.running
        assert playground.state.width == len(playground.values()["V"]) == wider
        playground.pause()

    monkeypatch.setattr(playground._learner, "after", moved_meanwhile)
    asyncio.run(use())


def test_a_pause_from_another_thread_lets_no_frame_follow(playground):
    """A frame that has begun to wait for its turn is not taken any more."""

    async def use():
        playground.run()
        await until(lambda: playground.values()["step"] >= FRAME)
        with TURN:
            pausing = threading.Thread(target=playground.pause)
            pausing.start()
        pausing.join()
        step = playground.values()["step"]
        assert not playground._frame()
        assert playground.values()["step"] == step

    asyncio.run(use())


def test_the_first_word_is_whether_it_runs(playground):
    said = []
    playground._said.observe(lambda change: said.append(change["new"]), "value")

    async def use():
        playground.run()
        await until(lambda: playground.values()["step"] >= FRAME)
        playground.pause()

    asyncio.run(use())
    assert [sentence.split(".")[0] for sentence in said] == ["<b>Running", "<b>Paused"]


def test_a_refusal_while_it_runs_lets_it_go_on(playground):
    async def use():
        playground.run()
        await until(lambda: playground.values()["step"] >= FRAME)
        playground.set(batch_size=32)
        assert "expected one of 1, 4" in playground.refusal
        step = playground.values()["step"]
        await until(lambda: playground.values()["step"] >= step + 2 * FRAME)
        assert playground.running
        assert "expected one of 1, 4" in playground.refusal  # no frame takes it from the reader's sight
        playground.set(batch_size=64)
        assert playground.refusal == ""
        playground.pause()

    asyncio.run(use())


def test_a_history_in_text_is_kept_as_the_numbers_that_it_says(playground):
    playground.set(history=((0, "1", "0.5"),))
    assert playground.state.history == ((0, 1.0, 0.5),)
    playground.advance(1)
    assert playground.refusal == ""


def test_an_error_in_the_task_is_shown_and_ends_it(playground, monkeypatch):
    async def use():
        explorer = playground
        explorer.run()
        await until(lambda: explorer.values()["step"] >= 10)

        def broken(numbers):
            raise TypeError("no such <artist>")

        monkeypatch.setattr(explorer, "place", broken)
        await until(lambda: not explorer.running)
        assert explorer.refusal == "TypeError: no such <artist>"
        assert frame_tasks() == []

    asyncio.run(use())


def test_a_run_that_diverges_stops_by_itself_and_says_so(diverging):
    async def use():
        explorer = diverging
        explorer.run()
        await until(lambda: not explorer.running)
        assert "Lower the rate" in explorer.refusal
        assert "Paused" in explorer.said
        assert np.isfinite(explorer.values()["E"])
        explorer.controls["restart"].click()
        assert explorer.refusal == ""
        assert explorer.values()["step"] == 0

    asyncio.run(use())


def test_a_frame_may_stop_its_own_loop_and_start_it_again():
    async def use():
        calls, ends = [], []

        def frame():
            calls.append(len(ends))
            if len(calls) == 2:
                loop.stop()
                loop.start()
            if len(calls) == 4:
                loop.stop()
            return len(calls) < 4

        loop = FrameLoop(frame, ends.append)
        loop.start()
        await until(lambda: not loop.running)
        await asyncio.sleep(0.1)
        assert calls == [0, 0, 1, 1]
        assert ends == [None, None]  # stopped twice, and ended no third time
        assert frame_tasks() == []

    asyncio.run(use())


def test_a_network_of_the_book_can_be_set_from_outside(playground):
    mlp = MLP.initialize((2, 4, 2), "tanh", seed=77)
    explorer = playground
    explorer.set(data="moons")
    explorer.advance(10)
    explorer.set(mlp=mlp, step=0, history=())
    for ours, theirs in zip(explorer.values()["weights"], mlp.weights, strict=True):
        assert np.array_equal(ours, theirs)
    points = toy("moons", POINTS)
    explorer.advance(3)
    expected = plain_training(mlp.weights, "tanh", points.x, points.r, 3, 0.03, 16, 0.9, seed=0)
    np.testing.assert_allclose(explorer.values()["V"], expected[0], rtol=1e-9, atol=1e-12)


def test_a_page_that_cannot_run_shows_the_network_before_and_after():
    playground = Playground()
    before, after = playground.opened_cold()
    assert (before.step, after.step) == (0, 1000)
    assert numbers_of(after)["accuracy"] == 1 > numbers_of(before)["accuracy"]
    assert playground.state == before
    playground.advance(10)
    assert [state.step for state in playground.opened_cold()] == [10]
