"""softmax, log_softmax, softmax_jacobian: values, numerical safety, and the measured derivative."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import error, every_entry, exact_log_softmax, exact_softmax, to_numpy
from strategies import batches_of_logits

from mlp_core import log_softmax, softmax, softmax_jacobian

LOGITS_B = [0.0, np.log(2), np.log(7)]
HUGE = 8.9e307  # two of them lie 1.78e308 apart: the largest difference that float64 represents is 1.797e308

huge_logits = st.lists(st.floats(-HUGE, HUGE), min_size=1, max_size=6)
logits = st.lists(st.floats(-750, 750), min_size=1, max_size=6)


def test_softmax_of_the_worked_example(xp):
    z = softmax(xp.asarray(LOGITS_B, dtype=xp.float64))
    np.testing.assert_allclose(to_numpy(z), [0.1, 0.2, 0.7], rtol=1e-14)


def test_log_softmax_of_the_worked_example(xp):
    log_z = log_softmax(xp.asarray(LOGITS_B, dtype=xp.float64))
    np.testing.assert_allclose(to_numpy(log_z), np.log([0.1, 0.2, 0.7]), rtol=1e-14)


def test_jacobian_of_the_worked_example(xp):
    J = softmax_jacobian(xp.asarray(LOGITS_B, dtype=xp.float64))
    by_hand = [[0.09, -0.02, -0.07], [-0.02, 0.16, -0.14], [-0.07, -0.14, 0.21]]
    np.testing.assert_allclose(to_numpy(J), by_hand, atol=1e-15)


@given(logits)
def test_softmax_agrees_with_sixty_digits(z_hat):
    np.testing.assert_allclose(softmax(z_hat), exact_softmax(z_hat), rtol=1e-13, atol=1e-300)


@given(logits)
def test_log_softmax_agrees_with_sixty_digits(z_hat):
    np.testing.assert_allclose(log_softmax(z_hat), exact_log_softmax(z_hat), rtol=1e-13, atol=1e-13)


@given(huge_logits)
def test_softmax_is_right_and_silent_wherever_differences_are_representable(z_hat):
    # pyproject.toml turns every warning into an error, so silence is part of each of these tests.
    np.testing.assert_allclose(softmax(z_hat), exact_softmax(z_hat), rtol=1e-13, atol=1e-300)


@given(huge_logits)
def test_log_softmax_is_right_and_silent_wherever_differences_are_representable(z_hat):
    log_z = log_softmax(z_hat)
    assert np.isfinite(log_z).all()
    assert error(log_z, exact_log_softmax(z_hat)) < 1e-11


@given(huge_logits)
def test_jacobian_is_finite_and_silent_wherever_differences_are_representable(z_hat):
    assert np.isfinite(softmax_jacobian(z_hat)).all()


@pytest.mark.parametrize("shift", [-1e308, -1e4, 1e4, 1e308])
@pytest.mark.parametrize("function", [softmax, log_softmax, softmax_jacobian])
def test_equal_logits_are_equal_probabilities_wherever_they_lie(function, shift):
    np.testing.assert_array_equal(function([shift, shift]), function([0.0, 0.0]))


def test_float32_is_right_up_to_the_end_of_its_range():
    z_hat = np.asarray([1.7e38, -1.7e38, 1.7e38], dtype=np.float32)
    np.testing.assert_array_equal(softmax(z_hat), np.asarray([0.5, 0, 0.5], dtype=np.float32))
    np.testing.assert_allclose(log_softmax(z_hat), [-np.log(2), -3.4e38, -np.log(2)], rtol=1e-6)


def test_log_softmax_stays_finite_where_the_probability_is_rounded_to_0(xp):
    z_hat = xp.asarray([0.0, -1e4], dtype=xp.float64)
    assert to_numpy(softmax(z_hat)).tolist() == [1, 0]
    assert to_numpy(log_softmax(z_hat)).tolist() == [0, -1e4]


@given(batches_of_logits())
def test_every_row_of_a_batch_is_a_distribution(z_hat):
    z = softmax(z_hat)
    assert (z >= 0).all()
    np.testing.assert_allclose(z.sum(axis=-1), np.ones(len(z_hat)), rtol=1e-14)


@pytest.mark.parametrize("function", [softmax, log_softmax, softmax_jacobian])
def test_any_batch_axes_are_rows_by_themselves(function, rng):
    z_hat = rng.normal(size=(2, 3, 4))
    alone = [[function(row) for row in rows] for rows in z_hat]
    np.testing.assert_allclose(function(z_hat), alone, rtol=1e-13, atol=1e-15)


@given(batches_of_logits(), st.sampled_from([1e-3, 1.0, 300.0]))
def test_what_one_class_gains_the_others_lose(z_hat, scale):
    J = softmax_jacobian(scale * z_hat)
    np.testing.assert_allclose(J.sum(axis=-2), np.zeros(z_hat.shape), atol=1e-15)
    np.testing.assert_allclose(J.sum(axis=-1), np.zeros(z_hat.shape), atol=1e-15)


@given(z_hat=batches_of_logits())
def test_jacobian_is_the_measured_derivative(measured_xp, z_hat):
    J = to_numpy(softmax_jacobian(measured_xp.asarray(z_hat)))
    for row, of_row in zip(z_hat, J, strict=True):
        measured = every_entry(lambda t: to_numpy(softmax(measured_xp.asarray(t))), row)
        assert error(of_row, measured) < 1e-7


@pytest.mark.parametrize("function", [softmax, log_softmax, softmax_jacobian])
def test_float32_stays_float32(function, xp):
    assert function(xp.asarray([1.0, 2.0], dtype=xp.float32)).dtype == xp.float32


def test_one_class_is_certain():
    assert softmax([[-3.0]]).tolist() == [[1.0]]
    assert log_softmax([[-3.0]]).tolist() == [[0.0]]
    assert softmax_jacobian([[-3.0]]).tolist() == [[[0.0]]]


def test_the_logits_are_not_changed(rng):
    z_hat = rng.normal(size=(2, 3))
    before = z_hat.copy()
    for function in (softmax, log_softmax, softmax_jacobian):
        function(z_hat)
    np.testing.assert_array_equal(z_hat, before)
