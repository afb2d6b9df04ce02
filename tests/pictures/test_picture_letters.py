"""One letter, one role: what stands on pictures, figures and the stepper keeps to the table of chapter 00."""

import re
from pathlib import Path

import pytest
from letter_roles import of_text, out_of_role
from matplotlib.text import Text
from picture_examples import EXAMPLES

from mlp_core.explorers.stepper.line import EQUATIONS
from mlp_core.explorers.stepper.slips import SLIPS

THE_NOTES = "find_the_slip"  # has their letters, slips and all
FIGURES = sorted((Path(__file__).parents[2] / "figures").glob("*.svg"))


def wrong(texts):
    """Return what stands on a picture with a letter out of its role; l may stand alone, beside a sum."""
    return [text for text in texts if list(out_of_role(of_text(text), in_a_sentence=True))]


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_index_letter_on_a_picture_has_the_role_of_the_table(name):
    assert not wrong(text.get_text() for text in EXAMPLES[name]().figure.findobj(Text))


@pytest.mark.parametrize("path", [p for p in FIGURES if p.stem != THE_NOTES], ids=lambda path: path.stem)
def test_each_index_letter_on_a_stored_figure_has_the_role_of_the_table(path):
    written = re.findall(r"<!-- (.*?) -->", path.read_text(encoding="utf-8"), re.S)
    assert written
    assert not wrong(written)


def test_each_index_letter_of_the_stepper_has_the_role_of_the_table():
    lines = [line for _, line in EQUATIONS.values()] + [slip.formula for slip in SLIPS.values()]
    assert not wrong(line.format(head=1, tail=2) for line in lines)


def test_a_letter_out_of_its_role_is_seen_on_a_picture():
    figure = EXAMPLES["network_with_numbers"]().figure
    label = next(text for text in figure.findobj(Text) if text.get_text() == r"$\hat{y}_j$")
    label.set_text(r"$\hat{y}_i$")
    assert wrong(text.get_text() for text in figure.findobj(Text)) == [r"$\hat{y}_i$"]
    assert wrong([r"$\hat{y}_i = {\sum}_j\,v_{ij}\,x_j$", r"$q_j\,x_m$"]) == [
        r"$\hat{y}_i = {\sum}_j\,v_{ij}\,x_j$"
    ]
