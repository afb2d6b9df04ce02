"""What make installs and where, what it refuses, and that nothing of a reader's is lost on the way."""

import ast
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path
from types import SimpleNamespace

import pytest
from chapter_checks import ROOT
from traitlets.config import PyFileConfigLoader

from tools import setup_browser, setup_environment

MAKE = shutil.which("make")
needs_make = pytest.mark.skipif(MAKE is None, reason="make is not installed")
needs_links = pytest.mark.skipif(os.name == "nt", reason="Windows lets few users make links")
# What a make above this one hands down is not for the make under test.
INHERITED = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
THIS = "{}.{}".format(*sys.version_info[:2])


# The environment


@pytest.fixture
def installer(tmp_path, monkeypatch):
    """setup_environment in an empty folder, with real environments, and a log of what pip would install."""
    log = []
    monkeypatch.setattr(setup_environment, "ROOT", str(tmp_path))
    monkeypatch.setattr(setup_environment, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(setup_environment, "create", lambda: environment(tmp_path / ".venv"))
    monkeypatch.setattr(setup_environment, "install", lambda group: log.append(group or "install"))

    def run(*arguments):
        before = len(log)
        setup_environment.main(list(arguments))
        return log[before:]

    run.folder = tmp_path
    return run


def environment(folder):
    """A real one, without pip, which takes seconds."""
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    return folder


def stamps(folder):
    return sorted(path.name for path in (folder / ".venv").glob("installed*"))


def test_it_makes_an_environment_and_stamps_it(installer):
    assert installer() == ["install"]
    assert stamps(installer.folder) == ["installed"]


def test_the_slow_tests_tools_serve_the_reader_too(installer):
    assert installer("--dev") == ["dev"]
    assert stamps(installer.folder) == ["installed", "installed-dev", "installed-editions"]


def test_what_makes_the_editions_is_installed_without_the_other_tools(installer):
    assert installer("--editions") == ["editions"]
    assert stamps(installer.folder) == ["installed", "installed-editions"]


def test_an_empty_folder_is_filled(installer):
    (installer.folder / ".venv").mkdir()
    assert installer() == ["install"]


@pytest.mark.parametrize("broken_by", [KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("arguments", [(), ("--editions",), ("--dev",)])
def test_an_interrupted_installation_is_no_installation_and_the_next_one_goes_on(
    installer, monkeypatch, broken_by, arguments
):
    def broken(group):
        raise broken_by

    installer()
    with monkeypatch.context() as patch:
        patch.setattr(setup_environment, "install", broken)
        with pytest.raises(broken_by):
            installer(*arguments)
    assert stamps(installer.folder) == []
    assert len(installer(*arguments)) == 1


def jupyter_says(folder):
    return PyFileConfigLoader("jupyter_server_config.py", path=str(folder)).load_config()


def test_a_plain_jupyter_lab_of_it_is_configured_as_make_read_is(installer, monkeypatch):
    shutil.copytree(ROOT / "tools" / "lab", installer.folder / "tools" / "lab")
    installer()
    monkeypatch.setattr(sys, "path", [*sys.path])  # to which the configuration adds the book
    monkeypatch.chdir(installer.folder / "tools")
    says = jupyter_says(installer.folder / ".venv" / "etc" / "jupyter")
    assert says == jupyter_says(installer.folder / "tools" / "lab")
    assert says.ServerApp.root_dir == str(installer.folder)
    monkeypatch.chdir("/")  # the same .venv serves another's notebooks there
    assert "root_dir" not in jupyter_says(installer.folder / ".venv" / "etc" / "jupyter").ServerApp


def test_what_it_is_configured_with_already_stays(installer):
    own = installer.folder / ".venv" / "etc" / "jupyter" / "jupyter_server_config.py"
    own.parent.mkdir(parents=True)
    environment(installer.folder / ".venv")
    own.write_text("# mine")
    installer()
    assert own.read_text() == "# mine"


# What is there stays: each of these is a .venv that make finds, and what it says, or None where it goes on


def link_to_a_folder(folder):
    (folder / "work").mkdir()
    (folder / "work" / "thesis.txt").write_text("years")
    (folder / ".venv").symlink_to(folder / "work")


def link_to_an_environment(folder):
    (folder / ".venv").symlink_to(environment(folder / "mine"))


def link_to_nothing(folder):
    (folder / ".venv").symlink_to(folder / "gone")


def folder_of_files(folder):
    (folder / ".venv").mkdir()
    (folder / ".venv" / "thesis.txt").write_text("years")


def file(folder):
    (folder / ".venv").write_text("years")


def with_a_package(folder):
    """An environment of the reader's own."""
    packages = environment(folder / ".venv") / "lib" / "mine"
    packages.mkdir(parents=True)
    (packages / "__init__.py").write_text("years")
    return folder / ".venv"


def with_a_stamp(folder):
    (with_a_package(folder) / "installed").touch()


def another_python_is_named(folder):
    say(with_a_package(folder), "echo 3.99")


def too_old(folder):
    say(with_a_package(folder), "echo 3.9")


def without_its_base(folder):
    say(with_a_package(folder), "exit 1")


def moved(folder):
    (folder / "before").mkdir()
    with_a_package(folder / "before").rename(folder / ".venv")


def made_by_another_program(folder):
    config = with_a_package(folder) / "pyvenv.cfg"
    config.write_text(re.sub("^command = .*\n", "", config.read_text(), flags=re.MULTILINE))


def say(environment, script):
    python = environment / "bin" / "python"
    python.unlink()
    stub(python, script)


def stub(path, script):
    path.write_text("#!/bin/sh\n" + script + "\n")
    path.chmod(0o755)


FOUND = {
    link_to_a_folder: "it is a link",
    link_to_an_environment: "it is a link",
    link_to_nothing: "it is a link",
    folder_of_files: "it is no Python environment",
    file: "it is no Python environment",
    another_python_is_named: f"its Python is 3.99, and {THIS} was named",
    too_old: "its Python is 3.9, and 3.11 or newer is needed",
    without_its_base: "its Python does not run",
    moved: "it was made as {folder}/before/.venv, and its commands point there",
    with_a_package: None,
    with_a_stamp: None,
    made_by_another_program: None,
}


def everything(folder):
    """Every file and link below a folder, and what is in it, but for the stamps of make."""
    paths = [path for path in folder.rglob("*") if not path.name.startswith("installed")]
    return {path: os.readlink(path) for path in paths if path.is_symlink()} | {
        path: path.read_bytes() for path in paths if path.is_file() and not path.is_symlink()
    }


@needs_links
@pytest.mark.parametrize("found", FOUND, ids=lambda make: make.__name__)
def test_no_file_that_is_there_is_lost(installer, capsys, found):
    found(installer.folder)
    before, reason = everything(installer.folder), FOUND[found]
    arguments = ["--named"] if found is another_python_is_named else []
    if reason is None:
        installer(*arguments)
    else:
        with pytest.raises(SystemExit):
            installer(*arguments)
        said = reason.format(folder=installer.folder)
        expected = f".venv is left as it is: {said}. Move it away or delete it, then try again.\n"
        assert capsys.readouterr().err == expected
    after = everything(installer.folder)
    assert {path: after.get(path) for path in before} == before


@needs_links
@pytest.mark.parametrize("found", [with_a_package, moved], ids=lambda make: make.__name__)
def test_a_look_at_it_refuses_the_same_and_installs_nothing(installer, found):
    found(installer.folder)
    if FOUND[found]:
        with pytest.raises(SystemExit):
            installer("--check")
    else:
        assert installer("--check") == []
    assert stamps(installer.folder) == []


@needs_links
def test_an_environment_of_another_version_serves_where_none_is_named(installer):
    another_python_is_named(installer.folder)
    assert installer() == ["install"]


@needs_links
def test_a_path_through_a_link_is_no_other_place(installer, monkeypatch):
    environment(installer.folder / ".venv")
    way = installer.folder.with_name("another way")
    way.symlink_to(installer.folder)
    monkeypatch.setattr(setup_environment, "VENV", str(way / ".venv"))
    assert installer() == ["install"]


# The Python that makes it


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


@pytest.mark.parametrize("name", ["__init__.py", "setup_environment.py"])
def test_an_older_python_can_read_what_refuses_it(name):
    source = (ROOT / "tools" / name).read_text(encoding="utf-8")
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


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_ends_in_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(setup_environment, "ROOT", str(tmp_path))
    monkeypatch.setattr(setup_environment, "VENV", str(tmp_path / ".venv"))
    tmp_path.chmod(0o555)
    with pytest.raises(SystemExit):
        setup_environment.main([])
    said = capsys.readouterr().err
    assert said.startswith("Could not create .venv: ")
    assert said.count("\n") == 1


OLD = 'case "$1 $2" in "-c ") exit 0;; -c*) exit 1;; esac\necho "started by the old one: $@"'
NEW = 'case "$1" in -c) exit 0;; esac\necho "started by the new one: $@"; echo >.venv/installed'
SETUP = "-m tools.setup_environment"


@pytest.fixture
def makefile(tmp_path):
    """The Makefile in a folder with stubs for Pythons; a function of them and of make's arguments."""
    for name in ("Makefile", "requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("bin", ".venv"):
        (tmp_path / name).mkdir()
    for name in ("sh", "echo"):
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))

    def run(pythons, *arguments):
        for name, script in pythons.items():
            stub(tmp_path / "bin" / name, script)
        command, only = [MAKE, "environment", *arguments], {"PATH": str(tmp_path / "bin")}
        done = subprocess.run(command, cwd=tmp_path, env=only, capture_output=True, text=True)
        return [line for line in (done.stdout + done.stderr).splitlines() if not line.startswith("make")]

    run.folder = tmp_path
    return run


@needs_make
@needs_links
@pytest.mark.parametrize(
    ("pythons", "arguments", "said"),
    [
        ({"python3": OLD, "python3.12": NEW}, [], f"started by the new one: {SETUP}"),
        ({"python3": OLD}, [], f"started by the old one: {SETUP}"),
        ({"python3": OLD, "mine": NEW}, ["PYTHON=mine"], f"started by the new one: {SETUP} --named"),
        ({}, [], "Python 3.11 or newer is needed; no Python was found."),
        ({"python3": NEW}, ["PYTHON=/no/such"], "PYTHON: got /no/such; expected a Python that runs."),
    ],
    ids=[
        "the first that is new enough",
        "an old one says what is needed",
        "the one named",
        "none",
        "no such",
    ],
)
def test_make_finds_a_python(makefile, pythons, arguments, said):
    assert makefile(pythons, *arguments)[0] == said


@needs_make
@needs_links
def test_make_installs_once_and_again_when_a_file_has_changed(makefile):
    install, check = (f"started by the new one: {SETUP}{ending}" for ending in ("", " --check"))
    python = {"python3": NEW}
    assert makefile(python) == [install, check]
    assert makefile(python) == [check]
    for name in ("requirements.txt", "pyproject.toml"):
        later = time.time() + 5
        os.utime(makefile.folder / name, (later, later))
        assert makefile(python)[0] == install
        os.utime(makefile.folder / name, (0, 0))


# What pip is told


@pytest.fixture
def pip(tmp_path, monkeypatch):
    """A Python whose pip writes down how it was called, and says what a file `says` holds."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setattr(setup_environment, "ROOT", str(tmp_path))
    monkeypatch.setattr(setup_environment, "VENV", str(tmp_path))
    monkeypatch.setattr(setup_environment, "LOG", str(tmp_path / "pip.log"))
    monkeypatch.setattr(setup_environment, "venv_python", lambda: str(tmp_path / "bin" / "python"))
    stub(
        tmp_path / "bin" / "python",
        f'cd "{tmp_path}"; echo "$@" >>calls; env >>environment\n'
        'case "$*" in *"config list") cat config; exit 0;; *--version) exit "$(cat missing)";; esac\n'
        "cat says; [ ! -s says ]",
    )
    for name in ("config", "says"):
        (tmp_path / name).touch()
    (tmp_path / "missing").write_text("0")
    return tmp_path


needs_sh = pytest.mark.skipif(os.name == "nt", reason="the stub is a shell script")


@needs_sh
def test_it_installs_here_whatever_the_environment_says(pip, monkeypatch):
    for name in ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON"):
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "a mirror")
    setup_environment.install(group=None)
    assert "--no-user" in (pip / "calls").read_text()
    given = (pip / "environment").read_text()
    assert "=elsewhere" not in given
    assert "PIP_INDEX_URL=a mirror" in given


@needs_sh
@pytest.mark.parametrize("line", ["install.target='/home/me'", "global.prefix='/home/me'"])
def test_a_configuration_that_leads_elsewhere_is_refused(pip, capsys, line):
    (pip / "config").write_text(f"global.index-url='a mirror'\n{line}\n")
    with pytest.raises(SystemExit):
        setup_environment.install(group=None)
    said = "pip would install elsewhere than into .venv: its configuration says "
    assert capsys.readouterr().err == said + line + "\n"
    assert " install " not in (pip / "calls").read_text()


@needs_sh
def test_where_pip_is_missing_it_is_put_there(pip):
    setup_environment.install(group=None)
    assert "-m ensurepip" not in (pip / "calls").read_text()
    (pip / "missing").write_text("1")
    setup_environment.install(group=None)
    assert "-m ensurepip" in (pip / "calls").read_text()


@needs_sh
def test_the_slow_tests_tools_are_a_group_of_pyproject_s(pip):
    setup_environment.install(group="dev")
    installed = [call for call in (pip / "calls").read_text().splitlines() if " install " in call]
    assert [call.partition(" --no-user ")[2] for call in installed] == [
        "pip>=25.1",
        "-r requirements.txt --group dev",
    ]


def test_packages_that_an_interrupted_pip_left_without_their_list_of_files_are_installed_anew(
    installer, monkeypatch
):
    installer()
    packages = Path(setup_environment.said_by(setup_environment.venv_python(), "-c", SITE_PACKAGES))
    for name in ("whole", "torn"):
        made = packages / f"{name}-1.0.dist-info"
        made.mkdir()
        (made / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (packages / "whole-1.0.dist-info" / "RECORD").write_text("whole.py,,\n")
    called, ask = [], setup_environment.said_by
    monkeypatch.setattr(setup_environment, "said_by", lambda *it: "" if "pip" in it else ask(*it))
    monkeypatch.setattr(setup_environment, "run_pip", lambda *wanted: called.append(wanted))
    INSTALL(group=None)
    assert called == [("--ignore-installed", "--no-deps", "torn==1.0"), ("-r", "requirements.txt")]


SITE_PACKAGES = "import sysconfig; print(sysconfig.get_path('purelib'))"
INSTALL = setup_environment.install  # itself, where a fixture puts another in its place


@needs_sh
@pytest.mark.parametrize(
    ("says", "told"),
    [
        (
            "WARNING: connection broken by NewConnectionError\nERROR: none",
            "Could not reach the package index",
        ),
        (
            "note\n  ERROR: no space\nnote",
            "pip could not install: ERROR: no space (all of it is in .venv/pip.log)",
        ),
        ("no room left", "pip could not install: no room left (all of it is in .venv/pip.log)"),
    ],
    ids=["no network", "an error", "something else"],
)
def test_what_pip_complains_of_ends_in_one_line(pip, capsys, says, told):
    (pip / "says").write_text(says)
    with pytest.raises(SystemExit):
        setup_environment.install(group=None)
    said = capsys.readouterr().err
    assert said.startswith(told)
    assert said.count("\n") == 1


# The browser


@pytest.fixture
def machine(monkeypatch):
    """A machine without Chromium whose apt-get brings it; what was run stands in `ran`."""
    made = SimpleNamespace(ran=[], installed=["apt-get"], brings=["chromium"], fails="", root=True)

    def run(command, **_):
        made.ran.append(" ".join(command))
        if made.fails in command and made.fails:
            return SimpleNamespace(returncode=100, stderr="W: old\nE: Unable to fetch some archives\n")
        made.installed += made.brings if "install" in command else []
        return SimpleNamespace(returncode=0, stderr="")

    monkeypatch.setattr(setup_browser.subprocess, "run", run)
    monkeypatch.setattr(
        setup_browser.shutil, "which", lambda name: f"/usr/bin/{name}" if name in made.installed else None
    )
    monkeypatch.setattr(setup_browser.os, "geteuid", lambda: 0 if made.root else 1000, raising=False)
    monkeypatch.delenv("MLP_REQUIRE_BROWSER", raising=False)
    return made


def test_where_it_is_nothing_is_done_or_said(machine, capsys):
    machine.installed.append("google-chrome")
    setup_browser.main()
    assert setup_browser.chromium() == "/usr/bin/google-chrome"
    assert (machine.ran, capsys.readouterr().out) == ([], "")


def test_root_gets_it_from_apt(machine, capsys):
    setup_browser.main()
    assert [command.split()[1] for command in machine.ran] == ["update", "install"]
    assert "chromium" in machine.ran[1]
    assert capsys.readouterr().out == "Installing Chromium for the browser tests.\n"
    assert setup_browser.chromium()


NONE = f"no Chromium is installed; {setup_browser.BY_HAND}"
FAILED = "apt-get could not install Chromium: E: Unable to fetch some archives"


@pytest.mark.parametrize(
    ("machine_has", "said"),
    [
        ({"root": False}, NONE),
        ({"installed": []}, NONE),
        ({"fails": "update"}, FAILED),
        ({"fails": "install"}, FAILED),
        ({"brings": []}, f"apt-get installed no Chromium; {setup_browser.BY_HAND}"),
    ],
    ids=["not root", "no apt-get", "no network", "no package", "an empty package"],
)
def test_elsewhere_one_line_says_so_and_it_fails_only_where_it_is_asked_for(
    machine, monkeypatch, capsys, machine_has, said
):
    vars(machine).update(machine_has)
    setup_browser.main()
    assert capsys.readouterr().out.splitlines()[-1] == f"The browser tests are left out: {said}"
    monkeypatch.setenv("MLP_REQUIRE_BROWSER", "1")
    with pytest.raises(SystemExit) as stopped:
        setup_browser.main()
    assert stopped.value.code == f"The browser tests cannot run: {said}"


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
    nowhere = "http://127.0.0.1:9"  # the port of a service that no machine runs any more
    done, _ = make(clone, "environment", https_proxy=nowhere, http_proxy=nowhere, no_proxy="")
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert done.returncode != 0
    assert said == [
        "Could not reach the package index (is there a network?); pip's words are in .venv/pip.log."
    ]

    elsewhere = clone / "elsewhere"
    done, _ = make(clone, "environment", PIP_USER="1", PIP_TARGET=str(elsewhere))
    assert done.returncode == 0, done.stderr
    assert not elsewhere.exists()
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
