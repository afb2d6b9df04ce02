"""What every test shares: the array libraries, seeds, hypothesis's settings, tables printed at the end."""

import hypothesis
import numpy as np
import oracles
import pytest

# Derandomized: the same examples in every run, so that a red test is red again. test_mutants.py runs the
# tests once for each slip under `short`: it needs a red test, not the smallest example of it.
hypothesis.settings.register_profile("book", derandomize=True, deadline=None, database=None, max_examples=40)
hypothesis.settings.register_profile(
    "short",
    parent=hypothesis.settings.get_profile("book"),
    max_examples=10,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)
hypothesis.settings.load_profile(oracles.PROFILE)

TABLES = pytest.StashKey[list]()

# What takes longest starts first, so that no worker ends with it alone; the rest follows as it is found.
LONGEST = (
    "test_mutants.py",
    "test_second_environment.py",
    "test_equation_slips.py",
    "test_proving_slips.py",
    "06_training_on_digits.ipynb",
    "07_what_can_go_wrong.ipynb",
    "test_figures.py",
    "test_oracles.py",
    "test_read.py",
    "test_setup.py",
    "test_samples.py",
    "03_first_classifier.ipynb",
    "test_softmax_explorer.py",
    "test_backward.py",
    "test_validation_can_fail.py",
)


def pytest_configure(config):
    config.stash[TABLES] = []


def pytest_collection_modifyitems(items):
    """Mark what asks for JAX or PyTorch, which no reader needs; begin with what takes longest."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if hasattr(item, "callspec"):
            asked.update(value for value in item.callspec.params.values() if isinstance(value, str))
        if asked & oracles.OPTIONAL:
            item.add_marker("oracle")
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(LONGEST)))


def pytest_runtest_setup(item):
    oracles.MARKED = item.get_closest_marker("oracle") is not None


def pytest_sessionfinish(session):
    """Hand the tables of a worker of pytest-xdist to the process that prints."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["tables"] = session.config.stash[TABLES]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    node.config.stash[TABLES] += getattr(node, "workeroutput", {}).get("tables", [])


def pytest_terminal_summary(terminalreporter, config):
    for title, lines in config.stash[TABLES]:
        terminalreporter.section(title)
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def print_table(pytestconfig):
    """Return a function of a title and lines, which are printed when all tests have run."""
    return lambda title, lines: pytestconfig.stash[TABLES].append((title, list(lines)))


@pytest.fixture
def rng():
    return np.random.default_rng(20260101)


@pytest.fixture(scope="session", params=["numpy", "array_api_strict", "jax", "torch"])
def xp(request):
    """The namespace of each array library in turn; JAX and PyTorch where they are installed."""
    return oracles.namespace_of(request.param)


@pytest.fixture(scope="session", params=["numpy", "array_api_strict"])
def measured_xp(request):
    """The two libraries on which derivatives are measured."""
    return oracles.namespace_of(request.param)


@pytest.fixture(scope="session")
def jax():
    return oracles.library("jax")


@pytest.fixture(scope="session")
def torch():
    return oracles.library("torch")
