"""Chapter 06: each slip reckoned by hand is named, runs of one's own are judged, and an epoch is tested."""

import numpy as np
import pytest

from mlp_core import MLP
from mlp_core.exercises import check, desk
from mlp_core.exercises.chain import run
from mlp_core.exercises.epochs import EPOCHS
from mlp_core.exercises.numbers_asked import example_of
from mlp_core.exercises.registry import exercises
from mlp_core.exercises.search_parts import bank_of
from mlp_core.exercises.training_runs import LUCK_SLIPS, NARROW_SLIPS


@pytest.fixture(autouse=True)
def _a_desk_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "_wrong", {})
    monkeypatch.setattr(desk, "_passed", {})


BY_HAND = [(number, slip) for number in ("6.1", "6.4") for slip in exercises()[number].derivation.slips]


def answer(derivation, given, slip):
    known = run(derivation.lines((slip,)), given)
    return [known[name].tolist() if np.ndim(known[name]) else known[name] for name in derivation.outputs]


@pytest.mark.parametrize(("number", "slip"), BY_HAND, ids=lambda value: getattr(value, "says", value))
def test_each_slip_by_hand_is_named(number, slip):
    exercise = exercises()[number]
    found = check(number, *answer(exercise.derivation, exercise.example, slip))
    assert found.verdict == ("near" if slip.convention else "wrong")
    assert found.slips[0] == slip.says


@pytest.mark.parametrize("number", ["6.1", "6.4"])
def test_all_numbers_by_hand_change_with_each_slip(number):
    exercise = exercises()[number]
    trial = example_of(exercise)
    assert len(bank_of(exercise.derivation, (trial,)).singles) == len(exercise.derivation.slips)


def test_one_wrong_sum_is_no_slip():
    message = check("6.1", [2, 0.6, 3.48], [0.7, 0.76, 1.2]).message
    assert message.startswith("No slip that is known")
    assert "The row of weights: 2 of 3" in message


# ---------------------------------------------------------------- runs of one's own

RNG = np.random.default_rng(0)
TEST, VALIDATION = RNG.permutation(np.arange(420, 440)), RNG.permutation(np.arange(245, 265))
LEADS = TEST.max() - TEST.mean(), VALIDATION[TEST.argmax()] - VALIDATION.mean()


def test_the_luckiest_keeps_what_it_keeps():
    assert check("6.3", TEST, list(VALIDATION), *LEADS).verdict == "right"
    derivation = exercises()["6.3"].derivation
    for slip in LUCK_SLIPS:
        found = check(
            "6.3", TEST, VALIDATION, *answer(derivation, {"test": TEST, "validation": VALIDATION}, slip)
        )
        if slip.says != "the median stands for the average":  # these counts have one for the other
            assert slip.says in found.slips + found.equals, found


BAD_COUNTS = [
    ((TEST[:3], VALIDATION), "`test` has the shape (3,)"),
    ((TEST / 450, VALIDATION), "`test` holds shares"),
    ((TEST, VALIDATION + 0.5), "`validation` holds what is no count of 270"),
    ((TEST, TEST), "`validation` holds what is no count of 270"),
    ((0 * TEST + 433, VALIDATION), "has each network a start of its own?"),
    (("many", VALIDATION), "`test` holds str"),
]


@pytest.mark.parametrize(("counts", "said"), BAD_COUNTS)
def test_counts_that_cannot_be_are_told(counts, said):
    found = check("6.3", *counts, *LEADS)
    assert (found.verdict, said in found.message) == ("wrong", True), found


def test_leads_in_whole_digits_are_told_so():
    assert (
        "Rounded to whole digits" in check("6.3", TEST, VALIDATION, *np.round(np.array(LEADS) + 0.1)).message
    )


def test_what_was_not_handed_in():
    assert check("6.3", TEST, VALIDATION, ..., 2.0).verdict == "unattempted"
    assert "expected `test`, `validation`" in check("6.3", TEST, VALIDATION, 2.0).message


WIDTHS = (2, 2, 8, 8, 16, 16)


def narrow(name="relu", widths=WIDTHS):
    """Return networks in which unit 0 is shut, and that read well enough by leave of the test."""
    made = []
    for k, width in enumerate(widths):
        V, W = MLP.initialize((64, width, 10), "relu", k).weights
        made.append(MLP((np.r_[-abs(V[:1]) - 0.1, V[1:]], W), name))
    return made


@pytest.fixture
def _reads_well(monkeypatch):
    monkeypatch.setattr(MLP, "accuracy", lambda *_: 0.9)


@pytest.mark.usefixtures("_reads_well")
def test_shut_units_are_counted():
    from mlp_core import digits

    networks, x = narrow(), digits(seed=0).train.x
    signals = [each.forward(x).y[0] for each in networks]
    others = [each.forward(digits(seed=0).validation.x).y[0] for each in networks]
    shut = [(y == 0).all(axis=0).sum() for y in signals]
    assert min(shut) >= 1
    found = check("6.5", networks, shut)
    assert found.verdict == "right"
    assert "Yours read 90%" in found.message
    given = {"signals": signals, "others": others, "y": None}
    for slip in NARROW_SLIPS:
        numbers = answer(exercises()["6.5"].derivation, given, slip)[0]
        if numbers != [float(count) for count in shut]:
            found = check("6.5", networks, numbers)
            assert slip.says in found.slips + found.equals, found


BAD_NETWORKS = [
    ((narrow(widths=WIDTHS[:4]),), "[2, 2, 8, 8] units; expected [2, 2, 8, 8, 16, 16]"),
    ((narrow("tanh"),), "All six are to be ReLU networks"),
    ((narrow(),), "None of the six reads half"),
    (([1] * 6,), "a list of six networks"),
]


@pytest.mark.parametrize(("networks", "said"), BAD_NETWORKS)
def test_networks_that_were_not_asked_for_are_told(networks, said):
    found = check("6.5", *networks, [1] * 6)
    assert (found.verdict, said in found.message) == ("wrong", True), found


# ---------------------------------------------------------------- an epoch


def test_every_wrong_epoch_is_another_than_the_right_one():
    start = MLP.initialize((6, 4, 3), "relu", seed=0)
    velocity = tuple(weight * 0 + 0.1 for weight in start.weights)
    x, R = np.random.default_rng(1).random((40, 6)), np.eye(3)[np.arange(40) % 3]
    results = {
        name: np.concatenate(
            [a.ravel() for a in epoch(start.weights, velocity, x, R, np.random.default_rng(2))[0]]
        )
        for name, (epoch, _) in EPOCHS.items()
    }
    for name, (_, right) in EPOCHS.items():
        if not right:
            assert abs(results[name] - results["right"]).max() > 1e-4, name


def test_accuracy_tells_little_of_an_epoch():
    def learns(epoch):
        start = MLP.initialize((6, 16, 3), "relu", seed=0)
        rng = np.random.default_rng(3)
        x = rng.random((100, 6))
        R = np.eye(3)[x[:, :3].argmax(axis=1)]
        weights, velocity = start.weights, None
        for _ in range(40):
            weights, velocity = epoch(weights, velocity, x, R, rng)
        return bool(MLP(weights, "relu").accuracy(x, R.argmax(axis=1)) > 0.8)

    found = check("6.8", learns)
    assert set(found.slips) >= {"short left out", "short by 32", "W first"}
