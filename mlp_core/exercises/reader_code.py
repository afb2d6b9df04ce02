"""Running what a reader wrote: in a thread of its own, with a time limit, on copies of the arguments."""

import copy
import ctypes
import dis
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import numpy as np

TIME_LIMIT = 4.0  # seconds for all that one check asks of the reader's code
NOTHING = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"}  # what returning None takes
GRACE = 1.0  # seconds after which code that does not heed the stop is given up


class TookTooLong(BaseException):  # it stops the reader's code, past `except Exception`
    """Raised within the reader's code when its time is over."""


@dataclass(frozen=True)
class Ran:
    """What came of one call.

    Parameters
    ----------
    value : object
        What was returned.
    error : BaseException or None
        What was raised instead.
    changed : tuple of int
        Which arguments the call has written into.
    """

    value: Any = None
    error: BaseException | None = None
    changed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What came of all the calls.

    Parameters
    ----------
    runs : tuple of Ran
        Of the calls that came to an end.
    stopped : bool
        Whether the time was over.
    given_up : bool
        Whether the code could not even be stopped, and goes on in the background.
    """

    runs: tuple[Ran, ...]
    stopped: bool = False
    given_up: bool = False


def call_all(function: Callable, calls: Sequence[tuple], limit: float | None = None) -> Outcome:
    """Return what the function returns, or raises, for each tuple of arguments.

    The kernel stays interruptible: this thread only waits.
    """
    runs: list[Ran] = []
    worker = threading.Thread(target=_work, args=(function, calls, runs), daemon=True)
    worker.start()
    try:
        _wait(worker, TIME_LIMIT if limit is None else limit)
    except BaseException:
        _stop(worker)
        raise
    if not worker.is_alive():
        return Outcome(tuple(runs), stopped=len(runs) < len(calls))
    _stop(worker)
    return Outcome(tuple(runs), stopped=True, given_up=worker.is_alive())


def _work(function, calls, runs):
    try:
        for arguments in calls:
            runs.append(_call(function, arguments))
    except TookTooLong:
        pass


def _call(function, arguments):
    handed = tuple(
        (copy.deepcopy if isinstance(argument, (list, tuple)) else copy.copy)(argument)
        for argument in arguments
    )
    try:
        with np.errstate(all="ignore"):
            value = function(*handed)
    except TookTooLong:
        raise
    except BaseException as error:  # SystemExit too: nothing of it may reach the kernel
        return Ran(error=error)
    pairs = enumerate(zip(arguments, handed, strict=True))
    return Ran(value, changed=tuple(k for k, (before, after) in pairs if not _same(before, after)))


def _same(before, after):
    if isinstance(before, np.ndarray):
        return before.shape == after.shape and np.array_equal(before, after, equal_nan=True)
    if isinstance(before, (list, tuple)):
        return len(before) == len(after) and all(map(_same, before, after))
    return True


def _wait(worker, seconds):
    until = time.monotonic() + seconds
    while worker.is_alive() and (left := until - time.monotonic()) > 0:
        worker.join(min(left, 0.1))


def _stop(worker):
    """Raise `TookTooLong` in the worker, again where it is caught, until it ends or is given up."""
    until = time.monotonic() + GRACE
    while worker.is_alive() and time.monotonic() < until:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(worker.ident), ctypes.py_object(TookTooLong)
        )
        worker.join(0.1)


def is_unwritten(function: Any) -> bool:
    """Return whether it is a signature, a docstring and `...`: a stub that nobody has touched."""
    if function is None or function is Ellipsis:
        return True
    if not isinstance(function, FunctionType):
        return False
    steps = list(dis.get_instructions(function))
    returned = [step.argval for step in steps if step.opname in ("LOAD_CONST", "RETURN_CONST")]
    return {step.opname for step in steps} <= NOTHING and returned == [None]
