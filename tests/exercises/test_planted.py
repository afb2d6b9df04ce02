"""The slips that are planted in the package's own formulas, given as answers: none is called right."""

import importlib
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from mutants import MUTANTS

import mlp_core
from mlp_core.exercises.judging import bank_for, judge_function
from mlp_core.exercises.registry import exercises

BACKWARD = exercises()["5.2"]
FORMULAS = Path(mlp_core.__file__).parent / "formulas"
OF_THE_WAY = {
    "formulas/probabilities.py",
    "formulas/loss.py",
    "formulas/weighted_sums.py",
    "formulas/layers.py",
}
PLANTED = [mutant for mutant in MUTANTS if mutant.file in OF_THE_WAY]


def with_slip(mutant, folder):
    """Return a backward made of a copy of the formulas with the slip in it."""
    name = "formulas_with_a_slip"
    shutil.copytree(FORMULAS, folder / name)
    file = folder / name / Path(mutant.file).name
    text = file.read_text(encoding="utf-8")
    assert text.count(mutant.old) == 1
    file.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    sys.path.insert(0, str(folder))
    try:
        layers = importlib.import_module(f"{name}.layers")
    finally:
        sys.path.remove(str(folder))
        for module in [module for module in sys.modules if module.startswith(name)]:
            del sys.modules[module]

    def backward(x, r, V, W, activation):
        return layers.negative_gradient((V, W), activation, layers.forward((V, W), activation, x), r)

    return backward


def changes_a_gradient(backward):
    """Return whether it gives another gradient than the right one, or none, on some trial of a batch."""
    bank = bank_for(BACKWARD)
    for trial in bank.trials:
        try:
            with np.errstate(all="ignore"):
                made = backward(*(trial.argument(name) for name in BACKWARD.derivation.inputs))
        except Exception:
            return True
        if not all(
            m.shape == r.shape and np.allclose(m, r, rtol=1e-6, atol=1e-9)
            for m, r in zip(made, bank.right(trial), strict=True)
        ):
            return True
    return False


@pytest.mark.parametrize("mutant", PLANTED, ids=[mutant.name for mutant in PLANTED])
def test_a_planted_slip_that_changes_the_gradient_is_called_wrong(mutant, tmp_path):
    backward = with_slip(mutant, tmp_path)
    feedback = judge_function(BACKWARD, backward, attempt=2)
    if changes_a_gradient(backward):
        near = "Right, in another convention" in feedback.message
        assert feedback.verdict in ("wrong", "error") or near, feedback
    else:
        assert feedback.verdict in ("right", "near")
