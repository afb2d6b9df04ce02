"""Slips in one use of a quantity alone, made from those of the quantity itself."""

from ..chain import Slip
from .output import LOGITS
from .wording import of_a_column

# Where the pull on the logits is used, with a hole for it.
_USES = {"dW": "dW = ({}).T @ y1", "pull_y": "pull_y = ({}) @ W[:, 1:]"}
_WORDS = {"dW": "in the pull on W alone", "pull_y": "on the way back alone"}
_COLUMNS = {
    "in column 0 alone": "{step} = np.c_[({wrong})[:, :1], ({right})[:, 1:]]",
    "in all but column 0": "{step} = np.c_[({right})[:, :1], ({wrong})[:, 1:]]",
}


def _in_one_use(slip: Slip) -> list[Slip]:
    """Return a slip of the pull on the logits in each of its two uses."""
    ((_, line),) = slip.edits
    wrong = line.removeprefix("delta = ")
    return [
        Slip(((step, use.format(wrong)),), f"{slip.says}, {_WORDS[step]}", slip.see, 0)
        for step, use in _USES.items()
    ]


def _in_some_columns(step: str, right: str, slips: tuple[Slip, ...]) -> list[Slip]:
    """Return slips of a weight matrix's pull in its bias column alone, and in all but that."""
    found = []
    for slip in slips:
        wrong = slip.edits[0][1].removeprefix(f"{step} = ")
        for where, line in _COLUMNS.items():
            edit = line.format(step=step, wrong=wrong, right=right)
            found.append(Slip(((step, edit),), f"{slip.says}, {where}", slip.see, 0))
    return found


LOCAL = (
    *(local for slip in LOGITS for local in _in_one_use(slip)),
    *_in_some_columns("dW", "delta.T @ y1", of_a_column("dW", "delta", "y", "y1", "W")),
    *_in_some_columns("dV", "q.T @ x1", of_a_column("dV", "q", "x", "x1", "V")),
)
