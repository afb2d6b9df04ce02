"""Draw worksheet_solution.svg: the same page with every box filled."""

from pathlib import Path

from mlp_core import RELU
from mlp_core.pictures.worksheet import worksheet

V = ((0.5, 1, 2), (1, -1.5, -1), (-1, 2, 1))
W = ((0.5, 2, -1, 1), (-0.5, -1, 1, 1.5))

if __name__ == "__main__":
    worksheet((V, W), RELU, x=(2, -1), r=(0, 1), solved=True).save(Path(__file__).with_suffix(".svg"))
