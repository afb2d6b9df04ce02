"""An interpreter that has the libraries imported and our package not: each run of pytest is a fork of it.

A program (`python -P warm_interpreter.py`), started by `planted.py`. It reads a request a line and answers
each with a line, both JSON. Its chapters run in a shell of IPython within the process, in place of nbval's
kernel: starting kernels would take longer than their cells do.
"""

import contextlib
import importlib
import io
import json
import os
import resource
import signal
import sys
from collections import deque
from types import SimpleNamespace

LIBRARIES = (
    "array_api_strict",
    "hypothesis.extra.numpy",
    "interegular",
    "ipywidgets",
    "lark",
    "matplotlib.backends.backend_agg",
    "matplotlib.figure",
    "nbval.plugin",
    "numpy.testing",
    "pytest",
    "sklearn.datasets",
    "sklearn.model_selection",
    "sklearn.neural_network",
)
SECONDS = 300  # of computing; a run that sleeps is stopped after four times as long


class Stream(io.TextIOBase):
    """Standard output or error of a cell, as messages."""

    def __init__(self, name, send):
        self.name, self.send = name, send

    def writable(self):
        return True

    def write(self, text):
        self.send("stream", name=self.name, text=text)
        return len(text)


class Calls:
    """Within `with`, the code of every function that is called is kept, if that is asked for."""

    def __init__(self, asked):
        self.asked, self.codes = asked, set()

    def __enter__(self):
        if self.asked:
            sys.setprofile(lambda frame, event, _: event == "call" and self.codes.add(frame.f_code))

    def __exit__(self, *_):
        sys.setprofile(None)

    def within(self, folder):
        """Return [file, first line] of each function of the package that was called."""
        found = {(os.path.relpath(code.co_filename, folder), code.co_firstlineno) for code in self.codes}
        return sorted(place for place in found if not place[0].startswith(os.pardir))


class Kernel:
    """What nbval asks of its RunningKernel, by a shell in this process: messages wait in a queue."""

    calls = Calls(False)

    def __init__(self, kernel_name, cwd=None, startup_timeout=None):
        from IPython.core.displayhook import DisplayHook
        from IPython.core.displaypub import DisplayPublisher
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        send = self.send

        class Publisher(DisplayPublisher):
            def publish(self, data, metadata=None, *, update=False, **_):
                send("update_display_data" if update else "display_data", data=data, metadata=metadata or {})

        class Hook(DisplayHook):
            def __call__(self, result=None):
                if result is not None and not self.quiet():
                    self.update_user_ns(result)
                    data, metadata = self.compute_format_data(result)
                    send("execute_result", data=data, metadata=metadata, execution_count=1)

        class Shell(InteractiveShell):
            def _showtraceback(self, kind, value, lines):
                send("error", ename=kind.__name__, evalue=str(value), traceback=lines)

        os.chdir(cwd)
        os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
        settings = Config({"HistoryManager": {"enabled": False}})
        self.shell = Shell.instance(config=settings, display_pub_class=Publisher, displayhook_class=Hook)
        self.shell.kernel = SimpleNamespace(
            get_parent=lambda: {"metadata": {}, "header": {"msg_id": self.id}}
        )
        self.id, self.messages = 0, deque()

    def send(self, kind, **content):
        self.messages.append({"msg_type": kind, "content": content, "parent_header": {"msg_id": self.id}})

    def execute_cell_input(self, source, allow_stdin=None):
        self.id += 1
        stdout, stderr = (Stream(name, self.send) for name in ("stdout", "stderr"))
        with contextlib.redirect_stdout(stdout), contextlib.redirect_stderr(stderr), self.calls:
            self.shell.run_cell(source, store_history=False)
        self.send("status", execution_state="idle")
        return self.id

    def get_message(self, stream, timeout=None):
        return self.messages.popleft()

    def await_reply(self, msg_id, timeout=None):
        """A cell has run when execute_cell_input returns."""

    def await_idle(self, parent_id, timeout):
        self.messages.clear()

    def is_alive(self):
        return True

    def stop(self):
        """The process ends with its one chapter."""


class First:
    """The first test that failed, or the first file of tests that could not be read."""

    name = ""

    def pytest_collectreport(self, report):
        self.pytest_runtest_logreport(report)

    def pytest_runtest_logreport(self, report):
        if report.failed and not self.name:
            self.name = report.nodeid


def run(folder, arguments, calls=False):
    """Run pytest in `folder` on the copy of the package there; return what is answered."""
    import nbval.plugin
    import pytest

    os.chdir(folder)
    os.environ["PYTHONPATH"] = folder
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    nbval.plugin.RunningKernel = Kernel
    Kernel.calls = Calls(calls)
    first = First()
    always = ["-x", "--color=no", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:xdist"]
    code = int(pytest.main([*always, *arguments], plugins=[first]))
    package = sys.modules["mlp_core"].__file__ if "mlp_core" in sys.modules else None
    called = Kernel.calls.within(os.path.dirname(package)) if package else []
    return {"code": code, "first": first.name, "package": package, "called": called}


def forked(log, **request):
    """Run pytest in a fork; its output goes to the file `log`."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        with open(log, "wb") as file, open(os.devnull, "rb") as nothing:
            for number, target in ((0, nothing), (1, file), (2, file)):
                os.dup2(target.fileno(), number)
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
        signal.alarm(4 * SECONDS)
        said = json.dumps(run(**request))
        sys.stdout.flush()
        os.write(writer, said.encode())
        os._exit(0)
    os.close(writer)
    with open(reader, encoding="utf-8") as answer:
        said = answer.read()
    _, status, usage = os.wait4(child, 0)
    answer = json.loads(said) if said else {"code": f"none, its process ended with {status}"}
    return answer | {"seconds": usage.ru_utime + usage.ru_stime}


def main():
    for name in LIBRARIES:
        importlib.import_module(name)
    assert "mlp_core" not in sys.modules
    for line in sys.stdin:
        print(json.dumps(forked(**json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
