"""What holds for every explorer: it starts alone, refuses, returns, tells, stores a picture, leaks nothing.

The explorers are those of `mlp_core.explorers.__all__`; a new one is tested here without a line.
"""

import base64
import hashlib
import io
import math
import re
import subprocess
import sys
from itertools import product

import execute
import ipywidgets
import nbconvert
import nbformat
import numpy as np
import pytest
from chapter_checks import ROOT
from explorer_kernel import running_kernel
from explorer_moves import everything_in, fields_in, interactive_in, moves, same
from nbformat.v4 import new_code_cell, new_notebook
from PIL import Image

from mlp_core import explorers
from mlp_core.explorers import NudgeExplorer
from mlp_core.explorers.ground import live_figure
from mlp_core.explorers.ground.controls import slider
from mlp_core.explorers.ground.explorer import Explorer

# About a minute together, on a quiet machine: more than `make test` may take.
pytestmark = [pytest.mark.slow, pytest.mark.explorer]

NAMES = sorted(explorers.__all__)
each = pytest.mark.parametrize("name", NAMES)


def new(name):
    return getattr(explorers, name)()


def shown_in(explorer):
    """Return what the controls show, the sliders' tracks and fields too."""
    return [widget.value for widget, _ in interactive_in(explorer.box) if widget.has_trait("value")]


def pixels(png):
    """Return the picture's rows of pixels, RGBA."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA"))


@each
def test_it_begins_with_a_question_a_picture_and_numbers(name):
    explorer = new(name)
    assert explorer.question.endswith("?")
    assert explorer.say.endswith(".")
    assert explorer.values()
    picture = pixels(explorer.live.image.value)
    width, height = explorer.live.size
    assert picture.shape[1] == width * live_figure.STORED_RATIO
    assert abs(picture.shape[0] - height * live_figure.STORED_RATIO) <= 1
    assert len(np.unique(np.ascontiguousarray(picture).view(np.uint32))) > 50


@each
def test_what_moves_is_in_the_picture(name):
    explorer = new(name)
    assert explorer.live.moving
    whole = pixels(explorer.live.stored_png())
    for artist in explorer.live.moving:
        artist.set_visible(False)
    assert not np.array_equal(pixels(explorer.live.stored_png()), whole)


@each
def test_every_control_has_a_label_and_a_tooltip(name):
    explorer = new(name)
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
def test_reset_returns_to_the_first_values_and_the_first_picture(name):
    explorer = new(name)
    first, picture = explorer.values(), explorer.live.image.value
    moved = False
    for move in moves(explorer, seed=1):
        move()
        moved = moved or not same(explorer.values(), first)
    assert moved
    explorer.reset()
    assert same(explorer.values(), first)
    assert np.array_equal(pixels(explorer.live.image.value), pixels(picture))
    assert shown_in(explorer) == shown_in(new(name))


@each
def test_the_reset_button_does_so_too(name):
    explorer = new(name)
    first = explorer.values()
    for move in moves(explorer, seed=2):
        move()
    explorer.controls["reset"].click()
    assert same(explorer.values(), first)


@each
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
def test_what_is_no_number_is_refused_in_words_and_the_last_good_state_stays(name):
    explorer = new(name)
    bad = ("abc", "nan", "inf", "", "1e999")
    for field, typed in product(fields_in(explorer.box), bad):
        before, shown, picture = explorer.state, field.value, explorer.live.image.value
        field.value = typed
        assert "expected" in explorer.refusal
        assert (explorer.state, field.value) == (before, shown)
        assert explorer.live.image.value == picture
        explorer.reset()
        assert explorer.refusal == ""


@each
def test_its_words_are_few_and_have_numbers_without_noise(name):
    explorer = new(name)
    texts = [repr(explorer)]
    for move in moves(explorer, seed=4):
        move()
        texts.append(repr(explorer))
    for text in texts:
        assert len(text.split()) <= 60, text
        assert any(character.isdigit() for character in text)
        longest = max(
            len(part) for word in text.split() for part in word.rstrip(".,:;").split(".")[1:] or [""]
        )
        assert longest <= 6, text


@each
def test_being_shown_changes_nothing(name):
    explorer = new(name)
    explorer.live.set_ratio(1)
    values, state, picture = explorer.values(), explorer.state, explorer.live.image.value
    data, metadata = explorer._repr_mimebundle_()
    assert (explorer.state, explorer.live.ratio, explorer.live.image.value) == (state, 1, picture)
    assert same(explorer.values(), values)
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.box.model_id
    assert data["text/plain"] == metadata["image/png"]["alt"] == repr(explorer)
    assert (metadata["image/png"]["width"], metadata["image/png"]["height"]) == explorer.live.size
    explorer.live.show()
    assert explorer.live.image.value == picture


@each
def test_the_values_are_copies(name):
    explorer = new(name)
    explorer.values().clear()
    assert explorer.values()


@each
def test_a_stored_picture_is_the_same_bytes_on_every_screen(name):
    explorer = new(name)
    stored = explorer.live.stored_png()
    for ratio in (1, 1.5):
        explorer.page.ratio = ratio
        assert explorer.live.stored_png() == stored
    assert new(name).live.stored_png() == stored


@each
def test_the_screen_s_ratio_sets_how_many_pixels_are_drawn(name):
    explorer = new(name)
    width, height = explorer.live.size
    for ratio, drawn in ((1.0, 1), (1.5, 1.5), (2.0, 2), (0.5, 1), (9.0, 3)):
        explorer.page.ratio = ratio
        rows, columns = pixels(explorer.live.image.value).shape[:2]
        assert abs(columns - drawn * width) <= 1
        assert abs(rows - drawn * height) <= 2
        picture = explorer.live.image.value
        explorer.live.redraw()
        explorer.live.show()
        assert explorer.live.image.value == picture


@each
def test_closing_closes_every_widget(name):
    before = set(ipywidgets.widgets.widget._instances)
    explorer = new(name)
    assert len(set(ipywidgets.widgets.widget._instances) - before) > 10
    explorer.close()
    assert set(ipywidgets.widgets.widget._instances) - before == set()


# One class at a time


def test_a_point_of_the_axes_is_found_in_the_picture():
    explorer = NudgeExplorer()
    for ratio in (1, 2):
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


def test_a_moved_slider_asks_once():
    explorer = NudgeExplorer()
    asked = []
    explorer.set = lambda **changes: asked.append(changes)
    explorer.controls["at"].track.value += 1
    assert asked == [{"at": 2.05}]


# In a kernel, as a chapter's cell


@pytest.fixture(scope="module")
def kernel():
    with running_kernel() as run:
        run("import asyncio, hashlib, comm, ipywidgets\nfrom mlp_core.explorers import *", "start")
        yield run


COUNT = (
    "print(len(ipywidgets.widgets.widget._instances), len(comm.get_comm_manager().comms),"
    " len([task for task in asyncio.all_tasks() if 'mlp_core' in repr(task)]))"
)


def counted_over_runs(kernel, source):
    """Return what COUNT prints after each of five runs of one cell."""
    counts = []
    for _ in range(5):
        kernel(source, "the cell")
        counts.append(kernel(COUNT, "another cell"))
    kernel("", "the cell")
    return counts


@each
def test_a_cell_that_is_run_again_leaves_no_model_and_no_comm(kernel, name):
    counts = counted_over_runs(kernel, f"explorer = {name}()\nexplorer")
    assert counts == counts[:1] * 5


def test_neither_do_two_explorers_in_one_cell(kernel):
    source = "pair = NudgeExplorer(), NudgeExplorer('v_10')\ndisplay(*pair)"
    counts = counted_over_runs(kernel, source)
    assert counts == counts[:1] * 5
    kernel(source, "the cell")
    assert kernel("print([e.box.comm is not None for e in pair])", "a third") == "[True, True]"


def test_two_cells_leave_each_other_alone(kernel):
    kernel("one = NudgeExplorer()", "cell one")
    kernel("two = NudgeExplorer()", "cell two")
    kernel("two = NudgeExplorer()", "cell two")
    kernel("one.set(at=1.0)", "cell three")
    assert kernel("print(one.box.comm is not None, two.box.comm is not None)", "x") == "True True"


def test_this_count_sees_a_leak(kernel):
    counts = counted_over_runs(kernel, "import IPython\nipywidgets.HTML('left behind')")
    assert len(set(counts)) == 5


@each
def test_another_process_draws_the_same_bytes(kernel, name):
    digest = hashlib.sha256(new(name).live.stored_png()).hexdigest()
    source = f"print(hashlib.sha256({name}().live.stored_png()).hexdigest())"
    assert kernel(source, "the cell") == digest


# In a stored chapter


@pytest.fixture(scope="module")
def chapter(tmp_path_factory):
    """The path of a notebook that shows every explorer, stored as `make execute` stores it."""
    path = tmp_path_factory.mktemp("book") / "90_explorers.ipynb"
    shown = [f"explorer = {name}()\nexplorer" for name in NAMES]
    cells = [new_code_cell(source) for source in ("from mlp_core.explorers import *", *shown)]
    path.write_text(nbformat.writes(new_notebook(cells=cells)) + "\n", encoding="utf-8")
    execute.run(path)
    return path


@pytest.mark.slow
def test_a_chapter_stores_pictures_and_no_view(chapter):
    notebook = nbformat.read(chapter, as_version=4)
    outputs = [output for cell in notebook.cells[1:] for output in cell.outputs]
    assert [set(output.data) for output in outputs] == [{"image/png", "text/plain"}] * len(NAMES)
    assert "widgets" not in notebook.metadata
    for name, output in zip(NAMES, outputs, strict=True):
        assert base64.b64decode(output.data["image/png"]) == new(name).live.stored_png()


@pytest.mark.slow
def test_a_second_run_of_the_chapter_changes_no_byte(chapter):
    before = chapter.read_bytes()
    execute.run(chapter)
    assert chapter.read_bytes() == before


@pytest.mark.slow
def test_nbval_passes_on_the_chapter(chapter):
    config = ["-c", ROOT / "pyproject.toml", "--rootdir", chapter.parent, "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *config, "--nbval", chapter]
    done = subprocess.run(command, cwd=chapter.parent, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert f"{1 + len(NAMES)} passed" in done.stdout


@pytest.mark.slow
def test_a_page_made_of_the_chapter_holds_the_pictures(chapter):
    page, _ = nbconvert.HTMLExporter().from_filename(str(chapter))
    pictures = re.findall(r'<img[^>]*src="data:image/png;base64,[^>]*>', page)
    sizes = [{side: int(size) for side, size in re.findall(r'(width|height)="(\d+)"', p)} for p in pictures]
    assert [(size["width"], size["height"]) for size in sizes] == [new(name).live.size for name in NAMES]
    assert "widget-view" not in page
    assert "model not found" not in page.lower()
