"""What is never below 0: sums of such products, and what two lemmas say.

- A variance is a sum of squares: SUM z_l a_l^2 - (SUM z_l a_l)^2 = SUM z_l (a_l - SUM z_n a_n)^2 >= 0.
- log t <= t - 1, so SUM r_l log(r_l / z_l) >= SUM r_l - SUM z_l.
"""

from .terms import Term, atom, constant, fresh, minus, plus, powered, size_of

WEIGHTS = ("z", "r")  # never below 0


def why_not_below_0(network, poly):
    """Return why a polynomial is never below 0, by its terms or by one use of a lemma; or nothing."""
    if network.is_not_below_0(poly):
        return "no term is below 0"
    for words, lemmas in (
        ("a variance is a sum of squares", _variances),
        (r"$\log t \le t - 1$", _divergences),
    ):
        for lemma, number in lemmas(network, poly):
            rest = minus(poly, {term: number * coefficient for term, coefficient in lemma.items()})
            if network.is_not_below_0(network.added_up(rest)):
                return words
    return ""


def _variances(network, poly):
    """Yield (a variance, how often) for each term SUM z_l a_l^2."""
    for term, coefficient in poly.items():
        if len(term.bounds) != 1 or term.deltas or coefficient <= 0:
            continue
        (bound,) = term.bounds
        weights = [one for one, n in term.factors if n == 1 and one.name in WEIGHTS and bound in one.indices]
        if len(weights) != 1 or not _adds_up(network, weights[0], bound):
            continue
        rest = {one: n for one, n in term.factors if one != weights[0]}
        if not rest or any(n % 2 for n in rest.values()):
            continue
        letter = fresh(size_of(bound))
        root = network.renamed(
            {Term((), (), tuple((one, n // 2) for one, n in rest.items())): 1}, {bound: letter}
        )
        weight = powered(network.renamed_atom(weights[0], {bound: letter}), 1)
        mean = network.summed(network.times(weight, root), letter)
        squares = network.summed(network.times(weight, root, root), letter)
        yield minus(squares, network.times(mean, mean)), coefficient


def _adds_up(network, weight, bound):
    return network.added_up(network.summed(powered(weight, 1), bound)) == constant(1)


def _divergences(network, poly):
    """Yield (SUM r_l log r_l - SUM r_l log z_l - SUM r_l + 1, how often) for a term SUM r_l log r_l."""

    def of_logs(n):
        r = atom("r", n)
        logs = minus(network.logarithm(r), network.value(network.logarithm(atom("z", n))))
        return minus(network.times(r, logs), r)

    lemma = plus(network.total("K", of_logs), constant(1))
    log_r = network.summed(network.times(atom("r", "l:K"), atom("log", inside=(atom("r", "l:K"),))), "l:K")
    ((term, _),) = log_r.items()
    if poly.get(term, 0) > 0:
        yield network.added_up(lemma), poly[term]
