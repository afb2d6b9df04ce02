"""Lines of code on the pages: each an element, hung or kept whole; displays cut at their equals signs."""

import re

import pytest

from tools.edition.web.lines import hanging

BLOCK = '<div class="highlight"><pre><span></span>{}\n</pre></div>'


def kinds(text):
    return re.findall(r'<span class="line ?([^"]*)">', hanging(BLOCK.format(text)))


def test_a_line_knows_its_indentation():
    assert kinds("a\n    b\n\n        <span class='k'>c</span>") == ["", "in-4", "", "in-8"]


def test_what_is_copied_is_what_stood_there():
    text = "a\n    b\n\nc"
    bare = re.sub(r"<[^>]*>", "", hanging(BLOCK.format(text)))
    assert bare == f"{text}\n"


def test_columns_and_what_points_above_are_kept_whole():
    assert kinds("one  1.0  2.0\ntwo  3.0  4.0\na sentence") == ["kept", "kept", ""]
    assert kinds("[[1. 2.]\n [3. 4.]]") == ["kept", "kept"]
    assert kinds("a = b = c\n    ^^^") == ["kept", "kept"]
    assert kinds("y: [1 2]   z: [3 4]   E: 2") == [""]


def test_a_line_with_a_long_name_may_be_broken_within_it():
    assert kinds("    layers.append(rng.standard_normal(size))") == ["in-4 named"]


def test_a_display_is_cut_at_its_own_equals_signs_alone():
    pytest.importorskip("sphinx", reason="`make web` installs Sphinx")
    from tools.edition.web.formulas import sides

    assert sides(r"a = \sum_{j=1} b = c \quad d = e") == [
        "a ",
        r"{}= \sum_{j=1} b ",
        "{}= c ",
        r"\quad d = e",
    ]
    assert sides(r"\begin{aligned} a &= b \\ &= c \end{aligned}") == [
        r"\begin{aligned} a &= b \\ &= c \end{aligned}"
    ]
    assert sides(r"a := b") == ["a ", "{}:= b"]


def test_a_formula_in_a_line_is_not_broken_within_brackets():
    pytest.importorskip("sphinx", reason="`make web` installs Sphinx")
    from tools.edition.web.formulas import BASE, breakable

    def pieces(formula):
        html = "".join(f"{BASE}<span>{piece}</span></span>" for piece in formula)
        return [re.sub("<[^>]*>", "", piece) for piece in breakable(html).split("<wbr>")]

    assert pieces(["a=", "b(c−", "d)+", "e"]) == ["a=", "b(c−d)+", "e"]
    assert pieces(["∣a−", "b∣=", "c"]) == ["∣a−b∣=", "c"]
