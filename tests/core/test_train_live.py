"""train where people run it: in a terminal and in a live kernel, with tqdm's bar, interrupted for real."""

import os
import re
import select
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

import mlp_core

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="terminals and signals of a Unix system")

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(mlp_core.__file__).parent.parent)}
# Says "learning" in the 50th step: from there on an interrupt comes in the middle of learning. A shell's
# background job hands on an ignored SIGINT; the first line takes it back, as a terminal would have it.
PREPARE = """
import itertools, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
import numpy as np
from mlp_core import Activation, MLP, TANH, one_hot, train
steps = itertools.count(1)
def f(t):
    if next(steps) == 50:
        print("learning", flush=True)
    return np.tanh(t)
x = np.random.default_rng(0).normal(size=(500, 20))
r = one_hot(np.arange(500) % 3, 3)
network = MLP.initialize((20, 30, 3), Activation("f", f, TANH.derivative))
def learn(epochs, progress):
    result = train(network, x, r, epochs=epochs, batch_size=50, learning_rate=0.01, progress=progress)
    learned = (result.mlp.weights[0] != network.weights[0]).any() and np.isfinite(result.mlp.weights[0]).all()
    print(f"[{result.stopped}, {len(result.train_loss) >= 5}, {learned}]")
"""
SO_FAR = "[interrupted, True, True]"


def for_ever(progress):
    return f"{PREPARE}\nlearn(epochs=10**9, progress={progress})"


def eight_epochs(progress):
    return f"{PREPARE}\nlearn(epochs=8, progress={progress})"


# ---------------------------------------------------------------- a plain process


@pytest.mark.parametrize("progress", [True, False])
def test_sigint_gives_the_result_so_far_and_a_warning(progress):
    command = [sys.executable, "-c", for_ever(progress)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=ENVIRONMENT, **pipes) as process:
        try:
            assert process.stdout.readline() == "learning\n"
            process.send_signal(signal.SIGINT)
            printed, errors = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 0, errors
    assert printed == f"{SO_FAR}\n"
    assert re.search(r"UserWarning: Interrupted in epoch \d+ of 1000000000\. The result is", errors)
    assert "Traceback" not in errors
    assert "RuntimeWarning" not in errors


def test_tqdm_is_imported_for_the_bar_alone():
    said = "print('tqdm' in sys.modules)"
    script = f"{PREPARE}\nlearn(2, False)\n{said}\nlearn(2, True)\n{said}"
    done = subprocess.run(
        [sys.executable, "-c", script], env=ENVIRONMENT, capture_output=True, text=True, timeout=60
    )
    assert re.findall("True$|False$", done.stdout, re.MULTILINE) == ["False", "True"], (
        done.stdout + done.stderr
    )


# ---------------------------------------------------------------- a real terminal


# The child makes the terminal its controlling one itself: code between fork and exec is not safe beside JAX.
CONTROLLED = "import fcntl, termios\nfcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"


def in_a_terminal(script, press=None):
    """Run `script` at a terminal of its own; press keys once it says "learning"; return what stood there."""
    import fcntl
    import termios

    terminal, end = os.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 90, 0, 0))

    process = subprocess.Popen(
        [sys.executable, "-c", CONTROLLED + script],
        env=ENVIRONMENT,
        stdin=end,
        stdout=end,
        stderr=end,
        start_new_session=True,
    )
    os.close(end)
    shown, deadline = b"", time.monotonic() + 60
    try:
        while time.monotonic() < deadline:
            if select.select([terminal], [], [], 0.1)[0]:
                try:
                    part = os.read(terminal, 65536)
                except OSError:  # Linux's word for the end of a terminal
                    part = b""
                if not part:
                    break
                shown += part
            if press and b"learning" in shown:
                os.write(terminal, press)
                press = None
    finally:
        if time.monotonic() > deadline:
            process.kill()
        code = process.wait(timeout=60)
        os.close(terminal)
    assert code == 0, shown
    return shown.decode().replace("\r\n", "\n")


def test_the_bar_in_a_terminal_counts_epochs_to_the_end():
    shown = in_a_terminal(eight_epochs(True))
    assert re.search(r"\r100%\|█+\| 8/8 \[\d\d:\d\d<00:00, +[\d.]+epoch/s\]", shown), shown
    assert shown.rstrip().endswith("[finished, True, True]")


def test_without_progress_the_terminal_stays_empty():
    assert in_a_terminal(eight_epochs(False)) == "learning\n[finished, True, True]\n"


def test_ctrl_c_in_a_terminal_gives_the_result_so_far():
    shown = in_a_terminal(for_ever(True), press=b"\x03")
    assert shown.rstrip().endswith(SO_FAR), shown
    assert "UserWarning: Interrupted in epoch " in shown
    assert "Traceback" not in shown


# ---------------------------------------------------------------- a live kernel


def test_a_kernel_s_interrupt_gives_the_result_so_far():
    manager = pytest.importorskip("jupyter_client.manager")
    kernel, client = manager.start_new_kernel(kernel_name="python3", env=ENVIRONMENT)
    printed, warned = "", ""
    try:
        request = client.execute(for_ever(True))
        interrupted = False
        while True:
            message = client.get_iopub_msg(timeout=60)
            if message["parent_header"].get("msg_id") != request:
                continue
            kind, content = message["msg_type"], message["content"]
            assert kind != "error", content
            if kind == "stream":
                printed += content["text"] if content["name"] == "stdout" else ""
                warned += content["text"] if content["name"] == "stderr" else ""
            if "learning" in printed and not interrupted:
                kernel.interrupt_kernel()
                interrupted = True
            if kind == "status" and content["execution_state"] == "idle":
                break
        assert client.get_shell_msg(timeout=60)["content"]["status"] == "ok"
    finally:
        client.stop_channels()
        kernel.shutdown_kernel(now=True)
    assert printed.splitlines()[-1] == SO_FAR
    assert "UserWarning: Interrupted in epoch " in warned


def run_in_a_kernel(source):
    """Run one cell with nbclient; return its outputs and the state of its widgets."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute(env=ENVIRONMENT)
    widgets = notebook.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {})
    return notebook.cells[0].outputs, [model["state"] for model in widgets.get("state", {}).values()]


def test_the_bar_in_a_live_kernel_is_a_widget_that_counts_epochs_to_the_end():
    pytest.importorskip("ipywidgets")
    outputs, states = run_in_a_kernel(eight_epochs(True))
    views = [output for output in outputs if output.output_type == "display_data"]
    assert ["application/vnd.jupyter.widget-view+json" in view.data for view in views] == [True]
    (bar,) = [state for state in states if state["_model_name"] == "FloatProgressModel"]
    assert (bar["value"], bar["max"], bar["bar_style"]) == (8, 8, "success")
    said = [state["value"] for state in states if state["_model_name"] == "HTMLModel"]
    assert "100%" in said
    assert any(re.match(r"\s8/8\s\[.*epoch/s\]$", text) for text in said), said


def test_without_progress_the_cell_stays_empty():
    outputs, states = run_in_a_kernel(eight_epochs(False))
    assert {(output.output_type, output.get("name")) for output in outputs} == {("stream", "stdout")}
    assert "".join(output.text for output in outputs) == "learning\n[finished, True, True]\n"
    assert states == []
