"""The steps of a training run, the history it keeps, and how it ends."""

import contextlib
import math
from typing import Any, NamedTuple

import numpy as np

from .formulas import descent
from .formulas.arrays import namespace
from .formulas.layers import forward, negative_gradient
from .formulas.loss import cross_entropy

MEASURED = 10_000  # rows of a larger training set that its history measures
BLOCK = 1024  # rows measured at once


class Settings(NamedTuple):
    """How steps are taken, checked."""

    batch_size: int | None
    learning_rate: float
    momentum: float
    seed: int


class Step(NamedTuple):
    """One step: the weights before and after it, and what the loss before it takes to compute."""

    before: tuple
    weights: tuple
    velocity: tuple
    r: Any
    z_hat: Any

    def loss(self):
        """Return E of the step's batch, before the step."""
        return cross_entropy(self.r, self.z_hat)


def epoch_steps(weights, velocity, activation, x, r, settings, order):
    """Yield the steps of one epoch, whose batches are dealt in the ``order`` of the rows."""
    for x_batch, r_batch in _batches(x, r, settings.batch_size, order):
        record = forward(weights, activation, x_batch)
        step = negative_gradient(weights, activation, record, r_batch)
        before = weights
        weights, velocity = descent.gradient_step(
            weights, velocity, step, settings.learning_rate, settings.momentum
        )
        yield Step(before, weights, velocity, r_batch, record.z_hat)


def endless_steps(mlp, x, r, settings):
    """Yield the steps of one epoch after another."""
    weights, velocity = mlp.weights, None
    for order in _orders(x.shape[0], settings):
        for step in epoch_steps(weights, velocity, mlp.activation, x, r, settings, order):
            yield step
            weights, velocity = step.weights, step.velocity


def _orders(n, settings):
    """Yield the order of the rows in each epoch; None where all of them are one batch."""
    rng = np.random.default_rng(settings.seed)
    while True:
        yield None if settings.batch_size is None else rng.permutation(n)


def _batches(x, r, batch_size, order):
    if order is None:
        yield x, r
        return
    for start in range(0, len(order), batch_size):
        yield _rows(x, r, order[start : start + batch_size])


def _rows(x, r, rows):
    xp = namespace(x)
    rows = xp.asarray(rows)
    return xp.take(x, rows, axis=0), xp.take(r, rows, axis=0)


# ---------------------------------------------------------------- a run


class DivergedError(Exception):
    """The loss or a weight is no longer a finite number."""


def _glanced_at(steps):
    """Yield the steps; raise DivergedError, some steps late, where the loss of one may not be finite.

    It is not where a logit is not, or where two lie further apart than their dtype can tell. Weights that are
    not finite stay so, and are seen when the epoch is measured.
    """
    kept, rows = [], 0
    for step in steps:
        yield step
        kept.append(step.z_hat)
        rows += step.z_hat.shape[0]
        if rows >= BLOCK:
            _glance(kept)
            kept, rows = [], 0
    _glance(kept)


def _glance(logits):
    if logits:
        xp = namespace(logits[0])
        z_hat = xp.concat(logits)
        if not np.isfinite(np.asarray(xp.max(z_hat) - xp.min(z_hat))):
            raise DivergedError


class Run:
    """The growing record of one training run."""

    def __init__(self, mlp, sets, settings):
        self.activation, self.sets, self.settings = mlp.activation, sets, settings
        self.n = sets[0][0].shape[0]
        self.measured = rows_measured(self.n)
        self.history, self.begun = [], 0  # one row an epoch that was completed; epochs begun
        self.weights, self.velocity = mlp.weights, None  # after the newest epoch
        self.last = None  # the newest step since then
        self.vouched = mlp.weights  # the newest weights that are known to be finite, and their loss too

    def learn(self, epochs, bar):
        """Take as many epochs as ``bar`` counts; return how the run stopped, in a word and in a sentence."""
        orders = _orders(self.n, self.settings)
        _keep_what_is_freed()
        try:
            with bar as counted, np.errstate(over="ignore", invalid="ignore"):
                self.measure()
                for _ in counted:
                    self.begun += 1
                    self.epoch(next(orders))
        except KeyboardInterrupt:
            with np.errstate(over="ignore", invalid="ignore"), contextlib.suppress(DivergedError):
                self.vouch_before(self.last)
            said = f"Interrupted {self.where(epochs)}. The result is what was learned so far."
            return "interrupted", said + self.of_which_rows()
        except DivergedError:
            return "diverged", (
                f"Diverged {self.where(epochs)}: the loss or a weight is not finite. The result holds the "
                f"last weights that were. Try a lower learning rate.{self.of_which_rows()}"
            )
        return "finished", f"Finished {epochs} epochs.{self.of_which_rows()}"

    def where(self, epochs):
        """Say in which epoch the run is."""
        return f"in epoch {self.begun} of {epochs}" if self.begun else "before the first step"

    def of_which_rows(self):
        """Say which part of the training set the history is of, where it is a part."""
        if self.measured is None:
            return ""
        return f" Training loss and accuracy are those of {len(self.measured):,} of the {self.n:,} rows."

    def steps(self, order):
        """Return the steps of an epoch from the weights after the one before it."""
        x, r = self.sets[0]
        return epoch_steps(self.weights, self.velocity, self.activation, x, r, self.settings, order)

    def epoch(self, order):
        """Take one epoch's steps and measure; where that meets what is not finite, once more with care."""
        try:
            for step in _glanced_at(self.steps(order)):
                self.last = step
            self.measure()
        except DivergedError:
            for step in self.steps(order):
                self.vouch_before(step)
                self.last = step
            self.measure()

    def measure(self):
        """Add E and the part of right answers, on every set, to the history; the newest weights stay."""
        newest = self.weights if self.last is None else self.last.weights
        row = []
        for (x, r), rows in zip(self.sets, (self.measured, None), strict=False):
            row += _score(newest, self.activation, x, r, rows)
        if self.history:  # index 0 is there even where E is infinite
            self.vouch(newest, row[0])
            self.weights, self.velocity, self.last = newest, self.last.velocity, None
        self.history.append(row)

    def vouch_before(self, step):
        """Vouch for the weights before a step, if there is one: the loss of its batch was theirs."""
        if step is not None:
            self.vouch(step.before, step.loss())

    def vouch(self, weights, loss):
        """Keep these weights if they and their loss are finite; else the run has diverged."""
        # Both: a saturated unit hides an infinite weight from the loss.
        if not all(np.isfinite(np.asarray(a)).all() for a in (loss, *weights)):
            raise DivergedError
        self.vouched = weights

    def columns(self):
        """Return the history of each loss and accuracy; None where there is no validation set."""
        columns = list(np.array(self.history).reshape(-1, 2 * len(self.sets)).T)
        return columns + [None] * (4 - len(columns))


def _keep_what_is_freed():
    # glibc's allocator gives the pages of each large temporary back to the system and takes them anew,
    # hundreds of page faults a step, until something larger was freed. This is larger; no page is touched.
    np.empty(3_000_000)


def rows_measured(n):
    """Return the rows of n that the history measures, at random but always the same; None: all."""
    return None if n <= MEASURED else np.sort(np.random.default_rng(0).choice(n, MEASURED, replace=False))


def _score(weights, activation, x, r, rows):
    """Return E and the part of right answers on the rows (None: all), in blocks; NaN where E is."""
    n = x.shape[0] if rows is None else len(rows)
    E, right = 0.0, 0
    for start in range(0, n, BLOCK):
        block = slice(start, min(start + BLOCK, n))
        x_block, r_block = (x[block, :], r[block, :]) if rows is None else _rows(x, r, rows[block])
        z_hat = forward(weights, activation, x_block).z_hat
        xp = namespace(z_hat)
        E += float(cross_entropy(r_block, z_hat)) * (x_block.shape[0] / n)
        right += np.sum(np.asarray(xp.argmax(z_hat, axis=-1) == xp.argmax(r_block, axis=-1)))
    # Where E is no number, logits were none: none of them is the largest.
    return E, math.nan if math.isnan(E) else float(right / n)
