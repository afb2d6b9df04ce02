"""Ten thousand spoiled lines of readers, in several notations, end in a verdict or a refusal, soon."""

import random
import re
import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from test_equation_safety import LONGEST as ONE_SECOND
from test_equation_safety import edited, tokens

from mlp_core.equations import EquationSyntaxError, check_derivation, check_equation
from mlp_core.equations.proving.judging import DISAGREES
from mlp_core.equations.spelling.forms import FORMS
from mlp_core.equations.spelling.notations import NOTATIONS

pytestmark = pytest.mark.slow

TEXTS = 10_000
SOON = 2 * ONE_SECOND  # seconds of this process
OTHERS = tomllib.loads((Path(__file__).parent / "lines_of_other_books.toml").read_text(encoding="utf-8"))
LINES = {None: [form.example for form in FORMS]}
LINES |= {name: [line["true"] for line in lines] for name, lines in OTHERS.items()}
OWN = {"p": "z", "o": r"\hat z", "L": "E"}  # a table of the reader's own, beside those that have a name
LINES["own"] = [
    r"\frac{\partial p_i}{\partial o_k} = p_i (\delta_{ik} - p_k)",
    r"L = -\sum_l r_l \log p_l",
    r"\nabla_{\mathbf o} L = \mathbf p - \mathbf r \quad \sum_l r_l = 1",
    r"p_i = \frac{e^{o_i}}{\sum_l e^{o_l}}",
]
WORDS = {name: sorted({token for line in lines for token in tokens(line)}) for name, lines in LINES.items()}
SUM = r"\text{assume } \sum_l r_l = 1"


def spoiled(rng, name):
    """Return a line with one or two slips, some of its tokens, or sides of two lines."""
    how = rng.random()
    if how < 0.6:
        text = edited(rng, WORDS[name] + WORDS[None], rng.choice(LINES[name]))
        return edited(rng, WORDS[name], text) if how < 0.2 else text
    if how < 0.8:
        return " ".join(rng.choices(WORDS[name], k=rng.randrange(1, 25)))
    return "=".join(rng.choice(re.split("=", rng.choice(LINES[name]))) for _ in range(2))


@pytest.fixture(scope="module")
def judged():
    """Return (text, notation, outcome, seconds) of every spoiled line; any other exception fails here."""
    rng, found = random.Random(20261130), []
    for _ in range(TEXTS):
        name = rng.choice([None, None, None, *NOTATIONS, "own"])
        text = spoiled(rng, name)
        check = rng.choice([check_equation, check_derivation])
        started = time.process_time()
        try:
            letters = OWN if name == "own" else name
            verdict = check(text, after=[SUM] if name is None else [], notation=letters)
            assert verdict.unproved != DISAGREES, (text, name)
            outcome = "holds" if verdict.holds else verdict.slip
        except EquationSyntaxError as refusal:
            outcome = "told" if re.search(r": |write|\?", str(refusal).split(", line ")[0]) else "refused"
        found.append((text, name, outcome, time.process_time() - started))
    return found


def test_each_spoiled_line_ends_in_a_verdict_or_a_refusal_within_two_seconds(judged, print_table):
    assert len(judged) == TEXTS
    assert [(text, name, seconds) for text, name, _, seconds in judged if seconds > SOON] == []
    counts = Counter(outcome for _, _, outcome, _ in judged)
    slowest = max(seconds for *_, seconds in judged)
    lines = [f"{n} {outcome}" for outcome, n in counts.most_common()] + [f"the slowest took {slowest:.2f} s"]
    print_table("spoiled lines of readers", lines)
    assert counts["told"] > counts["refused"]
    assert {"holds", "value", "shape", "range", "scope", "use", "told"} <= set(counts)
