"""Two threads that move explorers take turns.

JupyterLab gives what a control does to a subshell of the kernel, a thread of its own, while a cell, or a task
that a button began, goes on in the main one. A state that is read and changed in the middle of the other's
change would be no state: a network of four units under a width of nine.
"""

import functools
import threading
from collections.abc import Callable
from typing import Any

TURN = threading.RLock()  # one for all explorers: matplotlib's settings are those of the whole process


def in_turn(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function, waiting until no other thread is in one of these."""

    @functools.wraps(method)
    def alone(*args: Any, **kwargs: Any) -> Any:
        with TURN:
            return method(*args, **kwargs)

    return alone
