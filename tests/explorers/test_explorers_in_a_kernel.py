"""Every explorer in a kernel and in a stored chapter: no leak, and the same bytes everywhere."""

import base64
import hashlib
import html
import re
import subprocess
import sys

import nbconvert
import nbformat
import pytest
from chapter_checks import ROOT
from explorer_kernel import running_kernel
from nbformat.v4 import new_code_cell, new_notebook

from mlp_core import explorers
from tools import execute

# Kernels start, and chapters are executed: about two minutes.
pytestmark = [pytest.mark.slow, pytest.mark.explorer]

NAMES = explorers.EXPLORERS
each = pytest.mark.parametrize("name", NAMES)


def new(name):
    return getattr(explorers, name)()


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
    digest = hashlib.sha256(new(name).stored()[0]).hexdigest()
    source = f"print(hashlib.sha256({name}().stored()[0]).hexdigest())"
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


def test_a_chapter_stores_pictures_and_no_view(chapter):
    notebook = nbformat.read(chapter, as_version=4)
    outputs = [output for cell in notebook.cells[1:] for output in cell.outputs]
    assert [set(output.data) for output in outputs] == [{"text/html", "text/plain"}] * len(NAMES)
    assert "widgets" not in notebook.metadata
    for name, output in zip(NAMES, outputs, strict=True):
        (png,) = execute.PNG.findall(output.data["text/html"])
        assert base64.b64decode(png) == new(name).stored()[0]


def test_a_second_run_of_the_chapter_changes_no_byte(chapter):
    before = chapter.read_bytes()
    execute.run(chapter)
    assert chapter.read_bytes() == before


def test_nbval_passes_on_the_chapter(chapter):
    config = ["-c", ROOT / "pyproject.toml", "--rootdir", chapter.parent, "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *config, "--nbval", chapter]
    done = subprocess.run(command, cwd=chapter.parent, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert f"{1 + len(NAMES)} passed" in done.stdout


def test_a_page_made_of_the_chapter_holds_the_pictures(chapter):
    page, _ = nbconvert.HTMLExporter().from_filename(str(chapter))
    pictures = re.findall(r'<img[^>]*src="data:image/png;base64,[^>]*>', page)
    assert len(pictures) == len(NAMES)
    for name, picture in zip(NAMES, pictures, strict=True):
        assert f'alt="{new(name).stored()[1]}"' in html.unescape(picture)
    assert "widget-view" not in page
    assert "model not found" not in page.lower()
