"""The book's equations, executed: parsed as they stand in the chapters, compared with measured slopes."""

from .chapters import ChapterEquation, read_chapter
from .derivations import check_derivation, check_equation
from .language.errors import EquationMeaningError, EquationSyntaxError
from .language.notation import notation_table
from .notes_page import as_played, page_of_the_notes
from .other_spellings import notations_table, spellings_table
from .slips.deal import deck
from .slips.report import mutation_report
from .tables import (
    equation_table,
    lines_of_the_notes,
    notes_table,
    proof_of,
    read_book,
    shown,
    untagged_table,
)
from .taken_apart import outline, ranges, values_at
from .verdict import Verdict

__all__ = [
    "ChapterEquation",
    "EquationMeaningError",
    "EquationSyntaxError",
    "Verdict",
    "as_played",
    "check_derivation",
    "check_equation",
    "deck",
    "equation_table",
    "lines_of_the_notes",
    "mutation_report",
    "notation_table",
    "notations_table",
    "notes_table",
    "outline",
    "page_of_the_notes",
    "proof_of",
    "ranges",
    "read_book",
    "read_chapter",
    "shown",
    "spellings_table",
    "untagged_table",
    "values_at",
]
