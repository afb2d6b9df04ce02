"""What a reader saves opens again: an extension of Jupyter's server, called before every save.

A saved view of a widget shows "model not found" once its kernel is gone. So the picture beside each view is
stored as a widget under the view's own id: a live kernel shows the live one, a new kernel the picture.

And what they open is unchanged until they change it: JupyterLab would write the kernel's own words into a
chapter's metadata and then call it unsaved, so it is given them, and a save takes them out again.
"""

import functools

from jupyter_client.kernelspec import get_kernel_spec
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

from .execute import METADATA, PNG, WIDGET

STATE = "application/vnd.jupyter.widget-state+json"
LAYOUT = "-picture-layout"  # behind a view's id: by it our entries are known again


class Contents(AsyncLargeFileManager):
    """Jupyter's own files, with a chapter opened as its kernel would have it."""

    async def get(self, path, content=True, **options):
        model = await super().get(path, content=content, **options)
        if content and model["type"] == "notebook" and is_ours(model["content"]["metadata"]):
            model["content"]["metadata"].update(words_of_the_kernel())
        return model


@functools.cache
def words_of_the_kernel():
    """What JupyterLab writes into a notebook's metadata when its kernel has started."""
    from ipykernel.ipkernel import IPythonKernel  # takes longer than the server itself

    name = METADATA["kernelspec"]["name"]
    shown = {"name": name, "display_name": get_kernel_spec(name).display_name, "language": "python"}
    return {"kernelspec": shown, "language_info": IPythonKernel.language_info}


def is_ours(metadata):
    return metadata.get("kernelspec", {}).get("name") == METADATA["kernelspec"]["name"]


def keep_what_opens_again(model, **_):
    """Change a notebook that is about to be saved: the jupyter_server's `pre_save_hook`."""
    notebook = model["content"] if model["type"] == "notebook" else {}
    metadata = notebook.get("metadata", {})
    if not is_ours(metadata):
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
    """Two entries: a widget with an image in HTML, alternative text and all, under its view's id; layout."""
    base = {"model_module": "@jupyter-widgets/base", "model_module_version": "2.0.0"}
    shrinking = image.replace("<img ", '<img style="max-width: 100%; height: auto" ', 1)
    widget = {
        "model_module": "@jupyter-widgets/controls",
        "model_module_version": "2.0.0",
        "model_name": "HTMLModel",
        "state": {"value": shrinking, "layout": f"IPY_MODEL_{name}{LAYOUT}"},
    }
    return {name: widget, name + LAYOUT: base | {"model_name": "LayoutModel", "state": {}}}


# What Jupyter looks for in an extension, which lab/jupyter_server_config.py names.


def _jupyter_server_extension_points():
    return [{"module": "tools.saved_copy"}]


def _load_jupyter_server_extension(app):
    app.contents_manager.register_pre_save_hook(keep_what_opens_again)
