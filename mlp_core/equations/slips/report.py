"""The proof that the checks can fail: every single slip of a chapter's equations, and what becomes of it."""

from collections import Counter
from dataclasses import dataclass, field, replace

from ..chapters import ChapterEquation
from ..checking import check
from ..context import in_force_after
from ..language.writer import write
from .edits import edits
from .normal_form import normal_form


@dataclass
class MutationReport:
    """What became of the slips: how many each way, and those that nothing explains.

    Parameters
    ----------
    by_value, by_refusal, equivalent : Counter
        Tag to number: a number was wrong; it was refused unread; it says the same by its normal form.
    survivors : list of (str, str, str)
        Tag, the slip in words, the equation after it.
    """

    by_value: Counter = field(default_factory=Counter)
    by_refusal: Counter = field(default_factory=Counter)
    equivalent: Counter = field(default_factory=Counter)
    survivors: list = field(default_factory=list)


def mutation_report(chapter: list[ChapterEquation]) -> MutationReport:
    """Return the `MutationReport` on the equations of one chapter.

    Parameters
    ----------
    chapter : list of ChapterEquation
        What `read_chapter` returned. A letter that a chapter defines may mean anything; a slip in its
        definition must be caught by an equation below that uses it.

    Examples
    --------
    >>> from mlp_core.equations import mutation_report, read_chapter
    >>> first = read_chapter("00_the_network.ipynb")[0]
    >>> report = mutation_report([first])
    >>> report.by_value.total() > 0, report.survivors
    (True, [])
    """
    report = MutationReport()
    for place, equation in enumerate(chapter):
        for edit in edits(equation.tree):
            slip = _slip(edit.equation, equation, chapter[place + 1 :])
            if slip == "value":
                report.by_value[equation.tag] += 1
            elif slip:
                report.by_refusal[equation.tag] += 1
            elif _forms_agree(edit.equation, equation):
                report.equivalent[equation.tag] += 1
            else:
                report.survivors.append((equation.tag, edit.words, write(edit.equation)))
    return report


def _slip(slipped, equation, below):
    """Return the slip that is found in an equation, or else in one below that uses its letter."""
    context = equation.context
    verdict = check(slipped, context)
    own = set(in_force_after(slipped, context).definitions) - set(context.definitions)
    if verdict.holds and own:
        changed = in_force_after(slipped, context).definitions
        for later in below:
            # What is defined in between is read anew, for it may use the letter too.
            verdict = check(
                later.tree, replace(later.context, definitions=later.context.definitions | changed)
            )
            if not verdict.holds:
                break
            changed = in_force_after(later.tree, replace(later.context, definitions=changed)).definitions
    return verdict.slip


def _forms_agree(slipped, equation):
    definitions = equation.context.definitions
    return normal_form(slipped, definitions) == normal_form(equation.tree, definitions)
