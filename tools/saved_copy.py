"""What a reader saves opens again: an extension of Jupyter's server, called before every save.

A saved view of a widget shows "model not found" once its kernel is gone. So the picture beside each view is
stored as a widget under the view's own id: a live kernel shows the live one, a new kernel the picture.
"""

import re

from .execute import METADATA, PNG, WIDGET

WIDTH = re.compile(r'(?<= width=")\d+')
STATE = "application/vnd.jupyter.widget-state+json"
LAYOUT = "-picture-layout"  # behind a view's id: by it our entries are known again


def keep_what_opens_again(model, **_):
    """Change a notebook that is about to be saved: the jupyter_server's `pre_save_hook`."""
    notebook = model["content"] if model["type"] == "notebook" else {}
    metadata = notebook.get("metadata", {})
    if metadata.get("kernelspec", {}).get("name") != METADATA["kernelspec"]["name"]:
        return
    # Not the kernel's display name and Python's patch version, which JupyterLab writes on opening.
    metadata.update({key: dict(value) for key, value in METADATA.items()})
    kept = metadata.pop("widgets", {}).get(STATE, {}).get("state", {})
    state = without_pictures(kept)
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            image = "".join(data.get("text/html", ""))
            if WIDGET in data and PNG.search(image):
                state |= picture(data[WIDGET]["model_id"], image)
            elif {WIDGET, "text/markdown"} <= set(data):  # a guess: the text opens by itself
                del data[WIDGET]
    if state:
        metadata["widgets"] = {STATE: {"state": state, "version_major": 2, "version_minor": 0}}


def without_pictures(state):
    """The entries that an earlier save did not make: those of a reader who lets JupyterLab save widgets."""
    ours = {name.removesuffix(LAYOUT) for name in state if name.endswith(LAYOUT)}
    return {name: entry for name, entry in state.items() if name.removesuffix(LAYOUT) not in ours}


def picture(name, image):
    """Two entries: a widget with the PNG of an image in HTML, under its view's id `name`, and its layout."""
    png, width = PNG.search(image)[0], WIDTH.search(image)
    size = {"max_width": "100%"} | ({"width": f"{width[0]}px"} if width else {})
    widget = {
        "model_module": "@jupyter-widgets/controls",
        "model_module_version": "2.0.0",
        "model_name": "ImageModel",
        "state": {"format": "png", "layout": f"IPY_MODEL_{name}{LAYOUT}"},
        "buffers": [{"path": ["value"], "encoding": "base64", "data": png}],
    }
    layout = {
        "model_module": "@jupyter-widgets/base",
        "model_module_version": "2.0.0",
        "model_name": "LayoutModel",
        "state": size,
    }
    return {name: widget, name + LAYOUT: layout}


# What Jupyter looks for in an extension, which lab/jupyter_server_config.py names.


def _jupyter_server_extension_points():
    return [{"module": "tools.saved_copy"}]


def _load_jupyter_server_extension(app):
    app.contents_manager.register_pre_save_hook(keep_what_opens_again)
