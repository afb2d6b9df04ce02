"""How much one check may cost: evaluations, which are the same everywhere, and, for a reader, seconds."""

import time

EVALUATIONS = 400_000  # that a check and its search for a mend may take together
LOOK_EVERY = 500  # evaluations between two looks at the clock


class TooDear(ValueError):  # noqa: N818 (a budget that is used up is no error of anyone's)
    """What a check may cost is used up; the message says in words what that was."""


class Budget:
    """Counts down what one check may cost.

    Parameters
    ----------
    seconds : float or None
        Of this thread, so that a busy machine takes nothing away. None, as for the book's own equations,
        looks at no clock: their verdicts are the same on the slowest machine.
    """

    def __init__(self, seconds: float | None = None):
        self.seconds, self.left = seconds, EVALUATIONS
        self.next_look = self.left - LOOK_EVERY
        self.started = time.thread_time()

    def spend(self, evaluations: int = 1) -> None:
        """Take evaluations off what is left; raise `TooDear` where nothing is left, or no time."""
        self.left -= evaluations
        if self.left < 0:
            raise TooDear(f"{EVALUATIONS:,} evaluations")
        if self.left < self.next_look:
            self.look()

    def look(self) -> None:
        """Look at the clock; raise `TooDear` where the time is over."""
        self.next_look = self.left - LOOK_EVERY
        if self.seconds is not None and time.thread_time() - self.started > self.seconds:
            raise TooDear(f"{self.seconds:g} seconds")
