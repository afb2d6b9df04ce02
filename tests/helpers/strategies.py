"""Random networks with something to learn: for hypothesis, and for fixed lists of shapes."""

from dataclasses import dataclass, replace
from itertools import pairwise, product

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

    @property
    def sizes(self):
        return [self.weights[0].shape[1] - 1, *(len(W) for W in self.weights)]

    @property
    def name(self):
        """A short name for a test's report."""
        soft = "one-hot" if np.isin(self.r, (0, 1)).all() else "soft"
        return f"{'-'.join(map(str, self.sizes))} {self.activation.name} {soft} rows={self.rows}"

    def __repr__(self):
        return f"Problem(sizes={self.sizes}, {self.activation.name}, rows={self.rows}, r={self.r.tolist()})"


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


def problems(largest_width=5, largest_batch=6, deepest=3):
    """Draw depths, widths, batches or single examples, activations, one-hot and soft targets."""
    widths = st.integers(1, largest_width)
    return st.builds(
        lambda n_inputs, hidden, n_classes, **rest: make_problem((n_inputs, *hidden, n_classes), **rest),
        n_inputs=widths,
        hidden=st.lists(widths, max_size=deepest),
        n_classes=st.integers(2, largest_width + 1),
        rows=st.none() | st.integers(1, largest_batch),
        activation=st.sampled_from(sorted(ACTIVATIONS)),
        soft=st.booleans(),
        seed=st.integers(0, 2**32 - 1),
    )


def wide_problems():
    """Return problems of depths 0 to 4, each activation, one-hot and soft; widths 1 to 50, batches 1 to 64.

    The weights' deviation is 1/sqrt(n), so that neither signals nor pulls die out with depth.
    """
    rng = np.random.default_rng(8)
    kinds = list(product(range(5), sorted(ACTIVATIONS), (False, True)))
    all_rows = [1, 64, None]
    all_rows += rng.integers(2, 64, size=len(kinds) - len(all_rows)).tolist()
    return [
        wide_problem(depth, activation, soft, rows, rng)
        for rows, (depth, activation, soft) in zip(all_rows, kinds, strict=True)
    ]


def wide_problem(depth, activation, soft, rows, rng):
    # Each has a layer of 1 unit, an input alone, or of 50.
    sizes = rng.integers(1, 51, size=depth + 1).tolist()
    sizes[rng.integers(depth + 1)] = int(rng.choice([1, 50]))
    problem = make_problem(
        (*sizes, int(rng.integers(2, 51))), rows, activation, soft, int(rng.integers(2**32))
    )
    scaled = tuple(W / np.sqrt(W.shape[1] - 1) for W in problem.weights)
    return replace(problem, weights=scaled)


def batches_of_logits(largest=30.0, dtype=np.float64):
    """Draw (B, K) logits from -largest to largest, B up to 4 and K up to 6."""
    return st.tuples(st.integers(1, 4), st.integers(1, 6), st.integers(0, 2**32 - 1)).map(
        lambda t: np.random.default_rng(t[2]).uniform(-largest, largest, t[:2]).astype(dtype)
    )
