"""Random networks with something to learn: for hypothesis, and for fixed lists of shapes."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from mlp_core import ACTIVATIONS, Activation
from mlp_core.formulas.layers import forward


@dataclass(frozen=True, eq=False)
class Problem:
    """A network, its input and its target; a batch where `rows` is a number."""

    weights: tuple
    activation: Activation
    x: np.ndarray
    r: np.ndarray
    rows: int | None

    @property
    def record(self):
        return forward(self.weights, self.activation, self.x)

    @property
    def last_input(self):
        """What goes into the output layer: the last hidden layer's y, or x where there is none."""
        return (self.x, *self.record.y)[-1]

    @property
    def z_hat(self):
        return self.record.z_hat

    def __repr__(self):
        sizes = [self.weights[0].shape[1] - 1, *(len(W) for W in self.weights)]
        return f"Problem(sizes={sizes}, {self.activation.name}, rows={self.rows}, r={self.r.tolist()})"


def make_problem(sizes, rows, activation, soft, seed, largest_logit=None):
    """Return a `Problem` with normal numbers, its output weights scaled up to `largest_logit` if given."""
    rng = np.random.default_rng(seed)
    weights = [rng.standard_normal((n_out, n + 1)) for n, n_out in pairwise(sizes)]
    x = rng.standard_normal((rows or 1, sizes[0]))
    n_classes = sizes[-1]
    if soft:
        r = rng.dirichlet(np.ones(n_classes), rows or 1)
    else:
        r = np.eye(n_classes)[rng.integers(n_classes, size=rows or 1)]
    if rows is None:
        x, r = x[0], r[0]
    if largest_logit is not None:
        z_hat = forward(tuple(weights), ACTIVATIONS[activation], x).z_hat
        weights[-1] *= largest_logit / np.abs(z_hat).max()
    return Problem(tuple(weights), ACTIVATIONS[activation], x, r, rows)


def problems(largest_width=5, largest_batch=6):
    """Draw depths 0 to 3, widths, batches or single examples, activations, one-hot and soft targets."""
    widths = st.integers(1, largest_width)
    return st.builds(
        lambda n_inputs, hidden, n_classes, **rest: make_problem((n_inputs, *hidden, n_classes), **rest),
        n_inputs=widths,
        hidden=st.lists(widths, max_size=3),
        n_classes=st.integers(2, largest_width + 1),
        rows=st.none() | st.integers(1, largest_batch),
        activation=st.sampled_from(sorted(ACTIVATIONS)),
        soft=st.booleans(),
        seed=st.integers(0, 2**32 - 1),
    )


def batches_of_logits(largest=30.0, dtype=np.float64):
    """Draw (B, K) logits from -largest to largest, B up to 4 and K up to 6."""
    return st.tuples(st.integers(1, 4), st.integers(1, 6), st.integers(0, 2**32 - 1)).map(
        lambda t: np.random.default_rng(t[2]).uniform(-largest, largest, t[:2]).astype(dtype)
    )
