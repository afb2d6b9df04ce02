"""A reader's line cut into tokens, each with its place: spacing is dropped, Unicode's signs are macros."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache

from .forms import SAME_TOKEN

FUNCTION_NAMES = (
    "softmax",
    "sigmoid",
    "tanh",
    "diag",
    "relu",
    "ReLU",
    "log",
    "exp",
    "max",
    "ln",
    "logsumexp",
)
TEXT = r"text|textrm|textit|textup|textsf|texttt|mathrm|mathit|mathsf|mathtt|operatorname\*?|mbox|rm"
TOKENS = (
    r"\\(?:begin|end)\s*\{[^{}]*\}",
    r"\\(?:text|textrm|mbox)\s*\{[^{}$]*(?:\$[^{}$]*\$[^{}$]*)+\}",
    rf"\\(?:{TEXT})\s*\{{(?:[^{{}}\\]|\\_)*\}}",
    rf"\\(?:{TEXT})\s+[A-Za-z](?![A-Za-z])",
    r"\{\s*\\rm\s+[A-Za-z]+\s*\}",
    r"\\\\\s*\[\s*-?[0-9.]+\s*[a-z]{2}\s*\]",
    r"\\[A-Za-z]+|\\.",
)
OLD_WORD = re.compile(r"\{\s*\\rm\s+([A-Za-z]+)\s*\}")
SIGNS = r"[0-9]+(?:\.[0-9]+)?|:=|\S"
WORD = re.compile(rf"\\(?:{TEXT})\s*\{{?(.*?)\}}?", re.DOTALL)
SIZES_OF_BRACKETS = r"\big \Big \bigg \Bigg \bigl \bigr \Bigl \Bigr \biggl \biggr \Biggl \Biggr \bigm \Bigm"
WIDE = re.compile(r"\\hspace\s*\*?\s*\{\s*[1-9][0-9.]*\s*(cm|em|in)\s*\}")  # as wide as \\quad
STYLES = r"\displaystyle \textstyle \limits \nolimits \nonumber \notag \mathop \mathrel \mathbin \mathord"
FONT_SIZES = r"\Huge \huge \LARGE \Large \large \normalsize \small \footnotesize \scriptsize \tiny"
SPACING = r"\, \; \: \! \> ~ \left \right \middle \hfill \strut $ \[ \] \( \) \space \enspace \thinspace"
ENDINGS = r"\medspace \thickspace \hline \blacksquare \square \Box \qed \qedhere \noindent"
LAYOUT = frozenset(f"{SIZES_OF_BRACKETS} {STYLES} {FONT_SIZES} {SPACING} {ENDINGS}".split()) | {"\\ "}
ENVIRONMENTS = re.compile(
    r"\\(begin|end)\s*\{\s*(aligned|align\*?|split|equation\*?|gather(ed)?\*?|eqnarray\*?|multline\*?|alignat\*?)\s*\}"
)
SKIPPED_WHOLE = tuple(
    [r"\label", r"\hspace", r"\vspace", r"\color", r"\phantom", r"\vphantom", r"\hphantom", r"\tag"]
)
UNICODE = {
    "−": "-", "–": "-", "◦": "\\circ",
    "·": "\\cdot", "×": "\\times", "⊙": "\\odot", "∘": "\\circ", "∂": "\\partial", "∇": "\\nabla",
    "σ": "\\sigma", "δ": "\\delta", "τ": "\\tau", "Σ": "\\sum", "∑": "\\sum", "≠": "\\ne", "≥": "\\ge",
    "≤": "\\le", "≈": "\\approx", "…": "\\dots", "′": "'", "𝟙": "\\mathbb1", "∀": "\\forall", "∈": "\\in",
    "≡": "\\equiv", "→": "\\to", "←": "\\leftarrow", "√": "\\sqrt", "∞": "\\infty", "ᵀ": "^T", "²": "^2",
}  # fmt: skip


@dataclass(frozen=True)
class Token:
    """One token: a macro, a letter, a number, a sign, or the word in \\text and its like.

    Parameters
    ----------
    text : str
        What it says: "\\log", "z", "0.5"; of a word what stands in its braces.
    start, end : int
        Where it stands in the source.
    word : bool
        Whether it stood in \\text, \\mathrm, \\operatorname or the like, or is a bare name such as softmax.
    was : str
        How it was spelled, where a synonym stands for it.
    """

    text: str
    start: int
    end: int
    word: bool = False
    was: str = ""


@cache
def _bare(words):
    """Return the pattern of words that stand as they are: names of functions, and a notation's own."""
    longest_first = sorted({*FUNCTION_NAMES, *words}, key=len, reverse=True)
    return rf"(?<![A-Za-z\\])(?:{'|'.join(map(re.escape, longest_first))})(?![A-Za-z])"


@cache
def _pattern(words):
    return re.compile("|".join((*TOKENS, _bare(words), SIGNS)), re.DOTALL)


def cut(latex: str, words: tuple[str, ...] = ()) -> list[Token]:
    """Return the tokens of a text; `words` are those that a notation has for letters."""
    found, after_delimiter, behind = [], False, 0
    for match in _pattern(words).finditer(latex):
        text = match[0]
        if match.start() < behind:
            continue
        if ENVIRONMENTS.fullmatch(text) or text in LAYOUT or (after_delimiter and text == "."):
            after_delimiter = text in (r"\left", r"\right")
            continue
        after_delimiter = False
        if skipped := _skipped(text, latex, match.end()):
            behind = skipped
            if WIDE.match(latex, match.start()):
                found.append(Token("\\quad", match.start(), skipped))
            continue
        found += _tokens(text, match.start(), match.end(), words)
    return found


def cleaned(tokens: list[Token]) -> list[Token]:
    """Return tokens without the empty groups that line up equals signs, and \\nabla out of its bold font."""
    found = []
    for place, token in enumerate(tokens):
        before = found[-1].text if found else ""
        if token.text == "}" and before == "{" and _lines_up(found, tokens[place + 1 : place + 2]):
            found.pop()
        elif token.text == "}" and [t.text for t in found[-3:]][1:] == ["{", "\\nabla"]:
            found[-3:] = found[-1:]
        elif token.text == "}" and (opened := _script_in_a_group(found)) is not None:
            del found[opened]
        elif token.text == "=" and before == "\\not":
            found[-1] = replace(found[-1], text="\\ne", end=token.end)
        else:
            found.append(token)
    return found[1:-1] if _in_one_group(found) else found


def _script_in_a_group(found):
    """Return where the group was opened that ends here and holds a script alone, as in z{_k}, or None."""
    depth = 0
    for place in range(len(found) - 1, 0, -1):
        depth += (found[place].text == "{") - (found[place].text == "}")
        if depth == 1:
            follows = found[place + 1 : place + 2]
            is_script = follows and follows[0].text == "_" and found[place - 1].text not in ("_", "^")
            return place if is_script else None
    return None


def _in_one_group(tokens):
    depth, places = 0, []
    for place, token in enumerate(tokens):
        depth += (token.text == "{") - (token.text == "}")
        places += [place] if depth == 0 else []
    return bool(tokens) and tokens[0].text == "{" and places == [len(tokens) - 1]


def _lines_up(found, after):
    before = found[-2].text if len(found) > 1 else "&"
    behind = after[0].text if after else "="
    return before in ("\\\\", "&") or (
        behind in ("=", ":=", "+", "-", "\\\\", "&") and before not in ("_", "^")
    )


def _skipped(text, latex, place):
    """Return where the argument of a macro ends that prints nothing, or None."""
    if text not in SKIPPED_WHOLE:
        return None
    group = re.compile(r"\s*\*?\s*\{[^{}]*\}").match(latex, place)
    return group.end() if group else None


def _tokens(text, start, end, words):
    """Return what one match is: mostly one token; \\hat z in one letter is two, \\text may hold more."""
    word = WORD.fullmatch(text) or OLD_WORD.fullmatch(text)
    text = "\\\\" if text.startswith("\\\\") else text  # \\[5pt]
    if word and "$" in text:
        return _mixed(text, start, words)
    if word or (len(text) > 1 and re.fullmatch(_bare(words), text)):
        said = (word[1] if word else text).strip()
        return [Token(said, start, end, word=True)]
    if text in UNICODE:
        text = UNICODE[text]
        parts = _pattern(words).findall(text)
    else:
        plain = unicodedata.normalize("NFD", text) if len(text) == 1 else text
        parts = ["\\hat", plain[0]] if plain[1:] == "\u0302" else [text]
    return [
        Token(SAME_TOKEN[p], start, end, was=p) if p in SAME_TOKEN else Token(p, start, end) for p in parts
    ]


def _mixed(text, start, words):
    """Return the tokens of \\text{if $i = j$}: what stands between the dollars is mathematics."""
    found, place = [], start + text.index("{") + 1
    for number, part in enumerate(text[text.index("{") + 1 : -1].split("$")):
        if number % 2:
            found += [replace(t, start=t.start + place, end=t.end + place) for t in cut(part, words)]
        elif part.strip():
            found.append(Token(part.strip(), place, place + len(part), word=True))
        place += len(part) + 1
    return found
