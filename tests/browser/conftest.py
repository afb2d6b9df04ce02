"""Chromium in front of the book; without one these tests are left out, or fail where it is asked for."""

import os
from importlib.util import find_spec

import browser_lab
import pytest

from mlp_core import explorers
from tools import execute
from tools.setup_browser import BY_HAND, chromium


def pytest_collection_modifyitems(items):
    """Put these last: the loop of Chromium's driver goes on, and other tests start loops of their own."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def missing():
    """What is missing for these tests; None if nothing is."""
    if find_spec("playwright") is None:
        return "playwright is not installed; `make test-slow` installs it"
    return None if chromium() else f"no Chromium is installed; {BY_HAND}"


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """JupyterLab, as `make read` serves it."""
    reason = missing()
    if reason and os.environ.get("MLP_REQUIRE_BROWSER") == "1":
        pytest.fail(f"MLP_REQUIRE_BROWSER is set and {reason}")
    if reason:
        pytest.skip(f"browser tests left out: {reason}")
    server = browser_lab.Lab(tmp_path_factory.mktemp("read") / "book")
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def book(lab):
    """The path of a notebook that shows every explorer, stored by `make execute`; by name, in variables."""
    shown = [f"{name.lower()} = {name}()\n{name.lower()}" for name in explorers.EXPLORERS]
    path = lab.write("90_explorers.ipynb", "from mlp_core.explorers import *", *shown)
    execute.run(path)
    return path


@pytest.fixture(scope="session")
def browser(lab, book):
    """Chromium."""
    from playwright.sync_api import sync_playwright

    lab.wait()
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium(), args=browser_lab.FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def window(browser, lab):
    """One window of JupyterLab."""
    made = browser_lab.Page(browser, lab)
    yield made
    made.close()


@pytest.fixture(scope="session")
def live_window(browser, lab):
    """Another one, for the explorers that have been run."""
    made = browser_lab.Page(browser, lab)
    yield made
    made.close()


@pytest.fixture(scope="session")
def live(live_window, book):
    """The book in it after Run All."""
    notebook = live_window.open(browser_lab.copy_of(book, "99_live.ipynb"))  # Lab saves it by itself
    notebook.run_all()
    return notebook


@pytest.fixture
def quiet_console(window, live_window):
    """No test leaves an error in a browser's console."""
    opened = (window, live_window)
    for each in opened:
        each.errors.clear()
    yield
    assert [error for each in opened for error in each.errors] == []
