"""What a reader saves opens again: an extension of Jupyter's server, called before every save.

A saved view of a widget shows "model not found" once its kernel is gone. So the picture beside each view is
stored as a widget under the view's own id: a live kernel shows the live one, a new kernel the picture.
"""

from .execute import METADATA, WIDGET

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
            shown = set(output.get("data", {}))
            if {WIDGET, "image/png"} <= shown:
                state |= picture(output)
            elif {WIDGET, "text/markdown"} <= shown:  # a guess: the text opens by itself
                del output["data"][WIDGET]
    if state:
        metadata["widgets"] = {STATE: {"state": state, "version_major": 2, "version_minor": 0}}


def without_pictures(state):
    """The entries that an earlier save did not make: those of a reader who lets JupyterLab save widgets."""
    ours = {name.removesuffix(LAYOUT) for name in state if name.endswith(LAYOUT)}
    return {name: entry for name, entry in state.items() if name.removesuffix(LAYOUT) not in ours}


def picture(output):
    """Two entries: an image with the output's PNG, under the id of the view beside it, and its layout."""
    name = output["data"][WIDGET]["model_id"]
    png = output["data"]["image/png"]
    png = (png if isinstance(png, str) else "".join(png)).replace("\n", "")
    width = output.get("metadata", {}).get("image/png", {}).get("width")
    size = {"max_width": "100%"} | ({"width": f"{width}px"} if width else {})
    image = {
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
    return {name: image, name + LAYOUT: layout}


# What Jupyter looks for in an extension, which lab/jupyter_server_config.py names.


def _jupyter_server_extension_points():
    return [{"module": "tools.saved_copy"}]


def _load_jupyter_server_extension(app):
    app.contents_manager.register_pre_save_hook(keep_what_opens_again)
