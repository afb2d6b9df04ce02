"""Pieces of pandoc's tree: what they say, and those that Typst reads as they are."""

import json
import re

CASES = re.compile(r"\\begin\{cases\}.*?\\end\{cases\}", re.S)
COMMAND = re.compile(r"\\[a-z]+ ?|[{}^_]")  # of LaTeX, which takes no room
LINE = 90  # characters of a table's line, about
ASKED = ("Guess.", "Holds, or slips?")
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
        case {"t": "Link", "c": [_, inside, _]} | {"t": "Quoted", "c": [_, inside]}:
            return plain(inside)
        case {"t": "Para" | "Plain" | "Emph" | "Strong" | "Strikeout", "c": inside}:
            return plain(inside)
    return ""


def asks(inside):
    """Whether a printed text is a question, which is answered at the chapter's end."""
    return inside[0]["t"] == "Para" and plain(inside[0]["c"][:1]) in ASKED


def leads(block, following):
    """Whether a paragraph leads to what follows it: to a question, a list, a table, or with a colon."""
    if block["t"] != "Para":
        return False
    match following:
        case {"t": "BulletList" | "OrderedList" | "Table"}:
            return True
        case {"t": "Div", "c": [[_, ["printed"], _], inside]} if asks(inside):
            return True
    return plain(block).endswith(":")


def width(cells, columns):
    """Return the width of one of so many columns: its own if it is short or has formulas to keep whole."""
    longest = max(len(COMMAND.sub("", plain(cell))) for cell in cells)
    whole = any("displaystyle" in json.dumps(cell) for cell in cells)
    return "auto" if whole or longest * columns < LINE else f"{min(longest, 60)}fr"
