"""Print the two sheets, to be filled in by pencil and solved, as PDF beside their SVGs (`make sheets`)."""

from pathlib import Path

from mlp_core.pictures.worksheet import worksheet
from mlp_core.worked_examples import R, V, W, X

FIGURES = Path(__file__).resolve().parent.parent / "figures"


def sheets():
    """Return {file name: PDF bytes}."""
    return {
        f"{name}.pdf": worksheet((V, W), "relu", X, R, solved=solved).pdf()
        for name, solved in (("worksheet", False), ("worksheet_solution", True))
    }


def main(folder=FIGURES):
    for name, page in sheets().items():
        (folder / name).write_bytes(page)
        print(f"{name}: one page, {len(page) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
