"""Chains of equations: what is no proof though it is true, where it goes wrong, and how it is shown."""

import pytest

from mlp_core.equations import check_derivation, check_equation
from mlp_core.exercises import check, desk
from mlp_core.exercises.derivations_asked import judge_derivation
from mlp_core.exercises.registry import exercises
from mlp_core.exercises.sides import of_one_side


@pytest.fixture(autouse=True)
def _a_desk_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "_wrong", {})


ALL = r"\sum_i \Big(-\frac{\partial E}{\partial \hat z_i}\Big)"
PULLS = r" = \sum_i \Big(r_i - z_i \sum_l r_l\Big)"
APART = r" = \sum_i r_i - \sum_l r_l"
NO_CASE = "Here any target is allowed."
X = r"-\frac{\partial E}{\partial x_m}"
BACK = r" = \sum_{j=1}^{H} \Big(-\frac{\partial E}{\partial \hat y_j}\Big)"
ROUTES = X + BACK + r" \frac{\partial \hat y_j}{\partial x_m}"
WEIGHED = BACK + " v_{jm}"
END = r" = \sum_{j=1}^{H} \Big(\sum_l (r_l - z_l) w_{lj}\Big) \sigma'(\hat y_j) v_{jm}"
AT_Y = r" = \sum_{j=1}^{H} \Big(-\frac{\partial E}{\partial y_j}\Big) \sigma'(\hat y_j) v_{jm}"
OPEN = r" \quad m \ge 1"
FOUR = r"4 \operatorname{sigmoid}(2t)(1 - \operatorname{sigmoid}(2t))"
TANH = r"\tanh'(t) = " + FOUR
TWO = r"(1 + \tanh(t))(1 - \tanh(t))"
LOG = r"\frac{\partial \log z_i}{\partial x_m}"
SLOPE = r"\frac{\partial \hat z_k}{\partial x_m}"
OVER = r" = \sum_k \frac{\partial \log z_i}{\partial \hat z_k} " + SLOPE
LESS = rf" = \frac{{\partial \hat z_i}}{{\partial x_m}} - \sum_k z_k {SLOPE}" + OPEN
CHAINS = [
    # Every side is 0, so that measuring them sees nothing.
    ("2.5", ALL + " = 0 = 0 = 0", "near", "Sides 2 and 3 are the same"),
    ("2.5", ALL + r" = \sum_i \Big(z_i \sum_l r_l - r_i\Big)" + APART + " = 0", "wrong", "at i = 1"),
    ("2.5", ALL + PULLS.replace("= ", "= 5 ") + APART + " = 0", "near", "0 = 0 shows nothing"),
    ("2.5", ALL + r" = \sum_i z_i - \sum_i z_i" + APART + " = 0", "near", "0 = 0 shows nothing"),
    ("2.5", ALL.replace("-", "") + PULLS + APART + " = 0", "wrong", "Side 2 is as large as side 1"),
    ("2.5", ALL + PULLS + APART, "near", "End with `0`"),
    (
        "2.5",
        ALL + PULLS.replace("r_i - z_i", "r_k - z_k").replace("_i ", "_k ") + APART + " = 0",
        "right",
        "",
    ),
    ("2.5", rf"\begin{{aligned}} {ALL} &{PULLS} \\ &{APART} \\ &= 0 \end{{aligned}}", "right", ""),
    # A condition is one too many.
    (
        "2.5",
        ALL + r" = \sum_i (r_i - z_i)" + APART + r" = 0 \quad \text{if } \sum_l r_l = 1",
        "wrong",
        NO_CASE,
    ),
    ("2.5", ALL + r" = \sum_i (r_i - z_i)" + APART + " = 0", "wrong", "Equals sign 1 holds only if"),
    (
        "5.3",
        ROUTES
        + WEIGHED
        + END.replace(r"\sigma'(\hat y_j)", "y_j (1 - y_j)")
        + OPEN
        + r" \quad \sigma = \operatorname{sigmoid}",
        "wrong",
        "Here σ is any activation",
    ),
    # An end is asked for, and steps.
    ("5.3", ROUTES + WEIGHED + AT_Y + OPEN, "near", "still a derivative in its last side"),
    ("5.3", X + WEIGHED + END + OPEN, "near", "at least 4 sides"),
    ("5.3", ROUTES + WEIGHED + END + OPEN, "right", ""),
    ("4.6", f"{TANH} = {TWO} = 1 - (\\tanh t)^2", "right", ""),
    ("4.6", f"{TANH} = {TWO}", "near", r"End with `1 - \tanh(t)^2`"),
    # A line that begins without = is a factor.
    ("4.6", f"{TANH}\n{FOUR} = {TWO}\n{TWO} = 1 - \\tanh(t)^2", "wrong", "Line 2 begins without ="),
    ("4.6", f"{TANH}\n = {TWO}\n = 1 - \\tanh(t)^2", "right", ""),
    # What is too dear to be measured at once.
    (
        "7.4",
        LOG
        + OVER
        + rf" = \sum_k (\delta_{{ik}} - z_k) {SLOPE} = \sum_k \delta_{{ik}} {SLOPE} - \sum_k z_k {SLOPE}"
        + OPEN,
        "near",
        "All of it holds",
    ),
]


@pytest.mark.parametrize(("number", "text", "verdict", "said"), CHAINS)
def test_a_chain_is_judged_by_what_it_shows(number, text, verdict, said):
    feedback = check(number, text)
    assert feedback.verdict == verdict, feedback
    assert said in feedback.message, feedback


def twice(number, text):
    check(number, text)
    return check(number, text).message


def test_a_chain_that_is_measured_by_halves_is_counted_whole():
    said = twice("7.4", LOG + OVER + rf" = \sum_k (\delta_{{ik}} - z_i) {SLOPE}" + LESS)
    assert "equals sign 2 of 3 is false at i = 1, m = 1: " in said
    assert "with z_k in place of z_i, in side 3 of 4" in said


def test_no_mend_is_named_that_would_spoil_the_side_before():
    said = twice("7.4", LOG + OVER + rf" = \sum_k (1 - z_k) {SLOPE}" + LESS)
    assert "equals sign 2 of 3" in said
    assert "in place of z_i" not in said


def test_a_habit_is_known_in_a_side_that_is_dear():
    wrong = rf"\sum_k z_i (\delta_{{ik}} - z_k) {SLOPE}"
    judge = judge_derivation(LOG, (), 3, habits={wrong: "That is the slope of z_i."})
    side = rf" = \sum_k (\delta_{{ik}} - z_k) {SLOPE} z_i"
    assert "That is the slope of z_i." in judge(exercises()["7.4"], (LOG + side + LESS,), 1).message


@pytest.mark.parametrize(
    "text", ["\\tanh'(t) = 1", "\\frac{1}{2} = t", "\\begin{aligned}", "\\right) = \\nabla"]
)
def test_a_missing_r_is_named(text):
    bare = text.encode().decode("unicode_escape") if "\\" in text else text
    feedback = check("4.6", bare)
    assert feedback.verdict == "unread"
    assert 'r"..."' in feedback.message
    assert check("4.6", "\n  " + TANH + "\n\t= " + TWO + "\n= 1 - \\tanh(t)^2").verdict == "right"


def test_a_mark_stands_below_the_side_in_question():
    said = twice("5.3", ROUTES + BACK + " v_{mj}" + END + OPEN)
    line, mark = said.splitlines()[1:3]
    assert line[mark.index("^") :].startswith("v_{mj}")
    assert line.strip() == BACK.removeprefix(" = ") + " v_{mj}"


def test_a_mark_at_the_end_stays():
    said = of_one_side("breaks off\n    a = b = c\n             ^\nmore")
    assert said == "breaks off\n    c\n     ^\nmore"


def test_a_mark_is_shown_in_letters_of_one_width():
    shown = check("2.5", ALL + r" = \sum_i \Big(r_i - z_i = 0")._repr_html_()
    code = shown.split("<pre")[1].split("</pre>")[0]
    line, mark = code.partition(">")[2].splitlines()
    assert line[mark.index("^")] == "("


SIGMOID = r"\operatorname{sigmoid}"
TWICE_FAST = rf"\tanh'(t) = 4{SIGMOID}'(2t) = 4{SIGMOID}(2t)(1-{SIGMOID}(2t))"
OF_TANH = [
    (rf"{TWICE_FAST} = 1-(\tanh t)^2", "right", ""),
    (rf"{TWICE_FAST} = -\tanh(t)^2 + 1", "right", ""),
    (rf"{TWICE_FAST} = (1+\tanh(t))(1-\tanh(t))", "near", "All of it holds. End with"),
    (rf"\tanh'(t) = 4{SIGMOID}'(2t) = 4{SIGMOID}'(2t) = 1-\tanh(t)^2", "near", ""),
    (TWICE_FAST.replace(" = 4", "\n4") + r" = 1-\tanh(t)^2", "wrong", "Write one chain"),
    (TWICE_FAST.replace(" = 4", " =\n4") + r" = 1-\tanh(t)^2", "right", ""),
    (TWICE_FAST.replace(" = 4", "\n= 4") + r" = 1-2\tanh(t)^2 = 1", "wrong", "Equals sign 3 is"),
]
LOG_Z, OF_M = r"\frac{\partial \log z_i}{\partial x_m}", r" \quad m \ge 1"
SLOPE_OF = r"\frac{{\partial \hat z_{0}}}{{\partial x_m}}".format
CHAIN = rf"{LOG_Z} = \sum_k \frac{{\partial \log z_i}}{{\partial \hat z_k}} {SLOPE_OF('k')}"
SHARES = rf"\sum_k (\delta_{{ik}} - z_k) {SLOPE_OF('k')}"
OWN_LESS_MEAN = rf"{SLOPE_OF('i')} - \sum_k z_k {SLOPE_OF('k')}"
PICKED = rf"\sum_k \delta_{{ik}} {SLOPE_OF('k')} - \sum_k z_k {SLOPE_OF('k')}"
SURER = [
    (f"{CHAIN} = {SHARES} = {PICKED}", "near", "All of it holds. Let the delta pick"),
    (f"{CHAIN} = {SHARES.replace(' - z_k', ' - z_i')} = {OWN_LESS_MEAN}", "wrong", "Equals sign 2 is false"),
    (
        f"{CHAIN} = {SHARES.replace(' - z_k', ' - z_i')} = {OWN_LESS_MEAN}",
        "wrong",
        "Whose share is the price",
    ),
    (f"{CHAIN} = z_i {SHARES} = {OWN_LESS_MEAN}", "wrong", "That is the slope of z_i."),
    (
        f"{CHAIN} = {SHARES.replace('_k (', '_k z_i (')} = z_i ({OWN_LESS_MEAN})",
        "wrong",
        "That is the slope of z_i.",
    ),
    (rf"{CHAIN} = \sum_k (1 - z_k) {SLOPE_OF('k')} = {OWN_LESS_MEAN}", "wrong", "The delta is gone"),
    (
        rf"{LOG_Z} = {SLOPE_OF('i')} - \frac{{1}}{{K}} \sum_k {SLOPE_OF('k')} = {OWN_LESS_MEAN}",
        "wrong",
        "count alike",
    ),
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
    check("7.4", f"{CHAIN} = {side} = {OWN_LESS_MEAN}{OF_M}")
    assert mend in check("7.4", f"{CHAIN} = {side} = {OWN_LESS_MEAN}{OF_M}").message


def test_the_side_that_is_given_is_not_mended():
    for _ in range(2):
        feedback = check("7.4", rf"{CHAIN} = \sum_k (1 - z_k) {SLOPE_OF('k')} = {OWN_LESS_MEAN}{OF_M}")
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
