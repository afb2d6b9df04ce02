"""The nudge explorer against plain NumPy, and its drawing against its numbers."""

import numpy as np
import pytest

from mlp_core.explorers import NudgeExplorer
from mlp_core.explorers.nudge.numbers import FARTHEST, WEIGHTS, NudgeState, numbers_of
from mlp_core.worked_examples import R, V, W, X


@pytest.fixture(scope="module")
def made():
    explorer = NudgeExplorer()
    explorer.live.set_ratio(1)
    return explorer


@pytest.fixture
def explorer(made):
    made.reset()
    made.controls["guess"].value = None
    return made


def loss(name, at):
    """Return E of chapter 00's network with one weight put to `at`: equations 0.2 to 0.7, typed in."""
    v, w = np.array(V), np.array(W)
    {"v": v, "w": w}[name[0]][int(name[2]) - 1, int(name[3])] = at
    y = 1 / (1 + np.exp(-(v @ [1, *X])))
    z_hat = w @ [1, *y]
    return -(np.array(R) * np.log(np.exp(z_hat) / np.exp(z_hat).sum())).sum()


def slope(name, at, h=1e-5):
    return (loss(name, at + h) - loss(name, at - h)) / (2 * h)


@pytest.mark.parametrize("name", WEIGHTS)
def test_the_numbers_are_those_of_plain_numpy(explorer, name):
    explorer.controls["weight"].value = name
    given = np.array({"v": V, "w": W}[name[0]])[int(name[2]) - 1, int(name[3])]
    assert explorer.state.at == explorer.controls["at"].value == given
    for at in (given, -1.35, 2.9):
        explorer.controls["at"].value = at
        now = explorer.values()
        assert (now["weight"], now["at"]) == (name, at)
        assert now["E"] == pytest.approx(loss(name, at), abs=1e-12)
        assert now["slope"] == -now["pull"] == pytest.approx(slope(name, at), abs=1e-8)
        assert explorer.answer(now) == ("larger" if slope(name, at) < 0 else "smaller")


@pytest.mark.parametrize("name", ["w_11", "v_32", "w_20"])
def test_the_numbers_move_the_drawing(explorer, name):
    explorer.set(weight=name, at=-0.75, learning_rate=2.5)
    now, seen = explorer.values(), explorer.picture
    at, losses = seen.curve.get_data()
    np.testing.assert_allclose(losses, [loss(name, t) for t in at], atol=1e-12)
    assert (at[0], at[-1]) == (-FARTHEST, FARTHEST)
    assert seen.point.get_xydata()[0] == pytest.approx([-0.75, now["E"]])
    (x0, x1), (y0, y1) = seen.tangent.get_data()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(now["slope"])
    assert (y0 + y1) / 2 == pytest.approx(now["E"])
    outline = seen.arrow.get_xy()
    assert np.sign(outline[3][0] - outline[0][0]) == np.sign(now["pull"])
    printed = {key: float(text.get_text().replace("−", "-")) for key, text in seen.printed.items()}
    assert printed == pytest.approx(
        {"its value": -0.75, "E": now["E"], "slope, measured": now["slope"], "negative slope": now["pull"]},
        abs=6e-5,
    )
    assert seen.way.get_text() == explorer.answer(now)
    assert seen.name.get_text() == f"${name[0]}_{{{name[2:]}}}$"


def test_the_learning_rate_moves_where_a_step_lands(explorer):
    seen, before = explorer.picture, explorer.live.image.value
    pictures = {before}
    for rate in (0.5, 2.0):
        explorer.controls["learning_rate"].value = rate
        now = explorer.values()
        lands_at = 2.0 - rate * slope("w_11", 2.0)
        assert now["lands_at"] == pytest.approx(lands_at, abs=1e-8)
        assert now["E_after"] == pytest.approx(loss("w_11", lands_at), abs=1e-8)
        assert seen.landing.get_visible()
        assert seen.landing.get_xydata()[0] == pytest.approx([now["lands_at"], now["E_after"]])
        assert float(seen.E_after.get_text()) == pytest.approx(now["E_after"], abs=6e-5)
        assert f"{now['E_after']:.4f}" in repr(explorer)
        pictures.add(explorer.live.image.value)
    assert len(pictures) == 3


def test_a_step_lands_where_the_picture_said_and_no_farther_than_the_slider(explorer):
    explorer.controls["learning_rate"].value = 1.5
    promised = explorer.values()
    explorer.controls["step"].click()
    assert explorer.values()["at"] == explorer.controls["at"].value == promised["lands_at"]
    assert explorer.values()["E"] == promised["E_after"] < promised["E"]
    explorer.set(weight="w_11", at=-FARTHEST, learning_rate=5.0)
    assert explorer.values()["lands_at"] == -FARTHEST


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"weight": "foo"}, f"weight: got 'foo'; expected one of {', '.join(WEIGHTS)}"),
        ({"weight": "w_31"}, f"weight: got 'w_31'; expected one of {', '.join(WEIGHTS)}"),
        ({"at": 3.5}, "its value: got 3.5; expected a number from -3 to 3"),
        ({"at": None}, "its value: got None; expected a number from -3 to 3"),
        ({"learning_rate": 0}, "learning rate: got 0; expected a number more than 0 and at most 5"),
    ],
)
def test_what_cannot_be_is_refused_and_the_last_good_state_stays(explorer, changes, said):
    before, picture = explorer.state, explorer.live.image.value
    explorer.set(**changes)
    assert explorer.refusal == said
    assert explorer.state == before
    assert explorer.live.image.value == picture
    with pytest.raises(ValueError, match=said.split(";")[0]):
        numbers_of(NudgeState(**changes))


def test_it_begins_with_any_weight_and_with_no_other():
    assert NudgeExplorer("v_32").values()["at"] == V[2][2]
    with pytest.raises(ValueError, match="weight: got 'foo'; expected one of w_10"):
        NudgeExplorer("foo")


def test_the_verdict_on_a_guess(explorer):
    explorer.controls["guess"].value = "larger"
    assert "<b>smaller</b>, and you guessed larger" in explorer.said
    explorer.controls["guess"].value = "smaller"
    assert "<b>smaller</b>, as you guessed" in explorer.said
