"""The two worked examples the explorers begin with: chapter 00's 2-3-2 network, chapter 01's logits."""

import numpy as np

X, R = (2.0, -1.0), (0.0, 1.0)
V = ((0.5, 1.0, 2.0), (1.0, -1.5, -1.0), (-1.0, 2.0, 1.0))
W = ((0.5, 2.0, -1.0, 1.0), (-0.5, -1.0, 1.0, 1.5))

Z_HAT = tuple(np.log([1.0, 2.0, 7.0]).tolist())
Y = (0.5, 0.0, 2.0)
