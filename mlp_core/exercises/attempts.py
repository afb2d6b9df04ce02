"""Which wrong answer this is, and how often one slip has been told."""

from collections.abc import Mapping


class Attempt(int):
    """The number of an answer, counted from 1, that knows which slips were told before.

    Parameters
    ----------
    told : mapping of str to int
        How often each slip was told.
    """

    told: Mapping[str, int]

    def __new__(cls, told: Mapping[str, int]):
        """Return the number of the answer after those that were told."""
        attempt = super().__new__(cls, 1 + sum(told.values()))
        attempt.told = told
        return attempt


def times(attempt: int, slip: str) -> int:
    """Return how often a slip is told now, this time included; of a plain number that number."""
    return attempt.told.get(slip, 0) + 1 if isinstance(attempt, Attempt) else attempt
