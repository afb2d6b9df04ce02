"""The two open exercises of chapter 03, and the pulls and the choices of chapters 02 and 03."""

import numpy as np
import pytest
from wrong_answers import function_of

from mlp_core.exercises import check, desk
from mlp_core.exercises.five_splits import RATES, RIGHT, of_part, trained
from mlp_core.exercises.registry import exercises


@pytest.fixture(autouse=True)
def _a_desk_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "_wrong", {})
    monkeypatch.setattr(desk, "_passed", {})


THREE, PROOF = [[-0.5, 1, 1], [0, 0, 0]], [-1, 1, 1, -1]
BOTH, FOUR = function_of("def unit(x):\n    return x[0] * x[1]"), [[-0.5, 1, 1, -2], [0, 0, 0, 0]]
SHEETS = [
    ((THREE, ..., ..., ...), "near", "Right so far: `W_three`. Still to be written: `proof`, `unit`"),
    (
        ([[0, 1, 1], [0, 0, 0]], ..., ..., ...),
        "wrong",
        "reads 2 of the four sheets; not read: (0, 0) (a tie)",
    ),
    (([[1, 1], [0, 0]], ..., ..., ...), "wrong", "expected (2, 3)"),
    ((THREE, [1, 1, 1, 1], ..., ...), "wrong", "add up to 4a + 2b + 2c. It has"),
    ((THREE, [-2, 1, 1, 0], ..., ...), "wrong", "add up to b + c. It has"),
    ((THREE, [-1, 1, 0, 0], ..., ...), "wrong", "add up to c. It has"),
    ((THREE, [0, 0, 0, 0], ..., ...), "wrong", "prove nothing"),
    ((THREE, [1, -1, -1, 1], ..., ...), "wrong", "which sign"),
    ((THREE, PROOF, lambda x: x[0] + 2 * x[1], FOUR), "wrong", "no more than a weighted sum"),
    ((THREE, PROOF, lambda x: x[2], FOUR), "wrong", "IndexError"),
    ((THREE, PROOF, lambda x: x, FOUR), "wrong", "does not return one number"),
    ((THREE, PROOF, ..., FOUR), "wrong", "write `unit` first"),
    (
        (THREE, PROOF, BOTH, [[0, 1, 1, -1], [0.5, 0, 0, 0]]),
        "wrong",
        "3 of the four sheets; not read: (1, 1).",
    ),
    ((THREE, PROOF, BOTH, FOUR), "right", "hidden unit"),
    ((THREE, PROOF, lambda x: np.tanh(x[0] - x[1]) ** 2, [[-0.1, 0, 0, 1], [0] * 4]), "right", ""),
    ((THREE, PROOF, BOTH), "unread", "in this order"),
]


@pytest.mark.parametrize(("answers", "verdict", "said"), SHEETS)
def test_what_is_said_of_the_four_sheets(answers, verdict, said):
    feedback = check("3.8", *answers)
    assert feedback.verdict == verdict, feedback
    assert said in feedback.message


TABLES = [
    (RIGHT, "right", "In one split of five"),
    (RIGHT.round(3), "right", ""),
    (RIGHT.round(2), "near", "give four"),
    (RIGHT[:, ::-1], "wrong", "the two rates are exchanged"),
    (RIGHT.T, "wrong", "has the shape (2, 5)"),
    (np.full((5, 2), np.log(10)), "wrong", "the weights stay at zero"),
    (np.tile(RIGHT[:1], (5, 1)), "wrong", "one split"),
    (RIGHT[:, [0, 0]], "wrong", "both columns"),
    (RIGHT + 0.01 * np.eye(5, 2), "wrong", "8 of the ten are right.\nSplit by split: 1 of 2, 1 of 2, 2 of 2"),
]


@pytest.mark.parametrize(("table", "verdict", "said"), TABLES)
def test_what_is_said_of_the_five_splits(table, verdict, said):
    feedback = check("3.7", table)
    assert feedback.verdict == verdict, feedback
    assert said in feedback.message


def test_a_run_that_went_another_way_is_known_by_its_first_split():
    first = trained(0, RATES[0])
    for part, said in (("train", "learned from"), ("test", "stay closed")):
        table = 1.1 * RIGHT
        table[0] = of_part(part, [first, trained(0, RATES[1])])
        assert said in check("3.7", table).message
    table[0] = of_part("validation", [first, trained(0, RATES[1], start=first)])
    assert "goes on from the weights of the first" in check("3.7", table).message
    table[0] = of_part("validation", [trained(0, rate, whole=False) for rate in RATES])
    assert "is short" in check("3.7", table).message


def test_coarse_numbers_are_not_explained_by_many_slips_at_once():
    assert check("2.1", [-0.2, -0.3, 0.7]).slips == ()


WRONG = [
    ("2.6", [0], "come down to 0"),
    ("2.6", [2.3026], "still alike"),
    ("2.6", [0.232], "not yet E"),
    ("2.6", [2.46], "the credit is left out"),
    ("2.6", [-1.4612], "the minus in front of the logarithm"),
    ("2.6", [3.24], "the highest that E can become"),
    ("2.7", ["a3"], "the logarithm's doing"),
    ("2.7", ["b1"], "not its reason"),
    ("3.5", ["a1"], "B as one number"),
    ("3.5", ["c2"], "turns no arrow"),
]


@pytest.mark.parametrize(("number", "answers", "said"), WRONG)
def test_beliefs_and_slips_of_one_number(number, answers, said):
    assert said in check(number, *answers).message


PULLS = [
    ("    return True", 1, "every sign turned"),
    (
        "    r, t = np.eye(3)[1], np.ones(3) * [1, 2, 3]\n    return abs(f(r, t).sum()) < 1e-9",
        2,
        "sign turned",
    ),
    (
        "    r, t = [0, 1, 0], [0.3, 0.2, 0.1]\n    z = np.exp(t) / np.exp(t).sum()\n"
        "    return np.allclose(f(r, t), r - z)",
        3,
        "forgets the 1/B",
    ),
]


@pytest.mark.parametrize(("body", "count", "said"), PULLS)
def test_a_test_that_lets_pulls_pass(body, count, said):
    feedback = check("2.8", function_of(f"def accepts(f):\n{body}"))
    assert feedback.message.startswith(f"{count} of 6 are judged")
    assert said in feedback.message


def test_a_pot_for_the_whole_batch_is_known_without_a_maximum_too():
    text = exercises()["2.3"].solution
    text = text.replace("z_hat - z_hat.max(axis=-1, keepdims=True)", "z_hat")
    feedback = check("2.3", function_of(text.replace("e.sum(axis=-1, keepdims=True)", "e.sum()")))
    assert feedback.slips == ("each row is divided by the pot of the whole batch",)


def test_an_outer_product_of_a_batch_is_told():
    outer = function_of("def pull_on_W(delta, y):\n    return np.outer(delta, y)")
    assert "np.outer" in check("3.2", outer).message


def test_shapes_that_are_each_other_s_transpose_are_told_so():
    text = exercises()["3.4"].solution.replace("delta.T @ y_1", "y_1.T @ delta")
    assert "the other's transpose" in check("3.4", function_of(text)).message


def test_a_derivation_over_routes_that_carry_nothing_is_sent_on():
    lines = (
        r"\frac{\partial z_k}{\partial w_{ij}} = \sum_l \frac{\partial z_k}{\partial \hat z_l} "
        r"\frac{\partial \hat z_l}{\partial w_{ij}} = z_k (\delta_{ki} - z_i) y_j"
    )
    feedback = check("3.6", lines)
    assert (feedback.verdict, "leave out the routes" in feedback.message) == ("near", True)
    one_route = lines.replace(r"\sum_l", "").replace("_l", "_i").removesuffix("y_j")
    assert "equals sign 2" in check("3.6", one_route).message.lower()
