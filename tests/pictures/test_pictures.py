"""Every static picture: legible, inside its card, and true to the numbers it was given."""

import inspect
import re
from dataclasses import replace
from itertools import combinations

import matplotlib
import numpy as np
import pytest
from drawn_pictures import (
    bar_width,
    cells,
    curve,
    data,
    is_card,
    marked,
    named,
    on_card,
    picture,
    place,
    texts,
    words,
    words_of,
)
from hidden_layer_examples import (
    ERRORS,
    GRADIENTS,
    LAYERS,
    PULL_Y,
    SIGNALS,
    SLOPES,
    SOFTPLUS,
)
from hidden_layer_examples import STEPS as NUDGES
from matplotlib.collections import QuadMesh
from matplotlib.mathtext import MathTextParser
from matplotlib.path import Path
from matplotlib.transforms import Bbox
from picture_examples import (
    BATCH,
    CLIMB,
    CURVES,
    DIGITS,
    EXAMPLES,
    MARKED,
    OVER,
    R_B,
    SOFT,
    STEPS,
    TEN,
    W_B,
    WEIGHTS,
    J,
    R,
    V,
    W,
    X,
    Y,
    Z,
)
from training_picture_examples import (
    BROKEN,
    FALLING,
    HIDDEN,
    PLACES,
    SEEDS,
    SLOW,
    SUMS,
    TWELVE,
    WIDTHS,
)

from mlp_core import ACTIVATIONS, RELU, SIGMOID, TANH, Activation, forward, negative_gradient, pictures
from mlp_core.formulas import activations
from mlp_core.pictures import worksheet
from mlp_core.pictures.ground import style
from mlp_core.pictures.ground.labels import spread_out
from mlp_core.pictures.ground.numbers import bare_power, magnitude, ten_to


@pytest.fixture(params=EXAMPLES)
def drawn(request):
    """Every example in turn, drawn once and laid out."""
    return picture(request.param)


def test_every_public_picture_has_an_example():
    functions = {name for name in pictures.__all__ if inspect.isfunction(getattr(pictures, name))}
    assert functions == {name.split(",")[0] for name in EXAMPLES}


def test_no_two_texts_overlap(drawn):
    found = texts(drawn)
    assert len(found) > 4
    for (one, first), (other, second) in combinations(found, 2):
        shared = Bbox.intersection(first, second)
        touching = shared is not None and min(shared.width, shared.height) > 0.015
        assert not touching, (one.get_text(), other.get_text())


def test_no_text_stands_on_a_curve(drawn):
    for drawn_curve in drawn.figure.findobj(
        lambda artist: (artist.get_gid() or "").startswith(("curve", "tangent"))
    ):
        points = drawn_curve.get_transform().transform(drawn_curve.get_xydata()) / drawn.figure.dpi
        for text, box in texts(drawn):
            # A curve is clipped by its axes; a text beyond them cannot meet it.
            frame = Bbox(drawn_curve.axes.get_window_extent().get_points() / drawn.figure.dpi)
            inside = Bbox.intersection(Bbox([box.min + 0.01, box.max - 0.01]), frame)
            if inside is not None:
                assert not Path(points).intersects_bbox(inside, filled=False), text.get_text()


def test_everything_keeps_its_distance_from_the_edge(drawn):
    renderer = drawn.figure.canvas.get_renderer()
    width, height = drawn.figure.get_size_inches()
    boxes = [(text.get_text(), box) for text, box in texts(drawn)]
    for axes in drawn.figure.axes:
        for patch in (*axes.patches, *axes.lines, *axes.collections):
            if patch.get_gid() != "card" and not (patch.get_clip_on() and axes.get_label() != "card"):
                boxes.append(
                    (patch.get_gid(), Bbox(patch.get_window_extent(renderer).get_points() / drawn.figure.dpi))
                )
    assert len(boxes) > 5
    for what, box in boxes:
        if box.width + box.height:
            assert min(box.x0, box.y0, width - box.x1, height - box.y1) >= style.MARGIN - 1e-6, what


def test_no_letter_is_under_9_points(drawn):
    parser = MathTextParser("path")
    for text, _ in texts(drawn):
        if text.get_fontweight() == "bold" and text.get_fontsize() == style.MESSAGE:
            continue  # symbols in the message stand at its 11 points
        assert text.get_fontsize() >= 9, text.get_text()
        if "$" in text.get_text():
            with matplotlib.rc_context({"mathtext.fontset": "cm"}):
                glyphs = parser.parse(text.get_text(), 72, text.get_fontproperties()).glyphs
            assert min(size for _, size, *_ in glyphs) >= 9, text.get_text()


def test_the_alternative_text_is_plain_and_short(drawn):
    text = drawn.alternative_text
    assert len(text.split()) <= 60
    assert not re.search(r"[$\\{}^]|nan|inf\b", text)
    assert not re.search(r"−0(\.0+)?\b(?!\.?\d)", text), text
    assert text.count(". ") >= 1
    assert re.search(r"\d", text.removesuffix(drawn.message + "."))


def test_one_short_sentence_says_what_to_look_at(drawn):
    assert re.fullmatch(r"[A-Z][^.?!$=]+[.?]", drawn.look)
    assert drawn.look.rstrip(".?").lower() not in drawn.alternative_text.lower()
    said = set(re.findall(r"[a-z]{4,}", drawn.message.lower()))
    assert len(said & set(re.findall(r"[a-z]{4,}", drawn.look.lower()))) <= max(1, len(said) // 2)


def test_numbers_wear_the_true_minus_and_zero_has_no_sign(drawn):
    for text in words(drawn):
        if "$" not in text:
            assert not re.search(r"(?<!\w)-\d", text), text
        assert not re.search(r"[−+]0(\.0+)?$", text), text


def test_an_activation_added_at_run_time_is_drawn_like_any_other(monkeypatch):
    new = replace(
        SOFTPLUS, label="soft plus", output_form="1 - e^{-y}", bounds=(0.0, np.inf), slope_equation="9.9"
    )
    monkeypatch.setitem(activations._KNOWN, "softplus", new)
    drawn = pictures.activation_curves(ACTIVATIONS.values())
    t, y = data(drawn, "curve-softplus")
    np.testing.assert_allclose(y, np.log1p(np.exp(t)))
    assert "soft plus 0.13 and 2.13" in drawn.alternative_text
    drawn = pictures.slope_curves("softplus", 1)
    t, slope = data(drawn, "curve-slope")
    np.testing.assert_allclose(slope, 1 / (1 + np.exp(-t)))
    assert {"soft plus", "$1 - e^{-y}$", "0.7311"} <= set(words_of(drawn))
    for picture_of in (pictures.network_with_numbers, pictures.network_backwards):
        drawn = picture_of((V, W), "softplus", X, R)
        assert "with soft plus" in drawn.alternative_text
        assert "0.97" in words_of(drawn)  # log(1 + e^0.5)
    page = worksheet.worksheet((V, W), "softplus", X, R, solved=True)
    assert {"is soft plus", "(9.9)", "0.9741"} <= set(words_of(page))
    with pytest.raises(ValueError, match="activation: got softplus; expected one with two bounds"):
        pictures.bell_and_parabola("softplus", 1)
    bounded = replace(
        SIGMOID, label="half", function=lambda t: SIGMOID(t) - 0.5, output_form="q", bounds=(-0.5, 0.5)
    )
    monkeypatch.setitem(activations._KNOWN, "half", bounded)
    drawn = pictures.bell_and_parabola("half", 1)
    assert data(drawn, "curve-parabola")[0][[0, -1]].tolist() == [-0.5, 0.5]
    assert "$q$" in words_of(drawn)


def test_a_picture_leaves_the_readers_settings_alone():
    before = dict(matplotlib.rcParams)
    EXAMPLES["routes_to_loss"]().png()
    assert dict(matplotlib.rcParams) == before


def test_lists_are_read_like_arrays():
    arrays = pictures.pulls_and_outer_product(R_B, Z, Y)
    lists = pictures.pulls_and_outer_product(R_B.tolist(), Z.tolist(), Y.tolist())
    assert arrays.png() == lists.png()


@pytest.mark.parametrize("name", ["digit_and_probabilities", "digit_and_probabilities, no label"])
def test_ten_bars_are_as_long_as_the_probabilities(name):
    drawn = picture(name)
    lengths = [bar_width(drawn, f"z-{k}") for k in range(10)]
    np.testing.assert_allclose(lengths, 2.1 * TEN)
    mesh = marked(drawn, "digit")
    assert isinstance(mesh, QuadMesh)
    np.testing.assert_array_equal(mesh.get_array(), DIGITS[0].reshape(8, 8)[::-1])
    assert [text for text in words(drawn) if re.fullmatch(r"0\.\d\d", text)] == [f"{z:.2f}" for z in TEN]


def test_the_target_is_an_open_bar_around_the_true_class():
    drawn = picture("digit_and_probabilities")
    target, probability = marked(drawn, "r-3"), marked(drawn, "z-3")
    assert target.get_width() == pytest.approx(2.1)
    assert target.get_facecolor()[3] == 0
    assert target.get_y() == probability.get_y()
    assert "most, 0.60, to 3" in drawn.alternative_text
    assert "least, 0.02, to 0" in drawn.alternative_text


def test_the_forward_pass_stands_in_the_network():
    drawn = picture("network_with_numbers")
    shown = words(drawn)
    for entry in ("0.5", "−1", "2", "0.62", "0.27", "0.88", "2.36", "0.47", "0.87", "0.13", "2.03", "−1.5"):
        assert entry in shown, entry
    for entry in ("0.8687 and 0.1313", "E is 2.0299", "sigmoid"):
        assert entry in drawn.alternative_text
    halves = {}
    for text, _ in texts(drawn):
        halves[tuple(np.round(text.get_position(), 6))] = text.get_text()
    for unit, before, after in (("y-1", "0.5", "0.62"), ("y-3", "2", "0.88"), ("z-1", "2.36", "0.87")):
        box = marked(drawn, unit)
        middle = box.get_y() + box.get_height() / 2
        quarter = box.get_width() / 4
        assert halves[tuple(np.round((box.get_x() + quarter, middle), 6))] == before
        assert halves[tuple(np.round((box.get_x() + 3 * quarter, middle), 6))] == after
    assert marked(drawn, "edge-V-2-1").get_linestyle() == "--"
    assert marked(drawn, "edge-V-2-1").get_linewidth() == pytest.approx(0.7 + 2.5 * 1.5 / 2)
    assert "0.8176 and 0.1824" in picture("network_with_numbers, ReLU").alternative_text


def test_activations_are_drawn_as_they_are():
    drawn = picture("activation_curves")
    for name, activation in ACTIVATIONS.items():
        t, y = marked(drawn, f"curve-{name}").get_xydata().T
        np.testing.assert_allclose(y, activation(t))
    assert "sigmoid 0.12 and 0.88; tanh −0.96 and 0.96; ReLU 0 and 2" in drawn.alternative_text


def test_the_overshoot_says_where_it_began_and_each_marked_loss():
    drawn = picture("overshoot")
    began = f"{CLIMB[0]:.4f}"
    np.testing.assert_array_equal(data(drawn, "before")[1], [CLIMB[0], CLIMB[0]])
    level = on_card(drawn, "before")[1]
    assert place(drawn, f"before the step: {began}").y0 == pytest.approx(level, abs=0.06)
    assert f"before the step: {began}" in words(drawn)
    for rate, loss in zip(("0.1", "0.5", "1", "2"), np.interp(MARKED, OVER, CLIMB), strict=True):
        assert f"{loss:.4f} at {rate}" in words(drawn)
        assert f"{loss:.4f} at {rate}" in drawn.alternative_text


@pytest.mark.parametrize(
    ("name", "after", "way"),
    [
        ("probabilities_before_after", [0.15, 0.18, 0.67], "raised"),
        ("probabilities_before_after, lowered", [0.15, 0.25, 0.6], "lowered"),
    ],
)
def test_probabilities_before_and_after(name, after, way):
    drawn = picture(name)
    change = np.array(after) - Z
    lengths = []
    for k in range(3):
        assert bar_width(drawn, f"before-{k + 1}") == pytest.approx(2.1 * Z[k])
        assert bar_width(drawn, f"after-{k + 1}") == pytest.approx(2.1 * after[k])
        corners = marked(drawn, f"change-{k + 1}").get_xy()
        lengths.append(corners[3][0] - corners[0][0])
        sign = "+" if change[k] > 0 else "−"
        assert f"{sign}{abs(change[k]):.4f}" in words(drawn)
    np.testing.assert_allclose(lengths, change * 0.6 / np.abs(change).max())
    assert way in drawn.alternative_text


def test_the_jacobian_is_its_two_terms():
    drawn = picture("jacobian_terms")
    first, second, third = (cells(drawn, f"term{place}", (3, 3)) for place in (1, 2, 3))
    np.testing.assert_allclose(first, np.diag(Z))
    np.testing.assert_allclose(second, np.outer(Z, Z))
    np.testing.assert_allclose(third, J)
    operators = {text.get_text(): box.x0 for text, box in texts(drawn) if text.get_text() in "−="}
    assert operators["−"] < operators["="]
    assert "0.09, 0.16 and 0.21" in drawn.alternative_text


def test_two_classes_have_slope_a_quarter():
    drawn = picture("two_class_sigmoid")
    (x0, y0), (x1, y1) = marked(drawn, "tangent").get_xydata()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(0.25)
    np.testing.assert_allclose(data(drawn, "triangle"), [[0, 0, 2], [0.5, 1, 1]])
    assert {"= 0.5", "= 0.25", "2", "0.5"} <= set(words(drawn))


@pytest.mark.parametrize(
    ("name", "products", "total"),
    [
        ("routes_to_loss", [-0.04, 0.4, -0.06], "+0.3000"),
        ("routes_to_loss, one-hot", [0, -0.1, 0], "−0.1000"),
        ("routes_to_loss, r sums to 2", [0, -0.7, 0.3], "−0.4000"),
    ],
)
def test_routes_are_as_wide_as_their_products_and_add_up(name, products, total):
    drawn = picture(name)
    widths = [marked(drawn, f"route-{k}-{half}").get_linewidth() for k in (1, 2, 3) for half in ("in", "out")]
    expected = np.maximum(0.34 * np.abs(products) / np.abs(products).sum(), 0.011) * 72
    np.testing.assert_allclose(widths, np.repeat(expected, 2))
    printed = [f"{product:+.2f}".replace("-", "−") if product else "0" for product in products]
    column = [text for text, _ in texts(drawn) if text.get_position()[0] == 6.4 and text.get_ha() == "right"]
    column.sort(key=lambda text: -text.get_position()[1])
    assert [text.get_text() for text in column] == ["product", *printed, total[:-2]]
    assert f"together the pull {total}" in drawn.alternative_text
    assert total in words(drawn)


def test_the_routes_do_not_give_the_result_away():
    assert not any("r_2" in text or "0.5 − 0.2" in text for text in words(picture("routes_to_loss")))


@pytest.mark.parametrize(
    ("name", "r", "y"),
    [
        ("pulls_and_outer_product", R_B, Y),
        ("pulls_and_outer_product, negative y", SOFT, np.array([0.46, -0.76, 0.96])),
    ],
)
def test_each_row_is_its_pull_times_the_signals(name, r, y):
    drawn = picture(name)
    signals = np.concatenate([[1.0], y])
    np.testing.assert_allclose(cells(drawn, "cell", (3, 4)), np.outer(r - Z, signals), atol=0.005 + 1e-9)
    for k in range(3):
        assert bar_width(drawn, f"z-{k + 1}") == pytest.approx(1.75 * Z[k])
        assert bar_width(drawn, f"r-{k + 1}") == pytest.approx(1.75 * r[k])
        corners = marked(drawn, f"pull-{k + 1}").get_xy()
        assert corners[3][0] - corners[0][0] == pytest.approx(1.75 * (r - Z)[k])
    heights = [marked(drawn, f"y-{j}").get_height() for j in range(4)]
    np.testing.assert_allclose(np.array(heights) / heights[0], signals, atol=1e-12)
    assert f"{(r - Z)[0]:+.1f}".replace("-", "−") in words(drawn)


def test_only_row_k_is_alive_in_block_k():
    drawn = picture("logit_blocks")
    for k in range(3):
        block = cells(drawn, f"block{k + 1}", (3, 4))
        expected = np.zeros((3, 4))
        expected[k] = [1, *Y]
        np.testing.assert_array_equal(block, expected)
        tinted = marked(drawn, f"block{k + 1}-{k + 1}-0").get_facecolor()
        assert matplotlib.colors.to_hex(tinted).upper() == style.SIGNAL_TINT


def test_a_column_backwards_is_a_bill():
    drawn = picture("columns_backwards")
    np.testing.assert_allclose(cells(drawn, "weight", (3, 3)), W_B[:, 1:], atol=1e-9)
    np.testing.assert_allclose(cells(drawn, "bias", (3, 1)), W_B[:, :1], atol=0.005)
    ring, cell = marked(drawn, "spoken-of"), marked(drawn, "weight-2-0")
    assert ring.get_x() + ring.get_width() / 2 == pytest.approx(cell.get_x() + cell.get_width() / 2)
    for entry in ("−0.1", "+0.8", "−0.7", "−0.2000", "−3.2000", "−0.7000", "−4.1000", "leads nowhere"):
        assert entry in words(drawn)
    assert "together −4.1000 on y 1" in drawn.alternative_text
    other = picture("columns_backwards, two rows")
    ring, cell = marked(other, "spoken-of"), marked(other, "weight-1-2")
    assert ring.get_x() + ring.get_width() / 2 == pytest.approx(cell.get_x() + cell.get_width() / 2)


def test_a_batch_shows_each_example_and_the_mean():
    drawn = picture("batch_of_outer_products")
    for b, matrix in enumerate(BATCH, start=1):
        np.testing.assert_allclose(cells(drawn, f"example{b}", (3, 4)), matrix, atol=1e-9)
    np.testing.assert_allclose(cells(drawn, "mean", (3, 4)), sum(BATCH) / 2, atol=1e-9)
    assert "+0.4, +0.3 and −0.7" in drawn.alternative_text


def test_training_curves_end_in_their_last_values():
    drawn = picture("training_curves")
    np.testing.assert_array_equal(marked(drawn, "E-validation").get_ydata(), CURVES[0][1])
    np.testing.assert_allclose(marked(drawn, "r-training").get_ydata(), 100 * CURVES[1][0])
    for entry in ("training 0.23", "validation 0.32", "training 99.1", "validation 96.1"):
        assert entry in words(drawn)
    assert marked(drawn, "E-training").get_linestyle() != marked(drawn, "E-validation").get_linestyle()
    assert "training: E 0.23, 99.1 % right; validation: E 0.32, 96.1 % right" in drawn.alternative_text


def test_the_gallery_labels_every_digit():
    drawn = picture("digit_gallery")
    for n in range(11):
        np.testing.assert_array_equal(marked(drawn, f"digit-{n}").get_array(), DIGITS[n].reshape(8, 8)[::-1])
    assert words(drawn)[1:] == [str(n % 10) for n in range(11)]
    assert "11 grey digits. Their labels begin 0, 1, 2, 3, 4, 5, 6, 7." in drawn.alternative_text


def test_the_gallery_tells_what_was_read():
    drawn = picture("digit_gallery, read")
    assert words(drawn)[1:7] == ["is 1", "read 1", "at 0.90", "is 2", "read 2", "at 0.80"]
    assert "5 grey digits. 2 were read wrong" in drawn.alternative_text


def test_the_gallery_rings_the_pixels_that_it_is_told():
    drawn = picture("digit_gallery, ringed")
    rings = drawn.figure.findobj(lambda artist: artist.get_gid() == "ringed")
    at = [(float(x), float(y)) for ring in rings for x, y in zip(*ring.get_data(), strict=True)]
    assert at == [(3.5, 9.5)] * 2 + [(8.5, 0.5)] * 2  # pixel 27 is row 2, column 3 from the top left
    assert "Rings mark 2 pixels." in drawn.alternative_text


# ---------------------------------------------------------------- chapter 04


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
    lie = Activation(
        "lie",
        SIGMOID.function,
        SIGMOID.derivative,
        lambda y: 0.9 * y * (1 - y),
        output_form="y",
        bounds=(0, 1),
    )
    text = pictures.bell_and_parabola(lie, 2).alternative_text
    assert "At y hat 2 the bell is 0.1050 high, at y 0.8808 the parabola 0.0945" in text


def test_lists_with_names_are_drawn_like_a_dict():
    lists = pictures.depth_curves(LAYERS, list(SIGNALS.values()), list(GRADIENTS.values()), list(SIGNALS))
    assert lists.png() == pictures.depth_curves(LAYERS, SIGNALS, GRADIENTS).png()


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


# ---------------------------------------------------------------- chapter 05


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


def test_every_error_is_a_ring_between_two_derived_slopes():
    drawn = picture("gradient_check_v")
    for step, error in zip(NUDGES, ERRORS, strict=True):
        assert data(drawn, f"error-{step:.3g}").ravel().tolist() == [step, error]
    for slope in (2, -1):
        steps, line = np.log(data(drawn, f"curve-slope{slope:+d}"))
        assert (line[1] - line[0]) / (steps[1] - steps[0]) == pytest.approx(slope)
    steps, line = data(drawn, "curve-slope+2")
    height = np.exp(np.interp(np.log(0.1), np.log(steps), np.log(line)))
    assert height == pytest.approx(ERRORS[NUDGES.tolist().index(0.1)], rel=0.05)
    (best,) = np.flatnonzero(np.isclose(NUDGES, 1e-5))
    assert data(drawn, "best").ravel().tolist() == [NUDGES[best], ERRORS[best]]
    assert {"best near 10⁻⁵:", magnitude(ERRORS[best])} <= set(words(drawn))
    assert f"falls from {magnitude(ERRORS[-1])} at {bare_power(NUDGES[-1])} to" in drawn.alternative_text
    assert "least near 10⁻⁵" in drawn.alternative_text


def test_rounding_which_no_two_machines_share_is_not_told():
    other = np.where(NUDGES < 2e-5, 3 * ERRORS, ERRORS)
    told = [pictures.gradient_check_v(NUDGES, errors, 1e-5).alternative_text for errors in (ERRORS, other)]
    assert told[0] == told[1]


def test_an_error_of_nothing_has_no_place_on_a_logarithmic_axis():
    errors = ERRORS.copy()
    errors[3] = 0.0
    drawn = pictures.gradient_check_v(NUDGES, errors, 1e-5)
    rings = drawn.figure.findobj(lambda artist: str(artist.get_gid()).startswith("error-"))
    assert len(rings) == len(NUDGES) - 1


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
    assert [bare_power(v) for v in (1e-5, 1, 100.0, 2e-5)] == ["10⁻⁵", "1", "10²", "2.0 × 10⁻⁵"]


# ---------------------------------------------------------------- E over the epochs


def test_curves_are_counted_in_what_they_are_told():
    drawn, same = picture("training_curves, epochs"), picture("training_curves")
    assert words(drawn).count("epochs") == 2
    assert "over 30 epochs. At the end one: E 0.02, 99.9 % right" in drawn.alternative_text
    assert words(same).count("steps") == 2
    told = pictures.training_curves(STEPS, *CURVES, ["training", "validation"], over="steps")
    assert told.png() == same.png()


def test_each_run_is_drawn_and_ends_in_its_last_value():
    drawn = picture("loss_curves")
    for k, run in enumerate((FALLING, SLOW, BROKEN), start=1):
        epochs, losses = data(drawn, f"curve-{k}")
        np.testing.assert_array_equal(epochs, np.arange(len(run)))
        np.testing.assert_array_equal(losses, run)
    assert {"rate 0.05  0.018", "rate 0.001  2", "rate 5\ndiverged after 3 epochs"} <= set(words(drawn))
    said = (
        "3 runs over 30 epochs. At the end: rate 0.05 0.018, rate 0.001 2 and rate 5 diverged after 3 epochs."
    )
    assert said in drawn.alternative_text


@pytest.mark.parametrize(
    ("loss", "one", "two"),
    [
        (2.345, "2.3", "2.35"),
        (0.123, "0.12", "0.12"),
        (0.0123, "0.012", "0.01"),
        (0.00312, "0.0031", "0.0031"),
        (0.000312, "3.1 × 10⁻⁴", "3.1 × 10⁻⁴"),
        (0, "0", "0"),
    ],
)
def test_a_small_loss_is_not_told_as_nothing(loss, one, two):
    curve = np.array([2.3, loss])
    assert f"At the end: a {one}." in pictures.loss_curves([curve], ["a"], "A").alternative_text
    drawn = pictures.training_curves([0, 1], [curve], [[0.1, 1.0]], ["a"])
    assert f"a: E {two}, 100.0 % right" in drawn.alternative_text


def test_a_run_that_rises_again_is_told_where_it_ends():
    drawn = pictures.loss_curves([[2.3, 0.51, 0.74]], ["one"], "One")
    assert "At the end: one 0.74." in drawn.alternative_text


def test_a_label_stands_at_the_height_of_its_end():
    drawn = picture("loss_curves")
    for k, text in ((1, "rate 0.05  0.018"), (2, "rate 0.001  2")):
        box, (_, end) = place(drawn, text), on_card(drawn, f"curve-{k}")
        assert (box.y0 + box.y1) / 2 == pytest.approx(end, abs=0.03)


def test_labels_that_are_moved_apart_keep_their_leaders():
    drawn = picture("loss_curves, five")
    names = ("right", "missing minus", "missing 1/B", "one that was broken", "no gate")
    heights = {}
    for text, box in texts(drawn):
        for k, name in enumerate(names, start=1):
            if text.get_text().startswith((name + "  ", name + "\n")):
                heights[k] = (box.y0 + box.y1) / 2
    for k in range(1, 6):
        begins, ends = data(drawn, f"leader-{k}")[1]
        assert begins == pytest.approx(on_card(drawn, f"curve-{k}")[1])
        assert ends == pytest.approx(heights[k], abs=0.03)
    assert heights[3] > heights[1]  # as their ends are
    assert min(np.diff(sorted(heights.values()))) > 0.3


def test_only_a_run_that_diverged_ends_in_a_cross():
    drawn = picture("loss_curves")
    assert named(drawn, "diverged") == {"diverged-3"}
    (epoch,), (level,) = data(drawn, "diverged-3")
    assert epoch == 3
    assert level == marked(drawn, "diverged-3").axes.get_ylim()[1] == pytest.approx(230 * 1.15)
    assert data(drawn, "leader-3")[1][0] == pytest.approx(on_card(drawn, "diverged-3")[1])
    five = picture("loss_curves, five")
    assert named(five, "diverged") == {"diverged-4", "diverged-5"}
    np.testing.assert_array_equal(data(five, "diverged-5"), [[1], [2.6]])
    assert {"one that was broken\ndiverged after 0 steps", "no gate\ndiverged after 1 step"} <= set(
        words(five)
    )
    assert not named(picture("loss_curves, small span"), "diverged")


def test_an_axis_that_is_told_where_to_end_is_cut_there_and_marks_its_levels():
    drawn = picture("loss_curves, cut")
    axes = marked(drawn, "curve-1").axes
    assert axes.get_yscale() == "linear"
    assert axes.get_ylim() == (0, 4)
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["0", "1.46", "log 10"]
    levels = drawn.figure.findobj(lambda artist: artist.get_gid() == "level")
    assert [level.get_ydata()[0] for level in levels] == pytest.approx([1.46, np.log(10)])
    assert "What rises above 4 is cut. Thin lines at 1.46 (1.46) and log 10 (2.30)." in drawn.alternative_text


@pytest.mark.parametrize(
    ("name", "scale"),
    [
        ("loss_curves", "log"),
        ("loss_curves, one decade", "log"),
        ("loss_curves, small span", "linear"),
        ("loss_curves, down to 0", "linear"),
    ],
)
def test_a_logarithmic_axis_is_for_more_than_a_factor_of_ten(name, scale):
    axes = marked(picture(name), "curve-1").axes
    assert axes.get_yscale() == scale
    low, high = axes.get_ylim()
    assert 3 <= sum(low <= tick <= high for tick in axes.get_yticks()) <= 7


def test_the_axis_turns_logarithmic_just_above_a_factor_of_ten():
    for least, scale in ((0.2, "linear"), (0.199, "log")):
        drawn = pictures.loss_curves([[2.0, least]], ["one"], "One")
        assert marked(drawn, "curve-1").axes.get_yscale() == scale


def test_five_runs_have_five_kinds_of_line():
    drawn = picture("loss_curves, five")
    lines = [marked(drawn, f"curve-{k}") for k in range(1, 6)]
    assert len({(line.get_color(), str(line._dash_pattern)) for line in lines}) == 5
    assert {line.get_color() for line in lines} == {style.INK, style.SLATE}


# ---------------------------------------------------------------- how many are right


def test_seeds_are_dots_with_a_bar_at_their_mean():
    drawn = picture("accuracy_over_width")
    for k, width in enumerate(WIDTHS):
        x, shares = data(drawn, f"seeds-{width}")
        np.testing.assert_allclose(x, np.log2(width))
        np.testing.assert_allclose(shares, 100 * SEEDS[:, k])
        x, mean = data(drawn, f"mean-{width}")
        assert x.mean() == pytest.approx(np.log2(width))
        np.testing.assert_allclose(mean, 100 * SEEDS[:, k].mean())
    for text in ("66.0", "91.0", "95.0", "96.3", "97.0", "98.0", "4", "128", "no hidden layer\n96.0"):
        assert text in words(drawn), text
    np.testing.assert_allclose(data(drawn, "linear")[1], 96)
    assert drawn.alternative_text.startswith("Bars at the mean of 3 seeds over the number of hidden units.")
    assert "66.0 % with 4 and 98.0 % with 128; 96.0 % without a hidden layer" in drawn.alternative_text


def test_a_mean_is_printed_below_its_width():
    drawn = picture("accuracy_over_width")
    for width, mean in ((4, "66.0"), (32, "96.3"), (128, "98.0")):
        box, (x, _) = place(drawn, mean), on_card(drawn, f"mean-{width}", 0)
        across, _ = on_card(drawn, f"mean-{width}", 1)
        assert (box.x0 + box.x1) / 2 == pytest.approx((x + across) / 2, abs=0.01)


def test_a_line_low_down_keeps_its_name_off_the_axis():
    drawn = pictures.accuracy_over_width([8, 16], [0.99, 0.98], 0.9512, "A low line")
    drawn.figure.canvas.draw()
    (label,) = [text for text in drawn.figure.axes[0].texts if text.get_text().startswith("no hidden")]
    frame = marked(drawn, "linear").axes.get_window_extent()
    assert on_card(drawn, "linear")[1] * drawn.figure.dpi < frame.y0 + 10
    assert label.get_window_extent().y0 >= frame.y0


def test_one_seed_is_a_ring():
    drawn = picture("accuracy_over_width, one seed")
    assert not named(drawn, "seeds")
    for k, width in enumerate(WIDTHS[2:], start=2):
        np.testing.assert_allclose(data(drawn, f"mean-{width}"), [[np.log2(width)], [100 * SEEDS[0, k]]])
    assert marked(drawn, "mean-16").get_markerfacecolor() == style.CARD
    assert drawn.alternative_text.startswith(
        "Rings over the number of hidden units. Right are 95.0 % with 16"
    )
    assert "94.0 % without a hidden layer" in drawn.alternative_text


@pytest.mark.parametrize("least", [0.0, 0.1, 0.33, 0.62, 0.8, 0.94, 0.961, 0.99, 1.0])
def test_the_axis_of_shares_holds_them_all_and_few_ticks(least):
    drawn = pictures.accuracy_over_width([8, 16], [least, 1.0], 1.0, "Two")
    axes = marked(drawn, "linear").axes
    low, high = axes.get_ylim()
    assert high == 100
    assert low <= 100 * least
    assert low < 100 * least or least == 0
    assert 2 <= len(axes.get_yticks()) <= 7


# ---------------------------------------------------------------- what is taken for what, and how surely


# ---------------------------------------------------------------- weights, and digits read wrong


def test_without_rings_nothing_changes():
    plain = pictures.weight_pictures(WEIGHTS, ringed=())
    assert plain.png() == picture("weight_pictures").png()
    assert plain.alternative_text == picture("weight_pictures").alternative_text
    assert not plain.figure.findobj(lambda artist: artist.get_gid() == "ringed")


def test_many_hidden_units_stand_eight_in_a_row():
    drawn = picture("weight_pictures, 32 ringed")
    corners = [marked(drawn, f"weights-{k}").axes.get_position() for k in range(32)]
    assert len({round(corner.y0, 6) for corner in corners}) == 4
    assert len({round(corner.x0, 6) for corner in corners}) == 8
    for k in range(32):
        np.testing.assert_array_equal(
            marked(drawn, f"weights-{k}").get_array(), HIDDEN[k, 1:].reshape(8, 8)[::-1]
        )
    assert "orange where ink raises its sum, violet where it lowers it" in drawn.alternative_text
    twelve = [marked(picture("weight_pictures, 12 of 12 by 12"), f"weights-{k}").axes for k in range(12)]
    assert len({round(axes.get_position().y0, 6) for axes in twelve}) == 2


def test_a_unit_says_its_sum_above_0_and_keeps_back_what_is_below():
    drawn = picture("answers_as_it_slides")
    through, kept = named(drawn, "through-"), named(drawn, "kept-")
    assert through == {f"through-{unit}-{at}" for unit, at in np.argwhere(SUMS > 0).tolist()}
    assert kept == {f"kept-{unit}-{at}" for unit, at in np.argwhere(SUMS <= 0).tolist()}
    bars = {name: marked(drawn, name) for name in through | kept}
    scale = bars["through-0-0"].get_height() / SUMS[0, 0]
    for name, bar in bars.items():
        unit, at = map(int, name.split("-")[1:])
        assert bar.get_height() == pytest.approx(scale * SUMS[unit, at])
        sheet = marked(drawn, f"sheet-{at}").axes.get_position()
        middle = (sheet.x0 + sheet.x1) / 2 * drawn.figure.get_figwidth()
        assert bar.get_x() + bar.get_width() / 2 == pytest.approx(middle)
        assert (bar.get_facecolor()[3] == 0) == name.startswith("kept")
    assert "unit 33 3.6, 2.4, −1.8, −4.7, 0; unit 84 −5.2, −0.4, 0.4, 2.8, 4.3." in drawn.alternative_text


def test_a_sheet_and_the_weights_below_it_lie_alike():
    drawn = picture("answers_as_it_slides")
    for at in range(5):
        ink = marked(drawn, f"sheet-{at}").get_array()
        np.testing.assert_array_equal(ink, PLACES[at].reshape(12, 12)[::-1])
    limit = np.abs(TWELVE[:2, 1:]).max()
    for unit in range(2):
        mesh = marked(drawn, f"weights-{unit}")
        np.testing.assert_array_equal(mesh.get_array(), TWELVE[unit, 1:].reshape(12, 12)[::-1])
        assert mesh.norm.vmax == -mesh.norm.vmin == limit


def test_the_gallery_tells_the_first_digit_that_was_read_wrong():
    drawn = picture("digit_gallery, sixteen wrong")
    assert words(drawn)[1:4] == ["is 0", "read 1", "at 1.00"]
    assert "16 were read wrong; the first is 0, read 1 at 1.00." in drawn.alternative_text
    assert "the first is 3, read 8 at 0.70" in picture("digit_gallery, read").alternative_text
    assert "0 were read wrong. What" in picture("digit_gallery, none wrong").alternative_text
