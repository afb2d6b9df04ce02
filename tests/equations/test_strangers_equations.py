"""Equations by other authors, put into this book's letters by strangers who had not seen what is read.

The table of it: `python -m tools.spelling_measures`. Each line keeps its author's spelling, and its source;
what is read was taught by the first two files, after what it said of them had been measured. The third taught
it nothing.
"""

import pytest
from strangers_read import READ

from tools.spelling_measures import answers_on, kept


@pytest.fixture(scope="module", params=kept(), ids=lambda path: path.stem)
def file_and_answers(request):
    return request.param.stem, answers_on(request.param)


def test_no_false_line_of_a_stranger_is_accepted(file_and_answers):
    _, answers = file_and_answers
    assert [one.line["id"] for one in answers if one.accepted and not one.line["true"]] == []
    assert sum(not one.line["true"] for one in answers) > 50


def test_most_true_lines_are_accepted_and_the_rest_told_what_to_write(file_and_answers):
    name, answers = file_and_answers
    true = [one for one in answers if one.line["true"]]
    accepted, told = READ[name]
    assert sum(one.accepted for one in true) == accepted
    assert sum(one.tells for one in true if not one.accepted) >= told
    assert all(one.line["source"] for one in answers)


def test_each_answer_comes_soon(file_and_answers):
    _, answers = file_and_answers
    assert max(one.seconds for one in answers) < 4
