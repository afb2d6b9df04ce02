"""Run the chapters top to bottom and store their outputs (`make execute`, `make execute CHAPTER=01`).

Nothing is stored that changes from run to run, so a second run changes no byte. What may not be stored (an
error, a warning, a memory address, a widget without a picture) stops it, and the chapter stays as it was.
"""

import base64
import hashlib
import io
import os
import re
import sys
import time
import warnings
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from PIL import Image

from mlp_core.exercises.own_functions import AS_PRINTED

from .links import cell_id
from .whole_files import write_whole

CHAPTERS = Path(__file__).resolve().parent.parent / "chapters"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
WIDGET = "application/vnd.jupyter.widget-view+json"
GUESS = re.compile(r"^guess\(", re.M)  # in the source of a cell that asks for one
PNG = re.compile(r'(?<=src="data:image/png;base64,)[^"]*')  # of an image in HTML, as pictures are stored
ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
SECONDS_ALLOWED = 15


class NotStoredError(Exception):
    """Why a chapter is not stored: the chapter, the cell and the text."""


def prepare(notebook):
    """Give the cells their ids in order and drop what front ends add; keep sources, tags and attachments.

    A cell that asks for a guess hides its source, which holds the answers.
    """
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = cell_id(cell, number)
        kept = {"tags": cell.metadata.tags} if cell.metadata.get("tags") else {}
        if cell.cell_type == "code" and GUESS.search(cell.source):
            kept["jupyter"] = {"source_hidden": True}
        cell.metadata = nbformat.from_dict(kept)


def pictures(notebook):
    """Every stored PNG of a notebook, by its pixels."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    stored = (PNG.search(output.get("data", {}).get("text/html", "")) for output in outputs)
    return {pixels(png[0]): png[0] for png in stored if png}


def pixels(png):
    image = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGBA")
    return image.size, hashlib.sha256(image.tobytes()).hexdigest()


def storable(outputs, old_pictures):
    """The outputs of one cell as they are stored; a NotStoredError names what may not be."""
    kept = []
    for output in outputs:
        if output.output_type == "stream":
            if output.name == "stderr":
                raise NotStoredError("writes to stderr: " + output.text.strip())
            if kept and kept[-1].output_type == "stream":  # how a stream was cut up is an accident of timing
                kept[-1].text += output.text
                continue
        elif output.output_type != "error":
            settle_data(output.data, old_pictures)
        kept.append(output)
    for output in kept:
        text = output.get("text", "") + "".join(output.get("data", {}).get("text/plain", ""))
        if ADDRESS.search(text):
            raise NotStoredError("prints a memory address: " + text.strip())
    return kept


def settle_data(data, old_pictures):
    """Drop a widget's view, which no later session can show; keep the old bytes of an unchanged picture."""
    if data.pop(WIDGET, None) is not None and not {"text/html", "text/markdown"} & set(data):
        raise NotStoredError("shows a widget without a text/html or text/markdown beside it")
    if "text/html" in data:
        data["text/html"] = PNG.sub(lambda png: old_pictures.get(pixels(png[0]), png[0]), data["text/html"])


def execute(text, folder):
    """The text of a chapter after one clean run of it in folder."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a cell without an id: it gets one here
        notebook = nbformat.reads(text, as_version=4)
    old_pictures = pictures(notebook)
    prepare(notebook)
    reached = []
    client = NotebookClient(
        notebook,
        on_cell_start=lambda cell, cell_index: reached.append(cell.id),
        kernel_name="python3",
        timeout=600,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],  # not its warning that loopback is not encrypted
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raise NotStoredError(f"{reached[-1] if reached else 'The kernel'}: {plain(str(error))}") from None
    for cell in notebook.cells:
        if cell.cell_type == "code":
            try:
                cell.outputs = storable(cell.outputs, old_pictures)
            except NotStoredError as refusal:
                raise NotStoredError(f"{cell.id} {refusal}\nThe cell:\n{cell.source}") from None
    prepare(notebook)  # the kernel's reply wrote its own language_info
    return nbformat.writes(notebook) + "\n"


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text).strip()


def run(path):
    """Execute one chapter, store it if a byte changed, print what was done, and return its seconds."""
    old, start = path.read_text(encoding="utf-8"), time.perf_counter()
    try:
        new = execute(old, path.parent)
    except NotStoredError as refusal:
        raise NotStoredError(f"{path.name} is not stored. {refusal}") from None
    seconds = time.perf_counter() - start
    if path.read_text(encoding="utf-8") != old:
        raise NotStoredError(f"{path.name} is not stored. Somebody saved it while it ran; run it again.")
    if new != old:
        write_whole(path, new.encode())
    slow = f" (more than the {SECONDS_ALLOWED} s a chapter may take)" if seconds > SECONDS_ALLOWED else ""
    print(f"{path.name}: {'stored' if new != old else 'unchanged'}, {seconds:.1f} s{slow}", flush=True)
    return seconds


def main(prefixes):
    os.environ[AS_PRINTED] = "1"  # whatever function a reader has kept
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # the kernel of this environment, not one of the user's
    chapters = [path for path in sorted(CHAPTERS.glob("*.ipynb")) if ".yours-" not in path.name]
    chosen = [path for path in chapters if not prefixes or path.name.startswith(tuple(prefixes))]
    if not chosen:
        sys.exit(f"No chapter {' '.join(prefixes)}; there are {', '.join(path.stem for path in chapters)}.")
    try:
        for path in chosen:
            run(path)
    except NotStoredError as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main(sys.argv[1:])
