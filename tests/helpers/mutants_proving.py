"""One-slip mutants of the prover: a rule that is wrong, or one applied where it does not hold.

No chapter is asked of them: chapter 90 prints what is proved, and would be run once for each.
"""

from mutants import Mutant

ALGEBRA = "equations/proving/algebra.py"
DIVISORS = "equations/proving/divisors.py"
BOUNDS = "equations/proving/bounds.py"
FUNCTIONS = "equations/proving/functions.py"
NETWORK = "equations/proving/network.py"
PROOF = "equations/proving/proof.py"
READING = "equations/proving/reading.py"
JUDGING = "equations/proving/judging.py"

SLIPS = [
    # polynomials
    ("delta_12 is not 0", ALGEBRA, 'if "0" in (a, b) or (a.isdigit() and b.isdigit()):', 'if "0" in (a, b):'),
    ("the bias is a case of j", ALGEBRA, 'if "0" in (a, b) or (a', "if (a"),
    ("the sum of 1 is 1", ALGEBRA, "factors[size] = factors.get(size, 0) + 1", "del size"),
    ("a delta renames nothing", ALGEBRA, "            factors = self._renamed_factors(factors, names)\n", ""),
    (
        "two sums with one letter",
        ALGEBRA,
        "(bounds, deltas, factors), (more, others, powers) = self.opened(left), self.opened(right)",
        "bounds, deltas, factors = left.bounds, left.deltas, Counter(dict(left.factors))\n"
        "                more, others, powers = right.bounds, right.deltas, dict(right.factors)",
    ),
    ("power rule: the power is lost", ALGEBRA, "coefficient * power)", "coefficient)"),
    ("power rule: not one less", ALGEBRA, "rest[one] -= 1", "rest[one] -= 0"),
    (
        "e^(a - b) = e^(a + b)",
        ALGEBRA,
        "powered(root, coefficient.numerator)",
        "powered(root, abs(coefficient.numerator))",
    ),
    ("1/(2 a) = 1/a", ALGEBRA, "content = {term: ONE / lead for term in content}", "content = dict(content)"),
    ("1/a = a", ALGEBRA, "tuple(sorted((one, -power) for", "tuple(sorted((one, power) for"),
    ("x_0 is no 1", ALGEBRA, 'BEGIN_WITH_1 = ("x", "y",', 'BEGIN_WITH_1 = ("y",'),
    # functions
    ("sigmoid': a factor is lost", FUNCTIONS, "self.times(down, below, below)", "self.times(down, below)"),
    ("tanh': another factor", FUNCTIONS, "constant(4)", "constant(2)"),
    ("the slope of 1/a has no minus", FUNCTIONS, "{term: -ONE for", "{term: ONE for"),
    (
        "the slope of e^a is 1",
        FUNCTIONS,
        'if name == "exp":\n            return powered(one, 1)',
        'if name == "exp":\n            return constant(1)',
    ),
    (
        "everything has a logarithm",
        FUNCTIONS,
        "        if not self.is_above_0(poly) and not",
        "        if False and not",
    ),
    (
        "what is not below 0 is above",
        FUNCTIONS,
        "return any(all(self._is_above(one) for one, _ in term.factors) for term in without_deltas)",
        "return True",
    ),
    ("delta_ik z_i is above 0", FUNCTIONS, "[term for term in poly if not term.deltas]", "list(poly)"),
    (
        "log z_i without log s",
        FUNCTIONS,
        'return minus(atom("z_hat", *one.indices), atom("log", inside=(atom("s", *one.indices[:-1]),)))',
        'return atom("z_hat", *one.indices)',
    ),
    ("e^z_hat_i is z_i", FUNCTIONS, "power), powered(s, power))", "power))"),
    ("ReLU is its argument", FUNCTIONS, "        if not sign:\n            return {}\n", ""),
    (
        "ReLU' has the same value at 0 from both sides",
        FUNCTIONS,
        "if opposite or (opposite is False and not strictly):",
        "if opposite is not None:",
    ),
    ("a term below 0 is not", FUNCTIONS, "return coefficient > 0 and all(", "return all("),
    # the network
    ("E: sign", NETWORK, "return negative(logs)", "return logs"),
    (
        "E: the mean is lost",
        NETWORK,
        'return self.times(self.total("B", of_one), atom("size", "B", power=-1))',
        'return self.total("B", of_one)',
    ),
    (
        "the bias is lost",
        NETWORK,
        'return plus(atom(matrix, i, "0"), self._without_bias(matrix, lead, i))',
        "return self._without_bias(matrix, lead, i)",
    ),
    (
        "r always adds up",
        NETWORK,
        'of_one = one.name == "z" or (one.name == "r" and self.setting.assumed)',
        'of_one = one.name in ("z", "r")',
    ),
    ("the z^2 add up to 1", NETWORK, "if more or power != 1 or", "if more or"),
    ("z_l times anything adds up to 1", NETWORK, "if more or power != 1", "if power != 1"),
    (
        "q: a slope and not a pull",
        NETWORK,
        'return negative(self.slope("E", (), name.replace("q", "y_hat"), indices))',
        'return self.slope("E", (), name.replace("q", "y_hat"), indices)',
    ),
    (
        "q of a layer: a slope and not a pull",
        NETWORK,
        'return negative(atom("q^k", *indices))',
        'return atom("q^k", *indices)',
    ),
    (
        "chain rule: the inner slope is lost",
        NETWORK,
        "return self.times(self.outer_slope(one), inner) if inner else {}",
        "return self.outer_slope(one) if inner else {}",
    ),
    ("what is divided by is forgotten", NETWORK, "self.power(dict(one.inside[0]), power)", "constant(1)"),
    (
        "K = 2: z_2 is z_1",
        NETWORK,
        'return minus(constant(1), atom(name, *indices[:-1], "1"))',
        'return atom(name, *indices[:-1], "1")',
    ),
    (
        "softmax: a sum of logits",
        NETWORK,
        "below = self.total(size, lambda n: self.exponential(entry(n)))",
        "below = self.total(size, entry)",
    ),
    # from the tree
    (
        "a transpose exchanges nothing",
        READING,
        "return place.of(node.body, rows and place.column, columns and place.row)",
        "return place.of(node.body, rows and place.row, columns and place.column)",
    ),
    (
        "diag has no zeros",
        READING,
        "network.term((), [(place.row, place.column)], {})",
        "network.term((), [], {})",
    ),
    (
        "a sum from 0 starts at 1",
        READING,
        'return plus(body("0"), made) if size.endswith("+1") else made',
        "return made",
    ),
    ("a column is longer twice", READING, 'size.count("+1") > 1', "False"),
    ("cases need not be all", READING, "if weights != constant(1):", "if False:"),
    ("i and k are apart where it divides", DIVISORS, "            yield {b: a}\n", "            yield {}\n"),
    ("0/0 is 0", DIVISORS, "    if not value:\n", "    if False:\n"),
    (
        "all maxima are one",
        READING,
        ", inside=(place.with_letters({node.index: letter}).of(node.body),))",
        ")",
    ),
    (
        "a derivative of a derivative",
        READING,
        'if "measured" in contents_of((node.top,), place.definitions).traits:',
        "if False:",
    ),
    (
        "y_0 is sigma(y_hat_0)",
        READING,
        "place.network.term((), (), {Atom(*_named(symbol, place)): 1})",
        "atom(_named(symbol, place)[0], *_named(symbol, place)[1])",
    ),
    # the proof
    ("every difference is 0", PROOF, "apart = _without_equal(minus(left, right), pairs)\n", "apart = {}\n"),
    (
        "i and k are never equal",
        PROOF,
        "if not any(set(pair) in ties for pair in pairs):",
        "if not term.deltas:",
    ),
    ("j is never 0", PROOF, '["0"] * (first == 0)', '["0"] * 0'),
    (
        "the first case is enough",
        PROOF,
        "waiting += [replace(here, signs=here.signs | {need.poly: sign}) for sign in (False, True)]",
        "waiting += [replace(here, signs=here.signs | {need.poly: True})]",
    ),
    ("all targets add up", PROOF, 'assumed=assumed or "sum" in kinds', "assumed=True"),
    # bounds
    (
        "a variance with any weights",
        BOUNDS,
        "if len(weights) != 1 or not _adds_up(network, weights[0], bound):",
        "if len(weights) != 1:",
    ),
    ("log t <= t", BOUNDS, 'plus(network.total("K", of_logs), constant(1))', 'network.total("K", of_logs)'),
    # the verdict
    (
        "proof against numbers",
        JUDGING,
        "return replace(verdict, unproved=DISAGREES)",
        "return replace(verdict, proved=True)",
    ),
]
PROVING_MUTANTS = [Mutant(f"prover: {name}", file, old, new, unseen=True) for name, file, old, new in SLIPS]
