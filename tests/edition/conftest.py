"""The pages for the web, made once, and Chromium in front of them."""

import os
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec

import browser_lab
import pytest

from tools.setup_browser import BY_HAND, chromium


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the pages."""
    web = pytest.importorskip("tools.edition.web.__main__", reason="`make web` installs Sphinx")
    folder = tmp_path_factory.mktemp("web")
    assert web.make(folder) == ""
    return folder / "html"


@pytest.fixture(scope="session")
def served(site):
    """Their address on a server that serves files and no more."""

    class Silent(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def chrome(site):
    """Chromium; without one the tests are left out, or fail where it is asked for."""
    reason = None if chromium() else f"no Chromium is installed; {BY_HAND}"
    reason = reason if find_spec("playwright") else "playwright is not installed"
    if reason and os.environ.get("MLP_REQUIRE_BROWSER") == "1":
        pytest.fail(f"MLP_REQUIRE_BROWSER is set and {reason}")
    if reason:
        pytest.skip(f"browser tests left out: {reason}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium(), args=browser_lab.FLAGS)
        yield started
        started.close()
