"""What differs on Windows, as far as it can be tried elsewhere: line endings and event loops."""

import asyncio
import shutil
import subprocess

import pytest
from chapter_checks import ROOT
from zmq import asyncio as zmq_asyncio


def git(folder, *arguments):
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@b", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def cloned_on_windows(tmp_path):
    """Some files of each kind, committed and cloned under the settings of Git for Windows."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    for path in (ROOT / name for name in (".gitattributes", "Makefile", "README.md", "requirements.txt")):
        shutil.copy(path, here)
    for path in [*(ROOT / "figures").iterdir(), *(ROOT / "chapters").glob("9*.ipynb")]:
        if path.is_file():
            shutil.copy(path, here)
    git(here, "init", "--quiet")
    git(here, "add", ".")
    git(here, "commit", "--quiet", "--message", "Print the book")
    git(tmp_path, "clone", "--quiet", "-c", "core.autocrlf=true", str(here), str(there))
    return here, there


def test_a_clone_on_windows_has_the_same_bytes(cloned_on_windows):
    here, there = cloned_on_windows
    names = {path.name for path in here.iterdir() if path.is_file()}
    assert {".svg", ".gif", ".py", ".ipynb"} <= {path.suffix for path in here.iterdir()}
    assert [name for name in names if (here / name).read_bytes() != (there / name).read_bytes()] == []


def test_its_event_loop_warns_and_that_is_no_error(monkeypatch):
    loop = asyncio.new_event_loop()
    monkeypatch.setattr(asyncio, "ProactorEventLoop", type(loop), raising=False)
    try:
        assert (
            zmq_asyncio._get_selector_windows(loop) is not loop
        )  # what zmq does there of each loop, and warns
    finally:
        loop.close()
