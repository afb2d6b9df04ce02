"""Pictures as PNG with a palette: small, the same bytes every time, and no color far from its own."""

import io

import numpy as np
import pytest
from picture_examples import EXAMPLES
from PIL import Image

from mlp_core.pictures.ground import palette as small
from mlp_core.pictures.ground.palette import small_png


def opened(png):
    return Image.open(io.BytesIO(png))


def pixels(png):
    return np.asarray(opened(png).convert("RGBA"))


def shades(n):
    """Return a square of n different greys and reds, all opaque."""
    side = int(np.ceil(n**0.5))
    square = np.full((side, side, 4), 255, np.uint8)
    k = np.minimum(np.arange(side * side), n - 1).reshape(side, side)
    square[..., 0], square[..., 1] = k % 256, k // 256
    return square


def drawn(name):
    """Return the pixels of an example before they are made small."""
    figure = EXAMPLES[name]().figure
    figure.set_dpi(200)
    figure.canvas.draw()
    return np.array(figure.canvas.buffer_rgba())


@pytest.mark.parametrize("n", [1, 2, 255, 256])
def test_few_colors_are_kept_exactly(n):
    png = small_png(shades(n), 200)
    np.testing.assert_array_equal(pixels(png), shades(n))
    assert opened(png).mode == "P"
    assert opened(png).info["dpi"] == pytest.approx((200, 200), abs=0.1)


def test_transparent_colors_are_kept_as_they_are():
    square = np.array([[[10, 20, 30, 0], [10, 20, 30, 255]], [[10, 20, 30, 128], [0, 0, 0, 0]]], np.uint8)
    np.testing.assert_array_equal(pixels(small_png(square, 200)), square)


@pytest.mark.parametrize("name", ["network_backwards", "weight_pictures", "routes_to_loss"])
def test_a_drawing_loses_half_of_its_bytes_and_more_and_nothing_that_is_seen(name):
    full = drawn(name)
    png, plain = small_png(full, 200), io.BytesIO()
    Image.fromarray(full).save(plain, "PNG")
    assert len(png) < 0.5 * len(plain.getvalue())
    seen, meant = (
        np.concatenate([part[..., :3] * (part[..., 3:] / 255), part[..., 3:]], axis=2)
        for part in (pixels(png).astype(float), full.astype(float))
    )
    distances = np.sqrt(((seen - meant) ** 2).sum(axis=2))
    assert distances.max() <= small.FARTHEST
    assert distances.mean() < 0.5
    assert (distances == 0).mean() > 0.8  # what is even; of 640 cells few
    found, counts = np.unique(full.reshape(-1, 4), axis=0, return_counts=True)
    for color in found[np.argsort(-counts)[:20]]:
        assert (distances[(full == color).all(axis=2)] == 0).all()
    assert small_png(full, 200) == png


def test_where_a_palette_would_be_seen_every_color_is_kept():
    noise = np.random.default_rng(0).integers(0, 256, (60, 60, 4), np.uint8)
    noise[..., 3] = 255
    png = small_png(noise, 200)
    assert opened(png).mode == "RGBA"
    np.testing.assert_array_equal(pixels(png), noise)
