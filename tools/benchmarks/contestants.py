"""The contestants of step.py, one training step on one batch each, and the proof that they are equals."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

from mlp_core import MLP, one_hot
from mlp_core.formulas.descent import gradient_step
from mlp_core.formulas.layers import forward, layer_deltas, negative_gradient
from mlp_core.formulas.loss import cross_entropy
from mlp_core.formulas.weighted_sums import prepend_one

LEARNING_RATE, MOMENTUM = 1e-3, 0.9
TOLERANCE = {"float32": 1e-4, "float64": 1e-10}


@dataclass(frozen=True, eq=False)
class Case:
    """One network and one batch for it, the same for every contestant."""

    mlp: MLP
    x: np.ndarray
    labels: np.ndarray
    r: np.ndarray

    @property
    def sizes(self):
        return (self.x.shape[1], *(len(W) for W in self.mlp.weights))


@dataclass(frozen=True, eq=False)
class Contestant:
    """A step to time, and the velocity it has reached, in the book's layout and sign.

    After one step from rest the velocity is the negative gradient itself. `later` says whether later steps
    are the book's too.
    """

    step: Callable
    velocity: Callable
    later: bool = True


def case(sizes, B, dtype):
    """Return a ReLU network and B random rows."""
    rng = np.random.default_rng(0)
    mlp = MLP.initialize(sizes, "relu", dtype=dtype)
    x = rng.random((3 * B + 50, sizes[0])).astype(dtype)
    # Two right programs may disagree where a rounding error decides whether a ReLU is on: such rows would
    # make the comparison of gradients fail for no fault.
    y_hat = mlp.forward(x).y_hat
    x = x[np.all([np.abs(a).min(axis=1) > 1e-5 for a in y_hat], axis=0)][:B]
    labels = rng.integers(0, sizes[-1], B)
    assert len(x) == B
    return Case(mlp, x, labels, one_hot(labels, sizes[-1]).astype(dtype))


def ours(case):
    """Return the four lines of `mlp_core.training` that the chapters show; nothing else is timed."""
    activation, x, r = case.mlp.activation, case.x, case.r
    weights, velocity = case.mlp.weights, None

    def step():
        nonlocal weights, velocity
        record = forward(weights, activation, x)
        cross_entropy(r, record.z_hat)
        negative = negative_gradient(weights, activation, record, r)
        weights, velocity = gradient_step(weights, velocity, negative, LEARNING_RATE, MOMENTUM)

    return Contestant(step, lambda: velocity)


def three_calls(case, forward, negative_gradient, gradient_step):
    """Return a step without its loss, by the functions given: the bare ones, or the public ones."""
    activation, x, r = case.mlp.activation, case.x, case.r
    weights, velocity = case.mlp.weights, None

    def step():
        nonlocal weights, velocity
        record = forward(weights, activation, x)
        negative = negative_gradient(weights, activation, record, r)
        weights, velocity = gradient_step(weights, velocity, negative, LEARNING_RATE, MOMENTUM)

    return Contestant(step, lambda: velocity)


def floor(case):
    """Return the step's matrix products alone, on the step's own arrays; nothing goes back through the first.

    The ones stand in front of the signals already; each product gets new memory, as in the formulas.
    """
    weights, record = case.mlp.weights, case.mlp.forward(case.x)
    deltas = layer_deltas(weights, case.mlp.activation, record, case.r)
    signals = [prepend_one(y) for y in (record.x, *record.y)]
    layers = list(zip(weights, signals, deltas, strict=True))
    products = []

    def step():
        products.clear()
        for W, y, _ in layers:
            y @ W.T
        for k in range(len(layers) - 1, -1, -1):
            W, y, delta = layers[k]
            products.append(delta.T @ y)
            if k:
                delta @ W[:, 1:]

    return Contestant(step, lambda: products[::-1], later=False)


def pytorch(case):
    """Return PyTorch eager: Sequential, CrossEntropyLoss, SGD, all by default; None where it is missing."""
    if find_spec("torch") is None:
        return None
    import torch

    torch.set_num_threads(1)
    network, criterion = torch_network(case.mlp.weights), torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(network.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM)
    x, labels = torch.tensor(case.x), torch.tensor(case.labels)

    def step():
        optimizer.zero_grad()
        criterion(network(x), labels).backward()
        optimizer.step()

    def velocity():
        buffers = [optimizer.state[p]["momentum_buffer"].numpy() for p in network.parameters()]
        return [-np.column_stack([b, w]) for w, b in zip(buffers[::2], buffers[1::2], strict=True)]

    return Contestant(step, velocity)


def torch_network(weights):
    """Return PyTorch's Sequential of the book's weights, with ReLU between them."""
    import torch

    layers = []
    for W in weights:
        linear = torch.nn.Linear(W.shape[1] - 1, len(W), dtype=getattr(torch, str(W.dtype)))
        with torch.no_grad():
            linear.weight.copy_(torch.tensor(W[:, 1:]))
            linear.bias.copy_(torch.tensor(W[:, 0]))
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1])


def _classifier(case):
    from sklearn.neural_network import MLPClassifier

    return MLPClassifier(
        case.sizes[1:-1],
        activation="relu",
        solver="sgd",
        alpha=0.0,
        batch_size=len(case.x),
        learning_rate_init=LEARNING_RATE,
        momentum=MOMENTUM,
        nesterovs_momentum=False,
        shuffle=False,  # the batch is at hand
        random_state=0,
    )


def _from_sklearn(velocities):
    """Return scikit-learn's velocities, which are scaled by the learning rate, in the book's layout."""
    half = len(velocities) // 2
    pairs = zip(velocities[:half], velocities[half:], strict=True)
    return [np.column_stack([b, w.T]) / LEARNING_RATE for w, b in pairs]


def sklearn_arithmetic(case):
    """Return scikit-learn's own arithmetic alone: what its `fit` does with one batch, and nothing else.

    Its `_backprop` is private: the attributes that `fit` would set are set here. From 1.7 on it takes sample
    weights too.
    """
    from sklearn.neural_network._stochastic_optimizers import SGDOptimizer

    classifier, weights = _classifier(case), case.mlp.weights
    classifier.coefs_ = [W[:, 1:].T.copy() for W in weights]
    classifier.intercepts_ = [W[:, 0].copy() for W in weights]
    classifier.n_layers_ = len(weights) + 1
    classifier.out_activation_ = "softmax"
    parameters = classifier.coefs_ + classifier.intercepts_
    optimizer = SGDOptimizer(parameters, LEARNING_RATE, momentum=MOMENTUM, nesterov=False)
    x, room = case.x, {"activations": [case.x] + [None] * len(weights), "deltas": [None] * len(weights)}
    room["coef_grads"] = [np.empty_like(W) for W in classifier.coefs_]
    room["intercept_grads"] = [np.empty_like(b) for b in classifier.intercepts_]
    given = {"X": x, "y": case.r.astype(bool), "sample_weight": None, **room}  # its y is bool
    given = {name: given[name] for name in inspect.signature(classifier._backprop).parameters}

    def step():
        _, coefficients, intercepts = classifier._backprop(**given)
        optimizer.update_params(parameters, coefficients + intercepts)

    return Contestant(step, lambda: _from_sklearn(optimizer.velocities))


def sklearn_partial_fit(case):
    """Return scikit-learn as a user calls it: `partial_fit` on the batch, with its checks and its labels.

    Of two classes it makes one logistic output, whose weights are the difference of the book's two rows.
    """
    classifier, two = _classifier(case), case.sizes[-1] == 2
    classifier.partial_fit(case.x, case.labels, classes=np.arange(case.sizes[-1]))
    *hidden, W = case.mlp.weights
    weights = [*hidden, W[1:] - W[:1] if two else W]
    for W, w, b in zip(weights, classifier.coefs_, classifier.intercepts_, strict=True):
        w[...], b[...] = W[:, 1:].T, W[:, 0]
    del classifier._optimizer  # that first call has left a velocity; the next one starts at rest

    def velocity():
        *hidden, last = _from_sklearn(classifier._optimizer.velocities)
        return [*hidden, np.concatenate([-last, last]) if two else last]

    return Contestant(lambda: classifier.partial_fit(case.x, case.labels), velocity, later=not two)


def verified(case):
    """Return the contestants by name, after they have computed the same gradients.

    In float64 the third step is compared too: the momentum and the learning rate are in it.
    """
    makers = (ours, floor, pytorch, sklearn_arithmetic, sklearn_partial_fit)
    entered = {make.__name__: c for make in makers if (c := make(case))}
    dtype, taken = str(case.x.dtype), 0
    for steps in (1, 3) if dtype == "float64" else (1,):
        for contestant in entered.values():
            for _ in range(taken, steps):
                contestant.step()
        taken = steps
        for name, contestant in entered.items():
            if steps == 1 or contestant.later:
                compare(f"{name}, step {steps}", contestant, entered["ours"], TOLERANCE[dtype])
    return entered


def compare(name, contestant, reference, tolerance):
    """Stop with a line unless both have the same velocity."""
    for k, (a, b) in enumerate(zip(contestant.velocity(), reference.velocity(), strict=True)):
        error = np.abs(np.asarray(a, dtype=float) - b).max() / np.abs(b).max()
        if not error <= tolerance:
            raise SystemExit(
                f"{name}: weight matrix {k} of {b.shape} in {b.dtype} is {error:.1e} from ours, relative to "
                f"its largest entry; allowed are {tolerance:.0e}. Stopped before timing it."
            )
