"""Steps, epochs, and what they leave (chapters 00, 03 and 06)."""

import contextlib
import sys
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import wraps
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike

from . import checks, plain_arguments, values
from .formulas import descent
from .formulas.arrays import namespace
from .libraries import needed_by
from .network import MLP, a_network
from .training_run import Run, Settings, endless_steps


@wraps(descent.gradient_step)
def gradient_step(weights, velocity, negative_gradient, learning_rate, momentum=0.0):
    """Check shapes, dtypes and rates, then step."""
    if not plain_arguments.alike(weights, negative_gradient):
        weights, negative_gradient = checks.checked_alike(weights, "negative_gradient", negative_gradient)
    learning_rate = _rate("learning_rate", learning_rate, values.finite_number)
    momentum = _rate("momentum", momentum, values.part_of_one)
    if velocity is not None and not plain_arguments.alike(weights, velocity):
        velocity = checks.checked_alike(weights, "velocity", velocity)[1]
    return descent.gradient_step(weights, velocity, negative_gradient, learning_rate, momentum)


def _rate(name, rate, checked):
    """Return a rate as a float, so that float32 weights stay float32; of another library as it came."""
    if type(rate) is float:
        return checked(name, rate)
    shape = getattr(rate, "shape", () if isinstance(rate, Real) else None)
    if shape != ():
        came = f"a {type(rate).__name__}" if shape is None else f"shape {tuple(shape)}"
        raise ValueError(f"{name}: got {came}; expected one number")
    if isinstance(rate, (np.ndarray, np.generic)):
        if rate.dtype.kind not in "fiu":
            raise ValueError(f"{name}: got dtype {rate.dtype}; expected one number")
        rate = float(rate)
    if isinstance(rate, Real):
        return checked(name, rate)
    with contextlib.suppress(TypeError):  # which JAX raises for a traced number: its value is not known yet
        checked(name, float(rate))
    return rate


@dataclass(frozen=True, eq=False)
class TrainingResult:
    """What a training run left: the network, and how it went.

    Parameters
    ----------
    mlp : MLP
        After the last step that is known to have left finite weights and a finite loss.
    train_loss, train_accuracy : arrays
        E in nats, and the part of right answers (NaN where E is), on the training set (on 10,000 of its rows
        where it has more, always the same ones): index 0 before the first step, then one entry for each
        epoch that was completed with a finite E.
    validation_loss, validation_accuracy : arrays or None
        The same on the whole validation set; None without one.
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


def training_steps(
    mlp: MLP,
    x: ArrayLike,
    r: ArrayLike,
    *,
    batch_size: int | None,
    learning_rate: float,
    momentum: float = 0.0,
    seed: int = 0,
) -> Iterator[tuple[MLP, float]]:
    """Return an endless generator of gradient steps: (network after the step, loss of its batch before it).

    Parameters
    ----------
    mlp : MLP
        Where to start; it is not changed.
    x, r : arrays, shapes (n, D) and (n, K)
        The training set: each row of r a distribution.
    batch_size : int or None
        Rows a step, dealt anew each epoch; an epoch's last batch may be short. None takes all rows at once.
    learning_rate, momentum : as in `gradient_step`
    seed : int
        Decides the order of the rows.

    Raises
    ------
    ValueError
        An argument does not fit, named; or, at a step, the weights left the finite numbers.

    Examples
    --------
    >>> start = MLP([[[0, 0], [0, 0]]])
    >>> steps = training_steps(start, [[1]], [[0, 1]], batch_size=1, learning_rate=0.1)
    >>> [round(loss, 2) for _, (mlp, loss) in zip(range(3), steps)]
    [0.69, 0.6, 0.52]
    """
    settings = _settings(batch_size, learning_rate, momentum, seed)
    steps = endless_steps(mlp, *_data(mlp, "", x, r), settings)
    return ((MLP(step.weights, mlp.activation), float(step.loss())) for step in steps)


def train(
    mlp: MLP,
    x: ArrayLike,
    r: ArrayLike,
    *,
    epochs: int,
    batch_size: int | None,
    learning_rate: float,
    momentum: float = 0.0,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
    seed: int = 0,
    progress: bool = True,
) -> TrainingResult:
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
        A run that diverges or is interrupted warns, and returns what it had. Above 10,000 rows the history
        of the training set is measured on a fixed 10,000 of them, and the message says so.

    Raises
    ------
    ValueError
        An argument does not fit, named.

    Examples
    --------
    >>> settings = {"epochs": 20, "batch_size": 16, "learning_rate": 0.3, "progress": False}
    >>> train(MLP.initialize((2, 8, 2)), toy("xor").x, toy("xor").r, **settings).message
    'Finished 20 epochs.'
    """
    settings = _settings(batch_size, learning_rate, momentum, seed)
    epochs = values.whole_number("epochs", epochs, least=0)
    run, start = Run(mlp, _sets(mlp, x, r, validation), settings), time.perf_counter()
    stopped, message = run.learn(epochs, _bar(epochs, progress))
    if stopped != "finished":
        warnings.warn(message, stacklevel=2)
    seconds = time.perf_counter() - start
    return TrainingResult(MLP(run.vouched, mlp.activation), *run.columns(), seconds, stopped, message)


# ---------------------------------------------------------------- what is given


def _settings(batch_size, learning_rate, momentum, seed):
    if batch_size is not None:
        batch_size = values.whole_number("batch_size", batch_size, least=1)
    learning_rate = values.positive_number("learning_rate", learning_rate)
    momentum = values.part_of_one("momentum", momentum)
    return Settings(batch_size, learning_rate, momentum, values.whole_number("seed", seed, least=0))


def _data(mlp, which, x, r):
    # Checked once, here; from then on the bare formulas compute.
    a_network("mlp", mlp)
    arrays = checks.real_arrays(**{f"{which}x": x}) | checks.real_arrays(**{f"{which}r": r})
    first, last = mlp.weights[0], mlp.weights[-1]
    sizes = {
        "D": (first.shape[1] - 1, "the first weight matrix"),
        "K": (last.shape[0], "the last weight matrix"),
    }
    checks.check_shapes(arrays, {f"{which}x": "B D", f"{which}r": "B K"}, sizes)
    values.finite(f"{which}x", arrays[f"{which}x"])
    values.distributions(f"{which}r", arrays[f"{which}r"])
    xp = namespace(first)
    with np.errstate(over="ignore"):  # 1e300 is finite, but not in a float32 network; refused here
        arrays = {name: xp.asarray(a, dtype=first.dtype) for name, a in arrays.items()}
    return tuple(values.finite(name, a) for name, a in arrays.items())


def _sets(mlp, x, r, validation):
    sets = [_data(mlp, "", x, r)]
    if validation is not None:
        if not isinstance(validation, (tuple, list)) or len(validation) != 2:
            count = f" of {len(validation)}" if isinstance(validation, (tuple, list)) else ""
            raise ValueError(f"validation: got a {type(validation).__name__}{count}; expected (x, r)")
        sets.append(_data(mlp, "validation ", *validation))
    return sets


def _bar(epochs, progress):
    tqdm = _tqdm() if progress else None
    return tqdm(range(epochs), unit="epoch") if tqdm else contextlib.nullcontext(range(epochs))


def _tqdm():
    try:
        with needed_by("progress: the bar"):
            from tqdm.auto import tqdm
    except ModuleNotFoundError as missing:  # no reason not to train
        print(missing, file=sys.stderr)
        return None
    return tqdm
