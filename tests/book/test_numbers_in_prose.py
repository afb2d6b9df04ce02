"""Every number of the chapters' text is bound: shown beside it, calculated, or from a place that is listed.

What is a number, and what binds one, stands in tests/helpers/bound_numbers.py. A failure lists every number
that is bound to nothing, with its cell and the words around it.
"""

import pytest
from bound_numbers import Chapter, cell_faults, chains, faults, is_text, masked, stepped
from numbers_from_elsewhere import chapters, entries, entry, entry_faults

CHAPTERS = chapters()
LISTED = entries()
SEEN_AT_LEAST = 0.95


def chapter(name):
    return Chapter(CHAPTERS[name], [one for one in LISTED if name in one.chapters])


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_number_is_bound(name):
    found = list(faults(chapter(name)))
    if found:
        pytest.fail(f"chapter {name} has {len(found)} faults:\n" + "\n".join(found), pytrace=False)


@pytest.mark.parametrize("one", LISTED, ids=lambda one: one.words)
def test_an_entry_is_true_and_needed(one):
    assert list(entry_faults(one, CHAPTERS)) == []
    for name in one.chapters:
        without = Chapter(CHAPTERS[name])
        assert any(
            one.holds(number, text) and bound is None
            for place, text in enumerate(without.texts)
            for number, bound in without.judged(place)
        ), f"nothing in chapter {name} needs it"


def altered(chapter, step):
    """Yield (cell id, number, is it seen) of every bound number, its last digit moved by a step."""
    for place, cell in enumerate(chapter.cells):
        text = chapter.texts[place]
        for number, bound in chapter.judged(place):
            if bound:
                spoiled = text[: number.start] + stepped(number.text, step) + text[number.end :]
                now = [
                    bound for other, bound in chapter.judged(place, spoiled) if other.start == number.start
                ]
                is_false = any(not chain.true for chain in chains(*masked(spoiled)))
                yield cell["id"], number, is_false or now == [None]


@pytest.mark.slow
@pytest.mark.parametrize(("step", "word"), [(1, "raised"), (-1, "lowered")])
def test_nearly_every_altered_number_is_seen(step, word, print_table):
    missed, every = [], 0
    for name in CHAPTERS:
        for cell, number, seen in altered(chapter(name), step):
            every += 1
            missed += [] if seen else [f"not seen: {name}, {cell}: {number.text}"]
    title = f"numbers of the text with the last digit {word}: {every - len(missed)} of {every} seen"
    print_table(title, missed)
    assert every > 100
    assert len(missed) <= (1 - SEEN_AT_LEAST) * every


# ---------------------------------------------------------------- it can fail


def a_chapter(text, printed="", code="pass", away=1, display=""):
    """A chapter with a text, and some cells further a code cell and what it prints."""
    output = {"output_type": "stream", "text": printed}
    cells = [{"cell_type": "markdown", "source": text, "id": "cell-01"}]
    cells += [{"cell_type": "markdown", "source": display, "id": "between"}] * (away - 1)
    return {"cells": [*cells, {"cell_type": "code", "source": code, "outputs": [output], "id": "shows"}]}


def unbound(*given, **shown):
    return list(cell_faults(Chapter(a_chapter(*given, **shown)), 0))


BOUND = [  # text, printed
    ("It reads 97.3 % of them.", "0.9731"),
    ("It reads 97.3 % of them.", "read right: 97.3%"),
    ("It reads 97 % of them.", "read right: 96.8%"),
    ("It reads 94.7, 96.2 and 97.3 % of them.", "94.7% 96.2% 97.3%"),
    ("A share of 0.973 of them.", "97.3%"),
    ("It reads more than 96 of 100 digits.", "96.8%"),
    ("It gains 0.37 points.", "0.37"),
    ("The slope is −0.0276.", "-0.02761"),
    ("The slope is $-0.0276$.", "[ 0.5  -0.0276]"),
    ("It falls by 0.0276.", "-0.0276"),
    ("There are 1,797 digits.", "1797 digits"),
    ("There are $1{,}797$ digits.", "1,797 digits"),
    ("It took about 13 steps.", "12.6"),
    ("The error is $1.4 \\cdot 10^{-3}$.", "1.42e-03"),
    ("The pulls are $(0.1, 0.2, -0.7)$.", "[ 0.1  0.2 -0.7]"),
    ("Column 2 is $(0.1, 0.3)$.", "[[0.2 0.1]\n [0.4 0.3]]"),
    ("A network 64-32-10.", "(64, 32, 10)"),
    ("At a rate of 0.1 it learns.", "rate 0.1\nmomentum 0.2"),
    (r"The product $(1, 2) \cdot (3, 4) = 11$.", "11"),
    ("By ŷ + 1.5 = 2.5, in words.", "1.5 and 2.5"),
]
NOT_BOUND = [
    ("It reads 97.4 % of them.", "0.9731"),
    ("It reads 97.3 % of them.", "0.97"),
    ("It reads 97.3 % of them.", "97.3 digits"),
    ("It gains 97.3 of them.", "97.3%"),
    ("It reads more than 97 of 100 digits.", "96.8%"),
    ("The slope is −0.0276.", "0.0276"),
    ("The slope is −0.0276.", "-0.03"),
    ("There are 1,797 digits.", "797 and 1, 1798, 21797, a1797, 1797.5"),
    ("It took 13 steps.", "12.6"),
    ("The number 0.3.", "0.28"),
    ("Below 0.3.", "0.25"),
    ("A half is 0.50.", "0.5"),
    ("The number 0.1.", "0.1 0.2"),
    ("At a rate of 0.1 it learns.", "rate 0.1\nrate 0.2"),
    ("The pulls are $(0.1, 0.2, -0.7)$.", "[ 0.1  0.2  0.7]"),
    ("A network 64-32-10.", "64, 10"),
    ("By (1.23), it is 1.23.", "(1.23)"),
]


@pytest.mark.parametrize(("text", "printed"), BOUND)
def test_what_is_shown_binds(text, printed):
    assert unbound(text, printed) == []
    assert unbound(text, "nothing")
    assert unbound(text, printed, away=4)


@pytest.mark.parametrize(("text", "printed"), NOT_BOUND)
def test_what_is_not_shown_is_seen(text, printed):
    assert unbound(text, printed)


def test_code_and_tagged_displays_show_and_text_does_not():
    assert unbound("At 0.01 it learns.", code="rate = 0.01") == []
    assert unbound("At −0.01 it learns.", code="rate = -0.01") == []
    assert unbound("At 0.01 it learns.", code="# rate = 0.01\nname = 'rate 0.01'")
    assert unbound("At 0.01 it learns.", away=2, display=r"$$x = 0.01 \tag{1.1}$$") == []
    assert unbound("At 0.01 it learns.", away=2, display="$$x = 0.01$$")
    assert unbound("At 0.01 it learns.", away=2, display="It is 0.01.")
    assert unbound("At 0.01 it learns.", away=2, display=r"$$x_{0.01} = 1 \tag{1.1}$$")


@pytest.mark.parametrize(
    ("text", "result"),
    [
        (r"$0.5 \cdot 2 + 1 = 2$", "= 2"),
        (r"$\hat y_1 = 0.5 \cdot 1 + 1 \cdot 2 + 2 \cdot (-1) = 0.5$", "= 0.5$"),
        (r"$0.9^{19} = 0.135$", "= 0.135"),
        (r"$0.24^{19} \approx 1.67 \cdot 10^{-12}$", "1.67"),
        ("24 % of 1,797 = 431", "431"),
        ("3 · 3 + 2 · 4 = 17, and so on", "17"),
        (r"$\tfrac{1}{4} \log 2 \approx 0.1733$", "0.1733"),
        (r"$(0.5, 2)/2 = (0.25, 1)$", "(0.25"),
        (r"With $a = 0.5$ it is $0.5/2 = 0.25$: 0.25 again.", "= 0.25"),
        (r"$3 \cdot 0.06 + 4 \cdot 0.08 = 0.5$", "= 0.5"),
        (r"$(0, 1, 0) - 2 \cdot (0.1, 0.2, 0.7) = (-0.2, 0.6, -1.4)$", "0.6"),
        ("√20 · 0.05 ≈ 0.2236", "0.2236"),
    ],
)
def test_arithmetic_is_evaluated(text, result):
    assert unbound(text) == []
    assert text.count(result) == 1
    assert unbound(text.replace(result, stepped(result, 1)))


@pytest.mark.parametrize(
    "text",
    [
        r"$2 + 3 = 6$",
        r"$0.5 \cdot 2 + 1 = 3$",
        "24 % of 1,797 = 432",
        r"$x = 0.30$",  # nothing is calculated
        r"$0.30 = 0.30$",
        r"$3 \cdot 0.07 + 4 \cdot 0.08 = 0.5$",
        r"$12.3456/2 = 6.2$",  # true with another last digit
        r"$\eta + 0.5 = 1.5$",
        "ŷ + 0.5 = 1.5",
    ],
)
def test_wrong_and_idle_arithmetic_is_seen(text):
    assert unbound(text)


def test_wrong_arithmetic_shows_nothing():
    assert len(unbound(r"It is 45. For $40 + 4 = 45$.")) == 1 + len(("45", "40", "45"))


@pytest.mark.parametrize(
    "text",
    [
        "Small numbers: 2, 10, $-3$, $w_{12}$, `0.25` and the 19th.",
        "By (1.1), equations 1.1 and 1.2, chapter 12, sections 11, 12 and 13 and exercise 1.5.",
        "In 1986, on 12 March 2026, [there](https://there.org/12.5), NumPy 2.5.",
        "**Time.** about 75 minutes to read and run, 25 for the exercises",
        "| 04 The activations | 65 min |\n| [05 The hidden layer](05_hidden.ipynb) | 90 minutes |",
        "# 12 · Title\n\n## 13 A section",
        "**1.2** An exercise.",
        r"$$x = 0.25 \tag{1.1}$$",
        "```python\nx = 0.25\n```",
        '<img src="a.png" width="600">',
    ],
)
def test_what_is_no_number_of_the_text(text):
    assert unbound(text) == []


SENTENCE = "The data are 1,797 pictures of 8 by 8 pixels."
TRUE = {"chapter": "05", "words": "are 1,797 pictures", "place": "03", "shows": "1797 digits"}
OTHERS = [
    TRUE | {"chapter": ["05"], "number": "1,797"},
    {"source": "a book, page 3", "quotes": "1,797 images"},
    {"arithmetic": "1,077 + 270 + 450"},
    {"given": "the exercise sets it"},
    {"place": "tests/book/test_numbers_in_prose.py::test_a_true_entry_binds", "shows": "at 1797"},
]
FALSE = [
    {"shows": "1798 digits"},
    {"shows": "1797 images"},
    {"place": "04"},
    {"place": "tests/nowhere.py"},
    {"words": "are 1,798 pictures"},
    {"words": "pictures of 8"},
    {"number": "1,798"},
    {"chapter": "06"},
    {"chapter": []},
    {"given": "two origins are one too many"},
]


def books():
    printed = a_chapter("Text.", printed="all 1797 digits")
    return {"03": printed, "05": a_chapter(SENTENCE), "06": a_chapter("Nothing.")}


def other(origin):
    return {key: said for key, said in TRUE.items() if key not in ("place", "shows")} | origin


@pytest.mark.parametrize("table", [TRUE, *map(other, OTHERS)])
def test_a_true_entry_binds(table):
    one = entry(table)  # looks for it at 1797
    assert list(entry_faults(one, books())) == []
    assert unbound(SENTENCE)
    assert list(faults(Chapter(books()["05"], [one]))) == []
    assert list(faults(Chapter(a_chapter(SENTENCE.replace("1,797", "1,798")), [one])))
    assert list(faults(Chapter(a_chapter(SENTENCE.replace("are 1,797", "were 1,797")), [one])))


@pytest.mark.parametrize(
    "table",
    [
        *(TRUE | changed for changed in FALSE),
        other({"source": "a book", "quotes": "1,798 images"}),
        other({"arithmetic": "1,077 + 270 + 451"}),
        other({"arithmetic": "import os"}),
        other({"given": "so"}),
        other({}),
    ],
)
def test_a_false_entry_is_seen(table):
    assert list(entry_faults(entry(table), books()))


def test_the_list_is_read():
    (one,) = entries('[[number]]\nchapter = "05"\nwords = "are 1,797 pictures"\ngiven = "it is given"')
    assert one == entry(other({"given": "it is given"}))
    assert one.numbers == ("1,797",)


def test_an_entry_without_a_number_holds_all_of_its_words():
    text = "One has 0.25, two others have 0.35 and 0.4."
    one = entry({"chapter": "05", "words": "0.25, two others have 0.35", "given": "the exercise sets them"})
    assert one.numbers == ("0.25", "0.35")
    assert list(entry_faults(one, {"05": a_chapter(text)})) == []
    (left,) = faults(Chapter(a_chapter(text), [one]))
    assert left.startswith("cell-01: 0.4 ")
    shown = entry({"chapter": "05", "words": one.words, "place": "03", "shows": "0.25 0.34"})
    assert list(entry_faults(shown, {"03": a_chapter("", "0.25 0.34"), "05": a_chapter(text)}))


@pytest.mark.parametrize(
    ("digits", "step", "moved"),
    [
        ("0.19", 1, "0.20"),
        ("0.99", 1, "1.00"),
        ("1,999", 1, "2,000"),
        ("999", 1, "1000"),
        ("1,000", -1, "999"),
        ("0.20", -1, "0.19"),
        ("1{,}797", 1, "1{,}798"),
    ],
)
def test_a_last_digit_is_moved(digits, step, moved):
    assert stepped(digits, step) == moved


def test_every_altered_number_of_a_bound_text_is_seen():
    text = "It reads 97.3 %, by $0.9^{19} = 0.135$, at (0.1, 0.2), and 45 steps."
    notebook = a_chapter(text, printed="97.3% [0.1 0.2] steps 45")
    for step in (1, -1):
        seen = [seen for _, _, seen in altered(Chapter(notebook), step)]
        assert seen == [True] * 7
    assert is_text(notebook["cells"][0])
