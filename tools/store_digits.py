"""Make mlp_core/handwritten_digits.npz from the digits that scikit-learn ships.

python tools/store_digits.py

The file holds them as they come: the ink of each pixel, 0 to 16, and the label. Source: E. Alpaydin and
C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998,
doi:10.24432/C50P49, CC BY 4.0.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

FILE = Path(__file__).parents[1] / "mlp_core" / "handwritten_digits.npz"


def store(path=FILE):
    """Write the file; say how large it is."""
    ink, labels = load_digits(return_X_y=True)
    np.savez_compressed(path, ink=ink.astype(np.uint8), labels=labels.astype(np.uint8))
    print(f"{path.name}: {len(labels):,} digits, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    store()
