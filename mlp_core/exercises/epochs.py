"""One epoch of training, right and wrong: what a reader's test of an epoch is tried on."""

from functools import partial

import numpy as np

from ..formulas.activations import RELU
from ..formulas.descent import gradient_step
from ..formulas.layers import forward, negative_gradient

SIZE, RATE, MOMENTUM = 32, 0.1, 0.9


def _epoch(weights, velocity, x, R, rng, deal=None, pulls=None, least=1, rests=False):
    """Train for one epoch; return (weights, velocity).

    ``deal`` returns the order of the rows, ``pulls`` those of a batch; batches of fewer rows than ``least``
    are left out, and with ``rests`` each begins without a velocity.
    """
    order = (deal or _shuffled)(len(x), rng)
    for first in range(0, len(order), SIZE):
        rows = order[first : first + SIZE]
        if len(rows) < least:
            continue
        found = (pulls or _pulls)(weights, x, R, rows, first)
        weights, velocity = gradient_step(weights, None if rests else velocity, found, RATE, MOMENTUM)
    return weights, velocity


def _shuffled(n, rng):
    return rng.permutation(n)


def _from_below(n, rng):
    return rng.permutation(n)[::-1]


def _first_rows(n, rng):
    return np.tile(rng.permutation(n)[:SIZE], -(-n // SIZE))[:n]


def _pulls(weights, x, R, rows, first):
    return negative_gradient(weights, RELU, forward(weights, RELU, x[rows]), R[rows])


def _undealt_targets(weights, x, R, rows, first):
    return negative_gradient(weights, RELU, forward(weights, RELU, x[rows]), R[first : first + SIZE])


def _by_the_whole_size(weights, x, R, rows, first):
    return tuple(pull * len(rows) / SIZE for pull in _pulls(weights, x, R, rows, first))


def _uphill(weights, x, R, rows, first):
    return tuple(-pull for pull in _pulls(weights, x, R, rows, first))


def _W_first(weights, x, R, rows, first):
    pull_W = _pulls(weights, x, R, rows, first)[1]
    return _pulls((weights[0], weights[1] + RATE * pull_W), x, R, rows, first)[0], pull_W


EPOCHS = {
    "right": (_epoch, True),
    "right, from below": (partial(_epoch, deal=_from_below), True),
    "uphill": (partial(_epoch, pulls=_uphill), False),
    "targets": (partial(_epoch, pulls=_undealt_targets), False),
    "rest": (partial(_epoch, rests=True), False),
    "short left out": (partial(_epoch, least=SIZE), False),
    "short by 32": (partial(_epoch, pulls=_by_the_whole_size), False),
    "W first": (partial(_epoch, pulls=_W_first), False),
    "first rows": (partial(_epoch, deal=_first_rows), False),
}
MISSES = {
    "right": "A right one is rejected. Is it compared to the last digit, or with one way of dealing?",
    "right, from below": "One that deals the digits in another order is rejected, and it is right: whatever "
    "the order, each digit is to come once. With 32 digits or fewer the order decides nothing.",
    "uphill": "One that steps against its pulls is accepted. What should E do?",
    "targets": "One that deals the digits and leaves their targets where they were is accepted. Compare one "
    "batch with a step that you take yourself.",
    "rest": "One that forgets its velocity is accepted. Hand it a velocity, and let it take one step.",
    "short left out": "One that leaves the short batch out is accepted. What does it do with 20 digits?",
    "short by 32": "One that divides the pull of the short batch by 32 is accepted. It learns, and you would "
    "hardly notice. Compare one step on 20 digits with your own.",
    "W first": "One that moves W before the pull on V is taken is accepted. It learns, and you would hardly "
    "notice. Compare the V of one step with your own.",
    "first rows": "One that takes the same 32 digits in each batch is accepted. Give 40 digits, so that you "
    "can tell whether each was seen: a pixel of its own for each, say.",
}
