"""Formulas in plain words, as a hint, a reason or an answer types them: `z_hat_i`, `r - z`, `E = -log z`."""

import re

ALONE = "[BDEHJKMRVWXZ]|[e-np-rt-z]|[ŷẑ]"  # no letter that is a word
INDEX = r"\\?_(\d+|[a-z]{1,2})"  # the backslash is Markdown's
INDEXED = rf"[A-Za-zŷẑ](?:_hat|\^L)?{INDEX}|[a-z]_hat(?:{INDEX})?".replace("(\\d", "(?:\\d")
SYMBOL = rf"(?:(?:log|exp) )?∂?(?:{INDEXED}|delta_[a-z]{{2}}|{ALONE})"
BESIDE = r"\d*[abc](?= [-−+=] )|(?<= [-−+=] )\d*[abc]"  # letters that are words, too
ATOM = rf"(?<![\w.])(?<!Log )(?<!\w\[)(?:[-−]?{SYMBOL}|\d+(?:\.\d+)?|{BESIDE})²?(?!\w|\.\d|[.'’]\w|[(\[])"
GROUP = rf"(?:{ALONE})?\((?:{ATOM}(?: [-−+] {ATOM})+|1, [a-z])\)²?"
TERM = rf"(?:{GROUP}|{ATOM})"
FORMULA = re.compile(rf"{TERM}(?:(?: [-−+=] |/){TERM})*")
# What is a formula or no text already.
ASIDE = re.compile(
    r"`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|<code>.*?</code>|<[^>]*>"
    r"|https?://\S+|\]\([^)]*\)|\[\([\d.]+\)\]",
    re.S,
)
HATTED = re.compile(r"\b([a-z])_hat\b|\b([a-z])_hat(?=_)")
SUBSCRIPT = re.compile(INDEX + r"\b")
SIGNS = {"−": "-", "²": "^2", "∂": r"\partial ", "ŷ": r"\hat y", "ẑ": r"\hat z"}
NAMED = re.compile(r"\b(log|exp|delta)(?=[ _])")


def set_formulas(text: str) -> str:
    """Return Markdown in which the formulas among the words are formulas."""
    made, begun = [], 0
    for aside in ASIDE.finditer(text):
        made += [FORMULA.sub(_formula, text[begun : aside.start()]), aside[0]]
        begun = aside.end()
    return "".join([*made, FORMULA.sub(_formula, text[begun:])])


def _formula(found):
    text = found[0]
    if not re.search("[A-Za-z]", text):  # a number, or numbers
        return text
    for sign, tex in SIGNS.items():
        text = text.replace(sign, tex)
    hatted = HATTED.sub(lambda hat: rf"\hat {hat[1] or hat[2]}", text)
    return "$" + SUBSCRIPT.sub(r"_{\1}", NAMED.sub(r"\\\1", hatted)) + "$"
