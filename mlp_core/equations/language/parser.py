"""From LaTeX to a tree, by the grammar beside this file; what it does not know is an error with its place."""

import re
from functools import cache
from importlib.resources import files

from ...libraries import needed_by
from .errors import EquationSyntaxError

LONGEST = 2000  # characters
DEEPEST = 50  # brackets, braces and fractions inside each other


def parse(latex):
    """Return the `Equation` that a display states.

    Parameters
    ----------
    latex : str
        The inside of `$$ … $$`.

    Raises
    ------
    EquationSyntaxError
        The text is too long, nested too deeply, or not of the dialect.
    """
    bounded(latex)
    with needed_by("mlp_core.equations"):
        import lark  # here, so that `import mlp_core.equations` costs nothing

    from .to_tree import ToTree

    try:
        return ToTree(latex).transform(_grammar().parse(latex))
    except lark.exceptions.UnexpectedInput as error:
        place = error.pos_in_stream if isinstance(error.pos_in_stream, int) else len(latex)
        place = len(latex.rstrip()) if isinstance(error, lark.exceptions.UnexpectedEOF) else place
        if getattr(getattr(error, "token", None), "type", "") == "$END":
            place = len(latex.rstrip())
        raise EquationSyntaxError(_problem(latex, place), latex, place) from None
    except lark.exceptions.VisitError as error:
        raise error.orig_exc from None


def _problem(latex, place):
    found = re.match(r"\\[A-Za-z]+|\\.|\S", latex[place:])
    return f"{found[0]} cannot stand here" if found else "the equation breaks off"


def bounded(latex):
    """Refuse what is no text, or too long, or has too many brackets in each other."""
    if not isinstance(latex, str):
        raise ValueError(f"latex: got {type(latex).__name__}; expected a string")
    if len(latex) > LONGEST:
        raise EquationSyntaxError(f"the text has {len(latex)} characters, {LONGEST} are read", latex, LONGEST)
    depth = 0
    for found in re.finditer(r"[({\[]|[)}\]]", latex):
        depth += 1 if found[0] in "({[" else -1
        if depth > DEEPEST:
            problem = f"brackets stand more than {DEEPEST} deep in each other"
            raise EquationSyntaxError(problem, latex, found.start())


@cache
def _grammar():
    import lark

    def ended(terminal):
        """Let a macro end where its letters end, so that \\summary is not a \\sum."""
        pattern = terminal.pattern
        if pattern.type == "str" and re.fullmatch(r"\\[a-z]+", pattern.value):
            terminal.pattern = lark.lexer.PatternRE(pattern.to_regexp() + "(?![A-Za-z])", pattern.flags)
        return terminal

    text = files(__package__).joinpath("grammar.lark").read_text(encoding="utf-8")
    return lark.Lark(
        text,
        parser="lalr",
        strict=True,
        propagate_positions=True,
        maybe_placeholders=False,
        edit_terminals=ended,
    )
