"""cross_entropy and output_delta: values, promises about NaN, -0.0 and infinity, the 1/B, the slope."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from oracles import directional, error, every_entry, exact_log_softmax, to_numpy
from strategies import make_problem, problems

from mlp_core import cross_entropy, output_delta, softmax

LOGITS_B = [0.0, np.log(2), np.log(7)]
SMALLEST = 5e-324
LARGEST = 1.7e308  # LARGEST and -LARGEST differ by more than float64 represents


@st.composite
def targets_and_logits(draw, largest_logit, targets):
    """Draw (r, z_hat) of one shape: (K,), or (B, K) with B up to 3."""
    n_classes, rows = draw(st.integers(1, 4)), draw(st.none() | st.integers(1, 3))
    n = n_classes * (rows or 1)
    shape = (n_classes,) if rows is None else (rows, n_classes)
    r = draw(st.lists(targets, min_size=n, max_size=n))
    z_hat = draw(st.lists(st.floats(-largest_logit, largest_logit), min_size=n, max_size=n))
    return np.reshape(r, shape), np.reshape(z_hat, shape)


not_negative = st.sampled_from([0.0, SMALLEST, 0.25, 1.0]) | st.floats(0, 3)


# ---------------------------------------------------------------- E


@pytest.mark.parametrize(
    ("r", "E"),
    [
        ([0, 1, 0], np.log(5)),
        ([0, 1, 1], np.log(5 / 0.7)),
        ([0.2, 0.5, 0.3], -(0.2 * np.log(0.1) + 0.5 * np.log(0.2) + 0.3 * np.log(0.7))),
    ],
)
def test_loss_of_the_worked_example(r, E, xp):
    r, z_hat = xp.asarray(r, dtype=xp.float64), xp.asarray(LOGITS_B, dtype=xp.float64)
    assert float(cross_entropy(r, z_hat)) == pytest.approx(E, rel=1e-14)


@given(targets_and_logits(700.0, st.floats(0, 1)))
def test_loss_is_the_mean_of_the_defining_sum_in_sixty_digits(pair):
    r, z_hat = pair
    rows = zip(np.atleast_2d(r), np.atleast_2d(z_hat), strict=True)
    E = np.mean([-np.sum(r_row * exact_log_softmax(z_row)) for r_row, z_row in rows])
    assert cross_entropy(r, z_hat) == pytest.approx(E, rel=1e-12, abs=1e-13)


@given(targets_and_logits(LARGEST, not_negative))
@example(([0.0, 1.0], [-LARGEST, LARGEST]))
@example(([[SMALLEST, 1.0], [0.0, 1.0]], [[-LARGEST, LARGEST], [0.0, 0.0]]))
@pytest.mark.filterwarnings("ignore:overflow encountered:RuntimeWarning")
def test_loss_is_never_nan_and_never_minus_0_for_any_logits(pair):
    # Differences that float64 cannot represent may overflow with a warning, but only to E = inf.
    E = cross_entropy(*pair)
    assert not np.isnan(E)
    assert not np.signbit(E)


@given(targets_and_logits(8.9e307, st.sampled_from([0.0, SMALLEST, 0.25, 1.0])))
def test_loss_is_silent_and_finite_wherever_differences_are_representable(pair):
    r, z_hat = pair
    r = r / np.maximum(1, r.sum(axis=-1, keepdims=True))
    assert np.isfinite(cross_entropy(r, z_hat))


def test_loss_of_huge_logits_is_their_difference():
    assert cross_entropy([0.0, 1.0], [1e308, 1e307]) == 9e307
    assert cross_entropy([[0.0, 1.0]] * 4, [[1e308, 0.0]] * 4) == 1e308


@pytest.mark.filterwarnings("ignore:overflow encountered:RuntimeWarning")
def test_loss_is_infinite_only_where_a_wanted_class_is_unrepresentably_far_down():
    z_hat = [LARGEST, -LARGEST]
    assert cross_entropy([0.0, 1.0], z_hat) == np.inf
    assert cross_entropy([0.5, 0.5], z_hat) == np.inf
    assert cross_entropy([1.0, 0.0], z_hat) == 0


@pytest.mark.parametrize("z_hat", [[0.0, -1e4], [1e4, 0.0], [[3.0, -1e4], [1e4, 0.0]], [1e308, -5e307]])
def test_right_and_sure_is_0_and_not_minus_0(z_hat, xp):
    z_hat = xp.asarray(z_hat, dtype=xp.float64)
    r = xp.asarray(np.eye(2)[np.zeros(z_hat.shape[:-1], dtype=int)])
    E = float(cross_entropy(r, z_hat))
    assert E == 0
    assert not np.signbit(E)


def test_the_same_promises_hold_under_jit(jax):
    E = jax.jit(cross_entropy)
    right, wrong, z_hat = np.array([1.0, 0.0]), np.array([0.0, 1.0]), np.array([LARGEST, -LARGEST])
    assert float(E(right, z_hat)) == 0
    assert not np.signbit(float(E(right, np.array([0.0, -1e4]))))
    assert float(E(wrong, z_hat)) == np.inf
    assert float(E(wrong, np.array([1e308, 1e307]))) == 9e307


def test_loss_of_a_network_that_knows_nothing_is_log_K():
    assert cross_entropy(np.eye(10), np.zeros((10, 10))) == pytest.approx(np.log(10), rel=1e-15)


def test_loss_is_one_number_of_the_logits_dtype(xp):
    for shape in ((3,), (2, 3)):
        z_hat = xp.zeros(shape, dtype=xp.float32)
        E = cross_entropy(xp.ones_like(z_hat) / 3, z_hat)
        assert tuple(E.shape) == ()
        assert E.dtype == xp.float32


def test_loss_of_a_batch_is_the_mean_and_not_the_sum(rng):
    z_hat, r = rng.normal(size=(5, 3)), rng.dirichlet(np.ones(3), 5)
    alone = [cross_entropy(*row) for row in zip(r, z_hat, strict=True)]
    assert cross_entropy(r, z_hat) == pytest.approx(np.mean(alone), rel=1e-14)


# ---------------------------------------------------------------- delta


@pytest.mark.parametrize(
    ("r", "delta"),
    [
        ([0, 1, 0], [-0.1, 0.8, -0.7]),
        ([0.2, 0.5, 0.3], [0.1, 0.3, -0.4]),
        ([0, 1, 1], [-0.2, 0.6, -0.4]),
        ([0, 2, 0], [-0.2, 1.6, -1.4]),
        ([0, -1, 0], [0.1, -0.8, 0.7]),
    ],
)
def test_delta_of_the_worked_example_for_any_real_target(r, delta, xp):
    r, z_hat = xp.asarray(r, dtype=xp.float64), xp.asarray(LOGITS_B, dtype=xp.float64)
    np.testing.assert_allclose(to_numpy(output_delta(r, z_hat)), delta, atol=1e-14)


@given(targets_and_logits(20.0, st.floats(-3, 3)))
def test_delta_is_minus_the_measured_slope_for_any_real_target(pair):
    r, z_hat = pair
    measured = -every_entry(lambda t: cross_entropy(r, t), z_hat)
    assert error(output_delta(r, z_hat), measured, rows=len(np.atleast_2d(r))) < 1e-7


@given(problem=problems())
def test_delta_is_minus_the_measured_slope_of_networks(measured_xp, problem):
    r, z_hat = measured_xp.asarray(problem.r), problem.z_hat
    measured = -every_entry(lambda t: float(cross_entropy(r, measured_xp.asarray(t))), z_hat)
    delta = to_numpy(output_delta(r, measured_xp.asarray(z_hat)))
    assert error(delta, measured, rows=problem.rows or 1) < 1e-7


@pytest.mark.parametrize("seed", range(5))
def test_delta_of_a_large_batch_is_minus_the_measured_slope_along_random_directions(seed):
    problem = make_problem((20, 30, 10), rows=40, activation="tanh", soft=seed % 2 == 0, seed=seed)
    delta = output_delta(problem.r, problem.z_hat)
    directions = np.random.default_rng(seed).normal(size=(4, *delta.shape))
    measured = [directional(lambda t: cross_entropy(problem.r, t), problem.z_hat, u) for u in directions]
    assert error([-np.sum(delta * u) for u in directions], measured, rows=40) < 1e-7


def test_the_1_over_B_enters_once(rng):
    z_hat, r = rng.normal(size=(4, 3)), rng.dirichlet(np.ones(3), 4)
    alone = [output_delta(*row) for row in zip(r, z_hat, strict=True)]
    np.testing.assert_allclose(output_delta(r, z_hat), np.divide(alone, 4), rtol=0, atol=1e-16)


def test_delta_of_a_sure_network_keeps_the_digits_of_the_largest_entry():
    np.testing.assert_array_equal(output_delta([1.0, 0, 0], [0.0, 0, 1e4]), [1, 0, -1])
    np.testing.assert_array_equal(output_delta([0.0, 0, 1], [-1e308, 0, 5e307]), [0, 0, 0])


def test_delta_has_the_shape_and_dtype_of_the_logits(xp):
    for shape in ((3,), (2, 3)):
        z_hat = xp.zeros(shape, dtype=xp.float32)
        delta = output_delta(xp.ones_like(z_hat), z_hat)
        assert tuple(delta.shape) == shape
        assert delta.dtype == xp.float32


def test_pulls_on_the_logits_balance_for_any_real_target(rng):
    delta = output_delta(rng.normal(size=(6, 5)), rng.normal(size=(6, 5)))
    np.testing.assert_allclose(delta.sum(axis=-1), np.zeros(6), atol=1e-14)


def test_delta_vanishes_where_the_target_is_reached(rng):
    z_hat = rng.normal(size=(3, 4))
    np.testing.assert_allclose(output_delta(softmax(z_hat), z_hat), np.zeros((3, 4)), atol=1e-15)
