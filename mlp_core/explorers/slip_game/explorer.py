"""Holds, or slips? (chapter 91): a game without an end about the book's own lines."""

import html
from datetime import date
from functools import partial
from typing import Any

import ipywidgets

from ..ground import controls
from ..ground.fields import changed
from ..ground.page_side import PageSide
from ..ground.rerun import close_those_of_an_earlier_run
from ..ground.turns import in_turn
from ..questions import STYLE as LOOKS_OF_A_GUESS
from ..questions import as_html
from .numbers import CANNOT_SAY, HOLDS, SLIPS, GameState, another, go_on, judge, numbers_of, point
from .text import plain, record, reply, score, side_names

MOST_SIDES = 6
QUESTION = "One line of the book. Half of the lines have one slip of the pen in them. This one?"
STYLE = """<style>
.mlp-game .mlp-line { overflow-x: auto; }
.mlp-game .mlp-line .widget-htmlmath-content { font-size: 112%; padding: 10px 2px; }
.mlp-game code { white-space: pre-wrap; overflow-wrap: anywhere; }
</style>"""


def holds_or_slips(deck: Any, seed: int = 0) -> "SlipGame":
    """Return the game: say of each line whether it holds or slips, and the machine answers.

    Parameters
    ----------
    deck : what `deck(read_book())` of mlp_core.equations returns
    seed : int
        The number of the game, 0 to 99,999,999: it fixes which lines come, and which of them slip.

    Raises
    ------
    ValueError
        There is no such game.

    Examples
    --------
    >>> from mlp_core.equations import deck, read_book
    >>> game = holds_or_slips(deck(read_book()))
    >>> game.say("holds")
    >>> game.values()["right"], game.values()["streak"]
    (False, 0)
    """
    return SlipGame(deck, seed)


class SlipGame:
    """What `holds_or_slips` returns: buttons where there is a kernel, its first line anywhere else."""

    def __init__(self, deck: Any, seed: int = 0):
        self.deck, self.start = deck, GameState(seed)
        self.state = self.start
        self.controls = self._controls()
        self.line, self.given, self.said, self.score = (
            _text(look) for look in ("mlp-line", "mlp-given", "mlp-said", "mlp-score")
        )
        self._refusal = controls.text("", "mlp-refusal")
        self.page = PageSide()
        self.box = self._layout()
        self._show()
        close_those_of_an_earlier_run(self)

    def _controls(self):
        """Return the buttons and the field, by name."""
        made = {
            HOLDS: controls.button("It holds", "Say that the line is true as it stands."),
            SLIPS: controls.button("It slips", "Say that something in the line is wrong."),
        }
        for side in range(1, MOST_SIDES + 1):
            made[f"side {side}"] = controls.button(f"side {side}", "Say where you would mend the line.")
        made["cannot say"] = controls.button("I cannot say", "Leave out where, and read the answer.")
        made["next"] = controls.button("Next line", "Go on with another line.", act=True)
        made["game"] = controls.field(
            "game", str(self.start.seed), "Type a number, then Enter: another game."
        )
        made["today"] = controls.button("Today's game", "Play the game of today's date, as others do today.")
        made["reset"] = controls.button("Begin again", "Go back to the first line of the first game.")
        for said in (HOLDS, SLIPS):
            made[said].on_click(lambda _, said=said: self.say(said))
        for side in range(1, MOST_SIDES + 1):
            made[f"side {side}"].on_click(lambda _, side=side: self.point(side))
        made["cannot say"].on_click(lambda _: self.point(CANNOT_SAY))
        made["next"].on_click(lambda _: self.go_on())
        made["today"].on_click(lambda _: self.begin(int(f"{date.today():%Y%m%d}")))
        made["reset"].on_click(lambda _: self.begin(self.start.seed))
        made["game"].observe(self._typed, "value")
        return made

    def _layout(self):
        of_sides = [self.controls[f"side {side}"] for side in range(1, MOST_SIDES + 1)]
        style = controls.text(controls.STYLE + LOOKS_OF_A_GUESS + STYLE)
        style.layout.display = "none"  # it acts, and takes no room
        asked = controls.text(html.escape(QUESTION), "mlp-question")
        self.pointing = controls.row(*of_sides, self.controls["cannot say"])
        games = controls.row(*(self.controls[name] for name in ("game", "today", "reset")))
        parts = [asked, self.line, self.given, controls.row(self.controls[HOLDS], self.controls[SLIPS])]
        parts += [self.said, self.pointing, self.controls["next"], self.score, self._refusal, games]
        box = ipywidgets.VBox([style, *parts, self.page])
        for look in ("mlp-explorer", "mlp-guess", "mlp-game"):
            box.add_class(look)
        return box

    # What a reader, a chapter and a test use

    def say(self, said: str) -> None:
        """Say that the line holds, or slips; a second word on the same line changes nothing."""
        self._ask(partial(judge, said=said))

    def point(self, side: int) -> None:
        """Say on which side, counted from 1, a line that slips would be mended; 0 for no idea."""
        self._ask(partial(point, side=side))

    def go_on(self) -> None:
        """Go on with the next line, once all is said about the one in front."""
        self._ask(go_on)

    def begin(self, seed: int) -> None:
        """Begin another game, or the same one anew."""
        self.set(**another(seed))

    @in_turn
    def values(self) -> dict[str, Any]:
        """Return the line in front, and the score."""
        return numbers_of(self.state, self.deck)

    @property
    def refusal(self) -> str:
        """What was refused, and why; empty where the last change was made."""
        return html.unescape(self._refusal.value)

    @in_turn
    def set(self, **changes: Any) -> None:
        """Change the state; a refused one is said, and the last good one stays."""
        try:
            self.state = changed(self.state, changes)
        except ValueError as why:
            self._refusal.value = html.escape(str(why))
        else:
            self._refusal.value = ""
        self._show()

    @in_turn
    def close(self) -> None:
        """Close every widget: a game whose cell is run again leaves nothing behind."""
        for widget in controls.all_widgets(self.box):
            widget.close()

    @in_turn
    def _ask(self, act):
        self.set(**act(self.state, self.values()))

    def _typed(self, change):
        """Begin the game whose number was typed."""
        typed = change["new"].strip()
        if typed != str(self.state.seed):
            self.set(**another(int(typed) if typed.isdecimal() else typed))

    def _show(self):
        """Write what is so now."""
        numbers = self.values()
        line, names = numbers["line"], side_names(numbers["line"].sides)
        self.line.value = f"$${html.escape(line.latex)}$$"
        self.given.value = as_html(line.given)
        self.said.value = as_html(reply(numbers))
        self.score.value = html.escape(score(numbers))
        for side in range(1, MOST_SIDES + 1):
            button = self.controls[f"side {side}"]
            button.layout.display = None if side <= len(names) else "none"
            button.description = names[side - 1] if side <= len(names) else f"side {side}"
        self.pointing.layout.display = None if numbers["asked"] == "side" else "none"
        self.controls["next"].layout.display = "none" if numbers["asked"] else None
        self.controls["game"].value = str(self.state.seed)

    def __repr__(self):
        numbers = self.values()
        return f"Holds, or slips? {plain(numbers['line'].latex)}. {score(numbers)}"

    @in_turn
    def _repr_mimebundle_(self, **_):
        return {
            **controls.live_view(self.box),
            "text/markdown": record(self.values()),
            "text/plain": repr(self),
        }


def _text(look):
    made = ipywidgets.HTMLMath(layout={"width": "auto"})
    made.add_class(look)
    return made
