"""The verdict on an equation, and the words in which it is said."""

from dataclasses import dataclass, field

from ..formulas.activations import ACTIVATIONS
from .measuring.compare import EXACT_LIMIT


@dataclass(frozen=True)
class Verdict:
    r"""What was found out about one equation.

    Parameters
    ----------
    holds : bool
    slip : str or None
        "value", "shape", "range", "scope", "condition", "use", or None.
    equals_sign : int or None
        The first false one, counted from 1.
    indices : dict
        Where it is false: {"i": 2, "j": 1}.
    deviation : float or None
        How far, |a - b| / max(|a|, |b|, 0.01).
    mend : str or None
        The one edit that makes it hold, in words, where one was looked for and found.
    mended : int or None
        The side that it is an edit of, counted from 1.
    message : str
    advice : str or None
        What to write instead, where there is something to say.
    read_as : str or None
        The line as the chapters would write it, where it was spelled in another way or in other letters.
    needs : tuple of str
        The conditions without which it does not hold.
    compared : int
        How many pairs of numbers were compared.
    limit : float
        The bound under which all of them stay.
    proved : bool
        Whether it is proved for every K, H, D and B, and not only measured.
    unproved : str
        Why it is not, in words.
    provided : tuple of str
        What the proof takes for granted, in LaTeX: y_j \ne 0.
    steps : tuple of Step
        The proof in the order of a reader, where it was asked for.
    left_over : str
        Of a false line, the left side minus the right one at its first false sign, in LaTeX.
    left_over_means : str
        What that tells of the slip, in words.

    Examples
    --------
    >>> from mlp_core.equations import check_equation
    >>> verdict = check_equation(r"\hat z_i = \sum_{j=0}^{H} w_{ij} y_j")
    >>> verdict.holds, verdict.limit
    (True, 1e-12)
    """

    holds: bool
    slip: str | None = None
    equals_sign: int | None = None
    indices: dict = field(default_factory=dict)
    deviation: float | None = None
    mend: str | None = None
    message: str = "holds"
    advice: str | None = None
    read_as: str | None = None
    needs: tuple[str, ...] = ()
    compared: int = 0
    limit: float = EXACT_LIMIT
    mended: int | None = None
    proved: bool = False
    unproved: str = "nothing was proved"
    provided: tuple[str, ...] = ()
    steps: tuple = ()
    left_over: str = ""
    left_over_means: str = ""

    def __str__(self):
        lines = [self.message + self._known()]
        if self.left_over:
            means = f" ({self.left_over_means.replace('$', '')})" if self.left_over_means else ""
            lines.append(f"left over: {self.left_over}{means}")
        return "\n".join([*lines, *self._added()])

    __repr__ = __str__  # what a notebook stores of it then has no digit that differs between machines

    def _repr_markdown_(self):
        """Return the verdict with its formulas typeset, and the steps of a proof folded away."""
        parts = ["\n".join(["```text", self.message, *self._added(), "```"])]
        if self.left_over:
            means = f": {self.left_over_means}" if self.left_over_means else ""
            parts.append(f"Left over: $\\displaystyle {self.left_over}${means}.")
        if self.proved:
            parts.append(f"{self._proved('$').capitalize()}.")
        if self.steps:
            lines = "\n\n".join(numbered(self.steps, "$"))
            parts.append(f"<details><summary>The steps</summary>\n\n{lines}\n\n</details>")
        return "\n\n".join(parts)

    def _known(self):
        """Return in brackets how it is known that it holds, where there is something to say."""
        if self.proved:
            return f" ({self._proved()})"
        is_bare = self.message == "holds" and not self.unproved.startswith("worked")
        return " (measured only)" if is_bare else ""

    def _added(self):
        read_as = f"read as {self.read_as}" if self.read_as else None
        return filter(None, (self.mend or self.advice, read_as))

    def _proved(self, dollar=""):
        conditions = ", ".join(f"{dollar}{condition}{dollar}" for condition in self.provided)
        return "proved for every size" + (f", provided {conditions}" if conditions else "")


def numbered(steps, dollar=""):
    """Return the lines of a numbered list of steps; with a dollar their formulas are typeset.

    Parameters
    ----------
    steps : sequence of Step
    dollar : str
        "$" or nothing.
    """
    sides = len({step.side for step in steps}) > 1
    lines = []
    for number, step in enumerate(steps, start=1):
        words = step.words if dollar else step.words.replace("$", "")
        shown = rf"$\displaystyle {step.printed}$" if dollar else step.printed
        lines.append(f"{number}. {f'side {step.side}, ' if sides else ''}{words} → {shown}")
    return lines


def verdict_on(reading, comparison):
    """Return the `Verdict` that a comparison of the sides comes to."""
    found = comparison.difference
    if not found:
        return Verdict(True, compared=comparison.compared, limit=comparison.limit)
    relations = reading.equation.relations
    where = {"k" if letter == "layer" else letter: n for letter, n in found.assigned.items()}
    sign = sign_name(relations[found.sign])
    sign = f"{sign} {found.sign + 1} of {len(relations)}" if len(relations) > 1 else f"the {sign}"
    named = " at " + ", ".join(f"{letter} = {n}" for letter, n in where.items()) if where else ""
    named += f" in {_entry_name(found.place, reading.shape)}" if found.place else ""
    message = f"value: {sign} is false{named}: {_two_numbers(found.left, found.right)}"
    return Verdict(False, "value", found.sign + 1, where, found.deviation, message=message)


# Words


def say(condition):
    """Return a condition in words."""
    is_of_sigma = condition.kind == "sigma"
    of = [ACTIVATIONS[name].label for name in condition.of] if is_of_sigma else condition.of
    return {
        "sum": "the targets add up to 1",
        "least": "{} ≥ 1",
        "distinct": "{} ≠ {}",
        "size": "{} = {}",
        "positive": "{} > 0",
        "not positive": "{} ≤ 0",
        "negative": "{} < 0",
        "not negative": "{} ≥ 0",
        "sigma": "σ is {}",
    }[condition.kind].format(*of)


def sign_name(relation):
    """Return a sign in words, or as it is printed."""
    return {"=": "equals sign", "\\ge": "≥", "\\le": "≤", "\\approx": "≈"}.get(relation, relation)


def _two_numbers(left, right):
    """Return two numbers with as many digits as it takes to see that they differ, four or more.

    What is nothing beside the other is 0: a sum that cancels leaves its last digits.
    """
    nothing = 1e-9 * max(abs(left), abs(right))
    left, right = (0.0 if abs(number) < nothing else number for number in (left, right))
    for digits in (4, 6, 9, 12):
        printed = f"{left:.{digits}g}", f"{right:.{digits}g}"
        if printed[0] != printed[1]:
            break
    return " against ".join(printed)


def _entry_name(place, shape):
    """Return an entry as the book counts: from 0 where a bias, or the constant 1, comes first."""
    numbers = [n + (not str(size).endswith("+1")) for n, size in zip(place, shape, strict=True)]
    if "1" not in shape:
        return f"row {numbers[0]}, column {numbers[1]}"
    return f"entry {numbers[0 if shape[1] == '1' else 1]}"
