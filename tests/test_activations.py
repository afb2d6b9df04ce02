"""SIGMOID, TANH, RELU and their table: exact to a few units in the last place, and silent far out."""

import dataclasses

import numpy as np
import pytest
from oracles import exact_sigmoid, to_numpy

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


def test_relu_passes_nan_through_and_makes_no_minus_0(xp):
    y = to_numpy(RELU(xp.asarray([float("nan"), -0.0, -3.0, float("inf")], dtype=xp.float64)))
    assert np.isnan(y[0])
    assert y[1:].tolist() == [0, 0, np.inf]
    assert not np.signbit(y[1:]).any()


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


def test_the_table_holds_three_and_cannot_be_written_to():
    assert sorted(ACTIVATIONS) == ["relu", "sigmoid", "tanh"]
    with pytest.raises(TypeError):
        ACTIVATIONS["swish"] = TANH


@pytest.mark.parametrize("activation", ALL)
def test_an_activation_is_frozen_and_hashable(activation):
    assert activation in {activation}
    assert activation == dataclasses.replace(activation)
    with pytest.raises(dataclasses.FrozenInstanceError):
        activation.name = "other"


def test_an_activation_of_your_own_is_called_on_y_hat():
    assert Activation("square", np.square)(np.array(3.0)) == 9
