"""Holds, or slips?: lines judged in two steps, with a score that follows from the answers alone."""

import html
import re
from dataclasses import dataclass
from datetime import date

import ipywidgets
import mistune
import pytest
from explorer_moves import everything_in, interactive_in
from refusals import assert_refused

from mlp_core.explorers import holds_or_slips
from mlp_core.explorers.ground import rerun
from mlp_core.explorers.slip_game.text import plain

TEXTS = (ipywidgets.HTML, ipywidgets.HTMLMath)
LATEX = r"-\frac{\partial E}{\partial \hat z_i} = r_i - z_i"


@dataclass(frozen=True)
class Line:
    """What a deck deals."""

    slips: bool
    latex: str = LATEX
    book: str = LATEX
    tag: str = "2.7"
    given: str = "The targets add up to 1."
    sides: int = 2
    side: int = 0
    planted: str = ""
    said: str = "holds"


class Deck:
    """Every other line slips, in its right side; the third game has chains of four sides."""

    def deal(self, seed, number):
        slips = number % 2 == 0
        sides = 4 if seed == 3 else 2
        if not slips:
            return Line(False, sides=sides)
        said = "value: the equals sign is false: 1 against <2>"
        slip = LATEX.replace("r_i -", "r_i +")
        return Line(True, slip, sides=sides, side=2, planted="with a plus", said=said)

    def mends(self, seed, number, side):
        return side == 2 or seed == 1


@pytest.fixture
def game():
    made = holds_or_slips(Deck())
    yield made
    made.close()


def seen(game):
    """Return what can be read and clicked."""
    hidden = set()
    for widget in everything_in(game.box):
        if id(widget) in hidden or (widget.layout and widget.layout.display == "none"):
            hidden |= {id(part) for part in everything_in(widget)}
    shown = [widget for widget in everything_in(game.box) if id(widget) not in hidden]
    texts = [re.sub(r"<[^>]+>", "", w.value) for w in shown if isinstance(w, TEXTS)]
    return "\n".join([*texts, *(w.description for w in shown if isinstance(w, ipywidgets.Button))])


def score(game):
    return tuple(game.values()[name] for name in ("rights", "answered", "sides", "streak", "longest"))


def test_at_first_it_shows_a_line_and_nothing_of_the_answer(game):
    shown = seen(game)
    assert html.escape(game.values()["line"].latex) in game.line.value
    assert "The targets add up to 1." in shown
    assert "It holds\nIt slips" in shown
    for later in ("Right", "Wrong", "machine", "Next line", "left", "I cannot say"):
        assert later not in shown, later


def test_a_right_verdict_on_a_slip_asks_for_the_side_before_anything_is_told(game):
    game.controls["slips"].click()
    shown = seen(game)
    assert "Right: it slips. On which side would you mend it?" in shown
    assert re.search(r"left\nright\nI cannot say", shown)
    assert "machine" not in shown
    assert "Next line" not in shown
    game.controls["side 2"].click()
    assert "a stroke of the pen on that side (right) mends it" in seen(game)
    assert "value: the equals sign is false: 1 against &lt;2&gt;" in game.said.value
    assert "with a plus" in game.said.value
    assert game.values()["asked"] == ""
    assert score(game) == (1, 1, 1, 1, 1)


def test_a_wrong_side_counts_as_a_right_verdict_alone(game):
    game.say("slips")
    game.point(1)
    assert "no single stroke on that side (left) mends it" in seen(game)
    assert score(game) == (1, 1, 0, 1, 1)


def test_any_side_on_which_one_stroke_mends_the_line_is_right(game):
    game.begin(1)
    game.say("slips")
    game.point(1)
    assert score(game) == (1, 1, 1, 1, 1)


def test_who_cannot_say_where_reads_the_answer(game):
    game.say("slips")
    game.controls["cannot say"].click()
    assert "machine" in seen(game)
    assert score(game) == (1, 1, 0, 1, 1)


def test_a_wrong_verdict_is_told_at_once_and_ends_the_streak(game):
    game.say("slips")
    game.point(2)
    game.go_on()
    game.say("slips")
    assert "Not so. It holds." in seen(game)
    assert "It is (2.7)." in seen(game)
    assert score(game) == (1, 2, 1, 0, 1)
    game.go_on()
    game.say("holds")
    assert "Not so. It slips." in seen(game)
    game.go_on()
    game.controls["holds"].click()
    assert "Right: it holds." in seen(game)
    assert score(game) == (2, 4, 1, 1, 1)


def test_the_longest_streak_stays(game):
    for said in ("slips", "holds", "slips", "slips", "slips"):
        game.say(said)
        game.go_on()
        game.point(0)
        game.go_on()
    assert score(game) == (4, 5, 0, 1, 3)


def test_a_second_word_on_the_same_line_changes_nothing(game):
    for act in (lambda: game.point(1), game.go_on, lambda: game.say("holds"), lambda: game.say("slips")):
        act()
    assert game.state.answers == (("holds", -1),)
    game.point(2)
    assert game.state.answers == (("holds", -1),)
    assert game.state.number == 0
    assert game.refusal == ""


def test_as_many_sides_are_offered_as_the_line_has(game):
    game.begin(3)
    game.say("slips")
    assert "side 1\nside 2\nside 3\nside 4\nI cannot say" in seen(game)
    game.point(5)
    assert game.values()["asked"] == "side"
    game.begin(0)
    game.say("slips")
    assert "side 3" not in seen(game)


def test_a_number_begins_another_game_and_reset_the_first_one(game):
    game.say("slips")
    game.controls["game"].value = "17"
    assert (game.state.seed, game.state.answers, game.state.number) == (17, (), 0)
    game.say("slips")
    game.controls["reset"].click()
    assert game.state == game.start
    assert game.controls["game"].value == "0"


def test_todays_game_has_todays_number_and_is_not_where_it_begins(game):
    before = int(f"{date.today():%Y%m%d}")
    game.controls["today"].click()
    assert before <= game.state.seed <= int(f"{date.today():%Y%m%d}")
    assert holds_or_slips(Deck()).state.seed == 0


@pytest.mark.parametrize("typed", ["-1", "1.5", "x", "", "100000000", "²"])
def test_what_is_no_game_is_refused_and_the_game_goes_on(game, typed):
    game.say("slips")
    game.controls["game"].value = typed
    assert re.fullmatch(r"game: got .*; expected a whole number from 0 to 99999999", game.refusal)
    assert game.state.answers == (("slips", -1),)
    assert game.controls["game"].value == "0"
    game.point(2)
    assert game.refusal == ""


def test_a_game_that_there_is_not_is_refused():
    assert_refused(lambda: holds_or_slips(Deck(), -1), "game", "-1", "a whole number")


@pytest.mark.parametrize("answers", [None, "x", (("holds",),), (("no", 0),), (("slips", "1"),), [1]])
def test_answers_that_nobody_gave_are_refused(game, answers):
    before = game.state
    game.set(answers=answers)
    assert "expected pairs of holds or slips and a side" in game.refusal
    assert game.state is before


def test_every_control_has_a_label_and_a_tooltip(game):
    found = interactive_in(game.box)
    assert len(found) == len(game.controls)
    for control, label in found:
        assert label.strip()
        assert control.tooltip
        assert control.tooltip != control.description


def test_without_a_kernel_the_line_is_plain_and_its_answer_folded(game):
    record = game._repr_mimebundle_()["text/markdown"]
    before, folded = record.split("<details>")
    assert "> `−∂E/∂ẑ_i = r_i + z_i`" in before
    assert "*The targets add up to 1.*" in before
    assert "with a plus" in folded
    assert "with a plus" not in before
    assert "<summary>" in mistune.html(record)
    assert repr(game) == game._repr_mimebundle_()["text/plain"]
    assert repr(game) == "Holds, or slips? −∂E/∂ẑ_i = r_i + z_i. Game 0, line 1."


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"z_i = \frac{e^{\hat z_i}}{\sum_l e^{\hat z_l}}", "z_i = e^ẑ_i/(Σ_l e^ẑ_l)"),
        (r"-\nabla_{\mathbf y} E = \mathbf W_{:,1:}^T\, \left(\mathbf r\right)", "−∇_y E = W_(:,1:)^T (r)"),
        (r"\frac{\partial \left(z_i - r_i\right)}{\partial \hat z_k}", "∂(z_i − r_i)/∂ẑ_k"),
        (r"\hat{\mathbf x} = \sum_{j=0}^{H} w_{ij} \quad j \ge 1", "x̂ = Σ_(j=0)^H w_ij, j ≥ 1"),
        (r"\begin{pmatrix}1 \\ \mathbf y\end{pmatrix}", "[1; y]"),
        (r"\begin{cases} 1 & t > 0 \\ 0 & t \le 0 \end{cases}", "[ 1 for t > 0; 0 for t ≤ 0 ]"),
        (r"\operatorname{ReLU}'\left(t\right) \odot \frac12", "ReLU'(t) ⊙ 1/2"),
        (r"\mathbf q^{(k-1)}", "q^(k−1)"),
    ],
)
def test_a_line_in_plain_characters(latex, text):
    assert plain(latex) == text


def test_closing_closes_every_widget_and_a_cell_that_runs_again_does_so(monkeypatch):
    monkeypatch.setattr(rerun, "CELLS", type(rerun.CELLS)())
    before = set(ipywidgets.widgets.widget._instances)
    counts = []
    for run in ("1", "2", "3"):
        monkeypatch.setattr(rerun, "_running", lambda run=run: ("a cell", run))
        game = holds_or_slips(Deck())
        counts.append(len(set(ipywidgets.widgets.widget._instances) - before))
    assert counts[0] > 10
    assert counts == counts[:1] * 3
    game.close()
    assert set(ipywidgets.widgets.widget._instances) - before == set()
