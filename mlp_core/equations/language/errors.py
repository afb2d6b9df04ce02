"""The two ways in which a text is refused before anything is measured; both show the place."""


class EquationSyntaxError(ValueError):
    r"""A text is no equation of this dialect; the message shows where reading stopped.

    Parameters
    ----------
    problem : str
        What is wrong, in words.
    latex : str
        The whole text.
    position : int
        The first character that could not be read.

    Examples
    --------
    >>> from mlp_core.equations import EquationSyntaxError, check_equation
    >>> try:
    ...     check_equation(r"E \propto 0")
    ... except EquationSyntaxError as error:
    ...     print(error)
    \propto cannot stand here: write = with the factor, line 1, column 3
        E \propto 0
          ^
    """

    def __init__(self, problem: str, latex: str, position: int):
        before = latex[:position]
        self.line, self.column = before.count("\n") + 1, position - before.rfind("\n")
        super().__init__(
            f"{problem}, line {self.line}, column {self.column}\n{caret(latex, (position, position))}"
        )


class EquationMeaningError(ValueError):
    """An equation is of the dialect, and yet has no one meaning that could be true or false.

    Parameters
    ----------
    kind : str
        "shape", "range", "scope", "condition" or "use".
    message : str
        What is wrong, in words.
    span : pair of int
        Where it stands in the text: its first character, and the one behind its last.

    Examples
    --------
    >>> from mlp_core.equations import EquationMeaningError, ranges
    >>> try:
    ...     ranges(r"z_i = y_i")
    ... except EquationMeaningError as error:
    ...     print(error)
    range: i runs over classes in z_i and over hidden units in y_i
    """

    def __init__(self, kind: str, message: str, span: tuple[int, int]):
        super().__init__(f"{kind}: {message}")
        self.kind, self.message, self.span = kind, message, span


def caret(latex, span):
    """Return the line of a place in a text, and below it a mark under that place."""
    start = latex.rfind("\n", 0, span[0]) + 1
    end = latex.find("\n", start)
    end = len(latex) if end < 0 else end
    width = max(min(span[1], end) - span[0], 1)
    return f"    {latex[start:end]}\n    {' ' * (span[0] - start)}{'^' * width}"
