"""The other spellings that are read, in one table: the reader looks a form up here before it reads it.

Chapter 90 prints the table; each example there is read, and written as the chapters would write it.
"""

from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Form:
    """One way of writing that the chapters do not use.

    Parameters
    ----------
    name : str
        By which the reader asks for it.
    example : str
        A true line that is written so.
    tokens : mapping
        Where the form is no more than another macro: the macro, and that of the dialect.
    """

    name: str
    example: str
    tokens: dict = field(default_factory=dict)


LN = {"\\ln": "\\log", "ln": "\\log"}
CIRCLE = {"\\circ": "\\odot", "\\bigodot": "\\odot"}
TIMES = {"\\times": "\\cdot", "@": "\\cdot", "*": "\\cdot", "\\ast": "\\cdot"}
DOTS = {"\\cdots": "\\dots", "\\ldots": "\\dots", "\\dotsb": "\\dots"}
SIGNS = {"\\equiv": "=", "\\geqslant": "\\ge", "\\leqslant": "\\le"}
FORMS = (
    Form("operator", r"\frac{\partial}{\partial \hat z_j} z_i = z_i (\delta_{ij} - z_j)"),
    Form("partial by a subscript", r"\partial_{z_i} E = -\frac{r_i}{z_i}"),
    Form("partial on one line", r"\partial E / \partial z_i = -\frac{r_i}{z_i}"),
    Form("d for a derivative", r"\frac{dE}{dz_i} = -\frac{r_i}{z_i}"),
    Form("product under a derivative", r"\frac{\partial r_i \log z_i}{\partial z_i} = \frac{r_i}{z_i}"),
    Form("twice a derivative", r"\frac{\partial^2 E}{\partial z_i^2} = \frac{r_i}{z_i^2}"),
    Form(
        "gradient as a fraction",
        r"\frac{\partial E}{\partial \mathbf y} = \mathbf W_{:,1:}^T \nabla_{\hat{\mathbf z}} E",
    ),
    Form("Jacobian", r"\frac{\partial \hat{\mathbf z}}{\partial \mathbf y} = \mathbf W_{:,1:}"),
    Form("reach of a function", r"\log z_i = \hat z_i - \log \sum_l e^{\hat z_l}"),
    Form("braces of a function", r"\exp{\hat z_i} = z_i \sum_l \exp{\hat z_l}"),
    Form("power of a function", r"\frac{\partial \tanh t}{\partial t} = 1 - \tanh^2 t"),
    Form("curly brackets", r"\operatorname{ReLU}(t) = \max\{0, t\}"),
    Form("brackets of max", r"\max_l \{z_l\} \ge z_i"),
    Form("largest of a column", r"\max(\mathbf z) \ge z_i"),
    Form("largest of one number", r"\max(z_i) \ge z_i"),
    Form("name of a function", r"\mathbf z = \text{Softmax}(\hat{\mathbf z})"),
    Form("composed functions", r"\log z_i = \hat z_i - \operatorname{logsumexp}(\hat{\mathbf z})"),
    Form("entry of a function", r"z_i = \operatorname{softmax}(\hat{\mathbf z})_i"),
    Form("ln", r"E = -\sum_l r_l \ln z_l", LN),
    Form("slash", r"z_i = e^{\hat z_i} / \sum_l e^{\hat z_l}"),
    Form("root", r"z_i = \sqrt{z_i} \sqrt{z_i}"),
    Form("square of a length", r"\|\mathbf z\|^2 = \sum_l z_l^2"),
    Form("circle", r"\mathbf z \circ \mathbf r = \mathbf r \odot \mathbf z", CIRCLE),
    Form(
        "second gradient",
        r"\nabla^2_{\hat{\mathbf z}} E = \operatorname{diag}(\mathbf z) - \mathbf z \mathbf z^T",
    ),
    Form("condition below a letter", r"\frac{\partial z_{k \ne i}}{\partial \hat z_i} = -z_k z_i"),
    Form(
        "gradient of a number",
        r"\nabla_{\hat{\mathbf z}} \log z_k = "
        r"\nabla_{\hat{\mathbf z}} \left( \hat z_k - \log\left(\sum_l e^{\hat z_l}\right) \right)",
    ),
    Form("unit column", r"\mathbf z \odot \mathbf e_k = z_k \mathbf e_k"),
    Form("if and else", r"\operatorname{ReLU}(t) = t \text{ if } t > 0 \text{ else } 0"),
    Form("one-hot target", r"\frac{\partial E}{\partial \hat z_k} = z_k - 1 \quad \text{if } r_k = 1"),
    Form("minus behind a dot", r"\log z_i = -1 \cdot -\log z_i"),
    Form("prime behind brackets", r"\left(1 + e^{-t}\right)' = -e^{-t}"),
    Form("space of a line", r"\mathbf z = \operatorname{softmax}(\hat{\mathbf z}) \in \mathbb{R}^K"),
    Form(
        "several equations",
        r"E = -\sum_l r_l \log z_l, \quad \frac{\partial E}{\partial z_i} = -\frac{r_i}{z_i}",
    ),
    Form("word for an index", r"\frac{\partial E}{\partial z_{true}} = -\frac{r_{true}}{z_{true}}"),
    Form(
        "what is said in words",
        r"\nabla_{\hat{\mathbf z}} E = (\mathbf z - \mathbf r)^T \quad \text{gradients are rows}",
    ),
    Form("wide space", r"z_i = \frac{1}{\sum_l e^{\hat z_l}} \quad \left[ e^{\hat z_i} \right]"),
    Form("letter of one's own", r"\bar z + z_i = \frac{e^{\hat z_i}}{\sum_l e^{\hat z_l}} + \bar z"),
    Form(
        "letter that is said behind",
        r"z_i = \frac{e^{\hat z_i - m}}{\sum_l e^{\hat z_l - m}}, \quad m = \max_k \hat z_k",
    ),
    Form("name of a line", r"\delta_i = \frac{\partial E}{\partial \hat z_i} = z_i - r_i"),
    Form("row of a matrix", r"\nabla_{\mathbf w_i} E = (z_i - r_i) \mathbf y"),
    Form("inner product", r"E = -\langle \mathbf r, \log \mathbf z \rangle"),
    Form("times", r"z_i \times r_i = r_i * z_i", TIMES),
    Form("dot of two columns", r"E = -\mathbf r \cdot \log \mathbf z"),
    Form("dots", r"\hat z_i = w_{i0} + w_{i1} y_1 + \cdots + w_{iH} y_H", DOTS),
    Form("signs", r"z_i \leqslant \max_l z_l", SIGNS),
    Form("product over an index", r"e^{-E} = \prod_l z_l^{r_l}"),
    Form("E of its arguments", r"E(\mathbf r, \mathbf z) = -\sum_l r_l \log z_l"),
    Form(
        "sign of an argument", r"\operatorname{ReLU}(t) = \begin{cases} t & t \ge 0 \\ 0 & t < 0 \end{cases}"
    ),
    Form(
        "sign of an expression",
        r"\operatorname{ReLU}(\hat y_j) = "
        r"\begin{cases} \hat y_j & \hat y_j > 0 \\ 0 & \hat y_j \le 0 \end{cases}",
    ),
    Form("any constant", r"z_i = \frac{e^{\hat z_i + c}}{\sum_l e^{\hat z_l + c}}"),
    Form(
        "max inside a sum",
        r"z_i = \frac{e^{\hat z_i - \max_l \hat z_l}}{\sum_l e^{\hat z_l - \max_l \hat z_l}}",
    ),
    Form("limits", r"\sum_l^K z_l = 1"),
    Form("sum over two", r"\sum_{i,k} z_i z_k = 1"),
    Form("minus under a sum", r"E = \sum_l -r_l \log z_l"),
    Form("all but one", r"\sum_{k \ne i} z_k = 1 - z_i"),
    Form("another letter for a size", r"\sum_{c=1}^{C} z_c = 1"),
    Form("delta", r"\frac{\partial z_i}{\partial \hat z_j} = z_i (\delta_i^j - z_j)"),
    Form("indicator", r"\frac{\partial z_i}{\partial \hat z_j} = z_i (1_{i=j} - z_j)"),
    Form(
        "cases of indices",
        r"\frac{\partial z_i}{\partial \hat z_j} = "
        r"\begin{cases} z_i (1 - z_i) & i = j \\ -z_i z_j & i \ne j \end{cases}",
    ),
    Form(
        "otherwise",
        r"\operatorname{ReLU}(t) = \begin{cases} t & \text{if } t > 0 \\ 0 & \text{otherwise} \end{cases}",
    ),
    Form(
        "cases without their name",
        r"\operatorname{ReLU}(t) = \left\{ \begin{array}{ll} t & t > 0 \\ 0 & t \le 0 \end{array} \right.",
    ),
    Form("zero for a column", r"\operatorname{diag}(\mathbf z)\, \mathbf 1 - \mathbf z = 0"),
    Form("primed index", r"z_k = \frac{e^{\hat z_k}}{\sum_{k'} e^{\hat z_{k'}}}"),
    Form("softmax of one number", r"z_i = \operatorname{softmax}(\hat z_i)"),
    Form("frames", r"\frac{\partial E}{\partial z_i} = \boxed{-\frac{r_i}{z_i}}"),
    Form("identity", r"\operatorname{diag}(\mathbf z) = \mathbf I \operatorname{diag}(\mathbf z)"),
    Form("sum behind 0", r"\hat z_i = w_{i0} + \sum_{j > 0} w_{ij} y_j"),
    Form(
        "bar with a condition", r"\left. \frac{\partial z_i}{\partial \hat z_j} \right|_{i \ne j} = -z_i z_j"
    ),
    Form(
        "function of its variable",
        r"\frac{\partial \sigma}{\partial t} = 1 - \sigma(t)^2 \quad \sigma = \tanh",
    ),
    Form(
        "sum over a batch",
        r"\nabla_{\hat{\mathbf Z}} E = \mathbf Z - \mathbf R "
        r"\quad \text{if } E \text{ is summed over the batch}",
    ),
    Form("matrix", r"\hat{\mathbf z} = \mathbf W \begin{bmatrix} 1 \\ \mathbf y \end{bmatrix}"),
    Form(
        "written out with dots",
        r"\mathbf z = \frac{1}{\sum_l e^{\hat z_l}} "
        r"\begin{bmatrix} e^{\hat z_1} \\ \vdots \\ e^{\hat z_K} \end{bmatrix}",
    ),
    Form(
        "Jacobian by its letter",
        r"J_{\hat{\mathbf z}} \mathbf z = \operatorname{diag}(\mathbf z) - \mathbf z \mathbf z^T",
    ),
    Form(
        "a batch by its examples",
        r"\frac{\partial E}{\partial w_{ij}} = \frac{1}{B} \sum_{n=1}^{B} (z_{ni} - r_{ni}) y_{nj}",
    ),
    Form("column 0", r"\hat{\mathbf z} = \mathbf W_{:,1:} \mathbf y + \mathbf W_{:,0}"),
    Form("i = j", r"\frac{\partial z_i}{\partial \hat z_j} = z_i (1 - z_i) \quad \text{if } i = j"),
    Form(
        "words of a condition",
        r"\frac{\partial z_i}{\partial \hat z_j} = -z_i z_j, \quad \text{for } i \ne j",
    ),
    Form("brackets of a condition", r"\frac{\partial z_i}{\partial \hat z_j} = -z_i z_j \quad (i \ne j)"),
    Form("range of an index", r"\frac{\partial E}{\partial z_i} = -\frac{r_i}{z_i}, \quad i = 1, \dots, K"),
    Form("braces", r"\frac{\partial E}{\partial {z_i}} = -{r_i \over z_i}"),
    Form("accents", r"\boldsymbol{\hat z} = \mathbf W \begin{pmatrix} 1 \\ \mathbf y \end{pmatrix}"),
    Form("entry of a bold letter", r"E = -\sum_l \mathbf r_l \log \mathbf z_l"),
    Form("capital with indices", r"\hat z_i = \sum_j W_{ij} y_j"),
    Form("plain letter for the whole", r"z = \operatorname{softmax}(\hat z)"),
    Form("another argument", r"\tanh(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}}"),
    Form(
        "layers",
        r"\hat{\mathbf y}^{[l]} = \mathbf W^{[l]} \begin{pmatrix} 1 \\ \mathbf y^{[l-1]} \end{pmatrix}",
    ),
)
SAME_TOKEN = MappingProxyType(
    {was: now for form in FORMS for was, now in form.tokens.items()}
    # Of the dialect itself, where they are one sign each.
    | {"\\geq": "\\ge", "\\leq": "\\le", "\\neq": "\\ne", "\\prime": "'", "\\lVert": "\\|", "\\rVert": "\\|"}
    | {"\\Vert": "\\|", "\\lbrack": "[", "\\rbrack": "]", "\\lbrace": "\\{", "\\rbrace": "\\}"}
    | {"\\bf": "\\mathbf"}
    | {"\\widehat": "\\hat", "\\dfrac": "\\frac", "\\tfrac": "\\frac", "\\cfrac": "\\frac"}
)
FORM_OF_TOKEN = MappingProxyType(
    {was: form.name for form in FORMS for was in form.tokens}
    | {"'": "primed index", "word": "word for an index"}
)
