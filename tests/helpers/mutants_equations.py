"""One-slip mutants of the equations' checker: each is a way to pass what is wrong; see mutants.py."""

from mutants import Mutant

EVALUATOR = "equations/measuring/evaluator.py"
PASSES = "equations/measuring/passes.py"
SCOPE = "equations/reading/scope.py"
VERDICT = "equations/verdict.py"

SLIPS = [
    # measuring
    Mutant(
        "extrapolation: weights of another order", EVALUATOR, "(4 * fine - coarse) / 3", "(2 * fine - coarse)"
    ),
    Mutant("extrapolation: coarse alone", EVALUATOR, "return (4 * fine - coarse) / 3", "return coarse"),
    Mutant(
        "z moved by a step of its own",
        EVALUATOR,
        'STEP * float(array[place]) if name == "z" else STEP',
        "STEP",
    ),
    Mutant(
        "slope: derived, not measured",
        EVALUATOR,
        "np.where(value == 0, function.derivative(value), slope)",
        "function.derivative(value)",
    ),
    Mutant(
        "a measured value kept for every index", EVALUATOR, "*(at.get(letter) for letter in letters))", "0)"
    ),
    Mutant("y_0 is 0", EVALUATOR, "return 1.0 if place is None", "return 0.0 if place is None"),
    # the passes
    Mutant(
        "cut: what follows is kept",
        PASSES,
        "for other, there in self.known.items() if other not in moved}",
        "for other, there in self.known.items() if other != name}",
    ),
    Mutant(
        "cut: the quantity itself is computed anew",
        PASSES,
        "if name in self.given:",
        "if name in self.given and name not in self.rules:",
    ),
    Mutant("energy: sign", PASSES, "return -xp.mean(", "return xp.mean("),
    Mutant("draws: the targets always add up", PASSES, "    if add_up:\n", "    if add_up or True:\n"),
    Mutant("draws: one activation", PASSES, "list(ACTIVATIONS) * 2)", "list(ACTIVATIONS)[:1] * 6)"),
    Mutant(
        "draws: sizes alike",
        PASSES,
        "SIZES = ((5, 2, 4, 7), (4, 2, 7, 6), (2, 5, 4, 7))",
        "SIZES = ((4, 4, 4, 4),) * 3",
    ),
    # ranges
    Mutant(
        "range: the variable's j >= 1 ignored",
        SCOPE,
        "if as_variable > first and not at_least_one:",
        "if False:",
    ),
    Mutant(
        "range: a sum that starts late passes",
        SCOPE,
        "if start < as_variable or start > 1:",
        "if start < as_variable:",
    ),
    Mutant(
        "scope: a summed letter outside passes",
        SCOPE,
        '        if letter in free:\n            message = f"{letter} is a summed',
        '        if letter in ():\n            message = f"{letter} is a summed',
    ),
    Mutant("range: two sizes for one letter pass", SCOPE, "if other.size != first.size:", "if False:"),
    # the verdict
    Mutant(
        "limit of 1 where something is measured",
        VERDICT,
        "MEASURED_LIMIT, EXACT_LIMIT = 1e-6, 1e-12",
        "MEASURED_LIMIT, EXACT_LIMIT = 1.0, 1e-12",
    ),
    Mutant(
        "NaN passes",
        VERDICT,
        "np.isfinite(left) & np.isfinite(right), apart, np.inf)",
        "np.isfinite(left) & np.isfinite(right), apart, 0)",
    ),
    Mutant(
        "worked number: a digit of room", VERDICT, "return 0.5 * 10.0**-digits", "return 5 * 10.0**-digits"
    ),
    Mutant(
        "worked number: of the random networks",
        VERDICT,
        'if kind_of(equation) == "worked number" and context.example:',
        "if False:",
    ),
    Mutant(
        "needs: an assumption is always needed",
        VERDICT,
        "if context.assumed and not printed and not verdict.holds:",
        "if context.assumed and not printed:",
    ),
    Mutant(
        "needs: a printed condition is not tried without",
        VERDICT,
        "if _holds_anyway(replace(equation, conditions=others), context):",
        "if False:",
    ),
    Mutant("a bound need not be reached", VERDICT, "not (apart[k] and reached[k])", "not apart[k]"),
    Mutant(
        "the first sign alone is compared",
        VERDICT,
        "for k, relation in enumerate(equation.relations):\n                worst",
        "for k, relation in enumerate(equation.relations[:1]):\n                worst",
    ),
    Mutant("i != j ignored", EVALUATOR, "return at[condition.of[0]] != at[condition.of[1]]", "return True"),
    # reading
    Mutant(
        "an assumption is in force above it",
        "equations/chapters.py",
        "context, found = Context(example=",
        "context, found = Context(assumed=True, example=",
    ),
    Mutant("grammar read loosely", "equations/language/parser.py", "strict=True", "strict=False"),
    Mutant(
        "a macro may go on",
        "equations/language/parser.py",
        'pattern.to_regexp() + "(?![A-Za-z])"',
        "pattern.to_regexp()",
    ),
    Mutant(
        "fifty-one brackets pass",
        "equations/language/parser.py",
        "if depth > DEEPEST:",
        "if depth > DEEPEST + 1:",
    ),
]
# The chapters on the equations, 90 and 91, are the only ones that come there.
EQUATION_MUTANTS = [mutant._replace(only_in="9") for mutant in SLIPS]
