"""The toys: where their points lie, that each needs what it is made to need, and what is refused."""

import numpy as np
import pytest
from refusals import assert_refused

from mlp_core import toy

CLASSES = {"moons": 2, "spirals": 2, "rings": 2, "xor": 2, "three clusters": 3}


@pytest.mark.parametrize(("name", "n_classes"), CLASSES.items())
def test_points_labels_and_targets_belong_together(name, n_classes):
    for n in (6, 7, 200):
        points = toy(name, n)
        assert points.x.shape == (n, 2)
        assert points.x.dtype == np.float64
        assert abs(points.x).max() <= 3
        assert points.r.tolist() == np.eye(n_classes)[points.labels].tolist()
        counts = np.bincount(points.labels)
        assert len(counts) == n_classes
        assert counts.max() - counts.min() <= 1


@pytest.mark.parametrize("name", CLASSES)
def test_a_seed_gives_the_same_points_and_another_others(name):
    assert toy(name, 50, seed=3).x.tolist() == toy(name, 50, seed=3).x.tolist()
    assert not np.isin(toy(name, 50, seed=3).x, toy(name, 50, seed=4).x).all()


@pytest.mark.parametrize("name", CLASSES)
def test_the_points_lie_about_the_middle_and_fill_the_field(name):
    x = toy(name, 2000).x
    assert abs(x.mean(axis=0)).max() < 0.15
    assert (abs(x).max(axis=0) > 1.4).all()


def test_the_points_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        toy("moons").x[0, 0] = 1.0


def of(name):
    points = toy(name, 2000, seed=1)
    return points.x, points.labels


def test_each_moon_is_half_a_circle_and_holds_a_horn_of_the_other():
    x, labels = of("moons")
    for label, middle, side in ((0, (-0.7, -0.35), 1), (1, (0.7, 0.35), -1)):
        from_middle = x[labels == label] - middle
        radius = np.hypot(*from_middle.T)
        assert abs(radius.mean() - 1.4) < 0.02
        assert radius.std() < 0.2
        assert (side * from_middle[:, 1] > -0.6).all()
    assert x[labels == 0, 0].max() > x[labels == 1, 0].min() + 1


def test_the_arms_of_the_spirals_are_half_a_turn_apart_everywhere():
    x, labels = of("spirals")
    radius = np.hypot(*x.T)
    turned = np.arctan2(x[:, 1], x[:, 0]) - 3 * np.pi * radius / 2.5
    for label in (0, 1):
        outside = (labels == label) & (radius > 0.8)
        direction = np.exp(1j * turned[outside]).mean()
        assert abs(direction) > 0.9
        assert abs(direction / abs(direction) - (1, -1)[label]) < 0.1


def test_one_ring_lies_within_the_other():
    x, labels = of("rings")
    radius = np.hypot(*x.T)
    assert abs(radius[labels == 0].mean() - 2.1) < 0.05
    assert abs(radius[labels == 1].mean() - 0.9) < 0.05


def test_xor_is_the_sign_of_the_product_and_each_coordinate_alone_says_nothing():
    x, labels = of("xor")
    assert np.mean((x[:, 0] * x[:, 1] < 0) == labels) > 0.995
    for coordinate in x.T:
        assert 0.45 < np.mean((coordinate > 0) == labels) < 0.55


def test_three_clusters_stand_a_third_of_a_turn_apart():
    x, labels = of("three clusters")
    middles = [x[labels == k].mean(axis=0) for k in range(3)]
    for k in range(3):
        apart = np.hypot(*(middles[k] - middles[k - 1]))
        assert abs(apart - 1.5 * np.sqrt(3)) < 0.1


@pytest.mark.parametrize(
    ("arguments", "argument", "came", "expected"),
    [
        (("suns",), "name", "'suns'", "'moons', 'spirals', 'rings', 'xor', 'three clusters'"),
        ((["xor"],), "name", "['xor']", "'moons'"),
        (("xor", 5), "n", "5", "a whole number, at least 6"),
        (("xor", 50.0), "n", "50.0", "a whole number"),
        (("moons", 10**30), "n", str(10**30), "at least 6 and at most 1000000"),
        (("xor", 50, -1), "seed", "-1", "a whole number, at least 0"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(arguments, argument, came, expected):
    assert_refused(lambda: toy(*arguments), argument, came, expected)
