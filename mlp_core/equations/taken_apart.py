"""One equation taken apart: its tree in words, its ranges, and its sides as numbers of one network."""

import numbers

from .language import tree
from .language.errors import EquationMeaningError
from .language.notation import SIZES
from .language.parser import parse
from .language.writer import write_node
from .measuring.budget import Budget
from .measuring.evaluator import Measured, Point
from .measuring.samples import samples
from .reading.equation import read
from .reading.scope import written

WORDS = {
    tree.Negative: "minus",
    tree.Sum: "the sum of",
    tree.Product: "the product of",
    tree.Quotient: "the quotient of",
    tree.Elementwise: "the elementwise product of",
    tree.Transpose: "the transpose of",
}


def outline(latex: str) -> str:
    r"""Return an equation's tree in words, one node a line, each below what it belongs to.

    Parameters
    ----------
    latex : str
        The inside of a display.

    Raises
    ------
    EquationSyntaxError
        The text is not of the dialect.

    Examples
    --------
    >>> from mlp_core.equations import outline
    >>> print(outline(r"E = -\log z_i"))
    side 1
      E
    side 2
      minus
        log of
          z_i
    """
    lines = []
    for number, side in enumerate(parse(latex).sides, start=1):
        lines += [f"side {number}", *_outlined(side, 1)]
    return "\n".join(lines)


def _outlined(node, depth):
    if isinstance(node, tree.Partial):
        text = f"the slope of {_name(node.top)}, {_name(node.bottom)} moved"
        return ["  " * depth + text]
    if isinstance(node, tree.Total):
        word = f"{'the largest' if node.largest else 'added up'} over {node.index}:"
    elif isinstance(node, tree.Apply):
        word = f"{node.function}{' prime' * node.primed} of"
    elif type(node) in WORDS:
        word = WORDS[type(node)]
    else:
        return ["  " * depth + _name(node)]
    below = [line for _, _, child in node.children() for line in _outlined(child, depth + 1)]
    return ["  " * depth + word, *below]


def _name(node):
    return written(node) if isinstance(node, tree.Symbol) else write_node(node)


def ranges(latex: str) -> str:
    r"""Return over what each index of an equation runs, one a line.

    Parameters
    ----------
    latex : str
        The inside of a display.

    Raises
    ------
    EquationSyntaxError
        The text is not of the dialect.
    EquationMeaningError
        The equation has no one meaning.

    Examples
    --------
    >>> from mlp_core.equations import ranges
    >>> print(ranges(r"\hat z_i = \sum_{j=0}^{H} w_{ij} y_j"))
    i: free, over classes, 1 to K
    j: summed, over hidden units, 0 to H
    """
    reading = _read(latex)
    nodes = (node for side in reading.equation.sides for node in side.walk())
    found = [(letter, "free", there) for letter, there in reading.ranges.items()]
    found += [(node.index, "summed", node.range) for node in nodes if isinstance(node, tree.Total)]
    lines = [
        f"{i}: {how}, over {SIZES[there.size]}, {there.first} to {there.size}" for i, how, there in found
    ]
    return "\n".join(dict.fromkeys(lines))


def values_at(latex: str, indices: dict[str, int]) -> tuple[float, ...]:
    r"""Return the sides of an equation as numbers, on the first of the random networks.

    Its targets add up to 1.

    Parameters
    ----------
    latex : str
        The inside of a display whose sides are numbers.
    indices : dict
        A value for each free index, {"j": 1}, and for t where it has one.

    Raises
    ------
    EquationSyntaxError
        The text is not of the dialect.
    EquationMeaningError
        The equation has no one meaning.
    ValueError
        The sides are no numbers, or an index has no value, or one out of its range.

    Examples
    --------
    >>> from mlp_core.equations import values_at
    >>> left, right = values_at(r"z_i = \frac{e^{\hat z_i}}{\sum_l e^{\hat z_l}}", {"i": 2})
    >>> abs(left - right) < 1e-12
    True
    """
    reading = _read(latex)
    if reading.shape or reading.mode != "single":
        raise ValueError(f"latex: got {latex!r}; expected an equation between numbers of one example")
    sample = samples(reading.mode, add_up=True)[0]
    _check_indices(indices, reading, sample)
    point = Point(sample, dict(indices), Measured({}, Budget()))
    return tuple(float(point.value(side)) for side in reading.equation.sides)


def _read(latex):
    equation = parse(latex)
    if equation.assumed:
        raise EquationMeaningError("use", "an assumption has no sides", (0, len(latex)))
    return read(equation, {})


def _check_indices(indices, reading, sample):
    wanted = [*reading.ranges, *(["t"] if "t" in reading.contents.traits else [])]
    if sorted(indices) != sorted(wanted):
        raise ValueError(f"indices: got {indices}; expected a value for {', '.join(wanted) or 'no letter'}")
    for letter, there in reading.ranges.items():
        last = sample.sizes[there.size]
        if not isinstance(indices[letter], numbers.Integral) or not there.first <= indices[letter] <= last:
            expected = f"a whole number from {there.first} to {last}"
            raise ValueError(f"indices: got {letter} = {indices[letter]!r}; expected {expected}")
