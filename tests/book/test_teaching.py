"""The page for teachers: what it cites exists, what it links to is there, and its numbers are computed."""

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

PAGE = CHAPTERS / "teaching.md"
TEXT = PAGE.read_text(encoding="utf-8")
QUESTION = re.compile(
    r"^\*\*(\d[a-z])\. (.+?)\*\* (.+?)\n\n<details><summary>Answer</summary>\n\n(.+?)\n\n</details>$",
    re.S | re.M,
)
# A row of notes/lines.md: a line of the notes, its equations, the verdict.
VERDICT = re.compile(r"^\| (S\d+) \| [^|]+ \| ([^|]+) \|", re.M)


def chapters():
    """{'00': notebook, ...}"""
    return {path.name[:2]: read(path) for path in chapter_paths() if path.name < "90"}


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
    there = {
        (name, int(section))
        for name, notebook in chapters().items()
        for _, text in texts(notebook)
        for section in re.findall(r"^## (\d+) ", text, re.M)
    }
    own = {("", int(section)) for section in re.findall(r"^## (\d+) ", page, re.M)}
    for chapter, section in cited_sections(page):
        if (chapter, section) not in there | own:
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


def times(page):
    """A chapter's time is the one that its own head states, and they add up."""
    table = re.findall(r"^\| \[(\d\d) [^\]]+\]\([^)]+\) \| ([^|]+) \|", page, re.M)
    heads = {name: texts(notebook)[0][1] for name, notebook in chapters().items()}
    if [name for name, _ in table] != sorted(heads):
        yield f"the times are those of {[name for name, _ in table]}"
    for name, time in table:
        head = re.search(r"\*\*Time\.\*\* (.+)", heads[name]).group(1)
        if not set(re.findall(r"(\d+) (?:minutes|with)", time)) <= set(re.findall(r"\d+", head)):
            yield f"{name} takes {time}, and its head says: {head}"
    total = sum(int(re.search(r"\d+", time).group()) for _, time in table)
    if f"Together {total} minutes" not in page:
        yield f"the times add up to {total}"
    lecture = page.partition("### One lecture")[2].partition("## ")[0]
    minutes = [int(found) for found in re.findall(r"^\| (\d+) \|", lecture, re.M)]
    if sum(minutes) != 90:
        yield f"the one lecture takes {sum(minutes)} minutes"
    lessons = page.partition("### A course")[2].partition("###")[0]
    for lesson in re.findall(r"^\| \d \| ([^|]+) \|", lessons, re.M):
        if not 80 <= sum(int(found) for found in re.findall(r"\((\d+)(?: min)?\)", lesson)) <= 90:
            yield f"a double lesson is not filled: {lesson}"


def slips(page):
    """Every line of the notes that is not right as it stands is named."""
    rows = VERDICT.findall((CHAPTERS / "notes" / "lines.md").read_text(encoding="utf-8"))
    slipped = {line for line, verdict in rows if not verdict.startswith("right")}
    for line in sorted(slipped - set(re.findall(r"\bS\d+\b", page))):
        yield f"{line} is not right as it stands, and is not named"


def mistakes(page):
    """Every row names what answers it and where it is seen."""
    for chapter, text in parts(page).items():
        rows = re.findall(r"^\| (?!what they say|---)(.+) \|$", text, re.M) if chapter else []
        for row in rows:
            cells = row.split(" | ")
            if len(cells) != 4 or not re.search(r"section|exercise", cells[3]):
                yield f"{chapter}: {row}"
        if chapter and len(rows) < 8:
            yield f"{chapter} names {len(rows)} mistakes"


def answers_cite(page):
    """Every answer follows from an equation that it names."""
    for name, _, _, answer in QUESTION.findall(page):
        if not listed(answer):
            yield f"{name} names no equation"


CHECKS = (equations, exercises, sections, links, files, times, slips, mistakes, answers_cite)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_page_is_true_to_the_book(check):
    assert list(check(TEXT)) == []


@pytest.mark.parametrize(
    ("check", "before", "after"),
    [
        (equations, "(3.6)", "(2.91)"),
        (equations, "(4.11) to (4.13)", "(4.11) to (4.19)"),
        (exercises, "exercise 0.5", "exercise 0.7"),
        (exercises, "exercises 3.1, 3.5, 4.1 and 4.3", "exercises 3.1, 3.5, 4.1 and 4.9"),
        (sections, "01, sections 6, 7, 10, 11 and 12", "01, sections 6, 7, 10, 11 and 99"),
        (sections, "01, sections 1 to 5", "01, sections 1 to 15"),
        (sections, "sections 3 and 12 |", "sections 3 and 22 |"),
        (sections, "Section 4 has at least", "Section 9 has at least"),
        (links, "../figures/worksheet.svg", "../figures/sheet.svg"),
        (files, "`tests/book/test_teaching.py`", "`tests/test_teachers.py`"),
        (files, "`make fresh`", "`make new`"),
        (times, "| 45 minutes |", "| 50 minutes |"),
        (times, "Together 405", "Together 400"),
        (times, "| 8 | The letters", "| 9 | The letters"),
        (times, "(40 min)", "(60 min)"),
        (slips, "S24", "S29"),
        (mistakes, "| section 8, the soft target |", "| there |"),
        (answers_cite, "by (1.13)", "by the sum"),
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


def pulls_on_logits():
    return told(output_delta([0.2, 0.2, 0.6], Z_HAT), output_delta([1, 1, 0], Z_HAT), 1, 2)


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


def rates():
    return told(cross_entropy(np.eye(10), np.zeros((10, 10))), 10, 32, 32 * 0.003125)


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
    "0d": lambda: told(0.3),
    "1a": jacobian_entries,
    "1b": column,
    "1c": survives,
    "2a": pulls_on_logits,
    "2b": pulls_on_weights,
    "2c": first_loss,
    "3a": nine_hundredths,
    "3b": two_functions,
    "3c": surviving,
    "4a": hidden_row,
    "4b": depth,
    "4c": forgotten_gate,
    "4d": nothing_comes_back,
    "4e": passes,
    "5a": one_step,
    "5b": rates,
    "5c": digits_between,
    "5d": tripled,
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
