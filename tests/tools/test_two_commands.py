"""`make read` and `make test`: what they install, what they refuse, and that nothing stays behind."""

import ast
import contextlib
import json
import os
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
import read
import setup_environment
import websocket
from chapter_checks import ROOT, chapter_paths, codes, joined
from chapter_checks import read as read_chapter

MAKE = shutil.which("make")
needs_make = pytest.mark.skipif(MAKE is None, reason="make is not installed")
needs_groups = pytest.mark.skipif(
    os.name == "nt", reason="Windows has no process groups to stop as Ctrl-C does"
)

# What a make above this one hands down is not for the make under test.
INHERITED = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}


# Installing


@pytest.fixture
def installer(tmp_path, monkeypatch):
    """setup_environment in an empty folder, with a log of what it would do instead of doing it."""
    for name in ("requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    log = []

    def create():
        (tmp_path / ".venv").mkdir(exist_ok=True)
        for left in (tmp_path / ".venv").iterdir():
            left.unlink()
        log.append("create")

    monkeypatch.setattr(setup_environment, "ROOT", str(tmp_path))
    monkeypatch.setattr(setup_environment, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(setup_environment, "create", create)
    monkeypatch.setattr(setup_environment, "install", lambda dev: log.append("dev" if dev else "install"))
    monkeypatch.setattr(setup_environment, "version_in_venv", lambda: "3.11" if log else None)

    def run(*arguments):
        before = len(log)
        setup_environment.main(list(arguments))
        return log[before:]

    run.folder, run.log = tmp_path, log
    return run


def test_a_second_run_installs_nothing(installer):
    assert installer() == ["create", "install"]
    assert installer() == []


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_a_changed_file_is_installed_into_the_same_environment(installer, name):
    installer()
    with open(installer.folder / name, "a") as file:
        file.write("# changed\n")
    assert installer() == ["install"]
    assert installer() == []


def test_a_moved_checkout_is_installed_again(installer, monkeypatch):
    installer()
    stamp = str(installer.folder / ".venv" / "installed")
    assert setup_environment.is_current(stamp)
    moved = shutil.copytree(installer.folder, installer.folder.with_name("elsewhere"))
    monkeypatch.setattr(setup_environment, "ROOT", str(moved))
    assert not setup_environment.is_current(stamp)


def test_the_slow_tests_tools_are_installed_once_and_serve_the_reader_too(installer):
    assert installer("--dev") == ["create", "dev"]
    assert installer("--dev") == installer() == []


def test_the_tools_are_added_to_a_readers_environment(installer):
    installer()
    assert installer("--dev") == ["dev"]
    assert installer("--dev") == []


def test_an_interrupted_installation_is_done_anew(installer, monkeypatch):
    def broken(dev):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(setup_environment, "install", broken)
        with pytest.raises(KeyboardInterrupt):
            installer()
    assert installer() == ["create", "install"]
    assert installer() == []


def test_an_interrupted_addition_of_the_tools_is_done_anew(installer, monkeypatch):
    installer()
    with monkeypatch.context() as patch:
        patch.setattr(setup_environment, "install", lambda dev: setup_environment.stop("no network"))
        with pytest.raises(SystemExit):
            installer("--dev")
    assert installer("--dev") == ["create", "dev"]


def test_a_removed_base_python_makes_the_environment_anew(installer, monkeypatch):
    installer()
    monkeypatch.setattr(setup_environment, "version_in_venv", lambda: None)
    assert installer() == ["create", "install"]


def test_a_python_that_was_named_replaces_another(installer, monkeypatch):
    installer()
    monkeypatch.setattr(setup_environment, "version_in_venv", lambda: "3.99")
    assert installer() == []
    assert installer("--named") == ["create", "install"]


def test_an_environment_made_by_hand_is_not_made_anew(installer):
    (installer.folder / ".venv").mkdir()
    installer.log.append("by hand")
    assert installer() == ["install"]


def test_an_older_python_ends_in_one_line(monkeypatch, capsys):
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
        with pytest.raises(SystemExit) as stopped:
            setup_environment.main([])
    said = capsys.readouterr()
    assert stopped.value.code == 1
    assert said.out == ""
    assert said.err.startswith("Python 3.11 or newer is needed; ")
    assert " is 3.9.2. " in said.err
    assert said.err.count("\n") == 1


def test_an_older_python_can_read_the_script_that_refuses_it():
    source = (ROOT / "tools" / "setup_environment.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 4))
    novelties = (ast.JoinedStr, ast.NamedExpr, ast.AnnAssign, ast.Match)
    assert not [node for node in ast.walk(tree) if isinstance(node, novelties)]
    assert source.isascii()


def test_a_python_without_its_venv_module_ends_in_one_line(monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    with pytest.raises(SystemExit):
        setup_environment.main([])
    said = capsys.readouterr().err
    assert "apt install python3-venv" in said
    assert said.count("\n") == 1


def stub(path, script):
    path.write_text("#!/bin/sh\n" + script)
    path.chmod(0o755)


OLD = 'case "$1 $2" in "-c ") exit 0;; -c*) exit 1;; esac\necho "started by the old one: $@"\n'
NEW = 'case "$1" in -c) exit 0;; esac\necho "started by the new one: $@"\n'


@needs_make
@pytest.mark.parametrize(
    ("pythons", "arguments", "said"),
    [
        ({"python3": OLD, "python3.12": NEW}, [], "started by the new one: tools/setup_environment.py"),
        ({"python3": OLD}, [], "started by the old one: tools/setup_environment.py"),
        (
            {"python3": OLD, "mine": NEW},
            ["PYTHON=mine"],
            "started by the new one: tools/setup_environment.py --named",
        ),
        ({}, [], "Python 3.11 or newer is needed; no Python was found."),
    ],
    ids=["the first that is new enough", "an old one says what is needed", "the one named", "none"],
)
def test_make_finds_a_python(tmp_path, pythons, arguments, said):
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "bin").mkdir()
    for name, script in pythons.items():
        stub(tmp_path / "bin" / name, script)
    (tmp_path / "bin" / "sh").symlink_to(shutil.which("sh"))
    done = subprocess.run(
        [MAKE, "environment", *arguments],
        cwd=tmp_path,
        env={"PATH": str(tmp_path / "bin")},
        capture_output=True,
        text=True,
    )
    assert said in (done.stdout + done.stderr).splitlines()


# Refusing


def refusal(**environment):
    """What read.py says before it ends, as lines."""
    command = [sys.executable, ROOT / "tools" / "read.py"]
    done = subprocess.run(command, capture_output=True, text=True, env=INHERITED | environment, timeout=60)
    assert done.returncode == 1
    return (done.stdout + done.stderr).splitlines()


@pytest.mark.parametrize("arguments", ["--ServerApp.token=", "--IdentityProvider.token ''", "--token=''"])
def test_an_empty_token_is_refused(arguments):
    with pytest.raises(ValueError, match="empty token"):
        read.server_arguments(shlex.split(arguments))


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
    current = setup_environment.is_current(os.path.join(setup_environment.VENV, "installed"))
    return current and os.path.realpath(sys.prefix) == os.path.realpath(setup_environment.VENV)


class Server:
    """`make read`, or its script where the environment is one of the reader's own, under a token of ours."""

    def __init__(self, port, mark):
        self.port, self.mark, self.token = port, mark, secrets.token_hex()
        self.url = f"http://127.0.0.1:{port}"
        arguments = f"--no-browser --port={port} --IdentityProvider.token={self.token}"
        environment = INHERITED | {"MLP_CORE_TEST": mark, "JUPYTER_ARGS": arguments}
        command = [MAKE, "read"] if MAKE and runs_in_venv() else [sys.executable, ROOT / "tools" / "read.py"]
        # A terminal as its input: without one Jupyter does not ask whether Ctrl-C is meant.
        self.terminal, stdin = os.openpty()
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment,
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(stdin)

    def request(self, path, data=None, token=True):
        headers = {"Authorization": f"token {self.token}"} if token else {}
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(self.url + path, body, headers)
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
def serving():
    server = Server(free_port(), uuid.uuid4().hex)
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
            answer = json.loads(self.socket.recv())
            if answer["parent_header"].get("msg_id") != header["msg_id"]:
                continue
            kind, content = answer["msg_type"], answer["content"]
            printed += content["text"] if kind == "stream" else ""
            status = content["status"] if kind == "execute_reply" else status
            idle = idle or (kind == "status" and content["execution_state"] == "idle")
        return printed, status


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


# In a fresh clone


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """The last commit in a folder of its own."""
    if MAKE is None or shutil.which("git") is None:
        pytest.skip("make and git are needed")
    folder = tmp_path_factory.mktemp("fresh") / "clone"
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    return folder


def make(folder, *arguments, **environment):
    start = time.perf_counter()
    command = [MAKE, *arguments]
    env = INHERITED | environment
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=900)
    return done, time.perf_counter() - start


@pytest.mark.slow
def test_no_network_ends_in_one_line_and_is_mended_by_the_next_run(clone, print_table):
    nowhere = f"http://127.0.0.1:{free_port()}"
    done, _ = make(clone, "environment", https_proxy=nowhere, http_proxy=nowhere, no_proxy="")
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert done.returncode != 0
    assert said == [
        "Could not reach the package index (is there a network?); pip's words are in .venv/pip.log."
    ]

    done, _ = make(clone, "environment")
    assert done.returncode == 0, done.stderr
    log = clone / ".venv" / "pip.log"
    written = log.stat().st_mtime_ns
    done, seconds = make(clone, "environment")
    assert (done.returncode, done.stdout) == (0, "")
    assert log.stat().st_mtime_ns == written
    print_table("make, when there is nothing to install", [f"{seconds:.2f} s"])

    python = clone / ".venv" / "bin" / "python"
    found = subprocess.check_output(
        [python, "-c", "import mlp_core; print(mlp_core.__file__)"], cwd="/", text=True
    )
    assert found.strip() == str(clone / "mlp_core" / "__init__.py")
