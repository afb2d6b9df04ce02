"""Write a file whole or not at all, over no other file than the one that is meant."""

import os
import tempfile
from pathlib import Path


def write_whole(path, content):
    """Put bytes at a path; what stood there is gone only once all of them are written."""
    path = Path(path)
    handle, unfinished = tempfile.mkstemp(prefix=path.name + ".", suffix=".unfinished", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(content)
        # A temporary file is its owner's alone; a chapter is read by all who could read it before.
        os.chmod(unfinished, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(unfinished, path)
    except BaseException:
        os.remove(unfinished)
        raise
