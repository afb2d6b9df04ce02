"""Every static picture: legible, inside its card, and true to the numbers it was given."""

import inspect
import re
from itertools import combinations

import matplotlib
import numpy as np
import pytest
from hidden_layer_examples import EXAMPLES as HIDDEN_LAYER_EXAMPLES
from matplotlib.collections import QuadMesh
from matplotlib.mathtext import MathTextParser
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from training_picture_examples import EXAMPLES as TRAINING_EXAMPLES

from mlp_core import ACTIVATIONS, RELU, SIGMOID, pictures
from mlp_core.pictures.ground import style

X, R = np.array([2.0, -1.0]), np.array([0.0, 1.0])
V = np.array([[0.5, 1, 2], [1, -1.5, -1], [-1, 2, 1]])
W = np.array([[0.5, 2, -1, 1], [-0.5, -1, 1, 1.5]])
Z, Y, R_B = np.array([0.1, 0.2, 0.7]), np.array([0.5, 0.0, 2.0]), np.array([0.0, 1.0, 0.0])
SOFT = np.array([0.2, 0.5, 0.3])
W_B = np.array([[0, 2, 1, -0.5], [np.log(2), -4, -1, 1], [np.log(7), 1, 3, -0.25]])
J = np.diag(Z) - np.outer(Z, Z)
RNG = np.random.default_rng(7)
DIGITS = RNG.random((11, 64))
TEN = np.array([0.02, 0.03, 0.05, 0.6, 0.04, 0.06, 0.05, 0.05, 0.04, 0.06])
ETAS = np.round(np.linspace(-0.1, 1, 111), 2)
BOWL = 2 * np.exp(-3 * ETAS)
OVER = np.linspace(0, 2, 81)
CLIMB = 0.6 + (OVER - 0.6) ** 2 * np.where(OVER < 0.6, 2.7, 0.5)
MARKED = np.array([0.1, 0.5, 1.0, 2.0])
BATCH = [np.outer([-0.1, 0.8, -0.7], [1, *Y]), np.outer([0.9, -0.2, -0.7], [1, 0.25, 0, 1])]
STEPS = np.arange(1, 101)
CURVES = [2.3 / STEPS**0.5, 0.1 + 2.2 / STEPS**0.5], [1 - 0.9 / STEPS, 0.97 - 0.87 / STEPS]
WEIGHTS = RNG.normal(size=(10, 65))
TIMES = np.linspace(-6, 6, 121)

EXAMPLES = {
    "digit_and_probabilities": lambda: pictures.digit_and_probabilities(DIGITS[0], TEN, 3),
    "digit_and_probabilities, sure": lambda: pictures.digit_and_probabilities(
        RNG.random(144), np.eye(10)[7], 7
    ),
    "digit_and_probabilities, no label": lambda: pictures.digit_and_probabilities(DIGITS[0], TEN),
    "network_with_numbers": lambda: pictures.network_with_numbers((V, W), SIGMOID, X, R),
    "network_with_numbers, ReLU": lambda: pictures.network_with_numbers((V, W), RELU, X, R),
    "network_with_numbers, 2-4-3": lambda: pictures.network_with_numbers(
        (np.ones((4, 3)), np.ones((3, 5))), SIGMOID, X, [0.2, 0.3, 0.5]
    ),
    "activation_curves": lambda: pictures.activation_curves(ACTIVATIONS.values()),
    "loss_along_weight": lambda: pictures.loss_along_weight(
        TIMES, np.log1p(np.exp(TIMES)), 2, 2.1269, 0.8808, r"$w_{11}$", name_in_words="w one one"
    ),
    "loss_along_weight, rising pull": lambda: pictures.loss_along_weight(
        TIMES, np.log1p(np.exp(-TIMES)), -1, 1.3133, -0.7311, r"$v_{20}$"
    ),
    "loss_along_step": lambda: pictures.loss_along_step(ETAS, BOWL, 6.0),
    "overshoot": lambda: pictures.overshoot(OVER, CLIMB, MARKED, np.interp(MARKED, OVER, CLIMB)),
    "probabilities_before_after": lambda: pictures.probabilities_before_after(Z, [0.15, 0.18, 0.67], 1),
    "probabilities_before_after, lowered": lambda: pictures.probabilities_before_after(
        Z, [0.15, 0.25, 0.6], 3
    ),
    "jacobian_terms": lambda: pictures.jacobian_terms(Z),
    "jacobian_map": lambda: pictures.jacobian_map(Z, J, (2, 3), -0.14),
    "jacobian_map, first": lambda: pictures.jacobian_map(Z, J, (1, 1), 0.09),
    "jacobian_map, two classes": lambda: pictures.jacobian_map(
        [0.3, 0.7], [[0.21, -0.21], [-0.21, 0.21]], (1, 2), -0.21
    ),
    "two_class_sigmoid": lambda: pictures.two_class_sigmoid(TIMES, 1 / (1 + np.exp(-TIMES))),
    "temperatures": lambda: pictures.temperatures(
        [0.5, 1, 2], [[0.0185, 0.0741, 0.9074], Z, [0.1976, 0.2795, 0.5229]]
    ),
    "loss_of_probability": lambda: pictures.loss_of_probability(marked=(0.9, 0.5, 0.2, 0.01)),
    "routes_to_loss": lambda: pictures.routes_to_loss(SOFT, Z, 2),
    "routes_to_loss, one-hot": lambda: pictures.routes_to_loss(R_B, Z, 1),
    "routes_to_loss, r sums to 2": lambda: pictures.routes_to_loss([0, 1, 1], Z, 3),
    "pulls_and_outer_product": lambda: pictures.pulls_and_outer_product(R_B, Z, Y),
    "pulls_and_outer_product, negative y": lambda: pictures.pulls_and_outer_product(
        SOFT, Z, [0.46, -0.76, 0.96]
    ),
    "logit_blocks": lambda: pictures.logit_blocks(Y, 3),
    "columns_backwards": lambda: pictures.columns_backwards(W_B, R_B - Z, 1),
    "columns_backwards, two rows": lambda: pictures.columns_backwards(W, [-0.8687, 0.8687], 3),
    "batch_of_outer_products": lambda: pictures.batch_of_outer_products(BATCH, sum(BATCH) / 2),
    "batch_of_outer_products, three": lambda: pictures.batch_of_outer_products([*BATCH, BATCH[0]], BATCH[0]),
    "training_curves": lambda: pictures.training_curves(STEPS, *CURVES, ["training", "validation"]),
    "training_curves, equal ends": lambda: pictures.training_curves(
        STEPS, [CURVES[0][0]] * 2, [CURVES[1][0]] * 2, ["training", "validation"]
    ),
    "weight_pictures": lambda: pictures.weight_pictures(WEIGHTS),
    "weight_pictures, 12 by 12": lambda: pictures.weight_pictures(
        RNG.normal(size=(3, 145)), (12, 12), ["a", "b", "c"]
    ),
    "digit_gallery": lambda: pictures.digit_gallery(DIGITS, np.arange(11) % 10),
    "digit_gallery, read": lambda: pictures.digit_gallery(
        DIGITS[:5], [1, 2, 3, 4, 5], [1, 2, 8, 4, 9], [0.9, 0.8, 0.7, 0.61, 0.52], columns=5
    ),
    "accuracy_bars": lambda: pictures.accuracy_bars(
        ["as written", "moved by up to 1 pixel", "moved by up to 2 pixels"],
        [0.972, 0.7, 0.33],
        "Moved digits",
    ),
}
EXAMPLES |= HIDDEN_LAYER_EXAMPLES
EXAMPLES |= TRAINING_EXAMPLES
PICTURES = {}


@pytest.fixture(params=EXAMPLES)
def drawn(request):
    """Every example in turn, drawn once and laid out."""
    return picture(request.param)


def picture(name):
    return laid_out(name)[0]


def laid_out(name):
    """Return a picture and the texts that were put on paper, with their boxes in inches."""
    if name not in PICTURES:
        made, found, draw = EXAMPLES[name](), [], Text.draw
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Text, "draw", lambda text, renderer: (found.append(text), draw(text, renderer))[1])
            made.figure.canvas.draw()
        renderer = made.figure.canvas.get_renderer()
        found = [text for text in found if text.get_visible() and text.get_text()]
        boxes = [text.get_window_extent(renderer).get_points() / made.figure.dpi for text in found]
        PICTURES[name] = made, [(text, Bbox(box)) for text, box in zip(found, boxes, strict=True)]
    return PICTURES[name]


def texts(drawn):
    return next(found for made, found in PICTURES.values() if made is drawn)


def words(drawn):
    return [text.get_text() for text, _ in texts(drawn)]


def marked(drawn, name):
    """Return the artist that carries a name."""
    (artist,) = drawn.figure.findobj(lambda artist: artist.get_gid() == name)
    return artist


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
    for curve in drawn.figure.findobj(
        lambda artist: (artist.get_gid() or "").startswith(("curve", "tangent"))
    ):
        points = curve.get_transform().transform(curve.get_xydata()) / drawn.figure.dpi
        for text, box in texts(drawn):
            # A curve is clipped by its axes; a text beyond them cannot meet it.
            frame = Bbox(curve.axes.get_window_extent().get_points() / drawn.figure.dpi)
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


def test_numbers_wear_the_true_minus_and_zero_has_no_sign(drawn):
    for text in words(drawn):
        if "$" not in text:
            assert not re.search(r"(?<!\w)-\d", text), text
        assert not re.search(r"[−+]0(\.0+)?$", text), text


def test_a_picture_leaves_the_readers_settings_alone():
    before = dict(matplotlib.rcParams)
    EXAMPLES["routes_to_loss"]().png()
    assert dict(matplotlib.rcParams) == before


def test_lists_are_read_like_arrays():
    arrays = pictures.pulls_and_outer_product(R_B, Z, Y)
    lists = pictures.pulls_and_outer_product(R_B.tolist(), Z.tolist(), Y.tolist())
    assert arrays.png() == lists.png()


def bar_width(drawn, name):
    return marked(drawn, name).get_width()


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


def test_a_network_needs_two_matrices():
    with pytest.raises(ValueError, match="weights: expected two matrices, V and W, got 1"):
        pictures.network_with_numbers((W,), SIGMOID, [1, 2, 3], R)


def test_activations_are_drawn_as_they_are():
    drawn = picture("activation_curves")
    for name, activation in ACTIVATIONS.items():
        t, y = marked(drawn, f"curve-{name}").get_xydata().T
        np.testing.assert_allclose(y, activation(t))
    assert "sigmoid 0.12 and 0.88; tanh −0.96 and 0.96; ReLU 0 and 2" in drawn.alternative_text


@pytest.mark.parametrize(
    ("name", "at", "height", "slope", "way"),
    [
        ("loss_along_weight", 2, 2.1269, 0.8808, "make it smaller"),
        ("loss_along_weight, rising pull", -1, 1.3133, -0.7311, "make it larger"),
    ],
)
def test_the_tangent_has_the_measured_slope_and_the_arrow_points_against_it(name, at, height, slope, way):
    drawn = picture(name)
    (x0, y0), (x1, y1) = marked(drawn, "tangent").get_xydata()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(slope)
    assert y0 + slope * (at - x0) == pytest.approx(height)
    corners = marked(drawn, "negative-slope").get_xy()
    tail_x, head_x = corners[0][0], corners[3][0]
    assert np.sign(head_x - tail_x) == -np.sign(slope)
    assert tail_x == pytest.approx(0.75 + 3.9 * (at + 6) / 12)
    assert way in words(drawn)
    assert way in drawn.alternative_text


def test_the_name_of_a_weight_is_put_into_words():
    assert "w one one" in picture("loss_along_weight").alternative_text
    assert "over v 20 with" in picture("loss_along_weight, rising pull").alternative_text


def test_the_step_follows_its_tangent_only_at_first():
    drawn = picture("loss_along_step")
    rates, tangent = marked(drawn, "tangent").get_xydata().T
    np.testing.assert_allclose(tangent, 2 - 6 * rates)
    np.testing.assert_array_equal(marked(drawn, "curve-E").get_ydata(), BOWL)
    for entry in ("1.9409", "1.9400", "1.4816", "1.4000"):
        assert entry in words(drawn)
    assert "From 2.0000 to 1.9409 after 0.01 (tangent 1.9400)" in drawn.alternative_text


def test_a_loss_between_two_samples_is_not_guessed():
    with pytest.raises(ValueError, match=r"learning_rates: expected 0\.1 among them, the nearest is 0\.125"):
        pictures.loss_along_step([0, 0.125, 0.25], [3, 2, 1], 8.0, marked=(0.1,))
    with pytest.raises(ValueError, match=r"learning_rates: expected 0 among them, the nearest is 0\.5"):
        pictures.overshoot([0.5, 1], [3, 2], [1], [2])


def test_the_overshoot_says_where_it_began_and_each_marked_loss():
    drawn = picture("overshoot")
    began = f"{CLIMB[0]:.4f}"
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


def cells(drawn, name, shape, first_column=0):
    """Return the printed numbers of a table of cells, read from where they stand."""
    found = {text.get_position(): text.get_text() for text, _ in texts(drawn)}
    rows = []
    for i in range(shape[0]):
        row = []
        for j in range(first_column, first_column + shape[1]):
            box = marked(drawn, f"{name}-{i + 1}-{j}")
            middle = box.get_x() + box.get_width() / 2, box.get_y() + box.get_height() / 2
            (text,) = [t for place, t in found.items() if np.allclose(place, middle, atol=1e-9)]
            row.append(float(text.replace("−", "-")))
        rows.append(row)
    return np.array(rows)


def test_the_jacobian_is_its_two_terms():
    drawn = picture("jacobian_terms")
    first, second, third = (cells(drawn, f"term{place}", (3, 3)) for place in (1, 2, 3))
    np.testing.assert_allclose(first, np.diag(Z))
    np.testing.assert_allclose(second, np.outer(Z, Z))
    np.testing.assert_allclose(third, J)
    operators = {text.get_text(): box.x0 for text, box in texts(drawn) if text.get_text() in "−="}
    assert operators["−"] < operators["="]
    assert "0.09, 0.16 and 0.21" in drawn.alternative_text


@pytest.mark.parametrize(("name", "entry"), [("jacobian_map", (2, 3)), ("jacobian_map, first", (1, 1))])
def test_the_jacobian_map_shows_every_entry_and_rings_one(name, entry):
    drawn = picture(name)
    np.testing.assert_allclose(cells(drawn, "cell", (3, 3)), J)
    for k in range(3):
        assert bar_width(drawn, f"z-{k + 1}") == pytest.approx(1.05 * Z[k])
    ring, cell = marked(drawn, "spoken-of"), marked(drawn, f"cell-{entry[0]}-{entry[1] - 1}")
    assert ring.get_x() + ring.get_width() / 2 == pytest.approx(cell.get_x() + cell.get_width() / 2)
    assert ring.get_y() + ring.get_height() / 2 == pytest.approx(cell.get_y() + cell.get_height() / 2)
    assert words(drawn).count("0") == 4  # three column sums and the key


def test_the_jacobian_map_says_what_is_gained_lost_and_measured():
    shown = words(picture("jacobian_map"))
    assert "class 3 gains 0.21;" in shown
    assert "1 and 2 lose 0.07 and 0.14" in shown
    assert shown.count("−0.1400") == 2
    assert "−0.1400, measured −0.1400" in picture("jacobian_map").alternative_text
    assert "logit 1 up: class 1 gains 0.09;" in words(picture("jacobian_map, first"))
    assert "2 loses 0.21" not in words(picture("jacobian_map, two classes"))
    assert "1 loses 0.21" in words(picture("jacobian_map, two classes"))


def test_a_measured_number_is_printed_as_it_was_measured():
    assert "measured 0.0912" in pictures.jacobian_map(Z, J, (1, 1), 0.0912).alternative_text


def test_two_classes_have_slope_a_quarter():
    drawn = picture("two_class_sigmoid")
    (x0, y0), (x1, y1) = marked(drawn, "tangent").get_xydata()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(0.25)
    assert {"= 0.5", "= 0.25", "2", "0.5"} <= set(words(drawn))


def test_temperatures_are_bars_with_numbers():
    drawn = picture("temperatures")
    assert marked(drawn, "T1-z-3").get_height() == pytest.approx(1.75 * 0.9074)
    assert marked(drawn, "T3-z-1").get_height() == pytest.approx(1.75 * 0.1976)
    shown = [text for text in words(drawn) if re.fullmatch(r"0\.\d\d", text)]
    assert shown == ["0.02", "0.07", "0.91", "0.10", "0.20", "0.70", "0.20", "0.28", "0.52"]
    assert "0.9074 at 0.5, 0.7000 at 1 and 0.5229 at 2" in drawn.alternative_text
    assert {"$\\tau$ = 0.5", "$p_3$"} <= set(words(drawn))


def test_the_loss_of_a_probability():
    drawn = picture("loss_of_probability")
    z, loss = marked(drawn, "curve-E").get_xydata().T
    np.testing.assert_allclose(loss, -np.log(z), atol=1e-12)
    for entry in ("0.1054 at 0.9", "0.6931 at 0.5", "1.6094 at 0.2", "4.6052 at 0.01"):
        assert entry in words(drawn)
        assert entry in drawn.alternative_text


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


@pytest.mark.parametrize("j", [0, 4])
def test_nothing_flows_back_to_the_bias(j):
    with pytest.raises(ValueError, match=f"j: expected a hidden unit from 1 to 3, got {j}"):
        pictures.columns_backwards(W_B, R_B - Z, j)


def test_a_batch_shows_each_example_and_the_mean():
    drawn = picture("batch_of_outer_products")
    for b, matrix in enumerate(BATCH, start=1):
        np.testing.assert_allclose(cells(drawn, f"example{b}", (3, 4)), matrix, atol=1e-9)
    np.testing.assert_allclose(cells(drawn, "mean", (3, 4)), sum(BATCH) / 2, atol=1e-9)
    assert "+0.4, +0.3 and −0.7" in drawn.alternative_text
    with pytest.raises(ValueError, match="matrices: expected 2 or 3 examples, got 4"):
        pictures.batch_of_outer_products(BATCH * 2, BATCH[0])


def test_training_curves_end_in_their_last_values():
    drawn = picture("training_curves")
    np.testing.assert_array_equal(marked(drawn, "E-validation").get_ydata(), CURVES[0][1])
    np.testing.assert_allclose(marked(drawn, "r-training").get_ydata(), 100 * CURVES[1][0])
    for entry in ("training 0.23", "validation 0.32", "training 99.1", "validation 96.1"):
        assert entry in words(drawn)
    assert marked(drawn, "E-training").get_linestyle() != marked(drawn, "E-validation").get_linestyle()
    assert "training: E 0.23, 99.1 % right; validation: E 0.32, 96.1 % right" in drawn.alternative_text


def test_weight_pictures_drop_the_bias_and_dash_the_negative_cells():
    drawn = picture("weight_pictures")
    limit = np.abs(WEIGHTS[:, 1:]).max()
    for k in range(10):
        mesh = marked(drawn, f"weights-{k}")
        np.testing.assert_array_equal(mesh.get_array(), WEIGHTS[k, 1:].reshape(8, 8)[::-1])
        assert mesh.norm.vmax == -mesh.norm.vmin == limit
    dashes = drawn.figure.findobj(lambda artist: artist.get_gid() == "minus")
    negative = WEIGHTS[:, 1:] < -0.06 * limit
    assert sum(len(dash.get_segments()) for dash in dashes) == negative.sum()
    first = [tuple(s.mean(axis=0)) for dash in dashes[:2] for s in dash.get_segments()]
    upright = np.argwhere(negative[0].reshape(8, 8)[::-1])
    assert sorted(first) == sorted((column + 0.5, row + 0.5) for row, column in upright.tolist())
    assert f"+{limit:.2f}" in words(drawn)


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


def test_a_digit_is_a_square():
    with pytest.raises(ValueError, match="x: expected a square number of pixels, got 63"):
        pictures.digit_and_probabilities(DIGITS[0][:63], TEN)


def test_accuracy_bars_carry_percentages():
    drawn = picture("accuracy_bars")
    for k, share in enumerate((0.972, 0.7, 0.33)):
        assert bar_width(drawn, f"accuracy-{k + 1}") == pytest.approx(3.5 * share)
    assert {"97.2 %", "70.0 %", "33.0 %"} <= set(words(drawn))
    assert "As written 97.2 %, moved by up to 1 pixel 70.0 %" in drawn.alternative_text
