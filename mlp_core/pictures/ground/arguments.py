"""What a picture may be given: each argument's kind is declared once, converted and checked before drawing.

Shapes are written as in `mlp_core.checks`: ``"K H+1"`` is a matrix, and a letter has one size in a call.
"""

import functools
import inspect
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from matplotlib.mathtext import MathTextParser

from ...checks import check_shapes, known_activation
from ...formulas.activations import Activation
from ...network import MLP
from .style import house_style

PRINTABLE = 1e4  # a larger number has no room in a cell
LONGEST_MESSAGE = 200  # characters, symbols as they are typed; of a sentence below a picture too


class Kind:
    """How an argument is converted and checked: `convert` returns it, or raises ValueError naming it."""

    needs_a_size = False

    def convert(self, name, value, call):
        """Return the value as the picture takes it."""
        raise NotImplementedError


def drawing(sizes: Mapping[str, tuple] = MappingProxyType({}), /, **kinds):
    """Return the decorator of a function that draws: its arguments are checked, the style is the book's.

    Parameters
    ----------
    sizes : {letter: (least, most)}
        How large a letter of the shapes may be.
    kinds : kind by argument
        How the argument is converted and what it may be; `message` is always a text of one line. An argument
        whose default is None may be None.

    Every such function also takes `look`, the sentence below the picture, in place of its own one.

    Raises ValueError at a call that does not fit; it names the argument, what came and what was expected.
    """

    def decorate(draw):
        signature, all_kinds = _with_look(inspect.signature(draw)), {"look": Text(LONGEST_MESSAGE), **kinds}
        if "message" in signature.parameters:
            all_kinds["message"] = Text(LONGEST_MESSAGE)
        assert set(all_kinds) == set(signature.parameters), draw.__name__

        @functools.wraps(draw)
        def checked(*args, **kwargs):
            given, call = signature.bind(*args, **kwargs), Call(sizes)
            given.apply_defaults()
            # What is bounded by a size comes after the arrays that have it.
            for name, kind in sorted(all_kinds.items(), key=lambda item: item[1].needs_a_size):
                may_be_none = signature.parameters[name].default is None
                if not (may_be_none and given.arguments[name] is None):
                    given.arguments[name] = kind.convert(name, given.arguments[name], call)
            look = given.arguments.pop("look")
            with house_style():
                picture = draw(*given.args, **given.kwargs)
            return picture if look is None else replace(picture, look=look)

        checked.__signature__ = signature
        return checked

    return decorate


def _with_look(signature):
    """Return the signature with the argument `look`, by name alone."""
    look = inspect.Parameter("look", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=str | None)
    return signature.replace(parameters=[*signature.parameters.values(), look])


class Call:
    """What one call has fixed so far: the size of each letter, and the argument that fixed it."""

    def __init__(self, limits):
        self.limits, self.known = limits, {}

    def fit(self, name, array, shape):
        """Note the sizes of an array; raise ValueError where its shape or a size is another one."""
        check_shapes({name: array}, {name: shape}, self.known)
        letters = shape.split()[-array.ndim :] if array.ndim else []
        for letter, size in zip(letters, array.shape, strict=True):
            letter, size = (letter[:-2], size - 1) if letter.endswith("+1") else (letter, size)
            least, most = self.limits.get(letter, (1, np.inf))
            if not least <= size <= most:
                expected = least if least == most else f"{least} to {most}"
                raise ValueError(f"{name}: got {letter} = {size}; expected {letter} = {expected}")
            if letter not in ("any", "[B]"):
                self.known.setdefault(letter, (size, name))

    def size(self, bound):
        """Return a bound that may be the letter of a size, such as "K", as a number."""
        return self.known[bound][0] if isinstance(bound, str) else bound


@dataclass(frozen=True)
class Numbers(Kind):
    """A number or an array of numbers from `least` to `most`, as float64: an array of `shape`.

    `whole` numbers become integers, `rising` ones follow each other, `positive` ones are above 0.
    """

    shape: str = ""
    least: float = -PRINTABLE
    most: float = PRINTABLE
    whole: bool = False
    rising: bool = False
    positive: bool = False
    may_be_empty: bool = False

    @property
    def needs_a_size(self):
        """Whether a bound is the letter of a size."""
        return isinstance(self.least, str) or isinstance(self.most, str)

    def convert(self, name, value, call):
        """Return the numbers; raise ValueError where they are none of these."""
        array = _array(name, value)
        if self.may_be_empty and array.size == 0:
            return array.astype(int)
        if self.shape:
            call.fit(name, array, self.shape)
        elif array.shape:
            raise ValueError(f"{name}: got shape {array.shape}; expected one number")
        least, most = call.size(self.least), call.size(self.most)
        fine = (least <= array) & (array <= most)
        if self.whole:
            fine &= array == np.floor(array)
        if self.positive:
            fine &= array > 0
        if not fine.all():
            raise ValueError(f"{name}: got {array[~fine].flat[0]:g}; expected {self._in_words(least, most)}")
        if self.rising and (np.diff(array) <= 0).any():
            k = int(np.flatnonzero(np.diff(array) <= 0)[0])
            raise ValueError(f"{name}: got {array[k + 1]:g} after {array[k]:g}; expected rising numbers")
        array = array.astype(int) if self.whole else array
        return array if self.shape else array.item()

    def _in_words(self, least, most):
        noun = "whole numbers" if self.whole else "numbers"
        if self.positive:
            return f"{noun} above 0, at most {most:g}"
        return f"{noun} from {least:g} to {most:g}"


class Whole(Numbers):
    """One whole number from `least` to `most`, each a number or the letter of a size."""

    def __init__(self, least, most):
        super().__init__("", least, most, whole=True)


def probabilities(shape=""):
    """Return the kind of numbers from 0 to 1."""
    return Numbers(shape, 0, 1)


@dataclass(frozen=True)
class Truths(Kind):
    """An array of true and false, or of 1 and 0."""

    shape: str

    def convert(self, name, value, call):
        """Return a boolean array; raise ValueError for anything but 0 and 1."""
        return Numbers(self.shape, 0, 1, whole=True).convert(name, value, call).astype(bool)


@dataclass(frozen=True)
class Text(Kind):
    """A text of one line that matplotlib can set, symbols between two dollars."""

    longest: int = 40  # characters

    def convert(self, name, value, call):
        """Return the text; raise ValueError where it is none, too long or cannot be set."""
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            raise ValueError(f"{name}: got {_short(value)}; expected a text of one line")
        if len(value) > self.longest:
            raise ValueError(f"{name}: got {_short(value)}; expected at most {self.longest} characters")
        if "$" in value:
            try:
                MathTextParser("agg").parse(value)
            except ValueError:
                raise ValueError(f"{name}: got {value!r}; expected symbols that can be set") from None
        return value


@dataclass(frozen=True)
class Texts(Kind):
    """A list of texts, each at most `longest` characters; numbers are written out."""

    shape: str
    longest: int = 40

    def convert(self, name, value, call):
        """Return a list of texts; raise ValueError where it is none."""
        texts = [t if isinstance(t, str) else _written(name, t) for t in _listed(name, value, "texts")]
        call.fit(name, np.empty(len(texts)), self.shape)
        return [Text(self.longest).convert(f"{name}[{k}]", text, call) for k, text in enumerate(texts)]


@dataclass(frozen=True)
class Several(Kind):
    """A list of arrays of one kind, `least` to `most` of them; `letter` counts them."""

    kind: Numbers
    letter: str

    def convert(self, name, value, call):
        """Return the list of arrays; raise ValueError where it is none."""
        values = _listed(name, value, "arrays")
        call.fit(name, np.empty(len(values)), self.letter)
        return [self.kind.convert(f"{name}[{k}]", entry, call) for k, entry in enumerate(values)]


@dataclass(frozen=True)
class SeveralNamed(Several):
    """The same, or a dict of them by name, which stays one."""

    def convert(self, name, value, call):
        """Return the list or the dict; raise ValueError where it is none."""
        if not isinstance(value, dict):
            return super().convert(name, value, call)
        return dict(zip(value, super().convert(name, list(value.values()), call), strict=True))


class Weights(Kind):
    """The two weight matrices of a network with one hidden layer: V, (H, D+1), and W, (K, H+1)."""

    def convert(self, name, value, call):
        """Return both as a pair of arrays; raise ValueError where they are not two that chain."""
        matrices = _listed(name, value, "matrices")
        if len(matrices) != 2:
            raise ValueError(f"{name}: got {len(matrices)} matrices; expected two, V and W")
        kinds = (Numbers("H D+1", -1e3, 1e3), Numbers("K H+1", -1e3, 1e3))
        return tuple(
            kind.convert(f"{name}[{k}]", matrix, call)
            for k, (kind, matrix) in enumerate(zip(kinds, matrices, strict=True))
        )


@dataclass(frozen=True)
class Networks(Kind):
    """A list of `MLP`s, `how_many` of them, each with so many inputs; the letter "K" is their classes."""

    how_many: int
    inputs: int

    def convert(self, name, value, call):
        """Return the list; raise ValueError where it is none of these."""
        found = _listed(name, value, "networks")
        if len(found) != self.how_many:
            raise ValueError(f"{name}: got {len(found)} networks; expected {self.how_many}")
        for k, mlp in enumerate(found):
            if not isinstance(mlp, MLP) or mlp.weights[0].shape[1] != self.inputs + 1:
                raise ValueError(f"{name}[{k}]: got {_short(mlp)}; expected an MLP with {self.inputs} inputs")
            call.fit(f"{name}[{k}]", mlp.weights[-1][:, 0], "K")
        return found


class OneActivation(Kind):
    """An `Activation`, or the name of one."""

    def convert(self, name, value, call):
        """Return the `Activation`; raise ValueError where it is none."""
        if not isinstance(value, str | Activation):
            raise ValueError(f"{name}: got {_short(value)}; expected an Activation or its name")
        try:
            return known_activation(value)
        except ValueError as error:
            raise ValueError(str(error).replace("activation:", f"{name}:", 1)) from None


class Activations(Kind):
    """A few activations; the letter "a" counts them."""

    def convert(self, name, value, call):
        """Return a list of them; raise ValueError where one is none."""
        values = _listed(name, value, "activations")
        call.fit(name, np.empty(len(values)), "a")
        return [OneActivation().convert(f"{name}[{k}]", entry, call) for k, entry in enumerate(values)]


class Flag(Kind):
    """True or false."""

    def convert(self, name, value, call):
        """Return it; raise ValueError where it is neither."""
        if not isinstance(value, bool | np.bool_):
            raise ValueError(f"{name}: got {_short(value)}; expected True or False")
        return bool(value)


def _array(name, value):
    """Return real numbers as float64; raise ValueError for anything else."""
    try:
        array = np.asarray(value)
    except Exception:  # rows of different lengths, or what an object of a stranger raises
        raise ValueError(f"{name}: got {_short(value)}; expected a rectangular array of numbers") from None
    if array.dtype.kind not in "fiub" or isinstance(value, np.ma.MaskedArray):
        raise ValueError(f"{name}: got {_short(value)}; expected real numbers")
    return array.astype(np.float64)


def _listed(name, value, what):
    """Return the entries of what has a length and is no text; raise ValueError for anything else."""
    try:
        how_many = 0 if isinstance(value, str | bytes | Mapping) else len(value)
        entries = list(value) if how_many else []
    except TypeError:
        entries = []
    if not entries:
        raise ValueError(f"{name}: got {_short(value)}; expected a list of {what}")
    return entries


def _written(name, number):
    if isinstance(number, int | np.integer):
        return str(number)
    raise ValueError(f"{name}: got {_short(number)} among them; expected texts or whole numbers")


def _short(value):
    """Return how a value that was refused is told: 40 characters of it at most."""
    try:
        text = repr(value)
    except Exception:
        text = f"a {type(value).__name__}"
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:37] + "..."
