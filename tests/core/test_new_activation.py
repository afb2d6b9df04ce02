"""A new activation is one object: with it in the table, everything of the core works with it at once.

Softplus, log(1 + exp(t)), is added while the tests run; its slope is the sigmoid.
"""

import numpy as np
import pytest
from oracles import every_entry
from refusals import assert_refused

from mlp_core import (
    ACTIVATIONS,
    MLP,
    SIGMOID,
    Activation,
    check_gradient,
    forward,
    input_negative_gradient,
    negative_gradient,
    numerical_gradient,
    train,
)
from mlp_core.formulas import activations
from mlp_core.worked_examples import R, V, W, X

SOFTPLUS = Activation(
    "softplus",
    lambda t: np.logaddexp(0, t),
    SIGMOID.function,
    lambda y: -np.expm1(-y),
    weight_variance=1.5,
    bounds=(0.0, np.inf),
)


@pytest.fixture(autouse=True)
def softplus(monkeypatch):
    monkeypatch.setitem(activations._KNOWN, "softplus", SOFTPLUS)


def test_it_is_known_by_its_name():
    assert ACTIVATIONS["softplus"] is SOFTPLUS
    assert MLP((V, W), "softplus").activation is SOFTPLUS
    assert SOFTPLUS.label == "softplus"
    assert_refused(lambda: MLP((V, W), "swish"), "activation", "'swish'", "'softplus'")


def test_its_two_slopes_are_the_measured_one():
    t = np.linspace(-5, 5, 21)
    measured = numerical_gradient(lambda t: SOFTPLUS(t).sum(), t)
    np.testing.assert_allclose(SOFTPLUS.derivative(t), measured, atol=1e-9)
    np.testing.assert_allclose(SOFTPLUS.derivative_from_output(SOFTPLUS(t)), measured, atol=1e-9)


def test_forward_and_back_are_those_of_plain_numpy():
    record = forward((V, W), "softplus", X)
    y_hat = np.array([0.5, -1.0, 2.0])
    np.testing.assert_allclose(record.y[0], np.log(1 + np.exp(y_hat)), atol=1e-15)
    in_V, in_W = negative_gradient((V, W), "softplus", record, R)
    delta = (R - record.z) @ np.array(W)[:, 1:] / (1 + np.exp(-y_hat))
    np.testing.assert_allclose(in_V, np.outer(delta, [1, *X]), atol=1e-15)
    np.testing.assert_allclose(in_W, np.outer(R - record.z, [1, *record.y[0]]), atol=1e-15)
    loss = MLP((V, W), "softplus").loss
    on_x = input_negative_gradient((V, W), "softplus", record, R)
    np.testing.assert_allclose(on_x, -every_entry(lambda x: loss(x, R), np.array(X)), atol=1e-9)


@pytest.mark.parametrize("sizes", [(2, 3), (2, 5, 3), (2, 4, 6, 3)])
def test_its_gradient_passes_the_check(sizes):
    rng = np.random.default_rng(0)
    x, r = rng.standard_normal((6, 2)), rng.dirichlet(np.ones(3), 6)
    assert check_gradient(MLP.initialize(sizes, "softplus"), x, r).ok


def test_its_first_weights_have_its_own_deviation():
    first, last = MLP.initialize((400, 400, 400), "softplus").weights
    assert first[:, 1:].std() == pytest.approx(np.sqrt(1.5 / 400), rel=0.02)
    assert last[:, 1:].std() == pytest.approx(np.sqrt(1 / 400), rel=0.02)


def test_a_network_learns_with_it():
    x, r = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.eye(2)[[0, 1, 1, 0]]
    start = MLP.initialize((2, 8, 2), "softplus", seed=1)
    result = train(start, x, r, epochs=500, batch_size=None, learning_rate=1.0, momentum=0.9, progress=False)
    assert result.mlp.activation is SOFTPLUS
    assert result.train_accuracy[-1] == 1
    assert result.train_loss[-1] < 0.05 < result.train_loss[0]


def test_it_is_saved_by_its_name(tmp_path, monkeypatch):
    network = MLP((V, W), "softplus")
    network.save(tmp_path / "network")
    assert MLP.load(tmp_path / "network").activation is SOFTPLUS
    # A book that has not this activation says so; handed in, it is taken.
    monkeypatch.delitem(activations._KNOWN, "softplus")
    assert_refused(lambda: MLP.load(tmp_path / "network"), "activation", "'softplus'", "'sigmoid'")
    assert MLP.load(tmp_path / "network", SOFTPLUS).forward(X).z.tolist() == network.forward(X).z.tolist()
