"""prepend_one, affine and its two transposed derivatives: which column is the bias, and which way round."""

import numpy as np
import pytest
from hypothesis import given
from oracles import directional, error, every_entry, to_numpy
from strategies import problems

from mlp_core import (
    affine,
    affine_input_gradient,
    affine_weight_gradient,
    cross_entropy,
    gradient_step,
    output_delta,
    prepend_one,
)

Y = [0.5, 0, 2]
W_B = [[0, 2, 1, -0.5], [np.log(2), -4, -1, 1], [np.log(7), 1, 3, -0.25]]
DELTA = [-0.1, 0.8, -0.7]


def test_one_stands_in_front(xp):
    y = xp.asarray([[3.0, 4.0], [5.0, 6.0]], dtype=xp.float64)
    assert to_numpy(prepend_one(y)).tolist() == [[1, 3, 4], [1, 5, 6]]
    assert to_numpy(prepend_one(y[0, :])).tolist() == [1, 3, 4]


def test_one_stands_in_front_even_of_nan_and_infinity():
    assert prepend_one([np.nan, np.inf])[0] == 1


def test_affine_of_the_worked_example(xp):
    W, y = xp.asarray(W_B, dtype=xp.float64), xp.asarray(Y, dtype=xp.float64)
    np.testing.assert_allclose(to_numpy(affine(W, y)), np.log([1, 2, 7]), atol=1e-14)


def test_column_0_of_the_weights_is_the_bias():
    np.testing.assert_array_equal(affine([[10, 1, 2], [20, 3, 4]], [0, 0]), [10, 20])
    np.testing.assert_array_equal(affine([[10, 1, 2], [20, 3, 4]], [1, -1]), [9, 19])


@pytest.mark.parametrize("batch", [(), (5,), (2, 3)])
def test_affine_is_the_sum_over_j_for_any_batch_axes(batch, rng):
    W, y = rng.normal(size=(4, 3)), rng.normal(size=(*batch, 2))
    z_hat = W[:, 0] + np.einsum("ij,...j->...i", W[:, 1:], y)
    np.testing.assert_allclose(affine(W, y), z_hat, rtol=1e-13, atol=1e-15)


def test_weight_gradient_of_the_worked_example(xp):
    delta, y = xp.asarray(DELTA, dtype=xp.float64), xp.asarray(Y, dtype=xp.float64)
    by_hand = [[-0.1, -0.05, 0, -0.2], [0.8, 0.4, 0, 1.6], [-0.7, -0.35, 0, -1.4]]
    np.testing.assert_allclose(to_numpy(affine_weight_gradient(delta, y)), by_hand, atol=1e-14)


def test_input_gradient_of_the_worked_example(xp):
    delta, W = xp.asarray(DELTA, dtype=xp.float64), xp.asarray(W_B, dtype=xp.float64)
    np.testing.assert_allclose(to_numpy(affine_input_gradient(delta, W)), [-4.1, -3, 1.025], atol=1e-14)


def test_gradients_of_a_batch_of_two_of_the_worked_example():
    # The second example has y = (0.25, 0, 1) and the target of class 1; both are given the same z.
    delta, y = np.divide([DELTA, [0.9, -0.2, -0.7]], 2), [Y, [0.25, 0, 1]]
    by_hand = [[0.4, 0.0875, 0, 0.35], [0.3, 0.175, 0, 0.7], [-0.7, -0.2625, 0, -1.05]]
    np.testing.assert_allclose(affine_weight_gradient(delta, y), by_hand, atol=1e-14)


def test_weight_gradient_is_summed_over_rows_and_not_averaged(rng):
    delta, y = rng.normal(size=(5, 3)), rng.normal(size=(5, 2))
    alone = [affine_weight_gradient(*row) for row in zip(delta, y, strict=True)]
    np.testing.assert_allclose(affine_weight_gradient(delta, y), np.sum(alone, axis=0), atol=1e-14)


def test_both_gradients_are_linear_in_delta(rng):
    W, y = rng.normal(size=(3, 5)), rng.normal(size=(2, 4))
    a, b = rng.normal(size=(2, 2, 3))
    for gradient in (lambda d: affine_weight_gradient(d, y), lambda d: affine_input_gradient(d, W)):
        np.testing.assert_allclose(gradient(2 * a - b), 2 * gradient(a) - gradient(b), atol=1e-13)


@pytest.mark.parametrize("batch", [(), (5,)])
def test_both_gradients_are_the_transposed_measured_derivative_of_affine(batch, rng):
    # <delta, z_hat> is linear in W and in y; its slope is the transposed derivative applied to delta.
    W, y, delta = rng.normal(size=(3, 5)), rng.normal(size=(*batch, 4)), rng.normal(size=(*batch, 3))
    of_W = every_entry(lambda t: np.sum(delta * affine(t, y)), W)
    of_y = every_entry(lambda t: np.sum(delta * affine(W, t)), y)
    assert error(affine_weight_gradient(delta, y), of_W) < 1e-9
    assert error(affine_input_gradient(delta, W), of_y) < 1e-9


def test_input_gradient_takes_any_batch_axes(rng):
    delta, W = rng.normal(size=(2, 3, 4)), rng.normal(size=(4, 6))
    alone = [[affine_input_gradient(d, W) for d in rows] for rows in delta]
    np.testing.assert_allclose(affine_input_gradient(delta, W), alone, rtol=1e-13)


# ---------------------------------------------------------------- the last layer of whole networks


def gradients(problem, xp=np):
    W, y = xp.asarray(problem.weights[-1]), xp.asarray(problem.last_input)
    delta = output_delta(xp.asarray(problem.r), affine(W, y))
    return to_numpy(affine_weight_gradient(delta, y)), to_numpy(affine_input_gradient(delta, W))


def losses(problem, xp=np):
    """Return E as a function of the output weights alone, and as one of the output layer's input alone."""
    W, y, r = problem.weights[-1], problem.last_input, xp.asarray(problem.r)

    def E(W, y):
        return float(cross_entropy(r, affine(xp.asarray(W), xp.asarray(y))))

    return (lambda t: E(t, y)), (lambda t: E(W, t))


@given(problem=problems(largest_width=4, largest_batch=4))
def test_every_entry_of_small_networks_is_measured(measured_xp, problem):
    places = (problem.weights[-1], problem.last_input)
    scale = {"largest_input": np.abs(problem.last_input).max(), "rows": problem.rows or 1}
    for gradient, E, place in zip(
        gradients(problem, measured_xp), losses(problem, measured_xp), places, strict=True
    ):
        assert error(gradient, -every_entry(E, place), **scale) < 1e-7


@given(problem=problems(largest_width=20, largest_batch=12))
def test_larger_networks_are_measured_along_random_directions(measured_xp, problem):
    rng = np.random.default_rng(0)
    places = (problem.weights[-1], problem.last_input)
    scale = {"largest_input": np.abs(problem.last_input).max(), "rows": problem.rows or 1}
    for gradient, E, place in zip(
        gradients(problem, measured_xp), losses(problem, measured_xp), places, strict=True
    ):
        # Of unit length: a step along them is a step of h, whatever the network's size.
        directions = rng.normal(size=(3, *place.shape))
        directions = [u / np.linalg.norm(u) for u in directions]
        measured = [directional(E, place, u) for u in directions]
        assert error([-np.sum(gradient * u) for u in directions], measured, **scale) < 1e-7


@given(problems())
def test_the_gradient_of_a_batch_is_the_mean_of_its_rows(problem):
    if problem.rows is None:
        return
    W, y, r = problem.weights[-1], problem.last_input, problem.r
    alone = [affine_weight_gradient(output_delta(r[k], affine(W, y[k])), y[k]) for k in range(problem.rows)]
    assert error(gradients(problem)[0], np.mean(alone, axis=0), np.abs(y).max(), problem.rows) < 1e-11


@given(problems())
def test_a_small_step_lowers_the_loss(problem):
    (gradient, _), (E, _), W = gradients(problem), losses(problem), problem.weights[-1]
    if np.abs(gradient).max() < 1e-3:
        return
    # E's curvature along W is at most that of the logits, 1/2, times the squared length of [1, y].
    longest = np.max(np.sum(prepend_one(problem.last_input) ** 2, axis=-1))
    (stepped,), _ = gradient_step((W,), None, (gradient,), learning_rate=1 / longest)
    assert E(stepped) < E(W)


def test_float32_stays_float32(xp):
    W, y, delta = (xp.ones(shape, dtype=xp.float32) for shape in ((3, 3), (4, 2), (4, 3)))
    for result in (
        prepend_one(y),
        affine(W, y),
        affine_weight_gradient(delta, y),
        affine_input_gradient(delta, W),
    ):
        assert result.dtype == xp.float32
