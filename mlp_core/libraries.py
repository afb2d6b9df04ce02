"""The libraries that the chapters use and the mathematics does not: where one is missing, how to get it."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def needed_by(user: str) -> Iterator[None]:
    """Import what ``user`` needs under this, so that a library that is missing is said with its remedy.

    Parameters
    ----------
    user : str
        What the reader called, as the message names it.

    Raises
    ------
    ModuleNotFoundError
        A library is not installed; the words say which one, and what brings it.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or "mlp_core").partition(".")[0]
        if library == "mlp_core":
            raise
        message = f'{user} needs {library}, which is not installed; pip install "mlp-core[book]" brings it'
        raise ModuleNotFoundError(message, name=library) from None
