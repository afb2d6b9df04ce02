"""What every explorer is: a frozen state, pure arithmetic, moving artists, controls bound to the state."""

import base64
import html
from dataclasses import replace

import ipywidgets

from ...pictures.ground.style import house_style
from . import controls
from .live_figure import SHOWN, LiveFigure
from .page_side import PageSide
from .rerun import close_those_of_an_earlier_run


class Explorer:
    """A question, a guess, controls, and a picture that answers.

    A subclass has the class attributes below, and five methods: `numbers(state)`, `make_controls()`,
    `draw()`, `place(numbers)` and `sentence(numbers)`. It may have `answer(numbers)`, which of `guesses` is
    right, `arrange(state)`, and `further_controls()`.

    Parameters
    ----------
    state : frozen dataclass
        Where to start; its field names are those of the controls.
    """

    question = ""
    guesses = ()
    message = ""
    say = ""
    height = 3.9

    def __init__(self, state):
        self.start = self.state = state
        self._now = self.numbers(state)
        self.live = LiveFigure(self.height, self.message)
        with house_style():
            self.draw()
            self.place(self._now)
        self.controls = {}
        self._following = False
        self._refusal = controls.text("", "mlp-refusal")
        self._said = controls.text("")
        self._guess = self._guess_control()
        self.box = self._layout(self.make_controls())
        self._follow()
        self._speak()
        self.live.show()
        close_those_of_an_earlier_run(self)

    # What a subclass says

    def numbers(self, state):
        """Return the numbers that are drawn, by the book's letters; ValueError refuses the state."""
        raise NotImplementedError

    def make_controls(self):
        """Return the rows of controls, each made with `self.bound` or `self.acting`."""
        raise NotImplementedError

    def draw(self):
        """Draw what stays on `self.live.canvas`, and make the artists that move."""
        raise NotImplementedError

    def place(self, numbers):
        """Put the moving artists where the numbers say."""
        raise NotImplementedError

    def sentence(self, numbers):
        """Return in one sentence what is drawn, with its numbers."""
        raise NotImplementedError

    def answer(self, numbers):
        """Return which of `guesses` is right for these numbers; None where nothing decides it."""
        return None

    def arrange(self, state):
        """Hide the controls that this state has no use for, and set the limits of the others."""

    def further_controls(self):
        """Return rows of controls that stand below the picture: those that are moved less often."""
        return []

    # What a reader, a chapter and a test use

    def values(self):
        """Return the numbers now drawn."""
        return dict(self._now)

    def set(self, **changes):
        """Change the state; a refused one is said beside the controls, and the last good one stays."""
        try:
            state = replace(self.state, **changes)
            numbers = self.numbers(state)
        except ValueError as refusal:
            self._refuse(refusal)
            return
        self._refusal.value = ""
        self.state, self._now = state, numbers
        self._follow()
        self.place(numbers)
        self._speak()
        self.live.show()

    def reset(self):
        """Go back to the start."""
        self.set(**{name: getattr(self.start, name) for name in self.start.__dataclass_fields__})

    def close(self):
        """Close every widget: an explorer whose cell is run again leaves nothing behind."""
        for widget in _all_widgets(self.box):
            widget.close()

    # For make_controls

    def bound(self, name, widget, changes=None, write=lambda value: value, field=None):
        """Register a control that shows a field of the state, or a part of it.

        Parameters
        ----------
        name : str
        widget : ipywidgets widget with a value
        changes : callable, optional
            The changes of the state, a dict, that a new value of the control asks for; {name: value} unless
            given.
        write : callable, optional
            The control's value from the field's.
        field : str, optional
            `name` unless given; a control of one entry of a tuple has a name of its own.
        """
        self.controls[name] = widget
        widget.mlp_field, widget.mlp_write = field or name, write

        def moved(change):
            if not self._following:
                new = change["new"]
                self._ask(lambda: {name: new} if changes is None else changes(new))

        widget.observe(moved, "value")
        if widget.has_trait("refusal"):
            widget.observe(lambda change: change["new"] and self._refuse(change["new"]), "refusal")
        return widget

    def acting(self, name, widget, act):
        """Register a button; `act(state, numbers)` returns the changes of the state, a dict."""
        self.controls[name] = widget
        widget.on_click(lambda _: self._ask(lambda: act(self.state, self._now)))
        return widget

    def _guess_control(self):
        if not self.guesses:
            return None
        guess = controls.choice("my guess", self.guesses, None, "Guess before you move anything.")
        guess.observe(lambda _: self._speak(), "value")
        return guess

    def _layout(self, rows):
        if self._guess is not None:
            self.controls["guess"] = self._guess
        question = [controls.text(controls.STYLE + html.escape(self.question), "mlp-question")]
        question += [] if self._guess is None else [self._guess]
        self.page = PageSide()
        self.page.observe(lambda change: self.live.set_ratio(change["new"]), "ratio")
        left = ipywidgets.VBox(
            [*question, *rows, self._refusal, self._said],
            layout={"flex": "1 1 240px", "min_width": "min(240px, 100%)", "max_width": "420px"},
        )
        right = ipywidgets.VBox(
            [self.live.image, self.page],
            layout={"flex": f"0 1 {SHOWN}px", "min_width": "0px", "max_width": "100%"},
        )
        whole = ipywidgets.Box(
            [left, right],
            layout={"display": "flex", "flex_flow": "row wrap", "width": "100%", "grid_gap": "0 14px"},
        )
        further = self.further_controls()
        labelled = [widget for part in (left, *further) for widget in _all_widgets(part)]
        self.page.tooltips = {
            widget.description: widget.tooltip
            for widget in labelled
            if getattr(widget, "tooltip", None) and getattr(widget, "description", "")
        }
        box = ipywidgets.VBox([whole, *further, controls.text(f"Say it: {html.escape(self.say)}", "mlp-say")])
        box.add_class("mlp-explorer")
        return box

    def _ask(self, changes):
        """Change the state as `changes()` says; it may refuse too, as a field that holds no number does."""
        try:
            asked = changes()
        except ValueError as refusal:
            self._refuse(refusal)
        else:
            self.set(**asked)

    def _refuse(self, why):
        self._refusal.value = html.escape(str(why))
        self._follow()

    def _follow(self):
        """Let the controls show the state, without taking that for a reader's move."""
        self._following = True
        try:
            self.arrange(self.state)
            for widget in self.controls.values():
                if hasattr(widget, "mlp_write"):
                    widget.value = widget.mlp_write(getattr(self.state, widget.mlp_field))
        finally:
            self._following = False

    def _speak(self):
        said = html.escape(self.sentence(self._now))
        if self._guess is not None and self._guess.value is not None:
            said += self._verdict(self.answer(self._now))
        self._said.value = said

    def _verdict(self, right):
        if right is None:  # nothing to judge the guess by
            return ""
        verdict = "as you guessed" if right == self._guess.value else f"and you guessed {self._guess.value}"
        return f"<br><b>{html.escape(str(right))}</b>, {html.escape(str(verdict))}."

    def __repr__(self):
        return f"{self.sentence(self._now)} {self.message}."

    def _repr_mimebundle_(self, **_):
        """Show the live box where there is a kernel, the picture anywhere else; one in the other's place."""
        width, height = self.live.size
        data = {
            "application/vnd.jupyter.widget-view+json": {
                "version_major": 2,
                "version_minor": 0,
                "model_id": self.box.model_id,
            },
            "image/png": base64.b64encode(self.live.stored_png()).decode(),
            "text/plain": repr(self),
        }
        return data, {"image/png": {"width": width, "height": height, "alt": repr(self)}}


def _all_widgets(widget):
    for child in getattr(widget, "children", ()):
        yield from _all_widgets(child)
    for part in ("style", "layout"):
        if isinstance(getattr(widget, part, None), ipywidgets.Widget):
            yield getattr(widget, part)
    yield widget
