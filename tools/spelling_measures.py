r"""Measure how files of strangers' equations are judged, and print the table.

    python -m tools.spelling_measures                       the files that are kept with the tests
    python -m tools.spelling_measures lines.json            another file
    python -m tools.spelling_measures lines.json --refused  also each refused true line, and its answer

Such a file is a list of {"id", "latex", "true", "needs", "notation"}. What an author says in words, `needs`,
is handed over as the language can say it: as a condition behind the line, or as what is in force before it. A
line is accepted if it holds with all of that, or with a part, for a condition that a line does not need, or
that it prints itself, is no fault of the line. That is so of true and of false ones.
"""

import argparse
import itertools
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlp_core.equations import EquationSyntaxError, check_derivation

KEPT = Path(__file__).resolve().parent.parent / "tests" / "equations"
ASSUME = r"\text{{assume }} {}"
TARGETS = ASSUME.format(r"\sum_l r_l = 1")
TELLS = re.compile(r"\b(write|leave|define|begin|say|pass|transpose)\b")
NOT_IN_FORCE = "what is to be in force"
MOST_PARTS = 6  # conditions of which every part is tried
Rule = tuple[str, Callable[[re.Match], str]]


def _activation(found: re.Match) -> str:
    names = {"t": r"\tanh", "r": r"\operatorname{ReLU}"}
    return r"\sigma = " + names.get(found[1][0].lower(), r"\operatorname{sigmoid}")


def _one_hot(found: re.Match) -> str:
    letter = "y" if found[1] == "y" else "r"
    return f"{letter}_{{{found[2].strip('{}')}}} = 1"


def _in_words(words: str) -> Callable[[re.Match], str]:
    return lambda found: ASSUME.format(words)


# What an author says -> the condition behind the line that says it.
BEHIND: tuple[Rule, ...] = (
    (r"(\w) ?(?:!=|≠|\\ne) ?(\w)\b", lambda found: rf"{found[1]} \ne {found[2]}"),
    (r"([a-z]) = ([a-z])(?: \(.*)?$", lambda found: rf"{found[1]} = {found[2]}"),
    (r"K = 2\b", lambda found: "K = 2"),
    (r"(?:the )?(?:\\?sigma|activation) is (?:the )?(tanh|sigmoid|logistic|ReLU)", _activation),
    (r"(ReLU) hidden", _activation),
    (r".*one-hot.*\b([ry])_(\{?\w+\}?) = 1", _one_hot),
    (r"(r) is one-hot with its 1 at \\?(\w+)", _one_hot),
    (r"(\\tilde\{\w\}) is the class with", lambda found: f"y_{{{found[1]}}} = 1"),
    (r"(\w) is the number of the right class", lambda found: f"y_{found[1]} = 1"),
    (r"one-hot target$", lambda found: "r_k = 1"),
    (r"(\w) is not the target class", lambda found: rf"{found[1]} \ne k"),
)
# What an author says -> what is assumed, or defined, before the line.
BEFORE: tuple[Rule, ...] = (
    (r"numerator layout|gradients of E are row", _in_words(r"\text{gradients are rows}")),
    (r"row vectors", _in_words(r"\text{vectors are rows}")),
    (r"Einstein", _in_words(r"\text{repeated indices are summed}")),
    (r"E (?:is )?summed over", _in_words(r"E \text{ is summed over the batch}")),
    (r".*(?:without its bias|of W left out|column 0 left out)", _in_words(r"\text{biases are apart}")),
    (
        r".*last layer is elementwise|sigmoid \(elementwise\)",
        _in_words(r"\text{the last layer is elementwise}"),
    ),
    (r"\\delta_(\w) is (.+)", lambda found: rf"\delta_{found[1]} := {found[2]}"),
    (
        r"(\\(?:bar|tilde) ?\{?\w\}?|\\Sigma|[MS]|(?-i:m)) (?:=|abbreviates) ([^()]+?)(?: \(.*)?$",
        lambda found: f"{found[1]} := {found[2]}",
    ),
)


@dataclass(frozen=True)
class Answer:
    """What is said of one line.

    Parameters
    ----------
    line : dict
        As it stands in the file.
    accepted : bool
    kind : str
        "accepted", "not read", or the kind of the slip that the verdict names.
    said : str
    seconds : float
        Of this process, for all that was tried.
    """

    line: dict[str, Any]
    accepted: bool
    kind: str
    said: str
    seconds: float

    @property
    def tells(self) -> bool:
        """Return whether the answer says what to write."""
        return bool(TELLS.search(self.said))


def said_in(needs: Iterable[str], rules: Sequence[Rule]) -> list[str]:
    """Return what rules make of what an author says in words; of each sentence the first that fits."""
    found = []
    for need in needs:
        for pattern, made in rules:
            if match := re.match(pattern, need, re.IGNORECASE):
                found.append(made(match))
                break
    return list(dict.fromkeys(found))


def ways_to_say(line: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Yield (the line with conditions, what stands before it): all that is said first, then parts."""
    of_the_book = line["notation"] == "book"
    behind = said_in(line["needs"], BEHIND)[:MOST_PARTS]
    before = said_in(line["needs"], BEFORE)
    if not of_the_book:
        behind = [re.sub(r"^r_", "y_", condition) for condition in behind]
    always = [TARGETS] if of_the_book else []
    for count in range(len(behind), -1, -1):
        for some in itertools.combinations(behind, count):
            latex = line["latex"] + "".join(rf" \quad {condition}" for condition in some)
            for number in range(len(before), -1, -1):
                for ahead in itertools.combinations(before, number):
                    yield latex, [*always, *ahead]


def answer_on(line: dict[str, Any]) -> Answer:
    """Return what is said of a line: that it holds, in whichever way, or the answer to the first way."""
    begun, notation = time.process_time(), None if line["notation"] == "book" else line["notation"]
    first = None
    for latex, after in ways_to_say(line):
        try:
            verdict = check_derivation(latex, after=after, notation=notation)
            kind, said = "accepted" if verdict.holds else str(verdict.slip), str(verdict)
        except EquationSyntaxError as refusal:
            kind, said = "not read", str(refusal)
        is_on_the_line = not said.startswith(NOT_IN_FORCE) and (kind != "not read" or _shows(said, latex))
        if not first and is_on_the_line:
            first = kind, said
        if kind == "accepted":
            first = kind, said
            break
    kind, said = first or ("not read", "")
    return Answer(line, kind == "accepted", kind, said, time.process_time() - begun)


def _shows(said, latex):
    """Return whether a refusal is of a line, and not of what was to be in force before it."""
    return any(part.strip() in said for part in latex.splitlines() if part.strip())


def answers_on(path: Path) -> list[Answer]:
    """Return what is said of each line of a file."""
    return [answer_on(line) for line in json.loads(path.read_text(encoding="utf-8"))]


def kept() -> list[Path]:
    """Return the files of strangers that are kept with the tests."""
    return sorted(KEPT.glob("strangers_equations*.json"))


def as_table(answers: Sequence[Answer]) -> str:
    """Return how many are accepted, in the book's letters and in others, and what is said of the rest."""
    rows = ["| lines | accepted | refused | refusals that say what to write |", "| --- | --- | --- | --- |"]
    for letters in ("book", "other"):
        for true in (True, False):
            some = [
                one
                for one in answers
                if (one.line["notation"] == "book") == (letters == "book") and one.line["true"] == true
            ]
            whose = "the book’s" if letters == "book" else "other"
            name = f"{'true' if true else 'false'}, in {whose} letters"
            rows.append(_row(name, some))
    rows.append(_row("true, all", [one for one in answers if one.line["true"]]))
    rows.append(_row("false, all", [one for one in answers if not one.line["true"]]))
    return "\n".join(rows)


def _row(name, answers):
    refused = [one for one in answers if not one.accepted]
    tell = sum(one.tells for one in refused)
    return f"| {name} | {len(answers) - len(refused)} of {len(answers)} | {len(refused)} | {tell} |"


def report(path: Path, with_refused: bool = False) -> str:
    """Return the table of a file, what is wrongly accepted, and, if asked for, each refused true line."""
    answers = answers_on(path)
    parts = [f"{path.name}: {len(answers)} lines", as_table(answers)]
    for one in answers:
        if one.accepted and not one.line["true"]:
            parts.append(f"false, and accepted: {one.line['id']}: {one.line['latex']}\n{one.said}")
        if with_refused and one.line["true"] and not one.accepted:
            needs = "; ".join(one.line["needs"])
            parts.append(f"{one.line['id']} ({one.kind}): {one.line['latex']}\n  needs: {needs}\n{one.said}")
    kinds = Counter(one.kind for one in answers if one.line["true"] and not one.accepted)
    parts.append("true lines are refused as: " + ", ".join(f"{n} {kind}" for kind, n in kinds.most_common()))
    parts.append(f"the slowest took {max(one.seconds for one in answers):.2f} s of the processor")
    return "\n\n".join(parts)


def main(arguments: Sequence[str]) -> None:
    """Print the table of each file that is named, or of those that are kept."""
    parser = argparse.ArgumentParser(prog="python -m tools.spelling_measures")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--refused", action="store_true", help="print each refused true line and its answer")
    asked = parser.parse_args(arguments)
    for path in asked.files or kept():
        print(report(path, asked.refused))


if __name__ == "__main__":
    main(sys.argv[1:])
