"""Stamped text stands where matplotlib's own would, and looks like it."""

import numpy as np
import pytest
from matplotlib.text import Text

from mlp_core.explorers.ground.live_figure import LiveFigure
from mlp_core.explorers.ground.stamped_text import StampedText, stamped_value, stamped_words
from mlp_core.pictures.ground.marks import value
from mlp_core.pictures.ground.style import house_style


def ink(write, ratio):
    """Return the opaque darkness of a picture with one text on it."""
    live = LiveFigure(1.0, "")
    live.set_ratio(ratio)
    with house_style():
        live.animate(write(live.canvas))
    live.show()
    return 255 - np.asarray(live.figure.canvas.buffer_rgba())[..., :3].astype(int).sum(axis=2) / 3


def box(dark):
    rows, columns = (np.flatnonzero((dark > 60).any(axis=axis)) for axis in (1, 0))
    return np.array([rows[0], rows[-1], columns[0], columns[-1]])


@pytest.mark.parametrize("ratio", [1, 2])
@pytest.mark.parametrize(
    ("text", "ha", "va"),
    [
        ("−0.1400", "left", "baseline"),
        ("(0 − 0.7000) / 1.5", "right", "center"),
        ("class 3 gains 0.21", "center", "center"),
    ],
)
def test_it_stands_where_matplotlib_would_put_it(text, ha, va, ratio):
    look = {"ha": ha, "va": va, "size": 10, "color": "#BF4F08"}
    ours, theirs = (
        ink(lambda axes, kind=kind: axes.add_artist(kind(3.3, 0.5, text, **look)), ratio)
        for kind in (StampedText, Text)
    )
    assert abs(box(ours) - box(theirs)).max() <= 2  # an older matplotlib sets letters a little closer
    assert ours.sum() == pytest.approx(theirs.sum(), rel=0.02)


def test_the_helpers_look_like_the_marks_of_the_book():
    ours = ink(lambda axes: stamped_value(axes, 3.0, 0.5, "−1.25"), 2)
    theirs = ink(lambda axes: value(axes, 3.0, 0.5, "−1.25"), 2)
    assert abs(box(ours) - box(theirs)).max() <= 2  # an older matplotlib sets letters a little closer
    label = StampedText.get_fontsize(stamped_words(LiveFigure(1.0, "").canvas, 0, 0, "x"))
    assert label == 9


def test_a_new_text_a_new_color_and_no_text_are_drawn():
    live = LiveFigure(1.0, "")
    with house_style():
        text = live.animate(stamped_value(live.canvas, 3.0, 0.5, "1"))
    pictures = set()
    for change in ({"text": "2"}, {"color": "#0B7A75"}, {"text": ""}, {"text": "1", "visible": False}):
        text.set(**change)
        pictures.add(live.png())
    assert len(pictures) == 3  # no text and an invisible one are alike


@pytest.mark.parametrize("ratio", [1, 2])
def test_a_line_knows_how_long_it_is(ratio):
    live = LiveFigure(1.0, "")
    live.set_ratio(ratio)
    text = stamped_value(live.canvas, 1.0, 0.5, "")
    text.set_pieces(("(−0.8687) · ", "#5A45A8"), ("2.25", "#0B7A75"))
    shown = box(ink(lambda axes: stamped_value(axes, 1.0, 0.5, "(−0.8687) · 2.25", ha="left"), ratio))
    dpi = live.figure.dpi
    assert text.width(dpi) * dpi == pytest.approx(shown[3] - shown[2], abs=3 * ratio)  # bearings
