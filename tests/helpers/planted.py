"""Slips planted one at a time in a copy of the package, and what the tests and the chapters say to each."""

import ast
import compileall
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
HELPERS = Path(__file__).parent
# The unit tests run without nbval: importing it takes longer than they do.
WITHOUT_NBVAL = ("-o", "addopts=--strict-markers", "-p", "no:nbval")
FAST = ("-m", "(not slow or explorer) and not oracle")


class Run(NamedTuple):
    """What pytest said about one copy of the package, its seconds of computing, and what it called."""

    failed: bool = False
    first_failure: str = ""
    output: str = ""
    seconds: float = 0.0
    called: frozenset = frozenset()  # (file of the package, first line of a function), if asked for

    def then(self, later):
        return later._replace(seconds=self.seconds + later.seconds)


def all_mutants():
    """Return every mutant of the lists called MUTANTS or ..._MUTANTS in the modules mutants*.py."""
    modules = [importlib.import_module(path.stem) for path in sorted(HELPERS.glob("mutants*.py"))]
    lists = [value for module in modules for name, value in vars(module).items() if name.endswith("MUTANTS")]
    return [mutant for found in lists for mutant in found]


# ---------------------------------------------------------------- copies


def copy_of_the_book(folder):
    """Copy package, tests, tools, chapters and figures to `folder`, compiled."""
    hidden = shutil.ignore_patterns("__pycache__", "*.yours-*", ".ipynb_checkpoints")
    for name in ("mlp_core", "tests", "chapters", "figures", "tools"):
        shutil.copytree(ROOT / name, folder / name, ignore=hidden)
    for name in ("pyproject.toml", "conftest.py"):
        shutil.copy(ROOT / name, folder)
    for name in ("mlp_core", "tests", "tools"):
        compileall.compile_dir(folder / name, quiet=2)
    return folder


def copy_with(mutant, book, folder):
    """Copy the copy `book` to `folder`, with the one slip made."""
    shutil.copytree(book, folder)
    path = folder / "mlp_core" / mutant.file
    text = path.read_text(encoding="utf-8")
    assert text.count(mutant.old) == 1, f"{mutant.name}: the old text must occur exactly once"
    path.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    shutil.rmtree(path.parent / "__pycache__")  # it is for the old text
    return folder


# ---------------------------------------------------------------- who judges


def top_of(mutant, book):
    """Return the statements at the top of the slip's file, and the first and last line of the slip."""
    text = (book / "mlp_core" / mutant.file).read_text(encoding="utf-8")
    before, old = text[: text.index(mutant.old)], mutant.old
    before, old = before + old[: len(old) - len(old.lstrip())], old.strip()
    first = before.count("\n") + 1
    return ast.parse(text).body, first, first + old.count("\n")


def function_of(mutant, book):
    """Return (file, first line) of the function or method that holds the slip in its body; None without.

    A run that never calls it cannot see the slip.
    """
    body, first, last = top_of(mutant, book)
    nodes = [node for top in body for node in (top.body if isinstance(top, ast.ClassDef) else [top])]
    for node in nodes:
        if isinstance(node, ast.FunctionDef) and node.body[0].lineno <= first <= last <= node.end_lineno:
            return mutant.file, min(line.lineno for line in (node, *node.decorator_list))
    return None


def unit_tests_for(mutant, book):
    """Return the test files of the slip's room, those first that speak most of what holds the slip.

    All of them judge; the order only makes the first failure come early.
    """
    body, first, _ = top_of(mutant, book)
    holders, names = [], []
    for node in body:
        made = [getattr(target, "id", None) for target in getattr(node, "targets", [])]
        made = [name for name in (getattr(node, "name", None), *made) if name]
        names += made
        holders += made if node.lineno <= first <= node.end_lineno else []

    def rank(path):
        words = re.findall(r"\w+", path.read_text(encoding="utf-8"))
        of_holder, of_all = (sum(word in some for word in words) for some in (holders, names))
        is_other = not any(word in path.stem for word in subject)
        return path.name != mutant.asked_first, is_other, -of_holder, -of_all, path.name

    *rooms, module = Path(mutant.file).with_suffix("").parts
    subject = {module, *rooms[1:]}
    folder = book / "tests" / mutant.file.partition("/")[0]
    files = (folder if folder.is_dir() else book / "tests" / "core").glob("test_*.py")
    return [path.relative_to(book).as_posix() for path in sorted(files, key=rank)]


# ---------------------------------------------------------------- running


def environment(folder):
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (folder, ROOT / "tests" / "stubs")))}
    variables |= {"MLP_TEST_PROFILE": "short", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    for name in ("MLP_REQUIRE_ORACLES", "PYTEST_ADDOPTS"):
        variables.pop(name, None)
    return {name: value for name, value in variables.items() if not name.startswith("PYTEST_XDIST")}


class WarmInterpreter:
    """A process of warm_interpreter.py; `with` stops it."""

    def __init__(self, folder):
        command = [sys.executable, "-P", HELPERS / "warm_interpreter.py"]
        self.log = folder / "log"
        self.process = subprocess.Popen(
            command, env=environment(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()

    def run(self, folder, *arguments, calls=False, codes=(0, 1)):
        """Run pytest in `folder` on its own copy of the package; stop at the first failure."""
        request = {"folder": str(folder), "arguments": arguments, "log": str(self.log), "calls": calls}
        print(json.dumps(request), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline())
        output = self.log.read_text(encoding="utf-8", errors="replace")
        # 0: all passed; 1: a test failed. Anything else is neither proof nor disproof.
        assert answer["code"] in codes, f"{answer}\n{output}"
        assert answer["package"] == str(folder / "mlp_core" / "__init__.py"), answer
        called = frozenset((Path(file).as_posix(), line) for file, line in answer["called"])
        return Run(answer["code"] == 1, answer["first"], output, answer["seconds"], called)

    def run_units(self, folder, tests):
        """Run test files, the first few before the others are even collected."""
        verdict = Run()
        for part in (tests[:1], tests[1:3], tests[3:6], tests[6:]):
            if part and not verdict.failed:
                # 5: no test was chosen, as all of them are slow.
                verdict = verdict.then(self.run(folder, *WITHOUT_NBVAL, *FAST, *part, codes=(0, 1, 5)))
        return verdict

    def run_chapters(self, folder, chapters):
        """Run chapter after chapter, each in a process of its own, up to the first that fails."""
        verdict = Run()
        for name in chapters:
            if not verdict.failed:
                verdict = verdict.then(self.run(folder, "--nbval", f"chapters/{name}"))
        return verdict


def first_with_a_kernel(folder, chapter):
    """Return the first cell that fails when nbval runs as in `make test`, with a kernel; "" if none does."""
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", "--color=no", "--nbval"]
    done = subprocess.run(
        [*command, f"chapters/{chapter}"], cwd=folder, env=environment(folder), capture_output=True, text=True
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    failure = re.search(r"^FAILED (.+?)(?: - |$)", done.stdout, re.MULTILINE)
    return failure[1] if failure else ""
