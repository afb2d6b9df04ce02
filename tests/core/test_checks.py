"""The checks in front of the public formulas: what becomes float64, and what is refused in which words."""

import numpy as np
import pytest
from oracles import to_numpy
from refusals import assert_refused

import mlp_core
from mlp_core import (
    affine,
    affine_input_gradient,
    affine_weight_gradient,
    cross_entropy,
    forward,
    log_softmax,
    output_delta,
    prepend_one,
    softmax,
    softmax_jacobian,
)
from mlp_core.formulas import loss, probabilities, weighted_sums
from mlp_core.formulas.arrays import namespace

# Each formula, its arguments in order, and whole numbers that fit.
FORMULAS = {
    softmax: {"z_hat": [1, 2, 3]},
    log_softmax: {"z_hat": [1, 2, 3]},
    softmax_jacobian: {"z_hat": [1, 2, 3]},
    cross_entropy: {"r": [0, 1, 0], "z_hat": [1, 2, 3]},
    output_delta: {"r": [0, 1, 0], "z_hat": [1, 2, 3]},
    prepend_one: {"y": [1, 2]},
    affine: {"W": [[1, 2, 3]], "y": [1, 2]},
    affine_weight_gradient: {"delta": [1, 2], "y": [3, 4, 5]},
    affine_input_gradient: {"delta": [1, 2], "W": [[1, 2, 3], [4, 5, 6]]},
}
EACH = pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.__name__)
EACH_ARGUMENT = pytest.mark.parametrize(
    ("formula", "argument"),
    [(formula, argument) for formula, arguments in FORMULAS.items() for argument in arguments],
    ids=lambda part: getattr(part, "__name__", part),
)


@EACH
def test_lists_and_whole_numbers_become_float64(formula):
    result = formula(**FORMULAS[formula])
    assert result.dtype == np.float64
    for dtype in (np.int32, np.uint8):
        arrays = {name: np.asarray(value, dtype=dtype) for name, value in FORMULAS[formula].items()}
        np.testing.assert_array_equal(formula(**arrays), result)


@EACH
def test_the_whole_numbers_of_other_libraries_become_float64_too(formula, xp):
    arrays = {name: xp.asarray(value) for name, value in FORMULAS[formula].items()}
    result = formula(**arrays)
    assert result.dtype == xp.float64
    np.testing.assert_allclose(to_numpy(result), formula(**FORMULAS[formula]), rtol=1e-13)


@EACH
def test_a_list_beside_an_array_joins_its_library(formula, xp):
    first, *others = FORMULAS[formula]
    arguments = {name: FORMULAS[formula][name] for name in others}
    arguments[first] = xp.asarray(FORMULAS[formula][first], dtype=xp.float64)
    result = formula(**arguments)
    assert namespace(result[None, ...]) is namespace(arguments[first])  # a NumPy number becomes an array
    np.testing.assert_allclose(to_numpy(result), formula(**FORMULAS[formula]), rtol=1e-13)


@pytest.mark.parametrize("bare_module", [probabilities, loss, weighted_sums], ids=lambda m: m.__name__)
def test_the_public_formula_is_the_bare_one_behind_the_border(bare_module):
    for formula, arguments in FORMULAS.items():
        bare = getattr(bare_module, formula.__name__, None)
        if bare is None or bare.__module__ != bare_module.__name__:
            continue
        arrays = {name: np.asarray(value, dtype=float) for name, value in arguments.items()}
        np.testing.assert_array_equal(formula(**arrays), bare(**arrays))
        assert formula.__doc__ == bare.__doc__


REFUSED = {
    "bool": (np.asarray([[True, False]]), "bool", "real numbers"),
    "complex": ([[1j, 2]], "complex128", "real numbers"),
    "strings": ([["a", "b"]], "<U1", "real numbers"),
    "objects": ([[None, 1]], "object", "real numbers"),
    "nothing": (None, "object", "real numbers"),
    "ragged": ([[1, 2], [3]], "rows of different lengths", "a rectangular array"),
    "masked": (np.ma.masked_invalid([[1.0, np.nan]]), "a masked array", "without a mask"),
}


@pytest.mark.parametrize(("value", "came", "expected"), REFUSED.values(), ids=REFUSED)
@EACH_ARGUMENT
def test_what_is_not_real_numbers_is_refused(formula, argument, value, came, expected):
    arguments = {**FORMULAS[formula], argument: value}
    assert_refused(lambda: formula(**arguments), argument, came, expected)


@pytest.mark.parametrize(("value", "came"), [([True, False], "bool"), ([1j, 2], "complex")])
def test_the_truth_values_and_complex_numbers_of_any_library_are_refused(value, came, xp):
    assert_refused(lambda: softmax(xp.asarray(value)), "z_hat", came, "real numbers")


@EACH_ARGUMENT
def test_an_empty_array_is_refused(formula, argument):
    shape = np.shape(FORMULAS[formula][argument])
    arguments = {**FORMULAS[formula], argument: np.zeros((0, *shape[1:]))}
    assert_refused(lambda: formula(**arguments), argument, "which is empty", "(")


@EACH_ARGUMENT
def test_a_single_number_is_refused(formula, argument):
    arguments = {**FORMULAS[formula], argument: 1.0}
    assert_refused(lambda: formula(**arguments), argument, "shape ()", "(")


@pytest.mark.parametrize(
    "formula", [f for f in FORMULAS if len(FORMULAS[f]) == 2], ids=lambda formula: formula.__name__
)
def test_two_float_dtypes_are_refused(formula, xp):
    first, second = FORMULAS[formula]
    a = xp.asarray(FORMULAS[formula][first], dtype=xp.float32)
    b = xp.asarray(FORMULAS[formula][second], dtype=xp.float64)
    assert_refused(lambda: formula(a, b), second, "float64", "one floating dtype for all")


@pytest.mark.parametrize("formula", [cross_entropy, output_delta], ids=lambda formula: formula.__name__)
@pytest.mark.parametrize(
    ("r", "z_hat", "argument", "came", "expected"),
    [
        ((3,), (1, 3), "z_hat", "(1, 3)", "(K,) with K = 3 as in r"),
        ((1, 3), (3,), "z_hat", "(3,)", "(B, K) with B = 1 as in r"),
        ((2, 3), (3,), "z_hat", "(3,)", "(B, K) with B = 2 as in r"),
        ((1, 3), (2, 3), "z_hat", "(2, 3)", "(B, K) with B = 1 as in r"),
        ((2, 3), (1, 3), "z_hat", "(1, 3)", "(B, K) with B = 2 as in r"),
        ((3,), (4,), "z_hat", "(4,)", "(K,) with K = 3 as in r"),
        ((3,), (1,), "z_hat", "(1,)", "(K,) with K = 3 as in r"),
        ((2, 3), (2, 1), "z_hat", "(2, 1)", "K = 3 as in r"),
        ((1, 2, 3), (1, 2, 3), "r", "(1, 2, 3)", "(K,) or (B, K)"),
    ],
)
def test_targets_and_logits_must_have_one_shape(formula, r, z_hat, argument, came, expected):
    assert_refused(lambda: formula(np.ones(r), np.ones(z_hat)), argument, came, expected)


@pytest.mark.parametrize(
    ("formula", "first", "second", "argument", "came", "expected"),
    [
        (affine, (2, 4), (2,), "y", "(2,)", "(..., H) with H = 3 as in W"),
        (affine, (2, 4), (5, 4), "y", "(5, 4)", "(..., H) with H = 3 as in W"),
        (affine, (2, 2), (5, 3), "y", "(5, 3)", "(..., H) with H = 1 as in W"),
        (affine, (4,), (3,), "W", "(4,)", "(K, H+1)"),
        (affine, (2, 1), (3,), "W", "(2, 1)", "(K, H+1)"),
        (affine, (1, 2, 4), (3,), "W", "(1, 2, 4)", "(K, H+1)"),
        (affine_weight_gradient, (2,), (1, 3), "y", "(1, 3)", "(H,)"),
        (affine_weight_gradient, (1, 2), (3,), "y", "(3,)", "(B, H) with B = 1 as in delta"),
        (affine_weight_gradient, (1, 2), (5, 3), "y", "(5, 3)", "(B, H) with B = 1 as in delta"),
        (affine_weight_gradient, (5, 2), (1, 3), "y", "(1, 3)", "(B, H) with B = 5 as in delta"),
        (affine_weight_gradient, (1, 5, 2), (5, 3), "delta", "(1, 5, 2)", "(K,) or (B, K)"),
        (affine_input_gradient, (3,), (2, 4), "W", "(2, 4)", "(K, H+1) with K = 3 as in delta"),
        (affine_input_gradient, (5, 3), (2, 4), "W", "(2, 4)", "(K, H+1) with K = 3 as in delta"),
        (affine_input_gradient, (2,), (2, 1), "W", "(2, 1)", "(K, H+1)"),
    ],
    ids=lambda part: getattr(part, "__name__", None),
)
def test_weights_and_signals_must_fit(formula, first, second, argument, came, expected):
    assert_refused(lambda: formula(np.ones(first), np.ones(second)), argument, came, expected)


def test_an_array_of_no_library_is_refused_by_its_argument():
    class Foreign:
        dtype, shape = np.dtype(float), (2,)

    assert_refused(lambda: softmax(Foreign()), "z_hat", "Foreign", "an array of NumPy, JAX")


def test_the_bare_formulas_refuse_what_is_no_array():
    assert_refused(lambda: probabilities.softmax([1.0, 2.0]), "array", "builtins.list", "an array of NumPy")


def test_arrays_of_two_libraries_are_refused_unless_one_is_numpy(torch):
    import array_api_strict

    r, z_hat = array_api_strict.asarray([0.0, 1.0]), torch.tensor([0.0, 1.0], dtype=torch.float64)
    assert_refused(lambda: cross_entropy(r, z_hat), "z_hat", "torch", "one library for all")


def test_values_are_not_looked_at_by_formulas():
    # So that they run under jit. NaN comes out as NaN; it is refused where data enters.
    assert np.isnan(softmax([np.nan, 1.0])).all()
    assert np.isnan(forward(([[np.nan, 1.0], [1.0, 1.0]],), "tanh", [1.0]).z).any()


def test_the_public_list_is_complete():
    assert {f.__name__ for f in FORMULAS} | {"forward"} < set(mlp_core.__all__)
    assert all(hasattr(mlp_core, name) for name in mlp_core.__all__)
