"""What `pip install` brings: the mathematics with NumPy, or all that the chapters use; and what says so."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from mlp_core import digits

ROOT = Path(__file__).parents[2]
REMEDY = 'pip install "mlp-core[book]" brings it'
TRAIN = """
from mlp_core import MLP, train
x, r = [[0.0], [1.0]], [[1, 0], [0, 1]]
result = train(MLP.initialize((1, 2)), x, r, epochs=3, batch_size=1, learning_rate=1)
print(result.message)
"""
# What a reader calls, the library that it misses first, and what the message begins with.
CALLS = {
    "pictures": ("matplotlib", "from mlp_core.pictures import logit_blocks", "mlp_core.pictures needs "),
    "explorers": ("anywidget", "from mlp_core.explorers import DigitPad", "mlp_core.explorers needs "),
    "equations": (
        "lark",
        "from mlp_core.equations import check_equation; check_equation('E = 0')",
        "mlp_core.equations needs ",
    ),
}


def without(library, script):
    """Run a script in a Python that has not the library."""
    hidden = f"import sys; sys.modules[{library!r}] = None\n"
    return subprocess.run(
        [sys.executable, "-c", hidden + script], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("library", "script", "words"), CALLS.values(), ids=CALLS)
def test_a_library_that_is_missing_is_said_with_what_brings_it(library, script, words):
    done = without(library, script)
    last = done.stderr.strip().splitlines()[-1]
    assert last == f"ModuleNotFoundError: {words}{library}, which is not installed; {REMEDY}"


def test_training_goes_on_without_a_bar_and_says_so_once():
    done = without("tqdm", TRAIN)
    assert done.stdout == "Finished 3 epochs.\n"
    assert done.stderr == f"progress: the bar needs tqdm, which is not installed; {REMEDY}\n"


def test_a_fault_of_our_own_is_not_taken_for_a_missing_library():
    script = "from mlp_core.libraries import needed_by\nwith needed_by('x'): import mlp_core.no_such_room"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    last = done.stderr.strip().splitlines()[-1]
    assert last == "ModuleNotFoundError: No module named 'mlp_core.no_such_room'"


# ---------------------------------------------------------------- what is really installed


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A copy of the repository, which building may fill with its own folders."""
    unwanted = shutil.ignore_patterns(
        ".git", ".venv", "build", "dist", "*.egg-info", "__pycache__", ".*_cache"
    )
    return shutil.copytree(ROOT, tmp_path_factory.mktemp("source") / "book", ignore=unwanted)


@pytest.fixture(scope="module")
def python(tmp_path_factory, source):
    """The Python of an environment in which `pip install .` was run, and nothing else."""
    folder = tmp_path_factory.mktemp("plain")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--quiet"]
    # setuptools builds the sdist below; a venv of Python 3.12 and newer has none.
    done = subprocess.run([*install, source, "setuptools>=77"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return python


def run(python, script):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [python, "-c", script],
        env=environment,
        cwd=python.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout, done.stderr


@pytest.mark.slow
def test_a_plain_installation_holds_numpy_and_the_mathematics(python):
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    names = {line.partition("==")[0].lower().replace("_", "-") for line in listed.splitlines()}
    assert names - {"pip", "setuptools"} == {"numpy", "mlp-core"}
    assert run(python, TRAIN)[0] == "Finished 3 epochs.\n"
    assert run(python, "import mlp_core; print(mlp_core.digits().train.x.shape)")[0] == (
        f"{digits().train.x.shape}\n"
    )
    for _, script, words in CALLS.values():
        assert words in run(python, script)[1]
        assert REMEDY in run(python, script)[1]


@pytest.mark.slow
def test_the_sdist_is_the_whole_book(python, source, tmp_path):
    build = "from setuptools import build_meta; import sys; print(build_meta.build_sdist(sys.argv[1]))"
    made = subprocess.run(
        [python, "-c", build, tmp_path], cwd=source, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    hidden = {name for name in listed.splitlines() if name.startswith(".")}  # what serves the forge
    assert set(listed.splitlines()) - hidden <= packed
