"""`make test-slow` installs Chromium where it may, and says in one line where it may not."""

from types import SimpleNamespace

import pytest
import setup_browser


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
