"""What JupyterLab shows when the book is first opened: a chapter's contents at the side, not a list of files.

JupyterLab keeps the arrangement of its window in a folder of workspaces. The book has one of its own, so that
what a reader has open elsewhere does not come up here, and what they arrange here stays.
"""

import os
import sys
from pathlib import Path

from jupyterlab_server.workspaces_handler import WorkspacesManager

ARRANGEMENT = Path(__file__).parent / "lab" / "workspace.json"
NAME = "default"


def workspaces() -> str:
    """The folder of the book's workspaces, with the first arrangement in it unless there is one."""
    own = Path(sys.prefix, "share", "jupyter", "workspaces-of-the-book")
    folder = os.environ.get("JUPYTERLAB_WORKSPACES_DIR") or str(own)
    kept = WorkspacesManager(folder)
    if not kept.load(NAME)["data"]:
        kept.save(NAME, ARRANGEMENT.read_text(encoding="utf-8"))
    return folder
