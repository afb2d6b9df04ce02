"""Draw worksheet_solution.svg: the same page with every box filled."""

from pathlib import Path

from mlp_core.pictures.worksheet import worksheet
from mlp_core.worked_examples import R, V, W, X

if __name__ == "__main__":
    worksheet((V, W), "relu", X, R, solved=True).save(Path(__file__).with_suffix(".svg"))
