"""The examples in the docstrings of the public functions: each has one, and what it prints is true."""

import doctest
import inspect

import pytest
from chapter_checks import CHAPTERS

from mlp_core import equations


@pytest.mark.parametrize("name", equations.__all__)
def test_the_example_of_a_public_function_is_true(name, monkeypatch):
    monkeypatch.chdir(CHAPTERS)
    thing = getattr(equations, name)
    (found,) = doctest.DocTestFinder(recurse=False).find(thing, name, globs={})
    assert found.examples, f"{name} has no example"
    said = []
    doctest.DocTestRunner().run(found, out=said.append)
    assert said == [], "".join(said)


@pytest.mark.parametrize(
    "name", [name for name in equations.__all__ if inspect.isfunction(getattr(equations, name))]
)
def test_a_public_function_says_what_it_takes_and_returns(name):
    function = getattr(equations, name)
    assert set(function.__annotations__) == {*inspect.signature(function).parameters, "return"}
