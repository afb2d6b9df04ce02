"""Measure what the exercises' checks say of wrong and right functions, and print the table.

    python -m tools.exercise_measures                       all of it, with every kept file of strangers
    python -m tools.exercise_measures somebody.py           only what is said of that file's functions

A file of strangers holds lists of (function, what is wrong with it): BACKWARD_SINGLES, BACKWARD_PAIRS,
LOGITS_WRONG, PULL_W_WRONG, JACOBIAN_WRONG, and BACKWARD_RIGHT and so on. A slip is "named" if the check says
what it is, among at most three explanations that give the same numbers. Times are seconds of the processor.
"""

import importlib.util
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from mlp_core.exercises import Feedback, check, desk, diagnose, judging, trials
from mlp_core.exercises.judging import bank_for, judge_function
from mlp_core.exercises.registry import exercises, of_role

ROOT = Path(__file__).resolve().parent.parent
OF_TESTS = ROOT / "tests" / "exercises"
MOST_EQUALS = 3
EDITED = ("1.2", "1.3", "1.4", "2.3", "3.2", "3.3", "3.4", "5.5", "5.7")
PAIRS = 250
TRIALS = 1000
Rows = list[tuple[str, str]]


def by_rows(function: Callable) -> Callable:
    """Return a function of a batch that calls one of a single example for each of its rows."""
    return lambda z: function(z) if z.ndim == 1 else np.array([function(row) for row in z])


JUDGED: dict[str, Callable[[Callable], Feedback]] = {  # the beginning of a list's name -> its check
    "BACKWARD": lambda function: diagnose(function, "backward"),
    "LOGITS": lambda function: check("2.3", function),
    "PULL_W": lambda function: check("3.2", function),
    "JACOBIAN": lambda function: check("1.2", by_rows(function)),
}


def kind_of(feedback: Feedback) -> str:
    """Return whether it runs, is right, and, if it is wrong, whether the slip is named."""
    if feedback.verdict in ("right", "error"):
        return feedback.verdict
    told = len(feedback.slips) + len(feedback.equals)
    return "named" if 0 < told <= MOST_EQUALS else "named, with more equals" if told else "unnamed"


def module_of(path: Path) -> ModuleType:
    """Return a file of functions as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ValueError(f"path: got {str(path)!r}; expected a file of Python")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def kept() -> list[Path]:
    """Return the files of strangers that are kept with the tests."""
    return sorted(OF_TESTS.glob("strangers*.py"))


def lists_of(module: ModuleType) -> list[str]:
    """Return the names of the lists that a module of a stranger's has, in the order of the checks."""
    return [name for judged in JUDGED for name in vars(module) if name.rpartition("_")[0] == judged]


def judged(module: ModuleType, name: str) -> Iterator[tuple[Callable, str, Feedback, float]]:
    """Yield each function of a list, what is wrong with it, what is said of it, and how long that took."""
    judge = JUDGED[name.rpartition("_")[0]]
    for function, what in getattr(module, name):
        desk._wrong.clear()
        begun = time.process_time()
        feedback = judge(function)
        yield function, what, feedback, time.process_time() - begun


def of_strangers(paths: Iterable[Path]) -> Rows:
    """Return for each list of each file how many are named, or, of right ones, how many are called wrong."""
    rows = []
    for path in paths:
        module = module_of(path)
        for name in lists_of(module):
            told = list(judged(module, name))
            rows.append((f"{path.stem}, {name}", _share(name, [feedback for _, _, feedback, _ in told])))
    return rows


def _share(name, told):
    if name.endswith("_RIGHT"):
        wrong = sum(feedback.verdict not in ("right", "near") for feedback in told)
        return f"{len(told)} right ones, {wrong} of them called wrong"
    found = Counter(map(kind_of, told))
    wrong = found.total() - found["right"] - found["error"]
    more = f", {found['error']} more raise" if found["error"] else ""
    return f"{found['named']} of {wrong} named{more}"


# ---------------------------------------------------------------- made from the catalogue, and from solutions


def is_named(feedback: Feedback, *slips: Any) -> bool:
    """Return whether an explanation says all these slips."""
    return any(all(slip.says in said for slip in slips) for said in feedback.slips + feedback.equals)


def of_singles() -> Counter:
    """Return what is said of every single slip of the hidden-layer chain."""
    wrong_answers, backward = module_of(OF_TESTS / "wrong_answers.py"), of_role("backward")
    found: Counter = Counter()
    for slip in bank_for(backward).singles:
        feedback = judge_function(backward, wrong_answers.answer_with(backward.derivation, (slip,)))
        simpler = bool(feedback.slips) and not slip.common  # another of the same numbers is told
        found["named" if is_named(feedback, slip) or simpler else feedback.verdict] += 1
    return found


def of_pairs(count: int = PAIRS) -> Counter:
    """Return what is said of pairs of slips of the hidden-layer chain, drawn from all that run."""
    wrong_answers, backward = module_of(OF_TESTS / "wrong_answers.py"), of_role("backward")
    singles = [slip for slip in bank_for(backward).singles if slip.common and not slip.is_free]
    pairs = [(b, a) for k, a in enumerate(singles) for b in singles[:k]]
    pairs = [pair for pair in pairs if backward.derivation.lines(pair) is not None]
    found: Counter = Counter()
    for pair in random.Random(19).sample(pairs, count):
        feedback = judge_function(backward, wrong_answers.answer_with(backward.derivation, pair))
        if feedback.verdict in ("right", "error"):
            found[feedback.verdict] += 1
        elif is_named(feedback, *pair):
            found["named" if len(feedback.equals) < MOST_EQUALS else "named, with more equals"] += 1
        elif feedback.slips:
            found["numbers of something simpler"] += 1
        else:
            found["unnamed: NaN" if "NaN" in feedback.message else "unnamed"] += 1
    return found


def of_edits() -> Counter:
    """Return what is said of right solutions with one token changed."""
    wrong_answers = module_of(OF_TESTS / "wrong_answers.py")
    found: Counter = Counter()
    for number in EDITED:
        exercise = exercises()[number]
        for text in wrong_answers.one_token_edits(exercise.solution):
            feedback = judge_function(exercise, wrong_answers.function_of(text), limit=2)
            kind = feedback.verdict
            if kind == "error" and "Line " not in feedback.message:
                kind = "error without its line"
            if kind == "wrong":
                is_shape = "shape" in feedback.message or "axis" in feedback.message
                kind = "wrong, named" if feedback.slips else "wrong shape" if is_shape else "wrong, unnamed"
            found[kind] += 1
    return found


def of_trials(count: int = TRIALS) -> int:
    """Return how many of so many right and wrong functions are taken for the other, on fresh numbers."""
    wrong_answers, backward = module_of(OF_TESTS / "wrong_answers.py"), of_role("backward")
    singles = [slip for slip in bank_for(backward).singles if slip.common]
    right = wrong_answers.function_of(backward.solution)
    usual = judging.all_trials, judging.recognized
    errors = 0
    try:
        judging.recognized = lambda *_: None  # the verdict alone
        for seed in range(count):
            fresh = trials.trials(seed + 1)
            judging.all_trials = lambda fresh=fresh: fresh
            wrong = wrong_answers.answer_with(backward.derivation, (singles[seed % len(singles)],))
            verdicts = judge_function(backward, right).verdict, judge_function(backward, wrong).verdict
            errors += verdicts != ("right", "wrong")
    finally:
        judging.all_trials, judging.recognized = usual
    return errors


def of_times() -> tuple[float, float]:
    """Return how long the first answer to an unknown `backward` takes, and a later one."""
    backward = of_role("backward")
    unknown = module_of(OF_TESTS / "wrong_answers.py").function_of(
        backward.solution.replace("activation.derivative(y_hat)", "np.sin(y_hat)")
    )
    taken = []
    for _ in range(2):
        begun = time.process_time()
        judge_function(backward, unknown)
        taken.append(time.process_time() - begun)
    return taken[0], taken[1]


def told(found: Counter) -> str:
    """Return a count in words, the most frequent first."""
    return f"{found.total():,}: " + ", ".join(f"{count:,} {kind}" for kind, count in found.most_common())


def all_rows() -> Rows:
    """Return every measure, in the order of the table; those of time come last."""
    first, later = of_times()
    edits = of_edits()
    return [
        *of_strangers(kept()),
        ("single slips of the catalogue, in `backward`", told(of_singles())),
        ("pairs of them, drawn", told(of_pairs())),
        ("right solutions with one token changed", told(edits)),
        (
            f"{TRIALS:,} right and {TRIALS:,} wrong ones on fresh numbers",
            f"{of_trials()} taken for the other",
        ),
        ("seconds for the first unknown `backward`, and for the next", f"{first:.1f}, {later:.1f}"),
    ]


def as_table(rows: Rows) -> str:
    """Return the rows as a table of Markdown."""
    lines = [f"| {what} | {came} |" for what, came in rows]
    return "\n".join(["| what was handed in | what came of it |", "| --- | --- |", *lines])


def main(arguments: list[str]) -> None:
    """Print the table; of the files that are named, or of all that is kept."""
    paths = [Path(argument).resolve() for argument in arguments]
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # what a check notes of exercises that were done belongs to nobody here
        try:
            print(as_table(of_strangers(paths) if paths else all_rows()))
        finally:
            os.chdir(here)


if __name__ == "__main__":
    main(sys.argv[1:])
