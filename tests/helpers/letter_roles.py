"""What an index letter may count, as chapter 00 tells it, and what it counts in a formula."""

import re

from chapter_checks import chapter_paths, joined, read

from mlp_core.equations.language.notation import ROWS, SIZES

MAIN_ROAD = [path for path in chapter_paths() if "00" <= path.name[:2] <= "07"]

# ---------------------------------------------------------------- the table

TABLE = re.compile(r"^\| *(?:letter|index) *\|[^|\n]*\bcounts\b.*\n\|[-: |]+\n((?:\|.*(?:\n|$))+)", re.M)
WORDS = {"class": "K", "hidden": "H", "input": "D", "example": "B"}  # in the table -> the checker's size
SUMMED = "summed"


def roles_in(text):
    """Return {letter: (size, "summed" or "")} as a table `| index | what it counts |` says it, or {}.

    A letter is for sums alone where that stands behind it, or behind what a row of one letter counts.
    Rows of other things than the four that are counted are passed over.
    """
    found = {}
    for row in (TABLE.search(text) or ["", ""])[1].splitlines():
        letters, counts = (cell.strip() for cell in row.strip("|").split("|")[:2])
        sizes = [size for word, size in WORDS.items() if word in counts]
        named = re.findall(r"\$([a-z])\$([^$]*)", letters)
        for letter, behind in named if len(sizes) == 1 else ():
            is_for_sums = re.search(r"\bsum", behind) or (len(named) == 1 and re.search(r"\bsum", counts))
            found[letter] = sizes[0], SUMMED if is_for_sums else ""
    return found


def text_of(path):
    return "\n\n".join(joined(c["source"]) for c in read(path)["cells"] if c["cell_type"] == "markdown")


ROLES = roles_in(text_of(MAIN_ROAD[0]))


# ---------------------------------------------------------------- what a letter counts

SYMBOL = re.compile(r"(\\hat\s*\{?\s*)?(?<![A-Za-z\\])([A-Za-z])\}?_(?:\{([^{}]*)\}|([A-Za-z]))")
SUM = re.compile(r"\\(?:sum|max)\}?_\{?([a-z])")


def of_text(latex):
    """Return the same of a formula that is not parsed, as (letter, size, "summed" or ""), by its slots."""
    summed, found = set(SUM.findall(latex)), set()
    for hat, letter, several, one in SYMBOL.findall(latex):
        row = ROWS.get((letter, False, bool(hat), False))
        inside = several or one
        indices = [i.strip() for i in (inside.split(",") if "," in inside else inside.replace(" ", ""))]
        slots = row.slots if row else ()
        slots = (("B", 1), *slots) if len(indices) > len(slots) else slots  # z_{bi}: of example b
        for index, (size, _) in zip(indices, slots if row else (), strict=False):
            if re.fullmatch("[a-z]", index):
                found.add((index, size, SUMMED if index in summed else ""))
    return found


def out_of_role(found, *, in_a_sentence=False):
    """Return a sentence for each letter that does what the table does not say."""
    for letter, size, summed in sorted(found):
        if letter not in ROLES:
            yield f"{letter} counts {SIZES[size]}, and is not in the table"
        elif ROLES[letter][0] != size:
            yield f"{letter} counts {SIZES[size]}, and {SIZES[ROLES[letter][0]]} in the table"
        elif ROLES[letter][1] and not summed and not in_a_sentence:
            yield f"{letter} is not summed, and is for sums alone in the table"
