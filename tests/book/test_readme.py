"""What the README and the pages of docs/ count, link to and print is so."""

import contextlib
import io
import re
from collections import Counter
from statistics import mean, stdev

import pytest
from book_equations import equations
from chapter_checks import (
    CODE_SPAN,
    FENCE,
    LINK,
    ROOT,
    chapter_paths,
    codes,
    exercise_numbers,
    joined,
    read,
    texts,
)
from mutants_proving import PROVING_MUTANTS
from planted import all_mutants
from test_numbers_in_prose import SEEN_AT_LEAST

from mlp_core.equations.proving.judging import STANDINGS, standing
from mlp_core.exercises import check
from mlp_core.exercises.registry import exercise_of
from mlp_core.explorers import EXPLORERS

LONGEST = 100  # lines
FIRST_SCREEN = 18  # lines, with one picture between them


def page(name):
    return (ROOT / name).read_text(encoding="utf-8")


README = page("README.md")
VERIFICATION, ACCURACY, BENCHMARKS, OTHERS = (
    page(f"docs/{name}.md") for name in ("verification", "accuracy", "benchmarks", "other_books")
)
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("chapters/*.md"))
)


def counted(pattern, text):
    """The one number that stands in a page where the pattern has its group."""
    (found,) = re.findall(pattern, text)
    return int(found.replace(",", ""))


# The front door


def test_it_is_short_and_its_first_screen_says_what_for_whom_and_how():
    assert len(README.splitlines()) <= LONGEST
    first = "\n".join(README.splitlines()[:FIRST_SCREEN])
    assert first.startswith("# Backpropagation, line by line\n\nDerive by hand")
    assert first.count("<img ") == 1
    for wanted in (
        "**For whom:**",
        "**What you will have:**",
        "**How long:**",
        "**Read it:** [chapter 00](chapters/00_the_network.ipynb)",
        "**Run it:** `make read`",
        "**Print it:** `make pdf`",
        "**Teach:** [one lecture of 90 minutes](chapters/teaching.md)",
        "figures/worksheet.pdf",
    ):
        assert wanted in first, wanted


def test_its_picture_stands_still_speaks_and_leads_to_the_one_that_moves():
    ((shown, moving),) = re.findall(r'\[<img src="([^"]+)" width="\d+" alt="[^"]{80,}">\]\(([^)]+)\)', README)
    assert (shown, moving) == ("figures/backprop_stepper.png", "figures/backprop_stepper.gif")
    assert README.count(".gif") == 1


def test_what_the_checks_name_of_a_stranger_s_is_what_the_page_of_checks_shows():
    told = re.search(r"(\d+) of (\d+) with one slip and (\d+) of (\d+) with two", README).groups()
    rows = [
        re.search(
            rf"^\| strangers_three, BACKWARD_{kind} \| (\d+) of (\d+) named", VERIFICATION, re.M
        ).groups()
        for kind in ("SINGLES", "PAIRS")
    ]
    assert told == (*rows[0], *rows[1])


def test_it_names_every_chapter():
    linked = re.findall(r"^\| \[[^\]]+\]\(chapters/(\d\d_\w+\.ipynb)\)", README, re.M)
    assert linked == [path.name for path in chapter_paths()]


ROAD = [path for path in chapter_paths() if path.name < "90"]
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def test_it_asks_the_questions_that_the_chapters_ask():
    asked = dict(re.findall(r"^\| \[[^\]]+\]\(chapters/(\S+)\) \| ([^|]+) \|", README, re.M))
    for path in ROAD:
        (question,) = re.findall(r"^\*\*The question\.\*\* (.+)$", texts(read(path))[0][1], re.M)
        assert asked[path.name] == question


def test_it_counts_the_exercises_and_the_explorers():
    exercises = sum(len(exercise_numbers(read(path))) for path in chapter_paths())
    assert counted(r"There are (\d+) exercises", README) == exercises
    assert counted(r"\| (\d+); all answered", OTHERS) == exercises
    touched = [
        path
        for path in ROAD
        if any(f"{name}(" in joined(cell["source"]) for cell in codes(read(path)) for name in EXPLORERS)
    ]
    where = "each" if touched == ROAD else WORDS[len(touched)]
    assert f"In {where} of the {WORDS[len(ROAD)]} chapters stands an explorer" in README
    assert f"the {WORDS[len(EXPLORERS)]} explorers" in page("docs/running.md")
    assert f"{WORDS[len(ROAD)]} chapters, each an evening" in README


def test_its_card_is_that_of_the_hidden_layer():
    """Line by line: the names of the lines, and each thing that they imply."""
    path = next(path for path in ROAD if path.name.startswith("05"))
    whole = "\n\n".join(source for _, source in texts(read(path)))
    (table,) = re.findall(r"^\| \| the line \| what it implies \|\n\|.+\n((?:\|.+\n?)+)", whole, re.M)
    ours = re.findall(r"^\| (\S[^|]*) \| (?:`[^`]+`(?:, )?)+ \| ([^|]+) \|", README, re.M)
    theirs = [
        (row.split(" | ")[0].strip("| "), row.split(" | ")[-1].strip("| ")) for row in table.splitlines()
    ]
    assert ours == [(name, implied.replace("**", "")) for name, implied in theirs]


def test_its_lines_of_python_print_what_stands_beside_them():
    (block,) = re.findall(r"```python\n(.*?)```", README, re.S)
    promised = re.findall(r"print\(.*?\)  # (\[.*?\])", block)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(block, {})
    assert len(promised) == 2
    assert printed.getvalue().splitlines() == promised


# How the book is checked


def test_the_cells_and_the_planted_slips_are_counted():
    assert counted(r"all (\d+) code cells", VERIFICATION) == sum(
        len(codes(read(path))) for path in chapter_paths()
    )
    assert counted(r"plants (\d+) slips", VERIFICATION) == len(all_mutants())


def test_what_is_proved_of_the_equations_is_counted():
    sentence = re.search(
        r"Of the (\d+) numbered lines (\d+) are proved so, (\d+) identities and (\d+) inequalities. "
        r"(\d+) are worked numbers, .*?, (\d+) define a letter, and (\d+) is an assumption",
        VERIFICATION,
    )
    kinds = Counter(found.kind for found in equations())
    proved = [found for found in equations() if standing(found.kind, found.check()) == STANDINGS[0]]
    assert [int(number) for number in sentence.groups()] == [
        len(equations()),
        len(proved),
        *(kinds[kind] for kind in ("identity", "inequality", "worked number", "definition", "assumption")),
    ]
    assert len(proved) == kinds["identity"] + kinds["inequality"]
    short = re.search(
        r"(\d+) of the (\d+) numbered lines are proved .*?, and (\d+) of these by Coq .*? "
        r"The other (\d+) are (\d+) definitions, (\d+) worked numbers and (\d+) assumption",
        README,
    )
    by_coq = re.search(r"is asked about (.*?): it shares", VERIFICATION)[1]
    assert [int(number) for number in short.groups()] == [
        len(proved),
        len(equations()),
        len(re.findall(r"\(\d+\.\d+\)", by_coq)),
        len(equations()) - len(proved),
        *(kinds[kind] for kind in ("definition", "worked number", "assumption")),
    ]
    broken = counted(r"And (\d+) of the slips that are planted in the package break the prover", VERIFICATION)
    assert broken == len(PROVING_MUTANTS)


def test_the_altered_numbers_that_are_seen_are_counted():
    assert counted(r"at least (\d+) of 100 turn `make test` red", VERIFICATION) == round(100 * SEEN_AT_LEAST)


def test_the_lowest_versions_are_those_that_may_be_installed():
    required = page("pyproject.toml")
    for name, version in re.findall(r"(NumPy|matplotlib|scikit-learn) ([\d.]+\d)", VERIFICATION):
        assert f'"{name.lower()}>={version},' in required


# The tables agree with themselves; what they say was measured by the commands that they name


def rows(text, columns):
    """The cells of every table row with so many columns, heads left out."""
    found = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [cells for cells in found if len(cells) == columns and not set(cells[-1]) <= set("-:")]


def accuracy_faults(text):
    """Mean and standard deviation are those of the five numbers beside them, as far as they are rounded."""
    for name, middle, spread, each in rows(text, 4)[1:]:
        five = [float(number) for number in each.split(", ")]
        if len(five) != 5 or abs(mean(five) - float(middle)) > 0.1:
            yield f"{name}: the mean is {mean(five):.2f}"
        if abs(stdev(five) - float(spread)) > 0.1:
            yield f"{name}: the standard deviation is {stdev(five):.2f}"


def benchmark_faults(text):
    """The short table, and what the text makes of the long one, are what the long one says."""
    long = {tuple(cells[:3]): [cell.split(" ")[0] for cell in cells[3:]] for cells in rows(text, 8)[1:]}
    for name, *cells in rows(text, 6)[1:]:
        cells[0] = cells[0].removesuffix(" µs")
        if cells != long[name, "32", "float32"]:
            yield f"{name}: {cells}"
    pytorch, bare = ([float(cells[n]) for cells in long.values()] for n in (1, 2))
    if f"({min(pytorch):.2f} to {max(pytorch):.2f})" not in text:
        yield f"PyTorch / ours is from {min(pytorch)} to {max(pytorch)}"
    slower = sum(ratio < 1 for ratio in bare)
    at_most = round(100 * (1 - min(bare)))
    if f"faster in {slower} of the {len(long)} rows, by up to {at_most} %" not in text:
        yield f"scikit-learn is faster in {slower} of {len(long)} rows, by up to {at_most} %"
    (worst,) = (key for key, cells in long.items() if float(cells[2]) == min(bare))
    if "({}, batch {}, {})".format(*worst) not in text:
        yield f"it is fastest at {worst}"
    floors = [long["784-300-10", "256", dtype][4] for dtype in ("float32", "float64")]
    if f"{floors[0]} and {floors[1]} times that at 784-300-10" not in text:
        yield f"the floor is {floors}"


def test_the_tables_agree_with_themselves():
    assert list(accuracy_faults(ACCURACY)) == []
    assert list(benchmark_faults(BENCHMARKS)) == []


@pytest.mark.parametrize(
    ("faults", "text", "before", "after"),
    [
        (accuracy_faults, ACCURACY, "| 96.9 |", "| 97.2 |"),
        (accuracy_faults, ACCURACY, "| 1.04 |", "| 1.24 |"),
        (accuracy_faults, ACCURACY, "92.4, 91.6", "94.2, 91.6"),
        (benchmark_faults, BENCHMARKS, "| 80 µs | 4.19", "| 80 µs | 4.91"),
        (benchmark_faults, BENCHMARKS, "1.03 (1.08) |", "0.98 (1.08) |"),
        (benchmark_faults, BENCHMARKS, "0.90 (0.94)", "0.80 (0.94)"),
        (benchmark_faults, BENCHMARKS, "1.15 and 1.16 times", "1.15 and 1.61 times"),
        (benchmark_faults, BENCHMARKS, "in 2 of the 24 rows", "in 1 of the 24 rows"),
    ],
)
def test_an_altered_number_is_seen(faults, text, before, after):
    assert text.count(before) == 1
    assert list(faults(text.replace(before, after)))


# Every page


def in_github_s_words(heading):
    """The name that GitHub gives a heading of a page."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("name", PAGES)
def test_every_link_to_a_file_leads_there(name):
    text = CODE_SPAN.sub(" ", FENCE.sub(" ", page(name)))
    for target in re.findall(r"(?<=\]\()[^)\s]+(?=\))|(?<=src=\")[^\"]+", text):
        file, _, place = target.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        path = (ROOT / name).parent / file if file else ROOT / name
        assert path.exists(), target
        if place and path.suffix == ".md":
            headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.M)
            assert place in map(in_github_s_words, headings), target


def test_the_front_door_leads_to_every_page():
    """From the README every page can be reached."""
    reached, waiting = set(), ["README.md"]
    while waiting:
        name = waiting.pop()
        reached.add(name)
        for _, _, target in LINK.findall(page(name)):
            file = target.partition("#")[0]
            path = ((ROOT / name).parent / file).resolve() if file and ":" not in file else None
            if path and path.suffix == ".md" and path.is_file():
                there = path.relative_to(ROOT).as_posix()
                waiting += [there] if there not in reached else []
    assert set(PAGES) <= reached


@pytest.mark.parametrize("name", PAGES)
def test_the_commands_that_a_page_names_exist(name):
    targets = set(re.findall(r"^([a-z-]+):", page("Makefile"), re.M))
    text = page(name)
    fenced = re.findall(r"^make ([a-z-]+)", text, re.M)
    assert {*re.findall(r"`make ([a-z-]+)", text), *fenced} <= targets
    for script in re.findall(r"`(?:python )?((?:tests|tools)/[\w/]+\.py)", text):
        assert (ROOT / script).is_file(), script


def test_every_command_is_told():
    targets = re.findall(r"^([a-z-]+):(?!=)", page("Makefile"), re.M)
    told = set(re.findall(r"^\| `make ([a-z-]+)", page("docs/running.md"), re.M))
    assert {*targets} - {"help", "environment", "environment-editions", "environment-dev"} == told


@pytest.mark.parametrize(("name", "at_least"), [("docs/running.md", 8), ("CONTRIBUTING.md", 10)])
def test_the_places_that_a_page_names_are_there(name, at_least):
    named = re.findall(r"`((?:mlp_core|chapters|figures|tests|tools|docs)/[\w./]*)`", page(name))
    assert len(named) > at_least
    assert [place for place in named if not (ROOT / place).exists()] == []


def test_the_box_that_it_shows_is_the_one_that_a_check_gives(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # where the check keeps what was tried
    text = exercise_of("5.5").solution.replace("W[:, 1:]", "W[:, :-1]")
    assert text != exercise_of("5.5").solution
    space = {}
    exec("import numpy as np\n" + text, space)
    (shown,) = re.findall(r"```text\n(.*?)```", README, re.S)
    assert shown.split() == str(check("5.5", space["backward"])).split()
