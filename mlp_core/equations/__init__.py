"""The book's equations, executed: parsed as they stand in the chapters, compared with measured slopes."""

from .derivations import check_derivation, check_equation
from .notation import notation_table
from .parser import EquationSyntaxError
from .reader import ChapterEquation, read_chapter
from .verdict import Verdict

__all__ = [
    "ChapterEquation",
    "EquationSyntaxError",
    "Verdict",
    "check_derivation",
    "check_equation",
    "notation_table",
    "read_chapter",
]
