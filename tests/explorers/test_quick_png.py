"""A PNG is read back, by another library, to the very pixels it was made of."""

import io

import numpy as np
import pytest
from PIL import Image

from mlp_core.explorers.ground.quick_png import png_of


@pytest.mark.parametrize("shape", [(1, 1), (1, 7), (5, 1), (420, 588)])
def test_pillow_reads_the_same_pixels(shape):
    rng = np.random.default_rng(0)
    for pixels in (rng.integers(0, 256, (*shape, 4)), np.full((*shape, 4), 251), np.zeros((*shape, 4))):
        png = png_of(pixels.astype(np.uint8))
        picture = Image.open(io.BytesIO(png))
        picture.verify()  # the sums of the chunks
        picture = Image.open(io.BytesIO(png))
        assert (picture.mode, picture.size, picture.info) == ("RGBA", shape[::-1], {})
        assert np.array_equal(np.asarray(picture), pixels)


def test_even_areas_and_smooth_ones_are_small():
    card = np.full((400, 400, 4), 251, np.uint8)
    assert len(png_of(card)) < 5000
    slope = np.rint(np.linspace(181, 252, 400)).astype(np.uint8)
    card[..., 0] = slope[:, None]
    assert len(png_of(card)) < 10000
