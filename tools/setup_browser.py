"""Install Chromium for the browser tests, where it is missing and may be installed (`make test-slow`).

By apt-get, not by `playwright install --with-deps chromium`, whose build comes from a server that not every
network lets through. Where it may not be installed, one line says that these tests are left out, and how to
get it; with MLP_REQUIRE_BROWSER=1 that is a failure.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-liberation")
BY_HAND = "on Debian and Ubuntu: sudo apt-get install chromium"


def chromium():
    """The path of a Chromium; None without one."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def install():
    """Why it could not be installed, in one line; None once it is there."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return f"no Chromium is installed; {BY_HAND}"
    print("Installing Chromium for the browser tests.", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    get = ["apt-get", "install", "-qq", "--no-install-recommends", *PACKAGES]
    for command in (["apt-get", "update", "-qq"], get):
        done = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode:
            said = [line for line in done.stderr.splitlines() if line.strip()] or ["no reason given"]
            return f"apt-get could not install Chromium: {said[-1]}"
    return None if chromium() else f"apt-get installed no Chromium; {BY_HAND}"


def main():
    reason = None if chromium() else install()
    if reason is None:
        return
    if os.environ.get("MLP_REQUIRE_BROWSER") == "1":
        sys.exit(f"The browser tests cannot run: {reason}")
    print(f"The browser tests are left out: {reason}", flush=True)


if __name__ == "__main__":
    main()
