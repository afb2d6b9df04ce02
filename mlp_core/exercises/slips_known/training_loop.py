"""Slips in the loop that trains: in its steps, of which `LOOP` is one, and in the going through the rows."""

import numpy as np

from ..chain import CHAIN, Derivation, Slip, Step
from ..judges_that_train import SIZE, Plan, in_order
from . import CATALOGUE

_OWN_STEPS = (
    *(step for step in CHAIN if step.name not in ("E", "dx", "J", "through", "dlog")),
    Step("U_V_new", "5.9", "U_V_new = 0.9 * U_V + dV", "the velocity of V"),
    Step("U_W_new", "3.8", "U_W_new = 0.9 * U_W + dW", "the velocity of W"),
    Step("V_new", "5.9", "V_new = V + 0.1 * U_V_new", "the step of V"),
    Step("W_new", "3.8", "W_new = W + 0.1 * U_W_new", "the step of W"),
)
_SEE_VELOCITY = "Let the same pull come three times: the steps must grow from one to the next."
_SEE_UP = "Print E before and after one step: it should fall."
_SEE_RATE = "At a rate of 0 nothing may move."
_STEP_SLIPS = (
    Slip(
        (("U_V_new", "U_V_new = dV"), ("U_W_new", "U_W_new = dW")),
        "the velocity is left out",
        _SEE_VELOCITY,
        3,
    ),
    Slip((("U_V_new", "U_V_new = dV"),), "V has no velocity", _SEE_VELOCITY),
    Slip((("U_W_new", "U_W_new = dW"),), "W has no velocity", _SEE_VELOCITY),
    Slip(
        (("U_V_new", "U_V_new = U_V + dV"), ("U_W_new", "U_W_new = U_W + dW")),
        "the old velocity is kept whole",
        _SEE_VELOCITY,
    ),
    Slip(
        (("U_V_new", "U_V_new = 0.9 * U_V + 0.1 * dV"), ("U_W_new", "U_W_new = 0.9 * U_W + 0.1 * dW")),
        "the new pull enters the velocity with a tenth",
        "Let the same pull come for ever: by how much does the velocity outgrow it?",
        3,
    ),
    Slip(
        (("U_V_new", "U_V_new = 0.9 * (U_V + dV)"), ("U_W_new", "U_W_new = 0.9 * (U_W + dW)")),
        "the new pull is damped as well",
        _SEE_VELOCITY,
    ),
    Slip(
        (("V_new", "V_new = V - 0.1 * U_V_new"), ("W_new", "W_new = W - 0.1 * U_W_new")),
        "the step has a minus",
        _SEE_UP,
        3,
    ),
    Slip((("V_new", "V_new = V - 0.1 * U_V_new"),), "the step of V has a minus", _SEE_UP),
    Slip((("W_new", "W_new = W - 0.1 * U_W_new"),), "the step of W has a minus", _SEE_UP),
    Slip(
        (("V_new", "V_new = V + U_V_new"), ("W_new", "W_new = W + U_W_new")),
        "the rate is left out",
        _SEE_RATE,
        3,
    ),
    Slip(
        (("V_new", "V_new = V + 0.1 * dV"), ("W_new", "W_new = W + 0.1 * dW")),
        "the step is taken along the pull, and not along the velocity",
        _SEE_VELOCITY,
    ),
    Slip(
        (("V_new", "V_new = V + 0.01 * U_V_new"), ("W_new", "W_new = W + 0.01 * U_W_new")),
        "the rate is a tenth of 0.1",
        _SEE_RATE,
        2,
    ),
    Slip((("V_new", "V_new = V"),), "V is never moved", "Print V before and after."),
    Slip((("W_new", "W_new = W"),), "W is never moved", "Print W before and after."),
    Slip(
        (("delta", "delta = r - z"),), "the 1/B is missing", "Hand in every example twice: a mean stays.", 3
    ),
    Slip((("delta", "delta = (z - r) / B"),), "the pull on the logits has the other sign", _SEE_UP, 3),
    Slip(
        (("delta", f"delta = (r - z) / {SIZE}"),),
        "the last, shorter batch is divided by the size of the others",
        "How many rows does the last batch have?",
        3,
    ),
    Slip(
        (("delta", "delta = (r - z) / N"),),
        "the pulls are divided by the number of all rows, and not by that of the batch",
        "Print what you divide by.",
        3,
    ),
    Slip(
        (("pull_y", "pull_y = delta @ (W + 0.1 * (0.9 * U_W + dW))[:, 1:]"),),
        "W has moved before it is used: the step of W comes too early",
        "Compute all pulls first, and only then take the steps.",
        3,
    ),
)


def _anew_each_epoch(n, orders):
    for of_x, of_r, first in _with_place(n, orders):
        yield of_x, of_r, first == 0


def _with_place(n, orders):
    for order in orders:
        for first in range(0, n, SIZE):
            rows = order[first : first + SIZE]
            yield rows, rows, first


def _without_the_rest(n, orders):
    return ((x, r, anew) for x, r, anew in in_order(n, orders) if len(x) == SIZE)


def _first_order_only(n, orders):
    return in_order(n, [orders[0]] * len(orders))


def _unshuffled(n, orders):
    return in_order(n, [np.arange(n)] * len(orders))


def _torn_apart(n, orders):
    plain = _unshuffled(n, orders)
    return ((x, r, anew) for (x, _, anew), (_, r, _) in zip(in_order(n, orders), plain, strict=True))


def _one_epoch(n, orders):
    return in_order(n, orders[:1])


def _first_batch_only(n, orders):
    return in_order(SIZE, orders)


def _last_batch_only(n, orders):
    for order in orders:
        rows = order[(n - 1) // SIZE * SIZE :]
        yield rows, rows, False


def _of_size(size, step):
    def batches(n, orders):
        for order in orders:
            for first in range(0, n, step):
                rows = order[first : first + size]
                yield rows, rows, False

    return batches


_SEE_BATCH = "Print `len(X)`, and count the steps in an epoch."
PLANS = (
    Plan(_anew_each_epoch, "the velocity begins anew in every epoch", "Where do you set it to 0?"),
    Plan(_without_the_rest, "the last, shorter batch is left out", "How many rows do you see in an epoch?"),
    Plan(_first_order_only, "every epoch takes the order of the first", "How often do you look at `orders`?"),
    Plan(_unshuffled, "the rows are taken as they stand", "What do the numbers in `orders` say?"),
    Plan(
        _torn_apart,
        "x is shuffled and r is not: each picture gets the target of another",
        "Print a row of each batch beside its target.",
    ),
    Plan(_one_epoch, "only the first epoch is taken", "Where does `return` stand?"),
    Plan(
        _last_batch_only,
        "only the last batch of each epoch is taken a step with",
        "How far in do the lines of the step stand? " + _SEE_BATCH,
    ),
    Plan(_of_size(SIZE - 1, SIZE), "each batch lacks its last row", _SEE_BATCH),
    Plan(_of_size(SIZE + 1, SIZE), "each batch has a row of the next", _SEE_BATCH),
    *(
        Plan(_of_size(size, size), f"batches of {size} rows are taken", _SEE_BATCH)
        for size in (1, 8, 10, 16, 31, 33, 64)
    ),
    Plan(
        lambda n, orders: ((order, order, False) for order in orders for _ in range(0, n, SIZE)),
        "each step takes all rows",
        _SEE_BATCH,
    ),
    Plan(lambda n, orders: ((order, order, False) for order in orders), "all rows are one batch", _SEE_BATCH),
    Plan(_first_batch_only, "only the first batch of each epoch is taken", "How far does your loop go?"),
)
LOOP = Derivation(
    ("x", "r", "V", "W", "U_V", "U_W", "activation", "N"),
    ("V_new", "W_new", "U_V_new", "U_W_new"),
    _OWN_STEPS,
    (*_STEP_SLIPS, *CATALOGUE),
)
