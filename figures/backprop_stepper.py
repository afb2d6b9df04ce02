"""Draw backprop_stepper.gif: the explorer of chapter 05, walked through once, there and back.

And backprop_stepper.png, one step of it without its matrices, which stands still where the other would move.
"""

import io
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from mlp_core.explorers import BackpropStepper
from mlp_core.explorers.stepper.line import formula
from mlp_core.pictures.ground.style import CARD

SECONDS = 1.5  # a step; the last one stays twice as long
COLORS = 96
STILL = 8  # down the columns of W: two pulls on logits add to one on y
KEPT, FOOT = 0.79, 0.03  # of the height: down to the second line, and the rounded foot of the card


def drawings():
    """Return one picture a step, its corners transparent."""
    stepper = BackpropStepper()
    steps, pictures = stepper.controls["step"], []
    for step in range(steps.min, steps.max + 1):
        steps.value = step
        pictures.append(Image.open(io.BytesIO(stepper.live.stored_png())).convert("RGBA"))
    return pictures


def lines():
    """Return the line below the network in each step: its formula, and the number of its equation."""
    stepper = BackpropStepper()
    steps, found = stepper.controls["step"], []
    for step in range(steps.min, steps.max + 1):
        steps.value = step
        found.append("  ".join(formula(stepper.values())))
    return found


def in_few_colors(drawn):
    """Return a picture of 96 colors on a square card: GIF knows no half-transparent corner."""
    card = Image.new("RGBA", drawn.size, CARD)
    return Image.alpha_composite(card, drawn).convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)


def frames():
    """Return the pictures of the moving one."""
    return [in_few_colors(drawn) for drawn in drawings()]


def still(drawn):
    """Return a picture cut above its matrices, on a card of its own with transparent corners."""
    width, height = drawn.size
    kept, foot = round(KEPT * height), round(FOOT * height)
    cut = Image.new("RGBA", (width, kept + foot))
    cut.paste(drawn.crop((0, 0, width, kept)), (0, 0))
    cut.paste(drawn.crop((0, height - foot, width, height)), (0, kept))
    picture = in_few_colors(cut)
    outside = cut.getchannel("A").point(lambda alpha: 255 if alpha < 128 else 0)
    picture.putpalette([*picture.getpalette()[: 3 * COLORS], 255, 255, 255])  # one more, which is not shown
    picture.paste(COLORS, mask=outside)
    return picture


if __name__ == "__main__":
    here, drawn = Path(__file__), drawings()
    first, *others = map(in_few_colors, drawn)
    milliseconds = round(1000 * SECONDS)
    durations = [milliseconds] * len(others) + [2 * milliseconds]
    # A test compares these with the lines of today: the pictures alone are compared from afar.
    said, of_the_still = "\n".join(lines()), PngInfo()
    of_the_still.add_text("Description", lines()[STILL])
    first.save(
        here.with_suffix(".gif"),
        save_all=True,
        append_images=others,
        duration=durations,
        loop=0,
        comment=said.encode(),
    )
    still(drawn[STILL]).save(here.with_suffix(".png"), transparency=COLORS, pnginfo=of_the_still)
