"""Draw worksheet.svg: the 2-3-2 network forward and back, with empty boxes, to print."""

from pathlib import Path

from mlp_core.pictures.worksheet import worksheet
from mlp_core.worked_examples import R, V, W, X

if __name__ == "__main__":
    worksheet((V, W), "relu", X, R).save(Path(__file__).with_suffix(".svg"))
