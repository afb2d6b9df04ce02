"""The book's equations, executed: parsed as they stand in the chapters, compared with measured slopes."""

from .contents import (
    equation_table,
    lines_of_the_notes,
    outline,
    ranges,
    read_book,
    shown,
    untagged_table,
    values_at,
)
from .derivations import check_derivation, check_equation
from .mutants import mutation_report
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
    "equation_table",
    "lines_of_the_notes",
    "mutation_report",
    "notation_table",
    "outline",
    "ranges",
    "read_book",
    "read_chapter",
    "shown",
    "untagged_table",
    "values_at",
]
