"""What every explorer is: a frozen state, pure arithmetic, moving artists, controls bound to the state."""

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import ipywidgets
import numpy as np
import traitlets

from ...pictures.ground.html_image import image_in_html
from ...pictures.ground.style import house_style
from . import controls
from .fields import Kind, changed, refusal, table
from .live_figure import LiveFigure
from .page_side import PageSide
from .rerun import close_those_of_an_earlier_run
from .turns import in_turn


@dataclass(frozen=True)
class Bound:
    """A control that shows a part of the state: `shows(state)` is the value it then has."""

    name: str
    widget: ipywidgets.Widget
    kind: Kind | None
    shows: Callable[[Any], Any]

    def show(self, state: Any) -> None:
        """Let the control show a state, its limits and options first; ValueError where it cannot."""
        if self.kind is not None:
            self.kind.fit(self.widget, state)
        asked = self.shows(state)
        try:
            self.widget.value = asked
        except traitlets.TraitError:
            raise refusal(self.name, asked, "what its control can show") from None
        if self.widget.value != asked:  # a slider takes the nearest number instead
            raise refusal(self.name, asked, "what its control can show")


class Explorer:
    """A question, a picture that answers, a guess, and controls.

    A subclass has a state, the class attributes below, and five methods: `numbers(state)`, `make_controls()`,
    `draw()`, `place(numbers)` and `sentence(numbers)`. It may have `answer(numbers)`, which of `guesses` is
    right, `arrange(state)`, `opened_cold()` and `status()`.

    Parameters
    ----------
    state : frozen dataclass, derived from `fields.State`
        Where to start: the table of what may be moved, how far, and by which controls.
    """

    question = ""  # above the picture: what to guess before anything is moved
    guesses: tuple = ()  # the answers offered to it
    message = ""  # at the top of the picture: what it shows
    say = ""  # below everything: the sentence to take along
    beside = ""  # after it: what else there is to go to, HTML
    height = 3.9  # of the picture, inches; it is 7 inches wide
    main_control = ""  # the name of the control that is moved most: a benchmark moves it
    running = False  # does it move by itself now?
    _by_itself = False  # is this change such a move? What a reader was refused stays in sight meanwhile

    def __init__(self, state: Any):
        self.start = self.state = state
        self._now = self.numbers(state)
        self.live = LiveFigure(self.height, self.message)
        with house_style():
            self.draw()
            self.place(self._now)
        self.controls: dict[str, ipywidgets.Widget] = {}
        self._bound: list[Bound] = []
        self._following = False
        self._refusal = controls.text("", "mlp-refusal")
        self._said = controls.text("", "mlp-said")
        self._guess = self._guess_control()
        self.box = self._layout(self.make_controls())
        self._follow(state)
        self._speak()
        self.live.show()
        close_those_of_an_earlier_run(self)

    # What a subclass says

    def numbers(self, state: Any) -> dict[str, Any]:
        """Return the numbers that are drawn, by the book's letters; ValueError refuses the state."""
        raise NotImplementedError

    def make_controls(self) -> list[ipywidgets.Widget]:
        """Return the rows of controls, each made with `self.bound` or `self.acting`."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draw what stays on `self.live.canvas`, and make the artists that move."""
        raise NotImplementedError

    def place(self, numbers: dict[str, Any]) -> None:
        """Put the moving artists where the numbers say."""
        raise NotImplementedError

    def sentence(self, numbers: dict[str, Any]) -> str:
        """Return in one sentence what is drawn, with its numbers."""
        raise NotImplementedError

    def answer(self, numbers: dict[str, Any]) -> str | None:
        """Return which of `guesses` is right for these numbers; None where nothing decides it."""
        return None

    @in_turn
    def guessed(self) -> None:
        """Answer to a guess that has just been made."""
        self._speak()

    def arrange(self, state: Any) -> None:
        """Put the controls that a state has no use for out of reach; it is not yet the explorer's own."""

    def opened_cold(self) -> tuple:
        """Return the states that a chapter's stored page shows, one below the other: the present one."""
        return (self.state,)

    def status(self) -> str:
        """Return the word before the sentence: whether it moves by itself."""
        return ""

    # What a reader, a chapter and a test use

    @in_turn
    def values(self) -> dict[str, Any]:
        """Return the numbers now drawn, copies of them."""
        return _copied(self._now)

    @property
    def refusal(self) -> str:
        """What was refused, and why; empty where the last change was made."""
        return html.unescape(self._refusal.value)

    @property
    def said(self) -> str:
        """What stands beside the picture: the status, the sentence, and the verdict on a guess."""
        return self._said.value

    @in_turn
    def set(self, **changes: Any) -> None:
        """Change the state; a refused one is said beside the controls, and the last good one stays."""
        try:
            state = changed(self.state, changes)
            numbers = self.numbers(state)
            self._follow(state)  # what a control cannot show is refused too, before anything is changed
        except ValueError as why:
            self._refuse(why)
            return
        if not self._by_itself:
            self._refusal.value = ""
        self.state, self._now = state, numbers
        self.place(numbers)
        self._speak()
        self.live.show()

    @in_turn
    def reset(self) -> None:
        """Go back to the start."""
        self.set(**vars(self.start))

    @in_turn
    def close(self) -> None:
        """Close every widget: an explorer whose cell is run again leaves nothing behind."""
        for widget in controls.all_widgets(self.box):
            widget.close()

    # For make_controls

    def bound(
        self,
        name: str,
        widget: ipywidgets.Widget | None = None,
        changes: Callable[[Any], Mapping[str, Any]] | None = None,
        shows: Callable[[Any], Any] | None = None,
    ) -> ipywidgets.Widget:
        """Register a control that shows a field of the state, or a part of it.

        Parameters
        ----------
        name : str
            Of the control; that of the field where it shows a whole one.
        widget : ipywidgets widget with a value, optional
            The one that the table has for the field unless given.
        changes : callable, optional
            The changes of the state, a dict, that a new value of the control asks for; {name: value} unless
            given.
        shows : callable, optional
            The control's value from a state; the field's unless given. The state is that asked for, before
            it is the explorer's own.
        """
        kind = table(self.state).get(name) if widget is None else None
        if kind is not None:
            widget = kind.control(getattr(self.state, name), self.state)
        self.controls[name] = widget
        self._bound.append(Bound(name, widget, kind, shows or (lambda state: getattr(state, name))))

        @in_turn
        def moved(change):
            if not self._following:
                new = change["new"]
                self._ask(lambda: {name: new} if changes is None else changes(new))

        widget.observe(moved, "value")
        if widget.has_trait("refusal"):
            widget.observe(lambda change: change["new"] and self._refuse(change["new"]), "refusal")
        return widget

    def acting(
        self, name: str, widget: ipywidgets.Button, act: Callable[[Any, dict], Mapping[str, Any]]
    ) -> ipywidgets.Button:
        """Register a button; `act(state, numbers)` returns the changes of the state, a dict."""
        self.controls[name] = widget
        widget.on_click(lambda _: self._ask(lambda: act(self.state, self._now)))
        return widget

    def _guess_control(self):
        if not self.guesses:
            return None
        guess = controls.choice("my guess", self.guesses, None, "Guess before you move anything.")
        guess.observe(lambda _: self.guessed(), "value")
        return guess

    def _layout(self, rows):
        guess = [] if self._guess is None else [self._guess]
        if guess:
            self.controls["guess"] = self._guess
        self.page = PageSide()
        self.page.observe(lambda change: self.live.set_ratio(change["new"]), "ratio")
        self.page.tooltips = {
            widget.description: widget.tooltip
            for row in (*guess, *rows)
            for widget in controls.all_widgets(row)
            if getattr(widget, "tooltip", None) and getattr(widget, "description", "")
        }
        style = controls.text(controls.STYLE)
        style.layout.display = "none"  # it acts, and takes no room
        question = controls.text(html.escape(self.question), "mlp-question")
        say = controls.text(f"Say it: {html.escape(self.say)}{self.beside}", "mlp-say")
        parts = [style, question, self.live.image, *guess, self._said, controls.columns(rows)]
        box = ipywidgets.VBox([*parts, self._refusal, say, self.page])
        box.add_class("mlp-explorer")
        return box

    @in_turn
    def _ask(self, changes):
        """Change the state as `changes()` says; it may refuse too, as a field that holds no number does."""
        try:
            asked = changes()
        except ValueError as why:
            self._refuse(why)
        else:
            self.set(**asked)

    @in_turn
    def _refuse(self, why):
        self._refusal.value = html.escape(str(why))
        self._follow(self.state)

    def _follow(self, state):
        """Let the controls show a state, without taking that for a reader's move."""
        self._following = True
        try:
            self.arrange(state)
            for each in self._bound:
                each.show(state)
        finally:
            self._following = False
        sliders = {w: told for w in self.controls.values() if (told := controls.spoken(w))}
        self.page.spoken = {getattr(w, "track", w).description: told for w, told in sliders.items()}

    @in_turn
    def _speak(self):
        status = self.status()
        sentence = self.sentence(self._now)
        said = f"<b>{html.escape(status)}.</b> " if status else ""
        said += f'<span class="mlp-heard">{html.escape(sentence)}</span>'  # whoever sees has the picture
        if self._guess is not None and self._guess.value is not None:
            said += self._verdict(self.answer(self._now))
        self._said.value = said
        with self.page.hold_sync():
            self.page.alt, self.page.hushed = sentence, self.running

    def _verdict(self, right):
        if right is None:  # nothing to judge the guess by
            return ""
        verdict = "as you guessed" if right == self._guess.value else f"and you guessed {self._guess.value}"
        return f" <b>{html.escape(str(right))}</b>, {html.escape(str(verdict))}."

    def __repr__(self):
        return f"{self.sentence(self._now)} {self.message}."

    @in_turn
    def stored(self) -> tuple[bytes, str]:
        """Return what a chapter stores: the pictures one below the other, PNG, and what they show."""
        pictures, sentences = [], []
        for state in self.opened_cold():
            numbers = self.numbers(state)
            self.place(numbers)
            pictures.append(self.live.stored_pixels())
            sentences.append(self.sentence(numbers))
        self.place(self._now)
        return self.live.stored_png(*pictures), f"{' '.join(sentences)} {self.message}."

    @in_turn
    def _repr_mimebundle_(self, **_):
        """Show the live box where there is a kernel, the pictures anywhere else; one in the other's place."""
        png, text = self.stored()
        return {
            **controls.live_view(self.box),
            "text/html": image_in_html(png, text, self.live.size[0]),
            "text/plain": text,
        }


def _copied(value):
    """Return a value that shares no array with another."""
    if isinstance(value, dict):
        return {key: _copied(part) for key, part in value.items()}
    if type(value) in (tuple, list):
        return type(value)(map(_copied, value))
    return value.copy() if isinstance(value, np.ndarray) else value
