"""Proof that the tests can fail: every listed slip in a copy of the package turns a unit test red.

How many of the slips the chapters' stored outputs catch is counted beside it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from mutants import MUTANTS as FORWARD_MUTANTS
from mutants import Mutant
from mutants_equations import EQUATION_MUTANTS
from mutants_hidden import HIDDEN_LAYER_MUTANTS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
# The probe of nbval's kernels.
PROBE = "000_which_copy.ipynb"
# 124 when chapter 91 was written, with some room for a chapter to change; what no chapter sees is printed by
# name.
CHAPTERS_CATCH_AT_LEAST = 115
MUTANTS = [*FORWARD_MUTANTS, *HIDDEN_LAYER_MUTANTS, *EQUATION_MUTANTS]
UNIT_TESTS_FOR = {
    "checks.py": [
        "test_border.py",
        "test_layers.py",
        "test_network.py",
        "test_data.py",
        "test_backward.py",
        "test_train.py",
    ],
    "formulas/activations.py": ["test_activations.py", "test_network.py"],
    "formulas/descent.py": ["test_training.py", "test_train.py"],
    "formulas/layers.py": ["test_layers.py", "test_backward.py"],
    "measured.py": ["test_measured.py", "test_gradient_check.py"],
    "network.py": ["test_network.py", "test_backward.py", "test_storage.py"],
    "running.py": ["test_train.py"],
    "training.py": ["test_training.py", "test_train.py"],
    "values.py": ["test_border.py", "test_network.py", "test_data.py", "test_training.py", "test_train.py"],
}
EQUATION_TESTS = ["test_equations.py", "test_equation_language.py", "test_cut_passes.py"]
# Chapter 05 takes longer than the others together. It judges what it alone calls; the rest is left to the
# others, so that what is counted as caught by a chapter is a lower bound.
LONG_CHAPTER = "05"
# 90 and 91 run the checker of the equations, and judge that alone.
EQUATION_CHAPTERS = "9"
IT_ALONE_CALLS = (r"\btrain\(", r"\bmomentum=", r"\.save\(", r"MLP\.load\(")
UNMUTATED = Mutant("unmutated", "__init__.py", "", "")


class Run(NamedTuple):
    """What a subprocess of pytest said about one copy of the package."""

    failed: bool
    first_failure: str
    output: str


# The unit tests run without nbval: importing it takes longer than they do.
WITHOUT_NBVAL = ("-o", "addopts=--strict-markers", "-p", "no:nbval")


def unit_tests_for(file):
    if file.startswith("equations/"):
        return EQUATION_TESTS
    return UNIT_TESTS_FOR.get(file, [f"test_{Path(file).stem}.py"])


def copy_with(mutant, folder):
    """Copy package, tests and chapters to `folder`, with the one slip made."""
    hidden = shutil.ignore_patterns("__pycache__", "*.yours-*", ".ipynb_checkpoints")
    for name in ("mlp_core", "tests", "chapters", "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=hidden)
    shutil.copy(ROOT / "pyproject.toml", folder)
    if mutant is not UNMUTATED:
        path = folder / "mlp_core" / mutant.file
        text = path.read_text(encoding="utf-8")
        assert text.count(mutant.old) == 1, f"{mutant.name}: the old text must occur exactly once"
        path.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    return folder


def run(folder, *arguments):
    """Run pytest in `folder` on its own copy of the package; stop at the first failure."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    environment |= {"MLP_TEST_PROFILE": "short", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    environment.pop("MLP_REQUIRE_ORACLES", None)
    environment.pop("PYTEST_ADDOPTS", None)
    command = [sys.executable, "-m", "pytest", "-x", "--color=no", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=300
    )
    output = done.stdout + done.stderr
    # 0: all passed; 1: a test failed. Anything else is neither proof nor disproof.
    assert done.returncode in (0, 1), output
    failure = re.search(r"^FAILED (?:tests/\w+/|chapters/)?(.+?)(?: - |$)", output, re.MULTILINE)
    return Run(done.returncode == 1, failure[1] if failure else "", output)


def run_units(folder, files):
    verdict = run(folder, *WITHOUT_NBVAL, *(next(folder.glob(f"tests/*/{file}")) for file in files))
    # conftest.py's line: it was this copy that was imported.
    assert f"mlp_core: {folder / 'mlp_core'}\n" in verdict.output, verdict.output
    return verdict


def write_probe(folder):
    """Write a notebook whose stored output is right only where its kernel imports the copy in `folder`."""
    source = f"import mlp_core\nprint(mlp_core.__file__ == {str(folder / 'mlp_core' / '__init__.py')!r})"
    output = {"output_type": "stream", "name": "stdout", "text": "True\n"}
    cell = {"cell_type": "code", "id": "cell-01", "execution_count": 1, "metadata": {}, "source": source}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": [{**cell, "outputs": [output]}], "metadata": {"kernelspec": kernel}}
    notebook |= {"nbformat": 4, "nbformat_minor": 5}
    (folder / "chapters" / PROBE).write_text(json.dumps(notebook), encoding="utf-8")


def judging(mutant):
    """Return the names of the chapters that judge `mutant`, all for the unmutated copy."""
    # The newest chapter, which uses the most, comes first: it is the first to fail.
    names = sorted((path.name for path in ROOT.glob("chapters/[0-9]*.ipynb")), reverse=True)
    names = [name for name in names if ".yours-" not in name]
    if mutant is UNMUTATED:
        return names
    if mutant.only_in:
        return [name for name in names if name.startswith(mutant.only_in)]
    return [name for name in names if not name.startswith((LONG_CHAPTER, EQUATION_CHAPTERS))]


def run_chapters(folder, chapters):
    write_probe(folder)
    verdict = run(folder, "--nbval", *(f"chapters/{name}" for name in (PROBE, *chapters)))
    assert PROBE not in verdict.first_failure, verdict.output
    assert f"chapters/{PROBE} ." in verdict.output, verdict.output
    return verdict


def judge(mutant, folder):
    """Return (the unit tests' run, the chapters' run) for one mutant."""
    copy_with(mutant, folder)
    files = sorted({file for m in MUTANTS for file in unit_tests_for(m.file)})
    if mutant is not UNMUTATED:
        files = unit_tests_for(mutant.file)
    try:
        units = run_units(folder, files)
        if mutant.unseen:
            return units, Run(False, "", "")
        return units, run_chapters(folder, judging(mutant))
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    """Judge the unmutated copy and every mutant, two at a time."""
    everything = [UNMUTATED, *MUTANTS]
    folders = [tmp_path_factory.mktemp("copy").resolve() / "book" for _ in everything]
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(everything, pool.map(judge, everything, folders), strict=True))


def test_the_list_is_long_and_without_repetition():
    assert len(MUTANTS) >= 25
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
    assert len({mutant[1:] for mutant in MUTANTS}) == len(MUTANTS)


def code_of(name):
    cells = json.loads((ROOT / "chapters" / name).read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


@pytest.mark.parametrize("call", IT_ALONE_CALLS)
def test_the_long_chapter_alone_calls_what_it_alone_judges(call):
    assert {mutant.only_in for mutant in MUTANTS} == {"", LONG_CHAPTER, EQUATION_CHAPTERS}
    callers = [name for name in judging(UNMUTATED) if re.search(call, code_of(name))]
    assert [name[:2] for name in callers] == [LONG_CHAPTER], "judge those mutants by every caller"


def test_the_copy_without_a_slip_passes(verdicts):
    units, chapters = verdicts[UNMUTATED]
    assert not units.failed, units.output
    assert not chapters.failed, chapters.output


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_unit_test_catches(mutant, verdicts):
    units, _ = verdicts[mutant]
    assert units.failed, units.output


def test_the_chapters_stored_outputs_catch_their_part(verdicts, print_table):
    lines = []
    for mutant in MUTANTS:
        by_unit, by_chapter = (verdict.first_failure or "nothing" for verdict in verdicts[mutant])
        lines += [mutant.name, f"    {by_unit}", f"    {by_chapter}"]
    by_units, by_chapters = (sum(verdicts[mutant][k].failed for mutant in MUTANTS) for k in (0, 1))
    lines.append(f"{by_units} of {len(MUTANTS)} mutants are caught by a unit test.")
    lines.append(
        f"{by_chapters} of {len(MUTANTS)} are caught by a chapter's stored outputs. Those that are not:"
    )
    lines += [f"    {mutant.name}" for mutant in MUTANTS if not verdicts[mutant][1].failed]
    print_table("one-slip mutants of mlp_core, the unit test and the chapter's cell that catch them", lines)
    assert by_chapters >= CHAPTERS_CATCH_AT_LEAST
