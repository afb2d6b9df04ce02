"""Holds, or slips? (chapter 91), the arithmetic: what was said to each line, and the score that follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..ground.fields import Other, State, Whole, refusal, setting

HOLDS, SLIPS = "holds", "slips"
NOT_ASKED, CANNOT_SAY = -1, 0  # in place of a side, which is counted from 1
LARGEST = 99_999_999  # of a game's number: a date is one


def _answers(value: Any, state: Any) -> tuple:
    """Return what was said to the lines so far, (holds or slips, side) for each; ValueError for all else."""
    expected = "pairs of holds or slips and a side"
    if not isinstance(value, tuple | list):
        raise refusal("answers", value, expected)
    pairs = [tuple(pair) if isinstance(pair, tuple | list) else pair for pair in value]
    for pair in pairs:
        if not isinstance(pair, tuple) or len(pair) != 2 or pair[0] not in (HOLDS, SLIPS):
            raise refusal("answers", value, expected)
        if type(pair[1]) is not int or pair[1] < NOT_ASKED:
            raise refusal("answers", value, expected)
    return tuple(pairs)


@dataclass(frozen=True)
class GameState(State):
    """Which game, what was said so far, and which line is in front, counted from 0."""

    seed: int = setting(0, Whole("game", 0, LARGEST, "The number of a game fixes its lines."))
    answers: tuple = setting((), Other(_answers))
    number: int = setting(
        0, Whole("line", lambda s: max(len(s.answers) - 1, 0), lambda s: len(s.answers), "The line in front.")
    )


def numbers_of(state: GameState, deck: Any) -> dict[str, Any]:
    """Return the line in front, what is asked about it, whether what was said is right, and the score."""
    line = deck.deal(state.seed, state.number)
    said, side = (*state.answers, (None, NOT_ASKED))[state.number]
    rights = [(say == SLIPS) == deck.deal(state.seed, k).slips for k, (say, _) in enumerate(state.answers)]
    where = said == SLIPS and line.slips and side == NOT_ASKED
    return {
        "line": line,
        "number": state.number,
        "seed": state.seed,
        "asked": "verdict" if said is None else "side" if where else "",
        "said": said,
        "side": side,
        "right": None if said is None else rights[state.number],
        "mends": side > CANNOT_SAY and deck.mends(state.seed, state.number, side),
        "answered": len(rights),
        "rights": sum(rights),
        "streak": _streak(rights[::-1]),
        "longest": max((_streak(rights[k:]) for k in range(len(rights))), default=0),
        "sides": sum(
            at > CANNOT_SAY and deck.mends(state.seed, k, at) for k, (_, at) in enumerate(state.answers)
        ),
    }


def _streak(rights):
    """Return how many are right before the first that is not."""
    return next((k for k, right in enumerate(rights) if not right), len(rights))


def judge(state: GameState, numbers: Mapping[str, Any], said: str) -> dict[str, Any]:
    """Return the changes when the reader says that the line holds, or that it slips; none a second time."""
    if numbers["asked"] != "verdict":
        return {}
    return {"answers": (*state.answers, (said, NOT_ASKED))}


def point(state: GameState, numbers: Mapping[str, Any], side: int) -> dict[str, Any]:
    """Return the changes when the reader points at a side, counted from 1, or cannot say."""
    if numbers["asked"] != "side" or side > numbers["line"].sides:
        return {}
    return {"answers": (*state.answers[:-1], (SLIPS, side))}


def go_on(state: GameState, numbers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes that bring the next line, once this one is judged."""
    return {} if numbers["asked"] else {"number": state.number + 1}


def another(seed: int) -> dict[str, Any]:
    """Return the changes that begin a game."""
    return {"seed": seed, "answers": (), "number": 0}
