"""One-slip mutants of the reading of a reader's line: each reads a guess, or another line."""

from mutants import Mutant

SUMS = "equations/spelling/sums.py"
TOTALS = "equations/spelling/totals.py"
SLOPES = "equations/spelling/slopes.py"
SETTLED = "equations/spelling/settled.py"
READINGS = "equations/spelling/readings.py"
NIELSEN = "equations/spelling/notations/nielsen.py"
EVALUATOR = "equations/measuring/evaluator.py"

SLIPS = [
    Mutant(
        "braces that are not printed group", SUMS, "if at_group and isinstance(", "if at_group is None and ("
    ),
    Mutant(
        "a sum under a slash ends anywhere",
        SUMS,
        "if any(right.index not in _letters_in(factor) for factor in of_sum):",
        "if any(False for factor in of_sum):",
    ),
    Mutant(
        "two columns with a star are one number", SUMS, 'if dot.was not in ("", "@"):', "if dot.was is None:"
    ),
    Mutant("a sum to H begins at 1", TOTALS, 'if above in ("K", "B"):', 'if above in ("K", "B", "H", "D"):'),
    Mutant("all but one: that one alone", TOTALS, "(other_than(same), body)", "(same, body)"),
    Mutant("an operator before a chain", SLOPES, "    if is_chain or (factors", "    if (factors"),
    Mutant(
        "a sum under a derivative without brackets",
        SLOPES,
        "if isinstance(node, tree.Sum) and not bracketed:",
        "if node is None:",
    ),
    Mutant(
        "an indicator of what differs",
        "equations/spelling/indices.py",
        'return same if sign == "=" else other_than(same)',
        "return same",
    ),
    Mutant(
        "the case i != j at i = j as well",
        "equations/spelling/tables.py",
        'same if condition.kind == "same" else other_than(same)',
        'same if condition.kind == "same" else tree.Number("1")',
    ),
    Mutant("i = j: the condition is dropped", SETTLED, "_renamed(node, b, a))", "node)"),
    Mutant(
        "weights of another book: sums from 0",
        SETTLED,
        'if self.from_1 and node.limits is None and size in ("H", "D"):',
        "if node is None:",
    ),
    Mutant("a range of another size passes", SETTLED, "if sizes - {size}:", "if sizes is None:"),
    Mutant(
        "what the dialect gives a meaning is read otherwise",
        READINGS,
        "if found is not None and _has_a_meaning(found[0], definitions):",
        "if False:",
    ),
    Mutant(
        "another network passes for this one",
        READINGS,
        "for pattern, sentence in letters.outside:",
        "for pattern, sentence in ():",
        asked_first="test_notations.py",
    ),
    Mutant(
        "a layer l is one of them",
        NIELSEN,
        "return both[:1] if has_function or has_next else both",
        "return both[:1]",
    ),
    Mutant("a layer l is the last", NIELSEN, 'self.layer if near[1] == "l" else "L"', '"L"'),
    Mutant(
        "a Jacobian lies on its side",
        EVALUATOR,
        "return np.hstack(columns)",
        "return np.hstack(columns).T",
        asked_first="test_spelling.py",
    ),
    Mutant(
        "column 1 for column 0",
        EVALUATOR,
        "return matrix[:, :1] if",
        "return matrix[:, 1:2] if",
        asked_first="test_spelling.py",
    ),
]
# No chapter but 90 comes there, and what it shows of it is refused or held in a fold.
SPELLING_MUTANTS = [mutant._replace(unseen=True) for mutant in SLIPS]
