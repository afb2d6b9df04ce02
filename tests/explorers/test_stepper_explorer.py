"""The backprop stepper: each number and slip against NumPy written out here, the picture against them."""

import json
import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgba

from mlp_core.explorers import BackpropStepper
from mlp_core.explorers.ground.fields import changed
from mlp_core.explorers.stepper.line import EQUATIONS, formula, numbers_put_in
from mlp_core.explorers.stepper.numbers import (
    BACKWARD,
    NETWORKS,
    QUANTITIES,
    StepperState,
    at_step,
    entries,
    in_network,
    numbers_of,
)
from mlp_core.explorers.stepper.slips import SLIPS
from mlp_core.formulas import activations
from mlp_core.formulas.activations import ACTIVATIONS, Activation
from mlp_core.pictures.ground.style import CARD, LINES, SIGNAL, symmetric

CHAPTERS = Path(__file__).parents[2] / "chapters"
SIGMAS = {
    "sigmoid": (lambda t: 1 / (1 + np.exp(-t)), lambda t: np.exp(-t) / (1 + np.exp(-t)) ** 2),
    "tanh": (np.tanh, lambda t: 1 / np.cosh(t) ** 2),
    "relu": (lambda t: t * (t > 0), lambda t: 1.0 * (t > 0)),
    "softplus": (lambda t: np.log(1 + np.exp(t)), lambda t: 1 / (1 + np.exp(-t))),
}


@pytest.fixture(scope="module")
def made():
    made = BackpropStepper()
    made.live.set_ratio(1)  # a quarter of the pixels
    return made


@pytest.fixture
def drawn(made):
    """A stepper at its start, which draws its picture after each move."""
    made.controls["reset"].click()
    return made


@pytest.fixture
def stepper(made, monkeypatch):
    """One that draws nothing: its numbers and where its marks are put are looked at, not its pixels."""
    monkeypatch.setattr(made.live, "show", lambda: None)
    made.controls["reset"].click()
    return made


def typed(array):
    """Write an array as a reader would type it, every digit."""
    array = np.asarray(array)
    return "; ".join(map(typed, array)) if array.ndim == 2 else ", ".join(map(repr, array.tolist()))


def randomize(stepper, seed, network, activation):
    """Type random numbers into every field."""
    rng = np.random.default_rng(seed)
    stepper.controls["network"].value = network
    stepper.controls["activation"].value = activation
    n_inputs, n_hidden, n_classes = map(int, network.split("-"))
    given = {
        "x": rng.normal(size=n_inputs), "r": rng.dirichlet(np.ones(n_classes)),
        "V": rng.normal(size=(n_hidden, n_inputs + 1)), "W": rng.normal(size=(n_classes, n_hidden + 1)),
    }  # fmt: skip
    for name, array in given.items():
        stepper.controls[name].value = typed(array)
        assert not stepper.refusal
    return given


def one_pass(given, activation, slip="none", rows=1):
    """Return every quantity of one example's pass, by loops and sums; its pulls are a share of the mean."""
    sigma, _ = SIGMAS[activation]
    x, r, V, W = (np.asarray(given[name]) for name in ("x", "r", "V", "W"))
    y_hat = np.array([sum(v * s for v, s in zip(row, [1, *x], strict=True)) for row in V])
    y = sigma(y_hat)
    z_hat = np.array([sum(w * s for w, s in zip(row, [1, *y], strict=True)) for row in W])
    z = np.exp(z_hat) / np.exp(z_hat).sum()
    share = 1 if slip == "sum for mean" else rows
    lacking = (z - r if slip == "r and z exchanged" else r - z) / share
    found = {"x": x, "y_hat": y_hat, "y": y, "z_hat": z_hat, "z": z, "E": -(r * np.log(z)).sum()}
    return found | {"pull_z_hat": lacking, "pull_W": np.outer(lacking, [1, *y])}


def way_back(given, activation, slip="none", second=None):
    """Return one pass with its pulls, the pulls on V and W summed over one or two examples."""
    slope = SIGMAS[activation][1]
    examples = [given] if second is None else [given, second]
    passes = [one_pass(example, activation, slip, len(examples)) for example in examples]
    pull_W = sum(found["pull_W"] for found in passes)
    W = np.asarray(given["W"])
    columns = W[:, :-1] if slip == "bias column kept" else W[:, 1:]
    if slip == "W updated first":
        columns = (W + 0.5 * pull_W)[:, 1:]
    pull_V = 0
    for found in passes:
        lacking = found["pull_z_hat"]
        pull_y = np.array([sum(p * w for p, w in zip(lacking, c, strict=True)) for c in columns.T])
        found["pull_y"] = -pull_y if slip == "sign lost" else pull_y
        gate = slope(found["y"] if slip == "sigma' at y" else found["y_hat"])
        found["pull_y_hat"] = found["pull_y"] * (1 if slip == "sigma' left out" else gate)
        pull_V = pull_V + np.outer(found["pull_y_hat"], [1, *found["x"]])
    return passes[0] | {"pull_W": pull_W, "pull_V": pull_V}


CASES = [(k, list(NETWORKS)[k % 2], list(ACTIVATIONS)[k % 3]) for k in range(6)]


@pytest.mark.parametrize(("seed", "network", "activation"), CASES)
def test_every_number_is_that_of_numpy(stepper, seed, network, activation):
    given = randomize(stepper, seed, network, activation)
    values, expected = stepper.values(), way_back(given, activation)
    for name in QUANTITIES:
        assert np.shape(values[name]) == np.shape(expected[name])
        assert np.allclose(values[name], expected[name], rtol=0, atol=1e-12), name
    assert values["ok_V"]
    assert values["ok_W"]


def test_an_activation_added_to_the_table_is_offered_computed_and_written(monkeypatch):
    softplus = Activation("softplus", lambda t: np.log1p(np.exp(t)), lambda t: 1 / (1 + np.exp(-t)))
    monkeypatch.setitem(activations._KNOWN, softplus.name, softplus)
    stepper = BackpropStepper()
    assert softplus.name in dict(stepper.controls["activation"].options).values()
    given = randomize(stepper, 3, "2-4-3", softplus.name)
    expected = way_back(given, softplus.name)
    for name in QUANTITIES:
        assert np.allclose(stepper.values()[name], expected[name], rtol=0, atol=1e-12), name
    assert stepper.values()["ok_V"]
    stepper.controls["step"].value = QUANTITIES.index("y") + 1
    line = "".join(text for text, _ in numbers_put_in(stepper.values()))
    assert line.startswith("= softplus(")
    left, right = value_of(line)
    assert left == pytest.approx(right, abs=6e-4)
    stepper.controls["last"].click()
    assert "2-4-3, softplus, step 11" in repr(stepper)


def second_of(given, network):
    """Return the second example: opposite to the book's, half as far from 0, and of the next class."""
    books = NETWORKS[network]
    return given | {"x": -np.array(books["x"]) / 2, "r": np.roll(books["r"], 1)}


@pytest.mark.parametrize("two", [False, True])
@pytest.mark.parametrize("slip", SLIPS)
def test_each_slip_leaves_what_numpy_says(stepper, slip, two):
    network = "2-4-3" if two else "2-3-2"
    activation = "tanh" if two else "sigmoid"
    given = randomize(stepper, 7, network, activation)
    stepper.controls["slip"].value = slip
    stepper.controls["two_examples"].value = two
    values = stepper.values()
    wrong = way_back(given, activation, slip)
    for name in QUANTITIES:
        assert np.allclose(values[name], wrong[name], rtol=0, atol=1e-12), name
    second = second_of(given, network) if two else None
    planted, right = (way_back(given, activation, which, second) for which in (slip, "none"))
    for name in "VW":
        left = planted[f"pull_{name}"] - right[f"pull_{name}"]
        assert np.allclose(values[f"difference_{name}"], left, rtol=0, atol=1e-8)
        seen = abs(left).max() > 1e-6
        assert values[f"ok_{name}"] is not seen
        if seen:
            scale = abs(right[f"pull_{name}"]).max()
            assert values[f"error_{name}"] == pytest.approx(abs(left).max() / scale, rel=1e-6)
            assert abs(left[values[f"where_{name}"]]) == pytest.approx(abs(left).max(), rel=1e-6)


def test_which_matrix_each_slip_spoils(stepper):
    spoiled = {}
    stepper.controls["two_examples"].value = True
    for slip in SLIPS:
        stepper.controls["slip"].value = slip
        spoiled[slip] = "".join(name for name in "VW" if not stepper.values()[f"ok_{name}"])
    both = dict.fromkeys(("sum for mean", "r and z exchanged"), "VW")
    assert spoiled == dict.fromkeys(SLIPS, "V") | both | {"none": ""}


def test_a_batch_of_one_cannot_tell_sum_from_mean_and_the_sentence_says_so(stepper):
    stepper.controls["slip"].value = "sum for mean"
    assert stepper.values()["ok_V"]
    assert "check on two" in stepper.sentence(stepper.values())
    stepper.controls["two_examples"].value = True
    assert stepper.values()["error_V"] == pytest.approx(1, rel=1e-6)
    assert "check on two" not in stepper.sentence(stepper.values())


def test_with_relu_the_slip_of_the_argument_cannot_be_seen(stepper):
    stepper.controls["activation"].value = "relu"
    stepper.controls["slip"].value = "sigma' at y"
    assert stepper.values()["ok_V"]  # equation 4.14


def test_the_errors_are_those_that_the_chapter_prints(stepper):
    cells = json.loads(next(CHAPTERS.glob("05_*.ipynb")).read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    printed = "".join("".join(output.get("text", "")) for output in outputs)
    for slip in ("sigma' at y", "sigma' left out", "sign lost", "W updated first"):
        stepper.controls["slip"].value = slip
        error, i, j = re.search(rf"{slip}\s+error ([\d.]+)\s+at \((\d), (\d)\)", printed).groups()
        assert f"{stepper.values()['error_V']:.4f}" == error
        if slip != "sign lost":  # its two largest differences are alike
            assert stepper.values()["where_V"] == (int(i), int(j))


# ---------------------------------------------------------------- the steps


def test_the_four_buttons_and_the_slider_go_through_the_pass(stepper):
    go = stepper.controls
    seen = [stepper.values()["quantity"]]
    for _ in range(11):
        go["next"].click()
        seen.append(stepper.values()["quantity"])
    assert seen == [*QUANTITIES, "pull_V"]
    assert go["step"].value == 11
    go["back"].click()
    assert stepper.values()["quantity"] == "pull_y_hat"
    go["first"].click()
    go["back"].click()
    assert stepper.values()["step"] == go["step"].value == 1
    go["last"].click()
    assert stepper.values()["step"] == 11
    go["step"].value = 4
    assert stepper.values()["quantity"] == "z_hat"


def test_what_is_spoken_of_stays_with_its_unit(stepper):
    stepper.controls["step"].value = 9
    stepper.controls["entry"].value = "y_2"
    stepper.controls["next"].click()
    assert stepper.controls["entry"].value == stepper.values()["entry"] == "y_hat_2"
    stepper.controls["next"].click()
    assert stepper.values()["entry"] == "v_11"


@pytest.mark.parametrize("network", NETWORKS)
def test_each_number_can_be_spoken_of_and_measured(network):
    state = changed(StepperState(activation="tanh"), in_network(StepperState(), network))
    expected = way_back({name: np.array(getattr(state, name)) for name in "xrVW"}, "tanh")
    for step, quantity in enumerate(QUANTITIES, start=1):
        state = replace(state, **at_step(state, step))
        spoken = []
        for entry in entries(quantity, network):
            numbers = numbers_of(replace(state, entry=entry))
            spoken.append(numbers["value"])
            if quantity in BACKWARD:
                assert numbers["measured"] == pytest.approx(numbers["value"], abs=1e-8)
            else:
                assert numbers["measured"] is None
        assert np.allclose(sorted(spoken), np.sort(np.ravel(expected[quantity])), rtol=0, atol=1e-12)


def test_a_verdict_comes_with_the_next_step_and_not_before(stepper):
    stepper.controls["step"].value = 6
    stepper.controls["guess"].value = "positive"
    assert "guess" not in stepper.said
    stepper.controls["next"].click()
    assert "<b>negative</b>, and you guessed positive." in stepper.said
    stepper.controls["next"].click()
    assert stepper.controls["guess"].value is None
    spoken = []
    stepper._said.observe(spoken.append, "value")
    stepper.controls["guess"].value = "negative"
    assert spoken == []  # not even for a moment: a screen reader would read it
    stepper.controls["next"].click()
    assert "<b>negative</b>, as you guessed." in stepper.said


# ---------------------------------------------------------------- the line and its equation


def value_of(line):
    """Compute the left and the right side of a printed line."""
    line = line.removeprefix("= ").replace("−", "-").replace("·", "*").replace("+", " + ")
    left, right = re.sub(r"log ([\d.]+)", r"log(\1)", line).split(" = ")
    names = {
        "log": math.log, "exp": math.exp, "tanh": math.tanh,
        "sigmoid": lambda t: float(SIGMAS["sigmoid"][0](t)), "ReLU": lambda t: max(t, 0.0),
        "softplus": lambda t: float(SIGMAS["softplus"][0](t)),
    }  # fmt: skip
    return eval(left, {"__builtins__": {}}, names), float(right.replace(" ", ""))


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("network", NETWORKS)
def test_the_numbers_put_in_give_the_number(network, slip):
    state = StepperState(slip=slip)
    state = replace(state, **in_network(state, network))
    for step in range(2, 12):
        state = replace(state, **at_step(state, step))
        for entry in entries(state.quantity, network):
            numbers = numbers_of(replace(state, entry=entry))
            line = "".join(text for text, _ in numbers_put_in(numbers))
            left, right = value_of(line)
            assert left == pytest.approx(right, abs=6e-4), line
            assert right == pytest.approx(numbers["value"], abs=5.1e-5)


def test_the_line_on_the_card_is_that_of_what_is_spoken_of(stepper):
    stepper.controls["step"].value = 9
    stepper.controls["entry"].value = "y_2"
    line = stepper.picture.line
    assert line.put_in.get_text() == "= (−0.8687) · (−1) + 0.8687 · 1 = +1.7373"
    assert line.formula.get_text() == r"$-\partial E/\partial y_2 = {\sum}_l\,(r_l - z_l)\,w_{l2}$"
    assert line.measured.get_text() == "+1.7373"
    assert line.where.get_text() == "equation 3.11"
    stepper.controls["step"].value = 3
    assert not line.measured.get_visible()


def test_a_probability_that_rounds_to_zero_is_printed_in_powers_of_ten():
    W = ((6.0, 6.0, 6.0, 6.0), (-6.0, 0.0, 0.0, 0.0))
    numbers = numbers_of(replace(StepperState(W=W), **at_step(StepperState(), 6)))
    assert 0 < numbers["z"][1] < 1e-9
    mantissa, exponent = f"{numbers['z'][1]:.1e}".split("e-")
    raised = "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(int(exponent)))
    line = "".join(text for text, _ in numbers_put_in(numbers))
    assert line == f"= −0 · log 1 − 1 · log ({mantissa} × 10⁻{raised}) = {numbers['E']:.4f}"


def in_any_letters(latex):
    """Return LaTeX without its index letters, which tests/equations/test_letters.py looks after."""
    return re.sub(r"_(\{[a-z]+\}|[a-z])", lambda found: "_" + "i" * len(found[1].strip("{}")), latex)


def test_each_line_is_the_equation_of_its_chapter():
    tagged = {}
    for chapter in sorted(CHAPTERS.glob("0*.ipynb")):
        cells = json.loads(chapter.read_text(encoding="utf-8"))["cells"]
        text = "\n".join("".join(cell["source"]) for cell in cells)
        tagged |= {tag: display for display, tag in re.findall(r"\$\$([^$]*?)\\tag\{([\d.]+)\}", text)}
    right_sides = {
        "0.1": r"v_{jm}\, x_m", "0.3": r"\sigma(\hat y_j)", "0.4": r"w_{ij}\, y_j", "0.6": r"e^{\hat z_l}",
        "0.7": r"-\sum_l r_l \log z_l", "2.7": "r_i - z_i", "3.6": r"(r_i - z_i)\, y_j",
        "3.11": r"\sum_l (r_l - z_l)\, w_{lj}", "4.10": r"\sigma'(\hat y_j)",
        "5.5": r"q_j\, x_m",
    }  # fmt: skip
    assert {tag for tag, _ in EQUATIONS.values() if tag} == set(right_sides)
    for tag, part in right_sides.items():
        assert in_any_letters(part) in in_any_letters(tagged[tag])


def test_the_line_cites_its_equation_or_the_slip(stepper):
    stepper.controls["step"].value = 9
    assert formula(stepper.values())[1] == "equation 3.11"
    assert "w_{l1}" in formula(stepper.values())[0]
    stepper.controls["slip"].value = "bias column kept"
    assert formula(stepper.values()) == (
        r"-\partial E/\partial y_1 = {\sum}_l\,(r_l - z_l)\,w_{l,1-1}",
        "slip: bias column kept",
    )
    stepper.controls["next"].click()
    assert formula(stepper.values())[1] == "equation 4.10"


def test_a_line_too_long_for_the_card_takes_fewer_decimals(stepper):
    stepper.controls["network"].value = "2-4-3"
    line = stepper.picture.line
    stepper.controls["W"].value = "; ".join(["-3.1415, -9.2653, -5.8979, -3.2384, -6.2643"] * 3)
    stepper.controls["step"].value = 4
    assert line.put_in.get_text().startswith("= (−3.1) · 1 + (−9.3) · 0.6 + ")
    for ratio in (1, 2, 3):
        stepper.live.set_ratio(ratio)
        assert 0.4 + line.put_in.width(stepper.live.figure.dpi) <= 6.66
    stepper.live.set_ratio(2)


# ---------------------------------------------------------------- the picture


@pytest.mark.parametrize("network", NETWORKS)
def test_edges_wear_their_weight_and_once_known_their_pull(stepper, network):
    given = randomize(stepper, 11, network, "sigmoid")
    edges = stepper.picture.networks[network].edges
    expected = way_back(given, "sigmoid")
    flat = [given["V"].ravel(), given["W"].ravel()]
    widths = np.concatenate([0.7 + 2.5 * abs(w) / abs(w).max() for w in flat])
    assert np.allclose(edges.get_linewidth(), widths)
    dashed = [pattern is not None for _, pattern in edges.get_linestyle()]
    assert dashed == [bool(w < 0) for w in np.concatenate(flat)]
    at_rest = to_rgba(LINES(0.5))
    for step, known in ((7, ""), (8, "W"), (10, "W"), (11, "VW")):
        stepper.controls["step"].value = step
        pulls = [expected[f"pull_{name}"].ravel() for name in "VW"]
        limit = max(
            [abs(pull).max() for name, pull in zip("VW", pulls, strict=True) if name in known], default=1
        )
        colors = np.vstack([
            LINES(symmetric(limit)(pull)) if name in known else [at_rest] * len(pull)
            for name, pull in zip("VW", pulls, strict=True)
        ])  # fmt: skip
        assert np.allclose(edges.get_color(), colors, atol=1e-6)


@pytest.mark.parametrize("network", NETWORKS)
def test_edges_join_the_units_that_their_indices_name(stepper, network):
    stepper.controls["network"].value = network
    board = stepper.picture.networks[network]
    tails = [board.places.input_bias, *board.places.inputs]
    segments = iter(board.edges.get_segments())
    for columns, heads in ((tails, board.places.hidden), (None, board.places.outputs)):
        columns = columns or [board.places.hidden_bias, *board.places.hidden]
        for head in heads:
            for tail in columns:
                (x0, y0), (x1, y1) = next(segments)
                assert (y0, y1) == (tail[1], head[1])
                assert tail[0] < x0 < x1 < head[0]


def test_numbers_appear_when_the_pass_has_come_to_them(stepper):
    board = stepper.picture.networks["2-3-2"]
    for step in range(1, 12):
        stepper.controls["step"].value = step
        for texts, prefix in ((board.texts, ""), (board.pulls, "pull_")):
            for name, column in texts.items():
                shown = name in ("x", "r") or prefix + name in QUANTITIES[:step]
                assert all(bool(text.get_text()) is shown for text in column), (step, prefix + name)
    assert [text.get_text() for text in board.texts["z"]] == ["0.87", "0.13"]
    assert [text.get_text() for text in board.pulls["y"]] == ["−2.61", "+1.74", "+0.43"]
    for i, (x, y) in enumerate(board.places.hidden):
        for texts, low in ((board.texts, y - 0.23), (board.pulls, y - 0.5)):
            (left, at), (right, _) = (texts[name][i].get_position() for name in ("y_hat", "y"))
            assert x - 0.58 < left < x < right < x + 0.58
            assert low <= at <= low + 0.46
    stepper.controls["step"].value = 9
    stepper.controls["entry"].value = "y_2"
    assert [text.get_text() for text in board.pulls["y"]] == ["−2.61", "+1.7373", "+0.43"]


def test_the_frame_is_around_what_is_spoken_of(stepper):
    board = stepper.picture.networks["2-3-2"]
    for step, quantity in enumerate(QUANTITIES, start=1):
        stepper.controls["step"].value = step
        stepper.controls["entry"].index = len(entries(quantity, "2-3-2")) - 1
        name = quantity.removeprefix("pull_")
        if name in "VW":
            x, y = board.on_chips[0].get_position()
            segment = board.segments["VW".index(name)][stepper.values()["place"]]
            assert np.allclose((x, y), segment.mean(axis=0))
        else:
            texts = board.pulls if quantity != name else board.texts
            x, y = texts[name][-1].get_position()
        box = board.frame.get_bbox()
        assert box.x0 < x < box.x1
        assert box.y0 < y < box.y1
        assert box.width < 1
        assert box.height < 0.6


def test_chips_carry_what_the_line_multiplies_by(stepper):
    board = stepper.picture.networks["2-3-2"]

    def chips():
        return [text.get_text() for text in board.on_chips if text.get_visible()]

    stepper.controls["step"].value = 2
    assert chips() == ["0.5", "1", "2"]
    stepper.controls["step"].value = 9
    assert chips() == ["2", "−1"]  # down column 1 of W
    (x0, y0), x1 = board.places.hidden[0], board.places.outputs[0][0]
    for text, (_, y1) in zip(board.on_chips, board.places.outputs, strict=False):
        x, y = text.get_position()
        along = (x - x0 - 0.58) / (x1 - x0 - 1.16)  # of the edge from unit 1
        assert 0 < along < 1
        assert y == pytest.approx(y0 + along * (y1 - y0))
    stepper.controls["slip"].value = "bias column kept"
    assert chips() == ["0.5", "−0.5"]
    stepper.controls["slip"].value = "none"
    stepper.controls["step"].value = 8
    assert chips() == ["−0.5407"]


def test_the_table_shows_pulls_as_they_become_known_and_then_the_check(stepper):
    table = stepper.picture.tables["2-3-2"]

    def texts(name):
        return [text.get_text() for text in table.cells[name].texts]

    stepper.controls["step"].value = 7
    assert texts("V") == [""] * 9
    assert texts("W") == [""] * 8
    stepper.controls["step"].value = 8
    assert texts("W")[:2] == ["−0.87", "−0.54"]
    assert texts("V") == [""] * 9
    stepper.controls["slip"].value = "sigma' at y"
    assert stepper.controls["table"].value == "check"
    difference = stepper.values()["difference_V"]
    assert texts("V")[4] == f"+{difference[1, 1]:.2f}" == "+0.17"
    assert texts("W") == ["0"] * 8
    assert table.rings["V"].get_visible()
    assert not table.rings["W"].get_visible()
    box = table.rings["V"].get_bbox()
    x, y = table.cells["V"].center(1, 1)
    assert box.x0 < x < box.x1
    assert box.y0 < y < box.y1
    colors = table.cells["V"].boxes.get_facecolor()
    assert abs(colors[4] - to_rgba("#E98F4A")).max() < 0.01  # the largest wears the end of the map
    assert np.allclose(table.cells["W"].boxes.get_facecolor(), to_rgba(CARD), atol=0.01)
    stepper.controls["slip"].value = "r and z exchanged"
    assert table.rings["V"].get_visible()
    assert table.rings["W"].get_visible()
    stepper.controls["slip"].value = "none"
    assert not table.rings["V"].get_visible()
    assert np.allclose(table.cells["V"].boxes.get_facecolor(), to_rgba(CARD), atol=0.01)


def test_the_check_says_nothing_of_pulls_that_are_still_to_come(stepper):
    def said():
        panel = [stepper.picture.check.said[name].get_text() for name in "VW"]
        return [text.partition(": ")[2] for text in panel], repr(stepper)

    for step, quantity in enumerate(QUANTITIES, start=1):
        stepper.controls["step"].value = step
        known = [f"pull_{name}" in QUANTITIES[:step] for name in "VW"]
        panel, sentence = said()
        assert panel == ["right" if each else "not yet" for each in known], quantity
        assert ("check: not yet." in sentence) is not any(known)
        assert sentence.count(" right") == sum(known)
    stepper.controls["first"].click()
    stepper.controls["table"].value = "check"  # asked for, it is made
    assert said()[0] == ["right", "right"]


def test_beads_are_filled_as_far_as_the_pass_has_come(stepper):
    beads = stepper.picture.beads.beads
    stepper.controls["step"].value = 4
    faces = beads.get_facecolor()
    assert np.allclose(faces[:4], to_rgba(SIGNAL))
    assert np.allclose(faces[4:], to_rgba(CARD))
    assert int(np.argmax(beads.get_sizes())) == 3


def test_only_the_network_that_is_chosen_is_drawn(drawn):
    stepper, pictures = drawn, set()
    for network in (*NETWORKS, *NETWORKS):
        stepper.controls["network"].value = network
        for name in NETWORKS:
            texts = stepper.picture.networks[name].texts["y"]
            assert {text.get_visible() for text in texts} == {name == network}
            assert stepper.picture.tables[name].cells["V"].boxes.get_visible() is (name == network)
        pictures.add(stepper.live.png())
    assert len(pictures) == 2


# ---------------------------------------------------------------- given numbers


@pytest.mark.parametrize("network", NETWORKS)
def test_the_slider_moves_the_number_that_is_chosen_and_no_other(stepper, network):
    stepper.controls["network"].value = network
    before = {name: np.array(stepper.values()[name]) for name in "xVW"}
    assert len(stepper.controls["which"].options) == sum(array.size for array in before.values())
    for which in ("x_2", "v_20", "v_32", "w_13", "w_20"):
        stepper.controls["which"].value = which
        letter, index = which.split("_")
        name, place = (
            (letter, int(index) - 1)
            if letter == "x"
            else (letter.upper(), (int(index[0]) - 1, int(index[1])))
        )
        assert stepper.controls["value"].value == before[name][place]
        stepper.controls["value"].value = 1.25
        before[name][place] = 1.25
        for key, array in before.items():
            assert np.array_equal(stepper.values()[key], array)


@pytest.mark.parametrize(
    ("control", "text", "said"),
    [
        ("x", "2, one", "x: got '2, one'; expected numbers with commas between them, and rows with"),
        ("x", "1, 2, 3", "x: got 3 numbers; expected 2 numbers"),
        ("V", "1, 2, 3; 4", "V: got rows of 3, 1 numbers; expected 3 rows of 3 numbers"),
        ("V", "", "V: got 0 numbers; expected 3 rows of 3 numbers"),
        ("W", "1,2,3,4;1,2,3,11", "W: got 11; expected numbers from −10 to 10"),
        ("x", "nan, 1", "x: got nan; expected numbers from −10 to 10"),
        ("r", "0.5, 0.6", "r: got a row (row 0) of sum 1.1; expected rows that sum to 1"),
        ("r", "-1, 2", "r: "),
    ],
)  # fmt: skip
def test_a_bad_number_is_refused_beside_the_controls_and_the_last_good_stays(drawn, control, text, said):
    stepper = drawn
    before, shown, picture = stepper.state, stepper.controls[control].value, stepper.live.image.value
    stepper.controls[control].value = text
    assert said in stepper.refusal
    assert stepper.state == before
    assert stepper.controls[control].value == shown
    assert stepper.live.image.value == picture
    stepper.controls["next"].click()
    assert not stepper.refusal


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"step": 12}, "step: got 12; expected a whole number from 1 to 11"),
        ({"step": True}, "step: got True; expected a whole number"),
        ({"network": "3-3-3"}, "network: got '3-3-3'; expected one of 2-3-2, 2-4-3"),
        ({"activation": "sine"}, "activation: got 'sine'; expected one of sigmoid, tanh, relu"),
        ({"slip": "typo"}, "slip: got 'typo'; expected one of none, sign lost"),
        ({"table": "all"}, "table: got 'all'; expected one of pulls, check"),
        ({"two_examples": 2}, "two_examples: got 2; expected true or false"),
        ({"entry": "y_1"}, "entry: got 'y_1'; expected one of x_1, x_2"),
        ({"which": "w_14"}, "which: got 'w_14'; expected one of x_1"),
        ({"x": 3}, "x: got 3; expected 2 numbers"),
        ({"V": None}, "V: got None; expected 3 rows of 3 numbers"),
        ({"r": (0.5, 0.6)}, "r: got a row (row 0) of sum 1.1; expected rows that sum to 1"),
        ({"w": 1}, "w: got 1; expected one of the fields step, network"),
    ],
)
def test_a_state_that_is_none_is_refused(stepper, changes, said):
    stepper.set(**changes)
    assert said in stepper.refusal
    assert stepper.state == stepper.start
    stepper.controls["next"].click()  # it goes on as if nothing had been asked
    assert (stepper.refusal, stepper.values()["step"]) == ("", 2)


def test_an_unknown_network_is_refused():
    with pytest.raises(ValueError, match="network: got '4-4'; expected one of 2-3-2, 2-4-3"):
        BackpropStepper("4-4")


def test_reset_goes_back_to_the_first_step_and_the_book_s_numbers(drawn):
    stepper = drawn
    first = stepper.live.image.value
    randomize(stepper, 5, "2-4-3", "relu")
    stepper.controls["slip"].value = "sign lost"
    stepper.controls["guess"].value = "zero"
    stepper.controls["last"].click()
    stepper.controls["reset"].click()
    assert stepper.state == stepper.start
    assert stepper.live.image.value == first
    assert stepper.controls["guess"].value is None
    assert stepper.controls["V"].value == "0.5, 1, 2; 1, −1.5, −1; −1, 2, 1"


def test_every_sentence_is_short_and_has_its_numbers(stepper):
    for network in NETWORKS:
        for slip in SLIPS:
            state = replace(StepperState(slip=slip), **in_network(StepperState(), network))
            numbers = numbers_of(replace(state, **at_step(state, 11)))
            assert len(f"{stepper.sentence(numbers)} {stepper.message}.".split()) <= 60
    stepper.controls["step"].value = 9
    assert "Pull on y 1: −2.6060, measured −2.6060. Gradient check: V not yet; W right." in repr(stepper)


def test_entries_name_every_number_once():
    for network in NETWORKS:
        n_inputs, n_hidden, n_classes = map(int, network.split("-"))
        sizes = {"x": n_inputs, "y": n_hidden, "z": n_classes, "pull_V": n_hidden * (n_inputs + 1)}
        sizes |= {"pull_W": n_classes * (n_hidden + 1), "E": 1}
        for quantity, size in sizes.items():
            assert len(set(entries(quantity, network))) == size


def test_a_page_that_cannot_run_shows_the_end_of_the_pass_and_else_what_was_chosen():
    stepper = BackpropStepper()
    assert "step 11 of 11" in stepper.stored()[1]
    assert stepper.values()["step"] == 1
    stepper.set(step=3, entry="y_1")
    assert "step 3 of 11" in stepper.stored()[1]
