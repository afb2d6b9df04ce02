"""The examples in the docstrings give what they print, and whatever a reader calls has one."""

import doctest
import importlib
import inspect
import pkgutil
import re
from types import ModuleType

import numpy as np
import pytest
from chapter_checks import CHAPTERS

import mlp_core
from mlp_core import equations, worked_examples

NAMES = {"np": np, **{name: getattr(mlp_core, name) for name in mlp_core.__all__}}
NAMES |= {name: getattr(worked_examples, name) for name in "VWXR"}
MADE = {"MLP", "Activation"}  # the classes that a reader makes; what a function returns, its example shows


def modules():
    """Yield the name of every module of the package."""
    for found in pkgutil.walk_packages(mlp_core.__path__, "mlp_core."):
        yield found.name


def called():
    """Yield what a reader calls, with its name: functions, and classes that a reader makes."""
    for package in (mlp_core, equations):
        for name in package.__all__:
            thing = getattr(package, name)
            if inspect.isfunction(thing) or name in MADE:
                yield pytest.param(thing, id=name)


@pytest.mark.parametrize("name", ["mlp_core", *modules()])
def test_the_examples_of_a_module_give_what_they_print(name, monkeypatch):
    monkeypatch.chdir(CHAPTERS)  # where a reader's notebook runs
    found = doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module(name), extraglobs=NAMES)
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
    said = []
    for test in found:
        runner.run(test, out=said.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(said)


@pytest.mark.parametrize("thing", list(called()))
def test_what_a_reader_calls_has_an_example(thing):
    assert doctest.DocTestParser().get_examples(inspect.getdoc(thing))


def test_a_wrong_example_is_seen(monkeypatch):
    module = ModuleType("wrong", "One.\n\n>>> prepend_one([2])\narray([2., 1.])\n")
    monkeypatch.setattr(importlib, "import_module", lambda name: module)
    with pytest.raises(AssertionError, match=re.escape("array([1., 2.])")):
        test_the_examples_of_a_module_give_what_they_print("wrong", monkeypatch)
