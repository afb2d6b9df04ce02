"""How numbers and symbols are printed on a drawing and in its alternative text."""

import re
from decimal import ROUND_HALF_UP, Decimal

MINUS = "−"
EXACT = 1e-9  # nearer than this to a short number, a number counts as that number


def rounded(value, decimals):
    """Return `value` to so many decimals, a half away from zero.

    Fifteen digits less three are kept first, so that two machines that differ in the last
    bits print the same.
    """
    value = float(f"{float(value):.12g}")
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def fixed(value, decimals=2, sign=False):
    """Return `value` with exactly so many decimals, for columns and computed numbers.

    A true minus; zero is `0`; a number that only rounds to zero is `0.00`, without a sign.
    With `sign`, a positive number shows its plus.
    """
    if abs(value) < 1e-12:
        return "0"
    digits = rounded(value, decimals)
    if digits == 0:
        return f"{abs(digits)}"
    return (MINUS if digits < 0 else "+" if sign else "") + f"{abs(digits)}"


def number(value, decimals=2, sign=False):
    """Return a short number as it is (`2`, `0.5`) and any other one with `decimals` decimals."""
    text = fixed(value, decimals, sign)
    if "." in text and abs(float(rounded(value, decimals)) - value) < EXACT:
        text = text.rstrip("0").rstrip(".")
    return text


def percent(share, decimals=1):
    """Return a share of 0..1 as a percentage, such as `97.2 %`."""
    return f"{rounded(100 * float(share), decimals)} %"


def counted(how_many, what):
    """Return `1 digit`, `2 digits`."""
    return f"{how_many} {what}" if how_many == 1 else f"{how_many} {what}s"


def listed(parts):
    """Return `a, b and c`."""
    parts = list(parts)
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def series(values, decimals=2, sign=False, printed=number):
    """Return printed numbers as `a, b and c`."""
    return listed(printed(value, decimals, sign) for value in values)


def in_words(message):
    """Return a line with its symbols in words: `$\\hat{z}_2$` becomes `z hat 2`."""

    def words(match):
        symbol = re.sub(r"\\(mathbf|mathrm)\{?(\w)\}?", r"\2", match.group(1))
        symbol = re.sub(r"\\hat\{?(\w)\}?", r"\1 hat", symbol)
        symbol = re.sub(r"_\{?(\w+)\}?", r" \1", symbol)
        return symbol.replace("\\", "").replace("'", " prime")

    return re.sub(r"\$([^$]+)\$", words, message)
