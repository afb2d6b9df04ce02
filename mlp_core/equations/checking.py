"""Whether an equation holds: read once, then compared on sample networks, with and without its conditions."""

from dataclasses import replace

from ..formulas.activations import ACTIVATIONS
from .context import Context
from .language import tree
from .language.errors import EquationMeaningError, caret
from .language.notation import INDEX_LETTERS, has_one_slope
from .language.tree import OF_READERS, TARGETS_ADD_UP, kind_of
from .language.writer import write_condition
from .measuring.budget import Budget, TooDear
from .measuring.compare import MEASURED_LIMIT, compare
from .measuring.edges import T_AT_EDGES, edges
from .measuring.evaluator import Measured
from .measuring.samples import samples
from .reading.equation import defines, definition_of, read
from .reading.scope import written
from .verdict import Verdict, say, sign_name, verdict_on

GIVEN_UP = "(the search for what it lacks was given up after {})"


def check(
    equation: tree.Equation, context: Context, latex: str = "", budget: Budget | None = None
) -> Verdict:
    """Return the `Verdict` on a tree.

    Parameters
    ----------
    equation : Equation
    context : Context
    latex : str
        Its source, to show the place of a slip in.
    budget : Budget or None
        What it may cost; None counts evaluations and looks at no clock.
    """
    return Check(context, budget or Budget()).verdict(equation, latex)


class Check:
    """Judges one equation, and others that differ from it by an edit, within one budget.

    What was measured for one of them is known for the others.

    Parameters
    ----------
    context : Context
    budget : Budget
    """

    def __init__(self, context: Context, budget: Budget):
        self.context, self.budget = context, budget
        self.measured = Measured(context.definitions, budget)

    def verdict(self, equation, latex=""):
        """Return the `Verdict` on a tree, and say what it lacks where it does not hold."""
        if equation.assumed:
            fits = equation.assumed == (TARGETS_ADD_UP,) or equation.assumed[0].kind in OF_READERS
            message = "assumed" if fits else "cannot be assumed"
            return Verdict(fits, None if fits else "condition", message=message)
        try:
            if defines(equation):
                return self._of_definition(equation)
            reading = read(equation, self.context.definitions)
            verdict = self._weighed(reading)
            return verdict if verdict.holds else self._with_what_it_lacks(reading, verdict)
        except EquationMeaningError as error:
            return self.refused(equation, error, latex)
        except TooDear as price:
            message = f"use: it is not decided, for it takes more than {price}"
            return Verdict(False, "use", message=message)

    def holds(self, equation):
        """Return whether a tree holds, as `verdict` says it, without a word why."""
        try:
            if defines(equation):
                return self._of_definition(equation).holds
            return self._weighed(read(equation, self.context.definitions)).holds
        except EquationMeaningError:
            return False

    def _of_definition(self, equation):
        key, own = definition_of(equation, self.context.definitions)
        if key in self.context.definitions:
            raise EquationMeaningError("use", f"{written(own.symbol)} is defined above", own.symbol.span)
        return Verdict(True, message="defined")

    def refused(self, equation, error, latex):
        """Return the `Verdict` on what has no one meaning, with its place in the text."""
        message = str(error)
        if error.kind == "scope" and self.holds_in_other_letters(equation):
            message += "\n(its value is right by accident: the letter inside the sum hides the one outside)"
        shown = f"\n{caret(latex, error.span)}" if latex and error.span != (0, 0) else ""
        return Verdict(False, error.kind, message=message + shown)

    def holds_in_other_letters(self, equation):
        """Return whether an equation would hold if every sum had a letter of its own."""
        try:
            return self._compared(read(_letters_apart(equation), self.context.definitions)).holds
        except (EquationMeaningError, TooDear):
            return False

    # Comparing

    def _compared(self, reading, assumed=False):
        """Return the `Verdict` on the sides under the equation's conditions."""
        comparison = compare(reading, self._samples(reading, assumed), self.measured)
        if comparison.difference is None and kind_of(reading.equation) == "inequality":
            comparison = self._at_edges(reading, assumed) or comparison
        verdict = verdict_on(reading, comparison)
        if verdict.holds:
            _says_something(reading, comparison, in_a_book=self.context.example is not None)
        return verdict

    def _at_edges(self, reading, assumed):
        """Return the `Comparison` of a bound with what random numbers miss, where that shows it false."""
        conditions = reading.kinds
        tried = edges(
            reading.mode,
            conditions.get("sigma", (None,))[0],
            two_classes="size" in conditions,
            add_up=assumed or "sum" in conditions,
        )
        found = compare(reading, tried, self.measured, T_AT_EDGES, MEASURED_LIMIT)
        return found if found.difference else None

    def _samples(self, reading, assumed):
        """Return the networks that an equation is about: the worked example, or random ones."""
        kind, conditions = kind_of(reading.equation), reading.kinds
        sigma = conditions.get("sigma", (None,))[0]
        if kind == "worked number" and self.context.example:
            return self.context.example(sigma)
        return samples(
            reading.mode,
            sigma,
            two_classes="size" in conditions,
            add_up=assumed or "sum" in conditions,
            bound=kind == "inequality",
        )

    def _holds_under(self, reading, conditions):
        """Return whether the sides are equal under other conditions than the printed ones."""
        try:
            return self._compared(reading.under(conditions), self.context.assumed).holds
        except EquationMeaningError:
            return False

    def _weighed(self, reading):
        """Return the `Verdict` with the conditions that it needs; refuse a condition that it does not."""
        conditions, needs = reading.equation.conditions, []
        verdict = self._compared(reading)
        if self.context.assumed and TARGETS_ADD_UP not in conditions and not verdict.holds:
            verdict = self._compared(reading, assumed=True)
            needs += [TARGETS_ADD_UP] if verdict.holds else []
        if not verdict.holds:
            return verdict
        for condition in conditions:
            if self._holds_under(reading, [other for other in conditions if other != condition]):
                message = f"it claims to need {say(condition)}, and holds without it"
                raise EquationMeaningError("condition", message, condition.span)
            needs.append(condition)
        return replace(verdict, needs=tuple(say(condition) for condition in needs))

    def _with_what_it_lacks(self, reading, verdict):
        """Return the `Verdict` on what is false, with the condition under which it would be true."""
        if self.context.example:
            return verdict
        conditions = reading.equation.conditions
        there = [condition.kind for condition in conditions]
        try:
            for condition in (c for c in _conditions_to_try(reading) if c.kind not in there):
                if self._holds_under(reading, [*conditions, condition]):
                    return _lacking(verdict, condition)
        except TooDear as price:
            return replace(verdict, message=f"{verdict.message}\n{GIVEN_UP.format(price)}")
        return verdict


def _conditions_to_try(reading):
    """Return the conditions that may make a false equation true; a bound is one for every activation."""
    names = () if kind_of(reading.equation) == "inequality" else ACTIVATIONS
    of_sigma = [tree.Condition("sigma", (name,)) for name in names]
    return [TARGETS_ADD_UP, *of_sigma, *(tree.Condition("least", (letter,)) for letter in reading.ranges)]


def _lacking(verdict, condition):
    activation = ACTIVATIONS[condition.of[0]] if condition.kind == "sigma" else None
    if activation and has_one_slope(activation):  # which is the same at y_hat and at y
        message = f"{verdict.message} (with {activation.label} alone it could not be seen)"
        return replace(verdict, message=message)
    message = f"condition: it holds only if {say(condition)}, which is neither printed nor assumed"
    return replace(verdict, slip="condition", message=message, advice=_cure(condition))


def _cure(condition):
    """Return what to write where a condition is missing."""
    printed = write_condition(condition)
    if condition == TARGETS_ADD_UP:
        assumed = rf'after=[r"\text{{assume }} {printed}"]'
        return rf"write \quad \text{{if }} {printed} behind it, or assume it: {assumed}"
    return rf"write \quad {printed} behind it"


def _says_something(reading, comparison, in_a_book):
    """Refuse a bound that is nowhere reached, and in a book what is true of any letters at all."""
    equation = reading.equation
    sigma = reading.kinds.get("sigma", (None,))[0]
    sides = [_named(side, sigma) for side in equation.sides]
    for k, relation in enumerate(equation.relations):
        span = equation.sides[k + 1].span
        if in_a_book and sides[k] == sides[k + 1]:
            raise EquationMeaningError("use", "both sides are the same expression: nothing is said", span)
        if relation not in ("\\ge", "\\le"):
            continue
        if not comparison.reached[k]:
            message = f"the two sides of {sign_name(relation)} are nowhere equal"
            why = "" if in_a_book else ": what is tried cannot tell such a bound from a false one"
            raise EquationMeaningError("use", message + why, span)
        if in_a_book and not comparison.apart[k]:
            raise EquationMeaningError(
                "use", f"the two sides of {sign_name(relation)} are always equal", span
            )


def _named(node, sigma):
    """Return a node with the activation that a condition names in place of \\sigma."""
    if not sigma:
        return node

    def change(part):
        is_sigma = isinstance(part, tree.Apply) and part.function == "sigma"
        return replace(part, function=ACTIVATIONS[sigma].label) if is_sigma else part

    return tree.changed_below(node, change)


def _letters_apart(equation):
    """Return the equation with another letter in every sum, as a reader reads it who knows what is meant."""
    used = {i for side in equation.sides for n in side.walk() for i in getattr(n, "indices", ())}
    spare = iter(letter for letter in INDEX_LETTERS if letter not in used)

    def renamed(node, names):
        if isinstance(node, tree.Total):
            names = names | {node.index: next(spare, node.index)}
            node = replace(node, index=names[node.index])
        if hasattr(node, "indices"):
            node = replace(node, indices=tuple(names.get(i, i) for i in node.indices))
        for name, place, child in node.children():
            node = node.with_child(name, place, renamed(child, names))
        return node

    return replace(equation, sides=tuple(renamed(side, {}) for side in equation.sides))
