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


OTHERS = [
    ("3.6", r"z_k (\delta_{ki} - z_i)", "the weight move the logit"),
    ("3.6", r"(\delta_{ki} - z_i) y_j", "the slope of log z_k"),
    ("3.6", r"z_k (1 - z_i) y_j", "two classes"),
    ("3.6", r"-z_k z_i y_j", "where k is i"),
    ("6.6", r"w_{i0} + \sum_{m=1}^{D} \sum_{j=1}^{H} w_{ij} v_{jm} x_m", "The hidden biases are lost"),
    ("6.6", r"\sum_{j=1}^{H} w_{ij} \Big(v_{j0} + \sum_{m=1}^{D} v_{jm} x_m\Big)", "is lost, w_i0"),
    ("0.6", r"\frac{e^{t} e^{\hat z_i}}{\sum_l e^{\hat z_l} + e^{t}}", "In which terms"),
]
STARTS = {
    "3.6": r"\frac{\partial z_k}{\partial w_{ij}}",
    "6.6": r"w_{i0} + \sum_{j=1}^{H} w_{ij} \hat y_j",
    "0.6": r"\frac{e^{\hat z_i + t}}{\sum_l e^{\hat z_l + t}}",
}


@pytest.mark.parametrize(("number", "side", "said"), OTHERS)
def test_what_a_false_side_comes_from(number, side, said):
    feedback = check(number, f"{STARTS[number]} = {side}")
    assert feedback.verdict == "wrong"
    assert said in feedback.message, feedback


def test_factors_may_stand_in_any_order():
    inner = r"w_{i0} + \sum_{j=1}^{H} w_{ij} \Big(v_{j0} + \sum_{m=1}^{D} v_{jm} x_m\Big)"
    end = r"w_{i0} + \sum_{j=1}^{H} v_{j0} w_{ij} + \sum_{m=1}^{D} x_m \Big(\sum_{j=1}^{H} v_{jm} w_{ij}\Big)"
    assert check("6.6", f"{STARTS['6.6']} = {inner} = {end}").verdict == "right"


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
    of_letters = check_derivation(
        r"\sum_l (r_l - z_l) \frac{\partial \hat z_l}{\partial w_{ij}} = \sum_l (r_l - z_l) \delta_{il} y_i"
        r" = (r_i - z_i) y_j"
    )
    assert (of_letters.slip, of_letters.equals_sign, of_letters.mended) == ("range", None, 2)


def test_what_is_nothing_beside_the_other_is_0():
    said = check_equation(r"\frac{\partial \log z_i}{\partial \hat z_k} = \sum_l (\delta_{il} - z_l)").message
    assert said.endswith(" against 0")
