"""SIGMOID, TANH, RELU, their slopes and their table: exact to a few last places, and silent far out."""

import dataclasses

import numpy as np
import pytest
from oracles import directional, exact_sigmoid, exactly, to_numpy

from mlp_core import ACTIVATIONS, RELU, SIGMOID, TANH, Activation

ALL = [SIGMOID, TANH, RELU]


@pytest.mark.parametrize(("dtype", "low", "high"), [(np.float64, -700, 700), (np.float32, -100, 88)])
def test_sigmoid_is_right_to_4_units_in_the_last_place(dtype, low, high):
    near_0 = np.concatenate([-np.logspace(-12, 1, 100), np.logspace(-12, 1, 100)])
    t = np.concatenate([np.linspace(low, high, 701), near_0, [0.0]]).astype(dtype)
    exact = exact_sigmoid(t)
    ulps = np.abs(SIGMOID(t).astype(np.float64) - exact) / np.spacing(exact.astype(dtype)).astype(np.float64)
    assert ulps.max() <= 4


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_sigmoid_is_right_and_silent_far_out(dtype, xp):
    t = xp.asarray([-1e4, 1e4, -float("inf"), float("inf")], dtype=getattr(xp, dtype))
    assert to_numpy(SIGMOID(t)).tolist() == [0, 1, 0, 1]


def test_the_three_functions_of_the_worked_example(xp):
    y_hat = xp.asarray([0.5, -1.0, 2.0], dtype=xp.float64)
    by_hand = {
        "sigmoid": [0.6224593312, 0.2689414214, 0.8807970780],
        "tanh": [0.4621171573, -0.7615941560, 0.9640275801],
        "relu": [0.5, 0.0, 2.0],
    }
    for activation in ALL:
        np.testing.assert_allclose(to_numpy(activation(y_hat)), by_hand[activation.name], rtol=1e-9)


def test_relu_passes_nan_through(xp):
    y = to_numpy(RELU(xp.asarray([float("nan"), -0.0, -3.0, float("inf"), -float("inf")], dtype=xp.float64)))
    assert np.isnan(y[0])
    assert y[1:].tolist() == [0, 0, np.inf, 0]


def test_relu_of_numpy_makes_no_minus_0():
    for length in (1, 3, 64):  # PyTorch's maximum of -0 and 0 depends on it
        assert not np.signbit(RELU(np.full(length, -0.0))).any()


@pytest.mark.parametrize("activation", [SIGMOID, TANH])
def test_nan_passes_through_the_others_too(activation, xp):
    assert np.isnan(to_numpy(activation(xp.asarray([float("nan")], dtype=xp.float64)))).all()


@pytest.mark.parametrize("activation", ALL)
def test_shape_and_dtype_are_kept(activation, xp):
    y = activation(xp.zeros((2, 3), dtype=xp.float32))
    assert tuple(y.shape) == (2, 3)
    assert y.dtype == xp.float32


def test_the_slope_of_sigmoid_at_0_is_a_quarter_for_autodiff_too(jax):
    assert float(jax.grad(SIGMOID)(0.0)) == 0.25


@pytest.mark.parametrize("activation", ALL)
def test_the_table_knows_each_by_name(activation):
    assert ACTIVATIONS[activation.name] is activation


def test_the_table_cannot_be_written_to():
    with pytest.raises(TypeError):
        ACTIVATIONS["swish"] = TANH


@pytest.mark.parametrize("activation", ALL)
def test_an_activation_is_frozen_and_hashable(activation):
    assert activation in {activation}
    assert activation == dataclasses.replace(activation)
    with pytest.raises(dataclasses.FrozenInstanceError):
        activation.name = "other"


def test_an_activation_of_your_own_is_called_on_y_hat():
    square = Activation("square", np.square, lambda t: 2 * t)
    assert square(np.array(3.0)) == 9
    assert square.derivative(np.array(3.0)) == 6
    assert square.derivative_from_output is None
    assert square.weight_variance == 1


# ---------------------------------------------------------------- the slopes


def exact_slope(name, t):
    """Return sigma'(t), from exponentials of 60 digits."""
    slopes = {
        "sigmoid": lambda ts: [(-u).exp() / (1 + (-u).exp()) ** 2 for u in ts],
        "tanh": lambda ts: [4 / (u.exp() + (-u).exp()) ** 2 for u in ts],
        "relu": lambda ts: [int(u > 0) for u in ts],
    }
    return exactly(slopes[name], t)


NEAR_AND_FAR = np.concatenate([np.linspace(-30, 30, 241), np.logspace(-9, 0, 19), -np.logspace(-9, 0, 19)])


@pytest.mark.parametrize("activation", ALL)
def test_the_slope_is_right_to_a_few_last_places_of_1(activation):
    exact = exact_slope(activation.name, NEAR_AND_FAR)
    np.testing.assert_allclose(activation.derivative(NEAR_AND_FAR), exact, rtol=0, atol=4.5e-16)


def test_the_slope_of_sigmoid_keeps_its_digits_where_y_is_rounded_to_1():
    t = np.array([-700.0, -40.0, 40.0, 700.0])
    np.testing.assert_allclose(SIGMOID.derivative(t), exact_slope("sigmoid", t), rtol=2e-15)


@pytest.mark.parametrize("activation", ALL)
def test_the_slope_is_the_measured_one(activation, measured_xp):
    # Nowhere near 0, where ReLU has a kink.
    t = np.concatenate([np.linspace(-4, -0.01, 57), np.linspace(0.01, 4, 57)])
    measured = directional(lambda u: to_numpy(activation(measured_xp.asarray(u))), t, 1.0)
    slope = to_numpy(activation.derivative(measured_xp.asarray(t)))
    np.testing.assert_allclose(slope, measured, rtol=0, atol=1e-11)


@pytest.mark.parametrize("activation", ALL)
def test_the_output_form_tells_the_same_slope_of_another_argument(activation, xp):
    t = xp.asarray(NEAR_AND_FAR, dtype=xp.float64)
    from_output = to_numpy(activation.derivative_from_output(activation(t)))
    np.testing.assert_allclose(from_output, to_numpy(activation.derivative(t)), rtol=0, atol=5e-16)


def test_the_slopes_of_the_worked_example_at_2():
    # Chapter 04: right is 0.1050; taking the slope at y, or y(1 - y) at y_hat, is not.
    y_hat = np.array(2.0)
    y = SIGMOID(y_hat)
    assert SIGMOID.derivative(y_hat) == pytest.approx(0.1050, abs=5e-5)
    assert SIGMOID.derivative_from_output(y) == pytest.approx(0.1050, abs=5e-5)
    assert SIGMOID.derivative(y) == pytest.approx(0.2072, abs=5e-5)
    assert SIGMOID.derivative_from_output(y_hat) == -2


def test_the_slope_of_relu_is_0_at_0_whatever_its_sign(xp):
    zeros = xp.asarray([0.0, -0.0], dtype=xp.float64)
    for slope in (RELU.derivative(zeros), RELU.derivative_from_output(RELU(zeros))):
        assert to_numpy(slope).tolist() == [0, 0]


def test_the_slope_of_relu_is_0_or_1_up_to_the_smallest_number(xp):
    slope = RELU.derivative(xp.asarray([-1.0, -1e-300, 1e-300, 1.0, float("inf")], dtype=xp.float64))
    assert to_numpy(slope).tolist() == [0, 0, 1, 1, 1]


@pytest.mark.parametrize("activation", ALL)
@pytest.mark.parametrize("form", ["derivative", "derivative_from_output"])
def test_nan_stays_nan_in_the_slopes(activation, form, xp):
    slope = to_numpy(getattr(activation, form)(xp.asarray([float("nan"), 0.5], dtype=xp.float64)))
    assert np.isnan(slope).tolist() == [True, False]


@pytest.mark.parametrize("activation", ALL)
@pytest.mark.parametrize("form", ["derivative", "derivative_from_output"])
def test_the_slopes_keep_shape_and_dtype(activation, form, xp):
    slope = getattr(activation, form)(xp.zeros((2, 3), dtype=xp.float32))
    assert tuple(slope.shape) == (2, 3)
    assert slope.dtype == xp.float32


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("activation", "far_right"), [(SIGMOID, 0), (TANH, 0), (RELU, 1)])
def test_the_slopes_are_right_and_silent_far_out(activation, far_right, dtype, xp):
    # Silent: pyproject.toml makes every warning an error.
    t = xp.asarray([-1e4, 1e4, -float("inf"), float("inf")], dtype=getattr(xp, dtype))
    assert to_numpy(activation.derivative(t)).tolist() == [0, far_right, 0, far_right]


@pytest.mark.parametrize("activation", ALL)
def test_autodiff_of_the_function_gives_the_slope(activation, jax):
    t = NEAR_AND_FAR[NEAR_AND_FAR != 0] if activation is RELU else NEAR_AND_FAR
    slope = to_numpy(jax.vmap(jax.grad(activation))(t))
    # JAX's own tanh is off by 7 last places near 20.
    np.testing.assert_allclose(activation.derivative(t), slope, rtol=0, atol=1e-14)


@pytest.mark.parametrize("activation", [SIGMOID, TANH, RELU], ids=lambda activation: activation.name)
def test_one_number_is_enough(activation):
    t = np.float64(0.5)
    assert activation(t) == activation(np.array([0.5]))[0]
    assert activation.derivative(t) == activation.derivative(np.array([0.5]))[0]
