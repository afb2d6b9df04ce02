"""A sum that is written out with \\dots, as the sum of all its terms on one network."""

from dataclasses import replace

from ..language import tree
from ..language.errors import EquationMeaningError


def has_dots(node):
    """Return whether a sum is written out."""
    return any(isinstance(term, tree.Dots) for term in node.terms)


def without_dots(node, sizes):
    """Return a sum in which the terms that \\dots stand for are written.

    Parameters
    ----------
    node : Sum
        After the term of 1 (or 2) come \\dots and the term of K, H or D.
    sizes : dict
        What these letters stand for.

    Raises
    ------
    EquationMeaningError
        The terms on both sides of the dots do not continue each other.
    """
    place = next(k for k, term in enumerate(node.terms) if isinstance(term, tree.Dots))
    before, after = node.terms[place - 1 : place], node.terms[place + 1 : place + 2]
    size, last = _growing(before[0], after[0]) if before and after else (None, 0)
    if not size:
        message = "the terms before and after the dots do not continue each other"
        raise EquationMeaningError("use", message, node.terms[place].span)
    if any(isinstance(part, tree.Total) for part in after[0].walk()):
        raise EquationMeaningError("use", "a sum that is written out holds no other", after[0].span)
    rest = [_with_index(after[0], size, n) for n in range(last + 1, sizes[size] + 1)]
    return tree.Sum((*node.terms[:place], *rest, *node.terms[place + 2 :]), span=node.span)


def _growing(before, after):
    """Return (the size that `after` has as an index, the number that `before` has there), if that is all."""
    sizes = {i for part in after.walk() for i in getattr(part, "indices", ()) if i in ("K", "H", "D")}
    fits = [(size, n) for size in sizes for n in (1, 2) if _with_index(after, size, n) == before]
    return fits[0] if len(fits) == 1 else (None, 0)


def _with_index(node, size, number):
    def change(part):
        indices = getattr(part, "indices", ())
        if size not in indices:
            return part
        return replace(part, indices=tuple(number if i == size else i for i in indices))

    return tree.changed_below(node, change)
