"""Chains of equations: which side is told, what it comes from, and what is right in another order."""

import pytest

from mlp_core.equations import check_derivation, check_equation
from mlp_core.exercises import check, desk


@pytest.fixture(autouse=True)
def _a_desk_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "_wrong", {})


SIGMOID = r"\operatorname{sigmoid}"
TWICE = rf"\tanh'(t) = 4{SIGMOID}'(2t) = 4{SIGMOID}(2t)(1-{SIGMOID}(2t))"
OF_TANH = [
    (rf"{TWICE} = 1-(\tanh t)^2", "right", ""),
    (rf"{TWICE} = -\tanh(t)^2 + 1", "right", ""),
    (rf"{TWICE} = (1+\tanh(t))(1-\tanh(t))", "near", "All of it holds. End with"),
    (rf"\tanh'(t) = 4{SIGMOID}'(2t) = 4{SIGMOID}'(2t) = 1-\tanh(t)^2", "near", ""),
    (TWICE.replace(" = 4", "\n4") + r" = 1-\tanh(t)^2", "wrong", "Write one chain"),
    (TWICE.replace(" = 4", " =\n4") + r" = 1-\tanh(t)^2", "right", ""),
    (TWICE.replace(" = 4", "\n= 4") + r" = 1-2\tanh(t)^2 = 1", "wrong", "Equals sign 3 is"),
]
LOG_Z, OF_M = r"\frac{\partial \log z_i}{\partial x_m}", r" \quad m \ge 1"
SLOPE = r"\frac{{\partial \hat z_{0}}}{{\partial x_m}}".format
CHAIN = rf"{LOG_Z} = \sum_k \frac{{\partial \log z_i}}{{\partial \hat z_k}} {SLOPE('k')}"
SHARES = rf"\sum_k (\delta_{{ik}} - z_k) {SLOPE('k')}"
END = rf"{SLOPE('i')} - \sum_k z_k {SLOPE('k')}"
APART = rf"\sum_k \delta_{{ik}} {SLOPE('k')} - \sum_k z_k {SLOPE('k')}"
SURER = [
    (f"{CHAIN} = {SHARES} = {APART}", "near", "All of it holds. Let the delta pick"),
    (f"{CHAIN} = {SHARES.replace(' - z_k', ' - z_i')} = {END}", "wrong", "Equals sign 2 is false"),
    (f"{CHAIN} = {SHARES.replace(' - z_k', ' - z_i')} = {END}", "wrong", "Whose share is the price"),
    (f"{CHAIN} = z_i {SHARES} = {END}", "wrong", "That is the slope of z_i."),
    (f"{CHAIN} = {SHARES.replace('_k (', '_k z_i (')} = z_i ({END})", "wrong", "That is the slope of z_i."),
    (rf"{CHAIN} = \sum_k (1 - z_k) {SLOPE('k')} = {END}", "wrong", "The delta is gone"),
    (rf"{LOG_Z} = {SLOPE('i')} - \frac{{1}}{{K}} \sum_k {SLOPE('k')} = {END}", "wrong", "count alike"),
]


@pytest.mark.parametrize(("lines", "verdict", "said"), OF_TANH)
def test_the_slope_of_tanh(lines, verdict, said):
    feedback = check("4.6", lines)
    assert (feedback.verdict, said in feedback.message) == (verdict, True), feedback


@pytest.mark.parametrize(("lines", "verdict", "said"), SURER)
def test_what_makes_it_surer(lines, verdict, said):
    feedback = check("7.4", lines + OF_M)
    assert (feedback.verdict, said in feedback.message) == (verdict, True), feedback


MENDED = [
    (SHARES.replace(" - z_k", " - z_i"), "with z_k in place of z_i, in side 3 of 4"),
    (SHARES.replace(" - z_k", " - 2 z_k"), "without the factor 2, in side 3 of 4"),
]


@pytest.mark.parametrize(("side", "mend"), MENDED)
def test_the_mend_of_a_long_chain_is_told_with_its_side(side, mend):
    check("7.4", f"{CHAIN} = {side} = {END}{OF_M}")
    assert mend in check("7.4", f"{CHAIN} = {side} = {END}{OF_M}").message


def test_the_side_that_is_given_is_not_mended():
    for _ in range(2):
        feedback = check("7.4", rf"{CHAIN} = \sum_k (1 - z_k) {SLOPE('k')} = {END}{OF_M}")
        assert "true with" not in feedback.message, feedback


def test_of_sides_that_agree_none_is_mended():
    agree = r"-\frac{\partial E}{\partial z_i} = \frac{r_i}{z_i}"
    verdict = check_derivation(rf"{agree} = -\frac{{r_i}}{{z_i}}")
    assert (verdict.equals_sign, verdict.mended) == (2, 3)
    assert check_derivation(r"E = \sum_l r_l \log z_l").mended == 2


def test_what_is_nothing_beside_the_other_is_0():
    said = check_equation(r"\frac{\partial \log z_i}{\partial \hat z_k} = \sum_l (\delta_{il} - z_l)").message
    assert said.endswith(" against 0")
