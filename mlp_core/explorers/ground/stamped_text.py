"""Text that changes in every frame, set from characters that were drawn once.

Laying out and rasterizing a line of text takes matplotlib about a millisecond, a third of a frame for eight
numbers. Digits are always the same: each is drawn once for its size, color and screen, and stamped.
"""

from functools import lru_cache

import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from ...pictures.ground.style import INK, LABEL, NUMBER, RC, SLATE


@lru_cache(maxsize=2000)
def _character(character, size, weight, color, dpi):
    """Return the picture of a character, how far right and up of its origin it begins, and its advance."""
    font = FontProperties(family=RC["font.family"], size=size, weight=weight)
    blank = RendererAgg(1, 1, dpi)
    wide, _, _ = blank.get_text_width_height_descent(f"0{character * 8}0", font, False)
    narrow, _, _ = blank.get_text_width_height_descent("00", font, False)
    advance = (wide - narrow) / 8
    side = int(np.ceil(2 * font.get_size_in_points() * dpi / 72)) + 4
    sheet = RendererAgg(2 * side, 2 * side, dpi)
    context = sheet.new_gc()
    context.set_foreground(color)
    sheet.draw_text(context, side // 2, side, character, font, 0, False)
    drawn = np.asarray(sheet.buffer_rgba()).copy()
    rows, columns = (np.flatnonzero(drawn[..., 3].any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return None, (0, 0), advance
    top, left = rows[0], columns[0]
    picture = np.ascontiguousarray(drawn[top : rows[-1] + 1, left : columns[-1] + 1][::-1])
    return picture, (int(left) - side // 2, side - 1 - int(rows[-1])), advance


@lru_cache(maxsize=50)
def _line_box(size, weight, dpi):
    """Return height and descent of a line in pixels, as `Text` reckons them."""
    font = FontProperties(family=RC["font.family"], size=size, weight=weight)
    _, height, descent = RendererAgg(1, 1, dpi).get_text_width_height_descent("lp", font, False)
    return height, descent


class StampedText(Text):
    """One level line of plain text, without symbols; drawn ten times as quickly as `Text`."""

    pieces = ()

    def set_text(self, text):
        """Write in one color."""
        self.pieces = ()
        super().set_text(text)

    def set_pieces(self, *pieces):
        """Write pieces in colors of their own, each (text, color)."""
        self.set_text("".join(text for text, _ in pieces))
        self.pieces = pieces

    def width(self, dpi):
        """Return how long the line is, in inches."""
        return sum(advance for _, _, advance in self._characters(dpi)) / dpi

    def _characters(self, dpi):
        size, weight = self.get_fontsize(), self.get_fontweight()
        pieces = self.pieces or [(self.get_text(), self.get_color())]
        return [_character(one, size, weight, color, dpi) for text, color in pieces for one in text]

    def draw(self, renderer):
        """Stamp the characters one after the other."""
        if not self.get_visible():
            return
        characters = self._characters(renderer.dpi)
        x, y = self.get_transform().transform(self.get_position())
        x -= {"left": 0.0, "center": 0.5, "right": 1.0}[self.get_ha()] * sum(c[2] for c in characters)
        if self.get_va() == "center":
            height, descent = _line_box(self.get_fontsize(), self.get_fontweight(), renderer.dpi)
            y += descent - height / 2
        context, base = renderer.new_gc(), round(y)
        for picture, (left, low), advance in characters:
            if picture is not None:
                renderer.draw_image(context, round(x) + left, base + low, picture)
            x += advance
        context.restore()
        self.stale = False


def stamped_value(axes, x, y, text="", **properties):
    """Write a number that will change: 10 points, ink, centered, as `marks.value`."""
    look = {"size": NUMBER, "color": INK, "va": "center", "ha": "center", **properties}
    return axes.add_artist(StampedText(x, y, text, **look))


def stamped_words(axes, x, y, text="", **properties):
    """Write a label that will change: 9 points, second voice, as `marks.words`."""
    return stamped_value(axes, x, y, text, **{"size": LABEL, "color": SLATE, "ha": "left", **properties})
