"""What the page of checks says of the lines in Coq, and of strangers' spelling, is what is tested of them."""

import json
import re

from chapter_checks import ROOT
from coq_statements import LINES, REFUSED
from strangers_read import READ

PAGE = (ROOT / "docs" / "verification.md").read_text(encoding="utf-8")


def test_it_names_the_lines_that_are_proved_by_coq():
    said = re.search(r"Coq, a proof assistant, is asked about (.*?): ", PAGE)[1]
    assert tuple(re.findall(r"\((\d+\.\d+)\)", said)) == LINES


def test_it_counts_the_slips_that_coq_refuses():
    counted = re.search(r"(\d+) slips that make a number wrong in one of these lines", PAGE)
    assert int(counted[1]) == REFUSED


def test_it_counts_the_lines_of_strangers_that_are_read():
    rows = re.findall(r"/(strangers_\w+)\.json\).*?\| (\d+) of (\d+) \| (\d+) of (\d+) \|$", PAGE, re.M)
    assert {name for name, *_ in rows} == set(READ)
    for name, *told in rows:
        lines = json.loads((ROOT / "tests" / "equations" / f"{name}.json").read_text(encoding="utf-8"))
        true = sum(line["true"] for line in lines)
        assert list(map(int, told)) == [READ[name][0], true, 0, len(lines) - true]
