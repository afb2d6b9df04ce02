"""Put the chapters back as printed, and keep beside them what the reader changed (`make fresh`)."""

import json
import os
import subprocess
import sys
from pathlib import Path

from .whole_files import write_whole

ROOT = Path(__file__).resolve().parent.parent
NO_CLONE = (
    "This folder is no clone: a ZIP brings the chapters without their history, and nothing to put back from."
    " Unpack it again into another folder, or get the book by git clone."
)
IN_ENGLISH = os.environ | {"LC_ALL": "C"}  # its words are looked at


def git(*arguments):
    """What git prints; a ValueError says in one line why it could not."""
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, env=IN_ENGLISH)
    except FileNotFoundError:
        raise ValueError("The printed chapters come from git, and git is not installed.") from None
    if b"not a git repository" in done.stderr:
        raise ValueError(NO_CLONE)
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines() or ["no reason given"]
        raise ValueError("The printed chapters come from git, which says: " + said[0])
    return done.stdout


def written_by_hand(notebook):
    """The part of a notebook that a person writes: kinds, sources and attachments of its cells."""
    cells = json.loads(notebook)["cells"]
    return [(cell["cell_type"], "".join(cell["source"]), cell.get("attachments") or {}) for cell in cells]


def is_worth_keeping(own, printed):
    try:
        return written_by_hand(own) != written_by_hand(printed)
    except (ValueError, KeyError, TypeError):
        return True  # unreadable: nobody but the reader can say what it holds


def keep_beside(path, own):
    """Write the reader's bytes to the first free <chapter>.yours-<n>.ipynb and return its path."""
    number = 1
    while True:
        kept = path.with_name(f"{path.stem}.yours-{number}.ipynb")
        try:
            with open(kept, "xb") as file:
                file.write(own)
            return kept
        except FileExistsError:
            number += 1


def put_back(path, printed):
    """Make the file at path the printed one; return what was done, or None where it was so already."""
    own = path.read_bytes() if path.exists() else None
    if own == printed:
        return None
    done = "put back"
    if own is not None and is_worth_keeping(own, printed):
        done += f"; your changes are in {keep_beside(path, own).name}"
    path.parent.mkdir(exist_ok=True)
    write_whole(path, printed)
    return done


def main():
    listed = git("ls-tree", "-z", "--name-only", "HEAD", "chapters/").decode().split("\0")
    chapters = [name for name in listed if name.endswith(".ipynb")]
    if not chapters:  # a ZIP that was unpacked inside of somebody's repository
        raise ValueError(NO_CLONE)
    for name in chapters:
        done = put_back(ROOT / name, git("show", f"HEAD:./{name}"))
        print(f"{name}: {done or 'as printed already'}")


if __name__ == "__main__":
    try:
        main()
    except ValueError as refusal:
        sys.exit(str(refusal))
