"""One-slip mutants of mlp_core: each is a mistake that someone could make, and must turn a test red.

No entry is equivalent to the original: a slip that changes no result is no slip.
"""

from typing import NamedTuple


class Mutant(NamedTuple):
    """One slip: in `file` of the package, `old` (which occurs exactly once) becomes `new`.

    `unseen`: no chapter is asked. It shows only where something is refused, fails or is interrupted, or in
    the rights of a file; or every chapter that comes there was asked once, and printed the same. `only_in`:
    the number of the one chapter that calls what it is in. `asked_first`: the test file that knows of it; the
    others are asked if that one lets it pass.
    """

    name: str
    file: str
    old: str
    new: str
    unseen: bool = False
    only_in: str = ""
    asked_first: str = ""


PROBABILITIES = "formulas/probabilities.py"
LOSS = "formulas/loss.py"
SUMS = "formulas/weighted_sums.py"
ACTIVATIONS = "formulas/activations.py"
LAYERS = "formulas/layers.py"
DESCENT = "formulas/descent.py"
TOYS = "toys.py"

MAX = "    c = xp.max(z_hat, axis=-1, keepdims=True)\n"
LOG_SUM = "xp.log(xp.sum(xp.exp(below), axis=-1, keepdims=True))"
SUM_OF_R = "xp.sum(r, axis=-1, keepdims=True)"

MUTANTS = [
    # softmax
    Mutant("softmax: no shift by the maximum", PROBABILITIES, "e = xp.exp(z_hat - c)", "e = xp.exp(z_hat)"),
    Mutant(
        "softmax: shift by the maximum of the whole batch",
        PROBABILITIES,
        MAX + "    e =",
        "    c = xp.max(z_hat)\n    e =",
        unseen=True,
    ),
    Mutant(
        "softmax: sum over the first axis",
        PROBABILITIES,
        "xp.sum(e, axis=-1, keepdims=True)",
        "xp.sum(e, axis=0, keepdims=True)",
    ),
    Mutant(
        "log_softmax: no shift by the maximum",
        PROBABILITIES,
        "below = z_hat - xp.max(z_hat, axis=-1, keepdims=True)",
        "below = z_hat",
        unseen=True,
    ),
    Mutant(
        "log_softmax: logarithm of a softmax that is rounded to 0",
        PROBABILITIES,
        f"below - {LOG_SUM}",
        "xp.log(softmax(z_hat))",
    ),
    Mutant("jacobian: sign of the outer product", PROBABILITIES, "(identity - z", "(identity + z"),
    Mutant(
        "jacobian: z_i (delta_ij - z_i)",
        PROBABILITIES,
        "(identity - z[..., None, :])",
        "(identity - z[..., :, None])",
    ),
    Mutant(
        "jacobian: identity in another dtype",
        PROBABILITIES,
        "xp.eye(z.shape[-1], dtype=z.dtype)",
        "xp.eye(z.shape[-1])",
        unseen=True,
    ),
    # the loss
    Mutant("loss: sign", LOSS, "return 0 - xp.sum(", "return xp.sum("),
    Mutant(
        "loss: minus zero",
        LOSS,
        "return 0 - xp.sum(",
        "return -xp.sum(",
        unseen=True,
    ),
    Mutant(
        "loss: the guard of r = 0",
        LOSS,
        "xp.where(r == 0, r, log_z)",
        "log_z",
        unseen=True,
    ),
    Mutant("loss: 1/B missing", LOSS, "xp.sum(r * (log_z / B))", "xp.sum(r * log_z)"),
    Mutant("loss: 1/K for 1/B", LOSS, "as_rows(z_hat).shape[0]", "as_rows(z_hat).shape[1]"),
    Mutant(
        "loss: 1/B on the smallest r",
        LOSS,
        "xp.sum(r * (log_z / B))",
        "xp.sum(r / B * log_z)",
        unseen=True,
    ),
    # delta
    Mutant("delta: sign", LOSS, f"(r - z * {SUM_OF_R}) / B", f"(z * {SUM_OF_R} - r) / B"),
    Mutant("delta: 1/B missing", LOSS, f"z * {SUM_OF_R}) / B", f"z * {SUM_OF_R})"),
    Mutant("delta: 1/B twice", LOSS, f"z * {SUM_OF_R}) / B", f"z * {SUM_OF_R}) / B / B"),
    Mutant("delta: sum(r) taken for 1", LOSS, f"z * {SUM_OF_R}", "z"),
    Mutant("delta: sum(r) over the whole batch", LOSS, SUM_OF_R, "xp.sum(r)"),
    Mutant("delta: 1/K for 1/B", LOSS, "as_rows(z).shape[0]", "as_rows(z).shape[1]"),
    Mutant(
        "delta: logits taken for probabilities",
        LOSS,
        "output_delta_from_output(r, softmax(z_hat))",
        "output_delta_from_output(r, z_hat)",
    ),
    Mutant(
        "delta: softmax twice",
        LOSS,
        "    xp = namespace(z)\n    B =",
        "    xp, z = namespace(z), softmax(z)\n    B =",
    ),
    # the weighted sum and its derivatives
    Mutant("prepend_one: at the end", SUMS, "[xp.ones_like(y[..., :1]), y]", "[y, xp.ones_like(y[..., :1])]"),
    Mutant("prepend_one: zero", SUMS, "xp.ones_like(y[..., :1])", "xp.zeros_like(y[..., :1])"),
    Mutant("affine: bias left out", SUMS, "prepend_one(y) @ W.T", "y @ W[:, 1:].T"),
    Mutant("weight gradient: sign", SUMS, "return as_rows(delta).T @", "return -as_rows(delta).T @"),
    Mutant(
        "weight gradient: 1/B once more",
        SUMS,
        "return as_rows(delta).T @ prepend_one(as_rows(y))",
        "return as_rows(delta).T @ prepend_one(as_rows(y)) / as_rows(y).shape[0]",
    ),
    Mutant(
        "weight gradient: bias column dropped",
        SUMS,
        "as_rows(delta).T @ prepend_one(as_rows(y))",
        "as_rows(delta).T @ as_rows(y)",
    ),
    Mutant(
        "weight gradient: transposed",
        SUMS,
        "as_rows(delta).T @ prepend_one(as_rows(y))",
        "prepend_one(as_rows(y)).T @ as_rows(delta)",
    ),
    Mutant("input gradient: bias column kept", SUMS, "delta @ W[:, 1:]", "delta @ W"),
    Mutant("input gradient: last column dropped", SUMS, "delta @ W[:, 1:]", "delta @ W[:, :-1]"),
    Mutant("input gradient: sign", SUMS, "return delta @", "return -delta @"),
    # activations
    Mutant(
        "sigmoid: branches exchanged", ACTIVATIONS, "t >= 0, xp.ones_like(e), e", "t >= 0, e, xp.ones_like(e)"
    ),
    Mutant("sigmoid: e may overflow", ACTIVATIONS, "xp.exp(xp.where(t >= 0, -t, t))", "xp.exp(t)"),
    Mutant("tanh: is sigmoid", ACTIVATIONS, '"tanh",\n    _tanh,', '"tanh",\n    _sigmoid,'),
    Mutant(
        "relu: NaN becomes 0",
        ACTIVATIONS,
        "return xp.maximum(t, xp.zeros_like(t))",
        "return xp.where(t > 0, t, xp.zeros_like(t))",
        unseen=True,
    ),
    Mutant("relu: minimum", ACTIVATIONS, "xp.maximum(", "xp.minimum("),
    Mutant(
        "relu: absolute value",
        ACTIVATIONS,
        "return xp.maximum(t, xp.zeros_like(t))",
        "return xp.maximum(t, -t)",
    ),
    Mutant("relu: first weights of tanh", ACTIVATIONS, "weight_variance=2.0", "weight_variance=1.0"),
    # the forward pass
    Mutant("forward: y still holds x", LAYERS, "tuple(y[1:])", "tuple(y)"),
    Mutant(
        "forward: activation forgotten before the output",
        LAYERS,
        "affine(W, y[-1])",
        "affine(W, (y_hat or y)[-1])",
    ),
    Mutant("forward: z without softmax", LAYERS, "z_hat, softmax(z_hat))", "z_hat, z_hat)"),
    # the namespace of NumPy
    Mutant("zeros_like: ones", "formulas/arrays.py", "zeros.fill(0)", "zeros.fill(1)"),
    Mutant(
        "max: of the first row",
        "formulas/arrays.py",
        'x = x.copy("F")',
        'x = x[:1].copy("F")',
        unseen=True,
    ),
    # the short way past the checks
    Mutant(
        "plain_arguments: more columns pass",
        "plain_arguments.py",
        "columns != inputs + 1",
        "columns < inputs + 1",
        unseen=True,
    ),
    Mutant(
        "plain_arguments: a batch beside one example passes",
        "plain_arguments.py",
        "elif batch != shape[:axes]:",
        "elif batch and batch != shape[:axes]:",
        unseen=True,
    ),
    Mutant(
        "plain_arguments: r of another shape passes",
        "plain_arguments.py",
        "r.dtype is dtype and r.shape == shape",
        "r.dtype is dtype",
        unseen=True,
    ),
    Mutant(
        "plain_arguments: whole numbers stay whole numbers",
        "plain_arguments.py",
        "(np.float16, np.float32,",
        "(np.int64, np.float16, np.float32,",
        unseen=True,
    ),
    Mutant(
        "plain_arguments: nothing ever fits",
        "plain_arguments.py",
        "        return True\n\n    return fit",
        "        return False\n\n    return fit",
        unseen=True,
    ),
    # the checks
    Mutant(
        "checks: whole numbers become float32",
        "checks.py",
        "xp.astype(array, xp.float64)",
        "xp.astype(array, xp.float32)",
    ),
    Mutant(
        "checks: two float dtypes pass",
        "checks.py",
        "if arrays[name].dtype != arrays[first].dtype:",
        "if arrays[name].dtype.kind != arrays[first].dtype.kind:",
        unseen=True,
    ),
    Mutant(
        "checks: (K,) passes beside (B, K)",
        "checks.py",
        'if sizes.setdefault("[B]", (batch, name))[0] != batch:',
        "if not shape:",
        unseen=True,
    ),
    Mutant(
        "values: label K passes",
        "values.py",
        "(values < n_classes)",
        "(values <= n_classes)",
        unseen=True,
    ),
    Mutant("values: label -1 passes", "values.py", "(values >= 0)", "(values >= -1)", unseen=True),
    Mutant(
        "values: rows of r need not sum to 1",
        "values.py",
        "abs(sums[worst] - 1) > 1e-6",
        "sums[worst] - 1 > 1",
        unseen=True,
    ),
    Mutant(
        "values: infinity passes",
        "values.py",
        "good = np.isfinite(np.asarray(array))",
        "good = ~np.isnan(np.asarray(array))",
        unseen=True,
    ),
    Mutant(
        "values: a size of 0 passes",
        "values.py",
        "not least <= value <= most",
        "not 0 <= value <= most",
        unseen=True,
    ),
    # the network
    Mutant(
        "MLP: weights not copied",
        "network.py",
        "asarray(W, copy=True)",
        "asarray(W)",
        unseen=True,
    ),
    Mutant(
        "MLP: weights can be written to",
        "network.py",
        "W.setflags(write=False)",
        "W.setflags(write=True)",
        unseen=True,
    ),
    Mutant(
        "MLP: float64 in a float32 network",
        "network.py",
        "asarray(array, dtype=first.dtype)",
        "asarray(array)",
        unseen=True,
    ),
    Mutant("initialize: deviation 1/n", "network.py", "* np.sqrt(variance)", "* variance"),
    Mutant(
        "initialize: deviation from the outputs",
        "network.py",
        "activation.weight_variance) / n\n",
        "activation.weight_variance) / n_out\n",
    ),
    Mutant("initialize: biases 1", "network.py", "np.zeros((n_out, 1))", "np.ones((n_out, 1))"),
    Mutant("predict: over the first axis", "network.py", "z_hat, axis=-1)", "z_hat, axis=0)"),
    Mutant(
        "predict: logits that overflowed are compared",
        "network.py",
        "if undecided.any():",
        "if False:",
        unseen=True,
    ),
    Mutant(
        "MLP: a copy can be written to",
        "network.py",
        "def __reduce__(self)",
        "def reduced(self)",
        unseen=True,
    ),
    Mutant("initialize: any dtype", "network.py", "_floating_dtype(dtype)\n", "dtype\n", unseen=True),
    Mutant("accuracy: the part that is wrong", "network.py", "predicted == labels", "predicted != labels"),
    # the measured derivative
    Mutant("measured: one-sided", "measured.py", "for step in (+h, -h)", "for step in (+h, 0.0)"),
    Mutant("measured: divided by h", "measured.py", "/ (2 * h)", "/ h"),
    Mutant("measured: sign", "measured.py", "(after - before)", "(before - after)"),
    Mutant(
        "measured: theta nudged in place", "measured.py", "tuple(part.copy() for part in thetas)", "thetas"
    ),
    Mutant("measured: ten times the nudge", "measured.py", "h: float = 1e-5", "h: float = 1e-4"),
    Mutant(
        "measured: in the dtype of h", "measured.py", "h = values.positive", "values.positive", unseen=True
    ),
    Mutant(
        "measured: a nudge that is lost passes", "measured.py", "if lost.any():", "if False:", unseen=True
    ),
    # the step
    Mutant("step: uphill", DESCENT, "w + learning_rate * u", "w - learning_rate * u"),
    Mutant("step: learning rate forgotten", DESCENT, "w + learning_rate * u", "w + u"),
    Mutant("step: momentum on the gradient", DESCENT, "momentum * u + g", "u + momentum * g", only_in="06"),
    Mutant(
        "step: float64 rates widen float32",
        "training.py",
        "        rate = float(rate)\n    if isinstance",
        "    if isinstance",
        unseen=True,
    ),
    Mutant(
        "step: a rate that is not finite passes",
        "training.py",
        '_rate("learning_rate", learning_rate, values.finite_number)',
        '_rate("learning_rate", learning_rate, lambda name, rate: rate)',
        unseen=True,
    ),
    # the data
    Mutant(
        "one_hot: classes reversed",
        "data.py",
        "labels[..., None], 1.0",
        "n_classes - 1 - labels[..., None], 1.0",
    ),
    Mutant(
        "one_hot: a matrix of all classes",
        "data.py",
        "np.zeros((*labels.shape, n_classes))",
        "np.eye(n_classes)[labels]",
        unseen=True,
    ),
    Mutant(
        "digits: test part not stratified",
        "data.py",
        "_cut(labels, 0.25, seed)",
        "_cut(np.zeros_like(labels), 0.25, seed)",
    ),
    Mutant("digits: validation of 25 %", "data.py", "_cut(labels[rest], 0.2,", "_cut(labels[rest], 0.25,"),
    Mutant("digits: seed ignored", "data.py", "_cut(labels, 0.25, seed)", "_cut(labels, 0.25, 0)"),
    Mutant(
        "digits: the least remainder first", "data.py", "np.unique(remainder)[::-1]", "np.unique(remainder)"
    ),
    Mutant(
        "moved: last place never used",
        "data.py",
        "rng.integers(0, 2 * pixels + 1,",
        "rng.integers(0, 2 * pixels,",
    ),
    Mutant("moved: digit transposed", "data.py", "x[i].reshape(SIDE, SIDE)", "x[i].reshape(SIDE, SIDE).T"),
    Mutant(
        "moved: labels in another order than copies",
        "data.py",
        "np.tile(labels, times)",
        "np.repeat(labels, times)",
    ),
    Mutant("toy: seed ignored", TOYS, '"seed", seed, least=0', '"seed", 0, least=0'),
    Mutant("toy: moons face to face", TOYS, "np.cos(angle) - 0.5", "np.cos(angle) + 0.5"),
    Mutant("toy: spirals on one arm", TOYS, "along + np.pi * labels", "along"),
    Mutant("toy: rings exchanged", TOYS, "labels == 0, 2.1, 0.9", "labels == 0, 0.9, 2.1"),
    Mutant("toy: xor in two halves", TOYS, "right, -right)", "right, right)"),
    Mutant("toy: two of three clusters", TOYS, "np.pi * labels / 3", "np.pi * labels / 2"),
]
