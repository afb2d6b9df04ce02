"""The times that the book states are those of tools/reading_times.py, and its length keeps within bounds."""

import copy
import re
from dataclasses import fields, replace

import pytest
from chapter_checks import ROOT, chapter_paths, read, texts

from tools.chapter_text import joined
from tools.reading_times import TIME, TIMED_ROW, Counts, count, lines_of_code, main, main_road, to_five, words

LONGEST_READING = 90  # minutes to read and run one chapter
LONGEST_ROAD = 18_000  # words of prose in the chapters before the appendices
HEAD = re.compile(r"^\*\*Time\.\*\* about (\d+) minutes to read and run, (\d+) for the exercises(?!\w)", re.M)
MUST_STATE = ("chapters/teaching.md",)  # a time for every chapter; the other pages where they state one

ROAD = main_road()


def pages():
    """{name: text} of what states times of several chapters."""
    files = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", *MUST_STATE)}
    first = chapter_paths()[0]
    return {**files, first.name: "\n\n".join(source for _, source in texts(read(first)))}


# What can be wrong: each check yields its faults as sentences


def head_faults(notebook, appendix):
    """The head states what the counts give; that of an appendix states no time."""
    head, counts = texts(notebook)[0][1], count(notebook)
    stated = [tuple(map(int, pair)) for pair in HEAD.findall(head)]
    if appendix and "**Time.**" in head:
        yield "an appendix states a time"
    if not appendix and (head.count("**Time.**"), stated) != (1, [(counts.reading, counts.working)]):
        yield (
            f"the head states {stated or 'no time in the agreed words'}; expected **Time.** about"
            f" {counts.reading} minutes to read and run, {counts.working} for the exercises"
        )


def length_faults(counts):
    """No chapter asks for more than the longest reading."""
    if counts.reading > LONGEST_READING:
        yield f"{counts.reading} minutes to read and run; expected at most {LONGEST_READING}: {counts}"


def road_faults(road):
    """The main road has at most so many words."""
    total = sum(counts.words for counts in road.values())
    if total > LONGEST_ROAD:
        yield f"{total:,} words on the main road; expected at most {LONGEST_ROAD:,}"


def page_faults(name, text, road):
    """Beside a chapter stand its own minutes, and a sum is the sum."""
    there, of_chapter = set(), {chapter[:2]: counts for chapter, counts in road.items()}
    for row in TIMED_ROW.finditer(text):
        reading = [int(found) for found in TIME.findall(row[0])]
        working = [int(found) for found in re.findall(r"(\d+) for the exercises", row[0])]
        counts = of_chapter.get(row[1])
        if counts is None and (reading or working):
            yield f"{name} states a time of {row[1]}, which has none"
        elif counts and not (set(reading) <= {counts.reading} and set(working) <= {counts.working}):
            yield f"{name}: {counts.reading} minutes, {counts.working} for the exercises; got {row[0]}"
        there |= {row[1]} if reading else set()
    if name in MUST_STATE:
        yield from (f"{name} states no time of {chapter}" for chapter in sorted(set(of_chapter) - there))
    total = sum(counts.reading for counts in road.values()), sum(counts.working for counts in road.values())
    for reading, working in re.findall(
        r"[Tt]ogether (?:about )?(\d+) minutes(?:[^.|\n]*?(\d+) for the exercises)?", text
    ):
        if int(reading) != total[0] or (working and int(working) != total[1]):
            yield f"{name}: together they are {total[0]} minutes and {total[1]} for the exercises"


@pytest.mark.parametrize("path", chapter_paths(), ids=lambda path: path.stem)
def test_the_head_states_the_chapter_s_time(path):
    assert list(head_faults(read(path), appendix=path.name >= "90")) == []


@pytest.mark.parametrize("name", ROAD)
def test_a_chapter_is_read_and_run_in_an_evening(name):
    assert list(length_faults(ROAD[name])) == []


def test_the_main_road_is_not_too_long():
    assert list(road_faults(ROAD)) == []


@pytest.mark.parametrize("name", pages())
def test_a_page_states_the_times_of_the_heads(name):
    assert list(page_faults(name, pages()[name], ROAD)) == []


# ---------------------------------------------------------------- it can fail

TEXT = """# 01 · Title

**Time.** about 10 minutes to read and run, 25 for the exercises

## 1 Two words

One $x = 1$, `code`, [a link](chapters/01_there.ipynb) – and <b>two</b>.

| no | words |
| --- | --- |

$$E = 1 \\tag{1.1}$$

**By hand.** Three words more.

```python
not one
```

## Exercises

**1.1** ● Short.

<details><summary>Answer</summary>

Not counted.

</details>

**1.2** ●● Long.

**1.3** Ungraded.
"""
SEEN = re.findall(
    r"\S+",
    """01 Title Time. about 10 minutes to read and run, 25 for the exercises 1 Two words One a link and two
    By hand. Three words more. Exercises 1.1 Short. 1.2 Long. 1.3 Ungraded.""",
)
CODE = 'from there import guess\n\n# a comment\nx = 1\nguess("What?", {\n    "a": f"{x}",\n})\nprint(x)\n'


def a_chapter(text=TEXT, code=CODE):
    cells = [{"cell_type": "code", "source": source} for source in (code, "y = 2")]
    return {"cells": [{"cell_type": "markdown", "source": text}, *cells]}


def test_what_is_counted():
    counts = count(a_chapter())
    assert counts.words == len(SEEN)
    assert (counts.displays, counts.guesses, counts.by_hand) == (1, 1, 1)
    assert counts.code_lines == 4
    assert (counts.exercises, counts.exercise_minutes) == (3, 5 + 15 + 4)
    assert counts.working == 25


@pytest.mark.parametrize(
    ("field", "number", "minutes"),
    [
        ("words", 5200, 40),
        ("displays", 10, 20),
        ("code_lines", 150, 20),
        ("guesses", 20, 30),
        ("by_hand", 20, 30),
    ],
)
def test_the_minutes_are_those_of_the_formula(field, number, minutes):
    nothing = Counts(*(0 for _ in fields(Counts)))
    assert replace(nothing, **{field: number}).reading == minutes
    assert nothing.reading == 0


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ("Three words", "Three more words", "words"),
        ("$$E", "$$1 = 1 \\tag{1.0}$$\n\n$$E", "displays"),
        ("**By hand.** Three", "**By hand.** One.\n\n**By hand.** Three", "by_hand"),
        ("**1.3** Ungraded", "**1.3** Ungraded\n\n**1.4** More", "exercises"),
        ("**1.3** Ungraded", "**1.3** ●●● Ungraded", "exercise_minutes"),
    ],
)
def test_each_count_counts(before, after, field):
    assert TEXT.count(before) == 1
    assert getattr(count(a_chapter(TEXT.replace(before, after))), field) > getattr(count(a_chapter()), field)


def test_a_line_of_code_and_a_guess_count():
    assert lines_of_code("x = 1\ny = 2\n") == (2, 0)
    assert lines_of_code("%reset -f\nx = 1") == (2, 0)
    assert lines_of_code('guess("?", {})\nguess("?", {})') == (0, 2)


def test_the_command_prints_a_row_for_each_chapter(capsys):
    main()
    _, *printed = capsys.readouterr().out.splitlines()
    together = sum(counts.words for counts in ROAD.values())
    assert [row.split()[0] for row in printed] == [*ROAD, "together"]
    assert printed[-1].split()[1] == f"{together:,}"


def test_an_exercise_among_the_sections_counts_as_one_and_not_as_reading():
    blank = [
        {"cell_type": "markdown", "source": "**1.4** ●●● *Many* words of a task, none of them read."},
        {"cell_type": "code", "source": "def f(x):\n    ...", "metadata": {"tags": ["exercise"]}},
        {"cell_type": "code", "source": 'check("1.4", f)'},
    ]
    before, after = count(a_chapter()), count({"cells": a_chapter()["cells"] + blank})
    assert after == replace(before, exercises=4, exercise_minutes=before.exercise_minutes + 30)


def test_minutes_are_rounded_to_the_nearest_five():
    assert [to_five(minutes) for minutes in (2.4, 2.5, 7.4, 7.5, 12.5)] == [0, 5, 5, 10, 15]


def test_the_words_of_links_count_and_their_addresses_do_not():
    assert words("[a b](c d e)") == 2


def right_head(**changed):
    counts = count(a_chapter())
    stated = {"reading": counts.reading, "working": counts.working, **changed}
    line = (
        f"**Time.** about {stated['reading']} minutes to read and run, {stated['working']} for the exercises"
    )
    return a_chapter(re.sub(r"^\*\*Time.*", line, TEXT, flags=re.M))


def test_a_head_with_other_times_is_seen():
    counts = count(a_chapter())
    assert list(head_faults(right_head(), appendix=False)) == []
    assert list(head_faults(right_head(reading=counts.reading + 5), appendix=False))
    assert list(head_faults(right_head(working=counts.working + 5), appendix=False))
    assert list(head_faults(a_chapter(TEXT.replace("**Time.** about", "**Time.**")), appendix=False))
    assert list(head_faults(right_head(), appendix=True))


def longer(notebook, more):
    spoiled = copy.deepcopy(notebook)
    spoiled["cells"][0]["source"] = joined(spoiled["cells"][0]["source"]) + "\n\n" + "word " * more
    return spoiled


def test_a_chapter_and_a_road_that_are_too_long_are_seen():
    counts = count(longer(a_chapter(), 93 * 130))
    assert list(length_faults(counts))
    assert not list(length_faults(count(a_chapter())))
    assert list(road_faults({"a": counts, "b": counts}))
    assert not list(road_faults({"a": counts}))


PAGE = """| 00 A | 60 minutes, 25 for the exercises |
| [01 B](chapters/01_b.ipynb) | 85 min |
| [90 C](90_c.ipynb) | |

Together about 145 minutes to read and run, and 50 for the exercises."""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("60 minutes", "65 minutes"),
        ("25 for", "20 for"),
        ("85 min", "90 min"),
        ("| 85 min |", "| |"),
        ("145 minutes", "150 minutes"),
        ("and 50", "and 55"),
        ("90_c.ipynb) | |", "90_c.ipynb) | 10 minutes |"),
    ],
)
def test_a_page_with_other_times_is_seen(before, after):
    timed = {"00_a.ipynb": 60, "01_b.ipynb": 85}
    road = {name: Stated(minutes, 25) for name, minutes in timed.items()}
    assert list(page_faults(*MUST_STATE, PAGE, road)) == []
    assert PAGE.count(before) == 1
    assert list(page_faults(*MUST_STATE, PAGE.replace(before, after), road))


class Stated:
    """Counts of which only the minutes matter."""

    def __init__(self, reading, working):
        self.reading, self.working = reading, working
