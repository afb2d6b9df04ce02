"""check_gradient: passes right code at every depth, and shows a planted slip where it is."""

import numpy as np
import pytest
from oracles import to_numpy
from refusals import assert_refused
from strategies import make_problem

from mlp_core import (
    MLP,
    RELU,
    SIGMOID,
    TANH,
    Activation,
    affine_weight_gradient,
    check_gradient,
    measured,
    one_hot,
    output_delta,
    worked_examples,
)

X, R = worked_examples.X, worked_examples.R
V, W = np.array(worked_examples.V), np.array(worked_examples.W)
A = MLP((V, W), "sigmoid")


def derived_of_a():
    return A.negative_gradient(A.forward(X), R)


# ---------------------------------------------------------------- right code


@pytest.mark.parametrize("activation", [SIGMOID, TANH, RELU], ids=lambda activation: activation.name)
@pytest.mark.parametrize("rows", [None, 1, 5])
@pytest.mark.parametrize("depth", range(5))
def test_right_code_passes_at_every_depth(depth, rows, activation):
    problem = make_problem((*(3, 4, 2, 5, 3)[: depth + 1], 3), rows, activation.name, True, seed=depth)
    report = check_gradient(MLP(problem.weights, activation), problem.x, problem.r)
    assert len(report) == len(report.checks) == depth + 1
    assert report.ok
    for check, matrix in zip(report.checks, problem.weights, strict=True):
        assert check.ok
        assert 0 <= check.error < 1e-7
        assert check.shape == matrix.shape


def test_an_activation_of_one_s_own_is_checked_too():
    cubic = Activation("cubic", lambda t: t**3, lambda t: 3 * t**2)
    wrong = Activation("cubic", lambda t: t**3, lambda t: t**2)
    assert check_gradient(MLP((V, W), cubic), [0.2, -0.1], R).ok
    report = check_gradient(MLP((V, W), wrong), [0.2, -0.1], R)
    assert [check.ok for check in report.checks] == [False, True]


def test_a_float32_network_is_checked_in_float64():
    network = MLP((np.float32(V), np.float32(W)), "sigmoid")
    # In float32 the error of the very same check would be near 1e-4.
    assert max(check.error for check in check_gradient(network, X, one_hot(1, 2)).checks) < 1e-9
    assert max(check.error for check in check_gradient(network, np.float32(X), np.float32(R)).checks) < 1e-9


def test_the_weights_may_be_arrays_of_any_library(xp):
    network = MLP(tuple(xp.asarray(matrix, dtype=xp.float64) for matrix in (V, W)), "sigmoid")
    derived = network.negative_gradient(network.forward(X), R)
    assert check_gradient(network, X, R).ok
    assert check_gradient(network, X, R, derived=tuple(map(to_numpy, derived))).ok


def test_a_nudge_across_a_kink_is_marked_wrong_though_the_code_is_right():
    network = MLP(([[0.0, 1.0]], [[0.0, 1.0], [0.0, -1.0]]), "relu")
    assert check_gradient(network, [0.01], R).ok
    report = check_gradient(network, [0.0], R)
    assert [check.ok for check in report.checks] == [False, True]
    assert report[0].where == (0, 0)


# ---------------------------------------------------------------- planted slips, with chapter 05's numbers


def slip_in_v(heads, signals=(1, *X)):
    """Return the gradients of example A with -dE/dV put together from wrong parts."""
    return np.outer(heads, signals), derived_of_a()[1]


def pull_on_y(matrix=W):
    return output_delta(R, A.forward(X).z_hat) @ matrix[:, 1:]


def stepped_too_early():
    delta, y = output_delta(R, A.forward(X).z_hat), A.forward(X).y[0]
    return W + 0.5 * affine_weight_gradient(delta, y)


Y_HAT, Y = A.forward(X).y_hat[0], A.forward(X).y[0]
SLIPS = {
    "sign": (lambda: (-derived_of_a()[0], derived_of_a()[1]), 2.0000),
    "slope left out": (lambda: slip_in_v(pull_on_y()), 3.2553),
    "slope at y": (lambda: slip_in_v(pull_on_y() * SIGMOID.derivative(Y)), 0.1388),
    "x_0 taken for 0": (lambda: slip_in_v(pull_on_y() * SIGMOID.derivative(Y_HAT), (0, *X)), 0.5000),
    "W stepped before it is used": (
        lambda: slip_in_v(pull_on_y(stepped_too_early()) * SIGMOID.derivative(Y_HAT)),
        0.1802,
    ),
}


@pytest.mark.parametrize(("slip", "size"), SLIPS.values(), ids=SLIPS)
def test_a_slip_in_one_matrix_shows_there_with_its_size(slip, size):
    report = check_gradient(A, X, R, derived=slip())
    assert not report.ok
    assert [check.ok for check in report.checks] == [False, True]
    assert report[0].error == pytest.approx(size, abs=5e-5)
    wrong, right = slip()[0], derived_of_a()[0]
    row, column = report[0].where
    assert abs(wrong - right)[row, column] == pytest.approx(abs(wrong - right).max())


def test_a_slip_of_the_bias_shows_in_column_0():
    report = check_gradient(A, X, R, derived=SLIPS["x_0 taken for 0"][0]())
    assert report[0].where == (0, 0)


@pytest.mark.parametrize("place", [(0, (2, 1)), (1, (0, 3)), (1, (1, 0))])
def test_where_is_the_place_of_the_largest_difference(place):
    k, where = place
    derived = [part.copy() for part in derived_of_a()]
    derived[k][where] += 0.01
    derived[k][1, 1] -= 0.005
    report = check_gradient(A, X, R, derived=derived)
    assert report[k].where == where
    assert not report[k].ok
    assert report[1 - k].ok
    assert report[k].error == pytest.approx(0.01 / abs(derived_of_a()[k]).max(), rel=1e-6)


def test_the_difference_is_the_planted_one_with_its_sign():
    wrong_V, wrong_W = derived_of_a()
    planted = np.zeros((3, 3))
    planted[1, 2] = -0.25
    check_V, check_W = check_gradient(A, X, R, derived=(wrong_V + planted, wrong_W)).checks
    assert np.allclose(check_V.difference, planted, rtol=0, atol=1e-9)
    assert np.allclose(check_W.difference, np.zeros((2, 4)), rtol=0, atol=1e-9)


def test_the_limit_is_1e_minus_7():
    in_V, in_W = derived_of_a()
    for size, ok in ((3e-7, False), (1.5e-7, False), (7e-8, True)):
        assert check_gradient(A, X, R, derived=(in_V, in_W * (1 + size))).ok is ok


def test_small_gradients_are_measured_against_what_the_inputs_allow():
    # Right and sure: the largest entry is 1e-6, so the scale is a ten-thousandth of 50 / 2 rows.
    network = MLP(([[0.0, 0.3], [0.0, -0.3]],))
    x, r = [[50.0], [49.0]], [[1, 0], [1, 0]]
    (derived,) = network.negative_gradient(network.forward(x), r)
    assert abs(derived).max() < 50 / 2 / 10_000
    report = check_gradient(network, x, r, derived=(derived + 1e-6,))
    assert report[0].error == pytest.approx(1e-6 / (50 / 2 / 10_000), rel=1e-3)


def test_the_constant_input_of_the_biases_is_counted_among_the_inputs():
    # x is small beside x_0 = 1, which is what the scale then goes by.
    network = MLP(([[20.0, 0.3], [-20.0, -0.3]],))
    x, r = [[0.001], [0.002]], [[1, 0], [1, 0]]
    (derived,) = network.negative_gradient(network.forward(x), r)
    report = check_gradient(network, x, r, derived=(derived + 1e-6,))
    assert report[0].error == pytest.approx(1e-6 / (1 / 2 / 10_000), rel=1e-3)


def test_the_nudges_are_small_beside_an_input_of_30():
    # The curve of E over a weight is as many times steeper: nudges ten times as large would miss its slope.
    network = MLP(([[0.1, 0.02], [-0.1, -0.02]],))
    assert max(check.error for check in check_gradient(network, [30.0], [1, 0]).checks) < 1e-9


def test_the_code_that_is_checked_is_the_network_s_own(monkeypatch):
    right = measured.negative_gradient

    def wrong(*given):
        in_V, in_W = right(*given)
        return in_V[::-1], in_W

    monkeypatch.setattr(measured, "negative_gradient", wrong)
    assert [check.ok for check in check_gradient(A, X, R).checks] == [False, True]


def test_nan_in_a_gradient_is_wrong():
    in_V, in_W = (part.copy() for part in derived_of_a())
    in_W[1, 2] = np.nan
    report = check_gradient(A, X, R, derived=(in_V, in_W))
    assert [check.ok for check in report.checks] == [True, False]
    assert report[1].where == (1, 2)


# ---------------------------------------------------------------- the table


def test_the_report_prints_as_a_short_table():
    lines = str(check_gradient(A, X, R, derived=SLIPS["x_0 taken for 0"][0]())).splitlines()
    assert lines[:2] == [
        "matrix           shape    error         at",
        "weights[0]       3 x 3    5e-01     [0, 0]  WRONG",
    ]
    assert len(lines) == 3
    assert lines[2].startswith("weights[1]       2 x 4    ")
    assert lines[2].endswith("]  ok")


def test_the_columns_of_the_table_stand_in_line():
    table = str(check_gradient(MLP.initialize((64, 3, 10)), np.ones(64), one_hot(3, 10)))
    first, *others = table.splitlines()
    for line in others:
        assert line[len(first) - 1] == "]"
        assert line[len(first)] == " "


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("derived", "argument", "came", "expected"),
    [
        ((V,), "derived", "[(3, 3)]", "[(3, 3), (2, 4)], like the weights"),
        ((V, W.T), "derived", "(4, 2)", "(2, 4)"),
        ((V, W[:, 1:]), "derived", "(2, 3)", "(2, 4)"),
        ((W, V), "derived", "[(2, 4), (3, 3)]", "[(3, 3), (2, 4)]"),
        ((), "derived", "[]", "[(3, 3), (2, 4)]"),
        (V, "derived", "ndarray", "a tuple"),
        ((V, "ab"), "derived[1]", "<U2", "real numbers"),
        ((V, [[1], [2, 3]]), "derived[1]", "different lengths", "rectangular"),
    ],
)
def test_a_derived_gradient_that_does_not_fit_is_refused(derived, argument, came, expected):
    assert_refused(lambda: check_gradient(A, X, R, derived=derived), argument, came, expected)


@pytest.mark.parametrize(
    ("x", "r", "argument", "came", "expected"),
    [
        ([1, 2, 3], R, "x", "(3,)", "D = 2"),
        ([np.nan, 1], R, "x", "nan at [0]", "finite"),
        (X, [R], "r", "(1, 2)", "(K,)"),
        (X, [0.6, 0.6], "r", "sum 1.2", "rows that sum to 1"),
    ],
)
def test_data_that_do_not_fit_the_network_are_refused(x, r, argument, came, expected):
    assert_refused(lambda: check_gradient(A, x, r), argument, came, expected)
