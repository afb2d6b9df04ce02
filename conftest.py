"""What pytest does wherever in the book it is called.

nbval compares pictures by their words, not by pixels: two machines draw the same picture with pixels that
differ in the last bits. And it runs the exercises as they are printed, not as a reader has solved them.
"""

import os
from pathlib import Path

PIXELS = Path(__file__).parent / "tests" / "pixels_left_out.cfg"


def pytest_configure(config):
    """Name the file by which nbval leaves pixels out, unless another one is named or nbval is not there."""
    if getattr(config.option, "nbval_sanitize_with", PIXELS) is None:
        config.option.nbval_sanitize_with = str(PIXELS)


def pytest_collection_modifyitems(items):
    """Put the exercises of every chapter that nbval has collected back."""
    notebooks = {id(item.parent): item.parent.nb for item in items if hasattr(item.parent, "nb")}
    if notebooks:
        from mlp_core.exercises.own_functions import AS_PRINTED
        from tools.printed_exercises import as_printed

        os.environ[AS_PRINTED] = "1"  # the kernels take it over: `mine` finds the book's own functions
        for notebook in notebooks.values():
            as_printed(notebook)
