"""Draw backprop_stepper.gif: the explorer of chapter 05, walked through once, there and back."""

import io
from pathlib import Path

from PIL import Image

from mlp_core.explorers import BackpropStepper
from mlp_core.pictures.ground.style import CARD

SECONDS = 1.5  # a step; the last one stays twice as long
COLORS = 96


def frames():
    """Return one picture a step, of 96 colors, on a square card."""
    stepper, pictures = BackpropStepper(), []
    steps = stepper.controls["step"]
    for step in range(steps.min, steps.max + 1):
        steps.value = step
        drawn = Image.open(io.BytesIO(stepper.live.stored_png())).convert("RGBA")
        card = Image.new("RGBA", drawn.size, CARD)  # GIF knows no half-transparent corner
        picture = Image.alpha_composite(card, drawn).convert("RGB")
        pictures.append(picture.quantize(COLORS, dither=Image.Dither.NONE))
    return pictures


if __name__ == "__main__":
    first, *others = frames()
    milliseconds = round(1000 * SECONDS)
    durations = [milliseconds] * len(others) + [2 * milliseconds]
    first.save(
        Path(__file__).with_suffix(".gif"), save_all=True, append_images=others, duration=durations, loop=0
    )
