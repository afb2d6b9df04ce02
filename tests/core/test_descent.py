"""gradient_step: the plus, the velocity, dtypes, jit, and tuples that do not fit."""

from fractions import Fraction

import numpy as np
import pytest
from oracles import error, to_numpy
from refusals import assert_refused

from mlp_core import MLP, gradient_step, numerical_gradient
from mlp_core.worked_examples import R, V, W, X

A, B = np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]])
PULL_A, PULL_B = np.array([[10.0, -20.0]]), np.array([[0.5], [-1.0]])
VELOCITY_A, VELOCITY_B = np.array([[100.0, 200.0]]), np.array([[1.0], [2.0]])


def test_the_first_step_adds_the_negative_gradient():
    weights, velocity = gradient_step((A, B), None, (PULL_A, PULL_B), 0.1)
    np.testing.assert_allclose(weights[0], [[2.0, 0.0]], rtol=1e-15)
    np.testing.assert_allclose(weights[1], [[3.05], [3.9]], rtol=1e-15)
    np.testing.assert_array_equal(velocity[0], PULL_A)
    np.testing.assert_array_equal(velocity[1], PULL_B)


def test_momentum_keeps_a_part_of_the_velocity():
    weights, velocity = gradient_step((A, B), (VELOCITY_A, VELOCITY_B), (PULL_A, PULL_B), 0.1, momentum=0.5)
    np.testing.assert_allclose(velocity[0], [[60.0, 80.0]], rtol=1e-15)
    np.testing.assert_allclose(velocity[1], [[1.0], [0.0]], atol=1e-15)
    np.testing.assert_allclose(weights[0], [[7.0, 10.0]], rtol=1e-15)
    np.testing.assert_allclose(weights[1], [[3.1], [4.0]], rtol=1e-15)


def test_no_velocity_is_a_velocity_of_zero():
    zero = (np.zeros_like(A), np.zeros_like(B))
    begun = gradient_step((A, B), None, (PULL_A, PULL_B), 0.1, momentum=0.9)
    still = gradient_step((A, B), zero, (PULL_A, PULL_B), 0.1, momentum=0.9)
    for one, other in zip(begun, still, strict=True):
        for a, b in zip(one, other, strict=True):
            np.testing.assert_array_equal(a, b)


def test_without_momentum_the_velocity_is_forgotten():
    weights, velocity = gradient_step((A,), (VELOCITY_A,), (PULL_A,), 0.1)
    np.testing.assert_array_equal(velocity[0], PULL_A)
    np.testing.assert_allclose(weights[0], [[2.0, 0.0]], rtol=1e-15)


def test_what_is_given_is_not_changed():
    given = [array.copy() for array in (A, VELOCITY_A, PULL_A)]
    gradient_step((given[0],), (given[1],), (given[2],), 0.1, momentum=0.9)
    for array, before in zip(given, (A, VELOCITY_A, PULL_A), strict=True):
        np.testing.assert_array_equal(array, before)


def test_learning_by_nudging_lowers_the_loss_of_the_worked_example():
    # Chapter 00: one step of 0.1 along all 17 measured derivatives takes E from 2.0299 to 1.4282.
    weights = (np.array(V), np.array(W))

    def E(weights):
        return MLP(weights, "sigmoid").loss(X, R)

    pulls = tuple(-gradient for gradient in numerical_gradient(E, weights))
    assert E(weights) == pytest.approx(2.0299, abs=5e-5)
    assert E(gradient_step(weights, None, pulls, 0.1)[0]) == pytest.approx(1.4282, abs=5e-5)


RATES = [0.1, np.float64(0.1), np.array(0.1), np.float32(0.1)]


@pytest.mark.parametrize("rate", RATES, ids=lambda rate: f"{type(rate).__name__}")
@pytest.mark.parametrize("velocity", [None, VELOCITY_A])
def test_float32_stays_float32_whatever_the_rates_are(rate, velocity, xp):
    w, pull = xp.asarray(A, dtype=xp.float32), xp.asarray(PULL_A, dtype=xp.float32)
    velocity = None if velocity is None else (xp.asarray(velocity, dtype=xp.float32),)
    weights, velocity = gradient_step((w,), velocity, (pull,), rate, momentum=rate)
    assert weights[0].dtype == velocity[0].dtype == xp.float32


def test_lists_become_float64():
    weights, _ = gradient_step([[1, 2]], None, [[10, 20]], 1)
    assert isinstance(weights, tuple)
    assert weights[0].dtype == np.float64
    assert weights[0].tolist() == [11, 22]


def test_it_runs_under_jit_with_rates_that_are_traced(jax):
    step = jax.jit(gradient_step)
    arguments = (A, B), (VELOCITY_A, VELOCITY_B), (PULL_A, PULL_B), 0.1, 0.5
    for jitted, plain in zip(step(*arguments), gradient_step(*arguments), strict=True):
        for a, b in zip(jitted, plain, strict=True):
            assert error(to_numpy(a), b) < 1e-15
    begun = jax.jit(lambda w, g, rate: gradient_step(w, None, g, rate))((A,), (PULL_A,), 0.1)
    np.testing.assert_allclose(begun[0][0], [[2.0, 0.0]], atol=1e-15)


@pytest.mark.parametrize(
    ("weights", "velocity", "pulls", "argument", "came", "expected"),
    [
        (A, None, (A,), "weights", "ndarray", "a tuple of arrays"),
        ((A,), None, A, "negative_gradient", "ndarray", "a tuple of arrays"),
        ((A,), A, (A,), "velocity", "ndarray", "a tuple of arrays"),
        ((A, B), None, (A,), "negative_gradient", "1 arrays", "2, one for each weight matrix"),
        ((A,), (A, B), (A,), "velocity", "2 arrays", "1, one for each weight matrix"),
        ((A, B), None, (A, A), "negative_gradient[1]", "(1, 2)", "(2, 1), as in weights[1]"),
        ((A,), None, ([1.0, 2.0],), "negative_gradient[0]", "(2,)", "(1, 2), as in weights[0]"),
        ((A,), ([[1.0]],), (A,), "velocity[0]", "(1, 1)", "(1, 2), as in weights[0]"),
        ((A,), None, (np.float32(A),), "negative_gradient[0]", "float32", "one floating dtype"),
        ((A,), None, ([["a", "b"]],), "negative_gradient[0]", "<U1", "real numbers"),
    ],
)
def test_tuples_that_do_not_fit_are_refused(weights, velocity, pulls, argument, came, expected):
    assert_refused(lambda: gradient_step(weights, velocity, pulls, 0.1), argument, came, expected)


@pytest.mark.parametrize(
    ("rate", "came"),
    [
        ("0.1", "a str"),
        (None, "a NoneType"),
        ([0.1], "a list"),
        (np.array([0.1, 0.2]), "(2,)"),
        (np.array("0.5"), "<U3"),
        (np.array(0.5j), "complex128"),
        (np.complex64(0.5), "complex64"),
        (np.bool_(True), "bool"),
    ],
)
@pytest.mark.parametrize("name", ["learning_rate", "momentum"])
def test_a_rate_that_is_not_one_number_is_refused(name, rate, came):
    rates = {"learning_rate": 0.1, "momentum": 0.9, name: rate}
    assert_refused(lambda: gradient_step((A,), (A,), (A,), **rates), name, came, "one number")


@pytest.mark.parametrize(
    ("name", "rate", "expected"),
    [
        *(("learning_rate", rate, "a finite number") for rate in (np.nan, np.inf, -np.inf, 10**400)),
        *(("momentum", rate, "a number in [0, 1)") for rate in (1, 1.5, -0.1, np.nan, np.inf)),
    ],
)
def test_a_rate_out_of_its_range_is_refused(name, rate, expected):
    rates = {"learning_rate": 0.1, "momentum": 0.9, name: rate}
    assert_refused(lambda: gradient_step((A,), (A,), (A,), **rates), name, repr(rate), expected)


def test_the_rates_of_other_libraries_are_looked_at_too(xp):
    given = tuple(xp.asarray(array) for array in (A, PULL_A))
    for rate in (xp.nan, xp.inf, -xp.inf):
        assert_refused(
            lambda rate=rate: gradient_step(given[:1], None, given[1:], xp.asarray(rate)),
            "learning_rate", str(rate), "a finite number",
        )  # fmt: skip


@pytest.mark.parametrize("rate", [Fraction(1, 10), np.float16(0.1), 1, 0, -0.1, 10**30])
def test_a_rate_is_any_real_number(rate):
    weights, _ = gradient_step((A,), None, (PULL_A,), rate)
    np.testing.assert_array_equal(weights[0], A + float(rate) * PULL_A)
