"""The price of one training step, beside PyTorch, scikit-learn and the matrix products alone.

python tools/benchmarks/step.py            the tables of docs/benchmarks.md
python tools/benchmarks/step.py --public   the public functions, with their checks, against the bare ones
python tools/benchmarks/step.py --growth   how a step's time grows with width, depth, batch and examples
python tools/benchmarks/step.py --bias     y_0 = 1 in front, against a bias that is split off
"""

import argparse
import gc
import itertools
import math
import os
import platform
import time
from importlib import import_module
from importlib.util import find_spec

# Before NumPy is imported: its BLAS reads them once.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"
os.environ["VECLIB_MAXIMUM_THREADS"] = "1"

import contestants as c
import numpy as np

import mlp_core
from mlp_core import training_steps
from mlp_core.formulas import descent, layers
from mlp_core.formulas.arrays import namespace

SHAPES = ((2, 16, 2), (64, 32, 10), (64, 100, 10), (784, 30, 10), (784, 300, 10), (784, 256, 256, 256, 10))
CHECKED_SHAPES = ((2, 16, 2), (64, 32, 10), (64, 32, 32, 32, 10), (784, 30, 10), (784, 300, 10))
BATCHES, DTYPES = (32, 256), ("float32", "float64")
RIVALS = {"pytorch": "PyTorch", "sklearn_arithmetic": "scikit-learn", "sklearn_partial_fit": "`partial_fit`"}
STEPS_A_TURN = 5  # a step follows steps of its own kind, as in training

NOTES = """
- Times are the processor's, the least of all steps, in brackets the median. Over 1: ours is faster.
- Ours: `forward`, `cross_entropy`, `negative_gradient`, `gradient_step` of `mlp_core.formulas`, bare.
- PyTorch: eager, `Sequential`, `CrossEntropyLoss` of labels, `SGD`, all by default: not compiled, not fused.
- scikit-learn: only the arithmetic inside `MLPClassifier.fit`, its `_backprop` and `SGDOptimizer`, no checks.
- `partial_fit`: what a user of `MLPClassifier` can call on a batch, with its checks and its coding of labels.
  Two classes are one logistic output there, which is less work than two.
- Floor: the step's matrix products alone, by NumPy, on arrays at hand.
- Every step: ReLU, the same batch at hand, momentum 0.9, no weight decay, no shuffling, one thread.
- Before a row is timed, all have computed the same gradients: within 1e-4 in float32, 1e-10 in float64.
"""


def times(functions, seconds):
    """Return the nanoseconds of each call by name: turns of a few calls, in rotating order."""
    taken = {name: [] for name in functions}
    names, end = list(functions), time.perf_counter() + seconds
    for start in itertools.count():
        for k in range(len(names)):
            name = names[(start + k) % len(names)]
            function, record = functions[name], taken[name].append
            for _ in range(STEPS_A_TURN):
                begun = time.process_time_ns()
                function()
                record(time.process_time_ns() - begun)
        if start >= 3 and time.perf_counter() > end:
            return {name: np.array(each) for name, each in taken.items()}


def cases():
    for sizes, B, dtype in itertools.product(SHAPES, BATCHES, DTYPES):
        yield "-".join(map(str, sizes)), B, dtype, c.case(sizes, B, dtype)


def ratio(taken, over, under):
    """Return the ratio of the least times, and the cell that shows it and the ratio of the medians."""
    least, median = (f(taken[over]) / f(taken[under]) for f in (np.min, np.median))
    return least, f"{least:.2f} ({median:.2f})"


def table(seconds):
    """Print the table of docs/benchmarks.md and what is in it."""
    rivals = {name: title for name, title in RIVALS.items() if name != "pytorch" or find_spec("torch")}
    titles = ["network", "batch", "dtype", "ours, µs", *(f"{title} / ours" for title in rivals.values())]
    titles.append("ours / floor")
    print(row(titles), row(["---"] * 3 + ["---:"] * (len(titles) - 3)), sep="\n")
    leads = {name: [] for name in rivals}
    for shape, B, dtype, case in cases():
        taken = times({name: one.step for name, one in c.verified(case).items()}, seconds)
        ours = taken["ours"] / 1e3
        cells = [shape, B, dtype, f"{ours.min():.0f} ({np.median(ours):.0f})"]
        for name in rivals:
            least, cell = ratio(taken, name, "ours")
            leads[name].append(least)
            cells.append(cell)
        print(row([*cells, ratio(taken, "ours", "floor")[1]]), flush=True)
    print(NOTES)
    for name, least in leads.items():
        ahead = f"{sum(r > 1 for r in least)} of {len(least)} rows ({min(least):.2f} to {max(least):.2f})"
        print(f"Ours is ahead of {rivals[name]} in {ahead}.")
    if "pytorch" not in rivals:
        print("PyTorch is not installed: `python -m pip install torch` adds its column.")


def row(cells):
    return f"| {' | '.join(map(str, cells))} |"


def public(seconds):
    """Print what the checks of the public functions cost, in units of the bare step without its loss."""
    titles = ["network, batch 32", "dtype", "bare, µs", "public / bare"]
    print(row(titles), row(["---"] * 2 + ["---:"] * 2), sep="\n")
    for sizes, dtype in itertools.product(CHECKED_SHAPES, DTYPES):
        case = c.case(sizes, 32, dtype)
        bare = c.three_calls(case, layers.forward, layers.negative_gradient, descent.gradient_step)
        checked = c.three_calls(case, mlp_core.forward, mlp_core.negative_gradient, mlp_core.gradient_step)
        for one in (bare, checked):
            one.step()
        c.compare("public", checked, bare, 0.0)
        taken = times({"bare": bare.step, "public": checked.step}, seconds)
        microseconds = f"{taken['bare'].min() / 1e3:.0f}"
        print(
            row(["-".join(map(str, sizes)), dtype, microseconds, ratio(taken, "public", "bare")[1]]),
            flush=True,
        )


def growth(seconds):
    """Print how the time of a step grows with each of its sizes, and of an epoch with the examples."""
    variables = {
        "width, 64-H-10": ((32, 64, 128, 256, 512, 1024), lambda H: c.case((64, H, 10), 32, "float64")),
        "hidden layers of 64": ((1, 2, 3, 4, 6, 8), lambda n: c.case((64, *[64] * n, 10), 32, "float64")),
        "batch, 64-32-10": ((1, 4, 16, 64, 256, 1024), lambda B: c.case((64, 32, 10), B, "float64")),
        "examples, an epoch": ((256, 512, 1024, 2048, 4096), lambda n: c.case((64, 32, 10), n, "float64")),
    }
    print("Time relative to the first; exponent: the slope of log time over log size, upper half.")
    for name, (sizes, make) in variables.items():
        action = epoch if name.startswith("examples") else lambda case: c.ours(case).step
        taken = times({n: action(make(n)) for n in sizes}, seconds)
        least = np.array([taken[n].min() for n in sizes])
        upper = slice(len(sizes) // 2, None)
        exponent = np.polyfit(np.log(sizes[upper]), np.log(least[upper]), 1)[0]
        line = ", ".join(f"{n}: {t:.2f}" for n, t in zip(sizes, least / least[0], strict=True))
        print(f"- {name}: {line}; exponent {exponent:.2f} (first: {least[0] / 1e3:.0f} µs)", flush=True)
    print("Float64, batch 32 unless said. The multiplications grow in proportion: exponent 1, or nearly.")


def epoch(case):
    """Return a function that takes one epoch of `training_steps` in batches of 32."""
    steps = training_steps(case.mlp, case.x, case.r, batch_size=32, learning_rate=1e-3, momentum=0.9)
    return lambda: [None for _ in itertools.islice(steps, math.ceil(len(case.x) / 32))]


def bias(seconds):
    """Print in how many cases the book's y_0 = 1 costs no more than a bias that is split off."""
    ways = {
        "prepended": (layers.affine, layers.affine_weight_gradient),
        "split": (split_affine, split_weight_gradient),
    }
    ratios = []
    for shape, B, dtype, case in cases():
        steps = {name: exchanged(c.ours(case), *way) for name, way in ways.items()}
        for one in steps.values():
            one.step()
        c.compare("split", steps["split"], steps["prepended"], c.TOLERANCE[dtype])
        taken = times({name: one.step for name, one in steps.items()}, seconds)
        least, cell = ratio(taken, "prepended", "split")
        ratios.append(least)
        print(f"- {shape}, batch {B}, {dtype}: prepended / split {cell}", flush=True)
    good, low, high = sum(least <= 1.02 for least in ratios), min(ratios), max(ratios)
    print(f"Prepending costs no more (within 2 %) in {good} of {len(ratios)} ({low:.2f} to {high:.2f}).")
    print("Timed is the whole step, with `affine` and `affine_weight_gradient` exchanged.")


def exchanged(contestant, affine, affine_weight_gradient):
    """Return the same step with two of its formulas replaced."""

    def step():
        layers.affine, layers.affine_weight_gradient = affine, affine_weight_gradient
        contestant.step()

    return c.Contestant(step, contestant.velocity)


def split_affine(W, y):
    return y @ W[:, 1:].T + W[:, 0]


def split_weight_gradient(delta, y):
    xp = namespace(delta)
    return xp.concat([xp.sum(delta, axis=0)[:, None], delta.T @ y], axis=1)


def environment():
    """Say what is measured; stop where a library would use more than one thread."""
    said = [f"Python {platform.python_version()}"]
    for name in ("numpy", "sklearn.neural_network", "torch"):
        package = name.split(".")[0]
        if find_spec(package):
            import_module(name)  # with its BLAS, so that its threads are seen below
            said.append(f"{package} {import_module(package).__version__}")
    threadpoolctl = import_module("threadpoolctl")  # scikit-learn needs it too
    for pool in threadpoolctl.threadpool_info():
        if pool["num_threads"] != 1:
            raise SystemExit(f"{pool['filepath']} uses {pool['num_threads']} threads. Nothing was timed.")
        if "architecture" in pool:
            said.append(f"{pool['internal_api']} {pool['version']} ({pool['architecture']})")
    return ", ".join([*said, "one thread"])


def main():
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--public", action="store_true", help="the public functions against the bare ones")
    which.add_argument("--growth", action="store_true", help="grow one size at a time")
    which.add_argument("--bias", action="store_true", help="compare two places for the bias")
    parser.add_argument("--seconds", type=float, help="for one row (default: the whole run takes a minute)")
    asked = parser.parse_args()
    # As after loading a data set: once so much was freed, glibc's allocator keeps the pages of smaller arrays
    # instead of handing them back to the system. Without it a float64 step of 784-300-10 has hundreds of page
    # faults, and which contestant pays for them is chance.
    np.ones(3_000_000)
    gc.disable()  # as timeit does
    print(environment(), "\n")
    begun = time.perf_counter() - time.process_time()
    if asked.public:
        public(asked.seconds or 2)
    elif asked.growth:
        growth(asked.seconds or 4)
    elif asked.bias:
        bias(asked.seconds or 0.5)
    else:
        table(asked.seconds or 1.9)
    share = time.process_time() / (time.perf_counter() - begun)
    print(f"This process had {share:.0%} of a core. Below 97 % the machine was busy: measure again.")


if __name__ == "__main__":
    main()
