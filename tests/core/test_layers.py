"""forward: the book's example, every depth, what the record holds, and networks that do not fit."""

import numpy as np
import pytest
from hypothesis import given
from oracles import error, to_numpy
from refusals import assert_refused
from strategies import make_problem, problems

from mlp_core import ACTIVATIONS, RELU, SIGMOID, TANH, Forward, cross_entropy, forward
from mlp_core.worked_examples import R, V, W, X

BY_HAND = {
    "relu": {"y": [0.5, 0, 2], "z_hat": [3.5, 2], "z": [0.8176, 0.1824], "E": 1.7014},
    "sigmoid": {
        "y": [0.6225, 0.2689, 0.8808],
        "z_hat": [2.3568, 0.4677],
        "z": [0.8687, 0.1313],
        "E": 2.0299,
    },
    "tanh": {
        "y": [0.4621, -0.7616, 0.9640],
        "z_hat": [3.1499, -0.2777],
        "z": [0.9686, 0.0314],
        "E": 3.4595,
    },
}


@pytest.mark.parametrize("name", BY_HAND)
def test_the_worked_example(name, xp):
    weights = tuple(xp.asarray(matrix, dtype=xp.float64) for matrix in (V, W))
    record = forward(weights, ACTIVATIONS[name], xp.asarray(X, dtype=xp.float64))
    assert to_numpy(record.y_hat[0]).tolist() == [0.5, -1, 2]
    assert to_numpy(record.x).tolist() == list(X)
    np.testing.assert_allclose(to_numpy(record.y[0]), BY_HAND[name]["y"], atol=5e-5)
    np.testing.assert_allclose(to_numpy(record.z_hat), BY_HAND[name]["z_hat"], atol=5e-5)
    np.testing.assert_allclose(to_numpy(record.z), BY_HAND[name]["z"], atol=5e-5)
    E = cross_entropy(xp.asarray(R, dtype=xp.float64), record.z_hat)
    assert float(E) == pytest.approx(BY_HAND[name]["E"], abs=5e-5)


@given(problems())
def test_every_depth_is_the_same_two_lines_repeated(problem):
    signal = np.atleast_2d(problem.x)
    for matrix in problem.weights[:-1]:
        signal = problem.activation(signal @ matrix[:, 1:].T + matrix[:, 0])
    z_hat = signal @ problem.weights[-1][:, 1:].T + problem.weights[-1][:, 0]
    record = forward(problem.weights, problem.activation, problem.x)
    assert error(np.atleast_2d(record.z_hat), z_hat) < 1e-11
    assert len(record.y) == len(record.y_hat) == len(problem.weights) - 1


def test_the_record_holds_tuples_and_nowhere_the_constant_1():
    problem = make_problem((2, 5, 4, 3), rows=6, activation="tanh", soft=False, seed=0)
    record = forward(problem.weights, problem.activation, problem.x)
    assert isinstance(record, Forward)
    assert isinstance(record.y, tuple)
    assert isinstance(record.y_hat, tuple)
    assert [y.shape for y in record.y_hat] == [y.shape for y in record.y] == [(6, 5), (6, 4)]
    assert record.x.shape == (6, 2)
    assert record.z_hat.shape == record.z.shape == (6, 3)


def test_without_a_hidden_layer_the_tuples_are_empty():
    record = forward((W,), TANH, [1, 2, 3])
    assert record.y_hat == record.y == ()
    np.testing.assert_array_equal(record.z_hat, [3.5, 5.0])


def test_the_record_unpacks_in_the_order_of_the_pass():
    assert Forward._fields == ("x", "y_hat", "y", "z_hat", "z")


def test_a_batch_is_its_rows():
    problem = make_problem((3, 4, 2), rows=5, activation="sigmoid", soft=False, seed=1)
    z = forward(problem.weights, SIGMOID, problem.x).z
    alone = [forward(problem.weights, SIGMOID, row).z for row in problem.x]
    np.testing.assert_allclose(z, alone, rtol=1e-13)


def test_the_activation_may_be_named_or_be_any_function():
    by_name = forward((V, W), "relu", X).z_hat
    np.testing.assert_array_equal(by_name, forward((V, W), RELU, X).z_hat)
    np.testing.assert_array_equal(by_name, forward((V, W), lambda t: np.maximum(t, 0), X).z_hat)


def test_float32_stays_float32(xp):
    weights = tuple(xp.asarray(matrix, dtype=xp.float32) for matrix in (V, W))
    record = forward(weights, TANH, xp.asarray([X], dtype=xp.float32))
    for array in (record.x, *record.y_hat, *record.y, record.z_hat, record.z):
        assert array.dtype == xp.float32


@pytest.mark.parametrize(
    ("weights", "activation", "x", "argument", "came", "expected"),
    [
        ((V, V), TANH, X, "weights[1]", "(3, 3)", "4 columns"),
        ((W, W), TANH, [1, 2, 3], "weights[1]", "(2, 4)", "3 columns"),
        ((), TANH, X, "weights", "nothing", "tuple"),
        (np.ones((3, 3)), TANH, X, "weights", "ndarray", "tuple"),
        ((V[0], W), TANH, X, "weights[0]", "(3,)", "(outputs, inputs + 1)"),
        ((V, [[1], [2]]), TANH, X, "weights[1]", "(2, 1)", "(outputs, inputs + 1)"),
        ((np.zeros((0, 3)),), TANH, X, "weights[0]", "(0, 3)", "(outputs, inputs + 1)"),
        ((V, "ab"), TANH, X, "weights[1]", "<U2", "real numbers"),
        ((V, [[1, 2, 3, 4], [5]]), TANH, X, "weights[1]", "different lengths", "rectangular"),
        ((np.float32(V), np.float64(W)), TANH, X, "weights[1]", "float64", "one floating dtype"),
        ((V, W), "swish", X, "activation", "'swish'", "'sigmoid', 'tanh', 'relu'"),
        ((V, W), None, X, "activation", "None", "'sigmoid', 'tanh', 'relu'"),
        ((V, W), TANH, [1, 2, 3], "x", "(3,)", "D = 2"),
        ((V, W), TANH, [[[1, 2]]], "x", "(1, 1, 2)", "(D,) or (B, D)"),
        ((V, W), TANH, 1.0, "x", "()", "(D,) or (B, D)"),
        ((V, W), TANH, np.zeros((0, 2)), "x", "(0, 2), which is empty", "(D,) or (B, D)"),
        ((V, W), TANH, np.float32(X), "x", "float32", "one floating dtype"),
        ((V, W), TANH, ["a", "b"], "x", "<U1", "real numbers"),
    ],
)
def test_what_does_not_fit_is_refused(weights, activation, x, argument, came, expected):
    assert_refused(lambda: forward(weights, activation, x), argument, came, expected)
