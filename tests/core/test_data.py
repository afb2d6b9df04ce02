"""one_hot, and the digits: three disjoint parts, the same for a seed, moved but whole."""

import subprocess
import sys
import tracemalloc

import numpy as np
import pytest
from refusals import assert_refused
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from mlp_core import digits, moved_digits, one_hot
from mlp_core.data import FILE
from tools import store_digits

PARTS = ("train", "validation", "test")


@pytest.fixture(scope="module")
def data():
    return digits(seed=0)


@pytest.fixture(scope="module")
def moved():
    return moved_digits(seed=0)


def rows(x):
    """Return the rows as bytes, in order, so that they can be compared as sets."""
    return [row.tobytes() for row in np.ascontiguousarray(x)]


# ---------------------------------------------------------------- one_hot


def test_one_hot_puts_1_at_the_label():
    r = one_hot([2, 0], 3)
    assert r.tolist() == [[0, 0, 1], [1, 0, 0]]
    assert r.dtype == np.float64


def test_one_label_gives_one_row():
    assert one_hot(1, 3).tolist() == [0, 1, 0]
    assert one_hot(np.int64(2), 3).tolist() == [0, 0, 1]


def test_whole_labels_of_any_dtype_and_library_are_taken(xp):
    for dtype in (np.uint8, np.int32, np.float32, np.float64):
        assert one_hot(np.asarray([1, 0], dtype=dtype), 2).tolist() == [[0, 1], [1, 0]]
    assert one_hot(xp.asarray([1, 0]), 2).tolist() == [[0, 1], [1, 0]]


@pytest.mark.parametrize(
    ("labels", "came", "expected"),
    [
        ([0, 3], "3", "whole numbers from 0 to 2"),
        ([0, -1], "-1", "whole numbers from 0 to 2"),
        (3, "3", "whole numbers from 0 to 2"),
        ([0.5], "0.5", "whole numbers from 0 to 2"),
        ([np.nan], "nan", "whole numbers from 0 to 2"),
        ([np.inf], "inf", "whole numbers from 0 to 2"),
        ([], "(0,)", "whole numbers, one for each example"),
        ([[0, 1]], "(1, 2)", "whole numbers, one for each example"),
        (["0"], "<U1", "whole numbers, one for each example"),
        ([True], "bool", "whole numbers, one for each example"),
        ([1j], "complex128", "whole numbers, one for each example"),
        ([[0], [1, 2]], "rows of different lengths", "a rectangular array"),
    ],
)
def test_labels_that_are_no_classes_are_refused(labels, came, expected):
    assert_refused(lambda: one_hot(labels, 3), "labels", came, expected)


@pytest.mark.parametrize("n_classes", [0, -1, 2.0, "3", True, None])
def test_a_number_of_classes_that_is_not_whole_is_refused(n_classes):
    assert_refused(lambda: one_hot([0], n_classes), "n_classes", repr(n_classes), "at least 1")


def test_many_classes_ask_for_the_memory_of_the_result_alone():
    tracemalloc.start()
    try:
        r = one_hot([0, 99_999], 100_000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert r.argmax(axis=1).tolist() == [0, 99_999]
    assert r.sum() == 2
    assert peak < 1.1 * r.nbytes


# ---------------------------------------------------------------- digits


def test_they_come_with_the_book():
    script = "import sys, mlp_core as m; m.digits(); m.moved_digits(1); print('sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_file_is_the_one_that_the_script_makes(tmp_path):
    store_digits.store(tmp_path / "made.npz")
    with np.load(tmp_path / "made.npz") as made, np.load(FILE) as stored:
        assert set(made) == set(stored)
        for name in made:
            assert made[name].dtype == stored[name].dtype
            np.testing.assert_array_equal(made[name], stored[name])


def by_scikit_learn(seed):
    """Return the same three parts as scikit-learn loads and deals them."""
    x, labels = load_digits(return_X_y=True)
    deal = {"stratify": labels, "random_state": seed}
    x, x_test, labels, labels_test = train_test_split(x / 16, labels, test_size=0.25, **deal)
    deal["stratify"] = labels
    x, x_validation, labels, labels_validation = train_test_split(x, labels, test_size=0.2, **deal)
    return {
        "train": (x, labels),
        "validation": (x_validation, labels_validation),
        "test": (x_test, labels_test),
    }


def assert_dealt_alike(seed):
    dealt = digits(seed)
    for part, arrays in by_scikit_learn(seed).items():
        examples = getattr(dealt, part)
        for mine, theirs in zip((examples.x, examples.labels), arrays, strict=True):
            assert mine.dtype == theirs.dtype
            np.testing.assert_array_equal(mine, theirs)


@pytest.mark.parametrize("seed", [*range(5), 2**32 - 1])
def test_they_are_scikit_learn_s_dealt_as_it_deals_them(seed):
    assert_dealt_alike(seed)


@pytest.mark.slow
def test_hundreds_of_seeds_deal_as_scikit_learn_does():
    for seed in range(5, 400):
        assert_dealt_alike(seed)


def test_the_parts_are_60_15_and_25_percent(data):
    sizes = {part: len(getattr(data, part).x) for part in PARTS}
    assert sizes == {"train": 1077, "validation": 270, "test": 450}


@pytest.mark.parametrize("part", PARTS)
def test_each_part_holds_the_classes_in_proportion(data, part):
    everywhere = np.bincount(load_digits().target)
    here = np.bincount(getattr(data, part).labels)
    # Stratified: at most one digit of a class away from proportion, for each of the two cuts.
    assert np.abs(here - everywhere * here.sum() / 1797).max() < 2


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_pixels_labels_and_targets(data, part):
    examples = getattr(data, part)
    n = len(examples.x)
    assert examples.x.shape == (n, 64)
    assert examples.x.min() == 0
    assert examples.x.max() == 1
    assert examples.labels.shape == (n,)
    np.testing.assert_array_equal(examples.r, one_hot(examples.labels, 10))


def test_the_parts_are_disjoint_and_together_all_the_digits(data):
    original = load_digits()
    pixels = np.concatenate([getattr(data, part).x for part in PARTS])
    assert sorted(rows(pixels)) == sorted(rows(original.data / 16))
    assert len(set(rows(pixels))) == 1797


def test_each_digit_keeps_its_own_label(data):
    original = load_digits()
    label_of = dict(zip(rows(original.data / 16), original.target, strict=True))
    for part in PARTS:
        examples = getattr(data, part)
        assert [label_of[row] for row in rows(examples.x)] == examples.labels.tolist()


def test_the_same_seed_gives_the_same_parts_and_another_seed_others(data):
    again, other = digits(0), digits(1)
    for part in PARTS:
        np.testing.assert_array_equal(getattr(data, part).x, getattr(again, part).x)
        assert set(rows(getattr(data, part).x)) != set(rows(getattr(other, part).x))


@pytest.mark.parametrize("name", ["x", "labels", "r"])
def test_the_data_cannot_be_written_to(data, name):
    with pytest.raises(ValueError, match="read-only"):
        getattr(data.train, name)[0] = 0


# ---------------------------------------------------------------- moved digits


def places(picture, canvas):
    """Return every (top, left) at which the picture, with nothing beside it, makes this canvas."""
    free = canvas.shape[0] - 8 + 1
    found = []
    for top, left in np.ndindex(free, free):
        drawn = np.zeros_like(canvas)
        drawn[top : top + 8, left : left + 8] = picture
        if np.array_equal(drawn, canvas):
            found.append((top, left))
    return found


def test_the_canvas_is_8_and_twice_the_pixels_wide(data, moved):
    assert moved.train.x.shape == (4 * 1077, 144)
    assert moved.validation.x.shape == (270, 144)
    assert moved.test.x.shape == (450, 144)
    assert moved_digits(0, pixels=1, copies=2).train.x.shape == (2 * 1077, 100)


@pytest.mark.parametrize("part", PARTS)
def test_each_canvas_holds_exactly_its_digit_with_its_label(data, moved, part):
    still, examples = getattr(data, part), getattr(moved, part)
    for k in range(0, len(examples.x), 7):
        original = k % len(still.x)
        assert places(still.x[original].reshape(8, 8), examples.x[k].reshape(12, 12))
        assert examples.labels[k] == still.labels[original]
        assert examples.r[k].argmax() == examples.labels[k]


def test_no_ink_is_lost_and_none_is_added(data, moved):
    np.testing.assert_allclose(moved.train.x.sum(axis=1), np.tile(data.train.x.sum(axis=1), 4), rtol=1e-13)


def test_the_copies_of_a_digit_lie_at_places_of_their_own(data, moved):
    copies = moved.train.x.reshape(4, 1077, 144)
    same = [(copies[0] == copies[k]).all(axis=1).mean() for k in (1, 2, 3)]
    # One place in 25 is hit twice by chance.
    assert max(same) < 0.1


def test_every_place_of_the_canvas_is_used(data, moved):
    # A digit's own margin may be empty, so ink alone does not tell its place; a full picture's does.
    used = set()
    for k in range(600):
        found = places(data.train.x[k].reshape(8, 8), moved.train.x[k].reshape(12, 12))
        if len(found) == 1:
            used.update(found)
    assert {top for top, _ in used} == {left for _, left in used} == {0, 1, 2, 3, 4}


def test_no_room_to_move_leaves_the_digits_as_they_are(data):
    still = moved_digits(0, pixels=0, copies=1)
    for part in PARTS:
        np.testing.assert_array_equal(getattr(still, part).x, getattr(data, part).x)


def test_the_same_seed_gives_the_same_places_and_another_seed_others(moved):
    np.testing.assert_array_equal(moved_digits(0).test.x, moved.test.x)
    assert (moved_digits(1).test.x != moved.test.x).any()


@pytest.mark.parametrize(
    ("arguments", "argument", "came", "least"),
    [
        ({"seed": -1}, "seed", "-1", "at least 0"),
        ({"seed": 1.5}, "seed", "1.5", "at least 0"),
        ({"pixels": -1}, "pixels", "-1", "at least 0"),
        ({"pixels": 0.5}, "pixels", "0.5", "at least 0"),
        ({"copies": 0}, "copies", "0", "at least 1"),
        ({"copies": "4"}, "copies", "'4'", "at least 1"),
    ],
)
def test_what_is_not_a_whole_number_is_refused(arguments, argument, came, least):
    assert_refused(lambda: moved_digits(**arguments), argument, came, least)


@pytest.mark.parametrize("seed", [-1, 1.5, "a", None, True, 2**33])
def test_a_seed_that_is_not_whole_is_refused(seed):
    assert_refused(lambda: digits(seed), "seed", repr(seed), "at least 0")
