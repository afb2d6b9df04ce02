"""Polynomials in LaTeX, in the letters of the book."""

from fractions import Fraction

from .terms import Term, free_indices, is_summed, size_of

# The letters for each size, those first that the book takes; and those for what is summed.
LETTERS = {"K": "ikpl", "H": "jnqc", "D": "mac", "B": "b", "N_k": "ilp", "N_{k-1}": "jnq"}
SUMMED = {"K": "lpqk", "H": "njqc", "D": "mac", "B": "bac", "N_k": "lpi", "N_{k-1}": "njq"}
SPARE = "abcpqnmlkji"
# How a letter is written, and in which order the factors of a product stand.
NAMES = {
    "size": "{}",
    "r": "r",
    "z": "z",
    "u": "u",
    "g": "g",
    "q": "q",
    "z_hat": r"\hat z",
    "W": "w",
    "V": "v",
    "y": "y",
    "y_hat": r"\hat y",
    "x": "x",
    "E": "E",
    "t": "t",
}


def letters_for(sizes, taken):
    """Return a letter for an index over each size, none of those that are taken."""
    found = []
    for size in sizes:
        letter = next(l for l in LETTERS.get(size, "") + SPARE if l not in taken and l not in found)
        found.append(letter)
    return found
