"""The exercises as they are printed: who has solved some turns no test red, and the book's own are so."""

import copy
import json
import os
import runpy
from types import SimpleNamespace

import pytest
from chapter_checks import ROOT, chapter_paths, codes, joined

from mlp_core.exercises import check, mine
from mlp_core.exercises.own_functions import AS_PRINTED, NAME
from mlp_core.exercises.registry import exercise_of
from tools.chapter_text import read
from tools.printed_exercises import as_printed, pairs

ROAD = [path for path in chapter_paths() if path.name < "90"]


def stored(path):
    return json.loads(path.read_text(encoding="utf-8"))


def solved(notebook, number="2.3"):
    """Return the chapter after a reader has solved an exercise and saved it."""
    notebook, space = copy.deepcopy(notebook), {}
    exec("import numpy as np\n" + exercise_of(number).solution, space)
    for found, cell, checking in pairs(notebook):
        if found == number:
            cell["source"] = exercise_of(number).solution
            answer = check(number, *(space[name] for name in exercise_of(number).names))
            assert answer.verdict == "right"
            checking["outputs"][0]["data"] = answer._repr_mimebundle_()
    return notebook


@pytest.fixture
def chapter(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # what is written beside the notebooks
    return stored(ROAD[2])


@pytest.mark.slow
@pytest.mark.parametrize("path", ROAD, ids=lambda path: path.stem)
def test_the_book_s_own_chapters_are_as_printed(path):
    notebook = stored(path)
    for _, _, checking in pairs(notebook):
        (output,) = checking["outputs"]
        output["data"] = {kind: joined(text) for kind, text in output["data"].items()}
    for cell in notebook["cells"]:
        cell["source"] = joined(cell["source"])
    assert as_printed(copy.deepcopy(notebook)) == notebook


def test_a_solved_exercise_is_put_back_for_the_tests_and_the_rest_stays(chapter, tmp_path):
    path = tmp_path / "02_solved.ipynb"
    path.write_text(json.dumps(solved(chapter)), encoding="utf-8")
    assert solved(chapter) != chapter
    assert read(path) == read(ROAD[2])


def test_nbval_runs_them_as_printed(chapter, monkeypatch):
    monkeypatch.setenv(AS_PRINTED, "")
    notebook = solved(chapter)
    items = [SimpleNamespace(parent=SimpleNamespace(nb=notebook)), SimpleNamespace(parent=None)]
    runpy.run_path(str(ROOT / "conftest.py"))["pytest_collection_modifyitems"](items)
    assert notebook == as_printed(copy.deepcopy(chapter))
    assert os.environ[AS_PRINTED]


def test_a_function_that_is_kept_is_no_part_of_a_chapter_as_printed(chapter, tmp_path, monkeypatch):
    (tmp_path / NAME).write_text("# ---- backward\ndef backward(*_):\n    print('mine')\n", encoding="utf-8")
    monkeypatch.setenv(AS_PRINTED, "")
    assert mine("backward").__code__.co_argcount == 0
    monkeypatch.setenv(AS_PRINTED, "1")
    assert mine("backward").__code__.co_argcount == 5


def test_a_cell_to_be_written_without_its_check_is_named(chapter):
    (cell, *_) = (cell for number, cell, _ in pairs(chapter) if number == "2.3")
    following = codes(chapter)[codes(chapter).index(cell) + 1]
    following["source"] = "1 + 1"
    with pytest.raises(ValueError, match=f"cells: got {cell['id']}, an exercise; expected check"):
        list(pairs(chapter))
