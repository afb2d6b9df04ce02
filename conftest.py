"""What pytest does wherever in the book it is called: nbval compares pictures by their words, not by pixels.

Two machines draw the same picture with pixels that differ in the last bits.
"""

from pathlib import Path

PIXELS = Path(__file__).parent / "tests" / "pixels_left_out.cfg"


def pytest_configure(config):
    """Name the file by which nbval leaves pixels out, unless another one is named or nbval is not there."""
    if getattr(config.option, "nbval_sanitize_with", PIXELS) is None:
        config.option.nbval_sanitize_with = str(PIXELS)
