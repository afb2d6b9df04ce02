"""Chromium in front of the book; without one these tests are left out, or fail where it is asked for."""

import os
from importlib.util import find_spec

import browser_lab
import pytest
from setup_browser import BY_HAND, chromium


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


@pytest.fixture(scope="module")
def browser(lab):
    """Return Chromium: one for each file of tests, since its driver keeps an event loop running."""
    from playwright.sync_api import sync_playwright

    lab.wait()
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium(), args=browser_lab.FLAGS)
        yield started
        started.close()
