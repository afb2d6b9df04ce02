"""Slips in when the weights move: nudges too large or not taken back, steps too early, one common length."""

from ..chain import Slip

_SEE_NUDGE = "Halve the nudge: does the number stay?"
_SEE_STEP = "Compute all pulls first, and only then take the steps."
_SEE_LENGTH = "Double r - z by hand and follow it to the end: what comes out must double too."
_V, _W = "(((delta @ W[:, 1:]) * activation.derivative(y_hat)).T @ x1)", "(delta.T @ y1)"
_AT = "x1, r, {V}, {W}, activation"
_HERE = _AT.format(V="V", W="W")


def _both(of_v, of_w, says, see, common=1):
    return Slip((("dW", f"dW = {of_w}"), ("dV", f"dV = {of_v}")), says, see, common)


_NUDGES = (
    *(
        _both(
            *(f"by_nudges({_HERE}, {h}, '{letter}')" for letter in "VW"),
            f"the pulls are measured by a nudge of {h}, to one side, which is too large",
            _SEE_NUDGE,
        )
        for h in (1.0, 0.5, 0.1, 0.01, -0.1)
    ),
    *(
        _both(
            *(
                f"(by_nudges({_HERE}, {h}, '{letter}') + by_nudges({_HERE}, -{h}, '{letter}')) / 2"
                for letter in "VW"
            ),
            f"the pulls are measured by nudges of {h}, to both sides, which are too large",
            _SEE_NUDGE,
        )
        for h in (1.0, 0.5, 0.1)
    ),
    _both(
        f"np.cumsum({_V}).reshape(V.shape)",
        f"{_V}.sum() + np.cumsum({_W}).reshape(W.shape)",
        "the weights of V, and then of W, are nudged without being put back: the pulls add up",
        "Put every weight back before you nudge the next.",
    ),
    _both(
        f"{_W}.sum() + np.cumsum({_V}).reshape(V.shape)",
        f"np.cumsum({_W}).reshape(W.shape)",
        "the weights of W, and then of V, are nudged without being put back: the pulls add up",
        "Put every weight back before you nudge the next.",
    ),
)


def _steps(rate, times):
    """Return the slips of steps that are taken before all pulls are there."""
    after_v = _AT.format(V=f"V + {rate}{times} * pulls_at({_HERE})[0]", W="W")
    after_w = _AT.format(V="V", W=f"W + {rate}{times} * pulls_at({_HERE})[1]")
    after_both = _AT.format(
        V=f"V + {rate}{times} * pulls_at({_HERE})[0]", W=f"W + {rate}{times} * pulls_at({_HERE})[1]"
    )
    told = ", by the sum over the batch" if times else ""
    return (
        Slip(
            (("dW", f"dW = pulls_at({after_v})[1]"),),
            f"V has taken its step{told} and all is run again before the pull on W is computed",
            _SEE_STEP,
            1,
        ),
        Slip(
            (("dV", f"dV = pulls_at({after_w})[0]"),),
            f"W has taken its step{told} and all is run again before the pull on V is computed",
            _SEE_STEP,
            1,
        ),
        _both(
            *(f"pulls_at({after_both})[{k}]" for k in (0, 1)),
            f"both have taken a step{told}, and these are the pulls behind it",
            _SEE_STEP,
        ),
        Slip(
            (
                (
                    "dW",
                    f"dW = delta.T @ np.c_[np.ones(B), activation(x1 @ (V + {rate}{times} * {_V}).T)]",
                ),
            ),
            f"V has taken its step{told} before the signals for the pull on W are computed again",
            _SEE_STEP,
            1,
        ),
    )


_LENGTH = f"np.sqrt(({_V} ** 2).sum() + ({_W} ** 2).sum())"
_LENGTHS = (
    _both(
        f"{_V} / {_LENGTH}",
        f"{_W} / {_LENGTH}",
        "both pulls together are brought to the length 1",
        _SEE_LENGTH,
    ),
    *(
        _both(
            *(f"{each} * np.minimum(1, {longest} / {_LENGTH})" for each in (_V, _W)),
            f"both pulls together are clipped to the length {longest}",
            _SEE_LENGTH,
            0,  # which changes nothing where they are shorter
        )
        for longest in (1, 0.5, 0.1)
    ),
)
MOVED = (
    *_NUDGES,
    *(each for rate in (1.0, 0.5, 0.1, 0.01) for times in ("", " * B") for each in _steps(rate, times)),
    *_LENGTHS,
)
