r"""What each number of a chapter's text is bound to, so that none can be altered unseen.

A number (prose_numbers.py) is bound where

- it stands in an arithmetic of the text (prose_arithmetic.py) that is true, and would not be with its last
  digit one higher;
- it is shown within three cells: printed, said of a picture, a literal of the code, in a tagged display or in
  such an arithmetic. It must be of the same kind (97.3 % may be shown as 0.973), round to what the text
  prints, and have its sign where the text gives one. And it must be told from its neighbors: where 0.1 and
  0.2 are both shown neither is bound, unless only the one stands in lines that share a word with what is
  beside the number;
- it is part of a tuple, of a list of three or more, or of widths such as 64-32-10, that is shown within three
  cells as a whole, along a row or down a column;
- it stands in the words of an entry of numbers_from_elsewhere.toml (numbers_from_elsewhere.py).

Whole numbers are not rounded, but for percents and after "about" and its like; a decimal is rounded to two
significant digits at least. With less, anything would be found anywhere.
"""

from decimal import Decimal

from prose_arithmetic import chain_between, chains
from prose_numbers import masked, numbers, sequences, stepped
from shown_numbers import shown, shown_in_text, shows

from tools.chapter_text import joined

CELLS_AWAY = 3
LONGEST_STRIDE = 12  # columns of a printed table


class Chapter:
    """A chapter's cells, what each shows and calculates, and the entries of numbers from elsewhere."""

    def __init__(self, notebook, entries=()):
        self.cells, self.entries = notebook["cells"], entries
        self.shown = [shown(cell) for cell in self.cells]
        self.texts = [joined(cell["source"]) if is_text(cell) else "" for cell in self.cells]
        self.calculated = [calculated(text) for text in self.texts]

    def within(self, place, cells, calculated):
        """What is shown and calculated so many cells away at most; `calculated` is that of the place."""
        near = range(max(0, place - cells), min(len(self.cells), place + cells + 1))
        chained = [chain for at in near for chain in (calculated if at == place else self.calculated[at])]
        return [part for at in near for part in self.shown[at]], chained

    def judged(self, place, text=None):
        """Yield (number, what binds it or None) of a cell's text, or of another text in its place."""
        text = self.texts[place] if text is None else text
        plain, formulas = masked(text)
        own = calculated(text)
        near = [self.within(place, cells, own) for cells in range(CELLS_AWAY + 1)]
        whole = [
            span for span, entries in sequences(plain) if any(has(part, entries) for part in parts(near[-1]))
        ]
        for number in numbers(plain, formulas):
            yield number, binding(number, plain, own, near, whole) or self.listed(number, text)

    def listed(self, number, text):
        """Whether an entry of the list has the number in its words."""
        return "elsewhere" if any(entry.holds(number, text) for entry in self.entries) else None


def is_text(cell):
    return cell["cell_type"] == "markdown"


def calculated(text):
    """The arithmetic of a text that calculates: a list of (chain, the numbers in it)."""
    found = (chain for chain in chains(*masked(text)) if chain.calculates)
    return [(chain, list(shown_in_text(chain.text))) for chain in found]


def parts(near, beside=None):
    """What is shown, and what true arithmetic shows, but for the one in which a number stands itself."""
    printed, chained = near
    return printed + [shown for chain, shown in chained if chain.true and chain is not beside]


def binding(number, text, own, near, whole):
    """What binds a number, or None."""
    inside = [chain for chain, _ in own if chain.start <= number.start and number.end <= chain.end]
    if any(needs(chain, number, text) for chain in inside):
        return "arithmetic"
    if any(start <= number.start and number.end <= end for start, end in whole):
        return "tuple"
    for around in near:
        there = [one for part in parts(around, *inside) for one in part]
        if any(shows(one, number) for one in there):
            like = [one for one in there if one.beside & number.beside]
            return "shown" if told_apart(number, there) or told_apart(number, like) else None
    return None


def told_apart(number, there):
    """Whether a number is among those shown, and those with its last digit one higher or lower are not."""
    unit = Decimal(1).scaleb(-number.places)
    found = [
        any(shows(one, number._replace(value=number.value + step)) for one in there)
        for step in (0, unit, -unit)
    ]
    return found == [True, False, False]


def needs(chain, number, text):
    """Whether an arithmetic is true, and not with a number's last digit one higher."""
    digits = stepped(number.text, 1)
    changed = text[: number.start] + digits + text[number.end :]
    other = chain_between(changed, chain.start, chain.end + len(digits) - len(number.text))
    return chain.true and other is not None and not other.true


def has(part, entries):
    """Whether a list of numbers shown has some in a row, or in a column of what is printed in rows."""
    wanted = [one._replace(negative=False) for one in entries]
    for stride in range(1, LONGEST_STRIDE + 1):
        for first in range(len(part) - stride * (len(entries) - 1)):
            row = part[first : first + stride * len(entries) : stride]
            pairs = list(zip(row, entries, wanted, strict=False))
            if all(shows(one, bare) and (one.value < 0) == entry.negative for one, entry, bare in pairs):
                return True
    return False


def faults(chapter):
    """Yield a sentence for every number of a chapter that is bound to nothing, and every false arithmetic."""
    for place, cell in enumerate(chapter.cells):
        if is_text(cell):
            yield from (f"{cell['id']}: {said}" for said in cell_faults(chapter, place))


def cell_faults(chapter, place, text=None):
    """Yield the faults of a cell's text, or of another text in its place."""
    text = chapter.texts[place] if text is None else text
    for chain in chains(*masked(text)):
        if not chain.true:
            yield f"not true as printed: {chain.text}"
    for number, bound in chapter.judged(place, text):
        if bound is None:
            yield f"{number.text} in “{context(text, number)}”"


def context(text, number, width=45):
    """The words around a number, which is marked."""
    before, after = text[max(0, number.start - width) : number.start], text[number.end : number.end + width]
    return " ".join(f"{before}»{number.text}«{after}".split())
