"""Proof that the equations' checks can fail: every single slip of every numbered equation, judged."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import planted
import pytest
from book_equations import CHAPTER_OF, NAMES, chapter, copy_with, equation, equations

from mlp_core.equations.measuring import compare
from mlp_core.equations.slips.edits import edits
from mlp_core.equations.slips.report import mutation_report

pytestmark = pytest.mark.slow

SURVIVING = Path(__file__).with_name("surviving_slips.toml")
AT_MOST = 7
KINDS = {"sign", "hat", "index", "exchange", "transpose", "sum", "factor", "limit", "bold", "layer", "prime"}
KINDS |= {"slice", "r and z"}


@pytest.fixture(scope="module")
def reports():
    return {name: mutation_report(chapter(name)) for name in NAMES}


@pytest.fixture(scope="module")
def explained():
    return tomllib.loads(SURVIVING.read_text(encoding="utf-8"))["slip"]


def test_no_slip_survives_without_a_reason(reports, explained, print_table):
    survived = [(tag, words) for report in reports.values() for tag, words, _ in report.survivors]
    assert sorted(survived) == sorted((slip["tag"], slip["words"]) for slip in explained)
    lines = ["chapter                      by value  by refusal  same by form  with a reason"]
    total = Counter()
    for name, report in reports.items():
        counts = (
            report.by_value.total(),
            report.by_refusal.total(),
            report.equivalent.total(),
            len(report.survivors),
        )
        total.update(dict(enumerate(counts)))
        lines.append(f"{name.removesuffix('.ipynb'):28}" + "".join(f"{n:>10}" for n in counts))
    lines.append(f"{'all ' + str(total.total()):28}" + "".join(f"{total[k]:>10}" for k in range(4)))
    lines += [f"({slip['tag']}) {slip['words']}: {slip['reason']}" for slip in explained]
    print_table("every single slip of every numbered equation", lines)
    assert total.total() >= 1400


def test_the_page_of_checks_counts_them_right(reports):
    page = (Path(__file__).parents[2] / "docs" / "verification.md").read_text(encoding="utf-8")
    sentence = re.search(
        r"every single slip in every numbered equation, ([\d,]+) in all: ([\d,]+) make a number wrong, "
        r"(\d+) are refused while reading, (\d+) say the same in another form, and (\d+) are true",
        page,
    )
    printed = [int(number.replace(",", "")) for number in sentence.groups()]
    counted = [
        sum(report.by_value.total() for report in reports.values()),
        sum(report.by_refusal.total() for report in reports.values()),
        sum(report.equivalent.total() for report in reports.values()),
        sum(len(report.survivors) for report in reports.values()),
    ]
    assert printed == [sum(counted), *counted]


def test_the_reasons_are_few_and_each_is_said(explained):
    assert len(explained) <= AT_MOST
    for slip in explained:
        assert set(slip) == {"tag", "words", "reason"}
        assert len(slip["reason"].split()) >= 5


def test_every_slip_is_counted_once(reports):
    for name, report in reports.items():
        made = Counter({found.tag: sum(1 for _ in edits(found.tree)) for found in chapter(name)})
        counted = report.by_value + report.by_refusal + report.equivalent
        counted.update(tag for tag, _, _ in report.survivors)
        assert counted == +made


def test_every_equation_but_an_assumption_has_slips_that_are_caught(reports):
    caught = sum((report.by_value + report.by_refusal for report in reports.values()), Counter())
    assert {tag for tag in CHAPTER_OF if not caught[tag]} == {
        found.tag for found in equations() if found.kind == "assumption"
    }


def test_each_kind_of_slip_is_made():
    kinds = Counter(edit.kind for found in equations() for edit in edits(found.tree))
    assert set(kinds) == KINDS
    assert min(kinds.values()) >= 3, kinds


def test_verdicts_do_not_hang_on_the_limit(reports, monkeypatch):
    """True lines stay below 1e-7; no slip that a value shows is below 1e-4. The limit stands between."""
    monkeypatch.setattr(compare, "MEASURED_LIMIT", 1e-7)
    assert [found.tag for found in equations() if not found.check().holds] == []
    monkeypatch.setattr(compare, "MEASURED_LIMIT", 1e-4)
    monkeypatch.setattr(compare, "EXACT_LIMIT", 1e-4)
    for name, report in reports.items():
        again = mutation_report(chapter(name))
        assert again.by_value == report.by_value
        assert again.survivors == report.survivors


def test_one_sign_in_one_chapter_fails_make_test_with_the_equation_s_number(tmp_path):
    book = planted.copy_of_the_book(tmp_path.resolve() / "book")
    name = CHAPTER_OF["2.7"]
    copy_with(name, r"= r_i - z_i \tag{2.7}", r"= r_i + z_i \tag{2.7}", book / "chapters")
    asked = ("--maxfail=1000", "tests/equations/test_equations.py", "-k", "holds[")
    with planted.WarmInterpreter(tmp_path) as interpreter:
        failed = interpreter.run(book, *planted.WITHOUT_NBVAL, *asked)
    found = re.findall(r"^FAILED tests/equations/(\S+)", failed.output, re.M)
    assert found == ["test_equations.py::test_equation_holds[2.7]"]
    cell = equation("2.7").cell
    assert f"equation (2.7) in {cell}: value: the equals sign is false at i = 1" in failed.output
