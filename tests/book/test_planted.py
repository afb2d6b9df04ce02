"""The list of planted slips is in order; test_mutants.py plants them."""

import planted
import pytest
from mutants import Mutant
from planted import ROOT

MUTANTS = planted.all_mutants()


def test_the_list_is_long_and_without_repetition():
    assert len(MUTANTS) >= 25
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
    assert len({mutant[1:] for mutant in MUTANTS}) == len(MUTANTS)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_what_a_slip_replaces_stands_once_in_its_file(mutant):
    assert (ROOT / "mlp_core" / mutant.file).read_text(encoding="utf-8").count(mutant.old) == 1
    assert mutant.old != mutant.new


def test_a_slip_in_a_body_is_seen_only_by_who_calls_the_function():
    lines = (ROOT / "mlp_core" / "formulas" / "probabilities.py").read_text(encoding="utf-8").splitlines()
    slip = next(mutant for mutant in MUTANTS if mutant.old == "e = xp.exp(z_hat - c)")
    file, line = planted.function_of(slip, ROOT)
    assert file == slip.file
    assert lines[line - 1].startswith("def softmax(")


@pytest.mark.parametrize("old", ["import base64", "def execute(text, folder)"])
def test_a_slip_outside_of_a_body_is_seen_by_all(old, tmp_path):
    (tmp_path / "mlp_core").mkdir()
    (tmp_path / "mlp_core" / "a.py").write_text("import base64\n\n\ndef execute(text, folder):\n    pass\n")
    assert planted.function_of(Mutant("", "a.py", old, ""), tmp_path) is None


@pytest.mark.parametrize(("room", "folder"), [("formulas/loss", "core"), ("equations/", "equations")])
def test_the_tests_of_its_room_judge_a_slip(room, folder):
    tests = planted.unit_tests_for(next(slip for slip in MUTANTS if slip.file.startswith(room)), ROOT)
    there = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tests" / folder).glob("test_*.py")]
    assert sorted(tests) == sorted(there)
    assert folder != "core" or tests[0] == "tests/core/test_loss.py"
