"""The pictures of chapter 05 are true to the numbers that they were given.

That they are legible and stay inside their card is checked in `test_plotting.py`, with all the others.
"""

import matplotlib
import numpy as np
import pytest
from test_plotting import CURVES as PAIR
from test_plotting import STEPS, WEIGHTS, bar_width, marked, picture, texts, words
from training_picture_examples import (
    BROKEN,
    COUNTS,
    FALLING,
    GROUPS,
    HIDDEN,
    MODELS,
    RIGHT,
    SEEDS,
    SHARES,
    SLOW,
    SURE,
    WIDTHS,
)

from mlp_core import pictures
from mlp_core.pictures.ground import style


def named(drawn, prefix):
    """Return the names of the artists whose names begin so."""
    found = drawn.figure.findobj(lambda artist: (artist.get_gid() or "").startswith(prefix))
    return {artist.get_gid() for artist in found}


def data(drawn, name):
    return marked(drawn, name).get_xydata().T


def place(drawn, text):
    """Return the box, in inches, of the one text that reads so."""
    (box,) = [box for found, box in texts(drawn) if found.get_text() == text]
    return box


def on_card(drawn, name, k=-1):
    """Return where a point of a curve stands, in inches."""
    artist = marked(drawn, name)
    return artist.axes.transData.transform(artist.get_xydata()[k]) / drawn.figure.dpi


# ---------------------------------------------------------------- E over the epochs


def test_curves_are_counted_in_what_they_are_told():
    drawn, same = picture("training_curves, epochs"), picture("training_curves")
    assert words(drawn).count("epochs") == 2
    assert "over 30 epochs. At the end one: E 0.02, 99.9 % right" in drawn.alternative_text
    assert words(same).count("steps") == 2
    told = pictures.training_curves(STEPS, *PAIR, ["training", "validation"], over="steps")
    assert told.png() == same.png()


def test_each_run_is_drawn_and_ends_in_its_last_value():
    drawn = picture("loss_curves")
    for k, curve in enumerate((FALLING, SLOW, BROKEN), start=1):
        epochs, losses = data(drawn, f"curve-{k}")
        np.testing.assert_array_equal(epochs, np.arange(len(curve)))
        np.testing.assert_array_equal(losses, curve)
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


@pytest.mark.parametrize(
    ("curves", "names", "complaint"),
    [
        ([SLOW] * 6, "abcdef", "names: expected one for each of 1 to 5 curves, got 6 for 6"),
        ([SLOW], "ab", "names: expected one for each of 1 to 5 curves, got 2 for 1"),
        ([], "", "names: expected one for each of 1 to 5 curves, got 0 for 0"),
        ([SLOW, []], "ab", "curves: expected finite numbers from 0 in a row, got other ones with b"),
        ([[1, np.inf]], "a", "curves: expected finite numbers from 0 in a row, got other ones with a"),
        ([[1, -0.1]], "a", "curves: expected finite numbers from 0 in a row, got other ones with a"),
        ([[[1, 2]]], "a", "curves: expected finite numbers from 0 in a row, got other ones with a"),
        ([SLOW], ["w" * 40], f"names: expected shorter ones, got '{'w' * 40}'"),
    ],
)
def test_runs_that_cannot_be_drawn_are_refused(curves, names, complaint):
    with pytest.raises(ValueError, match=complaint):
        pictures.loss_curves(curves, list(names), "None")


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


@pytest.mark.parametrize("shape", [(5,), (6, 3), (), (1, 2, 6)])
def test_an_accuracy_for_each_width(shape):
    with pytest.raises(ValueError, match=r"accuracies: expected one for each of 6 widths, got shape \("):
        pictures.accuracy_over_width(WIDTHS, np.ones(shape), 1.0, "None")


@pytest.mark.parametrize(
    ("name", "models"), [("grouped_accuracy_bars", 2), ("grouped_accuracy_bars, three models", 3)]
)
def test_every_model_has_a_bar_in_every_group(name, models):
    drawn = picture(name)
    unit = bar_width(drawn, "accuracy-1-1") / SHARES[0, 0]
    shades = set()
    for (g, k), share in np.ndenumerate(SHARES[:, :models]):
        bar = marked(drawn, f"accuracy-{g + 1}-{k + 1}")
        assert bar.get_width() == pytest.approx(unit * share)
        middle = bar.get_y() + bar.get_height() / 2
        row = {t.get_text() for t, box in texts(drawn) if abs((box.y0 + box.y1) / 2 - middle) < 0.05}
        assert {MODELS[k], f"{100 * share:.1f} %"} <= row
        shades.add(matplotlib.colors.to_hex(bar.get_facecolor()))
    assert len(shades) == models
    assert len(named(drawn, "accuracy")) == 3 * models
    for g, group in enumerate(GROUPS, start=1):
        bars = [marked(drawn, f"accuracy-{g}-{k}") for k in range(1, models + 1)]
        box = place(drawn, group)
        assert min(b.get_y() for b in bars) < box.y0 < box.y1 < max(b.get_y() + 0.2 for b in bars)


def test_the_first_and_the_last_group_are_told():
    text = picture("grouped_accuracy_bars").alternative_text
    assert "3 groups. In place: no hidden layer 97.2 % and 64 hidden units 97.7 %; " in text
    assert "moved by up to 2: no hidden layer 33.0 % and 64 hidden units 92.1 %." in text
    one = pictures.grouped_accuracy_bars(["plain"], ["a", "b"], [[0.5, 0.25]], "One").alternative_text
    assert "in 1 group. Plain: a 50.0 % and b 25.0 %. One." in one


def test_groups_and_models_fit_their_shares():
    complaint = r"accuracies: expected shape \(3, 2\), at most 3 names, got shape \(2, 3\)"
    with pytest.raises(ValueError, match=complaint):
        pictures.grouped_accuracy_bars(GROUPS, MODELS[:2], np.ones((2, 3)), "None")
    with pytest.raises(ValueError, match=r"expected shape \(1, 4\), at most 3 names"):
        pictures.grouped_accuracy_bars(["a"], "abcd", np.ones((1, 4)), "None")
    with pytest.raises(ValueError, match=r"accuracies: expected shape \(1, 0\), at most 3 names"):
        pictures.grouped_accuracy_bars(["a"], [], np.ones((1, 0)), "None")
    with pytest.raises(ValueError, match="names: expected shorter names and groups"):
        pictures.grouped_accuracy_bars(["a" * 40], ["b" * 30], [[1.0]], "None")


# ---------------------------------------------------------------- what is taken for what, and how surely


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("confusion_matrix", COUNTS),
        ("confusion_matrix, large", 99 * COUNTS.T + 100),
        ("confusion_matrix, none wrong", np.diag([3, 0, 5])),
    ],
)
def test_every_count_stands_in_its_cell_and_mistakes_are_framed(name, counts):
    drawn = picture(name)
    for (i, j), count in np.ndenumerate(counts):
        box = marked(drawn, f"count-{i}-{j}")
        middle = box.get_x() + box.get_width() / 2, box.get_y() + box.get_height() / 2
        shown = [t.get_text() for t, _ in texts(drawn) if np.allclose(t.get_position(), middle, atol=1e-9)]
        assert shown == ([str(count)] if count or i == j else [])
        framed = matplotlib.colors.to_hex(box.get_edgecolor()).upper() == style.INK
        assert framed == (i != j and count > 0)
    first, other = marked(drawn, "count-0-0"), marked(drawn, "count-1-2")
    assert first.get_x() < other.get_x()
    assert first.get_y() > other.get_y()
    for i, row in enumerate(counts):
        assert f"{row[i]} of {row.sum()}" in words(drawn)


def test_the_two_most_frequent_mistakes_are_told():
    drawn = picture("confusion_matrix")
    assert (
        "rows the true digit, columns the digit read. On the diagonal stand 442 of 449."
        in drawn.alternative_text
    )
    assert "Most often 2 read as 1, 4 times and 8 read as 1, 2 times." in drawn.alternative_text
    assert drawn.message == words(drawn)[0] == "7 of 449 digits taken for another"
    none = picture("confusion_matrix, none wrong")
    assert "stand 8 of 8. 0 of 8 digits taken for another." in none.alternative_text
    one = pictures.confusion_matrix([[3.0, 1.0], [0.0, 2.0]])
    assert "stand 5 of 6. Most often 0 read as 1, 1 time. 1 of 6" in one.alternative_text


def test_a_mistake_is_only_told_where_it_is_made_more_often_than_others():
    tied = COUNTS.copy()
    tied[8, 1] = 1
    assert "Most often 2 read as 1, 4 times. 6 of" in pictures.confusion_matrix(tied).alternative_text
    tied[2, 1] = 1
    said = "No digit is taken for one other more than 1 time. 3 of"
    assert said in pictures.confusion_matrix(tied).alternative_text


@pytest.mark.parametrize(
    ("counts", "complaint"),
    [
        (np.ones((2, 3)), r"counts: expected a square of 2 to 10 digits, got shape \(2, 3\)"),
        (np.ones((11, 11)), r"counts: expected a square of 2 to 10 digits, got shape \(11, 11\)"),
        (np.ones(4), r"counts: expected a square of 2 to 10 digits, got shape \(4,\)"),
        ([[1, 0.5], [0, 1]], "counts: expected whole numbers from 0, got others"),
        ([[1, -1], [0, 1]], "counts: expected whole numbers from 0, got others"),
        ([[1, np.nan], [0, 1]], "counts: expected whole numbers from 0, got others"),
    ],
)
def test_counts_are_counts(counts, complaint):
    with pytest.raises(ValueError, match=complaint):
        pictures.confusion_matrix(counts)


@pytest.mark.parametrize(
    ("name", "how", "counts"),
    [
        ("sureness", "right", {5: 1, 9: 5}),
        ("sureness", "wrong", {3: 1, 6: 1, 7: 1, 9: 1}),
        ("sureness, none wrong", "right", {5: 1, 9: 5}),
        ("sureness, none wrong", "wrong", {}),
        ("sureness, none right", "right", {}),
        ("sureness, none right", "wrong", {3: 1, 5: 1, 6: 1, 7: 1, 9: 6}),
    ],
)
def test_each_tenth_has_a_bar_with_its_count(name, how, counts):
    drawn = picture(name)
    assert named(drawn, f"{how}-") == {f"{how}-{k}" for k in counts}
    for k, count in counts.items():
        bar = marked(drawn, f"{how}-{k}")
        assert bar.get_height() == pytest.approx(0.85 * count / max(counts.values()))
        assert bar.get_x() + bar.get_width() / 2 == pytest.approx(2.0 + 0.46 * (k + 0.5))
        above = bar.get_x() + bar.get_width() / 2, bar.get_y() + bar.get_height() + 0.11
        (shown,) = [t.get_text() for t, _ in texts(drawn) if np.allclose(t.get_position(), above)]
        assert shown == str(count)
        assert (bar.get_facecolor()[3] == 0) == (how == "wrong")


def test_a_dot_marks_the_median_of_each():
    drawn = picture("sureness")
    for how, median in (("right", np.median(SURE[RIGHT])), ("wrong", np.median(SURE[~RIGHT]))):
        assert data(drawn, f"median-{how}")[0] == pytest.approx(2.0 + 4.6 * median)
    assert {"median 0.98", "median 0.66", "6 digits", "4 digits"} <= set(words(drawn))
    assert "6 digits read right, median 0.98, and 4 digits read wrong, median 0.66." in drawn.alternative_text
    assert named(picture("sureness, none wrong"), "median") == {"median-right"}
    assert "and 0 digits read wrong. All" in picture("sureness, none wrong").alternative_text
    assert "each tenth: 0 digits read right and 10" in picture("sureness, none right").alternative_text


@pytest.mark.parametrize(
    ("median", "told"),
    [(0.9849, "0.98"), (0.99, "0.990"), (0.9994, "0.999"), (0.9995, "above 0.999"), (1, "above 0.999")],
)
def test_a_median_near_1_is_not_rounded_to_1(median, told):
    assert f"median {told}," in pictures.sureness([median, 0.4], [True, False], "Two").alternative_text


def test_how_sure_is_told_by_probabilities():
    with pytest.raises(
        ValueError, match=r"sure, right: expected two rows of equal length, got shapes \(10,\)"
    ):
        pictures.sureness(SURE, RIGHT[1:], "None")
    with pytest.raises(ValueError, match="sure, right: expected two rows of equal length"):
        pictures.sureness([], [], "None")
    for wrong in (1.1, -0.1, np.nan):
        with pytest.raises(ValueError, match=r"sure: expected probabilities in 0\.\.1, got others"):
            pictures.sureness([0.5, wrong], [True, False], "None")


# ---------------------------------------------------------------- weights, and digits read wrong


def test_a_ring_marks_each_pixel_that_is_never_inked():
    for name, rows in (("weight_pictures, 32 ringed", 32), ("weight_pictures, ringed", 3)):
        drawn = picture(name)
        rings = drawn.figure.findobj(lambda artist: artist.get_gid() == "ringed")
        assert len(rings) == 2 * rows  # ink on a light rim
        for ring in rings:
            # Pixel 0 is the upper left one; 32 and 39 begin and end the fifth row from the top.
            np.testing.assert_array_equal(ring.get_xydata(), [[0.5, 7.5], [0.5, 3.5], [7.5, 3.5]])
            assert ring.get_markerfacecolor() == "none"
        assert "in a cell: never inked" in words(drawn)
        assert "rings mark 3 pixels never inked" in drawn.alternative_text


def test_without_rings_nothing_changes():
    plain = pictures.weight_pictures(WEIGHTS, ringed=())
    assert plain.png() == picture("weight_pictures").png()
    assert plain.alternative_text == picture("weight_pictures").alternative_text
    assert not plain.figure.findobj(lambda artist: artist.get_gid() == "ringed")


@pytest.mark.parametrize("pixel", [-1, 64])
def test_a_ringed_pixel_is_one_of_the_picture(pixel):
    with pytest.raises(ValueError, match=rf"ringed: expected pixels from 0 to 63, got \[0, {pixel}\]"):
        pictures.weight_pictures(HIDDEN, names=range(32), ringed=[0, pixel])


def test_many_hidden_units_stand_eight_in_a_row():
    drawn = picture("weight_pictures, 32 ringed")
    corners = [marked(drawn, f"weights-{k}").axes.get_position() for k in range(32)]
    assert len({round(corner.y0, 6) for corner in corners}) == 4
    assert len({round(corner.x0, 6) for corner in corners}) == 8
    for k in range(32):
        np.testing.assert_array_equal(
            marked(drawn, f"weights-{k}").get_array(), HIDDEN[k, 1:].reshape(8, 8)[::-1]
        )
    assert "orange where ink raises its sum, violet with a dash where it lowers it" in drawn.alternative_text
    twelve = [marked(picture("weight_pictures, 12 of 12 by 12"), f"weights-{k}").axes for k in range(12)]
    assert len({round(axes.get_position().y0, 6) for axes in twelve}) == 2


def test_the_gallery_tells_the_first_digit_that_was_read_wrong():
    drawn = picture("digit_gallery, sixteen wrong")
    assert words(drawn)[1:4] == ["is 0", "read 1", "at 1.00"]
    assert "16 were read wrong; the first is 0, read 1 at 1.00." in drawn.alternative_text
    assert "the first is 3, read 8 at 0.70" in picture("digit_gallery, read").alternative_text
    assert "0 were read wrong. What" in picture("digit_gallery, none wrong").alternative_text
