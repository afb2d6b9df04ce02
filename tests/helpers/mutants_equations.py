"""One-slip mutants of the equations' checker: each is a way to pass what is wrong; see mutants.py."""

from mutants import Mutant

CHECKING = "equations/checking.py"
COMPARE = "equations/measuring/compare.py"
EVALUATOR = "equations/measuring/evaluator.py"
SLOPES = "equations/measuring/slopes.py"
SAMPLES = "equations/measuring/samples.py"
EDGES = "equations/measuring/edges.py"
SCOPE = "equations/reading/scope.py"

SLIPS = [
    # measuring
    Mutant(
        "extrapolation: weights of another order", SLOPES, "(4 * fine - coarse) / 3", "(2 * fine - coarse)"
    ),
    Mutant("extrapolation: coarse alone", SLOPES, "return (4 * fine - coarse) / 3", "return coarse"),
    Mutant(
        "z moved by a step of its own",
        SLOPES,
        'STEP * float(number) if name in ("z", "Z") else STEP',
        "STEP",
    ),
    Mutant(
        "slope: derived, not measured",
        EVALUATOR,
        "np.where(value == 0, function.derivative(value), slope)",
        "function.derivative(value)",
        unseen=True,
    ),
    Mutant(
        "a measured value kept for every index",
        EVALUATOR,
        "*(point.assigned.get(letter) for letter in letters))",
        "0)",
    ),
    Mutant("y_0 is 0", EVALUATOR, "return 1.0 if place is None", "return 0.0 if place is None"),
    # the sample networks
    Mutant("q: a slope and not a pull", SAMPLES, "return -gradient(energy_at", "return gradient(energy_at"),
    Mutant(
        "layer 0 has sums",
        COMPARE,
        'before = any(s.layer == "k-1" and (s.letter != "y" or s.hat) for s in contents.symbols)',
        "before = False",
    ),
    Mutant(
        "cut: what follows is kept",
        SAMPLES,
        "for other, there in self.known.items() if other not in moved}",
        "for other, there in self.known.items() if other != name}",
    ),
    Mutant(
        "cut: the quantity itself is computed anew",
        SAMPLES,
        "if name in self.given:",
        "if name in self.given and name not in self.rules:",
    ),
    Mutant("energy: sign", SAMPLES, "return -xp.mean(", "return xp.mean("),
    Mutant("samples: the targets always add up", SAMPLES, "    if add_up:\n", "    if add_up or True:\n"),
    Mutant(
        "samples: one activation",
        SAMPLES,
        "tuple(ACTIVATIONS.values()) * 2",
        "tuple(ACTIVATIONS.values())[:1] * 6",
    ),
    Mutant(
        "samples: sizes alike",
        SAMPLES,
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
        unseen=True,
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
        COMPARE,
        "MEASURED_LIMIT, EXACT_LIMIT = 1e-6, 1e-12",
        "MEASURED_LIMIT, EXACT_LIMIT = 1.0, 1e-12",
    ),
    Mutant(
        "NaN passes",
        COMPARE,
        "np.isfinite(left) & np.isfinite(right), apart, np.inf)",
        "np.isfinite(left) & np.isfinite(right), apart, 0)",
    ),
    Mutant(
        "worked number: a digit of room",
        COMPARE,
        "return 0.5 * 10.0**-digits",
        "return 5 * 10.0**-digits",
        unseen=True,
    ),
    Mutant(
        "worked number: of the random networks",
        CHECKING,
        'if kind == "worked number" and self.context.example:',
        "if False:",
    ),
    Mutant(
        "needs: an assumption is always needed",
        CHECKING,
        "if self.context.assumed and TARGETS_ADD_UP not in conditions and not verdict.holds:",
        "if self.context.assumed and TARGETS_ADD_UP not in conditions:",
    ),
    Mutant(
        "needs: a printed condition is not tried without",
        CHECKING,
        "if self._holds_under(reading, [other for other in conditions if other != condition]):",
        "if False:",
        unseen=True,
    ),
    Mutant(
        "a bound is tried on random networks alone",
        CHECKING,
        'if comparison.difference is None and kind_of(reading.equation) == "inequality":',
        "if False:",
        unseen=True,
    ),
    Mutant(
        "edges: the targets always add up", EDGES, "TOTALS = (1.0, 0.3, 3.0)", "TOTALS = (1.0,)", unseen=True
    ),
    Mutant(
        "edges: the logits as they are drawn",
        EDGES,
        "    if logits is None:\n",
        "    if True:\n",
        unseen=True,
    ),
    Mutant("edges: u and g are small", EDGES, "NEAR, FAR = 0.05, 30.0", "NEAR, FAR = 0.05, 0.3", unseen=True),
    Mutant("edges: t as ever", EDGES, "-0.2, -0.05, 0.0, 0.05, 0.2, 0.6,", "0.0,", unseen=True),
    Mutant("a bound need not be reached", CHECKING, "if not comparison.reached[k]:", "if False:"),
    Mutant(
        "the first sign alone is compared",
        COMPARE,
        "for k, relation in enumerate(self.relations):",
        "for k, relation in enumerate(self.relations[:1]):",
    ),
    Mutant(
        "i != j ignored",
        EVALUATOR,
        "return assigned[condition.of[0]] != assigned[condition.of[1]]",
        "return True",
    ),
    # reading
    Mutant(
        "an assumption is in force above it",
        "equations/chapters.py",
        "assumed=_assumed_before(path, above))",
        "assumed=True)",
    ),
    Mutant(
        "an assumption is not carried over",
        "equations/chapters.py",
        "assumed=_assumed_before(path, above))",
        "assumed=False)",
    ),
    Mutant(
        "what a chapter builds on counts without what that one builds on",
        "equations/chapters.py",
        "assumed |= _read(path.parent / name, above)[1].assumed",
        "assumed |= any(e.tree.assumed for e in _read(path.parent / name, above)[0])",
        unseen=True,
    ),
    Mutant(
        "the table of the notes shows the first equation of a line alone",
        "equations/tables.py",
        '({tag})" for tag in tags]',
        '({tag})" for tag in tags[:1]]',
    ),
    Mutant(
        "grammar read loosely",
        "equations/language/parser.py",
        "strict=True",
        "strict=False",
        unseen=True,
    ),
    Mutant(
        "a macro may go on",
        "equations/language/parser.py",
        'pattern.to_regexp() + "(?![A-Za-z])"',
        "pattern.to_regexp()",
        unseen=True,
    ),
    Mutant(
        "fifty-one brackets pass",
        "equations/language/parser.py",
        "if depth > DEEPEST:",
        "if depth > DEEPEST + 1:",
        unseen=True,
    ),
]
# The chapters on the equations, 90 and 91, are the only ones that come there.
# What compares the sides is asked of all equations, and first of those that try it.
COMPARED = {COMPARE: "test_equations.py", EDGES: "test_equations.py"}
EQUATION_MUTANTS = [one._replace(only_in="9", asked_first=COMPARED.get(one.file, "")) for one in SLIPS]
