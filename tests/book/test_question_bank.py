"""The question bank: what it cites exists, and every number of an answer is computed."""

import re

import numpy as np
import pytest
from chapter_checks import CHAPTERS, CODE_SPAN, listed
from teachers_pages import SHARED, equations, files, links, sections

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
from tools.chapter_text import unlinked

LINKED = (CHAPTERS / "question_bank.md").read_text(encoding="utf-8")
TEXT = unlinked(LINKED)
QUESTION = re.compile(
    r"^\*\*(\d[a-z])\. (.+?)\*\* (.+?)\n\n<details><summary>Answer</summary>\n\n(.+?)\n\n</details>$",
    re.S | re.M,
)


def answers_cite(page):
    """Every answer follows from an equation that it names."""
    for name, _, _, answer in QUESTION.findall(page):
        if not listed(answer):
            yield f"{name} names no equation"


@pytest.mark.parametrize("check", [*SHARED, answers_cite], ids=lambda check: check.__name__)
def test_the_page_is_true_to_the_book(check):
    assert list(check(LINKED if check is links else TEXT)) == []


@pytest.mark.parametrize(
    ("check", "before", "after"),
    [
        (equations, "(3.12)", "(3.91)"),
        (sections, "section 8", "section 18"),
        (links, "(teaching.md)", "(teachers.md)"),
        (files, "`tests/book/test_question_bank.py`", "`tests/test_questions.py`"),
        (answers_cite, "by (1.12)", "by the sum"),
    ],
)
def test_each_check_can_fail(check, before, after):
    assert before in TEXT
    spoiled = TEXT.replace(before, after)
    if check is answers_cite:
        spoiled = re.sub(r"by the sum.*?</details>", "by the sum.\n\n</details>", spoiled, flags=re.S)
    assert list(check(spoiled))


def test_each_chapter_s_aims_have_questions():
    titles = re.findall(r"^## (\d\d) ", TEXT, re.M)
    asked = [f"0{name[0]}" for name, *_ in QUESTION.findall(TEXT)]
    assert titles == sorted(set(asked))
    assert asked == sorted(asked)


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
    "7a": wrong_and_lean,
    "7b": rates,
    "7c": tripled,
    "7d": pull_on_a_pixel,
}


def plain(number_in_words):
    """`1.230` and `1.23` as one string."""
    return number(float(number_in_words), 8).replace("−", "-")


def stated(answer):
    """The numbers that an answer states, without those of equations, places, indices and code."""
    text = re.sub(r"\(\d\.\d+\)|\b(?:chapter|section) \d+|\bexercise \d\.\d", " ", CODE_SPAN.sub(" ", answer))
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
