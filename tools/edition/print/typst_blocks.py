"""The book's conventions for Typst: pandoc's tree of the volume, with calls of what style.typ defines.

pandoc runs twice: it reads the volume into a tree, and writes the tree that comes back from here.
A `ValueError` names what has no form on paper.
"""

import re
from dataclasses import dataclass, field
from posixpath import join, normpath

from ...chapter_text import TAG
from .pieces import (
    asks,
    block_call,
    call,
    coded,
    formula,
    is_term,
    leads,
    longest_word,
    plain,
    quoted,
    ragged,
    typed,
    width,
)

ANCHOR = re.compile(r'<a id="([\w-]+)">')
EQUATION = re.compile(r"eq-(\d+)-\d+$")
CHAPTER = re.compile(r"(?:^|/)(\d\d)_\w+\.md(?:#|$)")
ANSWERED = re.compile(r"\?|^Answers")  # the summary of a text that is read after one has answered
REPLY = ("Wrong:", "Right:")
IN_A_LINE = "#[]"  # says nothing, but behind it a number with a period begins no list
HTML = {"<br>": "#linebreak()", "<del>": "#strike[", "</del>": "]"}


@dataclass
class Volume:
    """The volume on its way to Typst."""

    chapter: str = ""
    printed: bool = False  # by code
    tabled: bool = False
    within: bool = False  # the answers to a question
    asked: list = field(default_factory=list)  # the words of the question whose answers are read
    answers: list = field(default_factory=list)  # of the chapter, which wait for its end
    paged: set = field(default_factory=set)  # what was given its page since the last heading

    def blocks(self, found):
        """Return blocks for Typst; a paragraph that leads to what follows stays on its page."""
        made = []
        for before, block, following in zip([None, *found], found, [*found[1:], None], strict=False):
            here, led = self.block(block), leads(before, block, following)
            made += [block_call("#lead["), *here, block_call("]")] if led else here
        return made

    def block(self, block):
        """Return what becomes of one block."""
        match block:
            case {"t": "Header", "c": [level, attributes, words]}:
                return self._heading(level, attributes, words)
            case {"t": "Div", "c": [[name, classes, pairs], inside]}:
                return self._division(name, classes, dict(pairs), inside)
            case {"t": "BlockQuote", "c": inside}:
                return self._within("#aside", inside)
            case {"t": "RawBlock", "c": ["html", html]}:
                words = self._html(html.strip())
                return [{"t": "Para", "c": words}] if words else []
            case {"t": "Para" | "Plain", "c": [{"t": "Image", "c": [_, words, [path, _]]}]}:
                drawn = f"figures/{path.rpartition('/')[2]}"
                return [block_call(f"#drawn({quoted(drawn)}, alternative: {quoted(plain(words))})")]
            case {"t": "Para", "c": [{"t": "Math", "c": [_, tex]}]} if not self.within:  # by itself
                return [{"t": "Para", "c": self._display(tex.removeprefix(r"\qquad"))}]
            case {"t": "Para" | "Plain" as kind, "c": words}:
                said = self.words(words)
                return [{"t": kind, "c": [call("#ragged["), *said, call("]")] if ragged(words) else said}]
            case {"t": "BulletList", "c": items}:
                return [{"t": "BulletList", "c": [self.blocks(item) for item in items]}]
            case {"t": "OrderedList", "c": [start, items]}:
                return [{"t": "OrderedList", "c": [start, [self.blocks(item) for item in items]]}]
            case {"t": "Table"}:
                return self._table(block)
            case {"t": "CodeBlock" | "HorizontalRule"}:
                return [block]
        raise self._formless(f"a block {block['t']}")

    def _formless(self, what):
        return ValueError(f"chapter {self.chapter}: got {what}; expected what has a form on paper")

    def _within(self, function, inside):
        return [block_call(f"{function}["), *self.blocks(inside), block_call("]")]

    def _heading(self, level, attributes, words):
        self.paged = set()
        if level == 1:
            number = re.match(r"\d\d", plain(words))
            self.chapter = number[0] if number else ""
            attributes = [f"chapter-{self.chapter}" if number else attributes[0], [], []]
        return [{"t": "Header", "c": [level, attributes, self.words(words)]}]

    def _division(self, name, classes, pairs, inside):
        match classes:
            case ["printed"]:
                return self._printed(inside)
            case ["folded"]:
                return self._folded(pairs["summary"], inside)
            case ["picture"]:
                return self._picture(pairs, inside)
            case ["played"]:
                (quote,) = inside
                return self._within("#played", quote["c"])
            case ["exercise"]:
                told = f"#exercise({quoted(pairs['number'])}, by: {quoted(pairs['by'])})"
                return self._within(told, inside)
            case ["ours"]:
                return [block_call(f"#ours({quoted(pairs['number'])}, {quoted(plain(inside))})")]
            case ["words" | "contents" | "overleaf" as kind]:
                return [block_call(f"#{kind}")]
            case ["solution" | "hints" as kind]:
                return self._within(f"#{kind}({quoted(pairs['number'])})", inside)
            case ["paper"]:
                return self._within("#on-paper", inside)
            case ["verso"]:
                return self._within("#verso", inside)
            case ["sheet"]:
                alternative = quoted(plain(inside))
                place, path = quoted(pairs["name"]), quoted(pairs["file"])
                return [block_call(f"#sheet({place}, {path}, alternative: {alternative})")]
            case ["answers"]:
                return self._answers()
            case [] if name:
                return [block_call(f"#place-of({quoted(name)})"), *self.blocks(inside)]
        raise self._formless(f"a div {classes}")

    def _printed(self, inside):
        if question := asks(inside):
            self.asked = self.words(inside[0]["c"][2:])
        self.printed = True
        made = self._within("#question" if question else "#printed", inside)
        self.printed, self.asked = False, []
        return made

    def _picture(self, pairs, inside):
        alternative, *caption = inside
        told = [
            quoted(pairs["file"]),
            f"alternative: {quoted(alternative['c'][1])}",
        ]
        return self._within(f"#picture({', '.join(told)})", caption)

    def _folded(self, summary, inside):
        if not ANSWERED.search(summary):
            return self._within(f"#folded({quoted(summary)})", inside)
        if self.within:  # the second step of a guess: its answers stand with those of the first
            return self._replies(inside)
        if summary.startswith("Judged?"):  # the reasons for what the guess above it asked
            self.answers[-1][-1:] = [*self.blocks(inside), block_call("]")]
            return []
        name = f"{self.chapter}-{len(self.answers) + 1}"
        asked = self.asked or [{"t": "Str", "c": summary}]
        self.within = True
        replies = self._replies(inside)
        self.within = False
        opening = [block_call(f"#answer({quoted(name)})["), {"t": "Plain", "c": asked}, block_call("][")]
        self.answers.append([*opening, *replies, block_call("]")])
        return [block_call(f"#answered({quoted(name)})")]

    def _replies(self, inside):
        """Join each choice to its reply, which stands in the paragraph below it."""
        made, left = [], list(inside)
        while left:
            match left.pop(0):
                case {"t": "BulletList"} if left and left[0]["t"] == "Div":
                    continue  # the choices, each of which is told below
                case {"t": "Para", "c": [{"t": "Strong", "c": said}, _, *choice]} if plain(said) in REPLY:
                    made += self._reply(plain(said) == "Right:", choice, left.pop(0))
                case block:
                    made += self.block(block)
        return made

    def _reply(self, right, choice, reply):
        begun = f"#reply({'true' if right else 'false'})[{IN_A_LINE}"
        opening = [call(begun), *self.words(choice), call("][")]
        if reply["t"] == "Para":
            return [{"t": "Para", "c": [*opening, call(IN_A_LINE), *self.words(reply["c"]), call("]")]}]
        return [{"t": "Plain", "c": opening}, *self.block(reply), block_call("]")]

    def _answers(self):
        found, self.answers = self.answers, []
        heading = [2, [f"{self.chapter}-answers", [], []], [{"t": "Str", "c": "Answers"}]]
        return (
            [{"t": "Header", "c": heading}, *(block for answer in found for block in answer)] if found else []
        )

    def _table(self, block):
        """A table, with the widths of its columns."""
        _, _, columns, (_, heads), bodies, _ = block["c"]
        inner = [row for body in bodies for row in body[3]]
        rows = [[cell[4] for cell in row] for _, row in [*heads, *inner]]
        each = [[row[k] for row in rows] for k in range(len(columns))]
        widths = ", ".join(width(cells, len(columns)) for cells in each)
        longest = ", ".join(quoted(longest_word(cells)) for cells in each)
        self.tabled = True
        first, *others = [self.blocks(cell) for row in rows for cell in row]
        self.tabled = False
        between = [piece for cell in others for piece in (block_call("]["), *cell)]
        return [block_call(f"#tabled(({widths},), ({longest},))["), *first, *between, block_call("]")]

    def words(self, found):
        """Return the pieces of a line for Typst."""
        return [made for word in coded(found) for made in self.word(word)]

    def word(self, word):
        """Return what becomes of one piece of a line."""
        match word:
            case {"t": "Math", "c": [{"t": "DisplayMath"}, tex]}:
                return self._display(tex)
            case {"t": "Math", "c": [_, tex]} if tex.startswith(r"\displaystyle"):
                return [call("#whole["), *formula(tex.removeprefix(r"\displaystyle")), call("]")]
            case {"t": "Math", "c": [_, tex]}:
                return formula(tex, "InlineMath")
            case {"t": "Link", "c": [_, words, [address, _]]}:
                return self._link(words, address)
            case {"t": "RawInline", "c": ["html", html]}:
                return self._html(html)
            case {"t": "Strong", "c": inside} if self._is_term(plain(inside)):
                return [call(f"#term({quoted(plain(inside))})"), {"t": "Strong", "c": self.words(inside)}]
            case {"t": "Emph" | "Strong" | "Strikeout" as kind, "c": inside}:
                return [{"t": kind, "c": self.words(inside)}]
            case {"t": "Quoted", "c": [kind, inside]}:
                return [{"t": "Quoted", "c": [kind, self.words(inside)]}]
            case {"t": "Str", "c": text}:
                return typed(text)
            case {"t": "Space" | "SoftBreak" | "LineBreak" | "Code"}:
                return [word]
        raise self._formless(f"a word {word['t']}")

    def _is_term(self, words):
        """Whether bold words of the text are explained there, and so stand in the index."""
        aside = self.chapter in ("", "90", "91")  # of the checks, which have words of their own
        return not (aside or self.printed or self.tabled or self.within) and is_term(words)

    def _display(self, tex):
        tag = TAG.search(tex)
        kind = "repeated" if self.printed else "numbered"
        opening = f"#{kind}({quoted(tag[1])})[" if tag else "#display["
        return [call(opening), *formula(TAG.sub("", tex)), call("]")]

    def _link(self, words, address):
        said = self.words(words)
        if address.startswith("http"):
            return [*said, call(f"#elsewhere({quoted(address)})")]
        if chapter := CHAPTER.search(address):
            name, away = f"chapter-{chapter[1]}", True
        elif address.startswith("#"):
            name, number = address[1:], EQUATION.match(address[1:])
            away = (number[1].zfill(2) if number else name[:2]) != self.chapter
        else:
            return [*said, call(f"#unbound({quoted(normpath(join('chapters', address)))})")]
        new = self.tabled or name not in self.paged
        near = not away and not address.startswith("#eq-")
        paged = "true" if away and new else '"far"' if near and new else "false"
        self.paged.add(name)
        return [call(f"#to({quoted(name)}, paged: {paged})["), *said, call("]")]

    def _html(self, html):
        if found := ANCHOR.fullmatch(html):  # an equation is a place by itself
            return [] if EQUATION.match(found[1]) else [call(f"#place-of({quoted(found[1])})")]
        if html == "</a>":
            return []
        if html not in HTML:
            raise self._formless(html)
        return [call(HTML[html])]


def for_typst(tree):
    """Return pandoc's tree of the volume as one that it can write for Typst."""
    return {**tree, "blocks": Volume().blocks(tree["blocks"])}
