"""Whether an equation holds: read, given its ranges and shapes, and compared on random networks."""

import math
from dataclasses import dataclass, field, replace
from itertools import product

import numpy as np

from .language import tree
from .language.notation import INDEX_LETTERS, find
from .language.parser import caret
from .measuring.evaluator import Evaluator, holds
from .measuring.passes import T_VALUES, draws
from .reading.scope import Definition, Slip, is_plain_number, scope_of, walk_through, written
from .reading.shapes import Shapes

MEASURED_LIMIT, EXACT_LIMIT = 1e-6, 1e-12
FLOOR = 0.01  # two numbers smaller than this are compared as if one were as large
DEAREST = 80_000  # evaluations of a letter that one equation may cost
TARGETS_ADD_UP = tree.Condition("sum")


@dataclass(frozen=True)
class Verdict:
    """What was found out about one equation.

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
    message : str
    needs : tuple of str
        The conditions without which it does not hold.
    compared : int
        How many pairs of numbers were compared.
    limit : float
        The bound under which all of them stay.
    """

    holds: bool
    slip: str | None = None
    equals_sign: int | None = None
    indices: dict = field(default_factory=dict)
    deviation: float | None = None
    mend: str | None = None
    message: str = "holds"
    needs: tuple = ()
    compared: int = 0
    limit: float = EXACT_LIMIT

    def __str__(self):
        return self.message + (f"\n{self.mend}" if self.mend else "")


@dataclass(frozen=True)
class Context:
    """What stands above an equation in its chapter.

    Parameters
    ----------
    definitions : dict
        The chapter's own letters.
    assumed : bool
        Whether the targets are assumed to add up to 1.
    example : callable or None
        The worked example as a function of the activation's name: the passes that worked numbers are about.
        A chapter has one; there a line must also say something: no side is written twice, and a bound is
        reached somewhere.
    """

    definitions: dict = field(default_factory=dict)
    assumed: bool = False
    example: object = None


def kind_of(equation):
    """Return "identity", "definition", "assumption", "worked number" or "inequality"."""
    if equation.assumed:
        return "assumption"
    if ":=" in equation.relations:
        return "definition"
    if {"\\ge", "\\le"} & set(equation.relations):
        return "inequality"
    printed = [side for side in equation.sides[1:] if _digits(side) is not None]
    return "worked number" if printed else "identity"


def check(equation, context, latex=""):
    """Return the `Verdict` on a tree.

    Parameters
    ----------
    equation : Equation
    context : Context
    latex : str
        Its source, to show the place of a slip in.
    """
    if equation.assumed:
        fits = equation.assumed == (TARGETS_ADD_UP,)
        return Verdict(
            fits, None if fits else "condition", message="assumed" if fits else "cannot be assumed"
        )
    try:
        return _weighed(equation, context)
    except Slip as slip:
        message = f"{slip.kind}: {slip.message}"
        if slip.kind == "scope" and _holds_anyway(_letters_apart(equation), context):
            message += "\n(its value is right by accident: the letter inside the sum hides the one outside)"
        shown = f"\n{caret(latex, slip.at)}" if latex and slip.at != (0, 0) else ""
        return Verdict(False, slip.kind, message=message + shown)


def _weighed(equation, context):
    """Compare it, and find out which of its conditions it needs."""
    verdict = compare(equation, replace(context, assumed=False))
    printed = TARGETS_ADD_UP in equation.conditions
    needs = []
    if context.assumed and not printed and not verdict.holds:
        verdict = compare(equation, context)
        needs += [TARGETS_ADD_UP] if verdict.holds else []
    if not verdict.holds:
        return _condition_left_unsaid(equation, context, verdict)
    for condition in equation.conditions:
        others = tuple(other for other in equation.conditions if other != condition)
        if _holds_anyway(replace(equation, conditions=others), context):
            message = f"it claims to need {say(condition)}, and holds without it"
            raise Slip("condition", message, condition.at)
        needs.append(condition)
    return replace(verdict, needs=tuple(say(condition) for condition in needs))


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
        for name, place, child in list(node.children()):
            node = node.with_child(name, place, renamed(child, names))
        return node

    return replace(equation, sides=tuple(renamed(side, {}) for side in equation.sides))


def _holds_anyway(equation, context):
    try:
        return compare(equation, context).holds
    except Slip:
        return False


def _condition_left_unsaid(equation, context, verdict):
    """Say so where a false equation becomes true under one of the conditions."""
    if context.example:
        return verdict
    there = [condition.kind for condition in equation.conditions]
    letters = scope_of(equation, context.definitions).free
    wanted = [TARGETS_ADD_UP, *(tree.Condition("sigma", (name,)) for name in ("sigmoid", "tanh", "relu"))]
    wanted += [tree.Condition("least", (letter,)) for letter in letters]
    for condition in (c for c in wanted if c.kind not in there):
        if not _holds_anyway(replace(equation, conditions=(*equation.conditions, condition)), context):
            continue
        if condition.of == ("relu",):  # whose slope is the same at y_hat and at y
            return replace(verdict, message=f"{verdict.message} (with ReLU alone it could not be seen)")
        message = f"condition: it holds only if {say(condition)}, which is neither printed nor assumed"
        return replace(verdict, slip="condition", message=message)
    return verdict


def say(condition):
    """Return a condition in words."""
    return {
        "sum": "the targets add up to 1",
        "least": "{} ≥ 1",
        "distinct": "{} ≠ {}",
        "size": "{} = {}",
        "positive": "{} > 0",
        "not positive": "{} ≤ 0",
        "sigma": "σ is {}",
    }[condition.kind].format(*("ReLU" if part == "relu" else part for part in condition.of))


# Comparing


def compare(equation, context):
    """Return whether neighbors are equal, for every index, on every pass; raise the first `Slip`."""
    if _defines(equation):
        return _new_letter(equation, context)
    scope = scope_of(equation, context.definitions)
    shapes = Shapes(scope)
    shape = shapes.of_equation(equation)
    for own in context.definitions.values():
        shapes.lengths.update(own.lengths)
    evaluator = Evaluator(scope, shapes.lengths)
    kinds = {condition.kind: condition.of for condition in equation.conditions}
    add_up = context.assumed or "sum" in kinds
    sigma = kinds.get("sigma", (None,))[0]
    if kind_of(equation) == "worked number" and context.example:
        passes = context.example(sigma)
    else:
        passes = draws(scope.mode, sigma, "size" in kinds, add_up, kind_of(equation) == "inequality")
    _afford(equation, scope, passes)
    with np.errstate(all="ignore"):
        verdict, apart, reached = _all_compared(equation, scope, evaluator, passes, shape)
    if verdict.holds and context.example:
        _says_something(equation, apart, reached)
    return verdict


def _says_something(equation, apart, reached):
    sigma = next((c.of[0] for c in equation.conditions if c.kind == "sigma"), None)
    sides = [_named(side, sigma) for side in equation.sides]
    for k, relation in enumerate(equation.relations):
        if sides[k] == sides[k + 1]:
            raise Slip("use", "both sides are the same expression: nothing is said", equation.sides[k + 1].at)
        if relation in ("\\ge", "\\le") and not (apart[k] and reached[k]):
            what = "always" if reached[k] else "nowhere"
            message = f"the two sides of {_sign_name(relation)} are {what} equal"
            raise Slip("use", message, equation.sides[k + 1].at)


def _named(node, sigma):
    """Return a node with the activation that a condition names in place of \\sigma."""
    if isinstance(node, tree.Apply) and node.function == "sigma" and sigma:
        node = replace(node, function={"relu": "ReLU"}.get(sigma, sigma))
    for name, place, child in list(node.children()):
        node = node.with_child(name, place, _named(child, sigma))
    return node


def _all_compared(equation, scope, evaluator, passes, shape):
    compared, apart = 0, [False] * len(equation.relations)
    reached = [False] * len(equation.relations)
    for made in passes:
        for at in assignments(equation, scope, made):
            values = [_value(evaluator, side, made, at) for side in equation.sides]
            for k, relation in enumerate(equation.relations):
                worst, place = _worst(values[k], values[k + 1], relation, equation.sides[k + 1])
                compared += np.size(values[k])
                is_equal = np.allclose(values[k], values[k + 1], rtol=MEASURED_LIMIT, atol=EXACT_LIMIT)
                apart[k], reached[k] = apart[k] or not is_equal, reached[k] or is_equal
                if not worst <= limit_of(relation, equation.sides[k + 1], evaluator.measured):
                    return (
                        _false(k, equation, values, at, worst, place, shape),
                        apart,
                        reached,
                    )
    if not compared:
        message = "no index and no t meets the conditions: nothing is compared"
        raise Slip("condition", message, equation.conditions[0].at if equation.conditions else (0, 0))
    limit = MEASURED_LIMIT if evaluator.measured else EXACT_LIMIT
    return Verdict(True, compared=compared, limit=limit), apart, reached


def _false(k, equation, values, at, worst, place, shape):
    relation, count = equation.relations[k], len(equation.relations)
    where = {"k" if letter == "layer" else letter: n for letter, n in at.items()}
    left, right = (float(np.asarray(values[n])[place]) for n in (k, k + 1))
    sign = f"{_sign_name(relation)} {k + 1} of {count}" if count > 1 else f"the {_sign_name(relation)}"
    named = " at " + ", ".join(f"{letter} = {n}" for letter, n in where.items()) if where else ""
    named += f" in {_place_name(place, shape)}" if place else ""
    message = f"value: {sign} is false{named}: {_told_apart(left, right)}"
    return Verdict(False, "value", k + 1, where, worst, message=message)


def _told_apart(left, right):
    """Return two numbers with as many digits as it takes to see that they differ, four or more."""
    for digits in (4, 6, 9, 12):
        printed = f"{left:.{digits}g}", f"{right:.{digits}g}"
        if printed[0] != printed[1]:
            break
    return " against ".join(printed)


def _sign_name(relation):
    return {"=": "equals sign", "\\ge": "≥", "\\le": "≤", "\\approx": "≈"}.get(relation, relation)


def _place_name(place, shape):
    """Return an entry as the book counts: from 0 where a bias, or the constant 1, comes first."""
    numbers = [n + (not str(size).endswith("+1")) for n, size in zip(place, shape, strict=True)]
    if "1" not in shape:
        return f"row {numbers[0]}, column {numbers[1]}"
    return f"entry {numbers[0 if shape[1] == '1' else 1]}"


def assignments(equation, scope, made):
    """Yield every assignment of the free letters that the conditions allow, t and the layer among them."""
    letters = {letter: range(r.first, made.sizes[r.size] + 1) for letter, r in scope.free.items()}
    about_t = ("positive", "not positive")
    if _has(
        equation, scope, lambda n: getattr(n, "letter", None) == "t" or getattr(n, "kind", None) in about_t
    ):
        is_moved = _has(equation, scope, lambda n: isinstance(n, tree.Partial) and n.bottom.letter == "t")
        letters["t"] = [t for t in T_VALUES if t != 0 or not is_moved]
    if scope.mode == "layers":
        before = _has(equation, scope, lambda n: isinstance(n, tree.Symbol) and n.layer == "k-1" and n.hat)
        letters["layer"] = range(2 if before else 1, len(made.sizes["N"]))
    for values in product(*letters.values()):
        at = dict(zip(letters, values, strict=True))
        if all(holds(condition, at) for condition in equation.conditions):
            yield at


def _has(equation, scope, wanted):
    parts = (*equation.sides, *equation.conditions)
    return any(wanted(node) for part in parts for node in walk_through(part, scope.definitions))


def _value(evaluator, side, made, at):
    try:
        return np.asarray(evaluator.value(side, made, at), dtype=float)
    except (OverflowError, ZeroDivisionError):
        return np.asarray(math.nan)


def limit_of(relation, side, measured):
    """Return the deviation that a sign allows: at \\approx half of the last digit that is printed."""
    if relation == "\\approx":
        digits = _digits(side)
        return 0.5 * 10.0**-digits * (1 + 1e-9) if digits is not None else MEASURED_LIMIT
    return MEASURED_LIMIT if measured else EXACT_LIMIT


def _worst(left, right, relation, side):
    """Return the largest deviation and its place; NaN counts as worst."""
    if left.shape != right.shape:
        raise Slip("shape", f"{left.shape} numbers against {right.shape}", side.at)
    apart = np.abs(left - right)
    if relation in ("\\ge", "\\le"):
        apart = np.maximum(right - left if relation == "\\ge" else left - right, 0)
    if not (relation == "\\approx" and _digits(side) is not None):
        apart = apart / np.maximum(np.maximum(np.abs(left), np.abs(right)), FLOOR)
    apart = np.where(np.isfinite(left) & np.isfinite(right), apart, np.inf)
    worst = float(apart.max())
    # Of many that are equally far apart, noise would choose: the first of them is the same on every machine.
    place = np.unravel_index(np.argmax(apart >= worst * (1 - MEASURED_LIMIT)), apart.shape)
    return worst, tuple(int(n) for n in place)


def _digits(side):
    """Return how many decimals a printed number or tuple has; None for whole numbers and the rest."""
    if isinstance(side, tree.Tuple):
        return max(_digits(entry) or 0 for entry in side.entries)
    if isinstance(side, tree.Negative):
        return _digits(side.body)
    if isinstance(side, tree.Number) and "." in side.digits:
        return len(side.digits.split(".")[1])
    return None


# Definitions


def _defines(equation):
    """Return whether `:=` gives a meaning to a letter that is not in the table."""
    first = equation.sides[0]
    is_new = isinstance(first, tree.Symbol) and find(first) is None and not is_plain_number(first)
    return ":=" in equation.relations and is_new


def _new_letter(equation, context):
    if len(equation.sides) != 2 or equation.conditions:
        raise Slip("use", "a letter is defined by one expression without a condition", equation.sides[-1].at)
    key, own = definition_of(equation, context)
    if key in context.definitions:
        raise Slip("use", f"{written(own.symbol)} is defined above", own.symbol.at)
    return Verdict(True, message="defined")


def definition_of(equation, context):
    """Return (key, `Definition`) of a letter that an equation defines, or None."""
    if not _defines(equation) or len(equation.sides) != 2:
        return None
    symbol, body = equation.sides
    alone = tree.Equation((body,), ())
    scope = scope_of(alone, context.definitions)
    shapes = Shapes(scope)
    shape = shapes.of(body)
    slots = tuple((scope.free[i].size, scope.free[i].first) for i in symbol.indices if i in scope.free)
    if sorted(map(str, symbol.indices)) != sorted(scope.free) or bool(shape) != symbol.bold:
        raise Slip("use", "the two sides of a definition have the same indices and the same shape", symbol.at)
    own = Definition(symbol, body, slots, shape, dict(scope.sums), dict(shapes.lengths))
    return (symbol.letter, symbol.hat, symbol.bold), own


# The budget


def _afford(equation, scope, passes):
    """Refuse what would take seconds, before anything is evaluated."""
    largest = max(max(n if isinstance(n, int) else max(n) for n in made.sizes.values()) for made in passes)
    free = largest ** len(scope.free) * (len(T_VALUES) if "t" in scope.free else 1)
    cost = len(passes) * free * sum(_cost(side, largest) for side in equation.sides)
    if cost > DEAREST * len(passes):
        raise Slip("use", f"too many sums in each other: {cost:.1e} evaluations", equation.sides[0].at)


def _cost(node, largest):
    below = 1 + sum(_cost(child, largest) for _, _, child in node.children())
    if isinstance(node, tree.Total):
        return largest * below
    return 4 * (below + 10) if isinstance(node, tree.Partial) else below
