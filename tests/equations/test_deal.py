"""A game's lines: the book's own, half of them with one slip that is one; and the page of the notes."""

import re

import pytest
from book_equations import equations
from chapter_checks import CHAPTERS
from notes_lines import RIGHT, SLIPS, SUM, UNSAID

from mlp_core.equations import check_equation, deck, page_of_the_notes, read_book
from mlp_core.equations.checking import check
from mlp_core.equations.language.writer import write
from mlp_core.equations.slips.deal import FAIR
from mlp_core.equations.slips.edits import edits
from mlp_core.equations.slips.normal_form import normal_form

LINES = 40


@pytest.fixture(scope="module")
def cards():
    return deck(read_book(CHAPTERS))


@pytest.fixture(scope="module")
def dealt(cards):
    return [cards.deal(2, number) for number in range(LINES)]


def original(line):
    return next(found for found in equations() if found.tag == line.tag)


def test_a_line_that_holds_is_the_book_s_and_holds(dealt):
    for line in dealt:
        if not line.slips:
            assert line.latex == line.book
            assert (line.side, line.planted) == (0, "")
            assert original(line).check().holds
            assert line.said.startswith("holds")


def test_a_line_that_slips_is_false_in_value_or_in_form(dealt):
    for line in dealt:
        if line.slips:
            verdict = check(line.equation, line.context)
            assert verdict.slip in FAIR, line.latex
            assert "by accident" not in verdict.message
            definitions = line.context.definitions
            assert normal_form(line.equation, definitions) != normal_form(original(line).tree, definitions)


def test_a_slip_is_one_stroke_on_the_side_that_is_said_and_not_of_fat_type(dealt):
    for line in dealt:
        if line.slips:
            made = [e for e in edits(original(line).tree, [line.side - 1]) if e.words == line.planted]
            assert line.latex in [re.sub(r" \\tag.*", "", write(edit.equation)) for edit in made]
            assert {edit.kind for edit in made} - {"bold"}


def test_about_half_of_the_lines_slip(dealt):
    assert 0.3 * LINES < sum(line.slips for line in dealt) < 0.7 * LINES


def test_a_game_is_the_same_every_time_and_another_one_another(cards, dealt):
    again = deck(read_book(CHAPTERS))
    for number in (0, 1, LINES - 1):
        assert again.deal(2, number).latex == dealt[number].latex
    assert [cards.deal(5, number).tag for number in range(6)] != [line.tag for line in dealt[:6]]


def test_every_identity_comes_before_one_comes_again(cards):
    identities = [found.tag for found in equations() if found.kind == "identity"]
    assert len(identities) == len(cards.lines) > LINES
    tags = [line.tag for line in (cards.deal(2, number) for number in range(LINES))]
    assert len(set(tags)) == LINES
    assert set(tags) <= set(identities)


def test_one_stroke_on_the_planted_side_mends_it(cards, dealt):
    sides = [
        (number, side)
        for number, line in enumerate(dealt[:12])
        if line.slips
        for side in range(1, line.sides + 1)
    ]
    mended = {(number, side): cards.mends(2, number, side) for number, side in sides}
    for (number, side), mends in mended.items():
        assert mends or side != dealt[number].side
    assert len(set(mended.values())) == 2  # neither always nor never


def test_what_is_granted_is_said(dealt):
    for line in dealt:
        of_targets = re.search(r"\br_|\\mathbf r|\\mathbf R|E\b", line.latex)
        assert ("add up to" in line.given) == bool(of_targets), line.latex
        if of_targets:
            assert ("add up to 1." in line.given) == line.context.assumed
    own = [line for line in dealt if re.search(r"(?<![a-z\\])s\b", line.latex)]
    assert all(r"Here $s := \sum_l e^{\hat z_l}$." in line.given for line in own)


# The page of the notes


def judged(other_sign=False):
    page = page_of_the_notes(other_sign)
    return {line: check_equation(latex, after=[SUM]) for line, latex in page.items()}


def test_the_page_says_what_the_tests_list_of_slips_says():
    found = judged()
    wrong = {slip.line.partition(",")[0]: slip for slip in reversed(SLIPS)}
    assert {line for line, verdict in found.items() if verdict.holds} == set(RIGHT)
    assert len(RIGHT) == 13
    for line, verdict in found.items():
        assert verdict.slip == (None if line in RIGHT else wrong[line].kind)
    assert len([line for line in found if line not in RIGHT and line not in UNSAID]) == 13


def test_under_the_other_sign_five_lines_are_true_and_five_false():
    ours, theirs = judged(), judged(other_sign=True)
    acquitted = {line for line in ours if theirs[line].holds and not ours[line].holds}
    fallen = {line for line in ours if ours[line].holds and not theirs[line].holds}
    assert acquitted == {"S5", "S7", "S8", "S10", "S28"}
    assert fallen == {"S6", "S17", "S19", "S20", "S22"}
