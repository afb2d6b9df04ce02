"""What holds for every explorer: it starts alone, refuses, returns, tells, stores a picture, leaks nothing.

The explorers are those of `mlp_core.explorers.EXPLORERS`; a new one is tested here without a line. Every test
runs with the fast ones; where a picture is drawn again and again, on one explorer only.
"""

import copy
import dataclasses
import gc
import html
import io
import math
import re
import weakref
from itertools import product

import ipywidgets
import numpy as np
import pytest
from explorer_moves import everything_in, fields_in, interactive_in, moves, same
from PIL import Image

from mlp_core import explorers
from mlp_core.explorers import NudgeExplorer
from mlp_core.explorers.ground import live_figure, rerun
from mlp_core.explorers.ground.controls import slider
from mlp_core.explorers.ground.explorer import Explorer
from mlp_core.explorers.ground.fields import State, table
from mlp_core.explorers.ground.live_figure import LiveFigure

NAMES = explorers.EXPLORERS
each = pytest.mark.parametrize("name", NAMES)
slowly = (pytest.mark.slow, pytest.mark.explorer)
# The one to read first stands for all in `make test`.
each_slowly = pytest.mark.parametrize(
    "name", ["NudgeExplorer", *(pytest.param(n, marks=slowly) for n in NAMES if n != "NudgeExplorer")]
)
MADE = {}  # one of each: most tests leave an explorer as they found it


def new(name):
    return getattr(explorers, name)()


@pytest.fixture
def explorer(name):
    """An explorer at its start, drawn for a screen of ratio 1."""
    if name not in MADE:
        MADE[name] = new(name)
        MADE[name].page.ratio = 1.0
    yield MADE[name]
    MADE[name].reset()
    if "guess" in MADE[name].controls:
        MADE[name].controls["guess"].value = None


@pytest.fixture
def undrawn(monkeypatch):
    """Pictures are not drawn: the test looks at numbers, words and controls."""
    monkeypatch.setattr(LiveFigure, "png", lambda self: b"")


def shown_in(explorer):
    """Return what the controls show, the sliders' tracks and fields too."""
    return [widget.value for widget, _ in interactive_in(explorer.box) if widget.has_trait("value")]


def pixels(png):
    """Return the picture's rows of pixels, RGBA."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))


@each
def test_it_begins_with_a_question_a_picture_and_numbers(name, explorer):
    assert explorer.question.endswith("?")
    assert explorer.say.endswith(".")
    assert explorer.values()
    assert explorer.main_control in explorer.controls
    picture = pixels(explorer.live.image.value)
    assert len(np.unique(np.ascontiguousarray(picture).view(np.uint32))) > 50


@each
def test_what_moves_is_in_the_picture(name, explorer):
    moving = [artist for artist in explorer.live.moving if artist.get_visible()]
    assert moving
    whole = explorer.live.png()
    for artist in moving:
        artist.set_visible(False)
    without = explorer.live.png()
    for artist in moving:
        artist.set_visible(True)
    assert without != whole == explorer.live.png()


@each
def test_every_control_has_a_label_and_a_tooltip(name, explorer):
    found = interactive_in(explorer.box)
    assert found
    for control, label in found:
        assert label.strip(), control
        assert control.tooltip, label
        assert control.tooltip != control.description, label
    # None is out of the tests' reach.
    registered = {id(part) for control in explorer.controls.values() for part in everything_in(control)}
    assert {id(control) for control, _ in found} <= registered


@each
def test_reset_returns_to_the_first_values_and_the_first_picture(name, explorer, monkeypatch):
    first, picture, shown = explorer.values(), explorer.live.image.value, shown_in(explorer)
    for reset in (explorer.reset, explorer.controls["reset"].click):
        moved = False
        with monkeypatch.context() as patch:
            patch.setattr(LiveFigure, "png", lambda self: b"")
            for move in moves(explorer, seed=1):
                move()
                moved = moved or not same(explorer.values(), first)
        assert moved
        reset()
        assert same(explorer.values(), first)
        assert explorer.live.image.value == picture
        assert shown_in(explorer) == shown


@each_slowly
def test_nothing_lags_behind(name, monkeypatch):
    """After every move the picture is that of an explorer that begins there: no artist is late."""
    explorer, begin = new(name), Explorer.__init__
    for move in moves(explorer, seed=3):
        move()
        with monkeypatch.context() as patch:
            patch.setattr(Explorer, "__init__", lambda self, state: begin(self, explorer.state))
            there = new(name)
        assert same(there.values(), explorer.values())
        assert np.array_equal(pixels(there.live.image.value), pixels(explorer.live.image.value))
        assert shown_in(there) == shown_in(explorer)


@each
def test_what_is_no_number_is_refused_in_words_and_the_last_good_state_stays(name, explorer, undrawn):
    bad = ("abc", "nan", "inf", "", "1e999")
    for field, typed in product(fields_in(explorer.box), bad):
        before, shown, values = explorer.state, field.value, explorer.values()
        field.value = typed
        assert "expected" in explorer.refusal
        assert (explorer.state, field.value) == (before, shown)
        assert same(explorer.values(), values)
        explorer.reset()
        assert explorer.refusal == ""


HOSTILE = (
    None, "no such thing", "", b"1", True, 0.1234567, -7, 10**30, -1e300, math.nan, math.inf, 1j, 2 + 1e-9,
    (), (1.0, 2.0), [[1.0], [2.0, 3.0]], {"a": 1}, np.zeros(3), np.full((2, 2), np.nan), object(),
    np.int64(2),
)  # fmt: skip


@each
def test_no_value_of_a_field_breaks_it(name, explorer, undrawn):
    """What `set` does not take it refuses in a sentence, and controls, numbers and state stay together."""
    for field, value in product([f.name for f in dataclasses.fields(explorer.state)], HOSTILE):
        before, values = explorer.state, explorer.values()
        explorer.set(**{field: value})
        if explorer.refusal:
            assert re.fullmatch(r"[^:]+: got .+; expected .+", explorer.refusal, re.S), explorer.refusal
            assert explorer.state is before
            assert same(explorer.values(), values)
        else:
            assert getattr(explorer.state, field) is not None or value is None, (field, value)
        for bound in explorer._bound:
            assert bound.widget.value == bound.shows(explorer.state), (field, value, bound.name)
    explorer.reset()
    assert explorer.refusal == ""


@each
def test_a_field_that_it_does_not_have_is_refused(name, explorer, undrawn):
    before = explorer.state
    explorer.set(no_such_field=1)
    assert explorer.refusal.startswith("no_such_field: got 1; expected one of the fields ")
    assert explorer.state is before


@each
def test_what_a_control_cannot_show_is_refused_before_anything_is_changed(name, explorer, undrawn):
    """Also where the table forgot to refuse it."""
    before, values, bound = explorer.state, explorer.values(), explorer._bound[-1]
    stubborn = dataclasses.replace(bound, shows=lambda state: object())
    explorer._bound.append(stubborn)
    explorer._follow, follow = lambda state: state is before or follow(state), explorer._follow
    try:
        explorer.set(**{f: getattr(before, f) for f in before.__dataclass_fields__})
        assert "expected what its control can show" in explorer.refusal
        assert explorer.state is before
        assert same(explorer.values(), values)
    finally:
        explorer._bound.pop()
        del explorer._follow


@each
def test_its_words_are_few_and_have_numbers_without_noise(name, explorer, undrawn):
    texts = [repr(explorer)]
    for move in moves(explorer, seed=4):
        move()
        texts.append(repr(explorer))
        assert explorer.page.alt == explorer.sentence(explorer.values())  # what a screen reader is told
        assert explorer.page.alt in re.sub(r"&#x27;", "'", explorer.said)
    for text in texts:
        assert len(text.split()) <= 60, text
        assert any(character.isdigit() for character in text)
        longest = max(
            len(part) for word in text.split() for part in word.rstrip(".,:;").split(".")[1:] or [""]
        )
        assert longest <= 6, text


@each
def test_every_slider_says_the_number_that_it_stands_for(name, explorer, undrawn):
    for move in moves(explorer, seed=5):
        move()
        said = explorer.page.spoken
        for control in explorer.controls.values():
            if hasattr(control, "track"):
                assert said[control.track.description][:2] == (control.track.value, control.typed.value)
            elif isinstance(control, ipywidgets.IntSlider):
                assert said[control.description][:2] == (control.value, str(control.value))


@each_slowly
def test_being_shown_changes_nothing(name, explorer):
    values, state, picture = explorer.values(), explorer.state, explorer.live.image.value
    data = explorer._repr_mimebundle_()
    assert (explorer.state, explorer.live.ratio, explorer.live.image.value) == (state, 1, picture)
    assert same(explorer.values(), values)
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.box.model_id
    text = explorer.stored()[1]
    assert data["text/plain"] == text
    assert data["text/html"].startswith(f'<img alt="{html.escape(text)}" width="588" src="data:')
    explorer.live.show()
    assert explorer.live.image.value == picture


def arrays_in(value):
    """Yield the arrays among numbers that may lie in dictionaries and tuples."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, dict | tuple | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from arrays_in(part)


@each
def test_the_values_are_copies(name, explorer):
    values = explorer.values()
    before = copy.deepcopy(values)
    for array in arrays_in(values):
        array[...] = array == 0  # another number in every place
    values.clear()
    assert same(explorer.values(), before)


@each_slowly
def test_a_stored_picture_is_the_same_bytes_on_every_screen(name, explorer):
    stored = explorer.live.stored_png()
    explorer.page.ratio = 1.5
    assert explorer.live.stored_png() == stored
    explorer.page.ratio = 1.0
    again = new(name).live
    assert again.stored_png() == stored
    picture, (width, height) = pixels(stored), again.size
    assert picture.shape[1] == width * live_figure.STORED_RATIO
    assert abs(picture.shape[0] - height * live_figure.STORED_RATIO) <= 1


@each
def test_a_chapter_stores_what_opened_cold_asks_for_and_the_live_one_stays(name, explorer):
    before, live = explorer.state, explorer.live.png()
    png, text = explorer.stored()
    cold = explorer.opened_cold()
    assert (explorer.state, explorer.live.png()) == (before, live)
    assert pixels(png).shape[0] == len(cold) * explorer.live.stored_pixels().shape[0]
    sentences = [explorer.sentence(explorer.numbers(state)) for state in cold]
    assert text == f"{' '.join(sentences)} {explorer.message}."


@each_slowly
def test_the_screen_s_ratio_sets_how_many_pixels_are_drawn(name, explorer):
    width, height = explorer.live.size
    for ratio, drawn in ((1.5, 1.5), (2.0, 2), (9.0, 3), (0.5, 1), (1.0, 1)):
        explorer.page.ratio = ratio
        rows, columns = pixels(explorer.live.image.value).shape[:2]
        assert abs(columns - drawn * width) <= 1
        assert abs(rows - drawn * height) <= 2
        picture = explorer.live.image.value
        explorer.live.redraw()
        explorer.live.show()
        assert explorer.live.image.value == picture


@each
def test_closing_closes_every_widget(name, undrawn):
    before = set(ipywidgets.widgets.widget._instances)
    explorer = new(name)
    assert len(set(ipywidgets.widgets.widget._instances) - before) > 10
    explorer.close()
    assert set(ipywidgets.widgets.widget._instances) - before == set()


@each
def test_nothing_keeps_one_that_is_closed(name, undrawn):
    explorer = new(name)
    explorer.close()
    kept = weakref.ref(explorer)
    del explorer
    gc.collect()
    assert kept() is None


def test_a_cell_s_earlier_run_is_closed_and_no_other(monkeypatch, undrawn):
    monkeypatch.setattr(rerun, "CELLS", type(rerun.CELLS)())

    def run(cell, message):
        monkeypatch.setattr(rerun, "_running", lambda: (cell, message))
        return NudgeExplorer()

    def open_(*explorers):
        return [explorer.box.comm is not None for explorer in explorers]

    first, second, other = run("a", "1"), run("a", "1"), run("b", "2")
    assert open_(first, second, other) == [True, True, True]
    again = run("a", "3")
    assert open_(first, second, other, again) == [False, False, True, True]
    outside = run(None, None)  # no notebook
    assert open_(outside, run("a", "4"), again) == [True, True, False]


@each
def test_every_field_stands_in_the_table(name, explorer):
    assert isinstance(explorer.state, State)
    assert list(table(explorer.state)) == [field.name for field in dataclasses.fields(explorer.state)]


@pytest.mark.parametrize("name", ["SoftmaxExplorer"])
def test_a_control_ends_and_offers_what_the_state_allows(name, explorer, undrawn):
    for classes in (6, 3):
        explorer.set(classes=classes, i=1)
        assert {explorer.controls[name].max for name in ("i", "k")} == {classes}


@pytest.mark.parametrize("name", ["NudgeExplorer"])
def test_a_point_of_the_axes_is_found_in_the_picture(name, explorer):
    for ratio in (2, 1):
        explorer.live.set_ratio(ratio)
        picture = pixels(explorer.live.image.value)
        values = explorer.values()
        column, row = explorer.live.pixel_of(explorer.picture.axes, values["at"], values["E"])
        assert picture[row, column, :3].tolist() == [252, 251, 248]  # a hollow ring, card inside
        edge = picture[row, column : column + 8 * ratio, :3].sum(axis=1)
        assert edge.min() < 350


def test_a_slider_holds_what_it_is_given_and_shows_the_place_nearest_to_it():
    control = slider("rate", 0.5, 0.0, 1.0, 0.25, "How fast.")
    control.value = 0.3
    assert (control.value, control.track.value, control.typed.value) == (0.3, 1, "0.3")
    control.track.value = 3
    assert (control.value, control.typed.value) == (0.75, "0.75")
    control.typed.value = "−0.4"
    assert (control.value, control.track.value) == (-0.4, 0)


def test_a_slider_s_value_does_not_go_through_its_grid():
    """A step's result must survive being shown: the place on the grid is no answer of the reader's."""
    control = slider("rate", 0.5, 0.0, 1.0, 0.25, "How fast.")
    control.value = math.pi / 10
    assert control.value == math.pi / 10


def test_a_slider_out_of_reach_takes_its_parts_along():
    control = slider("rate", 0.5, 0.0, 1.0, 0.25, "How fast.")
    control.disabled = True
    assert (control.track.disabled, control.typed.disabled) == (True, True)


@pytest.mark.parametrize("name", ["NudgeExplorer"])
def test_a_moved_slider_asks_once(name, explorer, undrawn, monkeypatch):
    asked = []
    monkeypatch.setattr(explorer, "set", lambda **changes: asked.append(changes))
    explorer.controls["at"].track.value += 1
    assert asked == [{"at": 2.05}]
