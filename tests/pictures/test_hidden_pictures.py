"""Pictures of the way back through the hidden layer: true to the numbers they were given."""

import numpy as np
import pytest
from drawn_pictures import data, marked, named, on_card, picture, place, texts, words
from hidden_layer_examples import GRADIENTS, LAYERS, PULL_V, SIGNALS, WRONG
from matplotlib.colors import to_hex
from picture_examples import BASIN, BENT, LINE, POINTS, ZIGZAG, R, V, W, X

from mlp_core import SIGMOID, pictures
from mlp_core.pictures import fingerprints, plane
from mlp_core.pictures.chains import chain_of
from mlp_core.pictures.ground import style

# ---------------------------------------------------------------- the way back to one weight


def below(drawn, unit, half):
    """Return the number under one half of a unit."""
    box = marked(drawn, unit)
    x = box.get_x() + box.get_width() * (0.25 if half == "left" else 0.75)
    (found,) = [
        text.get_text()
        for text, at in texts(drawn)
        if at.x0 < x < at.x1 and 0 < box.get_y() - at.y1 < 0.12 and "pull" in (text.get_gid() or "")
    ]
    return found


def test_each_pull_on_the_way_stands_under_the_half_it_belongs_to():
    drawn = picture("network_backwards")
    assert (below(drawn, "y-1", "left"), below(drawn, "y-1", "right")) == ("−0.61", "−2.61")
    assert [below(drawn, f"z-{k}", "left") for k in (1, 2)] == ["−0.87", "+0.87"]
    assert len(named(drawn, "pull-")) == 4
    other = picture("network_backwards, another weight")
    assert (below(other, "y-2", "left"), below(other, "y-2", "right")) == ("+0.34", "+1.74")


def test_the_way_leads_from_every_output_through_one_unit_to_one_input():
    drawn = picture("network_backwards")
    assert named(drawn, "way-") == {"way-W-1", "way-W-2", "way-V"}
    for way, edge in (("way-W-1", "edge-W-1-1"), ("way-W-2", "edge-W-2-1"), ("way-V", "edge-V-1-1")):
        np.testing.assert_array_equal(data(drawn, way), data(drawn, edge))
    np.testing.assert_array_equal(
        data(picture("network_backwards, another weight"), "way-V"),
        data(picture("network_backwards, another weight"), "edge-V-2-2"),
    )
    assert named(drawn, "veil-") == {"veil-y-2", "veil-y-3", "veil-x-2"}


def test_every_factor_of_the_way_stands_where_it_is_met_and_in_the_product():
    drawn = picture("network_backwards")
    for entry in ("× 2", "× (−1)", "−0.61 × 2 = −1.22", "(−2.6060)", "0.2350", "2", "−1.2248"):
        assert entry in words(drawn), entry
    order = [place(drawn, name).x0 for name in ("all wishes", "the gate", "the signal", "the pull")]
    assert order == sorted(order)
    assert "times the signal 2 that is −1.2248" in drawn.alternative_text


def test_a_shut_gate_lets_nothing_through():
    drawn = pictures.network_backwards((V, W), "relu", X, R, j=2)
    assert "+1.6351 on y 2 and through its gate 0 on y hat 2; times the signal 2 that is 0." in (
        drawn.alternative_text
    )


def test_a_small_pull_on_the_way_keeps_its_sign():
    V_4, W_4 = np.ones((4, 3)) * [[1], [-1], [0.5], [2]], np.ones((3, 5)) * [[1], [-1.5], [0.5]]
    drawn = pictures.network_backwards((V_4, W_4), "tanh", X, [0.2, 0.3, 0.5], j=4)
    assert "−0.001" in [text.get_text() for text in drawn.figure.axes[0].texts]


def test_the_three_weights_of_unit_1_stand_on_their_edges():
    drawn = picture("network_with_numbers")
    for m, weight in enumerate(("0.5", "1", "2")):
        (x0, x1), (y0, y1) = data(drawn, f"edge-V-1-{m}")
        on_edge = [
            text.get_text()
            for text, box in texts(drawn)
            if abs((y1 - y0) * ((box.x0 + box.x1) / 2 - x0) - (x1 - x0) * ((box.y0 + box.y1) / 2 - y0)) < 0.03
            and x0 + 0.2 < (box.x0 + box.x1) / 2 < x1 - 0.2
        ]
        assert weight in on_edge


# ---------------------------------------------------------------- wishes, endings, a chain


def test_wishes_are_ribbons_as_wide_as_they_are_loud_and_add_up_like_a_bill():
    drawn = picture("several_wishes")
    pulls = R - np.array([0.8687, 0.1313])
    wishes = pulls * W[:, 1]
    widths = [marked(drawn, f"wish-{i}").get_linewidth() for i in (1, 2)]
    assert widths[0] / widths[1] == pytest.approx(wishes[0] / wishes[1], rel=1e-3)
    column = [(box.y0, text.get_text()) for text, box in texts(drawn) if 6.6 < box.x1 < 6.7 and box.y1 < 2.6]
    assert [text for _, text in sorted(column, reverse=True)][-3:] == ["−1.7373", "−0.8687", "−2.6060"]
    assert "together −2.6060; through the gate 0.2350 that is −0.6124" in drawn.alternative_text
    assert place(drawn, "pull").x1 < place(drawn, "weight").x1 < place(drawn, "wish").x1


def test_wishes_that_cancel_leave_nothing():
    drawn = picture("several_wishes, shut")
    assert "+1.5 and −1.5 of y 2, together 0; through the gate 0 that is 0." in drawn.alternative_text
    colors = {to_hex(marked(drawn, f"wish-{i}").get_edgecolor()).upper() for i in (1, 2)}
    assert colors == {style.PULL_UP, style.PULL_DOWN}


def test_the_ending_is_drawn_once_a_road_and_then_once_for_all():
    drawn = picture("shared_endings")
    for part in ("signal", "gate", "ending"):
        assert named(drawn, f"{part}-") >= {f"{part}-{m}" for m in range(3)}
    assert named(drawn, "ending-") == {"ending-0", "ending-1", "ending-2", "ending-once"}
    assert words(drawn).count("−2.6060") == 4
    assert words(drawn).count("0.2350") == 3
    assert {"−0.6124", "× 0.2350", "forwards: 3 trips"} <= set(words(drawn))


def test_a_chain_has_the_numbers_of_its_network():
    chain = chain_of([-2, 1], [-1.5, 3], SIGMOID, 2.0, 1.0)
    assert (chain.y_hat, chain.y, chain.z_hat, chain.z) == (0, 0.5, 0, 0.5)
    assert (chain.on_z_hat, chain.on_y, chain.gate, chain.q) == (0.5, 1.5, 0.25, 0.375)
    drawn = picture("chain_of_units")
    for entry in ("× 1 − 2", "× 3 − 1.5", "× 3", "× 0.25", "+0.375 × 2 = +0.75", "+0.5 × 0.5 = +0.25"):
        assert entry in words(drawn), entry
    assert "back the pulls +0.5, +1.5, +0.375, and +0.75 on v" in drawn.alternative_text
    order = [place(drawn, text).x0 for text in ("+0.375", "+1.5", "+0.5")]
    assert order == sorted(order)


# ---------------------------------------------------------------- slips and what they cost


def test_a_row_with_one_factor_is_one_bar():
    drawn = picture("slip_fingerprints")
    bars = {k: len(named(drawn, f"slip{k}-")) for k in range(1, 6)}
    assert bars == {1: 3, 2: 3, 3: 3, 4: 9, 5: 3}
    for k, wrong in enumerate(WRONG.values(), start=1):
        for name in named(drawn, f"slip{k}-"):
            row, column = (int(part) for part in name.split("-")[1:])
            box = marked(drawn, name)
            middle = box.get_x() + box.get_width() / 2, box.get_y() + box.get_height() / 2
            (shown,) = [t.get_text() for t, _ in texts(drawn) if np.allclose(t.get_position(), middle)]
            ratio = (wrong / PULL_V)[row - 1, column]
            assert float(shown.replace("−", "-")) == pytest.approx(ratio, abs=0.005)


def test_a_factor_of_1_is_the_card_and_a_lost_sign_the_end_of_the_map():
    assert fingerprints._shade(1.0) == 0.5
    assert fingerprints._shade(-1.0) == fingerprints._shade(0.0) == 0
    assert fingerprints._shade(0.8) < 0.5 < fingerprints._shade(1.25) < fingerprints._shade(3) < 1
    drawn = picture("slip_fingerprints")
    assert to_hex(marked(drawn, "slip4-1-1").get_facecolor()).upper() == style.CARD
    assert "sign lost −1; bias forgotten 0, 1, 1 along row 1" in drawn.alternative_text


def test_a_dot_stands_at_its_share_beside_its_verdict():
    drawn = picture("accuracy_beside_check")
    first, third = (data(drawn, f"read-{k}")[0, 0] for k in (1, 3))
    assert first - third == pytest.approx(3.1 * (0.97 - 0.952) / 0.2)
    assert "10.0 %" in words(drawn)
    assert words(drawn).count("passes") == 1
    assert words(drawn).count("fails") == 3
    level = data(drawn, "read-1")[1, 0]
    assert place(drawn, "passes").y0 < level < place(drawn, "passes").y1
    assert "The check passes right and fails 3." in drawn.alternative_text
    assert "The check passes them all." in picture("accuracy_beside_check, all").alternative_text
    assert "passes none and fails 1" in picture("accuracy_beside_check, none").alternative_text


# ---------------------------------------------------------------- depth, the plane, E from above


def test_a_network_has_one_color_in_both_panels():
    drawn = picture("depth_curves")
    for kind, given in (("signals", SIGNALS), ("pulls", GRADIENTS)):
        for k, values in enumerate(given.values(), start=1):
            np.testing.assert_array_equal(data(drawn, f"{kind}-{k}"), [LAYERS, values])
            assert marked(drawn, f"{kind}-{k}").get_color() == marked(drawn, f"pulls-{k}").get_color()
    colors = [marked(drawn, f"pulls-{k}").get_color() for k in range(1, 7)]
    assert colors.count(style.GREY) == 3
    assert len(set(colors)) == 4
    spoken_of = {name for name, color in zip(SIGNALS, colors, strict=True) if color != style.GREY}
    assert spoken_of == {"sigmoid, 1/√n", "tanh, 2/√n", "ReLU, √(2/n)"}


def test_names_and_values_stand_where_the_curves_arrive():
    drawn = picture("depth_curves")
    left, right = ({t.get_text() for t, _ in texts(drawn) if t.get_ha() == way} for way in ("right", "left"))
    assert {"1.1 × 10⁻¹²", "16", "0.93"} <= left
    assert {"tanh, 0.5/√n  9.5 × 10⁻⁷", "sigmoid, 1/√n  0.50"} <= right
    assert "pull is 1.1 × 10⁻¹² with sigmoid, 1/√n and 16 with tanh, 2/√n" in drawn.alternative_text
    assert "signals run from 9.5 × 10⁻⁷ to 1.2" in drawn.alternative_text


def test_the_boundary_is_where_two_logits_are_equal():
    lead, along = plane.leads(LINE)
    places = np.array([[-1.0, 2.0], [0.5, -1.2], [2.0, 2.0]])
    for x, y in places:
        column, row = (int(np.argmin(abs(along - at))) for at in (x, y))
        expected = np.subtract(*LINE.forward([along[column], along[row]]).z_hat)
        assert lead[0, row, column] == pytest.approx(expected)
        assert lead[1, row, column] == pytest.approx(-expected)


def test_the_fields_say_how_many_points_are_right_and_show_the_units_lines():
    drawn = picture("straight_and_bent")
    shares = [mlp.accuracy(POINTS.x, POINTS.labels) for mlp in (LINE, BENT)]
    for share in shares:
        assert f"{100 * share:.1f} % right" in words(drawn)
    assert shares[1] == 1 > shares[0]
    assert named(drawn, "unit-") == {"unit-1", "unit-2"}  # the third one has no line
    (xs, ys), (bias, across, up) = data(drawn, "unit-1"), BENT.weights[0][0]
    np.testing.assert_allclose(bias + across * xs + up * ys, 0, atol=1e-12)
    found = [data(drawn, f"with a hidden layer-points-{k}") for k in (0, 1)]
    assert sum(part.shape[1] for part in found) == len(POINTS.x)


def test_the_path_lies_on_the_map_and_says_its_losses():
    drawn = picture("loss_surface")
    np.testing.assert_array_equal(data(drawn, "path-1").T, ZIGZAG)
    assert {"E at the start", "1.8000", "0.0186", "8 steps"} <= set(words(drawn))
    assert f"from 0 to {BASIN.max():.2f}" in drawn.alternative_text
    assert "another one of 4 to 0.0186" in picture("loss_surface, two paths").alternative_text
    assert on_card(drawn, "path-1", 0)[0] > on_card(drawn, "path-1")[0]


# ---------------------------------------------------------------- weights


def test_each_row_of_weights_is_a_picture_without_its_bias_and_without_marks():
    from picture_examples import WEIGHTS

    drawn = picture("weight_pictures")
    limit = np.abs(WEIGHTS[:, 1:]).max()
    for k in range(10):
        mesh = marked(drawn, f"weights-{k}")
        np.testing.assert_array_equal(mesh.get_array(), WEIGHTS[k, 1:].reshape(8, 8)[::-1])
        assert mesh.norm.vmax == -mesh.norm.vmin == limit
        assert not mesh.axes.lines
    assert f"+{limit:.2f}" in words(drawn)


def test_rings_mark_the_pixels_that_are_never_inked_in_the_first_picture():
    drawn = picture("weight_pictures, 32 ringed")
    rings = drawn.figure.findobj(lambda artist: artist.get_gid() == "ringed")
    assert {ring.axes for ring in rings} == {marked(drawn, "weights-0").axes}
    for ring in rings:  # ink on a light rim
        # Pixel 0 is the upper left one; 32 and 39 begin and end the fifth row from the top.
        np.testing.assert_array_equal(ring.get_xydata(), [[0.5, 7.5], [0.5, 3.5], [7.5, 3.5]])
    assert "never inked, in all of them" in words(drawn)
    assert "rings mark 3 pixels never inked" in drawn.alternative_text


def test_a_unit_stands_beside_its_start_on_one_scale():
    from training_picture_examples import TWELVE

    drawn = picture("units_beside_their_start")
    for k in range(6):
        start, now = marked(drawn, f"start-{k}"), marked(drawn, f"now-{k}")
        np.testing.assert_array_equal(now.get_array(), TWELVE[k, 1:].reshape(12, 12)[::-1])
        np.testing.assert_array_equal(start.get_array(), 0.1 * TWELVE[6 + k, 1:].reshape(12, 12)[::-1])
        assert start.norm.vmax == now.norm.vmax == np.abs(TWELVE[:6, 1:]).max()
        assert start.axes.get_position().x1 < now.axes.get_position().x0
        assert start.axes.get_position().y0 == now.axes.get_position().y0
    assert words(drawn).count("start") == 6
    moved = np.sqrt(((TWELVE[0] - 0.1 * TWELVE[6])[1:] ** 2).sum())
    assert f"The first moved by {moved:.1f}" in drawn.alternative_text
