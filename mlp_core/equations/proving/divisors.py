"""What an equation divides by: it is noted that it must not be 0, and refused where it is."""

from itertools import combinations

from .terms import UnprovedError, as_number, free_indices, frozen, size_of


def inverse_of(poly, network):
    """Return 1/poly as it is read, and note that it must not be 0.

    Raises
    ------
    UnprovedError
        It is 0, or it is 0 where two of its indices are equal.
    """
    value = network.written_out(network.value(poly))
    if not value:
        raise UnprovedError("it divides by 0")
    if any(not network.value(network.renamed(value, names)) for names in _made_equal(value, network)):
        raise UnprovedError("it divides by what is 0 where two indices are equal")
    if as_number(value) is None and not network.is_above_0(value):
        network.provided["not 0", frozen(poly)] = None
    return network.inverse(poly)


def _made_equal(poly, network):
    """Yield {index: another} for the pairs of free indices that may be equal."""
    summed = {bound for term in poly for bound in term.bounds}
    free = sorted({i for term in poly for one, _ in term.factors for i in free_indices(one)} - summed)
    for a, b in combinations(free, 2):
        a, b = (b, a) if b.isdigit() else (a, b)
        may_be_one = a.isdigit() or size_of(a) == size_of(b)
        if may_be_one and "0" not in (a, b) and {a, b} not in map(set, network.setting.apart):
            yield {b: a}
