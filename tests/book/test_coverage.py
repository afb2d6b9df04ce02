"""How much of mlp_core the tests of its rooms run: at least 95 % of lines and branches, in one process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AT_LEAST = 95
# The other folders are about chapters and commands; what they start are other processes, whose lines are not
# counted. So are each script of the figures and each kernel of the explorers.
FOLDERS = ["tests/core", "tests/equations", "tests/explorers", "tests/pictures"]
NOT_HERE = ["tests/pictures/test_figures.py", "tests/explorers/test_explorers_in_a_kernel.py"]


@pytest.mark.slow
def test_the_fast_tests_run_at_least_95_percent_of_the_package(tmp_path, print_table):
    # The short profile leaves JAX and PyTorch out, so that the figure is the same with and without them.
    environment = {**os.environ, "MLP_TEST_PROFILE": "short", "COVERAGE_FILE": str(tmp_path / "coverage")}
    coverage = [sys.executable, "-m", "coverage"]
    ignored = [f"--ignore={name}" for name in NOT_HERE]
    # Plain assertions: there is nothing to explain, and rewriting them takes longer under measurement.
    tests = [*coverage, "run", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:nbval"]
    tests += [
        "-o",
        "addopts=--strict-markers",
        "--assert=plain",
        "-m",
        "(not slow or explorer) and not oracle",
    ]
    tests += [*FOLDERS, *ignored]
    ran = subprocess.run(tests, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    report = tmp_path / "coverage.json"
    subprocess.run(
        [*coverage, "json", "-q", "-o", str(report)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
    )
    measured = json.loads(report.read_text(encoding="utf-8"))
    lines = [
        f"{name:<44} {part['summary']['percent_covered']:5.1f} %  missing lines {part['missing_lines']}"
        for name, part in sorted(measured["files"].items())
        if part["summary"]["percent_covered"] < 100
    ]
    total = measured["totals"]["percent_covered"]
    lines.append(f"{len(measured['files'])} modules, lines and branches together: {total:.1f} %")
    print_table("coverage of mlp_core by the fast tests", lines)
    assert measured["meta"]["branch_coverage"]
    assert {"mlp_core/checks.py", "mlp_core/pictures/__init__.py"} <= {
        Path(n).as_posix() for n in measured["files"]
    }
    assert total >= AT_LEAST
