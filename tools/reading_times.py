r"""Estimate how long each chapter takes to read and run, and its exercises (`python -m tools.reading_times`).

Nobody has measured readers; these are estimates from counts, the same for every chapter:

    minutes to read and run = words / 130 + 2 a tagged display + 8 s a line of code
                              + 1.5 a guess or hand computation
    minutes for exercises   = 4 each; 5, 15 or 30 where one is marked ●, ●● or ●●●

both to the nearest 5. Words are what stands between blanks and holds a letter or a digit, in the text without
formulas, code, tables, addresses of links, and what is folded away (<details>); headings count. What stands
under "Exercises", words and code, belongs to their minutes, and so does an exercise that stands where its
line is derived: its own cell of text, the one to be written, and its check. A guess is a cell that calls
`guess`; the lines of the call, which are text, are no lines of code. Nor are empty lines and comments. An
appendix (a number from 90 on) has no time.
"""

import ast
import math
import re
from dataclasses import dataclass, fields

from tools.chapter_text import (
    CODE_SPAN,
    DISPLAY,
    EXERCISE,
    FENCE,
    INLINE,
    TAG,
    beside_exercises,
    chapter_paths,
    codes,
    joined,
    read,
    texts,
)

WORDS_A_MINUTE = 130
MINUTES = {"displays": 2, "code_lines": 8 / 60, "guesses": 1.5, "by_hand": 1.5}
EXERCISE_MINUTES = {"": 4, "●": 5, "●●": 15, "●●●": 30}

# How pages state times: a row of a table or a list that begins with a chapter's number holds "75 minutes".
TIMED_ROW = re.compile(r"^[|*-] *\[?(\d\d) .*$", re.M)
TIME = re.compile(r"(\d+) min(?:utes)?\b")

FOLDED = re.compile(r"<details>.*?</details>", re.S)
ELEMENT = re.compile(r"</?[a-zA-Z][^>]*>")
TABLE_ROW = re.compile(r"^\s*\|.*$", re.M)
ADDRESS = re.compile(r"\]\([^)]*\)")
BY_HAND = re.compile(r"^\*\*By hand\.\*\*", re.M)
MARKED = re.compile(EXERCISE.pattern + r"[ \t]*(●{1,3}(?!●))?", re.M)


@dataclass(frozen=True)
class Counts:
    """What is counted in a chapter."""

    words: int
    displays: int
    code_lines: int
    guesses: int
    by_hand: int
    exercises: int
    exercise_minutes: int

    @property
    def reading(self):
        """Minutes to read and run, to the nearest 5."""
        minutes = self.words / WORDS_A_MINUTE
        return to_five(minutes + sum(each * getattr(self, name) for name, each in MINUTES.items()))

    @property
    def working(self):
        """Minutes for the exercises, to the nearest 5."""
        return to_five(self.exercise_minutes)


def to_five(minutes):
    return 5 * math.floor(minutes / 5 + 0.5)


def words(text):
    """Return how many words of prose a text has."""
    for code in (FENCE, CODE_SPAN, FOLDED, ELEMENT, DISPLAY, INLINE, TABLE_ROW):
        text = code.sub(" ", text)
    return sum(1 for word in ADDRESS.sub("] ", text).split() if re.search(r"\w", word))


def lines_of_code(source):
    """Return (lines that are code, calls of `guess`) of a cell; one with a magic is counted as it stands."""
    lines = [number for number, line in enumerate(source.splitlines(), 1) if re.match(r"\s*[^\s#]", line)]
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:
        nodes = []
    calls = [n for n in nodes if isinstance(n, ast.Call) and getattr(n.func, "id", None) == "guess"]
    asked = {number for call in calls for number in range(call.lineno, call.end_lineno + 1)}
    return len(set(lines) - asked), len(calls)


def count(notebook):
    """Return the `Counts` of a chapter."""
    marks = [mark for _, source in texts(notebook) for _, mark in MARKED.findall(source)]
    notebook = beside_exercises(notebook)
    whole = "\n\n".join(source for _, source in texts(notebook))
    code = [lines_of_code(joined(cell["source"])) for cell in codes(notebook)]
    return Counts(
        words(whole),
        len(TAG.findall(CODE_SPAN.sub(" ", FENCE.sub(" ", whole)))),
        sum(lines for lines, _ in code),
        sum(1 for _, calls in code if calls),
        len(BY_HAND.findall(whole)),
        len(marks),
        sum(EXERCISE_MINUTES[mark] for mark in marks),
    )


def main_road():
    """Return {file name: `Counts`} of the chapters before the appendices, in order."""
    return {path.name: count(read(path)) for path in chapter_paths() if path.name < "90"}


def main():
    names = [
        *(field.name for field in fields(Counts) if field.name != "exercise_minutes"),
        "reading",
        "working",
    ]
    road = main_road()
    width = max(map(len, road))
    print(" " * width, *(name.replace("_", " ") for name in names), sep="  ")
    rows = {name: [getattr(counts, column) for column in names] for name, counts in road.items()}
    rows["together"] = [sum(column) for column in zip(*rows.values(), strict=True)]
    for name, row in rows.items():
        cells = (f"{cell:{len(column)},}" for cell, column in zip(row, names, strict=True))
        print(name.ljust(width), *cells, sep="  ")


if __name__ == "__main__":
    main()
