"""A picture that answers quickly: a kept figure whose moving parts alone are drawn again, sent as one PNG."""

from collections.abc import Iterator
from contextlib import contextmanager

import ipywidgets
import matplotlib
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from ...pictures.ground.card import blank_card
from ...pictures.ground.palette import small_png
from ...pictures.ground.style import RC, WIDTH, house_style
from .quick_png import png_of
from .turns import in_turn

SHOWN = 588  # pixels: how wide the picture is shown; it is never enlarged
STORED_RATIO = 2  # device pixels a pixel in a chapter's stored picture, and until a screen says otherwise
COARSEST, FINEST = 1, 3  # below, text breaks up; above, a frame takes long and the eye sees no gain


@contextmanager
def symbols_of_the_book() -> Iterator[None]:
    """Set the one setting that drawn text still asks for; the whole `house_style` costs 20 ms a frame."""
    before = matplotlib.rcParams["mathtext.fontset"]
    matplotlib.rcParams["mathtext.fontset"] = RC["mathtext.fontset"]
    try:
        yield
    finally:
        matplotlib.rcParams["mathtext.fontset"] = before


class LiveFigure:
    """A figure on the book's card, its background, its moving artists, and the widget that shows it.

    Parameters
    ----------
    height : float
        Of the card, in inches; it is 7 inches wide.
    message : str
        The line at the top.
    """

    def __init__(self, height: float, message: str):
        with house_style():
            self.canvas = blank_card(height, message)
            self.figure = self.canvas.figure
        self.moving: list[Artist] = []
        self.moving_rarely: list[Artist] = []
        self.still = self.background = None
        pixels = round(SHOWN * height / WIDTH)
        self.image = ipywidgets.Image(
            format="png", layout={"width": f"{SHOWN}px", "max_width": "100%", "height": "auto", "margin": "0"}
        )
        self.size = (SHOWN, pixels)
        self.ratio = STORED_RATIO
        self._set_dpi()

    def animate(self, *artists: Artist) -> Artist:
        """Take artists for moving parts: they alone are drawn again by every `show`; return the first."""
        for artist in artists:
            artist.set_animated(True)
            self.moving.append(artist)
        self.redraw()
        return artists[0]

    def animate_rarely(self, *artists: Artist) -> None:
        """Take artists that change together and rarely: drawn again after `redraw_rarely`."""
        for artist in artists:
            artist.set_animated(True)
            self.moving_rarely.append(artist)
        self.redraw()

    def redraw_rarely(self) -> None:
        """Have the next `show` draw the artists of `animate_rarely` too: they have changed."""
        self.background = None

    def redraw(self) -> None:
        """Have the next `show` draw everything: something that does not move has changed."""
        self.still = self.background = None

    def show(self) -> None:
        """Draw the moving parts where they are now, and send the picture."""
        self.image.value = self.png()

    def png(self) -> bytes:
        """Return the picture as it is now, PNG."""
        return png_of(self._drawn())

    def _drawn(self):
        """Return the pixels of the picture as it is now, RGBA."""
        if self.still is None:
            with house_style():
                self._surface.draw()  # everything but what moves, often or rarely
            self.still = self._surface.copy_from_bbox(self.figure.bbox)
        with symbols_of_the_book():
            if self.background is None:
                self._draw_over(self.still, self.moving_rarely)
                self.background = self._surface.copy_from_bbox(self.figure.bbox)
            self._draw_over(self.background, self.moving)
        return np.asarray(self._surface.buffer_rgba())

    def stored_pixels(self) -> np.ndarray:
        """Return the pixels of the picture as it is now, RGBA, sharp on every screen."""
        ratio, self.ratio = self.ratio, STORED_RATIO
        self._set_dpi()
        pixels = self._drawn().copy()
        self.ratio = ratio
        self._set_dpi()
        return pixels

    def stored_png(self, *pictures: np.ndarray) -> bytes:
        """Return pictures one below the other, the present one if none is given, as a chapter stores them."""
        pixels = np.concatenate(pictures or [self.stored_pixels()])
        return small_png(pixels, round(SHOWN / WIDTH * STORED_RATIO))

    @in_turn
    def set_ratio(self, ratio: float) -> None:
        """Draw for a screen of so many device pixels a pixel from now on (a page's zoom changes it too)."""
        self.ratio = min(max(ratio, COARSEST), FINEST)
        self._set_dpi()
        self.show()

    def pixel_of(self, axes: Axes, x: float, y: float) -> tuple[int, int]:
        """Return column and row, from the top left, of the picture's pixel that shows a point of `axes`."""
        across, up = axes.transData.transform((x, y))
        return int(across), int(self._surface.get_width_height(physical=True)[1] - up)

    def _set_dpi(self):
        self.figure.set_dpi(SHOWN / WIDTH * self.ratio)
        self.redraw()

    @property
    def _surface(self):
        return self.figure.canvas

    def _draw_over(self, background, artists):
        self._surface.restore_region(background)
        for artist in sorted(artists, key=lambda artist: artist.get_zorder()):
            if artist.get_visible():
                self.figure.draw_artist(artist)
