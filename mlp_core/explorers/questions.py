"""A guess: the reader chooses, and is told what that choice comes from; a cold page keeps the record."""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

import ipywidgets
import mistune

from .ground import controls
from .ground.fields import refusal
from .ground.page_side import PageSide
from .ground.rerun import close_those_of_an_earlier_run
from .scores import Counted

FEWEST, MOST = 2, 5  # choices
INLINE_MARKUP = re.compile(r"[\\`*_\[\]<>~&#+.-]")  # what could be Markdown in a choice
FORMULA = re.compile(r"\$\$.+?\$\$|\$.+?\$", re.S)
HELD = "\ue000"  # stands for a formula while Markdown is made HTML: a character of no language
TOOLTIP = "Choose, and read what this choice says."
STYLE = """<style>
.mlp-guess { max-width: 640px; }
.mlp-guess .widget-toggle-buttons > div { display: flex; flex-flow: column; align-items: start; }
.mlp-guess .widget-button { align-self: start; }
.mlp-guess .jupyter-button.widget-toggle-button {
  height: auto; max-width: calc(100% - 6px); text-align: left; white-space: normal; overflow-wrap: anywhere;
  line-height: 1.4; padding: 5px 10px; margin: 3px; }
.mlp-guess .widget-htmlmath > .widget-htmlmath-content {
  line-height: 1.4; padding: 4px 0; white-space: normal; overflow-wrap: anywhere; }
.mlp-guess .widget-htmlmath-content p { margin: 0 0 6px; }
.mlp-guess .widget-htmlmath-content p:empty { display: none; }
.mlp-guess .widget-htmlmath-content pre { white-space: pre; overflow-x: auto; margin: 0 0 6px; }
.mlp-guess .mlp-guess { margin-top: 8px; }
</style>"""


def guess(
    question: str,
    choices: Mapping[str, str],
    right: str,
    then: "Guess | None" = None,
    last: Any = (),
    score: Counted | None = None,
) -> "Guess":
    """Return a question to guess at: the last expression of a cell, which shows it.

    Parameters
    ----------
    question : str
        Markdown, with formulas between dollars.
    choices : mapping of str to str
        Two to five choices in the order shown, each with the reply to it: what happens, and which belief the
        choice comes from. A choice stands on a button: plain words in one line, without dollars. A reply is
        Markdown.
    right : str
        The choice that is right.
    then : Guess, optional
        What is asked next, once the right choice has been made or opened: after a verdict, where and why.
    last : str, object, or several of them
        What is shown when no question is left: Markdown, what has Markdown of its own, or anything printed.
    score : what a `score()` has under a name, optional
        Where the first choice at each question is counted.

    Raises
    ------
    ValueError
        A text is missing or empty, there are fewer choices than two or more than five, or `right` is none.

    Examples
    --------
    >>> asked = guess("Is $0.5^2$ above 0.5?", {"yes": f"It is {0.5**2}.", "no": "Half of a half."}, "no")
    >>> print(asked)
    Guess: Is $0.5^2$ above 0.5?
    - yes (wrong): It is 0.25.
    - no (right): Half of a half.
    """
    return Guess(question, choices, right, then, last, score)


class Guess:
    """What `guess` returns: buttons where there is a kernel, the folded record anywhere else."""

    def __init__(self, question, choices, right, then=None, last=(), score=None):
        self.question, self.choices, self.right = question, _checked(question, choices, right), right
        self.then, self.last = then, [last] if isinstance(last, str) else _several(last)
        self.first = None  # the choice made before any reply was read
        self._tell = lambda right: None
        self.said, self.opened = _text("mlp-said"), _text("mlp-opened")
        self.buttons = controls.choice("", list(self.choices), None, "")
        self.buttons.tooltips = [TOOLTIP] * len(self.choices)
        self.open = controls.button("Open the right answer", "Show which choice is right, and its reply.")
        self.open.layout.display = "none"
        self.buttons.observe(lambda _: self._answer(), "value")
        self.open.on_click(lambda _: self._show_right())
        self.box = self._layout()
        if score is not None:
            self._count(score)
        close_those_of_an_earlier_run(self)

    def _layout(self):
        asked, self.closing = _text("mlp-question"), _text("mlp-last")
        asked.value = as_html(self.question)
        style = controls.text(controls.STYLE + STYLE)
        style.layout.display = "none"  # it acts, and takes no room
        further = [] if self.then is None else [self.then.box]
        for part in (*further, self.closing):
            part.layout.display = "none"
        parts = [style, asked, self.buttons, self.said, self.open, self.opened]
        box = ipywidgets.VBox([*parts, *further, self.closing, PageSide()])
        box.add_class("mlp-explorer")
        box.add_class("mlp-guess")
        return box

    def _count(self, score):
        """Tell the score the first choice at this question, and at those that come after it."""
        asked = list(self._and_those_after())
        score.begin(len(asked))
        for place, each in enumerate(asked):
            each._tell = lambda right, place=place: score.tell(place, right)

    def _and_those_after(self):
        each = self
        while each is not None:
            yield each
            each = each.then

    def choose(self, choice: str) -> None:
        """Choose as a reader does."""
        self.buttons.value = choice

    def close(self) -> None:
        """Close every widget: a guess whose cell is run again leaves nothing behind."""
        for widget in controls.all_widgets(self.box):
            widget.close()

    def _answer(self):
        wrong = self.buttons.value != self.right
        if self.first is None:
            self.first = self.buttons.value
            self._tell(not wrong)
        again = "\n\n*Choose again, or open the right answer.*" if wrong else ""
        self.opened.value = ""
        self.open.layout.display = None if wrong else "none"
        self.said.value = as_html(self._reply(self.buttons.value) + again)
        if not wrong:
            self._go_on()

    def _show_right(self):
        self.opened.value = as_html(self._reply(self.right))
        self._go_on()

    def _go_on(self):
        """Ask what is asked next; where nothing is, show what comes last, of the question before too."""
        if self.then is not None:
            self.then.box.layout.display = None
            self.then._when_done = self._close_with_last
        else:
            self._close_with_last()

    def _when_done(self):
        """Nothing waits for this question's end."""

    def _close_with_last(self):
        if self.last:
            self.closing.value = as_html(self._last())
            self.closing.layout.display = None
        self._when_done()

    def _last(self):
        return "\n\n".join(map(_markdown_of, self.last))

    def _reply(self, choice):
        # A reply that begins with a number and a full stop is a sentence, and no list.
        reply = re.sub(r"^(\d+)\. ", r"\1\\. ", self.choices[choice])
        return f"**{self._mark(choice).capitalize()}:** {_plain(choice)}\n\n{reply}"

    def _mark(self, choice):
        return "right" if choice == self.right else "wrong"

    def _record(self, word="Guess."):
        """Return what a page without a kernel shows; Markdown within HTML needs the blank lines."""
        offered = "\n".join(f"- {_plain(choice)}" for choice in self.choices)
        inside = [*map(self._reply, self.choices)]
        inside += [] if self.then is None else [self.then._record("And then:")]
        inside += [self._last()] if self.last else []
        folded = "\n\n".join(inside)
        return (
            f"**{word}** {self.question}\n\n{offered}\n\n"
            f"<details><summary>Chosen? Then open the answers.</summary>\n\n{folded}\n\n</details>"
        )

    def __repr__(self):
        replies = (f"- {choice} ({self._mark(choice)}): {reply}" for choice, reply in self.choices.items())
        after = [] if self.then is None else [f"Then: {repr(self.then).removeprefix('Guess: ')}"]
        return "\n".join([f"Guess: {self.question}", *replies, *after, *map(str, self.last)])

    def _repr_mimebundle_(self, **_):
        return {
            **controls.live_view(self.box),
            "text/markdown": self._record(),
            "text/plain": repr(self),
        }


def _checked(question: Any, choices: Any, right: Any) -> dict[str, str]:
    """Return a copy of the choices; ValueError names what cannot be asked."""
    if not _is_text(question):
        raise refusal("question", question, "a text that is not empty")
    if not isinstance(choices, Mapping) or not FEWEST <= len(choices) <= MOST:
        raise refusal("choices", choices, f"{FEWEST} to {MOST} choices, each with its reply")
    for choice, reply in choices.items():
        if not _is_text(choice) or "$" in choice or "\n" in choice:
            raise refusal("choices", choice, "a choice in plain words, in one line and without dollars")
        if not _is_text(reply):
            raise refusal(f"choices[{choice!r}]", reply, "a reply that is not empty")
    if right not in list(choices):
        raise refusal("right", right, f"one of {', '.join(map(repr, choices))}")
    return dict(choices)


def _several(last: Any) -> list:
    """Return the parts of what is shown last."""
    return list(last) if isinstance(last, Iterable) else [last]


def _markdown_of(part: Any) -> str:
    """Return a part of what is shown last as Markdown: its own, or what it prints, as it stands."""
    if isinstance(part, str):
        return part
    own = getattr(part, "_repr_markdown_", None)
    return own() if own else f"```text\n{part}\n```"


def _is_text(value):
    return isinstance(value, str) and bool(value.strip())


def _plain(choice):
    """Return a choice as Markdown that shows its very characters, as the button does."""
    return INLINE_MARKUP.sub(r"\\\g<0>", choice)


def as_html(markdown):
    """Return HTML in which the formulas stand as they were: the page typesets them."""
    formulas = iter(FORMULA.findall(markdown))
    return re.sub(HELD, lambda _: html.escape(next(formulas)), mistune.html(FORMULA.sub(HELD, markdown)))


def _text(look):
    made = ipywidgets.HTMLMath(layout={"width": "auto"})
    made.add_class(look)
    return made
