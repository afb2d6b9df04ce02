"""The way back through one hidden layer, line by line, and the slips that can be planted in a line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from ...formulas.arrays import as_rows
from ...formulas.loss import output_delta_from_output
from ...formulas.weighted_sums import affine_input_gradient, affine_weight_gradient

EARLY = 0.5  # the learning rate of the step that comes too early


class Pulls(NamedTuple):
    """What the way back computes, in its order; each entry is a negative derivative of E but `slopes`."""

    z_hat: Any
    W: Any
    y: Any
    slopes: Any
    y_hat: Any
    V: Any


def down_the_columns(delta, W, pull_W):
    """Return the pull on y (equation 3.11)."""
    return affine_input_gradient(delta, W)


def slopes_before(activation, y_hat, y):
    """Return sigma' at y_hat, what comes before the function (equation 4.9)."""
    return activation.derivative(y_hat)


def sign_lost(delta, W, pull_W):
    """Return the pull on y with the sign of the gradient (the notes' S29)."""
    return -affine_input_gradient(delta, W)


def bias_column_kept(delta, W, pull_W):
    """Return the pull on y carried back through columns 0 to H-1, the bias and not the last (S21)."""
    return affine_input_gradient(delta, np.roll(W, 1, axis=1))


def w_updated_first(delta, W, pull_W):
    """Return the pull on y carried back through weights that have already moved."""
    return affine_input_gradient(delta, W + EARLY * pull_W)


def slopes_after(activation, y_hat, y):
    """Return sigma' at y, what comes after the function (S24)."""
    return activation.derivative(y)


def slopes_left_out(activation, y_hat, y):
    """Return 1, as if y were y_hat (S27)."""
    return np.ones_like(y_hat)


def sum_for_mean(r, z):
    """Return the pull on the logits without the 1/B of the mean."""
    return as_rows(z).shape[0] * output_delta_from_output(r, z)


def r_and_z_exchanged(r, z):
    """Return the pull on the logits with target and probability in each other's place."""
    return output_delta_from_output(z, r)


@dataclass(frozen=True)
class WayBack:
    """The lines of the way back, of which a slip replaces one.

    Parameters
    ----------
    line : str
        The quantity whose line is wrong; "" if none is.
    formula : str
        What the wrong line says, mathtext, with {head} for the index.
    logits : callable of r, z
    hidden : callable of the pull on z_hat, W and the pull on W
    slopes : callable of activation, y_hat, y
    """

    line: str = ""
    formula: str = ""
    logits: Callable = output_delta_from_output
    hidden: Callable = down_the_columns
    slopes: Callable = slopes_before


_SUM = r"{{\sum}}_l\,(r_l - z_l)\,"
SLIPS = {
    "none": WayBack(),
    "sign lost": WayBack("pull_y", "-" + _SUM + "w_{{l{head}}}", hidden=sign_lost),
    "sigma' at y": WayBack(
        "pull_y_hat", r"(-\partial E/\partial y_{head})\,\sigma\,'(y_{head})", slopes=slopes_after
    ),
    "sigma' left out": WayBack("pull_y_hat", r"-\partial E/\partial y_{head}", slopes=slopes_left_out),
    "bias column kept": WayBack("pull_y", _SUM + r"w_{{l,{head}-1}}", hidden=bias_column_kept),
    "W updated first": WayBack("pull_y", _SUM + r"w_{{l{head}}}^{{\mathrm{{new}}}}", hidden=w_updated_first),
    "sum for mean": WayBack("pull_z_hat", "r_{head} - z_{head}", logits=sum_for_mean),
    "r and z exchanged": WayBack("pull_z_hat", "z_{head} - r_{head}", logits=r_and_z_exchanged),
}


def pulls(weights, activation, record, r, slip=SLIPS["none"]):
    """Return the pulls of one way back, one line after the other (equations 2.7, 3.6, 3.11, 4.10, 5.10).

    Parameters
    ----------
    weights : V, shape (H, D+1), and W, shape (K, H+1)
    activation : Activation
    record : Forward
    r : array, shape and dtype of record.z_hat
    slip : WayBack

    Returns
    -------
    Pulls
    """
    _, W = weights
    (y_hat,), (y,) = record.y_hat, record.y
    pull_z_hat = slip.logits(r, record.z)
    pull_W = affine_weight_gradient(pull_z_hat, y)
    pull_y = slip.hidden(pull_z_hat, W, pull_W)
    slopes = slip.slopes(activation, y_hat, y)
    pull_y_hat = pull_y * slopes
    return Pulls(pull_z_hat, pull_W, pull_y, slopes, pull_y_hat, affine_weight_gradient(pull_y_hat, record.x))


def carried_through(W, pull_W, slip):
    """Return the factors, shape (K, H), that a slip's line for the pull on y multiplies the logits' pulls by.

    The line is linear in them, so it tells its factors itself: give it one logit's pull at a time.
    """
    return slip.hidden(np.eye(len(W)), W, pull_W)
