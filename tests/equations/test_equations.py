"""Every tagged display of the chapters holds; what makes it fail; the notes' slips; a reader's spellings."""

import json
import re
import shutil
from dataclasses import replace

import pytest
from book_equations import CHAPTER_OF, NAMES, chapter, copy_with, equation, equations, written
from chapter_checks import CHAPTERS, chapter_paths, joined, read, tags
from notes_lines import CORRECTED, RIGHT, SLIPS, STRUCK_OUT, SUM, UNREADABLE, UNSAID

from mlp_core.equations import (
    EquationSyntaxError,
    check_derivation,
    check_equation,
    equation_table,
    read_chapter,
)
from mlp_core.equations.chapter_examples import network_a
from mlp_core.equations.chapters import displays
from mlp_core.equations.checking import Check, check
from mlp_core.equations.context import Context, in_force_after
from mlp_core.equations.language import tree
from mlp_core.equations.language.parser import parse
from mlp_core.equations.measuring.samples import samples


def assert_holds(found):
    verdict = found.check()
    assert verdict.holds, f"equation ({found.tag}) in {found.cell}: {verdict}"


@pytest.mark.parametrize("tag", CHAPTER_OF)
def test_equation_holds(tag):
    assert_holds(equation(tag))


def test_every_tagged_display_is_read():
    assert len(CHAPTER_OF) > 80
    for name in NAMES:
        assert [found.tag for found in chapter(name)] == tags(read(CHAPTERS / name))


# ---------------------------------------------------------------- changing one sign in one chapter

ONE_SIGN = {
    "0.5": (r"\hat{\mathbf z} = \mathbf W", r"\hat{\mathbf z} = -\mathbf W"),
    "1.10": (r"-z_i z_k + \delta_{ik}\, z_i", r"-z_i z_k - \delta_{ik}\, z_i"),
    "2.7": (r"= r_i - z_i \tag{2.7}", r"= r_i + z_i \tag{2.7}"),
    "4.9": (r"= \sigma'(\hat y_j)\, \delta_{jn}", r"= -\sigma'(\hat y_j)\, \delta_{jn}"),
    "5.12": (r"= \mathbf V_{:,1:}^T\, \mathbf q", r"= -\mathbf V_{:,1:}^T\, \mathbf q"),
    "7.1": (r"E = -\log 0.1", r"E = \log 0.1"),
}


@pytest.mark.parametrize(("tag", "change"), ONE_SIGN.items(), ids=ONE_SIGN)
def test_one_sign_changed_in_a_chapter_fails_with_the_equation_s_number(tag, change, tmp_path):
    spoiled = read_chapter(copy_with(CHAPTER_OF[tag], *change, tmp_path))
    assert [found.tag for found in spoiled if not found.check().holds] == [tag]
    wrong = next(found for found in spoiled if found.tag == tag)
    with pytest.raises(AssertionError, match=rf"equation \({re.escape(tag)}\) in [\w-]+: value: "):
        assert_holds(wrong)


# ---------------------------------------------------------------- what is read of a display


def test_the_fields_of_an_equation():
    found = equation("2.7")
    assert (found.tag, found.kind) == ("2.7", "identity")
    assert found.latex == r"-\frac{\partial E}{\partial \hat z_i} = r_i - z_i \tag{2.7}"
    cell = next(c for c in read(CHAPTERS / CHAPTER_OF["2.7"])["cells"] if c["id"] == found.cell)
    assert found.latex in joined(cell["source"])
    verdict = found.check()
    assert (verdict.slip, verdict.equals_sign, verdict.indices, verdict.deviation) == (None, None, {}, None)
    assert (verdict.limit, verdict.compared) == (1e-6, sum(sample.sizes["K"] for sample in samples("single")))
    assert equation("2.4").check().limit == 1e-12  # nothing is measured in it


def printed_kind(latex):
    """The kind that a reader sees, by what is printed and without the parser."""
    body = re.sub(r"\\tag\{.*?\}|\\quad.*|\\begin\{cases\}.*\\end\{cases\}", "", latex, flags=re.S)
    if "assume" in latex:
        return "assumption"
    if ":=" in body:
        return "definition"
    if re.search(r"\\[gl]e(?![a-z])", body):
        return "inequality"
    last = re.split(r"=|\\approx", body)[-1].replace(r"\\", "")
    return "worked number" if re.fullmatch(r"[\d\s.,()-]*[1-9][\d\s.,()-]*", last) else "identity"


def test_each_equation_is_of_the_kind_that_is_printed():
    kinds = {found.tag: found.kind for found in equations()}
    assert kinds == {found.tag: printed_kind(found.latex) for found in equations()}
    assert set(kinds.values()) == {"definition", "assumption", "worked number", "inequality", "identity"}


def test_a_display_in_code_is_none(tmp_path):
    path = copy_with(
        CHAPTER_OF["2.7"], r"r_i - z_i \tag{2.7}$$", r"r_i - z_i \tag{2.7}$$ `$$x = \tag{2.0}$$`", tmp_path
    )
    assert [found.tag for found in read_chapter(path)] == tags(read(CHAPTERS / CHAPTER_OF["2.7"]))


def test_a_display_that_cannot_be_read_says_where(tmp_path):
    path = copy_with(CHAPTER_OF["2.7"], r"= r_i - z_i \tag{2.7}", r"= r_i \pm z_i \tag{2.7}", tmp_path)
    with pytest.raises(
        EquationSyntaxError, match=r"^\\pm cannot stand here, line 1, column 45\n.*\\tag\{2\.7\}"
    ):
        read_chapter(path)


# What stands without a number says by a sign why it has none; any other display is to be numbered.
SIGNS = {"approximation": r"\approx", "update": r"\leftarrow", "mean": r"\text{mean of"}


def untagged(paths):
    found = [latex for path in paths for _, latex in displays(path)]
    return sorted(" ".join(latex.split()) for latex in found if r"\tag" not in latex)


def test_a_display_without_a_number_has_a_reason(tmp_path):
    found = untagged(chapter_paths())
    assert 0 < len(found) <= 8
    assert [latex for latex in found if not any(sign in latex for sign in SIGNS.values())] == []
    without = copy_with(CHAPTER_OF["2.7"], r"r_i - z_i \tag{2.7}", r"r_i - z_i", tmp_path)
    assert untagged([without]) == [r"-\frac{\partial E}{\partial \hat z_i} = r_i - z_i"]


# ---------------------------------------------------------------- conditions

SUM_WORDS = "the targets add up to 1"
PRINTED_NEEDS = {  # a printed condition, and how a verdict names it
    r"\\text\{if \} \\sum_l r_l = 1": lambda _: SUM_WORDS,
    r"([a-z]) \\(ge|ne) (\w)": lambda found: f"{found[1]} {'≥' if found[2] == 'ge' else '≠'} {found[3]}",
    r"K = 2": lambda _: "K = 2",
    r"\\sigma = (?:\\operatorname\{)?\\?(\w+)": lambda found: f"σ is {found[1]}",
}
# What holds only because the targets were assumed to add up to 1, in its own chapter or in one it builds on.
BY_ASSUMPTION = [
    "2.7",
    "2.8",
    "2.14",
    "3.11",
    "3.5",
    "3.6",
    "3.7",
    "3.12",
    "3.8",
    "3.13",
    "5.4",
    "5.8",
    "5.9",
    "7.3",
]


def printed_needs(latex):
    """What a display says that it needs, read without the parser."""
    condition = latex.partition(r"\quad")[2]
    return {
        name(found) for pattern, name in PRINTED_NEEDS.items() for found in re.finditer(pattern, condition)
    }


def test_each_equation_needs_what_it_says_and_nothing_else():
    wanted = {found.tag: printed_needs(found.latex) for found in equations()}
    for tag in BY_ASSUMPTION:
        wanted[tag] = wanted[tag] | {SUM_WORDS}
    assert {found.tag: set(found.check().needs) for found in equations()} == wanted
    assert equation("2.5").check().needs == ()  # r_j - z_j sum r needs no sum of 1, and 2.10 does


def test_an_assumption_is_in_force_below_it_only(tmp_path):
    own = chapter(CHAPTER_OF["2.6"])
    place = [found.tag for found in own].index("2.6")
    assert [found.context.assumed for found in own] == [False] * (place + 1) + [True] * (len(own) - place - 1)
    without = copy_with(CHAPTER_OF["2.6"], r"$$\text{assume } \sum_l r_l = 1 \tag{2.6}$$", "", tmp_path)
    false = [found.tag for found in read_chapter(without) if not found.check().holds]
    assert false == [tag for tag in BY_ASSUMPTION if tag.startswith("2.")]


# ---------------------------------------------------------------- an assumption of another chapter

PULL = r"$$-\frac{\partial E}{\partial \hat z_i} = r_i - z_i \tag{%s.2}$$"
BUILDS_ON_A = "# B\n\n**The question.** Why?\n\n**Builds on** [chapter A](a.ipynb)."
WITHOUT = "# B\n\n**The question.** Why? It is a matter of [chapter A](a.ipynb)."
ASSUMES = "# A", f"$${SUM} \\tag{{1.1}}$$"


def needs(path):
    """Return what the pull of a chapter needs, or the slip that it fails by."""
    verdict = next(found for found in read_chapter(path) if found.tag.endswith(".2")).check()
    return verdict.needs if verdict.holds else verdict.slip


def test_a_chapter_that_builds_on_another_has_its_assumption(tmp_path):
    path = written(tmp_path, a=ASSUMES, b=[BUILDS_ON_A, PULL % 2])
    assert needs(path) == (SUM_WORDS,)
    assert f"| proved for every size; {SUM_WORDS} |" in equation_table(path, {}).markdown
    assert needs(written(tmp_path, b=[WITHOUT, PULL % 2])) == "condition"
    assert needs(written(tmp_path, b=["# B", f"{PULL % 2}\n\n{BUILDS_ON_A}"])) == "condition"  # not its head
    assert needs(written(tmp_path, a=["# A"], b=[BUILDS_ON_A, PULL % 2])) == "condition"


def test_what_is_built_on_hands_on_what_it_builds_on(tmp_path):
    b = [
        BUILDS_ON_A.replace(
            "](a.ipynb).", "](a.ipynb#a), and\n[chapter A](a.ipynb)\n**Time.** [C](gone.ipynb)"
        )
    ]
    c = ["**Builds on** [chapter B](b.ipynb)\n\n[Next](gone.ipynb)", PULL % 3]
    assert needs(written(tmp_path, a=ASSUMES, b=b, c=c)) == (SUM_WORDS,)


def test_a_letter_of_what_is_built_on_is_not_handed_on(tmp_path):
    path = written(
        tmp_path, a=[*ASSUMES, r"$$p_i := z_i \tag{1.2}$$"], b=[BUILDS_ON_A, r"$$p_i = z_i \tag{2.2}$$"]
    )
    assert needs(path) == "use"


@pytest.mark.parametrize(
    ("chapters", "message"),
    [
        ({"b": [BUILDS_ON_A]}, r"builds on: got 'a\.ipynb' in b\.ipynb; expected a notebook beside it"),
        (
            {"b": ["**Builds on** chapter A.\n\n[A](a.ipynb)"]},
            r"builds on: got '\*\*Builds on\*\* chapter A\.' in b\.ipynb; expected a link to a notebook",
        ),
        (
            {"a": ["**Builds on** [B](b.ipynb)"], "b": [BUILDS_ON_A]},
            r"builds on: got 'b\.ipynb' in a\.ipynb; expected no chapter that builds on it",
        ),
    ],
    ids=["dead", "no link", "in a circle"],
)
def test_a_chapter_that_cannot_be_built_on_is_named(chapters, message, tmp_path):
    with pytest.raises(ValueError, match=f"^{message}$"):
        read_chapter(written(tmp_path, **chapters))


@pytest.mark.parametrize("tag", [tag for tag in BY_ASSUMPTION if not tag.startswith("2.")])
def test_a_chapter_needs_no_assumption_of_its_own_if_it_builds_on_one(tag, tmp_path):
    notebook = read(CHAPTERS / CHAPTER_OF[tag])
    for cell in notebook["cells"]:
        cell["source"] = re.sub(r"\$\$\\text\{assume.*?\$\$", "", joined(cell["source"]))
    head = notebook["cells"][0]
    head["source"] = re.sub(r"\*\*Builds on\*\*.*", "", head["source"])
    path = tmp_path / CHAPTER_OF[tag]

    def needed():
        path.write_text(json.dumps(notebook), encoding="utf-8")
        verdict = next(found for found in read_chapter(path) if found.tag == tag).check()
        return verdict.holds and SUM_WORDS in verdict.needs

    assert not needed()
    shutil.copy(CHAPTERS / CHAPTER_OF["2.6"], tmp_path)
    head["source"] += f"\n\n**Builds on** [chapter 02]({CHAPTER_OF['2.6']})."
    assert needed()


@pytest.mark.parametrize(
    ("latex", "claimed"),
    [
        (
            r"-\frac{\partial E}{\partial \hat z_j} = r_j - z_j \sum_l r_l \quad \text{if } \sum_l r_l = 1",
            SUM_WORDS,
        ),
        (r"-\frac{\partial E}{\partial z_i} = \frac{r_i}{z_i} \quad i \ge 1", "i ≥ 1"),
        (r"\frac{\partial z_i}{\partial \hat z_j} = z_i (\delta_{ij} - z_j) \quad i \ne j", "i ≠ j"),
        (r"\hat z_i = \sum_{j=0}^{H} w_{ij} y_j \quad K = 2", "K = 2"),
        (
            r"\frac{\partial y_i}{\partial \hat y_j} = \sigma'(\hat y_i) \delta_{ij} \quad \sigma = \tanh",
            "σ is tanh",
        ),
        (r"\tanh(t) = 2 \operatorname{sigmoid}(2t) - 1 \quad t > 0", "t > 0"),
    ],
)
def test_a_condition_that_is_not_needed_fails(latex, claimed):
    verdict = check_equation(latex)
    assert not verdict.holds
    assert verdict.slip == "condition"
    assert f"it claims to need {claimed}, and holds without it" in verdict.message


@pytest.mark.parametrize(
    ("tag", "slip"),
    [
        ("1.8", "value"),
        ("1.14", "value"),
        ("3.9", "range"),
        ("3.11", "range"),
        ("4.6", "value"),
        ("7.2", "range"),
    ],
)
def test_a_condition_that_is_missing_fails_in_a_chapter(tag, slip):
    found = equation(tag)
    verdict = replace(found, tree=replace(found.tree, conditions=())).check()
    assert (verdict.holds, verdict.slip) == (False, slip)


@pytest.mark.parametrize(
    ("latex", "missing"),
    [
        (r"-\frac{\partial E}{\partial \hat z_j} = r_j - z_j", SUM_WORDS),
        (r"-\nabla_{\mathbf W} E = (\mathbf r - \mathbf z) [1, \mathbf y^T]", SUM_WORDS),
        (r"\sigma'(t) = 1 - \sigma(t)^2", "σ is tanh"),
        (r"\sigma'(\hat y_i) = y_i (1 - y_i)", "σ is sigmoid"),
    ],
)
def test_a_reader_is_told_the_condition_that_is_missing(latex, missing):
    verdict = check_equation(latex)
    assert (verdict.holds, verdict.slip) == (False, "condition")
    assert verdict.message == f"condition: it holds only if {missing}, which is neither printed nor assumed"


def test_only_the_sum_of_the_targets_can_be_assumed():
    verdict = check_equation(r"\text{assume } i \ne j")
    assert (verdict.holds, verdict.slip) == (False, "condition")
    assert check_equation(SUM).holds


def test_a_condition_on_a_letter_that_is_not_there_fails():
    verdict = check_equation(r"z_i = z_i \quad j \ge 1")
    assert (verdict.slip, "names j, which the equation has not" in verdict.message) == ("condition", True)


# ---------------------------------------------------------------- worked numbers


def bumped(digits, step):
    """The number with its last digit one more or less."""
    places = len(digits.partition(".")[2])
    return f"{float(digits) + step * 10.0**-places:.{places}f}"


def with_last_digits_off(side):
    """Yield the printed side with the last digit of one of its numbers off by one."""
    if isinstance(side, tree.Number):
        yield from (tree.Number(bumped(side.digits, step)) for step in (-1, 1))
    for name, place, child in side.children():
        for changed in with_last_digits_off(child):
            yield side.with_child(name, place, changed)


@pytest.mark.parametrize("tag", [e.tag for e in equations() if e.kind == "worked number"])
def test_a_worked_number_is_right_to_its_last_digit(tag):
    found = equation(tag)
    off = list(with_last_digits_off(found.tree.sides[-1]))
    assert off
    for side in off:
        wrong = found.tree.with_child("sides", len(found.tree.sides) - 1, side)
        verdict = check(wrong, found.context)
        assert (verdict.holds, verdict.slip) == (False, "value"), side
        assert verdict.equals_sign == len(found.tree.relations)


def test_a_worked_number_is_of_the_worked_example_and_may_be_rounded():
    for latex, holds in (
        (r"E \approx 1.7014 \quad \sigma = \operatorname{ReLU}", True),
        (r"E \approx 1.70 \quad \sigma = \operatorname{ReLU}", True),
        (r"E \approx 1.71 \quad \sigma = \operatorname{ReLU}", False),
        (r"E = 1.7014 \quad \sigma = \operatorname{ReLU}", False),  # it is not that number exactly
        (r"E \approx 1.7014 \quad \sigma = \tanh", False),
    ):
        assert check(parse(latex), Context(example=network_a)).holds is holds, latex


# ---------------------------------------------------------------- lines of a book say something


@pytest.mark.parametrize(
    ("latex", "message", "holds_elsewhere"),
    [
        (r"E \ge 0", "the two sides of ≥ are nowhere equal", False),
        (r"0 \le E", "the two sides of ≤ are nowhere equal", False),
        (r"E \ge -\sum_l r_l \log z_l", "the two sides of ≥ are always equal", True),
        (r"z_i \ge z_i", "both sides are the same expression: nothing is said", True),
        (r"z_i = z_i", "both sides are the same expression: nothing is said", True),
        (
            r"\operatorname{ReLU}'(t) = \sigma'(t) \quad \sigma = \operatorname{ReLU}",
            "both sides are the same",
            True,
        ),
    ],
)
def test_a_bound_that_is_not_reached_and_a_tautology_are_refused_in_a_book(latex, message, holds_elsewhere):
    verdict = check(parse(latex), Context(example=network_a))
    assert (verdict.holds, verdict.slip) == (False, "use")
    assert message in verdict.message
    without_a_book = check(parse(latex), Context())
    assert without_a_book.holds is holds_elsewhere


@pytest.mark.parametrize(
    "latex",
    [
        r"E \ge 0.1",
        r"z_i \le 0.9",
        r"\tanh(t) \le 0.96",
        r"t \le 2",
        r"w_{ij} \le 4",
        r"K \ge 3",
        r"z_i \le 0.98 \quad K = 2",
        r"E \ge 0.5",
    ],
)
def test_a_bound_that_nothing_reaches_does_not_hold_and_no_condition_is_blamed(latex):
    verdict = check_equation(latex)
    assert not verdict.holds
    assert verdict.slip == "value" or "are nowhere equal: what is tried cannot tell" in verdict.message
    assert "it holds only if" not in verdict.message
    assert "sigma" not in verdict.message
    assert "with ReLU alone" not in verdict.message


def test_no_activation_is_blamed_for_a_false_bound():
    for latex in (r"\sigma(t) \ge 0", r"\sigma'(t) \le \frac{1}{4}", r"y_i \ge 0"):
        verdict = check_equation(latex)
        assert (verdict.slip, "σ" in verdict.message, "ReLU" in verdict.message) == ("value", False, False)


# A bound that is false, which random networks do not show, and a true one beside it.
BOUNDS = [
    (r"\sum_l r_l u_l^2 \ge (\sum_l r_l u_l)^2", r"\sum_l r_l u_l^2 \sum_i r_i \ge (\sum_l r_l u_l)^2"),
    (
        r"\sum_l r_l u_l^2 \sum_i z_i \ge (\sum_l r_l u_l)^2",
        r"\sum_l z_l u_l^2 \sum_i z_i \ge (\sum_l z_l u_l)^2",
    ),
    (r"\sum_l u_l g_l \le \sum_l u_l^2", r"\sum_l z_l u_l g_l \le \frac{1}{2} \sum_l z_l (u_l^2 + g_l^2)"),
    (
        r"E \ge -\sum_l r_l \log r_l + 1.2 \sum_l (r_l - z_l)^2",
        r"E \ge -\sum_l r_l \log r_l + \frac{1}{2} \sum_l (r_l - z_l)^2",
        [SUM],
    ),
    (
        r"\sum_l z_l u_l^2 \ge (\sum_l z_l u_l)^2 + (\sum_l z_l u_l g_l - \sum_l z_l u_l \sum_i z_i g_i)^2",
        r"\sum_l u_l^2 \sum_i g_i^2 \ge (\sum_l u_l g_l)^2",
    ),
    (r"t^2 \ge 0.4 t", r"\frac{1}{4} t^2 + 0.04 \ge 0.2 t"),
]


@pytest.mark.parametrize(("false", "true", "after"), [(*pair, [])[:3] for pair in BOUNDS])
def test_a_false_bound_is_found_at_the_edge_of_what_its_letters_may_be(false, true, after, monkeypatch):
    assert check_equation(true, after).holds
    verdict = check_equation(false, after)
    assert (verdict.holds, verdict.slip in ("value", "condition")) == (False, True)
    monkeypatch.setattr(Check, "_at_edges", lambda *_: None)
    assert check_equation(false, after).holds


def test_a_bound_that_needs_the_sum_of_the_targets_says_so():
    variance = BOUNDS[0][0]
    assert check_equation(variance).advice.startswith(r"write \quad \text{if } \sum_l r_l = 1")
    for verdict in (check_equation(variance, [SUM]), check_equation(rf"{variance} \quad \sum_l r_l = 1")):
        assert verdict.holds
        assert verdict.needs == ("the targets add up to 1",)
        assert verdict.proved


def test_a_false_inequality_is_a_slip_of_value():
    for latex in (r"E \le -\sum_l r_l \log r_l", r"\log z_i \ge \hat z_i"):
        verdict = check_equation(latex, after=[SUM])
        assert (verdict.slip, verdict.equals_sign) == ("value", 1)
    assert check_equation(r"E \ge -\sum_l r_l \log r_l", after=[SUM]).holds


# ---------------------------------------------------------------- what is refused unread

S = r"s := \sum_l e^{\hat z_l}"
REFUSED = {  # LaTeX -> (kind, words of the message, what the carets stand under)
    r"r_i = y_i": ("range", "i runs over classes in r_i and over hidden units in y_i", "y_i"),
    r"\hat z_i = \sum_j w_{ji} y_j": ("range", "runs over classes in", "y_j"),
    r"z_0 = r_0": ("range", "z_0 has no such index: it starts at 1", "z_0"),
    r"E = \frac{\partial E}{\partial y_0}": ("range", "y_0 has no such index: it starts at 1", "y_0"),
    r"E = z_H": ("range", "z_H runs over classes, and H counts hidden units", "z_H"),
    r"E = \sum_{l=1}^{H} r_l": (
        "range",
        "l runs over classes in r_l, and the sum ends at H (hidden units)",
        None,
    ),
    r"E = \sum_{l=0}^{K} r_l": ("range", "the sum starts at 0, and r_l at 1", None),
    r"E = \sum_{l=2}^{K} r_l": ("range", "the sum starts at 2, and r_l at 1", None),
    r"E = \sum_j \frac{\partial E}{\partial y_j}": (
        "range",
        "the sum over j does not say that it starts at 1",
        r"\sum_j \frac{\partial E}{\partial y_j}",
    ),
    r"E = \delta_{ij}": ("range", "nothing says how far i runs", None),
    r"E = \sum_l r_i": ("scope", "l does not occur in its own sum", r"\sum_l r_i"),
    r"E = \sum_l r_l \sum_l z_l": ("scope", "l is summed twice, one sum inside the other", None),
    r"z_l = \sum_l r_l": ("scope", "l is a summed letter, and stands outside of its sum as well", "z_l"),
    r"\mathbf z = \mathbf W \mathbf y": ("shape", "K × (H+1) times a column of H does not fit", r"\mathbf y"),
    r"\mathbf z = 1 - \mathbf z": ("shape", "the terms of the sum have different shapes", None),
    r"E = \mathbf r": ("shape", "different shapes: a number and a column of K", r"\mathbf r"),
    r"\mathbf z = \mathbf z^T": ("shape", "a column of K and a row of K", r"\mathbf z^T"),
    r"E = E \odot E": ("shape", "\\odot is for arrays, and this is a number", "E"),
    r"E = E^T": ("shape", "a transpose is for arrays", None),
    r"\mathbf z = \operatorname{softmax}(E)": ("shape", "softmax is for arrays", "E"),
    r"\mathbf r = \mathbf r / \mathbf z": ("shape", "a number is wanted here", r"\mathbf z"),
    r"E = [2, \mathbf y^T] \mathbf r": ("shape", "only a 1 stands in front of a row", "2"),
    r"\mathbf z = \mathbf z_{:,1:}": (
        "shape",
        "only V and W have a column 0 to leave out",
        r"\mathbf z_{:,1:}",
    ),
    r"\mathbf 1 = \mathbf 1": ("shape", "nothing says how long this column of ones is", r"\mathbf 1"),
    r"E = p": ("use", "p is not in the table of letters, and not defined before", "p"),
    r"E = \hat x_i": ("use", "x_hat_i is not in the table", r"\hat x_i"),
    r"E = z_{ij}": ("use", "z has one index, here z_ij", "z_{ij}"),
    r"E = w_i": ("use", "w has two indices, here w_i", "w_i"),
    r"E = z_t": ("use", "t is no index letter", None),
    r"E = \frac{\partial \hat z_i}{\partial z_j}": ("use", "nothing leads from z_j to what is", r"\hat z_i"),
    r"E = \frac{\partial E}{\partial K}": ("use", "is no quantity that can be moved", None),
    r"\mathbf X \mathbf x = \mathbf x": ("use", "x cannot stand in an equation of a batch", r"\mathbf x"),
    r"\mathbf y^{(k)} = \mathbf W \mathbf y": ("use", "cannot stand in an equation of layers", None),
    r"E = z_1 + \dots + r_K": ("use", "do not continue each other", r"\dots"),
    r"E = \max(z_i)": ("use", "max has not 1 arguments", None),
    r"E = \sum_a z_a \sum_b z_b \sum_c z_c \sum_i z_i \sum_j z_j \sum_k z_k": (
        "use",
        "too many sums or definitions in each other",
        None,
    ),
}


@pytest.mark.parametrize(("latex", "wanted"), REFUSED.items(), ids=REFUSED)
def test_what_has_no_one_meaning_is_refused_and_its_place_shown(latex, wanted):
    kind, words, marked = wanted
    verdict = check_equation(latex)
    assert (verdict.holds, verdict.slip) == (False, kind), verdict
    assert (verdict.equals_sign, verdict.deviation) == (None, None)
    said, *shown = verdict.message.split("\n")
    assert said.startswith(f"{kind}: ")
    assert words in said
    if marked:
        source, mark = shown
        assert source[mark.index("^") : mark.rindex("^") + 1] == marked


@pytest.mark.parametrize(
    "latex",
    [
        r"E = \frac{\partial E}{\partial K}",
        r"E = \frac{\partial E}{\partial s}",
        r"E = \frac{\partial E}{\partial \hat x_i}",
        r"E = \frac{\partial E}{\partial \mathbf 1}",
        r"\mathbf z = \nabla_{\mathbf p} E",
        r"\mathbf z = \nabla_{\mathbf 1} E",
        r"\mathbf z = \nabla_{\mathbf q} E",
    ],
)
def test_only_a_quantity_of_the_table_is_moved(latex):
    own = [S, r"\hat x_i := z_i", r"\mathbf p := 2 \mathbf z"]
    verdict = check_equation(latex, after=own)
    assert (verdict.slip, "is no quantity that can be moved" in verdict.message) == ("use", True)


def test_what_is_no_number_is_never_equal():
    for latex in (r"\log(z_i - 2) = \log(z_i - 2)", r"\frac{1}{0} = \frac{1}{0}", r"e^{1000} = e^{1000}"):
        verdict = check_equation(latex)
        assert (verdict.holds, verdict.slip, verdict.deviation) == (False, "value", float("inf"))


# ---------------------------------------------------------------- definitions


@pytest.mark.parametrize(
    "latex",
    [
        r"\hat y_i := \sum_{j=1}^{D} v_{ij}\, x_j",
        r"\hat y_i := \sum_{j=0}^{D} v_{ij}\, x_j + 1",
        r"y_i := \sigma'(\hat y_i) \quad i \ge 1",
        r"\hat z_i := -\sum_{j=0}^{H} w_{ij}\, y_j",
        r"z_i := \frac{e^{-\hat z_i}}{\sum_l e^{-\hat z_l}}",
        r"\mathbf z := \operatorname{softmax}(-\hat{\mathbf z})",
        r"E := \sum_l r_l \log z_l",
        r"E := -\sum_l z_l \log z_l",
    ],
)
def test_a_letter_of_the_table_means_what_mlp_core_computes(latex):
    verdict = check_equation(latex)
    assert (verdict.holds, verdict.slip) == (False, "value")


def test_a_new_letter_stands_for_its_definition():
    assert check_equation(S).message == "defined"
    assert check_equation(r"z_i = \frac{e^{\hat z_i}}{s}", after=[S]).holds
    assert check_equation(r"\frac{\partial s}{\partial \hat z_j} = s\, z_j", after=[S]).holds
    assert check_equation(r"z_i = \frac{e^{\hat z_i}}{s}", after=[S.replace("e^", "2 e^")]).slip == "value"
    p = r"p_i := \frac{e^{\hat z_i}}{s}"
    assert check_equation(r"p_j = z_j", after=[S, p]).holds
    matrix = r"\mathbf A := \mathbf z\, \mathbf z^T"
    assert check_equation(
        r"\mathbf u^T \mathbf A \mathbf u = (\mathbf z^T \mathbf u)^2", after=[matrix]
    ).holds


@pytest.mark.parametrize(
    ("latex", "after", "message"),
    [
        (r"z_i = \frac{e^{\hat z_i}}{s}", [], "s is not in the table of letters, and not defined before"),
        (r"s_i = z_i", [S], "s has no index, here s_i"),
        (r"p_i := z_j", [], "the two sides of a definition have the same indices and the same shape"),
        (r"p := \mathbf z", [], "the two sides of a definition have the same indices and the same shape"),
        (r"s := E = E", [], "a letter is defined by one expression without a condition"),
        (r"s := E \quad \text{if } \sum_l r_l = 1", [], "a letter is defined by one expression"),
        (r"s := \sum_l z_l", [S], "s is defined above"),
    ],
)
def test_a_letter_without_one_meaning_is_refused(latex, after, message):
    verdict = check_equation(latex, after)
    assert (verdict.holds, verdict.slip) == (False, "use")
    assert message in verdict.message


def test_a_letter_may_not_be_used_above_its_definition(tmp_path):
    path = copy_with(CHAPTER_OF["1.4"], r"$$s := \sum_l e^{\hat z_l} \tag{1.4}$$", "", tmp_path)
    slips = {found.tag: found.check().slip for found in read_chapter(path) if not found.check().holds}
    assert slips == {"1.6": "use", "1.7": "use", "1.8": "use", "1.9": "use"}


# ---------------------------------------------------------------- q, a pull with a letter of its own

PULLS = {  # what is true of q, and one slip of it
    r"q_j := -\frac{\partial E}{\partial \hat y_j}": ("-", ""),
    r"q_j = \sigma'(\hat y_j) \sum_l w_{lj} (r_l - z_l)": (r"\sigma'(\hat y_j)", ""),
    r"-\frac{\partial E}{\partial v_{jm}} = q_j\, x_m": ("-", ""),
    r"q_j = \Big(-\frac{\partial E}{\partial y_j}\Big) \sigma'(\hat y_j)": ("-", ""),
    r"\mathbf q = (-\nabla_{\mathbf y} E) \odot \sigma'(\hat{\mathbf y})": (r"\sigma'", r"\sigma"),
    r"-\nabla_{\mathbf V} E = \mathbf q\, [1, \mathbf x^T]": (r"\mathbf q", r"(-\nabla_{\mathbf y} E)"),
    r"\mathbf Q = \frac{1}{B} ((\mathbf R - \mathbf Z) \mathbf W_{:,1:}) \odot \sigma'(\hat{\mathbf Y})": (
        r"\frac{1}{B} ",
        "",
    ),
    r"-\nabla_{\mathbf V} E = \mathbf Q^T [\mathbf 1, \mathbf X]": (r"\mathbf Q", r"2 \mathbf Q"),
    r"\mathbf q^{(k)} := -\nabla_{\hat{\mathbf y}^{(k)}} E": ("-", ""),
    r"\mathbf q^{(k-1)}= ((\mathbf W^{(k)}_{:,1:})^T \mathbf q^{(k)})\odot\sigma'(\hat{\mathbf y}^{(k-1)})": (
        r"\sigma'",
        r"\sigma",
    ),
    r"-\nabla_{\mathbf W^{(k)}} E = \mathbf q^{(k)} [1, (\mathbf y^{(k-1)})^T]": (
        r"\mathbf q",
        r"-\mathbf q",
    ),
}


@pytest.mark.parametrize(("latex", "slip"), PULLS.items(), ids=PULLS)
def test_q_is_the_pull_on_the_hidden_sums(latex, slip):
    verdict = check_equation(latex, after=[SUM])
    assert (verdict.holds, verdict.limit) == (True, 1e-6), verdict
    assert check_equation(latex.replace(*slip, 1), after=[SUM]).slip == "value"


def test_q_is_of_the_table_and_no_letter_that_a_reader_may_give_away():
    assert "q has one index" in check_equation(r"q := E").message
    assert check_equation(r"q_i := z_i").slip == "range"
    assert check_equation(r"q_j := y_j \quad j \ge 1").slip == "value"
    assert "nothing leads from q_j" in check_equation(r"\frac{\partial E}{\partial q_j} = 1").message


# ---------------------------------------------------------------- letters that keep to one job


def test_the_k_of_a_layer_is_no_index_and_no_index_stands_beside_it():
    for latex in (r"z_k \mathbf y^{(k)} = \mathbf y^{(k)}", r"\delta_{ik} \mathbf y^{(k)} = \mathbf y^{(k)}"):
        assert not check_equation(latex).holds
        assert check_equation(latex).slip in ("use", "range")
    assert check_equation(r"[\mathbf y^{(k)}]_k = 0").slip == "range"
    verdict = check_equation(r"\mathbf q^{(k)} = 0 \mathbf y^{(k)}")
    assert set(verdict.indices) == {"k"}  # the layer, which is all that counts there


@pytest.mark.parametrize("letter", ["q", "W", r"\hat y"])
def test_before_the_first_layer_there_is_only_its_input(letter):
    symbol = r"\hat{\mathbf y}^{(k-1)}" if "hat" in letter else rf"\mathbf {letter}^{{(k-1)}}"
    assert check_equation(f"{symbol} = 2 {symbol} - {symbol}").holds
    assert check_equation(f"{symbol} = 2 {symbol}").slip == "value"


def test_c_may_be_the_maximum_and_n_a_width():
    c = r"c := \max_l \hat z_l"
    shifted = r"z_i = \frac{e^{\hat z_i - c}}{\sum_l e^{\hat z_l - c}}"
    assert check_equation(shifted, after=[c]).holds
    assert check_equation(shifted.replace("- c", "+ c", 1), after=[c]).slip == "value"
    width = r"N := H"
    assert check_equation(r"\mathbf y^T \mathbf 1 = \mathbf 1^T \mathbf y + N - H", after=[width]).holds
    assert check_equation(r"2 N = H", after=[width]).slip == "value"


# ---------------------------------------------------------------- the notes


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.line)
def test_a_slip_of_the_notes_is_judged_as_the_errata_say(slip):
    verdict = check_derivation(slip.latex)
    assert not verdict.holds
    assert (verdict.slip, verdict.equals_sign, verdict.mend) == (slip.kind, slip.equals_sign, slip.mend)
    if slip.kind == "value":
        assert verdict.deviation > 1e-2
        assert verdict.indices or slip.line[:3] in ("S5", "S30")
    if slip.kind in ("scope", "range", "shape", "use"):
        assert "^" in verdict.message.splitlines()[-1]


def test_the_value_of_s2_is_right_by_accident():
    (s2,) = (slip.latex for slip in SLIPS if slip.line == "S2")
    words = "its value is right by accident: the letter inside the sum hides the one outside"
    assert words in check_equation(s2).message
    assert "accident" not in check_equation(s2.replace("=", "= 2")).message


@pytest.mark.parametrize(
    ("terms", "holds"),
    [
        (r"w_{i0} + w_{i1} y_1 + \dots + w_{iH} y_H", True),
        (r"w_{i0} + w_{i1} y_1 + w_{i2} y_2 + \dots + w_{iH} y_H", True),
        (r"w_{i1} y_1 + \dots + w_{iH} y_H", False),
        (r"w_{i0} + w_{i2} y_2 + \dots + w_{iH} y_H", False),
    ],
)
def test_a_sum_may_be_written_out_with_one_term_or_two_before_the_dots(terms, holds):
    assert check_equation(rf"\hat z_i = {terms}").holds is holds


def test_the_slip_of_s24_cannot_be_seen_with_relu():
    (s24,) = (slip.latex for slip in SLIPS if slip.line.startswith("S24,"))
    assert "(with ReLU alone it could not be seen)" in check_equation(s24).message
    assert check_equation(s24 + r" \quad \sigma = \operatorname{ReLU}").holds
    for sigma in (r"\tanh", r"\operatorname{sigmoid}"):
        assert check_equation(rf"{s24} \quad \sigma = {sigma}").slip == "value"


def test_s10_holds_where_its_condition_is_assumed():
    (s10,) = (slip.latex for slip in SLIPS if slip.line == "S10, its minus repaired")
    verdict = check_equation(s10, after=[SUM])
    assert (verdict.holds, verdict.needs) == (True, (SUM_WORDS,))


def test_the_energy_of_the_notes_would_make_s6_the_false_line():
    # errata.md, S5: under E = sum r log z the lines S7 to S10 are true.
    e = r"e := \sum_l r_l \log z_l"
    s7 = r"\frac{\partial e}{\partial \hat z_j} = \sum_l \frac{r_l}{z_l} (\delta_{lj} z_l - z_l z_j)"
    assert check_equation(s7, after=[e]).holds
    assert check_equation(r"\frac{\partial e}{\partial \hat z_j} = r_j - z_j", after=[e, SUM]).holds
    assert check_equation(r"-\frac{\partial e}{\partial z_i} = \frac{r_i}{z_i}", after=[e]).slip == "value"


@pytest.mark.parametrize(("latex", "column"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_equation_is_not_read(latex, column):
    with pytest.raises(EquationSyntaxError) as refusal:
        check_derivation(latex)
    assert refusal.value.column == column


@pytest.mark.parametrize(("latex", "needs"), CORRECTED.values(), ids=CORRECTED)
def test_a_corrected_line_holds_and_needs_what_the_errata_say(latex, needs):
    verdict = check_equation(latex)
    assert verdict.holds, verdict
    assert set(verdict.needs) == set(needs)


@pytest.mark.parametrize("latex", RIGHT.values(), ids=RIGHT)
def test_a_line_that_is_called_right_holds_as_it_stands(latex):
    assert check_equation(latex, after=[SUM]).holds


def test_every_line_of_the_notes_is_here():
    lines = {int(line[1:].partition(",")[0]) for line in CORRECTED}
    assert lines == set(range(1, 31)) - {15}  # which is struck out
    slips = {slip.line.partition(",")[0] for slip in SLIPS} - UNSAID - set(RIGHT)
    parts = (set(RIGHT), slips, UNSAID, STRUCK_OUT)
    assert [len(part) for part in parts] == [13, 13, 3, 1]
    assert set.union(*parts) == {f"S{number}" for number in range(1, 31)}


@pytest.mark.parametrize(
    ("page", "slip", "unsaid"), [("errata.md", "slip", "unsaid"), ("lines.md", "mended", "completed")]
)
def test_every_page_gives_a_line_the_same_verdict(page, slip, unsaid):
    text = (CHAPTERS / "notes" / page).read_text(encoding="utf-8")
    words = {**dict.fromkeys(RIGHT, "right"), **dict.fromkeys(UNSAID, unsaid), "S15": "struck out"}
    rows = re.findall(r"^\| S\d+ \|.*$", text, re.M)
    assert len(rows) == 30
    for row in rows:
        line, *cells = row.strip("| ").split(" | ")
        assert cells[1].startswith(words.get(line, slip)), line
    assert "13 lines are right, 13" in re.sub(r"\s+", " ", text)


# ---------------------------------------------------------------- what proved the checker wrong once


@pytest.mark.parametrize("latex", [r"z_i = 5 r_i \quad i \ne i", r"E = 5 \quad t > 0 \quad t \le 0"])
def test_where_nothing_is_compared_nothing_holds(latex):
    verdict = check_equation(latex)
    assert (verdict.holds, verdict.slip) == (False, "condition")
    assert "no index and no t meets the conditions" in verdict.message


def test_each_entry_has_a_slope_of_its_own():
    slope = r"\frac{\partial [\operatorname{softmax}(\hat{\mathbf z})]_i}{\partial \hat z_j} r_i"
    assert check_equation(slope + r" = z_i (\delta_{ij} - z_j) r_i").holds
    assert check_equation(slope + r" = z_1 (\delta_{1j} - z_j) r_i").slip == "value"


def test_each_case_is_read_and_one_of_them_holds():
    cases = r"\operatorname{ReLU}'(t) = \begin{cases} 1 & t > 0 \\ 0 & t \le 0 \\ 7 & t > 0 \end{cases}"
    verdict = check_equation(cases)
    assert (verdict.slip, "2 of the cases hold at once" in verdict.message) == ("condition", True)
    verdict = check_equation(r"\operatorname{ReLU}'(t) = \begin{cases} 1 & t > 0 \end{cases}")
    assert (verdict.slip, "none of the cases holds" in verdict.message) == ("condition", True)


def test_a_sum_that_is_written_out_may_stand_under_a_derivative():
    terms = r"(w_{i0} + w_{i1} y_1 + \dots + w_{iH} y_H)"
    line = rf"\frac{{\partial {terms}}}{{\partial y_j}} = w_{{ij}} \quad j \ge 1"
    assert check_equation(line).holds
    column = r"\mathbf 1^T \mathbf z"
    assert check_equation(rf"{column} z_1 + \dots + {column} z_K = 1").holds


def test_the_largest_of_what_is_no_number_is_no_number():
    for latex in (r"\max(0, \log(z_i - 2)) = 0", r"\max(\log(z_i - 2), 0) = 0"):
        assert check_equation(latex).slip == "value"


@pytest.mark.parametrize(
    ("own", "true", "false"),
    [
        (r"s := t^2", r"2 s - s = s", r"2 s = s"),
        (r"\mathbf P := \mathbf X", r"\mathbf P = \mathbf P + 0 \mathbf P", r"\mathbf P = 2 \mathbf P"),
        (r"\mathbf p := \mathbf y^{(k)}", r"2 \mathbf p - \mathbf p = \mathbf p", r"2 \mathbf p = \mathbf p"),
    ],
)
def test_what_a_new_letter_stands_for_says_on_what_the_line_is_tried(own, true, false):
    assert check_equation(true, after=[own]).holds
    assert check_equation(false, after=[own]).slip == "value"
    assert check_equation(rf"{false} + \mathbf x", after=[own]).slip in ("use", "shape")


@pytest.mark.parametrize("latex", [r"K := E", r"H := 3", r"\mathbf 1 := \mathbf z"])
def test_a_size_and_the_ones_are_not_defined_anew(latex):
    verdict = check_equation(latex)
    assert (verdict.holds, verdict.slip) == (False, "value")
    assert not check_equation(r"K = E", after=[r"K := E"]).holds


def test_the_indices_of_a_definition_are_different_letters():
    verdict = check_equation(r"p_{ii} := z_i")
    assert (verdict.slip, "have the same indices" in verdict.message) == ("use", True)


@pytest.mark.parametrize(
    "line", [r"\text{assume } i \ne j", r"\text{assume } K = 2", r"z_i = r_i", r"p := z_i", r"s := 2 s"]
)
def test_what_does_not_hold_itself_is_not_in_force(line):
    verdict = check_equation(r"-\frac{\partial E}{\partial \hat z_j} = r_j - z_j", after=[SUM, S, line])
    assert not verdict.holds
    assert verdict.message.startswith("what is to be in force does not hold: ")
    assert check_derivation("E = E", after=[SUM, S, line]) == verdict


def test_a_chapter_assumes_the_sum_of_the_targets_and_nothing_else():
    assert not in_force_after(parse(r"\text{assume } K = 2"), Context()).assumed
    assert in_force_after(parse(SUM), Context()).assumed
    once = in_force_after(parse(S), Context())
    assert (
        in_force_after(parse(S.replace("e^", "2 e^")), once) == once
    )  # the second is refused by its own check


@pytest.mark.parametrize(
    "latex",
    [
        r"\mathbf z = (1, 2) + \mathbf z",
        r"E = (1, 2)^T \mathbf z",
        r"\mathbf z = (z_1, z_2)",
        r"\mathbf y = (1, 2, 3)",
    ],
)
def test_a_tuple_of_another_length_does_not_fit(latex):
    verdict = check_equation(latex)
    assert verdict.slip == "shape"
    assert re.search(r"the column has \d numbers, and \d are wanted here", verdict.message)
    assert check_equation(r"\mathbf z = (z_1, z_2) \quad K = 2").holds


def test_a_column_may_be_made_longer_twice_and_ones_say_how_long_they_are():
    longer = r"\begin{pmatrix} 1 \\ \begin{pmatrix} 1 \\ \mathbf y \end{pmatrix} \end{pmatrix}"
    assert check_equation(rf"\mathbf 1^T {longer} = 1 + \sum_j y_j").holds
    for latex in (
        r"E = \mathbf W [1, \mathbf 1^T]^T",
        r"E = \mathbf W \begin{pmatrix} 1 \\ \mathbf 1 \end{pmatrix}",
    ):
        verdict = check_equation(latex)
        assert (verdict.slip, "nothing says how long this column is" in verdict.message) == ("shape", True)


@pytest.mark.parametrize("size", "BH")
def test_layers_have_no_batch_and_no_one_number_of_hidden_units(size):
    verdict = check_equation(rf"\mathbf y^{{(k)}} {size} = \mathbf y^{{(k)}}")
    assert (verdict.slip, f"{size} cannot stand in an equation of layers" in verdict.message) == ("use", True)


def test_two_numbers_that_differ_are_printed_so_that_it_is_seen():
    assert "1.60944 against 1.6095" in check_equation(r"-\log 0.2 \approx 1.6095").message


# ---------------------------------------------------------------- a reader's own lines

SPELLINGS = {
    r"\dfrac": (r"\dfrac{r_i}{z_i}", r"\frac{r_i}{z_i}"),
    r"\tfrac": (r"\tfrac{1}{B} E", r"\frac{1}{B} E"),
    r"\frac12": (r"\frac12 E", r"\frac{1}{2} E"),
    r"\frac 1 2": (r"\frac 1 2 E", r"\frac{1}{2} E"),
    r"\frac1{B}": (r"\frac1{B} E", r"\frac{1}{B} E"),
    r"\exp": (r"\exp(\hat z_i)", r"e^{\hat z_i}"),
    r"\exp, sized": (r"\exp\left(\hat z_i\right)", r"e^{\hat z_i}"),
    r"\top": (r"\mathbf u^\top \mathbf z", r"\mathbf u^T \mathbf z"),
    r"{\top}": (r"\mathbf u^{\top} \mathbf z", r"\mathbf u^T \mathbf z"),
    r"\mathrm": (r"\mathrm{softmax}(\hat{\mathbf z})", r"\operatorname{softmax}(\hat{\mathbf z})"),
    r"\cdot": (r"z_i \cdot r_i", r"z_i r_i"),
    r"\bigl": (r"\bigl(r_i - z_i\bigr) y_j", r"(r_i - z_i) y_j"),
    r"\Bigg": (r"\Bigg(r_i - z_i\Bigg) y_j", r"(r_i - z_i) y_j"),
    r"\left[": (r"\left[r_i - z_i\right] y_j", r"(r_i - z_i) y_j"),
    "commas": (r"w_{i,j} y_j \delta_{i,k}", r"w_{ij} y_j \delta_{ik}"),
    "braces": (r"\mathbf{W}\mathbf{1}", r"\mathbf W \mathbf 1"),
    "a hat in front": (r"\hat\mathbf{z}", r"\hat{\mathbf z}"),
    "a hat's braces": (r"\hat{z}_i", r"\hat z_i"),
    "spaces": (r"z_i\,\;\:\! r_i \  ~ y_j", r"z_i r_i y_j"),
    r"\geq": (r"E \geq 0", r"E \ge 0"),
    "a quotient": (r"r_i / z_i", r"\frac{r_i}{z_i}"),
}


@pytest.mark.parametrize(("spelled", "plain"), SPELLINGS.values(), ids=SPELLINGS)
def test_a_reader_s_spelling_is_read_as_the_dialect(spelled, plain):
    if not re.search(r"\\ge", plain):
        spelled, plain = spelled + " = E", plain + " = E"
    assert parse(spelled) == parse(plain)


@pytest.mark.parametrize(
    "latex",
    [
        r"\begin{aligned} z_i &= \frac{e^{\hat z_i}}{\sum_l e^{\hat z_l}} \\ &= z_i \sum_l z_l \end{aligned}",
        r"z_i = \frac{e^{\hat z_i}}{\sum_l e^{\hat z_l}} = z_i \sum_l z_l",
    ],
)
def test_a_chain_may_be_aligned(latex):
    assert parse(latex) == parse(r"z_i = \frac{e^{\hat z_i}}{\sum_l e^{\hat z_l}} = z_i \sum_l z_l")
    assert check_derivation(latex).holds


@pytest.mark.parametrize("letters", ["ab", "mn", "pq", "kl", "ji"])
def test_other_index_letters_are_as_good(letters):
    a, b = letters
    c = next(letter for letter in "cik" if letter not in letters)
    derivative = rf"-\dfrac{{\partial E}}{{\partial w_{{{a},{b}}}}}"
    latex = rf"{derivative} = \sum_{c} (r_{c} - z_{c}) \delta_{{{c} {a}}} y_{b}"
    assert check_equation(latex, after=[SUM]).holds
    assert check_equation(latex.replace("r_", "-r_"), after=[SUM]).slip == "value"


def test_the_first_false_sign_of_a_chain_is_named_with_its_mend():
    good = r"-\frac{\partial E}{\partial \hat z_j} = \sum_l r_l (\delta_{lj} - z_j) = r_j - z_j \sum_l r_l"
    assert str(check_derivation(good)) == "holds (proved for every size)"
    verdict = check_derivation(good.replace("= r_j - z_j", "= r_j + z_j"))
    assert (verdict.equals_sign, verdict.indices) == (2, {"j": 1})
    assert verdict.message.startswith("value: equals sign 2 of 2 is false at j = 1: ")
    assert verdict.mend.startswith("true with a minus in place of the plus before z_j")
    assert verdict.mend.endswith(", in side 3 of 3")
    assert verdict.left_over == r"-2 \sum_l r_l\, z_j"
    assert str(verdict) == f"{verdict.message}\nleft over: {verdict.left_over}\n{verdict.mend}"
    verdict = check_derivation(good.replace(r"\sum_l r_l (", r"\sum_l z_l ("))
    assert (verdict.equals_sign, verdict.mend) == (1, "true with r_l in place of z_l, in side 2 of 3")


def test_what_a_reader_is_told_is_where_it_fails_first():
    # True for i = j alone: the first false pair of indices is named.
    verdict = check_equation(r"\frac{\partial \hat z_i}{\partial \hat z_j} = 1")
    assert verdict.indices == {"i": 1, "j": 2}
    assert verdict.deviation == pytest.approx(1)


@pytest.mark.parametrize("latex", [None, 3, b"E = E", ["E = E"]])
def test_what_is_no_text_is_refused(latex):
    with pytest.raises(ValueError, match=r"latex: got \w+; expected a string"):
        check_equation(latex)


def test_an_entry_may_be_named_by_a_number_under_a_derivative():
    line = r"\frac{\partial [\operatorname{softmax}(\hat{\mathbf z})]_1}{\partial \hat z_j}"
    assert check_equation(line + r" = z_1 (\delta_{1j} - z_j)").holds
    assert check_equation(line + r" = z_1 (\delta_{1j} + z_j)").slip == "value"


@pytest.mark.parametrize("own", [r"\mathbf p := \mathbf 1", r"\mathbf p := (1, 2)"])
def test_a_column_that_nothing_measures_is_not_defined(own):
    verdict = check_equation(own)
    assert (verdict.slip, "nothing says how long this column" in verdict.message) == ("shape", True)


@pytest.mark.parametrize("check", [check_equation, check_derivation])
def test_one_text_in_place_of_a_list_is_not_read_letter_by_letter(check):
    with pytest.raises(ValueError, match=r"^after: got the text 's := 1'; expected a list of texts$"):
        check("s = 1", after="s := 1")
