"""The two worked examples that the whole book counts with: chapter 00's network and chapter 01's logits."""

import numpy as np

# The 2-3-2 network of chapters 00, 04 and 05, its input and its target.
X, R = (2.0, -1.0), (0.0, 1.0)
V = ((0.5, 1.0, 2.0), (1.0, -1.5, -1.0), (-1.0, 2.0, 1.0))
W = ((0.5, 2.0, -1.0, 1.0), (-0.5, -1.0, 1.0, 1.5))

# The three logits of chapters 01 to 03, whose probabilities are 0.1, 0.2 and 0.7, and a layer before them.
Z_HAT = tuple(np.log([1.0, 2.0, 7.0]).tolist())
Y = (0.5, 0.0, 2.0)
