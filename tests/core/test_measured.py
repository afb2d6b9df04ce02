"""numerical_gradient: its sign, its order, arrays and tuples, and what it leaves alone."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import every_entry, to_numpy
from refusals import assert_refused

from mlp_core import MLP, numerical_gradient
from mlp_core.worked_examples import R, V, W, X


@given(st.floats(-3, 3), st.floats(-3, 3))
def test_it_is_plus_the_derivative(a, b):
    gradient = numerical_gradient(lambda t: a * t[0] ** 2 + b * t[0] * t[1], [1.5, -2.0])
    np.testing.assert_allclose(gradient, [3 * a - 2 * b, 1.5 * b], atol=1e-8)


def test_the_nudge_of_the_worked_example():
    # Chapter 00 measures w_11 of the sigmoid run: -dE/dw_11 = -0.5407.
    gradients = numerical_gradient(lambda weights: MLP(weights, "sigmoid").loss(X, R), (V, W))
    assert isinstance(gradients, tuple)
    assert [gradient.shape for gradient in gradients] == [(3, 3), (2, 4)]
    assert -gradients[1][0, 1] == pytest.approx(-0.5407, abs=5e-5)
    assert -gradients[0][0, 0] == pytest.approx(-0.6124, abs=5e-5)


def test_differences_are_central_and_not_one_sided():
    # On t^2 a central difference is exact for any h; a one-sided one is wrong by h.
    assert numerical_gradient(lambda t: t**2, 3.0, h=0.5) == 6
    # On t^3 a central difference is wrong by h^2.
    assert numerical_gradient(lambda t: t**3, 0.0, h=0.5) == 0.25


def test_the_nudge_is_1e_minus_5_unless_another_is_given():
    # On t^3 the error is h^2: with it the formula tells its own h.
    assert numerical_gradient(lambda t: t**3, 0.0) == pytest.approx(1e-10, rel=1e-9)


@pytest.mark.parametrize(
    "h", [1, np.uint8(1), np.int8(1), np.float16(1e-3), np.float32(0.1), np.longdouble(0.5)]
)
def test_a_nudge_of_any_type_is_computed_in_float64(h):
    theta = np.array([3.0, 1 / 3])
    gradient = numerical_gradient(lambda t: np.sum(t**2), theta, h=h)
    np.testing.assert_allclose(gradient, 2 * theta, rtol=1e-9)
    assert gradient.dtype == np.float64


@pytest.mark.parametrize("h", [1e-300, 1e-17, 1e-15, 1e308, 1.7e308])
@pytest.mark.parametrize("theta", [[1.0, 3.0], (np.zeros(2), np.array([1.0, 3.0]))])
def test_a_nudge_that_float64_cannot_add_is_refused(theta, h):
    name = "theta[1]" if isinstance(theta, tuple) and h < 1 else "theta[0]"
    assert_refused(lambda: numerical_gradient(lambda t: 0.0, theta, h=h), "h", repr(h), "a nudge of its size")
    with pytest.raises(ValueError, match=re.escape(f"in {name} ")):
        numerical_gradient(lambda t: 0.0, theta, h=h)


def test_the_smallest_nudge_that_is_taken_measures_to_a_thousandth(rng):
    theta = rng.uniform(1, 2, 50)
    taken = 0
    for h in np.geomspace(1e-16, 1e-9, 50):
        try:
            gradient = numerical_gradient(np.sum, theta[:1], h=h)
        except ValueError:
            continue
        taken += 1
        assert gradient[0] == pytest.approx(1, rel=2e-3)
    assert 0 < taken < 50


def test_each_array_keeps_its_shape():
    for shape in ((), (3,), (2, 3), (2, 1, 3)):
        gradient = numerical_gradient(lambda t: np.sum(t), np.ones(shape))
        assert gradient.shape == shape
        np.testing.assert_allclose(gradient, np.ones(shape), atol=1e-9)


def test_each_part_of_a_tuple_is_nudged_alone():
    a, b = numerical_gradient(lambda t: t[0][0] * t[1][1], ([2.0, 5.0], [3.0, 7.0]))
    np.testing.assert_allclose(a, [7, 0], atol=1e-9)
    np.testing.assert_allclose(b, [0, 2], atol=1e-9)


def test_a_tuple_of_one_stays_a_tuple():
    (gradient,) = numerical_gradient(lambda t: t[0].sum(), (np.ones(2),))
    np.testing.assert_allclose(gradient, [1, 1], atol=1e-9)


def test_theta_is_not_changed(rng):
    theta = rng.normal(size=(2, 2))
    before = theta.copy()
    numerical_gradient(lambda t: (t**2).sum(), theta)
    np.testing.assert_array_equal(theta, before)


def test_an_f_that_writes_changes_neither_the_caller_s_arrays_nor_what_is_measured():
    a, b = np.array([2.0, 5.0]), np.array([3.0, 7.0])

    def f(parts):
        value = parts[0][0] * parts[1][1]
        for part in parts:
            part[:] = 100.0
        return value

    in_a, in_b = numerical_gradient(f, (a, b))
    np.testing.assert_allclose(in_a, [7, 0], atol=1e-9)
    np.testing.assert_allclose(in_b, [0, 2], atol=1e-9)
    assert (a.tolist(), b.tolist()) == ([2, 5], [3, 7])


@pytest.mark.parametrize("dtype", [np.float32, np.int64])
def test_it_is_computed_in_float64(dtype):
    gradient = numerical_gradient(lambda t: (t**2).sum(), np.asarray([1, 2], dtype=dtype))
    assert gradient.dtype == np.float64
    np.testing.assert_allclose(gradient, [2, 4], atol=1e-9)


def test_it_agrees_with_the_extrapolated_measure_of_these_tests(rng):
    theta = rng.normal(size=(3, 2))

    def f(t):
        return np.sum(np.sin(t) * np.exp(t[::-1]))

    np.testing.assert_allclose(numerical_gradient(f, theta), every_entry(f, theta), atol=1e-8)


def test_f_may_return_a_number_of_any_library(xp):
    gradient = numerical_gradient(lambda t: xp.sum(xp.asarray(t) ** 2), [1.0, 2.0])
    np.testing.assert_allclose(gradient, [2, 4], atol=1e-9)


def test_theta_may_be_an_array_of_any_library(xp):
    gradient = numerical_gradient(lambda t: np.sum(to_numpy(t) ** 2), xp.asarray([1.0, 2.0]))
    np.testing.assert_allclose(gradient, [2, 4], atol=1e-9)


@pytest.mark.parametrize("h", [0, -1e-5, np.nan, np.inf, "a", [1e-5], None])
def test_a_nudge_that_is_not_a_positive_number_is_refused(h):
    assert_refused(lambda: numerical_gradient(np.sum, [1.0], h=h), "h", repr(h), "a positive number")


@pytest.mark.parametrize("f", [lambda t: t, lambda t: t[:1], lambda t: "a", lambda t: 1j, lambda t: None])
def test_a_function_of_more_than_one_number_is_refused(f):
    assert_refused(lambda: numerical_gradient(f, [1.0, 2.0]), "f", "shape", "one number")


def test_what_is_no_function_is_refused():
    assert_refused(lambda: numerical_gradient(None, [1.0]), "f", "NoneType", "a function of theta")


@pytest.mark.parametrize(
    ("theta", "argument", "came", "expected"),
    [
        ([1.0, np.nan], "theta[0]", "nan at [1]", "finite"),
        (([1.0], [np.inf]), "theta[1]", "inf at [0]", "finite"),
        (["a"], "theta[0]", "<U1", "real numbers"),
        ([[1], [2, 3]], "theta[0]", "different lengths", "rectangular"),
        ([True], "theta[0]", "bool", "real numbers"),
    ],
)
def test_a_theta_that_is_no_finite_array_is_refused(theta, argument, came, expected):
    assert_refused(lambda: numerical_gradient(lambda t: 0.0, theta), argument, came, expected)
