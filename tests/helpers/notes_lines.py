r"""The slips of the source notes (chapters/notes/errata.md) as a machine reads them, and the corrected lines.

Each slip: the line, its LaTeX, the kind, the false equals sign or None, and the words of the mend or None.
A line is judged as it stands, with the left side that the notes give to its chain, and with the book's E.
S9 and S15 are no equations. `SUM` stands above a line where the notes' result needs it.
"""

from typing import NamedTuple

SUM = r"\text{assume } \sum_l r_l = 1"


class Slip(NamedTuple):
    """One line of the notes that is wrong, or leaves a condition unsaid."""

    line: str
    latex: str
    kind: str
    equals_sign: int | None = None
    mend: str | None = None


SLIPS = [
    Slip("S2", r"z_l = \frac{e^{\hat z_l}}{\sum_l e^{\hat z_l}}", "scope"),
    Slip("S5", r"E = \sum_l r_l \log z_l", "value", 1, "true with a minus before the sum"),
    Slip(
        "S7",
        r"\frac{\partial E}{\partial \hat z_j} = \sum_l \frac{\partial E}{\partial z_l}"
        r"\frac{\partial z_l}{\partial \hat z_j} = \sum_l \frac{r_l}{z_l} (\delta_{lj} z_l - z_l z_j)",
        "value",
        2,
        "true with a minus before the sum, in side 3 of 3",
    ),
    Slip(
        "S8",
        r"\frac{\partial E}{\partial \hat z_j} = \sum_l r_l (\delta_{lj} - z_j)"
        r" = \sum_l r_l \delta_{lj} - z_j \sum_l r_l",
        "value",
        1,
        r"true with a minus before \frac{\partial E}{\partial \hat z_j}, in side 1 of 3",
    ),
    Slip("S10", r"\frac{\partial E}{\partial \hat z_j} = r_j - z_j", "value", 1),
    Slip("S10, its minus repaired", r"-\frac{\partial E}{\partial \hat z_j} = r_j - z_j", "condition", 1),
    Slip("S13", r"\frac{\partial \hat z_k}{\partial w_{ij}} = \delta_{ik} \delta_{ij}", "value", 1),
    Slip("S14", r"\frac{\partial \hat z_i}{\partial y_j} = w_{ij}", "range"),
    Slip(
        "S16",
        r"-\frac{\partial E}{\partial y_j} = \sum_l \frac{\partial E}{\partial \hat z_l}"
        r"\frac{\partial \hat z_l}{\partial y_j} \quad j \ge 1",
        "value",
        1,
        "true with a minus before the sum",
    ),
    Slip(
        "S18",
        r"-\frac{\partial E}{\partial w_{ij}} = \sum_l \frac{\partial E}{\partial \hat z_l}"
        r"\frac{\partial \hat z_l}{\partial w_{ij}}",
        "value",
        1,
        "true with a minus before the sum",
    ),
    Slip("S21", r"-\nabla_{\mathbf y} E = (\mathbf r - \mathbf z)^T \mathbf W", "shape"),
    Slip(
        "S24, its denominator repaired",
        r"\frac{\partial y_i}{\partial \hat y_j} = \sigma'(\hat y_i) \delta_{ij} = \sigma'(y_i) \delta_{ij}",
        "value",
        2,
        "true with a hat on y_i, in side 3 of 3",
    ),
    Slip("S24", r"\frac{\partial y_i}{\partial y_x} = \sigma'(\hat y_i) \delta_{ij}", "use"),
    Slip(
        "S27, its signs of equality repaired",
        r"\frac{\partial E}{\partial v_{ij}} = \frac{\partial E}{\partial y_i}"
        r"\frac{\partial \hat y_i}{\partial v_{ij}}",
        "value",
        1,
        r"true with a hat on y_i",
    ),
    Slip(
        "S27, its hat repaired as well, under the minus that S28 needs",
        r"-\frac{\partial E}{\partial v_{ij}} = \frac{\partial E}{\partial y_i}"
        r"\frac{\partial y_i}{\partial v_{ij}}",
        "value",
        1,
        r"true with a minus before \frac{\partial E}{\partial y_i}\, \frac{\partial y_i}{\partial v_{ij}}",
    ),
    Slip(
        "S28",
        r"\frac{\partial E}{\partial v_{ij}} = [\sum_l (r_l - z_l) w_{li}] \sigma'(\hat y_i)\, x_j",
        "value",
        1,
    ),
    Slip(
        "S29, under the minus that S28 needs",
        r"-\frac{\partial E}{\partial v_{ij}} = [\nabla_{\mathbf y} E]_i\, \sigma'(\hat y_i)\, x_j",
        "value",
        1,
        r"true with a minus before [\nabla_{\mathbf y} E]_i\, \sigma'\left(\hat y_i\right)\, x_j",
    ),
    Slip(
        "S30, in letters that can be read",
        r"\nabla_{\mathbf V} E = ((\nabla_{\mathbf y} E) \odot \sigma'(\mathbf y))\,[1, \mathbf x^T]",
        "value",
        1,
        r"true with a hat on \mathbf y",
    ),
    Slip(
        "S30, under the minus that S28 needs",
        r"-\nabla_{\mathbf V} E = ((\nabla_{\mathbf y} E) \odot \sigma'(\mathbf y))\,[1, \mathbf x^T]",
        "value",
        1,
    ),
]
# What is no slip, but leaves something unsaid, or was struck out.
UNSAID, STRUCK_OUT = {"S9", "S14", "S23"}, {"S15"}
RIGHT = {  # as they stand; S12 as a matrix, and S17 with the range of S14
    "S1": r"\mathbf z = \operatorname{softmax}(\hat{\mathbf z})",
    "S3": r"\frac{\partial z_i}{\partial \hat z_j} = -(\sum_l e^{\hat z_l})^{-2} e^{\hat z_j} e^{\hat z_i}"
    r" + \delta_{ij} e^{\hat z_i} (\sum_l e^{\hat z_l})^{-1}",
    "S4": r"\frac{\partial z_i}{\partial \hat z_j} = -z_i z_j + \delta_{ij} z_i",
    "S6": r"-\frac{\partial E}{\partial z_i} = \frac{r_i}{z_i}",
    "S11": r"\hat z_i = w_{i0} + w_{i1} y_1 + w_{i2} y_2 + \dots + w_{iH} y_H",
    "S12": r"\hat{\mathbf z} = \mathbf W \begin{pmatrix} 1 \\ \mathbf y \end{pmatrix}",
    "S17": r"-\frac{\partial E}{\partial y_j} = \sum_l (r_l - z_l) w_{lj} \quad j \ge 1",
    "S19": r"-\frac{\partial E}{\partial w_{ij}} = \sum_l (r_l - z_l) \cdot y_j \delta_{il}",
    "S20": r"-\frac{\partial E}{\partial w_{ij}} = (r_i - z_i) \cdot y_j",
    "S22": r"-\nabla_{\mathbf W} E = (\mathbf r - \mathbf z) \cdot [1, \mathbf y^T]",
    "S25": r"\hat y_i = v_{i0} + v_{i1} x_1 + v_{i2} x_2 + \dots + v_{iD} x_D",
    "S26": r"\frac{\partial y_i}{\partial v_{ij}} = \frac{\partial y_i}{\partial \hat y_i} \cdot"
    r" \frac{\partial \hat y_i}{\partial v_{ij}} = \sigma'(\hat y_i) \cdot x_j",
    "S29": r"\frac{\partial E}{\partial v_{ij}} = [\nabla_{\mathbf y} E]_i \cdot \sigma'(\hat y_i) \cdot x_j",
}
UNREADABLE = {  # line -> LaTeX, and the column at which reading stops
    "S27": (
        r"= \frac{\partial E}{\partial v_{ij}} = \frac{\partial E}{\partial y_i}"
        r"\frac{\partial \hat y_i}{\partial v_{ij}} =",
        1,
    ),
    "S27, without the first sign": (r"\frac{\partial E}{\partial v_{ij}} =", 37),
    "S30, without a variable": (r"\nabla E = (\nabla_y E) \otimes \sigma'(y) \cdot [1, X^T]", 8),
    "S30, with a variable": (
        r"\nabla_{\mathbf V} E = (\nabla_{\mathbf y} E) \otimes \sigma'(\mathbf y) \cdot [1, \mathbf x^T]",
        47,
    ),
}

# Every line as the book must say it, with what it needs.
CORRECTED = {
    "S1": (r"\mathbf z = \operatorname{softmax}(\hat{\mathbf z})", ()),
    "S2": (r"z_i = \frac{e^{\hat z_i}}{\sum_l e^{\hat z_l}}", ()),
    "S3": (
        r"\frac{\partial z_i}{\partial \hat z_j} = -\left(\sum_l e^{\hat z_l}\right)^{-2} e^{\hat z_j}"
        r" e^{\hat z_i} + \delta_{ij} e^{\hat z_i} \left(\sum_l e^{\hat z_l}\right)^{-1}",
        (),
    ),
    "S4": (r"\frac{\partial z_i}{\partial \hat z_j} = -z_i z_j + \delta_{ij} z_i", ()),
    "S5": (r"E = -\sum_l r_l \log z_l", ()),
    "S6": (r"-\frac{\partial E}{\partial z_i} = r_i / z_i", ()),
    "S7": (
        r"-\frac{\partial E}{\partial \hat z_j} = \sum_l \left(-\frac{\partial E}{\partial z_l}\right)"
        r"\frac{\partial z_l}{\partial \hat z_j} = \sum_l \frac{r_l}{z_l} (\delta_{lj} z_l - z_l z_j)",
        (),
    ),
    "S8": (
        r"\sum_l r_l (\delta_{lj} - z_j) = \sum_l r_l \delta_{lj} - z_j \sum_l r_l",
        (),
    ),
    "S9": (r"\sum_l r_l \delta_{lj} = r_j", ()),
    "S10": (
        r"-\frac{\partial E}{\partial \hat z_j} = r_j - z_j \quad \text{if } \sum_l r_l = 1",
        ("the targets add up to 1",),
    ),
    "S10, without the condition": (r"-\frac{\partial E}{\partial \hat z_j} = r_j - z_j \sum_l r_l", ()),
    "S11": (r"\hat z_i = w_{i0} + w_{i1} y_1 + \dots + w_{iH} y_H", ()),
    "S12": (r"\hat{\mathbf z} = \mathbf W \begin{pmatrix}1\\\mathbf y\end{pmatrix}", ()),
    "S13": (r"\frac{\partial \hat z_k}{\partial w_{ij}} = \delta_{ik}\, y_j", ()),
    "S14": (r"\frac{\partial \hat z_i}{\partial y_j} = w_{ij} \quad j \ge 1", ("j ≥ 1",)),
    "S16": (
        r"-\frac{\partial E}{\partial y_j} = \sum_l \left(-\frac{\partial E}{\partial \hat z_l}\right)"
        r"\frac{\partial \hat z_l}{\partial y_j} \quad j \ge 1",
        ("j ≥ 1",),
    ),
    "S17": (
        r"-\frac{\partial E}{\partial y_j} = \sum_l (r_l - z_l) w_{lj}"
        r" \quad j \ge 1 \quad \text{if } \sum_l r_l = 1",
        ("j ≥ 1", "the targets add up to 1"),
    ),
    "S18": (
        r"-\frac{\partial E}{\partial w_{ij}} = \sum_l \left(-\frac{\partial E}{\partial \hat z_l}\right)"
        r"\frac{\partial \hat z_l}{\partial w_{ij}}",
        (),
    ),
    "S19": (
        r"-\frac{\partial E}{\partial w_{ij}} = \sum_l (r_l - z_l)\, y_j \delta_{il}"
        r" \quad \text{if } \sum_l r_l = 1",
        ("the targets add up to 1",),
    ),
    "S20": (
        r"-\frac{\partial E}{\partial w_{ij}} = (r_i - z_i)\, y_j \quad \text{if } \sum_l r_l = 1",
        ("the targets add up to 1",),
    ),
    "S21": (
        r"-\nabla_{\mathbf y} E = \mathbf W_{:,1:}^T (\mathbf r - \mathbf z) \quad \text{if } \sum_l r_l = 1",
        ("the targets add up to 1",),
    ),
    "S21, as a row": (
        r"(-\nabla_{\mathbf y} E)^T = (\mathbf r - \mathbf z)^T \mathbf W_{:,1:}"
        r" \quad \text{if } \sum_l r_l = 1",
        ("the targets add up to 1",),
    ),
    "S22": (
        r"-\nabla_{\mathbf W} E = (\mathbf r - \mathbf z) \cdot [1, \mathbf y^T]"
        r" \quad \text{if } \sum_l r_l = 1",
        ("the targets add up to 1",),
    ),
    "S23, sigmoid": (
        r"\sigma'(t) = \sigma(t) (1 - \sigma(t)) \quad \sigma = \operatorname{sigmoid}",
        ("σ is sigmoid",),
    ),
    "S23, tanh": (r"\sigma'(t) = 1 - \sigma(t)^2 \quad \sigma = \tanh", ("σ is tanh",)),
    "S24": (r"\frac{\partial y_i}{\partial \hat y_j} = \sigma'(\hat y_i)\, \delta_{ij}", ()),
    "S24, its slip with ReLU": (
        r"\frac{\partial y_i}{\partial \hat y_j} = \sigma'(y_i)\, \delta_{ij}"
        r" \quad \sigma = \operatorname{ReLU}",
        ("σ is ReLU",),
    ),
    "S25": (r"\hat y_i = v_{i0} + v_{i1} x_1 + \dots + v_{iD} x_D", ()),
    "S26": (
        r"\frac{\partial y_i}{\partial v_{ij}} = \frac{\partial y_i}{\partial \hat y_i}"
        r"\frac{\partial \hat y_i}{\partial v_{ij}} = \sigma'(\hat y_i)\, x_j",
        (),
    ),
    "S27": (
        r"-\frac{\partial E}{\partial v_{ij}} = \left(-\frac{\partial E}{\partial y_i}\right)"
        r"\frac{\partial y_i}{\partial v_{ij}}",
        (),
    ),
    "S28": (
        r"-\frac{\partial E}{\partial v_{ij}} = \left[\sum_l (r_l - z_l) w_{li}\right]"
        r" \sigma'(\hat y_i)\, x_j \quad \text{if } \sum_l r_l = 1",
        ("the targets add up to 1",),
    ),
    "S29": (
        r"-\frac{\partial E}{\partial v_{ij}} = [-\nabla_{\mathbf y} E]_i\, \sigma'(\hat y_i)\, x_j",
        (),
    ),
    "S30": (
        r"-\nabla_{\mathbf V} E = \big((-\nabla_{\mathbf y} E) \odot \sigma'(\hat{\mathbf y})\big)"
        r"\,[1, \mathbf x^T]",
        (),
    ),
}
