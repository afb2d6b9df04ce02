"""The sheet to be printed: every box empty or filled with the right number, legible, and on one page."""

import re
from collections import Counter
from decimal import Decimal
from functools import cache
from itertools import combinations

import matplotlib
import numpy as np
import pytest
from chapter_checks import all_tags
from matplotlib.mathtext import MathTextParser
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from refusals import assert_refused

from mlp_core import MLP, RELU, SIGMOID, TANH, Activation, cross_entropy, numerical_gradient
from mlp_core import worked_examples as book
from mlp_core.pictures import worksheet as room
from mlp_core.pictures.ground import style
from mlp_core.pictures.ground.numbers import number

X, R, V, W = (np.array(part) for part in (book.X, book.R, book.V, book.W))
MM = 1 / 25.4  # inch
PAGES = {"A4": (210, 297), "letter": (215.9, 279.4)}


@cache
def book_page(solved):
    """The book's page, drawn once and laid out."""
    drawn = page(solved)
    drawn.figure.canvas.draw()
    return drawn


def page(solved, activation=RELU, x=X, r=R):
    return room.worksheet((V, W), activation, x, r, solved=solved)


def artists(drawn, start):
    """{name: artist} of everything whose name begins with `start`."""
    return {
        a.get_gid(): a
        for a in drawn.figure.findobj(lambda artist: (artist.get_gid() or "").startswith(start))
    }


def answers(drawn):
    """{(letter, indices): printed number} of a solved page."""
    found = {}
    for name, artist in artists(drawn, "answer-").items():
        letter, indices = re.fullmatch(r"answer-(.+?)((?:-\d+)+)", name).groups()
        found[letter, tuple(int(k) for k in indices.split("-")[1:])] = artist.get_text()
    return found


def expected(activation, x, r):
    """The same numbers from nothing but the loss: forward by the definitions, every pull measured."""
    network = MLP((V, W), activation.name)
    record = network.forward(x)
    y_hat, y = record.y_hat[0], record.y[0]
    pulls = [-g for g in numerical_gradient(lambda w: MLP(w, activation.name).loss(x, r), (V, W))]
    output = MLP((W,))
    return {
        "y_hat": y_hat,
        "y": y,
        "z_hat": record.z_hat,
        "z": record.z,
        "E": np.array([network.loss(x, r)]),
        "pull-z_hat": -numerical_gradient(lambda z_hat: cross_entropy(r, z_hat), record.z_hat),
        "pull-y": -numerical_gradient(lambda signal: output.loss(signal, r), y),
        "slope": np.array([float(numerical_gradient(activation, t)) for t in y_hat]),
        "pull-y_hat": -numerical_gradient(lambda t: output.loss(activation(t), r), y_hat),
        "pull-V": pulls[0],
        "pull-W": pulls[1],
    }


@pytest.mark.parametrize(("activation", "x"), [(RELU, X), (SIGMOID, X), (RELU, np.array([-2.0, 1.0]))])
@pytest.mark.parametrize("r", [R, R[::-1]])
def test_every_box_holds_what_is_measured(activation, x, r):
    found, wanted = answers(page(True, activation, x, r)), expected(activation, x, r)
    assert {letter for letter, _ in found} == set(wanted)
    assert len(found) == sum(entries.size for entries in wanted.values())
    for letter, entries in wanted.items():
        for index, entry in np.ndenumerate(entries):
            printed = found[letter, tuple(k + 1 for k in index)]
            assert float(printed.replace("−", "-")) == pytest.approx(entry, abs=0.6e-4), (letter, index)
            if letter.startswith("pull") and abs(entry) > 1e-4:
                assert printed[0] == ("+" if entry > 0 else "−")


def test_the_empty_page_has_the_same_boxes_at_the_same_places_and_no_number_in_them():
    empty, solved = book_page(False), book_page(True)
    boxes = [artists(drawn, "box-") for drawn in (empty, solved)]
    assert boxes[0].keys() == boxes[1].keys()
    assert len(boxes[0]) == 3 + 2 + 1 + 2 + 3 * 3 + 8 + 9  # units, E, pulls on logits, rows of three, tables
    for name, box in boxes[0].items():
        assert np.array_equal(box.get_extents().bounds, boxes[1][name].get_extents().bounds), name
    assert not artists(empty, "answer-")
    written = [{t.get_text() for t in drawn.figure.findobj(Text)} for drawn in (empty, solved)]
    assert written[0] - written[1] == {empty.message}


def test_every_number_stands_in_a_box_of_its_name():
    drawn = book_page(True)
    boxes = {name.removeprefix("box-"): box for name, box in artists(drawn, "box-").items()}
    for name, text in artists(drawn, "answer-").items():
        here = name.removeprefix("answer-")
        box = boxes.get(here) or boxes[re.sub(r"^(y|z)_hat", r"\1", here)]
        extent, around = text.get_window_extent(), box.get_window_extent()
        assert around.x0 < extent.x0 < extent.x1 < around.x1, name
        assert around.y0 < extent.y0 < extent.y1 < around.y1, name


@pytest.mark.parametrize(
    ("activation", "slope"),
    [(RELU, "4.8"), (SIGMOID, "4.3"), (TANH, "4.6"), (Activation("other", RELU, RELU.derivative), "4.9")],
)
def test_the_steps_are_numbered_by_equations_that_exist(activation, slope):
    drawn = page(False, activation)
    written = Counter(text.get_text() for text in drawn.figure.findobj(Text))
    cited = re.findall(r"\((\d\.\d+)\)", " ".join(written))
    steps = ["0.1", "0.3", "0.4", "1.14", "0.7", "2.7", "3.6", "3.11", slope, "4.10", "5.5"]
    assert set(cited) == set(steps) <= all_tags()
    boxes = [3, 3, 2, 2, 1, 2, 1, 3, 3, 3, 1]
    for step, (equation, times) in enumerate(zip(steps, boxes, strict=True), start=1):
        assert written[f"({equation})"] == times + 1, equation  # at each of its boxes, and in the recipe
        assert written[str(step)] >= times + 1


@pytest.mark.parametrize(("activation", "x"), [(RELU, X), (SIGMOID, X)])
@pytest.mark.parametrize("r", [R, R[::-1]])
def test_the_two_given_numbers_are_the_exponential_and_the_logarithm(activation, x, r):
    written = " ".join(t.get_text() for t in page(False, activation, x, r).figure.findobj(Text))
    pattern = r"\$e\^\{(\S+)\}\$ ≈ (\S+) log (\S+) ≈ (\S+)"
    exponent, power, argument, logarithm = (float(text) for text in re.search(pattern, written).groups())
    z_hat = MLP((V, W), activation.name).forward(x).z_hat
    assert exponent == pytest.approx(
        z_hat @ (1 - 2 * r), abs=0.6e-4
    )  # the wrong class's minus the right one's
    assert power == pytest.approx(np.exp(z_hat @ (1 - 2 * r)), abs=0.6e-4)
    assert argument == pytest.approx(1 + power, abs=1e-9)
    assert logarithm == pytest.approx(float(cross_entropy(r, z_hat)), abs=0.6e-4)


def test_the_two_given_numbers_are_enough_for_a_pencil():
    """Rounding after every step leaves at most two in the last place."""

    def rounded(entry):
        return np.vectorize(lambda t: float(round(Decimal(f"{t:.12g}"), 4)))(entry)

    odds = rounded(np.exp(1.5))
    z = np.array([1 - rounded(1 / (1 + odds)), rounded(1 / (1 + odds))])
    delta = rounded(R - z)
    y = np.array([0.5, 0.0, 2.0])
    pull_y = rounded(delta @ W[:, 1:])
    pull_V = rounded(np.outer(pull_y * [1, 0, 1], [1, *X]))
    by_hand = {"pull-z_hat": delta, "pull-W": rounded(np.outer(delta, [1, *y])), "pull-V": pull_V}
    by_hand |= {"z": z, "E": rounded([np.log(1 + odds)]), "pull-y": pull_y}
    printed = answers(book_page(True))
    worst = max(
        abs(entry - float(printed[letter, tuple(k + 1 for k in index)].replace("−", "-")))
        for letter, entries in by_hand.items()
        for index, entry in np.ndenumerate(entries)
    )
    assert 1e-4 < worst < 2.5e-4


@pytest.mark.parametrize("solved", [False, True])
def test_the_page_is_legible(solved):
    drawn = book_page(solved)
    renderer = drawn.figure.canvas.get_renderer()
    found = [text for text in drawn.figure.findobj(Text) if text.get_text() and text.axes]
    found = [text for text in found if text in text.axes.texts]
    boxes = [Bbox(text.get_window_extent(renderer).get_points() / drawn.figure.dpi) for text in found]
    assert len(found) > 80
    for (one, first), (other, second) in combinations(zip(found, boxes, strict=True), 2):
        shared = Bbox.intersection(first, second)
        touching = shared is not None and min(shared.width, shared.height) > 0.015
        assert not touching, (one.get_text(), other.get_text())
    for text, box in zip(found, boxes, strict=True):
        edges = (box.x0, box.y0, style.WIDTH - box.x1, room.HEIGHT - box.y1)
        assert min(edges) >= style.MARGIN, text.get_text()
        sizes = [text.get_fontsize()]
        if "$" in text.get_text():
            with matplotlib.rc_context({"mathtext.fontset": "cm"}):
                parsed = MathTextParser("path").parse(text.get_text(), 72, text.get_fontproperties())
            sizes = [size for _, size, *_ in parsed.glyphs]
        assert min(sizes) >= 9, text.get_text()


@pytest.mark.parametrize("paper", PAGES)
def test_it_fits_on_a_page_with_ten_millimeters_around_it(paper):
    for side, inches in zip(PAGES[paper], (style.WIDTH, room.HEIGHT), strict=True):
        assert inches / MM <= side - 20


@pytest.mark.parametrize(
    ("weights", "x", "r", "said"),
    [
        ((V[:2], W), X, R, ("weights[0]", "H = 2", "H = 3")),
        ((V, W[:, :3]), X, R, ("weights[1]", "(2, 3)", "H = 3 as in weights[0]")),
        ((V, W), [1, 2, 3], R, ("x", "(3,)", "D = 2 as in weights[0]")),
        ((V, W), X, [1], ("r", "(1,)", "K = 2 as in weights[1]")),
        ((V, W), X, [0.25, 0.75], ("r", "0.25 and 0.75", "a one-hot target")),
    ],
)
def test_another_network_is_refused(weights, x, r, said):
    assert_refused(lambda: room.worksheet(weights, RELU, x, r), *said)


@pytest.mark.parametrize("solved", [False, True])
def test_the_page_is_told_in_words(solved):
    told = book_page(solved).alternative_text
    assert len(told.split()) <= 60
    assert ("1.7014" in told) == solved  # the empty page does not give the answer away
    assert number(-4.9054, 4) in told or not solved
