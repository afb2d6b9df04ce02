"""What chapter 05 says about depth: the size of a signal and of a pull from one layer to the next."""

import numpy as np
import pytest

from mlp_core import RELU, TANH


@pytest.mark.parametrize("deviation", [0.05, 0.1])
def test_the_mean_square_of_a_sum_is_n_times_variance_times_mean_square(rng, deviation):
    y = rng.standard_normal(100)
    y_hat = deviation * rng.standard_normal((40_000, 100)) @ y
    assert np.mean(y_hat**2) == pytest.approx(100 * deviation**2 * np.mean(y**2), rel=0.03)


def test_a_relu_halves_the_mean_square(rng):
    y_hat = rng.standard_normal(200_000)
    assert np.mean(RELU(y_hat) ** 2) == pytest.approx(0.5, rel=0.03)
    assert np.mean(RELU.derivative(y_hat) ** 2) == pytest.approx(0.5, rel=0.03)


def test_a_pull_shrinks_by_the_same_rule_on_its_way_back(rng):
    pull, y_hat = rng.standard_normal(100), rng.standard_normal(40_000)
    W, gates = 0.1 * rng.standard_normal((100, 40_000)), TANH.derivative(y_hat)
    expected = 100 * 0.1**2 * np.mean(gates**2) * np.mean(pull**2)
    assert np.mean(((pull @ W) * gates) ** 2) == pytest.approx(expected, rel=0.05)
