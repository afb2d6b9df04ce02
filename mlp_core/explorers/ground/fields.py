"""The table of fields of an explorer: what each may hold, what a refusal says, and the control that moves it.

The table is the class of the state itself: a frozen dataclass derived from `State`, each field declared with
`setting`. A state that the table does not allow cannot be made.
"""

import dataclasses
import reprlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from numbers import Integral, Real
from typing import Any

import numpy as np

from ...formulas.activations import ACTIVATIONS
from . import controls

OF = "kind of field"  # the key under which a dataclass's field keeps it
BRIEFLY = reprlib.Repr()
BRIEFLY.maxstring = BRIEFLY.maxother = 60  # characters of what came that a refusal repeats


class State:
    """The base of every explorer's state: its fields are checked when it is made.

    In the order of their declaration: what a field may hold can depend on those before it.

    Raises
    ------
    ValueError
        A field does not hold what the table allows; the sentence names it, what came, and what was expected.
    """

    def __post_init__(self) -> None:
        for name, kind in table(self).items():
            value = getattr(self, name)
            try:
                object.__setattr__(self, name, kind.checked(value, self))
            except (TypeError, OverflowError):
                came = type(value).__name__
                raise ValueError(f"{name}: got a {came}; expected what its control can show") from None


def setting(default: Any, kind: "Kind") -> Any:
    """Return a field of a state: where it begins, and the one line of the table about it."""
    return field(default=default, metadata={OF: kind})


def table(state: Any) -> dict[str, "Kind"]:
    """Return the kinds of a state's fields, by name; without those that are not in the table."""
    return {each.name: each.metadata[OF] for each in dataclasses.fields(state) if OF in each.metadata}


def changed(state: Any, changes: Mapping[str, Any]) -> Any:
    """Return the state with other values; ValueError for a field that it does not have."""
    known = [each.name for each in dataclasses.fields(state)]
    for name, value in changes.items():
        if name not in known:
            raise ValueError(f"{name}: got {briefly(value)}; expected one of the fields {', '.join(known)}")
    return dataclasses.replace(state, **changes)


def briefly(value: Any) -> str:
    """Return what came, as a refusal repeats it."""
    if isinstance(value, Real) and not isinstance(value, bool | np.bool_ | Integral):
        short = f"{float(value):g}"
        return short if float(short) == value or value != value else repr(float(value))
    return f"{value}" if isinstance(value, Integral) else BRIEFLY.repr(value)


def refusal(name: str, got: Any, expected: str) -> ValueError:
    """Return the error that says what a field got and what it expected."""
    return ValueError(f"{name}: got {briefly(got)}; expected {expected}")


class Kind:
    """What a field may hold."""

    def checked(self, value: Any, state: Any) -> Any:
        """Return the value, made plain; ValueError where a field of this state may not hold it."""
        raise NotImplementedError

    def control(self, value: Any, state: Any) -> Any:
        """Return a control that shows the value."""
        raise NotImplementedError

    def fit(self, widget: Any, state: Any) -> None:
        """Set the control's limits or options to those of a state."""


@dataclass(frozen=True)
class Number(Kind):
    """A number between two others.

    Parameters
    ----------
    label : str
        What stands beside the control, and in a refusal.
    least, most : float
        What is allowed; with `above_least` and `below_most` the ends themselves are not.
    step : float
        Of the slider.
    tooltip : str
    slider : pair of floats, optional
        The ends of the slider, where a smaller part is of use: its field takes all that is allowed.
    decimals : int
        Shown in the field.
    called : str
        The name in a refusal, where the label is none.
    """

    label: str
    least: float
    most: float
    step: float
    tooltip: str
    slider: tuple[float, float] | None = None
    decimals: int = 2
    above_least: bool = False
    below_most: bool = False
    called: str = ""

    def checked(self, value: Any, state: Any) -> float:
        """Return a number that is allowed."""
        name, expected = self.called or self.label, f"a number {self._range()}"
        if not isinstance(value, Real) or isinstance(value, bool | np.bool_):
            raise refusal(name, value, expected)
        inside = self.least <= value <= self.most  # false for NaN
        at_an_end = (self.above_least and value == self.least) or (self.below_most and value == self.most)
        if at_an_end or not inside:
            raise refusal(name, float(value), expected)
        return float(value)

    def _range(self) -> str:
        below = f"less than {self.most:g}" if self.below_most else f"{self.most:g}"
        if self.above_least:
            return f"more than {self.least:g} and {'' if self.below_most else 'at most '}{below}"
        return f"from {self.least:g} to {below}"

    def control(self, value: float, state: Any) -> controls.NumberSlider:
        """Return a slider with a field for any other number that is allowed."""
        ends = self.slider or (self.least, self.most)
        return controls.slider(self.label, value, *ends, self.step, self.tooltip, self.decimals)


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number between two others, either of which may be a function of the state."""

    label: str
    least: int | Callable[[Any], int]
    most: int | Callable[[Any], int]
    tooltip: str
    called: str = ""

    def checked(self, value: Any, state: Any) -> int:
        """Return a whole number that is allowed."""
        least, most = self._ends(state)
        if not _is_whole(value) or not least <= value <= most:
            raise refusal(self.called or self.label, value, f"a whole number from {least} to {most}")
        return int(value)

    def _ends(self, state: Any) -> tuple[int, int]:
        return tuple(end(state) if callable(end) else end for end in (self.least, self.most))

    def control(self, value: int, state: Any) -> Any:
        """Return a slider."""
        return controls.whole_slider(self.label, value, *self._ends(state), self.tooltip)

    def fit(self, widget: Any, state: Any) -> None:
        """Let the slider end where the numbers allowed do."""
        least, most = self._ends(state)
        if (widget.min, widget.max) != (least, most):
            with widget.hold_trait_notifications():
                widget.min, widget.max = least, most
                widget.value = min(max(widget.value, least), most)


@dataclass(frozen=True)
class Choice(Kind):
    """One of several names or whole numbers, on buttons beside each other.

    `options` is read when it is used: what is added to a table while the program runs is offered at once.
    It may be a function of the state. `shown` returns what the reader sees of an option.
    """

    label: str
    options: Iterable[Any] | Callable[[Any], Iterable[Any]]
    tooltip: str
    shown: Callable[[Any], str] = str
    called: str = ""

    def checked(self, value: Any, state: Any) -> Any:
        """Return the option that the value is."""
        options = self._options(state)
        for option in options:
            if _same_option(value, option):
                return option
        raise refusal(self.called or self.label, value, f"one of {', '.join(map(str, options))}")

    def _options(self, state: Any) -> tuple:
        return tuple(self.options(state) if callable(self.options) else self.options)

    def _shown_options(self, state: Any) -> tuple:
        return tuple((self.shown(option), option) for option in self._options(state))

    def control(self, value: Any, state: Any) -> Any:
        """Return the buttons."""
        return controls.choice(self.label, self._shown_options(state), value, self.tooltip)

    def fit(self, widget: Any, state: Any) -> None:
        """Offer the options of this state."""
        offered = self._shown_options(state)
        if tuple(widget.options) != offered:
            widget.options = offered


class Menu(Choice):
    """One of many, on a drop-down list."""

    def control(self, value: Any, state: Any) -> Any:
        """Return the list."""
        return controls.menu(self.label, self._shown_options(state), value, self.tooltip)


@dataclass(frozen=True)
class Switch(Kind):
    """True or false."""

    label: str
    tooltip: str
    called: str = ""

    def checked(self, value: Any, state: Any) -> bool:
        """Return it, refusing what is only taken for true or false."""
        if not isinstance(value, bool | np.bool_):
            raise refusal(self.called or self.label, value, "true or false")
        return bool(value)

    def control(self, value: bool, state: Any) -> Any:
        """Return a check box."""
        return controls.switch(self.label, value, self.tooltip)


@dataclass(frozen=True)
class Entries(Kind):
    """So many numbers, each as `entry` says: "logit 2: got ...". Their controls are made one by one."""

    entry: Number
    count: int

    def checked(self, value: Any, state: Any) -> tuple[float, ...]:
        """Return the numbers, a tuple."""
        several = isinstance(value, tuple | list) or (isinstance(value, np.ndarray) and value.ndim == 1)
        if not several or len(value) != self.count:
            raise refusal(f"{self.entry.called or self.entry.label}s", value, f"{self.count} numbers")
        return tuple(self.named(k).checked(number, state) for k, number in enumerate(value))

    def named(self, k: int) -> Number:
        """Return the kind of entry k, counted from 0, with its number from 1 in its name."""
        label, called = (f"{name} {k + 1}" if name else "" for name in (self.entry.label, self.entry.called))
        return dataclasses.replace(
            self.entry, label=label, called=called, tooltip=self.entry.tooltip.format(k + 1)
        )


@dataclass(frozen=True)
class Other(Kind):
    """What no other kind is: `check(value, state)` returns it, or raises a ValueError."""

    check: Callable[[Any, Any], Any]

    def checked(self, value: Any, state: Any) -> Any:
        """Return what the check makes of it."""
        return self.check(value, state)


def _is_whole(value: Any) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool | np.bool_)


def activation_choice(label: str, tooltip: str) -> Choice:
    """Return the choice among the activations there are, each shown as it is written."""
    return Choice(
        label, ACTIVATIONS, tooltip, shown=lambda name: ACTIVATIONS[name].label, called="activation"
    )


def _same_option(value: Any, option: Any) -> bool:
    """Are they the same name or the same whole number? No text is taken for a number, no 1.0 for 1."""
    if isinstance(option, str):
        return isinstance(value, str) and value == option
    return _is_whole(value) and value == option
