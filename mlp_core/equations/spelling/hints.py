"""What to write instead: one table of hints, keyed by what was found where nothing of the language stands."""

import re

TRAINING = "a step and a penalty are of training, not of this gradient: leave them out"
ARROW = "an arrow is no equals sign: of an update write its gradient, of a limit the equation before it"
WRITTEN_OUT = "write the line for one entry, with indices: z_i = …"
ONE_LINE = "an equation is one line: definitions (s := …) and assumptions go into after=[…]"
HINTS = {
    "\\propto": "write = with the factor",
    "\\sim": "write \\approx, or =",
    "\\simeq": "write \\approx",
    "\\leftarrow": ARROW,
    "\\gets": ARROW,
    "\\to": ARROW,
    "\\rightarrow": ARROW,
    "\\eta": TRAINING,
    "\\lambda": TRAINING,
    "\\vdots": WRITTEN_OUT,
    "\\ddots": WRITTEN_OUT,
    "\\implies": ONE_LINE,
    "\\Rightarrow": ONE_LINE,
    "\\iff": ONE_LINE,
    "\\Leftrightarrow": ONE_LINE,
    "\\int": "integrals are not read; sums are, \\sum_l",
    "\\lim": "limits are not checked: write the equation that holds before the limit",
    "\\min": "write -\\max(-a, -b)",
    "\\arg": "the place of a maximum is not read; its value is, \\max_l z_l",
    "\\argmax": "the place of a maximum is not read; its value is, \\max_l z_l",
    "\\otimes": "write \\odot for entry by entry, or a column times a row, \\mathbf a \\mathbf b^T",
    "\\oplus": "write +",
    "\\pm": "write two equations, one with + and one with -",
    "\\mp": "write two equations, one with + and one with -",
    "\\tilde": "a letter has a hat or none: define one of your own with :=, in after=[…]",
    "\\bar": "a letter has a hat or none: define one of your own with :=, in after=[…]",
    "\\overline": "a letter has a hat or none: define one of your own with :=, in after=[…]",
    "\\dot": "write \\frac{\\partial …}{\\partial t}",
    "\\sin": "the functions are \\log, \\exp, \\tanh, \\max, \\sigma, softmax, diag, sigmoid and ReLU",
    "\\cos": "the functions are \\log, \\exp, \\tanh, \\max, \\sigma, softmax, diag, sigmoid and ReLU",
    "\\Pi": "products over an index are not read: take the logarithm and write \\sum",
    "\\Delta": "write a difference out; of a step write the gradient, \\nabla_{\\mathbf W} E",
    "\\in": "sets are not read: write bounds as \\ge and \\le, the range of an index as \\quad j \\ge 1",
    "\\mid": "conditional probabilities are not read: write z_i for the probability of class i",
    "|": "absolute values are not read: write \\max(a, -a)",
    "\\lvert": "absolute values are not read: write \\max(a, -a)",
    "!": "factorials are not read",
    "<": "write \\le, or a condition from the list, \\quad t \\le 0",
    ">": "write \\ge, or a condition from the list, \\quad t > 0",
    "\\ne": "an inequality is no equation; write it as a condition, behind: \\quad i \\ne j",
    "=": "begin with the left side; before and behind an equals sign stands an expression",
    "-": "write brackets round what begins with a minus",
    "+": "a plus stands between two terms",
    "\\cdot": "a dot stands between two factors",
    "/": "write \\frac{…}{…}",
    "^": "write brackets round what is raised, \\left( … \\right)^2",
    "_": "an index stands behind a letter or behind brackets: z_i, [\\mathbf z]_i",
    "'": "a prime stands behind a function, \\sigma'(t); transposed is ^T",
    "&": "write one equation, or an environment such as cases",
    ",": ONE_LINE,
    ";": ONE_LINE,
    ":": "write := for a definition",
    ".": "write \\cdot between two factors, and a number with a digit before its point, 0.5",
    ")": "this bracket is not open",
    "]": "this bracket is not open",
    "}": "this brace is not open",
    "\\}": "this brace is not open",
    "#": "write letters, numbers and the macros of the dialect only",
    "%": "write letters, numbers and the macros of the dialect only",
}
GREEK = re.compile(r"\\(eta|vartheta|iota|lambda|pi|phi|varphi|chi|Lambda|Phi|Psi)")
LETTERS = "write x, V, y, W, z, r or E; a letter of your own is Latin, and defined with :=, in after=[…]"
WORDS = "write log, exp, tanh, max, softmax, diag, sigmoid or ReLU for a function; a condition stands behind"
OTHER_MACRO = "it is no macro of this language: write what the tables of chapter 90 list"
# What is said of a line that is read and has no one meaning: a pattern of the message -> what to write.
ADVICE = (
    (r"and the sum ends at", "write \\sum_{i=1}^{K} over classes, ^{H} over hidden units, ^{D} over inputs"),
    (
        r"^use: (L|J|C) is not in",
        "if this is how wrong the network is, write E; a letter of your own is defined with :=, in after=[…]",
    ),
    (
        r"^use: D_\w is not in",
        "write a derivative as a fraction, \\frac{\\partial z_i}{\\partial \\hat z_j}",
    ),
    (
        r"^use: d is not in",
        "write a derivative as a fraction, \\frac{\\partial E}{\\partial z_i}, for a differential",
    ),
    (
        r"written out with dots",
        "write one entry of each side, with indices: z_i = …",
    ),
    (
        r"none of the cases holds|of the cases hold at once",
        "write cases that leave nothing out, t > 0 and t \\le 0",
    ),
    (
        r"^use: [XYZRQ](_hat)?_\w+ is not in",
        "one number of a batch has no letter: write the line for one example, or with the whole, \\mathbf Z",
    ),
    (
        r"^use: b(_\w+)? is not in",
        "the bias is column 0 of W: write w_{i0}, or \\mathbf W_{:,0} for all of it",
    ),
    (
        r"^use: delta_\w is not in",
        "with one index define it, \\delta_k := \\frac{\\partial E}{\\partial \\hat z_k}, in after=[…]; "
        "with two it is Kronecker's",
    ),
    (
        r"^use: E has no index",
        "write the line for one example; of a batch E is one number, the mean over its examples",
    ),
    (
        r"is not in the table of letters",
        "define it with :=, in after=[…], or pass notation=… for another book's letters",
    ),
    (
        r"a number is wanted here",
        "write an entry, z_i, for one number of a whole; divide entry by entry with indices",
    ),
    (
        r"what a Jacobian is of have different shapes",
        "a column has no slope by a matrix here: write \\nabla_{\\hat{\\mathbf z}} E \\, [1, \\mathbf y^T], "
        "or the line for one weight, w_{ij}",
    ),
    (
        r"\((H|D)\+1\)|of (H|D)\+1|^shape.*× (H|D)\b.*",
        "W and V hold the biases in column 0: write \\mathbf W_{:,1:}, or [1, \\mathbf y^T] for the row",
    ),
    (r"does not fit", "transpose one with ^T, or write \\odot for the product entry by entry"),
    (
        r"have different shapes",
        "transpose one with ^T, or write the same indices at both; nothing is broadcast",
    ),
    (
        r"is a summed letter, and stands outside",
        "write another letter for the sum, or brackets round what belongs to it",
    ),
    (r"does not occur in its own sum", "write the index below a letter behind the sum, or leave the sum out"),
    (r"is summed twice", "write another letter for the inner sum"),
    (
        r"runs over classes in|runs over hidden units in|runs over inputs in",
        "write one index letter for each: i for classes, j for hidden units, m for inputs",
    ),
    (r"has (no|one|two) ind", "write it with its indices, z_i, w_{ij}, or bold for the whole, \\mathbf z"),
    (r"and nothing says (\w)", "write \\quad <letter> \\ge 1 behind it"),
    (r"does not say that it starts at 1", "write \\sum_{j=1}^{H}"),
    (r"claims to need", "leave the condition out"),
    (r"which the equation has not", "leave the condition out, or write the index"),
    (r"is no index letter", "write another letter for the index, such as i"),
    (
        r"no sign can be said",
        "write t for what a function is applied to, in the line and in the case",
    ),
    (
        r"does not run to \w here",
        "leave the range out: an index runs over what its letters do",
    ),
    (
        r"nothing leads from",
        "write the derivative by a letter that comes before it: x, ŷ, y, ẑ, z, E in this order",
    ),
    (
        r"is no quantity that can be moved",
        "write the derivative by a letter of the table: z_i, \\hat z_i, w_{ij}, y_j, \\hat y_j, v_{jm}, x_m",
    ),
    (
        r"is for arrays, and this is a number",
        "write a bold letter for the whole: \\operatorname{softmax}(\\hat{\\mathbf z})",
    ),
    (r"nothing says how far (\w)", "write the index at a letter too, z_<letter>"),
    (
        r"are nowhere equal",
        "write = if that is meant; a bound that nothing reaches is not judged, which does not make it false",
    ),
    (r"stands in front of a row", "write [1, \\mathbf y^T]"),
    (r"cannot be assumed", "assume \\sum_l r_l = 1; another letter is defined with :="),
    (
        r"cannot stand in an equation of",
        "write the line for one example, with indices, or with the capitals of a batch only",
    ),
    (r"is defined above", "write another letter"),
)


def hint_at(r):
    """Return what to write in place of the token at which a reader stands, or None."""
    token = r.token()
    if token is None:
        return None
    if token.word:
        return WORDS
    if token.text in HINTS:
        return HINTS[token.text]
    if GREEK.fullmatch(token.text):
        return LETTERS
    return OTHER_MACRO if token.text.startswith("\\") else None


def advice_on(message):
    """Return what to write where a line has no one meaning, or None."""
    for pattern, advice in ADVICE:
        if found := re.search(pattern, message):
            return advice.replace("<letter>", found[1]) if "<letter>" in advice else advice
    return None
