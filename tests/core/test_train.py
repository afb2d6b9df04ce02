"""training_steps and train: one rule, what the result holds, how a run ends, and what is refused."""

import dataclasses
import itertools
import tracemalloc
import warnings
from fractions import Fraction

import numpy as np
import pytest
from oracles import to_numpy
from refusals import assert_refused
from strategies import make_problem

from mlp_core import (
    MLP,
    TANH,
    Activation,
    TrainingResult,
    check_gradient,
    cross_entropy,
    forward,
    gradient_step,
    negative_gradient,
    one_hot,
    train,
    training_run,
    training_steps,
)
from mlp_core.formulas import descent, layers
from mlp_core.formulas import loss as losses

N = 11
RATES = {"learning_rate": 0.3, "momentum": 0.9}


@pytest.fixture
def problem():
    return make_problem((3, 4, 2), N, "tanh", soft=True, seed=0)


@pytest.fixture
def network(problem):
    return MLP(problem.weights, "tanh")


def assert_same_weights(a, b):
    for mine, other in zip(a, b, strict=True):
        np.testing.assert_array_equal(mine, other)


def labels_of(r):
    return np.argmax(r, axis=-1)


# ---------------------------------------------------------------- one step, then another


def test_a_step_is_the_gradient_step_along_the_network_s_own_gradient(network, problem):
    steps = training_steps(network, problem.x, problem.r, batch_size=None, **RATES)
    weights, velocity = network.weights, None
    for stepped, loss in itertools.islice(steps, 4):
        before = MLP(weights, "tanh")
        assert loss == before.loss(problem.x, problem.r)  # before the step, not after it
        assert type(loss) is float
        gradient = before.negative_gradient(before.forward(problem.x), problem.r)
        weights, velocity = gradient_step(weights, velocity, gradient, 0.3, 0.9)
        assert_same_weights(stepped.weights, weights)
        assert stepped.activation is TANH


def test_momentum_is_0_unless_given(network, problem):
    steps = training_steps(network, problem.x, problem.r, batch_size=None, learning_rate=0.3)
    stepped, _ = list(itertools.islice(steps, 3))[-1]
    weights = network.weights
    for _ in range(3):
        before = MLP(weights, "tanh")
        gradient = before.negative_gradient(before.forward(problem.x), problem.r)
        weights, _ = gradient_step(weights, None, gradient, 0.3)
    assert_same_weights(stepped.weights, weights)


def rows_of_batches(batch_size, epochs, seed=0, n=N):
    """Return, epoch by epoch, the rows of each batch, told from the gradient that they alone left.

    Row i is i-th unit vector and its target is class 0: a step moves exactly the columns of its rows.
    """
    network = MLP((np.zeros((2, n + 1)),))
    x, r = np.eye(n), one_hot([0] * n, 2)
    steps = training_steps(network, x, r, batch_size=batch_size, learning_rate=0.01, seed=seed)
    before, batches = network.weights[0], []
    for stepped, _ in itertools.islice(steps, epochs * -(-n // (batch_size or n))):
        moved = np.flatnonzero((stepped.weights[0] != before).any(axis=0)[1:])
        batches.append(moved.tolist())
        before = stepped.weights[0]
    per_epoch = len(batches) // epochs
    return [batches[k * per_epoch : (k + 1) * per_epoch] for k in range(epochs)]


@pytest.mark.parametrize("batch_size", [1, 3, 4, 10, 11, 50, None])
def test_each_row_is_used_once_an_epoch(batch_size):
    for batches in rows_of_batches(batch_size, epochs=3):
        assert sorted(itertools.chain(*batches)) == list(range(N))


@pytest.mark.parametrize(
    ("batch_size", "sizes"),
    [(1, [1] * 11), (3, [3, 3, 3, 2]), (4, [4, 4, 3]), (10, [10, 1]), (11, [11]), (50, [11]), (None, [11])],
)
def test_the_last_short_batch_is_used(batch_size, sizes):
    for batches in rows_of_batches(batch_size, epochs=2):
        assert [len(rows) for rows in batches] == sizes


def test_rows_are_dealt_anew_each_epoch_by_the_seed():
    first, second = rows_of_batches(3, epochs=2)
    assert first != second
    assert rows_of_batches(3, epochs=2) == [first, second]
    assert rows_of_batches(3, epochs=2, seed=1)[0] != first
    # By chance sorted once in 11!.
    order = [row for (row,) in rows_of_batches(1, epochs=1)[0]]
    assert order != sorted(order)


@pytest.mark.parametrize("batch_size", [1, 4, None])
def test_targets_stay_beside_their_rows(batch_size):
    # Column i is moved by row i alone: towards its own class.
    labels = np.array([0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0])
    steps = training_steps(
        MLP((np.zeros((2, N + 1)),)), np.eye(N), one_hot(labels, 2), batch_size=batch_size, learning_rate=0.01
    )
    after_an_epoch, _ = list(itertools.islice(steps, -(-N // (batch_size or N))))[-1]
    assert (np.sign(after_an_epoch.weights[0][1, 1:]) == np.where(labels == 1, 1, -1)).all()


def test_the_short_batch_counts_by_its_own_mean(network, problem):
    """The loss of a short batch is the mean of its own rows, and so is its gradient."""
    x, r = np.repeat(problem.x[:1], 5, axis=0), np.repeat(problem.r[:1], 5, axis=0)
    steps = training_steps(network, x, r, batch_size=4, learning_rate=0.1)
    after_4, loss_4 = next(steps)
    assert loss_4 == pytest.approx(network.loss(x[0], r[0]), rel=1e-14)
    after_1, loss_1 = next(steps)
    assert loss_1 == pytest.approx(after_4.loss(x[0], r[0]), rel=1e-14)
    gradient = after_4.negative_gradient(after_4.forward(x[0]), r[0])
    expected, _ = gradient_step(after_4.weights, None, gradient, 0.1)
    for mine, other in zip(after_1.weights, expected, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-12, atol=1e-14)


def test_steps_never_end(network, problem):
    steps = training_steps(network, problem.x, problem.r, batch_size=4, learning_rate=0.1)
    assert iter(steps) is steps
    assert sum(1 for _ in itertools.islice(steps, 400)) == 400
    whole = training_steps(network, problem.x, problem.r, batch_size=None, learning_rate=0.1)
    assert sum(1 for _ in itertools.islice(whole, 400)) == 400


def test_weights_that_leave_the_finite_numbers_end_the_steps(network, problem):
    steps = training_steps(network, problem.x, problem.r, batch_size=None, learning_rate=1e308, momentum=0.9)
    with np.errstate(over="ignore", invalid="ignore"), pytest.raises(ValueError, match="expected finite"):
        for _ in itertools.islice(steps, 100):
            pass


# ---------------------------------------------------------------- train is that rule


@pytest.mark.parametrize("batch_size", [1, 4, 5, 11, 50, None])
@pytest.mark.parametrize("seed", [0, 3])
def test_train_takes_exactly_these_steps(batch_size, seed, network, problem):
    settings = {"batch_size": batch_size, "seed": seed, **RATES}
    result = train(network, problem.x, problem.r, epochs=3, progress=False, **settings)
    steps = training_steps(network, problem.x, problem.r, **settings)
    per_epoch = -(-N // (batch_size or N))
    networks = [network, *(stepped for stepped, _ in itertools.islice(steps, 3 * per_epoch))]
    assert_same_weights(result.mlp.weights, networks[-1].weights)
    for k, at_end in enumerate(networks[::per_epoch]):
        assert result.train_loss[k] == at_end.loss(problem.x, problem.r)
        assert result.train_accuracy[k] == at_end.accuracy(problem.x, labels_of(problem.r))


def walked_with_care(network, x, r, *, epochs, batch_size, learning_rate, momentum, seed=0):
    """Return (the newest weights known to be finite, the epoch that left the finite numbers or None).

    The plain loop: bare formulas, a look at each loss and all weights, and before the next epoch at E.
    """
    rng, weights, velocity = np.random.default_rng(seed), network.weights, None
    known = weights

    def finite(E):
        return all(np.isfinite(a).all() for a in (E, *weights))

    for epoch in range(1, epochs + 1):
        order = None if batch_size is None else rng.permutation(len(x))
        for start in range(0, len(x), batch_size or len(x)):
            rows = slice(None) if order is None else order[start : start + batch_size]
            record = layers.forward(weights, network.activation, x[rows])
            if not finite(losses.cross_entropy(r[rows], record.z_hat)):
                return known, epoch
            known = weights
            pulls = layers.negative_gradient(weights, network.activation, record, r[rows])
            weights, velocity = descent.gradient_step(weights, velocity, pulls, learning_rate, momentum)
        if not finite(losses.cross_entropy(r, layers.forward(weights, network.activation, x).z_hat)):
            return known, epoch
        known = weights
    return known, None


@pytest.mark.parametrize("learning_rate", [0.1, 3.0, 1e10, 1e37, 1e150, 1e300])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize(
    ("sizes", "activation"), [((5, 3), "tanh"), ((3, 6, 4), "relu"), ((2, 3, 3), "sigmoid")]
)
@pytest.mark.parametrize(("n", "batch_size"), [(100, 4), (40, 7), (40, None), (5, 1)])
def test_it_is_the_plain_loop_bit_for_bit_also_where_that_diverges(
    learning_rate, dtype, sizes, activation, n, batch_size
):
    # With this seed at 1e37 in float32 a batch's loss is infinite, and all is finite at the end of the epoch.
    rng = np.random.default_rng(5)
    x = rng.standard_normal((n, sizes[0])).astype(dtype)
    r = one_hot(rng.integers(0, sizes[-1], n), sizes[-1])
    network = MLP.initialize(sizes, activation, dtype=dtype)
    settings = {"epochs": 3, "batch_size": batch_size, "learning_rate": learning_rate, "momentum": 0.9}
    with np.errstate(over="ignore", invalid="ignore"):
        weights, epoch = walked_with_care(network, x, r.astype(dtype), **settings)
    with warnings.catch_warnings(action="ignore"):
        result = train(network, x, r, progress=False, **settings)
    assert_same_weights(result.mlp.weights, weights)
    assert (result.stopped == "diverged") == (epoch is not None)
    assert len(result.train_loss) == (epoch or 4)
    if epoch:
        assert result.message.startswith(f"Diverged in epoch {epoch} of 3:")


def test_the_loss_is_computed_where_it_is_read_and_nowhere_else(network, problem, monkeypatch):
    calls = []

    def counted(r, z_hat):
        calls.append(len(r))
        return losses.cross_entropy(r, z_hat)

    monkeypatch.setattr(training_run, "cross_entropy", counted)
    validation = problem.x[:4], problem.r[:4]
    settings = {"epochs": 3, "batch_size": 2, "validation": validation, "progress": False, **RATES}
    train(network, problem.x, problem.r, **settings)
    assert calls == [N, 4] * 4


# ---------------------------------------------------------------- the history


def test_it_is_measured_in_blocks(network, problem, monkeypatch):
    settings = {"epochs": 3, "batch_size": 4, "progress": False, **RATES}
    settings["validation"] = problem.x[:7], problem.r[:7]
    whole = train(network, problem.x, problem.r, **settings)
    monkeypatch.setattr(training_run, "BLOCK", 4)
    in_blocks = train(network, problem.x, problem.r, **settings)
    assert_same_weights(in_blocks.mlp.weights, whole.mlp.weights)
    for name in ("train_loss", "validation_loss"):
        np.testing.assert_allclose(getattr(in_blocks, name), getattr(whole, name), rtol=1e-12)
    for name in ("train_accuracy", "validation_accuracy"):
        np.testing.assert_array_equal(getattr(in_blocks, name), getattr(whole, name))


def test_a_large_training_set_is_measured_on_a_part_that_is_said(network, problem, monkeypatch):
    settings = {"epochs": 2, "batch_size": 4, "progress": False, **RATES}
    validation = problem.x, problem.r
    whole = train(network, problem.x, problem.r, **settings)
    assert "rows" not in whole.message
    monkeypatch.setattr(training_run, "MEASURED", 5)
    measured = training_run.rows_measured(N)
    part = train(network, problem.x, problem.r, validation=validation, **settings)
    assert_same_weights(part.mlp.weights, whole.mlp.weights)
    assert part.message.endswith(f" Training loss and accuracy are those of 5 of the {N} rows.")
    assert len(set(measured.tolist())) == 5
    for k, at in ((0, network), (-1, part.mlp)):
        x, r = problem.x[measured], problem.r[measured]
        assert part.train_loss[k] == pytest.approx(at.loss(x, r), rel=1e-12)
        assert part.train_accuracy[k] == at.accuracy(x, labels_of(r))
        assert part.validation_loss[k] == at.loss(*validation)
    other = train(network, problem.x, problem.r, **{**settings, "seed": 7})
    assert other.train_loss[0] == part.train_loss[0]  # the same rows, whatever the seed


def test_the_part_is_ten_thousand_rows_from_everywhere():
    assert training_run.rows_measured(10_000) is None
    n = 10_000 * 7
    rows = training_run.rows_measured(n)
    assert len(np.unique(rows)) == 10_000
    for groups in (rows % 10, rows // (n // 10)):  # neither sorted nor periodic data make it one-sided
        assert abs(np.bincount(groups, minlength=10) - 1000).max() < 150


def test_the_validation_loss_vouches_for_nothing(network, problem):
    # One unit's logits lie further apart than a float64 can tell, and the target is the smaller one.
    far = MLP((np.array([[0, 1e300], [0, -1e300]]),))
    settings = {"epochs": 2, "batch_size": 1, "progress": False, "learning_rate": 0.1}
    result = train(far, [[1.0]], [[1.0, 0.0]], validation=([[1e8]], [[0.0, 1.0]]), **settings)
    assert result.stopped == "finished"
    assert result.train_loss.tolist() == [0, 0, 0]
    assert result.validation_loss.tolist() == [np.inf] * 3


def test_it_asks_for_less_memory_than_seven_tenths_of_the_data():
    rng = np.random.default_rng(0)
    x, r = rng.random((20_000, 400)), one_hot(np.arange(20_000) % 3, 3)
    network = MLP.initialize((400, 5, 3))
    settings = {"epochs": 1, "batch_size": 500, "learning_rate": 0.1, "progress": False}
    tracemalloc.start()
    try:
        train(network, x, r, validation=(x, r), **settings)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 0.7 * (x.nbytes + r.nbytes)


def test_the_given_network_and_data_are_not_changed(network, problem):
    given = [*network.weights, problem.x, problem.r]
    before = [array.copy() for array in given]
    result = train(network, problem.x, problem.r, epochs=2, batch_size=4, progress=False, **RATES)
    assert_same_weights(given, before)
    assert result.mlp is not network
    assert (result.mlp.weights[0] != network.weights[0]).any()


def test_index_0_is_before_the_first_step(network, problem):
    result = train(network, problem.x, problem.r, epochs=5, batch_size=4, progress=False, **RATES)
    assert result.train_loss.shape == result.train_accuracy.shape == (6,)
    assert result.train_loss[0] == network.loss(problem.x, problem.r)
    assert result.train_accuracy[0] == network.accuracy(problem.x, labels_of(problem.r))
    assert result.train_loss[-1] == result.mlp.loss(problem.x, problem.r)
    assert result.train_loss[-1] < result.train_loss[0]


def test_no_epoch_only_measures(network, problem):
    result = train(network, problem.x, problem.r, epochs=0, batch_size=4, progress=False, **RATES)
    assert result.train_loss.tolist() == [network.loss(problem.x, problem.r)]
    assert_same_weights(result.mlp.weights, network.weights)
    assert result.stopped == "finished"


def test_the_validation_set_is_watched_and_never_learned_from(network, problem):
    other = make_problem((3, 5, 2), 7, "tanh", soft=False, seed=9)
    settings = {"epochs": 3, "batch_size": 4, "progress": False, **RATES}
    alone = train(network, problem.x, problem.r, **settings)
    watched = train(network, problem.x, problem.r, validation=(other.x, other.r), **settings)
    assert alone.validation_loss is None
    assert alone.validation_accuracy is None
    assert_same_weights(alone.mlp.weights, watched.mlp.weights)
    np.testing.assert_array_equal(alone.train_loss, watched.train_loss)
    np.testing.assert_array_equal(alone.train_accuracy, watched.train_accuracy)
    assert watched.validation_loss.shape == watched.validation_accuracy.shape == (4,)
    for k, at in ((0, network), (-1, watched.mlp)):
        assert watched.validation_loss[k] == at.loss(other.x, other.r)
        assert watched.validation_accuracy[k] == at.accuracy(other.x, labels_of(other.r))


def test_logits_that_are_no_numbers_have_no_accuracy():
    """Infinity less infinity: argmax would take the first NaN for the largest."""
    network, x = MLP(([[0, 1e308, 1e308], [0, 1e308, -1e308]],)), [[1e10, -1e10]] * 4
    with np.errstate(over="ignore", invalid="ignore"):
        run = train(network, x, [[1, 0]] * 4, epochs=0, batch_size=4, learning_rate=0.1, progress=False)
    assert np.isnan([run.train_loss[0], run.train_accuracy[0]]).all()


@pytest.mark.parametrize("mlp", [None, ((1.0,),), "mlp"])
def test_what_is_no_network_is_refused_by_name(mlp, problem):
    settings = {"batch_size": 4, "learning_rate": 0.1}
    for call in (
        lambda: train(mlp, problem.x, problem.r, epochs=1, **settings),
        lambda: training_steps(mlp, problem.x, problem.r, **settings),
        lambda: check_gradient(mlp, problem.x, problem.r),
    ):
        with pytest.raises(ValueError, match=f"mlp: got a {type(mlp).__name__}; expected an MLP"):
            call()


def test_the_result_says_how_it_went_and_is_frozen(network, problem):
    result = train(network, problem.x, problem.r, epochs=3, batch_size=4, progress=False, **RATES)
    assert isinstance(result, TrainingResult)
    assert result.stopped == "finished"
    assert result.message == "Finished 3 epochs."
    assert 0 < result.seconds < 60
    for field in dataclasses.fields(result):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(result, field.name, None)


def test_nothing_is_printed_without_progress(network, problem, capfd):
    train(network, problem.x, problem.r, epochs=3, batch_size=4, progress=False, **RATES)
    assert capfd.readouterr() == ("", "")


def test_it_learns_what_can_be_learned():
    x = np.asarray([[0, 0], [0, 1], [1, 0], [1, 1]])
    r = one_hot([0, 1, 1, 0], 2)
    network = MLP.initialize((2, 8, 2), seed=1)
    result = train(
        network, x, r, epochs=400, batch_size=None, learning_rate=0.5, momentum=0.9, progress=False
    )
    assert result.train_accuracy[0] < 1
    assert result.train_accuracy[-1] == 1.0
    assert result.train_loss[-1] < 0.01


def test_an_activation_of_one_s_own_can_be_trained(problem):
    softsign = Activation("softsign", lambda t: t / (1 + abs(t)), lambda t: 1 / (1 + abs(t)) ** 2)
    network = MLP(problem.weights, softsign)
    result = train(network, problem.x, problem.r, epochs=20, batch_size=4, learning_rate=0.3, progress=False)
    assert result.mlp.activation is softsign
    assert result.train_loss[-1] < result.train_loss[0]


# ---------------------------------------------------------------- dtypes and libraries


@pytest.mark.parametrize(
    "rate", [0.1, np.float64(0.1), np.float32(0.1)], ids=lambda rate: type(rate).__name__
)
@pytest.mark.parametrize("momentum", [0.9, np.float64(0.9)], ids=lambda rate: type(rate).__name__)
def test_float32_stays_float32_throughout(rate, momentum):
    seen = set()

    def watched(t):
        seen.add(t.dtype)
        return np.tanh(t)

    sigma = Activation("watched", watched, lambda t: 1 - watched(t) ** 2)
    network = MLP.initialize((3, 4, 2), sigma, dtype=np.float32)
    x, r = np.random.default_rng(0).normal(size=(N, 3)), one_hot([0, 1] * 5 + [0], 2)
    settings = {"batch_size": 4, "learning_rate": rate, "momentum": momentum}
    result = train(network, x, r, epochs=2, validation=(x, r), progress=False, **settings)
    stepped, _ = list(itertools.islice(training_steps(network, x, r, **settings), 4))[-1]
    for trained in (result.mlp, stepped):
        assert {matrix.dtype for matrix in trained.weights} == {np.dtype(np.float32)}
    assert seen == {np.dtype(np.float32)}


def test_the_weights_decide_the_library(xp, network, problem):
    weights = tuple(xp.asarray(matrix) for matrix in problem.weights)
    settings = {
        "epochs": 2,
        "batch_size": 4,
        "validation": (problem.x, problem.r),
        "progress": False,
        **RATES,
    }
    result = train(MLP(weights, "tanh"), problem.x, problem.r, **settings)
    assert all(type(matrix) is type(weights[0]) for matrix in result.mlp.weights)
    plain = train(network, problem.x, problem.r, **settings)
    np.testing.assert_allclose(result.train_loss, plain.train_loss, rtol=1e-12)
    for mine, other in zip(result.mlp.weights, plain.mlp.weights, strict=True):
        np.testing.assert_allclose(to_numpy(mine), other, rtol=1e-10, atol=1e-12)


# ---------------------------------------------------------------- divergence


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu"])
@pytest.mark.parametrize("batch_size", [4, None])
def test_a_diverging_run_ends_with_its_last_finite_weights_and_a_warning(activation, batch_size):
    problem = make_problem((3, 4, 2), N, activation, soft=True, seed=0)
    network, x, r = MLP(problem.weights, activation), problem.x, problem.r
    settings = {"batch_size": batch_size, "learning_rate": 1e308, "momentum": 0.9}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        result = train(network, x, r, epochs=50, progress=False, validation=(x, r), **settings)
    # One warning, the reader's: not NumPy's RuntimeWarnings. It points at the line that called.
    assert [w.category for w in caught] == [UserWarning]
    assert str(caught[0].message) == result.message
    assert caught[0].filename == __file__
    assert result.stopped == "diverged"
    assert result.message.startswith("Diverged in epoch ")
    assert "of 50: the loss or a weight is not finite" in result.message
    for matrix in result.mlp.weights:
        assert np.isfinite(matrix).all()
    assert len(result.train_loss) == len(result.validation_loss) >= 1
    assert result.train_loss[0] == network.loss(x, r)
    assert np.isfinite(result.train_loss).all()


def test_the_weights_of_a_diverged_run_are_those_before_the_step_that_broke_it():
    problem = make_problem((3, 4, 2), N, "relu", soft=True, seed=0)
    network, weights, losses = MLP(problem.weights, "relu"), problem.weights, []
    with np.errstate(over="ignore", invalid="ignore"):
        while True:
            record = forward(weights, "relu", problem.x)
            losses.append(float(cross_entropy(problem.r, record.z_hat)))
            if not np.isfinite(losses[-1]):
                break
            finite = weights
            gradient = negative_gradient(weights, "relu", record, problem.r)
            weights, _ = gradient_step(weights, None, gradient, 1e40)
    settings = {"epochs": 50, "batch_size": None, "learning_rate": 1e40, "progress": False}
    steps = len(losses) - 1
    assert steps >= 3
    with pytest.warns(UserWarning, match=f"Diverged in epoch {steps} of 50: the loss"):
        result = train(network, problem.x, problem.r, **settings)
    assert result.train_loss.tolist() == losses[:-1]
    assert_same_weights(result.mlp.weights, finite)


def test_a_saturated_unit_does_not_hide_an_infinite_weight():
    # The first step takes the hidden bias to 3 * 1.7e308, which is infinite; tanh of it is 1, and E is 0.
    network = MLP(([[0.0, 0.0]], [[0.0, 3.0], [0.0, -3.0]]))
    with pytest.warns(UserWarning, match="Diverged in epoch 1 of 3"):
        result = train(
            network, [[1.0]], [[1.0, 0.0]], epochs=3, batch_size=None, learning_rate=1.7e308, progress=False
        )
    assert_same_weights(result.mlp.weights, network.weights)


def test_a_loss_that_is_infinite_from_the_start_is_told():
    network = MLP(([[0, 1.7e308], [0, -1.7e308]],))
    with pytest.warns(UserWarning, match="Diverged in epoch 1 of 3"):
        result = train(network, [[1.0]], [[0, 1]], epochs=3, batch_size=1, learning_rate=0.1, progress=False)
    assert result.train_loss.tolist() == [np.inf]
    assert result.train_accuracy.tolist() == [0]
    assert_same_weights(result.mlp.weights, network.weights)


# ---------------------------------------------------------------- an interrupt, anywhere


class InterruptingActivation:
    """tanh that raises KeyboardInterrupt in its k-th call, as Ctrl-C does between any two lines."""

    def __init__(self, k):
        self.calls = itertools.count(1)
        self.k = k

    def __call__(self, t):
        if next(self.calls) == self.k:
            raise KeyboardInterrupt
        return np.tanh(t)


@pytest.mark.parametrize(
    ("call", "epoch", "entries", "steps_known"),
    [
        (1, "before the first step", 0, 0),  # while measuring index 0
        (2, "in epoch 1 of 3", 1, 0),  # in the first step
        (4, "in epoch 1 of 3", 1, 1),  # in the third step of the first epoch: two taken, one vouched for
        (5, "in epoch 1 of 3", 1, 2),  # while measuring the first epoch
        (6, "in epoch 2 of 3", 2, 3),  # in the first step of the second
    ],
)
def test_an_interrupt_anywhere_gives_the_result_so_far(call, epoch, entries, steps_known, network, problem):
    sigma = Activation("interrupting", InterruptingActivation(call), TANH.derivative)
    settings = {"batch_size": 4, **RATES}
    with pytest.warns(UserWarning, match="Interrupted") as caught:
        result = train(
            MLP(network.weights, sigma), problem.x, problem.r, epochs=3, progress=False, **settings
        )
    assert len(caught) == 1
    assert result.stopped == "interrupted"
    assert result.message == str(caught[0].message)
    assert result.message.startswith(f"Interrupted {epoch}.")
    assert len(result.train_loss) == len(result.train_accuracy) == entries
    steps = training_steps(network, problem.x, problem.r, **settings)
    networks = [network, *(stepped for stepped, _ in itertools.islice(steps, 4))]
    assert_same_weights(result.mlp.weights, networks[steps_known].weights)


def test_an_interrupt_in_an_epoch_that_diverges_gives_finite_weights(network, problem):
    for call in range(2, 9):
        sigma = Activation("interrupting", InterruptingActivation(call), TANH.derivative)
        with pytest.warns(UserWarning, match="Interrupted|Diverged"):
            result = train(
                MLP(network.weights, sigma), problem.x, problem.r, epochs=3, batch_size=2, progress=False,
                learning_rate=1e308, momentum=0.9,
            )  # fmt: skip
        assert all(np.isfinite(matrix).all() for matrix in result.mlp.weights)


# ---------------------------------------------------------------- refusals

FUNCTIONS = {
    "train": lambda *given, **rest: train(*given, epochs=1, progress=False, **rest),
    "training_steps": training_steps,
}
EACH = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)


@EACH
@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        *(("batch_size", value, "a whole number, at least 1") for value in (0, -1, 2.5, 4.0, True, "4", [4])),
        *(
            ("learning_rate", value, "a positive number")
            for value in (0, 0.0, -0.1, np.nan, np.inf, -np.inf, 10**400, None, "0.1", [0.1], 1j)
        ),
        *(
            ("momentum", value, "a number in [0, 1)")
            for value in (1, 1.0, -0.1, 1.5, np.nan, np.inf, None, "0.9", [0.9])
        ),
        *(("seed", value, "a whole number, at least 0") for value in (-1, 0.5, None, "0")),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_by_name(function, name, value, expected, network, problem):
    settings = {"batch_size": 4, "learning_rate": 0.1, "momentum": 0.9, "seed": 0, name: value}
    # Before the first step: training_steps refuses when it is called, not when it is asked for a step.
    assert_refused(lambda: function(network, problem.x, problem.r, **settings), name, repr(value), expected)


@EACH
@pytest.mark.parametrize("rate", [Fraction(1, 10), np.float16(0.1), 1, 10**30])
def test_a_rate_is_any_real_number(function, rate, network, problem):
    given = {"batch_size": None, "learning_rate": rate, "momentum": Fraction(1, 2)}
    with warnings.catch_warnings(action="ignore"):
        stepped = function(network, problem.x, problem.r, **given)
    if function is training_steps:
        plain = {"batch_size": None, "learning_rate": float(rate), "momentum": 0.5}
        expected, _ = next(training_steps(network, problem.x, problem.r, **plain))
        assert_same_weights(next(stepped)[0].weights, expected.weights)


@pytest.mark.parametrize("epochs", [-1, 2.5, 2.0, np.nan, True, None, "3"])
def test_epochs_that_are_no_count_are_refused(epochs, network, problem):
    settings = {"batch_size": 4, "learning_rate": 0.1, "progress": False}
    assert_refused(
        lambda: train(network, problem.x, problem.r, epochs=epochs, **settings),
        "epochs", repr(epochs), "a whole number, at least 0",
    )  # fmt: skip


def with_entry(shape, value, index=(1, 0)):
    array = np.full(shape, 1 / shape[-1])
    array[index] = value
    return array


DATA = [
    (np.ones((N, 4)), None, "x", f"({N}, 4)", "D = 3 as in the first weight matrix"),
    (np.ones(3), None, "x", "(3,)", "(B, D)"),
    (np.ones((1, N, 3)), None, "x", f"(1, {N}, 3)", "(B, D)"),
    (np.ones((0, 3)), None, "x", "(0, 3), which is empty", "(B, D)"),
    (with_entry((N, 3), np.nan), None, "x", "nan at [1, 0]", "finite"),
    (with_entry((N, 3), -np.inf), None, "x", "-inf at [1, 0]", "finite"),
    ([["a"] * 3] * N, None, "x", "<U1", "real numbers"),
    ([[1, 2, 3], [1, 2]], None, "x", "different lengths", "rectangular"),
    (None, np.full((N, 3), 1 / 3), "r", f"({N}, 3)", "K = 2 as in the last weight matrix"),
    (None, np.full((N - 1, 2), 0.5), "r", f"({N - 1}, 2)", f"B = {N} as in "),
    (None, np.full((1, 2), 0.5), "r", "(1, 2)", f"B = {N} as in "),
    (None, [0.5, 0.5], "r", "(2,)", "(B, K)"),
    (None, [0] * N, "r", f"({N},)", "(B, K)"),
    (None, with_entry((N, 2), np.nan), "r", "nan at [1, 0]", "finite"),
    (None, with_entry((N, 2), 0.6), "r", "row 1) of sum 1.1", "rows that sum to 1"),
    (None, with_entry((N, 2), -0.5), "r", "-0.5", "no negative entry"),
    (None, [["a", "b"]] * N, "r", "<U1", "real numbers"),
]


@EACH
@pytest.mark.parametrize(("x", "r", "argument", "came", "expected"), DATA)
def test_data_that_do_not_fit_are_refused(function, x, r, argument, came, expected, network, problem):
    x, r = problem.x if x is None else x, problem.r if r is None else r
    given = {"batch_size": 4, "learning_rate": 0.1}
    assert_refused(lambda: function(network, x, r, **given), argument, came, expected)


@pytest.mark.parametrize(("x", "r", "argument", "came", "expected"), DATA)
def test_a_validation_set_that_does_not_fit_is_refused(x, r, argument, came, expected, network, problem):
    validation = problem.x if x is None else x, problem.r if r is None else r
    given = {"epochs": 1, "batch_size": 4, "learning_rate": 0.1, "progress": False, "validation": validation}
    refused = f"validation {argument}"
    assert_refused(lambda: train(network, problem.x, problem.r, **given), refused, came, expected)


@pytest.mark.parametrize(
    ("validation", "came"),
    [
        ("xr", "a str"),
        (3, "a int"),
        (np.ones((2, 3)), "a ndarray"),
        ((1, 2, 3), "a tuple of 3"),
        ([], "a list of 0"),
    ],
)
def test_a_validation_that_is_no_pair_is_refused(validation, came, network, problem):
    given = {"epochs": 1, "batch_size": 4, "learning_rate": 0.1, "progress": False, "validation": validation}
    assert_refused(lambda: train(network, problem.x, problem.r, **given), "validation", came, "(x, r)")


@EACH
def test_inputs_that_overflow_in_float32_are_refused(function, problem):
    network = MLP(tuple(np.float32(matrix) for matrix in problem.weights))
    x = with_entry((N, 3), 1e300)
    given = {"batch_size": 4, "learning_rate": 0.1}
    assert_refused(lambda: function(network, x, problem.r, **given), "x", "inf at [1, 0]", "finite")


@EACH
def test_data_are_checked_once_and_not_at_every_step(function, network, problem, monkeypatch):
    from mlp_core import values

    calls = []
    monkeypatch.setattr(values, "distributions", lambda name, r: calls.append(name) or r)
    given = function(network, problem.x, problem.r, batch_size=1, learning_rate=0.1)
    if function is training_steps:
        list(itertools.islice(given, 30))
    assert calls == ["r"]
