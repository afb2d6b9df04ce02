"""The constants that a step is wrong by, found by solving for them and not by listing wrong lines."""

import math
from collections.abc import Mapping

WORDS = {
    "-1": "the sign is that of the slope and not of the pull",
    "B": "the 1/B of the mean is missing: this is the sum over the batch",
    "-B": "this is the slope, summed over the batch and not averaged",
    "1/B": "it is divided by B, once too often",
    "-1/B": "it is divided by B, once too often, and the sign is that of the slope",
    "1/K": "it is divided by K as well, as `np.mean` over all entries does",
    "B/K": "it is divided by K and not by B",
    "B/H": "it is divided by H and not by B",
    "B/D": "it is divided by D and not by B",
    "B/(D+1)": "it is divided by D + 1 and not by B",
    "B/(H+1)": "it is divided by H + 1 and not by B",
    "B/(K(H+1))": "it is divided by the number of entries of W and not by B",
    "B/(H(D+1))": "it is divided by the number of entries of V and not by B",
    "B/(B-1)": "it is divided by B - 1 and not by B",
    "(B-1)/B": "B - 1 examples are counted where B are, or it is multiplied by B - 1",
    "B/(B+1)": "it is divided by B + 1 and not by B",
    "√B": "it is divided by the root of B and not by B",
    "1/√B": "it is divided by the root of B as well",
    "1/(D+1)": "it is divided by D + 1 as well, as `np.mean` over the columns does",
    "1/(K(H+1))": "it is divided by the number of entries of W as well, as `np.mean` over W does",
    "1/(H(D+1))": "it is divided by the number of entries of V as well, as `np.mean` over V does",
    "B·K": "it is multiplied by K, and the 1/B is missing",
    "B²": "it is multiplied by B where it should be divided",
    "1/B²": "it is divided by B, twice too often",
    "2": "there is a factor 2 too many",
    "1/2": "there is a factor 1/2 too many",
    "1/H": "it is divided by H as well, as `np.mean` over the units does",
    "1/(H+1)": "it is divided by H + 1 as well, as `np.mean` over the columns does",
    "1/D": "it is divided by D as well, as `np.mean` over the inputs does",
    "ln 2": "there is a factor ln 2 too many: a logarithm of base 2",
    "1/ln 2": "there is a factor 1/ln 2 too many: a logarithm of base 2",
    "ln 10": "there is a factor ln 10 too many: a logarithm of base 10",
    "1/ln 10": "there is a factor 1/ln 10 too many: a logarithm of base 10",
}
CONVENTIONS = {
    "-1": "the positive gradient, where this book states the pull, its negative",
    "B": "the sum over the batch, where this book takes the mean",
    "-B": "the positive gradient, summed over the batch, where this book takes the mean of the pull",
}


def _of_counts(B, K, H, D):
    """Return the constants of who counts one too many or too few, or all entries of a matrix."""
    less = max(B - 1, 1)
    return {
        "1/(D+1)": 1 / (D + 1),
        "B/(D+1)": B / (D + 1),
        "B/(H+1)": B / (H + 1),
        "B/(B-1)": B / less,
        "(B-1)/B": less / B,
        "B/(B+1)": B / (B + 1),
        "√B": math.sqrt(B),
        "1/√B": 1 / math.sqrt(B),
        "1/(K(H+1))": 1 / (K * (H + 1)),
        "B/(K(H+1))": B / (K * (H + 1)),
        "1/(H(D+1))": 1 / (H * (D + 1)),
        "B/(H(D+1))": B / (H * (D + 1)),
    }


def constants(sizes: Mapping[str, int]) -> dict[str, float]:
    """Return the constants that are tried, by name, 1 first; of equal ones the first."""
    B, K, H, D = (sizes.get(letter, 1) for letter in "BKHD")
    plain = {
        "1": 1.0,
        "B": B,
        "1/B": 1 / B,
        "2": 2.0,
        "1/2": 0.5,
        "1/K": 1 / K,
        "K": K,
        "B²": B * B,
        "1/B²": 1 / B**2,
        "B/K": B / K,
        "B·K": B * K,
        "1/H": 1 / H,
        "H": H,
        "1/(H+1)": 1 / (H + 1),
        "1/D": 1 / D,
        "D": D,
        "B/H": B / H,
        "B/D": B / D,
        **_of_counts(B, K, H, D),
        "ln 2": math.log(2),
        "1/ln 2": 1 / math.log(2),
        "ln 10": math.log(10),
        "1/ln 10": 1 / math.log(10),
        "0": 0.0,
    }
    return plain | {f"-{name}": -value for name, value in plain.items() if name != "0"}


ANY = "·"  # what the name of a constant begins with that is in no list, but is the same in every trial


def any_constant(c: float) -> str:
    """Return the name of a constant that is in no list."""
    return f"{ANY}{c:.5g}"


def value_of(name: str, known: Mapping[str, float]) -> float:
    """Return the number that a constant is."""
    return float(name.removeprefix(ANY)) if name.startswith(ANY) else known[name]


def in_words(name: str) -> str:
    """Return what a constant says."""
    if name.startswith(ANY):
        factor = float(name.removeprefix(ANY))
        turned = ", and the sign is turned" if factor < 0 else ""
        rate = ", as if a learning rate were in it" if abs(factor) < 1 else ""
        return f"there is a factor {abs(factor):g} too many{rate}{turned}"
    if name == "0":
        return "it is 0 everywhere"
    return WORDS.get(name) or (
        f"{WORDS[name[1:]]}, and the sign is turned"
        if name[1:] in WORDS
        else f"there is a factor {name} too many"
    )
