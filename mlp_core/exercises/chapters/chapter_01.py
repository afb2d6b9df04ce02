"""The exercises of chapter 01, the softmax derivative."""

import numpy as np

from ...formulas.probabilities import softmax
from ..chain import Derivation
from ..exercise import Exercise
from ..judges import judge_predicate
from ..slips_known import CATALOGUE


def _over_the_batch(z_hat):
    e = np.exp(z_hat - z_hat.max())
    return e / e.sum(axis=0, keepdims=True)


def _unshifted(z_hat):
    e = np.exp(z_hat)
    return e / e.sum(axis=-1, keepdims=True)


def _by_the_mean(z_hat):
    e = np.exp(z_hat - z_hat.mean(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _sigmoids(z_hat):
    return 1 / (1 + np.exp(-z_hat))


SOFTMAXES = {
    "right": (softmax, True),
    "wrong axis": (_over_the_batch, False),
    "no shift": (_unshifted, False),
    "shift by the mean": (_by_the_mean, False),
    "sigmoids": (_sigmoids, False),
}
MISSES = {
    "right": "The right one is rejected: allow for the last digits, which rounding spoils.",
    "wrong axis": "One that adds up along the wrong axis is accepted: try a batch, not one example.",
    "no shift": "One that overflows is accepted: try logits of 1000.",
    "shift by the mean": "One that overflows in some rows only is accepted: try 1500 beside two zeros.",
    "sigmoids": "One whose rows do not add up to 1 is accepted.",
}

EXERCISES = (
    Exercise(
        number="1.2",
        title="The Jacobian from the probabilities alone",
        minutes=15,
        hints=(
            "What does z_i do when its own logit rises, and what when another one does (1.10)?",
            "`z[:, None]` makes a column, `z[None, :]` a row, and their product is a table.",
        ),
        solution='''def softmax_jacobian(z):
    """Return every dz_i/dz_hat_k, shape (K, K), or (B, K, K) for a batch."""
    return z[..., :, None] * (np.eye(z.shape[-1]) - z[..., None, :])''',
        reasons="Row i is z_i times (delta_ik - z_k), by (1.10).\n"
        "The dots stand for the batch, if there is one.",
        notice="Look down a column: it adds up to 0. What one class gains, the others lose.",
        derivation=Derivation(("z",), ("J",), slips=CATALOGUE),
    ),
    Exercise(
        number="1.3",
        title="Through softmax, without the Jacobian",
        minutes=15,
        hints=("Each class has a wish g_i. What is the average wish, if each class holds z_i (1.13)?",),
        solution='''def through_softmax(z, g):
    """Return J^T g for one example or a batch, without building J."""
    return z * (g - (z * g).sum(axis=-1, keepdims=True))''',
        reasons="By (1.13): each share, times what its wish exceeds the average wish by.\n"
        "The average is taken over the classes, the last axis, in each row.",
        notice="A wish that all classes share moves nothing.",
        derivation=Derivation(("z", "g"), ("through",), slips=CATALOGUE),
    ),
    Exercise(
        number="1.4",
        title="The slopes of log z",
        minutes=15,
        hints=("The logarithm divides row i of the Jacobian by one number. By which (1.18)?",),
        solution='''def d_log_softmax(z):
    """Return every dlog(z_i)/dz_hat_k, shape (K, K), or (B, K, K) for a batch."""
    return np.eye(z.shape[-1]) - z[..., None, :]''',
        reasons="The factor z_i of row i is divided away (1.18).\n"
        "What is left of the price does not depend on i.",
        notice="All rows have the same price, and the rows, weighted with z, add up to 0.",
        derivation=Derivation(("z",), ("dlog",), slips=CATALOGUE),
    ),
    Exercise(
        number="1.7",
        title="A test that rejects four of five softmaxes",
        minutes=30,
        hints=(
            "Which laws hold of a right one, whatever the logits? On which inputs do wrong ones break them?",
            "Try a batch in which B is not K, and logits of 1000.",
        ),
        solution='''def accepts(softmax_fn):
    """Return True for a right softmax of (K,) and (B, K), and False for a wrong one."""
    z_hat = np.array([[0.0, 1.0, 3.0], [0.0, 0.0, 1500.0]])
    z = softmax_fn(z_hat)
    adds_up = np.allclose(z.sum(axis=-1), 1)
    return bool(adds_up and np.isclose(z[0, 2] / z[0, 1], np.exp(2)))''',
        reasons="Rows add up to 1, and the ratio of two classes is e to the difference (1.3).\n"
        "The second row overflows wherever the maximum is not taken off.",
        notice="A test is worth what it rejects.",
        judge=judge_predicate(SOFTMAXES, MISSES),
    ),
)
