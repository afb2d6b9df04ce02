"""What three explorers do beyond moved controls: slips light up, a mouse draws a digit, a network learns."""

import time

import numpy as np
import pytest
from drawn_digits import drawn
from keyboard_moves import elements, moved_by, picture_arrives, state_arrives, twin_of, wait_until
from reading import unlike

import mlp_core
from mlp_core import explorers
from mlp_core.explorers.playground.numbers import points_of
from mlp_core.explorers.stepper.numbers import SECOND
from mlp_core.pictures.ground.style import CARD, CELLS, GREY, INK, PAPER_TO_INK, symmetric

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("quiet_console")]

NAMES = explorers.EXPLORERS
CELLS_OF = {name: place for place, name in enumerate(NAMES, start=1)}


def focus(shown, twin, name):
    """Go by Tab to a control; return the twin's."""
    at = shown.enter()
    while elements(twin.box)[at["place"]][0] is not twin.controls[name]:
        at = shown.next()
    return twin.controls[name]


# The stepper's slips, written out once more


def pulls(state, slip, x, r):
    """Return the pulls on V and W of one example, with a slip planted."""
    V, W = np.array(state.V), np.array(state.W)
    sigma = lambda t: 1 / (1 + np.exp(-t))  # noqa: E731
    slope = lambda t: sigma(t) * (1 - sigma(t))  # noqa: E731
    x, r = np.concatenate([[1], x]), np.array(r)
    y_hat = V @ x
    y = np.concatenate([[1], sigma(y_hat)])
    z = np.exp(W @ y) / np.exp(W @ y).sum()
    on_logits = z - r if slip == "r and z exchanged" else r - z
    on_W = np.outer(on_logits, y)
    back = W + 0.5 * on_W if slip == "W updated first" else W
    back = back[:, :-1] if slip == "bias column kept" else back[:, 1:]
    on_y = (-1 if slip == "sign lost" else 1) * back.T @ on_logits
    gate = {"sigma' at y": slope(y[1:]), "sigma' left out": 1.0}.get(slip, slope(y_hat))
    return np.outer(on_y * gate, x), on_W


def left_behind(state, slip, two):
    """Return derived minus measured for V and W; both are means over the examples."""
    examples = [(state.x, state.r), *([SECOND[state.network]] if two else [])]
    weights = len(examples) if slip == "sum for mean" else 1
    return [
        np.mean([weights * pulls(state, slip, *e)[k] - pulls(state, "none", *e)[k] for e in examples], axis=0)
        for k in (0, 1)
    ]


def lit_as_it_should_be(shown, twin, two):
    """Are the table's cells colored by what the slip leaves behind, to 2 grey levels; which ones are lit?"""
    picture, lit = shown.png(), []
    differences = left_behind(twin.state, twin.state.slip, two)
    limit = max(np.abs(part).max() for part in differences)
    for name, part in zip("VW", differences, strict=True):
        cells = twin.picture.tables[twin.state.network].cells[name]
        for i, j in np.ndindex(part.shape):
            x, y = cells.corner(i, j)
            place = twin.live.pixel_of(twin.live.canvas, x + 0.06, y + 0.155)
            wanted = CELLS(symmetric(limit)(part[i, j])) if limit > 1e-6 else CARD
            assert unlike(picture, place, wanted) <= 2, (twin.state.slip, name, i, j)
            lit += [name] if abs(part[i, j]) > 1e-6 else []
    return lit


def test_every_slip_lights_up_where_it_does_harm(live):
    shown, twin = live.explorer(CELLS_OF["BackpropStepper"]), twin_of("BackpropStepper")
    live.ask("backpropstepper.reset()")
    menu = focus(shown, twin, "slip")
    lit = {}
    for _ in range(len(menu.options) - 1):
        menu.index += moved_by(shown.page.keyboard, "ArrowDown", True)
        assert state_arrives(live, "backpropstepper", twin)
        assert picture_arrives(shown, twin)
        lit[twin.state.slip] = set(lit_as_it_should_be(shown, twin, two=False))
    assert lit.pop("sum for mean") == set()  # one example is its own mean
    assert lit.pop("r and z exchanged") == {"V", "W"}
    assert len(lit) == 5
    assert set(map(tuple, lit.values())) == {("V",)}


def test_sum_for_mean_lights_up_on_two_examples(live):
    shown, twin = live.explorer(CELLS_OF["BackpropStepper"]), twin_of("BackpropStepper")
    live.ask("backpropstepper.reset()")
    live.ask("backpropstepper.set(slip='sum for mean', table='check')")
    twin.set(slip="sum for mean", table="check")
    box = focus(shown, twin, "two_examples")
    shown.page.keyboard.press("Space")
    box.value = True
    assert state_arrives(live, "backpropstepper", twin)
    assert picture_arrives(shown, twin)
    assert set(lit_as_it_should_be(shown, twin, two=True)) == {"V", "W"}
    live.ask("backpropstepper.reset()")


# The pad


@pytest.mark.parametrize("digit", [0, 3, 7])
def test_a_digit_drawn_with_the_mouse_is_read(live, digit):
    shown, mouse = live.explorer(CELLS_OF["DigitPad"]), live.page.mouse
    live.ask("digitpad.reset()")
    twin = twin_of("DigitPad")
    twin.controls["clear"].click()
    shown.box.get_by_role("button", name="Clear").click()
    assert state_arrives(live, "digitpad", twin)
    canvas = shown.box.locator("canvas")
    canvas.scroll_into_view_if_needed()
    pad = canvas.bounding_box()
    for stroke in drawn(digit):
        for k, (x, y) in enumerate(stroke):
            mouse.move(pad["x"] + x * pad["width"], pad["y"] + y * pad["height"], steps=3)
            if k == 0:
                mouse.down()
        mouse.up()
    assert wait_until(lambda: len(live.ask("digitpad.state.strokes")) == len(drawn(digit)))
    state = live.ask("digitpad.state")
    ends = [(stroke[0], stroke[-1]) for stroke in state.strokes]
    assert np.abs(np.array(ends) - [(s[0], s[-1]) for s in drawn(digit)]).max() < 0.02
    twin.set(**vars(state))
    assert picture_arrives(shown, twin)
    record = twin.network.forward(twin.values()["x"])
    assert record.z.argmax() == digit == live.ask("digitpad.values()['read']")
    assert f"read as {digit}" in shown.said()
    sheet_is(shown.png(), twin, twin.values()["x"])


def sheet_is(picture, twin, x):
    """Does the sheet show what the network is given?"""
    for row, column in np.ndindex(12, 12):
        place = twin.live.pixel_of(twin.picture.here.sheet, column + 0.3, row + 0.3)
        assert unlike(picture, place, PAPER_TO_INK(x[12 * row + column])) <= 2


def test_a_pick_stands_on_the_pad_until_the_first_stroke_takes_its_place(live):
    shown, mouse = live.explorer(CELLS_OF["DigitPad"]), live.page.mouse
    live.ask("digitpad.reset()")
    twin = twin_of("DigitPad")
    pick = focus(shown, twin, "pick")
    for _ in range(2):
        pick.index += moved_by(shown.page.keyboard, "ArrowDown", True)
        assert state_arrives(live, "digitpad", twin)
        assert picture_arrives(shown, twin)
        assert f"{pick.value} (meant: {twin.state.meant}): read as {twin.values()['read']}" in shown.said()
    canvas = shown.box.locator("canvas")
    assert levels_of_ink(canvas) == {"example"}
    canvas.scroll_into_view_if_needed()
    pad = canvas.bounding_box()
    mouse.move(pad["x"] + 0.5 * pad["width"], pad["y"] + 0.2 * pad["height"])
    mouse.down()
    mouse.move(pad["x"] + 0.5 * pad["width"], pad["y"] + 0.8 * pad["height"], steps=12)
    mouse.up()
    assert wait_until(lambda: len(live.ask("digitpad.state.strokes")) == 1)
    assert wait_until(lambda: live.ask("digitpad.values()['read']") == 1)
    state = live.ask("digitpad.state")
    assert np.ptp(state.strokes[0], axis=0) == pytest.approx([0, 0.6], abs=0.02)
    assert state.meant == "as read"
    assert levels_of_ink(canvas) == {"own"}
    twin.set(**vars(state))
    assert picture_arrives(shown, twin)
    picks = shown.box.locator(".widget-dropdown").filter(has_text="pick").locator("select").first
    assert picks.input_value() == "your own drawing"
    live.ask("digitpad.reset()")


def levels_of_ink(canvas):
    """Return which of the two colors of strokes the pad shows: an example's grey, the reader's own ink."""
    look = """canvas => {
        const side = canvas.width, seen = {};
        const data = canvas.getContext('2d').getImageData(0, 0, side, side).data;
        for (let k = 0; k < data.length; k += 4) {
            const color = data.slice(k, k + 3).join();
            seen[color] = (seen[color] ?? 0) + 1;
        }
        return seen;
    }"""
    counts, colors = canvas.evaluate(look), {"example": GREY, "own": INK}
    return {
        name
        for name, color in colors.items()
        if counts.get(",".join(str(int(color[k : k + 2], 16)) for k in (1, 3, 5)), 0) > 200
    }


def test_keys_draw_too(live):
    shown, keyboard = live.explorer(CELLS_OF["DigitPad"]), live.page.keyboard
    shown.box.get_by_role("button", name="Clear").click()
    assert wait_until(lambda: live.ask("digitpad.state.strokes") == ())
    shown.box.locator("canvas").focus()
    for key, times in (("ArrowUp", 15), (" ", 1), ("ArrowDown", 30), (" ", 1), ("ArrowRight", 5)):
        for _ in range(times):
            keyboard.press(key)
    assert wait_until(lambda: len(np.ravel(live.ask("digitpad.state.strokes"))) >= 60)
    (stroke,) = live.ask("digitpad.state.strokes")
    assert np.ptp(stroke, axis=0) == pytest.approx([0, 0.6])
    assert live.ask("digitpad.values()['read']") == 1
    keyboard.press("Delete")
    assert wait_until(lambda: live.ask("digitpad.state.strokes") == ())
    live.ask("digitpad.reset()")


# The playground


def test_it_learns_while_other_cells_run_and_pauses_and_resets_at_once(live):
    shown, twin = live.explorer(CELLS_OF["Playground"]), twin_of("Playground")
    live.ask("playground.reset()")
    keyboard, first = live.page.keyboard, live.ask("playground.values()['E']")
    focus(shown, twin, "run")
    keyboard.press("Enter")
    assert wait_until(
        lambda: live.ask("playground.state.step") >= 200, seconds=15
    )  # other cells run meanwhile
    assert live.ask("playground.running")
    before = shown.png()
    assert wait_until(lambda: np.any(shown.png() != before))

    focus(shown, twin, "pause")
    keyboard.press("Enter")
    assert wait_until(lambda: not live.ask("playground.running"), seconds=1)
    state = live.ask("playground.state")
    assert state.step % 10 == 0
    assert live.ask("playground.values()['E']") < 0.6 * first
    time.sleep(0.3)
    assert live.ask("playground.state.step") == state.step
    twin.set(**{name: getattr(state, name) for name in vars(state)})
    assert picture_arrives(shown, twin)
    points = points_of(state.data)
    E = state.mlp.loss(points.x, mlp_core.one_hot(points.labels, 2))
    assert live.ask("playground.values()['E']") == pytest.approx(float(np.mean(E)), abs=1e-9)


def test_a_new_setting_takes_effect_while_it_runs_and_reset_ends_it(live):
    shown, twin = live.explorer(CELLS_OF["Playground"]), twin_of("Playground")
    live.ask("playground.reset()")
    keyboard = live.page.keyboard
    focus(shown, twin, "run")
    keyboard.press("Enter")
    assert wait_until(lambda: live.ask("playground.state.step") >= 50, seconds=15)
    focus(shown, twin, "depth")
    keyboard.press("ArrowRight")
    assert wait_until(lambda: len(live.ask("playground.values()['weights']")) == 3)
    assert wait_until(lambda: live.ask("playground.state.step") >= 10)
    assert live.ask("playground.running")
    focus(shown, twin, "reset")
    keyboard.press("Enter")
    assert wait_until(lambda: not live.ask("playground.running"), seconds=1)
    assert state_arrives(live, "playground", twin)
    assert picture_arrives(shown, twin)


def test_units_moved_while_it_runs_begin_again_and_do_not_pause_it(live):
    """The slider speaks to a thread of its own while the main one draws frames."""
    shown, twin = live.explorer(CELLS_OF["Playground"]), twin_of("Playground")
    live.ask("playground.reset()")
    keyboard, wider = live.page.keyboard, twin.state.width + 8
    focus(shown, twin, "run")
    keyboard.press("Enter")
    assert wait_until(lambda: live.ask("playground.state.step") >= 50, seconds=15)
    focus(shown, twin, "width")
    while live.ask("playground.state.width") < wider and live.ask("playground.running"):
        keyboard.press("ArrowRight")
    assert wait_until(lambda: live.ask("playground.state.step") >= 50, seconds=15)
    assert live.ask("playground.running")
    assert len(live.ask("playground.values()['V']")) == live.ask("playground.state.width")
    live.ask("playground.reset()")


def test_run_again_the_cell_ends_the_old_one_s_task(live):
    live.ask("playground.run()")
    assert wait_until(lambda: live.ask("playground.running"))
    live.run_all()
    shown = live.explorer(CELLS_OF["Playground"])
    assert live.ask("[t for t in __import__('asyncio').all_tasks() if 'frame_loop' in repr(t)]") == []
    assert not live.ask("playground.running")
    assert picture_arrives(shown, twin_of("Playground"))
