"""The formulas against foreign oracles: JAX's and PyTorch's differentiation, and JAX's transformations.

JAX and PyTorch are not in requirements.txt: where one is missing its tests are skipped, except under
MLP_REQUIRE_ORACLES=1, where a missing one fails.
"""

import numpy as np
import oracles
import pytest
from oracles import error, to_numpy
from strategies import make_problem, wide_problems

from mlp_core import (
    ACTIVATIONS,
    affine,
    affine_input_gradient,
    affine_weight_gradient,
    cross_entropy,
    forward,
    input_negative_gradient,
    log_softmax,
    negative_gradient,
    output_delta,
    prepend_one,
    softmax,
    softmax_jacobian,
)
from mlp_core.formulas.arrays import namespace

# (inputs, hidden units ..., classes), rows (None: one example), activation, soft targets
SHAPES = [
    ((3, 2), None, "tanh", False),
    ((4, 3), 5, "tanh", True),
    ((2, 3, 2), None, "sigmoid", False),
    ((5, 4, 3), 7, "tanh", True),
    ((64, 10), 16, "tanh", False),
    ((3, 7, 2, 4), 6, "relu", True),
    ((2, 5, 3, 4, 6), None, "tanh", True),
    ((6, 1, 8), 1, "relu", False),
]


@pytest.mark.oracle
@pytest.mark.parametrize("largest_logit", [None, 10.0, 1e4])
@pytest.mark.parametrize(("sizes", "rows", "activation", "soft"), SHAPES)
def test_the_formulas_agree_with_autodiff_of_the_same_forward_lines(
    sizes, rows, activation, soft, largest_logit
):
    problem = make_problem(sizes, rows, activation, soft, seed=1, largest_logit=largest_logit)
    W, y, rows = problem.weights[-1], problem.last_input, rows or 1
    delta = output_delta(problem.r, problem.z_hat)
    by_jax = oracles.autodiff(problem)
    largest = np.abs(y).max()
    assert error(delta, by_jax[0], rows=rows) < 1e-11
    assert error(affine_weight_gradient(delta, y), by_jax[1], largest, rows) < 1e-11
    assert error(affine_input_gradient(delta, W), by_jax[2], largest, rows) < 1e-11
    assert error(softmax_jacobian(problem.z_hat), by_jax[3]) < 1e-11


@pytest.mark.oracle
@pytest.mark.parametrize("seed", range(3))
def test_large_inputs_make_large_logits_too(seed):
    problem = make_problem((4, 3), 5, "tanh", soft=True, seed=seed)
    large = make_problem((4, 3), 5, "tanh", soft=True, seed=seed)
    object.__setattr__(large, "x", problem.x * 1e4 / np.abs(problem.z_hat).max())
    assert np.abs(large.z_hat).max() > 1000
    delta = output_delta(large.r, large.z_hat)
    by_jax = oracles.autodiff(large)
    assert error(delta, by_jax[0], rows=5) < 1e-11
    assert error(affine_weight_gradient(delta, large.x), by_jax[1], np.abs(large.x).max(), 5) < 1e-11


EACH_WIDE = pytest.mark.parametrize("problem", wide_problems(), ids=lambda problem: problem.name)


@pytest.mark.oracle
@EACH_WIDE
def test_every_layer_agrees_with_autodiff_at_every_depth(problem):
    by_jax, on_x = oracles.autodiff_of_everything(problem)
    given = problem.weights, problem.activation, problem.record, problem.r
    assert oracles.worst_error(problem, negative_gradient(*given), by_jax) < 1e-11
    largest = np.abs(problem.x).max()
    assert error(input_negative_gradient(*given), on_x, largest, problem.rows or 1) < 1e-11


@pytest.mark.oracle
@EACH_WIDE
def test_every_layer_agrees_with_pytorch_s_own_layers(problem):
    mine = negative_gradient(problem.weights, problem.activation, problem.record, problem.r)
    assert oracles.worst_error(problem, mine, oracles.torch_gradient(problem)) < 1e-11


@pytest.mark.oracle
@pytest.mark.parametrize(("sizes", "rows", "activation", "soft"), SHAPES)
def test_every_layer_agrees_with_autodiff_where_logits_reach_1e4(sizes, rows, activation, soft):
    problem = make_problem(sizes, rows, activation, soft, seed=5, largest_logit=1e4)
    by_jax, on_x = oracles.autodiff_of_everything(problem)
    given = problem.weights, problem.activation, problem.record, problem.r
    assert oracles.worst_error(problem, negative_gradient(*given), by_jax) < 1e-11
    largest = np.abs(problem.x).max()
    assert error(input_negative_gradient(*given), on_x, largest, problem.rows or 1) < 1e-11


# ---------------------------------------------------------------- JAX's transformations of the public forms


def pull_on(place, activation):
    """Return a function of arrays only: -dE/dV (place 0), -dE/dW (1) or -dE/dx ("x") of one hidden layer."""

    def pull(V, W, x, r):
        given = (V, W), activation, forward((V, W), activation, x), r
        return input_negative_gradient(*given) if place == "x" else negative_gradient(*given)[place]

    return pull


def public_calls():
    """Return a name, a public function of arrays only, and arguments for each formula and for `forward`."""
    rng = np.random.default_rng(3)
    r, z_hat = rng.dirichlet(np.ones(3), 4), rng.normal(size=(4, 3))
    V, W, x, y = (rng.normal(size=shape) for shape in ((5, 3), (3, 6), (4, 2), (4, 5)))
    calls = {
        "softmax": (softmax, z_hat),
        "log_softmax": (log_softmax, z_hat),
        "softmax_jacobian": (softmax_jacobian, z_hat),
        "cross_entropy": (cross_entropy, r, z_hat),
        "output_delta": (output_delta, r, z_hat),
        "prepend_one": (prepend_one, y),
        "affine": (affine, W, y),
        "affine_weight_gradient": (affine_weight_gradient, r, y),
        "affine_input_gradient": (affine_input_gradient, r, W),
    }
    for name, activation in ACTIVATIONS.items():
        calls[name] = (activation, y)
        calls[f"{name}_slope"] = (activation.derivative, y)
        calls[f"{name}_slope_from_output"] = (activation.derivative_from_output, activation(y))
        calls[f"forward_{name}"] = (lambda V, W, x, a=activation: forward((V, W), a, x).z, V, W, x)
        for k in (0, 1):
            calls[f"negative_gradient_{name}_{k}"] = (pull_on(k, activation), V, W, x, r)
        calls[f"input_negative_gradient_{name}"] = (pull_on("x", activation), V, W, x, r)
    return calls


EACH_CALL = pytest.mark.parametrize("call", public_calls().values(), ids=public_calls())


@EACH_CALL
def test_the_public_forms_run_on_every_library(call, xp):
    function, *arrays = call
    result = function(*(xp.asarray(array) for array in arrays))
    assert namespace(result[None, ...]) is namespace(xp.asarray(arrays[0]))  # a NumPy number becomes an array
    assert error(to_numpy(result), function(*arrays)) < 1e-13


@EACH_CALL
def test_the_public_forms_run_under_jit(call, jax):
    function, *arrays = call
    assert error(to_numpy(jax.jit(function)(*arrays)), function(*arrays)) < 1e-13


def test_one_jitted_step_of_training_is_the_plain_one(jax):
    problem = make_problem((3, 4), 5, "tanh", soft=True, seed=0)

    def pull(W, x, r):
        return affine_weight_gradient(output_delta(r, forward((W,), "tanh", x).z_hat), x)

    arguments = problem.weights[0], problem.x, problem.r
    assert error(to_numpy(jax.jit(pull)(*arguments)), pull(*arguments)) < 1e-13


@pytest.mark.parametrize("function", [softmax, log_softmax, softmax_jacobian, prepend_one])
def test_vmap_over_rows_is_the_batch(function, jax, rng):
    z_hat = rng.normal(size=(4, 3))
    assert error(to_numpy(jax.vmap(function)(z_hat)), function(z_hat)) < 1e-13


def test_vmap_over_examples_gives_each_its_own_gradient(jax, rng):
    r, z_hat, y = rng.dirichlet(np.ones(3), 4), rng.normal(size=(4, 3)), rng.normal(size=(4, 5))

    def pull(r, z_hat, y):
        return affine_weight_gradient(output_delta(r, z_hat), y)

    each = to_numpy(jax.vmap(pull)(r, z_hat, y))
    assert each.shape == (4, 3, 6)
    assert error(each.mean(axis=0), pull(r, z_hat, y)) < 1e-13


@pytest.mark.parametrize("place", [0, 1, "x"])
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_vmap_over_examples_gives_each_its_own_gradient_of_every_layer(activation, place, jax, rng):
    V, W, x = rng.normal(size=(5, 3)), rng.normal(size=(3, 6)), rng.normal(size=(4, 2))
    r, pull = rng.dirichlet(np.ones(3), 4), pull_on(place, activation)
    each = to_numpy(jax.vmap(pull, in_axes=(None, None, 0, 0))(V, W, x, r))
    batch = pull(V, W, x, r)
    assert error(each / 4 if place == "x" else each.mean(axis=0), batch) < 1e-13


@pytest.mark.parametrize("shape", [(3,), (4, 3)])
def test_grad_of_the_public_loss_is_minus_output_delta(shape, jax, rng):
    z_hat, r = rng.normal(size=shape), rng.normal(size=shape) ** 2
    slope = jax.grad(cross_entropy, argnums=1)(r, z_hat)
    assert error(output_delta(r, z_hat), -slope, rows=len(np.atleast_2d(r))) < 1e-13


def test_grad_passes_classes_that_are_left_out(jax):
    slope = jax.grad(cross_entropy, argnums=1)(np.array([1.0, 0.0]), np.array([0.0, -1e4]))
    assert to_numpy(slope).tolist() == [0, 0]


# ---------------------------------------------------------------- PyTorch's differentiation


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_the_formulas_agree_with_pytorch(activation, dtype, torch):
    problem = make_problem((4, 5, 3), 6, activation, soft=True, seed=2)
    kind = getattr(torch, dtype)
    V, W, x, r = (torch.tensor(array, dtype=kind) for array in (*problem.weights, problem.x, problem.r))
    W.requires_grad_()
    record = forward((V, W), activation, x)
    cross_entropy(r, record.z_hat).backward()
    gradient = affine_weight_gradient(output_delta(r, record.z_hat.detach()), record.y[0])
    assert gradient.dtype == kind
    tolerance = {"float32": 1e-5, "float64": 1e-11}[dtype]
    assert error(gradient, -W.grad, float(record.y[0].abs().max()), 6) < tolerance


def test_the_loss_is_pytorch_s_own_cross_entropy(torch):
    problem = make_problem((4, 5, 3), 6, "tanh", soft=True, seed=4)
    z_hat, r = torch.tensor(problem.z_hat), torch.tensor(problem.r)
    theirs = torch.nn.functional.cross_entropy(z_hat, r)
    assert float(cross_entropy(r, z_hat)) == pytest.approx(float(theirs), rel=1e-13)


# ---------------------------------------------------------------- the measures themselves


def test_the_error_is_relative_to_the_largest_entry():
    assert error([100.0, 1.0], [100.0, 2.0]) == pytest.approx(0.01)


def test_the_error_of_small_arrays_is_relative_to_the_layer_s_scale():
    assert error([2e-6], [1e-6]) == pytest.approx(1e-2)
    assert error([2e-6], [1e-6], largest_input=100.0) == pytest.approx(1e-4)
    assert error([2e-6], [1e-6], largest_input=0.5) == pytest.approx(1e-2)
    assert error([2e-6], [1e-6], rows=10) == pytest.approx(1e-1)


def test_the_error_of_nan_is_infinite_and_shapes_must_agree():
    assert error([np.nan], [1.0]) == np.inf
    with pytest.raises(AssertionError):
        error([1.0, 1.0], [1.0])


def test_the_measured_derivative_is_right_to_4th_order():
    measured = oracles.every_entry(
        lambda t: np.array([np.sin(t[0]), t[0] * np.exp(t[1])]), np.array([0.5, 1.0])
    )
    exact = [[np.cos(0.5), 0], [np.exp(1), 0.5 * np.exp(1)]]
    np.testing.assert_allclose(measured, exact, rtol=0, atol=1e-11)
    # Without the extrapolation the error is h^2 t''' / 6, here 1e-7.
    assert abs(oracles.directional(np.exp, 0.0, 1.0, h=1e-2) - 1) < 1e-7


def test_who_asks_for_an_oracle_bears_its_mark():
    with pytest.raises(pytest.fail.Exception, match="bears the mark oracle"):
        oracles.library("jax")


def test_a_missing_oracle_is_a_skip_unless_it_is_required(monkeypatch):
    monkeypatch.setattr(oracles, "PROFILE", "book")
    monkeypatch.setattr(oracles, "REQUIRED", False)
    with pytest.raises(pytest.skip.Exception, match="no_such_library is not installed"):
        oracles.library("no_such_library")
    monkeypatch.setattr(oracles, "REQUIRED", True)
    with pytest.raises(pytest.fail.Exception, match="MLP_REQUIRE_ORACLES"):
        oracles.library("no_such_library")
