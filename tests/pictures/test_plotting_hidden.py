"""The pictures of chapters 03 and 04 are true to the numbers that they were given.

That they are legible and stay inside their card is checked in `test_plotting.py`, with all the others.
"""

import matplotlib
import numpy as np
import pytest
from hidden_layer_examples import (
    DEPTHS,
    ERRORS,
    GRADIENTS,
    LAYERS,
    PULL_V,
    PULL_W,
    PULL_Y,
    SIGNALS,
    SLIP_ERRORS,
    SLIPS,
    SLOPES,
    SOFTPLUS,
    STEPS,
    V,
    W,
    X,
)
from test_plotting import cells, marked, picture, texts, words

from mlp_core import RELU, SIGMOID, TANH, Activation, forward, negative_gradient, pictures
from mlp_core.pictures.depth import spread_out
from mlp_core.pictures.ground import style
from mlp_core.pictures.ground.logarithmic import magnitude, power, ten_to


def data(drawn, name):
    return marked(drawn, name).get_xydata().T


def is_card(cell):
    """Tell whether a cell has the color of the card, up to the steps of the map."""
    return np.allclose(cell.get_facecolor(), matplotlib.colors.to_rgba(style.CARD), atol=0.01)


def curve(drawn, name):
    """Return a curve without its gaps."""
    t, y = data(drawn, name)
    return t[~np.isnan(y)], y[~np.isnan(y)]


# ---------------------------------------------------------------- chapter 03


@pytest.mark.parametrize(
    ("name", "activation", "at"),
    [
        ("slope_curves", SIGMOID, 2),
        ("slope_curves, tanh", TANH, -0.5),
        ("slope_curves, ReLU", RELU, 2),
        ("slope_curves, shut", RELU, -1),
        ("slope_curves, saturated", SIGMOID, 10),
        ("slope_curves, softplus", SOFTPLUS, -1),
    ],
)
def test_a_curve_stands_over_its_slope(name, activation, at):
    drawn = picture(name)
    for shown, function in (("sigma", activation), ("slope", activation.derivative)):
        t, y = curve(drawn, f"curve-{shown}")
        np.testing.assert_allclose(y, function(t))
        assert t[0] == -t[-1] < -abs(at)
    height, slope = activation(np.array(1.0 * at)), activation.derivative(np.array(1.0 * at))
    np.testing.assert_allclose(data(drawn, "height"), [[at], [height]])
    np.testing.assert_allclose(data(drawn, "slope"), [[at], [slope]])
    (x0, x1), (y0, y1) = data(drawn, "tangent")
    assert (y1 - y0) / (x1 - x0) == pytest.approx(slope, abs=1e-12)
    assert y0 + slope * (at - x0) == pytest.approx(height)


def test_the_slope_is_told_beside_the_one_that_was_measured():
    shown = words(picture("slope_curves"))
    assert shown.count("0.1050") == 2
    assert {"0.8808", "measured", "sigmoid"} <= set(shown)
    assert "0.8808, the slope 0.1050, measured 0.1050" in picture("slope_curves").alternative_text
    lie = Activation("lie", TANH.function, lambda t: 0.5 + 0 * t)
    assert "the slope 0.5, measured 0.7864" in pictures.slope_curves(lie, 0.5).alternative_text
    assert "the slope 4.5 × 10⁻⁵" in picture("slope_curves, saturated").alternative_text


@pytest.mark.parametrize(("name", "side"), [("slope_curves", 1), ("slope_curves, tanh", -1)])
def test_the_slope_triangle_lies_on_the_free_side_of_its_tangent(name, side):
    drawn = picture(name)
    (x0, _, x1), (y0, corner, y1) = data(drawn, "triangle")
    (a, b), (c, d) = data(drawn, "tangent")
    slope = (d - c) / (b - a)
    assert (y1 - y0) / (x1 - x0) == pytest.approx(slope)
    assert np.sign(corner - y0) == side
    for length in (abs(x1 - x0), abs(slope * (x1 - x0))):
        assert f"{length:.2f}".rstrip("0").rstrip(".") in words(drawn)


def test_a_flat_tangent_has_no_triangle():
    for name in ("slope_curves, shut", "slope_curves, saturated"):
        assert not picture(name).figure.findobj(lambda artist: artist.get_gid() == "triangle")


def test_no_line_stands_where_the_slope_of_relu_jumps():
    t, slope = data(picture("slope_curves, ReLU"), "curve-slope")
    (gap,) = np.flatnonzero(np.isnan(slope))
    assert (t[gap - 1], slope[gap - 1], slope[gap + 1]) == (0, 0, 1)
    assert not np.isnan(data(picture("slope_curves, ReLU"), "curve-sigma")[1]).any()


@pytest.mark.parametrize(
    ("name", "activation", "at"),
    [("bell_and_parabola", SIGMOID, 2.0), ("bell_and_parabola, tanh", TANH, -0.5)],
)
def test_a_bell_and_a_parabola_are_equally_high_where_they_are_read(name, activation, at):
    drawn = picture(name)
    before, bell = data(drawn, "curve-bell")
    np.testing.assert_allclose(bell, activation.derivative(before))
    after, parabola = data(drawn, "curve-parabola")
    np.testing.assert_allclose(parabola, activation.derivative_from_output(after))
    y, slope = activation(np.array(at)), activation.derivative(np.array(at))
    np.testing.assert_allclose(data(drawn, "at-bell"), [[at], [slope]])
    np.testing.assert_allclose(data(drawn, "at-parabola"), [[y], [slope]])
    for axes in drawn.figure.axes[1:]:
        assert axes.get_ylim() == drawn.figure.axes[1].get_ylim()
    canvas = drawn.figure.axes[0]
    on_card = [
        canvas.transData.inverted().transform(mark.axes.transData.transform(mark.get_xydata()[0]))
        for mark in (marked(drawn, "at-bell"), marked(drawn, "at-parabola"))
    ]
    np.testing.assert_allclose(np.transpose(on_card), data(drawn, "level"))


def test_both_heights_are_computed():
    lie = Activation("sigmoid", SIGMOID.function, SIGMOID.derivative, lambda y: 0.9 * y * (1 - y))
    text = pictures.bell_and_parabola(lie, 2).alternative_text
    assert "At y hat 2 the bell is 0.1050 high, at y 0.8808 the parabola 0.0945" in text


def test_only_sigmoid_and_tanh_have_a_bell_and_a_parabola():
    with pytest.raises(ValueError, match="activation: expected sigmoid or tanh, got relu"):
        pictures.bell_and_parabola(RELU, 2)


def test_only_the_diagonal_is_alive():
    np.testing.assert_allclose(
        cells(picture("diagonal_jacobian"), "cell", (3, 3)), np.diag(SLOPES), atol=5e-5
    )
    six = np.diag([0.25, 0.2, 0.1, 0.0, 0.24, 0.15])
    np.testing.assert_array_equal(cells(picture("diagonal_jacobian, six"), "cell", (6, 6)), six)
    assert is_card(marked(picture("diagonal_jacobian, six"), "cell-4-3"))
    assert (
        "0.2350, 0.1966 and 0.1050; all 6 other entries are 0"
        in picture("diagonal_jacobian").alternative_text
    )


@pytest.mark.parametrize("n", [0, 7])
def test_a_diagonal_has_room_for_six(n):
    with pytest.raises(ValueError, match=f"slopes: expected 1 to 6 numbers, got {n}"):
        pictures.diagonal_jacobian(np.ones(n))


def test_no_subgradient_rises_above_relu():
    drawn = picture("subgradient_fan")
    t, relu = data(drawn, "curve-relu")
    np.testing.assert_array_equal(relu, RELU(t))
    widths = {}
    for slope in ("0", "0.5", "1"):
        same, line = data(drawn, f"tangent-{slope}")
        np.testing.assert_array_equal(line, float(slope) * t)
        assert np.all(line <= relu)
        np.testing.assert_array_equal(same, t)
        widths[slope] = marked(drawn, f"tangent-{slope}").get_linewidth()
    assert widths["0"] > widths["0.5"] == widths["1"]
    assert {"slope 0: the book's choice", "slope 0.5", "slope 1"} <= set(words(drawn))


@pytest.mark.parametrize("slopes", [(0, 1.5), (-0.1, 0), (0.5, 1), (0, np.nan)])
def test_a_fan_of_other_slopes_is_refused(slopes):
    with pytest.raises(ValueError, match=r"slopes: expected numbers in 0\.\.1, one of them 0, got \["):
        pictures.subgradient_fan(slopes)


def test_depth_curves_are_what_they_were_given_and_end_in_their_numbers():
    drawn = picture("depth_curves")
    for kind, given in (("signals", SIGNALS), ("pulls", GRADIENTS)):
        for k, values in enumerate(given.values(), start=1):
            layers, drawn_values = data(drawn, f"{kind}-{k}")
            np.testing.assert_array_equal(layers, LAYERS)
            np.testing.assert_array_equal(drawn_values, values)
    styles = {str(marked(drawn, f"pulls-{k}")._dash_pattern) for k in range(1, 7)}
    assert len(styles) == 6
    left, right = ({t.get_text() for t, _ in texts(drawn) if t.get_ha() == way} for way in ("right", "left"))
    assert {"sigmoid, 1/√n  1.1 × 10⁻¹²", "tanh, 2/√n  16", "ReLU, √(2/n)  0.93"} <= left
    assert {"tanh, 0.5/√n  9.5 × 10⁻⁷", "sigmoid, 1/√n  0.50"} <= right
    assert "pull is 1.1 × 10⁻¹² with sigmoid, 1/√n and 16 with tanh, 2/√n" in drawn.alternative_text
    assert "signals run from 9.5 × 10⁻⁷ to 1.2" in drawn.alternative_text


def test_lists_with_names_are_drawn_like_a_dict():
    lists = pictures.depth_curves(LAYERS, list(SIGNALS.values()), list(GRADIENTS.values()), list(SIGNALS))
    assert lists.png() == pictures.depth_curves(LAYERS, SIGNALS, GRADIENTS).png()


@pytest.mark.parametrize(
    ("signals", "names", "said"),
    [
        ([[1, 2]], ["a", "b"], "names: expected one for each of 1 signals, at most 6, got 2"),
        ([[1, 2]] * 7, list("abcdefg"), "names: expected one for each of 7 signals, at most 6, got 7"),
        ([[1, 0]], ["a"], "signals: expected positive numbers, got 0 with a"),
        ([[1, 2]], ["a much longer name"], "names: expected at most 16 characters, got 'a much longer name'"),
    ],
)
def test_depth_curves_refuse_what_they_cannot_show(signals, names, said):
    with pytest.raises(ValueError, match=said):
        pictures.depth_curves([1, 2], signals, [[1, 2]] * len(signals), names)


@pytest.mark.parametrize(
    "levels", [[0.5, 0.5, 0.5], [0.0, 0.01, 1.0], [1.0, 0.99, 0.98], [0.3, 0.9, 0.6], [0.0, 0.0, 0.0]]
)
def test_labels_are_spread_out_in_their_order_and_within_their_panel(levels):
    moved = spread_out(levels, 0.2, 0.0, 1.0)
    gaps = np.diff(np.sort(moved))
    assert np.all(gaps >= 0.2 - 1e-12)
    assert 0 <= moved.min() <= moved.max() <= 1
    assert np.all(np.diff(moved[np.argsort(levels, kind="stable")]) > 0)
    np.testing.assert_array_equal(spread_out([0.3, 0.9, 0.6], 0.2, 0, 1), [0.3, 0.9, 0.6])


# ---------------------------------------------------------------- chapter 04


def below(drawn, unit, half):
    """Return the number under one half of a unit."""
    box = marked(drawn, unit)
    x = box.get_x() + box.get_width() * (0.25 if half == "left" else 0.75)
    (found,) = [
        text.get_text()
        for text, place in texts(drawn)
        if place.x0 < x < place.x1 and 0 < box.get_y() - place.y1 < 0.12 and "pull" in (text.get_gid() or "")
    ]
    return found


def test_each_pull_stands_under_the_half_it_belongs_to():
    drawn = picture("network_backwards")
    for k, (on_y, on_y_hat) in enumerate(
        (("−2.61", "−0.61"), ("+1.74", "+0.34"), ("+0.43", "+0.05")), start=1
    ):
        assert below(drawn, f"y-{k}", "right") == on_y
        assert below(drawn, f"y-{k}", "left") == on_y_hat
    assert [below(drawn, f"z-{k}", "left") for k in (1, 2)] == ["−0.8687", "+0.8687"]
    assert len(drawn.figure.findobj(lambda artist: str(artist.get_gid()).startswith("pull-"))) == 8


def test_each_edge_wears_the_color_of_its_pull_and_the_width_of_its_weight():
    drawn = picture("network_backwards")
    limit = max(np.abs(PULL_V).max(), np.abs(PULL_W).max())
    for letter, weights, pulls in (("V", V, PULL_V), ("W", W, PULL_W)):
        for (i, j), pull in np.ndenumerate(pulls):
            edge = marked(drawn, f"edge-{letter}-{i + 1}-{j}")
            np.testing.assert_allclose(edge.get_color(), style.LINES((pull / limit + 1) / 2), atol=0.01)
            assert edge.get_linewidth() == pytest.approx(
                0.7 + 2.5 * abs(weights[i, j]) / np.abs(weights).max()
            )
            assert (edge.get_linestyle() == "--") == (weights[i, j] < 0)


def test_the_pulls_on_the_weights_are_written_out():
    drawn = picture("network_backwards")
    shown = [text for text, _ in texts(drawn) if not text.get_gid() and text.get_ha() == "right"]
    shown = sorted(shown, key=lambda text: (-round(text.get_position()[1], 3), text.get_position()[0]))
    shown = [text.get_text() for text in shown if "$" not in text.get_text()]
    of_V, of_W = ([f"{p:+.2f}".replace("-", "−") for p in part.ravel()] for part in (PULL_V, PULL_W))
    assert sorted(shown) == sorted(of_V + of_W)
    assert shown[:3] == of_V[:3]
    assert {"−1.22", "+1.22"} <= set(words(drawn))
    assert "−0.8687 and +0.8687, give −2.6060 on y 1" in drawn.alternative_text
    assert "through its gate −0.6124 on y hat 1" in drawn.alternative_text


def test_nothing_passes_a_gate_that_is_shut():
    drawn = picture("network_backwards, ReLU")
    assert below(drawn, "y-2", "right") == "+1.64"
    assert below(drawn, "y-2", "left") == "0"
    grey = matplotlib.colors.to_rgba(style.GREY)
    for j in range(3):
        np.testing.assert_allclose(marked(drawn, f"edge-V-2-{j}").get_color(), grey, atol=0.01)


def test_a_small_pull_keeps_its_sign():
    assert below(picture("network_backwards, 2-4-3"), "y-4", "left") == "−0.001"


def test_a_way_back_needs_two_matrices():
    with pytest.raises(ValueError, match="weights: expected two matrices, V and W, got 1"):
        pictures.network_backwards((W,), SIGMOID, [1, 2, 3], [0, 1])


def covers(drawn, frame, names):
    """Tell whether a frame surrounds exactly the cells of these names."""
    ring = marked(drawn, frame).get_window_extent()
    inside = {
        artist.get_gid()
        for artist in drawn.figure.findobj(matplotlib.patches.FancyBboxPatch)
        if artist.get_gid() not in (None, frame, "card")
        and ring.x0 <= artist.get_window_extent().x0
        and artist.get_window_extent().x1 <= ring.x1
        and ring.y0 <= artist.get_window_extent().y0
        and artist.get_window_extent().y1 <= ring.y1
    }
    return inside == set(names)


def test_a_row_is_framed_forward_and_a_column_backward():
    drawn = picture("rows_and_columns")
    np.testing.assert_array_equal(cells(drawn, "forward", (2, 4)), W)
    np.testing.assert_array_equal(cells(drawn, "bias", (2, 1)), W[:, :1])
    np.testing.assert_array_equal(cells(drawn, "backward", (2, 3)), W[:, 1:])
    assert covers(drawn, "row", [f"forward-1-{j}" for j in range(4)])
    assert covers(drawn, "column", ["backward-1-0", "backward-2-0"])
    other = picture("rows_and_columns, 3 by 5")
    assert covers(other, "row", [f"forward-3-{j}" for j in range(5)])
    assert covers(other, "column", [f"backward-{i}-3" for i in (1, 2, 3)])
    assert "row 1 is framed: 0.5, 2, −1 and 1" in drawn.alternative_text
    assert "column 1 is framed: 2 and −1" in drawn.alternative_text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"row": 0}, "row: expected a number from 1 to 2, got 0"),
        ({"row": 3}, "row: expected a number from 1 to 2, got 3"),
        ({"column": 0}, "column: expected a number from 1 to 3, got 0"),
        ({"column": 4}, "column: expected a number from 1 to 3, got 4"),
    ],
)
def test_no_column_leads_back_to_the_bias(given, said):
    with pytest.raises(ValueError, match=said):
        pictures.rows_and_columns(W, **given)


@pytest.mark.parametrize(
    ("name", "slopes"), [("column_gate_outer", SLOPES), ("column_gate_outer, ReLU", np.array([1, 0, 1]))]
)
def test_a_column_passes_its_gate_and_meets_a_row(name, slopes):
    drawn = picture(name)
    for part, column in (("pull", PULL_Y), ("gate", slopes), ("gated", PULL_Y * slopes)):
        np.testing.assert_allclose(cells(drawn, part, (3, 1))[:, 0], column, atol=5.1e-5)
    np.testing.assert_array_equal(cells(drawn, "signal", (1, 3)), [[1, *X]])
    outer = np.outer(PULL_Y * slopes, [1, *X])
    np.testing.assert_allclose(cells(drawn, "product", (3, 3)), outer, atol=5.1e-5)
    order = [marked(drawn, f"{part}-1-0").get_x() for part in ("pull", "gate", "gated", "product")]
    assert order == sorted(order)


def test_a_shut_gate_leaves_an_empty_row():
    drawn = picture("column_gate_outer, ReLU")
    for name in ("gated-2-0", "product-2-0", "product-2-1", "product-2-2"):
        assert is_card(marked(drawn, name))
    assert not is_card(marked(drawn, "product-1-0"))
    largest = "−1.2248, is the pull −2.6060 times the gate 0.2350 times the signal 2"
    assert largest in picture("column_gate_outer").alternative_text


def test_column_gate_outer_is_the_gradient_on_V():
    record = forward((V, W), SIGMOID, X)
    on_V, _ = negative_gradient((V, W), SIGMOID, record, np.array([0.0, 1.0]))
    np.testing.assert_allclose(cells(picture("column_gate_outer"), "product", (3, 3)), on_V, atol=5.1e-5)


@pytest.mark.parametrize(
    ("pull_y", "signal", "said"),
    [
        (np.ones(6), [1, 2], "pull_y: expected at most 5 numbers, got 6"),
        ([1, 2], np.ones(6), "signal: expected at most 5 numbers, got 6"),
        ([1, 2], [2, -1], r"signal: expected \[1, x\], the constant first, got 2 first"),
    ],
)
def test_column_gate_outer_refuses_what_it_cannot_show(pull_y, signal, said):
    with pytest.raises(ValueError, match=said):
        pictures.column_gate_outer(pull_y, np.ones(len(pull_y)), signal)


def test_every_error_is_a_ring_between_two_derived_slopes():
    drawn = picture("gradient_check_v")
    for step, error in zip(STEPS, ERRORS, strict=True):
        assert data(drawn, f"error-{step:.3g}").ravel().tolist() == [step, error]
    for slope in (2, -1):
        steps, line = np.log(data(drawn, f"curve-slope{slope:+d}"))
        assert (line[1] - line[0]) / (steps[1] - steps[0]) == pytest.approx(slope)
    steps, line = data(drawn, "curve-slope+2")
    height = np.exp(np.interp(np.log(0.1), np.log(steps), np.log(line)))
    assert height == pytest.approx(ERRORS[STEPS.tolist().index(0.1)], rel=0.05)
    (best,) = np.flatnonzero(np.isclose(STEPS, 1e-5))
    assert data(drawn, "best").ravel().tolist() == [STEPS[best], ERRORS[best]]
    assert {"best near 10⁻⁵:", magnitude(ERRORS[best])} <= set(words(drawn))
    assert f"falls from {magnitude(ERRORS[-1])} at {power(STEPS[-1])} to" in drawn.alternative_text
    assert "least near 10⁻⁵" in drawn.alternative_text


def test_rounding_which_no_two_machines_share_is_not_told():
    other = np.where(STEPS < 2e-5, 3 * ERRORS, ERRORS)
    told = [pictures.gradient_check_v(STEPS, errors, 1e-5).alternative_text for errors in (ERRORS, other)]
    assert told[0] == told[1]


def test_the_marked_step_is_one_of_the_steps():
    with pytest.raises(ValueError, match="best: expected one of the steps, got 2e-05"):
        pictures.gradient_check_v(STEPS, ERRORS, 2e-5)


def test_an_error_of_nothing_has_no_place_on_a_logarithmic_axis():
    errors = ERRORS.copy()
    errors[3] = 0.0
    drawn = pictures.gradient_check_v(STEPS, errors, 1e-5)
    rings = drawn.figure.findobj(lambda artist: str(artist.get_gid()).startswith("error-"))
    assert len(rings) == len(STEPS) - 1
    with pytest.raises(ValueError, match="best: expected one of the steps"):
        pictures.gradient_check_v(STEPS, errors, STEPS[3])


def test_every_slip_has_its_table_on_one_scale_and_its_error():
    drawn = picture("slip_fingerprints")
    limit = max(np.abs(slip).max() for slip in SLIPS.values())
    for k, (slip, error) in enumerate(zip(SLIPS.values(), SLIP_ERRORS, strict=True), start=1):
        np.testing.assert_allclose(cells(drawn, f"slip{k}", (3, 3)), slip, atol=0.005)
        assert f"relative error {error:.4f}" in words(drawn)
        face = marked(drawn, f"slip{k}-1-1").get_facecolor()
        np.testing.assert_allclose(face, style.CELLS((slip[0, 1] / limit + 1) / 2), atol=0.01)
    for entry in ("σ′ at y 0.1388", "σ′ left out 3.2553", "sign lost 2.0000", "W updated first 0.1802"):
        assert entry in drawn.alternative_text
    assert words(drawn).count("+3.99") == 1


def test_without_errors_the_largest_difference_is_told():
    assert f"largest difference {2 * np.abs(PULL_V).max():.4f}" in words(picture("slip_fingerprints, one"))


@pytest.mark.parametrize(
    ("names", "differences", "errors", "said"),
    [
        (
            ["a"],
            [np.ones((2, 2))] * 2,
            None,
            "names: expected one a matrix, at most 6, got 1 names, 2 matrices",
        ),
        (list("abcdefg"), [np.ones((2, 2))] * 7, None, "at most 6, got 7 names, 7 matrices and 7 errors"),
        (["a"], [np.ones((2, 2))], [1, 2], "got 1 names, 1 matrices and 2 errors"),
        (["a"], [np.ones((6, 2))], None, "differences: expected at most 5 by 5 numbers, got 6 by 2"),
    ],
)
def test_fingerprints_refuse_what_they_cannot_show(names, differences, errors, said):
    with pytest.raises(ValueError, match=said):
        pictures.slip_fingerprints(names, differences, errors)


def test_the_cost_of_depth_stays_below_its_limit():
    drawn = picture("cost_of_depth")
    for depth in DEPTHS:
        np.testing.assert_allclose(data(drawn, f"cost-{depth}").ravel(), [depth, (2 * depth - 1) / depth])
    np.testing.assert_array_equal(data(drawn, "limit")[1], [2, 2])
    assert {"1", "1.5", "1.67", "1.95", "the limit: 2"} <= set(words(drawn))
    told = "costs 1.5 with 2, 1.67 with 3, 1.9 with 10 and 1.99 with 100 layers"
    assert told in picture("cost_of_depth, four").alternative_text


@pytest.mark.parametrize(
    ("name", "way", "shown"),
    [
        ("one_edge", -1, ["2", "−0.6124", "−1.2248"]),
        ("one_edge, positive", 1, ["0.8808", "+0.8687", "+0.7652"]),
    ],
)
def test_one_edge_multiplies_its_two_ends(name, way, shown):
    drawn = picture(name)
    corners = marked(drawn, "pull").get_xy()
    assert np.sign(corners[3][1] - corners[0][1]) == way
    for entry in shown:
        assert entry in words(drawn)
        assert entry in drawn.alternative_text


def test_a_negative_signal_stands_in_brackets():
    assert "(−1)" in words_of(pictures.one_edge("$v_{12}$", -0.6124, -1, 0.6124))


def words_of(drawn):
    return [text.get_text() for text in drawn.figure.findobj(matplotlib.text.Text)]


# ---------------------------------------------------------------- powers of ten


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.34e-11, "2.3 × 10⁻¹¹"),
        (-1.06e-6, "−1.1 × 10⁻⁶"),
        (0.0013, "1.3 × 10⁻³"),
        (0.034, "0.034"),
        (0.2, "0.2"),
        (0.926, "0.93"),
        (1, "1"),
        (16.2, "16"),
        (512, "512"),
        (3000, "3.0 × 10³"),
        (0, "0"),
    ],
)
def test_two_digits_of_a_number_of_any_size(value, text):
    assert magnitude(value) == text


def test_powers_of_ten():
    assert [ten_to(e) for e in (-12, -9, -8, -1, 0, 1, 345, 67)] == [
        *("10⁻¹²", "10⁻⁹", "10⁻⁸", "10⁻¹", "1", "10¹", "10³⁴⁵", "10⁶⁷")
    ]
    assert [power(v) for v in (1e-5, 1, 100.0, 2e-5)] == ["10⁻⁵", "1", "10²", "2.0 × 10⁻⁵"]
