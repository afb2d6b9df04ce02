"""What a hidden unit is worth: the steps, and the slips in them."""

from ..chain import CHAIN, Slip, Step

_SEE_ZERO = "Set row j of W's column to 0 in a copy, run the network again, and compare one unit."
_SEE_SIGMOID = "Take a sigmoid unit whose weights are all 0: what does it say?"
WORTH = (
    *(step for step in CHAIN if step.name in ("x1", "y_hat", "y", "y1", "z_hat", "shifted", "e", "z")),
    Step(
        "silent",
        "0.4",
        "silent = z_hat[:, None, :] - y[:, :, None] * W[:, 1:].T",
        "the logits without one unit, for each unit",
    ),
    Step(
        "e_silent",
        "1.16",
        "e_silent = np.exp(silent - silent.max(axis=2, keepdims=True))",
        "what each class puts into the pot without it",
    ),
    Step(
        "z_silent",
        "0.6",
        "z_silent = e_silent / e_silent.sum(axis=2, keepdims=True)",
        "the probabilities without it",
    ),
    Step(
        "worth",
        "",
        "worth = ((z[:, None, :] - z_silent) * r[:, None, :]).sum(axis=2).mean(axis=0)",
        "what the right class loses without it, on average",
    ),
)
WORTH_SLIPS = (
    Slip(
        (("silent", "silent = z_hat[:, None, :] - y1[:, :-1, None] * W[:, :-1].T"),),
        "column j of W is silenced for unit j, counted from 0: the first time it is the bias",
        "Column 0 of W belongs to the constant 1, so unit 0 has column 1.",
        3,
    ),
    Slip(
        (("silent", "silent = z_hat[:, None, :] - np.cumsum(y[:, :, None] * W[:, 1:].T, axis=1)"),),
        "the units that were silenced before stay silent",
        "Make a new copy for each unit: the last must not depend on the first.",
        3,
    ),
    Slip(
        (("silent", "silent = z_hat[:, None, :] - (y - activation(0 * y))[:, :, None] * W[:, 1:].T"),),
        "the unit's own weights in V are set to 0, and a sigmoid says one half to that",
        _SEE_SIGMOID,
        3,
    ),
    Slip(
        (
            (
                "silent",
                "silent = z_hat[:, None, :] - (y - activation(V[:, 0] + 0 * y))[:, :, None] * W[:, 1:].T",
            ),
        ),
        "the unit is cut off from its inputs, and its bias still speaks",
        _SEE_SIGMOID,
    ),
    Slip(
        (
            (
                "silent",
                "silent = z_hat[:, None, :] - (y - activation(y_hat - V[:, 0]))[:, :, None] * W[:, 1:].T",
            ),
        ),
        "only the unit's bias is set to 0",
        _SEE_SIGMOID,
        1,
    ),
    Slip(
        (("silent", "silent = z_hat[:, None, :] - y_hat[:, :, None] * W[:, 1:].T"),),
        "the unit's sum is taken away, and not its signal",
        "What goes out of a unit has passed the bend.",
    ),
    Slip(
        (("silent", "silent = 0 * z_hat[:, None, :] + W[:, 0] + y[:, :, None] * W[:, 1:].T"),),
        "each unit is left alone, and all the others are silenced",
        "One of many is to be silent.",
    ),
    Slip(
        (
            (
                "z_silent",
                "z_silent = np.exp(silent - z_hat.max(axis=1)[:, None, None]) / e.sum(axis=1)[:, None, None]",
            ),
        ),
        "the pot of the whole network still stands below",
        "The probabilities without a unit add up to 1 as well.",
    ),
    Slip(
        (("worth", "worth = ((z_silent - z[:, None, :]) * r[:, None, :]).sum(axis=2).mean(axis=0)"),),
        "the probability without the unit stands first: this is what the right class gains",
        "A unit that is missed is to have a positive worth.",
        3,
    ),
    Slip(
        (("worth", "worth = (z_silent * r[:, None, :]).sum(axis=2).mean(axis=0)"),),
        "this is what is left of the right class, and not what it loses",
        "A unit without any weight out is worth 0.",
        3,
    ),
    Slip(
        (("worth", "worth = (z.max(axis=1)[:, None] - z_silent.max(axis=2)).mean(axis=0)"),),
        "the largest probability is followed, and not that of the right class",
        "A unit that speaks for a wrong class has a negative worth.",
    ),
    Slip(
        (("worth", "worth = ((z_hat[:, None, :] - silent) * r[:, None, :]).sum(axis=2).mean(axis=0)"),),
        "logits are compared, and not probabilities",
        "No probability falls by more than 1.",
    ),
    Slip(
        (
            (
                "worth",
                "worth = (r[:, None, :] * np.log(z[:, None, :] / z_silent)).sum(axis=2).mean(axis=0)",
            ),
        ),
        "the rise of E is measured, and not the fall of the probability",
        "No probability falls by more than 1.",
    ),
    Slip(
        (("worth", "worth = np.abs(z[:, None, :] - z_silent).sum(axis=2).mean(axis=0)"),),
        "all classes are counted, whichever is right",
        "A unit that speaks for a wrong class has a negative worth.",
    ),
)
