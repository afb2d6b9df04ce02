"""JupyterLab as `make read` serves it, and Chromium in front of it: what the browser tests stand on."""

import base64
import contextlib
import io
import json
import os
import pickle
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import numpy as np
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WINDOW = {"width": 1280, "height": 900}
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class Lab:
    """`make read` on a copy of the book, behind a token, with a home of its own: nothing in it is trusted."""

    def __init__(self, folder):
        self.folder, self.token = Path(folder), secrets.token_hex()
        shutil.copytree(ROOT / "tools", self.folder / "tools")
        for part in ("chapters", "figures"):
            shutil.copytree(ROOT / part, self.folder / part)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        own = {name: self.folder / "home" / name for name in ("config", "data", "settings", "workspaces")}
        self.environment = os.environ | {
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
            "OPENBLAS_NUM_THREADS": "1",
            "JUPYTER_CONFIG_DIR": str(own["config"]),
            "JUPYTER_DATA_DIR": str(own["data"]),
            "JUPYTERLAB_SETTINGS_DIR": str(own["settings"]),
            "JUPYTERLAB_WORKSPACES_DIR": str(own["workspaces"]),
            "IPYTHONDIR": str(self.folder / "home" / "ipython"),
            "JUPYTER_ARGS": f"--no-browser --port={port} --IdentityProvider.token={self.token} "
            "--LabApp.expose_app_in_browser=True",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tools.read"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def wait(self):
        """Return when it answers."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "the server ended by itself"
            with contextlib.suppress(OSError):
                return urllib.request.urlopen(f"{self.url}/api/status?token={self.token}", timeout=5).close()
            time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def stop(self):
        """End the server and its kernels."""
        self.process.terminate()
        self.process.wait(timeout=30)

    def write(self, name, *sources):
        """Write a notebook of code cells below one of text, as a chapter is, and return its path."""
        cells = [new_markdown_cell(f"# {name}"), *map(new_code_cell, sources)]
        for number, cell in enumerate(cells, start=1):
            cell["id"] = f"cell-{number:02}"
        path = self.folder / "chapters" / name
        notebook = new_notebook(cells=cells, metadata=nbformat.from_dict(METADATA))
        path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
        return path

    def trust(self, path):
        """Do as `jupyter trust` does."""
        command = [sys.executable, "-m", "nbformat.sign", path]
        subprocess.run(command, env=self.environment, check=True, capture_output=True)


class Page:
    """One window of JupyterLab; `errors` is what the console and the scripts complained of."""

    def __init__(self, browser, lab):
        self.lab, self.errors = lab, []
        self.page = browser.new_page(viewport=WINDOW)
        self.devices = self.page.context.new_cdp_session(self.page)
        self._put_on()
        self.page.on(
            "console",
            lambda said: said.type == "error" and self.errors.append(f"{said.text} {said.location}"),
        )
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path):
        """Load the page anew with a notebook of the folder `chapters`."""
        address = f"{self.lab.url}/lab/tree/chapters/{Path(path).name}?token={self.lab.token}&reset"
        self.page.goto(address)
        return Notebook(self)

    def look_at(self, path):
        """Open a notebook in a tab of its own, in the page that is there or a new one."""
        if self.page.url == "about:blank":
            return self.open(path)
        name = Path(path).name
        opening = "window.jupyterapp.commands.execute('docmanager:open', {path: `chapters/${name}`})"
        self.page.evaluate(f"async name => {{ await {opening}; }}", name)
        self.page.wait_for_function(f"name => {PANEL}?.context?.path === `chapters/${{name}}`", arg=name)
        return Notebook(self)

    @contextlib.contextmanager
    def screen(self, ratio=1, **window):
        """Put the window on another screen, or make it narrower, for a while."""
        # One pixel higher: this emulation says nothing to a page whose ratio alone changes.
        self._put_on(ratio, **{"height": WINDOW["height"] + 1} | window)
        try:
            yield
        finally:
            self._put_on()

    def _put_on(self, ratio=1, **window):
        screen = WINDOW | window | {"deviceScaleFactor": ratio, "mobile": False}
        self.devices.send("Emulation.setDeviceMetricsOverride", screen)

    def close(self):
        """Close the window."""
        self.page.close()


class Notebook:
    """The notebook in front."""

    def __init__(self, window):
        self.window, self.page = window, window.page
        self.page.wait_for_selector(".jp-Notebook:visible .jp-Cell", timeout=60_000)
        self.page.wait_for_function(f"() => {PANEL}?.context.isReady && {PANEL}.sessionContext.isReady")
        ready = f"await {PANEL}.context.ready; await {PANEL}.sessionContext.ready;"
        self.page.evaluate(f"async () => {{ {ready} }}")

    def run_all(self):
        """Run every cell from the menu, and wait for the kernel."""
        self.page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")
        waiting = (
            f"() => [...{PANEL}.node.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]"
            ".filter(prompt => !prompt.matches('.jp-Placeholder-prompt'))"  # a hidden source has none
            ".every(prompt => /\\d/.test(prompt.textContent))"
        )
        self.page.wait_for_function(waiting, timeout=60_000)

    def save(self):
        """Save as a reader does, and wait until it is written."""
        written = f"""() => {{ window.written = new Promise(done => {PANEL}.context.saveState.connect(
            (_, state) => state.startsWith('completed') && done(state))); }}"""
        self.page.evaluate(written)
        self.page.locator(".jp-Notebook .jp-MarkdownCell").first.click()
        self.page.keyboard.press("Control+s")
        self.page.evaluate("() => window.written")

    def restart_kernel(self):
        """Restart the notebook's kernel: it forgets everything."""
        self.page.evaluate(f"async () => {{ await {PANEL}.sessionContext.session.kernel.restart(); }}")

    def end_kernel(self):
        """Shut the notebook's kernel down."""
        self.page.evaluate(f"async () => {{ await {PANEL}.sessionContext.shutdown(); }}")

    def ask(self, expression):
        """Return the value of an expression in the kernel; what the page sent before is done by then."""
        code = f"import base64, pickle; print(base64.b64encode(pickle.dumps({expression})).decode())"
        printed = self.page.evaluate(
            f"""async code => {{
                const kernel = {PANEL}.sessionContext.session.kernel;
                const future = kernel.requestExecute({{code, store_history: false, stop_on_error: true}});
                let printed = '';
                future.onIOPub = message => {{
                    if (message.header.msg_type === 'stream') printed += message.content.text;
                    if (message.header.msg_type === 'error') printed += message.content.evalue;
                }};
                await future.done;
                return printed;
            }}""",
            code,
        )
        return pickle.loads(base64.b64decode(printed))

    def output(self, cell):
        """The output of a code cell, by its place among them."""
        return self.page.locator(".jp-Notebook:visible .jp-CodeCell").nth(cell).locator(".jp-Cell-outputArea")

    def stored_picture(self, cell):
        """Scroll to a stored picture, wait for it, and return its natural width."""
        image = self.output(cell).locator(".jp-RenderedHTML img")
        image.scroll_into_view_if_needed()
        return natural_width(image)

    def explorer(self, cell):
        """The live explorer under a code cell."""
        box = self.output(cell).locator(".mlp-explorer")
        box.wait_for(state="attached", timeout=20_000)
        box.scroll_into_view_if_needed()
        assert natural_width(box.locator("img").first)
        return Shown(self, box)


PANEL = "window.jupyterapp?.shell.currentWidget"


def natural_width(image):
    """Wait until an image is decoded, and return its width in its own pixels."""
    image.wait_for(timeout=20_000)
    # An explorer may put the next picture in while this one is decoded, which rejects `decode`: then again.
    return image.evaluate(
        """async image => {
            for (let trial = 1; ; trial += 1)
                try { await image.decode(); return image.naturalWidth; }
                catch (error) { if (trial === 20) throw error; await new Promise(go => setTimeout(go, 250)); }
        }"""
    )


class Shown:
    """An explorer on the page: its picture, and the elements that the keyboard reaches."""

    def __init__(self, notebook, box):
        self.notebook, self.page, self.box = notebook, notebook.page, box

    def png(self):
        """Return the pixels of the PNG that is shown, RGBA."""
        encoded = self.box.locator("img").first.evaluate(
            """async image => {
                const bytes = new Uint8Array(await (await fetch(image.src)).arrayBuffer());
                let text = '';
                for (const byte of bytes) text += String.fromCharCode(byte);
                return btoa(text);
            }"""
        )
        return pixels(base64.b64decode(encoded))

    def enter(self):
        """Put the keyboard's focus on the first element, and describe it."""
        self.box.evaluate(f"box => ({REACHED})(box)[0].focus()")
        return self.focused()

    def next(self):
        """Press Tab, and describe the element that it leads to; None once it has left the explorer."""
        self.page.keyboard.press("Tab")
        return self.focused()

    def focused(self):
        """Describe the element with the keyboard's focus; None outside of the explorer."""
        return self.box.evaluate(DESCRIBE)

    def said(self):
        """Return all that can be read on the page beside the picture."""
        return self.box.inner_text()


REACHED = """box => [...box.querySelectorAll("button, input, select, [tabindex='0'], [contenteditable=true]")]
    .filter(element => !element.disabled && element.offsetParent !== null)"""
DESCRIBE = f"""box => {{
    const at = document.activeElement;
    if (!box.contains(at)) return null;
    const widget = at.closest('.jupyter-widgets') ?? at;
    const group = at.closest('.widget-toggle-buttons');
    const label = (group ?? widget).querySelector('.widget-label, label');
    const order = ({REACHED})(box);
    return {{
        place: order.indexOf(at), among: order.length,
        label: label?.textContent.trim() || at.ariaLabel || at.textContent.trim() || at.title,
        tooltip: at.title,
        name: at.ariaLabel || at.labels?.[0]?.textContent || at.title || at.textContent.trim(),
    }};
}}"""


@contextlib.contextmanager
def run_alone(browser, lab, path, shown):
    """The notebook at a path after Run All, in a window of its own, which must leave no error.

    `shown` selects what the output of its second cell must show before it counts as run.
    """
    window = Page(browser, lab)
    notebook = window.open(path)
    notebook.run_all()
    notebook.output(1).locator(shown).first.wait_for()
    yield notebook
    errors = list(window.errors)
    window.close()
    assert errors == []


def copy_of(path, name):
    """Return a copy under another name, and with it for a first line: trust goes by what a notebook holds."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = [f"# {name}"]
    made = path.with_name(name)
    text = json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False)
    made.write_text(text + "\n", encoding="utf-8")
    return made


def pixels(png):
    """Return a PNG's rows of pixels, RGBA."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA")).astype(int)
