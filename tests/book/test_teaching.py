"""The page for teachers: what it cites exists, what it links to is there, and its numbers are computed."""

import ast
import re

import numpy as np
import pytest
from chapter_checks import (
    CHAPTERS,
    CODE_SPAN,
    EXERCISE,
    FENCE,
    LINK,
    ROOT,
    all_tags,
    anchors,
    chapter_paths,
    joined,
    listed,
    read,
    texts,
)

from mlp_core import (
    ACTIVATIONS,
    MLP,
    RELU,
    SIGMOID,
    TANH,
    affine,
    affine_input_gradient,
    affine_weight_gradient,
    cross_entropy,
    gradient_step,
    log_softmax,
    output_delta,
    softmax,
    softmax_jacobian,
)
from mlp_core.pictures.ground.numbers import number
from mlp_core.worked_examples import Z_HAT as LOGITS
from mlp_core.worked_examples import V, W
from tools.reading_times import MINUTES, WORDS_A_MINUTE, count

PAGE = CHAPTERS / "teaching.md"
TEXT = PAGE.read_text(encoding="utf-8")
QUESTION = re.compile(
    r"^\*\*(\d[a-z])\. (.+?)\*\* (.+?)\n\n<details><summary>Answer</summary>\n\n(.+?)\n\n</details>$",
    re.S | re.M,
)
NOTES_LINES = (CHAPTERS / "notes" / "lines.md").read_text(encoding="utf-8")
DISPLAYED = re.compile(r"\\tag\{(\d+\.\d+)\}")


def chapters():
    """{'00': notebook, ...}, the appendices as well."""
    return {path.name[:2]: read(path) for path in chapter_paths()}


def cells_by_section():
    """{('05', '14'): [cell, ...]}: a chapter's numbered sections, and each of its exercises by its number."""
    found = {}
    for name, notebook in chapters().items():
        place = "head"
        for cell in notebook["cells"]:
            for source in re.split(r"^(?=## )", joined(cell["source"]), flags=re.M):
                if cell["cell_type"] == "markdown":
                    heading = re.match(r"## (\d+|\w+)", source)
                    exercise = re.search(r"^\*\*(\d\.\d)\*\*", source, re.M)
                    place = heading.group(1) if heading else place
                    place = exercise.group(1) if exercise else place
                found.setdefault((name, place), []).append({**cell, "source": source})
    return found


SECTION_CELLS = cells_by_section()


def text_of(place):
    """What a section says, its code as well."""
    return "\n\n".join(joined(cell["source"]) for cell in SECTION_CELLS.get(place, []))


def minutes_of(chapter, sections):
    """The estimate of tools/reading_times.py for some sections of a chapter, not rounded."""
    cells = [cell for section in sections for cell in SECTION_CELLS[chapter, str(section)]]
    counts = count({"cells": cells})
    return counts.words / WORDS_A_MINUTE + sum(each * getattr(counts, name) for name, each in MINUTES.items())


def parts(page):
    """{'00': the page's text under that chapter's heading, ..., '': all the rest}."""
    pieces = re.split(r"^(?=##+ )", page, flags=re.M)
    found = {"": ""}
    for piece in pieces:
        heading = re.match(r"### (\d\d) ", piece)
        chapter = heading.group(1) if heading else ""
        found[chapter] = found.get(chapter, "") + piece
    return found


def numbers_in(words):
    """[8, 9, 10] for '8 to 10' and [3, 6] for '3 and 6'."""
    found = []
    for first, last in re.findall(r"(\d+)(?: to (\d+))?", words):
        found += range(int(first), int(last or first) + 1)
    return found


SECTIONS = re.compile(
    r"(?:\b(\d\d), )?\bsections? (\d+(?: to \d+)?(?:(?:, | and )\d+(?: to \d+)?)*)", re.IGNORECASE
)


def cited_sections(page):
    """(chapter, section) of every section that the page names.

    One without a chapter belongs to the chapter whose part it stands in, or to the page itself.
    """
    for chapter, text in parts(page).items():
        for named, those in SECTIONS.findall(FENCE.sub(" ", text)):
            yield from ((named or chapter, section) for section in numbers_in(those))


# What the page can be wrong in: each check takes the page and yields faults as sentences


def equations(page):
    """Every equation number exists."""
    for tag in sorted(listed(page) - all_tags()):
        yield f"({tag}) is cited and does not exist"


def exercises(page):
    """Every exercise exists."""
    there = {
        n for notebook in chapters().values() for _, text in texts(notebook) for n in EXERCISE.findall(text)
    }
    for cited in re.findall(r"exercises? (\d\.\d(?:(?:, | and )\d\.\d)*)", page):
        for exercise in re.findall(r"\d\.\d", cited):
            if exercise not in there:
                yield f"exercise {exercise} does not exist"


def sections(page):
    """Every section exists in its chapter."""
    own = {("", section) for section in re.findall(r"^## (\d+) ", page, re.M)}
    for chapter, section in cited_sections(page):
        if (chapter, str(section)) not in SECTION_CELLS.keys() | own:
            yield f"section {section} of chapter {chapter} does not exist"


def links(page):
    """Every link leads to a file, and to a place in it."""
    for _, _, target in LINK.findall(CODE_SPAN.sub(" ", FENCE.sub(" ", page))):
        file, _, place = target.partition("#")
        path = CHAPTERS / file
        if not re.match(r"[a-z]+:", target) and not path.is_file():
            yield f"{target} is not there"
        elif place and path.suffix == ".ipynb" and place not in anchors(read(path)):
            yield f"{target} names no place"


def files(page):
    """Every file and every make target that the page names exists."""
    for span in re.findall(r"`([^`\n]+)`", FENCE.sub(" ", page)):
        for path in re.findall(r"(?<![\w.-])(?:tests|chapters|figures|mlp_core)/[\w./-]+", span):
            if not (ROOT / path).exists():
                yield f"{path} is not there"
        for target in re.findall(r"^make ([a-z-]+)", span):
            if not re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M):
                yield f"make {target} is no command"


def lessons(page):
    """(what is done in the room, what at home) of each double lesson."""
    course = page.partition("### A course")[2].partition("\n### ")[0]
    return re.findall(r"^\| \d \| ([^|]+) \| ([^|]+) \|", course, re.M)


def times(page):
    """The lecture fills its time, and lessons and what can be left out take what the chapters' counts say."""
    lecture = page.partition("### One lecture")[2].partition("## ")[0]
    minutes = [int(found) for found in re.findall(r"^\| (\d+) \|", lecture, re.M)]
    if sum(minutes) != 90:
        yield f"the one lecture takes {sum(minutes)} minutes"
    for room, _ in lessons(page):
        stated = re.findall(r"(\d\d), sections ([\d to,and]+) \((\d+)\)", room)
        for chapter, those, told in stated:
            if abs(minutes_of(chapter, numbers_in(those)) - int(told)) > 2:
                yield f"{chapter}, sections {those}: {minutes_of(chapter, numbers_in(those)):.0f} minutes"
        if not 70 <= sum(int(told) for *_, told in stated) <= 90:
            yield f"a double lesson is not filled: {room}"
    for chapter, section, told in re.findall(r"^\| (\d\d), section (\d+)[^|]*\| (\d+) \|", page, re.M):
        if abs(minutes_of(chapter, [section]) - int(told)) > 2:
            yield f"{chapter}, section {section}: {minutes_of(chapter, [section]):.0f} minutes"


def plan(page):
    """The lessons take every section of the road once, in order, but one, and set what has been taught."""
    taught, there = [], [key for key in SECTION_CELLS if key[0] < "90" and key[1].isdigit()]
    for room, home in lessons(page):
        taught += [(chapter, str(section)) for chapter, section in cited_sections(room)]
        for exercise in re.findall(r"\d\.\d", home):
            if f"0{exercise[0]}" not in {chapter for chapter, _ in taught}:
                yield f"exercise {exercise} comes before its chapter"
    if taught != [key for key in there if key != ("05", "14")]:
        yield f"the lessons take {sorted(set(taught) ^ set(there))} not at all, or in another order"


def names_of(place, kind):
    """The names that a section's code sets (ast.Store) or takes (ast.Load)."""
    code = [joined(cell["source"]) for cell in SECTION_CELLS[place] if cell["cell_type"] == "code"]
    return {
        n.id
        for n in ast.walk(ast.parse("\n".join(code)))
        if isinstance(n, ast.Name) and isinstance(n.ctx, kind)
    }


def rests_on(chapter, section):
    """{(chapter, section or exercise): why} of what comes later and rests on a section.

    It cites an equation of it, or the section itself, or its code takes a name that the section's code sets.
    """
    displayed, found = set(DISPLAYED.findall(text_of((chapter, section)))), {}
    own = [place for place in SECTION_CELLS if place[0] == chapter]
    later = own[own.index((chapter, section)) + 1 :]
    for place in SECTION_CELLS:
        if place[0] >= "90" or place == (chapter, section) or not (place[1].isdigit() or "." in place[1]):
            continue
        text = text_of(place)
        said = re.findall(r"\b[Cc]hapter (\d\d), section (\d+)", text)
        if place[0] == chapter:
            alone = re.sub(r"\b[Cc]hapter \d\d, sections? \d+", " ", text)
            said += [(chapter, str(n)) for words in SECTIONS.findall(alone) for n in numbers_in(words[1])]
        cited = displayed & listed(text) if place[0] >= chapter else set()
        taken = set()
        if place in later:
            taken = names_of((chapter, section), ast.Store) & names_of(place, ast.Load)
            taken -= names_of(place, ast.Store)
        if cited or taken or (chapter, section) in said:
            found[place] = cited | taken or {"named"}
    return found


def left_out(page):
    """Where a section may be left out stands everything later that rests on it."""
    rows = re.findall(r"^\| (\d\d), section (\d+)[^|]*\| \d+ \| ([^|]+) \|$", page, re.M)
    if ("05", "14") not in {row[:2] for row in rows}:
        yield "what rests on the section that the plan leaves out is not said"
    for chapter, section, named in rows:
        known = {(where, str(number)) for where, number in cited_sections(named)}
        known |= {(f"0{number[0]}", number) for number in re.findall(r"\b\d\.\d\b", named)}
        for place, why in rests_on(chapter, section).items():
            if place not in known:
                yield f"{place[0]}, {place[1]} rests on {chapter}, section {section}: {sorted(why)}"


def rows_of_mistakes(page):
    """(chapter, cells) of every row of the tables of mistakes."""
    for chapter, text in parts(page).items():
        for row in re.findall(r"^\| (?!what they say|---)(.+) \|$", text, re.M) if chapter else []:
            yield chapter, row.split(" | ")


def slips(page):
    """Every line of the notes that is not right stands beside its equation and its place in chapter 91."""
    wrong = dict(re.findall(r"^\| (S\d+) \| ([^|]+) \| (?!right)", NOTES_LINES, re.M))
    named = {}
    for _, cells in rows_of_mistakes(page):
        for line in re.findall(r"\bS\d+\b", cells[0]):
            named[line] = cells
    for line, tags in wrong.items():
        row = " | ".join(named.get(line, []))
        played = [place for place in cited_sections(row) if place[0] == "91"]
        if not listed(row) & set(tags.split(", ")):
            yield f"{line} is not named beside one of {tags}"
        if not any(re.search(rf"\b{line}\b", text_of((name, str(n)))) for name, n in played):
            yield f"{line} is not where chapter 91 has it: {played}"


def places(page):
    """A guess or a common slip stands in the section that is said to have it; no common slip is left out."""
    held = {"guess": re.compile(r"^guess\(", re.M), "common slip": re.compile(r"\*\*A common slip\.\*\*")}
    boxes = {key for key in SECTION_CELLS if key[0] < "90" and held["common slip"].search(text_of(key))}
    for chapter, cells in rows_of_mistakes(page):
        for section, what in re.findall(r"section (\d+), (?:the|a) (guess|common slip)", cells[-1]):
            boxes -= {(chapter, section)} if what == "common slip" else set()
            if not held[what].search(text_of((chapter, section))):
                yield f"chapter {chapter}, section {section} has no {what}"
    yield from (f"the common slip of {chapter}, section {section} is not named" for chapter, section in boxes)


def mistakes(page):
    """Every row names what answers it and where it is seen."""
    rows = list(rows_of_mistakes(page))
    for chapter, cells in rows:
        if len(cells) != 4 or not re.search(r"section|exercise", cells[3]):
            yield f"{chapter}: {cells}"
    for chapter in chapters():
        if chapter < "90" and sum(of == chapter for of, _ in rows) < 8:
            yield f"{chapter} names fewer than eight mistakes"


def answers_cite(page):
    """Every answer follows from an equation that it names."""
    for name, _, _, answer in QUESTION.findall(page):
        if not listed(answer):
            yield f"{name} names no equation"


CHECKS = (
    equations,
    exercises,
    sections,
    links,
    files,
    times,
    plan,
    left_out,
    slips,
    places,
    mistakes,
    answers_cite,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_page_is_true_to_the_book(check):
    assert list(check(TEXT)) == []


@pytest.mark.parametrize(
    ("check", "before", "after"),
    [
        (equations, "(3.6)", "(2.91)"),
        (equations, "(2.9) to (2.11)", "(2.9) to (2.19)"),
        (exercises, "exercise 0.5", "exercise 0.7"),
        (exercises, "exercises 4.1, 4.4, 4.6 and 5.1", "exercises 4.1, 4.4, 4.6 and 5.9"),
        (sections, "01, sections 6 to 14", "01, sections 6 to 19"),
        (sections, "02, sections 1 and 3 |", "02, sections 1 and 23 |"),
        (sections, "Section 4 has at least", "Section 9 has at least"),
        (links, "../figures/worksheet.svg", "../figures/sheet.svg"),
        (files, "`tests/book/test_teaching.py`", "`tests/test_teachers.py`"),
        (files, "`make fresh`", "`make new`"),
        (times, "| 16 | Forward", "| 17 | Forward"),
        (times, "sections 1 to 8 (57)", "sections 1 to 8 (61)"),
        (times, "01, sections 6 to 14 (40)", "01, sections 10 to 14 (22)"),
        (times, "| 02, section 12 | 7 |", "| 02, section 12 | 4 |"),
        (plan, "02, sections 8 to 13 (18)", "02, sections 9 to 13 (15)"),
        (plan, "exercises 4.1, 4.4, 4.6 and 5.1", "exercises 4.1, 4.4, 4.6 and 6.1"),
        (left_out, "exercise 1.5", "exercise 1.6"),
        (left_out, "and so the bowl of 02, section 12,", "and so the bowl"),
        (left_out, "the size of the first weights in 06, section 2, and in 07, section 6", "nothing"),
        (left_out, "| 05, section 14 |", "| 05, section 12 |"),
        (left_out, "and so the bowl of 02, section 12,", "and so that of section 4"),
        (slips, "(S28, S29)", "(S29)"),
        (slips, "(1.2): the free index", "(1.3): the free index"),
        (slips, "chapter 91, section 4", "chapter 91, section 3"),
        (places, "section 1, the guess", "section 2, the guess"),
        (places, "section 6, a common slip", "section 6"),
        (mistakes, "| section 9, the second example |", "| there |"),
        (answers_cite, "by (1.12)", "by the sum"),
    ],
)
def test_each_check_can_fail(check, before, after):
    assert before in TEXT
    spoiled = TEXT.replace(before, after)
    if check is answers_cite:
        spoiled = re.sub(r"by the sum.*?</details>", "by the sum.\n\n</details>", spoiled, flags=re.S)
    assert list(check(spoiled))


def test_the_code_of_the_page_draws_the_two_sheets(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"```python\n(.+?)```", TEXT, re.S)
    exec(block, {})
    drawn = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert sorted(drawn) == ["mine.svg", "mine_solution.svg"]
    assert "answer-" in drawn["mine_solution.svg"]
    assert "answer-" not in drawn["mine.svg"]
    assert "E 3.5298" in drawn["mine_solution.svg"]  # question 0a


# The questions: every number of an answer is computed here


def told(*things, decimals=4):
    """The numbers of arrays and scalars as the page prints them."""
    return {
        number(entry, decimals).replace("−", "-")
        for thing in things
        for entry in np.asarray(thing, float).ravel().tolist()
    }


Z_HAT = np.log([0.5, 0.3, 0.2])
B = np.array(LOGITS)


def pencil_run():
    x, r = np.array([-2.0, 1.0]), np.array([1.0, 0.0])
    record = MLP((V, W), "relu").forward(x)
    return told(record.y_hat[0], record.y[0], record.z_hat, record.z, cross_entropy(r, record.z_hat))


def shapes():
    weights = MLP.initialize((5, 4, 3), seed=0).weights
    counts = [part.size for part in weights]
    return told(*(part.shape for part in weights), counts, sum(counts), 0)


def measured_pull():
    slope = (1.2304 - 1.2300) / 0.002
    (stepped,), _ = gradient_step((np.array([[0.7]]),), None, (np.array([[-slope]]),), 0.5)
    return told(1.2304, 1.2300, 0.002, slope, -slope, 0.5, -0.5 * slope, stepped)


def steepest():
    pulls, length = np.array([5.0, -12.0]), 0.26
    eta = length / np.linalg.norm(pulls)
    moves = eta * pulls
    angles = np.linspace(0, 2 * np.pi, 3601)
    others = length * np.column_stack([np.cos(angles), np.sin(angles)]) @ pulls
    assert others.max() <= moves @ pulls + 1e-12
    return told(np.linalg.norm(pulls), length, eta, moves, 5, 12, moves @ pulls)


def bill():
    weights = sum(part.size for part in MLP.initialize((20, 10, 4), seed=0).weights)
    return told(10, 21, 4, 11, weights, 2, 2 * weights)


def jacobian_entries():
    J = softmax_jacobian(Z_HAT)
    falls = int(J[:, 0].argmin()) + 1
    return told(softmax(Z_HAT), J[0, 0], J[2, 0], J[1, 0], falls, -0.2, -0.3)


def column():
    (third,) = (entry for entry in softmax_jacobian(Z_HAT)[:, 1] if entry > 0)
    assert told(softmax_jacobian(Z_HAT)[:, 1]) - told(third) == {"-0.15", "-0.06"}  # the two of the question
    return told(third, 0, 1)


def survives():
    z_hat = np.array([1000.0, 1000 + np.log(3)])
    with np.errstate(over="ignore", invalid="ignore"):
        assert np.isnan(np.exp(z_hat) / np.exp(z_hat).sum()).all()
    return told(softmax(z_hat), 709.78, 3, 0)


def gain_and_price():
    r, step = np.array([0.0, 0.0, 1.0]), 0.01
    rises = [cross_entropy(r, Z_HAT + step * np.eye(3)[k]) - cross_entropy(r, Z_HAT) for k in (0, 2)]
    pulls = output_delta(r, Z_HAT)
    assert np.allclose(rises, [-step * pulls[0], -step * pulls[2]], rtol=0.02)
    return told(1, step, 0.5, 0.2, 0.2 * step, -step * pulls[0], step * pulls[2])


def pulls_on_logits():
    return told(output_delta([0.2, 0.2, 0.6], Z_HAT), output_delta([1, 1, 0], Z_HAT), 1, 2)


def squared_error():
    z_hat, r = np.log([0.01, 0.99]), np.array([1.0, 0.0])
    gap = r - softmax(z_hat)
    (up, down) = softmax_jacobian(z_hat).T @ gap
    assert up == pytest.approx(-down)
    return told(gap, 0.01, 0.0099, 0.99 + 0.99, up)


def pulls_on_weights():
    delta, y = output_delta([0.0, 0.0, 1.0], Z_HAT), np.array([2.0, -1.0])
    straight = np.array([[1.0, -1], [0, 1], [2, 0]])
    weights = np.column_stack([Z_HAT - straight @ y, straight])
    assert np.allclose(softmax(affine(weights, y)), [0.5, 0.3, 0.2])
    batch = np.tile(y, (32, 1))
    deltas = output_delta(np.tile([0.0, 0.0, 1.0], (32, 1)), affine(weights, batch))
    on_W, on_Y = affine_weight_gradient(deltas, batch), affine_input_gradient(deltas, weights)
    assert np.allclose(on_W, affine_weight_gradient(delta, y))
    return told(
        affine_weight_gradient(delta, y), affine_input_gradient(delta, weights), on_W.shape, on_Y.shape
    )


def first_loss():
    r = np.eye(5)
    return told(cross_entropy(r, affine(np.zeros((5, 4)), np.ones((5, 3)))), 5, 1)


def averaged_first():
    pulls, signals = np.array([[0.6], [-0.2]]), np.array([[1.0], [3.0]])
    of_products = affine_weight_gradient(pulls / 2, signals)[0, 1]
    of_means = affine_weight_gradient(pulls.mean(axis=0), signals.mean(axis=0))[0, 1]
    return told(of_products, 0.6, 2, 0.2, of_means)


def chosen_rate():
    training, validation = {0.3: 0.20, 1: 0.10, 3: 0.05}, {0.3: 0.30, 1: 0.25, 3: 0.31}
    chosen = min(validation, key=validation.get)
    return told(chosen, validation[chosen], min(training, key=training.get))


def ink_in_the_middle():
    x, labels = np.array([[0.0], [1.0], [2.0]]), np.array([0, 1, 0])
    grid = np.random.default_rng(0).normal(size=(2000, 2, 2))
    reads = [int((affine(weights, x).argmax(axis=1) == labels).sum()) for weights in grid]
    return told(max(reads), 1)  # "class 1"


def nine_hundredths():
    t = np.log([1 / 9, 9.0])
    assert SIGMOID.derivative(t) == pytest.approx(0.09)
    return told(t, SIGMOID(t), SIGMOID.derivative(t), 9, 1, 1 / SIGMOID(t[1]) - 1) - told(1 / 9)


def two_functions():
    y, t = np.array(0.6), np.arctanh(0.6)
    assert TANH.derivative(t) == pytest.approx(float(TANH.derivative_from_output(y)))
    t = np.linspace(-3, 3, 13)
    assert np.array_equal(RELU.derivative(RELU(t)), RELU.derivative(t))
    return told(TANH.derivative_from_output(y), TANH.derivative(y), 0.36, 1)


def two_locks():
    delta = np.array([0.5, -0.5])
    wishes = affine_input_gradient(delta, np.array([[0.0, 3, 0], [0, -2, 0]]))
    gates = SIGMOID.derivative(np.array([8.0, 0.0]))
    return told(1.5, 1, wishes, gates, wishes * gates)


def surviving():
    step = np.sqrt(200) * 0.05 * np.sqrt(0.5)
    keeps = np.sqrt(RELU.weight_variance / 200)
    return told(200, 0.05, 0.5, step, 6, step**6, 2, keeps, np.sqrt(200) * keeps * np.sqrt(0.5))


def hidden_row():
    bracket = np.array([0.4, -0.1, -0.3]) @ np.array([1.0, 2.0, -1.0])
    gate = SIGMOID.derivative_from_output(np.array(0.5))
    row = affine_weight_gradient(np.array([bracket * gate]), np.array([3.0, -2.0]))
    return told(0.4, 0.2, 0.3, bracket, gate, bracket * gate, [1, 3, -2], row)


def depth():
    network = MLP.initialize((5, 4, 6, 3), seed=0)
    pulls = network.negative_gradient(network.forward(np.ones(5)), np.eye(3)[0])
    assert [pull.shape for pull in pulls] == [part.shape for part in network.weights]
    return told(*(part.shape for part in network.weights), 0)


def sweeps():
    on_V, on_W = (part.size for part in MLP.initialize((6, 5, 4), seed=0).weights)
    return told(on_V, on_W, on_V + on_W, 1, on_V // 5)


def forgotten_gate():
    network = MLP(
        (np.array([[0.0, 1.0], [np.log(4.0), 0.0]]), np.array([[0.1, 2, -1], [0.3, -1, 1], [0, 1, 3]]))
    )
    network = MLP(network.weights, "sigmoid")
    record, r = network.forward([0.0]), np.array([0.0, 1.0, 0.0])
    assert record.y[0] == pytest.approx([0.5, 0.8])
    gates = SIGMOID.derivative(record.y_hat[0])
    right = network.negative_gradient(record, r)[0][:, 0]
    without = affine_input_gradient(output_delta(r, record.z_hat), network.weights[1])
    return told(gates, without / right, 1)


def nothing_comes_back():
    network = MLP((V, np.zeros((2, 4))), "sigmoid")
    pull_V, _ = network.negative_gradient(network.forward([2.0, -1.0]), [0.0, 1.0])
    return told(pull_V)


def passes():
    back_W, forward_V = 50 * 10, 100 * 50
    ahead = forward_V + back_W
    return told(forward_V, back_W, ahead, ahead + back_W, (ahead + back_W) / ahead)


def one_step():
    """The order of the lines: a step by hand is the step of the library, for every activation."""
    rng = np.random.default_rng(0)
    x, r = rng.normal(size=(4, 2)), np.eye(2)[[0, 1, 1, 0]]
    for name, sigma in ACTIVATIONS.items():
        y_hat = affine(V, x)
        delta = output_delta(r, affine(W, sigma(y_hat)))
        pull_W = affine_weight_gradient(delta, sigma(y_hat))
        pull_V = affine_weight_gradient(affine_input_gradient(delta, W) * sigma.derivative(y_hat), x)
        network = MLP((V, W), name)
        library = network.negative_gradient(network.forward(x), r)
        assert np.allclose(pull_V, library[0])
        assert np.allclose(pull_W, library[1])
    return told(1)


def silenced():
    column = np.array([[0.0, 3.0], [0.0, -2.0]])
    changes = [affine(0 * column, [said]) - affine(column, [said]) for said in (2.0, 0.0)]
    return told(2, 3, *changes, 1)


def wrong_and_lean():
    pulls, gates = np.array([2.0, -1.0]), np.array([0.25, 0.75])
    right, sizes = pulls * gates, [np.linalg.norm(pulls * gates), np.linalg.norm(pulls)]
    return told(right, pulls, right @ pulls, sizes, right @ pulls / np.prod(sizes))


def rates():
    knows_nothing, over_the_batch = np.log(10), -np.log(softmax(np.zeros((10, 20)))[0, 0])
    assert cross_entropy(np.eye(10), np.zeros((10, 10))) == pytest.approx(knows_nothing)
    return told(knows_nothing, 10, 32, 32 * 0.003125, over_the_batch, 20, 1)


def pull_on_a_pixel():
    slopes, z_hat = np.array([[0.0, 2.0], [0.0, -1.0]]), np.log([0.9, 0.1])
    pulls = [affine_input_gradient(output_delta(r, z_hat), slopes) for r in np.eye(2)]
    return told(0.1, 2, 1, 0.9, pulls)


def digits_between():
    assert round((0.975 - 0.970) * 450) == 2
    return told(2, 450)


def tripled():
    z_hat = 3 * B
    assert softmax(z_hat).argmax() == softmax(B).argmax() == 2
    losses = [-float(log_softmax(logits)[k]) for k in (2, 1) for logits in (B, z_hat)]
    return told(softmax(z_hat), losses, 3, 2)


COMPUTED = {
    "0a": pencil_run,
    "0b": shapes,
    "0c": measured_pull,
    "0d": steepest,
    "0e": bill,
    "1a": jacobian_entries,
    "1b": column,
    "1c": survives,
    "2a": gain_and_price,
    "2b": pulls_on_logits,
    "2c": squared_error,
    "3a": pulls_on_weights,
    "3b": first_loss,
    "3c": averaged_first,
    "3d": chosen_rate,
    "3e": ink_in_the_middle,
    "4a": nine_hundredths,
    "4b": two_functions,
    "4c": two_locks,
    "5a": hidden_row,
    "5b": depth,
    "5c": sweeps,
    "5d": forgotten_gate,
    "5e": nothing_comes_back,
    "5f": passes,
    "5g": surviving,
    "6a": one_step,
    "6b": digits_between,
    "6c": silenced,
    "6d": tripled,
    "7a": wrong_and_lean,
    "7b": rates,
    "7c": pull_on_a_pixel,
}


def plain(number_in_words):
    """`1.230` and `1.23` as one string."""
    return number(float(number_in_words), 8).replace("−", "-")


def stated(answer):
    """The numbers that an answer states, without those of equations, sections, indices and code."""
    text = re.sub(r"\(\d\.\d+\)|\b(?:chapter|section) \d+", " ", CODE_SPAN.sub(" ", answer))
    text = re.sub(r"_(?:\{[^}]*\}|\w)", " ", text).replace(" ", "")
    return {plain(found) for found in re.findall(r"-?\d+(?:\.\d+)?", text)}


def test_every_question_is_computed():
    assert [name for name, *_ in QUESTION.findall(TEXT)] == list(COMPUTED)
    assert TEXT.count("<details>") == len(COMPUTED)


def unsupported(page):
    """(question, numbers) of every answer that states a number which is not computed here, signs aside."""
    for name, _, _, answer in QUESTION.findall(page):
        known = {plain(n).lstrip("-") for n in COMPUTED[name]()}
        wrong = {n.lstrip("-") for n in stated(answer)} - known
        if wrong:
            yield name, wrong


def missing(page):
    """(question, numbers) of every answer that leaves a number out; a positive one may be subtracted."""
    for name, _, _, answer in QUESTION.findall(page):
        there = stated(answer)
        lost = {n for n in map(plain, COMPUTED[name]()) if not {n, n if n[0] == "-" else f"-{n}"} & there}
        if lost:
            yield name, lost


def test_every_number_of_an_answer_is_computed():
    assert list(unsupported(TEXT)) == []


def test_every_computed_number_is_in_its_answer():
    assert list(missing(TEXT)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("E = 3.5298$ by", "E = 3.5289$ by"),
        ("(-0.5, -1, 0.5)", "(-0.5, -1, 0.55)"),
        ("= 1.0909", "= 1.09"),
        ("to 3.7842", "to 3.7841"),
    ],
)
def test_a_wrong_number_is_seen(before, after):
    assert TEXT.count(before) == 1
    spoiled = TEXT.replace(before, after)
    assert list(unsupported(spoiled))
    assert list(missing(spoiled)) or "-0.5" in before  # there 0.5 stands elsewhere in the answer


def test_a_wrong_sign_is_seen():
    assert list(missing(TEXT.replace("(-0.3, -0.1, 0.4)", "(0.3, -0.1, 0.4)")))
    assert list(missing(TEXT.replace("(-1.5, 2)$ by", "(1.5, 2)$ by")))
