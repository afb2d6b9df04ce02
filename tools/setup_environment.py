"""Install what the book needs into .venv: make calls this where its stamp, .venv/installed, is out of date.

With --check, which make calls every time, only see whether .venv can serve; with --editions install what
makes the pages for the web and for paper too, with --dev that and all other tools.
Nothing that is there is deleted or made anew: a .venv that cannot serve is refused in one line.
Any Python may start this file, so its syntax is that of old ones: the version check must be reached.
"""

import io
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
LOG = os.path.join(VENV, "pip.log")
NEEDED = (3, 11)
GROUPS = ("editions", "dev")  # of pyproject.toml, each with what the one before it has
PIP_INSTALL = ["-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
# Retries cut short: without a network pip would repeat itself for minutes.
PIP_INSTALL += ["--retries", "2", "--timeout", "15"]
# What would make pip write elsewhere than into .venv; a reader's `user = true` in pip.conf is overruled.
ELSEWHERE = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON")
PIP_INSTALL += ["--no-user"]
# Killed while it compiles a package, pip would take it for installed: all but the list of its files is there.
CUT_SHORT = """from importlib.metadata import distributions
torn = [p for p in distributions() if p.read_text("METADATA") and not p.read_text("RECORD")]
print(*(p.name + "==" + p.version for p in torn))"""
NO_NETWORK = ("connection broken", "Max retries exceeded", "Failed to establish", "name resolution")
NO_NETWORK += ("timed out", "ConnectionError", "ProxyError", "Network is unreachable")


def stop(message):
    sys.stderr.write(message + "\n")
    sys.exit(1)


def here():
    return {name: value for name, value in os.environ.items() if name not in ELSEWHERE}


def said_by(*command):
    """What a command prints; None where it fails."""
    try:
        said = subprocess.check_output(command, stderr=subprocess.DEVNULL, cwd=ROOT, env=here())
        return said.decode(errors="replace").strip()
    except (OSError, subprocess.CalledProcessError):
        return None


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


def is_absent():
    """Is there nothing yet, or an empty folder?"""
    if os.path.isdir(VENV) and not os.path.islink(VENV):
        return not os.listdir(VENV)
    return not os.path.lexists(VENV)


def made_as(config):
    """The path under which a .venv was made; its present one where pyvenv.cfg does not tell."""
    with io.open(config, encoding="utf-8", errors="replace") as file:
        told = re.search(r"^command = .* -m venv (?:--\S+ )*(.+)$", file.read(), re.MULTILINE)
    return told.group(1) if told else VENV


def why_unusable(named):
    """Why the .venv that is there cannot serve, in a few words; None if it can."""
    config = os.path.join(VENV, "pyvenv.cfg")
    if os.path.islink(VENV):
        return "it is a link"
    if not os.path.isfile(config):
        return "it is no Python environment"
    version = said_by(venv_python(), "-c", "import sys; print('%d.%d' % sys.version_info[:2])")
    asked = "{}.{}".format(*sys.version_info[:2])
    if version is None:
        return "its Python does not run"
    if tuple(int(part) for part in version.split(".")) < NEEDED:
        return "its Python is {}, and 3.11 or newer is needed".format(version)
    if named and version != asked:
        return "its Python is {}, and {} was named".format(version, asked)
    if os.path.realpath(made_as(config)) != os.path.realpath(VENV):
        return "it was made as {}, and its commands point there".format(made_as(config))
    return None


def create():
    made = subprocess.run(
        [sys.executable, "-m", "venv", VENV], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT
    )
    if made.returncode:
        stop("Could not create .venv: " + made.stdout.decode(errors="replace").strip().splitlines()[-1])


def install(group):
    if said_by(venv_python(), "-m", "pip", "--version") is None:  # its making was interrupted, or it is uv's
        said_by(venv_python(), "-m", "ensurepip")
    settings = said_by(venv_python(), "-m", "pip", "config", "list") or ""
    elsewhere = re.search(r"^\S+\.(?:target|prefix|root)=.*", settings, re.MULTILINE)
    if elsewhere:
        setting = elsewhere.group(0)
        stop("pip would install elsewhere than into .venv: its configuration says {}".format(setting))
    cut_short = said_by(venv_python(), "-I", "-c", CUT_SHORT)
    if cut_short:
        run_pip("--ignore-installed", "--no-deps", *cut_short.split())
    if group:  # the pip that Python 3.11 brings knows no groups
        run_pip("pip>=25.1")
    run_pip("-r", "requirements.txt", *(["--group", group] if group else []))


def run_pip(*wanted):
    command = [venv_python()] + PIP_INSTALL + list(wanted)
    with open(LOG, "wb") as log:
        failed = subprocess.call(command, cwd=ROOT, env=here(), stdout=log, stderr=subprocess.STDOUT)
    if failed:
        with open(LOG, "rb") as log:
            said = log.read().decode("utf-8", "replace")
        if any(sign in said for sign in NO_NETWORK):
            stop("Could not reach the package index (is there a network?); pip's words are in .venv/pip.log.")
        errors = (
            re.findall(r"^ *(ERROR.*)", said, re.MULTILINE) or said.splitlines()[-1:] or ["no reason given"]
        )
        stop("pip could not install: {} (all of it is in .venv/pip.log)".format(errors[0]))


def configure_jupyter():
    """Let a plain `jupyter lab` of .venv serve the book as `make read` does; a file there stays."""
    folder = os.path.join(VENV, "etc", "jupyter")
    path = os.path.join(folder, "jupyter_server_config.py")
    if not os.path.lexists(path):
        os.makedirs(folder, exist_ok=True)
        book = os.path.join(ROOT, "tools", "lab", "jupyter_server_config.py")
        with open(path, "w", encoding="utf-8") as file:
            file.write("load_subconfig({!r})\n".format(book))


def main(arguments):
    check_python()
    absent = is_absent()
    reason = None if absent else why_unusable("--named" in arguments)
    if reason:
        stop(".venv is left as it is: {}. Move it away or delete it, then try again.".format(reason))
    if "--check" in arguments:
        return
    print("Installing into .venv; the first time this takes a few minutes.")
    sys.stdout.flush()
    if absent:
        create()
    asked = [name for name in GROUPS if "--" + name in arguments][-1:]
    stamps = [os.path.join(VENV, name) for name in ["installed"] + ["installed-" + name for name in GROUPS]]
    for stamp in filter(os.path.exists, stamps):  # what is interrupted from here on is not installed
        os.remove(stamp)
    install(asked[0] if asked else None)
    configure_jupyter()
    for stamp in stamps[: 1 + GROUPS.index(asked[0]) + 1 if asked else 1]:
        open(stamp, "w").close()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        stop("Interrupted; the next run goes on.")
