"""The short way past the checks: it is taken where all fits, and never changes a result or a word."""

import inspect
from unittest import mock

import numpy as np
import pytest
from strategies import make_problem

import mlp_core
from mlp_core import ACTIVATIONS, checks, plain_arguments
from mlp_core.formulas.layers import Forward

CALLS = 600  # of each function
DTYPES = (np.float64, np.float64, np.float64, np.float32, np.float16, np.longdouble)


def formula_and_shapes(public):
    """Return the bare formula behind a public one, and the shapes it is checked against."""
    inner = inspect.getclosurevars(public).nonlocals
    return inner["formula"], inner["shapes"]


FORMULAS = {
    name: formula_and_shapes(getattr(mlp_core, name))
    for name in mlp_core.__all__
    if inspect.isfunction(getattr(mlp_core, name))
    and "shapes" in getattr(mlp_core, name).__code__.co_freevars
}
NETWORKS = ("forward", "negative_gradient", "input_negative_gradient", "gradient_step")


# ---------------------------------------------------------------- calls at random, most of them nearly right


def spoiled(array, rng):
    """Return the array in another form: one that is accepted, or one that is refused."""
    forms = (
        lambda a: a.tolist(),
        lambda a: a.astype(DTYPES[rng.integers(len(DTYPES))]),
        lambda a: a.astype(int),
        lambda a: a.astype(complex),
        lambda a: a.astype(a.dtype.newbyteorder()),
        lambda a: a.view(np.matrix) if a.ndim == 2 else a,
        lambda a: np.ma.asarray(a),
        lambda a: a[None],
        lambda a: a[:0],
        lambda a: a[..., :0],
        lambda a: a[0] if a.ndim else a,
        lambda a: a[..., 1:],
        lambda a: np.asfortranarray(a),
        lambda a: np.concatenate([a, a], axis=-1),
        lambda a: None,
        lambda a: "array",
        lambda a: np.float64(a.sum()),
    )
    return forms[rng.integers(len(forms))](array)


def perhaps_spoiled(array, rng, chance):
    return spoiled(array, rng) if rng.random() < chance else array


def some_arrays(shapes, rng):
    """Return one array for each shape: each letter nearly always of one size, batches of 0 to 3 axes."""
    sizes = {letter: int(rng.integers(1, 4)) for letter in "BKH"}
    dtype, batch = DTYPES[rng.integers(len(DTYPES))], rng.random() < 0.7
    arrays = []
    for spec in shapes.values():
        kind, *letters = spec.split() if spec[0] in "[." else ("", *spec.split())
        if rng.random() < 0.05:
            sizes["K"] = int(rng.integers(1, 4))
        shape = [sizes[letter[0]] + letter.count("+1") for letter in letters]
        if kind == "[B]" and batch:
            shape.insert(0, sizes["B"])
        if kind == "...":
            shape = [*rng.integers(1, 4, size=rng.integers(0, 4)), *shape]
        arrays.append(perhaps_spoiled(rng.standard_normal(shape).astype(dtype), rng, 0.15))
    return arrays


def some_network(name, rng):
    """Return arguments for one of NETWORKS, now and then of two networks that do not go together."""
    sizes = tuple(rng.integers(1, 4, size=rng.integers(2, 5)).tolist())
    rows = None if rng.random() < 0.3 else int(rng.integers(1, 4))
    problem = make_problem(sizes, rows, "tanh", soft=True, seed=int(rng.integers(2**32)))
    dtype, chance = DTYPES[rng.integers(len(DTYPES))], 0.15 / len(sizes)

    def given(array):
        return perhaps_spoiled(array.astype(dtype), rng, chance)

    def some(arrays):
        arrays = tuple(given(array) for array in arrays)
        return [list(arrays), arrays[1:]][rng.integers(2)] if rng.random() < 0.06 else arrays

    weights, (x, y_hat, y, z_hat, z) = problem.weights, problem.record
    activation = ("tanh", *ACTIVATIONS.values(), "sine", np.tanh, None)[rng.integers(len(ACTIVATIONS) + 4)]
    if name == "forward":
        return some(weights), activation, given(x)
    if name == "gradient_step":
        rates = (0.1, 0.1, 0.1, 1, np.float32(0.1), np.array(0.1), 0, -1.0, np.nan, "0.1", None)
        velocity = None if rng.random() < 0.3 else some(weights)
        rate, momentum = (rates[rng.integers(len(rates))] for _ in range(2))
        return some(weights), velocity, some(weights), rate, momentum
    record = Forward(given(x), some(y_hat), some(y), given(z_hat), given(z))
    if rng.random() < 0.05:
        record = (tuple(record), record._replace(x=record.z), None)[rng.integers(3)]
    return some(weights), activation, record, given(problem.r)


# ---------------------------------------------------------------- what a call comes to


def outcome(function, arguments):
    """Return what the call gave: the result, or the kind and the words of the refusal."""
    try:
        with np.errstate(all="ignore"):
            return function(*arguments)
    except Exception as error:
        return type(error), str(error)


def same(one, other):
    """Tell whether two outcomes agree in types, dtypes and every digit."""
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, (np.ndarray, np.generic)):  # a long double has bytes that say nothing
        alike = one.dtype == other.dtype and np.array_equal(one, other, equal_nan=True)
        return alike and np.array_equal(np.signbit(one), np.signbit(other))
    return one == other


def with_care(function):
    """Return the function behind the checks alone."""

    def careful(*arguments):
        ways = ("weights_and_input", "weights_and_record", "alike")
        with mock.patch.multiple(plain_arguments, **{way: lambda *given: False for way in ways}):
            return function(*arguments)

    return careful


def compared(public, careful, calls):
    """Return how many calls were accepted and how many refused, all of them alike on both ways."""
    counts = [0, 0]
    for arguments in calls:
        quick, slow = outcome(public, arguments), outcome(careful, arguments)
        assert same(quick, slow), (arguments, quick, slow)
        counts[isinstance(quick, tuple) and isinstance(quick[0], type)] += 1
    return counts


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_says_the_same_on_either_way(name, rng):
    formula, shapes = FORMULAS[name]
    with mock.patch.object(plain_arguments, "arrays_of", return_value=plain_arguments.nothing):
        careful = checks.checked(formula, **shapes)
    calls = (some_arrays(shapes, rng) for _ in range(CALLS))
    accepted, refused = compared(getattr(mlp_core, name), careful, calls)
    assert min(accepted, refused) > CALLS / 20


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_s_function_says_the_same_on_either_way(name, rng):
    public = getattr(mlp_core, name)
    calls = (some_network(name, rng) for _ in range(CALLS))
    accepted, refused = compared(public, with_care(public), calls)
    assert min(accepted, refused) > CALLS / 20


# ---------------------------------------------------------------- what fits is not looked at again


@pytest.mark.parametrize("rows", [None, 1, 3])
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.longdouble])
def test_arrays_that_fit_are_not_looked_at_a_second_time(rows, dtype, monkeypatch):
    problem = make_problem((3, 4, 2), rows, "tanh", soft=True, seed=0)
    weights, x, r = tuple(W.astype(dtype) for W in problem.weights), problem.x.astype(dtype), problem.r
    r, tanh = r.astype(dtype), problem.activation

    def looked(**arrays):
        raise AssertionError(f"{list(arrays)} were looked at")

    monkeypatch.setattr(checks, "real_arrays", looked)
    record = mlp_core.forward(weights, tanh, x)
    negative = mlp_core.negative_gradient(weights, tanh, record, r)
    mlp_core.input_negative_gradient(weights, tanh, record, r)
    mlp_core.gradient_step(weights, negative, negative, 0.1, 0.9)
    for name, (_, shapes) in FORMULAS.items():
        named = {"r": r, "z_hat": record.z_hat, "y": x, "W": weights[0], "delta": record.y[0]}
        getattr(mlp_core, name)(*(named[argument] for argument in shapes))
