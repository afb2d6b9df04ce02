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
LEMMAS = "equations/proving/lemmas.py"
STORY = "equations/proving/story.py"
NAMING = "equations/proving/naming.py"
WRITING = "equations/proving/writing.py"
ON_NETWORKS = "equations/proving/on_networks.py"
WORKED = "equations/proving/worked.py"

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
    # rules that have an entry each, in the order of the modules
    ("i and j are of one size", ALGEBRA, "    if len(sizes) > 1:\n", "    if False:\n"),
    (
        "a summed letter is caught inside",
        ALGEBRA,
        "level = 1 + max(map(height, factors), default=0)",
        "level = 1",
    ),
    (
        "what a sum binds is shared with what stands outside",
        ALGEBRA,
        "if t.bounds == () or _is_free(one, t)})",
        "})",
    ),
    ("a negative power is 1", ALGEBRA, "] * abs(number))", "] * max(number, 0))"),
    ("e^(a/2) = e^a", ALGEBRA, "frozen({term: ONE / coefficient.denominator})", "frozen({term: ONE})"),
    (
        "what is inserted loses its power",
        ALGEBRA,
        "made = self.times(made, self.power(new[one], power))",
        "made = self.times(made, new[one])",
    ),
    ("two orders of sums are two terms", ALGEBRA, "product(*map(permutations, groups))", "[groups]"),
    ("sigma(a) = a_j", FUNCTIONS, 'inner.name.startswith("y_hat")', 'inner.name.startswith("y")'),
    (
        "e^(z_hat_i/2) = z_i s",
        FUNCTIONS,
        'inner.name == "z_hat" and coefficient.denominator == 1',
        'inner.name == "z_hat"',
    ),
    (
        "log(2 a) = log a",
        FUNCTIONS,
        'made = atom("log", inside=(constant(coefficient),)) if coefficient != 1 else {}',
        "made = {}",
    ),
    ("y_j is above 0", FUNCTIONS, 'ABOVE_0 = ("z", ', 'ABOVE_0 = ("z", "y", '),
    ("1 over anything is above 0", FUNCTIONS, "return self.is_above_0(dict(one.inside[0]))", "return True"),
    (
        "an odd power is not below 0",
        FUNCTIONS,
        "            power % 2 == 0 or one",
        "            True or one",
    ),
    (
        "one sign under a sum",
        FUNCTIONS,
        "        if any(map(is_summed, _all_free(poly))):\n            return None\n",
        "",
    ),
    ("ReLU'(0) = 1", FUNCTIONS, "int(number > 0) if primed", "int(number >= 0) if primed"),
    (
        "ReLU has a slope at 0",
        FUNCTIONS,
        '                self.provided["not 0", inside[0]] = None\n',
        "                pass\n",
    ),
    (
        "the derivative of a_i by a_k is 1",
        NETWORK,
        "return self.term((), list(zip(places, indices, strict=True)), {})",
        "return constant(1)",
    ),
    (
        "K = 2: a sum is its first term",
        NETWORK,
        'return plus(body("1"), body("2"))',
        'return body("1")',
    ),
    (
        "a bias is its sum and the weighted inputs",
        NETWORK,
        "return self.value(minus(atom(sums, indices[0]), self._without_bias(name, (), indices[0])))",
        "return self.value(plus(atom(sums, indices[0]), self._without_bias(name, (), indices[0])))",
    ),
    (
        "of layers: through the sums without a minus",
        NETWORK,
        'return self.times(negative(atom("q^k", *sums[1])), self.slope(*sums, name, indices))',
        'return self.times(atom("q^k", *sums[1]), self.slope(*sums, name, indices))',
    ),
    (
        "the sums of a batch are letters",
        NETWORK,
        'if self.setting.mode == "batch" and one.name in MADE_BY:',
        "if False:",
    ),
    (
        "dots: the first terms count twice",
        READING,
        "for n in range(1, number)]",
        "for n in range(1, 1)]",
    ),
    ("a size is large enough unsaid", READING, "if written > 1 and size and not", "if False and not"),
    (
        "a product of matrices: the left one transposed",
        READING,
        "left = place.of(head, before[0] and place.row, before[1] and n)",
        "left = place.of(head, before[0] and n, before[1] and place.row)",
    ),
    ("a root is 1", READING, "if number is None or number.denominator != 1:", "if number is None:"),
    (
        "the larger of two is the first above 0",
        READING,
        "        if len(several) > 1:\n",
        "        if False:\n",
    ),
    ("column 0 of [a, B] is in B", READING, 'if place.column == "0":', 'if place.column == "":'),
    (
        "t > 0 is t <= 0",
        READING,
        'place.network.setting.signs[t] == (condition.kind == "positive")',
        'place.network.setting.signs[t] != (condition.kind == "positive")',
    ),
    (
        "i != k is not known where it divides",
        DIVISORS,
        " and {a, b} not in map(set, network.setting.apart)",
        "",
    ),
    (
        "what is divided by may be 0, unsaid",
        DIVISORS,
        '        network.provided["not 0", frozen(poly)] = None\n',
        "        pass\n",
    ),
    ("what no case meets is proved", PROOF, "    if not cases:\n", "    if False:\n"),
    (
        "K = 2: i and k are apart, and equal",
        PROOF,
        "        if any(a == b for a, b in pairs):\n            continue\n",
        "",
    ),
    ("a bound holds from both sides", PROOF, 'apart if relation == "\\\\ge" else negative(apart)', "apart"),
    (
        "what is divided by is not taken away",
        PROOF,
        "_without_equal(case.network.cleared(apart), pairs)",
        "apart",
    ),
    ("a variance with a minus", BOUNDS, " or term.deltas or coefficient <= 0:", " or term.deltas:"),
    ("Gibbs from the other side", BOUNDS, "if poly.get(term, 0) > 0:", "if poly.get(term, 0):"),
    (
        "beside a lemma anything may be left",
        BOUNDS,
        "            if network.is_not_below_0(network.added_up(rest)):\n                return words",
        "            return words",
    ),
    (
        "a lemma on targets that add up, of any targets",
        LEMMAS,
        "if is_early and (assumed or tag not in NEED_THE_SUM):",
        "if is_early:",
    ),
    (
        "a line cites what stands below it",
        LEMMAS,
        "number(tag) < number(before)",
        "number(tag) != number(before)",
    ),
    (
        "a step inserts a pull for a slope",
        STORY,
        "return negative(side) if lemma.is_negative else side",
        "return side",
    ),
    (
        "a step of a case does not say its case",
        STORY,
        "if len(of_signs) > 1 else ()",
        "if not of_signs else ()",
    ),
    ("a case says the other sign", STORY, "{'>' if above else", "{'>' if not above else"),
    ("a weight's sum in a step begins at 1", STORY, 'n = fresh(f"{size}+1")', "n = fresh(size)"),
    (
        "a factor is too much that is missing",
        NAMING,
        "is {'missing' if is_missing",
        "is {'missing' if not is_missing",
    ),
    (
        "what is left over as a product has the other sign",
        NAMING,
        "(minus(factor, one), right) if is_missing",
        "(minus(one, factor), right) if is_missing",
    ),
    (
        "the case that was forgotten is the wrong one",
        NAMING,
        "if there == [True, False]:",
        "if there == [True, True]:",
    ),
    (
        "a quotient whose rest is lost",
        NAMING,
        "        if not rest:\n            return found",
        "        if found:\n            return found",
    ),
    (
        "brackets: the power stays inside",
        WRITING,
        "power - common.get(one, 0)) for one, power",
        "power) for one, power",
    ),
    ("a sum of 1/(a/2) is not doubled", WRITING, "            coefficient *= Fraction(scale) ** power\n", ""),
    ("a power is not written", WRITING, 'else f"{text}^{power}"', "else text"),
    ("a sum from 0 is written from 1", WRITING, 'first = 0 if size.endswith("+1") else 1', "first = 1"),
    ("above 0 is written as not 0", WRITING, 'if kind == "above 0" else', 'if kind == "" else'),
    (
        "under one sum: a factor is lost",
        WRITING,
        "return [{Term(factors=((one, 1),)): Fraction(1), Term(): number}, there]",
        "return [{Term(factors=((one, 1),)): Fraction(1), Term(): -number}, there]",
    ),
    (
        "on a network: no coefficients",
        ON_NETWORKS,
        "total += float(coefficient) * math.prod",
        "total += math.prod",
    ),
    (
        "on a network: deltas are 1",
        ON_NETWORKS,
        "if all(_place(a, sample, here)",
        "if True or all(_place(a, sample, here)",
    ),
    (
        "a worked number is not compared",
        WORKED,
        "abs(self.printed - self.derived) <= self.limit",
        "bool(self.limit)",
    ),
    # the verdict
    (
        "proof against numbers",
        JUDGING,
        "return replace(verdict, unproved=DISAGREES)",
        "return replace(verdict, proved=True)",
    ),
]
TWINS_FIRST = {"unseen": True, "asked_first": "test_proving_twins.py"}
PROVING_MUTANTS = [Mutant(f"prover: {name}", file, old, new, **TWINS_FIRST) for name, file, old, new in SLIPS]
