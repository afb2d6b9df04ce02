"""The page that the book grew from: its lines as a machine can read them, also with the other sign of E."""

import re

# Judged as they stand, with the left side that the notes give to a chain. A machine needs a touch here and
# there: S12 stands as a matrix for all i at once, S17 has the range of S14, S24 its j and its hat below the
# line; S27 is without its stray equals signs, and S30 has a letter under its nabla and the product that is
# meant. S9, S15 and S23 are no equations.
LINES = {
    "S1": r"\mathbf z = \operatorname{softmax}(\hat{\mathbf z})",
    "S2": r"z_l = \frac{e^{\hat z_l}}{\sum_l e^{\hat z_l}}",
    "S3": r"\frac{\partial z_i}{\partial \hat z_j} = -(\sum_l e^{\hat z_l})^{-2}"
    r" \cdot e^{\hat z_j} e^{\hat z_i} + \delta_{ij} e^{\hat z_i} (\sum_l e^{\hat z_l})^{-1}",
    "S4": r"\frac{\partial z_i}{\partial \hat z_j} = -z_i z_j + \delta_{ij} z_i",
    "S5": r"E = \sum_l r_l \log z_l",
    "S6": r"-\frac{\partial E}{\partial z_i} = \frac{r_i}{z_i}",
    "S7": r"\frac{\partial E}{\partial \hat z_j} = \sum_l \frac{\partial E}{\partial z_l}"
    r" \frac{\partial z_l}{\partial \hat z_j} = \sum_l \frac{r_l}{z_l} (\delta_{lj} z_l - z_l z_j)",
    "S8": r"\frac{\partial E}{\partial \hat z_j} = \sum_l r_l (\delta_{lj} - z_j)"
    r" = \sum_l r_l \delta_{lj} - z_j \sum_l r_l",
    "S10": r"\frac{\partial E}{\partial \hat z_j} = r_j - z_j",
    "S11": r"\hat z_i = w_{i0} + w_{i1} y_1 + w_{i2} y_2 + \dots + w_{iH} y_H",
    "S12": r"\hat{\mathbf z} = \mathbf W \begin{pmatrix} 1 \\ \mathbf y \end{pmatrix}",
    "S13": r"\frac{\partial \hat z_k}{\partial w_{ij}} = \delta_{ik}\, \delta_{ij}",
    "S14": r"\frac{\partial \hat z_i}{\partial y_j} = w_{ij}",
    "S16": r"-\frac{\partial E}{\partial y_j} = \sum_l \frac{\partial E}{\partial \hat z_l}"
    r" \frac{\partial \hat z_l}{\partial y_j} \quad j \ge 1",
    "S17": r"-\frac{\partial E}{\partial y_j} = \sum_l (r_l - z_l) w_{lj} \quad j \ge 1",
    "S18": r"-\frac{\partial E}{\partial w_{ij}} = \sum_l \frac{\partial E}{\partial \hat z_l}"
    r" \frac{\partial \hat z_l}{\partial w_{ij}}",
    "S19": r"-\frac{\partial E}{\partial w_{ij}} = \sum_l (r_l - z_l) \cdot y_j \delta_{il}",
    "S20": r"-\frac{\partial E}{\partial w_{ij}} = (r_i - z_i) \cdot y_j",
    "S21": r"-\nabla_{\mathbf y} E = (\mathbf r - \mathbf z)^T \mathbf W",
    "S22": r"-\nabla_{\mathbf W} E = (\mathbf r - \mathbf z) \cdot [1, \mathbf y^T]",
    "S24": r"\frac{\partial y_i}{\partial \hat y_j} = \sigma'(\hat y_i)\, \delta_{ij}"
    r" = \sigma'(y_i)\, \delta_{ij}",
    "S25": r"\hat y_i = v_{i0} + v_{i1} x_1 + v_{i2} x_2 + \dots + v_{iD} x_D",
    "S26": r"\frac{\partial y_i}{\partial v_{ij}} = \frac{\partial y_i}{\partial \hat y_i} \cdot"
    r" \frac{\partial \hat y_i}{\partial v_{ij}} = \sigma'(\hat y_i) \cdot x_j",
    "S27": r"\frac{\partial E}{\partial v_{ij}} = \frac{\partial E}{\partial y_i}"
    r" \frac{\partial \hat y_i}{\partial v_{ij}}",
    "S28": r"\frac{\partial E}{\partial v_{ij}} = \left[ \sum_l (r_l - z_l) w_{li} \right]"
    r" \cdot \sigma'(\hat y_i) \cdot x_j",
    "S29": r"\frac{\partial E}{\partial v_{ij}} = [\nabla_{\mathbf y} E]_i \cdot \sigma'(\hat y_i) \cdot x_j",
    "S30": r"\nabla_{\mathbf V} E = \big((\nabla_{\mathbf y} E) \odot \sigma'(\mathbf y)\big)\,"
    r" [1, \mathbf x^T]",
}
# A tint for a light page and for a dark one; where no style is let through, the quotation's bar is left.
PAPER = '<div style="background-color: rgba(230, 170, 40, 0.16); padding: 4px 12px;">'
SLOPE_OF_E = re.compile(
    r"\\frac\{\\partial E\}\{\\partial (?:\\hat )?\w_(?:\w|\{\w+\})\}|\\nabla_\{\\mathbf \w\} E"
)


def page_of_the_notes(other_sign: bool = False) -> dict[str, str]:
    r"""Return the lines of the notes that are equations, {"S1": LaTeX}, as they stand.

    Parameters
    ----------
    other_sign : bool
        Whether E is to be the opposite of the book's: -E is then written for every E.

    Examples
    --------
    >>> from mlp_core.equations import page_of_the_notes
    >>> page_of_the_notes()["S5"], page_of_the_notes(other_sign=True)["S5"]
    ('E = \\sum_l r_l \\log z_l', '-E = \\sum_l r_l \\log z_l')
    """
    return {line: _negated(latex) if other_sign else latex for line, latex in LINES.items()}


def as_played(*lines: str) -> str:
    r"""Return Markdown that shows lines on a tinted ground, so that nobody takes them for the book's.

    Parameters
    ----------
    lines : str
        LaTeX, a line each.

    Examples
    --------
    >>> from mlp_core.equations import as_played
    >>> print(as_played(r"E = \sum_l r_l \log z_l").splitlines()[2])
    > $\displaystyle E = \sum_l r_l \log z_l$
    """
    inside = "\n>\n".join(rf"> $\displaystyle {line}$" for line in lines)
    return f"{PAPER}\n\n{inside}\n\n</div>"


def _negated(latex):
    """Return a line with -E in place of E: in every slope of it, and where it stands alone."""
    latex = SLOPE_OF_E.sub(lambda slope: rf"\big(-{slope[0]}\big)", latex)
    return re.sub(r"^E\b", "-E", latex)
