"""Chapter 07: slips in the loop are named, a way back is measured, and a claim is told what it lacks."""

import numpy as np
import pytest
from wrong_answers import function_of

from mlp_core import MLP
from mlp_core.exercises import check, desk
from mlp_core.exercises.claims import Score
from mlp_core.exercises.judges_that_train import STAGES, _stage, _trained, in_order
from mlp_core.exercises.numbers_asked import example_of
from mlp_core.exercises.registry import exercises
from mlp_core.exercises.search_parts import bank_of
from mlp_core.exercises.slips_known.training_loop import LOOP, PLANS

LINES = exercises()["7.7"].solution
SLIPS = [slip for slip in LOOP.slips if not slip.is_free and LOOP.lines((slip,))]


@pytest.fixture(autouse=True)
def _a_desk_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "_wrong", {})


@pytest.mark.parametrize("number", ["7.1", "7.2"])
def test_every_slip_in_a_number_is_named(number):
    exercise = exercises()[number]
    bank = bank_of(exercise.derivation, (example_of(exercise),))
    assert len(bank.singles) == len(exercise.derivation.slips)
    for slip in bank.singles:
        numbers = [float(output) for output in bank.outputs((slip,), example_of(exercise))]
        feedback = check(number, *numbers)
        assert feedback.verdict == "wrong"
        assert slip.says in feedback.slips + feedback.equals, (slip, feedback)


def trained(lines, batches):
    """Return a function that trains with these lines on these batches."""

    def answer(x, r, V, W, orders):
        return _trained(lines, batches, (x, r, V, W, orders))

    return answer


@pytest.mark.parametrize("slip", SLIPS[:19], ids=lambda slip: slip.says)
def test_a_slip_in_a_step_of_the_loop_is_named(slip):
    feedback = check("7.7", trained(LOOP.lines((slip,)), in_order))
    assert feedback.verdict == "wrong"
    assert slip.says in feedback.slips + feedback.equals, feedback


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.says)
def test_a_wrong_way_through_the_rows_is_named(plan):
    feedback = check("7.7", trained(LOOP.lines(), plan.batches))
    assert feedback.verdict == "wrong"
    assert feedback.slips == (plan.says,)


LOOPS = [
    ("0.1 * U_V", "0.3 * U_V", "The step of V points the right way, and is 3 times as long"),
    ("0.9 * U_V", "0.5 * U_V", "One step is right; the second"),
    ("return V, W", "return W, V", "W comes first"),
    ("return V, W", "pass", "It returns nothing"),
    ("V, W = V + 0.1 * U_V, W +", "V += 0.1 * U_V\n            W = W +", "writes into its argument `V`"),
    ("q.T @ ones_X", "q.T @ X", "(H, D+1) meets (H, D)"),
    ("range(0, len(order), 32)", "range(0, len(order), 24)", "is it one step?"),
    ("(R - z) / len(R)", "(R - z) / len(x)", "by the number of all rows"),
    ("in orders:", "in orders[:-1]:", "V has not moved."),
    ("return V, W", "return V, W, 0", "It returns 3 things"),
    ("* (y > 0)", "* (z_hat > 0)", "the first counts hidden units, the second classes"),
    ("32", "16", "batches of 16 rows are taken"),
    ("V, W = V + 0.1 * U_V, W + 0.1 * U_W", "V, W = V + 0.01 * U_V, W + 0.01 * U_W", "a tenth of 0.1"),
]


@pytest.mark.parametrize(("before", "after", "said"), LOOPS, ids=[after for _, after, _ in LOOPS])
def test_what_is_said_of_a_loop_that_no_slip_explains(before, after, said):
    assert before in LINES
    assert said in check("7.7", function_of(LINES.replace(before, after))).message


def test_the_sizes_of_the_loop_differ_so_that_shapes_are_letters():
    *_, V, W, _ = _stage(*STAGES[0])
    assert len({*V.shape, *W.shape}) == 4


RANDOM = np.random.default_rng(2)
WAYS = [
    (lambda p, W, y: p @ W[:, 1:], "It listens to `W`"),
    (lambda p, W, y: p @ RANDOM.standard_normal((10, 32)), "Called twice with the same"),
    (lambda p, W, y: 0 * y, "It hands back 0"),
    (lambda p, W, y: y / 32, "It does not depend on `p`"),
    (lambda p, W, y: p[:, :1] * (1 - y**2), "All units hear the same"),
    (lambda p, W, y: p @ np.ones((10, 32)), "It hands back 0"),
    (lambda p, W, y: p.sum(axis=1, keepdims=True) * (1 - y**2), "one example adds up to 0"),
    (lambda p, W, y: p, "expected that of `y`"),
    (lambda p, W, y: y / 0, "NaN or infinity"),
    (lambda p, W, y: [1], "It returns a list"),
]


@pytest.mark.parametrize(("way", "said"), WAYS, ids=[said for _, said in WAYS])
def test_what_is_said_of_a_way_back_that_does_not_teach(way, said):
    feedback = check("7.6", way)
    assert feedback.verdict == "wrong"
    assert said in feedback.message


@pytest.fixture(scope="module")
def claim():
    space = {"np": np, "MLP": MLP}
    exec(exercises()["7.8"].solution, space)
    return space["claim"]


def changed(claim, **parts):
    return check("7.8", {**claim, **parts})


def test_a_claim_lacks_what_is_not_in_it(claim):
    feedback = check("7.8", {"x": claim["x"], "labels": claim["labels"], "says": ...})
    assert [line.split("`")[1] for line in feedback.slips] == [
        "kept",
        "networks",
        "baseline",
        "backward",
        "says",
    ]


def test_before_a_claim_is_believed(claim):
    known = claim["networks"]
    twice = np.r_[claim["x"][:150], claim["x"][:150]], np.r_[claim["labels"][:150], claim["labels"][:150]]
    cases = {
        "At least 5": {"networks": known[:2]},
        "4 of the networks are copies": {"networks": known[:1] * 5},
        "10 are too few": {"kept": np.arange(10)},
        "stand among the others as well": {"x": twice[0], "labels": twice[1], "kept": np.arange(40)},
        "so nothing could learn it": {
            "labels": np.where(np.arange(300) < 60, 0, 1),
            "kept": np.arange(60),
        },
        "the pull on V is not what is measured": {"backward": lambda *given: _turned(claim, given)},
        "Train it to its end": {"baseline": MLP((np.array([[9.0, 9, 0], [0, 0, 9]]),))},
    }
    for said, parts in cases.items():
        feedback = changed(claim, **parts)
        assert feedback.verdict == "wrong"
        assert said in feedback.message, (said, feedback)


def _turned(claim, given):
    pull_V, pull_W = claim["backward"](*given)
    return -pull_V, pull_W


def test_a_claim_says_what_its_numbers_bear(claim):
    assert changed(claim, says="better").verdict == "right"
    assert changed(claim, says="cannot tell").verdict == "near"
    assert "On average your networks lead" in changed(claim, says="worse").message
    untrained = [MLP.initialize((2, 8, 2), "tanh", seed) for seed in range(5)]
    assert "within the spread" in changed(claim, networks=untrained, says="better").message
    assert changed(claim, networks=untrained, says="cannot tell").verdict == "right"


SCORES = [
    ((55, 56), 50, 30, "cannot tell"),  # a lead of 5.5 where luck makes 11
    ((65, 66), 50, 30, "better"),
    ((49, 90), 50, 30, "cannot tell"),  # one start is behind
    ((35, 36), 50, 30, "worse"),
    ((45, 46), 50, 30, "cannot tell"),
    ((50, 50), 50, 0, "cannot tell"),
]


@pytest.mark.parametrize(("reads", "baseline", "apart", "claim"), SCORES)
def test_a_lead_must_be_more_than_luck_and_than_the_spread(reads, baseline, apart, claim):
    assert Score(reads, baseline, 20, 100, apart).supports == claim


def test_what_cannot_be_read_of_a_claim_is_an_error(claim):
    wrong = {
        "a whole number from 0": {"labels": claim["labels"] + 0.5},
        "3 classes from 0": {"labels": claim["labels"] + 1},
        "numbers of rows, each once": {"kept": np.zeros(40, dtype=int)},
        "`MLP((W,))`": {"baseline": claim["networks"][0]},
        "one of 'better'": {"says": "great"},
        "a list of networks": {"networks": ["a"]},
        "NaN": {"x": claim["x"] * np.nan},
    }
    for said, parts in wrong.items():
        feedback = changed(claim, **parts)
        assert feedback.verdict == "unread", said
        assert said in feedback.message.replace("one whole", "a whole"), feedback
    assert check("7.8", 3).verdict == "unread"


def test_a_long_derivation_is_measured_step_by_step():
    text = {}
    exec(exercises()["7.4"].solution, text)
    assert check("7.4", text["lines"]).verdict == "right"
    wrong = check("7.4", text["lines"].replace(r"\delta_{ik} - z_k", r"\delta_{ik} - z_i"))
    assert wrong.verdict == "wrong"
    assert "Equals sign 2" in wrong.message
    assert "nothing says m ≥ 1" in check("7.4", text["lines"].replace(r"\quad m \ge 1", "")).message


def test_a_loop_that_imports_the_book_is_not_called_ones_own():
    head, rest = LINES.split('"""\n', 1)
    text = f'{head}"""\n    from mlp_core import softmax  # noqa: F401\n{rest}'
    feedback = check("7.7", function_of(text))
    assert feedback.verdict == "near"
    assert "leans on `mlp_core`" in feedback.message
