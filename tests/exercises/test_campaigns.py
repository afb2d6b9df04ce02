"""The large campaigns, and the table that they print: `pytest -m slow tests/exercises -s`."""

import random
import time
from collections import Counter

import pytest
from wrong_answers import answer_with, function_of, one_token_edits

from mlp_core.exercises import judging, trials
from mlp_core.exercises.judging import bank_for, judge_function
from mlp_core.exercises.registry import exercises

pytestmark = pytest.mark.slow

BACKWARD = exercises()["5.2"]
FUNCTIONS = ("1.2", "1.3", "1.4", "2.3", "3.2", "3.3", "3.4", "5.2")
PAIRS = 800


def named(feedback, *slips):
    return any(all(slip.says in said for slip in slips) for said in feedback.slips + feedback.equals)


def test_pairs_of_the_hidden_layer_are_never_misnamed():
    singles = [slip for slip in bank_for(BACKWARD).singles if slip.common and not slip.is_free]
    pairs = [(b, a) for k, a in enumerate(singles) for b in singles[:k]]
    pairs = [pair for pair in pairs if BACKWARD.derivation.lines(pair) is not None]
    found, slowest = Counter(), 0.0
    for pair in random.Random(19).sample(pairs, PAIRS):
        begun = time.perf_counter()
        feedback = judge_function(BACKWARD, answer_with(BACKWARD.derivation, pair))
        slowest = max(slowest, time.perf_counter() - begun)
        if named(feedback, *pair):
            found["named" if len(feedback.equals) < 3 else "named, with more than three equals"] += 1
        elif feedback.slips:
            found["numbers of something simpler"] += 1
            assert feedback.verdict in ("wrong", "near")
        else:
            found["unnamed: NaN" if "NaN" in feedback.message else "unnamed"] += 1
        assert feedback.verdict != "right", pair
    print(f"\n{len(pairs)} pairs, {PAIRS} drawn: {dict(found)}; slowest answer {slowest:.2f} s")
    assert found["named"] + found["named, with more than three equals"] >= 0.97 * PAIRS
    assert found["named"] >= 0.9 * PAIRS
    assert found["unnamed"] <= 0.002 * PAIRS


def test_one_token_edits_of_right_solutions():
    found = Counter()
    for number in FUNCTIONS:
        exercise = exercises()[number]
        for text in one_token_edits(exercise.solution):
            feedback = judge_function(exercise, function_of(text), limit=2)
            kind = feedback.verdict
            if kind == "error":
                assert "Line " in feedback.message, text
            if kind == "wrong":
                is_shape = "shape" in feedback.message or "axis" in feedback.message
                kind = "wrong, named" if feedback.slips else "wrong shape" if is_shape else "wrong, unnamed"
            found[kind] += 1
    print(f"\n{sum(found.values())} one-token edits: {dict(found)}")
    assert sum(found.values()) >= 550
    assert found["wrong, named"] >= found["wrong, unnamed"]


def test_no_verdict_is_wrong_in_a_thousand_trials(monkeypatch):
    """Right and wrong functions on fresh random numbers: never one for the other."""
    singles = bank_for(BACKWARD).singles
    right = function_of(BACKWARD.solution)
    monkeypatch.setattr(judging, "recognized", lambda *_: None)  # the verdict alone
    errors = []
    for seed in range(1000):
        fresh = trials.trials(seed + 1)
        monkeypatch.setattr(judging, "all_trials", lambda fresh=fresh: fresh)
        slip = singles[seed % len(singles)]
        wrong = answer_with(BACKWARD.derivation, (slip,))
        verdicts = judge_function(BACKWARD, right).verdict, judge_function(BACKWARD, wrong).verdict
        if verdicts != ("right", "wrong"):
            errors.append((seed, slip, verdicts))
    assert errors == []
