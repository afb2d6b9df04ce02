"""The softmax explorer against plain NumPy, and its drawing against its numbers."""

import re

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from mlp_core.explorers import SoftmaxExplorer
from mlp_core.explorers.probabilities.numbers import MOST, SoftmaxState, numbers_of
from mlp_core.explorers.probabilities.picture import LONGEST, ZERO


@pytest.fixture(scope="module")
def made():
    explorer = SoftmaxExplorer()
    explorer.live.set_ratio(1)
    return explorer


@pytest.fixture
def explorer(made):
    made.reset()
    made.controls["guess"].value = None
    return made


def board(explorer):
    return explorer.picture.boards[len(explorer.values()["p"])]


def move_all(explorer, rng):
    """Move every control to a random place; return what was asked for."""
    n = int(rng.integers(3, MOST + 1))
    asked = {
        "classes": n,
        "temperature": round(rng.uniform(0.3, 4), 2),
        "shift": round(rng.uniform(-9, 9), 1),
    }
    asked |= {f"z_hat_{k + 1}": round(rng.uniform(-4, 4), 2) for k in range(n)}
    asked |= {name: int(rng.integers(1, n + 1)) for name in ("i", "k")}
    for name, value in asked.items():
        explorer.controls[name].value = value
    return asked


def by_hand(asked):
    """Return p and its Jacobian from e to each logit over the sum, without any shift."""
    logits = np.array([asked[f"z_hat_{k + 1}"] for k in range(asked["classes"])])
    e = np.exp(logits / asked["temperature"])
    p = e / e.sum()
    return logits, p, (np.diag(p) - np.outer(p, p)) / asked["temperature"]


@pytest.mark.parametrize("seed", range(5))
def test_the_controls_move_the_numbers_and_the_numbers_move_the_drawing(explorer, seed):
    asked = move_all(explorer, np.random.default_rng(seed))
    logits, p, jacobian = by_hand(asked)
    i, k = asked["i"] - 1, asked["k"] - 1
    now = explorer.values()
    np.testing.assert_allclose(now["z_hat"], logits + asked["shift"], atol=1e-12)
    np.testing.assert_allclose(now["p"], p, atol=1e-12)
    np.testing.assert_allclose(now["naive"], p, atol=1e-12)
    np.testing.assert_allclose(now["z"], np.exp(logits) / np.exp(logits).sum(), atol=1e-12)
    np.testing.assert_allclose(now["jacobian"], jacobian, atol=1e-12)
    assert now["entry"] == pytest.approx(jacobian[i, k], abs=1e-12)
    assert now["measured"] == pytest.approx(jacobian[i, k], abs=1e-8)
    assert (now["i"], now["k"], now["temperature"]) == (asked["i"], asked["k"], asked["temperature"])
    seen = board(explorer)
    assert [bar.get_width() for bar in seen.bars] == pytest.approx(list(LONGEST * p))
    assert {bar.get_x() for bar in seen.bars} == {ZERO}
    assert [case.get_width() for case in seen.cases] == pytest.approx(list(LONGEST * now["z"]))
    assert all(case.get_visible() for case in seen.cases)
    left, bottom = seen.cells.corner(i, k)
    assert (seen.ring.get_x() + 0.03, seen.ring.get_y() + 0.03) == pytest.approx((left, bottom))
    _check_texts(explorer.picture, now, p, i, k)


def _check_texts(picture, now, p, i, k):
    formula = picture.formula.get_text()
    assert f"\\partial p_{i + 1}" in formula
    assert f"\\delta_{{{i + 1}{k + 1}}}" in formula
    filled_in = [float(text.replace("−", "-")) for text, _ in picture.filled_in.pieces[1::2]]
    assert filled_in == pytest.approx([p[i], p[k], now["entry"]], abs=6e-5)
    assert float(picture.measured.get_text().replace("−", "-")) == pytest.approx(now["entry"], abs=6e-5)
    gain, loss = (
        float(part.strip(".,")) for part in picture.lead.get_text().split() if part.startswith("0.")
    )
    assert gain == loss == pytest.approx(now["jacobian"][k, k], abs=6e-5)


def test_cells_are_colored_and_written_by_sign_and_size(explorer):
    explorer.controls["z_hat_1"].value = 1.0
    J, cells = explorer.values()["jacobian"], board(explorer).cells
    for text, color, entry in zip(cells.texts, cells.boxes.get_facecolor(), J.ravel(), strict=True):
        assert float(text.get_text().replace("−", "-")) == pytest.approx(entry, abs=6e-3)
        red, _, blue = color[:3]
        assert (red > blue) == (entry > 0)
    strongest = [color[:3] for color, entry in zip(cells.boxes.get_facecolor(), J.ravel(), strict=True)]
    paper = np.array(to_rgb("#FCFBF8"))
    far = [np.abs(color - paper).sum() for color in strongest]
    assert np.argmax(far) == np.abs(J).argmax()
    sums = [text.get_text() for text in board(explorer).texts["sums"]]
    assert sums == ["0", "0", "0"]


@pytest.mark.parametrize("classes", range(3, MOST + 1))
def test_every_cell_has_its_number_inside(explorer, classes):
    explorer.set(classes=classes, temperature=0.1, z_hat=(0.1, 0.0, -0.1, 0.05, -0.05, 0.0))
    cells, dpi = board(explorer).cells, explorer.live.figure.dpi
    for text, entry in zip(cells.texts, explorer.values()["jacobian"].ravel(), strict=True):
        assert float(text.get_text().replace("−", "-")) == pytest.approx(entry, abs=6e-3)
        assert text.get_fontsize() >= 9
        assert text.width(dpi) < cells.size[0]


@pytest.mark.parametrize(("shift", "agrees"), [(-720, True), (-738, False)])
def test_the_naive_form_is_said_to_agree_to_six_digits_only(shift, agrees):
    """Below -708 its exponentials lose digits one by one, long before it overflows or divides 0 by 0."""
    now = numbers_of(SoftmaxState(shift=shift, z_hat=(0.0, -0.4, -1.1, 0.5, -0.5, 1.0)))
    off = np.abs(now["naive"] - now["p"]).max()
    assert (off < 1e-6) == agrees
    assert off < 1e-3
    assert now["agrees"] == agrees


def test_a_common_shift_changes_the_logits_and_nothing_else(explorer):
    before = explorer.values()
    explorer.controls["shift"].value = 7.3
    after = explorer.values()
    np.testing.assert_allclose(after["z_hat"], before["z_hat"] + 7.3, atol=1e-12)
    for name in ("p", "z", "jacobian", "naive"):
        np.testing.assert_allclose(after[name], before[name], atol=1e-12)


def test_stress_breaks_the_naive_form_and_not_the_other(explorer):
    before = explorer.values()["p"]
    assert explorer.picture.verdict.get_text() == "agrees"
    explorer.controls["temperature"].value = 2.0
    explorer.controls["stress"].click()
    now = explorer.values()
    assert now["z_hat"][0] == 1000.0
    assert np.isnan(now["naive"]).all()
    np.testing.assert_allclose(now["p"], before, atol=1e-10)
    assert explorer.picture.verdict.get_text() == "breaks"
    assert {text.get_text() for text in board(explorer).texts["naive"]} == {"nan"}
    assert "breaks" in repr(explorer)
    explorer.controls["reset"].click()
    assert explorer.picture.verdict.get_text() == "agrees"


def test_a_sum_that_overflows_is_seen_though_no_number_is_nan(explorer):
    explorer.set(z_hat=(709.5,) * 6)
    assert np.isfinite(explorer.values()["naive"]).all()
    assert not explorer.values()["agrees"]


def test_at_temperature_1_the_letter_is_z_and_nothing_stands_behind_the_bars(explorer):
    picture = explorer.picture
    explorer.controls["temperature"].value = 0.5
    assert picture.head.get_text() == "$p_i$"
    explorer.controls["temperature"].value = 1.0
    assert picture.head.get_text() == "$z_i$"
    assert board(explorer).rows[1].get_text() == "$z_2$"
    assert not any(case.get_visible() for case in board(explorer).cases)


def test_only_the_sliders_that_count_are_in_reach_and_the_entry_stays_inside(explorer):
    explorer.controls["classes"].value = 6
    explorer.controls["i"].value = 6
    assert explorer.controls["i"].max == 6
    explorer.controls["classes"].value = 4
    assert (explorer.state.i, explorer.controls["i"].value, explorer.controls["i"].max) == (4, 4, 4)
    assert [explorer.controls[f"z_hat_{k + 1}"].disabled for k in range(MOST)] == [False] * 4 + [True] * 2
    boards = explorer.picture.boards
    assert [n for n, each in boards.items() if each.cells.boxes.get_visible()] == [4]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"temperature": 0.0}, "temperature: got 0; expected a number from 0.1 to 10"),
        ({"shift": 1e5}, "shift all: got 100000; expected a number from -1000 to 1000"),
        ({"z_hat": (0.0, 2e3, 0, 0, 0, 0)}, "logit 2: got 2000; expected a number from -1000 to 1000"),
        ({"i": 4}, "row i: got 4; expected a whole number from 1 to 3"),
        ({"classes": 7}, "classes: got 7; expected one of 3, 4, 5, 6"),
        ({"classes": 3.5}, "classes: got 3.5; expected one of 3, 4, 5, 6"),
        ({"z_hat": (1.0, 2.0)}, "logits: got (1.0, 2.0); expected 6 numbers"),
    ],
)
def test_a_state_that_makes_no_sense_is_refused_and_the_last_good_one_stays(explorer, changes, said):
    before, picture = explorer.state, explorer.live.image.value
    explorer.set(**changes)
    assert explorer.refusal == said
    assert explorer.state == before
    assert explorer.live.image.value == picture
    with pytest.raises(ValueError, match=re.escape(said.split(";")[0])):
        numbers_of(SoftmaxState(**changes))


def test_a_bad_number_typed_into_a_slider_s_field_is_refused(explorer):
    explorer.controls["z_hat_1"].typed.value = "one"
    assert "expected a number" in explorer.refusal
    assert explorer.state.z_hat[0] == 0.0
    explorer.controls["z_hat_1"].typed.value = "−1.25"
    assert explorer.values()["z_hat"][0] == -1.25


def test_the_verdict_on_a_guess(explorer):
    explorer.controls["guess"].value = "down"
    assert "<b>down</b>, as you guessed" in explorer.said
    explorer.controls["i"].value = 3
    assert "<b>up</b>, and you guessed down" in explorer.said


def test_reset_goes_back_to_the_start(explorer):
    start, picture = explorer.start, explorer.live.image.value
    move_all(explorer, np.random.default_rng(99))
    assert explorer.live.image.value != picture
    explorer.controls["reset"].click()
    assert explorer.state == start
    assert explorer.live.image.value == picture
    assert explorer.controls["z_hat_2"].value == start.z_hat[1]


def test_it_begins_with_other_logits_if_told_to():
    other = SoftmaxExplorer([1.0, 0.0, -1.0, 2.0])
    np.testing.assert_array_equal(other.values()["z_hat"], [1.0, 0.0, -1.0, 2.0])
    with pytest.raises(ValueError, match="classes: got 2; expected one of 3, 4, 5, 6"):
        SoftmaxExplorer([1.0, 0.0])
