"""What stands round a line for its reader and not for its meaning: numbers, reasons, frames, arrows."""

import re
from dataclasses import replace

REASON = re.compile(
    r"\(.*\)|((by|using|from|via|applying) )?(the )?(chain|product|quotient|power|sum|log|logarithm)[- ]rule"
    r"s?\b.*|(by|using|from|via|applying) .*|q\.?e\.?d\.?|simplif\w+|substitut\w+.*|rearrang\w+.*",
    re.IGNORECASE,
)
ARROWS = ("\\Rightarrow", "\\implies", "\\Longrightarrow", "\\therefore", "\\iff", "\\Leftrightarrow")
RELATIONS = ("=", ":=", "\\approx", "\\ge", "\\le")
OPERATORS = ("+", "-", "=", "\\cdot")
SPACES = ("\\quad", "\\qquad")
FRAMES = ("\\boxed", "\\fbox")
BOLD = ("\\mathbf", "\\boldsymbol", "\\bm", "\\vec")
PARTED = ("+", "-", "=", "\\odot", "\\cdot", "^", "(", ")")


def without_comments(tokens):
    """Return the tokens that say something, each where it stood.

    Left out are reasons in words, numbers of equations, arrows before a line, frames around one, and spaces
    beside a sign. What is said in words and not understood narrows a line at most, which is judged without.
    """
    tokens = [token for token in tokens if not _is_reason(token)]
    tokens = _without_numbers(_unframed(tokens))
    while tokens and (tokens[0].text in ARROWS or tokens[0].text in SPACES):
        tokens = tokens[1:]
    return _bold_one_by_one(_without_wide_spaces(tokens))


def _is_reason(token):
    return token.word and REASON.fullmatch(token.text.strip(" ,.:")) is not None


def _without_numbers(tokens):
    """Return tokens without the (1) that stands before a line, or behind a wide space at its end."""
    texts = [token.text for token in tokens]
    if (
        texts[:1] == ["("]
        and texts[2:3] == [")"]
        and texts[1].isdigit()
        and texts[3:4]
        and texts[3] in SPACES
    ):
        tokens, texts = tokens[4:], texts[4:]
    ends = texts[-4:]
    if len(ends) == 4 and ends[0] in SPACES and (ends[1], ends[3]) == ("(", ")") and ends[2].isdigit():
        return tokens[:-4]
    return tokens


def _unframed(tokens):
    """Return tokens without the frame around a line, and without braces round an equals sign."""
    found, k = [*tokens], 0
    while k < len(found):
        framed = found[k].text in FRAMES and found[k + 1 : k + 2] and found[k + 1].text == "{"
        opened = k + 1 if framed else k
        if framed or (
            found[k].text == "{" and _text(found, k + 1) == "=" and _text(found, k - 1) not in "_^"
        ):
            closed = group_end(found, opened)
            if closed and (not framed or _has_relation(found[opened + 1 : closed])):
                found = [*found[:k], *found[opened + 1 : closed], *found[closed + 1 :]]
                continue
        k += 1
    return found


def _text(tokens, place):
    return tokens[place].text if 0 <= place < len(tokens) else "begin"


def group_end(tokens, opened):
    """Return where the group is closed that is opened at a place, or None."""
    depth = 0
    for place in range(opened, len(tokens)):
        depth += (tokens[place].text == "{") - (tokens[place].text == "}")
        if depth == 0:
            return place
    return None


def _has_relation(tokens):
    depth = 0
    for token in tokens:
        depth += (token.text in "{[(") - (token.text in "}])") if len(token.text) == 1 else 0
        if depth == 0 and token.text in RELATIONS:
            return True
    return False


def _without_wide_spaces(tokens):
    """Return tokens without a \\quad beside a plus, a minus, a dot or an equals sign."""
    found = []
    for token in tokens:
        is_space = token.text in SPACES
        if is_space and found and found[-1].text in OPERATORS:
            continue
        if token.text in ("+", "-", "\\cdot") and found and found[-1].text in SPACES:
            found.pop()
        found.append(token)
    return found


def _bold_one_by_one(tokens):
    """Return tokens in which a group of several letters in bold is one of bold letters: \\mathbf{z - r}."""
    found, k = [], 0
    while k < len(tokens):
        closed = group_end(tokens, k + 1) if tokens[k].text in BOLD and _text(tokens, k + 1) == "{" else None
        inner = tokens[k + 2 : closed] if closed else []
        if any(token.text in PARTED for token in inner):
            found.append(tokens[k + 1])
            for place, token in enumerate(inner):
                is_letter = (
                    len(token.text) == 1 and token.text.isalpha() and _text(inner, place - 1) not in "_^"
                )
                found += [replace(tokens[k], end=token.start), token] if is_letter else [token]
            found.append(tokens[closed])
            k = closed + 1
        else:
            found.append(tokens[k])
            k += 1
    return found
