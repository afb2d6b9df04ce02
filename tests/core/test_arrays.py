"""The namespace of NumPy's arrays: NumPy's own results, bit for bit, with less on the way to them."""

import numpy as np
import pytest
from strategies import make_problem

from mlp_core.formulas import arrays
from mlp_core.formulas.arrays import NUMPY, namespace
from mlp_core.formulas.layers import forward, negative_gradient
from mlp_core.formulas.loss import cross_entropy

LAYOUTS = {
    "rows": np.ascontiguousarray,
    "columns": np.asfortranarray,
    "every other": lambda a: np.repeat(a, 2, axis=-1)[..., ::2],
    "backwards": lambda a: a[..., ::-1],
}
EACH_LAYOUT = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
EACH_DTYPE = pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
SHAPES = [(1,), (7,), (1, 1), (5, 1), (4, 10), (3, arrays.SHORT), (3, arrays.SHORT + 1), (2, 3, 4)]


def assert_same(one, other):
    assert type(one) is type(other)
    assert (one.dtype, one.shape, one.strides) == (other.dtype, other.shape, other.strides)
    assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("shape", SHAPES)
@EACH_DTYPE
@EACH_LAYOUT
def test_its_functions_are_those_of_numpy(shape, dtype, layout, rng):
    x = layout((100 * rng.standard_normal(shape)).astype(dtype))
    for special in (None, np.nan, np.inf, -np.inf):
        if special is not None:
            x = x.copy(order="K")
            x[..., 0] = special
        for keepdims in (True, False):
            for axis in (None, -1, 0):
                for name in ("max", "sum"):
                    mine = getattr(NUMPY, name)(x, axis=axis, keepdims=keepdims)
                    theirs = getattr(np, name)(x, axis=axis, keepdims=keepdims)
                    assert mine.dtype == theirs.dtype
                    np.testing.assert_array_equal(mine, theirs)
    for name in ("ones_like", "zeros_like"):
        assert_same(getattr(NUMPY, name)(x), getattr(np, name)(x))
        assert_same(
            getattr(NUMPY, name)(x[..., :1], dtype=np.int64), getattr(np, name)(x[..., :1], dtype=int)
        )
    assert NUMPY.exp is np.exp


@EACH_DTYPE
@EACH_LAYOUT
@pytest.mark.parametrize("sizes", [(3, 2), (4, 5, 3), (2, 3, 4, arrays.SHORT + 3)])
@pytest.mark.parametrize("rows", [None, 1, 33])
@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
def test_a_step_is_the_one_that_numpy_itself_would_take(dtype, layout, sizes, rows, activation, monkeypatch):
    problem = make_problem(sizes, rows, activation, soft=True, seed=0)
    weights, sigma = tuple(layout(W.astype(dtype)) for W in problem.weights), problem.activation
    x, r = layout(problem.x.astype(dtype)), layout(problem.r.astype(dtype))

    def step():
        record = forward(weights, sigma, x)
        return cross_entropy(r, record.z_hat), *negative_gradient(weights, sigma, record, r)

    mine = step()
    monkeypatch.setattr(arrays, "NUMPY", np)
    for one, other in zip(mine, step(), strict=True):
        assert_same(one, other)


def test_numpy_s_scalars_and_subclasses_keep_numpy():
    assert namespace(np.zeros(2)) is NUMPY
    for other in (np.float64(1), np.ma.zeros(2), np.zeros((2, 2)).view(np.matrix)):
        assert namespace(other) is np
    assert NUMPY.__name__ == "numpy"
