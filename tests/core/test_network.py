"""MLP: frozen weights of one dtype, its first weights, its answers, and the data it refuses."""

import copy
import dataclasses
import pickle

import numpy as np
import pytest
from oracles import namespace_of, to_numpy
from refusals import assert_refused

from mlp_core import ACTIVATIONS, MLP, RELU, TANH, Activation, cross_entropy
from mlp_core.worked_examples import R, V, W, X

BATCH, TARGETS, LABELS = [[2, -1], [0, 0], [-3, -4]], [[0, 1], [1, 0], [0.5, 0.5]], [1, 0, 0]


@pytest.fixture
def network():
    return MLP((V, W), "sigmoid")


# ---------------------------------------------------------------- a frozen value


def test_a_network_is_frozen(network):
    for name in ("weights", "activation"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(network, name, None)


def test_the_weights_cannot_be_written_to(network):
    for matrix in network.weights:
        with pytest.raises(ValueError, match="read-only"):
            matrix[0, 0] = 3


COPIES = {
    "pickle": lambda network: pickle.loads(pickle.dumps(network)),
    "copy": copy.copy,
    "deep copy": copy.deepcopy,
}


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
def test_a_copy_is_as_frozen_as_the_network(network, copied):
    other = copied(network)
    assert type(other) is MLP
    assert other.activation == network.activation
    for matrix, original in zip(other.weights, network.weights, strict=True):
        np.testing.assert_array_equal(matrix, original)
        with pytest.raises(ValueError, match="read-only"):
            matrix[0, 0] = 3


@pytest.mark.parametrize("library", ["numpy", "array_api_strict", "torch"])
def test_the_weights_are_copied(library):
    xp = namespace_of(library)
    mine = xp.asarray(V, dtype=xp.float64)
    network = MLP((mine, xp.asarray(W, dtype=xp.float64)))
    mine[0, 0] = 100.0
    assert float(network.weights[0][0, 0]) == 0.5


def test_the_weights_are_a_tuple_and_the_activation_an_object():
    network = MLP([V, W], "relu")
    assert isinstance(network.weights, tuple)
    assert network.activation is RELU
    assert MLP((V, W), RELU).activation is RELU
    assert MLP((V, W)).activation is TANH


def test_the_activation_may_be_your_own():
    network = MLP((V, W), Activation("square", np.square, lambda t: 2 * t))
    assert network.forward(X).y[0].tolist() == [0.25, 1, 4]


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_the_activation_is_the_one_that_is_named(name):
    y_hat = np.array([0.5, -1, 2])
    np.testing.assert_array_equal(MLP((V, W), name).forward(X).y[0], ACTIVATIONS[name](y_hat))


# ---------------------------------------------------------------- the weights decide the dtype


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("x", [[2, -1], np.float64([2, -1]), np.float32([2, -1]), np.int8([2, -1])])
def test_inputs_are_converted_to_the_dtype_of_the_weights(dtype, x):
    network = MLP((np.asarray(V, dtype), np.asarray(W, dtype)))
    record = network.forward(x)
    for array in (record.x, *record.y_hat, *record.y, record.z_hat, record.z):
        assert array.dtype == dtype
    assert network.loss(x, np.float64([0.25, 0.75])) == network.loss(x, np.float32([0.25, 0.75]))


def test_the_loss_of_a_float32_network_is_computed_in_float32():
    weights = np.float32(V), np.float32(W)
    network = MLP(weights, "tanh")
    z_hat = network.forward(X).z_hat
    assert network.loss(X, [0.1, 0.9]) == float(cross_entropy(np.float32([0.1, 0.9]), z_hat))


def test_the_weights_decide_the_library(xp):
    network = MLP((xp.asarray(V, dtype=xp.float64), xp.asarray(W, dtype=xp.float64)), "sigmoid")
    assert network.loss(BATCH, TARGETS) == pytest.approx(MLP((V, W), "sigmoid").loss(BATCH, TARGETS))
    assert to_numpy(network.predict(BATCH)).tolist() == MLP((V, W), "sigmoid").predict(BATCH).tolist()
    assert network.accuracy(BATCH, LABELS) == MLP((V, W), "sigmoid").accuracy(BATCH, LABELS)
    assert type(network.forward(X).z_hat) is type(network.weights[0])


# ---------------------------------------------------------------- answers


def test_loss_of_the_worked_example_is_a_float(network):
    loss = network.loss(X, R)
    assert type(loss) is float
    assert loss == pytest.approx(2.0299, abs=5e-5)


def test_loss_of_a_batch_is_the_mean(network):
    alone = [network.loss(x, r) for x, r in zip(BATCH, TARGETS, strict=True)]
    assert network.loss(BATCH, TARGETS) == pytest.approx(np.mean(alone), rel=1e-14)


@pytest.mark.filterwarnings("ignore:overflow encountered:RuntimeWarning")
def test_loss_is_infinite_where_the_difference_is_not_representable():
    network = MLP(([[0, 1.7e308], [0, -1.7e308]],))
    assert network.loss([1.0], [0, 1]) == np.inf
    assert network.loss([1.0], [1, 0]) == 0


def test_predict_gives_the_most_probable_class_of_each_example(network):
    z = network.forward(BATCH).z
    predicted = network.predict(BATCH)
    assert predicted.shape == (3,)
    assert predicted.tolist() == [int(np.argmax(row)) for row in z]
    assert len(set(predicted.tolist())) == 2
    assert network.predict(BATCH[0]) == predicted[0]
    assert np.shape(network.predict(BATCH[0])) == ()


def test_predict_compares_logits_where_probabilities_are_rounded_to_the_same():
    # Both probabilities are 0.5; the logits, not z, are compared.
    network = MLP(([[0, 0], [0, 1e-17]],))
    assert network.forward([1.0]).z.tolist() == [0.5, 0.5]
    assert network.predict([[1.0]]).tolist() == [1]


def test_accuracy_is_the_part_that_is_right(network):
    assert network.predict(BATCH).tolist() == [0, 0, 1]
    assert network.accuracy(BATCH, [0, 0, 1]) == 1.0
    assert network.accuracy(BATCH, [0, 1, 0]) == pytest.approx(1 / 3)
    assert network.accuracy(BATCH, [1, 1, 0]) == 0.0


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("x", [[1e10, -1e10], [1e10, 1.0]], ids=["inf - inf", "two infinities"])
def test_logits_that_overflow_are_no_answer(x):
    network = MLP(([[0, 1e308, 1e308], [0, 1e308, -1e308]],))
    for given, label, row in ((x, 0, ""), ([[0.5, -0.5], x], [1, 0], "row 1: ")):
        for ask in (network.predict, lambda given, label=label: network.accuracy(given, label)):
            assert_refused(lambda given=given, ask=ask: ask(given), "x", f"{row}logits", "can be compared")
    assert network.accuracy([0.5, -0.5], 1) == 1.0


def test_accuracy_of_one_example_is_0_or_1(network):
    assert network.accuracy(X, 0) == 1.0
    assert network.accuracy(X, 1) == 0.0
    assert type(network.accuracy(X, 1)) is float


# ---------------------------------------------------------------- first weights


def test_the_shapes_chain_from_inputs_to_classes():
    network = MLP.initialize((64, 32, 16, 10))
    assert [matrix.shape for matrix in network.weights] == [(32, 65), (16, 33), (10, 17)]
    assert network.activation is TANH
    assert MLP.initialize([3, 2]).weights[0].shape == (2, 4)


@pytest.mark.parametrize(
    ("activation", "hidden_variance"), [("tanh", 1), ("sigmoid", 1), ("relu", 2), (RELU, 2)]
)
def test_first_weights_have_the_deviation_that_the_activation_asks_for(activation, hidden_variance):
    n = 400
    first, second, last = MLP.initialize((n, n, n, n), activation, seed=3).weights
    # Of 160,000 normal numbers: the deviation is right to 0.18 %, the mean to 0.25 % of the deviation.
    for matrix, variance in ((first, hidden_variance), (second, hidden_variance), (last, 1)):
        assert matrix[:, 0].tolist() == [0] * n
        assert matrix[:, 1:].std() == pytest.approx(np.sqrt(variance / n), rel=0.01)
        assert abs(matrix[:, 1:].mean()) < 0.015 * np.sqrt(variance / n)


def test_the_deviation_follows_the_inputs_of_a_layer_and_not_its_outputs():
    wide, narrow = MLP.initialize((900, 100, 900)).weights
    assert wide[:, 1:].std() == pytest.approx(1 / 30, rel=0.02)
    assert narrow[:, 1:].std() == pytest.approx(1 / 10, rel=0.02)


def test_a_network_without_a_hidden_layer_has_no_relu_in_front():
    (matrix,) = MLP.initialize((900, 400), "relu").weights
    assert matrix[:, 1:].std() == pytest.approx(1 / 30, rel=0.01)


def test_the_same_seed_gives_the_same_weights_and_another_seed_others():
    a, b, c = (MLP.initialize((4, 3, 2), seed=seed).weights for seed in (5, 5, 6))
    for p, q, s in zip(a, b, c, strict=True):
        np.testing.assert_array_equal(p, q)
        assert (p[:, 1:] != s[:, 1:]).all()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_first_weights_have_the_dtype_asked_for(dtype):
    network = MLP.initialize((4, 3, 2), dtype=dtype)
    assert {matrix.dtype for matrix in network.weights} == {np.dtype(dtype)}
    assert network.forward([1, 2, 3, 4]).z.dtype == dtype


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("sizes", "argument", "came"),
    [
        ((2, 0, 3), "sizes[1]", "0"),
        ((0, 3), "sizes[0]", "0"),
        ((2, -1), "sizes[1]", "-1"),
        ((2, 2.5), "sizes[1]", "2.5"),
        ((2, True), "sizes[1]", "True"),
        ((2, "3"), "sizes[1]", "'3'"),
        (((2, 3), (4,)), "sizes[0]", "(2, 3)"),
    ],
)
def test_sizes_that_are_not_whole_numbers_from_1_are_refused(sizes, argument, came):
    assert_refused(lambda: MLP.initialize(sizes), argument, came, "a whole number, at least 1")


@pytest.mark.parametrize("sizes", [(2,), (), 64, "ab", np.array(3), np.array([3])], ids=repr)
def test_fewer_than_two_sizes_are_refused(sizes):
    came = repr(np.asarray(sizes).tolist()) if isinstance(sizes, np.ndarray) else repr(sizes)
    assert_refused(lambda: MLP.initialize(sizes), "sizes", came, "at least two")


def test_what_initialize_cannot_use_is_refused():
    assert_refused(lambda: MLP.initialize((2, 3), seed=-1), "seed", "-1", "at least 0")
    assert_refused(lambda: MLP.initialize((2, 3), seed=None), "seed", "None", "at least 0")
    assert_refused(lambda: MLP.initialize((2, 3), dtype=int), "dtype", "int64", "floating")
    assert_refused(lambda: MLP.initialize((2, 3), dtype="x"), "dtype", "'x'", "floating")
    assert_refused(lambda: MLP.initialize((2, 3), dtype="f8,"), "dtype", "f8", "floating")
    assert_refused(lambda: MLP.initialize((2, 3), "swish"), "activation", "'swish'", "'tanh'")


@pytest.mark.parametrize(
    ("weights", "activation", "argument", "came", "expected"),
    [
        ((V, V), "tanh", "weights[1]", "(3, 3)", "4 columns"),
        ((), "tanh", "weights", "nothing", "a tuple of weight matrices"),
        (np.ones((3, 3)), "tanh", "weights", "ndarray", "a tuple of weight matrices"),
        ((V, "ab"), "tanh", "weights[1]", "<U2", "real numbers"),
        ((np.float32(V), np.float64(W)), "tanh", "weights[1]", "float64", "one floating dtype"),
        (([[1, np.nan]],), "tanh", "weights[0]", "nan at [0, 1]", "finite"),
        ((V, [[1, 2, 3, np.inf]]), "tanh", "weights[1]", "inf at [0, 3]", "finite"),
        ((V, W), "swish", "activation", "'swish'", "'sigmoid', 'tanh', 'relu'"),
        ((V, W), np.tanh, "activation", "ufunc", "an Activation"),
    ],
)
def test_weights_and_activations_that_do_not_fit_are_refused(weights, activation, argument, came, expected):
    assert_refused(lambda: MLP(weights, activation), argument, came, expected)


METHODS = {
    "forward": lambda network, x: network.forward(x),
    "loss": lambda network, x: network.loss(x, R),
    "predict": lambda network, x: network.predict(x),
    "accuracy": lambda network, x: network.accuracy(x, 0),
}


@pytest.mark.parametrize("method", METHODS.values(), ids=METHODS)
@pytest.mark.parametrize(
    ("x", "came", "expected"),
    [
        ([1, 2, 3], "(3,)", "D = 2 as in the first weight matrix"),
        ([[1, 2, 3]], "(1, 3)", "D = 2 as in the first weight matrix"),
        ([1], "(1,)", "D = 2 as in the first weight matrix"),
        ([[[1, 2]]], "(1, 1, 2)", "(D,) or (B, D)"),
        (3.0, "()", "(D,) or (B, D)"),
        (np.zeros((0, 2)), "(0, 2), which is empty", "(D,) or (B, D)"),
        ([[1, 2], [3]], "rows of different lengths", "a rectangular array"),
        (["a", "b"], "<U1", "real numbers"),
        ([True, False], "bool", "real numbers"),
        ([1j, 2], "complex128", "real numbers"),
        ([np.nan, 1], "nan at [0]", "finite numbers"),
        ([1, -np.inf], "-inf at [1]", "finite numbers"),
    ],
)
def test_an_input_that_does_not_fit_is_refused(network, method, x, came, expected):
    assert_refused(lambda: method(network, x), "x", came, expected)


def test_an_input_that_overflows_in_float32_is_refused():
    network = MLP((np.float32(V), np.float32(W)))
    assert_refused(lambda: network.forward([1e300, 0]), "x", "inf at [0]", "finite numbers")


@pytest.mark.parametrize(
    ("x", "r", "came", "expected"),
    [
        (X, [[0, 1]], "(1, 2)", "(K,) with K = 2"),
        ([X], [0, 1], "(2,)", "(B, K) with B = 1 as in x"),
        (BATCH, [[0, 1]], "(1, 2)", "B = 3 as in x"),
        (X, [0, 1, 0], "(3,)", "K = 2 as in the last weight matrix"),
        (X, 1.0, "()", "(K,)"),
        ([X], np.zeros((0, 2)), "(0, 2), which is empty", "B = 1 as in x"),
        (X, ["a", "b"], "<U1", "real numbers"),
        (X, [False, True], "bool", "real numbers"),
        (X, [0.6, 0.6], "row 0) of sum 1.2", "rows that sum to 1"),
        (BATCH, [[0, 1], [1, 0], [0.5, 0.499]], "row 2) of sum 0.999", "rows that sum to 1"),
        (X, [0.5, 0.500002], "of sum 1.000002", "rows that sum to 1"),
        (X, [1.5, -0.5], "-0.5", "no negative entry"),
        (X, [np.nan, 1], "nan at [0]", "finite numbers"),
        (X, [np.inf, -np.inf], "inf at [0]", "finite numbers"),
    ],
)
def test_a_target_that_is_no_distribution_is_refused(network, x, r, came, expected):
    assert_refused(lambda: network.loss(x, r), "r", came, expected)


def test_a_target_may_miss_1_by_a_rounding_error(network):
    assert network.loss(X, [0.5, 0.5000005]) == pytest.approx(network.loss(X, [0.5, 0.5]), abs=1e-5)


@pytest.mark.parametrize(
    ("labels", "came", "expected"),
    [
        ([0, 1], "(2,)", "(3,), one for each example"),
        (0, "()", "(3,), one for each example"),
        ([[0], [1], [0]], "(3, 1)", "one for each example"),
        ([0, 1, 2], "2", "whole numbers from 0 to 1"),
        ([0, -1, 1], "-1", "whole numbers from 0 to 1"),
        ([0, 0.5, 1], "0.5", "whole numbers from 0 to 1"),
        (["0", "1", "1"], "<U1", "whole numbers"),
    ],
)
def test_labels_that_do_not_fit_are_refused(network, labels, came, expected):
    assert_refused(lambda: network.accuracy(BATCH, labels), "labels", came, expected)
