"""The numbers of a chapter's text: above 10, or with decimals (10^{-6} has six), in words or in a formula.

Numbers of code, tagged displays, citations, chapters, sections, exercises, years, addresses and indices are
none of them; nor are the times that test_reading_times.py asks about.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from prose_arithmetic import BREAK, DIGITS

from tools.chapter_text import CODE_SPAN, DISPLAY, FENCE, INLINE, TAG
from tools.reading_times import TIME, TIMED_ROW

ABOVE = 10  # what is no larger, and has no decimal point, needs no source

# Not a number of the text: masked before numbers are looked for.
LIST = r"\d[\d.]*(?:(?:,| to| and| or|, and| to the) \d[\d.]*)*"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
MASKED = [
    re.compile(pattern, re.M)
    for pattern in (
        r"</?[a-zA-Z][^>]*>",
        r"\]\([^)]*\)",  # the address of a link
        r"\bhttps?://\S+",
        r"^\*\*Time\.\*\*.*$",
        r"\d+ minutes(?= to read and run)|\d+ for the exercises",
        r"^#+ \d+\b|^\*\*\d+\.\d+\*\*|^# \d\d\b",
        r"\[\d\d(?= )",  # [04 The hidden layer](…)
        r"\(\d+\.\d+\)|#\d+",
        rf"\b(?:[Cc]hapters?|[Ss]ections?|[Ee]xercises?|[Ee]quations?|[Qq]uestions?|[Ff]igures?) {LIST}",
        r"§+ ?\d+|\b\d\d(?=, (?:section|exercise)| §)",
        rf"\b\d{{1,2}} (?:{MONTHS})\b",
        r"\b(?:Python|NumPy|Jupyter\w*|JAX|PyTorch|matplotlib|scikit-learn) \d+(?:\.\d+)*",
    )
]
INDICES = re.compile(r"_\{[^}]*\}|_\w|\^\{?\([^)]*\)\}?")
POWER_OF_TEN = rf"(?:({DIGITS})\s*(?:\\cdot|\\times|·|×)\s*)?10\^(?:\{{([-−]?\d+)\}}|(\d)(?!\d))"
NUMBER = re.compile(rf"(?<![\w.])(?:{POWER_OF_TEN}|{DIGITS})(?![.,]?\d)")
YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
SIGN = re.compile(r"(?:(?<=[\s(\[=≈,;{$&])|^)[-−]\s?$")
LISTED = rf"(?:(?:,| to| and| or|, and| against| up to)\s*\$?[-−]?{DIGITS}\$?)*"
PERCENT = re.compile(r"[\s~$]*(?:\\[,;])?\s*(?:\\?%|percent\b|percentage|of 100\b|in 100\b|out of 100\b)")
PERCENT_OF_A_LIST = re.compile(LISTED + PERCENT.pattern)
POINTS = re.compile(LISTED + r"\s+(?:percentage )?points?\b")
HUNDRED = re.compile(r"\d\s+(?:of|in|out of)\s+$")  # of "96 of 100 digits", another way to write percents
ROUNDED = {
    "nearest": re.compile(
        r"(?i)(?:\b(?:about|some|nearly|almost|roughly|around)|≈|~|\\approx)\s*\$?\s*[-−]?$"
    ),
    "down": re.compile(r"(?i)\b(?:more than|over|above|at least)\s*\$?$"),
    "up": re.compile(r"(?i)\b(?:less than|fewer than|under|below|at most)\s*\$?$"),
}
WORDS_BESIDE = 3
WORD = re.compile(r"[A-Za-z]{4,}")
ENTRY = rf"[-−+]?{DIGITS}"
BETWEEN = r"\s*[,;]\s*(?:\\[,;: ]\s*)*"
SEQUENCE = re.compile(
    rf"\(\s*{ENTRY}(?:{BETWEEN}{ENTRY})+\s*\)|(?<![\w.-])\d+(?:-\d+)+(?![\w-]|\.\d)"
    rf"|(?<![\w.]){ENTRY}(?:, {ENTRY})+,? (?:and|or) {ENTRY}(?![\w%]|\.\d|\s+(?:%|percent|points))"
)


class Number(NamedTuple):
    """A number of the text, at `start` to `end` of its cell."""

    start: int
    end: int
    text: str
    value: Decimal  # without its sign
    places: int  # how many decimals it is printed with
    negative: bool
    kinds: frozenset  # "plain", "percent", "points"; of some the text does not say which
    rounded: str  # "nearest", "down", "up", or "": it is shown with the same digits
    beside: frozenset  # the beginnings of the words beside it


# The numbers of a text


def masked(source):
    """A cell's text, of the same length, with all that holds no number of it masked; its formulas' spans."""

    def hide(pattern, text, which=lambda found: True):
        return pattern.sub(lambda found: BREAK * len(found[0]) if which(found) else found[0], text)

    for pattern in (FENCE, CODE_SPAN):
        source = hide(pattern, source)
    source = hide(DISPLAY, source, lambda found: TAG.search(found[0]))
    formulas = [found.span(1) for pattern in (INLINE, DISPLAY) for found in pattern.finditer(source)]
    source = TIMED_ROW.sub(lambda row: hide(TIME, row[0]), source)
    for pattern in MASKED:
        source = hide(pattern, source)
    for start, end in formulas:
        source = source[:start] + hide(INDICES, source[start:end]) + source[end:]
    return source, sorted(formulas)


def numbers(text, formulas):
    """Yield every `Number` of a masked text that has a decimal point or is above 10."""
    for found in NUMBER.finditer(text):
        inside = any(start <= found.start() < end for start, end in formulas)
        after = text[found.end() : found.end() + 1]
        if not inside and (after.isalpha() or YEAR.fullmatch(found[0])):
            continue  # 19th; 1986, since thousands are written 1,986
        if found[0] == "100" and HUNDRED.search(text[: found.start()]):
            continue
        number = _number(text, found)
        if number.value > ABOVE or number.places > 0:
            yield number


def _number(text, found):
    before, after = text[max(0, found.start() - 60) : found.start()], text[found.end() : found.end() + 80]
    value, places = _read(found)
    kinds = {"plain"}
    if PERCENT.match(after):
        kinds = {"percent"}
    elif POINTS.match(after):
        kinds = {"points"}
    elif PERCENT_OF_A_LIST.match(after):
        kinds = {"plain", "percent"}
    negative = SIGN.search(before) is not None
    beside = [*WORD.findall(before)[-WORDS_BESIDE:], *WORD.findall(after)[:WORDS_BESIDE]]
    how = _rounds(before, value, places, kinds)
    return Number(*found.span(), found[0], value, places, negative, frozenset(kinds), how, stems(beside))


def _rounds(before, value, places, kinds):
    """How what is shown is rounded, by the words before it; "below 0.1" says nothing of the digits."""
    has_two_digits = len(str(int(value.scaleb(places)))) > 1
    said = next((way for way, words in ROUNDED.items() if words.search(before)), "")
    if said and (has_two_digits or said == "nearest"):
        return said
    return "nearest" if has_two_digits and (places > 0 or "percent" in kinds) else ""


def stems(words):
    """The beginnings of words, so that digit and digits are one."""
    return frozenset(word[:4].lower() for word in words)


def _read(found):
    """The value of a match, and how many decimals it has: a negative number of them for 3 · 10^5."""
    power = found[2] or found[3]
    if power is None:
        return plain(found[0])
    value, places = plain(found[1] or "1")
    exponent = int(power.replace("−", "-"))
    return value.scaleb(exponent), places - exponent


def plain(digits):
    digits = digits.replace(",", "").replace("{", "").replace("}", "")
    return Decimal(digits), len(digits.partition(".")[2])


def stepped(digits, step):
    """The digits of a number with its last one moved by a step: by 1 is 0.19 become 0.20, and 1,999 2,000."""
    places = [place for place, sign in enumerate(digits) if sign.isdigit()]
    moved = str(abs(int("".join(digits[place] for place in places)) + step)).zfill(len(places))
    signs = list(digits)
    for place, sign in zip(reversed(places), reversed(moved), strict=False):
        signs[place] = sign
    text = "".join(signs[: places[0]]) + moved[: len(moved) - len(places)] + "".join(signs[places[0] :])
    return re.sub(r"^0(?:,|\{,\})?(?=\d)", "", text)


def sequences(text):
    """Yield ((start, end), entries) of each tuple (0.1, 0.2), list 0.1, 0.2 and 0.7, and widths 64-32-10."""
    for found in SEQUENCE.finditer(text):
        entry = DIGITS if re.fullmatch(r"[\d-]+", found[0]) else ENTRY
        yield found.span(), [_entry(one[0]) for one in re.finditer(entry, found[0])]


def _entry(written):
    digits = written.lstrip("-−+")
    value, places = plain(digits)
    return Number(
        0,
        0,
        digits,
        value,
        places,
        written[0] in "-−",
        frozenset({"plain"}),
        "nearest" if places else "",
        frozenset(),
    )
