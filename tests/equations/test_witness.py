"""A witness from outside: lines of the book in Coq, a proof assistant, as printed from their displays.

That a statement says what its display says is tested without Coq; that it is proved, where Coq is installed.
"""

import os
import shutil
import subprocess
from dataclasses import replace

import pytest
from book_equations import equation
from coq_statements import (
    DEFINED_BY,
    LINES,
    REFUSED,
    SLIPS,
    WITNESS,
    book_file,
    claim,
    definition_from,
    named,
    statement,
    with_slip,
)

from mlp_core.equations.slips.edits import edits

SECONDS = 10.0  # of the processor, for one file; 1.7 for the longest when it was written
INSTALL = "Coq is not installed (on Debian: apt-get install --no-install-recommends coq)"
# What each theorem must be, with the names that it may not choose itself: of the line, and of its proof.
SEALS = [(named(tag, "seal"), f"book.{named(tag)}", f"proofs.{named(tag, 'proof')}") for tag in LINES]
SEALS += [
    (named(tag, "false"), f"~ book.{named(tag, 'slip')}", f"proofs.{named(tag, 'refuted')}") for tag in SLIPS
]
SEAL = "\n".join(
    [
        "Require book proofs.",
        "Require Import Reals.",
        *(f"Definition {name} : {claim} := {proof}." for name, claim, proof in SEALS),
        f"Definition all := ({', '.join(name for name, _, _ in SEALS)}).",
        "Print Assumptions derivable_pt_lim_ln.",  # what Coq's own slope of the logarithm rests on
        "Print Assumptions all.",
    ]
)
PROOFS = (WITNESS / "proofs.v").read_text(encoding="utf-8")


# ---------------------------------------------------------------- what is said, without Coq


def test_what_coq_is_asked_is_printed_from_the_displays():
    assert (WITNESS / "book.v").read_text(encoding="utf-8") == book_file(), (
        "a display has changed: run tests/helpers/coq_statements.py, and mend proofs.v where Coq says so"
    )


def with_slips(found, printed):
    """Yield (words, line, what it says in Coq) for each single slip that can be read."""
    for edit in edits(found.tree):
        other = replace(found, tree=edit.equation)
        try:
            yield edit.words, other, printed(other)
        except (ValueError, NotImplementedError):  # it has no one meaning, or no rule of the printer
            continue


@pytest.mark.parametrize("tag", [*DEFINED_BY.values(), *LINES])
def test_a_display_with_a_slip_says_something_else(tag):
    name = {number: letter for letter, number in DEFINED_BY.items()}.get(tag)

    def printed(found):
        return definition_from(found, name).text if name else statement(found)

    said = printed(equation(tag))
    others = [other for _, _, other in with_slips(equation(tag), printed)]
    assert said not in others
    assert len(others) >= 2


@pytest.mark.parametrize("tag", SLIPS)
def test_the_lines_that_coq_refutes_are_false_by_the_numbers_too(tag):
    assert with_slip(tag).check().slip == "value"


# ---------------------------------------------------------------- what is proved, by Coq


@pytest.fixture(scope="module")
def coq(tmp_path_factory):
    """Return a folder with what all of them rest on, compiled."""
    if not shutil.which("coqc"):
        pytest.skip(INSTALL)
    folder = tmp_path_factory.mktemp("coq")
    shutil.copy(WITNESS / "ground.v", folder)
    for name, text in (("ground", None), ("book", book_file())):
        said, _, _ = compiled(folder, name, text)
        assert said == ""
    return folder


def compiled(folder, name, text=None):
    """Compile one file; return what was wrong, what was printed, and the seconds of the processor."""
    if text is not None:
        (folder / f"{name}.v").write_text(text, encoding="utf-8")
    command = ["coqc", "-q", "-Q", ".", "", f"{name}.v"]
    before = os.times().children_user
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600, check=False)
    seconds = os.times().children_user - before
    return done.stderr.strip() if done.returncode else "", done.stdout, seconds


def fault(folder, proofs):
    """Return what is wrong with the proofs: what Coq refuses, or an axiom that the reals do not need."""
    seconds = {}
    for name, text in (("proofs", proofs), ("seal", SEAL)):
        said, printed, seconds[name] = compiled(folder, name, text)
        if said:
            return said, seconds
    of_the_reals, of_the_lines = map(axioms, printed.split("Axioms:")[1:])
    return ", ".join(sorted(of_the_lines - of_the_reals)), seconds


def axioms(printed):
    """Return the names that begin a line of what `Print Assumptions` printed."""
    return {line.split()[0] for line in printed.splitlines() if line and not line[0].isspace()}


@pytest.mark.slow
def test_the_lines_are_proved_with_the_axioms_of_the_reals_alone(coq, print_table):
    said, seconds = fault(coq, PROOFS)
    assert said == ""
    rows = [f"{name}.v   {taken:.1f} s of the processor" for name, taken in seconds.items()]
    print_table(f"{len(LINES)} lines proved by Coq, {len(SLIPS)} with a slip refuted", rows)
    assert max(seconds.values()) < SECONDS


@pytest.mark.slow
def test_what_is_proved_is_no_line_with_a_slip(coq, print_table):
    if not (coq / "proofs.vo").is_file():
        assert fault(coq, PROOFS)[0] == ""
    parts, count = ["Require Import Reals ground book.", "Require proofs.", "Open Scope R_scope."], 0
    for tag in LINES:
        for _, other, _ in with_slips(equation(tag), statement):
            if other.check().slip != "value":
                continue
            count += 1
            parts.append(claim(f"other_{count}", other))
            parts.append(f"Fail Definition seal_{count} : other_{count} := proofs.{named(tag, 'proof')}.")
    said, _, seconds = compiled(coq, "others", "\n".join(parts))
    assert said == ""
    print_table("lines with a slip that no proof fits", [f"{count}, in {seconds:.1f} s of the processor"])
    assert count == REFUSED


# Cheats: what stands in the place of a theorem and its proof, and what is told.


def proof_of(tag):
    """Return the text of a theorem and of its proof."""
    start = PROOFS.index(f"Theorem {named(tag, 'proof')} :")
    return PROOFS[start : PROOFS.index("Qed.", start) + len("Qed.")]


def with_others(others):
    """Return the proofs with some of them, by their tags, replaced."""
    text = PROOFS
    for tag, other in others.items():
        assert other != proof_of(tag)
        text = text.replace(proof_of(tag), other)
    return text


ADMITTED = "Theorem proof_2_7 : line_2_7.\nProof. Admitted."
BY_WISH = "Axiom wish : line_1_12.\nTheorem proof_1_12 : line_1_12.\nProof. exact wish. Qed."
OF_ITS_NAME = "Definition line_1_18 := True.\nTheorem proof_1_18 : line_1_18.\nProof. exact I. Qed."
CHEATS = {
    "admitted, and by an axiom": ({"2.7": ADMITTED, "1.12": BY_WISH}, "proofs.proof_2_7, proofs.wish"),
    "another claim of the same name": ({"1.18": OF_ITS_NAME}, "line_1_18"),
    "a slip in a proof": ({"1.10": proof_of("1.10").replace("delta i k - z k", "delta i k - z i")}, "Error"),
    "none": ({"1.18": ""}, "proof_1_18"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("others", "told"), CHEATS.values(), ids=CHEATS)
def test_a_proof_that_is_none_is_found_out(coq, tmp_path, others, told):
    assert told in fault(shutil.copytree(coq, tmp_path / "coq"), with_others(others))[0]
