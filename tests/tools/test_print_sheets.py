"""The printed sheets are those that the package draws: one page, legible without its file's SVG, undated."""

import re
import zlib

import matplotlib
import pytest

from tools.print_sheets import FIGURES, main, sheets

PAGES = sheets()


def page_of(pdf):
    """What is drawn, decompressed: another zlib packs the same page into other bytes."""
    packed = re.findall(rb"FlateDecode.*?stream\n(.*?)endstream", pdf, re.DOTALL)
    return [zlib.decompressobj().decompress(stream) for stream in packed]


def test_the_command_writes_the_two_pages(tmp_path, capsys):
    main(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == PAGES
    assert capsys.readouterr().out.count("one page") == len(PAGES) == 2


@pytest.mark.parametrize("name", PAGES)
def test_the_stored_page_is_what_is_drawn_now(name):
    """Stroke for stroke where matplotlib is the version that drew it."""
    stored = (FIGURES / name).read_bytes()
    version = re.search(rb"/Producer \(Matplotlib pdf backend v([\w.]+)\)", stored)[1].decode()
    box = re.compile(rb"/MediaBox \[ ([\d. ]+) \]")
    assert box.findall(stored) == box.findall(PAGES[name]) == [b"0 0 504 727.2"]  # points: A4 and letter
    if version == matplotlib.__version__:
        assert page_of(stored) == page_of(PAGES[name])


def test_the_comparison_tells_the_empty_page_from_the_solved_one():
    empty, solved = PAGES.values()
    assert page_of(empty) != page_of(solved)
    assert len(page_of(empty)) >= 2


@pytest.mark.parametrize("name", PAGES)
def test_beside_each_page_stands_the_same_drawing_for_the_screen(name):
    drawing = (FIGURES / name).with_suffix(".svg").read_text(encoding="utf-8")
    title = re.search(r'<title id="title">(.+?)</title>', drawing)[1]
    assert f"/Title ({title})".encode() in PAGES[name]
