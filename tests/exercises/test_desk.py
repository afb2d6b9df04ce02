"""Numbers that were typed, two wrong answers, keep and mine, and the record of what is done."""

import linecache
import os

import numpy as np
import pytest
from wrong_answers import function_of

from mlp_core import MLP
from mlp_core.exercises import check, desk, hint, keep, mine, progress
from mlp_core.exercises.numbers_asked import places
from mlp_core.exercises.registry import exercises, of_role

BACKWARD = of_role("backward").solution


@pytest.fixture(autouse=True)
def _a_desk_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "_wrong", {})
    monkeypatch.setattr(desk, "_passed", {})


PULL_W = [[-0.25, -0.5, 0.25], [-0.25, -0.5, 0.25], [0.5, 1, -0.5]]
TYPED = [
    ("2.1", [[-0.125, -0.25, 0.375]], "right", ""),
    ("2.1", [(-0.125, -0.25, 0.375)], "right", ""),
    ("2.1", [[0.125, 0.25, -0.375]], "near", "the positive gradient"),
    ("2.1", [[-0.125, 0.375]], "wrong", "2 numbers came; 3 numbers are asked for"),
    ("2.1", [[[-0.125], [-0.25], [0.375]]], "right", ""),
    ("2.1", [[-0.2, -0.3, 0.7]], "wrong", "No slip that is known"),
    ("2.1", [["-1/8", 1, 2]], "wrong", '"-1/8": write numbers without quotation marks'),
    ("2.1", [[-0.125, ..., ...]], "unattempted", ""),
    ("2.1", [1, 2], "unread", "2 answers came; expected 1"),
    ("2.4", [[-0.0988, 0.3603, -0.2614]], "right", ""),
    ("2.4", [[-0.10, 0.36, -0.26]], "right", ""),
    ("2.4", [[-0.1, 0.4, -0.3]], "near", "give 2 places"),
    ("2.4", [[-0.0989, 0.3603, -0.2614]], "near", "the last digits"),
    ("2.4", [[-0.1976, 0.7205, -0.5229]], "wrong", "inner derivative"),
    ("2.4", [[-0.098, 0.36, -0.261]], "near", "the last digits"),
    ("2.4", [[-0.0988, 0.3603, 0.1234]], "wrong", "2 of 3 numbers are right"),
    ("2.2", [[-0.0667, 0.7333, -0.6667], 0.2911], "right", ""),
    ("2.2", [[-0.1, 0.8, -0.7], 0.2911], "wrong", "hard target"),
    ("2.2", [[-0.0667, 0.7333, -0.6667], 0], "wrong", "floor"),
    ("2.2", [[-0.0667, 0.7333, -0.6667], 0.1], "wrong", "No slip that is known"),
    ("2.2", [[0.0667, -0.7333, 0.6667], 0.2911], "near", "turn yours"),
    ("2.2", [[-0.0667, 0.7, -0.6667], 0.2911], "wrong", "no share of the tenth"),
    ("2.1", [[-0.1875, -0.1875, 0.375]], "wrong", "pulled down alike"),
    ("2.1", [[-0.125, 0.75, -0.625]], "wrong", "class 2 is taken for the right one"),
    ("2.1", [[-12.5, -25, 37.5]], "wrong", "in percent"),
    ("2.4", [[-0.1, 0.8, -0.7]], "wrong", "the temperature is forgotten"),
    ("5.1", [[0.61, 1.22, -2.44]], "near", "the last digits"),
    ("5.1", [[0, 0, 0]], "wrong", "Where does a 0 come in"),
    (
        "3.1",
        [[-0.25, -0.25, 0.5], [[-0.5, 0.25, -0.25], [-0.5, 0.25, -0.25], [1, -0.5, 0.5]]],
        "wrong",
        "last",
    ),
    (
        "3.1",
        [[-0.25, -0.25, 0.5], [[-0.25, -0.25, 0.5], [-0.5, -0.5, 1], [0.25, 0.25, -0.5]]],
        "wrong",
        "exchanged",
    ),
]


@pytest.mark.parametrize(("number", "answers", "verdict", "said"), TYPED)
def test_numbers_are_judged_to_the_places_they_have(number, answers, verdict, said):
    feedback = check(number, *answers)
    assert feedback.verdict == verdict, feedback
    assert said in feedback.message, feedback


def test_places():
    assert places(np.array([0.25, 0.5])) == 2
    assert places(np.array([1.0, 2.0])) == 0
    assert places(np.array([np.pi])) == 8


def test_stations_of_the_sheet_are_told_one_by_one():
    exercise = exercises()["5.4"]
    space = {"np": np}
    exec(exercise.solution, space)
    answers = {name: space[name] for name in exercise.names}
    assert check("5.4", *answers.values()).verdict == "right"
    answers["pull_y"] = (space["p"] @ space["W"][:, :-1]).round(4)
    answers["pull_y_hat"] = answers["pull_y"] * space["gates"]
    answers["pull_V"] = np.outer(answers["pull_y_hat"], space["x_1"])
    assert "`W[:, :-1]` is carried back" in check("5.4", *answers.values()).message


def test_the_first_wrong_answer_is_told_the_step_and_the_second_the_edit():
    wrong = function_of(BACKWARD.replace("W[:, 1:]", "W[:, :-1]"))
    assert "You have computed" not in check("5.5", wrong).message
    assert "You have computed" in check("5.5", wrong).message
    assert check("5.5", function_of(BACKWARD)).verdict == "right"
    assert "You have computed" not in check("5.5", wrong).message


def test_the_cheat_must_pass_and_be_caught():
    space = {"np": np, "MLP": MLP}
    exec(exercises()["5.6"].solution, space)
    cheat, blind, honest = (space[name] for name in ("cheat", "blind", "honest"))
    assert check("5.6", cheat, blind, honest).verdict == "right"
    assert "notices" in check("5.6", cheat, honest, honest).message
    assert "passes as well" in check("5.6", cheat, blind, blind).message
    assert "is right" in check("5.6", function_of(BACKWARD), blind, honest).message
    assert check("5.6", cheat, 1, 2).verdict == "unread"
    V, W = blind.weights
    assert "W is 0" in check("5.6", cheat, MLP((V, 0 * W), "tanh"), honest).message


def test_the_predicate_must_reject_four_and_accept_one():
    assert check("1.7", lambda f: True).slips == ("wrong axis", "no shift", "shift by the mean", "sigmoids")
    assert "The right one is rejected" in check("1.7", lambda f: False).message
    assert "for all are rejected" in check("2.8", lambda f: False).message
    assert "expected True or False" in check("1.7", lambda f: 3).message


def test_a_derivation_is_measured():
    start = r"\sum_i \Big(-\frac{\partial E}{\partial \hat z_i}\Big)"
    assert check("2.5", start + r" = \sum_i (z_i - r_i) = \sum_i z_i = 0").verdict == "wrong"
    assert check("2.5", start + " = 0").verdict == "near"
    assert check("2.5", start + " = (").verdict == "unread"


def test_a_derivation_may_be_spelled_otherwise():
    start = r"\sum_i -\frac{dE}{d\hat{z}_i}"
    end = r" = \sum_i {\left\{r_i - z_i \sum_k r_k\right\}} = \sum_i r_i - (\sum_k r_k) \sum_i z_i = 0"
    assert check("2.5", start + end).verdict == "right"
    assert check("2.5", start + " = 0").verdict == "near"
    other = check("2.5", r"\sum_i \frac{dE}{d\hat{z}_i}" + end.replace("r_i -", "r_i +", 1))
    assert other.verdict == "wrong"
    elsewhere = check("2.5", r"\sum_i \frac{dE}{d\hat{z}_i} = 0").message
    assert r"Begin with `\sum_i \Big(-\frac{\partial E}{\partial \hat z_i}\Big)`" in elsewhere


def test_keep_and_mine():
    assert mine("backward").__doc__.startswith("Return (-dE/dV")
    assert keep("backward").verdict == "unattempted"
    check("5.5", function_of(BACKWARD.replace("return q.T", "kept = True\n    return q.T")))
    assert keep("backward").verdict == "info"
    assert "kept" in mine("backward").__code__.co_varnames
    check("2.3", function_of(exercises()["2.3"].solution.replace("pull_on_logits(", "other(")))
    assert keep("pull_on_logits").verdict == "info"
    assert mine("pull_on_logits").__name__ == "other"
    assert "kept" in mine("backward").__code__.co_varnames
    assert sorted(os.listdir()) == ["my_functions.py", "my_progress.toml"]
    with pytest.raises(ValueError, match="name: got 'x'; expected one of backward"):
        mine("x")


def test_a_function_that_leans_on_the_notebook_is_not_kept():
    text = "def helper(t):\n    return t\n" + BACKWARD.replace("return q.T", "return helper(q).T")
    function = function_of(text, "backward")
    feedback = check("5.5", function)
    assert feedback.verdict == "right"
    assert "put `helper` inside it" in feedback.message
    assert keep("backward").verdict == "error"
    assert "leans on other cells of the notebook, by `helper`" in keep("backward").message
    linecache.clearcache()
    assert "not found" in keep("backward").message


WITH_THE_PACKAGE = {
    "a name of the first cell": "    return forward_and_back(x, r, V, W, activation)",
    "a function of the reader's that uses it": "    return by_way(x, r, V, W, activation)",
    "an import inside": "    from mlp_core import MLP\n    net = MLP((V, W), activation)\n"
    "    return net.negative_gradient(net.forward(x), r)",
}


@pytest.mark.parametrize("line", WITH_THE_PACKAGE.values(), ids=WITH_THE_PACKAGE)
def test_the_package_does_not_do_the_reader_s_exercise(line):
    head = "def forward_and_back(x, r, V, W, activation):\n    net = MLP((V, W), activation)\n"
    head += "    return net.negative_gradient(net.forward(x), r)\n\n\n"
    head += "def by_way(*given):\n    return forward_and_back(*given)\n\n\n"
    function = function_of(f"{head}def backward(x, r, V, W, activation):\n{line}", "backward")
    function.__globals__["MLP"] = MLP
    feedback = check("5.5", function)
    assert feedback.verdict == "near"
    assert "leans on `MLP`" in feedback.message or "leans on `mlp_core`" in feedback.message
    assert keep("backward").verdict == "unattempted"


def test_a_file_that_does_not_run_gives_the_books_own(tmp_path):
    (tmp_path / "my_functions.py").write_text("# ---- backward\ndef backward(:\n")
    assert mine("backward").__doc__.startswith("Return (-dE/dV")


def test_progress_is_read_by_a_person_and_never_falls_back(tmp_path):
    check("2.1", [-0.125, -0.25, 0.375])
    check("2.1", [1.11, 2.22, 3.33])
    check("2.4", [1.11, 2.22, 3.33])
    text = (tmp_path / "my_progress.toml").read_text()
    assert '"2.1" = "right"\n"2.4" = "tried"\n' in text
    assert "Chapter 02: 1 of 8 right, tried 2.4." in progress().message
    (tmp_path / "my_progress.toml").write_text("not toml [")
    assert "0 of 8" in progress().message


def test_a_folder_that_cannot_be_written_is_no_error(monkeypatch):
    monkeypatch.setattr("mlp_core.exercises.record.tempfile.mkstemp", _refuse)
    assert check("2.1", [-0.125, -0.25, 0.375]).verdict == "right"


def _refuse(**_):
    raise PermissionError


def test_a_hint_too_many_names_the_solution():
    assert 'There are 2 hints. `solution("2.1")`' in hint("2.1", 3).message
    with pytest.raises(ValueError, match="n: got 0; expected a number from 1"):
        hint("2.1", 0)


def test_an_unknown_number_is_told_those_of_its_chapter():
    with pytest.raises(ValueError, match=r"number: got '2.11'; expected one from '2.1' to '2.8'$"):
        check("2.11", 3)


def test_a_new_slip_is_told_as_a_first_one():
    slips = [BACKWARD.replace("W[:, 1:]", "W[:, :-1]"), BACKWARD.replace("(y_hat)\n", "(y_1[:, 1:])\n")]
    first, other, again, third = [check("5.5", function_of(slips[k])).message for k in (0, 1, 0, 0)]
    assert "You have computed" not in first + other
    assert "You have computed `pull_y = delta @ W[:, :-1]`, in the book's letters." in again
    assert "`delta @ W[:, 1:]`" not in again
    assert "the step is `pull_y = delta @ W[:, 1:]`" in third


def test_typed_numbers_are_shown_no_line_of_code():
    for _ in range(3):
        said = check("2.6", 0).message
    assert "`floor" not in said
    assert 'hint("2.6")' in said


STATIONS = {
    "no number": (
        {"pull_y": lambda a: 1.05 * a["pull_y"]},
        "wrong",
        "The pull on W is right: the slip is on",
    ),
    "by chance": ({"pull_y": lambda a: 1.2 * a["pull_y"]}, "wrong", "No slip that is known"),
    "turned": ({"pull_y": lambda a: -a["pull_y"]}, "wrong", "The sign is turned here"),
    "even": ({"pull_W": lambda a: np.outer([0.5, -0.5], a["y_1"])}, "wrong", "No slip that is known"),
    "transposed": (
        {"pull_W": lambda a: a["pull_W"].T},
        "near",
        "4 rows of 2 came; 2 rows of 4 are asked for",
    ),
    "unfinished": ({"pull_V": lambda a: ...}, "near", "Right as far as the pull on y_hat: `pull_V` is still"),
    "a softmax": (
        {"z_hat": lambda a: np.exp(a["z_hat"]) / np.exp(a["z_hat"]).sum()},
        "wrong",
        "these are the probabilities already",
    ),
    "tanh": ({"gates": lambda a: 1 - a["y"] ** 2}, "wrong", "Which function do these units have"),
    "rounded": (
        {
            "gates": lambda a: np.round(a["gates"], 2),
            "pull_y_hat": lambda a: a["pull_y"] * np.round(a["gates"], 2),
            "pull_V": lambda a: np.outer(a["pull_y"] * np.round(a["gates"], 2), a["x_1"]),
        },
        "right",
        "The last digits are off in the pull on y_hat, the pull on V",
    ),
}


@pytest.mark.parametrize("case", STATIONS)
def test_a_station_is_judged_by_what_comes_after_the_last_right_one(case):
    changed, verdict, said = STATIONS[case]
    space = {"np": np}
    exec(exercises()["5.4"].solution, space)
    answers = {name: space[name] for name in exercises()["5.4"].names}
    feedback = check("5.4", *(answers | {name: change(space) for name, change in changed.items()}).values())
    assert feedback.verdict == verdict, feedback
    assert said in feedback.message, feedback
    assert "Try it with" not in feedback.message


def test_a_cheat_that_is_wrong_on_its_own_network_alone_is_one():
    space = {"np": np, "MLP": MLP}
    exec(exercises()["5.6"].solution, space)
    text = BACKWARD.replace(
        "return q.T @ x_1,", "p = q.T @ x_1\n    p = p.T if p.shape[0] == p.shape[1] else p\n    return p,"
    )
    square = [MLP((space["rng"].normal(size=(3, 3)), W), "tanh") for W in (np.ones((3, 4)), np.ones((3, 4)))]
    square[1] = MLP((square[1].weights[0], space["rng"].normal(size=(3, 4))), "tanh")
    assert check("5.6", function_of(text), *square).verdict == "right"
