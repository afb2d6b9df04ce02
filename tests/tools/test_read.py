"""`make read`: what it refuses, where it listens, and that nothing stays behind."""

import contextlib
import json
import os
import re
import secrets
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid

import psutil
import pytest
import websocket
from chapter_checks import METADATA, ROOT, chapter_paths, codes, joined
from chapter_checks import read as read_chapter
from jupyterlab_server.workspaces_handler import WorkspacesManager
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tools import first_look, read, saved_copy, setup_environment
from tools.execute import WIDGET

MAKE = shutil.which("make")
needs_groups = pytest.mark.skipif(
    os.name == "nt", reason="Windows has no process groups to stop as Ctrl-C does"
)

# What a make above this one hands down is not for the make under test.
INHERITED = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
READ = [sys.executable, "-m", "tools.read"]


# Refusing


def refusal(**environment):
    """What `make read` says before it ends, as lines."""
    done = subprocess.run(
        READ, cwd=ROOT, capture_output=True, text=True, env=INHERITED | environment, timeout=60
    )
    assert done.returncode == 1
    return (done.stdout + done.stderr).splitlines()


@pytest.mark.parametrize("arguments", ["--ServerApp.token=", "--IdentityProvider.token ''", "--token=''"])
def test_an_empty_token_is_refused(arguments):
    with pytest.raises(ValueError, match="empty token"):
        read.server_arguments(shlex.split(arguments))


@pytest.mark.parametrize("text", ["--port='8889", 'say "so'])
def test_a_quote_that_is_not_closed_ends_in_one_line(text):
    assert refusal(JUPYTER_ARGS=text) == [
        f"JUPYTER_ARGS: got {text}; expected every quote in it to be closed."
    ]


@pytest.mark.parametrize("arguments", ["--ip=0.0.0.0", "--ServerApp.ip 0.0.0.0", "--no-browser --ip=*"])
def test_another_address_is_refused(arguments):
    with pytest.raises(ValueError, match=r"127\.0\.0\.1 only"):
        read.server_arguments(arguments.split())


@pytest.mark.parametrize("port", ["x", "0", "65536", "-1", ""])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(ValueError, match="a number from 1 to 65535"):
        read.server_arguments([f"--port={port}"])


def test_a_port_in_use_ends_in_one_line_that_proposes_a_free_one():
    with socket.socket() as taken, socket.socket() as next_to_it:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with contextlib.suppress(OSError):  # somebody else holds it: taken as well
            next_to_it.bind(("127.0.0.1", port + 1))
            next_to_it.listen()
        said = refusal(JUPYTER_ARGS=f"--no-browser --port={port}")
        assert len(said) == 1
        assert said[0].startswith(f"Port {port} is in use. ")
        assert read.is_free(int(said[0].partition("JUPYTER_ARGS=--port=")[2]))


def test_a_configuration_that_switches_the_token_off_is_refused(tmp_path):
    (tmp_path / "jupyter_server_config.py").write_text("c.IdentityProvider.token = ''\n")
    arguments = f"--no-browser --port={free_port()}"
    said = refusal(JUPYTER_CONFIG_DIR=str(tmp_path), JUPYTER_ARGS=arguments)
    assert said[-1].endswith("switches the token off; make read needs it.")


# Serving


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def runs_in_venv():
    """Do these tests run in the .venv that make would use, and would make leave it as it is?"""
    stamp, *sources = (ROOT / name for name in (".venv/installed", "requirements.txt", "pyproject.toml"))
    age = stamp.stat().st_mtime if stamp.exists() else 0
    current = all(source.stat().st_mtime <= age for source in sources)
    return current and os.path.realpath(sys.prefix) == os.path.realpath(setup_environment.VENV)


class Server:
    """`make read`, or what it calls where the environment is a reader's own, under a token of ours."""

    def __init__(self, plainly=(), folder=ROOT, **environment):
        """With `plainly`, a command that takes JupyterLab's arguments itself."""
        self.port, self.mark, self.token = free_port(), uuid.uuid4().hex, secrets.token_hex()
        self.url = f"http://127.0.0.1:{self.port}"
        arguments = f"--no-browser --port={self.port} --IdentityProvider.token={self.token}"
        environment = INHERITED | {"MLP_CORE_TEST": self.mark, "JUPYTER_ARGS": arguments} | environment
        command = [MAKE, "read"] if MAKE and runs_in_venv() else READ
        if plainly:
            command = [*plainly, *arguments.split()]
        # A terminal as its input: without one Jupyter does not ask whether Ctrl-C is meant.
        self.terminal, stdin = os.openpty()
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(stdin)

    def request(self, path, data=None, token=True, method=None):
        headers = {"Authorization": f"token {self.token}"} if token else {}
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(self.url + path, body, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.url, answer.read()

    def wait(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the server ended by itself"
            with contextlib.suppress(OSError):
                return self.request("/api/status")
            time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def start_kernel(self, chapter):
        session = {"path": f"chapters/{chapter}", "name": chapter, "type": "notebook"}
        _, answer = self.request("/api/sessions", session | {"kernel": {"name": "python3"}})
        return json.loads(answer)["kernel"]["id"]

    def processes(self):
        """Every process that this server started, by the mark in its environment; a zombie has none."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error, OSError):
                if process.environ().get("MLP_CORE_TEST") == self.mark:
                    found.append(process)
        return found

    def stop(self, how):
        """Stop as a terminal does, by a signal to the whole group, and return the processes left."""
        os.killpg(self.process.pid, how)
        self.process.wait(timeout=30)
        deadline = time.monotonic() + 5
        while self.processes() and time.monotonic() < deadline:
            time.sleep(0.1)
        return self.processes()


@contextlib.contextmanager
def serving(*arguments, **environment):
    server = Server(*arguments, **environment)
    try:
        server.wait()
        yield server
    finally:
        for process in server.processes():
            with contextlib.suppress(psutil.Error):
                process.kill()
        server.process.wait(timeout=60)
        os.close(server.terminal)


@pytest.fixture(scope="module")
def server():
    with serving() as running:
        yield running


class Kernel:
    """One kernel over the server's websocket, as a browser talks to it."""

    def __init__(self, server, kernel_id):
        address = f"ws://127.0.0.1:{server.port}/api/kernels/{kernel_id}/channels"
        self.session = uuid.uuid4().hex
        header = [f"Authorization: token {server.token}"]
        self.socket = websocket.create_connection(address, header=header, timeout=60)

    def run(self, source):
        """Execute one cell; what it printed, and its reply's status."""
        header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "session": self.session}
        header |= {"username": "reader", "version": "5.3", "date": "2026-01-01T00:00:00Z"}
        content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        self.socket.send(json.dumps(message | {"channel": "shell", "buffers": []}))
        printed, status, idle = "", None, False
        while status is None or not idle:
            kind, frame = self.socket.recv_data()
            if kind == websocket.ABNF.OPCODE_BINARY:  # a widget's picture, which is bytes and no JSON
                continue
            answer = json.loads(frame)
            if answer["parent_header"].get("msg_id") != header["msg_id"]:
                continue
            kind, content = answer["msg_type"], answer["content"]
            printed += content["text"] if kind == "stream" else ""
            status = content["status"] if kind == "execute_reply" else status
            idle = idle or (kind == "status" and content["execution_state"] == "idle")
        return printed, status


OUTPUT = new_output(
    "display_data", {WIDGET: {"model_id": "model-1"}, "text/html": '<img src="data:image/png;base64,AAAA">'}
)


def printed_in(cell):
    return "".join(joined(output.get("text", "")) for output in cell["outputs"])


@needs_groups
def test_the_first_cells_of_a_chapter_run_and_print_what_is_stored(server):
    path = chapter_paths()[0]
    cells = codes(read_chapter(path))[:5]
    kernel = Kernel(server, server.start_kernel(path.name))
    with contextlib.closing(kernel.socket):
        answers = [kernel.run(joined(cell["source"])) for cell in cells]
    assert any(printed_in(cell) for cell in cells)
    assert answers == [(printed_in(cell), "ok") for cell in cells]


@needs_groups
def test_without_the_token_nobody_gets_in(server):
    with pytest.raises(urllib.error.HTTPError) as refused:
        server.request("/api/contents/chapters", token=False)
    refused.value.close()
    assert refused.value.code == 403
    assert "/login" in server.request("/lab", token=False)[0]
    assert "chapters" in server.request("/api/contents")[1].decode()


@needs_groups
def test_the_first_page_asks_no_question_and_looks_nothing_up(server):
    _, answer = server.request("/lab/api/settings/@jupyterlab/apputils-extension:notification")
    settings = json.loads(answer)["schema"]["properties"]
    assert settings["fetchNews"]["default"] == "false"
    assert settings["checkForUpdates"]["default"] is False


@needs_groups
def test_it_listens_on_this_machine_only(server):
    processes = server.processes()
    sockets = [used for process in processes for used in process.net_connections("inet")]
    listening = [used.laddr for used in sockets if used.status == psutil.CONN_LISTEN]
    assert server.port in {address.port for address in listening}
    assert {address.ip for address in listening} == {"127.0.0.1"}


CONFIGURATION = "tools/lab/jupyter_server_config.py"


@pytest.fixture
def book(tmp_path):
    """What of the book the server needs, and a chapter whose explorer a reader has run."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("benchmarks"))
    shutil.copytree(ROOT / "figures", tmp_path / "figures", ignore=shutil.ignore_patterns("*.py", "*.gif"))
    (tmp_path / "README.md").write_text("# the book")
    (tmp_path / "chapters").mkdir()
    return tmp_path


LAB = [sys.executable, "-m", "jupyterlab"]
CHAPTER = f"chapters/{chapter_paths()[0].name}"


@needs_groups
def test_the_readmes_plain_line_serves_what_make_read_serves(book, tmp_path):
    shutil.copy(ROOT / CHAPTER, book / CHAPTER)
    drawings = re.findall(r"\(\.\./(figures/\S+?)\)", (ROOT / CHAPTER).read_text(encoding="utf-8"))
    assert drawings
    own = {name: str(tmp_path / "home") for name in ("JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR")}
    with serving([*LAB, f"--config={CONFIGURATION}", CHAPTER], book, **own) as server:
        for path in [*drawings, "README.md", CHAPTER]:
            assert server.request(f"/files/{path}")[1] == (book / path).read_bytes()
        _, answer = server.request("/lab/api/settings/@jupyterlab/apputils-extension:notification")
        assert json.loads(answer)["schema"]["properties"]["fetchNews"]["default"] == "false"
        run = new_notebook(cells=[new_code_cell("x", outputs=[OUTPUT])], metadata=METADATA)
        model = {"type": "notebook", "format": "json", "content": run}
        server.request("/api/contents/chapters/run.ipynb", model, method="PUT")
        assert server.stop(signal.SIGINT) == []
    saved = json.loads((book / "chapters" / "run.ipynb").read_text(encoding="utf-8"))
    assert "model-1" in saved["metadata"]["widgets"][saved_copy.STATE]["state"]


@needs_groups
def test_a_second_reader_is_told_that_the_port_is_in_use(server):
    assert len(refusal(JUPYTER_ARGS=f"--no-browser --port={server.port}")) == 1


@needs_groups
@pytest.mark.parametrize(
    "how",
    [
        signal.SIGINT,
        pytest.param(signal.SIGTERM, marks=pytest.mark.slow),
        pytest.param(getattr(signal, "SIGHUP", None), marks=pytest.mark.slow, id="a closed terminal"),
    ],
)
def test_stopping_it_leaves_no_process(how):
    with serving() as server:
        kernel = Kernel(server, server.start_kernel(chapter_paths()[0].name))
        with contextlib.closing(kernel.socket):
            assert kernel.run("print(1 + 1)") == ("2\n", "ok")
        assert len(server.processes()) >= 2
        assert server.stop(how) == []


# What is seen first


def test_the_first_window_shows_contents_and_a_reader_s_own_arrangement_stays(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTERLAB_WORKSPACES_DIR", str(tmp_path / "kept"))
    assert first_look.workspaces() == str(tmp_path / "kept")
    kept = WorkspacesManager(str(tmp_path / "kept"))
    first = kept.load(first_look.NAME)["data"]
    assert first["layout-restorer:data"]["left"]["current"].startswith("@jupyterlab/toc")
    kept.save(first_look.NAME, json.dumps({"data": {"mine": 1}, "metadata": {"id": first_look.NAME}}))
    first_look.workspaces()
    assert kept.load(first_look.NAME)["data"] == {"mine": 1}
    monkeypatch.delenv("JUPYTERLAB_WORKSPACES_DIR")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "environment"))
    assert first_look.workspaces().startswith(str(tmp_path / "environment"))
