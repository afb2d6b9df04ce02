"""Create .venv and install what the book needs, once; a further call finds that nothing changed.

Any Python may start this file, so its syntax is that of old ones: the version check must be reached.
"""

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
LOG = os.path.join(VENV, "pip.log")
NEEDED = (3, 11)
# Retries cut short: without a network pip would repeat itself for minutes.
PIP_INSTALL = ["-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
PIP_INSTALL += ["--retries", "2", "--timeout", "15"]
NO_NETWORK = ("connection broken", "Max retries exceeded", "Failed to establish", "name resolution")
NO_NETWORK += ("timed out", "ConnectionError", "ProxyError", "Network is unreachable")


def stop(message):
    sys.stderr.write(message + "\n")
    sys.exit(1)


def venv_python():
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(VENV, folder, name)


def check_python():
    if sys.version_info[:2] < NEEDED:
        name = os.path.basename(sys.executable or "python")
        found = "{} is {}.{}.{}".format(name, *sys.version_info[:3])
        stop("Python 3.11 or newer is needed; {}. Name another one: make PYTHON=/its/path ...".format(found))
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        stop("This Python lacks its venv module; on Debian and Ubuntu: sudo apt install python3-venv")


def wanted():
    """The state that an installation answers to: both files, and where they lie (`-e .` points there)."""
    state = hashlib.sha256(ROOT.encode("utf-8"))
    for name in ("requirements.txt", "pyproject.toml"):
        with open(os.path.join(ROOT, name), "rb") as file:
            state.update(file.read())
    return state.hexdigest()


def version_in_venv():
    """'3.11' or the like, or None where .venv has no working Python (absent, or its base was removed)."""
    command = [venv_python(), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        return subprocess.check_output(command, stderr=subprocess.DEVNULL).decode().strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def is_current(stamp):
    try:
        with open(stamp) as file:
            return file.read() == wanted()
    except OSError:
        return False


def create():
    # The base interpreter, not sys.executable: that may be the very .venv which is to be replaced.
    base = getattr(sys, "_base_executable", None) or sys.executable
    made = subprocess.run(
        [base, "-m", "venv", "--clear", VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT
    )
    if made.returncode:
        stop("Could not create .venv: " + made.stdout.decode(errors="replace").strip().splitlines()[-1])


def install(dev):
    command = [venv_python()] + PIP_INSTALL + ["-r", "requirements.txt"] + (["-e", ".[dev]"] if dev else [])
    with open(LOG, "wb") as log:
        failed = subprocess.call(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    if failed:
        with open(LOG, "rb") as log:
            said = log.read().decode("utf-8", "replace")
        if any(sign in said for sign in NO_NETWORK):
            stop("Could not reach the package index (is there a network?); pip's words are in .venv/pip.log.")
        errors = [line for line in said.splitlines() if line.startswith("ERROR")] + ["no reason given"]
        stop("pip could not install: {} (all of it is in .venv/pip.log)".format(errors[0]))


def main(arguments):
    check_python()
    dev = "--dev" in arguments
    # Anything that went wrong half-way leaves `installing` behind: then .venv is made anew.
    installing, stamp = os.path.join(VENV, "installing"), os.path.join(VENV, "installed")
    stamp_dev = stamp + "-dev"
    version = version_in_venv()
    other_asked = "--named" in arguments and version != "{}.{}".format(*sys.version_info[:2])
    sound = version is not None and not other_asked and not os.path.exists(installing)
    if sound and is_current(stamp_dev if dev else stamp):
        return
    print("Installing into .venv; the first time this takes a few minutes.")
    sys.stdout.flush()
    if not sound:
        create()
    with open(installing, "w") as file:
        file.write(wanted())
    install(dev)
    if dev:
        with open(stamp_dev, "w") as file:
            file.write(wanted())
    os.replace(installing, stamp)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        stop("Interrupted; the next run installs anew.")
