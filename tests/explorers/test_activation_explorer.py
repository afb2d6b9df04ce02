"""The explorer of the activations: its numbers against plain NumPy, its marks against its numbers."""

import sys
from itertools import combinations

import numpy as np
import pytest
from matplotlib.text import Text

from mlp_core import MLP, SIGMOID, Activation
from mlp_core.explorers import ActivationExplorer
from mlp_core.explorers.activations.numbers import GUESSES, ActivationState, numbers_of
from mlp_core.explorers.activations.picture import (
    FRAMES,
    LEFT,
    LOWER,
    MIDDLE,
    PULL_SIZES,
    RIGHT,
    SIGNAL_SIZES,
    UPPER,
)
from mlp_core.formulas import activations

# Written out once more: each sigma, its slope, and its slope from the output.
PLAIN = {
    "sigmoid": (
        lambda t: 1 / (1 + np.exp(-t)),
        lambda t: np.exp(-t) / (1 + np.exp(-t)) ** 2,
        lambda y: y - y * y,
    ),
    "tanh": (np.tanh, lambda t: 1 / np.cosh(t) ** 2, lambda y: (1 - y) * (1 + y)),
    "relu": (lambda t: t * (t > 0), lambda t: 1.0 * (t > 0), lambda y: 1.0 * (y > 0)),
}


SOFTPLUS = Activation(
    "softplus",
    lambda t: np.logaddexp(0, t),
    SIGMOID,
    lambda y: 1 - np.exp(-y),
    label="Softplus",
    output_form="1 - e^{-y}",
    bounds=(0.0, np.inf),
)
SILENT = Activation("silent", lambda t: t - np.cos(t) / 2, lambda t: 1 + np.sin(t) / 2)
ADDED = {
    "softplus": (lambda t: np.log(1 + np.exp(t)), lambda t: 1 / (1 + np.exp(-t)), lambda y: 1 - np.exp(-y)),
    "silent": (SILENT.function, SILENT.derivative, None),
}


@pytest.fixture
def added(monkeypatch):
    """Two more activations: one that has every fact, and one whose output does not tell the slope."""
    for activation in (SOFTPLUS, SILENT):
        monkeypatch.setitem(activations._KNOWN, activation.name, activation)
    monkeypatch.setattr(sys.modules[__name__], "PLAIN", PLAIN | ADDED)


def plain_depth(name, scale, layers):
    """Return the sizes of signals, gates and pulls in each layer, and all y_hat: chapter 93, section 1."""
    sigma, slope, _ = PLAIN[name]
    sizes, sums = np.zeros((3, layers)), []
    for seed in range(5):
        rng = np.random.default_rng(seed)
        y = rng.standard_normal(100)
        hidden = [scale / 10 * rng.standard_normal((100, 100)) for _ in range(20)][:layers]
        output = rng.standard_normal((10, 100)) / 10
        y_hats, ys = [], []
        for w in hidden:
            y_hats.append(w @ y)
            y = sigma(y_hats[-1])
            ys.append(y)
        z_hat = output @ y
        z = np.exp(z_hat - z_hat.max()) / np.exp(z_hat - z_hat.max()).sum()
        pulls = [((np.arange(10) == 0) - z) @ output * slope(y_hats[-1])]
        for w, y_hat in zip(hidden[:0:-1], y_hats[-2::-1], strict=True):
            pulls.insert(0, pulls[0] @ w * slope(y_hat))
        for row, values in zip(sizes, (ys, [slope(t) for t in y_hats], pulls), strict=True):
            row += [np.sqrt((v**2).mean()) / 5 for v in values]
        sums.append(y_hats)
    return *sizes, np.ravel(sums)


@pytest.fixture(scope="module")
def explorer():
    explorer = ActivationExplorer()
    explorer.live.set_ratio(1)
    return explorer


def random_states(seed, count):
    """Return states on the controls' grids."""
    rng = np.random.default_rng(seed)
    return [
        {
            "activation": str(rng.choice(list(PLAIN))),
            "y_hat": float(rng.integers(-60, 61)) / 10,
            "scale": float(rng.integers(1, 101)) / 10,
            "layers": int(rng.integers(1, 21)),
        }
        for _ in range(count)
    ]


def move_to(explorer, state):
    """Move the controls, as a reader would."""
    for name, value in state.items():
        explorer.controls[name].value = value
    return explorer.values()


@pytest.fixture(scope="module", params=random_states(1, 10), ids=str)
def state(request, explorer):
    move_to(explorer, request.param)
    return request.param


def test_one_unit_agrees_with_plain_numpy(explorer, state):
    numbers = explorer.values()
    sigma, slope, from_output = PLAIN[state["activation"]]
    t = state["y_hat"]
    y = sigma(t)
    expected = {
        **state, "y": y, "derivative": slope(t), "derivative_from_output": from_output(y),
        "derivative_at_y": slope(y),
    }  # fmt: skip
    for name, value in expected.items():
        assert numbers[name] == (value if isinstance(value, str) else pytest.approx(value, abs=1e-12)), name
    if t != 0:
        assert numbers["measured"] == pytest.approx(numbers["derivative"], abs=1e-9)
        assert numbers["derivative_from_output"] == pytest.approx(numbers["derivative"], abs=1e-12)


def test_at_the_corner_of_a_relu_the_measurement_says_one_half():
    numbers = numbers_of(ActivationState("relu", 0.0))
    assert numbers["measured"] == pytest.approx(0.5)
    assert numbers["derivative"] == numbers["derivative_from_output"] == 0


def test_many_layers_agree_with_plain_numpy(explorer, state):
    numbers = explorer.values()
    signals, gates, pulls, sums = plain_depth(state["activation"], state["scale"], state["layers"])
    # Rounding grows with the pull: at scale 10 tanh makes the last bits about 10 million times larger.
    close = {"rtol": 1e-6, "atol": 0}
    np.testing.assert_allclose(numbers["signals"], signals, **close)
    np.testing.assert_allclose(numbers["gates"], gates, **close)
    np.testing.assert_allclose(numbers["pulls"], pulls, **close)
    np.testing.assert_allclose(numbers["nine_in_ten"], np.percentile(sums, [5, 95]), **close)
    steps = max(1, state["layers"] - 1)
    assert numbers["factor"] == pytest.approx((pulls[0] / pulls[-1]) ** (1 / steps))
    expected = np.exp(np.sum(np.log(state["scale"] * gates[:-1])) / steps)
    assert numbers["expected_factor"] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("name", "scale", "printed"),
    [
        ("sigmoid", 1.0, "1e-12"),
        ("tanh", 0.5, "2e-06"),
        ("tanh", 1.0, "2e-01"),
        ("tanh", 2.0, "1e+01"),
        ("relu", 1.0, "1e-03"),
        ("relu", np.sqrt(2), "9e-01"),
    ],
)
def test_the_networks_are_those_of_chapter_03(name, scale, printed):
    pulls = numbers_of(ActivationState(name, scale=float(scale)))["pulls"]
    assert f"{pulls[0] / pulls[-1]:.0e}" == printed


def test_the_marks_of_one_unit_stand_where_the_numbers_say(explorer, state):
    numbers, unit = explorer.values(), explorer.unit
    t, y, slope = numbers["y_hat"], numbers["y"], numbers["derivative"]
    points = [np.ravel(mark.get_data()) for mark in unit.dots]
    np.testing.assert_allclose(points, [(t, y), (t, slope), (y, numbers["derivative_from_output"])])
    xs, ys = unit.tangent.get_data()
    assert np.diff(ys) / np.diff(xs) == pytest.approx(slope, abs=1e-12)
    assert ys.mean() == pytest.approx(y)
    if unit.triangle.get_visible():
        (x1, _, x2), (y1, _, y2) = unit.triangle.get_data()
        assert abs(x2 - x1) == pytest.approx(1)
        assert y2 - y1 == pytest.approx(slope * (x2 - x1))
        assert float(unit.up.get_text()) == pytest.approx(slope, abs=0.005001)
    else:
        assert slope < 0.07
    np.testing.assert_allclose(unit.sums.get_xdata(), np.clip(numbers["nine_in_ten"], -6, 6))
    np.testing.assert_allclose(unit.drop.get_data(), [[y, y], [0, numbers["derivative_from_output"]]])


def test_guide_and_level_on_the_card_meet_the_points_in_the_panels(explorer, state):
    unit, canvas = explorer.unit, explorer.live.canvas

    def inches(mark):
        at = mark.axes.transData.transform(np.ravel(mark.get_data()))
        return canvas.transData.inverted().transform(at)

    of_sigma, of_bell, of_form = (inches(mark) for mark in unit.dots)
    np.testing.assert_allclose(unit.guide.get_xdata(), [of_sigma[0], of_bell[0]])
    np.testing.assert_allclose(unit.level.get_ydata(), [of_bell[1], of_bell[1]])
    if state["y_hat"] != 0:
        np.testing.assert_allclose(of_bell[1], of_form[1])
    if state["activation"] != "relu":
        np.testing.assert_allclose(unit.level.get_xdata(), [of_bell[0], of_form[0]])


@pytest.mark.parametrize("name", PLAIN)
def test_the_curves_are_those_of_the_activation(explorer, name):
    move_to(explorer, {"activation": name})
    t = np.linspace(-6, 6, 481)
    for curve, f in zip(explorer.unit.curves, PLAIN[name], strict=True):
        xs, ys = curve.get_data()
        drawn = ~np.isnan(xs)
        np.testing.assert_allclose(ys[drawn], f(xs[drawn]), atol=1e-12)
        assert curve.axes.get_ylim()[0] <= np.nanmin(ys)
        assert np.nanmax(ys) < curve.axes.get_ylim()[1]
    np.testing.assert_allclose(explorer.unit.curves[0].get_xdata(), t)
    assert explorer.unit.bell.get_ylim() == explorer.unit.form.get_ylim()


def test_the_curves_of_many_layers_are_the_sizes(explorer, state):
    numbers, depth = explorer.values(), explorer.layers
    for kind, limits in (("signals", SIGNAL_SIZES), ("pulls", PULL_SIZES)):
        layer, sizes = depth.curves[kind].get_data()
        np.testing.assert_array_equal(layer, np.arange(1, state["layers"] + 1))
        np.testing.assert_array_equal(sizes, numbers[kind])
        inside = (limits[0] <= numbers[kind]).all() and (numbers[kind] <= limits[1]).all()
        assert depth.leaving[kind].get_visible() != inside


def test_a_curve_that_leaves_its_axes_is_marked_where_it_leaves(explorer):
    move_to(explorer, {"activation": "relu", "scale": 6.0, "layers": 20})
    mark, signals = explorer.layers.leaving["signals"], explorer.values()["signals"]
    assert mark.get_marker() == "^"
    (layer,), (edge,) = mark.get_data()
    assert signals[layer - 2] < 1e8 == edge < signals[layer - 1]
    move_to(explorer, {"activation": "sigmoid", "scale": 0.3})
    mark, pulls = explorer.layers.leaving["pulls"], explorer.values()["pulls"]
    assert mark.get_marker() == "v"
    (layer,), (edge,) = mark.get_data()
    assert pulls[layer - 1] < 1e-16 == edge < pulls[layer]


def test_the_numbers_are_printed(explorer):
    move_to(explorer, {"activation": "sigmoid", "y_hat": 2.0, "scale": 1.0, "layers": 20})
    assert {name: mark.get_text() for name, mark in explorer.unit.printed.items()} == {
        "y": "0.8808",
        "derivative": "0.1050",
        "measured": "0.1050",
        "derivative_at_y": "0.2072",
        "derivative_from_output": "0.1050",
    }
    depth = explorer.layers
    assert depth.expected.get_text() == "scale 1 × gates 0.23 = 0.23"
    assert (depth.measured.get_text(), depth.does.get_text()) == ("0.24", "weaker")
    assert depth.ends["signals"].get_text() == "layer 20: 0.52"
    assert depth.ends["pulls"].get_text() == "layer 1: 2.4 × 10⁻¹⁴"
    assert "0.1050" in repr(explorer)
    assert "2.4 × 10⁻¹⁴" in repr(explorer)
    move_to(explorer, {"layers": 1})
    assert depth.expected.get_text() == "no layer to go back through"
    assert explorer.values()["factor"] == explorer.values()["expected_factor"] == 1


def test_no_axes_change_while_a_slider_moves(explorer):
    def limits():
        return [(axes.get_xlim(), axes.get_ylim()) for axes in explorer.live.figure.axes]

    move_to(explorer, {"activation": "tanh"})
    before = limits()
    for other in random_states(6, 3):
        move_to(explorer, {**other, "activation": "tanh"})
        assert limits() == before


@pytest.mark.parametrize("ratio", [1, 2])
def test_no_text_touches_another_and_none_leaves_the_card(explorer, ratio):
    explorer.live.set_ratio(ratio)
    widest = {"activation": "relu", "y_hat": 6.0, "scale": 9.99, "layers": 20}
    faintest = {"activation": "tanh", "y_hat": -6.0, "scale": 0.11, "layers": 20}
    for extreme in (widest, faintest):
        explorer.set(**extreme)
        renderer, inch = explorer.live.figure.canvas.get_renderer(), explorer.live.figure.dpi
        texts = [t for t in explorer.live.figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
        triangle = (explorer.unit.up, explorer.unit.across)
        boxes = {t: t.get_window_extent(renderer) for t in texts if t not in triangle}
        for a, b in combinations(boxes, 2):
            assert not boxes[a].overlaps(boxes[b]), (a.get_text(), b.get_text())
        for text, box in boxes.items():
            assert min(box.x0, box.y0) > 0.2 * inch, text.get_text()
            assert box.x1 < 6.8 * inch, text.get_text()


def test_the_panels_leave_each_other_room():
    assert MIDDLE[0] + MIDDLE[1] < UPPER[0]
    assert LOWER[0] + LOWER[1] < MIDDLE[0]
    assert sum(LEFT) < RIGHT[0]
    assert sum(RIGHT) < 6.8


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("activation", "softmax", "activation: got 'softmax'; expected one of sigmoid, tanh, relu"),
        ("y_hat", 6.5, "y_hat: got 6.5; expected a number from -6 to 6"),
        ("y_hat", float("nan"), "y_hat: got nan"),
        ("scale", 0.0, "scale: got 0; expected a number from 0.1 to 10"),
        ("scale", 11.0, "scale: got 11"),
        ("layers", 0, "layers: got 0; expected a whole number from 1 to 20"),
        ("layers", 2.5, "layers: got 2.5"),
        ("layers", 21, "layers: got 21"),
    ],
)
def test_a_state_that_cannot_be_is_refused(explorer, name, value, said):
    before, picture = explorer.values(), explorer.live.image.value
    explorer.set(**{name: value})
    assert said in explorer.refusal
    np.testing.assert_equal(explorer.values(), before)
    assert explorer.live.image.value == picture
    with pytest.raises(ValueError, match=said.split(";")[0].replace("(", r"\(")):
        numbers_of(ActivationState(**{name: value}))


def test_a_typed_value_that_is_too_large_is_refused_and_the_field_returns(explorer):
    explorer.controls["reset"].click()
    explorer.controls["scale"].typed.value = "12"
    assert "scale: got 12; expected a number from 0.1 to 10" in explorer.refusal
    assert explorer.controls["scale"].typed.value == "1"
    explorer.controls["scale"].typed.value = "1.4"
    assert explorer.refusal == ""
    assert explorer.values()["scale"] == 1.4


def test_the_button_takes_the_deviation_of_initialize(explorer):
    for name in PLAIN:
        explorer.set(activation=name, scale=3.0)
        explorer.controls["initialize"].click()
        weights = MLP.initialize((100, 1000, 2), name).weights[0][:, 1:]
        assert explorer.values()["scale"] / 10 == pytest.approx(weights.std(), rel=0.01), name


def test_reset_returns_to_the_first_state(explorer):
    explorer.controls["reset"].click()
    assert explorer.state == explorer.start == ActivationState("sigmoid", 2.0, 1.0, 20)
    first, picture = explorer.values(), explorer.live.image.value
    move_to(explorer, {"activation": "tanh", "y_hat": -1.5, "scale": 4.0, "layers": 7})
    assert explorer.live.image.value != picture
    explorer.controls["reset"].click()
    np.testing.assert_equal(explorer.values(), first)
    assert explorer.live.image.value == picture


@pytest.mark.parametrize(
    ("moved", "right"),
    [
        ({"activation": "sigmoid", "scale": 1.0}, "weaker"),
        ({"activation": "relu", "scale": 1.4}, "kept"),
        ({"activation": "tanh", "scale": 2.0}, "stronger"),
        ({"activation": "sigmoid", "scale": 10.0}, "kept"),
    ],
)
def test_a_guess_is_answered(explorer, moved, right):
    explorer.set(**moved, layers=20)
    for guess in GUESSES:
        explorer.controls["guess"].value = guess
        verdict = "as you guessed" if guess == right else f"and you guessed {guess}"
        assert f"<b>{right}</b>, {verdict}." in explorer.said


@pytest.mark.usefixtures("added")
@pytest.mark.parametrize("name", ADDED)
@pytest.mark.parametrize("y_hat", [-6.0, 1.5])
def test_an_activation_that_is_added_is_drawn_and_computed(explorer, name, y_hat):
    state = {"activation": name, "y_hat": y_hat, "scale": 1.2, "layers": 6}
    explorer.reset()
    move_to(explorer, state)
    assert explorer.refusal == ""
    numbers, (sigma, slope, from_output) = explorer.values(), PLAIN[name]
    assert numbers["y"] == pytest.approx(sigma(y_hat))
    assert numbers["derivative"] == pytest.approx(slope(y_hat))
    assert numbers["measured"] == pytest.approx(slope(y_hat), abs=1e-8)
    assert numbers["derivative_at_y"] == pytest.approx(slope(sigma(y_hat)))
    expected = None if from_output is None else pytest.approx(from_output(sigma(y_hat)))
    assert numbers["derivative_from_output"] == expected
    signals, gates, pulls, _ = plain_depth(name, 1.2, 6)
    for kind, sizes in (("signals", signals), ("gates", gates), ("pulls", pulls)):
        np.testing.assert_allclose(numbers[kind], sizes, rtol=1e-9)
    _check_added_drawing(explorer, name, from_output)
    explorer.reset()


def _check_added_drawing(explorer, name, from_output):
    unit, (low, high) = explorer.unit, explorer.unit.form.get_xlim()
    assert dict(explorer.controls["activation"].options)[activations.ACTIVATIONS[name].label] == name
    assert activations.ACTIVATIONS[name].label in repr(explorer)
    t = np.linspace(-6, 6, 481)
    for curve, f in zip(unit.curves[:2], PLAIN[name], strict=False):
        np.testing.assert_allclose(curve.get_ydata(), f(t), atol=1e-12)
        bottom, top = curve.axes.get_ylim()
        assert bottom <= curve.get_ydata().min()
        assert curve.get_ydata().max() < top
    if from_output is None:
        assert unit.printed["derivative_from_output"].get_text() == "none"
        assert np.isnan(unit.curves[2].get_ydata()).all()
        assert not unit.drop.get_visible()
        assert unit.name.get_text() == ""
    else:
        assert (low, unit.name.get_text()) == (0, "$1 - e^{-y}$")
        at = np.linspace(low, high, 481)
        np.testing.assert_allclose(unit.curves[2].get_ydata(), from_output(at), atol=1e-12)


@pytest.mark.usefixtures("added")
@pytest.mark.parametrize("name", [*PLAIN, *ADDED])
def test_the_triangle_and_its_label_have_room_on_every_axis(explorer, name):
    explorer.set(activation=name)
    bottom, top = explorer.unit.sigma.get_ylim()
    inch = explorer.live.figure.dpi * (top - bottom) / explorer.unit.sigma.get_window_extent().height
    for y_hat in np.linspace(-6, 6, 25):
        explorer.set(y_hat=float(y_hat))
        if explorer.unit.triangle.get_visible():
            heights = np.array(explorer.unit.triangle.get_ydata())
            assert heights.min() - 0.12 * inch > bottom, y_hat
            assert heights.max() + 0.12 * inch < top, y_hat
    explorer.reset()


def test_one_whose_output_does_not_tell_the_slope_can_be_begun_with(added):
    explorer = ActivationExplorer("silent")
    assert explorer.values()["derivative_from_output"] is None
    assert set(FRAMES) & set(ADDED) == set()


@pytest.fixture(scope="module")
def gate():
    gate = ActivationExplorer(layers=False)
    gate.live.set_ratio(1)
    return gate


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("y_hat", [-12.0, -3.1, 0.4, 10.0, 12.0])
def test_one_unit_alone_agrees_with_plain_numpy(gate, name, y_hat):
    gate.set(activation=name, y_hat=y_hat)
    sigma, slope, _ = PLAIN[name]
    assert gate.refusal == ""
    numbers = gate.values()
    assert set(numbers) == {"activation", "y_hat", "y", "derivative"}
    expected = {"y": sigma(y_hat), "derivative": slope(y_hat)}
    for key, value in expected.items():
        assert numbers[key] == pytest.approx(value, abs=1e-12)
    unit, inch = gate.unit, gate.live.canvas.transData.inverted()
    heights = [float(mark.get_ydata()[0]) for mark in unit.dots]
    assert heights == pytest.approx(list(expected.values()), abs=1e-12)
    for mark in unit.dots:
        at = inch.transform(mark.axes.transData.transform(np.ravel(mark.get_data())))
        assert unit.guide.get_xdata()[0] == pytest.approx(at[0])
    xs, ys = unit.tangent.get_data()
    assert np.diff(ys) / np.diff(xs) == pytest.approx(slope(y_hat), abs=1e-12)
    assert xs.mean() == pytest.approx(y_hat)
    assert ys.mean() == pytest.approx(sigma(y_hat), abs=1e-12)
    for curve, f in zip(unit.curves, (sigma, slope), strict=True):
        xs, ys = curve.get_data()
        drawn = ~np.isnan(xs)
        np.testing.assert_allclose(ys[drawn], f(xs[drawn]), atol=1e-12)
        assert curve.axes.get_ylim()[0] <= np.nanmin(ys)
        assert np.nanmax(ys) < curve.axes.get_ylim()[1]


def test_one_unit_alone_begins_at_the_deaf_unit_and_asks_no_guess(gate):
    gate.reset()
    assert gate.values()["y_hat"] == 10
    assert set(gate.controls) == {"activation", "y_hat", "reset"}
    assert "4.5 × 10⁻⁵" in repr(gate)
    assert "twenty" not in gate.question
    texts = [t for t in gate.live.figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    boxes = {t: t.get_window_extent(gate.live.figure.canvas.get_renderer()) for t in texts}
    for a, b in combinations(boxes, 2):
        assert not boxes[a].overlaps(boxes[b]), (a.get_text(), b.get_text())
    assert max(box.x1 for box in boxes.values()) < 6.8 * gate.live.figure.dpi
