"""A sum that stands at deltas alone runs as far as it says: of spoiled ones none is proved that is false."""

import random
import re
from collections import Counter

from mlp_core.equations.checking import check
from mlp_core.equations.context import Context
from mlp_core.equations.language.errors import EquationSyntaxError
from mlp_core.equations.language.parser import parse
from mlp_core.equations.proving.proof import prove

LINES = [
    r"\sum_{n=1}^{H} \delta_{nj} y_j \sigma'(\hat y_j) = y_j \sigma'(\hat y_j)",
    r"\sum_{l=1}^{K} \delta_{li} z_i = z_i",
    r"\sum_{n=0}^{H} \delta_{nj} y_n = y_j",
    r"\sum_{n=0}^{H} \delta_{nj} w_{ij} = w_{ij}",
    r"\sum_{m=1}^{D} \delta_{mn} v_{jn} = v_{jn} \quad n \ge 1",
    r"\sum_{l=1}^{K} \sum_{n=1}^{H} \delta_{li} \delta_{nj} w_{ij} = w_{ij} \quad j \ge 1",
    r"\sum_{l=1}^{K} \delta_{l1} = 1",
    r"\sum_{n=0}^{H} \delta_{n0} = 1",
    r"\sum_{l=1}^{K} \delta_{l1} z_l = z_1",
    r"y_j \sum_{n=1}^{H} \delta_{nj} = y_j \quad j \ge 1",
    r"\sum_{l=1}^{K} \delta_{li} \delta_{lk} z_i = \delta_{ik} z_k",
    r"\sum_{i=1}^{K} \sum_{k=1}^{K} \delta_{ik} = K",
    r"\sum_{i=1}^{K} \sum_{k=1}^{K} \delta_{ik} \delta_{i2} = 1",
    r"\sum_{j=0}^{H} \sum_{n=0}^{H} \delta_{jn} = H + 1",
    r"z_i \sum_{l=1}^{K} (1 - \delta_{li}) = (K - 1) z_i",
    r"\sum_{l=1}^{K} \delta_{li} u_l - \sum_{l=1}^{K} \delta_{li} u_i = 0",
    r"\sum_{m=0}^{D} \delta_{m0} x_m = 1",
    r"\sum_{l=1}^{K} \delta_{li} \frac{\partial E}{\partial z_i} = \frac{\partial E}{\partial z_i}",
    r"\sum_{l=1}^{K} e^{\delta_{li} \hat z_i} = e^{\hat z_i} + K - 1",
]
ALIKE = ("012", "KHD", "iklnjm")  # a number, a size, a letter: what takes the place of another
PLACE = re.compile(r"(?<![\\A-Za-z])[012KHDiklnjm](?![A-Za-z])|(?<=_\{)\w|(?<=_)\w|(?<=_\{\w)\w")
SPOILED = 1_000
IDLE = "holds without it", "nothing is said"


def spoiled(rng):
    """Return a line in which one to three indices, limits or sizes are others."""
    text = rng.choice(LINES)
    for _ in range(rng.randint(1, 3)):
        at = rng.choice([found.start() for found in PLACE.finditer(text)])
        kind = next(kind for kind in ALIKE if text[at] in kind)
        if kind != "KHD" and rng.random() < 0.3:  # a number for a letter, or a letter for a number
            kind = ALIKE[2] if kind == ALIKE[0] else ALIKE[0]
        text = text[:at] + rng.choice(kind) + text[at + 1 :]
    return text


def said_of(tree):
    verdict = check(tree, Context())
    is_true = verdict.holds or any(words in verdict.message for words in IDLE)
    return "true" if is_true else verdict.slip


def test_each_line_is_proved():
    for latex in LINES[:-1]:
        assert prove(parse(latex), Context()).status == "proved", latex
    assert said_of(parse(LINES[-1])) == "true"  # which no rule covers


def test_no_spoiled_sum_is_proved_that_the_numbers_refuse(print_table):
    rng, counts, wrong = random.Random(2026), Counter(), []
    for _ in range(SPOILED):
        text = spoiled(rng)
        try:
            tree = parse(text)
        except EquationSyntaxError:
            counts["not read"] += 1
            continue
        said, status = said_of(tree), prove(tree, Context()).status
        counts[f"{said}, {status}"] += 1
        if status == "proved" and said != "true":
            wrong.append((text, said))
    assert wrong == []
    assert counts["true, proved"] > 50
    assert counts["value, left over"] > 50
    assert sum(n for what, n in counts.items() if what.startswith(("range", "scope"))) > 200
    print_table("spoiled sums over deltas", [f"{n:>5} {what}" for what, n in counts.most_common()])
