"""A game's lines: identities of the book, half of them with one planted slip, and what the machine says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from ..chapters import ChapterEquation
from ..checking import Check
from ..context import Context, in_force_after
from ..language import tree
from ..language.writer import write
from ..measuring.budget import Budget
from .edits import edits

FAIR = ("value", "shape", "range", "scope")  # what a slip must come to: not that nothing is said
HARDLY_SEEN = "bold"  # a kind of slip that only good eyes find
BY_ACCIDENT = "by accident"  # in a verdict: the line is true if it is read kindly
SLIPPED = 0.5  # the share of lines with a slip
KEPT = 512  # lines that a deck remembers


@dataclass(frozen=True)
class DealtLine:
    """One line of a game, and all that is to be said about it.

    Parameters
    ----------
    tag : str
        The number of the line of the book.
    latex, book : str
        The line as it is shown, and as the book has it: the same unless it slips.
    given : str
        What is in force there, Markdown.
    sides : int
    slips : bool
    side : int
        The one that was changed, counted from 1; 0 where none was.
    planted : str
        The slip in words; empty where there is none.
    said : str
        The verdict of the machine.
    """

    tag: str
    latex: str
    book: str
    given: str
    sides: int
    slips: bool
    side: int
    planted: str
    said: str
    equation: tree.Equation
    context: Context


def deck(book: Mapping[str, ChapterEquation]) -> "Deck":
    """Return the identities of a book as a game deals them.

    Parameters
    ----------
    book : dict
        What `read_book` returned.

    Examples
    --------
    >>> from mlp_core.equations import deck, read_book
    >>> line = deck(read_book()).deal(seed=0, number=0)
    >>> line.slips, line.said == "holds"
    (True, False)
    """
    return Deck(book)


class Deck:
    """What `deck` returns: `deal(seed, number)` is the same line every time.

    `mends(seed, number, side)` says whether one stroke of the pen on that side mends a line that slips.
    """

    def __init__(self, book: Mapping[str, ChapterEquation]):
        self.lines = [each for each in book.values() if each.kind == "identity"]
        self.definitions = {
            key: each.latex.split(r"\tag")[0].strip()
            for each in book.values()
            for key in set(in_force_after(each.tree, each.context).definitions)
            - set(each.context.definitions)
        }
        self.deal = lru_cache(maxsize=KEPT)(self._deal)
        self.mends = lru_cache(maxsize=KEPT)(self._mends)

    def _mends(self, seed, number, side):
        """Return whether one stroke of the pen on a side, counted from 1, makes a line that slips hold."""
        line = self.deal(seed, number)
        if side == line.side:
            return True
        checking = Check(line.context, Budget())
        return any(checking.holds(edit.equation) for edit in edits(line.equation, [side - 1]))

    def _deal(self, seed, number):
        """Return line `number` of game `seed`, a `DealtLine`."""
        lap, place = divmod(number, len(self.lines))
        order = Random(f"{seed}, lap {lap}")
        line = sorted((order.random(), k, each) for k, each in enumerate(self.lines))[place][-1]
        context = replace(line.context, example=None)  # a missing condition is then found, and is no slip
        equation = replace(line.tree, tag=None)
        chance = Random(f"{seed}, line {number}")
        slip = None if chance.random() >= SLIPPED else _slip(equation, context, chance)
        shown, verdict = slip[1:] if slip else (equation, Check(context, Budget()).verdict(equation))
        pairs = zip(equation.sides, shown.sides, strict=True)
        return DealtLine(
            tag=line.tag,
            latex=write(shown),
            book=write(equation),
            given=self._given(shown, context),
            sides=len(shown.sides),
            slips=slip is not None,
            side=next((k for k, (one, other) in enumerate(pairs, start=1) if one != other), 0),
            planted=slip[0] if slip else "",
            said=_said(verdict),
            equation=shown,
            context=context,
        )

    def _given(self, equation, context):
        """Return what is granted: the sum of the targets, and the chapter's own letters that are used."""
        parts = [part for side in equation.sides for part in side.walk()]
        letters = {(s.letter, s.hat, s.bold) for s in parts if isinstance(s, tree.Symbol)}
        of_targets = {letter for letter, _, _ in letters} & set("ErR")
        of_targets = of_targets or any(isinstance(part, tree.Gradient) for part in parts)
        own = [f"Here ${self.definitions[key]}$." for key in context.definitions if key in letters]
        if of_targets:
            sum_to = "1" if context.assumed else "anything"
            own.insert(0, f"The targets {'' if context.assumed else 'may '}add up to {sum_to}.")
        return " ".join(own)


def _slip(equation, context, chance):
    """Return (words, equation, verdict) of a slip that shows; every kind has the same chance."""
    kinds = {}
    for edit in edits(equation):
        kinds.setdefault(edit.kind, []).append(edit)
    kinds.pop(HARDLY_SEEN, None)
    checking = Check(context, Budget())
    for kind in _shuffled(sorted(kinds), chance):
        for edit in _shuffled(kinds[kind], chance):
            slipped = replace(edit.equation, tag=None)
            verdict = checking.verdict(slipped, write(slipped))
            if verdict.slip in FAIR and BY_ACCIDENT not in verdict.message:
                return edit.words, slipped, verdict
    return None


def _shuffled(several, chance):
    """Return them in an order that every version of Python makes of a seed."""
    keys = [chance.random() for _ in several]
    return [each for _, each in sorted(zip(keys, several, strict=True), key=lambda pair: pair[0])]


def _said(verdict):
    needs = f"; it needs: {', '.join(verdict.needs)}" if verdict.holds and verdict.needs else ""
    compared = f". Pairs compared: {verdict.compared}." if verdict.holds else ""
    return verdict.message.partition("\n")[0] + needs + compared
