"""Every example of a picture, drawn once, and what stands on it: texts, bars, cells, curves."""

import matplotlib
import numpy as np
import pytest
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from picture_examples import EXAMPLES

from mlp_core.pictures.ground import style

PICTURES = {}


def picture(name):
    return laid_out(name)[0]


def laid_out(name):
    """Return a picture and the texts that were put on paper, with their boxes in inches."""
    if name not in PICTURES:
        made, found, draw = EXAMPLES[name](), [], Text.draw
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Text, "draw", lambda text, renderer: (found.append(text), draw(text, renderer))[1])
            made.figure.canvas.draw()
        renderer = made.figure.canvas.get_renderer()
        found = [text for text in found if text.get_visible() and text.get_text()]
        boxes = [text.get_window_extent(renderer).get_points() / made.figure.dpi for text in found]
        PICTURES[name] = made, [(text, Bbox(box)) for text, box in zip(found, boxes, strict=True)]
    return PICTURES[name]


def texts(drawn):
    return next(found for made, found in PICTURES.values() if made is drawn)


def words(drawn):
    return [text.get_text() for text, _ in texts(drawn)]


def marked(drawn, name):
    """Return the artist that carries a name."""
    (artist,) = drawn.figure.findobj(lambda artist: artist.get_gid() == name)
    return artist


def bar_width(drawn, name):
    return marked(drawn, name).get_width()


def cells(drawn, name, shape, first_column=0):
    """Return the printed numbers of a table of cells, read from where they stand."""
    found = {text.get_position(): text.get_text() for text, _ in texts(drawn)}
    rows = []
    for i in range(shape[0]):
        row = []
        for j in range(first_column, first_column + shape[1]):
            box = marked(drawn, f"{name}-{i + 1}-{j}")
            middle = box.get_x() + box.get_width() / 2, box.get_y() + box.get_height() / 2
            (text,) = [t for place, t in found.items() if np.allclose(place, middle, atol=1e-9)]
            row.append(float(text.replace("−", "-")))
        rows.append(row)
    return np.array(rows)


def named(drawn, prefix):
    """Return the names of the artists whose names begin so."""
    found = drawn.figure.findobj(lambda artist: (artist.get_gid() or "").startswith(prefix))
    return {artist.get_gid() for artist in found}


def data(drawn, name):
    return marked(drawn, name).get_xydata().T


def place(drawn, text):
    """Return the box, in inches, of the one text that reads so."""
    (box,) = [box for found, box in texts(drawn) if found.get_text() == text]
    return box


def on_card(drawn, name, k=-1):
    """Return where a point of a curve stands, in inches."""
    artist = marked(drawn, name)
    return artist.axes.transData.transform(artist.get_xydata()[k]) / drawn.figure.dpi


def is_card(cell):
    """Tell whether a cell has the color of the card, up to the steps of the map."""
    return np.allclose(cell.get_facecolor(), matplotlib.colors.to_rgba(style.CARD), atol=0.01)


def curve(drawn, name):
    """Return a curve without its gaps."""
    t, y = data(drawn, name)
    return t[~np.isnan(y)], y[~np.isnan(y)]


def words_of(drawn):
    return [text.get_text() for text in drawn.figure.findobj(matplotlib.text.Text)]
