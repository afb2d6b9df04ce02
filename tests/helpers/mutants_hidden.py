"""One-slip mutants of the way back, the gradient check, training and saving; see mutants.py."""

from mutants import Mutant

ACTIVATIONS = "formulas/activations.py"
LAYERS = "formulas/layers.py"
DESCENT = "formulas/descent.py"

GATE = "affine_input_gradient(deltas[-1], W) * activation.derivative(y_hat)"
STEP = "        step = negative_gradient(weights, activation, record, r_batch)\n"
EARLY = (
    STEP
    + "        early = (*weights[:-1], weights[-1] + settings.learning_rate * step[-1])\n"
    + "        step = (*negative_gradient(early, activation, record, r_batch)[:-1], step[-1])\n"
)
NEW_FILE = "with _new_file(unfinished, 0o666 if rights is None else rights) as file:\n"

WAY_BACK = [
    # slopes
    Mutant(
        "slope of sigmoid: digits lost where y is rounded to 1",
        ACTIVATIONS,
        "return _sigmoid(t) * _sigmoid(-t)",
        "return _sigmoid(t) * (1 - _sigmoid(t))",
        unseen=True,
    ),
    Mutant(
        "slope of sigmoid: t (1 - t)", ACTIVATIONS, "return _sigmoid(t) * _sigmoid(-t)", "return t * (1 - t)"
    ),
    Mutant(
        "slope of sigmoid from y: sigma' at y",
        ACTIVATIONS,
        "return y * (1 - y)",
        "return _sigmoid(y) * _sigmoid(-y)",
    ),
    Mutant("slope of tanh: 1 - t^2", ACTIVATIONS, "1 - _tanh(t) ** 2", "1 - t**2"),
    Mutant("slope of tanh: sign", ACTIVATIONS, "1 - _tanh(t) ** 2", "1 + _tanh(t) ** 2"),
    Mutant("slope of tanh from y: sigma' at y", ACTIVATIONS, "return 1 - y**2", "return 1 - _tanh(y) ** 2"),
    Mutant(
        "slope of relu: 1 at 0",
        ACTIVATIONS,
        "namespace(t).sign(_relu(t))",
        "namespace(t).sign(_relu(t) + (t == 0))",
    ),
    Mutant(
        "slope of relu: NaN lost",
        ACTIVATIONS,
        "return namespace(t).sign(_relu(t))",
        "return namespace(t).astype(t > 0, t.dtype)",
        unseen=True,
    ),
    Mutant("slope of relu: -1 below 0", ACTIVATIONS, ".sign(_relu(t))", ".sign(t)"),
    Mutant("slope of relu: relu itself", ACTIVATIONS, "namespace(t).sign(_relu(t))", "_relu(t)"),
    Mutant(
        "slope of relu from y: y itself",
        ACTIVATIONS,
        "_relu_derivative,\n    _relu_derivative,",
        "_relu_derivative,\n    _relu,",
        unseen=True,
    ),
    Mutant(
        "slopes of sigmoid: the two arguments exchanged",
        ACTIVATIONS,
        "_sigmoid_derivative,\n    _sigmoid_derivative_from_output,",
        "_sigmoid_derivative_from_output,\n    _sigmoid_derivative,",
    ),
    # the recursion
    Mutant("recursion: sigma' missing", LAYERS, GATE, "affine_input_gradient(deltas[-1], W)"),
    Mutant("recursion: sigma' at y", LAYERS, "record.y_hat[::-1]", "record.y[::-1]"),
    Mutant("recursion: sigma' of the wrong layer", LAYERS, "record.y_hat[::-1]", "record.y_hat"),
    Mutant("recursion: sigma for sigma'", LAYERS, "activation.derivative(y_hat)", "activation(y_hat)"),
    Mutant(
        "recursion: the output form at y_hat",
        LAYERS,
        "activation.derivative(y_hat)",
        "(activation.derivative_from_output or activation.derivative)(y_hat)",
    ),
    Mutant("recursion: weights in forward order", LAYERS, "zip(weights[:0:-1]", "zip(weights[1:]"),
    Mutant("recursion: the matrix one layer below", LAYERS, "zip(weights[:0:-1]", "zip(weights[-2::-1]"),
    Mutant("recursion: the output's delta at every layer", LAYERS, "(deltas[-1], W)", "(deltas[0], W)"),
    Mutant("recursion: deltas in backward order", LAYERS, "tuple(deltas[::-1])", "tuple(deltas)"),
    Mutant(
        "recursion: sign at the output", LAYERS, "[output_delta_from_output(", "[-output_delta_from_output("
    ),
    Mutant("recursion: logits for probabilities at the output", LAYERS, "(r, record.z)", "(r, record.z_hat)"),
    Mutant(
        "recursion: sign at each layer",
        LAYERS,
        "(affine_input_gradient(deltas",
        "(-affine_input_gradient(deltas",
    ),
    Mutant(
        "recursion: bias column kept, last column dropped",
        LAYERS,
        "affine_input_gradient(deltas[-1], W) *",
        "(deltas[-1] @ W)[..., :-1] *",
    ),
    Mutant(
        "gradient: the wrong layer's input",
        LAYERS,
        "(record.x, *record.y)\n",
        "(record.x, *record.y[::-1])\n",
    ),
    Mutant("gradient: y_hat for y", LAYERS, "(record.x, *record.y)\n", "(record.x, *record.y_hat)\n"),
    Mutant(
        "pull on x: through the last matrix",
        LAYERS,
        "r)[0], weights[0])",
        "r)[-1], weights[-1])",
        unseen=True,
    ),
    # the step
    Mutant(
        "step: velocity forgotten",
        DESCENT,
        "zip(weights, velocity, strict",
        "zip(weights, negative_gradient, strict",
        only_in="06",
    ),
    Mutant(
        "step: the first one is lost",
        DESCENT,
        "velocity = negative_gradient\n",
        "velocity = tuple(0 * g for g in negative_gradient)\n",
    ),
    Mutant(
        "step: gradient damped",
        DESCENT,
        "momentum * u + g",
        "momentum * u + (1 - momentum) * g",
        only_in="06",
    ),
    # records in the checks
    Mutant(
        "record: y of another depth passes",
        "checks.py",
        "len(record.y_hat) == len(record.y) == depth",
        "len(record.y_hat) == depth",
        unseen=True,
    ),
    Mutant(
        "record: any tuple passes",
        "checks.py",
        "not isinstance(record, Forward)",
        "not isinstance(record, tuple)",
        unseen=True,
    ),
    Mutant(
        "record: z_hat of another network passes",
        "checks.py",
        '"record.z_hat": "[B] K"',
        '"record.z_hat": "[B] M"',
        unseen=True,
    ),
    Mutant(
        "record: x of another network passes",
        "checks.py",
        '{"record.x": "[B] D", **',
        '{"record.x": "[B] M", **',
        unseen=True,
    ),
    Mutant(
        "record: lists stay lists",
        "checks.py",
        "return Forward(x, tuple(hidden[:depth]), tuple(hidden[depth:]), z_hat, z), r",
        "return record, r",
        unseen=True,
    ),
    Mutant(
        "MLP.negative_gradient: targets need not be distributions",
        "network.py",
        'values.distributions("r", given)',
        'values.finite("r", given)',
        unseen=True,
    ),
    # the gradient check
    Mutant(
        "check: limit loose",
        "measured.py",
        "CHECK_LIMIT = 1e-7",
        "CHECK_LIMIT = 1e-5",
        unseen=True,
    ),
    Mutant("check: sign", "measured.py", "-(4 * n - w) / 3", "(4 * n - w) / 3"),
    Mutant("check: not extrapolated", "measured.py", "-(4 * n - w) / 3", "-w"),
    Mutant(
        "check: in the dtype of the network",
        "measured.py",
        "np.asarray(W, dtype=np.float64) for W",
        "np.asarray(W) for W",
        unseen=True,
    ),
    Mutant(
        "check: where of the largest entry", "measured.py", "np.argmax(difference)", "np.argmax(abs(derived))"
    ),
    Mutant("check: absolute error", "measured.py", "difference[where] / scale", "difference[where]"),
    Mutant(
        "check: scale without 1/B",
        "measured.py",
        "abs(signal).max()) / B / 10_000",
        "abs(signal).max()) / 10_000",
        unseen=True,
    ),
    Mutant(
        "check: scale without x_0 = 1",
        "measured.py",
        "max(1.0, abs(signal).max())",
        "abs(signal).max()",
        unseen=True,
    ),
    Mutant(
        "check: ten times the nudges",
        "measured.py",
        "(2e-4, 1e-4)",
        "(2e-3, 1e-3)",
        unseen=True,
    ),
    Mutant("check: what is handed in is not looked at", "measured.py", "if derived is None:", "if True:"),
    Mutant(
        "check: verdicts exchanged",
        "measured.py",
        '"ok" if check.ok else "WRONG"',
        '"WRONG" if check.ok else "ok"',
    ),
]

# Judged by chapter 06, which trains most; none saves a network.
TRAINING_AND_FILES = [
    # batches and steps
    Mutant(
        "batches: dealt anew at each step",
        "training_run.py",
        "        yield _rows(x, r, order[",
        "        order = np.random.default_rng(start).permutation(order)\n        yield _rows(x, r, order[",
    ),
    Mutant(
        "batches: dealt once for all epochs",
        "training_run.py",
        "    while True:\n        yield None if settings.batch_size is None else rng.permutation(n)",
        "    order = rng.permutation(n)\n    while True:\n"
        "        yield None if settings.batch_size is None else order",
    ),
    Mutant("batches: never dealt", "training_run.py", "else rng.permutation(n)", "else np.arange(n)"),
    Mutant(
        "batches: the last short one dropped",
        "training_run.py",
        "range(0, len(order), batch_size)",
        "range(0, len(order) // batch_size * batch_size or len(order), batch_size)",
    ),
    Mutant(
        "batches: targets of other rows",
        "training_run.py",
        "xp.take(r, rows, axis=0)",
        "r[: len(rows)]",
    ),
    Mutant("batches: seed ignored", "training_run.py", "default_rng(settings.seed)", "default_rng(0)"),
    Mutant("steps: W stepped before it is used", "training_run.py", STEP, EARLY),
    Mutant(
        "steps: loss after instead of before",
        "training_run.py",
        "r_batch, record.z_hat)",
        "r_batch, forward(weights, activation, x_batch).z_hat)",
        unseen=True,
    ),
    Mutant(
        "steps: velocity lost", "training_run.py", "weights, velocity = descent.", "weights, _ = descent."
    ),
    Mutant(
        "steps: momentum left out",
        "training_run.py",
        "settings.learning_rate, settings.momentum\n",
        "settings.learning_rate\n",
    ),
    # the run
    Mutant("train: index 0 missing", "training_run.py", "                self.measure()\n", ""),
    Mutant(
        "train: one epoch more",
        "training.py",
        "contextlib.nullcontext(range(epochs))",
        "contextlib.nullcontext(range(epochs + 1))",
    ),
    Mutant(
        "train: validation measured on the training set",
        "training_run.py",
        "in zip(self.sets, (self.measured,",
        "in zip(self.sets[:1] * len(self.sets), (self.measured,",
    ),
    Mutant(
        "train: part that is wrong",
        "training_run.py",
        "xp.argmax(z_hat, axis=-1) ==",
        "xp.argmax(z_hat, axis=-1) !=",
    ),
    Mutant(
        "train: blocks weigh alike",
        "training_run.py",
        "* (x_block.shape[0] / n)",
        "/ -(-n // BLOCK)",
    ),
    Mutant(
        "train: the first ten thousand rows are measured",
        "training_run.py",
        "np.sort(np.random.default_rng(0).choice(n, MEASURED, replace=False))",
        "np.arange(MEASURED)",
        unseen=True,
    ),
    Mutant("train: measured in one piece", "training_run.py", "BLOCK = 1024", "BLOCK = 10**9", unseen=True),
    Mutant(
        "train: an infinite weight passes",
        "training_run.py",
        "(loss, *weights))",
        "(loss,))",
        unseen=True,
    ),
    Mutant(
        "train: an infinite loss between two epochs passes",
        "training_run.py",
        "in _glanced_at(self.steps(order)):",
        "in self.steps(order):",
        unseen=True,
    ),
    Mutant(
        "train: the validation loss vouches for the weights",
        "training_run.py",
        "self.vouch(newest, row[0])",
        "self.vouch(newest, row[-2])",
        unseen=True,
    ),
    Mutant(
        "train: the result holds the newest weights",
        "training.py",
        "MLP(run.vouched,",
        "MLP((run.last or run).weights,",
        unseen=True,
    ),
    Mutant(
        "train: a loss vouches for the weights after it",
        "training_run.py",
        "self.vouch(step.before, step.loss())",
        "self.vouch(step.weights, step.loss())",
    ),
    Mutant(
        "train: NumPy's warnings leak",
        "training_run.py",
        'with bar as counted, np.errstate(over="ignore", invalid="ignore"):',
        "with bar as counted, np.errstate():",
        unseen=True,
    ),
    Mutant(
        "train: an interrupt passes for an end",
        "training_run.py",
        'return "interrupted"',
        'return "finished"',
        unseen=True,
    ),
    Mutant(
        "train: the warning points into the package",
        "training.py",
        "stacklevel=2",
        "stacklevel=1",
        unseen=True,
    ),
    Mutant(
        "train: float64 in a float32 network",
        "training.py",
        "xp.asarray(a, dtype=first.dtype)",
        "xp.asarray(a)",
        unseen=True,
    ),
    Mutant(
        "train: targets need not be distributions",
        "training.py",
        "values.distributions(f",
        "values.finite(f",
        unseen=True,
    ),
    Mutant(
        "train: momentum 1 passes",
        "values.py",
        "not 0 <= number < 1:",
        "not 0 <= number <= 1:",
        unseen=True,
    ),
    Mutant(
        "train: negative momentum passes",
        "values.py",
        "not 0 <= number < 1:",
        "not number < 1:",
        unseen=True,
    ),
    Mutant(
        "train: batch size 0 passes",
        "training.py",
        "batch_size, least=1)",
        "batch_size, least=0)",
        unseen=True,
    ),
    Mutant(
        "train: rate 0 passes",
        "values.py",
        "not 0 < number < math.inf",
        "not 0 <= number < math.inf",
        unseen=True,
    ),
    # files
    Mutant("save: .npz appended", "storage.py", "os.path.realpath(path)", 'os.path.realpath(f"{path}.npz")'),
    Mutant(
        "save: a link is replaced", "storage.py", "Path(os.path.realpath(path))", "Path(path)", unseen=True
    ),
    Mutant(
        "save: written in place",
        "storage.py",
        NEW_FILE,
        'unfinished = path\n        with open(path, "wb") as file:\n',
        unseen=True,
    ),
    Mutant(
        "save: not flushed to the disk",
        "storage.py",
        "os.fsync(file.fileno())",
        "file.fileno()",
        unseen=True,
    ),
    Mutant(
        "save: litter after a failure",
        "storage.py",
        "        unfinished.unlink(missing_ok=True)\n",
        "",
        unseen=True,
    ),
    Mutant(
        "save: a private file",
        "storage.py",
        "0o666 if rights is None",
        "0o600 if rights is None",
        unseen=True,
    ),
    Mutant(
        "save: the rights of what is replaced are lost",
        "storage.py",
        "os.chmod(unfinished, rights)",
        "os.chmod(unfinished, 0o644)",
        unseen=True,
    ),
    Mutant(
        "load: pickles are run",
        "storage.py",
        "np.frombuffer(data, dtype, offset=file.tell())",
        "np.load(io.BytesIO(data), allow_pickle=True)",
        unseen=True,
    ),
    Mutant("load: what is compressed is unpacked", "storage.py", "if compressed or ", "if ", unseen=True),
    Mutant(
        "load: arrays may be longer than the file",
        "storage.py",
        "> os.fstat(file.fileno()).st_size",
        "< 0",
        unseen=True,
    ),
    Mutant(
        "load: a size is guessed",
        "storage.py",
        "if array.size != math.prod(shape):",
        "if False:",
        unseen=True,
    ),
    Mutant(
        "load: newer version passes", "storage.py", "version > newest:", "version > newest + 1:", unseen=True
    ),
    Mutant("load: version 0 passes", "storage.py", "or version < 1:", "or version < 0:", unseen=True),
    Mutant("load: another format passes", "storage.py", "found != name or", "not found or", unseen=True),
    Mutant(
        "load: a hidden array is not missed",
        "storage.py",
        "len(arrays) != count",
        "len(arrays) > count",
        unseen=True,
    ),
    Mutant(
        "load: an array by another name is a KeyError",
        "network.py",
        '{"activation": ((), "U"), "known": ((), "b")}',
        "kinds",
        unseen=True,
    ),
    Mutant(
        "load: own activation taken for the known one",
        "network.py",
        "activation is None and not known",
        "name not in ACTIVATIONS and activation is None",
    ),
    Mutant(
        "load: activation that is handed in ignored",
        "network.py",
        "name if activation is None else activation",
        "name",
    ),
    Mutant(
        "load: layers in alphabetical order",
        "network.py",
        "for key in weights)",
        "for key in sorted(weights))",
    ),
]

HIDDEN_LAYER_MUTANTS = [*WAY_BACK, *(mutant._replace(only_in="06") for mutant in TRAINING_AND_FILES)]
