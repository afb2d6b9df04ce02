"""Whatever is asked, an answer comes soon; and what the book says does not hang on the clock."""

import re
import time
from itertools import pairwise

import pytest
from book_equations import equations

from mlp_core.equations import check_derivation, check_equation, derivations
from mlp_core.equations.checking import Check
from mlp_core.equations.language.parser import LONGEST
from mlp_core.equations.measuring import budget
from mlp_core.equations.measuring.budget import EVALUATIONS, Budget, TooDear

SOON = 6.0  # seconds of this process; the limit is 2, on a machine that does nothing else
BY_LOGIT = r"\frac{\partial E}{\partial \hat z_i}"
# Each is twice the one before it.
LETTERS = "abcdefhijlmnopsACFGIJLM"
DOUBLING = ["a := E", *(f"{new} := {old} + {old}" for old, new in pairwise(LETTERS))]
TALLER = [rf"\mathbf {LETTERS[0]} := \mathbf z"]
TALLER += [rf"\mathbf {new} := \mathbf {old} + \mathbf {old}" for old, new in pairwise(LETTERS)]

FOUR_SUMS = r"\sum_a z_a \sum_b z_b \sum_c z_c \sum_k z_k"


def filled(start, part, end=""):
    """Return a text of as many parts as may be read."""
    return start + part * ((LONGEST - len(start) - len(end)) // len(part)) + end


HOSTILE = {  # name -> (latex, after)
    "forty derivatives": ("z_i = " + BY_LOGIT * 40, []),
    "as many derivatives as can be": (filled("z_i = ", BY_LOGIT), []),
    "derivatives that all differ": (
        "z_i = " + "".join(rf"\frac{{\partial (E + {n})}}{{\partial \hat z_i}}" for n in range(40)),
        [],
    ),
    "doubling definitions": (f"E = {LETTERS[-1]}", DOUBLING),
    "a derivative of doubling definitions": (
        rf"E = \frac{{\partial {LETTERS[-1]}}}{{\partial \hat z_i}}",
        DOUBLING,
    ),
    "doubling columns": (rf"\mathbf z = \mathbf {LETTERS[-1]}", TALLER),
    "many dear lines in force": ("E = E", [f"E {FOUR_SUMS} = E {FOUR_SUMS}"] * 100),
    "sums in each other": (
        r"E = \sum_a z_a \sum_b z_b \sum_c z_c \sum_i z_i \sum_j z_j",
        [],
    ),
    "sums side by side": (filled("E = E", r" + \sum_a \sum_b \sum_c z_a z_b z_c"), []),
    "a long sum": (filled("z_i = z_i", "+z_i"), []),
    "a bound": (r"\sum_a z_a \sum_b z_b \sum_c z_c \sum_i z_i \ge 1", []),
    "many conditions": (
        r"w_{ab} w_{ib} \sum_k \sum_l \frac{\partial z_k}{\partial \hat z_l} = w_{ab} w_{ib} "
        r"\sum_k \sum_l z_k (\delta_{kl} - z_l)"
        + "".join(rf" \quad {i} \ne {j}" for i in "aib" for j in "aib" if i < j)
        + "".join(rf" \quad {i} \ge 1" for i in "aib")
        + r" \quad \sum_l r_l = 1 \quad K = 2 \quad \sigma = \tanh",
        [],
    ),
    "derivatives in each other": (
        r"E = \frac{\partial \frac{\partial E}{\partial z_i}}{\partial z_j}",
        [],
    ),
    "a gradient under a derivative": (
        r"v_{ij} = \frac{\partial [(\nabla_{\mathbf V} E)^T \mathbf y]_1}{\partial v_{ij}}",
        [],
    ),
    "derivatives of a pull": (
        r"\frac{\partial q_j}{\partial v_{nm}} = 2 \frac{\partial q_n}{\partial v_{jm}}",
        [],
    ),
    "gradients": (filled(r"\mathbf z = \mathbf z", r" + \nabla_{\mathbf z} E"), []),
    "brackets": (
        "E = " + "(" * 50 + "t" + ")" * 50 + "".join(" + " + "(" * 30 + "t" + ")" * 30 for _ in range(20)),
        [],
    ),
}


@pytest.mark.parametrize(("latex", "after"), HOSTILE.values(), ids=HOSTILE)
def test_an_answer_comes_soon(latex, after):
    assert max(map(len, [latex, *after])) <= LONGEST
    started = time.process_time()
    verdict = check_derivation(latex, after)
    assert time.process_time() - started < SOON
    assert verdict.holds or verdict.message


def test_doubling_definitions_are_refused_before_anything_is_evaluated():
    verdict = check_equation(*HOSTILE["doubling definitions"])
    assert (verdict.holds, verdict.slip) == (False, "use")
    assert re.search(r"too many sums or definitions in each other: \d\.\de\+08 evaluations", verdict.message)
    assert check_equation("16 E = e", DOUBLING[:5]).holds


# ---------------------------------------------------------------- what the limits say


@pytest.fixture
def a_slow_machine(monkeypatch):
    """Let every look at the clock find it a second later."""
    seconds = iter(range(10**9))
    monkeypatch.setattr(budget.time, "thread_time", lambda: float(next(seconds)))
    monkeypatch.setattr(budget, "LOOK_EVERY", 5)


def test_a_verdict_says_that_time_is_over(a_slow_machine):
    verdict = check_derivation(r"\hat z_i = \sum_{j=0}^{H} w_{ij} y_j")
    assert (verdict.holds, verdict.slip) == (False, "use")
    assert verdict.message == f"use: it is not decided, for it takes more than {derivations.SECONDS} seconds"
    verdict = check_equation("E = E", ["s := E", "p := E", "o := E"])
    assert verdict.message == f"use: what is to be in force takes more than {derivations.SECONDS} seconds"


def test_a_false_line_stays_false_where_the_search_for_a_mend_is_given_up(monkeypatch):
    latex = r"\hat z_i = -\sum_{j=0}^{H} w_{ij} y_j"
    whole = check_derivation(latex)
    assert whole.mend
    monkeypatch.setattr(budget, "EVALUATIONS", 60)
    verdict = check_derivation(latex)
    said, given_up = verdict.message.split("\n")
    assert (said, verdict.slip, verdict.mend) == (whole.message, "value", None)
    assert given_up == "(the search for what it lacks was given up after 60 evaluations)"


def test_a_budget_is_used_up_once_and_for_all():
    small = Budget()
    small.spend(EVALUATIONS)
    for _ in range(2):
        with pytest.raises(TooDear, match=r"^400,000 evaluations$"):
            small.spend()


def test_the_book_looks_at_no_clock(a_slow_machine):
    assert next(found for found in equations() if found.tag == "2.7").check().holds


def spent(context, equation):
    """Return the evaluations that a check of a tree takes."""
    ours = Budget()
    Check(context, ours).verdict(equation)
    return EVALUATIONS - ours.left


def test_the_book_is_far_from_the_limit():
    """The dearest equation takes a ninth of what it may, and as small a part of a reader's seconds."""
    assert 8 * max(spent(found.context, found.tree) for found in equations()) < EVALUATIONS


# ---------------------------------------------------------------- once


def test_an_equation_is_read_once_whatever_is_asked_of_it(monkeypatch):
    from mlp_core.equations import checking

    trees = []
    original = checking.read
    monkeypatch.setattr(checking, "read", lambda tree, known: trees.append(tree) or original(tree, known))
    assert check_equation(r"-\frac{\partial E}{\partial \hat z_j} = r_j - z_j").slip == "condition"
    assert len(trees) == 1  # and compared without a condition, and under five
    trees.clear()
    assert (
        check_equation(r"-\frac{\partial E}{\partial y_j} = \sum_l (r_l - z_l) w_{lj} \quad j \ge 1").holds
        is False
    )
    assert len(trees) == 1
    trees.clear()
    assert check_derivation(r"-\frac{\partial E}{\partial z_i} = -\frac{r_i}{z_i}").mend
    assert len(trees) == len(set(trees)) > 1  # each edit is another tree
