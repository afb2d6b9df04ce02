"""What a reader may write that the chapters do not, as tables made from what the reader's line is read by."""

import re

from .language.writer import write_node
from .spelling.forms import FORMS
from .spelling.notations import NOTATIONS
from .spelling.notations.table import whole_of
from .tables import Page

MARKED = re.compile(r"[\\`*_{}\[\]|$<>~^]")  # what Markdown would take for its own


def spellings_table() -> Page:
    r"""Return a `Page`: each other spelling that is read, in a line that is true; how, its verdict says.

    Examples
    --------
    >>> from mlp_core.equations import spellings_table
    >>> print(spellings_table().markdown.splitlines()[0])
    | you may write |
    """
    rows = ["| you may write |", "| --- |"]
    rows += [f"| <code>{_verbatim(form.example)}</code> |" for form in FORMS]
    return Page("\n".join(rows), f"{len(FORMS)} other spellings are read.")


def notations_table() -> Page:
    r"""Return a `Page`: the letters of other books, and what each is in this one.

    Examples
    --------
    >>> from mlp_core.equations import notations_table
    >>> print(notations_table().markdown.splitlines()[2].split("|")[1].strip())
    "nielsen"
    """
    rows = ["| `notation=` | its letters, and what they are here | from |", "| --- | --- | --- |"]
    for name, table in NOTATIONS.items():
        letters = {}
        for key, meaning in table.rows.items():
            letters.setdefault(write_node(whole_of(meaning)), []).append(table.spelled(key))
        said = ", ".join(f"${' = '.join(theirs)}$ is ${ours}$" for ours, theirs in letters.items())
        rows.append(f'| "{name}" | {_in_a_cell(said)} | {table.source} |')
    return Page("\n".join(rows), f"{len(NOTATIONS)} other notations are known.")


def _verbatim(text):
    """Return a text that Markdown shows as it is."""
    return MARKED.sub(lambda found: f"&#{ord(found[0])};", text.replace("&", "&amp;"))


def _in_a_cell(latex):
    r"""Return LaTeX that ends no cell of a table: \vert is the same line as |."""
    return latex.replace(r"\|", r"\Vert ").replace("|", r"\vert ")
