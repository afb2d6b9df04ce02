"""The output-layer explorer against plain NumPy, and its drawing against its numbers."""

from itertools import combinations

import ipywidgets
import numpy as np
import pytest
from matplotlib.text import Text

from mlp_core.explorers import OutputLayerExplorer
from mlp_core.explorers.ground.controls import all_widgets
from mlp_core.explorers.ground.live_figure import LiveFigure
from mlp_core.explorers.output_layer.numbers import OutputLayerState, numbers_of
from mlp_core.explorers.output_layer.picture import ALONE, BESIDE_A_TABLE, HIGHEST, ZERO

UNIT = BESIDE_A_TABLE.unit
EXAMPLE = np.array([[0, 2, 1, -0.5], [np.log(2), -4, -1, 1], [np.log(7), 1, 3, -0.25]])


@pytest.fixture(scope="module")
def made():
    explorer = OutputLayerExplorer()
    explorer.live.set_ratio(1)
    return explorer


@pytest.fixture
def explorer(made):
    made.reset()
    made.controls["guess"].value = None
    return made


def loss(r, z_hat):
    return -(r * (z_hat - np.log(np.exp(z_hat).sum()))).sum()


def move_all(explorer, rng):
    """Move every control to a random place; return logits, targets and signals that were asked for."""
    controls = explorer.controls
    y, z_hat = rng.uniform(0, 2, 3).round(2), rng.uniform(-4, 4, 3).round(2)
    share, total = rng.dirichlet(np.ones(3)).round(3), round(rng.uniform(0.3, 1.9), 2)
    controls["y"].value = ", ".join(map(str, y))
    controls["r"].value = ", ".join(map(str, share))
    controls["total"].value = total
    controls["logit"].value = int(rng.integers(1, 4))
    controls["learning_rate"].value = 0.05
    for k in range(3):
        controls[f"z_hat_{k + 1}"].value = z_hat[k]
    return z_hat, total * share / share.sum(), y


@pytest.mark.parametrize("seed", range(5))
def test_the_controls_move_the_numbers(explorer, seed):
    z_hat, r, y = move_all(explorer, np.random.default_rng(seed))
    now, k = explorer.values(), explorer.state.logit - 1
    z, signals = np.exp(z_hat) / np.exp(z_hat).sum(), np.array([1.0, *y])
    pull = r - z - (r.sum() - 1) * z
    expected = {
        "z_hat": z_hat, "r": r, "y": y, "z": z, "r_minus_z": r - z, "second_price": (r.sum() - 1) * z,
        "delta": pull, "negative_gradient": pull[:, None] * signals,
        "W_after": now["W"] + 0.05 * pull[:, None] * signals,
    }  # fmt: skip
    for name, value in expected.items():
        np.testing.assert_allclose(now[name], value, atol=1e-10, err_msg=name)
    np.testing.assert_allclose(now["W"] @ signals, z_hat, atol=1e-12)
    np.testing.assert_array_equal(now["W"][:, 1:], EXAMPLE[:, 1:])  # a logit moves by its bias
    assert now["E"] == pytest.approx(loss(r, z_hat), abs=1e-10)
    assert now["slope"] == pytest.approx(-pull[k], abs=1e-7)
    assert now["E_after"] == pytest.approx(loss(r, now["W_after"] @ signals), abs=1e-10)


@pytest.mark.parametrize("seed", range(5))
def test_the_numbers_move_the_drawing(explorer, seed):
    move_all(explorer, np.random.default_rng(100 + seed))
    now, seen, k = explorer.values(), explorer.picture, explorer.state.logit - 1
    for row in range(3):
        z, r, second_price = (now[name][row] for name in ("z", "r", "second_price"))
        assert seen.probabilities[row].get_width() == pytest.approx(UNIT * z)
        assert seen.targets[row].get_width() == pytest.approx(UNIT * r)
        assert seen.second_prices[row].get_x() == pytest.approx(ZERO + UNIT * z)
        assert seen.second_prices[row].get_width() == pytest.approx(UNIT * second_price)
        outline = seen.arrows[row].get_xy()
        assert outline[3][0] == pytest.approx(ZERO + UNIT * r)  # its head
        assert outline[0][0] == pytest.approx(ZERO + UNIT * (z + second_price))  # its tail
        assert outline[3][0] - outline[0][0] == pytest.approx(UNIT * now["delta"][row])
        texts = [
            text.get_text().replace("− ", "-").replace("−", "-").replace("+ ", "+")
            for text in seen.printed[row]
        ]
        assert [float(text) for text in texts] == pytest.approx(
            [r - z, -second_price, now["delta"][row]], abs=6e-3
        )
    cells = [float(text.get_text().replace("−", "-")) for text in seen.cells.texts]
    assert cells == pytest.approx(list(now["negative_gradient"].ravel()), abs=6e-3)
    tallest = max(1.0, *now["y"])
    for bar, signal in zip(seen.bars, [1.0, *now["y"]], strict=True):
        assert bar.get_height() == pytest.approx(0.38 * signal / tallest)
    assert seen.mark.get_y() + 0.14 == pytest.approx(seen.cells.center(k, 0)[1])
    _check_curve(seen, now, k)


def _check_curve(seen, now, k):
    at = now["z_hat"][k]
    assert seen.point.get_xydata()[0] == pytest.approx([at, now["E"]])
    assert seen.above.get_visible() == (now["E"] > HIGHEST)
    for x, E in seen.curve.get_xydata():
        moved = now["z_hat"].copy()
        moved[k] = x
        assert pytest.approx(loss(now["r"], moved), abs=1e-9) == E
    (x0, y0), (x1, y1) = seen.tangent.get_xydata()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(-now["delta"][k])
    assert (y0 + y1) / 2 == pytest.approx(now["E"])
    outline = seen.way.get_xy()
    inches = seen.axes.get_position().width * 7 / 12
    assert outline[3][0] - outline[0][0] == pytest.approx(inches * now["delta"][k])
    told = {name: float(text.get_text().replace("−", "-")) for name, text in seen.told.items()}
    pull = now["delta"][k]
    assert told == pytest.approx(
        {"E": now["E"], "E_after": now["E_after"], "derived": pull, "measured": pull}, abs=6e-5
    )


def test_a_step_goes_where_the_picture_said(explorer):
    promised = explorer.values()["E_after"]
    explorer.controls["step"].click()
    now = explorer.values()
    assert now["E"] == promised == pytest.approx(1.0661, abs=5e-5)  # as chapter 02 stores it
    np.testing.assert_allclose(now["z"], [0.1073, 0.3443, 0.5483], atol=5e-5)
    outer = np.outer([-0.1, 0.8, -0.7], [1, 0.5, 0, 2])
    np.testing.assert_allclose(now["W"], EXAMPLE + 0.1 * outer, atol=1e-12)
    assert explorer.controls["z_hat_2"].value == pytest.approx(now["z_hat"][1])


def test_twenty_steps_end_near_the_target(explorer):
    explorer.controls["target"].value = "soft"
    explorer.controls["learning_rate"].value = 0.3
    for _ in range(20):
        explorer.controls["step"].click()
    np.testing.assert_allclose(explorer.values()["z"], [0.2, 0.5, 0.3], atol=1e-3)
    assert explorer.answer(explorer.values()) in explorer.guesses


def test_targets_one_hot_soft_typed_and_scaled(explorer):
    controls = explorer.controls
    for name, r in (("1", [1, 0, 0]), ("3", [0, 0, 1]), ("soft", [0.2, 0.5, 0.3])):
        controls["target"].value = name
        np.testing.assert_allclose(explorer.values()["r"], r, atol=1e-12)
        assert controls["r"].value == ", ".join(f"{part:g}" for part in r)
    controls["r"].value = "0, 1, 1"
    assert (controls["total"].value, controls["target"].value) == (2.0, "soft")
    # chapter 02, section 4
    np.testing.assert_allclose(explorer.values()["delta"], [-0.2, 0.6, -0.4], atol=1e-12)
    np.testing.assert_allclose(explorer.values()["r_minus_z"], [-0.1, 0.8, 0.3], atol=1e-12)
    controls["target"].value = "2"
    controls["total"].value = 0.0
    np.testing.assert_array_equal(explorer.values()["r"], [0, 0, 0])
    controls["total"].value = 1.0
    np.testing.assert_array_equal(explorer.values()["r"], [0, 1, 0])


def test_other_signals_change_the_products_and_not_the_pulls(explorer):
    before = explorer.values()
    explorer.controls["y"].value = "2, 1, 0"
    now = explorer.values()
    np.testing.assert_allclose(now["z_hat"], before["z_hat"], atol=1e-12)
    np.testing.assert_allclose(now["delta"], before["delta"], atol=1e-12)
    np.testing.assert_allclose(now["negative_gradient"][1], [0.8, 1.6, 0.8, 0.0], atol=1e-12)


def test_the_equation_and_the_second_price_follow_the_sum(explorer):
    seen = explorer.picture
    whole = seen.equation.get_text()
    assert not any(bar.get_visible() for bar in seen.second_prices)
    explorer.controls["total"].value = 1.5
    assert seen.equation.get_text() != whole
    assert all(bar.get_visible() for bar in seen.second_prices)
    assert "(2.5)" in seen.lead.get_text()
    explorer.controls["total"].value = 1.0
    assert seen.equation.get_text() == whole
    assert "(2.7)" in seen.lead.get_text()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("r", "0, 1", "target r: got '0, 1'; expected 3 numbers with commas between them"),
        ("r", "0, 1, x", "target r: got '0, 1, x'; expected 3 numbers with commas between them"),
        ("r", "0, 0, 0", "target r: got '0, 0, 0'; expected no negative number, and not only zeros"),
        ("r", "0, 2, -1", "target r: got '0, 2, -1'; expected no negative number, and not only zeros"),
        ("r", "1, 2, 0", "sum of r: got 3; expected a number from 0 to 2"),
        ("r", "0, nan, 1", "target r: got '0, nan, 1'; expected 3 numbers with commas between them"),
        ("y", "0, 1, 3", "signal 3: got 3; expected a number from 0 to 2"),
        ("y", "0; 1; 3", "signals y: got '0; 1; 3'; expected 3 numbers with commas between them"),
        ("learning_rate", 2.0, "learning rate: got 2; expected a number from 0 to 1"),
        ("z_hat_2", -7.0, "logit 2: got -7; expected a number from -6 to 6"),
    ],
)
def test_what_is_refused_is_said_and_the_last_good_state_stays(explorer, name, text, said):
    before, picture, shown = explorer.state, explorer.live.image.value, explorer.controls[name].value
    explorer.controls[name].value = text
    assert explorer.refusal == said
    assert explorer.state == before
    assert explorer.live.image.value == picture
    assert explorer.controls[name].value == shown


def test_a_step_that_leaves_the_picture_is_refused(explorer):
    for name, value in (("z_hat_2", 0.0), ("z_hat_3", 5.0), ("total", 2.0), ("learning_rate", 1.0)):
        explorer.controls[name].value = value
    before = explorer.state
    explorer.controls["step"].click()
    assert explorer.state == before
    assert "expected a number from -6 to 6" in explorer.refusal


@pytest.mark.parametrize("end", [-6.0, 6.0])
def test_a_logit_at_the_end_of_its_slider_is_taken_whatever_the_weights(explorer, end, monkeypatch):
    """The bias and the products add up to 6 but for the last digits."""
    monkeypatch.setattr(LiveFigure, "png", lambda self: b"")
    rng = np.random.default_rng(0)
    for _ in range(60):
        explorer.set(W=tuple(map(tuple, np.c_[np.zeros(3), rng.uniform(-1, 1, (3, 3))])))
        for k in range(3):
            explorer.controls[f"z_hat_{k + 1}"].value = end
            assert explorer.refusal == ""
            assert explorer.values()["z_hat"][k] == pytest.approx(end)
            explorer.controls["y"].value = ", ".join(map(str, rng.uniform(0, 2, 3).round(3)))
            assert explorer.refusal == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"logit": 1.0}, "E along logit: got 1; expected one of 1, 2, 3"),
        ({"share": (0.2, 0.2, 0.2)}, "shares: got (0.2, 0.2, 0.2); expected numbers that add up to 1"),
        ({"y": (1.0, 2.0)}, "signals: got (1.0, 2.0); expected 3 numbers"),
        ({"W": ((1.0, 2.0),)}, "W: got ((1.0, 2.0),); expected 3 rows of 4 finite numbers"),
        ({"W": "none"}, "W: got 'none'; expected 3 rows of 4 finite numbers"),
        ({"W": ((1e308,) * 4,) * 3}, "logit 1: got inf; expected a number from -6 to 6"),
    ],
)
def test_what_no_control_asks_for_is_refused_in_words_too(explorer, changes, said):
    before = explorer.state
    explorer.set(**changes)
    assert explorer.refusal == said
    assert explorer.state == before


def test_a_state_out_of_range_is_refused():
    with pytest.raises(ValueError, match="E along logit: got 4; expected one of 1, 2, 3"):
        numbers_of(OutputLayerState(logit=4))
    with pytest.raises(ValueError, match="share 1: got -1; expected a number from 0 to 1"):
        numbers_of(OutputLayerState(share=(-1.0, 1.0, 1.0)))


def test_the_verdict_on_a_guess(explorer):
    explorer.controls["guess"].value = "down"
    assert "<b>down</b>, as you guessed" in explorer.said
    explorer.controls["logit"].value = 2
    assert "<b>up</b>, and you guessed down" in explorer.said
    explorer.controls["total"].value = 0.0
    assert "<b>neither</b>, and you guessed down" in explorer.said


def test_reset_goes_back_to_the_start(explorer):
    start, picture = explorer.start, explorer.live.image.value
    move_all(explorer, np.random.default_rng(7))
    explorer.controls["step"].click()
    assert explorer.live.image.value != picture
    explorer.controls["reset"].click()
    assert explorer.state == start
    assert explorer.live.image.value == picture
    assert explorer.controls["y"].value == "0.5, 0, 2"


@pytest.fixture(scope="module")
def logits_alone():
    explorer = OutputLayerExplorer(weights=False)
    explorer.live.set_ratio(1)
    return explorer


def test_without_weights_the_logits_and_targets_are_left(logits_alone):
    logits_alone.reset()
    names = {"z_hat_1", "z_hat_2", "z_hat_3", "target", "r", "total", "logit", "reset", "guess"}
    assert set(logits_alone.controls) == names
    assert not {"W", "y", "negative_gradient", "W_after", "E_after"} & set(logits_alone.values())
    spoken = [logits_alone.question, logits_alone.say, logits_alone.message, repr(logits_alone)]
    spoken += [control.tooltip or "" for control in logits_alone.controls.values()]
    assert not [
        text for text in spoken for word in ("weight", "signal", "bias", "step") if word in text.lower()
    ]
    assert "−0.10, +0.80 and −0.70" in repr(logits_alone)


@pytest.mark.parametrize("seed", range(3))
def test_without_weights_the_pulls_are_the_same_and_drawn(logits_alone, seed):
    rng = np.random.default_rng(200 + seed)
    z_hat, share, total = rng.uniform(-4, 4, 3).round(2), rng.dirichlet(np.ones(3)).round(3), 1.4
    logits_alone.controls["r"].value = ", ".join(map(str, share))
    logits_alone.controls["total"].value = total
    logits_alone.controls["logit"].value = k = int(rng.integers(1, 4))
    for i in range(3):
        logits_alone.controls[f"z_hat_{i + 1}"].value = z_hat[i]
    assert logits_alone.refusal == ""
    now, seen = logits_alone.values(), logits_alone.picture
    z, r = np.exp(z_hat) / np.exp(z_hat).sum(), total * share / share.sum()
    np.testing.assert_allclose(now["delta"], r - total * z, atol=1e-10)
    assert now["E"] == pytest.approx(loss(r, z_hat), abs=1e-10)
    for row in range(3):
        assert seen.probabilities[row].get_width() == pytest.approx(ALONE.unit * z[row])
        assert seen.targets[row].get_width() == pytest.approx(ALONE.unit * r[row])
        outline = seen.arrows[row].get_xy()
        assert outline[3][0] - outline[0][0] == pytest.approx(ALONE.unit * (r[row] - total * z[row]))
    assert seen.point.get_xydata()[0] == pytest.approx([z_hat[k - 1], now["E"]])
    assert float(seen.told["E"].get_text()) == pytest.approx(now["E"], abs=6e-5)


@pytest.mark.parametrize("target", ["2", "0, 2, 0"])
def test_without_weights_nothing_overlaps(logits_alone, target):
    logits_alone.reset()
    logits_alone.controls["target" if target == "2" else "r"].value = target
    figure = logits_alone.live.figure
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    boxes = {t: t.get_window_extent(figure.canvas.get_renderer()) for t in texts}
    for a, b in combinations(boxes, 2):
        assert not boxes[a].overlaps(boxes[b]), (a.get_text(), b.get_text())
    assert max(box.x1 for box in boxes.values()) < 6.8 * figure.dpi
    logits_alone.reset()


def test_nothing_that_has_no_label_has_a_tooltip_which_the_page_would_fail_at():
    for explorer in (OutputLayerExplorer(), OutputLayerExplorer(weights=False)):
        boxes = [widget for widget in all_widgets(explorer.box) if isinstance(widget, ipywidgets.Box)]
        assert boxes
        assert not any(box.tooltip for box in boxes)
