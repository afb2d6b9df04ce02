"""Steps, epochs, and what they leave (chapters 00, 02 and 05)."""

import contextlib
import itertools
import math
import sys
import time
import warnings
from dataclasses import dataclass
from functools import wraps
from numbers import Real

import numpy as np

from . import checks
from .formulas import descent
from .formulas.arrays import namespace
from .formulas.layers import forward, negative_gradient
from .formulas.loss import cross_entropy
from .libraries import needed_by
from .network import MLP


@wraps(descent.gradient_step)
def gradient_step(weights, velocity, negative_gradient, learning_rate, momentum=0.0):
    """Check shapes, dtypes and rates, then step."""
    weights, negative_gradient = _like(weights, "negative_gradient", negative_gradient)
    learning_rate, momentum = _plain("learning_rate", learning_rate), _plain("momentum", momentum)
    if velocity is not None:
        velocity = _like(weights, "velocity", velocity)[1]
    return descent.gradient_step(weights, velocity, negative_gradient, learning_rate, momentum)


@dataclass(frozen=True, eq=False)
class TrainingResult:
    """What a training run left: the network, and how it went.

    Parameters
    ----------
    mlp : MLP
        After the last step that is known to have left finite weights and a finite loss.
    train_loss, train_accuracy : arrays
        E in nats, and the part of right answers, on the whole training set: index 0 before the first step,
        then one entry for each epoch that was completed with a finite E.
    validation_loss, validation_accuracy : arrays or None
        The same on the validation set; None without one.
    seconds : float
    stopped : str
        "finished", "interrupted" or "diverged".
    message : str
        The same in a sentence.
    """

    mlp: MLP
    train_loss: np.ndarray
    train_accuracy: np.ndarray
    validation_loss: np.ndarray | None
    validation_accuracy: np.ndarray | None
    seconds: float
    stopped: str
    message: str


def training_steps(mlp, x, r, *, batch_size, learning_rate, momentum=0.0, seed=0):
    """Return an endless generator of gradient steps: (network after the step, loss of its batch before it).

    Parameters
    ----------
    mlp : MLP
        Where to start; it is not changed.
    x, r : arrays, shapes (n, D) and (n, K)
        The training set: each row of r a distribution.
    batch_size : int or None
        Rows a step, dealt anew each epoch; an epoch's last batch may be short. None takes all rows at once.
    learning_rate, momentum : float
        As `gradient_step` takes them: above 0, and in [0, 1).
    seed : int
        Decides the order of the rows.

    Raises
    ------
    ValueError
        An argument does not fit, named; or, at a step, the weights left the finite numbers.
    """
    settings = _settings(batch_size, learning_rate, momentum, seed)
    x, r = _data(mlp, "", x, r)
    steps = _steps(mlp.weights, mlp.activation, x, r, *settings)
    return ((MLP(weights, mlp.activation), float(loss)) for weights, loss in steps)


def train(
    mlp, x, r, *, epochs, batch_size, learning_rate, momentum=0.0, validation=None, seed=0, progress=True
):
    """Return what gradient descent makes of a network: `TrainingResult`. The network given is not changed.

    Parameters
    ----------
    mlp : MLP
    x, r : arrays, shapes (n, D) and (n, K)
    epochs : int
        How often every row is used; 0 only measures.
    batch_size, learning_rate, momentum, seed : as in `training_steps`
    validation : (x, r) or None
        A second set to watch, never learned from.
    progress : bool
        Show tqdm's bar.

    Returns
    -------
    TrainingResult
        A run that diverges or is interrupted warns, and returns what it had.

    Raises
    ------
    ValueError
        An argument does not fit, named.
    """
    settings = _settings(batch_size, learning_rate, momentum, seed)
    epochs = checks.whole_number("epochs", epochs, least=0)
    run, start = _Run(mlp, _sets(mlp, x, r, validation)), time.perf_counter()
    stopped, message = run.learn(epochs, settings, progress)
    if stopped != "finished":
        warnings.warn(message, stacklevel=2)
    return run.result(time.perf_counter() - start, stopped, message)


class _DivergedError(Exception):
    """The loss or a weight is no longer a finite number."""


class _Run:
    """The growing record of one training run."""

    def __init__(self, mlp, sets):
        self.activation, self.sets = mlp.activation, sets
        self.history, self.begun = [], 0  # one row an epoch that was completed; epochs begun
        self.weights = mlp.weights  # the newest
        self.vouched = mlp.weights  # the newest that are known to be finite, and their loss too

    def learn(self, epochs, settings, progress):
        """Return how the run stopped, in a word and in a sentence."""
        batch_size, n = settings[0], self.sets[0][0].shape[0]
        steps_an_epoch = 1 if batch_size is None else math.ceil(n / batch_size)
        steps = _steps(self.weights, self.activation, *self.sets[0], *settings)
        try:
            with _bar(epochs, progress) as bar, np.errstate(over="ignore", invalid="ignore"):
                self.measure()
                for _ in bar:
                    self.epoch(itertools.islice(steps, steps_an_epoch))
        except KeyboardInterrupt:
            return "interrupted", f"Interrupted {self.where(epochs)}. The result is what was learned so far."
        except _DivergedError:
            return "diverged", (
                f"Diverged {self.where(epochs)}: the loss or a weight is not finite. The result holds the "
                "last weights that were. Try a lower learning rate."
            )
        return "finished", f"Finished {epochs} epochs."

    def where(self, epochs):
        """Say in which epoch the run is."""
        return f"in epoch {self.begun} of {epochs}" if self.begun else "before the first step"

    def measure(self):
        """Add E and the part of right answers, on every set, to the history."""
        row = []
        for x, r in self.sets:
            z_hat = forward(self.weights, self.activation, x).z_hat
            xp = namespace(z_hat)
            right = xp.argmax(z_hat, axis=-1) == xp.argmax(r, axis=-1)
            row += [float(cross_entropy(r, z_hat)), float(np.mean(np.asarray(right)))]
        if self.history:  # index 0 is there even where E is infinite
            self.vouch(row[0])
        self.history.append(row)

    def epoch(self, steps):
        """Take one epoch's steps, then measure."""
        self.begun += 1
        for weights, loss in steps:  # the loss of the weights before this step
            self.vouch(loss)
            self.weights = weights
        self.measure()

    def vouch(self, loss):
        """Keep the newest weights if they and their loss are finite; else the run has diverged."""
        # Both: a saturated unit hides an infinite weight from the loss.
        if not all(np.isfinite(np.asarray(a)).all() for a in (loss, *self.weights)):
            raise _DivergedError
        self.vouched = self.weights

    def result(self, seconds, stopped, message):
        """Return what the run left."""
        columns = list(np.array(self.history).reshape(-1, 2 * len(self.sets)).T)
        columns += [None] * (4 - len(columns))
        return TrainingResult(MLP(self.vouched, self.activation), *columns, seconds, stopped, message)


def _steps(weights, activation, x, r, batch_size, learning_rate, momentum, seed):
    velocity = None
    for x_batch, r_batch in _batches(x, r, batch_size, seed):
        record = forward(weights, activation, x_batch)
        loss = cross_entropy(r_batch, record.z_hat)
        step = negative_gradient(weights, activation, record, r_batch)
        weights, velocity = descent.gradient_step(weights, velocity, step, learning_rate, momentum)
        yield weights, loss


def _batches(x, r, batch_size, seed):
    xp, n, rng = namespace(x), x.shape[0], np.random.default_rng(seed)
    while batch_size is None:
        yield x, r
    while True:
        order = rng.permutation(n)
        for start in range(0, n, batch_size):
            rows = xp.asarray(order[start : start + batch_size])
            yield xp.take(x, rows, axis=0), xp.take(r, rows, axis=0)


def _settings(batch_size, learning_rate, momentum, seed):
    if batch_size is not None:
        batch_size = checks.whole_number("batch_size", batch_size, least=1)
    learning_rate = checks.positive_number("learning_rate", learning_rate)
    if not isinstance(momentum, Real) or not 0 <= momentum < 1:
        raise ValueError(f"momentum: got {momentum!r}; expected a number in [0, 1)")
    return batch_size, learning_rate, float(momentum), checks.whole_number("seed", seed, least=0)


def _data(mlp, which, x, r):
    # Checked once, here; from then on the bare formulas compute.
    arrays = checks.real_arrays(**{f"{which}x": x}) | checks.real_arrays(**{f"{which}r": r})
    first, last = mlp.weights[0], mlp.weights[-1]
    sizes = {
        "D": (first.shape[1] - 1, "the first weight matrix"),
        "K": (last.shape[0], "the last weight matrix"),
    }
    checks.check_shapes(arrays, {f"{which}x": "B D", f"{which}r": "B K"}, sizes)
    checks.finite(f"{which}x", arrays[f"{which}x"])
    checks.distributions(f"{which}r", arrays[f"{which}r"])
    xp = namespace(first)
    with np.errstate(over="ignore"):  # 1e300 is finite, but not in a float32 network; refused here
        arrays = {name: xp.asarray(a, dtype=first.dtype) for name, a in arrays.items()}
    return tuple(checks.finite(name, a) for name, a in arrays.items())


def _sets(mlp, x, r, validation):
    sets = [_data(mlp, "", x, r)]
    if validation is not None:
        if not isinstance(validation, (tuple, list)) or len(validation) != 2:
            count = f" of {len(validation)}" if isinstance(validation, (tuple, list)) else ""
            raise ValueError(f"validation: got a {type(validation).__name__}{count}; expected (x, r)")
        sets.append(_data(mlp, "validation ", *validation))
    return sets


def _bar(epochs, progress):
    if not progress:
        return contextlib.nullcontext(range(epochs))
    try:
        with needed_by("progress: the bar"):
            from tqdm.auto import tqdm
    except ModuleNotFoundError as missing:  # a bar is no reason not to train
        print(missing, file=sys.stderr)
        return contextlib.nullcontext(range(epochs))
    return tqdm(range(epochs), unit="epoch")


def _like(weights, name, other):
    for label, value in (("weights", weights), (name, other)):
        if not isinstance(value, (tuple, list)):
            raise ValueError(f"{label}: got a {type(value).__name__}; expected a tuple of arrays")
    if len(other) != len(weights):
        raise ValueError(
            f"{name}: got {len(other)} arrays; expected {len(weights)}, one for each weight matrix"
        )
    pairs = []
    for k, (w, o) in enumerate(zip(weights, other, strict=True)):
        pair = checks.real_arrays(**{f"weights[{k}]": w, f"{name}[{k}]": o})
        w, o = pair.values()
        if w.shape != o.shape:
            raise ValueError(
                f"{name}[{k}]: got shape {tuple(o.shape)}; expected {tuple(w.shape)}, as in weights[{k}]"
            )
        pairs.append((w, o))
    return tuple(w for w, _ in pairs), tuple(o for _, o in pairs)


def _plain(name, number):
    # A NumPy float64 would turn a float32 network into a float64 one; a traced number stays as it is.
    shape = getattr(number, "shape", () if isinstance(number, Real) else None)
    if shape != ():
        came = f"a {type(number).__name__}" if shape is None else f"shape {tuple(shape)}"
        raise ValueError(f"{name}: got {came}; expected one number")
    return float(number) if isinstance(number, (Real, np.ndarray)) else number
