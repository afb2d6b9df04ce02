"""What a check answers: a verdict, the slips it recognized, and a message; shown as one small box."""

import html
import re
from dataclasses import dataclass
from itertools import groupby
from typing import Any

HEADS = {
    "right": "Right.",
    "near": "Nearly.",
    "wrong": "Not yet.",
    "unattempted": "Not tried yet.",
    "error": "It does not run.",
    "unread": "It cannot be read yet.",
    "info": "",
}
# Teal, amber, red, gray, red: the edge of the box; the words say it too. Each is seen on white and on black.
EDGES = {
    "right": "#2a9d8f",
    "near": "#c98a1b",
    "wrong": "#c8553d",
    "unattempted": "#888888",
    "error": "#c8553d",
    "unread": "#c8553d",
    "info": "#888888",
}
CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Feedback:
    """What was found out about an answer.

    Parameters
    ----------
    number : str
        The exercise.
    verdict : str
        "right", "near", "wrong", "unattempted", "error", or "unread" of what is not of the kind asked for.
    message : str
        A few lines; a piece of code stands between backquotes.
    slips : tuple of str
        What was recognized, the commonest first; each ends the sentence "this is what comes out if ...".
    equals : tuple of str
        Further explanations that give the same numbers.

    Examples
    --------
    >>> print(Feedback("2.1", "unattempted", "Write it in the cell above."))
    2.1  Not tried yet. Write it in the cell above.
    """

    number: str
    verdict: str
    message: str
    slips: tuple[str, ...] = ()
    equals: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """Return the verdict in words."""
        return HEADS[self.verdict]

    def __str__(self) -> str:
        return "  ".join(filter(None, [self.number, f"{self.head} {self.message}".strip()]))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        head = html.escape(f"{self.number}  {self.head}".strip())
        return (
            f'<div class="mlp-check" role="status" style="border-left: 4px solid {EDGES[self.verdict]}; '
            "padding: 6px 12px; max-width: 640px; line-height: 1.5; "
            'color: var(--jp-content-font-color1, inherit)">'
            f"<strong>{head}</strong> {_body(self.message)}</div>"
        )

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": self._repr_html_(), "text/plain": str(self)}


def _marked_up(line):
    """Return a line as HTML: escaped, code between backquotes in typewriter."""
    pieces = CODE.split(line)
    return "".join(
        f"<code>{html.escape(piece)}</code>" if k % 2 else html.escape(piece)
        for k, piece in enumerate(pieces)
    )


def _body(message):
    """Return a message as HTML; indented lines, with marks below letters, keep their places."""
    parts = []
    for indented, lines in groupby(message.splitlines(), lambda line: line.startswith("    ")):
        if indented:
            text = html.escape("\n".join(line[4:] for line in lines))
            parts.append(f'<pre style="margin: 4px 0; overflow-x: auto; color: inherit">{text}</pre>')
        else:
            parts.append("<br>".join(map(_marked_up, lines)))
    return "".join(parts)


def came(count: int, expected: str) -> str:
    """Return the sentence on a wrong count of answers."""
    return f"{count} {'answer' if count == 1 else 'answers'} came; expected {expected}."
