"""The static diagrams: their scripts draw them again, byte for byte, and they speak."""

import os
import re
import runpy
import shutil
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from PIL import Image, ImageSequence

import mlp_core

FIGURES = Path(__file__).parents[2] / "figures"
MOVING = "backprop_stepper"
NAMES = [
    "card",
    "computation_graph",
    "find_the_slip",
    "network",
    "network_forward",
    "worksheet",
    "worksheet_solution",
]


@pytest.fixture(scope="module", params=NAMES)
def name(request):
    return request.param


# One process draws a script's picture twice: starting a second one takes longer than the drawing.
TWICE = """
import pathlib, runpy, sys
for version in ("first", "second"):
    runpy.run_path(sys.argv[1], run_name="__main__")
    drawn = pathlib.Path(sys.argv[1]).with_suffix(".svg")
    drawn.rename(drawn.with_suffix("." + version))
"""


@pytest.fixture(scope="module")
def drawn_twice(name, tmp_path_factory):
    """Run a copy of the script two times, so that the stored picture is left alone."""
    folder = tmp_path_factory.mktemp(name)
    script = Path(shutil.copy(FIGURES / f"{name}.py", folder))
    package = {**os.environ, "PYTHONPATH": str(Path(mlp_core.__file__).parents[1])}
    subprocess.run([sys.executable, "-c", TWICE, str(script)], cwd=folder, env=package, check=True)
    versions = [folder / f"{name}.{version}" for version in ("first", "second")]
    assert sorted(folder.iterdir()) == sorted([script, *versions])
    return [version.read_bytes() for version in versions]


def stored(name):
    return (FIGURES / f"{name}.svg").read_bytes()


def structure(svg):
    """Return what no version of matplotlib changes: words, size, and how many things of each kind."""
    text = svg.decode()
    words = re.findall(r"<(title|desc)[^>]*>(.*?)</", text)
    size = re.search(r'width="[\d.]+pt" height="[\d.]+pt" viewBox="[\d. ]+"', text)[0]
    marks = Counter(re.findall(r'<g id="(?!figure|axes)([a-z]+)', text))
    return words, size, marks


def test_every_diagram_has_a_script_of_its_name():
    assert sorted(path.stem for path in FIGURES.glob("*.py")) == sorted([*NAMES, MOVING])
    assert sorted(path.stem for path in FIGURES.glob("*.svg")) == NAMES
    assert [path.stem for path in FIGURES.glob("*.gif")] == [MOVING]


@pytest.fixture(scope="module")
def moving():
    """The moving picture as it is stored, and as its script draws it now: lists of pictures."""
    drawn = runpy.run_path(str(FIGURES / f"{MOVING}.py"))["frames"]()
    with Image.open(FIGURES / f"{MOVING}.gif") as stored:
        return [frame.convert("RGB") for frame in ImageSequence.Iterator(stored)], drawn


def test_the_moving_picture_is_what_its_script_draws(moving):
    """Nearly: another matplotlib moves a letter by a part of a pixel."""
    stored, drawn = moving
    assert len(stored) == len(drawn) == 11
    for one, other in zip(stored, drawn, strict=True):
        assert one.size == other.size
        assert mean_difference(one, other) < 0.5


def test_the_still_one_is_a_step_of_it(moving):
    """Its upper part, on a card whose corners let the page through."""
    script = runpy.run_path(str(FIGURES / f"{MOVING}.py"))
    step = moving[0][script["STILL"]]
    with Image.open(FIGURES / f"{MOVING}.png") as stored:
        still = stored.convert("RGBA")
    top = (0, 0, step.width, round(0.75 * step.height))
    assert still.width == step.width
    assert still.height < step.height
    assert mean_difference(still.convert("RGB").crop(top), step.crop(top)) < 0.5
    others = [mean_difference(still.convert("RGB").crop(top), other.crop(top)) for other in moving[0]]
    assert others.index(min(others)) == script["STILL"]
    corners = [(x, y) for x in (0, still.width - 1) for y in (0, still.height - 1)]
    assert [still.getpixel(corner)[3] for corner in corners] == [0] * 4


def test_their_lines_are_those_of_today():
    """Seen from afar, one number of an equation is like another."""
    lines = runpy.run_path(str(FIGURES / f"{MOVING}.py"))["lines"]()
    still = runpy.run_path(str(FIGURES / f"{MOVING}.py"))["STILL"]
    with Image.open(FIGURES / f"{MOVING}.gif") as stored:
        assert stored.info["comment"].decode().splitlines() == lines
    with Image.open(FIGURES / f"{MOVING}.png") as stored:
        assert stored.text["Description"] == lines[still]


def test_that_comparison_tells_one_step_from_the_next(moving):
    stored, _ = moving
    assert all(mean_difference(one, other) > 0.5 for one, other in pairwise(stored))


def mean_difference(one, other):
    """Mean difference of two pictures seen from afar, in grey levels of 255."""
    small = [picture.convert("L").resize((28, 28), Image.Resampling.BOX) for picture in (one, other)]
    one, other = (np.asarray(picture, float) for picture in small)
    return abs(one - other).mean()


def test_a_script_draws_the_same_bytes_every_time(drawn_twice):
    first, second = drawn_twice
    assert first == second


def test_the_stored_diagram_is_what_its_script_draws(name, drawn_twice):
    """Bytes where matplotlib is the version that drew it; a newer one may move a digit, never a word."""
    version = re.search(rb"<!-- matplotlib ([\w.]+) -->", stored(name))[1].decode()
    if version == matplotlib.__version__:
        assert drawn_twice[0] == stored(name)
    else:
        assert structure(drawn_twice[0]) == structure(stored(name))


def test_the_structure_sees_a_changed_word_and_a_missing_mark(name):
    svg = stored(name)
    assert structure(svg) != structure(svg.replace(b"</title>", b"!</title>"))
    assert structure(svg) != structure(re.sub(rb'<g id="text_5"', b"<g", svg))


def test_a_diagram_speaks_and_says_no_date(name):
    text = stored(name).decode()
    assert text.startswith("<svg ")
    assert 'role="img" aria-labelledby="title desc">' in text
    title = re.search(r'<title id="title">(.+?)</title>', text)[1]
    description = re.search(r'<desc id="desc">(.+?)</desc>', text)[1]
    assert len(title) <= 62
    assert len(f"{description} {title}".split()) <= 60
    assert not re.search(r"<metadata|dc:date|\d{4}-\d\d-\d\dT", text)
    assert "<text" not in text  # letters are outlines: every machine shows the same


def test_the_network_names_every_symbol():
    """Each unit is a group of its name; the one edge spoken of is the only one in ink."""
    text = stored("network").decode()
    for unit in ("x-1", "x-2", "y-1", "y-2", "y-3", "z-1", "z-2", "r-1", "r-2", "softmax", "loss"):
        assert text.count(f'<g id="{unit}">') == 1, unit
    edges = re.findall(r'<g id="(edge-[VW]-\d-\d)">\s*<path[^>]*?stroke: #1b2430', text)
    assert len(re.findall(r'<g id="edge-', text)) == 3 * 3 + 2 * 4
    assert edges == ["edge-W-1-2"]
