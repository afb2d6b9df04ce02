"""Hosted notebooks: the links, and the cells and files that prepare a machine, tried on a fresh one."""

import re
import shutil
import subprocess
import venv

import pytest
from chapter_checks import ROOT

from tools.edition.web import launch

ADDRESS = "https://github.com/someone/backpropagation"


def test_without_an_address_there_is_no_link():
    assert launch.launch("00_the_network", "") == ""
    assert launch.launch("00_the_network", launch.address()) == "" or launch.GITHUB.match(launch.address())


def test_the_links_lead_to_the_chapter():
    said = launch.launch("00_the_network", ADDRESS)
    assert (
        "colab.research.google.com/github/someone/backpropagation/blob/main/chapters/00_the_network.ipynb"
        in said
    )
    assert "mybinder.org/v2/gh/someone/backpropagation/main?labpath=chapters%2F00_the_network.ipynb" in said
    assert launch.first_cell(ADDRESS) in said


@pytest.fixture
def fresh(tmp_path):
    """A fresh environment's Python."""
    venv.create(tmp_path / "env", with_pip=True)
    return tmp_path / "env" / "bin" / "python"


def published(folder):
    """Put the book into a repository of its own: of a shallow one pip's clone, without blobs, never ends."""
    subprocess.run(["git", "clone", "--quiet", "--depth=1", f"file://{ROOT}", folder], check=True)
    shutil.rmtree(folder / ".git")
    someone = ["-c", "user.name=someone", "-c", "user.email=someone@example.org"]
    for command in (["init", "--quiet"], ["add", "--all"], [*someone, "commit", "--quiet", "-m", "The book"]):
        subprocess.run(["git", "-C", folder, *command], check=True)


@pytest.mark.slow
def test_the_first_cell_prepares_a_hosted_notebook(fresh, tmp_path):
    """On a machine that has what Colab and Kaggle have: Jupyter's kernel, and a pip of 2024."""
    install = [fresh, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "pip>=24.1", "ipykernel"], check=True)
    published(tmp_path / "book")
    cell = launch.first_cell(f"file://{tmp_path / 'book'}")
    wanted = re.findall(r'"([^"]+)"', cell)
    assert cell == "%pip install --quiet " + " ".join(f'"{want}"' for want in wanted)
    subprocess.run([*install, *wanted], check=True, timeout=600)
    using = (
        "from mlp_core.explorers import DigitPad; from mlp_core import equations; print(DigitPad().sentence)"
    )
    said = subprocess.run([fresh, "-c", using], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert said.stdout


@pytest.mark.slow
def test_binder_installs_what_a_reader_installs(fresh):
    assert (ROOT / ".binder" / "requirements.txt").read_text().splitlines()[-1] == "-r ../requirements.txt"
    asked = [
        fresh,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
        ".binder/requirements.txt",
    ]
    subprocess.run(asked, cwd=ROOT, check=True)
    subprocess.run([fresh, "-c", "import jupyterlab, mlp_core.explorers"], cwd="/", check=True)
