"""Indices with a prime, z_{k'}, and words below a letter, z_{target}: each becomes a letter of its own."""

from dataclasses import replace

from ..language.notation import ANY_INDEX_LETTERS, INDEX_LETTERS


def without_primes(tokens):
    """Return tokens in which each primed index is one letter that the line has not."""
    places = [k for k in _below(tokens) if _is_primed(tokens, k)]
    if not places:
        return tokens
    present = {token.text for token in tokens}
    known = INDEX_LETTERS[::-1] + ANY_INDEX_LETTERS
    spare = iter(letter for letter in dict.fromkeys(known) if letter not in present)
    names, found, k = {}, [], 0
    while k < len(tokens):
        token = tokens[k]
        if k in places:
            length = 1
            while k + length < len(tokens) and tokens[k + length].text == "'":
                length += 1
            name = token.text + "'" * (length - 1)
            names[name] = names.get(name) or next(spare, token.text)
            found.append(replace(token, text=names[name], was="'", end=tokens[k + length - 1].end))
            k += length
        else:
            found.append(token)
            k += 1
    return found


WORDS = ("target", "true", "class", "label", "correct", "gold")


def without_words(tokens):
    """Return tokens in which a word below a letter, as in z_{target}, is one letter that the line has not."""
    present = {token.text for token in tokens}
    spare = iter(letter for letter in "kcnpq" + ANY_INDEX_LETTERS if letter not in present)
    names, found, k = {}, [], 0
    while k < len(tokens):
        word = _word_at(tokens, k)
        if word:
            is_letters = not tokens[k].word and len(tokens[k].text) == 1
            length = word.count(" ") + 1 if word[0] == "\\" else len(word) if is_letters else 1
            names[word] = names.get(word) or next(spare, tokens[k].text)
            end = tokens[k + length - 1].end
            found.append(replace(tokens[k], text=names[word], word=False, was="word", end=end))
            k += length
        else:
            found.append(tokens[k])
            k += 1
    return found


def _word_at(tokens, k):
    """Return the word that is all that stands below a letter from a place on, or None."""
    before = [token.text for token in tokens[max(k - 2, 0) : k]]
    if tokens[k].text == "\\max" and before[-1:] in (["_"], ["{"]) and "_" in before:
        return "max"
    if tokens[k].text in ("\\bar", "\\tilde"):
        is_below = before[-1:] == ["_"] or before == ["_", "{"]
        length = 4 if k + 1 < len(tokens) and tokens[k + 1].text == "{" else 2
        return " ".join(token.text for token in tokens[k : k + length]) if is_below else None
    if tokens[k].word:
        return tokens[k].text if tokens[k].text in WORDS and before[-1:] in (["_"], ["{"]) else None
    if before != ["_", "{"]:
        return None
    for word in WORDS:
        part = tokens[k : k + len(word) + 1]
        if [token.text for token in part] == [*word, "}"]:
            return word
    return None


def _below(tokens):
    """Yield the places of the tokens that stand in a subscript."""
    k = 0
    while k < len(tokens) - 1:
        k += 1
        if tokens[k - 1].text != "_":
            continue
        if tokens[k].text != "{":
            yield k
            continue
        depth = 0
        for place in range(k, len(tokens)):
            depth += (tokens[place].text == "{") - (tokens[place].text == "}")
            yield place
            if depth == 0:
                break


def _is_primed(tokens, k):
    is_letter = len(tokens[k].text) == 1 and tokens[k].text in ANY_INDEX_LETTERS
    return is_letter and k + 1 < len(tokens) and tokens[k + 1].text == "'"
