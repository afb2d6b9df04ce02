"""Proof that the tests can fail: every listed slip in a copy of the package turns a unit test red.

How many of the slips the chapters' stored outputs catch is counted beside it.
"""

import contextlib
import json
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue

import planted
import pytest
from planted import ROOT, Run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="each slip is judged in a fork"),
]

MUTANTS = planted.all_mutants()
# 124 when chapter 91 was written, with some room for a chapter to change; what no chapter sees is printed by
# name.
CHAPTERS_CATCH_AT_LEAST = 115
# Chapters 06 and 07 take longer than the others together. They judge what they alone call; the rest is left
# to the others, so that what is counted as caught by a chapter is a lower bound.
LONG_CHAPTERS = ("06", "07")
# 90 and 91 run the checker of the equations, and judge that alone.
EQUATION_CHAPTERS = "9"
IT_ALONE_CALLS = (r"\bmomentum=",)  # chapter 05 trains as well, by the plain step
# Of the mutants that chapters judge, how many are judged by real kernels too.
BY_KERNELS = 6

NAMES = [path.name for path in sorted(ROOT.glob("chapters/[0-9]*.ipynb")) if ".yours-" not in path.name]


def judging(mutant):
    """Return the names of the chapters that judge `mutant`."""
    if mutant.unseen:
        return []
    if mutant.only_in:
        return [name for name in NAMES if name.startswith(mutant.only_in)]
    return [name for name in NAMES if not name.startswith((*LONG_CHAPTERS, EQUATION_CHAPTERS))]


def judge(mutant, book, folder, interpreter, passed):
    """Return (the unit tests' run, the chapters' run) for one mutant.

    A chapter that never calls the function with the slip is not run. The shortest is the first.
    """
    function = planted.function_of(mutant, book)
    chapters = [name for name in judging(mutant) if function is None or function in passed[name].called]
    chapters.sort(key=lambda name: passed[name].seconds)
    try:
        planted.copy_with(mutant, book, folder)
        units = interpreter.run_units(folder, planted.unit_tests_for(mutant, book))
        return units, interpreter.run_chapters(folder, chapters)
    except AssertionError as error:  # neither proof nor disproof: this mutant's test says so
        return Run(output=str(error)), Run()
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return planted.copy_of_the_book(tmp_path_factory.mktemp("unmutated").resolve() / "book")


@pytest.fixture(scope="module")
def in_parallel(tmp_path_factory):
    """Return a map over items, two at a time, of a function of a warm interpreter and an item."""
    waiting = Queue()

    def called(function, item):
        interpreter = waiting.get()
        try:
            return function(interpreter, item)
        finally:
            waiting.put(interpreter)

    with contextlib.ExitStack() as stack:
        for _ in range(2):
            folder = tmp_path_factory.mktemp("interpreter")
            waiting.put(stack.enter_context(planted.WarmInterpreter(folder)))
        pool = stack.enter_context(ThreadPoolExecutor(2))
        yield lambda function, items: list(pool.map(lambda item: called(function, item), items))


@pytest.fixture(scope="module")
def passed(book, in_parallel):
    """What each chapter says to the copy without a slip, and which functions it calls."""
    ran = in_parallel(lambda python, name: python.run(book, "--nbval", f"chapters/{name}", calls=True), NAMES)
    return dict(zip(NAMES, ran, strict=True))


@pytest.fixture(scope="module")
def verdicts(book, in_parallel, passed, tmp_path_factory):
    copies = tmp_path_factory.mktemp("copies").resolve()
    judged = in_parallel(
        lambda python, n: judge(MUTANTS[n], book, copies / f"{n}", python, passed), range(len(MUTANTS))
    )
    return dict(zip(MUTANTS, judged, strict=True))


def code_of(name):
    cells = json.loads((ROOT / "chapters" / name).read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


@pytest.mark.parametrize("call", IT_ALONE_CALLS)
def test_the_long_chapters_alone_call_what_they_alone_judge(call):
    callers = {name[:2] for name in NAMES if re.search(call, code_of(name))}
    assert callers, f"no chapter calls {call}"
    assert callers <= set(LONG_CHAPTERS), "judge those mutants by every caller"


def test_every_mutant_that_a_chapter_could_see_has_a_judge():
    assert [mutant.name for mutant in MUTANTS if not mutant.unseen and not judging(mutant)] == []


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_unit_test_catches(mutant, verdicts):
    units, _ = verdicts[mutant]
    assert units.failed, units.output


def test_the_tests_that_caught_a_slip_pass_without_it(verdicts, book, in_parallel):
    caught = sorted({units.first_failure for units, _ in verdicts.values()} - {""})
    assert caught
    (ran,) = in_parallel(lambda python, tests: python.run_units(book, tests), [caught])
    assert not ran.failed, ran.output


@pytest.mark.parametrize("name", NAMES)
def test_each_chapter_passes_without_a_slip(name, passed):
    assert not passed[name].failed, passed[name].output


def test_kernels_fail_in_the_same_cells(verdicts, book, tmp_path):
    seen = [mutant for mutant in MUTANTS if verdicts[mutant][1].failed]
    for number, mutant in enumerate(seen[:: len(seen) // BY_KERNELS]):
        first = verdicts[mutant][1].first_failure
        folder = planted.copy_with(mutant, book, tmp_path.resolve() / f"{number}")
        assert planted.first_with_a_kernel(folder, Path(first.partition("::")[0]).name) == first


def test_the_chapters_stored_outputs_catch_their_part(verdicts, print_table):
    lines = []
    for mutant in MUTANTS:
        firsts = (verdict.first_failure or "nothing" for verdict in verdicts[mutant])
        lines += [
            mutant.name,
            *(f"    {re.sub(r'^(tests/[a-z]+|chapters)/', '', first)}" for first in firsts),
        ]
    by_units, by_chapters = (sum(verdicts[mutant][k].failed for mutant in MUTANTS) for k in (0, 1))
    lines.append(f"{by_units} of {len(MUTANTS)} mutants are caught by a unit test.")
    lines.append(
        f"{by_chapters} of {len(MUTANTS)} are caught by a chapter's stored outputs. Those that are not:"
    )
    lines += [f"    {mutant.name}" for mutant in MUTANTS if not verdicts[mutant][1].failed]
    units, chapters = (sum(verdicts[mutant][k].seconds for mutant in MUTANTS) for k in (0, 1))
    lines.append(f"Seconds of computing: {units:.0f} of unit tests, {chapters:.0f} of chapters.")
    print_table("one-slip mutants of mlp_core, the unit test and the chapter's cell that catch them", lines)
    assert by_chapters >= CHAPTERS_CATCH_AT_LEAST
