"""The exercises of chapter 05: any depth, the sheet's stations, one matrix used twice, the derivation."""

import numpy as np
import pytest
from wrong_answers import function_of

from mlp_core import MLP
from mlp_core.exercises import check, desk, keep, mine
from mlp_core.exercises.registry import exercises, of_role

DEEP = of_role("backward_deep")
TWICE = exercises()["5.8"]


@pytest.fixture(autouse=True)
def _a_desk_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "_wrong", {})
    monkeypatch.setattr(desk, "_passed", {})


def said_of(exercise, *edits):
    text = exercise.solution
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return check(exercise.number, function_of(text))


AT_ANY_DEPTH = [
    (("sums[k - 1])", "activation(sums[k - 1]))"), "wrong", "the gate is taken at y, behind"),
    (("[:, 1:]", "[:, :-1]"), "wrong", "`W[:, :-1]` is carried back: the bias column stays"),
    (("q = q @", "q = q / len(x) @"), "wrong", "1/B is put in once more on the way back"),
    (("        q = q @", "        q = -q @"), "wrong", "the sign is turned"),
    (
        ("z_hat = signals[-1] @ weights[-1].T", "z_hat = activation(signals[-1] @ weights[-1].T)"),
        "wrong",
        "too",
    ),
    (("pulls.insert(0, ", "pulls.append("), "near", "in the other order"),
    (("range(len(weights) - 1, 0, -1)", "range(len(weights) - 1, 1, -1)"), "wrong", "It returns 2 things"),
    (("range(len(weights) - 1, 0, -1)", "(1,)"), "error", "With one hidden layer it is right; with two:"),
    (("range(len(weights) - 1, 0, -1)", "(2, 1)"), "near", "With no hidden layer it raises."),
    (("    q = (r - e", "    q = -(r - e"), "near", "the positive gradient"),
    (("(sums[k - 1])", "(sums[k])"), "error", "The list ends before that place"),
    (("q.T @ signals[k - 1])", "q.T @ signals[k - 1][:, 1:])"), "wrong", "column of the bias is missing"),
    (
        ("    return pulls", "    weights[0][:] = 0\n    return pulls"),
        "near",
        "writes into its argument `weights`",
    ),
]


@pytest.mark.parametrize(
    ("edit", "verdict", "said"), AT_ANY_DEPTH, ids=[edit[1] for edit, *_ in AT_ANY_DEPTH]
)
def test_slips_at_any_depth_are_named(edit, verdict, said):
    feedback = said_of(DEEP, edit)
    assert feedback.verdict == verdict, feedback
    assert said in feedback.message, feedback


def test_a_pull_that_is_handed_on_too_early_has_the_shape_of_its_own_layer():
    early = ("pulls.insert(0, q.T @ signals[k - 1])", "pulls.insert(0, q.T @ signals[k])")
    assert "Pull and signal are of one layer" in said_of(DEEP, early).message


def test_a_backward_of_any_depth_is_kept():
    assert check(DEEP.number, function_of(DEEP.solution)).verdict == "right"
    assert keep("backward_deep").verdict == "info"
    assert mine("backward_deep").__name__ == "backward_deep"


USED_TWICE = [
    (("pull_a = g + q", "pull_a = q"), "the direct road past the upper use is left out"),
    (("(pull_a + q_a", "(q_a"), "the direct road past the lower use is left out"),
    (("q.T @ a_1 + q_a.T @ x_1", "q.T @ a_1"), "only the last use of V is counted"),
    (("q.T @ a_1 + q_a.T @ x_1", "q_a.T @ x_1"), "only the first use of V is counted"),
    (("V[:, 1:]", "V[:, :-1]"), "`V[:, :-1]` is carried back"),
    (("derivative(a_hat)", "derivative(a_1[:, 1:])"), "the lower gate is taken at a"),
    (("g * activation", "g / len(x_2) * activation"), "1/B is put in, though the pull on y holds it"),
    (("q.T @ a_1 + q_a.T @ x_1", "(q.T @ a_1, q_a.T @ x_1)"), "are they to be added?"),
    (("V[:, 1:]", "V[:, 1:].T"), "V is carried back transposed"),
]


@pytest.mark.parametrize(("edit", "said"), USED_TWICE, ids=[edit[1] for edit, _ in USED_TWICE])
def test_roads_and_uses_that_are_forgotten_are_named(edit, said):
    feedback = said_of(TWICE, edit)
    assert feedback.verdict == "wrong"
    assert said in feedback.message, feedback


def test_gates_at_the_signals_are_named_in_both_uses():
    edits = ("derivative(a_1 @ V.T)", "derivative(a_1[:, 1:])"), ("derivative(a_hat)", "derivative(x_2)")
    assert "the gates are taken at the signals" in said_of(TWICE, *edits).message


def stations():
    space = {"np": np}
    exec(exercises()["5.4"].solution, space)
    return {name: space[name].round(4) for name in exercises()["5.4"].names}


def test_the_sheet_names_the_first_wrong_station():
    sheet = stations()
    assert check("5.4", *sheet.values()).verdict == "right"
    sheet["pull_y"] = sheet["pull_y"] + [0.2, 0, 0]
    sheet["pull_y_hat"] = sheet["pull_y"] * sheet["gates"]
    feedback = check("5.4", *sheet.values())
    assert feedback.message.startswith("The first station to look at: the pull on y.")
    assert "2 of 3 numbers are right" in feedback.message
    assert "has not been looked at yet" in feedback.message


def test_the_sheet_forgives_the_last_digits_and_says_so():
    sheet = stations()
    sheet["pull_y_hat"] = sheet["pull_y_hat"] + [0, 0.0001, 0]
    feedback = check("5.4", *sheet.values())
    assert feedback.verdict == "right"
    assert "The last digits are off in the pull on y_hat" in feedback.message


def test_the_sheet_knows_the_numbers_of_the_chapter():
    sheet = stations()
    sheet["pull_V"] = np.outer(sheet["pull_y_hat"], [1, 2, -1])
    assert "the signals are those of section 3" in check("5.4", *sheet.values()).message


def test_rounded_numbers_that_agree_by_chance_are_not_named():
    assert "No slip that is known" in check("5.1", [0.65, 1.3, -2.6]).message


def test_a_cheat_must_return_two_matrices():
    nothing = function_of("def cheat(x, r, V, W, activation):\n    q = 1")
    network = MLP.initialize((2, 3, 2), "relu", seed=0)
    assert "It returns nothing" in check("5.6", nothing, network, network).message


def test_a_derivation_is_told_what_it_lacks_and_where_it_is_false():
    start = (
        r"-\frac{\partial E}{\partial x_m} = \sum_{j=1}^{H} \Big(-\frac{\partial E}{\partial \hat y_j}\Big) "
    )
    false = start + r"v_{jm} = \sum_{j=1}^{H} \Big(\sum_l (r_l - z_l) w_{lj}\Big) v_{jm} \quad m \ge 1"
    assert "Equals sign 2 is false" in check("5.3", false).message
    assert "The gate is left out" in check("5.3", false).message
    at_y = false.replace("v_{jm} \\quad", r"\sigma'(y_j) v_{jm} \quad")
    assert "The gate is taken at the unit's output" in check("5.3", at_y).message
    assert "does not come by" in check("5.3", start + r"v_{jm} \quad m \ge 1").message
    assert "hold: j runs over hidden units" in check("5.3", start + r"v_{mj} \quad m \ge 1").message
