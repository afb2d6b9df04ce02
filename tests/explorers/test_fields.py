"""The table of fields: what each kind of field takes, and how it refuses the rest."""

import dataclasses
import math
import re
from fractions import Fraction

import numpy as np
import pytest

from mlp_core.explorers.ground.fields import (
    Choice,
    Entries,
    Menu,
    Number,
    State,
    Switch,
    Whole,
    changed,
    setting,
    table,
)
from mlp_core.explorers.output_layer.numbers import OutputLayerState
from mlp_core.explorers.stepper.numbers import StepperState


@dataclasses.dataclass(frozen=True)
class Fields(State):
    """One field of each kind."""

    size: int = setting(3, Whole("size", 1, 9, "How many."))
    rate: float = setting(0.5, Number("rate", 0, 5, 0.5, "How fast.", above_least=True))
    rest: float = setting(0.0, Number("rest", 0, 1, 0.5, "What stays.", below_most=True, called="momentum"))
    share: float = setting(0.5, Number("share", 0, 1, 0.5, "Between.", above_least=True, below_most=True))
    way: str = setting("up", Choice("way", ("up", "down"), "Which way."))
    place: int = setting(1, Menu("place", lambda state: range(1, state.size + 1), "Where."))
    fast: bool = setting(False, Switch("fast", "How."))
    marks: tuple = setting((1.0, 2.0), Entries(Number("mark", 0, 6, 1, "Mark {}."), 2))
    free: str = "not in the table"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("size", 10, "size: got 10; expected a whole number from 1 to 9"),
        ("size", 2.0, "size: got 2; expected a whole number from 1 to 9"),
        ("size", True, "size: got True; expected a whole number from 1 to 9"),
        ("rate", 0, "rate: got 0; expected a number more than 0 and at most 5"),
        ("rate", 5.5, "rate: got 5.5; expected a number more than 0 and at most 5"),
        ("rate", math.nan, "rate: got nan; expected a number more than 0 and at most 5"),
        ("rate", "1", "rate: got '1'; expected a number more than 0 and at most 5"),
        ("rest", 1, "momentum: got 1; expected a number from 0 to less than 1"),
        ("share", 1, "share: got 1; expected a number more than 0 and less than 1"),
        ("way", "left", "way: got 'left'; expected one of up, down"),
        ("way", 1, "way: got 1; expected one of up, down"),
        ("place", 4, "place: got 4; expected one of 1, 2, 3"),
        ("place", 1.0, "place: got 1; expected one of 1, 2, 3"),
        ("place", True, "place: got True; expected one of 1, 2, 3"),
        ("fast", 1, "fast: got 1; expected true or false"),
        ("marks", (1.0,), "marks: got (1.0,); expected 2 numbers"),
        ("marks", (1.0, 7.0), "mark 2: got 7; expected a number from 0 to 6"),
        ("marks", "12", "marks: got '12'; expected 2 numbers"),
    ],
)
def test_the_table_refuses_in_words(field, value, said):
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        Fields(**{field: value})


def test_the_table_makes_plain_what_it_takes():
    state = Fields(size=np.int64(4), rate=np.float32(0.5), place=np.int8(4), fast=np.True_, marks=[0, 6])
    assert state == Fields(4, 0.5, place=4, fast=True, marks=(0.0, 6.0))
    assert [type(getattr(state, f)) for f in ("size", "rate", "place", "fast", "marks")] == [
        int, float, int, bool, tuple,
    ]  # fmt: skip
    assert "free" not in table(state)


def test_what_came_is_not_repeated_at_length():
    with pytest.raises(ValueError, match="way: got ") as refused:
        Fields(way="x" * 100_000)
    assert len(str(refused.value)) < 200


def test_a_number_beyond_an_end_is_not_said_as_the_end():
    with pytest.raises(ValueError, match=r"got -6\.0000001; expected a number from -6 to 6"):
        Number("logit", -6, 6, 0.1, "").checked(-6.0000001, None)


@pytest.mark.parametrize("value", [10**400, Fraction(10**400), np.array(1.0)])
def test_what_is_no_value_of_python_s_floats_is_refused_by_the_field_s_name(value):
    for state, field in ((OutputLayerState, "W"), (OutputLayerState, "total"), (StepperState, "x")):
        with pytest.raises(ValueError, match="^sum of r|^total" if field == "total" else f"^{field}"):
            state(**{field: value})


def test_a_state_is_changed_and_checked_again():
    assert changed(Fields(), {"way": "down"}) == Fields(way="down")
    with pytest.raises(ValueError, match="size: got 0"):
        changed(Fields(), {"size": 0})
    with pytest.raises(ValueError, match="speed: got 1; expected one of the fields size, rate"):
        changed(Fields(), {"speed": 1})


def test_what_a_field_may_hold_can_depend_on_those_before_it():
    assert changed(Fields(), {"size": 5, "place": 5}).place == 5
    with pytest.raises(ValueError, match="place: got 3; expected one of 1, 2"):
        changed(Fields(place=3), {"size": 2})
