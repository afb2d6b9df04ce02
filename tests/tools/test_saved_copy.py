"""A chapter that a reader saved in `make read` opens again, and one that was not run is saved as it was."""

import base64
import copy
import json
import sys
from types import SimpleNamespace

import nbformat
import pytest
from chapter_checks import METADATA, chapter_paths
from traitlets.config import PyFileConfigLoader

from tools import read, saved_copy

VIEW = "application/vnd.jupyter.widget-view+json"
PNG = base64.b64encode(b"\x89PNG, or as good as").decode()


def as_jupyterlab_sends_it(notebook):
    """The model of a save: Lab has put the kernel's words in the place of the chapter's."""
    sent = json.loads(json.dumps(notebook))
    sent["metadata"]["kernelspec"]["display_name"] = "Python 3 (ipykernel)"
    sent["metadata"]["language_info"].update(version="3.11.7", codemirror_mode={"name": "ipython"})
    return {"type": "notebook", "path": "00.ipynb", "content": sent}


def saved(notebook):
    """What is written of a notebook that Lab sends."""
    model = as_jupyterlab_sends_it(notebook)
    saved_copy.keep_what_opens_again(model=model, path="00.ipynb", contents_manager=None)
    return model["content"]


IMAGE = f'<img alt="a curve, width=7" width="588" src="data:image/png;base64,{PNG}">'


def shown(view="a1", image=IMAGE):
    data = {"text/plain": "a curve"} | ({VIEW: {"model_id": view}} if view else {})
    data |= {"text/html": image} if image else {}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def notebook_of(*outputs):
    cell = {"cell_type": "code", "id": "cell-01", "metadata": {}, "execution_count": 1, "source": "x"}
    return {
        "cells": [cell | {"outputs": list(outputs)}],
        "metadata": copy.deepcopy(METADATA),
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def state_of(notebook):
    return notebook["metadata"]["widgets"][saved_copy.STATE]["state"]


@pytest.mark.parametrize("path", chapter_paths(), ids=lambda path: path.stem)
def test_an_unrun_chapter_is_saved_byte_for_byte(path):
    stored = path.read_text(encoding="utf-8")
    written = nbformat.writes(nbformat.from_dict(saved(json.loads(stored))), version=nbformat.NO_CONVERT)
    assert written + "\n" == stored


def test_the_picture_of_a_view_is_stored_as_a_widget_under_its_id():
    notebook = saved(notebook_of(shown("a1")))
    image = state_of(notebook)["a1"]
    narrow = IMAGE.replace("<img ", '<img style="max-width: 100%; height: auto" ')
    assert image["state"]["value"] == narrow != IMAGE  # the alternative text is in it
    layout = state_of(notebook)[image["state"]["layout"].removeprefix("IPY_MODEL_")]
    assert (image["model_name"], layout["model_name"]) == ("HTMLModel", "LayoutModel")
    nbformat.validate(notebook)


def test_a_picture_in_pieces_is_stored_in_one():
    notebook = saved(notebook_of(shown(image=[IMAGE[:80], IMAGE[80:]])))
    assert PNG in state_of(notebook)["a1"]["state"]["value"]


@pytest.mark.parametrize(
    "output",
    [
        shown(view=None),
        shown(image=None),
        shown(image="<b>bold</b>"),
        {"output_type": "stream", "name": "stdout", "text": "1\n"},
        {"output_type": "error", "ename": "E", "evalue": "", "traceback": []},
    ],
    ids=["a picture alone", "a view alone", "a view beside words", "text", "an error"],
)
def test_other_outputs_are_saved_as_they_are(output):
    notebook = notebook_of(output)
    assert saved(notebook) == notebook


def test_a_view_beside_text_alone_is_not_stored_for_the_text_opens_by_itself():
    guess = shown(image=None)
    guess["data"]["text/markdown"] = "**Guess.**"
    notebook = saved(notebook_of(guess))
    (output,) = notebook["cells"][0]["outputs"]
    assert output["data"] == {"text/plain": "a curve", "text/markdown": "**Guess.**"}
    assert "widgets" not in notebook["metadata"]


def test_a_second_save_drops_the_pictures_of_views_that_are_gone():
    first = saved(notebook_of(shown("a1"), shown("b2")))
    assert set(state_of(first)) == {name + end for name in ("a1", "b2") for end in ("", saved_copy.LAYOUT)}
    first["cells"][0]["outputs"] = [shown("c3")]
    second = saved(first)
    assert set(state_of(second)) == {"c3", "c3" + saved_copy.LAYOUT}
    assert saved(second) == second
    second["cells"][0]["outputs"] = []
    assert "widgets" not in saved(second)["metadata"]


def test_what_jupyterlab_saves_of_other_widgets_is_kept():
    notebook = notebook_of(shown("a1"))
    own = {"model_name": "IntSliderModel", "state": {"value": 3}}
    notebook["metadata"]["widgets"] = {saved_copy.STATE: {"state": {"s": own, "a1": own}}}
    state = state_of(saved(notebook))
    assert state["s"] == own
    assert state["a1"]["model_name"] == "HTMLModel"


@pytest.mark.parametrize("name", ["ir", None])
def test_a_notebook_of_another_kernel_is_left_alone(name):
    notebook = notebook_of(shown())
    notebook["metadata"] = {"kernelspec": {"name": name}, "language_info": {}} if name else {}
    model = {"type": "notebook", "content": copy.deepcopy(notebook)}
    saved_copy.keep_what_opens_again(model=model)
    assert model["content"] == notebook


def test_a_file_that_is_no_notebook_is_left_alone():
    model = {"type": "file", "format": "text", "content": "x = 1"}
    saved_copy.keep_what_opens_again(model=dict(model))
    assert saved_copy.keep_what_opens_again(model=model) is None
    assert model == {"type": "file", "format": "text", "content": "x = 1"}


def test_the_server_of_the_book_calls_it_before_every_save(monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path])  # to which the configuration adds the book
    configuration = PyFileConfigLoader("jupyter_server_config.py", path=str(read.CONFIGURATION)).load_config()
    assert configuration.ServerApp.jpserver_extensions == {saved_copy.__name__: True}
    assert saved_copy._jupyter_server_extension_points() == [{"module": saved_copy.__name__}]
    hooks = []
    manager = SimpleNamespace(register_pre_save_hook=hooks.append)
    saved_copy._load_jupyter_server_extension(SimpleNamespace(contents_manager=manager))
    assert hooks == [saved_copy.keep_what_opens_again]
