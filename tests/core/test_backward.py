"""The way back: every layer's gradient by hand, measured, as scikit-learn has it; what is refused."""

import numpy as np
import pytest
from hypothesis import assume, given
from oracles import SKLEARN_NAMES, directional, error, every_entry, sklearn_gradient, to_numpy, worst_error
from refusals import assert_refused
from strategies import make_problem, problems, wide_problems

from mlp_core import (
    ACTIVATIONS,
    MLP,
    RELU,
    SIGMOID,
    TANH,
    Activation,
    Forward,
    affine_weight_gradient,
    cross_entropy,
    forward,
    gradient_step,
    input_negative_gradient,
    negative_gradient,
    one_hot,
    output_delta,
)
from mlp_core.formulas import layers
from mlp_core.worked_examples import R, V, W, X

H = 1e-3  # the nudge of the measured derivatives


def pulls(problem, xp=np):
    """Return -dE/dW of every layer, and -dE/dx."""
    weights = tuple(xp.asarray(matrix) for matrix in problem.weights)
    record = forward(weights, problem.activation, xp.asarray(problem.x))
    given = weights, problem.activation, record, xp.asarray(problem.r)
    return tuple(map(to_numpy, negative_gradient(*given))), to_numpy(input_negative_gradient(*given))


def places(problem, xp=np):
    """Return where E can be nudged, each with E as a function of it alone: every weight matrix, then x."""
    r = xp.asarray(problem.r)

    def E(weights, x):
        weights = tuple(xp.asarray(matrix) for matrix in weights)
        return float(cross_entropy(r, forward(weights, problem.activation, xp.asarray(x)).z_hat))

    def of_weights(k):
        before, after = problem.weights[:k], problem.weights[k + 1 :]
        return lambda matrix: E((*before, matrix, *after), problem.x)

    found = [(matrix, of_weights(k)) for k, matrix in enumerate(problem.weights)]
    return [*found, (problem.x, lambda x: E(problem.weights, x))]


# ---------------------------------------------------------------- by hand


def test_the_worked_example_with_relu_by_hand(xp):
    weights = tuple(xp.asarray(matrix, dtype=xp.float64) for matrix in (V, W))
    record = forward(weights, RELU, xp.asarray(X, dtype=xp.float64))
    by_layer = negative_gradient(weights, RELU, record, xp.asarray(R, dtype=xp.float64))
    # delta = r - z = (-p, p); the second hidden unit is shut.
    p = float(record.z[0])
    assert p == pytest.approx(0.8176, abs=5e-5)
    in_V = [[-3 * p, -6 * p, 3 * p], [0, 0, 0], [0.5 * p, p, -0.5 * p]]
    in_W = [[-p, -0.5 * p, 0, -2 * p], [p, 0.5 * p, 0, 2 * p]]
    np.testing.assert_allclose(to_numpy(by_layer[0]), in_V, atol=1e-14)
    np.testing.assert_allclose(to_numpy(by_layer[1]), in_W, atol=1e-14)


def test_the_worked_example_with_sigmoid_by_hand():
    record = forward((V, W), SIGMOID, X)
    in_V, in_W = negative_gradient((V, W), SIGMOID, record, R)
    d = 0.8687
    np.testing.assert_allclose(in_W, np.outer([-d, d], [1, 0.6225, 0.2689, 0.8808]), atol=1e-4)
    # pull on y times slope at y_hat: (-3d, 2d, d/2) times (0.2350, 0.1966, 0.1050).
    heads = [-3 * d * 0.2350, 2 * d * 0.1966, 0.5 * d * 0.1050]
    np.testing.assert_allclose(in_V, np.outer(heads, [1, 2, -1]), atol=2e-4)
    assert in_V[0].tolist() == pytest.approx([-0.6124, -1.2248, 0.6124], abs=5e-5)
    np.testing.assert_allclose(
        input_negative_gradient((V, W), SIGMOID, record, R), np.asarray(V)[:, 1:].T @ heads, atol=3e-4
    )


def test_each_step_of_the_recursion_is_the_known_formula():
    problem = make_problem((3, 4, 5, 2), 6, "tanh", soft=True, seed=0)
    first, second, last = layers.layer_deltas(problem.weights, TANH, problem.record, problem.r)
    np.testing.assert_array_equal(last, output_delta(problem.r, problem.z_hat))
    y_hat, W_2, W_3 = problem.record.y_hat, problem.weights[1], problem.weights[2]
    np.testing.assert_allclose(second, last @ W_3[:, 1:] / np.cosh(y_hat[1]) ** 2, atol=1e-14)
    np.testing.assert_allclose(first, second @ W_2[:, 1:] / np.cosh(y_hat[0]) ** 2, atol=1e-14)


def test_without_a_hidden_layer_it_is_the_output_layer_s_line():
    problem = make_problem((4, 3), 5, "tanh", soft=False, seed=1)
    ((gradient,), pull_on_x) = pulls(problem)
    delta = output_delta(problem.r, problem.z_hat)
    np.testing.assert_array_equal(gradient, affine_weight_gradient(delta, problem.x))
    np.testing.assert_array_equal(pull_on_x, delta @ problem.weights[0][:, 1:])


def test_with_z_at_0_the_slope_of_one_logit_is_carried_back():
    """The digit pad asks for it in this way."""
    problem = make_problem((3, 4, 5, 2), None, "tanh", soft=True, seed=0)
    begun, second = problem.record._replace(z=np.zeros(2)), np.array([0.0, 1.0])
    on_x = layers.input_negative_gradient(problem.weights, TANH, begun, second)
    measured = every_entry(lambda x: forward(problem.weights, TANH, x).z_hat[1], problem.x)
    np.testing.assert_allclose(on_x, measured, atol=1e-9)


def test_a_shut_relu_sends_nothing_back():
    # y_hat is 0 at a zero input with zero biases: the slope taken there is 0.
    network = MLP.initialize((3, 4, 2), "relu", seed=1)
    in_V, in_W = network.negative_gradient(network.forward([0, 0, 0]), [0, 1])
    assert not in_V.any()
    np.testing.assert_allclose(in_W, [[-0.5, 0, 0, 0, 0], [0.5, 0, 0, 0, 0]])


# ---------------------------------------------------------------- measured


def crosses_a_kink(problem, k, directions):
    """Say whether a nudge of place `k` by up to 2 H along a direction opens or shuts a ReLU."""

    def opened(t, u):
        moved = [*problem.weights, problem.x]
        moved[k] = moved[k] + t * u
        return [y_hat > 0 for y_hat in forward(tuple(moved[:-1]), problem.activation, moved[-1]).y_hat]

    if problem.activation is not RELU:
        return False
    return any(
        (before != after).any()
        for u in directions
        for t in (-2 * H, -H, H, 2 * H)
        for before, after in zip(opened(0, u), opened(t, u), strict=True)
    )


def scales(problem):
    """Return the error measure's scale at each place; x's is its own."""
    signals = (problem.x, *problem.record.y, problem.x)
    return [{"largest_input": np.abs(y).max(), "rows": problem.rows or 1} for y in signals]


@given(problem=problems(largest_width=3, largest_batch=3, deepest=4))
def test_every_entry_of_small_networks_is_measured(measured_xp, problem):
    by_layer, pull_on_x = pulls(problem, measured_xp)
    parts = zip((*by_layer, pull_on_x), places(problem, measured_xp), scales(problem), strict=True)
    for k, (gradient, (place, E), scale) in enumerate(parts):
        units = np.eye(place.size).reshape(-1, *place.shape)
        assume(not crosses_a_kink(problem, k, units))
        assert error(gradient, -every_entry(E, place), **scale) < 1e-7


@given(problem=problems(largest_width=12, largest_batch=12, deepest=4))
def test_larger_networks_are_measured_along_random_directions(measured_xp, problem):
    rng = np.random.default_rng(0)
    by_layer, pull_on_x = pulls(problem, measured_xp)
    parts = zip((*by_layer, pull_on_x), places(problem, measured_xp), scales(problem), strict=True)
    for k, (gradient, (place, E), scale) in enumerate(parts):
        # Of unit length: a step along them is a step of H, whatever the network's size.
        directions = rng.normal(size=(2, *place.shape))
        directions = [u / np.linalg.norm(u) for u in directions]
        assume(not crosses_a_kink(problem, k, directions))
        measured = [directional(E, place, u, H) for u in directions]
        assert error([-np.sum(gradient * u) for u in directions], measured, **scale) < 1e-7


# ---------------------------------------------------------------- batches, steps, depth


@given(problems(deepest=4))
def test_the_gradient_of_a_batch_is_the_mean_of_its_rows(problem):
    assume(problem.rows is not None)
    by_layer, pull_on_x = pulls(problem)
    records = [forward(problem.weights, problem.activation, x) for x in problem.x]
    alone = [
        negative_gradient(problem.weights, problem.activation, record, r)
        for record, r in zip(records, problem.r, strict=True)
    ]
    assert (
        worst_error(problem, by_layer, [np.mean(rows, axis=0) for rows in zip(*alone, strict=True)]) < 1e-11
    )
    rows_of_x = [
        input_negative_gradient(problem.weights, problem.activation, record, r) / problem.rows
        for record, r in zip(records, problem.r, strict=True)
    ]
    assert error(pull_on_x, rows_of_x, np.abs(problem.x).max(), problem.rows) < 1e-11


@given(problems(deepest=4))
def test_a_small_step_lowers_the_loss(problem):
    by_layer, pull_on_x = pulls(problem)
    E = MLP(problem.weights, problem.activation).loss
    size = sum(np.sum(gradient**2) for gradient in by_layer)
    if size > 1e-6:
        weights, _ = gradient_step(problem.weights, None, by_layer, 1e-5)
        gained = E(problem.x, problem.r) - MLP(weights, problem.activation).loss(problem.x, problem.r)
        # By the first order: the rate times the squared length of the gradient.
        assert 0.5e-5 * size < gained < 2e-5 * size
    size = np.sum(pull_on_x**2)
    if size > 1e-6:
        assert E(problem.x + 1e-5 * pull_on_x, problem.r) < E(problem.x, problem.r)


@given(problems(deepest=4))
def test_one_example_is_a_batch_of_one(problem):
    assume(problem.rows is None)
    alone, pull_on_x = pulls(problem)
    record = forward(problem.weights, problem.activation, problem.x[None])
    batch = negative_gradient(problem.weights, problem.activation, record, problem.r[None])
    assert worst_error(problem, alone, batch) < 1e-13
    assert pull_on_x.shape == problem.x.shape


@given(problems(deepest=4))
def test_gradients_are_shaped_like_the_weights(problem):
    by_layer, pull_on_x = pulls(problem)
    assert isinstance(by_layer, tuple)
    assert [gradient.shape for gradient in by_layer] == [matrix.shape for matrix in problem.weights]
    assert pull_on_x.shape == problem.x.shape


# ---------------------------------------------------------------- scikit-learn


THEIRS_TOO = [problem for problem in wide_problems() if problem.activation.name in SKLEARN_NAMES]


@pytest.mark.parametrize("problem", THEIRS_TOO, ids=lambda problem: problem.name)
def test_it_is_scikit_learn_s_own_gradient(problem):
    assert worst_error(problem, pulls(problem)[0], sklearn_gradient(problem)) < 1e-11


def test_the_wide_problems_are_as_wide_and_deep_as_they_say():
    listed = wide_problems()
    sizes = [problem.sizes for problem in listed]
    kinds = {(len(s) - 2, p.activation, p.r.max() < 1) for s, p in zip(sizes, listed, strict=True)}
    assert {depth for depth, *_ in kinds} == {0, 1, 2, 3, 4}
    assert {activation for _, activation, _ in kinds} == set(ACTIVATIONS.values())
    assert len(kinds) == len(listed)
    assert {soft for *_, soft in kinds} == {False, True}
    hidden = [size for s in sizes for size in s[1:-1]]
    assert (min(hidden), max(hidden)) == (1, 50)
    assert {1, 64, None} <= {problem.rows for problem in listed}


# ---------------------------------------------------------------- an activation of one's own


def test_an_activation_without_an_output_form_goes_all_the_way():
    softplus = Activation("softplus", lambda t: np.logaddexp(0, t), SIGMOID)
    assert softplus.derivative_from_output is None
    problem = make_problem((3, 4, 5, 2), 6, "tanh", soft=True, seed=3)
    network = MLP(problem.weights, softplus)
    gradients = network.negative_gradient(network.forward(problem.x), problem.r)
    for k, gradient in enumerate(gradients):

        def E(matrix, k=k):
            weights = (*problem.weights[:k], matrix, *problem.weights[k + 1 :])
            return MLP(weights, softplus).loss(problem.x, problem.r)

        assert error(gradient, -every_entry(E, problem.weights[k]), rows=6) < 1e-7


# ---------------------------------------------------------------- the method, and dtypes


@given(problems(deepest=4))
def test_the_method_of_a_network_is_the_formula(problem):
    network = MLP(problem.weights, problem.activation)
    gradients = network.negative_gradient(network.forward(problem.x), problem.r)
    for mine, formula in zip(gradients, pulls(problem)[0], strict=True):
        np.testing.assert_array_equal(mine, formula)


def test_float32_stays_float32(xp):
    weights = tuple(xp.asarray(matrix, dtype=xp.float32) for matrix in (V, W))
    x, r = xp.asarray([X], dtype=xp.float32), xp.asarray([R], dtype=xp.float32)
    for activation in (SIGMOID, TANH, RELU):
        record = forward(weights, activation, x)
        gradients = negative_gradient(weights, activation, record, r)
        pull_on_x = input_negative_gradient(weights, activation, record, r)
        assert all(array.dtype == xp.float32 for array in (*gradients, pull_on_x))


@pytest.mark.parametrize("r", [[0, 1], one_hot(1, 2), np.float64([0.25, 0.75]), np.int8([0, 1])])
def test_the_method_converts_targets_to_the_dtype_of_the_weights(r):
    network = MLP((np.float32(V), np.float32(W)), "sigmoid")
    gradients = network.negative_gradient(network.forward(X), r)
    assert {gradient.dtype for gradient in gradients} == {np.dtype(np.float32)}


def test_lists_become_float64():
    record = forward((V, W), SIGMOID, X)
    lists = Forward(
        X, ([*map(float, record.y_hat[0])],), [record.y[0].tolist()], record.z_hat.tolist(), record.z.tolist()
    )
    for mine, formula in zip(
        negative_gradient([V, W], "sigmoid", lists, R),
        negative_gradient((V, W), SIGMOID, record, R),
        strict=True,
    ):
        np.testing.assert_array_equal(mine, formula)


# ---------------------------------------------------------------- refusals

ONE, BATCH = forward((V, W), TANH, X), forward((V, W), TANH, [X, X, X])
DEEPER = forward((V, np.ones((3, 4)), W), TANH, X)
WIDER = forward((np.ones((4, 3)), np.ones((2, 5))), TANH, X)
MORE_CLASSES = forward((V, np.ones((3, 4))), TANH, X)
MORE_INPUTS = forward((np.ones((3, 4)), W), TANH, [1, 2, 3])
NO_HIDDEN = forward((np.ones((2, 3)),), TANH, X)
FUNCTIONS = {
    "negative_gradient": lambda record, r: negative_gradient((V, W), TANH, record, r),
    "input_negative_gradient": lambda record, r: input_negative_gradient((V, W), TANH, record, r),
    "MLP.negative_gradient": lambda record, r: MLP((V, W), TANH).negative_gradient(record, r),
}


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
@pytest.mark.parametrize(
    ("record", "argument", "came", "expected"),
    [
        (None, "record", "NoneType", "what forward returned"),
        (tuple(ONE), "record", "tuple", "what forward returned"),
        (X, "record", "tuple", "what forward returned"),
        (DEEPER, "record", "2 hidden layers before and 2 after", "1 as in weights"),
        (NO_HIDDEN, "record", "0 hidden layers before and 0 after", "1 as in weights"),
        (ONE._replace(y=()), "record", "1 hidden layers before and 0 after", "1 as in weights"),
        (ONE._replace(y_hat=()), "record", "0 hidden layers before and 1 after", "1 as in weights"),
        (ONE._replace(y_hat=None), "record.y_hat", "NoneType", "a tuple"),
        (ONE._replace(y=ONE.y[0]), "record.y", "ndarray", "a tuple"),
        (WIDER, "record.y_hat[0]", "(4,)", "3 as in weights[0]"),
        (ONE._replace(y=WIDER.y), "record.y[0]", "(4,)", "3 as in weights[0]"),
        (MORE_CLASSES, "record.z_hat", "(3,)", "K = 2 as in weights[1]"),
        (ONE._replace(z=MORE_CLASSES.z), "record.z", "(3,)", "K = 2 as in weights[1]"),
        (MORE_INPUTS, "record.x", "(3,)", "D = 2 as in weights[0]"),
        (ONE._replace(x=BATCH.x), "record.y_hat[0]", "(3,)", "(B, "),
        (BATCH._replace(y=(BATCH.y[0][:2],)), "record.y[0]", "(2, 3)", "B = 3 as in record.x"),
        (BATCH._replace(z_hat=BATCH.z_hat[:1]), "record.z_hat", "(1, 2)", "B = 3 as in record.x"),
        (ONE._replace(y_hat=("ab",)), "record.y_hat[0]", "<U2", "real numbers"),
        (forward((np.float32(V), np.float32(W)), TANH, np.float32(X)), "record.x", "float32", "one floating"),
    ],
)
def test_a_record_that_does_not_fit_the_weights_is_refused(function, record, argument, came, expected):
    assert_refused(lambda: function(record, R), argument, came, expected)


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
@pytest.mark.parametrize(
    ("record", "r", "came", "expected"),
    [
        (ONE, [R], "(1, 2)", "(K,) with K = 2"),
        (BATCH, R, "(2,)", "B = 3 as in record.x"),
        (BATCH, [R, R], "(2, 2)", "B = 3 as in record.x"),
        (ONE, [0, 1, 0], "(3,)", "K = 2 as in weights[1]"),
        (ONE, 1.0, "()", "(K,)"),
        (ONE, [], "(0,), which is empty", "(K,)"),
        (BATCH, np.zeros((0, 2)), "(0, 2), which is empty", "B = 3 as in record.x"),
        (ONE, ["a", "b"], "<U1", "real numbers"),
        (ONE, [[1], [1, 0]], "different lengths", "rectangular"),
    ],
)
def test_targets_that_do_not_fit_the_record_are_refused(function, record, r, came, expected):
    assert_refused(lambda: function(record, r), "r", came, expected)


@pytest.mark.parametrize(
    ("r", "came", "expected"),
    [
        ([0.6, 0.6], "row 0) of sum 1.2", "rows that sum to 1"),
        ([1.5, -0.5], "-0.5", "no negative entry"),
        ([np.nan, 1], "nan at [0]", "finite"),
    ],
)
def test_the_method_refuses_targets_that_are_no_distributions(r, came, expected):
    assert_refused(lambda: MLP((V, W)).negative_gradient(ONE, r), "r", came, expected)


@pytest.mark.parametrize("function", [negative_gradient, input_negative_gradient])
def test_weights_activations_and_dtypes_that_do_not_fit_are_refused(function):
    assert_refused(lambda: function((V, V), TANH, ONE, R), "weights[1]", "(3, 3)", "4 columns")
    assert_refused(lambda: function((V, W), np.tanh, ONE, R), "activation", "ufunc", "an Activation")
    assert_refused(lambda: function((V, W), "swish", ONE, R), "activation", "'swish'", "'tanh'")
    assert_refused(lambda: function((V, W), TANH, ONE, np.float32(R)), "r", "float32", "one floating dtype")
