"""The digit pad: strokes become digits like the training ones; numbers and marks against plain NumPy."""

import fnmatch
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from drawn_digits import drawn, drawn_by_another_hand
from refusals import assert_refused

import mlp_core
from mlp_core import MLP, digits, moved_digits, pictures
from mlp_core.explorers import DigitPad
from mlp_core.explorers.digit_pad import picture as pad_picture
from mlp_core.explorers.digit_pad.canvas import PadCanvas
from mlp_core.explorers.digit_pad.numbers import (
    ANOTHER,
    AS_READ,
    CLEAR,
    LOWER_E,
    OWN,
    PLACES,
    SURER,
    PadState,
    numbers_of,
    picked,
    trained_reader,
)
from mlp_core.explorers.digit_pad.picks import CLEARLY_WRITTEN, DRAWN, REAL
from mlp_core.explorers.digit_pad.strokes import training_like
from mlp_core.pictures.ground.style import PAPER_TO_INK, PICTURES

ROOT = Path(mlp_core.__file__).resolve().parent.parent
TEST = digits(seed=0).test


@pytest.fixture(scope="module")
def shared():
    explorer = DigitPad()
    explorer.live.set_ratio(1)
    return explorer


@pytest.fixture
def pad(shared):
    shared.controls["guess"].value = None
    shared.reset()
    return shared


def a_stroke(rng):
    return rng.uniform(0.1, 0.9, (int(rng.integers(1, 12)), 2)).round(3).tolist()


def a_state(rng):
    """Return a random state: a test digit or a drawing, a target, a place, what stands beside it."""
    meant = str(rng.integers(10))
    place = str(rng.choice(list(PLACES)))
    beside = str(rng.choice([CLEAR, SURER, LOWER_E]))
    if rng.random() < 0.4:
        return PadState(example=int(rng.integers(450)), meant=meant, place=place, beside=beside)
    strokes = [a_stroke(rng) for _ in range(rng.integers(1, 4))]
    if rng.random() < 0.5:
        strokes = drawn_by_another_hand(int(rng.integers(10)), rng)
    strokes = tuple(tuple(tuple(point) for point in stroke) for stroke in strokes)
    return PadState(strokes, True, 0, meant if rng.random() < 0.5 else AS_READ, place, beside)


# ---------------------------------------------------------------- strokes


def plain_digit(strokes):
    """The same, dot by dot: 32 x 32 dots, each inked if any straight piece of a stroke is nearer than 2.5."""
    points = [(x, y) for stroke in strokes for x, y in stroke]
    low, high = min(y for _, y in points), max(y for _, y in points)
    height = high - low
    if height:
        top = min(x for x, y in points if y <= low + 0.12 * height)
        bottom = min(x for x, y in points if y >= high - 0.12 * height)
        slant = min(max((bottom - top) / height, -1), 1)
        strokes = [[(x - slant * y, y) for x, y in stroke] for stroke in strokes]
    xs, ys = ([point[axis] for stroke in strokes for point in stroke] for axis in (0, 1))
    down = 27 / max(max(ys) - min(ys), 0.05)
    across = min(15 / max(max(xs) - min(xs), 0.05), down)
    dots = np.zeros((32, 32))
    for stroke in strokes:
        placed = [
            (
                16 + across * (x - (min(xs) + max(xs)) / 2),
                16 + down * (y - (min(ys) + max(ys)) / 2),
            )
            for x, y in stroke
        ]
        for start, end in zip(placed, placed[1:] or placed, strict=False):
            for row, column in np.ndindex(32, 32):
                dots[row, column] += near(np.array([column + 0.5, row + 0.5]), np.array(start), np.array(end))
    return np.array(
        [[np.mean(dots[4 * i : 4 * i + 4, 4 * j : 4 * j + 4] > 0) for j in range(8)] for i in range(8)]
    )


def near(dot, start, end):
    """Is the dot within 2.5 of the straight piece?"""
    along = end - start
    part = np.clip((dot - start) @ along / max(along @ along, 1e-12), 0, 1)
    return np.hypot(*(dot - start - part * along)) <= 2.5


def test_a_drawing_becomes_the_digit_that_dot_by_dot_counting_gives(rng):
    cases = [[a_stroke(rng)] for _ in range(2)] + [[[[0.2, 0.3], [0.7, 0.3]]], [[[0.4, 0.4]]]]
    for strokes in cases:
        np.testing.assert_allclose(training_like(strokes), plain_digit(strokes), rtol=0, atol=1 / 16)
        assert np.mean(training_like(strokes) != plain_digit(strokes)) < 0.05  # dots on the very edge


def test_a_pixel_is_a_count_of_sixteen():
    sixteenths = 16 * training_like(drawn(8))
    assert np.array_equal(sixteenths, sixteenths.round())
    assert sixteenths.min() == 0
    assert sixteenths.max() == 16


def test_where_and_how_large_it_is_drawn_makes_no_difference():
    for digit in range(10):
        strokes = [np.array(stroke) for stroke in drawn(digit)]
        smaller = [0.25 * stroke + [0.7, 0.05] for stroke in strokes]
        assert np.abs(training_like(smaller) - training_like(strokes)).max() <= 1 / 16


def test_a_slanted_digit_is_put_upright():
    for digit in (1, 2, 4, 7):
        strokes = [np.array(stroke) for stroke in drawn(digit)]
        slanted = [np.stack([s[:, 0] + 0.3 * (0.5 - s[:, 1]), s[:, 1]], axis=1) for s in strokes]
        upright, back = training_like(strokes), training_like(slanted)
        assert np.abs(back - upright).mean() < 0.03


def test_a_drawn_digit_fills_the_rows_and_lies_in_the_middle_as_the_training_ones_do():
    theirs = digits(seed=0).train.x.reshape(-1, 8, 8)
    assert np.all(theirs.max(axis=2) > 0)  # every training digit inks every row
    ours = np.array([training_like(drawn(digit)) for digit in range(10)])
    assert np.all(ours.max(axis=2) > 0)
    assert np.all(ours[:, :, 0] == 0)
    assert np.all(ours[:, :, 7] == 0)
    assert abs(ours.sum(axis=(1, 2)).mean() - theirs.sum(axis=(1, 2)).mean()) < 2.5


def test_points_that_lie_close_change_nothing_that_matters():
    strokes = drawn(3)
    dense = [[point for p in stroke for point in (p, [p[0] + 0.001, p[1]], p)] for stroke in strokes]
    assert np.abs(training_like(dense) - training_like(strokes)).mean() < 0.02


def test_nothing_drawn_is_an_empty_sheet():
    assert np.array_equal(training_like([]), np.zeros((8, 8)))


def test_a_dot_is_a_dot_in_the_middle():
    dot = training_like([[(0.9, 0.1)]])
    assert dot.sum() == pytest.approx(np.pi * 2.5**2 / 16, rel=0.2)
    assert np.array_equal(np.argwhere(dot), [[3, 3], [3, 4], [4, 3], [4, 4]])


# ---------------------------------------------------------------- reading


def test_each_of_ten_drawn_digits_is_read(pad):
    for digit in range(10):
        pad.draw_strokes(drawn(digit))
        assert pad.values()["read"] == digit


def test_nine_of_ten_other_hands_are_read(rng):
    network = trained_reader()
    hands = [(digit, drawn_by_another_hand(digit, rng)) for digit in range(10) for _ in range(20)]
    read = [
        numbers_of(PadState(tuple(strokes), True, meant=AS_READ), network)["read"] for _, strokes in hands
    ]
    assert np.mean([digit == ours for (digit, _), ours in zip(hands, read, strict=True)]) >= 0.9


def test_it_reads_more_than_nine_of_ten_moved_test_digits():
    moved = moved_digits(seed=0, pixels=2).test
    assert trained_reader().accuracy(moved.x, moved.labels) == pytest.approx(0.933, abs=0.001)


# ---------------------------------------------------------------- numbers


def plain_numbers(state, weights):
    """What is read and what would change it, for one hidden layer of ReLU, written out."""
    (V, W), top_left = weights, {"in the middle": (2, 2), "2 up": (0, 2), "2 down": (4, 2)}
    row, column = {**top_left, "2 left": (2, 0), "2 right": (2, 4)}[state.place]
    pixels = training_like(state.strokes) if state.drawn else TEST.x[state.example].reshape(8, 8)
    x = np.pad(pixels, ((row, 4 - row), (column, 4 - column))).ravel()
    y_hat = V[:, 0] + V[:, 1:] @ x
    z_hat = W[:, 0] + W[:, 1:] @ np.maximum(y_hat, 0)
    z = np.exp(z_hat - z_hat.max()) / np.exp(z_hat - z_hat.max()).sum()
    read = int(np.argmax(z))
    r = np.arange(10) == (read if state.meant == "as read" else int(state.meant))
    slopes = (W[:, 1:] * (y_hat > 0)) @ V[:, 1:]  # every logit's, shape (10, 144)
    E = z_hat.max() + np.log(np.exp(z_hat - z_hat.max()).sum()) - z_hat[r][0]
    clear = CLEARLY_WRITTEN[int(np.argmax(r))]
    clear_x = np.pad(TEST.x[clear].reshape(8, 8), 2).ravel()
    clear_z_hat = W[:, 0] + W[:, 1:] @ np.maximum(V[:, 0] + V[:, 1:] @ clear_x, 0)
    return {
        "pixels": pixels, "x": x, "z_hat": z_hat, "z": z, "r": r, "E": E, "read": read,
        "surer": slopes[read], "pull": (r - z) @ slopes,
        "clear": clear, "clear_x": clear_x, "clear_z": np.exp(clear_z_hat) / np.exp(clear_z_hat).sum(),
    }  # fmt: skip


def test_the_numbers_are_those_of_plain_numpy(pad, rng):
    for _ in range(30):
        state = a_state(rng)
        pad.set(**vars(state))
        ours, theirs = pad.values(), plain_numbers(state, pad.network.weights)
        shown = {"shown": theirs["pull" if state.beside == LOWER_E else "surer"]}
        assert ours.keys() == {**theirs, **shown}.keys()
        for name, theirs_now in {**theirs, **shown}.items():
            np.testing.assert_allclose(ours[name], theirs_now, rtol=0, atol=1e-9, err_msg=name)


def test_a_deeper_network_s_slope_is_the_measured_one(rng):
    network = MLP.initialize((144, 20, 15, 10), "tanh", seed=1)
    deep = DigitPad(network)
    deep.draw_strokes(drawn(5))
    values, small = deep.values(), 1e-6 * np.eye(144)
    higher, lower = network.forward(values["x"] + small), network.forward(values["x"] - small)
    measured = (higher.z_hat - lower.z_hat)[:, values["read"]] / 2e-6
    np.testing.assert_allclose(values["surer"], measured, rtol=0, atol=1e-7)


def test_sure_and_right_leaves_no_pull_though_the_slope_stays(pad):
    pad.pick("a real 2")
    values = pad.values()
    assert np.abs(values["r"] - values["z"]).max() < 1e-3
    assert np.abs(values["pull"]).max() < 1e-3
    assert np.abs(values["surer"]).max() > 1


# ---------------------------------------------------------------- picking


MISREAD = {"a real 5": 9, "a leaning 5": 9, "a leaning 3": 9, "a narrow 8": 1, "a slashed 0": 8}


def test_each_pick_shows_the_digit_its_name_says_and_what_it_is_meant_to_be(pad):
    for name in DigitPad.PICKS:
        pad.controls["pick"].value = name
        assert pad.state.meant == name[-1]
        assert pad.controls["pick"].value == name
        if name in REAL:
            assert np.array_equal(pad.values()["pixels"].ravel(), TEST.x[REAL[name]])
            assert TEST.labels[REAL[name]] == int(name[-1])
            assert pad.controls["strokes"].value == []
        else:
            strokes = [[list(point) for point in stroke] for stroke in DRAWN[name][0]]
            assert np.array_equal(pad.values()["pixels"], training_like(strokes))
            assert pad.controls["strokes"].value == strokes
            assert f"Digit pad, {name} (meant: {name[-1]}): read as " in repr(pad)


def test_some_picks_are_read_right_and_some_wrong_and_surely_all(pad):
    """Surely enough that another processor's rounding, trained with for 15 epochs, changes none of it."""
    pad.controls["guess"].value = "in doubt"
    for name in DigitPad.PICKS:
        pad.pick(name)
        read = MISREAD.get(name, int(name[-1]))
        assert (pad.values()["read"], pad.values()["z"].max() > 0.95) == (read, True), name
        verdict = "sure and wrong" if name in MISREAD else "sure and right"
        assert f"<b>{verdict}</b>, and you guessed in doubt." in pad.said
    assert 0 < len(MISREAD) < len(DigitPad.PICKS)


def test_the_book_opens_with_one_that_is_wrong_and_sure_beside_one_that_is_right(pad):
    values = pad.values()
    assert values["z"].max() > 0.95
    assert values["read"] != int(pad.state.meant) == values["clear_z"].argmax()
    assert values["clear_z"].max() > 0.95
    assert pad.state.beside == CLEAR


def test_the_leaning_5_is_the_upright_one_turned(pad):
    upright, leaning = (np.concatenate(DRAWN[name][0]) - 0.5 for name in ("an upright 5", "a leaning 5"))
    turn = np.deg2rad(-23)
    turned = upright @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    assert np.abs(turned - leaning).max() < 0.01


def test_the_leaning_5_is_read_as_a_9_and_surely(pad):
    """So chapter 00 says."""
    values = pad.values()
    assert (values["read"], f"{values['z'].max():.2f}") == (9, "0.99")


def test_tilted_half_as_far_it_is_read_as_a_5(pad):
    """So chapter 00 says."""
    turn = np.deg2rad(-23 / 2)
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    upright = DRAWN["an upright 5"][0]
    pad.draw_strokes([((np.array(stroke) - 0.5) @ matrix + 0.5).round(3).tolist() for stroke in upright], "5")
    assert pad.values()["read"] == 5


def test_most_test_digits_that_are_misread_are_doubted():
    """So chapter 00 says, which opens with one that is not."""
    sheets = np.pad(TEST.x.reshape(-1, 8, 8), ((0, 0), (2, 2), (2, 2))).reshape(-1, 144)
    z = trained_reader().forward(sheets).z
    wrong = z.argmax(axis=-1) != TEST.labels
    assert (z[wrong].max(axis=-1) < 0.9).mean() > 0.55


def test_each_class_has_a_clearly_written_digit_for_comparison():
    for label, example in enumerate(CLEARLY_WRITTEN):
        values = numbers_of(PadState(example=example, drawn=False, meant=str(label)), trained_reader())
        assert TEST.labels[example] == label == values["read"]
        assert values["z"].max() > 0.95


def test_the_first_stroke_takes_a_pick_s_place_and_has_no_meaning_yet(pad):
    canvas = pad.controls["strokes"]
    pad.controls["pick"].value = "a leaning 3"
    assert canvas.example
    canvas.value = [[[0.5, 0.2], [0.5, 0.8]]]
    assert not canvas.example
    assert (pad.state.meant, pad.controls["pick"].value) == (AS_READ, OWN)
    assert pad.values()["read"] == 1
    pad.controls["meant"].value = "1"
    pad.controls["pick"].value = "a real 4"
    assert not canvas.example  # there is nothing on the pad that a stroke could replace
    assert canvas.value == []
    canvas.value = [[[0.5, 0.2], [0.5, 0.8]]]
    assert pad.state.meant == AS_READ


def test_the_list_s_last_two_entries_wipe_the_pad_and_go_on_to_the_next_test_digit(pad):
    pick = pad.controls["pick"]
    pick.value = OWN
    assert (pad.state.strokes, pad.state.drawn, pick.value) == ((), True, OWN)
    pad.pick("a real 2")
    pick.value = ANOTHER
    assert (pad.state.example, pick.value) == (REAL["a real 2"] + 1, ANOTHER)


def test_no_test_digit_that_is_hidden_gives_a_drawing_its_name(pad):
    pad.set(example=REAL["a real 4"], drawn=True, strokes=drawn(2), meant="2")
    assert pad.controls["pick"].value == OWN
    assert "drawn by hand" in repr(pad)


def test_a_pad_begins_with_another_pick_and_something_else_beside_it():
    other = DigitPad(pick="a narrow 8", beside=SURER)
    assert vars(other.state) == {**vars(PadState()), **picked("a narrow 8"), "beside": SURER}
    other.pick("a real 0")
    other.controls["reset"].click()
    assert other.controls["pick"].value == "a narrow 8"


def test_a_pick_that_there_is_not_is_refused_in_the_reader_s_cell(pad):
    for asked in (lambda: pad.pick("a 9"), lambda: DigitPad(pick="a 9")):
        assert_refused(asked, "pick", "'a 9'", "a real 2, a real 4")
    assert_refused(lambda: pad.pick(["a real 2"]), "pick", "['a real 2']", "a real 2, a real 4")
    assert_refused(lambda: DigitPad(beside="nothing"), "beside", "'nothing'", "a clear one, what")


# ---------------------------------------------------------------- controls


def test_drawing_replaces_the_test_digit_and_waits_for_what_it_is_meant_to_be(pad):
    pad.controls["strokes"].value = drawn(4)
    assert pad.values()["read"] == 4
    assert pad.controls["meant"].value == AS_READ
    assert pad.values()["r"][4] == 1
    pad.controls["meant"].value = "7"
    assert pad.values()["r"][7] == 1
    pad.controls["strokes"].value = [*drawn(4), [[0.5, 0.5], [0.52, 0.5]]]  # more of the same digit
    assert pad.controls["meant"].value == "7"
    pad.controls["clear"].click()
    assert pad.controls["strokes"].value == []
    assert pad.controls["meant"].value == AS_READ
    assert not pad.values()["x"].any()


def test_what_the_browser_sent_is_not_sent_back(pad):
    sent = []
    pad.controls["strokes"].observe(sent.append, "value")
    pad.controls["strokes"].value = [[[0.123, 0], [1, 0.457]], drawn(1)[0]]
    assert len(sent) == 1


def _in_the_middle(x):
    return np.pad(x.reshape(-1, 8, 8), ((0, 0), (2, 2), (2, 2))).reshape(-1, 144)


def test_example_shows_the_next_test_digit_and_hard_one_the_next_that_is_doubted_or_wrong(pad):
    for example in (1, 2, 3):
        pad.controls["example"].click()
        assert np.array_equal(pad.values()["pixels"].ravel(), TEST.x[example])
        assert pad.controls["meant"].value == str(TEST.labels[example])
    right = (pad.network.predict(_in_the_middle(TEST.x)) == TEST.labels) & (
        pad.network.forward(_in_the_middle(TEST.x)).z.max(axis=1) >= 0.9
    )
    assert np.array_equal(pad.hard, np.flatnonzero(~right))
    for hard in pad.hard[:3]:
        pad.controls["hard"].click()
        assert pad.state.example == hard
    pad.set(example=int(pad.hard[-1]))
    pad.controls["hard"].click()
    assert pad.state.example == pad.hard[0]
    pad.set(example=449)
    pad.controls["example"].click()
    assert pad.state.example == 0


def test_the_guess_is_judged_once_it_can_be(pad):
    guess = pad.controls["guess"]
    pad.pick("a real 2")
    guess.value = "sure and right"
    assert "<b>sure and right</b>, as you guessed" in pad.said
    pad.controls["meant"].value = "5"
    assert "<b>sure and wrong</b>, and you guessed sure and right" in pad.said
    pad.draw_strokes(drawn(0))
    assert pad.values()["z"].max() > 0.9
    assert "guess" not in pad.said  # right or wrong: nobody has said what it is meant to be
    guess.value = "in doubt"
    assert "<b>sure</b>, and you guessed in doubt." in pad.said
    guess.value = "sure and right"
    pad.controls["clear"].click()
    assert pad.values()["z"].max() < 0.9
    assert "<b>in doubt</b>" in pad.said


@pytest.mark.parametrize(
    "bad", [[[[2, 0]]], [[[0.5, -0.1]]], [[]], [[0.5, 0.5]], [[[0.5, 0.5, 0.5]]], [[["a", 0]]]]
)
def test_a_stroke_that_is_none_is_refused_and_the_last_good_one_stays(pad, bad):
    pad.draw_strokes(drawn(2))
    before = pad.state
    pad.controls["strokes"].value = bad
    assert "expected" in pad.refusal
    assert pad.state == before
    assert pad.controls["strokes"].value == drawn(2)
    with pytest.raises(ValueError, match="strokes: got"):
        pad.draw_strokes(bad)


def test_a_meaning_that_is_no_digit_is_refused(pad):
    assert_refused(lambda: pad.draw_strokes(drawn(2), meant=10), "meant", "'10'", "as read, 0, 1")
    assert_refused(lambda: replace(pad.state, meant="ten"), "meant", "'ten'", "as read, 0, 1")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"beside": "x"}, "beside: got 'x'; expected one of a clear one, what would make it surer, what"),
        ({"place": "x"}, "place: got 'x'; expected one of in the middle, 2 up"),
        ({"example": 9999}, "example: got 9999; expected a whole number from 0 to 449"),
        ({"example": -1}, "example: got -1; expected a whole number from 0 to 449"),
        ({"example": 1.5}, "example: got 1.5; expected a whole number"),
        ({"meant": 5}, "meant: got 5; expected one of as read, 0, 1"),
        ({"drawn": 2}, "drawn: got 2; expected true or false"),
        ({"strokes": 3}, "strokes: got 3; expected a list of strokes"),
        ({"digit": 3}, "digit: got 3; expected one of the fields strokes, drawn"),
    ],
)
def test_a_state_that_is_none_is_refused_and_the_pad_goes_on(pad, changes, said):
    before, picture = pad.state, pad.live.image.value
    pad.set(**changes)
    assert said in pad.refusal
    assert (pad.state, pad.live.image.value) == (before, picture)
    pad.controls["example"].click()
    assert (pad.refusal, pad.state.example) == ("", 1)


def test_a_network_that_reads_no_sheets_is_refused():
    assert_refused(lambda: DigitPad("net"), "network", "str", "an MLP")
    for sizes in ((64, 10), (144, 9)):
        wrong = MLP.initialize(sizes)
        assert_refused(lambda wrong=wrong: DigitPad(wrong), "network", f"{sizes[0]} inputs", "144 and 10")


def test_the_pad_says_how_it_is_used_and_its_script_is_packaged(pad):
    canvas = pad.controls["strokes"]
    assert canvas.description
    for word in ("mouse", "finger", "arrows", "space", "delete"):
        assert word in canvas.tooltip
    assert "export default { render }" in str(PadCanvas._esm)
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = about["tool"]["setuptools"]["package-data"]["mlp_core"]
    files = [
        path
        for path in (ROOT / "mlp_core").rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    ]
    assert files
    for path in files:
        name = path.relative_to(ROOT / "mlp_core").as_posix()
        assert any(fnmatch.fnmatch(name, pattern) for pattern in patterns), name


# ---------------------------------------------------------------- the picture


def half_is(half, x, z, target, place="in the middle"):
    """Does one half of the picture show a digit, its frame, its ten probabilities and its target?"""
    for k, share in enumerate(z):
        assert half.bars[k].get_width() == pytest.approx(0.66 * share)
        assert half.printed[k].get_text() == f"{share:.2f}"
    assert half.target.get_y() == half.bars[target].get_y()
    assert np.array_equal(half.ink.get_array(), PAPER_TO_INK(x.reshape(12, 12), bytes=True))
    assert half.frame.get_xy() == PLACES[place][::-1]
    assert f"read as {np.argmax(z)} at {z.max():.2f}" in half.verdict.get_text()


def map_is(slopes, shown, limit):
    """Does the map show a derivative, dashes where it is negative, and a ring at its largest?"""
    scaled = 0.5 + 0.5 * np.clip(shown / limit, -1, 1)
    assert np.abs(slopes.slopes.get_array().astype(int) - PICTURES(scaled, bytes=True)).max() <= 1
    column, row = slopes.most.get_xy()
    assert shown[row, column] == shown.max()
    dashes = [piece.mean(axis=0) for part in slopes.dashes for piece in part.get_segments()]
    marked = {(int(y), int(x)) for x, y in dashes}
    assert marked == {(i, j) for i, j in np.argwhere(shown < -0.06 * limit)}


def test_every_mark_stands_where_the_numbers_say(pad, rng):
    for _ in range(20):
        state = a_state(rng)
        pad.set(**vars(state))
        values, picture, target = pad.values(), pad.picture, int(np.argmax(pad.values()["r"]))
        half_is(picture.here, values["x"], values["z"], target, state.place)
        if state.beside == CLEAR:
            half_is(picture.clear, values["clear_x"], values["clear_z"], target)
        else:
            map_is(picture.map, values["shown"].reshape(12, 12), pad.limit)
        assert {part.get_visible() for part in picture.clear.parts} == {state.beside == CLEAR}
        assert {part.get_visible() for part in picture.map.parts} == {state.beside != CLEAR}


def test_what_stands_beside_is_drawn_alone(pad):
    """Also after many turns nothing of the other one is left in the picture."""
    first = pad.live.image.value
    for beside in (SURER, LOWER_E):
        pad.controls["beside"].value = beside
        assert pad.live.image.value != first
        pad.controls["beside"].value = CLEAR
        assert pad.live.image.value == first


def test_the_outline_runs_between_inked_and_empty_pixels():
    mask = np.zeros((12, 12), bool)
    mask[3, 4] = mask[3, 5] = True
    pieces = {frozenset(map(tuple, piece)) for piece in pad_picture.edges(mask).tolist()}
    corners = [
        ((4, 3), (5, 3)),
        ((5, 3), (6, 3)),
        ((6, 3), (6, 4)),
        ((6, 4), (5, 4)),
        ((5, 4), (4, 4)),
        ((4, 4), (4, 3)),
    ]
    assert pieces == {frozenset(piece) for piece in corners}
    assert pad_picture.edges(np.zeros((12, 12))).shape == (0, 2, 2)


def test_the_map_s_limit_holds_every_test_digit_s_slope(pad):
    largest = max(
        np.abs(plain_numbers(PadState(example=k), pad.network.weights)["surer"]).max() for k in range(450)
    )
    assert pad.limit - 1 < largest <= pad.limit


def test_the_words_say_what_is_read(pad):
    pad.pick("a real 2")
    assert repr(pad).startswith("Digit pad, test digit 0, label 2 (meant: 2): read as 2 at 1.00, next ")
    clear = pad.values()["clear"]
    assert f". Beside it test digit {clear}, label 2: read as 2 at 1.00. " in repr(pad)
    pad.draw_strokes(drawn(6), meant=6)
    pad.controls["beside"].value = LOWER_E
    values = pad.values()
    row, column = divmod(int(values["pull"].argmax()), 12)
    assert "drawn by hand (meant: 6): read as 6 at " in repr(pad)
    assert f"Ink in row {row + 1}, column {column + 1} would lower E most." in repr(pad)
    pad.controls["clear"].click()
    assert "an empty sheet" in repr(pad)


def test_the_drawn_digit_can_go_into_the_book_s_pictures(pad):
    pad.draw_strokes(drawn(3))
    assert pictures.digit_gallery([pad.values()["x"]], [3]).description
