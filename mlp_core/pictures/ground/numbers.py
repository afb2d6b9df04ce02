"""How numbers and symbols are printed on a drawing and in its alternative text."""

import math
import re
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal

MINUS = "−"
EXACT = 1e-9  # nearer than this to a short number, a number counts as that number
LARGEST = 1e15  # from here on twelve digits hold no decimals
SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def rounded(value: float, decimals: int) -> Decimal:
    """Return `value` to so many decimals, a half away from zero.

    Fifteen digits less three are kept first, so that two machines that differ in the last bits print the
    same. Raises ValueError for what is not finite, and from `LARGEST` on.
    """
    if not abs(float(value)) < LARGEST:
        raise ValueError(f"value: got {float(value):g}; expected a finite number below {LARGEST:g}")
    value = float(f"{float(value):.12g}")
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def fixed(value: float, decimals: int = 2, sign: bool = False) -> str:
    """Return `value` with exactly so many decimals, for columns and computed numbers.

    A true minus; zero is `0`; a number that only rounds to zero is `0.00`, without a sign. With `sign`, a
    positive number shows its plus. Raises ValueError as `rounded` does.
    """
    if abs(value) < 1e-12:
        return "0"
    digits = rounded(value, decimals)
    if digits == 0:
        return f"{abs(digits)}"
    return (MINUS if digits < 0 else "+" if sign else "") + f"{abs(digits)}"


def number(value: float, decimals: int = 2, sign: bool = False) -> str:
    """Return a short number as it is (`2`, `0.5`) and any other one as `fixed` does."""
    text = fixed(value, decimals, sign)
    if "." in text and abs(float(rounded(value, decimals)) - value) < EXACT:
        text = text.rstrip("0").rstrip(".")
    return text


def signed(value: float, decimals: int = 2) -> str:
    """Return a `number` with its sign, plus or minus."""
    return number(value, decimals, sign=True)


def fixed_with_sign(value: float, decimals: int) -> str:
    """Return a signed `fixed` number; a small one keeps its sign by one decimal more."""
    return fixed(value, decimals + int(0 < abs(value) < 0.5 * 10**-decimals), sign=True)


def ten_to(exponent: float) -> str:
    """Return a power of ten, `10⁻³`, and `1` for the exponent 0."""
    return "1" if exponent == 0 else f"10{str(int(exponent)).translate(SUPERSCRIPTS)}"


def magnitude(value: float) -> str:
    """Return two digits of a number of any size: `0.93`, `512`, and a power of ten below 0.01 or from 1000.

    Raises ValueError for what is not finite.
    """
    if not math.isfinite(value):
        raise ValueError(f"value: got {float(value):g}; expected a finite number")
    if value == 0:
        return "0"
    digits, exponent = f"{abs(value):.1e}".split("e")
    exponent = int(exponent)
    if -2 <= exponent <= 2:
        return number(value, 1 - exponent) if exponent < 2 else fixed(value, 0)
    return f"{MINUS if value < 0 else ''}{digits} × {ten_to(exponent)}"


def bare_power(value: float) -> str:
    """Return an exact power of ten bare, `10⁻⁵`, any other positive number as `magnitude` does."""
    exponent = round(math.log10(value))
    exact = math.isclose(value, 10.0**exponent, rel_tol=1e-9)
    return ten_to(exponent) if exact else magnitude(value)


def number_or_power(value: float) -> str:
    """Return four decimals, or a power of ten where they would hold too little of the number."""
    return number(value, 4) if value == 0 or abs(value) >= 0.001 else magnitude(value)


def short_tick(value: float) -> float:
    """Return the shortest number within three percent of a positive `value`, for the label of an axis."""
    candidates = (float(f"{value:.{digits}g}") for digits in (1, 2, 3, 4))
    return next(short for short in candidates if abs(short / value - 1) < 0.03)


def percent(share: float, decimals: int = 1) -> str:
    """Return a share of 0..1 as a percentage, such as `97.2 %`."""
    return f"{rounded(100 * float(share), decimals)} %"


def counted(how_many: int, what: str) -> str:
    """Return `1 digit`, `2 digits`."""
    return f"{how_many} {what}" if how_many == 1 else f"{how_many} {what}s"


def listed(parts: Iterable[str]) -> str:
    """Return `a, b and c`."""
    parts = list(parts)
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def series(
    values: Iterable[float], decimals: int = 2, sign: bool = False, printed: Callable[..., str] = number
) -> str:
    """Return printed numbers as `a, b and c`."""
    return listed(printed(value, decimals, sign) for value in values)


def in_words(message: str) -> str:
    """Return a line with its symbols in words: `$\\hat{z}_2$` becomes `z hat 2`."""

    def words(match):
        symbol = re.sub(r"\\(mathbf|mathrm)\{?(\w)\}?", r"\2", match.group(1))
        symbol = re.sub(r"\\hat\{?(\w)\}?", r"\1 hat", symbol)
        symbol = re.sub(r"_\{?(\w+)\}?", r" \1", symbol)
        return symbol.replace("\\", "").replace("'", " prime")

    return re.sub(r"\$([^$]+)\$", words, message)
