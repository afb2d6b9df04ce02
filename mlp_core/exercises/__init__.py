"""Exercises that are checked: the reader writes, the book runs it, and names the slip.

`check` answers, `hint` and `solution` help, `keep` and `mine` carry a function of the reader's
from one chapter to another, `diagnose` looks at code from elsewhere, and `progress` counts. All this costs
NumPy alone.
"""

from .desk import Solution, check, diagnose, hint, keep, mine, progress, solution
from .feedback import Feedback

__all__ = ["Feedback", "Solution", "check", "diagnose", "hint", "keep", "mine", "progress", "solution"]
