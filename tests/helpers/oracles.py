"""Second opinions: automatic differentiation, measured derivatives, exact arithmetic; the error measure."""

import importlib
import inspect
import os
from decimal import Decimal, localcontext

import numpy as np
import pytest

PROFILE = os.environ.get("MLP_TEST_PROFILE", "book")
REQUIRED = os.environ.get("MLP_REQUIRE_ORACLES") == "1"
# What requirements.txt does not name. `make test-slow` finds by the mark `oracle` the tests that `make test`
# left out for want of them.
OPTIONAL = {"jax", "torch"}
MARKED = False  # whether the test that runs now bears the mark


# ---------------------------------------------------------------- the array libraries


def library(name):
    """Import a library that requirements.txt does not name; skip where it is missing, fail if required."""
    if name in OPTIONAL and not MARKED:
        pytest.fail(f"a test that asks for {name} bears the mark oracle, and this one does not")
    if PROFILE == "short":
        pytest.skip(f"{name} is left out under MLP_TEST_PROFILE=short")
    try:
        module = importlib.import_module(name)
    except ImportError:
        if REQUIRED:
            pytest.fail(f"{name} is not installed, and MLP_REQUIRE_ORACLES=1 asks for it")
        pytest.skip(f"{name} is not installed")
    if name == "jax":
        module.config.update("jax_enable_x64", True)
    return module


def namespace_of(name):
    """Return the array API namespace of the library `name`."""
    if name == "jax":
        library("jax")
        return importlib.import_module("jax.numpy")
    if name == "torch":
        library("torch")
        library("array_api_compat")
        return importlib.import_module("array_api_compat.torch")
    return importlib.import_module(name)


def to_numpy(array):
    return np.asarray(array)


# ---------------------------------------------------------------- the error measure


def error(a, b, largest_input=1.0, rows=1):
    """Return max|a - b| / max(max|b|, s / 10,000), s = max(1, the largest input of the layer) / B.

    Relative to the largest entry, never entry by entry: r - z itself loses relative digits when the
    network is sure.
    """
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    assert a.shape == b.shape, f"shapes {a.shape} and {b.shape}"
    s = max(1.0, largest_input) / rows
    # NaN would pass through max(); no error is smaller than NaN, so it must fail.
    return float(np.nan_to_num(np.abs(a - b), nan=np.inf).max() / max(np.abs(b).max(), s / 10_000))


# ---------------------------------------------------------------- measured derivatives


def directional(f, theta, direction, h=1e-3):
    """Return df/dt of f(theta + t * direction) at t = 0: central differences, extrapolated to h = 0."""

    def central(step):
        return (f(theta + step * direction) - f(theta - step * direction)) / (2 * step)

    return (4 * central(h) - central(2 * h)) / 3


def every_entry(f, theta):
    """Return +df/dtheta entry by entry, each measured by `directional`; f returns a number or an array."""
    columns = [directional(f, theta, unit.reshape(theta.shape)) for unit in np.eye(theta.size)]
    return np.moveaxis(np.asarray(columns), 0, -1).reshape(*np.shape(columns[0]), *theta.shape)


def worst_error(problem, gradients, others):
    """Return the largest `error` over the weight matrices of a `Problem`, each on its own layer's scale."""
    signals = (problem.x, *problem.record.y)
    return max(
        error(a, b, np.abs(y).max(), problem.rows or 1)
        for a, b, y in zip(gradients, others, signals, strict=True)
    )


# ---------------------------------------------------------------- exact arithmetic


def exactly(function, values):
    """Return `function` of the floats as Decimals of 60 digits, rounded to float64 at the very end."""
    with localcontext() as context:
        context.prec = 60
        return np.asarray([float(v) for v in function([Decimal(float(v)) for v in values])])


def exact_softmax(z_hat):
    def softmax(logits):
        top = max(logits)
        e = [(logit - top).exp() for logit in logits]
        return [entry / sum(e) for entry in e]

    return exactly(softmax, z_hat)


def exact_log_softmax(z_hat):
    def log_softmax(logits):
        top = max(logits)
        log_sum = sum((logit - top).exp() for logit in logits).ln()
        return [logit - top - log_sum for logit in logits]

    return exactly(log_softmax, z_hat)


def exact_sigmoid(t):
    return exactly(lambda ts: [1 / (1 + (-entry).exp()) for entry in ts], t)


# ---------------------------------------------------------------- JAX's autodiff of the same lines


def autodiff(problem):
    """Return JAX's -dE/dz_hat, -dE/dW of the last layer, -dE/d(its input), and dz/dz_hat of a `Problem`."""
    jax = library("jax")
    from mlp_core.formulas import layers, loss, probabilities, weighted_sums

    def loss_of_weights(W, hidden, x, r):
        return loss.cross_entropy(r, layers.forward((*hidden, W), problem.activation, x).z_hat)

    def loss_of_signals(y, W, r):
        return loss.cross_entropy(r, weighted_sums.affine(W, y))

    def loss_of_logits(z_hat, r):
        return loss.cross_entropy(r, z_hat)

    def everything(hidden, W, x, y, z_hat, r):
        jacobian = jax.jacrev(probabilities.softmax)
        return (
            -jax.grad(loss_of_logits)(z_hat, r),
            -jax.grad(loss_of_weights)(W, hidden, x, r),
            -jax.grad(loss_of_signals)(y, W, r),
            (jax.vmap(jacobian) if z_hat.ndim == 2 else jacobian)(z_hat),
        )

    *hidden, W = problem.weights
    return jax.jit(everything)(hidden, W, problem.x, problem.last_input, problem.z_hat, problem.r)


def autodiff_of_everything(problem):
    """Return JAX's -dE/dW of every layer of a `Problem`, a tuple, and its -dE/dx."""
    jax = library("jax")
    from mlp_core.formulas import layers, loss

    def E(weights, x, r):
        return loss.cross_entropy(r, layers.forward(weights, problem.activation, x).z_hat)

    weights, x = jax.jit(jax.grad(E, argnums=(0, 1)))(problem.weights, problem.x, problem.r)
    return tuple(-to_numpy(W) for W in weights), -to_numpy(x)


# ---------------------------------------------------------------- other books' gradients


def torch_gradient(problem):
    """Return PyTorch's -dE/dW of every layer: its own layers, its own loss, its own differentiation."""
    torch = library("torch")
    name = problem.activation.name
    sigma = getattr(torch, name, None) or getattr(torch.nn.functional, name)
    weights = [torch.tensor(W, requires_grad=True) for W in problem.weights]
    signal = torch.tensor(problem.x)
    for k, W in enumerate(weights):
        signal = torch.nn.functional.linear(signal if k == 0 else sigma(signal), W[:, 1:], W[:, 0])
    torch.nn.functional.cross_entropy(signal, torch.tensor(problem.r)).backward()
    return tuple(-W.grad.numpy() for W in weights)


# The activations that scikit-learn has too, and its names for them.
SKLEARN_NAMES = {"sigmoid": "logistic", "tanh": "tanh", "relu": "relu"}


def sklearn_gradient(problem):
    """Return -dE/dW of every layer as scikit-learn's MLPClassifier computes it while it learns.

    Its `_backprop` is private: it wants a fitted classifier, so the attributes that `fit` would set are set
    here, to the problem's weights. scikit-learn keeps W transposed and its bias apart, and computes +dE/dW
    of the mean loss, plus alpha times the weights: alpha is 0 here. From 1.7 on it takes sample weights too.
    """
    from sklearn.neural_network import MLPClassifier

    x, r = np.atleast_2d(problem.x), np.atleast_2d(problem.r)
    classifier = MLPClassifier(activation=SKLEARN_NAMES[problem.activation.name], alpha=0.0)
    classifier.coefs_ = [W[:, 1:].T.copy() for W in problem.weights]
    classifier.intercepts_ = [W[:, 0].copy() for W in problem.weights]
    classifier.n_layers_ = len(problem.weights) + 1
    classifier.out_activation_ = "softmax"
    classifier.loss = "log_loss"  # __init__ of every version since 1.5 sets it; said here once more
    room = {name: [None] * len(problem.weights) for name in ("deltas", "coef_grads", "intercept_grads")}
    layers = [x] + [np.empty((len(x), len(W))) for W in problem.weights]
    given = {"X": x, "y": r, "activations": layers, "sample_weight": None, **room}
    asked = inspect.signature(classifier._backprop).parameters
    _, weights, biases = classifier._backprop(**{name: given[name] for name in asked})
    return tuple(-np.column_stack([b, W.T]) for b, W in zip(biases, weights, strict=True))
