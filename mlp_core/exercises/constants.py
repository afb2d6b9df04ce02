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
        "ln 2": math.log(2),
        "1/ln 2": 1 / math.log(2),
        "ln 10": math.log(10),
        "1/ln 10": 1 / math.log(10),
        "0": 0.0,
    }
    return plain | {f"-{name}": -value for name, value in plain.items() if name != "0"}


def in_words(name: str) -> str:
    """Return what a constant says."""
    if name == "0":
        return "it is 0 everywhere"
    return WORDS.get(name) or (
        f"{WORDS[name[1:]]}, and the sign is turned"
        if name[1:] in WORDS
        else f"there is a factor {name} too many"
    )
