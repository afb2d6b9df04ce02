"""The stored outputs hold elsewhere too: the lowest versions allowed, one thread, another BLAS kernel.

And in the environment of these tests they hold on two threads, which make leaves out to save time. The unit
tests that run there a second time also measure how much of mlp_core they run.
"""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from chapter_checks import ROOT

pytestmark = pytest.mark.slow

BLAS_KERNEL = "Nehalem"  # runs on any x86-64, and no machine of today takes it by itself
AT_LEAST = 95  # per cent of lines and branches
# The tests of the package's rooms, which are measured; the other folders are about chapters and commands.
# What runs in processes of its own cannot be.
ROOMS = ["tests/core", "tests/equations", "tests/exercises", "tests/explorers", "tests/pictures"]
PROCESSES = ["tests/pictures/test_figures.py", "tests/explorers/test_explorers_in_a_kernel.py"]
WHAT_RUNS = """
import numpy, threadpoolctl
for library in threadpoolctl.threadpool_info():
    print(library["internal_api"], library.get("architecture"), library["num_threads"])
"""


def lowest_versions():
    """`name==a` for each `name>=a,<b` of requirements.txt and of pyproject.toml, and the project itself."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [line for line in lines if line and not line.startswith(("#", "-"))]
    wanted += project["dependencies"] + project["optional-dependencies"]["book"]
    bounds = [re.fullmatch(r"([\w-]+)>=([\d.]+),<\d+", line) for line in wanted]
    assert all(bounds), f"not of the form name>=a,<b: {wanted}"
    return [f"{bound[1]}=={bound[2]}" for bound in bounds] + ["-e", str(ROOT)]


def test_the_bounds_are_read():
    assert {"numpy==2.0", "matplotlib==3.10.7", "pytest==8.2"} <= set(lowest_versions())


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """The Python of a second environment, and the variables it runs under."""
    if sys.version_info >= (3, 13):
        pytest.skip("the lowest versions allowed have no wheels for Python 3.13 and newer")
    folder = tmp_path_factory.mktemp("second")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    tools = ["--no-input", "--disable-pip-version-check", "--quiet"]
    extra = ["threadpoolctl==3.5", "coverage>=7.6,<8"]
    install = [python, "-m", "pip", "install", *tools, *lowest_versions(), *extra]
    done = subprocess.run(install, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OPENBLAS_CORETYPE": BLAS_KERNEL}
    # Neither JAX nor PyTorch is there, and neither is missed: their comparisons run in the first environment.
    inherited = {name: value for name, value in os.environ.items() if name != "MLP_REQUIRE_ORACLES"}
    return python, inherited | one_thread


@pytest.fixture
def on_two_threads():
    """This environment, under variables that make does not set."""
    return sys.executable, {**os.environ, "OMP_NUM_THREADS": "2", "OPENBLAS_NUM_THREADS": "2"}


def run(environment, *arguments):
    python, variables = environment
    return subprocess.run([python, *arguments], cwd=ROOT, env=variables, capture_output=True, text=True)


def blas(environment):
    """What numpy's OpenBLAS runs: [its name, its kernel, its number of threads]."""
    done = run(environment, "-c", WHAT_RUNS)
    libraries = [line.split() for line in done.stdout.splitlines()]
    return next((library for library in libraries if library[0] == "openblas"), done.stdout + done.stderr)


def test_blas_runs_the_other_kernel_on_one_thread(environment):
    assert blas(environment) == ["openblas", BLAS_KERNEL, "1"]


def test_the_stored_outputs_pass(environment, print_table):
    done = run(environment, "-m", "pytest", "-p", "no:cacheprovider", "--nbval", "chapters")
    assert done.returncode == 0, done.stdout + done.stderr
    print_table(f"chapters, lowest versions, one thread, {BLAS_KERNEL}", done.stdout.splitlines()[-1:])


def test_the_tests_of_chapters_and_commands_pass(environment, print_table):
    tests = ["tests", "--ignore=tests/browser", *(f"--ignore={room}" for room in ROOMS), *PROCESSES]
    done = run(environment, "-m", "pytest", "-p", "no:cacheprovider", "-q", *tests)
    assert done.returncode == 0, done.stdout + done.stderr
    print_table(f"other tests, lowest versions, one thread, {BLAS_KERNEL}", done.stdout.splitlines()[-1:])


def test_the_tests_of_the_rooms_pass_and_run_at_least_95_percent_of_the_package(
    environment, print_table, tmp_path
):
    python, variables = environment
    measuring = python, variables | {"COVERAGE_FILE": str(tmp_path / "coverage")}
    # Plain assertions: rewriting them takes longer under measurement, and there is nothing to explain.
    options = ["-q", "-p", "no:cacheprovider", "-p", "no:nbval", "-o", "addopts=--strict-markers"]
    options += ["--assert=plain", "-m", "(not slow or explorer) and not oracle"]
    tests = [*ROOMS, *(f"--ignore={name}" for name in PROCESSES)]
    done = run(measuring, "-m", "coverage", "run", "-m", "pytest", *options, *tests)
    assert done.returncode == 0, done.stdout + done.stderr
    print_table(
        f"the rooms' tests, lowest versions, one thread, {BLAS_KERNEL}", done.stdout.splitlines()[-1:]
    )
    report = tmp_path / "coverage.json"
    written = run(measuring, "-m", "coverage", "json", "-q", "-o", str(report))
    assert written.returncode == 0, written.stdout + written.stderr
    measured = json.loads(report.read_text(encoding="utf-8"))
    lines = [
        f"{name:<44} {part['summary']['percent_covered']:5.1f} %  missing lines {part['missing_lines']}"
        for name, part in sorted(measured["files"].items())
        if part["summary"]["percent_covered"] < 100
    ]
    total = measured["totals"]["percent_covered"]
    lines.append(f"{len(measured['files'])} modules, lines and branches together: {total:.1f} %")
    print_table("coverage of mlp_core by the tests of its rooms", lines)
    assert measured["meta"]["branch_coverage"]
    assert {"mlp_core/checks.py", "mlp_core/pictures/__init__.py"} <= {
        Path(name).as_posix() for name in measured["files"]
    }
    assert total >= AT_LEAST


@pytest.mark.skipif(
    sys.platform == "darwin", reason="NumPy may run Apple's BLAS, which does not tell its threads"
)
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="OpenBLAS takes no more threads than there are cores")
def test_the_stored_outputs_pass_on_two_threads(on_two_threads, print_table):
    name, _, threads = blas(on_two_threads)
    assert (name, threads) == ("openblas", "2")
    done = run(on_two_threads, "-m", "pytest", "-p", "no:cacheprovider", "--nbval", "chapters")
    assert done.returncode == 0, done.stdout + done.stderr
    print_table("chapters, two threads", done.stdout.splitlines()[-1:])
