"""The table of strangers' equations: what an author says in words is handed over, what is false is shown."""

import json

import pytest

from tools.spelling_measures import BEFORE, BEHIND, answer_on, main, said_in, ways_to_say


def line(latex, *needs, true=True, notation="book"):
    return {"id": "one", "latex": latex, "true": true, "needs": list(needs), "notation": notation}


@pytest.mark.parametrize(
    ("need", "said"),
    [
        ("i != k", r"i \ne k"),
        ("i = k", "i = k"),
        ("K = 2", "K = 2"),
        ("sigma is tanh", r"\sigma = \tanh"),
        ("sigma is ReLU", r"\sigma = \operatorname{ReLU}"),
        ("sigma is the logistic function", r"\sigma = \operatorname{sigmoid}"),
        ("the activation is ReLU", r"\sigma = \operatorname{ReLU}"),
        ("r is one-hot with its 1 at c", "r_{c} = 1"),
        ("one-hot target with r_j = 1", "r_{j} = 1"),
        ("y is the number of the right class", "y_y = 1"),
        ("i is not the target class", r"i \ne k"),
    ],
)
def test_what_is_said_of_a_line_is_put_behind_it(need, said):
    assert said_in([need], BEHIND) == [said]
    assert said_in([need], BEFORE) == []


@pytest.mark.parametrize(
    ("need", "said"),
    [
        ("numerator layout: gradients of E are row vectors", r"\text{gradients are rows}"),
        ("row vectors", r"\text{vectors are rows}"),
        ("Einstein summation over b", r"\text{repeated indices are summed}"),
        ("E is summed over the batch", r"E \text{ is summed over the batch}"),
        ("W without its bias column", r"\text{biases are apart}"),
        ("the last layer is elementwise (sigmoid)", r"\text{the last layer is elementwise}"),
    ],
)
def test_what_is_said_of_all_lines_is_assumed_before_it(need, said):
    assert said_in([need], BEFORE) == [rf"\text{{assume }} {said}"]
    assert said_in([need], BEHIND) == []


def test_letters_that_an_author_says_are_defined():
    needs = [r"S = \sum_k e^{\hat z_k}", r"\bar{z} = \max_i \hat z_i (any number will do)", r"\delta_k is E"]
    made = [r"S := \sum_k e^{\hat z_k}", r"\bar{z} := \max_i \hat z_i", r"\delta_k := E"]
    assert said_in(needs, BEFORE) == made


def test_what_nobody_can_say_is_left_out():
    assert said_in(["r adds up to 1", "E is the mean over the batch"], BEHIND + BEFORE) == []


def test_first_all_that_is_said_is_handed_over_and_then_its_parts():
    ways = list(ways_to_say(line("E = E", "i != k", "K = 2", "row vectors")))
    assert len(ways) == 8
    assert ways[0][0] == r"E = E \quad i \ne k \quad K = 2"
    assert len(ways[0][1]) == 2
    assert ways[-1] == ("E = E", [r"\text{assume } \sum_l r_l = 1"])


def test_targets_are_y_in_other_letters():
    ((latex, after), *_) = ways_to_say(line("C = C", "r is one-hot with its 1 at c", notation="nielsen"))
    assert (latex, after) == (r"C = C \quad y_{c} = 1", [])


def test_a_line_is_accepted_without_a_condition_that_it_does_not_need():
    answer = answer_on(line(r"\sum_l z_l = 1", "K = 2"))
    assert (answer.accepted, answer.kind) == (True, "accepted")


@pytest.mark.parametrize(
    ("latex", "kind", "tells"),
    [(r"z_i = r_i", "value", False), (r"z_i = \foo", "not read", True), (r"z_i = y_i", "range", True)],
)
def test_a_refusal_is_of_a_kind_and_says_what_to_write_or_not(latex, kind, tells):
    answer = answer_on(line(latex))
    assert (answer.accepted, answer.kind, answer.tells) == (False, kind, tells)


def test_the_answer_is_on_the_line_and_not_on_what_was_said_before_it():
    answer = answer_on(line(r"z_i = r_i", r"S = \foo"))
    assert answer.kind == "value"


def test_the_report_counts_and_shows_what_is_wrongly_accepted(tmp_path, capsys):
    lines = [
        line(r"\sum_l z_l = 1"),
        line(r"z_i = r_i"),
        line(r"z_i = z_i", true=False),
        line(r"\delta^L = a^L - y", notation="nielsen"),
    ]
    path = tmp_path / "lines.json"
    path.write_text(json.dumps(lines))
    main([str(path), "--refused"])
    printed = capsys.readouterr().out
    assert "| true, in the book’s letters | 1 of 2 | 1 | 0 |" in printed
    assert "| true, in other letters | 1 of 1 | 0 | 0 |" in printed
    assert "| true, all | 2 of 3 | 1 | 0 |" in printed
    assert "false, and accepted: one: z_i = z_i" in printed
    assert "one (value): z_i = r_i" in printed
    assert "true lines are refused as: 1 value" in printed
