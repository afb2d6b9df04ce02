"""The book's conventions for Typst: pandoc's tree of the volume, with calls of what style.typ defines.

pandoc runs twice: it reads the volume into a tree, and writes the tree that comes back from here. A `ValueError` names
what has no form on paper.
"""

import json
import re
from dataclasses import dataclass, field
from itertools import zip_longest

from ...chapter_text import TAG

ANCHOR = re.compile(r'<a id="([\w-]+)">')
EQUATION = re.compile(r"eq-(\d+)-\d+$")
CHAPTER = re.compile(r"(?:^|/)(\d\d)_\w+\.md(?:#|$)")
ASKED = ("Guess.", "Holds, or slips?")
ASKS = re.compile(r"\?|^Answers")  # a folded text that is read after one has answered
CIRCLED = re.compile(r"\b(dot|times|plus|minus)\.circle\b")
LINE = 90  # characters of a table's line, about
COMMAND = re.compile(r"\\[a-z]+ ?|[{}^_]")  # of LaTeX, which takes no room
CASES = re.compile(r"\\begin\{cases\}.*?\\end\{cases\}", re.S)
NAMED = re.compile(r'("\w+") (?=\\\(|stretch\(\\\()')
BRACKETS = re.compile(r"#scale\(x: (\d+)%, y: \d+%\)\[(\\?.)\]")


def call(text, block=True):
    """Return Typst's own text, as a block or within a line."""
    return {"t": "RawBlock" if block else "RawInline", "c": ["typst", text]}


def quoted(text):
    """Return a string of Typst."""
    return json.dumps(text, ensure_ascii=False)


def formula(tex):
    """Return a display; what stands beside each case is set apart from it."""
    spaced = CASES.sub(lambda found: found[0].replace("&", r"& \quad"), tex).strip()
    body = {"t": "Math", "c": [{"t": "DisplayMath"}, spaced]}
    return [call(f"#said({quoted(tex.strip())})[", block=False), body, call("]", block=False)]


def plain(nodes):
    """Return the words of a piece of the tree."""
    match nodes:
        case list():
            return "".join(map(plain, nodes))
        case {"t": "Str", "c": words} | {"t": "Code" | "Math", "c": [_, words]}:
            return words
        case {"t": "Space" | "SoftBreak" | "LineBreak"}:
            return " "
        case {"t": "Link", "c": [_, inside, _]}:
            return plain(inside)
        case {"t": "Para" | "Plain" | "Emph" | "Strong" | "Strikeout", "c": inside} | {"t": "Quoted", "c": [_, inside]}:
            return plain(inside)
    return ""


@dataclass
class Volume:
    """The volume on its way to Typst; `answers` of the chapter wait for its end."""

    chapter: str = ""
    printed: bool = False
    tabled: bool = False
    within: bool = False  # the answers to a question
    asked: list = field(default_factory=list)  # the words of the question whose answers are read
    answers: list = field(default_factory=list)
    paged: set = field(default_factory=set)  # what was given its page since the last heading

    def blocks(self, found):
        """Return blocks for Typst; a paragraph that leads to what follows stays on its page."""
        made = []
        for block, following in zip_longest(found, found[1:]):
            leads = block["t"] == "Para" and (plain(block).endswith(":") or _question(following))
            made += [call("#lead["), *self.block(block), call("]")] if leads else self.block(block)
        return made

    def block(self, block):
        """Return what becomes of one block."""
        match block:
            case {"t": "Header", "c": [level, attributes, words]}:
                return self._heading(level, attributes, words)
            case {"t": "Div", "c": [[name, classes, pairs], inside]}:
                return self._division(name, classes, dict(pairs), inside)
            case {"t": "BlockQuote", "c": inside}:
                return self._within("aside", inside)
            case {"t": "RawBlock", "c": ["html", html]}:
                return [{"t": "Para", "c": self._html(html)}] if self._html(html) else []
            case {"t": "Para" | "Plain", "c": [{"t": "Image", "c": [_, words, [path, _]]}]}:
                told = f"figures/{path.rsplit('/', 1)[1]}"
                return [call(f"#drawn({quoted(told)}, alternative: {quoted(plain(words))})")]
            case {"t": "Para" | "Plain" as kind, "c": words}:
                return [{"t": kind, "c": self.words(words)}]
            case {"t": "BulletList", "c": items}:
                return [{"t": "BulletList", "c": [self.blocks(item) for item in items]}]
            case {"t": "OrderedList", "c": [start, items]}:
                return [{"t": "OrderedList", "c": [start, [self.blocks(item) for item in items]]}]
            case {"t": "Table"}:
                return self._table(block)
            case {"t": "CodeBlock" | "HorizontalRule" | "RawBlock"}:
                return [block]
        raise ValueError(f"chapter {self.chapter}: got a block {block['t']}; expected one that paper has a form for")

    def _within(self, name, inside, *arguments):
        told = ", ".join(arguments)
        return [call(f"#{name}({told})[" if told else f"#{name}["), *self.blocks(inside), call("]")]

    def _heading(self, level, attributes, words):
        self.paged = set()
        if level == 1:
            self.chapter = number[0] if (number := re.match(r"\d\d", plain(words))) else ""
            attributes = [f"chapter-{self.chapter}" if self.chapter else attributes[0], [], []]
        return [{"t": "Header", "c": [level, attributes, self.words(words)]}]

    def _division(self, name, classes, pairs, inside):
        match classes:
            case ["printed"]:
                return self._printed(inside)
            case ["folded"]:
                return self._folded(pairs["summary"], inside)
            case ["played"]:
                (quote,) = inside
                return self._within("played", quote["c"])
            case ["picture"]:
                return self._picture(pairs, inside)
            case ["exercise"]:
                number = quoted(pairs["number"])
                return [call(f"#exercise({number})["), *self.blocks(inside), call("]")]
            case ["solution"]:
                number = quoted(pairs["number"])
                return [call(f"#solution({number})["), *self.blocks(inside), call("]")]
            case ["verso"]:
                return [call("#verso["), *self.blocks(inside), call("]")]
            case ["sheet"]:
                (words,) = inside
                return [call(f"#sheet({quoted(pairs['file'])}, alternative: {quoted(plain(words))})")]
            case ["contents"]:
                return [call("#contents")]
            case ["answers"]:
                return self._answers()
        if name and not classes:
            return [call(f"#place-of({quoted(name)})"), *self.blocks(inside)]
        raise ValueError(f"chapter {self.chapter}: got a div {classes}; expected one that paper has a form for")

    def _printed(self, inside):
        if asks := _asks(inside):
            self.asked = self.words(inside[0]["c"][2:])
        self.printed = True
        made = self.blocks(inside)
        self.printed, self.asked = False, []
        return [call("#question[" if asks else "#printed["), *made, call("]")]

    def _picture(self, pairs, inside):
        alternative, *caption = inside
        told = [quoted(pairs["file"]), f"alternative: {quoted(alternative['c'][1])}", f"pixels: {pairs['width']}"]
        if "explorer" in pairs:
            told.append("explorer: true")
        return [call(f"#picture({', '.join(told)})["), *self.blocks(caption), call("]")]

    def _folded(self, summary, inside):
        if not ASKS.search(summary):
            return [call(f"#folded({quoted(summary)})["), *self.blocks(inside), call("]")]
        if self.within:  # the second step of a guess: its answers stand with those of the first
            return self._replies(inside)
        if summary.startswith("Judged?"):  # the reasons for what the guess above it asked
            self.answers[-1][-1:] = [*self.blocks(inside), call("]")]
            return []
        name = f"{self.chapter}-{len(self.answers) + 1}"
        asked = self.asked or [{"t": "Str", "c": summary}]
        self.within = True
        replies = self._replies(inside)
        self.within = False
        opening = [call(f"#answer({quoted(name)})["), {"t": "Plain", "c": asked}, call("][")]
        self.answers.append([*opening, *replies, call("]")])
        return [call(f"#answered({quoted(name)})")]

    def _replies(self, inside):
        """Join each choice to its reply, which stands in the paragraph below it."""
        made, kept = [], list(inside)
        while kept:
            block = kept.pop(0)
            match block:
                case {"t": "BulletList"} if kept and kept[0]["t"] == "Div":  # the choices, each told below
                    continue
                case {"t": "Para", "c": [{"t": "Strong", "c": said}, _, *choice]} if plain(said) in ("Wrong:", "Right:"):
                    reply = kept.pop(0)
                    right = "true" if plain(said) == "Right:" else "false"
                    opening = call(f"#reply({right})[", block=False)
                    between, closing = call("][", block=False), call("]", block=False)
                    said = [opening, *self.words(choice), between]
                    if reply["t"] == "Para":
                        made.append({"t": "Para", "c": [*said, *self.words(reply["c"]), closing]})
                    else:
                        made += [{"t": "Plain", "c": said}, *self.block(reply), call("]")]
                case _:
                    made += self.block(block)
        return made

    def _answers(self):
        found, self.answers = self.answers, []
        if not found:
            return []
        heading = {"t": "Header", "c": [2, [f"{self.chapter}-answers", [], []], [{"t": "Str", "c": "Answers"}]]}
        return [heading, *(block for answer in found for block in answer)]

    def _table(self, block):
        """A table, with the widths of its columns."""
        _, _, columns, (_, heads), bodies, _ = block["c"]
        rows = [[cell[4] for cell in row] for _, row in [*heads, *(row for body in bodies for row in body[3])]]
        widths = ", ".join(_width([row[k] for row in rows], len(columns)) for k in range(len(columns)))
        self.tabled = True
        cells = [self.blocks(cell) for row in rows for cell in row]
        self.tabled = False
        between = [[call("]["), *cell] for cell in cells[1:]]
        opening = call(f"#tabled(({widths},), {len(columns)})[")
        return [opening, *cells[0], *(made for cell in between for made in cell), call("]")]

    def words(self, found):
        """Return inline content for Typst."""
        return [made for word in found for made in self.word(word)]

    def word(self, word):
        """Return what becomes of one piece of a line."""
        match word:
            case {"t": "Math", "c": [{"t": "DisplayMath"}, tex]}:
                return self._display(tex)
            case {"t": "Math", "c": [_, tex]} if not tex.startswith(r"\displaystyle"):
                return [call(f"#said({quoted(tex)})[", block=False), word, call("]", block=False)]
            case {"t": "Math", "c": [{"t": "InlineMath"}, tex]} if tex.startswith(r"\displaystyle"):
                body = formula(tex.removeprefix(r"\displaystyle"))
                return [call("#whole[", block=False), *body, call("]", block=False)]
            case {"t": "Link", "c": [_, words, [address, _]]}:
                return self._link(words, address)
            case {"t": "RawInline", "c": ["html", html]}:
                return self._html(html)
            case {"t": "Emph" | "Strong" | "Strikeout" | "Superscript" | "Subscript" as kind, "c": inside}:
                return [{"t": kind, "c": self.words(inside)}]
            case {"t": "Quoted", "c": [kind, inside]}:
                return [{"t": "Quoted", "c": [kind, self.words(inside)]}]
            case {"t": "Span", "c": [[name, _, _], inside]}:
                placed = [call(f"#place-of({quoted(name)})", block=False)] if name else []
                return [*placed, *self.words(inside)]
            case {"t": "Str" | "Space" | "SoftBreak" | "LineBreak" | "Code" | "RawInline"}:
                return [word]
        raise ValueError(f"chapter {self.chapter}: got a word {word['t']}; expected one that paper has a form for")

    def _display(self, tex):
        tag = TAG.search(tex)
        body = formula(TAG.sub("", tex))
        if not tag:
            return [call("#display[", block=False), *body, call("]", block=False)]
        kind = "repeated" if self.printed else "numbered"
        return [call(f"#{kind}({quoted(tag[1])})[", block=False), *body, call("]", block=False)]

    def _link(self, words, address):
        if address.startswith("http"):
            return [*self.words(words), call(f"#elsewhere({quoted(address)})", block=False)]
        if chapter := CHAPTER.search(address):
            name, away = f"chapter-{chapter[1]}", True
        elif address.startswith("#"):
            name = address[1:]
            number = EQUATION.match(name)
            away = (number[1].zfill(2) if number else name[:2]) != self.chapter
        else:
            path = re.sub(r"^(?:\.\./|chapters/)?", "", address) if not address.startswith("../") else address[3:]
            return [*self.words(words), call(f"#unbound({quoted(path)})", block=False)]
        paged = "true" if away and (self.tabled or name not in self.paged) else "false"
        self.paged.add(name)
        opening = f"#to({quoted(name)}, paged: {paged})["
        return [call(opening, block=False), *self.words(words), call("]", block=False)]

    def _html(self, html):
        html = html.strip()
        if found := ANCHOR.fullmatch(html):
            return [] if EQUATION.match(found[1]) else [call(f"#place-of({quoted(found[1])})", block=False)]
        forms = {"<br>": "#linebreak()", "<del>": "#strike[", "</del>": "]", "</a>": "", "<code>": "", "</code>": ""}
        if html not in forms:
            raise ValueError(f"chapter {self.chapter}: got {html}; expected HTML that paper has a form for")
        return [call(forms[html], block=False)] if forms[html] else []


def _asks(inside):
    """Whether a printed text is a question, which is answered at the chapter's end."""
    return inside[0]["t"] == "Para" and plain(inside[0]["c"][:1]) in ASKED


def _question(block):
    """Whether a block is a printed question."""
    match block:
        case {"t": "Div", "c": [[_, ["printed"], _], inside]}:
            return _asks(inside)
    return False


def _width(cells, columns):
    """Return the width of one of so many columns: its own where it is short or has a formula to keep whole."""
    formula = any("displaystyle" in json.dumps(cell) for cell in cells)
    longest = max(len(COMMAND.sub("", plain(cell))) for cell in cells)
    return "auto" if formula or longest * columns < LINE else f"{min(longest, 60)}fr"


def for_typst(tree):
    """Return pandoc's tree of the volume as one that it can write for Typst."""
    return {**tree, "blocks": Volume().blocks(tree["blocks"])}


def mended(text):
    """Return Typst in the words of today's Typst: brackets of a size of their own, and signs that were renamed; between a name and its bracket is no space."""
    text = BRACKETS.sub(r"stretch(\2, size: #\1%)", text)
    return CIRCLED.sub(r"\1.o", NAMED.sub(r"\1", text))
