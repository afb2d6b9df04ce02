"""The book's derivation as named steps, each one line of NumPy, of which a slip replaces one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import CodeType
from typing import Any

import numpy as np

from .line_helpers import LINE_HELPERS

# What every line may use; c is a slip's own constant.
KNOWN = {"np", "abs", "len", "max", "B", "D", "H", "K", "c", *LINE_HELPERS}
ROWS = {"x", "r", "y_hat", "y", "z", "z_hat", "delta", "g", "pull_y"}  # inputs with one row an example
PER_EXAMPLE = ROWS | {"gate", "q", "dx", "J", "dlog", "through", "pull_z", "column"}

_LOOSE = re.compile(r"(?<![\w.])[A-Za-z_]\w*")


@dataclass(frozen=True, eq=False)  # each is itself alone, which is quickly hashed
class Step:
    """One line of a derivation.

    Parameters
    ----------
    name : str
        What the line computes.
    number : str
        The equation that it is, "" where none says it.
    line : str
        NumPy, for a batch of rows.
    says : str
        What it is, in words.
    """

    name: str
    number: str
    line: str
    says: str


@dataclass(frozen=True, eq=False)
class Slip:
    """A way of getting steps wrong.

    Parameters
    ----------
    edits : tuple of (step name, wrong line)
        Almost always one. A line with `c` has a constant of its own, which is fitted.
    says : str
        What it says instead: ends the sentence "This is what comes out if ...".
    see : str
        How to see that it is wrong; one sentence.
    common : int
        How often it is met: 3 often, 2, 1 seldom, 0 made from another slip.
    convention : bool
        Whether it is right in other books.
    of_batch : bool
        Whether it is one in the loop over the examples, which nobody writes for a single one.
    """

    edits: tuple[tuple[str, str], ...]
    says: str
    see: str
    common: int = 2
    convention: bool = False
    of_batch: bool = False

    @property
    def step(self) -> str:
        """Return the name of the first step that is wrong."""
        return self.edits[0][0]

    @property
    def is_free(self) -> bool:
        """Return whether a constant of it is to be fitted."""
        return any("c" in _read(line)[1] for _, line in self.edits)


CHAIN = (
    Step("x1", "0.2", "x1 = np.c_[np.ones(B), x]", "the constant 1 in front of x"),
    Step("y_hat", "0.1", "y_hat = x1 @ V.T", "the sums of the hidden units"),
    Step("y", "0.3", "y = activation(y_hat)", "the signals of the hidden units"),
    Step("y1", "0.5", "y1 = np.c_[np.ones(B), y]", "the constant 1 in front of y"),
    Step("z_hat", "0.4", "z_hat = y1 @ W.T", "the logits"),
    Step("shifted", "1.16", "shifted = z_hat - z_hat.max(axis=1, keepdims=True)", "the shift by the maximum"),
    Step("e", "1.16", "e = np.exp(shifted)", "what each class puts into the pot"),
    Step("z", "1.16", "z = e / e.sum(axis=1, keepdims=True)", "the probabilities"),
    Step(
        "E",
        "2.1",
        "E = -(r * (shifted - np.log(e.sum(axis=1, keepdims=True)))).sum() / B",
        "the error",
    ),
    Step("delta", "2.7", "delta = (r - z) / B", "the pull on the logits"),
    Step("dW", "3.8", "dW = delta.T @ y1", "the pull on W"),
    Step("pull_y", "3.13", "pull_y = delta @ W[:, 1:]", "the pull on y"),
    Step("gate", "4.11", "gate = activation.derivative(y_hat)", "the gate"),
    Step("q", "4.11", "q = pull_y * gate", "the pull on y_hat"),
    Step("dV", "5.9", "dV = q.T @ x1", "the pull on V"),
    Step("dx", "5.12", "dx = q @ V[:, 1:]", "the pull on x"),
    Step("J", "1.10", "J = z[:, :, None] * (np.eye(K) - z[:, None, :])", "the Jacobian of softmax"),
    Step(
        "through",
        "1.13",
        "through = z * (g - (z * g).sum(axis=1, keepdims=True))",
        "the way through softmax",
    ),
    Step("dlog", "1.18", "dlog = np.eye(K) - z[:, None, :]", "the slopes of log z"),
)


@cache
def _read(line):
    """Return the compiled line, the names that it uses, and the name that it sets."""
    code = compile(line, "<step>", "exec")
    target, _, expression = line.partition(" = ")
    # An attribute is a name of the code too: only what stands somewhere without a dot before it is used.
    return code, frozenset(_names(code) & set(_LOOSE.findall(expression))), target


def _names(code):
    """Return every name in compiled code, that of what it holds included."""
    inner = (part for part in code.co_consts if isinstance(part, CodeType))
    return set(code.co_names).union(*map(_names, inner))


@dataclass(frozen=True)
class Derivation:
    """What is given, what is asked for, and by which steps one comes from here to there.

    Parameters
    ----------
    inputs, outputs : tuple of str
    steps : tuple of Step
    slips : tuple of Slip
    by_hand : bool
        Whether it is reckoned on paper: few numbers, which a misread token of the code hits by chance.
    """

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    steps: tuple[Step, ...] = CHAIN
    slips: tuple[Slip, ...] = ()
    by_hand: bool = False

    def step(self, name: str) -> Step:
        """Return the step of this name."""
        return next(step for step in self.steps if step.name == name)

    def lines(self, slips: Iterable[Slip] = ()) -> tuple[str, ...] | None:
        """Return the lines that are needed, with the slips' edits; None where they do not fit.

        They do not fit where two edit one step, where an edited step is not on the way, or where an edit
        uses what is not known.
        """
        edits = [edit for slip in slips for edit in slip.edits]
        edited = dict(edits)
        if len(edited) < len(edits):
            return None
        needed, kept, met = set(self.outputs), [], set()
        for step in reversed(self.steps):
            if step.name in self.inputs or step.name not in needed:
                continue
            line = edited.get(step.name, step.line)
            met.add(step.name)
            needed |= _read(line)[1]
            needed.discard(step.name)
            kept.append(line)
        if not met >= set(edited) or needed - KNOWN - set(self.inputs):
            return None
        return tuple(reversed(kept))

    def names(self) -> list[str]:
        """Return the names of the steps on the way, in their order."""
        return [_read(line)[2] for line in self.lines()]


def names_in(line: str) -> frozenset[str]:
    """Return the names that a line uses."""
    return _read(line)[1]


def run(lines: Iterable[str], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return every name after the lines have been run on what is given, which stays as it was."""
    return run_on(lines, {"np": np, **LINE_HELPERS, **given})


def run_on(lines: Iterable[str], known: dict[str, Any]) -> dict[str, Any]:
    """Run the lines on what is known, among it `np`; return that with what they have set."""
    for line in lines:
        exec(_read(line)[0], known)
    return known
