"""Slips in the slopes of softmax."""

from .wording import SEE_ROWS, slip

SEE_J = "Change logit k alone and look down column k: what one class gains the others lose."
SEE_WISH = "Wish all classes up by 1: nothing may be pulled. And the pulls of each example add up to 0."
OTHERS = (
    slip(
        "J",
        "z[:, :, None] * (np.eye(K) - z[:, :, None])",
        "z_i stands in the bracket where z_k should",
        SEE_J,
    ),
    slip(
        "J",
        "z[:, None, :] * (np.eye(K) - z[:, None, :])",
        "z_k stands in front where z_i should",
        SEE_J,
    ),
    slip("J", "np.eye(K) * z[:, :, None]", "the second term, -z_i z_k, is left out", SEE_J),
    slip("J", "np.eye(K) * (z * (1 - z))[:, :, None]", "only the diagonal is there", SEE_J, 3),
    slip("J", "-z[:, :, None] * z[:, None, :]", "the delta is left out: the diagonal lacks z_i", SEE_J, 3),
    slip("J", "z[:, :, None] * (np.eye(K) + z[:, None, :])", "the second term has the other sign", SEE_J, 3),
    slip("J", "np.eye(K) - z[:, :, None] * z[:, None, :]", "1 stands on the diagonal and not z_i", SEE_J),
    slip("J", "np.eye(K) - z[:, None, :]", "the factor z_i is left out: this is the slope of log z", SEE_J),
    slip(
        "J",
        "np.eye(K) * z[:, :, None] - (z * z).sum(axis=1)[:, None, None]",
        "the scalar product `z @ z`, a number, is taken off",
        SEE_J,
        3,
    ),
    slip("J", "(1 - z)[:, :, None] * z[:, None, :] + 0 * np.eye(K)", "1 stands for delta", SEE_J),
    slip(
        "J",
        "np.eye(K) * (z * (1 - z))[:, :, None] + (1 - np.eye(K)) * z[:, :, None] * z[:, None, :]",
        "off the diagonal the minus is lost",
        SEE_J,
        3,
    ),
    slip(
        "J",
        "np.eye(K) * (z**2)[:, :, None] - (1 - np.eye(K)) * z[:, :, None] * z[:, None, :]",
        "the diagonal is z², without 1 - z",
        SEE_J,
        1,
    ),
    slip(
        "J",
        "np.eye(K) * (z * (1 + z))[:, :, None] - (1 - np.eye(K)) * z[:, :, None] * z[:, None, :]",
        "the diagonal is z(1 + z)",
        SEE_J,
        1,
    ),
    slip(
        "J",
        "np.eye(K) * (1 - z)[:, :, None] - (1 - np.eye(K)) * z[:, :, None] * z[:, None, :]",
        "the diagonal is 1 - z and lacks z_i",
        SEE_J,
        1,
    ),
    slip(
        "through",
        "z * (g - (z * g).sum())",
        "the average wish is added up over the whole batch",
        SEE_ROWS,
        3,
    ),
    slip("through", "z * (g - (z * g).sum(axis=0))", "the average wish is taken over the batch", SEE_ROWS, 3),
    slip("through", "g - (z * g).sum(axis=1, keepdims=True)", "the z in front is left out", SEE_WISH, 3),
    slip("through", "z * (1 - z) * g", "only the diagonal of the Jacobian is used", SEE_WISH, 3),
    slip("through", "z * g", "the average wish is not taken off", SEE_WISH),
    slip(
        "through",
        "z * (g - g.mean(axis=1, keepdims=True))",
        "the mean of g is taken, not weighted with z",
        SEE_WISH,
    ),
    slip(
        "through", "z * (g - g.sum(axis=1, keepdims=True))", "the sum of g is not weighted with z", SEE_WISH
    ),
    slip("through", "z * (g + (z * g).sum(axis=1, keepdims=True))", "the average wish is added", SEE_WISH),
    slip("dlog", "np.eye(K) - z[:, :, None]", "z_i stands where z_k should, in the transpose", SEE_J, 3),
    slip("dlog", "np.eye(K) + z[:, None, :]", "the second term has the other sign", SEE_J),
    slip(
        "dlog",
        "z[:, :, None] * (np.eye(K) - z[:, None, :])",
        "this is the Jacobian of z and not of log z",
        SEE_J,
    ),
)
