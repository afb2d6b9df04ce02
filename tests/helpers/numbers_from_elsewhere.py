"""The list of the numbers whose place is not within three cells: each entry says where it comes from.

tests/book/numbers_from_elsewhere.toml holds the entries and says how one is written; here they are checked.
"""

import ast
import re
import tomllib
from dataclasses import dataclass

import numpy as np
from prose_arithmetic import value
from prose_numbers import masked, numbers
from shown_numbers import shown_in_text, shows

from tools.chapter_text import CHAPTERS, CODE_SPAN, DISPLAY, FENCE, TAG, chapter_paths, joined, read

ROOT = CHAPTERS.parent
LIST = ROOT / "tests" / "book" / "numbers_from_elsewhere.toml"
ORIGINS = ({"place", "shows"}, {"source", "quotes"}, {"arithmetic"}, {"given"})
SHORTEST_REASON = 3  # words


@dataclass(frozen=True)
class Entry:
    """Numbers in their words, and where they come from."""

    chapters: tuple
    words: str
    numbers: tuple
    origin: dict

    def holds(self, number, text):
        """Whether a number of a text stands in the entry's words there."""
        places = in_words(self.words).finditer(text)
        inside = any(found.start() <= number.start and number.end <= found.end() for found in places)
        return inside and number.text in self.numbers


def in_words(words):
    """A pattern for words, however their lines are broken."""
    return re.compile(r"\s+".join(map(re.escape, words.split())))


def entries(text=None):
    """Return the list's entries, or those of another text."""
    tables = tomllib.loads(LIST.read_text(encoding="utf-8") if text is None else text).get("number", [])
    return [entry(table) for table in tables]


def entry(table):
    chapters = table.get("chapter", ())
    chapters = (chapters,) if isinstance(chapters, str) else tuple(chapters)
    words = table.get("words", "")
    held = (table["number"],) if "number" in table else tuple(number.text for number in held_by(words))
    origin = {key: said for key, said in table.items() if key not in ("chapter", "words", "number")}
    return Entry(chapters, words, held, origin)


def held_by(words):
    return list(numbers(*masked(words)))


# What can be wrong with an entry


def entry_faults(entry, notebooks):
    """Yield what is wrong with an entry; `notebooks` are {"00": notebook, …}."""
    held = [number for number in held_by(entry.words) if number.text in entry.numbers]
    if not held or len(held) > 1 == len(entry.numbers):
        yield f"number: got {entry.numbers}; expected what the words {entry.words!r} hold, one of them once"
    for chapter in entry.chapters or [""]:
        texts = [joined(cell["source"]) for cell in notebooks.get(chapter, {"cells": []})["cells"]]
        if not any(in_words(entry.words).search(text) for text in texts):
            yield f"words: {entry.words!r} do not stand in chapter {chapter!r}"
    if set(entry.origin) not in ORIGINS:
        yield f"origin: got {sorted(entry.origin)}; expected one of {[sorted(keys) for keys in ORIGINS]}"
    else:
        yield from (fault for number in held for fault in origin_faults(entry.origin, number, notebooks))


def origin_faults(origin, number, notebooks):
    """Yield what is wrong with where a number is said to come from."""
    if "given" in origin and len(origin["given"].split()) < SHORTEST_REASON:
        yield f"given: got {origin['given']!r}; expected the reason why nothing shows {number.text}"
    if "arithmetic" in origin:
        found = value(origin["arithmetic"])
        unit = 10.0**-number.places * (0.01 if number.kinds == {"percent"} else 1)
        wanted = float(number.value) * (0.01 if number.kinds == {"percent"} else 1)
        if found is None or found.shape or abs(abs(found) - wanted) > 0.5 * unit * (1 + 1e-9):
            yield f"arithmetic: {origin['arithmetic']} is {np.asarray(found)}, not {number.text}"
    said = origin.get("shows", origin.get("quotes"))
    if said is not None and not any(shows(one, number) for one in shown_in_text(said)):
        yield f"{said!r} does not show {number.text}"
    if "place" in origin and not in_words(said).search(text_of(origin["place"], notebooks)):
        yield f"{said!r} does not stand in {origin['place']}"


def text_of(place, notebooks):
    """What a place shows: a chapter ("02"), a file, or a function in a file ("tests/….py::test_it")."""
    if place in notebooks:
        return "\n".join(text for cell in notebooks[place]["cells"] for text in shown_text(cell))
    file, _, name = place.partition("::")
    if not (ROOT / file).is_file():
        return ""
    text = (ROOT / file).read_text(encoding="utf-8")
    if not name:
        return text
    named = [node for node in ast.walk(ast.parse(text)) if getattr(node, "name", None) == name]
    return "\n".join(ast.get_source_segment(text, node) for node in named)


def shown_text(cell):
    """The texts in which a cell shows numbers."""
    source = joined(cell["source"])
    if cell["cell_type"] == "markdown":
        return [d for d in DISPLAY.findall(CODE_SPAN.sub(" ", FENCE.sub(" ", source))) if TAG.search(d)]
    said = [joined(output.get("text", "")) for output in cell["outputs"]]
    return [source, *said, *(joined(o.get("data", {}).get("text/plain", "")) for o in cell["outputs"])]


def chapters():
    """{"00": notebook, …}."""
    return {path.name[:2]: read(path) for path in chapter_paths()}
