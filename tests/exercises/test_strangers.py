"""Functions by strangers, who had not seen the catalogue of slips: what a check says of them.

The table of it, and of the campaigns: `python -m tools.exercise_measures`.
"""

from collections import Counter

import pytest

from mlp_core.exercises import desk
from tools.exercise_measures import judged, kept, kind_of, lists_of, module_of

pytestmark = pytest.mark.slow

# Of the functions that run and give wrong numbers, how many are named at least, among at most three equals.
# The catalogue was taught by `strangers`; what it says of others is the honest measure.
LEAST = {
    ("strangers", "BACKWARD_SINGLES"): 0.95,
    ("strangers", "BACKWARD_PAIRS"): 0.9,
    ("strangers", "LOGITS_WRONG"): 0.95,
    ("strangers", "PULL_W_WRONG"): 0.95,
    ("strangers", "JACOBIAN_WRONG"): 0.75,
}
LISTS = [(path.stem, name) for path in kept() for name in lists_of(module_of(path))]
WRONG = [of for of in LISTS if not of[1].endswith("_RIGHT")]
RIGHT = [of for of in LISTS if of[1].endswith("_RIGHT")]


@pytest.fixture(autouse=True)
def _a_desk_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "_wrong", {})


@pytest.fixture(scope="module")
def modules():
    return {path.stem: module_of(path) for path in kept()}


def test_the_lists_are_found():
    assert set(LEAST) <= set(WRONG)
    assert len(RIGHT) >= 3


@pytest.mark.parametrize(("file", "name"), WRONG)
def test_what_a_stranger_got_wrong_is_seen_and_mostly_named(file, name, modules):
    found = Counter()
    for function, what, feedback, _ in judged(modules[file], name):
        kind = kind_of(feedback)
        assert kind != "right" or "wrong shape" in what, (function.__name__, what)
        found[kind] += 1
    wrong = found.total() - found["right"] - found["error"]
    print(f"\n{file}, {name}: {dict(found)}; named {found['named'] / wrong:.0%} of {wrong}")
    assert found["named"] >= LEAST.get((file, name), 0) * wrong


@pytest.mark.parametrize(("file", "name"), RIGHT)
def test_nothing_right_is_called_wrong_however_it_is_written(file, name, modules):
    for function, what, feedback, _ in judged(modules[file], name):
        assert feedback.verdict in ("right", "near"), (function.__name__, what, feedback)
