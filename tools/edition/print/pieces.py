"""Pieces of pandoc's tree: what they say, and those that Typst reads as they are."""

import json
import re

CASES = re.compile(r"\\begin\{cases\}.*?\\end\{cases\}", re.S)
COMMAND = re.compile(r"\\[a-z]+ ?|[{}^_]")  # of LaTeX, which takes no room
BARS = re.compile(r"(?<![\\\w])\|([^|]+)\|")  # of a size: no relation, as a lone bar is
MINUS = re.compile(r"^-$|(?<![\w)])-(?=\w)")
LINE = 90  # characters of a table's line, about
ONE_LINE = 110  # of a paragraph that may be a line, formulas and all
ASKED = ("Guess.", "Holds, or slips?")
TERM = re.compile(r"(?:[a-z]|Kron|Jac|Soft|Back-)[a-z-]+(?: [a-z-]+)?")
STRESSED = ("not", "within", "the ", "mean")
WIDEST = 100  # shares of a line that a column's text may claim
LONG = 24  # characters of code that no line can break
SHORT = 12  # lines of code that stand whole with what they print
# What reads text in HTML's `<code>` makes of its signs, and what they were.
TYPED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "–": "--"})
# What pandoc writes: enlarged text for a bracket of a size of its own, a sign by its old name, and a space,
# which shows, between a function's name and its bracket.
BRACKETS = re.compile(r"#scale\(x: (\d+)%, y: \d+%\)\[(\\?.)\]")
CIRCLED = re.compile(r"\b(dot|times|plus|minus)\.circle\b")
NAMED = re.compile(r'("\w+") (?=\\\(|stretch\(\\\()')


def block_call(text):
    """Return Typst's own text as a block."""
    return {"t": "RawBlock", "c": ["typst", text]}


def call(text):
    """Return Typst's own text within a line."""
    return {"t": "RawInline", "c": ["typst", text]}


def quoted(text):
    """Return a string of Typst."""
    return json.dumps(text, ensure_ascii=False)


def mended(text):
    """Return Typst as pandoc writes it with brackets, signs and names as Typst has them today."""
    text = BRACKETS.sub(r"stretch(\2, size: #\1%)", text)
    return CIRCLED.sub(r"\1.o", NAMED.sub(r"\1", text))


def formula(tex, kind="DisplayMath"):
    """Return a formula, with its LaTeX as alternative text; what stands beside a case is set apart."""
    spaced = CASES.sub(lambda found: found[0].replace("&", r"& \quad"), tex).strip()
    spaced = BARS.sub(r"\\left|\1\\right|", spaced)
    return [call(f"#said({quoted(tex.strip())})["), {"t": "Math", "c": [{"t": kind}, spaced]}, call("]")]


def plain(nodes):
    """Return the words of a piece of the tree."""
    match nodes:
        case list():
            return "".join(map(plain, nodes))
        case {"t": "Str", "c": words} | {"t": "Code" | "Math", "c": [_, words]}:
            return words
        case {"t": "Space" | "SoftBreak" | "LineBreak"}:
            return " "
        case {"t": "Quoted", "c": [{"t": kind}, inside]}:
            mark = "'" if kind == "SingleQuote" else '"'
            return f"{mark}{plain(inside)}{mark}"
        case {"t": "Link", "c": [_, inside, _]}:
            return plain(inside)
        case {"t": "Para" | "Plain" | "Emph" | "Strong" | "Strikeout", "c": inside}:
            return plain(inside)
    return ""


def typed(text):
    """Return a word with its minus signs, and with an apostrophe that is none of Typst's primes."""
    first, *others = MINUS.sub("−", text).split("’")
    between = [piece for other in others for piece in (call("\\u{2019}"), {"t": "Str", "c": other})]
    return [piece for piece in ({"t": "Str", "c": first}, *between) if piece["c"]]


def coded(nodes):
    """Return the pieces of a line with each text in HTML's `<code>` as code."""
    made, left = [], list(nodes)
    while left:
        node = left.pop(0)
        if node == {"t": "RawInline", "c": ["html", "<code>"]}:
            end = left.index({"t": "RawInline", "c": ["html", "</code>"]})
            node = {"t": "Code", "c": [["", [], []], plain(left[:end]).translate(TYPED)]}
            left = left[end + 1 :]
        made.append(node)
    return made


def is_term(words):
    """Whether bold words are a term, and no sentence, number or stress."""
    return bool(TERM.fullmatch(words)) and not words.startswith(STRESSED)


def ragged(words):
    """Whether a paragraph has code so long that lines of one length would have holes."""
    return any(word["t"] == "Code" and len(word["c"][1]) > LONG for word in words)


def asks(inside):
    """Whether a printed text is a question, which is answered at the chapter's end."""
    return inside[0]["t"] == "Para" and plain(inside[0]["c"][:1]) in ASKED


def leads(before, block, following):
    """Whether a block must stand with what follows, as code with what it prints, and what introduces."""
    match block:
        case {"t": "CodeBlock", "c": [_, code]}:
            return code.count("\n") < SHORT and prints(following)
        case {"t": "Para"}:
            return alone(before, block) or plain(block).endswith(":") or introduced(following)
    return False


def alone(before, block):
    """Whether a paragraph is the only line below the heading of a section."""
    match before:
        case {"t": "Header", "c": [level, *_]} if level > 1:
            return len(plain(block)) < ONE_LINE
    return False


def prints(following):
    match following:
        case {"t": "Div", "c": [[_, ["printed"], _], [{"t": "CodeBlock" | "Table"}, *_]]}:
            return True
    return False


def introduced(following):
    match following:
        case {"t": "BulletList" | "OrderedList" | "Table"}:
            return True
        case {"t": "Div", "c": [[_, ["printed"], _], inside]} if asks(inside):
            return True
    return False


def longest_word(cells):
    """Return the longest word of a column, which its width must hold."""
    return max((word for cell in cells for word in said(cell)), key=len, default="")


def said(nodes):
    """Yield the words of a piece of the tree that are neither code nor a formula."""
    match nodes:
        case list():
            for node in nodes:
                yield from said(node)
        case {"t": "Str", "c": word}:
            yield word
        case {"t": "Link" | "Quoted", "c": [_, inside, *_]}:
            yield from said(inside)
        case {"t": "Para" | "Plain" | "Emph" | "Strong" | "Strikeout", "c": inside}:
            yield from said(inside)


def width(cells, columns):
    """Return the share of one of so many columns, `auto` if it is short or has formulas to keep whole."""
    longest = max(len(COMMAND.sub("", plain(cell))) for cell in cells)
    whole = any("displaystyle" in json.dumps(cell) for cell in cells)
    return "auto" if whole or longest * columns < LINE else f"{min(longest, WIDEST)}"
