"""A guess: the reader chooses, and is told what that choice comes from; a cold page keeps the record."""

import html
import re
from collections.abc import Mapping
from typing import Any

import ipywidgets
import mistune

from .ground import controls
from .ground.fields import refusal
from .ground.page_side import PageSide
from .ground.rerun import close_those_of_an_earlier_run

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
</style>"""


def guess(question: str, choices: Mapping[str, str], right: str) -> "Guess":
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
    return Guess(question, choices, right)


class Guess:
    """What `guess` returns: buttons where there is a kernel, the folded record anywhere else."""

    def __init__(self, question: str, choices: Mapping[str, str], right: str):
        self.question, self.choices, self.right = question, _checked(question, choices, right), right
        self.said, self.opened = _text("mlp-said"), _text("mlp-opened")
        self.buttons = controls.choice("", list(self.choices), None, "")
        self.buttons.tooltips = [TOOLTIP] * len(self.choices)
        self.open = controls.button("Open the right answer", "Show which choice is right, and its reply.")
        self.open.layout.display = "none"
        self.buttons.observe(lambda _: self._answer(), "value")
        self.open.on_click(lambda _: self._show_right())
        asked = _text("mlp-question")
        asked.value = _as_html(question)
        style = controls.text(controls.STYLE + STYLE)
        style.layout.display = "none"  # it acts, and takes no room
        self.box = ipywidgets.VBox(
            [style, asked, self.buttons, self.said, self.open, self.opened, PageSide()]
        )
        self.box.add_class("mlp-explorer")
        self.box.add_class("mlp-guess")
        close_those_of_an_earlier_run(self)

    def choose(self, choice: str) -> None:
        """Choose as a reader does."""
        self.buttons.value = choice

    def close(self) -> None:
        """Close every widget: a guess whose cell is run again leaves nothing behind."""
        for widget in controls.all_widgets(self.box):
            widget.close()

    def _answer(self):
        wrong = self.buttons.value != self.right
        again = "\n\n*Choose again, or open the right answer.*" if wrong else ""
        self.opened.value = ""
        self.open.layout.display = None if wrong else "none"
        self.said.value = _as_html(self._reply(self.buttons.value) + again)

    def _show_right(self):
        self.opened.value = _as_html(self._reply(self.right))

    def _reply(self, choice):
        return f"**{self._mark(choice).capitalize()}:** {_plain(choice)}\n\n{self.choices[choice]}"

    def _mark(self, choice):
        return "right" if choice == self.right else "wrong"

    def _record(self):
        """Return what a page without a kernel shows; Markdown within HTML needs the blank lines."""
        offered = "\n".join(f"- {_plain(choice)}" for choice in self.choices)
        replies = "\n\n".join(map(self._reply, self.choices))
        return (
            f"**Guess.** {self.question}\n\n{offered}\n\n"
            f"<details><summary>Chosen? Then open the answers.</summary>\n\n{replies}\n\n</details>"
        )

    def __repr__(self):
        replies = (f"- {choice} ({self._mark(choice)}): {reply}" for choice, reply in self.choices.items())
        return "\n".join([f"Guess: {self.question}", *replies])

    def _repr_mimebundle_(self, **_):
        return {
            "application/vnd.jupyter.widget-view+json": {
                "version_major": 2,
                "version_minor": 0,
                "model_id": self.box.model_id,
            },
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


def _is_text(value):
    return isinstance(value, str) and bool(value.strip())


def _plain(choice):
    """Return a choice as Markdown that shows its very characters, as the button does."""
    return INLINE_MARKUP.sub(r"\\\g<0>", choice)


def _as_html(markdown):
    """Return HTML in which the formulas stand as they were: the page typesets them."""
    formulas = iter(FORMULA.findall(markdown))
    return re.sub(HELD, lambda _: html.escape(next(formulas)), mistune.html(FORMULA.sub(HELD, markdown)))


def _text(look):
    made = ipywidgets.HTMLMath(layout={"width": "auto"})
    made.add_class(look)
    return made
