"""The price of a whole run of `train`, beside scikit-learn's `fit` and a loop in PyTorch.

python tools/benchmarks/training.py            digits, and 60,000 rows of 784 numbers; some minutes
python tools/benchmarks/training.py --memory   the most memory that a run takes, above the data
"""

import argparse
import gc
import re
import subprocess
import sys
import time
import warnings
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import step  # which tells the BLAS to use one thread before it imports NumPy
from step import c, np

from mlp_core import MLP, digits, one_hot, train

RATES = {"learning_rate": 0.01, "momentum": 0.9}
B = 32
ROWS = 60_000
CASES = {"digits, 64-64-10": ((64, 64, 10), 30), "784-300-10": ((784, 300, 10), 10)}
NOTES = """
- CPU time of whole calls, in turn, the least of all rounds. Over 1 in "... / ours": ours is faster.
- Ours: `train` with its checks and its history; above 10,000 rows that is measured on 10,000 of them.
- scikit-learn: `MLPClassifier.fit`, SGD with the same rates, no weight decay, no early end.
- PyTorch: eager, `Sequential`, `CrossEntropyLoss`, `SGD`, rows taken by index; it measures nothing.
- All: ReLU, batches of 32, dealt anew each epoch, one thread. The digits are those of the book; the 60,000
  rows are random numbers. PyTorch deals as we do, and its first epoch ends at our weights.
"""


@dataclass(frozen=True, eq=False)
class Data:
    """What every contestant learns from, and where it starts."""

    mlp: MLP
    x: np.ndarray
    labels: np.ndarray
    r: np.ndarray


def data(sizes, dtype, rows=ROWS):
    """Return the digits for 64 inputs, else random rows."""
    if sizes[0] == 64:
        x, labels = digits().train.x.astype(dtype), digits().train.labels
    else:
        rng = np.random.default_rng(0)
        x, labels = rng.random((rows, sizes[0]), dtype=dtype), rng.integers(0, sizes[-1], rows)
    mlp = MLP.initialize(sizes, "relu", dtype=dtype)
    return Data(mlp, x, labels, one_hot(labels, sizes[-1]).astype(dtype))


# ---------------------------------------------------------------- contestants: they return what they learned


def ours(given, epochs):
    return train(
        given.mlp, given.x, given.r, epochs=epochs, batch_size=B, progress=False, **RATES
    ).mlp.weights


def scikit_learn(given, epochs):
    from sklearn.neural_network import MLPClassifier

    classifier = MLPClassifier(
        [len(W) for W in given.mlp.weights[:-1]],
        solver="sgd",
        alpha=0.0,
        batch_size=B,
        learning_rate_init=RATES["learning_rate"],
        momentum=RATES["momentum"],
        nesterovs_momentum=False,
        max_iter=epochs,
        n_iter_no_change=epochs + 1,
        random_state=0,
    )
    with warnings.catch_warnings(action="ignore"):  # that it has not converged
        classifier.fit(given.x, given.labels)
    assert classifier.n_iter_ == epochs


def pytorch(given, epochs):
    import torch

    torch.set_num_threads(1)
    network = c.torch_network(given.mlp.weights)
    criterion = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(network.parameters(), lr=RATES["learning_rate"], momentum=RATES["momentum"])
    x, labels, rng = torch.from_numpy(given.x), torch.tensor(given.labels), np.random.default_rng(0)
    for _ in range(epochs):
        for rows in torch.from_numpy(rng.permutation(len(x))).split(B):
            optimizer.zero_grad()
            criterion(network(x[rows]), labels[rows]).backward()
            optimizer.step()
    parameters = [p.detach().numpy() for p in network.parameters()]
    return [np.column_stack([b, w]) for w, b in zip(parameters[::2], parameters[1::2], strict=True)]


CONTESTANTS = {"ours": ours, "scikit-learn": scikit_learn}
if find_spec("torch"):
    CONTESTANTS["PyTorch"] = pytorch


def verify(sizes, dtype):
    """Stop with a line unless an epoch in PyTorch ends at our weights."""
    if "PyTorch" in CONTESTANTS:
        given = data(sizes, dtype, rows=1000)
        for mine, other in zip(ours(given, 1), pytorch(given, 1), strict=True):
            error = np.abs(mine - other).max() / np.abs(mine).max()
            if not error <= c.TOLERANCE[dtype]:
                raise SystemExit(
                    f"{sizes}, {dtype}: PyTorch's weights are {error:.1e} from ours. Nothing timed."
                )


# ---------------------------------------------------------------- time


def table(rounds, at_most):
    rivals = [name for name in CONTESTANTS if name != "ours"]
    titles = ["run", "rows", "epochs", "dtype", "ours, s", *(f"{name} / ours" for name in rivals)]
    print(step.row(titles), step.row(["---"] * 4 + ["---:"] * (len(titles) - 4)), sep="\n")
    for name, (sizes, epochs) in CASES.items():
        epochs = min(epochs, at_most)
        for dtype in ("float32", "float64"):
            verify(sizes, dtype)
            given, taken = data(sizes, dtype), dict.fromkeys(CONTESTANTS, np.inf)
            for _ in range(rounds if len(given.x) > 10_000 else 5 * rounds):
                for contestant, run in CONTESTANTS.items():
                    gc.collect()
                    begun = time.process_time()
                    run(given, epochs)
                    taken[contestant] = min(taken[contestant], time.process_time() - begun)
            ratios = [f"{taken[rival] / taken['ours']:.2f}" for rival in rivals]
            cells = [name, f"{len(given.x):,}", epochs, dtype, f"{taken['ours']:.2f}", *ratios]
            print(step.row(cells), flush=True)
    print(NOTES)


# ---------------------------------------------------------------- memory


def peak(contestant, dtype):
    """Print by how much a run of one epoch raises the most memory of this process, in units of the data."""
    CONTESTANTS[contestant](data((784, 300, 10), dtype, rows=100), 1)  # what is imported does not count
    given = data((784, 300, 10), dtype)
    before = most_resident()
    CONTESTANTS[contestant](given, 1)
    print(f"{(most_resident() - before) / (given.x.nbytes + given.r.nbytes):.2f}")


def most_resident():
    """Return the largest resident memory of this process so far, in bytes, as Linux keeps it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return 1024 * int(re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)[1])


def memory():
    print(step.row(["784-300-10, 60,000 rows", *CONTESTANTS]))
    print(step.row(["---", *["---:"] * len(CONTESTANTS)]))
    for dtype in ("float32", "float64"):
        cells = []
        for contestant in CONTESTANTS:
            command = [sys.executable, __file__, "--peak", contestant, dtype]
            cells.append(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())
        print(step.row([dtype, *cells]), flush=True)
    print("\nThe growth of the largest resident memory of a process of its own, data = 1; one epoch; Linux.")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--memory", action="store_true", help="measure memory in place of time")
    parser.add_argument(
        "--rounds", type=int, default=2, help="of the large runs; five times as many of the digits"
    )
    parser.add_argument("--epochs", type=int, default=30, help="at most so many, for a quicker look")
    parser.add_argument("--peak", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.peak:
        return peak(*asked.peak)
    print(step.environment(), "\n")
    return memory() if asked.memory else table(asked.rounds, asked.epochs)


if __name__ == "__main__":
    main()
