"""Two slips in one step: what is carried, and along what, each from a table of its own."""

from ..chain import Slip
from .wording import SEE_COLUMN, SEE_DOWN

_CARRIED = {
    "delta": "",
    "z / B": "z and not the pull r - z is carried back",
    "r / B": "r and not the pull r - z is carried back",
    "delta * z * (1 - z)": "a factor z(1 - z) stands on the way back",
    "r * delta": "only the right class's route is counted",
    "np.sign(delta)": "only the signs of the pulls are carried back",
    "np.abs(delta)": "the pulls' signs are lost on the way back",
    "delta[:, ::-1]": "the classes stand in reversed order on the way back",
    "delta * (np.arange(K) < K - 1)": "the last class is left out on the way back",
    "delta * (np.arange(K) > 0)": "the first class is left out on the way back",
    "delta * (np.arange(K) < 1)": "only the first class's route is counted",
    "delta * (np.arange(K) == K - 1)": "only the last class's route is counted",
}
_ALONG = {
    "W[:, 1:]": "",
    "W[:, :-1]": "`W[:, :-1]` is carried back",
    "W[:, :0:-1]": "the columns of W stand in reversed order",
    "np.abs(W[:, 1:])": "the signs of the weights are lost",
    "np.roll(W[:, 1:], 1, axis=1)": "the columns of W are one off",
    "(W + dW)[:, 1:]": "the step of W comes too early",
    "(W + dW)[:, :-1]": "the step of W comes too early, and `W[:, :-1]` is carried back",
}
_HEADS = {
    "z / B": "z stands for r - z in the pull on W",
    "r / B": "r stands for r - z in the pull on W",
    "(delta * z * (1 - z))": "a factor z(1 - z) stands in the pull on W",
    "np.abs(delta)": "for W, the pulls' signs are lost",
    "delta[::-1]": "for W, the examples of pulls and signals do not match",
}
_OF_V = {
    "pull_y": "the pull on y meets x, and the gate is passed by",
    "np.abs(q)": "for V, the pulls' signs are lost",
    "q[::-1]": "for V, the examples of pulls and signals do not match",
}
_SIGNALS = {
    "np.c_[{tail}, np.ones(B)]": "the bias column of the pull on {letter} stands last",
    "np.c_[np.zeros(B), {tail}]": "the bias column of the pull on {letter} is left at 0",
    "np.c_[{tail}[:, :1], {tail}]": "the bias column of the pull on {letter} is that of the first signal",
    "np.c_[np.ones(B), {tail}[:, :-1], np.zeros(B)]": "for {letter}, the last signal is left out",
    "np.c_[np.ones(B), {tail}[:, ::-1]]": "for {letter}, the signals stand in reversed order",
}


def _meeting(step, heads, tail, letter):
    """Return the slips with a wrong pull at the heads and wrong signals at the tails."""
    return tuple(
        Slip(
            ((step, f"{step} = ({head}).T @ {signals.format(tail=tail)}"),),
            f"{says}, and {told.format(letter=letter)}",
            SEE_COLUMN,
            0,
        )
        for head, says in heads.items()
        for signals, told in _SIGNALS.items()
    )


SAME_STEP = (
    *(
        Slip((("pull_y", f"pull_y = ({carried}) @ {along}"),), f"{says}, and {told}", SEE_DOWN, 0)
        for carried, says in _CARRIED.items()
        for along, told in _ALONG.items()
        if says and told
    ),
    *_meeting("dW", _HEADS, "y", "W"),
    *_meeting("dW", {"delta": "y_hat is the signal in the pull on W"}, "y_hat", "W"),
    *_meeting("dV", _OF_V, "x", "V"),
)
