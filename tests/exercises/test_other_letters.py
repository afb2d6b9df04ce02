"""A line, a derivation and a table in the letters of other books, and what a wrong one is told."""

import pytest

from mlp_core.exercises import check, desk
from mlp_core.exercises.chapters.chapter_90 import BISHOP, EXERCISES


@pytest.fixture(autouse=True)
def _a_desk_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "_wrong", {})


GRAD = "weight.grad_{ij} = "
START = r"\delta^L_j = \sum_k \frac{\partial C}{\partial a^L_k} \frac{\partial a^L_k}{\partial z^L_j} = "
TERMS = r"\sum_k -\frac{y_k}{a^L_k} a^L_k (\delta_{kj} - a^L_j) = "
DEFINED = START.replace(" = ", r" = \frac{\partial C}{\partial z^L_j} = ", 1)
FUDGE = r"\sum_k (a^L_k - y_k) \delta_{kj} = "
AT_W = r"\frac{\partial E}{\partial w_{kj}} = "
LINES = [
    ("90.1", GRAD + r"\text{hidden}_j (\text{probs}_i - \text{target}_i)", "right", ""),
    ("90.1", GRAD + "(softmax(logits)_i - target_i) hidden_j", "right", ""),
    (
        "90.1",
        r"\frac{\partial loss}{\partial weight_{ij}} = logits.grad_i h_j = (probs_i - target_i) hidden_j",
        "right",
        "",
    ),
    ("90.1", GRAD + "logits.grad_i hidden_j", "near", "still a derivative in its last side"),
    (
        "90.1",
        GRAD + r"\frac{\partial loss}{\partial weight_{ij}} = (probs_i - target_i) hidden_j",
        "right",
        "",
    ),
    (
        "90.1",
        "weight.grad[i,j] = (probs_i - target_i) hidden_j",
        "unread",
        "write `weight.grad_{ij}` for `weight.grad[i,j]`",
    ),
    ("90.1", "weight.grad[i][j] = (probs_i - target_i) hidden_j", "unread", "write `weight.grad_{ij}` for"),
    ("90.1", GRAD + "(probs[i] - target[i])*hidden[j]", "unread", "write `probs_i` for `probs[i]`"),
    ("90.1", "logits.grad_i = probs_i - target_i", "near", "Begin with `weight.grad_{ij}`"),
    ("90.1", GRAD + "(z_i - r_i) y_j", "unread", "z is no letter of this notation"),
    ("90.1", GRAD + "(target_i - probs_i) hidden_j", "wrong", "That is our pull"),
    ("90.1", GRAD + "(probs_j - target_j) hidden_i", "wrong", "where the weight leads to"),
    ("90.1", GRAD + "probs_i - target_i", "wrong", "which the bias gets"),
    ("90.1", GRAD + "weight_{ij} (probs_i - target_i)", "wrong", "what is it multiplied with"),
    ("90.1", GRAD + "(probs_i - target_i) input_j", "wrong", "and not the input"),
    ("90.1", GRAD + "(probs_i - target_i) preactivation_j", "wrong", "behind its function"),
    ("90.1", GRAD + "(probs_i - target_i) hidden_j probs_i (1 - probs_i)", "wrong", "All routes are in"),
    ("90.1", GRAD + "-target_i (1 - probs_i) hidden_j", "wrong", "One route of K"),
    ("90.2", START + TERMS + r"a^L_j \sum_k y_k - y_j = a^L_j - y_j", "right", ""),
    ("90.2", START + TERMS + "a_j^L - y_j", "right", ""),
    ("90.2", DEFINED + TERMS + "a_j^L - y_j", "right", ""),
    ("90.2", DEFINED + "a^L_j - y_j", "near", "Sides 1 and 2 are the same by definition, which is no step."),
    ("90.2", r"\delta^L_j = " + START + TERMS + "a_j^L - y_j", "near", "Sides 1 and 2 are the same: leave"),
    ("90.2", START + 2 * TERMS + "a_j^L - y_j", "near", "Sides 3 and 4 are the same: leave"),
    # Between the routes and the end no side has y_k times a slope, or it has.
    ("90.2", START + FUDGE + "a^L_j - y_j", "near", "no side puts the slopes in"),
    (
        "90.2",
        START + r"\sum_k a^L_k \delta_{kj} - \sum_k y_k \delta_{kj} = a^L_j - y_j",
        "near",
        "no side puts",
    ),
    ("90.2", START + r"\sum_k (a^L_j y_k - y_k \delta_{kj}) = a^L_j - y_j", "right", ""),
    ("90.2", START + r"-\sum_k y_k \delta_{kj} + a^L_j \sum_k y_k = a^L_j - y_j", "right", ""),
    (
        "90.2",
        START + r"-\sum_k \frac{y_k}{a^L_k} \frac{\partial a^L_k}{\partial z^L_j} = a^L_j - y_j",
        "right",
        "",
    ),
    ("90.2", START + "a^L_j - y_j", "near", "at least 4 sides"),
    ("90.2", START + TERMS + r"a^L_j \sum_k y_k - y_j", "near", "End with `a^L_j - y_j`"),
    (
        "90.2",
        r"\delta^L_j = a^L_j \sum_k y_k - y_j = (a^L_j - 1) \sum_k y_k + \sum_k y_k - y_j = a^L_j - y_j",
        "near",
        "The routes are not there yet",
    ),
    ("90.2", START.replace("_j", "_i") + "a^L_i - y_i", "near", r"Begin with `\delta^L_j`"),
    (
        "90.2",
        r"\delta^L_j = \frac{\partial C}{\partial a^L_j} \frac{\partial a^L_j}{\partial z^L_j} = a^L_j - y_j",
        "wrong",
        "one route of K",
    ),
    ("90.2", r"\delta^L_j = y_j (a_j^L - 1)", "wrong", "one route of K"),
    ("90.2", START + r"\sum_k \frac{y_k}{a^L_k} a^L_k (\delta_{kj} - a^L_j)", "wrong", "A minus is lost"),
    ("90.2", START + TERMS.replace(r"\delta_{kj}", "1") + "a^L_j - y_j", "wrong", "The delta is gone"),
    ("90.2", START + TERMS.replace(r"\delta_{kj}", "") + "a^L_j - y_j", "wrong", "The case k = j"),
    ("90.2", START + TERMS.replace("- a^L_j", "- a^L_k") + "a^L_j - y_j", "wrong", "All pay class j"),
    ("90.2", r"\delta^L_j = (a^L_j - y_j) a^L_j (1 - a^L_j)", "wrong", "which ends in sigmoids"),
    ("90.2", r"\delta^L_j = \frac{\partial C}{\partial a^L_j} \sigma'(z^L_j)", "wrong", "a softmax"),
]


@pytest.mark.parametrize(("number", "text", "verdict", "said"), LINES)
def test_a_line_in_other_letters(number, text, verdict, said):
    feedback = check(number, text)
    assert (feedback.verdict, said in feedback.message) == (verdict, True), feedback


OF_BISHOP = [
    ("(y_k - t_k) z_j", "right", ""),
    ("z_j (y_k - t_k)", "right", ""),
    (r"\frac{\partial E}{\partial a_k} z_j", "near", "still a derivative"),
    ("(t_k - y_k) z_j", "wrong", "the slope itself"),
    ("y_k - t_k", "wrong", "the bias's"),
    ("(y_k - t_k) x_j", "wrong", "and not the input"),
    ("(y_j - t_j) z_k", "wrong", "leads to k"),
    ("(y_k - t_k) w_{kj}", "wrong", "what is it multiplied with"),
    ("(y_k - t_k) y_k (1 - y_k) z_j", "wrong", "all in y - t already"),
]


@pytest.mark.parametrize(("side", "verdict", "said"), OF_BISHOP)
def test_a_line_in_letters_that_the_reader_names(side, verdict, said):
    feedback = check("90.3", BISHOP, AT_W + side)
    assert (feedback.verdict, said in feedback.message) == (verdict, True), feedback


RIGHT = AT_W + "(y_k - t_k) z_j"
TABLES = [
    ({}, "unattempted", ""),
    ("a, y, t, z", "unread", 'A table is a dictionary of their letter to ours: `{"a": r"\\hat z"}`'),
    ({"a": 1}, "unread", "A table is a dictionary"),
    ({**BISHOP, "a": "p"}, "unread", "expected a letter for one of the book's"),
    ({**BISHOP, "a": "z"}, "wrong", "in front of the softmax"),
    (
        {"a": r"\hat z", "t": "r", "z": "y"},
        "wrong",
        "`y` is not in the table yet, and would be read as the book's",
    ),
    ({"y": "z"}, "wrong", "`a` is not in the table yet. His a_k"),
    ({**BISHOP, "y": "r"}, "wrong", "You have made it `r`, a target. His y_k comes out of the softmax"),
    ({**BISHOP, "t": "t"}, "wrong", "You have made it `t`. His t_k"),
    ({**BISHOP, "t": "z"}, "wrong", "You have made it `z`, a probability. His t_k is what was wanted"),
    ({**BISHOP, "z": "x"}, "wrong", "You have made it `x`, an input. His z_j is what hidden unit j says"),
    ({**BISHOP, "a": r"\hat y"}, "wrong", r"You have made it `\hat y`, what a hidden unit has added up."),
    ({"a": r"\hat z", "y": "z", "t": "r"}, "wrong", "the book's own `z`, a probability. His z_j"),
    ({"a_k": r"\hat z_i", "y_k": "z_i"}, "unread", r'without its index: `"a": r"\hat z"`'),
    ({"a_{k}": r"\hat{z}_{i}"}, "unread", r'without its index: `"a": r"\hat{z}"`'),
    (
        {our: their for their, our in BISHOP.items()},
        "unread",
        r'Theirs comes first, and ours behind the colon: `"a"',
    ),
    ({r"\hat z_k": "a_k"}, "unread", r'Theirs comes first, and ours behind the colon: `"a": r"\hat z"`'),
    ({**BISHOP, "w": "v"}, "wrong", "`w` is not what it stands for here"),
    ({**BISHOP, "w": "w", "E": "E", "x": "x"}, "right", ""),
    ({r"\mathbf a": r"\hat{\mathbf z}", "y": "z", "t": "r", "z": "y"}, "right", ""),
]


@pytest.mark.parametrize(("letters", "verdict", "said"), TABLES)
def test_a_table_of_letters(letters, verdict, said):
    feedback = check("90.3", letters, RIGHT)
    assert (feedback.verdict, said in feedback.message) == (verdict, True), feedback


def test_the_line_is_asked_for_once_the_table_is_right():
    assert "Answer 2 of 2" in check("90.3", BISHOP, "...").message


@pytest.mark.parametrize("exercise", EXERCISES, ids=[one.number for one in EXERCISES])
def test_a_first_wrong_line_is_told_what_is_left_over_in_the_letters_of_its_book(exercise):
    wrong = {
        "90.1": (GRAD + "(target_i - probs_i) hidden_j", r"\text{probs}_i - \text{target}_i"),
        "90.2": (r"\delta^L_j = y_j - a^L_j", "a^L_j - y_j"),
        "90.3": (AT_W + "(t_k - y_k) z_j", "y_k - t_k"),
    }
    text, left = wrong[exercise.number]
    answers = (BISHOP, text) if exercise.number == "90.3" else (text,)
    said = check(exercise.number, *answers).message
    assert "Left minus right is `2" in said
    assert left in said


def test_what_is_left_over_is_told_of_a_missing_condition_and_of_other_terms():
    pulls = r"\sum_i \Big(-\frac{\partial E}{\partial \hat z_i}\Big) = "
    said = check("2.5", pulls + r"\sum_i (r_i - z_i) = \sum_i r_i - \sum_l r_l = 0").message
    assert r"Left minus right is `1 - \sum_l r_l`, which is 0 only then." in said
    other = r"\sum_i \Big(z_i \sum_l r_l - r_i\Big) = \sum_i r_i - \sum_l r_l = 0"
    said = check("2.5", pulls + other).message
    assert "Term by term, left minus right is `" in said


def test_what_is_left_over_is_not_told_where_it_is_too_long_to_help():
    line = (
        r"-\frac{\partial E}{\partial x_m} = \sum_{j=1}^{H} \Big(-\frac{\partial E}{\partial \hat y_j}\Big)"
    )
    said = check("5.3", rf"{line} y_j \quad m \ge 1").message
    assert said.startswith("Equals sign 1 is false")
    assert "Left minus right" not in said
