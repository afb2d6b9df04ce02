"""Functions by a stranger, who had not seen the catalogue of slips: what a check says of them.

Its honest measure, and the table: `pytest -m slow -s tests/exercises/test_strangers.py`.
"""

from collections import Counter

import pytest
import strangers

from mlp_core.exercises import check, desk, diagnose

pytestmark = pytest.mark.slow

MOST_EQUALS = 3
JUDGED = {  # the names of a stranger's lists -> how they are handed in
    "BACKWARD": lambda function: diagnose(function, "backward"),
    "LOGITS": lambda function: check("2.3", function),
    "PULL_W": lambda function: check("3.2", function),
}
# Of the functions that run and give wrong numbers, how many are named at least, among at most three equals.
NAMED = {"BACKWARD_SINGLES": 0.75, "BACKWARD_PAIRS": 0.7, "LOGITS_WRONG": 0.85, "PULL_W_WRONG": 0.65}


@pytest.fixture(autouse=True)
def _a_desk_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "_wrong", {})


def kind_of(feedback):
    """Return whether it runs, is right, and, if it is wrong, whether the slip is named."""
    if feedback.verdict in ("right", "error"):
        return feedback.verdict
    told = len(feedback.slips) + len(feedback.equals)
    return "named" if 0 < told <= MOST_EQUALS else "named, with more equals" if told else "unnamed"


@pytest.mark.parametrize("name", NAMED)
def test_what_a_stranger_got_wrong_is_seen_and_mostly_named(name):
    judge = JUDGED[name.rpartition("_")[0]]
    found = Counter()
    for function, what in getattr(strangers, name):
        kind = kind_of(judge(function))
        assert kind != "right" or "wrong shape" in what, (function.__name__, what)
        found[kind] += 1
    wrong = found.total() - found["right"] - found["error"]
    print(f"\n{name}: {dict(found)}; named {found['named'] / wrong:.0%} of {wrong}")
    assert found["named"] >= NAMED[name] * wrong


@pytest.mark.parametrize("name", ["BACKWARD_RIGHT", "LOGITS_RIGHT", "PULL_W_RIGHT"])
def test_nothing_right_is_called_wrong_however_it_is_written(name):
    judge = JUDGED[name.rpartition("_")[0]]
    for function, what in getattr(strangers, name):
        feedback = judge(function)
        assert feedback.verdict in ("right", "near"), (function.__name__, what, feedback)
